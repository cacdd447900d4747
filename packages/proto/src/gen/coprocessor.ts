// Generated from proto/coprocessor.proto by `npm run generate -w packages/proto`. Do not edit.
import { decodeWith, encodeWith } from '../message-codec.ts'
import type { MessageDefinition } from '../message-definition.ts'
import { emptyBytes, type WireReader } from '../wire-reader.ts'
import type { WireWriter } from '../wire-writer.ts'
import * as errorpb from './errorpb.ts'
import * as kvrpcpb from './kvrpcpb.ts'
import * as metapb from './metapb.ts'

export interface BatchRequest {
  context: kvrpcpb.Context | undefined
  tp: number
  data: Uint8Array
  regions: RegionInfo[]
  startTs: bigint
  schemaVer: number
  tableRegions: TableRegions[]
  logId: string
  connectionId: bigint
  connectionAlias: string
  tableShardInfos: TableShardInfos[]
}

export const BatchRequest: MessageDefinition<BatchRequest> = {
  typeName: 'coprocessor.BatchRequest',
  create: (init) => ({
    context: init?.context,
    tp: init?.tp ?? 0,
    data: init?.data ?? emptyBytes,
    regions: init?.regions ?? [],
    startTs: init?.startTs ?? 0n,
    schemaVer: init?.schemaVer ?? 0,
    tableRegions: init?.tableRegions ?? [],
    logId: init?.logId ?? '',
    connectionId: init?.connectionId ?? 0n,
    connectionAlias: init?.connectionAlias ?? '',
    tableShardInfos: init?.tableShardInfos ?? [],
  }),
  encode: (message) => encodeWith(writeBatchRequest, message),
  decode: (bytes) => decodeWith('coprocessor.BatchRequest', readBatchRequest, bytes),
  readFrom: readBatchRequest,
  writeTo: writeBatchRequest,
}

const BatchRequestFields: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]

