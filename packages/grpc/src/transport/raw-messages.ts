import { type MessageCodec, type MethodDefinition, RpcStatusError, rpcStatus } from '@stratakv/core'

/*
 * What stores say to each other is opaque here, so the three methods of TiKV's service that carry it are defined over bytes: the same
 * on the wire as `raft_serverpb.RaftMessage`, `tikvpb.BatchRaftMessage` and `raft_serverpb.SnapshotChunk`, without decoding what is inside.
 */

/** Wire type 2: a length, and so many bytes. */
const lengthDelimited = 2

function varintBytes(value: number): number {
  let count = 1
  for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) count++
  return count
}

/** Fields of bytes, in the order given. */
function encodeFields(fields: readonly (readonly [number: number, value: Uint8Array])[]): Uint8Array {
  let length = 0
  for (const [, value] of fields) length += 1 + varintBytes(value.length) + value.length
  const out = new Uint8Array(length)
  let at = 0
  for (const [number, value] of fields) {
    out[at++] = (number << 3) | lengthDelimited
    let rest = value.length
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) out[at++] = (rest & 0x7f) | 0x80
    out[at++] = rest
    out.set(value, at)
    at += value.length
  }
  return out
}

/** Calls `take` with every field of bytes; the others are passed over. Values are views. @throws RpcStatusError INTERNAL */
function decodeFields(bytes: Uint8Array, take: (number: number, value: Uint8Array) => void): void {
  let at = 0
  const varint = (): number => {
    let value = 0
    for (let scale = 1; scale <= 2 ** 63; scale *= 0x80) {
      if (at >= bytes.length) throw malformed('a number is cut off')
      const byte = bytes[at++]!
      value += (byte & 0x7f) * scale
      if (byte < 0x80) return value
    }
    throw malformed('a number is too long')
  }
  while (at < bytes.length) {
    const tag = varint()
    const wireType = tag % 8
    const number = Math.floor(tag / 8)
    if (wireType === 0) varint()
    else if (wireType === 1) at += 8
    else if (wireType === 5) at += 4
    else if (wireType === lengthDelimited) {
      const length = varint()
      if (length > bytes.length - at) throw malformed('a field is cut off')
      take(number, bytes.subarray(at, at + length))
      at += length
    } else throw malformed(`a field has the type ${wireType}`)
  }
  if (at > bytes.length) throw malformed('a field is cut off')
}

function malformed(detail: string): RpcStatusError {
  return new RpcStatusError(rpcStatus.internal, `malformed message of a store: ${detail}`)
}

const opaque: MessageCodec<Uint8Array> = { encode: (bytes) => bytes, decode: (bytes) => bytes }

/** `tikvpb.BatchRaftMessage`: field 1. */
const batch: MessageCodec<readonly Uint8Array[]> = {
  encode: (messages) => encodeFields(messages.map((message) => [1, message] as const)),
  decode(bytes) {
    const messages: Uint8Array[] = []
    decodeFields(bytes, (number, value) => {
      if (number === 1) messages.push(value)
    })
    return messages
  },
}

/** `raft_serverpb.SnapshotChunk`: `message` comes with the first, and alone; with the last nothing comes, see {@link endOfSnapshot}. */
export interface RawSnapshotChunk {
  readonly message?: Uint8Array
  readonly data?: Uint8Array
}

/** The last chunk. A call that was cancelled can look like one that has ended: only what ends in this one is whole. */
export const endOfSnapshot: RawSnapshotChunk = {}

const snapshotChunk: MessageCodec<RawSnapshotChunk> = {
  encode: ({ message, data }) =>
    encodeFields([...(message ? [[1, message] as const] : []), ...(data ? [[2, data] as const] : [])]),
  decode(bytes) {
    const chunk: { message?: Uint8Array; data?: Uint8Array } = {}
    decodeFields(bytes, (number, value) => {
      if (number === 1) chunk.message = value
      if (number === 2) chunk.data = value
    })
    return chunk
  },
}

const method = <Req>(name: string, request: MessageCodec<Req>): MethodDefinition<Req, Uint8Array> => ({
  path: `/tikvpb.Tikv/${name}`,
  kind: 'client-stream',
  request,
  // raft_serverpb.Done: no fields.
  response: opaque,
})

export const raftMethod: MethodDefinition<Uint8Array, Uint8Array> = method('Raft', opaque)
export const batchRaftMethod: MethodDefinition<readonly Uint8Array[], Uint8Array> = method('BatchRaft', batch)
export const snapshotMethod: MethodDefinition<RawSnapshotChunk, Uint8Array> = method('Snapshot', snapshotChunk)
