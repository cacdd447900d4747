import { assert, type Compressor } from '@stratakv/core'
import { lz4Bytes } from './gen/lz4.ts'
import { assertAcceleration, lz4CompressBound, refuseImplausible } from './lz4-block.ts'
import { decompressOrThrow, instantiateLz4 } from './lz4-kernels.ts'
import { createResultSlab } from './result-slab.ts'
import { createTwinCompressor } from './twin/compressor.ts'
import { webAssembly } from './web-assembly.ts'

const pageBytes = 65536

/** From this length on the last literals, which may be all of the block, are taken from where they are instead of the kernel's copy. */
const tailApartBytesMin = 4096

/** What an operator may tune. */
export interface CompressorOptions {
  /**
   * The linear memory that bytes pass through never grows past this, in bytes, from 128 KiB on; a call takes 80 KiB, its input and
   * room for its output. What would take more is done in TypeScript, without copies and at a fraction of the speed. Default: 8 MiB.
   */
  readonly memoryBytesMax?: number
}

/**
 * LZ4 of bytes of JavaScript, by kernels over a memory of their own: no more of it is resident than the largest call has
 * needed so far. Makes the blocks that the kernels and the twin make. Results of up to 1 KiB share a buffer of 16 KiB with others.
 */
export function createCompressor(options: CompressorOptions = {}): Compressor {
  const memoryBytesMax = options.memoryBytesMax ?? 8 * 1024 * 1024
  assert(memoryBytesMax >= 2 * pageBytes && memoryBytesMax <= 2 ** 32 - pageBytes, 'memoryBytesMax is 128 KiB and more')
  const api = webAssembly()
  const memory = new api.Memory({ initial: 2 })
  const lz4 = instantiateLz4(new api.Module(lz4Bytes()), memory)
  const source = lz4.arenaStart.value
  const twin = createTwinCompressor()
  const resultOf = createResultSlab()
  let view = new Uint8Array(memory.buffer)

  /** Makes room for so many bytes of input and output, or says that there is none. */
  const reserve = (inputBytes: number, outputBytes: number): boolean => {
    const neededBytes = source + inputBytes + outputBytes
    if (neededBytes <= view.length) return true
    if (neededBytes > memoryBytesMax) return false
    // At least doubled, so that inputs which grow by and by do not grow it each time.
    const memoryBytes = Math.min(Math.max(neededBytes, 2 * view.length), memoryBytesMax)
    memory.grow(Math.ceil((memoryBytes - view.length) / pageBytes))
    view = new Uint8Array(memory.buffer)
    return true
  }

  return {
    compressBound: lz4CompressBound,
    compress(data, acceleration = 1) {
      assertAcceleration(acceleration)
      if (!reserve(data.length, lz4CompressBound(data.length))) return twin.compress(data, acceleration)
      view.set(data, source)
      const target = source + data.length
      return resultOf(view, target, target + lz4.lz4Compress(source, data.length, target, acceleration))
    },
    compressInto(data, target, offset, acceleration = 1) {
      assertAcceleration(acceleration)
      const bound = lz4CompressBound(data.length)
      assert(offset >= 0 && offset + bound <= target.length, 'there is room for the longest block')
      if (!reserve(data.length, bound)) return twin.compressInto(data, target, offset, acceleration)
      view.set(data, source)
      const block = source + data.length
      if (data.length < tailApartBytesMin) {
        const length = lz4.lz4Compress(source, data.length, block, acceleration)
        target.set(view.subarray(block, block + length), offset)
        return offset + length
      }
      const headEnd = offset + lz4.lz4CompressHead(source, data.length, block, acceleration)
      target.set(view.subarray(block, block + headEnd - offset), offset)
      const tailBytes = lz4.lz4TailBytes.value >>> 0
      target.set(data.subarray(data.length - tailBytes), headEnd)
      return headEnd + tailBytes
    },
    decompress(block, rawLength) {
      refuseImplausible(block.length, rawLength)
      if (!reserve(block.length, rawLength)) return twin.decompress(block, rawLength)
      view.set(block, source)
      const target = source + block.length
      decompressOrThrow(lz4, source, block.length, target, rawLength)
      return resultOf(view, target, target + rawLength)
    },
  }
}
