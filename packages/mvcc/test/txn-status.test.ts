import { maxTimestamp } from '@stratakv/core'
import { describe, expect, it } from 'vitest'
import {
  checkSecondaryLock,
  checkTxnStatus,
  createRollback,
  createWrite,
  heartbeat,
  TxnNotFoundError,
  type TxnStatusQuestion,
} from '../src/index.ts'
import { bytes, key, PercolatorStore } from './support/percolator-store.ts'

/** At this physical millisecond. */
const at = (ms: number) => BigInt(ms) << 18n
const startTs = at(100)

function ask(store: PercolatorStore, question: Partial<TxnStatusQuestion> = {}) {
  return store.act(startTs, (reader, txn) =>
    checkTxnStatus(reader, txn, key('p'), {
      callerStartTs: 0n,
      currentTs: 0n,
      rollbackIfNotExist: false,
      forceSyncCommit: false,
      resolvingPessimisticLock: false,
      ...question,
    }),
  )
}

const lockedStore = async (fields: Parameters<PercolatorStore['placeLock']>[1] | object = {}) => {
  const store = new PercolatorStore()
  await store.placeLock('p', { startTs, ttlMs: 10, shortValue: bytes('v'), ...fields })
  return store
}

describe('the status of a transaction that lives', () => {
  it('with async commit is left to its secondaries, expired or not', async () => {
    const store = await lockedStore({ useAsyncCommit: true, minCommitTs: at(100) + 1n })
    const before = store.lock('p')
    expect(await ask(store, { currentTs: at(500), callerStartTs: at(400) })).toMatchObject({
      type: 'uncommitted',
      minCommitTs: 'unchanged',
      lock: { useAsyncCommit: true, ttlMs: 10 },
    })
    expect(store.lock('p')).toEqual(before)
  })

  it('with async commit given up is judged like any other', async () => {
    const store = await lockedStore({ useAsyncCommit: true })
    expect(await ask(store, { currentTs: at(500), forceSyncCommit: true })).toEqual({ type: 'expired' })
  })

  it('in its last millisecond', async () => {
    const store = await lockedStore()
    expect(await ask(store, { currentTs: at(110) })).toMatchObject({ type: 'uncommitted', minCommitTs: 'unchanged' })
    expect(await ask(store, { currentTs: at(111) })).toEqual({ type: 'expired' })
  })

  it.each([
    ['no promise in the lock', 0n, at(105), at(106), 0n, 'unchanged'],
    ['a caller below the promise', at(104), at(103), at(106), at(104), 'pushed'],
    ['a caller at the promise', at(104), at(104), 0n, at(104) + 1n, 'pushed'],
    ['a caller above the promise', at(104), at(105), at(104), at(105) + 1n, 'pushed'],
    ['a present above the caller', at(104), at(105), at(107), at(107), 'pushed'],
    ['a caller that reads the newest', at(104), maxTimestamp, at(107), at(104), 'pushed'],
    ['a caller that reads the newest, no promise', 0n, maxTimestamp, at(107), 0n, 'pushed'],
    ['no caller', at(104), 0n, at(107), at(104), 'unchanged'],
  ] as const)('pushes for %s', async (_name, minCommitTs, callerStartTs, currentTs, after, outcome) => {
    const store = await lockedStore({ minCommitTs })
    const status = await ask(store, { callerStartTs, currentTs })
    expect(status).toMatchObject({ type: 'uncommitted', minCommitTs: outcome, lock: { minCommitTs: after, startTs } })
    expect(store.lock('p')?.minCommitTs).toBe(after)
  })
})

describe('the status of a transaction whose time is over', () => {
  it('is a rollback', async () => {
    const store = await lockedStore()
    expect(await ask(store, { currentTs: at(200) })).toEqual({ type: 'expired' })
    expect(store.lock('p')).toBeUndefined()
    expect(await store.history('p')).toEqual([`R@${startTs}<${startTs}`])
  })

  it('is protected for a pessimistic one', async () => {
    const store = await lockedStore({ forUpdateTs: startTs })
    await ask(store, { currentTs: at(200), resolvingPessimisticLock: true })
    expect(await store.history('p')).toEqual([`R@${startTs}<${startTs} protected`])
  })

  it('is no more than an unlock for a pessimistic lock that another pessimistic lock asks about', async () => {
    const store = await lockedStore({ kind: 'pessimistic', forUpdateTs: startTs, shortValue: undefined })
    expect(await ask(store, { currentTs: at(200), resolvingPessimisticLock: true })).toEqual({
      type: 'pessimistic-rolled-back',
    })
    expect(store.lock('p')).toBeUndefined()
    expect(await store.history('p')).toEqual([])
  })

  it('is a rollback for a pessimistic lock that anybody else asks about', async () => {
    const store = await lockedStore({ kind: 'pessimistic', forUpdateTs: startTs, shortValue: undefined })
    expect(await ask(store, { currentTs: at(200) })).toEqual({ type: 'expired' })
    expect(await store.history('p')).toEqual([`R@${startTs}<${startTs} protected`])
  })
})

