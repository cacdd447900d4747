/**
 * A TiKV client for TypeScript: raw and transactional, against any TiKV or StrataKV, over gRPC or in this process.
 *
 * @packageDocumentation
 */
export type { BackoffKind } from './backoff-curve.ts'
export type { Bytes, KeyRange } from './bytes.ts'
export { type ClientDeps, type ClientOptions, createClient, type TikvClient } from './client.ts'
export {
  BackoffExhaustedError,
  type BackoffStep,
  CallAbortedError,
  CallRefusedError,
  ClientError,
  FlashbackError,
  InvalidArgumentError,
  InvalidTimestampError,
  KeyTooLargeError,
  RegionErrorMet,
  RegionRefusedError,
  RouteUnknownError,
  ServerError,
  UndeterminedError,
  WriteTooLargeError,
} from './errors.ts'
export type { RawClient } from './raw-client.ts'
export {
  type CompareAndSwap,
  type CompareAndSwapResult,
  defaultRawClientOptions,
  type KeyValue,
  type RawCallOptions,
  type RawChecksum,
  type RawClientOptions,
  type RawPair,
  type RawPutOptions,
  type RawScanOptions,
  type RawWriteOptions,
  scanPageCountMax,
} from './raw-options.ts'
export { defaultRegionCacheOptions, type RegionCacheOptions } from './region-cache.ts'
