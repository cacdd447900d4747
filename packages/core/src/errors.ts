/**
 * The base of every error StrataKV throws on purpose. Subclasses carry a literal `code` and evidence fields;
 * callers branch on the class or the code, never on the text.
 */
export abstract class StrataError extends Error {
  /** Stable, upper snake case, prefixed by the package that owns it: `CORE_...`, `MVCC_...`. */
  abstract readonly code: string

  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = new.target.name
  }
}

/** A violated invariant: a bug in StrataKV, never the caller's doing. */
export class AssertionError extends StrataError {
  readonly code = 'CORE_ASSERTION'
}

/** Thrown by any call on something that was closed or released before. */
export class ClosedError extends StrataError {
  readonly code = 'CORE_CLOSED'
  /** What was closed, e.g. `engine snapshot`. */
  readonly what: string

  constructor(what: string) {
    super(`${what} is closed`)
    this.what = what
  }
}
