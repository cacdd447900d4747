import type { RocksdbRange, RocksdbSession, RocksdbStream } from './rocksdb-binding.ts'

export type Entry = readonly [key: Uint8Array, value: Uint8Array | null]

/**
 * Up to `countMax` entries of `range`, in one read of one native iterator. That costs three hops between threads (open, read,
 * close; the last is not waited for), so a caller that wants more asks for more at once.
 */
export class EntryRead {
  readonly entries: Promise<Entry[]>
  readonly #stream: RocksdbStream

  constructor(session: RocksdbSession, range: RocksdbRange, countMax: number) {
    // Capacity is how many entries one native read brings; equal to the limit it is the only read.
    this.#stream = session.iterator({ ...range, limit: countMax }, { capacity: countMax })
    this.entries = new Promise((resolve, reject) => {
      const entries: Entry[] = []
      this.#stream.on('data', ({ key, value }) => {
        entries.push([key, value])
        // Or else it would ask RocksDB once more, for nothing.
        if (entries.length === countMax) this.#stream.destroy()
      })
      this.#stream.on('error', reject)
      this.#stream.on('end', () => resolve(entries))
      this.#stream.on('close', () => resolve(entries))
    })
  }

  /** Ends it early; `entries` then resolves with what was there. */
  cancel(): void {
    this.#stream.destroy()
  }
}
