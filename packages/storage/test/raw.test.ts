import {
  ApiVersionNotMatchedError,
  type Clock,
  EpochNotMatchError,
  emptyBytes,
  InvalidColumnFamilyError,
  KeyNotInRegionError,
  type KvContext,
  RaftEntryTooLargeError,
  type Region,
  TtlNotEnabledError,
} from '@stratakv/core'
import { settled, simulatedClock } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'
import {
  CommandCancelledError,
  EmptyKeyError,
  InvalidKeyRangesError,
  InvalidRequestRangeError,
  RawKeyTooLargeError,
  ReplyTooLargeError,
  TtlCountMismatchError,
} from '../src/errors.ts'
import type { RawStore } from '../src/raw.ts'
import type { RawPair } from '../src/raw-request.ts'
import type { RequestContext } from '../src/request.ts'
import { bytes, text, wholeRegion } from './memory-kv.ts'
import { plainChecksum } from './plain-checksum.ts'
import { storageOn } from './storage-fixture.ts'

const context: RequestContext = { kv: { regionId: 1 } }
const at = (key: string) => ({ context, key: bytes(key) })
const shown = (pairs: readonly RawPair[]) => pairs.map(({ key, value }) => `${text(key)}=${text(value)}`)

async function filled(raw: RawStore, keys: string): Promise<void> {
  const pairs = [...keys].map((key) => ({ key: bytes(key), value: bytes(key.toUpperCase()) }))
  await raw.batchPut({ context, pairs })
}

describe('raw put, get and delete', () => {
  it('gives back what was put, until it is deleted', async () => {
    const { raw } = storageOn().storage
    expect(await raw.get(at('k'))).toBe(undefined)
    await raw.put({ ...at('k'), value: bytes('v') })
    await raw.put({ ...at('empty'), value: emptyBytes })
    expect(text(await raw.get(at('k')))).toBe('v')
    expect(await raw.get(at('empty'))).toEqual(emptyBytes)
    await raw.delete(at('k'))
    expect(await raw.get(at('k'))).toBe(undefined)
  })

  it('answers a get at once when the engine does', async () => {
    const { raw } = storageOn().storage
    await filled(raw, 'a')
    expect(raw.get(at('a'))).toEqual(bytes('A'))
    expect(raw.scan({ context, startKey: emptyBytes, endKey: emptyBytes, limitCount: 9 })).toHaveLength(1)
    expect(raw.batchGet({ context, keys: [bytes('a')] })).toHaveLength(1)
  })

  it('hands a put to the Kv in the tick of the call', () => {
    const { storage, kv } = storageOn()
    void storage.raw.put({ ...at('k'), value: bytes('v') })
    expect(kv.writes).toEqual([[{ type: 'put', cf: 'default', key: bytes('k'), value: bytes('v') }]])
  })

  it('keeps column families apart', async () => {
    const { raw } = storageOn().storage
    await raw.put({ ...at('k'), cf: 'write', value: bytes('w') })
    expect(await raw.get(at('k'))).toBe(undefined)
    expect(text(await raw.get({ ...at('k'), cf: 'write' }))).toBe('w')
    expect(() => raw.get({ ...at('k'), cf: 'raft' })).toThrow(InvalidColumnFamilyError)
  })

  it('leaves missing keys out of a batch, in the order of the request', async () => {
    const { raw } = storageOn().storage
    await filled(raw, 'abc')
    expect(shown(await raw.batchGet({ context, keys: [bytes('c'), bytes('x'), bytes('a')] }))).toEqual(['c=C', 'a=A'])
    await raw.batchDelete({ context, keys: [bytes('a'), bytes('b')] })
    expect(shown(await raw.batchGet({ context, keys: [bytes('a'), bytes('c')] }))).toEqual(['c=C'])
    await raw.batchPut({ context, pairs: [] })
    await raw.batchDelete({ context, keys: [] })
  })
})

