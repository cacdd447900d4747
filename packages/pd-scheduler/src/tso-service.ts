import {
  type Clock,
  ClosedError,
  type Counter,
  type Gauge,
  logicalCount,
  sleep,
  type Telemetry,
  type Timestamp,
} from '@stratakv/core'
import { InvalidCountError, PdBusyError } from './errors.ts'
import type { TsoAllocator } from './tso.ts'

export interface TsoServiceDeps {
  readonly clock: Clock
  readonly telemetry: Telemetry
  /** Makes the end of a window durable, ms since the Unix epoch. */
  saveWindow(endMs: number): Promise<void>
}

/** Callers that may wait for a window or for the next millisecond; beyond it {@link PdBusyError}. */
const waitersMax = 65_536

interface Waiter {
  readonly count: number
  resolve(timestamp: Timestamp): void
  reject(error: unknown): void
}

/** Drives a {@link TsoAllocator}: asks the clock, saves windows, keeps callers in line while one is saved. */
export class TsoService {
  readonly #allocator: TsoAllocator
  readonly #deps: TsoServiceDeps
  readonly #events: Counter
  readonly #physical: Gauge
  readonly #gap: Gauge
  readonly #waiters: Waiter[] = []
  #serving = false
  #saving: Promise<void> | undefined
  #closed = false

  constructor(allocator: TsoAllocator, deps: TsoServiceDeps) {
    this.#allocator = allocator
    this.#deps = deps
    const { telemetry } = deps
    this.#events = telemetry.counter({ name: 'pd_tso_events', help: 'Timestamp allocator events.', labels: ['type'] })
    this.#physical = telemetry.gauge({ name: 'pd_cluster_tso', help: 'Physical part of the last window saved, ms.' })
    this.#gap = telemetry.gauge({
      name: 'pd_cluster_tso_gap_millionseconds',
      help: 'How far the wall clock was from the timestamps when a window was saved, ms.',
    })
  }

  /** Where timestamps and the clock agree the time is: never behind a timestamp that was given out. Unix ms. */
  unixMs(): number {
    return Math.max(this.#deps.clock.unixMs(), this.#allocator.physicalMs)
  }

  /**
   * The last of `count` timestamps, when that needs no waiting. `undefined`: call {@link TsoService.take}.
   * @throws InvalidCountError, ClosedError
   */
  tryTake(count: number): Timestamp | undefined {
    checkCount(count)
    if (this.#closed) throw new ClosedError('placement driver')
    // Those in line came first.
    if (this.#waiters.length > 0) return undefined
    const { clock } = this.#deps
    const verdict = this.#allocator.take(clock.unixMs(), clock.now(), count)
    if (verdict.kind !== 'granted') return undefined
    this.#renew()
    return verdict.timestamp
  }

  /** The last of `count` timestamps. @throws InvalidCountError, PdBusyError, ClosedError, MetadataPoisonedError */
  async take(count: number): Promise<Timestamp> {
    const timestamp = this.tryTake(count)
    if (timestamp !== undefined) return timestamp
    if (this.#waiters.length >= waitersMax) throw new PdBusyError('timestamp requests', waitersMax)
    return new Promise((resolve, reject) => {
      this.#waiters.push({ count, resolve, reject })
      if (!this.#serving) this.#serveWaiters()
    })
  }

  /** Turns away the callers in line; resolves when no window is being saved any more. */
  async close(): Promise<void> {
    this.#closed = true
    for (const waiter of this.#waiters.splice(0)) waiter.reject(new ClosedError('placement driver'))
    await Promise.allSettled([this.#saving])
  }

  async #serveWaiters(): Promise<void> {
    this.#serving = true
    const { clock } = this.#deps
    while (this.#waiters.length > 0) {
      const waiter = this.#waiters[0]!
      try {
        const verdict = this.#allocator.take(clock.unixMs(), clock.now(), waiter.count)
        if (verdict.kind === 'granted') {
          this.#waiters.shift()
          waiter.resolve(verdict.timestamp)
        } else if (verdict.kind === 'window') {
          this.#events.add(1, 'wait_window')
          await (this.#saving ?? this.#save(verdict.endMs))
        } else {
          // At most one forced step for the first in line, whatever the clock does.
          this.#events.add(1, 'logical_overflow')
          await sleep(clock, verdict.delayMs)
        }
      } catch (error) {
        this.#waiters.shift()
        waiter.reject(error)
      }
    }
    this.#serving = false
  }

  #renew(): void {
    if (this.#saving !== undefined) return
    const endMs = this.#allocator.renewal()
    if (endMs === undefined) return
    // A failure is not lost: it poisons the metadata store, and whoever needs the window hears of it.
    this.#save(endMs).catch(() => this.#events.add(1, 'err_save'))
  }

  #save(endMs: number): Promise<void> {
    const saving = this.#deps.saveWindow(endMs).then(
      () => {
        this.#saving = undefined
        this.#allocator.windowSaved(endMs)
        this.#events.add(1, 'save')
        this.#physical.set(endMs)
        this.#gap.set(this.#allocator.physicalMs - this.#deps.clock.unixMs())
      },
      (error) => {
        this.#saving = undefined
        throw error
      },
    )
    this.#saving = saving
    return saving
  }
}

function checkCount(count: number): void {
  if (!Number.isInteger(count) || count < 1 || count > logicalCount)
    throw new InvalidCountError('tso', count, logicalCount)
}
