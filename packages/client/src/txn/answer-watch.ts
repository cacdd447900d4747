import type { CallScope } from '../call-scope.ts'

/** Follows the requests of one part of a commit: is there one that may have been executed, and that no later answer has settled? */
export class AnswerWatch {
  readonly #scope: CallScope
  #settledCount: number

  constructor(scope: CallScope) {
    this.#scope = scope
    this.#settledCount = scope.undeterminedCount
  }

  /** The store has answered the same request: what earlier tries of it have done is in the answer. */
  answered(): void {
    this.#settledCount = this.#scope.undeterminedCount
  }

  get mayHaveRun(): boolean {
    return this.#scope.undeterminedCount > this.#settledCount
  }
}
