import {
  noTelemetry,
  type Peer,
  type Region,
  type RegionHeartbeat,
  type StoreMeta,
  type StoreStats,
  type Telemetry,
} from '@stratakv/core'
import { createMemoryDisk, type MemoryDisk } from '@stratakv/memory'
import { type EmbeddedPlacementDriver, openPlacementDriver, type PlacementConfig } from '@stratakv/pd-scheduler'
import { type SimulatedClock, seededRandom, simulatedClock } from '@stratakv/testkit'

export const directory = 'data/pd'

/** A placement driver on a memory disk, with a clock that the test moves. */
export interface SampleDriver {
  pd: EmbeddedPlacementDriver
  readonly disk: MemoryDisk
  readonly clock: SimulatedClock
  /** A clean stop and start. */
  reopen(): Promise<void>
}

export async function sampleDriver(
  options: {
    disk?: MemoryDisk
    clock?: SimulatedClock
    seed?: number
    rewriteAfterBytes?: number
    placement?: Partial<PlacementConfig>
    telemetry?: Telemetry
  } = {},
): Promise<SampleDriver> {
  const { seed = 1, clock = simulatedClock(), rewriteAfterBytes, placement = {}, telemetry = noTelemetry() } = options
  const disk = options.disk ?? createMemoryDisk({ random: seededRandom(seed) })
  const open = () =>
    openPlacementDriver(
      { fs: disk, clock, random: seededRandom(seed), telemetry },
      {
        directory,
        clientUrls: ['http://127.0.0.1:2379'],
        placement,
        ...(rewriteAfterBytes === undefined ? {} : { rewriteAfterBytes }),
      },
    )
  const sample: SampleDriver = {
    pd: await open(),
    disk,
    clock,
    async reopen() {
      await sample.pd.close()
      sample.pd = await open()
    },
  }
  return sample
}

export function key(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

export function storeMeta(id: number, fields: Partial<StoreMeta> = {}): StoreMeta {
  return {
    id,
    address: `store${id}:20160`,
    peerAddress: '',
    statusAddress: '',
    version: '6.1.0',
    gitHash: '',
    state: 'up',
    labels: [],
    startTimestamp: 0,
    deployPath: '',
    ...fields,
  }
}

/** A region with one voter on each store; peer ids are `id * 100` and up. */
export function region(
  id: number,
  range: readonly [start: string, end: string],
  fields: { version?: number; confVer?: number; stores?: readonly number[] } = {},
): Region {
  const { version = 1, confVer = 1, stores = [1] } = fields
  return {
    id,
    startKey: key(range[0]),
    endKey: key(range[1]),
    epoch: { version, confVer },
    peers: stores.map((storeId, index): Peer => ({ id: id * 100 + index, storeId, role: 'voter' })),
  }
}

export function report(of: Region, fields: Partial<RegionHeartbeat> = {}): RegionHeartbeat {
  return {
    region: of,
    leader: of.peers[0]!,
    term: 5,
    bytesWritten: 0,
    keysWritten: 0,
    bytesRead: 0,
    keysRead: 0,
    approximateSizeBytes: 0,
    approximateKeyCount: 0,
    ...fields,
  }
}

export const wholeRange = ['', ''] as const

export function stats(storeId: number): StoreStats {
  return {
    storeId,
    capacityBytes: 2 ** 40,
    availableBytes: 2 ** 39,
    usedBytes: 2 ** 39,
    regionCount: 1,
    isBusy: false,
    bytesWritten: 0,
    keysWritten: 0,
    bytesRead: 0,
    keysRead: 0,
    intervalStart: 0,
    intervalEnd: 10,
  }
}

/** Store 1 and region 2 over all keys. */
export async function bootstrap(pd: EmbeddedPlacementDriver): Promise<void> {
  await pd.bootstrap(storeMeta(1), region(2, wholeRange))
}
