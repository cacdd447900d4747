import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { below, type SeededRandom } from '@stratakv/core'
import type { Report } from '../report.ts'
import { type Figure, type Goals, median, tellFigure } from './comparison.ts'
import type { Load, LoadResult } from './load.ts'
import type { Side } from './sides.ts'
import type { SlowSync } from './slow-sync.ts'

/** How the disk is. */
export interface Disk {
  /** Behind the names of its cases. */
  readonly suffix: string
  readonly syncDelayUs: number
}

export interface WriteCase {
  readonly load: Load
  readonly disk: Disk
  readonly sides: readonly Side[]
  readonly slowSync: SlowSync | undefined
  readonly folder: string
  readonly roundCount: number
  readonly random: SeededRandom
  readonly report: Report
}

/** Offered in the runs that compare latency: half of what the slowest side can do, so that all are below their limits. */
const rateShare = 0.5

interface Measured extends LoadResult {
  /** Syncs of the whole process for each operation; absent where they are not watched. */
  readonly syncsPerOperation?: number
}

interface Metric {
  readonly name: string
  /** At once: every writer goes on at once. Paced: one offered load for all sides. */
  readonly runs: 'at-once' | 'paced'
  readonly unit: string
  readonly better: 'higher' | 'lower'
  readonly goals: Goals
  of(result: Measured): number
  shown?(result: Measured): Readonly<Record<string, number | undefined>>
}

const metrics: readonly Metric[] = [
  {
    name: 'write-throughput',
    runs: 'at-once',
    unit: 'ops/s',
    better: 'higher',
    goals: { replaced: 2, crate: 0.7 },
    of: ({ operations, seconds }) => operations / seconds,
    shown: ({ purges, syncsPerOperation }) => ({ purges, 'syncs/op': syncsPerOperation }),
  },
  {
    name: 'write-p99',
    runs: 'paced',
    unit: 'ms',
    better: 'lower',
    goals: { replaced: 0.5 },
    of: ({ p99Ms }) => p99Ms,
    shown: ({ p50Ms, operations, seconds }) => ({ 'p50 ms': p50Ms, 'paced ops/s': operations / seconds }),
  },
  {
    name: 'bytes-written',
    runs: 'at-once',
    unit: 'B/B',
    better: 'lower',
    goals: { replaced: 0.6 },
    of: ({ writtenBytes, userBytes }) => writtenBytes / userBytes,
  },
  {
    name: 'cpu',
    runs: 'at-once',
    unit: 'us/op',
    better: 'lower',
    goals: { replaced: 0.5 },
    of: ({ cpuSeconds, operations }) => (cpuSeconds / operations) * 1e6,
  },
  {
    name: 'purge-pause',
    runs: 'paced',
    unit: 'ms',
    better: 'lower',
    goals: {},
    of: ({ purgePauseMs }) => purgePauseMs,
    shown: ({ purges, purgeLoopDelayMs }) => ({ purges, 'loop delay ms': purgeLoopDelayMs }),
  },
]

/** What the cases of one load on one disk have in common: `256B-json/1ms-sync`. */
export function shapeName({ entryBytes, kind }: Pick<Load, 'entryBytes' | 'kind'>, { suffix }: Disk): string {
  const size = entryBytes >= 1024 ? `${entryBytes / 1024}KiB` : `${entryBytes}B`
  return `${size}-${kind}${suffix}`
}

/** All figures of one load on one disk. Returns what missed its goal. */
export async function compareWrites(test: WriteCase): Promise<readonly string[]> {
  const atOnce = await measureRounds(test, test.load)
  const slowest = Math.min(...[...atOnce.values()].map((results) => median(results.map(opsPerSecond))))
  const paced = await measureRounds(test, { ...test.load, rate: Math.max(1, Math.floor(slowest * rateShare)) })
  const shape = shapeName(test.load, test.disk)
  return metrics.flatMap((metric) => {
    const results = metric.runs === 'paced' ? paced : atOnce
    return tellFigure(test.report, figureOf(metric, shape, results))
  })
}

function opsPerSecond({ operations, seconds }: LoadResult): number {
  return operations / seconds
}

function figureOf(metric: Metric, shape: string, results: ReadonlyMap<string, readonly Measured[]>): Figure {
  const shown = [...results].map(([side, measured]) => {
    const columns = new Map<string, number[]>()
    for (const result of measured) {
      for (const [title, value] of Object.entries(metric.shown?.(result) ?? {})) {
        if (value !== undefined) columns.set(title, [...(columns.get(title) ?? []), value])
      }
    }
    const cells = [...columns].map(([title, values]) => [title, `${Number(median(values).toPrecision(3))}`])
    return [side, Object.fromEntries(cells) as Record<string, string>] as const
  })
  return {
    case: `${metric.name}/${shape}`,
    unit: metric.unit,
    better: metric.better,
    goals: metric.goals,
    values: new Map([...results].map(([side, measured]) => [side, median(measured.map(metric.of))])),
    shown: new Map(shown),
  }
}

/** Each side on a folder of its own, in turns whose order is drawn anew each round. */
async function measureRounds(test: WriteCase, load: Load): Promise<ReadonlyMap<string, readonly Measured[]>> {
  const results = new Map<string, Measured[]>(test.sides.map(({ name }) => [name, []]))
  for (let round = 0; round < test.roundCount; round++) {
    for (const side of shuffled(test.sides, test.random)) {
      const folder = mkdtempSync(join(test.folder, 'log-'))
      const watch = test.slowSync?.watch(test.disk.syncDelayUs)
      const result = await side.load(folder, { ...load, seed: load.seed + round }, watch)
      rmSync(folder, { recursive: true })
      const syncs = watch?.count()
      if (result.operations === 0) throw new Error(`${side.name} did nothing`)
      // A sync can answer for what all writers wait for, and for no more.
      if (syncs !== undefined && syncs < result.operations / load.writers) {
        throw new Error(`${side.name}: ${syncs} syncs that can be watched for ${result.operations} synced writes`)
      }
      results.get(side.name)!.push({
        ...result,
        // Of the whole run, warm-up included: a share of it is a close estimate.
        ...(syncs === undefined
          ? {}
          : { syncsPerOperation: (syncs / result.operations) * (load.durationMs / (load.durationMs + load.warmupMs)) }),
      })
    }
  }
  return results
}

export function shuffled<T>(items: readonly T[], random: SeededRandom): readonly T[] {
  const order = [...items]
  for (let last = order.length - 1; last > 0; last--) {
    const drawn = below(random, last + 1)
    const moved = order[last]!
    order[last] = order[drawn]!
    order[drawn] = moved
  }
  return order
}
