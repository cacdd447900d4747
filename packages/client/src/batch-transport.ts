import {
  type Clock,
  ClosedError,
  type Histogram,
  type Instant,
  type MaybePromise,
  type Rpc,
  type RpcCallStream,
  RpcStatusError,
  rpcStatus,
  type Telemetry,
  type Timer,
} from '@stratakv/core'
import { tikvMethods } from '@stratakv/proto'
import {
  BatchCommandsRequest,
  type BatchCommandsRequest_Request,
  type BatchCommandsRequest_Request_Cmd,
  type BatchCommandsResponse,
  type BatchCommandsResponse_Response,
} from '@stratakv/proto/tikvpb'
import { type CommandTransport, directTransport, NotSentError, type TransportCommand } from './command-transport.ts'

export interface BatchTransportDeps {
  readonly rpc: Rpc
  readonly clock: Clock
  readonly telemetry: Telemetry
}

export interface BatchTransportOptions {
  /** Commands of one message; more follow in the next. */
  readonly batchCountMax: number
  /** Commands of one store that may be unanswered; more wait for answers, first come first served. */
  readonly inFlightMax: number
  /** Commands of one store that may wait; more are sent as calls of their own. */
  readonly waitingMax: number
  /** After a stream failed, the next is opened after this long, and twice as long after each that fails without an answer. */
  readonly reopenMsMin: number
  readonly reopenMsMax: number
}

/** `batchCountMax` is client-go's (`max-batch-size`). */
export const defaultBatchTransportOptions: BatchTransportOptions = {
  batchCountMax: 128,
  inFlightMax: 4096,
  waitingMax: 65_536,
  reopenMsMin: 100,
  reopenMsMax: 3000,
}

/** A command on its way. */
interface Entry {
  readonly command: TransportCommand<unknown, unknown>
  readonly request: unknown
  readonly signal: AbortSignal | undefined
  readonly deadline: Instant
  readonly resolve: (response: MaybePromise<unknown>) => void
  readonly reject: (error: Error) => void
  onAbort: (() => void) | undefined
  /** Under which it was sent; 0: it waits. */
  id: number
}

/**
 * Commands as entries of BatchCommands messages, over one stream a store. What is asked for in one turn of the event loop
 * travels in one message: a lone command waits for nothing, and the busier the program, the larger the batches. Nothing waits for
 * others by the clock, as client-go may for an overloaded store: its default is not to. Commands that
 * BatchCommands does not know, and all while a stream cannot be had, travel as calls of their own.
 */
export function batchTransport(deps: BatchTransportDeps, options: BatchTransportOptions): CommandTransport {
  const direct = directTransport(deps.rpc)
  const batchRequests = deps.telemetry.histogram({
    name: 'tikv_client_batch_requests',
    help: 'Commands of one BatchCommands message.',
    buckets: sizeBuckets,
  })
  /** By address: as many as stores have had addresses in this client's life. */
  const connections = new Map<string, BatchConnection>()
  let isClosed = false

  function connectionOf(address: string): BatchConnection {
    let connection = connections.get(address)
    if (connection === undefined) {
      connection = new BatchConnection({ ...deps, direct, batchRequests }, options, address)
      connections.set(address, connection)
    }
    return connection
  }

  return {
    get isClosed() {
      return isClosed
    },
    send<Req, Res>(
      address: string,
      command: TransportCommand<Req, Res>,
      request: Req,
      signal: AbortSignal | undefined,
    ): MaybePromise<Res> {
      if (isClosed) throw new ClosedError('client')
      if (command.batchName === undefined) return direct.send(address, command, request, signal)
      return connectionOf(address).send(
        command as TransportCommand<unknown, unknown>,
        request,
        signal,
      ) as MaybePromise<Res>
    },
    close() {
      isClosed = true
      for (const connection of connections.values()) connection.close()
      connections.clear()
    },
  }
}

/** After the callbacks of the events that are due by now. Batches are for wires, which browsers do not have: any hook will do there. */
const endOfTurn: (run: () => void) => void = typeof setImmediate === 'function' ? setImmediate : queueMicrotask

/** Powers of two up to 1024. */
const sizeBuckets = Array.from({ length: 11 }, (_, index) => 2 ** index)

interface BatchConnectionDeps extends BatchTransportDeps {
  readonly direct: CommandTransport
  readonly batchRequests: Histogram
}

type BatchStream = RpcCallStream<BatchCommandsRequest, BatchCommandsResponse>

