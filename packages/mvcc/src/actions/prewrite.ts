import { maxTimestamp, type Timestamp } from '@stratakv/core'
import {
  AlreadyExistError,
  AssertionFailedError,
  CommitTsTooLargeError,
  InvalidTxnRequestError,
  KeyIsLockedError,
  LockTypeNotMatchError,
  type MutationAssertion,
  PessimisticLockNotFoundError,
  WriteConflictError,
} from '../errors.ts'
import { decodeKey } from '../key.ts'
import { lockInfo } from '../lock-info.ts'
import { createLock, type Lock, type LockKind, shortValueBytesMax } from '../lock-record.ts'
import type { MvccTxn } from '../mvcc-txn.ts'
import type { MvccReader } from '../reader.ts'
import { type Steps, wait } from '../steps.ts'
import { isFenced, type VersionedWrite } from '../write-record.ts'

/** `insert` is a put of a key that must not exist; `check-not-exists` only checks. */
export type MutationKind = 'put' | 'delete' | 'lock' | 'insert' | 'check-not-exists'

export interface KeyMutation {
  readonly kind: MutationKind
  /** Encoded. */
  readonly key: Uint8Array
  /** Of a put or insert; ignored otherwise. */
  readonly value: Uint8Array
  readonly assertion: MutationAssertion
  /** The transaction says it holds a pessimistic lock on the key. */
  readonly isPessimisticLock: boolean
}

/** `fast` checks an assertion only where that costs no extra read. */
export type AssertionLevel = 'off' | 'fast' | 'strict'

/** How the commit timestamp will come about: from PD in a second phase, or calculated here. */
export type CommitKind =
  | { readonly type: 'two-phase' }
  /** `maxCommitTs` 0: no limit. */
  | { readonly type: 'async'; readonly maxCommitTs: Timestamp }
  | { readonly type: 'one-phase'; readonly maxCommitTs: Timestamp }

/** What all keys of one prewrite request share. */
export interface PrewriteProperties {
  readonly startTs: Timestamp
  /** Raw key. */
  readonly primary: Uint8Array
  readonly lockTtlMs: number
  readonly txnSize: number
  readonly minCommitTs: Timestamp
  readonly mode: PrewriteMode
  readonly assertionLevel: AssertionLevel
  readonly commitKind: CommitKind
}

export type PrewriteMode =
  | { readonly type: 'optimistic'; readonly skipsConstraintCheck: boolean }
  | { readonly type: 'pessimistic'; readonly forUpdateTs: Timestamp; readonly isRetryRequest: boolean }

/**
 * What the store's readers and this writer agree through. `guard` must make the lock visible to readers at once: between
 * `maxTs` and `guard` the action does not wait, and that is what makes a calculated commit timestamp safe.
 */
export interface CommitTimestamps {
  maxTs(): Timestamp
  updateMaxTs(timestamp: Timestamp): void
  guard(key: Uint8Array, lock: Lock): void
}

/**
 * Prewrites one key. Answers the lock's min_commit_ts when the commit timestamp is calculated (async commit or one-phase),
 * else 0; also 0 when the key carries an ordinary lock of this very transaction from an earlier try.
 *
 * @param secondaries raw keys to be stored in the lock; `undefined`: no async commit on this key
 * @throws KeyIsLockedError, WriteConflictError, AlreadyExistError, PessimisticLockNotFoundError, LockTypeNotMatchError,
 *   AssertionFailedError, InvalidTxnRequestError; CommitTsTooLargeError *after* the key was prewritten as an ordinary lock
 */
