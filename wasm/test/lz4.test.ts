import {
  AssertionError,
  CompressedBlockError,
  type Compressor,
  compressorRawBytesMax,
  seededRandom,
  toHex,
} from '@stratakv/core'
import fc from 'fast-check'
import { compressSync, uncompressSync } from 'lz4-napi'
import { describe, expect, it } from 'vitest'
import { createCompressor, createKernels, createTwinCompressor, lz4CompressBound } from '../src/index.ts'

/** Few distinct bytes and pieces said again: matches of all lengths and distances, also into themselves. */
const repetitive = fc
  .array(fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 24 }), fc.integer({ min: 1, max: 40 })), { maxLength: 30 })
  .map((pieces) =>
    Uint8Array.from(
      pieces.flatMap(([piece, count]) =>
        Array(count)
          .fill([...piece])
          .flat(),
      ),
    ),
  )
const data = fc.oneof(repetitive, fc.uint8Array({ maxLength: 2_000 }), repetitive)
const acceleration = fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 65_537 }))

const implementations: readonly (readonly [name: string, create: () => Compressor])[] = [
  ['twin', createTwinCompressor],
  ['kernel', createCompressor],
]

/** The block, and the raw bytes, of two batches of Raft entries and of a page of the format's description. */
const golden: readonly (readonly [block: string, raw: string])[] = [
  ['1F6101000F506161616161', '61'.repeat(40)],
  ['7F100118012264610100' + '4B506161616161', `100118012264${'61'.repeat(100)}`],
]

describe.each(implementations)('LZ4 blocks by %s', (_name, create) => {
  const compressor = create()

  it.each(golden)('block %s', (block, raw) => {
    expect(toHex(compressor.compress(fromHex(raw)))).toBe(block)
    expect(toHex(compressor.decompress(fromHex(block), raw.length / 2))).toBe(raw)
  })

  it('are read by lz4_flex, and its blocks are read', () => {
    fc.assert(
      fc.property(data, acceleration, (raw, speed) => {
        const sized = Buffer.alloc(4 + compressor.compressBound(raw.length))
        sized.writeUInt32LE(raw.length)
        const end = compressor.compressInto(raw, sized, 4, speed)
        expect(toHex(uncompressSync(sized.subarray(0, end)))).toBe(toHex(raw))

        const theirs = compressSync(Buffer.from(raw))
        expect(theirs.readUInt32LE()).toBe(raw.length)
        expect(toHex(compressor.decompress(theirs.subarray(4), raw.length))).toBe(toHex(raw))
      }),
      { numRuns: 500 },
    )
  })

  it('take an acceleration from 1 to 65537 only, and a target that has room for the longest block', () => {
    for (const wrong of [0, -1, 1.5, 65_538, Number.NaN]) {
      expect(() => compressor.compress(new Uint8Array(20), wrong)).toThrow(AssertionError)
      expect(() => compressor.compressInto(new Uint8Array(20), new Uint8Array(60), 0, wrong)).toThrow(AssertionError)
    }
    const target = new Uint8Array(lz4CompressBound(20) + 3)
    for (const wrong of [4, -1, Number.NaN]) {
      expect(() => compressor.compressInto(new Uint8Array(20), target, wrong)).toThrow(AssertionError)
    }
    expect(target.every((byte) => byte === 0)).toBe(true)
  })

  it.each([
    ['106101', 1, 'truncated', 3],
    ['1F610100FF', 274, 'truncated', 5],
    ['1461' + '0000' + '50' + '6161616161', 14, 'distance', 2],
    ['1061' + '0200', 14, 'distance', 2],
    ['3061' + '6161', 2, 'overlong', 0],
    ['10' + '61' + '0100' + '1F' + '61' + '01000F506161616161', 30, 'overlong', 4],
    ['1F6101000F506161616161', 41, 'short', 11],
    ['1061', 511, 'short', 2],
  ] as const)('%s for %i bytes: %s at %i', (block, rawLength, reason, offset) => {
    const evidence = {
      code: 'CORE_COMPRESSED_BLOCK_MALFORMED',
      reason,
      offset,
      blockLength: block.length / 2,
      rawLength,
    }
    expect(() => compressor.decompress(fromHex(block), rawLength)).toThrow(expect.objectContaining(evidence))
  })
})

