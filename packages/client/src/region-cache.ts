import {
  assert,
  type Clock,
  ClosedError,
  type Counter,
  compareBytes,
  fraction,
  type PlacementDriver,
  type Random,
  type Region,
  type RegionId,
  type Telemetry,
  toHex,
} from '@stratakv/core'
import { type CallScope, untilAborted } from './call-scope.ts'
import { CallAbortedError, RouteUnknownError } from './errors.ts'
import type { RegionRoute } from './region-route.ts'

export interface RegionCacheDeps {
  readonly placementDriver: PlacementDriver
  readonly clock: Clock
  readonly random: Random
  readonly telemetry: Telemetry
  /** Makes the entry for a region that became known. */
  readonly makeRoute: (region: Region, leader: Region['peers'][number] | undefined) => RegionRoute
}

export interface RegionCacheOptions {
  /** Most regions kept; at the limit the one that was loaded longest ago goes. */
  readonly regionCountMax: number
  /** A region that nobody asked for so long is asked for anew, milliseconds. */
  readonly idleMsMax: number
  /** Up to this much is added to `idleMsMax`, so that what was loaded together does not expire together. */
  readonly idleJitterMs: number
}

/** client-go's times (`internal/locate/region_cache.go`); 100,000 regions are a large cluster and some 50 MB. */
export const defaultRegionCacheOptions: RegionCacheOptions = {
  regionCountMax: 100_000,
  idleMsMax: 600_000,
  idleJitterMs: 60_000,
}

/** Regions fetched in one question when many keys are looked up at once. */
const rangeLoadCountMax = 128

interface RunningLoad {
  readonly key: Uint8Array
  readonly done: Promise<RegionRoute | undefined>
}

/**
 * What the client knows of the cluster's regions, by key and by id. Its entries never overlap: where what is told overlaps what
 * is known, the one with the newer epoch stays.
 */
export class RegionCache {
  readonly #deps: RegionCacheDeps
  readonly #options: RegionCacheOptions
  /** By start key. */
  readonly #sorted: RegionRoute[] = []
  /** In order of insertion: the first was loaded longest ago. */
  readonly #byId = new Map<RegionId, RegionRoute>()
  readonly #loads: RunningLoad[] = []
  readonly #operations: Counter

