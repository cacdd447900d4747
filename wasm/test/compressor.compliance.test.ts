import type { Compressor } from '@stratakv/core'
import { compressorCompliance } from '@stratakv/core/compliance'
import { describe, expect, it } from 'vitest'
import { createCompressor, createKernels, createTwinCompressor, type Kernels, loadKernels } from '../src/index.ts'

describe('twin', () => compressorCompliance({ describe, it, expect }, { create: createTwinCompressor }))

describe('kernels on a memory of their own', () =>
  compressorCompliance({ describe, it, expect }, { create: () => createCompressor() }))

describe('kernels, and the twin for what is large', () =>
  compressorCompliance({ describe, it, expect }, { create: () => createCompressor({ memoryBytesMax: 131_072 }) }))

describe('kernels on bytes in the memory of others', () =>
  compressorCompliance({ describe, it, expect }, { create: () => inArena(createKernels()) }))

describe('kernels compiled off the main thread', () =>
  compressorCompliance({ describe, it, expect }, { create: async () => inArena(await loadKernels()) }))

/** Through an arena, source and target at its ends and at odd addresses: a byte read or written too far would trap. */
function inArena(kernels: Kernels): Compressor {
  const compress = (data: Uint8Array, acceleration?: number): Uint8Array => {
    const bound = twin.compressBound(data.length)
    kernels.reserveArena(data.length + bound)
    const target = kernels.arenaStart
    const source = kernels.view().length - data.length
    kernels.view().set(data, source)
    return kernels.view().slice(target, target + kernels.lz4CompressAt(source, data.length, target, acceleration))
  }
  const twin = createTwinCompressor()
  return {
    compressBound: twin.compressBound,
    compress,
    compressInto(data, target, offset, acceleration) {
      const block = compress(data, acceleration)
      target.set(block, offset)
      return offset + block.length
    },
    decompress(block, rawLength) {
      // What a block of this length can hold: the rest is refused before the arena is asked for.
      kernels.reserveArena(block.length + Math.min(rawLength, 255 * block.length))
      const source = kernels.arenaStart
      const target = kernels.view().length - Math.min(rawLength, 255 * block.length)
      kernels.view().set(block, source)
      kernels.lz4DecompressAt(source, block.length, target, rawLength)
      return kernels.view().slice(target)
    },
  }
}
