import type { EventEmitter } from 'node:events'
import {
  Metadata,
  type ServerDuplexStream,
  type ServerReadableStream,
  type ServerUnaryCall,
  type ServerWritableStream,
  type sendUnaryData,
} from '@grpc/grpc-js'
import {
  isPromise,
  type RpcCall,
  type RpcStatusCode,
  RpcStatusError,
  type RpcStream,
  rpcStatus,
  type StreamHandler,
  type UnaryHandler,
} from '@stratakv/core'
import type { UnreadReplies } from './unread-replies.ts'

/** What grpc-js takes as the outcome of a failed call. */
interface StatusObject {
  readonly code: number
  readonly details: string
  readonly metadata: Metadata
}

type AnyCall =
  | ServerUnaryCall<unknown, unknown>
  | ServerReadableStream<unknown, unknown>
  | ServerWritableStream<unknown, unknown>
  | ServerDuplexStream<unknown, unknown>

/** Stands where a message should be whose bytes could not be decoded. It never reaches a handler. */
export class MalformedRequest {
  /** INTERNAL, as gRPC servers of every language answer; the text names message, fault and place. */
  readonly error: RpcStatusError
  constructor(cause: unknown) {
    const detail = cause instanceof Error ? cause.message : String(cause)
    this.error =
      cause instanceof RpcStatusError
        ? cause
        : new RpcStatusError(rpcStatus.internal, `malformed request: ${detail}`, { cause })
  }
}

/** What every call of one server is served with. */
export interface CallServing {
  readonly report: ReportUnexpected
  readonly unread: UnreadReplies
  /** Encodes a reply of the method. */
  encode(message: unknown): Buffer
}

/** Told about errors that no handler should let out: a bug, not an answer. */
export type ReportUnexpected = (path: string, error: unknown) => void

function statusOf(path: string, error: unknown, report: ReportUnexpected): StatusObject {
  const metadata = new Metadata()
  if (error instanceof RpcStatusError) return { code: error.status, details: error.message, metadata }
  report(path, error)
  return { code: rpcStatus.internal, details: error instanceof Error ? error.message : String(error), metadata }
}

/** One {@link RpcCall} over a grpc-js call. The abort signal is made only for handlers that ask: most unary calls never do. */
class GrpcCall implements RpcCall {
  readonly #call: AnyCall
  #abort: AbortController | undefined

  constructor(call: AnyCall) {
    this.#call = call
  }

  metadata(name: string): string | undefined {
    const value = this.#call.metadata.get(name)[0]
    return value === undefined ? undefined : value.toString()
  }

  get peer(): string {
    return this.#call.getPeer()
  }

