import { noTelemetry, RpcStatusError, rpcStatus } from '@stratakv/core'
import { tikvMethods } from '@stratakv/proto'
import type * as errorpb from '@stratakv/proto/errorpb'
import { RawGetRequest, RawPutRequest } from '@stratakv/proto/kvrpcpb'
import * as metapb from '@stratakv/proto/metapb'
import { seededRandom, simulatedClock } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'
import { CallScopes } from '../src/call-scope.ts'
import { directTransport } from '../src/command-transport.ts'
import {
  BackoffExhaustedError,
  CallAbortedError,
  CallRefusedError,
  type ClientError,
  FlashbackError,
  InvalidTimestampError,
  WriteTooLargeError,
} from '../src/errors.ts'
import { defaultRegionCacheOptions } from '../src/region-cache.ts'
import { RegionDispatcher } from '../src/region-dispatcher.ts'
import { type Scripted, ScriptedCluster } from './support/scripted-cluster.ts'

const key = Buffer.from('k')
const get = { method: tikvMethods.rawGet, timeoutMs: 30_000 }
const put = { method: tikvMethods.rawPut, timeoutMs: 30_000 }

function start(storeCount = 1) {
  const cluster = new ScriptedCluster(storeCount)
  const clock = simulatedClock()
  const random = seededRandom(1)
  const telemetry = noTelemetry()
  const { rpc, placementDriver } = cluster
  const transport = directTransport(rpc)
  const requests = new RegionDispatcher(
    { placementDriver, transport, clock, random, telemetry },
    { cache: defaultRegionCacheOptions, requestSource: 'test' },
  )
  const scopes = new CallScopes({ clock, random, telemetry })
  const open = (signal?: AbortSignal) => scopes.open({ budgetMs: 20_000, signal })
  return { cluster, clock, requests, open }
}

/** The error of a promise that must fail. */
function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.unreachable('it should have failed'),
    (error: unknown) => error,
  )
}

