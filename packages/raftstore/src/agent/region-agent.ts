import {
  type Clock,
  type PeerChange as OrderedChange,
  type PlacementDriver,
  type Region,
  RegionError,
  type RegionHeartbeats,
  type RegionId,
  type RegionOperator,
  type RegionOrder,
  type Timer,
} from '@stratakv/core'
import { PeerChangeError } from '../apply/change-peers.ts'
import { MergeError } from '../apply/merge-region.ts'
import { SplitError } from '../apply/split-region.ts'
import type { PeerChange } from '../command/region-command.ts'
import type { Peer } from '../peer/peer.ts'
import type { RaftStore } from '../store/raft-store.ts'
import { middleKey, type SplitScanOptions, scanForSplit } from './split-scan.ts'
import { StalePeers, type StalePeersOptions } from './stale-peers.ts'

export interface RegionAgentDeps {
  readonly store: RaftStore
  readonly placementDriver: PlacementDriver
  readonly clock: Clock
  /** What could not be done; it is tried again with the next heartbeat or order. */
  readonly onError?: (error: Error, regionId: RegionId | undefined) => void
}

export interface RegionAgentOptions {
  /** `raftstore.pd-heartbeat-tick-interval`. */
  readonly heartbeatMs: number
  /** `raftstore.max-peer-down-duration`. */
  readonly peerDownMs: number
  /** `raftstore.split-region-check-tick-interval`. */
  readonly splitCheckMs: number
  /** `raftstore.region-split-check-diff`: a region in which less was written is not looked at. */
  readonly splitCheckDiffBytes: number
  readonly split: SplitScanOptions
  readonly stalePeers: StalePeersOptions
}

/** Parts of a heartbeat's interval, in each of which some of the regions are told of, and of how many at least. */
const heartbeatSlicesMax = 100
const heartbeatSliceMin = 50

interface RegionSize {
  readonly sizeBytes: number
  readonly keyCount: number
  /** Written in all when it was measured. */
  readonly atBytesWritten: number
}

/**
 * Speaks with the placement driver for the regions that are led here: tells how they are, when they change and every now and then, does
 * what it orders, and asks for ids when a region has grown too large.
 */
export class RegionAgent {
  readonly #deps: RegionAgentDeps
  readonly #options: RegionAgentOptions
  readonly #heartbeats: RegionHeartbeats
  readonly #unwatch: () => void
  readonly #sizes = new Map<RegionId, RegionSize>()
  /** To be told soon. */
  readonly #changed = new Set<RegionId>()
  readonly #splitting = new Set<RegionId>()
  readonly #stalePeers: StalePeers
  #heartbeatTimer: Timer | undefined
  #splitTimer: Timer | undefined
  #isFlushDue = false
  #isClosed = false
  #splitCheck: Promise<void> = Promise.resolve()

