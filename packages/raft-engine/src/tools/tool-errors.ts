import { StrataError } from '@stratakv/core'

/** There is nothing at the paths that a log would consist of. */
export class RaftLogNotFoundError extends StrataError {
  readonly code = 'RAFT_ENGINE_LOG_NOT_FOUND'
  readonly paths: readonly string[]
  constructor(paths: readonly string[]) {
    super(`no log files at ${paths.join(', ')}`)
    this.paths = paths
  }
}

/** A repair rule that says nothing that can be done. */
export class RaftLogRepairRuleError extends StrataError {
  readonly code = 'RAFT_ENGINE_REPAIR_RULE'
  readonly rule: string
  constructor(rule: string, detail: string) {
    super(`repair rule ${rule}: ${detail}`)
    this.rule = rule
  }
}

/** The plan leaves something that somebody has to decide; nothing was changed. */
export class RaftLogRepairUnresolvedError extends StrataError {
  readonly code = 'RAFT_ENGINE_REPAIR_UNRESOLVED'
  readonly unresolvedCount: number
  constructor(unresolvedCount: number, first: string) {
    super(`${unresolvedCount} places need a rule, the first: ${first}`)
    this.unresolvedCount = unresolvedCount
  }
}

/** The files are not as they were when the repair was planned; nothing was changed. */
export class RaftLogChangedError extends StrataError {
  readonly code = 'RAFT_ENGINE_LOG_CHANGED'
  readonly path: string
  constructor(path: string) {
    super(`${path} changed since the repair was planned`)
    this.path = path
  }
}

/** What was converted does not read as what it was made from. The copy is left for inspection. */
export class RaftLogConversionError extends StrataError {
  readonly code = 'RAFT_ENGINE_CONVERSION'
  readonly path: string
  constructor(path: string, detail: string) {
    super(`the converted log ${path} differs from its source: ${detail}`)
    this.path = path
  }
}
