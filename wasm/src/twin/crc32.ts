import { buildCrc32Tables } from '../crc-tables.ts'

/** Continues from `seed`, the result over the bytes before. Returns an unsigned 32-bit number. */
export type Crc32 = (bytes: Uint8Array, seed?: number) => number

/**
 * A 32-bit reflected CRC, sixteen bytes a step (Kounavis and Berry, "Novel Table Lookup-Based Algorithms for
 * High-Performance CRC Generation", 2008). Builds 16 KiB of tables, so make one and keep it.
 */
export function createTwinCrc32(polynomial: number): Crc32 {
  const tables = buildCrc32Tables(polynomial)
  return (bytes, seed = 0) => {
    const end = bytes.length
    let register = ~seed
    let at = 0
    for (; at + 16 <= end; at += 16) {
      register ^= bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)
      register =
        tables[3840 + (register & 0xff)]! ^
        tables[3584 + ((register >>> 8) & 0xff)]! ^
        tables[3328 + ((register >>> 16) & 0xff)]! ^
        tables[3072 + (register >>> 24)]! ^
        tables[2816 + bytes[at + 4]!]! ^
        tables[2560 + bytes[at + 5]!]! ^
        tables[2304 + bytes[at + 6]!]! ^
        tables[2048 + bytes[at + 7]!]! ^
        tables[1792 + bytes[at + 8]!]! ^
        tables[1536 + bytes[at + 9]!]! ^
        tables[1280 + bytes[at + 10]!]! ^
        tables[1024 + bytes[at + 11]!]! ^
        tables[768 + bytes[at + 12]!]! ^
        tables[512 + bytes[at + 13]!]! ^
        tables[256 + bytes[at + 14]!]! ^
        tables[bytes[at + 15]!]!
    }
    for (; at < end; at++) register = (register >>> 8) ^ tables[(register ^ bytes[at]!) & 0xff]!
    return ~register >>> 0
  }
}
