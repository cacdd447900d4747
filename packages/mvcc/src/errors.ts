import { StrataError, type Timestamp, toHex } from '@stratakv/core'
import type { LockInfo } from './lock-info.ts'

/** Which stored form the bytes should have had. */
export type RecordKind = 'key' | 'lock record' | 'write record'

/** A stored key or record does not parse. Never the client's doing: the disk, a bug, or a foreign writer. */
export class MvccCorruptionError extends StrataError {
  readonly code = 'MVCC_CORRUPTED_RECORD'
  readonly record: RecordKind
  /** The bytes as they were read. */
  readonly bytes: Uint8Array

  constructor(record: RecordKind, bytes: Uint8Array, detail: string, options?: ErrorOptions) {
    super(`corrupted ${record} ${toHex(bytes)}: ${detail}`, options)
    this.record = record
    this.bytes = bytes
  }
}

/** The form in which TiKV's error texts show bytes; TiDB cuts the key out of a `TxnLockNotFound` text by its brackets. */
function list(bytes: Uint8Array): string {
  return `[${bytes.join(', ')}]`
}

/**
 * A transaction's request cannot be done as asked, for a reason its client acts on. Keys in the fields are raw user keys.
 * The text is `variant { fields }`: what the edge puts into the abort and retryable texts of the protocol
 * (TiKV `src/storage/errors.rs`), which clients search for the variant's name.
 */
export abstract class MvccError extends StrataError {
  /** TiKV's name of the error. */
  abstract readonly variant: string
}

/** Another transaction's lock is in the way. Protocol: `locked`. */
export class KeyIsLockedError extends MvccError {
  readonly code = 'MVCC_KEY_IS_LOCKED'
  readonly variant = 'KeyIsLocked'
  readonly lockInfo: LockInfo

  constructor(lockInfo: LockInfo) {
    super(`KeyIsLocked { key: ${list(lockInfo.key)}, lock_version: ${lockInfo.startTs}, ttl: ${lockInfo.ttlMs} }`)
    this.lockInfo = lockInfo
  }
}

/** A newer version, or a rollback of this very transaction, is there already. Protocol: `conflict` and `retryable`. */
export class WriteConflictError extends MvccError {
  readonly code = 'MVCC_WRITE_CONFLICT'
  readonly variant = 'WriteConflict'
  readonly startTs: Timestamp
  readonly conflictStartTs: Timestamp
  /** 0 when the conflict is a lock (isolation RCCheckTS). */
  readonly conflictCommitTs: Timestamp
  readonly key: Uint8Array
  readonly primary: Uint8Array

  constructor(
    startTs: Timestamp,
    conflictStartTs: Timestamp,
    conflictCommitTs: Timestamp,
    key: Uint8Array,
    primary: Uint8Array,
  ) {
    super(
      `WriteConflict { start_ts: TimeStamp(${startTs}), conflict_start_ts: TimeStamp(${conflictStartTs}), conflict_commit_ts: TimeStamp(${conflictCommitTs}), key: ${list(key)}, primary: ${list(primary)} }`,
    )
    this.startTs = startTs
    this.conflictStartTs = conflictStartTs
    this.conflictCommitTs = conflictCommitTs
    this.key = key
    this.primary = primary
  }
}

/** An insert, or a check that a key does not exist, met a value. Protocol: `already_exist`. */
export class AlreadyExistError extends MvccError {
  readonly code = 'MVCC_ALREADY_EXIST'
  readonly variant = 'AlreadyExist'
  readonly key: Uint8Array

  constructor(key: Uint8Array) {
    super(`AlreadyExist { key: ${list(key)} }`)
    this.key = key
  }
}

/** A commit found neither its lock nor its commit record: rolled back, or never prewritten. Protocol: `retryable` text. */
export class TxnLockNotFoundError extends MvccError {
  readonly code = 'MVCC_TXN_LOCK_NOT_FOUND'
  readonly variant = 'TxnLockNotFound'
  readonly startTs: Timestamp
  readonly commitTs: Timestamp
  readonly key: Uint8Array

