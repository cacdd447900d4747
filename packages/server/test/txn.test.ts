import type { Timestamp } from '@stratakv/core'
import * as kvrpcpb from '@stratakv/proto/kvrpcpb'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { tikvMethods } from './support/rpc-client.ts'
import { bytes, type ServedTestNode, serveTestNode } from './support/test-node.ts'

// Transactions as a client drives them, message by message, over a socket.

let served: ServedTestNode
let context: kvrpcpb.Context
beforeEach(async () => {
  served = await serveTestNode()
  context = served.route.context
})
afterEach(async () => served[Symbol.asyncDispose]())

const { Action, Assertion, AssertionLevel, Op } = kvrpcpb
const text = (value: Uint8Array) => new TextDecoder().decode(value)
const put = (key: string, value: string, fields: Partial<kvrpcpb.Mutation> = {}) =>
  kvrpcpb.Mutation.create({ op: Op.Put, key: bytes(key), value: bytes(value), ...fields })

function prewrite(
  startVersion: Timestamp,
  mutations: kvrpcpb.Mutation[],
  fields: Partial<kvrpcpb.PrewriteRequest> = {},
) {
  const request = kvrpcpb.PrewriteRequest.create({
    context,
    mutations,
    primaryLock: mutations[0]!.key,
    startVersion,
    lockTtl: 3000,
    ...fields,
  })
  return served.store.call(tikvMethods.kvPrewrite, request)
}

function commit(startVersion: Timestamp, commitVersion: Timestamp, ...keys: string[]) {
  const request = kvrpcpb.CommitRequest.create({ context, keys: keys.map(bytes), startVersion, commitVersion })
  return served.store.call(tikvMethods.kvCommit, request)
}

function rollback(startVersion: Timestamp, ...keys: string[]) {
  const request = kvrpcpb.BatchRollbackRequest.create({ context, keys: keys.map(bytes), startVersion })
  return served.store.call(tikvMethods.kvBatchRollback, request)
}

function get(key: string, version: Timestamp, fields: Partial<kvrpcpb.Context> = {}) {
  const request = kvrpcpb.GetRequest.create({ context: { ...context, ...fields }, key: bytes(key), version })
  return served.store.call(tikvMethods.kvGet, request)
}

async function scan(version: Timestamp, fields: Partial<kvrpcpb.ScanRequest> = {}): Promise<string[]> {
  const request = kvrpcpb.ScanRequest.create({ context, version, limit: 100, ...fields })
  const { pairs } = await served.store.call(tikvMethods.kvScan, request)
  return pairs.map(({ key, value, error }) => (error === undefined ? `${text(key)}=${text(value)}` : 'locked'))
}

function status(primary: string, lockTs: Timestamp, fields: Partial<kvrpcpb.CheckTxnStatusRequest> = {}) {
  const request = kvrpcpb.CheckTxnStatusRequest.create({ context, primaryKey: bytes(primary), lockTs, ...fields })
  return served.store.call(tikvMethods.kvCheckTxnStatus, request)
}

/** Prewrites and commits pairs of key and value. */
async function write(startTs: Timestamp, commitTs: Timestamp, pairs: Record<string, string>): Promise<void> {
  const mutations = Object.entries(pairs).map(([key, value]) => put(key, value))
  expect(await prewrite(startTs, mutations)).toMatchObject({ errors: [], regionError: undefined })
  expect(await commit(startTs, commitTs, ...Object.keys(pairs))).toMatchObject({ error: undefined })
}

/** A timestamp as the placement driver makes it. */
const ts = (ms: number): Timestamp => BigInt(ms) << 18n