describe('a request to a region', () => {
  it('answers at once when the region is known and the store does', async () => {
    const { cluster, requests, open } = start()
    await requests.callKey(open(), put, key, RawPutRequest.create({ key, value: Buffer.from('v') }))
    const answer = requests.callKey(open(), get, key, RawGetRequest.create({ key }))
    expect(answer).toMatchObject({ value: Buffer.from('v'), notFound: false })
    expect(cluster.placementDriverCalls).toEqual(['regionByKey', 'store'])
    expect(cluster.calls[0]!.context).toMatchObject({
      regionId: 1,
      regionEpoch: { confVer: 1, version: 1 },
      peer: { id: 11, storeId: 1 },
      requestSource: 'test',
      maxExecutionDurationMs: 30_000,
      isRetryRequest: false,
    })
  })

  interface Case {
    readonly error: Scripted
    /** Simulated time until the answer; absent: it depends on dice. */
    readonly waitMs?: number
    /** What the placement driver was asked after the error. */
    readonly asked?: readonly string[]
  }

  const peer = (storeId: number) => metapb.Peer.create({ id: 10 + storeId, storeId })
  const recovers: Record<string, Case> = {
    'not_leader with the leader': {
      error: { notLeader: { regionId: 1, leader: peer(1) } },
      waitMs: 0,
    },
    'not_leader without': {
      error: { notLeader: { regionId: 1, leader: undefined } },
      waitMs: 2,
      asked: ['regionByKey'],
    },
    'not_leader with a stranger': {
      error: { notLeader: { regionId: 1, leader: { ...peer(9), id: 99 } } },
      waitMs: 2,
      asked: ['regionByKey'],
    },
    region_not_found: { error: { regionNotFound: { regionId: 1 } }, waitMs: 2, asked: ['regionByKey'] },
    key_not_in_region: {
      error: { keyNotInRegion: { key, regionId: 1, startKey: key, endKey: key } },
      waitMs: 2,
      asked: ['regionByKey'],
    },
    'epoch_not_match without regions': {
      error: { epochNotMatch: { currentRegions: [] } },
      waitMs: 2,
      asked: ['regionByKey'],
    },
    'epoch_not_match of a store that is behind': {
      error: {
        epochNotMatch: {
          currentRegions: [
            {
              id: 1,
              startKey: key,
              endKey: key,
              regionEpoch: { confVer: 1, version: 0 },
              peers: [],
            } as unknown as errorpb.EpochNotMatch['currentRegions'][number],
          ],
        },
      },
      waitMs: 2,
    },
    server_is_busy: { error: { serverIsBusy: { reason: 'scheduler is busy' } as errorpb.ServerIsBusy } },
    'server_is_busy, deadline': { error: { serverIsBusy: { reason: 'deadline is exceeded' } as errorpb.ServerIsBusy } },
    stale_command: { error: { staleCommand: {} }, waitMs: 2 },
    store_not_match: {
      error: { storeNotMatch: { requestStoreId: 1, actualStoreId: 2 } },
      waitMs: 2,
      asked: ['regionByKey', 'store'],
    },
    max_timestamp_not_synced: { error: { maxTimestampNotSynced: {} }, waitMs: 2 },
    read_index_not_ready: { error: { readIndexNotReady: { reason: '', regionId: 1 } }, waitMs: 2 },
    proposal_in_merging_mode: { error: { proposalInMergingMode: { regionId: 1 } }, waitMs: 2 },
    data_is_not_ready: { error: { dataIsNotReady: { regionId: 1, peerId: 11, safeTs: 0n } }, waitMs: 2 },
    region_not_initialized: { error: { regionNotInitialized: { regionId: 1 } }, waitMs: 2 },
    disk_full: { error: { diskFull: { storeId: [1], reason: '' } }, waitMs: 500 },
    recovery_in_progress: { error: { recoveryInProgress: { regionId: 1 } }, asked: ['regionByKey'] },
    is_witness: { error: { isWitness: { regionId: 1 } }, asked: ['regionByKey'] },
    mismatch_peer_id: {
      error: { mismatchPeerId: { requestPeerId: 11, storePeerId: 12 } },
      waitMs: 2,
      asked: ['regionByKey'],
    },
    bucket_version_not_match: {
      error: { bucketVersionNotMatch: { version: 1, keys: [] } },
      waitMs: 2,
      asked: ['regionByKey'],
    },
    undetermined_result: { error: { undeterminedResult: { message: '' } } },
    'the text of a deadline': { error: { message: 'Deadline is exceeded' } },
    'the text of a store that closes': { error: { message: 'TiKV is Closing' }, asked: ['regionByKey'] },
    'the text of a peer mismatch': {
      error: { message: 'mismatch peer id 11 != 12' },
      waitMs: 2,
      asked: ['regionByKey'],
    },
    'a kind of the future': { error: { message: 'new in TiKV 12' }, waitMs: 2, asked: ['regionByKey'] },
    'a broken connection': {
      error: new RpcStatusError(rpcStatus.unavailable, 'gone'),
      asked: ['regionByKey', 'store'],
    },
    'an unanswered call': { error: new RpcStatusError(rpcStatus.deadlineExceeded, 'late'), asked: ['regionByKey'] },
    'a server that failed': { error: new RpcStatusError(rpcStatus.internal, 'oops'), asked: ['regionByKey'] },
  }

  for (const [name, { error, waitMs, asked = [] }] of Object.entries(recovers)) {
    it(`gets over ${name}`, async () => {
      const { cluster, clock, requests, open } = start()
      await requests.callKey(open(), get, key, RawGetRequest.create({ key }))
      cluster.calls.length = 0
      cluster.placementDriverCalls.length = 0
      cluster.script.push(error)
      const began = clock.now()
      const answer = Promise.resolve(requests.callKey(open(), get, key, RawGetRequest.create({ key })))
      expect(await clock.settle(answer, 20_000)).toMatchObject({ notFound: true })
      expect(cluster.calls.map(({ context }) => context.isRetryRequest)).toEqual([false, true])
      expect(cluster.placementDriverCalls).toEqual(asked)
      if (waitMs !== undefined) expect(clock.now() - began).toBe(waitMs)
      else expect(clock.now()).toBeGreaterThan(began)
      clock.assertIdle()
    })

    it(`gives up on ${name} when its waits are used up`, async () => {
      const { cluster, clock, requests, open } = start()
      await requests.callKey(open(), get, key, RawGetRequest.create({ key }))
      for (let index = 0; index < 1000; index++) cluster.script.push(error)
      const began = clock.now()
      const failed = failure(Promise.resolve(requests.callKey(open(), get, key, RawGetRequest.create({ key }))))
      const exhausted = await clock.settle(failed, 30_000)
      expect(exhausted).toBeInstanceOf(BackoffExhaustedError)
      expect(clock.now() - began).toBe(20_000)
      expect((exhausted as BackoffExhaustedError).history.length).toBeLessThanOrEqual(16)
      clock.assertIdle()
    })
  }

  const refused: Record<string, [Partial<errorpb.Error>, new (...parts: never[]) => Error]> = {
    raft_entry_too_large: [{ raftEntryTooLarge: { regionId: 1, entrySize: 9_000_000 } }, WriteTooLargeError],
    flashback_in_progress: [{ flashbackInProgress: { regionId: 1, flashbackStartTs: 5n } }, FlashbackError],
    flashback_not_prepared: [{ flashbackNotPrepared: { regionId: 1 } }, FlashbackError],
    'an invalid timestamp': [{ message: 'invalid max_ts update: 5' }, InvalidTimestampError],
  }
  for (const [name, [error, kind]] of Object.entries(refused)) {
    it(`is refused with ${name}`, async () => {
      const { cluster, requests, open } = start()
      cluster.script.push(error)
      const failed = await failure(Promise.resolve(requests.callKey(open(), get, key, RawGetRequest.create({ key }))))
      expect(failed).toBeInstanceOf(kind)
      expect((failed as ClientError).isUndetermined).toBe(false)
      expect(cluster.calls.length).toBe(1)
    })
  }

  it('is refused with a status that no retry cures', async () => {
    const { cluster, requests, open } = start()
    cluster.script.push(new RpcStatusError(rpcStatus.unimplemented, 'what?'))
    const failed = await failure(Promise.resolve(requests.callKey(open(), get, key, RawGetRequest.create({ key }))))
    expect(failed).toBeInstanceOf(CallRefusedError)
    expect(cluster.calls.length).toBe(1)
  })

  it('follows a leader that moved without asking the placement driver', async () => {
    const { cluster, requests, clock, open } = start(3)
    await requests.callKey(open(), get, key, RawGetRequest.create({ key }))
    cluster.transferLeader(key, 3)
    cluster.placementDriverCalls.length = 0
    await requests.callKey(open(), get, key, RawGetRequest.create({ key }))
    expect(cluster.calls.map(({ address }) => address)).toEqual(['store-1:20160', 'store-1:20160', 'store-3:20160'])
    expect(cluster.placementDriverCalls).toEqual(['store'])
    expect(clock.now()).toBe(0)
  })

  it('waits when two peers point at each other', async () => {
    const { cluster, requests, clock, open } = start(2)
    for (let index = 0; index < 1000; index++) {
      cluster.script.push({ notLeader: { regionId: 1, leader: peer((index % 2) + 1) } })
    }
    const failed = failure(Promise.resolve(requests.callKey(open(), get, key, RawGetRequest.create({ key }))))
    expect(await clock.settle(failed, 30_000)).toBeInstanceOf(BackoffExhaustedError)
    expect(cluster.calls.length).toBeLessThan(100)
  })

  it('finds the other peer when a store dies and the leader is elsewhere', async () => {
    const { cluster, requests, clock, open } = start(3)
    await requests.callKey(open(), get, key, RawGetRequest.create({ key }))
    cluster.placementDriverView = cluster.regions
    cluster.stop(1)
    cluster.transferLeader(key, 2)
    const answer = Promise.resolve(requests.callKey(open(), get, key, RawGetRequest.create({ key })))
    expect(await clock.settle(answer, 200)).toMatchObject({ notFound: true })
  })

  it('leaves a dead leader once, however many calls find it dead', async () => {
    const { cluster, requests, clock, open } = start(5)
    await requests.callKey(open(), get, key, RawGetRequest.create({ key }))
    cluster.placementDriverView = cluster.regions
    cluster.isSlow = true
    cluster.stop(1)
    cluster.transferLeader(key, 2)
    cluster.calls.length = 0
    const calls = Array.from({ length: 7 }, () => requests.callKey(open(), get, key, RawGetRequest.create({ key })))
    await clock.settle(Promise.all(calls), 200)
    expect(cluster.calls.map(({ address }) => address)).toEqual([
      ...new Array(7).fill('store-1:20160'),
      ...new Array(7).fill('store-2:20160'),
    ])
  })

  it('finds a store under its new address', async () => {
    const { cluster, requests, clock, open } = start(1)
    await requests.callKey(open(), get, key, RawGetRequest.create({ key }))
    cluster.moveStore(1, 'elsewhere:20160')
    const answer = Promise.resolve(requests.callKey(open(), get, key, RawGetRequest.create({ key })))
    expect(await clock.settle(answer, 200)).toMatchObject({ notFound: true })
  })

  it('takes the regions of a split from the store, not from the placement driver', async () => {
    const { cluster, requests, clock, open } = start(1)
    await requests.callKey(open(), get, key, RawGetRequest.create({ key }))
    cluster.placementDriverView = cluster.regions
    cluster.split(Buffer.from('c'))
    cluster.placementDriverCalls.length = 0
    const answer = Promise.resolve(requests.callKey(open(), get, key, RawGetRequest.create({ key })))
    expect(await clock.settle(answer, 10)).toMatchObject({ notFound: true })
    expect(cluster.placementDriverCalls).toEqual([])
  })

  it('waits for a placement driver that cannot be reached', async () => {
    const { cluster, requests, clock, open } = start(1)
    cluster.placementDriverScript.push(new Error('no'), new Error('no'))
    const answer = Promise.resolve(requests.callKey(open(), get, key, RawGetRequest.create({ key })))
    expect(await clock.settle(answer, 5000)).toMatchObject({ notFound: true })
    expect(cluster.placementDriverCalls).toEqual(['regionByKey', 'regionByKey', 'regionByKey', 'store'])
  })

  it('says of a lost write that it may have happened', async () => {
    const { cluster, requests, clock, open } = start(1)
    const value = Buffer.from('v')
    cluster.script.push('executed-but-no-answer')
    for (let index = 0; index < 100; index++)
      cluster.script.push({ serverIsBusy: { reason: '' } as errorpb.ServerIsBusy })
    const scope = open()
    const failed = failure(Promise.resolve(requests.callKey(scope, put, key, RawPutRequest.create({ key, value }))))
    const error = await clock.settle(failed, 30_000)
    expect(error).toBeInstanceOf(BackoffExhaustedError)
    expect((error as ClientError).isUndetermined).toBe(true)
    expect(scope.undeterminedCount).toBe(1)
  })

  it('says of a write that never left that it did not happen', async () => {
    const { cluster, requests, clock, open } = start(1)
    for (let index = 0; index < 100; index++)
      cluster.script.push({ serverIsBusy: { reason: '' } as errorpb.ServerIsBusy })
    const failed = failure(Promise.resolve(requests.callKey(open(), put, key, RawPutRequest.create({ key }))))
    expect(((await clock.settle(failed, 30_000)) as ClientError).isUndetermined).toBe(false)
  })

  it('ends when its caller gives up: before, while it waits, and while it is served', async () => {
    const { cluster, requests, clock, open } = start(1)
    await requests.callKey(open(), get, key, RawGetRequest.create({ key }))
    cluster.calls.length = 0
    const reason = new Error('enough')
    expect(() => requests.callKey(open(AbortSignal.abort(reason)), get, key, RawGetRequest.create({ key }))).toThrow(
      CallAbortedError,
    )
    expect(cluster.calls).toEqual([])

    const waiting = new AbortController()
    cluster.script.push({ serverIsBusy: { reason: '' } as errorpb.ServerIsBusy })
    const waited = failure(
      Promise.resolve(requests.callKey(open(waiting.signal), get, key, RawGetRequest.create({ key }))),
    )
    await clock.advance(10)
    waiting.abort(reason)
    expect(await waited).toMatchObject({ code: 'CLIENT_CALL_ABORTED', cause: reason, isUndetermined: false })
    clock.assertIdle()

    const serving = new AbortController()
    cluster.script.push('never-answer')
    const served = failure(
      Promise.resolve(requests.callKey(open(serving.signal), put, key, RawPutRequest.create({ key }))),
    )
    await clock.advance(10)
    serving.abort(reason)
    expect(await served).toMatchObject({ code: 'CLIENT_CALL_ABORTED', cause: reason, isUndetermined: true })
  })

  it('tells the caller of a region request that the region has moved', async () => {
    const { cluster, requests, clock, open } = start(1)
    const region = await requests.locate(open(), key)
    cluster.split(Buffer.from('c'))
    const answer = Promise.resolve(requests.callRegion(open(), get, region, RawGetRequest.create({ key })))
    expect(await clock.settle(answer, 10)).toBe('moved')
    const next = await requests.locate(open(), key)
    expect(next.id).not.toBe(region.id)
    expect(requests.callRegion(open(), get, next, RawGetRequest.create({ key }))).toMatchObject({ notFound: true })
    expect(requests.callRegion(open(), get, region, RawGetRequest.create({ key }))).toBe('moved')
  })

  it('groups keys by region in order of first occurrence', async () => {
    const { cluster, requests, open } = start(1)
    cluster.split(Buffer.from('c'))
    cluster.split(Buffer.from('f'))
    const keys = ['d', 'a', 'z', 'e', 'b'].map((text) => Buffer.from(text))
    const groups = await requests.groupByRegion(open(), keys)
    expect(groups.map(({ indexes }) => indexes)).toEqual([[0, 3], [1, 4], [2]])
    expect(cluster.placementDriverCalls).toEqual(['regionsInRange'])
    expect(Array.isArray(requests.groupByRegion(open(), keys))).toBe(true)
  })

  it('finds the region before a key', async () => {
    const { cluster, requests, open } = start(1)
    for (const at of ['c', 'cÿ', 'f\0']) cluster.split(Buffer.from(at))
    for (const end of ['', 'a', 'c', 'c\0', 'cÿ', 'd', 'f\0', 'f\0\0', 'g']) {
      const bytes = Buffer.from(end)
      const region = await requests.locateBefore(open(), bytes)
      const known = cluster.regions.map((route) => route.region)
      const expected = known.findLast(({ startKey }) => end === '' || Buffer.compare(startKey, bytes) < 0)!
      expect(region.id, JSON.stringify(end)).toBe(expected.id)
    }
  })
})
