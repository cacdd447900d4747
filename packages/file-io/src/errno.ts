import { FileIoError, fileError, StrataError } from '@stratakv/core'

/** The typed error for what `node:fs` threw during `operation` on `path`; the original is its `cause`. */
export function typedError(error: unknown, path: string, operation: string): Error {
  if (error instanceof StrataError) return error
  const errno = errnoOf(error)
  const options = { cause: error }
  if (errno !== undefined) return fileError(errno, path, operation, options)
  // Not from the system: a bug of ours, which must keep its own name.
  return error instanceof Error ? error : new FileIoError(path, operation, 'EIO', options)
}

/** The system's name of an error (`ENOENT`), or undefined when it has none. */
export function errnoOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined
  // Node's own argument checks have codes like ERR_OUT_OF_RANGE.
  return error.code.startsWith('ERR_') ? undefined : error.code
}
