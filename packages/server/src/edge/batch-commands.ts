import {
  type Clock,
  type Histogram,
  type Instant,
  isPromise,
  MiB,
  RpcStatusError,
  type RpcStream,
  rpcStatus,
  type StreamHandler,
} from '@stratakv/core'
import type { KvPair } from '@stratakv/proto/kvrpcpb'
import {
  type BatchCommandsRequest,
  type BatchCommandsRequest_Request,
  BatchCommandsResponse,
  type BatchCommandsResponse_Response,
} from '@stratakv/proto/tikvpb'
import type { CommandMeter } from './command-meter.ts'
import type { BatchedCommands } from './commands.ts'

export interface BatchCommandsDeps {
  readonly commands: BatchedCommands
  readonly meter: CommandMeter
  readonly clock: Clock
  readonly requestBatchSize: Histogram
  readonly responseBatchSize: Histogram
  readonly onUnexpectedError: (path: string, error: unknown) => void
}

export interface BatchCommandsOptions {
  /** Commands of one stream that may be unanswered before it is read no further: the transport then pushes back. */
  readonly inFlightMax: number
}

/** As TiKV: a larger answer is split, so that the first results do not wait for the last. */
const responsesPerMessageMax = 128

/**
 * tikvpb.Tikv/BatchCommands: many commands a message, answered in any order under the ids that the client chose. Answers that
 * come at once, as those of one message's gets or of one group commit do, travel in one message.
 */
export function batchCommands(
  deps: BatchCommandsDeps,
  options: BatchCommandsOptions,
): StreamHandler<BatchCommandsRequest, BatchCommandsResponse> {
  return (stream) => {
    const session = new BatchSession(deps, options, stream)
    stream.onMessage((message) => session.receive(message))
    stream.onHalfClose(() => session.halfClose())
    stream.onDrain(() => session.drained())
  }
}

/** Answers of so many bytes together are sent at once, so that a stream that is over its mark is noticed before more is read for it. */
const flushBytes = MiB(1)

interface Waiting {
  readonly request: BatchCommandsRequest_Request
  readonly requestId: number
  readonly since: Instant
}

class BatchSession {
  readonly #deps: BatchCommandsDeps
  readonly #inFlightMax: number
  readonly #stream: RpcStream<BatchCommandsRequest, BatchCommandsResponse>
  #responses: BatchCommandsResponse_Response[] = []
  #requestIds: number[] = []
  /** Roughly, of the values and keys in `#responses`. */
  #heldBytes = 0
  /** Commands that came while the client did not take its answers; at most what one message brings more than `inFlightMax`. */
  #waiting: Waiting[] = []
  #inFlight = 0
  #isFlushing = false
  #isPaused = false
  #isBlocked = false
  #isHalfClosed = false
  /** Failed: nothing more is run, and nothing more is told. */
  #isOver = false

  constructor(
    deps: BatchCommandsDeps,
    options: BatchCommandsOptions,
    stream: RpcStream<BatchCommandsRequest, BatchCommandsResponse>,
  ) {
    this.#deps = deps
    this.#inFlightMax = options.inFlightMax
    this.#stream = stream
  }

