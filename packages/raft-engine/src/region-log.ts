import {
  assert,
  compareBytes,
  type LogIndex,
  type RaftLogValue,
  type RaftLogValueRange,
  type RegionId,
} from '@stratakv/core'
import { type BlockPlace, EntryRows } from './entry-rows.ts'
import type { LiveCounts } from './live-counts.ts'

/** A value and the file it was read from or written to. Never changed: a new one takes its place. */
export interface StoredValue {
  readonly key: Uint8Array
  readonly value: Uint8Array
  readonly slot: number
}

/** The entries of one item of a batch: those from `firstIndex` on, which end at `ends` in the block; the first begins at `begin`. */
export interface EntryRun {
  readonly firstIndex: LogIndex
  readonly count: number
  readonly begin: number
  readonly ends: ArrayLike<number>
}

/** Keys are short, mostly one byte; a string of their bytes keeps their order and hashes fast. */
export function keyText(key: Uint8Array): string {
  return key.length === 1 ? String.fromCharCode(key[0]!) : String.fromCharCode(...key)
}

/** About what a value takes in the heap beside its bytes, for the memory figure. */
const valueOverheadBytes = 200
/** The same of a region. */
export const regionOverheadBytes = 400

/**
 * What memory knows of one region: where its entries lie, and its values.
 *
 * Invariants: entries in the rewrite queue come first, `rewriteCount` of them. Within each queue, a later entry never lies in
 * an earlier file. Every row and value is counted in the file it lies in.
 */
export class RegionLog {
  readonly id: RegionId
  rows = new EntryRows()
  /** How many of the first rows are in the rewrite queue. */
  rewriteCount = 0
  /**
   * Files of the rewrite queue may hold something of this region, dead or alive. What then happens to it in the append
   * queue has to be said in the rewrite queue too, before the append files go: else it would be back after a restart.
   */
  mayHaveRewrites = false
  /** Keys deleted since the last purge. */
  readonly unmarkedDeletes = new KeySet()
  #isCompactionUnmarked = false
  /** The file in which the last copy in several batches begins. It stays while anything of that copy may be needed. */
  #pinnedSlot: number | undefined
  #firstIndex: LogIndex = 0
  readonly #values = new Map<string, StoredValue>()
  readonly #counts: LiveCounts

  constructor(id: RegionId, counts: LiveCounts) {
    this.id = id
    this.#counts = counts
  }

  get firstIndex(): LogIndex | undefined {
    return this.rows.count === 0 ? undefined : this.#firstIndex
  }

  get lastIndex(): LogIndex | undefined {
    return this.rows.count === 0 ? undefined : this.#firstIndex + this.rows.count - 1
  }

  /** The row of an entry that is there. */
  rowOf(index: LogIndex): number {
    return index - this.#firstIndex
  }