describe('raw requests that are refused', () => {
  it('name a wrong API version, an empty key, a key too long, a time to live', async () => {
    const { storage, kv } = storageOn([wholeRegion], { maxKeyBytes: 4 })
    const { raw } = storage
    const value = bytes('v')
    expect(() => raw.get({ context: { ...context, apiVersion: 2 }, key: bytes('k') })).toThrow(
      ApiVersionNotMatchedError,
    )
    expect(() => raw.get(at(''))).toThrow(EmptyKeyError)
    await expect(raw.put({ ...at(''), value })).rejects.toThrow(EmptyKeyError)
    await expect(raw.put({ ...at('12345'), value })).rejects.toThrow(RawKeyTooLargeError)
    await expect(raw.put({ ...at('12345'), value, forCas: true })).rejects.toThrow(
      'max key size exceeded, size: 5, limit: 4',
    )
    await expect(raw.put({ ...at('k'), value, ttlSeconds: 1 })).rejects.toThrow(TtlNotEnabledError)
    await expect(raw.compareAndSwap({ ...at('k'), value, previousValue: undefined, ttlSeconds: 1 })).rejects.toThrow(
      TtlNotEnabledError,
    )
    expect(() => raw.getKeyTtl(at('k'))).toThrow(TtlNotEnabledError)
    expect(kv.writes).toEqual([])
    expect(kv.openSnapshotCount()).toBe(0)
  })

  it('bring the wrong number of times to live', async () => {
    const { raw } = storageOn().storage
    const pairs = ['a', 'b', 'c'].map((key) => ({ key: bytes(key), value: bytes('v') }))
    await expect(raw.batchPut({ context, pairs, ttlsSeconds: [0, 0] })).rejects.toThrow(TtlCountMismatchError)
    await raw.batchPut({ context, pairs, ttlsSeconds: [0] })
    await raw.batchPut({ context, pairs, ttlsSeconds: [0, 0, 0] })
    await expect(raw.batchPut({ context, pairs, ttlsSeconds: [0, 9, 0] })).rejects.toThrow(TtlNotEnabledError)
  })

  it('are larger than a Raft entry', async () => {
    const { raw } = storageOn([wholeRegion], { raftEntryMaxBytes: 100 }).storage
    await expect(raw.put({ ...at('k'), value: new Uint8Array(100) })).rejects.toThrow(RaftEntryTooLargeError)
    await raw.put({ ...at('k'), value: new Uint8Array(99) })
  })

  it('come from a client that has gone', async () => {
    const { raw } = storageOn().storage
    const gone = { ...context, signal: AbortSignal.abort() }
    await expect(raw.put({ context: gone, key: bytes('k'), value: bytes('v') })).rejects.toThrow(CommandCancelledError)
  })
})

