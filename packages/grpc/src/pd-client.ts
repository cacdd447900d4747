/**
 * A client of any placement driver: ours, or a PD cluster. It follows the leader, and needs nothing but a way to call.
 *
 * @packageDocumentation
 * @example
 * const pd = new PdClient({ rpc, clock: systemClock(), random: systemRandom() }, { endpoints: ['127.0.0.1:2379'] })
 * const timestamp = await pd.timestamps(1)
 * pd.close()
 */
import {
  type BootstrapOutcome,
  type Clock,
  ClosedError,
  type ClusterId,
  type MethodDefinition,
  type PlacementDriver,
  type Random,
  type Region,
  type RegionHeartbeat,
  type RegionHeartbeats,
  type RegionId,
  type RegionOperator,
  type RegionRoute,
  type Rpc,
  RpcStatusError,
  rpcStatus,
  type ServiceSafePoint,
  type SplitIds,
  type StoreId,
  type StoreMeta,
  type StoreStats,
  type Timestamp,
} from '@stratakv/core'
import {
  etcdKvMethods,
  pdMethods,
  peerFromMessage,
  regionFromMessage,
  regionToMessage,
  storeFromMessage,
  storeToMessage,
} from '@stratakv/proto'
import { PutRequest, RangeRequest } from '@stratakv/proto/etcdserverpb'
import type { Peer as PeerMessage, Region as RegionMessage } from '@stratakv/proto/metapb'
import {
  AskBatchSplitRequest,
  ErrorType,
  RequestHeader,
  type ResponseHeader,
  StoreStats as StoreStatsMessage,
} from '@stratakv/proto/pdpb'
import { PdClusterMismatchError, PdCountError, PdProtocolError, PdRefusedError } from './pd-errors.ts'
import { type PdLeader, type PdMember, PdMembers } from './pd-members.ts'
import { PdRegionReports } from './pd-reports.ts'
import { isPassing, RetryBudget } from './pd-retry.ts'
import { PdTimestamps } from './pd-timestamps.ts'

export {
  PdBusyError,
  PdClusterMismatchError,
  PdCountError,
  PdProtocolError,
  PdRefusedError,
  PdUnavailableError,
} from './pd-errors.ts'
export type { PdMember } from './pd-members.ts'

export interface PdClientDeps {
  /** Stays open when the client is closed. */
  readonly rpc: Rpc
  readonly clock: Clock
  readonly random: Random
}

export interface PdClientOptions {
  /** `host:port` or URL of some members; the others are learnt from them. */
  readonly endpoints: readonly string[]
  /** Longest wait for one answer. 3 s, as client-go's. */
  readonly timeoutMs?: number
  /** Longest wait with all retries; after that PdUnavailableError. 10 s: an election among PD members takes a few. */
  readonly budgetMs?: number
}

export interface PdCallOptions {
  /** Aborting ends the call with RpcStatusError CANCELLED. */
  readonly signal?: AbortSignal
}

const timeoutMsDefault = 3000
const budgetMsDefault = 10_000
/** Regions asked for at once when all are wanted: an answer stays below the 4 MiB that gRPC takes everywhere. */
const scanCountMax = 4096
/** Ids one call may ask for: the protocol's 32 bits. */
const idCountMax = 2 ** 32 - 1
/** Regions one split may make: the protocol's 32 bits; whoever answers has a bound of its own. */
const splitCountMax = 2 ** 32 - 1
/** PD 6.1 gives one id a call: so many calls are made before a run of consecutive ones is given up. */
const singleIdCallsMax = 10_000
/** Where TiDB and TiKV clients keep the transaction safe point in PD's etcd, as decimal text. */
const savedSafePointKey = '/tidb/store/gcworker/saved_safe_point'
/** How the protocol says "no end". */
const ttlNever = 2n ** 63n - 1n

interface WithResponseHeader {
  readonly header: ResponseHeader | undefined
}

interface RouteFields {
  readonly region?: RegionMessage | undefined
  readonly leader?: PeerMessage | undefined
}

