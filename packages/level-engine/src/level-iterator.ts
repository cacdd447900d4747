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
import type { Iterator } from 'classic-level'
import { diskEnd, diskKey, diskStart, keyAfter, keyOfDiskKey, laterKey } from './key-space.ts'
import { fromLevelError } from './level-errors.ts'
import type { LevelVersion } from './level-version.ts'
import type { LevelDatabase } from './write-queue.ts'

type NativeIterator = Iterator<LevelDatabase, Uint8Array, Uint8Array>
type Entry = [key: Uint8Array, value: Uint8Array]
type Direction = 'forward' | 'backward'

/** Entries of the first read after a seek when the caller gives no hint: a thread hop costs about as much as 20 entries. */
const firstReadCount = 16

/** Each further read after the same seek is larger, by this factor: a long scan soon runs at full speed. */
const readGrowth = 4

/** Entries of one read at most; fetching as many from the thread keeps the event loop for about 2 ms. */
const readCountMax = 1000

/** A read ends early once it holds more bytes. An iterator holds one read's worth at most. */
const readBytesMax = KiB(256)

export interface LevelIteratorDeps {
  readonly db: LevelDatabase
  readonly path: string
  /** Acquired for this iterator, which releases it. */
  readonly version: LevelVersion
  /** Whether a further seek may touch the disk on this thread. */
  readonly reads: 'inline' | 'threaded'
  onClose(iterator: LevelIterator): void
}

/**
 * A cursor over the entries of the last native read, in whichever direction that went. Steps within it are
 * synchronous, in both directions. Only off its ends a native iterator of the direction in question is asked.
 */
export class LevelIterator implements EngineIterator {
  readonly #deps: LevelIteratorDeps
  readonly #cf: ColumnFamily
  /** Disk keys; the end is exclusive. */
  readonly #start: Uint8Array
  readonly #end: Uint8Array
  readonly #options: IterateOptions
  #closed = false
  /** One for each direction, made when first needed. */
  #forward: NativeIterator | undefined
  #backward: NativeIterator | undefined
  /** Where their ranges begin: beyond that they find nothing. */
  #forwardFrom: Uint8Array = emptyBytes
  #backwardFrom: Uint8Array = emptyBytes
  /** What was read last, contiguous, in the order of `#direction`; its native iterator stands right behind it. */
  #entries: Entry[] = []
  #direction: Direction = 'forward'
  #index = -1
  #valid = false
  #readCount = 0

  constructor(deps: LevelIteratorDeps, cf: ColumnFamily, options: IterateOptions) {
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
    const entry = this.#current()
    return this.#options.keysOnly === true ? emptyBytes : entry[1]
  }

