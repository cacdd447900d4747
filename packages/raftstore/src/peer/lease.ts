import type { Instant, Term } from '@stratakv/core'

/**
 * Until when a leader may answer reads by itself: nobody else can have been elected before, as voters that have heard of it
 * ignore candidates for an election timeout (check-quorum), which is longer than the lease by a tick at least. It is counted
 * from before the message that a majority answered was sent. (Raft dissertation, section 6.4.1.)
 *
 * A hand-over breaks that promise, as it tells a voter to campaign at once, and the message may come late: once one was offered,
 * the term has no lease any more.
 */
export class Lease {
  readonly #lengthMs: number
  #until: Instant = Number.NEGATIVE_INFINITY
  #term: Term = 0
  #forfeitedTerm: Term = 0

  constructor(lengthMs: number) {
    this.#lengthMs = lengthMs
  }

  /** A majority has heard of the leader of `term` from a message that was sent at `sentAt` or later. */
  renew(term: Term, sentAt: Instant): void {
    if (term === this.#forfeitedTerm) return
    if (term !== this.#term) this.#until = Number.NEGATIVE_INFINITY
    this.#term = term
    this.#until = Math.max(this.#until, sentAt + this.#lengthMs)
  }

  /** Leadership was offered to another. */
  forfeit(term: Term): void {
    this.#forfeitedTerm = term
    this.expire()
  }

  expire(): void {
    this.#until = Number.NEGATIVE_INFINITY
  }

  isValid(term: Term, now: Instant): boolean {
    return term === this.#term && now < this.#until
  }

  /** Whether it should be renewed before it runs out, as readers come. */
  isEnding(now: Instant): boolean {
    return now >= this.#until - this.#lengthMs / 4
  }
}
