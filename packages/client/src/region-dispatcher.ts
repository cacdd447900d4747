import {
  assert,
  type Clock,
  ClosedError,
  type Counter,
  compareBytes,
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
import { StoreCache } from './store-cache.ts'

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
  rpcStatus.outOfRange,
  rpcStatus.unimplemented,
])

/** What became of one try. */
type Outcome<Res> = { readonly response: Res } | { readonly error: unknown }

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
}

/** {@link RegionRequests} over a region cache and a transport. A request whose region is known and whose store answers at once makes no promise. */
export class RegionDispatcher implements RegionRequests {
  readonly #transport: CommandTransport
  readonly #stores: StoreCache
  readonly #cache: RegionCache
  readonly #makeRoute: (region: Region, leader: Region['peers'][number] | undefined) => RegionRoute
  readonly #regionErrors: Counter
  readonly #rpcErrors: Counter

  constructor(deps: RegionDispatcherDeps, options: RegionDispatcherOptions) {
    const { requestSource } = options
    this.#transport = deps.transport
    this.#stores = new StoreCache(deps.placementDriver)
    this.#makeRoute = (region, leader) => new RegionRoute(region, leader, this.#stores, { requestSource })
    this.#cache = new RegionCache({ ...deps, makeRoute: this.#makeRoute }, options.cache)
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
    return this.#cache.peek(key) ?? this.#cache.load(scope, key)
  }

  async locateBefore(scope: CallScope, end: Uint8Array): Promise<Region> {
    // The last key before `end` cannot be written down. A region boundary between this one and `end` is unlikely: then it takes
    // a step or two more.
    let region = await this.locate(scope, justBefore(end))
    while (region.endKey.length > 0 && (end.length === 0 || compareBytes(region.endKey, end) < 0)) {
      region = await this.locate(scope, region.endKey)
    }
    return region
  }

  groupByRegion(scope: CallScope, keys: readonly Uint8Array[]): MaybePromise<readonly RegionGroup[]> {
    const routes = this.#peekAll(keys)
    if (routes !== undefined) return groupsOf(routes)
    return this.#locateAll(scope, keys).then(groupsOf)
  }

  #peekAll(keys: readonly Uint8Array[]): readonly RegionRoute[] | undefined {
    const routes: RegionRoute[] = []
    for (const key of keys) {
      const route = this.#cache.peek(key)
      if (route === undefined) return undefined
      routes.push(route)
    }
    return routes
  }

  async #locateAll(scope: CallScope, keys: readonly Uint8Array[]): Promise<readonly RegionRoute[]> {
    const stillMissing = () => keys.filter((key) => this.#cache.peek(key) === undefined).sort(compareBytes)
    let missing = stillMissing()
    while (missing.length > 1) {
      await this.#cache.loadRange(scope, missing[0]!, missing[missing.length - 1]!)
      const before = missing.length
      missing = stillMissing()
      // An answer that brought nothing: the placement driver is asked for one at a time, with the waits that belong to it.
      if (missing.length === before) break
    }
    const routes: RegionRoute[] = []
    for (const key of keys) routes.push(await this.locate(scope, key))
    return routes
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
    let answer: MaybePromise<Res>
    try {
      answer = this.#transport.send(route.store.address!, command, request, scope.signal)
    } catch (error) {
      return recover({ error })
    }
    if (!isPromise(answer)) return answer.regionError === undefined ? answer : recover({ response: answer })
    return answer.then<Res | End, End>(
      (response) => (response.regionError === undefined ? response : recover({ response })),
      (error: unknown) => recover({ error }),
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
              ? await this.#onRegionError(scope, route, last.response.regionError!, attempts)
              : await this.#onSendError(scope, command, route, last.error, attempts)
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
    try {
      return { response: await this.#transport.send(address, command, { ...request, context }, scope.signal) }
    } catch (error) {
      return { error }
    }
  }

  async #onRegionError(scope: CallScope, route: RegionRoute, error: errorpb.Error, attempts: Attempts): Promise<Next> {
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
        this.#giveUpPeer(route, attempts)
        break
      case 'adopt':
        return this.#adopt(scope, route, error.epochNotMatch!, met)
      case 'relocate-store':
        this.#stores.doubt(route.store)
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
  async #adopt(scope: CallScope, route: RegionRoute, error: errorpb.EpochNotMatch, met: Error): Promise<Next> {
    const regions = error.currentRegions.map(regionFromMessage)
    const store = route.store
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
      throw new CallRefusedError(route.store.address ?? `store ${route.store.id}`, command.method.path, error)
    }
    this.#noteUndetermined(scope, attempts)
    scope.check()
    if (this.#transport.isClosed) throw new ClosedError('client')
    // It may have come back under another address.
    if (error.status === rpcStatus.unavailable) this.#stores.doubt(route.store)
    // And another peer may lead by now.
    this.#giveUpPeer(route, attempts)
    await scope.backoff('tikv-rpc', error)
    return route.isCurrent ? 'again' : 'moved'
  }

  #giveUpPeer(route: RegionRoute, attempts: Attempts): void {
    attempts.failedPeerCount++
    if (attempts.failedPeerCount >= route.candidateCount) this.#cache.invalidate(route)
    else route.tryNextPeer()
  }

  #noteUndetermined(scope: CallScope, attempts: Attempts): void {
    attempts.isUndetermined = true
    scope.noteUndetermined()
  }
}

function newAttempts(): Attempts {
  return { tryCount: 0, notLeaderCount: 0, failedPeerCount: 0, isUndetermined: false }
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

function groupsOf(routes: readonly RegionRoute[]): readonly RegionGroup[] {
  const groups = new Map<Region, number[]>()
  for (const [index, region] of routes.entries()) {
    const indexes = groups.get(region)
    if (indexes === undefined) groups.set(region, [index])
    else indexes.push(index)
  }
  return [...groups].map(([region, indexes]) => ({ region, indexes }))
}

/** As many 0xff as a key is likely to be long. */
const tailBytes = 16

/** A key close before `end`, or the last one before it where there is one. */
function justBefore(end: Uint8Array): Uint8Array {
  if (end.length === 0) return new Uint8Array(tailBytes).fill(0xff)
  const lastByte = end[end.length - 1]!
  if (lastByte === 0) return end.subarray(0, end.length - 1)
  const before = new Uint8Array(end.length + tailBytes).fill(0xff)
  before.set(end)
  before[end.length - 1] = lastByte - 1
  return before
}