function readBatchRequest(reader: WireReader, end: number, into?: BatchRequest): BatchRequest {
  const message: BatchRequest = into ?? { context: undefined, tp: 0, data: emptyBytes, regions: [], startTs: 0n, schemaVer: 0, tableRegions: [], logId: '', connectionId: 0n, connectionAlias: '', tableShardInfos: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.context = kvrpcpb.Context.readFrom(reader, reader.end(), message.context)
        break
      case 16:
        message.tp = reader.int64Number()
        break
      case 26:
        message.data = reader.bytes()
        break
      case 34:
        message.regions.push(readRegionInfo(reader, reader.end()))
        break
      case 40:
        message.startTs = reader.uint64()
        break
      case 48:
        message.schemaVer = reader.int64Number()
        break
      case 58:
        message.tableRegions.push(readTableRegions(reader, reader.end()))
        break
      case 66:
        message.logId = reader.string()
        break
      case 72:
        message.connectionId = reader.uint64()
        break
      case 82:
        message.connectionAlias = reader.string()
        break
      case 90:
        message.tableShardInfos.push(readTableShardInfos(reader, reader.end()))
        break
      default:
        reader.skip(tag, BatchRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeBatchRequest(writer: WireWriter, message: BatchRequest): void {
  for (let at = message.tableShardInfos.length - 1; at >= 0; at--) {
    const value = message.tableShardInfos[at]!
    const mark11 = writer.size
    writeTableShardInfos(writer, value)
    writer.length(mark11)
    writer.tag1(90)
  }
  if (message.connectionAlias !== '') {
    writer.string(message.connectionAlias)
    writer.tag1(82)
  }
  if (message.connectionId !== 0n) {
    writer.uint64(message.connectionId)
    writer.tag1(72)
  }
  if (message.logId !== '') {
    writer.string(message.logId)
    writer.tag1(66)
  }
  for (let at = message.tableRegions.length - 1; at >= 0; at--) {
    const value = message.tableRegions[at]!
    const mark7 = writer.size
    writeTableRegions(writer, value)
    writer.length(mark7)
    writer.tag1(58)
  }
  if (message.schemaVer !== 0) {
    writer.int64Number(message.schemaVer)
    writer.tag1(48)
  }
  if (message.startTs !== 0n) {
    writer.uint64(message.startTs)
    writer.tag1(40)
  }
  for (let at = message.regions.length - 1; at >= 0; at--) {
    const value = message.regions[at]!
    const mark4 = writer.size
    writeRegionInfo(writer, value)
    writer.length(mark4)
    writer.tag1(34)
  }
  if (message.data.length !== 0) {
    writer.bytes(message.data)
    writer.tag1(26)
  }
  if (message.tp !== 0) {
    writer.int64Number(message.tp)
    writer.tag1(16)
  }
  if (message.context !== undefined) {
    const mark1 = writer.size
    kvrpcpb.Context.writeTo(writer, message.context)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface RegionInfo {
  regionId: number
  regionEpoch: metapb.RegionEpoch | undefined
  ranges: KeyRange[]
}

export const RegionInfo: MessageDefinition<RegionInfo> = {
  typeName: 'coprocessor.RegionInfo',
  create: (init) => ({
    regionId: init?.regionId ?? 0,
    regionEpoch: init?.regionEpoch,
    ranges: init?.ranges ?? [],
  }),
  encode: (message) => encodeWith(writeRegionInfo, message),
  decode: (bytes) => decodeWith('coprocessor.RegionInfo', readRegionInfo, bytes),
  readFrom: readRegionInfo,
  writeTo: writeRegionInfo,
}

const RegionInfoFields: readonly number[] = [1, 2, 3]

function readRegionInfo(reader: WireReader, end: number, into?: RegionInfo): RegionInfo {
  const message: RegionInfo = into ?? { regionId: 0, regionEpoch: undefined, ranges: [] }
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
        message.ranges.push(readKeyRange(reader, reader.end()))
        break
      default:
        reader.skip(tag, RegionInfoFields)
    }
  }
  reader.close(end)
  return message
}

function writeRegionInfo(writer: WireWriter, message: RegionInfo): void {
  for (let at = message.ranges.length - 1; at >= 0; at--) {
    const value = message.ranges[at]!
    const mark3 = writer.size
    writeKeyRange(writer, value)
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

export interface KeyRange {
  start: Uint8Array
  end: Uint8Array
}

export const KeyRange: MessageDefinition<KeyRange> = {
  typeName: 'coprocessor.KeyRange',
  create: (init) => ({
    start: init?.start ?? emptyBytes,
    end: init?.end ?? emptyBytes,
  }),
  encode: (message) => encodeWith(writeKeyRange, message),
  decode: (bytes) => decodeWith('coprocessor.KeyRange', readKeyRange, bytes),
  readFrom: readKeyRange,
  writeTo: writeKeyRange,
}

const KeyRangeFields: readonly number[] = [1, 2]

function readKeyRange(reader: WireReader, end: number, into?: KeyRange): KeyRange {
  const message: KeyRange = into ?? { start: emptyBytes, end: emptyBytes }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.start = reader.bytes()
        break
      case 18:
        message.end = reader.bytes()
        break
      default:
        reader.skip(tag, KeyRangeFields)
    }
  }
  reader.close(end)
  return message
}

function writeKeyRange(writer: WireWriter, message: KeyRange): void {
  if (message.end.length !== 0) {
    writer.bytes(message.end)
    writer.tag1(18)
  }
  if (message.start.length !== 0) {
    writer.bytes(message.start)
    writer.tag1(10)
  }
}

export interface TableRegions {
  physicalTableId: number
  regions: RegionInfo[]
}

export const TableRegions: MessageDefinition<TableRegions> = {
  typeName: 'coprocessor.TableRegions',
  create: (init) => ({
    physicalTableId: init?.physicalTableId ?? 0,
    regions: init?.regions ?? [],
  }),
  encode: (message) => encodeWith(writeTableRegions, message),
  decode: (bytes) => decodeWith('coprocessor.TableRegions', readTableRegions, bytes),
  readFrom: readTableRegions,
  writeTo: writeTableRegions,
}

const TableRegionsFields: readonly number[] = [1, 2]

function readTableRegions(reader: WireReader, end: number, into?: TableRegions): TableRegions {
  const message: TableRegions = into ?? { physicalTableId: 0, regions: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.physicalTableId = reader.int64Number()
        break
      case 18:
        message.regions.push(readRegionInfo(reader, reader.end()))
        break
      default:
        reader.skip(tag, TableRegionsFields)
    }
  }
  reader.close(end)
  return message
}

function writeTableRegions(writer: WireWriter, message: TableRegions): void {
  for (let at = message.regions.length - 1; at >= 0; at--) {
    const value = message.regions[at]!
    const mark2 = writer.size
    writeRegionInfo(writer, value)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.physicalTableId !== 0) {
    writer.int64Number(message.physicalTableId)
    writer.tag1(8)
  }
}

export interface TableShardInfos {
  executorId: string
  shardInfos: ShardInfo[]
}

export const TableShardInfos: MessageDefinition<TableShardInfos> = {
  typeName: 'coprocessor.TableShardInfos',
  create: (init) => ({
    executorId: init?.executorId ?? '',
    shardInfos: init?.shardInfos ?? [],
  }),
  encode: (message) => encodeWith(writeTableShardInfos, message),
  decode: (bytes) => decodeWith('coprocessor.TableShardInfos', readTableShardInfos, bytes),
  readFrom: readTableShardInfos,
  writeTo: writeTableShardInfos,
}

const TableShardInfosFields: readonly number[] = [1, 2]

function readTableShardInfos(reader: WireReader, end: number, into?: TableShardInfos): TableShardInfos {
  const message: TableShardInfos = into ?? { executorId: '', shardInfos: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.executorId = reader.string()
        break
      case 18:
        message.shardInfos.push(readShardInfo(reader, reader.end()))
        break
      default:
        reader.skip(tag, TableShardInfosFields)
    }
  }
  reader.close(end)
  return message
}

function writeTableShardInfos(writer: WireWriter, message: TableShardInfos): void {
  for (let at = message.shardInfos.length - 1; at >= 0; at--) {
    const value = message.shardInfos[at]!
    const mark2 = writer.size
    writeShardInfo(writer, value)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.executorId !== '') {
    writer.string(message.executorId)
    writer.tag1(10)
  }
}

export interface ShardInfo {
  shardId: number
  shardEpoch: number
  ranges: KeyRange[]
}

export const ShardInfo: MessageDefinition<ShardInfo> = {
  typeName: 'coprocessor.ShardInfo',
  create: (init) => ({
    shardId: init?.shardId ?? 0,
    shardEpoch: init?.shardEpoch ?? 0,
    ranges: init?.ranges ?? [],
  }),
  encode: (message) => encodeWith(writeShardInfo, message),
  decode: (bytes) => decodeWith('coprocessor.ShardInfo', readShardInfo, bytes),
  readFrom: readShardInfo,
  writeTo: writeShardInfo,
}

const ShardInfoFields: readonly number[] = [1, 2, 3]

function readShardInfo(reader: WireReader, end: number, into?: ShardInfo): ShardInfo {
  const message: ShardInfo = into ?? { shardId: 0, shardEpoch: 0, ranges: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.shardId = reader.uint64Number()
        break
      case 16:
        message.shardEpoch = reader.uint64Number()
        break
      case 26:
        message.ranges.push(readKeyRange(reader, reader.end()))
        break
      default:
        reader.skip(tag, ShardInfoFields)
    }
  }
  reader.close(end)
  return message
}

