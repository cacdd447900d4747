import type { MaybePromise } from './maybe-promise.ts'
import type { MethodDefinition, RpcStatusError } from './rpc-service.ts'

export interface RpcCallOptions {
  /** Aborting ends the call with CANCELLED. Already aborted: the call is not made. */
  readonly signal?: AbortSignal
  /** From now on; after that the call ends with DEADLINE_EXCEEDED. Absent: no limit. 0 or less: it has passed. */
  readonly timeoutMs?: number
  /** Request headers, lower-case names. */
  readonly metadata?: Readonly<Record<string, string>>
}

/**
 * One streaming call, seen from the caller. Callbacks, one of each kind, must be set before the turn of the event loop that made
 * the call ends; none runs inside a call of this interface.
 */
export interface RpcCallStream<Req, Res> {
  /**
   * False: the buffer is over its mark; hold back until `onDrain`. After the end of the call: does nothing, true. A writer that
   * goes on regardless fills the memory, or has its call ended with RESOURCE_EXHAUSTED.
   */
  write(message: Req): boolean
  onDrain(notify: () => void): void
  onMessage(receive: (message: Res) => void): void
  /** The last thing that is heard of the call, exactly once, after the messages that came before; `undefined` = status OK. */
  onEnd(notify: (error: RpcStatusError | undefined) => void): void
  /** Stops taking messages from the server; the transport then pushes back. */
  pause(): void
  resume(): void
  /** The caller has sent its last message; answers may still come. */
  halfClose(): void
  /** Gives the call up: it ends with CANCELLED. */
  cancel(): void
}

export interface RpcSupports {
  /** Each call is a message on a wire, so it pays to send many commands in one; false: a call costs next to nothing. */
  readonly batchingPays: boolean
}

/**
 * A client's calls to stores and placement drivers, by `host:port`. Connections are made when first needed, kept, and made again
 * after a failure. Calls fail with RpcStatusError only: UNAVAILABLE when the server cannot be reached or the connection
 * broke (the request may have been executed), UNIMPLEMENTED when it does not know the method; after `close` with ClosedError.
 *
 * Messages are handed over: neither side changes a message, or the bytes in it, after passing it on; in one process both see the same objects.
 */
export interface Rpc {
  readonly supports: RpcSupports
  /** Answers at once where the server is in this process and does; an error may likewise be thrown at once, sooner than in a promise. */
  unary<Req, Res>(
    address: string,
    method: MethodDefinition<Req, Res>,
    request: Req,
    options?: RpcCallOptions,
  ): MaybePromise<Res>
  /**
   * A call with a stream on either side; how it fails is told by `onEnd`. For a server-stream method: one `write`, then
   * `halfClose`. @throws ClosedError
   */
  stream<Req, Res>(
    address: string,
    method: MethodDefinition<Req, Res>,
    options?: RpcCallOptions,
  ): RpcCallStream<Req, Res>
  /** Ends running calls with CANCELLED and drops all connections. Idempotent. */
  close(): Promise<void>
}
