// Generated from proto/raft_serverpb.proto by `npm run generate -w packages/proto`. Do not edit.
import { decodeWith, encodeWith } from '../message-codec.ts'
import type { MessageDefinition } from '../message-definition.ts'
import { emptyBytes, type WireReader } from '../wire-reader.ts'
import type { WireWriter } from '../wire-writer.ts'
import * as disk_usage from './disk_usage.ts'
import * as encryptionpb from './encryptionpb.ts'
import * as eraftpb from './eraftpb.ts'
import * as kvrpcpb from './kvrpcpb.ts'
import * as metapb from './metapb.ts'

export const PeerState = {
  Normal: 0,
  Applying: 1,
  Tombstone: 2,
  Merging: 3,
  Unavailable: 4,
} as const
/** A number that is not listed is kept as it came. */
export type PeerState = (typeof PeerState)[keyof typeof PeerState]

export const ExtraMessageType = {
  MsgRegionWakeUp: 0,
  MsgWantRollbackMerge: 1,
  MsgCheckStalePeer: 2,
  MsgCheckStalePeerResponse: 3,
  MsgHibernateRequest: 4,
  MsgHibernateResponse: 5,
  MsgRejectRaftLogCausedByMemoryUsage: 6,
  MsgAvailabilityRequest: 7,
  MsgAvailabilityResponse: 8,
  MsgVoterReplicatedIndexRequest: 9,
  MsgVoterReplicatedIndexResponse: 10,
  MsgGcPeerRequest: 11,
  MsgGcPeerResponse: 12,
  MsgFlushMemtable: 13,
  MsgRefreshBuckets: 14,
  MsgSnapGenPrecheckRequest: 15,
  MsgSnapGenPrecheckResponse: 16,
  MsgPreLoadRegionRequest: 17,
  MsgPreLoadRegionResponse: 18,
} as const
/** A number that is not listed is kept as it came. */
export type ExtraMessageType = (typeof ExtraMessageType)[keyof typeof ExtraMessageType]

export type Done = Record<string, never>

export const Done: MessageDefinition<Done> = {
  typeName: 'raft_serverpb.Done',
  create: () => ({}),
  encode: (message) => encodeWith(writeDone, message),
  decode: (bytes) => decodeWith('raft_serverpb.Done', readDone, bytes),
  readFrom: readDone,
  writeTo: writeDone,
}

function readDone(reader: WireReader, end: number, into?: Done): Done {
  const message: Done = into ?? {}
  while (reader.pos < end) reader.skip(reader.tag(), [])
  reader.close(end)
  return message
}

function writeDone(_writer: WireWriter, _message: Done): void {
}

export interface RaftLocalState {
  hardState: eraftpb.HardState | undefined
  lastIndex: number
}

export const RaftLocalState: MessageDefinition<RaftLocalState> = {
  typeName: 'raft_serverpb.RaftLocalState',
  create: (init) => ({
    hardState: init?.hardState,
    lastIndex: init?.lastIndex ?? 0,
  }),
  encode: (message) => encodeWith(writeRaftLocalState, message),
  decode: (bytes) => decodeWith('raft_serverpb.RaftLocalState', readRaftLocalState, bytes),
  readFrom: readRaftLocalState,
  writeTo: writeRaftLocalState,
}

const RaftLocalStateFields: readonly number[] = [1, 2]

function readRaftLocalState(reader: WireReader, end: number, into?: RaftLocalState): RaftLocalState {
  const message: RaftLocalState = into ?? { hardState: undefined, lastIndex: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.hardState = eraftpb.HardState.readFrom(reader, reader.end(), message.hardState)
        break
      case 16:
        message.lastIndex = reader.uint64Number()
        break
      default:
        reader.skip(tag, RaftLocalStateFields)
    }
  }
  reader.close(end)
  return message
}

function writeRaftLocalState(writer: WireWriter, message: RaftLocalState): void {
  if (message.lastIndex !== 0) {
    writer.uint64Number(message.lastIndex)
    writer.tag1(16)
  }
  if (message.hardState !== undefined) {
    const mark1 = writer.size
    eraftpb.HardState.writeTo(writer, message.hardState)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface RaftSnapshotData {
  region: metapb.Region | undefined
  fileSize: number
  data: KeyValue[]
  version: number
  meta: SnapshotMeta | undefined
  removedRecords: metapb.Peer[]
  mergedRecords: MergedRecord[]
}

export const RaftSnapshotData: MessageDefinition<RaftSnapshotData> = {
  typeName: 'raft_serverpb.RaftSnapshotData',
  create: (init) => ({
    region: init?.region,
    fileSize: init?.fileSize ?? 0,
    data: init?.data ?? [],
    version: init?.version ?? 0,
    meta: init?.meta,
    removedRecords: init?.removedRecords ?? [],
    mergedRecords: init?.mergedRecords ?? [],
  }),
  encode: (message) => encodeWith(writeRaftSnapshotData, message),
  decode: (bytes) => decodeWith('raft_serverpb.RaftSnapshotData', readRaftSnapshotData, bytes),
  readFrom: readRaftSnapshotData,
  writeTo: writeRaftSnapshotData,
}

const RaftSnapshotDataFields: readonly number[] = [1, 2, 3, 4, 5, 6, 7]

function readRaftSnapshotData(reader: WireReader, end: number, into?: RaftSnapshotData): RaftSnapshotData {
  const message: RaftSnapshotData = into ?? { region: undefined, fileSize: 0, data: [], version: 0, meta: undefined, removedRecords: [], mergedRecords: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.region = metapb.Region.readFrom(reader, reader.end(), message.region)
        break
      case 16:
        message.fileSize = reader.uint64Number()
        break
      case 26:
        message.data.push(readKeyValue(reader, reader.end()))
        break
      case 32:
        message.version = reader.uint64Number()
        break
      case 42:
        message.meta = readSnapshotMeta(reader, reader.end(), message.meta)
        break
      case 50:
        message.removedRecords.push(metapb.Peer.readFrom(reader, reader.end()))
        break
      case 58:
        message.mergedRecords.push(readMergedRecord(reader, reader.end()))
        break
      default:
        reader.skip(tag, RaftSnapshotDataFields)
    }
  }
  reader.close(end)
  return message
}

function writeRaftSnapshotData(writer: WireWriter, message: RaftSnapshotData): void {
  for (let at = message.mergedRecords.length - 1; at >= 0; at--) {
    const value = message.mergedRecords[at]!
    const mark7 = writer.size
    writeMergedRecord(writer, value)
    writer.length(mark7)
    writer.tag1(58)
  }
  for (let at = message.removedRecords.length - 1; at >= 0; at--) {
    const value = message.removedRecords[at]!
    const mark6 = writer.size
    metapb.Peer.writeTo(writer, value)
    writer.length(mark6)
    writer.tag1(50)
  }
  if (message.meta !== undefined) {
    const mark5 = writer.size
    writeSnapshotMeta(writer, message.meta)
    writer.length(mark5)
    writer.tag1(42)
  }
  if (message.version !== 0) {
    writer.uint64Number(message.version)
    writer.tag1(32)
  }
  for (let at = message.data.length - 1; at >= 0; at--) {
    const value = message.data[at]!
    const mark3 = writer.size
    writeKeyValue(writer, value)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.fileSize !== 0) {
    writer.uint64Number(message.fileSize)
    writer.tag1(16)
  }
  if (message.region !== undefined) {
    const mark1 = writer.size
    metapb.Region.writeTo(writer, message.region)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface KeyValue {
  key: Uint8Array
  value: Uint8Array
}

export const KeyValue: MessageDefinition<KeyValue> = {
  typeName: 'raft_serverpb.KeyValue',
  create: (init) => ({
    key: init?.key ?? emptyBytes,
    value: init?.value ?? emptyBytes,
  }),
  encode: (message) => encodeWith(writeKeyValue, message),
  decode: (bytes) => decodeWith('raft_serverpb.KeyValue', readKeyValue, bytes),
  readFrom: readKeyValue,
  writeTo: writeKeyValue,
}

const KeyValueFields: readonly number[] = [1, 2]

function readKeyValue(reader: WireReader, end: number, into?: KeyValue): KeyValue {
  const message: KeyValue = into ?? { key: emptyBytes, value: emptyBytes }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.key = reader.bytes()
        break
      case 18:
        message.value = reader.bytes()
        break
      default:
        reader.skip(tag, KeyValueFields)
    }
  }
  reader.close(end)
  return message
}

function writeKeyValue(writer: WireWriter, message: KeyValue): void {
  if (message.value.length !== 0) {
    writer.bytes(message.value)
    writer.tag1(18)
  }
  if (message.key.length !== 0) {
    writer.bytes(message.key)
    writer.tag1(10)
  }
}

export interface SnapshotMeta {
  cfFiles: SnapshotCFFile[]
  forBalance: boolean
  forWitness: boolean
  start: number
  generateDurationSec: number
  tabletSnapPath: string
  commitIndexHint: number
}

export const SnapshotMeta: MessageDefinition<SnapshotMeta> = {
  typeName: 'raft_serverpb.SnapshotMeta',
  create: (init) => ({
    cfFiles: init?.cfFiles ?? [],
    forBalance: init?.forBalance ?? false,
    forWitness: init?.forWitness ?? false,
    start: init?.start ?? 0,
    generateDurationSec: init?.generateDurationSec ?? 0,
    tabletSnapPath: init?.tabletSnapPath ?? '',
    commitIndexHint: init?.commitIndexHint ?? 0,
  }),
  encode: (message) => encodeWith(writeSnapshotMeta, message),
  decode: (bytes) => decodeWith('raft_serverpb.SnapshotMeta', readSnapshotMeta, bytes),
  readFrom: readSnapshotMeta,
  writeTo: writeSnapshotMeta,
}

const SnapshotMetaFields: readonly number[] = [1, 2, 3, 4, 5, 6, 7]

function readSnapshotMeta(reader: WireReader, end: number, into?: SnapshotMeta): SnapshotMeta {
  const message: SnapshotMeta = into ?? { cfFiles: [], forBalance: false, forWitness: false, start: 0, generateDurationSec: 0, tabletSnapPath: '', commitIndexHint: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.cfFiles.push(readSnapshotCFFile(reader, reader.end()))
        break
      case 16:
        message.forBalance = reader.bool()
        break
      case 24:
        message.forWitness = reader.bool()
        break
      case 32:
        message.start = reader.uint64Number()
        break
      case 40:
        message.generateDurationSec = reader.uint64Number()
        break
      case 50:
        message.tabletSnapPath = reader.string()
        break
      case 56:
        message.commitIndexHint = reader.uint64Number()
        break
      default:
        reader.skip(tag, SnapshotMetaFields)
    }
  }
  reader.close(end)
  return message
}

