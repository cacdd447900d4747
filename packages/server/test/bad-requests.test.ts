import { status } from '@grpc/grpc-js'
import { MiB } from '@stratakv/core'
import * as kvrpcpb from '@stratakv/proto/kvrpcpb'
import * as pdpb from '@stratakv/proto/pdpb'
import { BatchCommandsRequest } from '@stratakv/proto/tikvpb'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { malformed, pdMethods, tikvMethods } from './support/rpc-client.ts'
import { bytes, rawGet, rawPut, type ServedTestNode, serveTestNode } from './support/test-node.ts'

let served: ServedTestNode
let earlier = 0

beforeAll(async () => {
  served = await serveTestNode({ 'server.grpc-receive-size-max': MiB(16) })
  await rawPut(served.store, served.route, 'kept', 'safe')
})
afterAll(async () => served[Symbol.asyncDispose]())

// After every bad request: what was there is there, and the node takes the next request on the same connection.
afterEach(async () => {
  const { store, route } = served
  expect(await rawGet(store, route, 'kept')).toBe('safe')
  await rawPut(store, route, 'counter', String(++earlier))
  expect(await rawGet(store, route, 'counter')).toBe(String(earlier))
  const scan = kvrpcpb.RawScanRequest.create({ context: route.context, limit: 100 })
  const { kvs } = await store.call(tikvMethods.rawScan, scan)
  expect(kvs.map(({ key }) => new TextDecoder().decode(key))).toEqual(['counter', 'kept'])
})

/** A raw put with everything right but what `fields` says. */
function put(fields: Partial<kvrpcpb.RawPutRequest>) {
  const { context } = served.route
  const request = kvrpcpb.RawPutRequest.create({ context, key: bytes('bad'), value: bytes('v'), ...fields })
  return served.store.call(tikvMethods.rawPut, request)
}

const putWith = (fields: Partial<kvrpcpb.Context>) => put({ context: { ...served.route.context, ...fields } })

function prewrite(mutation: Partial<kvrpcpb.Mutation>) {
  const key = mutation.key ?? bytes('bad')
  const request = kvrpcpb.PrewriteRequest.create({
    context: served.route.context,
    mutations: [kvrpcpb.Mutation.create({ op: kvrpcpb.Op.Put, key, value: bytes('v'), ...mutation })],
    primaryLock: key,
    startVersion: 10n,
    lockTtl: 3000,
  })
  return served.store.call(tikvMethods.kvPrewrite, request)
}

describe('malformed protobuf', () => {
  it('fails the unary call and says which message and where', async () => {
    const failure = await served.store.failure(tikvMethods.rawPut, malformed)
    expect(failure.code).toBe(status.INTERNAL)
    expect(failure.details).toContain('kvrpcpb.RawPutRequest')
    expect(failure.details).toMatch(/at byte \d/)
  })

  it('fails the unary call whose bytes end inside a field', async () => {
    const { context } = served.route
    const whole = kvrpcpb.RawPutRequest.encode(
      kvrpcpb.RawPutRequest.create({ context, key: bytes('bad'), value: bytes('v') }),
    )
    const failure = await served.store.failure(tikvMethods.rawPut, whole.subarray(0, whole.length - 1))
    expect(failure.details).toContain('truncated')
  })

  it('ends the BatchCommands stream that carries it', async () => {
    const { answers, status: ended } = await served.store.converse(tikvMethods.batchCommands, [malformed])
    expect(answers).toEqual([])
    expect(ended.code).not.toBe(status.OK)
    expect(ended.details).toContain('tikvpb.BatchCommandsRequest')
  })

  it('fails the call to the placement driver, unary and in a Tso stream', async () => {
    const failure = await served.pd.failure(pdMethods.getRegion, malformed)
    expect(failure.details).toContain('pdpb.GetRegionRequest')
    const { status: ended } = await served.pd.converse(pdMethods.tso, [malformed])
    expect(ended.code).not.toBe(status.OK)
    expect(ended.details).toContain('pdpb.TsoRequest')
  })

  it('is refused before it is decoded when it is over the size limit', async () => {
    const failure = await served.store.failure(tikvMethods.rawPut, new Uint8Array(MiB(16) + 1))
    expect(failure.code).toBe(status.RESOURCE_EXHAUSTED)
  })

  it('ends a BatchCommands stream when ids and requests do not match', async () => {
    const message = BatchCommandsRequest.create({ requests: [{ cmd: undefined }], requestIds: [1, 2] })
    const { answers, status: ended } = await served.store.converse(tikvMethods.batchCommands, [
      BatchCommandsRequest.encode(message),
    ])
    expect(answers).toEqual([])
    expect(ended).toEqual({ code: status.INVALID_ARGUMENT, details: '1 requests came with 2 ids' })
  })
})

