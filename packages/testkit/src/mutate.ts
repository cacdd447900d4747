import { below, type Random } from '@stratakv/core'

/** What length fields, counters and type bytes break at. */
const strikingBytes = Uint8Array.of(0x00, 0x01, 0x7f, 0x80, 0xfe, 0xff)
/** Endings of a varint: 2^32 - 1, 2^53, 2^63, 2^64 - 1 and one byte too long; and the same as big-endian lengths. */
const strikingRuns: readonly Uint8Array[] = [
  Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0x0f),
  Uint8Array.of(0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x10),
  Uint8Array.of(0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01),
  Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01),
  Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01),
  Uint8Array.of(0x7f, 0xff, 0xff, 0xff),
  Uint8Array.of(0xff, 0xff, 0xff, 0x7f),
  Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0xf7),
]

/**
 * A damaged copy of `input`: one to eight changes, each a bit, a byte, a striking number, a piece that is cut out, repeated,
 * moved or taken from `other`. At most `bytesMax` long; fresh bytes, the caller's.
 */
export function mutate(random: Random, input: Uint8Array, other: Uint8Array, bytesMax: number): Uint8Array {
  let bytes: Uint8Array = input.slice(0, bytesMax)
  // Mostly few: many at once are refused at the first one, and nothing behind it is reached.
  const changeCount = 1 + (below(random, 4) === 0 ? below(random, 8) : below(random, 2))
  for (let change = 0; change < changeCount; change++) bytes = changeOnce(random, bytes, other)
  return bytes.length > bytesMax ? bytes.subarray(0, bytesMax) : bytes
}

function changeOnce(random: Random, bytes: Uint8Array, other: Uint8Array): Uint8Array {
  const { length } = bytes
  if (length === 0) return other.slice(0, 1 + below(random, Math.max(1, other.length)))
  const at = below(random, length)
  switch (below(random, 10)) {
    case 0:
    case 1:
      bytes[at]! ^= 1 << below(random, 8)
      return bytes
    case 2:
      bytes[at] = random.uint32() & 0xff
      return bytes
    case 3:
      bytes[at] = strikingBytes[below(random, strikingBytes.length)]!
      return bytes
    case 4:
      // Small steps find the edges of lengths.
      bytes[at] = bytes[at]! + (below(random, 2) === 0 ? 1 : -1)
      return bytes
    case 5: {
      const run = strikingRuns[below(random, strikingRuns.length)]!
      return below(random, 2) === 0 ? spliced(bytes, at, at, run) : spliced(bytes, at, at + run.length, run)
    }
    case 6:
      return bytes.subarray(0, at)
    case 7:
      return spliced(bytes, at, at + 1 + below(random, Math.min(16, length - at)), bytes.subarray(0, 0))
    case 8: {
      const from = below(random, length)
      return spliced(bytes, at, at, bytes.slice(from, from + 1 + below(random, Math.min(64, length - from))))
    }
    default: {
      if (other.length === 0) return bytes.subarray(0, at)
      const from = below(random, other.length)
      const piece = other.subarray(from, from + 1 + below(random, other.length - from))
      return spliced(bytes, at, below(random, 2) === 0 ? at : at + piece.length, piece)
    }
  }
}

/** `bytes` with `[start, end)` replaced. */
function spliced(bytes: Uint8Array, start: number, end: number, piece: Uint8Array): Uint8Array {
  const tail = bytes.subarray(Math.min(end, bytes.length))
  const result = new Uint8Array(start + piece.length + tail.length)
  result.set(bytes.subarray(0, start))
  result.set(piece, start)
  result.set(tail, start + piece.length)
  return result
}