/**
 * The placement driver as a store or client sees it from elsewhere. Calls that fail in passing (nobody there, leader changed) are made
 * again within the budget, so a change that was asked for may be carried out twice; all of them bear that.
 *
 * Rejects with PdUnavailableError, PdClusterMismatchError, PdRefusedError, PdProtocolError; RpcStatusError for what the placement
 * driver refuses by status; after `close` with ClosedError.
 */
export class PdClient implements PlacementDriver {
  readonly #deps: PdClientDeps
  readonly #timeoutMs: number
  readonly #budgetMs: number
  readonly #members: PdMembers
  readonly #timestamps: PdTimestamps
  readonly #reports: PdRegionReports
  readonly #heartbeats = new Set<PdRegionReports>()
  #isClosed = false

  constructor(deps: PdClientDeps, options: PdClientOptions) {
    const { endpoints, timeoutMs = timeoutMsDefault, budgetMs = budgetMsDefault } = options
    this.#deps = deps
    this.#timeoutMs = timeoutMs
    this.#budgetMs = budgetMs
    this.#members = new PdMembers(deps.rpc, endpoints, timeoutMs)
    this.#timestamps = new PdTimestamps({ ...deps, members: this.#members }, { timeoutMs, budgetMs })
    this.#reports = new PdRegionReports(deps.rpc, this.#members)
  }

