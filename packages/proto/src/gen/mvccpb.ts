// Generated from proto/mvccpb.proto by `npm run generate -w packages/proto`. Do not edit.
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

export interface Event {
  type: Event_EventType
  kv: KeyValue | undefined
  prevKv: KeyValue | undefined
}

export const Event: MessageDefinition<Event> = {
  typeName: 'mvccpb.Event',
  create: (init) => ({
    type: init?.type ?? 0,
    kv: init?.kv,
    prevKv: init?.prevKv,
  }),
  encode: (message) => encodeWith(writeEvent, message),
  decode: (bytes) => decodeWith('mvccpb.Event', readEvent, bytes),
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

export interface KeyValue {
  key: Uint8Array
  createRevision: number
  modRevision: number
  version: number
  value: Uint8Array
  lease: bigint
}

export const KeyValue: MessageDefinition<KeyValue> = {
  typeName: 'mvccpb.KeyValue',
  create: (init) => ({
    key: init?.key ?? emptyBytes,
    createRevision: init?.createRevision ?? 0,
    modRevision: init?.modRevision ?? 0,
    version: init?.version ?? 0,
    value: init?.value ?? emptyBytes,
    lease: init?.lease ?? 0n,
  }),
  encode: (message) => encodeWith(writeKeyValue, message),
  decode: (bytes) => decodeWith('mvccpb.KeyValue', readKeyValue, bytes),
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
