import { maxTimestamp, type Timestamp } from '@stratakv/core'
import { KeyIsLockedError, WriteConflictError } from './errors.ts'
import { decodeKey, isEncodedFrom } from './key.ts'
import { lockInfo } from './lock-info.ts'
import type { Lock } from './lock-record.ts'

/**
 * `si`: a snapshot; locks that may commit at or below the read timestamp block. `rc`: locks are not looked at.
 * `rc-check-ts`: any lock and any newer version is a conflict, so what is returned is both a snapshot and the newest.
 */
export type IsolationLevel = 'si' | 'rc' | 'rc-check-ts'

/** At which moment, and how, to read. */
export interface ReadView {
  readonly readTs: Timestamp
  readonly isolation: IsolationLevel
  /** Start timestamps of transactions known not to matter at `readTs` (Context.resolved_locks): their locks are ignored. */
  readonly resolvedLocks?: ReadonlySet<Timestamp>
  /** Start timestamps of transactions known to be committed at or below `readTs` (Context.committed_locks): read through their locks. */
  readonly committedLocks?: ReadonlySet<Timestamp>
}

/** What a lock means to a read: nothing, a value to be read through it, or the error that goes to the client. */
export type LockVerdict = 'ignore' | 'read-through' | KeyIsLockedError | WriteConflictError

/** Judges the lock found on `key` (encoded). Pure. TiKV `components/txn_types/src/lock.rs`, `check_ts_conflict`. */
export function judgeLock(key: Uint8Array, lock: Lock, view: ReadView): LockVerdict {
  if (view.isolation === 'rc') return 'ignore'
  // Locks of type `lock` change nothing, pessimistic ones are not yet part of any commit.
  if (lock.kind !== 'put' && lock.kind !== 'delete') return 'ignore'
  if (view.isolation === 'si' && !blocksSnapshot(key, lock, view.readTs)) return 'ignore'
  if (view.resolvedLocks?.has(lock.startTs)) return 'ignore'
  if (view.committedLocks?.has(lock.startTs)) return 'read-through'
  if (view.isolation === 'si') return new KeyIsLockedError(lockInfo(key, lock))
  return new WriteConflictError(view.readTs, lock.startTs, 0n, decodeKey(key), lock.primary)
}

function blocksSnapshot(key: Uint8Array, lock: Lock, readTs: Timestamp): boolean {
  if (lock.startTs > readTs || lock.minCommitTs > readTs) return false
  // "The newest" on the primary itself: as long as the primary is locked the transaction is not committed, so the
  // version below the lock is the newest. Not so with async commit, which commits without touching the primary.
  return !(readTs === maxTimestamp && !lock.useAsyncCommit && isEncodedFrom(key, lock.primary))
}
