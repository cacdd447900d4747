/** Checksums of a native library. `seed` as in core's `Checksum`; results are unsigned. */
export interface NativeChecksum {
  crc32(data: Uint8Array, seed?: number): number
  crc32c(data: Uint8Array, seed?: number): number
}

/** The part of Node's `process` used here, for hosts that have none. */
interface HostProcess {
  getBuiltinModule?(id: 'node:module'): { createRequire(from: string): (id: string) => unknown }
}

/**
 * The optional peer `@node-rs/crc32` when it is installed and this is Node; otherwise nothing, and the kernels do all
 * the work. zlib's crc32 is not considered: no input size was found at which it beats the kernels by 10%.
 */
export function findNativeChecksum(): NativeChecksum | undefined {
  // Reached through globals: an import of node:module would break every browser bundle.
  const { process } = globalThis as { readonly process?: HostProcess }
  try {
    const require = process?.getBuiltinModule?.('node:module').createRequire(import.meta.url)
    return require?.('@node-rs/crc32') as NativeChecksum | undefined
  } catch {
    // Not installed, or no binary of it for this platform: both mean "none", and neither is an error.
    return undefined
  }
}
