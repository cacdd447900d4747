import { type AnomalyType, type History, type HistoryTxn, snapshotIsolationAnomalies } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'

interface TxnSketch {
  readonly id: number
  readonly start?: number
  /** Absent: aborted. */
  readonly commit?: number | 'unknown'
  readonly reads?: Record<string, number[]>
  readonly appends?: readonly string[]
}

function txn({ id, start, commit, reads = {}, appends = [] }: TxnSketch): HistoryTxn {
  const counts = new Map<string, number>()
  for (const key of appends) counts.set(key, (counts.get(key) ?? 0) + 1)
  return {
    id,
    startTs: BigInt(start ?? 10 * id),
    outcome: commit === undefined ? 'aborted' : commit === 'unknown' ? 'unknown' : 'committed',
    ...(typeof commit === 'number' && appends.length > 0 ? { commitTs: BigInt(commit) } : {}),
    reads: new Map(Object.entries(reads)),
    appends: counts,
  }
}

function history(finalLists: Record<string, number[]>, ...txns: TxnSketch[]): History {
  return { txns: txns.map(txn), finalLists: new Map(Object.entries(finalLists)) }
}

function typesIn(given: History): AnomalyType[] {
  return [...new Set(snapshotIsolationAnomalies(given).map(({ type }) => type))].sort()
}

/** The same history as seen by somebody whom no timestamp was told: start timestamps that fit nothing would disturb. */
function withoutTimestamps({ txns, finalLists }: History): History {
  return { txns: txns.map(({ commitTs: _, ...rest }) => rest), finalLists }
}

describe('what snapshot isolation allows', () => {
  it('a serial history', () => {
    const serial = history(
      { x: [1, 2], y: [1] },
      { id: 1, commit: 11, appends: ['x', 'y'] },
      { id: 2, commit: 21, reads: { x: [1] }, appends: ['x'] },
      { id: 3, commit: 31, reads: { x: [1, 2], y: [1] } },
    )
    expect(snapshotIsolationAnomalies(serial)).toEqual([])
  })

  it('write skew: two anti-dependencies in a row', () => {
    const skew = history(
      { x: [1], y: [2] },
      { id: 1, start: 10, commit: 20, reads: { x: [], y: [] }, appends: ['x'] },
      { id: 2, start: 11, commit: 21, reads: { x: [], y: [] }, appends: ['y'] },
    )
    expect(snapshotIsolationAnomalies(skew)).toEqual([])
  })

  it('a reader that is older than a writer which committed before the read', () => {
    const old = history(
      { x: [1] },
      { id: 1, start: 10, commit: 20, appends: ['x'] },
      { id: 2, start: 15, commit: 16, reads: { x: [] } },
    )
    expect(snapshotIsolationAnomalies(old)).toEqual([])
  })

  it('an unknown transaction that took effect, and one that did not', () => {
    const unknown = history(
      { x: [1, 3] },
      { id: 1, commit: 'unknown', appends: ['x'] },
      { id: 2, commit: 'unknown', appends: ['x'] },
      { id: 3, commit: 31, reads: { x: [1] }, appends: ['x'] },
    )
    expect(snapshotIsolationAnomalies(unknown)).toEqual([])
  })
})

