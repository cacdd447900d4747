import { below, type Random } from '@stratakv/core'

/** One side of a comparison of small synchronous operations. */
export interface Contender {
  readonly impl: string
  /** Runs the operation `count` times in a loop of its own and returns a number that depends on every result. */
  run(count: number): number
}

export interface RoundsOptions {
  /** Each contender takes one turn a round, in an order drawn anew. */
  readonly rounds: number
  /** Rough length of a turn in milliseconds. Well below the scheduler's time slice, so that most turns are undisturbed. */
  readonly turnMs: number
  /** Draws the order. In a fixed one, a busy neighbour's slices can fall on the same contender every round. */
  readonly random: Random
}

/**
 * Median nanoseconds per operation, by `impl`. Peers take short turns in the same process, so that a noisy
 * neighbour or a clock change hits all of them; the median drops the turns it hit.
 */
export function measureInRounds(contenders: readonly Contender[], options: RoundsOptions): Map<string, number> {
  const counts = contenders.map((contender) => calibrate(contender, options.turnMs))
  const samples = contenders.map(() => [] as number[])
  for (let round = 0; round < options.rounds; round++) {
    for (const index of shuffled(contenders.length, options.random)) {
      samples[index]!.push(timeNs(contenders[index]!, counts[index]!) / counts[index]!)
    }
  }
  return new Map(contenders.map((contender, index) => [contender.impl, median(samples[index]!)]))
}

/** Finds how many operations fill a turn. Starts with enough of them for the optimising compiler to have its say. */
function calibrate(contender: Contender, turnMs: number): number {
  const warmupNs = 30e6
  let count = 64
  for (let spentNs = 0; ; ) {
    const elapsedNs = timeNs(contender, count)
    spentNs += elapsedNs
    if (elapsedNs < turnMs * 1e6) count *= 2
    else if (spentNs > warmupNs) return Math.max(1, Math.round((count * turnMs * 1e6) / elapsedNs))
  }
}

function timeNs(contender: Contender, count: number): number {
  const startNs = process.hrtime.bigint()
  const result = contender.run(count)
  const elapsedNs = Number(process.hrtime.bigint() - startNs)
  // Looked at, so that the work behind it cannot be left out.
  if (Number.isNaN(result)) throw new Error(`${contender.impl} gave no result`)
  return elapsedNs
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

function shuffled(count: number, random: Random): number[] {
  const order = Array.from({ length: count }, (_, index) => index)
  for (let last = count - 1; last > 0; last--) {
    const drawn = below(random, last + 1)
    const moved = order[last]!
    order[last] = order[drawn]!
    order[drawn] = moved
  }
  return order
}
