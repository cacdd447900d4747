import type { LogIndex, RegionId } from '@stratakv/core'
import { commandTypes, itemTypes, keyOperations } from './log-items.ts'
import { putVarint, varintBytesMax } from './varint.ts'

const bytesMin = 4096
/** What stays between batches, in bytes. */
const bytesKept = 1024 * 1024
/** Region, type, and the two numbers that follow at most. */
const itemHeadBytesMax = 3 * varintBytesMax + 2

/** The items of a batch that is being assembled, encoded as they come. They stand in the batch behind the entries. */
export class BatchItems {
  #bytes = new Uint8Array(bytesMin)
  #length = 0
  #count = 0

  get lengthBytes(): number {
    return this.#length
  }

  get count(): number {
    return this.#count
  }

  clear(): void {
    if (this.#bytes.length > bytesKept) this.#bytes = new Uint8Array(bytesMin)
    this.#length = 0
    this.#count = 0
  }

  copyTo(target: Uint8Array, offset: number): void {
    target.set(this.#bytes.subarray(0, this.#length), offset)
  }

  /** The most that an item of `count` entries takes: their ends are below 2^31. */
  static entriesBytesMax(count: number): number {
    return itemHeadBytesMax + 5 * count
  }

  /** `begin` is where the first payload begins in the batch's raw entries. */
  addEntries(regionId: RegionId, firstIndex: LogIndex, payloads: readonly Uint8Array[], begin: number): void {
    const bytes = this.#reserve(BatchItems.entriesBytesMax(payloads.length))
    let at = this.#start(bytes, regionId, itemTypes.entries)
    at = putVarint(bytes, at, payloads.length)
    at = putVarint(bytes, at, firstIndex)
    let end = begin
    for (const payload of payloads) {
      end += payload.length
      at = putVarint(bytes, at, end)
    }
    this.#finish(at)
  }

  addClean(regionId: RegionId): void {
    const bytes = this.#reserve(itemHeadBytesMax)
    const at = this.#start(bytes, regionId, itemTypes.command)
    bytes[at] = commandTypes.clean
    this.#finish(at + 1)
  }

  addCompact(regionId: RegionId, index: LogIndex): void {
    const bytes = this.#reserve(itemHeadBytesMax)
    const at = this.#start(bytes, regionId, itemTypes.command)
    bytes[at] = commandTypes.compact
    this.#finish(putVarint(bytes, at + 1, index))
  }

  static keyValueBytesMax(key: Uint8Array, value: Uint8Array | undefined): number {
    return itemHeadBytesMax + key.length + (value === undefined ? 0 : value.length)
  }

  /** A delete when there is no value. */
  addKeyValue(regionId: RegionId, key: Uint8Array, value: Uint8Array | undefined): void {
    const bytes = this.#reserve(BatchItems.keyValueBytesMax(key, value))
    let at = this.#start(bytes, regionId, itemTypes.keyValue)
    bytes[at++] = value === undefined ? keyOperations.delete : keyOperations.put
    at = putVarint(bytes, at, key.length)
    bytes.set(key, at)
    at += key.length
    if (value !== undefined) {
      at = putVarint(bytes, at, value.length)
      bytes.set(value, at)
      at += value.length
    }
    this.#finish(at)
  }

  #start(bytes: Uint8Array, regionId: RegionId, type: number): number {
    const at = putVarint(bytes, this.#length, regionId)
    bytes[at] = type
    return at + 1
  }

  #finish(at: number): void {
    this.#length = at
    this.#count++
  }

  #reserve(bytes: number): Uint8Array {
    const needed = this.#length + bytes
    if (needed > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(needed, this.#bytes.length * 2))
      grown.set(this.#bytes.subarray(0, this.#length))
      this.#bytes = grown
    }
    return this.#bytes
  }
}
