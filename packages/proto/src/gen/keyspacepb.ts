// Generated from proto/keyspacepb.proto by `npm run generate -w packages/proto`. Do not edit.
import { decodeWith, encodeWith } from '../message-codec.ts'
import type { MessageDefinition } from '../message-definition.ts'
import { type WireReader } from '../wire-reader.ts'
import type { WireWriter } from '../wire-writer.ts'
import * as apipb from './apipb.ts'
import * as pdpb from './pdpb.ts'

export const KeyspaceState = {
  ENABLED: 0,
  DISABLED: 1,
  ARCHIVED: 2,
  TOMBSTONE: 3,
} as const
/** A number that is not listed is kept as it came. */
export type KeyspaceState = (typeof KeyspaceState)[keyof typeof KeyspaceState]

export interface GetAllKeyspacesRequest {
  header: pdpb.RequestHeader | undefined
  startKeyspace: GetAllKeyspacesRequest_StartKeyspace | undefined
  limit: number
  namespace: NamespaceRef | undefined
}

export type GetAllKeyspacesRequest_StartKeyspace =
  | { case: 'startId'; value: number }
  | { case: 'startKeyspaceIdentity'; value: apipb.KeyspaceIdentity }

export const GetAllKeyspacesRequest: MessageDefinition<GetAllKeyspacesRequest> = {
  typeName: 'keyspacepb.GetAllKeyspacesRequest',
  create: (init) => ({
    header: init?.header,
    startKeyspace: init?.startKeyspace,
    limit: init?.limit ?? 0,
    namespace: init?.namespace,
  }),
  encode: (message) => encodeWith(writeGetAllKeyspacesRequest, message),
  decode: (bytes) => decodeWith('keyspacepb.GetAllKeyspacesRequest', readGetAllKeyspacesRequest, bytes),
  readFrom: readGetAllKeyspacesRequest,
  writeTo: writeGetAllKeyspacesRequest,
}

const GetAllKeyspacesRequestFields: readonly number[] = [1, 2, 3, 4, 5]

