import { below, compareBytes, keyInRange, type Region, type SeededRandom } from '@stratakv/core'
import { forSeeds } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'
import type { Peer } from '../src/index.ts'
import { RegionMap } from '../src/store/region-map.ts'

const seedCount = 50

function anyKey(random: SeededRandom): Uint8Array {
  return Uint8Array.from({ length: below(random, 4) }, () => 0x61 + below(random, 3))
}

/** Up to nine regions side by side, of which some are not here. */
function anyRegions(random: SeededRandom): Region[] {
  const keys = Array.from({ length: 1 + below(random, 8) }, () => anyKey(random)).sort(compareBytes)
  const bounds = keys.filter((key, at) => key.length > 0 && (at === 0 || compareBytes(keys[at - 1]!, key) !== 0))
  const none = new Uint8Array(0)
  const starts = [none, ...bounds]
  const peers = [{ id: 1, storeId: 1, role: 'voter' }] as const
  const all = starts.map((startKey, at): Region => {
    return { id: at + 1, startKey, endKey: starts[at + 1] ?? none, epoch: { confVer: 1, version: 1 }, peers }
  })
  return all.filter(() => below(random, 4) > 0)
}

describe('the regions of a store by key', () => {
  it('are those that a look at each of them finds', async () => {
    await forSeeds(seedCount, async (_seed, random) => {
      const regions = anyRegions(random)
      const map = new RegionMap()
      for (const region of regions.toSorted(() => below(random, 3) - 1)) {
        map.set({ regionId: region.id, region } as Peer)
      }
      const ids = (found: readonly Region[]) => found.map(({ id }) => id)
      for (let count = 0; count < 50; count++) {
        const key = anyKey(random)
        const naive = regions.find(({ startKey, endKey }) => keyInRange(key, startKey, endKey))
        expect(map.at(key)?.regionId).toBe(naive?.id)
        const behind = regions.filter(({ startKey }) => key.length > 0 && compareBytes(startKey, key) >= 0)
        const before = { endKey: key } as Region
        expect(ids(map.behind(before, 3))).toEqual(ids(behind.slice(0, 3)))
      }
    })
  })
})
