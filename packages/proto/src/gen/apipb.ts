// Generated from proto/apipb.proto by `npm run generate -w packages/proto`. Do not edit.
import { decodeWith, encodeWith } from '../message-codec.ts'
import type { MessageDefinition } from '../message-definition.ts'
import { type WireReader } from '../wire-reader.ts'
import type { WireWriter } from '../wire-writer.ts'

export interface KeyspaceIdentity {
  namespaceId: number
  keyspaceId: number
}

export const KeyspaceIdentity: MessageDefinition<KeyspaceIdentity> = {
  typeName: 'apipb.KeyspaceIdentity',
  create: (init) => ({
    namespaceId: init?.namespaceId ?? 0,
    keyspaceId: init?.keyspaceId ?? 0,
  }),
  encode: (message) => encodeWith(writeKeyspaceIdentity, message),
  decode: (bytes) => decodeWith('apipb.KeyspaceIdentity', readKeyspaceIdentity, bytes),
  readFrom: readKeyspaceIdentity,
  writeTo: writeKeyspaceIdentity,
}

const KeyspaceIdentityFields: readonly number[] = [1, 2]

function readKeyspaceIdentity(reader: WireReader, end: number, into?: KeyspaceIdentity): KeyspaceIdentity {
  const message: KeyspaceIdentity = into ?? { namespaceId: 0, keyspaceId: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.namespaceId = reader.uint32()
        break
      case 16:
        message.keyspaceId = reader.uint32()
        break
      default:
        reader.skip(tag, KeyspaceIdentityFields)
    }
  }
  reader.close(end)
  return message
}

function writeKeyspaceIdentity(writer: WireWriter, message: KeyspaceIdentity): void {
  if (message.keyspaceId !== 0) {
    writer.uint32(message.keyspaceId)
    writer.tag1(16)
  }
  if (message.namespaceId !== 0) {
    writer.uint32(message.namespaceId)
    writer.tag1(8)
  }
}
