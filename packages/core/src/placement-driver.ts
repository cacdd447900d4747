import type { ClusterId, Peer, PeerId, Region, RegionId, StoreId, Term } from './region.ts'
import type { RegionOperator } from './region-operator.ts'
import type { Timestamp } from './timestamp.ts'

export interface StoreLabel {
  readonly key: string
  readonly value: string
}

/** What the placement driver knows of a store. */
export interface StoreMeta {
  readonly id: StoreId
  /** Where clients reach it: `host:port`. */
  readonly address: string
  /** Where other stores reach it; empty = `address`. */
  readonly peerAddress: string
  /** HTTP status address: `host:port`. */
  readonly statusAddress: string
  /** Semantic version, e.g. `6.1.0`. */
  readonly version: string
  readonly gitHash: string
  readonly state: 'up' | 'offline' | 'tombstone'
  readonly labels: readonly StoreLabel[]
  /** Unix seconds. */
  readonly startTimestamp: number
  readonly deployPath: string
}

export interface StoreStats {
  readonly storeId: StoreId
  readonly capacityBytes: number
  readonly availableBytes: number
  readonly usedBytes: number
  readonly regionCount: number
  readonly isBusy: boolean
  readonly bytesWritten: number
  readonly keysWritten: number
  readonly bytesRead: number
  readonly keysRead: number
  /** The interval the counters cover, Unix seconds. */
  readonly intervalStart: number
  readonly intervalEnd: number
}

/** A peer that its leader has not heard from for so long. */
export interface DownPeer {
  readonly peer: Peer
  readonly downSeconds: number
}

export interface RegionHeartbeat {
  readonly region: Region
  readonly leader: Peer
  readonly term: Term
  readonly bytesWritten: number
  readonly keysWritten: number
  readonly bytesRead: number
  readonly keysRead: number
  readonly approximateSizeBytes: number
  readonly approximateKeyCount: number
  /** Absent: none. */
  readonly downPeers?: readonly DownPeer[]
  /** Peers that lack what the leader's log no longer has, so wait for a snapshot. Absent: none. */
  readonly pendingPeers?: readonly Peer[]
}

/** The reports of the regions that one store leads, and the way back. */
export interface RegionHeartbeats {
  /** As {@link PlacementDriver.regionHeartbeat}, of a region that the store leads. After `close` it rejects. */
  report(heartbeat: RegionHeartbeat): Promise<void>
  /** Nothing is heard from then on. Idempotent. */
  close(): void
}

/** Ids for one of the regions that a split makes. */
export interface SplitIds {
  readonly regionId: RegionId
  /** One a peer, in the order of the parent's peers. */
  readonly peerIds: readonly PeerId[]
}

export interface RegionRoute {
  readonly region: Region
  /** Absent until a leader has sent a heartbeat. */
  readonly leader: Peer | undefined
}

/** Keeps old versions for somebody who still reads them. */
export interface ServiceSafePoint {
  readonly serviceId: string
  readonly safePoint: Timestamp
  /** How long it still holds; Infinity = until it is changed. */
  readonly ttlSeconds: number
}

export type BootstrapOutcome = 'bootstrapped' | 'already-bootstrapped'

/**
 * What stores and clients ask of the placement driver. Every call may reject with the implementation's own error when it
 * cannot be reached. What must outlive a crash (cluster id, ids, timestamps, stores, safe points) is durable before it is answered.
 */
export interface PlacementDriver {
  /** Random, non-zero, the same for ever. */
  clusterId(): Promise<ClusterId>
  isBootstrapped(): Promise<boolean>
  /** The first store and the first region, atomically; the region covers all keys and has one peer, on that store. */
  bootstrap(store: StoreMeta, region: Region): Promise<BootstrapOutcome>
  /** The first of `count` consecutive ids that were never given out before, nor will be again. */
  allocateIds(count: number): Promise<number>
  putStore(store: StoreMeta): Promise<void>
  /** `undefined`: never heard of it. */
  store(id: StoreId): Promise<StoreMeta | undefined>
  stores(options: { readonly includeTombstones: boolean }): Promise<readonly StoreMeta[]>
  storeHeartbeat(stats: StoreStats): Promise<void>
  /** For those who take no orders; a store that does reports through {@link PlacementDriver.openRegionHeartbeats}. */
  regionHeartbeat(heartbeat: RegionHeartbeat): Promise<void>
  /**
   * From now on the store hears what is to be done with the regions it leads: `onOperator` is called for one region at a time,
   * never within a call of this interface. An order may come twice, or not at all when the store is slow to take them: those
   * that still hold come again. Of two for one store only the newer hears. A lost connection is made anew by itself.
   */
  openRegionHeartbeats(storeId: StoreId, onOperator: (operator: RegionOperator) => void): RegionHeartbeats
  /**
   * Ids for `count` new regions to be cut from `region`, each with as many peers. Rejects when a newer form of the region is
   * known. What becomes of the split is told by the heartbeats of all parts.
   */
  askSplit(region: Region, count: number): Promise<readonly SplitIds[]>
  /** The region that holds `key` (boundary form). */
  regionByKey(key: Uint8Array): Promise<RegionRoute | undefined>
  /** The neighbour before the region that holds `key` (boundary form); `undefined`: there is none, or nobody knows what lies between. */
  regionBefore(key: Uint8Array): Promise<RegionRoute | undefined>
  regionById(id: RegionId): Promise<RegionRoute | undefined>
  /** Regions that meet `[start, end)` in key order; `limitCount` 0 = all. */
  regionsInRange(start: Uint8Array, end: Uint8Array, limitCount: number): Promise<readonly RegionRoute[]>
  /** The last of `count` consecutive timestamps, all greater than any given before, also across restarts. */
  timestamps(count: number): Promise<Timestamp>
  /**
   * Moves the transaction safe point, below which clients refuse to read. Never goes back: resolves to the one in force. Whoever
   * collects garbage lets the services say how far (`updateServiceSafePoint` of `gc_worker`), then moves this one, and when
   * clients have had the time to hear of it, lets stores drop versions (`updateGcSafePoint`).
   */
  advanceTxnSafePoint(target: Timestamp): Promise<Timestamp>
  /** What stores may collect behind. */
  gcSafePoint(): Promise<Timestamp>
  /** Never goes back: resolves to the safe point in force, which may be greater. */
  updateGcSafePoint(safePoint: Timestamp): Promise<Timestamp>
  /**
   * Asks that versions from `safePoint` on be kept for the service until the time to live has passed; 0 or less takes the
   * wish back. Below the lowest in force it is not taken up. Resolves to the lowest then in force, of whichever service:
   * garbage is collected up to there. The service `gc_worker` always exists, never expires (a time to live of Infinity),
   * and stands at 0 until it is moved.
   */
  updateServiceSafePoint(serviceId: string, safePoint: Timestamp, ttlSeconds: number): Promise<ServiceSafePoint>
}
