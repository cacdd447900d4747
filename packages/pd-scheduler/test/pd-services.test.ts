import { type MethodDefinition, noTelemetry, RpcStatusError, rpcStatus } from '@stratakv/core'
import { pdServices } from '@stratakv/pd-scheduler/edge'
import { etcdClusterMethods, etcdKvMethods, keyspaceMethods, pdMethods, regionToMessage } from '@stratakv/proto'
import {
  DeleteRangeRequest,
  MemberListRequest,
  PutRequest,
  RangeRequest,
  RangeRequest_SortOrder,
} from '@stratakv/proto/etcdserverpb'
import { KeyspaceState, LoadKeyspaceByIDRequest, LoadKeyspaceRequest } from '@stratakv/proto/keyspacepb'
import { Buckets, NodeState, Peer, Store, StoreState } from '@stratakv/proto/metapb'
import {
  AdvanceGCSafePointRequest,
  AdvanceTxnSafePointRequest,
  AllocIDRequest,
  AskBatchSplitRequest,
  BatchScanRegionsRequest,
  BootstrapRequest,
  ErrorType,
  GetAllStoresRequest,
  GetClusterInfoRequest,
  GetGCStateRequest,
  GetMembersRequest,
  GetRegionByIDRequest,
  GetRegionRequest,
  GetStoreRequest,
  IsBootstrappedRequest,
  PutStoreRequest,
  QueryRegionRequest,
  RegionHeartbeatRequest,
  ReportBucketsRequest,
  type RequestHeader,
  ScanRegionsRequest,
  SetGCBarrierRequest,
  StoreHeartbeatRequest,
  StoreStats,
  UpdateGCSafePointRequest,
  UpdateServiceGCSafePointRequest,
} from '@stratakv/proto/pdpb'
import { describe, expect, it } from 'vitest'
import { type CallOptions, call, openStream } from './loopback.ts'
import { bootstrap, key, region, report, sampleDriver, storeMeta, wholeRange } from './sample-driver.ts'

async function sample(options: { bootstrapped: boolean } = { bootstrapped: true }) {
  const made = await sampleDriver()
  if (options.bootstrapped) await bootstrap(made.pd)
  const services = pdServices(made.pd, { clock: made.clock, telemetry: noTelemetry() })
  const header: RequestHeader = { clusterId: made.pd.id, senderId: 0n, callerId: '', callerComponent: '' }
  return {
    ...made,
    services,
    header,
    call: <Req, Res>(method: MethodDefinition<Req, Res>, request: Req, how?: CallOptions) =>
      call(services, method, request, how),
    open: <Req, Res>(method: MethodDefinition<Req, Res>, how?: CallOptions) => openStream(services, method, how),
  }
}

/** Regions 2, 3, 4 over all keys, cut at `i` and `p`. */
async function threeRegions() {
  const made = await sample()
  made.pd.reportRegion(report(region(2, ['', 'i'], { version: 3 })))
  made.pd.reportRegion(report(region(3, ['i', 'p'], { version: 3 })))
  made.pd.reportRegion(report(region(4, ['p', ''], { version: 3 })))
  return made
}

async function statusOf(answer: Promise<unknown>): Promise<[status: number, message: string]> {
  const error = await answer.then(
    () => undefined,
    (thrown) => thrown,
  )
  expect(error).toBeInstanceOf(RpcStatusError)
  return [error.status, error.message]
}

describe('members', () => {
  it('are one, which leads, under the cluster id', async () => {
    const { pd, call } = await sample({ bootstrapped: false })
    const reply = await call(pdMethods.getMembers, GetMembersRequest.create())
    expect(reply.header?.clusterId).toBe(pd.id)
    expect(reply.members).toEqual([reply.leader])
    expect(reply.etcdLeader).toEqual(reply.leader)
    expect(reply.leader).toMatchObject({ name: 'pd', memberId: pd.memberId, clientUrls: ['http://127.0.0.1:2379'] })
    const info = await call(pdMethods.getClusterInfo, GetClusterInfoRequest.create())
    expect(info.serviceModes).toEqual([1])
    const etcd = await call(etcdClusterMethods.memberList, MemberListRequest.create())
    expect(etcd.members[0]).toMatchObject({ name: 'pd', clientURLs: ['http://127.0.0.1:2379'] })
    await pd.close()
  })

  it('are found where they listen once that is known', async () => {
    const { pd, call } = await sample()
    pd.announce(['http://10.0.0.1:2379'])
    expect((await call(pdMethods.getMembers, GetMembersRequest.create())).leader?.clientUrls).toEqual([
      'http://10.0.0.1:2379',
    ])
    await pd.close()
  })
})

