import { assert, type Instant } from '@stratakv/core'

/**
 * A pace in bytes a second. It only decides: the caller waits. Pure.
 *
 * What was not used is not saved up, beyond a tenth of a second's worth: after a pause there is no burst.
 */
export class RateLimit {
  readonly #bytesPerMs: number
  readonly #burstMs = 100
  /** When what was taken so far is paid for. */
  #paidAt = Number.NEGATIVE_INFINITY

  /** @param bytesPerSecond above 0; Infinity for none */
  constructor(bytesPerSecond: number) {
    assert(bytesPerSecond > 0, 'a pace is above zero')
    this.#bytesPerMs = bytesPerSecond / 1000
  }

  /** How long to wait before `bytes` go out. They count as taken. Milliseconds. */
  take(bytes: number, now: Instant): number {
    const from = Math.max(this.#paidAt, now - this.#burstMs)
    this.#paidAt = from + bytes / this.#bytesPerMs
    return Math.max(0, from - now)
  }
}
