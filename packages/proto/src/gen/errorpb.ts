// Generated from proto/errorpb.proto by `npm run generate -w packages/proto`. Do not edit.
import { decodeWith, encodeWith } from '../message-codec.ts'
import type { MessageDefinition } from '../message-definition.ts'
import { emptyBytes, type WireReader } from '../wire-reader.ts'
import type { WireWriter } from '../wire-writer.ts'
import * as metapb from './metapb.ts'

export interface Error {
  message: string
  notLeader: NotLeader | undefined
  regionNotFound: RegionNotFound | undefined
  keyNotInRegion: KeyNotInRegion | undefined
  epochNotMatch: EpochNotMatch | undefined
  serverIsBusy: ServerIsBusy | undefined
  staleCommand: StaleCommand | undefined
  storeNotMatch: StoreNotMatch | undefined
  raftEntryTooLarge: RaftEntryTooLarge | undefined
  maxTimestampNotSynced: MaxTimestampNotSynced | undefined
  readIndexNotReady: ReadIndexNotReady | undefined
  proposalInMergingMode: ProposalInMergingMode | undefined
  dataIsNotReady: DataIsNotReady | undefined
  regionNotInitialized: RegionNotInitialized | undefined
  diskFull: DiskFull | undefined
  recoveryInProgress: RecoveryInProgress | undefined
  flashbackInProgress: FlashbackInProgress | undefined
  flashbackNotPrepared: FlashbackNotPrepared | undefined
  isWitness: IsWitness | undefined
  mismatchPeerId: MismatchPeerId | undefined
  bucketVersionNotMatch: BucketVersionNotMatch | undefined
  undeterminedResult: UndeterminedResult | undefined
}

export const Error: MessageDefinition<Error> = {
  typeName: 'errorpb.Error',
  create: (init) => ({
    message: init?.message ?? '',
    notLeader: init?.notLeader,
    regionNotFound: init?.regionNotFound,
    keyNotInRegion: init?.keyNotInRegion,
    epochNotMatch: init?.epochNotMatch,
    serverIsBusy: init?.serverIsBusy,
    staleCommand: init?.staleCommand,
    storeNotMatch: init?.storeNotMatch,
    raftEntryTooLarge: init?.raftEntryTooLarge,
    maxTimestampNotSynced: init?.maxTimestampNotSynced,
    readIndexNotReady: init?.readIndexNotReady,
    proposalInMergingMode: init?.proposalInMergingMode,
    dataIsNotReady: init?.dataIsNotReady,
    regionNotInitialized: init?.regionNotInitialized,
    diskFull: init?.diskFull,
    recoveryInProgress: init?.recoveryInProgress,
    flashbackInProgress: init?.flashbackInProgress,
    flashbackNotPrepared: init?.flashbackNotPrepared,
    isWitness: init?.isWitness,
    mismatchPeerId: init?.mismatchPeerId,
    bucketVersionNotMatch: init?.bucketVersionNotMatch,
    undeterminedResult: init?.undeterminedResult,
  }),
  encode: (message) => encodeWith(writeError, message),
  decode: (bytes) => decodeWith('errorpb.Error', readError, bytes),
  readFrom: readError,
  writeTo: writeError,
}

const ErrorFields: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22]