describe('limits', () => {
  it('name the key size and the limit, raw and transactional', async () => {
    const key = new Uint8Array(8193)
    expect((await put({ key })).error).toBe('max key size exceeded, size: 8193, limit: 8192')
    const { errors } = await prewrite({ key })
    expect(errors[0]!.abort).toMatch(/KeyTooLarge \{ size: \d+, limit: 8192 \}/)
  })

  it('turn a value over the entry limit away with raft_entry_too_large, raw and transactional', async () => {
    const value = new Uint8Array(MiB(8) + 1)
    const raw = await put({ value })
    expect(raw.regionError?.raftEntryTooLarge?.regionId).toBe(served.route.context.regionId)
    expect(raw.regionError?.raftEntryTooLarge?.entrySize).toBeGreaterThan(MiB(8))
    expect(raw.regionError?.message).toContain('raftstore.raft-entry-max-size')
    expect((await prewrite({ value })).regionError?.raftEntryTooLarge).toBeDefined()
  })

  it('refuse the empty raw key by name', async () => {
    expect((await put({ key: bytes('') })).error).toBe('raw_put needs a key that is not empty')
  })

  it('let a transaction have the empty key, as TiKV does: encoded it is like any other', async () => {
    const { context } = served.route
    const key = bytes('')
    expect(await prewrite({ key })).toMatchObject({ errors: [], regionError: undefined })
    const commit = kvrpcpb.CommitRequest.create({ context, keys: [key], startVersion: 10n, commitVersion: 11n })
    expect((await served.store.call(tikvMethods.kvCommit, commit)).error).toBeUndefined()
    const get = kvrpcpb.GetRequest.create({ context, key, version: 12n })
    expect((await served.store.call(tikvMethods.kvGet, get)).value).toEqual(bytes('v'))
  })

  it('refuse an unknown column family by name', async () => {
    expect((await put({ cf: 'lost' })).error).toContain('lost')
  })

  it('refuse a mutation that a prewrite cannot carry', async () => {
    const { errors } = await prewrite({ op: kvrpcpb.Op.Rollback })
    expect(errors[0]?.abort).toContain('a prewrite cannot carry')
  })

  it('refuse a commit that is not after its start', async () => {
    const request = kvrpcpb.CommitRequest.create({
      context: served.route.context,
      keys: [bytes('bad')],
      startVersion: 10n,
      commitVersion: 10n,
    })
    const { error } = await served.store.call(tikvMethods.kvCommit, request)
    expect(error?.abort).toContain('InvalidTxnTso')
  })

  it('refuse a raw request of another API version by name', async () => {
    const { error, regionError } = await putWith({ apiVersion: kvrpcpb.APIVersion.V2 })
    expect(regionError).toBeUndefined()
    expect(error).toMatch(/api.?version/i)
  })
})

describe('a request for somewhere else', () => {
  it('names the region that is not here', async () => {
    const { regionError } = await putWith({ regionId: 999 })
    expect(regionError?.regionNotFound).toEqual({ regionId: 999 })
    expect((await put({ context: undefined })).regionError).toBeDefined()
  })

  it('shows the current region when the epoch is another', async () => {
    for (const version of [0, 2]) {
      const { regionError } = await putWith({ regionEpoch: { confVer: 1, version } })
      const [current] = regionError!.epochNotMatch!.currentRegions
      expect(current!.id).toBe(served.route.context.regionId)
      expect(current!.regionEpoch).toEqual(served.route.context.regionEpoch)
    }
  })

  it('names both stores when it is for another one', async () => {
    const peer = { ...served.route.context.peer!, storeId: 77 }
    const { regionError } = await putWith({ peer })
    expect(regionError?.storeNotMatch).toEqual({ requestStoreId: 77, actualStoreId: served.route.storeId })
  })

  it('names both peers when it is for another one', async () => {
    const peer = { ...served.route.context.peer!, id: 88 }
    expect((await putWith({ peer })).regionError?.message).toBe(
      `mismatch peer id 88 != ${served.route.context.peer!.id}`,
    )
  })

  it('ends the call when the context names another cluster', async () => {
    const { context } = served.route
    const request = kvrpcpb.RawPutRequest.create({ context: { ...context, clusterId: 42n }, key: bytes('bad') })
    const failure = await served.store.failure(tikvMethods.rawPut, kvrpcpb.RawPutRequest.encode(request))
    expect(failure.code).toBe(status.INVALID_ARGUMENT)
    expect(failure.details).toContain('request 42')
    expect(failure.details).toContain(String(served.route.clusterId))
    // The right one passes.
    const own = { ...context, clusterId: served.route.clusterId }
    expect((await put({ context: own, key: bytes('kept'), value: bytes('safe') })).error).toBe('')
  })

  it('ends the BatchCommands stream in which a context names another cluster', async () => {
    const context = { ...served.route.context, clusterId: 42n }
    const value = kvrpcpb.RawPutRequest.create({ context, key: bytes('bad'), value: bytes('v') })
    const message = BatchCommandsRequest.create({ requests: [{ cmd: { case: 'rawPut', value } }], requestIds: [1] })
    const { answers, status: ended } = await served.store.converse(tikvMethods.batchCommands, [
      BatchCommandsRequest.encode(message),
    ])
    expect(answers).toEqual([])
    expect(ended.code).toBe(status.INVALID_ARGUMENT)
    expect(ended.details).toContain('request 42')
  })

  it('ends the Tso stream in which a header names another cluster', async () => {
    const header = pdpb.RequestHeader.create({ clusterId: 42n })
    const message = pdpb.TsoRequest.encode(pdpb.TsoRequest.create({ header, count: 1 }))
    const { answers, status: ended } = await served.pd.converse(pdMethods.tso, [message])
    expect(answers).toEqual([])
    expect(ended.code).toBe(status.FAILED_PRECONDITION)
    expect(ended.details).toContain('got 42')
  })

  it('ends the call to the placement driver when its header names another cluster', async () => {
    const request = pdpb.AllocIDRequest.create({ header: pdpb.RequestHeader.create({ clusterId: 42n }) })
    const failure = await served.pd.failure(pdMethods.allocID, pdpb.AllocIDRequest.encode(request))
    expect(failure).toEqual({
      code: status.FAILED_PRECONDITION,
      details: `mismatch cluster id, need ${served.route.clusterId} but got 42`,
    })
  })

  it('answers what nobody serves with UNIMPLEMENTED', async () => {
    const request = kvrpcpb.PessimisticLockRequest.encode(kvrpcpb.PessimisticLockRequest.create())
    expect((await served.store.failure(tikvMethods.kvPessimisticLock, request)).code).toBe(status.UNIMPLEMENTED)
  })
})
