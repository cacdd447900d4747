import { describe, expect, it } from 'vitest'
import {
  AlreadyExistError,
  AssertionFailedError,
  CommitTsTooLargeError,
  createRollback,
  createWrite,
  InvalidTxnRequestError,
  KeyIsLockedError,
  LockTypeNotMatchError,
  MvccTxn,
  PessimisticLockNotFoundError,
  type PrewriteMode,
  prewriteKey,
  WriteConflictError,
  withReader,
} from '../src/index.ts'
import {
  bytes,
  key,
  keyMutation,
  longValue,
  PercolatorStore,
  prewriteProperties,
  text,
} from './support/percolator-store.ts'

const pessimistic = (forUpdateTs: bigint, isRetryRequest = false): { mode: PrewriteMode } => ({
  mode: { type: 'pessimistic', forUpdateTs, isRetryRequest },
})
const unchecked: { mode: PrewriteMode } = { mode: { type: 'optimistic', skipsConstraintCheck: true } }

describe('an optimistic prewrite', () => {
  it('locks, with a short value in the lock and a long one beside it', async () => {
    const store = new PercolatorStore()
    expect(await store.put(5n, 'a', 'short', { primary: bytes('p'), lockTtlMs: 9, txnSize: 2, minCommitTs: 6n })).toBe(
      0n,
    )
    expect(store.lock('a')).toEqual({
      kind: 'put',
      primary: bytes('p'),
      startTs: 5n,
      ttlMs: 9,
      shortValue: bytes('short'),
      forUpdateTs: 0n,
      txnSize: 2,
      minCommitTs: 6n,
      useAsyncCommit: false,
      secondaries: [],
      rollbackTs: [],
    })
    await store.put(5n, 'b', new Uint8Array(255))
    expect(store.lock('b')?.shortValue).toHaveLength(255)
    await store.put(5n, 'c', new Uint8Array(256))
    expect(store.lock('c')?.shortValue).toBeUndefined()
    await store.commit(5n, 6n, 'c')
    expect((await store.engine.get('default', withTs('c', 5n)))?.length).toBe(256)
  })

  it('of deletes and locks carries no value', async () => {
    const store = new PercolatorStore()
    for (const kind of ['delete', 'lock'] as const) {
      await store.prewrite(5n, { name: kind, kind, value: longValue('ignored') })
      expect(store.lock(kind)).toMatchObject({ kind, shortValue: undefined })
      expect(store.engine.get('default', withTs(kind, 5n))).toBeUndefined()
    }
  })

  it('again changes nothing', async () => {
    const store = new PercolatorStore()
    await store.put(5n, 'a', 'first')
    expect(await store.put(5n, 'a', 'second')).toBe(0n)
    expect(text(store.lock('a')?.shortValue)).toBe('first')
  })

  it('reports a foreign lock', async () => {
    const store = new PercolatorStore()
    await store.put(5n, 'a', 'x', { lockTtlMs: 70 })
    await expect(store.put(6n, 'a')).rejects.toMatchObject({ lockInfo: { startTs: 5n, ttlMs: 70 } })
    await expect(store.put(4n, 'a')).rejects.toBeInstanceOf(KeyIsLockedError)
  })

  it('conflicts with what is newer, and with its own rollback', async () => {
    const store = new PercolatorStore()
    await store.putCommitted(5n, 8n, 'a')
    await expect(store.put(7n, 'a', 'x', { primary: bytes('p') })).rejects.toMatchObject({
      code: 'MVCC_WRITE_CONFLICT',
      startTs: 7n,
      conflictStartTs: 5n,
      conflictCommitTs: 8n,
      key: bytes('a'),
      primary: bytes('p'),
    })
    await store.rollback(10n, 'a')
    await expect(store.put(10n, 'a')).rejects.toBeInstanceOf(WriteConflictError)
    await store.placeWrite('b', 10n, { ...createWrite('put', 9n), hasOverlappedRollback: true, gcFence: 0n })
    await expect(store.put(10n, 'b')).rejects.toBeInstanceOf(WriteConflictError)
    await store.placeWrite('c', 10n, createWrite('put', 9n))
    expect(await store.put(10n, 'c')).toBe(0n)
  })

  it('skips the check when told so', async () => {
    const store = new PercolatorStore()
    await store.putCommitted(5n, 8n, 'a')
    expect(await store.put(7n, 'a', 'x', unchecked)).toBe(0n)
  })

  it('refuses a pessimistic lock of its own', async () => {
    const store = new PercolatorStore()
    await store.placeLock('a', { startTs: 5n, kind: 'pessimistic', forUpdateTs: 5n })
    await expect(store.put(5n, 'a')).rejects.toBeInstanceOf(LockTypeNotMatchError)
  })
})