function readError(reader: WireReader, end: number, into?: Error): Error {
  const message: Error = into ?? { message: '', notLeader: undefined, regionNotFound: undefined, keyNotInRegion: undefined, epochNotMatch: undefined, serverIsBusy: undefined, staleCommand: undefined, storeNotMatch: undefined, raftEntryTooLarge: undefined, maxTimestampNotSynced: undefined, readIndexNotReady: undefined, proposalInMergingMode: undefined, dataIsNotReady: undefined, regionNotInitialized: undefined, diskFull: undefined, recoveryInProgress: undefined, flashbackInProgress: undefined, flashbackNotPrepared: undefined, isWitness: undefined, mismatchPeerId: undefined, bucketVersionNotMatch: undefined, undeterminedResult: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.message = reader.string()
        break
      case 18:
        message.notLeader = readNotLeader(reader, reader.end(), message.notLeader)
        break
      case 26:
        message.regionNotFound = readRegionNotFound(reader, reader.end(), message.regionNotFound)
        break
      case 34:
        message.keyNotInRegion = readKeyNotInRegion(reader, reader.end(), message.keyNotInRegion)
        break
      case 42:
        message.epochNotMatch = readEpochNotMatch(reader, reader.end(), message.epochNotMatch)
        break
      case 50:
        message.serverIsBusy = readServerIsBusy(reader, reader.end(), message.serverIsBusy)
        break
      case 58:
        message.staleCommand = readStaleCommand(reader, reader.end(), message.staleCommand)
        break
      case 66:
        message.storeNotMatch = readStoreNotMatch(reader, reader.end(), message.storeNotMatch)
        break
      case 74:
        message.raftEntryTooLarge = readRaftEntryTooLarge(reader, reader.end(), message.raftEntryTooLarge)
        break
      case 82:
        message.maxTimestampNotSynced = readMaxTimestampNotSynced(reader, reader.end(), message.maxTimestampNotSynced)
        break
      case 90:
        message.readIndexNotReady = readReadIndexNotReady(reader, reader.end(), message.readIndexNotReady)
        break
      case 98:
        message.proposalInMergingMode = readProposalInMergingMode(reader, reader.end(), message.proposalInMergingMode)
        break
      case 106:
        message.dataIsNotReady = readDataIsNotReady(reader, reader.end(), message.dataIsNotReady)
        break
      case 114:
        message.regionNotInitialized = readRegionNotInitialized(reader, reader.end(), message.regionNotInitialized)
        break
      case 122:
        message.diskFull = readDiskFull(reader, reader.end(), message.diskFull)
        break
      case 130:
        message.recoveryInProgress = readRecoveryInProgress(reader, reader.end(), message.recoveryInProgress)
        break
      case 138:
        message.flashbackInProgress = readFlashbackInProgress(reader, reader.end(), message.flashbackInProgress)
        break
      case 146:
        message.flashbackNotPrepared = readFlashbackNotPrepared(reader, reader.end(), message.flashbackNotPrepared)
        break
      case 154:
        message.isWitness = readIsWitness(reader, reader.end(), message.isWitness)
        break
      case 162:
        message.mismatchPeerId = readMismatchPeerId(reader, reader.end(), message.mismatchPeerId)
        break
      case 170:
        message.bucketVersionNotMatch = readBucketVersionNotMatch(reader, reader.end(), message.bucketVersionNotMatch)
        break
      case 178:
        message.undeterminedResult = readUndeterminedResult(reader, reader.end(), message.undeterminedResult)
        break
      default:
        reader.skip(tag, ErrorFields)
    }
  }
  reader.close(end)
  return message
}

function writeError(writer: WireWriter, message: Error): void {
  if (message.undeterminedResult !== undefined) {
    const mark22 = writer.size
    writeUndeterminedResult(writer, message.undeterminedResult)
    writer.length(mark22)
    writer.tag(178)
  }
  if (message.bucketVersionNotMatch !== undefined) {
    const mark21 = writer.size
    writeBucketVersionNotMatch(writer, message.bucketVersionNotMatch)
    writer.length(mark21)
    writer.tag(170)
  }
  if (message.mismatchPeerId !== undefined) {
    const mark20 = writer.size
    writeMismatchPeerId(writer, message.mismatchPeerId)
    writer.length(mark20)
    writer.tag(162)
  }
  if (message.isWitness !== undefined) {
    const mark19 = writer.size
    writeIsWitness(writer, message.isWitness)
    writer.length(mark19)
    writer.tag(154)
  }
  if (message.flashbackNotPrepared !== undefined) {
    const mark18 = writer.size
    writeFlashbackNotPrepared(writer, message.flashbackNotPrepared)
    writer.length(mark18)
    writer.tag(146)
  }
  if (message.flashbackInProgress !== undefined) {
    const mark17 = writer.size
    writeFlashbackInProgress(writer, message.flashbackInProgress)
    writer.length(mark17)
    writer.tag(138)
  }
  if (message.recoveryInProgress !== undefined) {
    const mark16 = writer.size
    writeRecoveryInProgress(writer, message.recoveryInProgress)
    writer.length(mark16)
    writer.tag(130)
  }
  if (message.diskFull !== undefined) {
    const mark15 = writer.size
    writeDiskFull(writer, message.diskFull)
    writer.length(mark15)
    writer.tag1(122)
  }
  if (message.regionNotInitialized !== undefined) {
    const mark14 = writer.size
    writeRegionNotInitialized(writer, message.regionNotInitialized)
    writer.length(mark14)
    writer.tag1(114)
  }
  if (message.dataIsNotReady !== undefined) {
    const mark13 = writer.size
    writeDataIsNotReady(writer, message.dataIsNotReady)
    writer.length(mark13)
    writer.tag1(106)
  }
  if (message.proposalInMergingMode !== undefined) {
    const mark12 = writer.size
    writeProposalInMergingMode(writer, message.proposalInMergingMode)
    writer.length(mark12)
    writer.tag1(98)
  }
  if (message.readIndexNotReady !== undefined) {
    const mark11 = writer.size
    writeReadIndexNotReady(writer, message.readIndexNotReady)
    writer.length(mark11)
    writer.tag1(90)
  }
  if (message.maxTimestampNotSynced !== undefined) {
    const mark10 = writer.size
    writeMaxTimestampNotSynced(writer, message.maxTimestampNotSynced)
    writer.length(mark10)
    writer.tag1(82)
  }
  if (message.raftEntryTooLarge !== undefined) {
    const mark9 = writer.size
    writeRaftEntryTooLarge(writer, message.raftEntryTooLarge)
    writer.length(mark9)
    writer.tag1(74)
  }
  if (message.storeNotMatch !== undefined) {
    const mark8 = writer.size
    writeStoreNotMatch(writer, message.storeNotMatch)
    writer.length(mark8)
    writer.tag1(66)
  }
  if (message.staleCommand !== undefined) {
    const mark7 = writer.size
    writeStaleCommand(writer, message.staleCommand)
    writer.length(mark7)
    writer.tag1(58)
  }
  if (message.serverIsBusy !== undefined) {
    const mark6 = writer.size
    writeServerIsBusy(writer, message.serverIsBusy)
    writer.length(mark6)
    writer.tag1(50)
  }
  if (message.epochNotMatch !== undefined) {
    const mark5 = writer.size
    writeEpochNotMatch(writer, message.epochNotMatch)
    writer.length(mark5)
    writer.tag1(42)
  }
  if (message.keyNotInRegion !== undefined) {
    const mark4 = writer.size
    writeKeyNotInRegion(writer, message.keyNotInRegion)
    writer.length(mark4)
    writer.tag1(34)
  }
  if (message.regionNotFound !== undefined) {
    const mark3 = writer.size
    writeRegionNotFound(writer, message.regionNotFound)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.notLeader !== undefined) {
    const mark2 = writer.size
    writeNotLeader(writer, message.notLeader)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.message !== '') {
    writer.string(message.message)
    writer.tag1(10)
  }
}

