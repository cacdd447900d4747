interface Work {
  readonly number: number
  isDurable: boolean
  readonly sent: () => void
}

/** A peer's work that is not known to be durable, in order. */
export class UnderWay {
  readonly #work: Work[] = []

  get isEmpty(): boolean {
    return this.#work.length === 0
  }

  /** `sent` is called when the work of this number and all before are durable. */
  add(number: number, sent: () => void): void {
    this.#work.push({ number, isDurable: false, sent })
  }

  /** The work of this number is durable. The numbers that are so now with all before them, ascending. */
  *durable(number: number): IterableIterator<number> {
    const done = this.#work.find((work) => work.number === number)
    if (done !== undefined) done.isDurable = true
    while (this.#work[0]?.isDurable) {
      const first = this.#work.shift()!
      first.sent()
      yield first.number
    }
  }
}
