import { EngineCorruptionError, FileIoError, FileLockedError, NoSpaceError, StrataError } from '@stratakv/core'

/** There is no binary of RocksDB for this machine, or it cannot be loaded. */
export class RocksdbUnavailableError extends StrataError {
  readonly code = 'ROCKSDB_UNAVAILABLE'
  /** Node's names for system and processor, e.g. `linux-x64`. */
  readonly platform: string
  constructor(platform: string, options?: ErrorOptions) {
    const advice =
      'rocksdb-native brings one for glibc Linux, macOS and Windows on x64 and arm64, and on Linux wants libatomic'
    super(`RocksDB could not be loaded on ${platform}: ${advice}`, options)
    this.platform = platform
  }
}

/** What the binding throws; a failed batch wraps the error that matters in another's `cause`. */
interface NativeError extends Error {
  readonly code?: string
}

/**
 * The seam's error for one of RocksDB's or of `node:fs`; one of the seam's own stays as it is. `operation` is what was
 * tried, for the message.
 *
 * The binding folds a RocksDB status into an errno and keeps the text without the status' name, so corruption, an I/O error and a
 * held lock are all EIO. They are told apart by the beginning of the text, which RocksDB's `env/io_posix.cc` and
 * `env/fs_posix.cc` give every failed system call: "While", or "lock" for the lock.
 */
export function fromRocksdbError(path: string, operation: string, thrown: unknown): StrataError {
  if (thrown instanceof StrataError) return thrown
  const error = innermost(thrown)
  const text = error.message
  if (error.code === 'ENOSPC' || error.code === 'EDQUOT' || error.message.includes('Disk quota exceeded')) {
    return new NoSpaceError(path, { cause: thrown })
  }
  if (/^(?:lock hold by current process|lock |While lock file)/.test(text)) {
    return new FileLockedError(path, undefined, { cause: thrown })
  }
  const isSystemCall = error.code !== 'EIO' || /^While /.test(text) || 'syscall' in error
  const isFileMissing = error.code === 'ENOENT' && fileIn(text) !== undefined
  if (isSystemCall && !isFileMissing) {
    return new FileIoError(path, operation, /^E[A-Z]+$/.test(error.code ?? '') ? error.code! : 'EIO', { cause: thrown })
  }
  const file = fileIn(text)
  return corruption(file === undefined ? path : `${path}/${file}`, text, error)
}

/** An EngineCorruptionError that says what an operator can do. */
export function corruption(path: string, detail: string, cause?: unknown): EngineCorruptionError {
  const advice =
    'stop the node, keep a copy of the folder, and let the store start empty so that its regions are copied from their ' +
    'other replicas; without replicas, restore a backup'
  return new EngineCorruptionError(path, `${detail}; ${advice}`, cause === undefined ? undefined : { cause })
}

function innermost(thrown: unknown): NativeError {
  let error = thrown instanceof Error ? (thrown as NativeError) : new Error(String(thrown))
  while (error.cause instanceof Error) error = error.cause
  return error
}

/** For the eye, and to tell a lost file from a lost folder: RocksDB puts the file's name in most of its messages. */
function fileIn(text: string): string | undefined {
  return /\d+\.(?:sst|log)|MANIFEST-\d+|CURRENT/.exec(text)?.[0]
}
