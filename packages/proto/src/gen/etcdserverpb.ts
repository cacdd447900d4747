// Generated from proto/etcdserverpb.proto by `npm run generate -w packages/proto`. Do not edit.
import { decodeWith, encodeWith } from '../message-codec.ts'
import type { MessageDefinition } from '../message-definition.ts'
import { emptyBytes, type WireReader } from '../wire-reader.ts'
import type { WireWriter } from '../wire-writer.ts'
import * as mvccpb from './mvccpb.ts'

export const RangeRequest_SortOrder = {
  NONE: 0,
  ASCEND: 1,
  DESCEND: 2,
} as const
/** A number that is not listed is kept as it came. */
export type RangeRequest_SortOrder = (typeof RangeRequest_SortOrder)[keyof typeof RangeRequest_SortOrder]

export const RangeRequest_SortTarget = {
  KEY: 0,
  VERSION: 1,
  CREATE: 2,
  MOD: 3,
  VALUE: 4,
} as const
/** A number that is not listed is kept as it came. */
export type RangeRequest_SortTarget = (typeof RangeRequest_SortTarget)[keyof typeof RangeRequest_SortTarget]

export const Compare_CompareResult = {
  EQUAL: 0,
  GREATER: 1,
  LESS: 2,
  NOT_EQUAL: 3,
} as const
/** A number that is not listed is kept as it came. */
export type Compare_CompareResult = (typeof Compare_CompareResult)[keyof typeof Compare_CompareResult]

export const Compare_CompareTarget = {
  VERSION: 0,
  CREATE: 1,
  MOD: 2,
  VALUE: 3,
  LEASE: 4,
} as const
/** A number that is not listed is kept as it came. */
export type Compare_CompareTarget = (typeof Compare_CompareTarget)[keyof typeof Compare_CompareTarget]

export const WatchCreateRequest_FilterType = {
  NOPUT: 0,
  NODELETE: 1,
} as const
/** A number that is not listed is kept as it came. */
export type WatchCreateRequest_FilterType = (typeof WatchCreateRequest_FilterType)[keyof typeof WatchCreateRequest_FilterType]

export const AlarmRequest_AlarmAction = {
  GET: 0,
  ACTIVATE: 1,
  DEACTIVATE: 2,
} as const
/** A number that is not listed is kept as it came. */
export type AlarmRequest_AlarmAction = (typeof AlarmRequest_AlarmAction)[keyof typeof AlarmRequest_AlarmAction]

export const AlarmType = {
  NONE: 0,
  NOSPACE: 1,
  CORRUPT: 2,
} as const
/** A number that is not listed is kept as it came. */
export type AlarmType = (typeof AlarmType)[keyof typeof AlarmType]

export interface RangeRequest {
  key: Uint8Array
  rangeEnd: Uint8Array
  limit: number
  revision: number
  sortOrder: RangeRequest_SortOrder
  sortTarget: RangeRequest_SortTarget
  serializable: boolean
  keysOnly: boolean
  countOnly: boolean
  minModRevision: number
  maxModRevision: number
  minCreateRevision: number
  maxCreateRevision: number
}

export const RangeRequest: MessageDefinition<RangeRequest> = {
  typeName: 'etcdserverpb.RangeRequest',
  create: (init) => ({
    key: init?.key ?? emptyBytes,
    rangeEnd: init?.rangeEnd ?? emptyBytes,
    limit: init?.limit ?? 0,
    revision: init?.revision ?? 0,
    sortOrder: init?.sortOrder ?? 0,
    sortTarget: init?.sortTarget ?? 0,
    serializable: init?.serializable ?? false,
    keysOnly: init?.keysOnly ?? false,
    countOnly: init?.countOnly ?? false,
    minModRevision: init?.minModRevision ?? 0,
    maxModRevision: init?.maxModRevision ?? 0,
    minCreateRevision: init?.minCreateRevision ?? 0,
    maxCreateRevision: init?.maxCreateRevision ?? 0,
  }),
  encode: (message) => encodeWith(writeRangeRequest, message),
  decode: (bytes) => decodeWith('etcdserverpb.RangeRequest', readRangeRequest, bytes),
  readFrom: readRangeRequest,
  writeTo: writeRangeRequest,
}

const RangeRequestFields: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]

