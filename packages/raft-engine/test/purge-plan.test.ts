import { describe, expect, it } from 'vitest'
import { type PurgeCandidate, planPurge, purgeMarks } from '../src/purge-plan.ts'

/** A region whose entries lie in append files `seqs`, behind `rewriteCount` in the rewrite queue. */
const region = (regionId: number, seqs: readonly number[], rewriteCount = 0): PurgeCandidate => ({
  regionId,
  firstSeq: seqs[0],
  rewriteCount,
  hasEntriesUpTo: (count, seq) => {
    if (count > rewriteCount + seqs.length) return false
    return count <= rewriteCount || seqs[count - rewriteCount - 1]! <= seq
  },
})

const times = (count: number, seq: number) => new Array<number>(count).fill(seq)
const marks = { compactSeq: 3, rewriteSeq: 8 }

describe('what to copy and whom to ask', () => {
  it('puts the marks at a fifth and seven tenths, and never at the active file', () => {
    expect(purgeMarks(1, 10)).toEqual({ compactSeq: 3, rewriteSeq: 8 })
    expect(purgeMarks(11, 20)).toEqual({ compactSeq: 13, rewriteSeq: 18 })
    expect(purgeMarks(1, 2)).toEqual({ compactSeq: 1, rewriteSeq: 1 })
  })

  const cases: readonly (readonly [string, PurgeCandidate, 'copy' | 'ask' | 'leave'])[] = [
    ['few entries in an old file', region(1, times(5, 1)), 'copy'],
    ['few entries in a file up to the mark', region(1, times(5, 8)), 'copy'],
    ['few entries behind the mark', region(1, times(5, 9)), 'leave'],
    ['nothing in the append queue', region(1, [], 4), 'leave'],
    ['31 entries in old files', region(1, times(31, 1)), 'copy'],
    ['32 entries in old files', region(1, times(32, 1)), 'ask'],
    ['32 entries, the first in a file that is not old', region(1, times(32, 4)), 'leave'],
    ['32 entries, the last of them behind the mark', region(1, [...times(31, 1), 9]), 'copy'],
    ['rewritten ones, and many behind them', region(1, times(32, 5), 3), 'ask'],
    ['31 rewritten ones, and one behind them', region(1, times(1, 5), 31), 'ask'],
    ['a few rewritten ones, and few behind them', region(1, times(4, 5), 3), 'copy'],
  ]
  for (const [name, candidate, expected] of cases) {
    it(`${name}: ${expected}`, () => {
      const { rewrite, report } = planPurge([candidate], marks, new Map())
      expect({ rewrite, report }).toEqual({
        rewrite: expected === 'copy' ? [1] : [],
        report: expected === 'ask' ? [1] : [],
      })
    })
  }

  it('asks nine times in a row and copies at the tenth; a region that compacts begins anew', () => {
    const heavy = region(1, times(40, 1))
    let counts: ReadonlyMap<number, number> = new Map()
    for (let round = 1; round <= 10; round++) {
      const plan = planPurge([heavy], marks, counts)
      expect([round, plan.report, plan.rewrite]).toEqual([round, [1], round === 10 ? [1] : []])
      counts = plan.reportCounts
    }
    expect(counts.size).toBe(0)
    counts = planPurge([heavy], marks, new Map([[1, 5]])).reportCounts
    expect(counts.get(1)).toBe(6)
    expect(planPurge([region(1, times(5, 9))], marks, counts).reportCounts.size).toBe(0)
  })
})
