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

export function serveUnary(path: string, handle: UnaryHandler<unknown, unknown>, report: ReportUnexpected) {
  return (call: ServerUnaryCall<unknown, unknown>, reply: sendUnaryData<unknown>): void => {
    const fail = (error: unknown) => reply(statusOf(path, error, report))
    try {
      if (call.request instanceof MalformedRequest) throw call.request.error
      const answer = handle(call.request, new GrpcCall(call))
      if (isPromise(answer)) answer.then((message) => reply(null, message), fail)
      else reply(null, answer)
    } catch (error) {
      fail(error)
    }
  }
}

class GrpcStream extends GrpcCall implements RpcStream<unknown, unknown> {
  readonly #stream: ServerDuplexStream<unknown, unknown>
  readonly #path: string
  readonly #report: ReportUnexpected
  #isOver = false

  constructor(path: string, stream: ServerDuplexStream<unknown, unknown>, report: ReportUnexpected) {
    super(stream)
    this.#path = path
    this.#report = report
    this.#stream = stream
    stream.once('cancelled', () => {
      this.#isOver = true
    })
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
      const { code, details } = statusOf(this.#path, error, this.#report)
      this.fail(error instanceof RpcStatusError ? error : new RpcStatusError(code as RpcStatusCode, details))
    }
  }

  onHalfClose(notify: () => void): void {
    this.#stream.on('end', () => this.guard(notify))
  }

  write(message: unknown): boolean {
    return this.#isOver || this.#stream.write(message)
  }

  onDrain(notify: () => void): void {
    this.#stream.on('drain', () => this.guard(notify))
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

export function serveBidi(path: string, handle: StreamHandler<unknown, unknown>, report: ReportUnexpected) {
  return (call: ServerDuplexStream<unknown, unknown>): void => {
    const stream = new GrpcStream(path, call, report)
    stream.guard(() => handle(stream))
    startReading(call)
  }
}

/** A server-stream call has its one request already: it is delivered once the handler has attached its callback. */
export function serveServerStream(path: string, handle: StreamHandler<unknown, unknown>, report: ReportUnexpected) {
  return (call: ServerWritableStream<unknown, unknown>): void => {
    const stream = new GrpcStream(path, call as unknown as ServerDuplexStream<unknown, unknown>, report)
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
export function serveClientStream(path: string, handle: StreamHandler<unknown, unknown>, report: ReportUnexpected) {
  return (call: ServerReadableStream<unknown, unknown>, reply: sendUnaryData<unknown>): void => {
    const stream = new GrpcStream(path, call as unknown as ServerDuplexStream<unknown, unknown>, report)
    let isAnswered = false
    const answerOnce = (send: () => void) => {
      if (isAnswered) return
      isAnswered = true
      send()
    }
    stream.write = (message) => {
      answerOnce(() => reply(null, message))
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
