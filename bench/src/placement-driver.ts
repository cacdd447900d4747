import { noTelemetry, type PlacementDriver, type Random, systemClock } from '@stratakv/core'
import { createMemoryDisk } from '@stratakv/memory'
import { openPlacementDriver } from '@stratakv/pd-scheduler'
import type { StoreDescription } from '@stratakv/raftstore'

/** One in memory, of a cluster of its own. */
export function newPlacementDriver(random: Random): Promise<PlacementDriver> {
  const fs = createMemoryDisk({ random })
  return openPlacementDriver(
    { fs, clock: systemClock(), random, telemetry: noTelemetry() },
    { directory: '/pd', clientUrls: ['http://127.0.0.1:2379'] },
  )
}

/** What a store without a node tells of itself. */
export function storeAt(address: string): StoreDescription {
  return {
    address,
    peerAddress: '',
    statusAddress: '',
    version: '6.1.0',
    gitHash: '',
    state: 'up',
    labels: [],
    startTimestamp: 0,
    deployPath: '',
  }
}
