import { below } from '@stratakv/core'
import { forSeeds, seededRandom } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'
import { balanceLeaders, balanceRegions } from '../src/schedule/balance.ts'
import { placed, sampleStore, sampleView } from './sample-view.ts'

const range = (index: number, count: number) =>
  [index === 0 ? '' : `k${index + 1000}`, index === count - 1 ? '' : `k${index + 1001}`] as const

describe('balance', () => {
  it('ends even from any start, moves no more than it must, and then does nothing', async () => {
    await forSeeds(150, (_seed, random) => {
      const storeCount = 3 + below(random, 6)
      const regionCount = 1 + below(random, 60)
      const view = sampleView(storeCount)
      for (let index = 0; index < regionCount; index++) {
        // Crowded on few stores, or anywhere.
        const among = below(random, 2) === 0 ? 3 : storeCount
        const first = below(random, among)
        const on = [0, 1, 2].map((offset) => 1 + ((first + offset) % among))
        placed(view, 10 + index, range(index, regionCount), on.join(' '), { sizeMiB: 1 + below(random, 90) })
      }
      const counts = () => view.stores.map(({ load }) => load.regionCount)
      const surplus = (of: readonly number[]) => {
        const mean = of.reduce((sum, count) => sum + count, 0) / of.length
        return of.reduce((sum, count) => sum + Math.max(0, Math.ceil(count - mean)), 0)
      }
      const leastMoves = surplus(counts())
      let moves = 0
      for (; ; moves++) {
        const plan = balanceRegions(view, random)
        if (plan === undefined) break
        expect(moves).toBeLessThanOrEqual(leastMoves + storeCount)
        const { region, leader } = plan.state
        const leads = plan.voters.includes(leader!.storeId) ? leader!.storeId : plan.leaders[0]!
        const { confVer } = region.epoch
        placed(view, region.id, [text(region.startKey), text(region.endKey)], plan.voters.join(' '), {
          confVer: confVer + 2,
          leader: leads,
          sizeMiB: plan.state.approximateSizeMiB,
        })
      }
      expect(Math.max(...counts()) - Math.min(...counts()), counts().join()).toBeLessThanOrEqual(1)
      for (let transfers = 0; ; transfers++) {
        const plan = balanceLeaders(view, random)
        if (plan === undefined) break
        expect(transfers).toBeLessThanOrEqual(regionCount)
        const { region } = plan.state
        const peers = region.peers.map(({ storeId }) => storeId).join(' ')
        placed(view, region.id, [text(region.startKey), text(region.endKey)], peers, {
          confVer: region.epoch.confVer,
          leader: plan.leader!,
          sizeMiB: plan.state.approximateSizeMiB,
        })
      }
      expect(balanceRegions(view, random)).toBe(undefined)
    })
  })

  it('is left to chance in nothing but the region', () => {
    const view = sampleView(4)
    for (let index = 0; index < 10; index++) placed(view, 10 + index, range(index, 10), '1 2 3')
    const plan = balanceRegions(view, seededRandom(1))!
    expect(plan.voters).toContain(4)
    const leader = balanceLeaders(view, seededRandom(1))!
    expect(leader.state.leader?.storeId).toBe(1)
  })

  it('tolerates more the more there is', () => {
    const view = sampleView(4, { tolerantSizeRatio: 0.9 })
    for (let index = 0; index < 8; index++) placed(view, 10 + index, range(index, 8), index < 4 ? '1 2 3' : '2 3 4')
    expect(balanceRegions(view, seededRandom(1))).toBe(undefined)
  })

  it('moves nothing that is not well, busy, or for a store that cannot take it', () => {
    const view = sampleView(4)
    placed(view, 10, ['', 'b'], '1 2 3', { down: [2] })
    placed(view, 11, ['b', 'c'], '1 2 3', { pending: [3] })
    placed(view, 12, ['c', 'd'], '1 2 3 4L')
    placed(view, 13, ['d', ''], '1 2 3')
    view.busyRegions.add(13)
    expect(balanceRegions(view, seededRandom(1))).toBe(undefined)
    expect(balanceLeaders(view, seededRandom(1))).toBe(undefined)
    view.busyRegions.clear()
    expect(balanceRegions(view, seededRandom(1))?.state.region.id).toBe(13)
    view.table.set(4, sampleStore(4, { isBusy: true }))
    expect(balanceRegions(view, seededRandom(1))).toBe(undefined)
  })
})

function text(key: Uint8Array): string {
  return new TextDecoder().decode(key)
}