export interface NotLeader {
  regionId: number
  leader: metapb.Peer | undefined
}

export const NotLeader: MessageDefinition<NotLeader> = {
  typeName: 'errorpb.NotLeader',
  create: (init) => ({
    regionId: init?.regionId ?? 0,
    leader: init?.leader,
  }),
  encode: (message) => encodeWith(writeNotLeader, message),
  decode: (bytes) => decodeWith('errorpb.NotLeader', readNotLeader, bytes),
  readFrom: readNotLeader,
  writeTo: writeNotLeader,
}

const NotLeaderFields: readonly number[] = [1, 2]

function readNotLeader(reader: WireReader, end: number, into?: NotLeader): NotLeader {
  const message: NotLeader = into ?? { regionId: 0, leader: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.regionId = reader.uint64Number()
        break
      case 18:
        message.leader = metapb.Peer.readFrom(reader, reader.end(), message.leader)
        break
      default:
        reader.skip(tag, NotLeaderFields)
    }
  }
  reader.close(end)
  return message
}

function writeNotLeader(writer: WireWriter, message: NotLeader): void {
  if (message.leader !== undefined) {
    const mark2 = writer.size
    metapb.Peer.writeTo(writer, message.leader)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.regionId !== 0) {
    writer.uint64Number(message.regionId)
    writer.tag1(8)
  }
}

export interface RegionNotFound {
  regionId: number
}

export const RegionNotFound: MessageDefinition<RegionNotFound> = {
  typeName: 'errorpb.RegionNotFound',
  create: (init) => ({
    regionId: init?.regionId ?? 0,
  }),
  encode: (message) => encodeWith(writeRegionNotFound, message),
  decode: (bytes) => decodeWith('errorpb.RegionNotFound', readRegionNotFound, bytes),
  readFrom: readRegionNotFound,
  writeTo: writeRegionNotFound,
}

const RegionNotFoundFields: readonly number[] = [1]

function readRegionNotFound(reader: WireReader, end: number, into?: RegionNotFound): RegionNotFound {
  const message: RegionNotFound = into ?? { regionId: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.regionId = reader.uint64Number()
        break
      default:
        reader.skip(tag, RegionNotFoundFields)
    }
  }
  reader.close(end)
  return message
}

function writeRegionNotFound(writer: WireWriter, message: RegionNotFound): void {
  if (message.regionId !== 0) {
    writer.uint64Number(message.regionId)
    writer.tag1(8)
  }
}

export interface KeyNotInRegion {
  key: Uint8Array
  regionId: number
  startKey: Uint8Array
  endKey: Uint8Array
}

export const KeyNotInRegion: MessageDefinition<KeyNotInRegion> = {
  typeName: 'errorpb.KeyNotInRegion',
  create: (init) => ({
    key: init?.key ?? emptyBytes,
    regionId: init?.regionId ?? 0,
    startKey: init?.startKey ?? emptyBytes,
    endKey: init?.endKey ?? emptyBytes,
  }),
  encode: (message) => encodeWith(writeKeyNotInRegion, message),
  decode: (bytes) => decodeWith('errorpb.KeyNotInRegion', readKeyNotInRegion, bytes),
  readFrom: readKeyNotInRegion,
  writeTo: writeKeyNotInRegion,
}

const KeyNotInRegionFields: readonly number[] = [1, 2, 3, 4]

