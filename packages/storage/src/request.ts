import type { KvContext, Timestamp } from '@stratakv/core'
import type { IsolationLevel, MvccError } from '@stratakv/mvcc'

/** What every request says about itself. */
export interface RequestContext {
  readonly kv: KvContext
  /** kvrpcpb.APIVersion: 0 V1 (also when absent), 1 V1TTL, 2 V2. */
  readonly apiVersion?: number
  /** From the call on; 0 or absent is 24 hours. Afterwards the client is told ServerIsBusy, `deadline is exceeded`. */
  readonly maxExecutionDurationMs?: number
  /** The client has gone: work that was not handed to the Kv yet ends with CommandCancelledError. */
  readonly signal?: AbortSignal
}

/** A transactional read's context. */
export interface ReadContext extends RequestContext {
  /** kvrpcpb.IsolationLevel. Absent: `si`. */
  readonly isolation?: IsolationLevel
  /** Start timestamps of transactions known not to be committed at the read timestamp: their locks are passed over. */
  readonly resolvedLocks?: readonly Timestamp[]
  /** Start timestamps of transactions known to be committed at or below the read timestamp: their locks are read through. */
  readonly committedLocks?: readonly Timestamp[]
}

/** Keys here and below are the client's: storage encodes them. They are only read, and only until the call settles. */
export interface GetRequest {
  readonly context: ReadContext
  readonly key: Uint8Array
  /** The read timestamp; `maxTimestamp` reads the newest. */
  readonly version: Timestamp
}

export interface BatchGetRequest {
  readonly context: ReadContext
  readonly keys: readonly Uint8Array[]
  readonly version: Timestamp
}

export interface ScanRequest {
  readonly context: ReadContext
  /** Forward: inclusive lower bound. Reverse: exclusive upper bound, empty is unbounded. */
  readonly startKey: Uint8Array
  /** Forward: exclusive upper bound. Reverse: inclusive lower bound. Empty is unbounded. */
  readonly endKey: Uint8Array
  /** Most pairs in the answer, locked keys included. */
  readonly limitCount: number
  readonly version: Timestamp
  /** Values come back empty. */
  readonly keyOnly?: boolean
  /** Descending. */
  readonly reverse?: boolean
  /** n > 0: every n-th visible key, beginning with the first. */
  readonly sampleStep?: number
}

/** One entry of a list answer: a value, or why this key could not be read (a lock, as a rule). */
export type KvPair =
  | { readonly key: Uint8Array; readonly value: Uint8Array; readonly error?: never }
  | { readonly key: Uint8Array; readonly value?: never; readonly error: MvccError }

export interface ScanLockRequest {
  readonly context: RequestContext
  /** Inclusive. */
  readonly maxVersion: Timestamp
  readonly startKey: Uint8Array
  /** Exclusive; empty is unbounded. */
  readonly endKey: Uint8Array
  /** 0: no limit but that of the answer's bytes. */
  readonly limitCount: number
}

/** KvDeleteRange: removes all versions and locks in `[startKey, endKey)`, an empty end being the region's. Not transactional. */
export interface DeleteRangeRequest {
  readonly context: RequestContext
  readonly startKey: Uint8Array
  readonly endKey: Uint8Array
  /** Checks the region and deletes nothing. (TiKV tells its observers; a store of ours has none yet.) */
  readonly notifyOnly?: boolean
}

/** UnsafeDestroyRange: this store only, past Raft and every check. Both bounds must be given. */
export interface UnsafeDestroyRangeRequest {
  readonly startKey: Uint8Array
  readonly endKey: Uint8Array
}

export interface MvccGetByKeyRequest {
  readonly context: RequestContext
  readonly key: Uint8Array
}

export interface MvccGetByStartTsRequest {
  readonly context: RequestContext
  readonly startTs: Timestamp
}
