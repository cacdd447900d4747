import type { RegionHeartbeat } from '@stratakv/core'
import { peerFromMessage, peerToMessage, regionFromMessage, regionToMessage, storeToMessage } from '@stratakv/proto'
import { Buckets, type Store } from '@stratakv/proto/metapb'
import {
  Member,
  type PeerStats,
  type RegionHeartbeatRequest,
  type RegionResponse,
  StoreStats,
  type TimeInterval,
} from '@stratakv/proto/pdpb'
import type { EmbeddedPlacementDriver } from '../placement-driver.ts'
import type { RegionState } from '../region-cache.ts'
import type { StoreRecord, StoreReport } from '../stores.ts'

/** The wire forms of what the placement driver knows. Byte strings are shared, not copied. */

export function memberMessage(pd: EmbeddedPlacementDriver): Member {
  return Member.create({ name: pd.name, memberId: pd.memberId, clientUrls: [...pd.clientUrls] })
}

export function storeMessage({ meta, lastHeartbeatMs }: StoreRecord): Store {
  const message = storeToMessage(meta)
  message.lastHeartbeat = BigInt(lastHeartbeatMs) * 1_000_000n
  return message
}

export function storeReportFromMessage(message: StoreStats): StoreReport {
  return {
    storeId: message.storeId,
    capacityBytes: message.capacity,
    availableBytes: message.available,
    usedBytes: message.usedSize,
    regionCount: message.regionCount,
    isBusy: message.isBusy,
    bytesWritten: message.bytesWritten,
    keysWritten: message.keysWritten,
    bytesRead: message.bytesRead,
    keysRead: message.keysRead,
    intervalStart: message.interval?.startTimestamp ?? 0,
    intervalEnd: message.interval?.endTimestamp ?? 0,
    sendingSnapshotCount: message.sendingSnapCount,
    receivingSnapshotCount: message.receivingSnapCount,
    applyingSnapshotCount: message.applyingSnapCount,
    startTimestamp: message.startTime,
    slowScore: message.slowScore,
  }
}

export function storeStatsMessage(report: StoreReport): StoreStats {
  const interval: TimeInterval = { startTimestamp: report.intervalStart, endTimestamp: report.intervalEnd }
  return StoreStats.create({
    storeId: report.storeId,
    capacity: report.capacityBytes,
    available: report.availableBytes,
    usedSize: report.usedBytes,
    regionCount: report.regionCount,
    isBusy: report.isBusy,
    bytesWritten: report.bytesWritten,
    keysWritten: report.keysWritten,
    bytesRead: report.bytesRead,
    keysRead: report.keysRead,
    interval,
    sendingSnapCount: report.sendingSnapshotCount ?? 0,
    receivingSnapCount: report.receivingSnapshotCount ?? 0,
    applyingSnapCount: report.applyingSnapshotCount ?? 0,
    startTime: report.startTimestamp ?? 0,
    slowScore: report.slowScore ?? 0,
  })
}

/** A missing region or leader has id 0, which the placement driver refuses with the right words. */
export function regionReportFromMessage(message: RegionHeartbeatRequest): RegionHeartbeat {
  return {
    region:
      message.region === undefined
        ? { id: 0, startKey: noBytes, endKey: noBytes, epoch: { confVer: 0, version: 0 }, peers: [] }
        : regionFromMessage(message.region),
    leader: message.leader === undefined ? { id: 0, storeId: 0, role: 'voter' } : peerFromMessage(message.leader),
    term: message.term,
    bytesWritten: message.bytesWritten,
    keysWritten: message.keysWritten,
    bytesRead: message.bytesRead,
    keysRead: message.keysRead,
    approximateSizeBytes: message.approximateSize,
    approximateKeyCount: message.approximateKeys,
    downPeers: message.downPeers.flatMap(({ peer, downSeconds }) =>
      peer === undefined ? [] : [{ peer: peerFromMessage(peer), downSeconds }],
    ),
    pendingPeers: message.pendingPeers.map(peerFromMessage),
  }
}

const noBytes = new Uint8Array(0)

/** The fields in which GetRegion's reply, a scanned region and an answer of QueryRegion agree. */
export function regionFields(state: RegionState, needBuckets: boolean): RegionResponse {
  return {
    region: regionToMessage(state.region),
    leader: state.leader && peerToMessage(state.leader),
    downPeers: state.downPeers.map(({ peer, downSeconds }): PeerStats => ({ peer: peerToMessage(peer), downSeconds })),
    pendingPeers: state.pendingPeers.map(peerToMessage),
    buckets:
      needBuckets && state.buckets !== undefined
        ? Buckets.create({ regionId: state.region.id, version: state.buckets.version, keys: [...state.buckets.keys] })
        : undefined,
  }
}
