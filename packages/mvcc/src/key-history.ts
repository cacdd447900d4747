import { type EngineReader, isPromise, type MaybePromise, type MemoryLocks, type Timestamp } from '@stratakv/core'
import { keyOf, tsOf, versionsEnd } from './key.ts'
import type { Lock } from './lock-record.ts'
import { MvccReader } from './reader.ts'
import { runSteps, type Steps, settle, wait } from './steps.ts'
import { decodeWrite, type VersionedWrite } from './write-record.ts'

/** Everything stored about one key, as the MvccGetByKey request shows it to people. */
export interface KeyHistory {
  readonly lock: Lock | undefined
  /** Newest first. */
  readonly writes: readonly VersionedWrite[]
  /** The values of the default column family, newest first. */
  readonly values: readonly { readonly startTs: Timestamp; readonly value: Uint8Array }[]
}

/** @param key encoded @throws MvccCorruptionError */
export function keyHistory(source: EngineReader, key: Uint8Array, memoryLocks?: MemoryLocks): MaybePromise<KeyHistory> {
  return runSteps(historySteps(source, key, memoryLocks))
}

function* historySteps(source: EngineReader, key: Uint8Array, memoryLocks?: MemoryLocks): Steps<KeyHistory> {
  const lock = yield* wait(new MvccReader(source, memoryLocks).loadLock(key))
  const writes: VersionedWrite[] = []
  yield* visitVersions(source, 'write', key, (versionedKey, record) => {
    writes.push({ commitTs: tsOf(versionedKey), write: decodeWrite(record) })
  })
  const values: { startTs: Timestamp; value: Uint8Array }[] = []
  yield* visitVersions(source, 'default', key, (versionedKey, value) => {
    values.push({ startTs: tsOf(versionedKey), value })
  })
  return { lock, writes, values }
}

function* visitVersions(
  source: EngineReader,
  cf: 'write' | 'default',
  key: Uint8Array,
  visit: (versionedKey: Uint8Array, value: Uint8Array) => void,
): Steps<void> {
  const cursor = source.iterate(cf, { lowerBound: key, upperBound: versionsEnd(key) })
  try {
    yield* wait(cursor.seekToFirst())
    while (cursor.valid) {
      visit(cursor.key, cursor.value)
      const moved = cursor.next()
      if (isPromise(moved)) yield* settle(moved)
    }
  } finally {
    cursor.close()
  }
}

/**
 * The first encoded key with a write record of the transaction that started at `startTs`. Reads the whole write column
 * family of `source`: for people who debug one region, not for programs.
 */
export function findKeyByStartTs(source: EngineReader, startTs: Timestamp): MaybePromise<Uint8Array | undefined> {
  return runSteps(findSteps(source, startTs))
}

function* findSteps(source: EngineReader, startTs: Timestamp): Steps<Uint8Array | undefined> {
  const cursor = source.iterate('write')
  try {
    yield* wait(cursor.seekToFirst())
    while (cursor.valid) {
      if (decodeWrite(cursor.value).startTs === startTs) return keyOf(cursor.key)
      const moved = cursor.next()
      if (isPromise(moved)) yield* settle(moved)
    }
    return undefined
  } finally {
    cursor.close()
  }
}
