import { compareBytes } from '../src/byte-order.ts'
import { type ColumnFamily, columnFamilies, type IterateOptions, type KeyChange } from '../src/kv-engine.ts'

/** One key and its value. */
export type Entry = readonly [key: Uint8Array, value: Uint8Array]

/** A `KvEngine` so plain that it can be believed: one sorted array for each column family, copied for a snapshot. */
export class NaiveEngine {
  readonly #entries: Map<ColumnFamily, Entry[]>

  constructor(entries: ReadonlyMap<ColumnFamily, readonly Entry[]> = new Map()) {
    this.#entries = new Map(columnFamilies.map((cf) => [cf, [...(entries.get(cf) ?? [])]]))
  }

  write(batch: readonly KeyChange[]): void {
    for (const change of batch) {
      const entries = this.#entries.get(change.cf)!
      const found = entries.findIndex(([key]) => compareBytes(key, change.key) >= 0)
      const at = found < 0 ? entries.length : found
      const present = found >= 0 && compareBytes(entries[found]![0], change.key) === 0 ? 1 : 0
      if (change.type === 'put') entries.splice(at, present, [change.key, change.value])
      else entries.splice(at, present)
    }
  }

  deleteRange(cf: ColumnFamily, start: Uint8Array, end: Uint8Array): void {
    const outside = this.#entries
      .get(cf)!
      .filter(([key]) => compareBytes(key, start) < 0 || (end.length > 0 && compareBytes(key, end) >= 0))
    this.#entries.set(cf, outside)
  }

  get(cf: ColumnFamily, key: Uint8Array): Uint8Array | undefined {
    return this.#entries.get(cf)!.find(([present]) => compareBytes(present, key) === 0)?.[1]
  }

  /** What an iterator with these options can visit, in key order. */
  range(cf: ColumnFamily, options: IterateOptions): Entry[] {
    const { lowerBound, upperBound } = options
    return this.#entries
      .get(cf)!
      .filter(
        ([key]) =>
          (lowerBound === undefined || compareBytes(key, lowerBound) >= 0) &&
          (upperBound === undefined || upperBound.length === 0 || compareBytes(key, upperBound) < 0),
      )
  }

  snapshot(): NaiveEngine {
    return new NaiveEngine(this.#entries)
  }
}

/** Chance from a seed: xorshift32 (Marsaglia, 2003), so that a suite needs no other package to be repeatable. */
export class SeededDice {
  #state: number

  /** `seed` is a whole number in [1, 2^32). */
  constructor(seed: number) {
    this.#state = seed >>> 0
    // Neighbouring small seeds begin alike; a few rounds part them.
    for (let round = 0; round < 16; round++) this.#next()
  }

  /** A whole number in [0, bound); the slight bias does not matter here. */
  below(bound: number): number {
    return this.#next() % bound
  }

  pick<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)]!
  }

  /** Short, from few symbols, with both extremes: collisions, prefixes of each other and neighbours are common. */
  key(): Uint8Array {
    const key = new Uint8Array(1 + this.below(4))
    for (let at = 0; at < key.length; at++) key[at] = this.pick([0x00, 0x01, 0x7f, 0x80, 0xff])
    return key
  }

  value(): Uint8Array {
    const value = new Uint8Array(this.below(8) === 0 ? this.below(3000) : this.below(24))
    for (let at = 0; at < value.length; at++) value[at] = this.#next() >>> 24
    return value
  }

  changes(): KeyChange[] {
    return Array.from({ length: 1 + this.below(6) }, (): KeyChange => {
      const cf = this.pick(columnFamilies)
      return this.below(3) === 0
        ? { type: 'delete', cf, key: this.key() }
        : { type: 'put', cf, key: this.key(), value: this.value() }
    })
  }

  bounds(): IterateOptions {
    return {
      ...(this.below(2) === 0 ? {} : { lowerBound: this.key() }),
      ...(this.below(2) === 0 ? {} : { upperBound: this.key() }),
      ...(this.below(3) === 0 ? { keysOnly: true } : {}),
      ...(this.below(2) === 0 ? {} : { expectedCount: 1 + this.below(12) }),
    }
  }

  #next(): number {
    let state = this.#state
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    this.#state = state >>> 0
    return this.#state
  }
}