function writeShardInfo(writer: WireWriter, message: ShardInfo): void {
  for (let at = message.ranges.length - 1; at >= 0; at--) {
    const value = message.ranges[at]!
    const mark3 = writer.size
    writeKeyRange(writer, value)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.shardEpoch !== 0) {
    writer.uint64Number(message.shardEpoch)
    writer.tag1(16)
  }
  if (message.shardId !== 0) {
    writer.uint64Number(message.shardId)
    writer.tag1(8)
  }
}

export interface BatchResponse {
  data: Uint8Array
  otherError: string
  execDetails: kvrpcpb.ExecDetails | undefined
  retryRegions: metapb.Region[]
  retryShards: ShardInfo[]
}

export const BatchResponse: MessageDefinition<BatchResponse> = {
  typeName: 'coprocessor.BatchResponse',
  create: (init) => ({
    data: init?.data ?? emptyBytes,
    otherError: init?.otherError ?? '',
    execDetails: init?.execDetails,
    retryRegions: init?.retryRegions ?? [],
    retryShards: init?.retryShards ?? [],
  }),
  encode: (message) => encodeWith(writeBatchResponse, message),
  decode: (bytes) => decodeWith('coprocessor.BatchResponse', readBatchResponse, bytes),
  readFrom: readBatchResponse,
  writeTo: writeBatchResponse,
}

const BatchResponseFields: readonly number[] = [1, 2, 3, 4, 5]

