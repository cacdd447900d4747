import { ClosedError, compareBytes } from '@stratakv/core'
import type { TestApi } from '@stratakv/core/compliance'
import type { TikvClient } from '../src/client.ts'
import {
  CallAbortedError,
  CallRefusedError,
  InvalidArgumentError,
  KeyTooLargeError,
  ServerError,
} from '../src/errors.ts'
import type { KeyValue } from '../src/raw-options.ts'

/** A client on a cluster without any raw keys. */
export interface RawClientFixture {
  readonly client: TikvClient
  dispose(): Promise<void> | void
}

/** What the cluster was set up with; the cases test the answer to either. */
export interface RawClientSupports {
  /** `storage.enable-ttl`. */
  readonly ttl: boolean
  /** RawChecksum is served. */
  readonly checksum: boolean
}

export interface RawClientCasesOptions {
  readonly supports: RawClientSupports
  /** Called once a test, and disposed of after it. */
  create(): Promise<RawClientFixture>
}

/** Raw calls as their users know them. */
export function rawClientCases(t: TestApi, options: RawClientCasesOptions): void {
  const { describe, it, expect } = t
  const { supports } = options

  function test(name: string, body: (client: TikvClient) => Promise<void>): void {
    it(name, async () => {
      const subject = await options.create()
      try {
        await body(subject.client)
      } finally {
        await subject.dispose()
      }
    })
  }

  describe('raw: single keys', () => {
    test('gives back what was put, and nothing for what was not', async ({ raw }) => {
      expect(await raw.get('k')).toBe(undefined)
      await raw.put('k', 'v')
      expect(textOf(await raw.get('k'))).toBe('v')
      await raw.put('k', 'w')
      expect(textOf(await raw.get('k'))).toBe('w')
      expect(await raw.get('k\0')).toBe(undefined)
    })

    test('deletes, and does not mind when nothing is there', async ({ raw }) => {
      await raw.put('k', 'v')
      await raw.delete('k')
      expect(await raw.get('k')).toBe(undefined)
      await raw.delete('k')
    })

    test('tells an empty value from none', async ({ raw }) => {
      await raw.put('k', '')
      expect(bytesOf(await raw.get('k'))).toEqual([])
      expect((await collect(raw.scan({}))).map(({ value }) => bytesOf(value))).toEqual([[]])
    })

    test('takes text for its UTF-8 bytes', async ({ raw }) => {
      const key = new TextEncoder().encode('schlüssel ☂')
      await raw.put('schlüssel ☂', 'größe')
      expect(bytesOf(await raw.get(key))).toEqual(bytesOf(new TextEncoder().encode('größe')))
    })

    test('keeps every byte', async ({ raw }) => {
      const every = Uint8Array.from({ length: 256 }, (_, byte) => byte)
      await raw.put(every, every)
      expect(bytesOf(await raw.get(every))).toEqual(bytesOf(every))
    })

    test('carries values of a megabyte', async ({ raw }) => {
      const value = Uint8Array.from({ length: 1 << 20 }, (_, index) => (index * 31) & 0xff)
      await raw.put('k', value)
      expect(compareBytes((await raw.get('k'))!, value)).toBe(0)
    })

    test('refuses the empty key in the words of the server', async ({ raw }) => {
      const calls = [raw.get(''), raw.put('', 'v'), raw.delete(''), raw.batchGet([''])]
      for (const error of await Promise.all(calls.map(failure))) expect(error).toBeInstanceOf(ServerError)
    })

    test('refuses a key that is too long by name', async ({ raw }) => {
      const error = await failure(raw.put('k'.repeat(20_000), 'v'))
      expect(error).toBeInstanceOf(KeyTooLargeError)
      expect((error as KeyTooLargeError).keyBytes).toBe(20_000)
    })

    test('keeps column families apart', async ({ raw }) => {
      await raw.put('k', 'in default')
      await raw.put('k', 'in write', { columnFamily: 'write' })
      expect(textOf(await raw.get('k'))).toBe('in default')
      expect(textOf(await raw.get('k', { columnFamily: 'write' }))).toBe('in write')
      await raw.delete('k', { columnFamily: 'write' })
      expect(textOf(await raw.get('k'))).toBe('in default')
      expect(await failure(raw.get('k', { columnFamily: 'no-such' }))).toBeInstanceOf(ServerError)
    })
  })

  describe('raw: buffers', () => {
    test('does not mind what happens to a buffer once the call has returned', async ({ raw }) => {
      const key = new TextEncoder().encode('k1')
      const value = new TextEncoder().encode('v1')
      const put = raw.put(key, value)
      key.fill(0x78)
      value.fill(0x78)
      await put
      expect(textOf(await raw.get('k1'))).toBe('v1')

      const batchKey = new TextEncoder().encode('k2')
      const batchPut = raw.batchPut([{ key: batchKey, value: batchKey }])
      batchKey.fill(0x78)
      await batchPut
      const wanted = new TextEncoder().encode('k2')
      const get = raw.get(wanted)
      wanted.fill(0x78)
      expect(textOf(await get)).toBe('k2')

      const start = new TextEncoder().encode('k1')
      const scan = raw.scan({ start })
      start.fill(0x78)
      expect((await collect(scan)).map(({ key }) => textOf(key))).toEqual(['k1', 'k2'])
    })

    test('gives out bytes that nobody else reads or writes', async ({ raw }) => {
      await raw.put('k1', 'value 1')
      await raw.put('k2', 'value 2')
      const results = [
        await raw.get('k1'),
        ...(await raw.batchGet(['k1', 'k2'])),
        ...(await collect(raw.scan({}))).flatMap(({ key, value }) => [key, value]),
        ...(await raw.batchScan([{}], 10)).flat().flatMap(({ key, value }) => [key, value]),
        (await raw.compareAndSwap('k1', { previous: 'other', value: 'other' })).previous,
      ]
      const held = await raw.get('k1')
      for (const bytes of results) bytes!.fill(0x78)
      expect(textOf(held)).toBe('value 1')
      expect(textOf(await raw.get('k1'))).toBe('value 1')
      expect((await collect(raw.scan({}))).map(({ key }) => textOf(key))).toEqual(['k1', 'k2'])
      await raw.put('k1', 'changed')
      expect(textOf(held)).toBe('value 1')
    })
  })

  describe('raw: batches', () => {
    test('gets in the order of the keys, with gaps and repetitions', async ({ raw }) => {
      await raw.batchPut([
        { key: 'a', value: '1' },
        { key: 'c', value: '3' },
      ])
      const found = await raw.batchGet(['c', 'b', 'a', 'c'])
      expect(found.map(textOf)).toEqual(['3', undefined, '1', '3'])
    })

    test('cuts large batches', async ({ raw }) => {
      const pairs = Array.from({ length: 2000 }, (_, index) => ({
        key: `k${String(index).padStart(5, '0')}`,
        value: `${index}`.repeat(10),
      }))
      await raw.batchPut(pairs)
      const found = await raw.batchGet(pairs.map(({ key }) => key))
      expect(found.map(textOf)).toEqual(pairs.map(({ value }) => value))
      await raw.batchDelete(pairs.slice(500).map(({ key }) => key))
      expect((await collect(raw.scan({}))).length).toBe(500)
    })

    test('carries a pair larger than a batch', async ({ raw }) => {
      await raw.batchPut([
        { key: 'a', value: 'x'.repeat(100_000) },
        { key: 'b', value: 'y'.repeat(100_000) },
      ])
      expect((await raw.batchGet(['a', 'b'])).map((value) => value?.length)).toEqual([100_000, 100_000])
    })

    test('does nothing for nothing', async ({ raw }) => {
      expect(await raw.batchGet([])).toEqual([])
      await raw.batchPut([])
      await raw.batchDelete([])
      expect(await raw.batchScan([], 5)).toEqual([])
    })
  })

  describe('raw: ranges', () => {
    const keys = Array.from({ length: 50 }, (_, index) => `k${String(index).padStart(2, '0')}`)
    const fill = ({ raw }: TikvClient) => raw.batchPut(keys.map((key) => ({ key, value: `v${key}` })))

    test('scans in order, page by page', async (client) => {
      await fill(client)
      for (const pageCount of [1, 7, 50, 51, 10_240]) {
        const found = await collect(client.raw.scan({}, { pageCount }))
        expect(found.map(({ key }) => textOf(key))).toEqual(keys)
        expect(found.map(({ value }) => textOf(value))).toEqual(keys.map((key) => `v${key}`))
        const reversed = await collect(client.raw.reverseScan({}, { pageCount }))
        expect(reversed.map(({ key }) => textOf(key))).toEqual([...keys].reverse())
      }
    })

    test('keeps to its bounds: the start belongs to it, the end does not', async (client) => {
      await fill(client)
      const range = { start: 'k10', end: 'k13' }
      expect(await keysOf(client.raw.scan(range))).toEqual(['k10', 'k11', 'k12'])
      expect(await keysOf(client.raw.reverseScan(range))).toEqual(['k12', 'k11', 'k10'])
      expect(await keysOf(client.raw.scan({ start: 'k48' }))).toEqual(['k48', 'k49'])
      expect(await keysOf(client.raw.reverseScan({ end: 'k02' }))).toEqual(['k01', 'k00'])
      expect(await keysOf(client.raw.scan({ start: 'k10\0', end: 'k12\0' }))).toEqual(['k11', 'k12'])
      expect(await keysOf(client.raw.scan({ prefix: 'k4' }))).toEqual(keys.slice(40))
      expect(await keysOf(client.raw.reverseScan({ prefix: 'k0' }))).toEqual(keys.slice(0, 10).reverse())
      expect(await keysOf(client.raw.scan({ prefix: '' }))).toEqual(keys)
      expect(await keysOf(client.raw.scan({ prefix: Uint8Array.of(0xff, 0xff) }))).toEqual([])
    })

    test('finds nothing in an empty or upside-down range', async (client) => {
      await fill(client)
      for (const range of [
        { start: 'k10', end: 'k10' },
        { start: 'k20', end: 'k10' },
        { start: 'l', end: 'm' },
      ]) {
        expect(await keysOf(client.raw.scan(range))).toEqual([])
        expect(await keysOf(client.raw.reverseScan(range))).toEqual([])
        await client.raw.deleteRange(range)
      }
      expect((await keysOf(client.raw.scan({}))).length).toBe(50)
    })

    test('ends where its reader stops', async (client) => {
      await fill(client)
      const seen: string[] = []
      for await (const { key } of client.raw.scan({}, { pageCount: 3 })) {
        seen.push(textOf(key)!)
        if (seen.length === 5) break
      }
      expect(seen).toEqual(keys.slice(0, 5))
    })

    test('leaves values out when only keys are wanted', async (client) => {
      await fill(client)
      const found = await collect(client.raw.scan({ prefix: 'k0' }, { keyOnly: true }))
      expect(found.map(({ key }) => textOf(key))).toEqual(keys.slice(0, 10))
      expect(found.every(({ value }) => value.length === 0)).toBe(true)
    })

    test('refuses a page of a size that makes no sense', async ({ raw }) => {
      for (const pageCount of [0, -1, 1.5, 10_241, Number.NaN]) {
        expect(await failure(collect(raw.scan({}, { pageCount })))).toBeInstanceOf(InvalidArgumentError)
      }
    })

    test('scans several ranges with a limit for each', async (client) => {
      await fill(client)
      const found = await client.raw.batchScan(
        [{ prefix: 'k1' }, { start: 'k49' }, { prefix: 'none' }, { end: 'k01' }],
        3,
      )
      const keysFound = found.map((pairs) => pairs.map(({ key }) => textOf(key)))
      expect(keysFound).toEqual([['k10', 'k11', 'k12'], ['k49'], [], ['k00']])
    })

    test('deletes a range', async (client) => {
      await fill(client)
      await client.raw.deleteRange({ start: 'k05', end: 'k45' })
      expect(await keysOf(client.raw.scan({}))).toEqual([...keys.slice(0, 5), ...keys.slice(45)])
      await client.raw.deleteRange({})
      expect(await keysOf(client.raw.scan({}))).toEqual([])
    })

    test(supports.checksum ? 'sums a range up' : 'says that sums are not served', async (client) => {
      await fill(client)
      if (!supports.checksum) {
        expect(await failure(client.raw.checksum({}))).toBeInstanceOf(CallRefusedError)
        return
      }
      const whole = await client.raw.checksum({})
      const left = await client.raw.checksum({ end: 'k20' })
      const right = await client.raw.checksum({ start: 'k20' })
      expect(whole.crc64Xor).toBe(left.crc64Xor ^ right.crc64Xor)
      expect(left.crc64Xor).not.toBe(right.crc64Xor)
      expect([whole.pairCount, left.pairCount, right.pairCount]).toEqual([50, 20, 30])
      expect(whole.totalBytes).toBe(left.totalBytes + right.totalBytes)
      expect(await client.raw.checksum({ start: 'x' })).toEqual({ crc64Xor: 0n, pairCount: 0, totalBytes: 0 })
    })
  })

  describe('raw: compare and swap', () => {
    test('puts where nothing is, once', async ({ raw }) => {
      expect(await raw.compareAndSwap('k', { previous: undefined, value: 'a' })).toEqual({
        swapped: true,
        previous: undefined,
      })
      const again = await raw.compareAndSwap('k', { previous: undefined, value: 'b' })
      expect([again.swapped, textOf(again.previous)]).toEqual([false, 'a'])
      expect(textOf(await raw.get('k'))).toBe('a')
    })

    test('swaps what is there, and nothing else', async ({ raw }) => {
      await raw.put('k', 'a', { atomic: true })
      const missed = await raw.compareAndSwap('k', { previous: 'b', value: 'c' })
      expect([missed.swapped, textOf(missed.previous)]).toEqual([false, 'a'])
      const met = await raw.compareAndSwap('k', { previous: 'a', value: 'c' })
      expect([met.swapped, textOf(met.previous)]).toEqual([true, 'a'])
      expect(textOf(await raw.get('k'))).toBe('c')
      const gone = await raw.compareAndSwap('none', { previous: 'a', value: 'c' })
      expect(gone).toEqual({ swapped: false, previous: undefined })
    })

    test('tells an empty value from none', async ({ raw }) => {
      await raw.put('k', '', { atomic: true })
      const missed = await raw.compareAndSwap('k', { previous: undefined, value: 'a' })
      expect([missed.swapped, bytesOf(missed.previous)]).toEqual([false, []])
      expect((await raw.compareAndSwap('k', { previous: '', value: 'a' })).swapped).toBe(true)
    })

    test('loses no increment of many at the same time', async ({ raw }) => {
      const increment = async () => {
        for (;;) {
          const previous = await raw.get('counter')
          const value = String(Number(textOf(previous) ?? '0') + 1)
          if ((await raw.compareAndSwap('counter', { previous, value })).swapped) return
        }
      }
      await Promise.all(Array.from({ length: 16 }, increment))
      expect(textOf(await raw.get('counter'))).toBe('16')
    })
  })

  describe('raw: time to live', () => {
    if (supports.ttl) {
      test('is given with puts and told by key', async ({ raw }) => {
        await raw.put('for-ever', 'v')
        await raw.put('an-hour', 'v', { ttlSeconds: 3600 })
        await raw.batchPut([
          { key: 'a-day', value: 'v', ttlSeconds: 86_400 },
          { key: 'for-ever-too', value: 'v' },
        ])
        await raw.compareAndSwap('swapped', { previous: undefined, value: 'v' }, { ttlSeconds: 3600 })
        expect(await raw.getKeyTtl('for-ever')).toBe(0)
        expect(await raw.getKeyTtl('for-ever-too')).toBe(0)
        const within = async (key: string, seconds: number) => {
          const left = await raw.getKeyTtl(key)
          expect(left! > seconds - 100 && left! <= seconds).toBe(true)
        }
        await within('an-hour', 3600)
        await within('a-day', 86_400)
        await within('swapped', 3600)
        expect(await raw.getKeyTtl('none')).toBe(undefined)
      })
    } else {
      test('is refused in the words of the server', async ({ raw }) => {
        expect(await failure(raw.put('k', 'v', { ttlSeconds: 60 }))).toBeInstanceOf(ServerError)
        expect(await failure(raw.batchPut([{ key: 'k', value: 'v', ttlSeconds: 60 }]))).toBeInstanceOf(ServerError)
        expect(await failure(raw.getKeyTtl('k'))).toBeInstanceOf(ServerError)
        expect(await raw.get('k')).toBe(undefined)
      })
    }

    test('makes sense', async ({ raw }) => {
      for (const ttlSeconds of [-1, 0.5, Number.NaN]) {
        expect(await failure(raw.put('k', 'v', { ttlSeconds }))).toBeInstanceOf(InvalidArgumentError)
      }
    })
  })

  describe('raw: the end of a call', () => {
    test('comes with its signal', async ({ raw }) => {
      const signal = AbortSignal.abort(new Error('enough'))
      const calls = [
        raw.get('k', { signal }),
        raw.put('k', 'v', { signal }),
        raw.batchGet(['k'], { signal }),
        raw.batchPut([{ key: 'k', value: 'v' }], { signal }),
        raw.deleteRange({}, { signal }),
        collect(raw.scan({}, { signal })),
        raw.compareAndSwap('k', { previous: undefined, value: 'v' }, { signal }),
      ]
      for (const error of await Promise.all(calls.map(failure))) expect(error).toBeInstanceOf(CallAbortedError)
      expect(await raw.get('k')).toBe(undefined)
    })

    test('comes with the end of the client', async (client) => {
      await client.raw.put('k', 'v')
      await client.close()
      await client.close()
      expect(await failure(client.raw.get('k'))).toBeInstanceOf(ClosedError)
      expect(await failure(collect(client.raw.scan({})))).toBeInstanceOf(ClosedError)
    })
  })
}

async function collect(pairs: AsyncIterable<KeyValue>): Promise<KeyValue[]> {
  const all: KeyValue[] = []
  for await (const pair of pairs) all.push(pair)
  return all
}

async function keysOf(pairs: AsyncIterable<KeyValue>): Promise<(string | undefined)[]> {
  return (await collect(pairs)).map(({ key }) => textOf(key))
}

function textOf(bytes: Uint8Array | undefined): string | undefined {
  return bytes && new TextDecoder().decode(bytes)
}

function bytesOf(bytes: Uint8Array | undefined): number[] {
  return [...bytes!]
}

/** What a promise is rejected with; `undefined` when it is not. */
function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  )
}