/** The stream to one store, made again after it failed, and what waits for an answer on it. */
class BatchConnection {
  readonly #deps: BatchConnectionDeps
  readonly #options: BatchTransportOptions
  readonly #address: string
  #stream: BatchStream | undefined
  /** Until then a new stream is not tried. */
  #reopenAt: Instant = 0
  #failureCount = 0
  /** The transport has more than it likes to hold. */
  #isBlocked = false
  #isFlushing = false
  #waiting: Entry[] = []
  readonly #inFlight = new Map<number, Entry>()
  #nextId = 1
  #timer: Timer | undefined
  #timerDue: Instant = Number.POSITIVE_INFINITY

  constructor(deps: BatchConnectionDeps, options: BatchTransportOptions, address: string) {
    this.#deps = deps
    this.#options = options
    this.#address = address
  }

  send(
    command: TransportCommand<unknown, unknown>,
    request: unknown,
    signal: AbortSignal | undefined,
  ): MaybePromise<unknown> {
    const now = this.#deps.clock.now()
    const hasNoStream = this.#stream === undefined && now < this.#reopenAt
    if (hasNoStream || this.#waiting.length >= this.#options.waitingMax) {
      return this.#deps.direct.send(this.#address, command, request, signal)
    }
    return new Promise((resolve, reject) => {
      const deadline = now + command.timeoutMs
      const entry: Entry = { command, request, signal, deadline, resolve, reject, onAbort: undefined, id: 0 }
      if (signal !== undefined) this.#watch(entry, signal)
      this.#waiting.push(entry)
      this.#armTimer(deadline, now)
      this.#flushSoon()
    })
  }

  close(): void {
    const [sent, waiting] = [[...this.#inFlight.values()], this.#waiting]
    this.#inFlight.clear()
    this.#waiting = []
    this.#stopTimer()
    this.#stream?.cancel()
    this.#stream = undefined
    for (const entry of sent) this.#fail(entry, new RpcStatusError(rpcStatus.cancelled, 'the client was closed'))
    for (const entry of waiting) this.#fail(entry, new ClosedError('client'))
  }

  #watch(entry: Entry, signal: AbortSignal): void {
    entry.onAbort = () => {
      this.#take(entry)
      if (this.#isIdle()) this.#stopTimer()
    }
    signal.addEventListener('abort', entry.onAbort)
  }

  /** Ends an entry before its answer: one that was sent may have been executed. */
  #take(entry: Entry, status: 'cancelled' | 'deadlineExceeded' = 'cancelled'): void {
    const error = new RpcStatusError(rpcStatus[status], `${this.#address} has not answered`)
    if (entry.id === 0) {
      this.#waiting.splice(this.#waiting.indexOf(entry), 1)
      this.#fail(entry, new NotSentError(error))
    } else {
      // An answer that still comes finds nobody.
      this.#inFlight.delete(entry.id)
      this.#fail(entry, error)
      this.#flushSoon()
    }
  }

  /**
   * With nothing on its way, as soon as the running code lets go: a lone command waits for nothing. Else at the end of the turn,
   * where callers who come one by one from other events meet: for 64 of them five times as many gets a second of CPU.
   */
  #flushSoon(): void {
    if (this.#isFlushing || this.#waiting.length === 0) return
    this.#isFlushing = true
    const soon = this.#inFlight.size === 0 ? queueMicrotask : endOfTurn
    soon(() => {
      this.#isFlushing = false
      this.#flush()
    })
  }

  #flush(): void {
    while (this.#waiting.length > 0 && !this.#isBlocked) {
      const room = this.#options.inFlightMax - this.#inFlight.size
      const count = Math.min(room, this.#waiting.length, this.#options.batchCountMax)
      if (count <= 0) return
      const stream = this.#stream ?? this.#open()
      if (stream === undefined) return
      const entries = this.#waiting.length === count ? this.#waiting : this.#waiting.slice(0, count)
      this.#waiting = this.#waiting.length === count ? [] : this.#waiting.slice(count)
      this.#write(stream, entries)
    }
  }

  #write(stream: BatchStream, entries: readonly Entry[]): void {
    const requests: BatchCommandsRequest_Request[] = []
    const requestIds: number[] = []
    for (const entry of entries) {
      entry.id = this.#nextId++
      this.#inFlight.set(entry.id, entry)
      requestIds.push(entry.id)
      requests.push({
        cmd: { case: entry.command.batchName, value: entry.request } as BatchCommandsRequest_Request_Cmd,
      })
    }
    this.#deps.batchRequests.observe(entries.length)
    this.#isBlocked = !stream.write(BatchCommandsRequest.create({ requests, requestIds }))
  }

