import {
  assert,
  type Clock,
  ClosedError,
  type Counter,
  isPromise,
  type MaybePromise,
  type PlacementDriver,
  type Random,
  type Region,
  type RpcStatusCode,
  RpcStatusError,
  rpcStatus,
  type Telemetry,
} from '@stratakv/core'
import { regionFromMessage } from '@stratakv/proto'
import type * as errorpb from '@stratakv/proto/errorpb'
import type { CallScope } from './call-scope.ts'
import { type CommandTransport, NotSentError } from './command-transport.ts'
import { CallRefusedError, markUndetermined, RouteUnknownError } from './errors.ts'
import { RegionCache, type RegionCacheOptions } from './region-cache.ts'
import { RegionLookup } from './region-lookup.ts'
import type {
  RegionCommand,
  RegionGroup,
  RegionMoved,
  RegionRequest,
  RegionRequests,
  RegionResponse,
} from './region-requests.ts'
import { RegionRoute } from './region-route.ts'
import { judgeRegionError, refusal, regionErrorMet } from './region-verdict.ts'
import { StoreCache, type StoreEntry } from './store-cache.ts'

export interface RegionDispatcherDeps {
  readonly placementDriver: PlacementDriver
  readonly transport: CommandTransport
  readonly clock: Clock
  readonly random: Random
  readonly telemetry: Telemetry
}

export interface RegionDispatcherOptions {
  readonly cache: RegionCacheOptions
  /** What requests say about their origin (`Context.request_source`), for the server's metrics. */
  readonly requestSource: string
}

/** Statuses that another try would meet again. All others are told by a connection or a server that may be gone in a moment. */
const finalStatuses: ReadonlySet<RpcStatusCode> = new Set([
  rpcStatus.invalidArgument,
  rpcStatus.notFound,
  rpcStatus.failedPrecondition,
  // A message larger than the other side takes: by far its most common reason.
  rpcStatus.resourceExhausted,
  rpcStatus.outOfRange,
  rpcStatus.unimplemented,
])

/** What became of one try at a store. By now the route may lead to another one: calls of the same region share it. */
type Outcome<Res> = { readonly store: StoreEntry } & ({ readonly response: Res } | { readonly error: unknown })

/** Where a request goes next: to the same region, or wherever its key is now. */
type Next = 'again' | 'moved'

/** One request over all its tries. */
interface Attempts {
  tryCount: number
  /** "Not leader" answers in a row: two peers may point at each other. */
  notLeaderCount: number
  /** Peers of this region that were tried in vain. */
  failedPeerCount: number
  isUndetermined: boolean
  /** A try ended without an answer. The next travel alone: if this request is what broke a stream, it breaks no other call's again. */
  wasLost: boolean
}

/** {@link RegionRequests} over a region cache and a transport. A request whose region is known and whose store answers at once makes no promise. */
export class RegionDispatcher implements RegionRequests {
  readonly #transport: CommandTransport
  readonly #stores: StoreCache
  readonly #cache: RegionCache
  readonly #lookup: RegionLookup
  readonly #makeRoute: (region: Region, leader: Region['peers'][number] | undefined) => RegionRoute
  readonly #regionErrors: Counter
  readonly #rpcErrors: Counter