export function* prewriteKey(
  reader: MvccReader,
  txn: MvccTxn,
  properties: PrewriteProperties,
  timestamps: CommitTimestamps,
  mutation: KeyMutation,
  secondaries: readonly Uint8Array[] | undefined,
): Steps<Timestamp> {
  const { startTs, mode } = properties
  const mustNotExist = mutation.kind === 'insert' || mutation.kind === 'check-not-exists'
  if (mutation.kind === 'check-not-exists' && mode.type === 'pessimistic') {
    throw new InvalidTxnRequestError('cannot handle checkNotExists in pessimistic prewrite')
  }
  // The absence seen here is a read at startTs: a calculated commit below it must not appear later.
  if (mustNotExist) timestamps.updateMaxTs(startTs)

  const present = yield* wait(reader.loadLock(mutation.key))
  let newest: VersionedWrite | undefined | 'not-loaded' = 'not-loaded'
  if (present !== undefined) {
    checkOwner(present, properties, mutation)
    if (present.kind !== 'pessimistic') return repeatedAnswer(present, properties)
  } else if (mutation.isPessimisticLock) {
    newest = yield* amendPessimisticLock(reader, properties, mutation)
  }
  if (!skipsConstraintCheck(mode, mutation)) newest = yield* checkNewer(reader, properties, mutation, mustNotExist)
  yield* checkAssertion(reader, properties, mutation, mustNotExist, newest)
  if (mutation.kind === 'check-not-exists') return 0n
  return putLock(txn, properties, timestamps, mutation, present, secondaries)
}

function checkOwner(lock: Lock, { startTs, mode }: PrewriteProperties, mutation: KeyMutation): void {
  if (lock.startTs !== startTs) {
    if (mutation.isPessimisticLock) throw new PessimisticLockNotFoundError(startTs, decodeKey(mutation.key))
    const info = lockInfo(mutation.key, lock)
    // A pessimistic transaction cannot wait in its prewrite, so its client is made to resolve at once.
    throw new KeyIsLockedError(mode.type === 'pessimistic' ? { ...info, ttlMs: 0 } : info)
  }
  if (lock.kind === 'pessimistic' && mode.type !== 'pessimistic') {
    throw new LockTypeNotMatchError(startTs, decodeKey(mutation.key), true)
  }
}

/**
 * What an earlier try answered for this lock. A one-phase commit has no place for a lock that is on disk already: it
 * would commit all keys but this one. So it is told to go on in two phases.
 */
function repeatedAnswer(lock: Lock, { commitKind }: PrewriteProperties): Timestamp {
  return lock.useAsyncCommit && commitKind.type !== 'one-phase' ? lock.minCommitTs : 0n
}

/**
 * The lock was lost (it was in memory only, or its write was). If nobody committed on the key since the transaction
 * started, nothing can have depended on the loss. startTs is used since the lost lock's own for_update_ts is unknown.
 */
function* amendPessimisticLock(
  reader: MvccReader,
  { startTs }: PrewriteProperties,
  mutation: KeyMutation,
): Steps<VersionedWrite | undefined> {
  const newest = yield* wait(reader.seekWrite(mutation.key, maxTimestamp))
  if (newest !== undefined && newest.commitTs >= startTs) {
    throw new PessimisticLockNotFoundError(startTs, decodeKey(mutation.key))
  }
  return newest
}

function skipsConstraintCheck(mode: PrewriteMode, mutation: KeyMutation): boolean {
  if (mode.type === 'optimistic') return mode.skipsConstraintCheck
  // A key that was never locked has no protection but this check against a late retry of a prewrite that was rolled back.
  return mutation.isPessimisticLock || !mode.isRetryRequest
}

function* checkNewer(
  reader: MvccReader,
  { startTs, primary }: PrewriteProperties,
  mutation: KeyMutation,
  mustNotExist: boolean,
): Steps<VersionedWrite | undefined> {
  const newest = yield* wait(reader.seekWrite(mutation.key, maxTimestamp))
  if (newest === undefined) return undefined
  const { commitTs, write } = newest
  const isOwnRollback = commitTs === startTs && (write.kind === 'rollback' || write.hasOverlappedRollback)
  if (commitTs > startTs || isOwnRollback) {
    throw new WriteConflictError(startTs, write.startTs, commitTs, decodeKey(mutation.key), primary)
  }
  if (mustNotExist && (yield* dataBehind(reader, mutation.key, newest))?.write.kind === 'put') {
    throw new AlreadyExistError(decodeKey(mutation.key))
  }
  return newest
}

