import {
  assert,
  ClosedError,
  type ColumnFamily,
  columnFamilies,
  compareBytes,
  concatBytes,
  type EngineIterator,
  emptyBytes,
  type IterateOptions,
} from '@stratakv/core'
import type { Pin } from './sqlite-engine.ts'
import type { Statements } from './sqlite-schema.ts'

/** Rows fetched at once: at most this many, and at first as many as the caller expects. */
const readAheadCountMax = 32

interface Row {
  readonly key: Uint8Array
  readonly value: Uint8Array
}

/** Where a range of `family` ends, as a pair that can be compared with; an empty key is the end of the family. */
export function endOf(family: number, key: Uint8Array): [number, Uint8Array] {
  return key.length === 0 ? [family + 1, emptyBytes] : [family, key]
}

/** The least key that is greater. */
const after = (key: Uint8Array) => concatBytes(key, Uint8Array.of(0))
const larger = (left: Uint8Array, right: Uint8Array) => (compareBytes(left, right) >= 0 ? left : right)

/** A cursor that reads a few rows ahead in the direction it moves, and asks again when it turns. */
export class SqliteIterator implements EngineIterator {
  readonly #statements: Statements
  readonly #pin: Pin
  readonly #family: number
  readonly #lower: Uint8Array
  readonly #upper: Uint8Array
  readonly #keysOnly: boolean
  readonly #expectedCount: number
  readonly #onClose: () => void
  #rows: readonly Row[] = []
  #at = 0
  #direction: 'forward' | 'backward' = 'forward'
  #isOpen = true

  constructor(statements: Statements, pin: Pin, cf: ColumnFamily, options: IterateOptions, onClose: () => void) {
    this.#statements = statements
    this.#pin = pin
    this.#family = columnFamilies.indexOf(cf)
    // Copies: the bounds are the caller's again when the cursor has been made.
    this.#lower = concatBytes(options.lowerBound ?? emptyBytes)
    this.#upper = concatBytes(options.upperBound ?? emptyBytes)
    this.#keysOnly = options.keysOnly ?? false
    this.#expectedCount = options.expectedCount ?? readAheadCountMax
    this.#onClose = onClose
  }

  get valid(): boolean {
    return this.#at < this.#rows.length
  }

  get key(): Uint8Array {
    return this.#row().key
  }

  get value(): Uint8Array {
    return this.#row().value
  }

  seek(key: Uint8Array): boolean {
    return this.#load('forward', larger(key, this.#lower), this.#upper, this.#expectedCount)
  }

  seekForPrev(key: Uint8Array): boolean {
    const isBeyond = this.#upper.length > 0 && compareBytes(key, this.#upper) >= 0
    return this.#load('backward', this.#lower, isBeyond ? this.#upper : after(key), this.#expectedCount)
  }

  seekToFirst(): boolean {
    return this.#load('forward', this.#lower, this.#upper, this.#expectedCount)
  }

  seekToLast(): boolean {
    return this.#load('backward', this.#lower, this.#upper, this.#expectedCount)
  }

  next(): boolean {
    return this.#step('forward', () => [after(this.key), this.#upper])
  }

  prev(): boolean {
    return this.#step('backward', () => [this.#lower, this.key])
  }

  close(): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    this.#rows = []
    this.#pin.release()
    this.#onClose()
  }

  #row(): Row {
    const row = this.#rows[this.#at]
    assert(row !== undefined, 'the iterator is valid')
    return row
  }

  /** @param rest the range that lies ahead of the current row */
  #step(direction: 'forward' | 'backward', rest: () => [start: Uint8Array, end: Uint8Array]): boolean {
    if (!this.#isOpen) throw new ClosedError('engine iterator')
    this.#row()
    if (direction === this.#direction && this.#at + 1 < this.#rows.length) {
      this.#at++
      return true
    }
    return this.#load(direction, ...rest(), readAheadCountMax)
  }

  #load(direction: 'forward' | 'backward', start: Uint8Array, end: Uint8Array, count: number): boolean {
    if (!this.#isOpen) throw new ClosedError('engine iterator')
    const { version } = this.#pin
    const family = this.#family
    const limit = Math.min(Math.max(count, 1), readAheadCountMax)
    const from = [family, start, ...endOf(family, end)]
    this.#rows = this.#statements[direction].all([
      this.#keysOnly ? 1 : 0,
      ...from,
      version,
      version,
      limit,
    ]) as unknown as Row[]
    this.#at = 0
    this.#direction = direction
    return this.valid
  }
}
