// Generated from proto/pdpb.proto by `npm run generate -w packages/proto`. Do not edit.
import { decodeWith, encodeWith } from '../message-codec.ts'
import type { MessageDefinition } from '../message-definition.ts'
import { emptyBytes, type WireReader } from '../wire-reader.ts'
import type { WireWriter } from '../wire-writer.ts'
import * as apipb from './apipb.ts'
import * as eraftpb from './eraftpb.ts'
import * as metapb from './metapb.ts'
import * as raft_serverpb from './raft_serverpb.ts'
import * as replication_modepb from './replication_modepb.ts'

export const ErrorType = {
  OK: 0,
  UNKNOWN: 1,
  NOT_BOOTSTRAPPED: 2,
  STORE_TOMBSTONE: 3,
  ALREADY_BOOTSTRAPPED: 4,
  INCOMPATIBLE_VERSION: 5,
  REGION_NOT_FOUND: 6,
  GLOBAL_CONFIG_NOT_FOUND: 7,
  DUPLICATED_ENTRY: 8,
  ENTRY_NOT_FOUND: 9,
  INVALID_VALUE: 10,
  DATA_COMPACTED: 11,
  REGIONS_NOT_CONTAIN_ALL_KEY_RANGE: 12,
} as const
/** A number that is not listed is kept as it came. */
export type ErrorType = (typeof ErrorType)[keyof typeof ErrorType]

export const SplitReason = {
  ADMIN: 0,
  SIZE: 1,
  LOAD: 2,
} as const
/** A number that is not listed is kept as it came. */
export type SplitReason = (typeof SplitReason)[keyof typeof SplitReason]

export const ServiceMode = {
  UNKNOWN_SVC_MODE: 0,
  PD_SVC_MODE: 1,
  API_SVC_MODE: 2,
} as const
/** A number that is not listed is kept as it came. */
export type ServiceMode = (typeof ServiceMode)[keyof typeof ServiceMode]

export const OperatorStatus = {
  SUCCESS: 0,
  TIMEOUT: 1,
  CANCEL: 2,
  REPLACE: 3,
  RUNNING: 4,
} as const
/** A number that is not listed is kept as it came. */
export type OperatorStatus = (typeof OperatorStatus)[keyof typeof OperatorStatus]

export const EventType = {
  PUT: 0,
  DELETE: 1,
} as const
/** A number that is not listed is kept as it came. */
export type EventType = (typeof EventType)[keyof typeof EventType]

export const CheckPolicy = {
  SCAN: 0,
  APPROXIMATE: 1,
  USEKEY: 2,
} as const
/** A number that is not listed is kept as it came. */
export type CheckPolicy = (typeof CheckPolicy)[keyof typeof CheckPolicy]

export const ControlGrpcEvent = {
  PAUSE: 0,
  RESUME: 1,
} as const
/** A number that is not listed is kept as it came. */
export type ControlGrpcEvent = (typeof ControlGrpcEvent)[keyof typeof ControlGrpcEvent]

export const QueryKind = {
  Others: 0,
  GC: 1,
  Get: 2,
  Scan: 3,
  Coprocessor: 4,
  Delete: 5,
  DeleteRange: 6,
  Put: 7,
  Prewrite: 8,
  AcquirePessimisticLock: 9,
  Commit: 10,
  Rollback: 11,
} as const
/** A number that is not listed is kept as it came. */
export type QueryKind = (typeof QueryKind)[keyof typeof QueryKind]

export interface BatchScanRegionsRequest {
  header: RequestHeader | undefined
  needBuckets: boolean
  ranges: KeyRange[]
  limit: number
  containAllKeyRange: boolean
}

export const BatchScanRegionsRequest: MessageDefinition<BatchScanRegionsRequest> = {
  typeName: 'pdpb.BatchScanRegionsRequest',
  create: (init) => ({
    header: init?.header,
    needBuckets: init?.needBuckets ?? false,
    ranges: init?.ranges ?? [],
    limit: init?.limit ?? 0,
    containAllKeyRange: init?.containAllKeyRange ?? false,
  }),
  encode: (message) => encodeWith(writeBatchScanRegionsRequest, message),
  decode: (bytes) => decodeWith('pdpb.BatchScanRegionsRequest', readBatchScanRegionsRequest, bytes),
  readFrom: readBatchScanRegionsRequest,
  writeTo: writeBatchScanRegionsRequest,
}

const BatchScanRegionsRequestFields: readonly number[] = [1, 2, 3, 4, 5]

