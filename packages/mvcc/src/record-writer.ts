import { assert } from '@stratakv/core'
import { type Halves, split, writeUint64 } from './uint64.ts'

/** Longest varint of 64 bits. */
export const varintBytesMax = 10

/** Builds one record in a buffer whose capacity is an upper bound known beforehand. One use. */
export class RecordWriter {
  private readonly buffer: Uint8Array
  private length = 0

  constructor(capacityBytes: number) {
    this.buffer = new Uint8Array(capacityBytes)
  }

  byte(value: number): void {
    this.buffer[this.length++] = value
  }

  bytes(value: Uint8Array): void {
    this.buffer.set(value, this.length)
    this.length += value.length
  }

  /** Fixed eight bytes, big endian. */
  uint64(value: bigint): void {
    writeUint64(this.buffer, this.length, value)
    this.length += 8
  }

  /** LEB128. */
  varint(value: bigint): void {
    const halves: Halves = { high: 0, low: 0 }
    split(value, halves)
    let { high, low } = halves
    while (high !== 0 || low > 0x7f) {
      this.byte((low & 0x7f) | 0x80)
      low = ((low >>> 7) | (high << 25)) >>> 0
      high >>>= 7
    }
    this.byte(low)
  }

  /** LEB128 of a safe integer that is not negative. */
  varintNumber(value: number): void {
    assert(Number.isSafeInteger(value) && value >= 0, 'a varint is a whole number that is not negative')
    let rest = value
    while (rest > 0x7f) {
      this.byte((rest % 0x80) | 0x80)
      rest = Math.floor(rest / 0x80)
    }
    this.byte(rest)
  }

  /** Compact bytes: the length as zigzag varint, then the bytes. */
  compactBytes(value: Uint8Array): void {
    this.varintNumber(value.length * 2)
    this.bytes(value)
  }

  /** The record, in an array of its own size. */
  finish(): Uint8Array {
    assert(this.length <= this.buffer.length, 'a record fits the bound computed for it')
    return this.buffer.slice(0, this.length)
  }
}