describe('the rules of every call', () => {
  it('a wrong cluster id is a status', async () => {
    const { pd, call, header } = await sample()
    const wrong = { ...header, clusterId: 7n }
    const expected = [rpcStatus.failedPrecondition, `mismatch cluster id, need ${pd.id} but got 7`]
    expect(await statusOf(call(pdMethods.isBootstrapped, IsBootstrappedRequest.create({ header: wrong })))).toEqual(
      expected,
    )
    expect(await statusOf(call(pdMethods.getRegion, GetRegionRequest.create({ header: wrong })))).toEqual(expected)
    await pd.close()
  })

  it('a cluster that is not bootstrapped is a header', async () => {
    const { pd, call, header } = await sample({ bootstrapped: false })
    const reply = await call(pdMethods.getRegion, GetRegionRequest.create({ header }))
    expect(reply.header?.clusterId).toBe(pd.id)
    expect(reply.header?.error?.type).toBe(ErrorType.NOT_BOOTSTRAPPED)
    expect((await call(pdMethods.allocID, AllocIDRequest.create({ header }))).header?.error).toBe(undefined)
    await pd.close()
  })

  it('a call for another member is not answered by this one', async () => {
    const { pd, call } = await sample()
    const to = (host: string) =>
      call(pdMethods.getMembers, GetMembersRequest.create(), { metadata: { 'pd-forwarded-host': host } })
    expect((await to('http://127.0.0.1:2379')).leader?.name).toBe('pd')
    expect((await to('127.0.0.1:2379')).leader?.name).toBe('pd')
    const [status, message] = await statusOf(to('http://10.9.9.9:2379'))
    expect(status).toBe(rpcStatus.unavailable)
    expect(message).toContain('not leader')
    await pd.close()
  })

  it('a placement driver that was closed is not the leader', async () => {
    const { pd, call, header } = await sample()
    await pd.close()
    expect(await statusOf(call(pdMethods.allocID, AllocIDRequest.create({ header })))).toEqual([
      rpcStatus.unavailable,
      'not leader',
    ])
  })
})