  receive(message: BatchCommandsRequest): void {
    // A transport may go on delivering what the client had sent by then.
    if (this.#isOver) return
    const { requests, requestIds } = message
    if (requests.length !== requestIds.length) {
      const detail = `${requests.length} requests came with ${requestIds.length} ids`
      this.#fail(new RpcStatusError(rpcStatus.invalidArgument, detail))
      return
    }
    this.#deps.requestBatchSize.observe(requests.length)
    this.#inFlight += requests.length
    const since = this.#deps.clock.now()
    for (let index = 0; index < requests.length && !this.#isOver; index++) {
      const [request, requestId] = [requests[index]!, requestIds[index]!]
      if (this.#isBlocked) this.#waiting.push({ request, requestId, since })
      else this.#run(request, requestId, since)
    }
    this.#regulate()
  }

  #run(request: BatchCommandsRequest_Request, requestId: number, startedAt: number): void {
    const { cmd } = request
    const name = cmd?.case
    const command = name === undefined ? undefined : this.#deps.commands[name]
    if (cmd === undefined || name === undefined || command === undefined) {
      // A command that this version does not know: TiKV answers with an empty response under its id.
      this.#answer(requestId, { cmd: undefined })
      return
    }
    const finish = (value: unknown) => {
      this.#deps.meter.observe(name, startedAt)
      this.#answer(requestId, { cmd: { case: name, value } } as BatchCommandsResponse_Response)
    }
    try {
      const answer = command.run(cmd.value as never)
      if (isPromise(answer)) answer.then(finish, (error) => this.#unexpected(name, error))
      else finish(answer)
    } catch (error) {
      this.#unexpected(name, error)
    }
  }

  /** Commands answer their failures themselves; what they throw ends the stream, and the client asks again on a new one. */
  #unexpected(name: string, error: unknown): void {
    this.#deps.meter.fail(name)
    if (error instanceof RpcStatusError) {
      this.#fail(error)
      return
    }
    this.#deps.onUnexpectedError(`BatchCommands ${name}`, error)
    const detail = error instanceof Error ? error.message : String(error)
    this.#fail(new RpcStatusError(rpcStatus.internal, detail))
  }

  #fail(error: RpcStatusError): void {
    this.#isOver = true
    this.#responses = []
    this.#requestIds = []
    this.#waiting = []
    this.#stream.fail(error)
  }

  #answer(requestId: number, response: BatchCommandsResponse_Response): void {
    if (this.#isOver) return
    this.#responses.push(response)
    this.#requestIds.push(requestId)
    this.#heldBytes += replyBytes(response.cmd?.value)
    if (this.#responses.length >= responsesPerMessageMax || this.#heldBytes >= flushBytes) {
      this.#flush()
    } else if (!this.#isFlushing) {
      this.#isFlushing = true
      // Behind the callbacks that are queued by now, those of the other members of a group commit among them. Waiting for the
      // end of the turn (setImmediate) gathers no more and cost 8% of the gets.
      queueMicrotask(() => {
        this.#isFlushing = false
        this.#flush()
      })
    }
  }

  #flush(): void {
    if (this.#isOver) return
    const count = this.#responses.length
    if (count > 0) {
      const responses = this.#responses
      const requestIds = this.#requestIds
      this.#responses = []
      this.#requestIds = []
      this.#heldBytes = 0
      this.#inFlight -= count
      this.#deps.responseBatchSize.observe(count)
      this.#isBlocked = !this.#stream.write(BatchCommandsResponse.create({ responses, requestIds }))
    }
    this.#regulate()
    if (this.#isHalfClosed && this.#inFlight === 0) this.#stream.end()
  }

  /** Reads on only while the client takes its answers and few of them are owed: neither side of the stream can fill the memory. */
  #regulate(): void {
    const shouldPause = this.#isBlocked || this.#inFlight >= this.#inFlightMax
    if (shouldPause === this.#isPaused) return
    this.#isPaused = shouldPause
    if (shouldPause) this.#stream.pause()
    else this.#stream.resume()
  }

  drained(): void {
    this.#isBlocked = false
    const waiting = this.#waiting
    this.#waiting = []
    for (const [index, { request, requestId, since }] of waiting.entries()) {
      if (this.#isOver) return
      this.#run(request, requestId, since)
      if (!this.#isBlocked) continue
      this.#waiting = waiting.slice(index + 1)
      break
    }
    this.#regulate()
  }

  halfClose(): void {
    this.#isHalfClosed = true
    if (this.#inFlight === 0 && !this.#isOver) this.#stream.end()
  }
}

/** What an answer weighs: the values it carries. Everything else is small. */
function replyBytes(answer: unknown): number {
  const { value, pairs, kvs } = (answer ?? {}) as {
    readonly value?: unknown
    readonly pairs?: readonly KvPair[]
    readonly kvs?: readonly KvPair[]
  }
  if (value instanceof Uint8Array) return value.length
  let total = 0
  for (const pair of pairs ?? kvs ?? []) total += pair.key.length + pair.value.length
  return total
}
