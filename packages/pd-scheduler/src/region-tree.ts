import { assert, compareBytes, type Region } from '@stratakv/core'

/** What the tree orders: anything that has a region. */
export interface HasRegion {
  readonly region: Region
}

/** A leaf is cut in two at this many entries: insertion moves at most as many, and a million regions make about 6,000 leaves. */
const leafCountMax = 256

/**
 * Regions that do not overlap, ordered by start key: a sorted list of sorted leaves. Finding is two binary searches.
 *
 * Invariants: no leaf is empty; entries ascend by start key within and across leaves; no two entries overlap.
 */
export class RegionTree<T extends HasRegion> {
  #leaves: T[][] = []
  #count = 0

  get count(): number {
    return this.#count
  }

  /** The entry whose range holds `key`. */
  find(key: Uint8Array): T | undefined {
    const entry = this.#at(this.#floor(key))
    return entry !== undefined && holds(entry.region, key) ? entry : undefined
  }

  /** The entry before the one that holds `key`, if there is no gap between the two. PD's GetPrevRegion. */
  findPrevious(key: Uint8Array): T | undefined {
    const position = this.#floor(key)
    const entry = this.#at(position)
    if (position === undefined || entry === undefined || !holds(entry.region, key)) return undefined
    const previous =
      position.index > 0 ? this.#leaves[position.leaf]![position.index - 1] : this.#leaves[position.leaf - 1]?.at(-1)
    if (previous === undefined || compareBytes(previous.region.endKey, entry.region.startKey) !== 0) return undefined
    return previous
  }

  /** Entries that meet `[start, end)`, in key order. An empty `end` is unbounded; `limitCount` 0 = all. */
  scan(start: Uint8Array, end: Uint8Array, limitCount: number): T[] {
    const found: T[] = []
    for (const entry of this.iterate(start)) {
      if (end.length > 0 && compareBytes(entry.region.startKey, end) >= 0) break
      found.push(entry)
      if (found.length === limitCount) break
    }
    return found
  }

  /** Entries from the one that holds `start`, or the first after it. The tree must not change meanwhile. */
  *iterate(start: Uint8Array): Generator<T, void, undefined> {
    const position = this.#floor(start) ?? { leaf: 0, index: 0 }
    let { index } = position
    const first = this.#at(position)
    if (first !== undefined && compareBytes(first.region.startKey, start) < 0 && !holds(first.region, start)) index++
    for (let leaf = position.leaf; leaf < this.#leaves.length; leaf++) {
      const entries = this.#leaves[leaf]!
      for (; index < entries.length; index++) yield entries[index]!
      index = 0
    }
  }

  /** Puts `entry` in place of everything it overlaps, and returns that. */
  replace(entry: T): T[] {
    const { startKey, endKey } = entry.region
    assert(endKey.length === 0 || compareBytes(startKey, endKey) < 0, 'a region holds at least one key')
    const replaced = this.scan(startKey, endKey, 0)
    for (const old of replaced) this.remove(old)
    this.#insert(entry)
    return replaced
  }

  /** Removes the entry that begins where `entry` does. @returns false when none does */
  remove(entry: T): boolean {
    const position = this.#floor(entry.region.startKey)
    const found = this.#at(position)
    if (position === undefined || found === undefined) return false
    if (compareBytes(found.region.startKey, entry.region.startKey) !== 0) return false
    const leaf = this.#leaves[position.leaf]!
    leaf.splice(position.index, 1)
    if (leaf.length === 0) this.#leaves.splice(position.leaf, 1)
    this.#count--
    return true
  }

  #insert(entry: T): void {
    this.#count++
    const position = this.#floor(entry.region.startKey)
    if (position === undefined) {
      if (this.#leaves.length === 0) this.#leaves.push([])
      this.#leaves[0]!.unshift(entry)
      this.#split(0)
    } else {
      this.#leaves[position.leaf]!.splice(position.index + 1, 0, entry)
      this.#split(position.leaf)
    }
  }

  #split(at: number): void {
    const leaf = this.#leaves[at]!
    if (leaf.length <= leafCountMax) return
    // Regions often arrive in key order (a scan after a restart): then the left part stays as it is, nearly full.
    const keep = at === this.#leaves.length - 1 ? leafCountMax - 1 : leafCountMax >> 1
    this.#leaves.splice(at + 1, 0, leaf.splice(keep))
  }

  #at(position: Position | undefined): T | undefined {
    return position === undefined ? undefined : this.#leaves[position.leaf]?.[position.index]
  }

  /** Where the last entry with a start key at or before `key` is. */
  #floor(key: Uint8Array): Position | undefined {
    const leaf = lastAtOrBefore(this.#leaves.length, (at) => this.#leaves[at]![0]!.region.startKey, key)
    if (leaf < 0) return undefined
    const entries = this.#leaves[leaf]!
    return { leaf, index: lastAtOrBefore(entries.length, (at) => entries[at]!.region.startKey, key) }
  }
}

interface Position {
  readonly leaf: number
  readonly index: number
}

function lastAtOrBefore(count: number, keyAt: (at: number) => Uint8Array, key: Uint8Array): number {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compareBytes(keyAt(middle), key) <= 0) low = middle + 1
    else high = middle
  }
  return low - 1
}

function holds(region: Region, key: Uint8Array): boolean {
  return region.endKey.length === 0 || compareBytes(key, region.endKey) < 0
}
