import {
  assert,
  isPromise,
  type KvEngine,
  type Peer as PeerMeta,
  type RaftLogEngine,
  type Region,
  type RegionId,
  RegionNotFoundError,
  type StoreId,
} from '@stratakv/core'
import type { HardState, Snapshot } from '@stratakv/raft'
import type { ApplyEffect } from '../apply/apply-entry.ts'
import type { LoadedPeer } from '../peer/load-peer.ts'
import { freshPeer, hardStateOf, unknownPeer } from '../peer/new-peer.ts'
import type { Peer } from '../peer/peer.ts'
import type { PeerWork } from '../peer/peer-deps.ts'
import type { SnapshotExchange } from '../snapshot/snapshot-exchange.ts'
import { raftStateKey } from '../state-records.ts'
import type { ApplyLoop, MergeCandidate } from './apply-loop.ts'
import type { LogWriter } from './log-writer.ts'
import type { PeerMessage } from './peer-message.ts'
import { destroyPeer, type Tombstones } from './peer-registry.ts'
import type { RaftStoreEvents } from './raft-store-options.ts'
import type { RegionMap } from './region-map.ts'

export interface PeerLivesDeps {
  readonly engine: KvEngine
  readonly logEngine: RaftLogEngine
  readonly regions: RegionMap
  readonly tombstones: Tombstones
  readonly snapshots: SnapshotExchange
  readonly applyLoop: ApplyLoop
  readonly writer: LogWriter
}

export interface PeerLivesHost {
  readonly storeId: StoreId
  readonly isStopped: () => boolean
  readonly addPeer: (loaded: LoadedPeer, meta: PeerMeta) => Peer
  /** It has no work any more. */
  readonly onGone: (peer: Peer) => void
  readonly tell: (tell: (events: RaftStoreEvents) => void) => void
  readonly onFailed: (error: Error) => void
}

/** How the peers of a store come and go. */
export class PeerLives {
  readonly #deps: PeerLivesDeps
  readonly #host: PeerLivesHost
  readonly #changing = new Map<RegionId, Promise<void>>()

  constructor(deps: PeerLivesDeps, host: PeerLivesHost) {
    this.#deps = deps
    this.#host = host
  }

  /** Whether the region's peer is being made, or goes: until that is done it takes no part in anything. */
  isChanging(regionId: RegionId): boolean {
    return this.#changing.has(regionId)
  }

