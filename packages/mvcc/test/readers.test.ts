import type { EngineReader, IterateOptions } from '@stratakv/core'
import { isPromise, maxTimestamp } from '@stratakv/core'
import { describe, expect, it } from 'vitest'
import {
  batchGet,
  createRollback,
  createWrite,
  findKeyByStartTs,
  KeyIsLockedError,
  keyHistory,
  MvccReader,
  openScanner,
  pointGet,
  type ReadView,
  type ScanOptions,
  scanLocks,
  WriteConflictError,
} from '../src/index.ts'
import { bytes, key, late, longValue, PercolatorStore, text } from './support/percolator-store.ts'

const at = (readTs: bigint): ReadView => ({ readTs, isolation: 'si' })

describe('a point get', () => {
  it('answers without a promise when the engine does', async () => {
    const store = new PercolatorStore()
    await store.putCommitted(5n, 7n, 'a', longValue('a'))
    expect(isPromise(pointGet(store.engine, key('a'), at(7n)))).toBe(false)
    expect(isPromise(batchGet(store.engine, [key('a')], at(7n)))).toBe(false)
    const scanner = openScanner(store.engine, { ...at(7n), order: 'ascending' })
    expect(isPromise(scanner.scan({ limitCount: 5 }))).toBe(false)
    scanner.close()
  })

  it('tells everything about the lock in its way', async () => {
    const store = new PercolatorStore()
    await store.put(5n, 'a', 'x', { primary: bytes('p'), lockTtlMs: 77, txnSize: 3, minCommitTs: 6n })
    const error = await failure(() => pointGet(store.engine, key('a'), at(9n)))
    expect(error).toBeInstanceOf(KeyIsLockedError)
    expect((error as KeyIsLockedError).lockInfo).toEqual({
      primary: bytes('p'),
      startTs: 5n,
      key: bytes('a'),
      ttlMs: 77,
      txnSize: 3,
      kind: 'put',
      forUpdateTs: 0n,
      useAsyncCommit: false,
      minCommitTs: 6n,
      secondaries: [],
    })
  })

  it('under RCCheckTS names the newer version it met', async () => {
    const store = new PercolatorStore()
    await store.placeWrite('a', 9n, createRollback(9n, false))
    const error = await failure(() => pointGet(store.engine, key('a'), { readTs: 8n, isolation: 'rc-check-ts' }))
    expect(error).toMatchObject({ startTs: 8n, conflictStartTs: 9n, conflictCommitTs: 9n, key: bytes('a') })
    expect(error).toBeInstanceOf(WriteConflictError)
  })

  it('closes its cursor, also when it fails', async () => {
    const store = new PercolatorStore()
    await store.placeWrite('a', 7n, createWrite('put', 5n))
    await store.putCommitted(5n, 7n, 'b')
    const source = counting(store.engine)
    await failure(() => pointGet(source, key('a'), at(9n)))
    await failure(() => pointGet(late(source), key('a'), at(9n)))
    await pointGet(late(source), key('b'), at(9n))
    await batchGet(late(source), [key('a'), key('b')], at(9n))
    expect(source.openCount()).toBe(0)
  })
})