describe('two-phase commit', () => {
  it('shows all of a transaction from its commit timestamp on, and nothing before', async () => {
    await write(10n, 20n, { a: '1', b: '2', c: '3' })
    expect(await scan(19n)).toEqual([])
    expect(await scan(20n)).toEqual(['a=1', 'b=2', 'c=3'])
    expect(await get('a', 19n)).toMatchObject({ notFound: true })
    await write(30n, 40n, { b: 'new' })
    expect(await scan(39n)).toEqual(['a=1', 'b=2', 'c=3'])
    expect(await scan(40n)).toEqual(['a=1', 'b=new', 'c=3'])
  })

  it('scans both ways, within bounds and limits, and keys only', async () => {
    await write(10n, 20n, { a: '1', b: '2', c: '3', d: '4' })
    expect(await scan(20n, { startKey: bytes('b'), endKey: bytes('d') })).toEqual(['b=2', 'c=3'])
    expect(await scan(20n, { limit: 2 })).toEqual(['a=1', 'b=2'])
    expect(await scan(20n, { keyOnly: true, limit: 2 })).toEqual(['a=', 'b='])
    // Reverse: start is the exclusive upper bound, end the inclusive lower one.
    expect(await scan(20n, { reverse: true })).toEqual(['d=4', 'c=3', 'b=2', 'a=1'])
    expect(await scan(20n, { reverse: true, startKey: bytes('d'), endKey: bytes('b') })).toEqual(['c=3', 'b=2'])
  })

  it('may be repeated, each half, with the same outcome', async () => {
    for (let time = 0; time < 2; time++) {
      expect(await prewrite(10n, [put('a', '1')])).toMatchObject({ errors: [] })
    }
    for (let time = 0; time < 2; time++) expect(await commit(10n, 20n, 'a')).toMatchObject({ error: undefined })
    expect(await scan(20n)).toEqual(['a=1'])
  })

  it('deletes, inserts only what is not there, and checks what must not be', async () => {
    await write(10n, 20n, { a: '1' })
    const insert = (key: string) => put(key, 'x', { op: Op.Insert })
    expect((await prewrite(30n, [insert('a')])).errors[0]!.alreadyExist).toEqual({ key: bytes('a') })
    const absent = (key: string) => kvrpcpb.Mutation.create({ op: Op.CheckNotExists, key: bytes(key) })
    expect((await prewrite(30n, [absent('a')])).errors[0]!.alreadyExist).toEqual({ key: bytes('a') })
    expect(await prewrite(30n, [kvrpcpb.Mutation.create({ op: Op.Del, key: bytes('a') })])).toMatchObject({
      errors: [],
    })
    await commit(30n, 40n, 'a')
    expect(await scan(40n)).toEqual([])
    expect(await prewrite(50n, [insert('a')])).toMatchObject({ errors: [] })
  })

  it('refuses what an assertion contradicts', async () => {
    await write(10n, 20n, { a: '1' })
    const asserted = put('a', '2', { assertion: Assertion.NotExist })
    const { errors } = await prewrite(30n, [asserted], { assertionLevel: AssertionLevel.Strict })
    expect(errors[0]!.assertionFailed).toMatchObject({ existingStartTs: 10n, existingCommitTs: 20n })
    expect(await prewrite(30n, [asserted])).toMatchObject({ errors: [] })
  })

  it("falls back from a commit timestamp above the client's limit: zeros, and two phases work", async () => {
    const asked = { useAsyncCommit: true, tryOnePc: true, secondaries: [bytes('b')], maxCommitTs: 100n }
    const answer = await prewrite(10n, [put('a', '1'), put('b', '2')], asked)
    expect(answer).toMatchObject({ errors: [], regionError: undefined, minCommitTs: 0n, onePcCommitTs: 0n })
    // The locks are ordinary ones, so whoever meets them resolves them by their primary.
    const { error } = await get('b', 11n)
    expect(error!.locked).toMatchObject({ useAsyncCommit: false, secondaries: [] })
    await commit(10n, 20n, 'a', 'b')
    expect(await scan(20n)).toEqual(['a=1', 'b=2'])
  })
})