  /** `undefined`: there is none to be had, and nothing waits any more. */
  #open(): BatchStream | undefined {
    let stream: BatchStream
    try {
      stream = this.#deps.rpc.stream(this.#address, tikvMethods.batchCommands)
    } catch (error) {
      const entries = this.#waiting
      this.#waiting = []
      for (const entry of entries) this.#fail(entry, error as Error)
      this.#stopTimer()
      return undefined
    }
    this.#stream = stream
    stream.onMessage((message) => {
      if (this.#stream === stream) this.#receive(message)
    })
    stream.onDrain(() => {
      if (this.#stream !== stream) return
      this.#isBlocked = false
      this.#flush()
    })
    stream.onEnd((error) => {
      if (this.#stream === stream) this.#lose(error)
    })
    return stream
  }

  #receive({ responses, requestIds }: BatchCommandsResponse): void {
    this.#failureCount = 0
    const count = Math.min(responses.length, requestIds.length)
    for (let index = 0; index < count; index++) {
      const id = requestIds[index]!
      const entry = this.#inFlight.get(id)
      if (entry === undefined) continue
      this.#inFlight.delete(id)
      this.#answer(entry, responses[index]!)
    }
    if (this.#isIdle()) this.#stopTimer()
    else this.#flushSoon()
  }

  #answer(entry: Entry, { cmd }: BatchCommandsResponse_Response): void {
    this.#unwatch(entry)
    if (cmd?.case === entry.command.batchName) entry.resolve(cmd!.value)
    // A server that does not know the command answers with an empty response.
    else
      entry.reject(
        new RpcStatusError(rpcStatus.unimplemented, `${this.#address} does not batch ${entry.command.batchName}`),
      )
  }

  /** The stream has ended, for whatever reason. What was sent on it may have been executed. */
  #lose(cause: RpcStatusError | undefined): void {
    const { clock } = this.#deps
    const { reopenMsMin, reopenMsMax } = this.#options
    this.#stream = undefined
    this.#isBlocked = false
    this.#reopenAt = clock.now() + Math.min(reopenMsMax, reopenMsMin * 2 ** this.#failureCount)
    this.#failureCount++
    const [sent, waiting] = [[...this.#inFlight.values()], this.#waiting]
    this.#inFlight.clear()
    this.#waiting = []
    this.#stopTimer()
    const why = cause === undefined ? 'the server ended it' : cause.message
    for (const entry of sent) {
      // One bad command ends the stream for all: what the status says is true of that one alone.
      if (cause?.status === rpcStatus.unimplemented) this.#sendDirectly(entry)
      else
        this.#fail(
          entry,
          new RpcStatusError(rpcStatus.unavailable, `the stream to ${this.#address} ended: ${why}`, { cause }),
        )
    }
    for (const entry of waiting) this.#sendDirectly(entry)
  }

  #sendDirectly(entry: Entry): void {
    this.#unwatch(entry)
    try {
      entry.resolve(this.#deps.direct.send(this.#address, entry.command, entry.request, entry.signal))
    } catch (error) {
      entry.reject(error as Error)
    }
  }

  #fail(entry: Entry, error: Error): void {
    this.#unwatch(entry)
    entry.reject(error)
  }

  #unwatch(entry: Entry): void {
    if (entry.onAbort !== undefined) entry.signal?.removeEventListener('abort', entry.onAbort)
  }

  #isIdle(): boolean {
    return this.#inFlight.size === 0 && this.#waiting.length === 0
  }

  /** One timer for all entries, at the earliest deadline known when it was armed. */
  #armTimer(deadline: Instant, now: Instant): void {
    if (deadline >= this.#timerDue) return
    this.#stopTimer()
    this.#timerDue = deadline
    this.#timer = this.#deps.clock.after(deadline - now, () => this.#expire())
  }

  #stopTimer(): void {
    this.#timer?.cancel()
    this.#timer = undefined
    this.#timerDue = Number.POSITIVE_INFINITY
  }

  #expire(): void {
    this.#stopTimer()
    const now = this.#deps.clock.now()
    let earliest = Number.POSITIVE_INFINITY
    for (const entry of [...this.#inFlight.values(), ...this.#waiting]) {
      if (entry.deadline <= now) this.#take(entry, 'deadlineExceeded')
      else earliest = Math.min(earliest, entry.deadline)
    }
    if (earliest !== Number.POSITIVE_INFINITY) this.#armTimer(earliest, now)
  }
}
