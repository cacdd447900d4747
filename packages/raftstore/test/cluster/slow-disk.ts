import { below, type Clock, fraction, type SeededRandom, sleep } from '@stratakv/core'

interface DiskWork {
  readonly run: () => Promise<unknown>
  readonly done: (error?: Error) => void
}

/** Work that a disk does in the order in which it was asked, and takes its time for. */
export class SlowDisk {
  readonly #clock: Clock
  readonly #random: SeededRandom
  latencyMs: number
  readonly #queue: DiskWork[] = []
  #isRunning = false
  #isOff = false
  #current: Promise<unknown> = Promise.resolve()

  constructor(clock: Clock, random: SeededRandom, latencyMs: number) {
    this.#clock = clock
    this.#random = random
    this.latencyMs = latencyMs
  }

  /** Resolves when `run` has been done; never, when the power goes first. */
  do(run: () => Promise<unknown>): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ run, done: (error) => (error === undefined ? resolve() : reject(error)) })
      if (!this.#isRunning) void this.#work()
    })
  }

  async #work(): Promise<void> {
    this.#isRunning = true
    while (this.#queue.length > 0 && !this.#isOff) {
      await sleep(this.#clock, this.latencyMs * (0.5 + fraction(this.#random)))
      if (this.#isOff) return
      const { run, done } = this.#queue.shift()!
      this.#current = run()
      await this.#current.then(
        () => done(),
        (error: Error) => done(error),
      )
    }
    this.#isRunning = false
  }

  /** The power goes. Of what was asked for, as much is done as chance has it, in order. */
  async cut(): Promise<void> {
    this.#isOff = true
    await this.#current.catch(() => {})
    const count = below(this.#random, this.#queue.length + 1)
    for (const { run } of this.#queue.slice(0, count)) await run()
  }
}
