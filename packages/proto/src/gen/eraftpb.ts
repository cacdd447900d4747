// Generated from proto/eraftpb.proto by `npm run generate -w packages/proto`. Do not edit.
import { decodeWith, encodeWith } from '../message-codec.ts'
import type { MessageDefinition } from '../message-definition.ts'
import { emptyBytes, type WireReader } from '../wire-reader.ts'
import type { WireWriter } from '../wire-writer.ts'

export const ConfChangeType = {
  AddNode: 0,
  RemoveNode: 1,
  AddLearnerNode: 2,
} as const
/** A number that is not listed is kept as it came. */
export type ConfChangeType = (typeof ConfChangeType)[keyof typeof ConfChangeType]

export const ConfChangeTransition = {
  Auto: 0,
  Implicit: 1,
  Explicit: 2,
} as const
/** A number that is not listed is kept as it came. */
export type ConfChangeTransition = (typeof ConfChangeTransition)[keyof typeof ConfChangeTransition]

export const MessageType = {
  MsgHup: 0,
  MsgBeat: 1,
  MsgPropose: 2,
  MsgAppend: 3,
  MsgAppendResponse: 4,
  MsgRequestVote: 5,
  MsgRequestVoteResponse: 6,
  MsgSnapshot: 7,
  MsgHeartbeat: 8,
  MsgHeartbeatResponse: 9,
  MsgUnreachable: 10,
  MsgSnapStatus: 11,
  MsgCheckQuorum: 12,
  MsgTransferLeader: 13,
  MsgTimeoutNow: 14,
  MsgReadIndex: 15,
  MsgReadIndexResp: 16,
  MsgRequestPreVote: 17,
  MsgRequestPreVoteResponse: 18,
} as const
/** A number that is not listed is kept as it came. */
export type MessageType = (typeof MessageType)[keyof typeof MessageType]

export const EntryType = {
  EntryNormal: 0,
  EntryConfChange: 1,
  EntryConfChangeV2: 2,
} as const
/** A number that is not listed is kept as it came. */
export type EntryType = (typeof EntryType)[keyof typeof EntryType]

export interface ConfChange {
  id: number
  changeType: ConfChangeType
  nodeId: number
  context: Uint8Array
}

export const ConfChange: MessageDefinition<ConfChange> = {
  typeName: 'eraftpb.ConfChange',
  create: (init) => ({
    id: init?.id ?? 0,
    changeType: init?.changeType ?? 0,
    nodeId: init?.nodeId ?? 0,
    context: init?.context ?? emptyBytes,
  }),
  encode: (message) => encodeWith(writeConfChange, message),
  decode: (bytes) => decodeWith('eraftpb.ConfChange', readConfChange, bytes),
  readFrom: readConfChange,
  writeTo: writeConfChange,
}

const ConfChangeFields: readonly number[] = [1, 2, 3, 4]

function readConfChange(reader: WireReader, end: number, into?: ConfChange): ConfChange {
  const message: ConfChange = into ?? { id: 0, changeType: 0, nodeId: 0, context: emptyBytes }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.id = reader.uint64Number()
        break
      case 16:
        message.changeType = reader.int32() as ConfChangeType
        break
      case 24:
        message.nodeId = reader.uint64Number()
        break
      case 34:
        message.context = reader.bytes()
        break
      default:
        reader.skip(tag, ConfChangeFields)
    }
  }
  reader.close(end)
  return message
}

function writeConfChange(writer: WireWriter, message: ConfChange): void {
  if (message.context.length !== 0) {
    writer.bytes(message.context)
    writer.tag1(34)
  }
  if (message.nodeId !== 0) {
    writer.uint64Number(message.nodeId)
    writer.tag1(24)
  }
  if (message.changeType !== 0) {
    writer.int32(message.changeType)
    writer.tag1(16)
  }
  if (message.id !== 0) {
    writer.uint64Number(message.id)
    writer.tag1(8)
  }
}

export interface ConfChangeV2 {
  transition: ConfChangeTransition
  changes: ConfChangeSingle[]
  context: Uint8Array
}

export const ConfChangeV2: MessageDefinition<ConfChangeV2> = {
  typeName: 'eraftpb.ConfChangeV2',
  create: (init) => ({
    transition: init?.transition ?? 0,
    changes: init?.changes ?? [],
    context: init?.context ?? emptyBytes,
  }),
  encode: (message) => encodeWith(writeConfChangeV2, message),
  decode: (bytes) => decodeWith('eraftpb.ConfChangeV2', readConfChangeV2, bytes),
  readFrom: readConfChangeV2,
  writeTo: writeConfChangeV2,
}

