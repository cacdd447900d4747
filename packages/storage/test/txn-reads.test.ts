import {
  ApiVersionNotMatchedError,
  emptyBytes,
  KeyNotInRegionError,
  maxTimestamp,
  type Region,
  type Timestamp,
} from '@stratakv/core'
import {
  createLock,
  encodeKey,
  KeyIsLockedError,
  type LockKind,
  type MutationKind,
  WriteConflictError,
} from '@stratakv/mvcc'
import { settled } from '@stratakv/testkit'
import { beforeEach, describe, expect, it } from 'vitest'
import { commitCommand } from '../src/commands/commit.ts'
import { type PrewriteRequest, prewriteCommand } from '../src/commands/prewrite.ts'
import { InvalidRequestRangeError, ReplyTooLargeError } from '../src/errors.ts'
import type { KvPair, ReadContext, ScanRequest } from '../src/request.ts'
import { bytes, text, wholeRegion } from './memory-kv.ts'
import { type StorageFixture, storageOn } from './storage-fixture.ts'

const context: ReadContext = { kv: { regionId: 1 } }
let fixture: StorageFixture

beforeEach(() => {
  fixture = storageOn()
})

/** `a=1` puts, `a` deletes. */
function mutationsOf(changes: string): { kind: MutationKind; key: Uint8Array; value: Uint8Array }[] {
  return changes.split(' ').map((change) => {
    const [key, value] = change.split('=')
    return { kind: value === undefined ? 'delete' : 'put', key: bytes(key!), value: bytes(value ?? '') }
  })
}

async function prewrite(changes: string, startTs: Timestamp, more: Partial<PrewriteRequest> = {}): Promise<void> {
  const mutations = mutationsOf(changes)
  const request = { context, mutations, primary: mutations[0]!.key, startTs, lockTtlMs: 3000, ...more }
  const { locked } = await fixture.storage.execute(prewriteCommand(request))
  expect(locked).toEqual([])
}

async function commit(changes: string, startTs: Timestamp, commitTs: Timestamp): Promise<void> {
  const keys = mutationsOf(changes).map(({ key }) => key)
  await fixture.storage.execute(commitCommand({ context, keys, startTs, commitTs }))
}

async function write(changes: string, startTs: Timestamp, commitTs: Timestamp): Promise<void> {
  await prewrite(changes, startTs)
  await commit(changes, startTs, commitTs)
}

const get = (key: string, version: Timestamp, more: Partial<ReadContext> = {}) =>
  fixture.storage.get({ context: { ...context, ...more }, key: bytes(key), version })

const shown = (pairs: readonly KvPair[]) =>
  pairs.map(({ key, value, error }) => `${text(key)}=${error?.code ?? text(value)}`)

async function scan(more: Partial<ScanRequest> & { from?: string; to?: string } = {}): Promise<string[]> {
  const { from = '', to = '', ...rest } = more
  const request = { context, startKey: bytes(from), endKey: bytes(to), limitCount: 100, version: 100n, ...rest }
  return shown(await fixture.storage.scan(request))
}

describe('a transactional get', () => {
  it('reads the version of its timestamp, in one synchronous run', async () => {
    await write('k=1', 10n, 11n)
    await write('k=2', 20n, 21n)
    await write('k', 30n, 31n)
    expect([10n, 11n, 20n, 21n, 30n, 31n].map((version) => get('k', version))).toEqual([
      undefined,
      bytes('1'),
      bytes('1'),
      bytes('2'),
      bytes('2'),
      undefined,
    ])
  })

  it('is stopped by a lock under SI, passes it under RC, and meets a conflict under RCCheckTS', async () => {
    await write('k=1', 10n, 11n)
    await prewrite('k=2', 20n)
    expect(get('k', 15n)).toEqual(bytes('1'))
    expect(() => get('k', 25n)).toThrow(KeyIsLockedError)
    expect(get('k', 25n, { isolation: 'rc' })).toEqual(bytes('1'))
    expect(() => get('k', 15n, { isolation: 'rc-check-ts' })).toThrow(WriteConflictError)
    expect(get('k', 25n, { resolvedLocks: [20n] })).toEqual(bytes('1'))
    expect(get('k', 25n, { committedLocks: [20n] })).toEqual(bytes('2'))
    expect(fixture.kv.openSnapshotCount()).toBe(0)
  })

  it('refuses another API version', () => {
    expect(() => get('k', 1n, { apiVersion: 2 })).toThrow(ApiVersionNotMatchedError)
  })
})

