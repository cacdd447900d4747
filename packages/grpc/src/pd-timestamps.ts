import {
  type Clock,
  ClosedError,
  composeTimestamp,
  type Instant,
  logicalCount,
  type Random,
  type Rpc,
  type RpcCallStream,
  RpcStatusError,
  rpcStatus,
  type Timer,
  type Timestamp,
} from '@stratakv/core'
import { pdMethods } from '@stratakv/proto'
import { RequestHeader, type TsoRequest, type TsoResponse } from '@stratakv/proto/pdpb'
import { PdBusyError, PdCountError, PdProtocolError, PdUnavailableError } from './pd-errors.ts'
import type { PdLeader, PdMembers } from './pd-members.ts'
import { callerGaveUp, isPassing, RetryBudget } from './pd-retry.ts'

/** More callers than that are refused with PdBusyError. */
const waitingMax = 100_000
/** Timestamps that callers are put together for in one request, as PD's own proxies do; one caller may ask for more. */
const batchTimestampsMax = 10_000
/** Requests that are under way at once: enough to hide a round trip, few enough for batches to form behind them. */
const inFlightMax = 4
/** A request asks for fewer than the logical part can count, or no single step of the clock could serve it. */
const countMax = logicalCount - 1

interface Waiter {
  readonly count: number
  readonly expiresAt: Instant
  readonly resolve: (last: Timestamp) => void
  readonly reject: (error: unknown) => void
  /** Stops listening to the caller's signal, which may live for long and see many calls. */
  readonly leave: (() => void) | undefined
  /** It has its answer, or has given up. */
  isSettled: boolean
}

interface Batch {
  readonly count: number
  readonly waiters: readonly Waiter[]
  readonly sentAt: Instant
}

export interface PdTimestampsDeps {
  readonly rpc: Rpc
  readonly clock: Clock
  readonly random: Random
  readonly members: PdMembers
}

export interface PdTimestampsOptions {
  /** A request that is not answered by then breaks the stream. */
  readonly timeoutMs: number
  /** A caller waits no longer, whatever happens to streams. */
  readonly budgetMs: number
}

/**
 * Timestamps over one Tso stream: what callers ask for in one turn of the event loop, or while requests are under way, travels in
 * one request. A stream that breaks is made again, and those who waited are asked for anew: a timestamp that got lost harms nobody.
 */
export class PdTimestamps {
  readonly #deps: PdTimestampsDeps
  readonly #options: PdTimestampsOptions
  #waiting: Waiter[] = []
  #inFlight: Batch[] = []
  #stream: { readonly call: RpcCallStream<TsoRequest, TsoResponse>; readonly leader: PdLeader } | undefined
  #isConnecting = false
  #isFlushScheduled = false
  #watch: Timer | undefined
  /** Waits between streams; renewed by every answer. */
  #retries: RetryBudget | undefined
  #lastError: unknown
  #greatest: Timestamp = 0n
  #isClosed = false

  constructor(deps: PdTimestampsDeps, options: PdTimestampsOptions) {
    this.#deps = deps
    this.#options = options
  }

