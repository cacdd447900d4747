// Generated from proto/kvrpcpb.proto by `npm run generate -w packages/proto`. Do not edit.
import { decodeWith, encodeWith } from '../message-codec.ts'
import type { MessageDefinition } from '../message-definition.ts'
import { emptyBytes, type WireReader } from '../wire-reader.ts'
import type { WireWriter } from '../wire-writer.ts'
import * as apipb from './apipb.ts'
import * as deadlock from './deadlock.ts'
import * as errorpb from './errorpb.ts'
import * as metapb from './metapb.ts'
import * as resource_manager from './resource_manager.ts'
import * as tracepb from './tracepb.ts'

export const WriteConflict_Reason = {
  Unknown: 0,
  Optimistic: 1,
  PessimisticRetry: 2,
  SelfRolledBack: 3,
  RcCheckTs: 4,
  LazyUniquenessCheck: 5,
  NotLockedKeyConflict: 6,
} as const
/** A number that is not listed is kept as it came. */
export type WriteConflict_Reason = (typeof WriteConflict_Reason)[keyof typeof WriteConflict_Reason]

export const LockUpgradeConflict_Reason = {
  Unknown: 0,
  DuplicateInFlight: 1,
  SecondUpgrader: 2,
} as const
/** A number that is not listed is kept as it came. */
export type LockUpgradeConflict_Reason = (typeof LockUpgradeConflict_Reason)[keyof typeof LockUpgradeConflict_Reason]

export const PrewriteRequest_PessimisticAction = {
  SKIP_PESSIMISTIC_CHECK: 0,
  DO_PESSIMISTIC_CHECK: 1,
  DO_CONSTRAINT_CHECK: 2,
} as const
/** A number that is not listed is kept as it came. */
export type PrewriteRequest_PessimisticAction = (typeof PrewriteRequest_PessimisticAction)[keyof typeof PrewriteRequest_PessimisticAction]

export const CommandPri = {
  Normal: 0,
  Low: 1,
  High: 2,
} as const
/** A number that is not listed is kept as it came. */
export type CommandPri = (typeof CommandPri)[keyof typeof CommandPri]

export const IsolationLevel = {
  SI: 0,
  RC: 1,
  RCCheckTS: 2,
} as const
/** A number that is not listed is kept as it came. */
export type IsolationLevel = (typeof IsolationLevel)[keyof typeof IsolationLevel]

export const DiskFullOpt = {
  NotAllowedOnFull: 0,
  AllowedOnAlmostFull: 1,
  AllowedOnAlreadyFull: 2,
} as const
/** A number that is not listed is kept as it came. */
export type DiskFullOpt = (typeof DiskFullOpt)[keyof typeof DiskFullOpt]

export const APIVersion = {
  V1: 0,
  V1TTL: 1,
  V2: 2,
  V3: 3,
} as const
/** A number that is not listed is kept as it came. */
export type APIVersion = (typeof APIVersion)[keyof typeof APIVersion]

export const RequestOrigin = {
  RequestOriginUnknown: 0,
  RequestOriginTiDB: 1,
} as const
/** A number that is not listed is kept as it came. */
export type RequestOrigin = (typeof RequestOrigin)[keyof typeof RequestOrigin]

export const Op = {
  Put: 0,
  Del: 1,
  Lock: 2,
  Rollback: 3,
  Insert: 4,
  PessimisticLock: 5,
  CheckNotExists: 6,
  SharedLock: 7,
  SharedPessimisticLock: 8,
} as const
/** A number that is not listed is kept as it came. */
export type Op = (typeof Op)[keyof typeof Op]

export const Assertion = {
  None: 0,
  Exist: 1,
  NotExist: 2,
} as const
/** A number that is not listed is kept as it came. */
export type Assertion = (typeof Assertion)[keyof typeof Assertion]

export const Action = {
  NoAction: 0,
  TTLExpireRollback: 1,
  LockNotExistRollback: 2,
  MinCommitTSPushed: 3,
  TTLExpirePessimisticRollback: 4,
  LockNotExistDoNothing: 5,
} as const
/** A number that is not listed is kept as it came. */
export type Action = (typeof Action)[keyof typeof Action]

export const CommitRole = {
  Unknown: 0,
  Primary: 1,
  Secondary: 2,
} as const
/** A number that is not listed is kept as it came. */
export type CommitRole = (typeof CommitRole)[keyof typeof CommitRole]

export const AssertionLevel = {
  Off: 0,
  Fast: 1,
  Strict: 2,
} as const
/** A number that is not listed is kept as it came. */
export type AssertionLevel = (typeof AssertionLevel)[keyof typeof AssertionLevel]

export const PessimisticLockWakeUpMode = {
  WakeUpModeNormal: 0,
  WakeUpModeForceLock: 1,
} as const
/** A number that is not listed is kept as it came. */
export type PessimisticLockWakeUpMode = (typeof PessimisticLockWakeUpMode)[keyof typeof PessimisticLockWakeUpMode]

export const PessimisticLockKeyResultType = {
  LockResultNormal: 0,
  LockResultLockedWithConflict: 1,
  LockResultFailed: 2,
} as const
/** A number that is not listed is kept as it came. */
export type PessimisticLockKeyResultType = (typeof PessimisticLockKeyResultType)[keyof typeof PessimisticLockKeyResultType]

export const ChecksumAlgorithm = {
  Crc64_Xor: 0,
} as const
/** A number that is not listed is kept as it came. */
export type ChecksumAlgorithm = (typeof ChecksumAlgorithm)[keyof typeof ChecksumAlgorithm]

export const ExtraOp = {
  Noop: 0,
  ReadOldValue: 1,
} as const
/** A number that is not listed is kept as it came. */
export type ExtraOp = (typeof ExtraOp)[keyof typeof ExtraOp]

export interface BatchGetRequest {
  context: Context | undefined
  keys: Uint8Array[]
  version: bigint
  needCommitTs: boolean
}

export const BatchGetRequest: MessageDefinition<BatchGetRequest> = {
  typeName: 'kvrpcpb.BatchGetRequest',
  create: (init) => ({
    context: init?.context,
    keys: init?.keys ?? [],
    version: init?.version ?? 0n,
    needCommitTs: init?.needCommitTs ?? false,
  }),
  encode: (message) => encodeWith(writeBatchGetRequest, message),
  decode: (bytes) => decodeWith('kvrpcpb.BatchGetRequest', readBatchGetRequest, bytes),
  readFrom: readBatchGetRequest,
  writeTo: writeBatchGetRequest,
}

const BatchGetRequestFields: readonly number[] = [1, 2, 3, 4]

function readBatchGetRequest(reader: WireReader, end: number, into?: BatchGetRequest): BatchGetRequest {
  const message: BatchGetRequest = into ?? { context: undefined, keys: [], version: 0n, needCommitTs: false }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.context = readContext(reader, reader.end(), message.context)
        break
      case 18:
        message.keys.push(reader.bytes())
        break
      case 24:
        message.version = reader.uint64()
        break
      case 32:
        message.needCommitTs = reader.bool()
        break
      default:
        reader.skip(tag, BatchGetRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeBatchGetRequest(writer: WireWriter, message: BatchGetRequest): void {
  if (message.needCommitTs) {
    writer.bool(message.needCommitTs)
    writer.tag1(32)
  }
  if (message.version !== 0n) {
    writer.uint64(message.version)
    writer.tag1(24)
  }
  for (let at = message.keys.length - 1; at >= 0; at--) {
    const value = message.keys[at]!
    writer.bytes(value)
    writer.tag1(18)
  }
  if (message.context !== undefined) {
    const mark1 = writer.size
    writeContext(writer, message.context)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface Context {
  regionId: number
  regionEpoch: metapb.RegionEpoch | undefined
  peer: metapb.Peer | undefined
  term: number
  priority: CommandPri
  isolationLevel: IsolationLevel
  notFillCache: boolean
  syncLog: boolean
  recordTimeStat: boolean
  recordScanStat: boolean
  replicaRead: boolean
  resolvedLocks: bigint[]
  maxExecutionDurationMs: number
  appliedIndex: number
  taskId: bigint
  staleRead: boolean
  resourceGroupTag: Uint8Array
  diskFullOpt: DiskFullOpt
  isRetryRequest: boolean
  apiVersion: APIVersion
  committedLocks: bigint[]
  traceContext: tracepb.TraceContext | undefined
  requestSource: string
  txnSource: bigint
  busyThresholdMs: number
  resourceControlContext: ResourceControlContext | undefined
  requestOrigin: RequestOrigin
  keyspaceName: string
  keyspace: Context_Keyspace | undefined
  bucketsVersion: number
  sourceStmt: SourceStmt | undefined
  clusterId: bigint
  traceId: Uint8Array
  traceControlFlags: bigint
}

export type Context_Keyspace =
  | { case: 'keyspaceId'; value: number }
  | { case: 'keyspaceIdentity'; value: apipb.KeyspaceIdentity }

export const Context: MessageDefinition<Context> = {
  typeName: 'kvrpcpb.Context',
  create: (init) => ({
    regionId: init?.regionId ?? 0,
    regionEpoch: init?.regionEpoch,
    peer: init?.peer,
    term: init?.term ?? 0,
    priority: init?.priority ?? 0,
    isolationLevel: init?.isolationLevel ?? 0,
    notFillCache: init?.notFillCache ?? false,
    syncLog: init?.syncLog ?? false,
    recordTimeStat: init?.recordTimeStat ?? false,
    recordScanStat: init?.recordScanStat ?? false,
    replicaRead: init?.replicaRead ?? false,
    resolvedLocks: init?.resolvedLocks ?? [],
    maxExecutionDurationMs: init?.maxExecutionDurationMs ?? 0,
    appliedIndex: init?.appliedIndex ?? 0,
    taskId: init?.taskId ?? 0n,
    staleRead: init?.staleRead ?? false,
    resourceGroupTag: init?.resourceGroupTag ?? emptyBytes,
    diskFullOpt: init?.diskFullOpt ?? 0,
    isRetryRequest: init?.isRetryRequest ?? false,
    apiVersion: init?.apiVersion ?? 0,
    committedLocks: init?.committedLocks ?? [],
    traceContext: init?.traceContext,
    requestSource: init?.requestSource ?? '',
    txnSource: init?.txnSource ?? 0n,
    busyThresholdMs: init?.busyThresholdMs ?? 0,
    resourceControlContext: init?.resourceControlContext,
    requestOrigin: init?.requestOrigin ?? 0,
    keyspaceName: init?.keyspaceName ?? '',
    keyspace: init?.keyspace,
    bucketsVersion: init?.bucketsVersion ?? 0,
    sourceStmt: init?.sourceStmt,
    clusterId: init?.clusterId ?? 0n,
    traceId: init?.traceId ?? emptyBytes,
    traceControlFlags: init?.traceControlFlags ?? 0n,
  }),
  encode: (message) => encodeWith(writeContext, message),
  decode: (bytes) => decodeWith('kvrpcpb.Context', readContext, bytes),
  readFrom: readContext,
  writeTo: writeContext,
}

const ContextFields: readonly number[] = [1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 27, 28, 29, 31, 32, 33, 34, 35, 36, 37, 38]

function readContext(reader: WireReader, end: number, into?: Context): Context {
  const message: Context = into ?? { regionId: 0, regionEpoch: undefined, peer: undefined, term: 0, priority: 0, isolationLevel: 0, notFillCache: false, syncLog: false, recordTimeStat: false, recordScanStat: false, replicaRead: false, resolvedLocks: [], maxExecutionDurationMs: 0, appliedIndex: 0, taskId: 0n, staleRead: false, resourceGroupTag: emptyBytes, diskFullOpt: 0, isRetryRequest: false, apiVersion: 0, committedLocks: [], traceContext: undefined, requestSource: '', txnSource: 0n, busyThresholdMs: 0, resourceControlContext: undefined, requestOrigin: 0, keyspaceName: '', keyspace: undefined, bucketsVersion: 0, sourceStmt: undefined, clusterId: 0n, traceId: emptyBytes, traceControlFlags: 0n }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.regionId = reader.uint64Number()
        break
      case 18:
        message.regionEpoch = metapb.RegionEpoch.readFrom(reader, reader.end(), message.regionEpoch)
        break
      case 26:
        message.peer = metapb.Peer.readFrom(reader, reader.end(), message.peer)
        break
      case 40:
        message.term = reader.uint64Number()
        break
      case 48:
        message.priority = reader.int32() as CommandPri
        break
      case 56:
        message.isolationLevel = reader.int32() as IsolationLevel
        break
      case 64:
        message.notFillCache = reader.bool()
        break
      case 72:
        message.syncLog = reader.bool()
        break
      case 80:
        message.recordTimeStat = reader.bool()
        break
      case 88:
        message.recordScanStat = reader.bool()
        break
      case 96:
        message.replicaRead = reader.bool()
        break
      case 104:
        message.resolvedLocks.push(reader.uint64())
        break
      case 106:
        {
          const packedEnd = reader.end()
          while (reader.pos < packedEnd) message.resolvedLocks.push(reader.uint64())
          reader.close(packedEnd)
        }
        break
      case 112:
        message.maxExecutionDurationMs = reader.uint64Number()
        break
      case 120:
        message.appliedIndex = reader.uint64Number()
        break
      case 128:
        message.taskId = reader.uint64()
        break
      case 136:
        message.staleRead = reader.bool()
        break
      case 146:
        message.resourceGroupTag = reader.bytes()
        break
      case 152:
        message.diskFullOpt = reader.int32() as DiskFullOpt
        break
      case 160:
        message.isRetryRequest = reader.bool()
        break
      case 168:
        message.apiVersion = reader.int32() as APIVersion
        break
      case 176:
        message.committedLocks.push(reader.uint64())
        break
      case 178:
        {
          const packedEnd = reader.end()
          while (reader.pos < packedEnd) message.committedLocks.push(reader.uint64())
          reader.close(packedEnd)
        }
        break
      case 186:
        message.traceContext = tracepb.TraceContext.readFrom(reader, reader.end(), message.traceContext)
        break
      case 194:
        message.requestSource = reader.string()
        break
      case 200:
        message.txnSource = reader.uint64()
        break
      case 216:
        message.busyThresholdMs = reader.uint32()
        break
      case 226:
        message.resourceControlContext = readResourceControlContext(reader, reader.end(), message.resourceControlContext)
        break
      case 232:
        message.requestOrigin = reader.int32() as RequestOrigin
        break
      case 250:
        message.keyspaceName = reader.string()
        break
      case 256:
        message.keyspace = { case: 'keyspaceId', value: reader.uint32() }
        break
      case 264:
        message.bucketsVersion = reader.uint64Number()
        break
      case 274:
        message.sourceStmt = readSourceStmt(reader, reader.end(), message.sourceStmt)
        break
      case 280:
        message.clusterId = reader.uint64()
        break
      case 290:
        message.traceId = reader.bytes()
        break
      case 296:
        message.traceControlFlags = reader.uint64()
        break
      case 306:
        message.keyspace = { case: 'keyspaceIdentity', value: apipb.KeyspaceIdentity.readFrom(reader, reader.end(), message.keyspace?.case === 'keyspaceIdentity' ? message.keyspace.value : undefined) }
        break
      default:
        reader.skip(tag, ContextFields)
    }
  }
  reader.close(end)
  return message
}

function writeContext(writer: WireWriter, message: Context): void {
  if (message.keyspace?.case === 'keyspaceIdentity') {
    const value = message.keyspace.value
    const mark38 = writer.size
    apipb.KeyspaceIdentity.writeTo(writer, value)
    writer.length(mark38)
    writer.tag(306)
  }
  if (message.traceControlFlags !== 0n) {
    writer.uint64(message.traceControlFlags)
    writer.tag(296)
  }
  if (message.traceId.length !== 0) {
    writer.bytes(message.traceId)
    writer.tag(290)
  }
  if (message.clusterId !== 0n) {
    writer.uint64(message.clusterId)
    writer.tag(280)
  }
  if (message.sourceStmt !== undefined) {
    const mark34 = writer.size
    writeSourceStmt(writer, message.sourceStmt)
    writer.length(mark34)
    writer.tag(274)
  }
  if (message.bucketsVersion !== 0) {
    writer.uint64Number(message.bucketsVersion)
    writer.tag(264)
  }
  if (message.keyspace?.case === 'keyspaceId') {
    const value = message.keyspace.value
    writer.uint32(value)
    writer.tag(256)
  }
  if (message.keyspaceName !== '') {
    writer.string(message.keyspaceName)
    writer.tag(250)
  }
  if (message.requestOrigin !== 0) {
    writer.int32(message.requestOrigin)
    writer.tag(232)
  }
  if (message.resourceControlContext !== undefined) {
    const mark28 = writer.size
    writeResourceControlContext(writer, message.resourceControlContext)
    writer.length(mark28)
    writer.tag(226)
  }
  if (message.busyThresholdMs !== 0) {
    writer.uint32(message.busyThresholdMs)
    writer.tag(216)
  }
  if (message.txnSource !== 0n) {
    writer.uint64(message.txnSource)
    writer.tag(200)
  }
  if (message.requestSource !== '') {
    writer.string(message.requestSource)
    writer.tag(194)
  }
  if (message.traceContext !== undefined) {
    const mark23 = writer.size
    tracepb.TraceContext.writeTo(writer, message.traceContext)
    writer.length(mark23)
    writer.tag(186)
  }
  if (message.committedLocks.length !== 0) {
    const mark = writer.size
    for (let at = message.committedLocks.length - 1; at >= 0; at--) writer.uint64(message.committedLocks[at]!)
    writer.length(mark)
    writer.tag(178)
  }
  if (message.apiVersion !== 0) {
    writer.int32(message.apiVersion)
    writer.tag(168)
  }
  if (message.isRetryRequest) {
    writer.bool(message.isRetryRequest)
    writer.tag(160)
  }
  if (message.diskFullOpt !== 0) {
    writer.int32(message.diskFullOpt)
    writer.tag(152)
  }
  if (message.resourceGroupTag.length !== 0) {
    writer.bytes(message.resourceGroupTag)
    writer.tag(146)
  }
  if (message.staleRead) {
    writer.bool(message.staleRead)
    writer.tag(136)
  }
  if (message.taskId !== 0n) {
    writer.uint64(message.taskId)
    writer.tag(128)
  }
  if (message.appliedIndex !== 0) {
    writer.uint64Number(message.appliedIndex)
    writer.tag1(120)
  }
  if (message.maxExecutionDurationMs !== 0) {
    writer.uint64Number(message.maxExecutionDurationMs)
    writer.tag1(112)
  }
  if (message.resolvedLocks.length !== 0) {
    const mark = writer.size
    for (let at = message.resolvedLocks.length - 1; at >= 0; at--) writer.uint64(message.resolvedLocks[at]!)
    writer.length(mark)
    writer.tag1(106)
  }
  if (message.replicaRead) {
    writer.bool(message.replicaRead)
    writer.tag1(96)
  }
  if (message.recordScanStat) {
    writer.bool(message.recordScanStat)
    writer.tag1(88)
  }
  if (message.recordTimeStat) {
    writer.bool(message.recordTimeStat)
    writer.tag1(80)
  }
  if (message.syncLog) {
    writer.bool(message.syncLog)
    writer.tag1(72)
  }
  if (message.notFillCache) {
    writer.bool(message.notFillCache)
    writer.tag1(64)
  }
  if (message.isolationLevel !== 0) {
    writer.int32(message.isolationLevel)
    writer.tag1(56)
  }
  if (message.priority !== 0) {
    writer.int32(message.priority)
    writer.tag1(48)
  }
  if (message.term !== 0) {
    writer.uint64Number(message.term)
    writer.tag1(40)
  }
  if (message.peer !== undefined) {
    const mark3 = writer.size
    metapb.Peer.writeTo(writer, message.peer)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.regionEpoch !== undefined) {
    const mark2 = writer.size
    metapb.RegionEpoch.writeTo(writer, message.regionEpoch)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.regionId !== 0) {
    writer.uint64Number(message.regionId)
    writer.tag1(8)
  }
}

export interface ResourceControlContext {
  resourceGroupName: string
  penalty: resource_manager.Consumption | undefined
  overridePriority: number
}

export const ResourceControlContext: MessageDefinition<ResourceControlContext> = {
  typeName: 'kvrpcpb.ResourceControlContext',
  create: (init) => ({
    resourceGroupName: init?.resourceGroupName ?? '',
    penalty: init?.penalty,
    overridePriority: init?.overridePriority ?? 0,
  }),
  encode: (message) => encodeWith(writeResourceControlContext, message),
  decode: (bytes) => decodeWith('kvrpcpb.ResourceControlContext', readResourceControlContext, bytes),
  readFrom: readResourceControlContext,
  writeTo: writeResourceControlContext,
}

const ResourceControlContextFields: readonly number[] = [1, 2, 3]

function readResourceControlContext(reader: WireReader, end: number, into?: ResourceControlContext): ResourceControlContext {
  const message: ResourceControlContext = into ?? { resourceGroupName: '', penalty: undefined, overridePriority: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.resourceGroupName = reader.string()
        break
      case 18:
        message.penalty = resource_manager.Consumption.readFrom(reader, reader.end(), message.penalty)
        break
      case 24:
        message.overridePriority = reader.uint64Number()
        break
      default:
        reader.skip(tag, ResourceControlContextFields)
    }
  }
  reader.close(end)
  return message
}

function writeResourceControlContext(writer: WireWriter, message: ResourceControlContext): void {
  if (message.overridePriority !== 0) {
    writer.uint64Number(message.overridePriority)
    writer.tag1(24)
  }
  if (message.penalty !== undefined) {
    const mark2 = writer.size
    resource_manager.Consumption.writeTo(writer, message.penalty)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.resourceGroupName !== '') {
    writer.string(message.resourceGroupName)
    writer.tag1(10)
  }
}

export interface SourceStmt {
  startTs: bigint
  connectionId: bigint
  stmtId: number
  sessionAlias: string
}

export const SourceStmt: MessageDefinition<SourceStmt> = {
  typeName: 'kvrpcpb.SourceStmt',
  create: (init) => ({
    startTs: init?.startTs ?? 0n,
    connectionId: init?.connectionId ?? 0n,
    stmtId: init?.stmtId ?? 0,
    sessionAlias: init?.sessionAlias ?? '',
  }),
  encode: (message) => encodeWith(writeSourceStmt, message),
  decode: (bytes) => decodeWith('kvrpcpb.SourceStmt', readSourceStmt, bytes),
  readFrom: readSourceStmt,
  writeTo: writeSourceStmt,
}

const SourceStmtFields: readonly number[] = [1, 2, 3, 4]

function readSourceStmt(reader: WireReader, end: number, into?: SourceStmt): SourceStmt {
  const message: SourceStmt = into ?? { startTs: 0n, connectionId: 0n, stmtId: 0, sessionAlias: '' }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.startTs = reader.uint64()
        break
      case 16:
        message.connectionId = reader.uint64()
        break
      case 24:
        message.stmtId = reader.uint64Number()
        break
      case 34:
        message.sessionAlias = reader.string()
        break
      default:
        reader.skip(tag, SourceStmtFields)
    }
  }
  reader.close(end)
  return message
}

function writeSourceStmt(writer: WireWriter, message: SourceStmt): void {
  if (message.sessionAlias !== '') {
    writer.string(message.sessionAlias)
    writer.tag1(34)
  }
  if (message.stmtId !== 0) {
    writer.uint64Number(message.stmtId)
    writer.tag1(24)
  }
  if (message.connectionId !== 0n) {
    writer.uint64(message.connectionId)
    writer.tag1(16)
  }
  if (message.startTs !== 0n) {
    writer.uint64(message.startTs)
    writer.tag1(8)
  }
}

export interface BatchGetResponse {
  regionError: errorpb.Error | undefined
  pairs: KvPair[]
  execDetailsV2: ExecDetailsV2 | undefined
  error: KeyError | undefined
}

export const BatchGetResponse: MessageDefinition<BatchGetResponse> = {
  typeName: 'kvrpcpb.BatchGetResponse',
  create: (init) => ({
    regionError: init?.regionError,
    pairs: init?.pairs ?? [],
    execDetailsV2: init?.execDetailsV2,
    error: init?.error,
  }),
  encode: (message) => encodeWith(writeBatchGetResponse, message),
  decode: (bytes) => decodeWith('kvrpcpb.BatchGetResponse', readBatchGetResponse, bytes),
  readFrom: readBatchGetResponse,
  writeTo: writeBatchGetResponse,
}

const BatchGetResponseFields: readonly number[] = [1, 2, 4, 5]

function readBatchGetResponse(reader: WireReader, end: number, into?: BatchGetResponse): BatchGetResponse {
  const message: BatchGetResponse = into ?? { regionError: undefined, pairs: [], execDetailsV2: undefined, error: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.regionError = errorpb.Error.readFrom(reader, reader.end(), message.regionError)
        break
      case 18:
        message.pairs.push(readKvPair(reader, reader.end()))
        break
      case 34:
        message.execDetailsV2 = readExecDetailsV2(reader, reader.end(), message.execDetailsV2)
        break
      case 42:
        message.error = readKeyError(reader, reader.end(), message.error)
        break
      default:
        reader.skip(tag, BatchGetResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeBatchGetResponse(writer: WireWriter, message: BatchGetResponse): void {
  if (message.error !== undefined) {
    const mark5 = writer.size
    writeKeyError(writer, message.error)
    writer.length(mark5)
    writer.tag1(42)
  }
  if (message.execDetailsV2 !== undefined) {
    const mark4 = writer.size
    writeExecDetailsV2(writer, message.execDetailsV2)
    writer.length(mark4)
    writer.tag1(34)
  }
  for (let at = message.pairs.length - 1; at >= 0; at--) {
    const value = message.pairs[at]!
    const mark2 = writer.size
    writeKvPair(writer, value)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.regionError !== undefined) {
    const mark1 = writer.size
    errorpb.Error.writeTo(writer, message.regionError)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface KvPair {
  error: KeyError | undefined
  key: Uint8Array
  value: Uint8Array
  commitTs: bigint
}

export const KvPair: MessageDefinition<KvPair> = {
  typeName: 'kvrpcpb.KvPair',
  create: (init) => ({
    error: init?.error,
    key: init?.key ?? emptyBytes,
    value: init?.value ?? emptyBytes,
    commitTs: init?.commitTs ?? 0n,
  }),
  encode: (message) => encodeWith(writeKvPair, message),
  decode: (bytes) => decodeWith('kvrpcpb.KvPair', readKvPair, bytes),
  readFrom: readKvPair,
  writeTo: writeKvPair,
}

const KvPairFields: readonly number[] = [1, 2, 3, 4]

function readKvPair(reader: WireReader, end: number, into?: KvPair): KvPair {
  const message: KvPair = into ?? { error: undefined, key: emptyBytes, value: emptyBytes, commitTs: 0n }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.error = readKeyError(reader, reader.end(), message.error)
        break
      case 18:
        message.key = reader.bytes()
        break
      case 26:
        message.value = reader.bytes()
        break
      case 32:
        message.commitTs = reader.uint64()
        break
      default:
        reader.skip(tag, KvPairFields)
    }
  }
  reader.close(end)
  return message
}

function writeKvPair(writer: WireWriter, message: KvPair): void {
  if (message.commitTs !== 0n) {
    writer.uint64(message.commitTs)
    writer.tag1(32)
  }
  if (message.value.length !== 0) {
    writer.bytes(message.value)
    writer.tag1(26)
  }
  if (message.key.length !== 0) {
    writer.bytes(message.key)
    writer.tag1(18)
  }
  if (message.error !== undefined) {
    const mark1 = writer.size
    writeKeyError(writer, message.error)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface KeyError {
  locked: LockInfo | undefined
  retryable: string
  abort: string
  conflict: WriteConflict | undefined
  alreadyExist: AlreadyExist | undefined
  deadlock: Deadlock | undefined
  commitTsExpired: CommitTsExpired | undefined
  txnNotFound: TxnNotFound | undefined
  commitTsTooLarge: CommitTsTooLarge | undefined
  assertionFailed: AssertionFailed | undefined
  primaryMismatch: PrimaryMismatch | undefined
  txnLockNotFound: TxnLockNotFound | undefined
  lockUpgradeConflict: LockUpgradeConflict | undefined
  sharedLockLost: SharedLockLost | undefined
  debugInfo: DebugInfo | undefined
}

export const KeyError: MessageDefinition<KeyError> = {
  typeName: 'kvrpcpb.KeyError',
  create: (init) => ({
    locked: init?.locked,
    retryable: init?.retryable ?? '',
    abort: init?.abort ?? '',
    conflict: init?.conflict,
    alreadyExist: init?.alreadyExist,
    deadlock: init?.deadlock,
    commitTsExpired: init?.commitTsExpired,
    txnNotFound: init?.txnNotFound,
    commitTsTooLarge: init?.commitTsTooLarge,
    assertionFailed: init?.assertionFailed,
    primaryMismatch: init?.primaryMismatch,
    txnLockNotFound: init?.txnLockNotFound,
    lockUpgradeConflict: init?.lockUpgradeConflict,
    sharedLockLost: init?.sharedLockLost,
    debugInfo: init?.debugInfo,
  }),
  encode: (message) => encodeWith(writeKeyError, message),
  decode: (bytes) => decodeWith('kvrpcpb.KeyError', readKeyError, bytes),
  readFrom: readKeyError,
  writeTo: writeKeyError,
}

const KeyErrorFields: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 100]

function readKeyError(reader: WireReader, end: number, into?: KeyError): KeyError {
  const message: KeyError = into ?? { locked: undefined, retryable: '', abort: '', conflict: undefined, alreadyExist: undefined, deadlock: undefined, commitTsExpired: undefined, txnNotFound: undefined, commitTsTooLarge: undefined, assertionFailed: undefined, primaryMismatch: undefined, txnLockNotFound: undefined, lockUpgradeConflict: undefined, sharedLockLost: undefined, debugInfo: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.locked = readLockInfo(reader, reader.end(), message.locked)
        break
      case 18:
        message.retryable = reader.string()
        break
      case 26:
        message.abort = reader.string()
        break
      case 34:
        message.conflict = readWriteConflict(reader, reader.end(), message.conflict)
        break
      case 42:
        message.alreadyExist = readAlreadyExist(reader, reader.end(), message.alreadyExist)
        break
      case 50:
        message.deadlock = readDeadlock(reader, reader.end(), message.deadlock)
        break
      case 58:
        message.commitTsExpired = readCommitTsExpired(reader, reader.end(), message.commitTsExpired)
        break
      case 66:
        message.txnNotFound = readTxnNotFound(reader, reader.end(), message.txnNotFound)
        break
      case 74:
        message.commitTsTooLarge = readCommitTsTooLarge(reader, reader.end(), message.commitTsTooLarge)
        break
      case 82:
        message.assertionFailed = readAssertionFailed(reader, reader.end(), message.assertionFailed)
        break
      case 90:
        message.primaryMismatch = readPrimaryMismatch(reader, reader.end(), message.primaryMismatch)
        break
      case 98:
        message.txnLockNotFound = readTxnLockNotFound(reader, reader.end(), message.txnLockNotFound)
        break
      case 106:
        message.lockUpgradeConflict = readLockUpgradeConflict(reader, reader.end(), message.lockUpgradeConflict)
        break
      case 114:
        message.sharedLockLost = readSharedLockLost(reader, reader.end(), message.sharedLockLost)
        break
      case 802:
        message.debugInfo = readDebugInfo(reader, reader.end(), message.debugInfo)
        break
      default:
        reader.skip(tag, KeyErrorFields)
    }
  }
  reader.close(end)
  return message
}

function writeKeyError(writer: WireWriter, message: KeyError): void {
  if (message.debugInfo !== undefined) {
    const mark100 = writer.size
    writeDebugInfo(writer, message.debugInfo)
    writer.length(mark100)
    writer.tag(802)
  }
  if (message.sharedLockLost !== undefined) {
    const mark14 = writer.size
    writeSharedLockLost(writer, message.sharedLockLost)
    writer.length(mark14)
    writer.tag1(114)
  }
  if (message.lockUpgradeConflict !== undefined) {
    const mark13 = writer.size
    writeLockUpgradeConflict(writer, message.lockUpgradeConflict)
    writer.length(mark13)
    writer.tag1(106)
  }
  if (message.txnLockNotFound !== undefined) {
    const mark12 = writer.size
    writeTxnLockNotFound(writer, message.txnLockNotFound)
    writer.length(mark12)
    writer.tag1(98)
  }
  if (message.primaryMismatch !== undefined) {
    const mark11 = writer.size
    writePrimaryMismatch(writer, message.primaryMismatch)
    writer.length(mark11)
    writer.tag1(90)
  }
  if (message.assertionFailed !== undefined) {
    const mark10 = writer.size
    writeAssertionFailed(writer, message.assertionFailed)
    writer.length(mark10)
    writer.tag1(82)
  }
  if (message.commitTsTooLarge !== undefined) {
    const mark9 = writer.size
    writeCommitTsTooLarge(writer, message.commitTsTooLarge)
    writer.length(mark9)
    writer.tag1(74)
  }
  if (message.txnNotFound !== undefined) {
    const mark8 = writer.size
    writeTxnNotFound(writer, message.txnNotFound)
    writer.length(mark8)
    writer.tag1(66)
  }
  if (message.commitTsExpired !== undefined) {
    const mark7 = writer.size
    writeCommitTsExpired(writer, message.commitTsExpired)
    writer.length(mark7)
    writer.tag1(58)
  }
  if (message.deadlock !== undefined) {
    const mark6 = writer.size
    writeDeadlock(writer, message.deadlock)
    writer.length(mark6)
    writer.tag1(50)
  }
  if (message.alreadyExist !== undefined) {
    const mark5 = writer.size
    writeAlreadyExist(writer, message.alreadyExist)
    writer.length(mark5)
    writer.tag1(42)
  }
  if (message.conflict !== undefined) {
    const mark4 = writer.size
    writeWriteConflict(writer, message.conflict)
    writer.length(mark4)
    writer.tag1(34)
  }
  if (message.abort !== '') {
    writer.string(message.abort)
    writer.tag1(26)
  }
  if (message.retryable !== '') {
    writer.string(message.retryable)
    writer.tag1(18)
  }
  if (message.locked !== undefined) {
    const mark1 = writer.size
    writeLockInfo(writer, message.locked)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface LockInfo {
  primaryLock: Uint8Array
  lockVersion: bigint
  key: Uint8Array
  lockTtl: number
  txnSize: bigint
  lockType: Op
  lockForUpdateTs: bigint
  useAsyncCommit: boolean
  minCommitTs: bigint
  secondaries: Uint8Array[]
  durationToLastUpdateMs: number
  sharedLockInfos: LockInfo[]
  isTxnFile: boolean
}

export const LockInfo: MessageDefinition<LockInfo> = {
  typeName: 'kvrpcpb.LockInfo',
  create: (init) => ({
    primaryLock: init?.primaryLock ?? emptyBytes,
    lockVersion: init?.lockVersion ?? 0n,
    key: init?.key ?? emptyBytes,
    lockTtl: init?.lockTtl ?? 0,
    txnSize: init?.txnSize ?? 0n,
    lockType: init?.lockType ?? 0,
    lockForUpdateTs: init?.lockForUpdateTs ?? 0n,
    useAsyncCommit: init?.useAsyncCommit ?? false,
    minCommitTs: init?.minCommitTs ?? 0n,
    secondaries: init?.secondaries ?? [],
    durationToLastUpdateMs: init?.durationToLastUpdateMs ?? 0,
    sharedLockInfos: init?.sharedLockInfos ?? [],
    isTxnFile: init?.isTxnFile ?? false,
  }),
  encode: (message) => encodeWith(writeLockInfo, message),
  decode: (bytes) => decodeWith('kvrpcpb.LockInfo', readLockInfo, bytes),
  readFrom: readLockInfo,
  writeTo: writeLockInfo,
}

const LockInfoFields: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 100]

function readLockInfo(reader: WireReader, end: number, into?: LockInfo): LockInfo {
  reader.enter()
  const message: LockInfo = into ?? { primaryLock: emptyBytes, lockVersion: 0n, key: emptyBytes, lockTtl: 0, txnSize: 0n, lockType: 0, lockForUpdateTs: 0n, useAsyncCommit: false, minCommitTs: 0n, secondaries: [], durationToLastUpdateMs: 0, sharedLockInfos: [], isTxnFile: false }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.primaryLock = reader.bytes()
        break
      case 16:
        message.lockVersion = reader.uint64()
        break
      case 26:
        message.key = reader.bytes()
        break
      case 32:
        message.lockTtl = reader.uint64Number()
        break
      case 40:
        message.txnSize = reader.uint64()
        break
      case 48:
        message.lockType = reader.int32() as Op
        break
      case 56:
        message.lockForUpdateTs = reader.uint64()
        break
      case 64:
        message.useAsyncCommit = reader.bool()
        break
      case 72:
        message.minCommitTs = reader.uint64()
        break
      case 82:
        message.secondaries.push(reader.bytes())
        break
      case 88:
        message.durationToLastUpdateMs = reader.uint64Number()
        break
      case 98:
        message.sharedLockInfos.push(readLockInfo(reader, reader.end()))
        break
      case 800:
        message.isTxnFile = reader.bool()
        break
      default:
        reader.skip(tag, LockInfoFields)
    }
  }
  reader.close(end)
  reader.leave()
  return message
}

function writeLockInfo(writer: WireWriter, message: LockInfo): void {
  if (message.isTxnFile) {
    writer.bool(message.isTxnFile)
    writer.tag(800)
  }
  for (let at = message.sharedLockInfos.length - 1; at >= 0; at--) {
    const value = message.sharedLockInfos[at]!
    const mark12 = writer.size
    writeLockInfo(writer, value)
    writer.length(mark12)
    writer.tag1(98)
  }
  if (message.durationToLastUpdateMs !== 0) {
    writer.uint64Number(message.durationToLastUpdateMs)
    writer.tag1(88)
  }
  for (let at = message.secondaries.length - 1; at >= 0; at--) {
    const value = message.secondaries[at]!
    writer.bytes(value)
    writer.tag1(82)
  }
  if (message.minCommitTs !== 0n) {
    writer.uint64(message.minCommitTs)
    writer.tag1(72)
  }
  if (message.useAsyncCommit) {
    writer.bool(message.useAsyncCommit)
    writer.tag1(64)
  }
  if (message.lockForUpdateTs !== 0n) {
    writer.uint64(message.lockForUpdateTs)
    writer.tag1(56)
  }
  if (message.lockType !== 0) {
    writer.int32(message.lockType)
    writer.tag1(48)
  }
  if (message.txnSize !== 0n) {
    writer.uint64(message.txnSize)
    writer.tag1(40)
  }
  if (message.lockTtl !== 0) {
    writer.uint64Number(message.lockTtl)
    writer.tag1(32)
  }
  if (message.key.length !== 0) {
    writer.bytes(message.key)
    writer.tag1(26)
  }
  if (message.lockVersion !== 0n) {
    writer.uint64(message.lockVersion)
    writer.tag1(16)
  }
  if (message.primaryLock.length !== 0) {
    writer.bytes(message.primaryLock)
    writer.tag1(10)
  }
}

export interface WriteConflict {
  startTs: bigint
  conflictTs: bigint
  key: Uint8Array
  primary: Uint8Array
  conflictCommitTs: bigint
  reason: WriteConflict_Reason
}

export const WriteConflict: MessageDefinition<WriteConflict> = {
  typeName: 'kvrpcpb.WriteConflict',
  create: (init) => ({
    startTs: init?.startTs ?? 0n,
    conflictTs: init?.conflictTs ?? 0n,
    key: init?.key ?? emptyBytes,
    primary: init?.primary ?? emptyBytes,
    conflictCommitTs: init?.conflictCommitTs ?? 0n,
    reason: init?.reason ?? 0,
  }),
  encode: (message) => encodeWith(writeWriteConflict, message),
  decode: (bytes) => decodeWith('kvrpcpb.WriteConflict', readWriteConflict, bytes),
  readFrom: readWriteConflict,
  writeTo: writeWriteConflict,
}

const WriteConflictFields: readonly number[] = [1, 2, 3, 4, 5, 6]

function readWriteConflict(reader: WireReader, end: number, into?: WriteConflict): WriteConflict {
  const message: WriteConflict = into ?? { startTs: 0n, conflictTs: 0n, key: emptyBytes, primary: emptyBytes, conflictCommitTs: 0n, reason: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.startTs = reader.uint64()
        break
      case 16:
        message.conflictTs = reader.uint64()
        break
      case 26:
        message.key = reader.bytes()
        break
      case 34:
        message.primary = reader.bytes()
        break
      case 40:
        message.conflictCommitTs = reader.uint64()
        break
      case 48:
        message.reason = reader.int32() as WriteConflict_Reason
        break
      default:
        reader.skip(tag, WriteConflictFields)
    }
  }
  reader.close(end)
  return message
}

function writeWriteConflict(writer: WireWriter, message: WriteConflict): void {
  if (message.reason !== 0) {
    writer.int32(message.reason)
    writer.tag1(48)
  }
  if (message.conflictCommitTs !== 0n) {
    writer.uint64(message.conflictCommitTs)
    writer.tag1(40)
  }
  if (message.primary.length !== 0) {
    writer.bytes(message.primary)
    writer.tag1(34)
  }
  if (message.key.length !== 0) {
    writer.bytes(message.key)
    writer.tag1(26)
  }
  if (message.conflictTs !== 0n) {
    writer.uint64(message.conflictTs)
    writer.tag1(16)
  }
  if (message.startTs !== 0n) {
    writer.uint64(message.startTs)
    writer.tag1(8)
  }
}

export interface AlreadyExist {
  key: Uint8Array
}

export const AlreadyExist: MessageDefinition<AlreadyExist> = {
  typeName: 'kvrpcpb.AlreadyExist',
  create: (init) => ({
    key: init?.key ?? emptyBytes,
  }),
  encode: (message) => encodeWith(writeAlreadyExist, message),
  decode: (bytes) => decodeWith('kvrpcpb.AlreadyExist', readAlreadyExist, bytes),
  readFrom: readAlreadyExist,
  writeTo: writeAlreadyExist,
}

const AlreadyExistFields: readonly number[] = [1]

function readAlreadyExist(reader: WireReader, end: number, into?: AlreadyExist): AlreadyExist {
  const message: AlreadyExist = into ?? { key: emptyBytes }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.key = reader.bytes()
        break
      default:
        reader.skip(tag, AlreadyExistFields)
    }
  }
  reader.close(end)
  return message
}

function writeAlreadyExist(writer: WireWriter, message: AlreadyExist): void {
  if (message.key.length !== 0) {
    writer.bytes(message.key)
    writer.tag1(10)
  }
}

export interface Deadlock {
  lockTs: bigint
  lockKey: Uint8Array
  deadlockKeyHash: bigint
  waitChain: deadlock.WaitForEntry[]
  deadlockKey: Uint8Array
}

export const Deadlock: MessageDefinition<Deadlock> = {
  typeName: 'kvrpcpb.Deadlock',
  create: (init) => ({
    lockTs: init?.lockTs ?? 0n,
    lockKey: init?.lockKey ?? emptyBytes,
    deadlockKeyHash: init?.deadlockKeyHash ?? 0n,
    waitChain: init?.waitChain ?? [],
    deadlockKey: init?.deadlockKey ?? emptyBytes,
  }),
  encode: (message) => encodeWith(writeDeadlock, message),
  decode: (bytes) => decodeWith('kvrpcpb.Deadlock', readDeadlock, bytes),
  readFrom: readDeadlock,
  writeTo: writeDeadlock,
}

const DeadlockFields: readonly number[] = [1, 2, 3, 4, 5]

function readDeadlock(reader: WireReader, end: number, into?: Deadlock): Deadlock {
  const message: Deadlock = into ?? { lockTs: 0n, lockKey: emptyBytes, deadlockKeyHash: 0n, waitChain: [], deadlockKey: emptyBytes }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.lockTs = reader.uint64()
        break
      case 18:
        message.lockKey = reader.bytes()
        break
      case 24:
        message.deadlockKeyHash = reader.uint64()
        break
      case 34:
        message.waitChain.push(deadlock.WaitForEntry.readFrom(reader, reader.end()))
        break
      case 42:
        message.deadlockKey = reader.bytes()
        break
      default:
        reader.skip(tag, DeadlockFields)
    }
  }
  reader.close(end)
  return message
}

function writeDeadlock(writer: WireWriter, message: Deadlock): void {
  if (message.deadlockKey.length !== 0) {
    writer.bytes(message.deadlockKey)
    writer.tag1(42)
  }
  for (let at = message.waitChain.length - 1; at >= 0; at--) {
    const value = message.waitChain[at]!
    const mark4 = writer.size
    deadlock.WaitForEntry.writeTo(writer, value)
    writer.length(mark4)
    writer.tag1(34)
  }
  if (message.deadlockKeyHash !== 0n) {
    writer.uint64(message.deadlockKeyHash)
    writer.tag1(24)
  }
  if (message.lockKey.length !== 0) {
    writer.bytes(message.lockKey)
    writer.tag1(18)
  }
  if (message.lockTs !== 0n) {
    writer.uint64(message.lockTs)
    writer.tag1(8)
  }
}

export interface CommitTsExpired {
  startTs: bigint
  attemptedCommitTs: bigint
  key: Uint8Array
  minCommitTs: bigint
}

export const CommitTsExpired: MessageDefinition<CommitTsExpired> = {
  typeName: 'kvrpcpb.CommitTsExpired',
  create: (init) => ({
    startTs: init?.startTs ?? 0n,
    attemptedCommitTs: init?.attemptedCommitTs ?? 0n,
    key: init?.key ?? emptyBytes,
    minCommitTs: init?.minCommitTs ?? 0n,
  }),
  encode: (message) => encodeWith(writeCommitTsExpired, message),
  decode: (bytes) => decodeWith('kvrpcpb.CommitTsExpired', readCommitTsExpired, bytes),
  readFrom: readCommitTsExpired,
  writeTo: writeCommitTsExpired,
}

const CommitTsExpiredFields: readonly number[] = [1, 2, 3, 4]

function readCommitTsExpired(reader: WireReader, end: number, into?: CommitTsExpired): CommitTsExpired {
  const message: CommitTsExpired = into ?? { startTs: 0n, attemptedCommitTs: 0n, key: emptyBytes, minCommitTs: 0n }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.startTs = reader.uint64()
        break
      case 16:
        message.attemptedCommitTs = reader.uint64()
        break
      case 26:
        message.key = reader.bytes()
        break
      case 32:
        message.minCommitTs = reader.uint64()
        break
      default:
        reader.skip(tag, CommitTsExpiredFields)
    }
  }
  reader.close(end)
  return message
}

function writeCommitTsExpired(writer: WireWriter, message: CommitTsExpired): void {
  if (message.minCommitTs !== 0n) {
    writer.uint64(message.minCommitTs)
    writer.tag1(32)
  }
  if (message.key.length !== 0) {
    writer.bytes(message.key)
    writer.tag1(26)
  }
  if (message.attemptedCommitTs !== 0n) {
    writer.uint64(message.attemptedCommitTs)
    writer.tag1(16)
  }
  if (message.startTs !== 0n) {
    writer.uint64(message.startTs)
    writer.tag1(8)
  }
}

export interface TxnNotFound {
  startTs: bigint
  primaryKey: Uint8Array
}

export const TxnNotFound: MessageDefinition<TxnNotFound> = {
  typeName: 'kvrpcpb.TxnNotFound',
  create: (init) => ({
    startTs: init?.startTs ?? 0n,
    primaryKey: init?.primaryKey ?? emptyBytes,
  }),
  encode: (message) => encodeWith(writeTxnNotFound, message),
  decode: (bytes) => decodeWith('kvrpcpb.TxnNotFound', readTxnNotFound, bytes),
  readFrom: readTxnNotFound,
  writeTo: writeTxnNotFound,
}

const TxnNotFoundFields: readonly number[] = [1, 2]

function readTxnNotFound(reader: WireReader, end: number, into?: TxnNotFound): TxnNotFound {
  const message: TxnNotFound = into ?? { startTs: 0n, primaryKey: emptyBytes }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.startTs = reader.uint64()
        break
      case 18:
        message.primaryKey = reader.bytes()
        break
      default:
        reader.skip(tag, TxnNotFoundFields)
    }
  }
  reader.close(end)
  return message
}

function writeTxnNotFound(writer: WireWriter, message: TxnNotFound): void {
  if (message.primaryKey.length !== 0) {
    writer.bytes(message.primaryKey)
    writer.tag1(18)
  }
  if (message.startTs !== 0n) {
    writer.uint64(message.startTs)
    writer.tag1(8)
  }
}

export interface CommitTsTooLarge {
  commitTs: bigint
}

export const CommitTsTooLarge: MessageDefinition<CommitTsTooLarge> = {
  typeName: 'kvrpcpb.CommitTsTooLarge',
  create: (init) => ({
    commitTs: init?.commitTs ?? 0n,
  }),
  encode: (message) => encodeWith(writeCommitTsTooLarge, message),
  decode: (bytes) => decodeWith('kvrpcpb.CommitTsTooLarge', readCommitTsTooLarge, bytes),
  readFrom: readCommitTsTooLarge,
  writeTo: writeCommitTsTooLarge,
}

const CommitTsTooLargeFields: readonly number[] = [1]

function readCommitTsTooLarge(reader: WireReader, end: number, into?: CommitTsTooLarge): CommitTsTooLarge {
  const message: CommitTsTooLarge = into ?? { commitTs: 0n }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.commitTs = reader.uint64()
        break
      default:
        reader.skip(tag, CommitTsTooLargeFields)
    }
  }
  reader.close(end)
  return message
}

function writeCommitTsTooLarge(writer: WireWriter, message: CommitTsTooLarge): void {
  if (message.commitTs !== 0n) {
    writer.uint64(message.commitTs)
    writer.tag1(8)
  }
}

export interface AssertionFailed {
  startTs: bigint
  key: Uint8Array
  assertion: Assertion
  existingStartTs: bigint
  existingCommitTs: bigint
}

export const AssertionFailed: MessageDefinition<AssertionFailed> = {
  typeName: 'kvrpcpb.AssertionFailed',
  create: (init) => ({
    startTs: init?.startTs ?? 0n,
    key: init?.key ?? emptyBytes,
    assertion: init?.assertion ?? 0,
    existingStartTs: init?.existingStartTs ?? 0n,
    existingCommitTs: init?.existingCommitTs ?? 0n,
  }),
  encode: (message) => encodeWith(writeAssertionFailed, message),
  decode: (bytes) => decodeWith('kvrpcpb.AssertionFailed', readAssertionFailed, bytes),
  readFrom: readAssertionFailed,
  writeTo: writeAssertionFailed,
}

const AssertionFailedFields: readonly number[] = [1, 2, 3, 4, 5]

function readAssertionFailed(reader: WireReader, end: number, into?: AssertionFailed): AssertionFailed {
  const message: AssertionFailed = into ?? { startTs: 0n, key: emptyBytes, assertion: 0, existingStartTs: 0n, existingCommitTs: 0n }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.startTs = reader.uint64()
        break
      case 18:
        message.key = reader.bytes()
        break
      case 24:
        message.assertion = reader.int32() as Assertion
        break
      case 32:
        message.existingStartTs = reader.uint64()
        break
      case 40:
        message.existingCommitTs = reader.uint64()
        break
      default:
        reader.skip(tag, AssertionFailedFields)
    }
  }
  reader.close(end)
  return message
}

function writeAssertionFailed(writer: WireWriter, message: AssertionFailed): void {
  if (message.existingCommitTs !== 0n) {
    writer.uint64(message.existingCommitTs)
    writer.tag1(40)
  }
  if (message.existingStartTs !== 0n) {
    writer.uint64(message.existingStartTs)
    writer.tag1(32)
  }
  if (message.assertion !== 0) {
    writer.int32(message.assertion)
    writer.tag1(24)
  }
  if (message.key.length !== 0) {
    writer.bytes(message.key)
    writer.tag1(18)
  }
  if (message.startTs !== 0n) {
    writer.uint64(message.startTs)
    writer.tag1(8)
  }
}

export interface PrimaryMismatch {
  lockInfo: LockInfo | undefined
}

export const PrimaryMismatch: MessageDefinition<PrimaryMismatch> = {
  typeName: 'kvrpcpb.PrimaryMismatch',
  create: (init) => ({
    lockInfo: init?.lockInfo,
  }),
  encode: (message) => encodeWith(writePrimaryMismatch, message),
  decode: (bytes) => decodeWith('kvrpcpb.PrimaryMismatch', readPrimaryMismatch, bytes),
  readFrom: readPrimaryMismatch,
  writeTo: writePrimaryMismatch,
}

const PrimaryMismatchFields: readonly number[] = [1]

function readPrimaryMismatch(reader: WireReader, end: number, into?: PrimaryMismatch): PrimaryMismatch {
  const message: PrimaryMismatch = into ?? { lockInfo: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.lockInfo = readLockInfo(reader, reader.end(), message.lockInfo)
        break
      default:
        reader.skip(tag, PrimaryMismatchFields)
    }
  }
  reader.close(end)
  return message
}

function writePrimaryMismatch(writer: WireWriter, message: PrimaryMismatch): void {
  if (message.lockInfo !== undefined) {
    const mark1 = writer.size
    writeLockInfo(writer, message.lockInfo)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface TxnLockNotFound {
  key: Uint8Array
}

export const TxnLockNotFound: MessageDefinition<TxnLockNotFound> = {
  typeName: 'kvrpcpb.TxnLockNotFound',
  create: (init) => ({
    key: init?.key ?? emptyBytes,
  }),
  encode: (message) => encodeWith(writeTxnLockNotFound, message),
  decode: (bytes) => decodeWith('kvrpcpb.TxnLockNotFound', readTxnLockNotFound, bytes),
  readFrom: readTxnLockNotFound,
  writeTo: writeTxnLockNotFound,
}

const TxnLockNotFoundFields: readonly number[] = [1]

function readTxnLockNotFound(reader: WireReader, end: number, into?: TxnLockNotFound): TxnLockNotFound {
  const message: TxnLockNotFound = into ?? { key: emptyBytes }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.key = reader.bytes()
        break
      default:
        reader.skip(tag, TxnLockNotFoundFields)
    }
  }
  reader.close(end)
  return message
}

function writeTxnLockNotFound(writer: WireWriter, message: TxnLockNotFound): void {
  if (message.key.length !== 0) {
    writer.bytes(message.key)
    writer.tag1(10)
  }
}

export interface LockUpgradeConflict {
  key: Uint8Array
  startTs: bigint
  ownerStartTs: bigint
  reason: LockUpgradeConflict_Reason
}

export const LockUpgradeConflict: MessageDefinition<LockUpgradeConflict> = {
  typeName: 'kvrpcpb.LockUpgradeConflict',
  create: (init) => ({
    key: init?.key ?? emptyBytes,
    startTs: init?.startTs ?? 0n,
    ownerStartTs: init?.ownerStartTs ?? 0n,
    reason: init?.reason ?? 0,
  }),
  encode: (message) => encodeWith(writeLockUpgradeConflict, message),
  decode: (bytes) => decodeWith('kvrpcpb.LockUpgradeConflict', readLockUpgradeConflict, bytes),
  readFrom: readLockUpgradeConflict,
  writeTo: writeLockUpgradeConflict,
}

const LockUpgradeConflictFields: readonly number[] = [1, 2, 3, 4]

function readLockUpgradeConflict(reader: WireReader, end: number, into?: LockUpgradeConflict): LockUpgradeConflict {
  const message: LockUpgradeConflict = into ?? { key: emptyBytes, startTs: 0n, ownerStartTs: 0n, reason: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.key = reader.bytes()
        break
      case 16:
        message.startTs = reader.uint64()
        break
      case 24:
        message.ownerStartTs = reader.uint64()
        break
      case 32:
        message.reason = reader.int32() as LockUpgradeConflict_Reason
        break
      default:
        reader.skip(tag, LockUpgradeConflictFields)
    }
  }
  reader.close(end)
  return message
}

function writeLockUpgradeConflict(writer: WireWriter, message: LockUpgradeConflict): void {
  if (message.reason !== 0) {
    writer.int32(message.reason)
    writer.tag1(32)
  }
  if (message.ownerStartTs !== 0n) {
    writer.uint64(message.ownerStartTs)
    writer.tag1(24)
  }
  if (message.startTs !== 0n) {
    writer.uint64(message.startTs)
    writer.tag1(16)
  }
  if (message.key.length !== 0) {
    writer.bytes(message.key)
    writer.tag1(10)
  }
}

export interface SharedLockLost {
  key: Uint8Array
  startTs: bigint
}

export const SharedLockLost: MessageDefinition<SharedLockLost> = {
  typeName: 'kvrpcpb.SharedLockLost',
  create: (init) => ({
    key: init?.key ?? emptyBytes,
    startTs: init?.startTs ?? 0n,
  }),
  encode: (message) => encodeWith(writeSharedLockLost, message),
  decode: (bytes) => decodeWith('kvrpcpb.SharedLockLost', readSharedLockLost, bytes),
  readFrom: readSharedLockLost,
  writeTo: writeSharedLockLost,
}

const SharedLockLostFields: readonly number[] = [1, 2]

function readSharedLockLost(reader: WireReader, end: number, into?: SharedLockLost): SharedLockLost {
  const message: SharedLockLost = into ?? { key: emptyBytes, startTs: 0n }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.key = reader.bytes()
        break
      case 16:
        message.startTs = reader.uint64()
        break
      default:
        reader.skip(tag, SharedLockLostFields)
    }
  }
  reader.close(end)
  return message
}

function writeSharedLockLost(writer: WireWriter, message: SharedLockLost): void {
  if (message.startTs !== 0n) {
    writer.uint64(message.startTs)
    writer.tag1(16)
  }
  if (message.key.length !== 0) {
    writer.bytes(message.key)
    writer.tag1(10)
  }
}

export interface DebugInfo {
  mvccInfo: MvccDebugInfo[]
}

export const DebugInfo: MessageDefinition<DebugInfo> = {
  typeName: 'kvrpcpb.DebugInfo',
  create: (init) => ({
    mvccInfo: init?.mvccInfo ?? [],
  }),
  encode: (message) => encodeWith(writeDebugInfo, message),
  decode: (bytes) => decodeWith('kvrpcpb.DebugInfo', readDebugInfo, bytes),
  readFrom: readDebugInfo,
  writeTo: writeDebugInfo,
}

const DebugInfoFields: readonly number[] = [1]

function readDebugInfo(reader: WireReader, end: number, into?: DebugInfo): DebugInfo {
  const message: DebugInfo = into ?? { mvccInfo: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.mvccInfo.push(readMvccDebugInfo(reader, reader.end()))
        break
      default:
        reader.skip(tag, DebugInfoFields)
    }
  }
  reader.close(end)
  return message
}

function writeDebugInfo(writer: WireWriter, message: DebugInfo): void {
  for (let at = message.mvccInfo.length - 1; at >= 0; at--) {
    const value = message.mvccInfo[at]!
    const mark1 = writer.size
    writeMvccDebugInfo(writer, value)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface MvccDebugInfo {
  key: Uint8Array
  mvcc: MvccInfo | undefined
}

export const MvccDebugInfo: MessageDefinition<MvccDebugInfo> = {
  typeName: 'kvrpcpb.MvccDebugInfo',
  create: (init) => ({
    key: init?.key ?? emptyBytes,
    mvcc: init?.mvcc,
  }),
  encode: (message) => encodeWith(writeMvccDebugInfo, message),
  decode: (bytes) => decodeWith('kvrpcpb.MvccDebugInfo', readMvccDebugInfo, bytes),
  readFrom: readMvccDebugInfo,
  writeTo: writeMvccDebugInfo,
}

const MvccDebugInfoFields: readonly number[] = [1, 2]

function readMvccDebugInfo(reader: WireReader, end: number, into?: MvccDebugInfo): MvccDebugInfo {
  const message: MvccDebugInfo = into ?? { key: emptyBytes, mvcc: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.key = reader.bytes()
        break
      case 18:
        message.mvcc = readMvccInfo(reader, reader.end(), message.mvcc)
        break
      default:
        reader.skip(tag, MvccDebugInfoFields)
    }
  }
  reader.close(end)
  return message
}

function writeMvccDebugInfo(writer: WireWriter, message: MvccDebugInfo): void {
  if (message.mvcc !== undefined) {
    const mark2 = writer.size
    writeMvccInfo(writer, message.mvcc)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.key.length !== 0) {
    writer.bytes(message.key)
    writer.tag1(10)
  }
}

export interface MvccInfo {
  lock: MvccLock | undefined
  writes: MvccWrite[]
  values: MvccValue[]
}

export const MvccInfo: MessageDefinition<MvccInfo> = {
  typeName: 'kvrpcpb.MvccInfo',
  create: (init) => ({
    lock: init?.lock,
    writes: init?.writes ?? [],
    values: init?.values ?? [],
  }),
  encode: (message) => encodeWith(writeMvccInfo, message),
  decode: (bytes) => decodeWith('kvrpcpb.MvccInfo', readMvccInfo, bytes),
  readFrom: readMvccInfo,
  writeTo: writeMvccInfo,
}

const MvccInfoFields: readonly number[] = [1, 2, 3]

function readMvccInfo(reader: WireReader, end: number, into?: MvccInfo): MvccInfo {
  const message: MvccInfo = into ?? { lock: undefined, writes: [], values: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.lock = readMvccLock(reader, reader.end(), message.lock)
        break
      case 18:
        message.writes.push(readMvccWrite(reader, reader.end()))
        break
      case 26:
        message.values.push(readMvccValue(reader, reader.end()))
        break
      default:
        reader.skip(tag, MvccInfoFields)
    }
  }
  reader.close(end)
  return message
}

function writeMvccInfo(writer: WireWriter, message: MvccInfo): void {
  for (let at = message.values.length - 1; at >= 0; at--) {
    const value = message.values[at]!
    const mark3 = writer.size
    writeMvccValue(writer, value)
    writer.length(mark3)
    writer.tag1(26)
  }
  for (let at = message.writes.length - 1; at >= 0; at--) {
    const value = message.writes[at]!
    const mark2 = writer.size
    writeMvccWrite(writer, value)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.lock !== undefined) {
    const mark1 = writer.size
    writeMvccLock(writer, message.lock)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface MvccLock {
  type: Op
  startTs: bigint
  primary: Uint8Array
  shortValue: Uint8Array
  ttl: number
  forUpdateTs: bigint
  txnSize: bigint
  useAsyncCommit: boolean
  secondaries: Uint8Array[]
  rollbackTs: bigint[]
  lastChangeTs: bigint
  versionsToLastChange: number
}

export const MvccLock: MessageDefinition<MvccLock> = {
  typeName: 'kvrpcpb.MvccLock',
  create: (init) => ({
    type: init?.type ?? 0,
    startTs: init?.startTs ?? 0n,
    primary: init?.primary ?? emptyBytes,
    shortValue: init?.shortValue ?? emptyBytes,
    ttl: init?.ttl ?? 0,
    forUpdateTs: init?.forUpdateTs ?? 0n,
    txnSize: init?.txnSize ?? 0n,
    useAsyncCommit: init?.useAsyncCommit ?? false,
    secondaries: init?.secondaries ?? [],
    rollbackTs: init?.rollbackTs ?? [],
    lastChangeTs: init?.lastChangeTs ?? 0n,
    versionsToLastChange: init?.versionsToLastChange ?? 0,
  }),
  encode: (message) => encodeWith(writeMvccLock, message),
  decode: (bytes) => decodeWith('kvrpcpb.MvccLock', readMvccLock, bytes),
  readFrom: readMvccLock,
  writeTo: writeMvccLock,
}

const MvccLockFields: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]

function readMvccLock(reader: WireReader, end: number, into?: MvccLock): MvccLock {
  const message: MvccLock = into ?? { type: 0, startTs: 0n, primary: emptyBytes, shortValue: emptyBytes, ttl: 0, forUpdateTs: 0n, txnSize: 0n, useAsyncCommit: false, secondaries: [], rollbackTs: [], lastChangeTs: 0n, versionsToLastChange: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.type = reader.int32() as Op
        break
      case 16:
        message.startTs = reader.uint64()
        break
      case 26:
        message.primary = reader.bytes()
        break
      case 34:
        message.shortValue = reader.bytes()
        break
      case 40:
        message.ttl = reader.uint64Number()
        break
      case 48:
        message.forUpdateTs = reader.uint64()
        break
      case 56:
        message.txnSize = reader.uint64()
        break
      case 64:
        message.useAsyncCommit = reader.bool()
        break
      case 74:
        message.secondaries.push(reader.bytes())
        break
      case 80:
        message.rollbackTs.push(reader.uint64())
        break
      case 82:
        {
          const packedEnd = reader.end()
          while (reader.pos < packedEnd) message.rollbackTs.push(reader.uint64())
          reader.close(packedEnd)
        }
        break
      case 88:
        message.lastChangeTs = reader.uint64()
        break
      case 96:
        message.versionsToLastChange = reader.uint64Number()
        break
      default:
        reader.skip(tag, MvccLockFields)
    }
  }
  reader.close(end)
  return message
}

function writeMvccLock(writer: WireWriter, message: MvccLock): void {
  if (message.versionsToLastChange !== 0) {
    writer.uint64Number(message.versionsToLastChange)
    writer.tag1(96)
  }
  if (message.lastChangeTs !== 0n) {
    writer.uint64(message.lastChangeTs)
    writer.tag1(88)
  }
  if (message.rollbackTs.length !== 0) {
    const mark = writer.size
    for (let at = message.rollbackTs.length - 1; at >= 0; at--) writer.uint64(message.rollbackTs[at]!)
    writer.length(mark)
    writer.tag1(82)
  }
  for (let at = message.secondaries.length - 1; at >= 0; at--) {
    const value = message.secondaries[at]!
    writer.bytes(value)
    writer.tag1(74)
  }
  if (message.useAsyncCommit) {
    writer.bool(message.useAsyncCommit)
    writer.tag1(64)
  }
  if (message.txnSize !== 0n) {
    writer.uint64(message.txnSize)
    writer.tag1(56)
  }
  if (message.forUpdateTs !== 0n) {
    writer.uint64(message.forUpdateTs)
    writer.tag1(48)
  }
  if (message.ttl !== 0) {
    writer.uint64Number(message.ttl)
    writer.tag1(40)
  }
  if (message.shortValue.length !== 0) {
    writer.bytes(message.shortValue)
    writer.tag1(34)
  }
  if (message.primary.length !== 0) {
    writer.bytes(message.primary)
    writer.tag1(26)
  }
  if (message.startTs !== 0n) {
    writer.uint64(message.startTs)
    writer.tag1(16)
  }
  if (message.type !== 0) {
    writer.int32(message.type)
    writer.tag1(8)
  }
}

export interface MvccWrite {
  type: Op
  startTs: bigint
  commitTs: bigint
  shortValue: Uint8Array
  hasOverlappedRollback: boolean
  hasGcFence: boolean
  gcFence: bigint
  lastChangeTs: bigint
  versionsToLastChange: number
}

export const MvccWrite: MessageDefinition<MvccWrite> = {
  typeName: 'kvrpcpb.MvccWrite',
  create: (init) => ({
    type: init?.type ?? 0,
    startTs: init?.startTs ?? 0n,
    commitTs: init?.commitTs ?? 0n,
    shortValue: init?.shortValue ?? emptyBytes,
    hasOverlappedRollback: init?.hasOverlappedRollback ?? false,
    hasGcFence: init?.hasGcFence ?? false,
    gcFence: init?.gcFence ?? 0n,
    lastChangeTs: init?.lastChangeTs ?? 0n,
    versionsToLastChange: init?.versionsToLastChange ?? 0,
  }),
  encode: (message) => encodeWith(writeMvccWrite, message),
  decode: (bytes) => decodeWith('kvrpcpb.MvccWrite', readMvccWrite, bytes),
  readFrom: readMvccWrite,
  writeTo: writeMvccWrite,
}

const MvccWriteFields: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9]

function readMvccWrite(reader: WireReader, end: number, into?: MvccWrite): MvccWrite {
  const message: MvccWrite = into ?? { type: 0, startTs: 0n, commitTs: 0n, shortValue: emptyBytes, hasOverlappedRollback: false, hasGcFence: false, gcFence: 0n, lastChangeTs: 0n, versionsToLastChange: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.type = reader.int32() as Op
        break
      case 16:
        message.startTs = reader.uint64()
        break
      case 24:
        message.commitTs = reader.uint64()
        break
      case 34:
        message.shortValue = reader.bytes()
        break
      case 40:
        message.hasOverlappedRollback = reader.bool()
        break
      case 48:
        message.hasGcFence = reader.bool()
        break
      case 56:
        message.gcFence = reader.uint64()
        break
      case 64:
        message.lastChangeTs = reader.uint64()
        break
      case 72:
        message.versionsToLastChange = reader.uint64Number()
        break
      default:
        reader.skip(tag, MvccWriteFields)
    }
  }
  reader.close(end)
  return message
}

function writeMvccWrite(writer: WireWriter, message: MvccWrite): void {
  if (message.versionsToLastChange !== 0) {
    writer.uint64Number(message.versionsToLastChange)
    writer.tag1(72)
  }
  if (message.lastChangeTs !== 0n) {
    writer.uint64(message.lastChangeTs)
    writer.tag1(64)
  }
  if (message.gcFence !== 0n) {
    writer.uint64(message.gcFence)
    writer.tag1(56)
  }
  if (message.hasGcFence) {
    writer.bool(message.hasGcFence)
    writer.tag1(48)
  }
  if (message.hasOverlappedRollback) {
    writer.bool(message.hasOverlappedRollback)
    writer.tag1(40)
  }
  if (message.shortValue.length !== 0) {
    writer.bytes(message.shortValue)
    writer.tag1(34)
  }
  if (message.commitTs !== 0n) {
    writer.uint64(message.commitTs)
    writer.tag1(24)
  }
  if (message.startTs !== 0n) {
    writer.uint64(message.startTs)
    writer.tag1(16)
  }
  if (message.type !== 0) {
    writer.int32(message.type)
    writer.tag1(8)
  }
}

export interface MvccValue {
  startTs: bigint
  value: Uint8Array
}

export const MvccValue: MessageDefinition<MvccValue> = {
  typeName: 'kvrpcpb.MvccValue',
  create: (init) => ({
    startTs: init?.startTs ?? 0n,
    value: init?.value ?? emptyBytes,
  }),
  encode: (message) => encodeWith(writeMvccValue, message),
  decode: (bytes) => decodeWith('kvrpcpb.MvccValue', readMvccValue, bytes),
  readFrom: readMvccValue,
  writeTo: writeMvccValue,
}

const MvccValueFields: readonly number[] = [1, 2]

function readMvccValue(reader: WireReader, end: number, into?: MvccValue): MvccValue {
  const message: MvccValue = into ?? { startTs: 0n, value: emptyBytes }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.startTs = reader.uint64()
        break
      case 18:
        message.value = reader.bytes()
        break
      default:
        reader.skip(tag, MvccValueFields)
    }
  }
  reader.close(end)
  return message
}

function writeMvccValue(writer: WireWriter, message: MvccValue): void {
  if (message.value.length !== 0) {
    writer.bytes(message.value)
    writer.tag1(18)
  }
  if (message.startTs !== 0n) {
    writer.uint64(message.startTs)
    writer.tag1(8)
  }
}

export interface ExecDetailsV2 {
  timeDetail: TimeDetail | undefined
  scanDetailV2: ScanDetailV2 | undefined
  writeDetail: WriteDetail | undefined
  timeDetailV2: TimeDetailV2 | undefined
  ruV2: RUV2 | undefined
  readPoolTaskDetails: PoolTaskDetails | undefined
}

export const ExecDetailsV2: MessageDefinition<ExecDetailsV2> = {
  typeName: 'kvrpcpb.ExecDetailsV2',
  create: (init) => ({
    timeDetail: init?.timeDetail,
    scanDetailV2: init?.scanDetailV2,
    writeDetail: init?.writeDetail,
    timeDetailV2: init?.timeDetailV2,
    ruV2: init?.ruV2,
    readPoolTaskDetails: init?.readPoolTaskDetails,
  }),
  encode: (message) => encodeWith(writeExecDetailsV2, message),
  decode: (bytes) => decodeWith('kvrpcpb.ExecDetailsV2', readExecDetailsV2, bytes),
  readFrom: readExecDetailsV2,
  writeTo: writeExecDetailsV2,
}

const ExecDetailsV2Fields: readonly number[] = [1, 2, 3, 4, 5, 6]

function readExecDetailsV2(reader: WireReader, end: number, into?: ExecDetailsV2): ExecDetailsV2 {
  const message: ExecDetailsV2 = into ?? { timeDetail: undefined, scanDetailV2: undefined, writeDetail: undefined, timeDetailV2: undefined, ruV2: undefined, readPoolTaskDetails: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.timeDetail = readTimeDetail(reader, reader.end(), message.timeDetail)
        break
      case 18:
        message.scanDetailV2 = readScanDetailV2(reader, reader.end(), message.scanDetailV2)
        break
      case 26:
        message.writeDetail = readWriteDetail(reader, reader.end(), message.writeDetail)
        break
      case 34:
        message.timeDetailV2 = readTimeDetailV2(reader, reader.end(), message.timeDetailV2)
        break
      case 42:
        message.ruV2 = readRUV2(reader, reader.end(), message.ruV2)
        break
      case 50:
        message.readPoolTaskDetails = readPoolTaskDetails(reader, reader.end(), message.readPoolTaskDetails)
        break
      default:
        reader.skip(tag, ExecDetailsV2Fields)
    }
  }
  reader.close(end)
  return message
}

function writeExecDetailsV2(writer: WireWriter, message: ExecDetailsV2): void {
  if (message.readPoolTaskDetails !== undefined) {
    const mark6 = writer.size
    writePoolTaskDetails(writer, message.readPoolTaskDetails)
    writer.length(mark6)
    writer.tag1(50)
  }
  if (message.ruV2 !== undefined) {
    const mark5 = writer.size
    writeRUV2(writer, message.ruV2)
    writer.length(mark5)
    writer.tag1(42)
  }
  if (message.timeDetailV2 !== undefined) {
    const mark4 = writer.size
    writeTimeDetailV2(writer, message.timeDetailV2)
    writer.length(mark4)
    writer.tag1(34)
  }
  if (message.writeDetail !== undefined) {
    const mark3 = writer.size
    writeWriteDetail(writer, message.writeDetail)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.scanDetailV2 !== undefined) {
    const mark2 = writer.size
    writeScanDetailV2(writer, message.scanDetailV2)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.timeDetail !== undefined) {
    const mark1 = writer.size
    writeTimeDetail(writer, message.timeDetail)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface TimeDetail {
  waitWallTimeMs: number
  processWallTimeMs: number
  kvReadWallTimeMs: number
  totalRpcWallTimeNs: number
}

export const TimeDetail: MessageDefinition<TimeDetail> = {
  typeName: 'kvrpcpb.TimeDetail',
  create: (init) => ({
    waitWallTimeMs: init?.waitWallTimeMs ?? 0,
    processWallTimeMs: init?.processWallTimeMs ?? 0,
    kvReadWallTimeMs: init?.kvReadWallTimeMs ?? 0,
    totalRpcWallTimeNs: init?.totalRpcWallTimeNs ?? 0,
  }),
  encode: (message) => encodeWith(writeTimeDetail, message),
  decode: (bytes) => decodeWith('kvrpcpb.TimeDetail', readTimeDetail, bytes),
  readFrom: readTimeDetail,
  writeTo: writeTimeDetail,
}

const TimeDetailFields: readonly number[] = [1, 2, 3, 4]

function readTimeDetail(reader: WireReader, end: number, into?: TimeDetail): TimeDetail {
  const message: TimeDetail = into ?? { waitWallTimeMs: 0, processWallTimeMs: 0, kvReadWallTimeMs: 0, totalRpcWallTimeNs: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.waitWallTimeMs = reader.uint64Number()
        break
      case 16:
        message.processWallTimeMs = reader.uint64Number()
        break
      case 24:
        message.kvReadWallTimeMs = reader.uint64Number()
        break
      case 32:
        message.totalRpcWallTimeNs = reader.uint64Number()
        break
      default:
        reader.skip(tag, TimeDetailFields)
    }
  }
  reader.close(end)
  return message
}

function writeTimeDetail(writer: WireWriter, message: TimeDetail): void {
  if (message.totalRpcWallTimeNs !== 0) {
    writer.uint64Number(message.totalRpcWallTimeNs)
    writer.tag1(32)
  }
  if (message.kvReadWallTimeMs !== 0) {
    writer.uint64Number(message.kvReadWallTimeMs)
    writer.tag1(24)
  }
  if (message.processWallTimeMs !== 0) {
    writer.uint64Number(message.processWallTimeMs)
    writer.tag1(16)
  }
  if (message.waitWallTimeMs !== 0) {
    writer.uint64Number(message.waitWallTimeMs)
    writer.tag1(8)
  }
}

export interface ScanDetailV2 {
  processedVersions: number
  totalVersions: number
  rocksdbDeleteSkippedCount: number
  rocksdbKeySkippedCount: number
  rocksdbBlockCacheHitCount: number
  rocksdbBlockReadCount: number
  rocksdbBlockReadByte: number
  processedVersionsSize: number
  rocksdbBlockReadNanos: number
  getSnapshotNanos: number
  readIndexProposeWaitNanos: number
  readIndexConfirmWaitNanos: number
  readPoolScheduleWaitNanos: number
  totalVersionsSize: number
  iaCacheHitCount: number
  iaRemoteReadSegmentCount: number
  iaRemoteReadSegmentBytes: number
  iaRemoteReadSegmentNanos: number
}

export const ScanDetailV2: MessageDefinition<ScanDetailV2> = {
  typeName: 'kvrpcpb.ScanDetailV2',
  create: (init) => ({
    processedVersions: init?.processedVersions ?? 0,
    totalVersions: init?.totalVersions ?? 0,
    rocksdbDeleteSkippedCount: init?.rocksdbDeleteSkippedCount ?? 0,
    rocksdbKeySkippedCount: init?.rocksdbKeySkippedCount ?? 0,
    rocksdbBlockCacheHitCount: init?.rocksdbBlockCacheHitCount ?? 0,
    rocksdbBlockReadCount: init?.rocksdbBlockReadCount ?? 0,
    rocksdbBlockReadByte: init?.rocksdbBlockReadByte ?? 0,
    processedVersionsSize: init?.processedVersionsSize ?? 0,
    rocksdbBlockReadNanos: init?.rocksdbBlockReadNanos ?? 0,
    getSnapshotNanos: init?.getSnapshotNanos ?? 0,
    readIndexProposeWaitNanos: init?.readIndexProposeWaitNanos ?? 0,
    readIndexConfirmWaitNanos: init?.readIndexConfirmWaitNanos ?? 0,
    readPoolScheduleWaitNanos: init?.readPoolScheduleWaitNanos ?? 0,
    totalVersionsSize: init?.totalVersionsSize ?? 0,
    iaCacheHitCount: init?.iaCacheHitCount ?? 0,
    iaRemoteReadSegmentCount: init?.iaRemoteReadSegmentCount ?? 0,
    iaRemoteReadSegmentBytes: init?.iaRemoteReadSegmentBytes ?? 0,
    iaRemoteReadSegmentNanos: init?.iaRemoteReadSegmentNanos ?? 0,
  }),
  encode: (message) => encodeWith(writeScanDetailV2, message),
  decode: (bytes) => decodeWith('kvrpcpb.ScanDetailV2', readScanDetailV2, bytes),
  readFrom: readScanDetailV2,
  writeTo: writeScanDetailV2,
}

const ScanDetailV2Fields: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18]

function readScanDetailV2(reader: WireReader, end: number, into?: ScanDetailV2): ScanDetailV2 {
  const message: ScanDetailV2 = into ?? { processedVersions: 0, totalVersions: 0, rocksdbDeleteSkippedCount: 0, rocksdbKeySkippedCount: 0, rocksdbBlockCacheHitCount: 0, rocksdbBlockReadCount: 0, rocksdbBlockReadByte: 0, processedVersionsSize: 0, rocksdbBlockReadNanos: 0, getSnapshotNanos: 0, readIndexProposeWaitNanos: 0, readIndexConfirmWaitNanos: 0, readPoolScheduleWaitNanos: 0, totalVersionsSize: 0, iaCacheHitCount: 0, iaRemoteReadSegmentCount: 0, iaRemoteReadSegmentBytes: 0, iaRemoteReadSegmentNanos: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.processedVersions = reader.uint64Number()
        break
      case 16:
        message.totalVersions = reader.uint64Number()
        break
      case 24:
        message.rocksdbDeleteSkippedCount = reader.uint64Number()
        break
      case 32:
        message.rocksdbKeySkippedCount = reader.uint64Number()
        break
      case 40:
        message.rocksdbBlockCacheHitCount = reader.uint64Number()
        break
      case 48:
        message.rocksdbBlockReadCount = reader.uint64Number()
        break
      case 56:
        message.rocksdbBlockReadByte = reader.uint64Number()
        break
      case 64:
        message.processedVersionsSize = reader.uint64Number()
        break
      case 72:
        message.rocksdbBlockReadNanos = reader.uint64Number()
        break
      case 80:
        message.getSnapshotNanos = reader.uint64Number()
        break
      case 88:
        message.readIndexProposeWaitNanos = reader.uint64Number()
        break
      case 96:
        message.readIndexConfirmWaitNanos = reader.uint64Number()
        break
      case 104:
        message.readPoolScheduleWaitNanos = reader.uint64Number()
        break
      case 112:
        message.totalVersionsSize = reader.uint64Number()
        break
      case 120:
        message.iaCacheHitCount = reader.uint64Number()
        break
      case 128:
        message.iaRemoteReadSegmentCount = reader.uint64Number()
        break
      case 136:
        message.iaRemoteReadSegmentBytes = reader.uint64Number()
        break
      case 144:
        message.iaRemoteReadSegmentNanos = reader.uint64Number()
        break
      default:
        reader.skip(tag, ScanDetailV2Fields)
    }
  }
  reader.close(end)
  return message
}

function writeScanDetailV2(writer: WireWriter, message: ScanDetailV2): void {
  if (message.iaRemoteReadSegmentNanos !== 0) {
    writer.uint64Number(message.iaRemoteReadSegmentNanos)
    writer.tag(144)
  }
  if (message.iaRemoteReadSegmentBytes !== 0) {
    writer.uint64Number(message.iaRemoteReadSegmentBytes)
    writer.tag(136)
  }
  if (message.iaRemoteReadSegmentCount !== 0) {
    writer.uint64Number(message.iaRemoteReadSegmentCount)
    writer.tag(128)
  }
  if (message.iaCacheHitCount !== 0) {
    writer.uint64Number(message.iaCacheHitCount)
    writer.tag1(120)
  }
  if (message.totalVersionsSize !== 0) {
    writer.uint64Number(message.totalVersionsSize)
    writer.tag1(112)
  }
  if (message.readPoolScheduleWaitNanos !== 0) {
    writer.uint64Number(message.readPoolScheduleWaitNanos)
    writer.tag1(104)
  }
  if (message.readIndexConfirmWaitNanos !== 0) {
    writer.uint64Number(message.readIndexConfirmWaitNanos)
    writer.tag1(96)
  }
  if (message.readIndexProposeWaitNanos !== 0) {
    writer.uint64Number(message.readIndexProposeWaitNanos)
    writer.tag1(88)
  }
  if (message.getSnapshotNanos !== 0) {
    writer.uint64Number(message.getSnapshotNanos)
    writer.tag1(80)
  }
  if (message.rocksdbBlockReadNanos !== 0) {
    writer.uint64Number(message.rocksdbBlockReadNanos)
    writer.tag1(72)
  }
  if (message.processedVersionsSize !== 0) {
    writer.uint64Number(message.processedVersionsSize)
    writer.tag1(64)
  }
  if (message.rocksdbBlockReadByte !== 0) {
    writer.uint64Number(message.rocksdbBlockReadByte)
    writer.tag1(56)
  }
  if (message.rocksdbBlockReadCount !== 0) {
    writer.uint64Number(message.rocksdbBlockReadCount)
    writer.tag1(48)
  }
  if (message.rocksdbBlockCacheHitCount !== 0) {
    writer.uint64Number(message.rocksdbBlockCacheHitCount)
    writer.tag1(40)
  }
  if (message.rocksdbKeySkippedCount !== 0) {
    writer.uint64Number(message.rocksdbKeySkippedCount)
    writer.tag1(32)
  }
  if (message.rocksdbDeleteSkippedCount !== 0) {
    writer.uint64Number(message.rocksdbDeleteSkippedCount)
    writer.tag1(24)
  }
  if (message.totalVersions !== 0) {
    writer.uint64Number(message.totalVersions)
    writer.tag1(16)
  }
  if (message.processedVersions !== 0) {
    writer.uint64Number(message.processedVersions)
    writer.tag1(8)
  }
}

export interface WriteDetail {
  storeBatchWaitNanos: number
  proposeSendWaitNanos: number
  persistLogNanos: number
  raftDbWriteLeaderWaitNanos: number
  raftDbSyncLogNanos: number
  raftDbWriteMemtableNanos: number
  commitLogNanos: number
  applyBatchWaitNanos: number
  applyLogNanos: number
  applyMutexLockNanos: number
  applyWriteLeaderWaitNanos: number
  applyWriteWalNanos: number
  applyWriteMemtableNanos: number
  latchWaitNanos: number
  processNanos: number
  throttleNanos: number
  pessimisticLockWaitNanos: number
}

export const WriteDetail: MessageDefinition<WriteDetail> = {
  typeName: 'kvrpcpb.WriteDetail',
  create: (init) => ({
    storeBatchWaitNanos: init?.storeBatchWaitNanos ?? 0,
    proposeSendWaitNanos: init?.proposeSendWaitNanos ?? 0,
    persistLogNanos: init?.persistLogNanos ?? 0,
    raftDbWriteLeaderWaitNanos: init?.raftDbWriteLeaderWaitNanos ?? 0,
    raftDbSyncLogNanos: init?.raftDbSyncLogNanos ?? 0,
    raftDbWriteMemtableNanos: init?.raftDbWriteMemtableNanos ?? 0,
    commitLogNanos: init?.commitLogNanos ?? 0,
    applyBatchWaitNanos: init?.applyBatchWaitNanos ?? 0,
    applyLogNanos: init?.applyLogNanos ?? 0,
    applyMutexLockNanos: init?.applyMutexLockNanos ?? 0,
    applyWriteLeaderWaitNanos: init?.applyWriteLeaderWaitNanos ?? 0,
    applyWriteWalNanos: init?.applyWriteWalNanos ?? 0,
    applyWriteMemtableNanos: init?.applyWriteMemtableNanos ?? 0,
    latchWaitNanos: init?.latchWaitNanos ?? 0,
    processNanos: init?.processNanos ?? 0,
    throttleNanos: init?.throttleNanos ?? 0,
    pessimisticLockWaitNanos: init?.pessimisticLockWaitNanos ?? 0,
  }),
  encode: (message) => encodeWith(writeWriteDetail, message),
  decode: (bytes) => decodeWith('kvrpcpb.WriteDetail', readWriteDetail, bytes),
  readFrom: readWriteDetail,
  writeTo: writeWriteDetail,
}

const WriteDetailFields: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17]

function readWriteDetail(reader: WireReader, end: number, into?: WriteDetail): WriteDetail {
  const message: WriteDetail = into ?? { storeBatchWaitNanos: 0, proposeSendWaitNanos: 0, persistLogNanos: 0, raftDbWriteLeaderWaitNanos: 0, raftDbSyncLogNanos: 0, raftDbWriteMemtableNanos: 0, commitLogNanos: 0, applyBatchWaitNanos: 0, applyLogNanos: 0, applyMutexLockNanos: 0, applyWriteLeaderWaitNanos: 0, applyWriteWalNanos: 0, applyWriteMemtableNanos: 0, latchWaitNanos: 0, processNanos: 0, throttleNanos: 0, pessimisticLockWaitNanos: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.storeBatchWaitNanos = reader.uint64Number()
        break
      case 16:
        message.proposeSendWaitNanos = reader.uint64Number()
        break
      case 24:
        message.persistLogNanos = reader.uint64Number()
        break
      case 32:
        message.raftDbWriteLeaderWaitNanos = reader.uint64Number()
        break
      case 40:
        message.raftDbSyncLogNanos = reader.uint64Number()
        break
      case 48:
        message.raftDbWriteMemtableNanos = reader.uint64Number()
        break
      case 56:
        message.commitLogNanos = reader.uint64Number()
        break
      case 64:
        message.applyBatchWaitNanos = reader.uint64Number()
        break
      case 72:
        message.applyLogNanos = reader.uint64Number()
        break
      case 80:
        message.applyMutexLockNanos = reader.uint64Number()
        break
      case 88:
        message.applyWriteLeaderWaitNanos = reader.uint64Number()
        break
      case 96:
        message.applyWriteWalNanos = reader.uint64Number()
        break
      case 104:
        message.applyWriteMemtableNanos = reader.uint64Number()
        break
      case 112:
        message.latchWaitNanos = reader.uint64Number()
        break
      case 120:
        message.processNanos = reader.uint64Number()
        break
      case 128:
        message.throttleNanos = reader.uint64Number()
        break
      case 136:
        message.pessimisticLockWaitNanos = reader.uint64Number()
        break
      default:
        reader.skip(tag, WriteDetailFields)
    }
  }
  reader.close(end)
  return message
}

function writeWriteDetail(writer: WireWriter, message: WriteDetail): void {
  if (message.pessimisticLockWaitNanos !== 0) {
    writer.uint64Number(message.pessimisticLockWaitNanos)
    writer.tag(136)
  }
  if (message.throttleNanos !== 0) {
    writer.uint64Number(message.throttleNanos)
    writer.tag(128)
  }
  if (message.processNanos !== 0) {
    writer.uint64Number(message.processNanos)
    writer.tag1(120)
  }
  if (message.latchWaitNanos !== 0) {
    writer.uint64Number(message.latchWaitNanos)
    writer.tag1(112)
  }
  if (message.applyWriteMemtableNanos !== 0) {
    writer.uint64Number(message.applyWriteMemtableNanos)
    writer.tag1(104)
  }
  if (message.applyWriteWalNanos !== 0) {
    writer.uint64Number(message.applyWriteWalNanos)
    writer.tag1(96)
  }
  if (message.applyWriteLeaderWaitNanos !== 0) {
    writer.uint64Number(message.applyWriteLeaderWaitNanos)
    writer.tag1(88)
  }
  if (message.applyMutexLockNanos !== 0) {
    writer.uint64Number(message.applyMutexLockNanos)
    writer.tag1(80)
  }
  if (message.applyLogNanos !== 0) {
    writer.uint64Number(message.applyLogNanos)
    writer.tag1(72)
  }
  if (message.applyBatchWaitNanos !== 0) {
    writer.uint64Number(message.applyBatchWaitNanos)
    writer.tag1(64)
  }
  if (message.commitLogNanos !== 0) {
    writer.uint64Number(message.commitLogNanos)
    writer.tag1(56)
  }
  if (message.raftDbWriteMemtableNanos !== 0) {
    writer.uint64Number(message.raftDbWriteMemtableNanos)
    writer.tag1(48)
  }
  if (message.raftDbSyncLogNanos !== 0) {
    writer.uint64Number(message.raftDbSyncLogNanos)
    writer.tag1(40)
  }
  if (message.raftDbWriteLeaderWaitNanos !== 0) {
    writer.uint64Number(message.raftDbWriteLeaderWaitNanos)
    writer.tag1(32)
  }
  if (message.persistLogNanos !== 0) {
    writer.uint64Number(message.persistLogNanos)
    writer.tag1(24)
  }
  if (message.proposeSendWaitNanos !== 0) {
    writer.uint64Number(message.proposeSendWaitNanos)
    writer.tag1(16)
  }
  if (message.storeBatchWaitNanos !== 0) {
    writer.uint64Number(message.storeBatchWaitNanos)
    writer.tag1(8)
  }
}

export interface TimeDetailV2 {
  waitWallTimeNs: number
  processWallTimeNs: number
  processSuspendWallTimeNs: number
  kvReadWallTimeNs: number
  totalRpcWallTimeNs: number
  kvGrpcProcessTimeNs: number
  kvGrpcWaitTimeNs: number
}

export const TimeDetailV2: MessageDefinition<TimeDetailV2> = {
  typeName: 'kvrpcpb.TimeDetailV2',
  create: (init) => ({
    waitWallTimeNs: init?.waitWallTimeNs ?? 0,
    processWallTimeNs: init?.processWallTimeNs ?? 0,
    processSuspendWallTimeNs: init?.processSuspendWallTimeNs ?? 0,
    kvReadWallTimeNs: init?.kvReadWallTimeNs ?? 0,
    totalRpcWallTimeNs: init?.totalRpcWallTimeNs ?? 0,
    kvGrpcProcessTimeNs: init?.kvGrpcProcessTimeNs ?? 0,
    kvGrpcWaitTimeNs: init?.kvGrpcWaitTimeNs ?? 0,
  }),
  encode: (message) => encodeWith(writeTimeDetailV2, message),
  decode: (bytes) => decodeWith('kvrpcpb.TimeDetailV2', readTimeDetailV2, bytes),
  readFrom: readTimeDetailV2,
  writeTo: writeTimeDetailV2,
}

const TimeDetailV2Fields: readonly number[] = [1, 2, 3, 4, 5, 6, 7]

function readTimeDetailV2(reader: WireReader, end: number, into?: TimeDetailV2): TimeDetailV2 {
  const message: TimeDetailV2 = into ?? { waitWallTimeNs: 0, processWallTimeNs: 0, processSuspendWallTimeNs: 0, kvReadWallTimeNs: 0, totalRpcWallTimeNs: 0, kvGrpcProcessTimeNs: 0, kvGrpcWaitTimeNs: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.waitWallTimeNs = reader.uint64Number()
        break
      case 16:
        message.processWallTimeNs = reader.uint64Number()
        break
      case 24:
        message.processSuspendWallTimeNs = reader.uint64Number()
        break
      case 32:
        message.kvReadWallTimeNs = reader.uint64Number()
        break
      case 40:
        message.totalRpcWallTimeNs = reader.uint64Number()
        break
      case 48:
        message.kvGrpcProcessTimeNs = reader.uint64Number()
        break
      case 56:
        message.kvGrpcWaitTimeNs = reader.uint64Number()
        break
      default:
        reader.skip(tag, TimeDetailV2Fields)
    }
  }
  reader.close(end)
  return message
}

function writeTimeDetailV2(writer: WireWriter, message: TimeDetailV2): void {
  if (message.kvGrpcWaitTimeNs !== 0) {
    writer.uint64Number(message.kvGrpcWaitTimeNs)
    writer.tag1(56)
  }
  if (message.kvGrpcProcessTimeNs !== 0) {
    writer.uint64Number(message.kvGrpcProcessTimeNs)
    writer.tag1(48)
  }
  if (message.totalRpcWallTimeNs !== 0) {
    writer.uint64Number(message.totalRpcWallTimeNs)
    writer.tag1(40)
  }
  if (message.kvReadWallTimeNs !== 0) {
    writer.uint64Number(message.kvReadWallTimeNs)
    writer.tag1(32)
  }
  if (message.processSuspendWallTimeNs !== 0) {
    writer.uint64Number(message.processSuspendWallTimeNs)
    writer.tag1(24)
  }
  if (message.processWallTimeNs !== 0) {
    writer.uint64Number(message.processWallTimeNs)
    writer.tag1(16)
  }
  if (message.waitWallTimeNs !== 0) {
    writer.uint64Number(message.waitWallTimeNs)
    writer.tag1(8)
  }
}

export interface RUV2 {
  kvEngineCacheMiss: number
  executorInputs: ExecutorInputs | undefined
  coprocessorExecutorIterations: number
  coprocessorResponseBytes: number
  raftstoreStoreWriteTriggerWbBytes: number
  storageProcessedKeysBatchGet: number
  storageProcessedKeysGet: number
  readRpcCount: number
  writeRpcCount: number
}

export const RUV2: MessageDefinition<RUV2> = {
  typeName: 'kvrpcpb.RUV2',
  create: (init) => ({
    kvEngineCacheMiss: init?.kvEngineCacheMiss ?? 0,
    executorInputs: init?.executorInputs,
    coprocessorExecutorIterations: init?.coprocessorExecutorIterations ?? 0,
    coprocessorResponseBytes: init?.coprocessorResponseBytes ?? 0,
    raftstoreStoreWriteTriggerWbBytes: init?.raftstoreStoreWriteTriggerWbBytes ?? 0,
    storageProcessedKeysBatchGet: init?.storageProcessedKeysBatchGet ?? 0,
    storageProcessedKeysGet: init?.storageProcessedKeysGet ?? 0,
    readRpcCount: init?.readRpcCount ?? 0,
    writeRpcCount: init?.writeRpcCount ?? 0,
  }),
  encode: (message) => encodeWith(writeRUV2, message),
  decode: (bytes) => decodeWith('kvrpcpb.RUV2', readRUV2, bytes),
  readFrom: readRUV2,
  writeTo: writeRUV2,
}

const RUV2Fields: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9]

function readRUV2(reader: WireReader, end: number, into?: RUV2): RUV2 {
  const message: RUV2 = into ?? { kvEngineCacheMiss: 0, executorInputs: undefined, coprocessorExecutorIterations: 0, coprocessorResponseBytes: 0, raftstoreStoreWriteTriggerWbBytes: 0, storageProcessedKeysBatchGet: 0, storageProcessedKeysGet: 0, readRpcCount: 0, writeRpcCount: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.kvEngineCacheMiss = reader.uint64Number()
        break
      case 18:
        message.executorInputs = readExecutorInputs(reader, reader.end(), message.executorInputs)
        break
      case 24:
        message.coprocessorExecutorIterations = reader.uint64Number()
        break
      case 32:
        message.coprocessorResponseBytes = reader.uint64Number()
        break
      case 40:
        message.raftstoreStoreWriteTriggerWbBytes = reader.uint64Number()
        break
      case 48:
        message.storageProcessedKeysBatchGet = reader.uint64Number()
        break
      case 56:
        message.storageProcessedKeysGet = reader.uint64Number()
        break
      case 64:
        message.readRpcCount = reader.uint64Number()
        break
      case 72:
        message.writeRpcCount = reader.uint64Number()
        break
      default:
        reader.skip(tag, RUV2Fields)
    }
  }
  reader.close(end)
  return message
}

function writeRUV2(writer: WireWriter, message: RUV2): void {
  if (message.writeRpcCount !== 0) {
    writer.uint64Number(message.writeRpcCount)
    writer.tag1(72)
  }
  if (message.readRpcCount !== 0) {
    writer.uint64Number(message.readRpcCount)
    writer.tag1(64)
  }
  if (message.storageProcessedKeysGet !== 0) {
    writer.uint64Number(message.storageProcessedKeysGet)
    writer.tag1(56)
  }
  if (message.storageProcessedKeysBatchGet !== 0) {
    writer.uint64Number(message.storageProcessedKeysBatchGet)
    writer.tag1(48)
  }
  if (message.raftstoreStoreWriteTriggerWbBytes !== 0) {
    writer.uint64Number(message.raftstoreStoreWriteTriggerWbBytes)
    writer.tag1(40)
  }
  if (message.coprocessorResponseBytes !== 0) {
    writer.uint64Number(message.coprocessorResponseBytes)
    writer.tag1(32)
  }
  if (message.coprocessorExecutorIterations !== 0) {
    writer.uint64Number(message.coprocessorExecutorIterations)
    writer.tag1(24)
  }
  if (message.executorInputs !== undefined) {
    const mark2 = writer.size
    writeExecutorInputs(writer, message.executorInputs)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.kvEngineCacheMiss !== 0) {
    writer.uint64Number(message.kvEngineCacheMiss)
    writer.tag1(8)
  }
}

export interface ExecutorInputs {
  tikvCoprocessorExecutorWorkTotalBatchIndexScan: number
  tikvCoprocessorExecutorWorkTotalBatchTableScan: number
  tikvCoprocessorExecutorWorkTotalBatchSelection: number
  tikvCoprocessorExecutorWorkTotalBatchTopN: number
  tikvCoprocessorExecutorWorkTotalBatchLimit: number
  tikvCoprocessorExecutorWorkTotalBatchSimpleAggr: number
  tikvCoprocessorExecutorWorkTotalBatchFastHashAggr: number
}

export const ExecutorInputs: MessageDefinition<ExecutorInputs> = {
  typeName: 'kvrpcpb.ExecutorInputs',
  create: (init) => ({
    tikvCoprocessorExecutorWorkTotalBatchIndexScan: init?.tikvCoprocessorExecutorWorkTotalBatchIndexScan ?? 0,
    tikvCoprocessorExecutorWorkTotalBatchTableScan: init?.tikvCoprocessorExecutorWorkTotalBatchTableScan ?? 0,
    tikvCoprocessorExecutorWorkTotalBatchSelection: init?.tikvCoprocessorExecutorWorkTotalBatchSelection ?? 0,
    tikvCoprocessorExecutorWorkTotalBatchTopN: init?.tikvCoprocessorExecutorWorkTotalBatchTopN ?? 0,
    tikvCoprocessorExecutorWorkTotalBatchLimit: init?.tikvCoprocessorExecutorWorkTotalBatchLimit ?? 0,
    tikvCoprocessorExecutorWorkTotalBatchSimpleAggr: init?.tikvCoprocessorExecutorWorkTotalBatchSimpleAggr ?? 0,
    tikvCoprocessorExecutorWorkTotalBatchFastHashAggr: init?.tikvCoprocessorExecutorWorkTotalBatchFastHashAggr ?? 0,
  }),
  encode: (message) => encodeWith(writeExecutorInputs, message),
  decode: (bytes) => decodeWith('kvrpcpb.ExecutorInputs', readExecutorInputs, bytes),
  readFrom: readExecutorInputs,
  writeTo: writeExecutorInputs,
}

const ExecutorInputsFields: readonly number[] = [1, 2, 3, 4, 5, 6, 7]

function readExecutorInputs(reader: WireReader, end: number, into?: ExecutorInputs): ExecutorInputs {
  const message: ExecutorInputs = into ?? { tikvCoprocessorExecutorWorkTotalBatchIndexScan: 0, tikvCoprocessorExecutorWorkTotalBatchTableScan: 0, tikvCoprocessorExecutorWorkTotalBatchSelection: 0, tikvCoprocessorExecutorWorkTotalBatchTopN: 0, tikvCoprocessorExecutorWorkTotalBatchLimit: 0, tikvCoprocessorExecutorWorkTotalBatchSimpleAggr: 0, tikvCoprocessorExecutorWorkTotalBatchFastHashAggr: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.tikvCoprocessorExecutorWorkTotalBatchIndexScan = reader.uint64Number()
        break
      case 16:
        message.tikvCoprocessorExecutorWorkTotalBatchTableScan = reader.uint64Number()
        break
      case 24:
        message.tikvCoprocessorExecutorWorkTotalBatchSelection = reader.uint64Number()
        break
      case 32:
        message.tikvCoprocessorExecutorWorkTotalBatchTopN = reader.uint64Number()
        break
      case 40:
        message.tikvCoprocessorExecutorWorkTotalBatchLimit = reader.uint64Number()
        break
      case 48:
        message.tikvCoprocessorExecutorWorkTotalBatchSimpleAggr = reader.uint64Number()
        break
      case 56:
        message.tikvCoprocessorExecutorWorkTotalBatchFastHashAggr = reader.uint64Number()
        break
      default:
        reader.skip(tag, ExecutorInputsFields)
    }
  }
  reader.close(end)
  return message
}

function writeExecutorInputs(writer: WireWriter, message: ExecutorInputs): void {
  if (message.tikvCoprocessorExecutorWorkTotalBatchFastHashAggr !== 0) {
    writer.uint64Number(message.tikvCoprocessorExecutorWorkTotalBatchFastHashAggr)
    writer.tag1(56)
  }
  if (message.tikvCoprocessorExecutorWorkTotalBatchSimpleAggr !== 0) {
    writer.uint64Number(message.tikvCoprocessorExecutorWorkTotalBatchSimpleAggr)
    writer.tag1(48)
  }
  if (message.tikvCoprocessorExecutorWorkTotalBatchLimit !== 0) {
    writer.uint64Number(message.tikvCoprocessorExecutorWorkTotalBatchLimit)
    writer.tag1(40)
  }
  if (message.tikvCoprocessorExecutorWorkTotalBatchTopN !== 0) {
    writer.uint64Number(message.tikvCoprocessorExecutorWorkTotalBatchTopN)
    writer.tag1(32)
  }
  if (message.tikvCoprocessorExecutorWorkTotalBatchSelection !== 0) {
    writer.uint64Number(message.tikvCoprocessorExecutorWorkTotalBatchSelection)
    writer.tag1(24)
  }
  if (message.tikvCoprocessorExecutorWorkTotalBatchTableScan !== 0) {
    writer.uint64Number(message.tikvCoprocessorExecutorWorkTotalBatchTableScan)
    writer.tag1(16)
  }
  if (message.tikvCoprocessorExecutorWorkTotalBatchIndexScan !== 0) {
    writer.uint64Number(message.tikvCoprocessorExecutorWorkTotalBatchIndexScan)
    writer.tag1(8)
  }
}

export interface PoolTaskDetails {
  pollCount: number
  dispatchCount: number
  totalWallNanos: number
  totalQueueWaitNanos: number
  maxQueueWaitNanos: number
  minQueueWaitNanos: number
  totalWakeWaitNanos: number
  maxWakeWaitNanos: number
  minWakeWaitNanos: number
  fairQueueEnabled: boolean
  totalFairQueueWaitedTaskSlices: number
  maxFairQueueWaitedTaskSlices: number
  minFairQueueWaitedTaskSlices: number
  pollCpuNanos: number
  maxPollCpuNanos: number
  minPollCpuNanos: number
  pollWallNanos: number
  minPollWallNanos: number
  maxPollWallNanos: number
}

export const PoolTaskDetails: MessageDefinition<PoolTaskDetails> = {
  typeName: 'kvrpcpb.PoolTaskDetails',
  create: (init) => ({
    pollCount: init?.pollCount ?? 0,
    dispatchCount: init?.dispatchCount ?? 0,
    totalWallNanos: init?.totalWallNanos ?? 0,
    totalQueueWaitNanos: init?.totalQueueWaitNanos ?? 0,
    maxQueueWaitNanos: init?.maxQueueWaitNanos ?? 0,
    minQueueWaitNanos: init?.minQueueWaitNanos ?? 0,
    totalWakeWaitNanos: init?.totalWakeWaitNanos ?? 0,
    maxWakeWaitNanos: init?.maxWakeWaitNanos ?? 0,
    minWakeWaitNanos: init?.minWakeWaitNanos ?? 0,
    fairQueueEnabled: init?.fairQueueEnabled ?? false,
    totalFairQueueWaitedTaskSlices: init?.totalFairQueueWaitedTaskSlices ?? 0,
    maxFairQueueWaitedTaskSlices: init?.maxFairQueueWaitedTaskSlices ?? 0,
    minFairQueueWaitedTaskSlices: init?.minFairQueueWaitedTaskSlices ?? 0,
    pollCpuNanos: init?.pollCpuNanos ?? 0,
    maxPollCpuNanos: init?.maxPollCpuNanos ?? 0,
    minPollCpuNanos: init?.minPollCpuNanos ?? 0,
    pollWallNanos: init?.pollWallNanos ?? 0,
    minPollWallNanos: init?.minPollWallNanos ?? 0,
    maxPollWallNanos: init?.maxPollWallNanos ?? 0,
  }),
  encode: (message) => encodeWith(writePoolTaskDetails, message),
  decode: (bytes) => decodeWith('kvrpcpb.PoolTaskDetails', readPoolTaskDetails, bytes),
  readFrom: readPoolTaskDetails,
  writeTo: writePoolTaskDetails,
}

const PoolTaskDetailsFields: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19]

function readPoolTaskDetails(reader: WireReader, end: number, into?: PoolTaskDetails): PoolTaskDetails {
  const message: PoolTaskDetails = into ?? { pollCount: 0, dispatchCount: 0, totalWallNanos: 0, totalQueueWaitNanos: 0, maxQueueWaitNanos: 0, minQueueWaitNanos: 0, totalWakeWaitNanos: 0, maxWakeWaitNanos: 0, minWakeWaitNanos: 0, fairQueueEnabled: false, totalFairQueueWaitedTaskSlices: 0, maxFairQueueWaitedTaskSlices: 0, minFairQueueWaitedTaskSlices: 0, pollCpuNanos: 0, maxPollCpuNanos: 0, minPollCpuNanos: 0, pollWallNanos: 0, minPollWallNanos: 0, maxPollWallNanos: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.pollCount = reader.uint64Number()
        break
      case 16:
        message.dispatchCount = reader.uint64Number()
        break
      case 24:
        message.totalWallNanos = reader.uint64Number()
        break
      case 32:
        message.totalQueueWaitNanos = reader.uint64Number()
        break
      case 40:
        message.maxQueueWaitNanos = reader.uint64Number()
        break
      case 48:
        message.minQueueWaitNanos = reader.uint64Number()
        break
      case 56:
        message.totalWakeWaitNanos = reader.uint64Number()
        break
      case 64:
        message.maxWakeWaitNanos = reader.uint64Number()
        break
      case 72:
        message.minWakeWaitNanos = reader.uint64Number()
        break
      case 80:
        message.fairQueueEnabled = reader.bool()
        break
      case 88:
        message.totalFairQueueWaitedTaskSlices = reader.uint64Number()
        break
      case 96:
        message.maxFairQueueWaitedTaskSlices = reader.uint64Number()
        break
      case 104:
        message.minFairQueueWaitedTaskSlices = reader.uint64Number()
        break
      case 112:
        message.pollCpuNanos = reader.uint64Number()
        break
      case 120:
        message.maxPollCpuNanos = reader.uint64Number()
        break
      case 128:
        message.minPollCpuNanos = reader.uint64Number()
        break
      case 136:
        message.pollWallNanos = reader.uint64Number()
        break
      case 144:
        message.minPollWallNanos = reader.uint64Number()
        break
      case 152:
        message.maxPollWallNanos = reader.uint64Number()
        break
      default:
        reader.skip(tag, PoolTaskDetailsFields)
    }
  }
  reader.close(end)
  return message
}

function writePoolTaskDetails(writer: WireWriter, message: PoolTaskDetails): void {
  if (message.maxPollWallNanos !== 0) {
    writer.uint64Number(message.maxPollWallNanos)
    writer.tag(152)
  }
  if (message.minPollWallNanos !== 0) {
    writer.uint64Number(message.minPollWallNanos)
    writer.tag(144)
  }
  if (message.pollWallNanos !== 0) {
    writer.uint64Number(message.pollWallNanos)
    writer.tag(136)
  }
  if (message.minPollCpuNanos !== 0) {
    writer.uint64Number(message.minPollCpuNanos)
    writer.tag(128)
  }
  if (message.maxPollCpuNanos !== 0) {
    writer.uint64Number(message.maxPollCpuNanos)
    writer.tag1(120)
  }
  if (message.pollCpuNanos !== 0) {
    writer.uint64Number(message.pollCpuNanos)
    writer.tag1(112)
  }
  if (message.minFairQueueWaitedTaskSlices !== 0) {
    writer.uint64Number(message.minFairQueueWaitedTaskSlices)
    writer.tag1(104)
  }
  if (message.maxFairQueueWaitedTaskSlices !== 0) {
    writer.uint64Number(message.maxFairQueueWaitedTaskSlices)
    writer.tag1(96)
  }
  if (message.totalFairQueueWaitedTaskSlices !== 0) {
    writer.uint64Number(message.totalFairQueueWaitedTaskSlices)
    writer.tag1(88)
  }
  if (message.fairQueueEnabled) {
    writer.bool(message.fairQueueEnabled)
    writer.tag1(80)
  }
  if (message.minWakeWaitNanos !== 0) {
    writer.uint64Number(message.minWakeWaitNanos)
    writer.tag1(72)
  }
  if (message.maxWakeWaitNanos !== 0) {
    writer.uint64Number(message.maxWakeWaitNanos)
    writer.tag1(64)
  }
  if (message.totalWakeWaitNanos !== 0) {
    writer.uint64Number(message.totalWakeWaitNanos)
    writer.tag1(56)
  }
  if (message.minQueueWaitNanos !== 0) {
    writer.uint64Number(message.minQueueWaitNanos)
    writer.tag1(48)
  }
  if (message.maxQueueWaitNanos !== 0) {
    writer.uint64Number(message.maxQueueWaitNanos)
    writer.tag1(40)
  }
  if (message.totalQueueWaitNanos !== 0) {
    writer.uint64Number(message.totalQueueWaitNanos)
    writer.tag1(32)
  }
  if (message.totalWallNanos !== 0) {
    writer.uint64Number(message.totalWallNanos)
    writer.tag1(24)
  }
  if (message.dispatchCount !== 0) {
    writer.uint64Number(message.dispatchCount)
    writer.tag1(16)
  }
  if (message.pollCount !== 0) {
    writer.uint64Number(message.pollCount)
    writer.tag1(8)
  }
}

export interface BatchRollbackRequest {
  context: Context | undefined
  startVersion: bigint
  keys: Uint8Array[]
  isTxnFile: boolean
}

export const BatchRollbackRequest: MessageDefinition<BatchRollbackRequest> = {
  typeName: 'kvrpcpb.BatchRollbackRequest',
  create: (init) => ({
    context: init?.context,
    startVersion: init?.startVersion ?? 0n,
    keys: init?.keys ?? [],
    isTxnFile: init?.isTxnFile ?? false,
  }),
  encode: (message) => encodeWith(writeBatchRollbackRequest, message),
  decode: (bytes) => decodeWith('kvrpcpb.BatchRollbackRequest', readBatchRollbackRequest, bytes),
  readFrom: readBatchRollbackRequest,
  writeTo: writeBatchRollbackRequest,
}

const BatchRollbackRequestFields: readonly number[] = [1, 2, 3, 100]

function readBatchRollbackRequest(reader: WireReader, end: number, into?: BatchRollbackRequest): BatchRollbackRequest {
  const message: BatchRollbackRequest = into ?? { context: undefined, startVersion: 0n, keys: [], isTxnFile: false }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.context = readContext(reader, reader.end(), message.context)
        break
      case 16:
        message.startVersion = reader.uint64()
        break
      case 26:
        message.keys.push(reader.bytes())
        break
      case 800:
        message.isTxnFile = reader.bool()
        break
      default:
        reader.skip(tag, BatchRollbackRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeBatchRollbackRequest(writer: WireWriter, message: BatchRollbackRequest): void {
  if (message.isTxnFile) {
    writer.bool(message.isTxnFile)
    writer.tag(800)
  }
  for (let at = message.keys.length - 1; at >= 0; at--) {
    const value = message.keys[at]!
    writer.bytes(value)
    writer.tag1(26)
  }
  if (message.startVersion !== 0n) {
    writer.uint64(message.startVersion)
    writer.tag1(16)
  }
  if (message.context !== undefined) {
    const mark1 = writer.size
    writeContext(writer, message.context)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface BatchRollbackResponse {
  regionError: errorpb.Error | undefined
  error: KeyError | undefined
  execDetailsV2: ExecDetailsV2 | undefined
}

export const BatchRollbackResponse: MessageDefinition<BatchRollbackResponse> = {
  typeName: 'kvrpcpb.BatchRollbackResponse',
  create: (init) => ({
    regionError: init?.regionError,
    error: init?.error,
    execDetailsV2: init?.execDetailsV2,
  }),
  encode: (message) => encodeWith(writeBatchRollbackResponse, message),
  decode: (bytes) => decodeWith('kvrpcpb.BatchRollbackResponse', readBatchRollbackResponse, bytes),
  readFrom: readBatchRollbackResponse,
  writeTo: writeBatchRollbackResponse,
}

const BatchRollbackResponseFields: readonly number[] = [1, 2, 3]

function readBatchRollbackResponse(reader: WireReader, end: number, into?: BatchRollbackResponse): BatchRollbackResponse {
  const message: BatchRollbackResponse = into ?? { regionError: undefined, error: undefined, execDetailsV2: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.regionError = errorpb.Error.readFrom(reader, reader.end(), message.regionError)
        break
      case 18:
        message.error = readKeyError(reader, reader.end(), message.error)
        break
      case 26:
        message.execDetailsV2 = readExecDetailsV2(reader, reader.end(), message.execDetailsV2)
        break
      default:
        reader.skip(tag, BatchRollbackResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeBatchRollbackResponse(writer: WireWriter, message: BatchRollbackResponse): void {
  if (message.execDetailsV2 !== undefined) {
    const mark3 = writer.size
    writeExecDetailsV2(writer, message.execDetailsV2)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.error !== undefined) {
    const mark2 = writer.size
    writeKeyError(writer, message.error)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.regionError !== undefined) {
    const mark1 = writer.size
    errorpb.Error.writeTo(writer, message.regionError)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface BroadcastTxnStatusRequest {
  context: Context | undefined
  txnStatus: TxnStatus[]
}

export const BroadcastTxnStatusRequest: MessageDefinition<BroadcastTxnStatusRequest> = {
  typeName: 'kvrpcpb.BroadcastTxnStatusRequest',
  create: (init) => ({
    context: init?.context,
    txnStatus: init?.txnStatus ?? [],
  }),
  encode: (message) => encodeWith(writeBroadcastTxnStatusRequest, message),
  decode: (bytes) => decodeWith('kvrpcpb.BroadcastTxnStatusRequest', readBroadcastTxnStatusRequest, bytes),
  readFrom: readBroadcastTxnStatusRequest,
  writeTo: writeBroadcastTxnStatusRequest,
}

const BroadcastTxnStatusRequestFields: readonly number[] = [1, 2]

function readBroadcastTxnStatusRequest(reader: WireReader, end: number, into?: BroadcastTxnStatusRequest): BroadcastTxnStatusRequest {
  const message: BroadcastTxnStatusRequest = into ?? { context: undefined, txnStatus: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.context = readContext(reader, reader.end(), message.context)
        break
      case 18:
        message.txnStatus.push(readTxnStatus(reader, reader.end()))
        break
      default:
        reader.skip(tag, BroadcastTxnStatusRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeBroadcastTxnStatusRequest(writer: WireWriter, message: BroadcastTxnStatusRequest): void {
  for (let at = message.txnStatus.length - 1; at >= 0; at--) {
    const value = message.txnStatus[at]!
    const mark2 = writer.size
    writeTxnStatus(writer, value)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.context !== undefined) {
    const mark1 = writer.size
    writeContext(writer, message.context)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface TxnStatus {
  startTs: bigint
  minCommitTs: bigint
  commitTs: bigint
  rolledBack: boolean
  isCompleted: boolean
}

export const TxnStatus: MessageDefinition<TxnStatus> = {
  typeName: 'kvrpcpb.TxnStatus',
  create: (init) => ({
    startTs: init?.startTs ?? 0n,
    minCommitTs: init?.minCommitTs ?? 0n,
    commitTs: init?.commitTs ?? 0n,
    rolledBack: init?.rolledBack ?? false,
    isCompleted: init?.isCompleted ?? false,
  }),
  encode: (message) => encodeWith(writeTxnStatus, message),
  decode: (bytes) => decodeWith('kvrpcpb.TxnStatus', readTxnStatus, bytes),
  readFrom: readTxnStatus,
  writeTo: writeTxnStatus,
}

const TxnStatusFields: readonly number[] = [1, 2, 3, 4, 5]

function readTxnStatus(reader: WireReader, end: number, into?: TxnStatus): TxnStatus {
  const message: TxnStatus = into ?? { startTs: 0n, minCommitTs: 0n, commitTs: 0n, rolledBack: false, isCompleted: false }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.startTs = reader.uint64()
        break
      case 16:
        message.minCommitTs = reader.uint64()
        break
      case 24:
        message.commitTs = reader.uint64()
        break
      case 32:
        message.rolledBack = reader.bool()
        break
      case 40:
        message.isCompleted = reader.bool()
        break
      default:
        reader.skip(tag, TxnStatusFields)
    }
  }
  reader.close(end)
  return message
}

function writeTxnStatus(writer: WireWriter, message: TxnStatus): void {
  if (message.isCompleted) {
    writer.bool(message.isCompleted)
    writer.tag1(40)
  }
  if (message.rolledBack) {
    writer.bool(message.rolledBack)
    writer.tag1(32)
  }
  if (message.commitTs !== 0n) {
    writer.uint64(message.commitTs)
    writer.tag1(24)
  }
  if (message.minCommitTs !== 0n) {
    writer.uint64(message.minCommitTs)
    writer.tag1(16)
  }
  if (message.startTs !== 0n) {
    writer.uint64(message.startTs)
    writer.tag1(8)
  }
}

export type BroadcastTxnStatusResponse = Record<string, never>

export const BroadcastTxnStatusResponse: MessageDefinition<BroadcastTxnStatusResponse> = {
  typeName: 'kvrpcpb.BroadcastTxnStatusResponse',
  create: () => ({}),
  encode: (message) => encodeWith(writeBroadcastTxnStatusResponse, message),
  decode: (bytes) => decodeWith('kvrpcpb.BroadcastTxnStatusResponse', readBroadcastTxnStatusResponse, bytes),
  readFrom: readBroadcastTxnStatusResponse,
  writeTo: writeBroadcastTxnStatusResponse,
}

function readBroadcastTxnStatusResponse(reader: WireReader, end: number, into?: BroadcastTxnStatusResponse): BroadcastTxnStatusResponse {
  const message: BroadcastTxnStatusResponse = into ?? {}
  while (reader.pos < end) reader.skip(reader.tag(), [])
  reader.close(end)
  return message
}

function writeBroadcastTxnStatusResponse(_writer: WireWriter, _message: BroadcastTxnStatusResponse): void {
}

export interface BufferBatchGetRequest {
  context: Context | undefined
  keys: Uint8Array[]
  version: bigint
}

export const BufferBatchGetRequest: MessageDefinition<BufferBatchGetRequest> = {
  typeName: 'kvrpcpb.BufferBatchGetRequest',
  create: (init) => ({
    context: init?.context,
    keys: init?.keys ?? [],
    version: init?.version ?? 0n,
  }),
  encode: (message) => encodeWith(writeBufferBatchGetRequest, message),
  decode: (bytes) => decodeWith('kvrpcpb.BufferBatchGetRequest', readBufferBatchGetRequest, bytes),
  readFrom: readBufferBatchGetRequest,
  writeTo: writeBufferBatchGetRequest,
}

const BufferBatchGetRequestFields: readonly number[] = [1, 2, 3]

function readBufferBatchGetRequest(reader: WireReader, end: number, into?: BufferBatchGetRequest): BufferBatchGetRequest {
  const message: BufferBatchGetRequest = into ?? { context: undefined, keys: [], version: 0n }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.context = readContext(reader, reader.end(), message.context)
        break
      case 18:
        message.keys.push(reader.bytes())
        break
      case 24:
        message.version = reader.uint64()
        break
      default:
        reader.skip(tag, BufferBatchGetRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeBufferBatchGetRequest(writer: WireWriter, message: BufferBatchGetRequest): void {
  if (message.version !== 0n) {
    writer.uint64(message.version)
    writer.tag1(24)
  }
  for (let at = message.keys.length - 1; at >= 0; at--) {
    const value = message.keys[at]!
    writer.bytes(value)
    writer.tag1(18)
  }
  if (message.context !== undefined) {
    const mark1 = writer.size
    writeContext(writer, message.context)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface BufferBatchGetResponse {
  regionError: errorpb.Error | undefined
  error: KeyError | undefined
  pairs: KvPair[]
  execDetailsV2: ExecDetailsV2 | undefined
}

export const BufferBatchGetResponse: MessageDefinition<BufferBatchGetResponse> = {
  typeName: 'kvrpcpb.BufferBatchGetResponse',
  create: (init) => ({
    regionError: init?.regionError,
    error: init?.error,
    pairs: init?.pairs ?? [],
    execDetailsV2: init?.execDetailsV2,
  }),
  encode: (message) => encodeWith(writeBufferBatchGetResponse, message),
  decode: (bytes) => decodeWith('kvrpcpb.BufferBatchGetResponse', readBufferBatchGetResponse, bytes),
  readFrom: readBufferBatchGetResponse,
  writeTo: writeBufferBatchGetResponse,
}

const BufferBatchGetResponseFields: readonly number[] = [1, 2, 3, 4]

function readBufferBatchGetResponse(reader: WireReader, end: number, into?: BufferBatchGetResponse): BufferBatchGetResponse {
  const message: BufferBatchGetResponse = into ?? { regionError: undefined, error: undefined, pairs: [], execDetailsV2: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.regionError = errorpb.Error.readFrom(reader, reader.end(), message.regionError)
        break
      case 18:
        message.error = readKeyError(reader, reader.end(), message.error)
        break
      case 26:
        message.pairs.push(readKvPair(reader, reader.end()))
        break
      case 34:
        message.execDetailsV2 = readExecDetailsV2(reader, reader.end(), message.execDetailsV2)
        break
      default:
        reader.skip(tag, BufferBatchGetResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeBufferBatchGetResponse(writer: WireWriter, message: BufferBatchGetResponse): void {
  if (message.execDetailsV2 !== undefined) {
    const mark4 = writer.size
    writeExecDetailsV2(writer, message.execDetailsV2)
    writer.length(mark4)
    writer.tag1(34)
  }
  for (let at = message.pairs.length - 1; at >= 0; at--) {
    const value = message.pairs[at]!
    const mark3 = writer.size
    writeKvPair(writer, value)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.error !== undefined) {
    const mark2 = writer.size
    writeKeyError(writer, message.error)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.regionError !== undefined) {
    const mark1 = writer.size
    errorpb.Error.writeTo(writer, message.regionError)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface CheckLeaderRequest {
  regions: LeaderInfo[]
  ts: bigint
}

export const CheckLeaderRequest: MessageDefinition<CheckLeaderRequest> = {
  typeName: 'kvrpcpb.CheckLeaderRequest',
  create: (init) => ({
    regions: init?.regions ?? [],
    ts: init?.ts ?? 0n,
  }),
  encode: (message) => encodeWith(writeCheckLeaderRequest, message),
  decode: (bytes) => decodeWith('kvrpcpb.CheckLeaderRequest', readCheckLeaderRequest, bytes),
  readFrom: readCheckLeaderRequest,
  writeTo: writeCheckLeaderRequest,
}

const CheckLeaderRequestFields: readonly number[] = [1, 2]

function readCheckLeaderRequest(reader: WireReader, end: number, into?: CheckLeaderRequest): CheckLeaderRequest {
  const message: CheckLeaderRequest = into ?? { regions: [], ts: 0n }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.regions.push(readLeaderInfo(reader, reader.end()))
        break
      case 16:
        message.ts = reader.uint64()
        break
      default:
        reader.skip(tag, CheckLeaderRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeCheckLeaderRequest(writer: WireWriter, message: CheckLeaderRequest): void {
  if (message.ts !== 0n) {
    writer.uint64(message.ts)
    writer.tag1(16)
  }
  for (let at = message.regions.length - 1; at >= 0; at--) {
    const value = message.regions[at]!
    const mark1 = writer.size
    writeLeaderInfo(writer, value)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface LeaderInfo {
  regionId: number
  peerId: number
  term: number
  regionEpoch: metapb.RegionEpoch | undefined
  readState: ReadState | undefined
}

export const LeaderInfo: MessageDefinition<LeaderInfo> = {
  typeName: 'kvrpcpb.LeaderInfo',
  create: (init) => ({
    regionId: init?.regionId ?? 0,
    peerId: init?.peerId ?? 0,
    term: init?.term ?? 0,
    regionEpoch: init?.regionEpoch,
    readState: init?.readState,
  }),
  encode: (message) => encodeWith(writeLeaderInfo, message),
  decode: (bytes) => decodeWith('kvrpcpb.LeaderInfo', readLeaderInfo, bytes),
  readFrom: readLeaderInfo,
  writeTo: writeLeaderInfo,
}

const LeaderInfoFields: readonly number[] = [1, 2, 3, 4, 5]

function readLeaderInfo(reader: WireReader, end: number, into?: LeaderInfo): LeaderInfo {
  const message: LeaderInfo = into ?? { regionId: 0, peerId: 0, term: 0, regionEpoch: undefined, readState: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.regionId = reader.uint64Number()
        break
      case 16:
        message.peerId = reader.uint64Number()
        break
      case 24:
        message.term = reader.uint64Number()
        break
      case 34:
        message.regionEpoch = metapb.RegionEpoch.readFrom(reader, reader.end(), message.regionEpoch)
        break
      case 42:
        message.readState = readReadState(reader, reader.end(), message.readState)
        break
      default:
        reader.skip(tag, LeaderInfoFields)
    }
  }
  reader.close(end)
  return message
}

function writeLeaderInfo(writer: WireWriter, message: LeaderInfo): void {
  if (message.readState !== undefined) {
    const mark5 = writer.size
    writeReadState(writer, message.readState)
    writer.length(mark5)
    writer.tag1(42)
  }
  if (message.regionEpoch !== undefined) {
    const mark4 = writer.size
    metapb.RegionEpoch.writeTo(writer, message.regionEpoch)
    writer.length(mark4)
    writer.tag1(34)
  }
  if (message.term !== 0) {
    writer.uint64Number(message.term)
    writer.tag1(24)
  }
  if (message.peerId !== 0) {
    writer.uint64Number(message.peerId)
    writer.tag1(16)
  }
  if (message.regionId !== 0) {
    writer.uint64Number(message.regionId)
    writer.tag1(8)
  }
}

export interface ReadState {
  appliedIndex: number
  safeTs: bigint
}

export const ReadState: MessageDefinition<ReadState> = {
  typeName: 'kvrpcpb.ReadState',
  create: (init) => ({
    appliedIndex: init?.appliedIndex ?? 0,
    safeTs: init?.safeTs ?? 0n,
  }),
  encode: (message) => encodeWith(writeReadState, message),
  decode: (bytes) => decodeWith('kvrpcpb.ReadState', readReadState, bytes),
  readFrom: readReadState,
  writeTo: writeReadState,
}

const ReadStateFields: readonly number[] = [1, 2]

function readReadState(reader: WireReader, end: number, into?: ReadState): ReadState {
  const message: ReadState = into ?? { appliedIndex: 0, safeTs: 0n }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.appliedIndex = reader.uint64Number()
        break
      case 16:
        message.safeTs = reader.uint64()
        break
      default:
        reader.skip(tag, ReadStateFields)
    }
  }
  reader.close(end)
  return message
}

function writeReadState(writer: WireWriter, message: ReadState): void {
  if (message.safeTs !== 0n) {
    writer.uint64(message.safeTs)
    writer.tag1(16)
  }
  if (message.appliedIndex !== 0) {
    writer.uint64Number(message.appliedIndex)
    writer.tag1(8)
  }
}

export interface CheckLeaderResponse {
  regions: number[]
  ts: bigint
}

export const CheckLeaderResponse: MessageDefinition<CheckLeaderResponse> = {
  typeName: 'kvrpcpb.CheckLeaderResponse',
  create: (init) => ({
    regions: init?.regions ?? [],
    ts: init?.ts ?? 0n,
  }),
  encode: (message) => encodeWith(writeCheckLeaderResponse, message),
  decode: (bytes) => decodeWith('kvrpcpb.CheckLeaderResponse', readCheckLeaderResponse, bytes),
  readFrom: readCheckLeaderResponse,
  writeTo: writeCheckLeaderResponse,
}

const CheckLeaderResponseFields: readonly number[] = [1, 2]

function readCheckLeaderResponse(reader: WireReader, end: number, into?: CheckLeaderResponse): CheckLeaderResponse {
  const message: CheckLeaderResponse = into ?? { regions: [], ts: 0n }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.regions.push(reader.uint64Number())
        break
      case 10:
        {
          const packedEnd = reader.end()
          while (reader.pos < packedEnd) message.regions.push(reader.uint64Number())
          reader.close(packedEnd)
        }
        break
      case 16:
        message.ts = reader.uint64()
        break
      default:
        reader.skip(tag, CheckLeaderResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeCheckLeaderResponse(writer: WireWriter, message: CheckLeaderResponse): void {
  if (message.ts !== 0n) {
    writer.uint64(message.ts)
    writer.tag1(16)
  }
  if (message.regions.length !== 0) {
    const mark = writer.size
    for (let at = message.regions.length - 1; at >= 0; at--) writer.uint64Number(message.regions[at]!)
    writer.length(mark)
    writer.tag1(10)
  }
}

export interface CheckLockObserverRequest {
  context: Context | undefined
  maxTs: bigint
}

export const CheckLockObserverRequest: MessageDefinition<CheckLockObserverRequest> = {
  typeName: 'kvrpcpb.CheckLockObserverRequest',
  create: (init) => ({
    context: init?.context,
    maxTs: init?.maxTs ?? 0n,
  }),
  encode: (message) => encodeWith(writeCheckLockObserverRequest, message),
  decode: (bytes) => decodeWith('kvrpcpb.CheckLockObserverRequest', readCheckLockObserverRequest, bytes),
  readFrom: readCheckLockObserverRequest,
  writeTo: writeCheckLockObserverRequest,
}

const CheckLockObserverRequestFields: readonly number[] = [1, 2]

function readCheckLockObserverRequest(reader: WireReader, end: number, into?: CheckLockObserverRequest): CheckLockObserverRequest {
  const message: CheckLockObserverRequest = into ?? { context: undefined, maxTs: 0n }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.context = readContext(reader, reader.end(), message.context)
        break
      case 16:
        message.maxTs = reader.uint64()
        break
      default:
        reader.skip(tag, CheckLockObserverRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeCheckLockObserverRequest(writer: WireWriter, message: CheckLockObserverRequest): void {
  if (message.maxTs !== 0n) {
    writer.uint64(message.maxTs)
    writer.tag1(16)
  }
  if (message.context !== undefined) {
    const mark1 = writer.size
    writeContext(writer, message.context)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface CheckLockObserverResponse {
  error: string
  isClean: boolean
  locks: LockInfo[]
}

export const CheckLockObserverResponse: MessageDefinition<CheckLockObserverResponse> = {
  typeName: 'kvrpcpb.CheckLockObserverResponse',
  create: (init) => ({
    error: init?.error ?? '',
    isClean: init?.isClean ?? false,
    locks: init?.locks ?? [],
  }),
  encode: (message) => encodeWith(writeCheckLockObserverResponse, message),
  decode: (bytes) => decodeWith('kvrpcpb.CheckLockObserverResponse', readCheckLockObserverResponse, bytes),
  readFrom: readCheckLockObserverResponse,
  writeTo: writeCheckLockObserverResponse,
}

const CheckLockObserverResponseFields: readonly number[] = [1, 2, 3]

function readCheckLockObserverResponse(reader: WireReader, end: number, into?: CheckLockObserverResponse): CheckLockObserverResponse {
  const message: CheckLockObserverResponse = into ?? { error: '', isClean: false, locks: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.error = reader.string()
        break
      case 16:
        message.isClean = reader.bool()
        break
      case 26:
        message.locks.push(readLockInfo(reader, reader.end()))
        break
      default:
        reader.skip(tag, CheckLockObserverResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeCheckLockObserverResponse(writer: WireWriter, message: CheckLockObserverResponse): void {
  for (let at = message.locks.length - 1; at >= 0; at--) {
    const value = message.locks[at]!
    const mark3 = writer.size
    writeLockInfo(writer, value)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.isClean) {
    writer.bool(message.isClean)
    writer.tag1(16)
  }
  if (message.error !== '') {
    writer.string(message.error)
    writer.tag1(10)
  }
}

export interface CheckSecondaryLocksRequest {
  context: Context | undefined
  keys: Uint8Array[]
  startVersion: bigint
}

export const CheckSecondaryLocksRequest: MessageDefinition<CheckSecondaryLocksRequest> = {
  typeName: 'kvrpcpb.CheckSecondaryLocksRequest',
  create: (init) => ({
    context: init?.context,
    keys: init?.keys ?? [],
    startVersion: init?.startVersion ?? 0n,
  }),
  encode: (message) => encodeWith(writeCheckSecondaryLocksRequest, message),
  decode: (bytes) => decodeWith('kvrpcpb.CheckSecondaryLocksRequest', readCheckSecondaryLocksRequest, bytes),
  readFrom: readCheckSecondaryLocksRequest,
  writeTo: writeCheckSecondaryLocksRequest,
}

const CheckSecondaryLocksRequestFields: readonly number[] = [1, 2, 3]

function readCheckSecondaryLocksRequest(reader: WireReader, end: number, into?: CheckSecondaryLocksRequest): CheckSecondaryLocksRequest {
  const message: CheckSecondaryLocksRequest = into ?? { context: undefined, keys: [], startVersion: 0n }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.context = readContext(reader, reader.end(), message.context)
        break
      case 18:
        message.keys.push(reader.bytes())
        break
      case 24:
        message.startVersion = reader.uint64()
        break
      default:
        reader.skip(tag, CheckSecondaryLocksRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeCheckSecondaryLocksRequest(writer: WireWriter, message: CheckSecondaryLocksRequest): void {
  if (message.startVersion !== 0n) {
    writer.uint64(message.startVersion)
    writer.tag1(24)
  }
  for (let at = message.keys.length - 1; at >= 0; at--) {
    const value = message.keys[at]!
    writer.bytes(value)
    writer.tag1(18)
  }
  if (message.context !== undefined) {
    const mark1 = writer.size
    writeContext(writer, message.context)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface CheckSecondaryLocksResponse {
  regionError: errorpb.Error | undefined
  error: KeyError | undefined
  locks: LockInfo[]
  commitTs: bigint
  execDetailsV2: ExecDetailsV2 | undefined
}

export const CheckSecondaryLocksResponse: MessageDefinition<CheckSecondaryLocksResponse> = {
  typeName: 'kvrpcpb.CheckSecondaryLocksResponse',
  create: (init) => ({
    regionError: init?.regionError,
    error: init?.error,
    locks: init?.locks ?? [],
    commitTs: init?.commitTs ?? 0n,
    execDetailsV2: init?.execDetailsV2,
  }),
  encode: (message) => encodeWith(writeCheckSecondaryLocksResponse, message),
  decode: (bytes) => decodeWith('kvrpcpb.CheckSecondaryLocksResponse', readCheckSecondaryLocksResponse, bytes),
  readFrom: readCheckSecondaryLocksResponse,
  writeTo: writeCheckSecondaryLocksResponse,
}

const CheckSecondaryLocksResponseFields: readonly number[] = [1, 2, 3, 4, 5]

function readCheckSecondaryLocksResponse(reader: WireReader, end: number, into?: CheckSecondaryLocksResponse): CheckSecondaryLocksResponse {
  const message: CheckSecondaryLocksResponse = into ?? { regionError: undefined, error: undefined, locks: [], commitTs: 0n, execDetailsV2: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.regionError = errorpb.Error.readFrom(reader, reader.end(), message.regionError)
        break
      case 18:
        message.error = readKeyError(reader, reader.end(), message.error)
        break
      case 26:
        message.locks.push(readLockInfo(reader, reader.end()))
        break
      case 32:
        message.commitTs = reader.uint64()
        break
      case 42:
        message.execDetailsV2 = readExecDetailsV2(reader, reader.end(), message.execDetailsV2)
        break
      default:
        reader.skip(tag, CheckSecondaryLocksResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeCheckSecondaryLocksResponse(writer: WireWriter, message: CheckSecondaryLocksResponse): void {
  if (message.execDetailsV2 !== undefined) {
    const mark5 = writer.size
    writeExecDetailsV2(writer, message.execDetailsV2)
    writer.length(mark5)
    writer.tag1(42)
  }
  if (message.commitTs !== 0n) {
    writer.uint64(message.commitTs)
    writer.tag1(32)
  }
  for (let at = message.locks.length - 1; at >= 0; at--) {
    const value = message.locks[at]!
    const mark3 = writer.size
    writeLockInfo(writer, value)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.error !== undefined) {
    const mark2 = writer.size
    writeKeyError(writer, message.error)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.regionError !== undefined) {
    const mark1 = writer.size
    errorpb.Error.writeTo(writer, message.regionError)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface CheckTxnStatusRequest {
  context: Context | undefined
  primaryKey: Uint8Array
  lockTs: bigint
  callerStartTs: bigint
  currentTs: bigint
  rollbackIfNotExist: boolean
  forceSyncCommit: boolean
  resolvingPessimisticLock: boolean
  verifyIsPrimary: boolean
  isTxnFile: boolean
}

export const CheckTxnStatusRequest: MessageDefinition<CheckTxnStatusRequest> = {
  typeName: 'kvrpcpb.CheckTxnStatusRequest',
  create: (init) => ({
    context: init?.context,
    primaryKey: init?.primaryKey ?? emptyBytes,
    lockTs: init?.lockTs ?? 0n,
    callerStartTs: init?.callerStartTs ?? 0n,
    currentTs: init?.currentTs ?? 0n,
    rollbackIfNotExist: init?.rollbackIfNotExist ?? false,
    forceSyncCommit: init?.forceSyncCommit ?? false,
    resolvingPessimisticLock: init?.resolvingPessimisticLock ?? false,
    verifyIsPrimary: init?.verifyIsPrimary ?? false,
    isTxnFile: init?.isTxnFile ?? false,
  }),
  encode: (message) => encodeWith(writeCheckTxnStatusRequest, message),
  decode: (bytes) => decodeWith('kvrpcpb.CheckTxnStatusRequest', readCheckTxnStatusRequest, bytes),
  readFrom: readCheckTxnStatusRequest,
  writeTo: writeCheckTxnStatusRequest,
}

const CheckTxnStatusRequestFields: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 100]

function readCheckTxnStatusRequest(reader: WireReader, end: number, into?: CheckTxnStatusRequest): CheckTxnStatusRequest {
  const message: CheckTxnStatusRequest = into ?? { context: undefined, primaryKey: emptyBytes, lockTs: 0n, callerStartTs: 0n, currentTs: 0n, rollbackIfNotExist: false, forceSyncCommit: false, resolvingPessimisticLock: false, verifyIsPrimary: false, isTxnFile: false }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.context = readContext(reader, reader.end(), message.context)
        break
      case 18:
        message.primaryKey = reader.bytes()
        break
      case 24:
        message.lockTs = reader.uint64()
        break
      case 32:
        message.callerStartTs = reader.uint64()
        break
      case 40:
        message.currentTs = reader.uint64()
        break
      case 48:
        message.rollbackIfNotExist = reader.bool()
        break
      case 56:
        message.forceSyncCommit = reader.bool()
        break
      case 64:
        message.resolvingPessimisticLock = reader.bool()
        break
      case 72:
        message.verifyIsPrimary = reader.bool()
        break
      case 800:
        message.isTxnFile = reader.bool()
        break
      default:
        reader.skip(tag, CheckTxnStatusRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeCheckTxnStatusRequest(writer: WireWriter, message: CheckTxnStatusRequest): void {
  if (message.isTxnFile) {
    writer.bool(message.isTxnFile)
    writer.tag(800)
  }
  if (message.verifyIsPrimary) {
    writer.bool(message.verifyIsPrimary)
    writer.tag1(72)
  }
  if (message.resolvingPessimisticLock) {
    writer.bool(message.resolvingPessimisticLock)
    writer.tag1(64)
  }
  if (message.forceSyncCommit) {
    writer.bool(message.forceSyncCommit)
    writer.tag1(56)
  }
  if (message.rollbackIfNotExist) {
    writer.bool(message.rollbackIfNotExist)
    writer.tag1(48)
  }
  if (message.currentTs !== 0n) {
    writer.uint64(message.currentTs)
    writer.tag1(40)
  }
  if (message.callerStartTs !== 0n) {
    writer.uint64(message.callerStartTs)
    writer.tag1(32)
  }
  if (message.lockTs !== 0n) {
    writer.uint64(message.lockTs)
    writer.tag1(24)
  }
  if (message.primaryKey.length !== 0) {
    writer.bytes(message.primaryKey)
    writer.tag1(18)
  }
  if (message.context !== undefined) {
    const mark1 = writer.size
    writeContext(writer, message.context)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface CheckTxnStatusResponse {
  regionError: errorpb.Error | undefined
  error: KeyError | undefined
  lockTtl: number
  commitVersion: bigint
  action: Action
  lockInfo: LockInfo | undefined
  execDetailsV2: ExecDetailsV2 | undefined
}

export const CheckTxnStatusResponse: MessageDefinition<CheckTxnStatusResponse> = {
  typeName: 'kvrpcpb.CheckTxnStatusResponse',
  create: (init) => ({
    regionError: init?.regionError,
    error: init?.error,
    lockTtl: init?.lockTtl ?? 0,
    commitVersion: init?.commitVersion ?? 0n,
    action: init?.action ?? 0,
    lockInfo: init?.lockInfo,
    execDetailsV2: init?.execDetailsV2,
  }),
  encode: (message) => encodeWith(writeCheckTxnStatusResponse, message),
  decode: (bytes) => decodeWith('kvrpcpb.CheckTxnStatusResponse', readCheckTxnStatusResponse, bytes),
  readFrom: readCheckTxnStatusResponse,
  writeTo: writeCheckTxnStatusResponse,
}

const CheckTxnStatusResponseFields: readonly number[] = [1, 2, 3, 4, 5, 6, 7]

function readCheckTxnStatusResponse(reader: WireReader, end: number, into?: CheckTxnStatusResponse): CheckTxnStatusResponse {
  const message: CheckTxnStatusResponse = into ?? { regionError: undefined, error: undefined, lockTtl: 0, commitVersion: 0n, action: 0, lockInfo: undefined, execDetailsV2: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.regionError = errorpb.Error.readFrom(reader, reader.end(), message.regionError)
        break
      case 18:
        message.error = readKeyError(reader, reader.end(), message.error)
        break
      case 24:
        message.lockTtl = reader.uint64Number()
        break
      case 32:
        message.commitVersion = reader.uint64()
        break
      case 40:
        message.action = reader.int32() as Action
        break
      case 50:
        message.lockInfo = readLockInfo(reader, reader.end(), message.lockInfo)
        break
      case 58:
        message.execDetailsV2 = readExecDetailsV2(reader, reader.end(), message.execDetailsV2)
        break
      default:
        reader.skip(tag, CheckTxnStatusResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeCheckTxnStatusResponse(writer: WireWriter, message: CheckTxnStatusResponse): void {
  if (message.execDetailsV2 !== undefined) {
    const mark7 = writer.size
    writeExecDetailsV2(writer, message.execDetailsV2)
    writer.length(mark7)
    writer.tag1(58)
  }
  if (message.lockInfo !== undefined) {
    const mark6 = writer.size
    writeLockInfo(writer, message.lockInfo)
    writer.length(mark6)
    writer.tag1(50)
  }
  if (message.action !== 0) {
    writer.int32(message.action)
    writer.tag1(40)
  }
  if (message.commitVersion !== 0n) {
    writer.uint64(message.commitVersion)
    writer.tag1(32)
  }
  if (message.lockTtl !== 0) {
    writer.uint64Number(message.lockTtl)
    writer.tag1(24)
  }
  if (message.error !== undefined) {
    const mark2 = writer.size
    writeKeyError(writer, message.error)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.regionError !== undefined) {
    const mark1 = writer.size
    errorpb.Error.writeTo(writer, message.regionError)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface CleanupRequest {
  context: Context | undefined
  key: Uint8Array
  startVersion: bigint
  currentTs: bigint
}

export const CleanupRequest: MessageDefinition<CleanupRequest> = {
  typeName: 'kvrpcpb.CleanupRequest',
  create: (init) => ({
    context: init?.context,
    key: init?.key ?? emptyBytes,
    startVersion: init?.startVersion ?? 0n,
    currentTs: init?.currentTs ?? 0n,
  }),
  encode: (message) => encodeWith(writeCleanupRequest, message),
  decode: (bytes) => decodeWith('kvrpcpb.CleanupRequest', readCleanupRequest, bytes),
  readFrom: readCleanupRequest,
  writeTo: writeCleanupRequest,
}

const CleanupRequestFields: readonly number[] = [1, 2, 3, 4]

function readCleanupRequest(reader: WireReader, end: number, into?: CleanupRequest): CleanupRequest {
  const message: CleanupRequest = into ?? { context: undefined, key: emptyBytes, startVersion: 0n, currentTs: 0n }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.context = readContext(reader, reader.end(), message.context)
        break
      case 18:
        message.key = reader.bytes()
        break
      case 24:
        message.startVersion = reader.uint64()
        break
      case 32:
        message.currentTs = reader.uint64()
        break
      default:
        reader.skip(tag, CleanupRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeCleanupRequest(writer: WireWriter, message: CleanupRequest): void {
  if (message.currentTs !== 0n) {
    writer.uint64(message.currentTs)
    writer.tag1(32)
  }
  if (message.startVersion !== 0n) {
    writer.uint64(message.startVersion)
    writer.tag1(24)
  }
  if (message.key.length !== 0) {
    writer.bytes(message.key)
    writer.tag1(18)
  }
  if (message.context !== undefined) {
    const mark1 = writer.size
    writeContext(writer, message.context)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface CleanupResponse {
  regionError: errorpb.Error | undefined
  error: KeyError | undefined
  commitVersion: bigint
}

export const CleanupResponse: MessageDefinition<CleanupResponse> = {
  typeName: 'kvrpcpb.CleanupResponse',
  create: (init) => ({
    regionError: init?.regionError,
    error: init?.error,
    commitVersion: init?.commitVersion ?? 0n,
  }),
  encode: (message) => encodeWith(writeCleanupResponse, message),
  decode: (bytes) => decodeWith('kvrpcpb.CleanupResponse', readCleanupResponse, bytes),
  readFrom: readCleanupResponse,
  writeTo: writeCleanupResponse,
}

const CleanupResponseFields: readonly number[] = [1, 2, 3]

function readCleanupResponse(reader: WireReader, end: number, into?: CleanupResponse): CleanupResponse {
  const message: CleanupResponse = into ?? { regionError: undefined, error: undefined, commitVersion: 0n }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.regionError = errorpb.Error.readFrom(reader, reader.end(), message.regionError)
        break
      case 18:
        message.error = readKeyError(reader, reader.end(), message.error)
        break
      case 24:
        message.commitVersion = reader.uint64()
        break
      default:
        reader.skip(tag, CleanupResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeCleanupResponse(writer: WireWriter, message: CleanupResponse): void {
  if (message.commitVersion !== 0n) {
    writer.uint64(message.commitVersion)
    writer.tag1(24)
  }
  if (message.error !== undefined) {
    const mark2 = writer.size
    writeKeyError(writer, message.error)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.regionError !== undefined) {
    const mark1 = writer.size
    errorpb.Error.writeTo(writer, message.regionError)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface CommitRequest {
  context: Context | undefined
  startVersion: bigint
  keys: Uint8Array[]
  commitVersion: bigint
  commitRole: CommitRole
  primaryKey: Uint8Array
  useAsyncCommit: boolean
  isTxnFile: boolean
}

export const CommitRequest: MessageDefinition<CommitRequest> = {
  typeName: 'kvrpcpb.CommitRequest',
  create: (init) => ({
    context: init?.context,
    startVersion: init?.startVersion ?? 0n,
    keys: init?.keys ?? [],
    commitVersion: init?.commitVersion ?? 0n,
    commitRole: init?.commitRole ?? 0,
    primaryKey: init?.primaryKey ?? emptyBytes,
    useAsyncCommit: init?.useAsyncCommit ?? false,
    isTxnFile: init?.isTxnFile ?? false,
  }),
  encode: (message) => encodeWith(writeCommitRequest, message),
  decode: (bytes) => decodeWith('kvrpcpb.CommitRequest', readCommitRequest, bytes),
  readFrom: readCommitRequest,
  writeTo: writeCommitRequest,
}

const CommitRequestFields: readonly number[] = [1, 2, 3, 4, 6, 7, 8, 100]

function readCommitRequest(reader: WireReader, end: number, into?: CommitRequest): CommitRequest {
  const message: CommitRequest = into ?? { context: undefined, startVersion: 0n, keys: [], commitVersion: 0n, commitRole: 0, primaryKey: emptyBytes, useAsyncCommit: false, isTxnFile: false }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.context = readContext(reader, reader.end(), message.context)
        break
      case 16:
        message.startVersion = reader.uint64()
        break
      case 26:
        message.keys.push(reader.bytes())
        break
      case 32:
        message.commitVersion = reader.uint64()
        break
      case 48:
        message.commitRole = reader.int32() as CommitRole
        break
      case 58:
        message.primaryKey = reader.bytes()
        break
      case 64:
        message.useAsyncCommit = reader.bool()
        break
      case 800:
        message.isTxnFile = reader.bool()
        break
      default:
        reader.skip(tag, CommitRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeCommitRequest(writer: WireWriter, message: CommitRequest): void {
  if (message.isTxnFile) {
    writer.bool(message.isTxnFile)
    writer.tag(800)
  }
  if (message.useAsyncCommit) {
    writer.bool(message.useAsyncCommit)
    writer.tag1(64)
  }
  if (message.primaryKey.length !== 0) {
    writer.bytes(message.primaryKey)
    writer.tag1(58)
  }
  if (message.commitRole !== 0) {
    writer.int32(message.commitRole)
    writer.tag1(48)
  }
  if (message.commitVersion !== 0n) {
    writer.uint64(message.commitVersion)
    writer.tag1(32)
  }
  for (let at = message.keys.length - 1; at >= 0; at--) {
    const value = message.keys[at]!
    writer.bytes(value)
    writer.tag1(26)
  }
  if (message.startVersion !== 0n) {
    writer.uint64(message.startVersion)
    writer.tag1(16)
  }
  if (message.context !== undefined) {
    const mark1 = writer.size
    writeContext(writer, message.context)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface CommitResponse {
  regionError: errorpb.Error | undefined
  error: KeyError | undefined
  commitVersion: bigint
  execDetailsV2: ExecDetailsV2 | undefined
}

export const CommitResponse: MessageDefinition<CommitResponse> = {
  typeName: 'kvrpcpb.CommitResponse',
  create: (init) => ({
    regionError: init?.regionError,
    error: init?.error,
    commitVersion: init?.commitVersion ?? 0n,
    execDetailsV2: init?.execDetailsV2,
  }),
  encode: (message) => encodeWith(writeCommitResponse, message),
  decode: (bytes) => decodeWith('kvrpcpb.CommitResponse', readCommitResponse, bytes),
  readFrom: readCommitResponse,
  writeTo: writeCommitResponse,
}

const CommitResponseFields: readonly number[] = [1, 2, 3, 4]

function readCommitResponse(reader: WireReader, end: number, into?: CommitResponse): CommitResponse {
  const message: CommitResponse = into ?? { regionError: undefined, error: undefined, commitVersion: 0n, execDetailsV2: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.regionError = errorpb.Error.readFrom(reader, reader.end(), message.regionError)
        break
      case 18:
        message.error = readKeyError(reader, reader.end(), message.error)
        break
      case 24:
        message.commitVersion = reader.uint64()
        break
      case 34:
        message.execDetailsV2 = readExecDetailsV2(reader, reader.end(), message.execDetailsV2)
        break
      default:
        reader.skip(tag, CommitResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeCommitResponse(writer: WireWriter, message: CommitResponse): void {
  if (message.execDetailsV2 !== undefined) {
    const mark4 = writer.size
    writeExecDetailsV2(writer, message.execDetailsV2)
    writer.length(mark4)
    writer.tag1(34)
  }
  if (message.commitVersion !== 0n) {
    writer.uint64(message.commitVersion)
    writer.tag1(24)
  }
  if (message.error !== undefined) {
    const mark2 = writer.size
    writeKeyError(writer, message.error)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.regionError !== undefined) {
    const mark1 = writer.size
    errorpb.Error.writeTo(writer, message.regionError)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export type CompactErrorCompactInProgress = Record<string, never>

export const CompactErrorCompactInProgress: MessageDefinition<CompactErrorCompactInProgress> = {
  typeName: 'kvrpcpb.CompactErrorCompactInProgress',
  create: () => ({}),
  encode: (message) => encodeWith(writeCompactErrorCompactInProgress, message),
  decode: (bytes) => decodeWith('kvrpcpb.CompactErrorCompactInProgress', readCompactErrorCompactInProgress, bytes),
  readFrom: readCompactErrorCompactInProgress,
  writeTo: writeCompactErrorCompactInProgress,
}

function readCompactErrorCompactInProgress(reader: WireReader, end: number, into?: CompactErrorCompactInProgress): CompactErrorCompactInProgress {
  const message: CompactErrorCompactInProgress = into ?? {}
  while (reader.pos < end) reader.skip(reader.tag(), [])
  reader.close(end)
  return message
}

function writeCompactErrorCompactInProgress(_writer: WireWriter, _message: CompactErrorCompactInProgress): void {
}

export type CompactErrorInvalidStartKey = Record<string, never>

export const CompactErrorInvalidStartKey: MessageDefinition<CompactErrorInvalidStartKey> = {
  typeName: 'kvrpcpb.CompactErrorInvalidStartKey',
  create: () => ({}),
  encode: (message) => encodeWith(writeCompactErrorInvalidStartKey, message),
  decode: (bytes) => decodeWith('kvrpcpb.CompactErrorInvalidStartKey', readCompactErrorInvalidStartKey, bytes),
  readFrom: readCompactErrorInvalidStartKey,
  writeTo: writeCompactErrorInvalidStartKey,
}

function readCompactErrorInvalidStartKey(reader: WireReader, end: number, into?: CompactErrorInvalidStartKey): CompactErrorInvalidStartKey {
  const message: CompactErrorInvalidStartKey = into ?? {}
  while (reader.pos < end) reader.skip(reader.tag(), [])
  reader.close(end)
  return message
}

function writeCompactErrorInvalidStartKey(_writer: WireWriter, _message: CompactErrorInvalidStartKey): void {
}

export type CompactErrorPhysicalTableNotExist = Record<string, never>

export const CompactErrorPhysicalTableNotExist: MessageDefinition<CompactErrorPhysicalTableNotExist> = {
  typeName: 'kvrpcpb.CompactErrorPhysicalTableNotExist',
  create: () => ({}),
  encode: (message) => encodeWith(writeCompactErrorPhysicalTableNotExist, message),
  decode: (bytes) => decodeWith('kvrpcpb.CompactErrorPhysicalTableNotExist', readCompactErrorPhysicalTableNotExist, bytes),
  readFrom: readCompactErrorPhysicalTableNotExist,
  writeTo: writeCompactErrorPhysicalTableNotExist,
}

function readCompactErrorPhysicalTableNotExist(reader: WireReader, end: number, into?: CompactErrorPhysicalTableNotExist): CompactErrorPhysicalTableNotExist {
  const message: CompactErrorPhysicalTableNotExist = into ?? {}
  while (reader.pos < end) reader.skip(reader.tag(), [])
  reader.close(end)
  return message
}

function writeCompactErrorPhysicalTableNotExist(_writer: WireWriter, _message: CompactErrorPhysicalTableNotExist): void {
}

export type CompactErrorTooManyPendingTasks = Record<string, never>

export const CompactErrorTooManyPendingTasks: MessageDefinition<CompactErrorTooManyPendingTasks> = {
  typeName: 'kvrpcpb.CompactErrorTooManyPendingTasks',
  create: () => ({}),
  encode: (message) => encodeWith(writeCompactErrorTooManyPendingTasks, message),
  decode: (bytes) => decodeWith('kvrpcpb.CompactErrorTooManyPendingTasks', readCompactErrorTooManyPendingTasks, bytes),
  readFrom: readCompactErrorTooManyPendingTasks,
  writeTo: writeCompactErrorTooManyPendingTasks,
}

function readCompactErrorTooManyPendingTasks(reader: WireReader, end: number, into?: CompactErrorTooManyPendingTasks): CompactErrorTooManyPendingTasks {
  const message: CompactErrorTooManyPendingTasks = into ?? {}
  while (reader.pos < end) reader.skip(reader.tag(), [])
  reader.close(end)
  return message
}

function writeCompactErrorTooManyPendingTasks(_writer: WireWriter, _message: CompactErrorTooManyPendingTasks): void {
}

export interface CompactRequest {
  startKey: Uint8Array
  physicalTableId: number
  logicalTableId: number
  apiVersion: APIVersion
  keyspace: CompactRequest_Keyspace | undefined
}

export type CompactRequest_Keyspace =
  | { case: 'keyspaceId'; value: number }
  | { case: 'keyspaceIdentity'; value: apipb.KeyspaceIdentity }

export const CompactRequest: MessageDefinition<CompactRequest> = {
  typeName: 'kvrpcpb.CompactRequest',
  create: (init) => ({
    startKey: init?.startKey ?? emptyBytes,
    physicalTableId: init?.physicalTableId ?? 0,
    logicalTableId: init?.logicalTableId ?? 0,
    apiVersion: init?.apiVersion ?? 0,
    keyspace: init?.keyspace,
  }),
  encode: (message) => encodeWith(writeCompactRequest, message),
  decode: (bytes) => decodeWith('kvrpcpb.CompactRequest', readCompactRequest, bytes),
  readFrom: readCompactRequest,
  writeTo: writeCompactRequest,
}

const CompactRequestFields: readonly number[] = [1, 2, 3, 7, 8, 9]

function readCompactRequest(reader: WireReader, end: number, into?: CompactRequest): CompactRequest {
  const message: CompactRequest = into ?? { startKey: emptyBytes, physicalTableId: 0, logicalTableId: 0, apiVersion: 0, keyspace: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.startKey = reader.bytes()
        break
      case 16:
        message.physicalTableId = reader.int64Number()
        break
      case 24:
        message.logicalTableId = reader.int64Number()
        break
      case 56:
        message.apiVersion = reader.int32() as APIVersion
        break
      case 64:
        message.keyspace = { case: 'keyspaceId', value: reader.uint32() }
        break
      case 74:
        message.keyspace = { case: 'keyspaceIdentity', value: apipb.KeyspaceIdentity.readFrom(reader, reader.end(), message.keyspace?.case === 'keyspaceIdentity' ? message.keyspace.value : undefined) }
        break
      default:
        reader.skip(tag, CompactRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeCompactRequest(writer: WireWriter, message: CompactRequest): void {
  if (message.keyspace?.case === 'keyspaceIdentity') {
    const value = message.keyspace.value
    const mark9 = writer.size
    apipb.KeyspaceIdentity.writeTo(writer, value)
    writer.length(mark9)
    writer.tag1(74)
  }
  if (message.keyspace?.case === 'keyspaceId') {
    const value = message.keyspace.value
    writer.uint32(value)
    writer.tag1(64)
  }
  if (message.apiVersion !== 0) {
    writer.int32(message.apiVersion)
    writer.tag1(56)
  }
  if (message.logicalTableId !== 0) {
    writer.int64Number(message.logicalTableId)
    writer.tag1(24)
  }
  if (message.physicalTableId !== 0) {
    writer.int64Number(message.physicalTableId)
    writer.tag1(16)
  }
  if (message.startKey.length !== 0) {
    writer.bytes(message.startKey)
    writer.tag1(10)
  }
}

export interface CompactResponse {
  error: CompactError | undefined
  hasRemaining: boolean
  compactedStartKey: Uint8Array
  compactedEndKey: Uint8Array
}

export const CompactResponse: MessageDefinition<CompactResponse> = {
  typeName: 'kvrpcpb.CompactResponse',
  create: (init) => ({
    error: init?.error,
    hasRemaining: init?.hasRemaining ?? false,
    compactedStartKey: init?.compactedStartKey ?? emptyBytes,
    compactedEndKey: init?.compactedEndKey ?? emptyBytes,
  }),
  encode: (message) => encodeWith(writeCompactResponse, message),
  decode: (bytes) => decodeWith('kvrpcpb.CompactResponse', readCompactResponse, bytes),
  readFrom: readCompactResponse,
  writeTo: writeCompactResponse,
}

const CompactResponseFields: readonly number[] = [1, 2, 3, 4]

function readCompactResponse(reader: WireReader, end: number, into?: CompactResponse): CompactResponse {
  const message: CompactResponse = into ?? { error: undefined, hasRemaining: false, compactedStartKey: emptyBytes, compactedEndKey: emptyBytes }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.error = readCompactError(reader, reader.end(), message.error)
        break
      case 16:
        message.hasRemaining = reader.bool()
        break
      case 26:
        message.compactedStartKey = reader.bytes()
        break
      case 34:
        message.compactedEndKey = reader.bytes()
        break
      default:
        reader.skip(tag, CompactResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeCompactResponse(writer: WireWriter, message: CompactResponse): void {
  if (message.compactedEndKey.length !== 0) {
    writer.bytes(message.compactedEndKey)
    writer.tag1(34)
  }
  if (message.compactedStartKey.length !== 0) {
    writer.bytes(message.compactedStartKey)
    writer.tag1(26)
  }
  if (message.hasRemaining) {
    writer.bool(message.hasRemaining)
    writer.tag1(16)
  }
  if (message.error !== undefined) {
    const mark1 = writer.size
    writeCompactError(writer, message.error)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface CompactError {
  error: CompactError_Error | undefined
}

export type CompactError_Error =
  | { case: 'errInvalidStartKey'; value: CompactErrorInvalidStartKey }
  | { case: 'errPhysicalTableNotExist'; value: CompactErrorPhysicalTableNotExist }
  | { case: 'errCompactInProgress'; value: CompactErrorCompactInProgress }
  | { case: 'errTooManyPendingTasks'; value: CompactErrorTooManyPendingTasks }

export const CompactError: MessageDefinition<CompactError> = {
  typeName: 'kvrpcpb.CompactError',
  create: (init) => ({
    error: init?.error,
  }),
  encode: (message) => encodeWith(writeCompactError, message),
  decode: (bytes) => decodeWith('kvrpcpb.CompactError', readCompactError, bytes),
  readFrom: readCompactError,
  writeTo: writeCompactError,
}

const CompactErrorFields: readonly number[] = [1, 2, 3, 4]

function readCompactError(reader: WireReader, end: number, into?: CompactError): CompactError {
  const message: CompactError = into ?? { error: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.error = { case: 'errInvalidStartKey', value: readCompactErrorInvalidStartKey(reader, reader.end(), message.error?.case === 'errInvalidStartKey' ? message.error.value : undefined) }
        break
      case 18:
        message.error = { case: 'errPhysicalTableNotExist', value: readCompactErrorPhysicalTableNotExist(reader, reader.end(), message.error?.case === 'errPhysicalTableNotExist' ? message.error.value : undefined) }
        break
      case 26:
        message.error = { case: 'errCompactInProgress', value: readCompactErrorCompactInProgress(reader, reader.end(), message.error?.case === 'errCompactInProgress' ? message.error.value : undefined) }
        break
      case 34:
        message.error = { case: 'errTooManyPendingTasks', value: readCompactErrorTooManyPendingTasks(reader, reader.end(), message.error?.case === 'errTooManyPendingTasks' ? message.error.value : undefined) }
        break
      default:
        reader.skip(tag, CompactErrorFields)
    }
  }
  reader.close(end)
  return message
}

function writeCompactError(writer: WireWriter, message: CompactError): void {
  if (message.error?.case === 'errTooManyPendingTasks') {
    const value = message.error.value
    const mark4 = writer.size
    writeCompactErrorTooManyPendingTasks(writer, value)
    writer.length(mark4)
    writer.tag1(34)
  }
  if (message.error?.case === 'errCompactInProgress') {
    const value = message.error.value
    const mark3 = writer.size
    writeCompactErrorCompactInProgress(writer, value)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.error?.case === 'errPhysicalTableNotExist') {
    const value = message.error.value
    const mark2 = writer.size
    writeCompactErrorPhysicalTableNotExist(writer, value)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.error?.case === 'errInvalidStartKey') {
    const value = message.error.value
    const mark1 = writer.size
    writeCompactErrorInvalidStartKey(writer, value)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface DeleteRangeRequest {
  context: Context | undefined
  startKey: Uint8Array
  endKey: Uint8Array
  notifyOnly: boolean
}

export const DeleteRangeRequest: MessageDefinition<DeleteRangeRequest> = {
  typeName: 'kvrpcpb.DeleteRangeRequest',
  create: (init) => ({
    context: init?.context,
    startKey: init?.startKey ?? emptyBytes,
    endKey: init?.endKey ?? emptyBytes,
    notifyOnly: init?.notifyOnly ?? false,
  }),
  encode: (message) => encodeWith(writeDeleteRangeRequest, message),
  decode: (bytes) => decodeWith('kvrpcpb.DeleteRangeRequest', readDeleteRangeRequest, bytes),
  readFrom: readDeleteRangeRequest,
  writeTo: writeDeleteRangeRequest,
}

const DeleteRangeRequestFields: readonly number[] = [1, 2, 3, 4]

function readDeleteRangeRequest(reader: WireReader, end: number, into?: DeleteRangeRequest): DeleteRangeRequest {
  const message: DeleteRangeRequest = into ?? { context: undefined, startKey: emptyBytes, endKey: emptyBytes, notifyOnly: false }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.context = readContext(reader, reader.end(), message.context)
        break
      case 18:
        message.startKey = reader.bytes()
        break
      case 26:
        message.endKey = reader.bytes()
        break
      case 32:
        message.notifyOnly = reader.bool()
        break
      default:
        reader.skip(tag, DeleteRangeRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeDeleteRangeRequest(writer: WireWriter, message: DeleteRangeRequest): void {
  if (message.notifyOnly) {
    writer.bool(message.notifyOnly)
    writer.tag1(32)
  }
  if (message.endKey.length !== 0) {
    writer.bytes(message.endKey)
    writer.tag1(26)
  }
  if (message.startKey.length !== 0) {
    writer.bytes(message.startKey)
    writer.tag1(18)
  }
  if (message.context !== undefined) {
    const mark1 = writer.size
    writeContext(writer, message.context)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface DeleteRangeResponse {
  regionError: errorpb.Error | undefined
  error: string
}

export const DeleteRangeResponse: MessageDefinition<DeleteRangeResponse> = {
  typeName: 'kvrpcpb.DeleteRangeResponse',
  create: (init) => ({
    regionError: init?.regionError,
    error: init?.error ?? '',
  }),
  encode: (message) => encodeWith(writeDeleteRangeResponse, message),
  decode: (bytes) => decodeWith('kvrpcpb.DeleteRangeResponse', readDeleteRangeResponse, bytes),
  readFrom: readDeleteRangeResponse,
  writeTo: writeDeleteRangeResponse,
}

const DeleteRangeResponseFields: readonly number[] = [1, 2]

function readDeleteRangeResponse(reader: WireReader, end: number, into?: DeleteRangeResponse): DeleteRangeResponse {
  const message: DeleteRangeResponse = into ?? { regionError: undefined, error: '' }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.regionError = errorpb.Error.readFrom(reader, reader.end(), message.regionError)
        break
      case 18:
        message.error = reader.string()
        break
      default:
        reader.skip(tag, DeleteRangeResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeDeleteRangeResponse(writer: WireWriter, message: DeleteRangeResponse): void {
  if (message.error !== '') {
    writer.string(message.error)
    writer.tag1(18)
  }
  if (message.regionError !== undefined) {
    const mark1 = writer.size
    errorpb.Error.writeTo(writer, message.regionError)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface ExecDetails {
  timeDetail: TimeDetail | undefined
  scanDetail: ScanDetail | undefined
}

export const ExecDetails: MessageDefinition<ExecDetails> = {
  typeName: 'kvrpcpb.ExecDetails',
  create: (init) => ({
    timeDetail: init?.timeDetail,
    scanDetail: init?.scanDetail,
  }),
  encode: (message) => encodeWith(writeExecDetails, message),
  decode: (bytes) => decodeWith('kvrpcpb.ExecDetails', readExecDetails, bytes),
  readFrom: readExecDetails,
  writeTo: writeExecDetails,
}

const ExecDetailsFields: readonly number[] = [1, 2]

function readExecDetails(reader: WireReader, end: number, into?: ExecDetails): ExecDetails {
  const message: ExecDetails = into ?? { timeDetail: undefined, scanDetail: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.timeDetail = readTimeDetail(reader, reader.end(), message.timeDetail)
        break
      case 18:
        message.scanDetail = readScanDetail(reader, reader.end(), message.scanDetail)
        break
      default:
        reader.skip(tag, ExecDetailsFields)
    }
  }
  reader.close(end)
  return message
}

function writeExecDetails(writer: WireWriter, message: ExecDetails): void {
  if (message.scanDetail !== undefined) {
    const mark2 = writer.size
    writeScanDetail(writer, message.scanDetail)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.timeDetail !== undefined) {
    const mark1 = writer.size
    writeTimeDetail(writer, message.timeDetail)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface ScanDetail {
  write: ScanInfo | undefined
  lock: ScanInfo | undefined
  data: ScanInfo | undefined
}

export const ScanDetail: MessageDefinition<ScanDetail> = {
  typeName: 'kvrpcpb.ScanDetail',
  create: (init) => ({
    write: init?.write,
    lock: init?.lock,
    data: init?.data,
  }),
  encode: (message) => encodeWith(writeScanDetail, message),
  decode: (bytes) => decodeWith('kvrpcpb.ScanDetail', readScanDetail, bytes),
  readFrom: readScanDetail,
  writeTo: writeScanDetail,
}

const ScanDetailFields: readonly number[] = [1, 2, 3]

function readScanDetail(reader: WireReader, end: number, into?: ScanDetail): ScanDetail {
  const message: ScanDetail = into ?? { write: undefined, lock: undefined, data: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.write = readScanInfo(reader, reader.end(), message.write)
        break
      case 18:
        message.lock = readScanInfo(reader, reader.end(), message.lock)
        break
      case 26:
        message.data = readScanInfo(reader, reader.end(), message.data)
        break
      default:
        reader.skip(tag, ScanDetailFields)
    }
  }
  reader.close(end)
  return message
}

function writeScanDetail(writer: WireWriter, message: ScanDetail): void {
  if (message.data !== undefined) {
    const mark3 = writer.size
    writeScanInfo(writer, message.data)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.lock !== undefined) {
    const mark2 = writer.size
    writeScanInfo(writer, message.lock)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.write !== undefined) {
    const mark1 = writer.size
    writeScanInfo(writer, message.write)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface ScanInfo {
  total: number
  processed: number
  readBytes: number
}

export const ScanInfo: MessageDefinition<ScanInfo> = {
  typeName: 'kvrpcpb.ScanInfo',
  create: (init) => ({
    total: init?.total ?? 0,
    processed: init?.processed ?? 0,
    readBytes: init?.readBytes ?? 0,
  }),
  encode: (message) => encodeWith(writeScanInfo, message),
  decode: (bytes) => decodeWith('kvrpcpb.ScanInfo', readScanInfo, bytes),
  readFrom: readScanInfo,
  writeTo: writeScanInfo,
}

const ScanInfoFields: readonly number[] = [1, 2, 3]

function readScanInfo(reader: WireReader, end: number, into?: ScanInfo): ScanInfo {
  const message: ScanInfo = into ?? { total: 0, processed: 0, readBytes: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.total = reader.int64Number()
        break
      case 16:
        message.processed = reader.int64Number()
        break
      case 24:
        message.readBytes = reader.int64Number()
        break
      default:
        reader.skip(tag, ScanInfoFields)
    }
  }
  reader.close(end)
  return message
}

function writeScanInfo(writer: WireWriter, message: ScanInfo): void {
  if (message.readBytes !== 0) {
    writer.int64Number(message.readBytes)
    writer.tag1(24)
  }
  if (message.processed !== 0) {
    writer.int64Number(message.processed)
    writer.tag1(16)
  }
  if (message.total !== 0) {
    writer.int64Number(message.total)
    writer.tag1(8)
  }
}

export interface FlashbackToVersionRequest {
  context: Context | undefined
  version: bigint
  startKey: Uint8Array
  endKey: Uint8Array
  startTs: bigint
  commitTs: bigint
}

export const FlashbackToVersionRequest: MessageDefinition<FlashbackToVersionRequest> = {
  typeName: 'kvrpcpb.FlashbackToVersionRequest',
  create: (init) => ({
    context: init?.context,
    version: init?.version ?? 0n,
    startKey: init?.startKey ?? emptyBytes,
    endKey: init?.endKey ?? emptyBytes,
    startTs: init?.startTs ?? 0n,
    commitTs: init?.commitTs ?? 0n,
  }),
  encode: (message) => encodeWith(writeFlashbackToVersionRequest, message),
  decode: (bytes) => decodeWith('kvrpcpb.FlashbackToVersionRequest', readFlashbackToVersionRequest, bytes),
  readFrom: readFlashbackToVersionRequest,
  writeTo: writeFlashbackToVersionRequest,
}

const FlashbackToVersionRequestFields: readonly number[] = [1, 2, 3, 4, 5, 6]

function readFlashbackToVersionRequest(reader: WireReader, end: number, into?: FlashbackToVersionRequest): FlashbackToVersionRequest {
  const message: FlashbackToVersionRequest = into ?? { context: undefined, version: 0n, startKey: emptyBytes, endKey: emptyBytes, startTs: 0n, commitTs: 0n }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.context = readContext(reader, reader.end(), message.context)
        break
      case 16:
        message.version = reader.uint64()
        break
      case 26:
        message.startKey = reader.bytes()
        break
      case 34:
        message.endKey = reader.bytes()
        break
      case 40:
        message.startTs = reader.uint64()
        break
      case 48:
        message.commitTs = reader.uint64()
        break
      default:
        reader.skip(tag, FlashbackToVersionRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeFlashbackToVersionRequest(writer: WireWriter, message: FlashbackToVersionRequest): void {
  if (message.commitTs !== 0n) {
    writer.uint64(message.commitTs)
    writer.tag1(48)
  }
  if (message.startTs !== 0n) {
    writer.uint64(message.startTs)
    writer.tag1(40)
  }
  if (message.endKey.length !== 0) {
    writer.bytes(message.endKey)
    writer.tag1(34)
  }
  if (message.startKey.length !== 0) {
    writer.bytes(message.startKey)
    writer.tag1(26)
  }
  if (message.version !== 0n) {
    writer.uint64(message.version)
    writer.tag1(16)
  }
  if (message.context !== undefined) {
    const mark1 = writer.size
    writeContext(writer, message.context)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface FlashbackToVersionResponse {
  regionError: errorpb.Error | undefined
  error: string
}

export const FlashbackToVersionResponse: MessageDefinition<FlashbackToVersionResponse> = {
  typeName: 'kvrpcpb.FlashbackToVersionResponse',
  create: (init) => ({
    regionError: init?.regionError,
    error: init?.error ?? '',
  }),
  encode: (message) => encodeWith(writeFlashbackToVersionResponse, message),
  decode: (bytes) => decodeWith('kvrpcpb.FlashbackToVersionResponse', readFlashbackToVersionResponse, bytes),
  readFrom: readFlashbackToVersionResponse,
  writeTo: writeFlashbackToVersionResponse,
}

const FlashbackToVersionResponseFields: readonly number[] = [1, 2]

function readFlashbackToVersionResponse(reader: WireReader, end: number, into?: FlashbackToVersionResponse): FlashbackToVersionResponse {
  const message: FlashbackToVersionResponse = into ?? { regionError: undefined, error: '' }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.regionError = errorpb.Error.readFrom(reader, reader.end(), message.regionError)
        break
      case 18:
        message.error = reader.string()
        break
      default:
        reader.skip(tag, FlashbackToVersionResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeFlashbackToVersionResponse(writer: WireWriter, message: FlashbackToVersionResponse): void {
  if (message.error !== '') {
    writer.string(message.error)
    writer.tag1(18)
  }
  if (message.regionError !== undefined) {
    const mark1 = writer.size
    errorpb.Error.writeTo(writer, message.regionError)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface FlushRequest {
  context: Context | undefined
  mutations: Mutation[]
  primaryKey: Uint8Array
  startTs: bigint
  minCommitTs: bigint
  generation: number
  lockTtl: number
  assertionLevel: AssertionLevel
}

export const FlushRequest: MessageDefinition<FlushRequest> = {
  typeName: 'kvrpcpb.FlushRequest',
  create: (init) => ({
    context: init?.context,
    mutations: init?.mutations ?? [],
    primaryKey: init?.primaryKey ?? emptyBytes,
    startTs: init?.startTs ?? 0n,
    minCommitTs: init?.minCommitTs ?? 0n,
    generation: init?.generation ?? 0,
    lockTtl: init?.lockTtl ?? 0,
    assertionLevel: init?.assertionLevel ?? 0,
  }),
  encode: (message) => encodeWith(writeFlushRequest, message),
  decode: (bytes) => decodeWith('kvrpcpb.FlushRequest', readFlushRequest, bytes),
  readFrom: readFlushRequest,
  writeTo: writeFlushRequest,
}

const FlushRequestFields: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8]

function readFlushRequest(reader: WireReader, end: number, into?: FlushRequest): FlushRequest {
  const message: FlushRequest = into ?? { context: undefined, mutations: [], primaryKey: emptyBytes, startTs: 0n, minCommitTs: 0n, generation: 0, lockTtl: 0, assertionLevel: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.context = readContext(reader, reader.end(), message.context)
        break
      case 18:
        message.mutations.push(readMutation(reader, reader.end()))
        break
      case 26:
        message.primaryKey = reader.bytes()
        break
      case 32:
        message.startTs = reader.uint64()
        break
      case 40:
        message.minCommitTs = reader.uint64()
        break
      case 48:
        message.generation = reader.uint64Number()
        break
      case 56:
        message.lockTtl = reader.uint64Number()
        break
      case 64:
        message.assertionLevel = reader.int32() as AssertionLevel
        break
      default:
        reader.skip(tag, FlushRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeFlushRequest(writer: WireWriter, message: FlushRequest): void {
  if (message.assertionLevel !== 0) {
    writer.int32(message.assertionLevel)
    writer.tag1(64)
  }
  if (message.lockTtl !== 0) {
    writer.uint64Number(message.lockTtl)
    writer.tag1(56)
  }
  if (message.generation !== 0) {
    writer.uint64Number(message.generation)
    writer.tag1(48)
  }
  if (message.minCommitTs !== 0n) {
    writer.uint64(message.minCommitTs)
    writer.tag1(40)
  }
  if (message.startTs !== 0n) {
    writer.uint64(message.startTs)
    writer.tag1(32)
  }
  if (message.primaryKey.length !== 0) {
    writer.bytes(message.primaryKey)
    writer.tag1(26)
  }
  for (let at = message.mutations.length - 1; at >= 0; at--) {
    const value = message.mutations[at]!
    const mark2 = writer.size
    writeMutation(writer, value)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.context !== undefined) {
    const mark1 = writer.size
    writeContext(writer, message.context)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface Mutation {
  op: Op
  key: Uint8Array
  value: Uint8Array
  assertion: Assertion
}

export const Mutation: MessageDefinition<Mutation> = {
  typeName: 'kvrpcpb.Mutation',
  create: (init) => ({
    op: init?.op ?? 0,
    key: init?.key ?? emptyBytes,
    value: init?.value ?? emptyBytes,
    assertion: init?.assertion ?? 0,
  }),
  encode: (message) => encodeWith(writeMutation, message),
  decode: (bytes) => decodeWith('kvrpcpb.Mutation', readMutation, bytes),
  readFrom: readMutation,
  writeTo: writeMutation,
}

const MutationFields: readonly number[] = [1, 2, 3, 4]

function readMutation(reader: WireReader, end: number, into?: Mutation): Mutation {
  const message: Mutation = into ?? { op: 0, key: emptyBytes, value: emptyBytes, assertion: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.op = reader.int32() as Op
        break
      case 18:
        message.key = reader.bytes()
        break
      case 26:
        message.value = reader.bytes()
        break
      case 32:
        message.assertion = reader.int32() as Assertion
        break
      default:
        reader.skip(tag, MutationFields)
    }
  }
  reader.close(end)
  return message
}

function writeMutation(writer: WireWriter, message: Mutation): void {
  if (message.assertion !== 0) {
    writer.int32(message.assertion)
    writer.tag1(32)
  }
  if (message.value.length !== 0) {
    writer.bytes(message.value)
    writer.tag1(26)
  }
  if (message.key.length !== 0) {
    writer.bytes(message.key)
    writer.tag1(18)
  }
  if (message.op !== 0) {
    writer.int32(message.op)
    writer.tag1(8)
  }
}

export interface FlushResponse {
  regionError: errorpb.Error | undefined
  errors: KeyError[]
  execDetailsV2: ExecDetailsV2 | undefined
}

export const FlushResponse: MessageDefinition<FlushResponse> = {
  typeName: 'kvrpcpb.FlushResponse',
  create: (init) => ({
    regionError: init?.regionError,
    errors: init?.errors ?? [],
    execDetailsV2: init?.execDetailsV2,
  }),
  encode: (message) => encodeWith(writeFlushResponse, message),
  decode: (bytes) => decodeWith('kvrpcpb.FlushResponse', readFlushResponse, bytes),
  readFrom: readFlushResponse,
  writeTo: writeFlushResponse,
}

const FlushResponseFields: readonly number[] = [1, 2, 3]

function readFlushResponse(reader: WireReader, end: number, into?: FlushResponse): FlushResponse {
  const message: FlushResponse = into ?? { regionError: undefined, errors: [], execDetailsV2: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.regionError = errorpb.Error.readFrom(reader, reader.end(), message.regionError)
        break
      case 18:
        message.errors.push(readKeyError(reader, reader.end()))
        break
      case 26:
        message.execDetailsV2 = readExecDetailsV2(reader, reader.end(), message.execDetailsV2)
        break
      default:
        reader.skip(tag, FlushResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeFlushResponse(writer: WireWriter, message: FlushResponse): void {
  if (message.execDetailsV2 !== undefined) {
    const mark3 = writer.size
    writeExecDetailsV2(writer, message.execDetailsV2)
    writer.length(mark3)
    writer.tag1(26)
  }
  for (let at = message.errors.length - 1; at >= 0; at--) {
    const value = message.errors[at]!
    const mark2 = writer.size
    writeKeyError(writer, value)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.regionError !== undefined) {
    const mark1 = writer.size
    errorpb.Error.writeTo(writer, message.regionError)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface GCRequest {
  context: Context | undefined
  safePoint: bigint
}

export const GCRequest: MessageDefinition<GCRequest> = {
  typeName: 'kvrpcpb.GCRequest',
  create: (init) => ({
    context: init?.context,
    safePoint: init?.safePoint ?? 0n,
  }),
  encode: (message) => encodeWith(writeGCRequest, message),
  decode: (bytes) => decodeWith('kvrpcpb.GCRequest', readGCRequest, bytes),
  readFrom: readGCRequest,
  writeTo: writeGCRequest,
}

const GCRequestFields: readonly number[] = [1, 2]

function readGCRequest(reader: WireReader, end: number, into?: GCRequest): GCRequest {
  const message: GCRequest = into ?? { context: undefined, safePoint: 0n }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.context = readContext(reader, reader.end(), message.context)
        break
      case 16:
        message.safePoint = reader.uint64()
        break
      default:
        reader.skip(tag, GCRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeGCRequest(writer: WireWriter, message: GCRequest): void {
  if (message.safePoint !== 0n) {
    writer.uint64(message.safePoint)
    writer.tag1(16)
  }
  if (message.context !== undefined) {
    const mark1 = writer.size
    writeContext(writer, message.context)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface GCResponse {
  regionError: errorpb.Error | undefined
  error: KeyError | undefined
}

export const GCResponse: MessageDefinition<GCResponse> = {
  typeName: 'kvrpcpb.GCResponse',
  create: (init) => ({
    regionError: init?.regionError,
    error: init?.error,
  }),
  encode: (message) => encodeWith(writeGCResponse, message),
  decode: (bytes) => decodeWith('kvrpcpb.GCResponse', readGCResponse, bytes),
  readFrom: readGCResponse,
  writeTo: writeGCResponse,
}

const GCResponseFields: readonly number[] = [1, 2]

function readGCResponse(reader: WireReader, end: number, into?: GCResponse): GCResponse {
  const message: GCResponse = into ?? { regionError: undefined, error: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.regionError = errorpb.Error.readFrom(reader, reader.end(), message.regionError)
        break
      case 18:
        message.error = readKeyError(reader, reader.end(), message.error)
        break
      default:
        reader.skip(tag, GCResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeGCResponse(writer: WireWriter, message: GCResponse): void {
  if (message.error !== undefined) {
    const mark2 = writer.size
    writeKeyError(writer, message.error)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.regionError !== undefined) {
    const mark1 = writer.size
    errorpb.Error.writeTo(writer, message.regionError)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface GetHealthFeedbackRequest {
  context: Context | undefined
}

export const GetHealthFeedbackRequest: MessageDefinition<GetHealthFeedbackRequest> = {
  typeName: 'kvrpcpb.GetHealthFeedbackRequest',
  create: (init) => ({
    context: init?.context,
  }),
  encode: (message) => encodeWith(writeGetHealthFeedbackRequest, message),
  decode: (bytes) => decodeWith('kvrpcpb.GetHealthFeedbackRequest', readGetHealthFeedbackRequest, bytes),
  readFrom: readGetHealthFeedbackRequest,
  writeTo: writeGetHealthFeedbackRequest,
}

const GetHealthFeedbackRequestFields: readonly number[] = [1]

function readGetHealthFeedbackRequest(reader: WireReader, end: number, into?: GetHealthFeedbackRequest): GetHealthFeedbackRequest {
  const message: GetHealthFeedbackRequest = into ?? { context: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.context = readContext(reader, reader.end(), message.context)
        break
      default:
        reader.skip(tag, GetHealthFeedbackRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeGetHealthFeedbackRequest(writer: WireWriter, message: GetHealthFeedbackRequest): void {
  if (message.context !== undefined) {
    const mark1 = writer.size
    writeContext(writer, message.context)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface GetHealthFeedbackResponse {
  regionError: errorpb.Error | undefined
  healthFeedback: HealthFeedback | undefined
}

export const GetHealthFeedbackResponse: MessageDefinition<GetHealthFeedbackResponse> = {
  typeName: 'kvrpcpb.GetHealthFeedbackResponse',
  create: (init) => ({
    regionError: init?.regionError,
    healthFeedback: init?.healthFeedback,
  }),
  encode: (message) => encodeWith(writeGetHealthFeedbackResponse, message),
  decode: (bytes) => decodeWith('kvrpcpb.GetHealthFeedbackResponse', readGetHealthFeedbackResponse, bytes),
  readFrom: readGetHealthFeedbackResponse,
  writeTo: writeGetHealthFeedbackResponse,
}

const GetHealthFeedbackResponseFields: readonly number[] = [1, 2]

function readGetHealthFeedbackResponse(reader: WireReader, end: number, into?: GetHealthFeedbackResponse): GetHealthFeedbackResponse {
  const message: GetHealthFeedbackResponse = into ?? { regionError: undefined, healthFeedback: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.regionError = errorpb.Error.readFrom(reader, reader.end(), message.regionError)
        break
      case 18:
        message.healthFeedback = readHealthFeedback(reader, reader.end(), message.healthFeedback)
        break
      default:
        reader.skip(tag, GetHealthFeedbackResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeGetHealthFeedbackResponse(writer: WireWriter, message: GetHealthFeedbackResponse): void {
  if (message.healthFeedback !== undefined) {
    const mark2 = writer.size
    writeHealthFeedback(writer, message.healthFeedback)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.regionError !== undefined) {
    const mark1 = writer.size
    errorpb.Error.writeTo(writer, message.regionError)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface HealthFeedback {
  storeId: number
  feedbackSeqNo: number
  slowScore: number
}

export const HealthFeedback: MessageDefinition<HealthFeedback> = {
  typeName: 'kvrpcpb.HealthFeedback',
  create: (init) => ({
    storeId: init?.storeId ?? 0,
    feedbackSeqNo: init?.feedbackSeqNo ?? 0,
    slowScore: init?.slowScore ?? 0,
  }),
  encode: (message) => encodeWith(writeHealthFeedback, message),
  decode: (bytes) => decodeWith('kvrpcpb.HealthFeedback', readHealthFeedback, bytes),
  readFrom: readHealthFeedback,
  writeTo: writeHealthFeedback,
}

const HealthFeedbackFields: readonly number[] = [1, 2, 3]

function readHealthFeedback(reader: WireReader, end: number, into?: HealthFeedback): HealthFeedback {
  const message: HealthFeedback = into ?? { storeId: 0, feedbackSeqNo: 0, slowScore: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.storeId = reader.uint64Number()
        break
      case 16:
        message.feedbackSeqNo = reader.uint64Number()
        break
      case 24:
        message.slowScore = reader.int32()
        break
      default:
        reader.skip(tag, HealthFeedbackFields)
    }
  }
  reader.close(end)
  return message
}

function writeHealthFeedback(writer: WireWriter, message: HealthFeedback): void {
  if (message.slowScore !== 0) {
    writer.int32(message.slowScore)
    writer.tag1(24)
  }
  if (message.feedbackSeqNo !== 0) {
    writer.uint64Number(message.feedbackSeqNo)
    writer.tag1(16)
  }
  if (message.storeId !== 0) {
    writer.uint64Number(message.storeId)
    writer.tag1(8)
  }
}

export interface GetLockWaitHistoryRequest {
  context: Context | undefined
}

export const GetLockWaitHistoryRequest: MessageDefinition<GetLockWaitHistoryRequest> = {
  typeName: 'kvrpcpb.GetLockWaitHistoryRequest',
  create: (init) => ({
    context: init?.context,
  }),
  encode: (message) => encodeWith(writeGetLockWaitHistoryRequest, message),
  decode: (bytes) => decodeWith('kvrpcpb.GetLockWaitHistoryRequest', readGetLockWaitHistoryRequest, bytes),
  readFrom: readGetLockWaitHistoryRequest,
  writeTo: writeGetLockWaitHistoryRequest,
}

const GetLockWaitHistoryRequestFields: readonly number[] = [1]

function readGetLockWaitHistoryRequest(reader: WireReader, end: number, into?: GetLockWaitHistoryRequest): GetLockWaitHistoryRequest {
  const message: GetLockWaitHistoryRequest = into ?? { context: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.context = readContext(reader, reader.end(), message.context)
        break
      default:
        reader.skip(tag, GetLockWaitHistoryRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeGetLockWaitHistoryRequest(writer: WireWriter, message: GetLockWaitHistoryRequest): void {
  if (message.context !== undefined) {
    const mark1 = writer.size
    writeContext(writer, message.context)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface GetLockWaitHistoryResponse {
  regionError: errorpb.Error | undefined
  error: string
  entries: deadlock.WaitForEntry[]
}

export const GetLockWaitHistoryResponse: MessageDefinition<GetLockWaitHistoryResponse> = {
  typeName: 'kvrpcpb.GetLockWaitHistoryResponse',
  create: (init) => ({
    regionError: init?.regionError,
    error: init?.error ?? '',
    entries: init?.entries ?? [],
  }),
  encode: (message) => encodeWith(writeGetLockWaitHistoryResponse, message),
  decode: (bytes) => decodeWith('kvrpcpb.GetLockWaitHistoryResponse', readGetLockWaitHistoryResponse, bytes),
  readFrom: readGetLockWaitHistoryResponse,
  writeTo: writeGetLockWaitHistoryResponse,
}

const GetLockWaitHistoryResponseFields: readonly number[] = [1, 2, 3]

function readGetLockWaitHistoryResponse(reader: WireReader, end: number, into?: GetLockWaitHistoryResponse): GetLockWaitHistoryResponse {
  const message: GetLockWaitHistoryResponse = into ?? { regionError: undefined, error: '', entries: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.regionError = errorpb.Error.readFrom(reader, reader.end(), message.regionError)
        break
      case 18:
        message.error = reader.string()
        break
      case 26:
        message.entries.push(deadlock.WaitForEntry.readFrom(reader, reader.end()))
        break
      default:
        reader.skip(tag, GetLockWaitHistoryResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeGetLockWaitHistoryResponse(writer: WireWriter, message: GetLockWaitHistoryResponse): void {
  for (let at = message.entries.length - 1; at >= 0; at--) {
    const value = message.entries[at]!
    const mark3 = writer.size
    deadlock.WaitForEntry.writeTo(writer, value)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.error !== '') {
    writer.string(message.error)
    writer.tag1(18)
  }
  if (message.regionError !== undefined) {
    const mark1 = writer.size
    errorpb.Error.writeTo(writer, message.regionError)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface GetLockWaitInfoRequest {
  context: Context | undefined
}

export const GetLockWaitInfoRequest: MessageDefinition<GetLockWaitInfoRequest> = {
  typeName: 'kvrpcpb.GetLockWaitInfoRequest',
  create: (init) => ({
    context: init?.context,
  }),
  encode: (message) => encodeWith(writeGetLockWaitInfoRequest, message),
  decode: (bytes) => decodeWith('kvrpcpb.GetLockWaitInfoRequest', readGetLockWaitInfoRequest, bytes),
  readFrom: readGetLockWaitInfoRequest,
  writeTo: writeGetLockWaitInfoRequest,
}

const GetLockWaitInfoRequestFields: readonly number[] = [1]

function readGetLockWaitInfoRequest(reader: WireReader, end: number, into?: GetLockWaitInfoRequest): GetLockWaitInfoRequest {
  const message: GetLockWaitInfoRequest = into ?? { context: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.context = readContext(reader, reader.end(), message.context)
        break
      default:
        reader.skip(tag, GetLockWaitInfoRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeGetLockWaitInfoRequest(writer: WireWriter, message: GetLockWaitInfoRequest): void {
  if (message.context !== undefined) {
    const mark1 = writer.size
    writeContext(writer, message.context)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface GetLockWaitInfoResponse {
  regionError: errorpb.Error | undefined
  error: string
  entries: deadlock.WaitForEntry[]
}

export const GetLockWaitInfoResponse: MessageDefinition<GetLockWaitInfoResponse> = {
  typeName: 'kvrpcpb.GetLockWaitInfoResponse',
  create: (init) => ({
    regionError: init?.regionError,
    error: init?.error ?? '',
    entries: init?.entries ?? [],
  }),
  encode: (message) => encodeWith(writeGetLockWaitInfoResponse, message),
  decode: (bytes) => decodeWith('kvrpcpb.GetLockWaitInfoResponse', readGetLockWaitInfoResponse, bytes),
  readFrom: readGetLockWaitInfoResponse,
  writeTo: writeGetLockWaitInfoResponse,
}

const GetLockWaitInfoResponseFields: readonly number[] = [1, 2, 3]

function readGetLockWaitInfoResponse(reader: WireReader, end: number, into?: GetLockWaitInfoResponse): GetLockWaitInfoResponse {
  const message: GetLockWaitInfoResponse = into ?? { regionError: undefined, error: '', entries: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.regionError = errorpb.Error.readFrom(reader, reader.end(), message.regionError)
        break
      case 18:
        message.error = reader.string()
        break
      case 26:
        message.entries.push(deadlock.WaitForEntry.readFrom(reader, reader.end()))
        break
      default:
        reader.skip(tag, GetLockWaitInfoResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeGetLockWaitInfoResponse(writer: WireWriter, message: GetLockWaitInfoResponse): void {
  for (let at = message.entries.length - 1; at >= 0; at--) {
    const value = message.entries[at]!
    const mark3 = writer.size
    deadlock.WaitForEntry.writeTo(writer, value)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.error !== '') {
    writer.string(message.error)
    writer.tag1(18)
  }
  if (message.regionError !== undefined) {
    const mark1 = writer.size
    errorpb.Error.writeTo(writer, message.regionError)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface GetRequest {
  context: Context | undefined
  key: Uint8Array
  version: bigint
  needCommitTs: boolean
}

export const GetRequest: MessageDefinition<GetRequest> = {
  typeName: 'kvrpcpb.GetRequest',
  create: (init) => ({
    context: init?.context,
    key: init?.key ?? emptyBytes,
    version: init?.version ?? 0n,
    needCommitTs: init?.needCommitTs ?? false,
  }),
  encode: (message) => encodeWith(writeGetRequest, message),
  decode: (bytes) => decodeWith('kvrpcpb.GetRequest', readGetRequest, bytes),
  readFrom: readGetRequest,
  writeTo: writeGetRequest,
}

const GetRequestFields: readonly number[] = [1, 2, 3, 4]

function readGetRequest(reader: WireReader, end: number, into?: GetRequest): GetRequest {
  const message: GetRequest = into ?? { context: undefined, key: emptyBytes, version: 0n, needCommitTs: false }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.context = readContext(reader, reader.end(), message.context)
        break
      case 18:
        message.key = reader.bytes()
        break
      case 24:
        message.version = reader.uint64()
        break
      case 32:
        message.needCommitTs = reader.bool()
        break
      default:
        reader.skip(tag, GetRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeGetRequest(writer: WireWriter, message: GetRequest): void {
  if (message.needCommitTs) {
    writer.bool(message.needCommitTs)
    writer.tag1(32)
  }
  if (message.version !== 0n) {
    writer.uint64(message.version)
    writer.tag1(24)
  }
  if (message.key.length !== 0) {
    writer.bytes(message.key)
    writer.tag1(18)
  }
  if (message.context !== undefined) {
    const mark1 = writer.size
    writeContext(writer, message.context)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface GetResponse {
  regionError: errorpb.Error | undefined
  error: KeyError | undefined
  value: Uint8Array
  notFound: boolean
  execDetailsV2: ExecDetailsV2 | undefined
  commitTs: bigint
}

export const GetResponse: MessageDefinition<GetResponse> = {
  typeName: 'kvrpcpb.GetResponse',
  create: (init) => ({
    regionError: init?.regionError,
    error: init?.error,
    value: init?.value ?? emptyBytes,
    notFound: init?.notFound ?? false,
    execDetailsV2: init?.execDetailsV2,
    commitTs: init?.commitTs ?? 0n,
  }),
  encode: (message) => encodeWith(writeGetResponse, message),
  decode: (bytes) => decodeWith('kvrpcpb.GetResponse', readGetResponse, bytes),
  readFrom: readGetResponse,
  writeTo: writeGetResponse,
}

const GetResponseFields: readonly number[] = [1, 2, 3, 4, 6, 7]

function readGetResponse(reader: WireReader, end: number, into?: GetResponse): GetResponse {
  const message: GetResponse = into ?? { regionError: undefined, error: undefined, value: emptyBytes, notFound: false, execDetailsV2: undefined, commitTs: 0n }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.regionError = errorpb.Error.readFrom(reader, reader.end(), message.regionError)
        break
      case 18:
        message.error = readKeyError(reader, reader.end(), message.error)
        break
      case 26:
        message.value = reader.bytes()
        break
      case 32:
        message.notFound = reader.bool()
        break
      case 50:
        message.execDetailsV2 = readExecDetailsV2(reader, reader.end(), message.execDetailsV2)
        break
      case 56:
        message.commitTs = reader.uint64()
        break
      default:
        reader.skip(tag, GetResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeGetResponse(writer: WireWriter, message: GetResponse): void {
  if (message.commitTs !== 0n) {
    writer.uint64(message.commitTs)
    writer.tag1(56)
  }
  if (message.execDetailsV2 !== undefined) {
    const mark6 = writer.size
    writeExecDetailsV2(writer, message.execDetailsV2)
    writer.length(mark6)
    writer.tag1(50)
  }
  if (message.notFound) {
    writer.bool(message.notFound)
    writer.tag1(32)
  }
  if (message.value.length !== 0) {
    writer.bytes(message.value)
    writer.tag1(26)
  }
  if (message.error !== undefined) {
    const mark2 = writer.size
    writeKeyError(writer, message.error)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.regionError !== undefined) {
    const mark1 = writer.size
    errorpb.Error.writeTo(writer, message.regionError)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface ImportRequest {
  mutations: Mutation[]
  commitVersion: bigint
}

export const ImportRequest: MessageDefinition<ImportRequest> = {
  typeName: 'kvrpcpb.ImportRequest',
  create: (init) => ({
    mutations: init?.mutations ?? [],
    commitVersion: init?.commitVersion ?? 0n,
  }),
  encode: (message) => encodeWith(writeImportRequest, message),
  decode: (bytes) => decodeWith('kvrpcpb.ImportRequest', readImportRequest, bytes),
  readFrom: readImportRequest,
  writeTo: writeImportRequest,
}

const ImportRequestFields: readonly number[] = [1, 2]

function readImportRequest(reader: WireReader, end: number, into?: ImportRequest): ImportRequest {
  const message: ImportRequest = into ?? { mutations: [], commitVersion: 0n }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.mutations.push(readMutation(reader, reader.end()))
        break
      case 16:
        message.commitVersion = reader.uint64()
        break
      default:
        reader.skip(tag, ImportRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeImportRequest(writer: WireWriter, message: ImportRequest): void {
  if (message.commitVersion !== 0n) {
    writer.uint64(message.commitVersion)
    writer.tag1(16)
  }
  for (let at = message.mutations.length - 1; at >= 0; at--) {
    const value = message.mutations[at]!
    const mark1 = writer.size
    writeMutation(writer, value)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface ImportResponse {
  regionError: errorpb.Error | undefined
  error: string
}

export const ImportResponse: MessageDefinition<ImportResponse> = {
  typeName: 'kvrpcpb.ImportResponse',
  create: (init) => ({
    regionError: init?.regionError,
    error: init?.error ?? '',
  }),
  encode: (message) => encodeWith(writeImportResponse, message),
  decode: (bytes) => decodeWith('kvrpcpb.ImportResponse', readImportResponse, bytes),
  readFrom: readImportResponse,
  writeTo: writeImportResponse,
}

const ImportResponseFields: readonly number[] = [1, 2]

function readImportResponse(reader: WireReader, end: number, into?: ImportResponse): ImportResponse {
  const message: ImportResponse = into ?? { regionError: undefined, error: '' }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.regionError = errorpb.Error.readFrom(reader, reader.end(), message.regionError)
        break
      case 18:
        message.error = reader.string()
        break
      default:
        reader.skip(tag, ImportResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeImportResponse(writer: WireWriter, message: ImportResponse): void {
  if (message.error !== '') {
    writer.string(message.error)
    writer.tag1(18)
  }
  if (message.regionError !== undefined) {
    const mark1 = writer.size
    errorpb.Error.writeTo(writer, message.regionError)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface MvccGetByKeyRequest {
  context: Context | undefined
  key: Uint8Array
}

export const MvccGetByKeyRequest: MessageDefinition<MvccGetByKeyRequest> = {
  typeName: 'kvrpcpb.MvccGetByKeyRequest',
  create: (init) => ({
    context: init?.context,
    key: init?.key ?? emptyBytes,
  }),
  encode: (message) => encodeWith(writeMvccGetByKeyRequest, message),
  decode: (bytes) => decodeWith('kvrpcpb.MvccGetByKeyRequest', readMvccGetByKeyRequest, bytes),
  readFrom: readMvccGetByKeyRequest,
  writeTo: writeMvccGetByKeyRequest,
}

const MvccGetByKeyRequestFields: readonly number[] = [1, 2]

function readMvccGetByKeyRequest(reader: WireReader, end: number, into?: MvccGetByKeyRequest): MvccGetByKeyRequest {
  const message: MvccGetByKeyRequest = into ?? { context: undefined, key: emptyBytes }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.context = readContext(reader, reader.end(), message.context)
        break
      case 18:
        message.key = reader.bytes()
        break
      default:
        reader.skip(tag, MvccGetByKeyRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeMvccGetByKeyRequest(writer: WireWriter, message: MvccGetByKeyRequest): void {
  if (message.key.length !== 0) {
    writer.bytes(message.key)
    writer.tag1(18)
  }
  if (message.context !== undefined) {
    const mark1 = writer.size
    writeContext(writer, message.context)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface MvccGetByKeyResponse {
  regionError: errorpb.Error | undefined
  error: string
  info: MvccInfo | undefined
}

export const MvccGetByKeyResponse: MessageDefinition<MvccGetByKeyResponse> = {
  typeName: 'kvrpcpb.MvccGetByKeyResponse',
  create: (init) => ({
    regionError: init?.regionError,
    error: init?.error ?? '',
    info: init?.info,
  }),
  encode: (message) => encodeWith(writeMvccGetByKeyResponse, message),
  decode: (bytes) => decodeWith('kvrpcpb.MvccGetByKeyResponse', readMvccGetByKeyResponse, bytes),
  readFrom: readMvccGetByKeyResponse,
  writeTo: writeMvccGetByKeyResponse,
}

const MvccGetByKeyResponseFields: readonly number[] = [1, 2, 3]

function readMvccGetByKeyResponse(reader: WireReader, end: number, into?: MvccGetByKeyResponse): MvccGetByKeyResponse {
  const message: MvccGetByKeyResponse = into ?? { regionError: undefined, error: '', info: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.regionError = errorpb.Error.readFrom(reader, reader.end(), message.regionError)
        break
      case 18:
        message.error = reader.string()
        break
      case 26:
        message.info = readMvccInfo(reader, reader.end(), message.info)
        break
      default:
        reader.skip(tag, MvccGetByKeyResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeMvccGetByKeyResponse(writer: WireWriter, message: MvccGetByKeyResponse): void {
  if (message.info !== undefined) {
    const mark3 = writer.size
    writeMvccInfo(writer, message.info)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.error !== '') {
    writer.string(message.error)
    writer.tag1(18)
  }
  if (message.regionError !== undefined) {
    const mark1 = writer.size
    errorpb.Error.writeTo(writer, message.regionError)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface MvccGetByStartTsRequest {
  context: Context | undefined
  startTs: bigint
}

export const MvccGetByStartTsRequest: MessageDefinition<MvccGetByStartTsRequest> = {
  typeName: 'kvrpcpb.MvccGetByStartTsRequest',
  create: (init) => ({
    context: init?.context,
    startTs: init?.startTs ?? 0n,
  }),
  encode: (message) => encodeWith(writeMvccGetByStartTsRequest, message),
  decode: (bytes) => decodeWith('kvrpcpb.MvccGetByStartTsRequest', readMvccGetByStartTsRequest, bytes),
  readFrom: readMvccGetByStartTsRequest,
  writeTo: writeMvccGetByStartTsRequest,
}

const MvccGetByStartTsRequestFields: readonly number[] = [1, 2]

function readMvccGetByStartTsRequest(reader: WireReader, end: number, into?: MvccGetByStartTsRequest): MvccGetByStartTsRequest {
  const message: MvccGetByStartTsRequest = into ?? { context: undefined, startTs: 0n }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.context = readContext(reader, reader.end(), message.context)
        break
      case 16:
        message.startTs = reader.uint64()
        break
      default:
        reader.skip(tag, MvccGetByStartTsRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeMvccGetByStartTsRequest(writer: WireWriter, message: MvccGetByStartTsRequest): void {
  if (message.startTs !== 0n) {
    writer.uint64(message.startTs)
    writer.tag1(16)
  }
  if (message.context !== undefined) {
    const mark1 = writer.size
    writeContext(writer, message.context)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface MvccGetByStartTsResponse {
  regionError: errorpb.Error | undefined
  error: string
  key: Uint8Array
  info: MvccInfo | undefined
}

export const MvccGetByStartTsResponse: MessageDefinition<MvccGetByStartTsResponse> = {
  typeName: 'kvrpcpb.MvccGetByStartTsResponse',
  create: (init) => ({
    regionError: init?.regionError,
    error: init?.error ?? '',
    key: init?.key ?? emptyBytes,
    info: init?.info,
  }),
  encode: (message) => encodeWith(writeMvccGetByStartTsResponse, message),
  decode: (bytes) => decodeWith('kvrpcpb.MvccGetByStartTsResponse', readMvccGetByStartTsResponse, bytes),
  readFrom: readMvccGetByStartTsResponse,
  writeTo: writeMvccGetByStartTsResponse,
}

const MvccGetByStartTsResponseFields: readonly number[] = [1, 2, 3, 4]

function readMvccGetByStartTsResponse(reader: WireReader, end: number, into?: MvccGetByStartTsResponse): MvccGetByStartTsResponse {
  const message: MvccGetByStartTsResponse = into ?? { regionError: undefined, error: '', key: emptyBytes, info: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.regionError = errorpb.Error.readFrom(reader, reader.end(), message.regionError)
        break
      case 18:
        message.error = reader.string()
        break
      case 26:
        message.key = reader.bytes()
        break
      case 34:
        message.info = readMvccInfo(reader, reader.end(), message.info)
        break
      default:
        reader.skip(tag, MvccGetByStartTsResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeMvccGetByStartTsResponse(writer: WireWriter, message: MvccGetByStartTsResponse): void {
  if (message.info !== undefined) {
    const mark4 = writer.size
    writeMvccInfo(writer, message.info)
    writer.length(mark4)
    writer.tag1(34)
  }
  if (message.key.length !== 0) {
    writer.bytes(message.key)
    writer.tag1(26)
  }
  if (message.error !== '') {
    writer.string(message.error)
    writer.tag1(18)
  }
  if (message.regionError !== undefined) {
    const mark1 = writer.size
    errorpb.Error.writeTo(writer, message.regionError)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface PessimisticLockRequest {
  context: Context | undefined
  mutations: Mutation[]
  primaryLock: Uint8Array
  startVersion: bigint
  lockTtl: number
  forUpdateTs: bigint
  isFirstLock: boolean
  waitTimeout: number
  force: boolean
  returnValues: boolean
  minCommitTs: bigint
  checkExistence: boolean
  lockOnlyIfExists: boolean
  wakeUpMode: PessimisticLockWakeUpMode
}

export const PessimisticLockRequest: MessageDefinition<PessimisticLockRequest> = {
  typeName: 'kvrpcpb.PessimisticLockRequest',
  create: (init) => ({
    context: init?.context,
    mutations: init?.mutations ?? [],
    primaryLock: init?.primaryLock ?? emptyBytes,
    startVersion: init?.startVersion ?? 0n,
    lockTtl: init?.lockTtl ?? 0,
    forUpdateTs: init?.forUpdateTs ?? 0n,
    isFirstLock: init?.isFirstLock ?? false,
    waitTimeout: init?.waitTimeout ?? 0,
    force: init?.force ?? false,
    returnValues: init?.returnValues ?? false,
    minCommitTs: init?.minCommitTs ?? 0n,
    checkExistence: init?.checkExistence ?? false,
    lockOnlyIfExists: init?.lockOnlyIfExists ?? false,
    wakeUpMode: init?.wakeUpMode ?? 0,
  }),
  encode: (message) => encodeWith(writePessimisticLockRequest, message),
  decode: (bytes) => decodeWith('kvrpcpb.PessimisticLockRequest', readPessimisticLockRequest, bytes),
  readFrom: readPessimisticLockRequest,
  writeTo: writePessimisticLockRequest,
}

const PessimisticLockRequestFields: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]

function readPessimisticLockRequest(reader: WireReader, end: number, into?: PessimisticLockRequest): PessimisticLockRequest {
  const message: PessimisticLockRequest = into ?? { context: undefined, mutations: [], primaryLock: emptyBytes, startVersion: 0n, lockTtl: 0, forUpdateTs: 0n, isFirstLock: false, waitTimeout: 0, force: false, returnValues: false, minCommitTs: 0n, checkExistence: false, lockOnlyIfExists: false, wakeUpMode: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.context = readContext(reader, reader.end(), message.context)
        break
      case 18:
        message.mutations.push(readMutation(reader, reader.end()))
        break
      case 26:
        message.primaryLock = reader.bytes()
        break
      case 32:
        message.startVersion = reader.uint64()
        break
      case 40:
        message.lockTtl = reader.uint64Number()
        break
      case 48:
        message.forUpdateTs = reader.uint64()
        break
      case 56:
        message.isFirstLock = reader.bool()
        break
      case 64:
        message.waitTimeout = reader.int64Number()
        break
      case 72:
        message.force = reader.bool()
        break
      case 80:
        message.returnValues = reader.bool()
        break
      case 88:
        message.minCommitTs = reader.uint64()
        break
      case 96:
        message.checkExistence = reader.bool()
        break
      case 104:
        message.lockOnlyIfExists = reader.bool()
        break
      case 112:
        message.wakeUpMode = reader.int32() as PessimisticLockWakeUpMode
        break
      default:
        reader.skip(tag, PessimisticLockRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writePessimisticLockRequest(writer: WireWriter, message: PessimisticLockRequest): void {
  if (message.wakeUpMode !== 0) {
    writer.int32(message.wakeUpMode)
    writer.tag1(112)
  }
  if (message.lockOnlyIfExists) {
    writer.bool(message.lockOnlyIfExists)
    writer.tag1(104)
  }
  if (message.checkExistence) {
    writer.bool(message.checkExistence)
    writer.tag1(96)
  }
  if (message.minCommitTs !== 0n) {
    writer.uint64(message.minCommitTs)
    writer.tag1(88)
  }
  if (message.returnValues) {
    writer.bool(message.returnValues)
    writer.tag1(80)
  }
  if (message.force) {
    writer.bool(message.force)
    writer.tag1(72)
  }
  if (message.waitTimeout !== 0) {
    writer.int64Number(message.waitTimeout)
    writer.tag1(64)
  }
  if (message.isFirstLock) {
    writer.bool(message.isFirstLock)
    writer.tag1(56)
  }
  if (message.forUpdateTs !== 0n) {
    writer.uint64(message.forUpdateTs)
    writer.tag1(48)
  }
  if (message.lockTtl !== 0) {
    writer.uint64Number(message.lockTtl)
    writer.tag1(40)
  }
  if (message.startVersion !== 0n) {
    writer.uint64(message.startVersion)
    writer.tag1(32)
  }
  if (message.primaryLock.length !== 0) {
    writer.bytes(message.primaryLock)
    writer.tag1(26)
  }
  for (let at = message.mutations.length - 1; at >= 0; at--) {
    const value = message.mutations[at]!
    const mark2 = writer.size
    writeMutation(writer, value)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.context !== undefined) {
    const mark1 = writer.size
    writeContext(writer, message.context)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface PessimisticLockResponse {
  regionError: errorpb.Error | undefined
  errors: KeyError[]
  commitTs: bigint
  value: Uint8Array
  values: Uint8Array[]
  notFounds: boolean[]
  execDetailsV2: ExecDetailsV2 | undefined
  results: PessimisticLockKeyResult[]
}

export const PessimisticLockResponse: MessageDefinition<PessimisticLockResponse> = {
  typeName: 'kvrpcpb.PessimisticLockResponse',
  create: (init) => ({
    regionError: init?.regionError,
    errors: init?.errors ?? [],
    commitTs: init?.commitTs ?? 0n,
    value: init?.value ?? emptyBytes,
    values: init?.values ?? [],
    notFounds: init?.notFounds ?? [],
    execDetailsV2: init?.execDetailsV2,
    results: init?.results ?? [],
  }),
  encode: (message) => encodeWith(writePessimisticLockResponse, message),
  decode: (bytes) => decodeWith('kvrpcpb.PessimisticLockResponse', readPessimisticLockResponse, bytes),
  readFrom: readPessimisticLockResponse,
  writeTo: writePessimisticLockResponse,
}

const PessimisticLockResponseFields: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8]

function readPessimisticLockResponse(reader: WireReader, end: number, into?: PessimisticLockResponse): PessimisticLockResponse {
  const message: PessimisticLockResponse = into ?? { regionError: undefined, errors: [], commitTs: 0n, value: emptyBytes, values: [], notFounds: [], execDetailsV2: undefined, results: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.regionError = errorpb.Error.readFrom(reader, reader.end(), message.regionError)
        break
      case 18:
        message.errors.push(readKeyError(reader, reader.end()))
        break
      case 24:
        message.commitTs = reader.uint64()
        break
      case 34:
        message.value = reader.bytes()
        break
      case 42:
        message.values.push(reader.bytes())
        break
      case 48:
        message.notFounds.push(reader.bool())
        break
      case 50:
        {
          const packedEnd = reader.end()
          while (reader.pos < packedEnd) message.notFounds.push(reader.bool())
          reader.close(packedEnd)
        }
        break
      case 58:
        message.execDetailsV2 = readExecDetailsV2(reader, reader.end(), message.execDetailsV2)
        break
      case 66:
        message.results.push(readPessimisticLockKeyResult(reader, reader.end()))
        break
      default:
        reader.skip(tag, PessimisticLockResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writePessimisticLockResponse(writer: WireWriter, message: PessimisticLockResponse): void {
  for (let at = message.results.length - 1; at >= 0; at--) {
    const value = message.results[at]!
    const mark8 = writer.size
    writePessimisticLockKeyResult(writer, value)
    writer.length(mark8)
    writer.tag1(66)
  }
  if (message.execDetailsV2 !== undefined) {
    const mark7 = writer.size
    writeExecDetailsV2(writer, message.execDetailsV2)
    writer.length(mark7)
    writer.tag1(58)
  }
  if (message.notFounds.length !== 0) {
    const mark = writer.size
    for (let at = message.notFounds.length - 1; at >= 0; at--) writer.bool(message.notFounds[at]!)
    writer.length(mark)
    writer.tag1(50)
  }
  for (let at = message.values.length - 1; at >= 0; at--) {
    const value = message.values[at]!
    writer.bytes(value)
    writer.tag1(42)
  }
  if (message.value.length !== 0) {
    writer.bytes(message.value)
    writer.tag1(34)
  }
  if (message.commitTs !== 0n) {
    writer.uint64(message.commitTs)
    writer.tag1(24)
  }
  for (let at = message.errors.length - 1; at >= 0; at--) {
    const value = message.errors[at]!
    const mark2 = writer.size
    writeKeyError(writer, value)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.regionError !== undefined) {
    const mark1 = writer.size
    errorpb.Error.writeTo(writer, message.regionError)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface PessimisticLockKeyResult {
  type: PessimisticLockKeyResultType
  value: Uint8Array
  existence: boolean
  lockedWithConflictTs: bigint
  skipResolvingLock: boolean
}

export const PessimisticLockKeyResult: MessageDefinition<PessimisticLockKeyResult> = {
  typeName: 'kvrpcpb.PessimisticLockKeyResult',
  create: (init) => ({
    type: init?.type ?? 0,
    value: init?.value ?? emptyBytes,
    existence: init?.existence ?? false,
    lockedWithConflictTs: init?.lockedWithConflictTs ?? 0n,
    skipResolvingLock: init?.skipResolvingLock ?? false,
  }),
  encode: (message) => encodeWith(writePessimisticLockKeyResult, message),
  decode: (bytes) => decodeWith('kvrpcpb.PessimisticLockKeyResult', readPessimisticLockKeyResult, bytes),
  readFrom: readPessimisticLockKeyResult,
  writeTo: writePessimisticLockKeyResult,
}

const PessimisticLockKeyResultFields: readonly number[] = [1, 2, 3, 4, 11]

function readPessimisticLockKeyResult(reader: WireReader, end: number, into?: PessimisticLockKeyResult): PessimisticLockKeyResult {
  const message: PessimisticLockKeyResult = into ?? { type: 0, value: emptyBytes, existence: false, lockedWithConflictTs: 0n, skipResolvingLock: false }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.type = reader.int32() as PessimisticLockKeyResultType
        break
      case 18:
        message.value = reader.bytes()
        break
      case 24:
        message.existence = reader.bool()
        break
      case 32:
        message.lockedWithConflictTs = reader.uint64()
        break
      case 88:
        message.skipResolvingLock = reader.bool()
        break
      default:
        reader.skip(tag, PessimisticLockKeyResultFields)
    }
  }
  reader.close(end)
  return message
}

function writePessimisticLockKeyResult(writer: WireWriter, message: PessimisticLockKeyResult): void {
  if (message.skipResolvingLock) {
    writer.bool(message.skipResolvingLock)
    writer.tag1(88)
  }
  if (message.lockedWithConflictTs !== 0n) {
    writer.uint64(message.lockedWithConflictTs)
    writer.tag1(32)
  }
  if (message.existence) {
    writer.bool(message.existence)
    writer.tag1(24)
  }
  if (message.value.length !== 0) {
    writer.bytes(message.value)
    writer.tag1(18)
  }
  if (message.type !== 0) {
    writer.int32(message.type)
    writer.tag1(8)
  }
}

export interface PessimisticRollbackRequest {
  context: Context | undefined
  startVersion: bigint
  forUpdateTs: bigint
  keys: Uint8Array[]
}

export const PessimisticRollbackRequest: MessageDefinition<PessimisticRollbackRequest> = {
  typeName: 'kvrpcpb.PessimisticRollbackRequest',
  create: (init) => ({
    context: init?.context,
    startVersion: init?.startVersion ?? 0n,
    forUpdateTs: init?.forUpdateTs ?? 0n,
    keys: init?.keys ?? [],
  }),
  encode: (message) => encodeWith(writePessimisticRollbackRequest, message),
  decode: (bytes) => decodeWith('kvrpcpb.PessimisticRollbackRequest', readPessimisticRollbackRequest, bytes),
  readFrom: readPessimisticRollbackRequest,
  writeTo: writePessimisticRollbackRequest,
}

const PessimisticRollbackRequestFields: readonly number[] = [1, 2, 3, 4]

function readPessimisticRollbackRequest(reader: WireReader, end: number, into?: PessimisticRollbackRequest): PessimisticRollbackRequest {
  const message: PessimisticRollbackRequest = into ?? { context: undefined, startVersion: 0n, forUpdateTs: 0n, keys: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.context = readContext(reader, reader.end(), message.context)
        break
      case 16:
        message.startVersion = reader.uint64()
        break
      case 24:
        message.forUpdateTs = reader.uint64()
        break
      case 34:
        message.keys.push(reader.bytes())
        break
      default:
        reader.skip(tag, PessimisticRollbackRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writePessimisticRollbackRequest(writer: WireWriter, message: PessimisticRollbackRequest): void {
  for (let at = message.keys.length - 1; at >= 0; at--) {
    const value = message.keys[at]!
    writer.bytes(value)
    writer.tag1(34)
  }
  if (message.forUpdateTs !== 0n) {
    writer.uint64(message.forUpdateTs)
    writer.tag1(24)
  }
  if (message.startVersion !== 0n) {
    writer.uint64(message.startVersion)
    writer.tag1(16)
  }
  if (message.context !== undefined) {
    const mark1 = writer.size
    writeContext(writer, message.context)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface PessimisticRollbackResponse {
  regionError: errorpb.Error | undefined
  errors: KeyError[]
  execDetailsV2: ExecDetailsV2 | undefined
}

export const PessimisticRollbackResponse: MessageDefinition<PessimisticRollbackResponse> = {
  typeName: 'kvrpcpb.PessimisticRollbackResponse',
  create: (init) => ({
    regionError: init?.regionError,
    errors: init?.errors ?? [],
    execDetailsV2: init?.execDetailsV2,
  }),
  encode: (message) => encodeWith(writePessimisticRollbackResponse, message),
  decode: (bytes) => decodeWith('kvrpcpb.PessimisticRollbackResponse', readPessimisticRollbackResponse, bytes),
  readFrom: readPessimisticRollbackResponse,
  writeTo: writePessimisticRollbackResponse,
}

const PessimisticRollbackResponseFields: readonly number[] = [1, 2, 3]

function readPessimisticRollbackResponse(reader: WireReader, end: number, into?: PessimisticRollbackResponse): PessimisticRollbackResponse {
  const message: PessimisticRollbackResponse = into ?? { regionError: undefined, errors: [], execDetailsV2: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.regionError = errorpb.Error.readFrom(reader, reader.end(), message.regionError)
        break
      case 18:
        message.errors.push(readKeyError(reader, reader.end()))
        break
      case 26:
        message.execDetailsV2 = readExecDetailsV2(reader, reader.end(), message.execDetailsV2)
        break
      default:
        reader.skip(tag, PessimisticRollbackResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writePessimisticRollbackResponse(writer: WireWriter, message: PessimisticRollbackResponse): void {
  if (message.execDetailsV2 !== undefined) {
    const mark3 = writer.size
    writeExecDetailsV2(writer, message.execDetailsV2)
    writer.length(mark3)
    writer.tag1(26)
  }
  for (let at = message.errors.length - 1; at >= 0; at--) {
    const value = message.errors[at]!
    const mark2 = writer.size
    writeKeyError(writer, value)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.regionError !== undefined) {
    const mark1 = writer.size
    errorpb.Error.writeTo(writer, message.regionError)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface PhysicalScanLockRequest {
  context: Context | undefined
  maxTs: bigint
  startKey: Uint8Array
  limit: number
}

export const PhysicalScanLockRequest: MessageDefinition<PhysicalScanLockRequest> = {
  typeName: 'kvrpcpb.PhysicalScanLockRequest',
  create: (init) => ({
    context: init?.context,
    maxTs: init?.maxTs ?? 0n,
    startKey: init?.startKey ?? emptyBytes,
    limit: init?.limit ?? 0,
  }),
  encode: (message) => encodeWith(writePhysicalScanLockRequest, message),
  decode: (bytes) => decodeWith('kvrpcpb.PhysicalScanLockRequest', readPhysicalScanLockRequest, bytes),
  readFrom: readPhysicalScanLockRequest,
  writeTo: writePhysicalScanLockRequest,
}

const PhysicalScanLockRequestFields: readonly number[] = [1, 2, 3, 4]

function readPhysicalScanLockRequest(reader: WireReader, end: number, into?: PhysicalScanLockRequest): PhysicalScanLockRequest {
  const message: PhysicalScanLockRequest = into ?? { context: undefined, maxTs: 0n, startKey: emptyBytes, limit: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.context = readContext(reader, reader.end(), message.context)
        break
      case 16:
        message.maxTs = reader.uint64()
        break
      case 26:
        message.startKey = reader.bytes()
        break
      case 32:
        message.limit = reader.uint32()
        break
      default:
        reader.skip(tag, PhysicalScanLockRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writePhysicalScanLockRequest(writer: WireWriter, message: PhysicalScanLockRequest): void {
  if (message.limit !== 0) {
    writer.uint32(message.limit)
    writer.tag1(32)
  }
  if (message.startKey.length !== 0) {
    writer.bytes(message.startKey)
    writer.tag1(26)
  }
  if (message.maxTs !== 0n) {
    writer.uint64(message.maxTs)
    writer.tag1(16)
  }
  if (message.context !== undefined) {
    const mark1 = writer.size
    writeContext(writer, message.context)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface PhysicalScanLockResponse {
  error: string
  locks: LockInfo[]
}

export const PhysicalScanLockResponse: MessageDefinition<PhysicalScanLockResponse> = {
  typeName: 'kvrpcpb.PhysicalScanLockResponse',
  create: (init) => ({
    error: init?.error ?? '',
    locks: init?.locks ?? [],
  }),
  encode: (message) => encodeWith(writePhysicalScanLockResponse, message),
  decode: (bytes) => decodeWith('kvrpcpb.PhysicalScanLockResponse', readPhysicalScanLockResponse, bytes),
  readFrom: readPhysicalScanLockResponse,
  writeTo: writePhysicalScanLockResponse,
}

const PhysicalScanLockResponseFields: readonly number[] = [1, 2]

function readPhysicalScanLockResponse(reader: WireReader, end: number, into?: PhysicalScanLockResponse): PhysicalScanLockResponse {
  const message: PhysicalScanLockResponse = into ?? { error: '', locks: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.error = reader.string()
        break
      case 18:
        message.locks.push(readLockInfo(reader, reader.end()))
        break
      default:
        reader.skip(tag, PhysicalScanLockResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writePhysicalScanLockResponse(writer: WireWriter, message: PhysicalScanLockResponse): void {
  for (let at = message.locks.length - 1; at >= 0; at--) {
    const value = message.locks[at]!
    const mark2 = writer.size
    writeLockInfo(writer, value)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.error !== '') {
    writer.string(message.error)
    writer.tag1(10)
  }
}

export interface PrepareFlashbackToVersionRequest {
  context: Context | undefined
  startKey: Uint8Array
  endKey: Uint8Array
  startTs: bigint
  version: bigint
}

export const PrepareFlashbackToVersionRequest: MessageDefinition<PrepareFlashbackToVersionRequest> = {
  typeName: 'kvrpcpb.PrepareFlashbackToVersionRequest',
  create: (init) => ({
    context: init?.context,
    startKey: init?.startKey ?? emptyBytes,
    endKey: init?.endKey ?? emptyBytes,
    startTs: init?.startTs ?? 0n,
    version: init?.version ?? 0n,
  }),
  encode: (message) => encodeWith(writePrepareFlashbackToVersionRequest, message),
  decode: (bytes) => decodeWith('kvrpcpb.PrepareFlashbackToVersionRequest', readPrepareFlashbackToVersionRequest, bytes),
  readFrom: readPrepareFlashbackToVersionRequest,
  writeTo: writePrepareFlashbackToVersionRequest,
}

const PrepareFlashbackToVersionRequestFields: readonly number[] = [1, 2, 3, 4, 5]

function readPrepareFlashbackToVersionRequest(reader: WireReader, end: number, into?: PrepareFlashbackToVersionRequest): PrepareFlashbackToVersionRequest {
  const message: PrepareFlashbackToVersionRequest = into ?? { context: undefined, startKey: emptyBytes, endKey: emptyBytes, startTs: 0n, version: 0n }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.context = readContext(reader, reader.end(), message.context)
        break
      case 18:
        message.startKey = reader.bytes()
        break
      case 26:
        message.endKey = reader.bytes()
        break
      case 32:
        message.startTs = reader.uint64()
        break
      case 40:
        message.version = reader.uint64()
        break
      default:
        reader.skip(tag, PrepareFlashbackToVersionRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writePrepareFlashbackToVersionRequest(writer: WireWriter, message: PrepareFlashbackToVersionRequest): void {
  if (message.version !== 0n) {
    writer.uint64(message.version)
    writer.tag1(40)
  }
  if (message.startTs !== 0n) {
    writer.uint64(message.startTs)
    writer.tag1(32)
  }
  if (message.endKey.length !== 0) {
    writer.bytes(message.endKey)
    writer.tag1(26)
  }
  if (message.startKey.length !== 0) {
    writer.bytes(message.startKey)
    writer.tag1(18)
  }
  if (message.context !== undefined) {
    const mark1 = writer.size
    writeContext(writer, message.context)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface PrepareFlashbackToVersionResponse {
  regionError: errorpb.Error | undefined
  error: string
}

export const PrepareFlashbackToVersionResponse: MessageDefinition<PrepareFlashbackToVersionResponse> = {
  typeName: 'kvrpcpb.PrepareFlashbackToVersionResponse',
  create: (init) => ({
    regionError: init?.regionError,
    error: init?.error ?? '',
  }),
  encode: (message) => encodeWith(writePrepareFlashbackToVersionResponse, message),
  decode: (bytes) => decodeWith('kvrpcpb.PrepareFlashbackToVersionResponse', readPrepareFlashbackToVersionResponse, bytes),
  readFrom: readPrepareFlashbackToVersionResponse,
  writeTo: writePrepareFlashbackToVersionResponse,
}

const PrepareFlashbackToVersionResponseFields: readonly number[] = [1, 2]

function readPrepareFlashbackToVersionResponse(reader: WireReader, end: number, into?: PrepareFlashbackToVersionResponse): PrepareFlashbackToVersionResponse {
  const message: PrepareFlashbackToVersionResponse = into ?? { regionError: undefined, error: '' }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.regionError = errorpb.Error.readFrom(reader, reader.end(), message.regionError)
        break
      case 18:
        message.error = reader.string()
        break
      default:
        reader.skip(tag, PrepareFlashbackToVersionResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writePrepareFlashbackToVersionResponse(writer: WireWriter, message: PrepareFlashbackToVersionResponse): void {
  if (message.error !== '') {
    writer.string(message.error)
    writer.tag1(18)
  }
  if (message.regionError !== undefined) {
    const mark1 = writer.size
    errorpb.Error.writeTo(writer, message.regionError)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface PrewriteRequest {
  context: Context | undefined
  mutations: Mutation[]
  primaryLock: Uint8Array
  startVersion: bigint
  lockTtl: number
  skipConstraintCheck: boolean
  pessimisticActions: PrewriteRequest_PessimisticAction[]
  txnSize: bigint
  forUpdateTs: bigint
  minCommitTs: bigint
  useAsyncCommit: boolean
  secondaries: Uint8Array[]
  tryOnePc: boolean
  maxCommitTs: bigint
  assertionLevel: AssertionLevel
  forUpdateTsConstraints: PrewriteRequest_ForUpdateTSConstraint[]
  txnFileChunks: bigint[]
}

export const PrewriteRequest: MessageDefinition<PrewriteRequest> = {
  typeName: 'kvrpcpb.PrewriteRequest',
  create: (init) => ({
    context: init?.context,
    mutations: init?.mutations ?? [],
    primaryLock: init?.primaryLock ?? emptyBytes,
    startVersion: init?.startVersion ?? 0n,
    lockTtl: init?.lockTtl ?? 0,
    skipConstraintCheck: init?.skipConstraintCheck ?? false,
    pessimisticActions: init?.pessimisticActions ?? [],
    txnSize: init?.txnSize ?? 0n,
    forUpdateTs: init?.forUpdateTs ?? 0n,
    minCommitTs: init?.minCommitTs ?? 0n,
    useAsyncCommit: init?.useAsyncCommit ?? false,
    secondaries: init?.secondaries ?? [],
    tryOnePc: init?.tryOnePc ?? false,
    maxCommitTs: init?.maxCommitTs ?? 0n,
    assertionLevel: init?.assertionLevel ?? 0,
    forUpdateTsConstraints: init?.forUpdateTsConstraints ?? [],
    txnFileChunks: init?.txnFileChunks ?? [],
  }),
  encode: (message) => encodeWith(writePrewriteRequest, message),
  decode: (bytes) => decodeWith('kvrpcpb.PrewriteRequest', readPrewriteRequest, bytes),
  readFrom: readPrewriteRequest,
  writeTo: writePrewriteRequest,
}

const PrewriteRequestFields: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 100]

function readPrewriteRequest(reader: WireReader, end: number, into?: PrewriteRequest): PrewriteRequest {
  const message: PrewriteRequest = into ?? { context: undefined, mutations: [], primaryLock: emptyBytes, startVersion: 0n, lockTtl: 0, skipConstraintCheck: false, pessimisticActions: [], txnSize: 0n, forUpdateTs: 0n, minCommitTs: 0n, useAsyncCommit: false, secondaries: [], tryOnePc: false, maxCommitTs: 0n, assertionLevel: 0, forUpdateTsConstraints: [], txnFileChunks: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.context = readContext(reader, reader.end(), message.context)
        break
      case 18:
        message.mutations.push(readMutation(reader, reader.end()))
        break
      case 26:
        message.primaryLock = reader.bytes()
        break
      case 32:
        message.startVersion = reader.uint64()
        break
      case 40:
        message.lockTtl = reader.uint64Number()
        break
      case 48:
        message.skipConstraintCheck = reader.bool()
        break
      case 56:
        message.pessimisticActions.push(reader.int32() as PrewriteRequest_PessimisticAction)
        break
      case 58:
        {
          const packedEnd = reader.end()
          while (reader.pos < packedEnd) message.pessimisticActions.push(reader.int32() as PrewriteRequest_PessimisticAction)
          reader.close(packedEnd)
        }
        break
      case 64:
        message.txnSize = reader.uint64()
        break
      case 72:
        message.forUpdateTs = reader.uint64()
        break
      case 80:
        message.minCommitTs = reader.uint64()
        break
      case 88:
        message.useAsyncCommit = reader.bool()
        break
      case 98:
        message.secondaries.push(reader.bytes())
        break
      case 104:
        message.tryOnePc = reader.bool()
        break
      case 112:
        message.maxCommitTs = reader.uint64()
        break
      case 120:
        message.assertionLevel = reader.int32() as AssertionLevel
        break
      case 130:
        message.forUpdateTsConstraints.push(readPrewriteRequest_ForUpdateTSConstraint(reader, reader.end()))
        break
      case 800:
        message.txnFileChunks.push(reader.uint64())
        break
      case 802:
        {
          const packedEnd = reader.end()
          while (reader.pos < packedEnd) message.txnFileChunks.push(reader.uint64())
          reader.close(packedEnd)
        }
        break
      default:
        reader.skip(tag, PrewriteRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writePrewriteRequest(writer: WireWriter, message: PrewriteRequest): void {
  if (message.txnFileChunks.length !== 0) {
    const mark = writer.size
    for (let at = message.txnFileChunks.length - 1; at >= 0; at--) writer.uint64(message.txnFileChunks[at]!)
    writer.length(mark)
    writer.tag(802)
  }
  for (let at = message.forUpdateTsConstraints.length - 1; at >= 0; at--) {
    const value = message.forUpdateTsConstraints[at]!
    const mark16 = writer.size
    writePrewriteRequest_ForUpdateTSConstraint(writer, value)
    writer.length(mark16)
    writer.tag(130)
  }
  if (message.assertionLevel !== 0) {
    writer.int32(message.assertionLevel)
    writer.tag1(120)
  }
  if (message.maxCommitTs !== 0n) {
    writer.uint64(message.maxCommitTs)
    writer.tag1(112)
  }
  if (message.tryOnePc) {
    writer.bool(message.tryOnePc)
    writer.tag1(104)
  }
  for (let at = message.secondaries.length - 1; at >= 0; at--) {
    const value = message.secondaries[at]!
    writer.bytes(value)
    writer.tag1(98)
  }
  if (message.useAsyncCommit) {
    writer.bool(message.useAsyncCommit)
    writer.tag1(88)
  }
  if (message.minCommitTs !== 0n) {
    writer.uint64(message.minCommitTs)
    writer.tag1(80)
  }
  if (message.forUpdateTs !== 0n) {
    writer.uint64(message.forUpdateTs)
    writer.tag1(72)
  }
  if (message.txnSize !== 0n) {
    writer.uint64(message.txnSize)
    writer.tag1(64)
  }
  if (message.pessimisticActions.length !== 0) {
    const mark = writer.size
    for (let at = message.pessimisticActions.length - 1; at >= 0; at--) writer.int32(message.pessimisticActions[at]!)
    writer.length(mark)
    writer.tag1(58)
  }
  if (message.skipConstraintCheck) {
    writer.bool(message.skipConstraintCheck)
    writer.tag1(48)
  }
  if (message.lockTtl !== 0) {
    writer.uint64Number(message.lockTtl)
    writer.tag1(40)
  }
  if (message.startVersion !== 0n) {
    writer.uint64(message.startVersion)
    writer.tag1(32)
  }
  if (message.primaryLock.length !== 0) {
    writer.bytes(message.primaryLock)
    writer.tag1(26)
  }
  for (let at = message.mutations.length - 1; at >= 0; at--) {
    const value = message.mutations[at]!
    const mark2 = writer.size
    writeMutation(writer, value)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.context !== undefined) {
    const mark1 = writer.size
    writeContext(writer, message.context)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface PrewriteRequest_ForUpdateTSConstraint {
  index: number
  expectedForUpdateTs: bigint
}

export const PrewriteRequest_ForUpdateTSConstraint: MessageDefinition<PrewriteRequest_ForUpdateTSConstraint> = {
  typeName: 'kvrpcpb.PrewriteRequest.ForUpdateTSConstraint',
  create: (init) => ({
    index: init?.index ?? 0,
    expectedForUpdateTs: init?.expectedForUpdateTs ?? 0n,
  }),
  encode: (message) => encodeWith(writePrewriteRequest_ForUpdateTSConstraint, message),
  decode: (bytes) => decodeWith('kvrpcpb.PrewriteRequest.ForUpdateTSConstraint', readPrewriteRequest_ForUpdateTSConstraint, bytes),
  readFrom: readPrewriteRequest_ForUpdateTSConstraint,
  writeTo: writePrewriteRequest_ForUpdateTSConstraint,
}

const PrewriteRequest_ForUpdateTSConstraintFields: readonly number[] = [1, 2]

function readPrewriteRequest_ForUpdateTSConstraint(reader: WireReader, end: number, into?: PrewriteRequest_ForUpdateTSConstraint): PrewriteRequest_ForUpdateTSConstraint {
  const message: PrewriteRequest_ForUpdateTSConstraint = into ?? { index: 0, expectedForUpdateTs: 0n }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.index = reader.uint32()
        break
      case 16:
        message.expectedForUpdateTs = reader.uint64()
        break
      default:
        reader.skip(tag, PrewriteRequest_ForUpdateTSConstraintFields)
    }
  }
  reader.close(end)
  return message
}

function writePrewriteRequest_ForUpdateTSConstraint(writer: WireWriter, message: PrewriteRequest_ForUpdateTSConstraint): void {
  if (message.expectedForUpdateTs !== 0n) {
    writer.uint64(message.expectedForUpdateTs)
    writer.tag1(16)
  }
  if (message.index !== 0) {
    writer.uint32(message.index)
    writer.tag1(8)
  }
}

export interface PrewriteResponse {
  regionError: errorpb.Error | undefined
  errors: KeyError[]
  minCommitTs: bigint
  onePcCommitTs: bigint
  execDetailsV2: ExecDetailsV2 | undefined
}

export const PrewriteResponse: MessageDefinition<PrewriteResponse> = {
  typeName: 'kvrpcpb.PrewriteResponse',
  create: (init) => ({
    regionError: init?.regionError,
    errors: init?.errors ?? [],
    minCommitTs: init?.minCommitTs ?? 0n,
    onePcCommitTs: init?.onePcCommitTs ?? 0n,
    execDetailsV2: init?.execDetailsV2,
  }),
  encode: (message) => encodeWith(writePrewriteResponse, message),
  decode: (bytes) => decodeWith('kvrpcpb.PrewriteResponse', readPrewriteResponse, bytes),
  readFrom: readPrewriteResponse,
  writeTo: writePrewriteResponse,
}

const PrewriteResponseFields: readonly number[] = [1, 2, 3, 4, 5]

function readPrewriteResponse(reader: WireReader, end: number, into?: PrewriteResponse): PrewriteResponse {
  const message: PrewriteResponse = into ?? { regionError: undefined, errors: [], minCommitTs: 0n, onePcCommitTs: 0n, execDetailsV2: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.regionError = errorpb.Error.readFrom(reader, reader.end(), message.regionError)
        break
      case 18:
        message.errors.push(readKeyError(reader, reader.end()))
        break
      case 24:
        message.minCommitTs = reader.uint64()
        break
      case 32:
        message.onePcCommitTs = reader.uint64()
        break
      case 42:
        message.execDetailsV2 = readExecDetailsV2(reader, reader.end(), message.execDetailsV2)
        break
      default:
        reader.skip(tag, PrewriteResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writePrewriteResponse(writer: WireWriter, message: PrewriteResponse): void {
  if (message.execDetailsV2 !== undefined) {
    const mark5 = writer.size
    writeExecDetailsV2(writer, message.execDetailsV2)
    writer.length(mark5)
    writer.tag1(42)
  }
  if (message.onePcCommitTs !== 0n) {
    writer.uint64(message.onePcCommitTs)
    writer.tag1(32)
  }
  if (message.minCommitTs !== 0n) {
    writer.uint64(message.minCommitTs)
    writer.tag1(24)
  }
  for (let at = message.errors.length - 1; at >= 0; at--) {
    const value = message.errors[at]!
    const mark2 = writer.size
    writeKeyError(writer, value)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.regionError !== undefined) {
    const mark1 = writer.size
    errorpb.Error.writeTo(writer, message.regionError)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface RawBatchDeleteRequest {
  context: Context | undefined
  keys: Uint8Array[]
  cf: string
  forCas: boolean
}

export const RawBatchDeleteRequest: MessageDefinition<RawBatchDeleteRequest> = {
  typeName: 'kvrpcpb.RawBatchDeleteRequest',
  create: (init) => ({
    context: init?.context,
    keys: init?.keys ?? [],
    cf: init?.cf ?? '',
    forCas: init?.forCas ?? false,
  }),
  encode: (message) => encodeWith(writeRawBatchDeleteRequest, message),
  decode: (bytes) => decodeWith('kvrpcpb.RawBatchDeleteRequest', readRawBatchDeleteRequest, bytes),
  readFrom: readRawBatchDeleteRequest,
  writeTo: writeRawBatchDeleteRequest,
}

const RawBatchDeleteRequestFields: readonly number[] = [1, 2, 3, 4]

function readRawBatchDeleteRequest(reader: WireReader, end: number, into?: RawBatchDeleteRequest): RawBatchDeleteRequest {
  const message: RawBatchDeleteRequest = into ?? { context: undefined, keys: [], cf: '', forCas: false }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.context = readContext(reader, reader.end(), message.context)
        break
      case 18:
        message.keys.push(reader.bytes())
        break
      case 26:
        message.cf = reader.string()
        break
      case 32:
        message.forCas = reader.bool()
        break
      default:
        reader.skip(tag, RawBatchDeleteRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeRawBatchDeleteRequest(writer: WireWriter, message: RawBatchDeleteRequest): void {
  if (message.forCas) {
    writer.bool(message.forCas)
    writer.tag1(32)
  }
  if (message.cf !== '') {
    writer.string(message.cf)
    writer.tag1(26)
  }
  for (let at = message.keys.length - 1; at >= 0; at--) {
    const value = message.keys[at]!
    writer.bytes(value)
    writer.tag1(18)
  }
  if (message.context !== undefined) {
    const mark1 = writer.size
    writeContext(writer, message.context)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface RawBatchDeleteResponse {
  regionError: errorpb.Error | undefined
  error: string
}

export const RawBatchDeleteResponse: MessageDefinition<RawBatchDeleteResponse> = {
  typeName: 'kvrpcpb.RawBatchDeleteResponse',
  create: (init) => ({
    regionError: init?.regionError,
    error: init?.error ?? '',
  }),
  encode: (message) => encodeWith(writeRawBatchDeleteResponse, message),
  decode: (bytes) => decodeWith('kvrpcpb.RawBatchDeleteResponse', readRawBatchDeleteResponse, bytes),
  readFrom: readRawBatchDeleteResponse,
  writeTo: writeRawBatchDeleteResponse,
}

const RawBatchDeleteResponseFields: readonly number[] = [1, 2]

function readRawBatchDeleteResponse(reader: WireReader, end: number, into?: RawBatchDeleteResponse): RawBatchDeleteResponse {
  const message: RawBatchDeleteResponse = into ?? { regionError: undefined, error: '' }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.regionError = errorpb.Error.readFrom(reader, reader.end(), message.regionError)
        break
      case 18:
        message.error = reader.string()
        break
      default:
        reader.skip(tag, RawBatchDeleteResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeRawBatchDeleteResponse(writer: WireWriter, message: RawBatchDeleteResponse): void {
  if (message.error !== '') {
    writer.string(message.error)
    writer.tag1(18)
  }
  if (message.regionError !== undefined) {
    const mark1 = writer.size
    errorpb.Error.writeTo(writer, message.regionError)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface RawBatchGetRequest {
  context: Context | undefined
  keys: Uint8Array[]
  cf: string
}

export const RawBatchGetRequest: MessageDefinition<RawBatchGetRequest> = {
  typeName: 'kvrpcpb.RawBatchGetRequest',
  create: (init) => ({
    context: init?.context,
    keys: init?.keys ?? [],
    cf: init?.cf ?? '',
  }),
  encode: (message) => encodeWith(writeRawBatchGetRequest, message),
  decode: (bytes) => decodeWith('kvrpcpb.RawBatchGetRequest', readRawBatchGetRequest, bytes),
  readFrom: readRawBatchGetRequest,
  writeTo: writeRawBatchGetRequest,
}

const RawBatchGetRequestFields: readonly number[] = [1, 2, 3]

function readRawBatchGetRequest(reader: WireReader, end: number, into?: RawBatchGetRequest): RawBatchGetRequest {
  const message: RawBatchGetRequest = into ?? { context: undefined, keys: [], cf: '' }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.context = readContext(reader, reader.end(), message.context)
        break
      case 18:
        message.keys.push(reader.bytes())
        break
      case 26:
        message.cf = reader.string()
        break
      default:
        reader.skip(tag, RawBatchGetRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeRawBatchGetRequest(writer: WireWriter, message: RawBatchGetRequest): void {
  if (message.cf !== '') {
    writer.string(message.cf)
    writer.tag1(26)
  }
  for (let at = message.keys.length - 1; at >= 0; at--) {
    const value = message.keys[at]!
    writer.bytes(value)
    writer.tag1(18)
  }
  if (message.context !== undefined) {
    const mark1 = writer.size
    writeContext(writer, message.context)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface RawBatchGetResponse {
  regionError: errorpb.Error | undefined
  pairs: KvPair[]
}

export const RawBatchGetResponse: MessageDefinition<RawBatchGetResponse> = {
  typeName: 'kvrpcpb.RawBatchGetResponse',
  create: (init) => ({
    regionError: init?.regionError,
    pairs: init?.pairs ?? [],
  }),
  encode: (message) => encodeWith(writeRawBatchGetResponse, message),
  decode: (bytes) => decodeWith('kvrpcpb.RawBatchGetResponse', readRawBatchGetResponse, bytes),
  readFrom: readRawBatchGetResponse,
  writeTo: writeRawBatchGetResponse,
}

const RawBatchGetResponseFields: readonly number[] = [1, 2]

function readRawBatchGetResponse(reader: WireReader, end: number, into?: RawBatchGetResponse): RawBatchGetResponse {
  const message: RawBatchGetResponse = into ?? { regionError: undefined, pairs: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.regionError = errorpb.Error.readFrom(reader, reader.end(), message.regionError)
        break
      case 18:
        message.pairs.push(readKvPair(reader, reader.end()))
        break
      default:
        reader.skip(tag, RawBatchGetResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeRawBatchGetResponse(writer: WireWriter, message: RawBatchGetResponse): void {
  for (let at = message.pairs.length - 1; at >= 0; at--) {
    const value = message.pairs[at]!
    const mark2 = writer.size
    writeKvPair(writer, value)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.regionError !== undefined) {
    const mark1 = writer.size
    errorpb.Error.writeTo(writer, message.regionError)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface RawBatchPutRequest {
  context: Context | undefined
  pairs: KvPair[]
  cf: string
  ttl: number
  forCas: boolean
  ttls: number[]
}

export const RawBatchPutRequest: MessageDefinition<RawBatchPutRequest> = {
  typeName: 'kvrpcpb.RawBatchPutRequest',
  create: (init) => ({
    context: init?.context,
    pairs: init?.pairs ?? [],
    cf: init?.cf ?? '',
    ttl: init?.ttl ?? 0,
    forCas: init?.forCas ?? false,
    ttls: init?.ttls ?? [],
  }),
  encode: (message) => encodeWith(writeRawBatchPutRequest, message),
  decode: (bytes) => decodeWith('kvrpcpb.RawBatchPutRequest', readRawBatchPutRequest, bytes),
  readFrom: readRawBatchPutRequest,
  writeTo: writeRawBatchPutRequest,
}

const RawBatchPutRequestFields: readonly number[] = [1, 2, 3, 4, 5, 6]

function readRawBatchPutRequest(reader: WireReader, end: number, into?: RawBatchPutRequest): RawBatchPutRequest {
  const message: RawBatchPutRequest = into ?? { context: undefined, pairs: [], cf: '', ttl: 0, forCas: false, ttls: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.context = readContext(reader, reader.end(), message.context)
        break
      case 18:
        message.pairs.push(readKvPair(reader, reader.end()))
        break
      case 26:
        message.cf = reader.string()
        break
      case 32:
        message.ttl = reader.uint64Number()
        break
      case 40:
        message.forCas = reader.bool()
        break
      case 48:
        message.ttls.push(reader.uint64Number())
        break
      case 50:
        {
          const packedEnd = reader.end()
          while (reader.pos < packedEnd) message.ttls.push(reader.uint64Number())
          reader.close(packedEnd)
        }
        break
      default:
        reader.skip(tag, RawBatchPutRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeRawBatchPutRequest(writer: WireWriter, message: RawBatchPutRequest): void {
  if (message.ttls.length !== 0) {
    const mark = writer.size
    for (let at = message.ttls.length - 1; at >= 0; at--) writer.uint64Number(message.ttls[at]!)
    writer.length(mark)
    writer.tag1(50)
  }
  if (message.forCas) {
    writer.bool(message.forCas)
    writer.tag1(40)
  }
  if (message.ttl !== 0) {
    writer.uint64Number(message.ttl)
    writer.tag1(32)
  }
  if (message.cf !== '') {
    writer.string(message.cf)
    writer.tag1(26)
  }
  for (let at = message.pairs.length - 1; at >= 0; at--) {
    const value = message.pairs[at]!
    const mark2 = writer.size
    writeKvPair(writer, value)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.context !== undefined) {
    const mark1 = writer.size
    writeContext(writer, message.context)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface RawBatchPutResponse {
  regionError: errorpb.Error | undefined
  error: string
}

export const RawBatchPutResponse: MessageDefinition<RawBatchPutResponse> = {
  typeName: 'kvrpcpb.RawBatchPutResponse',
  create: (init) => ({
    regionError: init?.regionError,
    error: init?.error ?? '',
  }),
  encode: (message) => encodeWith(writeRawBatchPutResponse, message),
  decode: (bytes) => decodeWith('kvrpcpb.RawBatchPutResponse', readRawBatchPutResponse, bytes),
  readFrom: readRawBatchPutResponse,
  writeTo: writeRawBatchPutResponse,
}

const RawBatchPutResponseFields: readonly number[] = [1, 2]

function readRawBatchPutResponse(reader: WireReader, end: number, into?: RawBatchPutResponse): RawBatchPutResponse {
  const message: RawBatchPutResponse = into ?? { regionError: undefined, error: '' }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.regionError = errorpb.Error.readFrom(reader, reader.end(), message.regionError)
        break
      case 18:
        message.error = reader.string()
        break
      default:
        reader.skip(tag, RawBatchPutResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeRawBatchPutResponse(writer: WireWriter, message: RawBatchPutResponse): void {
  if (message.error !== '') {
    writer.string(message.error)
    writer.tag1(18)
  }
  if (message.regionError !== undefined) {
    const mark1 = writer.size
    errorpb.Error.writeTo(writer, message.regionError)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface RawBatchScanRequest {
  context: Context | undefined
  ranges: KeyRange[]
  eachLimit: number
  keyOnly: boolean
  cf: string
  reverse: boolean
}

export const RawBatchScanRequest: MessageDefinition<RawBatchScanRequest> = {
  typeName: 'kvrpcpb.RawBatchScanRequest',
  create: (init) => ({
    context: init?.context,
    ranges: init?.ranges ?? [],
    eachLimit: init?.eachLimit ?? 0,
    keyOnly: init?.keyOnly ?? false,
    cf: init?.cf ?? '',
    reverse: init?.reverse ?? false,
  }),
  encode: (message) => encodeWith(writeRawBatchScanRequest, message),
  decode: (bytes) => decodeWith('kvrpcpb.RawBatchScanRequest', readRawBatchScanRequest, bytes),
  readFrom: readRawBatchScanRequest,
  writeTo: writeRawBatchScanRequest,
}

const RawBatchScanRequestFields: readonly number[] = [1, 2, 3, 4, 5, 6]

function readRawBatchScanRequest(reader: WireReader, end: number, into?: RawBatchScanRequest): RawBatchScanRequest {
  const message: RawBatchScanRequest = into ?? { context: undefined, ranges: [], eachLimit: 0, keyOnly: false, cf: '', reverse: false }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.context = readContext(reader, reader.end(), message.context)
        break
      case 18:
        message.ranges.push(readKeyRange(reader, reader.end()))
        break
      case 24:
        message.eachLimit = reader.uint32()
        break
      case 32:
        message.keyOnly = reader.bool()
        break
      case 42:
        message.cf = reader.string()
        break
      case 48:
        message.reverse = reader.bool()
        break
      default:
        reader.skip(tag, RawBatchScanRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeRawBatchScanRequest(writer: WireWriter, message: RawBatchScanRequest): void {
  if (message.reverse) {
    writer.bool(message.reverse)
    writer.tag1(48)
  }
  if (message.cf !== '') {
    writer.string(message.cf)
    writer.tag1(42)
  }
  if (message.keyOnly) {
    writer.bool(message.keyOnly)
    writer.tag1(32)
  }
  if (message.eachLimit !== 0) {
    writer.uint32(message.eachLimit)
    writer.tag1(24)
  }
  for (let at = message.ranges.length - 1; at >= 0; at--) {
    const value = message.ranges[at]!
    const mark2 = writer.size
    writeKeyRange(writer, value)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.context !== undefined) {
    const mark1 = writer.size
    writeContext(writer, message.context)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface KeyRange {
  startKey: Uint8Array
  endKey: Uint8Array
}

export const KeyRange: MessageDefinition<KeyRange> = {
  typeName: 'kvrpcpb.KeyRange',
  create: (init) => ({
    startKey: init?.startKey ?? emptyBytes,
    endKey: init?.endKey ?? emptyBytes,
  }),
  encode: (message) => encodeWith(writeKeyRange, message),
  decode: (bytes) => decodeWith('kvrpcpb.KeyRange', readKeyRange, bytes),
  readFrom: readKeyRange,
  writeTo: writeKeyRange,
}

const KeyRangeFields: readonly number[] = [1, 2]

function readKeyRange(reader: WireReader, end: number, into?: KeyRange): KeyRange {
  const message: KeyRange = into ?? { startKey: emptyBytes, endKey: emptyBytes }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.startKey = reader.bytes()
        break
      case 18:
        message.endKey = reader.bytes()
        break
      default:
        reader.skip(tag, KeyRangeFields)
    }
  }
  reader.close(end)
  return message
}

function writeKeyRange(writer: WireWriter, message: KeyRange): void {
  if (message.endKey.length !== 0) {
    writer.bytes(message.endKey)
    writer.tag1(18)
  }
  if (message.startKey.length !== 0) {
    writer.bytes(message.startKey)
    writer.tag1(10)
  }
}

export interface RawBatchScanResponse {
  regionError: errorpb.Error | undefined
  kvs: KvPair[]
}

export const RawBatchScanResponse: MessageDefinition<RawBatchScanResponse> = {
  typeName: 'kvrpcpb.RawBatchScanResponse',
  create: (init) => ({
    regionError: init?.regionError,
    kvs: init?.kvs ?? [],
  }),
  encode: (message) => encodeWith(writeRawBatchScanResponse, message),
  decode: (bytes) => decodeWith('kvrpcpb.RawBatchScanResponse', readRawBatchScanResponse, bytes),
  readFrom: readRawBatchScanResponse,
  writeTo: writeRawBatchScanResponse,
}

const RawBatchScanResponseFields: readonly number[] = [1, 2]

function readRawBatchScanResponse(reader: WireReader, end: number, into?: RawBatchScanResponse): RawBatchScanResponse {
  const message: RawBatchScanResponse = into ?? { regionError: undefined, kvs: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.regionError = errorpb.Error.readFrom(reader, reader.end(), message.regionError)
        break
      case 18:
        message.kvs.push(readKvPair(reader, reader.end()))
        break
      default:
        reader.skip(tag, RawBatchScanResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeRawBatchScanResponse(writer: WireWriter, message: RawBatchScanResponse): void {
  for (let at = message.kvs.length - 1; at >= 0; at--) {
    const value = message.kvs[at]!
    const mark2 = writer.size
    writeKvPair(writer, value)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.regionError !== undefined) {
    const mark1 = writer.size
    errorpb.Error.writeTo(writer, message.regionError)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface RawCASRequest {
  context: Context | undefined
  key: Uint8Array
  value: Uint8Array
  previousNotExist: boolean
  previousValue: Uint8Array
  cf: string
  ttl: number
  delete: boolean
}

export const RawCASRequest: MessageDefinition<RawCASRequest> = {
  typeName: 'kvrpcpb.RawCASRequest',
  create: (init) => ({
    context: init?.context,
    key: init?.key ?? emptyBytes,
    value: init?.value ?? emptyBytes,
    previousNotExist: init?.previousNotExist ?? false,
    previousValue: init?.previousValue ?? emptyBytes,
    cf: init?.cf ?? '',
    ttl: init?.ttl ?? 0,
    delete: init?.delete ?? false,
  }),
  encode: (message) => encodeWith(writeRawCASRequest, message),
  decode: (bytes) => decodeWith('kvrpcpb.RawCASRequest', readRawCASRequest, bytes),
  readFrom: readRawCASRequest,
  writeTo: writeRawCASRequest,
}

const RawCASRequestFields: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8]

function readRawCASRequest(reader: WireReader, end: number, into?: RawCASRequest): RawCASRequest {
  const message: RawCASRequest = into ?? { context: undefined, key: emptyBytes, value: emptyBytes, previousNotExist: false, previousValue: emptyBytes, cf: '', ttl: 0, delete: false }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.context = readContext(reader, reader.end(), message.context)
        break
      case 18:
        message.key = reader.bytes()
        break
      case 26:
        message.value = reader.bytes()
        break
      case 32:
        message.previousNotExist = reader.bool()
        break
      case 42:
        message.previousValue = reader.bytes()
        break
      case 50:
        message.cf = reader.string()
        break
      case 56:
        message.ttl = reader.uint64Number()
        break
      case 64:
        message.delete = reader.bool()
        break
      default:
        reader.skip(tag, RawCASRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeRawCASRequest(writer: WireWriter, message: RawCASRequest): void {
  if (message.delete) {
    writer.bool(message.delete)
    writer.tag1(64)
  }
  if (message.ttl !== 0) {
    writer.uint64Number(message.ttl)
    writer.tag1(56)
  }
  if (message.cf !== '') {
    writer.string(message.cf)
    writer.tag1(50)
  }
  if (message.previousValue.length !== 0) {
    writer.bytes(message.previousValue)
    writer.tag1(42)
  }
  if (message.previousNotExist) {
    writer.bool(message.previousNotExist)
    writer.tag1(32)
  }
  if (message.value.length !== 0) {
    writer.bytes(message.value)
    writer.tag1(26)
  }
  if (message.key.length !== 0) {
    writer.bytes(message.key)
    writer.tag1(18)
  }
  if (message.context !== undefined) {
    const mark1 = writer.size
    writeContext(writer, message.context)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface RawCASResponse {
  regionError: errorpb.Error | undefined
  error: string
  succeed: boolean
  previousNotExist: boolean
  previousValue: Uint8Array
}

export const RawCASResponse: MessageDefinition<RawCASResponse> = {
  typeName: 'kvrpcpb.RawCASResponse',
  create: (init) => ({
    regionError: init?.regionError,
    error: init?.error ?? '',
    succeed: init?.succeed ?? false,
    previousNotExist: init?.previousNotExist ?? false,
    previousValue: init?.previousValue ?? emptyBytes,
  }),
  encode: (message) => encodeWith(writeRawCASResponse, message),
  decode: (bytes) => decodeWith('kvrpcpb.RawCASResponse', readRawCASResponse, bytes),
  readFrom: readRawCASResponse,
  writeTo: writeRawCASResponse,
}

const RawCASResponseFields: readonly number[] = [1, 2, 3, 4, 5]

function readRawCASResponse(reader: WireReader, end: number, into?: RawCASResponse): RawCASResponse {
  const message: RawCASResponse = into ?? { regionError: undefined, error: '', succeed: false, previousNotExist: false, previousValue: emptyBytes }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.regionError = errorpb.Error.readFrom(reader, reader.end(), message.regionError)
        break
      case 18:
        message.error = reader.string()
        break
      case 24:
        message.succeed = reader.bool()
        break
      case 32:
        message.previousNotExist = reader.bool()
        break
      case 42:
        message.previousValue = reader.bytes()
        break
      default:
        reader.skip(tag, RawCASResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeRawCASResponse(writer: WireWriter, message: RawCASResponse): void {
  if (message.previousValue.length !== 0) {
    writer.bytes(message.previousValue)
    writer.tag1(42)
  }
  if (message.previousNotExist) {
    writer.bool(message.previousNotExist)
    writer.tag1(32)
  }
  if (message.succeed) {
    writer.bool(message.succeed)
    writer.tag1(24)
  }
  if (message.error !== '') {
    writer.string(message.error)
    writer.tag1(18)
  }
  if (message.regionError !== undefined) {
    const mark1 = writer.size
    errorpb.Error.writeTo(writer, message.regionError)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface RawChecksumRequest {
  context: Context | undefined
  algorithm: ChecksumAlgorithm
  ranges: KeyRange[]
}

export const RawChecksumRequest: MessageDefinition<RawChecksumRequest> = {
  typeName: 'kvrpcpb.RawChecksumRequest',
  create: (init) => ({
    context: init?.context,
    algorithm: init?.algorithm ?? 0,
    ranges: init?.ranges ?? [],
  }),
  encode: (message) => encodeWith(writeRawChecksumRequest, message),
  decode: (bytes) => decodeWith('kvrpcpb.RawChecksumRequest', readRawChecksumRequest, bytes),
  readFrom: readRawChecksumRequest,
  writeTo: writeRawChecksumRequest,
}

const RawChecksumRequestFields: readonly number[] = [1, 2, 3]

function readRawChecksumRequest(reader: WireReader, end: number, into?: RawChecksumRequest): RawChecksumRequest {
  const message: RawChecksumRequest = into ?? { context: undefined, algorithm: 0, ranges: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.context = readContext(reader, reader.end(), message.context)
        break
      case 16:
        message.algorithm = reader.int32() as ChecksumAlgorithm
        break
      case 26:
        message.ranges.push(readKeyRange(reader, reader.end()))
        break
      default:
        reader.skip(tag, RawChecksumRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeRawChecksumRequest(writer: WireWriter, message: RawChecksumRequest): void {
  for (let at = message.ranges.length - 1; at >= 0; at--) {
    const value = message.ranges[at]!
    const mark3 = writer.size
    writeKeyRange(writer, value)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.algorithm !== 0) {
    writer.int32(message.algorithm)
    writer.tag1(16)
  }
  if (message.context !== undefined) {
    const mark1 = writer.size
    writeContext(writer, message.context)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface RawChecksumResponse {
  regionError: errorpb.Error | undefined
  error: string
  checksum: bigint
  totalKvs: number
  totalBytes: number
}

export const RawChecksumResponse: MessageDefinition<RawChecksumResponse> = {
  typeName: 'kvrpcpb.RawChecksumResponse',
  create: (init) => ({
    regionError: init?.regionError,
    error: init?.error ?? '',
    checksum: init?.checksum ?? 0n,
    totalKvs: init?.totalKvs ?? 0,
    totalBytes: init?.totalBytes ?? 0,
  }),
  encode: (message) => encodeWith(writeRawChecksumResponse, message),
  decode: (bytes) => decodeWith('kvrpcpb.RawChecksumResponse', readRawChecksumResponse, bytes),
  readFrom: readRawChecksumResponse,
  writeTo: writeRawChecksumResponse,
}

const RawChecksumResponseFields: readonly number[] = [1, 2, 3, 4, 5]

function readRawChecksumResponse(reader: WireReader, end: number, into?: RawChecksumResponse): RawChecksumResponse {
  const message: RawChecksumResponse = into ?? { regionError: undefined, error: '', checksum: 0n, totalKvs: 0, totalBytes: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.regionError = errorpb.Error.readFrom(reader, reader.end(), message.regionError)
        break
      case 18:
        message.error = reader.string()
        break
      case 24:
        message.checksum = reader.uint64()
        break
      case 32:
        message.totalKvs = reader.uint64Number()
        break
      case 40:
        message.totalBytes = reader.uint64Number()
        break
      default:
        reader.skip(tag, RawChecksumResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeRawChecksumResponse(writer: WireWriter, message: RawChecksumResponse): void {
  if (message.totalBytes !== 0) {
    writer.uint64Number(message.totalBytes)
    writer.tag1(40)
  }
  if (message.totalKvs !== 0) {
    writer.uint64Number(message.totalKvs)
    writer.tag1(32)
  }
  if (message.checksum !== 0n) {
    writer.uint64(message.checksum)
    writer.tag1(24)
  }
  if (message.error !== '') {
    writer.string(message.error)
    writer.tag1(18)
  }
  if (message.regionError !== undefined) {
    const mark1 = writer.size
    errorpb.Error.writeTo(writer, message.regionError)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface RawCoprocessorRequest {
  context: Context | undefined
  coprName: string
  coprVersionReq: string
  ranges: KeyRange[]
  data: Uint8Array
}

export const RawCoprocessorRequest: MessageDefinition<RawCoprocessorRequest> = {
  typeName: 'kvrpcpb.RawCoprocessorRequest',
  create: (init) => ({
    context: init?.context,
    coprName: init?.coprName ?? '',
    coprVersionReq: init?.coprVersionReq ?? '',
    ranges: init?.ranges ?? [],
    data: init?.data ?? emptyBytes,
  }),
  encode: (message) => encodeWith(writeRawCoprocessorRequest, message),
  decode: (bytes) => decodeWith('kvrpcpb.RawCoprocessorRequest', readRawCoprocessorRequest, bytes),
  readFrom: readRawCoprocessorRequest,
  writeTo: writeRawCoprocessorRequest,
}

const RawCoprocessorRequestFields: readonly number[] = [1, 2, 3, 4, 5]

function readRawCoprocessorRequest(reader: WireReader, end: number, into?: RawCoprocessorRequest): RawCoprocessorRequest {
  const message: RawCoprocessorRequest = into ?? { context: undefined, coprName: '', coprVersionReq: '', ranges: [], data: emptyBytes }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.context = readContext(reader, reader.end(), message.context)
        break
      case 18:
        message.coprName = reader.string()
        break
      case 26:
        message.coprVersionReq = reader.string()
        break
      case 34:
        message.ranges.push(readKeyRange(reader, reader.end()))
        break
      case 42:
        message.data = reader.bytes()
        break
      default:
        reader.skip(tag, RawCoprocessorRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeRawCoprocessorRequest(writer: WireWriter, message: RawCoprocessorRequest): void {
  if (message.data.length !== 0) {
    writer.bytes(message.data)
    writer.tag1(42)
  }
  for (let at = message.ranges.length - 1; at >= 0; at--) {
    const value = message.ranges[at]!
    const mark4 = writer.size
    writeKeyRange(writer, value)
    writer.length(mark4)
    writer.tag1(34)
  }
  if (message.coprVersionReq !== '') {
    writer.string(message.coprVersionReq)
    writer.tag1(26)
  }
  if (message.coprName !== '') {
    writer.string(message.coprName)
    writer.tag1(18)
  }
  if (message.context !== undefined) {
    const mark1 = writer.size
    writeContext(writer, message.context)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface RawCoprocessorResponse {
  regionError: errorpb.Error | undefined
  error: string
  data: Uint8Array
}

export const RawCoprocessorResponse: MessageDefinition<RawCoprocessorResponse> = {
  typeName: 'kvrpcpb.RawCoprocessorResponse',
  create: (init) => ({
    regionError: init?.regionError,
    error: init?.error ?? '',
    data: init?.data ?? emptyBytes,
  }),
  encode: (message) => encodeWith(writeRawCoprocessorResponse, message),
  decode: (bytes) => decodeWith('kvrpcpb.RawCoprocessorResponse', readRawCoprocessorResponse, bytes),
  readFrom: readRawCoprocessorResponse,
  writeTo: writeRawCoprocessorResponse,
}

const RawCoprocessorResponseFields: readonly number[] = [1, 2, 3]

function readRawCoprocessorResponse(reader: WireReader, end: number, into?: RawCoprocessorResponse): RawCoprocessorResponse {
  const message: RawCoprocessorResponse = into ?? { regionError: undefined, error: '', data: emptyBytes }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.regionError = errorpb.Error.readFrom(reader, reader.end(), message.regionError)
        break
      case 18:
        message.error = reader.string()
        break
      case 26:
        message.data = reader.bytes()
        break
      default:
        reader.skip(tag, RawCoprocessorResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeRawCoprocessorResponse(writer: WireWriter, message: RawCoprocessorResponse): void {
  if (message.data.length !== 0) {
    writer.bytes(message.data)
    writer.tag1(26)
  }
  if (message.error !== '') {
    writer.string(message.error)
    writer.tag1(18)
  }
  if (message.regionError !== undefined) {
    const mark1 = writer.size
    errorpb.Error.writeTo(writer, message.regionError)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface RawDeleteRangeRequest {
  context: Context | undefined
  startKey: Uint8Array
  endKey: Uint8Array
  cf: string
}

export const RawDeleteRangeRequest: MessageDefinition<RawDeleteRangeRequest> = {
  typeName: 'kvrpcpb.RawDeleteRangeRequest',
  create: (init) => ({
    context: init?.context,
    startKey: init?.startKey ?? emptyBytes,
    endKey: init?.endKey ?? emptyBytes,
    cf: init?.cf ?? '',
  }),
  encode: (message) => encodeWith(writeRawDeleteRangeRequest, message),
  decode: (bytes) => decodeWith('kvrpcpb.RawDeleteRangeRequest', readRawDeleteRangeRequest, bytes),
  readFrom: readRawDeleteRangeRequest,
  writeTo: writeRawDeleteRangeRequest,
}

const RawDeleteRangeRequestFields: readonly number[] = [1, 2, 3, 4]

function readRawDeleteRangeRequest(reader: WireReader, end: number, into?: RawDeleteRangeRequest): RawDeleteRangeRequest {
  const message: RawDeleteRangeRequest = into ?? { context: undefined, startKey: emptyBytes, endKey: emptyBytes, cf: '' }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.context = readContext(reader, reader.end(), message.context)
        break
      case 18:
        message.startKey = reader.bytes()
        break
      case 26:
        message.endKey = reader.bytes()
        break
      case 34:
        message.cf = reader.string()
        break
      default:
        reader.skip(tag, RawDeleteRangeRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeRawDeleteRangeRequest(writer: WireWriter, message: RawDeleteRangeRequest): void {
  if (message.cf !== '') {
    writer.string(message.cf)
    writer.tag1(34)
  }
  if (message.endKey.length !== 0) {
    writer.bytes(message.endKey)
    writer.tag1(26)
  }
  if (message.startKey.length !== 0) {
    writer.bytes(message.startKey)
    writer.tag1(18)
  }
  if (message.context !== undefined) {
    const mark1 = writer.size
    writeContext(writer, message.context)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface RawDeleteRangeResponse {
  regionError: errorpb.Error | undefined
  error: string
}

export const RawDeleteRangeResponse: MessageDefinition<RawDeleteRangeResponse> = {
  typeName: 'kvrpcpb.RawDeleteRangeResponse',
  create: (init) => ({
    regionError: init?.regionError,
    error: init?.error ?? '',
  }),
  encode: (message) => encodeWith(writeRawDeleteRangeResponse, message),
  decode: (bytes) => decodeWith('kvrpcpb.RawDeleteRangeResponse', readRawDeleteRangeResponse, bytes),
  readFrom: readRawDeleteRangeResponse,
  writeTo: writeRawDeleteRangeResponse,
}

const RawDeleteRangeResponseFields: readonly number[] = [1, 2]

function readRawDeleteRangeResponse(reader: WireReader, end: number, into?: RawDeleteRangeResponse): RawDeleteRangeResponse {
  const message: RawDeleteRangeResponse = into ?? { regionError: undefined, error: '' }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.regionError = errorpb.Error.readFrom(reader, reader.end(), message.regionError)
        break
      case 18:
        message.error = reader.string()
        break
      default:
        reader.skip(tag, RawDeleteRangeResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeRawDeleteRangeResponse(writer: WireWriter, message: RawDeleteRangeResponse): void {
  if (message.error !== '') {
    writer.string(message.error)
    writer.tag1(18)
  }
  if (message.regionError !== undefined) {
    const mark1 = writer.size
    errorpb.Error.writeTo(writer, message.regionError)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface RawDeleteRequest {
  context: Context | undefined
  key: Uint8Array
  cf: string
  forCas: boolean
}

export const RawDeleteRequest: MessageDefinition<RawDeleteRequest> = {
  typeName: 'kvrpcpb.RawDeleteRequest',
  create: (init) => ({
    context: init?.context,
    key: init?.key ?? emptyBytes,
    cf: init?.cf ?? '',
    forCas: init?.forCas ?? false,
  }),
  encode: (message) => encodeWith(writeRawDeleteRequest, message),
  decode: (bytes) => decodeWith('kvrpcpb.RawDeleteRequest', readRawDeleteRequest, bytes),
  readFrom: readRawDeleteRequest,
  writeTo: writeRawDeleteRequest,
}

const RawDeleteRequestFields: readonly number[] = [1, 2, 3, 4]

function readRawDeleteRequest(reader: WireReader, end: number, into?: RawDeleteRequest): RawDeleteRequest {
  const message: RawDeleteRequest = into ?? { context: undefined, key: emptyBytes, cf: '', forCas: false }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.context = readContext(reader, reader.end(), message.context)
        break
      case 18:
        message.key = reader.bytes()
        break
      case 26:
        message.cf = reader.string()
        break
      case 32:
        message.forCas = reader.bool()
        break
      default:
        reader.skip(tag, RawDeleteRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeRawDeleteRequest(writer: WireWriter, message: RawDeleteRequest): void {
  if (message.forCas) {
    writer.bool(message.forCas)
    writer.tag1(32)
  }
  if (message.cf !== '') {
    writer.string(message.cf)
    writer.tag1(26)
  }
  if (message.key.length !== 0) {
    writer.bytes(message.key)
    writer.tag1(18)
  }
  if (message.context !== undefined) {
    const mark1 = writer.size
    writeContext(writer, message.context)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface RawDeleteResponse {
  regionError: errorpb.Error | undefined
  error: string
}

export const RawDeleteResponse: MessageDefinition<RawDeleteResponse> = {
  typeName: 'kvrpcpb.RawDeleteResponse',
  create: (init) => ({
    regionError: init?.regionError,
    error: init?.error ?? '',
  }),
  encode: (message) => encodeWith(writeRawDeleteResponse, message),
  decode: (bytes) => decodeWith('kvrpcpb.RawDeleteResponse', readRawDeleteResponse, bytes),
  readFrom: readRawDeleteResponse,
  writeTo: writeRawDeleteResponse,
}

const RawDeleteResponseFields: readonly number[] = [1, 2]

function readRawDeleteResponse(reader: WireReader, end: number, into?: RawDeleteResponse): RawDeleteResponse {
  const message: RawDeleteResponse = into ?? { regionError: undefined, error: '' }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.regionError = errorpb.Error.readFrom(reader, reader.end(), message.regionError)
        break
      case 18:
        message.error = reader.string()
        break
      default:
        reader.skip(tag, RawDeleteResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeRawDeleteResponse(writer: WireWriter, message: RawDeleteResponse): void {
  if (message.error !== '') {
    writer.string(message.error)
    writer.tag1(18)
  }
  if (message.regionError !== undefined) {
    const mark1 = writer.size
    errorpb.Error.writeTo(writer, message.regionError)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface RawGetKeyTTLRequest {
  context: Context | undefined
  key: Uint8Array
  cf: string
}

export const RawGetKeyTTLRequest: MessageDefinition<RawGetKeyTTLRequest> = {
  typeName: 'kvrpcpb.RawGetKeyTTLRequest',
  create: (init) => ({
    context: init?.context,
    key: init?.key ?? emptyBytes,
    cf: init?.cf ?? '',
  }),
  encode: (message) => encodeWith(writeRawGetKeyTTLRequest, message),
  decode: (bytes) => decodeWith('kvrpcpb.RawGetKeyTTLRequest', readRawGetKeyTTLRequest, bytes),
  readFrom: readRawGetKeyTTLRequest,
  writeTo: writeRawGetKeyTTLRequest,
}

const RawGetKeyTTLRequestFields: readonly number[] = [1, 2, 3]

function readRawGetKeyTTLRequest(reader: WireReader, end: number, into?: RawGetKeyTTLRequest): RawGetKeyTTLRequest {
  const message: RawGetKeyTTLRequest = into ?? { context: undefined, key: emptyBytes, cf: '' }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.context = readContext(reader, reader.end(), message.context)
        break
      case 18:
        message.key = reader.bytes()
        break
      case 26:
        message.cf = reader.string()
        break
      default:
        reader.skip(tag, RawGetKeyTTLRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeRawGetKeyTTLRequest(writer: WireWriter, message: RawGetKeyTTLRequest): void {
  if (message.cf !== '') {
    writer.string(message.cf)
    writer.tag1(26)
  }
  if (message.key.length !== 0) {
    writer.bytes(message.key)
    writer.tag1(18)
  }
  if (message.context !== undefined) {
    const mark1 = writer.size
    writeContext(writer, message.context)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface RawGetKeyTTLResponse {
  regionError: errorpb.Error | undefined
  error: string
  ttl: number
  notFound: boolean
}

export const RawGetKeyTTLResponse: MessageDefinition<RawGetKeyTTLResponse> = {
  typeName: 'kvrpcpb.RawGetKeyTTLResponse',
  create: (init) => ({
    regionError: init?.regionError,
    error: init?.error ?? '',
    ttl: init?.ttl ?? 0,
    notFound: init?.notFound ?? false,
  }),
  encode: (message) => encodeWith(writeRawGetKeyTTLResponse, message),
  decode: (bytes) => decodeWith('kvrpcpb.RawGetKeyTTLResponse', readRawGetKeyTTLResponse, bytes),
  readFrom: readRawGetKeyTTLResponse,
  writeTo: writeRawGetKeyTTLResponse,
}

const RawGetKeyTTLResponseFields: readonly number[] = [1, 2, 3, 4]

function readRawGetKeyTTLResponse(reader: WireReader, end: number, into?: RawGetKeyTTLResponse): RawGetKeyTTLResponse {
  const message: RawGetKeyTTLResponse = into ?? { regionError: undefined, error: '', ttl: 0, notFound: false }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.regionError = errorpb.Error.readFrom(reader, reader.end(), message.regionError)
        break
      case 18:
        message.error = reader.string()
        break
      case 24:
        message.ttl = reader.uint64Number()
        break
      case 32:
        message.notFound = reader.bool()
        break
      default:
        reader.skip(tag, RawGetKeyTTLResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeRawGetKeyTTLResponse(writer: WireWriter, message: RawGetKeyTTLResponse): void {
  if (message.notFound) {
    writer.bool(message.notFound)
    writer.tag1(32)
  }
  if (message.ttl !== 0) {
    writer.uint64Number(message.ttl)
    writer.tag1(24)
  }
  if (message.error !== '') {
    writer.string(message.error)
    writer.tag1(18)
  }
  if (message.regionError !== undefined) {
    const mark1 = writer.size
    errorpb.Error.writeTo(writer, message.regionError)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface RawGetRequest {
  context: Context | undefined
  key: Uint8Array
  cf: string
}

export const RawGetRequest: MessageDefinition<RawGetRequest> = {
  typeName: 'kvrpcpb.RawGetRequest',
  create: (init) => ({
    context: init?.context,
    key: init?.key ?? emptyBytes,
    cf: init?.cf ?? '',
  }),
  encode: (message) => encodeWith(writeRawGetRequest, message),
  decode: (bytes) => decodeWith('kvrpcpb.RawGetRequest', readRawGetRequest, bytes),
  readFrom: readRawGetRequest,
  writeTo: writeRawGetRequest,
}

const RawGetRequestFields: readonly number[] = [1, 2, 3]

function readRawGetRequest(reader: WireReader, end: number, into?: RawGetRequest): RawGetRequest {
  const message: RawGetRequest = into ?? { context: undefined, key: emptyBytes, cf: '' }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.context = readContext(reader, reader.end(), message.context)
        break
      case 18:
        message.key = reader.bytes()
        break
      case 26:
        message.cf = reader.string()
        break
      default:
        reader.skip(tag, RawGetRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeRawGetRequest(writer: WireWriter, message: RawGetRequest): void {
  if (message.cf !== '') {
    writer.string(message.cf)
    writer.tag1(26)
  }
  if (message.key.length !== 0) {
    writer.bytes(message.key)
    writer.tag1(18)
  }
  if (message.context !== undefined) {
    const mark1 = writer.size
    writeContext(writer, message.context)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface RawGetResponse {
  regionError: errorpb.Error | undefined
  error: string
  value: Uint8Array
  notFound: boolean
}

export const RawGetResponse: MessageDefinition<RawGetResponse> = {
  typeName: 'kvrpcpb.RawGetResponse',
  create: (init) => ({
    regionError: init?.regionError,
    error: init?.error ?? '',
    value: init?.value ?? emptyBytes,
    notFound: init?.notFound ?? false,
  }),
  encode: (message) => encodeWith(writeRawGetResponse, message),
  decode: (bytes) => decodeWith('kvrpcpb.RawGetResponse', readRawGetResponse, bytes),
  readFrom: readRawGetResponse,
  writeTo: writeRawGetResponse,
}

const RawGetResponseFields: readonly number[] = [1, 2, 3, 4]

function readRawGetResponse(reader: WireReader, end: number, into?: RawGetResponse): RawGetResponse {
  const message: RawGetResponse = into ?? { regionError: undefined, error: '', value: emptyBytes, notFound: false }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.regionError = errorpb.Error.readFrom(reader, reader.end(), message.regionError)
        break
      case 18:
        message.error = reader.string()
        break
      case 26:
        message.value = reader.bytes()
        break
      case 32:
        message.notFound = reader.bool()
        break
      default:
        reader.skip(tag, RawGetResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeRawGetResponse(writer: WireWriter, message: RawGetResponse): void {
  if (message.notFound) {
    writer.bool(message.notFound)
    writer.tag1(32)
  }
  if (message.value.length !== 0) {
    writer.bytes(message.value)
    writer.tag1(26)
  }
  if (message.error !== '') {
    writer.string(message.error)
    writer.tag1(18)
  }
  if (message.regionError !== undefined) {
    const mark1 = writer.size
    errorpb.Error.writeTo(writer, message.regionError)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface RawPutRequest {
  context: Context | undefined
  key: Uint8Array
  value: Uint8Array
  cf: string
  ttl: number
  forCas: boolean
}

export const RawPutRequest: MessageDefinition<RawPutRequest> = {
  typeName: 'kvrpcpb.RawPutRequest',
  create: (init) => ({
    context: init?.context,
    key: init?.key ?? emptyBytes,
    value: init?.value ?? emptyBytes,
    cf: init?.cf ?? '',
    ttl: init?.ttl ?? 0,
    forCas: init?.forCas ?? false,
  }),
  encode: (message) => encodeWith(writeRawPutRequest, message),
  decode: (bytes) => decodeWith('kvrpcpb.RawPutRequest', readRawPutRequest, bytes),
  readFrom: readRawPutRequest,
  writeTo: writeRawPutRequest,
}

const RawPutRequestFields: readonly number[] = [1, 2, 3, 4, 5, 6]

function readRawPutRequest(reader: WireReader, end: number, into?: RawPutRequest): RawPutRequest {
  const message: RawPutRequest = into ?? { context: undefined, key: emptyBytes, value: emptyBytes, cf: '', ttl: 0, forCas: false }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.context = readContext(reader, reader.end(), message.context)
        break
      case 18:
        message.key = reader.bytes()
        break
      case 26:
        message.value = reader.bytes()
        break
      case 34:
        message.cf = reader.string()
        break
      case 40:
        message.ttl = reader.uint64Number()
        break
      case 48:
        message.forCas = reader.bool()
        break
      default:
        reader.skip(tag, RawPutRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeRawPutRequest(writer: WireWriter, message: RawPutRequest): void {
  if (message.forCas) {
    writer.bool(message.forCas)
    writer.tag1(48)
  }
  if (message.ttl !== 0) {
    writer.uint64Number(message.ttl)
    writer.tag1(40)
  }
  if (message.cf !== '') {
    writer.string(message.cf)
    writer.tag1(34)
  }
  if (message.value.length !== 0) {
    writer.bytes(message.value)
    writer.tag1(26)
  }
  if (message.key.length !== 0) {
    writer.bytes(message.key)
    writer.tag1(18)
  }
  if (message.context !== undefined) {
    const mark1 = writer.size
    writeContext(writer, message.context)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface RawPutResponse {
  regionError: errorpb.Error | undefined
  error: string
}

export const RawPutResponse: MessageDefinition<RawPutResponse> = {
  typeName: 'kvrpcpb.RawPutResponse',
  create: (init) => ({
    regionError: init?.regionError,
    error: init?.error ?? '',
  }),
  encode: (message) => encodeWith(writeRawPutResponse, message),
  decode: (bytes) => decodeWith('kvrpcpb.RawPutResponse', readRawPutResponse, bytes),
  readFrom: readRawPutResponse,
  writeTo: writeRawPutResponse,
}

const RawPutResponseFields: readonly number[] = [1, 2]

function readRawPutResponse(reader: WireReader, end: number, into?: RawPutResponse): RawPutResponse {
  const message: RawPutResponse = into ?? { regionError: undefined, error: '' }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.regionError = errorpb.Error.readFrom(reader, reader.end(), message.regionError)
        break
      case 18:
        message.error = reader.string()
        break
      default:
        reader.skip(tag, RawPutResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeRawPutResponse(writer: WireWriter, message: RawPutResponse): void {
  if (message.error !== '') {
    writer.string(message.error)
    writer.tag1(18)
  }
  if (message.regionError !== undefined) {
    const mark1 = writer.size
    errorpb.Error.writeTo(writer, message.regionError)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface RawScanRequest {
  context: Context | undefined
  startKey: Uint8Array
  limit: number
  keyOnly: boolean
  cf: string
  reverse: boolean
  endKey: Uint8Array
}

export const RawScanRequest: MessageDefinition<RawScanRequest> = {
  typeName: 'kvrpcpb.RawScanRequest',
  create: (init) => ({
    context: init?.context,
    startKey: init?.startKey ?? emptyBytes,
    limit: init?.limit ?? 0,
    keyOnly: init?.keyOnly ?? false,
    cf: init?.cf ?? '',
    reverse: init?.reverse ?? false,
    endKey: init?.endKey ?? emptyBytes,
  }),
  encode: (message) => encodeWith(writeRawScanRequest, message),
  decode: (bytes) => decodeWith('kvrpcpb.RawScanRequest', readRawScanRequest, bytes),
  readFrom: readRawScanRequest,
  writeTo: writeRawScanRequest,
}

const RawScanRequestFields: readonly number[] = [1, 2, 3, 4, 5, 6, 7]

function readRawScanRequest(reader: WireReader, end: number, into?: RawScanRequest): RawScanRequest {
  const message: RawScanRequest = into ?? { context: undefined, startKey: emptyBytes, limit: 0, keyOnly: false, cf: '', reverse: false, endKey: emptyBytes }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.context = readContext(reader, reader.end(), message.context)
        break
      case 18:
        message.startKey = reader.bytes()
        break
      case 24:
        message.limit = reader.uint32()
        break
      case 32:
        message.keyOnly = reader.bool()
        break
      case 42:
        message.cf = reader.string()
        break
      case 48:
        message.reverse = reader.bool()
        break
      case 58:
        message.endKey = reader.bytes()
        break
      default:
        reader.skip(tag, RawScanRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeRawScanRequest(writer: WireWriter, message: RawScanRequest): void {
  if (message.endKey.length !== 0) {
    writer.bytes(message.endKey)
    writer.tag1(58)
  }
  if (message.reverse) {
    writer.bool(message.reverse)
    writer.tag1(48)
  }
  if (message.cf !== '') {
    writer.string(message.cf)
    writer.tag1(42)
  }
  if (message.keyOnly) {
    writer.bool(message.keyOnly)
    writer.tag1(32)
  }
  if (message.limit !== 0) {
    writer.uint32(message.limit)
    writer.tag1(24)
  }
  if (message.startKey.length !== 0) {
    writer.bytes(message.startKey)
    writer.tag1(18)
  }
  if (message.context !== undefined) {
    const mark1 = writer.size
    writeContext(writer, message.context)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface RawScanResponse {
  regionError: errorpb.Error | undefined
  kvs: KvPair[]
}

export const RawScanResponse: MessageDefinition<RawScanResponse> = {
  typeName: 'kvrpcpb.RawScanResponse',
  create: (init) => ({
    regionError: init?.regionError,
    kvs: init?.kvs ?? [],
  }),
  encode: (message) => encodeWith(writeRawScanResponse, message),
  decode: (bytes) => decodeWith('kvrpcpb.RawScanResponse', readRawScanResponse, bytes),
  readFrom: readRawScanResponse,
  writeTo: writeRawScanResponse,
}

const RawScanResponseFields: readonly number[] = [1, 2]

function readRawScanResponse(reader: WireReader, end: number, into?: RawScanResponse): RawScanResponse {
  const message: RawScanResponse = into ?? { regionError: undefined, kvs: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.regionError = errorpb.Error.readFrom(reader, reader.end(), message.regionError)
        break
      case 18:
        message.kvs.push(readKvPair(reader, reader.end()))
        break
      default:
        reader.skip(tag, RawScanResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeRawScanResponse(writer: WireWriter, message: RawScanResponse): void {
  for (let at = message.kvs.length - 1; at >= 0; at--) {
    const value = message.kvs[at]!
    const mark2 = writer.size
    writeKvPair(writer, value)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.regionError !== undefined) {
    const mark1 = writer.size
    errorpb.Error.writeTo(writer, message.regionError)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface ReadIndexRequest {
  context: Context | undefined
  startTs: bigint
  ranges: KeyRange[]
}

export const ReadIndexRequest: MessageDefinition<ReadIndexRequest> = {
  typeName: 'kvrpcpb.ReadIndexRequest',
  create: (init) => ({
    context: init?.context,
    startTs: init?.startTs ?? 0n,
    ranges: init?.ranges ?? [],
  }),
  encode: (message) => encodeWith(writeReadIndexRequest, message),
  decode: (bytes) => decodeWith('kvrpcpb.ReadIndexRequest', readReadIndexRequest, bytes),
  readFrom: readReadIndexRequest,
  writeTo: writeReadIndexRequest,
}

const ReadIndexRequestFields: readonly number[] = [1, 2, 3]

function readReadIndexRequest(reader: WireReader, end: number, into?: ReadIndexRequest): ReadIndexRequest {
  const message: ReadIndexRequest = into ?? { context: undefined, startTs: 0n, ranges: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.context = readContext(reader, reader.end(), message.context)
        break
      case 16:
        message.startTs = reader.uint64()
        break
      case 26:
        message.ranges.push(readKeyRange(reader, reader.end()))
        break
      default:
        reader.skip(tag, ReadIndexRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeReadIndexRequest(writer: WireWriter, message: ReadIndexRequest): void {
  for (let at = message.ranges.length - 1; at >= 0; at--) {
    const value = message.ranges[at]!
    const mark3 = writer.size
    writeKeyRange(writer, value)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.startTs !== 0n) {
    writer.uint64(message.startTs)
    writer.tag1(16)
  }
  if (message.context !== undefined) {
    const mark1 = writer.size
    writeContext(writer, message.context)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface ReadIndexResponse {
  regionError: errorpb.Error | undefined
  readIndex: number
  locked: LockInfo | undefined
}

export const ReadIndexResponse: MessageDefinition<ReadIndexResponse> = {
  typeName: 'kvrpcpb.ReadIndexResponse',
  create: (init) => ({
    regionError: init?.regionError,
    readIndex: init?.readIndex ?? 0,
    locked: init?.locked,
  }),
  encode: (message) => encodeWith(writeReadIndexResponse, message),
  decode: (bytes) => decodeWith('kvrpcpb.ReadIndexResponse', readReadIndexResponse, bytes),
  readFrom: readReadIndexResponse,
  writeTo: writeReadIndexResponse,
}

const ReadIndexResponseFields: readonly number[] = [1, 2, 3]

function readReadIndexResponse(reader: WireReader, end: number, into?: ReadIndexResponse): ReadIndexResponse {
  const message: ReadIndexResponse = into ?? { regionError: undefined, readIndex: 0, locked: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.regionError = errorpb.Error.readFrom(reader, reader.end(), message.regionError)
        break
      case 16:
        message.readIndex = reader.uint64Number()
        break
      case 26:
        message.locked = readLockInfo(reader, reader.end(), message.locked)
        break
      default:
        reader.skip(tag, ReadIndexResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeReadIndexResponse(writer: WireWriter, message: ReadIndexResponse): void {
  if (message.locked !== undefined) {
    const mark3 = writer.size
    writeLockInfo(writer, message.locked)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.readIndex !== 0) {
    writer.uint64Number(message.readIndex)
    writer.tag1(16)
  }
  if (message.regionError !== undefined) {
    const mark1 = writer.size
    errorpb.Error.writeTo(writer, message.regionError)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface RegisterLockObserverRequest {
  context: Context | undefined
  maxTs: bigint
}

export const RegisterLockObserverRequest: MessageDefinition<RegisterLockObserverRequest> = {
  typeName: 'kvrpcpb.RegisterLockObserverRequest',
  create: (init) => ({
    context: init?.context,
    maxTs: init?.maxTs ?? 0n,
  }),
  encode: (message) => encodeWith(writeRegisterLockObserverRequest, message),
  decode: (bytes) => decodeWith('kvrpcpb.RegisterLockObserverRequest', readRegisterLockObserverRequest, bytes),
  readFrom: readRegisterLockObserverRequest,
  writeTo: writeRegisterLockObserverRequest,
}

const RegisterLockObserverRequestFields: readonly number[] = [1, 2]

function readRegisterLockObserverRequest(reader: WireReader, end: number, into?: RegisterLockObserverRequest): RegisterLockObserverRequest {
  const message: RegisterLockObserverRequest = into ?? { context: undefined, maxTs: 0n }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.context = readContext(reader, reader.end(), message.context)
        break
      case 16:
        message.maxTs = reader.uint64()
        break
      default:
        reader.skip(tag, RegisterLockObserverRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeRegisterLockObserverRequest(writer: WireWriter, message: RegisterLockObserverRequest): void {
  if (message.maxTs !== 0n) {
    writer.uint64(message.maxTs)
    writer.tag1(16)
  }
  if (message.context !== undefined) {
    const mark1 = writer.size
    writeContext(writer, message.context)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface RegisterLockObserverResponse {
  error: string
}

export const RegisterLockObserverResponse: MessageDefinition<RegisterLockObserverResponse> = {
  typeName: 'kvrpcpb.RegisterLockObserverResponse',
  create: (init) => ({
    error: init?.error ?? '',
  }),
  encode: (message) => encodeWith(writeRegisterLockObserverResponse, message),
  decode: (bytes) => decodeWith('kvrpcpb.RegisterLockObserverResponse', readRegisterLockObserverResponse, bytes),
  readFrom: readRegisterLockObserverResponse,
  writeTo: writeRegisterLockObserverResponse,
}

const RegisterLockObserverResponseFields: readonly number[] = [1]

function readRegisterLockObserverResponse(reader: WireReader, end: number, into?: RegisterLockObserverResponse): RegisterLockObserverResponse {
  const message: RegisterLockObserverResponse = into ?? { error: '' }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.error = reader.string()
        break
      default:
        reader.skip(tag, RegisterLockObserverResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeRegisterLockObserverResponse(writer: WireWriter, message: RegisterLockObserverResponse): void {
  if (message.error !== '') {
    writer.string(message.error)
    writer.tag1(10)
  }
}

export interface RemoveLockObserverRequest {
  context: Context | undefined
  maxTs: bigint
}

export const RemoveLockObserverRequest: MessageDefinition<RemoveLockObserverRequest> = {
  typeName: 'kvrpcpb.RemoveLockObserverRequest',
  create: (init) => ({
    context: init?.context,
    maxTs: init?.maxTs ?? 0n,
  }),
  encode: (message) => encodeWith(writeRemoveLockObserverRequest, message),
  decode: (bytes) => decodeWith('kvrpcpb.RemoveLockObserverRequest', readRemoveLockObserverRequest, bytes),
  readFrom: readRemoveLockObserverRequest,
  writeTo: writeRemoveLockObserverRequest,
}

const RemoveLockObserverRequestFields: readonly number[] = [1, 2]

function readRemoveLockObserverRequest(reader: WireReader, end: number, into?: RemoveLockObserverRequest): RemoveLockObserverRequest {
  const message: RemoveLockObserverRequest = into ?? { context: undefined, maxTs: 0n }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.context = readContext(reader, reader.end(), message.context)
        break
      case 16:
        message.maxTs = reader.uint64()
        break
      default:
        reader.skip(tag, RemoveLockObserverRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeRemoveLockObserverRequest(writer: WireWriter, message: RemoveLockObserverRequest): void {
  if (message.maxTs !== 0n) {
    writer.uint64(message.maxTs)
    writer.tag1(16)
  }
  if (message.context !== undefined) {
    const mark1 = writer.size
    writeContext(writer, message.context)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface RemoveLockObserverResponse {
  error: string
}

export const RemoveLockObserverResponse: MessageDefinition<RemoveLockObserverResponse> = {
  typeName: 'kvrpcpb.RemoveLockObserverResponse',
  create: (init) => ({
    error: init?.error ?? '',
  }),
  encode: (message) => encodeWith(writeRemoveLockObserverResponse, message),
  decode: (bytes) => decodeWith('kvrpcpb.RemoveLockObserverResponse', readRemoveLockObserverResponse, bytes),
  readFrom: readRemoveLockObserverResponse,
  writeTo: writeRemoveLockObserverResponse,
}

const RemoveLockObserverResponseFields: readonly number[] = [1]

function readRemoveLockObserverResponse(reader: WireReader, end: number, into?: RemoveLockObserverResponse): RemoveLockObserverResponse {
  const message: RemoveLockObserverResponse = into ?? { error: '' }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.error = reader.string()
        break
      default:
        reader.skip(tag, RemoveLockObserverResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeRemoveLockObserverResponse(writer: WireWriter, message: RemoveLockObserverResponse): void {
  if (message.error !== '') {
    writer.string(message.error)
    writer.tag1(10)
  }
}

export interface ResolveLockRequest {
  context: Context | undefined
  startVersion: bigint
  commitVersion: bigint
  txnInfos: TxnInfo[]
  keys: Uint8Array[]
  isAsync: boolean
  isTxnFile: boolean
}

export const ResolveLockRequest: MessageDefinition<ResolveLockRequest> = {
  typeName: 'kvrpcpb.ResolveLockRequest',
  create: (init) => ({
    context: init?.context,
    startVersion: init?.startVersion ?? 0n,
    commitVersion: init?.commitVersion ?? 0n,
    txnInfos: init?.txnInfos ?? [],
    keys: init?.keys ?? [],
    isAsync: init?.isAsync ?? false,
    isTxnFile: init?.isTxnFile ?? false,
  }),
  encode: (message) => encodeWith(writeResolveLockRequest, message),
  decode: (bytes) => decodeWith('kvrpcpb.ResolveLockRequest', readResolveLockRequest, bytes),
  readFrom: readResolveLockRequest,
  writeTo: writeResolveLockRequest,
}

const ResolveLockRequestFields: readonly number[] = [1, 2, 3, 4, 5, 6, 100]

function readResolveLockRequest(reader: WireReader, end: number, into?: ResolveLockRequest): ResolveLockRequest {
  const message: ResolveLockRequest = into ?? { context: undefined, startVersion: 0n, commitVersion: 0n, txnInfos: [], keys: [], isAsync: false, isTxnFile: false }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.context = readContext(reader, reader.end(), message.context)
        break
      case 16:
        message.startVersion = reader.uint64()
        break
      case 24:
        message.commitVersion = reader.uint64()
        break
      case 34:
        message.txnInfos.push(readTxnInfo(reader, reader.end()))
        break
      case 42:
        message.keys.push(reader.bytes())
        break
      case 48:
        message.isAsync = reader.bool()
        break
      case 800:
        message.isTxnFile = reader.bool()
        break
      default:
        reader.skip(tag, ResolveLockRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeResolveLockRequest(writer: WireWriter, message: ResolveLockRequest): void {
  if (message.isTxnFile) {
    writer.bool(message.isTxnFile)
    writer.tag(800)
  }
  if (message.isAsync) {
    writer.bool(message.isAsync)
    writer.tag1(48)
  }
  for (let at = message.keys.length - 1; at >= 0; at--) {
    const value = message.keys[at]!
    writer.bytes(value)
    writer.tag1(42)
  }
  for (let at = message.txnInfos.length - 1; at >= 0; at--) {
    const value = message.txnInfos[at]!
    const mark4 = writer.size
    writeTxnInfo(writer, value)
    writer.length(mark4)
    writer.tag1(34)
  }
  if (message.commitVersion !== 0n) {
    writer.uint64(message.commitVersion)
    writer.tag1(24)
  }
  if (message.startVersion !== 0n) {
    writer.uint64(message.startVersion)
    writer.tag1(16)
  }
  if (message.context !== undefined) {
    const mark1 = writer.size
    writeContext(writer, message.context)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface TxnInfo {
  txn: bigint
  status: bigint
  isTxnFile: boolean
}

export const TxnInfo: MessageDefinition<TxnInfo> = {
  typeName: 'kvrpcpb.TxnInfo',
  create: (init) => ({
    txn: init?.txn ?? 0n,
    status: init?.status ?? 0n,
    isTxnFile: init?.isTxnFile ?? false,
  }),
  encode: (message) => encodeWith(writeTxnInfo, message),
  decode: (bytes) => decodeWith('kvrpcpb.TxnInfo', readTxnInfo, bytes),
  readFrom: readTxnInfo,
  writeTo: writeTxnInfo,
}

const TxnInfoFields: readonly number[] = [1, 2, 100]

function readTxnInfo(reader: WireReader, end: number, into?: TxnInfo): TxnInfo {
  const message: TxnInfo = into ?? { txn: 0n, status: 0n, isTxnFile: false }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.txn = reader.uint64()
        break
      case 16:
        message.status = reader.uint64()
        break
      case 800:
        message.isTxnFile = reader.bool()
        break
      default:
        reader.skip(tag, TxnInfoFields)
    }
  }
  reader.close(end)
  return message
}

function writeTxnInfo(writer: WireWriter, message: TxnInfo): void {
  if (message.isTxnFile) {
    writer.bool(message.isTxnFile)
    writer.tag(800)
  }
  if (message.status !== 0n) {
    writer.uint64(message.status)
    writer.tag1(16)
  }
  if (message.txn !== 0n) {
    writer.uint64(message.txn)
    writer.tag1(8)
  }
}

export interface ResolveLockResponse {
  regionError: errorpb.Error | undefined
  error: KeyError | undefined
  execDetailsV2: ExecDetailsV2 | undefined
}

export const ResolveLockResponse: MessageDefinition<ResolveLockResponse> = {
  typeName: 'kvrpcpb.ResolveLockResponse',
  create: (init) => ({
    regionError: init?.regionError,
    error: init?.error,
    execDetailsV2: init?.execDetailsV2,
  }),
  encode: (message) => encodeWith(writeResolveLockResponse, message),
  decode: (bytes) => decodeWith('kvrpcpb.ResolveLockResponse', readResolveLockResponse, bytes),
  readFrom: readResolveLockResponse,
  writeTo: writeResolveLockResponse,
}

const ResolveLockResponseFields: readonly number[] = [1, 2, 3]

function readResolveLockResponse(reader: WireReader, end: number, into?: ResolveLockResponse): ResolveLockResponse {
  const message: ResolveLockResponse = into ?? { regionError: undefined, error: undefined, execDetailsV2: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.regionError = errorpb.Error.readFrom(reader, reader.end(), message.regionError)
        break
      case 18:
        message.error = readKeyError(reader, reader.end(), message.error)
        break
      case 26:
        message.execDetailsV2 = readExecDetailsV2(reader, reader.end(), message.execDetailsV2)
        break
      default:
        reader.skip(tag, ResolveLockResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeResolveLockResponse(writer: WireWriter, message: ResolveLockResponse): void {
  if (message.execDetailsV2 !== undefined) {
    const mark3 = writer.size
    writeExecDetailsV2(writer, message.execDetailsV2)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.error !== undefined) {
    const mark2 = writer.size
    writeKeyError(writer, message.error)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.regionError !== undefined) {
    const mark1 = writer.size
    errorpb.Error.writeTo(writer, message.regionError)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface ScanLockRequest {
  context: Context | undefined
  maxVersion: bigint
  startKey: Uint8Array
  limit: number
  endKey: Uint8Array
}

export const ScanLockRequest: MessageDefinition<ScanLockRequest> = {
  typeName: 'kvrpcpb.ScanLockRequest',
  create: (init) => ({
    context: init?.context,
    maxVersion: init?.maxVersion ?? 0n,
    startKey: init?.startKey ?? emptyBytes,
    limit: init?.limit ?? 0,
    endKey: init?.endKey ?? emptyBytes,
  }),
  encode: (message) => encodeWith(writeScanLockRequest, message),
  decode: (bytes) => decodeWith('kvrpcpb.ScanLockRequest', readScanLockRequest, bytes),
  readFrom: readScanLockRequest,
  writeTo: writeScanLockRequest,
}

const ScanLockRequestFields: readonly number[] = [1, 2, 3, 4, 5]

function readScanLockRequest(reader: WireReader, end: number, into?: ScanLockRequest): ScanLockRequest {
  const message: ScanLockRequest = into ?? { context: undefined, maxVersion: 0n, startKey: emptyBytes, limit: 0, endKey: emptyBytes }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.context = readContext(reader, reader.end(), message.context)
        break
      case 16:
        message.maxVersion = reader.uint64()
        break
      case 26:
        message.startKey = reader.bytes()
        break
      case 32:
        message.limit = reader.uint32()
        break
      case 42:
        message.endKey = reader.bytes()
        break
      default:
        reader.skip(tag, ScanLockRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeScanLockRequest(writer: WireWriter, message: ScanLockRequest): void {
  if (message.endKey.length !== 0) {
    writer.bytes(message.endKey)
    writer.tag1(42)
  }
  if (message.limit !== 0) {
    writer.uint32(message.limit)
    writer.tag1(32)
  }
  if (message.startKey.length !== 0) {
    writer.bytes(message.startKey)
    writer.tag1(26)
  }
  if (message.maxVersion !== 0n) {
    writer.uint64(message.maxVersion)
    writer.tag1(16)
  }
  if (message.context !== undefined) {
    const mark1 = writer.size
    writeContext(writer, message.context)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface ScanLockResponse {
  regionError: errorpb.Error | undefined
  error: KeyError | undefined
  locks: LockInfo[]
  execDetailsV2: ExecDetailsV2 | undefined
}

export const ScanLockResponse: MessageDefinition<ScanLockResponse> = {
  typeName: 'kvrpcpb.ScanLockResponse',
  create: (init) => ({
    regionError: init?.regionError,
    error: init?.error,
    locks: init?.locks ?? [],
    execDetailsV2: init?.execDetailsV2,
  }),
  encode: (message) => encodeWith(writeScanLockResponse, message),
  decode: (bytes) => decodeWith('kvrpcpb.ScanLockResponse', readScanLockResponse, bytes),
  readFrom: readScanLockResponse,
  writeTo: writeScanLockResponse,
}

const ScanLockResponseFields: readonly number[] = [1, 2, 3, 4]

function readScanLockResponse(reader: WireReader, end: number, into?: ScanLockResponse): ScanLockResponse {
  const message: ScanLockResponse = into ?? { regionError: undefined, error: undefined, locks: [], execDetailsV2: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.regionError = errorpb.Error.readFrom(reader, reader.end(), message.regionError)
        break
      case 18:
        message.error = readKeyError(reader, reader.end(), message.error)
        break
      case 26:
        message.locks.push(readLockInfo(reader, reader.end()))
        break
      case 34:
        message.execDetailsV2 = readExecDetailsV2(reader, reader.end(), message.execDetailsV2)
        break
      default:
        reader.skip(tag, ScanLockResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeScanLockResponse(writer: WireWriter, message: ScanLockResponse): void {
  if (message.execDetailsV2 !== undefined) {
    const mark4 = writer.size
    writeExecDetailsV2(writer, message.execDetailsV2)
    writer.length(mark4)
    writer.tag1(34)
  }
  for (let at = message.locks.length - 1; at >= 0; at--) {
    const value = message.locks[at]!
    const mark3 = writer.size
    writeLockInfo(writer, value)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.error !== undefined) {
    const mark2 = writer.size
    writeKeyError(writer, message.error)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.regionError !== undefined) {
    const mark1 = writer.size
    errorpb.Error.writeTo(writer, message.regionError)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface ScanRequest {
  context: Context | undefined
  startKey: Uint8Array
  limit: number
  version: bigint
  keyOnly: boolean
  reverse: boolean
  endKey: Uint8Array
  sampleStep: number
}

export const ScanRequest: MessageDefinition<ScanRequest> = {
  typeName: 'kvrpcpb.ScanRequest',
  create: (init) => ({
    context: init?.context,
    startKey: init?.startKey ?? emptyBytes,
    limit: init?.limit ?? 0,
    version: init?.version ?? 0n,
    keyOnly: init?.keyOnly ?? false,
    reverse: init?.reverse ?? false,
    endKey: init?.endKey ?? emptyBytes,
    sampleStep: init?.sampleStep ?? 0,
  }),
  encode: (message) => encodeWith(writeScanRequest, message),
  decode: (bytes) => decodeWith('kvrpcpb.ScanRequest', readScanRequest, bytes),
  readFrom: readScanRequest,
  writeTo: writeScanRequest,
}

const ScanRequestFields: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8]

function readScanRequest(reader: WireReader, end: number, into?: ScanRequest): ScanRequest {
  const message: ScanRequest = into ?? { context: undefined, startKey: emptyBytes, limit: 0, version: 0n, keyOnly: false, reverse: false, endKey: emptyBytes, sampleStep: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.context = readContext(reader, reader.end(), message.context)
        break
      case 18:
        message.startKey = reader.bytes()
        break
      case 24:
        message.limit = reader.uint32()
        break
      case 32:
        message.version = reader.uint64()
        break
      case 40:
        message.keyOnly = reader.bool()
        break
      case 48:
        message.reverse = reader.bool()
        break
      case 58:
        message.endKey = reader.bytes()
        break
      case 64:
        message.sampleStep = reader.uint32()
        break
      default:
        reader.skip(tag, ScanRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeScanRequest(writer: WireWriter, message: ScanRequest): void {
  if (message.sampleStep !== 0) {
    writer.uint32(message.sampleStep)
    writer.tag1(64)
  }
  if (message.endKey.length !== 0) {
    writer.bytes(message.endKey)
    writer.tag1(58)
  }
  if (message.reverse) {
    writer.bool(message.reverse)
    writer.tag1(48)
  }
  if (message.keyOnly) {
    writer.bool(message.keyOnly)
    writer.tag1(40)
  }
  if (message.version !== 0n) {
    writer.uint64(message.version)
    writer.tag1(32)
  }
  if (message.limit !== 0) {
    writer.uint32(message.limit)
    writer.tag1(24)
  }
  if (message.startKey.length !== 0) {
    writer.bytes(message.startKey)
    writer.tag1(18)
  }
  if (message.context !== undefined) {
    const mark1 = writer.size
    writeContext(writer, message.context)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface ScanResponse {
  regionError: errorpb.Error | undefined
  pairs: KvPair[]
  error: KeyError | undefined
}

export const ScanResponse: MessageDefinition<ScanResponse> = {
  typeName: 'kvrpcpb.ScanResponse',
  create: (init) => ({
    regionError: init?.regionError,
    pairs: init?.pairs ?? [],
    error: init?.error,
  }),
  encode: (message) => encodeWith(writeScanResponse, message),
  decode: (bytes) => decodeWith('kvrpcpb.ScanResponse', readScanResponse, bytes),
  readFrom: readScanResponse,
  writeTo: writeScanResponse,
}

const ScanResponseFields: readonly number[] = [1, 2, 3]

function readScanResponse(reader: WireReader, end: number, into?: ScanResponse): ScanResponse {
  const message: ScanResponse = into ?? { regionError: undefined, pairs: [], error: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.regionError = errorpb.Error.readFrom(reader, reader.end(), message.regionError)
        break
      case 18:
        message.pairs.push(readKvPair(reader, reader.end()))
        break
      case 26:
        message.error = readKeyError(reader, reader.end(), message.error)
        break
      default:
        reader.skip(tag, ScanResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeScanResponse(writer: WireWriter, message: ScanResponse): void {
  if (message.error !== undefined) {
    const mark3 = writer.size
    writeKeyError(writer, message.error)
    writer.length(mark3)
    writer.tag1(26)
  }
  for (let at = message.pairs.length - 1; at >= 0; at--) {
    const value = message.pairs[at]!
    const mark2 = writer.size
    writeKvPair(writer, value)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.regionError !== undefined) {
    const mark1 = writer.size
    errorpb.Error.writeTo(writer, message.regionError)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface SplitRegionRequest {
  context: Context | undefined
  splitKey: Uint8Array
  splitKeys: Uint8Array[]
  isRawKv: boolean
}

export const SplitRegionRequest: MessageDefinition<SplitRegionRequest> = {
  typeName: 'kvrpcpb.SplitRegionRequest',
  create: (init) => ({
    context: init?.context,
    splitKey: init?.splitKey ?? emptyBytes,
    splitKeys: init?.splitKeys ?? [],
    isRawKv: init?.isRawKv ?? false,
  }),
  encode: (message) => encodeWith(writeSplitRegionRequest, message),
  decode: (bytes) => decodeWith('kvrpcpb.SplitRegionRequest', readSplitRegionRequest, bytes),
  readFrom: readSplitRegionRequest,
  writeTo: writeSplitRegionRequest,
}

const SplitRegionRequestFields: readonly number[] = [1, 2, 3, 4]

function readSplitRegionRequest(reader: WireReader, end: number, into?: SplitRegionRequest): SplitRegionRequest {
  const message: SplitRegionRequest = into ?? { context: undefined, splitKey: emptyBytes, splitKeys: [], isRawKv: false }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.context = readContext(reader, reader.end(), message.context)
        break
      case 18:
        message.splitKey = reader.bytes()
        break
      case 26:
        message.splitKeys.push(reader.bytes())
        break
      case 32:
        message.isRawKv = reader.bool()
        break
      default:
        reader.skip(tag, SplitRegionRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeSplitRegionRequest(writer: WireWriter, message: SplitRegionRequest): void {
  if (message.isRawKv) {
    writer.bool(message.isRawKv)
    writer.tag1(32)
  }
  for (let at = message.splitKeys.length - 1; at >= 0; at--) {
    const value = message.splitKeys[at]!
    writer.bytes(value)
    writer.tag1(26)
  }
  if (message.splitKey.length !== 0) {
    writer.bytes(message.splitKey)
    writer.tag1(18)
  }
  if (message.context !== undefined) {
    const mark1 = writer.size
    writeContext(writer, message.context)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface SplitRegionResponse {
  regionError: errorpb.Error | undefined
  left: metapb.Region | undefined
  right: metapb.Region | undefined
  regions: metapb.Region[]
  errors: KeyError[]
}

export const SplitRegionResponse: MessageDefinition<SplitRegionResponse> = {
  typeName: 'kvrpcpb.SplitRegionResponse',
  create: (init) => ({
    regionError: init?.regionError,
    left: init?.left,
    right: init?.right,
    regions: init?.regions ?? [],
    errors: init?.errors ?? [],
  }),
  encode: (message) => encodeWith(writeSplitRegionResponse, message),
  decode: (bytes) => decodeWith('kvrpcpb.SplitRegionResponse', readSplitRegionResponse, bytes),
  readFrom: readSplitRegionResponse,
  writeTo: writeSplitRegionResponse,
}

const SplitRegionResponseFields: readonly number[] = [1, 2, 3, 4, 100]

function readSplitRegionResponse(reader: WireReader, end: number, into?: SplitRegionResponse): SplitRegionResponse {
  const message: SplitRegionResponse = into ?? { regionError: undefined, left: undefined, right: undefined, regions: [], errors: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.regionError = errorpb.Error.readFrom(reader, reader.end(), message.regionError)
        break
      case 18:
        message.left = metapb.Region.readFrom(reader, reader.end(), message.left)
        break
      case 26:
        message.right = metapb.Region.readFrom(reader, reader.end(), message.right)
        break
      case 34:
        message.regions.push(metapb.Region.readFrom(reader, reader.end()))
        break
      case 802:
        message.errors.push(readKeyError(reader, reader.end()))
        break
      default:
        reader.skip(tag, SplitRegionResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeSplitRegionResponse(writer: WireWriter, message: SplitRegionResponse): void {
  for (let at = message.errors.length - 1; at >= 0; at--) {
    const value = message.errors[at]!
    const mark100 = writer.size
    writeKeyError(writer, value)
    writer.length(mark100)
    writer.tag(802)
  }
  for (let at = message.regions.length - 1; at >= 0; at--) {
    const value = message.regions[at]!
    const mark4 = writer.size
    metapb.Region.writeTo(writer, value)
    writer.length(mark4)
    writer.tag1(34)
  }
  if (message.right !== undefined) {
    const mark3 = writer.size
    metapb.Region.writeTo(writer, message.right)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.left !== undefined) {
    const mark2 = writer.size
    metapb.Region.writeTo(writer, message.left)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.regionError !== undefined) {
    const mark1 = writer.size
    errorpb.Error.writeTo(writer, message.regionError)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface StoreSafeTSRequest {
  keyRange: KeyRange | undefined
}

export const StoreSafeTSRequest: MessageDefinition<StoreSafeTSRequest> = {
  typeName: 'kvrpcpb.StoreSafeTSRequest',
  create: (init) => ({
    keyRange: init?.keyRange,
  }),
  encode: (message) => encodeWith(writeStoreSafeTSRequest, message),
  decode: (bytes) => decodeWith('kvrpcpb.StoreSafeTSRequest', readStoreSafeTSRequest, bytes),
  readFrom: readStoreSafeTSRequest,
  writeTo: writeStoreSafeTSRequest,
}

const StoreSafeTSRequestFields: readonly number[] = [1]

function readStoreSafeTSRequest(reader: WireReader, end: number, into?: StoreSafeTSRequest): StoreSafeTSRequest {
  const message: StoreSafeTSRequest = into ?? { keyRange: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.keyRange = readKeyRange(reader, reader.end(), message.keyRange)
        break
      default:
        reader.skip(tag, StoreSafeTSRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeStoreSafeTSRequest(writer: WireWriter, message: StoreSafeTSRequest): void {
  if (message.keyRange !== undefined) {
    const mark1 = writer.size
    writeKeyRange(writer, message.keyRange)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface StoreSafeTSResponse {
  safeTs: bigint
}

export const StoreSafeTSResponse: MessageDefinition<StoreSafeTSResponse> = {
  typeName: 'kvrpcpb.StoreSafeTSResponse',
  create: (init) => ({
    safeTs: init?.safeTs ?? 0n,
  }),
  encode: (message) => encodeWith(writeStoreSafeTSResponse, message),
  decode: (bytes) => decodeWith('kvrpcpb.StoreSafeTSResponse', readStoreSafeTSResponse, bytes),
  readFrom: readStoreSafeTSResponse,
  writeTo: writeStoreSafeTSResponse,
}

const StoreSafeTSResponseFields: readonly number[] = [1]

function readStoreSafeTSResponse(reader: WireReader, end: number, into?: StoreSafeTSResponse): StoreSafeTSResponse {
  const message: StoreSafeTSResponse = into ?? { safeTs: 0n }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.safeTs = reader.uint64()
        break
      default:
        reader.skip(tag, StoreSafeTSResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeStoreSafeTSResponse(writer: WireWriter, message: StoreSafeTSResponse): void {
  if (message.safeTs !== 0n) {
    writer.uint64(message.safeTs)
    writer.tag1(8)
  }
}

export interface TiFlashSystemTableRequest {
  sql: string
}

export const TiFlashSystemTableRequest: MessageDefinition<TiFlashSystemTableRequest> = {
  typeName: 'kvrpcpb.TiFlashSystemTableRequest',
  create: (init) => ({
    sql: init?.sql ?? '',
  }),
  encode: (message) => encodeWith(writeTiFlashSystemTableRequest, message),
  decode: (bytes) => decodeWith('kvrpcpb.TiFlashSystemTableRequest', readTiFlashSystemTableRequest, bytes),
  readFrom: readTiFlashSystemTableRequest,
  writeTo: writeTiFlashSystemTableRequest,
}

const TiFlashSystemTableRequestFields: readonly number[] = [1]

function readTiFlashSystemTableRequest(reader: WireReader, end: number, into?: TiFlashSystemTableRequest): TiFlashSystemTableRequest {
  const message: TiFlashSystemTableRequest = into ?? { sql: '' }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.sql = reader.string()
        break
      default:
        reader.skip(tag, TiFlashSystemTableRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeTiFlashSystemTableRequest(writer: WireWriter, message: TiFlashSystemTableRequest): void {
  if (message.sql !== '') {
    writer.string(message.sql)
    writer.tag1(10)
  }
}

export interface TiFlashSystemTableResponse {
  data: Uint8Array
}

export const TiFlashSystemTableResponse: MessageDefinition<TiFlashSystemTableResponse> = {
  typeName: 'kvrpcpb.TiFlashSystemTableResponse',
  create: (init) => ({
    data: init?.data ?? emptyBytes,
  }),
  encode: (message) => encodeWith(writeTiFlashSystemTableResponse, message),
  decode: (bytes) => decodeWith('kvrpcpb.TiFlashSystemTableResponse', readTiFlashSystemTableResponse, bytes),
  readFrom: readTiFlashSystemTableResponse,
  writeTo: writeTiFlashSystemTableResponse,
}

const TiFlashSystemTableResponseFields: readonly number[] = [1]

function readTiFlashSystemTableResponse(reader: WireReader, end: number, into?: TiFlashSystemTableResponse): TiFlashSystemTableResponse {
  const message: TiFlashSystemTableResponse = into ?? { data: emptyBytes }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.data = reader.bytes()
        break
      default:
        reader.skip(tag, TiFlashSystemTableResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeTiFlashSystemTableResponse(writer: WireWriter, message: TiFlashSystemTableResponse): void {
  if (message.data.length !== 0) {
    writer.bytes(message.data)
    writer.tag1(10)
  }
}

export interface TxnHeartBeatRequest {
  context: Context | undefined
  primaryLock: Uint8Array
  startVersion: bigint
  adviseLockTtl: number
  minCommitTs: bigint
  isTxnFile: boolean
}

export const TxnHeartBeatRequest: MessageDefinition<TxnHeartBeatRequest> = {
  typeName: 'kvrpcpb.TxnHeartBeatRequest',
  create: (init) => ({
    context: init?.context,
    primaryLock: init?.primaryLock ?? emptyBytes,
    startVersion: init?.startVersion ?? 0n,
    adviseLockTtl: init?.adviseLockTtl ?? 0,
    minCommitTs: init?.minCommitTs ?? 0n,
    isTxnFile: init?.isTxnFile ?? false,
  }),
  encode: (message) => encodeWith(writeTxnHeartBeatRequest, message),
  decode: (bytes) => decodeWith('kvrpcpb.TxnHeartBeatRequest', readTxnHeartBeatRequest, bytes),
  readFrom: readTxnHeartBeatRequest,
  writeTo: writeTxnHeartBeatRequest,
}

const TxnHeartBeatRequestFields: readonly number[] = [1, 2, 3, 4, 5, 100]

function readTxnHeartBeatRequest(reader: WireReader, end: number, into?: TxnHeartBeatRequest): TxnHeartBeatRequest {
  const message: TxnHeartBeatRequest = into ?? { context: undefined, primaryLock: emptyBytes, startVersion: 0n, adviseLockTtl: 0, minCommitTs: 0n, isTxnFile: false }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.context = readContext(reader, reader.end(), message.context)
        break
      case 18:
        message.primaryLock = reader.bytes()
        break
      case 24:
        message.startVersion = reader.uint64()
        break
      case 32:
        message.adviseLockTtl = reader.uint64Number()
        break
      case 40:
        message.minCommitTs = reader.uint64()
        break
      case 800:
        message.isTxnFile = reader.bool()
        break
      default:
        reader.skip(tag, TxnHeartBeatRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeTxnHeartBeatRequest(writer: WireWriter, message: TxnHeartBeatRequest): void {
  if (message.isTxnFile) {
    writer.bool(message.isTxnFile)
    writer.tag(800)
  }
  if (message.minCommitTs !== 0n) {
    writer.uint64(message.minCommitTs)
    writer.tag1(40)
  }
  if (message.adviseLockTtl !== 0) {
    writer.uint64Number(message.adviseLockTtl)
    writer.tag1(32)
  }
  if (message.startVersion !== 0n) {
    writer.uint64(message.startVersion)
    writer.tag1(24)
  }
  if (message.primaryLock.length !== 0) {
    writer.bytes(message.primaryLock)
    writer.tag1(18)
  }
  if (message.context !== undefined) {
    const mark1 = writer.size
    writeContext(writer, message.context)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface TxnHeartBeatResponse {
  regionError: errorpb.Error | undefined
  error: KeyError | undefined
  lockTtl: number
  execDetailsV2: ExecDetailsV2 | undefined
}

export const TxnHeartBeatResponse: MessageDefinition<TxnHeartBeatResponse> = {
  typeName: 'kvrpcpb.TxnHeartBeatResponse',
  create: (init) => ({
    regionError: init?.regionError,
    error: init?.error,
    lockTtl: init?.lockTtl ?? 0,
    execDetailsV2: init?.execDetailsV2,
  }),
  encode: (message) => encodeWith(writeTxnHeartBeatResponse, message),
  decode: (bytes) => decodeWith('kvrpcpb.TxnHeartBeatResponse', readTxnHeartBeatResponse, bytes),
  readFrom: readTxnHeartBeatResponse,
  writeTo: writeTxnHeartBeatResponse,
}

const TxnHeartBeatResponseFields: readonly number[] = [1, 2, 3, 4]

function readTxnHeartBeatResponse(reader: WireReader, end: number, into?: TxnHeartBeatResponse): TxnHeartBeatResponse {
  const message: TxnHeartBeatResponse = into ?? { regionError: undefined, error: undefined, lockTtl: 0, execDetailsV2: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.regionError = errorpb.Error.readFrom(reader, reader.end(), message.regionError)
        break
      case 18:
        message.error = readKeyError(reader, reader.end(), message.error)
        break
      case 24:
        message.lockTtl = reader.uint64Number()
        break
      case 34:
        message.execDetailsV2 = readExecDetailsV2(reader, reader.end(), message.execDetailsV2)
        break
      default:
        reader.skip(tag, TxnHeartBeatResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeTxnHeartBeatResponse(writer: WireWriter, message: TxnHeartBeatResponse): void {
  if (message.execDetailsV2 !== undefined) {
    const mark4 = writer.size
    writeExecDetailsV2(writer, message.execDetailsV2)
    writer.length(mark4)
    writer.tag1(34)
  }
  if (message.lockTtl !== 0) {
    writer.uint64Number(message.lockTtl)
    writer.tag1(24)
  }
  if (message.error !== undefined) {
    const mark2 = writer.size
    writeKeyError(writer, message.error)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.regionError !== undefined) {
    const mark1 = writer.size
    errorpb.Error.writeTo(writer, message.regionError)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface UnsafeDestroyRangeRequest {
  context: Context | undefined
  startKey: Uint8Array
  endKey: Uint8Array
}

export const UnsafeDestroyRangeRequest: MessageDefinition<UnsafeDestroyRangeRequest> = {
  typeName: 'kvrpcpb.UnsafeDestroyRangeRequest',
  create: (init) => ({
    context: init?.context,
    startKey: init?.startKey ?? emptyBytes,
    endKey: init?.endKey ?? emptyBytes,
  }),
  encode: (message) => encodeWith(writeUnsafeDestroyRangeRequest, message),
  decode: (bytes) => decodeWith('kvrpcpb.UnsafeDestroyRangeRequest', readUnsafeDestroyRangeRequest, bytes),
  readFrom: readUnsafeDestroyRangeRequest,
  writeTo: writeUnsafeDestroyRangeRequest,
}

const UnsafeDestroyRangeRequestFields: readonly number[] = [1, 2, 3]

function readUnsafeDestroyRangeRequest(reader: WireReader, end: number, into?: UnsafeDestroyRangeRequest): UnsafeDestroyRangeRequest {
  const message: UnsafeDestroyRangeRequest = into ?? { context: undefined, startKey: emptyBytes, endKey: emptyBytes }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.context = readContext(reader, reader.end(), message.context)
        break
      case 18:
        message.startKey = reader.bytes()
        break
      case 26:
        message.endKey = reader.bytes()
        break
      default:
        reader.skip(tag, UnsafeDestroyRangeRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeUnsafeDestroyRangeRequest(writer: WireWriter, message: UnsafeDestroyRangeRequest): void {
  if (message.endKey.length !== 0) {
    writer.bytes(message.endKey)
    writer.tag1(26)
  }
  if (message.startKey.length !== 0) {
    writer.bytes(message.startKey)
    writer.tag1(18)
  }
  if (message.context !== undefined) {
    const mark1 = writer.size
    writeContext(writer, message.context)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface UnsafeDestroyRangeResponse {
  regionError: errorpb.Error | undefined
  error: string
}

export const UnsafeDestroyRangeResponse: MessageDefinition<UnsafeDestroyRangeResponse> = {
  typeName: 'kvrpcpb.UnsafeDestroyRangeResponse',
  create: (init) => ({
    regionError: init?.regionError,
    error: init?.error ?? '',
  }),
  encode: (message) => encodeWith(writeUnsafeDestroyRangeResponse, message),
  decode: (bytes) => decodeWith('kvrpcpb.UnsafeDestroyRangeResponse', readUnsafeDestroyRangeResponse, bytes),
  readFrom: readUnsafeDestroyRangeResponse,
  writeTo: writeUnsafeDestroyRangeResponse,
}

const UnsafeDestroyRangeResponseFields: readonly number[] = [1, 2]

function readUnsafeDestroyRangeResponse(reader: WireReader, end: number, into?: UnsafeDestroyRangeResponse): UnsafeDestroyRangeResponse {
  const message: UnsafeDestroyRangeResponse = into ?? { regionError: undefined, error: '' }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.regionError = errorpb.Error.readFrom(reader, reader.end(), message.regionError)
        break
      case 18:
        message.error = reader.string()
        break
      default:
        reader.skip(tag, UnsafeDestroyRangeResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeUnsafeDestroyRangeResponse(writer: WireWriter, message: UnsafeDestroyRangeResponse): void {
  if (message.error !== '') {
    writer.string(message.error)
    writer.tag1(18)
  }
  if (message.regionError !== undefined) {
    const mark1 = writer.size
    errorpb.Error.writeTo(writer, message.regionError)
    writer.length(mark1)
    writer.tag1(10)
  }
}