describe('a scan', () => {
  it('counts locked keys against the limit and goes on behind them', async () => {
    const store = new PercolatorStore()
    for (const name of ['a', 'c', 'e']) await store.putCommitted(5n, 7n, name)
    await store.put(8n, 'b')
    await store.put(8n, 'c')
    for (const order of ['ascending', 'descending'] as const) {
      const scanner = openScanner(store.engine, { ...at(9n), order })
      const entries = await scanner.scan({ limitCount: 3 })
      const names = entries.map((entry) => `${text(entry.key)}${entry.error === undefined ? '' : '!'}`)
      expect(names).toEqual(order === 'ascending' ? ['a', 'b!', 'c!'] : ['e', 'c!', 'b!'])
      scanner.close()
    }
  })

  it('for keys only reads no values', async () => {
    const store = new PercolatorStore()
    await store.putCommitted(5n, 7n, 'a', longValue('a'))
    const noGets: EngineReader = {
      get: () => {
        throw new Error('a value was read')
      },
      getMany: () => [],
      iterate: (cf, options) => store.engine.iterate(cf, options),
    }
    const scanner = openScanner(noGets, { ...at(9n), order: 'ascending', keysOnly: true })
    expect(await scanner.scan({ limitCount: 2 })).toEqual([{ key: bytes('a'), value: bytes('') }])
    scanner.close()
  })

  it('seeks over a key with many versions instead of walking them', async () => {
    const store = new PercolatorStore()
    const versions = 500n
    for (const name of ['a', 'b', 'c']) {
      for (let ts = 1n; ts <= versions; ts++) await store.placeWrite(name, ts * 2n, createWrite('put', ts, bytes('v')))
    }
    for (const order of ['ascending', 'descending'] as const) {
      const source = counting(store.engine)
      const entries = await scanOnce(source, { ...at(500n), order }, 10)
      expect(entries).toHaveLength(3)
      expect(source.moveCount()).toBeLessThan(3 * 60)
    }
  })

  it('is over for good at its end, and after close', async () => {
    const store = new PercolatorStore()
    await store.putCommitted(5n, 7n, 'a')
    const scanner = openScanner(store.engine, { ...at(9n), order: 'descending' })
    expect(text((await scanner.next())?.key)).toBe('a')
    expect(await scanner.next()).toBeUndefined()
    expect(await scanner.next()).toBeUndefined()
    scanner.close()
    scanner.close()
    expect(await scanner.next()).toBeUndefined()
  })
})

describe('the reader of the actions', () => {
  it('finds a transaction by its start', async () => {
    const store = new PercolatorStore()
    await store.placeWrite('a', 5n, createRollback(5n, false))
    await store.placeWrite('a', 9n, createWrite('put', 6n, bytes('v')))
    await store.placeWrite('a', 12n, createWrite('lock', 10n))
    await store.placeWrite('a', 20n, createWrite('delete', 15n))
    await store.placeWrite('a', 30n, { ...createWrite('put', 25n), hasOverlappedRollback: true, gcFence: 0n })
    for (const source of [store.engine, late(store.engine)]) {
      const reader = new MvccReader(source)
      const find = (startTs: bigint) => Promise.resolve(reader.commitRecord(key('a'), startTs))
      expect(await find(5n)).toMatchObject({ type: 'record', commitTs: 5n, write: { kind: 'rollback' } })
      expect(await find(6n)).toMatchObject({ type: 'record', commitTs: 9n, write: { kind: 'put' } })
      expect(await find(30n)).toEqual({ type: 'overlapped-rollback', commitTs: 30n })
      expect(await find(12n)).toMatchObject({ type: 'none', overlapped: { write: { startTs: 10n }, gcFence: 20n } })
      expect(await find(20n)).toMatchObject({ type: 'none', overlapped: { write: { startTs: 15n }, gcFence: 30n } })
      expect(await find(7n)).toEqual({ type: 'none', overlapped: undefined })
      expect(await find(99n)).toEqual({ type: 'none', overlapped: undefined })
      reader.close()
    }
  })

  it('sees locks that are in memory only before those on disk', async () => {
    const store = new PercolatorStore()
    await store.placeLock('a', { startTs: 5n })
    const inMemory = { primary: bytes('p'), startTs: 8n, ttlMs: 9, forUpdateTs: 10n, minCommitTs: 11n }
    const reader = new MvccReader(store.engine, {
      ...noLocks,
      get: (wanted) => (wanted.length === key('a').length && wanted[0] === 0x61 ? inMemory : undefined),
    })
    expect(await reader.loadLock(key('a'))).toMatchObject({ ...inMemory, kind: 'pessimistic', txnSize: 0 })
    expect(await reader.loadLock(key('b'))).toBeUndefined()
  })

  it('knows whether a range has any writes', async () => {
    const store = new PercolatorStore()
    await store.placeWrite('b', 5n, createRollback(5n, false))
    for (const source of [store.engine, late(store.engine)]) {
      const reader = new MvccReader(source)
      expect(await reader.hasWrites(key('a'), key('b'))).toBe(false)
      expect(await reader.hasWrites(key('a'), key('c'))).toBe(true)
    }
  })
})

