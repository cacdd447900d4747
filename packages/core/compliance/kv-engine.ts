import { emptyBytes, toHex } from '../src/byte-order.ts'
import { columnFamilies } from '../src/kv-engine.ts'
import {
  engineTests,
  type KvEngineComplianceOptions,
  put,
  readable,
  remove,
  text,
  unsynced,
} from './kv-engine-fixture.ts'
import { runHistory } from './kv-engine-history.ts'
import { engineIteratorCompliance } from './kv-engine-iterators.ts'
import { SeededDice } from './kv-engine-model.ts'
import type { TestApi } from './test-api.ts'

export type { KvEngineComplianceOptions, KvEngineFixture } from './kv-engine-fixture.ts'

/** Random histories: their seeds, and how long each is. */
const historySeeds = [1, 2, 3, 5, 8, 13, 21, 34]
const historyOperationCount = 250

/** What every `KvEngine` must do, sentence by sentence of the seam. */
export function kvEngineCompliance(t: TestApi, options: KvEngineComplianceOptions): void {
  const { describe, expect } = t
  const { test, get, keysIn, refusesAsClosed } = engineTests(t, options)

  describe('reads and writes', () => {
    test('reads what was written, and undefined for what was not or is deleted', async (engine) => {
      await engine.write([put('a', '1'), put('b', '2')], unsynced)
      expect(await get(engine, 'a')).toBe('1')
      expect(await get(engine, 'c')).toBe(undefined)
      await engine.write([remove('a'), remove('never there'), put('b', '3')], unsynced)
      expect(await get(engine, 'a')).toBe(undefined)
      expect(await get(engine, 'b')).toBe('3')
    })

    test('keeps the column families apart', async (engine) => {
      await engine.write(
        columnFamilies.map((cf) => put('same', cf, cf)),
        unsynced,
      )
      for (const cf of columnFamilies) expect(await get(engine, 'same', cf)).toBe(cf)
      await engine.write([remove('same', 'lock')], unsynced)
      await engine.deleteRange('write', emptyBytes, emptyBytes, unsynced)
      const left = await Promise.all(columnFamilies.map((cf) => get(engine, 'same', cf)))
      expect(left).toEqual(['default', undefined, undefined, 'raft'])
      for (const cf of columnFamilies)
        expect((await keysIn(engine, {}, cf)).length).toBe(cf === 'lock' || cf === 'write' ? 0 : 1)
    })

    test('lets the later change of a key in one batch win', async (engine) => {
      await engine.write([put('a', '1'), put('a', '2'), put('b'), remove('b'), remove('c'), put('c', '3')], unsynced)
      expect([await get(engine, 'a'), await get(engine, 'b'), await get(engine, 'c')]).toEqual(['2', undefined, '3'])
    })

    test('applies writes in the order of the calls, awaited or not', async (engine) => {
      const writes: Promise<void>[] = []
      const resolved: number[] = []
      for (let count = 0; count < 200; count++) {
        const batch = [put('counter', String(count)), put(`key ${count}`), remove(`key ${count - 1}`)]
        writes.push(engine.write(batch, { sync: count % 50 === 0 }).then(() => void resolved.push(count)))
      }
      await Promise.all(writes)
      expect(resolved).toEqual(Array.from({ length: 200 }, (_, count) => count))
      expect(await get(engine, 'counter')).toBe('199')
      expect(await keysIn(engine)).toEqual(['counter', 'key 199'])
    })

    test('gives the caller back its buffers once the write has resolved', async (engine) => {
      const key = text('key')
      const value = text('value')
      await engine.write([{ type: 'put', cf: 'default', key, value }], unsynced)
      key.fill(0x7a)
      value.fill(0x7a)
      expect(await get(engine, 'key')).toBe('value')
      expect(await keysIn(engine)).toEqual(['key'])
    })

    test('takes keys and values that are views into larger buffers', async (engine) => {
      const page = text('..key..value..')
      await engine.write(
        [{ type: 'put', cf: 'default', key: page.subarray(2, 5), value: page.subarray(7, 12) }],
        unsynced,
      )
      expect(await keysIn(engine)).toEqual(['key'])
      expect(readable(await engine.get('default', page.subarray(2, 5)))).toBe('value')
    })

    test('takes an empty batch, empty values and values of 1 MiB', async (engine) => {
      await engine.write([], unsynced)
      await engine.write([], { sync: true })
      const large = new Uint8Array(1024 * 1024)
      for (let index = 0; index < large.length; index++) large[index] = (index * 31 + (index >>> 8)) & 0xff
      await engine.write([put('empty', ''), { type: 'put', cf: 'default', key: text('large'), value: large }], unsynced)
      expect((await engine.get('default', text('empty')))?.length).toBe(0)
      const back = await engine.get('default', text('large'))
      expect(back?.length).toBe(large.length)
      expect(back?.every((byte, index) => byte === large[index])).toBe(true)
      const iterator = engine.iterate('default')
      expect(await iterator.seek(text('l'))).toBe(true)
      expect(iterator.value.every((byte, index) => byte === large[index])).toBe(true)
      expect(await iterator.prev()).toBe(true)
      expect(iterator.value.length).toBe(0)
      iterator.close()
    })

    test('refuses a batch with an empty key, and does none of it', async (engine) => {
      const refused = await Promise.resolve()
        .then(() => engine.write([put('a'), put('')], unsynced))
        .then(
          () => false,
          () => true,
        )
      expect(refused).toBe(true)
      expect(await keysIn(engine)).toEqual([])
      await engine.write([put('b')], unsynced)
      expect(await keysIn(engine)).toEqual(['b'])
    })

    test('keeps a value intact after the key is overwritten', async (engine) => {
      await engine.write([put('a', 'before')], unsynced)
      const value = await engine.get('default', text('a'))
      await engine.write([put('a', 'after!')], unsynced)
      expect(readable(value)).toBe('before')
    })

    test('answers getMany in the order asked, with duplicates and gaps', async (engine) => {
      await engine.write([put('a', '1'), put('b', '2'), put('c', '3')], unsynced)
      const keys = ['c', 'nothing', 'a', 'c', 'b', 'a'].map(text)
      const expected = ['3', undefined, '1', '3', '2', '1']
      expect((await engine.getMany('default', keys)).map(readable)).toEqual(expected)
      expect(await engine.getMany('default', [])).toEqual([])
      const snapshot = engine.snapshot()
      expect((await snapshot.getMany('default', keys)).map(readable)).toEqual(expected)
      snapshot.release()
    })

    test('never shows half of a batch, to any kind of read', async (engine) => {
      const cells = ['a', 'b', 'c', 'd']
      const batch = (round: number) => cells.map((cell) => put(cell, String(round)))
      await engine.write(batch(0), unsynced)
      let writing = true
      const writer = (async () => {
        for (let round = 1; round <= 300; round++) await engine.write(batch(round), { sync: round % 100 === 0 })
        writing = false
      })()
      let last = 0
      while (writing) {
        const snapshot = engine.snapshot()
        const iterator = engine.iterate('default')
        const many = await engine.getMany('default', cells.map(text))
        const seen = (await snapshot.getMany('default', cells.map(text))).map(readable)
        const walked: (string | undefined)[] = []
        for (let found = await iterator.seekToFirst(); found; found = await iterator.next())
          walked.push(readable(iterator.value))
        for (const one of [seen, walked, many.map(readable)]) {
          expect(one.length).toBe(cells.length)
          expect(new Set(one).size).toBe(1)
        }
        expect(Number(seen[0]) >= last).toBe(true)
        last = Number(seen[0])
        iterator.close()
        snapshot.release()
      }
      await writer
      expect(await get(engine, 'd')).toBe('300')
    })
  })

  describe('snapshots', () => {
    test('show the past, also to iterators made later', async (engine) => {
      await engine.write([put('a', '1'), put('b', '2'), put('m', 'x', 'lock')], unsynced)
      const snapshot = engine.snapshot()
      await engine.write([put('a', 'new'), remove('b'), put('c', '3'), remove('m', 'lock')], unsynced)
      await engine.deleteRange('default', text('a'), text('b'), unsynced)
      expect(await get(snapshot, 'a')).toBe('1')
      expect(await get(snapshot, 'b')).toBe('2')
      expect(await get(snapshot, 'c')).toBe(undefined)
      expect(await get(snapshot, 'm', 'lock')).toBe('x')
      expect(await keysIn(snapshot)).toEqual(['a', 'b'])
      expect(await keysIn(engine)).toEqual(['c'])
      snapshot.release()
    })

    test('see every write that has resolved and none that starts later', async (engine) => {
      const before = engine.write([put('a', '1')], unsynced)
      await before
      const snapshot = engine.snapshot()
      const after = engine.write([put('a', '2'), put('b')], unsynced)
      expect(await get(snapshot, 'a')).toBe('1')
      await after
      expect(await get(snapshot, 'a')).toBe('1')
      expect(await keysIn(snapshot)).toEqual(['a'])
      snapshot.release()
    })

    test('are independent of each other, and many may be open', async (engine) => {
      const snapshots = []
      for (let round = 0; round < 50; round++) {
        await engine.write([put('round', String(round)), put(`r${round}`)], unsynced)
        snapshots.push(engine.snapshot())
      }
      for (const index of [0, 7, 49, 20]) {
        expect(await get(snapshots[index]!, 'round')).toBe(String(index))
        expect((await keysIn(snapshots[index]!)).length).toBe(index + 2)
        snapshots[index]!.release()
      }
      expect(await get(snapshots[8]!, 'round')).toBe('8')
      for (const snapshot of snapshots) snapshot.release()
    })

    test('are released idempotently, close their iterators and refuse further reads', async (engine) => {
      await engine.write([put('a'), put('b')], unsynced)
      const snapshot = engine.snapshot()
      const iterator = snapshot.iterate('default')
      expect(await iterator.seekToFirst()).toBe(true)
      snapshot.release()
      snapshot.release()
      expect(iterator.valid).toBe(false)
      await refusesAsClosed(() => iterator.next())
      await refusesAsClosed(() => iterator.seekToFirst())
      await refusesAsClosed(() => snapshot.get('default', text('a')))
      await refusesAsClosed(() => snapshot.getMany('default', [text('a')]))
      await refusesAsClosed(() => snapshot.iterate('default'))
      iterator.close()
      expect(await get(engine, 'a')).toBe('v')
    })
  })

  engineIteratorCompliance(t, options)

  describe('ranges', () => {
    test('are deleted from the start inclusive to the end exclusive', async (engine) => {
      const fill = () =>
        engine.write(
          ['a', 'b', 'b\x00', 'c', 'd', '\xff\xff'].map((key) => put(key)),
          unsynced,
        )
      await fill()
      await engine.deleteRange('default', text('b'), text('c'), unsynced)
      expect(await keysIn(engine)).toEqual(['a', 'c', 'd', '\xff\xff'])
      await engine.deleteRange('default', text('c'), text('c'), unsynced)
      await engine.deleteRange('default', text('d'), text('a'), unsynced)
      expect(await keysIn(engine)).toEqual(['a', 'c', 'd', '\xff\xff'])
      await engine.deleteRange('default', text('d'), emptyBytes, { sync: true })
      expect(await keysIn(engine)).toEqual(['a', 'c'])
      await fill()
      await engine.deleteRange('default', emptyBytes, text('b\x00'), unsynced)
      expect(await keysIn(engine)).toEqual(['b\x00', 'c', 'd', '\xff\xff'])
      await engine.deleteRange('default', emptyBytes, emptyBytes, unsynced)
      expect(await keysIn(engine)).toEqual([])
    })

    test('are deleted in the order of the writes around them', async (engine) => {
      const before = Array.from({ length: 5000 }, (_, index) => put(`k${index}`, 'before'))
      const done = [
        engine.write(before, unsynced),
        engine.deleteRange('default', text('k'), text('l'), unsynced),
        engine.write([put('k7', 'after')], unsynced),
      ]
      await Promise.all(done)
      expect(await keysIn(engine)).toEqual(['k7'])
      expect(await get(engine, 'k7')).toBe('after')
    })

    test('have an estimated size that is never negative and zero where nothing ever was', async (engine) => {
      await engine.write([put('k', 'x'.repeat(1000))], unsynced)
      expect(await engine.approximateSizeBytes('lock', emptyBytes, emptyBytes)).toBe(0)
      expect(await engine.approximateSizeBytes('default', text('x'), text('y'))).toBe(0)
      expect(await engine.approximateSizeBytes('default', text('y'), text('x'))).toBe(0)
      expect((await engine.approximateSizeBytes('default', emptyBytes, emptyBytes)) >= 0).toBe(true)
    })
  })

  describe('closing', () => {
    test('refuses every call with ClosedError, and is idempotent', async (engine) => {
      await engine.write([put('a')], unsynced)
      const snapshot = engine.snapshot()
      const fromEngine = engine.iterate('default')
      const fromSnapshot = snapshot.iterate('default')
      await fromEngine.seekToFirst()
      await fromSnapshot.seekToFirst()
      await engine.close()
      await engine.close()
      await refusesAsClosed(() => engine.get('default', text('a')))
      await refusesAsClosed(() => engine.getMany('default', [text('a')]))
      await refusesAsClosed(() => engine.iterate('default'))
      await refusesAsClosed(() => engine.snapshot())
      await refusesAsClosed(() => engine.write([put('b')], unsynced))
      await refusesAsClosed(() => engine.syncWal())
      await refusesAsClosed(() => engine.deleteRange('default', emptyBytes, emptyBytes, unsynced))
      await refusesAsClosed(() => engine.approximateSizeBytes('default', emptyBytes, emptyBytes))
      await refusesAsClosed(() => snapshot.get('default', text('a')))
      await refusesAsClosed(() => snapshot.iterate('default'))
      for (const iterator of [fromEngine, fromSnapshot]) {
        expect(iterator.valid).toBe(false)
        await refusesAsClosed(() => iterator.next())
        iterator.close()
      }
      snapshot.release()
    })

    test('waits for the writes that run', async (engine, fixture) => {
      const settled: string[] = []
      const writes = Array.from({ length: 20 }, (_, index) =>
        engine.write([put(`k${index}`)], unsynced).then(() => settled.push('write')),
      )
      const closed = engine.close().then(() => settled.push('close'))
      await Promise.all([...writes, closed])
      expect(settled.indexOf('close')).toBe(20)
      if (!engine.supports.durable || fixture.reopen === undefined) return
      const again = await fixture.reopen()
      expect((await keysIn(again)).length).toBe(20)
      await again.close()
    })

    test('loses nothing that was synced, if the engine says so', async (engine, fixture) => {
      // The promise is the engine's own; one that makes none has been tested above.
      if (!engine.supports.durable) return
      expect(typeof fixture.reopen).toBe('function')
      await engine.write([put('a', '1'), put('b', '2', 'raft')], { sync: true })
      await engine.write([put('c', '3')], unsynced)
      await engine.syncWal()
      await engine.deleteRange('default', text('a'), text('b'), { sync: true })
      await engine.close()
      const again = await fixture.reopen!()
      expect(await keysIn(again)).toEqual(['c'])
      expect(await get(again, 'b', 'raft')).toBe('2')
      await again.write([put('d')], { sync: true })
      await again.close()
    })
  })

  describe('random histories', () => {
    for (const seed of historySeeds) {
      test(`answers as the naive twin does (seed ${seed})`, async (engine) => {
        await runHistory(engine, seed, historyOperationCount)
      })
    }

    test('leaves, after many overlapping writes, what their order demands', async (engine) => {
      const seed = 4711
      const dice = new SeededDice(seed)
      const batches = Array.from({ length: 500 }, () => dice.changes())
      const last = new Map<string, string | undefined>()
      for (const change of batches.flat()) {
        last.set(`${change.cf} ${toHex(change.key)}`, change.type === 'put' ? toHex(change.value) : undefined)
      }
      await Promise.all(batches.map((batch, index) => engine.write(batch, { sync: index % 97 === 0 })))
      const wrong: string[] = []
      for (const change of batches.flat()) {
        const value = await engine.get(change.cf, change.key)
        const name = `${change.cf} ${toHex(change.key)}`
        if ((value === undefined ? undefined : toHex(value)) !== last.get(name)) wrong.push(name)
      }
      expect({ seed, wrong }).toEqual({ seed, wrong: [] })
    })
  })
}
