import {
  compareBytes,
  emptyBytes,
  equalBytes,
  keyInRange,
  type MaybePromise,
  type MethodDefinition,
  type Peer,
  type PlacementDriver,
  type Region,
  type RegionRoute,
  type Rpc,
  type RpcCallOptions,
  RpcStatusError,
  rpcStatus,
  type StoreMeta,
} from '@stratakv/core'
import { peerToMessage, regionToMessage } from '@stratakv/proto'
import * as errorpb from '@stratakv/proto/errorpb'
import type * as kvrpcpb from '@stratakv/proto/kvrpcpb'
import { ScriptedRawStore, type StoredPair } from './scripted-raw-store.ts'

/** What the next call meets instead of being served. */
export type Scripted = Partial<errorpb.Error> | RpcStatusError | 'never-answer' | 'executed-but-no-answer'

export interface SeenCall {
  readonly address: string
  readonly path: string
  readonly context: kvrpcpb.Context
  readonly request: unknown
}

interface ScriptedRegion {
  id: number
  startKey: Uint8Array
  endKey: Uint8Array
  epoch: { confVer: number; version: number }
  peers: Peer[]
  leaderStoreId: number
}

interface RawRequest {
  readonly context: kvrpcpb.Context | undefined
}

/**
 * Several stores and regions in one object, with TiKV's checks of epoch, leader and range in front of a raw key-value map. Tests split, merge and
 * move them, and say what the next calls meet. Answers come at once, or a turn later with `isSlow`.
 */
export class ScriptedCluster {
  readonly calls: SeenCall[] = []
  readonly placementDriverCalls: string[] = []
  /** What the coming calls meet, first come first served; a call that finds none is served. */
  readonly script: Scripted[] = []
  /** What the coming questions to the placement driver meet. */
  readonly placementDriverScript: Error[] = []
  isSlow = false
  /** Set: the placement driver answers with this instead of what is so. */
  placementDriverView: readonly RegionRoute[] | undefined
  readonly #raw = new ScriptedRawStore()
  readonly #addresses = new Map<number, string>()
  readonly #downStores = new Set<number>()
  #regions: ScriptedRegion[] = []
  #nextId = 100

  constructor(storeCount: number) {
    for (let id = 1; id <= storeCount; id++) this.#addresses.set(id, `store-${id}:20160`)
    const peers = [...this.#addresses.keys()].map((storeId): Peer => ({ id: 10 + storeId, storeId, role: 'voter' }))
    this.#regions = [
      {
        id: 1,
        startKey: emptyBytes,
        endKey: emptyBytes,
        epoch: { confVer: 1, version: 1 },
        peers,
        leaderStoreId: 1,
      },
    ]
  }

  get regions(): readonly RegionRoute[] {
    return this.#regions.map((region) => this.#route(region))
  }

  regionOf(key: Uint8Array): ScriptedRegion {
    return this.#regions.find((region) => keyInRange(key, region.startKey, region.endKey))!
  }

  /** The right part gets a new id. */
  split(at: Uint8Array): void {
    const left = this.regionOf(at)
    if (equalBytes(left.startKey, at)) return
    const version = left.epoch.version + 1
    const right: ScriptedRegion = {
      ...left,
      id: this.#nextId++,
      startKey: at,
      epoch: { confVer: left.epoch.confVer, version },
      peers: left.peers.map((peer) => ({ ...peer, id: this.#nextId++ })),
    }
    left.endKey = at
    left.epoch = { ...left.epoch, version }
    this.#regions.splice(this.#regions.indexOf(left) + 1, 0, right)
  }

  /** The region of `key` takes in the one behind it. */
  merge(key: Uint8Array): void {
    const target = this.regionOf(key)
    const source = this.#regions[this.#regions.indexOf(target) + 1]
    if (source === undefined) return
    target.endKey = source.endKey
    target.epoch = { ...target.epoch, version: Math.max(target.epoch.version, source.epoch.version) + 1 }
    this.#regions.splice(this.#regions.indexOf(source), 1)
  }

  transferLeader(key: Uint8Array, storeId: number): void {
    this.regionOf(key).leaderStoreId = storeId
  }

  /** The peer on one store is replaced by one on another. */
  movePeer(key: Uint8Array, fromStoreId: number, toStoreId: number): void {
    const region = this.regionOf(key)
    region.peers = region.peers.filter((peer) => peer.storeId !== fromStoreId)
    region.peers.push({ id: this.#nextId++, storeId: toStoreId, role: 'voter' })
    region.epoch = { ...region.epoch, confVer: region.epoch.confVer + 2 }
    if (region.leaderStoreId === fromStoreId) region.leaderStoreId = toStoreId
  }

  moveStore(storeId: number, address: string): void {
    this.#addresses.set(storeId, address)
  }

  stop(storeId: number): void {
    this.#downStores.add(storeId)
  }

  start(storeId: number): void {
    this.#downStores.delete(storeId)
  }

  /** All pairs of column family `default` in key order. */
  contents(): readonly StoredPair[] {
    return this.#raw.pairs('default')
  }

  readonly rpc: Rpc = {
    supports: { batchingPays: false },
    unary: <Req, Res>(
      address: string,
      method: MethodDefinition<Req, Res>,
      request: Req,
      options?: RpcCallOptions,
    ): MaybePromise<Res> => {
      if (!this.isSlow) return this.#serve(address, method, request, options)
      return Promise.resolve().then(() => this.#serve(address, method, request, options))
    },
    stream: () => {
      throw new Error('the scripted cluster has no streams')
    },
    close: async () => {},
  }

  readonly placementDriver: PlacementDriver = {
    ...({} as PlacementDriver),
    regionByKey: (key) =>
      this.#ask('regionByKey', () =>
        this.#view().find(({ region }) => keyInRange(key, region.startKey, region.endKey)),
      ),
    regionsInRange: (start, end, limitCount) =>
      this.#ask('regionsInRange', () => {
        const found = this.#view().filter(
          ({ region }) =>
            (region.endKey.length === 0 || compareBytes(region.endKey, start) > 0) &&
            (end.length === 0 || compareBytes(region.startKey, end) < 0),
        )
        return limitCount === 0 ? found : found.slice(0, limitCount)
      }),
    store: (id) =>
      this.#ask('store', () => {
        const address = this.#addresses.get(id)
        if (address === undefined) return undefined
        return { id, address, state: 'up' } as StoreMeta
      }),
  }

