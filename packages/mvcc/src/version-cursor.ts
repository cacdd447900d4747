import { type EngineIterator, isPromise, type MaybePromise, type Timestamp } from '@stratakv/core'
import { appendTs, isAtOrBelow, isVersionOf, timestampBytes, tsOf, versionsEnd } from './key.ts'
import { type Steps, settle } from './steps.ts'
import { decodeWrite, isFenced, type VersionedWrite, type Write } from './write-record.ts'

/**
 * Steps to take one by one before seeking. A step costs a fraction of a seek, and most keys have few versions; with more
 * versions than this the seek has paid for itself (TiKV uses 8 for both).
 */
export const stepsBeforeSeek = 8

/** The eight bytes that {@link isAtOrBelow} compares with. */
export function timestampSuffix(timestamp: Timestamp): Uint8Array {
  return appendTs(new Uint8Array(0), timestamp)
}

/** From the newest version of `key`, or any version: to the newest one not above the timestamp, or beyond the key. */
export function* descendTo(cursor: EngineIterator, key: Uint8Array, suffix: Uint8Array): Steps<void> {
  for (let step = 0; step < stepsBeforeSeek; step++) {
    if (!cursor.valid || !isVersionOf(cursor.key, key) || isAtOrBelow(cursor.key, suffix)) return
    const moved = cursor.next()
    if (isPromise(moved)) yield* settle(moved)
  }
  const target = new Uint8Array(key.length + timestampBytes)
  target.set(key)
  target.set(suffix, key.length)
  const found = cursor.seek(target)
  if (isPromise(found)) yield* settle(found)
}

/** From any version of `key`: beyond its last one. */
export function* leaveForward(cursor: EngineIterator, key: Uint8Array): Steps<void> {
  for (let step = 0; step < stepsBeforeSeek; step++) {
    if (!cursor.valid || !isVersionOf(cursor.key, key)) return
    const moved = cursor.next()
    if (isPromise(moved)) yield* settle(moved)
  }
  const found = cursor.seek(versionsEnd(key))
  if (isPromise(found)) yield* settle(found)
}

/**
 * From the newest version of `key` that may be seen at `readTs` (where the cursor stands) downward: the put or delete
 * that decides the key, or `undefined`. A fenced record ends the search: whatever is below it was superseded.
 */
export function* decidingWrite(
  cursor: EngineIterator,
  key: Uint8Array,
  readTs: Timestamp,
): Steps<VersionedWrite | undefined> {
  while (cursor.valid && isVersionOf(cursor.key, key)) {
    const write = decodeWrite(cursor.value)
    if (isFenced(write, readTs)) return undefined
    if (write.kind === 'put' || write.kind === 'delete') return { commitTs: tsOf(cursor.key), write }
    const moved = cursor.next()
    if (isPromise(moved)) yield* settle(moved)
  }
  return undefined
}

/**
 * The record under the cursor, if it is a put of `key` that needs no further look: what most reads find. Asked before
 * {@link visiblePut}, it saves them a generator.
 */
export function plainPut(cursor: EngineIterator, key: Uint8Array): Write | undefined {
  if (!cursor.valid || !isVersionOf(cursor.key, key)) return undefined
  const write = decodeWrite(cursor.value)
  return write.kind === 'put' && write.gcFence === undefined ? write : undefined
}

/** As {@link decidingWrite}, when a delete is as good as nothing. */
export function* visiblePut(cursor: EngineIterator, key: Uint8Array, readTs: Timestamp): Steps<Write | undefined> {
  while (cursor.valid && isVersionOf(cursor.key, key)) {
    const write = decodeWrite(cursor.value)
    if (write.kind === 'delete' || isFenced(write, readTs)) return undefined
    if (write.kind === 'put') return write
    const moved = cursor.next()
    if (isPromise(moved)) yield* settle(moved)
  }
  return undefined
}

/** The record under the cursor if it is a version of `key`. */
export function versionAt(cursor: EngineIterator, key: Uint8Array): VersionedWrite | undefined {
  if (!cursor.valid || !isVersionOf(cursor.key, key)) return undefined
  return { commitTs: tsOf(cursor.key), write: decodeWrite(cursor.value) }
}

/** Seeks the newest version of `key` not above `timestamp`. */
export function seekVersion(cursor: EngineIterator, key: Uint8Array, timestamp: Timestamp): MaybePromise<boolean> {
  return cursor.seek(appendTs(key, timestamp))
}
