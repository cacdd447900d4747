import { assert } from '@stratakv/core'
import { KernelMemoryError, MemcomparableError, type MemcomparableFault } from './errors.ts'
import { kernelBytes } from './gen/kernels.ts'
import { lz4Bytes } from './gen/lz4.ts'
import { assertAcceleration, lz4CompressBound, refuseImplausible } from './lz4-block.ts'
import { decompressOrThrow, instantiateLz4, type Lz4Kernels } from './lz4-kernels.ts'
import { encodedLength } from './memcomparable.ts'
import { type WasmGlobal, type WasmMemory, type WasmModule, webAssembly } from './web-assembly.ts'

/** Bytes of a page of linear memory. */
const pageBytes = 65536

/** What an instance starts with. */
const memoryBytesMin = 2 * pageBytes

/** A page short of what 32-bit pointers reach, so that a kernel may compute a pointer a few bytes past the end. */
const memoryBytesLimit = 2 ** 32 - pageBytes

/** The faults that assembly/memcomparable.ts reports, by its numbers. */
const faults: readonly MemcomparableFault[] = ['truncated', 'marker', 'padding']

/** What the compiled module exports. Integers come back signed. Kept in step with assembly/ by the tests alone. */
interface KernelExports {
  readonly memory: WasmMemory
  readonly arenaStart: WasmGlobal
  readonly scratchStart: WasmGlobal
  readonly scratchBytes: WasmGlobal
  initialize(): void
  crc32(pointer: number, length: number, seed: number): number
  crc32c(pointer: number, length: number, seed: number): number
  crc64(pointer: number, length: number, seed: bigint): bigint
  encodeBytes(source: number, length: number, target: number): number
  decodeBytes(source: number, available: number, target: number): number
  compare(left: number, leftLength: number, right: number, rightLength: number): number
}

/** What an operator may tune. */
export interface KernelsOptions {
  /** Linear memory never grows past this, in bytes; from 128 KiB to 4 GiB less 64 KiB. Default: 64 MiB. */
  readonly memoryBytesMax?: number
}

/**
 * One instance of the compiled kernels: 80 KiB of linear memory of its own (tables, and 11 KiB through which bytes of
 * JavaScript pass), then an arena that belongs to the holder. Calls are synchronous and keep nothing between them. The
 * memory is freed when the instance is no longer referenced.
 *
 * Pointers are offsets into `memory`. A range outside it is an assertion.
 */
export interface Kernels {
  /** Linear memory, for handing to other modules. Growing it detaches every view taken before. */
  readonly memory: WasmMemory
  /** The first byte of the arena; below it nobody else writes. */
  readonly arenaStart: number
  /** A view over all of `memory`, good until the memory grows. */
  view(): Uint8Array<ArrayBuffer>
  /** Makes the arena at least this long. Throws `KernelMemoryError`, having grown nothing, past `memoryBytesMax`. */
  reserveArena(arenaBytes: number): void

  /** Checksums of bytes of JavaScript, copied in 11 KiB at a time. Contracts as in core's `Checksum`. */
  crc32(data: Uint8Array, seed?: number): number
  crc32c(data: Uint8Array, seed?: number): number
  crc64(data: Uint8Array, seed?: bigint): bigint

  /** Checksums of bytes that lie in `memory` already: nothing is copied. */
  crc32At(pointer: number, length: number, seed?: number): number
  crc32cAt(pointer: number, length: number, seed?: number): number
  crc64At(pointer: number, length: number, seed?: bigint): bigint

  /** Encodes the key at `source` to `target` and returns the encoding's length in bytes. They must not overlap. */
  encodeBytesAt(source: number, length: number, target: number): number
  /**
   * Decodes the encoding at `source`, of which up to `available` (below 2^29) bytes may be read, to `target` and returns the
   * key's length in bytes; `encodedLength` of that is what the encoding took. `target` may be `source`. Throws
   * `MemcomparableError`, having written nothing; its offset counts from `source`.
   */
  decodeBytesAt(source: number, available: number, target: number): number
  /** Orders two byte strings as core's `compareBytes` does. */
  compareAt(left: number, leftLength: number, right: number, rightLength: number): number

  /**
   * Compresses the bytes at `source` to an LZ4 block at `target` and returns its length. `lz4CompressBound(length)` bytes must
   * be there, and what it does not need of them may be overwritten. They must not overlap the source.
   * `acceleration` as in core's `Compressor`. The first call with LZ4 compiles it, in well under a millisecond.
   */
  lz4CompressAt(source: number, length: number, target: number, acceleration?: number): number
  /**
   * Decompresses the block of `length` bytes at `source` to `rawLength` bytes at `target`; they must not overlap. Throws
   * core's `CompressedBlockError`, and then what the target holds is of no use. Whatever the block says, nothing outside the
   * two ranges is read or written.
   */
  lz4DecompressAt(source: number, length: number, target: number, rawLength: number): void
}

/**
 * Compiles and instantiates in one go, in well under a millisecond. Works everywhere in Node and in workers; browsers
 * limit what their main thread may compile so to a few KiB, which the kernels stay below. `loadKernels` is not limited.
 */
export function createKernels(options: KernelsOptions = {}): Kernels {
  const { Module } = webAssembly()
  return instantiate(new Module(kernelBytes()), () => new Module(lz4Bytes()), options)
}

