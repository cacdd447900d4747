import { StrataError } from '@stratakv/core'

/**
 * What is wrong with the bytes.
 * - `truncated`: they end inside a field, or a length points past the end of its message
 * - `bad-varint`: more than ten bytes, or a tag that does not fit 32 bits
 * - `bad-tag`: field number 0
 * - `wrong-wire-type`: a known field in a shape its type cannot have
 * - `group`: proto2 groups, which no message here has
 * - `unsafe-integer`: a 64-bit number over 2^53-1 in a field that is a `number` in TypeScript
 * - `bad-utf8`: a string field that is not UTF-8
 * - `too-deep`: messages nested in themselves over {@link nestingMax} levels
 */
export type DecodeFault =
  | 'truncated'
  | 'bad-varint'
  | 'bad-tag'
  | 'wrong-wire-type'
  | 'group'
  | 'unsafe-integer'
  | 'bad-utf8'
  | 'too-deep'

/** Levels a message may be nested in itself (etcd transactions are the only such messages). Protobuf's own usual limit. */
export const nestingMax = 100

/** The bytes are not a message of the expected type. */
export class ProtoDecodeError extends StrataError {
  readonly code = 'PROTO_DECODE'
  /** Full name of the message that was asked for, e.g. `kvrpcpb.GetRequest`; the fault may lie in one nested inside. */
  readonly messageType: string
  readonly fault: DecodeFault
  /** Where in the bytes the fault was noticed. */
  readonly offset: number

  constructor(messageType: string, fault: DecodeFault, offset: number) {
    super(`${messageType}: ${fault} at byte ${offset}`)
    this.messageType = messageType
    this.fault = fault
    this.offset = offset
  }
}

/** A field holds a value that its wire type cannot carry (not an integer, over 64 bits, negative where unsigned): a caller's bug. */
export class ProtoEncodeError extends StrataError {
  readonly code = 'PROTO_ENCODE'
  readonly value: unknown

  constructor(wireType: string, value: unknown) {
    super(`${String(value)} is not a ${wireType}`)
    this.value = value
  }
}

/** A peer has a role that this version does not know: to take it for another would count its vote wrongly. */
export class UnknownPeerRoleError extends StrataError {
  readonly code = 'PROTO_UNKNOWN_PEER_ROLE'
  readonly peerId: number
  /** The number on the wire. */
  readonly role: number

  constructor(peerId: number, role: number) {
    super(`peer ${peerId} has the unknown role ${role}`)
    this.peerId = peerId
    this.role = role
  }
}
