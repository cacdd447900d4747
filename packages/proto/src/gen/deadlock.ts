// Generated from proto/deadlock.proto by `npm run generate -w packages/proto`. Do not edit.
import { decodeWith, encodeWith } from '../message-codec.ts'
import type { MessageDefinition } from '../message-definition.ts'
import { emptyBytes, type WireReader } from '../wire-reader.ts'
import type { WireWriter } from '../wire-writer.ts'

export const DeadlockRequestType = {
  Detect: 0,
  CleanUpWaitFor: 1,
  CleanUp: 2,
} as const
/** A number that is not listed is kept as it came. */
export type DeadlockRequestType = (typeof DeadlockRequestType)[keyof typeof DeadlockRequestType]

export interface DeadlockRequest {
  tp: DeadlockRequestType
  entry: WaitForEntry | undefined
  replaceLocksByKeys: ReplaceLocksByKeysRequest | undefined
}

export const DeadlockRequest: MessageDefinition<DeadlockRequest> = {
  typeName: 'deadlock.DeadlockRequest',
  create: (init) => ({
    tp: init?.tp ?? 0,
    entry: init?.entry,
    replaceLocksByKeys: init?.replaceLocksByKeys,
  }),
  encode: (message) => encodeWith(writeDeadlockRequest, message),
  decode: (bytes) => decodeWith('deadlock.DeadlockRequest', readDeadlockRequest, bytes),
  readFrom: readDeadlockRequest,
  writeTo: writeDeadlockRequest,
}

const DeadlockRequestFields: readonly number[] = [1, 2, 3]

