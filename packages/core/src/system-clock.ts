import type { Clock, Instant } from './clock.ts'

/** The machine's clocks and timers. One of the two files in which they may be touched. */
export function systemClock(): Clock {
  return {
    now: () => performance.now() as Instant,
    unixMs: () => Date.now(),
    after(delayMs, fire) {
      const handle = setTimeout(fire, delayMs)
      return { cancel: () => clearTimeout(handle) }
    },
  }
}