function readRangeRequest(reader: WireReader, end: number, into?: RangeRequest): RangeRequest {
  const message: RangeRequest = into ?? { key: emptyBytes, rangeEnd: emptyBytes, limit: 0, revision: 0, sortOrder: 0, sortTarget: 0, serializable: false, keysOnly: false, countOnly: false, minModRevision: 0, maxModRevision: 0, minCreateRevision: 0, maxCreateRevision: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.key = reader.bytes()
        break
      case 18:
        message.rangeEnd = reader.bytes()
        break
      case 24:
        message.limit = reader.int64Number()
        break
      case 32:
        message.revision = reader.int64Number()
        break
      case 40:
        message.sortOrder = reader.int32() as RangeRequest_SortOrder
        break
      case 48:
        message.sortTarget = reader.int32() as RangeRequest_SortTarget
        break
      case 56:
        message.serializable = reader.bool()
        break
      case 64:
        message.keysOnly = reader.bool()
        break
      case 72:
        message.countOnly = reader.bool()
        break
      case 80:
        message.minModRevision = reader.int64Number()
        break
      case 88:
        message.maxModRevision = reader.int64Number()
        break
      case 96:
        message.minCreateRevision = reader.int64Number()
        break
      case 104:
        message.maxCreateRevision = reader.int64Number()
        break
      default:
        reader.skip(tag, RangeRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeRangeRequest(writer: WireWriter, message: RangeRequest): void {
  if (message.maxCreateRevision !== 0) {
    writer.int64Number(message.maxCreateRevision)
    writer.tag1(104)
  }
  if (message.minCreateRevision !== 0) {
    writer.int64Number(message.minCreateRevision)
    writer.tag1(96)
  }
  if (message.maxModRevision !== 0) {
    writer.int64Number(message.maxModRevision)
    writer.tag1(88)
  }
  if (message.minModRevision !== 0) {
    writer.int64Number(message.minModRevision)
    writer.tag1(80)
  }
  if (message.countOnly) {
    writer.bool(message.countOnly)
    writer.tag1(72)
  }
  if (message.keysOnly) {
    writer.bool(message.keysOnly)
    writer.tag1(64)
  }
  if (message.serializable) {
    writer.bool(message.serializable)
    writer.tag1(56)
  }
  if (message.sortTarget !== 0) {
    writer.int32(message.sortTarget)
    writer.tag1(48)
  }
  if (message.sortOrder !== 0) {
    writer.int32(message.sortOrder)
    writer.tag1(40)
  }
  if (message.revision !== 0) {
    writer.int64Number(message.revision)
    writer.tag1(32)
  }
  if (message.limit !== 0) {
    writer.int64Number(message.limit)
    writer.tag1(24)
  }
  if (message.rangeEnd.length !== 0) {
    writer.bytes(message.rangeEnd)
    writer.tag1(18)
  }
  if (message.key.length !== 0) {
    writer.bytes(message.key)
    writer.tag1(10)
  }
}

export interface RangeResponse {
  header: ResponseHeader | undefined
  kvs: mvccpb.KeyValue[]
  more: boolean
  count: number
}

export const RangeResponse: MessageDefinition<RangeResponse> = {
  typeName: 'etcdserverpb.RangeResponse',
  create: (init) => ({
    header: init?.header,
    kvs: init?.kvs ?? [],
    more: init?.more ?? false,
    count: init?.count ?? 0,
  }),
  encode: (message) => encodeWith(writeRangeResponse, message),
  decode: (bytes) => decodeWith('etcdserverpb.RangeResponse', readRangeResponse, bytes),
  readFrom: readRangeResponse,
  writeTo: writeRangeResponse,
}

const RangeResponseFields: readonly number[] = [1, 2, 3, 4]

function readRangeResponse(reader: WireReader, end: number, into?: RangeResponse): RangeResponse {
  const message: RangeResponse = into ?? { header: undefined, kvs: [], more: false, count: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.kvs.push(mvccpb.KeyValue.readFrom(reader, reader.end()))
        break
      case 24:
        message.more = reader.bool()
        break
      case 32:
        message.count = reader.int64Number()
        break
      default:
        reader.skip(tag, RangeResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeRangeResponse(writer: WireWriter, message: RangeResponse): void {
  if (message.count !== 0) {
    writer.int64Number(message.count)
    writer.tag1(32)
  }
  if (message.more) {
    writer.bool(message.more)
    writer.tag1(24)
  }
  for (let at = message.kvs.length - 1; at >= 0; at--) {
    const value = message.kvs[at]!
    const mark2 = writer.size
    mvccpb.KeyValue.writeTo(writer, value)
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
  memberId: bigint
  revision: number
  raftTerm: number
}

export const ResponseHeader: MessageDefinition<ResponseHeader> = {
  typeName: 'etcdserverpb.ResponseHeader',
  create: (init) => ({
    clusterId: init?.clusterId ?? 0n,
    memberId: init?.memberId ?? 0n,
    revision: init?.revision ?? 0,
    raftTerm: init?.raftTerm ?? 0,
  }),
  encode: (message) => encodeWith(writeResponseHeader, message),
  decode: (bytes) => decodeWith('etcdserverpb.ResponseHeader', readResponseHeader, bytes),
  readFrom: readResponseHeader,
  writeTo: writeResponseHeader,
}

const ResponseHeaderFields: readonly number[] = [1, 2, 3, 4]

function readResponseHeader(reader: WireReader, end: number, into?: ResponseHeader): ResponseHeader {
  const message: ResponseHeader = into ?? { clusterId: 0n, memberId: 0n, revision: 0, raftTerm: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.clusterId = reader.uint64()
        break
      case 16:
        message.memberId = reader.uint64()
        break
      case 24:
        message.revision = reader.int64Number()
        break
      case 32:
        message.raftTerm = reader.uint64Number()
        break
      default:
        reader.skip(tag, ResponseHeaderFields)
    }
  }
  reader.close(end)
  return message
}

function writeResponseHeader(writer: WireWriter, message: ResponseHeader): void {
  if (message.raftTerm !== 0) {
    writer.uint64Number(message.raftTerm)
    writer.tag1(32)
  }
  if (message.revision !== 0) {
    writer.int64Number(message.revision)
    writer.tag1(24)
  }
  if (message.memberId !== 0n) {
    writer.uint64(message.memberId)
    writer.tag1(16)
  }
  if (message.clusterId !== 0n) {
    writer.uint64(message.clusterId)
    writer.tag1(8)
  }
}

export interface PutRequest {
  key: Uint8Array
  value: Uint8Array
  lease: bigint
  prevKv: boolean
  ignoreValue: boolean
  ignoreLease: boolean
}

export const PutRequest: MessageDefinition<PutRequest> = {
  typeName: 'etcdserverpb.PutRequest',
  create: (init) => ({
    key: init?.key ?? emptyBytes,
    value: init?.value ?? emptyBytes,
    lease: init?.lease ?? 0n,
    prevKv: init?.prevKv ?? false,
    ignoreValue: init?.ignoreValue ?? false,
    ignoreLease: init?.ignoreLease ?? false,
  }),
  encode: (message) => encodeWith(writePutRequest, message),
  decode: (bytes) => decodeWith('etcdserverpb.PutRequest', readPutRequest, bytes),
  readFrom: readPutRequest,
  writeTo: writePutRequest,
}

const PutRequestFields: readonly number[] = [1, 2, 3, 4, 5, 6]

function readPutRequest(reader: WireReader, end: number, into?: PutRequest): PutRequest {
  const message: PutRequest = into ?? { key: emptyBytes, value: emptyBytes, lease: 0n, prevKv: false, ignoreValue: false, ignoreLease: false }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.key = reader.bytes()
        break
      case 18:
        message.value = reader.bytes()
        break
      case 24:
        message.lease = reader.int64()
        break
      case 32:
        message.prevKv = reader.bool()
        break
      case 40:
        message.ignoreValue = reader.bool()
        break
      case 48:
        message.ignoreLease = reader.bool()
        break
      default:
        reader.skip(tag, PutRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writePutRequest(writer: WireWriter, message: PutRequest): void {
  if (message.ignoreLease) {
    writer.bool(message.ignoreLease)
    writer.tag1(48)
  }
  if (message.ignoreValue) {
    writer.bool(message.ignoreValue)
    writer.tag1(40)
  }
  if (message.prevKv) {
    writer.bool(message.prevKv)
    writer.tag1(32)
  }
  if (message.lease !== 0n) {
    writer.int64(message.lease)
    writer.tag1(24)
  }
  if (message.value.length !== 0) {
    writer.bytes(message.value)
    writer.tag1(18)
  }
  if (message.key.length !== 0) {
    writer.bytes(message.key)
    writer.tag1(10)
  }
}

export interface PutResponse {
  header: ResponseHeader | undefined
  prevKv: mvccpb.KeyValue | undefined
}

export const PutResponse: MessageDefinition<PutResponse> = {
  typeName: 'etcdserverpb.PutResponse',
  create: (init) => ({
    header: init?.header,
    prevKv: init?.prevKv,
  }),
  encode: (message) => encodeWith(writePutResponse, message),
  decode: (bytes) => decodeWith('etcdserverpb.PutResponse', readPutResponse, bytes),
  readFrom: readPutResponse,
  writeTo: writePutResponse,
}

const PutResponseFields: readonly number[] = [1, 2]

function readPutResponse(reader: WireReader, end: number, into?: PutResponse): PutResponse {
  const message: PutResponse = into ?? { header: undefined, prevKv: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.prevKv = mvccpb.KeyValue.readFrom(reader, reader.end(), message.prevKv)
        break
      default:
        reader.skip(tag, PutResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writePutResponse(writer: WireWriter, message: PutResponse): void {
  if (message.prevKv !== undefined) {
    const mark2 = writer.size
    mvccpb.KeyValue.writeTo(writer, message.prevKv)
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

export interface DeleteRangeRequest {
  key: Uint8Array
  rangeEnd: Uint8Array
  prevKv: boolean
}

export const DeleteRangeRequest: MessageDefinition<DeleteRangeRequest> = {
  typeName: 'etcdserverpb.DeleteRangeRequest',
  create: (init) => ({
    key: init?.key ?? emptyBytes,
    rangeEnd: init?.rangeEnd ?? emptyBytes,
    prevKv: init?.prevKv ?? false,
  }),
  encode: (message) => encodeWith(writeDeleteRangeRequest, message),
  decode: (bytes) => decodeWith('etcdserverpb.DeleteRangeRequest', readDeleteRangeRequest, bytes),
  readFrom: readDeleteRangeRequest,
  writeTo: writeDeleteRangeRequest,
}

const DeleteRangeRequestFields: readonly number[] = [1, 2, 3]

function readDeleteRangeRequest(reader: WireReader, end: number, into?: DeleteRangeRequest): DeleteRangeRequest {
  const message: DeleteRangeRequest = into ?? { key: emptyBytes, rangeEnd: emptyBytes, prevKv: false }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.key = reader.bytes()
        break
      case 18:
        message.rangeEnd = reader.bytes()
        break
      case 24:
        message.prevKv = reader.bool()
        break
      default:
        reader.skip(tag, DeleteRangeRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeDeleteRangeRequest(writer: WireWriter, message: DeleteRangeRequest): void {
  if (message.prevKv) {
    writer.bool(message.prevKv)
    writer.tag1(24)
  }
  if (message.rangeEnd.length !== 0) {
    writer.bytes(message.rangeEnd)
    writer.tag1(18)
  }
  if (message.key.length !== 0) {
    writer.bytes(message.key)
    writer.tag1(10)
  }
}

export interface DeleteRangeResponse {
  header: ResponseHeader | undefined
  deleted: number
  prevKvs: mvccpb.KeyValue[]
}

export const DeleteRangeResponse: MessageDefinition<DeleteRangeResponse> = {
  typeName: 'etcdserverpb.DeleteRangeResponse',
  create: (init) => ({
    header: init?.header,
    deleted: init?.deleted ?? 0,
    prevKvs: init?.prevKvs ?? [],
  }),
  encode: (message) => encodeWith(writeDeleteRangeResponse, message),
  decode: (bytes) => decodeWith('etcdserverpb.DeleteRangeResponse', readDeleteRangeResponse, bytes),
  readFrom: readDeleteRangeResponse,
  writeTo: writeDeleteRangeResponse,
}

const DeleteRangeResponseFields: readonly number[] = [1, 2, 3]

function readDeleteRangeResponse(reader: WireReader, end: number, into?: DeleteRangeResponse): DeleteRangeResponse {
  const message: DeleteRangeResponse = into ?? { header: undefined, deleted: 0, prevKvs: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 16:
        message.deleted = reader.int64Number()
        break
      case 26:
        message.prevKvs.push(mvccpb.KeyValue.readFrom(reader, reader.end()))
        break
      default:
        reader.skip(tag, DeleteRangeResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeDeleteRangeResponse(writer: WireWriter, message: DeleteRangeResponse): void {
  for (let at = message.prevKvs.length - 1; at >= 0; at--) {
    const value = message.prevKvs[at]!
    const mark3 = writer.size
    mvccpb.KeyValue.writeTo(writer, value)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.deleted !== 0) {
    writer.int64Number(message.deleted)
    writer.tag1(16)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface TxnRequest {
  compare: Compare[]
  success: RequestOp[]
  failure: RequestOp[]
}

export const TxnRequest: MessageDefinition<TxnRequest> = {
  typeName: 'etcdserverpb.TxnRequest',
  create: (init) => ({
    compare: init?.compare ?? [],
    success: init?.success ?? [],
    failure: init?.failure ?? [],
  }),
  encode: (message) => encodeWith(writeTxnRequest, message),
  decode: (bytes) => decodeWith('etcdserverpb.TxnRequest', readTxnRequest, bytes),
  readFrom: readTxnRequest,
  writeTo: writeTxnRequest,
}

const TxnRequestFields: readonly number[] = [1, 2, 3]

function readTxnRequest(reader: WireReader, end: number, into?: TxnRequest): TxnRequest {
  reader.enter()
  const message: TxnRequest = into ?? { compare: [], success: [], failure: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.compare.push(readCompare(reader, reader.end()))
        break
      case 18:
        message.success.push(readRequestOp(reader, reader.end()))
        break
      case 26:
        message.failure.push(readRequestOp(reader, reader.end()))
        break
      default:
        reader.skip(tag, TxnRequestFields)
    }
  }
  reader.close(end)
  reader.leave()
  return message
}

function writeTxnRequest(writer: WireWriter, message: TxnRequest): void {
  for (let at = message.failure.length - 1; at >= 0; at--) {
    const value = message.failure[at]!
    const mark3 = writer.size
    writeRequestOp(writer, value)
    writer.length(mark3)
    writer.tag1(26)
  }
  for (let at = message.success.length - 1; at >= 0; at--) {
    const value = message.success[at]!
    const mark2 = writer.size
    writeRequestOp(writer, value)
    writer.length(mark2)
    writer.tag1(18)
  }
  for (let at = message.compare.length - 1; at >= 0; at--) {
    const value = message.compare[at]!
    const mark1 = writer.size
    writeCompare(writer, value)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface Compare {
  result: Compare_CompareResult
  target: Compare_CompareTarget
  key: Uint8Array
  targetUnion: Compare_TargetUnion | undefined
  rangeEnd: Uint8Array
}

export type Compare_TargetUnion =
  | { case: 'version'; value: number }
  | { case: 'createRevision'; value: number }
  | { case: 'modRevision'; value: number }
  | { case: 'value'; value: Uint8Array }
  | { case: 'lease'; value: bigint }

export const Compare: MessageDefinition<Compare> = {
  typeName: 'etcdserverpb.Compare',
  create: (init) => ({
    result: init?.result ?? 0,
    target: init?.target ?? 0,
    key: init?.key ?? emptyBytes,
    targetUnion: init?.targetUnion,
    rangeEnd: init?.rangeEnd ?? emptyBytes,
  }),
  encode: (message) => encodeWith(writeCompare, message),
  decode: (bytes) => decodeWith('etcdserverpb.Compare', readCompare, bytes),
  readFrom: readCompare,
  writeTo: writeCompare,
}

const CompareFields: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 64]

function readCompare(reader: WireReader, end: number, into?: Compare): Compare {
  const message: Compare = into ?? { result: 0, target: 0, key: emptyBytes, targetUnion: undefined, rangeEnd: emptyBytes }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.result = reader.int32() as Compare_CompareResult
        break
      case 16:
        message.target = reader.int32() as Compare_CompareTarget
        break
      case 26:
        message.key = reader.bytes()
        break
      case 32:
        message.targetUnion = { case: 'version', value: reader.int64Number() }
        break
      case 40:
        message.targetUnion = { case: 'createRevision', value: reader.int64Number() }
        break
      case 48:
        message.targetUnion = { case: 'modRevision', value: reader.int64Number() }
        break
      case 58:
        message.targetUnion = { case: 'value', value: reader.bytes() }
        break
      case 64:
        message.targetUnion = { case: 'lease', value: reader.int64() }
        break
      case 514:
        message.rangeEnd = reader.bytes()
        break
      default:
        reader.skip(tag, CompareFields)
    }
  }
  reader.close(end)
  return message
}

function writeCompare(writer: WireWriter, message: Compare): void {
  if (message.rangeEnd.length !== 0) {
    writer.bytes(message.rangeEnd)
    writer.tag(514)
  }
  if (message.targetUnion?.case === 'lease') {
    const value = message.targetUnion.value
    writer.int64(value)
    writer.tag1(64)
  }
  if (message.targetUnion?.case === 'value') {
    const value = message.targetUnion.value
    writer.bytes(value)
    writer.tag1(58)
  }
  if (message.targetUnion?.case === 'modRevision') {
    const value = message.targetUnion.value
    writer.int64Number(value)
    writer.tag1(48)
  }
  if (message.targetUnion?.case === 'createRevision') {
    const value = message.targetUnion.value
    writer.int64Number(value)
    writer.tag1(40)
  }
  if (message.targetUnion?.case === 'version') {
    const value = message.targetUnion.value
    writer.int64Number(value)
    writer.tag1(32)
  }
  if (message.key.length !== 0) {
    writer.bytes(message.key)
    writer.tag1(26)
  }
  if (message.target !== 0) {
    writer.int32(message.target)
    writer.tag1(16)
  }
  if (message.result !== 0) {
    writer.int32(message.result)
    writer.tag1(8)
  }
}

export interface RequestOp {
  request: RequestOp_Request | undefined
}

export type RequestOp_Request =
  | { case: 'requestRange'; value: RangeRequest }
  | { case: 'requestPut'; value: PutRequest }
  | { case: 'requestDeleteRange'; value: DeleteRangeRequest }
  | { case: 'requestTxn'; value: TxnRequest }

export const RequestOp: MessageDefinition<RequestOp> = {
  typeName: 'etcdserverpb.RequestOp',
  create: (init) => ({
    request: init?.request,
  }),
  encode: (message) => encodeWith(writeRequestOp, message),
  decode: (bytes) => decodeWith('etcdserverpb.RequestOp', readRequestOp, bytes),
  readFrom: readRequestOp,
  writeTo: writeRequestOp,
}

const RequestOpFields: readonly number[] = [1, 2, 3, 4]

function readRequestOp(reader: WireReader, end: number, into?: RequestOp): RequestOp {
  reader.enter()
  const message: RequestOp = into ?? { request: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.request = { case: 'requestRange', value: readRangeRequest(reader, reader.end(), message.request?.case === 'requestRange' ? message.request.value : undefined) }
        break
      case 18:
        message.request = { case: 'requestPut', value: readPutRequest(reader, reader.end(), message.request?.case === 'requestPut' ? message.request.value : undefined) }
        break
      case 26:
        message.request = { case: 'requestDeleteRange', value: readDeleteRangeRequest(reader, reader.end(), message.request?.case === 'requestDeleteRange' ? message.request.value : undefined) }
        break
      case 34:
        message.request = { case: 'requestTxn', value: readTxnRequest(reader, reader.end(), message.request?.case === 'requestTxn' ? message.request.value : undefined) }
        break
      default:
        reader.skip(tag, RequestOpFields)
    }
  }
  reader.close(end)
  reader.leave()
  return message
}

function writeRequestOp(writer: WireWriter, message: RequestOp): void {
  if (message.request?.case === 'requestTxn') {
    const value = message.request.value
    const mark4 = writer.size
    writeTxnRequest(writer, value)
    writer.length(mark4)
    writer.tag1(34)
  }
  if (message.request?.case === 'requestDeleteRange') {
    const value = message.request.value
    const mark3 = writer.size
    writeDeleteRangeRequest(writer, value)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.request?.case === 'requestPut') {
    const value = message.request.value
    const mark2 = writer.size
    writePutRequest(writer, value)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.request?.case === 'requestRange') {
    const value = message.request.value
    const mark1 = writer.size
    writeRangeRequest(writer, value)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface TxnResponse {
  header: ResponseHeader | undefined
  succeeded: boolean
  responses: ResponseOp[]
}

export const TxnResponse: MessageDefinition<TxnResponse> = {
  typeName: 'etcdserverpb.TxnResponse',
  create: (init) => ({
    header: init?.header,
    succeeded: init?.succeeded ?? false,
    responses: init?.responses ?? [],
  }),
  encode: (message) => encodeWith(writeTxnResponse, message),
  decode: (bytes) => decodeWith('etcdserverpb.TxnResponse', readTxnResponse, bytes),
  readFrom: readTxnResponse,
  writeTo: writeTxnResponse,
}

const TxnResponseFields: readonly number[] = [1, 2, 3]

function readTxnResponse(reader: WireReader, end: number, into?: TxnResponse): TxnResponse {
  reader.enter()
  const message: TxnResponse = into ?? { header: undefined, succeeded: false, responses: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 16:
        message.succeeded = reader.bool()
        break
      case 26:
        message.responses.push(readResponseOp(reader, reader.end()))
        break
      default:
        reader.skip(tag, TxnResponseFields)
    }
  }
  reader.close(end)
  reader.leave()
  return message
}

function writeTxnResponse(writer: WireWriter, message: TxnResponse): void {
  for (let at = message.responses.length - 1; at >= 0; at--) {
    const value = message.responses[at]!
    const mark3 = writer.size
    writeResponseOp(writer, value)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.succeeded) {
    writer.bool(message.succeeded)
    writer.tag1(16)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface ResponseOp {
  response: ResponseOp_Response | undefined
}

export type ResponseOp_Response =
  | { case: 'responseRange'; value: RangeResponse }
  | { case: 'responsePut'; value: PutResponse }
  | { case: 'responseDeleteRange'; value: DeleteRangeResponse }
  | { case: 'responseTxn'; value: TxnResponse }

export const ResponseOp: MessageDefinition<ResponseOp> = {
  typeName: 'etcdserverpb.ResponseOp',
  create: (init) => ({
    response: init?.response,
  }),
  encode: (message) => encodeWith(writeResponseOp, message),
  decode: (bytes) => decodeWith('etcdserverpb.ResponseOp', readResponseOp, bytes),
  readFrom: readResponseOp,
  writeTo: writeResponseOp,
}

const ResponseOpFields: readonly number[] = [1, 2, 3, 4]

function readResponseOp(reader: WireReader, end: number, into?: ResponseOp): ResponseOp {
  reader.enter()
  const message: ResponseOp = into ?? { response: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.response = { case: 'responseRange', value: readRangeResponse(reader, reader.end(), message.response?.case === 'responseRange' ? message.response.value : undefined) }
        break
      case 18:
        message.response = { case: 'responsePut', value: readPutResponse(reader, reader.end(), message.response?.case === 'responsePut' ? message.response.value : undefined) }
        break
      case 26:
        message.response = { case: 'responseDeleteRange', value: readDeleteRangeResponse(reader, reader.end(), message.response?.case === 'responseDeleteRange' ? message.response.value : undefined) }
        break
      case 34:
        message.response = { case: 'responseTxn', value: readTxnResponse(reader, reader.end(), message.response?.case === 'responseTxn' ? message.response.value : undefined) }
        break
      default:
        reader.skip(tag, ResponseOpFields)
    }
  }
  reader.close(end)
  reader.leave()
  return message
}

function writeResponseOp(writer: WireWriter, message: ResponseOp): void {
  if (message.response?.case === 'responseTxn') {
    const value = message.response.value
    const mark4 = writer.size
    writeTxnResponse(writer, value)
    writer.length(mark4)
    writer.tag1(34)
  }
  if (message.response?.case === 'responseDeleteRange') {
    const value = message.response.value
    const mark3 = writer.size
    writeDeleteRangeResponse(writer, value)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.response?.case === 'responsePut') {
    const value = message.response.value
    const mark2 = writer.size
    writePutResponse(writer, value)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.response?.case === 'responseRange') {
    const value = message.response.value
    const mark1 = writer.size
    writeRangeResponse(writer, value)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface CompactionRequest {
  revision: number
  physical: boolean
}

export const CompactionRequest: MessageDefinition<CompactionRequest> = {
  typeName: 'etcdserverpb.CompactionRequest',
  create: (init) => ({
    revision: init?.revision ?? 0,
    physical: init?.physical ?? false,
  }),
  encode: (message) => encodeWith(writeCompactionRequest, message),
  decode: (bytes) => decodeWith('etcdserverpb.CompactionRequest', readCompactionRequest, bytes),
  readFrom: readCompactionRequest,
  writeTo: writeCompactionRequest,
}

const CompactionRequestFields: readonly number[] = [1, 2]

function readCompactionRequest(reader: WireReader, end: number, into?: CompactionRequest): CompactionRequest {
  const message: CompactionRequest = into ?? { revision: 0, physical: false }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.revision = reader.int64Number()
        break
      case 16:
        message.physical = reader.bool()
        break
      default:
        reader.skip(tag, CompactionRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeCompactionRequest(writer: WireWriter, message: CompactionRequest): void {
  if (message.physical) {
    writer.bool(message.physical)
    writer.tag1(16)
  }
  if (message.revision !== 0) {
    writer.int64Number(message.revision)
    writer.tag1(8)
  }
}

export interface CompactionResponse {
  header: ResponseHeader | undefined
}

export const CompactionResponse: MessageDefinition<CompactionResponse> = {
  typeName: 'etcdserverpb.CompactionResponse',
  create: (init) => ({
    header: init?.header,
  }),
  encode: (message) => encodeWith(writeCompactionResponse, message),
  decode: (bytes) => decodeWith('etcdserverpb.CompactionResponse', readCompactionResponse, bytes),
  readFrom: readCompactionResponse,
  writeTo: writeCompactionResponse,
}

const CompactionResponseFields: readonly number[] = [1]

function readCompactionResponse(reader: WireReader, end: number, into?: CompactionResponse): CompactionResponse {
  const message: CompactionResponse = into ?? { header: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      default:
        reader.skip(tag, CompactionResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeCompactionResponse(writer: WireWriter, message: CompactionResponse): void {
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface LeaseGrantRequest {
  ttl: number
  id: bigint
}

export const LeaseGrantRequest: MessageDefinition<LeaseGrantRequest> = {
  typeName: 'etcdserverpb.LeaseGrantRequest',
  create: (init) => ({
    ttl: init?.ttl ?? 0,
    id: init?.id ?? 0n,
  }),
  encode: (message) => encodeWith(writeLeaseGrantRequest, message),
  decode: (bytes) => decodeWith('etcdserverpb.LeaseGrantRequest', readLeaseGrantRequest, bytes),
  readFrom: readLeaseGrantRequest,
  writeTo: writeLeaseGrantRequest,
}

const LeaseGrantRequestFields: readonly number[] = [1, 2]

function readLeaseGrantRequest(reader: WireReader, end: number, into?: LeaseGrantRequest): LeaseGrantRequest {
  const message: LeaseGrantRequest = into ?? { ttl: 0, id: 0n }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.ttl = reader.int64Number()
        break
      case 16:
        message.id = reader.int64()
        break
      default:
        reader.skip(tag, LeaseGrantRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeLeaseGrantRequest(writer: WireWriter, message: LeaseGrantRequest): void {
  if (message.id !== 0n) {
    writer.int64(message.id)
    writer.tag1(16)
  }
  if (message.ttl !== 0) {
    writer.int64Number(message.ttl)
    writer.tag1(8)
  }
}

export interface LeaseGrantResponse {
  header: ResponseHeader | undefined
  id: bigint
  ttl: number
  error: string
}

export const LeaseGrantResponse: MessageDefinition<LeaseGrantResponse> = {
  typeName: 'etcdserverpb.LeaseGrantResponse',
  create: (init) => ({
    header: init?.header,
    id: init?.id ?? 0n,
    ttl: init?.ttl ?? 0,
    error: init?.error ?? '',
  }),
  encode: (message) => encodeWith(writeLeaseGrantResponse, message),
  decode: (bytes) => decodeWith('etcdserverpb.LeaseGrantResponse', readLeaseGrantResponse, bytes),
  readFrom: readLeaseGrantResponse,
  writeTo: writeLeaseGrantResponse,
}

const LeaseGrantResponseFields: readonly number[] = [1, 2, 3, 4]

function readLeaseGrantResponse(reader: WireReader, end: number, into?: LeaseGrantResponse): LeaseGrantResponse {
  const message: LeaseGrantResponse = into ?? { header: undefined, id: 0n, ttl: 0, error: '' }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 16:
        message.id = reader.int64()
        break
      case 24:
        message.ttl = reader.int64Number()
        break
      case 34:
        message.error = reader.string()
        break
      default:
        reader.skip(tag, LeaseGrantResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeLeaseGrantResponse(writer: WireWriter, message: LeaseGrantResponse): void {
  if (message.error !== '') {
    writer.string(message.error)
    writer.tag1(34)
  }
  if (message.ttl !== 0) {
    writer.int64Number(message.ttl)
    writer.tag1(24)
  }
  if (message.id !== 0n) {
    writer.int64(message.id)
    writer.tag1(16)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface LeaseRevokeRequest {
  id: bigint
}

export const LeaseRevokeRequest: MessageDefinition<LeaseRevokeRequest> = {
  typeName: 'etcdserverpb.LeaseRevokeRequest',
  create: (init) => ({
    id: init?.id ?? 0n,
  }),
  encode: (message) => encodeWith(writeLeaseRevokeRequest, message),
  decode: (bytes) => decodeWith('etcdserverpb.LeaseRevokeRequest', readLeaseRevokeRequest, bytes),
  readFrom: readLeaseRevokeRequest,
  writeTo: writeLeaseRevokeRequest,
}

const LeaseRevokeRequestFields: readonly number[] = [1]

function readLeaseRevokeRequest(reader: WireReader, end: number, into?: LeaseRevokeRequest): LeaseRevokeRequest {
  const message: LeaseRevokeRequest = into ?? { id: 0n }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.id = reader.int64()
        break
      default:
        reader.skip(tag, LeaseRevokeRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeLeaseRevokeRequest(writer: WireWriter, message: LeaseRevokeRequest): void {
  if (message.id !== 0n) {
    writer.int64(message.id)
    writer.tag1(8)
  }
}

export interface LeaseRevokeResponse {
  header: ResponseHeader | undefined
}

export const LeaseRevokeResponse: MessageDefinition<LeaseRevokeResponse> = {
  typeName: 'etcdserverpb.LeaseRevokeResponse',
  create: (init) => ({
    header: init?.header,
  }),
  encode: (message) => encodeWith(writeLeaseRevokeResponse, message),
  decode: (bytes) => decodeWith('etcdserverpb.LeaseRevokeResponse', readLeaseRevokeResponse, bytes),
  readFrom: readLeaseRevokeResponse,
  writeTo: writeLeaseRevokeResponse,
}

const LeaseRevokeResponseFields: readonly number[] = [1]

function readLeaseRevokeResponse(reader: WireReader, end: number, into?: LeaseRevokeResponse): LeaseRevokeResponse {
  const message: LeaseRevokeResponse = into ?? { header: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      default:
        reader.skip(tag, LeaseRevokeResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeLeaseRevokeResponse(writer: WireWriter, message: LeaseRevokeResponse): void {
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface LeaseKeepAliveRequest {
  id: bigint
}

export const LeaseKeepAliveRequest: MessageDefinition<LeaseKeepAliveRequest> = {
  typeName: 'etcdserverpb.LeaseKeepAliveRequest',
  create: (init) => ({
    id: init?.id ?? 0n,
  }),
  encode: (message) => encodeWith(writeLeaseKeepAliveRequest, message),
  decode: (bytes) => decodeWith('etcdserverpb.LeaseKeepAliveRequest', readLeaseKeepAliveRequest, bytes),
  readFrom: readLeaseKeepAliveRequest,
  writeTo: writeLeaseKeepAliveRequest,
}

const LeaseKeepAliveRequestFields: readonly number[] = [1]

function readLeaseKeepAliveRequest(reader: WireReader, end: number, into?: LeaseKeepAliveRequest): LeaseKeepAliveRequest {
  const message: LeaseKeepAliveRequest = into ?? { id: 0n }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.id = reader.int64()
        break
      default:
        reader.skip(tag, LeaseKeepAliveRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeLeaseKeepAliveRequest(writer: WireWriter, message: LeaseKeepAliveRequest): void {
  if (message.id !== 0n) {
    writer.int64(message.id)
    writer.tag1(8)
  }
}

export interface LeaseKeepAliveResponse {
  header: ResponseHeader | undefined
  id: bigint
  ttl: number
}

export const LeaseKeepAliveResponse: MessageDefinition<LeaseKeepAliveResponse> = {
  typeName: 'etcdserverpb.LeaseKeepAliveResponse',
  create: (init) => ({
    header: init?.header,
    id: init?.id ?? 0n,
    ttl: init?.ttl ?? 0,
  }),
  encode: (message) => encodeWith(writeLeaseKeepAliveResponse, message),
  decode: (bytes) => decodeWith('etcdserverpb.LeaseKeepAliveResponse', readLeaseKeepAliveResponse, bytes),
  readFrom: readLeaseKeepAliveResponse,
  writeTo: writeLeaseKeepAliveResponse,
}

const LeaseKeepAliveResponseFields: readonly number[] = [1, 2, 3]

function readLeaseKeepAliveResponse(reader: WireReader, end: number, into?: LeaseKeepAliveResponse): LeaseKeepAliveResponse {
  const message: LeaseKeepAliveResponse = into ?? { header: undefined, id: 0n, ttl: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 16:
        message.id = reader.int64()
        break
      case 24:
        message.ttl = reader.int64Number()
        break
      default:
        reader.skip(tag, LeaseKeepAliveResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeLeaseKeepAliveResponse(writer: WireWriter, message: LeaseKeepAliveResponse): void {
  if (message.ttl !== 0) {
    writer.int64Number(message.ttl)
    writer.tag1(24)
  }
  if (message.id !== 0n) {
    writer.int64(message.id)
    writer.tag1(16)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface LeaseTimeToLiveRequest {
  id: bigint
  keys: boolean
}

export const LeaseTimeToLiveRequest: MessageDefinition<LeaseTimeToLiveRequest> = {
  typeName: 'etcdserverpb.LeaseTimeToLiveRequest',
  create: (init) => ({
    id: init?.id ?? 0n,
    keys: init?.keys ?? false,
  }),
  encode: (message) => encodeWith(writeLeaseTimeToLiveRequest, message),
  decode: (bytes) => decodeWith('etcdserverpb.LeaseTimeToLiveRequest', readLeaseTimeToLiveRequest, bytes),
  readFrom: readLeaseTimeToLiveRequest,
  writeTo: writeLeaseTimeToLiveRequest,
}

const LeaseTimeToLiveRequestFields: readonly number[] = [1, 2]

function readLeaseTimeToLiveRequest(reader: WireReader, end: number, into?: LeaseTimeToLiveRequest): LeaseTimeToLiveRequest {
  const message: LeaseTimeToLiveRequest = into ?? { id: 0n, keys: false }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.id = reader.int64()
        break
      case 16:
        message.keys = reader.bool()
        break
      default:
        reader.skip(tag, LeaseTimeToLiveRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeLeaseTimeToLiveRequest(writer: WireWriter, message: LeaseTimeToLiveRequest): void {
  if (message.keys) {
    writer.bool(message.keys)
    writer.tag1(16)
  }
  if (message.id !== 0n) {
    writer.int64(message.id)
    writer.tag1(8)
  }
}

export interface LeaseTimeToLiveResponse {
  header: ResponseHeader | undefined
  id: bigint
  ttl: number
  grantedTTL: number
  keys: Uint8Array[]
}

export const LeaseTimeToLiveResponse: MessageDefinition<LeaseTimeToLiveResponse> = {
  typeName: 'etcdserverpb.LeaseTimeToLiveResponse',
  create: (init) => ({
    header: init?.header,
    id: init?.id ?? 0n,
    ttl: init?.ttl ?? 0,
    grantedTTL: init?.grantedTTL ?? 0,
    keys: init?.keys ?? [],
  }),
  encode: (message) => encodeWith(writeLeaseTimeToLiveResponse, message),
  decode: (bytes) => decodeWith('etcdserverpb.LeaseTimeToLiveResponse', readLeaseTimeToLiveResponse, bytes),
  readFrom: readLeaseTimeToLiveResponse,
  writeTo: writeLeaseTimeToLiveResponse,
}

const LeaseTimeToLiveResponseFields: readonly number[] = [1, 2, 3, 4, 5]

function readLeaseTimeToLiveResponse(reader: WireReader, end: number, into?: LeaseTimeToLiveResponse): LeaseTimeToLiveResponse {
  const message: LeaseTimeToLiveResponse = into ?? { header: undefined, id: 0n, ttl: 0, grantedTTL: 0, keys: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 16:
        message.id = reader.int64()
        break
      case 24:
        message.ttl = reader.int64Number()
        break
      case 32:
        message.grantedTTL = reader.int64Number()
        break
      case 42:
        message.keys.push(reader.bytes())
        break
      default:
        reader.skip(tag, LeaseTimeToLiveResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeLeaseTimeToLiveResponse(writer: WireWriter, message: LeaseTimeToLiveResponse): void {
  for (let at = message.keys.length - 1; at >= 0; at--) {
    const value = message.keys[at]!
    writer.bytes(value)
    writer.tag1(42)
  }
  if (message.grantedTTL !== 0) {
    writer.int64Number(message.grantedTTL)
    writer.tag1(32)
  }
  if (message.ttl !== 0) {
    writer.int64Number(message.ttl)
    writer.tag1(24)
  }
  if (message.id !== 0n) {
    writer.int64(message.id)
    writer.tag1(16)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export type LeaseLeasesRequest = Record<string, never>

export const LeaseLeasesRequest: MessageDefinition<LeaseLeasesRequest> = {
  typeName: 'etcdserverpb.LeaseLeasesRequest',
  create: () => ({}),
  encode: (message) => encodeWith(writeLeaseLeasesRequest, message),
  decode: (bytes) => decodeWith('etcdserverpb.LeaseLeasesRequest', readLeaseLeasesRequest, bytes),
  readFrom: readLeaseLeasesRequest,
  writeTo: writeLeaseLeasesRequest,
}

function readLeaseLeasesRequest(reader: WireReader, end: number, into?: LeaseLeasesRequest): LeaseLeasesRequest {
  const message: LeaseLeasesRequest = into ?? {}
  while (reader.pos < end) reader.skip(reader.tag(), [])
  reader.close(end)
  return message
}

function writeLeaseLeasesRequest(_writer: WireWriter, _message: LeaseLeasesRequest): void {
}

export interface LeaseLeasesResponse {
  header: ResponseHeader | undefined
  leases: LeaseStatus[]
}

export const LeaseLeasesResponse: MessageDefinition<LeaseLeasesResponse> = {
  typeName: 'etcdserverpb.LeaseLeasesResponse',
  create: (init) => ({
    header: init?.header,
    leases: init?.leases ?? [],
  }),
  encode: (message) => encodeWith(writeLeaseLeasesResponse, message),
  decode: (bytes) => decodeWith('etcdserverpb.LeaseLeasesResponse', readLeaseLeasesResponse, bytes),
  readFrom: readLeaseLeasesResponse,
  writeTo: writeLeaseLeasesResponse,
}

const LeaseLeasesResponseFields: readonly number[] = [1, 2]

function readLeaseLeasesResponse(reader: WireReader, end: number, into?: LeaseLeasesResponse): LeaseLeasesResponse {
  const message: LeaseLeasesResponse = into ?? { header: undefined, leases: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.leases.push(readLeaseStatus(reader, reader.end()))
        break
      default:
        reader.skip(tag, LeaseLeasesResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeLeaseLeasesResponse(writer: WireWriter, message: LeaseLeasesResponse): void {
  for (let at = message.leases.length - 1; at >= 0; at--) {
    const value = message.leases[at]!
    const mark2 = writer.size
    writeLeaseStatus(writer, value)
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

export interface LeaseStatus {
  id: bigint
}

export const LeaseStatus: MessageDefinition<LeaseStatus> = {
  typeName: 'etcdserverpb.LeaseStatus',
  create: (init) => ({
    id: init?.id ?? 0n,
  }),
  encode: (message) => encodeWith(writeLeaseStatus, message),
  decode: (bytes) => decodeWith('etcdserverpb.LeaseStatus', readLeaseStatus, bytes),
  readFrom: readLeaseStatus,
  writeTo: writeLeaseStatus,
}

const LeaseStatusFields: readonly number[] = [1]

function readLeaseStatus(reader: WireReader, end: number, into?: LeaseStatus): LeaseStatus {
  const message: LeaseStatus = into ?? { id: 0n }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.id = reader.int64()
        break
      default:
        reader.skip(tag, LeaseStatusFields)
    }
  }
  reader.close(end)
  return message
}

function writeLeaseStatus(writer: WireWriter, message: LeaseStatus): void {
  if (message.id !== 0n) {
    writer.int64(message.id)
    writer.tag1(8)
  }
}

export interface WatchRequest {
  requestUnion: WatchRequest_RequestUnion | undefined
}

export type WatchRequest_RequestUnion =
  | { case: 'createRequest'; value: WatchCreateRequest }
  | { case: 'cancelRequest'; value: WatchCancelRequest }
  | { case: 'progressRequest'; value: WatchProgressRequest }

export const WatchRequest: MessageDefinition<WatchRequest> = {
  typeName: 'etcdserverpb.WatchRequest',
  create: (init) => ({
    requestUnion: init?.requestUnion,
  }),
  encode: (message) => encodeWith(writeWatchRequest, message),
  decode: (bytes) => decodeWith('etcdserverpb.WatchRequest', readWatchRequest, bytes),
  readFrom: readWatchRequest,
  writeTo: writeWatchRequest,
}

const WatchRequestFields: readonly number[] = [1, 2, 3]

function readWatchRequest(reader: WireReader, end: number, into?: WatchRequest): WatchRequest {
  const message: WatchRequest = into ?? { requestUnion: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.requestUnion = { case: 'createRequest', value: readWatchCreateRequest(reader, reader.end(), message.requestUnion?.case === 'createRequest' ? message.requestUnion.value : undefined) }
        break
      case 18:
        message.requestUnion = { case: 'cancelRequest', value: readWatchCancelRequest(reader, reader.end(), message.requestUnion?.case === 'cancelRequest' ? message.requestUnion.value : undefined) }
        break
      case 26:
        message.requestUnion = { case: 'progressRequest', value: readWatchProgressRequest(reader, reader.end(), message.requestUnion?.case === 'progressRequest' ? message.requestUnion.value : undefined) }
        break
      default:
        reader.skip(tag, WatchRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeWatchRequest(writer: WireWriter, message: WatchRequest): void {
  if (message.requestUnion?.case === 'progressRequest') {
    const value = message.requestUnion.value
    const mark3 = writer.size
    writeWatchProgressRequest(writer, value)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.requestUnion?.case === 'cancelRequest') {
    const value = message.requestUnion.value
    const mark2 = writer.size
    writeWatchCancelRequest(writer, value)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.requestUnion?.case === 'createRequest') {
    const value = message.requestUnion.value
    const mark1 = writer.size
    writeWatchCreateRequest(writer, value)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface WatchCreateRequest {
  key: Uint8Array
  rangeEnd: Uint8Array
  startRevision: number
  progressNotify: boolean
  filters: WatchCreateRequest_FilterType[]
  prevKv: boolean
  watchId: number
  fragment: boolean
}

export const WatchCreateRequest: MessageDefinition<WatchCreateRequest> = {
  typeName: 'etcdserverpb.WatchCreateRequest',
  create: (init) => ({
    key: init?.key ?? emptyBytes,
    rangeEnd: init?.rangeEnd ?? emptyBytes,
    startRevision: init?.startRevision ?? 0,
    progressNotify: init?.progressNotify ?? false,
    filters: init?.filters ?? [],
    prevKv: init?.prevKv ?? false,
    watchId: init?.watchId ?? 0,
    fragment: init?.fragment ?? false,
  }),
  encode: (message) => encodeWith(writeWatchCreateRequest, message),
  decode: (bytes) => decodeWith('etcdserverpb.WatchCreateRequest', readWatchCreateRequest, bytes),
  readFrom: readWatchCreateRequest,
  writeTo: writeWatchCreateRequest,
}

const WatchCreateRequestFields: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8]

function readWatchCreateRequest(reader: WireReader, end: number, into?: WatchCreateRequest): WatchCreateRequest {
  const message: WatchCreateRequest = into ?? { key: emptyBytes, rangeEnd: emptyBytes, startRevision: 0, progressNotify: false, filters: [], prevKv: false, watchId: 0, fragment: false }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.key = reader.bytes()
        break
      case 18:
        message.rangeEnd = reader.bytes()
        break
      case 24:
        message.startRevision = reader.int64Number()
        break
      case 32:
        message.progressNotify = reader.bool()
        break
      case 40:
        message.filters.push(reader.int32() as WatchCreateRequest_FilterType)
        break
      case 42:
        {
          const packedEnd = reader.end()
          while (reader.pos < packedEnd) message.filters.push(reader.int32() as WatchCreateRequest_FilterType)
          reader.close(packedEnd)
        }
        break
      case 48:
        message.prevKv = reader.bool()
        break
      case 56:
        message.watchId = reader.int64Number()
        break
      case 64:
        message.fragment = reader.bool()
        break
      default:
        reader.skip(tag, WatchCreateRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeWatchCreateRequest(writer: WireWriter, message: WatchCreateRequest): void {
  if (message.fragment) {
    writer.bool(message.fragment)
    writer.tag1(64)
  }
  if (message.watchId !== 0) {
    writer.int64Number(message.watchId)
    writer.tag1(56)
  }
  if (message.prevKv) {
    writer.bool(message.prevKv)
    writer.tag1(48)
  }
  if (message.filters.length !== 0) {
    const mark = writer.size
    for (let at = message.filters.length - 1; at >= 0; at--) writer.int32(message.filters[at]!)
    writer.length(mark)
    writer.tag1(42)
  }
  if (message.progressNotify) {
    writer.bool(message.progressNotify)
    writer.tag1(32)
  }
  if (message.startRevision !== 0) {
    writer.int64Number(message.startRevision)
    writer.tag1(24)
  }
  if (message.rangeEnd.length !== 0) {
    writer.bytes(message.rangeEnd)
    writer.tag1(18)
  }
  if (message.key.length !== 0) {
    writer.bytes(message.key)
    writer.tag1(10)
  }
}

export interface WatchCancelRequest {
  watchId: number
}

export const WatchCancelRequest: MessageDefinition<WatchCancelRequest> = {
  typeName: 'etcdserverpb.WatchCancelRequest',
  create: (init) => ({
    watchId: init?.watchId ?? 0,
  }),
  encode: (message) => encodeWith(writeWatchCancelRequest, message),
  decode: (bytes) => decodeWith('etcdserverpb.WatchCancelRequest', readWatchCancelRequest, bytes),
  readFrom: readWatchCancelRequest,
  writeTo: writeWatchCancelRequest,
}

const WatchCancelRequestFields: readonly number[] = [1]

function readWatchCancelRequest(reader: WireReader, end: number, into?: WatchCancelRequest): WatchCancelRequest {
  const message: WatchCancelRequest = into ?? { watchId: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.watchId = reader.int64Number()
        break
      default:
        reader.skip(tag, WatchCancelRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeWatchCancelRequest(writer: WireWriter, message: WatchCancelRequest): void {
  if (message.watchId !== 0) {
    writer.int64Number(message.watchId)
    writer.tag1(8)
  }
}

export type WatchProgressRequest = Record<string, never>

export const WatchProgressRequest: MessageDefinition<WatchProgressRequest> = {
  typeName: 'etcdserverpb.WatchProgressRequest',
  create: () => ({}),
  encode: (message) => encodeWith(writeWatchProgressRequest, message),
  decode: (bytes) => decodeWith('etcdserverpb.WatchProgressRequest', readWatchProgressRequest, bytes),
  readFrom: readWatchProgressRequest,
  writeTo: writeWatchProgressRequest,
}

function readWatchProgressRequest(reader: WireReader, end: number, into?: WatchProgressRequest): WatchProgressRequest {
  const message: WatchProgressRequest = into ?? {}
  while (reader.pos < end) reader.skip(reader.tag(), [])
  reader.close(end)
  return message
}

function writeWatchProgressRequest(_writer: WireWriter, _message: WatchProgressRequest): void {
}

export interface WatchResponse {
  header: ResponseHeader | undefined
  watchId: number
  created: boolean
  canceled: boolean
  compactRevision: number
  cancelReason: string
  fragment: boolean
  events: mvccpb.Event[]
}

export const WatchResponse: MessageDefinition<WatchResponse> = {
  typeName: 'etcdserverpb.WatchResponse',
  create: (init) => ({
    header: init?.header,
    watchId: init?.watchId ?? 0,
    created: init?.created ?? false,
    canceled: init?.canceled ?? false,
    compactRevision: init?.compactRevision ?? 0,
    cancelReason: init?.cancelReason ?? '',
    fragment: init?.fragment ?? false,
    events: init?.events ?? [],
  }),
  encode: (message) => encodeWith(writeWatchResponse, message),
  decode: (bytes) => decodeWith('etcdserverpb.WatchResponse', readWatchResponse, bytes),
  readFrom: readWatchResponse,
  writeTo: writeWatchResponse,
}

const WatchResponseFields: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 11]

function readWatchResponse(reader: WireReader, end: number, into?: WatchResponse): WatchResponse {
  const message: WatchResponse = into ?? { header: undefined, watchId: 0, created: false, canceled: false, compactRevision: 0, cancelReason: '', fragment: false, events: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 16:
        message.watchId = reader.int64Number()
        break
      case 24:
        message.created = reader.bool()
        break
      case 32:
        message.canceled = reader.bool()
        break
      case 40:
        message.compactRevision = reader.int64Number()
        break
      case 50:
        message.cancelReason = reader.string()
        break
      case 56:
        message.fragment = reader.bool()
        break
      case 90:
        message.events.push(mvccpb.Event.readFrom(reader, reader.end()))
        break
      default:
        reader.skip(tag, WatchResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeWatchResponse(writer: WireWriter, message: WatchResponse): void {
  for (let at = message.events.length - 1; at >= 0; at--) {
    const value = message.events[at]!
    const mark11 = writer.size
    mvccpb.Event.writeTo(writer, value)
    writer.length(mark11)
    writer.tag1(90)
  }
  if (message.fragment) {
    writer.bool(message.fragment)
    writer.tag1(56)
  }
  if (message.cancelReason !== '') {
    writer.string(message.cancelReason)
    writer.tag1(50)
  }
  if (message.compactRevision !== 0) {
    writer.int64Number(message.compactRevision)
    writer.tag1(40)
  }
  if (message.canceled) {
    writer.bool(message.canceled)
    writer.tag1(32)
  }
  if (message.created) {
    writer.bool(message.created)
    writer.tag1(24)
  }
  if (message.watchId !== 0) {
    writer.int64Number(message.watchId)
    writer.tag1(16)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface MemberListRequest {
  linearizable: boolean
}

export const MemberListRequest: MessageDefinition<MemberListRequest> = {
  typeName: 'etcdserverpb.MemberListRequest',
  create: (init) => ({
    linearizable: init?.linearizable ?? false,
  }),
  encode: (message) => encodeWith(writeMemberListRequest, message),
  decode: (bytes) => decodeWith('etcdserverpb.MemberListRequest', readMemberListRequest, bytes),
  readFrom: readMemberListRequest,
  writeTo: writeMemberListRequest,
}

const MemberListRequestFields: readonly number[] = [1]

function readMemberListRequest(reader: WireReader, end: number, into?: MemberListRequest): MemberListRequest {
  const message: MemberListRequest = into ?? { linearizable: false }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.linearizable = reader.bool()
        break
      default:
        reader.skip(tag, MemberListRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeMemberListRequest(writer: WireWriter, message: MemberListRequest): void {
  if (message.linearizable) {
    writer.bool(message.linearizable)
    writer.tag1(8)
  }
}

export interface MemberListResponse {
  header: ResponseHeader | undefined
  members: Member[]
}

export const MemberListResponse: MessageDefinition<MemberListResponse> = {
  typeName: 'etcdserverpb.MemberListResponse',
  create: (init) => ({
    header: init?.header,
    members: init?.members ?? [],
  }),
  encode: (message) => encodeWith(writeMemberListResponse, message),
  decode: (bytes) => decodeWith('etcdserverpb.MemberListResponse', readMemberListResponse, bytes),
  readFrom: readMemberListResponse,
  writeTo: writeMemberListResponse,
}

const MemberListResponseFields: readonly number[] = [1, 2]

function readMemberListResponse(reader: WireReader, end: number, into?: MemberListResponse): MemberListResponse {
  const message: MemberListResponse = into ?? { header: undefined, members: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.members.push(readMember(reader, reader.end()))
        break
      default:
        reader.skip(tag, MemberListResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeMemberListResponse(writer: WireWriter, message: MemberListResponse): void {
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
  id: bigint
  name: string
  peerURLs: string[]
  clientURLs: string[]
  isLearner: boolean
}

export const Member: MessageDefinition<Member> = {
  typeName: 'etcdserverpb.Member',
  create: (init) => ({
    id: init?.id ?? 0n,
    name: init?.name ?? '',
    peerURLs: init?.peerURLs ?? [],
    clientURLs: init?.clientURLs ?? [],
    isLearner: init?.isLearner ?? false,
  }),
  encode: (message) => encodeWith(writeMember, message),
  decode: (bytes) => decodeWith('etcdserverpb.Member', readMember, bytes),
  readFrom: readMember,
  writeTo: writeMember,
}

const MemberFields: readonly number[] = [1, 2, 3, 4, 5]

function readMember(reader: WireReader, end: number, into?: Member): Member {
  const message: Member = into ?? { id: 0n, name: '', peerURLs: [], clientURLs: [], isLearner: false }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.id = reader.uint64()
        break
      case 18:
        message.name = reader.string()
        break
      case 26:
        message.peerURLs.push(reader.string())
        break
      case 34:
        message.clientURLs.push(reader.string())
        break
      case 40:
        message.isLearner = reader.bool()
        break
      default:
        reader.skip(tag, MemberFields)
    }
  }
  reader.close(end)
  return message
}

function writeMember(writer: WireWriter, message: Member): void {
  if (message.isLearner) {
    writer.bool(message.isLearner)
    writer.tag1(40)
  }
  for (let at = message.clientURLs.length - 1; at >= 0; at--) {
    const value = message.clientURLs[at]!
    writer.string(value)
    writer.tag1(34)
  }
  for (let at = message.peerURLs.length - 1; at >= 0; at--) {
    const value = message.peerURLs[at]!
    writer.string(value)
    writer.tag1(26)
  }
  if (message.name !== '') {
    writer.string(message.name)
    writer.tag1(18)
  }
  if (message.id !== 0n) {
    writer.uint64(message.id)
    writer.tag1(8)
  }
}

export interface MemberAddRequest {
  peerURLs: string[]
  isLearner: boolean
}

export const MemberAddRequest: MessageDefinition<MemberAddRequest> = {
  typeName: 'etcdserverpb.MemberAddRequest',
  create: (init) => ({
    peerURLs: init?.peerURLs ?? [],
    isLearner: init?.isLearner ?? false,
  }),
  encode: (message) => encodeWith(writeMemberAddRequest, message),
  decode: (bytes) => decodeWith('etcdserverpb.MemberAddRequest', readMemberAddRequest, bytes),
  readFrom: readMemberAddRequest,
  writeTo: writeMemberAddRequest,
}

const MemberAddRequestFields: readonly number[] = [1, 2]

function readMemberAddRequest(reader: WireReader, end: number, into?: MemberAddRequest): MemberAddRequest {
  const message: MemberAddRequest = into ?? { peerURLs: [], isLearner: false }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.peerURLs.push(reader.string())
        break
      case 16:
        message.isLearner = reader.bool()
        break
      default:
        reader.skip(tag, MemberAddRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeMemberAddRequest(writer: WireWriter, message: MemberAddRequest): void {
  if (message.isLearner) {
    writer.bool(message.isLearner)
    writer.tag1(16)
  }
  for (let at = message.peerURLs.length - 1; at >= 0; at--) {
    const value = message.peerURLs[at]!
    writer.string(value)
    writer.tag1(10)
  }
}

export interface MemberAddResponse {
  header: ResponseHeader | undefined
  member: Member | undefined
  members: Member[]
}

export const MemberAddResponse: MessageDefinition<MemberAddResponse> = {
  typeName: 'etcdserverpb.MemberAddResponse',
  create: (init) => ({
    header: init?.header,
    member: init?.member,
    members: init?.members ?? [],
  }),
  encode: (message) => encodeWith(writeMemberAddResponse, message),
  decode: (bytes) => decodeWith('etcdserverpb.MemberAddResponse', readMemberAddResponse, bytes),
  readFrom: readMemberAddResponse,
  writeTo: writeMemberAddResponse,
}

const MemberAddResponseFields: readonly number[] = [1, 2, 3]

function readMemberAddResponse(reader: WireReader, end: number, into?: MemberAddResponse): MemberAddResponse {
  const message: MemberAddResponse = into ?? { header: undefined, member: undefined, members: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.member = readMember(reader, reader.end(), message.member)
        break
      case 26:
        message.members.push(readMember(reader, reader.end()))
        break
      default:
        reader.skip(tag, MemberAddResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeMemberAddResponse(writer: WireWriter, message: MemberAddResponse): void {
  for (let at = message.members.length - 1; at >= 0; at--) {
    const value = message.members[at]!
    const mark3 = writer.size
    writeMember(writer, value)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.member !== undefined) {
    const mark2 = writer.size
    writeMember(writer, message.member)
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

export interface MemberRemoveRequest {
  id: bigint
}

export const MemberRemoveRequest: MessageDefinition<MemberRemoveRequest> = {
  typeName: 'etcdserverpb.MemberRemoveRequest',
  create: (init) => ({
    id: init?.id ?? 0n,
  }),
  encode: (message) => encodeWith(writeMemberRemoveRequest, message),
  decode: (bytes) => decodeWith('etcdserverpb.MemberRemoveRequest', readMemberRemoveRequest, bytes),
  readFrom: readMemberRemoveRequest,
  writeTo: writeMemberRemoveRequest,
}

const MemberRemoveRequestFields: readonly number[] = [1]

function readMemberRemoveRequest(reader: WireReader, end: number, into?: MemberRemoveRequest): MemberRemoveRequest {
  const message: MemberRemoveRequest = into ?? { id: 0n }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.id = reader.uint64()
        break
      default:
        reader.skip(tag, MemberRemoveRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeMemberRemoveRequest(writer: WireWriter, message: MemberRemoveRequest): void {
  if (message.id !== 0n) {
    writer.uint64(message.id)
    writer.tag1(8)
  }
}

export interface MemberRemoveResponse {
  header: ResponseHeader | undefined
  members: Member[]
}

export const MemberRemoveResponse: MessageDefinition<MemberRemoveResponse> = {
  typeName: 'etcdserverpb.MemberRemoveResponse',
  create: (init) => ({
    header: init?.header,
    members: init?.members ?? [],
  }),
  encode: (message) => encodeWith(writeMemberRemoveResponse, message),
  decode: (bytes) => decodeWith('etcdserverpb.MemberRemoveResponse', readMemberRemoveResponse, bytes),
  readFrom: readMemberRemoveResponse,
  writeTo: writeMemberRemoveResponse,
}

const MemberRemoveResponseFields: readonly number[] = [1, 2]

function readMemberRemoveResponse(reader: WireReader, end: number, into?: MemberRemoveResponse): MemberRemoveResponse {
  const message: MemberRemoveResponse = into ?? { header: undefined, members: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.members.push(readMember(reader, reader.end()))
        break
      default:
        reader.skip(tag, MemberRemoveResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeMemberRemoveResponse(writer: WireWriter, message: MemberRemoveResponse): void {
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

export interface MemberUpdateRequest {
  id: bigint
  peerURLs: string[]
}

export const MemberUpdateRequest: MessageDefinition<MemberUpdateRequest> = {
  typeName: 'etcdserverpb.MemberUpdateRequest',
  create: (init) => ({
    id: init?.id ?? 0n,
    peerURLs: init?.peerURLs ?? [],
  }),
  encode: (message) => encodeWith(writeMemberUpdateRequest, message),
  decode: (bytes) => decodeWith('etcdserverpb.MemberUpdateRequest', readMemberUpdateRequest, bytes),
  readFrom: readMemberUpdateRequest,
  writeTo: writeMemberUpdateRequest,
}

const MemberUpdateRequestFields: readonly number[] = [1, 2]

function readMemberUpdateRequest(reader: WireReader, end: number, into?: MemberUpdateRequest): MemberUpdateRequest {
  const message: MemberUpdateRequest = into ?? { id: 0n, peerURLs: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.id = reader.uint64()
        break
      case 18:
        message.peerURLs.push(reader.string())
        break
      default:
        reader.skip(tag, MemberUpdateRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeMemberUpdateRequest(writer: WireWriter, message: MemberUpdateRequest): void {
  for (let at = message.peerURLs.length - 1; at >= 0; at--) {
    const value = message.peerURLs[at]!
    writer.string(value)
    writer.tag1(18)
  }
  if (message.id !== 0n) {
    writer.uint64(message.id)
    writer.tag1(8)
  }
}

export interface MemberUpdateResponse {
  header: ResponseHeader | undefined
  members: Member[]
}

export const MemberUpdateResponse: MessageDefinition<MemberUpdateResponse> = {
  typeName: 'etcdserverpb.MemberUpdateResponse',
  create: (init) => ({
    header: init?.header,
    members: init?.members ?? [],
  }),
  encode: (message) => encodeWith(writeMemberUpdateResponse, message),
  decode: (bytes) => decodeWith('etcdserverpb.MemberUpdateResponse', readMemberUpdateResponse, bytes),
  readFrom: readMemberUpdateResponse,
  writeTo: writeMemberUpdateResponse,
}

const MemberUpdateResponseFields: readonly number[] = [1, 2]

function readMemberUpdateResponse(reader: WireReader, end: number, into?: MemberUpdateResponse): MemberUpdateResponse {
  const message: MemberUpdateResponse = into ?? { header: undefined, members: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.members.push(readMember(reader, reader.end()))
        break
      default:
        reader.skip(tag, MemberUpdateResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeMemberUpdateResponse(writer: WireWriter, message: MemberUpdateResponse): void {
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

export interface MemberPromoteRequest {
  id: bigint
}

export const MemberPromoteRequest: MessageDefinition<MemberPromoteRequest> = {
  typeName: 'etcdserverpb.MemberPromoteRequest',
  create: (init) => ({
    id: init?.id ?? 0n,
  }),
  encode: (message) => encodeWith(writeMemberPromoteRequest, message),
  decode: (bytes) => decodeWith('etcdserverpb.MemberPromoteRequest', readMemberPromoteRequest, bytes),
  readFrom: readMemberPromoteRequest,
  writeTo: writeMemberPromoteRequest,
}

const MemberPromoteRequestFields: readonly number[] = [1]

function readMemberPromoteRequest(reader: WireReader, end: number, into?: MemberPromoteRequest): MemberPromoteRequest {
  const message: MemberPromoteRequest = into ?? { id: 0n }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.id = reader.uint64()
        break
      default:
        reader.skip(tag, MemberPromoteRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeMemberPromoteRequest(writer: WireWriter, message: MemberPromoteRequest): void {
  if (message.id !== 0n) {
    writer.uint64(message.id)
    writer.tag1(8)
  }
}

export interface MemberPromoteResponse {
  header: ResponseHeader | undefined
  members: Member[]
}

export const MemberPromoteResponse: MessageDefinition<MemberPromoteResponse> = {
  typeName: 'etcdserverpb.MemberPromoteResponse',
  create: (init) => ({
    header: init?.header,
    members: init?.members ?? [],
  }),
  encode: (message) => encodeWith(writeMemberPromoteResponse, message),
  decode: (bytes) => decodeWith('etcdserverpb.MemberPromoteResponse', readMemberPromoteResponse, bytes),
  readFrom: readMemberPromoteResponse,
  writeTo: writeMemberPromoteResponse,
}

const MemberPromoteResponseFields: readonly number[] = [1, 2]

function readMemberPromoteResponse(reader: WireReader, end: number, into?: MemberPromoteResponse): MemberPromoteResponse {
  const message: MemberPromoteResponse = into ?? { header: undefined, members: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.members.push(readMember(reader, reader.end()))
        break
      default:
        reader.skip(tag, MemberPromoteResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeMemberPromoteResponse(writer: WireWriter, message: MemberPromoteResponse): void {
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

export type StatusRequest = Record<string, never>

export const StatusRequest: MessageDefinition<StatusRequest> = {
  typeName: 'etcdserverpb.StatusRequest',
  create: () => ({}),
  encode: (message) => encodeWith(writeStatusRequest, message),
  decode: (bytes) => decodeWith('etcdserverpb.StatusRequest', readStatusRequest, bytes),
  readFrom: readStatusRequest,
  writeTo: writeStatusRequest,
}

function readStatusRequest(reader: WireReader, end: number, into?: StatusRequest): StatusRequest {
  const message: StatusRequest = into ?? {}
  while (reader.pos < end) reader.skip(reader.tag(), [])
  reader.close(end)
  return message
}

function writeStatusRequest(_writer: WireWriter, _message: StatusRequest): void {
}

export interface StatusResponse {
  header: ResponseHeader | undefined
  version: string
  dbSize: number
  leader: bigint
  raftIndex: number
  raftTerm: number
  raftAppliedIndex: number
  errors: string[]
  dbSizeInUse: number
  isLearner: boolean
  storageVersion: string
  dbSizeQuota: number
  downgradeInfo: DowngradeInfo | undefined
}

export const StatusResponse: MessageDefinition<StatusResponse> = {
  typeName: 'etcdserverpb.StatusResponse',
  create: (init) => ({
    header: init?.header,
    version: init?.version ?? '',
    dbSize: init?.dbSize ?? 0,
    leader: init?.leader ?? 0n,
    raftIndex: init?.raftIndex ?? 0,
    raftTerm: init?.raftTerm ?? 0,
    raftAppliedIndex: init?.raftAppliedIndex ?? 0,
    errors: init?.errors ?? [],
    dbSizeInUse: init?.dbSizeInUse ?? 0,
    isLearner: init?.isLearner ?? false,
    storageVersion: init?.storageVersion ?? '',
    dbSizeQuota: init?.dbSizeQuota ?? 0,
    downgradeInfo: init?.downgradeInfo,
  }),
  encode: (message) => encodeWith(writeStatusResponse, message),
  decode: (bytes) => decodeWith('etcdserverpb.StatusResponse', readStatusResponse, bytes),
  readFrom: readStatusResponse,
  writeTo: writeStatusResponse,
}

const StatusResponseFields: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]

function readStatusResponse(reader: WireReader, end: number, into?: StatusResponse): StatusResponse {
  const message: StatusResponse = into ?? { header: undefined, version: '', dbSize: 0, leader: 0n, raftIndex: 0, raftTerm: 0, raftAppliedIndex: 0, errors: [], dbSizeInUse: 0, isLearner: false, storageVersion: '', dbSizeQuota: 0, downgradeInfo: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.version = reader.string()
        break
      case 24:
        message.dbSize = reader.int64Number()
        break
      case 32:
        message.leader = reader.uint64()
        break
      case 40:
        message.raftIndex = reader.uint64Number()
        break
      case 48:
        message.raftTerm = reader.uint64Number()
        break
      case 56:
        message.raftAppliedIndex = reader.uint64Number()
        break
      case 66:
        message.errors.push(reader.string())
        break
      case 72:
        message.dbSizeInUse = reader.int64Number()
        break
      case 80:
        message.isLearner = reader.bool()
        break
      case 90:
        message.storageVersion = reader.string()
        break
      case 96:
        message.dbSizeQuota = reader.int64Number()
        break
      case 106:
        message.downgradeInfo = readDowngradeInfo(reader, reader.end(), message.downgradeInfo)
        break
      default:
        reader.skip(tag, StatusResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeStatusResponse(writer: WireWriter, message: StatusResponse): void {
  if (message.downgradeInfo !== undefined) {
    const mark13 = writer.size
    writeDowngradeInfo(writer, message.downgradeInfo)
    writer.length(mark13)
    writer.tag1(106)
  }
  if (message.dbSizeQuota !== 0) {
    writer.int64Number(message.dbSizeQuota)
    writer.tag1(96)
  }
  if (message.storageVersion !== '') {
    writer.string(message.storageVersion)
    writer.tag1(90)
  }
  if (message.isLearner) {
    writer.bool(message.isLearner)
    writer.tag1(80)
  }
  if (message.dbSizeInUse !== 0) {
    writer.int64Number(message.dbSizeInUse)
    writer.tag1(72)
  }
  for (let at = message.errors.length - 1; at >= 0; at--) {
    const value = message.errors[at]!
    writer.string(value)
    writer.tag1(66)
  }
  if (message.raftAppliedIndex !== 0) {
    writer.uint64Number(message.raftAppliedIndex)
    writer.tag1(56)
  }
  if (message.raftTerm !== 0) {
    writer.uint64Number(message.raftTerm)
    writer.tag1(48)
  }
  if (message.raftIndex !== 0) {
    writer.uint64Number(message.raftIndex)
    writer.tag1(40)
  }
  if (message.leader !== 0n) {
    writer.uint64(message.leader)
    writer.tag1(32)
  }
  if (message.dbSize !== 0) {
    writer.int64Number(message.dbSize)
    writer.tag1(24)
  }
  if (message.version !== '') {
    writer.string(message.version)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface DowngradeInfo {
  enabled: boolean
  targetVersion: string
}

export const DowngradeInfo: MessageDefinition<DowngradeInfo> = {
  typeName: 'etcdserverpb.DowngradeInfo',
  create: (init) => ({
    enabled: init?.enabled ?? false,
    targetVersion: init?.targetVersion ?? '',
  }),
  encode: (message) => encodeWith(writeDowngradeInfo, message),
  decode: (bytes) => decodeWith('etcdserverpb.DowngradeInfo', readDowngradeInfo, bytes),
  readFrom: readDowngradeInfo,
  writeTo: writeDowngradeInfo,
}

const DowngradeInfoFields: readonly number[] = [1, 2]

function readDowngradeInfo(reader: WireReader, end: number, into?: DowngradeInfo): DowngradeInfo {
  const message: DowngradeInfo = into ?? { enabled: false, targetVersion: '' }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.enabled = reader.bool()
        break
      case 18:
        message.targetVersion = reader.string()
        break
      default:
        reader.skip(tag, DowngradeInfoFields)
    }
  }
  reader.close(end)
  return message
}

function writeDowngradeInfo(writer: WireWriter, message: DowngradeInfo): void {
  if (message.targetVersion !== '') {
    writer.string(message.targetVersion)
    writer.tag1(18)
  }
  if (message.enabled) {
    writer.bool(message.enabled)
    writer.tag1(8)
  }
}

export interface AlarmRequest {
  action: AlarmRequest_AlarmAction
  memberID: bigint
  alarm: AlarmType
}

export const AlarmRequest: MessageDefinition<AlarmRequest> = {
  typeName: 'etcdserverpb.AlarmRequest',
  create: (init) => ({
    action: init?.action ?? 0,
    memberID: init?.memberID ?? 0n,
    alarm: init?.alarm ?? 0,
  }),
  encode: (message) => encodeWith(writeAlarmRequest, message),
  decode: (bytes) => decodeWith('etcdserverpb.AlarmRequest', readAlarmRequest, bytes),
  readFrom: readAlarmRequest,
  writeTo: writeAlarmRequest,
}

const AlarmRequestFields: readonly number[] = [1, 2, 3]

function readAlarmRequest(reader: WireReader, end: number, into?: AlarmRequest): AlarmRequest {
  const message: AlarmRequest = into ?? { action: 0, memberID: 0n, alarm: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.action = reader.int32() as AlarmRequest_AlarmAction
        break
      case 16:
        message.memberID = reader.uint64()
        break
      case 24:
        message.alarm = reader.int32() as AlarmType
        break
      default:
        reader.skip(tag, AlarmRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeAlarmRequest(writer: WireWriter, message: AlarmRequest): void {
  if (message.alarm !== 0) {
    writer.int32(message.alarm)
    writer.tag1(24)
  }
  if (message.memberID !== 0n) {
    writer.uint64(message.memberID)
    writer.tag1(16)
  }
  if (message.action !== 0) {
    writer.int32(message.action)
    writer.tag1(8)
  }
}

export interface AlarmResponse {
  header: ResponseHeader | undefined
  alarms: AlarmMember[]
}

export const AlarmResponse: MessageDefinition<AlarmResponse> = {
  typeName: 'etcdserverpb.AlarmResponse',
  create: (init) => ({
    header: init?.header,
    alarms: init?.alarms ?? [],
  }),
  encode: (message) => encodeWith(writeAlarmResponse, message),
  decode: (bytes) => decodeWith('etcdserverpb.AlarmResponse', readAlarmResponse, bytes),
  readFrom: readAlarmResponse,
  writeTo: writeAlarmResponse,
}

const AlarmResponseFields: readonly number[] = [1, 2]

function readAlarmResponse(reader: WireReader, end: number, into?: AlarmResponse): AlarmResponse {
  const message: AlarmResponse = into ?? { header: undefined, alarms: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.alarms.push(readAlarmMember(reader, reader.end()))
        break
      default:
        reader.skip(tag, AlarmResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeAlarmResponse(writer: WireWriter, message: AlarmResponse): void {
  for (let at = message.alarms.length - 1; at >= 0; at--) {
    const value = message.alarms[at]!
    const mark2 = writer.size
    writeAlarmMember(writer, value)
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

export interface AlarmMember {
  memberID: bigint
  alarm: AlarmType
}

export const AlarmMember: MessageDefinition<AlarmMember> = {
  typeName: 'etcdserverpb.AlarmMember',
  create: (init) => ({
    memberID: init?.memberID ?? 0n,
    alarm: init?.alarm ?? 0,
  }),
  encode: (message) => encodeWith(writeAlarmMember, message),
  decode: (bytes) => decodeWith('etcdserverpb.AlarmMember', readAlarmMember, bytes),
  readFrom: readAlarmMember,
  writeTo: writeAlarmMember,
}

const AlarmMemberFields: readonly number[] = [1, 2]

function readAlarmMember(reader: WireReader, end: number, into?: AlarmMember): AlarmMember {
  const message: AlarmMember = into ?? { memberID: 0n, alarm: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.memberID = reader.uint64()
        break
      case 16:
        message.alarm = reader.int32() as AlarmType
        break
      default:
        reader.skip(tag, AlarmMemberFields)
    }
  }
  reader.close(end)
  return message
}

function writeAlarmMember(writer: WireWriter, message: AlarmMember): void {
  if (message.alarm !== 0) {
    writer.int32(message.alarm)
    writer.tag1(16)
  }
  if (message.memberID !== 0n) {
    writer.uint64(message.memberID)
    writer.tag1(8)
  }
}

export type DefragmentRequest = Record<string, never>

export const DefragmentRequest: MessageDefinition<DefragmentRequest> = {
  typeName: 'etcdserverpb.DefragmentRequest',
  create: () => ({}),
  encode: (message) => encodeWith(writeDefragmentRequest, message),
  decode: (bytes) => decodeWith('etcdserverpb.DefragmentRequest', readDefragmentRequest, bytes),
  readFrom: readDefragmentRequest,
  writeTo: writeDefragmentRequest,
}

function readDefragmentRequest(reader: WireReader, end: number, into?: DefragmentRequest): DefragmentRequest {
  const message: DefragmentRequest = into ?? {}
  while (reader.pos < end) reader.skip(reader.tag(), [])
  reader.close(end)
  return message
}

function writeDefragmentRequest(_writer: WireWriter, _message: DefragmentRequest): void {
}

export interface DefragmentResponse {
  header: ResponseHeader | undefined
}

export const DefragmentResponse: MessageDefinition<DefragmentResponse> = {
  typeName: 'etcdserverpb.DefragmentResponse',
  create: (init) => ({
    header: init?.header,
  }),
  encode: (message) => encodeWith(writeDefragmentResponse, message),
  decode: (bytes) => decodeWith('etcdserverpb.DefragmentResponse', readDefragmentResponse, bytes),
  readFrom: readDefragmentResponse,
  writeTo: writeDefragmentResponse,
}

const DefragmentResponseFields: readonly number[] = [1]

function readDefragmentResponse(reader: WireReader, end: number, into?: DefragmentResponse): DefragmentResponse {
  const message: DefragmentResponse = into ?? { header: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      default:
        reader.skip(tag, DefragmentResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeDefragmentResponse(writer: WireWriter, message: DefragmentResponse): void {
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface MoveLeaderRequest {
  targetID: bigint
}

export const MoveLeaderRequest: MessageDefinition<MoveLeaderRequest> = {
  typeName: 'etcdserverpb.MoveLeaderRequest',
  create: (init) => ({
    targetID: init?.targetID ?? 0n,
  }),
  encode: (message) => encodeWith(writeMoveLeaderRequest, message),
  decode: (bytes) => decodeWith('etcdserverpb.MoveLeaderRequest', readMoveLeaderRequest, bytes),
  readFrom: readMoveLeaderRequest,
  writeTo: writeMoveLeaderRequest,
}

const MoveLeaderRequestFields: readonly number[] = [1]

function readMoveLeaderRequest(reader: WireReader, end: number, into?: MoveLeaderRequest): MoveLeaderRequest {
  const message: MoveLeaderRequest = into ?? { targetID: 0n }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.targetID = reader.uint64()
        break
      default:
        reader.skip(tag, MoveLeaderRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeMoveLeaderRequest(writer: WireWriter, message: MoveLeaderRequest): void {
  if (message.targetID !== 0n) {
    writer.uint64(message.targetID)
    writer.tag1(8)
  }
}

export interface MoveLeaderResponse {
  header: ResponseHeader | undefined
}

export const MoveLeaderResponse: MessageDefinition<MoveLeaderResponse> = {
  typeName: 'etcdserverpb.MoveLeaderResponse',
  create: (init) => ({
    header: init?.header,
  }),
  encode: (message) => encodeWith(writeMoveLeaderResponse, message),
  decode: (bytes) => decodeWith('etcdserverpb.MoveLeaderResponse', readMoveLeaderResponse, bytes),
  readFrom: readMoveLeaderResponse,
  writeTo: writeMoveLeaderResponse,
}

const MoveLeaderResponseFields: readonly number[] = [1]

function readMoveLeaderResponse(reader: WireReader, end: number, into?: MoveLeaderResponse): MoveLeaderResponse {
  const message: MoveLeaderResponse = into ?? { header: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      default:
        reader.skip(tag, MoveLeaderResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeMoveLeaderResponse(writer: WireWriter, message: MoveLeaderResponse): void {
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface HashKVRequest {
  revision: number
}

export const HashKVRequest: MessageDefinition<HashKVRequest> = {
  typeName: 'etcdserverpb.HashKVRequest',
  create: (init) => ({
    revision: init?.revision ?? 0,
  }),
  encode: (message) => encodeWith(writeHashKVRequest, message),
  decode: (bytes) => decodeWith('etcdserverpb.HashKVRequest', readHashKVRequest, bytes),
  readFrom: readHashKVRequest,
  writeTo: writeHashKVRequest,
}

const HashKVRequestFields: readonly number[] = [1]

function readHashKVRequest(reader: WireReader, end: number, into?: HashKVRequest): HashKVRequest {
  const message: HashKVRequest = into ?? { revision: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.revision = reader.int64Number()
        break
      default:
        reader.skip(tag, HashKVRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeHashKVRequest(writer: WireWriter, message: HashKVRequest): void {
  if (message.revision !== 0) {
    writer.int64Number(message.revision)
    writer.tag1(8)
  }
}

export interface HashKVResponse {
  header: ResponseHeader | undefined
  hash: number
  compactRevision: number
  hashRevision: number
}

export const HashKVResponse: MessageDefinition<HashKVResponse> = {
  typeName: 'etcdserverpb.HashKVResponse',
  create: (init) => ({
    header: init?.header,
    hash: init?.hash ?? 0,
    compactRevision: init?.compactRevision ?? 0,
    hashRevision: init?.hashRevision ?? 0,
  }),
  encode: (message) => encodeWith(writeHashKVResponse, message),
  decode: (bytes) => decodeWith('etcdserverpb.HashKVResponse', readHashKVResponse, bytes),
  readFrom: readHashKVResponse,
  writeTo: writeHashKVResponse,
}

const HashKVResponseFields: readonly number[] = [1, 2, 3, 4]

function readHashKVResponse(reader: WireReader, end: number, into?: HashKVResponse): HashKVResponse {
  const message: HashKVResponse = into ?? { header: undefined, hash: 0, compactRevision: 0, hashRevision: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 16:
        message.hash = reader.uint32()
        break
      case 24:
        message.compactRevision = reader.int64Number()
        break
      case 32:
        message.hashRevision = reader.int64Number()
        break
      default:
        reader.skip(tag, HashKVResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeHashKVResponse(writer: WireWriter, message: HashKVResponse): void {
  if (message.hashRevision !== 0) {
    writer.int64Number(message.hashRevision)
    writer.tag1(32)
  }
  if (message.compactRevision !== 0) {
    writer.int64Number(message.compactRevision)
    writer.tag1(24)
  }
  if (message.hash !== 0) {
    writer.uint32(message.hash)
    writer.tag1(16)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export type SnapshotRequest = Record<string, never>

export const SnapshotRequest: MessageDefinition<SnapshotRequest> = {
  typeName: 'etcdserverpb.SnapshotRequest',
  create: () => ({}),
  encode: (message) => encodeWith(writeSnapshotRequest, message),
  decode: (bytes) => decodeWith('etcdserverpb.SnapshotRequest', readSnapshotRequest, bytes),
  readFrom: readSnapshotRequest,
  writeTo: writeSnapshotRequest,
}

function readSnapshotRequest(reader: WireReader, end: number, into?: SnapshotRequest): SnapshotRequest {
  const message: SnapshotRequest = into ?? {}
  while (reader.pos < end) reader.skip(reader.tag(), [])
  reader.close(end)
  return message
}

function writeSnapshotRequest(_writer: WireWriter, _message: SnapshotRequest): void {
}

export interface SnapshotResponse {
  header: ResponseHeader | undefined
  remainingBytes: number
  blob: Uint8Array
  version: string
}

export const SnapshotResponse: MessageDefinition<SnapshotResponse> = {
  typeName: 'etcdserverpb.SnapshotResponse',
  create: (init) => ({
    header: init?.header,
    remainingBytes: init?.remainingBytes ?? 0,
    blob: init?.blob ?? emptyBytes,
    version: init?.version ?? '',
  }),
  encode: (message) => encodeWith(writeSnapshotResponse, message),
  decode: (bytes) => decodeWith('etcdserverpb.SnapshotResponse', readSnapshotResponse, bytes),
  readFrom: readSnapshotResponse,
  writeTo: writeSnapshotResponse,
}

const SnapshotResponseFields: readonly number[] = [1, 2, 3, 4]

function readSnapshotResponse(reader: WireReader, end: number, into?: SnapshotResponse): SnapshotResponse {
  const message: SnapshotResponse = into ?? { header: undefined, remainingBytes: 0, blob: emptyBytes, version: '' }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 16:
        message.remainingBytes = reader.uint64Number()
        break
      case 26:
        message.blob = reader.bytes()
        break
      case 34:
        message.version = reader.string()
        break
      default:
        reader.skip(tag, SnapshotResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeSnapshotResponse(writer: WireWriter, message: SnapshotResponse): void {
  if (message.version !== '') {
    writer.string(message.version)
    writer.tag1(34)
  }
  if (message.blob.length !== 0) {
    writer.bytes(message.blob)
    writer.tag1(26)
  }
  if (message.remainingBytes !== 0) {
    writer.uint64Number(message.remainingBytes)
    writer.tag1(16)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}
