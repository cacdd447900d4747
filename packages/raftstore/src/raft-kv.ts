import {
  EpochNotMatchError,
  type Kv,
  type KvContext,
  type KvSnapshot,
  type MaybePromise,
  type MemoryLocks,
  MergingModeError,
  type Modify,
  NoSpaceError,
  NotLeaderError,
  PeerMismatchError,
  RaftEntryTooLargeError,
  RegionNotFoundError,
  StaleCommandError,
  StoreDiskFullError,
  StoreNotMatchError,
  type WriteStage,
} from '@stratakv/core'
import { changesBytes } from './command/region-command.ts'
import type { DiskSpaceGate } from './disk-space-gate.ts'
import type { KvFlow } from './local-kv.ts'
import type { Peer } from './peer/peer.ts'
import { RegionSnapshot } from './region-snapshot.ts'
import { hasOneVoter } from './region-voters.ts'
import type { RaftStore } from './store/raft-store.ts'

export interface RaftKvDeps {
  readonly store: RaftStore
  readonly locks: MemoryLocks
  readonly diskSpace: DiskSpaceGate
}

export interface RaftKvOptions {
  /** `raftstore.raft-entry-max-size`: keys and values of one write together. */
  readonly raftEntryMaxBytes: number
}

const outOfSpaceReason = 'no space left on the disk: this store takes no more writes; restart after freeing space on it'

/** How many regions behind a changed one a client is told of. */
const neighboursMax = 10

/**
 * {@link Kv} on Raft: reads and writes of the regions that are led here, checked in TiKV's order (TiKV
 * components/raftstore/src/store/fsm/peer.rs, pre-propose checks).
 */
export class RaftKv implements Kv {
  readonly #store: RaftStore
  readonly #locks: MemoryLocks
  readonly #diskSpace: DiskSpaceGate
  readonly #raftEntryMaxBytes: number
  #bytesWritten = 0
  #keysWritten = 0

  constructor({ store, locks, diskSpace }: RaftKvDeps, { raftEntryMaxBytes }: RaftKvOptions) {
    this.#store = store
    this.#locks = locks
    this.#diskSpace = diskSpace
    this.#raftEntryMaxBytes = raftEntryMaxBytes
  }

  get flow(): KvFlow {
    return { bytesWritten: this.#bytesWritten, keysWritten: this.#keysWritten }
  }

  snapshot(context: KvContext): MaybePromise<KvSnapshot> {
    const peer = this.#admit(context)
    // Of a store that has failed nobody else can have taken over what only it had. What its engine did not take comes back with a restart.
    if (this.#store.failure !== undefined && hasOneVoter(peer.region) && !peer.isBehind) return this.#snapshotOf(peer)
    const readable = peer.readable()
    if (readable === undefined) return this.#snapshotOf(peer)
    // Meanwhile it may have been split, moved or gone.
    return readable.then(() => this.#snapshotOf(this.#admit(context)))
  }

  async write(context: KvContext, changes: readonly Modify[], onStage?: (stage: WriteStage) => void): Promise<void> {
    const peer = this.#admit(context)
    const { region } = peer
    const writeBytes = changesBytes(changes)
    if (writeBytes > this.#raftEntryMaxBytes) {
      throw new RaftEntryTooLargeError(region.id, writeBytes, this.#raftEntryMaxBytes)
    }
    const refusal = this.#diskSpace.refusal(changes)
    if (refusal !== undefined) throw new StoreDiskFullError([this.#store.storeId], refusal)
    // An epoch that was not given was not checked: the write is for the region as it is now.
    const epoch = context.epoch ?? region.epoch
    try {
      await peer.propose({ epoch, body: { type: 'write', changes } }, onStage)
    } catch (error) {
      throw this.#isOutOfSpace ? new StoreDiskFullError([this.#store.storeId], outOfSpaceReason) : error
    }
    this.#bytesWritten += writeBytes
    this.#keysWritten += changes.length
  }

  /** An engine has met the full disk, and the store does nothing any more. */
  get #isOutOfSpace(): boolean {
    const { failure } = this.#store
    return failure instanceof NoSpaceError || failure?.cause instanceof NoSpaceError
  }

  #snapshotOf(peer: Peer): KvSnapshot {
    return new RegionSnapshot(this.#store.engine.snapshot(), peer.region, peer.term, this.#locks)
  }

  #admit({ regionId, epoch, peer: asked, term }: KvContext): Peer {
    const { storeId, regions } = this.#store
    if (asked !== undefined && asked.storeId !== storeId) throw new StoreNotMatchError(asked.storeId, storeId)
    const peer = regions.get(regionId)
    if (peer === undefined) throw new RegionNotFoundError(regionId)
    if (!peer.isLeader) {
      peer.rouse()
      throw new NotLeaderError(regionId, peer.leader)
    }
    if (asked !== undefined && asked.id !== peer.meta.id) throw new PeerMismatchError(asked.id, peer.meta.id)
    // One term behind is forgiven: the client may not have heard of an election yet.
    if (term !== undefined && term !== 0 && peer.term > term + 1) throw new StaleCommandError()
    if (peer.merging !== undefined) throw new MergingModeError(regionId)
    const { region } = peer
    if (epoch !== undefined && epoch.version !== region.epoch.version) {
      const neighbours = epoch.version < region.epoch.version ? regions.behind(region, neighboursMax) : []
      throw new EpochNotMatchError(regionId, epoch, [region, ...neighbours])
    }
    return peer
  }
}
