/**
 * Checksums, memory-comparable key encoding and LZ4 blocks, in WebAssembly where that wins and in TypeScript where it does not.
 * Importing it makes no instance and builds no table.
 *
 * @packageDocumentation
 */
export { type ChecksumDeps, createChecksum } from './checksum.ts'
export { type CompressorOptions, createCompressor } from './compressor.ts'
export { KernelMemoryError, MemcomparableError, type MemcomparableFault } from './errors.ts'
export { createKernels, type Kernels, type KernelsOptions, loadKernels } from './kernels.ts'
export { lz4CompressBound } from './lz4-block.ts'
export { type DecodedBytes, decodeBytes, encodeBytes, encodeBytesInto, encodedLength } from './memcomparable.ts'
export { findNativeChecksum, type NativeChecksum } from './native-checksum.ts'
export { createTwinChecksum } from './twin/checksum.ts'
export { createTwinCompressor } from './twin/compressor.ts'
export type { WasmMemory } from './web-assembly.ts'