describe('conflicts', () => {
  it('a writer meets a lock and is told whose', async () => {
    await prewrite(10n, [put('a', '1')])
    const { errors } = await prewrite(11n, [put('a', '2'), put('b', '2')])
    expect(errors).toHaveLength(1)
    expect(errors[0]!.locked).toMatchObject({
      key: bytes('a'),
      primaryLock: bytes('a'),
      lockVersion: 10n,
      lockTtl: 3000,
    })
    // Nothing of the refused transaction stays behind.
    expect(await get('b', 100n)).toMatchObject({ notFound: true, error: undefined })
  })

  it('a writer that began before another committed is told of the conflict', async () => {
    await write(10n, 20n, { a: '1' })
    const { errors } = await prewrite(15n, [put('a', '2')])
    expect(errors[0]!.conflict).toMatchObject({ startTs: 15n, conflictTs: 10n, conflictCommitTs: 20n, key: bytes('a') })
    expect(errors[0]!.retryable).toContain('WriteConflict')
  })

  it('a reader meets a lock below its timestamp only, and may be told to pass over it or to read through it', async () => {
    await prewrite(10n, [put('a', '1')])
    expect(await get('a', 9n)).toMatchObject({ notFound: true, error: undefined })
    expect((await get('a', 10n)).error!.locked!.lockVersion).toBe(10n)
    expect(await get('a', 11n, { resolvedLocks: [10n] })).toMatchObject({ notFound: true, error: undefined })
    expect(text((await get('a', 11n, { committedLocks: [10n] })).value)).toBe('1')
    expect(await get('a', 11n, { isolationLevel: kvrpcpb.IsolationLevel.RC })).toMatchObject({ notFound: true })
    expect(await scan(11n)).toEqual(['locked'])
  })

  it('a rolled back transaction cannot be prewritten or committed any more', async () => {
    await prewrite(10n, [put('a', '1')])
    expect(await rollback(10n, 'a')).toMatchObject({ error: undefined })
    expect((await prewrite(10n, [put('a', '1')])).errors[0]!.conflict?.startTs).toBe(10n)
    expect((await commit(10n, 20n, 'a')).error!.retryable).toContain('TxnLockNotFound')
    expect(await scan(100n)).toEqual([])
  })

  it('a committed transaction cannot be rolled back', async () => {
    await write(10n, 20n, { a: '1' })
    expect((await rollback(10n, 'a')).error!.abort).toContain('Committed')
    expect(await scan(20n)).toEqual(['a=1'])
  })
})

describe('what became of a transaction', () => {
  it('alive: the time to live, and a reader pushes its commit timestamp', async () => {
    await prewrite(ts(1000), [put('a', '1')], { minCommitTs: ts(1000) + 1n })
    const alive = await status('a', ts(1000), { callerStartTs: ts(2000), currentTs: ts(2000) })
    expect(alive).toMatchObject({ lockTtl: 3000, commitVersion: 0n, action: Action.MinCommitTSPushed })
    // A commit at or below the pushed timestamp would change what the reader has seen.
    const { error } = await commit(ts(1000), ts(2000), 'a')
    expect(error!.commitTsExpired).toMatchObject({ attemptedCommitTs: ts(2000), minCommitTs: ts(2000) + 1n })
    expect(await commit(ts(1000), ts(2000) + 1n, 'a')).toMatchObject({ error: undefined })
  })

  it('kept alive by its heartbeat', async () => {
    await prewrite(ts(1000), [put('a', '1')])
    const request = kvrpcpb.TxnHeartBeatRequest.create({
      context,
      primaryLock: bytes('a'),
      startVersion: ts(1000),
      adviseLockTtl: 20_000,
    })
    expect(await served.store.call(tikvMethods.kvTxnHeartBeat, request)).toMatchObject({ lockTtl: 20_000 })
    expect(await status('a', ts(1000), { currentTs: ts(20_999) })).toMatchObject({ lockTtl: 20_000 })
  })

  it('expired: it is rolled back for good', async () => {
    await prewrite(ts(1000), [put('a', '1')])
    expect(await status('a', ts(1000), { currentTs: ts(4001) })).toMatchObject({
      action: Action.TTLExpireRollback,
      lockTtl: 0,
      commitVersion: 0n,
    })
    expect((await commit(ts(1000), ts(5000), 'a')).error!.retryable).toContain('TxnLockNotFound')
  })

  it('committed: its commit timestamp', async () => {
    await write(10n, 20n, { a: '1' })
    expect(await status('a', 10n)).toMatchObject({ commitVersion: 20n, lockTtl: 0 })
  })

  it('never heard of: an error, or a rollback that keeps it away, as asked', async () => {
    expect((await status('a', 10n)).error!.txnNotFound).toEqual({ startTs: 10n, primaryKey: bytes('a') })
    expect(await status('a', 10n, { rollbackIfNotExist: true })).toMatchObject({ action: Action.LockNotExistRollback })
    expect((await prewrite(10n, [put('a', '1')])).errors[0]!.conflict).toBeDefined()
  })
})