describe('the start of a TiKV store', () => {
  it('allocates, bootstraps, announces itself and reports', async () => {
    const { pd, call, open, header } = await sample({ bootstrapped: false })
    const next = async () => (await call(pdMethods.allocID, AllocIDRequest.create({ header }))).id
    expect((await call(pdMethods.isBootstrapped, IsBootstrappedRequest.create({ header }))).bootstrapped).toBe(false)
    const [storeId, regionId, peerId] = [await next(), await next(), await next()]
    const store = Store.create({ id: storeId, address: '127.0.0.1:20160', version: '6.1.0' })
    const first = regionToMessage({ ...region(regionId, wholeRange), peers: [{ id: peerId, storeId, role: 'voter' }] })
    const bad = await statusOf(call(pdMethods.bootstrap, BootstrapRequest.create({ header, store })))
    expect(bad[0]).toBe(rpcStatus.unknown)
    const request = BootstrapRequest.create({ header, store, region: first })
    const done = await call(pdMethods.bootstrap, request)
    expect([done.header?.error, done.replicationStatus?.mode]).toEqual([undefined, 0])
    const again = await call(pdMethods.bootstrap, request)
    expect(again.header?.error?.type).toBe(ErrorType.ALREADY_BOOTSTRAPPED)
    expect((await call(pdMethods.putStore, PutStoreRequest.create({ header, store }))).header?.error).toBe(undefined)
    const all = await call(pdMethods.getAllStores, GetAllStoresRequest.create({ header }))
    expect(all.stores.map(({ id, address }) => [id, address])).toEqual([[storeId, '127.0.0.1:20160']])
    const stats = StoreStats.create({ storeId, capacity: 100, available: 60, slowScore: 1 })
    const beat = await call(pdMethods.storeHeartbeat, StoreHeartbeatRequest.create({ header, stats }))
    expect(beat.clusterVersion).toBe('6.1.0')
    const got = await call(pdMethods.getStore, GetStoreRequest.create({ header, storeId }))
    expect(got.store).toMatchObject({ id: storeId, state: StoreState.Up, nodeState: NodeState.Serving })
    expect(got.stats).toMatchObject({ capacity: 100, available: 60 })
    const heartbeats = open(pdMethods.regionHeartbeat)
    heartbeats.send(RegionHeartbeatRequest.create({ header, region: first, leader: first.peers[0]!, term: 6 }))
    expect([heartbeats.received, heartbeats.outcome()]).toEqual([[], undefined])
    const route = await call(pdMethods.getRegion, GetRegionRequest.create({ header, regionKey: key('any') }))
    expect([route.region?.id, route.leader?.id]).toEqual([regionId, peerId])
    await pd.close()
  })

  it('gets the last of the ids it asked for', async () => {
    const { pd, call, header } = await sample()
    const one = await call(pdMethods.allocID, AllocIDRequest.create({ header }))
    const five = await call(pdMethods.allocID, AllocIDRequest.create({ header, count: 5 }))
    expect([one.count, five.count, five.id - one.id]).toEqual([1, 5, 5])
    await pd.close()
  })

  it('is told when it is unknown, refused or buried', async () => {
    const { pd, call, header } = await sample()
    expect(await statusOf(call(pdMethods.getStore, GetStoreRequest.create({ header, storeId: 99 })))).toEqual([
      rpcStatus.unknown,
      'invalid store ID 99, not found',
    ])
    const put = (store: Partial<Store>) =>
      call(pdMethods.putStore, PutStoreRequest.create({ header, store: Store.create(store) }))
    expect((await statusOf(put({ id: 0, address: 'x' })))[0]).toBe(rpcStatus.unknown)
    expect((await statusOf(put({ id: 5, address: 'x', version: 'six' })))[0]).toBe(rpcStatus.unknown)
    expect((await statusOf(put({ id: 5, address: 'store1:20160', version: '6.1.0' })))[0]).toBe(rpcStatus.unknown)
    await pd.putStore(storeMeta(5))
    await pd.removeStore(5, { force: true })
    const refused = await put({ id: 5, address: 'store5:20160', version: '6.1.0' })
    expect(refused.header?.error?.type).toBe(ErrorType.STORE_TOMBSTONE)
    const stats = StoreStats.create({ storeId: 5 })
    const beat = await call(pdMethods.storeHeartbeat, StoreHeartbeatRequest.create({ header, stats }))
    expect(beat.header?.error?.type).toBe(ErrorType.STORE_TOMBSTONE)
    const stores = async (excludeTombstoneStores: boolean) =>
      (await call(pdMethods.getAllStores, GetAllStoresRequest.create({ header, excludeTombstoneStores }))).stores
    expect((await stores(true)).map(({ id }) => id)).toEqual([1])
    expect((await stores(false)).map(({ state }) => state)).toEqual([StoreState.Up, StoreState.Tombstone])
    await pd.close()
  })
})

