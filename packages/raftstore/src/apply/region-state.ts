import type { LogIndex, Region, Term } from '@stratakv/core'

/** The place of an entry in the log. */
export interface LogPosition {
  readonly index: LogIndex
  readonly term: Term
}

/** How far a replica has come, as it is written with what its entries did. */
export interface ApplyProgress {
  readonly applied: LogPosition
  /** Behind this the log begins. */
  readonly truncated: LogPosition
}

/** A replica's state machine, apart from the data. */
export interface RegionState {
  readonly region: Region
  readonly progress: ApplyProgress
}
