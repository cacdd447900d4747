import type { Clock, Timer } from './clock.ts'
import type { RpcCallOptions, RpcCallStream } from './rpc.ts'
import { type MethodBinding, RpcStatusError, type RpcStream, rpcStatus } from './rpc-service.ts'

/** `write` answers false from here on. Messages are objects of any size, so they are counted, as Node's object streams count them. */
const queuedMessagesMark = 16
/** A writer that goes on regardless has its call ended with RESOURCE_EXHAUSTED: the queue is this process's memory. */
const queuedMessagesMax = 65_536
/**
 * After so many messages of one call the rest waits for the next turn of the event loop. Handing over in microtasks alone,
 * two sides that answer each other at once would let no timer fire and no socket be read.
 */
const messagesPerTurn = 1024
/** The shortest that a timer takes anyway; and not 0, with which two such sides would keep simulated time standing still. */
const nextTurnMs = 1

/** Anything but a status is a bug of the handler: the caller gets INTERNAL, with what was thrown as its cause. */
export function statusOf(error: unknown): RpcStatusError {
  if (error instanceof RpcStatusError) return error
  return new RpcStatusError(rpcStatus.internal, error instanceof Error ? error.message : String(error), {
    cause: error,
  })
}

export function cancelledByCaller(cause: unknown): RpcStatusError {
  return new RpcStatusError(rpcStatus.cancelled, 'the caller gave the call up', { cause })
}

export function deadlineExceeded(timeoutMs: number): RpcStatusError {
  return new RpcStatusError(rpcStatus.deadlineExceeded, `no answer within ${timeoutMs} ms`)
}

/** The handler's signal, made only for those that ask. */
export class CallSignal {
  #abort: AbortController | undefined
  #isAborted = false

  get signal(): AbortSignal {
    if (this.#abort === undefined) {
      this.#abort = new AbortController()
      if (this.#isAborted) this.#abort.abort()
    }
    return this.#abort.signal
  }

  abort(): void {
    this.#isAborted = true
    this.#abort?.abort()
  }
}

/** Shared by both directions of a call. */
interface Pace {
  messageCount: number
}

/** One direction of a stream. Messages are handed over in microtasks, so that neither side's code runs inside the other's `write`. */
class Pipe<T> {
  readonly #clock: Clock
  readonly #overflow: () => void
  /** What the reader's callback threw. */
  readonly #readerFailed: (error: unknown) => void
  #queue: T[] = []
  #receive: ((message: T) => void) | undefined
  #notifyEnd: (() => void) | undefined
  #notifyDrain: (() => void) | undefined
  #isEnded = false
  #isDropped = false
  #isPaused = false
  #isScheduled = false
  #isOverMark = false
  #nextTurn: Timer | undefined
  readonly #pace: Pace

  constructor(clock: Clock, pace: Pace, overflow: () => void, readerFailed: (error: unknown) => void) {
    this.#clock = clock
    this.#pace = pace
    this.#overflow = overflow
    this.#readerFailed = readerFailed
  }