function readGetAllKeyspacesRequest(reader: WireReader, end: number, into?: GetAllKeyspacesRequest): GetAllKeyspacesRequest {
  const message: GetAllKeyspacesRequest = into ?? { header: undefined, startKeyspace: undefined, limit: 0, namespace: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = pdpb.RequestHeader.readFrom(reader, reader.end(), message.header)
        break
      case 16:
        message.startKeyspace = { case: 'startId', value: reader.uint32() }
        break
      case 24:
        message.limit = reader.uint32()
        break
      case 34:
        message.namespace = readNamespaceRef(reader, reader.end(), message.namespace)
        break
      case 42:
        message.startKeyspace = { case: 'startKeyspaceIdentity', value: apipb.KeyspaceIdentity.readFrom(reader, reader.end(), message.startKeyspace?.case === 'startKeyspaceIdentity' ? message.startKeyspace.value : undefined) }
        break
      default:
        reader.skip(tag, GetAllKeyspacesRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeGetAllKeyspacesRequest(writer: WireWriter, message: GetAllKeyspacesRequest): void {
  if (message.startKeyspace?.case === 'startKeyspaceIdentity') {
    const value = message.startKeyspace.value
    const mark5 = writer.size
    apipb.KeyspaceIdentity.writeTo(writer, value)
    writer.length(mark5)
    writer.tag1(42)
  }
  if (message.namespace !== undefined) {
    const mark4 = writer.size
    writeNamespaceRef(writer, message.namespace)
    writer.length(mark4)
    writer.tag1(34)
  }
  if (message.limit !== 0) {
    writer.uint32(message.limit)
    writer.tag1(24)
  }
  if (message.startKeyspace?.case === 'startId') {
    const value = message.startKeyspace.value
    writer.uint32(value)
    writer.tag1(16)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    pdpb.RequestHeader.writeTo(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface NamespaceRef {
  namespace: NamespaceRef_Namespace | undefined
}

export type NamespaceRef_Namespace =
  | { case: 'namespaceId'; value: number }
  | { case: 'namespaceName'; value: string }

export const NamespaceRef: MessageDefinition<NamespaceRef> = {
  typeName: 'keyspacepb.NamespaceRef',
  create: (init) => ({
    namespace: init?.namespace,
  }),
  encode: (message) => encodeWith(writeNamespaceRef, message),
  decode: (bytes) => decodeWith('keyspacepb.NamespaceRef', readNamespaceRef, bytes),
  readFrom: readNamespaceRef,
  writeTo: writeNamespaceRef,
}

const NamespaceRefFields: readonly number[] = [1, 2]

function readNamespaceRef(reader: WireReader, end: number, into?: NamespaceRef): NamespaceRef {
  const message: NamespaceRef = into ?? { namespace: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.namespace = { case: 'namespaceId', value: reader.uint32() }
        break
      case 18:
        message.namespace = { case: 'namespaceName', value: reader.string() }
        break
      default:
        reader.skip(tag, NamespaceRefFields)
    }
  }
  reader.close(end)
  return message
}

function writeNamespaceRef(writer: WireWriter, message: NamespaceRef): void {
  if (message.namespace?.case === 'namespaceName') {
    const value = message.namespace.value
    writer.string(value)
    writer.tag1(18)
  }
  if (message.namespace?.case === 'namespaceId') {
    const value = message.namespace.value
    writer.uint32(value)
    writer.tag1(8)
  }
}

export interface GetAllKeyspacesResponse {
  header: pdpb.ResponseHeader | undefined
  keyspaces: KeyspaceMeta[]
}

export const GetAllKeyspacesResponse: MessageDefinition<GetAllKeyspacesResponse> = {
  typeName: 'keyspacepb.GetAllKeyspacesResponse',
  create: (init) => ({
    header: init?.header,
    keyspaces: init?.keyspaces ?? [],
  }),
  encode: (message) => encodeWith(writeGetAllKeyspacesResponse, message),
  decode: (bytes) => decodeWith('keyspacepb.GetAllKeyspacesResponse', readGetAllKeyspacesResponse, bytes),
  readFrom: readGetAllKeyspacesResponse,
  writeTo: writeGetAllKeyspacesResponse,
}

const GetAllKeyspacesResponseFields: readonly number[] = [1, 2]

function readGetAllKeyspacesResponse(reader: WireReader, end: number, into?: GetAllKeyspacesResponse): GetAllKeyspacesResponse {
  const message: GetAllKeyspacesResponse = into ?? { header: undefined, keyspaces: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = pdpb.ResponseHeader.readFrom(reader, reader.end(), message.header)
        break
      case 18:
        message.keyspaces.push(readKeyspaceMeta(reader, reader.end()))
        break
      default:
        reader.skip(tag, GetAllKeyspacesResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeGetAllKeyspacesResponse(writer: WireWriter, message: GetAllKeyspacesResponse): void {
  for (let at = message.keyspaces.length - 1; at >= 0; at--) {
    const value = message.keyspaces[at]!
    const mark2 = writer.size
    writeKeyspaceMeta(writer, value)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    pdpb.ResponseHeader.writeTo(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface KeyspaceMeta {
  keyspace: KeyspaceMeta_Keyspace | undefined
  name: string
  state: KeyspaceState
  createdAt: number
  stateChangedAt: number
  config: Map<string, string>
}

export type KeyspaceMeta_Keyspace =
  | { case: 'id'; value: number }
  | { case: 'keyspaceIdentity'; value: apipb.KeyspaceIdentity }

export const KeyspaceMeta: MessageDefinition<KeyspaceMeta> = {
  typeName: 'keyspacepb.KeyspaceMeta',
  create: (init) => ({
    keyspace: init?.keyspace,
    name: init?.name ?? '',
    state: init?.state ?? 0,
    createdAt: init?.createdAt ?? 0,
    stateChangedAt: init?.stateChangedAt ?? 0,
    config: init?.config ?? new Map(),
  }),
  encode: (message) => encodeWith(writeKeyspaceMeta, message),
  decode: (bytes) => decodeWith('keyspacepb.KeyspaceMeta', readKeyspaceMeta, bytes),
  readFrom: readKeyspaceMeta,
  writeTo: writeKeyspaceMeta,
}

const KeyspaceMetaFields: readonly number[] = [1, 2, 3, 4, 5, 7, 8]

function readKeyspaceMeta(reader: WireReader, end: number, into?: KeyspaceMeta): KeyspaceMeta {
  const message: KeyspaceMeta = into ?? { keyspace: undefined, name: '', state: 0, createdAt: 0, stateChangedAt: 0, config: new Map() }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.keyspace = { case: 'id', value: reader.uint32() }
        break
      case 18:
        message.name = reader.string()
        break
      case 24:
        message.state = reader.int32() as KeyspaceState
        break
      case 32:
        message.createdAt = reader.int64Number()
        break
      case 40:
        message.stateChangedAt = reader.int64Number()
        break
      case 58:
        {
          const entryEnd = reader.end()
          let key: string = ''
          let value: string = ''
          while (reader.pos < entryEnd) {
            const entryTag = reader.tag()
            if (entryTag === 10) key = reader.string()
            else if (entryTag === 18) value = reader.string()
            else reader.skip(entryTag, [1, 2])
          }
          reader.close(entryEnd)
          message.config.set(key, value)
        }
        break
      case 66:
        message.keyspace = { case: 'keyspaceIdentity', value: apipb.KeyspaceIdentity.readFrom(reader, reader.end(), message.keyspace?.case === 'keyspaceIdentity' ? message.keyspace.value : undefined) }
        break
      default:
        reader.skip(tag, KeyspaceMetaFields)
    }
  }
  reader.close(end)
  return message
}

function writeKeyspaceMeta(writer: WireWriter, message: KeyspaceMeta): void {
  if (message.keyspace?.case === 'keyspaceIdentity') {
    const value = message.keyspace.value
    const mark8 = writer.size
    apipb.KeyspaceIdentity.writeTo(writer, value)
    writer.length(mark8)
    writer.tag1(66)
  }
  for (const [key, value] of message.config) {
    const mark = writer.size
    writer.string(value)
    writer.tag1(18)
    writer.string(key)
    writer.tag1(10)
    writer.length(mark)
    writer.tag1(58)
  }
  if (message.stateChangedAt !== 0) {
    writer.int64Number(message.stateChangedAt)
    writer.tag1(40)
  }
  if (message.createdAt !== 0) {
    writer.int64Number(message.createdAt)
    writer.tag1(32)
  }
  if (message.state !== 0) {
    writer.int32(message.state)
    writer.tag1(24)
  }
  if (message.name !== '') {
    writer.string(message.name)
    writer.tag1(18)
  }
  if (message.keyspace?.case === 'id') {
    const value = message.keyspace.value
    writer.uint32(value)
    writer.tag1(8)
  }
}

export interface LoadKeyspaceRequest {
  header: pdpb.RequestHeader | undefined
  name: string
  namespace: NamespaceRef | undefined
}

export const LoadKeyspaceRequest: MessageDefinition<LoadKeyspaceRequest> = {
  typeName: 'keyspacepb.LoadKeyspaceRequest',
  create: (init) => ({
    header: init?.header,
    name: init?.name ?? '',
    namespace: init?.namespace,
  }),
  encode: (message) => encodeWith(writeLoadKeyspaceRequest, message),
  decode: (bytes) => decodeWith('keyspacepb.LoadKeyspaceRequest', readLoadKeyspaceRequest, bytes),
  readFrom: readLoadKeyspaceRequest,
  writeTo: writeLoadKeyspaceRequest,
}

const LoadKeyspaceRequestFields: readonly number[] = [1, 2, 3]

function readLoadKeyspaceRequest(reader: WireReader, end: number, into?: LoadKeyspaceRequest): LoadKeyspaceRequest {
  const message: LoadKeyspaceRequest = into ?? { header: undefined, name: '', namespace: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = pdpb.RequestHeader.readFrom(reader, reader.end(), message.header)
        break
      case 18:
        message.name = reader.string()
        break
      case 26:
        message.namespace = readNamespaceRef(reader, reader.end(), message.namespace)
        break
      default:
        reader.skip(tag, LoadKeyspaceRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeLoadKeyspaceRequest(writer: WireWriter, message: LoadKeyspaceRequest): void {
  if (message.namespace !== undefined) {
    const mark3 = writer.size
    writeNamespaceRef(writer, message.namespace)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.name !== '') {
    writer.string(message.name)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    pdpb.RequestHeader.writeTo(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface LoadKeyspaceResponse {
  header: pdpb.ResponseHeader | undefined
  keyspace: KeyspaceMeta | undefined
}

export const LoadKeyspaceResponse: MessageDefinition<LoadKeyspaceResponse> = {
  typeName: 'keyspacepb.LoadKeyspaceResponse',
  create: (init) => ({
    header: init?.header,
    keyspace: init?.keyspace,
  }),
  encode: (message) => encodeWith(writeLoadKeyspaceResponse, message),
  decode: (bytes) => decodeWith('keyspacepb.LoadKeyspaceResponse', readLoadKeyspaceResponse, bytes),
  readFrom: readLoadKeyspaceResponse,
  writeTo: writeLoadKeyspaceResponse,
}

const LoadKeyspaceResponseFields: readonly number[] = [1, 2]

function readLoadKeyspaceResponse(reader: WireReader, end: number, into?: LoadKeyspaceResponse): LoadKeyspaceResponse {
  const message: LoadKeyspaceResponse = into ?? { header: undefined, keyspace: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = pdpb.ResponseHeader.readFrom(reader, reader.end(), message.header)
        break
      case 18:
        message.keyspace = readKeyspaceMeta(reader, reader.end(), message.keyspace)
        break
      default:
        reader.skip(tag, LoadKeyspaceResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeLoadKeyspaceResponse(writer: WireWriter, message: LoadKeyspaceResponse): void {
  if (message.keyspace !== undefined) {
    const mark2 = writer.size
    writeKeyspaceMeta(writer, message.keyspace)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    pdpb.ResponseHeader.writeTo(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface LoadKeyspaceByIDRequest {
  header: pdpb.RequestHeader | undefined
  keyspace: LoadKeyspaceByIDRequest_Keyspace | undefined
}

export type LoadKeyspaceByIDRequest_Keyspace =
  | { case: 'id'; value: number }
  | { case: 'keyspaceIdentity'; value: apipb.KeyspaceIdentity }

export const LoadKeyspaceByIDRequest: MessageDefinition<LoadKeyspaceByIDRequest> = {
  typeName: 'keyspacepb.LoadKeyspaceByIDRequest',
  create: (init) => ({
    header: init?.header,
    keyspace: init?.keyspace,
  }),
  encode: (message) => encodeWith(writeLoadKeyspaceByIDRequest, message),
  decode: (bytes) => decodeWith('keyspacepb.LoadKeyspaceByIDRequest', readLoadKeyspaceByIDRequest, bytes),
  readFrom: readLoadKeyspaceByIDRequest,
  writeTo: writeLoadKeyspaceByIDRequest,
}

const LoadKeyspaceByIDRequestFields: readonly number[] = [1, 2, 3]

function readLoadKeyspaceByIDRequest(reader: WireReader, end: number, into?: LoadKeyspaceByIDRequest): LoadKeyspaceByIDRequest {
  const message: LoadKeyspaceByIDRequest = into ?? { header: undefined, keyspace: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = pdpb.RequestHeader.readFrom(reader, reader.end(), message.header)
        break
      case 16:
        message.keyspace = { case: 'id', value: reader.uint32() }
        break
      case 26:
        message.keyspace = { case: 'keyspaceIdentity', value: apipb.KeyspaceIdentity.readFrom(reader, reader.end(), message.keyspace?.case === 'keyspaceIdentity' ? message.keyspace.value : undefined) }
        break
      default:
        reader.skip(tag, LoadKeyspaceByIDRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeLoadKeyspaceByIDRequest(writer: WireWriter, message: LoadKeyspaceByIDRequest): void {
  if (message.keyspace?.case === 'keyspaceIdentity') {
    const value = message.keyspace.value
    const mark3 = writer.size
    apipb.KeyspaceIdentity.writeTo(writer, value)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.keyspace?.case === 'id') {
    const value = message.keyspace.value
    writer.uint32(value)
    writer.tag1(16)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    pdpb.RequestHeader.writeTo(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface LookupKeyspaceRequest {
  header: pdpb.RequestHeader | undefined
  name: string
}

export const LookupKeyspaceRequest: MessageDefinition<LookupKeyspaceRequest> = {
  typeName: 'keyspacepb.LookupKeyspaceRequest',
  create: (init) => ({
    header: init?.header,
    name: init?.name ?? '',
  }),
  encode: (message) => encodeWith(writeLookupKeyspaceRequest, message),
  decode: (bytes) => decodeWith('keyspacepb.LookupKeyspaceRequest', readLookupKeyspaceRequest, bytes),
  readFrom: readLookupKeyspaceRequest,
  writeTo: writeLookupKeyspaceRequest,
}

const LookupKeyspaceRequestFields: readonly number[] = [1, 2]

function readLookupKeyspaceRequest(reader: WireReader, end: number, into?: LookupKeyspaceRequest): LookupKeyspaceRequest {
  const message: LookupKeyspaceRequest = into ?? { header: undefined, name: '' }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = pdpb.RequestHeader.readFrom(reader, reader.end(), message.header)
        break
      case 18:
        message.name = reader.string()
        break
      default:
        reader.skip(tag, LookupKeyspaceRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeLookupKeyspaceRequest(writer: WireWriter, message: LookupKeyspaceRequest): void {
  if (message.name !== '') {
    writer.string(message.name)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    pdpb.RequestHeader.writeTo(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface LookupKeyspaceResponse {
  header: pdpb.ResponseHeader | undefined
  keyspaces: KeyspaceMeta[]
}

export const LookupKeyspaceResponse: MessageDefinition<LookupKeyspaceResponse> = {
  typeName: 'keyspacepb.LookupKeyspaceResponse',
  create: (init) => ({
    header: init?.header,
    keyspaces: init?.keyspaces ?? [],
  }),
  encode: (message) => encodeWith(writeLookupKeyspaceResponse, message),
  decode: (bytes) => decodeWith('keyspacepb.LookupKeyspaceResponse', readLookupKeyspaceResponse, bytes),
  readFrom: readLookupKeyspaceResponse,
  writeTo: writeLookupKeyspaceResponse,
}

const LookupKeyspaceResponseFields: readonly number[] = [1, 2]

function readLookupKeyspaceResponse(reader: WireReader, end: number, into?: LookupKeyspaceResponse): LookupKeyspaceResponse {
  const message: LookupKeyspaceResponse = into ?? { header: undefined, keyspaces: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = pdpb.ResponseHeader.readFrom(reader, reader.end(), message.header)
        break
      case 18:
        message.keyspaces.push(readKeyspaceMeta(reader, reader.end()))
        break
      default:
        reader.skip(tag, LookupKeyspaceResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeLookupKeyspaceResponse(writer: WireWriter, message: LookupKeyspaceResponse): void {
  for (let at = message.keyspaces.length - 1; at >= 0; at--) {
    const value = message.keyspaces[at]!
    const mark2 = writer.size
    writeKeyspaceMeta(writer, value)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    pdpb.ResponseHeader.writeTo(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface UpdateKeyspaceStateRequest {
  header: pdpb.RequestHeader | undefined
  keyspace: UpdateKeyspaceStateRequest_Keyspace | undefined
  state: KeyspaceState
}

export type UpdateKeyspaceStateRequest_Keyspace =
  | { case: 'id'; value: number }
  | { case: 'keyspaceIdentity'; value: apipb.KeyspaceIdentity }

export const UpdateKeyspaceStateRequest: MessageDefinition<UpdateKeyspaceStateRequest> = {
  typeName: 'keyspacepb.UpdateKeyspaceStateRequest',
  create: (init) => ({
    header: init?.header,
    keyspace: init?.keyspace,
    state: init?.state ?? 0,
  }),
  encode: (message) => encodeWith(writeUpdateKeyspaceStateRequest, message),
  decode: (bytes) => decodeWith('keyspacepb.UpdateKeyspaceStateRequest', readUpdateKeyspaceStateRequest, bytes),
  readFrom: readUpdateKeyspaceStateRequest,
  writeTo: writeUpdateKeyspaceStateRequest,
}

const UpdateKeyspaceStateRequestFields: readonly number[] = [1, 2, 3, 4]

function readUpdateKeyspaceStateRequest(reader: WireReader, end: number, into?: UpdateKeyspaceStateRequest): UpdateKeyspaceStateRequest {
  const message: UpdateKeyspaceStateRequest = into ?? { header: undefined, keyspace: undefined, state: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = pdpb.RequestHeader.readFrom(reader, reader.end(), message.header)
        break
      case 16:
        message.keyspace = { case: 'id', value: reader.uint32() }
        break
      case 24:
        message.state = reader.int32() as KeyspaceState
        break
      case 34:
        message.keyspace = { case: 'keyspaceIdentity', value: apipb.KeyspaceIdentity.readFrom(reader, reader.end(), message.keyspace?.case === 'keyspaceIdentity' ? message.keyspace.value : undefined) }
        break
      default:
        reader.skip(tag, UpdateKeyspaceStateRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeUpdateKeyspaceStateRequest(writer: WireWriter, message: UpdateKeyspaceStateRequest): void {
  if (message.keyspace?.case === 'keyspaceIdentity') {
    const value = message.keyspace.value
    const mark4 = writer.size
    apipb.KeyspaceIdentity.writeTo(writer, value)
    writer.length(mark4)
    writer.tag1(34)
  }
  if (message.state !== 0) {
    writer.int32(message.state)
    writer.tag1(24)
  }
  if (message.keyspace?.case === 'id') {
    const value = message.keyspace.value
    writer.uint32(value)
    writer.tag1(16)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    pdpb.RequestHeader.writeTo(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface UpdateKeyspaceStateResponse {
  header: pdpb.ResponseHeader | undefined
  keyspace: KeyspaceMeta | undefined
}

export const UpdateKeyspaceStateResponse: MessageDefinition<UpdateKeyspaceStateResponse> = {
  typeName: 'keyspacepb.UpdateKeyspaceStateResponse',
  create: (init) => ({
    header: init?.header,
    keyspace: init?.keyspace,
  }),
  encode: (message) => encodeWith(writeUpdateKeyspaceStateResponse, message),
  decode: (bytes) => decodeWith('keyspacepb.UpdateKeyspaceStateResponse', readUpdateKeyspaceStateResponse, bytes),
  readFrom: readUpdateKeyspaceStateResponse,
  writeTo: writeUpdateKeyspaceStateResponse,
}

const UpdateKeyspaceStateResponseFields: readonly number[] = [1, 2]

function readUpdateKeyspaceStateResponse(reader: WireReader, end: number, into?: UpdateKeyspaceStateResponse): UpdateKeyspaceStateResponse {
  const message: UpdateKeyspaceStateResponse = into ?? { header: undefined, keyspace: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = pdpb.ResponseHeader.readFrom(reader, reader.end(), message.header)
        break
      case 18:
        message.keyspace = readKeyspaceMeta(reader, reader.end(), message.keyspace)
        break
      default:
        reader.skip(tag, UpdateKeyspaceStateResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeUpdateKeyspaceStateResponse(writer: WireWriter, message: UpdateKeyspaceStateResponse): void {
  if (message.keyspace !== undefined) {
    const mark2 = writer.size
    writeKeyspaceMeta(writer, message.keyspace)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    pdpb.ResponseHeader.writeTo(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface WatchKeyspacesRequest {
  header: pdpb.RequestHeader | undefined
}

export const WatchKeyspacesRequest: MessageDefinition<WatchKeyspacesRequest> = {
  typeName: 'keyspacepb.WatchKeyspacesRequest',
  create: (init) => ({
    header: init?.header,
  }),
  encode: (message) => encodeWith(writeWatchKeyspacesRequest, message),
  decode: (bytes) => decodeWith('keyspacepb.WatchKeyspacesRequest', readWatchKeyspacesRequest, bytes),
  readFrom: readWatchKeyspacesRequest,
  writeTo: writeWatchKeyspacesRequest,
}

const WatchKeyspacesRequestFields: readonly number[] = [1]

function readWatchKeyspacesRequest(reader: WireReader, end: number, into?: WatchKeyspacesRequest): WatchKeyspacesRequest {
  const message: WatchKeyspacesRequest = into ?? { header: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = pdpb.RequestHeader.readFrom(reader, reader.end(), message.header)
        break
      default:
        reader.skip(tag, WatchKeyspacesRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeWatchKeyspacesRequest(writer: WireWriter, message: WatchKeyspacesRequest): void {
  if (message.header !== undefined) {
    const mark1 = writer.size
    pdpb.RequestHeader.writeTo(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface WatchKeyspacesResponse {
  header: pdpb.ResponseHeader | undefined
  keyspaces: KeyspaceMeta[]
}

export const WatchKeyspacesResponse: MessageDefinition<WatchKeyspacesResponse> = {
  typeName: 'keyspacepb.WatchKeyspacesResponse',
  create: (init) => ({
    header: init?.header,
    keyspaces: init?.keyspaces ?? [],
  }),
  encode: (message) => encodeWith(writeWatchKeyspacesResponse, message),
  decode: (bytes) => decodeWith('keyspacepb.WatchKeyspacesResponse', readWatchKeyspacesResponse, bytes),
  readFrom: readWatchKeyspacesResponse,
  writeTo: writeWatchKeyspacesResponse,
}

const WatchKeyspacesResponseFields: readonly number[] = [1, 2]

function readWatchKeyspacesResponse(reader: WireReader, end: number, into?: WatchKeyspacesResponse): WatchKeyspacesResponse {
  const message: WatchKeyspacesResponse = into ?? { header: undefined, keyspaces: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = pdpb.ResponseHeader.readFrom(reader, reader.end(), message.header)
        break
      case 18:
        message.keyspaces.push(readKeyspaceMeta(reader, reader.end()))
        break
      default:
        reader.skip(tag, WatchKeyspacesResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeWatchKeyspacesResponse(writer: WireWriter, message: WatchKeyspacesResponse): void {
  for (let at = message.keyspaces.length - 1; at >= 0; at--) {
    const value = message.keyspaces[at]!
    const mark2 = writer.size
    writeKeyspaceMeta(writer, value)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    pdpb.ResponseHeader.writeTo(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface CreateNamespaceRequest {
  header: pdpb.RequestHeader | undefined
  name: string
  config: Map<string, string>
}

export const CreateNamespaceRequest: MessageDefinition<CreateNamespaceRequest> = {
  typeName: 'keyspacepb.CreateNamespaceRequest',
  create: (init) => ({
    header: init?.header,
    name: init?.name ?? '',
    config: init?.config ?? new Map(),
  }),
  encode: (message) => encodeWith(writeCreateNamespaceRequest, message),
  decode: (bytes) => decodeWith('keyspacepb.CreateNamespaceRequest', readCreateNamespaceRequest, bytes),
  readFrom: readCreateNamespaceRequest,
  writeTo: writeCreateNamespaceRequest,
}

const CreateNamespaceRequestFields: readonly number[] = [1, 2, 3]

function readCreateNamespaceRequest(reader: WireReader, end: number, into?: CreateNamespaceRequest): CreateNamespaceRequest {
  const message: CreateNamespaceRequest = into ?? { header: undefined, name: '', config: new Map() }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = pdpb.RequestHeader.readFrom(reader, reader.end(), message.header)
        break
      case 18:
        message.name = reader.string()
        break
      case 26:
        {
          const entryEnd = reader.end()
          let key: string = ''
          let value: string = ''
          while (reader.pos < entryEnd) {
            const entryTag = reader.tag()
            if (entryTag === 10) key = reader.string()
            else if (entryTag === 18) value = reader.string()
            else reader.skip(entryTag, [1, 2])
          }
          reader.close(entryEnd)
          message.config.set(key, value)
        }
        break
      default:
        reader.skip(tag, CreateNamespaceRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeCreateNamespaceRequest(writer: WireWriter, message: CreateNamespaceRequest): void {
  for (const [key, value] of message.config) {
    const mark = writer.size
    writer.string(value)
    writer.tag1(18)
    writer.string(key)
    writer.tag1(10)
    writer.length(mark)
    writer.tag1(26)
  }
  if (message.name !== '') {
    writer.string(message.name)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    pdpb.RequestHeader.writeTo(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface CreateNamespaceResponse {
  header: pdpb.ResponseHeader | undefined
  namespace: NamespaceMeta | undefined
}

export const CreateNamespaceResponse: MessageDefinition<CreateNamespaceResponse> = {
  typeName: 'keyspacepb.CreateNamespaceResponse',
  create: (init) => ({
    header: init?.header,
    namespace: init?.namespace,
  }),
  encode: (message) => encodeWith(writeCreateNamespaceResponse, message),
  decode: (bytes) => decodeWith('keyspacepb.CreateNamespaceResponse', readCreateNamespaceResponse, bytes),
  readFrom: readCreateNamespaceResponse,
  writeTo: writeCreateNamespaceResponse,
}

const CreateNamespaceResponseFields: readonly number[] = [1, 2]

function readCreateNamespaceResponse(reader: WireReader, end: number, into?: CreateNamespaceResponse): CreateNamespaceResponse {
  const message: CreateNamespaceResponse = into ?? { header: undefined, namespace: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = pdpb.ResponseHeader.readFrom(reader, reader.end(), message.header)
        break
      case 18:
        message.namespace = readNamespaceMeta(reader, reader.end(), message.namespace)
        break
      default:
        reader.skip(tag, CreateNamespaceResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeCreateNamespaceResponse(writer: WireWriter, message: CreateNamespaceResponse): void {
  if (message.namespace !== undefined) {
    const mark2 = writer.size
    writeNamespaceMeta(writer, message.namespace)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    pdpb.ResponseHeader.writeTo(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface NamespaceMeta {
  id: number
  name: string
  state: KeyspaceState
  createdAt: number
  stateChangedAt: number
  config: Map<string, string>
}

export const NamespaceMeta: MessageDefinition<NamespaceMeta> = {
  typeName: 'keyspacepb.NamespaceMeta',
  create: (init) => ({
    id: init?.id ?? 0,
    name: init?.name ?? '',
    state: init?.state ?? 0,
    createdAt: init?.createdAt ?? 0,
    stateChangedAt: init?.stateChangedAt ?? 0,
    config: init?.config ?? new Map(),
  }),
  encode: (message) => encodeWith(writeNamespaceMeta, message),
  decode: (bytes) => decodeWith('keyspacepb.NamespaceMeta', readNamespaceMeta, bytes),
  readFrom: readNamespaceMeta,
  writeTo: writeNamespaceMeta,
}

const NamespaceMetaFields: readonly number[] = [1, 2, 3, 4, 5, 7]

function readNamespaceMeta(reader: WireReader, end: number, into?: NamespaceMeta): NamespaceMeta {
  const message: NamespaceMeta = into ?? { id: 0, name: '', state: 0, createdAt: 0, stateChangedAt: 0, config: new Map() }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.id = reader.uint32()
        break
      case 18:
        message.name = reader.string()
        break
      case 24:
        message.state = reader.int32() as KeyspaceState
        break
      case 32:
        message.createdAt = reader.int64Number()
        break
      case 40:
        message.stateChangedAt = reader.int64Number()
        break
      case 58:
        {
          const entryEnd = reader.end()
          let key: string = ''
          let value: string = ''
          while (reader.pos < entryEnd) {
            const entryTag = reader.tag()
            if (entryTag === 10) key = reader.string()
            else if (entryTag === 18) value = reader.string()
            else reader.skip(entryTag, [1, 2])
          }
          reader.close(entryEnd)
          message.config.set(key, value)
        }
        break
      default:
        reader.skip(tag, NamespaceMetaFields)
    }
  }
  reader.close(end)
  return message
}

function writeNamespaceMeta(writer: WireWriter, message: NamespaceMeta): void {
  for (const [key, value] of message.config) {
    const mark = writer.size
    writer.string(value)
    writer.tag1(18)
    writer.string(key)
    writer.tag1(10)
    writer.length(mark)
    writer.tag1(58)
  }
  if (message.stateChangedAt !== 0) {
    writer.int64Number(message.stateChangedAt)
    writer.tag1(40)
  }
  if (message.createdAt !== 0) {
    writer.int64Number(message.createdAt)
    writer.tag1(32)
  }
  if (message.state !== 0) {
    writer.int32(message.state)
    writer.tag1(24)
  }
  if (message.name !== '') {
    writer.string(message.name)
    writer.tag1(18)
  }
  if (message.id !== 0) {
    writer.uint32(message.id)
    writer.tag1(8)
  }
}

export interface GetAllNamespacesRequest {
  header: pdpb.RequestHeader | undefined
  startId: number
  limit: number
}

export const GetAllNamespacesRequest: MessageDefinition<GetAllNamespacesRequest> = {
  typeName: 'keyspacepb.GetAllNamespacesRequest',
  create: (init) => ({
    header: init?.header,
    startId: init?.startId ?? 0,
    limit: init?.limit ?? 0,
  }),
  encode: (message) => encodeWith(writeGetAllNamespacesRequest, message),
  decode: (bytes) => decodeWith('keyspacepb.GetAllNamespacesRequest', readGetAllNamespacesRequest, bytes),
  readFrom: readGetAllNamespacesRequest,
  writeTo: writeGetAllNamespacesRequest,
}

const GetAllNamespacesRequestFields: readonly number[] = [1, 2, 3]

function readGetAllNamespacesRequest(reader: WireReader, end: number, into?: GetAllNamespacesRequest): GetAllNamespacesRequest {
  const message: GetAllNamespacesRequest = into ?? { header: undefined, startId: 0, limit: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = pdpb.RequestHeader.readFrom(reader, reader.end(), message.header)
        break
      case 16:
        message.startId = reader.uint32()
        break
      case 24:
        message.limit = reader.uint32()
        break
      default:
        reader.skip(tag, GetAllNamespacesRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeGetAllNamespacesRequest(writer: WireWriter, message: GetAllNamespacesRequest): void {
  if (message.limit !== 0) {
    writer.uint32(message.limit)
    writer.tag1(24)
  }
  if (message.startId !== 0) {
    writer.uint32(message.startId)
    writer.tag1(16)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    pdpb.RequestHeader.writeTo(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface GetAllNamespacesResponse {
  header: pdpb.ResponseHeader | undefined
  namespaces: NamespaceMeta[]
}

export const GetAllNamespacesResponse: MessageDefinition<GetAllNamespacesResponse> = {
  typeName: 'keyspacepb.GetAllNamespacesResponse',
  create: (init) => ({
    header: init?.header,
    namespaces: init?.namespaces ?? [],
  }),
  encode: (message) => encodeWith(writeGetAllNamespacesResponse, message),
  decode: (bytes) => decodeWith('keyspacepb.GetAllNamespacesResponse', readGetAllNamespacesResponse, bytes),
  readFrom: readGetAllNamespacesResponse,
  writeTo: writeGetAllNamespacesResponse,
}

const GetAllNamespacesResponseFields: readonly number[] = [1, 2]

function readGetAllNamespacesResponse(reader: WireReader, end: number, into?: GetAllNamespacesResponse): GetAllNamespacesResponse {
  const message: GetAllNamespacesResponse = into ?? { header: undefined, namespaces: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = pdpb.ResponseHeader.readFrom(reader, reader.end(), message.header)
        break
      case 18:
        message.namespaces.push(readNamespaceMeta(reader, reader.end()))
        break
      default:
        reader.skip(tag, GetAllNamespacesResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeGetAllNamespacesResponse(writer: WireWriter, message: GetAllNamespacesResponse): void {
  for (let at = message.namespaces.length - 1; at >= 0; at--) {
    const value = message.namespaces[at]!
    const mark2 = writer.size
    writeNamespaceMeta(writer, value)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    pdpb.ResponseHeader.writeTo(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface LoadNamespaceRequest {
  header: pdpb.RequestHeader | undefined
  namespace: NamespaceRef | undefined
}

export const LoadNamespaceRequest: MessageDefinition<LoadNamespaceRequest> = {
  typeName: 'keyspacepb.LoadNamespaceRequest',
  create: (init) => ({
    header: init?.header,
    namespace: init?.namespace,
  }),
  encode: (message) => encodeWith(writeLoadNamespaceRequest, message),
  decode: (bytes) => decodeWith('keyspacepb.LoadNamespaceRequest', readLoadNamespaceRequest, bytes),
  readFrom: readLoadNamespaceRequest,
  writeTo: writeLoadNamespaceRequest,
}

const LoadNamespaceRequestFields: readonly number[] = [1, 2]

function readLoadNamespaceRequest(reader: WireReader, end: number, into?: LoadNamespaceRequest): LoadNamespaceRequest {
  const message: LoadNamespaceRequest = into ?? { header: undefined, namespace: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = pdpb.RequestHeader.readFrom(reader, reader.end(), message.header)
        break
      case 18:
        message.namespace = readNamespaceRef(reader, reader.end(), message.namespace)
        break
      default:
        reader.skip(tag, LoadNamespaceRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeLoadNamespaceRequest(writer: WireWriter, message: LoadNamespaceRequest): void {
  if (message.namespace !== undefined) {
    const mark2 = writer.size
    writeNamespaceRef(writer, message.namespace)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    pdpb.RequestHeader.writeTo(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface LoadNamespaceResponse {
  header: pdpb.ResponseHeader | undefined
  namespace: NamespaceMeta | undefined
}

export const LoadNamespaceResponse: MessageDefinition<LoadNamespaceResponse> = {
  typeName: 'keyspacepb.LoadNamespaceResponse',
  create: (init) => ({
    header: init?.header,
    namespace: init?.namespace,
  }),
  encode: (message) => encodeWith(writeLoadNamespaceResponse, message),
  decode: (bytes) => decodeWith('keyspacepb.LoadNamespaceResponse', readLoadNamespaceResponse, bytes),
  readFrom: readLoadNamespaceResponse,
  writeTo: writeLoadNamespaceResponse,
}

const LoadNamespaceResponseFields: readonly number[] = [1, 2]

function readLoadNamespaceResponse(reader: WireReader, end: number, into?: LoadNamespaceResponse): LoadNamespaceResponse {
  const message: LoadNamespaceResponse = into ?? { header: undefined, namespace: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = pdpb.ResponseHeader.readFrom(reader, reader.end(), message.header)
        break
      case 18:
        message.namespace = readNamespaceMeta(reader, reader.end(), message.namespace)
        break
      default:
        reader.skip(tag, LoadNamespaceResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeLoadNamespaceResponse(writer: WireWriter, message: LoadNamespaceResponse): void {
  if (message.namespace !== undefined) {
    const mark2 = writer.size
    writeNamespaceMeta(writer, message.namespace)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    pdpb.ResponseHeader.writeTo(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface UpdateNamespaceStateRequest {
  header: pdpb.RequestHeader | undefined
  namespace: NamespaceRef | undefined
  state: KeyspaceState
}

export const UpdateNamespaceStateRequest: MessageDefinition<UpdateNamespaceStateRequest> = {
  typeName: 'keyspacepb.UpdateNamespaceStateRequest',
  create: (init) => ({
    header: init?.header,
    namespace: init?.namespace,
    state: init?.state ?? 0,
  }),
  encode: (message) => encodeWith(writeUpdateNamespaceStateRequest, message),
  decode: (bytes) => decodeWith('keyspacepb.UpdateNamespaceStateRequest', readUpdateNamespaceStateRequest, bytes),
  readFrom: readUpdateNamespaceStateRequest,
  writeTo: writeUpdateNamespaceStateRequest,
}

const UpdateNamespaceStateRequestFields: readonly number[] = [1, 2, 3]

function readUpdateNamespaceStateRequest(reader: WireReader, end: number, into?: UpdateNamespaceStateRequest): UpdateNamespaceStateRequest {
  const message: UpdateNamespaceStateRequest = into ?? { header: undefined, namespace: undefined, state: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = pdpb.RequestHeader.readFrom(reader, reader.end(), message.header)
        break
      case 18:
        message.namespace = readNamespaceRef(reader, reader.end(), message.namespace)
        break
      case 24:
        message.state = reader.int32() as KeyspaceState
        break
      default:
        reader.skip(tag, UpdateNamespaceStateRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeUpdateNamespaceStateRequest(writer: WireWriter, message: UpdateNamespaceStateRequest): void {
  if (message.state !== 0) {
    writer.int32(message.state)
    writer.tag1(24)
  }
  if (message.namespace !== undefined) {
    const mark2 = writer.size
    writeNamespaceRef(writer, message.namespace)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    pdpb.RequestHeader.writeTo(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface UpdateNamespaceStateResponse {
  header: pdpb.ResponseHeader | undefined
  namespace: NamespaceMeta | undefined
}

export const UpdateNamespaceStateResponse: MessageDefinition<UpdateNamespaceStateResponse> = {
  typeName: 'keyspacepb.UpdateNamespaceStateResponse',
  create: (init) => ({
    header: init?.header,
    namespace: init?.namespace,
  }),
  encode: (message) => encodeWith(writeUpdateNamespaceStateResponse, message),
  decode: (bytes) => decodeWith('keyspacepb.UpdateNamespaceStateResponse', readUpdateNamespaceStateResponse, bytes),
  readFrom: readUpdateNamespaceStateResponse,
  writeTo: writeUpdateNamespaceStateResponse,
}

const UpdateNamespaceStateResponseFields: readonly number[] = [1, 2]

function readUpdateNamespaceStateResponse(reader: WireReader, end: number, into?: UpdateNamespaceStateResponse): UpdateNamespaceStateResponse {
  const message: UpdateNamespaceStateResponse = into ?? { header: undefined, namespace: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = pdpb.ResponseHeader.readFrom(reader, reader.end(), message.header)
        break
      case 18:
        message.namespace = readNamespaceMeta(reader, reader.end(), message.namespace)
        break
      default:
        reader.skip(tag, UpdateNamespaceStateResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeUpdateNamespaceStateResponse(writer: WireWriter, message: UpdateNamespaceStateResponse): void {
  if (message.namespace !== undefined) {
    const mark2 = writer.size
    writeNamespaceMeta(writer, message.namespace)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    pdpb.ResponseHeader.writeTo(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}