function writeSnapshotMeta(writer: WireWriter, message: SnapshotMeta): void {
  if (message.commitIndexHint !== 0) {
    writer.uint64Number(message.commitIndexHint)
    writer.tag1(56)
  }
  if (message.tabletSnapPath !== '') {
    writer.string(message.tabletSnapPath)
    writer.tag1(50)
  }
  if (message.generateDurationSec !== 0) {
    writer.uint64Number(message.generateDurationSec)
    writer.tag1(40)
  }
  if (message.start !== 0) {
    writer.uint64Number(message.start)
    writer.tag1(32)
  }
  if (message.forWitness) {
    writer.bool(message.forWitness)
    writer.tag1(24)
  }
  if (message.forBalance) {
    writer.bool(message.forBalance)
    writer.tag1(16)
  }
  for (let at = message.cfFiles.length - 1; at >= 0; at--) {
    const value = message.cfFiles[at]!
    const mark1 = writer.size
    writeSnapshotCFFile(writer, value)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface SnapshotCFFile {
  cf: string
  size: number
  checksum: number
}

export const SnapshotCFFile: MessageDefinition<SnapshotCFFile> = {
  typeName: 'raft_serverpb.SnapshotCFFile',
  create: (init) => ({
    cf: init?.cf ?? '',
    size: init?.size ?? 0,
    checksum: init?.checksum ?? 0,
  }),
  encode: (message) => encodeWith(writeSnapshotCFFile, message),
  decode: (bytes) => decodeWith('raft_serverpb.SnapshotCFFile', readSnapshotCFFile, bytes),
  readFrom: readSnapshotCFFile,
  writeTo: writeSnapshotCFFile,
}

const SnapshotCFFileFields: readonly number[] = [1, 2, 3]

function readSnapshotCFFile(reader: WireReader, end: number, into?: SnapshotCFFile): SnapshotCFFile {
  const message: SnapshotCFFile = into ?? { cf: '', size: 0, checksum: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.cf = reader.string()
        break
      case 16:
        message.size = reader.uint64Number()
        break
      case 24:
        message.checksum = reader.uint32()
        break
      default:
        reader.skip(tag, SnapshotCFFileFields)
    }
  }
  reader.close(end)
  return message
}

function writeSnapshotCFFile(writer: WireWriter, message: SnapshotCFFile): void {
  if (message.checksum !== 0) {
    writer.uint32(message.checksum)
    writer.tag1(24)
  }
  if (message.size !== 0) {
    writer.uint64Number(message.size)
    writer.tag1(16)
  }
  if (message.cf !== '') {
    writer.string(message.cf)
    writer.tag1(10)
  }
}

export interface MergedRecord {
  sourceRegionId: number
  sourceEpoch: metapb.RegionEpoch | undefined
  sourcePeers: metapb.Peer[]
  targetRegionId: number
  targetEpoch: metapb.RegionEpoch | undefined
  targetPeers: metapb.Peer[]
  index: number
  sourceIndex: number
  sourceRemovedRecords: metapb.Peer[]
}

export const MergedRecord: MessageDefinition<MergedRecord> = {
  typeName: 'raft_serverpb.MergedRecord',
  create: (init) => ({
    sourceRegionId: init?.sourceRegionId ?? 0,
    sourceEpoch: init?.sourceEpoch,
    sourcePeers: init?.sourcePeers ?? [],
    targetRegionId: init?.targetRegionId ?? 0,
    targetEpoch: init?.targetEpoch,
    targetPeers: init?.targetPeers ?? [],
    index: init?.index ?? 0,
    sourceIndex: init?.sourceIndex ?? 0,
    sourceRemovedRecords: init?.sourceRemovedRecords ?? [],
  }),
  encode: (message) => encodeWith(writeMergedRecord, message),
  decode: (bytes) => decodeWith('raft_serverpb.MergedRecord', readMergedRecord, bytes),
  readFrom: readMergedRecord,
  writeTo: writeMergedRecord,
}

const MergedRecordFields: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9]

function readMergedRecord(reader: WireReader, end: number, into?: MergedRecord): MergedRecord {
  const message: MergedRecord = into ?? { sourceRegionId: 0, sourceEpoch: undefined, sourcePeers: [], targetRegionId: 0, targetEpoch: undefined, targetPeers: [], index: 0, sourceIndex: 0, sourceRemovedRecords: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.sourceRegionId = reader.uint64Number()
        break
      case 18:
        message.sourceEpoch = metapb.RegionEpoch.readFrom(reader, reader.end(), message.sourceEpoch)
        break
      case 26:
        message.sourcePeers.push(metapb.Peer.readFrom(reader, reader.end()))
        break
      case 32:
        message.targetRegionId = reader.uint64Number()
        break
      case 42:
        message.targetEpoch = metapb.RegionEpoch.readFrom(reader, reader.end(), message.targetEpoch)
        break
      case 50:
        message.targetPeers.push(metapb.Peer.readFrom(reader, reader.end()))
        break
      case 56:
        message.index = reader.uint64Number()
        break
      case 64:
        message.sourceIndex = reader.uint64Number()
        break
      case 74:
        message.sourceRemovedRecords.push(metapb.Peer.readFrom(reader, reader.end()))
        break
      default:
        reader.skip(tag, MergedRecordFields)
    }
  }
  reader.close(end)
  return message
}

