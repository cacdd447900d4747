import { RaftLogPoisonedError } from '@stratakv/core'

/** Set once when the log's end is in doubt; nothing is written from then on. */
export class Poison {
  #cause: unknown
  #isSet = false

  get isSet(): boolean {
    return this.#isSet
  }

  /** The first cause stays. Returns the error that callers get. */
  set(cause: unknown): RaftLogPoisonedError {
    if (!this.#isSet) this.#cause = cause
    this.#isSet = true
    return this.error()
  }

  error(): RaftLogPoisonedError {
    return new RaftLogPoisonedError({ cause: this.#cause })
  }

  /** @throws RaftLogPoisonedError */
  check(): void {
    if (this.#isSet) throw this.error()
  }
}
