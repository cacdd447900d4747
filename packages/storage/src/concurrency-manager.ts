import { assert, compareBytes, maxTimestamp, type RegionId, type Timestamp } from '@stratakv/core'
import type { Lock } from '@stratakv/mvcc'

/** The exclusive right to one key of the memory lock table. */
export interface KeyGuard {
  /** The encoded key. */
  readonly key: Uint8Array
  /** Shows `lock` to readers from now on, in place of an earlier one. `undefined` takes it away. */
  setLock(lock: Lock | undefined): void
  /** Takes the lock away and gives the key back. Idempotent. */
  release(): void
}

/** Throws to refuse the read. */
export type LockCheck = (lock: Lock, key: Uint8Array) => void

/**
 * The two things one store's readers and async-commit writers agree through (TiKV `components/concurrency_manager`):
 * the highest timestamp anyone has read at, and the locks whose writes are still on their way.
 *
 * A reader raises max_ts, then checks the locks, then takes its snapshot. A writer, in one synchronous step, computes
 * min_commit_ts above max_ts and sets its lock, and only then writes. So either the reader came first and the commit
 * lands above its timestamp, or it meets the lock. That step must not contain an await: each method here is
 * synchronous, and between two of them on one event loop nobody else runs.
 */
export interface ConcurrencyManager {
  maxTs(): Timestamp
  /** Never lowers it. `maxTimestamp`, "read the newest", says nothing about any commit and is ignored. */
  updateMaxTs(timestamp: Timestamp): void
  /**
   * False: the region may have been read, before this store led it, at timestamps that max_ts does not know. No commit
   * timestamp may be calculated then. So it is for every region at first; see MaxTsSync.
   */
  isMaxTsSynced(regionId: RegionId): boolean
  setMaxTsSynced(regionId: RegionId, isSynced: boolean): void
  /**
   * Takes the key. The latches already keep two commands off one key, so a key that is taken is a bug of the caller.
   * @param key encoded; belongs to the table until the release
   */
  lockKey(key: Uint8Array): KeyGuard
  /** Calls `check` with the lock on `key`, if one is set. */
  checkKey(key: Uint8Array, check: LockCheck): void
  /** Calls `check` with every lock in `[start, end)`, in key order. An empty end is unbounded. */
  checkRange(start: Uint8Array, end: Uint8Array, check: LockCheck): void
  /**
   * For a write of which nobody can tell whether it took place: its locks stay to be met by readers for as long as the
   * store is open, because what was committed below their timestamp may appear when it is opened again. From then on no
   * region counts as synced, so the locks that may be kept are those that were on their way, and no key is taken twice.
   */
  keepLocked(guards: readonly KeyGuard[]): void
  /** Keys taken at the moment. */
  lockedKeyCount(): number
}

interface Entry {
  readonly key: Uint8Array
  lock: Lock | undefined
}

/** Empty, with max_ts 0. One per store: two would not see each other's readers. */
export function createConcurrencyManager(): ConcurrencyManager {
  let maxTs: Timestamp = 0n
  const syncedRegions = new Set<RegionId>()
  let hasUnknownWrites = false
  // Sorted by key. It holds the keys of the writes in flight only, which the scheduler bounds by their bytes: moving
  // some thousand pointers at an insert is cheaper than the nodes of a tree.
  const entries: Entry[] = []

  /** Index of the first entry >= `key`. */
  function lowerBound(key: Uint8Array): number {
    let low = 0
    let high = entries.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (compareBytes(entries[middle]!.key, key) < 0) low = middle + 1
      else high = middle
    }
    return low
  }

  return {
    maxTs: () => maxTs,

    updateMaxTs(timestamp) {
      if (timestamp !== maxTimestamp && timestamp > maxTs) maxTs = timestamp
    },

    isMaxTsSynced: (regionId) => syncedRegions.has(regionId) && !hasUnknownWrites,

    setMaxTsSynced(regionId, isSynced) {
      if (isSynced) syncedRegions.add(regionId)
      else syncedRegions.delete(regionId)
    },

    keepLocked(guards) {
      if (guards.length > 0) hasUnknownWrites = true
    },

    lockKey(key) {
      const index = lowerBound(key)
      const present = entries[index]
      assert(present === undefined || compareBytes(present.key, key) !== 0, 'a memory lock key is taken twice')
      const entry: Entry = { key, lock: undefined }
      entries.splice(index, 0, entry)
      let held = true
      return {
        key,
        setLock(lock) {
          assert(held, 'a lock is set through a guard that was released')
          entry.lock = lock
        },
        release() {
          if (!held) return
          held = false
          const at = lowerBound(key)
          assert(entries[at] === entry, 'a memory lock table has lost a key')
          entries.splice(at, 1)
        },
      }
    },

    checkKey(key, check) {
      if (entries.length === 0) return
      const entry = entries[lowerBound(key)]
      if (entry?.lock !== undefined && compareBytes(entry.key, key) === 0) check(entry.lock, entry.key)
    },

    checkRange(start, end, check) {
      if (entries.length === 0) return
      // A check that calls back into the table could shift the entries under the index; the checks of the read path are pure.
      for (let index = lowerBound(start); index < entries.length; index++) {
        const { key, lock } = entries[index]!
        if (end.length !== 0 && compareBytes(key, end) >= 0) return
        if (lock !== undefined) check(lock, key)
      }
    },

    lockedKeyCount: () => entries.length,
  }
}
