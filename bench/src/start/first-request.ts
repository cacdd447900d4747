import { type Rpc, systemClock, systemRandom } from '@stratakv/core'
import { grpcRpc } from '@stratakv/grpc/channel'
import { etcdKvMethods, pdMethods, tikvMethods } from '@stratakv/proto'
import { PutRequest, RangeRequest } from '@stratakv/proto/etcdserverpb'
import { Context, RawGetRequest, RawPutRequest } from '@stratakv/proto/kvrpcpb'
import { GetMembersRequest, GetRegionRequest, GetStoreRequest, RequestHeader } from '@stratakv/proto/pdpb'

const [key, value] = [Uint8Array.of(107), Uint8Array.of(118)]
/** A server that has said it is ready and does not answer by then is not. */
const options = { timeoutMs: 10_000 }

/** Puts a key and gets it, over a connection of its own, as a client does that knows nothing but the placement driver's address. */
export function putAndGetTikv(placementDriver: string): Promise<void> {
  return withRpc(async (rpc) => {
    const { header } = await rpc.unary(placementDriver, pdMethods.getMembers, GetMembersRequest.create(), options)
    const asked = RequestHeader.create({ clusterId: header!.clusterId })
    const route = await rpc.unary(
      placementDriver,
      pdMethods.getRegion,
      GetRegionRequest.create({ header: asked, regionKey: key }),
      options,
    )
    const peer = route.region!.peers[0]!
    const { store } = await rpc.unary(
      placementDriver,
      pdMethods.getStore,
      GetStoreRequest.create({ header: asked, storeId: peer.storeId }),
      options,
    )
    const context = Context.create({ regionId: route.region!.id, regionEpoch: route.region!.regionEpoch, peer })
    const put = RawPutRequest.create({ context, key, value })
    const written = await rpc.unary(store!.address, tikvMethods.rawPut, put, options)
    if (written.error !== '' || written.regionError !== undefined) throw new Error('stratakv did not take the key')
    const got = await rpc.unary(store!.address, tikvMethods.rawGet, RawGetRequest.create({ context, key }), options)
    expectValue('stratakv', got.value)
  })
}

export function putAndGetEtcd(address: string): Promise<void> {
  return withRpc(async (rpc) => {
    await rpc.unary(address, etcdKvMethods.put, PutRequest.create({ key, value }), options)
    const { kvs } = await rpc.unary(address, etcdKvMethods.range, RangeRequest.create({ key }), options)
    expectValue('etcd', kvs[0]?.value)
  })
}

async function withRpc(run: (rpc: Rpc) => Promise<void>): Promise<void> {
  const rpc = grpcRpc({ clock: systemClock(), random: systemRandom() })
  try {
    await run(rpc)
  } finally {
    await rpc.close()
  }
}

function expectValue(server: string, got: Uint8Array | undefined): void {
  if (got?.length !== 1 || got[0] !== value[0]) throw new Error(`${server} did not give the value back`)
}