  write(message: T): boolean {
    if (this.#isEnded || this.#isDropped) return true
    if (this.#queue.length >= queuedMessagesMax) {
      this.#overflow()
      return true
    }
    this.#queue.push(message)
    this.#schedule()
    if (this.#queue.length < queuedMessagesMark) return true
    this.#isOverMark = true
    return false
  }

  /** The reader is told when it has had every message. */
  end(): void {
    this.#isEnded = true
    this.#schedule()
  }

  /** Nothing is handed over, and nobody is told anything, from now on. */
  drop(): void {
    this.#isDropped = true
    this.#queue = []
    this.#nextTurn?.cancel()
  }

  onMessage(receive: (message: T) => void): void {
    this.#receive = receive
    this.#schedule()
  }

  onEnd(notify: () => void): void {
    this.#notifyEnd = notify
    this.#schedule()
  }

  onDrain(notify: () => void): void {
    this.#notifyDrain = notify
  }

  pause(): void {
    this.#isPaused = true
  }

  resume(): void {
    this.#isPaused = false
    this.#schedule()
  }

  #schedule(): void {
    if (this.#isScheduled || this.#isDropped || this.#isPaused) return
    this.#isScheduled = true
    queueMicrotask(this.#run)
  }

  readonly #run = (): void => {
    this.#isScheduled = false
    try {
      this.#handOver()
    } catch (error) {
      if (this.#queue.length > 0) this.#schedule()
      this.#readerFailed(error)
    }
  }

  #handOver(): void {
    // A callback's write only appends, so a position is enough to walk the queue.
    let taken = 0
    try {
      while (taken < this.#queue.length && this.#receive !== undefined && !this.#isPaused && !this.#isDropped) {
        if (++this.#pace.messageCount % messagesPerTurn === 0) {
          this.#isScheduled = true
          this.#nextTurn = this.#clock.after(nextTurnMs, this.#run)
          break
        }
        this.#receive(this.#queue[taken++]!)
      }
    } finally {
      if (taken >= this.#queue.length) this.#queue.length = 0
      else if (taken > 0) this.#queue.splice(0, taken)
    }
    if (this.#isDropped || this.#queue.length > 0) return
    if (this.#isOverMark) {
      this.#isOverMark = false
      this.#notifyDrain?.()
    }
    // Without a callback for messages there were none to wait for.
    if (this.#isEnded && !this.#isPaused && this.#queue.length === 0 && this.#notifyEnd !== undefined) {
      this.#isDropped = true
      this.#notifyEnd()
    }
  }
}

/** Where a running stream is known, so that it can be ended from outside. */
export interface StreamHost {
  readonly clock: Clock
  /** The call has ended and needs no ending any more. */
  left(call: InProcessStream): void
}

/** A stream between two parties in one process: this is the caller's end, {@link HandlerEnd} the other. */
export class InProcessStream implements RpcCallStream<unknown, unknown> {
  readonly #host: StreamHost
  readonly #requests: Pipe<unknown>
  readonly #answers: Pipe<unknown>
  readonly #handlerSignal = new CallSignal()
  readonly #signal: AbortSignal | undefined
  #timer: Timer | undefined
  #notifyEnd: ((error: RpcStatusError | undefined) => void) | undefined
  #status: RpcStatusError | undefined
  /** No message goes either way any more, and the handler is out of it. */
  #isHandlerDone = false
  /** The outcome is certain: either told, or about to be. */
  #isOver = false
  #isTold = false

  constructor(host: StreamHost, options: RpcCallOptions | undefined) {
    this.#host = host
    const overflow = () =>
      this.endNow(
        new RpcStatusError(rpcStatus.resourceExhausted, `${queuedMessagesMax} messages wait in a stream to be read`),
      )
    const pace: Pace = { messageCount: 0 }
    this.#requests = new Pipe(host.clock, pace, overflow, (error) => this.failFromHandler(statusOf(error)))
    // What the caller's own callbacks throw is the caller's: it goes where an error in any callback goes.
    this.#answers = new Pipe(host.clock, pace, overflow, (error) => {
      throw error
    })
    this.#answers.onEnd(() => this.#tell(this.#status))
    this.#signal = options?.signal
    if (this.#signal?.aborted) this.endNow(cancelledByCaller(this.#signal.reason))
    this.#signal?.addEventListener('abort', this.#onAbort)
    const timeoutMs = options?.timeoutMs
    if (timeoutMs !== undefined && timeoutMs <= 0) this.endNow(deadlineExceeded(timeoutMs))
    else if (timeoutMs !== undefined && !this.#isOver) {
      this.#timer = host.clock.after(timeoutMs, () => this.endNow(deadlineExceeded(timeoutMs)))
    }
  }

  get isOver(): boolean {
    return this.#isOver
  }

  /** Runs the handler on the other end. */
  run(binding: MethodBinding & { style: 'stream' }, options: RpcCallOptions | undefined): void {
    if (this.#isOver) return
    const end = new HandlerEnd(this, this.#requests, this.#answers, this.#handlerSignal, options)
    const isAnsweredOnce = binding.method.kind === 'client-stream'
    try {
      binding.handle(isAnsweredOnce ? new AnswerOnceEnd(end) : end)
    } catch (error) {
      this.failFromHandler(statusOf(error))
    }
  }

  write(message: unknown): boolean {
    return this.#requests.write(message)
  }

  onDrain(notify: () => void): void {
    this.#requests.onDrain(notify)
  }

  onMessage(receive: (message: unknown) => void): void {
    this.#answers.onMessage(receive)
  }

  onEnd(notify: (error: RpcStatusError | undefined) => void): void {
    this.#notifyEnd = notify
    if (this.#isOver) queueMicrotask(this.#tellNow)
  }

  pause(): void {
    this.#answers.pause()
  }

  resume(): void {
    this.#answers.resume()
  }

  halfClose(): void {
    this.#requests.end()
  }

  cancel(): void {
    this.endNow(cancelledByCaller(undefined))
  }

  /** Ends the call from the caller's side, or because one of the two is gone: what is on the way is lost. */
  endNow(error: RpcStatusError): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#status = error
    this.#answers.drop()
    this.#requests.drop()
    this.#leave()
    if (!this.#isHandlerDone) {
      this.#isHandlerDone = true
      this.#handlerSignal.abort()
    }
    queueMicrotask(this.#tellNow)
  }

  /** The caller hears of it after the messages that were written before. */
  endFromHandler(): void {
    if (this.#isHandlerDone) return
    this.#isHandlerDone = true
    this.#requests.drop()
    this.#answers.end()
  }

  failFromHandler(error: RpcStatusError): void {
    if (this.#isHandlerDone) return
    this.#status = error
    this.endFromHandler()
  }

  #tell(error: RpcStatusError | undefined): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#status = error
    this.#leave()
    this.#tellNow()
  }

  readonly #tellNow = (): void => {
    if (this.#isTold || this.#notifyEnd === undefined) return
    this.#isTold = true
    this.#notifyEnd(this.#status)
  }

  readonly #onAbort = (): void => this.endNow(cancelledByCaller(this.#signal?.reason))

  #leave(): void {
    this.#timer?.cancel()
    this.#signal?.removeEventListener('abort', this.#onAbort)
    this.#host.left(this)
  }
}

class HandlerEnd implements RpcStream<unknown, unknown> {
  readonly peer = 'in-process'
  readonly #call: InProcessStream
  readonly #requests: Pipe<unknown>
  readonly #answers: Pipe<unknown>
  readonly #signal: CallSignal
  readonly #options: RpcCallOptions | undefined

  constructor(
    call: InProcessStream,
    requests: Pipe<unknown>,
    answers: Pipe<unknown>,
    signal: CallSignal,
    options: RpcCallOptions | undefined,
  ) {
    this.#call = call
    this.#requests = requests
    this.#answers = answers
    this.#signal = signal
    this.#options = options
  }

  get signal(): AbortSignal {
    return this.#signal.signal
  }

  metadata(name: string): string | undefined {
    return metadataOf(this.#options, name)
  }

  onMessage(receive: (message: unknown) => void): void {
    this.#requests.onMessage(receive)
  }

  onHalfClose(notify: () => void): void {
    this.#requests.onEnd(notify)
  }

  write(message: unknown): boolean {
    return this.#answers.write(message)
  }

  onDrain(notify: () => void): void {
    this.#answers.onDrain(notify)
  }

  pause(): void {
    this.#requests.pause()
  }

  resume(): void {
    this.#requests.resume()
  }

  end(): void {
    this.#call.endFromHandler()
  }

  fail(error: RpcStatusError): void {
    this.#call.failFromHandler(error)
  }
}

/** The handler's end of a client-stream call: the one `write` is the answer, and `end` adds nothing. */
class AnswerOnceEnd implements RpcStream<unknown, unknown> {
  readonly #end: HandlerEnd

  constructor(end: HandlerEnd) {
    this.#end = end
  }

  get peer(): string {
    return this.#end.peer
  }

  get signal(): AbortSignal {
    return this.#end.signal
  }

  metadata(name: string): string | undefined {
    return this.#end.metadata(name)
  }

  onMessage(receive: (message: unknown) => void): void {
    this.#end.onMessage(receive)
  }

  onHalfClose(notify: () => void): void {
    this.#end.onHalfClose(notify)
  }

  write(message: unknown): boolean {
    this.#end.write(message)
    this.#end.end()
    return true
  }

  onDrain(): void {}

  pause(): void {
    this.#end.pause()
  }

  resume(): void {
    this.#end.resume()
  }

  end(): void {
    this.#end.fail(new RpcStatusError(rpcStatus.internal, 'no answer was given'))
  }

  fail(error: RpcStatusError): void {
    this.#end.fail(error)
  }
}

export function metadataOf(options: RpcCallOptions | undefined, name: string): string | undefined {
  const metadata = options?.metadata
  return metadata !== undefined && Object.hasOwn(metadata, name) ? metadata[name] : undefined
}