function readBatchResponse(reader: WireReader, end: number, into?: BatchResponse): BatchResponse {
  const message: BatchResponse = into ?? { data: emptyBytes, otherError: '', execDetails: undefined, retryRegions: [], retryShards: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.data = reader.bytes()
        break
      case 18:
        message.otherError = reader.string()
        break
      case 26:
        message.execDetails = kvrpcpb.ExecDetails.readFrom(reader, reader.end(), message.execDetails)
        break
      case 34:
        message.retryRegions.push(metapb.Region.readFrom(reader, reader.end()))
        break
      case 42:
        message.retryShards.push(readShardInfo(reader, reader.end()))
        break
      default:
        reader.skip(tag, BatchResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeBatchResponse(writer: WireWriter, message: BatchResponse): void {
  for (let at = message.retryShards.length - 1; at >= 0; at--) {
    const value = message.retryShards[at]!
    const mark5 = writer.size
    writeShardInfo(writer, value)
    writer.length(mark5)
    writer.tag1(42)
  }
  for (let at = message.retryRegions.length - 1; at >= 0; at--) {
    const value = message.retryRegions[at]!
    const mark4 = writer.size
    metapb.Region.writeTo(writer, value)
    writer.length(mark4)
    writer.tag1(34)
  }
  if (message.execDetails !== undefined) {
    const mark3 = writer.size
    kvrpcpb.ExecDetails.writeTo(writer, message.execDetails)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.otherError !== '') {
    writer.string(message.otherError)
    writer.tag1(18)
  }
  if (message.data.length !== 0) {
    writer.bytes(message.data)
    writer.tag1(10)
  }
}

export interface DelegateRequest {
  context: kvrpcpb.Context | undefined
  startTs: bigint
  ranges: KeyRange[]
  memTableSequence: number
  snapshotSequence: number
}

export const DelegateRequest: MessageDefinition<DelegateRequest> = {
  typeName: 'coprocessor.DelegateRequest',
  create: (init) => ({
    context: init?.context,
    startTs: init?.startTs ?? 0n,
    ranges: init?.ranges ?? [],
    memTableSequence: init?.memTableSequence ?? 0,
    snapshotSequence: init?.snapshotSequence ?? 0,
  }),
  encode: (message) => encodeWith(writeDelegateRequest, message),
  decode: (bytes) => decodeWith('coprocessor.DelegateRequest', readDelegateRequest, bytes),
  readFrom: readDelegateRequest,
  writeTo: writeDelegateRequest,
}

const DelegateRequestFields: readonly number[] = [1, 2, 3, 4, 5]

function readDelegateRequest(reader: WireReader, end: number, into?: DelegateRequest): DelegateRequest {
  const message: DelegateRequest = into ?? { context: undefined, startTs: 0n, ranges: [], memTableSequence: 0, snapshotSequence: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.context = kvrpcpb.Context.readFrom(reader, reader.end(), message.context)
        break
      case 16:
        message.startTs = reader.uint64()
        break
      case 26:
        message.ranges.push(readKeyRange(reader, reader.end()))
        break
      case 32:
        message.memTableSequence = reader.uint64Number()
        break
      case 40:
        message.snapshotSequence = reader.uint64Number()
        break
      default:
        reader.skip(tag, DelegateRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeDelegateRequest(writer: WireWriter, message: DelegateRequest): void {
  if (message.snapshotSequence !== 0) {
    writer.uint64Number(message.snapshotSequence)
    writer.tag1(40)
  }
  if (message.memTableSequence !== 0) {
    writer.uint64Number(message.memTableSequence)
    writer.tag1(32)
  }
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
    kvrpcpb.Context.writeTo(writer, message.context)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface DelegateResponse {
  memTableData: Uint8Array
  snapshot: Uint8Array
  regionError: errorpb.Error | undefined
  locked: kvrpcpb.LockInfo | undefined
  otherError: string
  memTableSequence: number
}

export const DelegateResponse: MessageDefinition<DelegateResponse> = {
  typeName: 'coprocessor.DelegateResponse',
  create: (init) => ({
    memTableData: init?.memTableData ?? emptyBytes,
    snapshot: init?.snapshot ?? emptyBytes,
    regionError: init?.regionError,
    locked: init?.locked,
    otherError: init?.otherError ?? '',
    memTableSequence: init?.memTableSequence ?? 0,
  }),
  encode: (message) => encodeWith(writeDelegateResponse, message),
  decode: (bytes) => decodeWith('coprocessor.DelegateResponse', readDelegateResponse, bytes),
  readFrom: readDelegateResponse,
  writeTo: writeDelegateResponse,
}

const DelegateResponseFields: readonly number[] = [1, 2, 3, 4, 5, 6]

function readDelegateResponse(reader: WireReader, end: number, into?: DelegateResponse): DelegateResponse {
  const message: DelegateResponse = into ?? { memTableData: emptyBytes, snapshot: emptyBytes, regionError: undefined, locked: undefined, otherError: '', memTableSequence: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.memTableData = reader.bytes()
        break
      case 18:
        message.snapshot = reader.bytes()
        break
      case 26:
        message.regionError = errorpb.Error.readFrom(reader, reader.end(), message.regionError)
        break
      case 34:
        message.locked = kvrpcpb.LockInfo.readFrom(reader, reader.end(), message.locked)
        break
      case 42:
        message.otherError = reader.string()
        break
      case 48:
        message.memTableSequence = reader.uint64Number()
        break
      default:
        reader.skip(tag, DelegateResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeDelegateResponse(writer: WireWriter, message: DelegateResponse): void {
  if (message.memTableSequence !== 0) {
    writer.uint64Number(message.memTableSequence)
    writer.tag1(48)
  }
  if (message.otherError !== '') {
    writer.string(message.otherError)
    writer.tag1(42)
  }
  if (message.locked !== undefined) {
    const mark4 = writer.size
    kvrpcpb.LockInfo.writeTo(writer, message.locked)
    writer.length(mark4)
    writer.tag1(34)
  }
  if (message.regionError !== undefined) {
    const mark3 = writer.size
    errorpb.Error.writeTo(writer, message.regionError)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.snapshot.length !== 0) {
    writer.bytes(message.snapshot)
    writer.tag1(18)
  }
  if (message.memTableData.length !== 0) {
    writer.bytes(message.memTableData)
    writer.tag1(10)
  }
}

export interface Request {
  context: kvrpcpb.Context | undefined
  tp: number
  data: Uint8Array
  ranges: KeyRange[]
  isCacheEnabled: boolean
  cacheIfMatchVersion: number
  startTs: bigint
  schemaVer: number
  isTraceEnabled: boolean
  pagingSize: number
  tasks: StoreBatchTask[]
  connectionId: bigint
  connectionAlias: string
  tableShardInfos: TableShardInfos[]
  versionedRanges: VersionedKeyRange[]
  maxKeysRead: number
  pagingSizeBytes: number
  allowBatchTaskDataMerge: boolean
  executeBatchTasksSerially: boolean
}

export const Request: MessageDefinition<Request> = {
  typeName: 'coprocessor.Request',
  create: (init) => ({
    context: init?.context,
    tp: init?.tp ?? 0,
    data: init?.data ?? emptyBytes,
    ranges: init?.ranges ?? [],
    isCacheEnabled: init?.isCacheEnabled ?? false,
    cacheIfMatchVersion: init?.cacheIfMatchVersion ?? 0,
    startTs: init?.startTs ?? 0n,
    schemaVer: init?.schemaVer ?? 0,
    isTraceEnabled: init?.isTraceEnabled ?? false,
    pagingSize: init?.pagingSize ?? 0,
    tasks: init?.tasks ?? [],
    connectionId: init?.connectionId ?? 0n,
    connectionAlias: init?.connectionAlias ?? '',
    tableShardInfos: init?.tableShardInfos ?? [],
    versionedRanges: init?.versionedRanges ?? [],
    maxKeysRead: init?.maxKeysRead ?? 0,
    pagingSizeBytes: init?.pagingSizeBytes ?? 0,
    allowBatchTaskDataMerge: init?.allowBatchTaskDataMerge ?? false,
    executeBatchTasksSerially: init?.executeBatchTasksSerially ?? false,
  }),
  encode: (message) => encodeWith(writeRequest, message),
  decode: (bytes) => decodeWith('coprocessor.Request', readRequest, bytes),
  readFrom: readRequest,
  writeTo: writeRequest,
}

const RequestFields: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19]

function readRequest(reader: WireReader, end: number, into?: Request): Request {
  const message: Request = into ?? { context: undefined, tp: 0, data: emptyBytes, ranges: [], isCacheEnabled: false, cacheIfMatchVersion: 0, startTs: 0n, schemaVer: 0, isTraceEnabled: false, pagingSize: 0, tasks: [], connectionId: 0n, connectionAlias: '', tableShardInfos: [], versionedRanges: [], maxKeysRead: 0, pagingSizeBytes: 0, allowBatchTaskDataMerge: false, executeBatchTasksSerially: false }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.context = kvrpcpb.Context.readFrom(reader, reader.end(), message.context)
        break
      case 16:
        message.tp = reader.int64Number()
        break
      case 26:
        message.data = reader.bytes()
        break
      case 34:
        message.ranges.push(readKeyRange(reader, reader.end()))
        break
      case 40:
        message.isCacheEnabled = reader.bool()
        break
      case 48:
        message.cacheIfMatchVersion = reader.uint64Number()
        break
      case 56:
        message.startTs = reader.uint64()
        break
      case 64:
        message.schemaVer = reader.int64Number()
        break
      case 72:
        message.isTraceEnabled = reader.bool()
        break
      case 80:
        message.pagingSize = reader.uint64Number()
        break
      case 90:
        message.tasks.push(readStoreBatchTask(reader, reader.end()))
        break
      case 96:
        message.connectionId = reader.uint64()
        break
      case 106:
        message.connectionAlias = reader.string()
        break
      case 114:
        message.tableShardInfos.push(readTableShardInfos(reader, reader.end()))
        break
      case 122:
        message.versionedRanges.push(readVersionedKeyRange(reader, reader.end()))
        break
      case 128:
        message.maxKeysRead = reader.uint64Number()
        break
      case 136:
        message.pagingSizeBytes = reader.uint64Number()
        break
      case 144:
        message.allowBatchTaskDataMerge = reader.bool()
        break
      case 152:
        message.executeBatchTasksSerially = reader.bool()
        break
      default:
        reader.skip(tag, RequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeRequest(writer: WireWriter, message: Request): void {
  if (message.executeBatchTasksSerially) {
    writer.bool(message.executeBatchTasksSerially)
    writer.tag(152)
  }
  if (message.allowBatchTaskDataMerge) {
    writer.bool(message.allowBatchTaskDataMerge)
    writer.tag(144)
  }
  if (message.pagingSizeBytes !== 0) {
    writer.uint64Number(message.pagingSizeBytes)
    writer.tag(136)
  }
  if (message.maxKeysRead !== 0) {
    writer.uint64Number(message.maxKeysRead)
    writer.tag(128)
  }
  for (let at = message.versionedRanges.length - 1; at >= 0; at--) {
    const value = message.versionedRanges[at]!
    const mark15 = writer.size
    writeVersionedKeyRange(writer, value)
    writer.length(mark15)
    writer.tag1(122)
  }
  for (let at = message.tableShardInfos.length - 1; at >= 0; at--) {
    const value = message.tableShardInfos[at]!
    const mark14 = writer.size
    writeTableShardInfos(writer, value)
    writer.length(mark14)
    writer.tag1(114)
  }
  if (message.connectionAlias !== '') {
    writer.string(message.connectionAlias)
    writer.tag1(106)
  }
  if (message.connectionId !== 0n) {
    writer.uint64(message.connectionId)
    writer.tag1(96)
  }
  for (let at = message.tasks.length - 1; at >= 0; at--) {
    const value = message.tasks[at]!
    const mark11 = writer.size
    writeStoreBatchTask(writer, value)
    writer.length(mark11)
    writer.tag1(90)
  }
  if (message.pagingSize !== 0) {
    writer.uint64Number(message.pagingSize)
    writer.tag1(80)
  }
  if (message.isTraceEnabled) {
    writer.bool(message.isTraceEnabled)
    writer.tag1(72)
  }
  if (message.schemaVer !== 0) {
    writer.int64Number(message.schemaVer)
    writer.tag1(64)
  }
  if (message.startTs !== 0n) {
    writer.uint64(message.startTs)
    writer.tag1(56)
  }
  if (message.cacheIfMatchVersion !== 0) {
    writer.uint64Number(message.cacheIfMatchVersion)
    writer.tag1(48)
  }
  if (message.isCacheEnabled) {
    writer.bool(message.isCacheEnabled)
    writer.tag1(40)
  }
  for (let at = message.ranges.length - 1; at >= 0; at--) {
    const value = message.ranges[at]!
    const mark4 = writer.size
    writeKeyRange(writer, value)
    writer.length(mark4)
    writer.tag1(34)
  }
  if (message.data.length !== 0) {
    writer.bytes(message.data)
    writer.tag1(26)
  }
  if (message.tp !== 0) {
    writer.int64Number(message.tp)
    writer.tag1(16)
  }
  if (message.context !== undefined) {
    const mark1 = writer.size
    kvrpcpb.Context.writeTo(writer, message.context)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface StoreBatchTask {
  regionId: number
  regionEpoch: metapb.RegionEpoch | undefined
  peer: metapb.Peer | undefined
  ranges: KeyRange[]
  taskId: bigint
  versionedRanges: VersionedKeyRange[]
  bucketsVersion: number
}

export const StoreBatchTask: MessageDefinition<StoreBatchTask> = {
  typeName: 'coprocessor.StoreBatchTask',
  create: (init) => ({
    regionId: init?.regionId ?? 0,
    regionEpoch: init?.regionEpoch,
    peer: init?.peer,
    ranges: init?.ranges ?? [],
    taskId: init?.taskId ?? 0n,
    versionedRanges: init?.versionedRanges ?? [],
    bucketsVersion: init?.bucketsVersion ?? 0,
  }),
  encode: (message) => encodeWith(writeStoreBatchTask, message),
  decode: (bytes) => decodeWith('coprocessor.StoreBatchTask', readStoreBatchTask, bytes),
  readFrom: readStoreBatchTask,
  writeTo: writeStoreBatchTask,
}

const StoreBatchTaskFields: readonly number[] = [1, 2, 3, 4, 5, 6, 7]

function readStoreBatchTask(reader: WireReader, end: number, into?: StoreBatchTask): StoreBatchTask {
  const message: StoreBatchTask = into ?? { regionId: 0, regionEpoch: undefined, peer: undefined, ranges: [], taskId: 0n, versionedRanges: [], bucketsVersion: 0 }
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
      case 34:
        message.ranges.push(readKeyRange(reader, reader.end()))
        break
      case 40:
        message.taskId = reader.uint64()
        break
      case 50:
        message.versionedRanges.push(readVersionedKeyRange(reader, reader.end()))
        break
      case 56:
        message.bucketsVersion = reader.uint64Number()
        break
      default:
        reader.skip(tag, StoreBatchTaskFields)
    }
  }
  reader.close(end)
  return message
}

function writeStoreBatchTask(writer: WireWriter, message: StoreBatchTask): void {
  if (message.bucketsVersion !== 0) {
    writer.uint64Number(message.bucketsVersion)
    writer.tag1(56)
  }
  for (let at = message.versionedRanges.length - 1; at >= 0; at--) {
    const value = message.versionedRanges[at]!
    const mark6 = writer.size
    writeVersionedKeyRange(writer, value)
    writer.length(mark6)
    writer.tag1(50)
  }
  if (message.taskId !== 0n) {
    writer.uint64(message.taskId)
    writer.tag1(40)
  }
  for (let at = message.ranges.length - 1; at >= 0; at--) {
    const value = message.ranges[at]!
    const mark4 = writer.size
    writeKeyRange(writer, value)
    writer.length(mark4)
    writer.tag1(34)
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

export interface VersionedKeyRange {
  range: KeyRange | undefined
  readTs: bigint
}

export const VersionedKeyRange: MessageDefinition<VersionedKeyRange> = {
  typeName: 'coprocessor.VersionedKeyRange',
  create: (init) => ({
    range: init?.range,
    readTs: init?.readTs ?? 0n,
  }),
  encode: (message) => encodeWith(writeVersionedKeyRange, message),
  decode: (bytes) => decodeWith('coprocessor.VersionedKeyRange', readVersionedKeyRange, bytes),
  readFrom: readVersionedKeyRange,
  writeTo: writeVersionedKeyRange,
}

const VersionedKeyRangeFields: readonly number[] = [1, 2]

function readVersionedKeyRange(reader: WireReader, end: number, into?: VersionedKeyRange): VersionedKeyRange {
  const message: VersionedKeyRange = into ?? { range: undefined, readTs: 0n }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.range = readKeyRange(reader, reader.end(), message.range)
        break
      case 16:
        message.readTs = reader.uint64()
        break
      default:
        reader.skip(tag, VersionedKeyRangeFields)
    }
  }
  reader.close(end)
  return message
}

function writeVersionedKeyRange(writer: WireWriter, message: VersionedKeyRange): void {
  if (message.readTs !== 0n) {
    writer.uint64(message.readTs)
    writer.tag1(16)
  }
  if (message.range !== undefined) {
    const mark1 = writer.size
    writeKeyRange(writer, message.range)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface Response {
  data: Uint8Array
  regionError: errorpb.Error | undefined
  locked: kvrpcpb.LockInfo | undefined
  otherError: string
  range: KeyRange | undefined
  execDetails: kvrpcpb.ExecDetails | undefined
  isCacheHit: boolean
  cacheLastVersion: number
  canBeCached: boolean
  execDetailsV2: kvrpcpb.ExecDetailsV2 | undefined
  latestBucketsVersion: number
  batchResponses: StoreBatchTaskResponse[]
}

export const Response: MessageDefinition<Response> = {
  typeName: 'coprocessor.Response',
  create: (init) => ({
    data: init?.data ?? emptyBytes,
    regionError: init?.regionError,
    locked: init?.locked,
    otherError: init?.otherError ?? '',
    range: init?.range,
    execDetails: init?.execDetails,
    isCacheHit: init?.isCacheHit ?? false,
    cacheLastVersion: init?.cacheLastVersion ?? 0,
    canBeCached: init?.canBeCached ?? false,
    execDetailsV2: init?.execDetailsV2,
    latestBucketsVersion: init?.latestBucketsVersion ?? 0,
    batchResponses: init?.batchResponses ?? [],
  }),
  encode: (message) => encodeWith(writeResponse, message),
  decode: (bytes) => decodeWith('coprocessor.Response', readResponse, bytes),
  readFrom: readResponse,
  writeTo: writeResponse,
}

const ResponseFields: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13]

function readResponse(reader: WireReader, end: number, into?: Response): Response {
  const message: Response = into ?? { data: emptyBytes, regionError: undefined, locked: undefined, otherError: '', range: undefined, execDetails: undefined, isCacheHit: false, cacheLastVersion: 0, canBeCached: false, execDetailsV2: undefined, latestBucketsVersion: 0, batchResponses: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.data = reader.bytes()
        break
      case 18:
        message.regionError = errorpb.Error.readFrom(reader, reader.end(), message.regionError)
        break
      case 26:
        message.locked = kvrpcpb.LockInfo.readFrom(reader, reader.end(), message.locked)
        break
      case 34:
        message.otherError = reader.string()
        break
      case 42:
        message.range = readKeyRange(reader, reader.end(), message.range)
        break
      case 50:
        message.execDetails = kvrpcpb.ExecDetails.readFrom(reader, reader.end(), message.execDetails)
        break
      case 56:
        message.isCacheHit = reader.bool()
        break
      case 64:
        message.cacheLastVersion = reader.uint64Number()
        break
      case 72:
        message.canBeCached = reader.bool()
        break
      case 90:
        message.execDetailsV2 = kvrpcpb.ExecDetailsV2.readFrom(reader, reader.end(), message.execDetailsV2)
        break
      case 96:
        message.latestBucketsVersion = reader.uint64Number()
        break
      case 106:
        message.batchResponses.push(readStoreBatchTaskResponse(reader, reader.end()))
        break
      default:
        reader.skip(tag, ResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeResponse(writer: WireWriter, message: Response): void {
  for (let at = message.batchResponses.length - 1; at >= 0; at--) {
    const value = message.batchResponses[at]!
    const mark13 = writer.size
    writeStoreBatchTaskResponse(writer, value)
    writer.length(mark13)
    writer.tag1(106)
  }
  if (message.latestBucketsVersion !== 0) {
    writer.uint64Number(message.latestBucketsVersion)
    writer.tag1(96)
  }
  if (message.execDetailsV2 !== undefined) {
    const mark11 = writer.size
    kvrpcpb.ExecDetailsV2.writeTo(writer, message.execDetailsV2)
    writer.length(mark11)
    writer.tag1(90)
  }
  if (message.canBeCached) {
    writer.bool(message.canBeCached)
    writer.tag1(72)
  }
  if (message.cacheLastVersion !== 0) {
    writer.uint64Number(message.cacheLastVersion)
    writer.tag1(64)
  }
  if (message.isCacheHit) {
    writer.bool(message.isCacheHit)
    writer.tag1(56)
  }
  if (message.execDetails !== undefined) {
    const mark6 = writer.size
    kvrpcpb.ExecDetails.writeTo(writer, message.execDetails)
    writer.length(mark6)
    writer.tag1(50)
  }
  if (message.range !== undefined) {
    const mark5 = writer.size
    writeKeyRange(writer, message.range)
    writer.length(mark5)
    writer.tag1(42)
  }
  if (message.otherError !== '') {
    writer.string(message.otherError)
    writer.tag1(34)
  }
  if (message.locked !== undefined) {
    const mark3 = writer.size
    kvrpcpb.LockInfo.writeTo(writer, message.locked)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.regionError !== undefined) {
    const mark2 = writer.size
    errorpb.Error.writeTo(writer, message.regionError)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.data.length !== 0) {
    writer.bytes(message.data)
    writer.tag1(10)
  }
}

export interface StoreBatchTaskResponse {
  data: Uint8Array
  regionError: errorpb.Error | undefined
  locked: kvrpcpb.LockInfo | undefined
  otherError: string
  taskId: bigint
  execDetailsV2: kvrpcpb.ExecDetailsV2 | undefined
  dataMergedIntoResponse: boolean
}

export const StoreBatchTaskResponse: MessageDefinition<StoreBatchTaskResponse> = {
  typeName: 'coprocessor.StoreBatchTaskResponse',
  create: (init) => ({
    data: init?.data ?? emptyBytes,
    regionError: init?.regionError,
    locked: init?.locked,
    otherError: init?.otherError ?? '',
    taskId: init?.taskId ?? 0n,
    execDetailsV2: init?.execDetailsV2,
    dataMergedIntoResponse: init?.dataMergedIntoResponse ?? false,
  }),
  encode: (message) => encodeWith(writeStoreBatchTaskResponse, message),
  decode: (bytes) => decodeWith('coprocessor.StoreBatchTaskResponse', readStoreBatchTaskResponse, bytes),
  readFrom: readStoreBatchTaskResponse,
  writeTo: writeStoreBatchTaskResponse,
}

const StoreBatchTaskResponseFields: readonly number[] = [1, 2, 3, 4, 5, 6, 7]

function readStoreBatchTaskResponse(reader: WireReader, end: number, into?: StoreBatchTaskResponse): StoreBatchTaskResponse {
  const message: StoreBatchTaskResponse = into ?? { data: emptyBytes, regionError: undefined, locked: undefined, otherError: '', taskId: 0n, execDetailsV2: undefined, dataMergedIntoResponse: false }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.data = reader.bytes()
        break
      case 18:
        message.regionError = errorpb.Error.readFrom(reader, reader.end(), message.regionError)
        break
      case 26:
        message.locked = kvrpcpb.LockInfo.readFrom(reader, reader.end(), message.locked)
        break
      case 34:
        message.otherError = reader.string()
        break
      case 40:
        message.taskId = reader.uint64()
        break
      case 50:
        message.execDetailsV2 = kvrpcpb.ExecDetailsV2.readFrom(reader, reader.end(), message.execDetailsV2)
        break
      case 56:
        message.dataMergedIntoResponse = reader.bool()
        break
      default:
        reader.skip(tag, StoreBatchTaskResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeStoreBatchTaskResponse(writer: WireWriter, message: StoreBatchTaskResponse): void {
  if (message.dataMergedIntoResponse) {
    writer.bool(message.dataMergedIntoResponse)
    writer.tag1(56)
  }
  if (message.execDetailsV2 !== undefined) {
    const mark6 = writer.size
    kvrpcpb.ExecDetailsV2.writeTo(writer, message.execDetailsV2)
    writer.length(mark6)
    writer.tag1(50)
  }
  if (message.taskId !== 0n) {
    writer.uint64(message.taskId)
    writer.tag1(40)
  }
  if (message.otherError !== '') {
    writer.string(message.otherError)
    writer.tag1(34)
  }
  if (message.locked !== undefined) {
    const mark3 = writer.size
    kvrpcpb.LockInfo.writeTo(writer, message.locked)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.regionError !== undefined) {
    const mark2 = writer.size
    errorpb.Error.writeTo(writer, message.regionError)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.data.length !== 0) {
    writer.bytes(message.data)
    writer.tag1(10)
  }
}

export interface TiCIEstimateCountRequest {
  context: kvrpcpb.Context | undefined
  startTs: bigint
  tableId: number
  indexId: number
  ftsQueryInfo: Uint8Array
  timeZoneName: string
  timeZoneOffset: number
  shardInfos: ShardInfo[]
}

export const TiCIEstimateCountRequest: MessageDefinition<TiCIEstimateCountRequest> = {
  typeName: 'coprocessor.TiCIEstimateCountRequest',
  create: (init) => ({
    context: init?.context,
    startTs: init?.startTs ?? 0n,
    tableId: init?.tableId ?? 0,
    indexId: init?.indexId ?? 0,
    ftsQueryInfo: init?.ftsQueryInfo ?? emptyBytes,
    timeZoneName: init?.timeZoneName ?? '',
    timeZoneOffset: init?.timeZoneOffset ?? 0,
    shardInfos: init?.shardInfos ?? [],
  }),
  encode: (message) => encodeWith(writeTiCIEstimateCountRequest, message),
  decode: (bytes) => decodeWith('coprocessor.TiCIEstimateCountRequest', readTiCIEstimateCountRequest, bytes),
  readFrom: readTiCIEstimateCountRequest,
  writeTo: writeTiCIEstimateCountRequest,
}

const TiCIEstimateCountRequestFields: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8]

function readTiCIEstimateCountRequest(reader: WireReader, end: number, into?: TiCIEstimateCountRequest): TiCIEstimateCountRequest {
  const message: TiCIEstimateCountRequest = into ?? { context: undefined, startTs: 0n, tableId: 0, indexId: 0, ftsQueryInfo: emptyBytes, timeZoneName: '', timeZoneOffset: 0, shardInfos: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.context = kvrpcpb.Context.readFrom(reader, reader.end(), message.context)
        break
      case 16:
        message.startTs = reader.uint64()
        break
      case 24:
        message.tableId = reader.int64Number()
        break
      case 32:
        message.indexId = reader.int64Number()
        break
      case 42:
        message.ftsQueryInfo = reader.bytes()
        break
      case 50:
        message.timeZoneName = reader.string()
        break
      case 56:
        message.timeZoneOffset = reader.int64Number()
        break
      case 66:
        message.shardInfos.push(readShardInfo(reader, reader.end()))
        break
      default:
        reader.skip(tag, TiCIEstimateCountRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeTiCIEstimateCountRequest(writer: WireWriter, message: TiCIEstimateCountRequest): void {
  for (let at = message.shardInfos.length - 1; at >= 0; at--) {
    const value = message.shardInfos[at]!
    const mark8 = writer.size
    writeShardInfo(writer, value)
    writer.length(mark8)
    writer.tag1(66)
  }
  if (message.timeZoneOffset !== 0) {
    writer.int64Number(message.timeZoneOffset)
    writer.tag1(56)
  }
  if (message.timeZoneName !== '') {
    writer.string(message.timeZoneName)
    writer.tag1(50)
  }
  if (message.ftsQueryInfo.length !== 0) {
    writer.bytes(message.ftsQueryInfo)
    writer.tag1(42)
  }
  if (message.indexId !== 0) {
    writer.int64Number(message.indexId)
    writer.tag1(32)
  }
  if (message.tableId !== 0) {
    writer.int64Number(message.tableId)
    writer.tag1(24)
  }
  if (message.startTs !== 0n) {
    writer.uint64(message.startTs)
    writer.tag1(16)
  }
  if (message.context !== undefined) {
    const mark1 = writer.size
    kvrpcpb.Context.writeTo(writer, message.context)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface TiCIEstimateCountResponse {
  estCount: number
  otherError: string
}

export const TiCIEstimateCountResponse: MessageDefinition<TiCIEstimateCountResponse> = {
  typeName: 'coprocessor.TiCIEstimateCountResponse',
  create: (init) => ({
    estCount: init?.estCount ?? 0,
    otherError: init?.otherError ?? '',
  }),
  encode: (message) => encodeWith(writeTiCIEstimateCountResponse, message),
  decode: (bytes) => decodeWith('coprocessor.TiCIEstimateCountResponse', readTiCIEstimateCountResponse, bytes),
  readFrom: readTiCIEstimateCountResponse,
  writeTo: writeTiCIEstimateCountResponse,
}

const TiCIEstimateCountResponseFields: readonly number[] = [1, 2]

function readTiCIEstimateCountResponse(reader: WireReader, end: number, into?: TiCIEstimateCountResponse): TiCIEstimateCountResponse {
  const message: TiCIEstimateCountResponse = into ?? { estCount: 0, otherError: '' }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.estCount = reader.uint64Number()
        break
      case 18:
        message.otherError = reader.string()
        break
      default:
        reader.skip(tag, TiCIEstimateCountResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeTiCIEstimateCountResponse(writer: WireWriter, message: TiCIEstimateCountResponse): void {
  if (message.otherError !== '') {
    writer.string(message.otherError)
    writer.tag1(18)
  }
  if (message.estCount !== 0) {
    writer.uint64Number(message.estCount)
    writer.tag1(8)
  }
}
