import { type LogIndex, type RegionId, StrataError } from '@stratakv/core'
import type { Entry } from '@stratakv/raft'
import type { RegionState } from './region-state.ts'

/** A replica of a region that another is to take over, on the same store. */
export interface MergeSource {
  /** As of the last entry of it that was taken up to be applied. */
  readonly state: RegionState
  /** Of its log: those behind what is applied, `[from, to)`. */
  readonly entries: (from: LogIndex, to: LogIndex) => readonly Entry[]
}

/** A region is to take over another, and this store's replica of that is not what it must be. To go on would lose data. */
export class MergeSourceLostError extends StrataError {
  readonly code = 'RAFTSTORE_MERGE_SOURCE_LOST'
  readonly regionId: RegionId
  constructor(regionId: RegionId, detail: string) {
    super(
      `region ${regionId} was merged into its neighbour, and its replica here cannot follow: ${detail}. ` +
        'Remove this store from the cluster and start it empty, or restore its directories from a backup',
    )
    this.regionId = regionId
  }
}
