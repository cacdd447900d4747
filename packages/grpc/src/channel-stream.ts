import { type Client, type ClientDuplexStream, type ServiceError, type StatusObject, status } from '@grpc/grpc-js'
import type { Clock, MethodDefinition, RpcCallOptions, RpcCallStream, RpcStatusError } from '@stratakv/core'
import {
  bufferOver,
  callOptionsOf,
  cancelledByCaller,
  metadataOf,
  type RunningCall,
  statusErrorOf,
} from './channel-call.ts'

/** One call with a stream on either side. On the wire all kinds look the same, so grpc-js' both-ways call carries them all. */
export class ChannelStream<Req, Res> implements RpcCallStream<Req, Res>, RunningCall {
  readonly #running: Set<RunningCall>
  readonly #signal: AbortSignal | undefined
  readonly #stream: ClientDuplexStream<Req, Res> | undefined
  #receive: ((message: Res) => void) | undefined
  #notifyEnd: ((error: RpcStatusError | undefined) => void) | undefined
  #status: StatusObject | undefined
  #error: RpcStatusError | undefined
  /** The reader has had every message there is. */
  #isReadToEnd = false
  #isOver = false
  #isTold = false

  constructor(
    client: Client,
    method: MethodDefinition<Req, Res>,
    running: Set<RunningCall>,
    options: RpcCallOptions | undefined,
    clock: Clock,
  ) {
    this.#running = running
    this.#signal = options?.signal
    if (this.#signal?.aborted) {
      this.#end(cancelledByCaller(this.#signal.reason))
      return
    }
    const stream = client.makeBidiStreamRequest(
      method.path,
      (message: Req) => bufferOver(method.request.encode(message)),
      method.response.decode as (bytes: Buffer) => Res,
      metadataOf(options),
      callOptionsOf(options, clock),
    )
    this.#stream = stream
    running.add(this)
    this.#signal?.addEventListener('abort', this.#onAbort)
    stream.on('data', (message: Res) => {
      if (!this.#isOver) this.#receive?.(message)
    })
    // What is wrong is in the status as well, which comes for every outcome.
    stream.on('error', (_error: ServiceError) => {})
    // The status may overtake messages that wait for the reader.
    stream.on('status', (outcome: StatusObject) => {
      this.#status = outcome
      this.#endIfDone()
    })
    stream.on('end', () => {
      this.#isReadToEnd = true
      this.#endIfDone()
    })
  }

  write(message: Req): boolean {
    return this.#isOver || this.#status !== undefined || this.#stream!.writableEnded || this.#stream!.write(message)
  }

  onDrain(notify: () => void): void {
    this.#stream?.on('drain', () => {
      if (!this.#isOver) notify()
    })
  }

  onMessage(receive: (message: Res) => void): void {
    this.#receive = receive
  }

  onEnd(notify: (error: RpcStatusError | undefined) => void): void {
    this.#notifyEnd = notify
    if (this.#isOver) queueMicrotask(this.#tell)
  }

  pause(): void {
    this.#stream?.pause()
  }

  resume(): void {
    this.#stream?.resume()
  }

  halfClose(): void {
    if (!this.#isOver) this.#stream?.end()
  }

  cancel(): void {
    this.#giveUp(undefined)
  }

  readonly #onAbort = (): void => this.#giveUp(this.#signal?.reason)

  #giveUp(cause: unknown): void {
    if (this.#isOver) return
    this.#stream?.cancel()
    this.#end(cancelledByCaller(cause))
    // Lets go of what was read and will not be heard.
    this.#stream?.resume()
  }

  #endIfDone(): void {
    const outcome = this.#status
    if (outcome === undefined || this.#isOver) return
    // A deadline, or a broken connection, does not wait for a reader who may never read again.
    if (!this.#isReadToEnd && outcome.code !== status.DEADLINE_EXCEEDED && outcome.code !== status.UNAVAILABLE) return
    this.#end(outcome.code === status.OK ? undefined : statusErrorOf(outcome))
  }

  #end(error: RpcStatusError | undefined): void {
    this.#isOver = true
    this.#error = error
    this.#running.delete(this)
    this.#signal?.removeEventListener('abort', this.#onAbort)
    queueMicrotask(this.#tell)
  }

  readonly #tell = (): void => {
    if (this.#isTold || this.#notifyEnd === undefined) return
    this.#isTold = true
    this.#notifyEnd(this.#error)
  }
}