describe('region heartbeats', () => {
  const message = (
    of: ReturnType<typeof region>,
    header: RequestHeader,
    fields: Partial<RegionHeartbeatRequest> = {},
  ) => {
    const wire = regionToMessage(of)
    return RegionHeartbeatRequest.create({ header, region: wire, leader: wire.peers[0]!, term: 5, ...fields })
  }

  it('are refused one by one, while the stream goes on', async () => {
    const { pd, open, header } = await sample()
    const stream = open(pdMethods.regionHeartbeat)
    stream.send(message(region(2, wholeRange, { version: 4 }), header))
    const stale = message(region(2, wholeRange, { version: 3, confVer: 9 }), header)
    stream.send(stale)
    stream.send(message(region(2, wholeRange, { version: 5 }), header, { leader: undefined }))
    stream.send(RegionHeartbeatRequest.create({ header }))
    expect(stream.received.map((reply) => reply.header?.error?.type)).toEqual([1, 1, 1])
    expect(stream.received[0]).toMatchObject({ regionId: 2, targetPeer: stale.leader })
    stream.send(message(region(2, wholeRange, { version: 6 }), header))
    expect(stream.received.length).toBe(3)
    expect(pd.regions.byId(2)?.region.epoch.version).toBe(6)
    stream.halfClose()
    expect(stream.outcome()).toBe('ok')
    await pd.close()
  })

  it('end with the stream for another cluster or a store nobody knows', async () => {
    const { pd, open, header } = await sample()
    for (const wrong of [
      message(region(2, wholeRange), { ...header, clusterId: 1n }),
      message(region(2, wholeRange, { stores: [77] }), header),
    ]) {
      const stream = open(pdMethods.regionHeartbeat)
      stream.send(wrong)
      expect(stream.outcome()).toBeInstanceOf(RpcStatusError)
    }
    await pd.close()
  })

  it('end after one reply when there is no cluster', async () => {
    const { pd, open, header } = await sample({ bootstrapped: false })
    const stream = open(pdMethods.regionHeartbeat)
    stream.send(message(region(2, wholeRange), header), message(region(2, wholeRange), header))
    expect(stream.received.map((reply) => reply.header?.error?.type)).toEqual([ErrorType.NOT_BOOTSTRAPPED])
    expect(stream.outcome()).toBe('ok')
    await pd.close()
  })

  it('are taken from a caller that never reads', async () => {
    const { pd, open, header } = await sample()
    const stream = open(pdMethods.regionHeartbeat)
    stream.roomCount = 1
    stream.send(message(region(2, wholeRange, { version: 2 }), header))
    for (let index = 0; index < 100; index++) stream.send(message(region(2, wholeRange, { confVer: 3 }), header))
    expect(stream.received.length).toBe(1)
    stream.send(message(region(2, wholeRange, { version: 3 }), header))
    expect(pd.regions.byId(2)?.region.epoch.version).toBe(3)
    stream.drain(2)
    stream.send(message(region(2, wholeRange, { confVer: 3 }), header))
    expect(stream.received.length).toBe(2)
    await pd.close()
  })

  it('bring down and pending peers, and buckets by their own stream', async () => {
    const { pd, call, open, header } = await sample()
    await pd.putStore(storeMeta(9))
    const of = region(2, wholeRange, { confVer: 3, stores: [1, 9] })
    const pending = Peer.create({ id: 201, storeId: 9 })
    open(pdMethods.regionHeartbeat).send(
      message(of, header, { downPeers: [{ peer: pending, downSeconds: 30 }], pendingPeers: [pending] }),
    )
    const buckets = open(pdMethods.reportBuckets)
    buckets.send(
      ReportBucketsRequest.create({ header, buckets: Buckets.create({ regionId: 2, version: 8, keys: [key('a')] }) }),
    )
    const ask = (needBuckets: boolean) =>
      call(pdMethods.getRegionByID, GetRegionByIDRequest.create({ header, regionId: 2, needBuckets }))
    const reply = await ask(true)
    expect(reply.downPeers).toEqual([{ peer: pending, downSeconds: 30 }])
    expect(reply.pendingPeers).toEqual([pending])
    expect(reply.buckets?.version).toBe(8)
    expect((await ask(false)).buckets).toBe(undefined)
    buckets.halfClose()
    expect([buckets.received.length, buckets.outcome()]).toEqual([1, 'ok'])
    await pd.close()
  })
})

