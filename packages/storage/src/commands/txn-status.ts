import type { Timestamp } from '@stratakv/core'
import {
  checkSecondaryLock,
  checkTxnStatus,
  encodeKey,
  heartbeat,
  type LockInfo,
  MvccTxn,
  type TxnStatus,
} from '@stratakv/mvcc'
import type { WriteCommand } from '../command.ts'
import type { RequestContext } from '../request.ts'
import { done, txnCommand } from './txn-command.ts'

export interface CheckTxnStatusRequest {
  readonly context: RequestContext
  /** Raw. */
  readonly primary: Uint8Array
  /** Start timestamp of the transaction asked about. */
  readonly lockTs: Timestamp
  /** When the caller wants to read; `maxTimestamp`: the newest; 0: it does not want to push. */
  readonly callerStartTs: Timestamp
  readonly currentTs: Timestamp
  readonly rollbackIfNotExist: boolean
  readonly forceSyncCommit: boolean
  readonly resolvingPessimisticLock: boolean
}

/** KvCheckTxnStatus. Throws TxnNotFoundError where the caller did not ask for a rollback. */
export function checkTxnStatusCommand(request: CheckTxnStatusRequest): WriteCommand<TxnStatus> {
  const key = encodeKey(request.primary)
  const { lockTs, callerStartTs, currentTs } = request
  return txnCommand({
    name: 'check_txn_status',
    context: request.context,
    keys: [key],
    extraWriteBytes: request.primary.length,
    *decide(reader, env) {
      // What is answered here is a read at each of these timestamps.
      for (const timestamp of [lockTs, callerStartTs, currentTs]) env.concurrency.updateMaxTs(timestamp)
      const txn = new MvccTxn(lockTs)
      const status = yield* checkTxnStatus(reader, txn, key, request)
      return done(txn.changes, status)
    },
  })
}

export interface CheckSecondaryLocksRequest {
  readonly context: RequestContext
  /** Raw. */
  readonly keys: readonly Uint8Array[]
  readonly startTs: Timestamp
}

/** All locked, or the fate of the transaction by the first key that is not. */
export type CheckSecondaryLocksResponse =
  | { readonly type: 'locked'; readonly locks: readonly LockInfo[] }
  | { readonly type: 'committed'; readonly commitTs: Timestamp }
  | { readonly type: 'rolled-back' }

/** KvCheckSecondaryLocks. */
export function checkSecondaryLocksCommand(
  request: CheckSecondaryLocksRequest,
): WriteCommand<CheckSecondaryLocksResponse> {
  const keys = request.keys.map(encodeKey)
  return txnCommand<CheckSecondaryLocksResponse>({
    name: 'check_secondary_locks',
    context: request.context,
    keys,
    *decide(reader, env) {
      env.concurrency.updateMaxTs(request.startTs)
      const txn = new MvccTxn(request.startTs)
      const locks: LockInfo[] = []
      for (const key of keys) {
        const status = yield* checkSecondaryLock(reader, txn, key)
        if (status.type !== 'locked') return done(txn.changes, status)
        locks.push(status.lock)
      }
      return done(txn.changes, { type: 'locked', locks })
    },
  })
}

export interface TxnHeartbeatRequest {
  readonly context: RequestContext
  /** Raw. */
  readonly primary: Uint8Array
  readonly startTs: Timestamp
  readonly adviseLockTtlMs: number
}

export interface TxnHeartbeatResponse {
  /** The one in force from now on. */
  readonly lockTtlMs: number
}

/** KvTxnHeartBeat. Throws TxnNotFoundError. */
export function txnHeartbeatCommand(request: TxnHeartbeatRequest): WriteCommand<TxnHeartbeatResponse> {
  const key = encodeKey(request.primary)
  return txnCommand({
    name: 'txn_heart_beat',
    context: request.context,
    keys: [key],
    extraWriteBytes: request.primary.length,
    *decide(reader) {
      const txn = new MvccTxn(request.startTs)
      const lockTtlMs = yield* heartbeat(reader, txn, key, request.adviseLockTtlMs)
      return done(txn.changes, { lockTtlMs })
    },
  })
}