  constructor(deps: RegionAgentDeps, options: RegionAgentOptions) {
    this.#deps = deps
    this.#options = options
    const { store, placementDriver } = deps
    this.#heartbeats = placementDriver.openRegionHeartbeats(store.storeId, (operator) => this.#obey(operator))
    this.#unwatch = store.watch({
      onRoleChange: (region, isLeader) => isLeader && this.#tellSoon(region),
      onRegionChange: (region) => this.#tellSoon(region),
      // It has grown by what nobody has counted here.
      onMerge: ({ id }) => this.#sizes.delete(id),
    })
    this.#stalePeers = new StalePeers(
      { ...deps, onError: (error, regionId) => this.#failed(error, regionId) },
      options.stalePeers,
    )
    this.#armHeartbeat()
    this.#armSplitCheck()
  }

  /** Tells of all regions that are led here; resolves when the placement driver has heard, or could not be told. */
  async reportAll(): Promise<void> {
    await Promise.all([...this.#deps.store.regions.values()].map((peer) => this.#tell(peer)))
  }

  /** Nothing is told or done from now on; what runs is waited for. */
  async close(): Promise<void> {
    this.#isClosed = true
    this.#unwatch()
    this.#heartbeats.close()
    this.#heartbeatTimer?.cancel()
    this.#splitTimer?.cancel()
    await this.#splitCheck
    await this.#stalePeers.close()
  }

  // Telling.

  #armHeartbeat(): void {
    const { regions } = this.#deps.store
    const ids = [...regions.values()].map(({ regionId }) => regionId)
    // A few at a time: all regions at once would hold up the loop.
    const sliceCount = Math.min(heartbeatSlicesMax, Math.max(1, Math.ceil(ids.length / heartbeatSliceMin)))
    const tellSlice = (slice: number): void => {
      this.#heartbeatTimer = this.#deps.clock.after(this.#options.heartbeatMs / sliceCount, () => {
        for (let at = slice; at < ids.length; at += sliceCount) {
          const peer = regions.get(ids[at]!)
          if (peer !== undefined) void this.#tell(peer)
        }
        if (slice + 1 < sliceCount) tellSlice(slice + 1)
        else this.#armHeartbeat()
      })
    }
    tellSlice(0)
  }

  #tellSoon({ id }: Region): void {
    this.#changed.add(id)
    if (this.#isFlushDue) return
    this.#isFlushDue = true
    queueMicrotask(() => {
      this.#isFlushDue = false
      for (const regionId of this.#changed) {
        const peer = this.#deps.store.regions.get(regionId)
        if (peer !== undefined) void this.#tell(peer)
      }
      this.#changed.clear()
    })
  }

  async #tell(peer: Peer): Promise<void> {
    if (!peer.isLeader || this.#isClosed) return
    const size = this.#sizes.get(peer.regionId)
    const grown = peer.bytesWritten - (size?.atBytesWritten ?? 0)
    const heartbeat = {
      region: peer.region,
      leader: peer.meta,
      term: peer.term,
      bytesWritten: peer.bytesWritten,
      keysWritten: peer.keysWritten,
      bytesRead: 0,
      keysRead: 0,
      approximateSizeBytes: (size?.sizeBytes ?? 0) + grown,
      approximateKeyCount: size?.keyCount ?? peer.keysWritten,
      downPeers: peer.downPeers(this.#options.peerDownMs),
      pendingPeers: peer.pendingPeers,
    }
    await this.#heartbeats.report(heartbeat).catch((error: Error) => this.#failed(error, peer.regionId))
  }

  #failed(error: Error, regionId: RegionId | undefined): void {
    // Somebody else's turn, or another time; or an order that came twice, and is done. Nothing is wrong.
    const isRefusal =
      error instanceof RegionError ||
      error instanceof PeerChangeError ||
      error instanceof SplitError ||
      error instanceof MergeError
    if (!this.#isClosed && !isRefusal) this.#deps.onError?.(error, regionId)
  }

  // Orders.

  #obey({ regionId, epoch, targetPeer, order }: RegionOperator): void {
    const peer = this.#deps.store.regions.get(regionId)
    if (this.#isClosed || peer === undefined || !peer.isLeader || peer.meta.id !== targetPeer.id) return
    const { region } = peer
    if (epoch.version !== region.epoch.version || epoch.confVer !== region.epoch.confVer) return
    this.#carryOut(peer, order).catch((error: Error) => this.#failed(error, regionId))
  }

  async #carryOut(peer: Peer, order: RegionOrder): Promise<void> {
    const { region } = peer
    const { epoch } = region
    switch (order.type) {
      case 'change-peer':
        return peer.propose({ epoch, body: { type: 'change-peers', changes: [changeOf(order.change)] } })
      case 'change-peers':
        return peer.propose({ epoch, body: { type: 'change-peers', changes: order.changes.map(changeOf) } })
      case 'transfer-leader':
        peer.transferLeader(order.peer.id)
        return
      case 'split': {
        const keys = order.policy === 'use-keys' ? order.keys : await this.#middleOf(region)
        return this.#split(peer, keys)
      }
      case 'merge':
        return this.#deps.store.mergeInto(region.id, order.target)
    }
  }

  async #middleOf(region: Region): Promise<readonly Uint8Array[]> {
    const snapshot = this.#deps.store.engine.snapshot()
    try {
      const key = await middleKey(snapshot, region, () => this.#rest())
      return key === undefined ? [] : [key]
    } finally {
      snapshot.release()
    }
  }

  async #split(peer: Peer, keys: readonly Uint8Array[]): Promise<void> {
    const { region, regionId } = peer
    if (keys.length === 0 || this.#splitting.has(regionId)) return
    this.#splitting.add(regionId)
    try {
      const ids = await this.#deps.placementDriver.askSplit(region, keys.length)
      const parts = keys.map((splitKey, at) => ({ splitKey, ...ids[at]! }))
      await peer.propose({ epoch: region.epoch, body: { type: 'split', parts, rightDerive: true } })
      this.#sizes.delete(regionId)
    } finally {
      this.#splitting.delete(regionId)
    }
  }

  // Size.

  #armSplitCheck(): void {
    this.#splitTimer = this.#deps.clock.after(this.#options.splitCheckMs, () => {
      this.#splitCheck = this.#checkSizes().then(() => {
        if (!this.#isClosed) this.#armSplitCheck()
      })
    })
  }

  async #checkSizes(): Promise<void> {
    for (const peer of [...this.#deps.store.regions.values()]) {
      if (this.#isClosed || !peer.isLeader) continue
      const known = this.#sizes.get(peer.regionId)
      const isNew = known === undefined
      if (!isNew && peer.bytesWritten - known.atBytesWritten < this.#options.splitCheckDiffBytes) continue
      try {
        await this.#checkSize(peer)
      } catch (error) {
        this.#failed(error as Error, peer.regionId)
      }
    }
  }

  async #checkSize(peer: Peer): Promise<void> {
    const { store } = this.#deps
    const atBytesWritten = peer.bytesWritten
    const snapshot = store.engine.snapshot()
    try {
      const { region } = peer
      const scan = await scanForSplit(snapshot, region, this.#options.split, () => this.#rest())
      this.#sizes.set(region.id, { sizeBytes: scan.sizeBytes, keyCount: scan.keyCount, atBytesWritten })
      if (scan.splitKeys.length > 0 && peer.isLeader) await this.#split(peer, scan.splitKeys)
    } finally {
      snapshot.release()
    }
  }

  /** Others have their turn. */
  #rest(): Promise<void> {
    return new Promise((resolve) => this.#deps.clock.after(0, resolve))
  }
}

function changeOf({ type, peer }: OrderedChange): PeerChange {
  switch (type) {
    case 'add-voter':
      return { type: 'add-node', peer: { ...peer, role: 'voter' } }
    case 'add-learner':
      return { type: 'add-learner-node', peer: { ...peer, role: 'learner' } }
    case 'remove':
      return { type: 'remove-node', peer }
  }
}
