import {
  below,
  type Checksum,
  type EngineIterator,
  emptyBytes,
  type Kv,
  type KvSnapshot,
  type MaybePromise,
  toHex,
} from '@stratakv/core'
import { type SeededRandom, seededRandom } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'
import { commitCommand } from '../src/commands/commit.ts'
import { prewriteCommand } from '../src/commands/prewrite.ts'
import type { Storage } from '../src/storage.ts'
import { bytes, memoryKv } from './memory-kv.ts'
import { plainChecksum } from './plain-checksum.ts'
import { storageOn } from './storage-fixture.ts'

const context = { kv: { regionId: 1 } }
const keyCount = 400

/** The same answers, each now at once and now as a promise: what an engine with a block cache does. */
function lateKv(kv: Kv, random: SeededRandom): Kv {
  const perhapsLate = <T>(value: MaybePromise<T>): MaybePromise<T> =>
    below(random, 3) === 0 ? Promise.resolve(value) : value

  function lateCursor(cursor: EngineIterator): EngineIterator {
    return {
      get valid() {
        return cursor.valid
      },
      get key() {
        return cursor.key
      },
      get value() {
        return cursor.value
      },
      seek: (key) => perhapsLate(cursor.seek(key)),
      seekForPrev: (key) => perhapsLate(cursor.seekForPrev(key)),
      seekToFirst: () => perhapsLate(cursor.seekToFirst()),
      seekToLast: () => perhapsLate(cursor.seekToLast()),
      next: () => perhapsLate(cursor.next()),
      prev: () => perhapsLate(cursor.prev()),
      close: () => cursor.close(),
    }
  }

  function lateSnapshot(snapshot: KvSnapshot): KvSnapshot {
    return {
      region: snapshot.region,
      term: snapshot.term,
      locks: snapshot.locks,
      get: (cf, key) => perhapsLate(snapshot.get(cf, key)),
      getMany: (cf, keys) => perhapsLate(snapshot.getMany(cf, keys)),
      iterate: (cf, options) => lateCursor(snapshot.iterate(cf, options)),
      release: () => snapshot.release(),
    }
  }

  return {
    snapshot: async (context) => lateSnapshot(await kv.snapshot(context)),
    write: (context, changes, onStage) => kv.write(context, changes, onStage),
  }
}

const keyAt = (index: number) => bytes(`key-${String(index).padStart(4, '0')}`)

/** Raw pairs, two committed versions, and some locks: the same in every storage that is filled from the same seed. */
async function fill(storage: Storage, random: SeededRandom): Promise<void> {
  const indexes = Array.from({ length: keyCount }, (_, index) => index)
  for (const startTs of [10n, 20n, 30n]) {
    const keys = indexes.filter(() => below(random, 2) === 0).map(keyAt)
    const mutations = keys.map((key) => {
      const length = below(random, 3) === 0 ? 300 : 3
      return {
        kind: below(random, 4) === 0 ? ('delete' as const) : ('put' as const),
        key,
        value: new Uint8Array(length),
      }
    })
    const kept = startTs === 30n ? mutations.slice(0, 20) : mutations
    const primary = kept[0]!.key
    await storage.execute(prewriteCommand({ context, mutations: kept, primary, startTs, lockTtlMs: 1000 }))
    if (startTs === 30n) continue
    await storage.execute(commitCommand({ context, keys: kept.map(({ key }) => key), startTs, commitTs: startTs + 5n }))
  }
}

/** Every kind of read, with bounds that the dice choose. */
async function answers(storage: Storage, random: SeededRandom): Promise<string[]> {
  const all: string[] = []
  for (let round = 0; round < 25; round++) {
    const version = BigInt(below(random, 40))
    const [low, high] = [below(random, keyCount), below(random, keyCount)].sort((left, right) => left - right)
    const [startKey, endKey] = [keyAt(low!), below(random, 4) === 0 ? emptyBytes : keyAt(high!)]
    const reverse = below(random, 2) === 0
    const bounds = reverse ? { startKey: endKey, endKey: startKey } : { startKey, endKey }
    const limitCount = below(random, 200)
    const keyOnly = below(random, 2) === 0
    const ranges = [
      { start: bounds.startKey, end: bounds.endKey },
      { start: emptyBytes, end: emptyBytes },
    ]
    const keys = Array.from({ length: below(random, 150) }, () => keyAt(below(random, keyCount)))
    const sampleStep = below(random, 4)
    const read = [
      await storage.scan({ context, ...bounds, limitCount, version, keyOnly, reverse, sampleStep }),
      await storage.batchGet({ context, keys, version }),
      await storage.scanLock({ context, startKey, endKey, maxVersion: version, limitCount }),
      await storage.raw.scan({ context, cf: 'write', ...bounds, limitCount, keyOnly, reverse }),
      await storage.raw.batchGet({ context, cf: 'lock', keys: keys.slice(0, 5) }),
      await storage.raw.checksum({ context, ranges }),
      await storage.mvccGetByKey({ context, key: startKey }),
    ]
    for (const answer of read) all.push(shown(answer))
  }
  return all
}

/** Texts compare faster than trees of arrays, and show what differs. */
function shown(answer: unknown): string {
  return JSON.stringify(answer, (_name, value: unknown) => {
    if (typeof value === 'bigint') return `${value}n`
    return value instanceof Uint8Array ? `${value.length}:${toHex(value.subarray(0, 12))}` : value
  })
}

/** Depends on the order of its input as a CRC does, and costs nothing: what it sums up is not the subject here. */
const toyChecksum: Checksum = {
  ...plainChecksum(),
  crc64: (data, seed = 1n) => (seed * 31n + BigInt(data.length) * 7n + BigInt(data.at(-1) ?? 0)) % 2n ** 64n,
}

describe('an engine that answers late', () => {
  for (const seed of [21, 22, 23]) {
    it(`gives the answers of one that answers at once, seed ${seed}`, async () => {
      const prompt = storageOn(undefined, { readSliceMs: 1e9 }, { checksum: toyChecksum })
      const kv = memoryKv()
      const lateDeps = { checksum: toyChecksum, kv: lateKv(kv, seededRandom(seed).fork('engine')) }
      const late = storageOn(undefined, { readSliceMs: 1e9 }, lateDeps)
      const results: string[][] = []
      for (const { storage } of [prompt, late]) {
        const random = seededRandom(seed)
        await fill(storage, random.fork('data'))
        results.push(await answers(storage, random.fork('requests')))
      }
      expect(results[1]).toEqual(results[0])
      expect([prompt.kv.openSnapshotCount(), kv.openSnapshotCount()]).toEqual([0, 0])
    })
  }
})