describe('a raw scan', () => {
  const scan = async (raw: RawStore, startKey: string, endKey: string, more: object = {}) =>
    shown(await raw.scan({ context, startKey: bytes(startKey), endKey: bytes(endKey), limitCount: 10, ...more }))

  it('ascends over [start, end), and descends over [end, start)', async () => {
    const { raw } = storageOn().storage
    await filled(raw, 'abcde')
    expect(await scan(raw, 'b', 'd')).toEqual(['b=B', 'c=C'])
    expect(await scan(raw, 'd', 'b', { reverse: true })).toEqual(['c=C', 'b=B'])
    expect(await scan(raw, '', '')).toHaveLength(5)
    expect(await scan(raw, '', '', { reverse: true, limitCount: 2 })).toEqual(['e=E', 'd=D'])
    expect(await scan(raw, 'c', '', { limitCount: 2 })).toEqual(['c=C', 'd=D'])
    expect(await scan(raw, 'c', '', { reverse: true, limitCount: 5 })).toEqual(['b=B', 'a=A'])
  })

  it('can leave values out, and answers nothing for a limit of 0 or a range upside down', async () => {
    const { raw } = storageOn().storage
    await filled(raw, 'abc')
    expect(await scan(raw, 'a', 'c', { keyOnly: true })).toEqual(['a=', 'b='])
    expect(await scan(raw, 'a', 'c', { limitCount: 0 })).toEqual([])
    expect(await scan(raw, 'c', 'a')).toEqual([])
    expect(await scan(raw, 'a', 'c', { reverse: true })).toEqual([])
  })

  it('is refused, not cut short, when the answer gets too large', async () => {
    const { storage, kv } = storageOn([wholeRegion], { replyBytesMax: 50 })
    await filled(storage.raw, 'abcde')
    expect(await scan(storage.raw, 'a', '', { limitCount: 2 })).toHaveLength(2)
    expect(() => storage.raw.scan({ context, startKey: bytes('a'), endKey: emptyBytes, limitCount: 3 })).toThrow(
      ReplyTooLargeError,
    )
    expect(() => storage.raw.batchGet({ context, keys: [...'abc'].map(bytes) })).toThrow(ReplyTooLargeError)
    expect(kv.openSnapshotCount()).toBe(0)
  })

  it('lets others run between its slices', async () => {
    const { storage, clock } = storageOn([wholeRegion], { readSliceMs: 0 })
    const keys = Array.from({ length: 300 }, (_, index) => `k${String(index).padStart(3, '0')}`)
    await storage.raw.batchPut({ context, pairs: keys.map((key) => ({ key: bytes(key), value: bytes('v') })) })
    const running = storage.raw.scan({ context, startKey: bytes('k'), endKey: emptyBytes, limitCount: 250 })
    await settled()
    expect(clock.pendingTimers()).toHaveLength(1)
    const pairs = await clock.settle(Promise.resolve(running), 1000)
    expect(pairs.map(({ key }) => text(key))).toEqual(keys.slice(0, 250))
  })

  it('stops at its pause when the client has gone', async () => {
    const { storage, clock, kv } = storageOn([wholeRegion], { readSliceMs: 0 })
    const pairs = Array.from({ length: 200 }, (_, index) => ({ key: bytes(`k${index}`), value: bytes('v') }))
    await storage.raw.batchPut({ context, pairs })
    const client = new AbortController()
    const everything = { startKey: emptyBytes, endKey: emptyBytes, limitCount: 1000 }
    const running = storage.raw.scan({ context: { ...context, signal: client.signal }, ...everything })
    const refused = expect(running).rejects.toThrow(CommandCancelledError)
    client.abort()
    await clock.advance(0)
    await refused
    expect(kv.openSnapshotCount()).toBe(0)
  })

  it('stops at its pause when its time is up', async () => {
    const still = simulatedClock()
    let looks = 0
    const busy: Clock = { ...still, after: still.after, unixMs: still.unixMs, now: () => looks++ }
    const { storage, kv } = storageOn([wholeRegion], { readSliceMs: 1 }, { clock: busy })
    const pairs = Array.from({ length: 300 }, (_, index) => ({ key: bytes(`k${index}`), value: bytes('v') }))
    await storage.raw.batchPut({ context, pairs })
    const hurried = { ...context, maxExecutionDurationMs: 4 }
    const running = storage.raw.scan({ context: hurried, startKey: emptyBytes, endKey: emptyBytes, limitCount: 1000 })
    const refused = expect(running).rejects.toThrow('deadline is exceeded')
    await still.advance(0)
    await refused
    expect(kv.openSnapshotCount()).toBe(0)
  })
})

describe('a raw batch scan', () => {
  const range = (start: string, end: string) => ({ start: bytes(start), end: bytes(end) })
  const scan = async (raw: RawStore, ranges: [string, string][], more: object = {}) =>
    shown(await raw.batchScan({ context, ranges: ranges.map((ends) => range(...ends)), eachLimitCount: 2, ...more }))

  it('limits each range by itself and closes an open end with the next start', async () => {
    const { raw } = storageOn().storage
    await filled(raw, 'abcdefg')
    expect(
      await scan(raw, [
        ['a', 'd'],
        ['e', 'z'],
      ]),
    ).toEqual(['a=A', 'b=B', 'e=E', 'f=F'])
    expect(
      await scan(raw, [
        ['a', ''],
        ['b', ''],
        ['f', ''],
      ]),
    ).toEqual(['a=A', 'b=B', 'c=C', 'f=F', 'g=G'])
    expect(
      await scan(
        raw,
        [
          ['z', 'e'],
          ['d', ''],
        ],
        { reverse: true },
      ),
    ).toEqual(['g=G', 'f=F', 'c=C', 'b=B'])
    expect(await scan(raw, [['a', 'c']], { keyOnly: true })).toEqual(['a=', 'b='])
    expect(await scan(raw, [['a', 'c']], { eachLimitCount: 0 })).toEqual([])
  })

  it('refuses ranges that are empty or upside down', async () => {
    const { raw } = storageOn().storage
    await expect(scan(raw, [['b', 'a']])).rejects.toThrow(InvalidKeyRangesError)
    await expect(scan(raw, [['a', 'a']])).rejects.toThrow('Invalid KeyRanges')
    await expect(
      scan(raw, [
        ['b', ''],
        ['a', ''],
      ]),
    ).rejects.toThrow(InvalidKeyRangesError)
    await expect(scan(raw, [['a', 'b']], { reverse: true })).rejects.toThrow(InvalidKeyRangesError)
  })
})