const ConfChangeV2Fields: readonly number[] = [1, 2, 3]

function readConfChangeV2(reader: WireReader, end: number, into?: ConfChangeV2): ConfChangeV2 {
  const message: ConfChangeV2 = into ?? { transition: 0, changes: [], context: emptyBytes }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.transition = reader.int32() as ConfChangeTransition
        break
      case 18:
        message.changes.push(readConfChangeSingle(reader, reader.end()))
        break
      case 26:
        message.context = reader.bytes()
        break
      default:
        reader.skip(tag, ConfChangeV2Fields)
    }
  }
  reader.close(end)
  return message
}

function writeConfChangeV2(writer: WireWriter, message: ConfChangeV2): void {
  if (message.context.length !== 0) {
    writer.bytes(message.context)
    writer.tag1(26)
  }
  for (let at = message.changes.length - 1; at >= 0; at--) {
    const value = message.changes[at]!
    const mark2 = writer.size
    writeConfChangeSingle(writer, value)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.transition !== 0) {
    writer.int32(message.transition)
    writer.tag1(8)
  }
}

export interface ConfChangeSingle {
  changeType: ConfChangeType
  nodeId: number
}

export const ConfChangeSingle: MessageDefinition<ConfChangeSingle> = {
  typeName: 'eraftpb.ConfChangeSingle',
  create: (init) => ({
    changeType: init?.changeType ?? 0,
    nodeId: init?.nodeId ?? 0,
  }),
  encode: (message) => encodeWith(writeConfChangeSingle, message),
  decode: (bytes) => decodeWith('eraftpb.ConfChangeSingle', readConfChangeSingle, bytes),
  readFrom: readConfChangeSingle,
  writeTo: writeConfChangeSingle,
}

const ConfChangeSingleFields: readonly number[] = [1, 2]

function readConfChangeSingle(reader: WireReader, end: number, into?: ConfChangeSingle): ConfChangeSingle {
  const message: ConfChangeSingle = into ?? { changeType: 0, nodeId: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.changeType = reader.int32() as ConfChangeType
        break
      case 16:
        message.nodeId = reader.uint64Number()
        break
      default:
        reader.skip(tag, ConfChangeSingleFields)
    }
  }
  reader.close(end)
  return message
}

function writeConfChangeSingle(writer: WireWriter, message: ConfChangeSingle): void {
  if (message.nodeId !== 0) {
    writer.uint64Number(message.nodeId)
    writer.tag1(16)
  }
  if (message.changeType !== 0) {
    writer.int32(message.changeType)
    writer.tag1(8)
  }
}

export interface HardState {
  term: number
  vote: number
  commit: number
}

export const HardState: MessageDefinition<HardState> = {
  typeName: 'eraftpb.HardState',
  create: (init) => ({
    term: init?.term ?? 0,
    vote: init?.vote ?? 0,
    commit: init?.commit ?? 0,
  }),
  encode: (message) => encodeWith(writeHardState, message),
  decode: (bytes) => decodeWith('eraftpb.HardState', readHardState, bytes),
  readFrom: readHardState,
  writeTo: writeHardState,
}

const HardStateFields: readonly number[] = [1, 2, 3]

function readHardState(reader: WireReader, end: number, into?: HardState): HardState {
  const message: HardState = into ?? { term: 0, vote: 0, commit: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.term = reader.uint64Number()
        break
      case 16:
        message.vote = reader.uint64Number()
        break
      case 24:
        message.commit = reader.uint64Number()
        break
      default:
        reader.skip(tag, HardStateFields)
    }
  }
  reader.close(end)
  return message
}

function writeHardState(writer: WireWriter, message: HardState): void {
  if (message.commit !== 0) {
    writer.uint64Number(message.commit)
    writer.tag1(24)
  }
  if (message.vote !== 0) {
    writer.uint64Number(message.vote)
    writer.tag1(16)
  }
  if (message.term !== 0) {
    writer.uint64Number(message.term)
    writer.tag1(8)
  }
}

export interface Message {
  msgType: MessageType
  to: number
  from: number
  term: number
  logTerm: number
  index: number
  entries: Entry[]
  commit: number
  snapshot: Snapshot | undefined
  reject: boolean
  rejectHint: number
  context: Uint8Array
  requestSnapshot: number
  deprecatedPriority: number
  priority: number
}

