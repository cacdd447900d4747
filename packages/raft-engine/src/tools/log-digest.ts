import { type Checksum, RaftLogCorruptionError } from '@stratakv/core'
import { groupPartOfItem, type LogItem } from './item-list.ts'

const encoder = new TextEncoder()

/** What a log says, in a number: two logs of the same items in the same order have the same, however they are stored. */
export class LogDigest {
  readonly #checksum: Checksum
  #crc64 = 0n
  #itemCount = 0

  constructor(checksum: Checksum) {
    this.#checksum = checksum
  }

  get value(): string {
    return `${this.#itemCount} items, ${this.#crc64.toString(16).padStart(16, '0')}`
  }

  /** Adds what a batch holds, without the marks of atomic groups. `raw` are its entries. */
  addBatch(items: readonly LogItem[], raw: Uint8Array): void {
    for (const item of items) {
      if (groupPartOfItem(item) === undefined) this.#add(item, raw)
    }
  }

  #add(item: LogItem, raw: Uint8Array): void {
    this.#itemCount++
    switch (item.type) {
      case 'entries': {
        const lengths = [...item.ends].map((end) => end - item.begin)
        this.#take(encoder.encode(`entries ${item.regionId} ${item.firstIndex} ${lengths};`))
        this.#take(raw.subarray(item.begin, item.ends.at(-1)))
        break
      }
      case 'put':
        this.#take(encoder.encode(`put ${item.regionId} ${item.key.length} ${item.value.length};`))
        this.#take(item.key)
        this.#take(item.value)
        break
      case 'delete':
        this.#take(encoder.encode(`delete ${item.regionId} ${item.key.length};`))
        this.#take(item.key)
        break
      case 'compact':
        this.#take(encoder.encode(`compact ${item.regionId} ${item.index};`))
        break
      case 'clean':
        this.#take(encoder.encode(`clean ${item.regionId};`))
        break
    }
  }

  #take(bytes: Uint8Array): void {
    this.#crc64 = this.#checksum.crc64(bytes, this.#crc64)
  }
}

/** The raw entries of a batch, or what is wrong with them as an error. */
export function rawOrThrow(raw: Uint8Array | { readonly detail: string }, path: string, offset: number): Uint8Array {
  if (raw instanceof Uint8Array) return raw
  throw new RaftLogCorruptionError(path, offset, raw.detail)
}
