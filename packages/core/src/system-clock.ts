import type { Clock, Instant, Timer } from './clock.ts'

/** `setTimeout` takes a 32-bit number of milliseconds and fires at once beyond it. */
const timeoutMsMax = 2 ** 31 - 1

/** The machine's clocks and timers. One of the two files in which they may be touched. */
export function systemClock(): Clock {
  return {
    now: () => performance.now() as Instant,
    unixMs: () => Date.now(),
    after: startTimer,
  }
}

function startTimer(delayMs: number, fire: () => void): Timer {
  const due = performance.now() + delayMs
  let handle = arm(delayMs)

  function arm(leftMs: number): ReturnType<typeof setTimeout> {
    return setTimeout(check, Math.min(Math.ceil(leftMs), timeoutMsMax))
  }

  // Timers count whole milliseconds from a truncated start, so one can come a fraction early; and a long delay comes in parts.
  function check(): void {
    const leftMs = due - performance.now()
    if (leftMs > 0) handle = arm(leftMs)
    else fire()
  }

  return { cancel: () => clearTimeout(handle) }
}
