import { PdBusyError } from './errors.ts'

/**
 * Runs jobs one after another. What a job reads is still true when its own write is durable, which a check before an
 * `await` cannot promise otherwise.
 */
export class SerialQueue {
  readonly #what: string
  readonly #waitingMax: number
  #waitingCount = 0
  #tail: Promise<unknown> = Promise.resolve()

  /** @param waitingMax jobs that may wait; beyond it {@link PdBusyError} */
  constructor(what: string, waitingMax: number) {
    this.#what = what
    this.#waitingMax = waitingMax
  }

  run<T>(job: () => Promise<T> | T): Promise<T> {
    if (this.#waitingCount >= this.#waitingMax) return Promise.reject(new PdBusyError(this.#what, this.#waitingMax))
    this.#waitingCount++
    const result = this.#tail.then(job)
    this.#tail = result.then(this.#done, this.#done)
    return result
  }

  /** Resolves when the jobs that are waiting now have ended, however. */
  async idle(): Promise<void> {
    await this.#tail
  }

  readonly #done = (): void => {
    this.#waitingCount--
  }
}