function readKeyNotInRegion(reader: WireReader, end: number, into?: KeyNotInRegion): KeyNotInRegion {
  const message: KeyNotInRegion = into ?? { key: emptyBytes, regionId: 0, startKey: emptyBytes, endKey: emptyBytes }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.key = reader.bytes()
        break
      case 16:
        message.regionId = reader.uint64Number()
        break
      case 26:
        message.startKey = reader.bytes()
        break
      case 34:
        message.endKey = reader.bytes()
        break
      default:
        reader.skip(tag, KeyNotInRegionFields)
    }
  }
  reader.close(end)
  return message
}

function writeKeyNotInRegion(writer: WireWriter, message: KeyNotInRegion): void {
  if (message.endKey.length !== 0) {
    writer.bytes(message.endKey)
    writer.tag1(34)
  }
  if (message.startKey.length !== 0) {
    writer.bytes(message.startKey)
    writer.tag1(26)
  }
  if (message.regionId !== 0) {
    writer.uint64Number(message.regionId)
    writer.tag1(16)
  }
  if (message.key.length !== 0) {
    writer.bytes(message.key)
    writer.tag1(10)
  }
}

export interface EpochNotMatch {
  currentRegions: metapb.Region[]
}

export const EpochNotMatch: MessageDefinition<EpochNotMatch> = {
  typeName: 'errorpb.EpochNotMatch',
  create: (init) => ({
    currentRegions: init?.currentRegions ?? [],
  }),
  encode: (message) => encodeWith(writeEpochNotMatch, message),
  decode: (bytes) => decodeWith('errorpb.EpochNotMatch', readEpochNotMatch, bytes),
  readFrom: readEpochNotMatch,
  writeTo: writeEpochNotMatch,
}

const EpochNotMatchFields: readonly number[] = [1]

function readEpochNotMatch(reader: WireReader, end: number, into?: EpochNotMatch): EpochNotMatch {
  const message: EpochNotMatch = into ?? { currentRegions: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.currentRegions.push(metapb.Region.readFrom(reader, reader.end()))
        break
      default:
        reader.skip(tag, EpochNotMatchFields)
    }
  }
  reader.close(end)
  return message
}

function writeEpochNotMatch(writer: WireWriter, message: EpochNotMatch): void {
  for (let at = message.currentRegions.length - 1; at >= 0; at--) {
    const value = message.currentRegions[at]!
    const mark1 = writer.size
    metapb.Region.writeTo(writer, value)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface ServerIsBusy {
  reason: string
  backoffMs: number
  estimatedWaitMs: number
  appliedIndex: number
}

export const ServerIsBusy: MessageDefinition<ServerIsBusy> = {
  typeName: 'errorpb.ServerIsBusy',
  create: (init) => ({
    reason: init?.reason ?? '',
    backoffMs: init?.backoffMs ?? 0,
    estimatedWaitMs: init?.estimatedWaitMs ?? 0,
    appliedIndex: init?.appliedIndex ?? 0,
  }),
  encode: (message) => encodeWith(writeServerIsBusy, message),
  decode: (bytes) => decodeWith('errorpb.ServerIsBusy', readServerIsBusy, bytes),
  readFrom: readServerIsBusy,
  writeTo: writeServerIsBusy,
}

const ServerIsBusyFields: readonly number[] = [1, 2, 3, 4]

function readServerIsBusy(reader: WireReader, end: number, into?: ServerIsBusy): ServerIsBusy {
  const message: ServerIsBusy = into ?? { reason: '', backoffMs: 0, estimatedWaitMs: 0, appliedIndex: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.reason = reader.string()
        break
      case 16:
        message.backoffMs = reader.uint64Number()
        break
      case 24:
        message.estimatedWaitMs = reader.uint32()
        break
      case 32:
        message.appliedIndex = reader.uint64Number()
        break
      default:
        reader.skip(tag, ServerIsBusyFields)
    }
  }
  reader.close(end)
  return message
}

function writeServerIsBusy(writer: WireWriter, message: ServerIsBusy): void {
  if (message.appliedIndex !== 0) {
    writer.uint64Number(message.appliedIndex)
    writer.tag1(32)
  }
  if (message.estimatedWaitMs !== 0) {
    writer.uint32(message.estimatedWaitMs)
    writer.tag1(24)
  }
  if (message.backoffMs !== 0) {
    writer.uint64Number(message.backoffMs)
    writer.tag1(16)
  }
  if (message.reason !== '') {
    writer.string(message.reason)
    writer.tag1(10)
  }
}

export type StaleCommand = Record<string, never>

export const StaleCommand: MessageDefinition<StaleCommand> = {
  typeName: 'errorpb.StaleCommand',
  create: () => ({}),
  encode: (message) => encodeWith(writeStaleCommand, message),
  decode: (bytes) => decodeWith('errorpb.StaleCommand', readStaleCommand, bytes),
  readFrom: readStaleCommand,
  writeTo: writeStaleCommand,
}

function readStaleCommand(reader: WireReader, end: number, into?: StaleCommand): StaleCommand {
  const message: StaleCommand = into ?? {}
  while (reader.pos < end) reader.skip(reader.tag(), [])
  reader.close(end)
  return message
}

function writeStaleCommand(_writer: WireWriter, _message: StaleCommand): void {
}

export interface StoreNotMatch {
  requestStoreId: number
  actualStoreId: number
}

export const StoreNotMatch: MessageDefinition<StoreNotMatch> = {
  typeName: 'errorpb.StoreNotMatch',
  create: (init) => ({
    requestStoreId: init?.requestStoreId ?? 0,
    actualStoreId: init?.actualStoreId ?? 0,
  }),
  encode: (message) => encodeWith(writeStoreNotMatch, message),
  decode: (bytes) => decodeWith('errorpb.StoreNotMatch', readStoreNotMatch, bytes),
  readFrom: readStoreNotMatch,
  writeTo: writeStoreNotMatch,
}

const StoreNotMatchFields: readonly number[] = [1, 2]

function readStoreNotMatch(reader: WireReader, end: number, into?: StoreNotMatch): StoreNotMatch {
  const message: StoreNotMatch = into ?? { requestStoreId: 0, actualStoreId: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.requestStoreId = reader.uint64Number()
        break
      case 16:
        message.actualStoreId = reader.uint64Number()
        break
      default:
        reader.skip(tag, StoreNotMatchFields)
    }
  }
  reader.close(end)
  return message
}

