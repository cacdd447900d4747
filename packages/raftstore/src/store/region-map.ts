import { compareBytes, keyInRange, type Region, type RegionId } from '@stratakv/core'
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

  /** Whose range holds the key. */
  at(key: Uint8Array): Peer | undefined {
    return this.#inOrder().find(({ region }) => keyInRange(key, region.startKey, region.endKey))
  }

  /** Whose ranges meet that of `region`, itself left out. */
  overlapping({ id, startKey, endKey }: Pick<Region, 'id' | 'startKey' | 'endKey'>): Peer[] {
    return this.#inOrder().filter(({ region }) => region.id !== id && rangesMeet(region, { startKey, endKey }))
  }

  /** Up to `countMax` regions that follow on `region`, for a client whose knowledge is old. */
  behind({ endKey }: Region, countMax: number): Region[] {
    if (endKey.length === 0) return []
    const ordered = this.#inOrder()
    const at = ordered.findIndex(({ region }) => compareBytes(region.startKey, endKey) >= 0)
    return at < 0 ? [] : ordered.slice(at, at + countMax).map(({ region }) => region)
  }

  #inOrder(): readonly Peer[] {
    this.#ordered ??= [...this.#peers.values()]
      .filter(({ region }) => region.peers.length > 0)
      .sort((left, right) => compareBytes(left.region.startKey, right.region.startKey))
    return this.#ordered
  }
}

type KeyRange = Pick<Region, 'startKey' | 'endKey'>

/** Whether any key is in both. */
export function rangesMeet(left: KeyRange, right: KeyRange): boolean {
  const isBefore = left.endKey.length > 0 && compareBytes(left.endKey, right.startKey) <= 0
  const isBehind = right.endKey.length > 0 && compareBytes(right.endKey, left.startKey) <= 0
  return !isBefore && !isBehind
}