describe('LZ4 kernels', () => {
  it('make the blocks that the twin makes, at every acceleration', () => {
    const kernel = createCompressor()
    const twin = createTwinCompressor()
    fc.assert(
      fc.property(data, acceleration, (raw, speed) => {
        expect(toHex(kernel.compress(raw, speed))).toBe(toHex(twin.compress(raw, speed)))
      }),
      { numRuns: 1_000 },
    )
  })

  it('find the same fault in damaged blocks as the twin', () => {
    const kernel = createCompressor()
    const twin = createTwinCompressor()
    const change = fc.tuple(fc.nat(4_000), fc.oneof(fc.nat(255), fc.constantFrom(0, 1, 15, 0xf0, 0xff)))
    fc.assert(
      fc.property(data, fc.array(change, { maxLength: 4 }), fc.nat(4_000), (raw, changes, cut) => {
        const block = twin.compress(raw)
        for (const [at, value] of changes) block[at % block.length] = value
        const input = cut % 3 === 0 ? block.subarray(0, cut) : block
        const outcome = (compressor: Compressor) => outcomeOf(() => toHex(compressor.decompress(input, raw.length)))
        expect(outcome(kernel)).toEqual(outcome(twin))
      }),
      { numRuns: 2_000 },
    )
  })

  it('touch nothing outside their target, whatever a block says', () => {
    const kernels = createKernels()
    kernels.reserveArena(16_384)
    const source = kernels.arenaStart
    const target = source + 8_192
    const twin = createTwinCompressor()
    fc.assert(
      fc.property(data, fc.nat(4_000), fc.nat(255), fc.nat(2_000), (raw, at, value, rawLength) => {
        const block = twin.compress(raw.subarray(0, 2_000))
        block[at % block.length] = value
        const view = kernels.view()
        view.fill(0xa5, source)
        view.set(block, source)
        outcomeOf(() => kernels.lz4DecompressAt(source, block.length, target, rawLength))
        expect(toHex(view.subarray(source, source + block.length))).toBe(toHex(block))
        expect(view.subarray(source + block.length, target).every((byte) => byte === 0xa5)).toBe(true)
        expect(view.subarray(target + rawLength, source + 16_384).every((byte) => byte === 0xa5)).toBe(true)
      }),
      { numRuns: 1_000 },
    )
  })

  it('work beside the checksums of the same memory', () => {
    const kernels = createKernels()
    kernels.reserveArena(4_096)
    const raw = fromHex('61'.repeat(40))
    kernels.view().set(raw, kernels.arenaStart)
    const digits = Uint8Array.of(0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39)
    for (let call = 0; call < 3; call++) {
      const target = kernels.arenaStart + 64
      const length = kernels.lz4CompressAt(kernels.arenaStart, raw.length, target)
      expect(toHex(kernels.view().subarray(target, target + length))).toBe('1F6101000F506161616161')
      expect([kernels.crc32(digits), kernels.crc32c(digits)]).toEqual([0xcbf43926, 0xe3069283])
      expect(kernels.crc64(digits)).toBe(0x995dc9bbdf1939fan)
    }
  })

  it('refuse ranges that overlap or are not all in their memory', () => {
    const kernels = createKernels()
    kernels.reserveArena(65_536)
    const { arenaStart } = kernels
    const end = kernels.view().length
    for (const [pointer, length] of [
      [end, 1],
      [end - 8, 9],
      [-1, 1],
      [0, -1],
      [2 ** 32, 1],
      [Number.NaN, 1],
    ] as const) {
      expect(() => kernels.lz4CompressAt(pointer, length, arenaStart)).toThrow(AssertionError)
      expect(() => kernels.lz4DecompressAt(pointer, length, arenaStart, 1)).toThrow(AssertionError)
      expect(() => kernels.lz4DecompressAt(arenaStart, 1, pointer, length)).toThrow(AssertionError)
    }
    expect(() => kernels.lz4CompressAt(arenaStart, 100, end - lz4CompressBound(100) + 1)).toThrow('in linear memory')
    expect(() => kernels.lz4CompressAt(arenaStart, 100, arenaStart + 99)).toThrow('do not overlap')
    expect(() => kernels.lz4CompressAt(arenaStart + 115, 100, arenaStart)).toThrow('do not overlap')
    expect(() => kernels.lz4DecompressAt(arenaStart, 100, arenaStart + 99, 5)).toThrow('do not overlap')
    expect(() => kernels.lz4DecompressAt(arenaStart + 4, 100, arenaStart, 5)).toThrow('do not overlap')
  })

  it('have a bound for no more than a block holds', () => {
    expect([0, 1, 254, 255, 510].map(lz4CompressBound)).toEqual([16, 17, 270, 272, 528])
    expect(lz4CompressBound(compressorRawBytesMax)).toBeGreaterThan(compressorRawBytesMax)
    for (const wrong of [-1, 0.5, compressorRawBytesMax + 1]) {
      expect(() => lz4CompressBound(wrong)).toThrow(AssertionError)
    }
  })

  it('keep matching apart from what earlier calls have seen when their scale starts anew', () => {
    // Of this length, some thirty calls take the twin's scale past 2^31, and sixty the kernel's past 2^32.
    const length = 70_000_000
    const sample = fromHex('00010203'.repeat(10) + '61'.repeat(60))
    const expected = toHex(createTwinCompressor().compress(sample))

    const kernels = createKernels({ memoryBytesMax: 256 * 1024 * 1024 })
    const target = kernels.arenaStart + length
    kernels.reserveArena(length + lz4CompressBound(length))
    for (let call = 0; call < 64; call++) {
      kernels.lz4CompressAt(kernels.arenaStart, length, target, 65_537)
      const sampleAt = target - sample.length
      kernels.view().set(sample, sampleAt)
      const blockLength = kernels.lz4CompressAt(sampleAt, sample.length, target)
      expect(toHex(kernels.view().subarray(target, target + blockLength))).toBe(expected)
    }

    // Byte by byte, the twin is fast only where nothing repeats: here, not within the reach of a distance.
    const twin = createTwinCompressor()
    const noise = seededRandom(5)
    const long = new Uint8Array(length)
    for (let at = 0; at < 65_536; at++) long[at] = noise.uint32() & 0xff
    for (let at = 65_536; at < length; at *= 2) long.copyWithin(at, 0, at)
    const longTarget = new Uint8Array(lz4CompressBound(length))
    for (let call = 0; call < 32; call++) {
      twin.compressInto(long, longTarget, 0, 65_537)
      expect(toHex(twin.compress(sample))).toBe(expected)
    }
  })
})

function fromHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

function outcomeOf(run: () => unknown): unknown {
  try {
    return run()
  } catch (error) {
    if (error instanceof CompressedBlockError) return { reason: error.reason, offset: error.offset }
    throw error
  }
}