function writeStoreNotMatch(writer: WireWriter, message: StoreNotMatch): void {
  if (message.actualStoreId !== 0) {
    writer.uint64Number(message.actualStoreId)
    writer.tag1(16)
  }
  if (message.requestStoreId !== 0) {
    writer.uint64Number(message.requestStoreId)
    writer.tag1(8)
  }
}

export interface RaftEntryTooLarge {
  regionId: number
  entrySize: number
}

export const RaftEntryTooLarge: MessageDefinition<RaftEntryTooLarge> = {
  typeName: 'errorpb.RaftEntryTooLarge',
  create: (init) => ({
    regionId: init?.regionId ?? 0,
    entrySize: init?.entrySize ?? 0,
  }),
  encode: (message) => encodeWith(writeRaftEntryTooLarge, message),
  decode: (bytes) => decodeWith('errorpb.RaftEntryTooLarge', readRaftEntryTooLarge, bytes),
  readFrom: readRaftEntryTooLarge,
  writeTo: writeRaftEntryTooLarge,
}

const RaftEntryTooLargeFields: readonly number[] = [1, 2]

function readRaftEntryTooLarge(reader: WireReader, end: number, into?: RaftEntryTooLarge): RaftEntryTooLarge {
  const message: RaftEntryTooLarge = into ?? { regionId: 0, entrySize: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.regionId = reader.uint64Number()
        break
      case 16:
        message.entrySize = reader.uint64Number()
        break
      default:
        reader.skip(tag, RaftEntryTooLargeFields)
    }
  }
  reader.close(end)
  return message
}

function writeRaftEntryTooLarge(writer: WireWriter, message: RaftEntryTooLarge): void {
  if (message.entrySize !== 0) {
    writer.uint64Number(message.entrySize)
    writer.tag1(16)
  }
  if (message.regionId !== 0) {
    writer.uint64Number(message.regionId)
    writer.tag1(8)
  }
}

export type MaxTimestampNotSynced = Record<string, never>

export const MaxTimestampNotSynced: MessageDefinition<MaxTimestampNotSynced> = {
  typeName: 'errorpb.MaxTimestampNotSynced',
  create: () => ({}),
  encode: (message) => encodeWith(writeMaxTimestampNotSynced, message),
  decode: (bytes) => decodeWith('errorpb.MaxTimestampNotSynced', readMaxTimestampNotSynced, bytes),
  readFrom: readMaxTimestampNotSynced,
  writeTo: writeMaxTimestampNotSynced,
}

function readMaxTimestampNotSynced(reader: WireReader, end: number, into?: MaxTimestampNotSynced): MaxTimestampNotSynced {
  const message: MaxTimestampNotSynced = into ?? {}
  while (reader.pos < end) reader.skip(reader.tag(), [])
  reader.close(end)
  return message
}

function writeMaxTimestampNotSynced(_writer: WireWriter, _message: MaxTimestampNotSynced): void {
}

export interface ReadIndexNotReady {
  reason: string
  regionId: number
}

export const ReadIndexNotReady: MessageDefinition<ReadIndexNotReady> = {
  typeName: 'errorpb.ReadIndexNotReady',
  create: (init) => ({
    reason: init?.reason ?? '',
    regionId: init?.regionId ?? 0,
  }),
  encode: (message) => encodeWith(writeReadIndexNotReady, message),
  decode: (bytes) => decodeWith('errorpb.ReadIndexNotReady', readReadIndexNotReady, bytes),
  readFrom: readReadIndexNotReady,
  writeTo: writeReadIndexNotReady,
}

const ReadIndexNotReadyFields: readonly number[] = [1, 2]