describe('gets that share a message', () => {
  it('share a snapshot by region and column family, and answer in order', async () => {
    const regions: Region[] = [
      { ...wholeRegion, id: 1, endKey: bytes('m') },
      { ...wholeRegion, id: 2, startKey: bytes('m') },
    ]
    const { storage, kv } = storageOn(regions)
    const { raw } = storage
    await raw.put({ ...at('a'), value: bytes('A') })
    await raw.put({ context: { kv: { regionId: 2 } }, key: bytes('x'), value: bytes('X') })
    let snapshotCount = 0
    const { snapshot } = kv
    kv.snapshot = (asked: KvContext) => {
      snapshotCount++
      return snapshot(asked)
    }
    const outcomes = await raw.batchGetCommand([
      at('a'),
      { context: { kv: { regionId: 2 } }, key: bytes('x') },
      at('b'),
      at('z'),
      { context: { kv: { regionId: 9 } }, key: bytes('a') },
      { context: { kv: { regionId: 1, epoch: { confVer: 1, version: 7 } } }, key: bytes('a') },
      { ...at('a'), cf: 'write' },
    ])
    expect(outcomes.map(({ value, error }) => text(value) ?? error?.code ?? null)).toEqual([
      'A',
      'X',
      null,
      'REGION_KEY_NOT_IN_REGION',
      'REGION_NOT_FOUND',
      'REGION_EPOCH_NOT_MATCH',
      null,
    ])
    expect(snapshotCount).toBe(5)
    expect(kv.openSnapshotCount()).toBe(0)
  })

  it('fail together when one is of another API version', () => {
    const { raw } = storageOn().storage
    expect(() => raw.batchGetCommand([at('a'), { context: { ...context, apiVersion: 2 }, key: bytes('b') }])).toThrow(
      ApiVersionNotMatchedError,
    )
    expect(raw.batchGetCommand([])).toEqual([])
  })
})

describe('a region', () => {
  const regions: Region[] = [{ ...wholeRegion, startKey: bytes('d'), endKey: bytes('h') }]

  it('refuses keys that are not its own, and lets a scan begin at its end', async () => {
    const { raw } = storageOn(regions).storage
    await filled(raw, 'dg')
    expect(() => raw.get(at('c'))).toThrow(KeyNotInRegionError)
    expect(() => raw.get(at('h'))).toThrow(KeyNotInRegionError)
    expect(() => raw.batchGet({ context, keys: [bytes('d'), bytes('z')] })).toThrow(KeyNotInRegionError)
    const range = { context, endKey: emptyBytes, limitCount: 9 }
    expect(() => raw.scan({ ...range, startKey: bytes('a') })).toThrow(KeyNotInRegionError)
    expect(raw.scan({ ...range, startKey: bytes('h') })).toEqual([])
    expect(raw.scan({ ...range, startKey: bytes('h'), reverse: true })).toHaveLength(2)
    expect(raw.scan({ ...range, startKey: emptyBytes, reverse: true })).toHaveLength(2)
  })

  it('that has changed fails reads and writes', async () => {
    const { raw } = storageOn(regions).storage
    const old = { kv: { regionId: 1, epoch: { confVer: 1, version: 0 } } }
    expect(() => raw.get({ context: old, key: bytes('d') })).toThrow(EpochNotMatchError)
    await expect(raw.put({ context: old, key: bytes('d'), value: bytes('v') })).rejects.toThrow(EpochNotMatchError)
  })

  it('bounds an open delete range, and refuses one that reaches beyond', async () => {
    const { storage, kv } = storageOn(regions)
    await filled(storage.raw, 'defg')
    await kv.engine.write([{ type: 'put', cf: 'default', key: bytes('i'), value: bytes('other') }], { sync: false })
    const deleteRange = (startKey: string, endKey: string) =>
      storage.raw.deleteRange({ context, startKey: bytes(startKey), endKey: bytes(endKey) })
    await expect(deleteRange('d', 'i')).rejects.toThrow(KeyNotInRegionError)
    await expect(deleteRange('a', 'e')).rejects.toThrow(KeyNotInRegionError)
    await expect(deleteRange('f', 'e')).rejects.toThrow(InvalidRequestRangeError)
    await deleteRange('e', 'e')
    await deleteRange('d', 'e')
    const left = storage.raw.scan({ context, startKey: bytes('d'), endKey: emptyBytes, limitCount: 9 })
    expect(shown(await left)).toEqual(['e=E', 'f=F', 'g=G'])
    await deleteRange('f', '')
    expect(await storage.raw.get(at('e'))).toEqual(bytes('E'))
    expect(await storage.raw.get(at('f'))).toBe(undefined)
    expect(await kv.engine.get('default', bytes('i'))).toEqual(bytes('other'))
  })
})

