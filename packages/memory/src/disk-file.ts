import { below, MiB, type Random } from '@stratakv/core'
import type { DiskMeter } from './disk-meter.ts'
import { PagedBytes, pageBytes, pageCount } from './paged-bytes.ts'
import { type Fate, fates } from './power-cut.ts'

/** What a disk writes whole or not at all. */
export const sectorBytes = 512

/**
 * Unsynced bytes that one file keeps apart. Beyond, the oldest become certain, as a system writes back by itself
 * when too much is dirty. It bounds the memory of a writer that never syncs.
 */
const pendingBytesMax = MiB(32)

type ContentChange =
  | { readonly type: 'write'; readonly offset: number; readonly data: Uint8Array }
  | { readonly type: 'resize'; readonly sizeBytes: number }

/** A file without its names: what readers see, what a power cut cannot take, and the changes between the two. */
export class DiskFile {
  readonly kind = 'file' as const
  readonly #live: PagedBytes
  readonly #certain: PagedBytes
  /** `certain` with these applied in order is `live`. */
  readonly #pending: ContentChange[] = []
  #pendingBytes = 0
  /** Changes ever made; the last of them are pending. */
  #changeCount = 0
  /** Pages in `[0, reservedPages)` count as taken, written or not. */
  #reservedPages = 0
  /** What counts against the capacity: reserved pages, and pages held behind them. */
  #takenPages = 0
  /** Names and open handles. */
  #useCount = 0
  readonly #meter: DiskMeter

  constructor(meter: DiskMeter, content = new PagedBytes()) {
    this.#meter = meter
    this.#takenPages = content.pagesHeld(0, pageCount(content.sizeBytes))
    this.#certain = content
    this.#live = content.clone()
  }

  get sizeBytes(): number {
    return this.#live.sizeBytes
  }

  /** A point in the order of changes, for {@link settle}: everything up to now. */
  get mark(): number {
    return this.#changeCount
  }

  /** One more name or handle. */
  use(): void {
    if (this.#useCount++ === 0) this.#meter.takenPages += this.#takenPages
  }

  /** One name or handle less. With the last, the space is free again. */
  release(): void {
    if (--this.#useCount === 0) this.#meter.takenPages -= this.#takenPages
  }

  read(target: Uint8Array, offset: number): number {
    return this.#live.read(target, offset)
  }

  /** Pages that a write of these bytes would newly take. */
  pagesForWrite(offset: number, lengthBytes: number): number {
    if (lengthBytes === 0) return 0
    const start = Math.max(this.#reservedPages, Math.floor(offset / pageBytes))
    const end = pageCount(offset + lengthBytes)
    return end <= start ? 0 : end - start - this.#live.pagesHeld(start, end)
  }

  /** `data` belongs to the file from here on. The room is checked before, by {@link pagesForWrite}; as for the other changes, the file is in use. */
  write(data: Uint8Array, offset: number): void {
    if (data.length === 0) return
    this.#take(this.pagesForWrite(offset, data.length))
    this.#live.write(data, offset)
    this.#pendingBytes += data.length
    this.#note({ type: 'write', offset, data })
    if (this.#pendingBytes > pendingBytesMax) this.#writeBack()
  }

  /** Pages that {@link reserve} would newly take. */
  pagesForReserve(endBytes: number): number {
    const end = pageCount(endBytes)
    return end <= this.#reservedPages ? 0 : end - this.#reservedPages - this.#live.pagesHeld(this.#reservedPages, end)
  }

  /** Makes room for everything below `endBytes`, and the file at least that long. */
  reserve(endBytes: number): void {
    this.#take(this.pagesForReserve(endBytes))
    this.#reservedPages = Math.max(this.#reservedPages, pageCount(endBytes))
    if (endBytes > this.#live.sizeBytes) this.resize(endBytes)
  }

  resize(sizeBytes: number): void {
    if (sizeBytes === this.#live.sizeBytes) return
    this.#live.resize(sizeBytes)
    const pages = pageCount(sizeBytes)
    this.#reservedPages = Math.min(this.#reservedPages, pages)
    this.#take(this.#reservedPages + this.#live.pagesHeld(this.#reservedPages, pages) - this.#takenPages)
    this.#note({ type: 'resize', sizeBytes })
  }

  /** Makes certain what was done before `mark`; with `data`, not the resizes behind the last write. */
  settle(mark: number, what: 'data' | 'all'): void {
    let count = mark - (this.#changeCount - this.#pending.length)
    if (what === 'data') while (count > 0 && this.#pending[count - 1]!.type === 'resize') count--
    if (count > 0) this.#settleFirst(count)
  }

  /** The file as a disk may hold it when the power goes now, for a disk with this meter. Reservations are forgotten. */
  afterPowerCut(random: Random, meter: DiskMeter): DiskFile {
    const content = this.#certain.clone()
    const decided = fates(this.#pending.length, random)
    for (const [index, change] of this.#pending.entries()) applyFate(content, change, decided[index]!, random)
    return new DiskFile(meter, content)
  }

  /** Counts pages as taken, or given back when negative. */
  #take(pages: number): void {
    this.#takenPages += pages
    this.#meter.takenPages += pages
  }

  #note(change: ContentChange): void {
    this.#pending.push(change)
    this.#changeCount++
  }

  #writeBack(): void {
    let kept = this.#pendingBytes
    let count = 0
    while (kept > pendingBytesMax / 2) {
      const change = this.#pending[count++]!
      if (change.type === 'write') kept -= change.data.length
    }
    this.#settleFirst(count)
  }

  #settleFirst(count: number): void {
    const settled = this.#pending.splice(0, count)
    for (const change of settled) if (change.type === 'write') this.#pendingBytes -= change.data.length
    if (this.#pending.length > 0) {
      for (const change of settled) applyWhole(this.#certain, change)
      return
    }
    // Nothing is pending any more, so both are the same: share the pages instead of holding the bytes twice.
    for (const change of settled) if (change.type === 'resize') this.#certain.resize(change.sizeBytes)
    for (const change of settled) {
      if (change.type !== 'write') continue
      const end = pageCount(change.offset + change.data.length)
      for (let index = Math.floor(change.offset / pageBytes); index < end; index++) {
        this.#certain.sharePage(this.#live, index)
      }
    }
    this.#certain.resize(this.#live.sizeBytes)
  }
}

function applyWhole(content: PagedBytes, change: ContentChange): void {
  if (change.type === 'resize') content.resize(change.sizeBytes)
  else content.write(change.data, change.offset)
}

function applyFate(content: PagedBytes, change: ContentChange, fate: Fate, random: Random): void {
  if (fate === 'lost') return
  if (fate === 'kept' || change.type === 'resize') {
    applyWhole(content, change)
    return
  }
  const end = change.offset + change.data.length
  let at = change.offset
  while (at < end) {
    const next = Math.min(end, at - (at % sectorBytes) + sectorBytes)
    if (below(random, 2) === 0) content.write(change.data.subarray(at - change.offset, next - change.offset), at)
    at = next
  }
  // File systems record a new size apart from the bytes: what did not arrive below it reads as zeros.
  if (end > content.sizeBytes && below(random, 2) === 0) content.resize(end)
}