  get signal(): AbortSignal {
    if (this.#abort === undefined) {
      const abort = new AbortController()
      this.#abort = abort
      if (this.#call.cancelled) abort.abort()
      else (this.#call as EventEmitter).once('cancelled', () => abort.abort())
    }
    return this.#abort.signal
  }
}

export function serveUnary(path: string, handle: UnaryHandler<unknown, unknown>, { report, encode }: CallServing) {
  return (call: ServerUnaryCall<unknown, unknown>, reply: sendUnaryData<unknown>): void => {
    const fail = (error: unknown) => reply(statusOf(path, error, report))
    const succeed = (message: unknown) => {
      let encoded: Buffer
      try {
        encoded = encode(message)
      } catch (error) {
        fail(error)
        return
      }
      reply(null, encoded)
    }
    try {
      if (call.request instanceof MalformedRequest) throw call.request.error
      const answer = handle(call.request, new GrpcCall(call))
      if (isPromise(answer)) answer.then(succeed, fail)
      else succeed(answer)
    } catch (error) {
      fail(error)
    }
  }
}

class GrpcStream extends GrpcCall implements RpcStream<unknown, unknown> {
  readonly #stream: ServerDuplexStream<unknown, unknown>
  readonly #path: string
  readonly #serving: CallServing
  readonly #connection: string
  /** Of this stream's replies, those that the client has not taken. */
  #heldBytes = 0
  #onDrain = () => {}
  #stopWaiting: (() => void) | undefined
  #isOver = false

  constructor(path: string, stream: ServerDuplexStream<unknown, unknown>, serving: CallServing) {
    super(stream)
    this.#path = path
    this.#serving = serving
    this.#stream = stream
    this.#connection = stream.getPeer()
    stream.once('cancelled', () => {
      this.#isOver = true
      this.#release()
    })
    // Where a write is under way when the stream is destroyed, its callback never comes.
    stream.once('close', () => this.#release())
  }

  onMessage(receive: (message: unknown) => void): void {
    this.#stream.on('data', (message) => {
      if (message instanceof MalformedRequest) this.fail(message.error)
      else this.guard(() => receive(message))
    })
  }

  /** Runs the handler's code; what it throws ends this call, and no other. */
  guard(run: () => void): void {
    try {
      if (!this.#isOver) run()
    } catch (error) {
      const { code, details } = statusOf(this.#path, error, this.#serving.report)
      this.fail(error instanceof RpcStatusError ? error : new RpcStatusError(code as RpcStatusCode, details))
    }
  }

  onHalfClose(notify: () => void): void {
    this.#stream.on('end', () => this.guard(notify))
  }

  write(message: unknown): boolean {
    if (this.#isOver) return true
    const { unread, encode } = this.#serving
    const encoded = encode(message)
    this.#heldBytes += encoded.length
    unread.sent(this.#connection, encoded.length)
    const isUnderMark = this.#stream.write(encoded, () => this.#taken(encoded.length))
    if (!unread.isOver(this.#connection)) return isUnderMark
    this.#stopWaiting ??= unread.whenUnder(this.#connection, () => {
      this.#stopWaiting = undefined
      this.#drained()
    })
    return false
  }

  onDrain(notify: () => void): void {
    this.#onDrain = notify
    this.#stream.on('drain', () => this.#drained())
  }

  /** Both marks count: that of the stream's own buffer, and that of what the connection leaves unread. */
  #drained(): void {
    if (this.#stopWaiting === undefined && !this.#stream.writableNeedDrain) this.guard(this.#onDrain)
  }

  #taken(sizeBytes: number): void {
    const goneBytes = Math.min(sizeBytes, this.#heldBytes)
    this.#heldBytes -= goneBytes
    if (goneBytes > 0) this.#serving.unread.gone(this.#connection, goneBytes)
  }

  #release(): void {
    this.#stopWaiting?.()
    this.#stopWaiting = undefined
    this.#taken(this.#heldBytes)
  }

  pause(): void {
    this.#stream.pause()
  }

  resume(): void {
    this.#stream.resume()
  }

  end(): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#stream.end()
  }

  fail(error: RpcStatusError): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#stream.emit('error', { code: error.status, details: error.message, metadata: new Metadata() })
  }
}

/** Lets the end of the call be noticed when the handler wants no messages: a stream that nobody reads never comes to it. */
function startReading(call: ServerReadableStream<unknown, unknown>): void {
  if (call.readableFlowing === null) call.resume()
}

export function serveBidi(path: string, handle: StreamHandler<unknown, unknown>, serving: CallServing) {
  return (call: ServerDuplexStream<unknown, unknown>): void => {
    const stream = new GrpcStream(path, call, serving)
    stream.guard(() => handle(stream))
    startReading(call)
  }
}

/** A server-stream call has its one request already: it is delivered once the handler has attached its callback. */
export function serveServerStream(path: string, handle: StreamHandler<unknown, unknown>, serving: CallServing) {
  return (call: ServerWritableStream<unknown, unknown>): void => {
    const stream = new GrpcStream(path, call as unknown as ServerDuplexStream<unknown, unknown>, serving)
    stream.onMessage = (receive) =>
      queueMicrotask(() => {
        if (call.request instanceof MalformedRequest) stream.fail(call.request.error)
        else stream.guard(() => receive(call.request))
      })
    stream.onHalfClose = (notify) => queueMicrotask(() => stream.guard(notify))
    stream.pause = () => {}
    stream.resume = () => {}
    stream.guard(() => handle(stream))
  }
}

/** A client-stream call answers once: the one `write` is the answer and `end` adds nothing. */
export function serveClientStream(path: string, handle: StreamHandler<unknown, unknown>, serving: CallServing) {
  return (call: ServerReadableStream<unknown, unknown>, reply: sendUnaryData<unknown>): void => {
    const stream = new GrpcStream(path, call as unknown as ServerDuplexStream<unknown, unknown>, serving)
    let isAnswered = false
    const answerOnce = (send: () => void) => {
      if (isAnswered) return
      isAnswered = true
      send()
    }
    stream.write = (message) => {
      answerOnce(() => reply(null, serving.encode(message)))
      return true
    }
    stream.onDrain = () => {}
    stream.end = () =>
      answerOnce(() => reply({ code: rpcStatus.internal, details: 'no answer was given', metadata: new Metadata() }))
    stream.fail = (error) =>
      answerOnce(() => reply({ code: error.status, details: error.message, metadata: new Metadata() }))
    stream.guard(() => handle(stream))
    startReading(call)
  }
}
