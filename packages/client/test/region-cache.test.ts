import {
  below,
  compareBytes,
  emptyBytes,
  keyInRange,
  noTelemetry,
  type PlacementDriver,
  type Region,
} from '@stratakv/core'
import { forSeeds, type SeededRandom, seededRandom, settled, simulatedClock } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'
import { CallScopes } from '../src/call-scope.ts'
import { CallAbortedError } from '../src/errors.ts'
import { defaultRegionCacheOptions, RegionCache, type RegionCacheOptions } from '../src/region-cache.ts'
import { RegionRoute } from '../src/region-route.ts'
import { StoreCache } from '../src/store-cache.ts'
import { ScriptedCluster } from './support/scripted-cluster.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)

function start(cluster: ScriptedCluster, options: Partial<RegionCacheOptions> = {}, placementDriver?: PlacementDriver) {
  const clock = simulatedClock()
  const random = seededRandom(1)
  const telemetry = noTelemetry()
  const stores = new StoreCache(cluster.placementDriver)
  const makeRoute = (region: Region, leader: Region['peers'][number] | undefined) =>
    new RegionRoute(region, leader, stores, { requestSource: '' })
  const cache = new RegionCache(
    { placementDriver: placementDriver ?? cluster.placementDriver, clock, random, telemetry, makeRoute },
    { ...defaultRegionCacheOptions, ...options },
  )
  const scopes = new CallScopes({ clock, random, telemetry })
  const open = (signal?: AbortSignal) => scopes.open({ budgetMs: 1000, signal })
  return { cache, clock, makeRoute, open }
}

/** The same rules over a list, without order or index. */
class NaiveCache {
  regions: Region[] = []

  insert(region: Region): void {
    const rivals = this.regions.filter((known) => known.id === region.id || overlap(known, region))
    const isOutdated = rivals.some(
      (known) =>
        known.epoch.version > region.epoch.version ||
        (known.id === region.id && known.epoch.confVer > region.epoch.confVer),
    )
    if (isOutdated) return
    this.regions = [...this.regions.filter((known) => !rivals.includes(known)), region]
  }

  drop(id: number): void {
    this.regions = this.regions.filter((known) => known.id !== id)
  }

  find(key: Uint8Array): Region | undefined {
    return this.regions.find((known) => keyInRange(key, known.startKey, known.endKey))
  }
}

function overlap(left: Region, right: Region): boolean {
  const startsBefore = (one: Region, other: Region) =>
    other.endKey.length === 0 || compareBytes(one.startKey, other.endKey) < 0
  return startsBefore(left, right) && startsBefore(right, left)
}

function randomKey(random: SeededRandom): Uint8Array {
  return Uint8Array.from({ length: 1 + below(random, 2) }, () => below(random, 6))
}

/** All that was ever true of a cluster's regions, in order. */
function history(random: SeededRandom): Region[] {
  const cluster = new ScriptedCluster(3)
  const seen: Region[] = []
  for (let step = 0; step < 20; step++) {
    const key = randomKey(random)
    if (below(random, 3) > 0) cluster.split(key)
    else if (below(random, 2) === 0) cluster.merge(key)
    else cluster.movePeer(key, 1, 1)
    seen.push(...cluster.regions.map(({ region }) => region))
  }
  return seen
}

function shape(region: Region | undefined): unknown {
  return region && { id: region.id, start: [...region.startKey], end: [...region.endKey], epoch: { ...region.epoch } }
}

