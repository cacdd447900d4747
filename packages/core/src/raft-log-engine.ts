import { StrataError } from './errors.ts'
import type { MaybePromise } from './maybe-promise.ts'
import type { LogIndex, RegionId } from './region.ts'

export interface RaftLogEngineSupports {
  /** What was written with `sync` survives a crash of the process and of the machine. */
  readonly durable: boolean
}

/**
 * One change of one region's log or state. Payloads of entries, keys and values are bytes that the engine does not look
 * into; keys are not empty.
 */
export type RaftLogChange =
  /**
   * `entries[i]` gets the index `firstIndex + i`. What the log holds from `firstIndex` on is replaced, also behind the last
   * new entry. Nothing is appended when `entries` is empty.
   */
  | {
      readonly type: 'append'
      readonly regionId: RegionId
      readonly firstIndex: LogIndex
      readonly entries: readonly Uint8Array[]
    }
  /** A small piece of state, such as the hard state: it stays in memory. */
  | { readonly type: 'put'; readonly regionId: RegionId; readonly key: Uint8Array; readonly value: Uint8Array }
  | { readonly type: 'delete'; readonly regionId: RegionId; readonly key: Uint8Array }
  /** Drops the entries below `index`. Behind the last entry it empties the log, after which any index may come first. */
  | { readonly type: 'compact'; readonly regionId: RegionId; readonly index: LogIndex }
  /** Drops the region, entries and state. */
  | { readonly type: 'clean'; readonly regionId: RegionId }

export interface RaftLogWriteOptions {
  /** Resolve only when these changes, and all written before them, are durable. */
  readonly sync: boolean
}

export interface RaftLogReadOptions {
  /** Entries are left out from the one on that would pass this many bytes of payload; the first is always there. */
  readonly bytesMax?: number
}

/** Which of a region's values. */
export interface RaftLogValueRange {
  /** Inclusive; absent is unbounded. */
  readonly start?: Uint8Array
  /** Exclusive; absent is unbounded. */
  readonly end?: Uint8Array
  readonly reverse?: boolean
}

/** A key of a region and its value. */
export type RaftLogValue = readonly [key: Uint8Array, value: Uint8Array]

/**
 * The logs of many Raft groups, and a little state of each, in one store.
 *
 * A region's log is one run of indexes, `[firstIndex, lastIndex]`. A region is there from its first append or put until
 * `clean`; one left with neither entries nor values may be gone when the engine is opened again.
 *
 * Reads see every write that has resolved, and no part of one that has not. What a read returns stays intact for as
 * long as the caller holds it, and is not written to by either side. After `close` every call throws ClosedError.
 */
export interface RaftLogEngine {
  readonly supports: RaftLogEngineSupports
  /**
   * Makes the changes, in their order, all or none, also across a crash. Writes take effect in the order of the calls, and
   * calls that come while the disk is busy share one write and one sync. Resolves with the bytes that the log took for
   * it, by estimate where writes share: 0 for no changes.
   *
   * Buffers belong to the engine until the promise settles. Changes that do not fit the log are refused whole before any
   * byte reaches the disk. After a sync that failed, or a write that could not be undone, the engine refuses further
   * writes with RaftLogPoisonedError and goes on reading.
   * @throws RaftLogGapError, RaftLogCompactedError, RaftLogBatchTooLargeError, NoSpaceError, FileIoError, RaftLogPoisonedError
   */
  write(changes: readonly RaftLogChange[], options: RaftLogWriteOptions): Promise<number>
  /** Resolves when every write that resolved before this call is durable. */
  sync(): Promise<void>
  /** The value of a key. */
  get(regionId: RegionId, key: Uint8Array): MaybePromise<Uint8Array | undefined>
  /** In byte order of the keys. */
  values(regionId: RegionId, range?: RaftLogValueRange): MaybePromise<readonly RaftLogValue[]>
  /** The payload at an index; `undefined` outside the log. @throws RaftLogCorruptionError */
  entry(regionId: RegionId, index: LogIndex): MaybePromise<Uint8Array | undefined>
  /**
   * The payloads of `[from, to)`, none when that is empty.
   * @throws RaftLogCompactedError when `from` is below the first index, RaftLogUnavailableError when `to` is behind the last or
   * the region has no entries, RaftLogCorruptionError
   */
  entries(
    regionId: RegionId,
    from: LogIndex,
    to: LogIndex,
    options?: RaftLogReadOptions,
  ): MaybePromise<readonly Uint8Array[]>
  /** `undefined` while the region has no entries, whatever its state. */
  firstIndex(regionId: RegionId): LogIndex | undefined
  lastIndex(regionId: RegionId): LogIndex | undefined
  /** In ascending order. */
  regions(): RegionId[]
  /**
   * Gives space back: what no region needs any more. The caller calls it now and then (TiKV: every 10 s); a call while one
   * runs answers at once with nothing. The answer names regions that hold much old space and should compact their logs.
   */
  purge(): Promise<RegionId[]>
  /** About what the log takes on disk. */
  usedBytes(): number
  /** Waits for what runs; makes durable what was written. Idempotent. */
  close(): Promise<void>
}

