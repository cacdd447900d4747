/** A point on the monotonic time line of one {@link Clock}, in milliseconds (fractions allowed). Not comparable between clocks. */
export type Instant = number & { readonly brand?: 'Instant' }

/** A timer that has not fired. Cancelling one that has fired, or twice, does nothing. */
export interface Timer {
  cancel(): void
}

/** All time comes from here. */
export interface Clock {
  /** Monotonic: never less than an earlier answer. */
  now(): Instant
  /** Wall clock, whole milliseconds since the Unix epoch. May step either way. */
  unixMs(): number
  /** Calls `fire` once, not before `delayMs` have passed, never within this call. An armed timer keeps the process alive. */
  after(delayMs: number, fire: () => void): Timer
}

/** Resolves when `delayMs` have passed on `clock`. */
export function sleep(clock: Clock, delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(delayMs, resolve)
  })
}
