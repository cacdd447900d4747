import type { Timestamp } from '@stratakv/core'
import { CommittedError, KeyIsLockedError, TxnNotFoundError } from '../errors.ts'
import { decodeKey, isEncodedFrom } from '../key.ts'
import { lockInfo } from '../lock-info.ts'
import { isPessimisticTxn, type Lock } from '../lock-record.ts'
import type { MvccTxn } from '../mvcc-txn.ts'
import type { MvccReader, OverlappedWrite } from '../reader.ts'
import { type Steps, wait } from '../steps.ts'
import { isExpired } from '../time-to-live.ts'
import { createRollback, isProtectedRollback, type Write, withOverlappedRollback } from '../write-record.ts'

/** What to write when a transaction has no trace on a key. */
export type MissingLockAction = 'rollback' | 'protected-rollback' | 'throw'

/** The fate of a transaction that holds no lock on the key. */
export type MissingLockStatus =
  | { readonly type: 'committed'; readonly commitTs: Timestamp }
  | { readonly type: 'rolled-back' }
  /** It had no trace, and was rolled back just now. */
  | { readonly type: 'lock-not-exist' }
  /** It had no trace, and nothing was written. */
  | { readonly type: 'lock-not-exist-do-nothing' }

/** The rollback record to write at `startTs`, merged with `overlapped`; `undefined` when none has to be written. */
function rollbackRecord(
  startTs: Timestamp,
  isProtected: boolean,
  overlapped: OverlappedWrite | undefined,
): Write | undefined {
  if (overlapped === undefined) return createRollback(startTs, isProtected)
  // An unprotected rollback may be lost anyhow; the other transaction's record must not.
  return isProtected ? withOverlappedRollback(overlapped.write, overlapped.gcFence) : undefined
}

/**
 * Rollbacks that pile up on a hot key are kept down to one: the unprotected one right below goes. To be called only where
 * the transaction has no record of its own yet.
 */
export function* collapseOlderRollback(reader: MvccReader, txn: MvccTxn, key: Uint8Array): Steps<void> {
  const older = yield* wait(reader.seekWrite(key, txn.startTs))
  if (older === undefined || older.write.kind !== 'rollback' || isProtectedRollback(older.write)) return
  txn.deleteWrite(key, older.commitTs)
}

/** Ends the transaction on `key`, where it holds `lock`. */
export function* rollbackLock(
  reader: MvccReader,
  txn: MvccTxn,
  key: Uint8Array,
  lock: Lock,
  isProtected: boolean,
): Steps<void> {
  const record = yield* reader.commitRecordSteps(key, txn.startTs)
  if (record.type === 'record' && record.write.kind !== 'rollback') {
    // A lock beside its own commit record: the commit stands, whoever left the lock.
    throw new CommittedError(txn.startTs, record.commitTs, decodeKey(key))
  }
  if (record.type === 'none') {
    if (lock.kind === 'put' && lock.shortValue === undefined) txn.deleteValue(key, lock.startTs)
    // A pessimistic lock request that arrives late must find the rollback of its transaction, so that is kept on the
    // primary. Optimistic ones are stopped by any newer record.
    const keeps = isProtected || (isPessimisticTxn(lock) && isEncodedFrom(key, lock.primary))
    const write = rollbackRecord(txn.startTs, keeps, record.overlapped)
    if (write !== undefined) txn.putWrite(key, txn.startTs, write)
    if (!isProtected) yield* collapseOlderRollback(reader, txn, key)
  }
  txn.unlock(key)
}

/**
 * Finds out about a transaction that has no lock on `key`, and leaves a rollback if it has no trace at all.
 * @param other the lock of another transaction on the key
 * @param resolvesPessimisticLock with no trace: leave things alone, the caller asks about a pessimistic lock only
 * @throws TxnNotFoundError with `action` `throw`
 */
