import { seededRandom } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'
import { createRollback, createWrite, gcKey, pointGet } from '../src/index.ts'
import { key, longValue, PercolatorStore, text } from './support/percolator-store.ts'

const collect = (store: PercolatorStore, safePoint: bigint, writeBytesMax = 1 << 20, name = 'a') =>
  store.act(0n, (reader, txn) => gcKey(reader, txn, key(name), safePoint, writeBytesMax))

describe('gc of a key', () => {
  it('keeps the newest put at the safe point and everything newer', async () => {
    const store = new PercolatorStore()
    await store.putCommitted(1n, 2n, 'a', longValue('1'))
    await store.placeWrite('a', 3n, createWrite('lock', 3n))
    await store.putCommitted(4n, 5n, 'a', longValue('4'))
    await store.placeWrite('a', 6n, createRollback(6n, true))
    await store.putCommitted(7n, 10n, 'a', longValue('7'))
    expect(await collect(store, 9n)).toEqual({ foundCount: 4, deletedCount: 3, isComplete: true })
    expect(await store.history('a')).toEqual(['P@10<7', 'P@5<4'])
    expect(await values(store)).toEqual(['7', '4'])
  })

  it('removes a delete once nothing is below it', async () => {
    const store = new PercolatorStore()
    await store.putCommitted(1n, 2n, 'a')
    await store.deleteCommitted(3n, 4n, 'a')
    expect(await collect(store, 4n)).toMatchObject({ deletedCount: 2 })
    expect(await store.history('a')).toEqual([])
  })

  it('in rounds never uncovers what a delete hides', async () => {
    const store = new PercolatorStore()
    for (let ts = 1n; ts < 20n; ts += 2n) await store.putCommitted(ts, ts + 1n, 'a')
    await store.deleteCommitted(30n, 31n, 'a')
    let rounds = 0
    for (;;) {
      const { isComplete } = await collect(store, 40n, 40)
      rounds++
      expect(await pointGet(store.engine, key('a'), { readTs: 40n, isolation: 'si' })).toBeUndefined()
      if (isComplete) break
    }
    expect(rounds).toBeGreaterThan(3)
    expect(await store.history('a')).toEqual([])
  })

  it.each([101, 102, 103, 104, 105, 106])('changes no read at or above the safe point, seed %i', async (seed) => {
    const random = seededRandom(seed)
    const store = new PercolatorStore()
    for (let ts = 1n; ts < 60n; ts += BigInt(2 + (random.uint32() % 4))) {
      const dice = random.uint32() % 6
      if (dice === 0) await store.rollback(ts, 'a', random.uint32() % 2 === 0 ? 'protected' : 'collapsible')
      else if (dice === 1) await store.deleteCommitted(ts, ts + 1n, 'a')
      else await store.putCommitted(ts, ts + 1n, 'a', dice === 2 ? longValue(`${ts}`) : `${ts}`)
    }
    const reads = () => Array.from({ length: 62 }, (_, ts) => text(readAt(store, BigInt(ts))))
    for (const safePoint of [10n, 35n, 60n]) {
      const before = reads()
      await collect(store, safePoint)
      expect(reads().slice(Number(safePoint))).toEqual(before.slice(Number(safePoint)))
      expect(await collect(store, safePoint)).toMatchObject({ deletedCount: 0 })
    }
    expect((await values(store)).length).toBeLessThanOrEqual(1)
  })
})

function readAt(store: PercolatorStore, readTs: bigint): Uint8Array | undefined {
  return pointGet(store.engine, key('a'), { readTs, isolation: 'si' }) as Uint8Array | undefined
}

async function values(store: PercolatorStore): Promise<string[]> {
  const found: string[] = []
  const cursor = store.engine.iterate('default')
  for (let valid = await cursor.seekToFirst(); valid; valid = await cursor.next()) {
    found.push(text(cursor.value)!.replaceAll('.', ''))
  }
  return found
}
