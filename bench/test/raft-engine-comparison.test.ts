import { describe, expect, it } from 'vitest'
import { tellFigure } from '../src/raft-engine/comparison.ts'
import type { Measurement, Ratio, Report } from '../src/report.ts'

function recorded(): { report: Report; measured: Measurement[]; ratios: Ratio[] } {
  const measured: Measurement[] = []
  const ratios: Ratio[] = []
  const report: Report = {
    begin() {},
    measure: (measurement) => measured.push(measurement),
    ratio: (ratio) => ratios.push(ratio),
    note() {},
    end() {},
  }
  return { report, measured, ratios }
}

const sides = (ours: number, leveldb: number, rocksdb: number, crate: number) =>
  new Map([
    ['raft-engine', ours],
    ['leveldb', leveldb],
    ['rocksdb', rocksdb],
    ['raft-engine-rs', crate],
  ])

describe('a figure of the Raft log', () => {
  it('is held against the better of what is replaced, and against the crate', () => {
    const { report, ratios } = recorded()
    const goals = { replaced: 2, crate: 0.7 }
    const missed = tellFigure(report, {
      case: 'c',
      unit: 'ops/s',
      better: 'higher',
      goals,
      values: sides(90, 20, 30, 100),
    })
    expect(ratios.map(({ against, ratio }) => [against, ratio])).toEqual([
      ['rocksdb', 3],
      ['raft-engine-rs', 0.9],
    ])
    expect(missed).toEqual([])
  })

  it('knows which way is better', () => {
    const { report, ratios } = recorded()
    const goals = { replaced: 0.5 }
    const missed = tellFigure(report, { case: 'c', unit: 'ms', better: 'lower', goals, values: sides(12, 20, 30, 4) })
    expect(ratios.map(({ against, ratio }) => [against, ratio])).toEqual([
      ['leveldb', 0.6],
      ['raft-engine-rs', 3],
    ])
    expect(missed).toEqual(['c: 0.60 against leveldb, at most 0.5 is the goal'])
  })

  it('says what misses a goal against the crate', () => {
    const goals = { crate: 0.7 }
    const values = sides(60, 1, 1, 100)
    const missed = tellFigure(recorded().report, { case: 'c', unit: 'ops/s', better: 'higher', goals, values })
    expect(missed).toEqual(['c: 0.60 against raft-engine-rs, at least 0.7 is the goal'])
  })
})
