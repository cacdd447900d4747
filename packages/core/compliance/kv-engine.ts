import { emptyBytes, toHex } from '../src/byte-order.ts'
import { ClosedError } from '../src/errors.ts'
import {
  type ColumnFamily,
  columnFamilies,
  type EngineIterator,
  type EngineReader,
  type IterateOptions,
  type KeyChange,
  type KvEngine,
} from '../src/kv-engine.ts'
import { runHistory } from './kv-engine-history.ts'
import { SeededDice } from './kv-engine-model.ts'
import type { TestApi } from './test-api.ts'

/** An engine under test, empty at first, and what belongs to it. */
export interface KvEngineFixture {
  readonly engine: KvEngine
  /** Opens the same data again; the test closed the engine before. */
  reopen?(): Promise<KvEngine>
  /** Closes what is open and removes the data. */
  dispose(): Promise<void>
}

/** How the suite gets what it tests. */
export interface KvEngineComplianceOptions {
  /** Called once a test. */
  create(): Promise<KvEngineFixture>
}

/** Random histories: their seeds, and how long each is. */
const historySeeds = [1, 2, 3, 5, 8, 13, 21, 34]
const historyOperationCount = 250

const text = (string: string): Uint8Array => Uint8Array.from(string, (character) => character.charCodeAt(0))
const readable = (bytes: Uint8Array | undefined): string | undefined =>
  bytes === undefined ? undefined : String.fromCharCode(...bytes)
const put = (key: string | Uint8Array, value = 'v', cf: ColumnFamily = 'default'): KeyChange => ({
  type: 'put',
  cf,
  key: typeof key === 'string' ? text(key) : key,
  value: text(value),
})
const remove = (key: string, cf: ColumnFamily = 'default'): KeyChange => ({ type: 'delete', cf, key: text(key) })
const unsynced = { sync: false }

