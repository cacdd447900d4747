import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  below,
  type Kv,
  type KvEngine,
  noMemoryLocks,
  type Region,
  type StoreId,
  seededRandom,
  systemClock,
  systemRandom,
} from '@stratakv/core'
import { createNodeFileSystem } from '@stratakv/file-io'
import { findNativeFileSystem } from '@stratakv/file-io-native'
import { openLevelEngine } from '@stratakv/level-engine'
import { openRaftEngine } from '@stratakv/raft-engine'
import { DiskSpaceGate, LocalKv, openStore, RaftKv, RaftStore } from '@stratakv/raftstore'
import { completeConfig, raftStoreOptions } from '@stratakv/server'
import { createChecksum, createKernels, findNativeChecksum } from '@stratakv/wasm'
import type { BenchContext } from '../bench.ts'
import { newPlacementDriver, storeAt } from '../placement-driver.ts'

const valueBytes = 1024
const keyCount = 10_000
/** What is done over and over, by so many at a time; after the slash in the name of the case. */
const loads = [
  { name: '1', callerCount: 1, readsBack: false },
  { name: '32', callerCount: 32, readsBack: false },
  // The engine has to have the write before the next one, which no answer ahead of it can spare.
  { name: '1-read-back', callerCount: 1, readsBack: true },
] as const
type Load = (typeof loads)[number]

interface Side {
  readonly impl: 'raft' | 'local'
  readonly kv: Kv
  readonly region: Region
  close(): Promise<void>
}

/** The same region on the same disk, once behind Raft with its log in Raft Engine, once with each write synced by LevelDB itself. */
export async function measureOverhead({ report, quick, seed }: BenchContext): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'stratakv-bench-single-'))
  const sides: Side[] = []
  try {
    sides.push(await openRaft(join(folder, 'raft')), await openLocal(join(folder, 'local')))
    const turnMs = quick ? 100 : 500
    const rounds = quick ? 2 : 21
    const random = seededRandom(seed)
    for (const load of loads) {
      const samples = new Map<string, number[]>(sides.map(({ impl }) => [impl, []]))
      for (const side of sides) await writeFor(side, load, turnMs, random.fork('warm-up'))
      for (let round = 0; round < rounds; round++) {
        for (const side of round % 2 === 0 ? sides : sides.toReversed()) {
          const latencies = await writeFor(side, load, turnMs, random)
          samples.get(side.impl)!.push(...latencies)
        }
      }
      const name = `single-replica-overhead/${load.name}`
      const figures = [...samples].map(([impl, all]) => {
        const sorted = all.sort((left, right) => left - right)
        const at = (part: number) => sorted[Math.floor(sorted.length * part)]!
        const shown = { 'p50 ms': at(0.5).toFixed(3), 'p99 ms': at(0.99).toFixed(3) }
        report.measure({ case: name, impl, value: at(0.5), unit: 'ms', better: 'lower', shown })
        return at(0.5)
      })
      report.ratio({ case: name, ratio: figures[0]! / figures[1]!, against: 'local', better: 'lower' })
    }
  } finally {
    for (const side of sides) await side.close()
    await rm(folder, { recursive: true })
  }
}

/** @returns milliseconds of each write, and of its reading where it is read back */
async function writeFor(
  { kv, region }: Side,
  { callerCount, readsBack }: Load,
  durationMs: number,
  random: ReturnType<typeof seededRandom>,
): Promise<number[]> {
  const latencies: number[] = []
  const end = performance.now() + durationMs
  const value = Uint8Array.from({ length: valueBytes }, () => below(random, 256))
  await Promise.all(
    Array.from({ length: callerCount }, async () => {
      for (let now = performance.now(); now < end; ) {
        const key = new TextEncoder().encode(`key ${below(random, keyCount)}`)
        await kv.write({ regionId: region.id }, [{ type: 'put', cf: 'default', key, value }])
        if (readsBack) await readBack(kv, region, key)
        const done = performance.now()
        latencies.push(done - now)
        now = done
      }
    }),
  )
  return latencies
}

async function readBack(kv: Kv, region: Region, key: Uint8Array): Promise<void> {
  const snapshot = await kv.snapshot({ regionId: region.id })
  const value = await snapshot.get('default', key)
  snapshot.release()
  if (value?.length !== valueBytes) throw new Error('a write that was acknowledged is not read back')
}

const gate = () => new DiskSpaceGate({ reserveBytes: 0 })
const raftEntryMaxBytes = 8 * 1024 * 1024

async function prepared(path: string): Promise<{ engine: KvEngine; region: Region; storeId: StoreId }> {
  const engine = await openLevelEngine({ path })
  const { identity, regions } = await openStore(
    engine,
    await newPlacementDriver(systemRandom()),
    storeAt('127.0.0.1:20160'),
  )
  return { engine, region: regions[0]!, storeId: identity.storeId }
}

async function openLocal(folder: string): Promise<Side> {
  const { engine, region, storeId } = await prepared(`${folder}-kv`)
  const kv = new LocalKv(
    { engine, locks: noMemoryLocks(), diskSpace: gate() },
    { storeId, regions: [region], raftEntryMaxBytes },
  )
  return { impl: 'local', kv, region, close: () => engine.close() }
}

async function openRaft(folder: string): Promise<Side> {
  const { engine, region, storeId } = await prepared(`${folder}-kv`)
  // As a server chooses: writes and syncs in one call where the binary is.
  const fileSystem = findNativeFileSystem() ?? createNodeFileSystem()
  const clock = systemClock()
  const logEngine = await openRaftEngine({ fileSystem, clock }, { directory: `${folder}-log` })
  const store = await RaftStore.open(
    {
      engine,
      logEngine,
      fileSystem,
      clock,
      random: systemRandom(),
      checksum: createChecksum({ kernels: createKernels(), native: findNativeChecksum() }),
      transport: { send() {}, sendSnapshot() {} },
      schedule: (turn) => setImmediate(turn),
    },
    raftStoreOptions(completeConfig({}), { storeId, snapshotDirectory: `${folder}-snap` }),
  )
  await store.awaitSoleLeaders()
  const kv = new RaftKv({ store, locks: noMemoryLocks(), diskSpace: gate() }, { raftEntryMaxBytes })
  return {
    impl: 'raft',
    kv,
    region,
    async close() {
      await store.close()
      await logEngine.close()
      await engine.close()
    },
  }
}
