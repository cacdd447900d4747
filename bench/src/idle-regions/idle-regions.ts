import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Peer } from '@stratakv/core'
import { seededRandom } from '@stratakv/core'
import type { RaftStore } from '@stratakv/raftstore'
import type { Bench, BenchContext } from '../bench.ts'
import { newPlacementDriver } from '../placement-driver.ts'
import { type IdleStore, newNetwork, openIdleStore } from './idle-store.ts'

/** Regions that nobody asks anything cost ticks, and memory. */
export const idleRegionsBench: Bench = {
  name: 'idle-regions',
  summary:
    '10,000 regions that nobody asks anything: CPU, memory and the time to open a store; with one replica and with three',
  isDivisible: true,
  run,
}

const cases = { 'one-replica': 1, 'three-replicas': 3 } as const

async function run({ report, quick, seed, wants }: BenchContext): Promise<void> {
  const regionCount = quick ? 300 : 10_000
  const idleSeconds = quick ? 2 : 60
  // Elections among three replicas take ten ticks and more.
  const tickMs = quick ? 100 : 1000
  report.begin({ regions: regionCount, idleSeconds, engine: 'leveldb', log: 'raft-engine', tickMs })
  for (const [name, replicaCount] of Object.entries(cases)) {
    if (!wants(name)) continue
    const folder = mkdtempSync(join(tmpdir(), 'stratakv-bench-idle-'))
    try {
      const figures = await measure({ folder, replicaCount, regionCount, idleSeconds, tickMs, seed })
      const measured = [
        ['cpu', figures.cpuPercent, '% of a core'],
        ['memory', figures.bytesPerReplica / 1024, 'KiB/replica'],
        ['open', figures.openedMs, 'ms'],
      ] as const
      for (const [what, value, unit] of measured) {
        report.measure({ case: `${name}/${what}`, impl: 'stratakv', value, unit, better: 'lower' })
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
  report.note(
    'CPU and the time to open are of one store, of which there are as many in the process as there are replicas.',
  )
  report.note('Memory is heap and external together, after a collection, against before the stores were opened.')
}

interface IdleCase {
  readonly folder: string
  readonly replicaCount: number
  readonly regionCount: number
  readonly idleSeconds: number
  readonly tickMs: number
  readonly seed: number
}

async function measure({ folder, replicaCount, regionCount, idleSeconds, tickMs, seed }: IdleCase) {
  const random = seededRandom(seed)
  const placementDriver = await newPlacementDriver(random)
  const openAll = async (): Promise<IdleStore[]> => {
    const network = newNetwork()
    const stores: IdleStore[] = []
    for (let at = 0; at < replicaCount; at++) {
      const deps = { folder: join(folder, `store-${at}`), network, placementDriver, random, tickMs }
      stores.push(await openIdleStore(deps, `127.0.0.1:${20_160 + at}`))
    }
    return stores
  }
  const prepared = await openAll()
  await makeRegions(prepared, regionCount)
  await settle(prepared, regionCount)
  for (const store of prepared.splice(0)) await store.close()
  const bytesBefore = memoryBytes()
  const stores = await openAll()
  await settle(stores, regionCount)
  await pause(idleSeconds * 250)
  const bytes = memoryBytes() - bytesBefore
  const cpuBefore = process.cpuUsage()
  const begunAt = performance.now()
  await pause(idleSeconds * 1000)
  const { user, system } = process.cpuUsage(cpuBefore)
  const cpuPercent = (user + system) / 10 / (performance.now() - begunAt) / replicaCount
  const openedMs = stores.reduce((sum, store) => sum + store.openedMs, 0) / replicaCount
  for (const store of stores) await store.close()
  return { cpuPercent, bytesPerReplica: bytes / replicaCount / regionCount, openedMs }
}

/** The first region gets its replicas, and then its parts. */
async function makeRegions([first, ...others]: readonly IdleStore[], regionCount: number): Promise<void> {
  const store = first!.store
  const peer = [...store.regions.values()][0]!
  await peer.awaitLeading()
  let nextId = 1_000_000
  for (const { store: other } of others) {
    const member: Peer = { id: nextId++, storeId: other.storeId, role: 'voter' }
    const body = { type: 'change-peers', changes: [{ type: 'add-node', peer: member }] } as const
    await peer.propose({ epoch: peer.region.epoch, body })
    await until(() => other.regions.get(peer.regionId)?.isInitialized === true)
  }
  const parts = Array.from({ length: regionCount - 1 }, (_, at) => ({
    splitKey: new TextEncoder().encode(`key-${String(at).padStart(8, '0')}`),
    regionId: nextId++,
    peerIds: peer.region.peers.map(() => nextId++),
  }))
  await peer.propose({ epoch: peer.region.epoch, body: { type: 'split', parts, rightDerive: false } })
}

/** All regions are led, and nothing is left to do. */
async function settle(stores: readonly IdleStore[], regionCount: number): Promise<void> {
  const leaders = () => stores.reduce((sum, { store }) => sum + leaderCount(store), 0)
  await until(() => leaders() === regionCount)
  await until(() => stores.every(({ store }) => [...store.regions.values()].every(({ isIdle }) => isIdle)))
}

function leaderCount({ regions }: RaftStore): number {
  let count = 0
  for (const peer of regions.values()) if (peer.isLeader) count++
  return count
}

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await pause(100)
}

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

function memoryBytes(): number {
  collect()
  collect()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
