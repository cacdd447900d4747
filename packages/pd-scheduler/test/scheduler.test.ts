import { ClosedError, noTelemetry, type RegionOperator } from '@stratakv/core'
import { InvalidPlacementConfigError, openPlacementDriver, type PlacementConfig } from '@stratakv/pd-scheduler'
import { describe, expect, it } from 'vitest'
import { bootstrap, key, region, report, sampleDriver, stats, storeMeta, wholeRange } from './sample-driver.ts'

async function sample(placement: Partial<PlacementConfig> = {}) {
  const made = await sampleDriver({ placement })
  await bootstrap(made.pd)
  for (const id of [2, 3, 4]) await made.pd.putStore(storeMeta(id))
  for (const id of [1, 2, 3, 4]) await made.pd.storeHeartbeat(stats(id))
  const heard: RegionOperator[] = []
  const heartbeats = made.pd.openRegionHeartbeats(1, (operator) => heard.push(operator))
  return { made, pd: made.pd, clock: made.clock, heard, heartbeats }
}

describe('scheduler', () => {
  it('costs no timer while nobody listens, and gives no orders', async () => {
    const { pd, clock, heartbeats } = await sample()
    heartbeats.close()
    clock.assertIdle()
    await pd.regionHeartbeat(report(region(2, wholeRange)))
    expect(pd.scheduler.book.runningCount).toBe(0)
    await pd.close()
    clock.assertIdle()
    expect(() => pd.openRegionHeartbeats(1, () => {})).toThrow(ClosedError)
  })

  it('waits after a start until most regions have reported, or five minutes', async () => {
    const { made, heartbeats: before, heard: heardBefore } = await sample()
    for (const [index, start] of ['', 'b', 'c', 'd'].entries()) {
      const of = region(10 + index, [start, ['b', 'c', 'd', ''][index]!], { version: 3, stores: [1, 2, 3] })
      await before.report(report(of))
    }
    expect(heardBefore).toEqual([])
    await made.reopen()
    const { pd, clock } = made
    const heard: RegionOperator[] = []
    const heartbeats = pd.openRegionHeartbeats(1, (operator) => heard.push(operator))
    for (const id of [1, 2, 3, 4]) await pd.storeHeartbeat(stats(id))
    const lacking = report(region(10, ['', 'b'], { version: 3, stores: [1, 2] }))
    await heartbeats.report(lacking)
    await clock.advance(10_000)
    expect(heard).toEqual([])
    await clock.advance(300_000)
    for (const id of [1, 2, 3, 4]) await pd.storeHeartbeat(stats(id))
    await heartbeats.report(lacking)
    await clock.advance(1000)
    expect(heard.length).toBeGreaterThan(0)
    await pd.close()
  })

  it('finds what is to be done without a report: a store that goes down', async () => {
    const { pd, clock, heard, heartbeats } = await sample({ maxStoreDownTimeMs: 60_000, regionScheduleLimit: 0 })
    const of = region(2, wholeRange, { stores: [1, 2, 3], confVer: 5 })
    await heartbeats.report(report(of, { downPeers: [{ peer: of.peers[2]!, downSeconds: 30 }] }))
    for (let round = 0; round < 5; round++) {
      for (const id of [1, 2, 4]) await pd.storeHeartbeat(stats(id))
      await clock.advance(10_000)
    }
    expect(heard).toEqual([])
    for (let round = 0; round < 3; round++) {
      for (const id of [1, 2, 4]) await pd.storeHeartbeat(stats(id))
      await clock.advance(10_000)
    }
    expect(heard[0]?.order).toMatchObject({
      type: 'change-peer',
      change: { type: 'add-learner', peer: { storeId: 4 } },
    })
    expect(pd.scheduler.record(2)?.reason).toBe('replace-down-replica')
    await pd.close()
  })

  it('keeps to its limits', async () => {
    const { pd, heartbeats } = await sample({ replicaScheduleLimit: 2 })
    const bounds = ['', 'b', 'c', 'd', 'e', '']
    for (let index = 0; index < 5; index++) {
      const range = [bounds[index]!, bounds[index + 1]!] as const
      await heartbeats.report(report(region(10 + index, range, { version: 3, stores: [1, 2] })))
    }
    expect(pd.scheduler.book.runningRecords().map(({ reason }) => reason)).toEqual([
      'make-up-replica',
      'make-up-replica',
    ])
    await pd.close()
  })

  it('leaves what was just split alone when it merges', async () => {
    const { pd, clock, heartbeats } = await sample({
      splitMergeIntervalMs: 60_000,
      regionScheduleLimit: 0,
      leaderScheduleLimit: 0,
    })
    const parent = region(2, wholeRange, { stores: [1, 2, 3], confVer: 5 })
    await heartbeats.report(report(parent))
    const tick = async (ms: number) => {
      for (let passed = 0; passed < ms; passed += 10_000) {
        for (const id of [1, 2, 3, 4]) await pd.storeHeartbeat(stats(id))
        await clock.advance(10_000)
      }
    }
    await tick(70_000)
    const [child] = await pd.askSplit(parent, 1)
    const epoch = { confVer: 5, version: 2 }
    const left = { ...region(child!.regionId, ['', 'm'], { stores: [1, 2, 3] }), epoch }
    await heartbeats.report(report(left))
    await heartbeats.report(report({ ...parent, startKey: key('m'), epoch }))
    await tick(50_000)
    expect(pd.scheduler.book.runningCount).toBe(0)
    await tick(20_000)
    expect(pd.scheduler.book.runningRecords().map(({ reason }) => reason)).toEqual(['merge-region', 'merge-region'])
    await pd.close()
  })

  it('refuses options that make no sense', async () => {
    const { disk, clock } = await sampleDriver()
    const deps = { fs: disk, clock, random: { uint32: () => 1 }, telemetry: noTelemetry() }
    for (const placement of [
      { maxReplicas: 0 },
      { maxReplicas: 1.5 },
      { lowSpaceRatio: 2 },
      { leaderScheduleLimit: -1 },
    ]) {
      const opening = openPlacementDriver(deps, { directory: 'elsewhere', clientUrls: [], placement })
      await expect(opening).rejects.toBeInstanceOf(InvalidPlacementConfigError)
    }
  })
})
