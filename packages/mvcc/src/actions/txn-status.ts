import { maxTimestamp, type Timestamp } from '@stratakv/core'
import { TxnNotFoundError } from '../errors.ts'
import { decodeKey } from '../key.ts'
import { type LockInfo, lockInfo } from '../lock-info.ts'
import type { Lock } from '../lock-record.ts'
import type { MvccTxn } from '../mvcc-txn.ts'
import type { MvccReader } from '../reader.ts'
import { type Steps, wait } from '../steps.ts'
import { isExpired } from '../time-to-live.ts'
import {
  checkMissingLock,
  collapseOlderRollback,
  type MissingLockStatus,
  putMissingRollback,
  rollbackLock,
} from './rollback.ts'

/** What the primary says of a transaction, and what asking did to it. */
export type TxnStatus =
  | MissingLockStatus
  /** It lives. `pushed`: it will commit above the caller's timestamp, so the caller may read past its locks. */
  | { readonly type: 'uncommitted'; readonly lock: LockInfo; readonly minCommitTs: 'pushed' | 'unchanged' }
  /** Its time was over: it was rolled back just now. */
  | { readonly type: 'expired' }
  /** Its time was over and it held but a pessimistic lock: that was removed, the transaction was not rolled back. */
  | { readonly type: 'pessimistic-rolled-back' }

export interface TxnStatusQuestion {
  /** When the caller wants to read; max: the newest; 0: it does not want to push. */
  readonly callerStartTs: Timestamp
  /** Now, to judge the time to live by. */
  readonly currentTs: Timestamp
  readonly rollbackIfNotExist: boolean
  /** Treat an async-commit transaction as an ordinary one: its client is known to have fallen back. */
  readonly forceSyncCommit: boolean
  /** The caller met a pessimistic lock only. */
  readonly resolvingPessimisticLock: boolean
}

/**
 * Decides a transaction's fate by its primary key, and rolls it back if its time is over.
 * @param key the encoded primary
 * @throws TxnNotFoundError when there is no trace and `rollbackIfNotExist` is false
 */
export function* checkTxnStatus(
  reader: MvccReader,
  txn: MvccTxn,
  key: Uint8Array,
  question: TxnStatusQuestion,
): Steps<TxnStatus> {
  const lock = yield* wait(reader.loadLock(key))
  if (lock !== undefined && lock.startTs === txn.startTs)
    return yield* checkPresentLock(reader, txn, key, lock, question)
  const action = question.rollbackIfNotExist ? 'protected-rollback' : 'throw'
  return yield* checkMissingLock(reader, txn, key, lock, action, question.resolvingPessimisticLock)
}

function* checkPresentLock(
  reader: MvccReader,
  txn: MvccTxn,
  key: Uint8Array,
  lock: Lock,
  question: TxnStatusQuestion,
): Steps<TxnStatus> {
  // The fate of an async-commit transaction is in all of its locks together; the primary alone may not decide.
  if (lock.useAsyncCommit && !question.forceSyncCommit) {
    return { type: 'uncommitted', lock: lockInfo(key, lock), minCommitTs: 'unchanged' }
  }
  const { callerStartTs, currentTs } = question
  if (isExpired(lock, currentTs)) {
    if (question.resolvingPessimisticLock && lock.kind === 'pessimistic') {
      txn.unlock(key)
      return { type: 'pessimistic-rolled-back' }
    }
    yield* rollbackLock(reader, txn, key, lock, false)
    return { type: 'expired' }
  }
  let current = lock
  // A min_commit_ts of 0 means that the client does not look at it when it commits, so it cannot be pushed.
  if (lock.minCommitTs !== 0n && callerStartTs !== maxTimestamp && callerStartTs >= lock.minCommitTs) {
    const above = callerStartTs + 1n
    current = { ...lock, minCommitTs: above > currentTs ? above : currentTs }
    txn.putLock(key, current)
  }
  // A caller that reads the newest is let past: its timestamp cannot be pushed over, but whatever commits now commits after it asked.
  const passed = callerStartTs === maxTimestamp || (callerStartTs !== 0n && current.minCommitTs > callerStartTs)
  return { type: 'uncommitted', lock: lockInfo(key, current), minCommitTs: passed ? 'pushed' : 'unchanged' }
}

/** What the secondaries of an async-commit transaction say. */
export type SecondaryStatus =
  | { readonly type: 'locked'; readonly lock: LockInfo }
  | { readonly type: 'committed'; readonly commitTs: Timestamp }
  | { readonly type: 'rolled-back' }

/** Looks at one secondary. A key that was not prewritten is rolled back, protected, so that it never will be. */
export function* checkSecondaryLock(reader: MvccReader, txn: MvccTxn, key: Uint8Array): Steps<SecondaryStatus> {
  const lock = yield* wait(reader.loadLock(key))
  const isOwn = lock !== undefined && lock.startTs === txn.startTs
  if (isOwn && lock.kind !== 'pessimistic') return { type: 'locked', lock: lockInfo(key, lock) }
  const record = yield* reader.commitRecordSteps(key, txn.startTs)
  if (isOwn) txn.unlock(key)
  if (record.type === 'record' && record.write.kind !== 'rollback') {
    return { type: 'committed', commitTs: record.commitTs }
  }
  if (record.type === 'none') {
    putMissingRollback(txn, key, isOwn ? undefined : lock, true, record.overlapped)
    yield* collapseOlderRollback(reader, txn, key)
  }
  return { type: 'rolled-back' }
}

/**
 * Keeps a transaction alive: its lock's time to live becomes at least `adviseTtlMs`. Answers the one in force. The full
 * lock is written even if it was in memory only: a longer life that a leader change could forget would be a broken promise.
 * @param key the encoded primary
 * @throws TxnNotFoundError
 */
export function* heartbeat(reader: MvccReader, txn: MvccTxn, key: Uint8Array, adviseTtlMs: number): Steps<number> {
  const lock = yield* wait(reader.loadLock(key))
  if (lock === undefined || lock.startTs !== txn.startTs) throw new TxnNotFoundError(txn.startTs, decodeKey(key))
  if (lock.ttlMs >= adviseTtlMs) return lock.ttlMs
  txn.putLock(key, { ...lock, ttlMs: adviseTtlMs })
  return adviseTtlMs
}
