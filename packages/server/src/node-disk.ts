import { type FileSystem, StrataError } from '@stratakv/core'
import { createNodeFileSystem } from '@stratakv/file-io'
import type { IoBackend } from './config/keys.ts'
import type { Logger } from './log/logger.ts'

/** The machine's disk, as the configuration wants it reached. */
export interface NodeDisk {
  readonly fs: FileSystem
  /** Logs how it is reached. Not before the node serves: a start that is refused says why it is, and nothing else. */
  announce(): void
  /** Waits for calls that run; nothing is taken afterwards. */
  close(): Promise<void>
}

/** `storage.io-backend` names a backend that this installation does not have. The process does not start. */
export class IoBackendUnavailableError extends StrataError {
  readonly code = 'SERVER_IO_BACKEND_UNAVAILABLE'
  readonly backend: string
  readonly reason: string
  constructor(backend: string, reason: string, options?: ErrorOptions) {
    super(
      `storage.io-backend is ${JSON.stringify(backend)}, which is not available: ${reason}. ` +
        'npm run build:native builds it from the repository; "auto" and "node" do without',
      options,
    )
    this.backend = backend
    this.reason = reason
  }
}

type NativeBackend = Exclude<IoBackend, 'auto' | 'node'>

/** What the optional package gives: a disk and what is really in use, or why there is none. */
export type NativeDiskFinder = (backend: NativeBackend) => Promise<FoundNativeDisk | { readonly absence: string }>

export interface FoundNativeDisk {
  readonly fs: FileSystem & { close(): Promise<void> }
  readonly backend: string
  /** Why that is not what was asked for. */
  readonly fallback: string | undefined
}

/**
 * Opens the disk.
 *
 * @throws IoBackendUnavailableError for a backend that was asked for by name; `auto` takes what is there
 */
export async function openNodeDisk(
  backend: IoBackend,
  deps: { readonly logger: Logger; readonly findNativeDisk?: NativeDiskFinder },
): Promise<NodeDisk> {
  const { logger, findNativeDisk = findInstalled } = deps
  if (backend === 'node') return nodeDisk(logger, 'it was asked for')
  const found = await findNativeDisk(backend === 'auto' ? 'native' : backend)
  if ('absence' in found) {
    if (backend !== 'auto') throw new IoBackendUnavailableError(backend, found.absence)
    return nodeDisk(logger, found.absence)
  }
  const { fs, fallback } = found
  const announce = (): void => {
    if (fallback === undefined) logger.info('file I/O backend', { backend: found.backend })
    else logger.warn('file I/O backend', { backend: found.backend, because: fallback })
  }
  return { fs, announce, close: () => fs.close() }
}

function nodeDisk(logger: Logger, because: string): NodeDisk {
  return {
    fs: createNodeFileSystem(),
    announce: () => logger.info('file I/O backend', { backend: 'node', because }),
    close: async () => {},
  }
}

/** By a dynamic import: the package is an optional dependency. */
const findInstalled: NativeDiskFinder = async (backend) => {
  let native: typeof import('@stratakv/file-io-native')
  try {
    native = await import('@stratakv/file-io-native')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND')) throw error
    return { absence: '@stratakv/file-io-native is not installed' }
  }
  try {
    const fs = native.openNativeFileSystem({ backend })
    return { fs, backend: fs.backend, fallback: fs.fallback }
  } catch (error) {
    if (error instanceof native.NativeUnavailableError) return { absence: error.reason }
    throw error
  }
}
