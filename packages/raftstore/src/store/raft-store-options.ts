import type { Checksum, Clock, FileSystem, KvEngine, RaftLogEngine, Random, Region, StoreId } from '@stratakv/core'
import type { LogGcOptions } from '../peer/log-gc.ts'
import type { MergeLimits } from '../peer/merge-readiness.ts'
import type { PeerOptions } from '../peer/peer-options.ts'
import type { PeerTransport } from './peer-message.ts'

export interface RaftStoreDeps {
  readonly engine: KvEngine
  readonly logEngine: RaftLogEngine
  readonly transport: PeerTransport
  readonly clock: Clock
  readonly random: Random
  readonly checksum: Checksum
  /** Where snapshots stand that come in, in the folder `snapshotDirectory`. */
  readonly fileSystem: FileSystem
  /** Whether writes may be answered before the engine has them; default: they may. What it then does not take is not read before a restart. */
  readonly mayAnswerEarly?: () => boolean
  /** Runs the store's next turn: soon, not within the call. Default: as a microtask. */
  readonly schedule?: (turn: () => void) => void
}

/** What others want to hear of. Called within a turn: short, and without throwing. */
export interface RaftStoreEvents {
  /** A peer has become leader of its region, or is no longer. */
  onRoleChange?(region: Region, isLeader: boolean): void
  /** A region's range, epoch or members are others now. */
  onRegionChange?(region: Region): void
  /** The region has taken over another, `source`, which is none any more. */
  onMerge?(region: Region, source: Region, isLeader: boolean): void
  /** An engine has failed. The store does nothing any more; it has to be closed, and what is on disk looked at. */
  onFailed?(error: Error): void
}

export interface RaftStoreOptions extends PeerOptions {
  readonly logGc: LogGcOptions & {
    /** `raftstore.raft-log-gc-tick-interval`. */
    readonly intervalMs: number
  }
  readonly merge: MergeLimits & {
    /** `raftstore.merge-check-tick-interval`: how often a merge that is prepared is driven on. */
    readonly checkMs: number
  }
  readonly storeId: StoreId
  /** `raftstore.raft-base-tick-interval`. */
  readonly baseTickMs: number
  /** `raftstore.store-io-pool-size`; writes of the log that may be under way at once. */
  readonly storeIoPoolSize: number
  /** Of one write to the engine by the apply loop. */
  readonly applyBatchBytesMax: number
  /** How long writes that were answered for gather before the apply loop writes them, while nobody reads. */
  readonly applyDelayMs: number
  /** `raftstore.consistency-check-interval`: how often the replicas of a region that is led here are compared; 0 = never. */
  readonly consistencyCheckMs: number
  /** `raftstore.raft-log-compact-sync-interval`: how often dropped entries leave the log engine. */
  readonly logCompactSyncMs: number
  /** `raftstore.raft-engine-purge-interval`: how often the log engine gives back space. */
  readonly logPurgeMs: number
  /** A folder of the store's own; it is made. */
  readonly snapshotDirectory: string
  /** Of a chunk of a snapshot, about. */
  readonly snapshotChunkBytes: number
}
