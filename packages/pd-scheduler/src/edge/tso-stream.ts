import {
  type Clock,
  type Histogram,
  type Instant,
  logicalPart,
  type MethodBinding,
  physicalMs,
  RpcStatusError,
  type RpcStream,
  rpcStatus,
  streaming,
  type Timestamp,
} from '@stratakv/core'
import { pdMethods } from '@stratakv/proto'
import type { TsoRequest, TsoResponse } from '@stratakv/proto/pdpb'
import type { EmbeddedPlacementDriver } from '../placement-driver.ts'
import { checkClusterId, checkForwarding, responseHeader, toStatusError } from './pd-call.ts'
import type { PdServicesDeps } from './services.ts'

/** Requests of one stream that may wait; above it the stream is paused, not refused. */
const waitingMax = 1024

/**
 * Timestamps: one reply a request, in order. The common request is answered within the call that brings it.
 *
 * client-java uses the stream like a unary call: one message, half-close, and it expects one reply and an OK end. So the
 * stream ends by itself once the caller has, and only then: TiKV takes any other end for a lost leader.
 */
export function tsoBinding(pd: EmbeddedPlacementDriver, { clock, telemetry }: PdServicesDeps): MethodBinding {
  const duration = telemetry.histogram({
    name: 'pd_server_handle_tso_duration_seconds',
    help: 'From the arrival of a timestamp request to its answer.',
  })
  return streaming(pdMethods.tso, (stream) => {
    new TsoStream(pd, stream, clock, duration)
  })
}

interface WaitingRequest {
  readonly request: TsoRequest
  readonly since: Instant
}

class TsoStream {
  readonly #pd: EmbeddedPlacementDriver
  readonly #stream: RpcStream<TsoRequest, TsoResponse>
  readonly #clock: Clock
  readonly #duration: Histogram
  readonly #waiting: WaitingRequest[] = []
  /** The first in line waits for the disk or the clock. */
  #awaiting = false
  /** The caller does not read. */
  #full = false
  #paused = false
  #halfClosed = false
  #ended = false

  constructor(
    pd: EmbeddedPlacementDriver,
    stream: RpcStream<TsoRequest, TsoResponse>,
    clock: Clock,
    duration: Histogram,
  ) {
    this.#pd = pd
    this.#stream = stream
    this.#clock = clock
    this.#duration = duration
    stream.onMessage((request) => this.#receive(request))
    stream.onHalfClose(() => {
      this.#halfClosed = true
      this.#advance()
    })
    stream.onDrain(() => {
      this.#full = false
      this.#advance()
    })
    stream.signal.addEventListener('abort', () => {
      this.#ended = true
      this.#waiting.length = 0
    })
    try {
      checkForwarding(pd, stream)
    } catch (error) {
      this.#fail(error)
    }
  }

  #receive(request: TsoRequest): void {
    if (this.#ended) return
    this.#waiting.push({ request, since: this.#clock.now() })
    this.#advance()
    if (this.#waiting.length >= waitingMax && !this.#paused) {
      this.#paused = true
      this.#stream.pause()
    }
  }

  #advance(): void {
    try {
      while (!this.#awaiting && !this.#full && !this.#ended) {
        const next = this.#waiting[0]
        if (next === undefined) break
        this.#check(next.request)
        const timestamp = this.#pd.tryTimestamps(next.request.count)
        if (timestamp === undefined) {
          this.#waitFor(next)
          return
        }
        this.#waiting.shift()
        this.#answer(next, timestamp)
      }
    } catch (error) {
      this.#fail(error)
      return
    }
    if (this.#paused && this.#waiting.length < waitingMax / 2) {
      this.#paused = false
      this.#stream.resume()
    }
    if (this.#halfClosed && this.#waiting.length === 0 && !this.#ended) {
      this.#ended = true
      this.#stream.end()
    }
  }

  #waitFor(next: WaitingRequest): void {
    this.#awaiting = true
    this.#pd.timestamps(next.request.count).then(
      (timestamp) => {
        // The call may have been given up meanwhile: the timestamp is then lost, which harms nobody.
        if (this.#ended) return
        this.#awaiting = false
        this.#waiting.shift()
        this.#answer(next, timestamp)
        this.#advance()
      },
      (error) => this.#fail(error),
    )
  }

  #answer({ request, since }: WaitingRequest, timestamp: Timestamp): void {
    const drained = this.#stream.write({
      header: responseHeader(this.#pd),
      count: request.count,
      timestamp: { physical: physicalMs(timestamp), logical: logicalPart(timestamp), suffixBits: 0 },
    })
    this.#duration.observe((this.#clock.now() - since) / 1000)
    if (!drained) this.#full = true
  }

  #check(request: TsoRequest): void {
    checkClusterId(this.#pd, request.header)
    if (request.dcLocation !== '' && request.dcLocation !== 'global') {
      throw new RpcStatusError(rpcStatus.unknown, `there is no timestamp allocator for ${request.dcLocation}`)
    }
  }

  #fail(error: unknown): void {
    if (this.#ended) return
    this.#ended = true
    this.#waiting.length = 0
    this.#stream.fail(toStatusError(error))
  }
}