export const Message: MessageDefinition<Message> = {
  typeName: 'eraftpb.Message',
  create: (init) => ({
    msgType: init?.msgType ?? 0,
    to: init?.to ?? 0,
    from: init?.from ?? 0,
    term: init?.term ?? 0,
    logTerm: init?.logTerm ?? 0,
    index: init?.index ?? 0,
    entries: init?.entries ?? [],
    commit: init?.commit ?? 0,
    snapshot: init?.snapshot,
    reject: init?.reject ?? false,
    rejectHint: init?.rejectHint ?? 0,
    context: init?.context ?? emptyBytes,
    requestSnapshot: init?.requestSnapshot ?? 0,
    deprecatedPriority: init?.deprecatedPriority ?? 0,
    priority: init?.priority ?? 0,
  }),
  encode: (message) => encodeWith(writeMessage, message),
  decode: (bytes) => decodeWith('eraftpb.Message', readMessage, bytes),
  readFrom: readMessage,
  writeTo: writeMessage,
}

const MessageFields: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]

function readMessage(reader: WireReader, end: number, into?: Message): Message {
  const message: Message = into ?? { msgType: 0, to: 0, from: 0, term: 0, logTerm: 0, index: 0, entries: [], commit: 0, snapshot: undefined, reject: false, rejectHint: 0, context: emptyBytes, requestSnapshot: 0, deprecatedPriority: 0, priority: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.msgType = reader.int32() as MessageType
        break
      case 16:
        message.to = reader.uint64Number()
        break
      case 24:
        message.from = reader.uint64Number()
        break
      case 32:
        message.term = reader.uint64Number()
        break
      case 40:
        message.logTerm = reader.uint64Number()
        break
      case 48:
        message.index = reader.uint64Number()
        break
      case 58:
        message.entries.push(readEntry(reader, reader.end()))
        break
      case 64:
        message.commit = reader.uint64Number()
        break
      case 74:
        message.snapshot = readSnapshot(reader, reader.end(), message.snapshot)
        break
      case 80:
        message.reject = reader.bool()
        break
      case 88:
        message.rejectHint = reader.uint64Number()
        break
      case 98:
        message.context = reader.bytes()
        break
      case 104:
        message.requestSnapshot = reader.uint64Number()
        break
      case 112:
        message.deprecatedPriority = reader.uint64Number()
        break
      case 120:
        message.priority = reader.int64Number()
        break
      default:
        reader.skip(tag, MessageFields)
    }
  }
  reader.close(end)
  return message
}

function writeMessage(writer: WireWriter, message: Message): void {
  if (message.priority !== 0) {
    writer.int64Number(message.priority)
    writer.tag1(120)
  }
  if (message.deprecatedPriority !== 0) {
    writer.uint64Number(message.deprecatedPriority)
    writer.tag1(112)
  }
  if (message.requestSnapshot !== 0) {
    writer.uint64Number(message.requestSnapshot)
    writer.tag1(104)
  }
  if (message.context.length !== 0) {
    writer.bytes(message.context)
    writer.tag1(98)
  }
  if (message.rejectHint !== 0) {
    writer.uint64Number(message.rejectHint)
    writer.tag1(88)
  }
  if (message.reject) {
    writer.bool(message.reject)
    writer.tag1(80)
  }
  if (message.snapshot !== undefined) {
    const mark9 = writer.size
    writeSnapshot(writer, message.snapshot)
    writer.length(mark9)
    writer.tag1(74)
  }
  if (message.commit !== 0) {
    writer.uint64Number(message.commit)
    writer.tag1(64)
  }
  for (let at = message.entries.length - 1; at >= 0; at--) {
    const value = message.entries[at]!
    const mark7 = writer.size
    writeEntry(writer, value)
    writer.length(mark7)
    writer.tag1(58)
  }
  if (message.index !== 0) {
    writer.uint64Number(message.index)
    writer.tag1(48)
  }
  if (message.logTerm !== 0) {
    writer.uint64Number(message.logTerm)
    writer.tag1(40)
  }
  if (message.term !== 0) {
    writer.uint64Number(message.term)
    writer.tag1(32)
  }
  if (message.from !== 0) {
    writer.uint64Number(message.from)
    writer.tag1(24)
  }
  if (message.to !== 0) {
    writer.uint64Number(message.to)
    writer.tag1(16)
  }
  if (message.msgType !== 0) {
    writer.int32(message.msgType)
    writer.tag1(8)
  }
}