  /** The last of `count`. In the order of the calls. */
  take(count: number, signal?: AbortSignal): Promise<Timestamp> {
    if (this.#isClosed) return Promise.reject(new ClosedError('placement driver client'))
    if (!Number.isInteger(count) || count < 1 || count > countMax) {
      return Promise.reject(new PdCountError('timestamps', count, countMax))
    }
    if (signal?.aborted) return Promise.reject(callerGaveUp(signal))
    if (this.#waiting.length >= waitingMax) return Promise.reject(new PdBusyError(waitingMax))
    return new Promise((resolve, reject) => {
      const giveUp = () => settle(waiter, () => reject(callerGaveUp(signal)))
      const waiter: Waiter = {
        count,
        expiresAt: this.#deps.clock.now() + this.#options.budgetMs,
        resolve,
        reject,
        leave: signal && (() => signal.removeEventListener('abort', giveUp)),
        isSettled: false,
      }
      signal?.addEventListener('abort', giveUp)
      this.#waiting.push(waiter)
      this.#schedule()
    })
  }

  close(): void {
    this.#isClosed = true
    this.#rejectAll(new ClosedError('placement driver client'))
    this.#watch?.cancel()
    this.#watch = undefined
    this.#stream?.call.cancel()
    this.#stream = undefined
  }

  #schedule(): void {
    if (this.#isFlushScheduled || this.#inFlight.length >= inFlightMax) return
    this.#isFlushScheduled = true
    queueMicrotask(() => {
      this.#isFlushScheduled = false
      this.#flush()
    })
  }

  #flush(): void {
    if (this.#isClosed || this.#waiting.length === 0) return
    this.#startWatch()
    if (this.#stream === undefined) {
      this.#connect()
      return
    }
    const { call, leader } = this.#stream
    while (this.#inFlight.length < inFlightMax) {
      const batch = this.#nextBatch()
      if (batch === undefined) return
      this.#inFlight.push(batch)
      const header = RequestHeader.create({ clusterId: leader.clusterId })
      call.write({ header, count: batch.count, dcLocation: 'global' })
    }
  }

  #nextBatch(): Batch | undefined {
    const waiters: Waiter[] = []
    let count = 0
    let taken = 0
    for (const waiter of this.#waiting) {
      if (!waiter.isSettled) {
        if (count > 0 && count + waiter.count > batchTimestampsMax) break
        waiters.push(waiter)
        count += waiter.count
      }
      taken++
    }
    this.#waiting.splice(0, taken)
    return count === 0 ? undefined : { count, waiters, sentAt: this.#deps.clock.now() }
  }

  async #connect(): Promise<void> {
    if (this.#isConnecting) return
    this.#isConnecting = true
    const { clock, random, members, rpc } = this.#deps
    let leader: PdLeader | undefined
    try {
      if (this.#lastError !== undefined) {
        this.#retries ??= new RetryBudget(clock, random, Number.POSITIVE_INFINITY)
        await this.#retries.wait(members.addresses, this.#lastError)
      }
      leader = await members.leader()
      if (this.#isClosed) return
      this.#adopt(rpc.stream(leader.address, pdMethods.tso), leader)
    } catch (error) {
      this.#failed(error, leader)
    } finally {
      this.#isConnecting = false
      this.#schedule()
    }
  }

  #adopt(call: RpcCallStream<TsoRequest, TsoResponse>, leader: PdLeader): void {
    this.#stream = { call, leader }
    const isCurrent = () => this.#stream?.call === call
    call.onMessage((reply) => {
      if (isCurrent()) this.#answer(reply)
    })
    call.onEnd((error) => {
      if (isCurrent()) this.#failed(error ?? new PdProtocolError('the stream of timestamps was ended'), leader)
    })
  }

  #answer({ header, count, timestamp }: TsoResponse): void {
    const batch = this.#inFlight.shift()
    if (batch === undefined || header?.error !== undefined || timestamp === undefined || count !== batch.count) {
      if (batch !== undefined) this.#inFlight.unshift(batch)
      this.#failed(new PdProtocolError(header?.error?.message ?? 'a reply with timestamps does not fit its request'))
      return
    }
    const last = composeTimestamp(timestamp.physical, timestamp.logical)
    let next = last - BigInt(count)
    if (next < this.#greatest) {
      // Handing these out could undo what was committed since: whoever asked has to hear of it.
      const error = new PdProtocolError(`timestamps went back: ${last} for ${count} after ${this.#greatest}`)
      for (const waiter of batch.waiters) settle(waiter, () => waiter.reject(error))
      this.#failed(error)
      return
    }
    this.#greatest = last
    this.#lastError = undefined
    this.#retries = undefined
    for (const waiter of batch.waiters) {
      next += BigInt(waiter.count)
      const given = next
      settle(waiter, () => waiter.resolve(given))
    }
    this.#flush()
  }

  /** The stream is of no use any more, or there is none to be had. */
  #failed(error: unknown, leader: PdLeader | undefined = this.#stream?.leader): void {
    this.#stream?.call.cancel()
    this.#stream = undefined
    this.#lastError = error
    if (leader !== undefined) this.#deps.members.forget(leader)
    // In their old order, before all who came later.
    this.#waiting = [...this.#inFlight.flatMap(({ waiters }) => waiters), ...this.#waiting]
    this.#inFlight = []
    if (!isPassing(error) && !isOfThisStream(error)) this.#rejectAll(error)
    this.#schedule()
  }

  #rejectAll(error: unknown): void {
    const waiters = [...this.#inFlight.flatMap((batch) => batch.waiters), ...this.#waiting]
    this.#inFlight = []
    this.#waiting = []
    for (const waiter of waiters) settle(waiter, () => waiter.reject(error))
  }

  /** One timer for all who wait: one each would cost more than the timestamp. */
  #startWatch(): void {
    this.#watch ??= this.#deps.clock.after(this.#options.timeoutMs / 4, () => {
      this.#watch = undefined
      this.#expire()
      if (this.#waiting.length > 0 || this.#inFlight.length > 0) this.#startWatch()
    })
  }

  #expire(): void {
    const now = this.#deps.clock.now()
    const oldest = this.#inFlight[0]
    if (oldest !== undefined && now - oldest.sentAt >= this.#options.timeoutMs) {
      this.#failed(new PdProtocolError(`no timestamps came within ${this.#options.timeoutMs} ms`))
    }
    for (const waiter of this.#waiting) {
      if (now < waiter.expiresAt) continue
      const error = new PdUnavailableError(this.#deps.members.addresses, this.#lastError)
      settle(waiter, () => waiter.reject(error))
    }
    this.#waiting = this.#waiting.filter(({ isSettled }) => !isSettled)
  }
}

const passingStatuses: ReadonlySet<number> = new Set([
  rpcStatus.unknown,
  rpcStatus.resourceExhausted,
  rpcStatus.internal,
])

/** Ends of a stream that say nothing against the next one: an allocator that is still loading ends them with UNKNOWN. */
function isOfThisStream(error: unknown): boolean {
  if (error instanceof PdProtocolError) return true
  return error instanceof RpcStatusError && passingStatuses.has(error.status)
}

function settle(waiter: Waiter, tell: () => void): void {
  if (waiter.isSettled) return
  waiter.isSettled = true
  waiter.leave?.()
  tell()
}
