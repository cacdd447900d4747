import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Bench, BenchContext } from '../bench.ts'
import { runProgram } from '../kv/process.ts'
import { buildSlowSync } from '../raft-engine/slow-sync.ts'

/** What a turn prints. */
export interface AsyncTurnResult {
  readonly opsPerSecond: number
  readonly p99Ms: number
  /** Of the event loop, in which all three stores are. */
  readonly loopDelayP99Ms: number
  /** Terms that regions have gone through while they were written to. */
  readonly elections: number
  readonly failed: number
}

const allPoolSizes = [0, 1, 2]

interface Disk {
  readonly name: string
  readonly delayUs: number
  readonly seconds: number
  readonly rounds: number
  /** Writes a second that are offered for latency. None: half of what the slowest manages. */
  readonly rate?: number
}

const disks: readonly Disk[] = [
  { name: 'real', delayUs: 0, seconds: 5, rounds: 3 },
  { name: '2ms', delayUs: 2000, seconds: 5, rounds: 3 },
  { name: '10ms', delayUs: 10_000, seconds: 5, rounds: 3 },
  // A minute of one kind is enough where a sync takes so long.
  { name: '200ms', delayUs: 200_000, seconds: 60, rounds: 1, rate: 20 },
]

/** The Raft log off the Raft loop, and what it would be on it. */
export const asyncIoBench: Bench = {
  name: 'async-io',
  summary: 'store-io-pool-size 0, 1 and 2: three stores with a hundred regions on disks of different slowness',
  isDivisible: true,
  run,
}

async function run(context: BenchContext): Promise<void> {
  const { report, quick } = context
  const poolSizes = quick ? [0, 1] : allPoolSizes
  const chosen = quick
    ? [{ ...disks[1]!, seconds: 1, rounds: 1, rate: 150 }]
    : disks.filter(({ name }) => context.wants(name))
  report.begin({
    stores: 3,
    regions: 100,
    valueBytes: 1024,
    baseTickMs: 100,
    electionTicks: 10,
    poolSizes,
    disks: chosen.map(({ name }) => name),
    durability: 'a write is synced by a majority before it is answered',
  })
  const folder = mkdtempSync(join(tmpdir(), 'stratakv-bench-async-'))
  try {
    const slowSync = await buildSlowSync(folder)
    for (const disk of chosen) {
      if (slowSync === undefined && disk.delayUs > 0)
        report.note(`${disk.name}: skipped, as no C compiler is here to slow the disk.`)
      else await measure(context, poolSizes, disk, disk.delayUs === 0 ? {} : slowSync!.watch(disk.delayUs).env)
    }
    report.note('inline is pool size 0: the store stands still while its log is written.')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measure(
  { report, seed }: BenchContext,
  poolSizes: readonly number[],
  disk: Disk,
  env: Readonly<Record<string, string>>,
): Promise<void> {
  const turn = async (poolSize: number, rate: number, round: number): Promise<AsyncTurnResult> => {
    const script = fileURLToPath(new URL('async-turn.js', import.meta.url))
    const { seconds } = disk
    const args = [script, '--pool', poolSize, '--seconds', seconds, '--rate', rate, '--seed', seed + round].map(String)
    return JSON.parse(await runProgram(process.execPath, args, '.', env)) as AsyncTurnResult
  }
  const paced = new Map<number, AsyncTurnResult[]>(poolSizes.map((poolSize) => [poolSize, []]))
  const full = new Map<number, AsyncTurnResult[]>(poolSizes.map((poolSize) => [poolSize, []]))
  const inTurns = async (results: typeof paced, rate: number) => {
    for (let round = 0; round < disk.rounds; round++) {
      for (const poolSize of poolSizes) results.get(poolSize)!.push(await turn(poolSize, rate, round))
    }
  }
  if (disk.rate === undefined) await inTurns(full, 0)
  const managed = [...full.values()].map((results) => median(results.map(({ opsPerSecond }) => opsPerSecond)))
  const offered = disk.rate ?? Math.floor(Math.min(...managed.map((value) => value ?? 0)) / 2)
  await inTurns(paced, offered)
  report.note(`${disk.name}: latencies at ${offered} writes a second.`)
  const cases: readonly (readonly [
    string,
    typeof paced,
    string,
    'lower' | 'higher',
    (one: AsyncTurnResult) => number,
  ])[] = [
    ['write-p99', paced, 'ms', 'lower', ({ p99Ms }) => p99Ms],
    ['write-throughput', full, 'ops/s', 'higher', ({ opsPerSecond }) => opsPerSecond],
    ['loop-delay-p99', paced, 'ms', 'lower', ({ loopDelayP99Ms }) => loopDelayP99Ms],
    ['elections', paced, 'elections', 'lower', ({ elections }) => elections],
  ]
  for (const [what, results, unit, better, figure] of cases) {
    const name = `${disk.name}/${what}`
    const values = poolSizes.map((poolSize) => median(results.get(poolSize)!.map(figure)))
    if (values.some((value) => value === undefined)) continue
    for (const [at, poolSize] of poolSizes.entries()) {
      const impl = poolSize === 0 ? 'inline' : `pool-${poolSize}`
      report.measure({ case: poolSize === 0 ? name : `${name}/${poolSize}`, impl, value: values[at]!, unit, better })
      if (poolSize > 0 && values[0]! > 0) {
        report.ratio({ case: `${name}/${poolSize}`, ratio: values[at]! / values[0]!, against: 'inline', better })
      }
    }
  }
}

function median(values: readonly number[]): number | undefined {
  return [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)]
}