  constructor(deps: RegionCacheDeps, options: RegionCacheOptions) {
    this.#deps = deps
    this.#options = options
    this.#operations = deps.telemetry.counter({
      name: 'tikv_client_region_cache_operations_total',
      help: 'Questions to the placement driver about regions, regions learned from stores, and regions dropped.',
      labels: ['type', 'result'],
    })
  }

  get count(): number {
    return this.#sorted.length
  }

  /** The entry that holds `key` (boundary form), if there is one that may be used. */
  peek(key: Uint8Array): RegionRoute | undefined {
    const route = this.#sorted[this.#indexAt(key)]
    if (route === undefined || !endsBehind(route, key)) return undefined
    const now = this.#deps.clock.now()
    if (now > route.expiresAt) {
      this.invalidate(route)
      return undefined
    }
    // Extended only now and then: a draw for each look would cost more than the look.
    if (route.expiresAt - now < this.#options.idleMsMax) route.expiresAt = this.#expiry(now)
    return route
  }

  byId(id: RegionId): RegionRoute | undefined {
    return this.#byId.get(id)
  }

  /**
   * Asks the placement driver for the region of `key`. Callers whose keys may well lie in the region that is being asked for wait
   * for that answer first.
   *
   * @throws BackoffExhaustedError, CallAbortedError
   */
  async load(scope: CallScope, key: Uint8Array): Promise<RegionRoute> {
    for (;;) {
      scope.check()
      const cached = this.peek(key)
      if (cached !== undefined) return cached
      const running = this.#loads.find((load) => this.#inOneGap(load.key, key))
      try {
        const route = await untilAborted(scope.signal, running?.done ?? this.#ask(key))
        // An answer that is older than what is known of a neighbour is not kept, but it may serve this call: the store corrects it.
        if (route !== undefined && contains(route, key)) return route
        if (running !== undefined) continue
      } catch (error) {
        if (error instanceof ClosedError || error instanceof CallAbortedError) throw error
        await scope.backoff('pd-rpc', new RouteUnknownError(`region of key ${toHex(key)}`, { cause: error }))
        continue
      }
      await scope.backoff('region-miss', new RouteUnknownError(`region of key ${toHex(key)}`))
    }
  }

  /**
   * Asks for the regions from that of `first` to that of `last`, or as many of them as one answer brings. Whoever needs one
   * that is still missing then loads it.
   */
  async loadRange(scope: CallScope, first: Uint8Array, last: Uint8Array): Promise<void> {
    const end = new Uint8Array(last.length + 1)
    end.set(last)
    let routes: Awaited<ReturnType<PlacementDriver['regionsInRange']>>
    try {
      const asked = this.#deps.placementDriver.regionsInRange(first, end, rangeLoadCountMax)
      routes = await untilAborted(scope.signal, asked)
    } catch (error) {
      if (error instanceof ClosedError || error instanceof CallAbortedError) throw error
      // Loading one by one tells what is wrong, and waits as it should.
      this.#operations.add(1, 'scan_regions', 'err')
      return
    }
    this.#operations.add(1, 'scan_regions', 'ok')
    for (const { region, leader } of routes) this.insert(this.#deps.makeRoute(region, leader))
  }

  /** Takes a region in unless something newer is known. Returns the entry in force for it, or `route` itself when it was refused. */
  insert(route: RegionRoute): RegionRoute {
    const known = this.#byId.get(route.id)
    if (known !== undefined && isOlder(route, known)) return route
    if (known !== undefined && isSame(route, known)) {
      // Where its leader is the known entry has learned from the stores; the placement driver hears of it later than they do.
      known.expiresAt = this.#expiry(this.#deps.clock.now())
      return known
    }
    const from = this.#indexAt(route.startKey)
    let first = from >= 0 && endsBehind(this.#sorted[from]!, route.startKey) ? from : from + 1
    let end = first
    while (end < this.#sorted.length && startsBefore(this.#sorted[end]!, route.endKey)) {
      const other = this.#sorted[end]!
      if (other.id !== route.id && other.epoch.version > route.epoch.version) return route
      end++
    }
    for (const gone of this.#sorted.splice(first, end - first)) this.#forget(gone)
    if (this.#byId.get(route.id) !== undefined) {
      // It has moved to a place that does not overlap the old one.
      this.invalidate(this.#byId.get(route.id)!)
      first = this.#indexAt(route.startKey) + 1
    }
    this.#sorted.splice(first, 0, route)
    this.#byId.set(route.id, route)
    route.expiresAt = this.#expiry(this.#deps.clock.now())
    if (this.#sorted.length > this.#options.regionCountMax) this.#evict()
    return route
  }

  /** It is asked for anew before its next use. */
  invalidate(route: RegionRoute): void {
    if (this.#byId.get(route.id) !== route) {
      route.isCurrent = false
      return
    }
    const at = this.#indexAt(route.startKey)
    assert(this.#sorted[at] === route, 'a region that is known by its id is known by its keys')
    this.#sorted.splice(at, 1)
    this.#forget(route)
  }

  #forget(route: RegionRoute): void {
    route.isCurrent = false
    this.#byId.delete(route.id)
  }

  #evict(): void {
    for (const oldest of this.#byId.values()) {
      this.#operations.add(1, 'evict', 'ok')
      this.invalidate(oldest)
      return
    }
  }

  #expiry(now: number): number {
    return now + this.#options.idleMsMax + fraction(this.#deps.random) * this.#options.idleJitterMs
  }

  /** Of the last entry that starts at or before `key`; -1 when there is none. */
  #indexAt(key: Uint8Array): number {
    let low = 0
    let high = this.#sorted.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (compareBytes(this.#sorted[middle]!.startKey, key) <= 0) low = middle + 1
      else high = middle
    }
    return low - 1
  }

  /** No known region lies between the two, both of which are in none: one region may hold them both. */
  #inOneGap(left: Uint8Array, right: Uint8Array): boolean {
    return this.#indexAt(left) === this.#indexAt(right)
  }

  #ask(key: Uint8Array): Promise<RegionRoute | undefined> {
    const load: RunningLoad = {
      key,
      done: this.#deps.placementDriver
        .regionByKey(key)
        .then(
          (answer) => {
            this.#operations.add(1, 'get_region_when_miss', 'ok')
            return answer && this.insert(this.#deps.makeRoute(answer.region, answer.leader))
          },
          (error) => {
            this.#operations.add(1, 'get_region_when_miss', 'err')
            throw error
          },
        )
        .finally(() => this.#loads.splice(this.#loads.indexOf(load), 1)),
    }
    this.#loads.push(load)
    return load.done
  }
}

function endsBehind(region: Region, key: Uint8Array): boolean {
  return region.endKey.length === 0 || compareBytes(key, region.endKey) < 0
}

function startsBefore(region: Region, end: Uint8Array): boolean {
  return end.length === 0 || compareBytes(region.startKey, end) < 0
}

function contains(region: Region, key: Uint8Array): boolean {
  return compareBytes(region.startKey, key) <= 0 && endsBehind(region, key)
}

function isSame(left: Region, right: Region): boolean {
  return left.epoch.version === right.epoch.version && left.epoch.confVer === right.epoch.confVer
}

function isOlder(region: Region, than: Region): boolean {
  return region.epoch.version < than.epoch.version || region.epoch.confVer < than.epoch.confVer
}
