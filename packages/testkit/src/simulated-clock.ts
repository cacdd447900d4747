import { assert, type Clock, type Instant, StrataError, type Timer } from '@stratakv/core'
import { settled } from './event-loop.ts'

export interface SimulatedClockOptions {
  /** What `unixMs` answers at the start; whole milliseconds since the Unix epoch. */
  readonly unixMs?: number
}

/** A timer that waits for the test to move time. */
export interface PendingTimer {
  readonly armedAt: Instant
  readonly firesAt: Instant
}

/**
 * Time that stands still until the test moves it. `now()` starts at 0.
 *
 * Only promises are waited for between two timers. Work on real threads, files or sockets takes real time, which this
 * clock does not see: keep it out of simulated tests, or await it yourself before moving on.
 */
export interface SimulatedClock extends Clock {
  /**
   * Moves time by `ms`, firing what falls due in order of due time, then of arming. After each firing every promise
   * that can settle has settled before the next one fires, so a chain of timers runs as it would in real time. Calls must not overlap.
   */
  advance(ms: number): Promise<void>
  /** Moves to the next timer and fires all that are due there. False, and no time passes, when none is armed. */
  advanceToNext(): Promise<boolean>
  /** Fires timers until `promise` settles, and gives its result. @throws StillPendingError when it would take more than `withinMs`, or nothing is left that could settle it. */
  settle<T>(promise: Promise<T>, withinMs: number): Promise<T>
  /** Steps the wall clock by `ms`, either way. Timers do not notice. */
  stepWall(ms: number): void
  /** In the order in which they would fire. */
  pendingTimers(): readonly PendingTimer[]
  /** For the end of a test. @throws TimersPendingError when a timer was never reached: somebody forgot to advance, or to cancel. */
  assertIdle(): void
}

/** A timer was left armed where none should be. */
export class TimersPendingError extends StrataError {
  readonly code = 'TESTKIT_TIMERS_PENDING'
  readonly timers: readonly PendingTimer[]
  constructor(now: Instant, timers: readonly PendingTimer[]) {
    const due = timers.map((timer) => `${timer.firesAt} (armed at ${timer.armedAt})`).join(', ')
    super(`the clock stands at ${now} ms and these timers never fired: ${due}; advance it, or cancel them`)
    this.timers = timers
  }
}

/** A promise that the test waits for did not settle in the simulated time it was given. */
export class StillPendingError extends StrataError {
  readonly code = 'TESTKIT_STILL_PENDING'
  readonly passedMs: number
  readonly timerCount: number
  constructor(passedMs: number, timerCount: number) {
    super(`the promise did not settle in ${passedMs} simulated ms; ${timerCount} timers are armed`)
    this.passedMs = passedMs
    this.timerCount = timerCount
  }
}

interface ArmedTimer extends PendingTimer {
  readonly order: number
  readonly fire: () => void
}

export function simulatedClock(options: SimulatedClockOptions = {}): SimulatedClock {
  let now = 0
  let wallOffsetMs = options.unixMs ?? Date.UTC(2023, 0, 1)
  let armedCount = 0
  let moving = false
  // Sorted by due time, then by arming. Tests arm few timers: a sorted array is plain and fast enough.
  const timers: ArmedTimer[] = []

  function arm(delayMs: number, fire: () => void): Timer {
    assert(!Number.isNaN(delayMs), 'a delay is a number')
    const timer: ArmedTimer = { armedAt: now, firesAt: now + Math.max(0, delayMs), order: armedCount++, fire }
    let at = timers.length
    while (at > 0 && timers[at - 1]!.firesAt > timer.firesAt) at--
    timers.splice(at, 0, timer)
    return {
      cancel() {
        const index = timers.indexOf(timer)
        if (index >= 0) timers.splice(index, 1)
      },
    }
  }

  /** Fires what is due by `target`, one at a time, while `goOn` says so. Leaves the clock at `target` unless stopped. */
  async function move(target: number, goOn: () => boolean): Promise<void> {
    assert(!moving, 'two advances of one simulated clock overlap')
    moving = true
    try {
      await settled()
      while (goOn()) {
        const next = timers[0]
        if (next === undefined || next.firesAt > target) {
          now = Math.max(now, target)
          return
        }
        timers.shift()
        now = Math.max(now, next.firesAt)
        next.fire()
        await settled()
      }
    } finally {
      moving = false
    }
  }

  return {
    now: () => now,
    unixMs: () => Math.floor(wallOffsetMs + now),
    after: arm,
    advance(ms) {
      assert(ms >= 0, 'time only moves forward')
      return move(now + ms, () => true)
    },
    async advanceToNext() {
      await settled()
      const next = timers[0]
      if (next === undefined) return false
      await move(next.firesAt, () => true)
      return true
    },
    async settle(promise, withinMs) {
      let done = false
      const watched = promise.finally(() => {
        done = true
      })
      // Handled here as well: the rejection must not count as unhandled while timers are still being fired.
      watched.catch(() => {})
      const start = now
      const deadline = now + withinMs
      await settled()
      while (!done) {
        const next = timers[0]
        if (next === undefined || next.firesAt > deadline) throw new StillPendingError(now - start, timers.length)
        await move(next.firesAt, () => !done)
      }
      return watched
    },
    stepWall(ms) {
      wallOffsetMs += ms
    },
    pendingTimers: () => timers.map(({ armedAt, firesAt }) => ({ armedAt, firesAt })),
    assertIdle() {
      if (timers.length > 0) throw new TimersPendingError(now, this.pendingTimers())
    },
  }
}
