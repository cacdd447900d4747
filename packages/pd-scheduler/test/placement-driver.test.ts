import { ClosedError, FileLockedError, noTelemetry } from '@stratakv/core'
import { createMemoryDisk, type MemoryDisk } from '@stratakv/memory'
import { seededRandom, simulatedClock } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'
import {
  InvalidCountError,
  InvalidStoreError,
  MetadataCorruptionError,
  MetadataValueError,
  NotBootstrappedError,
  StaleRegionError,
  StoreNotFoundError,
  StoreTombstoneError,
  UnknownRegionError,
} from '../src/errors.ts'
import { MetadataStore } from '../src/metadata-store.ts'
import { openPlacementDriver } from '../src/placement-driver.ts'
import { bootstrap, directory, key, region, report, sampleDriver, storeMeta, wholeRange } from './sample-driver.ts'

const stats = (storeId: number) => ({
  storeId,
  capacityBytes: 100,
  availableBytes: 50,
  usedBytes: 50,
  regionCount: 1,
  isBusy: false,
  bytesWritten: 0,
  keysWritten: 0,
  bytesRead: 0,
  keysRead: 0,
  intervalStart: 0,
  intervalEnd: 0,
})

describe('embedded placement driver', () => {
  it('has a cluster id of time and chance', async () => {
    const clock = simulatedClock({ unixMs: 1_700_000_000_999 })
    const { pd } = await sampleDriver({ clock })
    expect(pd.id >> 32n).toBe(1_700_000_000n)
    const other = await sampleDriver({ clock, seed: 2 })
    expect(other.pd.id).not.toBe(pd.id)
    expect(pd.memberId).not.toBe(0n)
    await Promise.all([pd.close(), other.pd.close()])
  })

  it('answers timestamps without a wait as soon as it is open', async () => {
    const { pd } = await sampleDriver()
    expect(pd.tryTimestamps(1)).not.toBe(undefined)
    await pd.close()
  })

  it('lets one process at a time use its directory', async () => {
    const { pd, disk, clock } = await sampleDriver()
    await expect(sampleDriver({ disk, clock })).rejects.toBeInstanceOf(FileLockedError)
    await pd.close()
    await (await sampleDriver({ disk, clock })).pd.close()
  })

  it('gives its directory back when it cannot start', async () => {
    const { pd, disk } = await sampleDriver()
    await pd.close()
    const path = `${directory}/metadata.log`
    const file = await disk.open(path, 'write')
    const byte = new Uint8Array(1)
    await file.readAt(byte, 70)
    await file.writeAt([Uint8Array.of(byte[0]! ^ 1)], 70)
    await expect(sampleDriver({ disk })).rejects.toBeInstanceOf(MetadataCorruptionError)
    await file.writeAt([byte], 70)
    await file.close()
    await (await sampleDriver({ disk })).pd.close()
  })

  it('refuses to start without, or with a senseless, end of its windows', async () => {
    for (const name of ['timestamp', 'alloc_id', 'cluster_id', 'member_id']) {
      for (const value of [undefined, new TextEncoder().encode('soon')]) {
        const { pd, disk } = await sampleDriver()
        await pd.close()
        const metadata = await MetadataStore.open(disk, { directory, rewriteAfterBytes: 1 << 20 })
        await metadata.commit([{ key: name, value }])
        await metadata.close()
        await expect(sampleDriver({ disk }), name).rejects.toMatchObject({ code: 'PD_METADATA_VALUE', key: name })
        await expect(sampleDriver({ disk }), name).rejects.toBeInstanceOf(MetadataValueError)
      }
    }
  })

  it('syncs every id window and timestamp window before it is used, and rarely', async () => {
    const { pd, disk, clock } = await sampleDriver()
    const before = disk.syncs.fileCount
    for (let index = 0; index < 1000; index++) await pd.allocateIds(1)
    expect(disk.syncs.fileCount - before).toBe(1)
    const idle = disk.syncs.fileCount
    await clock.advance(60_000)
    expect(disk.syncs.fileCount).toBe(idle)
    for (let second = 0; second < 60; second++) {
      await clock.advance(1000)
      await pd.timestamps(100)
    }
    expect(disk.syncs.fileCount - idle).toBeLessThanOrEqual(31)
    await pd.close()
  })

  it('never repeats a timestamp over restarts with a clock that jumps', async () => {
    const disk = createMemoryDisk({ random: seededRandom(3) })
    const dice = seededRandom(4)
    let last = 0n
    for (let start = 0; start < 40; start++) {
      const clock = simulatedClock({ unixMs: 1_700_000_000_000 + (dice.uint32() % 20_000) - 10_000 })
      const { pd } = await sampleDriver({ disk, clock })
      for (let call = 0; call < 5; call++) {
        const count = 1 + (dice.uint32() % 1000)
        const timestamp = await clock.settle(pd.timestamps(count), 1000)
        expect(timestamp - BigInt(count - 1) > last).toBe(true)
        last = timestamp
        clock.stepWall((dice.uint32() % 4000) - 2000)
        await clock.advance(dice.uint32() % 500)
      }
      await pd.close()
    }
  })

  it('goes on above the window of a process that was killed between saving and using it', async () => {
    const { disk, clock, pd } = await sampleDriver()
    await clock.advance(2500)
    let killed: MemoryDisk | undefined
    disk.onSync(({ moment }) => {
      if (moment === 'after') killed ??= disk.clonePowerCut()
    })
    const served = pd.tryTimestamps(1)!
    // The renewal that this request set off is saved now, and nothing of it was given out.
    await clock.advance(1)
    expect(killed).not.toBe(undefined)
    const { pd: next } = await sampleDriver({ disk: killed!, clock })
    const first = next.tryTimestamps(1)!
    expect(first > served).toBe(true)
    expect(first >> 18n > BigInt(clock.unixMs())).toBe(true)
    await Promise.all([pd.close(), next.close()])
  })

  it('takes stores and reports only once it is bootstrapped', async () => {
    const { pd } = await sampleDriver()
    await expect(pd.putStore(storeMeta(1))).rejects.toBeInstanceOf(NotBootstrappedError)
    await expect(pd.storeHeartbeat(stats(1))).rejects.toBeInstanceOf(NotBootstrappedError)
    expect(() => pd.reportRegion(report(region(2, wholeRange)))).toThrow(NotBootstrappedError)
    await bootstrap(pd)
    expect(() => pd.reportRegion(report(region(2, wholeRange, { stores: [7] })))).toThrow(StoreNotFoundError)
    await pd.close()
  })

  it('raises its version with the oldest store, and never lowers it', async () => {
    const made = await sampleDriver()
    expect(made.pd.clusterVersion).toBe('0.0.0')
    await made.pd.bootstrap(storeMeta(1, { version: '6.1.0' }), region(2, wholeRange))
    await made.pd.putStore(storeMeta(3, { version: '6.5.0' }))
    expect(made.pd.clusterVersion).toBe('6.1.0')
    await made.pd.putStore(storeMeta(1, { version: '6.4.0' }))
    expect(made.pd.clusterVersion).toBe('6.4.0')
    await made.pd.putStore(storeMeta(1, { version: '6.4.0-alpha' }))
    await made.reopen()
    expect(made.pd.clusterVersion).toBe('6.4.0')
    await expect(made.pd.putStore(storeMeta(9, { version: '6.1.0' }))).rejects.toBeInstanceOf(InvalidStoreError)
    await made.pd.close()
  })

  it('buries a store that was removed once its last region is gone', async () => {
    const made = await sampleDriver()
    await bootstrap(made.pd)
    for (const id of [10, 11, 12]) await made.pd.putStore(storeMeta(id))
    const state = async (id: number) => (await made.pd.store(id))?.state
    await made.pd.removeStore(12, { force: false })
    expect(await state(12)).toBe('tombstone')
    await expect(made.pd.removeStore(1, { force: false })).rejects.toBeInstanceOf(InvalidStoreError)
    await made.pd.removeStore(1, { force: true })
    expect(await state(1)).toBe('offline')
    await made.pd.storeHeartbeat(stats(1))
    expect(await state(1)).toBe('offline')
    made.pd.reportRegion(report(region(2, wholeRange, { confVer: 3, stores: [10] })))
    await made.pd.storeHeartbeat(stats(10))
    expect(await state(1)).toBe('tombstone')
    await made.reopen()
    expect(await state(1)).toBe('tombstone')
    await expect(made.pd.putStore(storeMeta(1))).rejects.toBeInstanceOf(StoreTombstoneError)
    await expect(made.pd.storeHeartbeat(stats(1))).rejects.toBeInstanceOf(StoreTombstoneError)
    await made.pd.putStore(storeMeta(20, { address: 'store1:20160' }))
    await made.pd.close()
  })

  it('remembers regions without their leaders', async () => {
    const made = await sampleDriver()
    await bootstrap(made.pd)
    made.pd.reportRegion(report(region(2, ['', 'm'], { version: 2 })))
    made.pd.reportRegion(report(region(3, ['m', ''], { version: 2 })))
    await made.clock.advance(3000)
    const written = made.disk.clonePowerCut()
    await made.pd.close()
    const { pd } = await sampleDriver({ disk: written, clock: made.clock })
    expect(pd.regions.scan(key(''), key(''), 0).map(({ region: { id }, leader }) => [id, leader])).toEqual([
      [2, undefined],
      [3, undefined],
    ])
    expect(() => pd.reportRegion(report(region(2, wholeRange, { version: 1, confVer: 2 })))).toThrow(StaleRegionError)
    await pd.close()
  })

  it('forgets regions that were merged away', async () => {
    const made = await sampleDriver()
    await bootstrap(made.pd)
    made.pd.reportRegion(report(region(2, ['', 'm'], { version: 2 })))
    made.pd.reportRegion(report(region(3, ['m', ''], { version: 2 })))
    await made.reopen()
    made.pd.reportRegion(report(region(3, wholeRange, { version: 4 })))
    await made.reopen()
    expect(made.pd.regions.scan(key(''), key(''), 0).map((state) => state.region.id)).toEqual([3])
    await made.pd.close()
  })

  it('saves many regions in few commits', async () => {
    const { pd, disk, clock } = await sampleDriver()
    await bootstrap(pd)
    const before = disk.syncs.fileCount
    const name = (index: number) => (index === 0 ? '' : index.toString().padStart(4, '0'))
    for (let index = 0; index < 2000; index++) {
      const end = index === 1999 ? '' : name(index + 1)
      pd.reportRegion(report(region(index + 2, [name(index), end], { version: 2 })))
    }
    await clock.advance(10_000)
    expect(disk.syncs.fileCount - before).toBeLessThan(10)
    await pd.close()
    const again = await sampleDriver({ disk, clock })
    expect(again.pd.regions.count).toBe(2000)
    await again.pd.close()
  })

  it('leaves no timer behind when it is closed amid saving', async () => {
    const { pd, clock } = await sampleDriver()
    await bootstrap(pd)
    const name = (index: number) => (index === 0 ? '' : index.toString().padStart(4, '0'))
    for (let index = 0; index < 1500; index++) {
      pd.reportRegion(report(region(index + 2, [name(index), name(index + 1)], { version: 2 })))
    }
    await pd.close()
    clock.assertIdle()
  })

  it('gives ids for a split of the region as it is, and for no other', async () => {
    const { pd } = await sampleDriver()
    await bootstrap(pd)
    const current = region(2, wholeRange, { version: 3, confVer: 3, stores: [1, 1, 1] })
    pd.reportRegion(report(current))
    const ids = await pd.askSplit(current, 2)
    expect(ids.map(({ peerIds }) => peerIds.length)).toEqual([3, 3])
    const all = ids.flatMap(({ regionId, peerIds }) => [regionId, ...peerIds])
    expect(new Set(all).size).toBe(8)
    await expect(pd.askSplit(region(2, wholeRange, { version: 2, confVer: 3 }), 1)).rejects.toBeInstanceOf(
      StaleRegionError,
    )
    await expect(pd.askSplit(region(2, wholeRange, { version: 3, confVer: 2 }), 1)).rejects.toBeInstanceOf(
      StaleRegionError,
    )
    await expect(pd.askSplit(current, 0)).rejects.toBeInstanceOf(InvalidCountError)
    await pd.close()
  })

  it('knows no region where none was reported', async () => {
    const { pd } = await sampleDriver()
    await bootstrap(pd)
    pd.reportRegion(report(region(2, ['', 'm'], { version: 3 })))
    await expect(pd.askSplit(region(5, ['m', '']), 1)).rejects.toBeInstanceOf(UnknownRegionError)
    expect(await pd.regionByKey(key('z'))).toBe(undefined)
    await pd.close()
  })

  it('refuses everything after it is closed, and leaves no timer', async () => {
    const { pd, clock } = await sampleDriver()
    await bootstrap(pd)
    pd.reportRegion(report(region(2, wholeRange, { version: 2 })))
    await pd.close()
    await pd.close()
    const calls = [
      () => pd.clusterId(),
      () => pd.timestamps(1),
      () => pd.allocateIds(1),
      () => pd.putStore(storeMeta(4)),
      () => pd.regionByKey(key('')),
      () => pd.regionHeartbeat(report(region(2, wholeRange))),
      () => pd.updateGcSafePoint(1n),
      () => pd.etcd.put(key('a'), key('b')),
    ]
    for (const call of calls) await expect(call()).rejects.toBeInstanceOf(ClosedError)
    expect(() => pd.tryTimestamps(1)).toThrow(ClosedError)
    clock.assertIdle()
  })

  it('counts what it does', async () => {
    const counted = new Map<string, number>()
    const telemetry = {
      ...noTelemetry(),
      counter: ({ name }: { name: string }) => ({
        add: (amount: number, ...labels: readonly string[]) => {
          const id = `${name}{${labels}}`
          counted.set(id, (counted.get(id) ?? 0) + amount)
        },
      }),
    }
    const clock = simulatedClock()
    const pd = await openPlacementDriver(
      { fs: createMemoryDisk({ random: seededRandom(1) }), clock, random: seededRandom(1), telemetry },
      { directory, clientUrls: [] },
    )
    await bootstrap(pd)
    pd.reportRegion(report(region(2, wholeRange, { version: 2 })))
    expect(() => pd.reportRegion(report(region(2, wholeRange, { confVer: 2 })))).toThrow(StaleRegionError)
    expect(counted.get('pd_tso_events{save}')).toBe(1)
    expect(counted.get('pd_scheduler_region_heartbeat{1,report,ok}')).toBe(1)
    expect(counted.get('pd_scheduler_region_heartbeat{1,report,stale}')).toBe(1)
    await pd.close()
  })
})
