import { type LogIndex, RaftLogCorruptionError, type RegionId } from '@stratakv/core'
import type { ScannedBatch } from './batch-scan.ts'
import type { BlockPlace } from './entry-rows.ts'
import { batchHeaderBytes } from './format/batch-header.ts'
import type { BatchReader } from './format/batch-reader.ts'
import type { LogItemVisitor } from './format/log-items.ts'
import { type GroupPart, groupPartOf, isGroupMark } from './group-marks.ts'
import type { LogFile } from './log-file.ts'
import type { RegionLogs, ReplayedCommand } from './region-logs.ts'

/** A batch that was read, in its file. */
interface PlacedBatch {
  readonly file: LogFile
  readonly batch: ScannedBatch
}

/** Brings the batches of files into memory, in their order; those of a group when all of it is there. */
export class Replay {
  readonly #reader: BatchReader
  /** Groups that have begun and not ended. What is left at the end was cut by a crash, and is nothing. */
  readonly #groups = new Map<number, PlacedBatch[]>()
  readonly #marks = new MarkFinder()
  readonly #regions: RegionLogs
  /** What the append queue holds, by itself; see {@link RegionLogs.mergeNewer}. */
  readonly #appended: RegionLogs
  readonly #items: ItemReplay

  constructor(regions: RegionLogs, appended: RegionLogs, reader: BatchReader) {
    this.#regions = regions
    this.#appended = appended
    this.#reader = reader
    this.#items = new ItemReplay(regions, appended)
  }

  /** All files of both queues have been replayed. */
  finish(): void {
    this.#regions.mergeNewer(this.#appended)
  }

  /**
   * The fault in words when the batch is not what an engine wrote: then nothing of it was done.
   * @throws RaftLogCorruptionError when it does not follow on what came before
   */
  batch(file: LogFile, batch: ScannedBatch): string | undefined {
    if (file.queue === 'append') return this.#apply({ file, batch }, this.#items)
    this.#marks.reset()
    const fault = this.#read({ file, batch }, this.#marks)
    if (fault !== undefined) return fault
    const { groupId, part } = this.#marks
    if (groupId === undefined) return this.#apply({ file, batch }, this.#items)
    if (part === undefined) return 'a mark of a group that is neither begin, middle nor end'
    if (part === 'begin') this.#groups.set(groupId, [{ file, batch }])
    // A part whose beginning is missing: an older crash cut it off.
    else this.#groups.get(groupId)?.push({ file, batch })
    if (part === 'end') this.#applyGroup(groupId)
    return undefined
  }

  #applyGroup(groupId: number): void {
    const parts = this.#groups.get(groupId) ?? []
    this.#groups.delete(groupId)
    const regionIds = new Set<RegionId>()
    for (const part of parts) {
      this.#items.regionIds = regionIds
      this.#apply(part, this.#items)
    }
    this.#items.regionIds = undefined
    const first = parts[0]?.file
    if (first === undefined || first === parts.at(-1)!.file) return
    for (const regionId of regionIds) this.#regions.get(regionId)?.pin(first.slot)
  }

  #apply(placed: PlacedBatch, items: ItemReplay): string | undefined {
    items.begin(placed)
    const fault = this.#read(placed, items)
    if (items.gap !== undefined) throw new RaftLogCorruptionError(placed.file.path, placed.batch.offset, items.gap)
    return fault
  }

  #read({ file, batch }: PlacedBatch, visitor: LogItemVisitor): string | undefined {
    const { footer, header } = batch
    return this.#reader.readItems(footer, file.signature, header.entriesBytesMax, visitor)?.detail
  }
}

/** Looks for a mark, and at nothing else. */
class MarkFinder implements LogItemVisitor {
  groupId: number | undefined
  part: GroupPart | undefined

  reset(): void {
    this.groupId = undefined
    this.part = undefined
  }

  put(regionId: RegionId, key: Uint8Array, value: Uint8Array): void {
    if (!isGroupMark(key)) return
    this.groupId = regionId
    this.part = groupPartOf(value)
  }

  entries(): void {}
  clean(): void {}
  compact(): void {}
  delete(): void {}
}

class ItemReplay implements LogItemVisitor {
  /** Why the batch cannot follow on what came before. */
  gap: string | undefined
  /** Collects the regions that the batch has something of, when it is there. */
  regionIds: Set<RegionId> | undefined
  readonly #regions: RegionLogs
  readonly #appended: RegionLogs
  #file!: LogFile
  #block!: BlockPlace

  constructor(regions: RegionLogs, appended: RegionLogs) {
    this.#regions = regions
    this.#appended = appended
  }

  begin({ file, batch: { offset, header } }: PlacedBatch): void {
    this.gap = undefined
    this.#file = file
    this.#block = {
      slot: file.slot,
      offset: offset + batchHeaderBytes,
      storedBytes: header.footerOffset - batchHeaderBytes,
      isCompressed: header.compression === 'lz4',
    }
  }

  entries(regionId: RegionId, firstIndex: LogIndex, count: number, begin: number, ends: Uint32Array): void {
    this.regionIds?.add(regionId)
    const run = { firstIndex, count, begin, ends }
    if (this.#file.queue === 'rewrite') {
      this.#regions.replayRewritten(regionId, this.#block, run)
      return
    }
    // An append replaces what the log held from there on, rewritten or not: what a later command then drops depends on it.
    this.#regions.get(regionId)?.cutFrom(firstIndex)
    const gap = this.#appended.replayAppended(regionId, this.#block, run)
    if (gap === undefined) return
    this.gap ??= `region ${regionId} goes on at entry ${gap.firstIndex}, where ${gap.expectedIndex} comes next`
  }

  clean(regionId: RegionId): void {
    this.#command(regionId, { type: 'clean' })
  }

  compact(regionId: RegionId, index: LogIndex): void {
    this.#command(regionId, { type: 'compact', index })
  }

  put(regionId: RegionId, key: Uint8Array, value: Uint8Array): void {
    if (isGroupMark(key)) return
    this.regionIds?.add(regionId)
    const { queue, slot } = this.#file
    if (queue === 'rewrite') this.#regions.replayRewrittenValue(regionId, key, value, slot)
    else this.#appended.put(regionId, key, value, slot)
  }

  delete(regionId: RegionId, key: Uint8Array): void {
    this.#command(regionId, { type: 'delete', key: key.slice() })
  }

  #command(regionId: RegionId, command: ReplayedCommand): void {
    if (this.#file.queue === 'rewrite') {
      this.#regions.replayMark(regionId, command)
      return
    }
    this.#appended.replayCommand(regionId, command)
    this.#regions.replayCommand(regionId, command)
  }
}
