import type { Clock, Instant, Timer } from '@stratakv/core'
import type { ApplyLoop } from './apply-loop.ts'

/** How long after a reader had to wait others may follow. */
const readersStayMs = 1000

export interface ApplyPaceDeps {
  readonly clock: Clock
  readonly applyLoop: Pick<ApplyLoop, 'isWaiting' | 'isUrgent' | 'start'>
  readonly schedule: (run: () => void) => void
  readonly isTurnScheduled: () => boolean
}

export interface ApplyPaceOptions {
  /** How long writes that were answered for gather, while nobody reads. */
  readonly applyDelayMs: number
}

/**
 * When the engine is written, and who waits for it. While nobody reads what was just written, plain writes are answered before, and gather
 * for a while, so that many share a hand-over to the engine. Once a reader has had to wait, it is the writers who do, for a second, and
 * the engine is written in the turn that comes next: behind the answers, and behind the log, for which more is waiting.
 */
export class ApplyPace {
  readonly #deps: ApplyPaceDeps
  readonly #delayMs: number
  #isScheduled = false
  #timer: Timer | undefined
  #readersUntil: Instant = Number.NEGATIVE_INFINITY

  constructor(deps: ApplyPaceDeps, { applyDelayMs }: ApplyPaceOptions) {
    this.#deps = deps
    this.#delayMs = applyDelayMs
  }

  /** Whether readers follow writers closely. */
  get hasReaders(): boolean {
    return this.#deps.clock.now() < this.#readersUntil
  }

  /** At the end of a turn. */
  turned(): void {
    const { clock, applyLoop, schedule, isTurnScheduled } = this.#deps
    if (!applyLoop.isWaiting || this.#isScheduled) return
    if (!applyLoop.isUrgent && !this.hasReaders) {
      this.#timer ??= clock.after(this.#delayMs, () => {
        this.#timer = undefined
        applyLoop.start()
      })
      return
    }
    this.#isScheduled = true
    const start = () => {
      this.#isScheduled = false
      applyLoop.start()
    }
    schedule(() => (isTurnScheduled() ? schedule(start) : start()))
  }

  /** Somebody waits for what is decided. */
  readerWaits(): void {
    const { clock, applyLoop } = this.#deps
    this.#readersUntil = clock.now() + readersStayMs
    applyLoop.start()
  }

  close(): void {
    this.#timer?.cancel()
  }
}