function writeMergedRecord(writer: WireWriter, message: MergedRecord): void {
  for (let at = message.sourceRemovedRecords.length - 1; at >= 0; at--) {
    const value = message.sourceRemovedRecords[at]!
    const mark9 = writer.size
    metapb.Peer.writeTo(writer, value)
    writer.length(mark9)
    writer.tag1(74)
  }
  if (message.sourceIndex !== 0) {
    writer.uint64Number(message.sourceIndex)
    writer.tag1(64)
  }
  if (message.index !== 0) {
    writer.uint64Number(message.index)
    writer.tag1(56)
  }
  for (let at = message.targetPeers.length - 1; at >= 0; at--) {
    const value = message.targetPeers[at]!
    const mark6 = writer.size
    metapb.Peer.writeTo(writer, value)
    writer.length(mark6)
    writer.tag1(50)
  }
  if (message.targetEpoch !== undefined) {
    const mark5 = writer.size
    metapb.RegionEpoch.writeTo(writer, message.targetEpoch)
    writer.length(mark5)
    writer.tag1(42)
  }
  if (message.targetRegionId !== 0) {
    writer.uint64Number(message.targetRegionId)
    writer.tag1(32)
  }
  for (let at = message.sourcePeers.length - 1; at >= 0; at--) {
    const value = message.sourcePeers[at]!
    const mark3 = writer.size
    metapb.Peer.writeTo(writer, value)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.sourceEpoch !== undefined) {
    const mark2 = writer.size
    metapb.RegionEpoch.writeTo(writer, message.sourceEpoch)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.sourceRegionId !== 0) {
    writer.uint64Number(message.sourceRegionId)
    writer.tag1(8)
  }
}

export interface RegionSequenceNumberRelation {
  regionId: number
  sequenceNumber: number
  applyState: RaftApplyState | undefined
  regionState: RegionLocalState | undefined
}

export const RegionSequenceNumberRelation: MessageDefinition<RegionSequenceNumberRelation> = {
  typeName: 'raft_serverpb.RegionSequenceNumberRelation',
  create: (init) => ({
    regionId: init?.regionId ?? 0,
    sequenceNumber: init?.sequenceNumber ?? 0,
    applyState: init?.applyState,
    regionState: init?.regionState,
  }),
  encode: (message) => encodeWith(writeRegionSequenceNumberRelation, message),
  decode: (bytes) => decodeWith('raft_serverpb.RegionSequenceNumberRelation', readRegionSequenceNumberRelation, bytes),
  readFrom: readRegionSequenceNumberRelation,
  writeTo: writeRegionSequenceNumberRelation,
}

const RegionSequenceNumberRelationFields: readonly number[] = [1, 2, 3, 4]

function readRegionSequenceNumberRelation(reader: WireReader, end: number, into?: RegionSequenceNumberRelation): RegionSequenceNumberRelation {
  const message: RegionSequenceNumberRelation = into ?? { regionId: 0, sequenceNumber: 0, applyState: undefined, regionState: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.regionId = reader.uint64Number()
        break
      case 16:
        message.sequenceNumber = reader.uint64Number()
        break
      case 26:
        message.applyState = readRaftApplyState(reader, reader.end(), message.applyState)
        break
      case 34:
        message.regionState = readRegionLocalState(reader, reader.end(), message.regionState)
        break
      default:
        reader.skip(tag, RegionSequenceNumberRelationFields)
    }
  }
  reader.close(end)
  return message
}

function writeRegionSequenceNumberRelation(writer: WireWriter, message: RegionSequenceNumberRelation): void {
  if (message.regionState !== undefined) {
    const mark4 = writer.size
    writeRegionLocalState(writer, message.regionState)
    writer.length(mark4)
    writer.tag1(34)
  }
  if (message.applyState !== undefined) {
    const mark3 = writer.size
    writeRaftApplyState(writer, message.applyState)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.sequenceNumber !== 0) {
    writer.uint64Number(message.sequenceNumber)
    writer.tag1(16)
  }
  if (message.regionId !== 0) {
    writer.uint64Number(message.regionId)
    writer.tag1(8)
  }
}

export interface RaftApplyState {
  appliedIndex: number
  truncatedState: RaftTruncatedState | undefined
  lastCommitIndex: number
  commitIndex: number
  commitTerm: number
}

export const RaftApplyState: MessageDefinition<RaftApplyState> = {
  typeName: 'raft_serverpb.RaftApplyState',
  create: (init) => ({
    appliedIndex: init?.appliedIndex ?? 0,
    truncatedState: init?.truncatedState,
    lastCommitIndex: init?.lastCommitIndex ?? 0,
    commitIndex: init?.commitIndex ?? 0,
    commitTerm: init?.commitTerm ?? 0,
  }),
  encode: (message) => encodeWith(writeRaftApplyState, message),
  decode: (bytes) => decodeWith('raft_serverpb.RaftApplyState', readRaftApplyState, bytes),
  readFrom: readRaftApplyState,
  writeTo: writeRaftApplyState,
}

const RaftApplyStateFields: readonly number[] = [1, 2, 3, 4, 5]

function readRaftApplyState(reader: WireReader, end: number, into?: RaftApplyState): RaftApplyState {
  const message: RaftApplyState = into ?? { appliedIndex: 0, truncatedState: undefined, lastCommitIndex: 0, commitIndex: 0, commitTerm: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.appliedIndex = reader.uint64Number()
        break
      case 18:
        message.truncatedState = readRaftTruncatedState(reader, reader.end(), message.truncatedState)
        break
      case 24:
        message.lastCommitIndex = reader.uint64Number()
        break
      case 32:
        message.commitIndex = reader.uint64Number()
        break
      case 40:
        message.commitTerm = reader.uint64Number()
        break
      default:
        reader.skip(tag, RaftApplyStateFields)
    }
  }
  reader.close(end)
  return message
}

function writeRaftApplyState(writer: WireWriter, message: RaftApplyState): void {
  if (message.commitTerm !== 0) {
    writer.uint64Number(message.commitTerm)
    writer.tag1(40)
  }
  if (message.commitIndex !== 0) {
    writer.uint64Number(message.commitIndex)
    writer.tag1(32)
  }
  if (message.lastCommitIndex !== 0) {
    writer.uint64Number(message.lastCommitIndex)
    writer.tag1(24)
  }
  if (message.truncatedState !== undefined) {
    const mark2 = writer.size
    writeRaftTruncatedState(writer, message.truncatedState)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.appliedIndex !== 0) {
    writer.uint64Number(message.appliedIndex)
    writer.tag1(8)
  }
}

export interface RaftTruncatedState {
  index: number
  term: number
}

export const RaftTruncatedState: MessageDefinition<RaftTruncatedState> = {
  typeName: 'raft_serverpb.RaftTruncatedState',
  create: (init) => ({
    index: init?.index ?? 0,
    term: init?.term ?? 0,
  }),
  encode: (message) => encodeWith(writeRaftTruncatedState, message),
  decode: (bytes) => decodeWith('raft_serverpb.RaftTruncatedState', readRaftTruncatedState, bytes),
  readFrom: readRaftTruncatedState,
  writeTo: writeRaftTruncatedState,
}

const RaftTruncatedStateFields: readonly number[] = [1, 2]

function readRaftTruncatedState(reader: WireReader, end: number, into?: RaftTruncatedState): RaftTruncatedState {
  const message: RaftTruncatedState = into ?? { index: 0, term: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.index = reader.uint64Number()
        break
      case 16:
        message.term = reader.uint64Number()
        break
      default:
        reader.skip(tag, RaftTruncatedStateFields)
    }
  }
  reader.close(end)
  return message
}

function writeRaftTruncatedState(writer: WireWriter, message: RaftTruncatedState): void {
  if (message.term !== 0) {
    writer.uint64Number(message.term)
    writer.tag1(16)
  }
  if (message.index !== 0) {
    writer.uint64Number(message.index)
    writer.tag1(8)
  }
}

