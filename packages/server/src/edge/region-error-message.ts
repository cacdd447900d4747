import {
  EpochNotMatchError,
  KeyNotInRegionError,
  MaxTimestampNotSyncedError,
  MergingModeError,
  NotLeaderError,
  RaftEntryTooLargeError,
  type RegionError,
  RegionNotFoundError,
  ServerIsBusyError,
  StaleCommandError,
  StoreDiskFullError,
  StoreNotMatchError,
} from '@stratakv/core'
import { peerToMessage, regionToMessage } from '@stratakv/proto'
import * as errorpb from '@stratakv/proto/errorpb'

/**
 * The errorpb.Error for a region error. Clients choose their retry by the field that is set; the text is for people, except
 * where a kind has no field of its own (TiKV `components/raftstore/src/errors.rs`).
 */
export function regionErrorToMessage(error: RegionError): errorpb.Error {
  const message = error.message
  if (error instanceof ServerIsBusyError) {
    // TiKV leaves the text empty here; the reason carries what clients match.
    return errorpb.Error.create({ serverIsBusy: errorpb.ServerIsBusy.create({ reason: error.reason }) })
  }
  if (error instanceof EpochNotMatchError) {
    const currentRegions = error.currentRegions.map(regionToMessage)
    return errorpb.Error.create({ message, epochNotMatch: { currentRegions } })
  }
  if (error instanceof RegionNotFoundError) {
    return errorpb.Error.create({ message, regionNotFound: { regionId: error.regionId } })
  }
  if (error instanceof NotLeaderError) {
    const leader = error.leader === undefined ? undefined : peerToMessage(error.leader)
    return errorpb.Error.create({ message, notLeader: { regionId: error.regionId, leader } })
  }
  if (error instanceof KeyNotInRegionError) {
    const { key, region } = error
    return errorpb.Error.create({
      message,
      keyNotInRegion: { key, regionId: region.id, startKey: region.startKey, endKey: region.endKey },
    })
  }
  if (error instanceof StoreNotMatchError) {
    const { requestStoreId, actualStoreId } = error
    return errorpb.Error.create({ message, storeNotMatch: { requestStoreId, actualStoreId } })
  }
  if (error instanceof RaftEntryTooLargeError) {
    return errorpb.Error.create({
      message,
      raftEntryTooLarge: { regionId: error.regionId, entrySize: error.entryBytes },
    })
  }
  if (error instanceof StoreDiskFullError) {
    return errorpb.Error.create({ message, diskFull: { storeId: [...error.storeIds], reason: error.reason } })
  }
  if (error instanceof MergingModeError) {
    return errorpb.Error.create({ message, proposalInMergingMode: { regionId: error.regionId } })
  }
  if (error instanceof StaleCommandError) return errorpb.Error.create({ message, staleCommand: {} })
  if (error instanceof MaxTimestampNotSyncedError) {
    return errorpb.Error.create({ message, maxTimestampNotSynced: {} })
  }
  // PeerMismatchError and whatever has no field in TiKV 6.1: the text alone.
  return errorpb.Error.create({ message })
}