function readReadIndexNotReady(reader: WireReader, end: number, into?: ReadIndexNotReady): ReadIndexNotReady {
  const message: ReadIndexNotReady = into ?? { reason: '', regionId: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.reason = reader.string()
        break
      case 16:
        message.regionId = reader.uint64Number()
        break
      default:
        reader.skip(tag, ReadIndexNotReadyFields)
    }
  }
  reader.close(end)
  return message
}

function writeReadIndexNotReady(writer: WireWriter, message: ReadIndexNotReady): void {
  if (message.regionId !== 0) {
    writer.uint64Number(message.regionId)
    writer.tag1(16)
  }
  if (message.reason !== '') {
    writer.string(message.reason)
    writer.tag1(10)
  }
}

export interface ProposalInMergingMode {
  regionId: number
}

export const ProposalInMergingMode: MessageDefinition<ProposalInMergingMode> = {
  typeName: 'errorpb.ProposalInMergingMode',
  create: (init) => ({
    regionId: init?.regionId ?? 0,
  }),
  encode: (message) => encodeWith(writeProposalInMergingMode, message),
  decode: (bytes) => decodeWith('errorpb.ProposalInMergingMode', readProposalInMergingMode, bytes),
  readFrom: readProposalInMergingMode,
  writeTo: writeProposalInMergingMode,
}

const ProposalInMergingModeFields: readonly number[] = [1]

function readProposalInMergingMode(reader: WireReader, end: number, into?: ProposalInMergingMode): ProposalInMergingMode {
  const message: ProposalInMergingMode = into ?? { regionId: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.regionId = reader.uint64Number()
        break
      default:
        reader.skip(tag, ProposalInMergingModeFields)
    }
  }
  reader.close(end)
  return message
}

function writeProposalInMergingMode(writer: WireWriter, message: ProposalInMergingMode): void {
  if (message.regionId !== 0) {
    writer.uint64Number(message.regionId)
    writer.tag1(8)
  }
}

export interface DataIsNotReady {
  regionId: number
  peerId: number
  safeTs: bigint
}

export const DataIsNotReady: MessageDefinition<DataIsNotReady> = {
  typeName: 'errorpb.DataIsNotReady',
  create: (init) => ({
    regionId: init?.regionId ?? 0,
    peerId: init?.peerId ?? 0,
    safeTs: init?.safeTs ?? 0n,
  }),
  encode: (message) => encodeWith(writeDataIsNotReady, message),
  decode: (bytes) => decodeWith('errorpb.DataIsNotReady', readDataIsNotReady, bytes),
  readFrom: readDataIsNotReady,
  writeTo: writeDataIsNotReady,
}

const DataIsNotReadyFields: readonly number[] = [1, 2, 3]

function readDataIsNotReady(reader: WireReader, end: number, into?: DataIsNotReady): DataIsNotReady {
  const message: DataIsNotReady = into ?? { regionId: 0, peerId: 0, safeTs: 0n }
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
        message.safeTs = reader.uint64()
        break
      default:
        reader.skip(tag, DataIsNotReadyFields)
    }
  }
  reader.close(end)
  return message
}

function writeDataIsNotReady(writer: WireWriter, message: DataIsNotReady): void {
  if (message.safeTs !== 0n) {
    writer.uint64(message.safeTs)
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

export interface RegionNotInitialized {
  regionId: number
}

export const RegionNotInitialized: MessageDefinition<RegionNotInitialized> = {
  typeName: 'errorpb.RegionNotInitialized',
  create: (init) => ({
    regionId: init?.regionId ?? 0,
  }),
  encode: (message) => encodeWith(writeRegionNotInitialized, message),
  decode: (bytes) => decodeWith('errorpb.RegionNotInitialized', readRegionNotInitialized, bytes),
  readFrom: readRegionNotInitialized,
  writeTo: writeRegionNotInitialized,
}

const RegionNotInitializedFields: readonly number[] = [1]

function readRegionNotInitialized(reader: WireReader, end: number, into?: RegionNotInitialized): RegionNotInitialized {
  const message: RegionNotInitialized = into ?? { regionId: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.regionId = reader.uint64Number()
        break
      default:
        reader.skip(tag, RegionNotInitializedFields)
    }
  }
  reader.close(end)
  return message
}

function writeRegionNotInitialized(writer: WireWriter, message: RegionNotInitialized): void {
  if (message.regionId !== 0) {
    writer.uint64Number(message.regionId)
    writer.tag1(8)
  }
}

export interface DiskFull {
  storeId: number[]
  reason: string
}

export const DiskFull: MessageDefinition<DiskFull> = {
  typeName: 'errorpb.DiskFull',
  create: (init) => ({
    storeId: init?.storeId ?? [],
    reason: init?.reason ?? '',
  }),
  encode: (message) => encodeWith(writeDiskFull, message),
  decode: (bytes) => decodeWith('errorpb.DiskFull', readDiskFull, bytes),
  readFrom: readDiskFull,
  writeTo: writeDiskFull,
}

const DiskFullFields: readonly number[] = [1, 2]

function readDiskFull(reader: WireReader, end: number, into?: DiskFull): DiskFull {
  const message: DiskFull = into ?? { storeId: [], reason: '' }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.storeId.push(reader.uint64Number())
        break
      case 10:
        {
          const packedEnd = reader.end()
          while (reader.pos < packedEnd) message.storeId.push(reader.uint64Number())
          reader.close(packedEnd)
        }
        break
      case 18:
        message.reason = reader.string()
        break
      default:
        reader.skip(tag, DiskFullFields)
    }
  }
  reader.close(end)
  return message
}