/** The same, compiling off the main thread. */
export async function loadKernels(options: KernelsOptions = {}): Promise<Kernels> {
  const [module, lz4Module] = await Promise.all([
    webAssembly().compile(kernelBytes()),
    webAssembly().compile(lz4Bytes()),
  ])
  return instantiate(module, () => lz4Module, options)
}

function instantiate(module: WasmModule, lz4Module: () => WasmModule, options: KernelsOptions): Kernels {
  const memoryBytesMax = options.memoryBytesMax ?? 64 * 1024 * 1024
  assert(
    memoryBytesMax >= memoryBytesMin && memoryBytesMax <= memoryBytesLimit,
    'memoryBytesMax is 128 KiB to 4 GiB - 64 KiB',
  )
  const exports = new (webAssembly().Instance)(module).exports as KernelExports
  exports.initialize()
  const { memory, crc32, crc32c, crc64, encodeBytes, decodeBytes, compare } = exports
  const arenaStart = exports.arenaStart.value
  const scratchStart = exports.scratchStart.value
  const scratchBytes = exports.scratchBytes.value

  let current = new Uint8Array(memory.buffer)
  /** The view, re-made when it was detached: whoever holds `memory` may have grown it. */
  const view = (): Uint8Array<ArrayBuffer> => {
    if (current.length === 0) current = new Uint8Array(memory.buffer)
    return current
  }
  const assertInside = (pointer: number, length: number): void => {
    assert(pointer >= 0 && length >= 0 && pointer + length <= view().length, 'the range lies in linear memory')
  }
  const assertApart = (left: number, leftLength: number, right: number, rightLength: number): void => {
    assert(left + leftLength <= right || right + rightLength <= left, 'source and target do not overlap')
  }
  // Most holders never compress, so it is compiled when it is first wanted.
  let lz4Kernels: Lz4Kernels | undefined
  const lz4 = (): Lz4Kernels => {
    lz4Kernels ??= instantiateLz4(lz4Module(), memory)
    return lz4Kernels
  }
  const inChunks = (kernel: KernelExports['crc32'], data: Uint8Array, seed: number): number => {
    let result = seed
    for (let at = 0; at < data.length; at += scratchBytes) {
      const chunk = data.subarray(at, at + scratchBytes)
      view().set(chunk, scratchStart)
      result = kernel(scratchStart, chunk.length, result)
    }
    return result >>> 0
  }

  return {
    memory,
    arenaStart,
    view,
    reserveArena(arenaBytes) {
      const missing = arenaStart + arenaBytes - view().length
      if (missing <= 0) return
      const memoryBytes = view().length + Math.ceil(missing / pageBytes) * pageBytes
      if (!(memoryBytes <= memoryBytesMax)) throw new KernelMemoryError(memoryBytes, memoryBytesMax)
      memory.grow((memoryBytes - view().length) / pageBytes)
    },
    // The short path stands in each: through one function for both, the engine would not inline the kernel's call.
    crc32(data, seed = 0) {
      if (data.length > scratchBytes) return inChunks(crc32, data, seed)
      view().set(data, scratchStart)
      return crc32(scratchStart, data.length, seed) >>> 0
    },
    crc32c(data, seed = 0) {
      if (data.length > scratchBytes) return inChunks(crc32c, data, seed)
      view().set(data, scratchStart)
      return crc32c(scratchStart, data.length, seed) >>> 0
    },
    crc64(data, seed = 0n) {
      let result = seed
      for (let at = 0; at < data.length; at += scratchBytes) {
        const chunk = data.length <= scratchBytes ? data : data.subarray(at, at + scratchBytes)
        view().set(chunk, scratchStart)
        result = crc64(scratchStart, chunk.length, result)
      }
      return BigInt.asUintN(64, result)
    },
    crc32At(pointer, length, seed = 0) {
      assertInside(pointer, length)
      return crc32(pointer, length, seed) >>> 0
    },
    crc32cAt(pointer, length, seed = 0) {
      assertInside(pointer, length)
      return crc32c(pointer, length, seed) >>> 0
    },
    crc64At(pointer, length, seed = 0n) {
      assertInside(pointer, length)
      return BigInt.asUintN(64, crc64(pointer, length, seed))
    },
    encodeBytesAt(source, length, target) {
      assertInside(source, length)
      assertInside(target, encodedLength(length))
      return encodeBytes(source, length, target)
    },
    decodeBytesAt(source, available, target) {
      assertInside(source, available)
      // The longest key that so many bytes can encode.
      assertInside(target, Math.floor(available / 9) * 8)
      assert(available < 2 ** 29, 'an encoding is shorter than 2^29 bytes')
      const length = decodeBytes(source, available, target)
      if (length < 0) throw new MemcomparableError(~length >>> 2, faults[~length & 3]!)
      return length
    },
    compareAt(left, leftLength, right, rightLength) {
      assertInside(left, leftLength)
      assertInside(right, rightLength)
      return compare(left, leftLength, right, rightLength)
    },
    lz4CompressAt(source, length, target, acceleration = 1) {
      const bound = lz4CompressBound(length)
      assertInside(source, length)
      assertInside(target, bound)
      assertApart(source, length, target, bound)
      assertAcceleration(acceleration)
      return lz4().lz4Compress(source, length, target, acceleration) >>> 0
    },
    lz4DecompressAt(source, length, target, rawLength) {
      assertInside(source, length)
      refuseImplausible(length, rawLength)
      assertInside(target, rawLength)
      assertApart(source, length, target, rawLength)
      decompressOrThrow(lz4(), source, length, target, rawLength)
    },
  }
}