describe('an insert', () => {
  it.each([
    ['of a value', async (store: PercolatorStore) => store.putCommitted(1n, 2n, 'a'), true],
    ['of nothing', async () => {}, false],
    [
      'of a deleted key',
      async (store: PercolatorStore) => {
        await store.putCommitted(1n, 2n, 'a')
        await store.deleteCommitted(3n, 4n, 'a')
      },
      false,
    ],
    [
      'of a value below a rollback and a lock',
      async (store: PercolatorStore) => {
        await store.putCommitted(1n, 2n, 'a')
        await store.placeWrite('a', 4n, createWrite('lock', 3n))
        await store.placeWrite('a', 5n, createRollback(5n, false))
      },
      true,
    ],
    [
      'of a deleted key below a rollback',
      async (store: PercolatorStore) => {
        await store.deleteCommitted(1n, 2n, 'a')
        await store.placeWrite('a', 5n, createRollback(5n, false))
      },
      false,
    ],
    [
      'of a value that its fence hides',
      async (store: PercolatorStore) =>
        store.placeWrite('a', 2n, { ...createWrite('put', 1n), hasOverlappedRollback: true, gcFence: 3n }),
      false,
    ],
  ])('%s', async (_name, prepare, exists) => {
    for (const kind of ['insert', 'check-not-exists'] as const) {
      const store = new PercolatorStore()
      await prepare(store)
      const attempt = store.prewrite(9n, { name: 'a', kind, value: bytes('v') })
      if (exists) await expect(attempt).rejects.toBeInstanceOf(AlreadyExistError)
      else await attempt
      expect(store.lock('a')?.kind).toBe(exists || kind === 'check-not-exists' ? undefined : 'put')
      expect(store.maxTs).toBe(9n)
    }
  })

  it('check alone has no place in a pessimistic transaction', async () => {
    const store = new PercolatorStore()
    const attempt = store.prewrite(9n, { name: 'a', kind: 'check-not-exists' }, pessimistic(9n))
    await expect(attempt).rejects.toBeInstanceOf(InvalidTxnRequestError)
  })
})

