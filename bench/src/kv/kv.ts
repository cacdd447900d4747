import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Bench, BenchContext } from '../bench.ts'
import type { Report } from '../report.ts'
import { topOfProfile } from './cpu-profile.ts'
import { buildDriver, type DriveResult, type Driver, type Operation } from './driver.ts'
import { hasProgram } from './process.ts'
import { type ServerUnderTest, startEtcd, startStrata } from './servers.ts'

const recordCount = 20_000
const valueBytes = 1024
const callerCounts = [32, 256]
const loadCallerCount = 64

interface Workload {
  readonly name: 'raw-get' | 'raw-put' | 'txn-rmw'
  /** Prepares the records. */
  readonly load: Operation
  /** What etcd is asked for the same. */
  readonly peerOperation: string
}

const workloads: readonly Workload[] = [
  { name: 'raw-get', load: 'load', peerOperation: 'Range' },
  { name: 'raw-put', load: 'load', peerOperation: 'Put' },
  { name: 'txn-rmw', load: 'txn-load', peerOperation: 'Range, then Txn that compares mod_revision' },
]

/** Whole servers, driven by one Go program through their own clients. */
export const kvBench: Bench = {
  name: 'kv',
  summary: 'RawGet, RawPut and read-modify-write transactions through client-go, against etcd through clientv3',
  run,
}

async function run(context: BenchContext): Promise<void> {
  const { report, quick, seed } = context
  const roundCount = quick ? 1 : 7
  const durationMs = quick ? 700 : 4000
  report.begin({
    recordCount,
    valueBytes,
    callers: callerCounts,
    roundCount,
    durationMs,
    durability: 'every write synced before it is answered, on both sides',
  })
  if (!(await hasProgram('go', 'version'))) {
    report.note('Skipped: the driver is a Go program, and there is no `go` on this machine.')
    return
  }
  const hasPeer = await hasProgram('etcd', '--version')
  if (!hasPeer) report.note('No peer: install etcd (Debian: etcd-server) to compare.')
  const folder = mkdtempSync(join(tmpdir(), 'stratakv-bench-kv-'))
  try {
    const driver = await buildDriver(folder)
    for (const workload of workloads) {
      await compare({ workload, folder, driver, report, seed, hasPeer, roundCount, durationMs })
    }
    report.note('Driver and server share the cores of this machine, on both sides alike.')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Comparison {
  readonly workload: Workload
  readonly folder: string
  readonly driver: Driver
  readonly report: Report
  readonly seed: number
  readonly hasPeer: boolean
  readonly roundCount: number
  readonly durationMs: number
}

/** Fresh servers for each workload, on the same disk, in turns: A B, A B, ... so that a drift of the machine meets both. */
async function compare(comparison: Comparison): Promise<void> {
  const { workload, driver, report, seed, roundCount, durationMs } = comparison
  const folder = join(comparison.folder, workload.name)
  const profileFolder = process.env.STRATA_BENCH_PROFILE === undefined ? undefined : join(folder, 'profile')
  mkdirSync(folder)
  const servers: ServerUnderTest[] = []
  try {
    servers.push(await startStrata(folder, profileFolder))
    if (comparison.hasPeer) servers.push(await startEtcd(folder))
    const common = { recordCount, valueBytes, durationMs }
    for (const server of servers) {
      await driver.drive(server, { ...common, operation: workload.load, callerCount: loadCallerCount, seed })
    }
    const results = new Map<string, DriveResult[]>()
    for (let round = 0; round < roundCount; round++) {
      for (const callerCount of callerCounts) {
        for (const server of servers) {
          const drive = { ...common, operation: workload.name, callerCount, seed: seed + round }
          const name = `${callerCount}/${server.target}`
          results.set(name, [...(results.get(name) ?? []), await driver.drive(server, drive)])
        }
      }
    }
    for (const callerCount of callerCounts) tell(report, workload, callerCount, results)
    if (comparison.hasPeer) report.note(`${workload.name} against etcd: ${workload.peerOperation}.`)
  } finally {
    for (const server of servers) await server.stop()
  }
  if (profileFolder !== undefined) {
    report.note(`CPU profile of the node under ${workload.name}, own time, idle left out:`)
    for (const line of topOfProfile(profileFolder, 10)) report.note(line)
  }
}

function tell(
  report: Report,
  workload: Workload,
  callerCount: number,
  results: ReadonlyMap<string, readonly DriveResult[]>,
): void {
  const name = `${workload.name}/${callerCount}`
  const medianOf = (target: string, figure: (result: DriveResult) => number): number | undefined => {
    const values = (results.get(`${callerCount}/${target}`) ?? []).map(figure).sort((left, right) => left - right)
    return values[Math.floor(values.length / 2)]
  }
  for (const target of ['stratakv', 'etcd']) {
    const opsPerSecond = medianOf(target, (result) => result.opsPerSecond)
    if (opsPerSecond === undefined) continue
    const shown = {
      'p50 ms': medianOf(target, (result) => result.p50Ms)!.toFixed(2),
      'p99 ms': medianOf(target, (result) => result.p99Ms)!.toFixed(2),
      'mean batch': medianOf(target, (result) => result.meanBatchSize)!.toFixed(1),
      retries: `${medianOf(target, (result) => result.retries)}`,
    }
    report.measure({ case: name, impl: target, value: opsPerSecond, unit: 'ops/s', better: 'higher', shown })
  }
  const [ours, theirs] = ['stratakv', 'etcd'].map((target) => medianOf(target, (result) => result.opsPerSecond))
  if (ours !== undefined && theirs !== undefined) {
    report.ratio({ case: name, ratio: ours / theirs, against: 'etcd', better: 'higher' })
  }
}