describe('region cache', () => {
  it('keeps what a list with the same rules keeps', async () => {
    await forSeeds(200, (_seed, random) => {
      const { cache, makeRoute } = start(new ScriptedCluster(1))
      const twin = new NaiveCache()
      const known = history(random)
      for (let step = 0; step < 80; step++) {
        const region = known[below(random, known.length)]!
        if (below(random, 5) === 0) {
          const route = cache.byId(region.id)
          if (route !== undefined) cache.invalidate(route)
          twin.drop(region.id)
        } else {
          cache.insert(makeRoute(region, undefined))
          twin.insert(region)
        }
        expect(cache.count).toBe(twin.regions.length)
        for (let look = 0; look < 5; look++) {
          const key = randomKey(random)
          expect(shape(cache.peek(key))).toEqual(shape(twin.find(key)))
        }
      }
      // Whatever it has heard before, in whatever order: once told what is so, it says what is so.
      const last = known[known.length - 1]!
      const now = known.slice(known.findLastIndex((region) => region.startKey.length === 0))
      expect(last.endKey.length).toBe(0)
      for (const region of now) cache.insert(makeRoute(region, undefined))
      expect(cache.count).toBe(now.length)
      for (const region of now) expect(shape(cache.peek(region.startKey))).toEqual(shape(region))
    })
  })

  it('drops nothing that is as new as what it is told, and its leader least of all', () => {
    const cluster = new ScriptedCluster(3)
    const { cache, makeRoute } = start(cluster)
    const { region, leader } = cluster.regions[0]!
    const route = cache.insert(makeRoute(region, leader))
    route.followLeader(region.peers[2]!)
    expect(cache.insert(makeRoute(region, leader))).toBe(route)
    expect(route.isCurrent).toBe(true)
    expect(route.target.storeId).toBe(3)
  })

  it('asks once for callers that come together', async () => {
    const cluster = new ScriptedCluster(1)
    const { cache, open } = start(cluster)
    const keys = Array.from({ length: 100 }, (_, index) => utf8(`k${index}`))
    const routes = await Promise.all(keys.map((key) => cache.load(open(), key)))
    expect(new Set(routes).size).toBe(1)
    expect(cluster.placementDriverCalls).toEqual(['regionByKey'])
  })

  it('asks once for each region, whatever comes together', async () => {
    await forSeeds(20, async (_seed, random) => {
      const cluster = new ScriptedCluster(1)
      for (let count = 0; count < 10; count++) cluster.split(randomKey(random))
      const { cache, open } = start(cluster)
      const keys = Array.from({ length: 100 }, () => randomKey(random))
      const routes = await Promise.all(keys.map((key) => cache.load(open(), key)))
      for (const [index, route] of routes.entries()) expect(route.id).toBe(cluster.regionOf(keys[index]!).id)
      expect(cluster.placementDriverCalls.length).toBe(new Set(routes).size)
    })
  })

  it('shares a failure, and then an answer', async () => {
    const cluster = new ScriptedCluster(1)
    const { cache, clock, open } = start(cluster)
    cluster.placementDriverScript.push(new Error('election'))
    const both = Promise.all([cache.load(open(), utf8('a')), cache.load(open(), utf8('b'))])
    const [left, right] = await clock.settle(both, 1000)
    expect(left).toBe(right)
    expect(cluster.placementDriverCalls).toEqual(['regionByKey', 'regionByKey'])
  })

  it('serves a caller with an answer that is older than what it knows of a neighbour', async () => {
    const cluster = new ScriptedCluster(1)
    const before = cluster.regions
    cluster.split(utf8('m'))
    const { cache, open, makeRoute } = start(cluster)
    cache.insert(makeRoute(cluster.regions[0]!.region, undefined))
    cluster.placementDriverView = before
    const route = await cache.load(open(), utf8('z'))
    expect(shape(route)).toEqual(shape(before[0]!.region))
    expect(cache.count).toBe(1)
    expect(cache.peek(utf8('z'))).toBe(undefined)
  })

  it('lets its caller go while the placement driver says nothing', async () => {
    const cluster = new ScriptedCluster(1)
    const silent = { ...cluster.placementDriver, regionByKey: () => new Promise<undefined>(() => {}) }
    const { cache, open } = start(cluster, {}, silent)
    const controller = new AbortController()
    const load = cache.load(open(controller.signal), utf8('a'))
    await settled()
    controller.abort()
    await expect(load).rejects.toBeInstanceOf(CallAbortedError)
  })

  it('forgets a region that nobody asked for, but none that is asked for', async () => {
    const cluster = new ScriptedCluster(1)
    cluster.split(utf8('m'))
    const { cache, clock, makeRoute } = start(cluster, { idleMsMax: 1000, idleJitterMs: 100 })
    for (const { region, leader } of cluster.regions) cache.insert(makeRoute(region, leader))
    for (let step = 0; step < 5; step++) {
      await clock.advance(900)
      expect(cache.peek(utf8('a'))).toBeDefined()
    }
    expect(cache.peek(utf8('z'))).toBe(undefined)
    expect(cache.count).toBe(1)
  })

  it('keeps no more regions than it may', () => {
    const cluster = new ScriptedCluster(1)
    for (const at of ['b', 'c', 'd', 'e']) cluster.split(utf8(at))
    const { cache, makeRoute } = start(cluster, { regionCountMax: 3 })
    for (const { region } of cluster.regions) cache.insert(makeRoute(region, undefined))
    expect(cache.count).toBe(3)
    expect(['', 'b', 'c', 'd', 'e'].map((key) => cache.peek(utf8(key)) !== undefined)).toEqual([
      false,
      false,
      true,
      true,
      true,
    ])
    expect(cache.peek(emptyBytes)).toBe(undefined)
  })
})
