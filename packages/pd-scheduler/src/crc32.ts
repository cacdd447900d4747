/**
 * CRC-32 (IEEE 802.3, as zlib) over a record of the metadata file. Here rather than behind the `Checksum` seam: a record
 * has a hundred bytes every few seconds, and whoever opens a placement driver should not have to bring one.
 */
export function crc32(bytes: Uint8Array): number {
  let register = 0xffff_ffff
  for (const byte of bytes) register = (register >>> 8) ^ table[(register ^ byte) & 0xff]!
  return (register ^ 0xffff_ffff) >>> 0
}

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte
  for (let bit = 0; bit < 8; bit++) remainder = remainder & 1 ? (remainder >>> 1) ^ 0xedb8_8320 : remainder >>> 1
  return remainder >>> 0
})
