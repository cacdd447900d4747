import type { Checksum } from '@stratakv/core'

const ones = (1n << 64n) - 1n

/** CRC-64/XZ bit by bit, from its definition. The others are not needed here. */
export function plainChecksum(): Checksum {
  const refuse = () => {
    throw new Error('storage uses CRC-64 only')
  }
  return {
    crc32: refuse,
    crc32c: refuse,
    crc64(data, seed = 0n) {
      let register = seed ^ ones
      for (const byte of data) {
        register ^= BigInt(byte)
        for (let bit = 0; bit < 8; bit++) {
          register = register & 1n ? (register >> 1n) ^ 0xc96c5795d7870f42n : register >> 1n
        }
      }
      return register ^ ones
    },
  }
}
