import type { Counter, Kv, StoreId, Telemetry } from '@stratakv/core'
import type { Logger } from '../log/logger.ts'
import type { FaultRule } from './fault-rule.ts'
import { type ArmedFault, type CallAction, type FaultableMethod, FaultTable } from './fault-table.ts'
import { FaultyKv } from './faulty-kv.ts'
import { FrozenGate } from './frozen-gate.ts'

/** How a node fails on purpose. */
export interface FaultOptions {
  /** Decides everything that is left to chance; a whole number in [0, 2^53). Absent: drawn, and logged. */
  readonly seed?: number
  /** The node may listen where other machines reach it, and break it. Default false: it then refuses to open. */
  readonly exposed?: boolean
}

/** What can be frozen: the sockets of the store, those of the placement driver, or both. */
export type FrozenPart = 'store' | 'pd' | 'node'

/** Makes a node fail on purpose, from a seed. */
export interface Faults {
  readonly seed: number
  /** Works from the next call on. A text is one line of the form `KvPrewrite: ServerIsBusy 10%`. @throws FaultRuleError */
  add(rule: FaultRule | string): ArmedFault
  /** All or none. @throws FaultRuleError */
  addAll(rules: readonly (FaultRule | string)[]): readonly ArmedFault[]
  /** False: there is no such rule. */
  remove(id: number): boolean
  /** Removes all rules, thaws, and starts the dice over: the next rules draw what the first ones drew. */
  clear(): void
  /** In the order in which the rules are asked. */
  list(): readonly ArmedFault[]
  /**
   * Answers nothing any more while connections stay open, as if the process were stopped. What is asked meanwhile waits, unexecuted,
   * and is done once it is thawed. The status port goes on, and so do the pings of HTTP/2.
   */
  freeze(part?: FrozenPart): void
  thaw(part?: FrozenPart): void
  readonly frozen: readonly ('store' | 'pd')[]
}

export interface NodeFaultsDeps {
  readonly telemetry: Telemetry
  readonly logger: Logger
}

export interface NodeFaultsOptions {
  readonly seed: number
  readonly methods: readonly FaultableMethod[]
}

/** The {@link Faults} of one node, and what its edges and its engine ask them. */
export class NodeFaults implements Faults {
  readonly seed: number
  readonly gates: Readonly<Record<'store' | 'pd', FrozenGate>> = { store: new FrozenGate(), pd: new FrozenGate() }
  readonly #table: FaultTable
  readonly #logger: Logger
  readonly #injected: Counter
  #kv: FaultyKv | undefined
  #isClosed = false

  constructor(deps: NodeFaultsDeps, options: NodeFaultsOptions) {
    this.seed = options.seed
    this.#table = new FaultTable(options)
    this.#logger = deps.logger
    this.#injected = deps.telemetry.counter({
      name: 'stratakv_faults_injected_total',
      help: 'Faults that were injected on purpose, by fault and by method or disk operation.',
      labels: ['fault', 'method'],
    })
  }

  add(rule: FaultRule | string): ArmedFault {
    return this.#table.add(rule)
  }

  addAll(rules: readonly (FaultRule | string)[]): readonly ArmedFault[] {
    return this.#table.addAll(rules)
  }

  remove(id: number): boolean {
    const isFound = this.#table.remove(id)
    if (!this.#table.hasDiskRules) this.#kv?.heal()
    return isFound
  }

  clear(): void {
    this.#table.clear()
    this.#kv?.heal()
    this.thaw()
  }

  list(): readonly ArmedFault[] {
    return this.#table.list()
  }

  freeze(part: FrozenPart = 'node'): void {
    for (const name of partsOf(part)) this.gates[name].freeze()
  }

  thaw(part: FrozenPart = 'node'): void {
    for (const name of partsOf(part)) this.gates[name].thaw()
  }

  get frozen(): readonly ('store' | 'pd')[] {
    return partsOf('node').filter((name) => this.gates[name].isFrozen)
  }

  /** Reads and writes of regions that fail when a rule says so. Once: a node has one. */
  wrapKv(kv: Kv, storeId: StoreId): Kv {
    this.#kv = new FaultyKv(kv, storeId, (operation) => {
      const fault = this.#isClosed ? undefined : this.#table.decideDisk(operation)
      if (fault !== undefined) this.#note(fault, `disk ${operation}`)
      return fault
    })
    return this.#kv
  }

  /** @param path as in `tikvpb.Tikv/KvGet` @param region that the call names, if it does */
  decideCall(path: string, region: number | undefined): CallAction | undefined {
    const action = this.#isClosed ? undefined : this.#table.decideCall(path, region)
    if (action !== undefined) this.#note(action.fault, path.slice(path.indexOf('/') + 1))
    return action
  }

  /** No more faults, and nothing is held up any more: the node is closing. */
  close(): void {
    this.#isClosed = true
    for (const name of partsOf('node')) this.gates[name].close()
  }

  #note(fault: string, method: string): void {
    this.#injected.add(1, fault, method)
    this.#logger.debug('fault injected', { fault, method })
  }
}

function partsOf(part: FrozenPart): readonly ('store' | 'pd')[] {
  return part === 'node' ? ['store', 'pd'] : [part]
}
