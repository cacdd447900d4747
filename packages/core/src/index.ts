/**
 * The seams of StrataKV: every interface at which packages meet, the values both sides share, and the errors
 * that cross. It holds no policy, opens no file and no socket. Each seam has a compliance suite in
 * `@stratakv/core/compliance`.
 *
 * @packageDocumentation
 */
export {
  type ApiVersion,
  type ApiVersionName,
  ApiVersionNotMatchedError,
  type CommandKind,
  InvalidColumnFamilyError,
  type RawValue,
  type RequestRange,
  TtlNotEnabledError,
} from './api-version.ts'
export { assert, unreachable } from './assert.ts'
export { type ByteCount, bytes, GiB, KiB, MiB } from './byte-count.ts'
export { compareBytes, concatBytes, emptyBytes, equalBytes, keyInRange, toHex } from './byte-order.ts'
export { ByteQuota } from './byte-quota.ts'
export type { Checksum } from './checksum.ts'
export { type Clock, type Instant, sleep, type Timer } from './clock.ts'
export {
  CompressedBlockError,
  type CompressedBlockFault,
  type Compressor,
  compressorRawBytesMax,
} from './compressor.ts'
export { AssertionError, ClosedError, StrataError } from './errors.ts'
export {
  type DirectoryEntry,
  type DiskSpace,
  type File,
  FileExistsError,
  FileIoError,
  type FileLock,
  FileLockedError,
  FileNotFoundError,
  type FileStatus,
  type FileSystem,
  type FileSystemSupports,
  fileError,
  NoSpaceError,
  type OpenMode,
  parentDirectory,
} from './file-system.ts'
export {
  InProcessAddressInUseError,
  type InProcessRpcDeps,
  type InProcessServer,
  InProcessServers,
  inProcessRpc,
} from './in-process-rpc.ts'
export {
  InProcessNetwork,
  type InProcessTransportDeps,
  type InProcessTransportOptions,
} from './in-process-transport.ts'
export type { Kv, KvContext, KvSnapshot, Modify, WriteStage } from './kv.ts'
export {
  type ColumnFamily,
  columnFamilies,
  EngineCorruptionError,
  type EngineIterator,
  EnginePoisonedError,
  type EngineReader,
  type EngineSnapshot,
  type EngineWriteOptions,
  type IterateOptions,
  type KeyChange,
  type KvEngine,
  type KvEngineSupports,
} from './kv-engine.ts'
export { chain, isPromise, type MaybePromise } from './maybe-promise.ts'
export {
  type LockWaitEnd,
  type MemoryLock,
  type MemoryLocks,
  type MemoryLocksSupports,
  noMemoryLocks,
} from './memory-locks.ts'
export type {
  BootstrapOutcome,
  DownPeer,
  PlacementDriver,
  RegionHeartbeat,
  RegionHeartbeats,
  RegionRoute,
  ServiceSafePoint,
  SplitIds,
  StoreLabel,
  StoreMeta,
  StoreStats,
} from './placement-driver.ts'
export {
  RaftLogBatchTooLargeError,
  type RaftLogChange,
  RaftLogCompactedError,
  RaftLogCorruptionError,
  type RaftLogEngine,
  type RaftLogEngineSupports,
  RaftLogGapError,
  RaftLogPoisonedError,
  type RaftLogReadOptions,
  RaftLogUnavailableError,
  type RaftLogValue,
  type RaftLogValueRange,
  type RaftLogWriteOptions,
} from './raft-log-engine.ts'
export { below, fraction, type Random } from './random.ts'
export {
  type ClusterId,
  formatEpoch,
  type LogIndex,
  type Peer,
  type PeerId,
  type PeerRole,
  type Region,
  type RegionEpoch,
  type RegionId,
  type StoreId,
  type Term,
} from './region.ts'
export {
  EpochNotMatchError,
  KeyNotInRegionError,
  MaxTimestampNotSyncedError,
  MergingModeError,
  NotLeaderError,
  PeerMismatchError,
  RaftEntryTooLargeError,
  RegionError,
  RegionNotFoundError,
  ServerIsBusyError,
  StaleCommandError,
  StoreDiskFullError,
  StoreNotMatchError,
} from './region-errors.ts'
export type { PeerChange, RegionOperator, RegionOrder } from './region-operator.ts'
export type { Rpc, RpcCallOptions, RpcCallStream, RpcSupports } from './rpc.ts'
export {
  type MessageCodec,
  type MethodBinding,
  type MethodDefinition,
  type MethodKind,
  type RpcCall,
  type RpcStatusCode,
  RpcStatusError,
  type RpcStream,
  rpcStatus,
  type StreamHandler,
  streaming,
  type UnaryHandler,
  unary,
} from './rpc-service.ts'
export { type SeededRandom, seededRandom } from './seeded-random.ts'
export { systemClock } from './system-clock.ts'
export { systemRandom } from './system-random.ts'
export {
  type Counter,
  type Gauge,
  type Histogram,
  type HistogramDefinition,
  type MetricDefinition,
  noTelemetry,
  type Span,
  type Telemetry,
} from './telemetry.ts'
export {
  composeTimestamp,
  logicalBits,
  logicalCount,
  logicalPart,
  maxTimestamp,
  physicalMs,
  type Timestamp,
} from './timestamp.ts'
export {
  type SnapshotChunks,
  SnapshotCutError,
  type SnapshotOutcome,
  type Transport,
  type TransportCounts,
  type TransportReceiver,
  unreachableIntervalMs,
} from './transport.ts'
export { unlimitedAdmission, type WriteAdmission } from './write-admission.ts'
