import type { RegionEpoch } from '@stratakv/core'
import type { MergeState } from '../apply/region-state.ts'

/** What this store has of a merge's target: its replica, or what is remembered of it. */
export interface TargetFacts {
  readonly epoch: RegionEpoch
  readonly isHere: boolean
  /** In the last snapshot that was put in its place here. */
  readonly restoredEpoch: RegionEpoch | undefined
}

/**
 * What is to be done about a merge that is prepared, by what one replica of the source sees of the target on its own store: the target
 * may take it over; it never will; or nobody can tell here.
 *
 * The target takes a source over only as long as its epoch is the one that the source was prepared for. A replica of it that has gone
 * past that epoch entry by entry, and has not taken this store's source with it, is proof that no replica ever will: all have the same
 * log. One that came to it by a snapshot proves nothing: the merge may be among what it skipped.
 */
export function mergeVerdict(
  { target: { epoch } }: MergeState,
  target: TargetFacts | undefined,
): 'commit' | 'roll-back' | 'wait' {
  if (target === undefined) return 'wait'
  if (isPast(target.epoch, epoch)) {
    return target.restoredEpoch !== undefined && isPast(target.restoredEpoch, epoch) ? 'wait' : 'roll-back'
  }
  const isThat = target.epoch.version === epoch.version && target.epoch.confVer === epoch.confVer
  return isThat && target.isHere ? 'commit' : 'wait'
}

/** Whether `epoch` is a later one than `mark`. */
export function isPast(epoch: RegionEpoch, mark: RegionEpoch): boolean {
  return epoch.version > mark.version || epoch.confVer > mark.confVer
}