export interface RegionLocalState {
  state: PeerState
  region: metapb.Region | undefined
  mergeState: MergeState | undefined
  tabletIndex: number
  removedRecords: metapb.Peer[]
  mergedRecords: MergedRecord[]
}

export const RegionLocalState: MessageDefinition<RegionLocalState> = {
  typeName: 'raft_serverpb.RegionLocalState',
  create: (init) => ({
    state: init?.state ?? 0,
    region: init?.region,
    mergeState: init?.mergeState,
    tabletIndex: init?.tabletIndex ?? 0,
    removedRecords: init?.removedRecords ?? [],
    mergedRecords: init?.mergedRecords ?? [],
  }),
  encode: (message) => encodeWith(writeRegionLocalState, message),
  decode: (bytes) => decodeWith('raft_serverpb.RegionLocalState', readRegionLocalState, bytes),
  readFrom: readRegionLocalState,
  writeTo: writeRegionLocalState,
}

const RegionLocalStateFields: readonly number[] = [1, 2, 3, 4, 5, 6]

function readRegionLocalState(reader: WireReader, end: number, into?: RegionLocalState): RegionLocalState {
  const message: RegionLocalState = into ?? { state: 0, region: undefined, mergeState: undefined, tabletIndex: 0, removedRecords: [], mergedRecords: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.state = reader.int32() as PeerState
        break
      case 18:
        message.region = metapb.Region.readFrom(reader, reader.end(), message.region)
        break
      case 26:
        message.mergeState = readMergeState(reader, reader.end(), message.mergeState)
        break
      case 32:
        message.tabletIndex = reader.uint64Number()
        break
      case 42:
        message.removedRecords.push(metapb.Peer.readFrom(reader, reader.end()))
        break
      case 50:
        message.mergedRecords.push(readMergedRecord(reader, reader.end()))
        break
      default:
        reader.skip(tag, RegionLocalStateFields)
    }
  }
  reader.close(end)
  return message
}

function writeRegionLocalState(writer: WireWriter, message: RegionLocalState): void {
  for (let at = message.mergedRecords.length - 1; at >= 0; at--) {
    const value = message.mergedRecords[at]!
    const mark6 = writer.size
    writeMergedRecord(writer, value)
    writer.length(mark6)
    writer.tag1(50)
  }
  for (let at = message.removedRecords.length - 1; at >= 0; at--) {
    const value = message.removedRecords[at]!
    const mark5 = writer.size
    metapb.Peer.writeTo(writer, value)
    writer.length(mark5)
    writer.tag1(42)
  }
  if (message.tabletIndex !== 0) {
    writer.uint64Number(message.tabletIndex)
    writer.tag1(32)
  }
  if (message.mergeState !== undefined) {
    const mark3 = writer.size
    writeMergeState(writer, message.mergeState)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.region !== undefined) {
    const mark2 = writer.size
    metapb.Region.writeTo(writer, message.region)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.state !== 0) {
    writer.int32(message.state)
    writer.tag1(8)
  }
}

export interface MergeState {
  minIndex: number
  target: metapb.Region | undefined
  commit: number
}

export const MergeState: MessageDefinition<MergeState> = {
  typeName: 'raft_serverpb.MergeState',
  create: (init) => ({
    minIndex: init?.minIndex ?? 0,
    target: init?.target,
    commit: init?.commit ?? 0,
  }),
  encode: (message) => encodeWith(writeMergeState, message),
  decode: (bytes) => decodeWith('raft_serverpb.MergeState', readMergeState, bytes),
  readFrom: readMergeState,
  writeTo: writeMergeState,
}

const MergeStateFields: readonly number[] = [1, 2, 3]

function readMergeState(reader: WireReader, end: number, into?: MergeState): MergeState {
  const message: MergeState = into ?? { minIndex: 0, target: undefined, commit: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.minIndex = reader.uint64Number()
        break
      case 18:
        message.target = metapb.Region.readFrom(reader, reader.end(), message.target)
        break
      case 24:
        message.commit = reader.uint64Number()
        break
      default:
        reader.skip(tag, MergeStateFields)
    }
  }
  reader.close(end)
  return message
}

function writeMergeState(writer: WireWriter, message: MergeState): void {
  if (message.commit !== 0) {
    writer.uint64Number(message.commit)
    writer.tag1(24)
  }
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

export interface SnapshotChunk {
  message: RaftMessage | undefined
  data: Uint8Array
}

export const SnapshotChunk: MessageDefinition<SnapshotChunk> = {
  typeName: 'raft_serverpb.SnapshotChunk',
  create: (init) => ({
    message: init?.message,
    data: init?.data ?? emptyBytes,
  }),
  encode: (message) => encodeWith(writeSnapshotChunk, message),
  decode: (bytes) => decodeWith('raft_serverpb.SnapshotChunk', readSnapshotChunk, bytes),
  readFrom: readSnapshotChunk,
  writeTo: writeSnapshotChunk,
}

const SnapshotChunkFields: readonly number[] = [1, 2]

function readSnapshotChunk(reader: WireReader, end: number, into?: SnapshotChunk): SnapshotChunk {
  const message: SnapshotChunk = into ?? { message: undefined, data: emptyBytes }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.message = readRaftMessage(reader, reader.end(), message.message)
        break
      case 18:
        message.data = reader.bytes()
        break
      default:
        reader.skip(tag, SnapshotChunkFields)
    }
  }
  reader.close(end)
  return message
}

function writeSnapshotChunk(writer: WireWriter, message: SnapshotChunk): void {
  if (message.data.length !== 0) {
    writer.bytes(message.data)
    writer.tag1(18)
  }
  if (message.message !== undefined) {
    const mark1 = writer.size
    writeRaftMessage(writer, message.message)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface RaftMessage {
  regionId: number
  fromPeer: metapb.Peer | undefined
  toPeer: metapb.Peer | undefined
  message: eraftpb.Message | undefined
  regionEpoch: metapb.RegionEpoch | undefined
  isTombstone: boolean
  startKey: Uint8Array
  endKey: Uint8Array
  mergeTarget: metapb.Region | undefined
  extraMsg: ExtraMessage | undefined
  extraCtx: Uint8Array
  diskUsage: disk_usage.DiskUsage
}

export const RaftMessage: MessageDefinition<RaftMessage> = {
  typeName: 'raft_serverpb.RaftMessage',
  create: (init) => ({
    regionId: init?.regionId ?? 0,
    fromPeer: init?.fromPeer,
    toPeer: init?.toPeer,
    message: init?.message,
    regionEpoch: init?.regionEpoch,
    isTombstone: init?.isTombstone ?? false,
    startKey: init?.startKey ?? emptyBytes,
    endKey: init?.endKey ?? emptyBytes,
    mergeTarget: init?.mergeTarget,
    extraMsg: init?.extraMsg,
    extraCtx: init?.extraCtx ?? emptyBytes,
    diskUsage: init?.diskUsage ?? 0,
  }),
  encode: (message) => encodeWith(writeRaftMessage, message),
  decode: (bytes) => decodeWith('raft_serverpb.RaftMessage', readRaftMessage, bytes),
  readFrom: readRaftMessage,
  writeTo: writeRaftMessage,
}

const RaftMessageFields: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]

function readRaftMessage(reader: WireReader, end: number, into?: RaftMessage): RaftMessage {
  const message: RaftMessage = into ?? { regionId: 0, fromPeer: undefined, toPeer: undefined, message: undefined, regionEpoch: undefined, isTombstone: false, startKey: emptyBytes, endKey: emptyBytes, mergeTarget: undefined, extraMsg: undefined, extraCtx: emptyBytes, diskUsage: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.regionId = reader.uint64Number()
        break
      case 18:
        message.fromPeer = metapb.Peer.readFrom(reader, reader.end(), message.fromPeer)
        break
      case 26:
        message.toPeer = metapb.Peer.readFrom(reader, reader.end(), message.toPeer)
        break
      case 34:
        message.message = eraftpb.Message.readFrom(reader, reader.end(), message.message)
        break
      case 42:
        message.regionEpoch = metapb.RegionEpoch.readFrom(reader, reader.end(), message.regionEpoch)
        break
      case 48:
        message.isTombstone = reader.bool()
        break
      case 58:
        message.startKey = reader.bytes()
        break
      case 66:
        message.endKey = reader.bytes()
        break
      case 74:
        message.mergeTarget = metapb.Region.readFrom(reader, reader.end(), message.mergeTarget)
        break
      case 82:
        message.extraMsg = readExtraMessage(reader, reader.end(), message.extraMsg)
        break
      case 90:
        message.extraCtx = reader.bytes()
        break
      case 96:
        message.diskUsage = reader.int32() as disk_usage.DiskUsage
        break
      default:
        reader.skip(tag, RaftMessageFields)
    }
  }
  reader.close(end)
  return message
}

