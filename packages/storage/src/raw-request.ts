import type { RequestRange, StrataError } from '@stratakv/core'
import type { RequestContext } from './request.ts'

/** What every raw request carries. Keys and values are the client's; they belong to storage until the call settles. */
export interface RawRequest {
  readonly context: RequestContext
  /** `''` (also when absent), `default`, `lock` or `write`. */
  readonly cf?: string
}

export interface RawGetRequest extends RawRequest {
  readonly key: Uint8Array
}

export interface RawBatchGetRequest extends RawRequest {
  readonly keys: readonly Uint8Array[]
}

export interface RawPutRequest extends RawRequest {
  readonly key: Uint8Array
  readonly value: Uint8Array
  /** Seconds to live; 0 or absent is for ever. */
  readonly ttlSeconds?: number
  /** Atomic against compareAndSwap. */
  readonly forCas?: boolean
}

export interface RawBatchPutRequest extends RawRequest {
  readonly pairs: readonly RawPair[]
  /** None, one for all pairs, or one for each. */
  readonly ttlsSeconds?: readonly number[]
  readonly forCas?: boolean
}

export interface RawDeleteRequest extends RawRequest {
  readonly key: Uint8Array
  readonly forCas?: boolean
}

export interface RawBatchDeleteRequest extends RawRequest {
  readonly keys: readonly Uint8Array[]
  readonly forCas?: boolean
}

/** Forward `[startKey, endKey)` ascending; reverse `[endKey, startKey)` descending. Empty bounds are unbounded. */
export interface RawScanRequest extends RawRequest {
  readonly startKey: Uint8Array
  readonly endKey: Uint8Array
  readonly limitCount: number
  /** Values come back empty. */
  readonly keyOnly?: boolean
  readonly reverse?: boolean
}

/** Several scans over one snapshot. A range with an empty end reaches to the next range's start. */
export interface RawBatchScanRequest extends RawRequest {
  readonly ranges: readonly RequestRange[]
  /** Most pairs of each range. */
  readonly eachLimitCount: number
  readonly keyOnly?: boolean
  readonly reverse?: boolean
}

/** `[startKey, endKey)`; an empty end is the region's. */
export interface RawDeleteRangeRequest extends RawRequest {
  readonly startKey: Uint8Array
  readonly endKey: Uint8Array
}

export interface RawCompareAndSwapRequest extends RawRequest {
  readonly key: Uint8Array
  /** Written when the present value equals `previousValue`. */
  readonly value: Uint8Array
  /** `undefined`: the key must not exist. */
  readonly previousValue: Uint8Array | undefined
  readonly ttlSeconds?: number
}

export interface RawCompareAndSwapResponse {
  readonly succeeded: boolean
  /** The value before; `undefined` when the key did not exist. */
  readonly previousValue: Uint8Array | undefined
}

/** Always over column family `default`. */
export interface RawChecksumRequest {
  readonly context: RequestContext
  readonly ranges: readonly RequestRange[]
}

export interface RawChecksumResponse {
  /** XOR over all pairs of the CRC-64 of stored key and stored value, one after the other. */
  readonly checksum: bigint
  readonly totalKvCount: number
  /** Of stored keys and stored values. */
  readonly totalBytes: number
}

export interface RawPair {
  readonly key: Uint8Array
  readonly value: Uint8Array
}

/** The answer to one of several gets served together: absent value means not found, unless there is an error. */
export interface RawGetOutcome {
  readonly value?: Uint8Array
  readonly error?: StrataError
}
