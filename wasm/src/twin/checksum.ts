import type { Checksum } from '@stratakv/core'
import { crc32cPolynomial, crc32Polynomial, crc64Polynomial } from '../crc-tables.ts'
import { createTwinCrc32 } from './crc32.ts'
import { createTwinCrc64 } from './crc64.ts'

/** Checksums in plain TypeScript: no WebAssembly, nothing native. Holds 48 KiB of tables, so make one and keep it. */
export function createTwinChecksum(): Checksum {
  return {
    crc32: createTwinCrc32(crc32Polynomial),
    crc32c: createTwinCrc32(crc32cPolynomial),
    crc64: createTwinCrc64(crc64Polynomial),
  }
}