describe('a read and the locks in memory', () => {
  function guard(key: string, startTs: Timestamp, kind: LockKind = 'put') {
    const held = fixture.storage.concurrency.lockKey(encodeKey(bytes(key)))
    held.setLock(createLock({ kind, primary: bytes(key), startTs, ttlMs: 3000, minCommitTs: startTs + 1n }))
    return held
  }

  it('raises max_ts before it looks, but not to "the newest"', async () => {
    const { storage } = fixture
    await get('k', 40n)
    expect(storage.concurrency.maxTs()).toBe(40n)
    await get('k', maxTimestamp)
    expect(storage.concurrency.maxTs()).toBe(40n)
    const held = guard('k', 45n)
    expect(() => get('k', 50n)).toThrow(KeyIsLockedError)
    expect(storage.concurrency.maxTs()).toBe(50n)
    held.release()
    await scan({ version: 60n })
    await storage.batchGet({ context, keys: [], version: 70n })
    await storage.scanLock({ context, maxVersion: 80n, startKey: emptyBytes, endKey: emptyBytes, limitCount: 0 })
    expect(storage.concurrency.maxTs()).toBe(80n)
  })

  it('fails as a whole, and before it takes a snapshot', async () => {
    const { storage, kv } = fixture
    await write('a=1 k=1', 10n, 11n)
    const held = guard('k', 20n)
    kv.snapshot = () => {
      throw new Error('no snapshot was to be taken')
    }
    expect(() => get('k', 30n)).toThrow(KeyIsLockedError)
    const keys = ['a', 'k'].map(bytes)
    expect(() => storage.batchGet({ context, keys, version: 30n })).toThrow(KeyIsLockedError)
    await expect(scan({ version: 30n })).rejects.toThrow(KeyIsLockedError)
    await expect(scan({ version: 30n, from: 'z', to: 'b', reverse: true })).rejects.toThrow(KeyIsLockedError)
    expect(() => get('k', 30n, { committedLocks: [20n] })).toThrow(KeyIsLockedError)
    expect(() => get('k', 30n, { isolation: 'rc' })).toThrow('no snapshot')
    expect(() => get('k', 15n)).toThrow('no snapshot')
    expect(() => get('k', 30n, { resolvedLocks: [20n] })).toThrow('no snapshot')
    held.release()
  })

  it('is passed over by a scan of other keys, and met by a lock scan whatever its kind', async () => {
    const { storage } = fixture
    const held = guard('k', 20n, 'lock')
    const scanLock = (maxVersion: Timestamp, startKey: string, endKey: string) =>
      storage.scanLock({ context, maxVersion, startKey: bytes(startKey), endKey: bytes(endKey), limitCount: 0 })
    expect(() => scanLock(20n, '', '')).toThrow(KeyIsLockedError)
    expect(scanLock(19n, '', '')).toEqual([])
    expect(scanLock(20n, 'l', '')).toEqual([])
    expect(await scan({ version: 30n })).toEqual([])
    held.release()
  })

  it('is met between an async-commit prewrite and its apply, and never reads below its commit', async () => {
    const { storage, kv } = fixture
    const { write: apply } = kv
    let release: () => void = () => {}
    const gate = new Promise<void>((resolve) => {
      release = resolve
    })
    kv.write = (...call) => gate.then(() => apply(...call))
    await get('k', 50n)
    const mutations = mutationsOf('k=1')
    const request = {
      context,
      mutations,
      primary: bytes('k'),
      startTs: 20n,
      lockTtlMs: 3000,
      asyncCommitSecondaries: [],
    }
    const running = storage.execute(prewriteCommand(request))
    await settled()
    expect(() => get('k', 60n)).toThrow(KeyIsLockedError)
    expect(get('k', 50n)).toBe(undefined)
    release()
    expect((await running).minCommitTs).toBe(51n)
    expect(storage.concurrency.lockedKeyCount()).toBe(0)
    expect(() => get('k', 60n)).toThrow(KeyIsLockedError)
  })
})

