import type { Clock, Instant } from '@stratakv/core'

/** What is written to: standard error. */
export interface ProgressOutput {
  readonly isTTY?: boolean
  write(text: string): unknown
}

/** On a terminal, how often the line changes; elsewhere each is a line of its own, so they come less often. Milliseconds. */
const intervalMs = { terminal: 200, lines: 10_000 } as const

/** Says how far long work is: one line that changes on a terminal, a line now and then in a log. */
export class ProgressLine {
  readonly #output: ProgressOutput
  readonly #clock: Clock
  #shownAt: Instant | undefined
  #isOpen = false

  constructor(output: ProgressOutput, clock: Clock) {
    this.#output = output
    this.#clock = clock
  }

  /** @param isLast shown however soon after the one before, and left standing */
  show(text: string, isLast = false): void {
    const isTerminal = this.#output.isTTY === true
    const now = this.#clock.now()
    const interval = isTerminal ? intervalMs.terminal : intervalMs.lines
    if (!isLast && this.#shownAt !== undefined && now - this.#shownAt < interval) return
    // In a log the first figure, right at the start, says nothing.
    const isFirst = this.#shownAt === undefined
    this.#shownAt = now
    if (isTerminal) {
      this.#output.write(`\r\u001b[K${text}`)
      this.#isOpen = true
      if (isLast) this.end()
    } else if (isLast || !isFirst) {
      this.#output.write(`${text}\n`)
    }
  }

  /** What follows begins on a line of its own. */
  end(): void {
    if (this.#isOpen) this.#output.write('\n')
    this.#isOpen = false
  }
}