  constructor(deps: RegionDispatcherDeps, options: RegionDispatcherOptions) {
    const { requestSource } = options
    this.#transport = deps.transport
    this.#stores = new StoreCache(deps.placementDriver)
    this.#makeRoute = (region, leader) => new RegionRoute(region, leader, this.#stores, { requestSource })
    this.#cache = new RegionCache({ ...deps, makeRoute: this.#makeRoute }, options.cache)
    this.#lookup = new RegionLookup(this.#cache)
    this.#regionErrors = deps.telemetry.counter({
      name: 'tikv_client_region_err_total',
      help: 'Region errors that stores answered, by kind.',
      labels: ['type'],
    })
    this.#rpcErrors = deps.telemetry.counter({
      name: 'tikv_client_rpc_err_total',
      help: 'Calls to stores that ended without an answer, by gRPC status.',
      labels: ['type'],
    })
  }

  callKey<Req extends RegionRequest, Res extends RegionResponse>(
    scope: CallScope,
    command: RegionCommand<Req, Res>,
    key: Uint8Array,
    request: Req,
  ): MaybePromise<Res> {
    scope.check()
    const route = this.#cache.peek(key)
    if (route?.store.address === undefined) return this.#callWhereverKeyIs(scope, command, key, request, route)
    return this.#try(scope, command, route, request, (outcome) =>
      this.#callWhereverKeyIs(scope, command, key, request, route, outcome),
    )
  }

  callRegion<Req extends RegionRequest, Res extends RegionResponse>(
    scope: CallScope,
    command: RegionCommand<Req, Res>,
    region: Region,
    request: Req,
  ): MaybePromise<Res | RegionMoved> {
    scope.check()
    assert(region instanceof RegionRoute, 'a region comes from locate or groupByRegion')
    if (!region.isCurrent) return 'moved'
    const attempts = newAttempts()
    if (region.store.address === undefined) return this.#callOneRegion(scope, command, region, request, attempts)
    return this.#try<Req, Res, Res | RegionMoved>(scope, command, region, request, (outcome) =>
      this.#callOneRegion(scope, command, region, request, attempts, outcome),
    )
  }

  locate(scope: CallScope, key: Uint8Array): MaybePromise<RegionRoute> {
    return this.#lookup.locate(scope, key)
  }

  locateBefore(scope: CallScope, end: Uint8Array): MaybePromise<Region> {
    return this.#lookup.locateBefore(scope, end)
  }

  groupByRegion(scope: CallScope, keys: readonly Uint8Array[]): MaybePromise<readonly RegionGroup[]> {
    return this.#lookup.groupByRegion(scope, keys)
  }

  /** One try. A good answer is returned as it came; anything else goes to `recover`. */
  #try<Req extends RegionRequest, Res extends RegionResponse, End>(
    scope: CallScope,
    command: RegionCommand<Req, Res>,
    route: RegionRoute,
    request: Req,
    recover: (outcome: Outcome<Res>) => Promise<End>,
  ): MaybePromise<Res | End> {
    const { timeoutMs } = command
    request.context =
      request.context === undefined ? route.context(timeoutMs) : route.contextOver(request.context, timeoutMs)
    const { store } = route
    let answer: MaybePromise<Res>
    try {
      answer = this.#transport.send(store.address!, command, request, scope.signal)
    } catch (error) {
      return recover({ store, error })
    }
    if (!isPromise(answer)) return answer.regionError === undefined ? answer : recover({ store, response: answer })
    return answer.then<Res | End, End>(
      (response) => (response.regionError === undefined ? response : recover({ store, response })),
      (error: unknown) => recover({ store, error }),
    )
  }

  async #callWhereverKeyIs<Req extends RegionRequest, Res extends RegionResponse>(
    scope: CallScope,
    command: RegionCommand<Req, Res>,
    key: Uint8Array,
    request: Req,
    firstRoute: RegionRoute | undefined,
    firstOutcome?: Outcome<Res>,
  ): Promise<Res> {
    const attempts = newAttempts()
    let outcome = firstOutcome
    let route = firstRoute
    for (;;) {
      // What the first try met is about the route it took, also when that has been dropped since.
      if (route === undefined || (outcome === undefined && !route.isCurrent)) {
        try {
          route = await this.locate(scope, key)
        } catch (error) {
          if (attempts.isUndetermined) markUndetermined(error)
          throw error
        }
        attempts.failedPeerCount = 0
      }
      const answer = await this.#callOneRegion(scope, command, route, request, attempts, outcome)
      if (answer !== 'moved') return answer
      outcome = undefined
      route = undefined
    }
  }

  /** Tries until the region has served the request or is not what it was. `outcome`: that of a try that was made before. */
  async #callOneRegion<Req extends RegionRequest, Res extends RegionResponse>(
    scope: CallScope,
    command: RegionCommand<Req, Res>,
    route: RegionRoute,
    request: Req,
    attempts: Attempts,
    outcome?: Outcome<Res>,
  ): Promise<Res | RegionMoved> {
    try {
      let last = outcome
      for (;;) {
        if (last !== undefined) {
          attempts.tryCount++
          if ('response' in last && last.response.regionError === undefined) return last.response
          const next =
            'response' in last
              ? await this.#onRegionError(scope, route, last.store, last.response.regionError!, attempts)
              : await this.#onSendError(scope, command, route, last.store, last.error, attempts)
          if (next === 'moved' || !route.isCurrent) return 'moved'
        }
        const address = route.store.address ?? (await this.#stores.load(scope, route.store))
        if (address === undefined) {
          this.#cache.invalidate(route)
          await scope.backoff('region-miss', new RouteUnknownError(`address of store ${route.store.id}`))
          return 'moved'
        }
        scope.check()
        last = await this.#retry(scope, command, route, address, request, attempts)
      }
    } catch (error) {
      if (attempts.isUndetermined) markUndetermined(error)
      throw error
    }
  }

  async #retry<Req extends RegionRequest, Res extends RegionResponse>(
    scope: CallScope,
    command: RegionCommand<Req, Res>,
    route: RegionRoute,
    address: string,
    request: Req,
    attempts: Attempts,
  ): Promise<Outcome<Res>> {
    // A copy: an earlier try may still be on its way, and what was handed over is not changed.
    const context = route.contextOver(request.context, command.timeoutMs)
    context.isRetryRequest = attempts.tryCount > 0
    const { store } = route
    const { method, timeoutMs } = command
    const sent = attempts.wasLost ? { method, timeoutMs } : command
    try {
      const response = await this.#transport.send(address, sent, { ...request, context }, scope.signal)
      return { store, response }
    } catch (error) {
      return { store, error }
    }
  }

  async #onRegionError(
    scope: CallScope,
    route: RegionRoute,
    store: StoreEntry,
    error: errorpb.Error,
    attempts: Attempts,
  ): Promise<Next> {
    const verdict = judgeRegionError(error)
    this.#regionErrors.add(1, verdict.label)
    if (verdict.isUndetermined) this.#noteUndetermined(scope, attempts)
    const met = regionErrorMet(error, verdict.label, route.id)
    switch (verdict.action) {
      case 'refuse':
        throw refusal(error, route.id)
      case 'follow-leader':
        if (!route.followLeader(leaderOf(error))) {
          this.#cache.invalidate(route)
        } else if (attempts.notLeaderCount++ === 0) {
          return 'again'
        }
        break
      case 'next-peer':
        this.#giveUpPeer(route, store, attempts)
        break
      case 'adopt':
        return this.#adopt(scope, route, store, error.epochNotMatch!, met)
      case 'relocate-store':
        this.#stores.doubt(store)
        this.#cache.invalidate(route)
        break
      case 'relocate':
        this.#cache.invalidate(route)
        break
      case 'again':
        break
    }
    await scope.backoff(verdict.backoff, met)
    return route.isCurrent ? 'again' : 'moved'
  }

  /** The store told what the region has become. */
  async #adopt(
    scope: CallScope,
    route: RegionRoute,
    store: StoreEntry,
    error: errorpb.EpochNotMatch,
    met: Error,
  ): Promise<Next> {
    const regions = error.currentRegions.map(regionFromMessage)
    const isBehind = regions.some(
      ({ id, epoch }) =>
        id === route.id && (epoch.version < route.epoch.version || epoch.confVer < route.epoch.confVer),
    )
    // A follower that has not applied the change yet: it will.
    if (!isBehind) {
      this.#cache.invalidate(route)
      for (const region of regions) {
        const known = this.#makeRoute(region, undefined)
        // It knows that much because it leads them, or did a moment ago.
        known.followStore(store)
        this.#cache.insert(known)
      }
    }
    await scope.backoff('region-miss', met)
    return route.isCurrent ? 'again' : 'moved'
  }

  async #onSendError<Req extends RegionRequest, Res extends RegionResponse>(
    scope: CallScope,
    command: RegionCommand<Req, Res>,
    route: RegionRoute,
    store: StoreEntry,
    error: unknown,
    attempts: Attempts,
  ): Promise<Next> {
    if (error instanceof NotSentError) {
      this.#rpcErrors.add(1, 'notSent')
      scope.check()
      await scope.backoff('tikv-rpc', error)
      return route.isCurrent ? 'again' : 'moved'
    }
    if (!(error instanceof RpcStatusError)) throw error
    this.#rpcErrors.add(1, statusName(error.status))
    if (finalStatuses.has(error.status)) {
      throw new CallRefusedError(store.address ?? `store ${store.id}`, command.method.path, error)
    }
    this.#noteUndetermined(scope, attempts)
    attempts.wasLost = true
    scope.check()
    if (this.#transport.isClosed) throw new ClosedError('client')
    // It may have come back under another address.
    if (error.status === rpcStatus.unavailable) this.#stores.doubt(store)
    // And another peer may lead by now.
    this.#giveUpPeer(route, store, attempts)
    await scope.backoff('tikv-rpc', error)
    return route.isCurrent ? 'again' : 'moved'
  }

  /** Another call may have done so since: then the route leads elsewhere already, and this call goes there. */
  #giveUpPeer(route: RegionRoute, store: StoreEntry, attempts: Attempts): void {
    attempts.failedPeerCount++
    if (attempts.failedPeerCount >= route.candidateCount) this.#cache.invalidate(route)
    else if (route.store === store) route.tryNextPeer()
  }

  #noteUndetermined(scope: CallScope, attempts: Attempts): void {
    attempts.isUndetermined = true
    scope.noteUndetermined()
  }
}

function newAttempts(): Attempts {
  return { tryCount: 0, notLeaderCount: 0, failedPeerCount: 0, isUndetermined: false, wasLost: false }
}

function leaderOf(error: errorpb.Error): Region['peers'][number] {
  const leader = error.notLeader?.leader
  assert(leader !== undefined, 'a leader is followed that was named')
  return { id: leader.id, storeId: leader.storeId, role: 'voter' }
}

function statusName(status: RpcStatusCode): string {
  const found = Object.entries(rpcStatus).find(([, code]) => code === status)
  return found?.[0] ?? String(status)
}