  constructor(startTs: Timestamp, commitTs: Timestamp, key: Uint8Array) {
    super(`TxnLockNotFound { start_ts: TimeStamp(${startTs}), commit_ts: TimeStamp(${commitTs}), key: ${list(key)} }`)
    this.startTs = startTs
    this.commitTs = commitTs
    this.key = key
  }
}

/** The transaction has no trace on its primary key. Protocol: `txn_not_found`. */
export class TxnNotFoundError extends MvccError {
  readonly code = 'MVCC_TXN_NOT_FOUND'
  readonly variant = 'TxnNotFound'
  readonly startTs: Timestamp
  readonly key: Uint8Array

  constructor(startTs: Timestamp, key: Uint8Array) {
    super(`TxnNotFound { start_ts: TimeStamp(${startTs}), key: ${list(key)} }`)
    this.startTs = startTs
    this.key = key
  }
}

/** A reader has pushed the transaction's smallest commit timestamp beyond the one asked for. Protocol: `commit_ts_expired`. */
export class CommitTsExpiredError extends MvccError {
  readonly code = 'MVCC_COMMIT_TS_EXPIRED'
  readonly variant = 'CommitTsExpired'
  readonly startTs: Timestamp
  readonly commitTs: Timestamp
  readonly key: Uint8Array
  readonly minCommitTs: Timestamp

  constructor(startTs: Timestamp, commitTs: Timestamp, key: Uint8Array, minCommitTs: Timestamp) {
    super(
      `CommitTsExpired { start_ts: TimeStamp(${startTs}), commit_ts: TimeStamp(${commitTs}), key: ${list(key)}, min_commit_ts: TimeStamp(${minCommitTs}) }`,
    )
    this.startTs = startTs
    this.commitTs = commitTs
    this.key = key
    this.minCommitTs = minCommitTs
  }
}

/** The calculated commit timestamp passed the client's limit. A prewrite absorbs it by falling back to two phases. */
export class CommitTsTooLargeError extends MvccError {
  readonly code = 'MVCC_COMMIT_TS_TOO_LARGE'
  readonly variant = 'CommitTsTooLarge'
  readonly startTs: Timestamp
  readonly minCommitTs: Timestamp
  readonly maxCommitTs: Timestamp

  constructor(startTs: Timestamp, minCommitTs: Timestamp, maxCommitTs: Timestamp) {
    super(
      `CommitTsTooLarge { start_ts: TimeStamp(${startTs}), min_commit_ts: TimeStamp(${minCommitTs}), max_commit_ts: TimeStamp(${maxCommitTs}) }`,
    )
    this.startTs = startTs
    this.minCommitTs = minCommitTs
    this.maxCommitTs = maxCommitTs
  }
}

/** What a mutation says of the key before it; `none` says nothing. */
export type MutationAssertion = 'none' | 'exist' | 'not-exist'

/** The client was wrong about the key's existence. Protocol: `assertion_failed`. */
export class AssertionFailedError extends MvccError {
  readonly code = 'MVCC_ASSERTION_FAILED'
  readonly variant = 'AssertionFailed'
  readonly startTs: Timestamp
  readonly key: Uint8Array
  readonly assertion: MutationAssertion
  /** Of the version that contradicts; 0 when there is none. */
  readonly existingStartTs: Timestamp
  readonly existingCommitTs: Timestamp

  constructor(
    startTs: Timestamp,
    key: Uint8Array,
    assertion: MutationAssertion,
    existingStartTs: Timestamp,
    existingCommitTs: Timestamp,
  ) {
    super(
      `AssertionFailed { start_ts: TimeStamp(${startTs}), key: ${list(key)}, assertion: ${assertion === 'exist' ? 'Exist' : 'NotExist'}, existing_start_ts: TimeStamp(${existingStartTs}), existing_commit_ts: TimeStamp(${existingCommitTs}) }`,
    )
    this.startTs = startTs
    this.key = key
    this.assertion = assertion
    this.existingStartTs = existingStartTs
    this.existingCommitTs = existingCommitTs
  }
}