describe('the status of a transaction without a lock', () => {
  it('is its commit', async () => {
    const store = new PercolatorStore()
    await store.placeWrite('p', at(105), createWrite('put', startTs))
    expect(await ask(store, { rollbackIfNotExist: true })).toEqual({ type: 'committed', commitTs: at(105) })
  })

  it('is its rollback, also one that another record carries', async () => {
    const store = new PercolatorStore()
    await store.placeWrite('p', startTs, createRollback(startTs, false))
    expect(await ask(store)).toEqual({ type: 'rolled-back' })
    await store.placeWrite('p', startTs, { ...createWrite('put', 5n), hasOverlappedRollback: true, gcFence: 0n })
    expect(await ask(store)).toEqual({ type: 'rolled-back' })
  })

  it('is unknown without a trace', async () => {
    const store = new PercolatorStore()
    await store.placeLock('p', { startTs: at(101) })
    await expect(ask(store)).rejects.toBeInstanceOf(TxnNotFoundError)
    await expect(ask(store)).rejects.toMatchObject({ startTs, key: bytes('p') })
  })

  it('becomes a rollback if asked for', async () => {
    const store = new PercolatorStore()
    await store.placeWrite('p', 5n, createRollback(5n, false))
    expect(await ask(store, { rollbackIfNotExist: true })).toEqual({ type: 'lock-not-exist' })
    expect(await store.history('p')).toEqual([`R@${startTs}<${startTs} protected`, 'R@5<5'])
    expect(await ask(store, { rollbackIfNotExist: true })).toEqual({ type: 'rolled-back' })
  })

  it('leaves everything alone when it is about a pessimistic lock', async () => {
    const store = new PercolatorStore()
    const question = { rollbackIfNotExist: true, resolvingPessimisticLock: true }
    expect(await ask(store, question)).toEqual({ type: 'lock-not-exist-do-nothing' })
    expect(await store.history('p')).toEqual([])
  })

  it('is told to the async-commit lock that may commit over the rollback', async () => {
    const store = new PercolatorStore()
    await store.placeLock('p', { startTs: at(90), useAsyncCommit: true, minCommitTs: at(95) })
    await ask(store, { rollbackIfNotExist: true })
    expect(store.lock('p')?.rollbackTs).toEqual([startTs])
  })
})

describe('a secondary', () => {
  const check = (store: PercolatorStore) =>
    store.act(startTs, (reader, txn) => checkSecondaryLock(reader, txn, key('p')))

  it('that is locked', async () => {
    const store = await lockedStore({ useAsyncCommit: true })
    expect(await check(store)).toMatchObject({ type: 'locked', lock: { startTs, key: bytes('p') } })
    expect(store.lock('p')).toBeDefined()
  })

  it('that is committed, or rolled back', async () => {
    const store = new PercolatorStore()
    await store.placeWrite('p', at(105), createWrite('put', startTs))
    expect(await check(store)).toEqual({ type: 'committed', commitTs: at(105) })
    const other = new PercolatorStore()
    await other.placeWrite('p', startTs, createRollback(startTs, false))
    expect(await check(other)).toEqual({ type: 'rolled-back' })
    expect(await other.history('p')).toEqual([`R@${startTs}<${startTs}`])
  })

  it('that is missing is rolled back for good', async () => {
    const store = new PercolatorStore()
    await store.placeWrite('p', 5n, createRollback(5n, false))
    await store.placeLock('p', { startTs: at(90), useAsyncCommit: true, minCommitTs: at(95) })
    expect(await check(store)).toEqual({ type: 'rolled-back' })
    expect(await store.history('p')).toEqual([`R@${startTs}<${startTs} protected`])
    expect(store.lock('p')?.rollbackTs).toEqual([startTs])
  })

  it('with a pessimistic lock is unlocked and rolled back for good', async () => {
    const store = await lockedStore({ kind: 'pessimistic', forUpdateTs: startTs, shortValue: undefined })
    expect(await check(store)).toEqual({ type: 'rolled-back' })
    expect(store.lock('p')).toBeUndefined()
    expect(await store.history('p')).toEqual([`R@${startTs}<${startTs} protected`])
  })

  it('that overlaps another record keeps that record', async () => {
    const store = new PercolatorStore()
    await store.placeWrite('p', startTs, createWrite('put', 5n, bytes('v')))
    expect(await check(store)).toEqual({ type: 'rolled-back' })
    expect(await store.history('p')).toEqual([`P@${startTs}<5 overlapped fence 0`])
  })
})

describe('a heartbeat', () => {
  const beat = (store: PercolatorStore, adviseTtlMs: number) =>
    store.act(startTs, (reader, txn) => heartbeat(reader, txn, key('p'), adviseTtlMs))

  it('only ever lengthens a life', async () => {
    const store = await lockedStore({ ttlMs: 10, kind: 'pessimistic', forUpdateTs: startTs })
    expect(await beat(store, 5)).toBe(10)
    expect(store.lock('p')?.ttlMs).toBe(10)
    expect(await beat(store, 50)).toBe(50)
    expect(store.lock('p')).toMatchObject({ ttlMs: 50, kind: 'pessimistic', forUpdateTs: startTs })
  })

  it('of a transaction without a lock fails', async () => {
    const store = new PercolatorStore()
    await expect(beat(store, 5)).rejects.toBeInstanceOf(TxnNotFoundError)
    await store.placeLock('p', { startTs: at(101) })
    await expect(beat(store, 5)).rejects.toBeInstanceOf(TxnNotFoundError)
  })
})
