import type { Timestamp } from '@stratakv/core'
import { createMemoryDisk, type MemoryDisk } from '@stratakv/memory'
import { seededRandom, simulatedClock } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'
import { bootstrap, sampleDriver, storeMeta } from './sample-driver.ts'

/** What was answered to callers up to some moment. */
interface Acknowledged {
  clusterId: bigint
  lastTimestamp: Timestamp
  lastId: number
  bootstrapped: boolean
  gcSafePoint: Timestamp
  storeIds: number[]
  txnSafePoint: Timestamp
}

interface Cut {
  readonly disk: MemoryDisk
  readonly where: string
  readonly acknowledged: Acknowledged
}

const seeds = [1, 2, 3, 4, 5]

/** Runs a little life of a cluster and cuts the power at every sync, before and after it. */
async function lifeWithCuts(seed: number): Promise<Cut[]> {
  const random = seededRandom(seed)
  const clock = simulatedClock()
  const sample = await sampleDriver({ seed, clock, rewriteAfterBytes: 1500 })
  const { disk, pd } = sample
  const acknowledged: Acknowledged = {
    clusterId: pd.id,
    lastTimestamp: 0n,
    lastId: 0,
    bootstrapped: false,
    gcSafePoint: 0n,
    storeIds: [],
    txnSafePoint: 0n,
  }
  const cuts: Cut[] = []
  const dice = random.fork('cuts')
  const stop = disk.onSync(({ moment, kind, path, order }) => {
    cuts.push({
      disk: disk.clonePowerCut(dice),
      where: `seed ${seed}, ${moment} sync ${order} of ${kind} ${path}`,
      acknowledged: { ...acknowledged, storeIds: [...acknowledged.storeIds] },
    })
  })
  const timestamps = async (count: number) => {
    acknowledged.lastTimestamp = await clock.settle(pd.timestamps(count), 10_000)
  }
  const ids = async (count: number) => {
    acknowledged.lastId = (await pd.allocateIds(count)) + count - 1
  }
  await timestamps(1)
  await ids(1)
  await bootstrap(pd)
  acknowledged.bootstrapped = true
  acknowledged.storeIds.push(1)
  for (let step = 0; step < 30; step++) {
    const stepMs = random.uint32() % 2500
    await clock.advance(stepMs)
    if (random.uint32() % 4 === 0) clock.stepWall(-(random.uint32() % 5000))
    await Promise.all([timestamps(1 + (random.uint32() % 200_000)), ids(1 + (random.uint32() % 700))])
    if (step % 5 === 0) {
      await pd.putStore(storeMeta(10 + step))
      acknowledged.storeIds.push(10 + step)
      acknowledged.gcSafePoint = await pd.updateGcSafePoint(BigInt(step * 10))
      acknowledged.txnSafePoint = (await pd.gc.advanceTxnSafePoint(BigInt(step * 20))).newTxnSafePoint
    }
  }
  stop()
  await pd.close()
  return cuts
}

describe('after a power cut at any sync', () => {
  for (const seed of seeds) {
    it(`keeps every promise (seed ${seed})`, async () => {
      const cuts = await lifeWithCuts(seed)
      expect(cuts.length).toBeGreaterThan(60)
      for (const { disk, where, acknowledged } of cuts) {
        // A clock that was set back far, the worst case for timestamps.
        const { pd } = await sampleDriver({ disk, seed: seed + 100, clock: simulatedClock({ unixMs: 1000 }) })
        expect(pd.id, where).toBe(acknowledged.clusterId)
        expect(pd.tryTimestamps(1)! > acknowledged.lastTimestamp, where).toBe(true)
        expect((await pd.allocateIds(1)) > acknowledged.lastId, where).toBe(true)
        if (acknowledged.bootstrapped) expect(pd.bootstrapped, where).toBe(true)
        expect(pd.gc.gcSafePoint >= acknowledged.gcSafePoint, where).toBe(true)
        expect(pd.gc.txnSafePoint >= acknowledged.txnSafePoint, where).toBe(true)
        const storeIds = pd.storeRecords({ includeTombstones: true }).map(({ meta }) => meta.id)
        for (const id of acknowledged.storeIds) expect(storeIds, where).toContain(id)
        await pd.close()
      }
    })
  }

  it('is bootstrapped whole or not at all', async () => {
    for (const seed of seeds) {
      const { disk, pd } = await sampleDriver({ seed })
      const clones: MemoryDisk[] = []
      const dice = seededRandom(seed).fork('cuts')
      disk.onSync(() => {
        // Several falls of the dice for each moment: a torn record has many forms.
        for (let cut = 0; cut < 20; cut++) clones.push(disk.clonePowerCut(dice))
      })
      await bootstrap(pd)
      await pd.close()
      let wholeCount = 0
      for (const clone of clones) {
        const { pd: survivor } = await sampleDriver({ disk: clone, seed })
        const parts = [
          survivor.bootstrapped,
          survivor.storeRecord(1) !== undefined,
          survivor.regions.byId(2) !== undefined,
          survivor.clusterVersion !== '0.0.0',
        ]
        expect(new Set(parts).size, `seed ${seed}: ${parts}`).toBe(1)
        if (parts[0]) wholeCount++
        await survivor.close()
      }
      expect(wholeCount).toBeGreaterThan(0)
      expect(wholeCount).toBeLessThan(clones.length)
    }
  })

  it('begins a new cluster, or the one that was begun, when it comes during the first start', async () => {
    for (const seed of seeds) {
      const clones: MemoryDisk[] = []
      const dice = seededRandom(seed).fork('cuts')
      const disk = createMemoryDisk({ random: seededRandom(seed) })
      disk.onSync(() => clones.push(disk.clonePowerCut(dice)))
      await (await sampleDriver({ disk, seed })).pd.close()
      expect(clones.length).toBeGreaterThan(4)
      for (const clone of clones) {
        const { pd } = await sampleDriver({ disk: clone, seed })
        expect(pd.id > 0n).toBe(true)
        expect(await pd.allocateIds(1)).toBe(1)
        await pd.close()
      }
    }
  })
})