export interface Entry {
  entryType: EntryType
  term: number
  index: number
  data: Uint8Array
  syncLog: boolean
  context: Uint8Array
}

export const Entry: MessageDefinition<Entry> = {
  typeName: 'eraftpb.Entry',
  create: (init) => ({
    entryType: init?.entryType ?? 0,
    term: init?.term ?? 0,
    index: init?.index ?? 0,
    data: init?.data ?? emptyBytes,
    syncLog: init?.syncLog ?? false,
    context: init?.context ?? emptyBytes,
  }),
  encode: (message) => encodeWith(writeEntry, message),
  decode: (bytes) => decodeWith('eraftpb.Entry', readEntry, bytes),
  readFrom: readEntry,
  writeTo: writeEntry,
}

const EntryFields: readonly number[] = [1, 2, 3, 4, 5, 6]

function readEntry(reader: WireReader, end: number, into?: Entry): Entry {
  const message: Entry = into ?? { entryType: 0, term: 0, index: 0, data: emptyBytes, syncLog: false, context: emptyBytes }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.entryType = reader.int32() as EntryType
        break
      case 16:
        message.term = reader.uint64Number()
        break
      case 24:
        message.index = reader.uint64Number()
        break
      case 34:
        message.data = reader.bytes()
        break
      case 40:
        message.syncLog = reader.bool()
        break
      case 50:
        message.context = reader.bytes()
        break
      default:
        reader.skip(tag, EntryFields)
    }
  }
  reader.close(end)
  return message
}

function writeEntry(writer: WireWriter, message: Entry): void {
  if (message.context.length !== 0) {
    writer.bytes(message.context)
    writer.tag1(50)
  }
  if (message.syncLog) {
    writer.bool(message.syncLog)
    writer.tag1(40)
  }
  if (message.data.length !== 0) {
    writer.bytes(message.data)
    writer.tag1(34)
  }
  if (message.index !== 0) {
    writer.uint64Number(message.index)
    writer.tag1(24)
  }
  if (message.term !== 0) {
    writer.uint64Number(message.term)
    writer.tag1(16)
  }
  if (message.entryType !== 0) {
    writer.int32(message.entryType)
    writer.tag1(8)
  }
}

export interface Snapshot {
  data: Uint8Array
  metadata: SnapshotMetadata | undefined
}

export const Snapshot: MessageDefinition<Snapshot> = {
  typeName: 'eraftpb.Snapshot',
  create: (init) => ({
    data: init?.data ?? emptyBytes,
    metadata: init?.metadata,
  }),
  encode: (message) => encodeWith(writeSnapshot, message),
  decode: (bytes) => decodeWith('eraftpb.Snapshot', readSnapshot, bytes),
  readFrom: readSnapshot,
  writeTo: writeSnapshot,
}

const SnapshotFields: readonly number[] = [1, 2]

function readSnapshot(reader: WireReader, end: number, into?: Snapshot): Snapshot {
  const message: Snapshot = into ?? { data: emptyBytes, metadata: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.data = reader.bytes()
        break
      case 18:
        message.metadata = readSnapshotMetadata(reader, reader.end(), message.metadata)
        break
      default:
        reader.skip(tag, SnapshotFields)
    }
  }
  reader.close(end)
  return message
}

function writeSnapshot(writer: WireWriter, message: Snapshot): void {
  if (message.metadata !== undefined) {
    const mark2 = writer.size
    writeSnapshotMetadata(writer, message.metadata)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.data.length !== 0) {
    writer.bytes(message.data)
    writer.tag1(10)
  }
}

export interface SnapshotMetadata {
  confState: ConfState | undefined
  index: number
  term: number
}

export const SnapshotMetadata: MessageDefinition<SnapshotMetadata> = {
  typeName: 'eraftpb.SnapshotMetadata',
  create: (init) => ({
    confState: init?.confState,
    index: init?.index ?? 0,
    term: init?.term ?? 0,
  }),
  encode: (message) => encodeWith(writeSnapshotMetadata, message),
  decode: (bytes) => decodeWith('eraftpb.SnapshotMetadata', readSnapshotMetadata, bytes),
  readFrom: readSnapshotMetadata,
  writeTo: writeSnapshotMetadata,
}

