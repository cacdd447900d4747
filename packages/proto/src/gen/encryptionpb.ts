// Generated from proto/encryptionpb.proto by `npm run generate -w packages/proto`. Do not edit.
import { decodeWith, encodeWith } from '../message-codec.ts'
import type { MessageDefinition } from '../message-definition.ts'
import { emptyBytes, type WireReader } from '../wire-reader.ts'
import type { WireWriter } from '../wire-writer.ts'

export const EncryptionMethod = {
  UNKNOWN: 0,
  PLAINTEXT: 1,
  AES128_CTR: 2,
  AES192_CTR: 3,
  AES256_CTR: 4,
  SM4_CTR: 5,
} as const
/** A number that is not listed is kept as it came. */
export type EncryptionMethod = (typeof EncryptionMethod)[keyof typeof EncryptionMethod]

export interface DataKey {
  key: Uint8Array
  method: EncryptionMethod
  creationTime: number
  wasExposed: boolean
}

export const DataKey: MessageDefinition<DataKey> = {
  typeName: 'encryptionpb.DataKey',
  create: (init) => ({
    key: init?.key ?? emptyBytes,
    method: init?.method ?? 0,
    creationTime: init?.creationTime ?? 0,
    wasExposed: init?.wasExposed ?? false,
  }),
  encode: (message) => encodeWith(writeDataKey, message),
  decode: (bytes) => decodeWith('encryptionpb.DataKey', readDataKey, bytes),
  readFrom: readDataKey,
  writeTo: writeDataKey,
}

const DataKeyFields: readonly number[] = [1, 2, 3, 4]

function readDataKey(reader: WireReader, end: number, into?: DataKey): DataKey {
  const message: DataKey = into ?? { key: emptyBytes, method: 0, creationTime: 0, wasExposed: false }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.key = reader.bytes()
        break
      case 16:
        message.method = reader.int32() as EncryptionMethod
        break
      case 24:
        message.creationTime = reader.uint64Number()
        break
      case 32:
        message.wasExposed = reader.bool()
        break
      default:
        reader.skip(tag, DataKeyFields)
    }
  }
  reader.close(end)
  return message
}

function writeDataKey(writer: WireWriter, message: DataKey): void {
  if (message.wasExposed) {
    writer.bool(message.wasExposed)
    writer.tag1(32)
  }
  if (message.creationTime !== 0) {
    writer.uint64Number(message.creationTime)
    writer.tag1(24)
  }
  if (message.method !== 0) {
    writer.int32(message.method)
    writer.tag1(16)
  }
  if (message.key.length !== 0) {
    writer.bytes(message.key)
    writer.tag1(10)
  }
}

export interface EncryptionMeta {
  keyId: bigint
  iv: Uint8Array
}

export const EncryptionMeta: MessageDefinition<EncryptionMeta> = {
  typeName: 'encryptionpb.EncryptionMeta',
  create: (init) => ({
    keyId: init?.keyId ?? 0n,
    iv: init?.iv ?? emptyBytes,
  }),
  encode: (message) => encodeWith(writeEncryptionMeta, message),
  decode: (bytes) => decodeWith('encryptionpb.EncryptionMeta', readEncryptionMeta, bytes),
  readFrom: readEncryptionMeta,
  writeTo: writeEncryptionMeta,
}

const EncryptionMetaFields: readonly number[] = [1, 2]

function readEncryptionMeta(reader: WireReader, end: number, into?: EncryptionMeta): EncryptionMeta {
  const message: EncryptionMeta = into ?? { keyId: 0n, iv: emptyBytes }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.keyId = reader.uint64()
        break
      case 18:
        message.iv = reader.bytes()
        break
      default:
        reader.skip(tag, EncryptionMetaFields)
    }
  }
  reader.close(end)
  return message
}

function writeEncryptionMeta(writer: WireWriter, message: EncryptionMeta): void {
  if (message.iv.length !== 0) {
    writer.bytes(message.iv)
    writer.tag1(18)
  }
  if (message.keyId !== 0n) {
    writer.uint64(message.keyId)
    writer.tag1(8)
  }
}
