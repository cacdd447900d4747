import type { RegionId } from '@stratakv/core'

/** A region with so many entries in old files should compact rather than be copied. */
export const heavyEntryCount = 32
/** So often is a region asked to compact before its entries are copied all the same. */
const reportCountMax = 9

/** What choosing asks about a region. Sequences are of append files. */
export interface PurgeCandidate {
  readonly regionId: RegionId
  /** Of the oldest append file that it has something in; `undefined` when it has nothing in any. */
  readonly firstSeq: number | undefined
  readonly rewriteCount: number
  /** Whether it has `count` entries, the last of them in the rewrite queue or in an append file up to `seq`. */
  hasEntriesUpTo(count: number, seq: number): boolean
}

export interface PurgeMarks {
  /** A region with something in files before this one is old. */
  readonly compactSeq: number
  /** Files up to this one are to be emptied. */
  readonly rewriteSeq: number
}

export interface PurgePlan {
  readonly rewrite: readonly RegionId[]
  /** To be named to the caller. */
  readonly report: readonly RegionId[]
  /** How often each has been named in a row. */
  readonly reportCounts: ReadonlyMap<RegionId, number>
}

/** Of the files from `firstSeq` to `activeSeq`, a fifth and seven tenths; never the active one. */
export function purgeMarks(firstSeq: number, activeSeq: number): PurgeMarks {
  const fileCount = activeSeq - firstSeq + 1
  const mark = (tenths: number) => Math.min(firstSeq + Math.floor((fileCount * tenths) / 10), activeSeq - 1)
  return { compactSeq: mark(2), rewriteSeq: mark(7) }
}

/**
 * Which regions to copy out of old append files, and which to ask to compact. A region with few entries there is copied.
 * One with many would cost much to copy, and its leader will compact it soon; but a leader may be unable to (a follower that
 * is down, a leader that is not here), and a log that waits for it grows without bound. So after nine times it is copied too.
 * (raft-engine `src/purge.rs`.)
 */
export function planPurge(
  candidates: Iterable<PurgeCandidate>,
  { compactSeq, rewriteSeq }: PurgeMarks,
  reportCounts: ReadonlyMap<RegionId, number>,
): PurgePlan {
  const rewrite: RegionId[] = []
  const report: RegionId[] = []
  const counts = new Map<RegionId, number>()
  for (const candidate of candidates) {
    const { regionId, firstSeq, rewriteCount } = candidate
    if (firstSeq === undefined || firstSeq > rewriteSeq) continue
    const isOld = firstSeq < compactSeq || rewriteCount > 0
    if (isOld && candidate.hasEntriesUpTo(heavyEntryCount, rewriteSeq)) {
      report.push(regionId)
      const count = (reportCounts.get(regionId) ?? 0) + 1
      if (count > reportCountMax) rewrite.push(regionId)
      else counts.set(regionId, count)
    } else if (!candidate.hasEntriesUpTo(heavyEntryCount + rewriteCount, rewriteSeq)) rewrite.push(regionId)
  }
  return { rewrite, report, reportCounts: counts }
}
