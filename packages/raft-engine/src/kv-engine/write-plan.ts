import {
  assert,
  type KeyChange,
  type LogIndex,
  MiB,
  RaftLogBatchTooLargeError,
  type RaftLogChange,
  RaftLogCompactedError,
  RaftLogGapError,
  type RegionId,
  toHex,
} from '@stratakv/core'
import { encodeFloor, entryKey, floorKey, valueKey } from './raft-keys.ts'
import { emptyRegionLog, entryCountOf, type RegionLog } from './region-log.ts'

/** One write takes this much at most; LevelDB and RocksDB hold a batch in memory twice. */
export const writeBytesMax: number = MiB(512)

/** Entries `[from, to)` of a region that are no more, and still lie in the engine. */
export interface PendingDrop {
  readonly from: LogIndex
  readonly to: LogIndex
}

/** What is known of a region while a plan grows: the log, and what is dropped behind the batch. */
interface PlannedRegion {
  readonly log: RegionLog | undefined
  readonly drop: PendingDrop | undefined
}

/** One batch for the engine, made of many writes, and what holds once the engine has it. Does no I/O. */
export class WritePlan {
  readonly changes: KeyChange[] = []
  /** Something that readers can see now is overwritten or deleted by the batch. */
  disturbsReaders = false
  byteCount = 0
  readonly #present: ReadonlyMap<RegionId, RegionLog>
  readonly #inlineDropCountMax: number
  readonly #planned = new Map<RegionId, PlannedRegion>()

  /** More entries than `inlineDropCountMax` of a region are not dropped by the batch, but behind it. */
  constructor(present: ReadonlyMap<RegionId, RegionLog>, inlineDropCountMax: number) {
    this.#present = present
    this.#inlineDropCountMax = inlineDropCountMax
  }

