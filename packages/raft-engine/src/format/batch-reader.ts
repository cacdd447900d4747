import { type Checksum, CompressedBlockError, type Compressor, emptyBytes } from '@stratakv/core'
import type { BatchFault, BatchFaultKind } from './batch-fault.ts'
import { type BatchCompression, batchChecksumBytes, batchEntriesBytesMax } from './batch-header.ts'
import { commandTypes, itemTypes, keyOperations, type LogItemVisitor } from './log-items.ts'
import { VarintCursor, varintOverflow, varintUnsafe } from './varint.ts'

/** Bytes of the raw length before an LZ4 block. */
const rawLengthBytes = 4
const endsCountMin = 64
/** A batch of more entries than this leaves no array behind. */
const endsCountKept = 1 << 16

/** Reads the items of batches, one batch at a time. */
export class BatchReader {
  readonly #checksum: Checksum
  readonly #cursor = new VarintCursor()
  #ends = new Uint32Array(endsCountMin)
  /** Where the last entry so far ends. */
  #entriesEnd = 0
  #spanBegin = 0

  constructor(checksum: Checksum) {
    this.#checksum = checksum
  }

  /**
   * Tells `visitor` the items of a batch. `footer` is the batch from its footer on. `signature` is what the file signs with:
   * the low 32 bits of its sequence in version 2, 0 in version 1. `entriesBytesMax` is the header's.
   *
   * Everything is checked before the visitor is told anything, so a batch that turns out malformed is not half applied.
   */
  readItems(
    footer: Uint8Array,
    signature: number,
    entriesBytesMax: number,
    visitor: LogItemVisitor,
  ): BatchFault | undefined {
    const itemsEnd = footer.length - batchChecksumBytes
    if (itemsEnd < 1) return { fault: 'short', offset: footer.length, detail: `a footer of ${footer.length} bytes` }
    const stored = u32(footer, itemsEnd)
    const computed = (this.#checksum.crc32(footer.subarray(0, itemsEnd)) ^ signature) >>> 0
    if (stored !== computed) return checksumFault('items', itemsEnd, stored, computed)
    const fault = this.#walk(footer, itemsEnd, entriesBytesMax, undefined)
    if (fault === undefined) this.#walk(footer, itemsEnd, entriesBytesMax, visitor)
    if (this.#ends.length > endsCountKept) this.#ends = new Uint32Array(endsCountMin)
    // Nothing of the footer stays referenced.
    this.#cursor.reset(emptyBytes, 0, 0)
    return fault
  }

  /** Once without a visitor, to check, and then with it. */
  #walk(
    footer: Uint8Array,
    itemsEnd: number,
    entriesBytesMax: number,
    visitor: LogItemVisitor | undefined,
  ): BatchFault | undefined {
    const cursor = this.#cursor
    cursor.reset(footer, 0, itemsEnd)
    this.#entriesEnd = 0
    const itemCount = cursor.next()
    if (itemCount < 0) return this.#badVarint(itemCount, 'length', 'the item count')
    for (let item = 0; item < itemCount; item++) {
      const fault = this.#item(entriesBytesMax, visitor)
      if (fault !== undefined) return fault
    }
    if (cursor.at !== itemsEnd) {
      return this.#fault('trailing', `${itemsEnd - cursor.at} bytes behind ${itemCount} items`)
    }
    return undefined
  }

  #item(entriesBytesMax: number, visitor: LogItemVisitor | undefined): BatchFault | undefined {
    const cursor = this.#cursor
    const regionId = cursor.next()
    if (regionId < 0) return this.#badVarint(regionId, 'region', 'a region id')
    const type = this.#byte()
    switch (type) {
      case itemTypes.entries:
        return this.#entries(regionId, entriesBytesMax, visitor)
      case itemTypes.command:
        return this.#command(regionId, visitor)
      case itemTypes.keyValue:
        return this.#keyValue(regionId, visitor)
      case -1:
        return this.#short('an item type')
      default:
        return this.#fault('item-type', `item type ${type}`)
    }
  }

  #entries(regionId: number, entriesBytesMax: number, visitor: LogItemVisitor | undefined): BatchFault | undefined {
    const cursor = this.#cursor
    const count = cursor.next()
    if (count < 0) return this.#badVarint(count, 'length', 'an entry count')
    if (count === 0) return undefined
    const firstIndex = cursor.next()
    if (firstIndex < 0) return this.#badVarint(firstIndex, 'index', 'an index')
    // Not by adding: past 2^53 a sum is rounded.
    if (firstIndex > Number.MAX_SAFE_INTEGER - (count - 1)) {
      return this.#fault('index', `${count} entries from index ${firstIndex} on`)
    }
    // Each has a byte at least: nothing is allocated for a count that the footer cannot hold.
    if (count > cursor.end - cursor.at) return this.#short(`the ends of ${count} entries`)
    if (count > this.#ends.length) this.#ends = new Uint32Array(Math.max(count, this.#ends.length * 2))
    const ends = this.#ends
    const begin = this.#entriesEnd
    let previous = begin
    for (let entry = 0; entry < count; entry++) {
      const end = cursor.next()
      if (end < previous || end > entriesBytesMax) {
        if (end < 0) return this.#badVarint(end, 'entry-end', "an entry's end")
        return this.#fault('entry-end', `an entry from ${previous} to ${end} of ${entriesBytesMax} bytes`)
      }
      ends[entry] = end
      previous = end
    }
    this.#entriesEnd = previous
    visitor?.entries(regionId, firstIndex, count, begin, ends)
    return undefined
  }

