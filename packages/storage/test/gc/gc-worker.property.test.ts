import { below, type Kv, noTelemetry, type Timestamp } from '@stratakv/core'
import { encodeKey, keyHistory } from '@stratakv/mvcc'
import { type SeededRandom, type SimulatedClock, seededRandom, simulatedClock } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'
import { defaultGcWorkerOptions, type GcEvent, GcWorker } from '../../src/gc/gc-worker.ts'
import type { Storage } from '../../src/storage.ts'
import { checkHistories } from '../history-checker.ts'
import { bytes, type MemoryKv, memoryKv, text, wholeRegion } from '../memory-kv.ts'
import { type CommitMode, context, PercolatorClient, TestOracle, type TxnTrace } from '../percolator-client.ts'
import { storageOn } from '../storage-fixture.ts'
import { tardy } from '../tardy-kv.ts'

const keys = Array.from({ length: 9 }, (_, index) => `key ${index}`)
const modes: readonly CommitMode[] = ['two-phase', 'async', 'one-phase']
const seeds = Array.from({ length: 8 }, (_, index) => 900 + index)

/** A store over `kv` whose worker collects in batches so small that there are many writes. */
class CollectingStore {
  readonly storage: Storage
  readonly events: GcEvent[] = []
  readonly clock: SimulatedClock = simulatedClock()
  readonly #worker: GcWorker
  #safePoint: Timestamp = 0n

  constructor(kv: Kv, oracle: TestOracle) {
    const placementDriver = { timestamps: async () => oracle.next(), gcSafePoint: async () => this.#safePoint }
    this.storage = storageOn(undefined, { latchSlotCount: 4 }, { kv, placementDriver, clock: this.clock }).storage
    this.#worker = new GcWorker(
      {
        storage: this.storage,
        kv,
        clock: this.clock,
        telemetry: noTelemetry(),
        placementDriver,
        ledRegions: () => [wholeRegion],
        onEvent: (event) => this.events.push(event),
      },
      { ...defaultGcWorkerOptions, batchKeyCount: 3, writeBytesMax: 60 },
    )
    this.#worker.start()
  }

  /** Resolves when the worker has dealt with `safePoint`, or met an error. */
  async collect(safePoint: Timestamp): Promise<void> {
    this.#safePoint = safePoint
    const before = this.events.length
    while (!this.events.slice(before).some(({ type }) => type === 'finished' || type === 'interrupted')) {
      await this.clock.advance(defaultGcWorkerOptions.pollIntervalMs)
    }
  }

  async close(): Promise<void> {
    await this.#worker.close()
    await this.storage.close()
  }
}

/** A kv of which nothing more is heard after some writes, the last of them done or not. */
function dyingKv(kv: Kv, writeCount: number, lastIsDone: boolean): Kv {
  let left = writeCount
  return {
    snapshot: (asked) => kv.snapshot(asked),
    async write(asked, changes) {
      if (--left < 0) {
        if (left === -1 && lastIsDone) await kv.write(asked, changes)
        throw new Error('the power is gone')
      }
      await kv.write(asked, changes)
    },
  }
}

async function run(client: PercolatorClient, random: SeededRandom, count: number): Promise<TxnTrace[]> {
  const traces: TxnTrace[] = []
  for (let index = 0; index < count; index++) {
    const touched = keys.filter(() => below(random, 3) === 0)
    const long = below(random, 3) === 0 ? '.'.repeat(300) : ''
    const mode = modes[below(random, modes.length)]!
    traces.push(await client.transact(touched, (startTs) => `by ${startTs}${long}`, mode, true))
  }
  return traces
}

/** Random transactions from several clients, some of which die. */
async function fill(storage: Storage, oracle: TestOracle, random: SeededRandom): Promise<TxnTrace[]> {
  const dice = Array.from({ length: 5 }, (_, index) => random.fork(`client ${index}`))
  const traces = await Promise.all(dice.map((each) => run(new PercolatorClient(storage, oracle, each), each, 8)))
  return traces.flat()
}

/** What moves the safe point does this first. */
async function resolveLocksBefore(storage: Storage, oracle: TestOracle, random: SeededRandom): Promise<Timestamp> {
  oracle.skip(1000)
  const safePoint = oracle.next()
  const client = new PercolatorClient(storage, oracle, random)
  for (;;) {
    const locks = await storage.scanLock({
      context,
      startKey: bytes(''),
      endKey: bytes(''),
      maxVersion: safePoint,
      limitCount: 0,
    })
    if (locks.length === 0) return safePoint
    for (const lock of locks) await client.resolve(lock, 0n)
  }
}

