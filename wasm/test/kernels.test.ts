import { AssertionError, toHex } from '@stratakv/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  createKernels,
  createTwinChecksum,
  decodeBytes,
  encodeBytes,
  KernelMemoryError,
  MemcomparableError,
} from '../src/index.ts'

describe('kernels', () => {
  it('compute what the twins compute, on any bytes and from any seed', () => {
    const kernels = createKernels()
    const twin = createTwinChecksum()
    const seed64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.nat(0xffffffff), seed64, (data, seed, seedWide) => {
        expect(kernels.crc32(data, seed)).toBe(twin.crc32(data, seed))
        expect(kernels.crc32c(data, seed)).toBe(twin.crc32c(data, seed))
        expect(kernels.crc64(data, seedWide)).toBe(twin.crc64(data, seedWide))
      }),
      { numRuns: 500 },
    )
  })

  it('compute what the twins compute at every length around what they fold at a time', () => {
    const kernels = createKernels()
    const twin = createTwinChecksum()
    const data = Uint8Array.from({ length: 12_000 }, (_, at) => Math.imul(at, 0x9e3779b1) >>> 24)
    for (const [first, last] of [
      [30, 420],
      [3_600, 4_200],
      [7_400, 7_700],
      [11_200, 11_600],
    ] as const) {
      for (let length = first; length <= last; length++) {
        const part = data.subarray(length % 17, (length % 17) + length)
        expect([length, kernels.crc32(part, length)]).toEqual([length, twin.crc32(part, length)])
        expect([length, kernels.crc32c(part, length)]).toEqual([length, twin.crc32c(part, length)])
      }
    }
  })

  it('find the same fault in broken encodings as the twin', () => {
    const kernels = createKernels()
    kernels.reserveArena(1024)
    const key = fc.uint8Array({ maxLength: 40 })
    fc.assert(
      fc.property(key, fc.nat(60), fc.nat(255), fc.nat(60), (bytes, at, value, cut) => {
        const encoded = encodeBytes(bytes)
        encoded[at % encoded.length] = value
        const input = encoded.subarray(0, cut)
        kernels.view().set(input, kernels.arenaStart)
        const byTwin = outcome(() => toHex(decodeBytes(input).key))
        const byKernel = outcome(() => {
          const target = kernels.arenaStart + 512
          const length = kernels.decodeBytesAt(kernels.arenaStart, input.length, target)
          return toHex(kernels.view().subarray(target, target + length))
        })
        expect(byKernel).toEqual(byTwin)
      }),
      { numRuns: 1000 },
    )
  })

  it('decode in place', () => {
    const kernels = createKernels()
    kernels.reserveArena(64)
    const key = Uint8Array.from({ length: 21 }, (_, index) => index + 1)
    const encoded = encodeBytes(key)
    kernels.view().set(encoded, kernels.arenaStart)
    expect(kernels.decodeBytesAt(kernels.arenaStart, encoded.length, kernels.arenaStart)).toBe(21)
    expect(kernels.view().slice(kernels.arenaStart, kernels.arenaStart + 21)).toEqual(key)
  })

  it('write nothing when they refuse to decode', () => {
    const kernels = createKernels()
    kernels.reserveArena(64)
    const encoded = encodeBytes(Uint8Array.from({ length: 9 }, () => 7))
    encoded[16] = 1
    kernels.view().set(encoded, kernels.arenaStart)
    expect(() => kernels.decodeBytesAt(kernels.arenaStart, 18, kernels.arenaStart + 32)).toThrow(MemcomparableError)
    expect(
      kernels
        .view()
        .subarray(kernels.arenaStart + 32, kernels.arenaStart + 64)
        .every((byte) => byte === 0),
    ).toBe(true)
  })

  it('write nothing into the arena for bytes that come from JavaScript', () => {
    const kernels = createKernels()
    kernels.reserveArena(65536)
    const data = new Uint8Array(100_000).fill(0xee)
    kernels.crc32(data)
    kernels.crc32c(data)
    kernels.crc64(data)
    expect(
      kernels
        .view()
        .subarray(kernels.arenaStart)
        .every((byte) => byte === 0),
    ).toBe(true)
  })

  it('go on after the arena has grown, whoever grew it', () => {
    const kernels = createKernels()
    const data = Uint8Array.of(0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39)
    kernels.reserveArena(1)
    kernels.view().set(data, kernels.arenaStart)
    const before = kernels.view()
    kernels.reserveArena(200_000)
    expect(before.length).toBe(0)
    expect(kernels.view().length).toBeGreaterThanOrEqual(kernels.arenaStart + 200_000)
    expect(kernels.crc32At(kernels.arenaStart, 9)).toBe(0xcbf43926)
    kernels.memory.grow(1)
    expect(kernels.crc32(data)).toBe(0xcbf43926)
    kernels.memory.grow(1)
    expect(kernels.crc64At(kernels.arenaStart, 9)).toBe(0x995dc9bbdf1939fan)
  })

  it('refuse an arena past the limit, and keep what they had', () => {
    const kernels = createKernels({ memoryBytesMax: 3 * 65536 })
    const arenaBytesMax = 3 * 65536 - kernels.arenaStart
    kernels.reserveArena(arenaBytesMax)
    expect(() => kernels.reserveArena(arenaBytesMax + 1)).toThrow(KernelMemoryError)
    expect(() => kernels.reserveArena(arenaBytesMax + 1)).toThrow(
      expect.objectContaining({ code: 'WASM_MEMORY_LIMIT', memoryBytes: 4 * 65536, memoryBytesMax: 3 * 65536 }),
    )
    expect(kernels.view().length).toBe(3 * 65536)
  })

  it('refuse a range that is not all in their memory', () => {
    const kernels = createKernels()
    kernels.reserveArena(65536)
    const end = kernels.view().length
    expect(kernels.crc32At(end, 0)).toBe(0)
    for (const [pointer, length] of [
      [end, 1],
      [end - 8, 9],
      [-1, 1],
      [0, -1],
      [2 ** 32, 1],
      [Number.NaN, 1],
    ] as const) {
      expect(() => kernels.crc32At(pointer, length)).toThrow(AssertionError)
      expect(() => kernels.crc64At(pointer, length)).toThrow(AssertionError)
      expect(() => kernels.encodeBytesAt(pointer, length, kernels.arenaStart)).toThrow(AssertionError)
      expect(() => kernels.decodeBytesAt(pointer, length, kernels.arenaStart)).toThrow(AssertionError)
      expect(() => kernels.compareAt(pointer, length, kernels.arenaStart, 1)).toThrow(AssertionError)
    }
    expect(() => kernels.encodeBytesAt(kernels.arenaStart, 8, end - 17)).toThrow(AssertionError)
  })
})

function outcome(run: () => string): unknown {
  try {
    return run()
  } catch (error) {
    if (error instanceof MemcomparableError) return { reason: error.reason, offset: error.offset }
    throw error
  }
}
