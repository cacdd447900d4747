import { toHex } from './byte-order.ts'
import { StrataError } from './errors.ts'
import {
  formatEpoch,
  type Peer,
  type PeerId,
  type Region,
  type RegionEpoch,
  type RegionId,
  type StoreId,
} from './region.ts'

/**
 * "Ask elsewhere, or again": the request met the wrong place or the wrong moment. Edges translate each class to its
 * field of errorpb.Error (TiKV `components/raftstore/src/errors.rs`); clients retry by kind.
 */
export abstract class RegionError extends StrataError {}

/** The request names another store than the one that got it. */
export class StoreNotMatchError extends RegionError {
  readonly code = 'REGION_STORE_NOT_MATCH'
  readonly requestStoreId: StoreId
  readonly actualStoreId: StoreId

  constructor(requestStoreId: StoreId, actualStoreId: StoreId) {
    super(`request is for store ${requestStoreId}, this is store ${actualStoreId}`)
    this.requestStoreId = requestStoreId
    this.actualStoreId = actualStoreId
  }
}

/** The request names another peer of the region. TiKV sends only a message for it. */
export class PeerMismatchError extends RegionError {
  readonly code = 'REGION_PEER_MISMATCH'
  readonly requestPeerId: PeerId
  readonly actualPeerId: PeerId

  constructor(requestPeerId: PeerId, actualPeerId: PeerId) {
    super(`mismatch peer id ${requestPeerId} != ${actualPeerId}`)
    this.requestPeerId = requestPeerId
    this.actualPeerId = actualPeerId
  }
}

/** This peer does not lead the region. `leader` is absent when unknown. */
export class NotLeaderError extends RegionError {
  readonly code = 'REGION_NOT_LEADER'
  readonly regionId: RegionId
  readonly leader: Peer | undefined

  constructor(regionId: RegionId, leader: Peer | undefined) {
    super(
      `peer is not leader for region ${regionId}, leader may be ${leader ? `peer ${leader.id} on store ${leader.storeId}` : 'none'}`,
    )
    this.regionId = regionId
    this.leader = leader
  }
}

/** No such region on this store. */
export class RegionNotFoundError extends RegionError {
  readonly code = 'REGION_NOT_FOUND'
  readonly regionId: RegionId

  constructor(regionId: RegionId) {
    super(`region ${regionId} not found`)
    this.regionId = regionId
  }
}

/** The key lies outside the region's range. Keys are in boundary form. */
export class KeyNotInRegionError extends RegionError {
  readonly code = 'REGION_KEY_NOT_IN_REGION'
  readonly key: Uint8Array
  readonly region: Region

  constructor(key: Uint8Array, region: Region) {
    super(`key ${toHex(key)} is not in region ${region.id} [${toHex(region.startKey)}, ${toHex(region.endKey)})`)
    this.key = key
    this.region = region
  }
}

/** The request was made for another shape of the region. `currentRegions` helps the client to refresh its cache: this region first. */
export class EpochNotMatchError extends RegionError {
  readonly code = 'REGION_EPOCH_NOT_MATCH'
  readonly regionId: RegionId
  readonly seen: RegionEpoch
  readonly currentRegions: readonly Region[]

  constructor(regionId: RegionId, seen: RegionEpoch, currentRegions: readonly Region[]) {
    super(
      `region ${regionId}: request carries epoch ${formatEpoch(seen)}, current is ${currentRegions[0] ? formatEpoch(currentRegions[0].epoch) : 'unknown'}`,
    )
    this.regionId = regionId
    this.seen = seen
    this.currentRegions = currentRegions
  }
}

/** The region is about to become part of another: it takes no commands, and answers no reads, until it has, or has given up. */
export class MergingModeError extends RegionError {
  readonly code = 'REGION_MERGING_MODE'
  readonly regionId: RegionId

  constructor(regionId: RegionId) {
    super(`region ${regionId} is in merging mode: proposal refused`)
    this.regionId = regionId
  }
}

/** The command's term has passed, or its proposal was overwritten. */
export class StaleCommandError extends RegionError {
  readonly code = 'REGION_STALE_COMMAND'

  constructor() {
    super('stale command')
  }
}

/** The node refuses work for the moment. Clients match some reasons by text: `scheduler is busy`, `deadline is exceeded`. */
export class ServerIsBusyError extends RegionError {
  readonly code = 'REGION_SERVER_IS_BUSY'
  readonly reason: string

  constructor(reason: string) {
    super(`server is busy: ${reason}`)
    this.reason = reason
  }
}

/** One write is larger than `raftstore.raft-entry-max-size`. */
export class RaftEntryTooLargeError extends RegionError {
  readonly code = 'REGION_RAFT_ENTRY_TOO_LARGE'
  readonly regionId: RegionId
  readonly entryBytes: number
  readonly limitBytes: number

  constructor(regionId: RegionId, entryBytes: number, limitBytes: number) {
    super(
      `raft entry is too large, region ${regionId}, entry size ${entryBytes}, limit ${limitBytes} (raftstore.raft-entry-max-size)`,
    )
    this.regionId = regionId
    this.entryBytes = entryBytes
    this.limitBytes = limitBytes
  }
}

/** An async commit or one-phase commit came before the store had synced its max_ts with the placement driver. */
export class MaxTimestampNotSyncedError extends RegionError {
  readonly code = 'REGION_MAX_TIMESTAMP_NOT_SYNCED'
  readonly regionId: RegionId

  constructor(regionId: RegionId) {
    super(`max timestamp of region ${regionId} is not synced`)
    this.regionId = regionId
  }
}

/** The store's disk has no room for the write. Reads go on. */
export class StoreDiskFullError extends RegionError {
  readonly code = 'REGION_DISK_FULL'
  readonly storeIds: readonly StoreId[]
  readonly reason: string

  constructor(storeIds: readonly StoreId[], reason: string) {
    super(`disk full on store ${storeIds.join(', ')}: ${reason}`)
    this.storeIds = storeIds
    this.reason = reason
  }
}
