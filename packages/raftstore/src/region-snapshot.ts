import {
  type ColumnFamily,
  chain,
  compareBytes,
  type EngineIterator,
  type EngineSnapshot,
  emptyBytes,
  type IterateOptions,
  type KvSnapshot,
  keyInRange,
  type MaybePromise,
  type MemoryLocks,
  type Region,
  type Term,
} from '@stratakv/core'
import { dataEndKey, dataKey, logicalKey } from './keys.ts'

/** An engine snapshot seen through one region: logical keys, and nothing outside the region's range. */
export class RegionSnapshot implements KvSnapshot {
  readonly region: Region
  readonly term: Term
  readonly locks: MemoryLocks
  readonly #engine: EngineSnapshot

  constructor(engine: EngineSnapshot, region: Region, term: Term, locks: MemoryLocks) {
    this.#engine = engine
    this.region = region
    this.term = term
    this.locks = locks
  }

  #holds(key: Uint8Array): boolean {
    return keyInRange(key, this.region.startKey, this.region.endKey)
  }

  get(cf: ColumnFamily, key: Uint8Array): MaybePromise<Uint8Array | undefined> {
    return this.#holds(key) ? this.#engine.get(cf, dataKey(key)) : undefined
  }

  getMany(cf: ColumnFamily, keys: readonly Uint8Array[]): MaybePromise<(Uint8Array | undefined)[]> {
    const inside = keys.filter((key) => this.#holds(key))
    const values = this.#engine.getMany(cf, inside.map(dataKey))
    if (inside.length === keys.length) return values
    return chain(values, (found) => {
      let next = 0
      return keys.map((key) => (this.#holds(key) ? found[next++] : undefined))
    })
  }

  iterate(cf: ColumnFamily, options: IterateOptions = {}): EngineIterator {
    const lower = laterStart(options.lowerBound ?? emptyBytes, this.region.startKey)
    const upper = earlierEnd(options.upperBound ?? emptyBytes, this.region.endKey)
    const inner = this.#engine.iterate(cf, {
      ...options,
      lowerBound: dataKey(lower),
      upperBound: dataEndKey(upper),
    })
    return new DataIterator(inner)
  }

  release(): void {
    this.#engine.release()
  }
}

function laterStart(left: Uint8Array, right: Uint8Array): Uint8Array {
  return compareBytes(left, right) >= 0 ? left : right
}

/** Of two exclusive ends, where empty means unbounded. */
function earlierEnd(left: Uint8Array, right: Uint8Array): Uint8Array {
  if (left.length === 0) return right
  if (right.length === 0) return left
  return compareBytes(left, right) <= 0 ? left : right
}

/** Takes and gives logical keys. */
class DataIterator implements EngineIterator {
  readonly #inner: EngineIterator

  constructor(inner: EngineIterator) {
    this.#inner = inner
  }

  get valid(): boolean {
    return this.#inner.valid
  }

  get key(): Uint8Array {
    return logicalKey(this.#inner.key)
  }

  get value(): Uint8Array {
    return this.#inner.value
  }

  seek(key: Uint8Array): MaybePromise<boolean> {
    return this.#inner.seek(dataKey(key))
  }

  seekForPrev(key: Uint8Array): MaybePromise<boolean> {
    return this.#inner.seekForPrev(dataKey(key))
  }

  seekToFirst(): MaybePromise<boolean> {
    return this.#inner.seekToFirst()
  }

  seekToLast(): MaybePromise<boolean> {
    return this.#inner.seekToLast()
  }

  next(): MaybePromise<boolean> {
    return this.#inner.next()
  }

  prev(): MaybePromise<boolean> {
    return this.#inner.prev()
  }

  close(): void {
    this.#inner.close()
  }
}