  /** Ends what runs with ClosedError. Idempotent. */
  close(): void {
    this.#isClosed = true
    this.#timestamps.close()
    this.#reports.close()
    for (const reports of this.#heartbeats) reports.close()
  }

  /** Asked for anew. */
  members(options?: PdCallOptions): Promise<readonly PdMember[]> {
    return this.#retried(options, () => this.#members.list())
  }

  clusterId(options?: PdCallOptions): Promise<ClusterId> {
    return this.#retried(options, async () => (await this.#members.leader()).clusterId)
  }

  async isBootstrapped(options?: PdCallOptions): Promise<boolean> {
    return (await this.#call(pdMethods.isBootstrapped, {}, options)).bootstrapped
  }

  /** When an answer is lost, "already bootstrapped" may be our own doing: look whose region it is. */
  async bootstrap(store: StoreMeta, region: Region): Promise<BootstrapOutcome> {
    try {
      await this.#call(pdMethods.bootstrap, { store: storeToMessage(store), region: regionToMessage(region) })
      return 'bootstrapped'
    } catch (error) {
      if (error instanceof PdRefusedError && error.type === ErrorType.ALREADY_BOOTSTRAPPED)
        return 'already-bootstrapped'
      throw error
    }
  }

  async allocateIds(count: number): Promise<number> {
    checkCount('ids', count, idCountMax)
    let first = 0
    let runCount = 0
    for (let calls = 0; calls < singleIdCallsMax; calls++) {
      const reply = await this.#call(pdMethods.allocID, { count: count - runCount })
      // PD before `count` came into the protocol gives one id, and says 0. Others may take ids in between: then the run begins anew.
      const given = Math.max(1, reply.count)
      const firstGiven = reply.id - given + 1
      if (firstGiven !== first + runCount || runCount === 0) {
        first = firstGiven
        runCount = 0
      }
      runCount += given
      if (runCount >= count) return first
    }
    throw new PdProtocolError(`no ${count} consecutive ids were to be had`)
  }

  async putStore(store: StoreMeta): Promise<void> {
    await this.#call(pdMethods.putStore, { store: storeToMessage(store) })
  }

  async store(id: StoreId, options?: PdCallOptions): Promise<StoreMeta | undefined> {
    try {
      const { store } = await this.#call(pdMethods.getStore, { storeId: id }, options)
      return store && storeFromMessage(store)
    } catch (error) {
      // For an unknown store the status is UNKNOWN, as for much else: the list tells for sure.
      if (!(error instanceof RpcStatusError) || error.status !== rpcStatus.unknown) throw error
      const all = await this.stores({ includeTombstones: true, ...options })
      const found = all.find((store) => store.id === id)
      if (found !== undefined) throw error
      return undefined
    }
  }

  async stores(options: { readonly includeTombstones: boolean } & PdCallOptions): Promise<readonly StoreMeta[]> {
    const request = { excludeTombstoneStores: !options.includeTombstones }
    return (await this.#call(pdMethods.getAllStores, request, options)).stores.map(storeFromMessage)
  }

  async storeHeartbeat(stats: StoreStats): Promise<void> {
    await this.#call(pdMethods.storeHeartbeat, {
      stats: StoreStatsMessage.create({
        storeId: stats.storeId,
        capacity: stats.capacityBytes,
        available: stats.availableBytes,
        usedSize: stats.usedBytes,
        regionCount: stats.regionCount,
        isBusy: stats.isBusy,
        bytesWritten: stats.bytesWritten,
        keysWritten: stats.keysWritten,
        bytesRead: stats.bytesRead,
        keysRead: stats.keysRead,
        interval: { startTimestamp: stats.intervalStart, endTimestamp: stats.intervalEnd },
      }),
      storeReport: undefined,
      drAutosyncStatus: undefined,
    })
  }

  /** Resolves when it is on its way: nobody says whether it was taken. */
  regionHeartbeat(heartbeat: RegionHeartbeat): Promise<void> {
    return this.#retried(undefined, () => this.#reports.send(heartbeat))
  }

  /** Every report resolves when it is on its way. The placement driver knows the store by the leader that the first one names. */
  openRegionHeartbeats(_storeId: StoreId, onOperator: (operator: RegionOperator) => void): RegionHeartbeats {
    if (this.#isClosed) throw new ClosedError('placement driver client')
    const reports = new PdRegionReports(this.#deps.rpc, this.#members, onOperator)
    this.#heartbeats.add(reports)
    return {
      report: (heartbeat) => this.#retried(undefined, () => reports.send(heartbeat)),
      close: () => {
        this.#heartbeats.delete(reports)
        reports.close()
      },
    }
  }

  async askSplit(region: Region, count: number): Promise<readonly SplitIds[]> {
    checkCount('splits', count, splitCountMax)
    const request = AskBatchSplitRequest.create({ region: regionToMessage(region), splitCount: count })
    const { ids } = await this.#call(pdMethods.askBatchSplit, request)
    return ids.map(({ newRegionId, newPeerIds }) => ({ regionId: newRegionId, peerIds: [...newPeerIds] }))
  }

  async regionByKey(key: Uint8Array, options?: PdCallOptions): Promise<RegionRoute | undefined> {
    return toRoute(await this.#call(pdMethods.getRegion, { regionKey: key, needBuckets: false }, options))
  }

  async regionBefore(key: Uint8Array, options?: PdCallOptions): Promise<RegionRoute | undefined> {
    return toRoute(await this.#call(pdMethods.getPrevRegion, { regionKey: key, needBuckets: false }, options))
  }

  async regionById(id: RegionId, options?: PdCallOptions): Promise<RegionRoute | undefined> {
    return toRoute(await this.#call(pdMethods.getRegionByID, { regionId: id, needBuckets: false }, options))
  }

  async regionsInRange(
    start: Uint8Array,
    end: Uint8Array,
    limitCount: number,
    options?: PdCallOptions,
  ): Promise<readonly RegionRoute[]> {
    const found: RegionRoute[] = []
    for (let startKey = start; ; ) {
      const wanted = limitCount === 0 ? scanCountMax : Math.min(scanCountMax, limitCount - found.length)
      const request = { startKey, endKey: end, limit: wanted }
      const { regions, regionMetas, leaders } = await this.#call(pdMethods.scanRegions, request, options)
      // PD before 4.0.10 fills only the two parallel lists.
      const entries: readonly RouteFields[] =
        regions.length > 0 ? regions : regionMetas.map((region, index) => ({ region, leader: leaders[index] }))
      const page = entries.map(toRoute).filter((route) => route !== undefined)
      found.push(...page)
      const lastKey = page.at(-1)?.region.endKey
      const isAll = page.length < wanted || found.length === limitCount
      if (isAll || lastKey === undefined || lastKey.length === 0) return found
      startKey = lastKey
    }
  }

  timestamps(count: number, options?: PdCallOptions): Promise<Timestamp> {
    return this.#timestamps.take(count, options?.signal)
  }

  async advanceTxnSafePoint(target: Timestamp): Promise<Timestamp> {
    // Every generation of PD and clients knows it under this key; the call of that name is newer than most.
    const key = new TextEncoder().encode(savedSafePointKey)
    const options = { timeoutMs: this.#timeoutMs }
    return this.#retried(undefined, async () => {
      const { address } = await this.#members.leader()
      const { kvs } = await this.#deps.rpc.unary(address, etcdKvMethods.range, RangeRequest.create({ key }), options)
      const text = kvs[0] === undefined ? '' : new TextDecoder().decode(kvs[0].value)
      const present = /^\d{1,20}$/.test(text) ? BigInt(text) : 0n
      if (present >= target) return present
      const value = new TextEncoder().encode(target.toString())
      await this.#deps.rpc.unary(address, etcdKvMethods.put, PutRequest.create({ key, value }), options)
      return target
    })
  }

  async gcSafePoint(options?: PdCallOptions): Promise<Timestamp> {
    return (await this.#call(pdMethods.getGCSafePoint, {}, options)).safePoint
  }

  async updateGcSafePoint(safePoint: Timestamp): Promise<Timestamp> {
    return (await this.#call(pdMethods.updateGCSafePoint, { safePoint })).newSafePoint
  }

  async updateServiceSafePoint(serviceId: string, safePoint: Timestamp, ttlSeconds: number): Promise<ServiceSafePoint> {
    const reply = await this.#call(pdMethods.updateServiceGCSafePoint, {
      serviceId: new TextEncoder().encode(serviceId),
      safePoint,
      ttl: ttlSeconds === Number.POSITIVE_INFINITY ? ttlNever : BigInt(Math.ceil(ttlSeconds)),
    })
    return {
      serviceId: new TextDecoder().decode(reply.serviceId),
      safePoint: reply.minSafePoint,
      // PD counts what is left from now, so "never" has lost some seconds of its 292 billion years.
      ttlSeconds: reply.ttl > ttlNever / 2n ? Number.POSITIVE_INFINITY : Number(reply.ttl),
    }
  }

  #call<Req extends { header: RequestHeader | undefined }, Res extends WithResponseHeader>(
    method: MethodDefinition<Req, Res>,
    request: Omit<Req, 'header'>,
    options?: PdCallOptions,
  ): Promise<Res> {
    const callOptions = { timeoutMs: this.#timeoutMs, ...(options?.signal && { signal: options.signal }) }
    return this.#retried(options, async () => {
      const leader = await this.#members.leader()
      try {
        const header = RequestHeader.create({ clusterId: leader.clusterId })
        const reply = await this.#deps.rpc.unary(leader.address, method, { ...request, header } as Req, callOptions)
        checkHeader(leader, reply.header)
        return reply
      } catch (error) {
        if (isPassing(error)) this.#members.forget(leader)
        throw error
      }
    })
  }

  /** Calls `work` until it succeeds, fails for good, or the budget is spent. */
  async #retried<T>(options: PdCallOptions | undefined, work: () => Promise<T>): Promise<T> {
    const budget = new RetryBudget(this.#deps.clock, this.#deps.random, this.#budgetMs)
    for (;;) {
      if (this.#isClosed) throw new ClosedError('placement driver client')
      try {
        return await work()
      } catch (error) {
        if (options?.signal?.aborted || !isPassing(error)) throw error
        await budget.wait(this.#members.addresses, error, options?.signal)
      }
    }
  }
}

function checkHeader(leader: PdLeader, header: ResponseHeader | undefined): void {
  if (header?.error !== undefined && header.error.type !== ErrorType.OK) {
    throw new PdRefusedError(header.error.type, header.error.message)
  }
  if (header !== undefined && header.clusterId !== leader.clusterId) {
    throw new PdClusterMismatchError(leader.address, leader.clusterId, header.clusterId)
  }
}

function checkCount(what: string, count: number, countMax: number): void {
  if (!Number.isInteger(count) || count < 1 || count > countMax) throw new PdCountError(what, count, countMax)
}

/** An unknown leader is a peer without an id in some replies, and missing in others. */
function toRoute({ region, leader }: RouteFields): RegionRoute | undefined {
  if (region === undefined || region.id === 0) return undefined
  return {
    region: regionFromMessage(region),
    leader: leader === undefined || leader.id === 0 ? undefined : peerFromMessage(leader),
  }
}
