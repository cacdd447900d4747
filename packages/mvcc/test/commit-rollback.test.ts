import { describe, expect, it } from 'vitest'
import {
  CommitTsExpiredError,
  CommittedError,
  createRollback,
  createWrite,
  KeyIsLockedError,
  pointGet,
  rollbackPessimisticLock,
  TxnLockNotFoundError,
} from '../src/index.ts'
import { bytes, key, longValue, PercolatorStore, text } from './support/percolator-store.ts'

const read = async (store: PercolatorStore, name: string, readTs: bigint) =>
  text(await pointGet(store.engine, key(name), { readTs, isolation: 'si' }))

describe('a commit', () => {
  it('makes the value visible from its timestamp on', async () => {
    const store = new PercolatorStore()
    for (const value of ['short', text(longValue('long'))!]) {
      const name = value.slice(0, 4)
      await store.put(5n, name, value)
      expect(await store.commit(5n, 8n, name)).toBe('committed')
      expect(await read(store, name, 7n)).toBeUndefined()
      expect(await read(store, name, 8n)).toBe(value)
      expect(store.lock(name)).toBeUndefined()
      expect(await store.commit(5n, 8n, name)).toBe('already-committed')
    }
  })

  it('waits for the smallest timestamp that readers were promised', async () => {
    const store = new PercolatorStore()
    await store.put(5n, 'a', 'x', { minCommitTs: 10n })
    await expect(store.commit(5n, 9n, 'a')).rejects.toBeInstanceOf(CommitTsExpiredError)
    await expect(store.commit(5n, 9n, 'a')).rejects.toMatchObject({
      startTs: 5n,
      commitTs: 9n,
      key: bytes('a'),
      minCommitTs: 10n,
    })
    expect(await store.commit(5n, 10n, 'a')).toBe('committed')
  })

  it('without lock or record fails, whoever else holds a lock', async () => {
    const store = new PercolatorStore()
    await expect(store.commit(5n, 9n, 'a')).rejects.toBeInstanceOf(TxnLockNotFoundError)
    await store.rollback(5n, 'a')
    await expect(store.commit(5n, 9n, 'a')).rejects.toBeInstanceOf(TxnLockNotFoundError)
    await store.put(7n, 'a')
    await expect(store.commit(5n, 9n, 'a')).rejects.toMatchObject({ startTs: 5n, commitTs: 9n, key: bytes('a') })
    expect(store.lock('a')?.startTs).toBe(7n)
  })

  it('names the key in its text as TiDB looks for it', async () => {
    const store = new PercolatorStore()
    await expect(store.commit(5n, 9n, 'ab')).rejects.toThrow(/TxnLockNotFound .*\[97, 98\]/)
  })

  it('of a pessimistic lock that was left behind writes a lock record', async () => {
    const store = new PercolatorStore()
    await store.placeLock('a', { startTs: 5n, kind: 'pessimistic', forUpdateTs: 6n })
    await store.commit(5n, 9n, 'a')
    expect(await store.history('a')).toEqual(['L@9<5'])
  })

  it('carries over a rollback that happened at its very timestamp', async () => {
    const store = new PercolatorStore()
    await store.placeLock('a', { startTs: 5n, shortValue: bytes('v'), rollbackTs: [8n, 9n] })
    await store.commit(5n, 9n, 'a')
    expect(await store.history('a')).toEqual(['P@9<5 overlapped'])
    await store.placeLock('b', { startTs: 5n, shortValue: bytes('v'), rollbackTs: [8n, 9n] })
    await store.commit(5n, 10n, 'b')
    expect(await store.history('b')).toEqual(['P@10<5'])
  })
})

describe('a rollback', () => {
  it('takes lock and value away and leaves a record', async () => {
    const store = new PercolatorStore()
    await store.put(5n, 'a', longValue('a'))
    expect(await store.rollback(5n, 'a')).toBe('rolled-back')
    expect(store.lock('a')).toBeUndefined()
    expect(await store.history('a')).toEqual(['R@5<5'])
    const cursor = store.engine.iterate('default')
    expect(cursor.seekToFirst()).toBe(false)
    expect(await store.rollback(5n, 'a')).toBe('already-rolled-back')
  })

  it('of a transaction that never came stops it from coming', async () => {
    const store = new PercolatorStore()
    expect(await store.rollback(5n, 'a')).toBe('rolled-back')
    expect(await store.history('a')).toEqual(['R@5<5'])
    await expect(store.put(5n, 'a')).rejects.toMatchObject({ variant: 'WriteConflict' })
  })

  it('after the commit fails', async () => {
    const store = new PercolatorStore()
    await store.putCommitted(5n, 8n, 'a')
    await expect(store.rollback(5n, 'a')).rejects.toBeInstanceOf(CommittedError)
    await expect(store.rollback(5n, 'a')).rejects.toMatchObject({ startTs: 5n, commitTs: 8n, key: bytes('a') })
    expect(await read(store, 'a', 8n)).toBe('a@5')
  })

  it('leaves a foreign lock alone', async () => {
    const store = new PercolatorStore()
    const foreign = await store.placeLock('a', { startTs: 7n })
    await store.rollback(5n, 'a', 'protected')
    expect(store.lock('a')).toEqual(foreign)
    expect(await store.history('a')).toEqual(['R@5<5 protected'])
  })

  it('collapses the one below, unless either is protected', async () => {
    const store = new PercolatorStore()
    await store.rollback(5n, 'a')
    await store.put(6n, 'a')
    await store.rollback(6n, 'a')
    expect(await store.history('a')).toEqual(['R@6<6'])
    await store.rollback(7n, 'a', 'protected')
    expect(await store.history('a')).toEqual(['R@7<7 protected', 'R@6<6'])
    await store.rollback(8n, 'a')
    expect(await store.history('a')).toEqual(['R@8<8', 'R@7<7 protected', 'R@6<6'])
  })

  it('on the primary of a pessimistic transaction is protected, on another key not', async () => {
    const store = new PercolatorStore()
    for (const name of ['p', 'q']) {
      await store.placeLock(name, { startTs: 5n, forUpdateTs: 6n, primary: bytes('p'), shortValue: bytes('v') })
      await store.rollback(5n, name)
    }
    expect(await store.history('p')).toEqual(['R@5<5 protected'])
    expect(await store.history('q')).toEqual(['R@5<5'])
  })

  it('looks at the clock when given one', async () => {
    const store = new PercolatorStore()
    const at = (ms: bigint) => ms << 18n
    await store.put(at(100n), 'a', 'x', { lockTtlMs: 10 })
    await expect(store.rollback(at(100n), 'a', 'protected', at(110n))).rejects.toBeInstanceOf(KeyIsLockedError)
    expect(await store.rollback(at(100n), 'a', 'protected', at(111n))).toBe('rolled-back')
  })
})

