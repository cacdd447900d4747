/**
 * Transaction and raw commands of one store on a `Kv`: reads over snapshots, and writes that take turns on the keys they share.
 *
 * @packageDocumentation
 */
export type { CommandEnv, WriteCommand, WriteResult } from './command.ts'
export type { CommandCounter } from './command-counter.ts'
export { type CommitRequest, type CommitResponse, commitCommand } from './commands/commit.ts'
export { type Mutation, type PrewriteRequest, type PrewriteResponse, prewriteCommand } from './commands/prewrite.ts'
export {
  type ResolveLockLiteRequest,
  type ResolveLockRequest,
  resolveLockCommand,
  resolveLockLiteCommand,
} from './commands/resolve-lock.ts'
export {
  type BatchRollbackRequest,
  batchRollbackCommand,
  type CleanupRequest,
  type CleanupResponse,
  cleanupCommand,
  type PessimisticRollbackRequest,
  pessimisticRollbackCommand,
} from './commands/rollback.ts'
export {
  type CheckSecondaryLocksRequest,
  type CheckSecondaryLocksResponse,
  type CheckTxnStatusRequest,
  checkSecondaryLocksCommand,
  checkTxnStatusCommand,
  type TxnHeartbeatRequest,
  type TxnHeartbeatResponse,
  txnHeartbeatCommand,
} from './commands/txn-status.ts'
export {
  type ConcurrencyManager,
  createConcurrencyManager,
  type KeyGuard,
  type LockCheck,
} from './concurrency-manager.ts'
export {
  CommandCancelledError,
  EmptyKeyError,
  InvalidKeyRangesError,
  InvalidRequestRangeError,
  RawKeyTooLargeError,
  ReplyTooLargeError,
  TtlCountMismatchError,
  UnboundedDestroyRangeError,
} from './errors.ts'
export {
  defaultGcWorkerOptions,
  type GcEvent,
  GcWorker,
  type GcWorkerDeps,
  type GcWorkerOptions,
  safePointAgeMsMax,
} from './gc/gc-worker.ts'
export { RawStore, type RawStoreDeps, type RawStoreOptions } from './raw.ts'
export type {
  RawBatchDeleteRequest,
  RawBatchGetRequest,
  RawBatchPutRequest,
  RawBatchScanRequest,
  RawChecksumRequest,
  RawChecksumResponse,
  RawCompareAndSwapRequest,
  RawCompareAndSwapResponse,
  RawDeleteRangeRequest,
  RawDeleteRequest,
  RawGetOutcome,
  RawGetRequest,
  RawPair,
  RawPutRequest,
  RawRequest,
  RawScanRequest,
} from './raw-request.ts'
export type {
  BatchGetRequest,
  DeleteRangeRequest,
  GetRequest,
  KvPair,
  MvccGetByKeyRequest,
  MvccGetByStartTsRequest,
  ReadContext,
  RequestContext,
  ScanLockRequest,
  ScanRequest,
  UnsafeDestroyRangeRequest,
} from './request.ts'
export {
  createScheduler,
  type ExecuteOptions,
  type Scheduler,
  type SchedulerDeps,
  type SchedulerOptions,
} from './scheduler.ts'
export {
  defaultStorageOptions,
  type ExecuteContext,
  Storage,
  type StorageDeps,
  type StorageOptions,
} from './storage.ts'
