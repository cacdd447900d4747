import { emptyBytes, toHex } from '../src/byte-order.ts'
import { columnFamilies, type KeyChange, type KvEngine } from '../src/kv-engine.ts'
import {
  engineTests,
  type KvEngineComplianceOptions,
  put,
  readable,
  remove,
  text,
  unsynced,
} from './kv-engine-fixture.ts'
import type { TestApi } from './test-api.ts'

/** What every `EngineIterator` must do. */
export function engineIteratorCompliance(t: TestApi, options: KvEngineComplianceOptions): void {
  const { describe, expect } = t
  const { test, keysIn, at, refusesAsClosed } = engineTests(t, options)

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

    test('walk either way over entries larger than any read-ahead', async (engine) => {
      const large = 'x'.repeat(300_000)
      await engine.write(
        ['a', 'b', 'c', 'd'].map((key) => put(key, large)),
        unsynced,
      )
      const iterator = engine.iterate('default')
      await iterator.seekToLast()
      await iterator.seek(text('b'))
      const visited: (string | undefined)[] = []
      for (const move of 'npnppnnn') {
        await (move === 'n' ? iterator.next() : iterator.prev())
        visited.push(at(iterator))
        expect(iterator.value.length).toBe(large.length)
      }
      expect(visited).toEqual(['c', 'b', 'c', 'b', 'a', 'b', 'c', 'd'])
      iterator.close()
    })
  })
}