describe('what it forbids', () => {
  it('G0: writes of two transactions that interleave', () => {
    const found = history(
      { x: [1, 2], y: [2, 1] },
      { id: 1, commit: 'unknown', appends: ['x', 'y'] },
      { id: 2, commit: 'unknown', appends: ['x', 'y'] },
    )
    expect(typesIn(found)).toEqual(['write-cycle'])
  })

  it('G1a: a read of what was aborted', () => {
    const found = history({ x: [] }, { id: 1, appends: ['x'] }, { id: 2, commit: 21, reads: { x: [1] } })
    expect(typesIn(found)).toEqual(['aborted-read'])
  })

  it('G1b: a read of half of what a transaction wrote', () => {
    const found = history(
      { x: [1, 1] },
      { id: 1, commit: 11, appends: ['x', 'x'] },
      { id: 2, commit: 21, reads: { x: [1] } },
    )
    expect(typesIn(found)).toContain('intermediate-read')
  })

  it('G1c: each of two transactions reads the other', () => {
    const found = history(
      { x: [1], y: [2] },
      { id: 1, commit: 'unknown', reads: { y: [2] }, appends: ['x'] },
      { id: 2, commit: 'unknown', reads: { x: [1] }, appends: ['y'] },
    )
    expect(typesIn(found)).toEqual(['circular-information-flow'])
  })

  it('lost update: two writers on top of the same version', () => {
    const found = history(
      { x: [1, 2, 3] },
      { id: 1, commit: 11, appends: ['x'] },
      { id: 2, start: 20, commit: 22, reads: { x: [1] }, appends: ['x'] },
      { id: 3, start: 21, commit: 23, reads: { x: [1] }, appends: ['x'] },
    )
    expect(typesIn(found)).toEqual(expect.arrayContaining(['lost-update', 'read-skew']))
  })

  it('a lost update whose first write is gone', () => {
    const found = history(
      { x: [2] },
      { id: 1, commit: 11, reads: { x: [] }, appends: ['x'] },
      { id: 2, start: 5, commit: 12, reads: { x: [] }, appends: ['x'] },
    )
    expect(typesIn(found)).toEqual(['lost-update', 'lost-write'])
  })

  it('G-single: a transaction seen on one key and not on another', () => {
    const found = history(
      { x: [1], y: [1] },
      { id: 1, commit: 11, appends: ['x', 'y'] },
      { id: 2, commit: 21, reads: { x: [1], y: [] } },
    )
    expect(typesIn(withoutTimestamps(found))).toEqual(['partial-read', 'read-skew'])
    expect(typesIn(found)).toContain('wrong-snapshot')
  })

  it('G-single over a third transaction', () => {
    const found = history(
      { x: [1], y: [2] },
      { id: 1, commit: 'unknown', appends: ['x'] },
      { id: 2, commit: 'unknown', reads: { x: [1] }, appends: ['y'] },
      { id: 3, commit: 31, reads: { x: [], y: [2] } },
    )
    expect(typesIn(found)).toEqual(['read-skew'])
  })

  it('a long fork: two readers disagree which of two writers came first', () => {
    const found = history(
      { x: [1], y: [2] },
      { id: 1, commit: 'unknown', appends: ['x'] },
      { id: 2, commit: 'unknown', appends: ['y'] },
      { id: 3, commit: 31, reads: { x: [1], y: [] } },
      { id: 4, commit: 41, reads: { x: [], y: [2] } },
    )
    expect(typesIn(found)).toEqual(['long-fork'])
  })

  it('two orders of one key', () => {
    const found = history(
      { x: [1, 2] },
      { id: 1, commit: 'unknown', appends: ['x'] },
      { id: 2, commit: 'unknown', appends: ['x'] },
      { id: 3, commit: 31, reads: { x: [2] } },
    )
    expect(typesIn(found)).toEqual(['incompatible-order'])
  })

  it('garbage: an id that nobody wrote, and one that is there twice', () => {
    const nobody = history({ x: [7] }, { id: 1, commit: 11, reads: { x: [] } })
    expect(typesIn(nobody)).toEqual(['garbage-read'])
    const twice = history({ x: [1, 1] }, { id: 1, commit: 11, appends: ['x'] })
    expect(typesIn(twice)).toEqual(['garbage-read'])
  })

  it('a write that was acknowledged and is gone', () => {
    const found = history({ x: [] }, { id: 1, commit: 11, appends: ['x'] })
    expect(typesIn(found)).toEqual(['lost-write'])
  })

  it('a read that misses a commit before its start, or sees one behind it', () => {
    const misses = history({ x: [1] }, { id: 1, commit: 11, appends: ['x'] }, { id: 2, start: 12, reads: { x: [] } })
    expect(typesIn(misses)).toEqual(['wrong-snapshot'])
    const foresees = history({ x: [1] }, { id: 1, commit: 15, appends: ['x'] }, { id: 2, start: 12, reads: { x: [1] } })
    expect(typesIn(foresees)).toEqual(['wrong-snapshot'])
  })

  it('a commit exactly at the start of a reader is before it', () => {
    const misses = history({ x: [1] }, { id: 1, commit: 12, appends: ['x'] }, { id: 2, start: 12, reads: { x: [] } })
    expect(typesIn(misses)).toEqual(['wrong-snapshot'])
  })

  it('a list in another order than the commit timestamps', () => {
    const found = history(
      { x: [1, 2] },
      { id: 1, start: 5, commit: 30, appends: ['x'] },
      { id: 2, start: 6, commit: 20, appends: ['x'] },
    )
    expect(typesIn(found)).toEqual(['wrong-commit-order'])
  })

  it('timestamps that cannot be', () => {
    const early = history({ x: [1] }, { id: 1, start: 12, commit: 11, appends: ['x'] })
    expect(typesIn(early)).toEqual(['wrong-timestamp'])
    const shared = history(
      { x: [1, 2] },
      { id: 1, start: 1, commit: 30, appends: ['x'] },
      { id: 2, start: 2, commit: 30, appends: ['x'] },
    )
    expect(typesIn(shared)).toEqual(['wrong-timestamp'])
  })
})