function readBatchScanRegionsRequest(reader: WireReader, end: number, into?: BatchScanRegionsRequest): BatchScanRegionsRequest {
  const message: BatchScanRegionsRequest = into ?? { header: undefined, needBuckets: false, ranges: [], limit: 0, containAllKeyRange: false }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readRequestHeader(reader, reader.end(), message.header)
        break
      case 16:
        message.needBuckets = reader.bool()
        break
      case 26:
        message.ranges.push(readKeyRange(reader, reader.end()))
        break
      case 32:
        message.limit = reader.int32()
        break
      case 40:
        message.containAllKeyRange = reader.bool()
        break
      default:
        reader.skip(tag, BatchScanRegionsRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeBatchScanRegionsRequest(writer: WireWriter, message: BatchScanRegionsRequest): void {
  if (message.containAllKeyRange) {
    writer.bool(message.containAllKeyRange)
    writer.tag1(40)
  }
  if (message.limit !== 0) {
    writer.int32(message.limit)
    writer.tag1(32)
  }
  for (let at = message.ranges.length - 1; at >= 0; at--) {
    const value = message.ranges[at]!
    const mark3 = writer.size
    writeKeyRange(writer, value)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.needBuckets) {
    writer.bool(message.needBuckets)
    writer.tag1(16)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeRequestHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface RequestHeader {
  clusterId: bigint
  senderId: bigint
  callerId: string
  callerComponent: string
}

export const RequestHeader: MessageDefinition<RequestHeader> = {
  typeName: 'pdpb.RequestHeader',
  create: (init) => ({
    clusterId: init?.clusterId ?? 0n,
    senderId: init?.senderId ?? 0n,
    callerId: init?.callerId ?? '',
    callerComponent: init?.callerComponent ?? '',
  }),
  encode: (message) => encodeWith(writeRequestHeader, message),
  decode: (bytes) => decodeWith('pdpb.RequestHeader', readRequestHeader, bytes),
  readFrom: readRequestHeader,
  writeTo: writeRequestHeader,
}

const RequestHeaderFields: readonly number[] = [1, 2, 3, 4]

function readRequestHeader(reader: WireReader, end: number, into?: RequestHeader): RequestHeader {
  const message: RequestHeader = into ?? { clusterId: 0n, senderId: 0n, callerId: '', callerComponent: '' }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.clusterId = reader.uint64()
        break
      case 16:
        message.senderId = reader.uint64()
        break
      case 26:
        message.callerId = reader.string()
        break
      case 34:
        message.callerComponent = reader.string()
        break
      default:
        reader.skip(tag, RequestHeaderFields)
    }
  }
  reader.close(end)
  return message
}

function writeRequestHeader(writer: WireWriter, message: RequestHeader): void {
  if (message.callerComponent !== '') {
    writer.string(message.callerComponent)
    writer.tag1(34)
  }
  if (message.callerId !== '') {
    writer.string(message.callerId)
    writer.tag1(26)
  }
  if (message.senderId !== 0n) {
    writer.uint64(message.senderId)
    writer.tag1(16)
  }
  if (message.clusterId !== 0n) {
    writer.uint64(message.clusterId)
    writer.tag1(8)
  }
}

export interface KeyRange {
  startKey: Uint8Array
  endKey: Uint8Array
}

export const KeyRange: MessageDefinition<KeyRange> = {
  typeName: 'pdpb.KeyRange',
  create: (init) => ({
    startKey: init?.startKey ?? emptyBytes,
    endKey: init?.endKey ?? emptyBytes,
  }),
  encode: (message) => encodeWith(writeKeyRange, message),
  decode: (bytes) => decodeWith('pdpb.KeyRange', readKeyRange, bytes),
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

export interface BatchScanRegionsResponse {
  header: ResponseHeader | undefined
  regions: Region[]
}

export const BatchScanRegionsResponse: MessageDefinition<BatchScanRegionsResponse> = {
  typeName: 'pdpb.BatchScanRegionsResponse',
  create: (init) => ({
    header: init?.header,
    regions: init?.regions ?? [],
  }),
  encode: (message) => encodeWith(writeBatchScanRegionsResponse, message),
  decode: (bytes) => decodeWith('pdpb.BatchScanRegionsResponse', readBatchScanRegionsResponse, bytes),
  readFrom: readBatchScanRegionsResponse,
  writeTo: writeBatchScanRegionsResponse,
}

const BatchScanRegionsResponseFields: readonly number[] = [1, 2]

function readBatchScanRegionsResponse(reader: WireReader, end: number, into?: BatchScanRegionsResponse): BatchScanRegionsResponse {
  const message: BatchScanRegionsResponse = into ?? { header: undefined, regions: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.regions.push(readRegion(reader, reader.end()))
        break
      default:
        reader.skip(tag, BatchScanRegionsResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeBatchScanRegionsResponse(writer: WireWriter, message: BatchScanRegionsResponse): void {
  for (let at = message.regions.length - 1; at >= 0; at--) {
    const value = message.regions[at]!
    const mark2 = writer.size
    writeRegion(writer, value)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface ResponseHeader {
  clusterId: bigint
  error: Error | undefined
}

export const ResponseHeader: MessageDefinition<ResponseHeader> = {
  typeName: 'pdpb.ResponseHeader',
  create: (init) => ({
    clusterId: init?.clusterId ?? 0n,
    error: init?.error,
  }),
  encode: (message) => encodeWith(writeResponseHeader, message),
  decode: (bytes) => decodeWith('pdpb.ResponseHeader', readResponseHeader, bytes),
  readFrom: readResponseHeader,
  writeTo: writeResponseHeader,
}

const ResponseHeaderFields: readonly number[] = [1, 2]

function readResponseHeader(reader: WireReader, end: number, into?: ResponseHeader): ResponseHeader {
  const message: ResponseHeader = into ?? { clusterId: 0n, error: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.clusterId = reader.uint64()
        break
      case 18:
        message.error = readError(reader, reader.end(), message.error)
        break
      default:
        reader.skip(tag, ResponseHeaderFields)
    }
  }
  reader.close(end)
  return message
}

function writeResponseHeader(writer: WireWriter, message: ResponseHeader): void {
  if (message.error !== undefined) {
    const mark2 = writer.size
    writeError(writer, message.error)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.clusterId !== 0n) {
    writer.uint64(message.clusterId)
    writer.tag1(8)
  }
}

export interface Error {
  type: ErrorType
  message: string
}

export const Error: MessageDefinition<Error> = {
  typeName: 'pdpb.Error',
  create: (init) => ({
    type: init?.type ?? 0,
    message: init?.message ?? '',
  }),
  encode: (message) => encodeWith(writeError, message),
  decode: (bytes) => decodeWith('pdpb.Error', readError, bytes),
  readFrom: readError,
  writeTo: writeError,
}

const ErrorFields: readonly number[] = [1, 2]

function readError(reader: WireReader, end: number, into?: Error): Error {
  const message: Error = into ?? { type: 0, message: '' }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.type = reader.int32() as ErrorType
        break
      case 18:
        message.message = reader.string()
        break
      default:
        reader.skip(tag, ErrorFields)
    }
  }
  reader.close(end)
  return message
}

function writeError(writer: WireWriter, message: Error): void {
  if (message.message !== '') {
    writer.string(message.message)
    writer.tag1(18)
  }
  if (message.type !== 0) {
    writer.int32(message.type)
    writer.tag1(8)
  }
}

export interface Region {
  region: metapb.Region | undefined
  leader: metapb.Peer | undefined
  downPeers: PeerStats[]
  pendingPeers: metapb.Peer[]
  buckets: metapb.Buckets | undefined
}

export const Region: MessageDefinition<Region> = {
  typeName: 'pdpb.Region',
  create: (init) => ({
    region: init?.region,
    leader: init?.leader,
    downPeers: init?.downPeers ?? [],
    pendingPeers: init?.pendingPeers ?? [],
    buckets: init?.buckets,
  }),
  encode: (message) => encodeWith(writeRegion, message),
  decode: (bytes) => decodeWith('pdpb.Region', readRegion, bytes),
  readFrom: readRegion,
  writeTo: writeRegion,
}

const RegionFields: readonly number[] = [1, 2, 3, 4, 5]

function readRegion(reader: WireReader, end: number, into?: Region): Region {
  const message: Region = into ?? { region: undefined, leader: undefined, downPeers: [], pendingPeers: [], buckets: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.region = metapb.Region.readFrom(reader, reader.end(), message.region)
        break
      case 18:
        message.leader = metapb.Peer.readFrom(reader, reader.end(), message.leader)
        break
      case 26:
        message.downPeers.push(readPeerStats(reader, reader.end()))
        break
      case 34:
        message.pendingPeers.push(metapb.Peer.readFrom(reader, reader.end()))
        break
      case 42:
        message.buckets = metapb.Buckets.readFrom(reader, reader.end(), message.buckets)
        break
      default:
        reader.skip(tag, RegionFields)
    }
  }
  reader.close(end)
  return message
}

function writeRegion(writer: WireWriter, message: Region): void {
  if (message.buckets !== undefined) {
    const mark5 = writer.size
    metapb.Buckets.writeTo(writer, message.buckets)
    writer.length(mark5)
    writer.tag1(42)
  }
  for (let at = message.pendingPeers.length - 1; at >= 0; at--) {
    const value = message.pendingPeers[at]!
    const mark4 = writer.size
    metapb.Peer.writeTo(writer, value)
    writer.length(mark4)
    writer.tag1(34)
  }
  for (let at = message.downPeers.length - 1; at >= 0; at--) {
    const value = message.downPeers[at]!
    const mark3 = writer.size
    writePeerStats(writer, value)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.leader !== undefined) {
    const mark2 = writer.size
    metapb.Peer.writeTo(writer, message.leader)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.region !== undefined) {
    const mark1 = writer.size
    metapb.Region.writeTo(writer, message.region)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface PeerStats {
  peer: metapb.Peer | undefined
  downSeconds: number
}

export const PeerStats: MessageDefinition<PeerStats> = {
  typeName: 'pdpb.PeerStats',
  create: (init) => ({
    peer: init?.peer,
    downSeconds: init?.downSeconds ?? 0,
  }),
  encode: (message) => encodeWith(writePeerStats, message),
  decode: (bytes) => decodeWith('pdpb.PeerStats', readPeerStats, bytes),
  readFrom: readPeerStats,
  writeTo: writePeerStats,
}

const PeerStatsFields: readonly number[] = [1, 2]

function readPeerStats(reader: WireReader, end: number, into?: PeerStats): PeerStats {
  const message: PeerStats = into ?? { peer: undefined, downSeconds: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.peer = metapb.Peer.readFrom(reader, reader.end(), message.peer)
        break
      case 16:
        message.downSeconds = reader.uint64Number()
        break
      default:
        reader.skip(tag, PeerStatsFields)
    }
  }
  reader.close(end)
  return message
}

function writePeerStats(writer: WireWriter, message: PeerStats): void {
  if (message.downSeconds !== 0) {
    writer.uint64Number(message.downSeconds)
    writer.tag1(16)
  }
  if (message.peer !== undefined) {
    const mark1 = writer.size
    metapb.Peer.writeTo(writer, message.peer)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface AdvanceGCSafePointRequest {
  header: RequestHeader | undefined
  keyspaceScope: KeyspaceScope | undefined
  target: bigint
}

export const AdvanceGCSafePointRequest: MessageDefinition<AdvanceGCSafePointRequest> = {
  typeName: 'pdpb.AdvanceGCSafePointRequest',
  create: (init) => ({
    header: init?.header,
    keyspaceScope: init?.keyspaceScope,
    target: init?.target ?? 0n,
  }),
  encode: (message) => encodeWith(writeAdvanceGCSafePointRequest, message),
  decode: (bytes) => decodeWith('pdpb.AdvanceGCSafePointRequest', readAdvanceGCSafePointRequest, bytes),
  readFrom: readAdvanceGCSafePointRequest,
  writeTo: writeAdvanceGCSafePointRequest,
}

const AdvanceGCSafePointRequestFields: readonly number[] = [1, 2, 3]

function readAdvanceGCSafePointRequest(reader: WireReader, end: number, into?: AdvanceGCSafePointRequest): AdvanceGCSafePointRequest {
  const message: AdvanceGCSafePointRequest = into ?? { header: undefined, keyspaceScope: undefined, target: 0n }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readRequestHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.keyspaceScope = readKeyspaceScope(reader, reader.end(), message.keyspaceScope)
        break
      case 24:
        message.target = reader.uint64()
        break
      default:
        reader.skip(tag, AdvanceGCSafePointRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeAdvanceGCSafePointRequest(writer: WireWriter, message: AdvanceGCSafePointRequest): void {
  if (message.target !== 0n) {
    writer.uint64(message.target)
    writer.tag1(24)
  }
  if (message.keyspaceScope !== undefined) {
    const mark2 = writer.size
    writeKeyspaceScope(writer, message.keyspaceScope)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeRequestHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface KeyspaceScope {
  keyspace: KeyspaceScope_Keyspace | undefined
}

export type KeyspaceScope_Keyspace =
  | { case: 'keyspaceId'; value: number }
  | { case: 'keyspaceIdentity'; value: apipb.KeyspaceIdentity }

export const KeyspaceScope: MessageDefinition<KeyspaceScope> = {
  typeName: 'pdpb.KeyspaceScope',
  create: (init) => ({
    keyspace: init?.keyspace,
  }),
  encode: (message) => encodeWith(writeKeyspaceScope, message),
  decode: (bytes) => decodeWith('pdpb.KeyspaceScope', readKeyspaceScope, bytes),
  readFrom: readKeyspaceScope,
  writeTo: writeKeyspaceScope,
}

const KeyspaceScopeFields: readonly number[] = [1, 2]

function readKeyspaceScope(reader: WireReader, end: number, into?: KeyspaceScope): KeyspaceScope {
  const message: KeyspaceScope = into ?? { keyspace: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.keyspace = { case: 'keyspaceId', value: reader.uint32() }
        break
      case 18:
        message.keyspace = { case: 'keyspaceIdentity', value: apipb.KeyspaceIdentity.readFrom(reader, reader.end(), message.keyspace?.case === 'keyspaceIdentity' ? message.keyspace.value : undefined) }
        break
      default:
        reader.skip(tag, KeyspaceScopeFields)
    }
  }
  reader.close(end)
  return message
}

function writeKeyspaceScope(writer: WireWriter, message: KeyspaceScope): void {
  if (message.keyspace?.case === 'keyspaceIdentity') {
    const value = message.keyspace.value
    const mark2 = writer.size
    apipb.KeyspaceIdentity.writeTo(writer, value)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.keyspace?.case === 'keyspaceId') {
    const value = message.keyspace.value
    writer.uint32(value)
    writer.tag1(8)
  }
}

export interface AdvanceGCSafePointResponse {
  header: ResponseHeader | undefined
  oldGcSafePoint: bigint
  newGcSafePoint: bigint
}

export const AdvanceGCSafePointResponse: MessageDefinition<AdvanceGCSafePointResponse> = {
  typeName: 'pdpb.AdvanceGCSafePointResponse',
  create: (init) => ({
    header: init?.header,
    oldGcSafePoint: init?.oldGcSafePoint ?? 0n,
    newGcSafePoint: init?.newGcSafePoint ?? 0n,
  }),
  encode: (message) => encodeWith(writeAdvanceGCSafePointResponse, message),
  decode: (bytes) => decodeWith('pdpb.AdvanceGCSafePointResponse', readAdvanceGCSafePointResponse, bytes),
  readFrom: readAdvanceGCSafePointResponse,
  writeTo: writeAdvanceGCSafePointResponse,
}

const AdvanceGCSafePointResponseFields: readonly number[] = [1, 2, 3]

function readAdvanceGCSafePointResponse(reader: WireReader, end: number, into?: AdvanceGCSafePointResponse): AdvanceGCSafePointResponse {
  const message: AdvanceGCSafePointResponse = into ?? { header: undefined, oldGcSafePoint: 0n, newGcSafePoint: 0n }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 16:
        message.oldGcSafePoint = reader.uint64()
        break
      case 24:
        message.newGcSafePoint = reader.uint64()
        break
      default:
        reader.skip(tag, AdvanceGCSafePointResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeAdvanceGCSafePointResponse(writer: WireWriter, message: AdvanceGCSafePointResponse): void {
  if (message.newGcSafePoint !== 0n) {
    writer.uint64(message.newGcSafePoint)
    writer.tag1(24)
  }
  if (message.oldGcSafePoint !== 0n) {
    writer.uint64(message.oldGcSafePoint)
    writer.tag1(16)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface AdvanceTxnSafePointRequest {
  header: RequestHeader | undefined
  keyspaceScope: KeyspaceScope | undefined
  target: bigint
}

export const AdvanceTxnSafePointRequest: MessageDefinition<AdvanceTxnSafePointRequest> = {
  typeName: 'pdpb.AdvanceTxnSafePointRequest',
  create: (init) => ({
    header: init?.header,
    keyspaceScope: init?.keyspaceScope,
    target: init?.target ?? 0n,
  }),
  encode: (message) => encodeWith(writeAdvanceTxnSafePointRequest, message),
  decode: (bytes) => decodeWith('pdpb.AdvanceTxnSafePointRequest', readAdvanceTxnSafePointRequest, bytes),
  readFrom: readAdvanceTxnSafePointRequest,
  writeTo: writeAdvanceTxnSafePointRequest,
}

const AdvanceTxnSafePointRequestFields: readonly number[] = [1, 2, 3]

function readAdvanceTxnSafePointRequest(reader: WireReader, end: number, into?: AdvanceTxnSafePointRequest): AdvanceTxnSafePointRequest {
  const message: AdvanceTxnSafePointRequest = into ?? { header: undefined, keyspaceScope: undefined, target: 0n }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readRequestHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.keyspaceScope = readKeyspaceScope(reader, reader.end(), message.keyspaceScope)
        break
      case 24:
        message.target = reader.uint64()
        break
      default:
        reader.skip(tag, AdvanceTxnSafePointRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeAdvanceTxnSafePointRequest(writer: WireWriter, message: AdvanceTxnSafePointRequest): void {
  if (message.target !== 0n) {
    writer.uint64(message.target)
    writer.tag1(24)
  }
  if (message.keyspaceScope !== undefined) {
    const mark2 = writer.size
    writeKeyspaceScope(writer, message.keyspaceScope)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeRequestHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface AdvanceTxnSafePointResponse {
  header: ResponseHeader | undefined
  oldTxnSafePoint: bigint
  newTxnSafePoint: bigint
  blockerDescription: string
}

export const AdvanceTxnSafePointResponse: MessageDefinition<AdvanceTxnSafePointResponse> = {
  typeName: 'pdpb.AdvanceTxnSafePointResponse',
  create: (init) => ({
    header: init?.header,
    oldTxnSafePoint: init?.oldTxnSafePoint ?? 0n,
    newTxnSafePoint: init?.newTxnSafePoint ?? 0n,
    blockerDescription: init?.blockerDescription ?? '',
  }),
  encode: (message) => encodeWith(writeAdvanceTxnSafePointResponse, message),
  decode: (bytes) => decodeWith('pdpb.AdvanceTxnSafePointResponse', readAdvanceTxnSafePointResponse, bytes),
  readFrom: readAdvanceTxnSafePointResponse,
  writeTo: writeAdvanceTxnSafePointResponse,
}

const AdvanceTxnSafePointResponseFields: readonly number[] = [1, 2, 3, 4]

function readAdvanceTxnSafePointResponse(reader: WireReader, end: number, into?: AdvanceTxnSafePointResponse): AdvanceTxnSafePointResponse {
  const message: AdvanceTxnSafePointResponse = into ?? { header: undefined, oldTxnSafePoint: 0n, newTxnSafePoint: 0n, blockerDescription: '' }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 16:
        message.oldTxnSafePoint = reader.uint64()
        break
      case 24:
        message.newTxnSafePoint = reader.uint64()
        break
      case 34:
        message.blockerDescription = reader.string()
        break
      default:
        reader.skip(tag, AdvanceTxnSafePointResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeAdvanceTxnSafePointResponse(writer: WireWriter, message: AdvanceTxnSafePointResponse): void {
  if (message.blockerDescription !== '') {
    writer.string(message.blockerDescription)
    writer.tag1(34)
  }
  if (message.newTxnSafePoint !== 0n) {
    writer.uint64(message.newTxnSafePoint)
    writer.tag1(24)
  }
  if (message.oldTxnSafePoint !== 0n) {
    writer.uint64(message.oldTxnSafePoint)
    writer.tag1(16)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface AllocIDRequest {
  header: RequestHeader | undefined
  count: number
}

export const AllocIDRequest: MessageDefinition<AllocIDRequest> = {
  typeName: 'pdpb.AllocIDRequest',
  create: (init) => ({
    header: init?.header,
    count: init?.count ?? 0,
  }),
  encode: (message) => encodeWith(writeAllocIDRequest, message),
  decode: (bytes) => decodeWith('pdpb.AllocIDRequest', readAllocIDRequest, bytes),
  readFrom: readAllocIDRequest,
  writeTo: writeAllocIDRequest,
}

const AllocIDRequestFields: readonly number[] = [1, 2]

function readAllocIDRequest(reader: WireReader, end: number, into?: AllocIDRequest): AllocIDRequest {
  const message: AllocIDRequest = into ?? { header: undefined, count: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readRequestHeader(reader, reader.end(), message.header)
        break
      case 16:
        message.count = reader.uint32()
        break
      default:
        reader.skip(tag, AllocIDRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeAllocIDRequest(writer: WireWriter, message: AllocIDRequest): void {
  if (message.count !== 0) {
    writer.uint32(message.count)
    writer.tag1(16)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeRequestHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface AllocIDResponse {
  header: ResponseHeader | undefined
  id: number
  count: number
}

export const AllocIDResponse: MessageDefinition<AllocIDResponse> = {
  typeName: 'pdpb.AllocIDResponse',
  create: (init) => ({
    header: init?.header,
    id: init?.id ?? 0,
    count: init?.count ?? 0,
  }),
  encode: (message) => encodeWith(writeAllocIDResponse, message),
  decode: (bytes) => decodeWith('pdpb.AllocIDResponse', readAllocIDResponse, bytes),
  readFrom: readAllocIDResponse,
  writeTo: writeAllocIDResponse,
}

const AllocIDResponseFields: readonly number[] = [1, 2, 3]

function readAllocIDResponse(reader: WireReader, end: number, into?: AllocIDResponse): AllocIDResponse {
  const message: AllocIDResponse = into ?? { header: undefined, id: 0, count: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 16:
        message.id = reader.uint64Number()
        break
      case 24:
        message.count = reader.uint32()
        break
      default:
        reader.skip(tag, AllocIDResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeAllocIDResponse(writer: WireWriter, message: AllocIDResponse): void {
  if (message.count !== 0) {
    writer.uint32(message.count)
    writer.tag1(24)
  }
  if (message.id !== 0) {
    writer.uint64Number(message.id)
    writer.tag1(16)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface AskBatchSplitRequest {
  header: RequestHeader | undefined
  region: metapb.Region | undefined
  splitCount: number
  reason: SplitReason
}

export const AskBatchSplitRequest: MessageDefinition<AskBatchSplitRequest> = {
  typeName: 'pdpb.AskBatchSplitRequest',
  create: (init) => ({
    header: init?.header,
    region: init?.region,
    splitCount: init?.splitCount ?? 0,
    reason: init?.reason ?? 0,
  }),
  encode: (message) => encodeWith(writeAskBatchSplitRequest, message),
  decode: (bytes) => decodeWith('pdpb.AskBatchSplitRequest', readAskBatchSplitRequest, bytes),
  readFrom: readAskBatchSplitRequest,
  writeTo: writeAskBatchSplitRequest,
}

const AskBatchSplitRequestFields: readonly number[] = [1, 2, 3, 4]

function readAskBatchSplitRequest(reader: WireReader, end: number, into?: AskBatchSplitRequest): AskBatchSplitRequest {
  const message: AskBatchSplitRequest = into ?? { header: undefined, region: undefined, splitCount: 0, reason: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readRequestHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.region = metapb.Region.readFrom(reader, reader.end(), message.region)
        break
      case 24:
        message.splitCount = reader.uint32()
        break
      case 32:
        message.reason = reader.int32() as SplitReason
        break
      default:
        reader.skip(tag, AskBatchSplitRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeAskBatchSplitRequest(writer: WireWriter, message: AskBatchSplitRequest): void {
  if (message.reason !== 0) {
    writer.int32(message.reason)
    writer.tag1(32)
  }
  if (message.splitCount !== 0) {
    writer.uint32(message.splitCount)
    writer.tag1(24)
  }
  if (message.region !== undefined) {
    const mark2 = writer.size
    metapb.Region.writeTo(writer, message.region)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeRequestHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface AskBatchSplitResponse {
  header: ResponseHeader | undefined
  ids: SplitID[]
}

export const AskBatchSplitResponse: MessageDefinition<AskBatchSplitResponse> = {
  typeName: 'pdpb.AskBatchSplitResponse',
  create: (init) => ({
    header: init?.header,
    ids: init?.ids ?? [],
  }),
  encode: (message) => encodeWith(writeAskBatchSplitResponse, message),
  decode: (bytes) => decodeWith('pdpb.AskBatchSplitResponse', readAskBatchSplitResponse, bytes),
  readFrom: readAskBatchSplitResponse,
  writeTo: writeAskBatchSplitResponse,
}

const AskBatchSplitResponseFields: readonly number[] = [1, 2]

function readAskBatchSplitResponse(reader: WireReader, end: number, into?: AskBatchSplitResponse): AskBatchSplitResponse {
  const message: AskBatchSplitResponse = into ?? { header: undefined, ids: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.ids.push(readSplitID(reader, reader.end()))
        break
      default:
        reader.skip(tag, AskBatchSplitResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeAskBatchSplitResponse(writer: WireWriter, message: AskBatchSplitResponse): void {
  for (let at = message.ids.length - 1; at >= 0; at--) {
    const value = message.ids[at]!
    const mark2 = writer.size
    writeSplitID(writer, value)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface SplitID {
  newRegionId: number
  newPeerIds: number[]
}

export const SplitID: MessageDefinition<SplitID> = {
  typeName: 'pdpb.SplitID',
  create: (init) => ({
    newRegionId: init?.newRegionId ?? 0,
    newPeerIds: init?.newPeerIds ?? [],
  }),
  encode: (message) => encodeWith(writeSplitID, message),
  decode: (bytes) => decodeWith('pdpb.SplitID', readSplitID, bytes),
  readFrom: readSplitID,
  writeTo: writeSplitID,
}

const SplitIDFields: readonly number[] = [1, 2]

function readSplitID(reader: WireReader, end: number, into?: SplitID): SplitID {
  const message: SplitID = into ?? { newRegionId: 0, newPeerIds: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.newRegionId = reader.uint64Number()
        break
      case 16:
        message.newPeerIds.push(reader.uint64Number())
        break
      case 18:
        {
          const packedEnd = reader.end()
          while (reader.pos < packedEnd) message.newPeerIds.push(reader.uint64Number())
          reader.close(packedEnd)
        }
        break
      default:
        reader.skip(tag, SplitIDFields)
    }
  }
  reader.close(end)
  return message
}

function writeSplitID(writer: WireWriter, message: SplitID): void {
  if (message.newPeerIds.length !== 0) {
    const mark = writer.size
    for (let at = message.newPeerIds.length - 1; at >= 0; at--) writer.uint64Number(message.newPeerIds[at]!)
    writer.length(mark)
    writer.tag1(18)
  }
  if (message.newRegionId !== 0) {
    writer.uint64Number(message.newRegionId)
    writer.tag1(8)
  }
}

export interface AskSplitRequest {
  header: RequestHeader | undefined
  region: metapb.Region | undefined
}

export const AskSplitRequest: MessageDefinition<AskSplitRequest> = {
  typeName: 'pdpb.AskSplitRequest',
  create: (init) => ({
    header: init?.header,
    region: init?.region,
  }),
  encode: (message) => encodeWith(writeAskSplitRequest, message),
  decode: (bytes) => decodeWith('pdpb.AskSplitRequest', readAskSplitRequest, bytes),
  readFrom: readAskSplitRequest,
  writeTo: writeAskSplitRequest,
}

const AskSplitRequestFields: readonly number[] = [1, 2]

function readAskSplitRequest(reader: WireReader, end: number, into?: AskSplitRequest): AskSplitRequest {
  const message: AskSplitRequest = into ?? { header: undefined, region: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readRequestHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.region = metapb.Region.readFrom(reader, reader.end(), message.region)
        break
      default:
        reader.skip(tag, AskSplitRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeAskSplitRequest(writer: WireWriter, message: AskSplitRequest): void {
  if (message.region !== undefined) {
    const mark2 = writer.size
    metapb.Region.writeTo(writer, message.region)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeRequestHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface AskSplitResponse {
  header: ResponseHeader | undefined
  newRegionId: number
  newPeerIds: number[]
}

export const AskSplitResponse: MessageDefinition<AskSplitResponse> = {
  typeName: 'pdpb.AskSplitResponse',
  create: (init) => ({
    header: init?.header,
    newRegionId: init?.newRegionId ?? 0,
    newPeerIds: init?.newPeerIds ?? [],
  }),
  encode: (message) => encodeWith(writeAskSplitResponse, message),
  decode: (bytes) => decodeWith('pdpb.AskSplitResponse', readAskSplitResponse, bytes),
  readFrom: readAskSplitResponse,
  writeTo: writeAskSplitResponse,
}

const AskSplitResponseFields: readonly number[] = [1, 2, 3]

function readAskSplitResponse(reader: WireReader, end: number, into?: AskSplitResponse): AskSplitResponse {
  const message: AskSplitResponse = into ?? { header: undefined, newRegionId: 0, newPeerIds: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 16:
        message.newRegionId = reader.uint64Number()
        break
      case 24:
        message.newPeerIds.push(reader.uint64Number())
        break
      case 26:
        {
          const packedEnd = reader.end()
          while (reader.pos < packedEnd) message.newPeerIds.push(reader.uint64Number())
          reader.close(packedEnd)
        }
        break
      default:
        reader.skip(tag, AskSplitResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeAskSplitResponse(writer: WireWriter, message: AskSplitResponse): void {
  if (message.newPeerIds.length !== 0) {
    const mark = writer.size
    for (let at = message.newPeerIds.length - 1; at >= 0; at--) writer.uint64Number(message.newPeerIds[at]!)
    writer.length(mark)
    writer.tag1(26)
  }
  if (message.newRegionId !== 0) {
    writer.uint64Number(message.newRegionId)
    writer.tag1(16)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface BootstrapRequest {
  header: RequestHeader | undefined
  store: metapb.Store | undefined
  region: metapb.Region | undefined
}

export const BootstrapRequest: MessageDefinition<BootstrapRequest> = {
  typeName: 'pdpb.BootstrapRequest',
  create: (init) => ({
    header: init?.header,
    store: init?.store,
    region: init?.region,
  }),
  encode: (message) => encodeWith(writeBootstrapRequest, message),
  decode: (bytes) => decodeWith('pdpb.BootstrapRequest', readBootstrapRequest, bytes),
  readFrom: readBootstrapRequest,
  writeTo: writeBootstrapRequest,
}

const BootstrapRequestFields: readonly number[] = [1, 2, 3]

function readBootstrapRequest(reader: WireReader, end: number, into?: BootstrapRequest): BootstrapRequest {
  const message: BootstrapRequest = into ?? { header: undefined, store: undefined, region: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readRequestHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.store = metapb.Store.readFrom(reader, reader.end(), message.store)
        break
      case 26:
        message.region = metapb.Region.readFrom(reader, reader.end(), message.region)
        break
      default:
        reader.skip(tag, BootstrapRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeBootstrapRequest(writer: WireWriter, message: BootstrapRequest): void {
  if (message.region !== undefined) {
    const mark3 = writer.size
    metapb.Region.writeTo(writer, message.region)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.store !== undefined) {
    const mark2 = writer.size
    metapb.Store.writeTo(writer, message.store)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeRequestHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface BootstrapResponse {
  header: ResponseHeader | undefined
  replicationStatus: replication_modepb.ReplicationStatus | undefined
}

export const BootstrapResponse: MessageDefinition<BootstrapResponse> = {
  typeName: 'pdpb.BootstrapResponse',
  create: (init) => ({
    header: init?.header,
    replicationStatus: init?.replicationStatus,
  }),
  encode: (message) => encodeWith(writeBootstrapResponse, message),
  decode: (bytes) => decodeWith('pdpb.BootstrapResponse', readBootstrapResponse, bytes),
  readFrom: readBootstrapResponse,
  writeTo: writeBootstrapResponse,
}

const BootstrapResponseFields: readonly number[] = [1, 2]

function readBootstrapResponse(reader: WireReader, end: number, into?: BootstrapResponse): BootstrapResponse {
  const message: BootstrapResponse = into ?? { header: undefined, replicationStatus: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.replicationStatus = replication_modepb.ReplicationStatus.readFrom(reader, reader.end(), message.replicationStatus)
        break
      default:
        reader.skip(tag, BootstrapResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeBootstrapResponse(writer: WireWriter, message: BootstrapResponse): void {
  if (message.replicationStatus !== undefined) {
    const mark2 = writer.size
    replication_modepb.ReplicationStatus.writeTo(writer, message.replicationStatus)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface DeleteGCBarrierRequest {
  header: RequestHeader | undefined
  keyspaceScope: KeyspaceScope | undefined
  barrierId: string
}

export const DeleteGCBarrierRequest: MessageDefinition<DeleteGCBarrierRequest> = {
  typeName: 'pdpb.DeleteGCBarrierRequest',
  create: (init) => ({
    header: init?.header,
    keyspaceScope: init?.keyspaceScope,
    barrierId: init?.barrierId ?? '',
  }),
  encode: (message) => encodeWith(writeDeleteGCBarrierRequest, message),
  decode: (bytes) => decodeWith('pdpb.DeleteGCBarrierRequest', readDeleteGCBarrierRequest, bytes),
  readFrom: readDeleteGCBarrierRequest,
  writeTo: writeDeleteGCBarrierRequest,
}

const DeleteGCBarrierRequestFields: readonly number[] = [1, 2, 3]

function readDeleteGCBarrierRequest(reader: WireReader, end: number, into?: DeleteGCBarrierRequest): DeleteGCBarrierRequest {
  const message: DeleteGCBarrierRequest = into ?? { header: undefined, keyspaceScope: undefined, barrierId: '' }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readRequestHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.keyspaceScope = readKeyspaceScope(reader, reader.end(), message.keyspaceScope)
        break
      case 26:
        message.barrierId = reader.string()
        break
      default:
        reader.skip(tag, DeleteGCBarrierRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeDeleteGCBarrierRequest(writer: WireWriter, message: DeleteGCBarrierRequest): void {
  if (message.barrierId !== '') {
    writer.string(message.barrierId)
    writer.tag1(26)
  }
  if (message.keyspaceScope !== undefined) {
    const mark2 = writer.size
    writeKeyspaceScope(writer, message.keyspaceScope)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeRequestHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface DeleteGCBarrierResponse {
  header: ResponseHeader | undefined
  deletedBarrierInfo: GCBarrierInfo | undefined
}

export const DeleteGCBarrierResponse: MessageDefinition<DeleteGCBarrierResponse> = {
  typeName: 'pdpb.DeleteGCBarrierResponse',
  create: (init) => ({
    header: init?.header,
    deletedBarrierInfo: init?.deletedBarrierInfo,
  }),
  encode: (message) => encodeWith(writeDeleteGCBarrierResponse, message),
  decode: (bytes) => decodeWith('pdpb.DeleteGCBarrierResponse', readDeleteGCBarrierResponse, bytes),
  readFrom: readDeleteGCBarrierResponse,
  writeTo: writeDeleteGCBarrierResponse,
}

const DeleteGCBarrierResponseFields: readonly number[] = [1, 2]

function readDeleteGCBarrierResponse(reader: WireReader, end: number, into?: DeleteGCBarrierResponse): DeleteGCBarrierResponse {
  const message: DeleteGCBarrierResponse = into ?? { header: undefined, deletedBarrierInfo: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.deletedBarrierInfo = readGCBarrierInfo(reader, reader.end(), message.deletedBarrierInfo)
        break
      default:
        reader.skip(tag, DeleteGCBarrierResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeDeleteGCBarrierResponse(writer: WireWriter, message: DeleteGCBarrierResponse): void {
  if (message.deletedBarrierInfo !== undefined) {
    const mark2 = writer.size
    writeGCBarrierInfo(writer, message.deletedBarrierInfo)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface GCBarrierInfo {
  barrierId: string
  barrierTs: bigint
  ttlSeconds: bigint
}

export const GCBarrierInfo: MessageDefinition<GCBarrierInfo> = {
  typeName: 'pdpb.GCBarrierInfo',
  create: (init) => ({
    barrierId: init?.barrierId ?? '',
    barrierTs: init?.barrierTs ?? 0n,
    ttlSeconds: init?.ttlSeconds ?? 0n,
  }),
  encode: (message) => encodeWith(writeGCBarrierInfo, message),
  decode: (bytes) => decodeWith('pdpb.GCBarrierInfo', readGCBarrierInfo, bytes),
  readFrom: readGCBarrierInfo,
  writeTo: writeGCBarrierInfo,
}

const GCBarrierInfoFields: readonly number[] = [1, 2, 3]

function readGCBarrierInfo(reader: WireReader, end: number, into?: GCBarrierInfo): GCBarrierInfo {
  const message: GCBarrierInfo = into ?? { barrierId: '', barrierTs: 0n, ttlSeconds: 0n }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.barrierId = reader.string()
        break
      case 16:
        message.barrierTs = reader.uint64()
        break
      case 24:
        message.ttlSeconds = reader.int64()
        break
      default:
        reader.skip(tag, GCBarrierInfoFields)
    }
  }
  reader.close(end)
  return message
}

function writeGCBarrierInfo(writer: WireWriter, message: GCBarrierInfo): void {
  if (message.ttlSeconds !== 0n) {
    writer.int64(message.ttlSeconds)
    writer.tag1(24)
  }
  if (message.barrierTs !== 0n) {
    writer.uint64(message.barrierTs)
    writer.tag1(16)
  }
  if (message.barrierId !== '') {
    writer.string(message.barrierId)
    writer.tag1(10)
  }
}

export interface DeleteGlobalGCBarrierRequest {
  header: RequestHeader | undefined
  barrierId: string
}

export const DeleteGlobalGCBarrierRequest: MessageDefinition<DeleteGlobalGCBarrierRequest> = {
  typeName: 'pdpb.DeleteGlobalGCBarrierRequest',
  create: (init) => ({
    header: init?.header,
    barrierId: init?.barrierId ?? '',
  }),
  encode: (message) => encodeWith(writeDeleteGlobalGCBarrierRequest, message),
  decode: (bytes) => decodeWith('pdpb.DeleteGlobalGCBarrierRequest', readDeleteGlobalGCBarrierRequest, bytes),
  readFrom: readDeleteGlobalGCBarrierRequest,
  writeTo: writeDeleteGlobalGCBarrierRequest,
}

const DeleteGlobalGCBarrierRequestFields: readonly number[] = [1, 2]

function readDeleteGlobalGCBarrierRequest(reader: WireReader, end: number, into?: DeleteGlobalGCBarrierRequest): DeleteGlobalGCBarrierRequest {
  const message: DeleteGlobalGCBarrierRequest = into ?? { header: undefined, barrierId: '' }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readRequestHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.barrierId = reader.string()
        break
      default:
        reader.skip(tag, DeleteGlobalGCBarrierRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeDeleteGlobalGCBarrierRequest(writer: WireWriter, message: DeleteGlobalGCBarrierRequest): void {
  if (message.barrierId !== '') {
    writer.string(message.barrierId)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeRequestHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface DeleteGlobalGCBarrierResponse {
  header: ResponseHeader | undefined
  deletedBarrierInfo: GlobalGCBarrierInfo | undefined
}

export const DeleteGlobalGCBarrierResponse: MessageDefinition<DeleteGlobalGCBarrierResponse> = {
  typeName: 'pdpb.DeleteGlobalGCBarrierResponse',
  create: (init) => ({
    header: init?.header,
    deletedBarrierInfo: init?.deletedBarrierInfo,
  }),
  encode: (message) => encodeWith(writeDeleteGlobalGCBarrierResponse, message),
  decode: (bytes) => decodeWith('pdpb.DeleteGlobalGCBarrierResponse', readDeleteGlobalGCBarrierResponse, bytes),
  readFrom: readDeleteGlobalGCBarrierResponse,
  writeTo: writeDeleteGlobalGCBarrierResponse,
}

const DeleteGlobalGCBarrierResponseFields: readonly number[] = [1, 2]

function readDeleteGlobalGCBarrierResponse(reader: WireReader, end: number, into?: DeleteGlobalGCBarrierResponse): DeleteGlobalGCBarrierResponse {
  const message: DeleteGlobalGCBarrierResponse = into ?? { header: undefined, deletedBarrierInfo: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.deletedBarrierInfo = readGlobalGCBarrierInfo(reader, reader.end(), message.deletedBarrierInfo)
        break
      default:
        reader.skip(tag, DeleteGlobalGCBarrierResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeDeleteGlobalGCBarrierResponse(writer: WireWriter, message: DeleteGlobalGCBarrierResponse): void {
  if (message.deletedBarrierInfo !== undefined) {
    const mark2 = writer.size
    writeGlobalGCBarrierInfo(writer, message.deletedBarrierInfo)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface GlobalGCBarrierInfo {
  barrierId: string
  barrierTs: bigint
  ttlSeconds: bigint
}

export const GlobalGCBarrierInfo: MessageDefinition<GlobalGCBarrierInfo> = {
  typeName: 'pdpb.GlobalGCBarrierInfo',
  create: (init) => ({
    barrierId: init?.barrierId ?? '',
    barrierTs: init?.barrierTs ?? 0n,
    ttlSeconds: init?.ttlSeconds ?? 0n,
  }),
  encode: (message) => encodeWith(writeGlobalGCBarrierInfo, message),
  decode: (bytes) => decodeWith('pdpb.GlobalGCBarrierInfo', readGlobalGCBarrierInfo, bytes),
  readFrom: readGlobalGCBarrierInfo,
  writeTo: writeGlobalGCBarrierInfo,
}

const GlobalGCBarrierInfoFields: readonly number[] = [1, 2, 3]

function readGlobalGCBarrierInfo(reader: WireReader, end: number, into?: GlobalGCBarrierInfo): GlobalGCBarrierInfo {
  const message: GlobalGCBarrierInfo = into ?? { barrierId: '', barrierTs: 0n, ttlSeconds: 0n }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.barrierId = reader.string()
        break
      case 16:
        message.barrierTs = reader.uint64()
        break
      case 24:
        message.ttlSeconds = reader.int64()
        break
      default:
        reader.skip(tag, GlobalGCBarrierInfoFields)
    }
  }
  reader.close(end)
  return message
}

function writeGlobalGCBarrierInfo(writer: WireWriter, message: GlobalGCBarrierInfo): void {
  if (message.ttlSeconds !== 0n) {
    writer.int64(message.ttlSeconds)
    writer.tag1(24)
  }
  if (message.barrierTs !== 0n) {
    writer.uint64(message.barrierTs)
    writer.tag1(16)
  }
  if (message.barrierId !== '') {
    writer.string(message.barrierId)
    writer.tag1(10)
  }
}

export interface GetAllGCSafePointV2Request {
  header: RequestHeader | undefined
}

export const GetAllGCSafePointV2Request: MessageDefinition<GetAllGCSafePointV2Request> = {
  typeName: 'pdpb.GetAllGCSafePointV2Request',
  create: (init) => ({
    header: init?.header,
  }),
  encode: (message) => encodeWith(writeGetAllGCSafePointV2Request, message),
  decode: (bytes) => decodeWith('pdpb.GetAllGCSafePointV2Request', readGetAllGCSafePointV2Request, bytes),
  readFrom: readGetAllGCSafePointV2Request,
  writeTo: writeGetAllGCSafePointV2Request,
}

const GetAllGCSafePointV2RequestFields: readonly number[] = [1]

function readGetAllGCSafePointV2Request(reader: WireReader, end: number, into?: GetAllGCSafePointV2Request): GetAllGCSafePointV2Request {
  const message: GetAllGCSafePointV2Request = into ?? { header: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readRequestHeader(reader, reader.end(), message.header)
        break
      default:
        reader.skip(tag, GetAllGCSafePointV2RequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeGetAllGCSafePointV2Request(writer: WireWriter, message: GetAllGCSafePointV2Request): void {
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeRequestHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface GetAllGCSafePointV2Response {
  header: ResponseHeader | undefined
  gcSafePoints: GCSafePointV2[]
  revision: number
}

export const GetAllGCSafePointV2Response: MessageDefinition<GetAllGCSafePointV2Response> = {
  typeName: 'pdpb.GetAllGCSafePointV2Response',
  create: (init) => ({
    header: init?.header,
    gcSafePoints: init?.gcSafePoints ?? [],
    revision: init?.revision ?? 0,
  }),
  encode: (message) => encodeWith(writeGetAllGCSafePointV2Response, message),
  decode: (bytes) => decodeWith('pdpb.GetAllGCSafePointV2Response', readGetAllGCSafePointV2Response, bytes),
  readFrom: readGetAllGCSafePointV2Response,
  writeTo: writeGetAllGCSafePointV2Response,
}

const GetAllGCSafePointV2ResponseFields: readonly number[] = [1, 2, 3]

function readGetAllGCSafePointV2Response(reader: WireReader, end: number, into?: GetAllGCSafePointV2Response): GetAllGCSafePointV2Response {
  const message: GetAllGCSafePointV2Response = into ?? { header: undefined, gcSafePoints: [], revision: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.gcSafePoints.push(readGCSafePointV2(reader, reader.end()))
        break
      case 24:
        message.revision = reader.int64Number()
        break
      default:
        reader.skip(tag, GetAllGCSafePointV2ResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeGetAllGCSafePointV2Response(writer: WireWriter, message: GetAllGCSafePointV2Response): void {
  if (message.revision !== 0) {
    writer.int64Number(message.revision)
    writer.tag1(24)
  }
  for (let at = message.gcSafePoints.length - 1; at >= 0; at--) {
    const value = message.gcSafePoints[at]!
    const mark2 = writer.size
    writeGCSafePointV2(writer, value)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface GCSafePointV2 {
  keyspace: GCSafePointV2_Keyspace | undefined
  gcSafePoint: bigint
}

export type GCSafePointV2_Keyspace =
  | { case: 'keyspaceId'; value: number }
  | { case: 'keyspaceIdentity'; value: apipb.KeyspaceIdentity }

export const GCSafePointV2: MessageDefinition<GCSafePointV2> = {
  typeName: 'pdpb.GCSafePointV2',
  create: (init) => ({
    keyspace: init?.keyspace,
    gcSafePoint: init?.gcSafePoint ?? 0n,
  }),
  encode: (message) => encodeWith(writeGCSafePointV2, message),
  decode: (bytes) => decodeWith('pdpb.GCSafePointV2', readGCSafePointV2, bytes),
  readFrom: readGCSafePointV2,
  writeTo: writeGCSafePointV2,
}

const GCSafePointV2Fields: readonly number[] = [1, 2, 3]

function readGCSafePointV2(reader: WireReader, end: number, into?: GCSafePointV2): GCSafePointV2 {
  const message: GCSafePointV2 = into ?? { keyspace: undefined, gcSafePoint: 0n }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.keyspace = { case: 'keyspaceId', value: reader.uint32() }
        break
      case 16:
        message.gcSafePoint = reader.uint64()
        break
      case 26:
        message.keyspace = { case: 'keyspaceIdentity', value: apipb.KeyspaceIdentity.readFrom(reader, reader.end(), message.keyspace?.case === 'keyspaceIdentity' ? message.keyspace.value : undefined) }
        break
      default:
        reader.skip(tag, GCSafePointV2Fields)
    }
  }
  reader.close(end)
  return message
}

function writeGCSafePointV2(writer: WireWriter, message: GCSafePointV2): void {
  if (message.keyspace?.case === 'keyspaceIdentity') {
    const value = message.keyspace.value
    const mark3 = writer.size
    apipb.KeyspaceIdentity.writeTo(writer, value)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.gcSafePoint !== 0n) {
    writer.uint64(message.gcSafePoint)
    writer.tag1(16)
  }
  if (message.keyspace?.case === 'keyspaceId') {
    const value = message.keyspace.value
    writer.uint32(value)
    writer.tag1(8)
  }
}

export interface GetAllKeyspacesGCStatesRequest {
  header: RequestHeader | undefined
  excludeGcBarriers: boolean
  excludeGlobalGcBarriers: boolean
}

export const GetAllKeyspacesGCStatesRequest: MessageDefinition<GetAllKeyspacesGCStatesRequest> = {
  typeName: 'pdpb.GetAllKeyspacesGCStatesRequest',
  create: (init) => ({
    header: init?.header,
    excludeGcBarriers: init?.excludeGcBarriers ?? false,
    excludeGlobalGcBarriers: init?.excludeGlobalGcBarriers ?? false,
  }),
  encode: (message) => encodeWith(writeGetAllKeyspacesGCStatesRequest, message),
  decode: (bytes) => decodeWith('pdpb.GetAllKeyspacesGCStatesRequest', readGetAllKeyspacesGCStatesRequest, bytes),
  readFrom: readGetAllKeyspacesGCStatesRequest,
  writeTo: writeGetAllKeyspacesGCStatesRequest,
}

const GetAllKeyspacesGCStatesRequestFields: readonly number[] = [1, 2, 3]

function readGetAllKeyspacesGCStatesRequest(reader: WireReader, end: number, into?: GetAllKeyspacesGCStatesRequest): GetAllKeyspacesGCStatesRequest {
  const message: GetAllKeyspacesGCStatesRequest = into ?? { header: undefined, excludeGcBarriers: false, excludeGlobalGcBarriers: false }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readRequestHeader(reader, reader.end(), message.header)
        break
      case 16:
        message.excludeGcBarriers = reader.bool()
        break
      case 24:
        message.excludeGlobalGcBarriers = reader.bool()
        break
      default:
        reader.skip(tag, GetAllKeyspacesGCStatesRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeGetAllKeyspacesGCStatesRequest(writer: WireWriter, message: GetAllKeyspacesGCStatesRequest): void {
  if (message.excludeGlobalGcBarriers) {
    writer.bool(message.excludeGlobalGcBarriers)
    writer.tag1(24)
  }
  if (message.excludeGcBarriers) {
    writer.bool(message.excludeGcBarriers)
    writer.tag1(16)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeRequestHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface GetAllKeyspacesGCStatesResponse {
  header: ResponseHeader | undefined
  gcStates: GCState[]
  globalGcBarriers: GlobalGCBarrierInfo[]
}

export const GetAllKeyspacesGCStatesResponse: MessageDefinition<GetAllKeyspacesGCStatesResponse> = {
  typeName: 'pdpb.GetAllKeyspacesGCStatesResponse',
  create: (init) => ({
    header: init?.header,
    gcStates: init?.gcStates ?? [],
    globalGcBarriers: init?.globalGcBarriers ?? [],
  }),
  encode: (message) => encodeWith(writeGetAllKeyspacesGCStatesResponse, message),
  decode: (bytes) => decodeWith('pdpb.GetAllKeyspacesGCStatesResponse', readGetAllKeyspacesGCStatesResponse, bytes),
  readFrom: readGetAllKeyspacesGCStatesResponse,
  writeTo: writeGetAllKeyspacesGCStatesResponse,
}

const GetAllKeyspacesGCStatesResponseFields: readonly number[] = [1, 2, 3]

function readGetAllKeyspacesGCStatesResponse(reader: WireReader, end: number, into?: GetAllKeyspacesGCStatesResponse): GetAllKeyspacesGCStatesResponse {
  const message: GetAllKeyspacesGCStatesResponse = into ?? { header: undefined, gcStates: [], globalGcBarriers: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.gcStates.push(readGCState(reader, reader.end()))
        break
      case 26:
        message.globalGcBarriers.push(readGlobalGCBarrierInfo(reader, reader.end()))
        break
      default:
        reader.skip(tag, GetAllKeyspacesGCStatesResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeGetAllKeyspacesGCStatesResponse(writer: WireWriter, message: GetAllKeyspacesGCStatesResponse): void {
  for (let at = message.globalGcBarriers.length - 1; at >= 0; at--) {
    const value = message.globalGcBarriers[at]!
    const mark3 = writer.size
    writeGlobalGCBarrierInfo(writer, value)
    writer.length(mark3)
    writer.tag1(26)
  }
  for (let at = message.gcStates.length - 1; at >= 0; at--) {
    const value = message.gcStates[at]!
    const mark2 = writer.size
    writeGCState(writer, value)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface GCState {
  keyspaceScope: KeyspaceScope | undefined
  isKeyspaceLevelGc: boolean
  txnSafePoint: bigint
  gcSafePoint: bigint
  gcBarriers: GCBarrierInfo[]
}

export const GCState: MessageDefinition<GCState> = {
  typeName: 'pdpb.GCState',
  create: (init) => ({
    keyspaceScope: init?.keyspaceScope,
    isKeyspaceLevelGc: init?.isKeyspaceLevelGc ?? false,
    txnSafePoint: init?.txnSafePoint ?? 0n,
    gcSafePoint: init?.gcSafePoint ?? 0n,
    gcBarriers: init?.gcBarriers ?? [],
  }),
  encode: (message) => encodeWith(writeGCState, message),
  decode: (bytes) => decodeWith('pdpb.GCState', readGCState, bytes),
  readFrom: readGCState,
  writeTo: writeGCState,
}

const GCStateFields: readonly number[] = [1, 2, 3, 4, 5]

function readGCState(reader: WireReader, end: number, into?: GCState): GCState {
  const message: GCState = into ?? { keyspaceScope: undefined, isKeyspaceLevelGc: false, txnSafePoint: 0n, gcSafePoint: 0n, gcBarriers: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.keyspaceScope = readKeyspaceScope(reader, reader.end(), message.keyspaceScope)
        break
      case 16:
        message.isKeyspaceLevelGc = reader.bool()
        break
      case 24:
        message.txnSafePoint = reader.uint64()
        break
      case 32:
        message.gcSafePoint = reader.uint64()
        break
      case 42:
        message.gcBarriers.push(readGCBarrierInfo(reader, reader.end()))
        break
      default:
        reader.skip(tag, GCStateFields)
    }
  }
  reader.close(end)
  return message
}

function writeGCState(writer: WireWriter, message: GCState): void {
  for (let at = message.gcBarriers.length - 1; at >= 0; at--) {
    const value = message.gcBarriers[at]!
    const mark5 = writer.size
    writeGCBarrierInfo(writer, value)
    writer.length(mark5)
    writer.tag1(42)
  }
  if (message.gcSafePoint !== 0n) {
    writer.uint64(message.gcSafePoint)
    writer.tag1(32)
  }
  if (message.txnSafePoint !== 0n) {
    writer.uint64(message.txnSafePoint)
    writer.tag1(24)
  }
  if (message.isKeyspaceLevelGc) {
    writer.bool(message.isKeyspaceLevelGc)
    writer.tag1(16)
  }
  if (message.keyspaceScope !== undefined) {
    const mark1 = writer.size
    writeKeyspaceScope(writer, message.keyspaceScope)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface GetAllStoresRequest {
  header: RequestHeader | undefined
  excludeTombstoneStores: boolean
}

export const GetAllStoresRequest: MessageDefinition<GetAllStoresRequest> = {
  typeName: 'pdpb.GetAllStoresRequest',
  create: (init) => ({
    header: init?.header,
    excludeTombstoneStores: init?.excludeTombstoneStores ?? false,
  }),
  encode: (message) => encodeWith(writeGetAllStoresRequest, message),
  decode: (bytes) => decodeWith('pdpb.GetAllStoresRequest', readGetAllStoresRequest, bytes),
  readFrom: readGetAllStoresRequest,
  writeTo: writeGetAllStoresRequest,
}

const GetAllStoresRequestFields: readonly number[] = [1, 2]

function readGetAllStoresRequest(reader: WireReader, end: number, into?: GetAllStoresRequest): GetAllStoresRequest {
  const message: GetAllStoresRequest = into ?? { header: undefined, excludeTombstoneStores: false }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readRequestHeader(reader, reader.end(), message.header)
        break
      case 16:
        message.excludeTombstoneStores = reader.bool()
        break
      default:
        reader.skip(tag, GetAllStoresRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeGetAllStoresRequest(writer: WireWriter, message: GetAllStoresRequest): void {
  if (message.excludeTombstoneStores) {
    writer.bool(message.excludeTombstoneStores)
    writer.tag1(16)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeRequestHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface GetAllStoresResponse {
  header: ResponseHeader | undefined
  stores: metapb.Store[]
}

export const GetAllStoresResponse: MessageDefinition<GetAllStoresResponse> = {
  typeName: 'pdpb.GetAllStoresResponse',
  create: (init) => ({
    header: init?.header,
    stores: init?.stores ?? [],
  }),
  encode: (message) => encodeWith(writeGetAllStoresResponse, message),
  decode: (bytes) => decodeWith('pdpb.GetAllStoresResponse', readGetAllStoresResponse, bytes),
  readFrom: readGetAllStoresResponse,
  writeTo: writeGetAllStoresResponse,
}

const GetAllStoresResponseFields: readonly number[] = [1, 2]

function readGetAllStoresResponse(reader: WireReader, end: number, into?: GetAllStoresResponse): GetAllStoresResponse {
  const message: GetAllStoresResponse = into ?? { header: undefined, stores: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.stores.push(metapb.Store.readFrom(reader, reader.end()))
        break
      default:
        reader.skip(tag, GetAllStoresResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeGetAllStoresResponse(writer: WireWriter, message: GetAllStoresResponse): void {
  for (let at = message.stores.length - 1; at >= 0; at--) {
    const value = message.stores[at]!
    const mark2 = writer.size
    metapb.Store.writeTo(writer, value)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface GetClusterConfigRequest {
  header: RequestHeader | undefined
}

export const GetClusterConfigRequest: MessageDefinition<GetClusterConfigRequest> = {
  typeName: 'pdpb.GetClusterConfigRequest',
  create: (init) => ({
    header: init?.header,
  }),
  encode: (message) => encodeWith(writeGetClusterConfigRequest, message),
  decode: (bytes) => decodeWith('pdpb.GetClusterConfigRequest', readGetClusterConfigRequest, bytes),
  readFrom: readGetClusterConfigRequest,
  writeTo: writeGetClusterConfigRequest,
}

const GetClusterConfigRequestFields: readonly number[] = [1]

function readGetClusterConfigRequest(reader: WireReader, end: number, into?: GetClusterConfigRequest): GetClusterConfigRequest {
  const message: GetClusterConfigRequest = into ?? { header: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readRequestHeader(reader, reader.end(), message.header)
        break
      default:
        reader.skip(tag, GetClusterConfigRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeGetClusterConfigRequest(writer: WireWriter, message: GetClusterConfigRequest): void {
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeRequestHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface GetClusterConfigResponse {
  header: ResponseHeader | undefined
  cluster: metapb.Cluster | undefined
}

export const GetClusterConfigResponse: MessageDefinition<GetClusterConfigResponse> = {
  typeName: 'pdpb.GetClusterConfigResponse',
  create: (init) => ({
    header: init?.header,
    cluster: init?.cluster,
  }),
  encode: (message) => encodeWith(writeGetClusterConfigResponse, message),
  decode: (bytes) => decodeWith('pdpb.GetClusterConfigResponse', readGetClusterConfigResponse, bytes),
  readFrom: readGetClusterConfigResponse,
  writeTo: writeGetClusterConfigResponse,
}

const GetClusterConfigResponseFields: readonly number[] = [1, 2]

function readGetClusterConfigResponse(reader: WireReader, end: number, into?: GetClusterConfigResponse): GetClusterConfigResponse {
  const message: GetClusterConfigResponse = into ?? { header: undefined, cluster: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.cluster = metapb.Cluster.readFrom(reader, reader.end(), message.cluster)
        break
      default:
        reader.skip(tag, GetClusterConfigResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeGetClusterConfigResponse(writer: WireWriter, message: GetClusterConfigResponse): void {
  if (message.cluster !== undefined) {
    const mark2 = writer.size
    metapb.Cluster.writeTo(writer, message.cluster)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface GetClusterInfoRequest {
  header: ResponseHeader | undefined
}

export const GetClusterInfoRequest: MessageDefinition<GetClusterInfoRequest> = {
  typeName: 'pdpb.GetClusterInfoRequest',
  create: (init) => ({
    header: init?.header,
  }),
  encode: (message) => encodeWith(writeGetClusterInfoRequest, message),
  decode: (bytes) => decodeWith('pdpb.GetClusterInfoRequest', readGetClusterInfoRequest, bytes),
  readFrom: readGetClusterInfoRequest,
  writeTo: writeGetClusterInfoRequest,
}

const GetClusterInfoRequestFields: readonly number[] = [1]

function readGetClusterInfoRequest(reader: WireReader, end: number, into?: GetClusterInfoRequest): GetClusterInfoRequest {
  const message: GetClusterInfoRequest = into ?? { header: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      default:
        reader.skip(tag, GetClusterInfoRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeGetClusterInfoRequest(writer: WireWriter, message: GetClusterInfoRequest): void {
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface GetClusterInfoResponse {
  header: ResponseHeader | undefined
  serviceModes: ServiceMode[]
  tsoUrls: string[]
}

export const GetClusterInfoResponse: MessageDefinition<GetClusterInfoResponse> = {
  typeName: 'pdpb.GetClusterInfoResponse',
  create: (init) => ({
    header: init?.header,
    serviceModes: init?.serviceModes ?? [],
    tsoUrls: init?.tsoUrls ?? [],
  }),
  encode: (message) => encodeWith(writeGetClusterInfoResponse, message),
  decode: (bytes) => decodeWith('pdpb.GetClusterInfoResponse', readGetClusterInfoResponse, bytes),
  readFrom: readGetClusterInfoResponse,
  writeTo: writeGetClusterInfoResponse,
}

const GetClusterInfoResponseFields: readonly number[] = [1, 2, 3]

function readGetClusterInfoResponse(reader: WireReader, end: number, into?: GetClusterInfoResponse): GetClusterInfoResponse {
  const message: GetClusterInfoResponse = into ?? { header: undefined, serviceModes: [], tsoUrls: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 16:
        message.serviceModes.push(reader.int32() as ServiceMode)
        break
      case 18:
        {
          const packedEnd = reader.end()
          while (reader.pos < packedEnd) message.serviceModes.push(reader.int32() as ServiceMode)
          reader.close(packedEnd)
        }
        break
      case 26:
        message.tsoUrls.push(reader.string())
        break
      default:
        reader.skip(tag, GetClusterInfoResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeGetClusterInfoResponse(writer: WireWriter, message: GetClusterInfoResponse): void {
  for (let at = message.tsoUrls.length - 1; at >= 0; at--) {
    const value = message.tsoUrls[at]!
    writer.string(value)
    writer.tag1(26)
  }
  if (message.serviceModes.length !== 0) {
    const mark = writer.size
    for (let at = message.serviceModes.length - 1; at >= 0; at--) writer.int32(message.serviceModes[at]!)
    writer.length(mark)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface GetDCLocationInfoRequest {
  header: RequestHeader | undefined
  dcLocation: string
}

export const GetDCLocationInfoRequest: MessageDefinition<GetDCLocationInfoRequest> = {
  typeName: 'pdpb.GetDCLocationInfoRequest',
  create: (init) => ({
    header: init?.header,
    dcLocation: init?.dcLocation ?? '',
  }),
  encode: (message) => encodeWith(writeGetDCLocationInfoRequest, message),
  decode: (bytes) => decodeWith('pdpb.GetDCLocationInfoRequest', readGetDCLocationInfoRequest, bytes),
  readFrom: readGetDCLocationInfoRequest,
  writeTo: writeGetDCLocationInfoRequest,
}

const GetDCLocationInfoRequestFields: readonly number[] = [1, 2]

function readGetDCLocationInfoRequest(reader: WireReader, end: number, into?: GetDCLocationInfoRequest): GetDCLocationInfoRequest {
  const message: GetDCLocationInfoRequest = into ?? { header: undefined, dcLocation: '' }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readRequestHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.dcLocation = reader.string()
        break
      default:
        reader.skip(tag, GetDCLocationInfoRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeGetDCLocationInfoRequest(writer: WireWriter, message: GetDCLocationInfoRequest): void {
  if (message.dcLocation !== '') {
    writer.string(message.dcLocation)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeRequestHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface GetDCLocationInfoResponse {
  header: ResponseHeader | undefined
  suffix: number
  maxTs: Timestamp | undefined
}

export const GetDCLocationInfoResponse: MessageDefinition<GetDCLocationInfoResponse> = {
  typeName: 'pdpb.GetDCLocationInfoResponse',
  create: (init) => ({
    header: init?.header,
    suffix: init?.suffix ?? 0,
    maxTs: init?.maxTs,
  }),
  encode: (message) => encodeWith(writeGetDCLocationInfoResponse, message),
  decode: (bytes) => decodeWith('pdpb.GetDCLocationInfoResponse', readGetDCLocationInfoResponse, bytes),
  readFrom: readGetDCLocationInfoResponse,
  writeTo: writeGetDCLocationInfoResponse,
}

const GetDCLocationInfoResponseFields: readonly number[] = [1, 2, 3]

function readGetDCLocationInfoResponse(reader: WireReader, end: number, into?: GetDCLocationInfoResponse): GetDCLocationInfoResponse {
  const message: GetDCLocationInfoResponse = into ?? { header: undefined, suffix: 0, maxTs: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 16:
        message.suffix = reader.int32()
        break
      case 26:
        message.maxTs = readTimestamp(reader, reader.end(), message.maxTs)
        break
      default:
        reader.skip(tag, GetDCLocationInfoResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeGetDCLocationInfoResponse(writer: WireWriter, message: GetDCLocationInfoResponse): void {
  if (message.maxTs !== undefined) {
    const mark3 = writer.size
    writeTimestamp(writer, message.maxTs)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.suffix !== 0) {
    writer.int32(message.suffix)
    writer.tag1(16)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface Timestamp {
  physical: number
  logical: number
  suffixBits: number
}

export const Timestamp: MessageDefinition<Timestamp> = {
  typeName: 'pdpb.Timestamp',
  create: (init) => ({
    physical: init?.physical ?? 0,
    logical: init?.logical ?? 0,
    suffixBits: init?.suffixBits ?? 0,
  }),
  encode: (message) => encodeWith(writeTimestamp, message),
  decode: (bytes) => decodeWith('pdpb.Timestamp', readTimestamp, bytes),
  readFrom: readTimestamp,
  writeTo: writeTimestamp,
}

const TimestampFields: readonly number[] = [1, 2, 3]

function readTimestamp(reader: WireReader, end: number, into?: Timestamp): Timestamp {
  const message: Timestamp = into ?? { physical: 0, logical: 0, suffixBits: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.physical = reader.int64Number()
        break
      case 16:
        message.logical = reader.int64Number()
        break
      case 24:
        message.suffixBits = reader.uint32()
        break
      default:
        reader.skip(tag, TimestampFields)
    }
  }
  reader.close(end)
  return message
}

function writeTimestamp(writer: WireWriter, message: Timestamp): void {
  if (message.suffixBits !== 0) {
    writer.uint32(message.suffixBits)
    writer.tag1(24)
  }
  if (message.logical !== 0) {
    writer.int64Number(message.logical)
    writer.tag1(16)
  }
  if (message.physical !== 0) {
    writer.int64Number(message.physical)
    writer.tag1(8)
  }
}

export interface GetExternalTimestampRequest {
  header: RequestHeader | undefined
}

export const GetExternalTimestampRequest: MessageDefinition<GetExternalTimestampRequest> = {
  typeName: 'pdpb.GetExternalTimestampRequest',
  create: (init) => ({
    header: init?.header,
  }),
  encode: (message) => encodeWith(writeGetExternalTimestampRequest, message),
  decode: (bytes) => decodeWith('pdpb.GetExternalTimestampRequest', readGetExternalTimestampRequest, bytes),
  readFrom: readGetExternalTimestampRequest,
  writeTo: writeGetExternalTimestampRequest,
}

const GetExternalTimestampRequestFields: readonly number[] = [1]

function readGetExternalTimestampRequest(reader: WireReader, end: number, into?: GetExternalTimestampRequest): GetExternalTimestampRequest {
  const message: GetExternalTimestampRequest = into ?? { header: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readRequestHeader(reader, reader.end(), message.header)
        break
      default:
        reader.skip(tag, GetExternalTimestampRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeGetExternalTimestampRequest(writer: WireWriter, message: GetExternalTimestampRequest): void {
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeRequestHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface GetExternalTimestampResponse {
  header: ResponseHeader | undefined
  timestamp: bigint
}

export const GetExternalTimestampResponse: MessageDefinition<GetExternalTimestampResponse> = {
  typeName: 'pdpb.GetExternalTimestampResponse',
  create: (init) => ({
    header: init?.header,
    timestamp: init?.timestamp ?? 0n,
  }),
  encode: (message) => encodeWith(writeGetExternalTimestampResponse, message),
  decode: (bytes) => decodeWith('pdpb.GetExternalTimestampResponse', readGetExternalTimestampResponse, bytes),
  readFrom: readGetExternalTimestampResponse,
  writeTo: writeGetExternalTimestampResponse,
}

const GetExternalTimestampResponseFields: readonly number[] = [1, 2]

function readGetExternalTimestampResponse(reader: WireReader, end: number, into?: GetExternalTimestampResponse): GetExternalTimestampResponse {
  const message: GetExternalTimestampResponse = into ?? { header: undefined, timestamp: 0n }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 16:
        message.timestamp = reader.uint64()
        break
      default:
        reader.skip(tag, GetExternalTimestampResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeGetExternalTimestampResponse(writer: WireWriter, message: GetExternalTimestampResponse): void {
  if (message.timestamp !== 0n) {
    writer.uint64(message.timestamp)
    writer.tag1(16)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface GetGCSafePointRequest {
  header: RequestHeader | undefined
}

export const GetGCSafePointRequest: MessageDefinition<GetGCSafePointRequest> = {
  typeName: 'pdpb.GetGCSafePointRequest',
  create: (init) => ({
    header: init?.header,
  }),
  encode: (message) => encodeWith(writeGetGCSafePointRequest, message),
  decode: (bytes) => decodeWith('pdpb.GetGCSafePointRequest', readGetGCSafePointRequest, bytes),
  readFrom: readGetGCSafePointRequest,
  writeTo: writeGetGCSafePointRequest,
}

const GetGCSafePointRequestFields: readonly number[] = [1]

function readGetGCSafePointRequest(reader: WireReader, end: number, into?: GetGCSafePointRequest): GetGCSafePointRequest {
  const message: GetGCSafePointRequest = into ?? { header: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readRequestHeader(reader, reader.end(), message.header)
        break
      default:
        reader.skip(tag, GetGCSafePointRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeGetGCSafePointRequest(writer: WireWriter, message: GetGCSafePointRequest): void {
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeRequestHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface GetGCSafePointResponse {
  header: ResponseHeader | undefined
  safePoint: bigint
}

export const GetGCSafePointResponse: MessageDefinition<GetGCSafePointResponse> = {
  typeName: 'pdpb.GetGCSafePointResponse',
  create: (init) => ({
    header: init?.header,
    safePoint: init?.safePoint ?? 0n,
  }),
  encode: (message) => encodeWith(writeGetGCSafePointResponse, message),
  decode: (bytes) => decodeWith('pdpb.GetGCSafePointResponse', readGetGCSafePointResponse, bytes),
  readFrom: readGetGCSafePointResponse,
  writeTo: writeGetGCSafePointResponse,
}

const GetGCSafePointResponseFields: readonly number[] = [1, 2]

function readGetGCSafePointResponse(reader: WireReader, end: number, into?: GetGCSafePointResponse): GetGCSafePointResponse {
  const message: GetGCSafePointResponse = into ?? { header: undefined, safePoint: 0n }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 16:
        message.safePoint = reader.uint64()
        break
      default:
        reader.skip(tag, GetGCSafePointResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeGetGCSafePointResponse(writer: WireWriter, message: GetGCSafePointResponse): void {
  if (message.safePoint !== 0n) {
    writer.uint64(message.safePoint)
    writer.tag1(16)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface GetGCSafePointV2Request {
  header: RequestHeader | undefined
  keyspace: GetGCSafePointV2Request_Keyspace | undefined
}

export type GetGCSafePointV2Request_Keyspace =
  | { case: 'keyspaceId'; value: number }
  | { case: 'keyspaceIdentity'; value: apipb.KeyspaceIdentity }

export const GetGCSafePointV2Request: MessageDefinition<GetGCSafePointV2Request> = {
  typeName: 'pdpb.GetGCSafePointV2Request',
  create: (init) => ({
    header: init?.header,
    keyspace: init?.keyspace,
  }),
  encode: (message) => encodeWith(writeGetGCSafePointV2Request, message),
  decode: (bytes) => decodeWith('pdpb.GetGCSafePointV2Request', readGetGCSafePointV2Request, bytes),
  readFrom: readGetGCSafePointV2Request,
  writeTo: writeGetGCSafePointV2Request,
}

const GetGCSafePointV2RequestFields: readonly number[] = [1, 2, 3]

function readGetGCSafePointV2Request(reader: WireReader, end: number, into?: GetGCSafePointV2Request): GetGCSafePointV2Request {
  const message: GetGCSafePointV2Request = into ?? { header: undefined, keyspace: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readRequestHeader(reader, reader.end(), message.header)
        break
      case 16:
        message.keyspace = { case: 'keyspaceId', value: reader.uint32() }
        break
      case 26:
        message.keyspace = { case: 'keyspaceIdentity', value: apipb.KeyspaceIdentity.readFrom(reader, reader.end(), message.keyspace?.case === 'keyspaceIdentity' ? message.keyspace.value : undefined) }
        break
      default:
        reader.skip(tag, GetGCSafePointV2RequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeGetGCSafePointV2Request(writer: WireWriter, message: GetGCSafePointV2Request): void {
  if (message.keyspace?.case === 'keyspaceIdentity') {
    const value = message.keyspace.value
    const mark3 = writer.size
    apipb.KeyspaceIdentity.writeTo(writer, value)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.keyspace?.case === 'keyspaceId') {
    const value = message.keyspace.value
    writer.uint32(value)
    writer.tag1(16)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeRequestHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface GetGCSafePointV2Response {
  header: ResponseHeader | undefined
  safePoint: bigint
}

export const GetGCSafePointV2Response: MessageDefinition<GetGCSafePointV2Response> = {
  typeName: 'pdpb.GetGCSafePointV2Response',
  create: (init) => ({
    header: init?.header,
    safePoint: init?.safePoint ?? 0n,
  }),
  encode: (message) => encodeWith(writeGetGCSafePointV2Response, message),
  decode: (bytes) => decodeWith('pdpb.GetGCSafePointV2Response', readGetGCSafePointV2Response, bytes),
  readFrom: readGetGCSafePointV2Response,
  writeTo: writeGetGCSafePointV2Response,
}

const GetGCSafePointV2ResponseFields: readonly number[] = [1, 2]

function readGetGCSafePointV2Response(reader: WireReader, end: number, into?: GetGCSafePointV2Response): GetGCSafePointV2Response {
  const message: GetGCSafePointV2Response = into ?? { header: undefined, safePoint: 0n }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 16:
        message.safePoint = reader.uint64()
        break
      default:
        reader.skip(tag, GetGCSafePointV2ResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeGetGCSafePointV2Response(writer: WireWriter, message: GetGCSafePointV2Response): void {
  if (message.safePoint !== 0n) {
    writer.uint64(message.safePoint)
    writer.tag1(16)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface GetGCStateRequest {
  header: RequestHeader | undefined
  keyspaceScope: KeyspaceScope | undefined
  excludeGcBarriers: boolean
  includeGlobalGcBarriers: boolean
}

export const GetGCStateRequest: MessageDefinition<GetGCStateRequest> = {
  typeName: 'pdpb.GetGCStateRequest',
  create: (init) => ({
    header: init?.header,
    keyspaceScope: init?.keyspaceScope,
    excludeGcBarriers: init?.excludeGcBarriers ?? false,
    includeGlobalGcBarriers: init?.includeGlobalGcBarriers ?? false,
  }),
  encode: (message) => encodeWith(writeGetGCStateRequest, message),
  decode: (bytes) => decodeWith('pdpb.GetGCStateRequest', readGetGCStateRequest, bytes),
  readFrom: readGetGCStateRequest,
  writeTo: writeGetGCStateRequest,
}

const GetGCStateRequestFields: readonly number[] = [1, 2, 3, 4]

function readGetGCStateRequest(reader: WireReader, end: number, into?: GetGCStateRequest): GetGCStateRequest {
  const message: GetGCStateRequest = into ?? { header: undefined, keyspaceScope: undefined, excludeGcBarriers: false, includeGlobalGcBarriers: false }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readRequestHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.keyspaceScope = readKeyspaceScope(reader, reader.end(), message.keyspaceScope)
        break
      case 24:
        message.excludeGcBarriers = reader.bool()
        break
      case 32:
        message.includeGlobalGcBarriers = reader.bool()
        break
      default:
        reader.skip(tag, GetGCStateRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeGetGCStateRequest(writer: WireWriter, message: GetGCStateRequest): void {
  if (message.includeGlobalGcBarriers) {
    writer.bool(message.includeGlobalGcBarriers)
    writer.tag1(32)
  }
  if (message.excludeGcBarriers) {
    writer.bool(message.excludeGcBarriers)
    writer.tag1(24)
  }
  if (message.keyspaceScope !== undefined) {
    const mark2 = writer.size
    writeKeyspaceScope(writer, message.keyspaceScope)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeRequestHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface GetGCStateResponse {
  header: ResponseHeader | undefined
  gcState: GCState | undefined
  globalGcBarriers: GlobalGCBarriersInfo | undefined
}

export const GetGCStateResponse: MessageDefinition<GetGCStateResponse> = {
  typeName: 'pdpb.GetGCStateResponse',
  create: (init) => ({
    header: init?.header,
    gcState: init?.gcState,
    globalGcBarriers: init?.globalGcBarriers,
  }),
  encode: (message) => encodeWith(writeGetGCStateResponse, message),
  decode: (bytes) => decodeWith('pdpb.GetGCStateResponse', readGetGCStateResponse, bytes),
  readFrom: readGetGCStateResponse,
  writeTo: writeGetGCStateResponse,
}

const GetGCStateResponseFields: readonly number[] = [1, 2, 3]

function readGetGCStateResponse(reader: WireReader, end: number, into?: GetGCStateResponse): GetGCStateResponse {
  const message: GetGCStateResponse = into ?? { header: undefined, gcState: undefined, globalGcBarriers: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.gcState = readGCState(reader, reader.end(), message.gcState)
        break
      case 26:
        message.globalGcBarriers = readGlobalGCBarriersInfo(reader, reader.end(), message.globalGcBarriers)
        break
      default:
        reader.skip(tag, GetGCStateResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeGetGCStateResponse(writer: WireWriter, message: GetGCStateResponse): void {
  if (message.globalGcBarriers !== undefined) {
    const mark3 = writer.size
    writeGlobalGCBarriersInfo(writer, message.globalGcBarriers)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.gcState !== undefined) {
    const mark2 = writer.size
    writeGCState(writer, message.gcState)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface GlobalGCBarriersInfo {
  barriers: GlobalGCBarrierInfo[]
}

export const GlobalGCBarriersInfo: MessageDefinition<GlobalGCBarriersInfo> = {
  typeName: 'pdpb.GlobalGCBarriersInfo',
  create: (init) => ({
    barriers: init?.barriers ?? [],
  }),
  encode: (message) => encodeWith(writeGlobalGCBarriersInfo, message),
  decode: (bytes) => decodeWith('pdpb.GlobalGCBarriersInfo', readGlobalGCBarriersInfo, bytes),
  readFrom: readGlobalGCBarriersInfo,
  writeTo: writeGlobalGCBarriersInfo,
}

const GlobalGCBarriersInfoFields: readonly number[] = [1]

function readGlobalGCBarriersInfo(reader: WireReader, end: number, into?: GlobalGCBarriersInfo): GlobalGCBarriersInfo {
  const message: GlobalGCBarriersInfo = into ?? { barriers: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.barriers.push(readGlobalGCBarrierInfo(reader, reader.end()))
        break
      default:
        reader.skip(tag, GlobalGCBarriersInfoFields)
    }
  }
  reader.close(end)
  return message
}

function writeGlobalGCBarriersInfo(writer: WireWriter, message: GlobalGCBarriersInfo): void {
  for (let at = message.barriers.length - 1; at >= 0; at--) {
    const value = message.barriers[at]!
    const mark1 = writer.size
    writeGlobalGCBarrierInfo(writer, value)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface GetMembersRequest {
  header: RequestHeader | undefined
}

export const GetMembersRequest: MessageDefinition<GetMembersRequest> = {
  typeName: 'pdpb.GetMembersRequest',
  create: (init) => ({
    header: init?.header,
  }),
  encode: (message) => encodeWith(writeGetMembersRequest, message),
  decode: (bytes) => decodeWith('pdpb.GetMembersRequest', readGetMembersRequest, bytes),
  readFrom: readGetMembersRequest,
  writeTo: writeGetMembersRequest,
}

const GetMembersRequestFields: readonly number[] = [1]

function readGetMembersRequest(reader: WireReader, end: number, into?: GetMembersRequest): GetMembersRequest {
  const message: GetMembersRequest = into ?? { header: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readRequestHeader(reader, reader.end(), message.header)
        break
      default:
        reader.skip(tag, GetMembersRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeGetMembersRequest(writer: WireWriter, message: GetMembersRequest): void {
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeRequestHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface GetMembersResponse {
  header: ResponseHeader | undefined
  members: Member[]
  leader: Member | undefined
  etcdLeader: Member | undefined
  tsoAllocatorLeaders: Map<string, Member>
}

export const GetMembersResponse: MessageDefinition<GetMembersResponse> = {
  typeName: 'pdpb.GetMembersResponse',
  create: (init) => ({
    header: init?.header,
    members: init?.members ?? [],
    leader: init?.leader,
    etcdLeader: init?.etcdLeader,
    tsoAllocatorLeaders: init?.tsoAllocatorLeaders ?? new Map(),
  }),
  encode: (message) => encodeWith(writeGetMembersResponse, message),
  decode: (bytes) => decodeWith('pdpb.GetMembersResponse', readGetMembersResponse, bytes),
  readFrom: readGetMembersResponse,
  writeTo: writeGetMembersResponse,
}

const GetMembersResponseFields: readonly number[] = [1, 2, 3, 4, 5]

function readGetMembersResponse(reader: WireReader, end: number, into?: GetMembersResponse): GetMembersResponse {
  const message: GetMembersResponse = into ?? { header: undefined, members: [], leader: undefined, etcdLeader: undefined, tsoAllocatorLeaders: new Map() }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.members.push(readMember(reader, reader.end()))
        break
      case 26:
        message.leader = readMember(reader, reader.end(), message.leader)
        break
      case 34:
        message.etcdLeader = readMember(reader, reader.end(), message.etcdLeader)
        break
      case 42:
        {
          const entryEnd = reader.end()
          let key: string = ''
          let value: Member = Member.create()
          while (reader.pos < entryEnd) {
            const entryTag = reader.tag()
            if (entryTag === 10) key = reader.string()
            else if (entryTag === 18) value = readMember(reader, reader.end())
            else reader.skip(entryTag, [1, 2])
          }
          reader.close(entryEnd)
          message.tsoAllocatorLeaders.set(key, value)
        }
        break
      default:
        reader.skip(tag, GetMembersResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeGetMembersResponse(writer: WireWriter, message: GetMembersResponse): void {
  for (const [key, value] of message.tsoAllocatorLeaders) {
    const mark = writer.size
    const mark2 = writer.size
    writeMember(writer, value)
    writer.length(mark2)
    writer.tag1(18)
    writer.string(key)
    writer.tag1(10)
    writer.length(mark)
    writer.tag1(42)
  }
  if (message.etcdLeader !== undefined) {
    const mark4 = writer.size
    writeMember(writer, message.etcdLeader)
    writer.length(mark4)
    writer.tag1(34)
  }
  if (message.leader !== undefined) {
    const mark3 = writer.size
    writeMember(writer, message.leader)
    writer.length(mark3)
    writer.tag1(26)
  }
  for (let at = message.members.length - 1; at >= 0; at--) {
    const value = message.members[at]!
    const mark2 = writer.size
    writeMember(writer, value)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface Member {
  name: string
  memberId: bigint
  peerUrls: string[]
  clientUrls: string[]
  leaderPriority: number
  deployPath: string
  binaryVersion: string
  gitHash: string
  dcLocation: string
}

export const Member: MessageDefinition<Member> = {
  typeName: 'pdpb.Member',
  create: (init) => ({
    name: init?.name ?? '',
    memberId: init?.memberId ?? 0n,
    peerUrls: init?.peerUrls ?? [],
    clientUrls: init?.clientUrls ?? [],
    leaderPriority: init?.leaderPriority ?? 0,
    deployPath: init?.deployPath ?? '',
    binaryVersion: init?.binaryVersion ?? '',
    gitHash: init?.gitHash ?? '',
    dcLocation: init?.dcLocation ?? '',
  }),
  encode: (message) => encodeWith(writeMember, message),
  decode: (bytes) => decodeWith('pdpb.Member', readMember, bytes),
  readFrom: readMember,
  writeTo: writeMember,
}

const MemberFields: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9]

function readMember(reader: WireReader, end: number, into?: Member): Member {
  const message: Member = into ?? { name: '', memberId: 0n, peerUrls: [], clientUrls: [], leaderPriority: 0, deployPath: '', binaryVersion: '', gitHash: '', dcLocation: '' }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.name = reader.string()
        break
      case 16:
        message.memberId = reader.uint64()
        break
      case 26:
        message.peerUrls.push(reader.string())
        break
      case 34:
        message.clientUrls.push(reader.string())
        break
      case 40:
        message.leaderPriority = reader.int32()
        break
      case 50:
        message.deployPath = reader.string()
        break
      case 58:
        message.binaryVersion = reader.string()
        break
      case 66:
        message.gitHash = reader.string()
        break
      case 74:
        message.dcLocation = reader.string()
        break
      default:
        reader.skip(tag, MemberFields)
    }
  }
  reader.close(end)
  return message
}

function writeMember(writer: WireWriter, message: Member): void {
  if (message.dcLocation !== '') {
    writer.string(message.dcLocation)
    writer.tag1(74)
  }
  if (message.gitHash !== '') {
    writer.string(message.gitHash)
    writer.tag1(66)
  }
  if (message.binaryVersion !== '') {
    writer.string(message.binaryVersion)
    writer.tag1(58)
  }
  if (message.deployPath !== '') {
    writer.string(message.deployPath)
    writer.tag1(50)
  }
  if (message.leaderPriority !== 0) {
    writer.int32(message.leaderPriority)
    writer.tag1(40)
  }
  for (let at = message.clientUrls.length - 1; at >= 0; at--) {
    const value = message.clientUrls[at]!
    writer.string(value)
    writer.tag1(34)
  }
  for (let at = message.peerUrls.length - 1; at >= 0; at--) {
    const value = message.peerUrls[at]!
    writer.string(value)
    writer.tag1(26)
  }
  if (message.memberId !== 0n) {
    writer.uint64(message.memberId)
    writer.tag1(16)
  }
  if (message.name !== '') {
    writer.string(message.name)
    writer.tag1(10)
  }
}

export interface GetMinTSRequest {
  header: RequestHeader | undefined
}

export const GetMinTSRequest: MessageDefinition<GetMinTSRequest> = {
  typeName: 'pdpb.GetMinTSRequest',
  create: (init) => ({
    header: init?.header,
  }),
  encode: (message) => encodeWith(writeGetMinTSRequest, message),
  decode: (bytes) => decodeWith('pdpb.GetMinTSRequest', readGetMinTSRequest, bytes),
  readFrom: readGetMinTSRequest,
  writeTo: writeGetMinTSRequest,
}

const GetMinTSRequestFields: readonly number[] = [1]

function readGetMinTSRequest(reader: WireReader, end: number, into?: GetMinTSRequest): GetMinTSRequest {
  const message: GetMinTSRequest = into ?? { header: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readRequestHeader(reader, reader.end(), message.header)
        break
      default:
        reader.skip(tag, GetMinTSRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeGetMinTSRequest(writer: WireWriter, message: GetMinTSRequest): void {
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeRequestHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface GetMinTSResponse {
  header: ResponseHeader | undefined
  timestamp: Timestamp | undefined
}

export const GetMinTSResponse: MessageDefinition<GetMinTSResponse> = {
  typeName: 'pdpb.GetMinTSResponse',
  create: (init) => ({
    header: init?.header,
    timestamp: init?.timestamp,
  }),
  encode: (message) => encodeWith(writeGetMinTSResponse, message),
  decode: (bytes) => decodeWith('pdpb.GetMinTSResponse', readGetMinTSResponse, bytes),
  readFrom: readGetMinTSResponse,
  writeTo: writeGetMinTSResponse,
}

const GetMinTSResponseFields: readonly number[] = [1, 2]

function readGetMinTSResponse(reader: WireReader, end: number, into?: GetMinTSResponse): GetMinTSResponse {
  const message: GetMinTSResponse = into ?? { header: undefined, timestamp: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.timestamp = readTimestamp(reader, reader.end(), message.timestamp)
        break
      default:
        reader.skip(tag, GetMinTSResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeGetMinTSResponse(writer: WireWriter, message: GetMinTSResponse): void {
  if (message.timestamp !== undefined) {
    const mark2 = writer.size
    writeTimestamp(writer, message.timestamp)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface GetOperatorRequest {
  header: RequestHeader | undefined
  regionId: number
}

export const GetOperatorRequest: MessageDefinition<GetOperatorRequest> = {
  typeName: 'pdpb.GetOperatorRequest',
  create: (init) => ({
    header: init?.header,
    regionId: init?.regionId ?? 0,
  }),
  encode: (message) => encodeWith(writeGetOperatorRequest, message),
  decode: (bytes) => decodeWith('pdpb.GetOperatorRequest', readGetOperatorRequest, bytes),
  readFrom: readGetOperatorRequest,
  writeTo: writeGetOperatorRequest,
}

const GetOperatorRequestFields: readonly number[] = [1, 2]

function readGetOperatorRequest(reader: WireReader, end: number, into?: GetOperatorRequest): GetOperatorRequest {
  const message: GetOperatorRequest = into ?? { header: undefined, regionId: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readRequestHeader(reader, reader.end(), message.header)
        break
      case 16:
        message.regionId = reader.uint64Number()
        break
      default:
        reader.skip(tag, GetOperatorRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeGetOperatorRequest(writer: WireWriter, message: GetOperatorRequest): void {
  if (message.regionId !== 0) {
    writer.uint64Number(message.regionId)
    writer.tag1(16)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeRequestHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface GetOperatorResponse {
  header: ResponseHeader | undefined
  regionId: number
  desc: Uint8Array
  status: OperatorStatus
  kind: Uint8Array
}

export const GetOperatorResponse: MessageDefinition<GetOperatorResponse> = {
  typeName: 'pdpb.GetOperatorResponse',
  create: (init) => ({
    header: init?.header,
    regionId: init?.regionId ?? 0,
    desc: init?.desc ?? emptyBytes,
    status: init?.status ?? 0,
    kind: init?.kind ?? emptyBytes,
  }),
  encode: (message) => encodeWith(writeGetOperatorResponse, message),
  decode: (bytes) => decodeWith('pdpb.GetOperatorResponse', readGetOperatorResponse, bytes),
  readFrom: readGetOperatorResponse,
  writeTo: writeGetOperatorResponse,
}

const GetOperatorResponseFields: readonly number[] = [1, 2, 3, 4, 5]

function readGetOperatorResponse(reader: WireReader, end: number, into?: GetOperatorResponse): GetOperatorResponse {
  const message: GetOperatorResponse = into ?? { header: undefined, regionId: 0, desc: emptyBytes, status: 0, kind: emptyBytes }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 16:
        message.regionId = reader.uint64Number()
        break
      case 26:
        message.desc = reader.bytes()
        break
      case 32:
        message.status = reader.int32() as OperatorStatus
        break
      case 42:
        message.kind = reader.bytes()
        break
      default:
        reader.skip(tag, GetOperatorResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeGetOperatorResponse(writer: WireWriter, message: GetOperatorResponse): void {
  if (message.kind.length !== 0) {
    writer.bytes(message.kind)
    writer.tag1(42)
  }
  if (message.status !== 0) {
    writer.int32(message.status)
    writer.tag1(32)
  }
  if (message.desc.length !== 0) {
    writer.bytes(message.desc)
    writer.tag1(26)
  }
  if (message.regionId !== 0) {
    writer.uint64Number(message.regionId)
    writer.tag1(16)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface GetRegionRequest {
  header: RequestHeader | undefined
  regionKey: Uint8Array
  needBuckets: boolean
}

export const GetRegionRequest: MessageDefinition<GetRegionRequest> = {
  typeName: 'pdpb.GetRegionRequest',
  create: (init) => ({
    header: init?.header,
    regionKey: init?.regionKey ?? emptyBytes,
    needBuckets: init?.needBuckets ?? false,
  }),
  encode: (message) => encodeWith(writeGetRegionRequest, message),
  decode: (bytes) => decodeWith('pdpb.GetRegionRequest', readGetRegionRequest, bytes),
  readFrom: readGetRegionRequest,
  writeTo: writeGetRegionRequest,
}

const GetRegionRequestFields: readonly number[] = [1, 2, 3]

function readGetRegionRequest(reader: WireReader, end: number, into?: GetRegionRequest): GetRegionRequest {
  const message: GetRegionRequest = into ?? { header: undefined, regionKey: emptyBytes, needBuckets: false }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readRequestHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.regionKey = reader.bytes()
        break
      case 24:
        message.needBuckets = reader.bool()
        break
      default:
        reader.skip(tag, GetRegionRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeGetRegionRequest(writer: WireWriter, message: GetRegionRequest): void {
  if (message.needBuckets) {
    writer.bool(message.needBuckets)
    writer.tag1(24)
  }
  if (message.regionKey.length !== 0) {
    writer.bytes(message.regionKey)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeRequestHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface GetRegionResponse {
  header: ResponseHeader | undefined
  region: metapb.Region | undefined
  leader: metapb.Peer | undefined
  downPeers: PeerStats[]
  pendingPeers: metapb.Peer[]
  buckets: metapb.Buckets | undefined
}

export const GetRegionResponse: MessageDefinition<GetRegionResponse> = {
  typeName: 'pdpb.GetRegionResponse',
  create: (init) => ({
    header: init?.header,
    region: init?.region,
    leader: init?.leader,
    downPeers: init?.downPeers ?? [],
    pendingPeers: init?.pendingPeers ?? [],
    buckets: init?.buckets,
  }),
  encode: (message) => encodeWith(writeGetRegionResponse, message),
  decode: (bytes) => decodeWith('pdpb.GetRegionResponse', readGetRegionResponse, bytes),
  readFrom: readGetRegionResponse,
  writeTo: writeGetRegionResponse,
}

const GetRegionResponseFields: readonly number[] = [1, 2, 3, 5, 6, 7]

function readGetRegionResponse(reader: WireReader, end: number, into?: GetRegionResponse): GetRegionResponse {
  const message: GetRegionResponse = into ?? { header: undefined, region: undefined, leader: undefined, downPeers: [], pendingPeers: [], buckets: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.region = metapb.Region.readFrom(reader, reader.end(), message.region)
        break
      case 26:
        message.leader = metapb.Peer.readFrom(reader, reader.end(), message.leader)
        break
      case 42:
        message.downPeers.push(readPeerStats(reader, reader.end()))
        break
      case 50:
        message.pendingPeers.push(metapb.Peer.readFrom(reader, reader.end()))
        break
      case 58:
        message.buckets = metapb.Buckets.readFrom(reader, reader.end(), message.buckets)
        break
      default:
        reader.skip(tag, GetRegionResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeGetRegionResponse(writer: WireWriter, message: GetRegionResponse): void {
  if (message.buckets !== undefined) {
    const mark7 = writer.size
    metapb.Buckets.writeTo(writer, message.buckets)
    writer.length(mark7)
    writer.tag1(58)
  }
  for (let at = message.pendingPeers.length - 1; at >= 0; at--) {
    const value = message.pendingPeers[at]!
    const mark6 = writer.size
    metapb.Peer.writeTo(writer, value)
    writer.length(mark6)
    writer.tag1(50)
  }
  for (let at = message.downPeers.length - 1; at >= 0; at--) {
    const value = message.downPeers[at]!
    const mark5 = writer.size
    writePeerStats(writer, value)
    writer.length(mark5)
    writer.tag1(42)
  }
  if (message.leader !== undefined) {
    const mark3 = writer.size
    metapb.Peer.writeTo(writer, message.leader)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.region !== undefined) {
    const mark2 = writer.size
    metapb.Region.writeTo(writer, message.region)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface GetRegionByIDRequest {
  header: RequestHeader | undefined
  regionId: number
  needBuckets: boolean
}

export const GetRegionByIDRequest: MessageDefinition<GetRegionByIDRequest> = {
  typeName: 'pdpb.GetRegionByIDRequest',
  create: (init) => ({
    header: init?.header,
    regionId: init?.regionId ?? 0,
    needBuckets: init?.needBuckets ?? false,
  }),
  encode: (message) => encodeWith(writeGetRegionByIDRequest, message),
  decode: (bytes) => decodeWith('pdpb.GetRegionByIDRequest', readGetRegionByIDRequest, bytes),
  readFrom: readGetRegionByIDRequest,
  writeTo: writeGetRegionByIDRequest,
}

const GetRegionByIDRequestFields: readonly number[] = [1, 2, 3]

function readGetRegionByIDRequest(reader: WireReader, end: number, into?: GetRegionByIDRequest): GetRegionByIDRequest {
  const message: GetRegionByIDRequest = into ?? { header: undefined, regionId: 0, needBuckets: false }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readRequestHeader(reader, reader.end(), message.header)
        break
      case 16:
        message.regionId = reader.uint64Number()
        break
      case 24:
        message.needBuckets = reader.bool()
        break
      default:
        reader.skip(tag, GetRegionByIDRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeGetRegionByIDRequest(writer: WireWriter, message: GetRegionByIDRequest): void {
  if (message.needBuckets) {
    writer.bool(message.needBuckets)
    writer.tag1(24)
  }
  if (message.regionId !== 0) {
    writer.uint64Number(message.regionId)
    writer.tag1(16)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeRequestHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface GetStoreRequest {
  header: RequestHeader | undefined
  storeId: number
}

export const GetStoreRequest: MessageDefinition<GetStoreRequest> = {
  typeName: 'pdpb.GetStoreRequest',
  create: (init) => ({
    header: init?.header,
    storeId: init?.storeId ?? 0,
  }),
  encode: (message) => encodeWith(writeGetStoreRequest, message),
  decode: (bytes) => decodeWith('pdpb.GetStoreRequest', readGetStoreRequest, bytes),
  readFrom: readGetStoreRequest,
  writeTo: writeGetStoreRequest,
}

const GetStoreRequestFields: readonly number[] = [1, 2]

function readGetStoreRequest(reader: WireReader, end: number, into?: GetStoreRequest): GetStoreRequest {
  const message: GetStoreRequest = into ?? { header: undefined, storeId: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readRequestHeader(reader, reader.end(), message.header)
        break
      case 16:
        message.storeId = reader.uint64Number()
        break
      default:
        reader.skip(tag, GetStoreRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeGetStoreRequest(writer: WireWriter, message: GetStoreRequest): void {
  if (message.storeId !== 0) {
    writer.uint64Number(message.storeId)
    writer.tag1(16)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeRequestHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface GetStoreResponse {
  header: ResponseHeader | undefined
  store: metapb.Store | undefined
  stats: StoreStats | undefined
}

export const GetStoreResponse: MessageDefinition<GetStoreResponse> = {
  typeName: 'pdpb.GetStoreResponse',
  create: (init) => ({
    header: init?.header,
    store: init?.store,
    stats: init?.stats,
  }),
  encode: (message) => encodeWith(writeGetStoreResponse, message),
  decode: (bytes) => decodeWith('pdpb.GetStoreResponse', readGetStoreResponse, bytes),
  readFrom: readGetStoreResponse,
  writeTo: writeGetStoreResponse,
}

const GetStoreResponseFields: readonly number[] = [1, 2, 3]

function readGetStoreResponse(reader: WireReader, end: number, into?: GetStoreResponse): GetStoreResponse {
  const message: GetStoreResponse = into ?? { header: undefined, store: undefined, stats: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.store = metapb.Store.readFrom(reader, reader.end(), message.store)
        break
      case 26:
        message.stats = readStoreStats(reader, reader.end(), message.stats)
        break
      default:
        reader.skip(tag, GetStoreResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeGetStoreResponse(writer: WireWriter, message: GetStoreResponse): void {
  if (message.stats !== undefined) {
    const mark3 = writer.size
    writeStoreStats(writer, message.stats)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.store !== undefined) {
    const mark2 = writer.size
    metapb.Store.writeTo(writer, message.store)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface StoreStats {
  storeId: number
  capacity: number
  available: number
  regionCount: number
  sendingSnapCount: number
  receivingSnapCount: number
  startTime: number
  applyingSnapCount: number
  isBusy: boolean
  usedSize: number
  bytesWritten: number
  keysWritten: number
  bytesRead: number
  keysRead: number
  interval: TimeInterval | undefined
  cpuUsages: RecordPair[]
  readIoRates: RecordPair[]
  writeIoRates: RecordPair[]
  opLatencies: RecordPair[]
  peerStats: PeerStat[]
  queryStats: QueryStats | undefined
  slowScore: number
  damagedRegionsId: number[]
  isApplyBusy: boolean
  snapshotStats: SnapshotStat[]
  slowTrend: SlowTrend | undefined
  isGrpcPaused: boolean
  totalMemory: number
  usedMemory: number
  networkSlowScores: Map<number, number>
  dfs: DfsStatItem[]
  isStopping: boolean
}

export const StoreStats: MessageDefinition<StoreStats> = {
  typeName: 'pdpb.StoreStats',
  create: (init) => ({
    storeId: init?.storeId ?? 0,
    capacity: init?.capacity ?? 0,
    available: init?.available ?? 0,
    regionCount: init?.regionCount ?? 0,
    sendingSnapCount: init?.sendingSnapCount ?? 0,
    receivingSnapCount: init?.receivingSnapCount ?? 0,
    startTime: init?.startTime ?? 0,
    applyingSnapCount: init?.applyingSnapCount ?? 0,
    isBusy: init?.isBusy ?? false,
    usedSize: init?.usedSize ?? 0,
    bytesWritten: init?.bytesWritten ?? 0,
    keysWritten: init?.keysWritten ?? 0,
    bytesRead: init?.bytesRead ?? 0,
    keysRead: init?.keysRead ?? 0,
    interval: init?.interval,
    cpuUsages: init?.cpuUsages ?? [],
    readIoRates: init?.readIoRates ?? [],
    writeIoRates: init?.writeIoRates ?? [],
    opLatencies: init?.opLatencies ?? [],
    peerStats: init?.peerStats ?? [],
    queryStats: init?.queryStats,
    slowScore: init?.slowScore ?? 0,
    damagedRegionsId: init?.damagedRegionsId ?? [],
    isApplyBusy: init?.isApplyBusy ?? false,
    snapshotStats: init?.snapshotStats ?? [],
    slowTrend: init?.slowTrend,
    isGrpcPaused: init?.isGrpcPaused ?? false,
    totalMemory: init?.totalMemory ?? 0,
    usedMemory: init?.usedMemory ?? 0,
    networkSlowScores: init?.networkSlowScores ?? new Map(),
    dfs: init?.dfs ?? [],
    isStopping: init?.isStopping ?? false,
  }),
  encode: (message) => encodeWith(writeStoreStats, message),
  decode: (bytes) => decodeWith('pdpb.StoreStats', readStoreStats, bytes),
  readFrom: readStoreStats,
  writeTo: writeStoreStats,
}

const StoreStatsFields: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32]

function readStoreStats(reader: WireReader, end: number, into?: StoreStats): StoreStats {
  const message: StoreStats = into ?? { storeId: 0, capacity: 0, available: 0, regionCount: 0, sendingSnapCount: 0, receivingSnapCount: 0, startTime: 0, applyingSnapCount: 0, isBusy: false, usedSize: 0, bytesWritten: 0, keysWritten: 0, bytesRead: 0, keysRead: 0, interval: undefined, cpuUsages: [], readIoRates: [], writeIoRates: [], opLatencies: [], peerStats: [], queryStats: undefined, slowScore: 0, damagedRegionsId: [], isApplyBusy: false, snapshotStats: [], slowTrend: undefined, isGrpcPaused: false, totalMemory: 0, usedMemory: 0, networkSlowScores: new Map(), dfs: [], isStopping: false }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.storeId = reader.uint64Number()
        break
      case 16:
        message.capacity = reader.uint64Number()
        break
      case 24:
        message.available = reader.uint64Number()
        break
      case 32:
        message.regionCount = reader.uint32()
        break
      case 40:
        message.sendingSnapCount = reader.uint32()
        break
      case 48:
        message.receivingSnapCount = reader.uint32()
        break
      case 56:
        message.startTime = reader.uint32()
        break
      case 64:
        message.applyingSnapCount = reader.uint32()
        break
      case 72:
        message.isBusy = reader.bool()
        break
      case 80:
        message.usedSize = reader.uint64Number()
        break
      case 88:
        message.bytesWritten = reader.uint64Number()
        break
      case 96:
        message.keysWritten = reader.uint64Number()
        break
      case 104:
        message.bytesRead = reader.uint64Number()
        break
      case 112:
        message.keysRead = reader.uint64Number()
        break
      case 122:
        message.interval = readTimeInterval(reader, reader.end(), message.interval)
        break
      case 130:
        message.cpuUsages.push(readRecordPair(reader, reader.end()))
        break
      case 138:
        message.readIoRates.push(readRecordPair(reader, reader.end()))
        break
      case 146:
        message.writeIoRates.push(readRecordPair(reader, reader.end()))
        break
      case 154:
        message.opLatencies.push(readRecordPair(reader, reader.end()))
        break
      case 162:
        message.peerStats.push(readPeerStat(reader, reader.end()))
        break
      case 170:
        message.queryStats = readQueryStats(reader, reader.end(), message.queryStats)
        break
      case 176:
        message.slowScore = reader.uint64Number()
        break
      case 184:
        message.damagedRegionsId.push(reader.uint64Number())
        break
      case 186:
        {
          const packedEnd = reader.end()
          while (reader.pos < packedEnd) message.damagedRegionsId.push(reader.uint64Number())
          reader.close(packedEnd)
        }
        break
      case 192:
        message.isApplyBusy = reader.bool()
        break
      case 202:
        message.snapshotStats.push(readSnapshotStat(reader, reader.end()))
        break
      case 210:
        message.slowTrend = readSlowTrend(reader, reader.end(), message.slowTrend)
        break
      case 216:
        message.isGrpcPaused = reader.bool()
        break
      case 224:
        message.totalMemory = reader.uint64Number()
        break
      case 232:
        message.usedMemory = reader.uint64Number()
        break
      case 242:
        {
          const entryEnd = reader.end()
          let key: number = 0
          let value: number = 0
          while (reader.pos < entryEnd) {
            const entryTag = reader.tag()
            if (entryTag === 8) key = reader.uint64Number()
            else if (entryTag === 16) value = reader.uint64Number()
            else reader.skip(entryTag, [1, 2])
          }
          reader.close(entryEnd)
          message.networkSlowScores.set(key, value)
        }
        break
      case 250:
        message.dfs.push(readDfsStatItem(reader, reader.end()))
        break
      case 256:
        message.isStopping = reader.bool()
        break
      default:
        reader.skip(tag, StoreStatsFields)
    }
  }
  reader.close(end)
  return message
}

function writeStoreStats(writer: WireWriter, message: StoreStats): void {
  if (message.isStopping) {
    writer.bool(message.isStopping)
    writer.tag(256)
  }
  for (let at = message.dfs.length - 1; at >= 0; at--) {
    const value = message.dfs[at]!
    const mark31 = writer.size
    writeDfsStatItem(writer, value)
    writer.length(mark31)
    writer.tag(250)
  }
  for (const [key, value] of message.networkSlowScores) {
    const mark = writer.size
    writer.uint64Number(value)
    writer.tag1(16)
    writer.uint64Number(key)
    writer.tag1(8)
    writer.length(mark)
    writer.tag(242)
  }
  if (message.usedMemory !== 0) {
    writer.uint64Number(message.usedMemory)
    writer.tag(232)
  }
  if (message.totalMemory !== 0) {
    writer.uint64Number(message.totalMemory)
    writer.tag(224)
  }
  if (message.isGrpcPaused) {
    writer.bool(message.isGrpcPaused)
    writer.tag(216)
  }
  if (message.slowTrend !== undefined) {
    const mark26 = writer.size
    writeSlowTrend(writer, message.slowTrend)
    writer.length(mark26)
    writer.tag(210)
  }
  for (let at = message.snapshotStats.length - 1; at >= 0; at--) {
    const value = message.snapshotStats[at]!
    const mark25 = writer.size
    writeSnapshotStat(writer, value)
    writer.length(mark25)
    writer.tag(202)
  }
  if (message.isApplyBusy) {
    writer.bool(message.isApplyBusy)
    writer.tag(192)
  }
  if (message.damagedRegionsId.length !== 0) {
    const mark = writer.size
    for (let at = message.damagedRegionsId.length - 1; at >= 0; at--) writer.uint64Number(message.damagedRegionsId[at]!)
    writer.length(mark)
    writer.tag(186)
  }
  if (message.slowScore !== 0) {
    writer.uint64Number(message.slowScore)
    writer.tag(176)
  }
  if (message.queryStats !== undefined) {
    const mark21 = writer.size
    writeQueryStats(writer, message.queryStats)
    writer.length(mark21)
    writer.tag(170)
  }
  for (let at = message.peerStats.length - 1; at >= 0; at--) {
    const value = message.peerStats[at]!
    const mark20 = writer.size
    writePeerStat(writer, value)
    writer.length(mark20)
    writer.tag(162)
  }
  for (let at = message.opLatencies.length - 1; at >= 0; at--) {
    const value = message.opLatencies[at]!
    const mark19 = writer.size
    writeRecordPair(writer, value)
    writer.length(mark19)
    writer.tag(154)
  }
  for (let at = message.writeIoRates.length - 1; at >= 0; at--) {
    const value = message.writeIoRates[at]!
    const mark18 = writer.size
    writeRecordPair(writer, value)
    writer.length(mark18)
    writer.tag(146)
  }
  for (let at = message.readIoRates.length - 1; at >= 0; at--) {
    const value = message.readIoRates[at]!
    const mark17 = writer.size
    writeRecordPair(writer, value)
    writer.length(mark17)
    writer.tag(138)
  }
  for (let at = message.cpuUsages.length - 1; at >= 0; at--) {
    const value = message.cpuUsages[at]!
    const mark16 = writer.size
    writeRecordPair(writer, value)
    writer.length(mark16)
    writer.tag(130)
  }
  if (message.interval !== undefined) {
    const mark15 = writer.size
    writeTimeInterval(writer, message.interval)
    writer.length(mark15)
    writer.tag1(122)
  }
  if (message.keysRead !== 0) {
    writer.uint64Number(message.keysRead)
    writer.tag1(112)
  }
  if (message.bytesRead !== 0) {
    writer.uint64Number(message.bytesRead)
    writer.tag1(104)
  }
  if (message.keysWritten !== 0) {
    writer.uint64Number(message.keysWritten)
    writer.tag1(96)
  }
  if (message.bytesWritten !== 0) {
    writer.uint64Number(message.bytesWritten)
    writer.tag1(88)
  }
  if (message.usedSize !== 0) {
    writer.uint64Number(message.usedSize)
    writer.tag1(80)
  }
  if (message.isBusy) {
    writer.bool(message.isBusy)
    writer.tag1(72)
  }
  if (message.applyingSnapCount !== 0) {
    writer.uint32(message.applyingSnapCount)
    writer.tag1(64)
  }
  if (message.startTime !== 0) {
    writer.uint32(message.startTime)
    writer.tag1(56)
  }
  if (message.receivingSnapCount !== 0) {
    writer.uint32(message.receivingSnapCount)
    writer.tag1(48)
  }
  if (message.sendingSnapCount !== 0) {
    writer.uint32(message.sendingSnapCount)
    writer.tag1(40)
  }
  if (message.regionCount !== 0) {
    writer.uint32(message.regionCount)
    writer.tag1(32)
  }
  if (message.available !== 0) {
    writer.uint64Number(message.available)
    writer.tag1(24)
  }
  if (message.capacity !== 0) {
    writer.uint64Number(message.capacity)
    writer.tag1(16)
  }
  if (message.storeId !== 0) {
    writer.uint64Number(message.storeId)
    writer.tag1(8)
  }
}

export interface TimeInterval {
  startTimestamp: number
  endTimestamp: number
}

export const TimeInterval: MessageDefinition<TimeInterval> = {
  typeName: 'pdpb.TimeInterval',
  create: (init) => ({
    startTimestamp: init?.startTimestamp ?? 0,
    endTimestamp: init?.endTimestamp ?? 0,
  }),
  encode: (message) => encodeWith(writeTimeInterval, message),
  decode: (bytes) => decodeWith('pdpb.TimeInterval', readTimeInterval, bytes),
  readFrom: readTimeInterval,
  writeTo: writeTimeInterval,
}

const TimeIntervalFields: readonly number[] = [1, 2]

function readTimeInterval(reader: WireReader, end: number, into?: TimeInterval): TimeInterval {
  const message: TimeInterval = into ?? { startTimestamp: 0, endTimestamp: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.startTimestamp = reader.uint64Number()
        break
      case 16:
        message.endTimestamp = reader.uint64Number()
        break
      default:
        reader.skip(tag, TimeIntervalFields)
    }
  }
  reader.close(end)
  return message
}

function writeTimeInterval(writer: WireWriter, message: TimeInterval): void {
  if (message.endTimestamp !== 0) {
    writer.uint64Number(message.endTimestamp)
    writer.tag1(16)
  }
  if (message.startTimestamp !== 0) {
    writer.uint64Number(message.startTimestamp)
    writer.tag1(8)
  }
}

export interface RecordPair {
  key: string
  value: number
}

export const RecordPair: MessageDefinition<RecordPair> = {
  typeName: 'pdpb.RecordPair',
  create: (init) => ({
    key: init?.key ?? '',
    value: init?.value ?? 0,
  }),
  encode: (message) => encodeWith(writeRecordPair, message),
  decode: (bytes) => decodeWith('pdpb.RecordPair', readRecordPair, bytes),
  readFrom: readRecordPair,
  writeTo: writeRecordPair,
}

const RecordPairFields: readonly number[] = [1, 2]

function readRecordPair(reader: WireReader, end: number, into?: RecordPair): RecordPair {
  const message: RecordPair = into ?? { key: '', value: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.key = reader.string()
        break
      case 16:
        message.value = reader.uint64Number()
        break
      default:
        reader.skip(tag, RecordPairFields)
    }
  }
  reader.close(end)
  return message
}

function writeRecordPair(writer: WireWriter, message: RecordPair): void {
  if (message.value !== 0) {
    writer.uint64Number(message.value)
    writer.tag1(16)
  }
  if (message.key !== '') {
    writer.string(message.key)
    writer.tag1(10)
  }
}

export interface PeerStat {
  regionId: number
  readKeys: number
  readBytes: number
  queryStats: QueryStats | undefined
  writtenKeys: number
  writtenBytes: number
  cpuStats: CPUStats | undefined
}

export const PeerStat: MessageDefinition<PeerStat> = {
  typeName: 'pdpb.PeerStat',
  create: (init) => ({
    regionId: init?.regionId ?? 0,
    readKeys: init?.readKeys ?? 0,
    readBytes: init?.readBytes ?? 0,
    queryStats: init?.queryStats,
    writtenKeys: init?.writtenKeys ?? 0,
    writtenBytes: init?.writtenBytes ?? 0,
    cpuStats: init?.cpuStats,
  }),
  encode: (message) => encodeWith(writePeerStat, message),
  decode: (bytes) => decodeWith('pdpb.PeerStat', readPeerStat, bytes),
  readFrom: readPeerStat,
  writeTo: writePeerStat,
}

const PeerStatFields: readonly number[] = [1, 2, 3, 4, 5, 6, 7]

function readPeerStat(reader: WireReader, end: number, into?: PeerStat): PeerStat {
  const message: PeerStat = into ?? { regionId: 0, readKeys: 0, readBytes: 0, queryStats: undefined, writtenKeys: 0, writtenBytes: 0, cpuStats: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.regionId = reader.uint64Number()
        break
      case 16:
        message.readKeys = reader.uint64Number()
        break
      case 24:
        message.readBytes = reader.uint64Number()
        break
      case 34:
        message.queryStats = readQueryStats(reader, reader.end(), message.queryStats)
        break
      case 40:
        message.writtenKeys = reader.uint64Number()
        break
      case 48:
        message.writtenBytes = reader.uint64Number()
        break
      case 58:
        message.cpuStats = readCPUStats(reader, reader.end(), message.cpuStats)
        break
      default:
        reader.skip(tag, PeerStatFields)
    }
  }
  reader.close(end)
  return message
}

function writePeerStat(writer: WireWriter, message: PeerStat): void {
  if (message.cpuStats !== undefined) {
    const mark7 = writer.size
    writeCPUStats(writer, message.cpuStats)
    writer.length(mark7)
    writer.tag1(58)
  }
  if (message.writtenBytes !== 0) {
    writer.uint64Number(message.writtenBytes)
    writer.tag1(48)
  }
  if (message.writtenKeys !== 0) {
    writer.uint64Number(message.writtenKeys)
    writer.tag1(40)
  }
  if (message.queryStats !== undefined) {
    const mark4 = writer.size
    writeQueryStats(writer, message.queryStats)
    writer.length(mark4)
    writer.tag1(34)
  }
  if (message.readBytes !== 0) {
    writer.uint64Number(message.readBytes)
    writer.tag1(24)
  }
  if (message.readKeys !== 0) {
    writer.uint64Number(message.readKeys)
    writer.tag1(16)
  }
  if (message.regionId !== 0) {
    writer.uint64Number(message.regionId)
    writer.tag1(8)
  }
}

export interface QueryStats {
  gc: number
  get: number
  scan: number
  coprocessor: number
  delete: number
  deleteRange: number
  put: number
  prewrite: number
  acquirePessimisticLock: number
  commit: number
  rollback: number
}

export const QueryStats: MessageDefinition<QueryStats> = {
  typeName: 'pdpb.QueryStats',
  create: (init) => ({
    gc: init?.gc ?? 0,
    get: init?.get ?? 0,
    scan: init?.scan ?? 0,
    coprocessor: init?.coprocessor ?? 0,
    delete: init?.delete ?? 0,
    deleteRange: init?.deleteRange ?? 0,
    put: init?.put ?? 0,
    prewrite: init?.prewrite ?? 0,
    acquirePessimisticLock: init?.acquirePessimisticLock ?? 0,
    commit: init?.commit ?? 0,
    rollback: init?.rollback ?? 0,
  }),
  encode: (message) => encodeWith(writeQueryStats, message),
  decode: (bytes) => decodeWith('pdpb.QueryStats', readQueryStats, bytes),
  readFrom: readQueryStats,
  writeTo: writeQueryStats,
}

const QueryStatsFields: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]

function readQueryStats(reader: WireReader, end: number, into?: QueryStats): QueryStats {
  const message: QueryStats = into ?? { gc: 0, get: 0, scan: 0, coprocessor: 0, delete: 0, deleteRange: 0, put: 0, prewrite: 0, acquirePessimisticLock: 0, commit: 0, rollback: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.gc = reader.uint64Number()
        break
      case 16:
        message.get = reader.uint64Number()
        break
      case 24:
        message.scan = reader.uint64Number()
        break
      case 32:
        message.coprocessor = reader.uint64Number()
        break
      case 40:
        message.delete = reader.uint64Number()
        break
      case 48:
        message.deleteRange = reader.uint64Number()
        break
      case 56:
        message.put = reader.uint64Number()
        break
      case 64:
        message.prewrite = reader.uint64Number()
        break
      case 72:
        message.acquirePessimisticLock = reader.uint64Number()
        break
      case 80:
        message.commit = reader.uint64Number()
        break
      case 88:
        message.rollback = reader.uint64Number()
        break
      default:
        reader.skip(tag, QueryStatsFields)
    }
  }
  reader.close(end)
  return message
}

function writeQueryStats(writer: WireWriter, message: QueryStats): void {
  if (message.rollback !== 0) {
    writer.uint64Number(message.rollback)
    writer.tag1(88)
  }
  if (message.commit !== 0) {
    writer.uint64Number(message.commit)
    writer.tag1(80)
  }
  if (message.acquirePessimisticLock !== 0) {
    writer.uint64Number(message.acquirePessimisticLock)
    writer.tag1(72)
  }
  if (message.prewrite !== 0) {
    writer.uint64Number(message.prewrite)
    writer.tag1(64)
  }
  if (message.put !== 0) {
    writer.uint64Number(message.put)
    writer.tag1(56)
  }
  if (message.deleteRange !== 0) {
    writer.uint64Number(message.deleteRange)
    writer.tag1(48)
  }
  if (message.delete !== 0) {
    writer.uint64Number(message.delete)
    writer.tag1(40)
  }
  if (message.coprocessor !== 0) {
    writer.uint64Number(message.coprocessor)
    writer.tag1(32)
  }
  if (message.scan !== 0) {
    writer.uint64Number(message.scan)
    writer.tag1(24)
  }
  if (message.get !== 0) {
    writer.uint64Number(message.get)
    writer.tag1(16)
  }
  if (message.gc !== 0) {
    writer.uint64Number(message.gc)
    writer.tag1(8)
  }
}

export interface CPUStats {
  unifiedRead: number
  scheduler: number
}

export const CPUStats: MessageDefinition<CPUStats> = {
  typeName: 'pdpb.CPUStats',
  create: (init) => ({
    unifiedRead: init?.unifiedRead ?? 0,
    scheduler: init?.scheduler ?? 0,
  }),
  encode: (message) => encodeWith(writeCPUStats, message),
  decode: (bytes) => decodeWith('pdpb.CPUStats', readCPUStats, bytes),
  readFrom: readCPUStats,
  writeTo: writeCPUStats,
}

const CPUStatsFields: readonly number[] = [1, 2]

function readCPUStats(reader: WireReader, end: number, into?: CPUStats): CPUStats {
  const message: CPUStats = into ?? { unifiedRead: 0, scheduler: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.unifiedRead = reader.uint64Number()
        break
      case 16:
        message.scheduler = reader.uint64Number()
        break
      default:
        reader.skip(tag, CPUStatsFields)
    }
  }
  reader.close(end)
  return message
}

function writeCPUStats(writer: WireWriter, message: CPUStats): void {
  if (message.scheduler !== 0) {
    writer.uint64Number(message.scheduler)
    writer.tag1(16)
  }
  if (message.unifiedRead !== 0) {
    writer.uint64Number(message.unifiedRead)
    writer.tag1(8)
  }
}

export interface SnapshotStat {
  regionId: number
  generateDurationSec: number
  sendDurationSec: number
  totalDurationSec: number
  transportSize: number
}

export const SnapshotStat: MessageDefinition<SnapshotStat> = {
  typeName: 'pdpb.SnapshotStat',
  create: (init) => ({
    regionId: init?.regionId ?? 0,
    generateDurationSec: init?.generateDurationSec ?? 0,
    sendDurationSec: init?.sendDurationSec ?? 0,
    totalDurationSec: init?.totalDurationSec ?? 0,
    transportSize: init?.transportSize ?? 0,
  }),
  encode: (message) => encodeWith(writeSnapshotStat, message),
  decode: (bytes) => decodeWith('pdpb.SnapshotStat', readSnapshotStat, bytes),
  readFrom: readSnapshotStat,
  writeTo: writeSnapshotStat,
}

const SnapshotStatFields: readonly number[] = [1, 2, 3, 4, 5]

function readSnapshotStat(reader: WireReader, end: number, into?: SnapshotStat): SnapshotStat {
  const message: SnapshotStat = into ?? { regionId: 0, generateDurationSec: 0, sendDurationSec: 0, totalDurationSec: 0, transportSize: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.regionId = reader.uint64Number()
        break
      case 16:
        message.generateDurationSec = reader.uint64Number()
        break
      case 24:
        message.sendDurationSec = reader.uint64Number()
        break
      case 32:
        message.totalDurationSec = reader.uint64Number()
        break
      case 40:
        message.transportSize = reader.uint64Number()
        break
      default:
        reader.skip(tag, SnapshotStatFields)
    }
  }
  reader.close(end)
  return message
}

function writeSnapshotStat(writer: WireWriter, message: SnapshotStat): void {
  if (message.transportSize !== 0) {
    writer.uint64Number(message.transportSize)
    writer.tag1(40)
  }
  if (message.totalDurationSec !== 0) {
    writer.uint64Number(message.totalDurationSec)
    writer.tag1(32)
  }
  if (message.sendDurationSec !== 0) {
    writer.uint64Number(message.sendDurationSec)
    writer.tag1(24)
  }
  if (message.generateDurationSec !== 0) {
    writer.uint64Number(message.generateDurationSec)
    writer.tag1(16)
  }
  if (message.regionId !== 0) {
    writer.uint64Number(message.regionId)
    writer.tag1(8)
  }
}

export interface SlowTrend {
  causeValue: number
  causeRate: number
  resultValue: number
  resultRate: number
}

export const SlowTrend: MessageDefinition<SlowTrend> = {
  typeName: 'pdpb.SlowTrend',
  create: (init) => ({
    causeValue: init?.causeValue ?? 0,
    causeRate: init?.causeRate ?? 0,
    resultValue: init?.resultValue ?? 0,
    resultRate: init?.resultRate ?? 0,
  }),
  encode: (message) => encodeWith(writeSlowTrend, message),
  decode: (bytes) => decodeWith('pdpb.SlowTrend', readSlowTrend, bytes),
  readFrom: readSlowTrend,
  writeTo: writeSlowTrend,
}

const SlowTrendFields: readonly number[] = [1, 2, 3, 4]

function readSlowTrend(reader: WireReader, end: number, into?: SlowTrend): SlowTrend {
  const message: SlowTrend = into ?? { causeValue: 0, causeRate: 0, resultValue: 0, resultRate: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 9:
        message.causeValue = reader.double()
        break
      case 17:
        message.causeRate = reader.double()
        break
      case 25:
        message.resultValue = reader.double()
        break
      case 33:
        message.resultRate = reader.double()
        break
      default:
        reader.skip(tag, SlowTrendFields)
    }
  }
  reader.close(end)
  return message
}

function writeSlowTrend(writer: WireWriter, message: SlowTrend): void {
  if (!Object.is(message.resultRate, 0)) {
    writer.double(message.resultRate)
    writer.tag1(33)
  }
  if (!Object.is(message.resultValue, 0)) {
    writer.double(message.resultValue)
    writer.tag1(25)
  }
  if (!Object.is(message.causeRate, 0)) {
    writer.double(message.causeRate)
    writer.tag1(17)
  }
  if (!Object.is(message.causeValue, 0)) {
    writer.double(message.causeValue)
    writer.tag1(9)
  }
}

export interface DfsStatItem {
  scope: DfsStatScope | undefined
  writtenBytes: number
  writeRequests: number
}

export const DfsStatItem: MessageDefinition<DfsStatItem> = {
  typeName: 'pdpb.DfsStatItem',
  create: (init) => ({
    scope: init?.scope,
    writtenBytes: init?.writtenBytes ?? 0,
    writeRequests: init?.writeRequests ?? 0,
  }),
  encode: (message) => encodeWith(writeDfsStatItem, message),
  decode: (bytes) => decodeWith('pdpb.DfsStatItem', readDfsStatItem, bytes),
  readFrom: readDfsStatItem,
  writeTo: writeDfsStatItem,
}

const DfsStatItemFields: readonly number[] = [1, 2, 3]

function readDfsStatItem(reader: WireReader, end: number, into?: DfsStatItem): DfsStatItem {
  const message: DfsStatItem = into ?? { scope: undefined, writtenBytes: 0, writeRequests: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.scope = readDfsStatScope(reader, reader.end(), message.scope)
        break
      case 16:
        message.writtenBytes = reader.uint64Number()
        break
      case 24:
        message.writeRequests = reader.uint64Number()
        break
      default:
        reader.skip(tag, DfsStatItemFields)
    }
  }
  reader.close(end)
  return message
}

function writeDfsStatItem(writer: WireWriter, message: DfsStatItem): void {
  if (message.writeRequests !== 0) {
    writer.uint64Number(message.writeRequests)
    writer.tag1(24)
  }
  if (message.writtenBytes !== 0) {
    writer.uint64Number(message.writtenBytes)
    writer.tag1(16)
  }
  if (message.scope !== undefined) {
    const mark1 = writer.size
    writeDfsStatScope(writer, message.scope)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface DfsStatScope {
  isGlobal: boolean
  keyspaceId: number
  component: string
  keyspaceIdentities: apipb.KeyspaceIdentity[]
}

export const DfsStatScope: MessageDefinition<DfsStatScope> = {
  typeName: 'pdpb.DfsStatScope',
  create: (init) => ({
    isGlobal: init?.isGlobal ?? false,
    keyspaceId: init?.keyspaceId ?? 0,
    component: init?.component ?? '',
    keyspaceIdentities: init?.keyspaceIdentities ?? [],
  }),
  encode: (message) => encodeWith(writeDfsStatScope, message),
  decode: (bytes) => decodeWith('pdpb.DfsStatScope', readDfsStatScope, bytes),
  readFrom: readDfsStatScope,
  writeTo: writeDfsStatScope,
}

const DfsStatScopeFields: readonly number[] = [1, 2, 3, 4]

function readDfsStatScope(reader: WireReader, end: number, into?: DfsStatScope): DfsStatScope {
  const message: DfsStatScope = into ?? { isGlobal: false, keyspaceId: 0, component: '', keyspaceIdentities: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.isGlobal = reader.bool()
        break
      case 16:
        message.keyspaceId = reader.uint32()
        break
      case 26:
        message.component = reader.string()
        break
      case 34:
        message.keyspaceIdentities.push(apipb.KeyspaceIdentity.readFrom(reader, reader.end()))
        break
      default:
        reader.skip(tag, DfsStatScopeFields)
    }
  }
  reader.close(end)
  return message
}

function writeDfsStatScope(writer: WireWriter, message: DfsStatScope): void {
  for (let at = message.keyspaceIdentities.length - 1; at >= 0; at--) {
    const value = message.keyspaceIdentities[at]!
    const mark4 = writer.size
    apipb.KeyspaceIdentity.writeTo(writer, value)
    writer.length(mark4)
    writer.tag1(34)
  }
  if (message.component !== '') {
    writer.string(message.component)
    writer.tag1(26)
  }
  if (message.keyspaceId !== 0) {
    writer.uint32(message.keyspaceId)
    writer.tag1(16)
  }
  if (message.isGlobal) {
    writer.bool(message.isGlobal)
    writer.tag1(8)
  }
}

export interface IsBootstrappedRequest {
  header: RequestHeader | undefined
}

export const IsBootstrappedRequest: MessageDefinition<IsBootstrappedRequest> = {
  typeName: 'pdpb.IsBootstrappedRequest',
  create: (init) => ({
    header: init?.header,
  }),
  encode: (message) => encodeWith(writeIsBootstrappedRequest, message),
  decode: (bytes) => decodeWith('pdpb.IsBootstrappedRequest', readIsBootstrappedRequest, bytes),
  readFrom: readIsBootstrappedRequest,
  writeTo: writeIsBootstrappedRequest,
}

const IsBootstrappedRequestFields: readonly number[] = [1]

function readIsBootstrappedRequest(reader: WireReader, end: number, into?: IsBootstrappedRequest): IsBootstrappedRequest {
  const message: IsBootstrappedRequest = into ?? { header: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readRequestHeader(reader, reader.end(), message.header)
        break
      default:
        reader.skip(tag, IsBootstrappedRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeIsBootstrappedRequest(writer: WireWriter, message: IsBootstrappedRequest): void {
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeRequestHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface IsBootstrappedResponse {
  header: ResponseHeader | undefined
  bootstrapped: boolean
}

export const IsBootstrappedResponse: MessageDefinition<IsBootstrappedResponse> = {
  typeName: 'pdpb.IsBootstrappedResponse',
  create: (init) => ({
    header: init?.header,
    bootstrapped: init?.bootstrapped ?? false,
  }),
  encode: (message) => encodeWith(writeIsBootstrappedResponse, message),
  decode: (bytes) => decodeWith('pdpb.IsBootstrappedResponse', readIsBootstrappedResponse, bytes),
  readFrom: readIsBootstrappedResponse,
  writeTo: writeIsBootstrappedResponse,
}

const IsBootstrappedResponseFields: readonly number[] = [1, 2]

function readIsBootstrappedResponse(reader: WireReader, end: number, into?: IsBootstrappedResponse): IsBootstrappedResponse {
  const message: IsBootstrappedResponse = into ?? { header: undefined, bootstrapped: false }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 16:
        message.bootstrapped = reader.bool()
        break
      default:
        reader.skip(tag, IsBootstrappedResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeIsBootstrappedResponse(writer: WireWriter, message: IsBootstrappedResponse): void {
  if (message.bootstrapped) {
    writer.bool(message.bootstrapped)
    writer.tag1(16)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface IsSnapshotRecoveringRequest {
  header: RequestHeader | undefined
}

export const IsSnapshotRecoveringRequest: MessageDefinition<IsSnapshotRecoveringRequest> = {
  typeName: 'pdpb.IsSnapshotRecoveringRequest',
  create: (init) => ({
    header: init?.header,
  }),
  encode: (message) => encodeWith(writeIsSnapshotRecoveringRequest, message),
  decode: (bytes) => decodeWith('pdpb.IsSnapshotRecoveringRequest', readIsSnapshotRecoveringRequest, bytes),
  readFrom: readIsSnapshotRecoveringRequest,
  writeTo: writeIsSnapshotRecoveringRequest,
}

const IsSnapshotRecoveringRequestFields: readonly number[] = [1]

function readIsSnapshotRecoveringRequest(reader: WireReader, end: number, into?: IsSnapshotRecoveringRequest): IsSnapshotRecoveringRequest {
  const message: IsSnapshotRecoveringRequest = into ?? { header: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readRequestHeader(reader, reader.end(), message.header)
        break
      default:
        reader.skip(tag, IsSnapshotRecoveringRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeIsSnapshotRecoveringRequest(writer: WireWriter, message: IsSnapshotRecoveringRequest): void {
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeRequestHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface IsSnapshotRecoveringResponse {
  header: ResponseHeader | undefined
  marked: boolean
}

export const IsSnapshotRecoveringResponse: MessageDefinition<IsSnapshotRecoveringResponse> = {
  typeName: 'pdpb.IsSnapshotRecoveringResponse',
  create: (init) => ({
    header: init?.header,
    marked: init?.marked ?? false,
  }),
  encode: (message) => encodeWith(writeIsSnapshotRecoveringResponse, message),
  decode: (bytes) => decodeWith('pdpb.IsSnapshotRecoveringResponse', readIsSnapshotRecoveringResponse, bytes),
  readFrom: readIsSnapshotRecoveringResponse,
  writeTo: writeIsSnapshotRecoveringResponse,
}

const IsSnapshotRecoveringResponseFields: readonly number[] = [1, 2]

function readIsSnapshotRecoveringResponse(reader: WireReader, end: number, into?: IsSnapshotRecoveringResponse): IsSnapshotRecoveringResponse {
  const message: IsSnapshotRecoveringResponse = into ?? { header: undefined, marked: false }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 16:
        message.marked = reader.bool()
        break
      default:
        reader.skip(tag, IsSnapshotRecoveringResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeIsSnapshotRecoveringResponse(writer: WireWriter, message: IsSnapshotRecoveringResponse): void {
  if (message.marked) {
    writer.bool(message.marked)
    writer.tag1(16)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface LoadGlobalConfigRequest {
  names: string[]
  configPath: string
}

export const LoadGlobalConfigRequest: MessageDefinition<LoadGlobalConfigRequest> = {
  typeName: 'pdpb.LoadGlobalConfigRequest',
  create: (init) => ({
    names: init?.names ?? [],
    configPath: init?.configPath ?? '',
  }),
  encode: (message) => encodeWith(writeLoadGlobalConfigRequest, message),
  decode: (bytes) => decodeWith('pdpb.LoadGlobalConfigRequest', readLoadGlobalConfigRequest, bytes),
  readFrom: readLoadGlobalConfigRequest,
  writeTo: writeLoadGlobalConfigRequest,
}

const LoadGlobalConfigRequestFields: readonly number[] = [1, 2]

function readLoadGlobalConfigRequest(reader: WireReader, end: number, into?: LoadGlobalConfigRequest): LoadGlobalConfigRequest {
  const message: LoadGlobalConfigRequest = into ?? { names: [], configPath: '' }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.names.push(reader.string())
        break
      case 18:
        message.configPath = reader.string()
        break
      default:
        reader.skip(tag, LoadGlobalConfigRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeLoadGlobalConfigRequest(writer: WireWriter, message: LoadGlobalConfigRequest): void {
  if (message.configPath !== '') {
    writer.string(message.configPath)
    writer.tag1(18)
  }
  for (let at = message.names.length - 1; at >= 0; at--) {
    const value = message.names[at]!
    writer.string(value)
    writer.tag1(10)
  }
}

export interface LoadGlobalConfigResponse {
  items: GlobalConfigItem[]
  revision: number
}

export const LoadGlobalConfigResponse: MessageDefinition<LoadGlobalConfigResponse> = {
  typeName: 'pdpb.LoadGlobalConfigResponse',
  create: (init) => ({
    items: init?.items ?? [],
    revision: init?.revision ?? 0,
  }),
  encode: (message) => encodeWith(writeLoadGlobalConfigResponse, message),
  decode: (bytes) => decodeWith('pdpb.LoadGlobalConfigResponse', readLoadGlobalConfigResponse, bytes),
  readFrom: readLoadGlobalConfigResponse,
  writeTo: writeLoadGlobalConfigResponse,
}

const LoadGlobalConfigResponseFields: readonly number[] = [1, 2]

function readLoadGlobalConfigResponse(reader: WireReader, end: number, into?: LoadGlobalConfigResponse): LoadGlobalConfigResponse {
  const message: LoadGlobalConfigResponse = into ?? { items: [], revision: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.items.push(readGlobalConfigItem(reader, reader.end()))
        break
      case 16:
        message.revision = reader.int64Number()
        break
      default:
        reader.skip(tag, LoadGlobalConfigResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeLoadGlobalConfigResponse(writer: WireWriter, message: LoadGlobalConfigResponse): void {
  if (message.revision !== 0) {
    writer.int64Number(message.revision)
    writer.tag1(16)
  }
  for (let at = message.items.length - 1; at >= 0; at--) {
    const value = message.items[at]!
    const mark1 = writer.size
    writeGlobalConfigItem(writer, value)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface GlobalConfigItem {
  name: string
  value: string
  error: Error | undefined
  kind: EventType
  payload: Uint8Array
}

export const GlobalConfigItem: MessageDefinition<GlobalConfigItem> = {
  typeName: 'pdpb.GlobalConfigItem',
  create: (init) => ({
    name: init?.name ?? '',
    value: init?.value ?? '',
    error: init?.error,
    kind: init?.kind ?? 0,
    payload: init?.payload ?? emptyBytes,
  }),
  encode: (message) => encodeWith(writeGlobalConfigItem, message),
  decode: (bytes) => decodeWith('pdpb.GlobalConfigItem', readGlobalConfigItem, bytes),
  readFrom: readGlobalConfigItem,
  writeTo: writeGlobalConfigItem,
}

const GlobalConfigItemFields: readonly number[] = [1, 2, 3, 4, 5]

function readGlobalConfigItem(reader: WireReader, end: number, into?: GlobalConfigItem): GlobalConfigItem {
  const message: GlobalConfigItem = into ?? { name: '', value: '', error: undefined, kind: 0, payload: emptyBytes }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.name = reader.string()
        break
      case 18:
        message.value = reader.string()
        break
      case 26:
        message.error = readError(reader, reader.end(), message.error)
        break
      case 32:
        message.kind = reader.int32() as EventType
        break
      case 42:
        message.payload = reader.bytes()
        break
      default:
        reader.skip(tag, GlobalConfigItemFields)
    }
  }
  reader.close(end)
  return message
}

function writeGlobalConfigItem(writer: WireWriter, message: GlobalConfigItem): void {
  if (message.payload.length !== 0) {
    writer.bytes(message.payload)
    writer.tag1(42)
  }
  if (message.kind !== 0) {
    writer.int32(message.kind)
    writer.tag1(32)
  }
  if (message.error !== undefined) {
    const mark3 = writer.size
    writeError(writer, message.error)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.value !== '') {
    writer.string(message.value)
    writer.tag1(18)
  }
  if (message.name !== '') {
    writer.string(message.name)
    writer.tag1(10)
  }
}

export interface PutClusterConfigRequest {
  header: RequestHeader | undefined
  cluster: metapb.Cluster | undefined
}

export const PutClusterConfigRequest: MessageDefinition<PutClusterConfigRequest> = {
  typeName: 'pdpb.PutClusterConfigRequest',
  create: (init) => ({
    header: init?.header,
    cluster: init?.cluster,
  }),
  encode: (message) => encodeWith(writePutClusterConfigRequest, message),
  decode: (bytes) => decodeWith('pdpb.PutClusterConfigRequest', readPutClusterConfigRequest, bytes),
  readFrom: readPutClusterConfigRequest,
  writeTo: writePutClusterConfigRequest,
}

const PutClusterConfigRequestFields: readonly number[] = [1, 2]

function readPutClusterConfigRequest(reader: WireReader, end: number, into?: PutClusterConfigRequest): PutClusterConfigRequest {
  const message: PutClusterConfigRequest = into ?? { header: undefined, cluster: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readRequestHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.cluster = metapb.Cluster.readFrom(reader, reader.end(), message.cluster)
        break
      default:
        reader.skip(tag, PutClusterConfigRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writePutClusterConfigRequest(writer: WireWriter, message: PutClusterConfigRequest): void {
  if (message.cluster !== undefined) {
    const mark2 = writer.size
    metapb.Cluster.writeTo(writer, message.cluster)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeRequestHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface PutClusterConfigResponse {
  header: ResponseHeader | undefined
}

export const PutClusterConfigResponse: MessageDefinition<PutClusterConfigResponse> = {
  typeName: 'pdpb.PutClusterConfigResponse',
  create: (init) => ({
    header: init?.header,
  }),
  encode: (message) => encodeWith(writePutClusterConfigResponse, message),
  decode: (bytes) => decodeWith('pdpb.PutClusterConfigResponse', readPutClusterConfigResponse, bytes),
  readFrom: readPutClusterConfigResponse,
  writeTo: writePutClusterConfigResponse,
}

const PutClusterConfigResponseFields: readonly number[] = [1]

function readPutClusterConfigResponse(reader: WireReader, end: number, into?: PutClusterConfigResponse): PutClusterConfigResponse {
  const message: PutClusterConfigResponse = into ?? { header: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      default:
        reader.skip(tag, PutClusterConfigResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writePutClusterConfigResponse(writer: WireWriter, message: PutClusterConfigResponse): void {
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface PutStoreRequest {
  header: RequestHeader | undefined
  store: metapb.Store | undefined
}

export const PutStoreRequest: MessageDefinition<PutStoreRequest> = {
  typeName: 'pdpb.PutStoreRequest',
  create: (init) => ({
    header: init?.header,
    store: init?.store,
  }),
  encode: (message) => encodeWith(writePutStoreRequest, message),
  decode: (bytes) => decodeWith('pdpb.PutStoreRequest', readPutStoreRequest, bytes),
  readFrom: readPutStoreRequest,
  writeTo: writePutStoreRequest,
}

const PutStoreRequestFields: readonly number[] = [1, 2]

function readPutStoreRequest(reader: WireReader, end: number, into?: PutStoreRequest): PutStoreRequest {
  const message: PutStoreRequest = into ?? { header: undefined, store: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readRequestHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.store = metapb.Store.readFrom(reader, reader.end(), message.store)
        break
      default:
        reader.skip(tag, PutStoreRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writePutStoreRequest(writer: WireWriter, message: PutStoreRequest): void {
  if (message.store !== undefined) {
    const mark2 = writer.size
    metapb.Store.writeTo(writer, message.store)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeRequestHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface PutStoreResponse {
  header: ResponseHeader | undefined
  replicationStatus: replication_modepb.ReplicationStatus | undefined
}

export const PutStoreResponse: MessageDefinition<PutStoreResponse> = {
  typeName: 'pdpb.PutStoreResponse',
  create: (init) => ({
    header: init?.header,
    replicationStatus: init?.replicationStatus,
  }),
  encode: (message) => encodeWith(writePutStoreResponse, message),
  decode: (bytes) => decodeWith('pdpb.PutStoreResponse', readPutStoreResponse, bytes),
  readFrom: readPutStoreResponse,
  writeTo: writePutStoreResponse,
}

const PutStoreResponseFields: readonly number[] = [1, 2]

function readPutStoreResponse(reader: WireReader, end: number, into?: PutStoreResponse): PutStoreResponse {
  const message: PutStoreResponse = into ?? { header: undefined, replicationStatus: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.replicationStatus = replication_modepb.ReplicationStatus.readFrom(reader, reader.end(), message.replicationStatus)
        break
      default:
        reader.skip(tag, PutStoreResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writePutStoreResponse(writer: WireWriter, message: PutStoreResponse): void {
  if (message.replicationStatus !== undefined) {
    const mark2 = writer.size
    replication_modepb.ReplicationStatus.writeTo(writer, message.replicationStatus)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface QueryRegionRequest {
  header: RequestHeader | undefined
  needBuckets: boolean
  ids: number[]
  keys: Uint8Array[]
  prevKeys: Uint8Array[]
}

export const QueryRegionRequest: MessageDefinition<QueryRegionRequest> = {
  typeName: 'pdpb.QueryRegionRequest',
  create: (init) => ({
    header: init?.header,
    needBuckets: init?.needBuckets ?? false,
    ids: init?.ids ?? [],
    keys: init?.keys ?? [],
    prevKeys: init?.prevKeys ?? [],
  }),
  encode: (message) => encodeWith(writeQueryRegionRequest, message),
  decode: (bytes) => decodeWith('pdpb.QueryRegionRequest', readQueryRegionRequest, bytes),
  readFrom: readQueryRegionRequest,
  writeTo: writeQueryRegionRequest,
}

const QueryRegionRequestFields: readonly number[] = [1, 2, 3, 4, 5]

function readQueryRegionRequest(reader: WireReader, end: number, into?: QueryRegionRequest): QueryRegionRequest {
  const message: QueryRegionRequest = into ?? { header: undefined, needBuckets: false, ids: [], keys: [], prevKeys: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readRequestHeader(reader, reader.end(), message.header)
        break
      case 16:
        message.needBuckets = reader.bool()
        break
      case 24:
        message.ids.push(reader.uint64Number())
        break
      case 26:
        {
          const packedEnd = reader.end()
          while (reader.pos < packedEnd) message.ids.push(reader.uint64Number())
          reader.close(packedEnd)
        }
        break
      case 34:
        message.keys.push(reader.bytes())
        break
      case 42:
        message.prevKeys.push(reader.bytes())
        break
      default:
        reader.skip(tag, QueryRegionRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeQueryRegionRequest(writer: WireWriter, message: QueryRegionRequest): void {
  for (let at = message.prevKeys.length - 1; at >= 0; at--) {
    const value = message.prevKeys[at]!
    writer.bytes(value)
    writer.tag1(42)
  }
  for (let at = message.keys.length - 1; at >= 0; at--) {
    const value = message.keys[at]!
    writer.bytes(value)
    writer.tag1(34)
  }
  if (message.ids.length !== 0) {
    const mark = writer.size
    for (let at = message.ids.length - 1; at >= 0; at--) writer.uint64Number(message.ids[at]!)
    writer.length(mark)
    writer.tag1(26)
  }
  if (message.needBuckets) {
    writer.bool(message.needBuckets)
    writer.tag1(16)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeRequestHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface QueryRegionResponse {
  header: ResponseHeader | undefined
  keyIdMap: number[]
  prevKeyIdMap: number[]
  regionsById: Map<number, RegionResponse>
}

export const QueryRegionResponse: MessageDefinition<QueryRegionResponse> = {
  typeName: 'pdpb.QueryRegionResponse',
  create: (init) => ({
    header: init?.header,
    keyIdMap: init?.keyIdMap ?? [],
    prevKeyIdMap: init?.prevKeyIdMap ?? [],
    regionsById: init?.regionsById ?? new Map(),
  }),
  encode: (message) => encodeWith(writeQueryRegionResponse, message),
  decode: (bytes) => decodeWith('pdpb.QueryRegionResponse', readQueryRegionResponse, bytes),
  readFrom: readQueryRegionResponse,
  writeTo: writeQueryRegionResponse,
}

const QueryRegionResponseFields: readonly number[] = [1, 2, 3, 4]

function readQueryRegionResponse(reader: WireReader, end: number, into?: QueryRegionResponse): QueryRegionResponse {
  const message: QueryRegionResponse = into ?? { header: undefined, keyIdMap: [], prevKeyIdMap: [], regionsById: new Map() }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 16:
        message.keyIdMap.push(reader.uint64Number())
        break
      case 18:
        {
          const packedEnd = reader.end()
          while (reader.pos < packedEnd) message.keyIdMap.push(reader.uint64Number())
          reader.close(packedEnd)
        }
        break
      case 24:
        message.prevKeyIdMap.push(reader.uint64Number())
        break
      case 26:
        {
          const packedEnd = reader.end()
          while (reader.pos < packedEnd) message.prevKeyIdMap.push(reader.uint64Number())
          reader.close(packedEnd)
        }
        break
      case 34:
        {
          const entryEnd = reader.end()
          let key: number = 0
          let value: RegionResponse = RegionResponse.create()
          while (reader.pos < entryEnd) {
            const entryTag = reader.tag()
            if (entryTag === 8) key = reader.uint64Number()
            else if (entryTag === 18) value = readRegionResponse(reader, reader.end())
            else reader.skip(entryTag, [1, 2])
          }
          reader.close(entryEnd)
          message.regionsById.set(key, value)
        }
        break
      default:
        reader.skip(tag, QueryRegionResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeQueryRegionResponse(writer: WireWriter, message: QueryRegionResponse): void {
  for (const [key, value] of message.regionsById) {
    const mark = writer.size
    const mark2 = writer.size
    writeRegionResponse(writer, value)
    writer.length(mark2)
    writer.tag1(18)
    writer.uint64Number(key)
    writer.tag1(8)
    writer.length(mark)
    writer.tag1(34)
  }
  if (message.prevKeyIdMap.length !== 0) {
    const mark = writer.size
    for (let at = message.prevKeyIdMap.length - 1; at >= 0; at--) writer.uint64Number(message.prevKeyIdMap[at]!)
    writer.length(mark)
    writer.tag1(26)
  }
  if (message.keyIdMap.length !== 0) {
    const mark = writer.size
    for (let at = message.keyIdMap.length - 1; at >= 0; at--) writer.uint64Number(message.keyIdMap[at]!)
    writer.length(mark)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface RegionResponse {
  region: metapb.Region | undefined
  leader: metapb.Peer | undefined
  downPeers: PeerStats[]
  pendingPeers: metapb.Peer[]
  buckets: metapb.Buckets | undefined
}

export const RegionResponse: MessageDefinition<RegionResponse> = {
  typeName: 'pdpb.RegionResponse',
  create: (init) => ({
    region: init?.region,
    leader: init?.leader,
    downPeers: init?.downPeers ?? [],
    pendingPeers: init?.pendingPeers ?? [],
    buckets: init?.buckets,
  }),
  encode: (message) => encodeWith(writeRegionResponse, message),
  decode: (bytes) => decodeWith('pdpb.RegionResponse', readRegionResponse, bytes),
  readFrom: readRegionResponse,
  writeTo: writeRegionResponse,
}

const RegionResponseFields: readonly number[] = [1, 2, 3, 4, 5]

function readRegionResponse(reader: WireReader, end: number, into?: RegionResponse): RegionResponse {
  const message: RegionResponse = into ?? { region: undefined, leader: undefined, downPeers: [], pendingPeers: [], buckets: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.region = metapb.Region.readFrom(reader, reader.end(), message.region)
        break
      case 18:
        message.leader = metapb.Peer.readFrom(reader, reader.end(), message.leader)
        break
      case 26:
        message.downPeers.push(readPeerStats(reader, reader.end()))
        break
      case 34:
        message.pendingPeers.push(metapb.Peer.readFrom(reader, reader.end()))
        break
      case 42:
        message.buckets = metapb.Buckets.readFrom(reader, reader.end(), message.buckets)
        break
      default:
        reader.skip(tag, RegionResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeRegionResponse(writer: WireWriter, message: RegionResponse): void {
  if (message.buckets !== undefined) {
    const mark5 = writer.size
    metapb.Buckets.writeTo(writer, message.buckets)
    writer.length(mark5)
    writer.tag1(42)
  }
  for (let at = message.pendingPeers.length - 1; at >= 0; at--) {
    const value = message.pendingPeers[at]!
    const mark4 = writer.size
    metapb.Peer.writeTo(writer, value)
    writer.length(mark4)
    writer.tag1(34)
  }
  for (let at = message.downPeers.length - 1; at >= 0; at--) {
    const value = message.downPeers[at]!
    const mark3 = writer.size
    writePeerStats(writer, value)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.leader !== undefined) {
    const mark2 = writer.size
    metapb.Peer.writeTo(writer, message.leader)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.region !== undefined) {
    const mark1 = writer.size
    metapb.Region.writeTo(writer, message.region)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface RegionHeartbeatRequest {
  header: RequestHeader | undefined
  region: metapb.Region | undefined
  leader: metapb.Peer | undefined
  downPeers: PeerStats[]
  pendingPeers: metapb.Peer[]
  bytesWritten: number
  bytesRead: number
  keysWritten: number
  keysRead: number
  approximateSize: number
  interval: TimeInterval | undefined
  approximateKeys: number
  term: number
  replicationStatus: replication_modepb.RegionReplicationStatus | undefined
  queryStats: QueryStats | undefined
  cpuUsage: number
  approximateKvSize: number
  approximateColumnarKvSize: number
  bucketMeta: metapb.BucketMeta | undefined
  cpuStats: CPUStats | undefined
}

export const RegionHeartbeatRequest: MessageDefinition<RegionHeartbeatRequest> = {
  typeName: 'pdpb.RegionHeartbeatRequest',
  create: (init) => ({
    header: init?.header,
    region: init?.region,
    leader: init?.leader,
    downPeers: init?.downPeers ?? [],
    pendingPeers: init?.pendingPeers ?? [],
    bytesWritten: init?.bytesWritten ?? 0,
    bytesRead: init?.bytesRead ?? 0,
    keysWritten: init?.keysWritten ?? 0,
    keysRead: init?.keysRead ?? 0,
    approximateSize: init?.approximateSize ?? 0,
    interval: init?.interval,
    approximateKeys: init?.approximateKeys ?? 0,
    term: init?.term ?? 0,
    replicationStatus: init?.replicationStatus,
    queryStats: init?.queryStats,
    cpuUsage: init?.cpuUsage ?? 0,
    approximateKvSize: init?.approximateKvSize ?? 0,
    approximateColumnarKvSize: init?.approximateColumnarKvSize ?? 0,
    bucketMeta: init?.bucketMeta,
    cpuStats: init?.cpuStats,
  }),
  encode: (message) => encodeWith(writeRegionHeartbeatRequest, message),
  decode: (bytes) => decodeWith('pdpb.RegionHeartbeatRequest', readRegionHeartbeatRequest, bytes),
  readFrom: readRegionHeartbeatRequest,
  writeTo: writeRegionHeartbeatRequest,
}

const RegionHeartbeatRequestFields: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21]

function readRegionHeartbeatRequest(reader: WireReader, end: number, into?: RegionHeartbeatRequest): RegionHeartbeatRequest {
  const message: RegionHeartbeatRequest = into ?? { header: undefined, region: undefined, leader: undefined, downPeers: [], pendingPeers: [], bytesWritten: 0, bytesRead: 0, keysWritten: 0, keysRead: 0, approximateSize: 0, interval: undefined, approximateKeys: 0, term: 0, replicationStatus: undefined, queryStats: undefined, cpuUsage: 0, approximateKvSize: 0, approximateColumnarKvSize: 0, bucketMeta: undefined, cpuStats: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readRequestHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.region = metapb.Region.readFrom(reader, reader.end(), message.region)
        break
      case 26:
        message.leader = metapb.Peer.readFrom(reader, reader.end(), message.leader)
        break
      case 34:
        message.downPeers.push(readPeerStats(reader, reader.end()))
        break
      case 42:
        message.pendingPeers.push(metapb.Peer.readFrom(reader, reader.end()))
        break
      case 48:
        message.bytesWritten = reader.uint64Number()
        break
      case 56:
        message.bytesRead = reader.uint64Number()
        break
      case 64:
        message.keysWritten = reader.uint64Number()
        break
      case 72:
        message.keysRead = reader.uint64Number()
        break
      case 80:
        message.approximateSize = reader.uint64Number()
        break
      case 98:
        message.interval = readTimeInterval(reader, reader.end(), message.interval)
        break
      case 104:
        message.approximateKeys = reader.uint64Number()
        break
      case 112:
        message.term = reader.uint64Number()
        break
      case 122:
        message.replicationStatus = replication_modepb.RegionReplicationStatus.readFrom(reader, reader.end(), message.replicationStatus)
        break
      case 130:
        message.queryStats = readQueryStats(reader, reader.end(), message.queryStats)
        break
      case 136:
        message.cpuUsage = reader.uint64Number()
        break
      case 144:
        message.approximateKvSize = reader.uint64Number()
        break
      case 152:
        message.approximateColumnarKvSize = reader.uint64Number()
        break
      case 162:
        message.bucketMeta = metapb.BucketMeta.readFrom(reader, reader.end(), message.bucketMeta)
        break
      case 170:
        message.cpuStats = readCPUStats(reader, reader.end(), message.cpuStats)
        break
      default:
        reader.skip(tag, RegionHeartbeatRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeRegionHeartbeatRequest(writer: WireWriter, message: RegionHeartbeatRequest): void {
  if (message.cpuStats !== undefined) {
    const mark21 = writer.size
    writeCPUStats(writer, message.cpuStats)
    writer.length(mark21)
    writer.tag(170)
  }
  if (message.bucketMeta !== undefined) {
    const mark20 = writer.size
    metapb.BucketMeta.writeTo(writer, message.bucketMeta)
    writer.length(mark20)
    writer.tag(162)
  }
  if (message.approximateColumnarKvSize !== 0) {
    writer.uint64Number(message.approximateColumnarKvSize)
    writer.tag(152)
  }
  if (message.approximateKvSize !== 0) {
    writer.uint64Number(message.approximateKvSize)
    writer.tag(144)
  }
  if (message.cpuUsage !== 0) {
    writer.uint64Number(message.cpuUsage)
    writer.tag(136)
  }
  if (message.queryStats !== undefined) {
    const mark16 = writer.size
    writeQueryStats(writer, message.queryStats)
    writer.length(mark16)
    writer.tag(130)
  }
  if (message.replicationStatus !== undefined) {
    const mark15 = writer.size
    replication_modepb.RegionReplicationStatus.writeTo(writer, message.replicationStatus)
    writer.length(mark15)
    writer.tag1(122)
  }
  if (message.term !== 0) {
    writer.uint64Number(message.term)
    writer.tag1(112)
  }
  if (message.approximateKeys !== 0) {
    writer.uint64Number(message.approximateKeys)
    writer.tag1(104)
  }
  if (message.interval !== undefined) {
    const mark12 = writer.size
    writeTimeInterval(writer, message.interval)
    writer.length(mark12)
    writer.tag1(98)
  }
  if (message.approximateSize !== 0) {
    writer.uint64Number(message.approximateSize)
    writer.tag1(80)
  }
  if (message.keysRead !== 0) {
    writer.uint64Number(message.keysRead)
    writer.tag1(72)
  }
  if (message.keysWritten !== 0) {
    writer.uint64Number(message.keysWritten)
    writer.tag1(64)
  }
  if (message.bytesRead !== 0) {
    writer.uint64Number(message.bytesRead)
    writer.tag1(56)
  }
  if (message.bytesWritten !== 0) {
    writer.uint64Number(message.bytesWritten)
    writer.tag1(48)
  }
  for (let at = message.pendingPeers.length - 1; at >= 0; at--) {
    const value = message.pendingPeers[at]!
    const mark5 = writer.size
    metapb.Peer.writeTo(writer, value)
    writer.length(mark5)
    writer.tag1(42)
  }
  for (let at = message.downPeers.length - 1; at >= 0; at--) {
    const value = message.downPeers[at]!
    const mark4 = writer.size
    writePeerStats(writer, value)
    writer.length(mark4)
    writer.tag1(34)
  }
  if (message.leader !== undefined) {
    const mark3 = writer.size
    metapb.Peer.writeTo(writer, message.leader)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.region !== undefined) {
    const mark2 = writer.size
    metapb.Region.writeTo(writer, message.region)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeRequestHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface RegionHeartbeatResponse {
  header: ResponseHeader | undefined
  changePeer: ChangePeer | undefined
  transferLeader: TransferLeader | undefined
  regionId: number
  regionEpoch: metapb.RegionEpoch | undefined
  targetPeer: metapb.Peer | undefined
  merge: Merge | undefined
  splitRegion: SplitRegion | undefined
  changePeerV2: ChangePeerV2 | undefined
  switchWitnesses: BatchSwitchWitness | undefined
  changeSplit: ChangeSplit | undefined
}

export const RegionHeartbeatResponse: MessageDefinition<RegionHeartbeatResponse> = {
  typeName: 'pdpb.RegionHeartbeatResponse',
  create: (init) => ({
    header: init?.header,
    changePeer: init?.changePeer,
    transferLeader: init?.transferLeader,
    regionId: init?.regionId ?? 0,
    regionEpoch: init?.regionEpoch,
    targetPeer: init?.targetPeer,
    merge: init?.merge,
    splitRegion: init?.splitRegion,
    changePeerV2: init?.changePeerV2,
    switchWitnesses: init?.switchWitnesses,
    changeSplit: init?.changeSplit,
  }),
  encode: (message) => encodeWith(writeRegionHeartbeatResponse, message),
  decode: (bytes) => decodeWith('pdpb.RegionHeartbeatResponse', readRegionHeartbeatResponse, bytes),
  readFrom: readRegionHeartbeatResponse,
  writeTo: writeRegionHeartbeatResponse,
}

const RegionHeartbeatResponseFields: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]

function readRegionHeartbeatResponse(reader: WireReader, end: number, into?: RegionHeartbeatResponse): RegionHeartbeatResponse {
  const message: RegionHeartbeatResponse = into ?? { header: undefined, changePeer: undefined, transferLeader: undefined, regionId: 0, regionEpoch: undefined, targetPeer: undefined, merge: undefined, splitRegion: undefined, changePeerV2: undefined, switchWitnesses: undefined, changeSplit: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.changePeer = readChangePeer(reader, reader.end(), message.changePeer)
        break
      case 26:
        message.transferLeader = readTransferLeader(reader, reader.end(), message.transferLeader)
        break
      case 32:
        message.regionId = reader.uint64Number()
        break
      case 42:
        message.regionEpoch = metapb.RegionEpoch.readFrom(reader, reader.end(), message.regionEpoch)
        break
      case 50:
        message.targetPeer = metapb.Peer.readFrom(reader, reader.end(), message.targetPeer)
        break
      case 58:
        message.merge = readMerge(reader, reader.end(), message.merge)
        break
      case 66:
        message.splitRegion = readSplitRegion(reader, reader.end(), message.splitRegion)
        break
      case 74:
        message.changePeerV2 = readChangePeerV2(reader, reader.end(), message.changePeerV2)
        break
      case 82:
        message.switchWitnesses = readBatchSwitchWitness(reader, reader.end(), message.switchWitnesses)
        break
      case 90:
        message.changeSplit = readChangeSplit(reader, reader.end(), message.changeSplit)
        break
      default:
        reader.skip(tag, RegionHeartbeatResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeRegionHeartbeatResponse(writer: WireWriter, message: RegionHeartbeatResponse): void {
  if (message.changeSplit !== undefined) {
    const mark11 = writer.size
    writeChangeSplit(writer, message.changeSplit)
    writer.length(mark11)
    writer.tag1(90)
  }
  if (message.switchWitnesses !== undefined) {
    const mark10 = writer.size
    writeBatchSwitchWitness(writer, message.switchWitnesses)
    writer.length(mark10)
    writer.tag1(82)
  }
  if (message.changePeerV2 !== undefined) {
    const mark9 = writer.size
    writeChangePeerV2(writer, message.changePeerV2)
    writer.length(mark9)
    writer.tag1(74)
  }
  if (message.splitRegion !== undefined) {
    const mark8 = writer.size
    writeSplitRegion(writer, message.splitRegion)
    writer.length(mark8)
    writer.tag1(66)
  }
  if (message.merge !== undefined) {
    const mark7 = writer.size
    writeMerge(writer, message.merge)
    writer.length(mark7)
    writer.tag1(58)
  }
  if (message.targetPeer !== undefined) {
    const mark6 = writer.size
    metapb.Peer.writeTo(writer, message.targetPeer)
    writer.length(mark6)
    writer.tag1(50)
  }
  if (message.regionEpoch !== undefined) {
    const mark5 = writer.size
    metapb.RegionEpoch.writeTo(writer, message.regionEpoch)
    writer.length(mark5)
    writer.tag1(42)
  }
  if (message.regionId !== 0) {
    writer.uint64Number(message.regionId)
    writer.tag1(32)
  }
  if (message.transferLeader !== undefined) {
    const mark3 = writer.size
    writeTransferLeader(writer, message.transferLeader)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.changePeer !== undefined) {
    const mark2 = writer.size
    writeChangePeer(writer, message.changePeer)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface ChangePeer {
  peer: metapb.Peer | undefined
  changeType: eraftpb.ConfChangeType
}

export const ChangePeer: MessageDefinition<ChangePeer> = {
  typeName: 'pdpb.ChangePeer',
  create: (init) => ({
    peer: init?.peer,
    changeType: init?.changeType ?? 0,
  }),
  encode: (message) => encodeWith(writeChangePeer, message),
  decode: (bytes) => decodeWith('pdpb.ChangePeer', readChangePeer, bytes),
  readFrom: readChangePeer,
  writeTo: writeChangePeer,
}

const ChangePeerFields: readonly number[] = [1, 2]

function readChangePeer(reader: WireReader, end: number, into?: ChangePeer): ChangePeer {
  const message: ChangePeer = into ?? { peer: undefined, changeType: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.peer = metapb.Peer.readFrom(reader, reader.end(), message.peer)
        break
      case 16:
        message.changeType = reader.int32() as eraftpb.ConfChangeType
        break
      default:
        reader.skip(tag, ChangePeerFields)
    }
  }
  reader.close(end)
  return message
}

function writeChangePeer(writer: WireWriter, message: ChangePeer): void {
  if (message.changeType !== 0) {
    writer.int32(message.changeType)
    writer.tag1(16)
  }
  if (message.peer !== undefined) {
    const mark1 = writer.size
    metapb.Peer.writeTo(writer, message.peer)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface TransferLeader {
  peer: metapb.Peer | undefined
  peers: metapb.Peer[]
}

export const TransferLeader: MessageDefinition<TransferLeader> = {
  typeName: 'pdpb.TransferLeader',
  create: (init) => ({
    peer: init?.peer,
    peers: init?.peers ?? [],
  }),
  encode: (message) => encodeWith(writeTransferLeader, message),
  decode: (bytes) => decodeWith('pdpb.TransferLeader', readTransferLeader, bytes),
  readFrom: readTransferLeader,
  writeTo: writeTransferLeader,
}

const TransferLeaderFields: readonly number[] = [1, 2]

function readTransferLeader(reader: WireReader, end: number, into?: TransferLeader): TransferLeader {
  const message: TransferLeader = into ?? { peer: undefined, peers: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.peer = metapb.Peer.readFrom(reader, reader.end(), message.peer)
        break
      case 18:
        message.peers.push(metapb.Peer.readFrom(reader, reader.end()))
        break
      default:
        reader.skip(tag, TransferLeaderFields)
    }
  }
  reader.close(end)
  return message
}

function writeTransferLeader(writer: WireWriter, message: TransferLeader): void {
  for (let at = message.peers.length - 1; at >= 0; at--) {
    const value = message.peers[at]!
    const mark2 = writer.size
    metapb.Peer.writeTo(writer, value)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.peer !== undefined) {
    const mark1 = writer.size
    metapb.Peer.writeTo(writer, message.peer)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface Merge {
  target: metapb.Region | undefined
}

export const Merge: MessageDefinition<Merge> = {
  typeName: 'pdpb.Merge',
  create: (init) => ({
    target: init?.target,
  }),
  encode: (message) => encodeWith(writeMerge, message),
  decode: (bytes) => decodeWith('pdpb.Merge', readMerge, bytes),
  readFrom: readMerge,
  writeTo: writeMerge,
}

const MergeFields: readonly number[] = [1]

function readMerge(reader: WireReader, end: number, into?: Merge): Merge {
  const message: Merge = into ?? { target: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.target = metapb.Region.readFrom(reader, reader.end(), message.target)
        break
      default:
        reader.skip(tag, MergeFields)
    }
  }
  reader.close(end)
  return message
}

function writeMerge(writer: WireWriter, message: Merge): void {
  if (message.target !== undefined) {
    const mark1 = writer.size
    metapb.Region.writeTo(writer, message.target)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface SplitRegion {
  policy: CheckPolicy
  keys: Uint8Array[]
}

export const SplitRegion: MessageDefinition<SplitRegion> = {
  typeName: 'pdpb.SplitRegion',
  create: (init) => ({
    policy: init?.policy ?? 0,
    keys: init?.keys ?? [],
  }),
  encode: (message) => encodeWith(writeSplitRegion, message),
  decode: (bytes) => decodeWith('pdpb.SplitRegion', readSplitRegion, bytes),
  readFrom: readSplitRegion,
  writeTo: writeSplitRegion,
}

const SplitRegionFields: readonly number[] = [1, 2]

function readSplitRegion(reader: WireReader, end: number, into?: SplitRegion): SplitRegion {
  const message: SplitRegion = into ?? { policy: 0, keys: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.policy = reader.int32() as CheckPolicy
        break
      case 18:
        message.keys.push(reader.bytes())
        break
      default:
        reader.skip(tag, SplitRegionFields)
    }
  }
  reader.close(end)
  return message
}

function writeSplitRegion(writer: WireWriter, message: SplitRegion): void {
  for (let at = message.keys.length - 1; at >= 0; at--) {
    const value = message.keys[at]!
    writer.bytes(value)
    writer.tag1(18)
  }
  if (message.policy !== 0) {
    writer.int32(message.policy)
    writer.tag1(8)
  }
}

export interface ChangePeerV2 {
  changes: ChangePeer[]
}

export const ChangePeerV2: MessageDefinition<ChangePeerV2> = {
  typeName: 'pdpb.ChangePeerV2',
  create: (init) => ({
    changes: init?.changes ?? [],
  }),
  encode: (message) => encodeWith(writeChangePeerV2, message),
  decode: (bytes) => decodeWith('pdpb.ChangePeerV2', readChangePeerV2, bytes),
  readFrom: readChangePeerV2,
  writeTo: writeChangePeerV2,
}

const ChangePeerV2Fields: readonly number[] = [1]

function readChangePeerV2(reader: WireReader, end: number, into?: ChangePeerV2): ChangePeerV2 {
  const message: ChangePeerV2 = into ?? { changes: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.changes.push(readChangePeer(reader, reader.end()))
        break
      default:
        reader.skip(tag, ChangePeerV2Fields)
    }
  }
  reader.close(end)
  return message
}

function writeChangePeerV2(writer: WireWriter, message: ChangePeerV2): void {
  for (let at = message.changes.length - 1; at >= 0; at--) {
    const value = message.changes[at]!
    const mark1 = writer.size
    writeChangePeer(writer, value)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface BatchSwitchWitness {
  switchWitnesses: SwitchWitness[]
}

export const BatchSwitchWitness: MessageDefinition<BatchSwitchWitness> = {
  typeName: 'pdpb.BatchSwitchWitness',
  create: (init) => ({
    switchWitnesses: init?.switchWitnesses ?? [],
  }),
  encode: (message) => encodeWith(writeBatchSwitchWitness, message),
  decode: (bytes) => decodeWith('pdpb.BatchSwitchWitness', readBatchSwitchWitness, bytes),
  readFrom: readBatchSwitchWitness,
  writeTo: writeBatchSwitchWitness,
}

const BatchSwitchWitnessFields: readonly number[] = [1]

function readBatchSwitchWitness(reader: WireReader, end: number, into?: BatchSwitchWitness): BatchSwitchWitness {
  const message: BatchSwitchWitness = into ?? { switchWitnesses: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.switchWitnesses.push(readSwitchWitness(reader, reader.end()))
        break
      default:
        reader.skip(tag, BatchSwitchWitnessFields)
    }
  }
  reader.close(end)
  return message
}

function writeBatchSwitchWitness(writer: WireWriter, message: BatchSwitchWitness): void {
  for (let at = message.switchWitnesses.length - 1; at >= 0; at--) {
    const value = message.switchWitnesses[at]!
    const mark1 = writer.size
    writeSwitchWitness(writer, value)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface SwitchWitness {
  peerId: number
  isWitness: boolean
}

export const SwitchWitness: MessageDefinition<SwitchWitness> = {
  typeName: 'pdpb.SwitchWitness',
  create: (init) => ({
    peerId: init?.peerId ?? 0,
    isWitness: init?.isWitness ?? false,
  }),
  encode: (message) => encodeWith(writeSwitchWitness, message),
  decode: (bytes) => decodeWith('pdpb.SwitchWitness', readSwitchWitness, bytes),
  readFrom: readSwitchWitness,
  writeTo: writeSwitchWitness,
}

const SwitchWitnessFields: readonly number[] = [1, 2]

function readSwitchWitness(reader: WireReader, end: number, into?: SwitchWitness): SwitchWitness {
  const message: SwitchWitness = into ?? { peerId: 0, isWitness: false }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.peerId = reader.uint64Number()
        break
      case 16:
        message.isWitness = reader.bool()
        break
      default:
        reader.skip(tag, SwitchWitnessFields)
    }
  }
  reader.close(end)
  return message
}

function writeSwitchWitness(writer: WireWriter, message: SwitchWitness): void {
  if (message.isWitness) {
    writer.bool(message.isWitness)
    writer.tag1(16)
  }
  if (message.peerId !== 0) {
    writer.uint64Number(message.peerId)
    writer.tag1(8)
  }
}

export interface ChangeSplit {
  autoSplitEnabled: boolean
}

export const ChangeSplit: MessageDefinition<ChangeSplit> = {
  typeName: 'pdpb.ChangeSplit',
  create: (init) => ({
    autoSplitEnabled: init?.autoSplitEnabled ?? false,
  }),
  encode: (message) => encodeWith(writeChangeSplit, message),
  decode: (bytes) => decodeWith('pdpb.ChangeSplit', readChangeSplit, bytes),
  readFrom: readChangeSplit,
  writeTo: writeChangeSplit,
}

const ChangeSplitFields: readonly number[] = [1]

function readChangeSplit(reader: WireReader, end: number, into?: ChangeSplit): ChangeSplit {
  const message: ChangeSplit = into ?? { autoSplitEnabled: false }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.autoSplitEnabled = reader.bool()
        break
      default:
        reader.skip(tag, ChangeSplitFields)
    }
  }
  reader.close(end)
  return message
}

function writeChangeSplit(writer: WireWriter, message: ChangeSplit): void {
  if (message.autoSplitEnabled) {
    writer.bool(message.autoSplitEnabled)
    writer.tag1(8)
  }
}

export interface ReportBatchSplitRequest {
  header: RequestHeader | undefined
  regions: metapb.Region[]
}

export const ReportBatchSplitRequest: MessageDefinition<ReportBatchSplitRequest> = {
  typeName: 'pdpb.ReportBatchSplitRequest',
  create: (init) => ({
    header: init?.header,
    regions: init?.regions ?? [],
  }),
  encode: (message) => encodeWith(writeReportBatchSplitRequest, message),
  decode: (bytes) => decodeWith('pdpb.ReportBatchSplitRequest', readReportBatchSplitRequest, bytes),
  readFrom: readReportBatchSplitRequest,
  writeTo: writeReportBatchSplitRequest,
}

const ReportBatchSplitRequestFields: readonly number[] = [1, 2]

function readReportBatchSplitRequest(reader: WireReader, end: number, into?: ReportBatchSplitRequest): ReportBatchSplitRequest {
  const message: ReportBatchSplitRequest = into ?? { header: undefined, regions: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readRequestHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.regions.push(metapb.Region.readFrom(reader, reader.end()))
        break
      default:
        reader.skip(tag, ReportBatchSplitRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeReportBatchSplitRequest(writer: WireWriter, message: ReportBatchSplitRequest): void {
  for (let at = message.regions.length - 1; at >= 0; at--) {
    const value = message.regions[at]!
    const mark2 = writer.size
    metapb.Region.writeTo(writer, value)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeRequestHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface ReportBatchSplitResponse {
  header: ResponseHeader | undefined
}

export const ReportBatchSplitResponse: MessageDefinition<ReportBatchSplitResponse> = {
  typeName: 'pdpb.ReportBatchSplitResponse',
  create: (init) => ({
    header: init?.header,
  }),
  encode: (message) => encodeWith(writeReportBatchSplitResponse, message),
  decode: (bytes) => decodeWith('pdpb.ReportBatchSplitResponse', readReportBatchSplitResponse, bytes),
  readFrom: readReportBatchSplitResponse,
  writeTo: writeReportBatchSplitResponse,
}

const ReportBatchSplitResponseFields: readonly number[] = [1]

function readReportBatchSplitResponse(reader: WireReader, end: number, into?: ReportBatchSplitResponse): ReportBatchSplitResponse {
  const message: ReportBatchSplitResponse = into ?? { header: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      default:
        reader.skip(tag, ReportBatchSplitResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeReportBatchSplitResponse(writer: WireWriter, message: ReportBatchSplitResponse): void {
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface ReportBucketsRequest {
  header: RequestHeader | undefined
  regionEpoch: metapb.RegionEpoch | undefined
  buckets: metapb.Buckets | undefined
}

export const ReportBucketsRequest: MessageDefinition<ReportBucketsRequest> = {
  typeName: 'pdpb.ReportBucketsRequest',
  create: (init) => ({
    header: init?.header,
    regionEpoch: init?.regionEpoch,
    buckets: init?.buckets,
  }),
  encode: (message) => encodeWith(writeReportBucketsRequest, message),
  decode: (bytes) => decodeWith('pdpb.ReportBucketsRequest', readReportBucketsRequest, bytes),
  readFrom: readReportBucketsRequest,
  writeTo: writeReportBucketsRequest,
}

const ReportBucketsRequestFields: readonly number[] = [1, 2, 3]

function readReportBucketsRequest(reader: WireReader, end: number, into?: ReportBucketsRequest): ReportBucketsRequest {
  const message: ReportBucketsRequest = into ?? { header: undefined, regionEpoch: undefined, buckets: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readRequestHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.regionEpoch = metapb.RegionEpoch.readFrom(reader, reader.end(), message.regionEpoch)
        break
      case 26:
        message.buckets = metapb.Buckets.readFrom(reader, reader.end(), message.buckets)
        break
      default:
        reader.skip(tag, ReportBucketsRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeReportBucketsRequest(writer: WireWriter, message: ReportBucketsRequest): void {
  if (message.buckets !== undefined) {
    const mark3 = writer.size
    metapb.Buckets.writeTo(writer, message.buckets)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.regionEpoch !== undefined) {
    const mark2 = writer.size
    metapb.RegionEpoch.writeTo(writer, message.regionEpoch)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeRequestHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface ReportBucketsResponse {
  header: ResponseHeader | undefined
}

export const ReportBucketsResponse: MessageDefinition<ReportBucketsResponse> = {
  typeName: 'pdpb.ReportBucketsResponse',
  create: (init) => ({
    header: init?.header,
  }),
  encode: (message) => encodeWith(writeReportBucketsResponse, message),
  decode: (bytes) => decodeWith('pdpb.ReportBucketsResponse', readReportBucketsResponse, bytes),
  readFrom: readReportBucketsResponse,
  writeTo: writeReportBucketsResponse,
}

const ReportBucketsResponseFields: readonly number[] = [1]

function readReportBucketsResponse(reader: WireReader, end: number, into?: ReportBucketsResponse): ReportBucketsResponse {
  const message: ReportBucketsResponse = into ?? { header: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      default:
        reader.skip(tag, ReportBucketsResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeReportBucketsResponse(writer: WireWriter, message: ReportBucketsResponse): void {
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface ReportMinResolvedTsRequest {
  header: RequestHeader | undefined
  storeId: number
  minResolvedTs: bigint
}

export const ReportMinResolvedTsRequest: MessageDefinition<ReportMinResolvedTsRequest> = {
  typeName: 'pdpb.ReportMinResolvedTsRequest',
  create: (init) => ({
    header: init?.header,
    storeId: init?.storeId ?? 0,
    minResolvedTs: init?.minResolvedTs ?? 0n,
  }),
  encode: (message) => encodeWith(writeReportMinResolvedTsRequest, message),
  decode: (bytes) => decodeWith('pdpb.ReportMinResolvedTsRequest', readReportMinResolvedTsRequest, bytes),
  readFrom: readReportMinResolvedTsRequest,
  writeTo: writeReportMinResolvedTsRequest,
}

const ReportMinResolvedTsRequestFields: readonly number[] = [1, 2, 3]

function readReportMinResolvedTsRequest(reader: WireReader, end: number, into?: ReportMinResolvedTsRequest): ReportMinResolvedTsRequest {
  const message: ReportMinResolvedTsRequest = into ?? { header: undefined, storeId: 0, minResolvedTs: 0n }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readRequestHeader(reader, reader.end(), message.header)
        break
      case 16:
        message.storeId = reader.uint64Number()
        break
      case 24:
        message.minResolvedTs = reader.uint64()
        break
      default:
        reader.skip(tag, ReportMinResolvedTsRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeReportMinResolvedTsRequest(writer: WireWriter, message: ReportMinResolvedTsRequest): void {
  if (message.minResolvedTs !== 0n) {
    writer.uint64(message.minResolvedTs)
    writer.tag1(24)
  }
  if (message.storeId !== 0) {
    writer.uint64Number(message.storeId)
    writer.tag1(16)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeRequestHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface ReportMinResolvedTsResponse {
  header: ResponseHeader | undefined
}

export const ReportMinResolvedTsResponse: MessageDefinition<ReportMinResolvedTsResponse> = {
  typeName: 'pdpb.ReportMinResolvedTsResponse',
  create: (init) => ({
    header: init?.header,
  }),
  encode: (message) => encodeWith(writeReportMinResolvedTsResponse, message),
  decode: (bytes) => decodeWith('pdpb.ReportMinResolvedTsResponse', readReportMinResolvedTsResponse, bytes),
  readFrom: readReportMinResolvedTsResponse,
  writeTo: writeReportMinResolvedTsResponse,
}

const ReportMinResolvedTsResponseFields: readonly number[] = [1]

function readReportMinResolvedTsResponse(reader: WireReader, end: number, into?: ReportMinResolvedTsResponse): ReportMinResolvedTsResponse {
  const message: ReportMinResolvedTsResponse = into ?? { header: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      default:
        reader.skip(tag, ReportMinResolvedTsResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeReportMinResolvedTsResponse(writer: WireWriter, message: ReportMinResolvedTsResponse): void {
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface ReportSplitRequest {
  header: RequestHeader | undefined
  left: metapb.Region | undefined
  right: metapb.Region | undefined
}

export const ReportSplitRequest: MessageDefinition<ReportSplitRequest> = {
  typeName: 'pdpb.ReportSplitRequest',
  create: (init) => ({
    header: init?.header,
    left: init?.left,
    right: init?.right,
  }),
  encode: (message) => encodeWith(writeReportSplitRequest, message),
  decode: (bytes) => decodeWith('pdpb.ReportSplitRequest', readReportSplitRequest, bytes),
  readFrom: readReportSplitRequest,
  writeTo: writeReportSplitRequest,
}

const ReportSplitRequestFields: readonly number[] = [1, 2, 3]

function readReportSplitRequest(reader: WireReader, end: number, into?: ReportSplitRequest): ReportSplitRequest {
  const message: ReportSplitRequest = into ?? { header: undefined, left: undefined, right: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readRequestHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.left = metapb.Region.readFrom(reader, reader.end(), message.left)
        break
      case 26:
        message.right = metapb.Region.readFrom(reader, reader.end(), message.right)
        break
      default:
        reader.skip(tag, ReportSplitRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeReportSplitRequest(writer: WireWriter, message: ReportSplitRequest): void {
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
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeRequestHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface ReportSplitResponse {
  header: ResponseHeader | undefined
}

export const ReportSplitResponse: MessageDefinition<ReportSplitResponse> = {
  typeName: 'pdpb.ReportSplitResponse',
  create: (init) => ({
    header: init?.header,
  }),
  encode: (message) => encodeWith(writeReportSplitResponse, message),
  decode: (bytes) => decodeWith('pdpb.ReportSplitResponse', readReportSplitResponse, bytes),
  readFrom: readReportSplitResponse,
  writeTo: writeReportSplitResponse,
}

const ReportSplitResponseFields: readonly number[] = [1]

function readReportSplitResponse(reader: WireReader, end: number, into?: ReportSplitResponse): ReportSplitResponse {
  const message: ReportSplitResponse = into ?? { header: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      default:
        reader.skip(tag, ReportSplitResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeReportSplitResponse(writer: WireWriter, message: ReportSplitResponse): void {
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface ScanRegionsRequest {
  header: RequestHeader | undefined
  startKey: Uint8Array
  limit: number
  endKey: Uint8Array
}

export const ScanRegionsRequest: MessageDefinition<ScanRegionsRequest> = {
  typeName: 'pdpb.ScanRegionsRequest',
  create: (init) => ({
    header: init?.header,
    startKey: init?.startKey ?? emptyBytes,
    limit: init?.limit ?? 0,
    endKey: init?.endKey ?? emptyBytes,
  }),
  encode: (message) => encodeWith(writeScanRegionsRequest, message),
  decode: (bytes) => decodeWith('pdpb.ScanRegionsRequest', readScanRegionsRequest, bytes),
  readFrom: readScanRegionsRequest,
  writeTo: writeScanRegionsRequest,
}

const ScanRegionsRequestFields: readonly number[] = [1, 2, 3, 4]

function readScanRegionsRequest(reader: WireReader, end: number, into?: ScanRegionsRequest): ScanRegionsRequest {
  const message: ScanRegionsRequest = into ?? { header: undefined, startKey: emptyBytes, limit: 0, endKey: emptyBytes }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readRequestHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.startKey = reader.bytes()
        break
      case 24:
        message.limit = reader.int32()
        break
      case 34:
        message.endKey = reader.bytes()
        break
      default:
        reader.skip(tag, ScanRegionsRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeScanRegionsRequest(writer: WireWriter, message: ScanRegionsRequest): void {
  if (message.endKey.length !== 0) {
    writer.bytes(message.endKey)
    writer.tag1(34)
  }
  if (message.limit !== 0) {
    writer.int32(message.limit)
    writer.tag1(24)
  }
  if (message.startKey.length !== 0) {
    writer.bytes(message.startKey)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeRequestHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface ScanRegionsResponse {
  header: ResponseHeader | undefined
  regionMetas: metapb.Region[]
  leaders: metapb.Peer[]
  regions: Region[]
}

export const ScanRegionsResponse: MessageDefinition<ScanRegionsResponse> = {
  typeName: 'pdpb.ScanRegionsResponse',
  create: (init) => ({
    header: init?.header,
    regionMetas: init?.regionMetas ?? [],
    leaders: init?.leaders ?? [],
    regions: init?.regions ?? [],
  }),
  encode: (message) => encodeWith(writeScanRegionsResponse, message),
  decode: (bytes) => decodeWith('pdpb.ScanRegionsResponse', readScanRegionsResponse, bytes),
  readFrom: readScanRegionsResponse,
  writeTo: writeScanRegionsResponse,
}

const ScanRegionsResponseFields: readonly number[] = [1, 2, 3, 4]

function readScanRegionsResponse(reader: WireReader, end: number, into?: ScanRegionsResponse): ScanRegionsResponse {
  const message: ScanRegionsResponse = into ?? { header: undefined, regionMetas: [], leaders: [], regions: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.regionMetas.push(metapb.Region.readFrom(reader, reader.end()))
        break
      case 26:
        message.leaders.push(metapb.Peer.readFrom(reader, reader.end()))
        break
      case 34:
        message.regions.push(readRegion(reader, reader.end()))
        break
      default:
        reader.skip(tag, ScanRegionsResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeScanRegionsResponse(writer: WireWriter, message: ScanRegionsResponse): void {
  for (let at = message.regions.length - 1; at >= 0; at--) {
    const value = message.regions[at]!
    const mark4 = writer.size
    writeRegion(writer, value)
    writer.length(mark4)
    writer.tag1(34)
  }
  for (let at = message.leaders.length - 1; at >= 0; at--) {
    const value = message.leaders[at]!
    const mark3 = writer.size
    metapb.Peer.writeTo(writer, value)
    writer.length(mark3)
    writer.tag1(26)
  }
  for (let at = message.regionMetas.length - 1; at >= 0; at--) {
    const value = message.regionMetas[at]!
    const mark2 = writer.size
    metapb.Region.writeTo(writer, value)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface ScatterRegionRequest {
  header: RequestHeader | undefined
  regionId: number
  region: metapb.Region | undefined
  leader: metapb.Peer | undefined
  group: string
  regionsId: number[]
  retryLimit: number
  skipStoreLimit: boolean
}

export const ScatterRegionRequest: MessageDefinition<ScatterRegionRequest> = {
  typeName: 'pdpb.ScatterRegionRequest',
  create: (init) => ({
    header: init?.header,
    regionId: init?.regionId ?? 0,
    region: init?.region,
    leader: init?.leader,
    group: init?.group ?? '',
    regionsId: init?.regionsId ?? [],
    retryLimit: init?.retryLimit ?? 0,
    skipStoreLimit: init?.skipStoreLimit ?? false,
  }),
  encode: (message) => encodeWith(writeScatterRegionRequest, message),
  decode: (bytes) => decodeWith('pdpb.ScatterRegionRequest', readScatterRegionRequest, bytes),
  readFrom: readScatterRegionRequest,
  writeTo: writeScatterRegionRequest,
}

const ScatterRegionRequestFields: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8]

function readScatterRegionRequest(reader: WireReader, end: number, into?: ScatterRegionRequest): ScatterRegionRequest {
  const message: ScatterRegionRequest = into ?? { header: undefined, regionId: 0, region: undefined, leader: undefined, group: '', regionsId: [], retryLimit: 0, skipStoreLimit: false }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readRequestHeader(reader, reader.end(), message.header)
        break
      case 16:
        message.regionId = reader.uint64Number()
        break
      case 26:
        message.region = metapb.Region.readFrom(reader, reader.end(), message.region)
        break
      case 34:
        message.leader = metapb.Peer.readFrom(reader, reader.end(), message.leader)
        break
      case 42:
        message.group = reader.string()
        break
      case 48:
        message.regionsId.push(reader.uint64Number())
        break
      case 50:
        {
          const packedEnd = reader.end()
          while (reader.pos < packedEnd) message.regionsId.push(reader.uint64Number())
          reader.close(packedEnd)
        }
        break
      case 56:
        message.retryLimit = reader.uint64Number()
        break
      case 64:
        message.skipStoreLimit = reader.bool()
        break
      default:
        reader.skip(tag, ScatterRegionRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeScatterRegionRequest(writer: WireWriter, message: ScatterRegionRequest): void {
  if (message.skipStoreLimit) {
    writer.bool(message.skipStoreLimit)
    writer.tag1(64)
  }
  if (message.retryLimit !== 0) {
    writer.uint64Number(message.retryLimit)
    writer.tag1(56)
  }
  if (message.regionsId.length !== 0) {
    const mark = writer.size
    for (let at = message.regionsId.length - 1; at >= 0; at--) writer.uint64Number(message.regionsId[at]!)
    writer.length(mark)
    writer.tag1(50)
  }
  if (message.group !== '') {
    writer.string(message.group)
    writer.tag1(42)
  }
  if (message.leader !== undefined) {
    const mark4 = writer.size
    metapb.Peer.writeTo(writer, message.leader)
    writer.length(mark4)
    writer.tag1(34)
  }
  if (message.region !== undefined) {
    const mark3 = writer.size
    metapb.Region.writeTo(writer, message.region)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.regionId !== 0) {
    writer.uint64Number(message.regionId)
    writer.tag1(16)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeRequestHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface ScatterRegionResponse {
  header: ResponseHeader | undefined
  finishedPercentage: number
  failedRegionsId: number[]
}

export const ScatterRegionResponse: MessageDefinition<ScatterRegionResponse> = {
  typeName: 'pdpb.ScatterRegionResponse',
  create: (init) => ({
    header: init?.header,
    finishedPercentage: init?.finishedPercentage ?? 0,
    failedRegionsId: init?.failedRegionsId ?? [],
  }),
  encode: (message) => encodeWith(writeScatterRegionResponse, message),
  decode: (bytes) => decodeWith('pdpb.ScatterRegionResponse', readScatterRegionResponse, bytes),
  readFrom: readScatterRegionResponse,
  writeTo: writeScatterRegionResponse,
}

const ScatterRegionResponseFields: readonly number[] = [1, 2, 3]

function readScatterRegionResponse(reader: WireReader, end: number, into?: ScatterRegionResponse): ScatterRegionResponse {
  const message: ScatterRegionResponse = into ?? { header: undefined, finishedPercentage: 0, failedRegionsId: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 16:
        message.finishedPercentage = reader.uint64Number()
        break
      case 24:
        message.failedRegionsId.push(reader.uint64Number())
        break
      case 26:
        {
          const packedEnd = reader.end()
          while (reader.pos < packedEnd) message.failedRegionsId.push(reader.uint64Number())
          reader.close(packedEnd)
        }
        break
      default:
        reader.skip(tag, ScatterRegionResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeScatterRegionResponse(writer: WireWriter, message: ScatterRegionResponse): void {
  if (message.failedRegionsId.length !== 0) {
    const mark = writer.size
    for (let at = message.failedRegionsId.length - 1; at >= 0; at--) writer.uint64Number(message.failedRegionsId[at]!)
    writer.length(mark)
    writer.tag1(26)
  }
  if (message.finishedPercentage !== 0) {
    writer.uint64Number(message.finishedPercentage)
    writer.tag1(16)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface SetExternalTimestampRequest {
  header: RequestHeader | undefined
  timestamp: bigint
}

export const SetExternalTimestampRequest: MessageDefinition<SetExternalTimestampRequest> = {
  typeName: 'pdpb.SetExternalTimestampRequest',
  create: (init) => ({
    header: init?.header,
    timestamp: init?.timestamp ?? 0n,
  }),
  encode: (message) => encodeWith(writeSetExternalTimestampRequest, message),
  decode: (bytes) => decodeWith('pdpb.SetExternalTimestampRequest', readSetExternalTimestampRequest, bytes),
  readFrom: readSetExternalTimestampRequest,
  writeTo: writeSetExternalTimestampRequest,
}

const SetExternalTimestampRequestFields: readonly number[] = [1, 2]

function readSetExternalTimestampRequest(reader: WireReader, end: number, into?: SetExternalTimestampRequest): SetExternalTimestampRequest {
  const message: SetExternalTimestampRequest = into ?? { header: undefined, timestamp: 0n }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readRequestHeader(reader, reader.end(), message.header)
        break
      case 16:
        message.timestamp = reader.uint64()
        break
      default:
        reader.skip(tag, SetExternalTimestampRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeSetExternalTimestampRequest(writer: WireWriter, message: SetExternalTimestampRequest): void {
  if (message.timestamp !== 0n) {
    writer.uint64(message.timestamp)
    writer.tag1(16)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeRequestHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface SetExternalTimestampResponse {
  header: ResponseHeader | undefined
}

export const SetExternalTimestampResponse: MessageDefinition<SetExternalTimestampResponse> = {
  typeName: 'pdpb.SetExternalTimestampResponse',
  create: (init) => ({
    header: init?.header,
  }),
  encode: (message) => encodeWith(writeSetExternalTimestampResponse, message),
  decode: (bytes) => decodeWith('pdpb.SetExternalTimestampResponse', readSetExternalTimestampResponse, bytes),
  readFrom: readSetExternalTimestampResponse,
  writeTo: writeSetExternalTimestampResponse,
}

const SetExternalTimestampResponseFields: readonly number[] = [1]

function readSetExternalTimestampResponse(reader: WireReader, end: number, into?: SetExternalTimestampResponse): SetExternalTimestampResponse {
  const message: SetExternalTimestampResponse = into ?? { header: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      default:
        reader.skip(tag, SetExternalTimestampResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeSetExternalTimestampResponse(writer: WireWriter, message: SetExternalTimestampResponse): void {
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface SetGCBarrierRequest {
  header: RequestHeader | undefined
  keyspaceScope: KeyspaceScope | undefined
  barrierId: string
  barrierTs: bigint
  ttlSeconds: bigint
}

export const SetGCBarrierRequest: MessageDefinition<SetGCBarrierRequest> = {
  typeName: 'pdpb.SetGCBarrierRequest',
  create: (init) => ({
    header: init?.header,
    keyspaceScope: init?.keyspaceScope,
    barrierId: init?.barrierId ?? '',
    barrierTs: init?.barrierTs ?? 0n,
    ttlSeconds: init?.ttlSeconds ?? 0n,
  }),
  encode: (message) => encodeWith(writeSetGCBarrierRequest, message),
  decode: (bytes) => decodeWith('pdpb.SetGCBarrierRequest', readSetGCBarrierRequest, bytes),
  readFrom: readSetGCBarrierRequest,
  writeTo: writeSetGCBarrierRequest,
}

const SetGCBarrierRequestFields: readonly number[] = [1, 2, 3, 4, 5]

function readSetGCBarrierRequest(reader: WireReader, end: number, into?: SetGCBarrierRequest): SetGCBarrierRequest {
  const message: SetGCBarrierRequest = into ?? { header: undefined, keyspaceScope: undefined, barrierId: '', barrierTs: 0n, ttlSeconds: 0n }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readRequestHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.keyspaceScope = readKeyspaceScope(reader, reader.end(), message.keyspaceScope)
        break
      case 26:
        message.barrierId = reader.string()
        break
      case 32:
        message.barrierTs = reader.uint64()
        break
      case 40:
        message.ttlSeconds = reader.int64()
        break
      default:
        reader.skip(tag, SetGCBarrierRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeSetGCBarrierRequest(writer: WireWriter, message: SetGCBarrierRequest): void {
  if (message.ttlSeconds !== 0n) {
    writer.int64(message.ttlSeconds)
    writer.tag1(40)
  }
  if (message.barrierTs !== 0n) {
    writer.uint64(message.barrierTs)
    writer.tag1(32)
  }
  if (message.barrierId !== '') {
    writer.string(message.barrierId)
    writer.tag1(26)
  }
  if (message.keyspaceScope !== undefined) {
    const mark2 = writer.size
    writeKeyspaceScope(writer, message.keyspaceScope)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeRequestHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface SetGCBarrierResponse {
  header: ResponseHeader | undefined
  newBarrierInfo: GCBarrierInfo | undefined
}

export const SetGCBarrierResponse: MessageDefinition<SetGCBarrierResponse> = {
  typeName: 'pdpb.SetGCBarrierResponse',
  create: (init) => ({
    header: init?.header,
    newBarrierInfo: init?.newBarrierInfo,
  }),
  encode: (message) => encodeWith(writeSetGCBarrierResponse, message),
  decode: (bytes) => decodeWith('pdpb.SetGCBarrierResponse', readSetGCBarrierResponse, bytes),
  readFrom: readSetGCBarrierResponse,
  writeTo: writeSetGCBarrierResponse,
}

const SetGCBarrierResponseFields: readonly number[] = [1, 2]

function readSetGCBarrierResponse(reader: WireReader, end: number, into?: SetGCBarrierResponse): SetGCBarrierResponse {
  const message: SetGCBarrierResponse = into ?? { header: undefined, newBarrierInfo: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.newBarrierInfo = readGCBarrierInfo(reader, reader.end(), message.newBarrierInfo)
        break
      default:
        reader.skip(tag, SetGCBarrierResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeSetGCBarrierResponse(writer: WireWriter, message: SetGCBarrierResponse): void {
  if (message.newBarrierInfo !== undefined) {
    const mark2 = writer.size
    writeGCBarrierInfo(writer, message.newBarrierInfo)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface SetGlobalGCBarrierRequest {
  header: RequestHeader | undefined
  barrierId: string
  barrierTs: bigint
  ttlSeconds: bigint
}

export const SetGlobalGCBarrierRequest: MessageDefinition<SetGlobalGCBarrierRequest> = {
  typeName: 'pdpb.SetGlobalGCBarrierRequest',
  create: (init) => ({
    header: init?.header,
    barrierId: init?.barrierId ?? '',
    barrierTs: init?.barrierTs ?? 0n,
    ttlSeconds: init?.ttlSeconds ?? 0n,
  }),
  encode: (message) => encodeWith(writeSetGlobalGCBarrierRequest, message),
  decode: (bytes) => decodeWith('pdpb.SetGlobalGCBarrierRequest', readSetGlobalGCBarrierRequest, bytes),
  readFrom: readSetGlobalGCBarrierRequest,
  writeTo: writeSetGlobalGCBarrierRequest,
}

const SetGlobalGCBarrierRequestFields: readonly number[] = [1, 2, 3, 4]

function readSetGlobalGCBarrierRequest(reader: WireReader, end: number, into?: SetGlobalGCBarrierRequest): SetGlobalGCBarrierRequest {
  const message: SetGlobalGCBarrierRequest = into ?? { header: undefined, barrierId: '', barrierTs: 0n, ttlSeconds: 0n }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readRequestHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.barrierId = reader.string()
        break
      case 24:
        message.barrierTs = reader.uint64()
        break
      case 32:
        message.ttlSeconds = reader.int64()
        break
      default:
        reader.skip(tag, SetGlobalGCBarrierRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeSetGlobalGCBarrierRequest(writer: WireWriter, message: SetGlobalGCBarrierRequest): void {
  if (message.ttlSeconds !== 0n) {
    writer.int64(message.ttlSeconds)
    writer.tag1(32)
  }
  if (message.barrierTs !== 0n) {
    writer.uint64(message.barrierTs)
    writer.tag1(24)
  }
  if (message.barrierId !== '') {
    writer.string(message.barrierId)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeRequestHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface SetGlobalGCBarrierResponse {
  header: ResponseHeader | undefined
  newBarrierInfo: GlobalGCBarrierInfo | undefined
}

export const SetGlobalGCBarrierResponse: MessageDefinition<SetGlobalGCBarrierResponse> = {
  typeName: 'pdpb.SetGlobalGCBarrierResponse',
  create: (init) => ({
    header: init?.header,
    newBarrierInfo: init?.newBarrierInfo,
  }),
  encode: (message) => encodeWith(writeSetGlobalGCBarrierResponse, message),
  decode: (bytes) => decodeWith('pdpb.SetGlobalGCBarrierResponse', readSetGlobalGCBarrierResponse, bytes),
  readFrom: readSetGlobalGCBarrierResponse,
  writeTo: writeSetGlobalGCBarrierResponse,
}

const SetGlobalGCBarrierResponseFields: readonly number[] = [1, 2]

function readSetGlobalGCBarrierResponse(reader: WireReader, end: number, into?: SetGlobalGCBarrierResponse): SetGlobalGCBarrierResponse {
  const message: SetGlobalGCBarrierResponse = into ?? { header: undefined, newBarrierInfo: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.newBarrierInfo = readGlobalGCBarrierInfo(reader, reader.end(), message.newBarrierInfo)
        break
      default:
        reader.skip(tag, SetGlobalGCBarrierResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeSetGlobalGCBarrierResponse(writer: WireWriter, message: SetGlobalGCBarrierResponse): void {
  if (message.newBarrierInfo !== undefined) {
    const mark2 = writer.size
    writeGlobalGCBarrierInfo(writer, message.newBarrierInfo)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface SplitAndScatterRegionsRequest {
  header: RequestHeader | undefined
  splitKeys: Uint8Array[]
  group: string
  retryLimit: number
}

export const SplitAndScatterRegionsRequest: MessageDefinition<SplitAndScatterRegionsRequest> = {
  typeName: 'pdpb.SplitAndScatterRegionsRequest',
  create: (init) => ({
    header: init?.header,
    splitKeys: init?.splitKeys ?? [],
    group: init?.group ?? '',
    retryLimit: init?.retryLimit ?? 0,
  }),
  encode: (message) => encodeWith(writeSplitAndScatterRegionsRequest, message),
  decode: (bytes) => decodeWith('pdpb.SplitAndScatterRegionsRequest', readSplitAndScatterRegionsRequest, bytes),
  readFrom: readSplitAndScatterRegionsRequest,
  writeTo: writeSplitAndScatterRegionsRequest,
}

const SplitAndScatterRegionsRequestFields: readonly number[] = [1, 2, 3, 4]

function readSplitAndScatterRegionsRequest(reader: WireReader, end: number, into?: SplitAndScatterRegionsRequest): SplitAndScatterRegionsRequest {
  const message: SplitAndScatterRegionsRequest = into ?? { header: undefined, splitKeys: [], group: '', retryLimit: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readRequestHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.splitKeys.push(reader.bytes())
        break
      case 26:
        message.group = reader.string()
        break
      case 32:
        message.retryLimit = reader.uint64Number()
        break
      default:
        reader.skip(tag, SplitAndScatterRegionsRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeSplitAndScatterRegionsRequest(writer: WireWriter, message: SplitAndScatterRegionsRequest): void {
  if (message.retryLimit !== 0) {
    writer.uint64Number(message.retryLimit)
    writer.tag1(32)
  }
  if (message.group !== '') {
    writer.string(message.group)
    writer.tag1(26)
  }
  for (let at = message.splitKeys.length - 1; at >= 0; at--) {
    const value = message.splitKeys[at]!
    writer.bytes(value)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeRequestHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface SplitAndScatterRegionsResponse {
  header: ResponseHeader | undefined
  splitFinishedPercentage: number
  scatterFinishedPercentage: number
  regionsId: number[]
}

export const SplitAndScatterRegionsResponse: MessageDefinition<SplitAndScatterRegionsResponse> = {
  typeName: 'pdpb.SplitAndScatterRegionsResponse',
  create: (init) => ({
    header: init?.header,
    splitFinishedPercentage: init?.splitFinishedPercentage ?? 0,
    scatterFinishedPercentage: init?.scatterFinishedPercentage ?? 0,
    regionsId: init?.regionsId ?? [],
  }),
  encode: (message) => encodeWith(writeSplitAndScatterRegionsResponse, message),
  decode: (bytes) => decodeWith('pdpb.SplitAndScatterRegionsResponse', readSplitAndScatterRegionsResponse, bytes),
  readFrom: readSplitAndScatterRegionsResponse,
  writeTo: writeSplitAndScatterRegionsResponse,
}

const SplitAndScatterRegionsResponseFields: readonly number[] = [1, 2, 3, 4]

function readSplitAndScatterRegionsResponse(reader: WireReader, end: number, into?: SplitAndScatterRegionsResponse): SplitAndScatterRegionsResponse {
  const message: SplitAndScatterRegionsResponse = into ?? { header: undefined, splitFinishedPercentage: 0, scatterFinishedPercentage: 0, regionsId: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 16:
        message.splitFinishedPercentage = reader.uint64Number()
        break
      case 24:
        message.scatterFinishedPercentage = reader.uint64Number()
        break
      case 32:
        message.regionsId.push(reader.uint64Number())
        break
      case 34:
        {
          const packedEnd = reader.end()
          while (reader.pos < packedEnd) message.regionsId.push(reader.uint64Number())
          reader.close(packedEnd)
        }
        break
      default:
        reader.skip(tag, SplitAndScatterRegionsResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeSplitAndScatterRegionsResponse(writer: WireWriter, message: SplitAndScatterRegionsResponse): void {
  if (message.regionsId.length !== 0) {
    const mark = writer.size
    for (let at = message.regionsId.length - 1; at >= 0; at--) writer.uint64Number(message.regionsId[at]!)
    writer.length(mark)
    writer.tag1(34)
  }
  if (message.scatterFinishedPercentage !== 0) {
    writer.uint64Number(message.scatterFinishedPercentage)
    writer.tag1(24)
  }
  if (message.splitFinishedPercentage !== 0) {
    writer.uint64Number(message.splitFinishedPercentage)
    writer.tag1(16)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface SplitRegionsRequest {
  header: RequestHeader | undefined
  splitKeys: Uint8Array[]
  retryLimit: number
}

export const SplitRegionsRequest: MessageDefinition<SplitRegionsRequest> = {
  typeName: 'pdpb.SplitRegionsRequest',
  create: (init) => ({
    header: init?.header,
    splitKeys: init?.splitKeys ?? [],
    retryLimit: init?.retryLimit ?? 0,
  }),
  encode: (message) => encodeWith(writeSplitRegionsRequest, message),
  decode: (bytes) => decodeWith('pdpb.SplitRegionsRequest', readSplitRegionsRequest, bytes),
  readFrom: readSplitRegionsRequest,
  writeTo: writeSplitRegionsRequest,
}

const SplitRegionsRequestFields: readonly number[] = [1, 2, 3]

function readSplitRegionsRequest(reader: WireReader, end: number, into?: SplitRegionsRequest): SplitRegionsRequest {
  const message: SplitRegionsRequest = into ?? { header: undefined, splitKeys: [], retryLimit: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readRequestHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.splitKeys.push(reader.bytes())
        break
      case 24:
        message.retryLimit = reader.uint64Number()
        break
      default:
        reader.skip(tag, SplitRegionsRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeSplitRegionsRequest(writer: WireWriter, message: SplitRegionsRequest): void {
  if (message.retryLimit !== 0) {
    writer.uint64Number(message.retryLimit)
    writer.tag1(24)
  }
  for (let at = message.splitKeys.length - 1; at >= 0; at--) {
    const value = message.splitKeys[at]!
    writer.bytes(value)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeRequestHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface SplitRegionsResponse {
  header: ResponseHeader | undefined
  finishedPercentage: number
  regionsId: number[]
}

export const SplitRegionsResponse: MessageDefinition<SplitRegionsResponse> = {
  typeName: 'pdpb.SplitRegionsResponse',
  create: (init) => ({
    header: init?.header,
    finishedPercentage: init?.finishedPercentage ?? 0,
    regionsId: init?.regionsId ?? [],
  }),
  encode: (message) => encodeWith(writeSplitRegionsResponse, message),
  decode: (bytes) => decodeWith('pdpb.SplitRegionsResponse', readSplitRegionsResponse, bytes),
  readFrom: readSplitRegionsResponse,
  writeTo: writeSplitRegionsResponse,
}

const SplitRegionsResponseFields: readonly number[] = [1, 2, 3]

function readSplitRegionsResponse(reader: WireReader, end: number, into?: SplitRegionsResponse): SplitRegionsResponse {
  const message: SplitRegionsResponse = into ?? { header: undefined, finishedPercentage: 0, regionsId: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 16:
        message.finishedPercentage = reader.uint64Number()
        break
      case 24:
        message.regionsId.push(reader.uint64Number())
        break
      case 26:
        {
          const packedEnd = reader.end()
          while (reader.pos < packedEnd) message.regionsId.push(reader.uint64Number())
          reader.close(packedEnd)
        }
        break
      default:
        reader.skip(tag, SplitRegionsResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeSplitRegionsResponse(writer: WireWriter, message: SplitRegionsResponse): void {
  if (message.regionsId.length !== 0) {
    const mark = writer.size
    for (let at = message.regionsId.length - 1; at >= 0; at--) writer.uint64Number(message.regionsId[at]!)
    writer.length(mark)
    writer.tag1(26)
  }
  if (message.finishedPercentage !== 0) {
    writer.uint64Number(message.finishedPercentage)
    writer.tag1(16)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface StoreGlobalConfigRequest {
  changes: GlobalConfigItem[]
  configPath: string
}

export const StoreGlobalConfigRequest: MessageDefinition<StoreGlobalConfigRequest> = {
  typeName: 'pdpb.StoreGlobalConfigRequest',
  create: (init) => ({
    changes: init?.changes ?? [],
    configPath: init?.configPath ?? '',
  }),
  encode: (message) => encodeWith(writeStoreGlobalConfigRequest, message),
  decode: (bytes) => decodeWith('pdpb.StoreGlobalConfigRequest', readStoreGlobalConfigRequest, bytes),
  readFrom: readStoreGlobalConfigRequest,
  writeTo: writeStoreGlobalConfigRequest,
}

const StoreGlobalConfigRequestFields: readonly number[] = [1, 2]

function readStoreGlobalConfigRequest(reader: WireReader, end: number, into?: StoreGlobalConfigRequest): StoreGlobalConfigRequest {
  const message: StoreGlobalConfigRequest = into ?? { changes: [], configPath: '' }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.changes.push(readGlobalConfigItem(reader, reader.end()))
        break
      case 18:
        message.configPath = reader.string()
        break
      default:
        reader.skip(tag, StoreGlobalConfigRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeStoreGlobalConfigRequest(writer: WireWriter, message: StoreGlobalConfigRequest): void {
  if (message.configPath !== '') {
    writer.string(message.configPath)
    writer.tag1(18)
  }
  for (let at = message.changes.length - 1; at >= 0; at--) {
    const value = message.changes[at]!
    const mark1 = writer.size
    writeGlobalConfigItem(writer, value)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface StoreGlobalConfigResponse {
  error: Error | undefined
}

export const StoreGlobalConfigResponse: MessageDefinition<StoreGlobalConfigResponse> = {
  typeName: 'pdpb.StoreGlobalConfigResponse',
  create: (init) => ({
    error: init?.error,
  }),
  encode: (message) => encodeWith(writeStoreGlobalConfigResponse, message),
  decode: (bytes) => decodeWith('pdpb.StoreGlobalConfigResponse', readStoreGlobalConfigResponse, bytes),
  readFrom: readStoreGlobalConfigResponse,
  writeTo: writeStoreGlobalConfigResponse,
}

const StoreGlobalConfigResponseFields: readonly number[] = [1]

function readStoreGlobalConfigResponse(reader: WireReader, end: number, into?: StoreGlobalConfigResponse): StoreGlobalConfigResponse {
  const message: StoreGlobalConfigResponse = into ?? { error: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.error = readError(reader, reader.end(), message.error)
        break
      default:
        reader.skip(tag, StoreGlobalConfigResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeStoreGlobalConfigResponse(writer: WireWriter, message: StoreGlobalConfigResponse): void {
  if (message.error !== undefined) {
    const mark1 = writer.size
    writeError(writer, message.error)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface StoreHeartbeatRequest {
  header: RequestHeader | undefined
  stats: StoreStats | undefined
  storeReport: StoreReport | undefined
  drAutosyncStatus: replication_modepb.StoreDRAutoSyncStatus | undefined
}

export const StoreHeartbeatRequest: MessageDefinition<StoreHeartbeatRequest> = {
  typeName: 'pdpb.StoreHeartbeatRequest',
  create: (init) => ({
    header: init?.header,
    stats: init?.stats,
    storeReport: init?.storeReport,
    drAutosyncStatus: init?.drAutosyncStatus,
  }),
  encode: (message) => encodeWith(writeStoreHeartbeatRequest, message),
  decode: (bytes) => decodeWith('pdpb.StoreHeartbeatRequest', readStoreHeartbeatRequest, bytes),
  readFrom: readStoreHeartbeatRequest,
  writeTo: writeStoreHeartbeatRequest,
}

const StoreHeartbeatRequestFields: readonly number[] = [1, 2, 3, 4]

function readStoreHeartbeatRequest(reader: WireReader, end: number, into?: StoreHeartbeatRequest): StoreHeartbeatRequest {
  const message: StoreHeartbeatRequest = into ?? { header: undefined, stats: undefined, storeReport: undefined, drAutosyncStatus: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readRequestHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.stats = readStoreStats(reader, reader.end(), message.stats)
        break
      case 26:
        message.storeReport = readStoreReport(reader, reader.end(), message.storeReport)
        break
      case 34:
        message.drAutosyncStatus = replication_modepb.StoreDRAutoSyncStatus.readFrom(reader, reader.end(), message.drAutosyncStatus)
        break
      default:
        reader.skip(tag, StoreHeartbeatRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeStoreHeartbeatRequest(writer: WireWriter, message: StoreHeartbeatRequest): void {
  if (message.drAutosyncStatus !== undefined) {
    const mark4 = writer.size
    replication_modepb.StoreDRAutoSyncStatus.writeTo(writer, message.drAutosyncStatus)
    writer.length(mark4)
    writer.tag1(34)
  }
  if (message.storeReport !== undefined) {
    const mark3 = writer.size
    writeStoreReport(writer, message.storeReport)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.stats !== undefined) {
    const mark2 = writer.size
    writeStoreStats(writer, message.stats)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeRequestHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface StoreReport {
  peerReports: PeerReport[]
  step: number
}

export const StoreReport: MessageDefinition<StoreReport> = {
  typeName: 'pdpb.StoreReport',
  create: (init) => ({
    peerReports: init?.peerReports ?? [],
    step: init?.step ?? 0,
  }),
  encode: (message) => encodeWith(writeStoreReport, message),
  decode: (bytes) => decodeWith('pdpb.StoreReport', readStoreReport, bytes),
  readFrom: readStoreReport,
  writeTo: writeStoreReport,
}

const StoreReportFields: readonly number[] = [1, 2]

function readStoreReport(reader: WireReader, end: number, into?: StoreReport): StoreReport {
  const message: StoreReport = into ?? { peerReports: [], step: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.peerReports.push(readPeerReport(reader, reader.end()))
        break
      case 16:
        message.step = reader.uint64Number()
        break
      default:
        reader.skip(tag, StoreReportFields)
    }
  }
  reader.close(end)
  return message
}

function writeStoreReport(writer: WireWriter, message: StoreReport): void {
  if (message.step !== 0) {
    writer.uint64Number(message.step)
    writer.tag1(16)
  }
  for (let at = message.peerReports.length - 1; at >= 0; at--) {
    const value = message.peerReports[at]!
    const mark1 = writer.size
    writePeerReport(writer, value)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface PeerReport {
  raftState: raft_serverpb.RaftLocalState | undefined
  regionState: raft_serverpb.RegionLocalState | undefined
  isForceLeader: boolean
  hasCommitMerge: boolean
  appliedIndex: number
}

export const PeerReport: MessageDefinition<PeerReport> = {
  typeName: 'pdpb.PeerReport',
  create: (init) => ({
    raftState: init?.raftState,
    regionState: init?.regionState,
    isForceLeader: init?.isForceLeader ?? false,
    hasCommitMerge: init?.hasCommitMerge ?? false,
    appliedIndex: init?.appliedIndex ?? 0,
  }),
  encode: (message) => encodeWith(writePeerReport, message),
  decode: (bytes) => decodeWith('pdpb.PeerReport', readPeerReport, bytes),
  readFrom: readPeerReport,
  writeTo: writePeerReport,
}

const PeerReportFields: readonly number[] = [1, 2, 3, 4, 5]

function readPeerReport(reader: WireReader, end: number, into?: PeerReport): PeerReport {
  const message: PeerReport = into ?? { raftState: undefined, regionState: undefined, isForceLeader: false, hasCommitMerge: false, appliedIndex: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.raftState = raft_serverpb.RaftLocalState.readFrom(reader, reader.end(), message.raftState)
        break
      case 18:
        message.regionState = raft_serverpb.RegionLocalState.readFrom(reader, reader.end(), message.regionState)
        break
      case 24:
        message.isForceLeader = reader.bool()
        break
      case 32:
        message.hasCommitMerge = reader.bool()
        break
      case 40:
        message.appliedIndex = reader.uint64Number()
        break
      default:
        reader.skip(tag, PeerReportFields)
    }
  }
  reader.close(end)
  return message
}

function writePeerReport(writer: WireWriter, message: PeerReport): void {
  if (message.appliedIndex !== 0) {
    writer.uint64Number(message.appliedIndex)
    writer.tag1(40)
  }
  if (message.hasCommitMerge) {
    writer.bool(message.hasCommitMerge)
    writer.tag1(32)
  }
  if (message.isForceLeader) {
    writer.bool(message.isForceLeader)
    writer.tag1(24)
  }
  if (message.regionState !== undefined) {
    const mark2 = writer.size
    raft_serverpb.RegionLocalState.writeTo(writer, message.regionState)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.raftState !== undefined) {
    const mark1 = writer.size
    raft_serverpb.RaftLocalState.writeTo(writer, message.raftState)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface StoreHeartbeatResponse {
  header: ResponseHeader | undefined
  replicationStatus: replication_modepb.ReplicationStatus | undefined
  clusterVersion: string
  requireDetailedReport: boolean
  recoveryPlan: RecoveryPlan | undefined
  awakenRegions: AwakenRegions | undefined
  controlGrpc: ControlGrpc | undefined
  state: metapb.NodeState
}

export const StoreHeartbeatResponse: MessageDefinition<StoreHeartbeatResponse> = {
  typeName: 'pdpb.StoreHeartbeatResponse',
  create: (init) => ({
    header: init?.header,
    replicationStatus: init?.replicationStatus,
    clusterVersion: init?.clusterVersion ?? '',
    requireDetailedReport: init?.requireDetailedReport ?? false,
    recoveryPlan: init?.recoveryPlan,
    awakenRegions: init?.awakenRegions,
    controlGrpc: init?.controlGrpc,
    state: init?.state ?? 0,
  }),
  encode: (message) => encodeWith(writeStoreHeartbeatResponse, message),
  decode: (bytes) => decodeWith('pdpb.StoreHeartbeatResponse', readStoreHeartbeatResponse, bytes),
  readFrom: readStoreHeartbeatResponse,
  writeTo: writeStoreHeartbeatResponse,
}

const StoreHeartbeatResponseFields: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8]

function readStoreHeartbeatResponse(reader: WireReader, end: number, into?: StoreHeartbeatResponse): StoreHeartbeatResponse {
  const message: StoreHeartbeatResponse = into ?? { header: undefined, replicationStatus: undefined, clusterVersion: '', requireDetailedReport: false, recoveryPlan: undefined, awakenRegions: undefined, controlGrpc: undefined, state: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.replicationStatus = replication_modepb.ReplicationStatus.readFrom(reader, reader.end(), message.replicationStatus)
        break
      case 26:
        message.clusterVersion = reader.string()
        break
      case 32:
        message.requireDetailedReport = reader.bool()
        break
      case 42:
        message.recoveryPlan = readRecoveryPlan(reader, reader.end(), message.recoveryPlan)
        break
      case 50:
        message.awakenRegions = readAwakenRegions(reader, reader.end(), message.awakenRegions)
        break
      case 58:
        message.controlGrpc = readControlGrpc(reader, reader.end(), message.controlGrpc)
        break
      case 64:
        message.state = reader.int32() as metapb.NodeState
        break
      default:
        reader.skip(tag, StoreHeartbeatResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeStoreHeartbeatResponse(writer: WireWriter, message: StoreHeartbeatResponse): void {
  if (message.state !== 0) {
    writer.int32(message.state)
    writer.tag1(64)
  }
  if (message.controlGrpc !== undefined) {
    const mark7 = writer.size
    writeControlGrpc(writer, message.controlGrpc)
    writer.length(mark7)
    writer.tag1(58)
  }
  if (message.awakenRegions !== undefined) {
    const mark6 = writer.size
    writeAwakenRegions(writer, message.awakenRegions)
    writer.length(mark6)
    writer.tag1(50)
  }
  if (message.recoveryPlan !== undefined) {
    const mark5 = writer.size
    writeRecoveryPlan(writer, message.recoveryPlan)
    writer.length(mark5)
    writer.tag1(42)
  }
  if (message.requireDetailedReport) {
    writer.bool(message.requireDetailedReport)
    writer.tag1(32)
  }
  if (message.clusterVersion !== '') {
    writer.string(message.clusterVersion)
    writer.tag1(26)
  }
  if (message.replicationStatus !== undefined) {
    const mark2 = writer.size
    replication_modepb.ReplicationStatus.writeTo(writer, message.replicationStatus)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface RecoveryPlan {
  creates: metapb.Region[]
  updates: metapb.Region[]
  tombstones: number[]
  demotes: DemoteFailedVoters[]
  forceLeader: ForceLeader | undefined
  step: number
}

export const RecoveryPlan: MessageDefinition<RecoveryPlan> = {
  typeName: 'pdpb.RecoveryPlan',
  create: (init) => ({
    creates: init?.creates ?? [],
    updates: init?.updates ?? [],
    tombstones: init?.tombstones ?? [],
    demotes: init?.demotes ?? [],
    forceLeader: init?.forceLeader,
    step: init?.step ?? 0,
  }),
  encode: (message) => encodeWith(writeRecoveryPlan, message),
  decode: (bytes) => decodeWith('pdpb.RecoveryPlan', readRecoveryPlan, bytes),
  readFrom: readRecoveryPlan,
  writeTo: writeRecoveryPlan,
}

const RecoveryPlanFields: readonly number[] = [1, 2, 3, 4, 5, 6]

function readRecoveryPlan(reader: WireReader, end: number, into?: RecoveryPlan): RecoveryPlan {
  const message: RecoveryPlan = into ?? { creates: [], updates: [], tombstones: [], demotes: [], forceLeader: undefined, step: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.creates.push(metapb.Region.readFrom(reader, reader.end()))
        break
      case 18:
        message.updates.push(metapb.Region.readFrom(reader, reader.end()))
        break
      case 24:
        message.tombstones.push(reader.uint64Number())
        break
      case 26:
        {
          const packedEnd = reader.end()
          while (reader.pos < packedEnd) message.tombstones.push(reader.uint64Number())
          reader.close(packedEnd)
        }
        break
      case 34:
        message.demotes.push(readDemoteFailedVoters(reader, reader.end()))
        break
      case 42:
        message.forceLeader = readForceLeader(reader, reader.end(), message.forceLeader)
        break
      case 48:
        message.step = reader.uint64Number()
        break
      default:
        reader.skip(tag, RecoveryPlanFields)
    }
  }
  reader.close(end)
  return message
}

function writeRecoveryPlan(writer: WireWriter, message: RecoveryPlan): void {
  if (message.step !== 0) {
    writer.uint64Number(message.step)
    writer.tag1(48)
  }
  if (message.forceLeader !== undefined) {
    const mark5 = writer.size
    writeForceLeader(writer, message.forceLeader)
    writer.length(mark5)
    writer.tag1(42)
  }
  for (let at = message.demotes.length - 1; at >= 0; at--) {
    const value = message.demotes[at]!
    const mark4 = writer.size
    writeDemoteFailedVoters(writer, value)
    writer.length(mark4)
    writer.tag1(34)
  }
  if (message.tombstones.length !== 0) {
    const mark = writer.size
    for (let at = message.tombstones.length - 1; at >= 0; at--) writer.uint64Number(message.tombstones[at]!)
    writer.length(mark)
    writer.tag1(26)
  }
  for (let at = message.updates.length - 1; at >= 0; at--) {
    const value = message.updates[at]!
    const mark2 = writer.size
    metapb.Region.writeTo(writer, value)
    writer.length(mark2)
    writer.tag1(18)
  }
  for (let at = message.creates.length - 1; at >= 0; at--) {
    const value = message.creates[at]!
    const mark1 = writer.size
    metapb.Region.writeTo(writer, value)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface DemoteFailedVoters {
  regionId: number
  failedVoters: metapb.Peer[]
}

export const DemoteFailedVoters: MessageDefinition<DemoteFailedVoters> = {
  typeName: 'pdpb.DemoteFailedVoters',
  create: (init) => ({
    regionId: init?.regionId ?? 0,
    failedVoters: init?.failedVoters ?? [],
  }),
  encode: (message) => encodeWith(writeDemoteFailedVoters, message),
  decode: (bytes) => decodeWith('pdpb.DemoteFailedVoters', readDemoteFailedVoters, bytes),
  readFrom: readDemoteFailedVoters,
  writeTo: writeDemoteFailedVoters,
}

const DemoteFailedVotersFields: readonly number[] = [1, 2]

function readDemoteFailedVoters(reader: WireReader, end: number, into?: DemoteFailedVoters): DemoteFailedVoters {
  const message: DemoteFailedVoters = into ?? { regionId: 0, failedVoters: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.regionId = reader.uint64Number()
        break
      case 18:
        message.failedVoters.push(metapb.Peer.readFrom(reader, reader.end()))
        break
      default:
        reader.skip(tag, DemoteFailedVotersFields)
    }
  }
  reader.close(end)
  return message
}

function writeDemoteFailedVoters(writer: WireWriter, message: DemoteFailedVoters): void {
  for (let at = message.failedVoters.length - 1; at >= 0; at--) {
    const value = message.failedVoters[at]!
    const mark2 = writer.size
    metapb.Peer.writeTo(writer, value)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.regionId !== 0) {
    writer.uint64Number(message.regionId)
    writer.tag1(8)
  }
}

export interface ForceLeader {
  failedStores: number[]
  enterForceLeaders: number[]
}

export const ForceLeader: MessageDefinition<ForceLeader> = {
  typeName: 'pdpb.ForceLeader',
  create: (init) => ({
    failedStores: init?.failedStores ?? [],
    enterForceLeaders: init?.enterForceLeaders ?? [],
  }),
  encode: (message) => encodeWith(writeForceLeader, message),
  decode: (bytes) => decodeWith('pdpb.ForceLeader', readForceLeader, bytes),
  readFrom: readForceLeader,
  writeTo: writeForceLeader,
}

const ForceLeaderFields: readonly number[] = [1, 2]

function readForceLeader(reader: WireReader, end: number, into?: ForceLeader): ForceLeader {
  const message: ForceLeader = into ?? { failedStores: [], enterForceLeaders: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.failedStores.push(reader.uint64Number())
        break
      case 10:
        {
          const packedEnd = reader.end()
          while (reader.pos < packedEnd) message.failedStores.push(reader.uint64Number())
          reader.close(packedEnd)
        }
        break
      case 16:
        message.enterForceLeaders.push(reader.uint64Number())
        break
      case 18:
        {
          const packedEnd = reader.end()
          while (reader.pos < packedEnd) message.enterForceLeaders.push(reader.uint64Number())
          reader.close(packedEnd)
        }
        break
      default:
        reader.skip(tag, ForceLeaderFields)
    }
  }
  reader.close(end)
  return message
}

function writeForceLeader(writer: WireWriter, message: ForceLeader): void {
  if (message.enterForceLeaders.length !== 0) {
    const mark = writer.size
    for (let at = message.enterForceLeaders.length - 1; at >= 0; at--) writer.uint64Number(message.enterForceLeaders[at]!)
    writer.length(mark)
    writer.tag1(18)
  }
  if (message.failedStores.length !== 0) {
    const mark = writer.size
    for (let at = message.failedStores.length - 1; at >= 0; at--) writer.uint64Number(message.failedStores[at]!)
    writer.length(mark)
    writer.tag1(10)
  }
}

export interface AwakenRegions {
  abnormalStores: number[]
}

export const AwakenRegions: MessageDefinition<AwakenRegions> = {
  typeName: 'pdpb.AwakenRegions',
  create: (init) => ({
    abnormalStores: init?.abnormalStores ?? [],
  }),
  encode: (message) => encodeWith(writeAwakenRegions, message),
  decode: (bytes) => decodeWith('pdpb.AwakenRegions', readAwakenRegions, bytes),
  readFrom: readAwakenRegions,
  writeTo: writeAwakenRegions,
}

const AwakenRegionsFields: readonly number[] = [1]

function readAwakenRegions(reader: WireReader, end: number, into?: AwakenRegions): AwakenRegions {
  const message: AwakenRegions = into ?? { abnormalStores: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.abnormalStores.push(reader.uint64Number())
        break
      case 10:
        {
          const packedEnd = reader.end()
          while (reader.pos < packedEnd) message.abnormalStores.push(reader.uint64Number())
          reader.close(packedEnd)
        }
        break
      default:
        reader.skip(tag, AwakenRegionsFields)
    }
  }
  reader.close(end)
  return message
}

function writeAwakenRegions(writer: WireWriter, message: AwakenRegions): void {
  if (message.abnormalStores.length !== 0) {
    const mark = writer.size
    for (let at = message.abnormalStores.length - 1; at >= 0; at--) writer.uint64Number(message.abnormalStores[at]!)
    writer.length(mark)
    writer.tag1(10)
  }
}

export interface ControlGrpc {
  ctrlEvent: ControlGrpcEvent
}

export const ControlGrpc: MessageDefinition<ControlGrpc> = {
  typeName: 'pdpb.ControlGrpc',
  create: (init) => ({
    ctrlEvent: init?.ctrlEvent ?? 0,
  }),
  encode: (message) => encodeWith(writeControlGrpc, message),
  decode: (bytes) => decodeWith('pdpb.ControlGrpc', readControlGrpc, bytes),
  readFrom: readControlGrpc,
  writeTo: writeControlGrpc,
}

const ControlGrpcFields: readonly number[] = [1]

function readControlGrpc(reader: WireReader, end: number, into?: ControlGrpc): ControlGrpc {
  const message: ControlGrpc = into ?? { ctrlEvent: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.ctrlEvent = reader.int32() as ControlGrpcEvent
        break
      default:
        reader.skip(tag, ControlGrpcFields)
    }
  }
  reader.close(end)
  return message
}

function writeControlGrpc(writer: WireWriter, message: ControlGrpc): void {
  if (message.ctrlEvent !== 0) {
    writer.int32(message.ctrlEvent)
    writer.tag1(8)
  }
}

export interface SyncMaxTSRequest {
  header: RequestHeader | undefined
  maxTs: Timestamp | undefined
  skipCheck: boolean
}

export const SyncMaxTSRequest: MessageDefinition<SyncMaxTSRequest> = {
  typeName: 'pdpb.SyncMaxTSRequest',
  create: (init) => ({
    header: init?.header,
    maxTs: init?.maxTs,
    skipCheck: init?.skipCheck ?? false,
  }),
  encode: (message) => encodeWith(writeSyncMaxTSRequest, message),
  decode: (bytes) => decodeWith('pdpb.SyncMaxTSRequest', readSyncMaxTSRequest, bytes),
  readFrom: readSyncMaxTSRequest,
  writeTo: writeSyncMaxTSRequest,
}

const SyncMaxTSRequestFields: readonly number[] = [1, 2, 3]

function readSyncMaxTSRequest(reader: WireReader, end: number, into?: SyncMaxTSRequest): SyncMaxTSRequest {
  const message: SyncMaxTSRequest = into ?? { header: undefined, maxTs: undefined, skipCheck: false }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readRequestHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.maxTs = readTimestamp(reader, reader.end(), message.maxTs)
        break
      case 24:
        message.skipCheck = reader.bool()
        break
      default:
        reader.skip(tag, SyncMaxTSRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeSyncMaxTSRequest(writer: WireWriter, message: SyncMaxTSRequest): void {
  if (message.skipCheck) {
    writer.bool(message.skipCheck)
    writer.tag1(24)
  }
  if (message.maxTs !== undefined) {
    const mark2 = writer.size
    writeTimestamp(writer, message.maxTs)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeRequestHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface SyncMaxTSResponse {
  header: ResponseHeader | undefined
  maxLocalTs: Timestamp | undefined
  syncedDcs: string[]
}

export const SyncMaxTSResponse: MessageDefinition<SyncMaxTSResponse> = {
  typeName: 'pdpb.SyncMaxTSResponse',
  create: (init) => ({
    header: init?.header,
    maxLocalTs: init?.maxLocalTs,
    syncedDcs: init?.syncedDcs ?? [],
  }),
  encode: (message) => encodeWith(writeSyncMaxTSResponse, message),
  decode: (bytes) => decodeWith('pdpb.SyncMaxTSResponse', readSyncMaxTSResponse, bytes),
  readFrom: readSyncMaxTSResponse,
  writeTo: writeSyncMaxTSResponse,
}

const SyncMaxTSResponseFields: readonly number[] = [1, 2, 3]

function readSyncMaxTSResponse(reader: WireReader, end: number, into?: SyncMaxTSResponse): SyncMaxTSResponse {
  const message: SyncMaxTSResponse = into ?? { header: undefined, maxLocalTs: undefined, syncedDcs: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.maxLocalTs = readTimestamp(reader, reader.end(), message.maxLocalTs)
        break
      case 26:
        message.syncedDcs.push(reader.string())
        break
      default:
        reader.skip(tag, SyncMaxTSResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeSyncMaxTSResponse(writer: WireWriter, message: SyncMaxTSResponse): void {
  for (let at = message.syncedDcs.length - 1; at >= 0; at--) {
    const value = message.syncedDcs[at]!
    writer.string(value)
    writer.tag1(26)
  }
  if (message.maxLocalTs !== undefined) {
    const mark2 = writer.size
    writeTimestamp(writer, message.maxLocalTs)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface SyncRegionRequest {
  header: RequestHeader | undefined
  member: Member | undefined
  startIndex: number
}

export const SyncRegionRequest: MessageDefinition<SyncRegionRequest> = {
  typeName: 'pdpb.SyncRegionRequest',
  create: (init) => ({
    header: init?.header,
    member: init?.member,
    startIndex: init?.startIndex ?? 0,
  }),
  encode: (message) => encodeWith(writeSyncRegionRequest, message),
  decode: (bytes) => decodeWith('pdpb.SyncRegionRequest', readSyncRegionRequest, bytes),
  readFrom: readSyncRegionRequest,
  writeTo: writeSyncRegionRequest,
}

const SyncRegionRequestFields: readonly number[] = [1, 2, 3]

function readSyncRegionRequest(reader: WireReader, end: number, into?: SyncRegionRequest): SyncRegionRequest {
  const message: SyncRegionRequest = into ?? { header: undefined, member: undefined, startIndex: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readRequestHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.member = readMember(reader, reader.end(), message.member)
        break
      case 24:
        message.startIndex = reader.uint64Number()
        break
      default:
        reader.skip(tag, SyncRegionRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeSyncRegionRequest(writer: WireWriter, message: SyncRegionRequest): void {
  if (message.startIndex !== 0) {
    writer.uint64Number(message.startIndex)
    writer.tag1(24)
  }
  if (message.member !== undefined) {
    const mark2 = writer.size
    writeMember(writer, message.member)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeRequestHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface SyncRegionResponse {
  header: ResponseHeader | undefined
  regions: metapb.Region[]
  startIndex: number
  regionStats: RegionStat[]
  regionLeaders: metapb.Peer[]
  buckets: metapb.Buckets[]
  downPeers: PeersStats[]
  pendingPeers: Peers[]
}

export const SyncRegionResponse: MessageDefinition<SyncRegionResponse> = {
  typeName: 'pdpb.SyncRegionResponse',
  create: (init) => ({
    header: init?.header,
    regions: init?.regions ?? [],
    startIndex: init?.startIndex ?? 0,
    regionStats: init?.regionStats ?? [],
    regionLeaders: init?.regionLeaders ?? [],
    buckets: init?.buckets ?? [],
    downPeers: init?.downPeers ?? [],
    pendingPeers: init?.pendingPeers ?? [],
  }),
  encode: (message) => encodeWith(writeSyncRegionResponse, message),
  decode: (bytes) => decodeWith('pdpb.SyncRegionResponse', readSyncRegionResponse, bytes),
  readFrom: readSyncRegionResponse,
  writeTo: writeSyncRegionResponse,
}

const SyncRegionResponseFields: readonly number[] = [1, 2, 3, 4, 5, 6, 16, 17]

function readSyncRegionResponse(reader: WireReader, end: number, into?: SyncRegionResponse): SyncRegionResponse {
  const message: SyncRegionResponse = into ?? { header: undefined, regions: [], startIndex: 0, regionStats: [], regionLeaders: [], buckets: [], downPeers: [], pendingPeers: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.regions.push(metapb.Region.readFrom(reader, reader.end()))
        break
      case 24:
        message.startIndex = reader.uint64Number()
        break
      case 34:
        message.regionStats.push(readRegionStat(reader, reader.end()))
        break
      case 42:
        message.regionLeaders.push(metapb.Peer.readFrom(reader, reader.end()))
        break
      case 50:
        message.buckets.push(metapb.Buckets.readFrom(reader, reader.end()))
        break
      case 130:
        message.downPeers.push(readPeersStats(reader, reader.end()))
        break
      case 138:
        message.pendingPeers.push(readPeers(reader, reader.end()))
        break
      default:
        reader.skip(tag, SyncRegionResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeSyncRegionResponse(writer: WireWriter, message: SyncRegionResponse): void {
  for (let at = message.pendingPeers.length - 1; at >= 0; at--) {
    const value = message.pendingPeers[at]!
    const mark17 = writer.size
    writePeers(writer, value)
    writer.length(mark17)
    writer.tag(138)
  }
  for (let at = message.downPeers.length - 1; at >= 0; at--) {
    const value = message.downPeers[at]!
    const mark16 = writer.size
    writePeersStats(writer, value)
    writer.length(mark16)
    writer.tag(130)
  }
  for (let at = message.buckets.length - 1; at >= 0; at--) {
    const value = message.buckets[at]!
    const mark6 = writer.size
    metapb.Buckets.writeTo(writer, value)
    writer.length(mark6)
    writer.tag1(50)
  }
  for (let at = message.regionLeaders.length - 1; at >= 0; at--) {
    const value = message.regionLeaders[at]!
    const mark5 = writer.size
    metapb.Peer.writeTo(writer, value)
    writer.length(mark5)
    writer.tag1(42)
  }
  for (let at = message.regionStats.length - 1; at >= 0; at--) {
    const value = message.regionStats[at]!
    const mark4 = writer.size
    writeRegionStat(writer, value)
    writer.length(mark4)
    writer.tag1(34)
  }
  if (message.startIndex !== 0) {
    writer.uint64Number(message.startIndex)
    writer.tag1(24)
  }
  for (let at = message.regions.length - 1; at >= 0; at--) {
    const value = message.regions[at]!
    const mark2 = writer.size
    metapb.Region.writeTo(writer, value)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface RegionStat {
  bytesWritten: number
  bytesRead: number
  keysWritten: number
  keysRead: number
}

export const RegionStat: MessageDefinition<RegionStat> = {
  typeName: 'pdpb.RegionStat',
  create: (init) => ({
    bytesWritten: init?.bytesWritten ?? 0,
    bytesRead: init?.bytesRead ?? 0,
    keysWritten: init?.keysWritten ?? 0,
    keysRead: init?.keysRead ?? 0,
  }),
  encode: (message) => encodeWith(writeRegionStat, message),
  decode: (bytes) => decodeWith('pdpb.RegionStat', readRegionStat, bytes),
  readFrom: readRegionStat,
  writeTo: writeRegionStat,
}

const RegionStatFields: readonly number[] = [1, 2, 3, 4]

function readRegionStat(reader: WireReader, end: number, into?: RegionStat): RegionStat {
  const message: RegionStat = into ?? { bytesWritten: 0, bytesRead: 0, keysWritten: 0, keysRead: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.bytesWritten = reader.uint64Number()
        break
      case 16:
        message.bytesRead = reader.uint64Number()
        break
      case 24:
        message.keysWritten = reader.uint64Number()
        break
      case 32:
        message.keysRead = reader.uint64Number()
        break
      default:
        reader.skip(tag, RegionStatFields)
    }
  }
  reader.close(end)
  return message
}

function writeRegionStat(writer: WireWriter, message: RegionStat): void {
  if (message.keysRead !== 0) {
    writer.uint64Number(message.keysRead)
    writer.tag1(32)
  }
  if (message.keysWritten !== 0) {
    writer.uint64Number(message.keysWritten)
    writer.tag1(24)
  }
  if (message.bytesRead !== 0) {
    writer.uint64Number(message.bytesRead)
    writer.tag1(16)
  }
  if (message.bytesWritten !== 0) {
    writer.uint64Number(message.bytesWritten)
    writer.tag1(8)
  }
}

export interface PeersStats {
  peers: PeerStats[]
}

export const PeersStats: MessageDefinition<PeersStats> = {
  typeName: 'pdpb.PeersStats',
  create: (init) => ({
    peers: init?.peers ?? [],
  }),
  encode: (message) => encodeWith(writePeersStats, message),
  decode: (bytes) => decodeWith('pdpb.PeersStats', readPeersStats, bytes),
  readFrom: readPeersStats,
  writeTo: writePeersStats,
}

const PeersStatsFields: readonly number[] = [1]

function readPeersStats(reader: WireReader, end: number, into?: PeersStats): PeersStats {
  const message: PeersStats = into ?? { peers: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.peers.push(readPeerStats(reader, reader.end()))
        break
      default:
        reader.skip(tag, PeersStatsFields)
    }
  }
  reader.close(end)
  return message
}

function writePeersStats(writer: WireWriter, message: PeersStats): void {
  for (let at = message.peers.length - 1; at >= 0; at--) {
    const value = message.peers[at]!
    const mark1 = writer.size
    writePeerStats(writer, value)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface Peers {
  peers: metapb.Peer[]
}

export const Peers: MessageDefinition<Peers> = {
  typeName: 'pdpb.Peers',
  create: (init) => ({
    peers: init?.peers ?? [],
  }),
  encode: (message) => encodeWith(writePeers, message),
  decode: (bytes) => decodeWith('pdpb.Peers', readPeers, bytes),
  readFrom: readPeers,
  writeTo: writePeers,
}

const PeersFields: readonly number[] = [1]

function readPeers(reader: WireReader, end: number, into?: Peers): Peers {
  const message: Peers = into ?? { peers: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.peers.push(metapb.Peer.readFrom(reader, reader.end()))
        break
      default:
        reader.skip(tag, PeersFields)
    }
  }
  reader.close(end)
  return message
}

function writePeers(writer: WireWriter, message: Peers): void {
  for (let at = message.peers.length - 1; at >= 0; at--) {
    const value = message.peers[at]!
    const mark1 = writer.size
    metapb.Peer.writeTo(writer, value)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface TsoRequest {
  header: RequestHeader | undefined
  count: number
  dcLocation: string
}

export const TsoRequest: MessageDefinition<TsoRequest> = {
  typeName: 'pdpb.TsoRequest',
  create: (init) => ({
    header: init?.header,
    count: init?.count ?? 0,
    dcLocation: init?.dcLocation ?? '',
  }),
  encode: (message) => encodeWith(writeTsoRequest, message),
  decode: (bytes) => decodeWith('pdpb.TsoRequest', readTsoRequest, bytes),
  readFrom: readTsoRequest,
  writeTo: writeTsoRequest,
}

const TsoRequestFields: readonly number[] = [1, 2, 3]

function readTsoRequest(reader: WireReader, end: number, into?: TsoRequest): TsoRequest {
  const message: TsoRequest = into ?? { header: undefined, count: 0, dcLocation: '' }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readRequestHeader(reader, reader.end(), message.header)
        break
      case 16:
        message.count = reader.uint32()
        break
      case 26:
        message.dcLocation = reader.string()
        break
      default:
        reader.skip(tag, TsoRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeTsoRequest(writer: WireWriter, message: TsoRequest): void {
  if (message.dcLocation !== '') {
    writer.string(message.dcLocation)
    writer.tag1(26)
  }
  if (message.count !== 0) {
    writer.uint32(message.count)
    writer.tag1(16)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeRequestHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface TsoResponse {
  header: ResponseHeader | undefined
  count: number
  timestamp: Timestamp | undefined
}

export const TsoResponse: MessageDefinition<TsoResponse> = {
  typeName: 'pdpb.TsoResponse',
  create: (init) => ({
    header: init?.header,
    count: init?.count ?? 0,
    timestamp: init?.timestamp,
  }),
  encode: (message) => encodeWith(writeTsoResponse, message),
  decode: (bytes) => decodeWith('pdpb.TsoResponse', readTsoResponse, bytes),
  readFrom: readTsoResponse,
  writeTo: writeTsoResponse,
}

const TsoResponseFields: readonly number[] = [1, 2, 3]

function readTsoResponse(reader: WireReader, end: number, into?: TsoResponse): TsoResponse {
  const message: TsoResponse = into ?? { header: undefined, count: 0, timestamp: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 16:
        message.count = reader.uint32()
        break
      case 26:
        message.timestamp = readTimestamp(reader, reader.end(), message.timestamp)
        break
      default:
        reader.skip(tag, TsoResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeTsoResponse(writer: WireWriter, message: TsoResponse): void {
  if (message.timestamp !== undefined) {
    const mark3 = writer.size
    writeTimestamp(writer, message.timestamp)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.count !== 0) {
    writer.uint32(message.count)
    writer.tag1(16)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface UpdateGCSafePointRequest {
  header: RequestHeader | undefined
  safePoint: bigint
}

export const UpdateGCSafePointRequest: MessageDefinition<UpdateGCSafePointRequest> = {
  typeName: 'pdpb.UpdateGCSafePointRequest',
  create: (init) => ({
    header: init?.header,
    safePoint: init?.safePoint ?? 0n,
  }),
  encode: (message) => encodeWith(writeUpdateGCSafePointRequest, message),
  decode: (bytes) => decodeWith('pdpb.UpdateGCSafePointRequest', readUpdateGCSafePointRequest, bytes),
  readFrom: readUpdateGCSafePointRequest,
  writeTo: writeUpdateGCSafePointRequest,
}

const UpdateGCSafePointRequestFields: readonly number[] = [1, 2]

function readUpdateGCSafePointRequest(reader: WireReader, end: number, into?: UpdateGCSafePointRequest): UpdateGCSafePointRequest {
  const message: UpdateGCSafePointRequest = into ?? { header: undefined, safePoint: 0n }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readRequestHeader(reader, reader.end(), message.header)
        break
      case 16:
        message.safePoint = reader.uint64()
        break
      default:
        reader.skip(tag, UpdateGCSafePointRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeUpdateGCSafePointRequest(writer: WireWriter, message: UpdateGCSafePointRequest): void {
  if (message.safePoint !== 0n) {
    writer.uint64(message.safePoint)
    writer.tag1(16)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeRequestHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface UpdateGCSafePointResponse {
  header: ResponseHeader | undefined
  newSafePoint: bigint
}

export const UpdateGCSafePointResponse: MessageDefinition<UpdateGCSafePointResponse> = {
  typeName: 'pdpb.UpdateGCSafePointResponse',
  create: (init) => ({
    header: init?.header,
    newSafePoint: init?.newSafePoint ?? 0n,
  }),
  encode: (message) => encodeWith(writeUpdateGCSafePointResponse, message),
  decode: (bytes) => decodeWith('pdpb.UpdateGCSafePointResponse', readUpdateGCSafePointResponse, bytes),
  readFrom: readUpdateGCSafePointResponse,
  writeTo: writeUpdateGCSafePointResponse,
}

const UpdateGCSafePointResponseFields: readonly number[] = [1, 2]

function readUpdateGCSafePointResponse(reader: WireReader, end: number, into?: UpdateGCSafePointResponse): UpdateGCSafePointResponse {
  const message: UpdateGCSafePointResponse = into ?? { header: undefined, newSafePoint: 0n }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 16:
        message.newSafePoint = reader.uint64()
        break
      default:
        reader.skip(tag, UpdateGCSafePointResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeUpdateGCSafePointResponse(writer: WireWriter, message: UpdateGCSafePointResponse): void {
  if (message.newSafePoint !== 0n) {
    writer.uint64(message.newSafePoint)
    writer.tag1(16)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface UpdateGCSafePointV2Request {
  header: RequestHeader | undefined
  keyspace: UpdateGCSafePointV2Request_Keyspace | undefined
  safePoint: bigint
}

export type UpdateGCSafePointV2Request_Keyspace =
  | { case: 'keyspaceId'; value: number }
  | { case: 'keyspaceIdentity'; value: apipb.KeyspaceIdentity }

export const UpdateGCSafePointV2Request: MessageDefinition<UpdateGCSafePointV2Request> = {
  typeName: 'pdpb.UpdateGCSafePointV2Request',
  create: (init) => ({
    header: init?.header,
    keyspace: init?.keyspace,
    safePoint: init?.safePoint ?? 0n,
  }),
  encode: (message) => encodeWith(writeUpdateGCSafePointV2Request, message),
  decode: (bytes) => decodeWith('pdpb.UpdateGCSafePointV2Request', readUpdateGCSafePointV2Request, bytes),
  readFrom: readUpdateGCSafePointV2Request,
  writeTo: writeUpdateGCSafePointV2Request,
}

const UpdateGCSafePointV2RequestFields: readonly number[] = [1, 2, 3, 4]

function readUpdateGCSafePointV2Request(reader: WireReader, end: number, into?: UpdateGCSafePointV2Request): UpdateGCSafePointV2Request {
  const message: UpdateGCSafePointV2Request = into ?? { header: undefined, keyspace: undefined, safePoint: 0n }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readRequestHeader(reader, reader.end(), message.header)
        break
      case 16:
        message.keyspace = { case: 'keyspaceId', value: reader.uint32() }
        break
      case 24:
        message.safePoint = reader.uint64()
        break
      case 34:
        message.keyspace = { case: 'keyspaceIdentity', value: apipb.KeyspaceIdentity.readFrom(reader, reader.end(), message.keyspace?.case === 'keyspaceIdentity' ? message.keyspace.value : undefined) }
        break
      default:
        reader.skip(tag, UpdateGCSafePointV2RequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeUpdateGCSafePointV2Request(writer: WireWriter, message: UpdateGCSafePointV2Request): void {
  if (message.keyspace?.case === 'keyspaceIdentity') {
    const value = message.keyspace.value
    const mark4 = writer.size
    apipb.KeyspaceIdentity.writeTo(writer, value)
    writer.length(mark4)
    writer.tag1(34)
  }
  if (message.safePoint !== 0n) {
    writer.uint64(message.safePoint)
    writer.tag1(24)
  }
  if (message.keyspace?.case === 'keyspaceId') {
    const value = message.keyspace.value
    writer.uint32(value)
    writer.tag1(16)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeRequestHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface UpdateGCSafePointV2Response {
  header: ResponseHeader | undefined
  newSafePoint: bigint
}

export const UpdateGCSafePointV2Response: MessageDefinition<UpdateGCSafePointV2Response> = {
  typeName: 'pdpb.UpdateGCSafePointV2Response',
  create: (init) => ({
    header: init?.header,
    newSafePoint: init?.newSafePoint ?? 0n,
  }),
  encode: (message) => encodeWith(writeUpdateGCSafePointV2Response, message),
  decode: (bytes) => decodeWith('pdpb.UpdateGCSafePointV2Response', readUpdateGCSafePointV2Response, bytes),
  readFrom: readUpdateGCSafePointV2Response,
  writeTo: writeUpdateGCSafePointV2Response,
}

const UpdateGCSafePointV2ResponseFields: readonly number[] = [1, 2]

function readUpdateGCSafePointV2Response(reader: WireReader, end: number, into?: UpdateGCSafePointV2Response): UpdateGCSafePointV2Response {
  const message: UpdateGCSafePointV2Response = into ?? { header: undefined, newSafePoint: 0n }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 16:
        message.newSafePoint = reader.uint64()
        break
      default:
        reader.skip(tag, UpdateGCSafePointV2ResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeUpdateGCSafePointV2Response(writer: WireWriter, message: UpdateGCSafePointV2Response): void {
  if (message.newSafePoint !== 0n) {
    writer.uint64(message.newSafePoint)
    writer.tag1(16)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface UpdateServiceGCSafePointRequest {
  header: RequestHeader | undefined
  serviceId: Uint8Array
  ttl: bigint
  safePoint: bigint
}

export const UpdateServiceGCSafePointRequest: MessageDefinition<UpdateServiceGCSafePointRequest> = {
  typeName: 'pdpb.UpdateServiceGCSafePointRequest',
  create: (init) => ({
    header: init?.header,
    serviceId: init?.serviceId ?? emptyBytes,
    ttl: init?.ttl ?? 0n,
    safePoint: init?.safePoint ?? 0n,
  }),
  encode: (message) => encodeWith(writeUpdateServiceGCSafePointRequest, message),
  decode: (bytes) => decodeWith('pdpb.UpdateServiceGCSafePointRequest', readUpdateServiceGCSafePointRequest, bytes),
  readFrom: readUpdateServiceGCSafePointRequest,
  writeTo: writeUpdateServiceGCSafePointRequest,
}

const UpdateServiceGCSafePointRequestFields: readonly number[] = [1, 2, 3, 4]

function readUpdateServiceGCSafePointRequest(reader: WireReader, end: number, into?: UpdateServiceGCSafePointRequest): UpdateServiceGCSafePointRequest {
  const message: UpdateServiceGCSafePointRequest = into ?? { header: undefined, serviceId: emptyBytes, ttl: 0n, safePoint: 0n }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readRequestHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.serviceId = reader.bytes()
        break
      case 24:
        message.ttl = reader.int64()
        break
      case 32:
        message.safePoint = reader.uint64()
        break
      default:
        reader.skip(tag, UpdateServiceGCSafePointRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeUpdateServiceGCSafePointRequest(writer: WireWriter, message: UpdateServiceGCSafePointRequest): void {
  if (message.safePoint !== 0n) {
    writer.uint64(message.safePoint)
    writer.tag1(32)
  }
  if (message.ttl !== 0n) {
    writer.int64(message.ttl)
    writer.tag1(24)
  }
  if (message.serviceId.length !== 0) {
    writer.bytes(message.serviceId)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeRequestHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface UpdateServiceGCSafePointResponse {
  header: ResponseHeader | undefined
  serviceId: Uint8Array
  ttl: bigint
  minSafePoint: bigint
}

export const UpdateServiceGCSafePointResponse: MessageDefinition<UpdateServiceGCSafePointResponse> = {
  typeName: 'pdpb.UpdateServiceGCSafePointResponse',
  create: (init) => ({
    header: init?.header,
    serviceId: init?.serviceId ?? emptyBytes,
    ttl: init?.ttl ?? 0n,
    minSafePoint: init?.minSafePoint ?? 0n,
  }),
  encode: (message) => encodeWith(writeUpdateServiceGCSafePointResponse, message),
  decode: (bytes) => decodeWith('pdpb.UpdateServiceGCSafePointResponse', readUpdateServiceGCSafePointResponse, bytes),
  readFrom: readUpdateServiceGCSafePointResponse,
  writeTo: writeUpdateServiceGCSafePointResponse,
}

const UpdateServiceGCSafePointResponseFields: readonly number[] = [1, 2, 3, 4]

function readUpdateServiceGCSafePointResponse(reader: WireReader, end: number, into?: UpdateServiceGCSafePointResponse): UpdateServiceGCSafePointResponse {
  const message: UpdateServiceGCSafePointResponse = into ?? { header: undefined, serviceId: emptyBytes, ttl: 0n, minSafePoint: 0n }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.serviceId = reader.bytes()
        break
      case 24:
        message.ttl = reader.int64()
        break
      case 32:
        message.minSafePoint = reader.uint64()
        break
      default:
        reader.skip(tag, UpdateServiceGCSafePointResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeUpdateServiceGCSafePointResponse(writer: WireWriter, message: UpdateServiceGCSafePointResponse): void {
  if (message.minSafePoint !== 0n) {
    writer.uint64(message.minSafePoint)
    writer.tag1(32)
  }
  if (message.ttl !== 0n) {
    writer.int64(message.ttl)
    writer.tag1(24)
  }
  if (message.serviceId.length !== 0) {
    writer.bytes(message.serviceId)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface UpdateServiceSafePointV2Request {
  header: RequestHeader | undefined
  keyspace: UpdateServiceSafePointV2Request_Keyspace | undefined
  serviceId: Uint8Array
  safePoint: bigint
  ttl: bigint
}

export type UpdateServiceSafePointV2Request_Keyspace =
  | { case: 'keyspaceId'; value: number }
  | { case: 'keyspaceIdentity'; value: apipb.KeyspaceIdentity }

export const UpdateServiceSafePointV2Request: MessageDefinition<UpdateServiceSafePointV2Request> = {
  typeName: 'pdpb.UpdateServiceSafePointV2Request',
  create: (init) => ({
    header: init?.header,
    keyspace: init?.keyspace,
    serviceId: init?.serviceId ?? emptyBytes,
    safePoint: init?.safePoint ?? 0n,
    ttl: init?.ttl ?? 0n,
  }),
  encode: (message) => encodeWith(writeUpdateServiceSafePointV2Request, message),
  decode: (bytes) => decodeWith('pdpb.UpdateServiceSafePointV2Request', readUpdateServiceSafePointV2Request, bytes),
  readFrom: readUpdateServiceSafePointV2Request,
  writeTo: writeUpdateServiceSafePointV2Request,
}

const UpdateServiceSafePointV2RequestFields: readonly number[] = [1, 2, 3, 4, 5, 6]

function readUpdateServiceSafePointV2Request(reader: WireReader, end: number, into?: UpdateServiceSafePointV2Request): UpdateServiceSafePointV2Request {
  const message: UpdateServiceSafePointV2Request = into ?? { header: undefined, keyspace: undefined, serviceId: emptyBytes, safePoint: 0n, ttl: 0n }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readRequestHeader(reader, reader.end(), message.header)
        break
      case 16:
        message.keyspace = { case: 'keyspaceId', value: reader.uint32() }
        break
      case 26:
        message.serviceId = reader.bytes()
        break
      case 32:
        message.safePoint = reader.uint64()
        break
      case 40:
        message.ttl = reader.int64()
        break
      case 50:
        message.keyspace = { case: 'keyspaceIdentity', value: apipb.KeyspaceIdentity.readFrom(reader, reader.end(), message.keyspace?.case === 'keyspaceIdentity' ? message.keyspace.value : undefined) }
        break
      default:
        reader.skip(tag, UpdateServiceSafePointV2RequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeUpdateServiceSafePointV2Request(writer: WireWriter, message: UpdateServiceSafePointV2Request): void {
  if (message.keyspace?.case === 'keyspaceIdentity') {
    const value = message.keyspace.value
    const mark6 = writer.size
    apipb.KeyspaceIdentity.writeTo(writer, value)
    writer.length(mark6)
    writer.tag1(50)
  }
  if (message.ttl !== 0n) {
    writer.int64(message.ttl)
    writer.tag1(40)
  }
  if (message.safePoint !== 0n) {
    writer.uint64(message.safePoint)
    writer.tag1(32)
  }
  if (message.serviceId.length !== 0) {
    writer.bytes(message.serviceId)
    writer.tag1(26)
  }
  if (message.keyspace?.case === 'keyspaceId') {
    const value = message.keyspace.value
    writer.uint32(value)
    writer.tag1(16)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeRequestHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface UpdateServiceSafePointV2Response {
  header: ResponseHeader | undefined
  serviceId: Uint8Array
  ttl: bigint
  minSafePoint: bigint
}

export const UpdateServiceSafePointV2Response: MessageDefinition<UpdateServiceSafePointV2Response> = {
  typeName: 'pdpb.UpdateServiceSafePointV2Response',
  create: (init) => ({
    header: init?.header,
    serviceId: init?.serviceId ?? emptyBytes,
    ttl: init?.ttl ?? 0n,
    minSafePoint: init?.minSafePoint ?? 0n,
  }),
  encode: (message) => encodeWith(writeUpdateServiceSafePointV2Response, message),
  decode: (bytes) => decodeWith('pdpb.UpdateServiceSafePointV2Response', readUpdateServiceSafePointV2Response, bytes),
  readFrom: readUpdateServiceSafePointV2Response,
  writeTo: writeUpdateServiceSafePointV2Response,
}

const UpdateServiceSafePointV2ResponseFields: readonly number[] = [1, 2, 3, 4]

function readUpdateServiceSafePointV2Response(reader: WireReader, end: number, into?: UpdateServiceSafePointV2Response): UpdateServiceSafePointV2Response {
  const message: UpdateServiceSafePointV2Response = into ?? { header: undefined, serviceId: emptyBytes, ttl: 0n, minSafePoint: 0n }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.serviceId = reader.bytes()
        break
      case 24:
        message.ttl = reader.int64()
        break
      case 32:
        message.minSafePoint = reader.uint64()
        break
      default:
        reader.skip(tag, UpdateServiceSafePointV2ResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeUpdateServiceSafePointV2Response(writer: WireWriter, message: UpdateServiceSafePointV2Response): void {
  if (message.minSafePoint !== 0n) {
    writer.uint64(message.minSafePoint)
    writer.tag1(32)
  }
  if (message.ttl !== 0n) {
    writer.int64(message.ttl)
    writer.tag1(24)
  }
  if (message.serviceId.length !== 0) {
    writer.bytes(message.serviceId)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface WatchGCSafePointV2Request {
  header: RequestHeader | undefined
  revision: number
}

export const WatchGCSafePointV2Request: MessageDefinition<WatchGCSafePointV2Request> = {
  typeName: 'pdpb.WatchGCSafePointV2Request',
  create: (init) => ({
    header: init?.header,
    revision: init?.revision ?? 0,
  }),
  encode: (message) => encodeWith(writeWatchGCSafePointV2Request, message),
  decode: (bytes) => decodeWith('pdpb.WatchGCSafePointV2Request', readWatchGCSafePointV2Request, bytes),
  readFrom: readWatchGCSafePointV2Request,
  writeTo: writeWatchGCSafePointV2Request,
}

const WatchGCSafePointV2RequestFields: readonly number[] = [1, 2]

function readWatchGCSafePointV2Request(reader: WireReader, end: number, into?: WatchGCSafePointV2Request): WatchGCSafePointV2Request {
  const message: WatchGCSafePointV2Request = into ?? { header: undefined, revision: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readRequestHeader(reader, reader.end(), message.header)
        break
      case 16:
        message.revision = reader.int64Number()
        break
      default:
        reader.skip(tag, WatchGCSafePointV2RequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeWatchGCSafePointV2Request(writer: WireWriter, message: WatchGCSafePointV2Request): void {
  if (message.revision !== 0) {
    writer.int64Number(message.revision)
    writer.tag1(16)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeRequestHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface WatchGCSafePointV2Response {
  header: ResponseHeader | undefined
  events: SafePointEvent[]
  revision: number
}

export const WatchGCSafePointV2Response: MessageDefinition<WatchGCSafePointV2Response> = {
  typeName: 'pdpb.WatchGCSafePointV2Response',
  create: (init) => ({
    header: init?.header,
    events: init?.events ?? [],
    revision: init?.revision ?? 0,
  }),
  encode: (message) => encodeWith(writeWatchGCSafePointV2Response, message),
  decode: (bytes) => decodeWith('pdpb.WatchGCSafePointV2Response', readWatchGCSafePointV2Response, bytes),
  readFrom: readWatchGCSafePointV2Response,
  writeTo: writeWatchGCSafePointV2Response,
}

const WatchGCSafePointV2ResponseFields: readonly number[] = [1, 2, 3]

function readWatchGCSafePointV2Response(reader: WireReader, end: number, into?: WatchGCSafePointV2Response): WatchGCSafePointV2Response {
  const message: WatchGCSafePointV2Response = into ?? { header: undefined, events: [], revision: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.events.push(readSafePointEvent(reader, reader.end()))
        break
      case 24:
        message.revision = reader.int64Number()
        break
      default:
        reader.skip(tag, WatchGCSafePointV2ResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeWatchGCSafePointV2Response(writer: WireWriter, message: WatchGCSafePointV2Response): void {
  if (message.revision !== 0) {
    writer.int64Number(message.revision)
    writer.tag1(24)
  }
  for (let at = message.events.length - 1; at >= 0; at--) {
    const value = message.events[at]!
    const mark2 = writer.size
    writeSafePointEvent(writer, value)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface SafePointEvent {
  keyspace: SafePointEvent_Keyspace | undefined
  safePoint: bigint
  type: EventType
}

export type SafePointEvent_Keyspace =
  | { case: 'keyspaceId'; value: number }
  | { case: 'keyspaceIdentity'; value: apipb.KeyspaceIdentity }

export const SafePointEvent: MessageDefinition<SafePointEvent> = {
  typeName: 'pdpb.SafePointEvent',
  create: (init) => ({
    keyspace: init?.keyspace,
    safePoint: init?.safePoint ?? 0n,
    type: init?.type ?? 0,
  }),
  encode: (message) => encodeWith(writeSafePointEvent, message),
  decode: (bytes) => decodeWith('pdpb.SafePointEvent', readSafePointEvent, bytes),
  readFrom: readSafePointEvent,
  writeTo: writeSafePointEvent,
}

const SafePointEventFields: readonly number[] = [1, 2, 3, 4]

function readSafePointEvent(reader: WireReader, end: number, into?: SafePointEvent): SafePointEvent {
  const message: SafePointEvent = into ?? { keyspace: undefined, safePoint: 0n, type: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.keyspace = { case: 'keyspaceId', value: reader.uint32() }
        break
      case 16:
        message.safePoint = reader.uint64()
        break
      case 24:
        message.type = reader.int32() as EventType
        break
      case 34:
        message.keyspace = { case: 'keyspaceIdentity', value: apipb.KeyspaceIdentity.readFrom(reader, reader.end(), message.keyspace?.case === 'keyspaceIdentity' ? message.keyspace.value : undefined) }
        break
      default:
        reader.skip(tag, SafePointEventFields)
    }
  }
  reader.close(end)
  return message
}

function writeSafePointEvent(writer: WireWriter, message: SafePointEvent): void {
  if (message.keyspace?.case === 'keyspaceIdentity') {
    const value = message.keyspace.value
    const mark4 = writer.size
    apipb.KeyspaceIdentity.writeTo(writer, value)
    writer.length(mark4)
    writer.tag1(34)
  }
  if (message.type !== 0) {
    writer.int32(message.type)
    writer.tag1(24)
  }
  if (message.safePoint !== 0n) {
    writer.uint64(message.safePoint)
    writer.tag1(16)
  }
  if (message.keyspace?.case === 'keyspaceId') {
    const value = message.keyspace.value
    writer.uint32(value)
    writer.tag1(8)
  }
}

export interface WatchGlobalConfigRequest {
  configPath: string
  revision: number
}

export const WatchGlobalConfigRequest: MessageDefinition<WatchGlobalConfigRequest> = {
  typeName: 'pdpb.WatchGlobalConfigRequest',
  create: (init) => ({
    configPath: init?.configPath ?? '',
    revision: init?.revision ?? 0,
  }),
  encode: (message) => encodeWith(writeWatchGlobalConfigRequest, message),
  decode: (bytes) => decodeWith('pdpb.WatchGlobalConfigRequest', readWatchGlobalConfigRequest, bytes),
  readFrom: readWatchGlobalConfigRequest,
  writeTo: writeWatchGlobalConfigRequest,
}

const WatchGlobalConfigRequestFields: readonly number[] = [1, 2]

function readWatchGlobalConfigRequest(reader: WireReader, end: number, into?: WatchGlobalConfigRequest): WatchGlobalConfigRequest {
  const message: WatchGlobalConfigRequest = into ?? { configPath: '', revision: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.configPath = reader.string()
        break
      case 16:
        message.revision = reader.int64Number()
        break
      default:
        reader.skip(tag, WatchGlobalConfigRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeWatchGlobalConfigRequest(writer: WireWriter, message: WatchGlobalConfigRequest): void {
  if (message.revision !== 0) {
    writer.int64Number(message.revision)
    writer.tag1(16)
  }
  if (message.configPath !== '') {
    writer.string(message.configPath)
    writer.tag1(10)
  }
}

export interface WatchGlobalConfigResponse {
  changes: GlobalConfigItem[]
  revision: number
  header: ResponseHeader | undefined
}

export const WatchGlobalConfigResponse: MessageDefinition<WatchGlobalConfigResponse> = {
  typeName: 'pdpb.WatchGlobalConfigResponse',
  create: (init) => ({
    changes: init?.changes ?? [],
    revision: init?.revision ?? 0,
    header: init?.header,
  }),
  encode: (message) => encodeWith(writeWatchGlobalConfigResponse, message),
  decode: (bytes) => decodeWith('pdpb.WatchGlobalConfigResponse', readWatchGlobalConfigResponse, bytes),
  readFrom: readWatchGlobalConfigResponse,
  writeTo: writeWatchGlobalConfigResponse,
}

const WatchGlobalConfigResponseFields: readonly number[] = [1, 2, 3]

function readWatchGlobalConfigResponse(reader: WireReader, end: number, into?: WatchGlobalConfigResponse): WatchGlobalConfigResponse {
  const message: WatchGlobalConfigResponse = into ?? { changes: [], revision: 0, header: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.changes.push(readGlobalConfigItem(reader, reader.end()))
        break
      case 16:
        message.revision = reader.int64Number()
        break
      case 26:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      default:
        reader.skip(tag, WatchGlobalConfigResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeWatchGlobalConfigResponse(writer: WireWriter, message: WatchGlobalConfigResponse): void {
  if (message.header !== undefined) {
    const mark3 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.revision !== 0) {
    writer.int64Number(message.revision)
    writer.tag1(16)
  }
  for (let at = message.changes.length - 1; at >= 0; at--) {
    const value = message.changes[at]!
    const mark1 = writer.size
    writeGlobalConfigItem(writer, value)
    writer.length(mark1)
    writer.tag1(10)
  }
}
