// Generated from proto/tikvpb.proto by `npm run generate -w packages/proto`. Do not edit.
import { decodeWith, encodeWith } from '../message-codec.ts'
import type { MessageDefinition } from '../message-definition.ts'
import { type WireReader } from '../wire-reader.ts'
import type { WireWriter } from '../wire-writer.ts'
import * as coprocessor from './coprocessor.ts'
import * as kvrpcpb from './kvrpcpb.ts'
import * as raft_serverpb from './raft_serverpb.ts'

export interface BatchCommandsRequest {
  requests: BatchCommandsRequest_Request[]
  requestIds: number[]
  clientSendTimeNs: bigint
}

export const BatchCommandsRequest: MessageDefinition<BatchCommandsRequest> = {
  typeName: 'tikvpb.BatchCommandsRequest',
  create: (init) => ({
    requests: init?.requests ?? [],
    requestIds: init?.requestIds ?? [],
    clientSendTimeNs: init?.clientSendTimeNs ?? 0n,
  }),
  encode: (message) => encodeWith(writeBatchCommandsRequest, message),
  decode: (bytes) => decodeWith('tikvpb.BatchCommandsRequest', readBatchCommandsRequest, bytes),
  readFrom: readBatchCommandsRequest,
  writeTo: writeBatchCommandsRequest,
}

const BatchCommandsRequestFields: readonly number[] = [1, 2, 3]