describe('a pessimistic prewrite', () => {
  const locked = { isPessimisticLock: true }

  it('takes over its lock, with what others have pushed on it', async () => {
    const store = new PercolatorStore()
    await store.placeLock('a', { startTs: 5n, kind: 'pessimistic', forUpdateTs: 8n, ttlMs: 9000, minCommitTs: 40n })
    await store.prewrite(
      5n,
      { name: 'a', value: bytes('v'), ...locked },
      { ...pessimistic(9n), lockTtlMs: 100, minCommitTs: 7n },
    )
    expect(store.lock('a')).toMatchObject({ kind: 'put', ttlMs: 9000, minCommitTs: 40n, forUpdateTs: 9n })
  })

  it('of a key locked by another', async () => {
    const store = new PercolatorStore()
    await store.placeLock('a', { startTs: 5n, ttlMs: 9000 })
    await expect(store.prewrite(6n, { name: 'a', ...locked }, pessimistic(9n))).rejects.toBeInstanceOf(
      PessimisticLockNotFoundError,
    )
    await expect(store.prewrite(6n, { name: 'a' }, pessimistic(9n))).rejects.toMatchObject({
      lockInfo: { ttlMs: 0, startTs: 5n },
    })
  })

  it('makes up for a lost lock unless somebody has committed since the start', async () => {
    const store = new PercolatorStore()
    await store.putCommitted(1n, 4n, 'a')
    await store.prewrite(5n, { name: 'a', ...locked }, pessimistic(9n))
    expect(store.lock('a')?.startTs).toBe(5n)
    for (const commitTs of [5n, 6n]) {
      const name = `b${commitTs}`
      await store.placeWrite(name, commitTs, createWrite('put', 3n))
      await expect(store.prewrite(5n, { name, ...locked }, pessimistic(9n))).rejects.toBeInstanceOf(
        PessimisticLockNotFoundError,
      )
    }
  })

  it('of an unlocked key is checked only when the request is a retry', async () => {
    const store = new PercolatorStore()
    await store.putCommitted(6n, 7n, 'a')
    await expect(store.prewrite(5n, { name: 'a' }, pessimistic(9n, true))).rejects.toBeInstanceOf(WriteConflictError)
    expect(await store.prewrite(5n, { name: 'a' }, pessimistic(9n))).toBe(0n)
  })
})

describe('assertions', () => {
  const exist = { assertion: 'exist' as const }
  const absent = { assertion: 'not-exist' as const }

  it.each([
    ['off', 'checked', false],
    ['fast', 'checked', true],
    ['fast', 'unchecked', false],
    ['strict', 'checked', true],
    ['strict', 'unchecked', true],
  ] as const)('at level %s, constraints %s', async (assertionLevel, check, isFound) => {
    const store = new PercolatorStore()
    await store.putCommitted(1n, 2n, 'there')
    await store.deleteCommitted(1n, 2n, 'gone')
    await store.placeWrite('there', 4n, createWrite('lock', 3n))
    await store.placeWrite('there', 5n, createRollback(5n, false))
    const properties = { assertionLevel, ...(check === 'unchecked' ? unchecked : {}) }
    const wrong = [
      [
        { name: 'there', ...absent },
        { assertion: 'not-exist', existingStartTs: 1n, existingCommitTs: 2n },
      ],
      [
        { name: 'gone', ...exist },
        { assertion: 'exist', existingStartTs: 1n, existingCommitTs: 2n },
      ],
      [
        { name: 'never', ...exist },
        { assertion: 'exist', existingStartTs: 0n, existingCommitTs: 0n },
      ],
    ] as const
    for (const [mutation, evidence] of wrong) {
      const attempt = store.prewrite(9n, mutation, properties)
      if (isFound)
        await expect(attempt).rejects.toMatchObject({ code: 'MVCC_ASSERTION_FAILED', startTs: 9n, ...evidence })
      else await attempt
    }
    for (const mutation of [
      { name: 'there', ...exist },
      { name: 'gone', ...absent },
      { name: 'never', ...absent },
    ]) {
      const other = new PercolatorStore()
      await other.putCommitted(1n, 2n, 'there')
      await other.prewrite(9n, mutation, properties)
    }
  })

  it('give way to the conflict that broke them', async () => {
    const store = new PercolatorStore()
    await store.deleteCommitted(10n, 11n, 'a')
    const attempt = store.prewrite(9n, { name: 'a', ...exist }, { assertionLevel: 'strict', ...unchecked })
    await expect(attempt).rejects.toBeInstanceOf(WriteConflictError)
  })

  it('are checked when a lost pessimistic lock is made up for', async () => {
    const store = new PercolatorStore()
    const attempt = store.prewrite(
      9n,
      { name: 'a', isPessimisticLock: true, ...exist },
      { assertionLevel: 'fast', ...pessimistic(9n) },
    )
    await expect(attempt).rejects.toBeInstanceOf(AssertionFailedError)
  })
})