describe('finding regions', () => {
  it('by key, before a key and by id; nothing is no error', async () => {
    const { pd, call, header } = await threeRegions()
    const at = async (text: string) =>
      (await call(pdMethods.getRegion, GetRegionRequest.create({ header, regionKey: key(text) }))).region?.id
    const before = async (text: string) =>
      (await call(pdMethods.getPrevRegion, GetRegionRequest.create({ header, regionKey: key(text) }))).region?.id
    expect([await at('a'), await at('i'), await at('z')]).toEqual([2, 3, 4])
    expect([await before('a'), await before('i'), await before('z')]).toEqual([undefined, 2, 3])
    const none = await call(pdMethods.getRegionByID, GetRegionByIDRequest.create({ header, regionId: 99 }))
    expect([none.region, none.header?.error]).toEqual([undefined, undefined])
    await pd.close()
  })

  it('by range, in the old shape and the new', async () => {
    const { pd, call, header } = await threeRegions()
    const scan = (fields: Partial<ScanRegionsRequest>) =>
      call(pdMethods.scanRegions, ScanRegionsRequest.create({ header, ...fields }))
    const all = await scan({})
    expect(all.regions.map((each) => each.region?.id)).toEqual([2, 3, 4])
    expect(all.regionMetas.map(({ id }) => id)).toEqual([2, 3, 4])
    expect(all.leaders.map(({ id }) => id)).toEqual([200, 300, 400])
    expect((await scan({ limit: 2 })).regions.length).toBe(2)
    expect((await scan({ limit: -1, startKey: key('j') })).regions.length).toBe(2)
    expect((await scan({ startKey: key('a'), endKey: key('i') })).regions.length).toBe(1)
    await pd.close()
  })

  it('gives an empty leader where none is known', async () => {
    const { pd, call, header } = await sample()
    const { leaders, regions } = await call(pdMethods.scanRegions, ScanRegionsRequest.create({ header }))
    expect(leaders).toEqual([Peer.create()])
    expect(regions[0]?.leader).toBe(undefined)
    await pd.close()
  })

  it('by several ranges at once, each region once, and holes on request', async () => {
    const { pd, call, header } = await threeRegions()
    const ask = (ranges: [string, string][], fields: Partial<BatchScanRegionsRequest> = {}) =>
      call(
        pdMethods.batchScanRegions,
        BatchScanRegionsRequest.create({
          header,
          ranges: ranges.map(([start, end]) => ({ startKey: key(start), endKey: key(end) })),
          containAllKeyRange: true,
          ...fields,
        }),
      )
    const ids = async (...args: Parameters<typeof ask>) => (await ask(...args)).regions.map((each) => each.region?.id)
    expect(
      await ids([
        ['a', 'b'],
        ['c', 'd'],
        ['j', 'q'],
      ]),
    ).toEqual([2, 3, 4])
    expect(
      await ids(
        [
          ['a', 'b'],
          ['c', 'j'],
        ],
        { limit: 2 },
      ),
    ).toEqual([2, 3])
    expect(await ids([['', '']], { limit: 1 })).toEqual([2])
    // The middle goes: what is left has a hole.
    pd.reportRegion(report(region(9, ['h', 'j'], { version: 9 })))
    expect((await ask([['a', 'b']])).header?.error?.type).toBe(ErrorType.REGIONS_NOT_CONTAIN_ALL_KEY_RANGE)
    expect((await ask([['h', 'p']])).header?.error?.type).toBe(ErrorType.REGIONS_NOT_CONTAIN_ALL_KEY_RANGE)
    expect(await ids([['h', 'i']])).toEqual([9])
    expect(await ids([['a', '']], { containAllKeyRange: false })).toEqual([9, 4])
    await pd.close()
  })

  it('by the stream that newest client-go uses for everything', async () => {
    const { pd, open, header } = await threeRegions()
    const stream = open(pdMethods.queryRegion)
    stream.send(
      QueryRegionRequest.create({ header, keys: [key('z'), key('a')], prevKeys: [key('j'), key('b')], ids: [3, 77] }),
    )
    const reply = stream.received[0]!
    expect(reply.keyIdMap).toEqual([4, 2])
    expect(reply.prevKeyIdMap).toEqual([2, 0])
    expect([...reply.regionsById.keys()].sort()).toEqual([2, 3, 4])
    expect(reply.regionsById.get(3)?.leader?.id).toBe(300)
    expect(stream.outcome()).toBe(undefined)
    stream.roomCount = 1
    stream.send(QueryRegionRequest.create({ header, ids: [2] }))
    expect(stream.paused).toBe(true)
    stream.drain(9)
    expect(stream.paused).toBe(false)
    stream.send(QueryRegionRequest.create({ header: { ...header, clusterId: 3n } }))
    expect(stream.outcome()).toBeInstanceOf(RpcStatusError)
    await pd.close()
  })

  it('is refused in a reply of the stream before there is a cluster', async () => {
    const { pd, open, header } = await sample({ bootstrapped: false })
    const stream = open(pdMethods.queryRegion)
    stream.send(QueryRegionRequest.create({ header, keys: [key('a')] }))
    expect(stream.received[0]?.header?.error?.type).toBe(ErrorType.NOT_BOOTSTRAPPED)
    expect(stream.outcome()).toBe(undefined)
    await pd.close()
  })
})

