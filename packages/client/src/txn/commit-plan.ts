import type { Mutation } from './mem-buffer.ts'

/** Keys and values of one prewrite, commit or rollback request, bytes: the one that crosses the line still goes (client-go's txnCommitBatchSize). */
export const batchBytesMax = 16 * 1024
/** The primary's lock names every other key, so async commit is for few and short keys (client-go's defaults). */
export const asyncCommitKeyCountMax = 256
export const asyncCommitKeyBytesMax = 4096

/** How long a lock lives without a heartbeat, at least: a small transaction commits well within it. */
export const lockTtlMsMin = 3000
/** What a heartbeat asks for beyond the age of the transaction; also the most that size alone gives (client-go's ManagedLockTTL). */
export const managedLockTtlMs = 20_000
/** Heartbeats stop when the transaction is this old: a client that hangs must not block others for ever. */
export const transactionAgeMsMax = 3_600_000
/** A transaction of 1 MiB gets this much; others by the square root of their size. */
const lockTtlMsPerRootMiB = 6000

export interface CommitPlan {
  /** In key order. Those that only check come to no second phase. */
  readonly mutations: readonly Mutation[]
  /** Whose lock decides about all. */
  readonly primary: Uint8Array
  /** Keys that get locks, without the primary, in key order. */
  readonly secondaries: readonly Uint8Array[]
  /** True: all keys fit into the primary's lock. */
  readonly fitsAsyncCommit: boolean
  /** Keys and values, bytes. */
  readonly bytes: number
}

/** `mutations` in key order, not empty. `primary` is the first that leaves a lock; when none does, the first. */
export function planCommit(mutations: readonly Mutation[]): CommitPlan {
  const locking = mutations.filter(leavesLock)
  const primary = (locking[0] ?? mutations[0]!).key
  const secondaries = locking.slice(1).map(({ key }) => key)
  let keyBytes = 0
  let bytes = 0
  for (const { key, value } of mutations) {
    keyBytes += key.length
    bytes += key.length + value.length
  }
  const fitsAsyncCommit =
    // A check leaves no lock that could carry its part of the commit timestamp.
    locking.length === mutations.length &&
    mutations.length <= asyncCommitKeyCountMax &&
    keyBytes <= asyncCommitKeyBytesMax
  return { mutations, primary, secondaries, fitsAsyncCommit, bytes }
}

export function leavesLock({ kind }: Mutation): boolean {
  return kind !== 'check-not-exists'
}

/** The age counts from the start timestamp, and so does the lock's time to live: `ageMs` is what has passed of it already. */
export function lockTtlMs(bytes: number, ageMs: number): number {
  const bySize = bytes < batchBytesMax ? lockTtlMsMin : Math.floor(lockTtlMsPerRootMiB * Math.sqrt(bytes / 2 ** 20))
  return Math.min(Math.max(bySize, lockTtlMsMin), managedLockTtlMs) + Math.ceil(ageMs)
}

/** Cuts a region's part of the list (`indexes` into it) into requests, in order. */
export function cutBatches(mutations: readonly Mutation[], indexes: readonly number[]): number[][] {
  const batches: number[][] = []
  let batch: number[] = []
  let bytes = 0
  for (const index of indexes) {
    const { key, value } = mutations[index]!
    batch.push(index)
    bytes += key.length + value.length
    if (bytes >= batchBytesMax) {
      batches.push(batch)
      batch = []
      bytes = 0
    }
  }
  if (batch.length > 0) batches.push(batch)
  return batches
}
