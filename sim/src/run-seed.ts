import { below, FileIoError, NoSpaceError, RpcStatusError, StrataError, seededRandom } from '@stratakv/core'
import { type Logger, silentLogger } from '@stratakv/server'
import { unequalReplicas } from './check/replicas.ts'
import { Nemesis } from './nemesis.ts'
import { BankWorkload } from './workload/bank.ts'
import { CounterWorkload } from './workload/counter.ts'
import { LedgerWorkload } from './workload/ledger.ts'
import { ListAppendWorkload } from './workload/list-append.ts'
import { RegisterWorkload } from './workload/register.ts'
import { runClient, type Workload } from './workload/workload.ts'
import { SimulatedCluster } from './world/simulated-cluster.ts'

export interface SeedOptions {
  readonly roundCount: number
  /** Silent, unless a person wants to see what the stores say. */
  readonly logger?: Logger
}

/** What one seed made happen. */
export interface SeedReport {
  readonly seed: number
  readonly simulatedMs: number
  /** By name. */
  readonly faults: ReadonlyMap<string, number>
  readonly calls: { readonly done: number; readonly failed: number; readonly unknown: number }
  readonly messageCount: number
  readonly snapshotCount: number
  /** Of everything the stores said to each other: the same for the same seed and the same code. */
  readonly digest: number
  /** What must not be. Empty: the seed is clean. */
  readonly violations: readonly string[]
}

const startMsMax = 60_000
const callMsMax = 120_000
const equalMsMax = 240_000

/** One cluster's life from one seed. Never throws for what the cluster does. */
export async function runSeed(seed: number, options: SeedOptions): Promise<SeedReport> {
  const random = seededRandom(seed)
  const choices = random.fork('choices')
  const storeCount = 3 + below(choices, 3)
  const cluster = new SimulatedCluster(random.fork('cluster'), {
    storeCount,
    driftMax: below(choices, 2) === 0 ? 0 : 0.02,
    logger: options.logger ?? silentLogger(),
    config: {
      ...fastStore,
      'raftstore.store-io-pool-size': below(choices, 3),
      'raftstore.hibernate-regions': below(choices, 2) === 0,
    },
    placement: {
      maxReplicas: 3,
      splitMergeIntervalMs: 8000,
      maxStoreDownTimeMs: 30_000,
      addPeerPerMinute: 600,
      removePeerPerMinute: 600,
    },
  })
  const nemesis = new Nemesis(cluster, random.fork('nemesis'))
  const workloads: Workload[] = [
    new RegisterWorkload(),
    new LedgerWorkload(),
    new BankWorkload(),
    new CounterWorkload(),
    new ListAppendWorkload(),
  ]
  const violations: string[] = []
  try {
    await live(cluster, nemesis, workloads, random.fork('clients'), options, violations)
  } catch (error) {
    violations.push(`it came to no end: ${describe(error)}`)
  }
  violations.push(...cluster.wire.violations, ...unexplained(cluster))
  const report = {
    seed,
    simulatedMs: Math.round(cluster.clock.now()),
    faults: nemesis.counts,
    calls: sum(workloads),
    messageCount: cluster.network.sentCount,
    snapshotCount: cluster.links.snapshotCount,
    digest: cluster.wire.digest,
    violations,
  }
  cluster.end()
  return report
}

