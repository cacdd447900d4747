import { AssertionError } from './errors.ts'

/** Throws {@link AssertionError} unless `condition` holds. `violated` says what must have been true and was not. */
export function assert(condition: unknown, violated: string): asserts condition {
  if (!condition) throw new AssertionError(violated)
}

/** Marks a switch as exhaustive: compiles only while every case is handled. */
export function unreachable(value: never): never {
  throw new AssertionError(`unreachable case: ${String(value)}`)
}
