import type { Clock, Timer } from '@stratakv/core'

/** Timers fire late by up to this much. */
const timerSlackMs = 2

/** Wakes waiters at their instant, more exactly than a timer: for the last stretch it looks at the clock on every turn of the loop. */
export class Pacer {
  private readonly clock: Clock
  private readonly waiting: { readonly at: number; readonly wake: () => void }[] = []
  /** Armed while all waiters are far off. */
  private timer: Timer | undefined
  /** A turn is to come with the next round of the event loop. */
  private looking = false

  constructor(clock: Clock) {
    this.clock = clock
  }

  /** `at` in milliseconds of the clock; undefined when that has passed. */
  until(at: number): Promise<void> | undefined {
    if (this.clock.now() >= at) return undefined
    return new Promise((wake) => {
      this.waiting.push({ at, wake })
      // The new one may be the first to be woken.
      if (!this.looking) this.turn()
    })
  }

  private readonly turn = (): void => {
    this.looking = false
    this.timer?.cancel()
    this.timer = undefined
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
    if (this.waiting.length === 0) return
    if (next - now > timerSlackMs) {
      this.timer = this.clock.after(next - now - timerSlackMs, this.turn)
    } else {
      this.looking = true
      setImmediate(this.turn)
    }
  }
}
