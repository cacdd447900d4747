import type { Load } from './load.ts'
import type { SideName, SideOptions } from './side.ts'

/** What a process of one side does in its life. */
export type Turn =
  | { readonly type: 'load'; readonly side: SideName; readonly options: SideOptions; readonly load: Load }
  /** Writes a log of so many bytes of entries. */
  | { readonly type: 'fill'; readonly side: SideName; readonly options: SideOptions; readonly fill: Fill }
  | { readonly type: 'recover'; readonly side: SideName; readonly options: SideOptions }
  /** Fills, and tells what that took in memory. */
  | { readonly type: 'memory'; readonly side: SideName; readonly options: SideOptions; readonly fill: Fill }

export interface Fill {
  readonly regions: number
  readonly entryBytes: number
  readonly entries: number
  readonly seed: number
}

/** How an engine came back. The crate's program prints the same names. */
export interface RecoverResult {
  readonly openMs: number
  readonly regions: number
  readonly entries: number
}

/** What live entries cost in memory: their payloads are on the disk. */
export interface MemoryResult {
  readonly entries: number
  /** Growth of the heap, and of memory outside of it that objects hold. */
  readonly bytes: number
  /** Growth of what the process has in RAM. */
  readonly residentBytes: number
}
