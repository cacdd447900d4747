import type { Checksum, Compressor, FileSystem } from '@stratakv/core'
import { createChecksum, createCompressor, createKernels, findNativeChecksum, type Kernels } from '@stratakv/wasm'

/** What others supply. */
export interface LogToolDeps {
  /** The disk. */
  readonly fileSystem: FileSystem
}

/** How far long work is. Bytes of `totalBytes` are of the files that are read; it is known from the start. */
export interface LogToolProgress {
  readonly phase: 'read' | 'write' | 'verify'
  readonly doneBytes: number
  readonly totalBytes: number
}

/** What every tool may be asked. */
export interface LogToolOptions {
  /**
   * Folders of one log, the spill folder among them if there is one, or single files. Whoever looks at a log that an engine has
   * open sees a state that may never have been.
   */
  readonly paths: readonly string[]
  readonly onProgress?: (progress: LogToolProgress) => void
  /** Ends the work with the signal's reason, at a batch's end. */
  readonly signal?: AbortSignal
}

/** A batch that is taken apart is put together again in memory: any that a log can hold, up to what 32-bit pointers reach. */
const rewriteBytesMax = 2 ** 32 - 65536

/** What the tools share inside. */
export interface LogToolParts {
  readonly fs: FileSystem
  readonly checksum: Checksum
  readonly compressor: Compressor
  readonly createKernels: () => Kernels
}

export function partsOf({ fileSystem }: LogToolDeps): LogToolParts {
  return {
    fs: fileSystem,
    checksum: createChecksum({ kernels: createKernels(), native: findNativeChecksum() }),
    compressor: createCompressor(),
    createKernels: () => createKernels({ memoryBytesMax: rewriteBytesMax }),
  }
}