function writeDiskFull(writer: WireWriter, message: DiskFull): void {
  if (message.reason !== '') {
    writer.string(message.reason)
    writer.tag1(18)
  }
  if (message.storeId.length !== 0) {
    const mark = writer.size
    for (let at = message.storeId.length - 1; at >= 0; at--) writer.uint64Number(message.storeId[at]!)
    writer.length(mark)
    writer.tag1(10)
  }
}

export interface RecoveryInProgress {
  regionId: number
}

export const RecoveryInProgress: MessageDefinition<RecoveryInProgress> = {
  typeName: 'errorpb.RecoveryInProgress',
  create: (init) => ({
    regionId: init?.regionId ?? 0,
  }),
  encode: (message) => encodeWith(writeRecoveryInProgress, message),
  decode: (bytes) => decodeWith('errorpb.RecoveryInProgress', readRecoveryInProgress, bytes),
  readFrom: readRecoveryInProgress,
  writeTo: writeRecoveryInProgress,
}

const RecoveryInProgressFields: readonly number[] = [1]

function readRecoveryInProgress(reader: WireReader, end: number, into?: RecoveryInProgress): RecoveryInProgress {
  const message: RecoveryInProgress = into ?? { regionId: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.regionId = reader.uint64Number()
        break
      default:
        reader.skip(tag, RecoveryInProgressFields)
    }
  }
  reader.close(end)
  return message
}

function writeRecoveryInProgress(writer: WireWriter, message: RecoveryInProgress): void {
  if (message.regionId !== 0) {
    writer.uint64Number(message.regionId)
    writer.tag1(8)
  }
}

export interface FlashbackInProgress {
  regionId: number
  flashbackStartTs: bigint
}

export const FlashbackInProgress: MessageDefinition<FlashbackInProgress> = {
  typeName: 'errorpb.FlashbackInProgress',
  create: (init) => ({
    regionId: init?.regionId ?? 0,
    flashbackStartTs: init?.flashbackStartTs ?? 0n,
  }),
  encode: (message) => encodeWith(writeFlashbackInProgress, message),
  decode: (bytes) => decodeWith('errorpb.FlashbackInProgress', readFlashbackInProgress, bytes),
  readFrom: readFlashbackInProgress,
  writeTo: writeFlashbackInProgress,
}

const FlashbackInProgressFields: readonly number[] = [1, 2]

function readFlashbackInProgress(reader: WireReader, end: number, into?: FlashbackInProgress): FlashbackInProgress {
  const message: FlashbackInProgress = into ?? { regionId: 0, flashbackStartTs: 0n }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.regionId = reader.uint64Number()
        break
      case 16:
        message.flashbackStartTs = reader.uint64()
        break
      default:
        reader.skip(tag, FlashbackInProgressFields)
    }
  }
  reader.close(end)
  return message
}

function writeFlashbackInProgress(writer: WireWriter, message: FlashbackInProgress): void {
  if (message.flashbackStartTs !== 0n) {
    writer.uint64(message.flashbackStartTs)
    writer.tag1(16)
  }
  if (message.regionId !== 0) {
    writer.uint64Number(message.regionId)
    writer.tag1(8)
  }
}

export interface FlashbackNotPrepared {
  regionId: number
}

export const FlashbackNotPrepared: MessageDefinition<FlashbackNotPrepared> = {
  typeName: 'errorpb.FlashbackNotPrepared',
  create: (init) => ({
    regionId: init?.regionId ?? 0,
  }),
  encode: (message) => encodeWith(writeFlashbackNotPrepared, message),
  decode: (bytes) => decodeWith('errorpb.FlashbackNotPrepared', readFlashbackNotPrepared, bytes),
  readFrom: readFlashbackNotPrepared,
  writeTo: writeFlashbackNotPrepared,
}

const FlashbackNotPreparedFields: readonly number[] = [1]

function readFlashbackNotPrepared(reader: WireReader, end: number, into?: FlashbackNotPrepared): FlashbackNotPrepared {
  const message: FlashbackNotPrepared = into ?? { regionId: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.regionId = reader.uint64Number()
        break
      default:
        reader.skip(tag, FlashbackNotPreparedFields)
    }
  }
  reader.close(end)
  return message
}

function writeFlashbackNotPrepared(writer: WireWriter, message: FlashbackNotPrepared): void {
  if (message.regionId !== 0) {
    writer.uint64Number(message.regionId)
    writer.tag1(8)
  }
}

