import type { StrataError, Timestamp } from '@stratakv/core'
import type { KeyError } from '@stratakv/proto/kvrpcpb'
import { KeyExistsError, KeyRefusedError, TransactionRolledBackError, WriteConflictError } from './errors.ts'

/**
 * What a key error that is no lock means for the transaction that met it. Old stores put texts where newer ones have fields, and some
 * send both: the field wins, then `retryable`, then `abort` (client-go `error/error.go`, ExtractKeyErr).
 */
export function failureOf(error: KeyError, startTs: Timestamp): StrataError {
  const { conflict, alreadyExist, txnLockNotFound, retryable, abort } = error
  if (conflict !== undefined) {
    return new WriteConflictError(startTs, conflict.key, conflict.conflictTs, conflict.conflictCommitTs)
  }
  if (alreadyExist !== undefined) return new KeyExistsError(alreadyExist.key)
  if (txnLockNotFound !== undefined) return new TransactionRolledBackError(startTs, 'its lock is gone')
  if (retryable !== '') return new TransactionRolledBackError(startTs, retryable)
  if (abort !== '') return new KeyRefusedError(abort)
  const field = Object.entries(error).find(([, value]) => value !== undefined && value !== '')?.[0]
  return new KeyRefusedError(`a key error of kind ${field ?? 'unknown'}`)
}

/** True when transaction `startTs` failed so that the same work may succeed from a newer timestamp, and surely has not happened yet. */
export function isWorthRestarting(
  error: unknown,
  startTs: Timestamp,
): error is WriteConflictError | TransactionRolledBackError {
  if (!(error instanceof WriteConflictError) && !(error instanceof TransactionRolledBackError)) return false
  return error.startTs === startTs
}