const SnapshotMetadataFields: readonly number[] = [1, 2, 3]

function readSnapshotMetadata(reader: WireReader, end: number, into?: SnapshotMetadata): SnapshotMetadata {
  const message: SnapshotMetadata = into ?? { confState: undefined, index: 0, term: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.confState = readConfState(reader, reader.end(), message.confState)
        break
      case 16:
        message.index = reader.uint64Number()
        break
      case 24:
        message.term = reader.uint64Number()
        break
      default:
        reader.skip(tag, SnapshotMetadataFields)
    }
  }
  reader.close(end)
  return message
}

function writeSnapshotMetadata(writer: WireWriter, message: SnapshotMetadata): void {
  if (message.term !== 0) {
    writer.uint64Number(message.term)
    writer.tag1(24)
  }
  if (message.index !== 0) {
    writer.uint64Number(message.index)
    writer.tag1(16)
  }
  if (message.confState !== undefined) {
    const mark1 = writer.size
    writeConfState(writer, message.confState)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface ConfState {
  voters: number[]
  learners: number[]
  votersOutgoing: number[]
  learnersNext: number[]
  autoLeave: boolean
}

export const ConfState: MessageDefinition<ConfState> = {
  typeName: 'eraftpb.ConfState',
  create: (init) => ({
    voters: init?.voters ?? [],
    learners: init?.learners ?? [],
    votersOutgoing: init?.votersOutgoing ?? [],
    learnersNext: init?.learnersNext ?? [],
    autoLeave: init?.autoLeave ?? false,
  }),
  encode: (message) => encodeWith(writeConfState, message),
  decode: (bytes) => decodeWith('eraftpb.ConfState', readConfState, bytes),
  readFrom: readConfState,
  writeTo: writeConfState,
}

const ConfStateFields: readonly number[] = [1, 2, 3, 4, 5]

function readConfState(reader: WireReader, end: number, into?: ConfState): ConfState {
  const message: ConfState = into ?? { voters: [], learners: [], votersOutgoing: [], learnersNext: [], autoLeave: false }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.voters.push(reader.uint64Number())
        break
      case 10:
        {
          const packedEnd = reader.end()
          while (reader.pos < packedEnd) message.voters.push(reader.uint64Number())
          reader.close(packedEnd)
        }
        break
      case 16:
        message.learners.push(reader.uint64Number())
        break
      case 18:
        {
          const packedEnd = reader.end()
          while (reader.pos < packedEnd) message.learners.push(reader.uint64Number())
          reader.close(packedEnd)
        }
        break
      case 24:
        message.votersOutgoing.push(reader.uint64Number())
        break
      case 26:
        {
          const packedEnd = reader.end()
          while (reader.pos < packedEnd) message.votersOutgoing.push(reader.uint64Number())
          reader.close(packedEnd)
        }
        break
      case 32:
        message.learnersNext.push(reader.uint64Number())
        break
      case 34:
        {
          const packedEnd = reader.end()
          while (reader.pos < packedEnd) message.learnersNext.push(reader.uint64Number())
          reader.close(packedEnd)
        }
        break
      case 40:
        message.autoLeave = reader.bool()
        break
      default:
        reader.skip(tag, ConfStateFields)
    }
  }
  reader.close(end)
  return message
}

function writeConfState(writer: WireWriter, message: ConfState): void {
  if (message.autoLeave) {
    writer.bool(message.autoLeave)
    writer.tag1(40)
  }
  if (message.learnersNext.length !== 0) {
    const mark = writer.size
    for (let at = message.learnersNext.length - 1; at >= 0; at--) writer.uint64Number(message.learnersNext[at]!)
    writer.length(mark)
    writer.tag1(34)
  }
  if (message.votersOutgoing.length !== 0) {
    const mark = writer.size
    for (let at = message.votersOutgoing.length - 1; at >= 0; at--) writer.uint64Number(message.votersOutgoing[at]!)
    writer.length(mark)
    writer.tag1(26)
  }
  if (message.learners.length !== 0) {
    const mark = writer.size
    for (let at = message.learners.length - 1; at >= 0; at--) writer.uint64Number(message.learners[at]!)
    writer.length(mark)
    writer.tag1(18)
  }
  if (message.voters.length !== 0) {
    const mark = writer.size
    for (let at = message.voters.length - 1; at >= 0; at--) writer.uint64Number(message.voters[at]!)
    writer.length(mark)
    writer.tag1(10)
  }
}
