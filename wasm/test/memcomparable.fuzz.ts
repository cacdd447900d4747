import { deepStrictEqual } from 'node:assert/strict'
import type { FuzzTarget } from '@stratakv/testkit'
import { MemcomparableError } from '../src/errors.ts'
import { createKernels } from '../src/kernels.ts'
import { type DecodedBytes, decodeBytes, encodeBytes } from '../src/memcomparable.ts'

const kernels = createKernels()
const inputBytesMax = 2048
kernels.reserveArena(2 * inputBytesMax)

/** What the kernel makes of it: the key, or the fault. */
function byKernel(input: Uint8Array): Uint8Array | { readonly offset: number; readonly reason: string } {
  const source = kernels.arenaStart
  const target = source + inputBytesMax
  kernels.view().set(input, source)
  try {
    const length = kernels.decodeBytesAt(source, input.length, target)
    return kernels.view().slice(target, target + length)
  } catch (error) {
    if (error instanceof MemcomparableError) return { offset: error.offset, reason: error.reason }
    throw error
  }
}

export const memcomparableTarget: FuzzTarget<DecodedBytes> = {
  name: 'wasm/memcomparable',
  refusals: [MemcomparableError],
  inputBytesMax,
  seeds: () => [0, 1, 7, 8, 9, 16, 63].map((length) => encodeBytes(Uint8Array.from({ length }, (_, at) => at * 37))),
  decode(input) {
    const found = byKernel(input)
    try {
      const decoded = decodeBytes(input)
      deepStrictEqual(found, decoded.key)
      return decoded
    } catch (error) {
      if (error instanceof MemcomparableError) deepStrictEqual(found, { offset: error.offset, reason: error.reason })
      throw error
    }
  },
  check({ key, next }, input) {
    deepStrictEqual(encodeBytes(key), Uint8Array.from(input.subarray(0, next)))
  },
}