describe('resolving what a client left behind', () => {
  const resolve = (fields: Partial<kvrpcpb.ResolveLockRequest>) =>
    served.store.call(tikvMethods.kvResolveLock, kvrpcpb.ResolveLockRequest.create({ context, ...fields }))

  async function lockedKeys(): Promise<string[]> {
    const request = kvrpcpb.ScanLockRequest.create({ context, maxVersion: 1000n, limit: 100 })
    return (await served.store.call(tikvMethods.kvScanLock, request)).locks.map(({ key }) => text(key))
  }

  it('commits its secondaries when the primary was committed', async () => {
    await prewrite(10n, [put('a', '1'), put('b', '2'), put('c', '3')])
    await commit(10n, 20n, 'a')
    expect(await lockedKeys()).toEqual(['b', 'c'])
    expect(await resolve({ startVersion: 10n, commitVersion: 20n })).toMatchObject({ error: undefined })
    expect(await lockedKeys()).toEqual([])
    expect(await scan(20n)).toEqual(['a=1', 'b=2', 'c=3'])
  })

  it('rolls back when it was not, key by key or as a whole', async () => {
    await prewrite(10n, [put('a', '1'), put('b', '2'), put('c', '3')])
    await resolve({ startVersion: 10n, keys: [bytes('b')] })
    expect(await lockedKeys()).toEqual(['a', 'c'])
    await resolve({ startVersion: 10n })
    expect(await lockedKeys()).toEqual([])
    expect(await scan(100n)).toEqual([])
  })

  it('takes several transactions at once, each its own way', async () => {
    await prewrite(10n, [put('a', '1')])
    await prewrite(11n, [put('b', '2')])
    await prewrite(12n, [put('c', '3')])
    const txnInfos = [
      kvrpcpb.TxnInfo.create({ txn: 10n, status: 20n }),
      kvrpcpb.TxnInfo.create({ txn: 11n, status: 0n }),
    ]
    await resolve({ txnInfos })
    expect(await lockedKeys()).toEqual(['c'])
    expect(await scan(20n, { endKey: bytes('c') })).toEqual(['a=1'])
  })

  it('cleans up one key by asking its time to live', async () => {
    await prewrite(ts(1000), [put('a', '1')])
    const cleanup = (currentTs: Timestamp) =>
      served.store.call(
        tikvMethods.kvCleanup,
        kvrpcpb.CleanupRequest.create({ context, key: bytes('a'), startVersion: ts(1000), currentTs }),
      )
    expect((await cleanup(ts(2000))).error!.locked!.lockVersion).toBe(ts(1000))
    expect(await cleanup(ts(4001))).toMatchObject({ error: undefined, commitVersion: 0n })
    expect(await get('a', ts(9000))).toMatchObject({ notFound: true })
  })
})

describe('what is stored', () => {
  it('can be looked at, by key and by start timestamp', async () => {
    await write(10n, 20n, { a: '1' })
    await prewrite(30n, [put('a', '2')])
    const byKey = await served.store.call(
      tikvMethods.mvccGetByKey,
      kvrpcpb.MvccGetByKeyRequest.create({ context, key: bytes('a') }),
    )
    expect(byKey.info).toMatchObject({
      lock: { startTs: 30n, primary: bytes('a'), type: Op.Put },
      writes: [{ startTs: 10n, commitTs: 20n, type: Op.Put, shortValue: bytes('1') }],
    })
    const byTs = await served.store.call(
      tikvMethods.mvccGetByStartTs,
      kvrpcpb.MvccGetByStartTsRequest.create({ context, startTs: 10n }),
    )
    expect(byTs.info).toEqual(byKey.info)
  })
})
