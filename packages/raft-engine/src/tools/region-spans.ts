import type { LogIndex, RegionId } from '@stratakv/core'
import type { LogItem } from './item-list.ts'

/** The entries that a region has, both ends included. */
export interface IndexSpan {
  readonly first: LogIndex
  readonly last: LogIndex
}

/** How entries that come relate to those that are there. `hole`: indexes between them are missing. */
export type EntriesFit = 'next' | 'overlap' | 'hole' | 'below-first'

/** What indexes each region has while a queue is replayed, without the entries. */
export class RegionSpans {
  readonly #spans = new Map<RegionId, IndexSpan>()
  readonly #regions = new Set<RegionId>()

  get regionCount(): number {
    return this.#regions.size
  }

  spanOf(regionId: RegionId): IndexSpan | undefined {
    return this.#spans.get(regionId)
  }

  /** Before they are applied. Entries of a region without any always fit. */
  fitOf({ regionId, firstIndex }: LogItem & { readonly type: 'entries' }): EntriesFit {
    const span = this.#spans.get(regionId)
    if (span === undefined || firstIndex === span.last + 1) return 'next'
    if (firstIndex > span.last + 1) return 'hole'
    return firstIndex < span.first ? 'below-first' : 'overlap'
  }

  apply(item: LogItem): void {
    if (item.type === 'clean') {
      this.#spans.delete(item.regionId)
      this.#regions.delete(item.regionId)
      return
    }
    this.#regions.add(item.regionId)
    if (item.type === 'compact') this.#compact(item.regionId, item.index)
    if (item.type === 'entries') this.#append(item)
  }

  /** Drops a region's entries, not the region. */
  dropEntries(regionId: RegionId): void {
    this.#spans.delete(regionId)
  }

  #append(item: LogItem & { readonly type: 'entries' }): void {
    const { regionId, firstIndex, count } = item
    const fit = this.fitOf(item)
    // Behind a hole, or below what there was, the entries that come are all there is.
    const isJoined = fit === 'overlap' || (fit === 'next' && this.#spans.has(regionId))
    const first = isJoined ? this.#spans.get(regionId)!.first : firstIndex
    this.#spans.set(regionId, { first, last: firstIndex + count - 1 })
  }

  #compact(regionId: RegionId, index: LogIndex): void {
    const span = this.#spans.get(regionId)
    if (span === undefined || index <= span.first) return
    if (index > span.last) this.#spans.delete(regionId)
    else this.#spans.set(regionId, { first: index, last: span.last })
  }
}