function readDeadlockRequest(reader: WireReader, end: number, into?: DeadlockRequest): DeadlockRequest {
  const message: DeadlockRequest = into ?? { tp: 0, entry: undefined, replaceLocksByKeys: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.tp = reader.int32() as DeadlockRequestType
        break
      case 18:
        message.entry = readWaitForEntry(reader, reader.end(), message.entry)
        break
      case 26:
        message.replaceLocksByKeys = readReplaceLocksByKeysRequest(reader, reader.end(), message.replaceLocksByKeys)
        break
      default:
        reader.skip(tag, DeadlockRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeDeadlockRequest(writer: WireWriter, message: DeadlockRequest): void {
  if (message.replaceLocksByKeys !== undefined) {
    const mark3 = writer.size
    writeReplaceLocksByKeysRequest(writer, message.replaceLocksByKeys)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.entry !== undefined) {
    const mark2 = writer.size
    writeWaitForEntry(writer, message.entry)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.tp !== 0) {
    writer.int32(message.tp)
    writer.tag1(8)
  }
}

export interface WaitForEntry {
  txn: bigint
  waitForTxn: bigint
  keyHash: bigint
  key: Uint8Array
  resourceGroupTag: Uint8Array
  waitTime: number
}

export const WaitForEntry: MessageDefinition<WaitForEntry> = {
  typeName: 'deadlock.WaitForEntry',
  create: (init) => ({
    txn: init?.txn ?? 0n,
    waitForTxn: init?.waitForTxn ?? 0n,
    keyHash: init?.keyHash ?? 0n,
    key: init?.key ?? emptyBytes,
    resourceGroupTag: init?.resourceGroupTag ?? emptyBytes,
    waitTime: init?.waitTime ?? 0,
  }),
  encode: (message) => encodeWith(writeWaitForEntry, message),
  decode: (bytes) => decodeWith('deadlock.WaitForEntry', readWaitForEntry, bytes),
  readFrom: readWaitForEntry,
  writeTo: writeWaitForEntry,
}

const WaitForEntryFields: readonly number[] = [1, 2, 3, 4, 5, 6]

function readWaitForEntry(reader: WireReader, end: number, into?: WaitForEntry): WaitForEntry {
  const message: WaitForEntry = into ?? { txn: 0n, waitForTxn: 0n, keyHash: 0n, key: emptyBytes, resourceGroupTag: emptyBytes, waitTime: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.txn = reader.uint64()
        break
      case 16:
        message.waitForTxn = reader.uint64()
        break
      case 24:
        message.keyHash = reader.uint64()
        break
      case 34:
        message.key = reader.bytes()
        break
      case 42:
        message.resourceGroupTag = reader.bytes()
        break
      case 48:
        message.waitTime = reader.uint64Number()
        break
      default:
        reader.skip(tag, WaitForEntryFields)
    }
  }
  reader.close(end)
  return message
}

function writeWaitForEntry(writer: WireWriter, message: WaitForEntry): void {
  if (message.waitTime !== 0) {
    writer.uint64Number(message.waitTime)
    writer.tag1(48)
  }
  if (message.resourceGroupTag.length !== 0) {
    writer.bytes(message.resourceGroupTag)
    writer.tag1(42)
  }
  if (message.key.length !== 0) {
    writer.bytes(message.key)
    writer.tag1(34)
  }
  if (message.keyHash !== 0n) {
    writer.uint64(message.keyHash)
    writer.tag1(24)
  }
  if (message.waitForTxn !== 0n) {
    writer.uint64(message.waitForTxn)
    writer.tag1(16)
  }
  if (message.txn !== 0n) {
    writer.uint64(message.txn)
    writer.tag1(8)
  }
}

export interface ReplaceLocksByKeysRequest {
  items: ReplaceLockByKeyItem[]
}

export const ReplaceLocksByKeysRequest: MessageDefinition<ReplaceLocksByKeysRequest> = {
  typeName: 'deadlock.ReplaceLocksByKeysRequest',
  create: (init) => ({
    items: init?.items ?? [],
  }),
  encode: (message) => encodeWith(writeReplaceLocksByKeysRequest, message),
  decode: (bytes) => decodeWith('deadlock.ReplaceLocksByKeysRequest', readReplaceLocksByKeysRequest, bytes),
  readFrom: readReplaceLocksByKeysRequest,
  writeTo: writeReplaceLocksByKeysRequest,
}

const ReplaceLocksByKeysRequestFields: readonly number[] = [1]

function readReplaceLocksByKeysRequest(reader: WireReader, end: number, into?: ReplaceLocksByKeysRequest): ReplaceLocksByKeysRequest {
  const message: ReplaceLocksByKeysRequest = into ?? { items: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.items.push(readReplaceLockByKeyItem(reader, reader.end()))
        break
      default:
        reader.skip(tag, ReplaceLocksByKeysRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeReplaceLocksByKeysRequest(writer: WireWriter, message: ReplaceLocksByKeysRequest): void {
  for (let at = message.items.length - 1; at >= 0; at--) {
    const value = message.items[at]!
    const mark1 = writer.size
    writeReplaceLockByKeyItem(writer, value)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface ReplaceLockByKeyItem {
  keyHash: bigint
  key: Uint8Array
  oldLockTs: bigint
  newLockTs: bigint
}

export const ReplaceLockByKeyItem: MessageDefinition<ReplaceLockByKeyItem> = {
  typeName: 'deadlock.ReplaceLockByKeyItem',
  create: (init) => ({
    keyHash: init?.keyHash ?? 0n,
    key: init?.key ?? emptyBytes,
    oldLockTs: init?.oldLockTs ?? 0n,
    newLockTs: init?.newLockTs ?? 0n,
  }),
  encode: (message) => encodeWith(writeReplaceLockByKeyItem, message),
  decode: (bytes) => decodeWith('deadlock.ReplaceLockByKeyItem', readReplaceLockByKeyItem, bytes),
  readFrom: readReplaceLockByKeyItem,
  writeTo: writeReplaceLockByKeyItem,
}

const ReplaceLockByKeyItemFields: readonly number[] = [1, 2, 3, 4]

function readReplaceLockByKeyItem(reader: WireReader, end: number, into?: ReplaceLockByKeyItem): ReplaceLockByKeyItem {
  const message: ReplaceLockByKeyItem = into ?? { keyHash: 0n, key: emptyBytes, oldLockTs: 0n, newLockTs: 0n }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.keyHash = reader.uint64()
        break
      case 18:
        message.key = reader.bytes()
        break
      case 24:
        message.oldLockTs = reader.uint64()
        break
      case 32:
        message.newLockTs = reader.uint64()
        break
      default:
        reader.skip(tag, ReplaceLockByKeyItemFields)
    }
  }
  reader.close(end)
  return message
}

function writeReplaceLockByKeyItem(writer: WireWriter, message: ReplaceLockByKeyItem): void {
  if (message.newLockTs !== 0n) {
    writer.uint64(message.newLockTs)
    writer.tag1(32)
  }
  if (message.oldLockTs !== 0n) {
    writer.uint64(message.oldLockTs)
    writer.tag1(24)
  }
  if (message.key.length !== 0) {
    writer.bytes(message.key)
    writer.tag1(18)
  }
  if (message.keyHash !== 0n) {
    writer.uint64(message.keyHash)
    writer.tag1(8)
  }
}

export interface DeadlockResponse {
  entry: WaitForEntry | undefined
  deadlockKeyHash: bigint
  waitChain: WaitForEntry[]
  deadlockKey: Uint8Array
}

export const DeadlockResponse: MessageDefinition<DeadlockResponse> = {
  typeName: 'deadlock.DeadlockResponse',
  create: (init) => ({
    entry: init?.entry,
    deadlockKeyHash: init?.deadlockKeyHash ?? 0n,
    waitChain: init?.waitChain ?? [],
    deadlockKey: init?.deadlockKey ?? emptyBytes,
  }),
  encode: (message) => encodeWith(writeDeadlockResponse, message),
  decode: (bytes) => decodeWith('deadlock.DeadlockResponse', readDeadlockResponse, bytes),
  readFrom: readDeadlockResponse,
  writeTo: writeDeadlockResponse,
}

const DeadlockResponseFields: readonly number[] = [1, 2, 3, 4]

function readDeadlockResponse(reader: WireReader, end: number, into?: DeadlockResponse): DeadlockResponse {
  const message: DeadlockResponse = into ?? { entry: undefined, deadlockKeyHash: 0n, waitChain: [], deadlockKey: emptyBytes }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.entry = readWaitForEntry(reader, reader.end(), message.entry)
        break
      case 16:
        message.deadlockKeyHash = reader.uint64()
        break
      case 26:
        message.waitChain.push(readWaitForEntry(reader, reader.end()))
        break
      case 34:
        message.deadlockKey = reader.bytes()
        break
      default:
        reader.skip(tag, DeadlockResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeDeadlockResponse(writer: WireWriter, message: DeadlockResponse): void {
  if (message.deadlockKey.length !== 0) {
    writer.bytes(message.deadlockKey)
    writer.tag1(34)
  }
  for (let at = message.waitChain.length - 1; at >= 0; at--) {
    const value = message.waitChain[at]!
    const mark3 = writer.size
    writeWaitForEntry(writer, value)
    writer.length(mark3)
    writer.tag1(26)
  }
  if (message.deadlockKeyHash !== 0n) {
    writer.uint64(message.deadlockKeyHash)
    writer.tag1(16)
  }
  if (message.entry !== undefined) {
    const mark1 = writer.size
    writeWaitForEntry(writer, message.entry)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export type WaitForEntriesRequest = Record<string, never>

export const WaitForEntriesRequest: MessageDefinition<WaitForEntriesRequest> = {
  typeName: 'deadlock.WaitForEntriesRequest',
  create: () => ({}),
  encode: (message) => encodeWith(writeWaitForEntriesRequest, message),
  decode: (bytes) => decodeWith('deadlock.WaitForEntriesRequest', readWaitForEntriesRequest, bytes),
  readFrom: readWaitForEntriesRequest,
  writeTo: writeWaitForEntriesRequest,
}

function readWaitForEntriesRequest(reader: WireReader, end: number, into?: WaitForEntriesRequest): WaitForEntriesRequest {
  const message: WaitForEntriesRequest = into ?? {}
  while (reader.pos < end) reader.skip(reader.tag(), [])
  reader.close(end)
  return message
}

function writeWaitForEntriesRequest(_writer: WireWriter, _message: WaitForEntriesRequest): void {
}

export interface WaitForEntriesResponse {
  entries: WaitForEntry[]
}

export const WaitForEntriesResponse: MessageDefinition<WaitForEntriesResponse> = {
  typeName: 'deadlock.WaitForEntriesResponse',
  create: (init) => ({
    entries: init?.entries ?? [],
  }),
  encode: (message) => encodeWith(writeWaitForEntriesResponse, message),
  decode: (bytes) => decodeWith('deadlock.WaitForEntriesResponse', readWaitForEntriesResponse, bytes),
  readFrom: readWaitForEntriesResponse,
  writeTo: writeWaitForEntriesResponse,
}

const WaitForEntriesResponseFields: readonly number[] = [1]

function readWaitForEntriesResponse(reader: WireReader, end: number, into?: WaitForEntriesResponse): WaitForEntriesResponse {
  const message: WaitForEntriesResponse = into ?? { entries: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.entries.push(readWaitForEntry(reader, reader.end()))
        break
      default:
        reader.skip(tag, WaitForEntriesResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeWaitForEntriesResponse(writer: WireWriter, message: WaitForEntriesResponse): void {
  for (let at = message.entries.length - 1; at >= 0; at--) {
    const value = message.entries[at]!
    const mark1 = writer.size
    writeWaitForEntry(writer, value)
    writer.length(mark1)
    writer.tag1(10)
  }
}
