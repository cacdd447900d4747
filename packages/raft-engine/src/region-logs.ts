import { assert, type LogIndex, type RegionId } from '@stratakv/core'
import type { BlockPlace } from './entry-rows.ts'
import type { LiveCounts } from './live-counts.ts'
import type { LogRange } from './log-ends.ts'
import { type EntryRun, RegionLog } from './region-log.ts'

/** An append queue that no engine can have written: entries are missing between two that are there. */
export interface ReplayGap {
  readonly regionId: RegionId
  readonly firstIndex: LogIndex
  readonly expectedIndex: LogIndex
}

/** What a command of a file says about its region. */
export type ReplayedCommand =
  | { readonly type: 'clean' }
  | { readonly type: 'compact'; readonly index: LogIndex }
  | { readonly type: 'delete'; readonly key: Uint8Array }

/** What the rewrite queue has to be told before append files go: see {@link RegionLog.mayHaveRewrites}. */
export interface RewriteMarks {
  readonly cleaned: readonly RegionId[]
  /** `index` is the first that is still there, or behind all there can be. */
  readonly compacted: readonly { readonly regionId: RegionId; readonly index: LogIndex }[]
  readonly deleted: readonly { readonly regionId: RegionId; readonly key: Uint8Array }[]
}

/**
 * All regions in memory. What a write changed is applied here once it is on the disk. When the engine is opened, files are
 * replayed: the rewrite queue first, then the append queue by itself, whose commands count for both; then one is put over
 * the other.
 */
export class RegionLogs {
  readonly #regions = new Map<RegionId, RegionLog>()
  readonly #counts: LiveCounts
  /** Cleaned since the last purge, while the rewrite queue may hold something of them. */
  readonly #unmarkedCleans = new Set<RegionId>()

  constructor(counts: LiveCounts) {
    this.#counts = counts
  }

  get(regionId: RegionId): RegionLog | undefined {
    return this.#regions.get(regionId)
  }