  #command(regionId: number, visitor: LogItemVisitor | undefined): BatchFault | undefined {
    const type = this.#byte()
    switch (type) {
      case commandTypes.clean:
        visitor?.clean(regionId)
        return undefined
      case commandTypes.compact: {
        const index = this.#cursor.next()
        if (index < 0 && index !== varintUnsafe) return this.#badVarint(index, 'index', 'an index')
        visitor?.compact(regionId, index === varintUnsafe ? Number.MAX_SAFE_INTEGER : index)
        return undefined
      }
      case -1:
        return this.#short('a command type')
      default:
        return this.#fault('command-type', `command type ${type}`)
    }
  }

  #keyValue(regionId: number, visitor: LogItemVisitor | undefined): BatchFault | undefined {
    const operation = this.#byte()
    // Before what follows is taken for a key: 0 passes the Rust engine's check, and then means nothing.
    if (operation !== keyOperations.put && operation !== keyOperations.delete) {
      if (operation < 0) return this.#short('a key operation')
      return this.#fault('key-operation', `key operation ${operation}`)
    }
    const cursor = this.#cursor
    const keyFault = this.#skipBytes('a key')
    if (keyFault !== undefined) return keyFault
    const keyBegin = this.#spanBegin
    const keyEnd = cursor.at
    if (operation === keyOperations.delete) {
      visitor?.delete(regionId, cursor.bytes.subarray(keyBegin, keyEnd))
      return undefined
    }
    const valueFault = this.#skipBytes('a value')
    if (valueFault !== undefined) return valueFault
    visitor?.put(regionId, cursor.bytes.subarray(keyBegin, keyEnd), cursor.bytes.subarray(this.#spanBegin, cursor.at))
    return undefined
  }

  /** Passes over a length and so many bytes: they are from `#spanBegin` to the cursor. */
  #skipBytes(what: string): BatchFault | undefined {
    const cursor = this.#cursor
    const length = cursor.next()
    if (length < 0) return this.#badVarint(length, 'length', `the length of ${what}`)
    if (length > cursor.end - cursor.at) return this.#short(`${what} of ${length} bytes`)
    this.#spanBegin = cursor.at
    cursor.at += length
    return undefined
  }

  /** -1 at the end. */
  #byte(): number {
    const cursor = this.#cursor
    return cursor.at < cursor.end ? cursor.bytes[cursor.at++]! : -1
  }

  #badVarint(answer: number, whenUnsafe: BatchFaultKind, what: string): BatchFault {
    if (answer === varintOverflow) return this.#fault('varint', `${what} of more than 64 bits`)
    if (answer === varintUnsafe) return this.#fault(whenUnsafe, `${what} past 2^53 - 1`)
    return this.#short(what)
  }

  #short(what: string): BatchFault {
    return this.#fault('short', `the items end within ${what}`)
  }

  #fault(fault: BatchFaultKind, detail: string): BatchFault {
    return { fault, offset: this.#cursor.at, detail }
  }
}

/**
 * The raw entries of a batch, in which the ends of its items count. `stored` is what lies between header and footer, with its
 * checksum at the end. Uncompressed entries are a view of it.
 */
export function readEntriesBlock(
  stored: Uint8Array,
  compression: BatchCompression,
  checksum: Checksum,
  compressor: Pick<Compressor, 'decompress'>,
): Uint8Array | BatchFault {
  const end = stored.length - batchChecksumBytes
  if (end < 1) return { fault: 'short', offset: stored.length, detail: `entries of ${stored.length} bytes` }
  const block = stored.subarray(0, end)
  const expected = u32(stored, end)
  const computed = checksum.crc32(block)
  if (expected !== computed) return checksumFault('entries', end, expected, computed)
  if (compression === 'none') return block
  if (end <= rawLengthBytes) return { fault: 'lz4', offset: end, detail: `an LZ4 block of ${end} bytes` }
  const rawLength = u32(block, 0)
  if (rawLength > batchEntriesBytesMax) {
    return { fault: 'lz4', offset: 0, detail: `${rawLength} bytes of entries` }
  }
  try {
    return compressor.decompress(block.subarray(rawLengthBytes), rawLength)
  } catch (error) {
    if (!(error instanceof CompressedBlockError)) throw error
    return { fault: 'lz4', offset: rawLengthBytes + (error.offset ?? 0), detail: error.message }
  }
}

function u32(bytes: Uint8Array, at: number): number {
  return (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0
}

function checksumFault(what: string, offset: number, stored: number, computed: number): BatchFault {
  const hex = (value: number) => value.toString(16).padStart(8, '0')
  return { fault: 'checksum', offset, detail: `checksum of the ${what} is ${hex(stored)}, not ${hex(computed)}` }
}
