/** Checksums over bytes. `seed` is an earlier result, to continue from; absent, a fresh start. Pure. */
export interface Checksum {
  /** CRC-32 (IEEE 802.3, as zlib). Unsigned 32-bit. */
  crc32(data: Uint8Array, seed?: number): number
  /** CRC-32C (Castagnoli). Unsigned 32-bit. */
  crc32c(data: Uint8Array, seed?: number): number
  /** CRC-64/XZ (reflected ECMA-182), as TiKV's RawChecksum uses. Unsigned 64-bit. */
  crc64(data: Uint8Array, seed?: bigint): bigint
}
