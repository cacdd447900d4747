import type { LogIndex, RegionId } from '@stratakv/core'
import type { LogItemVisitor } from '../format/log-items.ts'
import { type GroupPart, groupPartOf, isGroupMark } from '../group-marks.ts'

/** An item of a batch. Keys and values are views of the batch. */
export type LogItem =
  | {
      readonly type: 'entries'
      readonly regionId: RegionId
      readonly firstIndex: LogIndex
      readonly count: number
      /** Where the first begins and where each ends in the batch's raw entries. */
      readonly begin: number
      readonly ends: Uint32Array
    }
  | { readonly type: 'clean'; readonly regionId: RegionId }
  | { readonly type: 'compact'; readonly regionId: RegionId; readonly index: LogIndex }
  | { readonly type: 'put'; readonly regionId: RegionId; readonly key: Uint8Array; readonly value: Uint8Array }
  | { readonly type: 'delete'; readonly regionId: RegionId; readonly key: Uint8Array }

/** Keeps what a batch holds, for tools that have time. */
export class ItemList implements LogItemVisitor {
  items: LogItem[] = []

  /** Hands out the items so far and begins anew. */
  take(): LogItem[] {
    const { items } = this
    this.items = []
    return items
  }

  entries(regionId: RegionId, firstIndex: LogIndex, count: number, begin: number, ends: Uint32Array): void {
    this.items.push({ type: 'entries', regionId, firstIndex, count, begin, ends: ends.slice(0, count) })
  }

  clean(regionId: RegionId): void {
    this.items.push({ type: 'clean', regionId })
  }

  compact(regionId: RegionId, index: LogIndex): void {
    this.items.push({ type: 'compact', regionId, index })
  }

  put(regionId: RegionId, key: Uint8Array, value: Uint8Array): void {
    this.items.push({ type: 'put', regionId, key, value })
  }

  delete(regionId: RegionId, key: Uint8Array): void {
    this.items.push({ type: 'delete', regionId, key })
  }
}

export const nothingVisitor: LogItemVisitor = { entries() {}, clean() {}, compact() {}, put() {}, delete() {} }

/** What a put says that is no region's: its batch is part of an atomic group, whose number stands for the region. */
export function groupPartOfItem(item: LogItem): GroupPart | undefined {
  return item.type === 'put' && isGroupMark(item.key) ? groupPartOf(item.value) : undefined
}

/** The payloads of an entries item. Views of `raw`; fewer than it counts when `raw` is too short for them. */
export function payloadsOf(item: LogItem & { readonly type: 'entries' }, raw: Uint8Array): Uint8Array[] {
  const payloads: Uint8Array[] = []
  let begin = item.begin
  for (const end of item.ends) {
    if (end > raw.length) break
    payloads.push(raw.subarray(begin, end))
    begin = end
  }
  return payloads
}
