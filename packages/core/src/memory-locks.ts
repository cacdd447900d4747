import type { Instant } from './clock.ts'
import type { Timestamp } from './timestamp.ts'

/** A pessimistic lock that was not written to disk. */
export interface MemoryLock {
  readonly primary: Uint8Array
  readonly startTs: Timestamp
  readonly ttlMs: number
  readonly forUpdateTs: Timestamp
  readonly minCommitTs: Timestamp
}

export interface MemoryLocksSupports {
  /** False: the table never holds a lock and `acquire` always answers `full`. */
  readonly holds: boolean
}

/** Why a wait for a lock ended. */
export type LockWaitEnd = 'woken' | 'deadline' | 'refused'

/**
 * All that transactions need of one region's in-memory pessimistic locks. Keys are encoded (memcomparable) logical keys.
 * Every call but `wait` is synchronous, so that check-and-take is one step.
 */
export interface MemoryLocks {
  readonly supports: MemoryLocksSupports
  /** The lock on `key`, unless it is marked deleted. */
  get(key: Uint8Array): MemoryLock | undefined
  /** Locks in `[start, end)` in key order, at most `limitCount`. */
  scan(
    start: Uint8Array,
    end: Uint8Array,
    limitCount: number,
  ): readonly { readonly key: Uint8Array; readonly lock: MemoryLock }[]
  /** All of them or none. `full`: the caller writes its locks to disk instead. */
  acquire(locks: readonly { readonly key: Uint8Array; readonly lock: MemoryLock }[]): 'acquired' | 'full'
  /** The lock's removal is being replicated: it no longer shows, but can come back through a failed proposal. */
  markDeleted(keys: readonly Uint8Array[]): void
  remove(keys: readonly Uint8Array[]): void
  /** Waits until `key` is woken or `deadline` passes. `refused`: this table has no waiting, the caller reports the lock at once. */
  wait(key: Uint8Array, deadline: Instant): Promise<LockWaitEnd>
  /** Ends waits on these keys. */
  wake(keys: readonly Uint8Array[]): void
}

/** The table of a node that keeps every pessimistic lock on disk. Stateless. */
export function noMemoryLocks(): MemoryLocks {
  return {
    supports: { holds: false },
    get: () => undefined,
    scan: () => [],
    acquire: () => 'full',
    markDeleted() {},
    remove() {},
    wait: async () => 'refused',
    wake() {},
  }
}
