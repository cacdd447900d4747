import { StrataError } from './errors.ts'
import type { MaybePromise } from './maybe-promise.ts'

/** TiKV's column families. `raft` holds region and apply state, never user data. */
export type ColumnFamily = 'default' | 'lock' | 'write' | 'raft'
export const columnFamilies: readonly ColumnFamily[] = ['default', 'lock', 'write', 'raft']

/** One change of one key. */
export type KeyChange =
  | { readonly type: 'put'; readonly cf: ColumnFamily; readonly key: Uint8Array; readonly value: Uint8Array }
  | { readonly type: 'delete'; readonly cf: ColumnFamily; readonly key: Uint8Array }

export interface KvEngineSupports {
  /** What was written with `sync` survives a crash of the process and of the machine. */
  readonly durable: boolean
}

export interface EngineWriteOptions {
  /** Resolve only when the batch, and every batch written before it, is durable. */
  readonly sync: boolean
}

export interface IterateOptions {
  /** Inclusive; empty or absent is unbounded. */
  readonly lowerBound?: Uint8Array
  /** Exclusive; empty or absent is unbounded. */
  readonly upperBound?: Uint8Array
  /** Values are not needed: `value` is then empty. */
  readonly keysOnly?: boolean
  /** How many entries the caller expects to visit after a seek; a hint for read-ahead, 1 for a point lookup. */
  readonly expectedCount?: number
}

/**
 * A cursor over one column family as it was when the cursor was made. It starts invalid; a seek positions it. Moving
 * past either end makes it invalid and answers false; only a seek brings it back. Calls on one iterator must not
 * overlap. Once closed it is not valid, and every other call throws ClosedError.
 */
export interface EngineIterator {
  readonly valid: boolean
  /** Only while `valid`. A view that stays intact after the cursor moves on; must not be written to. */
  readonly key: Uint8Array
  readonly value: Uint8Array
  /** To the first key >= `key`. */
  seek(key: Uint8Array): MaybePromise<boolean>
  /** To the last key <= `key`. */
  seekForPrev(key: Uint8Array): MaybePromise<boolean>
  seekToFirst(): MaybePromise<boolean>
  seekToLast(): MaybePromise<boolean>
  /** Only while `valid`. */
  next(): MaybePromise<boolean>
  prev(): MaybePromise<boolean>
  /** Idempotent. */
  close(): void
}

/**
 * Reads. A value returned stays intact for as long as the caller holds it; neither side writes to it. Keys and bounds
 * passed in are the caller's again when the answer is there (for `iterate`: on return).
 */
export interface EngineReader {
  get(cf: ColumnFamily, key: Uint8Array): MaybePromise<Uint8Array | undefined>
  /** In the order of `keys`. */
  getMany(cf: ColumnFamily, keys: readonly Uint8Array[]): MaybePromise<(Uint8Array | undefined)[]>
  iterate(cf: ColumnFamily, options?: IterateOptions): EngineIterator
}

/** The engine as it was when the snapshot was taken. Holds resources until `release`, which is idempotent and closes its iterators. */
export interface EngineSnapshot extends EngineReader {
  release(): void
}

/**
 * An ordered key-value engine with column families. Keys are non-empty and ordered bytewise.
 *
 * Writes take effect in the order of the `write` calls, and one batch entirely or not at all, also across a crash.
 * A write is visible to reads at the latest when its promise resolves, and never torn. After a failed write that
 * may have left unknown bytes behind, the engine refuses further writes with EnginePoisonedError and goes on reading.
 * After `close` every call throws ClosedError.
 */
export interface KvEngine extends EngineReader {
  readonly supports: KvEngineSupports
  /** Keys and values belong to the engine until the promise settles. @throws NoSpaceError, EnginePoisonedError, EngineCorruptionError */
  write(batch: readonly KeyChange[], options: EngineWriteOptions): Promise<void>
  /** Resolves when every write that resolved before this call is durable. */
  syncWal(): Promise<void>
  /** Sees every write that has resolved, and none that starts later. */
  snapshot(): EngineSnapshot
  /**
   * Removes all keys in `[start, end)`; an empty `end` is unbounded. Ordered among the writes like a batch, but not atomic:
   * reads meanwhile may see part of it, and a crash may leave part of it done. Doing it again finishes it. Durable on
   * return when `sync`.
   */
  deleteRange(cf: ColumnFamily, start: Uint8Array, end: Uint8Array, options: EngineWriteOptions): Promise<void>
  /** An estimate of the bytes that `[start, end)` takes on disk; data that was written just now may not count yet. */
  approximateSizeBytes(cf: ColumnFamily, start: Uint8Array, end: Uint8Array): Promise<number>
  /** Waits for running writes; releases snapshots and iterators. Idempotent. */
  close(): Promise<void>
}

/** A file of the engine does not hold what it should. */
export class EngineCorruptionError extends StrataError {
  readonly code = 'ENGINE_CORRUPTION'
  /** The file or folder, as far as known. */
  readonly path: string
  constructor(path: string, detail: string, options?: ErrorOptions) {
    super(`${path} is corrupted: ${detail}`, options)
    this.path = path
  }
}

/** An earlier write failed half-way, so nothing more is accepted until the engine is opened again. */
export class EnginePoisonedError extends StrataError {
  readonly code = 'ENGINE_POISONED'
}
