import * as kvrpcpb from '@stratakv/proto/kvrpcpb'
import { GetAllStoresRequest, GetMembersRequest, GetRegionRequest, RequestHeader } from '@stratakv/proto/pdpb'
import type { ConfigKeyName, Endpoints } from '@stratakv/server'
import { type Config, StorageNode, type StorageNodeOptions } from '@stratakv/server'
import { pdMethods, RpcClient, tikvMethods } from './rpc-client.ts'

/** Any free port for each socket. */
export const anyPorts = {
  'server.addr': '127.0.0.1:0',
  'server.status-addr': '127.0.0.1:0',
  'embedded-pd.addr': '127.0.0.1:0',
} as const satisfies Partial<Record<ConfigKeyName, string>>

/** What clients learn from the placement driver before they send anything to the store. */
export interface Route {
  readonly clusterId: bigint
  readonly storeId: number
  /** Of the region of all keys. */
  readonly context: kvrpcpb.Context
}

/** A node that serves, with a client to its store and one to its placement driver. */
export interface ServedTestNode extends AsyncDisposable {
  readonly node: StorageNode
  readonly endpoints: Endpoints
  readonly store: RpcClient
  readonly pd: RpcClient
  readonly route: Route
}

/** In memory unless `options` names a folder. */
export async function serveTestNode(
  config: Partial<Config> = {},
  options: Omit<StorageNodeOptions, 'config'> = {},
): Promise<ServedTestNode> {
  const engine = options.dataDir === undefined ? ({ 'storage.engine': 'memory' } as const) : {}
  const node = await StorageNode.open({ ...options, config: { ...anyPorts, ...engine, ...config } })
  const endpoints = await node.serve()
  const store = new RpcClient(endpoints.store)
  const pd = new RpcClient(endpoints.pd)
  return {
    node,
    endpoints,
    store,
    pd,
    route: await findRoute(pd),
    async [Symbol.asyncDispose]() {
      store[Symbol.dispose]()
      pd[Symbol.dispose]()
      await node.close()
    },
  }
}

/** Asks as a client does that knows nothing but the placement driver's address. */
export async function findRoute(pd: RpcClient): Promise<Route> {
  const { header } = await pd.call(pdMethods.getMembers, GetMembersRequest.create())
  const clusterId = header!.clusterId
  const asked = RequestHeader.create({ clusterId })
  const { region } = await pd.call(
    pdMethods.getRegion,
    GetRegionRequest.create({ header: asked, regionKey: bytes('') }),
  )
  const { stores } = await pd.call(pdMethods.getAllStores, GetAllStoresRequest.create({ header: asked }))
  const context = kvrpcpb.Context.create({
    regionId: region!.id,
    regionEpoch: region!.regionEpoch,
    peer: region!.peers[0],
  })
  return { clusterId, storeId: stores[0]!.id, context }
}

export function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

/** Puts one pair and fails the test when the answer is not an empty one. */
export async function rawPut(store: RpcClient, { context }: Route, key: string, value: string): Promise<void> {
  const request = kvrpcpb.RawPutRequest.create({ context, key: bytes(key), value: bytes(value) })
  const { error, regionError } = await store.call(tikvMethods.rawPut, request)
  if (error !== '' || regionError !== undefined) throw new Error(error || regionError!.message)
}

/** `undefined`: not found. */
export async function rawGet(store: RpcClient, { context }: Route, key: string): Promise<string | undefined> {
  const request = kvrpcpb.RawGetRequest.create({ context, key: bytes(key) })
  const { value, notFound, error, regionError } = await store.call(tikvMethods.rawGet, request)
  if (error !== '' || regionError !== undefined) throw new Error(error || regionError!.message)
  return notFound ? undefined : new TextDecoder().decode(value)
}