describe('a rollback at the commit timestamp of another transaction', () => {
  it('marks the record if it is protected, with a fence at the next newer data', async () => {
    const store = new PercolatorStore()
    await store.placeWrite('a', 9n, createWrite('put', 5n, bytes('v')))
    await store.rollback(9n, 'a')
    expect(await store.history('a')).toEqual(['P@9<5'])
    await store.rollback(9n, 'a', 'protected')
    expect(await store.history('a')).toEqual(['P@9<5 overlapped fence 0'])
    await store.placeWrite('b', 9n, createWrite('put', 5n, bytes('v')))
    await store.placeWrite('b', 12n, createWrite('lock', 11n))
    await store.placeWrite('b', 15n, createWrite('delete', 13n))
    await store.placeWrite('b', 20n, createWrite('put', 19n))
    await store.rollback(9n, 'b', 'protected')
    expect((await store.history('b')).at(-1)).toBe('P@9<5 overlapped fence 15')
    expect(await store.rollback(9n, 'b', 'protected')).toBe('already-rolled-back')
  })

  it('keeps its lock from staying', async () => {
    const store = new PercolatorStore()
    await store.placeWrite('a', 9n, createWrite('put', 5n, bytes('v')))
    await store.placeLock('a', { startTs: 9n })
    await store.rollback(9n, 'a')
    expect(store.lock('a')).toBeUndefined()
    expect(await store.history('a')).toEqual(['P@9<5'])
  })

  it('that is still to be calculated is noted in the lock', async () => {
    const store = new PercolatorStore()
    await store.placeLock('a', { startTs: 5n, useAsyncCommit: true, minCommitTs: 9n, shortValue: bytes('v') })
    await store.rollback(8n, 'a', 'protected')
    await store.rollback(9n, 'a')
    expect(store.lock('a')?.rollbackTs).toEqual([])
    await store.rollback(10n, 'a', 'protected')
    expect(store.lock('a')?.rollbackTs).toEqual([10n])
    await store.commit(5n, 10n, 'a')
    expect((await store.history('a'))[0]).toBe('P@10<5 overlapped')
    await expect(store.put(10n, 'a')).rejects.toMatchObject({ variant: 'WriteConflict' })
  })

  it('is not noted in a lock whose owner asks for its timestamp', async () => {
    const store = new PercolatorStore()
    const plain = await store.placeLock('a', { startTs: 5n, minCommitTs: 6n })
    await store.rollback(10n, 'a', 'protected')
    expect(store.lock('a')).toEqual(plain)
  })
})

describe('a pessimistic rollback', () => {
  it.each([
    ['its own lock', { startTs: 5n, kind: 'pessimistic', forUpdateTs: 7n }, 7n, 'unlocked'],
    ['a lock taken later', { startTs: 5n, kind: 'pessimistic', forUpdateTs: 8n }, 7n, 'left'],
    ['a foreign lock', { startTs: 6n, kind: 'pessimistic', forUpdateTs: 7n }, 7n, 'left'],
    ['a prewritten lock', { startTs: 5n, kind: 'put', forUpdateTs: 7n }, 7n, 'left'],
  ] as const)('of %s', async (_name, lock, forUpdateTs, outcome) => {
    const store = new PercolatorStore()
    await store.placeLock('a', lock)
    expect(await store.act(5n, (reader, txn) => rollbackPessimisticLock(reader, txn, key('a'), forUpdateTs))).toBe(
      outcome,
    )
    expect(store.lock('a') === undefined).toBe(outcome === 'unlocked')
    expect(await store.history('a')).toEqual([])
  })

  it('of nothing', async () => {
    const store = new PercolatorStore()
    expect(await store.act(5n, (reader, txn) => rollbackPessimisticLock(reader, txn, key('a'), 9n))).toBe('left')
  })
})

it('a rollback record of another transaction is no trace of this one', async () => {
  const store = new PercolatorStore()
  await store.placeWrite('a', 9n, createRollback(9n, true))
  await expect(store.commit(5n, 9n, 'a')).rejects.toBeInstanceOf(TxnLockNotFoundError)
})
