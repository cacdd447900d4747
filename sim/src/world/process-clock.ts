import { type Clock, type Instant, sleep, type Timer } from '@stratakv/core'

export interface ProcessClockOptions {
  /** Of this machine's monotonic clock: 1.01 runs one percent fast. */
  readonly rate: number
  /** What its wall clock is ahead by; may be negative. */
  readonly wallOffsetMs: number
}

/**
 * The time of one process on one machine, over the time of the world. Whatever happens to a process comes in by its timers (also
 * what its disk and network have to tell), so it can be stopped like one: while it is paused nothing happens, and after `kill` never again.
 */
export class ProcessClock implements Clock {
  readonly #world: Clock
  readonly #rate: number
  readonly #startedAt: Instant
  #wallOffsetMs: number
  #state: 'running' | 'paused' | 'killed' = 'running'
  /** What fell due while it was paused, in order. */
  #due: (() => void)[] = []

  constructor(world: Clock, options: ProcessClockOptions) {
    this.#world = world
    this.#rate = options.rate
    this.#wallOffsetMs = options.wallOffsetMs
    this.#startedAt = world.now()
  }

  get isKilled(): boolean {
    return this.#state === 'killed'
  }

  now(): Instant {
    return (this.#world.now() - this.#startedAt) * this.#rate
  }

  unixMs(): number {
    return this.#world.unixMs() + this.#wallOffsetMs
  }

  stepWall(ms: number): void {
    this.#wallOffsetMs += ms
  }

  after(delayMs: number, fire: () => void): Timer {
    let isCancelled = false
    const run = () => {
      if (isCancelled || this.#state === 'killed') return
      if (this.#state === 'paused') this.#due.push(run)
      else fire()
    }
    const timer = this.#state === 'killed' ? undefined : this.#world.after(delayMs / this.#rate, run)
    return {
      cancel() {
        isCancelled = true
        timer?.cancel()
      },
    }
  }

  /** As SIGSTOP: time goes on, the process does not. */
  pause(): void {
    if (this.#state === 'running') this.#state = 'paused'
  }

  resume(): void {
    if (this.#state !== 'paused') return
    this.#state = 'running'
    const due = this.#due
    this.#due = []
    for (const run of due) this.#world.after(0, run)
  }

  /** As SIGKILL: what was promised to it never comes. */
  kill(): void {
    this.#state = 'killed'
    this.#due = []
  }

  /** Resolves when the process runs: at once, later, or never. */
  async running(): Promise<void> {
    while (this.#state !== 'running') await sleep(this, 0)
  }
}
