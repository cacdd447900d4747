import { assert } from '@stratakv/core'

/** Where an entry lies, five words of 32 bits. */
const wordsPerRow = 5
/** Smaller logs keep no smaller array: most regions have a few entries. */
const rowCountMin = 8
/** Set in the length of an entry whose block is compressed; lengths are below 2^31. */
const compressedBit = 0x8000_0000

/** A block of entries in a file: what one batch stored. */
export interface BlockPlace {
  readonly slot: number
  /** In the file. */
  readonly offset: number
  /** Stored bytes, the checksum behind them included. */
  readonly storedBytes: number
  readonly isCompressed: boolean
}

/**
 * The places of a region's entries, first to last, as a ring in one typed array: 20 bytes an entry and at most as much again
 * of room to grow. Row 0 is the first.
 */
export class EntryRows {
  #words = new Uint32Array(0)
  #capacity = 0
  #head = 0
  #count = 0

  get count(): number {
    return this.#count
  }

  /** Of the array. */
  get memoryBytes(): number {
    return this.#words.byteLength
  }

  /** Pushes `count` entries of one block: they end at `ends`, and the first begins at `begin`. */
  pushRun(block: BlockPlace, begin: number, ends: ArrayLike<number>, count: number): void {
    const needed = this.#count + count
    if (needed > this.#capacity) this.#resize(powerOfTwo(needed))
    const words = this.#words
    const mask = this.#capacity - 1
    const compressed = block.isCompressed ? compressedBit : 0
    let place = this.#head + this.#count
    let entryBegin = begin
    for (let entry = 0; entry < count; entry++) {
      const end = ends[entry]!
      const at = (place++ & mask) * wordsPerRow
      words[at] = block.slot
      words[at + 1] = block.offset
      words[at + 2] = block.storedBytes
      words[at + 3] = entryBegin
      words[at + 4] = (end - entryBegin) | compressed
      entryBegin = end
    }
    this.#count = needed
  }

  replace(row: number, block: BlockPlace, entryOffset: number, entryBytes: number): void {
    const at = this.#at(row)
    const words = this.#words
    words[at] = block.slot
    words[at + 1] = block.offset
    words[at + 2] = block.storedBytes
    words[at + 3] = entryOffset
    words[at + 4] = block.isCompressed ? entryBytes | compressedBit : entryBytes
  }

  slot(row: number): number {
    return this.#words[this.#at(row)]!
  }

  blockOffset(row: number): number {
    return this.#words[this.#at(row) + 1]!
  }

  storedBytes(row: number): number {
    return this.#words[this.#at(row) + 2]!
  }

  entryOffset(row: number): number {
    return this.#words[this.#at(row) + 3]!
  }

  entryBytes(row: number): number {
    return this.#words[this.#at(row) + 4]! & ~compressedBit
  }

  isCompressed(row: number): boolean {
    return this.#words[this.#at(row) + 4]! >= compressedBit
  }

  dropFirst(count: number): void {
    assert(count <= this.#count, 'no more rows go than there are')
    this.#head = this.#capacity === 0 ? 0 : (this.#head + count) & (this.#capacity - 1)
    this.#count -= count
    // Far below half: a log that grows and is cut back each time must not resize each time.
    if (this.#count <= this.#capacity / 8) this.#resize(powerOfTwo(this.#count * 2))
  }

  /** Drops the rows from `row` on. */
  truncate(row: number): void {
    assert(row <= this.#count, 'a log is cut at one of its rows')
    this.#count = row
  }

  /** These and, behind them, those of `next`. */
  joined(next: EntryRows): EntryRows {
    const needed = this.#count + next.#count
    if (needed > this.#capacity) this.#resize(powerOfTwo(needed))
    for (let row = 0; row < next.#count; row++) {
      const from = next.#at(row)
      this.#count++
      this.#words.set(next.#words.subarray(from, from + wordsPerRow), this.#at(this.#count - 1))
    }
    return this
  }

  #at(row: number): number {
    return ((this.#head + row) & (this.#capacity - 1)) * wordsPerRow
  }

  /** `wanted` is a power of two. */
  #resize(wanted: number): void {
    const capacity = Math.max(rowCountMin, wanted)
    if (capacity === this.#capacity) return
    const words = new Uint32Array(capacity * wordsPerRow)
    const headWords = this.#head * wordsPerRow
    const firstWords = Math.min(this.#count, this.#capacity - this.#head) * wordsPerRow
    words.set(this.#words.subarray(headWords, headWords + firstWords))
    words.set(this.#words.subarray(0, this.#count * wordsPerRow - firstWords), firstWords)
    this.#words = words
    this.#capacity = capacity
    this.#head = 0
  }
}

/** The least power of two that is not below `count`; 1 for 0. */
function powerOfTwo(count: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(1, count)))
}
