import type { PlacementDriver, StoreMeta } from '../src/placement-driver.ts'
import type { Peer, Region } from '../src/region.ts'

/** One cluster, as a test gets it: fresh, not bootstrapped. */
export interface PlacementDriverFixture {
  readonly pd: PlacementDriver
  /** Resolves when region reports that were sent before have arrived. Absent: they have once the call resolves. */
  reportsArrived?(): Promise<void>
  /** Stops the placement driver and starts it again over what it had made durable; the old object is not used any more. Absent: it cannot be restarted. */
  reopen?(): Promise<PlacementDriver>
  /** Resolves when orders on their way may have come. Absent: they do within a few turns of promises. */
  ordersArrived?(): Promise<void>
  dispose(): Promise<void> | void
}

export function key(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}

export function storeMeta(id: number, address: string): StoreMeta {
  return {
    id,
    address,
    peerAddress: '',
    statusAddress: 'status:20180',
    version: '6.1.0',
    gitHash: 'abc',
    state: 'up',
    labels: [{ key: 'zone', value: 'z1' }],
    startTimestamp: 1_600_000_000,
    deployPath: '/deploy',
  }
}

export function stats(storeId: number) {
  return {
    storeId,
    capacityBytes: 1000,
    availableBytes: 500,
    usedBytes: 500,
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

export function heartbeat(region: Region, leader: Peer, term = 5) {
  return {
    region,
    leader,
    term,
    bytesWritten: 1,
    keysWritten: 1,
    bytesRead: 1,
    keysRead: 1,
    approximateSizeBytes: 1 << 20,
    approximateKeyCount: 10,
  }
}

export async function firstCluster(
  pd: PlacementDriver,
  address = 'first:20160',
): Promise<{ store: StoreMeta; region: Region }> {
  const storeId = await pd.allocateIds(3)
  const region: Region = {
    id: storeId + 1,
    startKey: key(''),
    endKey: key(''),
    epoch: { confVer: 1, version: 1 },
    peers: [{ id: storeId + 2, storeId, role: 'voter' }],
  }
  return { store: storeMeta(storeId, address), region }
}

export async function bootstrapped(pd: PlacementDriver): Promise<{ store: StoreMeta; region: Region }> {
  const first = await firstCluster(pd)
  await pd.bootstrap(first.store, first.region)
  return first
}

/** The first region, split at `i` and `p`, all three reported. */
export async function threeRegions({ pd, reportsArrived }: PlacementDriverFixture): Promise<[Region, Region, Region]> {
  const { region, store } = await bootstrapped(pd)
  const firstId = await pd.allocateIds(4)
  const part = (index: number, startKey: Uint8Array, endKey: Uint8Array): Region => ({
    id: firstId + index,
    startKey,
    endKey,
    epoch: { confVer: 1, version: 3 },
    peers: [{ id: firstId + index + 2, storeId: store.id, role: 'voter' }],
  })
  const left: Region = { ...region, endKey: key('i'), epoch: { confVer: 1, version: 3 } }
  const middle = part(0, key('i'), key('p'))
  const right = part(1, key('p'), key(''))
  for (const each of [left, middle, right]) await pd.regionHeartbeat(heartbeat(each, each.peers[0]!))
  await reportsArrived?.()
  return [left, middle, right]
}
