/**
 * @packageDocumentation
 * Checksums and memory-comparable key encoding, in WebAssembly where that wins and in TypeScript where it does not.
 */
export { MemcomparableError, type MemcomparableFault } from './errors.ts'
export {
  type DecodedBytes,
  decodeBytes,
  encodeBytes,
  encodeBytesInto,
  encodedLength,
} from './memcomparable.ts'
export { createTwinChecksum } from './twin/checksum.ts'
