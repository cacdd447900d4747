import type { Clock, Instant } from '@stratakv/core'

/** What may go at once after a rest: no caller waits for less. */
const burstMs = 50

/** So many bytes a second, over all who ask: each is told to wait until what was given out before is used up. */
export class ByteRate {
  readonly #clock: Clock
  readonly #bytesPerSecond: number
  /** Until then what was given out lasts. */
  #paidUntil: Instant = Number.NEGATIVE_INFINITY

  /** @param bytesPerSecond 0: no limit */
  constructor(clock: Clock, bytesPerSecond: number) {
    this.#clock = clock
    this.#bytesPerSecond = bytesPerSecond
  }

  /** Resolves when as many bytes may go. */
  async take(byteCount: number): Promise<void> {
    if (this.#bytesPerSecond === 0) return
    const now = this.#clock.now()
    const startsAt = Math.max(now, this.#paidUntil)
    this.#paidUntil = startsAt + (byteCount / this.#bytesPerSecond) * 1000
    const waitMs = startsAt - now
    if (waitMs > burstMs) await new Promise<void>((resolve) => this.#clock.after(waitMs, resolve))
  }
}
