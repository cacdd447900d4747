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

/** A region that is to become part of another. */
export interface MergeState {
  /** All replicas have the log in front of this index. */
  readonly minIndex: LogIndex
  /** As it was when the merge was prepared: as long as it is that, it may take the region over. */
  readonly target: Region
  /** Of the entry that has prepared it, which is the last of the region that does anything. */
  readonly commit: LogIndex
}

/** A replica's state machine, apart from the data. */
export interface RegionState {
  readonly region: Region
  readonly progress: ApplyProgress
  readonly merging?: MergeState | undefined
}
