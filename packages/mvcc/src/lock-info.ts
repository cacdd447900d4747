import type { Timestamp } from '@stratakv/core'
import { decodeKey } from './key.ts'
import type { Lock, LockKind } from './lock-record.ts'

/** A lock as clients are told of it (kvrpcpb.LockInfo), with raw keys. */
export interface LockInfo {
  readonly primary: Uint8Array
  readonly startTs: Timestamp
  readonly key: Uint8Array
  readonly ttlMs: number
  readonly txnSize: number
  readonly kind: LockKind
  readonly forUpdateTs: Timestamp
  readonly useAsyncCommit: boolean
  readonly minCommitTs: Timestamp
  /** Raw keys. */
  readonly secondaries: readonly Uint8Array[]
}

/** @param key encoded */
export function lockInfo(key: Uint8Array, lock: Lock): LockInfo {
  return {
    primary: lock.primary,
    startTs: lock.startTs,
    key: decodeKey(key),
    ttlMs: lock.ttlMs,
    txnSize: lock.txnSize,
    kind: lock.kind,
    forUpdateTs: lock.forUpdateTs,
    useAsyncCommit: lock.useAsyncCommit,
    minCommitTs: lock.minCommitTs,
    secondaries: lock.secondaries,
  }
}
