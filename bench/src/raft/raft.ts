import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Bench, BenchContext } from '../bench.ts'
import { buildDriver, type DriveResult, type Driver } from '../kv/driver.ts'
import { hasProgram } from '../kv/process.ts'
import type { ServerUnderTest } from '../kv/servers.ts'
import { startEtcdCluster, startStrataCluster } from './clusters.ts'
import { measureOverhead } from './single-replica.ts'

const valueBytes = 1024
const replicaCount = 3
const callerCounts = [32, 256]

/** What replication costs, and against whom. */
export const raftBench: Bench = {
  name: 'raft',
  summary: 'Writes to three replicas against a three-member etcd; one replica on Raft against none',
  isDivisible: true,
  run,
}

async function run(context: BenchContext): Promise<void> {
  const { report, quick } = context
  report.begin({
    recordCount: recordCountOf(context),
    valueBytes,
    replicaCount,
    callers: callerCounts,
    durability: 'a write is synced by a majority before it is answered, on both sides',
  })
  if (context.wants('single-replica-overhead')) await measureOverhead(context)
  if (!context.wants('write-throughput') && !context.wants('write-p99')) return
  if (!(await hasProgram('go', 'version'))) {
    report.note('Skipped: the driver is a Go program, and there is no `go` on this machine.')
    return
  }
  const hasPeer = await hasProgram('etcd', '--version')
  if (!hasPeer) report.note('No peer: install etcd (Debian: etcd-server) to compare.')
  const folder = mkdtempSync(join(tmpdir(), 'stratakv-bench-raft-'))
  try {
    const driver = await buildDriver(folder)
    await compare(context, driver, folder, hasPeer)
    report.note(
      'Three servers of each side, and the driver, share the cores of this machine; only one side is driven at a time.',
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  if (quick) report.note('Quick: the load that is offered for write-p99 comes of a single short round.')
}

/** Both clusters on the same disk, in turns; first what each manages, then both at half of what the slower one does. */
async function compare(context: BenchContext, driver: Driver, folder: string, hasPeer: boolean): Promise<void> {
  const { quick, report, seed } = context
  const roundCount = quick ? 1 : 5
  const durationMs = quick ? 500 : 8000
  const recordCount = recordCountOf(context)
  const servers: ServerUnderTest[] = []
  try {
    for (const [name, start] of [
      ['stratakv', startStrataCluster],
      ['etcd', startEtcdCluster],
    ] as const) {
      if (name === 'etcd' && !hasPeer) continue
      mkdirSync(join(folder, name))
      servers.push(await start(join(folder, name), replicaCount))
    }
    const common = { operation: 'raw-put', recordCount, valueBytes, durationMs, seed } as const
    for (const server of servers) {
      await driver.drive(server, { ...common, operation: 'load', callerCount: 64 })
    }
    const inTurns = async (callerCount: number, ratePerSecond: number) => {
      const results = new Map<string, DriveResult[]>(servers.map(({ target }) => [target, []]))
      for (let round = 0; round < roundCount; round++) {
        for (const server of servers) {
          const drive = { ...common, callerCount, ratePerSecond, warmupMs: durationMs / 8, seed: seed + round }
          results.get(server.target)!.push(await driver.drive(server, drive))
        }
      }
      return results
    }
    let slowest = Number.POSITIVE_INFINITY
    for (const callerCount of callerCounts) {
      const results = await inTurns(callerCount, 0)
      const name = `write-throughput/${callerCount}`
      tell(context, name, results, 'ops/s', 'higher', ({ opsPerSecond }) => opsPerSecond)
      if (callerCount === callerCounts.at(-1)) {
        slowest = Math.min(...[...results.values()].map((all) => median(all.map(({ opsPerSecond }) => opsPerSecond))))
      }
    }
    const offered = Math.floor(slowest / 2)
    const results = await inTurns(callerCounts.at(-1)!, offered)
    tell(context, 'write-p99', results, 'ms', 'lower', ({ p99Ms }) => p99Ms)
    report.note(
      `write-p99 is at ${offered} writes a second, half of what the slower side manages, from when each should have begun.`,
    )
  } finally {
    for (const server of servers) await server.stop()
  }
}

function recordCountOf({ quick }: BenchContext): number {
  return quick ? 1000 : 10_000
}

function tell(
  { report }: BenchContext,
  name: string,
  results: ReadonlyMap<string, readonly DriveResult[]>,
  unit: string,
  better: 'higher' | 'lower',
  figure: (result: DriveResult) => number,
): void {
  const values = new Map<string, number>()
  for (const [impl, all] of results) {
    const value = median(all.map(figure))
    values.set(impl, value)
    const shown = {
      'ops/s': median(all.map(({ opsPerSecond }) => opsPerSecond)).toFixed(0),
      'p50 ms': median(all.map(({ p50Ms }) => p50Ms)).toFixed(2),
      'p99 ms': median(all.map(({ p99Ms }) => p99Ms)).toFixed(2),
    }
    report.measure({ case: name, impl, value, unit, better, shown })
  }
  const [ours, theirs] = [values.get('stratakv'), values.get('etcd')]
  if (ours !== undefined && theirs !== undefined)
    report.ratio({ case: name, ratio: ours / theirs, against: 'etcd', better })
}

function median(values: readonly number[]): number {
  return [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)]!
}
