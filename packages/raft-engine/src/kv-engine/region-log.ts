import type { LogIndex, RaftLogValue } from '@stratakv/core'

/** What memory holds of one region: where its entries are, and its values. Never changed once made; a write replaces it. */
export interface RegionLog {
  /** Entries `[firstIndex, endIndex)`; equal when there are none. */
  readonly firstIndex: LogIndex
  readonly endIndex: LogIndex
  /** By the key in hex, whose order is that of the bytes. */
  readonly values: ReadonlyMap<string, RaftLogValue>
}

export const emptyRegionLog: RegionLog = { firstIndex: 0, endIndex: 0, values: new Map() }

export function entryCountOf(log: RegionLog | undefined): number {
  return log === undefined ? 0 : log.endIndex - log.firstIndex
}