/** All that is seen of each key at the safe point and at every later commit. */
async function visible(kv: MemoryKv, oracle: TestOracle, safePoint: Timestamp): Promise<string[]> {
  const { storage } = storageOn(undefined, {}, { kv })
  const stamps = new Set<Timestamp>([safePoint, oracle.last() + 100n])
  for (const key of keys) {
    for (const { commitTs } of (await keyHistory(kv.engine, encodeKey(bytes(key)))).writes) {
      if (commitTs > safePoint) stamps.add(commitTs)
    }
  }
  const seen: string[] = []
  for (const version of [...stamps].sort()) {
    for (const key of keys) {
      seen.push(`${key}@${version}: ${text(await storage.get({ context, key: bytes(key), version }))}`)
    }
  }
  return seen
}

/** Nothing at or below the safe point but one put a key, and no value without its record. */
async function expectCollected(kv: MemoryKv, safePoint: Timestamp): Promise<void> {
  for (const key of keys) {
    const { writes, values } = await keyHistory(kv.engine, encodeKey(bytes(key)))
    const old = writes.filter(({ commitTs }) => commitTs <= safePoint)
    expect(old.length, key).toBeLessThanOrEqual(1)
    expect(old.every(({ write }) => write.kind === 'put')).toBe(true)
    const owners = new Set(writes.map(({ write }) => write.startTs))
    expect(values.filter(({ startTs }) => !owners.has(startTs))).toEqual([])
  }
}

async function recordCount(kv: MemoryKv): Promise<number> {
  let count = 0
  for (const cf of ['write', 'default'] as const) {
    const cursor = kv.engine.iterate(cf)
    for (let valid = await cursor.seekToFirst(); valid; valid = await cursor.next()) count++
    cursor.close()
  }
  return count
}

describe('garbage collection', () => {
  it.each(seeds)('changes no read at or above the safe point and leaves no garbage, seed %i', async (seed) => {
    const random = seededRandom(seed)
    const oracle = new TestOracle()
    const kv = memoryKv()
    const store = new CollectingStore(tardy(kv, random.fork('kv')), oracle)
    for (let round = 0; round < 3; round++) {
      await fill(store.storage, oracle, random.fork(`before ${round}`))
      const safePoint = await resolveLocksBefore(store.storage, oracle, random.fork(`cleaner ${round}`))
      await fill(store.storage, oracle, random.fork(`after ${round}`))
      const newest = await resolveLocksBefore(store.storage, oracle, random.fork(`cleaner of newer ${round}`))
      const [before, countBefore] = [await visible(kv, oracle, safePoint), await recordCount(kv)]
      await store.collect(safePoint)
      expect(await visible(kv, oracle, safePoint)).toEqual(before)
      await expectCollected(kv, safePoint)
      expect(await recordCount(kv)).toBeLessThan(countBefore)
      await store.collect(newest)
      await expectCollected(kv, newest)
    }
    expect(store.events.filter(({ type }) => type === 'interrupted')).toEqual([])
    await store.close()
  })

  it.each(seeds)('beside running transactions is seen by none of them, seed %i', async (seed) => {
    const random = seededRandom(seed)
    const oracle = new TestOracle()
    const kv = memoryKv()
    const store = new CollectingStore(tardy(kv, random.fork('kv')), oracle)
    await fill(store.storage, oracle, random.fork('first'))
    for (let round = 0; round < 3; round++) {
      const safePoint = await resolveLocksBefore(store.storage, oracle, random.fork(`cleaner ${round}`))
      const [traces] = await Promise.all([
        fill(store.storage, oracle, random.fork(`clients ${round}`)),
        store.collect(safePoint),
      ])
      await resolveLocksBefore(store.storage, oracle, random.fork(`late cleaner ${round}`))
      await checkHistories(store.storage, keys, traces)
      await expectCollected(kv, safePoint)
    }
    await store.close()
  })

  it.each(seeds)('loses nothing when it dies at any of its writes, and ends what was begun, seed %i', async (seed) => {
    const random = seededRandom(seed)
    const oracle = new TestOracle()
    const kv = memoryKv()
    const { storage } = storageOn(undefined, {}, { kv })
    for (let round = 0; round < 3; round++) await fill(storage, oracle, random.fork(`clients ${round}`))
    const safePoint = await resolveLocksBefore(storage, oracle, random.fork('cleaner'))
    const before = await visible(kv, oracle, safePoint)
    let deathCount = 0
    for (let lives = true; lives; ) {
      // Each life gets one write further, or just not.
      const store = new CollectingStore(dyingKv(kv, 1, below(random, 2) === 0), oracle)
      await store.collect(safePoint)
      const end = store.events.at(-1)!.type
      await store.close()
      expect(await visible(kv, oracle, safePoint)).toEqual(before)
      lives = end === 'interrupted'
      if (lives) deathCount++
    }
    expect(deathCount).toBeGreaterThan(10)
    await expectCollected(kv, safePoint)
  })
})