function writeRaftMessage(writer: WireWriter, message: RaftMessage): void {
  if (message.diskUsage !== 0) {
    writer.int32(message.diskUsage)
    writer.tag1(96)
  }
  if (message.extraCtx.length !== 0) {
    writer.bytes(message.extraCtx)
    writer.tag1(90)
  }
  if (message.extraMsg !== undefined) {
    const mark10 = writer.size
    writeExtraMessage(writer, message.extraMsg)
    writer.length(mark10)
    writer.tag1(82)
  }
  if (message.mergeTarget !== undefined) {
    const mark9 = writer.size
    metapb.Region.writeTo(writer, message.mergeTarget)
    writer.length(mark9)
    writer.tag1(74)
  }
  if (message.endKey.length !== 0) {
    writer.bytes(message.endKey)
    writer.tag1(66)
  }
  if (message.startKey.length !== 0) {
    writer.bytes(message.startKey)
    writer.tag1(58)
  }
  if (message.isTombstone) {
    writer.bool(message.isTombstone)
    writer.tag1(48)
  }
  if (message.regionEpoch !== undefined) {
    const mark5 = writer.size
    metapb.RegionEpoch.writeTo(writer, message.regionEpoch)
    writer.length(mark5)
    writer.tag1(42)
  }
  if (message.message !== undefined) {
    const mark4 = writer.size
    eraftpb.Message.writeTo(writer, message.message)
    writer.length(mark4)
    writer.tag1(34)
  }
  if (message.toPeer !== undefined) {
    const mark3 = writer.size
    metapb.Peer.writeTo(writer, message.toPeer)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.fromPeer !== undefined) {
    const mark2 = writer.size
    metapb.Peer.writeTo(writer, message.fromPeer)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.regionId !== 0) {
    writer.uint64Number(message.regionId)
    writer.tag1(8)
  }
}

export interface ExtraMessage {
  type: ExtraMessageType
  index: number
  checkPeers: metapb.Peer[]
  waitData: boolean
  forcelyAwaken: boolean
  checkGcPeer: CheckGcPeer | undefined
  flushMemtable: FlushMemtable | undefined
  availabilityContext: AvailabilityContext | undefined
  refreshBuckets: RefreshBuckets | undefined
  snapGenPrecheckPassed: boolean
}

export const ExtraMessage: MessageDefinition<ExtraMessage> = {
  typeName: 'raft_serverpb.ExtraMessage',
  create: (init) => ({
    type: init?.type ?? 0,
    index: init?.index ?? 0,
    checkPeers: init?.checkPeers ?? [],
    waitData: init?.waitData ?? false,
    forcelyAwaken: init?.forcelyAwaken ?? false,
    checkGcPeer: init?.checkGcPeer,
    flushMemtable: init?.flushMemtable,
    availabilityContext: init?.availabilityContext,
    refreshBuckets: init?.refreshBuckets,
    snapGenPrecheckPassed: init?.snapGenPrecheckPassed ?? false,
  }),
  encode: (message) => encodeWith(writeExtraMessage, message),
  decode: (bytes) => decodeWith('raft_serverpb.ExtraMessage', readExtraMessage, bytes),
  readFrom: readExtraMessage,
  writeTo: writeExtraMessage,
}

const ExtraMessageFields: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]

function readExtraMessage(reader: WireReader, end: number, into?: ExtraMessage): ExtraMessage {
  const message: ExtraMessage = into ?? { type: 0, index: 0, checkPeers: [], waitData: false, forcelyAwaken: false, checkGcPeer: undefined, flushMemtable: undefined, availabilityContext: undefined, refreshBuckets: undefined, snapGenPrecheckPassed: false }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.type = reader.int32() as ExtraMessageType
        break
      case 16:
        message.index = reader.uint64Number()
        break
      case 26:
        message.checkPeers.push(metapb.Peer.readFrom(reader, reader.end()))
        break
      case 32:
        message.waitData = reader.bool()
        break
      case 40:
        message.forcelyAwaken = reader.bool()
        break
      case 50:
        message.checkGcPeer = readCheckGcPeer(reader, reader.end(), message.checkGcPeer)
        break
      case 58:
        message.flushMemtable = readFlushMemtable(reader, reader.end(), message.flushMemtable)
        break
      case 66:
        message.availabilityContext = readAvailabilityContext(reader, reader.end(), message.availabilityContext)
        break
      case 74:
        message.refreshBuckets = readRefreshBuckets(reader, reader.end(), message.refreshBuckets)
        break
      case 80:
        message.snapGenPrecheckPassed = reader.bool()
        break
      default:
        reader.skip(tag, ExtraMessageFields)
    }
  }
  reader.close(end)
  return message
}

function writeExtraMessage(writer: WireWriter, message: ExtraMessage): void {
  if (message.snapGenPrecheckPassed) {
    writer.bool(message.snapGenPrecheckPassed)
    writer.tag1(80)
  }
  if (message.refreshBuckets !== undefined) {
    const mark9 = writer.size
    writeRefreshBuckets(writer, message.refreshBuckets)
    writer.length(mark9)
    writer.tag1(74)
  }
  if (message.availabilityContext !== undefined) {
    const mark8 = writer.size
    writeAvailabilityContext(writer, message.availabilityContext)
    writer.length(mark8)
    writer.tag1(66)
  }
  if (message.flushMemtable !== undefined) {
    const mark7 = writer.size
    writeFlushMemtable(writer, message.flushMemtable)
    writer.length(mark7)
    writer.tag1(58)
  }
  if (message.checkGcPeer !== undefined) {
    const mark6 = writer.size
    writeCheckGcPeer(writer, message.checkGcPeer)
    writer.length(mark6)
    writer.tag1(50)
  }
  if (message.forcelyAwaken) {
    writer.bool(message.forcelyAwaken)
    writer.tag1(40)
  }
  if (message.waitData) {
    writer.bool(message.waitData)
    writer.tag1(32)
  }
  for (let at = message.checkPeers.length - 1; at >= 0; at--) {
    const value = message.checkPeers[at]!
    const mark3 = writer.size
    metapb.Peer.writeTo(writer, value)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.index !== 0) {
    writer.uint64Number(message.index)
    writer.tag1(16)
  }
  if (message.type !== 0) {
    writer.int32(message.type)
    writer.tag1(8)
  }
}

export interface CheckGcPeer {
  fromRegionId: number
  checkRegionId: number
  checkRegionEpoch: metapb.RegionEpoch | undefined
  checkPeer: metapb.Peer | undefined
}

export const CheckGcPeer: MessageDefinition<CheckGcPeer> = {
  typeName: 'raft_serverpb.CheckGcPeer',
  create: (init) => ({
    fromRegionId: init?.fromRegionId ?? 0,
    checkRegionId: init?.checkRegionId ?? 0,
    checkRegionEpoch: init?.checkRegionEpoch,
    checkPeer: init?.checkPeer,
  }),
  encode: (message) => encodeWith(writeCheckGcPeer, message),
  decode: (bytes) => decodeWith('raft_serverpb.CheckGcPeer', readCheckGcPeer, bytes),
  readFrom: readCheckGcPeer,
  writeTo: writeCheckGcPeer,
}

const CheckGcPeerFields: readonly number[] = [1, 2, 3, 4]