  /** Makes it when it is not there. */
  region(regionId: RegionId): RegionLog {
    let region = this.#regions.get(regionId)
    if (region === undefined) {
      region = new RegionLog(regionId, this.#counts)
      // Cleaned, and not yet said so: what the rewrite queue holds is of the region before, and of the same id.
      region.mayHaveRewrites = this.#unmarkedCleans.has(regionId)
      this.#regions.set(regionId, region)
    }
    return region
  }

  all(): Iterable<RegionLog> {
    return this.#regions.values()
  }

  ids(): RegionId[] {
    return [...this.#regions.keys()].sort((left, right) => left - right)
  }

  range(regionId: RegionId): LogRange | undefined {
    const region = this.#regions.get(regionId)
    const firstIndex = region?.firstIndex
    return firstIndex === undefined ? undefined : { firstIndex, nextIndex: region!.lastIndex! + 1 }
  }

  get memoryBytes(): number {
    let bytes = 0
    for (const region of this.#regions.values()) bytes += region.memoryBytes
    return bytes
  }

  compact(regionId: RegionId, index: LogIndex): void {
    const region = this.#regions.get(regionId)
    if (region === undefined) return
    const dropped = region.compactTo(index)
    if (dropped > 0 && region.mayHaveRewrites) region.markCompacted()
  }

  clean(regionId: RegionId): void {
    const region = this.#regions.get(regionId)
    if (region === undefined) return
    if (region.mayHaveRewrites) this.#unmarkedCleans.add(regionId)
    region.clear()
    this.#regions.delete(regionId)
  }

  /** Copies both. */
  put(regionId: RegionId, key: Uint8Array, value: Uint8Array, slot: number): void {
    const region = this.region(regionId)
    region.putCopy(key, value, slot)
    region.unmarkedDeletes.delete(key)
  }

  delete(regionId: RegionId, key: Uint8Array): void {
    const region = this.#regions.get(regionId)
    if (region === undefined) return
    region.delete(key)
    if (region.mayHaveRewrites) region.unmarkedDeletes.add(key)
  }

  /** Entries of a rewrite file that is read back. */
  replayRewritten(regionId: RegionId, block: BlockPlace, run: EntryRun): void {
    const region = this.region(regionId)
    const range = this.range(regionId)
    // Not next to what was before: that had been compacted, and the engine that wrote this did not say so.
    if (range !== undefined && (run.firstIndex < range.firstIndex || run.firstIndex > range.nextIndex)) {
      region.dropEntries()
    }
    region.append(block, run)
    region.rewriteCount = region.rows.count
    region.mayHaveRewrites = true
  }

  replayRewrittenValue(regionId: RegionId, key: Uint8Array, value: Uint8Array, slot: number): void {
    const region = this.region(regionId)
    region.putCopy(key, value, slot)
    region.mayHaveRewrites = true
  }

  /** The commands of the rewrite queue are the marks themselves: they leave none to be set. */
  replayMark(regionId: RegionId, mark: ReplayedCommand): void {
    const region = this.#regions.get(regionId)
    if (region === undefined) return
    if (mark.type === 'compact') region.compactTo(mark.index)
    else if (mark.type === 'delete') region.delete(mark.key)
    else {
      region.clear()
      this.#regions.delete(regionId)
    }
  }

  /**
   * Entries of an append file that is read back. Files before it have been purged, and with them entries that were cut off
   * later: what follows on them may begin below what is here. A hole cannot be.
   */
  replayAppended(regionId: RegionId, block: BlockPlace, run: EntryRun): ReplayGap | undefined {
    const region = this.region(regionId)
    const range = this.range(regionId)
    if (range !== undefined && run.firstIndex > range.nextIndex) {
      return { regionId, firstIndex: run.firstIndex, expectedIndex: range.nextIndex }
    }
    if (range !== undefined && run.firstIndex < range.firstIndex) region.dropEntries()
    region.append(block, run)
    return undefined
  }

  replayCommand(regionId: RegionId, command: ReplayedCommand): void {
    if (command.type === 'clean') this.clean(regionId)
    else if (command.type === 'delete') this.delete(regionId, command.key)
    else {
      const region = this.#regions.get(regionId)
      region?.compactTo(command.index)
      // Also when it drops nothing here: an append before it may have cut off the rewritten entries that it drops.
      if (region?.mayHaveRewrites === true) region.markCompacted()
    }
  }

  /**
   * Puts what the append queue held over what the rewrite queue did. `newer` has to be given up after. Where both have something
   * the append queue's stays: all that was rewritten is from before its last word on it.
   */
  mergeNewer(newer: RegionLogs): void {
    for (const region of newer.all()) this.region(region.id).mergeNewer(region)
  }

  /**
   * Takes what the rewrite queue has to be told of cleaned regions and deleted values, before anything is copied that may have come
   * after. What happens meanwhile is kept for the next time; `giveBack` what could not be written.
   */
  takeMarks(): RewriteMarks {
    const cleaned = [...this.#unmarkedCleans]
    this.#unmarkedCleans.clear()
    const deleted: { regionId: RegionId; key: Uint8Array }[] = []
    for (const region of this.#regions.values()) {
      for (const key of region.unmarkedDeletes.take()) deleted.push({ regionId: region.id, key })
    }
    return { cleaned, compacted: [], deleted }
  }

  /**
   * The same of compactions, for files that nothing refers to at this moment. Such a file may have held an append that cut off
   * rewritten entries, and whose own were compacted since, be it by a write of a later file: with the append gone, only this
   * keeps what it cut off from coming back.
   */
  takeCompactions(): RewriteMarks {
    const compacted: { regionId: RegionId; index: LogIndex }[] = []
    for (const region of this.#regions.values()) {
      const index = region.takeCompaction()
      if (index !== undefined) compacted.push({ regionId: region.id, index })
    }
    return { cleaned: [], compacted, deleted: [] }
  }

  giveBack({ cleaned, compacted, deleted }: RewriteMarks): void {
    for (const regionId of cleaned) this.#unmarkedCleans.add(regionId)
    for (const { regionId } of compacted) this.#regions.get(regionId)?.markCompacted()
    for (const { regionId, key } of deleted) {
      const region = this.#regions.get(regionId)
      if (region !== undefined && region.get(key) === undefined) region.unmarkedDeletes.add(key)
    }
    assert(this.#unmarkedCleans.size >= cleaned.length, 'what could not be said is kept')
  }
}
