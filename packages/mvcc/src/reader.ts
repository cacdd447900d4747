import {
  chain,
  type EngineIterator,
  type EngineReader,
  isPromise,
  type MaybePromise,
  type MemoryLocks,
  maxTimestamp,
  type Timestamp,
} from '@stratakv/core'
import { decodeLock, type Lock, lockFromMemory } from './lock-record.ts'
import { runSteps, type Steps, settle } from './steps.ts'
import { decidingWrite, seekVersion, versionAt } from './version-cursor.ts'
import type { VersionedWrite, Write } from './write-record.ts'

/** What became of one transaction on one key. */
export type CommitRecord =
  /** A write record of its own: committed, or rolled back when `write.kind` is `rollback`. */
  | { readonly type: 'record'; readonly commitTs: Timestamp; readonly write: Write }
  /** Another transaction committed at its start timestamp, and carries the mark of its rollback. */
  | { readonly type: 'overlapped-rollback'; readonly commitTs: Timestamp }
  /** No trace. `overlapped` is another transaction's record at its start timestamp, which a rollback has to be merged with. */
  | { readonly type: 'none'; readonly overlapped: OverlappedWrite | undefined }

export interface OverlappedWrite {
  readonly write: Write
  /** See {@link Write.gcFence}: commit timestamp of the next newer put or delete, 0 without one. */
  readonly gcFence: Timestamp
}

/**
 * Reads as the transaction actions need them: locks of any owner, records at exact places. It sees through no lock and
 * judges nothing. One write cursor serves all calls, so they must not overlap. Keys are encoded.
 */
export class MvccReader {
  private readonly source: EngineReader
  private readonly memoryLocks: MemoryLocks | undefined
  private cursor: EngineIterator | undefined

  /** @param memoryLocks the region's locks that are not on disk; absent: only disk counts */
  constructor(source: EngineReader, memoryLocks?: MemoryLocks) {
    this.source = source
    this.memoryLocks = memoryLocks
  }

  /** The lock on `key`, in memory or on disk. @throws MvccCorruptionError */
  loadLock(key: Uint8Array): MaybePromise<Lock | undefined> {
    const inMemory = this.memoryLocks?.get(key)
    if (inMemory !== undefined) return lockFromMemory(inMemory)
    return chain(this.source.get('lock', key), (record) => (record === undefined ? undefined : decodeLock(record)))
  }

  /** The newest record of `key` committed at or below `timestamp`, of any kind. */
  seekWrite(key: Uint8Array, timestamp: Timestamp): MaybePromise<VersionedWrite | undefined> {
    const cursor = this.writes()
    return chain(seekVersion(cursor, key, timestamp), () => versionAt(cursor, key))
  }

  /** After `seekWrite` or `nextWrite` of the same key: the next older record. */
  nextWrite(key: Uint8Array): MaybePromise<VersionedWrite | undefined> {
    const cursor = this.writes()
    if (!cursor.valid) return undefined
    return chain(cursor.next(), () => versionAt(cursor, key))
  }

  /** The put or delete that decides what a read at `timestamp` sees, locks aside; `undefined` when there is none or it is fenced. */
  dataWrite(key: Uint8Array, timestamp: Timestamp): MaybePromise<VersionedWrite | undefined> {
    return runSteps(this.dataWriteSteps(key, timestamp))
  }

  /** As {@link dataWrite}, inside steps. */
  *dataWriteSteps(key: Uint8Array, timestamp: Timestamp): Steps<VersionedWrite | undefined> {
    const cursor = this.writes()
    const found = seekVersion(cursor, key, timestamp)
    if (isPromise(found)) yield* settle(found)
    return yield* decidingWrite(cursor, key, timestamp)
  }

  /** The transaction's fate on `key`, by its start timestamp. Walks all newer records of the key. */
  commitRecord(key: Uint8Array, startTs: Timestamp): MaybePromise<CommitRecord> {
    return runSteps(this.commitRecordSteps(key, startTs))
  }

  /** As {@link commitRecord}, inside steps. */
  *commitRecordSteps(key: Uint8Array, startTs: Timestamp): Steps<CommitRecord> {
    const cursor = this.writes()
    const found = seekVersion(cursor, key, maxTimestamp)
    if (isPromise(found)) yield* settle(found)
    let gcFence: Timestamp = 0n
    for (;;) {
      const version = versionAt(cursor, key)
      // No record lies below its own start timestamp.
      if (version === undefined || version.commitTs < startTs) return { type: 'none', overlapped: undefined }
      const { commitTs, write } = version
      if (write.startTs === startTs) return { type: 'record', commitTs, write }
      if (commitTs === startTs) {
        if (write.hasOverlappedRollback) return { type: 'overlapped-rollback', commitTs }
        return { type: 'none', overlapped: { write, gcFence } }
      }
      if (write.kind === 'put' || write.kind === 'delete') gcFence = commitTs
      const moved = cursor.next()
      if (isPromise(moved)) yield* settle(moved)
    }
  }

  /** True when the write column family holds anything in `[lowerBound, upperBound)`. */
  hasWrites(lowerBound: Uint8Array, upperBound: Uint8Array): MaybePromise<boolean> {
    const cursor = this.source.iterate('write', { lowerBound, upperBound, keysOnly: true, expectedCount: 1 })
    const found = cursor.seekToFirst()
    if (isPromise(found)) return found.finally(() => cursor.close())
    cursor.close()
    return found
  }

  /** Idempotent; the next read opens a new cursor. */
  close(): void {
    this.cursor?.close()
    this.cursor = undefined
  }

  private writes(): EngineIterator {
    this.cursor ??= this.source.iterate('write', { expectedCount: 1 })
    return this.cursor
  }
}

/** Runs `body` over a reader that is closed when it ends, in whichever way. */
export function withReader<T>(
  source: EngineReader,
  memoryLocks: MemoryLocks | undefined,
  body: (reader: MvccReader) => Steps<T>,
): MaybePromise<T> {
  return runSteps(closing(new MvccReader(source, memoryLocks), body))
}

function* closing<T>(reader: MvccReader, body: (reader: MvccReader) => Steps<T>): Steps<T> {
  try {
    return yield* body(reader)
  } finally {
    reader.close()
  }
}