function readBatchCommandsRequest(reader: WireReader, end: number, into?: BatchCommandsRequest): BatchCommandsRequest {
  const message: BatchCommandsRequest = into ?? { requests: [], requestIds: [], clientSendTimeNs: 0n }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.requests.push(readBatchCommandsRequest_Request(reader, reader.end()))
        break
      case 16:
        message.requestIds.push(reader.uint64Number())
        break
      case 18:
        {
          const packedEnd = reader.end()
          while (reader.pos < packedEnd) message.requestIds.push(reader.uint64Number())
          reader.close(packedEnd)
        }
        break
      case 24:
        message.clientSendTimeNs = reader.uint64()
        break
      default:
        reader.skip(tag, BatchCommandsRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeBatchCommandsRequest(writer: WireWriter, message: BatchCommandsRequest): void {
  if (message.clientSendTimeNs !== 0n) {
    writer.uint64(message.clientSendTimeNs)
    writer.tag1(24)
  }
  if (message.requestIds.length !== 0) {
    const mark = writer.size
    for (let at = message.requestIds.length - 1; at >= 0; at--) writer.uint64Number(message.requestIds[at]!)
    writer.length(mark)
    writer.tag1(18)
  }
  for (let at = message.requests.length - 1; at >= 0; at--) {
    const value = message.requests[at]!
    const mark1 = writer.size
    writeBatchCommandsRequest_Request(writer, value)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface BatchCommandsRequest_Request {
  cmd: BatchCommandsRequest_Request_Cmd | undefined
}

export type BatchCommandsRequest_Request_Cmd =
  | { case: 'get'; value: kvrpcpb.GetRequest }
  | { case: 'scan'; value: kvrpcpb.ScanRequest }
  | { case: 'prewrite'; value: kvrpcpb.PrewriteRequest }
  | { case: 'commit'; value: kvrpcpb.CommitRequest }
  | { case: 'import'; value: kvrpcpb.ImportRequest }
  | { case: 'cleanup'; value: kvrpcpb.CleanupRequest }
  | { case: 'batchGet'; value: kvrpcpb.BatchGetRequest }
  | { case: 'batchRollback'; value: kvrpcpb.BatchRollbackRequest }
  | { case: 'scanLock'; value: kvrpcpb.ScanLockRequest }
  | { case: 'resolveLock'; value: kvrpcpb.ResolveLockRequest }
  | { case: 'gc'; value: kvrpcpb.GCRequest }
  | { case: 'deleteRange'; value: kvrpcpb.DeleteRangeRequest }
  | { case: 'rawGet'; value: kvrpcpb.RawGetRequest }
  | { case: 'rawBatchGet'; value: kvrpcpb.RawBatchGetRequest }
  | { case: 'rawPut'; value: kvrpcpb.RawPutRequest }
  | { case: 'rawBatchPut'; value: kvrpcpb.RawBatchPutRequest }
  | { case: 'rawDelete'; value: kvrpcpb.RawDeleteRequest }
  | { case: 'rawBatchDelete'; value: kvrpcpb.RawBatchDeleteRequest }
  | { case: 'rawScan'; value: kvrpcpb.RawScanRequest }
  | { case: 'rawDeleteRange'; value: kvrpcpb.RawDeleteRangeRequest }
  | { case: 'rawBatchScan'; value: kvrpcpb.RawBatchScanRequest }
  | { case: 'coprocessor'; value: coprocessor.Request }
  | { case: 'pessimisticLock'; value: kvrpcpb.PessimisticLockRequest }
  | { case: 'pessimisticRollback'; value: kvrpcpb.PessimisticRollbackRequest }
  | { case: 'checkTxnStatus'; value: kvrpcpb.CheckTxnStatusRequest }
  | { case: 'txnHeartBeat'; value: kvrpcpb.TxnHeartBeatRequest }
  | { case: 'checkSecondaryLocks'; value: kvrpcpb.CheckSecondaryLocksRequest }
  | { case: 'rawCoprocessor'; value: kvrpcpb.RawCoprocessorRequest }
  | { case: 'flashbackToVersion'; value: kvrpcpb.FlashbackToVersionRequest }
  | { case: 'prepareFlashbackToVersion'; value: kvrpcpb.PrepareFlashbackToVersionRequest }
  | { case: 'flush'; value: kvrpcpb.FlushRequest }
  | { case: 'bufferBatchGet'; value: kvrpcpb.BufferBatchGetRequest }
  | { case: 'getHealthFeedback'; value: kvrpcpb.GetHealthFeedbackRequest }
  | { case: 'broadcastTxnStatus'; value: kvrpcpb.BroadcastTxnStatusRequest }
  | { case: 'empty'; value: BatchCommandsEmptyRequest }

export const BatchCommandsRequest_Request: MessageDefinition<BatchCommandsRequest_Request> = {
  typeName: 'tikvpb.BatchCommandsRequest.Request',
  create: (init) => ({
    cmd: init?.cmd,
  }),
  encode: (message) => encodeWith(writeBatchCommandsRequest_Request, message),
  decode: (bytes) => decodeWith('tikvpb.BatchCommandsRequest.Request', readBatchCommandsRequest_Request, bytes),
  readFrom: readBatchCommandsRequest_Request,
  writeTo: writeBatchCommandsRequest_Request,
}

const BatchCommandsRequest_RequestFields: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 33, 34, 35, 36, 37, 38, 39, 40, 255]

function readBatchCommandsRequest_Request(reader: WireReader, end: number, into?: BatchCommandsRequest_Request): BatchCommandsRequest_Request {
  const message: BatchCommandsRequest_Request = into ?? { cmd: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.cmd = { case: 'get', value: kvrpcpb.GetRequest.readFrom(reader, reader.end(), message.cmd?.case === 'get' ? message.cmd.value : undefined) }
        break
      case 18:
        message.cmd = { case: 'scan', value: kvrpcpb.ScanRequest.readFrom(reader, reader.end(), message.cmd?.case === 'scan' ? message.cmd.value : undefined) }
        break
      case 26:
        message.cmd = { case: 'prewrite', value: kvrpcpb.PrewriteRequest.readFrom(reader, reader.end(), message.cmd?.case === 'prewrite' ? message.cmd.value : undefined) }
        break
      case 34:
        message.cmd = { case: 'commit', value: kvrpcpb.CommitRequest.readFrom(reader, reader.end(), message.cmd?.case === 'commit' ? message.cmd.value : undefined) }
        break
      case 42:
        message.cmd = { case: 'import', value: kvrpcpb.ImportRequest.readFrom(reader, reader.end(), message.cmd?.case === 'import' ? message.cmd.value : undefined) }
        break
      case 50:
        message.cmd = { case: 'cleanup', value: kvrpcpb.CleanupRequest.readFrom(reader, reader.end(), message.cmd?.case === 'cleanup' ? message.cmd.value : undefined) }
        break
      case 58:
        message.cmd = { case: 'batchGet', value: kvrpcpb.BatchGetRequest.readFrom(reader, reader.end(), message.cmd?.case === 'batchGet' ? message.cmd.value : undefined) }
        break
      case 66:
        message.cmd = { case: 'batchRollback', value: kvrpcpb.BatchRollbackRequest.readFrom(reader, reader.end(), message.cmd?.case === 'batchRollback' ? message.cmd.value : undefined) }
        break
      case 74:
        message.cmd = { case: 'scanLock', value: kvrpcpb.ScanLockRequest.readFrom(reader, reader.end(), message.cmd?.case === 'scanLock' ? message.cmd.value : undefined) }
        break
      case 82:
        message.cmd = { case: 'resolveLock', value: kvrpcpb.ResolveLockRequest.readFrom(reader, reader.end(), message.cmd?.case === 'resolveLock' ? message.cmd.value : undefined) }
        break
      case 90:
        message.cmd = { case: 'gc', value: kvrpcpb.GCRequest.readFrom(reader, reader.end(), message.cmd?.case === 'gc' ? message.cmd.value : undefined) }
        break
      case 98:
        message.cmd = { case: 'deleteRange', value: kvrpcpb.DeleteRangeRequest.readFrom(reader, reader.end(), message.cmd?.case === 'deleteRange' ? message.cmd.value : undefined) }
        break
      case 106:
        message.cmd = { case: 'rawGet', value: kvrpcpb.RawGetRequest.readFrom(reader, reader.end(), message.cmd?.case === 'rawGet' ? message.cmd.value : undefined) }
        break
      case 114:
        message.cmd = { case: 'rawBatchGet', value: kvrpcpb.RawBatchGetRequest.readFrom(reader, reader.end(), message.cmd?.case === 'rawBatchGet' ? message.cmd.value : undefined) }
        break
      case 122:
        message.cmd = { case: 'rawPut', value: kvrpcpb.RawPutRequest.readFrom(reader, reader.end(), message.cmd?.case === 'rawPut' ? message.cmd.value : undefined) }
        break
      case 130:
        message.cmd = { case: 'rawBatchPut', value: kvrpcpb.RawBatchPutRequest.readFrom(reader, reader.end(), message.cmd?.case === 'rawBatchPut' ? message.cmd.value : undefined) }
        break
      case 138:
        message.cmd = { case: 'rawDelete', value: kvrpcpb.RawDeleteRequest.readFrom(reader, reader.end(), message.cmd?.case === 'rawDelete' ? message.cmd.value : undefined) }
        break
      case 146:
        message.cmd = { case: 'rawBatchDelete', value: kvrpcpb.RawBatchDeleteRequest.readFrom(reader, reader.end(), message.cmd?.case === 'rawBatchDelete' ? message.cmd.value : undefined) }
        break
      case 154:
        message.cmd = { case: 'rawScan', value: kvrpcpb.RawScanRequest.readFrom(reader, reader.end(), message.cmd?.case === 'rawScan' ? message.cmd.value : undefined) }
        break
      case 162:
        message.cmd = { case: 'rawDeleteRange', value: kvrpcpb.RawDeleteRangeRequest.readFrom(reader, reader.end(), message.cmd?.case === 'rawDeleteRange' ? message.cmd.value : undefined) }
        break
      case 170:
        message.cmd = { case: 'rawBatchScan', value: kvrpcpb.RawBatchScanRequest.readFrom(reader, reader.end(), message.cmd?.case === 'rawBatchScan' ? message.cmd.value : undefined) }
        break
      case 178:
        message.cmd = { case: 'coprocessor', value: coprocessor.Request.readFrom(reader, reader.end(), message.cmd?.case === 'coprocessor' ? message.cmd.value : undefined) }
        break
      case 186:
        message.cmd = { case: 'pessimisticLock', value: kvrpcpb.PessimisticLockRequest.readFrom(reader, reader.end(), message.cmd?.case === 'pessimisticLock' ? message.cmd.value : undefined) }
        break
      case 194:
        message.cmd = { case: 'pessimisticRollback', value: kvrpcpb.PessimisticRollbackRequest.readFrom(reader, reader.end(), message.cmd?.case === 'pessimisticRollback' ? message.cmd.value : undefined) }
        break
      case 202:
        message.cmd = { case: 'checkTxnStatus', value: kvrpcpb.CheckTxnStatusRequest.readFrom(reader, reader.end(), message.cmd?.case === 'checkTxnStatus' ? message.cmd.value : undefined) }
        break
      case 210:
        message.cmd = { case: 'txnHeartBeat', value: kvrpcpb.TxnHeartBeatRequest.readFrom(reader, reader.end(), message.cmd?.case === 'txnHeartBeat' ? message.cmd.value : undefined) }
        break
      case 266:
        message.cmd = { case: 'checkSecondaryLocks', value: kvrpcpb.CheckSecondaryLocksRequest.readFrom(reader, reader.end(), message.cmd?.case === 'checkSecondaryLocks' ? message.cmd.value : undefined) }
        break
      case 274:
        message.cmd = { case: 'rawCoprocessor', value: kvrpcpb.RawCoprocessorRequest.readFrom(reader, reader.end(), message.cmd?.case === 'rawCoprocessor' ? message.cmd.value : undefined) }
        break
      case 282:
        message.cmd = { case: 'flashbackToVersion', value: kvrpcpb.FlashbackToVersionRequest.readFrom(reader, reader.end(), message.cmd?.case === 'flashbackToVersion' ? message.cmd.value : undefined) }
        break
      case 290:
        message.cmd = { case: 'prepareFlashbackToVersion', value: kvrpcpb.PrepareFlashbackToVersionRequest.readFrom(reader, reader.end(), message.cmd?.case === 'prepareFlashbackToVersion' ? message.cmd.value : undefined) }
        break
      case 298:
        message.cmd = { case: 'flush', value: kvrpcpb.FlushRequest.readFrom(reader, reader.end(), message.cmd?.case === 'flush' ? message.cmd.value : undefined) }
        break
      case 306:
        message.cmd = { case: 'bufferBatchGet', value: kvrpcpb.BufferBatchGetRequest.readFrom(reader, reader.end(), message.cmd?.case === 'bufferBatchGet' ? message.cmd.value : undefined) }
        break
      case 314:
        message.cmd = { case: 'getHealthFeedback', value: kvrpcpb.GetHealthFeedbackRequest.readFrom(reader, reader.end(), message.cmd?.case === 'getHealthFeedback' ? message.cmd.value : undefined) }
        break
      case 322:
        message.cmd = { case: 'broadcastTxnStatus', value: kvrpcpb.BroadcastTxnStatusRequest.readFrom(reader, reader.end(), message.cmd?.case === 'broadcastTxnStatus' ? message.cmd.value : undefined) }
        break
      case 2042:
        message.cmd = { case: 'empty', value: readBatchCommandsEmptyRequest(reader, reader.end(), message.cmd?.case === 'empty' ? message.cmd.value : undefined) }
        break
      default:
        reader.skip(tag, BatchCommandsRequest_RequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeBatchCommandsRequest_Request(writer: WireWriter, message: BatchCommandsRequest_Request): void {
  if (message.cmd?.case === 'empty') {
    const value = message.cmd.value
    const mark255 = writer.size
    writeBatchCommandsEmptyRequest(writer, value)
    writer.length(mark255)
    writer.tag(2042)
  }
  if (message.cmd?.case === 'broadcastTxnStatus') {
    const value = message.cmd.value
    const mark40 = writer.size
    kvrpcpb.BroadcastTxnStatusRequest.writeTo(writer, value)
    writer.length(mark40)
    writer.tag(322)
  }
  if (message.cmd?.case === 'getHealthFeedback') {
    const value = message.cmd.value
    const mark39 = writer.size
    kvrpcpb.GetHealthFeedbackRequest.writeTo(writer, value)
    writer.length(mark39)
    writer.tag(314)
  }
  if (message.cmd?.case === 'bufferBatchGet') {
    const value = message.cmd.value
    const mark38 = writer.size
    kvrpcpb.BufferBatchGetRequest.writeTo(writer, value)
    writer.length(mark38)
    writer.tag(306)
  }
  if (message.cmd?.case === 'flush') {
    const value = message.cmd.value
    const mark37 = writer.size
    kvrpcpb.FlushRequest.writeTo(writer, value)
    writer.length(mark37)
    writer.tag(298)
  }
  if (message.cmd?.case === 'prepareFlashbackToVersion') {
    const value = message.cmd.value
    const mark36 = writer.size
    kvrpcpb.PrepareFlashbackToVersionRequest.writeTo(writer, value)
    writer.length(mark36)
    writer.tag(290)
  }
  if (message.cmd?.case === 'flashbackToVersion') {
    const value = message.cmd.value
    const mark35 = writer.size
    kvrpcpb.FlashbackToVersionRequest.writeTo(writer, value)
    writer.length(mark35)
    writer.tag(282)
  }
  if (message.cmd?.case === 'rawCoprocessor') {
    const value = message.cmd.value
    const mark34 = writer.size
    kvrpcpb.RawCoprocessorRequest.writeTo(writer, value)
    writer.length(mark34)
    writer.tag(274)
  }
  if (message.cmd?.case === 'checkSecondaryLocks') {
    const value = message.cmd.value
    const mark33 = writer.size
    kvrpcpb.CheckSecondaryLocksRequest.writeTo(writer, value)
    writer.length(mark33)
    writer.tag(266)
  }
  if (message.cmd?.case === 'txnHeartBeat') {
    const value = message.cmd.value
    const mark26 = writer.size
    kvrpcpb.TxnHeartBeatRequest.writeTo(writer, value)
    writer.length(mark26)
    writer.tag(210)
  }
  if (message.cmd?.case === 'checkTxnStatus') {
    const value = message.cmd.value
    const mark25 = writer.size
    kvrpcpb.CheckTxnStatusRequest.writeTo(writer, value)
    writer.length(mark25)
    writer.tag(202)
  }
  if (message.cmd?.case === 'pessimisticRollback') {
    const value = message.cmd.value
    const mark24 = writer.size
    kvrpcpb.PessimisticRollbackRequest.writeTo(writer, value)
    writer.length(mark24)
    writer.tag(194)
  }
  if (message.cmd?.case === 'pessimisticLock') {
    const value = message.cmd.value
    const mark23 = writer.size
    kvrpcpb.PessimisticLockRequest.writeTo(writer, value)
    writer.length(mark23)
    writer.tag(186)
  }
  if (message.cmd?.case === 'coprocessor') {
    const value = message.cmd.value
    const mark22 = writer.size
    coprocessor.Request.writeTo(writer, value)
    writer.length(mark22)
    writer.tag(178)
  }
  if (message.cmd?.case === 'rawBatchScan') {
    const value = message.cmd.value
    const mark21 = writer.size
    kvrpcpb.RawBatchScanRequest.writeTo(writer, value)
    writer.length(mark21)
    writer.tag(170)
  }
  if (message.cmd?.case === 'rawDeleteRange') {
    const value = message.cmd.value
    const mark20 = writer.size
    kvrpcpb.RawDeleteRangeRequest.writeTo(writer, value)
    writer.length(mark20)
    writer.tag(162)
  }
  if (message.cmd?.case === 'rawScan') {
    const value = message.cmd.value
    const mark19 = writer.size
    kvrpcpb.RawScanRequest.writeTo(writer, value)
    writer.length(mark19)
    writer.tag(154)
  }
  if (message.cmd?.case === 'rawBatchDelete') {
    const value = message.cmd.value
    const mark18 = writer.size
    kvrpcpb.RawBatchDeleteRequest.writeTo(writer, value)
    writer.length(mark18)
    writer.tag(146)
  }
  if (message.cmd?.case === 'rawDelete') {
    const value = message.cmd.value
    const mark17 = writer.size
    kvrpcpb.RawDeleteRequest.writeTo(writer, value)
    writer.length(mark17)
    writer.tag(138)
  }
  if (message.cmd?.case === 'rawBatchPut') {
    const value = message.cmd.value
    const mark16 = writer.size
    kvrpcpb.RawBatchPutRequest.writeTo(writer, value)
    writer.length(mark16)
    writer.tag(130)
  }
  if (message.cmd?.case === 'rawPut') {
    const value = message.cmd.value
    const mark15 = writer.size
    kvrpcpb.RawPutRequest.writeTo(writer, value)
    writer.length(mark15)
    writer.tag1(122)
  }
  if (message.cmd?.case === 'rawBatchGet') {
    const value = message.cmd.value
    const mark14 = writer.size
    kvrpcpb.RawBatchGetRequest.writeTo(writer, value)
    writer.length(mark14)
    writer.tag1(114)
  }
  if (message.cmd?.case === 'rawGet') {
    const value = message.cmd.value
    const mark13 = writer.size
    kvrpcpb.RawGetRequest.writeTo(writer, value)
    writer.length(mark13)
    writer.tag1(106)
  }
  if (message.cmd?.case === 'deleteRange') {
    const value = message.cmd.value
    const mark12 = writer.size
    kvrpcpb.DeleteRangeRequest.writeTo(writer, value)
    writer.length(mark12)
    writer.tag1(98)
  }
  if (message.cmd?.case === 'gc') {
    const value = message.cmd.value
    const mark11 = writer.size
    kvrpcpb.GCRequest.writeTo(writer, value)
    writer.length(mark11)
    writer.tag1(90)
  }
  if (message.cmd?.case === 'resolveLock') {
    const value = message.cmd.value
    const mark10 = writer.size
    kvrpcpb.ResolveLockRequest.writeTo(writer, value)
    writer.length(mark10)
    writer.tag1(82)
  }
  if (message.cmd?.case === 'scanLock') {
    const value = message.cmd.value
    const mark9 = writer.size
    kvrpcpb.ScanLockRequest.writeTo(writer, value)
    writer.length(mark9)
    writer.tag1(74)
  }
  if (message.cmd?.case === 'batchRollback') {
    const value = message.cmd.value
    const mark8 = writer.size
    kvrpcpb.BatchRollbackRequest.writeTo(writer, value)
    writer.length(mark8)
    writer.tag1(66)
  }
  if (message.cmd?.case === 'batchGet') {
    const value = message.cmd.value
    const mark7 = writer.size
    kvrpcpb.BatchGetRequest.writeTo(writer, value)
    writer.length(mark7)
    writer.tag1(58)
  }
  if (message.cmd?.case === 'cleanup') {
    const value = message.cmd.value
    const mark6 = writer.size
    kvrpcpb.CleanupRequest.writeTo(writer, value)
    writer.length(mark6)
    writer.tag1(50)
  }
  if (message.cmd?.case === 'import') {
    const value = message.cmd.value
    const mark5 = writer.size
    kvrpcpb.ImportRequest.writeTo(writer, value)
    writer.length(mark5)
    writer.tag1(42)
  }
  if (message.cmd?.case === 'commit') {
    const value = message.cmd.value
    const mark4 = writer.size
    kvrpcpb.CommitRequest.writeTo(writer, value)
    writer.length(mark4)
    writer.tag1(34)
  }
  if (message.cmd?.case === 'prewrite') {
    const value = message.cmd.value
    const mark3 = writer.size
    kvrpcpb.PrewriteRequest.writeTo(writer, value)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.cmd?.case === 'scan') {
    const value = message.cmd.value
    const mark2 = writer.size
    kvrpcpb.ScanRequest.writeTo(writer, value)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.cmd?.case === 'get') {
    const value = message.cmd.value
    const mark1 = writer.size
    kvrpcpb.GetRequest.writeTo(writer, value)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface BatchCommandsEmptyRequest {
  testId: number
  delayTime: number
}

export const BatchCommandsEmptyRequest: MessageDefinition<BatchCommandsEmptyRequest> = {
  typeName: 'tikvpb.BatchCommandsEmptyRequest',
  create: (init) => ({
    testId: init?.testId ?? 0,
    delayTime: init?.delayTime ?? 0,
  }),
  encode: (message) => encodeWith(writeBatchCommandsEmptyRequest, message),
  decode: (bytes) => decodeWith('tikvpb.BatchCommandsEmptyRequest', readBatchCommandsEmptyRequest, bytes),
  readFrom: readBatchCommandsEmptyRequest,
  writeTo: writeBatchCommandsEmptyRequest,
}

const BatchCommandsEmptyRequestFields: readonly number[] = [1, 2]

function readBatchCommandsEmptyRequest(reader: WireReader, end: number, into?: BatchCommandsEmptyRequest): BatchCommandsEmptyRequest {
  const message: BatchCommandsEmptyRequest = into ?? { testId: 0, delayTime: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.testId = reader.uint64Number()
        break
      case 16:
        message.delayTime = reader.uint64Number()
        break
      default:
        reader.skip(tag, BatchCommandsEmptyRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeBatchCommandsEmptyRequest(writer: WireWriter, message: BatchCommandsEmptyRequest): void {
  if (message.delayTime !== 0) {
    writer.uint64Number(message.delayTime)
    writer.tag1(16)
  }
  if (message.testId !== 0) {
    writer.uint64Number(message.testId)
    writer.tag1(8)
  }
}

export interface BatchCommandsResponse {
  responses: BatchCommandsResponse_Response[]
  requestIds: number[]
  transportLayerLoad: number
  healthFeedback: kvrpcpb.HealthFeedback | undefined
  tikvSendTimeNs: bigint
}

export const BatchCommandsResponse: MessageDefinition<BatchCommandsResponse> = {
  typeName: 'tikvpb.BatchCommandsResponse',
  create: (init) => ({
    responses: init?.responses ?? [],
    requestIds: init?.requestIds ?? [],
    transportLayerLoad: init?.transportLayerLoad ?? 0,
    healthFeedback: init?.healthFeedback,
    tikvSendTimeNs: init?.tikvSendTimeNs ?? 0n,
  }),
  encode: (message) => encodeWith(writeBatchCommandsResponse, message),
  decode: (bytes) => decodeWith('tikvpb.BatchCommandsResponse', readBatchCommandsResponse, bytes),
  readFrom: readBatchCommandsResponse,
  writeTo: writeBatchCommandsResponse,
}

const BatchCommandsResponseFields: readonly number[] = [1, 2, 3, 4, 5]

function readBatchCommandsResponse(reader: WireReader, end: number, into?: BatchCommandsResponse): BatchCommandsResponse {
  const message: BatchCommandsResponse = into ?? { responses: [], requestIds: [], transportLayerLoad: 0, healthFeedback: undefined, tikvSendTimeNs: 0n }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.responses.push(readBatchCommandsResponse_Response(reader, reader.end()))
        break
      case 16:
        message.requestIds.push(reader.uint64Number())
        break
      case 18:
        {
          const packedEnd = reader.end()
          while (reader.pos < packedEnd) message.requestIds.push(reader.uint64Number())
          reader.close(packedEnd)
        }
        break
      case 24:
        message.transportLayerLoad = reader.uint64Number()
        break
      case 34:
        message.healthFeedback = kvrpcpb.HealthFeedback.readFrom(reader, reader.end(), message.healthFeedback)
        break
      case 40:
        message.tikvSendTimeNs = reader.uint64()
        break
      default:
        reader.skip(tag, BatchCommandsResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeBatchCommandsResponse(writer: WireWriter, message: BatchCommandsResponse): void {
  if (message.tikvSendTimeNs !== 0n) {
    writer.uint64(message.tikvSendTimeNs)
    writer.tag1(40)
  }
  if (message.healthFeedback !== undefined) {
    const mark4 = writer.size
    kvrpcpb.HealthFeedback.writeTo(writer, message.healthFeedback)
    writer.length(mark4)
    writer.tag1(34)
  }
  if (message.transportLayerLoad !== 0) {
    writer.uint64Number(message.transportLayerLoad)
    writer.tag1(24)
  }
  if (message.requestIds.length !== 0) {
    const mark = writer.size
    for (let at = message.requestIds.length - 1; at >= 0; at--) writer.uint64Number(message.requestIds[at]!)
    writer.length(mark)
    writer.tag1(18)
  }
  for (let at = message.responses.length - 1; at >= 0; at--) {
    const value = message.responses[at]!
    const mark1 = writer.size
    writeBatchCommandsResponse_Response(writer, value)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface BatchCommandsResponse_Response {
  cmd: BatchCommandsResponse_Response_Cmd | undefined
}

export type BatchCommandsResponse_Response_Cmd =
  | { case: 'get'; value: kvrpcpb.GetResponse }
  | { case: 'scan'; value: kvrpcpb.ScanResponse }
  | { case: 'prewrite'; value: kvrpcpb.PrewriteResponse }
  | { case: 'commit'; value: kvrpcpb.CommitResponse }
  | { case: 'import'; value: kvrpcpb.ImportResponse }
  | { case: 'cleanup'; value: kvrpcpb.CleanupResponse }
  | { case: 'batchGet'; value: kvrpcpb.BatchGetResponse }
  | { case: 'batchRollback'; value: kvrpcpb.BatchRollbackResponse }
  | { case: 'scanLock'; value: kvrpcpb.ScanLockResponse }
  | { case: 'resolveLock'; value: kvrpcpb.ResolveLockResponse }
  | { case: 'gc'; value: kvrpcpb.GCResponse }
  | { case: 'deleteRange'; value: kvrpcpb.DeleteRangeResponse }
  | { case: 'rawGet'; value: kvrpcpb.RawGetResponse }
  | { case: 'rawBatchGet'; value: kvrpcpb.RawBatchGetResponse }
  | { case: 'rawPut'; value: kvrpcpb.RawPutResponse }
  | { case: 'rawBatchPut'; value: kvrpcpb.RawBatchPutResponse }
  | { case: 'rawDelete'; value: kvrpcpb.RawDeleteResponse }
  | { case: 'rawBatchDelete'; value: kvrpcpb.RawBatchDeleteResponse }
  | { case: 'rawScan'; value: kvrpcpb.RawScanResponse }
  | { case: 'rawDeleteRange'; value: kvrpcpb.RawDeleteRangeResponse }
  | { case: 'rawBatchScan'; value: kvrpcpb.RawBatchScanResponse }
  | { case: 'coprocessor'; value: coprocessor.Response }
  | { case: 'pessimisticLock'; value: kvrpcpb.PessimisticLockResponse }
  | { case: 'pessimisticRollback'; value: kvrpcpb.PessimisticRollbackResponse }
  | { case: 'checkTxnStatus'; value: kvrpcpb.CheckTxnStatusResponse }
  | { case: 'txnHeartBeat'; value: kvrpcpb.TxnHeartBeatResponse }
  | { case: 'checkSecondaryLocks'; value: kvrpcpb.CheckSecondaryLocksResponse }
  | { case: 'rawCoprocessor'; value: kvrpcpb.RawCoprocessorResponse }
  | { case: 'flashbackToVersion'; value: kvrpcpb.FlashbackToVersionResponse }
  | { case: 'prepareFlashbackToVersion'; value: kvrpcpb.PrepareFlashbackToVersionResponse }
  | { case: 'flush'; value: kvrpcpb.FlushResponse }
  | { case: 'bufferBatchGet'; value: kvrpcpb.BufferBatchGetResponse }
  | { case: 'getHealthFeedback'; value: kvrpcpb.GetHealthFeedbackResponse }
  | { case: 'broadcastTxnStatus'; value: kvrpcpb.BroadcastTxnStatusResponse }
  | { case: 'empty'; value: BatchCommandsEmptyResponse }

export const BatchCommandsResponse_Response: MessageDefinition<BatchCommandsResponse_Response> = {
  typeName: 'tikvpb.BatchCommandsResponse.Response',
  create: (init) => ({
    cmd: init?.cmd,
  }),
  encode: (message) => encodeWith(writeBatchCommandsResponse_Response, message),
  decode: (bytes) => decodeWith('tikvpb.BatchCommandsResponse.Response', readBatchCommandsResponse_Response, bytes),
  readFrom: readBatchCommandsResponse_Response,
  writeTo: writeBatchCommandsResponse_Response,
}

const BatchCommandsResponse_ResponseFields: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 33, 34, 35, 36, 37, 38, 39, 40, 255]

function readBatchCommandsResponse_Response(reader: WireReader, end: number, into?: BatchCommandsResponse_Response): BatchCommandsResponse_Response {
  const message: BatchCommandsResponse_Response = into ?? { cmd: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.cmd = { case: 'get', value: kvrpcpb.GetResponse.readFrom(reader, reader.end(), message.cmd?.case === 'get' ? message.cmd.value : undefined) }
        break
      case 18:
        message.cmd = { case: 'scan', value: kvrpcpb.ScanResponse.readFrom(reader, reader.end(), message.cmd?.case === 'scan' ? message.cmd.value : undefined) }
        break
      case 26:
        message.cmd = { case: 'prewrite', value: kvrpcpb.PrewriteResponse.readFrom(reader, reader.end(), message.cmd?.case === 'prewrite' ? message.cmd.value : undefined) }
        break
      case 34:
        message.cmd = { case: 'commit', value: kvrpcpb.CommitResponse.readFrom(reader, reader.end(), message.cmd?.case === 'commit' ? message.cmd.value : undefined) }
        break
      case 42:
        message.cmd = { case: 'import', value: kvrpcpb.ImportResponse.readFrom(reader, reader.end(), message.cmd?.case === 'import' ? message.cmd.value : undefined) }
        break
      case 50:
        message.cmd = { case: 'cleanup', value: kvrpcpb.CleanupResponse.readFrom(reader, reader.end(), message.cmd?.case === 'cleanup' ? message.cmd.value : undefined) }
        break
      case 58:
        message.cmd = { case: 'batchGet', value: kvrpcpb.BatchGetResponse.readFrom(reader, reader.end(), message.cmd?.case === 'batchGet' ? message.cmd.value : undefined) }
        break
      case 66:
        message.cmd = { case: 'batchRollback', value: kvrpcpb.BatchRollbackResponse.readFrom(reader, reader.end(), message.cmd?.case === 'batchRollback' ? message.cmd.value : undefined) }
        break
      case 74:
        message.cmd = { case: 'scanLock', value: kvrpcpb.ScanLockResponse.readFrom(reader, reader.end(), message.cmd?.case === 'scanLock' ? message.cmd.value : undefined) }
        break
      case 82:
        message.cmd = { case: 'resolveLock', value: kvrpcpb.ResolveLockResponse.readFrom(reader, reader.end(), message.cmd?.case === 'resolveLock' ? message.cmd.value : undefined) }
        break
      case 90:
        message.cmd = { case: 'gc', value: kvrpcpb.GCResponse.readFrom(reader, reader.end(), message.cmd?.case === 'gc' ? message.cmd.value : undefined) }
        break
      case 98:
        message.cmd = { case: 'deleteRange', value: kvrpcpb.DeleteRangeResponse.readFrom(reader, reader.end(), message.cmd?.case === 'deleteRange' ? message.cmd.value : undefined) }
        break
      case 106:
        message.cmd = { case: 'rawGet', value: kvrpcpb.RawGetResponse.readFrom(reader, reader.end(), message.cmd?.case === 'rawGet' ? message.cmd.value : undefined) }
        break
      case 114:
        message.cmd = { case: 'rawBatchGet', value: kvrpcpb.RawBatchGetResponse.readFrom(reader, reader.end(), message.cmd?.case === 'rawBatchGet' ? message.cmd.value : undefined) }
        break
      case 122:
        message.cmd = { case: 'rawPut', value: kvrpcpb.RawPutResponse.readFrom(reader, reader.end(), message.cmd?.case === 'rawPut' ? message.cmd.value : undefined) }
        break
      case 130:
        message.cmd = { case: 'rawBatchPut', value: kvrpcpb.RawBatchPutResponse.readFrom(reader, reader.end(), message.cmd?.case === 'rawBatchPut' ? message.cmd.value : undefined) }
        break
      case 138:
        message.cmd = { case: 'rawDelete', value: kvrpcpb.RawDeleteResponse.readFrom(reader, reader.end(), message.cmd?.case === 'rawDelete' ? message.cmd.value : undefined) }
        break
      case 146:
        message.cmd = { case: 'rawBatchDelete', value: kvrpcpb.RawBatchDeleteResponse.readFrom(reader, reader.end(), message.cmd?.case === 'rawBatchDelete' ? message.cmd.value : undefined) }
        break
      case 154:
        message.cmd = { case: 'rawScan', value: kvrpcpb.RawScanResponse.readFrom(reader, reader.end(), message.cmd?.case === 'rawScan' ? message.cmd.value : undefined) }
        break
      case 162:
        message.cmd = { case: 'rawDeleteRange', value: kvrpcpb.RawDeleteRangeResponse.readFrom(reader, reader.end(), message.cmd?.case === 'rawDeleteRange' ? message.cmd.value : undefined) }
        break
      case 170:
        message.cmd = { case: 'rawBatchScan', value: kvrpcpb.RawBatchScanResponse.readFrom(reader, reader.end(), message.cmd?.case === 'rawBatchScan' ? message.cmd.value : undefined) }
        break
      case 178:
        message.cmd = { case: 'coprocessor', value: coprocessor.Response.readFrom(reader, reader.end(), message.cmd?.case === 'coprocessor' ? message.cmd.value : undefined) }
        break
      case 186:
        message.cmd = { case: 'pessimisticLock', value: kvrpcpb.PessimisticLockResponse.readFrom(reader, reader.end(), message.cmd?.case === 'pessimisticLock' ? message.cmd.value : undefined) }
        break
      case 194:
        message.cmd = { case: 'pessimisticRollback', value: kvrpcpb.PessimisticRollbackResponse.readFrom(reader, reader.end(), message.cmd?.case === 'pessimisticRollback' ? message.cmd.value : undefined) }
        break
      case 202:
        message.cmd = { case: 'checkTxnStatus', value: kvrpcpb.CheckTxnStatusResponse.readFrom(reader, reader.end(), message.cmd?.case === 'checkTxnStatus' ? message.cmd.value : undefined) }
        break
      case 210:
        message.cmd = { case: 'txnHeartBeat', value: kvrpcpb.TxnHeartBeatResponse.readFrom(reader, reader.end(), message.cmd?.case === 'txnHeartBeat' ? message.cmd.value : undefined) }
        break
      case 266:
        message.cmd = { case: 'checkSecondaryLocks', value: kvrpcpb.CheckSecondaryLocksResponse.readFrom(reader, reader.end(), message.cmd?.case === 'checkSecondaryLocks' ? message.cmd.value : undefined) }
        break
      case 274:
        message.cmd = { case: 'rawCoprocessor', value: kvrpcpb.RawCoprocessorResponse.readFrom(reader, reader.end(), message.cmd?.case === 'rawCoprocessor' ? message.cmd.value : undefined) }
        break
      case 282:
        message.cmd = { case: 'flashbackToVersion', value: kvrpcpb.FlashbackToVersionResponse.readFrom(reader, reader.end(), message.cmd?.case === 'flashbackToVersion' ? message.cmd.value : undefined) }
        break
      case 290:
        message.cmd = { case: 'prepareFlashbackToVersion', value: kvrpcpb.PrepareFlashbackToVersionResponse.readFrom(reader, reader.end(), message.cmd?.case === 'prepareFlashbackToVersion' ? message.cmd.value : undefined) }
        break
      case 298:
        message.cmd = { case: 'flush', value: kvrpcpb.FlushResponse.readFrom(reader, reader.end(), message.cmd?.case === 'flush' ? message.cmd.value : undefined) }
        break
      case 306:
        message.cmd = { case: 'bufferBatchGet', value: kvrpcpb.BufferBatchGetResponse.readFrom(reader, reader.end(), message.cmd?.case === 'bufferBatchGet' ? message.cmd.value : undefined) }
        break
      case 314:
        message.cmd = { case: 'getHealthFeedback', value: kvrpcpb.GetHealthFeedbackResponse.readFrom(reader, reader.end(), message.cmd?.case === 'getHealthFeedback' ? message.cmd.value : undefined) }
        break
      case 322:
        message.cmd = { case: 'broadcastTxnStatus', value: kvrpcpb.BroadcastTxnStatusResponse.readFrom(reader, reader.end(), message.cmd?.case === 'broadcastTxnStatus' ? message.cmd.value : undefined) }
        break
      case 2042:
        message.cmd = { case: 'empty', value: readBatchCommandsEmptyResponse(reader, reader.end(), message.cmd?.case === 'empty' ? message.cmd.value : undefined) }
        break
      default:
        reader.skip(tag, BatchCommandsResponse_ResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeBatchCommandsResponse_Response(writer: WireWriter, message: BatchCommandsResponse_Response): void {
  if (message.cmd?.case === 'empty') {
    const value = message.cmd.value
    const mark255 = writer.size
    writeBatchCommandsEmptyResponse(writer, value)
    writer.length(mark255)
    writer.tag(2042)
  }
  if (message.cmd?.case === 'broadcastTxnStatus') {
    const value = message.cmd.value
    const mark40 = writer.size
    kvrpcpb.BroadcastTxnStatusResponse.writeTo(writer, value)
    writer.length(mark40)
    writer.tag(322)
  }
  if (message.cmd?.case === 'getHealthFeedback') {
    const value = message.cmd.value
    const mark39 = writer.size
    kvrpcpb.GetHealthFeedbackResponse.writeTo(writer, value)
    writer.length(mark39)
    writer.tag(314)
  }
  if (message.cmd?.case === 'bufferBatchGet') {
    const value = message.cmd.value
    const mark38 = writer.size
    kvrpcpb.BufferBatchGetResponse.writeTo(writer, value)
    writer.length(mark38)
    writer.tag(306)
  }
  if (message.cmd?.case === 'flush') {
    const value = message.cmd.value
    const mark37 = writer.size
    kvrpcpb.FlushResponse.writeTo(writer, value)
    writer.length(mark37)
    writer.tag(298)
  }
  if (message.cmd?.case === 'prepareFlashbackToVersion') {
    const value = message.cmd.value
    const mark36 = writer.size
    kvrpcpb.PrepareFlashbackToVersionResponse.writeTo(writer, value)
    writer.length(mark36)
    writer.tag(290)
  }
  if (message.cmd?.case === 'flashbackToVersion') {
    const value = message.cmd.value
    const mark35 = writer.size
    kvrpcpb.FlashbackToVersionResponse.writeTo(writer, value)
    writer.length(mark35)
    writer.tag(282)
  }
  if (message.cmd?.case === 'rawCoprocessor') {
    const value = message.cmd.value
    const mark34 = writer.size
    kvrpcpb.RawCoprocessorResponse.writeTo(writer, value)
    writer.length(mark34)
    writer.tag(274)
  }
  if (message.cmd?.case === 'checkSecondaryLocks') {
    const value = message.cmd.value
    const mark33 = writer.size
    kvrpcpb.CheckSecondaryLocksResponse.writeTo(writer, value)
    writer.length(mark33)
    writer.tag(266)
  }
  if (message.cmd?.case === 'txnHeartBeat') {
    const value = message.cmd.value
    const mark26 = writer.size
    kvrpcpb.TxnHeartBeatResponse.writeTo(writer, value)
    writer.length(mark26)
    writer.tag(210)
  }
  if (message.cmd?.case === 'checkTxnStatus') {
    const value = message.cmd.value
    const mark25 = writer.size
    kvrpcpb.CheckTxnStatusResponse.writeTo(writer, value)
    writer.length(mark25)
    writer.tag(202)
  }
  if (message.cmd?.case === 'pessimisticRollback') {
    const value = message.cmd.value
    const mark24 = writer.size
    kvrpcpb.PessimisticRollbackResponse.writeTo(writer, value)
    writer.length(mark24)
    writer.tag(194)
  }
  if (message.cmd?.case === 'pessimisticLock') {
    const value = message.cmd.value
    const mark23 = writer.size
    kvrpcpb.PessimisticLockResponse.writeTo(writer, value)
    writer.length(mark23)
    writer.tag(186)
  }
  if (message.cmd?.case === 'coprocessor') {
    const value = message.cmd.value
    const mark22 = writer.size
    coprocessor.Response.writeTo(writer, value)
    writer.length(mark22)
    writer.tag(178)
  }
  if (message.cmd?.case === 'rawBatchScan') {
    const value = message.cmd.value
    const mark21 = writer.size
    kvrpcpb.RawBatchScanResponse.writeTo(writer, value)
    writer.length(mark21)
    writer.tag(170)
  }
  if (message.cmd?.case === 'rawDeleteRange') {
    const value = message.cmd.value
    const mark20 = writer.size
    kvrpcpb.RawDeleteRangeResponse.writeTo(writer, value)
    writer.length(mark20)
    writer.tag(162)
  }
  if (message.cmd?.case === 'rawScan') {
    const value = message.cmd.value
    const mark19 = writer.size
    kvrpcpb.RawScanResponse.writeTo(writer, value)
    writer.length(mark19)
    writer.tag(154)
  }
  if (message.cmd?.case === 'rawBatchDelete') {
    const value = message.cmd.value
    const mark18 = writer.size
    kvrpcpb.RawBatchDeleteResponse.writeTo(writer, value)
    writer.length(mark18)
    writer.tag(146)
  }
  if (message.cmd?.case === 'rawDelete') {
    const value = message.cmd.value
    const mark17 = writer.size
    kvrpcpb.RawDeleteResponse.writeTo(writer, value)
    writer.length(mark17)
    writer.tag(138)
  }
  if (message.cmd?.case === 'rawBatchPut') {
    const value = message.cmd.value
    const mark16 = writer.size
    kvrpcpb.RawBatchPutResponse.writeTo(writer, value)
    writer.length(mark16)
    writer.tag(130)
  }
  if (message.cmd?.case === 'rawPut') {
    const value = message.cmd.value
    const mark15 = writer.size
    kvrpcpb.RawPutResponse.writeTo(writer, value)
    writer.length(mark15)
    writer.tag1(122)
  }
  if (message.cmd?.case === 'rawBatchGet') {
    const value = message.cmd.value
    const mark14 = writer.size
    kvrpcpb.RawBatchGetResponse.writeTo(writer, value)
    writer.length(mark14)
    writer.tag1(114)
  }
  if (message.cmd?.case === 'rawGet') {
    const value = message.cmd.value
    const mark13 = writer.size
    kvrpcpb.RawGetResponse.writeTo(writer, value)
    writer.length(mark13)
    writer.tag1(106)
  }
  if (message.cmd?.case === 'deleteRange') {
    const value = message.cmd.value
    const mark12 = writer.size
    kvrpcpb.DeleteRangeResponse.writeTo(writer, value)
    writer.length(mark12)
    writer.tag1(98)
  }
  if (message.cmd?.case === 'gc') {
    const value = message.cmd.value
    const mark11 = writer.size
    kvrpcpb.GCResponse.writeTo(writer, value)
    writer.length(mark11)
    writer.tag1(90)
  }
  if (message.cmd?.case === 'resolveLock') {
    const value = message.cmd.value
    const mark10 = writer.size
    kvrpcpb.ResolveLockResponse.writeTo(writer, value)
    writer.length(mark10)
    writer.tag1(82)
  }
  if (message.cmd?.case === 'scanLock') {
    const value = message.cmd.value
    const mark9 = writer.size
    kvrpcpb.ScanLockResponse.writeTo(writer, value)
    writer.length(mark9)
    writer.tag1(74)
  }
  if (message.cmd?.case === 'batchRollback') {
    const value = message.cmd.value
    const mark8 = writer.size
    kvrpcpb.BatchRollbackResponse.writeTo(writer, value)
    writer.length(mark8)
    writer.tag1(66)
  }
  if (message.cmd?.case === 'batchGet') {
    const value = message.cmd.value
    const mark7 = writer.size
    kvrpcpb.BatchGetResponse.writeTo(writer, value)
    writer.length(mark7)
    writer.tag1(58)
  }
  if (message.cmd?.case === 'cleanup') {
    const value = message.cmd.value
    const mark6 = writer.size
    kvrpcpb.CleanupResponse.writeTo(writer, value)
    writer.length(mark6)
    writer.tag1(50)
  }
  if (message.cmd?.case === 'import') {
    const value = message.cmd.value
    const mark5 = writer.size
    kvrpcpb.ImportResponse.writeTo(writer, value)
    writer.length(mark5)
    writer.tag1(42)
  }
  if (message.cmd?.case === 'commit') {
    const value = message.cmd.value
    const mark4 = writer.size
    kvrpcpb.CommitResponse.writeTo(writer, value)
    writer.length(mark4)
    writer.tag1(34)
  }
  if (message.cmd?.case === 'prewrite') {
    const value = message.cmd.value
    const mark3 = writer.size
    kvrpcpb.PrewriteResponse.writeTo(writer, value)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.cmd?.case === 'scan') {
    const value = message.cmd.value
    const mark2 = writer.size
    kvrpcpb.ScanResponse.writeTo(writer, value)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.cmd?.case === 'get') {
    const value = message.cmd.value
    const mark1 = writer.size
    kvrpcpb.GetResponse.writeTo(writer, value)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface BatchCommandsEmptyResponse {
  testId: number
}

export const BatchCommandsEmptyResponse: MessageDefinition<BatchCommandsEmptyResponse> = {
  typeName: 'tikvpb.BatchCommandsEmptyResponse',
  create: (init) => ({
    testId: init?.testId ?? 0,
  }),
  encode: (message) => encodeWith(writeBatchCommandsEmptyResponse, message),
  decode: (bytes) => decodeWith('tikvpb.BatchCommandsEmptyResponse', readBatchCommandsEmptyResponse, bytes),
  readFrom: readBatchCommandsEmptyResponse,
  writeTo: writeBatchCommandsEmptyResponse,
}

const BatchCommandsEmptyResponseFields: readonly number[] = [1]

function readBatchCommandsEmptyResponse(reader: WireReader, end: number, into?: BatchCommandsEmptyResponse): BatchCommandsEmptyResponse {
  const message: BatchCommandsEmptyResponse = into ?? { testId: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.testId = reader.uint64Number()
        break
      default:
        reader.skip(tag, BatchCommandsEmptyResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeBatchCommandsEmptyResponse(writer: WireWriter, message: BatchCommandsEmptyResponse): void {
  if (message.testId !== 0) {
    writer.uint64Number(message.testId)
    writer.tag1(8)
  }
}

export interface BatchRaftMessage {
  msgs: raft_serverpb.RaftMessage[]
  lastObservedTime: bigint
}

export const BatchRaftMessage: MessageDefinition<BatchRaftMessage> = {
  typeName: 'tikvpb.BatchRaftMessage',
  create: (init) => ({
    msgs: init?.msgs ?? [],
    lastObservedTime: init?.lastObservedTime ?? 0n,
  }),
  encode: (message) => encodeWith(writeBatchRaftMessage, message),
  decode: (bytes) => decodeWith('tikvpb.BatchRaftMessage', readBatchRaftMessage, bytes),
  readFrom: readBatchRaftMessage,
  writeTo: writeBatchRaftMessage,
}

const BatchRaftMessageFields: readonly number[] = [1, 13]

function readBatchRaftMessage(reader: WireReader, end: number, into?: BatchRaftMessage): BatchRaftMessage {
  const message: BatchRaftMessage = into ?? { msgs: [], lastObservedTime: 0n }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.msgs.push(raft_serverpb.RaftMessage.readFrom(reader, reader.end()))
        break
      case 104:
        message.lastObservedTime = reader.uint64()
        break
      default:
        reader.skip(tag, BatchRaftMessageFields)
    }
  }
  reader.close(end)
  return message
}

function writeBatchRaftMessage(writer: WireWriter, message: BatchRaftMessage): void {
  if (message.lastObservedTime !== 0n) {
    writer.uint64(message.lastObservedTime)
    writer.tag1(104)
  }
  for (let at = message.msgs.length - 1; at >= 0; at--) {
    const value = message.msgs[at]!
    const mark1 = writer.size
    raft_serverpb.RaftMessage.writeTo(writer, value)
    writer.length(mark1)
    writer.tag1(10)
  }
}