describe('a calculated commit timestamp', () => {
  const asynchronous = { commitKind: { type: 'async', maxCommitTs: 0n } as const }

  it('is above every read and the transaction itself, and readers are shown the lock', async () => {
    const store = new PercolatorStore()
    store.maxTs = 20n
    expect(await store.prewrite(5n, { name: 'a' }, asynchronous, [bytes('b')])).toBe(21n)
    expect(store.lock('a')).toMatchObject({ minCommitTs: 21n, useAsyncCommit: true, secondaries: [bytes('b')] })
    expect(store.guarded).toEqual([{ key: key('a'), lock: store.lock('a') }])
    store.maxTs = 0n
    expect(await store.prewrite(5n, { name: 'b' }, asynchronous, [])).toBe(6n)
    expect(await store.prewrite(5n, { name: 'c' }, { ...asynchronous, ...pessimistic(30n) }, [])).toBe(31n)
    expect(await store.prewrite(5n, { name: 'd' }, { ...asynchronous, minCommitTs: 50n }, [])).toBe(50n)
  })

  it('stays the same when the prewrite is repeated', async () => {
    const store = new PercolatorStore()
    expect(await store.prewrite(5n, { name: 'a' }, asynchronous, [])).toBe(6n)
    store.maxTs = 99n
    expect(await store.prewrite(5n, { name: 'a' }, asynchronous, [])).toBe(6n)
  })

  it('beyond the limit leaves an ordinary lock behind', async () => {
    const store = new PercolatorStore()
    store.maxTs = 20n
    const txn = new MvccTxn(5n)
    const attempt = () =>
      withReader(store.engine, undefined, (reader) =>
        prewriteKey(
          reader,
          txn,
          prewriteProperties(5n, { commitKind: { type: 'async', maxCommitTs: 20n } }),
          store.timestamps,
          keyMutation({ name: 'a' }),
          [bytes('b')],
        ),
      )
    expect(attempt).toThrow(CommitTsTooLargeError)
    await store.engine.write(txn.changes, { sync: false })
    expect(store.lock('a')).toMatchObject({ useAsyncCommit: false, secondaries: [], minCommitTs: 0n })
    expect(store.guarded).toEqual([])
  })

  it('in one phase turns locks into commit records, or into ordinary locks', async () => {
    for (const ending of ['commit', 'fall back'] as const) {
      const store = new PercolatorStore()
      await store.placeLock('b', { startTs: 5n, kind: 'pessimistic', forUpdateTs: 6n })
      const properties = { commitKind: { type: 'one-phase', maxCommitTs: 0n } as const, ...pessimistic(6n) }
      await store.act(5n, function* (reader, txn) {
        const mutations = [
          { name: 'a', value: bytes('v') },
          { name: 'b', kind: 'delete' as const, isPessimisticLock: true },
        ]
        for (const mutation of mutations) {
          const answer = yield* prewriteKey(
            reader,
            txn,
            prewriteProperties(5n, properties),
            store.timestamps,
            keyMutation(mutation),
            [],
          )
          expect(answer).toBe(7n)
        }
        expect(txn.isEmpty).toBe(true)
        if (ending === 'commit') txn.commitDeferred(7n)
        else txn.putDeferred()
      })
      if (ending === 'commit') {
        expect(await store.history('a')).toEqual(['P@7<5'])
        expect(await store.history('b')).toEqual(['D@7<5'])
        expect([store.lock('a'), store.lock('b')]).toEqual([undefined, undefined])
      } else {
        expect(store.lock('a')).toMatchObject({ kind: 'put', useAsyncCommit: false, minCommitTs: 7n })
        expect(store.lock('b')).toMatchObject({ kind: 'delete', useAsyncCommit: false })
      }
    }
  })
})

function withTs(name: string, startTs: bigint): Uint8Array {
  const versioned = new Uint8Array(key(name).length + 8).fill(0xff)
  versioned.set(key(name))
  versioned[versioned.length - 1] = 0xff - Number(startTs)
  return versioned
}