describe('a scan for locks', () => {
  it('takes range, highest timestamp, limit and a further condition', async () => {
    const store = new PercolatorStore()
    for (const [index, name] of ['a', 'b', 'c', 'd'].entries()) {
      await store.placeLock(name, { startTs: BigInt(index + 1), kind: index % 2 === 0 ? 'put' : 'pessimistic' })
    }
    const names = async (scan: Partial<Parameters<typeof scanLocks>[1]>) => {
      const page = await scanLocks(store.engine, {
        start: bytes(''),
        end: bytes(''),
        maxTs: maxTimestamp,
        limitCount: 0,
        ...scan,
      })
      return `${page.locks.map(({ lock }) => lock.startTs).join('')}${page.hasMore ? '+' : ''}`
    }
    expect(await names({})).toBe('1234')
    expect(await names({ maxTs: 3n })).toBe('123')
    expect(await names({ start: key('b'), end: key('d') })).toBe('23')
    expect(await names({ start: key('d'), end: key('b') })).toBe('')
    expect(await names({ limitCount: 2 })).toBe('12+')
    expect(await names({ limitCount: 4 })).toBe('1234')
    expect(await names({ accepts: (lock) => lock.kind === 'pessimistic', limitCount: 1 })).toBe('2+')
  })
})

describe('the history of a key', () => {
  it('shows lock, records and values, newest first', async () => {
    const store = new PercolatorStore()
    await store.putCommitted(5n, 7n, 'a', longValue('old'))
    await store.putCommitted(8n, 9n, 'a', longValue('new'))
    await store.deleteCommitted(10n, 11n, 'a')
    await store.put(12n, 'a')
    await store.putCommitted(5n, 7n, 'ab', longValue('other'))
    const history = await keyHistory(late(store.engine), key('a'))
    expect(history.lock?.startTs).toBe(12n)
    expect(history.writes.map(({ commitTs, write }) => [commitTs, write.kind])).toEqual([
      [11n, 'delete'],
      [9n, 'put'],
      [7n, 'put'],
    ])
    expect(history.values.map(({ startTs, value }) => [startTs, text(value)?.slice(0, 3)])).toEqual([
      [8n, 'new'],
      [5n, 'old'],
    ])
  })

  it('finds the first key that a transaction wrote', async () => {
    const store = new PercolatorStore()
    await store.putCommitted(5n, 7n, 'b')
    await store.putCommitted(8n, 9n, 'a')
    await store.putCommitted(5n, 7n, 'c')
    expect(await findKeyByStartTs(store.engine, 5n)).toEqual(key('b'))
    expect(await findKeyByStartTs(late(store.engine), 6n)).toBeUndefined()
  })
})

const noLocks = {
  supports: { holds: true },
  get: () => undefined,
  scan: () => [],
  acquire: () => 'full' as const,
  markDeleted() {},
  remove() {},
  wait: async () => 'refused' as const,
  wake() {},
}

async function failure(read: () => unknown): Promise<unknown> {
  try {
    await read()
  } catch (error) {
    return error
  }
  throw new Error('the read was expected to fail')
}

async function scanOnce(source: EngineReader, options: ScanOptions, limitCount: number) {
  const scanner = openScanner(source, options)
  try {
    return await scanner.scan({ limitCount })
  } finally {
    scanner.close()
  }
}

/** Counts cursors that are open, and how often any of them moved. */
function counting(inner: EngineReader): EngineReader & { openCount(): number; moveCount(): number } {
  let opened = 0
  let closed = 0
  let moved = 0
  return {
    openCount: () => opened - closed,
    moveCount: () => moved,
    get: (cf, wanted) => inner.get(cf, wanted),
    getMany: (cf, wanted) => inner.getMany(cf, wanted),
    iterate(cf, options?: IterateOptions) {
      const cursor = inner.iterate(cf, options)
      opened++
      const move = <T>(step: () => T): T => {
        moved++
        return step()
      }
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
        seek: (wanted) => move(() => cursor.seek(wanted)),
        seekForPrev: (wanted) => move(() => cursor.seekForPrev(wanted)),
        seekToFirst: () => move(() => cursor.seekToFirst()),
        seekToLast: () => move(() => cursor.seekToLast()),
        next: () => move(() => cursor.next()),
        prev: () => move(() => cursor.prev()),
        close() {
          closed++
          cursor.close()
        },
      }
    },
  }
}
