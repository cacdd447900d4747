import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Bench, BenchContext } from '../bench.ts'
import { buildDriver, type DriveResult, type Driver } from '../kv/driver.ts'
import { hasProgram, runProgram } from '../kv/process.ts'
import { type ServerUnderTest, startStrata } from '../kv/servers.ts'
import type { Report } from '../report.ts'
import type { Operation } from './operations.ts'

const recordCount = 10_000
const valueBytes = 256
const loadCallerCount = 64
/** One caller shows what a call costs, many show what the batching of calls saves. */
const callerCounts = [1, 64]

interface Case {
  readonly name: string
  readonly operation: Operation
  readonly load: Operation
}

const cases: readonly Case[] = [
  { name: 'get', operation: 'raw-get', load: 'load' },
  { name: 'put', operation: 'raw-put', load: 'load' },
  { name: 'batch-get-100', operation: 'raw-batch-get', load: 'load' },
  { name: 'txn-2keys', operation: 'txn-two', load: 'txn-load' },
]

/** The three ways to one and the same node. */
type Side = 'in-process' | 'grpc' | 'client-go'

/** Clients: ours in the node's process, ours over gRPC, and Go's on the same server. */
export const clientBench: Bench = {
  name: 'client',
  summary: 'the TypeScript client in-process and over gRPC, and client-go on the same server',
  run,
}

interface Setting {
  readonly report: Report
  readonly folder: string
  readonly goDriver: Driver | undefined
  readonly seed: number
  readonly roundCount: number
  readonly durationMs: number
  readonly warmupMs: number
}

async function run({ report, quick, seed }: BenchContext): Promise<void> {
  const roundCount = quick ? 1 : 5
  const durationMs = quick ? 400 : 2500
  const warmupMs = quick ? 200 : 1500
  report.begin({
    recordCount,
    valueBytes,
    callers: callerCounts,
    roundCount,
    durationMs,
    warmupMs,
    engine: 'level',
    durability: 'every write synced before it is answered',
  })
  const folder = mkdtempSync(join(tmpdir(), 'stratakv-bench-client-'))
  try {
    const hasGo = await hasProgram('go', 'version')
    if (!hasGo) report.note('No peer: client-go needs `go`, which is not on this machine.')
    const goDriver = hasGo ? await buildDriver(folder) : undefined
    for (const each of cases) {
      await compare(each, { report, folder, goDriver, seed, roundCount, durationMs, warmupMs })
    }
    report.note(
      'ops/cpu-s: operations a second of CPU time of the client process (for in-process: of node and client together).',
    )
    report.note('Client and server share the cores of this machine, on all sides alike.')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Fresh data for each case; the sides take turns in each round, so that a drift of the machine meets all. */
async function compare(each: Case, setting: Setting): Promise<void> {
  const { report, goDriver, seed, roundCount } = setting
  const folder = join(setting.folder, each.name)
  mkdirSync(folder)
  const server = await startStrata(folder)
  const sides: readonly Side[] = goDriver === undefined ? ['in-process', 'grpc'] : ['in-process', 'grpc', 'client-go']
  const results = callerCounts.map(() => new Map<Side, DriveResult[]>(sides.map((side) => [side, []])))
  try {
    const drive = (side: Side, operation: Operation, callerCount: number, driveSeed: number) =>
      driveOnce(side, { operation, callerCount, seed: driveSeed }, { ...setting, folder, server })
    await drive('in-process', each.load, loadCallerCount, seed)
    await drive('grpc', each.load, loadCallerCount, seed)
    for (let round = 0; round < roundCount; round++) {
      for (const [index, callerCount] of callerCounts.entries()) {
        for (const side of sides) {
          results[index]!.get(side)!.push(await drive(side, each.operation, callerCount, seed + round))
        }
      }
    }
  } finally {
    await server.stop()
  }
  for (const [index, callerCount] of callerCounts.entries())
    tell(report, `${each.name}/${callerCount}`, results[index]!)
}

interface Turn {
  readonly operation: Operation
  readonly callerCount: number
  readonly seed: number
}

async function driveOnce(
  side: Side,
  { operation, callerCount, seed }: Turn,
  setting: Setting & { readonly server: ServerUnderTest },
): Promise<DriveResult> {
  const { durationMs, warmupMs, server, folder } = setting
  const isLoad = operation === 'load' || operation === 'txn-load'
  const common = { callerCount, durationMs, warmupMs: isLoad ? 0 : warmupMs, recordCount, valueBytes, seed }
  if (side === 'client-go') return setting.goDriver!.drive(server, { ...common, operation })
  const target = side === 'grpc' ? ['--address', server.address] : ['--data-dir', join(folder, 'in-process')]
  const output = await runProgram(
    process.execPath,
    [
      fileURLToPath(new URL('./client-driver.js', import.meta.url)),
      ...target,
      ...['--operation', operation, '--callers', `${callerCount}`, '--duration', `${durationMs}`],
      ...['--warmup', `${common.warmupMs}`, '--records', `${recordCount}`],
      ...['--value-size', `${valueBytes}`, '--seed', `${seed}`],
    ],
    folder,
  )
  return JSON.parse(output) as DriveResult
}

function tell(report: Report, name: string, results: ReadonlyMap<Side, readonly DriveResult[]>): void {
  const medianOf = (side: Side, figure: (result: DriveResult) => number): number => {
    const values = results
      .get(side)!
      .map(figure)
      .sort((left, right) => left - right)
    return values[Math.floor(values.length / 2)]!
  }
  const throughput = (side: Side) => medianOf(side, (result) => result.opsPerSecond)
  const perCore = (side: Side) => medianOf(side, (result) => result.operations / result.cpuSeconds)
  for (const side of results.keys()) {
    const shown = {
      'p50 ms': medianOf(side, (result) => result.p50Ms).toFixed(3),
      'p99 ms': medianOf(side, (result) => result.p99Ms).toFixed(2),
      'mean batch': side === 'in-process' ? '-' : medianOf(side, (result) => result.meanBatchSize).toFixed(1),
    }
    report.measure({ case: name, impl: side, value: throughput(side), unit: 'ops/s', better: 'higher', shown })
  }
  report.ratio({ case: name, ratio: throughput('in-process') / throughput('grpc'), against: 'grpc', better: 'higher' })
  for (const side of results.keys()) {
    const value = perCore(side)
    report.measure({ case: `${name}/core`, impl: side, value, unit: 'ops/cpu-s', better: 'higher' })
  }
  if (results.has('client-go')) {
    // The claim is about our client over gRPC, against Go's on the same server.
    report.ratio({
      case: `${name}/core`,
      ratio: perCore('grpc') / perCore('client-go'),
      against: 'client-go',
      better: 'higher',
    })
  }
}
