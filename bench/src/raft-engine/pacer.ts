import type { Clock } from '@stratakv/core'

/** Timers fire late by up to this much. */
const timerSlackMs = 2

/** Wakes waiters at their instant, more exactly than a timer: for the last stretch it looks at the clock on every turn of the loop. */
export class Pacer {
  private readonly clock: Clock
  private readonly waiting: { readonly at: number; readonly wake: () => void }[] = []
  private running = false

  constructor(clock: Clock) {
    this.clock = clock
  }

  /** `at` in milliseconds of the clock. */
  until(at: number): Promise<void> | undefined {
    if (this.clock.now() >= at) return undefined
    return new Promise((wake) => {
      this.waiting.push({ at, wake })
      if (!this.running) this.turn()
    })
  }

  private readonly turn = (): void => {
    const now = this.clock.now()
    let next = Number.POSITIVE_INFINITY
    for (let index = this.waiting.length - 1; index >= 0; index--) {
      const { at, wake } = this.waiting[index]!
      if (at > now) {
        next = Math.min(next, at)
        continue
      }
      this.waiting.splice(index, 1)
      wake()
    }
    this.running = this.waiting.length > 0
    if (!this.running) return
    if (next - now > timerSlackMs) this.clock.after(next - now - timerSlackMs, this.turn)
    else setImmediate(this.turn)
  }
}
