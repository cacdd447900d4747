import type { Timestamp } from '@stratakv/core'
import { CommittedError, cleanupKey, encodeKey, MvccTxn, rollbackPessimisticLock } from '@stratakv/mvcc'
import type { WriteCommand } from '../command.ts'
import type { RequestContext } from '../request.ts'
import { done, txnCommand } from './txn-command.ts'

export interface BatchRollbackRequest {
  readonly context: RequestContext
  /** Raw. */
  readonly keys: readonly Uint8Array[]
  readonly startTs: Timestamp
}

/** KvBatchRollback: its client gives the transaction up. Throws CommittedError, and then nothing is written. */
export function batchRollbackCommand(request: BatchRollbackRequest): WriteCommand<void> {
  const keys = request.keys.map(encodeKey)
  return txnCommand({
    name: 'rollback',
    context: request.context,
    keys,
    *decide(reader) {
      const txn = new MvccTxn(request.startTs)
      for (const key of keys) yield* cleanupKey(reader, txn, key, 0n, 'collapsible')
      return done(txn.changes, undefined)
    },
  })
}

export interface CleanupRequest {
  readonly context: RequestContext
  /** Raw. */
  readonly key: Uint8Array
  readonly startTs: Timestamp
  /** 0: roll back whatever the lock's age. */
  readonly currentTs: Timestamp
}

export interface CleanupResponse {
  /** 0: rolled back. */
  readonly commitTs: Timestamp
}

/** KvCleanup: another transaction's client meets a lock and wants it gone. Throws KeyIsLockedError while the lock lives. */
export function cleanupCommand(request: CleanupRequest): WriteCommand<CleanupResponse> {
  const key = encodeKey(request.key)
  return txnCommand({
    name: 'cleanup',
    context: request.context,
    keys: [key],
    *decide(reader, env) {
      // Whoever asks goes on to read below: an async commit of this transaction must not land under that read.
      env.concurrency.updateMaxTs(request.startTs)
      const txn = new MvccTxn(request.startTs)
      try {
        yield* cleanupKey(reader, txn, key, request.currentTs, 'protected')
      } catch (error) {
        if (!(error instanceof CommittedError)) throw error
        return done([], { commitTs: error.commitTs })
      }
      return done(txn.changes, { commitTs: 0n })
    },
  })
}

export interface PessimisticRollbackRequest {
  readonly context: RequestContext
  /** Raw. */
  readonly keys: readonly Uint8Array[]
  readonly startTs: Timestamp
  /** Locks taken later than this stay. */
  readonly forUpdateTs: Timestamp
}

/** KVPessimisticRollback: gives up pessimistic locks; never fails for what it finds. */
export function pessimisticRollbackCommand(request: PessimisticRollbackRequest): WriteCommand<void> {
  const keys = request.keys.map(encodeKey)
  return txnCommand({
    name: 'pessimistic_rollback',
    context: request.context,
    keys,
    *decide(reader) {
      const txn = new MvccTxn(request.startTs)
      for (const key of keys) yield* rollbackPessimisticLock(reader, txn, key, request.forUpdateTs)
      return done(txn.changes, undefined)
    },
  })
}
