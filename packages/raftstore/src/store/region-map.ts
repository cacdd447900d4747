import { compareBytes, type Region, type RegionId } from '@stratakv/core'
import type { Peer } from '../peer/peer.ts'

/** A store's peers, by region and by key. Only peers that know their region's range are found by key. */
export class RegionMap {
  readonly #peers = new Map<RegionId, Peer>()
  /** Of regions that have members, by ascending start key. */
  #ordered: Peer[] | undefined

  get(id: RegionId): Peer | undefined {
    return this.#peers.get(id)
  }

  get size(): number {
    return this.#peers.size
  }

  /** In no order. Peers may be set and deleted meanwhile. */
  values(): IterableIterator<Peer> {
    return this.#peers.values()
  }

  set(peer: Peer): void {
    this.#peers.set(peer.regionId, peer)
    this.#ordered = undefined
  }

  delete(id: RegionId): void {
    this.#peers.delete(id)
    this.#ordered = undefined
  }

  /** A peer's range or epoch is another one now. */
  moved(): void {
    this.#ordered = undefined
  }

  /** Whose range holds the key; ranges do not overlap. */
  at(key: Uint8Array): Peer | undefined {
    const ordered = this.#inOrder()
    const peer = ordered[countUpTo(ordered, key) - 1]
    return peer !== undefined && isBefore(key, peer.region.endKey) ? peer : undefined
  }

  /** Whose ranges meet that of `region`, itself left out. */
  overlapping({ id, startKey, endKey }: Pick<Region, 'id' | 'startKey' | 'endKey'>): Peer[] {
    return this.#inOrder().filter(({ region }) => region.id !== id && rangesMeet(region, { startKey, endKey }))
  }

  /** Up to `countMax` regions that follow on `region`, for a client whose knowledge is old. */
  behind({ endKey }: Region, countMax: number): Region[] {
    if (endKey.length === 0) return []
    const ordered = this.#inOrder()
    const upTo = countUpTo(ordered, endKey)
    const previous = ordered[upTo - 1]
    const at = previous !== undefined && compareBytes(previous.region.startKey, endKey) === 0 ? upTo - 1 : upTo
    return ordered.slice(at, at + countMax).map(({ region }) => region)
  }

  #inOrder(): readonly Peer[] {
    this.#ordered ??= [...this.#peers.values()]
      .filter(({ region }) => region.peers.length > 0)
      .sort((left, right) => compareBytes(left.region.startKey, right.region.startKey))
    return this.#ordered
  }
}

/** How many start at `key` or before it. */
function countUpTo(ordered: readonly Peer[], key: Uint8Array): number {
  let from = 0
  let to = ordered.length
  while (from < to) {
    const middle = (from + to) >>> 1
    if (compareBytes(ordered[middle]!.region.startKey, key) <= 0) from = middle + 1
    else to = middle
  }
  return from
}

/** An empty end is behind every key. */
function isBefore(key: Uint8Array, endKey: Uint8Array): boolean {
  return endKey.length === 0 || compareBytes(key, endKey) < 0
}

type KeyRange = Pick<Region, 'startKey' | 'endKey'>

/** Whether any key is in both. */
export function rangesMeet(left: KeyRange, right: KeyRange): boolean {
  const isLeftFirst = left.endKey.length > 0 && compareBytes(left.endKey, right.startKey) <= 0
  const isRightFirst = right.endKey.length > 0 && compareBytes(right.endKey, left.startKey) <= 0
  return !isLeftFirst && !isRightFirst
}