  /** Resolves when none is. */
  async settled(): Promise<void> {
    await Promise.all(this.#changing.values())
  }

  /** A peer that knows nothing of its region but which peer of it it is. It may have voted before a restart. */
  create(message: PeerMessage): void {
    const { regionId, to } = message
    const finish = (hardState: HardState) => {
      if (this.#host.isStopped()) return
      const peer = this.#host.addPeer(unknownPeer(regionId, hardState), to)
      peer.step(message)
    }
    const record = this.#deps.logEngine.get(regionId, raftStateKey)
    if (isPromise(record))
      this.#change(
        regionId,
        record.then((bytes) => finish(hardStateOf(bytes))),
      )
    else finish(hardStateOf(record))
  }

  /** A split has made the region; `campaigns`: its leader was here. */
  addSplit(region: Region, campaigns: boolean): void {
    const meta = region.peers.find(({ storeId }) => storeId === this.#host.storeId)
    if (meta === undefined) return
    // It may have been made by a message of another replica that was faster, and have voted.
    const early = this.#deps.regions.get(region.id)
    const hardState = early?.hardState
    early?.stop(new RegionNotFoundError(region.id))
    if (early !== undefined) this.#host.onGone(early)
    const peer = this.#host.addPeer(freshPeer(region, hardState), meta)
    this.#host.tell((events) => events.onRegionChange?.(region))
    // The others wait for an election timeout: until then the region that was split may be read under its leader's lease.
    if (campaigns) peer.campaign()
  }

  /** The peer goes, with its data. */
  destroy(peer: Peer): void {
    const { regionId, meta, isInitialized } = peer
    this.#stop(peer)
    const go = async () => {
      // What it had begun to write must not come behind its tombstone.
      await this.#deps.applyLoop.drained()
      await this.#deps.writer.drained()
      const { region } = peer.applying.state
      const isMember = region.peers.some(({ id }) => id === meta.id)
      const remembered = isMember ? region : { ...region, peers: [...region.peers, meta] }
      await destroyPeer(this.#deps, remembered, isInitialized)
      this.#deps.tombstones.add(remembered, peer.restoredEpoch)
      this.#deps.regions.delete(regionId)
    }
    this.#change(regionId, go())
  }

  /** Where a region that is to be taken over stands here. */
  mergeCandidate(regionId: RegionId): MergeCandidate | undefined {
    const peer = this.isChanging(regionId) ? undefined : this.#deps.regions.get(regionId)
    const entries: MergeCandidate['entries'] = (from, to) => peer!.log.entries(from, to, Number.POSITIVE_INFINITY)
    return peer && { target: peer.applying, entries }
  }

  /** The source's replica here is a part of `into` now, in the engine too. */
  takeOver(
    { source, caughtUp }: ApplyEffect & { readonly type: 'commit-merge' },
    into: Region,
    isLeader: boolean,
  ): void {
    for (const { effect, after } of caughtUp) {
      if (effect?.type === 'split') for (const created of effect.created) this.addSplit(created, false)
      if (effect?.type === 'commit-merge') this.takeOver(effect, after.region, false)
    }
    const peer = this.#deps.regions.get(source.id)
    assert(peer !== undefined, 'a source is here until it is taken over')
    this.#leave(peer, source, into)
    this.#host.tell((events) => events.onMerge?.(into, source, isLeader))
    const clean = async () => {
      // What it had begun to write must not come behind its end.
      await this.#deps.writer.drained()
      await this.#deps.logEngine.write([{ type: 'clean', regionId: source.id }], { sync: true })
    }
    this.#change(source.id, clean())
  }

  /** Puts a snapshot in the peer's place, and in that of regions that have gone into it elsewhere. */
  restore(peer: Peer, work: PeerWork & { readonly snapshot: Snapshot }): void {
    const { regions, snapshots, applyLoop, writer } = this.#deps
    const place = snapshots.placeOf(work.snapshot)
    const going = place.obstacles.map(({ regionId }) => this.#changing.get(regionId))
    const replaced = place.replaced.map((source) => {
      const { region, knownMergedInto: mergedInto } = source
      assert(mergedInto !== undefined, 'a snapshot takes the place of what is known to be merged')
      this.#leave(source, region, mergedInto)
      return { region, mergedInto }
    })
    const done = snapshots.apply(peer, work, {
      replaced,
      ready: async () => {
        await Promise.all(going)
        if (replaced.length === 0) return
        await applyLoop.drained()
        await writer.drained()
      },
      onRestored: () => {
        regions.moved()
        this.#host.tell((events) => events.onRegionChange?.(peer.region))
      },
    })
    for (const { region } of replaced) this.#change(region.id, done)
  }

  #stop(peer: Peer): void {
    peer.stop(new RegionNotFoundError(peer.regionId))
    this.#host.onGone(peer)
    this.#deps.snapshots.forget(peer.regionId)
  }

  /** Its region, which was `region` at last, has gone into another. */
  #leave(peer: Peer, region: Region, mergedInto: Region): void {
    const { regionId, isLeader, restoredEpoch } = peer
    this.#stop(peer)
    this.#deps.regions.delete(regionId)
    this.#deps.tombstones.add(region, restoredEpoch, mergedInto)
    if (isLeader) this.#host.tell((events) => events.onRoleChange?.(region, false))
  }

  #change(regionId: RegionId, run: Promise<void>): void {
    const done = run
      .catch((error: Error) => this.#host.onFailed(error))
      .then(() => {
        this.#changing.delete(regionId)
      })
    this.#changing.set(regionId, done)
  }
}
