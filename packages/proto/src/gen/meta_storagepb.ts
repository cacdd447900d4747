// Generated from proto/meta_storagepb.proto by `npm run generate -w packages/proto`. Do not edit.
import { decodeWith, encodeWith } from '../message-codec.ts'
import type { MessageDefinition } from '../message-definition.ts'
import { emptyBytes, type WireReader } from '../wire-reader.ts'
import type { WireWriter } from '../wire-writer.ts'

export const Event_EventType = {
  PUT: 0,
  DELETE: 1,
} as const
/** A number that is not listed is kept as it came. */
export type Event_EventType = (typeof Event_EventType)[keyof typeof Event_EventType]

export const ErrorType = {
  OK: 0,
  UNKNOWN: 1,
  DATA_COMPACTED: 2,
} as const
/** A number that is not listed is kept as it came. */
export type ErrorType = (typeof ErrorType)[keyof typeof ErrorType]

export interface DeleteRequest {
  header: RequestHeader | undefined
  key: Uint8Array
  rangeEnd: Uint8Array
  prevKv: boolean
}

export const DeleteRequest: MessageDefinition<DeleteRequest> = {
  typeName: 'meta_storagepb.DeleteRequest',
  create: (init) => ({
    header: init?.header,
    key: init?.key ?? emptyBytes,
    rangeEnd: init?.rangeEnd ?? emptyBytes,
    prevKv: init?.prevKv ?? false,
  }),
  encode: (message) => encodeWith(writeDeleteRequest, message),
  decode: (bytes) => decodeWith('meta_storagepb.DeleteRequest', readDeleteRequest, bytes),
  readFrom: readDeleteRequest,
  writeTo: writeDeleteRequest,
}

const DeleteRequestFields: readonly number[] = [1, 2, 3, 4]