/** The put or delete that `newest`, the newest record of the key, leaves in force. */
function* dataBehind(reader: MvccReader, key: Uint8Array, newest: VersionedWrite): Steps<VersionedWrite | undefined> {
  if (isFenced(newest.write, maxTimestamp)) return undefined
  if (newest.write.kind === 'put' || newest.write.kind === 'delete') return newest
  return yield* reader.dataWriteSteps(key, newest.commitTs - 1n)
}

function* checkAssertion(
  reader: MvccReader,
  properties: PrewriteProperties,
  mutation: KeyMutation,
  mustNotExist: boolean,
  newest: VersionedWrite | undefined | 'not-loaded',
): Steps<void> {
  const { startTs, assertionLevel } = properties
  const { assertion, key } = mutation
  if (assertion === 'none' || assertionLevel === 'off') return
  if (newest === 'not-loaded' && assertionLevel === 'fast') return
  let data: VersionedWrite | undefined
  if (newest === 'not-loaded') data = yield* reader.dataWriteSteps(key, maxTimestamp)
  else if (newest !== undefined) data = yield* dataBehind(reader, key, newest)
  const exists = data !== undefined && data.write.kind === 'put'
  if (exists === (assertion === 'exist')) return
  // A conflict or a rollback may be what broke the assertion, and it is the better answer.
  if (newest === 'not-loaded') yield* checkNewer(reader, properties, mutation, mustNotExist)
  throw new AssertionFailedError(startTs, decodeKey(key), assertion, data?.write.startTs ?? 0n, data?.commitTs ?? 0n)
}

function lockKindOf(kind: MutationKind): LockKind {
  return kind === 'delete' || kind === 'lock' ? kind : 'put'
}

function putLock(
  txn: MvccTxn,
  properties: PrewriteProperties,
  timestamps: CommitTimestamps,
  mutation: KeyMutation,
  pessimistic: Lock | undefined,
  secondaries: readonly Uint8Array[] | undefined,
): Timestamp {
  const { startTs, primary, mode, commitKind, txnSize } = properties
  const kind = lockKindOf(mutation.kind)
  const isShort = mutation.value.length <= shortValueBytesMax
  if (kind === 'put' && !isShort) txn.putValue(mutation.key, startTs, mutation.value)
  const plain = createLock({
    kind,
    primary,
    startTs,
    // Heartbeats and readers may have moved these on the pessimistic lock since the client last heard.
    ttlMs: Math.max(properties.lockTtlMs, pessimistic?.ttlMs ?? 0),
    minCommitTs: later(properties.minCommitTs, pessimistic?.minCommitTs ?? 0n),
    shortValue: kind === 'put' && isShort ? mutation.value : undefined,
    forUpdateTs: mode.type === 'pessimistic' ? mode.forUpdateTs : 0n,
    txnSize,
  })

  if (commitKind.type === 'two-phase' || (commitKind.type === 'async' && secondaries === undefined)) {
    txn.putLock(mutation.key, plain)
    return 0n
  }
  const minCommitTs = later(later(later(timestamps.maxTs(), startTs), plain.forUpdateTs) + 1n, plain.minCommitTs)
  if (commitKind.maxCommitTs !== 0n && minCommitTs > commitKind.maxCommitTs) {
    txn.putLock(mutation.key, plain)
    throw new CommitTsTooLargeError(startTs, minCommitTs, commitKind.maxCommitTs)
  }
  const lock: Lock =
    secondaries === undefined ? { ...plain, minCommitTs } : { ...plain, minCommitTs, useAsyncCommit: true, secondaries }
  timestamps.guard(mutation.key, lock)
  // A deferred lock that falls back must not claim async commit: nobody would know its secondaries.
  if (commitKind.type === 'one-phase') txn.deferLock(mutation.key, lock, pessimistic !== undefined)
  else txn.putLock(mutation.key, lock)
  return minCommitTs
}

function later(left: Timestamp, right: Timestamp): Timestamp {
  return left > right ? left : right
}