describe('splits', () => {
  it('get ids for the region as it is known', async () => {
    const { pd, call, header } = await threeRegions()
    const ask = (of: ReturnType<typeof region>, splitCount: number) =>
      call(pdMethods.askBatchSplit, AskBatchSplitRequest.create({ header, region: regionToMessage(of), splitCount }))
    const { ids } = await ask(region(3, ['i', 'p'], { version: 3 }), 2)
    expect(ids.map(({ newPeerIds }) => newPeerIds.length)).toEqual([1, 1])
    const stale = await ask(region(3, ['i', 'p'], { version: 2 }), 1)
    expect(stale.header?.error?.type).toBe(ErrorType.UNKNOWN)
    await pd.close()
  })
})

describe('safe points', () => {
  it('serve both generations of clients', async () => {
    const { pd, call, header } = await sample()
    const service = new TextEncoder().encode('br')
    const set = await call(
      pdMethods.updateServiceGCSafePoint,
      UpdateServiceGCSafePointRequest.create({ header, serviceId: service, ttl: 60n, safePoint: 30n }),
    )
    expect([new TextDecoder().decode(set.serviceId), set.ttl, set.minSafePoint]).toEqual([
      'gc_worker',
      2n ** 63n - 1n,
      0n,
    ])
    const nullScope = { keyspace: { case: 'keyspaceId' as const, value: 0xffff_ffff } }
    const advance = await call(
      pdMethods.advanceTxnSafePoint,
      AdvanceTxnSafePointRequest.create({ header, keyspaceScope: nullScope, target: 50n }),
    )
    expect(advance.newTxnSafePoint).toBe(30n)
    expect(advance.blockerDescription).toContain('br')
    const state = await call(pdMethods.getGCState, GetGCStateRequest.create({ header, keyspaceScope: nullScope }))
    expect(state.gcState).toMatchObject({ txnSafePoint: 30n, gcSafePoint: 0n, isKeyspaceLevelGc: false })
    expect(state.gcState?.gcBarriers.map(({ barrierId }) => barrierId)).toEqual(['br'])
    const saved = await call(
      etcdKvMethods.range,
      RangeRequest.create({ key: key('/tidb/store/gcworker/saved_safe_point') }),
    )
    expect(new TextDecoder().decode(saved.kvs[0]?.value)).toBe('30')
    const update = await call(pdMethods.updateGCSafePoint, UpdateGCSafePointRequest.create({ header, safePoint: 20n }))
    expect(update.newSafePoint).toBe(20n)
    await pd.close()
  })

  it('are refused in the header by the newer calls', async () => {
    const { pd, call, header } = await sample()
    const late = await call(pdMethods.advanceGCSafePoint, AdvanceGCSafePointRequest.create({ header, target: 9n }))
    expect(late.header?.error?.type).toBe(ErrorType.UNKNOWN)
    const scope = (value: number) => ({ keyspace: { case: 'keyspaceId' as const, value } })
    const own = await call(
      pdMethods.advanceGCSafePoint,
      AdvanceGCSafePointRequest.create({ header, keyspaceScope: scope(0), target: 0n }),
    )
    expect(own.header?.error?.type).toBe(ErrorType.INVALID_VALUE)
    const unknown = await call(pdMethods.getGCState, GetGCStateRequest.create({ header, keyspaceScope: scope(5) }))
    expect(unknown.header?.error?.type).toBe(ErrorType.ENTRY_NOT_FOUND)
    const known = await call(pdMethods.getGCState, GetGCStateRequest.create({ header, keyspaceScope: scope(0) }))
    expect(known.gcState?.keyspaceScope?.keyspace).toEqual({ case: 'keyspaceId', value: 0 })
    const barrier = await call(
      pdMethods.setGCBarrier,
      SetGCBarrierRequest.create({ header, barrierId: 'x', barrierTs: 5n, ttlSeconds: 10n }),
    )
    expect(barrier.newBarrierInfo).toEqual({ barrierId: 'x', barrierTs: 5n, ttlSeconds: 10n })
    await pd.close()
  })
})

