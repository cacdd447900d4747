import type { Clock, Instant } from '@stratakv/core'

/** How long a cluster that declined is not offered again, milliseconds. */
const pauseMs = 60_000

/**
 * Whether to offer stores to find the commit timestamp themselves. Offering costs a timestamp up front, which is lost when the
 * offer is declined: a cluster that declines is left alone for a while.
 */
export class CommitOffers {
  readonly #clock: Clock
  #pausedUntil: Instant = Number.NEGATIVE_INFINITY

  constructor(deps: { readonly clock: Clock }) {
    this.#clock = deps.clock
  }

  get areWelcome(): boolean {
    return this.#clock.now() >= this.#pausedUntil
  }

  declined(): void {
    this.#pausedUntil = this.#clock.now() + pauseMs
  }
}