/** An append would leave a hole behind the log's end. Nothing of its write was done. */
export class RaftLogGapError extends StrataError {
  readonly code = 'RAFT_LOG_GAP'
  readonly regionId: RegionId
  /** The first index of the append, and the one that would have fitted. */
  readonly firstIndex: LogIndex
  readonly expectedIndex: LogIndex
  constructor(regionId: RegionId, firstIndex: LogIndex, expectedIndex: LogIndex) {
    super(`region ${regionId}: an append at ${firstIndex} would leave a hole, the log goes on at ${expectedIndex}`)
    this.regionId = regionId
    this.firstIndex = firstIndex
    this.expectedIndex = expectedIndex
  }
}

/** The index was compacted away: entries there can neither be read nor written. */
export class RaftLogCompactedError extends StrataError {
  readonly code = 'RAFT_LOG_COMPACTED'
  readonly regionId: RegionId
  readonly index: LogIndex
  readonly firstIndex: LogIndex
  constructor(regionId: RegionId, index: LogIndex, firstIndex: LogIndex) {
    super(`region ${regionId}: entry ${index} is compacted, the log begins at ${firstIndex}`)
    this.regionId = regionId
    this.index = index
    this.firstIndex = firstIndex
  }
}

/** The range reaches behind the log's end. */
export class RaftLogUnavailableError extends StrataError {
  readonly code = 'RAFT_LOG_UNAVAILABLE'
  readonly regionId: RegionId
  /** The first index that is not there. */
  readonly index: LogIndex
  readonly lastIndex: LogIndex | undefined
  constructor(regionId: RegionId, index: LogIndex, lastIndex: LogIndex | undefined) {
    super(
      `region ${regionId}: entry ${index} is not there, ${lastIndex === undefined ? 'the log is empty' : `the log ends at ${lastIndex}`}`,
    )
    this.regionId = regionId
    this.index = index
    this.lastIndex = lastIndex
  }
}

/** One write holds more than the log can take in one piece. Nothing of it was done. */
export class RaftLogBatchTooLargeError extends StrataError {
  readonly code = 'RAFT_LOG_BATCH_TOO_LARGE'
  readonly sizeBytes: number
  readonly limitBytes: number
  constructor(sizeBytes: number, limitBytes: number) {
    super(`one write of ${sizeBytes} bytes of entries: the log takes ${limitBytes} at most`)
    this.sizeBytes = sizeBytes
    this.limitBytes = limitBytes
  }
}

/** A file of the log does not hold what it should. */
export class RaftLogCorruptionError extends StrataError {
  readonly code = 'RAFT_LOG_CORRUPTION'
  readonly path: string
  /** Where in the file, in bytes, as far as known. */
  readonly offset: number | undefined
  constructor(path: string, offset: number | undefined, detail: string, options?: ErrorOptions) {
    super(`${path} is corrupted${offset === undefined ? '' : ` at ${offset}`}: ${detail}`, options)
    this.path = path
    this.offset = offset
  }
}

/**
 * An earlier write left the log's end in doubt, so nothing more is accepted until it is opened again. A sync that failed is
 * never tried again: the system may have dropped what it could not write (Rebello et al., "Can Applications Recover from
 * fsync Failures?", USENIX ATC 2020).
 */
export class RaftLogPoisonedError extends StrataError {
  readonly code = 'RAFT_LOG_POISONED'
  constructor(options?: ErrorOptions) {
    super('an earlier write of the Raft log failed half-way: open it again to go on', options)
  }
}