/** The pessimistic lock this transaction took is gone and cannot be made up for. Protocol: `abort`. */
export class PessimisticLockNotFoundError extends MvccError {
  readonly code = 'MVCC_PESSIMISTIC_LOCK_NOT_FOUND'
  readonly variant = 'PessimisticLockNotFound'
  readonly startTs: Timestamp
  readonly key: Uint8Array

  constructor(startTs: Timestamp, key: Uint8Array) {
    super(`PessimisticLockNotFound { start_ts: TimeStamp(${startTs}), key: ${list(key)} }`)
    this.startTs = startTs
    this.key = key
  }
}

/** The transaction's own lock has a type that the request does not expect. Protocol: `abort`. */
export class LockTypeNotMatchError extends MvccError {
  readonly code = 'MVCC_LOCK_TYPE_NOT_MATCH'
  readonly variant = 'LockTypeNotMatch'
  readonly startTs: Timestamp
  readonly key: Uint8Array
  /** The lock found is pessimistic. */
  readonly pessimistic: boolean

  constructor(startTs: Timestamp, key: Uint8Array, pessimistic: boolean) {
    super(`LockTypeNotMatch { start_ts: TimeStamp(${startTs}), key: ${list(key)}, pessimistic: ${pessimistic} }`)
    this.startTs = startTs
    this.key = key
    this.pessimistic = pessimistic
  }
}

/** A rollback came after the commit. Protocol: `abort`, or `commit_version` where the request has that field. */
export class CommittedError extends MvccError {
  readonly code = 'MVCC_COMMITTED'
  readonly variant = 'Committed'
  readonly startTs: Timestamp
  readonly commitTs: Timestamp
  readonly key: Uint8Array

  constructor(startTs: Timestamp, commitTs: Timestamp, key: Uint8Array) {
    super(`Committed { start_ts: TimeStamp(${startTs}), commit_ts: TimeStamp(${commitTs}), key: ${list(key)} }`)
    this.startTs = startTs
    this.commitTs = commitTs
    this.key = key
  }
}

/** A write record points to a value that is not in the default column family: data is lost. Protocol: `abort`. */
export class DefaultNotFoundError extends MvccError {
  readonly code = 'MVCC_DEFAULT_NOT_FOUND'
  readonly variant = 'DefaultNotFound'
  readonly key: Uint8Array
  readonly startTs: Timestamp

  constructor(key: Uint8Array, startTs: Timestamp) {
    super(`DefaultNotFound { key: ${list(key)}, start_ts: TimeStamp(${startTs}) }`)
    this.key = key
    this.startTs = startTs
  }
}

/** A commit timestamp that is not above the start timestamp. Protocol: `abort`. */
export class InvalidTxnTsoError extends MvccError {
  readonly code = 'MVCC_INVALID_TXN_TSO'
  readonly variant = 'InvalidTxnTso'
  readonly startTs: Timestamp
  readonly commitTs: Timestamp

  constructor(startTs: Timestamp, commitTs: Timestamp) {
    super(`InvalidTxnTso { start_ts: TimeStamp(${startTs}), commit_ts: TimeStamp(${commitTs}) }`)
    this.startTs = startTs
    this.commitTs = commitTs
  }
}

/** The encoded key is longer than `storage.max-key-size`. Protocol: `abort`. */
export class KeyTooLargeError extends MvccError {
  readonly code = 'MVCC_KEY_TOO_LARGE'
  readonly variant = 'KeyTooLarge'
  readonly keyBytes: number
  readonly limitBytes: number

  constructor(keyBytes: number, limitBytes: number) {
    super(`KeyTooLarge { size: ${keyBytes}, limit: ${limitBytes} }`)
    this.keyBytes = keyBytes
    this.limitBytes = limitBytes
  }
}

/** The request contradicts itself; TiKV answers such a request with a plain text, or not at all. Protocol: `abort`. */
export class InvalidTxnRequestError extends MvccError {
  readonly code = 'MVCC_INVALID_TXN_REQUEST'
  readonly variant = 'Other'

  constructor(detail: string) {
    super(`Other(${detail})`)
  }
}