describe('a batch get', () => {
  it('keeps the order, leaves out what is missing, and shows locked keys in place', async () => {
    await write('a=1 c=3', 10n, 11n)
    await prewrite('b=2', 20n)
    const keys = ['c', 'x', 'b', 'a', 'c'].map(bytes)
    const pairs = await fixture.storage.batchGet({ context, keys, version: 30n })
    expect(shown(pairs)).toEqual(['c=3', 'b=MVCC_KEY_IS_LOCKED', 'a=1', 'c=3'])
  })

  it('reads more keys than a page holds', async () => {
    const keys = Array.from({ length: 300 }, (_, index) => `k${index}`)
    await write(keys.map((key) => `${key}=${key}`).join(' '), 10n, 11n)
    const pairs = await fixture.storage.batchGet({ context, keys: keys.map(bytes), version: 30n })
    expect(shown(pairs)).toEqual(keys.map((key) => `${key}=${key}`))
  })
})

describe('a transactional scan', () => {
  it('goes both ways, with open ends', async () => {
    await write('a=1 b=2 c=3 d=4', 10n, 11n)
    expect(await scan({ from: 'b', to: 'd' })).toEqual(['b=2', 'c=3'])
    expect(await scan({ from: 'd', to: 'b', reverse: true })).toEqual(['c=3', 'b=2'])
    expect(await scan({ reverse: true, limitCount: 3 })).toEqual(['d=4', 'c=3', 'b=2'])
    expect(await scan({ from: 'c' })).toEqual(['c=3', 'd=4'])
    expect(await scan({ limitCount: 0 })).toEqual([])
    expect(await scan({ from: 'd', to: 'b' })).toEqual([])
    expect(await scan({ keyOnly: true, limitCount: 2 })).toEqual(['a=', 'b='])
  })

  it('counts locked keys against the limit and goes on behind them', async () => {
    await write('a=1 c=3 d=4', 10n, 11n)
    await prewrite('b=2', 20n)
    expect(await scan({ limitCount: 3 })).toEqual(['a=1', 'b=MVCC_KEY_IS_LOCKED', 'c=3'])
  })

  it('samples every n-th visible key across pages, beginning with the first', async () => {
    const keys = Array.from({ length: 700 }, (_, index) => `k${String(index).padStart(3, '0')}`)
    await write(keys.map((key) => `${key}=v`).join(' '), 10n, 11n)
    for (const [sampleStep, limitCount] of [
      [3, 1000],
      [7, 40],
      [150, 3],
      [1, 300],
    ] as const) {
      const expected = keys.filter((_, index) => index % sampleStep === 0).slice(0, limitCount)
      expect(await scan({ sampleStep, limitCount })).toEqual(expected.map((key) => `${key}=v`))
    }
    expect(await scan({ reverse: true, limitCount: 260 })).toEqual(
      keys
        .toReversed()
        .slice(0, 260)
        .map((key) => `${key}=v`),
    )
  })

  it('is refused when the answer gets too large', async () => {
    fixture = storageOn([wholeRegion], { replyBytesMax: 40 })
    await write('a=1 b=2 c=3', 10n, 11n)
    expect(await scan({ limitCount: 2 })).toHaveLength(2)
    await expect(scan()).rejects.toThrow(ReplyTooLargeError)
    expect(fixture.kv.openSnapshotCount()).toBe(0)
  })

  it('gives the loop back between its slices', async () => {
    fixture = storageOn([wholeRegion], { readSliceMs: 0 })
    await write(Array.from({ length: 300 }, (_, index) => `k${index}=v`).join(' '), 10n, 11n)
    const running = scan({ limitCount: 290 })
    await settled()
    expect(fixture.clock.pendingTimers()).toHaveLength(1)
    expect(await fixture.clock.settle(running, 100)).toHaveLength(290)
    expect(fixture.kv.openSnapshotCount()).toBe(0)
  })
})

