import type { ClientHttp2Stream } from 'node:http2'
import {
  type MethodDefinition,
  type RpcCallOptions,
  type RpcCallStream,
  RpcStatusError,
  rpcStatus,
} from '@stratakv/core'
import type { Outcome } from './call-status.ts'
import { ChannelCall, type ChannelContext, cancelledByCaller } from './channel-call.ts'
import { frameMessage } from './message-frames.ts'

/** Bytes written before there is a connection; `write` answers false from here on, as the connection's own buffer does. */
const earlyBytesMark = 16 * 1024

/** One call with a stream on either side. */
export class ChannelStream<Req, Res> extends ChannelCall<Req, Res> implements RpcCallStream<Req, Res> {
  /** Written before there was a stream. */
  #early: Buffer[] = []
  #earlyByteCount = 0
  #isHalfClosed = false
  #isPaused = false
  #receive: ((message: Res) => void) | undefined
  #notifyDrain: (() => void) | undefined
  #notifyEnd: ((error: RpcStatusError | undefined) => void) | undefined
  /** Known, and told when the last message has been handed over. */
  #pendingOutcome: Outcome | undefined
  #outcome: Outcome | undefined
  #isTold = false

  constructor(method: MethodDefinition<Req, Res>, context: ChannelContext, options: RpcCallOptions | undefined) {
    super(method, context, options)
  }

  write(message: Req): boolean {
    if (this.isOver || this.#isHalfClosed) return true
    let parts: readonly Buffer[] = []
    this.guarded(() => {
      parts = frameMessage(this.method.request.encode(message))
    })
    if (this.stream === undefined) {
      this.#early.push(...parts)
      for (const part of parts) this.#earlyByteCount += part.length
      return this.#earlyByteCount < earlyBytesMark
    }
    if (!this.stream.writable) return true
    let hasRoom = true
    for (const part of parts) hasRoom = this.stream.write(part)
    return hasRoom
  }

  onDrain(notify: () => void): void {
    this.#notifyDrain = notify
  }

  onMessage(receive: (message: Res) => void): void {
    this.#receive = receive
  }

  onEnd(notify: (error: RpcStatusError | undefined) => void): void {
    this.#notifyEnd = notify
    if (this.#outcome !== undefined) queueMicrotask(this.#tellNow)
  }

  pause(): void {
    this.#isPaused = true
    this.stream?.pause()
  }

  resume(): void {
    if (!this.#isPaused) return
    this.#isPaused = false
    queueMicrotask(() => {
      if (this.isOver || this.#isPaused) return
      this.guarded(() => this.#handOver())
      if (!this.#isPaused) this.stream?.resume()
    })
  }

  halfClose(): void {
    if (this.#isHalfClosed || this.isOver) return
    this.#isHalfClosed = true
    this.stream?.end()
  }

  cancel(): void {
    this.giveUp(cancelledByCaller(undefined))
  }

  protected opened(stream: ClientHttp2Stream): void {
    stream.on('drain', () => {
      if (!this.isOver) this.#notifyDrain?.()
    })
    if (this.#isPaused) stream.pause()
    const wasOverMark = this.#earlyByteCount >= earlyBytesMark
    let hasRoom = true
    for (const part of this.#early) hasRoom = stream.write(part)
    this.#early = []
    this.#earlyByteCount = 0
    if (this.#isHalfClosed) stream.end()
    // Whoever was held back while there was no stream hears of the room there is now.
    else if (wasOverMark && hasRoom) queueMicrotask(() => this.#notifyDrain?.())
  }

  protected received(): void {
    this.#handOver()
  }

  #handOver(): void {
    while (!this.#isPaused && !this.isOver) {
      const bytes = this.reader.next()
      if (bytes === undefined) break
      const message = this.method.response.decode(bytes)
      // What the caller's own callback throws is the caller's: it must not look like a broken answer.
      try {
        this.#receive?.(message)
      } catch (error) {
        queueMicrotask(() => {
          throw error
        })
      }
    }
    if (!this.#isPaused && this.#pendingOutcome !== undefined && !this.isOver) this.over(this.#pendingOutcome)
  }

  protected ended(outcome: Outcome): void {
    this.#pendingOutcome = outcome
    const isBroken = outcome === 'ok' && !this.#isPaused && this.reader.isInMessage
    if (isBroken) this.over(new RpcStatusError(rpcStatus.internal, 'the stream ended in the middle of a message'))
    else this.#handOver()
  }

  protected tell(outcome: Outcome): void {
    this.#outcome = outcome
    queueMicrotask(this.#tellNow)
  }

  readonly #tellNow = (): void => {
    if (this.#isTold || this.#notifyEnd === undefined || this.#outcome === undefined) return
    this.#isTold = true
    this.#notifyEnd(this.#outcome === 'ok' ? undefined : this.#outcome)
  }
}
