/**
 * Percolator on any `EngineReader`: the stored records byte for byte as TiKV 6.1 writes them, readers of a snapshot,
 * and the transaction actions. It takes a snapshot and gives changes back; it holds no latch, writes nothing, knows no
 * region, no clock and no wire format.
 *
 * Reads answer synchronously while the engine does. Actions are {@link Steps}: run them with {@link runSteps}, or
 * `yield*` them inside other steps.
 *
 * @packageDocumentation
 */
export { commitKey } from './actions/commit.ts'
export { type GcOutcome, gcKey } from './actions/gc.ts'
export {
  type AssertionLevel,
  type CommitKind,
  type CommitTimestamps,
  type KeyMutation,
  type MutationKind,
  type PrewriteMode,
  type PrewriteProperties,
  prewriteKey,
} from './actions/prewrite.ts'
export {
  type CleanupOutcome,
  checkMissingLock,
  cleanupKey,
  type MissingLockAction,
  type MissingLockStatus,
  rollbackLock,
  rollbackPessimisticLock,
} from './actions/rollback.ts'
export {
  checkSecondaryLock,
  checkTxnStatus,
  heartbeat,
  type SecondaryStatus,
  type TxnStatus,
  type TxnStatusQuestion,
} from './actions/txn-status.ts'
export {
  AlreadyExistError,
  AssertionFailedError,
  CommitTsExpiredError,
  CommitTsTooLargeError,
  CommittedError,
  DefaultNotFoundError,
  InvalidTxnRequestError,
  InvalidTxnTsoError,
  KeyIsLockedError,
  KeyTooLargeError,
  LockTypeNotMatchError,
  type MutationAssertion,
  MvccCorruptionError,
  MvccError,
  PessimisticLockNotFoundError,
  type RecordKind,
  TxnLockNotFoundError,
  TxnNotFoundError,
  WriteConflictError,
} from './errors.ts'
export { type GarbagePage, type GarbageScan, scanGarbage } from './garbage-scan.ts'
export { type IsolationLevel, judgeLock, type LockVerdict, type ReadView } from './isolation.ts'
export {
  appendTs,
  decodeKey,
  encodeKey,
  isEncodedFrom,
  isVersionOf,
  keyOf,
  splitTs,
  timestampBytes,
  tsOf,
  versionsEnd,
} from './key.ts'
export { findKeyByStartTs, type KeyHistory, keyHistory } from './key-history.ts'
export { type LockInfo, lockInfo } from './lock-info.ts'
export {
  createLock,
  decodeLock,
  encodeLock,
  isPessimisticTxn,
  type Lock,
  type LockKind,
  lockFromMemory,
  shortValueBytesMax,
} from './lock-record.ts'
export { type LockedKey, type LockScan, type LockScanPage, lockScanSteps, scanLocks } from './lock-scan.ts'
export { MvccTxn } from './mvcc-txn.ts'
export { batchGet, pointGet, type ReadOutcome } from './point-get.ts'
export { type CommitRecord, MvccReader, type OverlappedWrite, withReader } from './reader.ts'
export { openScanner } from './scan.ts'
export type { ScanEntry, ScanLimits, Scanner, ScanOptions } from './scanner.ts'
export { runSteps, type Steps, settle, wait } from './steps.ts'
export { isExpired } from './time-to-live.ts'
export {
  createRollback,
  createWrite,
  decodeWrite,
  encodeWrite,
  isFenced,
  isProtectedRollback,
  type VersionedWrite,
  type Write,
  type WriteKind,
  withOverlappedRollback,
  writeKindOf,
} from './write-record.ts'