/** What every {@link KvEngine} must do, sentence by sentence of the seam. */
export function kvEngineCompliance(t: TestApi, options: KvEngineComplianceOptions): void {
  const { describe, it, expect } = t

  const test = (name: string, body: (engine: KvEngine, fixture: KvEngineFixture) => Promise<void>): void =>
    it(name, async () => {
      const fixture = await options.create()
      try {
        await body(fixture.engine, fixture)
      } finally {
        await fixture.dispose()
      }
    })

  const get = async (reader: EngineReader, key: string, cf: ColumnFamily = 'default') =>
    readable(await reader.get(cf, text(key)))

  /** All keys by `next`, then all by `prev`, which must be the same backwards. */
  const keysIn = async (reader: EngineReader, bounds: IterateOptions = {}, cf: ColumnFamily = 'default') => {
    const iterator = reader.iterate(cf, bounds)
    const forward: string[] = []
    for (let found = await iterator.seekToFirst(); found; found = await iterator.next())
      forward.push(toHex(iterator.key))
    const backward: string[] = []
    for (let found = await iterator.seekToLast(); found; found = await iterator.prev())
      backward.push(toHex(iterator.key))
    iterator.close()
    expect(backward.reverse()).toEqual(forward)
    return forward.map((hex) => readable(Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16))))
  }

  const at = (iterator: EngineIterator) => (iterator.valid ? readable(iterator.key) : 'invalid')

  const refusesAsClosed = async (call: () => unknown) => {
    let thrown: unknown
    try {
      await call()
    } catch (error) {
      thrown = error
    }
    expect(thrown).toBeInstanceOf(ClosedError)
  }

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

  describe('iterators', () => {
    const letters = ['b', 'd', 'f', 'h']
    const withLetters = (name: string, body: (engine: KvEngine) => Promise<void>) =>
      test(name, async (engine) => {
        await engine.write(
          letters.map((letter) => put(letter, `value of ${letter}`)),
          unsynced,
        )
        // Neighbours in other column families, which no iterator may stray into.
        await engine.write(
          [put('a', 'x', 'lock'), put('z', 'x', 'lock'), put('a', 'x', 'write'), put('z', 'x', 'raft')],
          unsynced,
        )
        await body(engine)
      })

    withLetters('start invalid, and are positioned by each kind of seek', async (engine) => {
      const iterator = engine.iterate('default')
      expect(iterator.valid).toBe(false)
      const landings: [string, string, string][] = [
        ['a', 'b', 'invalid'],
        ['b', 'b', 'b'],
        ['c', 'd', 'b'],
        ['h', 'h', 'h'],
        ['i', 'invalid', 'h'],
      ]
      for (const [key, forward, backward] of landings) {
        expect(await iterator.seek(text(key))).toBe(forward !== 'invalid')
        expect(at(iterator)).toBe(forward)
        expect(await iterator.seekForPrev(text(key))).toBe(backward !== 'invalid')
        expect(at(iterator)).toBe(backward)
      }
      await iterator.seekToFirst()
      expect(at(iterator)).toBe('b')
      expect(readable(iterator.value)).toBe('value of b')
      await iterator.seekToLast()
      expect(at(iterator)).toBe('h')
      iterator.close()
    })

    withLetters('become invalid past either end, and come back by a seek', async (engine) => {
      const iterator = engine.iterate('default')
      await iterator.seek(text('h'))
      expect(await iterator.next()).toBe(false)
      expect(iterator.valid).toBe(false)
      await iterator.seekForPrev(text('c'))
      expect(at(iterator)).toBe('b')
      expect(await iterator.prev()).toBe(false)
      expect(iterator.valid).toBe(false)
      await iterator.seek(text('e'))
      expect(at(iterator)).toBe('f')
      iterator.close()
    })

    for (const expectedCount of [undefined, 1, 2, 100]) {
      withLetters(`change direction anywhere (expecting ${expectedCount ?? 'no particular'} count)`, async (engine) => {
        const iterator = engine.iterate('default', expectedCount === undefined ? {} : { expectedCount })
        await iterator.seek(text('c'))
        const visited = [at(iterator)]
        for (const move of 'npnnpnppnnn') {
          await (move === 'n' ? iterator.next() : iterator.prev())
          visited.push(at(iterator))
        }
        expect(visited).toEqual(['d', 'f', 'd', 'f', 'h', 'f', 'h', 'f', 'd', 'f', 'h', 'invalid'])
        await iterator.seekForPrev(text('g'))
        await iterator.next()
        expect(at(iterator)).toBe('h')
        await iterator.seekToLast()
        await iterator.prev()
        await iterator.next()
        expect(at(iterator)).toBe('h')
        iterator.close()
      })
    }

    withLetters('keep to their bounds, the lower inclusive and the upper exclusive', async (engine) => {
      expect(await keysIn(engine, { lowerBound: text('d'), upperBound: text('h') })).toEqual(['d', 'f'])
      expect(await keysIn(engine, { lowerBound: text('c') })).toEqual(['d', 'f', 'h'])
      expect(await keysIn(engine, { upperBound: text('e') })).toEqual(['b', 'd'])
      expect(await keysIn(engine, { lowerBound: emptyBytes, upperBound: emptyBytes })).toEqual(letters)
      const iterator = engine.iterate('default', { lowerBound: text('d'), upperBound: text('h') })
      await iterator.seek(text('a'))
      expect(at(iterator)).toBe('d')
      expect(await iterator.prev()).toBe(false)
      await iterator.seekForPrev(text('z'))
      expect(at(iterator)).toBe('f')
      expect(await iterator.next()).toBe(false)
      for (const outside of ['h', 'i']) expect(await iterator.seek(text(outside))).toBe(false)
      for (const outside of ['a', 'c']) expect(await iterator.seekForPrev(text(outside))).toBe(false)
      await iterator.seekForPrev(text('h'))
      expect(at(iterator)).toBe('f')
      iterator.close()
    })

    withLetters('find nothing in an empty range', async (engine) => {
      for (const [lower, upper] of [
        ['d', 'd'],
        ['f', 'd'],
        ['d\x00', 'f'],
        ['i', 'z'],
      ] as const) {
        const bounds = { lowerBound: text(lower), upperBound: text(upper) }
        expect(await keysIn(engine, bounds)).toEqual([])
        const iterator = engine.iterate('default', bounds)
        for (const key of ['a', 'd', 'e', 'z']) {
          expect(await iterator.seek(text(key))).toBe(false)
          expect(await iterator.seekForPrev(text(key))).toBe(false)
        }
        iterator.close()
      }
    })

    withLetters('own their bounds: the caller may reuse the buffers', async (engine) => {
      const bounds = { lowerBound: text('d'), upperBound: text('h') }
      const iterator = engine.iterate('default', bounds)
      bounds.lowerBound.fill(0x7a)
      bounds.upperBound.fill(0x61)
      await iterator.seekToFirst()
      expect(at(iterator)).toBe('d')
      await iterator.seekToLast()
      expect(at(iterator)).toBe('f')
      iterator.close()
    })

    withLetters('give empty values when only keys are wanted', async (engine) => {
      const iterator = engine.iterate('default', { keysOnly: true })
      expect(await iterator.seek(text('d'))).toBe(true)
      expect(readable(iterator.key)).toBe('d')
      expect(iterator.value.length).toBe(0)
      expect(await iterator.prev()).toBe(true)
      expect(iterator.value.length).toBe(0)
      iterator.close()
    })

    withLetters('hand out views that stay intact after moving on', async (engine) => {
      const iterator = engine.iterate('default')
      const seen: [Uint8Array, Uint8Array][] = []
      for (let found = await iterator.seekToFirst(); found; found = await iterator.next())
        seen.push([iterator.key, iterator.value])
      for (let found = await iterator.seekToLast(); found; found = await iterator.prev())
        seen.push([iterator.key, iterator.value])
      await engine.write([put('b', 'overwritten!'), remove('d')], unsynced)
      iterator.close()
      const expected = letters.map((letter) => [letter, `value of ${letter}`])
      expect(seen.map(([key, value]) => [readable(key), readable(value)])).toEqual([
        ...expected,
        ...expected.toReversed(),
      ])
    })

    withLetters('see the engine as it was when they were made', async (engine) => {
      const iterator = engine.iterate('default')
      await engine.write([put('c'), remove('f'), put('d', 'new')], unsynced)
      expect(await iterator.seek(text('c'))).toBe(true)
      expect([readable(iterator.key), readable(iterator.value)]).toEqual(['d', 'value of d'])
      await iterator.next()
      expect(at(iterator)).toBe('f')
      iterator.close()
    })

    withLetters('close idempotently, and refuse to move after', async (engine) => {
      const iterator = engine.iterate('default')
      await iterator.seekToFirst()
      iterator.close()
      iterator.close()
      expect(iterator.valid).toBe(false)
      await refusesAsClosed(() => iterator.next())
      await refusesAsClosed(() => iterator.prev())
      await refusesAsClosed(() => iterator.seek(text('b')))
      await refusesAsClosed(() => iterator.seekForPrev(text('b')))
      await refusesAsClosed(() => iterator.seekToFirst())
      await refusesAsClosed(() => iterator.seekToLast())
    })

    test('order keys bytewise and unsigned, prefixes first, with any bytes', async (engine) => {
      const keys = [
        '00',
        '0000',
        '000000',
        '0001',
        '00FF',
        '01',
        '7F',
        '7FFF',
        '80',
        '8000',
        'FE',
        'FEFF',
        'FF',
        'FF00',
        'FFFF',
        'FFFFFF',
      ]
      const toBytes = (hex: string) => Uint8Array.from(hex.match(/../g)!, (byte) => Number.parseInt(byte, 16))
      // In an order that is neither ascending nor descending.
      const shuffled = keys.map((_, index) => keys[(index * 7 + 3) % keys.length]!)
      for (const cf of columnFamilies) {
        await engine.write(
          shuffled.map((hex): KeyChange => ({ type: 'put', cf, key: toBytes(hex), value: text(`${cf} ${hex}`) })),
          unsynced,
        )
      }
      for (const cf of columnFamilies) {
        const iterator = engine.iterate(cf)
        const found: string[] = []
        for (let more = await iterator.seekToFirst(); more; more = await iterator.next()) {
          found.push(toHex(iterator.key))
          expect(readable(iterator.value)).toBe(`${cf} ${toHex(iterator.key)}`)
        }
        expect(found).toEqual(keys)
        for (const [index, hex] of keys.entries()) {
          expect(readable(await engine.get(cf, toBytes(hex)))).toBe(`${cf} ${hex}`)
          expect(await iterator.seek(toBytes(`${hex}00`))).toBe(index + 1 < keys.length)
          expect(await iterator.seekForPrev(toBytes(hex))).toBe(true)
          expect(toHex(iterator.key)).toBe(hex)
        }
        expect(await iterator.seekForPrev(toBytes('FFFFFFFF'))).toBe(true)
        expect(toHex(iterator.key)).toBe('FFFFFF')
        iterator.close()
      }
    })

    test('walk a few thousand entries both ways, whatever count was expected', async (engine) => {
      const count = 3000
      const key = (index: number) => `key ${String(index).padStart(6, '0')}`
      const batch = Array.from({ length: count }, (_, index) => put(key(index), 'x'.repeat(index % 200)))
      await engine.write(batch, unsynced)
      for (const expectedCount of [1, 10, count]) {
        const iterator = engine.iterate('default', { expectedCount })
        let index = 0
        for (let more = await iterator.seekToFirst(); more; more = await iterator.next()) {
          if (readable(iterator.key) !== key(index) || iterator.value.length !== index % 200) break
          index++
        }
        expect(index).toBe(count)
        for (let more = await iterator.seekToLast(); more; more = await iterator.prev()) {
          if (readable(iterator.key) !== key(index - 1)) break
          index--
        }
        expect(index).toBe(0)
        iterator.close()
      }
    })
  })

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