  seek(key: Uint8Array): MaybePromise<boolean> {
    this.#checkOpen()
    const target = laterKey(diskKey(this.#cf, key), this.#start)
    return this.#seekWithin(target) || this.#seekForward(target)
  }

  seekForPrev(key: Uint8Array): MaybePromise<boolean> {
    this.#checkOpen()
    const target = diskKey(this.#cf, key)
    if (compareBytes(target, this.#end) >= 0) return this.#seekBackward(this.#end, false)
    return this.#seekBackward(target, true)
  }

  seekToFirst(): MaybePromise<boolean> {
    this.#checkOpen()
    return this.#seekForward(this.#start)
  }

  seekToLast(): MaybePromise<boolean> {
    this.#checkOpen()
    return this.#seekBackward(this.#end, false)
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
    // Closing waits for a read in flight by itself, and has nothing to fail at.
    void this.#forward?.close()
    void this.#backward?.close()
    this.#deps.version.release()
    this.#deps.onClose(this)
  }

  #step(direction: Direction): MaybePromise<boolean> {
    this.#checkOpen()
    assert(this.#valid, 'the iterator is valid')
    if (direction === this.#direction) {
      this.#index++
      if (this.#index < this.#entries.length) return true
      return this.#read(direction === 'forward' ? this.#forward! : this.#backward!)
    }
    if (this.#index > 0) {
      this.#index--
      return true
    }
    const from = this.#entries[0]![0]
    return direction === 'forward' ? this.#seekForward(keyAfter(from)) : this.#seekBackward(from, false)
  }

  /** Moves within what a forward read brought, if the answer is in there: MVCC readers often seek a few entries ahead. */
  #seekWithin(target: Uint8Array): boolean {
    const entries = this.#entries
    if (this.#direction !== 'forward' || entries.length === 0) return false
    if (compareBytes(entries[0]![0], target) > 0 || compareBytes(entries[entries.length - 1]![0], target) < 0)
      return false
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

  /** To the first entry >= `target`, which is not below the lower bound. */
  #seekForward(target: Uint8Array): MaybePromise<boolean> {
    this.#restart('forward')
    if (compareBytes(target, this.#end) >= 0) return false
    const reusable = this.#reusable(this.#forward)
    if (reusable !== undefined && compareBytes(target, this.#forwardFrom) >= 0) {
      reusable.seek(target)
      return this.#read(reusable)
    }
    void this.#forward?.close()
    // A range that begins at the target makes the seek part of the first read, which runs on another thread.
    this.#forward = this.#native({ gte: target, lt: this.#end })
    this.#forwardFrom = target
    return this.#read(this.#forward)
  }

  /** To the last entry <= `target` or, when not `inclusive`, < `target`. The target is not beyond the upper bound. */
  #seekBackward(target: Uint8Array, inclusive: boolean): MaybePromise<boolean> {
    this.#restart('backward')
    if (compareBytes(target, this.#start) < 0) return false
    const reusable = this.#reusable(this.#backward)
    if (reusable !== undefined && compareBytes(target, this.#backwardFrom) < 0) {
      reusable.seek(target)
      return this.#read(reusable, inclusive ? undefined : target)
    }
    void this.#backward?.close()
    this.#backward = this.#native({
      reverse: true,
      gte: this.#start,
      ...(inclusive ? { lte: target } : { lt: target }),
    })
    this.#backwardFrom = target
    return this.#read(this.#backward)
  }

  /** To seek with a native iterator anew saves making one, but touches the disk on this thread. */
  #reusable(native: NativeIterator | undefined): NativeIterator | undefined {
    return this.#deps.reads === 'inline' ? native : undefined
  }

  #restart(direction: Direction): void {
    this.#valid = false
    this.#entries = []
    this.#index = -1
    this.#direction = direction
    this.#readCount = 0
  }

  #native(range: object): NativeIterator {
    const snapshot = this.#deps.version.snapshot
    return this.#deps.db.iterator<Uint8Array, Uint8Array>({
      ...range,
      values: this.#options.keysOnly !== true,
      // One long scan would push everything else out of the block cache.
      fillCache: (this.#options.expectedCount ?? firstReadCount) <= readCountMax,
      highWaterMarkBytes: readBytesMax,
      ...(snapshot === undefined ? {} : { snapshot }),
    })
  }

  /** Reads on, and stands on the first entry, or on the second if the first has the key `skipped`. */
  async #read(native: NativeIterator, skipped?: Uint8Array): Promise<boolean> {
    this.#valid = false
    this.#readCount = this.#nextReadCount()
    let entries: Entry[]
    try {
      entries = await native.nextv(this.#readCount + (skipped === undefined ? 0 : 1))
    } catch (thrown) {
      this.#checkOpen()
      throw fromLevelError(this.#deps.path, 'read', thrown)
    }
    this.#checkOpen()
    this.#entries = entries
    this.#index = 0
    if (skipped !== undefined && entries.length > 0 && compareBytes(entries[0]![0], skipped) === 0) {
      entries.shift()
      // A large entry can end a native read, so the one skipped may have come alone.
      if (entries.length === 0) return this.#read(native)
    }
    this.#valid = entries.length > 0
    return this.#valid
  }

  #nextReadCount(): number {
    const count = this.#readCount === 0 ? (this.#options.expectedCount ?? firstReadCount) : this.#readCount * readGrowth
    return Math.min(Math.max(count, 1), readCountMax)
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
