import { describe, expect, it } from 'vitest'
import { InvalidRegionError, StaleRegionError } from '../src/errors.ts'
import { checkReport, RegionCache } from '../src/region-cache.ts'
import { key, region, report, wholeRange } from './sample-driver.ts'

const MiB = 2 ** 20

describe('region cache', () => {
  it('refuses reports that describe no region', () => {
    const sound = region(2, ['a', 'b'])
    const leader = sound.peers[0]!
    const wrong = [
      report(region(0, ['a', 'b'])),
      report({ ...sound, peers: [] }, { leader }),
      report(sound, { leader: { ...leader, id: 0 } }),
      report(region(2, ['b', 'a'])),
      report(region(2, ['a', 'a'])),
    ]
    for (const each of wrong) expect(() => checkReport(each)).toThrow(InvalidRegionError)
    checkReport(report(sound))
    checkReport(report(region(2, ['a', ''])))
  })

  it('refuses what is older than it knows, and is then as it was', () => {
    const cache = new RegionCache()
    const known = region(2, ['b', 'd'], { version: 5, confVer: 5 })
    cache.report(report(known, { term: 8 }))
    const stale = [
      report(region(2, ['b', 'd'], { version: 4, confVer: 5 }), { term: 8 }),
      report(region(2, ['b', 'd'], { version: 5, confVer: 4 }), { term: 8 }),
      report(region(2, ['b', 'd'], { version: 6, confVer: 4 }), { term: 8 }),
      report(known, { term: 7 }),
      report(region(3, ['a', 'c'], { version: 4, confVer: 9 }), { term: 9 }),
      report(region(3, ['c', ''], { version: 4, confVer: 9 }), { term: 9 }),
    ]
    for (const each of stale) expect(() => cache.report(each)).toThrow(StaleRegionError)
    expect(cache.count).toBe(1)
    expect(cache.byId(2)?.region).toEqual(known)
    expect(cache.byId(3)).toBe(undefined)
    expect(cache.load(1).regionCount).toBe(1)
  })

  it('takes what is as new or newer', () => {
    const cache = new RegionCache()
    cache.report(report(region(2, ['b', 'd'], { version: 5, confVer: 5 }), { term: 8 }))
    for (const each of [
      report(region(2, ['b', 'd'], { version: 5, confVer: 5 }), { term: 8 }),
      // Stores before 5.0 send no term.
      report(region(2, ['b', 'd'], { version: 5, confVer: 5 }), { term: 0 }),
      report(region(2, ['b', 'd'], { version: 5, confVer: 6 }), { term: 8 }),
      report(region(2, ['b', 'c'], { version: 6, confVer: 6 }), { term: 8 }),
      report(region(3, ['c', 'd'], { version: 6, confVer: 6 }), { term: 5 }),
      report(region(4, ['d', 'z'], { version: 2, confVer: 2 }), { term: 5 }),
    ]) {
      cache.report(each)
      expect(cache.byId(each.region.id)?.region).toEqual(each.region)
    }
    expect(cache.count).toBe(3)
  })

  it('takes a region that unsafe recovery made anew, but not the very first one', () => {
    const cache = new RegionCache()
    cache.report(report(region(2, ['b', 'd'], { version: 5, confVer: 5 }), { term: 8 }))
    const anew = region(9, ['b', 'd'], { version: 1, confVer: 1 })
    cache.report(report(anew, { term: 1 }))
    expect(cache.byKey(key('c'))?.region).toEqual(anew)
    const whole = new RegionCache()
    whole.report(report(region(2, wholeRange, { version: 5, confVer: 5 })))
    expect(() => whole.report(report(region(2, wholeRange, { version: 1, confVer: 1 })))).toThrow(StaleRegionError)
  })

  it('says what is worth saving', () => {
    const cache = new RegionCache()
    const saved = (...args: Parameters<typeof report>) => cache.report(report(...args)).worthSaving
    const first = region(2, wholeRange)
    expect(saved(first)).toBe(true)
    expect(saved(first, { bytesWritten: 99, approximateSizeBytes: 99 * MiB, term: 6 })).toBe(false)
    expect(saved(region(2, wholeRange, { version: 2 }), { term: 6 })).toBe(true)
    expect(saved(region(2, wholeRange, { version: 2, confVer: 2 }), { term: 6 })).toBe(true)
    expect(saved(region(2, wholeRange, { version: 2, confVer: 2, stores: [1, 2] }), { term: 6 })).toBe(true)
  })

  it('counts an empty region as one MiB and keeps a size that is not reported', () => {
    const cache = new RegionCache()
    const sizeAfter = (approximateSizeBytes: number) =>
      cache.report(report(region(2, wholeRange), { approximateSizeBytes })).state.approximateSizeMiB
    expect(sizeAfter(0)).toBe(1)
    expect(sizeAfter(10)).toBe(1)
    expect(sizeAfter(5.9 * MiB)).toBe(5)
    expect(sizeAfter(0)).toBe(5)
  })

  it('takes no traffic from a counter that wrapped', () => {
    const { state } = new RegionCache().report(
      report(region(2, wholeRange), { bytesWritten: 2 ** 50, bytesRead: 2 ** 50 - 1 }),
    )
    expect(state.bytesWritten).toBe(0)
    expect(state.bytesRead).toBe(2 ** 50 - 1)
  })

  it('keeps the books of every store', () => {
    const cache = new RegionCache()
    const three = region(2, ['', 'm'], { version: 2, stores: [1, 2, 3] })
    cache.report(report(three, { approximateSizeBytes: 10 * MiB, pendingPeers: [three.peers[2]!] }))
    cache.report(report(region(5, ['m', ''], { version: 2, stores: [1] }), { approximateSizeBytes: 3 * MiB }))
    expect(cache.load(1)).toEqual({
      regionCount: 2,
      regionSizeMiB: 13,
      leaderCount: 2,
      leaderSizeMiB: 13,
      pendingPeerCount: 0,
    })
    expect(cache.load(3)).toEqual({
      regionCount: 1,
      regionSizeMiB: 10,
      leaderCount: 0,
      leaderSizeMiB: 0,
      pendingPeerCount: 1,
    })
    cache.report(report(three, { leader: three.peers[1]!, term: 6, approximateSizeBytes: 20 * MiB }))
    expect(cache.load(1)).toEqual({
      regionCount: 2,
      regionSizeMiB: 23,
      leaderCount: 1,
      leaderSizeMiB: 3,
      pendingPeerCount: 0,
    })
    expect(cache.load(2)).toEqual({
      regionCount: 1,
      regionSizeMiB: 20,
      leaderCount: 1,
      leaderSizeMiB: 20,
      pendingPeerCount: 0,
    })
    const merged = region(5, wholeRange, { version: 4, stores: [3] })
    expect(cache.report(report(merged)).removed.map((state) => state.region.id)).toEqual([2])
    for (const store of [1, 2]) {
      expect(cache.load(store)).toEqual({
        regionCount: 0,
        regionSizeMiB: 0,
        leaderCount: 0,
        leaderSizeMiB: 0,
        pendingPeerCount: 0,
      })
    }
    expect(cache.load(3).regionCount).toBe(1)
    expect(cache.onStore(3).map((state) => state.region.id)).toEqual([5])
  })

  it('keeps the newest buckets through reports', () => {
    const cache = new RegionCache()
    expect(cache.reportBuckets(2, { version: 1, keys: [] })).toBe(false)
    cache.report(report(region(2, wholeRange)))
    expect(cache.reportBuckets(2, { version: 7, keys: [key('a')] })).toBe(true)
    expect(cache.reportBuckets(2, { version: 6, keys: [] })).toBe(false)
    expect(cache.report(report(region(2, wholeRange))).state.buckets?.version).toBe(7)
  })

  it('restores the newer of two saved regions that overlap, in either order', () => {
    const older = region(2, wholeRange, { version: 1 })
    const newer = region(3, ['a', 'b'], { version: 2 })
    for (const saved of [
      [older, newer],
      [newer, older],
    ]) {
      const cache = new RegionCache()
      for (const each of saved) cache.restore(each)
      expect(cache.scan(key(''), key(''), 0).map((state) => state.region.id)).toEqual([3])
      expect(cache.byId(2)).toBe(undefined)
    }
  })
})