describe('a lock scan', () => {
  it('finds locks up to a timestamp, in key order, page by page', async () => {
    const keys = Array.from({ length: 300 }, (_, index) => `k${String(index).padStart(3, '0')}`)
    await prewrite(keys.map((key) => `${key}=v`).join(' '), 20n)
    await prewrite('z=later', 30n)
    const scanLock = (limitCount: number, maxVersion: Timestamp, startKey = '', endKey = '') =>
      fixture.storage.scanLock({ context, maxVersion, startKey: bytes(startKey), endKey: bytes(endKey), limitCount })
    const found = async (...call: Parameters<typeof scanLock>) => (await scanLock(...call)).map(({ key }) => text(key))
    expect(await found(0, 20n)).toEqual(keys)
    expect(await found(0, 30n)).toEqual([...keys, 'z'])
    expect(await found(0, 19n)).toEqual([])
    expect(await found(5, 30n, 'k298')).toEqual(['k298', 'k299', 'z'])
    expect(await found(128, 30n)).toEqual(keys.slice(0, 128))
    expect(await found(0, 30n, 'k001', 'k003')).toEqual(['k001', 'k002'])
    expect(await found(0, 30n, 'k003', 'k001')).toEqual([])
    expect((await scanLock(1, 30n, 'z'))[0]).toMatchObject({
      primary: bytes('z'),
      startTs: 30n,
      ttlMs: 3000,
      kind: 'put',
    })
  })
})

describe('what is stored about a key', () => {
  it('is found by key and by start timestamp', async () => {
    const { storage } = fixture
    await write('k=1', 10n, 11n)
    await write('k=2', 20n, 21n)
    await prewrite('k=3', 30n)
    const history = await storage.mvccGetByKey({ context, key: bytes('k') })
    expect(history.lock?.startTs).toBe(30n)
    expect(history.writes.map(({ commitTs }) => commitTs)).toEqual([21n, 11n])
    const found = await storage.mvccGetByStartTs({ context, startTs: 10n })
    expect([text(found?.key), found?.history.writes.length]).toEqual(['k', 2])
    expect(await storage.mvccGetByStartTs({ context, startTs: 11n })).toBe(undefined)
  })
})

describe('a region', () => {
  const region: Region = { ...wholeRegion, startKey: encodeKey(bytes('d')), endKey: encodeKey(bytes('h')) }

  it('refuses keys and ranges beyond it, and ends an open range', async () => {
    fixture = storageOn([region])
    await write('d=1 g=2', 10n, 11n)
    expect(() => get('c', 30n)).toThrow(KeyNotInRegionError)
    expect(() => get('h', 30n)).toThrow(KeyNotInRegionError)
    expect(() => fixture.storage.batchGet({ context, keys: ['d', 'z'].map(bytes), version: 30n })).toThrow(
      KeyNotInRegionError,
    )
    expect(await scan()).toEqual(['d=1', 'g=2'])
    expect(await scan({ reverse: true })).toEqual(['g=2', 'd=1'])
    expect(await scan({ from: 'd', to: 'h' })).toHaveLength(2)
    await expect(scan({ from: 'c', to: 'h' })).rejects.toThrow(InvalidRequestRangeError)
    await expect(scan({ from: 'd', to: 'i' })).rejects.toThrow(InvalidRequestRangeError)
    expect(fixture.kv.openSnapshotCount()).toBe(0)
  })
})
