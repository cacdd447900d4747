import { StrataError } from '@stratakv/core'
import {
  AlreadyExistError,
  AssertionFailedError,
  CommitTsExpiredError,
  CommitTsTooLargeError,
  KeyIsLockedError,
  type LockInfo,
  type LockKind,
  MvccError,
  TxnLockNotFoundError,
  TxnNotFoundError,
  WriteConflictError,
} from '@stratakv/mvcc'
import * as kvrpcpb from '@stratakv/proto/kvrpcpb'

/** The operation a lock stands for. */
export const opOfLock: Record<LockKind, kvrpcpb.Op> = {
  put: kvrpcpb.Op.Put,
  delete: kvrpcpb.Op.Del,
  lock: kvrpcpb.Op.Lock,
  pessimistic: kvrpcpb.Op.PessimisticLock,
}

export function lockInfoToMessage(lock: LockInfo): kvrpcpb.LockInfo {
  return kvrpcpb.LockInfo.create({
    primaryLock: lock.primary,
    lockVersion: lock.startTs,
    key: lock.key,
    lockTtl: lock.ttlMs,
    txnSize: BigInt(lock.txnSize),
    lockType: opOfLock[lock.kind],
    lockForUpdateTs: lock.forUpdateTs,
    useAsyncCommit: lock.useAsyncCommit,
    minCommitTs: lock.minCommitTs,
    secondaries: [...lock.secondaries],
  })
}

/** Why a key could not be read or written, in the field that clients act on (TiKV `src/storage/errors.rs`). */
export function keyErrorToMessage(error: unknown): kvrpcpb.KeyError {
  if (error instanceof KeyIsLockedError) return kvrpcpb.KeyError.create({ locked: lockInfoToMessage(error.lockInfo) })
  if (error instanceof WriteConflictError) {
    // Old clients read the text, newer ones the field: TiKV gives both.
    return kvrpcpb.KeyError.create({
      retryable: debugText(error),
      conflict: kvrpcpb.WriteConflict.create({
        startTs: error.startTs,
        conflictTs: error.conflictStartTs,
        key: error.key,
        primary: error.primary,
        conflictCommitTs: error.conflictCommitTs,
      }),
    })
  }
  if (error instanceof AlreadyExistError) return kvrpcpb.KeyError.create({ alreadyExist: { key: error.key } })
  if (error instanceof TxnLockNotFoundError) return kvrpcpb.KeyError.create({ retryable: debugText(error) })
  if (error instanceof TxnNotFoundError) {
    return kvrpcpb.KeyError.create({ txnNotFound: { startTs: error.startTs, primaryKey: error.key } })
  }
  if (error instanceof CommitTsExpiredError) {
    return kvrpcpb.KeyError.create({
      commitTsExpired: {
        startTs: error.startTs,
        attemptedCommitTs: error.commitTs,
        key: error.key,
        minCommitTs: error.minCommitTs,
      },
    })
  }
  if (error instanceof CommitTsTooLargeError) {
    return kvrpcpb.KeyError.create({ commitTsTooLarge: { commitTs: error.minCommitTs } })
  }
  if (error instanceof AssertionFailedError) {
    return kvrpcpb.KeyError.create({
      assertionFailed: kvrpcpb.AssertionFailed.create({
        startTs: error.startTs,
        key: error.key,
        assertion: error.assertion === 'exist' ? kvrpcpb.Assertion.Exist : kvrpcpb.Assertion.NotExist,
        existingStartTs: error.existingStartTs,
        existingCommitTs: error.existingCommitTs,
      }),
    })
  }
  return kvrpcpb.KeyError.create({ abort: debugText(error) })
}

/**
 * TiKV wraps its transaction errors twice before it prints them; TiDB's client looks for the inner names, and TiKV's own
 * tests for the `Error(` at the front.
 */
function debugText(error: unknown): string {
  if (error instanceof MvccError) return `Error(Txn(Error(Mvcc(Error(${error.message})))))`
  if (error instanceof StrataError) {
    const variant = error.code.split(':').at(-1)
    return `Error(${variant} { ${error.message} })`
  }
  return `Error(Other(${error instanceof Error ? error.message : String(error)}))`
}
