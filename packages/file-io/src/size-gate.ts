/**
 * Keeps a change of a file's size apart from the writes of the same handle. Extending a file takes two system calls
 * (how long is it, make it longer), and a write that lands between them beyond the new end would be cut off.
 *
 * Writes run together; a resize waits for those that run and holds back those that come.
 */
export class SizeGate {
  #writeCount = 0
  #resizing: Promise<void> | undefined
  #whenDrained: (() => void) | undefined

  async write<T>(body: () => Promise<T>): Promise<T> {
    // Re-checked after each wait: several resizes may be in line.
    while (this.#resizing !== undefined) await this.#resizing
    this.#writeCount++
    try {
      return await body()
    } finally {
      this.#writeCount--
      if (this.#writeCount === 0) this.#whenDrained?.()
    }
  }

  async resize<T>(body: () => Promise<T>): Promise<T> {
    while (this.#resizing !== undefined) await this.#resizing
    const { promise, resolve } = withResolvers()
    this.#resizing = promise
    try {
      if (this.#writeCount > 0) {
        const drained = withResolvers()
        this.#whenDrained = drained.resolve
        await drained.promise
        this.#whenDrained = undefined
      }
      return await body()
    } finally {
      this.#resizing = undefined
      resolve()
    }
  }
}

/** `Promise.withResolvers`, which Node 20 lacks. */
function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {}
  const promise = new Promise<void>((settle) => {
    resolve = settle
  })
  return { promise, resolve }
}