function readCheckGcPeer(reader: WireReader, end: number, into?: CheckGcPeer): CheckGcPeer {
  const message: CheckGcPeer = into ?? { fromRegionId: 0, checkRegionId: 0, checkRegionEpoch: undefined, checkPeer: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.fromRegionId = reader.uint64Number()
        break
      case 16:
        message.checkRegionId = reader.uint64Number()
        break
      case 26:
        message.checkRegionEpoch = metapb.RegionEpoch.readFrom(reader, reader.end(), message.checkRegionEpoch)
        break
      case 34:
        message.checkPeer = metapb.Peer.readFrom(reader, reader.end(), message.checkPeer)
        break
      default:
        reader.skip(tag, CheckGcPeerFields)
    }
  }
  reader.close(end)
  return message
}

function writeCheckGcPeer(writer: WireWriter, message: CheckGcPeer): void {
  if (message.checkPeer !== undefined) {
    const mark4 = writer.size
    metapb.Peer.writeTo(writer, message.checkPeer)
    writer.length(mark4)
    writer.tag1(34)
  }
  if (message.checkRegionEpoch !== undefined) {
    const mark3 = writer.size
    metapb.RegionEpoch.writeTo(writer, message.checkRegionEpoch)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.checkRegionId !== 0) {
    writer.uint64Number(message.checkRegionId)
    writer.tag1(16)
  }
  if (message.fromRegionId !== 0) {
    writer.uint64Number(message.fromRegionId)
    writer.tag1(8)
  }
}

export interface FlushMemtable {
  regionId: number
}

export const FlushMemtable: MessageDefinition<FlushMemtable> = {
  typeName: 'raft_serverpb.FlushMemtable',
  create: (init) => ({
    regionId: init?.regionId ?? 0,
  }),
  encode: (message) => encodeWith(writeFlushMemtable, message),
  decode: (bytes) => decodeWith('raft_serverpb.FlushMemtable', readFlushMemtable, bytes),
  readFrom: readFlushMemtable,
  writeTo: writeFlushMemtable,
}

const FlushMemtableFields: readonly number[] = [1]

function readFlushMemtable(reader: WireReader, end: number, into?: FlushMemtable): FlushMemtable {
  const message: FlushMemtable = into ?? { regionId: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.regionId = reader.uint64Number()
        break
      default:
        reader.skip(tag, FlushMemtableFields)
    }
  }
  reader.close(end)
  return message
}

function writeFlushMemtable(writer: WireWriter, message: FlushMemtable): void {
  if (message.regionId !== 0) {
    writer.uint64Number(message.regionId)
    writer.tag1(8)
  }
}

export interface AvailabilityContext {
  fromRegionId: number
  fromRegionEpoch: metapb.RegionEpoch | undefined
  unavailable: boolean
  trimmed: boolean
}

export const AvailabilityContext: MessageDefinition<AvailabilityContext> = {
  typeName: 'raft_serverpb.AvailabilityContext',
  create: (init) => ({
    fromRegionId: init?.fromRegionId ?? 0,
    fromRegionEpoch: init?.fromRegionEpoch,
    unavailable: init?.unavailable ?? false,
    trimmed: init?.trimmed ?? false,
  }),
  encode: (message) => encodeWith(writeAvailabilityContext, message),
  decode: (bytes) => decodeWith('raft_serverpb.AvailabilityContext', readAvailabilityContext, bytes),
  readFrom: readAvailabilityContext,
  writeTo: writeAvailabilityContext,
}

const AvailabilityContextFields: readonly number[] = [1, 2, 3, 4]

function readAvailabilityContext(reader: WireReader, end: number, into?: AvailabilityContext): AvailabilityContext {
  const message: AvailabilityContext = into ?? { fromRegionId: 0, fromRegionEpoch: undefined, unavailable: false, trimmed: false }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.fromRegionId = reader.uint64Number()
        break
      case 18:
        message.fromRegionEpoch = metapb.RegionEpoch.readFrom(reader, reader.end(), message.fromRegionEpoch)
        break
      case 24:
        message.unavailable = reader.bool()
        break
      case 32:
        message.trimmed = reader.bool()
        break
      default:
        reader.skip(tag, AvailabilityContextFields)
    }
  }
  reader.close(end)
  return message
}

function writeAvailabilityContext(writer: WireWriter, message: AvailabilityContext): void {
  if (message.trimmed) {
    writer.bool(message.trimmed)
    writer.tag1(32)
  }
  if (message.unavailable) {
    writer.bool(message.unavailable)
    writer.tag1(24)
  }
  if (message.fromRegionEpoch !== undefined) {
    const mark2 = writer.size
    metapb.RegionEpoch.writeTo(writer, message.fromRegionEpoch)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.fromRegionId !== 0) {
    writer.uint64Number(message.fromRegionId)
    writer.tag1(8)
  }
}

export interface RefreshBuckets {
  version: number
  keys: Uint8Array[]
  sizes: number[]
}

export const RefreshBuckets: MessageDefinition<RefreshBuckets> = {
  typeName: 'raft_serverpb.RefreshBuckets',
  create: (init) => ({
    version: init?.version ?? 0,
    keys: init?.keys ?? [],
    sizes: init?.sizes ?? [],
  }),
  encode: (message) => encodeWith(writeRefreshBuckets, message),
  decode: (bytes) => decodeWith('raft_serverpb.RefreshBuckets', readRefreshBuckets, bytes),
  readFrom: readRefreshBuckets,
  writeTo: writeRefreshBuckets,
}

const RefreshBucketsFields: readonly number[] = [1, 2, 3]

function readRefreshBuckets(reader: WireReader, end: number, into?: RefreshBuckets): RefreshBuckets {
  const message: RefreshBuckets = into ?? { version: 0, keys: [], sizes: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.version = reader.uint64Number()
        break
      case 18:
        message.keys.push(reader.bytes())
        break
      case 24:
        message.sizes.push(reader.uint64Number())
        break
      case 26:
        {
          const packedEnd = reader.end()
          while (reader.pos < packedEnd) message.sizes.push(reader.uint64Number())
          reader.close(packedEnd)
        }
        break
      default:
        reader.skip(tag, RefreshBucketsFields)
    }
  }
  reader.close(end)
  return message
}

function writeRefreshBuckets(writer: WireWriter, message: RefreshBuckets): void {
  if (message.sizes.length !== 0) {
    const mark = writer.size
    for (let at = message.sizes.length - 1; at >= 0; at--) writer.uint64Number(message.sizes[at]!)
    writer.length(mark)
    writer.tag1(26)
  }
  for (let at = message.keys.length - 1; at >= 0; at--) {
    const value = message.keys[at]!
    writer.bytes(value)
    writer.tag1(18)
  }
  if (message.version !== 0) {
    writer.uint64Number(message.version)
    writer.tag1(8)
  }
}

export interface StoreIdent {
  clusterId: bigint
  storeId: number
  apiVersion: kvrpcpb.APIVersion
}

export const StoreIdent: MessageDefinition<StoreIdent> = {
  typeName: 'raft_serverpb.StoreIdent',
  create: (init) => ({
    clusterId: init?.clusterId ?? 0n,
    storeId: init?.storeId ?? 0,
    apiVersion: init?.apiVersion ?? 0,
  }),
  encode: (message) => encodeWith(writeStoreIdent, message),
  decode: (bytes) => decodeWith('raft_serverpb.StoreIdent', readStoreIdent, bytes),
  readFrom: readStoreIdent,
  writeTo: writeStoreIdent,
}

const StoreIdentFields: readonly number[] = [1, 2, 3]

function readStoreIdent(reader: WireReader, end: number, into?: StoreIdent): StoreIdent {
  const message: StoreIdent = into ?? { clusterId: 0n, storeId: 0, apiVersion: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.clusterId = reader.uint64()
        break
      case 16:
        message.storeId = reader.uint64Number()
        break
      case 24:
        message.apiVersion = reader.int32() as kvrpcpb.APIVersion
        break
      default:
        reader.skip(tag, StoreIdentFields)
    }
  }
  reader.close(end)
  return message
}

