/**
 * A value, or a promise of one. Seams whose answer is often in memory return this: a microtask for each key
 * read is a cost on the hottest path.
 */
export type MaybePromise<T> = T | Promise<T>

/** True when `value` has to be awaited. */
export function isPromise<T>(value: MaybePromise<T>): value is Promise<T> {
  return typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'
}

/** Applies `next` at once when `value` is there, else when it arrives. An error thrown by `next` propagates the same way. */
export function chain<T, U>(value: MaybePromise<T>, next: (value: T) => MaybePromise<U>): MaybePromise<U> {
  return isPromise(value) ? value.then(next) : next(value)
}
