import type { Region } from '../src/region.ts'
import type { RegionOperator } from '../src/region-operator.ts'
import {
  bootstrapped,
  heartbeat,
  key,
  type PlacementDriverFixture,
  stats,
  storeMeta,
} from './placement-driver-fixture.ts'
import type { TestApi } from './test-api.ts'

/** Reports that are sent, each followed by a look, before an order counts as not given. */
const looksMax = 300

/** What a store hears of the regions it leads, and what it asks before a split. */
export function placementDriverOrders(
  { describe, it, expect }: TestApi,
  using: (body: (subject: PlacementDriverFixture) => Promise<void>) => Promise<void>,
  rejects: (call: Promise<unknown>) => Promise<boolean>,
): void {
  async function ordersArrived(subject: PlacementDriverFixture): Promise<void> {
    await subject.reportsArrived?.()
    if (subject.ordersArrived !== undefined) await subject.ordersArrived()
    else for (let turn = 0; turn < 50; turn++) await Promise.resolve()
  }

  describe('heartbeats with orders', () => {
    it('are reports like the others, until they are closed', () =>
      using(async (subject) => {
        const { pd } = subject
        const { store, region } = await bootstrapped(pd)
        const leader = region.peers[0]!
        const heartbeats = pd.openRegionHeartbeats(store.id, () => {})
        await heartbeats.report(heartbeat(region, leader))
        await subject.reportsArrived?.()
        expect(await pd.regionById(region.id)).toEqual({ region, leader })
        heartbeats.close()
        heartbeats.close()
        expect(await rejects(heartbeats.report(heartbeat(region, leader)))).toBe(true)
      }))

    it('give a region that lacks a replica one on another store, again until that is done', () =>
      using(async (subject) => {
        const { pd } = subject
        const { store, region } = await bootstrapped(pd)
        const second = storeMeta(await pd.allocateIds(1), 'second:20160')
        await pd.putStore(second)
        for (const each of [store, second]) await pd.storeHeartbeat(stats(each.id))
        const heard: RegionOperator[] = []
        let isWithin = false
        const heartbeats = pd.openRegionHeartbeats(store.id, (operator) => {
          expect(isWithin).toBe(false)
          heard.push(operator)
        })
        const report = async (of: Region) => {
          isWithin = true
          const sent = heartbeats.report(heartbeat(of, of.peers[0]!))
          isWithin = false
          await sent
        }
        const hear = async (of: Region, wanted: string) => {
          const heardBefore = heard.length
          for (let look = 0; look < looksMax; look++) {
            await report(of)
            await ordersArrived(subject)
            const found = heard.slice(heardBefore).find(({ epoch, order }) => {
              return epoch.confVer === of.epoch.confVer && order.type === 'change-peer' && order.change.type === wanted
            })
            if (found !== undefined) return found
          }
          throw new Error(`no order to ${wanted} came`)
        }
        const first = await hear(region, 'add-learner')
        expect([first.regionId, first.epoch, first.targetPeer]).toEqual([region.id, region.epoch, region.peers[0]])
        const again = await hear(region, 'add-learner')
        expect(again.order).toEqual(first.order)
        const added = first.order.type === 'change-peer' ? first.order.change.peer : undefined
        expect(added?.storeId).toBe(second.id)
        const grown: Region = {
          ...region,
          epoch: { ...region.epoch, confVer: region.epoch.confVer + 1 },
          peers: [...region.peers, { id: added!.id, storeId: second.id, role: 'learner' }],
        }
        const promotion = await hear(grown, 'add-voter')
        expect(promotion.order).toEqual({
          type: 'change-peer',
          change: { type: 'add-voter', peer: { id: added!.id, storeId: second.id, role: 'voter' } },
        })
        heartbeats.close()
        const heardBefore = heard.length
        await ordersArrived(subject)
        expect(heard.length).toBe(heardBefore)
      }))
  })

  describe('splits', () => {
    it('get fresh ids, a peer each, for the region as it is', () =>
      using(async (subject) => {
        const { pd } = subject
        const { region } = await bootstrapped(pd)
        const current: Region = { ...region, epoch: { confVer: 2, version: 2 } }
        await pd.regionHeartbeat(heartbeat(current, region.peers[0]!))
        await subject.reportsArrived?.()
        const given = await pd.askSplit(current, 3)
        expect(given.length).toBe(3)
        const ids = given.flatMap(({ regionId, peerIds }) => [regionId, ...peerIds])
        expect(ids.length).toBe(6)
        expect(new Set(ids).size).toBe(6)
        expect((await pd.allocateIds(1)) > Math.max(...ids)).toBe(true)
        expect(await rejects(pd.askSplit(region, 1))).toBe(true)
        for (const count of [0, -1, 1.5]) expect(await rejects(pd.askSplit(current, count))).toBe(true)
        const unknown: Region = { ...current, id: await pd.allocateIds(1), startKey: key('k'), epoch: region.epoch }
        expect(await rejects(pd.askSplit(unknown, 1))).toBe(true)
      }))
  })
}