function writeStoreIdent(writer: WireWriter, message: StoreIdent): void {
  if (message.apiVersion !== 0) {
    writer.int32(message.apiVersion)
    writer.tag1(24)
  }
  if (message.storeId !== 0) {
    writer.uint64Number(message.storeId)
    writer.tag1(16)
  }
  if (message.clusterId !== 0n) {
    writer.uint64(message.clusterId)
    writer.tag1(8)
  }
}

export interface StoreRecoverState {
  seqno: number
}

export const StoreRecoverState: MessageDefinition<StoreRecoverState> = {
  typeName: 'raft_serverpb.StoreRecoverState',
  create: (init) => ({
    seqno: init?.seqno ?? 0,
  }),
  encode: (message) => encodeWith(writeStoreRecoverState, message),
  decode: (bytes) => decodeWith('raft_serverpb.StoreRecoverState', readStoreRecoverState, bytes),
  readFrom: readStoreRecoverState,
  writeTo: writeStoreRecoverState,
}

const StoreRecoverStateFields: readonly number[] = [1]

function readStoreRecoverState(reader: WireReader, end: number, into?: StoreRecoverState): StoreRecoverState {
  const message: StoreRecoverState = into ?? { seqno: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.seqno = reader.uint64Number()
        break
      default:
        reader.skip(tag, StoreRecoverStateFields)
    }
  }
  reader.close(end)
  return message
}

function writeStoreRecoverState(writer: WireWriter, message: StoreRecoverState): void {
  if (message.seqno !== 0) {
    writer.uint64Number(message.seqno)
    writer.tag1(8)
  }
}

export interface TabletSnapshotRequest {
  payload: TabletSnapshotRequest_Payload | undefined
}

export type TabletSnapshotRequest_Payload =
  | { case: 'head'; value: TabletSnapshotHead }
  | { case: 'preview'; value: TabletSnapshotPreview }
  | { case: 'chunk'; value: TabletSnapshotFileChunk }
  | { case: 'end'; value: TabletSnapshotEnd }

export const TabletSnapshotRequest: MessageDefinition<TabletSnapshotRequest> = {
  typeName: 'raft_serverpb.TabletSnapshotRequest',
  create: (init) => ({
    payload: init?.payload,
  }),
  encode: (message) => encodeWith(writeTabletSnapshotRequest, message),
  decode: (bytes) => decodeWith('raft_serverpb.TabletSnapshotRequest', readTabletSnapshotRequest, bytes),
  readFrom: readTabletSnapshotRequest,
  writeTo: writeTabletSnapshotRequest,
}

const TabletSnapshotRequestFields: readonly number[] = [1, 2, 3, 4]

function readTabletSnapshotRequest(reader: WireReader, end: number, into?: TabletSnapshotRequest): TabletSnapshotRequest {
  const message: TabletSnapshotRequest = into ?? { payload: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.payload = { case: 'head', value: readTabletSnapshotHead(reader, reader.end(), message.payload?.case === 'head' ? message.payload.value : undefined) }
        break
      case 18:
        message.payload = { case: 'preview', value: readTabletSnapshotPreview(reader, reader.end(), message.payload?.case === 'preview' ? message.payload.value : undefined) }
        break
      case 26:
        message.payload = { case: 'chunk', value: readTabletSnapshotFileChunk(reader, reader.end(), message.payload?.case === 'chunk' ? message.payload.value : undefined) }
        break
      case 34:
        message.payload = { case: 'end', value: readTabletSnapshotEnd(reader, reader.end(), message.payload?.case === 'end' ? message.payload.value : undefined) }
        break
      default:
        reader.skip(tag, TabletSnapshotRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeTabletSnapshotRequest(writer: WireWriter, message: TabletSnapshotRequest): void {
  if (message.payload?.case === 'end') {
    const value = message.payload.value
    const mark4 = writer.size
    writeTabletSnapshotEnd(writer, value)
    writer.length(mark4)
    writer.tag1(34)
  }
  if (message.payload?.case === 'chunk') {
    const value = message.payload.value
    const mark3 = writer.size
    writeTabletSnapshotFileChunk(writer, value)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.payload?.case === 'preview') {
    const value = message.payload.value
    const mark2 = writer.size
    writeTabletSnapshotPreview(writer, value)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.payload?.case === 'head') {
    const value = message.payload.value
    const mark1 = writer.size
    writeTabletSnapshotHead(writer, value)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface TabletSnapshotHead {
  message: RaftMessage | undefined
  useCache: boolean
}

export const TabletSnapshotHead: MessageDefinition<TabletSnapshotHead> = {
  typeName: 'raft_serverpb.TabletSnapshotHead',
  create: (init) => ({
    message: init?.message,
    useCache: init?.useCache ?? false,
  }),
  encode: (message) => encodeWith(writeTabletSnapshotHead, message),
  decode: (bytes) => decodeWith('raft_serverpb.TabletSnapshotHead', readTabletSnapshotHead, bytes),
  readFrom: readTabletSnapshotHead,
  writeTo: writeTabletSnapshotHead,
}

const TabletSnapshotHeadFields: readonly number[] = [1, 2]

function readTabletSnapshotHead(reader: WireReader, end: number, into?: TabletSnapshotHead): TabletSnapshotHead {
  const message: TabletSnapshotHead = into ?? { message: undefined, useCache: false }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.message = readRaftMessage(reader, reader.end(), message.message)
        break
      case 16:
        message.useCache = reader.bool()
        break
      default:
        reader.skip(tag, TabletSnapshotHeadFields)
    }
  }
  reader.close(end)
  return message
}

function writeTabletSnapshotHead(writer: WireWriter, message: TabletSnapshotHead): void {
  if (message.useCache) {
    writer.bool(message.useCache)
    writer.tag1(16)
  }
  if (message.message !== undefined) {
    const mark1 = writer.size
    writeRaftMessage(writer, message.message)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface TabletSnapshotPreview {
  metas: TabletSnapshotFileMeta[]
  end: boolean
}

export const TabletSnapshotPreview: MessageDefinition<TabletSnapshotPreview> = {
  typeName: 'raft_serverpb.TabletSnapshotPreview',
  create: (init) => ({
    metas: init?.metas ?? [],
    end: init?.end ?? false,
  }),
  encode: (message) => encodeWith(writeTabletSnapshotPreview, message),
  decode: (bytes) => decodeWith('raft_serverpb.TabletSnapshotPreview', readTabletSnapshotPreview, bytes),
  readFrom: readTabletSnapshotPreview,
  writeTo: writeTabletSnapshotPreview,
}

const TabletSnapshotPreviewFields: readonly number[] = [1, 2]

function readTabletSnapshotPreview(reader: WireReader, end: number, into?: TabletSnapshotPreview): TabletSnapshotPreview {
  const message: TabletSnapshotPreview = into ?? { metas: [], end: false }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.metas.push(readTabletSnapshotFileMeta(reader, reader.end()))
        break
      case 16:
        message.end = reader.bool()
        break
      default:
        reader.skip(tag, TabletSnapshotPreviewFields)
    }
  }
  reader.close(end)
  return message
}

function writeTabletSnapshotPreview(writer: WireWriter, message: TabletSnapshotPreview): void {
  if (message.end) {
    writer.bool(message.end)
    writer.tag1(16)
  }
  for (let at = message.metas.length - 1; at >= 0; at--) {
    const value = message.metas[at]!
    const mark1 = writer.size
    writeTabletSnapshotFileMeta(writer, value)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface TabletSnapshotFileMeta {
  fileSize: number
  fileName: string
  headChunk: Uint8Array
  trailingChunk: Uint8Array
}

export const TabletSnapshotFileMeta: MessageDefinition<TabletSnapshotFileMeta> = {
  typeName: 'raft_serverpb.TabletSnapshotFileMeta',
  create: (init) => ({
    fileSize: init?.fileSize ?? 0,
    fileName: init?.fileName ?? '',
    headChunk: init?.headChunk ?? emptyBytes,
    trailingChunk: init?.trailingChunk ?? emptyBytes,
  }),
  encode: (message) => encodeWith(writeTabletSnapshotFileMeta, message),
  decode: (bytes) => decodeWith('raft_serverpb.TabletSnapshotFileMeta', readTabletSnapshotFileMeta, bytes),
  readFrom: readTabletSnapshotFileMeta,
  writeTo: writeTabletSnapshotFileMeta,
}

const TabletSnapshotFileMetaFields: readonly number[] = [1, 2, 3, 4]

function readTabletSnapshotFileMeta(reader: WireReader, end: number, into?: TabletSnapshotFileMeta): TabletSnapshotFileMeta {
  const message: TabletSnapshotFileMeta = into ?? { fileSize: 0, fileName: '', headChunk: emptyBytes, trailingChunk: emptyBytes }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.fileSize = reader.uint64Number()
        break
      case 18:
        message.fileName = reader.string()
        break
      case 26:
        message.headChunk = reader.bytes()
        break
      case 34:
        message.trailingChunk = reader.bytes()
        break
      default:
        reader.skip(tag, TabletSnapshotFileMetaFields)
    }
  }
  reader.close(end)
  return message
}

function writeTabletSnapshotFileMeta(writer: WireWriter, message: TabletSnapshotFileMeta): void {
  if (message.trailingChunk.length !== 0) {
    writer.bytes(message.trailingChunk)
    writer.tag1(34)
  }
  if (message.headChunk.length !== 0) {
    writer.bytes(message.headChunk)
    writer.tag1(26)
  }
  if (message.fileName !== '') {
    writer.string(message.fileName)
    writer.tag1(18)
  }
  if (message.fileSize !== 0) {
    writer.uint64Number(message.fileSize)
    writer.tag1(8)
  }
}

export interface TabletSnapshotFileChunk {
  fileSize: number
  fileName: string
  data: Uint8Array
  iv: Uint8Array
  key: encryptionpb.DataKey | undefined
}

export const TabletSnapshotFileChunk: MessageDefinition<TabletSnapshotFileChunk> = {
  typeName: 'raft_serverpb.TabletSnapshotFileChunk',
  create: (init) => ({
    fileSize: init?.fileSize ?? 0,
    fileName: init?.fileName ?? '',
    data: init?.data ?? emptyBytes,
    iv: init?.iv ?? emptyBytes,
    key: init?.key,
  }),
  encode: (message) => encodeWith(writeTabletSnapshotFileChunk, message),
  decode: (bytes) => decodeWith('raft_serverpb.TabletSnapshotFileChunk', readTabletSnapshotFileChunk, bytes),
  readFrom: readTabletSnapshotFileChunk,
  writeTo: writeTabletSnapshotFileChunk,
}

const TabletSnapshotFileChunkFields: readonly number[] = [1, 2, 3, 4, 5]

function readTabletSnapshotFileChunk(reader: WireReader, end: number, into?: TabletSnapshotFileChunk): TabletSnapshotFileChunk {
  const message: TabletSnapshotFileChunk = into ?? { fileSize: 0, fileName: '', data: emptyBytes, iv: emptyBytes, key: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.fileSize = reader.uint64Number()
        break
      case 18:
        message.fileName = reader.string()
        break
      case 26:
        message.data = reader.bytes()
        break
      case 34:
        message.iv = reader.bytes()
        break
      case 42:
        message.key = encryptionpb.DataKey.readFrom(reader, reader.end(), message.key)
        break
      default:
        reader.skip(tag, TabletSnapshotFileChunkFields)
    }
  }
  reader.close(end)
  return message
}

function writeTabletSnapshotFileChunk(writer: WireWriter, message: TabletSnapshotFileChunk): void {
  if (message.key !== undefined) {
    const mark5 = writer.size
    encryptionpb.DataKey.writeTo(writer, message.key)
    writer.length(mark5)
    writer.tag1(42)
  }
  if (message.iv.length !== 0) {
    writer.bytes(message.iv)
    writer.tag1(34)
  }
  if (message.data.length !== 0) {
    writer.bytes(message.data)
    writer.tag1(26)
  }
  if (message.fileName !== '') {
    writer.string(message.fileName)
    writer.tag1(18)
  }
  if (message.fileSize !== 0) {
    writer.uint64Number(message.fileSize)
    writer.tag1(8)
  }
}

export interface TabletSnapshotEnd {
  checksum: bigint
}

export const TabletSnapshotEnd: MessageDefinition<TabletSnapshotEnd> = {
  typeName: 'raft_serverpb.TabletSnapshotEnd',
  create: (init) => ({
    checksum: init?.checksum ?? 0n,
  }),
  encode: (message) => encodeWith(writeTabletSnapshotEnd, message),
  decode: (bytes) => decodeWith('raft_serverpb.TabletSnapshotEnd', readTabletSnapshotEnd, bytes),
  readFrom: readTabletSnapshotEnd,
  writeTo: writeTabletSnapshotEnd,
}

const TabletSnapshotEndFields: readonly number[] = [1]

function readTabletSnapshotEnd(reader: WireReader, end: number, into?: TabletSnapshotEnd): TabletSnapshotEnd {
  const message: TabletSnapshotEnd = into ?? { checksum: 0n }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.checksum = reader.uint64()
        break
      default:
        reader.skip(tag, TabletSnapshotEndFields)
    }
  }
  reader.close(end)
  return message
}

