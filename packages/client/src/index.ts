/**
 * A TiKV client for TypeScript: raw and transactional, against any TiKV or StrataKV, over gRPC or in this process.
 *
 * @packageDocumentation
 */
export type { BackoffCurve, BackoffKind, Jitter } from './backoff-curve.ts'
export {
  BackoffExhaustedError,
  type BackoffStep,
  CallAbortedError,
  CallRefusedError,
  ClientError,
  FlashbackError,
  InvalidTimestampError,
  RegionErrorMet,
  RegionRefusedError,
  RouteUnknownError,
  WriteTooLargeError,
} from './errors.ts'
