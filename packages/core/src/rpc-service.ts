import { StrataError } from './errors.ts'
import type { MaybePromise } from './maybe-promise.ts'

/** Wire form of one message type. */
export interface MessageCodec<T> {
  /** Fresh bytes that the caller may keep. */
  encode(message: T): Uint8Array
  /** The message may hold views into `bytes`: whoever passes them gives them away. @throws on malformed bytes */
  decode(bytes: Uint8Array): T
}

export type MethodKind = 'unary' | 'client-stream' | 'server-stream' | 'bidi'

export interface MethodDefinition<Req, Res> {
  /** As on the wire: `/pdpb.PD/GetMembers`. */
  readonly path: string
  readonly kind: MethodKind
  readonly request: MessageCodec<Req>
  readonly response: MessageCodec<Res>
}

/** What a handler may ask about the call it serves. */
export interface RpcCall {
  /** First value of a request header, lower-case name. */
  metadata(name: string): string | undefined
  /** The caller's address, for logs. */
  readonly peer: string
  /** Aborted when the caller cancels, its deadline passes, or the connection breaks. */
  readonly signal: AbortSignal
}

/** One streaming call, seen from the server. Callbacks must be set synchronously by the handler. */
export interface RpcStream<Req, Res> extends RpcCall {
  /** One message from the caller; for a server-stream call exactly one comes. */
  onMessage(receive: (message: Req) => void): void
  /** The caller has sent its last message. The answer side stays open until `end` or `fail`. */
  onHalfClose(notify: () => void): void
  /** False: the transport's buffer is over its mark; hold back until `onDrain`. */
  write(message: Res): boolean
  onDrain(notify: () => void): void
  /** Stops taking messages from the caller; the transport then pushes back. */
  pause(): void
  resume(): void
  /** Ends the call with status OK. */
  end(): void
  /** Ends the call with an error status. */
  fail(error: RpcStatusError): void
}

export type UnaryHandler<Req, Res> = (request: Req, call: RpcCall) => MaybePromise<Res>
export type StreamHandler<Req, Res> = (stream: RpcStream<Req, Res>) => void

/** One method with the code that serves it; made by {@link unary} and {@link streaming}, which keep the types together. */
export type MethodBinding =
  | {
      readonly style: 'unary'
      readonly method: MethodDefinition<unknown, unknown>
      readonly handle: UnaryHandler<unknown, unknown>
    }
  | {
      readonly style: 'stream'
      readonly method: MethodDefinition<unknown, unknown>
      readonly handle: StreamHandler<unknown, unknown>
    }

/** Binds a unary method. A thrown {@link RpcStatusError} becomes the call's status; anything else becomes INTERNAL. */
export function unary<Req, Res>(method: MethodDefinition<Req, Res>, handle: UnaryHandler<Req, Res>): MethodBinding {
  return {
    style: 'unary',
    method: method as MethodDefinition<unknown, unknown>,
    handle: handle as UnaryHandler<unknown, unknown>,
  }
}

/** Binds a method with a stream on either side. */
export function streaming<Req, Res>(
  method: MethodDefinition<Req, Res>,
  handle: StreamHandler<Req, Res>,
): MethodBinding {
  return {
    style: 'stream',
    method: method as MethodDefinition<unknown, unknown>,
    handle: handle as StreamHandler<unknown, unknown>,
  }
}

/** Status codes of the gRPC protocol. StrataKV gives some of them; a client may meet them all. */
export const rpcStatus = {
  cancelled: 1,
  unknown: 2,
  invalidArgument: 3,
  deadlineExceeded: 4,
  notFound: 5,
  alreadyExists: 6,
  permissionDenied: 7,
  resourceExhausted: 8,
  failedPrecondition: 9,
  aborted: 10,
  outOfRange: 11,
  unimplemented: 12,
  internal: 13,
  unavailable: 14,
  dataLoss: 15,
  unauthenticated: 16,
} as const

export type RpcStatusCode = (typeof rpcStatus)[keyof typeof rpcStatus]

/** Ends a call with a status other than OK. */
export class RpcStatusError extends StrataError {
  readonly code = 'RPC_STATUS'
  readonly status: RpcStatusCode
  constructor(status: RpcStatusCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.status = status
  }
}
