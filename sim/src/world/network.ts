import { below, type Clock, fraction, type SeededRandom } from '@stratakv/core'

/** A machine on the network: `store-1`, `client-2`, `pd`. */
export type Host = string

/** How the network behaves just now. */
export interface NetworkMood {
  /** One way, on average. */
  latencyMs: number
  /** Chances, from 0 to 1. */
  dropping: number
  doubling: number
  /** That a message takes a hundred times as long, so that later ones overtake it. */
  straggling: number
}

/** Decides how each message fares. What it carries is no business of its. */
export class Network {
  readonly clock: Clock
  readonly #random: SeededRandom
  readonly #cut = new Set<string>()
  readonly mood: NetworkMood = { latencyMs: 0.5, dropping: 0, doubling: 0, straggling: 0 }
  sentCount = 0

  constructor(clock: Clock, random: SeededRandom) {
    this.clock = clock
    this.#random = random
  }

  /** What is said from one side to the other is lost, in that direction. */
  cut(from: readonly Host[], to: readonly Host[]): void {
    for (const source of from) for (const target of to) this.#cut.add(`${source}>${target}`)
  }

  /** Both ways. */
  part(side: readonly Host[], other: readonly Host[]): void {
    this.cut(side, other)
    this.cut(other, side)
  }

  heal(): void {
    this.#cut.clear()
    Object.assign(this.mood, { latencyMs: 0.5, dropping: 0, doubling: 0, straggling: 0 })
  }

  isCut(from: Host, to: Host): boolean {
    return this.#cut.has(`${from}>${to}`)
  }

  /** The delays after which copies of a message arrive: none, one or two. */
  fate(from: Host, to: Host): number[] {
    this.sentCount++
    if (this.isCut(from, to) || fraction(this.#random) < this.mood.dropping) return []
    const copyCount = fraction(this.#random) < this.mood.doubling ? 2 : 1
    return Array.from({ length: copyCount }, () => this.delayMs())
  }

  /** What one message takes. */
  delayMs(): number {
    const factor = fraction(this.#random) < this.mood.straggling ? 100 : 1
    return this.mood.latencyMs * factor * (0.2 + below(this.#random, 160) / 100)
  }
}
