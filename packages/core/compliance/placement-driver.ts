import type { PlacementDriver } from '../src/placement-driver.ts'
import type { Region } from '../src/region.ts'
import type { Timestamp } from '../src/timestamp.ts'
import {
  bootstrapped,
  firstCluster,
  heartbeat,
  key,
  type PlacementDriverFixture,
  stats,
  storeMeta,
  threeRegions,
} from './placement-driver-fixture.ts'
import { placementDriverOrders } from './placement-driver-orders.ts'
import type { TestApi } from './test-api.ts'

export type { PlacementDriverFixture } from './placement-driver-fixture.ts'

/** How the suite gets what it tests. */
export interface PlacementDriverComplianceOptions {
  /** Called once a test, and disposed of after it. */
  create(): Promise<PlacementDriverFixture>
}

/**
 * What every {@link PlacementDriver} must do. Ids given out by it are used throughout, so it also suits one that serves a
 * cluster where other ids were taken before.
 */
export function placementDriverCompliance(t: TestApi, options: PlacementDriverComplianceOptions): void {
  const { describe, it, expect } = t

  async function using(body: (subject: PlacementDriverFixture) => Promise<void>): Promise<void> {
    const subject = await options.create()
    try {
      await body(subject)
    } finally {
      await subject.dispose()
    }
  }

  async function rejects(call: Promise<unknown>): Promise<boolean> {
    return call.then(
      () => false,
      () => true,
    )
  }

  /** Runs `body` on the placement driver as it is, and, where that can be, restarted after `prepare`. */
  async function durable<T>(
    subject: PlacementDriverFixture,
    prepare: (pd: PlacementDriver) => Promise<T>,
    body: (pd: PlacementDriver, prepared: T) => Promise<void>,
  ): Promise<void> {
    const prepared = await prepare(subject.pd)
    await body(subject.pd, prepared)
    if (subject.reopen !== undefined) await body(await subject.reopen(), prepared)
  }

  describe('placement driver compliance', () => {
    describe('cluster', () => {
      it('has a cluster id other than zero that never changes', () =>
        using((subject) =>
          durable(
            subject,
            (pd) => pd.clusterId(),
            async (pd, clusterId) => {
              expect(clusterId > 0n).toBe(true)
              expect(await pd.clusterId()).toBe(clusterId)
            },
          ),
        ))

      it('is bootstrapped once, for ever', () =>
        using((subject) =>
          durable(
            subject,
            async (pd) => {
              expect(await pd.isBootstrapped()).toBe(false)
              const first = await firstCluster(pd)
              expect(await pd.bootstrap(first.store, first.region)).toBe('bootstrapped')
              return first
            },
            async (pd, first) => {
              expect(await pd.isBootstrapped()).toBe(true)
              const other = await firstCluster(pd, 'other:20160')
              expect(await pd.bootstrap(other.store, other.region)).toBe('already-bootstrapped')
              expect((await pd.stores({ includeTombstones: true })).map(({ id }) => id)).toEqual([first.store.id])
              expect((await pd.regionByKey(key('any')))?.region).toEqual(first.region)
            },
          ),
        ))

      it('lets one of many bootstraps win', () =>
        using(async ({ pd }) => {
          const candidates = []
          for (let index = 0; index < 4; index++) candidates.push(await firstCluster(pd, `store${index}:20160`))
          const outcomes = await Promise.all(candidates.map(({ store, region }) => pd.bootstrap(store, region)))
          expect(outcomes.filter((outcome) => outcome === 'bootstrapped').length).toBe(1)
          const winner = candidates[outcomes.indexOf('bootstrapped')]!
          expect((await pd.stores({ includeTombstones: true })).map(({ id }) => id)).toEqual([winner.store.id])
          expect((await pd.regionById(winner.region.id))?.region).toEqual(winner.region)
        }))

      it('refuses a first region that does not fit, and stays as it was', () =>
        using(async ({ pd }) => {
          const { store, region } = await firstCluster(pd)
          const peer = region.peers[0]!
          const wrong: Region[] = [
            { ...region, startKey: key('a') },
            { ...region, endKey: key('z') },
            { ...region, id: 0 },
            { ...region, peers: [] },
            { ...region, peers: [peer, { ...peer, id: peer.id + 1 }] },
            { ...region, peers: [{ ...peer, storeId: store.id + 1 }] },
            { ...region, peers: [{ ...peer, id: 0 }] },
          ]
          for (const candidate of wrong) expect(await rejects(pd.bootstrap(store, candidate))).toBe(true)
          expect(await rejects(pd.bootstrap({ ...store, id: 0 }, region))).toBe(true)
          expect(await pd.isBootstrapped()).toBe(false)
          expect(await pd.bootstrap(store, region)).toBe('bootstrapped')
        }))
    })

    describe('ids', () => {
      it('gives every id once, consecutive within a call', () =>
        using(async ({ pd }) => {
          const taken = new Set<number>()
          const counts = [1, 1, 7, 1500, 1, 999, 3000, 2]
          const firsts = await Promise.all(counts.map((count) => pd.allocateIds(count)))
          for (const [index, first] of firsts.entries()) {
            expect(first > 0).toBe(true)
            for (let id = first; id < first + counts[index]!; id++) {
              expect(taken.has(id)).toBe(false)
              taken.add(id)
            }
          }
          expect(taken.size).toBe(counts.reduce((sum, count) => sum + count, 0))
        }))

      it('never gives an id again after a restart', () =>
        using((subject) =>
          durable(
            subject,
            async (pd) => (await pd.allocateIds(1234)) + 1233,
            async (pd, last) => {
              expect((await pd.allocateIds(1)) > last).toBe(true)
            },
          ),
        ))

      it('refuses a count that is no count', () =>
        using(async ({ pd }) => {
          for (const count of [0, -1, 1.5, Number.NaN]) expect(await rejects(pd.allocateIds(count))).toBe(true)
        }))
    })

    describe('timestamps', () => {
      it('grow, and leave room for each one asked for', () =>
        using(async ({ pd }) => {
          let previous: Timestamp = 0n
          for (const count of [1, 1, 100, 1, 10_000, 3]) {
            const last = await pd.timestamps(count)
            // The first of this call must still be greater than the last of the one before.
            expect(last - BigInt(count - 1) > previous).toBe(true)
            previous = last
          }
        }))

      it('do not overlap when many callers ask at once', () =>
        using(async ({ pd }) => {
          const counts = Array.from({ length: 200 }, (_, index) => 1 + (index % 17))
          const lasts = await Promise.all(counts.map((count) => pd.timestamps(count)))
          const ranges = lasts
            .map((last, index) => ({ first: last - BigInt(counts[index]! - 1), last }))
            .sort((left, right) => (left.last < right.last ? -1 : 1))
          for (let index = 1; index < ranges.length; index++) {
            expect(ranges[index]!.first > ranges[index - 1]!.last).toBe(true)
          }
        }))

      it('are given out in the order of the calls', () =>
        using(async ({ pd }) => {
          const order: Timestamp[] = []
          await Promise.all(Array.from({ length: 50 }, () => pd.timestamps(2).then((last) => order.push(last))))
          expect(order).toEqual([...order].sort((left, right) => (left < right ? -1 : 1)))
        }))

      it('go on growing after a restart', () =>
        using((subject) =>
          durable(
            subject,
            (pd) => pd.timestamps(1000),
            async (pd, last) => {
              expect((await pd.timestamps(1)) > last).toBe(true)
            },
          ),
        ))

      it('refuse a count that is no count', () =>
        using(async ({ pd }) => {
          for (const count of [0, -1, 1.5, Number.NaN]) expect(await rejects(pd.timestamps(count))).toBe(true)
        }))
    })

    describe('stores', () => {
      it('are kept as they announced themselves', () =>
        using((subject) =>
          durable(
            subject,
            async (pd) => {
              await bootstrapped(pd)
              const store = storeMeta(await pd.allocateIds(1), 'second:20160')
              await pd.putStore(store)
              return store
            },
            async (pd, store) => {
              expect(await pd.store(store.id)).toEqual(store)
              const ids = (await pd.stores({ includeTombstones: false })).map(({ id }) => id)
              expect(ids.includes(store.id)).toBe(true)
              expect(ids.length).toBe(2)
            },
          ),
        ))

      it('are unknown until then', () =>
        using(async ({ pd }) => {
          await bootstrapped(pd)
          expect(await pd.store(await pd.allocateIds(1))).toBe(undefined)
        }))

      it('may change their address, and not take that of another', () =>
        using(async ({ pd }) => {
          const { store } = await bootstrapped(pd)
          const second = storeMeta(await pd.allocateIds(1), 'second:20160')
          expect(await rejects(pd.putStore({ ...second, address: store.address }))).toBe(true)
          expect(await pd.store(second.id)).toBe(undefined)
          await pd.putStore(second)
          await pd.putStore({ ...second, address: 'moved:20160' })
          expect((await pd.store(second.id))?.address).toBe('moved:20160')
        }))

      it('report figures only when they are known', () =>
        using(async ({ pd }) => {
          const { store } = await bootstrapped(pd)
          await pd.storeHeartbeat(stats(store.id))
          expect(await rejects(pd.storeHeartbeat(stats(await pd.allocateIds(1))))).toBe(true)
        }))
    })

    describe('regions', () => {
      it('have no leader until it reports', () =>
        using(async (subject) => {
          const { pd } = subject
          const { region } = await bootstrapped(pd)
          expect((await pd.regionById(region.id))?.leader).toBe(undefined)
          const leader = region.peers[0]!
          await pd.regionHeartbeat(heartbeat(region, leader))
          await subject.reportsArrived?.()
          expect(await pd.regionById(region.id)).toEqual({ region, leader })
          expect(await pd.regionByKey(key('k'))).toEqual({ region, leader })
        }))

      it('are found by key, by id and by range after a split', () =>
        using(async (subject) => {
          const { pd } = subject
          const [left, middle, right] = await threeRegions(subject)
          const idAt = async (text: string) => (await pd.regionByKey(key(text)))?.region.id
          expect(await idAt('')).toBe(left.id)
          expect(await idAt('h~')).toBe(left.id)
          expect(await idAt('i')).toBe(middle.id)
          expect(await idAt('p')).toBe(right.id)
          expect(await idAt('zz')).toBe(right.id)
          expect((await pd.regionById(middle.id))?.region).toEqual(middle)
          expect(await pd.regionById(await pd.allocateIds(1))).toBe(undefined)
          const idBefore = async (text: string) => (await pd.regionBefore(key(text)))?.region.id
          expect(await idBefore('h')).toBe(undefined)
          expect(await idBefore('i')).toBe(left.id)
          expect(await idBefore('o~')).toBe(left.id)
          expect(await idBefore('p')).toBe(middle.id)
          const ids = async (start: string, end: string, limit: number) =>
            (await pd.regionsInRange(key(start), key(end), limit)).map(({ region }) => region.id)
          expect(await ids('', '', 0)).toEqual([left.id, middle.id, right.id])
          expect(await ids('', '', 2)).toEqual([left.id, middle.id])
          expect(await ids('a', 'i', 0)).toEqual([left.id])
          expect(await ids('a', 'i~', 0)).toEqual([left.id, middle.id])
          expect(await ids('j', '', 0)).toEqual([middle.id, right.id])
        }))

      it('push out those they overlap', () =>
        using(async (subject) => {
          const { pd } = subject
          const [left, middle, right] = await threeRegions(subject)
          const merged: Region = { ...left, endKey: middle.endKey, epoch: { confVer: 1, version: 5 } }
          await pd.regionHeartbeat(heartbeat(merged, merged.peers[0]!))
          await subject.reportsArrived?.()
          expect(await pd.regionById(middle.id)).toBe(undefined)
          const all = await pd.regionsInRange(key(''), key(''), 0)
          expect(all.map(({ region }) => region)).toEqual([merged, right])
        }))

      it('are not replaced by older reports', () =>
        using(async (subject) => {
          const { pd } = subject
          const { region } = await bootstrapped(pd)
          const leader = region.peers[0]!
          const current: Region = { ...region, epoch: { confVer: 3, version: 3 } }
          await pd.regionHeartbeat(heartbeat(current, leader, 7))
          const older = [
            heartbeat({ ...current, epoch: { confVer: 3, version: 2 } }, leader, 7),
            heartbeat({ ...current, epoch: { confVer: 2, version: 3 } }, leader, 7),
            heartbeat(current, { ...leader, id: leader.id + 1 }, 6),
            heartbeat(
              { ...current, id: await pd.allocateIds(1), endKey: key('m'), epoch: { confVer: 9, version: 2 } },
              leader,
              9,
            ),
          ]
          // Whether a stale report is refused or ignored is the implementation's choice; what is known must not change.
          for (const report of older) await rejects(pd.regionHeartbeat(report))
          await subject.reportsArrived?.()
          expect(await pd.regionsInRange(key(''), key(''), 0)).toEqual([{ region: current, leader }])
        }))
    })

    placementDriverOrders(t, using, rejects)

    describe('GC safe point', () => {
      it('never goes back', () =>
        using((subject) =>
          durable(
            subject,
            async (pd) => {
              await bootstrapped(pd)
              expect(await pd.gcSafePoint()).toBe(0n)
              const safePoint = 2n ** 60n + 7n
              expect(await pd.updateGcSafePoint(safePoint)).toBe(safePoint)
              return safePoint
            },
            async (pd, safePoint) => {
              expect(await pd.gcSafePoint()).toBe(safePoint)
              expect(await pd.updateGcSafePoint(safePoint - 1n)).toBe(safePoint)
              expect(await pd.gcSafePoint()).toBe(safePoint)
            },
          ),
        ))

      it('of transactions goes ahead, never back, and lets the other follow', () =>
        using((subject) =>
          durable(
            subject,
            async (pd) => {
              await bootstrapped(pd)
              const target = 2n ** 60n
              expect(await pd.advanceTxnSafePoint(target)).toBe(target)
              expect(await pd.gcSafePoint()).toBe(0n)
              return target
            },
            async (pd, target) => {
              expect(await pd.advanceTxnSafePoint(target - 1n)).toBe(target)
              expect(await pd.updateGcSafePoint(target)).toBe(target)
            },
          ),
        ))

      it('is the greatest of those set at once', () =>
        using(async ({ pd }) => {
          await bootstrapped(pd)
          await Promise.all([5n, 9n, 3n, 7n].map((safePoint) => pd.updateGcSafePoint(safePoint)))
          expect(await pd.gcSafePoint()).toBe(9n)
        }))
    })

    describe('service safe points', () => {
      const never = Number.POSITIVE_INFINITY

      it('begin with that of garbage collection, and the lowest of all is in force', () =>
        using((subject) =>
          durable(
            subject,
            async (pd) => {
              await bootstrapped(pd)
              // Whoever asks first finds the one of garbage collection at 0.
              expect(await pd.updateServiceSafePoint('backup', 100n, 1000)).toEqual({
                serviceId: 'gc_worker',
                safePoint: 0n,
                ttlSeconds: never,
              })
              const moved = await pd.updateServiceSafePoint('gc_worker', 2n ** 60n, never)
              expect(moved.serviceId).toBe('backup')
              expect(moved.safePoint).toBe(100n)
              expect(moved.ttlSeconds > 900 && moved.ttlSeconds <= 1000).toBe(true)
            },
            async (pd) => {
              const lowest = await pd.updateServiceSafePoint('changefeed', 2n ** 60n + 5n, 1000)
              expect([lowest.serviceId, lowest.safePoint]).toEqual(['backup', 100n])
            },
          ),
        ))

      it('do not go below the lowest in force, and can be taken back', () =>
        using(async ({ pd }) => {
          await bootstrapped(pd)
          await pd.updateServiceSafePoint('backup', 100n, 1000)
          await pd.updateServiceSafePoint('gc_worker', 200n, never)
          const late = await pd.updateServiceSafePoint('changefeed', 50n, 1000)
          expect([late.serviceId, late.safePoint]).toEqual(['backup', 100n])
          const after = await pd.updateServiceSafePoint('backup', 0n, 0)
          expect([after.serviceId, after.safePoint, after.ttlSeconds]).toEqual(['gc_worker', 200n, never])
        }))

      it('refuse a service without a name, and taking that of garbage collection away', () =>
        using(async ({ pd }) => {
          await bootstrapped(pd)
          expect(await rejects(pd.updateServiceSafePoint('', 1n, 1000))).toBe(true)
          expect(await rejects(pd.updateServiceSafePoint('gc_worker', 1n, 0))).toBe(true)
        }))
    })
  })
}
