import type { Better, Report } from '../report.ts'

/** What ours should reach, as ours / theirs of the measured value. */
export interface Goals {
  /** Against the better of LevelDB and RocksDB. */
  readonly replaced?: number
  /** Against the crate. */
  readonly crate?: number
}

export interface Figure {
  readonly case: string
  readonly unit: string
  readonly better: Better
  readonly goals: Goals
  /** Medians of the rounds, by side. */
  readonly values: ReadonlyMap<string, number>
  readonly shown?: ReadonlyMap<string, Readonly<Record<string, string>>>
}

const ours = 'raft-engine'
const crate = 'raft-engine-rs'

/** Prints each side, ours against the better of those that it replaces, and ours against the crate. Returns what missed its goal. */
export function tellFigure(report: Report, figure: Figure): readonly string[] {
  const { unit, better, values } = figure
  for (const [impl, value] of values) {
    const shown = figure.shown?.get(impl)
    report.measure({ case: figure.case, impl, value, unit, better, ...(shown === undefined ? {} : { shown }) })
  }
  const own = values.get(ours)
  if (own === undefined) return []
  const replaced = [...values].filter(([impl]) => impl !== ours && impl !== crate)
  const best = replaced.sort(([, left], [, right]) => (better === 'higher' ? right - left : left - right))[0]
  const missed: string[] = []
  const against = (impl: string, value: number, goal: number | undefined): void => {
    // Nothing was measured, as when no write overlapped a purge.
    if (value === 0) return
    const ratio = own / value
    report.ratio({ case: figure.case, ratio, against: impl, better })
    if (goal === undefined || (better === 'higher' ? ratio >= goal : ratio <= goal)) return
    const bound = better === 'higher' ? 'at least' : 'at most'
    missed.push(`${figure.case}: ${ratio.toFixed(2)} against ${impl}, ${bound} ${goal} is the goal`)
  }
  if (best !== undefined) against(best[0], best[1], figure.goals.replaced)
  const theirs = values.get(crate)
  if (theirs !== undefined) against(crate, theirs, figure.goals.crate)
  return missed
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
