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
  #isOver = false

  constructor(stream: ServerDuplexStream<unknown, unknown>) {
    super(stream)
    this.#stream = stream
    stream.once('cancelled', () => {
      this.#isOver = true
    })
  }

  onMessage(receive: (message: unknown) => void): void {
    this.#stream.on('data', (message) => {
      if (message instanceof MalformedRequest) this.fail(message.error)
      else receive(message)
    })
  }

  onHalfClose(notify: () => void): void {
    this.#stream.on('end', notify)
  }

  write(message: unknown): boolean {
    return this.#isOver || this.#stream.write(message)
  }

  onDrain(notify: () => void): void {
    this.#stream.on('drain', notify)
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

export function serveBidi(path: string, handle: StreamHandler<unknown, unknown>, report: ReportUnexpected) {
  return (call: ServerDuplexStream<unknown, unknown>): void => {
    const stream = new GrpcStream(call)
    runStreamHandler(path, stream, handle, report)
  }
}

/** A server-stream call has its one request already: it is delivered once the handler has attached its callback. */
export function serveServerStream(path: string, handle: StreamHandler<unknown, unknown>, report: ReportUnexpected) {
  return (call: ServerWritableStream<unknown, unknown>): void => {
    const stream = new GrpcStream(call as unknown as ServerDuplexStream<unknown, unknown>)
    stream.onMessage = (receive) =>
      queueMicrotask(() => {
        if (call.request instanceof MalformedRequest) stream.fail(call.request.error)
        else receive(call.request)
      })
    stream.onHalfClose = (notify) => queueMicrotask(notify)
    stream.pause = () => {}
    stream.resume = () => {}
    runStreamHandler(path, stream, handle, report)
  }
}

/** A client-stream call answers once: the one `write` is the answer and `end` adds nothing. */
export function serveClientStream(path: string, handle: StreamHandler<unknown, unknown>, report: ReportUnexpected) {
  return (call: ServerReadableStream<unknown, unknown>, reply: sendUnaryData<unknown>): void => {
    const stream = new GrpcStream(call as unknown as ServerDuplexStream<unknown, unknown>)
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
    runStreamHandler(path, stream, handle, report)
  }
}

function runStreamHandler(
  path: string,
  stream: GrpcStream,
  handle: StreamHandler<unknown, unknown>,
  report: ReportUnexpected,
): void {
  try {
    handle(stream)
  } catch (error) {
    const status = statusOf(path, error, report)
    stream.fail(new RpcStatusError(error instanceof RpcStatusError ? error.status : rpcStatus.internal, status.details))
  }
}
