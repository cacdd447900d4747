import { v1 } from '@stratakv/api-v2'
import { noTelemetry, type Region, unlimitedAdmission } from '@stratakv/core'
import { type SimulatedClock, simulatedClock } from '@stratakv/testkit'

import { defaultStorageOptions, Storage, type StorageDeps, type StorageOptions } from '../src/storage.ts'
import { type MemoryKv, memoryKv, wholeRegion } from './memory-kv.ts'
import { plainChecksum } from './plain-checksum.ts'

export interface StorageFixture {
  readonly storage: Storage
  readonly kv: MemoryKv
  readonly clock: SimulatedClock
}

/** A storage on a memory engine, API V1, nothing throttled, max_ts synced. */
export function storageOn(
  regions: readonly Region[] = [wholeRegion],
  options: Partial<StorageOptions> = {},
  deps: Partial<StorageDeps> = {},
): StorageFixture {
  const kv = memoryKv(regions)
  const clock = simulatedClock()
  const storage = new Storage(
    {
      kv,
      apiVersion: v1(),
      admission: unlimitedAdmission(),
      clock,
      checksum: plainChecksum(),
      telemetry: noTelemetry(),
      placementDriver: { timestamps: () => Promise.resolve(0n) },
      destroyRange: (cf, start, end) => kv.engine.deleteRange(cf, start, end, { sync: false }),
      ...deps,
    },
    { ...defaultStorageOptions, ...options },
  )
  for (const { id } of regions) storage.concurrency.setMaxTsSynced(id, true)
  return { storage, kv, clock }
}
