// One turn of `bench async-io`: three stores with a hundred regions, under a load, in a process of their own. Prints one JSON object.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import {
  below,
  InProcessNetwork,
  noMemoryLocks,
  type Region,
  seededRandom,
  sleep,
  systemClock,
  systemRandom,
} from '@stratakv/core'
import { createNodeFileSystem } from '@stratakv/file-io'
import { openLevelEngine } from '@stratakv/level-engine'
import { openRaftEngine } from '@stratakv/raft-engine'
import { DiskSpaceGate, prepareRegions, RaftKv, RaftStore, StoreMessages } from '@stratakv/raftstore'
import { completeConfig, raftStoreOptions } from '@stratakv/server'
import { createChecksum, createKernels, findNativeChecksum } from '@stratakv/wasm'
import type { AsyncTurnResult } from './async-io.ts'

const storeCount = 3
const regionCount = 100
const valueBytes = 1024
const warmUpMs = 2000
const raftEntryMaxBytes = 8 * 1024 * 1024

interface Store {
  readonly store: RaftStore
  readonly kv: RaftKv
  close(): Promise<void>
}

const regions: readonly Region[] = Array.from({ length: regionCount }, (_, at) => ({
  id: at + 1,
  startKey: at === 0 ? new Uint8Array(0) : keyOf(at, 0).subarray(0, 4),
  endKey: at === regionCount - 1 ? new Uint8Array(0) : keyOf(at + 1, 0).subarray(0, 4),
  epoch: { confVer: 1, version: 1 },
  peers: Array.from({ length: storeCount }, (_, store) => ({
    id: 1000 + at * 10 + store,
    storeId: store + 1,
    role: 'voter' as const,
  })),
}))

function keyOf(region: number, key: number): Uint8Array {
  return new TextEncoder().encode(`r${String(region).padStart(3, '0')} ${key}`)
}

async function openStore(folder: string, storeId: number, network: InProcessNetwork, poolSize: number): Promise<Store> {
  const [clock, fileSystem] = [systemClock(), createNodeFileSystem()]
  const engine = await openLevelEngine({ path: join(folder, `kv-${storeId}`) })
  await prepareRegions(engine, regions)
  const logEngine = await openRaftEngine({ fileSystem, clock }, { directory: join(folder, `log-${storeId}`) })
  const config = completeConfig({
    'raftstore.raft-base-tick-interval': 100,
    'raftstore.store-io-pool-size': poolSize,
  })
  const transport = network.connect(storeId)
  const messages = new StoreMessages(transport)
  const store = await RaftStore.open(
    {
      engine,
      logEngine,
      fileSystem,
      clock,
      random: systemRandom(),
      checksum: createChecksum({ kernels: createKernels(), native: findNativeChecksum() }),
      transport: messages,
    },
    raftStoreOptions(config, { storeId, snapshotDirectory: join(folder, `snap-${storeId}`) }),
  )
  messages.deliverTo(store)
  const diskSpace = new DiskSpaceGate({ reserveBytes: 0 })
  return {
    store,
    kv: new RaftKv({ store, locks: noMemoryLocks(), diskSpace }, { raftEntryMaxBytes }),
    async close() {
      await transport.close()
      await store.close()
      await logEngine.close()
      await engine.close()
    },
  }
}

async function run(): Promise<AsyncTurnResult> {
  const { values } = parseArgs({
    options: {
      pool: { type: 'string' },
      seconds: { type: 'string' },
      rate: { type: 'string' },
      seed: { type: 'string' },
    },
  })
  const [poolSize, seconds, rate] = [Number(values.pool), Number(values.seconds), Number(values.rate)]
  const random = seededRandom(Number(values.seed))
  const clock = systemClock()
  const folder = await mkdtemp(join(tmpdir(), 'stratakv-async-'))
  const network = new InProcessNetwork({ clock, schedule: (deliver) => setImmediate(deliver) })
  const stores: Store[] = []
  try {
    for (let id = 1; id <= storeCount; id++) stores.push(await openStore(folder, id, network, poolSize))
    const leaderOf = (regionId: number) => stores.find(({ store }) => store.regions.get(regionId)?.isLeader)
    while (regions.some(({ id }) => leaderOf(id) === undefined)) await sleep(clock, 50)
    // Elections in which nobody could win at once are over, and leases are there.
    await sleep(clock, 3000)
    const termsOf = () => regions.map(({ id }) => Math.max(...stores.map(({ store }) => store.regions.get(id)!.term)))
    const termsBefore = termsOf()
    const latencies: number[] = []
    let failed = 0
    const value = Uint8Array.from({ length: valueBytes }, () => below(random, 256))
    const write = async (startedAt: number) => {
      const at = below(random, regionCount)
      try {
        const leader = leaderOf(at + 1)
        if (leader === undefined) throw new Error('no leader')
        await leader.kv.write({ regionId: at + 1 }, [
          { type: 'put', cf: 'default', key: keyOf(at, below(random, 1000)), value },
        ])
        latencies.push(performance.now() - startedAt)
      } catch {
        failed++
      }
    }
    const load = async (ms: number) => {
      const startedAt = performance.now()
      const end = startedAt + ms
      if (rate === 0) {
        const caller = async () => {
          while (performance.now() < end) await write(performance.now())
        }
        await Promise.all(Array.from({ length: 64 }, caller))
        return
      }
      const running: Promise<void>[] = []
      for (let count = 0; ; count++) {
        const due = startedAt + (count / rate) * 1000
        if (due >= end) break
        if (due > performance.now()) await sleep(clock, due - performance.now())
        running.push(write(due))
      }
      await Promise.all(running)
    }
    // A process that begins is busy compiling: what waits for that says nothing of the log.
    await load(warmUpMs)
    latencies.length = 0
    failed = 0
    const delay = monitorEventLoopDelay({ resolution: 1 })
    delay.enable()
    const startedAt = performance.now()
    await load(seconds * 1000)
    delay.disable()
    const elapsedMs = performance.now() - startedAt
    latencies.sort((left, right) => left - right)
    const elections = termsOf().reduce((sum, term, at) => sum + term - termsBefore[at]!, 0)
    return {
      opsPerSecond: (latencies.length / elapsedMs) * 1000,
      p99Ms: latencies[Math.floor(latencies.length * 0.99)] ?? Number.NaN,
      loopDelayP99Ms: delay.percentile(99) / 1e6,
      elections,
      failed,
    }
  } finally {
    for (const store of stores) await store.close()
    await rm(folder, { recursive: true })
  }
}

console.log(JSON.stringify(await run()))
