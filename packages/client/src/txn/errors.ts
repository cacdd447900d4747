import { type Timestamp, toHex } from '@stratakv/core'
import { ClientError } from '../errors.ts'

/**
 * Another transaction has written, or is about to write, what this one wants to: this one has no effect. Run it again
 * from a new start timestamp; `txn()` does.
 */
export class WriteConflictError extends ClientError {
  readonly code = 'CLIENT_WRITE_CONFLICT'
  readonly startTs: Timestamp
  readonly key: Uint8Array
  readonly conflictStartTs: Timestamp
  /** 0: the other one has not committed. */
  readonly conflictCommitTs: Timestamp
  constructor(startTs: Timestamp, key: Uint8Array, conflictStartTs: Timestamp, conflictCommitTs: Timestamp) {
    const other = conflictCommitTs === 0n ? 'runs' : `committed at ${conflictCommitTs}`
    super(`transaction ${startTs}: key ${toHex(key)} is written by transaction ${conflictStartTs}, which ${other}`)
    this.startTs = startTs
    this.key = key
    this.conflictStartTs = conflictStartTs
    this.conflictCommitTs = conflictCommitTs
  }
}

/** The transaction's locks expired and another client rolled it back: it has no effect. Run it again; `txn()` does. */
export class TransactionRolledBackError extends ClientError {
  readonly code = 'CLIENT_TRANSACTION_ROLLED_BACK'
  readonly startTs: Timestamp
  /** What the store said. */
  readonly detail: string
  constructor(startTs: Timestamp, detail: string) {
    super(`transaction ${startTs} was rolled back by another client: ${detail}`)
    this.startTs = startTs
    this.detail = detail
  }
}

/** `insert` met a key that exists. The transaction has no effect. */
export class KeyExistsError extends ClientError {
  readonly code = 'CLIENT_KEY_EXISTS'
  readonly key: Uint8Array
  constructor(key: Uint8Array) {
    super(`key ${toHex(key)} exists`)
    this.key = key
  }
}

/**
 * Nobody knows whether the transaction is committed: the request that decides it was sent and no answer came (`cause`).
 * Read what it wrote before doing anything again.
 */
export class UndeterminedCommitError extends ClientError {
  readonly code = 'CLIENT_UNDETERMINED_COMMIT'
  override readonly isUndetermined = true
  readonly startTs: Timestamp
  constructor(startTs: Timestamp, cause: unknown) {
    super(`transaction ${startTs} may or may not be committed: no answer came to the request that decides`, { cause })
    this.startTs = startTs
  }
}

/** A mutation is over `entryBytesMax`. It was not taken; the transaction is as before. */
export class EntryTooLargeError extends ClientError {
  readonly code = 'CLIENT_ENTRY_TOO_LARGE'
  readonly key: Uint8Array
  readonly entryBytes: number
  readonly entryBytesMax: number
  constructor(key: Uint8Array, entryBytes: number, entryBytesMax: number) {
    super(`key ${toHex(key)} and its value take ${entryBytes} bytes; entryBytesMax is ${entryBytesMax}`)
    this.key = key
    this.entryBytes = entryBytes
    this.entryBytesMax = entryBytesMax
  }
}

/** One more mutation would pass a limit of the transaction. It was not taken; the transaction is as before. */
export class TransactionTooLargeError extends ClientError {
  readonly code = 'CLIENT_TRANSACTION_TOO_LARGE'
  readonly limit: 'entryCountMax' | 'transactionBytesMax'
  readonly wanted: number
  readonly max: number
  constructor(limit: 'entryCountMax' | 'transactionBytesMax', wanted: number, max: number) {
    super(`the transaction would come to ${wanted}; ${limit} is ${max}`)
    this.limit = limit
    this.wanted = wanted
    this.max = max
  }
}

/** A call on a transaction that was committed, rolled back, or is on its way there. */
export class TransactionFinishedError extends ClientError {
  readonly code = 'CLIENT_TRANSACTION_FINISHED'
  readonly startTs: Timestamp
  readonly state: 'committing' | 'committed' | 'undetermined' | 'rolled-back'
  constructor(startTs: Timestamp, state: TransactionFinishedError['state']) {
    super(`transaction ${startTs} takes no more calls: it is ${state}`)
    this.startTs = startTs
    this.state = state
  }
}

/** Versions that a read at this timestamp needs may have been dropped. Read at a newer timestamp. */
export class SnapshotTooOldError extends ClientError {
  readonly code = 'CLIENT_SNAPSHOT_TOO_OLD'
  readonly readTs: Timestamp
  readonly safePoint: Timestamp
  constructor(readTs: Timestamp, safePoint: Timestamp) {
    super(`timestamp ${readTs} is older than the safe point ${safePoint}: what it would read may be gone`)
    this.readTs = readTs
    this.safePoint = safePoint
  }
}

/** A store refused a key or a transaction for a reason that trying again does not cure: too large a key, a wrong API version. */
export class KeyRefusedError extends ClientError {
  readonly code = 'CLIENT_KEY_REFUSED'
  /** What the store said; for people. */
  readonly detail: string
  constructor(detail: string) {
    super(`the store refused: ${detail}`)
    this.detail = detail
  }
}

/** A lock stood in the way: why a retry waited. Seen as the cause of a call that ran out of its budget. */
export class KeyLockedError extends ClientError {
  readonly code = 'CLIENT_KEY_LOCKED'
  readonly key: Uint8Array
  readonly lockStartTs: Timestamp
  constructor(key: Uint8Array, lockStartTs: Timestamp) {
    super(`key ${toHex(key)} is locked by transaction ${lockStartTs}`)
    this.key = key
    this.lockStartTs = lockStartTs
  }
}

/** A store's answer contradicts the protocol: nothing was concluded from it. */
export class ProtocolViolationError extends ClientError {
  readonly code = 'CLIENT_PROTOCOL_VIOLATION'
}

/** The placement driver gave no timestamp: why a retry waited. Its own error is the `cause`. */
export class TimestampUnavailableError extends ClientError {
  readonly code = 'CLIENT_TIMESTAMP_UNAVAILABLE'
  constructor(cause: unknown) {
    super(`the placement driver gave no timestamp: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    })
  }
}
