import type { RegionId } from '@stratakv/core'

/** Regions in no order, of which any can be picked at once. */
export interface RegionList {
  readonly count: number
  /** `index` from 0 to below `count`; what is there changes with every change of the list. */
  at(index: number): RegionId
}

/** A set that knows its members by number: adding, taking out and picking one take the same short time. */
export class RegionSet implements RegionList {
  readonly #ids: RegionId[] = []
  readonly #positions = new Map<RegionId, number>()

  get count(): number {
    return this.#ids.length
  }

  at(index: number): RegionId {
    return this.#ids[index]!
  }

  add(id: RegionId): void {
    if (this.#positions.has(id)) return
    this.#positions.set(id, this.#ids.length)
    this.#ids.push(id)
  }

  delete(id: RegionId): void {
    const position = this.#positions.get(id)
    if (position === undefined) return
    this.#positions.delete(id)
    const last = this.#ids.pop()!
    // The last one takes the place that became free.
    if (last === id) return
    this.#ids[position] = last
    this.#positions.set(last, position)
  }
}
