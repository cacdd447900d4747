import { EngineCorruptionError, FileIoError, FileLockedError, NoSpaceError, StrataError } from '@stratakv/core'

/** What classic-level throws; `open` wraps the error that matters in another's `cause`. */
interface LevelError extends Error {
  readonly code?: string
}

/**
 * The seam's error for one of LevelDB's or of `node:fs`; one of the seam's own stays as it is. `operation` is what was
 * tried, for the message.
 *
 * classic-level tells corruption, a held lock and other I/O errors apart by `code`, except that a failed `getSync`
 * carries none but for corruption: what has no code is therefore an I/O error too.
 */
export function fromLevelError(path: string, operation: string, thrown: unknown): StrataError {
  if (thrown instanceof StrataError) return thrown
  const error = innermost(thrown)
  switch (error.code) {
    case 'LEVEL_CORRUPTION':
      return corruptionOf(path, error)
    case 'LEVEL_LOCKED':
      return new FileLockedError(path, undefined, { cause: thrown })
    default:
      if (isNoSpace(error)) return new NoSpaceError(path, { cause: thrown })
      return new FileIoError(path, operation, /^E[A-Z]+$/.test(error.code ?? '') ? error.code! : 'EIO', {
        cause: thrown,
      })
  }
}

/** An EngineCorruptionError that says what an operator can do. */
export function corruption(path: string, detail: string, cause?: unknown): EngineCorruptionError {
  const advice =
    'stop the node, keep a copy of the folder, and let the store start empty so that its regions are copied from their ' +
    'other replicas; without replicas, restore a backup, or try ClassicLevel.repair(), which keeps what is readable'
  return new EngineCorruptionError(path, `${detail}; ${advice}`, cause === undefined ? undefined : { cause })
}

function innermost(thrown: unknown): LevelError {
  let error = thrown instanceof Error ? (thrown as LevelError) : new Error(String(thrown))
  while (error.cause instanceof Error) error = error.cause
  return error
}

function corruptionOf(path: string, error: LevelError): EngineCorruptionError {
  // For the eye only, nothing branches on it: LevelDB puts the file's name in some of its messages.
  const file = /(?:MANIFEST-|CURRENT)\d*|\d+\.(?:ldb|sst|log)/.exec(error.message)?.[0]
  return corruption(file === undefined ? path : `${path}/${file}`, error.message, error)
}

/**
 * LevelDB keeps no errno: a status holds only strerror's text, so here, and nowhere else, an error is told by its
 * words. They are glibc's; Node never sets a locale, so they are not translated. musl's differ for the quota, which
 * then counts as any I/O error.
 */
function isNoSpace(error: LevelError): boolean {
  if (error.code === 'ENOSPC' || error.code === 'EDQUOT') return true
  return error.message.includes('No space left on device') || error.message.includes('Disk quota exceeded')
}
