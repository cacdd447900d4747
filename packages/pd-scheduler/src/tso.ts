import { assert, composeTimestamp, type Instant, logicalCount, type Timestamp } from '@stratakv/core'

export interface TsoOptions {
  /**
   * How far ahead of the clock the durable window reaches, ms. After a crash timestamps restart at its end, so this is also
   * how far they may run ahead of the clock then; and it is how rarely the disk is touched.
   */
  readonly windowMs: number
  /** Rest of the window at which the next one is saved in the background, ms. Above the time one sync may take. */
  readonly renewAtMs: number
  /**
   * Shortest time between two steps of the physical part that the clock did not make, ms. It bounds how fast timestamps
   * can run away from a clock that stands still or was set back: by 1 ms each time.
   */
  readonly forcedStepMs: number
}

/** TiKV's PD: 3 s windows (`tso-save-interval`), one step each 50 ms (`tso-update-physical-interval`). */
export const defaultTsoOptions: TsoOptions = { windowMs: 3000, renewAtMs: 1000, forcedStepMs: 50 }

/** The most that a window is made longer because saving the one before took longer than it lasted, ms. */
const extraWindowMsMax = 60_000

export type TsoVerdict =
  /** The last of the timestamps asked for. */
  | { readonly kind: 'granted'; readonly timestamp: Timestamp }
  /** Save a window that ends at `endMs`, report it with `windowSaved`, ask again. */
  | { readonly kind: 'window'; readonly endMs: number }
  /** The logical part is used up: ask again after `delayMs`. */
  | { readonly kind: 'wait'; readonly delayMs: number }

/**
 * Decides which timestamps to give out. It does no I/O and reads no clock: `unixMs` may step either way, `now` never goes
 * back.
 *
 * Invariants: every timestamp is greater than all given before; its physical part is below the end of a window that was
 * saved first (`physicalMs < windowEndMs`), and a restart begins above that end, so nothing is given out twice even if the
 * process dies between saving and using a window.
 *
 * Unlike PD, which moves its physical part by a timer, this moves it when asked. An idle placement driver then touches no
 * disk, and timestamps lie closer to the clock.
 */
export class TsoAllocator {
  readonly #options: TsoOptions
  #physicalMs: number
  /** The next unused logical value at `#physicalMs`. */
  #logicalNext = 0
  /** When `#physicalMs` last moved. */
  #movedAt: Instant
  /** Durable, exclusive. */
  #windowEndMs: number
  /** Physical part for which a window was first asked, while nothing was granted since. */
  #unservedSinceMs: number | undefined

  /** @param savedWindowEndMs the end of the last window that was saved; 0 when none was */
  constructor(options: TsoOptions, savedWindowEndMs: number, unixMs: number, now: Instant) {
    assert(options.renewAtMs < options.windowMs, 'a window must be longer than the rest at which it is renewed')
    this.#options = options
    this.#windowEndMs = savedWindowEndMs
    // Ahead of the saved end even when the clock was set back since: nobody knows how much of that window was used.
    this.#physicalMs = unixMs - savedWindowEndMs >= 1 ? unixMs : savedWindowEndMs + 1
    this.#movedAt = now
  }

  /** Physical part of the newest timestamps, ms since the Unix epoch. */
  get physicalMs(): number {
    return this.#physicalMs
  }

  /** @param count a whole number from 1 to 2^18 */
  take(unixMs: number, now: Instant, count: number): TsoVerdict {
    if (unixMs > this.#physicalMs) this.#moveTo(unixMs, now)
    // The new physical part may lie past the window. It is taken on all the same, unexposed: with the window that is
    // saved next it becomes usable, and idle time cannot pile up timestamps that lag behind the clock.
    if (this.#physicalMs >= this.#windowEndMs) return this.#window()
    if (this.#logicalNext + count > logicalCount) {
      const sinceMove = now - this.#movedAt
      // The clock is about to move on by itself in the common case; it is asked again within a millisecond. A clock that
      // was set back would let everybody wait for its return: then the physical part moves without it.
      if (sinceMove < this.#options.forcedStepMs) {
        const rest = this.#options.forcedStepMs - sinceMove
        return { kind: 'wait', delayMs: this.#physicalMs - unixMs < 1 ? Math.min(1, rest) : rest }
      }
      this.#moveTo(this.#physicalMs + 1, now)
      if (this.#physicalMs >= this.#windowEndMs) return this.#window()
    }
    this.#logicalNext += count
    this.#unservedSinceMs = undefined
    return { kind: 'granted', timestamp: composeTimestamp(this.#physicalMs, this.#logicalNext - 1) }
  }

  /** The end of the window that should be saved soon, or `undefined` while the current one is long enough. */
  renewal(): number | undefined {
    const restMs = this.#windowEndMs - this.#physicalMs
    return restMs <= this.#options.renewAtMs ? this.#physicalMs + this.#options.windowMs : undefined
  }

  /** A window is durable. */
  windowSaved(endMs: number): void {
    this.#windowEndMs = Math.max(this.#windowEndMs, endMs)
  }

  #moveTo(physicalMs: number, now: Instant): void {
    this.#physicalMs = physicalMs
    this.#logicalNext = 0
    this.#movedAt = now
  }

  #window(): TsoVerdict {
    // A window that is over when it is durable serves nobody, and on a disk that slow neither would the next of its length.
    this.#unservedSinceMs ??= this.#physicalMs
    const unservedMs = this.#physicalMs - this.#unservedSinceMs
    const extraMs = unservedMs < this.#options.windowMs ? 0 : Math.min(unservedMs, extraWindowMsMax)
    return { kind: 'window', endMs: this.#physicalMs + this.#options.windowMs + extraMs }
  }
}
