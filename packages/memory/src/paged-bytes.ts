/** A page; a multiple of {@link sectorBytes} of the disk. */
export const pageBytes = 4096

/**
 * A byte string with holes, in pages that two of them can share until one is written to. Never-written pages take no
 * memory and read as zeros. Invariant: bytes of the last page behind `sizeBytes` are zero.
 */
export class PagedBytes {
  #sizeBytes = 0
  readonly #pages = new Map<number, Uint8Array>()
  /** Pages that another holds as well: copied before they are written to. */
  readonly #shared = new Set<number>()

  get sizeBytes(): number {
    return this.#sizeBytes
  }

  /** Fills `target` as far as the bytes go; returns how many that were. */
  read(target: Uint8Array, offset: number): number {
    const length = Math.max(0, Math.min(target.length, this.#sizeBytes - offset))
    let done = 0
    while (done < length) {
      const at = offset + done
      const start = at % pageBytes
      const count = Math.min(length - done, pageBytes - start)
      const page = this.#pages.get(Math.floor(at / pageBytes))
      if (page === undefined) target.fill(0, done, done + count)
      else target.set(page.subarray(start, start + count), done)
      done += count
    }
    return length
  }

  /** Copies `data` in, growing as needed. */
  write(data: Uint8Array, offset: number): void {
    let done = 0
    while (done < data.length) {
      const at = offset + done
      const start = at % pageBytes
      const count = Math.min(data.length - done, pageBytes - start)
      this.#writablePage(Math.floor(at / pageBytes)).set(data.subarray(done, done + count), start)
      done += count
    }
    if (data.length > 0) this.#sizeBytes = Math.max(this.#sizeBytes, offset + data.length)
  }

  resize(sizeBytes: number): void {
    if (sizeBytes < this.#sizeBytes) {
      const kept = pageCount(sizeBytes)
      for (const index of [...this.#pages.keys()]) if (index >= kept) this.#drop(index)
      const lastIndex = kept - 1
      if (sizeBytes % pageBytes !== 0 && this.#pages.has(lastIndex)) {
        this.#writablePage(lastIndex).fill(0, sizeBytes % pageBytes)
      }
    }
    this.#sizeBytes = sizeBytes
  }

  /** Takes over what `source` holds at page `index`, without copying. The sizes are the caller's to settle. */
  sharePage(source: PagedBytes, index: number): void {
    const page = source.#pages.get(index)
    if (page === undefined) {
      this.#drop(index)
      return
    }
    this.#pages.set(index, page)
    this.#shared.add(index)
    source.#shared.add(index)
  }

  clone(): PagedBytes {
    const copy = new PagedBytes()
    for (const index of this.#pages.keys()) copy.sharePage(this, index)
    copy.#sizeBytes = this.#sizeBytes
    return copy
  }

  /** How many of the pages in `[start, end)` take memory. */
  pagesHeld(start: number, end: number): number {
    // Whichever is fewer to look at.
    let count = 0
    if (end - start <= this.#pages.size) {
      for (let index = start; index < end; index++) if (this.#pages.has(index)) count++
    } else {
      for (const index of this.#pages.keys()) if (index >= start && index < end) count++
    }
    return count
  }

  #writablePage(index: number): Uint8Array {
    const page = this.#pages.get(index)
    if (page !== undefined && !this.#shared.has(index)) return page
    const own = page === undefined ? new Uint8Array(pageBytes) : page.slice()
    this.#pages.set(index, own)
    this.#shared.delete(index)
    return own
  }

  #drop(index: number): void {
    this.#pages.delete(index)
    this.#shared.delete(index)
  }
}

/** Pages needed for `sizeBytes`. */
export function pageCount(sizeBytes: number): number {
  return Math.ceil(sizeBytes / pageBytes)
}
