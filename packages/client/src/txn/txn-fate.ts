import { physicalMs, type Timestamp } from '@stratakv/core'
import type { CheckTxnStatusResponse, LockInfo } from '@stratakv/proto/kvrpcpb'
import { Action } from '@stratakv/proto/kvrpcpb'

/** How a transaction ended. Never changes again. */
export type Ending = { readonly type: 'committed'; readonly commitTs: Timestamp } | { readonly type: 'rolled-back' }

/** What is known of the transaction that holds a lock. */
export type Fate =
  | Ending
  /** Only the pessimistic lock that was met is void; the transaction itself is not decided. */
  | { readonly type: 'lock-void' }
  /** `isBeyondReader`: whatever its commit timestamp will be, it is greater than the reader's. */
  | { readonly type: 'alive'; readonly ttlLeftMs: number; readonly isBeyondReader: boolean }

/** What the primary key says; `async-commit`: the primary alone does not decide, look at the secondaries. */
export type PrimaryWord = Fate | { readonly type: 'async-commit'; readonly primaryLock: LockInfo }

/** By the clock of `currentTs`, as stores reckon it. */
export function isExpired(lockStartTs: Timestamp, ttlMs: number, currentTs: Timestamp): boolean {
  return ttlLeftMs(lockStartTs, ttlMs, currentTs) < 0
}

export function ttlLeftMs(lockStartTs: Timestamp, ttlMs: number, currentTs: Timestamp): number {
  return physicalMs(lockStartTs) + ttlMs - physicalMs(currentTs)
}

/** Reads an answer of KvCheckTxnStatus that carries no error (transactions.md, section 5). */
export function readPrimaryWord(
  response: CheckTxnStatusResponse,
  lockStartTs: Timestamp,
  currentTs: Timestamp,
  options: { readonly forceSyncCommit: boolean },
): PrimaryWord {
  const { lockInfo, lockTtl, commitVersion, action } = response
  if (commitVersion !== 0n) return { type: 'committed', commitTs: commitVersion }
  if (lockTtl > 0 || lockInfo !== undefined) {
    if (lockInfo?.useAsyncCommit && !options.forceSyncCommit && isExpired(lockStartTs, lockTtl, currentTs)) {
      return { type: 'async-commit', primaryLock: lockInfo }
    }
    return {
      type: 'alive',
      ttlLeftMs: Math.max(0, ttlLeftMs(lockStartTs, lockTtl, currentTs)),
      isBeyondReader: action === Action.MinCommitTSPushed,
    }
  }
  if (action === Action.TTLExpirePessimisticRollback || action === Action.LockNotExistDoNothing) {
    return { type: 'lock-void' }
  }
  return { type: 'rolled-back' }
}
