/**
 * Reflected CRC polynomials: bit 31 (or 63) is the coefficient of x^0.
 * CRC-32 is IEEE 802.3 as in zlib; CRC-32C is Castagnoli (RFC 3720, appendix B.4); CRC-64 is ECMA-182 as in the XZ
 * file format and in the Rust crate crc64fast, which TiKV's RawChecksum uses.
 */
export const crc32Polynomial = 0xedb88320
export const crc32cPolynomial = 0x82f63b78
export const crc64Polynomial = 0xc96c5795d7870f42n

/** Bytes taken in one step. Sixteen tables of 256 words are 16 KiB: half of a small first-level cache. */
export const crc32Slices = 16
/** A 64-bit word is two 32-bit halves here, so eight slices already cost as much cache as sixteen of CRC-32. */
export const crc64Slices = 8

/** Table `s` (entries `256 * s` on) holds the CRC register of each byte followed by `s` zero bytes. */
export function buildCrc32Tables(polynomial: number): Int32Array {
  const tables = new Int32Array(256 * crc32Slices)
  for (let byte = 0; byte < 256; byte++) {
    let register = byte
    for (let bit = 0; bit < 8; bit++) register = register & 1 ? (register >>> 1) ^ polynomial : register >>> 1
    tables[byte] = register
  }
  for (let entry = 256; entry < tables.length; entry++) {
    const previous = tables[entry - 256]!
    tables[entry] = (previous >>> 8) ^ tables[previous & 0xff]!
  }
  return tables
}

/** The same for 64 bits, as two tables of halves: arithmetic on `bigint` would allocate at every byte. */
export function buildCrc64Tables(polynomial: bigint): { low: Int32Array; high: Int32Array } {
  const polynomialLow = Number(polynomial & 0xffffffffn)
  const polynomialHigh = Number(polynomial >> 32n)
  const low = new Int32Array(256 * crc64Slices)
  const high = new Int32Array(256 * crc64Slices)
  for (let byte = 0; byte < 256; byte++) {
    let registerLow = byte
    let registerHigh = 0
    for (let bit = 0; bit < 8; bit++) {
      const carry = registerLow & 1
      registerLow = (registerLow >>> 1) | (registerHigh << 31)
      registerHigh >>>= 1
      if (carry) {
        registerLow ^= polynomialLow
        registerHigh ^= polynomialHigh
      }
    }
    low[byte] = registerLow
    high[byte] = registerHigh
  }
  for (let entry = 256; entry < low.length; entry++) {
    const previousLow = low[entry - 256]!
    const previousHigh = high[entry - 256]!
    const byte = previousLow & 0xff
    low[entry] = ((previousLow >>> 8) | (previousHigh << 24)) ^ low[byte]!
    high[entry] = (previousHigh >>> 8) ^ high[byte]!
  }
  return { low, high }
}
