import { buildCrc64Tables } from '../crc-tables.ts'

/** Continues from `seed`, the result over the bytes before. Returns an unsigned 64-bit number. */
export type Crc64 = (bytes: Uint8Array, seed?: bigint) => bigint

/**
 * A 64-bit reflected CRC, eight bytes a step, on 32-bit halves. Builds 16 KiB of tables, so make one and keep it.
 * The register is a `bigint` only on the way in and out.
 */
export function createTwinCrc64(polynomial: bigint): Crc64 {
  const { low: lows, high: highs } = buildCrc64Tables(polynomial)
  return (bytes, seed = 0n) => {
    const end = bytes.length
    let low = ~Number(seed & 0xffffffffn)
    let high = ~Number((seed >> 32n) & 0xffffffffn)
    let at = 0
    for (; at + 8 <= end; at += 8) {
      low ^= bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)
      high ^= bytes[at + 4]! | (bytes[at + 5]! << 8) | (bytes[at + 6]! << 16) | (bytes[at + 7]! << 24)
      const e0 = 1792 + (low & 0xff)
      const e1 = 1536 + ((low >>> 8) & 0xff)
      const e2 = 1280 + ((low >>> 16) & 0xff)
      const e3 = 1024 + (low >>> 24)
      const e4 = 768 + (high & 0xff)
      const e5 = 512 + ((high >>> 8) & 0xff)
      const e6 = 256 + ((high >>> 16) & 0xff)
      const e7 = high >>> 24
      low = lows[e0]! ^ lows[e1]! ^ lows[e2]! ^ lows[e3]! ^ lows[e4]! ^ lows[e5]! ^ lows[e6]! ^ lows[e7]!
      high = highs[e0]! ^ highs[e1]! ^ highs[e2]! ^ highs[e3]! ^ highs[e4]! ^ highs[e5]! ^ highs[e6]! ^ highs[e7]!
    }
    for (; at < end; at++) {
      const entry = (low ^ bytes[at]!) & 0xff
      low = ((low >>> 8) | (high << 24)) ^ lows[entry]!
      high = (high >>> 8) ^ highs[entry]!
    }
    return (BigInt(~high >>> 0) << 32n) | BigInt(~low >>> 0)
  }
}