describe('compare and swap', () => {
  it('swaps only what is as expected, and says what it found', async () => {
    const { raw } = storageOn().storage
    const swap = (previousValue: Uint8Array | undefined, value: string) =>
      raw.compareAndSwap({ ...at('k'), value: bytes(value), previousValue })
    expect(await swap(bytes('x'), '1')).toEqual({ succeeded: false, previousValue: undefined })
    expect(await swap(undefined, '1')).toEqual({ succeeded: true, previousValue: undefined })
    expect(await swap(undefined, '2')).toEqual({ succeeded: false, previousValue: bytes('1') })
    expect(await swap(bytes('x'), '2')).toEqual({ succeeded: false, previousValue: bytes('1') })
    expect(await swap(bytes('1'), '2')).toEqual({ succeeded: true, previousValue: bytes('1') })
    expect(text(await raw.get(at('k')))).toBe('2')
  })

  it('takes an empty value for a value', async () => {
    const { raw } = storageOn().storage
    await raw.put({ ...at('k'), value: emptyBytes })
    expect((await raw.compareAndSwap({ ...at('k'), value: bytes('v'), previousValue: undefined })).succeeded).toBe(
      false,
    )
    expect((await raw.compareAndSwap({ ...at('k'), value: bytes('v'), previousValue: emptyBytes })).succeeded).toBe(
      true,
    )
  })

  it('keeps writes that say forCas out of its step, and those that do not in', async () => {
    const { storage, kv } = storageOn()
    const { raw } = storage
    const { snapshot } = kv
    let open: () => void = () => {}
    const gate = new Promise<void>((resolve) => {
      open = resolve
    })
    kv.snapshot = (asked) => gate.then(() => snapshot(asked))
    const swap = raw.compareAndSwap({ ...at('k'), value: bytes('swapped'), previousValue: undefined })
    const atomic = raw.put({ ...at('k'), value: bytes('atomic'), forCas: true })
    const other = raw.batchDelete({ context, keys: [bytes('k'), bytes('l')], forCas: true })
    await raw.put({ ...at('other'), value: bytes('plain') })
    expect(kv.writes).toHaveLength(1)
    open()
    expect((await swap).succeeded).toBe(true)
    await atomic
    await other
    expect(kv.writes.map(([change]) => change?.type === 'put' && text(change.value))).toEqual([
      'plain',
      'swapped',
      'atomic',
      false,
    ])
  })
})

describe('a raw checksum', () => {
  it('is the XOR over pairs, whatever ranges they come in', async () => {
    const { raw } = storageOn().storage
    await filled(raw, 'abcd')
    const crc64 = (pair: string) => plainChecksum().crc64(bytes(pair))
    const open = { start: emptyBytes, end: emptyBytes }
    expect(raw.checksum({ context, ranges: [open] })).toEqual({
      checksum: crc64('aA') ^ crc64('bB') ^ crc64('cC') ^ crc64('dD'),
      totalKvCount: 4,
      totalBytes: 8,
    })
    const split = [
      { start: bytes('c'), end: emptyBytes },
      { start: emptyBytes, end: bytes('c') },
      { start: bytes('z'), end: bytes('y') },
    ]
    expect(raw.checksum({ context, ranges: split })).toEqual(raw.checksum({ context, ranges: [open] }))
    expect(raw.checksum({ context, ranges: [] })).toEqual({ checksum: 0n, totalKvCount: 0, totalBytes: 0 })
  })
})
