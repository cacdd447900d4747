import { MvccCorruptionError, type RecordKind } from './errors.ts'
import { join, readUint64 } from './uint64.ts'

/**
 * Walks over one stored record. Every read checks its bounds first and throws MvccCorruptionError beyond them; byte
 * strings are views into the record.
 */
export class RecordReader {
  private readonly source: Uint8Array
  private readonly record: RecordKind
  private at = 0

  constructor(source: Uint8Array, record: RecordKind) {
    this.source = source
    this.record = record
  }

  get isAtEnd(): boolean {
    return this.at >= this.source.length
  }

  corrupted(detail: string): MvccCorruptionError {
    return new MvccCorruptionError(this.record, this.source, detail)
  }

  byte(): number {
    if (this.at >= this.source.length) throw this.corrupted('cut short')
    return this.source[this.at++]!
  }

  bytes(length: number): Uint8Array {
    if (length > this.source.length - this.at) throw this.corrupted('cut short')
    const view = this.source.subarray(this.at, this.at + length)
    this.at += length
    return view
  }

  uint64(): bigint {
    if (this.source.length - this.at < 8) throw this.corrupted('cut short')
    const value = readUint64(this.source, this.at)
    this.at += 8
    return value
  }

  /** LEB128 of at most 64 bits, gathered as three numbers of 28, 28 and 8 bits. */
  varint(): bigint {
    let low = 0
    let middle = 0
    let high = 0
    for (let index = 0; index < 10; index++) {
      const byte = this.byte()
      const bits = byte & 0x7f
      if (index < 4) low |= bits << (7 * index)
      else if (index < 8) middle |= bits << (7 * (index - 4))
      else if (index === 8) high = bits
      else if (byte > 1) throw this.corrupted('a varint passes 64 bits')
      else high |= bits << 7
      if (byte < 0x80) return join((middle >>> 4) | (high << 24), low | (middle << 28))
    }
    throw this.corrupted('a varint passes 64 bits')
  }

  /** A varint that is used as a quantity. What passes 2^53 - 1 reads as that: as a time to live or a count it is "no end". */
  varintNumber(): number {
    return clamp(this.varint())
  }

  /** As `varintNumber`, from fixed eight bytes. */
  uint64Number(): number {
    return clamp(this.uint64())
  }

  compactBytes(): Uint8Array {
    const zigzag = this.varintNumber()
    if (zigzag % 2 === 1) throw this.corrupted('a length is negative')
    return this.bytes(zigzag / 2)
  }
}

function clamp(value: bigint): number {
  return value > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(value)
}
