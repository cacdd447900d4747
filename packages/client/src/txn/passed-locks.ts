import type { Timestamp } from '@stratakv/core'

/** Transactions that a snapshot remembers; the oldest are forgotten, and asked about again when one of their locks is met again. */
const transactionCountMax = 1024

/** The transactions whose locks a snapshot has met and may step over, or read through. What was true once stays true for its timestamp. */
export class PassedLocks {
  readonly #passable = new Set<Timestamp>()
  readonly #readable = new Set<Timestamp>()

  get isEmpty(): boolean {
    return this.#passable.size === 0 && this.#readable.size === 0
  }

  /** False: all of them were known before. */
  add(passable: readonly Timestamp[], readable: readonly Timestamp[]): boolean {
    let isNew = false
    for (const startTs of passable) isNew = addTo(this.#passable, startTs) || isNew
    for (const startTs of readable) isNew = addTo(this.#readable, startTs) || isNew
    return isNew
  }

  /** Fresh lists, for a request that keeps them. */
  lists(): { resolvedLocks: Timestamp[]; committedLocks: Timestamp[] } {
    return { resolvedLocks: [...this.#passable], committedLocks: [...this.#readable] }
  }
}

function addTo(known: Set<Timestamp>, startTs: Timestamp): boolean {
  if (known.has(startTs)) return false
  if (known.size >= transactionCountMax) {
    const [oldest] = known
    known.delete(oldest!)
  }
  known.add(startTs)
  return true
}
