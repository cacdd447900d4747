import { StrataError } from '@stratakv/core'

/** A fault rule cannot be used. Nothing was added. */
export class FaultRuleError extends StrataError {
  readonly code = 'SERVER_FAULT_RULE'
  /** The field of the rule that is wrong: `probability`. `rule` for the whole of it. */
  readonly field: string
  readonly got: string
  /** What the field takes. */
  readonly takes: string
  constructor(field: string, got: unknown, takes: string) {
    const shown = JSON.stringify(got) ?? String(got)
    super(`fault rule: ${field} takes ${takes}, but is ${shown}`)
    this.field = field
    this.got = shown
    this.takes = takes
  }
}

/** `node.faults` of a node that was opened without them. */
export class FaultsOffError extends StrataError {
  readonly code = 'SERVER_FAULTS_OFF'
  constructor() {
    super('this node cannot fail on purpose: open it with `faults: {}`')
  }
}

/** Faults were asked for on a node that other machines can reach. */
export class FaultsExposedError extends StrataError {
  readonly code = 'SERVER_FAULTS_EXPOSED'
  /** The configuration key that names the address. */
  readonly key: string
  readonly address: string
  constructor(key: string, address: string) {
    super(
      `${key} is ${address}, which other machines may reach, and anybody who reaches a node with faults may break it: ` +
        'listen on 127.0.0.1, or say that this is meant (faults.exposed, --faults-exposed)',
    )
    this.key = key
    this.address = address
  }
}
