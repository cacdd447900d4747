import { StrataError } from '@stratakv/core'

/** The native file system cannot be opened here. */
export class NativeUnavailableError extends StrataError {
  readonly code = 'NATIVE_IO_UNAVAILABLE'
  /** What was asked for. */
  readonly backend: string
  /** In words: what was looked for, and what was found instead. */
  readonly reason: string
  constructor(backend: string, reason: string, options?: ErrorOptions) {
    super(`the file system backend ${backend} is not available: ${reason}`, options)
    this.backend = backend
    this.reason = reason
  }
}

/**
 * The Rust code met a bug of its own, during this one call. The process and the other calls go on; what the call has done to the
 * file is not known.
 */
export class NativePanicError extends StrataError {
  readonly code = 'NATIVE_IO_PANIC'
  readonly path: string
  readonly operation: string
  constructor(path: string, operation: string, words: string) {
    super(`${operation} of ${path} ended in a panic: ${words}`)
    this.path = path
    this.operation = operation
  }
}
