// Generated from proto/raft_cmdpb.proto by `npm run generate -w packages/proto`. Do not edit.
import { decodeWith, encodeWith } from '../message-codec.ts'
import type { MessageDefinition } from '../message-definition.ts'
import { emptyBytes, type WireReader } from '../wire-reader.ts'
import type { WireWriter } from '../wire-writer.ts'
import * as eraftpb from './eraftpb.ts'
import * as errorpb from './errorpb.ts'
import * as import_sstpb from './import_sstpb.ts'
import * as kvrpcpb from './kvrpcpb.ts'
import * as metapb from './metapb.ts'
import * as raft_serverpb from './raft_serverpb.ts'

export const CmdType = {
  Invalid: 0,
  Get: 1,
  Put: 3,
  Delete: 4,
  Snap: 5,
  Prewrite: 6,
  DeleteRange: 7,
  IngestSST: 8,
  ReadIndex: 9,
} as const
/** A number that is not listed is kept as it came. */
export type CmdType = (typeof CmdType)[keyof typeof CmdType]

export const AdminCmdType = {
  InvalidAdmin: 0,
  ChangePeer: 1,
  Split: 2,
  CompactLog: 3,
  TransferLeader: 4,
  ComputeHash: 5,
  VerifyHash: 6,
  PrepareMerge: 7,
  CommitMerge: 8,
  RollbackMerge: 9,
  BatchSplit: 10,
  ChangePeerV2: 11,
  PrepareFlashback: 12,
  FinishFlashback: 13,
  BatchSwitchWitness: 14,
  UpdateGcPeer: 15,
} as const
/** A number that is not listed is kept as it came. */
export type AdminCmdType = (typeof AdminCmdType)[keyof typeof AdminCmdType]

export const StatusCmdType = {
  InvalidStatus: 0,
  RegionLeader: 1,
  RegionDetail: 2,
} as const
/** A number that is not listed is kept as it came. */
export type StatusCmdType = (typeof StatusCmdType)[keyof typeof StatusCmdType]

export interface RaftCmdRequest {
  header: RaftRequestHeader | undefined
  requests: Request[]
  adminRequest: AdminRequest | undefined
  statusRequest: StatusRequest | undefined
  customRequest: CustomRequest | undefined
}

export const RaftCmdRequest: MessageDefinition<RaftCmdRequest> = {
  typeName: 'raft_cmdpb.RaftCmdRequest',
  create: (init) => ({
    header: init?.header,
    requests: init?.requests ?? [],
    adminRequest: init?.adminRequest,
    statusRequest: init?.statusRequest,
    customRequest: init?.customRequest,
  }),
  encode: (message) => encodeWith(writeRaftCmdRequest, message),
  decode: (bytes) => decodeWith('raft_cmdpb.RaftCmdRequest', readRaftCmdRequest, bytes),
  readFrom: readRaftCmdRequest,
  writeTo: writeRaftCmdRequest,
}

const RaftCmdRequestFields: readonly number[] = [1, 2, 3, 4, 5]

