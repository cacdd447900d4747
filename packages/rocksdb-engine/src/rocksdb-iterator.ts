import {
  assert,
  ClosedError,
  type ColumnFamily,
  compareBytes,
  type EngineIterator,
  emptyBytes,
  type IterateOptions,
  KiB,
  type MaybePromise,
} from '@stratakv/core'
import { type Entry, EntryRead } from './entry-read.ts'
import { diskEnd, diskKey, diskStart, keyOfDiskKey, laterKey } from './key-space.ts'
import type { RocksdbRange } from './rocksdb-binding.ts'
import { fromRocksdbError } from './rocksdb-errors.ts'
import type { RocksdbVersion } from './rocksdb-version.ts'

type Direction = 'forward' | 'backward'

/** Entries of the first read after a seek when the caller gives no hint: a read costs about as much as 100 entries. */
const firstReadCount = 64

/** Each further read after the same seek is larger, by this factor: a long scan soon runs at full speed. */
const readGrowth = 4

/** Entries of one read at most; unpacking as many keeps the event loop for about 2 ms. */
const readCountMax = 1000

/** A further read asks for no more entries than came, by the size of those before, to this many bytes. */
const readBytesTarget = KiB(256)

export interface RocksdbIteratorDeps {
  readonly path: string
  /** Acquired for this iterator, which releases it. */
  readonly version: RocksdbVersion
  onClose(iterator: RocksdbIterator): void
}

/**
 * A cursor over the entries of the last native read, in whichever direction that went. Steps within it are
 * synchronous, in both directions. Off its ends, and for a seek outside of it, a new native read begins: the binding's iterators go
 * one way, once.
 */
export class RocksdbIterator implements EngineIterator {
  readonly #deps: RocksdbIteratorDeps
  readonly #cf: ColumnFamily
  /** Disk keys; the end is exclusive. */
  readonly #start: Uint8Array
  readonly #end: Uint8Array
  readonly #options: IterateOptions
  #closed = false
  #reading: EntryRead | undefined
  /** What was read last, contiguous, in the order of `#direction`. */
  #entries: Entry[] = []
  #direction: Direction = 'forward'
  /** Nothing lies behind the last of `#entries`. */
  #exhausted = false
  #index = -1
  #valid = false
  #readCount = 0

  constructor(deps: RocksdbIteratorDeps, cf: ColumnFamily, options: IterateOptions) {
    this.#deps = deps
    this.#cf = cf
    this.#options = options
    this.#start = diskStart(cf, options.lowerBound)
    this.#end = diskEnd(cf, options.upperBound)
  }

  get valid(): boolean {
    return this.#valid
  }

  get key(): Uint8Array {
    return keyOfDiskKey(this.#current()[0])
  }

  get value(): Uint8Array {
    return this.#current()[1] ?? emptyBytes
  }

  seek(key: Uint8Array): MaybePromise<boolean> {
    this.#checkOpen()
    const target = laterKey(diskKey(this.#cf, key), this.#start)
    return this.#seekWithin(target) || this.#restart('forward', { gte: target, lt: this.#end })
  }

  seekForPrev(key: Uint8Array): MaybePromise<boolean> {
    this.#checkOpen()
    const target = diskKey(this.#cf, key)
    if (compareBytes(target, this.#end) >= 0) return this.seekToLast()
    return this.#restart('backward', { gte: this.#start, lte: target })
  }

  seekToFirst(): MaybePromise<boolean> {
    this.#checkOpen()
    return this.#restart('forward', { gte: this.#start, lt: this.#end })
  }

  seekToLast(): MaybePromise<boolean> {
    this.#checkOpen()
    return this.#restart('backward', { gte: this.#start, lt: this.#end })
  }

  next(): MaybePromise<boolean> {
    return this.#step('forward')
  }

  prev(): MaybePromise<boolean> {
    return this.#step('backward')
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#valid = false
    this.#entries = []
    this.#reading?.cancel()
    this.#deps.version.release()
    this.#deps.onClose(this)
  }

  #step(direction: Direction): MaybePromise<boolean> {
    this.#checkOpen()
    assert(this.#valid, 'the iterator is valid')
    if (direction !== this.#direction) {
      if (this.#index > 0) {
        this.#index--
        return true
      }
      return this.#restart(direction, this.#beyond(direction, this.#entries[0]![0]))
    }
    this.#index++
    if (this.#index < this.#entries.length) return true
    if (this.#exhausted) {
      this.#valid = false
      return false
    }
    return this.#read(this.#beyond(direction, this.#entries.at(-1)![0]))
  }

  #beyond(direction: Direction, key: Uint8Array): RocksdbRange {
    return direction === 'forward' ? { gt: key, lt: this.#end } : { gte: this.#start, lt: key }
  }

  /** Moves within what a forward read brought, if the answer is in there: MVCC readers often seek a few entries ahead. */
  #seekWithin(target: Uint8Array): boolean {
    const entries = this.#entries
    if (this.#direction !== 'forward' || entries.length === 0) return false
    if (compareBytes(entries[0]![0], target) > 0 || compareBytes(entries.at(-1)![0], target) < 0) return false
    let low = 0
    let high = entries.length - 1
    while (low < high) {
      const middle = (low + high) >>> 1
      if (compareBytes(entries[middle]![0], target) < 0) low = middle + 1
      else high = middle
    }
    this.#index = low
    this.#valid = true
    return true
  }

  #restart(direction: Direction, range: RocksdbRange): MaybePromise<boolean> {
    this.#direction = direction
    this.#readCount = 0
    this.#valid = false
    this.#entries = []
    const start = range.gte ?? range.gt!
    const end = range.lt ?? range.lte!
    // An empty range needs no thread; RocksDB would not even take one that ends before it starts.
    if (compareBytes(start, end) > 0) return false
    return this.#read(range)
  }

  /** Reads on, and stands on the first entry. */
  async #read(range: RocksdbRange): Promise<boolean> {
    this.#readCount = this.#nextReadCount()
    this.#valid = false
    this.#entries = []
    this.#index = 0
    const reverse = this.#direction === 'backward'
    const values = this.#options.keysOnly !== true
    const reading = new EntryRead(this.#deps.version.session, { ...range, reverse, values }, this.#readCount)
    this.#reading = reading
    let entries: Entry[]
    try {
      entries = await reading.entries
    } catch (thrown) {
      this.#checkOpen()
      throw fromRocksdbError(this.#deps.path, 'read', thrown)
    } finally {
      this.#reading = undefined
    }
    this.#checkOpen()
    this.#entries = entries
    this.#exhausted = entries.length < this.#readCount
    this.#valid = entries.length > 0
    return this.#valid
  }

  #nextReadCount(): number {
    if (this.#readCount === 0) return Math.min(Math.max(this.#options.expectedCount ?? firstReadCount, 1), readCountMax)
    let bytes = 0
    for (const [key, value] of this.#entries) bytes += key.length + (value?.length ?? 0)
    const fitting = Math.floor((readBytesTarget * this.#entries.length) / Math.max(bytes, 1))
    return Math.max(Math.min(this.#readCount * readGrowth, readCountMax, fitting), 1)
  }

  #current(): Entry {
    this.#checkOpen()
    assert(this.#valid, 'the iterator is valid')
    return this.#entries[this.#index]!
  }

  #checkOpen(): void {
    if (this.#closed) throw new ClosedError('engine iterator')
  }
}
