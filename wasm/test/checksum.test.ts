import { describe, expect, it } from 'vitest'
import { createChecksum, createKernels, createTwinChecksum } from '../src/index.ts'

describe('createChecksum', () => {
  it('leaves short inputs to the kernels and long ones to the native library, seeds included', () => {
    const twin = createTwinChecksum()
    const nativeLengths: Record<'crc32' | 'crc32c', number[]> = { crc32: [], crc32c: [] }
    const checksum = createChecksum({
      kernels: createKernels(),
      native: {
        crc32(data, seed) {
          nativeLengths.crc32.push(data.length)
          return twin.crc32(data, seed)
        },
        crc32c(data, seed) {
          nativeLengths.crc32c.push(data.length)
          return twin.crc32c(data, seed)
        },
      },
    })
    for (const length of [0, 64, 255, 256, 511, 512, 65536]) {
      const data = new Uint8Array(length).fill(7)
      expect(checksum.crc32(data, 99)).toBe(twin.crc32(data, 99))
      expect(checksum.crc32c(data, 99)).toBe(twin.crc32c(data, 99))
    }
    expect(nativeLengths).toEqual({ crc32: [512, 65536], crc32c: [65536] })
  })

  it('gives all of it to the kernels when there is no native library', () => {
    const data = new Uint8Array(100_000).fill(7)
    const checksum = createChecksum({ kernels: createKernels(), native: undefined })
    expect(checksum.crc32(data)).toBe(createTwinChecksum().crc32(data))
  })
})