function readRaftCmdRequest(reader: WireReader, end: number, into?: RaftCmdRequest): RaftCmdRequest {
  const message: RaftCmdRequest = into ?? { header: undefined, requests: [], adminRequest: undefined, statusRequest: undefined, customRequest: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readRaftRequestHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.requests.push(readRequest(reader, reader.end()))
        break
      case 26:
        message.adminRequest = readAdminRequest(reader, reader.end(), message.adminRequest)
        break
      case 34:
        message.statusRequest = readStatusRequest(reader, reader.end(), message.statusRequest)
        break
      case 42:
        message.customRequest = readCustomRequest(reader, reader.end(), message.customRequest)
        break
      default:
        reader.skip(tag, RaftCmdRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeRaftCmdRequest(writer: WireWriter, message: RaftCmdRequest): void {
  if (message.customRequest !== undefined) {
    const mark5 = writer.size
    writeCustomRequest(writer, message.customRequest)
    writer.length(mark5)
    writer.tag1(42)
  }
  if (message.statusRequest !== undefined) {
    const mark4 = writer.size
    writeStatusRequest(writer, message.statusRequest)
    writer.length(mark4)
    writer.tag1(34)
  }
  if (message.adminRequest !== undefined) {
    const mark3 = writer.size
    writeAdminRequest(writer, message.adminRequest)
    writer.length(mark3)
    writer.tag1(26)
  }
  for (let at = message.requests.length - 1; at >= 0; at--) {
    const value = message.requests[at]!
    const mark2 = writer.size
    writeRequest(writer, value)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeRaftRequestHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface RaftRequestHeader {
  regionId: number
  peer: metapb.Peer | undefined
  readQuorum: boolean
  uuid: Uint8Array
  regionEpoch: metapb.RegionEpoch | undefined
  term: number
  syncLog: boolean
  replicaRead: boolean
  appliedIndex: number
  flags: number
  flagData: Uint8Array
  priority: kvrpcpb.CommandPri
  resourceGroupName: string
}

export const RaftRequestHeader: MessageDefinition<RaftRequestHeader> = {
  typeName: 'raft_cmdpb.RaftRequestHeader',
  create: (init) => ({
    regionId: init?.regionId ?? 0,
    peer: init?.peer,
    readQuorum: init?.readQuorum ?? false,
    uuid: init?.uuid ?? emptyBytes,
    regionEpoch: init?.regionEpoch,
    term: init?.term ?? 0,
    syncLog: init?.syncLog ?? false,
    replicaRead: init?.replicaRead ?? false,
    appliedIndex: init?.appliedIndex ?? 0,
    flags: init?.flags ?? 0,
    flagData: init?.flagData ?? emptyBytes,
    priority: init?.priority ?? 0,
    resourceGroupName: init?.resourceGroupName ?? '',
  }),
  encode: (message) => encodeWith(writeRaftRequestHeader, message),
  decode: (bytes) => decodeWith('raft_cmdpb.RaftRequestHeader', readRaftRequestHeader, bytes),
  readFrom: readRaftRequestHeader,
  writeTo: writeRaftRequestHeader,
}

const RaftRequestHeaderFields: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]

function readRaftRequestHeader(reader: WireReader, end: number, into?: RaftRequestHeader): RaftRequestHeader {
  const message: RaftRequestHeader = into ?? { regionId: 0, peer: undefined, readQuorum: false, uuid: emptyBytes, regionEpoch: undefined, term: 0, syncLog: false, replicaRead: false, appliedIndex: 0, flags: 0, flagData: emptyBytes, priority: 0, resourceGroupName: '' }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.regionId = reader.uint64Number()
        break
      case 18:
        message.peer = metapb.Peer.readFrom(reader, reader.end(), message.peer)
        break
      case 24:
        message.readQuorum = reader.bool()
        break
      case 34:
        message.uuid = reader.bytes()
        break
      case 42:
        message.regionEpoch = metapb.RegionEpoch.readFrom(reader, reader.end(), message.regionEpoch)
        break
      case 48:
        message.term = reader.uint64Number()
        break
      case 56:
        message.syncLog = reader.bool()
        break
      case 64:
        message.replicaRead = reader.bool()
        break
      case 72:
        message.appliedIndex = reader.uint64Number()
        break
      case 80:
        message.flags = reader.uint64Number()
        break
      case 90:
        message.flagData = reader.bytes()
        break
      case 96:
        message.priority = reader.int32() as kvrpcpb.CommandPri
        break
      case 106:
        message.resourceGroupName = reader.string()
        break
      default:
        reader.skip(tag, RaftRequestHeaderFields)
    }
  }
  reader.close(end)
  return message
}

function writeRaftRequestHeader(writer: WireWriter, message: RaftRequestHeader): void {
  if (message.resourceGroupName !== '') {
    writer.string(message.resourceGroupName)
    writer.tag1(106)
  }
  if (message.priority !== 0) {
    writer.int32(message.priority)
    writer.tag1(96)
  }
  if (message.flagData.length !== 0) {
    writer.bytes(message.flagData)
    writer.tag1(90)
  }
  if (message.flags !== 0) {
    writer.uint64Number(message.flags)
    writer.tag1(80)
  }
  if (message.appliedIndex !== 0) {
    writer.uint64Number(message.appliedIndex)
    writer.tag1(72)
  }
  if (message.replicaRead) {
    writer.bool(message.replicaRead)
    writer.tag1(64)
  }
  if (message.syncLog) {
    writer.bool(message.syncLog)
    writer.tag1(56)
  }
  if (message.term !== 0) {
    writer.uint64Number(message.term)
    writer.tag1(48)
  }
  if (message.regionEpoch !== undefined) {
    const mark5 = writer.size
    metapb.RegionEpoch.writeTo(writer, message.regionEpoch)
    writer.length(mark5)
    writer.tag1(42)
  }
  if (message.uuid.length !== 0) {
    writer.bytes(message.uuid)
    writer.tag1(34)
  }
  if (message.readQuorum) {
    writer.bool(message.readQuorum)
    writer.tag1(24)
  }
  if (message.peer !== undefined) {
    const mark2 = writer.size
    metapb.Peer.writeTo(writer, message.peer)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.regionId !== 0) {
    writer.uint64Number(message.regionId)
    writer.tag1(8)
  }
}

export interface Request {
  cmdType: CmdType
  get: GetRequest | undefined
  put: PutRequest | undefined
  delete: DeleteRequest | undefined
  snap: SnapRequest | undefined
  prewrite: PrewriteRequest | undefined
  deleteRange: DeleteRangeRequest | undefined
  ingestSst: IngestSSTRequest | undefined
  readIndex: ReadIndexRequest | undefined
}

export const Request: MessageDefinition<Request> = {
  typeName: 'raft_cmdpb.Request',
  create: (init) => ({
    cmdType: init?.cmdType ?? 0,
    get: init?.get,
    put: init?.put,
    delete: init?.delete,
    snap: init?.snap,
    prewrite: init?.prewrite,
    deleteRange: init?.deleteRange,
    ingestSst: init?.ingestSst,
    readIndex: init?.readIndex,
  }),
  encode: (message) => encodeWith(writeRequest, message),
  decode: (bytes) => decodeWith('raft_cmdpb.Request', readRequest, bytes),
  readFrom: readRequest,
  writeTo: writeRequest,
}

const RequestFields: readonly number[] = [1, 2, 4, 5, 6, 7, 8, 9, 10]

function readRequest(reader: WireReader, end: number, into?: Request): Request {
  const message: Request = into ?? { cmdType: 0, get: undefined, put: undefined, delete: undefined, snap: undefined, prewrite: undefined, deleteRange: undefined, ingestSst: undefined, readIndex: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.cmdType = reader.int32() as CmdType
        break
      case 18:
        message.get = readGetRequest(reader, reader.end(), message.get)
        break
      case 34:
        message.put = readPutRequest(reader, reader.end(), message.put)
        break
      case 42:
        message.delete = readDeleteRequest(reader, reader.end(), message.delete)
        break
      case 50:
        message.snap = readSnapRequest(reader, reader.end(), message.snap)
        break
      case 58:
        message.prewrite = readPrewriteRequest(reader, reader.end(), message.prewrite)
        break
      case 66:
        message.deleteRange = readDeleteRangeRequest(reader, reader.end(), message.deleteRange)
        break
      case 74:
        message.ingestSst = readIngestSSTRequest(reader, reader.end(), message.ingestSst)
        break
      case 82:
        message.readIndex = readReadIndexRequest(reader, reader.end(), message.readIndex)
        break
      default:
        reader.skip(tag, RequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeRequest(writer: WireWriter, message: Request): void {
  if (message.readIndex !== undefined) {
    const mark10 = writer.size
    writeReadIndexRequest(writer, message.readIndex)
    writer.length(mark10)
    writer.tag1(82)
  }
  if (message.ingestSst !== undefined) {
    const mark9 = writer.size
    writeIngestSSTRequest(writer, message.ingestSst)
    writer.length(mark9)
    writer.tag1(74)
  }
  if (message.deleteRange !== undefined) {
    const mark8 = writer.size
    writeDeleteRangeRequest(writer, message.deleteRange)
    writer.length(mark8)
    writer.tag1(66)
  }
  if (message.prewrite !== undefined) {
    const mark7 = writer.size
    writePrewriteRequest(writer, message.prewrite)
    writer.length(mark7)
    writer.tag1(58)
  }
  if (message.snap !== undefined) {
    const mark6 = writer.size
    writeSnapRequest(writer, message.snap)
    writer.length(mark6)
    writer.tag1(50)
  }
  if (message.delete !== undefined) {
    const mark5 = writer.size
    writeDeleteRequest(writer, message.delete)
    writer.length(mark5)
    writer.tag1(42)
  }
  if (message.put !== undefined) {
    const mark4 = writer.size
    writePutRequest(writer, message.put)
    writer.length(mark4)
    writer.tag1(34)
  }
  if (message.get !== undefined) {
    const mark2 = writer.size
    writeGetRequest(writer, message.get)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.cmdType !== 0) {
    writer.int32(message.cmdType)
    writer.tag1(8)
  }
}

export interface GetRequest {
  cf: string
  key: Uint8Array
}

export const GetRequest: MessageDefinition<GetRequest> = {
  typeName: 'raft_cmdpb.GetRequest',
  create: (init) => ({
    cf: init?.cf ?? '',
    key: init?.key ?? emptyBytes,
  }),
  encode: (message) => encodeWith(writeGetRequest, message),
  decode: (bytes) => decodeWith('raft_cmdpb.GetRequest', readGetRequest, bytes),
  readFrom: readGetRequest,
  writeTo: writeGetRequest,
}

const GetRequestFields: readonly number[] = [1, 2]

function readGetRequest(reader: WireReader, end: number, into?: GetRequest): GetRequest {
  const message: GetRequest = into ?? { cf: '', key: emptyBytes }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.cf = reader.string()
        break
      case 18:
        message.key = reader.bytes()
        break
      default:
        reader.skip(tag, GetRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeGetRequest(writer: WireWriter, message: GetRequest): void {
  if (message.key.length !== 0) {
    writer.bytes(message.key)
    writer.tag1(18)
  }
  if (message.cf !== '') {
    writer.string(message.cf)
    writer.tag1(10)
  }
}

export interface PutRequest {
  cf: string
  key: Uint8Array
  value: Uint8Array
}

export const PutRequest: MessageDefinition<PutRequest> = {
  typeName: 'raft_cmdpb.PutRequest',
  create: (init) => ({
    cf: init?.cf ?? '',
    key: init?.key ?? emptyBytes,
    value: init?.value ?? emptyBytes,
  }),
  encode: (message) => encodeWith(writePutRequest, message),
  decode: (bytes) => decodeWith('raft_cmdpb.PutRequest', readPutRequest, bytes),
  readFrom: readPutRequest,
  writeTo: writePutRequest,
}

const PutRequestFields: readonly number[] = [1, 2, 3]

function readPutRequest(reader: WireReader, end: number, into?: PutRequest): PutRequest {
  const message: PutRequest = into ?? { cf: '', key: emptyBytes, value: emptyBytes }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.cf = reader.string()
        break
      case 18:
        message.key = reader.bytes()
        break
      case 26:
        message.value = reader.bytes()
        break
      default:
        reader.skip(tag, PutRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writePutRequest(writer: WireWriter, message: PutRequest): void {
  if (message.value.length !== 0) {
    writer.bytes(message.value)
    writer.tag1(26)
  }
  if (message.key.length !== 0) {
    writer.bytes(message.key)
    writer.tag1(18)
  }
  if (message.cf !== '') {
    writer.string(message.cf)
    writer.tag1(10)
  }
}

export interface DeleteRequest {
  cf: string
  key: Uint8Array
}

export const DeleteRequest: MessageDefinition<DeleteRequest> = {
  typeName: 'raft_cmdpb.DeleteRequest',
  create: (init) => ({
    cf: init?.cf ?? '',
    key: init?.key ?? emptyBytes,
  }),
  encode: (message) => encodeWith(writeDeleteRequest, message),
  decode: (bytes) => decodeWith('raft_cmdpb.DeleteRequest', readDeleteRequest, bytes),
  readFrom: readDeleteRequest,
  writeTo: writeDeleteRequest,
}

const DeleteRequestFields: readonly number[] = [1, 2]

function readDeleteRequest(reader: WireReader, end: number, into?: DeleteRequest): DeleteRequest {
  const message: DeleteRequest = into ?? { cf: '', key: emptyBytes }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.cf = reader.string()
        break
      case 18:
        message.key = reader.bytes()
        break
      default:
        reader.skip(tag, DeleteRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeDeleteRequest(writer: WireWriter, message: DeleteRequest): void {
  if (message.key.length !== 0) {
    writer.bytes(message.key)
    writer.tag1(18)
  }
  if (message.cf !== '') {
    writer.string(message.cf)
    writer.tag1(10)
  }
}

export type SnapRequest = Record<string, never>

export const SnapRequest: MessageDefinition<SnapRequest> = {
  typeName: 'raft_cmdpb.SnapRequest',
  create: () => ({}),
  encode: (message) => encodeWith(writeSnapRequest, message),
  decode: (bytes) => decodeWith('raft_cmdpb.SnapRequest', readSnapRequest, bytes),
  readFrom: readSnapRequest,
  writeTo: writeSnapRequest,
}

function readSnapRequest(reader: WireReader, end: number, into?: SnapRequest): SnapRequest {
  const message: SnapRequest = into ?? {}
  while (reader.pos < end) reader.skip(reader.tag(), [])
  reader.close(end)
  return message
}

function writeSnapRequest(_writer: WireWriter, _message: SnapRequest): void {
}

export interface PrewriteRequest {
  key: Uint8Array
  value: Uint8Array
  lock: Uint8Array
}

export const PrewriteRequest: MessageDefinition<PrewriteRequest> = {
  typeName: 'raft_cmdpb.PrewriteRequest',
  create: (init) => ({
    key: init?.key ?? emptyBytes,
    value: init?.value ?? emptyBytes,
    lock: init?.lock ?? emptyBytes,
  }),
  encode: (message) => encodeWith(writePrewriteRequest, message),
  decode: (bytes) => decodeWith('raft_cmdpb.PrewriteRequest', readPrewriteRequest, bytes),
  readFrom: readPrewriteRequest,
  writeTo: writePrewriteRequest,
}

const PrewriteRequestFields: readonly number[] = [1, 2, 3]

function readPrewriteRequest(reader: WireReader, end: number, into?: PrewriteRequest): PrewriteRequest {
  const message: PrewriteRequest = into ?? { key: emptyBytes, value: emptyBytes, lock: emptyBytes }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.key = reader.bytes()
        break
      case 18:
        message.value = reader.bytes()
        break
      case 26:
        message.lock = reader.bytes()
        break
      default:
        reader.skip(tag, PrewriteRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writePrewriteRequest(writer: WireWriter, message: PrewriteRequest): void {
  if (message.lock.length !== 0) {
    writer.bytes(message.lock)
    writer.tag1(26)
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

export interface DeleteRangeRequest {
  cf: string
  startKey: Uint8Array
  endKey: Uint8Array
  notifyOnly: boolean
}

export const DeleteRangeRequest: MessageDefinition<DeleteRangeRequest> = {
  typeName: 'raft_cmdpb.DeleteRangeRequest',
  create: (init) => ({
    cf: init?.cf ?? '',
    startKey: init?.startKey ?? emptyBytes,
    endKey: init?.endKey ?? emptyBytes,
    notifyOnly: init?.notifyOnly ?? false,
  }),
  encode: (message) => encodeWith(writeDeleteRangeRequest, message),
  decode: (bytes) => decodeWith('raft_cmdpb.DeleteRangeRequest', readDeleteRangeRequest, bytes),
  readFrom: readDeleteRangeRequest,
  writeTo: writeDeleteRangeRequest,
}

const DeleteRangeRequestFields: readonly number[] = [1, 2, 3, 4]

function readDeleteRangeRequest(reader: WireReader, end: number, into?: DeleteRangeRequest): DeleteRangeRequest {
  const message: DeleteRangeRequest = into ?? { cf: '', startKey: emptyBytes, endKey: emptyBytes, notifyOnly: false }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.cf = reader.string()
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
  if (message.cf !== '') {
    writer.string(message.cf)
    writer.tag1(10)
  }
}

export interface IngestSSTRequest {
  sst: import_sstpb.SSTMeta | undefined
}

export const IngestSSTRequest: MessageDefinition<IngestSSTRequest> = {
  typeName: 'raft_cmdpb.IngestSSTRequest',
  create: (init) => ({
    sst: init?.sst,
  }),
  encode: (message) => encodeWith(writeIngestSSTRequest, message),
  decode: (bytes) => decodeWith('raft_cmdpb.IngestSSTRequest', readIngestSSTRequest, bytes),
  readFrom: readIngestSSTRequest,
  writeTo: writeIngestSSTRequest,
}

const IngestSSTRequestFields: readonly number[] = [1]

function readIngestSSTRequest(reader: WireReader, end: number, into?: IngestSSTRequest): IngestSSTRequest {
  const message: IngestSSTRequest = into ?? { sst: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.sst = import_sstpb.SSTMeta.readFrom(reader, reader.end(), message.sst)
        break
      default:
        reader.skip(tag, IngestSSTRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeIngestSSTRequest(writer: WireWriter, message: IngestSSTRequest): void {
  if (message.sst !== undefined) {
    const mark1 = writer.size
    import_sstpb.SSTMeta.writeTo(writer, message.sst)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface ReadIndexRequest {
  startTs: bigint
  keyRanges: kvrpcpb.KeyRange[]
}

export const ReadIndexRequest: MessageDefinition<ReadIndexRequest> = {
  typeName: 'raft_cmdpb.ReadIndexRequest',
  create: (init) => ({
    startTs: init?.startTs ?? 0n,
    keyRanges: init?.keyRanges ?? [],
  }),
  encode: (message) => encodeWith(writeReadIndexRequest, message),
  decode: (bytes) => decodeWith('raft_cmdpb.ReadIndexRequest', readReadIndexRequest, bytes),
  readFrom: readReadIndexRequest,
  writeTo: writeReadIndexRequest,
}

const ReadIndexRequestFields: readonly number[] = [1, 2]

function readReadIndexRequest(reader: WireReader, end: number, into?: ReadIndexRequest): ReadIndexRequest {
  const message: ReadIndexRequest = into ?? { startTs: 0n, keyRanges: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.startTs = reader.uint64()
        break
      case 18:
        message.keyRanges.push(kvrpcpb.KeyRange.readFrom(reader, reader.end()))
        break
      default:
        reader.skip(tag, ReadIndexRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeReadIndexRequest(writer: WireWriter, message: ReadIndexRequest): void {
  for (let at = message.keyRanges.length - 1; at >= 0; at--) {
    const value = message.keyRanges[at]!
    const mark2 = writer.size
    kvrpcpb.KeyRange.writeTo(writer, value)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.startTs !== 0n) {
    writer.uint64(message.startTs)
    writer.tag1(8)
  }
}

export interface AdminRequest {
  cmdType: AdminCmdType
  changePeer: ChangePeerRequest | undefined
  split: SplitRequest | undefined
  compactLog: CompactLogRequest | undefined
  transferLeader: TransferLeaderRequest | undefined
  verifyHash: VerifyHashRequest | undefined
  prepareMerge: PrepareMergeRequest | undefined
  commitMerge: CommitMergeRequest | undefined
  rollbackMerge: RollbackMergeRequest | undefined
  splits: BatchSplitRequest | undefined
  changePeerV2: ChangePeerV2Request | undefined
  computeHash: ComputeHashRequest | undefined
  prepareFlashback: PrepareFlashbackRequest | undefined
  finishFlashback: FinishFlashbackRequest | undefined
  switchWitnesses: BatchSwitchWitnessRequest | undefined
  updateGcPeers: UpdateGcPeerRequest | undefined
}

export const AdminRequest: MessageDefinition<AdminRequest> = {
  typeName: 'raft_cmdpb.AdminRequest',
  create: (init) => ({
    cmdType: init?.cmdType ?? 0,
    changePeer: init?.changePeer,
    split: init?.split,
    compactLog: init?.compactLog,
    transferLeader: init?.transferLeader,
    verifyHash: init?.verifyHash,
    prepareMerge: init?.prepareMerge,
    commitMerge: init?.commitMerge,
    rollbackMerge: init?.rollbackMerge,
    splits: init?.splits,
    changePeerV2: init?.changePeerV2,
    computeHash: init?.computeHash,
    prepareFlashback: init?.prepareFlashback,
    finishFlashback: init?.finishFlashback,
    switchWitnesses: init?.switchWitnesses,
    updateGcPeers: init?.updateGcPeers,
  }),
  encode: (message) => encodeWith(writeAdminRequest, message),
  decode: (bytes) => decodeWith('raft_cmdpb.AdminRequest', readAdminRequest, bytes),
  readFrom: readAdminRequest,
  writeTo: writeAdminRequest,
}

const AdminRequestFields: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]

function readAdminRequest(reader: WireReader, end: number, into?: AdminRequest): AdminRequest {
  const message: AdminRequest = into ?? { cmdType: 0, changePeer: undefined, split: undefined, compactLog: undefined, transferLeader: undefined, verifyHash: undefined, prepareMerge: undefined, commitMerge: undefined, rollbackMerge: undefined, splits: undefined, changePeerV2: undefined, computeHash: undefined, prepareFlashback: undefined, finishFlashback: undefined, switchWitnesses: undefined, updateGcPeers: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.cmdType = reader.int32() as AdminCmdType
        break
      case 18:
        message.changePeer = readChangePeerRequest(reader, reader.end(), message.changePeer)
        break
      case 26:
        message.split = readSplitRequest(reader, reader.end(), message.split)
        break
      case 34:
        message.compactLog = readCompactLogRequest(reader, reader.end(), message.compactLog)
        break
      case 42:
        message.transferLeader = readTransferLeaderRequest(reader, reader.end(), message.transferLeader)
        break
      case 50:
        message.verifyHash = readVerifyHashRequest(reader, reader.end(), message.verifyHash)
        break
      case 58:
        message.prepareMerge = readPrepareMergeRequest(reader, reader.end(), message.prepareMerge)
        break
      case 66:
        message.commitMerge = readCommitMergeRequest(reader, reader.end(), message.commitMerge)
        break
      case 74:
        message.rollbackMerge = readRollbackMergeRequest(reader, reader.end(), message.rollbackMerge)
        break
      case 82:
        message.splits = readBatchSplitRequest(reader, reader.end(), message.splits)
        break
      case 90:
        message.changePeerV2 = readChangePeerV2Request(reader, reader.end(), message.changePeerV2)
        break
      case 98:
        message.computeHash = readComputeHashRequest(reader, reader.end(), message.computeHash)
        break
      case 106:
        message.prepareFlashback = readPrepareFlashbackRequest(reader, reader.end(), message.prepareFlashback)
        break
      case 114:
        message.finishFlashback = readFinishFlashbackRequest(reader, reader.end(), message.finishFlashback)
        break
      case 122:
        message.switchWitnesses = readBatchSwitchWitnessRequest(reader, reader.end(), message.switchWitnesses)
        break
      case 130:
        message.updateGcPeers = readUpdateGcPeerRequest(reader, reader.end(), message.updateGcPeers)
        break
      default:
        reader.skip(tag, AdminRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeAdminRequest(writer: WireWriter, message: AdminRequest): void {
  if (message.updateGcPeers !== undefined) {
    const mark16 = writer.size
    writeUpdateGcPeerRequest(writer, message.updateGcPeers)
    writer.length(mark16)
    writer.tag(130)
  }
  if (message.switchWitnesses !== undefined) {
    const mark15 = writer.size
    writeBatchSwitchWitnessRequest(writer, message.switchWitnesses)
    writer.length(mark15)
    writer.tag1(122)
  }
  if (message.finishFlashback !== undefined) {
    const mark14 = writer.size
    writeFinishFlashbackRequest(writer, message.finishFlashback)
    writer.length(mark14)
    writer.tag1(114)
  }
  if (message.prepareFlashback !== undefined) {
    const mark13 = writer.size
    writePrepareFlashbackRequest(writer, message.prepareFlashback)
    writer.length(mark13)
    writer.tag1(106)
  }
  if (message.computeHash !== undefined) {
    const mark12 = writer.size
    writeComputeHashRequest(writer, message.computeHash)
    writer.length(mark12)
    writer.tag1(98)
  }
  if (message.changePeerV2 !== undefined) {
    const mark11 = writer.size
    writeChangePeerV2Request(writer, message.changePeerV2)
    writer.length(mark11)
    writer.tag1(90)
  }
  if (message.splits !== undefined) {
    const mark10 = writer.size
    writeBatchSplitRequest(writer, message.splits)
    writer.length(mark10)
    writer.tag1(82)
  }
  if (message.rollbackMerge !== undefined) {
    const mark9 = writer.size
    writeRollbackMergeRequest(writer, message.rollbackMerge)
    writer.length(mark9)
    writer.tag1(74)
  }
  if (message.commitMerge !== undefined) {
    const mark8 = writer.size
    writeCommitMergeRequest(writer, message.commitMerge)
    writer.length(mark8)
    writer.tag1(66)
  }
  if (message.prepareMerge !== undefined) {
    const mark7 = writer.size
    writePrepareMergeRequest(writer, message.prepareMerge)
    writer.length(mark7)
    writer.tag1(58)
  }
  if (message.verifyHash !== undefined) {
    const mark6 = writer.size
    writeVerifyHashRequest(writer, message.verifyHash)
    writer.length(mark6)
    writer.tag1(50)
  }
  if (message.transferLeader !== undefined) {
    const mark5 = writer.size
    writeTransferLeaderRequest(writer, message.transferLeader)
    writer.length(mark5)
    writer.tag1(42)
  }
  if (message.compactLog !== undefined) {
    const mark4 = writer.size
    writeCompactLogRequest(writer, message.compactLog)
    writer.length(mark4)
    writer.tag1(34)
  }
  if (message.split !== undefined) {
    const mark3 = writer.size
    writeSplitRequest(writer, message.split)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.changePeer !== undefined) {
    const mark2 = writer.size
    writeChangePeerRequest(writer, message.changePeer)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.cmdType !== 0) {
    writer.int32(message.cmdType)
    writer.tag1(8)
  }
}

export interface ChangePeerRequest {
  changeType: eraftpb.ConfChangeType
  peer: metapb.Peer | undefined
}

export const ChangePeerRequest: MessageDefinition<ChangePeerRequest> = {
  typeName: 'raft_cmdpb.ChangePeerRequest',
  create: (init) => ({
    changeType: init?.changeType ?? 0,
    peer: init?.peer,
  }),
  encode: (message) => encodeWith(writeChangePeerRequest, message),
  decode: (bytes) => decodeWith('raft_cmdpb.ChangePeerRequest', readChangePeerRequest, bytes),
  readFrom: readChangePeerRequest,
  writeTo: writeChangePeerRequest,
}

const ChangePeerRequestFields: readonly number[] = [1, 2]

function readChangePeerRequest(reader: WireReader, end: number, into?: ChangePeerRequest): ChangePeerRequest {
  const message: ChangePeerRequest = into ?? { changeType: 0, peer: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.changeType = reader.int32() as eraftpb.ConfChangeType
        break
      case 18:
        message.peer = metapb.Peer.readFrom(reader, reader.end(), message.peer)
        break
      default:
        reader.skip(tag, ChangePeerRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeChangePeerRequest(writer: WireWriter, message: ChangePeerRequest): void {
  if (message.peer !== undefined) {
    const mark2 = writer.size
    metapb.Peer.writeTo(writer, message.peer)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.changeType !== 0) {
    writer.int32(message.changeType)
    writer.tag1(8)
  }
}

export interface SplitRequest {
  splitKey: Uint8Array
  newRegionId: number
  newPeerIds: number[]
  rightDerive: boolean
  shareSourceRegionSize: boolean
}

export const SplitRequest: MessageDefinition<SplitRequest> = {
  typeName: 'raft_cmdpb.SplitRequest',
  create: (init) => ({
    splitKey: init?.splitKey ?? emptyBytes,
    newRegionId: init?.newRegionId ?? 0,
    newPeerIds: init?.newPeerIds ?? [],
    rightDerive: init?.rightDerive ?? false,
    shareSourceRegionSize: init?.shareSourceRegionSize ?? false,
  }),
  encode: (message) => encodeWith(writeSplitRequest, message),
  decode: (bytes) => decodeWith('raft_cmdpb.SplitRequest', readSplitRequest, bytes),
  readFrom: readSplitRequest,
  writeTo: writeSplitRequest,
}

const SplitRequestFields: readonly number[] = [1, 2, 3, 4, 5]

function readSplitRequest(reader: WireReader, end: number, into?: SplitRequest): SplitRequest {
  const message: SplitRequest = into ?? { splitKey: emptyBytes, newRegionId: 0, newPeerIds: [], rightDerive: false, shareSourceRegionSize: false }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.splitKey = reader.bytes()
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
      case 32:
        message.rightDerive = reader.bool()
        break
      case 40:
        message.shareSourceRegionSize = reader.bool()
        break
      default:
        reader.skip(tag, SplitRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeSplitRequest(writer: WireWriter, message: SplitRequest): void {
  if (message.shareSourceRegionSize) {
    writer.bool(message.shareSourceRegionSize)
    writer.tag1(40)
  }
  if (message.rightDerive) {
    writer.bool(message.rightDerive)
    writer.tag1(32)
  }
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
  if (message.splitKey.length !== 0) {
    writer.bytes(message.splitKey)
    writer.tag1(10)
  }
}

export interface CompactLogRequest {
  compactIndex: number
  compactTerm: number
  voterReplicatedIndex: number
}

export const CompactLogRequest: MessageDefinition<CompactLogRequest> = {
  typeName: 'raft_cmdpb.CompactLogRequest',
  create: (init) => ({
    compactIndex: init?.compactIndex ?? 0,
    compactTerm: init?.compactTerm ?? 0,
    voterReplicatedIndex: init?.voterReplicatedIndex ?? 0,
  }),
  encode: (message) => encodeWith(writeCompactLogRequest, message),
  decode: (bytes) => decodeWith('raft_cmdpb.CompactLogRequest', readCompactLogRequest, bytes),
  readFrom: readCompactLogRequest,
  writeTo: writeCompactLogRequest,
}

const CompactLogRequestFields: readonly number[] = [1, 2, 3]

function readCompactLogRequest(reader: WireReader, end: number, into?: CompactLogRequest): CompactLogRequest {
  const message: CompactLogRequest = into ?? { compactIndex: 0, compactTerm: 0, voterReplicatedIndex: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.compactIndex = reader.uint64Number()
        break
      case 16:
        message.compactTerm = reader.uint64Number()
        break
      case 24:
        message.voterReplicatedIndex = reader.uint64Number()
        break
      default:
        reader.skip(tag, CompactLogRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeCompactLogRequest(writer: WireWriter, message: CompactLogRequest): void {
  if (message.voterReplicatedIndex !== 0) {
    writer.uint64Number(message.voterReplicatedIndex)
    writer.tag1(24)
  }
  if (message.compactTerm !== 0) {
    writer.uint64Number(message.compactTerm)
    writer.tag1(16)
  }
  if (message.compactIndex !== 0) {
    writer.uint64Number(message.compactIndex)
    writer.tag1(8)
  }
}

export interface TransferLeaderRequest {
  peer: metapb.Peer | undefined
  peers: metapb.Peer[]
}

export const TransferLeaderRequest: MessageDefinition<TransferLeaderRequest> = {
  typeName: 'raft_cmdpb.TransferLeaderRequest',
  create: (init) => ({
    peer: init?.peer,
    peers: init?.peers ?? [],
  }),
  encode: (message) => encodeWith(writeTransferLeaderRequest, message),
  decode: (bytes) => decodeWith('raft_cmdpb.TransferLeaderRequest', readTransferLeaderRequest, bytes),
  readFrom: readTransferLeaderRequest,
  writeTo: writeTransferLeaderRequest,
}

const TransferLeaderRequestFields: readonly number[] = [1, 2]

function readTransferLeaderRequest(reader: WireReader, end: number, into?: TransferLeaderRequest): TransferLeaderRequest {
  const message: TransferLeaderRequest = into ?? { peer: undefined, peers: [] }
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
        reader.skip(tag, TransferLeaderRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeTransferLeaderRequest(writer: WireWriter, message: TransferLeaderRequest): void {
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

export interface VerifyHashRequest {
  index: number
  hash: Uint8Array
  context: Uint8Array
}

export const VerifyHashRequest: MessageDefinition<VerifyHashRequest> = {
  typeName: 'raft_cmdpb.VerifyHashRequest',
  create: (init) => ({
    index: init?.index ?? 0,
    hash: init?.hash ?? emptyBytes,
    context: init?.context ?? emptyBytes,
  }),
  encode: (message) => encodeWith(writeVerifyHashRequest, message),
  decode: (bytes) => decodeWith('raft_cmdpb.VerifyHashRequest', readVerifyHashRequest, bytes),
  readFrom: readVerifyHashRequest,
  writeTo: writeVerifyHashRequest,
}

const VerifyHashRequestFields: readonly number[] = [1, 2, 3]

function readVerifyHashRequest(reader: WireReader, end: number, into?: VerifyHashRequest): VerifyHashRequest {
  const message: VerifyHashRequest = into ?? { index: 0, hash: emptyBytes, context: emptyBytes }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.index = reader.uint64Number()
        break
      case 18:
        message.hash = reader.bytes()
        break
      case 26:
        message.context = reader.bytes()
        break
      default:
        reader.skip(tag, VerifyHashRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeVerifyHashRequest(writer: WireWriter, message: VerifyHashRequest): void {
  if (message.context.length !== 0) {
    writer.bytes(message.context)
    writer.tag1(26)
  }
  if (message.hash.length !== 0) {
    writer.bytes(message.hash)
    writer.tag1(18)
  }
  if (message.index !== 0) {
    writer.uint64Number(message.index)
    writer.tag1(8)
  }
}

export interface PrepareMergeRequest {
  minIndex: number
  target: metapb.Region | undefined
}

export const PrepareMergeRequest: MessageDefinition<PrepareMergeRequest> = {
  typeName: 'raft_cmdpb.PrepareMergeRequest',
  create: (init) => ({
    minIndex: init?.minIndex ?? 0,
    target: init?.target,
  }),
  encode: (message) => encodeWith(writePrepareMergeRequest, message),
  decode: (bytes) => decodeWith('raft_cmdpb.PrepareMergeRequest', readPrepareMergeRequest, bytes),
  readFrom: readPrepareMergeRequest,
  writeTo: writePrepareMergeRequest,
}

const PrepareMergeRequestFields: readonly number[] = [1, 2]

function readPrepareMergeRequest(reader: WireReader, end: number, into?: PrepareMergeRequest): PrepareMergeRequest {
  const message: PrepareMergeRequest = into ?? { minIndex: 0, target: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.minIndex = reader.uint64Number()
        break
      case 18:
        message.target = metapb.Region.readFrom(reader, reader.end(), message.target)
        break
      default:
        reader.skip(tag, PrepareMergeRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writePrepareMergeRequest(writer: WireWriter, message: PrepareMergeRequest): void {
  if (message.target !== undefined) {
    const mark2 = writer.size
    metapb.Region.writeTo(writer, message.target)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.minIndex !== 0) {
    writer.uint64Number(message.minIndex)
    writer.tag1(8)
  }
}

export interface CommitMergeRequest {
  source: metapb.Region | undefined
  commit: number
  entries: eraftpb.Entry[]
  sourceState: raft_serverpb.RegionLocalState | undefined
  sourceMeta: Uint8Array
}

export const CommitMergeRequest: MessageDefinition<CommitMergeRequest> = {
  typeName: 'raft_cmdpb.CommitMergeRequest',
  create: (init) => ({
    source: init?.source,
    commit: init?.commit ?? 0,
    entries: init?.entries ?? [],
    sourceState: init?.sourceState,
    sourceMeta: init?.sourceMeta ?? emptyBytes,
  }),
  encode: (message) => encodeWith(writeCommitMergeRequest, message),
  decode: (bytes) => decodeWith('raft_cmdpb.CommitMergeRequest', readCommitMergeRequest, bytes),
  readFrom: readCommitMergeRequest,
  writeTo: writeCommitMergeRequest,
}

const CommitMergeRequestFields: readonly number[] = [1, 2, 3, 4, 100]

function readCommitMergeRequest(reader: WireReader, end: number, into?: CommitMergeRequest): CommitMergeRequest {
  const message: CommitMergeRequest = into ?? { source: undefined, commit: 0, entries: [], sourceState: undefined, sourceMeta: emptyBytes }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.source = metapb.Region.readFrom(reader, reader.end(), message.source)
        break
      case 16:
        message.commit = reader.uint64Number()
        break
      case 26:
        message.entries.push(eraftpb.Entry.readFrom(reader, reader.end()))
        break
      case 34:
        message.sourceState = raft_serverpb.RegionLocalState.readFrom(reader, reader.end(), message.sourceState)
        break
      case 802:
        message.sourceMeta = reader.bytes()
        break
      default:
        reader.skip(tag, CommitMergeRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeCommitMergeRequest(writer: WireWriter, message: CommitMergeRequest): void {
  if (message.sourceMeta.length !== 0) {
    writer.bytes(message.sourceMeta)
    writer.tag(802)
  }
  if (message.sourceState !== undefined) {
    const mark4 = writer.size
    raft_serverpb.RegionLocalState.writeTo(writer, message.sourceState)
    writer.length(mark4)
    writer.tag1(34)
  }
  for (let at = message.entries.length - 1; at >= 0; at--) {
    const value = message.entries[at]!
    const mark3 = writer.size
    eraftpb.Entry.writeTo(writer, value)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.commit !== 0) {
    writer.uint64Number(message.commit)
    writer.tag1(16)
  }
  if (message.source !== undefined) {
    const mark1 = writer.size
    metapb.Region.writeTo(writer, message.source)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface RollbackMergeRequest {
  commit: number
}

export const RollbackMergeRequest: MessageDefinition<RollbackMergeRequest> = {
  typeName: 'raft_cmdpb.RollbackMergeRequest',
  create: (init) => ({
    commit: init?.commit ?? 0,
  }),
  encode: (message) => encodeWith(writeRollbackMergeRequest, message),
  decode: (bytes) => decodeWith('raft_cmdpb.RollbackMergeRequest', readRollbackMergeRequest, bytes),
  readFrom: readRollbackMergeRequest,
  writeTo: writeRollbackMergeRequest,
}

const RollbackMergeRequestFields: readonly number[] = [1]

function readRollbackMergeRequest(reader: WireReader, end: number, into?: RollbackMergeRequest): RollbackMergeRequest {
  const message: RollbackMergeRequest = into ?? { commit: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.commit = reader.uint64Number()
        break
      default:
        reader.skip(tag, RollbackMergeRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeRollbackMergeRequest(writer: WireWriter, message: RollbackMergeRequest): void {
  if (message.commit !== 0) {
    writer.uint64Number(message.commit)
    writer.tag1(8)
  }
}

export interface BatchSplitRequest {
  requests: SplitRequest[]
  rightDerive: boolean
  shareSourceRegionSize: boolean
}

export const BatchSplitRequest: MessageDefinition<BatchSplitRequest> = {
  typeName: 'raft_cmdpb.BatchSplitRequest',
  create: (init) => ({
    requests: init?.requests ?? [],
    rightDerive: init?.rightDerive ?? false,
    shareSourceRegionSize: init?.shareSourceRegionSize ?? false,
  }),
  encode: (message) => encodeWith(writeBatchSplitRequest, message),
  decode: (bytes) => decodeWith('raft_cmdpb.BatchSplitRequest', readBatchSplitRequest, bytes),
  readFrom: readBatchSplitRequest,
  writeTo: writeBatchSplitRequest,
}

const BatchSplitRequestFields: readonly number[] = [1, 2, 3]

function readBatchSplitRequest(reader: WireReader, end: number, into?: BatchSplitRequest): BatchSplitRequest {
  const message: BatchSplitRequest = into ?? { requests: [], rightDerive: false, shareSourceRegionSize: false }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.requests.push(readSplitRequest(reader, reader.end()))
        break
      case 16:
        message.rightDerive = reader.bool()
        break
      case 24:
        message.shareSourceRegionSize = reader.bool()
        break
      default:
        reader.skip(tag, BatchSplitRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeBatchSplitRequest(writer: WireWriter, message: BatchSplitRequest): void {
  if (message.shareSourceRegionSize) {
    writer.bool(message.shareSourceRegionSize)
    writer.tag1(24)
  }
  if (message.rightDerive) {
    writer.bool(message.rightDerive)
    writer.tag1(16)
  }
  for (let at = message.requests.length - 1; at >= 0; at--) {
    const value = message.requests[at]!
    const mark1 = writer.size
    writeSplitRequest(writer, value)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface ChangePeerV2Request {
  changes: ChangePeerRequest[]
}

export const ChangePeerV2Request: MessageDefinition<ChangePeerV2Request> = {
  typeName: 'raft_cmdpb.ChangePeerV2Request',
  create: (init) => ({
    changes: init?.changes ?? [],
  }),
  encode: (message) => encodeWith(writeChangePeerV2Request, message),
  decode: (bytes) => decodeWith('raft_cmdpb.ChangePeerV2Request', readChangePeerV2Request, bytes),
  readFrom: readChangePeerV2Request,
  writeTo: writeChangePeerV2Request,
}

const ChangePeerV2RequestFields: readonly number[] = [1]

function readChangePeerV2Request(reader: WireReader, end: number, into?: ChangePeerV2Request): ChangePeerV2Request {
  const message: ChangePeerV2Request = into ?? { changes: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.changes.push(readChangePeerRequest(reader, reader.end()))
        break
      default:
        reader.skip(tag, ChangePeerV2RequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeChangePeerV2Request(writer: WireWriter, message: ChangePeerV2Request): void {
  for (let at = message.changes.length - 1; at >= 0; at--) {
    const value = message.changes[at]!
    const mark1 = writer.size
    writeChangePeerRequest(writer, value)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface ComputeHashRequest {
  context: Uint8Array
}

export const ComputeHashRequest: MessageDefinition<ComputeHashRequest> = {
  typeName: 'raft_cmdpb.ComputeHashRequest',
  create: (init) => ({
    context: init?.context ?? emptyBytes,
  }),
  encode: (message) => encodeWith(writeComputeHashRequest, message),
  decode: (bytes) => decodeWith('raft_cmdpb.ComputeHashRequest', readComputeHashRequest, bytes),
  readFrom: readComputeHashRequest,
  writeTo: writeComputeHashRequest,
}

const ComputeHashRequestFields: readonly number[] = [1]

function readComputeHashRequest(reader: WireReader, end: number, into?: ComputeHashRequest): ComputeHashRequest {
  const message: ComputeHashRequest = into ?? { context: emptyBytes }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.context = reader.bytes()
        break
      default:
        reader.skip(tag, ComputeHashRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeComputeHashRequest(writer: WireWriter, message: ComputeHashRequest): void {
  if (message.context.length !== 0) {
    writer.bytes(message.context)
    writer.tag1(10)
  }
}

export interface PrepareFlashbackRequest {
  startTs: bigint
}

export const PrepareFlashbackRequest: MessageDefinition<PrepareFlashbackRequest> = {
  typeName: 'raft_cmdpb.PrepareFlashbackRequest',
  create: (init) => ({
    startTs: init?.startTs ?? 0n,
  }),
  encode: (message) => encodeWith(writePrepareFlashbackRequest, message),
  decode: (bytes) => decodeWith('raft_cmdpb.PrepareFlashbackRequest', readPrepareFlashbackRequest, bytes),
  readFrom: readPrepareFlashbackRequest,
  writeTo: writePrepareFlashbackRequest,
}

const PrepareFlashbackRequestFields: readonly number[] = [1]

function readPrepareFlashbackRequest(reader: WireReader, end: number, into?: PrepareFlashbackRequest): PrepareFlashbackRequest {
  const message: PrepareFlashbackRequest = into ?? { startTs: 0n }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.startTs = reader.uint64()
        break
      default:
        reader.skip(tag, PrepareFlashbackRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writePrepareFlashbackRequest(writer: WireWriter, message: PrepareFlashbackRequest): void {
  if (message.startTs !== 0n) {
    writer.uint64(message.startTs)
    writer.tag1(8)
  }
}

export type FinishFlashbackRequest = Record<string, never>

export const FinishFlashbackRequest: MessageDefinition<FinishFlashbackRequest> = {
  typeName: 'raft_cmdpb.FinishFlashbackRequest',
  create: () => ({}),
  encode: (message) => encodeWith(writeFinishFlashbackRequest, message),
  decode: (bytes) => decodeWith('raft_cmdpb.FinishFlashbackRequest', readFinishFlashbackRequest, bytes),
  readFrom: readFinishFlashbackRequest,
  writeTo: writeFinishFlashbackRequest,
}

function readFinishFlashbackRequest(reader: WireReader, end: number, into?: FinishFlashbackRequest): FinishFlashbackRequest {
  const message: FinishFlashbackRequest = into ?? {}
  while (reader.pos < end) reader.skip(reader.tag(), [])
  reader.close(end)
  return message
}

function writeFinishFlashbackRequest(_writer: WireWriter, _message: FinishFlashbackRequest): void {
}

export interface BatchSwitchWitnessRequest {
  switchWitnesses: SwitchWitnessRequest[]
}

export const BatchSwitchWitnessRequest: MessageDefinition<BatchSwitchWitnessRequest> = {
  typeName: 'raft_cmdpb.BatchSwitchWitnessRequest',
  create: (init) => ({
    switchWitnesses: init?.switchWitnesses ?? [],
  }),
  encode: (message) => encodeWith(writeBatchSwitchWitnessRequest, message),
  decode: (bytes) => decodeWith('raft_cmdpb.BatchSwitchWitnessRequest', readBatchSwitchWitnessRequest, bytes),
  readFrom: readBatchSwitchWitnessRequest,
  writeTo: writeBatchSwitchWitnessRequest,
}

const BatchSwitchWitnessRequestFields: readonly number[] = [1]

function readBatchSwitchWitnessRequest(reader: WireReader, end: number, into?: BatchSwitchWitnessRequest): BatchSwitchWitnessRequest {
  const message: BatchSwitchWitnessRequest = into ?? { switchWitnesses: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.switchWitnesses.push(readSwitchWitnessRequest(reader, reader.end()))
        break
      default:
        reader.skip(tag, BatchSwitchWitnessRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeBatchSwitchWitnessRequest(writer: WireWriter, message: BatchSwitchWitnessRequest): void {
  for (let at = message.switchWitnesses.length - 1; at >= 0; at--) {
    const value = message.switchWitnesses[at]!
    const mark1 = writer.size
    writeSwitchWitnessRequest(writer, value)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface SwitchWitnessRequest {
  peerId: number
  isWitness: boolean
}

export const SwitchWitnessRequest: MessageDefinition<SwitchWitnessRequest> = {
  typeName: 'raft_cmdpb.SwitchWitnessRequest',
  create: (init) => ({
    peerId: init?.peerId ?? 0,
    isWitness: init?.isWitness ?? false,
  }),
  encode: (message) => encodeWith(writeSwitchWitnessRequest, message),
  decode: (bytes) => decodeWith('raft_cmdpb.SwitchWitnessRequest', readSwitchWitnessRequest, bytes),
  readFrom: readSwitchWitnessRequest,
  writeTo: writeSwitchWitnessRequest,
}

const SwitchWitnessRequestFields: readonly number[] = [1, 2]

function readSwitchWitnessRequest(reader: WireReader, end: number, into?: SwitchWitnessRequest): SwitchWitnessRequest {
  const message: SwitchWitnessRequest = into ?? { peerId: 0, isWitness: false }
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
        reader.skip(tag, SwitchWitnessRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeSwitchWitnessRequest(writer: WireWriter, message: SwitchWitnessRequest): void {
  if (message.isWitness) {
    writer.bool(message.isWitness)
    writer.tag1(16)
  }
  if (message.peerId !== 0) {
    writer.uint64Number(message.peerId)
    writer.tag1(8)
  }
}

export interface UpdateGcPeerRequest {
  peerId: number[]
}

export const UpdateGcPeerRequest: MessageDefinition<UpdateGcPeerRequest> = {
  typeName: 'raft_cmdpb.UpdateGcPeerRequest',
  create: (init) => ({
    peerId: init?.peerId ?? [],
  }),
  encode: (message) => encodeWith(writeUpdateGcPeerRequest, message),
  decode: (bytes) => decodeWith('raft_cmdpb.UpdateGcPeerRequest', readUpdateGcPeerRequest, bytes),
  readFrom: readUpdateGcPeerRequest,
  writeTo: writeUpdateGcPeerRequest,
}

const UpdateGcPeerRequestFields: readonly number[] = [1]

function readUpdateGcPeerRequest(reader: WireReader, end: number, into?: UpdateGcPeerRequest): UpdateGcPeerRequest {
  const message: UpdateGcPeerRequest = into ?? { peerId: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.peerId.push(reader.uint64Number())
        break
      case 10:
        {
          const packedEnd = reader.end()
          while (reader.pos < packedEnd) message.peerId.push(reader.uint64Number())
          reader.close(packedEnd)
        }
        break
      default:
        reader.skip(tag, UpdateGcPeerRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeUpdateGcPeerRequest(writer: WireWriter, message: UpdateGcPeerRequest): void {
  if (message.peerId.length !== 0) {
    const mark = writer.size
    for (let at = message.peerId.length - 1; at >= 0; at--) writer.uint64Number(message.peerId[at]!)
    writer.length(mark)
    writer.tag1(10)
  }
}

export interface StatusRequest {
  cmdType: StatusCmdType
  regionLeader: RegionLeaderRequest | undefined
  regionDetail: RegionDetailRequest | undefined
}

export const StatusRequest: MessageDefinition<StatusRequest> = {
  typeName: 'raft_cmdpb.StatusRequest',
  create: (init) => ({
    cmdType: init?.cmdType ?? 0,
    regionLeader: init?.regionLeader,
    regionDetail: init?.regionDetail,
  }),
  encode: (message) => encodeWith(writeStatusRequest, message),
  decode: (bytes) => decodeWith('raft_cmdpb.StatusRequest', readStatusRequest, bytes),
  readFrom: readStatusRequest,
  writeTo: writeStatusRequest,
}

const StatusRequestFields: readonly number[] = [1, 2, 3]

function readStatusRequest(reader: WireReader, end: number, into?: StatusRequest): StatusRequest {
  const message: StatusRequest = into ?? { cmdType: 0, regionLeader: undefined, regionDetail: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.cmdType = reader.int32() as StatusCmdType
        break
      case 18:
        message.regionLeader = readRegionLeaderRequest(reader, reader.end(), message.regionLeader)
        break
      case 26:
        message.regionDetail = readRegionDetailRequest(reader, reader.end(), message.regionDetail)
        break
      default:
        reader.skip(tag, StatusRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeStatusRequest(writer: WireWriter, message: StatusRequest): void {
  if (message.regionDetail !== undefined) {
    const mark3 = writer.size
    writeRegionDetailRequest(writer, message.regionDetail)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.regionLeader !== undefined) {
    const mark2 = writer.size
    writeRegionLeaderRequest(writer, message.regionLeader)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.cmdType !== 0) {
    writer.int32(message.cmdType)
    writer.tag1(8)
  }
}

export type RegionLeaderRequest = Record<string, never>

export const RegionLeaderRequest: MessageDefinition<RegionLeaderRequest> = {
  typeName: 'raft_cmdpb.RegionLeaderRequest',
  create: () => ({}),
  encode: (message) => encodeWith(writeRegionLeaderRequest, message),
  decode: (bytes) => decodeWith('raft_cmdpb.RegionLeaderRequest', readRegionLeaderRequest, bytes),
  readFrom: readRegionLeaderRequest,
  writeTo: writeRegionLeaderRequest,
}

function readRegionLeaderRequest(reader: WireReader, end: number, into?: RegionLeaderRequest): RegionLeaderRequest {
  const message: RegionLeaderRequest = into ?? {}
  while (reader.pos < end) reader.skip(reader.tag(), [])
  reader.close(end)
  return message
}

function writeRegionLeaderRequest(_writer: WireWriter, _message: RegionLeaderRequest): void {
}

export type RegionDetailRequest = Record<string, never>

export const RegionDetailRequest: MessageDefinition<RegionDetailRequest> = {
  typeName: 'raft_cmdpb.RegionDetailRequest',
  create: () => ({}),
  encode: (message) => encodeWith(writeRegionDetailRequest, message),
  decode: (bytes) => decodeWith('raft_cmdpb.RegionDetailRequest', readRegionDetailRequest, bytes),
  readFrom: readRegionDetailRequest,
  writeTo: writeRegionDetailRequest,
}

function readRegionDetailRequest(reader: WireReader, end: number, into?: RegionDetailRequest): RegionDetailRequest {
  const message: RegionDetailRequest = into ?? {}
  while (reader.pos < end) reader.skip(reader.tag(), [])
  reader.close(end)
  return message
}

function writeRegionDetailRequest(_writer: WireWriter, _message: RegionDetailRequest): void {
}

export interface CustomRequest {
  data: Uint8Array
}

export const CustomRequest: MessageDefinition<CustomRequest> = {
  typeName: 'raft_cmdpb.CustomRequest',
  create: (init) => ({
    data: init?.data ?? emptyBytes,
  }),
  encode: (message) => encodeWith(writeCustomRequest, message),
  decode: (bytes) => decodeWith('raft_cmdpb.CustomRequest', readCustomRequest, bytes),
  readFrom: readCustomRequest,
  writeTo: writeCustomRequest,
}

const CustomRequestFields: readonly number[] = [1]

function readCustomRequest(reader: WireReader, end: number, into?: CustomRequest): CustomRequest {
  const message: CustomRequest = into ?? { data: emptyBytes }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.data = reader.bytes()
        break
      default:
        reader.skip(tag, CustomRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeCustomRequest(writer: WireWriter, message: CustomRequest): void {
  if (message.data.length !== 0) {
    writer.bytes(message.data)
    writer.tag1(10)
  }
}

export interface RaftCmdResponse {
  header: RaftResponseHeader | undefined
  responses: Response[]
  adminResponse: AdminResponse | undefined
  statusResponse: StatusResponse | undefined
}

export const RaftCmdResponse: MessageDefinition<RaftCmdResponse> = {
  typeName: 'raft_cmdpb.RaftCmdResponse',
  create: (init) => ({
    header: init?.header,
    responses: init?.responses ?? [],
    adminResponse: init?.adminResponse,
    statusResponse: init?.statusResponse,
  }),
  encode: (message) => encodeWith(writeRaftCmdResponse, message),
  decode: (bytes) => decodeWith('raft_cmdpb.RaftCmdResponse', readRaftCmdResponse, bytes),
  readFrom: readRaftCmdResponse,
  writeTo: writeRaftCmdResponse,
}

const RaftCmdResponseFields: readonly number[] = [1, 2, 3, 4]

function readRaftCmdResponse(reader: WireReader, end: number, into?: RaftCmdResponse): RaftCmdResponse {
  const message: RaftCmdResponse = into ?? { header: undefined, responses: [], adminResponse: undefined, statusResponse: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.header = readRaftResponseHeader(reader, reader.end(), message.header)
        break
      case 18:
        message.responses.push(readResponse(reader, reader.end()))
        break
      case 26:
        message.adminResponse = readAdminResponse(reader, reader.end(), message.adminResponse)
        break
      case 34:
        message.statusResponse = readStatusResponse(reader, reader.end(), message.statusResponse)
        break
      default:
        reader.skip(tag, RaftCmdResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeRaftCmdResponse(writer: WireWriter, message: RaftCmdResponse): void {
  if (message.statusResponse !== undefined) {
    const mark4 = writer.size
    writeStatusResponse(writer, message.statusResponse)
    writer.length(mark4)
    writer.tag1(34)
  }
  if (message.adminResponse !== undefined) {
    const mark3 = writer.size
    writeAdminResponse(writer, message.adminResponse)
    writer.length(mark3)
    writer.tag1(26)
  }
  for (let at = message.responses.length - 1; at >= 0; at--) {
    const value = message.responses[at]!
    const mark2 = writer.size
    writeResponse(writer, value)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.header !== undefined) {
    const mark1 = writer.size
    writeRaftResponseHeader(writer, message.header)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface RaftResponseHeader {
  error: errorpb.Error | undefined
  uuid: Uint8Array
  currentTerm: number
}

export const RaftResponseHeader: MessageDefinition<RaftResponseHeader> = {
  typeName: 'raft_cmdpb.RaftResponseHeader',
  create: (init) => ({
    error: init?.error,
    uuid: init?.uuid ?? emptyBytes,
    currentTerm: init?.currentTerm ?? 0,
  }),
  encode: (message) => encodeWith(writeRaftResponseHeader, message),
  decode: (bytes) => decodeWith('raft_cmdpb.RaftResponseHeader', readRaftResponseHeader, bytes),
  readFrom: readRaftResponseHeader,
  writeTo: writeRaftResponseHeader,
}

const RaftResponseHeaderFields: readonly number[] = [1, 2, 3]

function readRaftResponseHeader(reader: WireReader, end: number, into?: RaftResponseHeader): RaftResponseHeader {
  const message: RaftResponseHeader = into ?? { error: undefined, uuid: emptyBytes, currentTerm: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.error = errorpb.Error.readFrom(reader, reader.end(), message.error)
        break
      case 18:
        message.uuid = reader.bytes()
        break
      case 24:
        message.currentTerm = reader.uint64Number()
        break
      default:
        reader.skip(tag, RaftResponseHeaderFields)
    }
  }
  reader.close(end)
  return message
}

function writeRaftResponseHeader(writer: WireWriter, message: RaftResponseHeader): void {
  if (message.currentTerm !== 0) {
    writer.uint64Number(message.currentTerm)
    writer.tag1(24)
  }
  if (message.uuid.length !== 0) {
    writer.bytes(message.uuid)
    writer.tag1(18)
  }
  if (message.error !== undefined) {
    const mark1 = writer.size
    errorpb.Error.writeTo(writer, message.error)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface Response {
  cmdType: CmdType
  get: GetResponse | undefined
  put: PutResponse | undefined
  delete: DeleteResponse | undefined
  snap: SnapResponse | undefined
  prewrite: PrewriteResponse | undefined
  delteRange: DeleteRangeResponse | undefined
  ingestSst: IngestSSTResponse | undefined
  readIndex: ReadIndexResponse | undefined
}

export const Response: MessageDefinition<Response> = {
  typeName: 'raft_cmdpb.Response',
  create: (init) => ({
    cmdType: init?.cmdType ?? 0,
    get: init?.get,
    put: init?.put,
    delete: init?.delete,
    snap: init?.snap,
    prewrite: init?.prewrite,
    delteRange: init?.delteRange,
    ingestSst: init?.ingestSst,
    readIndex: init?.readIndex,
  }),
  encode: (message) => encodeWith(writeResponse, message),
  decode: (bytes) => decodeWith('raft_cmdpb.Response', readResponse, bytes),
  readFrom: readResponse,
  writeTo: writeResponse,
}

const ResponseFields: readonly number[] = [1, 2, 4, 5, 6, 7, 8, 9, 10]

function readResponse(reader: WireReader, end: number, into?: Response): Response {
  const message: Response = into ?? { cmdType: 0, get: undefined, put: undefined, delete: undefined, snap: undefined, prewrite: undefined, delteRange: undefined, ingestSst: undefined, readIndex: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.cmdType = reader.int32() as CmdType
        break
      case 18:
        message.get = readGetResponse(reader, reader.end(), message.get)
        break
      case 34:
        message.put = readPutResponse(reader, reader.end(), message.put)
        break
      case 42:
        message.delete = readDeleteResponse(reader, reader.end(), message.delete)
        break
      case 50:
        message.snap = readSnapResponse(reader, reader.end(), message.snap)
        break
      case 58:
        message.prewrite = readPrewriteResponse(reader, reader.end(), message.prewrite)
        break
      case 66:
        message.delteRange = readDeleteRangeResponse(reader, reader.end(), message.delteRange)
        break
      case 74:
        message.ingestSst = readIngestSSTResponse(reader, reader.end(), message.ingestSst)
        break
      case 82:
        message.readIndex = readReadIndexResponse(reader, reader.end(), message.readIndex)
        break
      default:
        reader.skip(tag, ResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeResponse(writer: WireWriter, message: Response): void {
  if (message.readIndex !== undefined) {
    const mark10 = writer.size
    writeReadIndexResponse(writer, message.readIndex)
    writer.length(mark10)
    writer.tag1(82)
  }
  if (message.ingestSst !== undefined) {
    const mark9 = writer.size
    writeIngestSSTResponse(writer, message.ingestSst)
    writer.length(mark9)
    writer.tag1(74)
  }
  if (message.delteRange !== undefined) {
    const mark8 = writer.size
    writeDeleteRangeResponse(writer, message.delteRange)
    writer.length(mark8)
    writer.tag1(66)
  }
  if (message.prewrite !== undefined) {
    const mark7 = writer.size
    writePrewriteResponse(writer, message.prewrite)
    writer.length(mark7)
    writer.tag1(58)
  }
  if (message.snap !== undefined) {
    const mark6 = writer.size
    writeSnapResponse(writer, message.snap)
    writer.length(mark6)
    writer.tag1(50)
  }
  if (message.delete !== undefined) {
    const mark5 = writer.size
    writeDeleteResponse(writer, message.delete)
    writer.length(mark5)
    writer.tag1(42)
  }
  if (message.put !== undefined) {
    const mark4 = writer.size
    writePutResponse(writer, message.put)
    writer.length(mark4)
    writer.tag1(34)
  }
  if (message.get !== undefined) {
    const mark2 = writer.size
    writeGetResponse(writer, message.get)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.cmdType !== 0) {
    writer.int32(message.cmdType)
    writer.tag1(8)
  }
}

export interface GetResponse {
  value: Uint8Array
}

export const GetResponse: MessageDefinition<GetResponse> = {
  typeName: 'raft_cmdpb.GetResponse',
  create: (init) => ({
    value: init?.value ?? emptyBytes,
  }),
  encode: (message) => encodeWith(writeGetResponse, message),
  decode: (bytes) => decodeWith('raft_cmdpb.GetResponse', readGetResponse, bytes),
  readFrom: readGetResponse,
  writeTo: writeGetResponse,
}

const GetResponseFields: readonly number[] = [1]

function readGetResponse(reader: WireReader, end: number, into?: GetResponse): GetResponse {
  const message: GetResponse = into ?? { value: emptyBytes }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.value = reader.bytes()
        break
      default:
        reader.skip(tag, GetResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeGetResponse(writer: WireWriter, message: GetResponse): void {
  if (message.value.length !== 0) {
    writer.bytes(message.value)
    writer.tag1(10)
  }
}

export type PutResponse = Record<string, never>

export const PutResponse: MessageDefinition<PutResponse> = {
  typeName: 'raft_cmdpb.PutResponse',
  create: () => ({}),
  encode: (message) => encodeWith(writePutResponse, message),
  decode: (bytes) => decodeWith('raft_cmdpb.PutResponse', readPutResponse, bytes),
  readFrom: readPutResponse,
  writeTo: writePutResponse,
}

function readPutResponse(reader: WireReader, end: number, into?: PutResponse): PutResponse {
  const message: PutResponse = into ?? {}
  while (reader.pos < end) reader.skip(reader.tag(), [])
  reader.close(end)
  return message
}

function writePutResponse(_writer: WireWriter, _message: PutResponse): void {
}

export type DeleteResponse = Record<string, never>

export const DeleteResponse: MessageDefinition<DeleteResponse> = {
  typeName: 'raft_cmdpb.DeleteResponse',
  create: () => ({}),
  encode: (message) => encodeWith(writeDeleteResponse, message),
  decode: (bytes) => decodeWith('raft_cmdpb.DeleteResponse', readDeleteResponse, bytes),
  readFrom: readDeleteResponse,
  writeTo: writeDeleteResponse,
}

function readDeleteResponse(reader: WireReader, end: number, into?: DeleteResponse): DeleteResponse {
  const message: DeleteResponse = into ?? {}
  while (reader.pos < end) reader.skip(reader.tag(), [])
  reader.close(end)
  return message
}

function writeDeleteResponse(_writer: WireWriter, _message: DeleteResponse): void {
}

export interface SnapResponse {
  region: metapb.Region | undefined
}

export const SnapResponse: MessageDefinition<SnapResponse> = {
  typeName: 'raft_cmdpb.SnapResponse',
  create: (init) => ({
    region: init?.region,
  }),
  encode: (message) => encodeWith(writeSnapResponse, message),
  decode: (bytes) => decodeWith('raft_cmdpb.SnapResponse', readSnapResponse, bytes),
  readFrom: readSnapResponse,
  writeTo: writeSnapResponse,
}

const SnapResponseFields: readonly number[] = [1]

function readSnapResponse(reader: WireReader, end: number, into?: SnapResponse): SnapResponse {
  const message: SnapResponse = into ?? { region: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.region = metapb.Region.readFrom(reader, reader.end(), message.region)
        break
      default:
        reader.skip(tag, SnapResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeSnapResponse(writer: WireWriter, message: SnapResponse): void {
  if (message.region !== undefined) {
    const mark1 = writer.size
    metapb.Region.writeTo(writer, message.region)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export type PrewriteResponse = Record<string, never>

export const PrewriteResponse: MessageDefinition<PrewriteResponse> = {
  typeName: 'raft_cmdpb.PrewriteResponse',
  create: () => ({}),
  encode: (message) => encodeWith(writePrewriteResponse, message),
  decode: (bytes) => decodeWith('raft_cmdpb.PrewriteResponse', readPrewriteResponse, bytes),
  readFrom: readPrewriteResponse,
  writeTo: writePrewriteResponse,
}

function readPrewriteResponse(reader: WireReader, end: number, into?: PrewriteResponse): PrewriteResponse {
  const message: PrewriteResponse = into ?? {}
  while (reader.pos < end) reader.skip(reader.tag(), [])
  reader.close(end)
  return message
}

function writePrewriteResponse(_writer: WireWriter, _message: PrewriteResponse): void {
}

export type DeleteRangeResponse = Record<string, never>

export const DeleteRangeResponse: MessageDefinition<DeleteRangeResponse> = {
  typeName: 'raft_cmdpb.DeleteRangeResponse',
  create: () => ({}),
  encode: (message) => encodeWith(writeDeleteRangeResponse, message),
  decode: (bytes) => decodeWith('raft_cmdpb.DeleteRangeResponse', readDeleteRangeResponse, bytes),
  readFrom: readDeleteRangeResponse,
  writeTo: writeDeleteRangeResponse,
}

function readDeleteRangeResponse(reader: WireReader, end: number, into?: DeleteRangeResponse): DeleteRangeResponse {
  const message: DeleteRangeResponse = into ?? {}
  while (reader.pos < end) reader.skip(reader.tag(), [])
  reader.close(end)
  return message
}

function writeDeleteRangeResponse(_writer: WireWriter, _message: DeleteRangeResponse): void {
}

export type IngestSSTResponse = Record<string, never>

export const IngestSSTResponse: MessageDefinition<IngestSSTResponse> = {
  typeName: 'raft_cmdpb.IngestSSTResponse',
  create: () => ({}),
  encode: (message) => encodeWith(writeIngestSSTResponse, message),
  decode: (bytes) => decodeWith('raft_cmdpb.IngestSSTResponse', readIngestSSTResponse, bytes),
  readFrom: readIngestSSTResponse,
  writeTo: writeIngestSSTResponse,
}

function readIngestSSTResponse(reader: WireReader, end: number, into?: IngestSSTResponse): IngestSSTResponse {
  const message: IngestSSTResponse = into ?? {}
  while (reader.pos < end) reader.skip(reader.tag(), [])
  reader.close(end)
  return message
}

function writeIngestSSTResponse(_writer: WireWriter, _message: IngestSSTResponse): void {
}

export interface ReadIndexResponse {
  readIndex: number
  locked: kvrpcpb.LockInfo | undefined
}

export const ReadIndexResponse: MessageDefinition<ReadIndexResponse> = {
  typeName: 'raft_cmdpb.ReadIndexResponse',
  create: (init) => ({
    readIndex: init?.readIndex ?? 0,
    locked: init?.locked,
  }),
  encode: (message) => encodeWith(writeReadIndexResponse, message),
  decode: (bytes) => decodeWith('raft_cmdpb.ReadIndexResponse', readReadIndexResponse, bytes),
  readFrom: readReadIndexResponse,
  writeTo: writeReadIndexResponse,
}

const ReadIndexResponseFields: readonly number[] = [1, 2]

function readReadIndexResponse(reader: WireReader, end: number, into?: ReadIndexResponse): ReadIndexResponse {
  const message: ReadIndexResponse = into ?? { readIndex: 0, locked: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.readIndex = reader.uint64Number()
        break
      case 18:
        message.locked = kvrpcpb.LockInfo.readFrom(reader, reader.end(), message.locked)
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
    const mark2 = writer.size
    kvrpcpb.LockInfo.writeTo(writer, message.locked)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.readIndex !== 0) {
    writer.uint64Number(message.readIndex)
    writer.tag1(8)
  }
}

export interface AdminResponse {
  cmdType: AdminCmdType
  changePeer: ChangePeerResponse | undefined
  split: SplitResponse | undefined
  compactLog: CompactLogResponse | undefined
  transferLeader: TransferLeaderResponse | undefined
  verifyHash: VerifyHashResponse | undefined
  prepareMerge: PrepareMergeResponse | undefined
  commitMerge: CommitMergeResponse | undefined
  rollbackMerge: RollbackMergeResponse | undefined
  splits: BatchSplitResponse | undefined
  changePeerV2: ChangePeerV2Response | undefined
  prepareFlashback: PrepareFlashbackResponse | undefined
  finishFlashback: FinishFlashbackResponse | undefined
  switchWitnesses: BatchSwitchWitnessResponse | undefined
}

export const AdminResponse: MessageDefinition<AdminResponse> = {
  typeName: 'raft_cmdpb.AdminResponse',
  create: (init) => ({
    cmdType: init?.cmdType ?? 0,
    changePeer: init?.changePeer,
    split: init?.split,
    compactLog: init?.compactLog,
    transferLeader: init?.transferLeader,
    verifyHash: init?.verifyHash,
    prepareMerge: init?.prepareMerge,
    commitMerge: init?.commitMerge,
    rollbackMerge: init?.rollbackMerge,
    splits: init?.splits,
    changePeerV2: init?.changePeerV2,
    prepareFlashback: init?.prepareFlashback,
    finishFlashback: init?.finishFlashback,
    switchWitnesses: init?.switchWitnesses,
  }),
  encode: (message) => encodeWith(writeAdminResponse, message),
  decode: (bytes) => decodeWith('raft_cmdpb.AdminResponse', readAdminResponse, bytes),
  readFrom: readAdminResponse,
  writeTo: writeAdminResponse,
}

const AdminResponseFields: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]

function readAdminResponse(reader: WireReader, end: number, into?: AdminResponse): AdminResponse {
  const message: AdminResponse = into ?? { cmdType: 0, changePeer: undefined, split: undefined, compactLog: undefined, transferLeader: undefined, verifyHash: undefined, prepareMerge: undefined, commitMerge: undefined, rollbackMerge: undefined, splits: undefined, changePeerV2: undefined, prepareFlashback: undefined, finishFlashback: undefined, switchWitnesses: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.cmdType = reader.int32() as AdminCmdType
        break
      case 18:
        message.changePeer = readChangePeerResponse(reader, reader.end(), message.changePeer)
        break
      case 26:
        message.split = readSplitResponse(reader, reader.end(), message.split)
        break
      case 34:
        message.compactLog = readCompactLogResponse(reader, reader.end(), message.compactLog)
        break
      case 42:
        message.transferLeader = readTransferLeaderResponse(reader, reader.end(), message.transferLeader)
        break
      case 50:
        message.verifyHash = readVerifyHashResponse(reader, reader.end(), message.verifyHash)
        break
      case 58:
        message.prepareMerge = readPrepareMergeResponse(reader, reader.end(), message.prepareMerge)
        break
      case 66:
        message.commitMerge = readCommitMergeResponse(reader, reader.end(), message.commitMerge)
        break
      case 74:
        message.rollbackMerge = readRollbackMergeResponse(reader, reader.end(), message.rollbackMerge)
        break
      case 82:
        message.splits = readBatchSplitResponse(reader, reader.end(), message.splits)
        break
      case 90:
        message.changePeerV2 = readChangePeerV2Response(reader, reader.end(), message.changePeerV2)
        break
      case 98:
        message.prepareFlashback = readPrepareFlashbackResponse(reader, reader.end(), message.prepareFlashback)
        break
      case 106:
        message.finishFlashback = readFinishFlashbackResponse(reader, reader.end(), message.finishFlashback)
        break
      case 114:
        message.switchWitnesses = readBatchSwitchWitnessResponse(reader, reader.end(), message.switchWitnesses)
        break
      default:
        reader.skip(tag, AdminResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeAdminResponse(writer: WireWriter, message: AdminResponse): void {
  if (message.switchWitnesses !== undefined) {
    const mark14 = writer.size
    writeBatchSwitchWitnessResponse(writer, message.switchWitnesses)
    writer.length(mark14)
    writer.tag1(114)
  }
  if (message.finishFlashback !== undefined) {
    const mark13 = writer.size
    writeFinishFlashbackResponse(writer, message.finishFlashback)
    writer.length(mark13)
    writer.tag1(106)
  }
  if (message.prepareFlashback !== undefined) {
    const mark12 = writer.size
    writePrepareFlashbackResponse(writer, message.prepareFlashback)
    writer.length(mark12)
    writer.tag1(98)
  }
  if (message.changePeerV2 !== undefined) {
    const mark11 = writer.size
    writeChangePeerV2Response(writer, message.changePeerV2)
    writer.length(mark11)
    writer.tag1(90)
  }
  if (message.splits !== undefined) {
    const mark10 = writer.size
    writeBatchSplitResponse(writer, message.splits)
    writer.length(mark10)
    writer.tag1(82)
  }
  if (message.rollbackMerge !== undefined) {
    const mark9 = writer.size
    writeRollbackMergeResponse(writer, message.rollbackMerge)
    writer.length(mark9)
    writer.tag1(74)
  }
  if (message.commitMerge !== undefined) {
    const mark8 = writer.size
    writeCommitMergeResponse(writer, message.commitMerge)
    writer.length(mark8)
    writer.tag1(66)
  }
  if (message.prepareMerge !== undefined) {
    const mark7 = writer.size
    writePrepareMergeResponse(writer, message.prepareMerge)
    writer.length(mark7)
    writer.tag1(58)
  }
  if (message.verifyHash !== undefined) {
    const mark6 = writer.size
    writeVerifyHashResponse(writer, message.verifyHash)
    writer.length(mark6)
    writer.tag1(50)
  }
  if (message.transferLeader !== undefined) {
    const mark5 = writer.size
    writeTransferLeaderResponse(writer, message.transferLeader)
    writer.length(mark5)
    writer.tag1(42)
  }
  if (message.compactLog !== undefined) {
    const mark4 = writer.size
    writeCompactLogResponse(writer, message.compactLog)
    writer.length(mark4)
    writer.tag1(34)
  }
  if (message.split !== undefined) {
    const mark3 = writer.size
    writeSplitResponse(writer, message.split)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.changePeer !== undefined) {
    const mark2 = writer.size
    writeChangePeerResponse(writer, message.changePeer)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.cmdType !== 0) {
    writer.int32(message.cmdType)
    writer.tag1(8)
  }
}

export interface ChangePeerResponse {
  region: metapb.Region | undefined
}

export const ChangePeerResponse: MessageDefinition<ChangePeerResponse> = {
  typeName: 'raft_cmdpb.ChangePeerResponse',
  create: (init) => ({
    region: init?.region,
  }),
  encode: (message) => encodeWith(writeChangePeerResponse, message),
  decode: (bytes) => decodeWith('raft_cmdpb.ChangePeerResponse', readChangePeerResponse, bytes),
  readFrom: readChangePeerResponse,
  writeTo: writeChangePeerResponse,
}

const ChangePeerResponseFields: readonly number[] = [1]

function readChangePeerResponse(reader: WireReader, end: number, into?: ChangePeerResponse): ChangePeerResponse {
  const message: ChangePeerResponse = into ?? { region: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.region = metapb.Region.readFrom(reader, reader.end(), message.region)
        break
      default:
        reader.skip(tag, ChangePeerResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeChangePeerResponse(writer: WireWriter, message: ChangePeerResponse): void {
  if (message.region !== undefined) {
    const mark1 = writer.size
    metapb.Region.writeTo(writer, message.region)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface SplitResponse {
  left: metapb.Region | undefined
  right: metapb.Region | undefined
}

export const SplitResponse: MessageDefinition<SplitResponse> = {
  typeName: 'raft_cmdpb.SplitResponse',
  create: (init) => ({
    left: init?.left,
    right: init?.right,
  }),
  encode: (message) => encodeWith(writeSplitResponse, message),
  decode: (bytes) => decodeWith('raft_cmdpb.SplitResponse', readSplitResponse, bytes),
  readFrom: readSplitResponse,
  writeTo: writeSplitResponse,
}

const SplitResponseFields: readonly number[] = [1, 2]

function readSplitResponse(reader: WireReader, end: number, into?: SplitResponse): SplitResponse {
  const message: SplitResponse = into ?? { left: undefined, right: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.left = metapb.Region.readFrom(reader, reader.end(), message.left)
        break
      case 18:
        message.right = metapb.Region.readFrom(reader, reader.end(), message.right)
        break
      default:
        reader.skip(tag, SplitResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeSplitResponse(writer: WireWriter, message: SplitResponse): void {
  if (message.right !== undefined) {
    const mark2 = writer.size
    metapb.Region.writeTo(writer, message.right)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.left !== undefined) {
    const mark1 = writer.size
    metapb.Region.writeTo(writer, message.left)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export type CompactLogResponse = Record<string, never>

export const CompactLogResponse: MessageDefinition<CompactLogResponse> = {
  typeName: 'raft_cmdpb.CompactLogResponse',
  create: () => ({}),
  encode: (message) => encodeWith(writeCompactLogResponse, message),
  decode: (bytes) => decodeWith('raft_cmdpb.CompactLogResponse', readCompactLogResponse, bytes),
  readFrom: readCompactLogResponse,
  writeTo: writeCompactLogResponse,
}

function readCompactLogResponse(reader: WireReader, end: number, into?: CompactLogResponse): CompactLogResponse {
  const message: CompactLogResponse = into ?? {}
  while (reader.pos < end) reader.skip(reader.tag(), [])
  reader.close(end)
  return message
}

function writeCompactLogResponse(_writer: WireWriter, _message: CompactLogResponse): void {
}

export type TransferLeaderResponse = Record<string, never>

export const TransferLeaderResponse: MessageDefinition<TransferLeaderResponse> = {
  typeName: 'raft_cmdpb.TransferLeaderResponse',
  create: () => ({}),
  encode: (message) => encodeWith(writeTransferLeaderResponse, message),
  decode: (bytes) => decodeWith('raft_cmdpb.TransferLeaderResponse', readTransferLeaderResponse, bytes),
  readFrom: readTransferLeaderResponse,
  writeTo: writeTransferLeaderResponse,
}

function readTransferLeaderResponse(reader: WireReader, end: number, into?: TransferLeaderResponse): TransferLeaderResponse {
  const message: TransferLeaderResponse = into ?? {}
  while (reader.pos < end) reader.skip(reader.tag(), [])
  reader.close(end)
  return message
}

function writeTransferLeaderResponse(_writer: WireWriter, _message: TransferLeaderResponse): void {
}

export type VerifyHashResponse = Record<string, never>

export const VerifyHashResponse: MessageDefinition<VerifyHashResponse> = {
  typeName: 'raft_cmdpb.VerifyHashResponse',
  create: () => ({}),
  encode: (message) => encodeWith(writeVerifyHashResponse, message),
  decode: (bytes) => decodeWith('raft_cmdpb.VerifyHashResponse', readVerifyHashResponse, bytes),
  readFrom: readVerifyHashResponse,
  writeTo: writeVerifyHashResponse,
}

function readVerifyHashResponse(reader: WireReader, end: number, into?: VerifyHashResponse): VerifyHashResponse {
  const message: VerifyHashResponse = into ?? {}
  while (reader.pos < end) reader.skip(reader.tag(), [])
  reader.close(end)
  return message
}

function writeVerifyHashResponse(_writer: WireWriter, _message: VerifyHashResponse): void {
}

export type PrepareMergeResponse = Record<string, never>

export const PrepareMergeResponse: MessageDefinition<PrepareMergeResponse> = {
  typeName: 'raft_cmdpb.PrepareMergeResponse',
  create: () => ({}),
  encode: (message) => encodeWith(writePrepareMergeResponse, message),
  decode: (bytes) => decodeWith('raft_cmdpb.PrepareMergeResponse', readPrepareMergeResponse, bytes),
  readFrom: readPrepareMergeResponse,
  writeTo: writePrepareMergeResponse,
}

function readPrepareMergeResponse(reader: WireReader, end: number, into?: PrepareMergeResponse): PrepareMergeResponse {
  const message: PrepareMergeResponse = into ?? {}
  while (reader.pos < end) reader.skip(reader.tag(), [])
  reader.close(end)
  return message
}

function writePrepareMergeResponse(_writer: WireWriter, _message: PrepareMergeResponse): void {
}

export type CommitMergeResponse = Record<string, never>

export const CommitMergeResponse: MessageDefinition<CommitMergeResponse> = {
  typeName: 'raft_cmdpb.CommitMergeResponse',
  create: () => ({}),
  encode: (message) => encodeWith(writeCommitMergeResponse, message),
  decode: (bytes) => decodeWith('raft_cmdpb.CommitMergeResponse', readCommitMergeResponse, bytes),
  readFrom: readCommitMergeResponse,
  writeTo: writeCommitMergeResponse,
}

function readCommitMergeResponse(reader: WireReader, end: number, into?: CommitMergeResponse): CommitMergeResponse {
  const message: CommitMergeResponse = into ?? {}
  while (reader.pos < end) reader.skip(reader.tag(), [])
  reader.close(end)
  return message
}

function writeCommitMergeResponse(_writer: WireWriter, _message: CommitMergeResponse): void {
}

export type RollbackMergeResponse = Record<string, never>

export const RollbackMergeResponse: MessageDefinition<RollbackMergeResponse> = {
  typeName: 'raft_cmdpb.RollbackMergeResponse',
  create: () => ({}),
  encode: (message) => encodeWith(writeRollbackMergeResponse, message),
  decode: (bytes) => decodeWith('raft_cmdpb.RollbackMergeResponse', readRollbackMergeResponse, bytes),
  readFrom: readRollbackMergeResponse,
  writeTo: writeRollbackMergeResponse,
}

function readRollbackMergeResponse(reader: WireReader, end: number, into?: RollbackMergeResponse): RollbackMergeResponse {
  const message: RollbackMergeResponse = into ?? {}
  while (reader.pos < end) reader.skip(reader.tag(), [])
  reader.close(end)
  return message
}

function writeRollbackMergeResponse(_writer: WireWriter, _message: RollbackMergeResponse): void {
}

export interface BatchSplitResponse {
  regions: metapb.Region[]
}

export const BatchSplitResponse: MessageDefinition<BatchSplitResponse> = {
  typeName: 'raft_cmdpb.BatchSplitResponse',
  create: (init) => ({
    regions: init?.regions ?? [],
  }),
  encode: (message) => encodeWith(writeBatchSplitResponse, message),
  decode: (bytes) => decodeWith('raft_cmdpb.BatchSplitResponse', readBatchSplitResponse, bytes),
  readFrom: readBatchSplitResponse,
  writeTo: writeBatchSplitResponse,
}

const BatchSplitResponseFields: readonly number[] = [1]

function readBatchSplitResponse(reader: WireReader, end: number, into?: BatchSplitResponse): BatchSplitResponse {
  const message: BatchSplitResponse = into ?? { regions: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.regions.push(metapb.Region.readFrom(reader, reader.end()))
        break
      default:
        reader.skip(tag, BatchSplitResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeBatchSplitResponse(writer: WireWriter, message: BatchSplitResponse): void {
  for (let at = message.regions.length - 1; at >= 0; at--) {
    const value = message.regions[at]!
    const mark1 = writer.size
    metapb.Region.writeTo(writer, value)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface ChangePeerV2Response {
  region: metapb.Region | undefined
}

export const ChangePeerV2Response: MessageDefinition<ChangePeerV2Response> = {
  typeName: 'raft_cmdpb.ChangePeerV2Response',
  create: (init) => ({
    region: init?.region,
  }),
  encode: (message) => encodeWith(writeChangePeerV2Response, message),
  decode: (bytes) => decodeWith('raft_cmdpb.ChangePeerV2Response', readChangePeerV2Response, bytes),
  readFrom: readChangePeerV2Response,
  writeTo: writeChangePeerV2Response,
}

const ChangePeerV2ResponseFields: readonly number[] = [1]

function readChangePeerV2Response(reader: WireReader, end: number, into?: ChangePeerV2Response): ChangePeerV2Response {
  const message: ChangePeerV2Response = into ?? { region: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.region = metapb.Region.readFrom(reader, reader.end(), message.region)
        break
      default:
        reader.skip(tag, ChangePeerV2ResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeChangePeerV2Response(writer: WireWriter, message: ChangePeerV2Response): void {
  if (message.region !== undefined) {
    const mark1 = writer.size
    metapb.Region.writeTo(writer, message.region)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export type PrepareFlashbackResponse = Record<string, never>

export const PrepareFlashbackResponse: MessageDefinition<PrepareFlashbackResponse> = {
  typeName: 'raft_cmdpb.PrepareFlashbackResponse',
  create: () => ({}),
  encode: (message) => encodeWith(writePrepareFlashbackResponse, message),
  decode: (bytes) => decodeWith('raft_cmdpb.PrepareFlashbackResponse', readPrepareFlashbackResponse, bytes),
  readFrom: readPrepareFlashbackResponse,
  writeTo: writePrepareFlashbackResponse,
}

function readPrepareFlashbackResponse(reader: WireReader, end: number, into?: PrepareFlashbackResponse): PrepareFlashbackResponse {
  const message: PrepareFlashbackResponse = into ?? {}
  while (reader.pos < end) reader.skip(reader.tag(), [])
  reader.close(end)
  return message
}

function writePrepareFlashbackResponse(_writer: WireWriter, _message: PrepareFlashbackResponse): void {
}

export type FinishFlashbackResponse = Record<string, never>

export const FinishFlashbackResponse: MessageDefinition<FinishFlashbackResponse> = {
  typeName: 'raft_cmdpb.FinishFlashbackResponse',
  create: () => ({}),
  encode: (message) => encodeWith(writeFinishFlashbackResponse, message),
  decode: (bytes) => decodeWith('raft_cmdpb.FinishFlashbackResponse', readFinishFlashbackResponse, bytes),
  readFrom: readFinishFlashbackResponse,
  writeTo: writeFinishFlashbackResponse,
}

function readFinishFlashbackResponse(reader: WireReader, end: number, into?: FinishFlashbackResponse): FinishFlashbackResponse {
  const message: FinishFlashbackResponse = into ?? {}
  while (reader.pos < end) reader.skip(reader.tag(), [])
  reader.close(end)
  return message
}

function writeFinishFlashbackResponse(_writer: WireWriter, _message: FinishFlashbackResponse): void {
}

export type BatchSwitchWitnessResponse = Record<string, never>

export const BatchSwitchWitnessResponse: MessageDefinition<BatchSwitchWitnessResponse> = {
  typeName: 'raft_cmdpb.BatchSwitchWitnessResponse',
  create: () => ({}),
  encode: (message) => encodeWith(writeBatchSwitchWitnessResponse, message),
  decode: (bytes) => decodeWith('raft_cmdpb.BatchSwitchWitnessResponse', readBatchSwitchWitnessResponse, bytes),
  readFrom: readBatchSwitchWitnessResponse,
  writeTo: writeBatchSwitchWitnessResponse,
}

function readBatchSwitchWitnessResponse(reader: WireReader, end: number, into?: BatchSwitchWitnessResponse): BatchSwitchWitnessResponse {
  const message: BatchSwitchWitnessResponse = into ?? {}
  while (reader.pos < end) reader.skip(reader.tag(), [])
  reader.close(end)
  return message
}

function writeBatchSwitchWitnessResponse(_writer: WireWriter, _message: BatchSwitchWitnessResponse): void {
}

export interface StatusResponse {
  cmdType: StatusCmdType
  regionLeader: RegionLeaderResponse | undefined
  regionDetail: RegionDetailResponse | undefined
}

export const StatusResponse: MessageDefinition<StatusResponse> = {
  typeName: 'raft_cmdpb.StatusResponse',
  create: (init) => ({
    cmdType: init?.cmdType ?? 0,
    regionLeader: init?.regionLeader,
    regionDetail: init?.regionDetail,
  }),
  encode: (message) => encodeWith(writeStatusResponse, message),
  decode: (bytes) => decodeWith('raft_cmdpb.StatusResponse', readStatusResponse, bytes),
  readFrom: readStatusResponse,
  writeTo: writeStatusResponse,
}

const StatusResponseFields: readonly number[] = [1, 2, 3]

function readStatusResponse(reader: WireReader, end: number, into?: StatusResponse): StatusResponse {
  const message: StatusResponse = into ?? { cmdType: 0, regionLeader: undefined, regionDetail: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.cmdType = reader.int32() as StatusCmdType
        break
      case 18:
        message.regionLeader = readRegionLeaderResponse(reader, reader.end(), message.regionLeader)
        break
      case 26:
        message.regionDetail = readRegionDetailResponse(reader, reader.end(), message.regionDetail)
        break
      default:
        reader.skip(tag, StatusResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeStatusResponse(writer: WireWriter, message: StatusResponse): void {
  if (message.regionDetail !== undefined) {
    const mark3 = writer.size
    writeRegionDetailResponse(writer, message.regionDetail)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.regionLeader !== undefined) {
    const mark2 = writer.size
    writeRegionLeaderResponse(writer, message.regionLeader)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.cmdType !== 0) {
    writer.int32(message.cmdType)
    writer.tag1(8)
  }
}

export interface RegionLeaderResponse {
  leader: metapb.Peer | undefined
}

export const RegionLeaderResponse: MessageDefinition<RegionLeaderResponse> = {
  typeName: 'raft_cmdpb.RegionLeaderResponse',
  create: (init) => ({
    leader: init?.leader,
  }),
  encode: (message) => encodeWith(writeRegionLeaderResponse, message),
  decode: (bytes) => decodeWith('raft_cmdpb.RegionLeaderResponse', readRegionLeaderResponse, bytes),
  readFrom: readRegionLeaderResponse,
  writeTo: writeRegionLeaderResponse,
}

const RegionLeaderResponseFields: readonly number[] = [1]

function readRegionLeaderResponse(reader: WireReader, end: number, into?: RegionLeaderResponse): RegionLeaderResponse {
  const message: RegionLeaderResponse = into ?? { leader: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.leader = metapb.Peer.readFrom(reader, reader.end(), message.leader)
        break
      default:
        reader.skip(tag, RegionLeaderResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeRegionLeaderResponse(writer: WireWriter, message: RegionLeaderResponse): void {
  if (message.leader !== undefined) {
    const mark1 = writer.size
    metapb.Peer.writeTo(writer, message.leader)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface RegionDetailResponse {
  region: metapb.Region | undefined
  leader: metapb.Peer | undefined
}

export const RegionDetailResponse: MessageDefinition<RegionDetailResponse> = {
  typeName: 'raft_cmdpb.RegionDetailResponse',
  create: (init) => ({
    region: init?.region,
    leader: init?.leader,
  }),
  encode: (message) => encodeWith(writeRegionDetailResponse, message),
  decode: (bytes) => decodeWith('raft_cmdpb.RegionDetailResponse', readRegionDetailResponse, bytes),
  readFrom: readRegionDetailResponse,
  writeTo: writeRegionDetailResponse,
}

const RegionDetailResponseFields: readonly number[] = [1, 2]

function readRegionDetailResponse(reader: WireReader, end: number, into?: RegionDetailResponse): RegionDetailResponse {
  const message: RegionDetailResponse = into ?? { region: undefined, leader: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.region = metapb.Region.readFrom(reader, reader.end(), message.region)
        break
      case 18:
        message.leader = metapb.Peer.readFrom(reader, reader.end(), message.leader)
        break
      default:
        reader.skip(tag, RegionDetailResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeRegionDetailResponse(writer: WireWriter, message: RegionDetailResponse): void {
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
