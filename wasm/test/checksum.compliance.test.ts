import { checksumCompliance } from '@stratakv/core/compliance'
import { describe, expect, it } from 'vitest'
import { createChecksum, createKernels, createTwinChecksum, findNativeChecksum, loadKernels } from '../src/index.ts'

describe('twin', () => checksumCompliance({ describe, it, expect }, { create: createTwinChecksum }))

describe('kernels', () => checksumCompliance({ describe, it, expect }, { create: () => createKernels() }))

describe('kernels compiled off the main thread', () =>
  checksumCompliance({ describe, it, expect }, { create: () => loadKernels() }))

describe('kernels and native by length', () => {
  it('finds the native library, or the suite below would be the one above again', () => {
    expect(findNativeChecksum()).toBeDefined()
  })
  checksumCompliance(
    { describe, it, expect },
    { create: () => createChecksum({ kernels: createKernels(), native: findNativeChecksum() }) },
  )
})

describe('kernels on bytes in their own memory', () =>
  checksumCompliance(
    { describe, it, expect },
    {
      create() {
        const kernels = createKernels()
        // At an odd address, so that nothing can lean on alignment.
        const pointer = kernels.arenaStart + 3
        const place = (data: Uint8Array): number => {
          kernels.reserveArena(data.length + 3)
          kernels.view().set(data, pointer)
          return data.length
        }
        return {
          crc32: (data, seed) => kernels.crc32At(pointer, place(data), seed),
          crc32c: (data, seed) => kernels.crc32cAt(pointer, place(data), seed),
          crc64: (data, seed) => kernels.crc64At(pointer, place(data), seed),
        }
      },
    },
  ))
