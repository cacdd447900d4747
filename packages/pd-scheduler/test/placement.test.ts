import { below, fraction, noTelemetry, type StoreId, type Telemetry } from '@stratakv/core'
import { forSeeds, type SeededRandom } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'
import type { PlacementConfig } from '../src/schedule/placement-config.ts'
import { type SampleDriver, sampleDriver } from './sample-driver.ts'
import { SimulatedStores } from './simulated-stores.ts'

const minuteSteps = 120

/** Time limits of real clusters are minutes to hours; here a store is given up after 40 s. */
const quick: Partial<PlacementConfig> = {
  maxStoreDownTimeMs: 40_000,
  addPeerPerMinute: 600,
  removePeerPerMinute: 600,
  maxMergeRegionSizeMiB: 0,
}

async function cluster(random: SeededRandom, placement: Partial<PlacementConfig> = {}) {
  let startedCount = 0
  const telemetry: Telemetry = {
    ...noTelemetry(),
    counter: ({ name }) => ({
      add(amount, ...labels) {
        if (name === 'pd_schedule_operators_count' && labels[1] === 'start') startedCount += amount
      },
    }),
  }
  const sample = await sampleDriver({
    seed: random.seed,
    telemetry,
    placement: { ...quick, ...placement },
  })
  const manners = {
    latencyMsMax: [0, 200, 3000][below(random, 3)]!,
    fillMsMax: [0, 1000, 20_000][below(random, 3)]!,
    failureShare: [0, 0.1, 0.4][below(random, 3)]!,
  }
  const stores = new SimulatedStores(sample, random, manners, placement.maxReplicas ?? 3)
  return { sample, stores, pd: sample.pd, startedCount: () => startedCount }
}

async function run(stores: SimulatedStores, steps: number): Promise<void> {
  for (let step = 0; step < steps; step++) await stores.step()
}

/** Goes on until nothing has run for a while. */
async function settle(sample: SampleDriver, stores: SimulatedStores, stepsMax = 240 * minuteSteps): Promise<void> {
  let quietSteps = 0
  for (let step = 0; step < stepsMax; step++) {
    await stores.step()
    quietSteps = sample.pd.scheduler.book.runningCount === 0 ? quietSteps + 1 : 0
    if (quietSteps >= 2 * minuteSteps) return
  }
  throw new Error(`not settled: ${JSON.stringify(sample.pd.scheduler.book.runningRecords().slice(0, 3))}`)
}

function aliveIds(stores: SimulatedStores): StoreId[] {
  return [...stores.stores.values()].filter(({ isAlive }) => isAlive).map(({ id }) => id)
}

/** Every region has its voters, on stores that are in service, and nothing else. */
function expectWhole(sample: SampleDriver, stores: SimulatedStores, replicas = 3): void {
  for (const each of stores.regions.values()) {
    expect(each.region.peers.map(({ role }) => role)).toEqual(Array(replicas).fill('voter'))
    expect(new Set(each.region.peers.map(({ storeId }) => storeId)).size).toBe(replicas)
    for (const { storeId } of each.region.peers) {
      expect(stores.stores.get(storeId)!.isAlive).toBe(true)
      expect(sample.pd.storeRecord(storeId)!.meta.state).toBe('up')
    }
    expect(sample.pd.regions.byId(each.region.id)?.region).toEqual(each.region)
  }
}

function expectEven(counts: readonly number[]): void {
  expect(Math.max(...counts) - Math.min(...counts), counts.join()).toBeLessThanOrEqual(2)
}

/** Whatever was done is done: more time brings no more orders. */
async function expectQuiet(stores: SimulatedStores): Promise<void> {
  const { heardCount } = stores
  await run(stores, 5 * minuteSteps)
  expect(stores.heardCount).toBe(heardCount)
}

