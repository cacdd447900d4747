import type { LogIndex, RegionId } from '@stratakv/core'

/** Types of items as they are on disk; never renumbered. */
export const itemTypes = { entries: 1, command: 2, keyValue: 3 } as const
export const commandTypes = { clean: 1, compact: 2 } as const
export const keyOperations = { put: 1, delete: 2 } as const

/**
 * Told what a batch holds, item by item in the order of addition, without an object for any of them. It must not use the
 * reader that calls it.
 */
export interface LogItemVisitor {
  /**
   * `count` entries, one at least, of consecutive indexes from `firstIndex` on. Where they end in the batch's raw entries is
   * in `ends[0]` to `ends[count - 1]`; the first begins at `begin`, each other where the one before it ends. The array is
   * reused by the next call and may be longer than `count`.
   */
  entries(regionId: RegionId, firstIndex: LogIndex, count: number, begin: number, ends: Uint32Array): void
  /** The region is gone: its entries and its keys. */
  clean(regionId: RegionId): void
  /** Entries below `index` are gone. An index past 2^53 - 1 (a repair writes 2^64 - 1) arrives as `Number.MAX_SAFE_INTEGER`. */
  compact(regionId: RegionId, index: LogIndex): void
  /** Key and value are views of the footer: copy what is to be kept. */
  put(regionId: RegionId, key: Uint8Array, value: Uint8Array): void
  /** The key is a view of the footer. */
  delete(regionId: RegionId, key: Uint8Array): void
}
