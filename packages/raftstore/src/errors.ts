import { type ClusterId, type LogIndex, type RegionId, type StoreId, StrataError, toHex } from '@stratakv/core'
import type { StoreIdentity } from './state-records.ts'

/** The data directory belongs to another cluster than the placement driver speaks for. */
export class ClusterIdMismatchError extends StrataError {
  readonly code = 'RAFTSTORE_CLUSTER_ID_MISMATCH'
  readonly localClusterId: ClusterId
  readonly remoteClusterId: ClusterId
  constructor(localClusterId: ClusterId, remoteClusterId: ClusterId) {
    super(
      `cluster ID mismatch, local ${localClusterId} != remote ${remoteClusterId}, you are trying to connect to another cluster, please reconnect to the correct PD`,
    )
    this.localClusterId = localClusterId
    this.remoteClusterId = remoteClusterId
  }
}

/** There is data, but no store ident: not a directory that a store of ours was made in. */
export class StoreNotEmptyError extends StrataError {
  readonly code = 'RAFTSTORE_STORE_NOT_EMPTY'
  constructor() {
    super('kv store is not empty and has already had data: it has no store ident, so it was not made by this program')
  }
}

/** A state record on disk cannot be understood. */
export class StateRecordError extends StrataError {
  readonly code = 'RAFTSTORE_STATE_RECORD'
  /** The record's physical key. */
  readonly key: Uint8Array
  constructor(key: Uint8Array, detail: string, options?: ErrorOptions) {
    super(`state record ${toHex(key)} is corrupted: ${detail}; restore the data directory from a backup`, options)
    this.key = key
  }
}

/** The cluster has regions, none of them on this store, and moving some here takes Raft, which this build does not have. */
export class ForeignBootstrapError extends StrataError {
  readonly code = 'RAFTSTORE_FOREIGN_BOOTSTRAP'
  readonly regionId: RegionId | undefined
  constructor(regionId: RegionId | undefined) {
    super(
      `the cluster was bootstrapped by another store (first region ${regionId ?? 'unknown'}): a second store cannot join before replication exists. ` +
        'If the store directory was deleted on purpose, delete the placement driver directory beside it too',
    )
    this.regionId = regionId
  }
}

/** The Raft log does not hold what the data says was committed: a file of it was lost, or it is another store's. */
export class RaftLogLostError extends StrataError {
  readonly code = 'RAFTSTORE_LOG_LOST'
  readonly regionId: RegionId
  constructor(regionId: RegionId, committed: LogIndex, lastIndex: LogIndex) {
    super(
      `region ${regionId}: entry ${committed} was committed, and the Raft log ends at ${lastIndex} or holds another one there. ` +
        'To start would lose data: restore the directory of the Raft log, or remove this store from the cluster and start it empty',
    )
    this.regionId = regionId
  }
}

/** A replica holds other data than its leader had at the same place of the log: a bug, a broken disk, or a write from outside. */
export class InconsistentReplicaError extends StrataError {
  readonly code = 'RAFTSTORE_INCONSISTENT_REPLICA'
  readonly regionId: RegionId
  /** Where both had applied their logs to. */
  readonly index: LogIndex
  constructor(regionId: RegionId, index: LogIndex, expected: Uint8Array, found: Uint8Array) {
    super(
      `region ${regionId}: the data of this replica is not that of its leader at entry ${index} (hash ${toHex(found)}, expected ${toHex(expected)}). ` +
        'The store stops: find out which replica is right before this one is removed and made anew',
    )
    this.regionId = regionId
    this.index = index
  }
}

/** The peer has gone while a write was under way: it may or may not take effect. */
export class WriteOutcomeUnknownError extends StrataError {
  readonly code = 'RAFTSTORE_WRITE_OUTCOME_UNKNOWN'
  readonly regionId: RegionId
  constructor(regionId: RegionId, options?: ErrorOptions) {
    super(
      `region ${regionId}: its peer here stopped while the write was under way; whether it takes effect is unknown`,
      options,
    )
    this.regionId = regionId
  }
}

/** The store was closed. */
export class RaftStoreStoppedError extends StrataError {
  readonly code = 'RAFTSTORE_STOPPED'
  constructor() {
    super('the store was closed')
  }
}

/** A snapshot does not fit what this store has. Raft sends another, or the same again later. */
export class SnapshotRefusedError extends StrataError {
  readonly code = 'RAFTSTORE_SNAPSHOT_REFUSED'
  readonly regionId: RegionId
  constructor(regionId: RegionId, why: string) {
    super(`region ${regionId}: a snapshot is refused: ${why}`)
    this.regionId = regionId
  }
}

/** A store sent what claims to be from another. */
export class ForeignSenderError extends StrataError {
  readonly code = 'RAFTSTORE_FOREIGN_SENDER'
  readonly storeId: StoreId
  readonly claimedStoreId: StoreId
  constructor(storeId: StoreId, claimedStoreId: StoreId) {
    super(`store ${storeId} sent a message that says it is from store ${claimedStoreId}`)
    this.storeId = storeId
    this.claimedStoreId = claimedStoreId
  }
}

/** The Raft log and the data are of two stores: a folder was exchanged. Nothing was changed. */
export class ForeignRaftLogError extends StrataError {
  readonly code = 'RAFTSTORE_FOREIGN_LOG'
  readonly storeId: StoreId
  /** Whose log it is. */
  readonly ownerStoreId: StoreId
  constructor(data: StoreIdentity, owner: StoreIdentity) {
    super(
      `the data is that of store ${data.storeId} of cluster ${data.clusterId}, the Raft log that of store ${owner.storeId} of cluster ${owner.clusterId}: put back the folders that belong together`,
    )
    this.storeId = data.storeId
    this.ownerStoreId = owner.storeId
  }
}
