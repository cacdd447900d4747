import { emptyBytes } from '@stratakv/core'

/** The longest varint of a u64, in bytes. */
export const varintBytesMax = 10

/** What {@link VarintCursor.next} answers instead of a value. */
export const varintTruncated = -1
/** The value takes more than 64 bits. */
export const varintOverflow = -2
/** A u64, but past 2^53 - 1. The cursor stands behind it. */
export const varintUnsafe = -3

/** Bytes that {@link putVarint} needs for a safe integer. */
export function varintBytes(value: number): number {
  let bytes = 1
  for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes++
  return bytes
}

/**
 * Writes a safe integer as unsigned LEB128, seven bits a byte, low ones first, and returns the offset behind it. Room for
 * {@link varintBytes} of it must be there.
 */
export function putVarint(target: Uint8Array, offset: number, value: number): number {
  let at = offset
  let rest = value
  // Shifts work on 32 bits; what is above is divided down first.
  while (rest > 0x7fff_ffff) {
    target[at++] = (rest % 0x80) | 0x80
    rest = Math.floor(rest / 0x80)
  }
  while (rest >= 0x80) {
    target[at++] = (rest & 0x7f) | 0x80
    rest >>>= 7
  }
  target[at++] = rest
  return at
}

/** Reads varints one after another, without an object or a bigint for any of them. */
export class VarintCursor {
  bytes: Uint8Array = emptyBytes
  /** Where the next one begins. */
  at = 0
  /** Nothing is read from here on. */
  end = 0

  reset(bytes: Uint8Array, at: number, end: number): void {
    this.bytes = bytes
    this.at = at
    this.end = end
  }

  /** The value, or one of the negative answers above. Longer encodings than necessary are read, as the Rust engine does. */
  next(): number {
    const { bytes, end } = this
    let at = this.at
    if (at >= end) return varintTruncated
    let byte = bytes[at++]!
    if (byte < 0x80) {
      this.at = at
      return byte
    }
    let low = byte & 0x7f
    for (let shift = 7; shift < 28; shift += 7) {
      if (at >= end) return varintTruncated
      byte = bytes[at++]!
      low |= (byte & 0x7f) << shift
      if (byte < 0x80) {
        this.at = at
        return low
      }
    }
    return this.#long(at, low)
  }

  /** From the fifth byte on: `low` has 28 bits, what follows up to 36. */
  #long(from: number, low: number): number {
    const { bytes, end } = this
    let high = 0
    let weight = 1
    for (let at = from, position = 5; ; position++) {
      if (at >= end) return varintTruncated
      const byte = bytes[at++]!
      if (position === varintBytesMax && byte > 1) return varintOverflow
      high += (byte & 0x7f) * weight
      weight *= 0x80
      if (byte >= 0x80) continue
      this.at = at
      return high < 2 ** 25 ? high * 2 ** 28 + low : varintUnsafe
    }
  }
}
