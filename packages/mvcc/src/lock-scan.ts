import { compareBytes, type EngineReader, isPromise, type MaybePromise, type Timestamp } from '@stratakv/core'
import { decodeLock, type Lock } from './lock-record.ts'
import { runSteps, type Steps, settle, wait } from './steps.ts'

export interface LockScan {
  /** Encoded, inclusive; empty is unbounded. */
  readonly start: Uint8Array
  /** Encoded, exclusive; empty is unbounded. */
  readonly end: Uint8Array
  /** Only locks with a start timestamp at or below. */
  readonly maxTs: Timestamp
  /** 0: no limit, for callers whose range bounds the answer. */
  readonly limitCount: number
  /** Further condition, e.g. on the kind or the owner. */
  readonly accepts?: (lock: Lock) => boolean
}

export interface LockedKey {
  /** Encoded. */
  readonly key: Uint8Array
  readonly lock: Lock
}

export interface LockScanPage {
  readonly locks: readonly LockedKey[]
  /** The limit cut the scan short of a further matching lock, or of looking for one. */
  readonly hasMore: boolean
}

/** Locks on disk in key order. Locks in memory only are not seen (TiKV 6.1 does not show them to GC either). @throws MvccCorruptionError */
export function scanLocks(source: EngineReader, scan: LockScan): MaybePromise<LockScanPage> {
  return runSteps(lockScanSteps(source, scan))
}

/** As {@link scanLocks}, inside steps. */
export function* lockScanSteps(source: EngineReader, scan: LockScan): Steps<LockScanPage> {
  if (scan.end.length > 0 && compareBytes(scan.start, scan.end) >= 0) return { locks: [], hasMore: false }
  const cursor = source.iterate('lock', { lowerBound: scan.start, upperBound: scan.end })
  const locks: LockedKey[] = []
  try {
    yield* wait(cursor.seekToFirst())
    while (cursor.valid) {
      if (scan.limitCount > 0 && locks.length >= scan.limitCount) return { locks, hasMore: true }
      const lock = decodeLock(cursor.value)
      if (lock.startTs <= scan.maxTs && (scan.accepts === undefined || scan.accepts(lock))) {
        locks.push({ key: cursor.key, lock })
      }
      const moved = cursor.next()
      if (isPromise(moved)) yield* settle(moved)
    }
    return { locks, hasMore: false }
  } finally {
    cursor.close()
  }
}