  /** The regions that change: what each is then, `undefined` for none. */
  *logs(): IterableIterator<readonly [RegionId, RegionLog | undefined]> {
    for (const [regionId, { log }] of this.#planned) yield [regionId, log]
  }

  /** What is to be deleted once the engine has the batch. */
  *drops(): IterableIterator<readonly [RegionId, PendingDrop]> {
    for (const [regionId, { drop }] of this.#planned) if (drop !== undefined) yield [regionId, drop]
  }

  /**
   * Adds one write, all of it or nothing. Answers the bytes of its keys and values.
   *
   * @throws RaftLogGapError, RaftLogCompactedError, RaftLogBatchTooLargeError
   */
  add(changes: readonly RaftLogChange[]): number {
    const write = new PlannedWrite((regionId) => this.#look(regionId), this.#inlineDropCountMax)
    for (const change of changes) write.add(change)
    if (write.byteCount > writeBytesMax) throw new RaftLogBatchTooLargeError(write.byteCount, writeBytesMax)
    for (const [regionId, region] of write.planned) this.#planned.set(regionId, region)
    for (const change of write.changes) this.changes.push(change)
    this.disturbsReaders ||= write.disturbsReaders
    this.byteCount += write.byteCount
    return write.byteCount
  }

  #look(regionId: RegionId): PlannedRegion {
    return this.#planned.get(regionId) ?? { log: this.#present.get(regionId), drop: undefined }
  }
}

/** The changes of one write, over what was planned before it. */
class PlannedWrite {
  readonly changes: KeyChange[] = []
  readonly planned = new Map<RegionId, PlannedRegion>()
  disturbsReaders = false
  byteCount = 0
  readonly #before: (regionId: RegionId) => PlannedRegion
  readonly #inlineDropCountMax: number

  constructor(before: (regionId: RegionId) => PlannedRegion, inlineDropCountMax: number) {
    this.#before = before
    this.#inlineDropCountMax = inlineDropCountMax
  }

  /** @throws RaftLogGapError, RaftLogCompactedError */
  add(change: RaftLogChange): void {
    const { regionId } = change
    const region = this.planned.get(regionId) ?? this.#before(regionId)
    switch (change.type) {
      case 'append':
        if (change.entries.length > 0) this.#append(region, change)
        return
      case 'compact':
        this.#dropTo(regionId, region, Math.min(change.index, region.log?.endIndex ?? 0))
        return
      case 'clean': {
        for (const [key] of region.log?.values.values() ?? []) this.#delete(valueKey(regionId, key))
        const emptied = this.#dropTo(regionId, region, region.log?.endIndex ?? 0)
        this.planned.set(regionId, { ...emptied, log: undefined })
        return
      }
      case 'put': {
        assert(change.key.length > 0, 'a key is not empty')
        const value = change.value.slice()
        this.#put(valueKey(regionId, change.key), value)
        const log = region.log ?? emptyRegionLog
        const values = new Map(log.values).set(toHex(change.key), [change.key.slice(), value])
        this.planned.set(regionId, { ...region, log: { ...log, values } })
        return
      }
      case 'delete': {
        const values = new Map(region.log?.values)
        if (region.log === undefined || !values.delete(toHex(change.key))) return
        this.#delete(valueKey(regionId, change.key))
        this.planned.set(regionId, { ...region, log: { ...region.log, values } })
      }
    }
  }

  #append(region: PlannedRegion, { regionId, firstIndex, entries }: RaftLogChange & { type: 'append' }): void {
    const log = region.log ?? emptyRegionLog
    const isEmpty = entryCountOf(log) === 0
    if (!isEmpty && firstIndex < log.firstIndex) throw new RaftLogCompactedError(regionId, firstIndex, log.firstIndex)
    if (!isEmpty && firstIndex > log.endIndex) throw new RaftLogGapError(regionId, firstIndex, log.endIndex)
    let { drop } = region
    if (drop !== undefined && firstIndex < drop.to) {
      // The log begins anew where old entries still lie: a floor cannot tell them apart, so these go within the batch after all.
      for (let index = drop.from; index < drop.to; index++) this.#delete(entryKey(regionId, index))
      this.#delete(floorKey(regionId))
      drop = undefined
    } else if (drop !== undefined && isEmpty) {
      // The floor is always the first index, so that opening need not look for it.
      drop = this.#putFloor(regionId, drop.from, firstIndex)
    }
    entries.forEach((entry, at) => void this.#put(entryKey(regionId, firstIndex + at), entry))
    const endIndex = firstIndex + entries.length
    if (!isEmpty) {
      for (let index = endIndex; index < log.endIndex; index++) this.#delete(entryKey(regionId, index))
      this.disturbsReaders ||= firstIndex < log.endIndex
    }
    const appended = { ...log, firstIndex: isEmpty ? firstIndex : log.firstIndex, endIndex }
    this.planned.set(regionId, { log: appended, drop })
  }

  /** Drops the entries below `index`, which is not behind the end. */
  #dropTo(regionId: RegionId, region: PlannedRegion, index: LogIndex): PlannedRegion {
    const { log } = region
    if (log === undefined || index <= log.firstIndex) return region
    this.disturbsReaders = true
    let { drop } = region
    if (drop !== undefined || index - log.firstIndex > this.#inlineDropCountMax) {
      drop = this.#putFloor(regionId, drop?.from ?? log.firstIndex, index)
    } else {
      for (let at = log.firstIndex; at < index; at++) this.#delete(entryKey(regionId, at))
    }
    const dropped = { log: { ...log, firstIndex: index }, drop }
    this.planned.set(regionId, dropped)
    return dropped
  }

  #putFloor(regionId: RegionId, from: LogIndex, to: LogIndex): PendingDrop {
    this.#put(floorKey(regionId), encodeFloor(to))
    return { from, to }
  }

  #put(key: Uint8Array, value: Uint8Array): void {
    this.changes.push({ type: 'put', cf: 'raft', key, value })
    this.byteCount += key.length + value.length
  }

  #delete(key: Uint8Array): void {
    this.changes.push({ type: 'delete', cf: 'raft', key })
    this.byteCount += key.length
  }
}
