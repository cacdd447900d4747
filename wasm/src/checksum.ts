import type { Checksum } from '@stratakv/core'
import type { Kernels } from './kernels.ts'
import type { NativeChecksum } from './native-checksum.ts'

/**
 * From this many bytes on a native library wins: its call costs some 100 ns however short the input is, but it then
 * runs on carry-less multiplication. Measured by `bench wasm`, see README.
 */
const nativeCrc32BytesMin = 512
/** CRC-32C folds sixteen bytes a step here and has an instruction of its own natively: about level when it is this long. */
const nativeCrc32cBytesMin = 32 * 1024

/** What the face chooses from. */
export interface ChecksumDeps {
  readonly kernels: Kernels
  /** For long inputs. Without it the kernels do all of it. */
  readonly native?: NativeChecksum | undefined
}

/** Checksums of bytes of JavaScript, by kernel or native as the length says. */
export function createChecksum({ kernels, native }: ChecksumDeps): Checksum {
  if (native === undefined) return { crc32: kernels.crc32, crc32c: kernels.crc32c, crc64: kernels.crc64 }
  return {
    crc32: (data, seed = 0) =>
      data.length < nativeCrc32BytesMin ? kernels.crc32(data, seed) : native.crc32(data, seed),
    crc32c: (data, seed = 0) =>
      data.length < nativeCrc32cBytesMin ? kernels.crc32c(data, seed) : native.crc32c(data, seed),
    crc64: kernels.crc64,
  }
}
