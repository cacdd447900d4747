import { type ClientHttp2Session, type ClientHttp2Stream, constants, type OutgoingHttpHeaders } from 'node:http2'
import {
  type Clock,
  type MethodDefinition,
  type RpcCallOptions,
  RpcStatusError,
  rpcStatus,
  type Timer,
} from '@stratakv/core'
import { type Outcome, outcomeOf, outcomeOfHttp, outcomeOfReset } from './call-status.ts'
import type { SessionTaker } from './channel-connection.ts'
import { FrameReader } from './message-frames.ts'

/** What a call shares with all others of its channel. */
export interface ChannelContext {
  readonly clock: Clock
  readonly messageBytesMax: number
  readonly running: Set<ChannelCall<never, unknown>>
}

const userAgent = 'grpc-node-stratakv'
/** The protocol allows 8 digits of milliseconds: a day and some hours. */
const timeoutMsMax = 99_999_999

/** One call on its way, of any kind: from headers to status. How messages go in and out is for the kinds to say. */
export abstract class ChannelCall<Req, Res> implements SessionTaker {
  protected readonly method: MethodDefinition<Req, Res>
  protected readonly context: ChannelContext
  protected readonly reader: FrameReader
  protected stream: ClientHttp2Stream | undefined
  readonly #options: RpcCallOptions | undefined
  #timer: Timer | undefined
  #outcome: Outcome | undefined
  #isOver = false

  constructor(method: MethodDefinition<Req, Res>, context: ChannelContext, options: RpcCallOptions | undefined) {
    this.method = method
    this.context = context
    this.reader = new FrameReader(context.messageBytesMax)
    this.#options = options
  }

  /** Bytes have come: take messages from the reader. */
  protected abstract received(): void
  /** There is a stream to write to. */
  protected abstract opened(stream: ClientHttp2Stream): void
  /** Nothing is received any more and the outcome is known. Calls `over` once the caller has had all messages. */
  protected abstract ended(outcome: Outcome): void
  /** The end, told once. */
  protected abstract tell(outcome: Outcome): void

  protected get isOver(): boolean {
    return this.#isOver
  }

  /** Watches deadline and signal. False: the call is over before it began. */
  begin(): boolean {
    const { signal, timeoutMs } = this.#options ?? {}
    if (signal?.aborted) {
      this.over(cancelledByCaller(signal.reason))
      return false
    }
    if (timeoutMs !== undefined) {
      const exceeded = () =>
        this.giveUp(new RpcStatusError(rpcStatus.deadlineExceeded, `no answer within ${timeoutMs} ms`))
      if (timeoutMs <= 0) {
        exceeded()
        return false
      }
      this.#timer = this.context.clock.after(timeoutMs, exceeded)
    }
    signal?.addEventListener('abort', this.#onAbort)
    this.context.running.add(this as unknown as ChannelCall<never, unknown>)
    return true
  }

  take(session: ClientHttp2Session): void {
    if (this.#isOver) return
    let stream: ClientHttp2Stream
    try {
      stream = session.request(this.#headers())
    } catch (cause) {
      // The session went away within this turn, or the metadata is no header: nothing was sent in either case.
      const status = session.destroyed || session.closed ? rpcStatus.unavailable : rpcStatus.internal
      this.over(new RpcStatusError(status, cause instanceof Error ? cause.message : String(cause), { cause }))
      return
    }
    this.stream = stream
    stream.on('response', (headers) => {
      const httpStatus = headers[':status']
      if (httpStatus !== 200) this.#outcome ??= outcomeOfHttp(Number(httpStatus))
      // An answer without messages may be one block of headers.
      else this.#outcome ??= outcomeOf(headers)
    })
    stream.on('data', (chunk: Buffer) => {
      if (this.#isOver) return
      this.reader.push(chunk)
      this.guarded(() => this.received())
    })
    stream.on('trailers', (trailers) => {
      this.#outcome = outcomeOf(trailers) ?? this.#outcome
    })
    stream.on('end', () => {
      if (this.#outcome !== undefined && !this.#isOver) this.ended(this.#outcome)
    })
    let failure: Error | undefined
    // What became of the stream is told by 'close', which always follows.
    stream.on('error', (error) => {
      failure = error
    })
    stream.on('close', () => {
      if (this.#isOver) return
      if (this.#outcome !== undefined) {
        this.ended(this.#outcome)
        return
      }
      // When a connection breaks, Node closes its streams with codes that nobody sent; the session is marked in the same turn.
      const { rstCode } = stream
      queueMicrotask(() => {
        if (this.#isOver) return
        this.over(
          session.destroyed || session.closed
            ? new RpcStatusError(rpcStatus.unavailable, failure?.message ?? 'the connection broke', { cause: failure })
            : outcomeOfReset(rstCode),
        )
      })
    })
    this.guarded(() => this.opened(stream))
  }

  /** What cannot be encoded or decoded ends this call, and no other. */
  protected guarded(run: () => void): void {
    try {
      run()
    } catch (cause) {
      const detail = cause instanceof Error ? cause.message : String(cause)
      this.giveUp(cause instanceof RpcStatusError ? cause : new RpcStatusError(rpcStatus.internal, detail, { cause }))
    }
  }

  refuse(error: RpcStatusError): void {
    if (!this.#isOver) this.over(error)
  }

  /** Ends the call from this side. */
  giveUp(error: RpcStatusError): void {
    if (this.#isOver) return
    this.stream?.close(constants.NGHTTP2_CANCEL)
    this.over(error)
    // Lets go of what has come and will not be heard.
    this.stream?.resume()
  }

  protected over(outcome: Outcome): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#timer?.cancel()
    this.#options?.signal?.removeEventListener('abort', this.#onAbort)
    this.context.running.delete(this as unknown as ChannelCall<never, unknown>)
    this.tell(outcome)
  }

  readonly #onAbort = (): void => this.giveUp(cancelledByCaller(this.#options?.signal?.reason))

  #headers(): OutgoingHttpHeaders {
    const { timeoutMs, metadata } = this.#options ?? {}
    return {
      ...metadata,
      ...(timeoutMs === undefined ? {} : { 'grpc-timeout': `${Math.ceil(Math.min(timeoutMs, timeoutMsMax))}m` }),
      ':method': 'POST',
      ':path': this.method.path,
      'content-type': 'application/grpc',
      te: 'trailers',
      'user-agent': userAgent,
    }
  }
}

export function cancelledByCaller(cause: unknown): RpcStatusError {
  return new RpcStatusError(rpcStatus.cancelled, 'the caller gave the call up', { cause })
}
