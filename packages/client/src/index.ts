/**
 * A TiKV client for TypeScript: raw and transactional, against any TiKV or StrataKV, over gRPC or in this process.
 *
 * @packageDocumentation
 */
export type { BackoffKind } from './backoff-curve.ts'
export { type BatchTransportOptions, defaultBatchTransportOptions } from './batch-transport.ts'
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
export type { BackgroundTasksOptions } from './txn/background-tasks.ts'
export type { CommitOptions } from './txn/committer.ts'
export {
  EntryTooLargeError,
  KeyExistsError,
  KeyLockedError,
  KeyRefusedError,
  ProtocolViolationError,
  SnapshotTooOldError,
  TimestampUnavailableError,
  TransactionFinishedError,
  TransactionRolledBackError,
  TransactionTooLargeError,
  UndeterminedCommitError,
  WriteConflictError,
} from './txn/errors.ts'
export type { LockResolverOptions } from './txn/lock-resolver.ts'
export { defaultLockPageCount, type LockSweepOptions, type LockSweepReport } from './txn/lock-sweep.ts'
export { defaultMemBufferLimits, type MemBufferLimits } from './txn/mem-buffer.ts'
export type { Snapshot } from './txn/snapshot.ts'
export type { SnapshotOptions } from './txn/snapshot-reads.ts'
export { defaultScanPageCount, type TxnScanOptions } from './txn/snapshot-scan.ts'
export type { Transaction, TransactionOptions, TransactionState } from './txn/transaction.ts'
export {
  defaultTxnClientOptions,
  type RunOptions,
  type SnapshotAtOptions,
  type TxnClientOptions,
} from './txn/txn-client.ts'
export type { TxnCallOptions } from './txn/txn-env.ts'