  get memoryBytes(): number {
    let bytes = regionOverheadBytes + this.rows.memoryBytes
    for (const { key, value } of this.#values.values()) bytes += valueOverheadBytes + key.length + value.length
    return bytes
  }

  /** The run fits: see `LogEnds` for who makes sure. */
  append(block: BlockPlace, run: EntryRun): void {
    if (this.rows.count === 0) this.#firstIndex = run.firstIndex
    const row = run.firstIndex - this.#firstIndex
    assert(row >= 0 && row <= this.rows.count, 'an append fits the log')
    this.#truncate(row)
    this.rows.pushRun(block, run.begin, run.ends, run.count)
    this.#counts.add(block.slot, run.count)
  }

  /** Drops the entries below `index`; the number dropped. */
  compactTo(index: LogIndex): number {
    const dropCount = Math.min(this.rows.count, index - this.#firstIndex)
    if (dropCount <= 0) return 0
    this.#dropRows(0, dropCount)
    this.rows.dropFirst(dropCount)
    this.#firstIndex += dropCount
    this.rewriteCount = Math.max(0, this.rewriteCount - dropCount)
    return dropCount
  }

  markCompacted(): void {
    this.#isCompactionUnmarked = true
  }

  /**
   * The index that the rewrite queue has to be told, once. Behind all there can be when the log is empty: the rewrite
   * queue may hold entries behind the last that was compacted, which had been cut off before.
   */
  takeCompaction(): LogIndex | undefined {
    if (!this.#isCompactionUnmarked) return undefined
    this.#isCompactionUnmarked = false
    return this.firstIndex ?? Number.MAX_SAFE_INTEGER
  }

  /** Drops the entries from `index` on. */
  cutFrom(index: LogIndex): void {
    this.#truncate(Math.max(0, index - this.#firstIndex))
  }

  /** Drops all entries, not the values. */
  dropEntries(): void {
    this.#truncate(0)
  }

  get(key: Uint8Array): StoredValue | undefined {
    return this.#values.get(keyText(key))
  }

  storedValues(): Iterable<StoredValue> {
    return this.#values.values()
  }

  values({ start, end, reverse }: RaftLogValueRange): RaftLogValue[] {
    const found = [...this.#values.values()]
      .filter(
        ({ key }) =>
          (start === undefined || compareBytes(key, start) >= 0) && (end === undefined || compareBytes(key, end) < 0),
      )
      .sort((left, right) => compareBytes(left.key, right.key))
      .map(({ key, value }): RaftLogValue => [key, value])
    return reverse === true ? found.reverse() : found
  }

  /** Key and value are the log's from here on. */
  put(stored: StoredValue): void {
    const text = keyText(stored.key)
    const replaced = this.#values.get(text)
    if (replaced !== undefined) this.#counts.drop(replaced.slot, 1)
    this.#values.set(text, stored)
    this.#counts.add(stored.slot, 1)
  }

  /** The same with bytes that are another's: copies them, but for a key that is here. */
  putCopy(key: Uint8Array, value: Uint8Array, slot: number): void {
    this.put({ key: this.get(key)?.key ?? key.slice(), value: value.slice(), slot })
  }

  delete(key: Uint8Array): void {
    const text = keyText(key)
    const removed = this.#values.get(text)
    if (removed === undefined) return
    this.#values.delete(text)
    this.#counts.drop(removed.slot, 1)
  }

  /** Gives up all that it counts; the region is not to be used after. */
  clear(): void {
    this.dropEntries()
    for (const { slot } of this.#values.values()) this.#counts.drop(slot, 1)
    this.#values.clear()
    this.unpin()
  }

  /** Takes over what `newer` holds of the same region; where both have something, its own goes. `newer` is not to be used after. */
  mergeNewer(newer: RegionLog): void {
    const firstIndex = newer.firstIndex
    if (firstIndex !== undefined) {
      const row = firstIndex - this.#firstIndex
      assert(this.rows.count === 0 || row >= this.rows.count, 'an append has cut off what it replaces')
      // With a hole between them: what is here had been compacted.
      if (row > this.rows.count) this.dropEntries()
      if (this.rows.count === 0) this.#firstIndex = firstIndex
      this.rows = this.rows.count === 0 ? newer.rows : this.rows.joined(newer.rows)
    }
    for (const stored of newer.#values.values()) {
      this.delete(stored.key)
      this.#values.set(keyText(stored.key), stored)
      this.unmarkedDeletes.delete(stored.key)
    }
  }

  /**
   * Entries were copied to the rewrite queue: the rows that still lie where they were copied from get their new place. They
   * must go on where the rewritten ones end, or begin with the first; what does not, is no longer needed.
   * @param from the rows' old places, for the run's entries in turn
   * @returns how many moved
   */
  rewriteEntries(block: BlockPlace, run: EntryRun, from: readonly CopiedFrom[]): number {
    let begin = run.begin
    let movedCount = 0
    for (let at = 0; at < run.count; at++) {
      const end = run.ends[at]!
      const row = run.firstIndex + at - this.#firstIndex
      if (row >= 0) {
        const old = from[at]!
        const isSame =
          row < this.rows.count &&
          row <= this.rewriteCount &&
          this.rows.slot(row) === old.slot &&
          this.rows.blockOffset(row) === old.blockOffset
        // Cut off and written anew meanwhile: so is all that follows.
        if (!isSame) break
        this.#counts.drop(old.slot, 1)
        this.rows.replace(row, block, begin, end - begin)
        this.rewriteCount = Math.max(this.rewriteCount, row + 1)
        movedCount++
      }
      begin = end
    }
    this.#counts.add(block.slot, movedCount)
    this.#counts.addDead('rewrite', run.count - movedCount)
    return movedCount
  }

  /** The same of a value: it moves if it is still the one that was copied. */
  rewriteValue(copied: StoredValue, slot: number): void {
    if (this.#values.get(keyText(copied.key)) === copied) this.put({ ...copied, slot })
    else this.#counts.addDead('rewrite', 1)
  }

  /** Copies of what is no longer there: the region was cleaned while they were made. */
  countDeadCopies(count: number): void {
    this.#counts.addDead('rewrite', count)
  }

  /** A copy in several batches begins in this file; see {@link RegionLog.unpin}. */
  pin(slot: number): void {
    this.unpin()
    this.#counts.add(slot, 1)
    this.#pinnedSlot = slot
  }

  unpin(): void {
    if (this.#pinnedSlot !== undefined) this.#counts.drop(this.#pinnedSlot, 1)
    this.#pinnedSlot = undefined
  }

  #truncate(row: number): void {
    if (row >= this.rows.count) return
    this.#dropRows(row, this.rows.count)
    this.rows.truncate(row)
    this.rewriteCount = Math.min(this.rewriteCount, row)
  }

  /** Uncounts rows, those of one file at a time. */
  #dropRows(from: number, to: number): void {
    let runStart = from
    for (let row = from + 1; row <= to; row++) {
      if (row < to && this.rows.slot(row) === this.rows.slot(runStart)) continue
      this.#counts.drop(this.rows.slot(runStart), row - runStart)
      runStart = row
    }
  }
}

/** A set of keys. */
export class KeySet {
  readonly #keys = new Map<string, Uint8Array>()

  add(key: Uint8Array): void {
    this.#keys.set(keyText(key), key)
  }

  delete(key: Uint8Array): void {
    if (this.#keys.size > 0) this.#keys.delete(keyText(key))
  }

  /** All of them, and the set is empty. */
  take(): Uint8Array[] {
    if (this.#keys.size === 0) return []
    const keys = [...this.#keys.values()]
    this.#keys.clear()
    return keys
  }
}

/** Where an entry lay when it was copied. */
export interface CopiedFrom {
  readonly slot: number
  readonly blockOffset: number
}
