import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

/** The Rust class, as `native/src/binding.rs` has it. A call names the slot of its promise and returns at once. */
export interface NativeDisk {
  readonly hasRing: boolean
  readonly ringRefusal: string | null
  readonly hasDirect: boolean
  readonly pendingCountMax: number
  keepAlive(alive: boolean): void
  open(slot: number, path: string, mode: number): void
  isDirect(file: number): boolean
  size(slot: number, file: number): void
  read(slot: number, file: number, target: Uint8Array, offset: number): void
  write(slot: number, file: number, chunks: readonly Uint8Array[], offset: number, sync: number): void
  append(slot: number, file: number, chunks: readonly Uint8Array[]): void
  allocate(slot: number, file: number, offset: number, lengthBytes: number): void
  truncate(slot: number, file: number, sizeBytes: number): void
  sync(slot: number, file: number, kind: number): void
  syncDirectory(slot: number, path: string): void
  close(slot: number, file: number): void
  drain(outcomes: Float64Array): number
  failure(slot: number): { readonly operation: string; readonly errno: string; readonly message: string }
  stop(): void
  provokePanic(slot?: number): void
}

export interface NativeDiskOptions {
  readonly threadCount: number
  readonly ringEntryCount?: number
  readonly direct: boolean
}

export interface NativeBinding {
  readonly INTERFACE_VERSION: number
  readonly NativeDisk: new (options: NativeDiskOptions, wake: () => void) => NativeDisk
}

/** Counted up, here and in binding.rs, with every change of {@link NativeDisk}: a binary of other sources is not called with the wrong arguments. */
export const interfaceVersion = 1

/** The binary, or why there is none. */
export type FoundBinding = { readonly binding: NativeBinding } | { readonly absence: string }

/**
 * Looks for what `npm run build:native` has built beside this package, and then for the package of this platform, which a
 * registry brings along as an optional dependency.
 */
export function findBinding(packageFolder = new URL('../', import.meta.url)): FoundBinding {
  const target = platformTarget()
  const built = fileURLToPath(new URL(`stratakv-file-io.${target}.node`, packageFolder))
  const published = `@stratakv/file-io-native-${target}`
  const require = createRequire(import.meta.url)
  const source = existsSync(built) ? built : published
  let binding: NativeBinding
  try {
    binding = require(source) as NativeBinding
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND'
    return {
      absence: isMissing
        ? `there is no binary for ${target}; in the repository, npm run build:native makes one`
        : `the binary for ${target} cannot be loaded: ${error instanceof Error ? error.message : String(error)}`,
    }
  }
  return acceptBinding(binding, target)
}

/** Exported for its test. */
export function acceptBinding(binding: NativeBinding, target: string): FoundBinding {
  if (binding.INTERFACE_VERSION === interfaceVersion) return { binding }
  return {
    absence: `the binary for ${target} is of another version; in the repository, npm run build:native makes it anew`,
  }
}

/** As @napi-rs/cli names it: `linux-x64-gnu`. */
export function platformTarget(): string {
  const { platform, arch } = process
  if (platform === 'linux') return `linux-${arch}-${isGlibc() ? 'gnu' : 'musl'}`
  if (platform === 'win32') return `win32-${arch}-msvc`
  return `${platform}-${arch}`
}

/** Node's report names glibc's version where it runs on it. */
function isGlibc(): boolean {
  // The types do not know of the switch yet.
  const report = process.report as NodeJS.ProcessReport & { excludeNetwork: boolean }
  const { excludeNetwork } = report
  // Else it looks up the names of all peers, which takes as long as DNS does.
  report.excludeNetwork = true
  try {
    const { header } = report.getReport() as { readonly header?: { readonly glibcVersionRuntime?: string } }
    return header?.glibcVersionRuntime !== undefined
  } finally {
    report.excludeNetwork = excludeNetwork
  }
}