function readDeleteRequest(reader: WireReader, end: number, into?: DeleteRequest): DeleteRequest {
  const message: DeleteRequest = into ?? { header: undefined, key: emptyBytes, rangeEnd: emptyBytes, prevKv: false }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readRequestHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.key = reader.bytes()
        break
      case 26:
        message.rangeEnd = reader.bytes()
        break
      case 32:
        message.prevKv = reader.bool()
        break
      default:
        reader.skip(tag, DeleteRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeDeleteRequest(writer: WireWriter, message: DeleteRequest): void {
  if (message.prevKv) {
    writer.bool(message.prevKv)
    writer.tag1(32)
  }
  if (message.rangeEnd.length !== 0) {
    writer.bytes(message.rangeEnd)
    writer.tag1(26)
  }
  if (message.key.length !== 0) {
    writer.bytes(message.key)
    writer.tag1(18)
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
  source: string
}

export const RequestHeader: MessageDefinition<RequestHeader> = {
  typeName: 'meta_storagepb.RequestHeader',
  create: (init) => ({
    clusterId: init?.clusterId ?? 0n,
    source: init?.source ?? '',
  }),
  encode: (message) => encodeWith(writeRequestHeader, message),
  decode: (bytes) => decodeWith('meta_storagepb.RequestHeader', readRequestHeader, bytes),
  readFrom: readRequestHeader,
  writeTo: writeRequestHeader,
}

const RequestHeaderFields: readonly number[] = [1, 2]

function readRequestHeader(reader: WireReader, end: number, into?: RequestHeader): RequestHeader {
  const message: RequestHeader = into ?? { clusterId: 0n, source: '' }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.clusterId = reader.uint64()
        break
      case 18:
        message.source = reader.string()
        break
      default:
        reader.skip(tag, RequestHeaderFields)
    }
  }
  reader.close(end)
  return message
}

function writeRequestHeader(writer: WireWriter, message: RequestHeader): void {
  if (message.source !== '') {
    writer.string(message.source)
    writer.tag1(18)
  }
  if (message.clusterId !== 0n) {
    writer.uint64(message.clusterId)
    writer.tag1(8)
  }
}

export interface DeleteResponse {
  header: ResponseHeader | undefined
  deleted: number
  prevKvs: KeyValue[]
}

export const DeleteResponse: MessageDefinition<DeleteResponse> = {
  typeName: 'meta_storagepb.DeleteResponse',
  create: (init) => ({
    header: init?.header,
    deleted: init?.deleted ?? 0,
    prevKvs: init?.prevKvs ?? [],
  }),
  encode: (message) => encodeWith(writeDeleteResponse, message),
  decode: (bytes) => decodeWith('meta_storagepb.DeleteResponse', readDeleteResponse, bytes),
  readFrom: readDeleteResponse,
  writeTo: writeDeleteResponse,
}

const DeleteResponseFields: readonly number[] = [1, 2, 3]

function readDeleteResponse(reader: WireReader, end: number, into?: DeleteResponse): DeleteResponse {
  const message: DeleteResponse = into ?? { header: undefined, deleted: 0, prevKvs: [] }
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
        message.prevKvs.push(readKeyValue(reader, reader.end()))
        break
      default:
        reader.skip(tag, DeleteResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeDeleteResponse(writer: WireWriter, message: DeleteResponse): void {
  for (let at = message.prevKvs.length - 1; at >= 0; at--) {
    const value = message.prevKvs[at]!
    const mark3 = writer.size
    writeKeyValue(writer, value)
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

export interface ResponseHeader {
  clusterId: bigint
  error: Error | undefined
  revision: number
}

export const ResponseHeader: MessageDefinition<ResponseHeader> = {
  typeName: 'meta_storagepb.ResponseHeader',
  create: (init) => ({
    clusterId: init?.clusterId ?? 0n,
    error: init?.error,
    revision: init?.revision ?? 0,
  }),
  encode: (message) => encodeWith(writeResponseHeader, message),
  decode: (bytes) => decodeWith('meta_storagepb.ResponseHeader', readResponseHeader, bytes),
  readFrom: readResponseHeader,
  writeTo: writeResponseHeader,
}

const ResponseHeaderFields: readonly number[] = [1, 2, 3]

function readResponseHeader(reader: WireReader, end: number, into?: ResponseHeader): ResponseHeader {
  const message: ResponseHeader = into ?? { clusterId: 0n, error: undefined, revision: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.clusterId = reader.uint64()
        break
      case 18:
        message.error = readError(reader, reader.end(), message.error)
        break
      case 24:
        message.revision = reader.int64Number()
        break
      default:
        reader.skip(tag, ResponseHeaderFields)
    }
  }
  reader.close(end)
  return message
}

function writeResponseHeader(writer: WireWriter, message: ResponseHeader): void {
  if (message.revision !== 0) {
    writer.int64Number(message.revision)
    writer.tag1(24)
  }
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
  typeName: 'meta_storagepb.Error',
  create: (init) => ({
    type: init?.type ?? 0,
    message: init?.message ?? '',
  }),
  encode: (message) => encodeWith(writeError, message),
  decode: (bytes) => decodeWith('meta_storagepb.Error', readError, bytes),
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

export interface KeyValue {
  key: Uint8Array
  createRevision: number
  modRevision: number
  version: number
  value: Uint8Array
  lease: bigint
}

export const KeyValue: MessageDefinition<KeyValue> = {
  typeName: 'meta_storagepb.KeyValue',
  create: (init) => ({
    key: init?.key ?? emptyBytes,
    createRevision: init?.createRevision ?? 0,
    modRevision: init?.modRevision ?? 0,
    version: init?.version ?? 0,
    value: init?.value ?? emptyBytes,
    lease: init?.lease ?? 0n,
  }),
  encode: (message) => encodeWith(writeKeyValue, message),
  decode: (bytes) => decodeWith('meta_storagepb.KeyValue', readKeyValue, bytes),
  readFrom: readKeyValue,
  writeTo: writeKeyValue,
}

const KeyValueFields: readonly number[] = [1, 2, 3, 4, 5, 6]

function readKeyValue(reader: WireReader, end: number, into?: KeyValue): KeyValue {
  const message: KeyValue = into ?? { key: emptyBytes, createRevision: 0, modRevision: 0, version: 0, value: emptyBytes, lease: 0n }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.key = reader.bytes()
        break
      case 16:
        message.createRevision = reader.int64Number()
        break
      case 24:
        message.modRevision = reader.int64Number()
        break
      case 32:
        message.version = reader.int64Number()
        break
      case 42:
        message.value = reader.bytes()
        break
      case 48:
        message.lease = reader.int64()
        break
      default:
        reader.skip(tag, KeyValueFields)
    }
  }
  reader.close(end)
  return message
}

function writeKeyValue(writer: WireWriter, message: KeyValue): void {
  if (message.lease !== 0n) {
    writer.int64(message.lease)
    writer.tag1(48)
  }
  if (message.value.length !== 0) {
    writer.bytes(message.value)
    writer.tag1(42)
  }
  if (message.version !== 0) {
    writer.int64Number(message.version)
    writer.tag1(32)
  }
  if (message.modRevision !== 0) {
    writer.int64Number(message.modRevision)
    writer.tag1(24)
  }
  if (message.createRevision !== 0) {
    writer.int64Number(message.createRevision)
    writer.tag1(16)
  }
  if (message.key.length !== 0) {
    writer.bytes(message.key)
    writer.tag1(10)
  }
}

export interface GetRequest {
  header: RequestHeader | undefined
  key: Uint8Array
  rangeEnd: Uint8Array
  limit: number
  revision: number
}

export const GetRequest: MessageDefinition<GetRequest> = {
  typeName: 'meta_storagepb.GetRequest',
  create: (init) => ({
    header: init?.header,
    key: init?.key ?? emptyBytes,
    rangeEnd: init?.rangeEnd ?? emptyBytes,
    limit: init?.limit ?? 0,
    revision: init?.revision ?? 0,
  }),
  encode: (message) => encodeWith(writeGetRequest, message),
  decode: (bytes) => decodeWith('meta_storagepb.GetRequest', readGetRequest, bytes),
  readFrom: readGetRequest,
  writeTo: writeGetRequest,
}

const GetRequestFields: readonly number[] = [1, 2, 3, 4, 5]

function readGetRequest(reader: WireReader, end: number, into?: GetRequest): GetRequest {
  const message: GetRequest = into ?? { header: undefined, key: emptyBytes, rangeEnd: emptyBytes, limit: 0, revision: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readRequestHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.key = reader.bytes()
        break
      case 26:
        message.rangeEnd = reader.bytes()
        break
      case 32:
        message.limit = reader.int64Number()
        break
      case 40:
        message.revision = reader.int64Number()
        break
      default:
        reader.skip(tag, GetRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeGetRequest(writer: WireWriter, message: GetRequest): void {
  if (message.revision !== 0) {
    writer.int64Number(message.revision)
    writer.tag1(40)
  }
  if (message.limit !== 0) {
    writer.int64Number(message.limit)
    writer.tag1(32)
  }
  if (message.rangeEnd.length !== 0) {
    writer.bytes(message.rangeEnd)
    writer.tag1(26)
  }
  if (message.key.length !== 0) {
    writer.bytes(message.key)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeRequestHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface GetResponse {
  header: ResponseHeader | undefined
  kvs: KeyValue[]
  more: boolean
  count: number
}

export const GetResponse: MessageDefinition<GetResponse> = {
  typeName: 'meta_storagepb.GetResponse',
  create: (init) => ({
    header: init?.header,
    kvs: init?.kvs ?? [],
    more: init?.more ?? false,
    count: init?.count ?? 0,
  }),
  encode: (message) => encodeWith(writeGetResponse, message),
  decode: (bytes) => decodeWith('meta_storagepb.GetResponse', readGetResponse, bytes),
  readFrom: readGetResponse,
  writeTo: writeGetResponse,
}

const GetResponseFields: readonly number[] = [1, 2, 3, 4]

function readGetResponse(reader: WireReader, end: number, into?: GetResponse): GetResponse {
  const message: GetResponse = into ?? { header: undefined, kvs: [], more: false, count: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.kvs.push(readKeyValue(reader, reader.end()))
        break
      case 24:
        message.more = reader.bool()
        break
      case 32:
        message.count = reader.int64Number()
        break
      default:
        reader.skip(tag, GetResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeGetResponse(writer: WireWriter, message: GetResponse): void {
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
    writeKeyValue(writer, value)
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

export interface PutRequest {
  header: RequestHeader | undefined
  key: Uint8Array
  value: Uint8Array
  lease: bigint
  prevKv: boolean
}

export const PutRequest: MessageDefinition<PutRequest> = {
  typeName: 'meta_storagepb.PutRequest',
  create: (init) => ({
    header: init?.header,
    key: init?.key ?? emptyBytes,
    value: init?.value ?? emptyBytes,
    lease: init?.lease ?? 0n,
    prevKv: init?.prevKv ?? false,
  }),
  encode: (message) => encodeWith(writePutRequest, message),
  decode: (bytes) => decodeWith('meta_storagepb.PutRequest', readPutRequest, bytes),
  readFrom: readPutRequest,
  writeTo: writePutRequest,
}

const PutRequestFields: readonly number[] = [1, 2, 3, 4, 5]

function readPutRequest(reader: WireReader, end: number, into?: PutRequest): PutRequest {
  const message: PutRequest = into ?? { header: undefined, key: emptyBytes, value: emptyBytes, lease: 0n, prevKv: false }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readRequestHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.key = reader.bytes()
        break
      case 26:
        message.value = reader.bytes()
        break
      case 32:
        message.lease = reader.int64()
        break
      case 40:
        message.prevKv = reader.bool()
        break
      default:
        reader.skip(tag, PutRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writePutRequest(writer: WireWriter, message: PutRequest): void {
  if (message.prevKv) {
    writer.bool(message.prevKv)
    writer.tag1(40)
  }
  if (message.lease !== 0n) {
    writer.int64(message.lease)
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
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeRequestHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface PutResponse {
  header: ResponseHeader | undefined
  prevKv: KeyValue | undefined
}

export const PutResponse: MessageDefinition<PutResponse> = {
  typeName: 'meta_storagepb.PutResponse',
  create: (init) => ({
    header: init?.header,
    prevKv: init?.prevKv,
  }),
  encode: (message) => encodeWith(writePutResponse, message),
  decode: (bytes) => decodeWith('meta_storagepb.PutResponse', readPutResponse, bytes),
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
        message.prevKv = readKeyValue(reader, reader.end(), message.prevKv)
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
    writeKeyValue(writer, message.prevKv)
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

export interface WatchRequest {
  header: RequestHeader | undefined
  key: Uint8Array
  rangeEnd: Uint8Array
  startRevision: number
  prevKv: boolean
}

export const WatchRequest: MessageDefinition<WatchRequest> = {
  typeName: 'meta_storagepb.WatchRequest',
  create: (init) => ({
    header: init?.header,
    key: init?.key ?? emptyBytes,
    rangeEnd: init?.rangeEnd ?? emptyBytes,
    startRevision: init?.startRevision ?? 0,
    prevKv: init?.prevKv ?? false,
  }),
  encode: (message) => encodeWith(writeWatchRequest, message),
  decode: (bytes) => decodeWith('meta_storagepb.WatchRequest', readWatchRequest, bytes),
  readFrom: readWatchRequest,
  writeTo: writeWatchRequest,
}

const WatchRequestFields: readonly number[] = [1, 2, 3, 4, 5]

function readWatchRequest(reader: WireReader, end: number, into?: WatchRequest): WatchRequest {
  const message: WatchRequest = into ?? { header: undefined, key: emptyBytes, rangeEnd: emptyBytes, startRevision: 0, prevKv: false }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readRequestHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.key = reader.bytes()
        break
      case 26:
        message.rangeEnd = reader.bytes()
        break
      case 32:
        message.startRevision = reader.int64Number()
        break
      case 40:
        message.prevKv = reader.bool()
        break
      default:
        reader.skip(tag, WatchRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeWatchRequest(writer: WireWriter, message: WatchRequest): void {
  if (message.prevKv) {
    writer.bool(message.prevKv)
    writer.tag1(40)
  }
  if (message.startRevision !== 0) {
    writer.int64Number(message.startRevision)
    writer.tag1(32)
  }
  if (message.rangeEnd.length !== 0) {
    writer.bytes(message.rangeEnd)
    writer.tag1(26)
  }
  if (message.key.length !== 0) {
    writer.bytes(message.key)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeRequestHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface WatchResponse {
  header: ResponseHeader | undefined
  compactRevision: number
  events: Event[]
}

export const WatchResponse: MessageDefinition<WatchResponse> = {
  typeName: 'meta_storagepb.WatchResponse',
  create: (init) => ({
    header: init?.header,
    compactRevision: init?.compactRevision ?? 0,
    events: init?.events ?? [],
  }),
  encode: (message) => encodeWith(writeWatchResponse, message),
  decode: (bytes) => decodeWith('meta_storagepb.WatchResponse', readWatchResponse, bytes),
  readFrom: readWatchResponse,
  writeTo: writeWatchResponse,
}

const WatchResponseFields: readonly number[] = [1, 2, 3]

function readWatchResponse(reader: WireReader, end: number, into?: WatchResponse): WatchResponse {
  const message: WatchResponse = into ?? { header: undefined, compactRevision: 0, events: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readResponseHeader(reader, reader.end(), message.header)
        break
      case 16:
        message.compactRevision = reader.int64Number()
        break
      case 26:
        message.events.push(readEvent(reader, reader.end()))
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
    const mark3 = writer.size
    writeEvent(writer, value)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.compactRevision !== 0) {
    writer.int64Number(message.compactRevision)
    writer.tag1(16)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface Event {
  type: Event_EventType
  kv: KeyValue | undefined
  prevKv: KeyValue | undefined
}

export const Event: MessageDefinition<Event> = {
  typeName: 'meta_storagepb.Event',
  create: (init) => ({
    type: init?.type ?? 0,
    kv: init?.kv,
    prevKv: init?.prevKv,
  }),
  encode: (message) => encodeWith(writeEvent, message),
  decode: (bytes) => decodeWith('meta_storagepb.Event', readEvent, bytes),
  readFrom: readEvent,
  writeTo: writeEvent,
}

const EventFields: readonly number[] = [1, 2, 3]

function readEvent(reader: WireReader, end: number, into?: Event): Event {
  const message: Event = into ?? { type: 0, kv: undefined, prevKv: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.type = reader.int32() as Event_EventType
        break
      case 18:
        message.kv = readKeyValue(reader, reader.end(), message.kv)
        break
      case 26:
        message.prevKv = readKeyValue(reader, reader.end(), message.prevKv)
        break
      default:
        reader.skip(tag, EventFields)
    }
  }
  reader.close(end)
  return message
}

function writeEvent(writer: WireWriter, message: Event): void {
  if (message.prevKv !== undefined) {
    const mark3 = writer.size
    writeKeyValue(writer, message.prevKv)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.kv !== undefined) {
    const mark2 = writer.size
    writeKeyValue(writer, message.kv)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.type !== 0) {
    writer.int32(message.type)
    writer.tag1(8)
  }
}
