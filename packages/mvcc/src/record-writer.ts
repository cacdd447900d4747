import { assert } from '@stratakv/core'
import { type Halves, split, writeUint64 } from './uint64.ts'

/** Bytes of `value` as a varint. */
export function varintBytes(value: bigint): number {
  const halves: Halves = { high: 0, low: 0 }
  split(value, halves)
  const bits = halves.high === 0 ? 32 - Math.clz32(halves.low) : 64 - Math.clz32(halves.high)
  return Math.max(1, Math.ceil(bits / 7))
}

/** Bytes of a safe integer that is not negative, as a varint. */
export function varintNumberBytes(value: number): number {
  let length = 1
  for (let rest = value; rest > 0x7f; rest = Math.floor(rest / 0x80)) length++
  return length
}

/** Bytes of `value` as compact bytes. */
export function compactBytesLength(value: Uint8Array): number {
  return varintNumberBytes(value.length * 2) + value.length
}

/** Up to here a loop copies faster than a call of TypedArray.prototype.set. */
const loopedCopyBytesMax = 32

/** Builds one record whose exact length is known beforehand. One use. */
export class RecordWriter {
  private readonly buffer: Uint8Array
  private length = 0

  constructor(length: number) {
    this.buffer = new Uint8Array(length)
  }

  byte(value: number): void {
    this.buffer[this.length++] = value
  }

  bytes(value: Uint8Array): void {
    if (value.length <= loopedCopyBytesMax) {
      for (let index = 0; index < value.length; index++) this.buffer[this.length + index] = value[index]!
    } else this.buffer.set(value, this.length)
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

  /** The record. */
  finish(): Uint8Array {
    assert(this.length === this.buffer.length, 'a record has the length computed for it')
    return this.buffer
  }
}