describe('placement in simulated clusters', () => {
  it('makes one replica three, and puts data and leaders on stores that join', async () => {
    await forSeeds(40, async (_seed, random) => {
      const { sample, stores, pd, startedCount } = await cluster(random)
      const regionCount = 5 + below(random, 20)
      await stores.start(3, regionCount, 1)
      await settle(sample, stores)
      expectWhole(sample, stores)
      const madeUp = startedCount()
      // Two replicas more for each, and leaders that move; what fails is told again, and given up at last.
      expect(madeUp).toBeGreaterThanOrEqual(regionCount * 2)
      expect(madeUp).toBeLessThanOrEqual(regionCount * 5 + 10)
      await stores.join(4)
      await settle(sample, stores)
      expectWhole(sample, stores)
      // A quarter of the replicas moves, and the leaders that go with it.
      expect(startedCount() - madeUp).toBeLessThanOrEqual(regionCount * 2 + 10)
      const ids = aliveIds(stores)
      expectEven(ids.map((id) => stores.peerCount(id)))
      expectEven(ids.map((id) => stores.leaderCount(id)))
      await expectQuiet(stores)
      await pd.close()
    })
  })

  it('empties a store that leaves, which is then a tombstone', async () => {
    await forSeeds(40, async (_seed, random) => {
      const { sample, stores, pd } = await cluster(random, { enableJointConsensus: fraction(random) < 0.7 })
      await stores.start(4 + below(random, 3), 5 + below(random, 20), 3)
      await settle(sample, stores)
      const leaving = 1 + below(random, 3)
      await pd.removeStore(leaving, { force: false })
      // Whether it still runs or not.
      if (fraction(random) < 0.3) stores.kill(leaving)
      await settle(sample, stores)
      expect(stores.peerCount(leaving)).toBe(0)
      await run(stores, minuteSteps)
      expect(pd.storeRecord(leaving)?.meta.state).toBe('tombstone')
      expectWhole(sample, stores)
      await expectQuiet(stores)
      await pd.close()
    })
  })

  it('is whole again after any history in which enough stores stay', async () => {
    await forSeeds(120, async (_seed, random) => {
      const maxReplicas = [1, 3, 3, 3, 5][below(random, 5)]!
      const enableJointConsensus = fraction(random) < 0.7
      const { sample, stores, pd } = await cluster(random, { maxReplicas, enableJointConsensus })
      const storeCount = maxReplicas + 1 + below(random, 4)
      await stores.start(storeCount, 3 + below(random, 15), fraction(random) < 0.5 ? 1 : maxReplicas)
      let nextId = storeCount + 1
      for (let event = 0; event < 8; event++) {
        await run(stores, below(random, 2 * minuteSteps))
        const dead = [...stores.stores.values()].filter(({ isAlive }) => !isAlive)
        const alive = aliveIds(stores).filter((id) => pd.storeRecord(id)?.meta.state === 'up')
        const dice = below(random, 5)
        if (dice === 0) await stores.join(nextId++)
        else if (dice === 1 && alive.length > maxReplicas + 1) {
          await pd.removeStore(alive[below(random, alive.length)]!, { force: false })
        } else if (dice === 2 && dead.length === 0 && maxReplicas > 1) {
          // One at a time, and with replicas to spare everywhere: more would take a majority away, which nobody can mend.
          const isSafe = [...stores.regions.values()].every(({ region }) => region.peers.length >= 3)
          if (isSafe) stores.kill(alive[below(random, alive.length)]!)
        } else if (dice === 4) {
          const ids = [...stores.regions.keys()]
          for (let count = 0; count < 3; count++) await stores.split(ids[below(random, ids.length)]!)
        } else for (const { id } of dead) stores.revive(id)
      }
      for (const { id, isAlive } of stores.stores.values()) {
        if (!isAlive && pd.storeRecord(id)?.meta.state === 'up') stores.revive(id)
      }
      await settle(sample, stores)
      expectWhole(sample, stores, maxReplicas)
      const ids = aliveIds(stores).filter((id) => pd.storeRecord(id)?.meta.state === 'up')
      expectEven(ids.map((id) => stores.peerCount(id)))
      await expectQuiet(stores)
      await pd.close()
    })
  })

  it('keeps replicas apart by their labels', async () => {
    await forSeeds(20, async (_seed, random) => {
      const zones = (id: StoreId) => [{ key: 'zone', value: `z${id % 3}` }]
      const { sample, stores, pd } = await cluster(random, { locationLabels: ['zone'] })
      await stores.start(6, 4 + below(random, 10), 1, zones)
      await settle(sample, stores)
      expectWhole(sample, stores)
      for (const { region } of stores.regions.values()) {
        expect(new Set(region.peers.map(({ storeId }) => storeId % 3)).size).toBe(3)
      }
      await expectQuiet(stores)
      await pd.close()
    })
  })

  it('merges small neighbours until none is left that fits', async () => {
    await forSeeds(20, async (_seed, random) => {
      const { sample, stores, pd } = await cluster(random, {
        maxMergeRegionSizeMiB: 20,
        splitMergeIntervalMs: 60_000,
      })
      await stores.start(4, 8 + below(random, 10), 3)
      const before = stores.regions.size
      await run(stores, 2 * minuteSteps)
      await settle(sample, stores)
      expectWhole(sample, stores)
      const sizes = [...stores.regions.values()].map(({ sizeMiB }) => sizeMiB)
      expect(sizes.filter((sizeMiB) => sizeMiB <= 20).length).toBe(0)
      expect(stores.regions.size).toBeLessThanOrEqual(before)
      expect(pd.regions.count).toBe(stores.regions.size)
      await expectQuiet(stores)
      await pd.close()
    })
  })
})