describe('keyspaces', () => {
  it('are the default one', async () => {
    const { pd, call, header } = await sample()
    const { keyspace } = await call(
      keyspaceMethods.loadKeyspace,
      LoadKeyspaceRequest.create({ header, name: 'DEFAULT' }),
    )
    expect(keyspace).toMatchObject({
      name: 'DEFAULT',
      state: KeyspaceState.ENABLED,
      keyspace: { case: 'id', value: 0 },
    })
    const byId = await call(
      keyspaceMethods.loadKeyspaceByID,
      LoadKeyspaceByIDRequest.create({ header, keyspace: { case: 'id', value: 0 } }),
    )
    expect(byId.keyspace).toEqual(keyspace)
    const unknown = await call(keyspaceMethods.loadKeyspace, LoadKeyspaceRequest.create({ header, name: 'mine' }))
    expect(unknown.header?.error?.type).toBe(ErrorType.ENTRY_NOT_FOUND)
    await pd.close()
  })
})

describe('etcd calls', () => {
  it('read and write keys', async () => {
    const { pd, call } = await sample()
    for (const name of ['a', 'b', 'c'])
      await call(etcdKvMethods.put, PutRequest.create({ key: key(name), value: key('1') }))
    const put = await call(etcdKvMethods.put, PutRequest.create({ key: key('a'), value: key('2'), prevKv: true }))
    expect([put.header?.revision, new TextDecoder().decode(put.prevKv?.value)]).toEqual([5, '1'])
    const range = (fields: Partial<RangeRequest>) =>
      call(etcdKvMethods.range, RangeRequest.create({ key: key('a'), rangeEnd: Uint8Array.of(0), ...fields }))
    const names = async (fields: Partial<RangeRequest>) =>
      (await range(fields)).kvs.map((entry) => new TextDecoder().decode(entry.key))
    expect(await names({})).toEqual(['a', 'b', 'c'])
    expect(await names({ limit: 2, sortOrder: RangeRequest_SortOrder.DESCEND })).toEqual(['c', 'b'])
    expect(await range({ limit: 2 })).toMatchObject({ count: 3, more: true })
    expect(await range({ countOnly: true })).toMatchObject({ count: 3, more: false, kvs: [] })
    expect((await range({ keysOnly: true })).kvs[0]?.value.length).toBe(0)
    const removed = await call(etcdKvMethods.deleteRange, DeleteRangeRequest.create({ key: key('b') }))
    expect([removed.deleted, removed.prevKvs]).toEqual([1, []])
    await pd.close()
  })

  it('refuse by name what this slice cannot do', async () => {
    const { pd, call } = await sample()
    expect(await statusOf(call(etcdKvMethods.put, PutRequest.create({ key: key('a'), lease: 5n })))).toEqual([
      rpcStatus.invalidArgument,
      'etcdserver: not supported: leases',
    ])
    expect((await statusOf(call(etcdKvMethods.range, RangeRequest.create({ key: key('a'), revision: 1 }))))[0]).toBe(
      rpcStatus.invalidArgument,
    )
    await pd.close()
  })

  it('create a key once, in a transaction', async () => {
    const { pd, call } = await sample()
    const create = () =>
      call(etcdKvMethods.txn, {
        compare: [
          { result: 0, target: 1, key: key('k'), rangeEnd: key(''), targetUnion: { case: 'createRevision', value: 0 } },
        ],
        success: [{ request: { case: 'requestPut', value: PutRequest.create({ key: key('k'), value: key('v') }) } }],
        failure: [{ request: { case: 'requestRange', value: RangeRequest.create({ key: key('k') }) } }],
      })
    expect((await create()).succeeded).toBe(true)
    const second = await create()
    expect(second.succeeded).toBe(false)
    const response = second.responses[0]?.response
    expect(response?.case === 'responseRange' && new TextDecoder().decode(response.value.kvs[0]?.value)).toBe('v')
    await pd.close()
  })
})
