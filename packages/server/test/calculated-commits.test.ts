import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { logicalBits, type Timestamp } from '@stratakv/core'
import * as kvrpcpb from '@stratakv/proto/kvrpcpb'
import { afterEach, describe, expect, it } from 'vitest'
import { tikvMethods } from './support/rpc-client.ts'
import { bytes, type ServedTestNode, serveTestNode } from './support/test-node.ts'

// Async commit and one-phase commit, message by message over a socket, with timestamps of the node's own placement driver.

const directories: string[] = []
afterEach(async () => {
  for (const directory of directories.splice(0)) await rm(directory, { recursive: true })
})

const asyncOffer = (...secondaries: string[]) => ({ useAsyncCommit: true, secondaries: secondaries.map(bytes) })

/** The least of a client: each call one message. */
function clientOf({ node, store, route: { context } }: ServedTestNode) {
  const timestamp = () => node.placementDriver.timestamps(1)
  return {
    timestamp,
    async prewrite(startVersion: Timestamp, keys: string[], fields: Partial<kvrpcpb.PrewriteRequest> = {}) {
      const mutations = keys.map((key) =>
        kvrpcpb.Mutation.create({ op: kvrpcpb.Op.Put, key: bytes(key), value: bytes(`${key} by ${startVersion}`) }),
      )
      const primaryLock = bytes(keys[0]!)
      const answer = await store.call(
        tikvMethods.kvPrewrite,
        kvrpcpb.PrewriteRequest.create({ context, mutations, primaryLock, startVersion, lockTtl: 0, ...fields }),
      )
      expect(answer).toMatchObject({ errors: [], regionError: undefined })
      return answer
    },
    get: (key: string, version: Timestamp) =>
      store.call(tikvMethods.kvGet, kvrpcpb.GetRequest.create({ context, key: bytes(key), version })),
    async status(primary: string, lockTs: Timestamp) {
      const now = (await timestamp()) + (1000n << logicalBits)
      return store.call(
        tikvMethods.kvCheckTxnStatus,
        kvrpcpb.CheckTxnStatusRequest.create({
          context,
          primaryKey: bytes(primary),
          lockTs,
          callerStartTs: now,
          currentTs: now,
          rollbackIfNotExist: true,
        }),
      )
    },
    secondaries: (startVersion: Timestamp, ...keys: string[]) =>
      store.call(
        tikvMethods.kvCheckSecondaryLocks,
        kvrpcpb.CheckSecondaryLocksRequest.create({ context, keys: keys.map(bytes), startVersion }),
      ),
    resolve: (startVersion: Timestamp, commitVersion: Timestamp) =>
      store.call(
        tikvMethods.kvResolveLock,
        kvrpcpb.ResolveLockRequest.create({ context, startVersion, commitVersion }),
      ),
  }
}

describe('a transaction in one phase', () => {
  it('is committed by its only request, above every read so far', async () => {
    await using served = await serveTestNode()
    const client = clientOf(served)
    const startTs = await client.timestamp()
    const readTs = await client.timestamp()
    expect(await client.get('a', readTs)).toMatchObject({ notFound: true })
    const { onePcCommitTs, minCommitTs } = await client.prewrite(startTs, ['a', 'b'], { tryOnePc: true })
    expect([onePcCommitTs, minCommitTs]).toEqual([readTs + 1n, 0n])
    expect(await client.get('a', readTs)).toMatchObject({ notFound: true })
    expect(await client.get('b', readTs + 1n)).toMatchObject({ value: bytes(`b by ${startTs}`) })
  })
})

describe('an async commit', () => {
  it('is undone by nobody who asks its primary; its locks together tell when it was committed', async () => {
    await using served = await serveTestNode()
    const client = clientOf(served)
    const startTs = await client.timestamp()
    const { minCommitTs } = await client.prewrite(startTs, ['a', 'b', 'c'], asyncOffer('b', 'c'))
    expect(minCommitTs).toBeGreaterThan(startTs)
    const { lockInfo, action, lockTtl } = await client.status('a', startTs)
    expect([action, lockTtl]).toEqual([kvrpcpb.Action.NoAction, 0])
    expect(lockInfo).toMatchObject({ useAsyncCommit: true, secondaries: [bytes('b'), bytes('c')] })
    const { locks, commitTs } = await client.secondaries(startTs, 'b', 'c')
    expect([locks.length, commitTs]).toEqual([2, 0n])
    expect(locks.every((lock) => lock.useAsyncCommit && lock.minCommitTs > startTs)).toBe(true)
  })

  it('that died half-way is rolled back for good by whoever misses a secondary', async () => {
    await using served = await serveTestNode()
    const client = clientOf(served)
    const startTs = await client.timestamp()
    await client.prewrite(startTs, ['a'], asyncOffer('b'))
    expect(await client.secondaries(startTs, 'b')).toMatchObject({ locks: [], commitTs: 0n })
    await client.resolve(startTs, 0n)
    const late = kvrpcpb.PrewriteRequest.create({
      context: served.route.context,
      mutations: [kvrpcpb.Mutation.create({ op: kvrpcpb.Op.Put, key: bytes('b') })],
      primaryLock: bytes('a'),
      startVersion: startTs,
      ...asyncOffer(),
    })
    const { errors } = await served.store.call(tikvMethods.kvPrewrite, late)
    expect(errors[0]!.conflict).toBeDefined()
    expect(await client.get('a', await client.timestamp())).toMatchObject({ notFound: true, error: undefined })
  })

  it('survives a restart of the node: the locks on disk still tell, and new commits lie above old reads', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'strata-async-'))
    directories.push(dataDir)
    let startTs: Timestamp
    let minCommitTs: Timestamp
    let readTs: Timestamp
    {
      await using served = await serveTestNode({}, { dataDir })
      const client = clientOf(served)
      startTs = await client.timestamp()
      ;({ minCommitTs } = await client.prewrite(startTs, ['a', 'b'], asyncOffer('b')))
      readTs = await client.timestamp()
      expect(await client.get('z', readTs)).toMatchObject({ notFound: true })
    }
    await using served = await serveTestNode({}, { dataDir })
    const client = clientOf(served)
    const { error } = await client.get('b', readTs)
    expect(error!.locked).toMatchObject({ useAsyncCommit: true, primaryLock: bytes('a'), minCommitTs })
    expect((await client.status('a', startTs)).lockInfo).toMatchObject({ secondaries: [bytes('b')] })
    const { locks } = await client.secondaries(startTs, 'b')
    expect(locks).toHaveLength(1)
    const commitTs = locks[0]!.minCommitTs > minCommitTs ? locks[0]!.minCommitTs : minCommitTs
    await client.resolve(startTs, commitTs)
    for (const key of ['a', 'b']) {
      expect(await client.get(key, readTs)).toMatchObject({ value: bytes(`${key} by ${startTs}`) })
      expect(await client.get(key, commitTs - 1n)).toMatchObject({ notFound: true })
    }
    // It began before the restart, and what was read of its key then must stay true.
    const { onePcCommitTs } = await client.prewrite(startTs + 1n, ['z'], { tryOnePc: true })
    expect(onePcCommitTs).toBeGreaterThan(readTs)
    expect(await client.get('z', readTs)).toMatchObject({ notFound: true })
  })
})
