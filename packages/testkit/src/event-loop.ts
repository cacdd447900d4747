/**
 * Resolves when no promise is left that could settle by itself: one turn of the event loop, at whose end the
 * microtask queue is empty. Counting `await`s instead would stop short in the middle of a long promise chain.
 */
export function settled(): Promise<void> {
  if (typeof setImmediate === 'function') return new Promise((resolve) => setImmediate(resolve))
  // Browsers have no setImmediate; a message to oneself is their shortest turn of the loop.
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.addEventListener('message', () => {
      port1.close()
      resolve()
    })
    port1.start()
    port2.postMessage(undefined)
  })
}