export interface IsWitness {
  regionId: number
}

export const IsWitness: MessageDefinition<IsWitness> = {
  typeName: 'errorpb.IsWitness',
  create: (init) => ({
    regionId: init?.regionId ?? 0,
  }),
  encode: (message) => encodeWith(writeIsWitness, message),
  decode: (bytes) => decodeWith('errorpb.IsWitness', readIsWitness, bytes),
  readFrom: readIsWitness,
  writeTo: writeIsWitness,
}

const IsWitnessFields: readonly number[] = [1]

function readIsWitness(reader: WireReader, end: number, into?: IsWitness): IsWitness {
  const message: IsWitness = into ?? { regionId: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.regionId = reader.uint64Number()
        break
      default:
        reader.skip(tag, IsWitnessFields)
    }
  }
  reader.close(end)
  return message
}

function writeIsWitness(writer: WireWriter, message: IsWitness): void {
  if (message.regionId !== 0) {
    writer.uint64Number(message.regionId)
    writer.tag1(8)
  }
}

export interface MismatchPeerId {
  requestPeerId: number
  storePeerId: number
}

export const MismatchPeerId: MessageDefinition<MismatchPeerId> = {
  typeName: 'errorpb.MismatchPeerId',
  create: (init) => ({
    requestPeerId: init?.requestPeerId ?? 0,
    storePeerId: init?.storePeerId ?? 0,
  }),
  encode: (message) => encodeWith(writeMismatchPeerId, message),
  decode: (bytes) => decodeWith('errorpb.MismatchPeerId', readMismatchPeerId, bytes),
  readFrom: readMismatchPeerId,
  writeTo: writeMismatchPeerId,
}

const MismatchPeerIdFields: readonly number[] = [1, 2]

function readMismatchPeerId(reader: WireReader, end: number, into?: MismatchPeerId): MismatchPeerId {
  const message: MismatchPeerId = into ?? { requestPeerId: 0, storePeerId: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.requestPeerId = reader.uint64Number()
        break
      case 16:
        message.storePeerId = reader.uint64Number()
        break
      default:
        reader.skip(tag, MismatchPeerIdFields)
    }
  }
  reader.close(end)
  return message
}

function writeMismatchPeerId(writer: WireWriter, message: MismatchPeerId): void {
  if (message.storePeerId !== 0) {
    writer.uint64Number(message.storePeerId)
    writer.tag1(16)
  }
  if (message.requestPeerId !== 0) {
    writer.uint64Number(message.requestPeerId)
    writer.tag1(8)
  }
}

export interface BucketVersionNotMatch {
  version: number
  keys: Uint8Array[]
}

export const BucketVersionNotMatch: MessageDefinition<BucketVersionNotMatch> = {
  typeName: 'errorpb.BucketVersionNotMatch',
  create: (init) => ({
    version: init?.version ?? 0,
    keys: init?.keys ?? [],
  }),
  encode: (message) => encodeWith(writeBucketVersionNotMatch, message),
  decode: (bytes) => decodeWith('errorpb.BucketVersionNotMatch', readBucketVersionNotMatch, bytes),
  readFrom: readBucketVersionNotMatch,
  writeTo: writeBucketVersionNotMatch,
}

const BucketVersionNotMatchFields: readonly number[] = [1, 2]

function readBucketVersionNotMatch(reader: WireReader, end: number, into?: BucketVersionNotMatch): BucketVersionNotMatch {
  const message: BucketVersionNotMatch = into ?? { version: 0, keys: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.version = reader.uint64Number()
        break
      case 18:
        message.keys.push(reader.bytes())
        break
      default:
        reader.skip(tag, BucketVersionNotMatchFields)
    }
  }
  reader.close(end)
  return message
}

function writeBucketVersionNotMatch(writer: WireWriter, message: BucketVersionNotMatch): void {
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

export interface UndeterminedResult {
  message: string
}

export const UndeterminedResult: MessageDefinition<UndeterminedResult> = {
  typeName: 'errorpb.UndeterminedResult',
  create: (init) => ({
    message: init?.message ?? '',
  }),
  encode: (message) => encodeWith(writeUndeterminedResult, message),
  decode: (bytes) => decodeWith('errorpb.UndeterminedResult', readUndeterminedResult, bytes),
  readFrom: readUndeterminedResult,
  writeTo: writeUndeterminedResult,
}

const UndeterminedResultFields: readonly number[] = [1]

function readUndeterminedResult(reader: WireReader, end: number, into?: UndeterminedResult): UndeterminedResult {
  const message: UndeterminedResult = into ?? { message: '' }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.message = reader.string()
        break
      default:
        reader.skip(tag, UndeterminedResultFields)
    }
  }
  reader.close(end)
  return message
}

function writeUndeterminedResult(writer: WireWriter, message: UndeterminedResult): void {
  if (message.message !== '') {
    writer.string(message.message)
    writer.tag1(10)
  }
}