function writeTabletSnapshotEnd(writer: WireWriter, message: TabletSnapshotEnd): void {
  if (message.checksum !== 0n) {
    writer.uint64(message.checksum)
    writer.tag1(8)
  }
}

export interface TabletSnapshotResponse {
  files: AcceptedSnapshotFiles | undefined
}

export const TabletSnapshotResponse: MessageDefinition<TabletSnapshotResponse> = {
  typeName: 'raft_serverpb.TabletSnapshotResponse',
  create: (init) => ({
    files: init?.files,
  }),
  encode: (message) => encodeWith(writeTabletSnapshotResponse, message),
  decode: (bytes) => decodeWith('raft_serverpb.TabletSnapshotResponse', readTabletSnapshotResponse, bytes),
  readFrom: readTabletSnapshotResponse,
  writeTo: writeTabletSnapshotResponse,
}

const TabletSnapshotResponseFields: readonly number[] = [1]

function readTabletSnapshotResponse(reader: WireReader, end: number, into?: TabletSnapshotResponse): TabletSnapshotResponse {
  const message: TabletSnapshotResponse = into ?? { files: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.files = readAcceptedSnapshotFiles(reader, reader.end(), message.files)
        break
      default:
        reader.skip(tag, TabletSnapshotResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeTabletSnapshotResponse(writer: WireWriter, message: TabletSnapshotResponse): void {
  if (message.files !== undefined) {
    const mark1 = writer.size
    writeAcceptedSnapshotFiles(writer, message.files)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface AcceptedSnapshotFiles {
  fileName: string[]
}

export const AcceptedSnapshotFiles: MessageDefinition<AcceptedSnapshotFiles> = {
  typeName: 'raft_serverpb.AcceptedSnapshotFiles',
  create: (init) => ({
    fileName: init?.fileName ?? [],
  }),
  encode: (message) => encodeWith(writeAcceptedSnapshotFiles, message),
  decode: (bytes) => decodeWith('raft_serverpb.AcceptedSnapshotFiles', readAcceptedSnapshotFiles, bytes),
  readFrom: readAcceptedSnapshotFiles,
  writeTo: writeAcceptedSnapshotFiles,
}

const AcceptedSnapshotFilesFields: readonly number[] = [1]

function readAcceptedSnapshotFiles(reader: WireReader, end: number, into?: AcceptedSnapshotFiles): AcceptedSnapshotFiles {
  const message: AcceptedSnapshotFiles = into ?? { fileName: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.fileName.push(reader.string())
        break
      default:
        reader.skip(tag, AcceptedSnapshotFilesFields)
    }
  }
  reader.close(end)
  return message
}

function writeAcceptedSnapshotFiles(writer: WireWriter, message: AcceptedSnapshotFiles): void {
  for (let at = message.fileName.length - 1; at >= 0; at--) {
    const value = message.fileName[at]!
    writer.string(value)
    writer.tag1(10)
  }
}