async function live(
  cluster: SimulatedCluster,
  nemesis: Nemesis,
  workloads: readonly Workload[],
  random: ReturnType<typeof seededRandom>,
  options: SeedOptions,
  violations: string[],
): Promise<void> {
  const { clock } = cluster
  await cluster.startPd()
  for (const machine of cluster.machines) {
    machine.start()
    // The first makes the cluster; the others find it.
    await until(cluster, startMsMax, async () =>
      machine.running === undefined ? `${machine.host} is not up` : undefined,
    )
  }
  const first = cluster.addClient()
  for (const workload of workloads) await clock.settle(workload.prepare(first.client), startMsMax)
  let isOver = false
  const running = workloads.flatMap((workload) =>
    Array.from({ length: workload.clientCount }, (_, at) => at + 1).flatMap((id) => {
      const { client, clock: own } = cluster.addClient()
      return Array.from({ length: workload.strandCount ?? 1 }, (_, strand) => {
        const by = { id, strand, client, clock: own, random: random.fork(`${workload.name} ${id} ${strand}`) }
        return runClient(workload, by, () => isOver).catch((error: unknown) => {
          violations.push(`a client of ${workload.name} met what no client may meet: ${describe(error)}`)
        })
      })
    }),
  )
  for (let round = 0; round < options.roundCount && violations.length === 0; round++) await nemesis.round()
  nemesis.mend()
  await clock.advance(15_000)
  isOver = true
  await clock.settle(Promise.all(running), callMsMax)
  await until(cluster, equalMsMax, () => unequalReplicas(cluster))
  for (const workload of workloads) {
    violations.push(...(await clock.settle(workload.check(first.client), callMsMax)))
  }
}

/** Lets time pass until `look` has nothing to say. @throws with what it said last */
async function until(cluster: SimulatedCluster, msMax: number, look: () => Promise<string | undefined>): Promise<void> {
  const deadline = cluster.clock.now() + msMax
  for (;;) {
    const missing = await look()
    if (missing === undefined) return
    if (cluster.clock.now() >= deadline) throw new Error(`after ${msMax} ms still: ${missing}`)
    // A machine whose disk has failed is started again, as its supervisor would.
    for (const machine of cluster.machines) if (machine.failures.length > 0) machine.start()
    await cluster.clock.advance(500)
  }
}

/** Stores may stop for what was done to them, and for nothing else. */
function unexplained(cluster: SimulatedCluster): string[] {
  return cluster.machines.flatMap(({ host, failures }) =>
    failures.filter((error) => !isExplained(error)).map((error) => `${host} failed by itself: ${describe(error)}`),
  )
}

function isExplained(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (error instanceof FileIoError || error instanceof NoSpaceError || error instanceof RpcStatusError) return true
  if (error instanceof StrataError && error.code === 'PD_CLIENT_UNAVAILABLE') return true
  // A write that failed and could not be taken back: all that went wrong has to be of the disk's doing.
  if (error instanceof AggregateError) return error.errors.every(isExplained)
  return isExplained(error.cause)
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const cause = error.cause === undefined ? '' : ` <- ${describe(error.cause)}`
  return `${error.stack ?? error.message}${cause}`
}

function sum(workloads: readonly Workload[]): SeedReport['calls'] {
  const all = { done: 0, failed: 0, unknown: 0 }
  for (const { counts } of workloads) {
    all.done += counts.done
    all.failed += counts.failed
    all.unknown += counts.unknown
  }
  return all
}

/** A store whose life goes ten times as fast: elections in 1 to 2 s, regions told every second, logs cut after few entries. */
const fastStore = {
  'storage.engine': 'level',
  'storage.reserve-space': 0,
  'gc.enable': false,
  'raftstore.raft-base-tick-interval': 100,
  'raftstore.raft-election-timeout-ticks': 10,
  'raftstore.raft-heartbeat-ticks': 2,
  'raftstore.raft-store-max-leader-lease': 900,
  'raftstore.pd-heartbeat-tick-interval': 1000,
  'raftstore.pd-store-heartbeat-tick-interval': 1000,
  'raftstore.split-region-check-tick-interval': 1000,
  'raftstore.merge-check-tick-interval': 500,
  'raftstore.peer-stale-state-check-interval': 5000,
  'raftstore.max-leader-missing-duration': 20_000,
  'raftstore.consistency-check-interval': 2000,
  'raftstore.raft-log-gc-tick-interval': 500,
  'raftstore.raft-log-gc-threshold': 20,
  'raftstore.raft-log-gc-count-limit': 60,
  'raftstore.raft-log-compact-sync-interval': 500,
  'raftstore.raft-engine-purge-interval': 2000,
} as const