  async #ask<T>(name: string, answer: () => T): Promise<T> {
    this.placementDriverCalls.push(name)
    await Promise.resolve()
    const error = this.placementDriverScript.shift()
    if (error !== undefined) throw error
    return answer()
  }

  #view(): readonly RegionRoute[] {
    return this.placementDriverView ?? this.regions
  }

  #route(region: ScriptedRegion): RegionRoute {
    const { id, startKey, endKey, epoch, peers } = region
    const route: Region = { id, startKey, endKey, epoch: { ...epoch }, peers: [...peers] }
    return { region: route, leader: peers.find((peer) => peer.storeId === region.leaderStoreId) }
  }

  #serve<Req, Res>(
    address: string,
    method: MethodDefinition<Req, Res>,
    request: Req,
    options?: RpcCallOptions,
  ): MaybePromise<Res> {
    const context = (request as RawRequest).context!
    this.calls.push({ address, path: method.path, context, request })
    const storeId = [...this.#addresses].find(([, known]) => known === address)?.[0]
    if (storeId === undefined || this.#downStores.has(storeId)) {
      throw new RpcStatusError(rpcStatus.unavailable, `${address} refuses connections`)
    }
    const scripted = this.script.shift()
    if (scripted === 'never-answer') {
      return new Promise((_, reject) => {
        const fail = () => reject(new RpcStatusError(rpcStatus.cancelled, 'cancelled'))
        options?.signal?.addEventListener('abort', fail)
      })
    }
    if (scripted instanceof RpcStatusError) throw scripted
    const empty = method.response.decode(emptyBytes) as Res & { regionError: errorpb.Error | undefined }
    if (typeof scripted === 'object') return { ...empty, regionError: errorpb.Error.create(scripted) }
    const regionError = this.#check(storeId, context) ?? this.#checkKeys(context, request)
    if (regionError !== undefined) return { ...empty, regionError }
    const region = this.#regions.find(({ id }) => id === context.regionId)!
    const result = this.#raw.execute(method.path, request, region)
    if (scripted === 'executed-but-no-answer') throw new RpcStatusError(rpcStatus.unavailable, 'the connection broke')
    return { ...empty, ...result }
  }

  #check(storeId: number, context: kvrpcpb.Context): errorpb.Error | undefined {
    const { peer, regionEpoch, regionId } = context
    if (peer?.storeId !== storeId) {
      const storeNotMatch = { requestStoreId: peer?.storeId ?? 0, actualStoreId: storeId }
      return errorpb.Error.create({ message: 'store not match', storeNotMatch })
    }
    const region = this.#regions.find(({ id }) => id === regionId)
    const own = region?.peers.find((known) => known.storeId === storeId)
    if (region === undefined || own === undefined) {
      return errorpb.Error.create({ message: 'region not found', regionNotFound: { regionId } })
    }
    if (region.leaderStoreId !== storeId) {
      const leader = region.peers.find((known) => known.storeId === region.leaderStoreId)
      const notLeader = { regionId, leader: leader && peerToMessage(leader) }
      return errorpb.Error.create({ message: 'not leader', notLeader })
    }
    if (own.id !== peer.id) return errorpb.Error.create({ message: `mismatch peer id ${peer.id} != ${own.id}` })
    if (regionEpoch?.version !== region.epoch.version || regionEpoch.confVer !== region.epoch.confVer) {
      const at = this.#regions.indexOf(region)
      // As a store does after a split: the region itself, and the one that was split off behind it.
      const currentRegions = this.#regions.slice(at, at + 2).map((known) => regionToMessage(this.#route(known).region))
      return errorpb.Error.create({ message: 'epoch not match', epochNotMatch: { currentRegions } })
    }
    return undefined
  }

  #checkKeys(context: kvrpcpb.Context, request: unknown): errorpb.Error | undefined {
    const { key, keys, pairs } = request as { key?: Uint8Array; keys?: Uint8Array[]; pairs?: kvrpcpb.KvPair[] }
    const all = [...(key === undefined ? [] : [key]), ...(keys ?? []), ...(pairs ?? []).map((pair) => pair.key)]
    const region = this.#regions.find(({ id }) => id === context.regionId)!
    const { startKey, endKey } = region
    const outside = all.find((one) => !keyInRange(one, startKey, endKey))
    if (outside === undefined) return undefined
    const keyNotInRegion = { key: outside, regionId: region.id, startKey, endKey }
    return errorpb.Error.create({ message: 'key not in region', keyNotInRegion })
  }
}
