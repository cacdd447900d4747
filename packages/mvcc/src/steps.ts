import { isPromise, type MaybePromise } from '@stratakv/core'

/**
 * A computation that may have to wait now and then, written as a generator. It runs to its end in one go while every
 * answer it needs is there already: no microtask, no promise. `chain` does the same for a line or two; branching logic
 * over many reads is unreadable in it.
 */
export type Steps<T> = Generator<Promise<unknown>, T, unknown>

/** Inside steps: waits for `promise`. On hot paths, call it only when there is a promise. */
export function* settle<T>(promise: Promise<T>): Steps<T> {
  return (yield promise) as T
}

/** Inside steps: the value, waited for if need be. */
export function* wait<T>(value: MaybePromise<T>): Steps<T> {
  return isPromise(value) ? ((yield value) as T) : value
}

/** Runs `steps`; answers at once if nothing had to be waited for. Errors are thrown, or reject, accordingly. */
export function runSteps<T>(steps: Steps<T>): MaybePromise<T> {
  const first = steps.next()
  return first.done ? first.value : finish(steps, first.value)
}

async function finish<T>(steps: Steps<T>, first: Promise<unknown>): Promise<T> {
  let pending = first
  for (;;) {
    let result: IteratorResult<Promise<unknown>, T>
    try {
      result = steps.next(await pending)
    } catch (error) {
      // Either the wait failed, and the steps may handle that, or the steps threw: then they are done and throw it again.
      result = steps.throw(error)
    }
    if (result.done) return result.value
    pending = result.value
  }
}
