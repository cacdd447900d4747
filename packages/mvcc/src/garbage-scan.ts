import { compareBytes, type EngineReader, isPromise, type MaybePromise, type Timestamp } from '@stratakv/core'
import { isVersionOf, keyOf } from './key.ts'
import { runSteps, type Steps, settle, wait } from './steps.ts'
import { descendTo, leaveForward, timestampSuffix, versionAt } from './version-cursor.ts'

export interface GarbageScan {
  /** Encoded key, inclusive; empty is unbounded. */
  readonly start: Uint8Array
  /** Encoded key, exclusive; empty is unbounded. */
  readonly end: Uint8Array
  readonly safePoint: Timestamp
  /** Keys to look at, with garbage or without: bounds how long the scan keeps the event loop. */
  readonly keyCountMax: number
}

export interface GarbagePage {
  /** Encoded keys on which `gcKey` has something to remove, in key order. */
  readonly keys: readonly Uint8Array[]
  /** Encoded key where the next page starts; `undefined`: this was the last one. */
  readonly next: Uint8Array | undefined
}

/**
 * Finds the keys that have versions no reader at or above the safe point can see, looking at no more than two records a
 * key: a first record that is no put, or any record below it, is garbage. @throws MvccCorruptionError
 */
export function scanGarbage(source: EngineReader, scan: GarbageScan): MaybePromise<GarbagePage> {
  return runSteps(garbageScanSteps(source, scan))
}

function* garbageScanSteps(source: EngineReader, scan: GarbageScan): Steps<GarbagePage> {
  const { start, end, safePoint, keyCountMax } = scan
  const keys: Uint8Array[] = []
  if (end.length > 0 && compareBytes(start, end) >= 0) return { keys, next: undefined }
  const suffix = timestampSuffix(safePoint)
  const cursor = source.iterate('write', { lowerBound: start, upperBound: end })
  try {
    yield* wait(cursor.seekToFirst())
    for (let keyCount = 0; cursor.valid; keyCount++) {
      const key = keyOf(cursor.key)
      if (keyCount === keyCountMax) return { keys, next: key }
      yield* descendTo(cursor, key, suffix)
      const newest = versionAt(cursor, key)
      if (newest !== undefined) {
        const moved = cursor.next()
        if (isPromise(moved)) yield* settle(moved)
        if (newest.write.kind !== 'put' || (cursor.valid && isVersionOf(cursor.key, key))) keys.push(key)
        yield* leaveForward(cursor, key)
      }
    }
    return { keys, next: undefined }
  } finally {
    cursor.close()
  }
}
