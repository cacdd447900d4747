import { compareBytes, type MaybePromise, type Region } from '@stratakv/core'
import type { CallScope } from './call-scope.ts'
import type { RegionCache } from './region-cache.ts'
import type { RegionGroup } from './region-requests.ts'
import type { RegionRoute } from './region-route.ts'

/** Where keys are: from the cache, else by way of it. */
export class RegionLookup {
  readonly #cache: RegionCache

  constructor(cache: RegionCache) {
    this.#cache = cache
  }

  locate(scope: CallScope, key: Uint8Array): MaybePromise<RegionRoute> {
    return this.#cache.peek(key) ?? this.#cache.load(scope, key)
  }

  async locateBefore(scope: CallScope, end: Uint8Array): Promise<RegionRoute> {
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
    return routes === undefined ? this.#locateAll(scope, keys).then(groupsOf) : groupsOf(routes)
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
