import type { Bytes } from './bytes.ts'

/** For every raw call. */
export interface RawCallOptions {
  /** Aborting ends the call with CallAbortedError; a write that may have been done by then, with UndeterminedError. */
  readonly signal?: AbortSignal | undefined
  /** `default`, `lock` or `write`; the client's own default when absent. */
  readonly columnFamily?: string | undefined
}

export interface RawWriteOptions extends RawCallOptions {
  /**
   * Ordered against compare-and-swaps of the same key (`for_cas`): where those are used, all writers must say so.
   * The client's own default when absent.
   */
  readonly atomic?: boolean | undefined
}

export interface RawPutOptions extends RawWriteOptions {
  /** Seconds to live; 0 or absent is for ever. The store must have TTL enabled. */
  readonly ttlSeconds?: number | undefined
}

export interface RawScanOptions extends RawCallOptions {
  /** Pairs fetched at once; 1 to {@link scanPageCountMax}. */
  readonly pageCount?: number | undefined
  /** Values come back empty, and are not sent. */
  readonly keyOnly?: boolean | undefined
}

export interface KeyValue {
  readonly key: Uint8Array
  readonly value: Uint8Array
}

/** A pair to be written. */
export interface RawPair {
  readonly key: Bytes
  readonly value: Bytes
  /** Seconds to live; 0 or absent is for ever. */
  readonly ttlSeconds?: number | undefined
}

export interface CompareAndSwap {
  /** What must be there; `undefined`: the key must not exist. */
  readonly previous: Bytes | undefined
  /** What then takes its place. */
  readonly value: Bytes
}

export interface CompareAndSwapResult {
  readonly swapped: boolean
  /** What was there before; `undefined`: the key did not exist. */
  readonly previous: Uint8Array | undefined
}

/** Of stored pairs, as TiKV computes it. */
export interface RawChecksum {
  /** XOR over all pairs of the CRC-64 of key and value, one after the other. */
  readonly crc64Xor: bigint
  readonly pairCount: number
  /** Of keys and values as stored. */
  readonly totalBytes: number
}

/** As client-go's MaxRawKVScanLimit. */
export const scanPageCountMax = 10_240

export interface RawClientOptions {
  /** Waits of one call together, milliseconds. */
  readonly budgetMs: number
  /** How long one try of a call may take, milliseconds. */
  readonly timeoutMs: number
  /** The same for commands that walk whole regions (deleteRange, checksum). */
  readonly rangeTimeoutMs: number
  /** Requests of one batch call that run at the same time; more wait. */
  readonly parallelRequestsMax: number
  /** Keys of one batchGet or batchDelete request. */
  readonly batchKeyCountMax: number
  /** Bytes of keys and values of one batchPut request; a larger pair travels alone. */
  readonly batchBytesMax: number
  /** Pairs that a scan fetches at once. */
  readonly scanPageCount: number
  readonly columnFamily: string
  readonly atomic: boolean
}

/** client-go's figures (`rawkv/rawkv.go`), except `parallelRequestsMax`, which it does not limit. */
export const defaultRawClientOptions: RawClientOptions = {
  budgetMs: 20_000,
  timeoutMs: 30_000,
  rangeTimeoutMs: 60_000,
  parallelRequestsMax: 32,
  batchKeyCountMax: 512,
  batchBytesMax: 16 * 1024,
  scanPageCount: 512,
  columnFamily: '',
  atomic: false,
}