export function* checkMissingLock(
  reader: MvccReader,
  txn: MvccTxn,
  key: Uint8Array,
  other: Lock | undefined,
  action: MissingLockAction,
  resolvesPessimisticLock: boolean,
): Steps<MissingLockStatus> {
  const record = yield* reader.commitRecordSteps(key, txn.startTs)
  if (record.type === 'overlapped-rollback') return { type: 'rolled-back' }
  if (record.type === 'record') {
    return record.write.kind === 'rollback' ? { type: 'rolled-back' } : { type: 'committed', commitTs: record.commitTs }
  }
  if (action === 'throw') throw new TxnNotFoundError(txn.startTs, decodeKey(key))
  if (resolvesPessimisticLock) return { type: 'lock-not-exist-do-nothing' }
  const isProtected = action === 'protected-rollback'
  if (!isProtected) yield* collapseOlderRollback(reader, txn, key)
  putMissingRollback(txn, key, other, isProtected, record.overlapped)
  return { type: 'lock-not-exist' }
}

/** Writes the rollback of a transaction without a lock, and the mark on another's lock that may commit over it. */
export function putMissingRollback(
  txn: MvccTxn,
  key: Uint8Array,
  other: Lock | undefined,
  isProtected: boolean,
  overlapped: OverlappedWrite | undefined,
): void {
  // With a record at this timestamp already there, the other lock cannot commit at it.
  if (other !== undefined && overlapped === undefined && isProtected) markRollback(txn, key, other)
  const write = rollbackRecord(txn.startTs, isProtected, overlapped)
  if (write !== undefined) txn.putWrite(key, txn.startTs, write)
}

/**
 * The commit timestamp of an async-commit transaction is calculated, so it may equal our start timestamp and its commit
 * record would then replace our rollback: the lock is told to carry the rollback over.
 */
function markRollback(txn: MvccTxn, key: Uint8Array, lock: Lock): void {
  if (!lock.useAsyncCommit || txn.startTs < lock.minCommitTs) return
  txn.putLock(key, { ...lock, rollbackTs: [...lock.rollbackTs, txn.startTs] })
}

/** Why a rollback did nothing, or that it did. */
export type CleanupOutcome = 'rolled-back' | 'already-rolled-back'

/**
 * Rolls the transaction back on one key.
 * @param currentTs not 0: a lock whose time to live is not over by then is left alone
 * @throws KeyIsLockedError if the lock lives, CommittedError
 */
export function* cleanupKey(
  reader: MvccReader,
  txn: MvccTxn,
  key: Uint8Array,
  currentTs: Timestamp,
  protection: 'protected' | 'collapsible',
): Steps<CleanupOutcome> {
  const isProtected = protection === 'protected'
  const lock = yield* wait(reader.loadLock(key))
  if (lock !== undefined && lock.startTs === txn.startTs) {
    if (currentTs !== 0n && !isExpired(lock, currentTs)) throw new KeyIsLockedError(lockInfo(key, lock))
    yield* rollbackLock(reader, txn, key, lock, isProtected)
    return 'rolled-back'
  }
  const action = isProtected ? 'protected-rollback' : 'rollback'
  const status = yield* checkMissingLock(reader, txn, key, lock, action, false)
  if (status.type === 'committed') throw new CommittedError(txn.startTs, status.commitTs, decodeKey(key))
  return status.type === 'rolled-back' ? 'already-rolled-back' : 'rolled-back'
}

/**
 * Gives up a pessimistic lock before its prewrite. Anything but the transaction's own pessimistic lock, taken at or
 * before `forUpdateTs`, is left alone without an error.
 */
export function* rollbackPessimisticLock(
  reader: MvccReader,
  txn: MvccTxn,
  key: Uint8Array,
  forUpdateTs: Timestamp,
): Steps<'unlocked' | 'left'> {
  const lock = yield* wait(reader.loadLock(key))
  if (lock === undefined || lock.kind !== 'pessimistic') return 'left'
  if (lock.startTs !== txn.startTs || lock.forUpdateTs > forUpdateTs) return 'left'
  txn.unlock(key)
  return 'unlocked'
}
