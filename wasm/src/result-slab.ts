/** How much is allocated at a time. A result that is kept keeps this much, no more. */
const slabBytes = 16 * 1024
/** Results up to this length share a slab. V8 takes memory from the system for each longer array anyway. */
const sharedBytesMax = 1024

/**
 * Copies short results into arrays that share a buffer: V8 keeps an array of over 64 bytes outside its heap, and one of its
 * own costs more than compressing or decompressing half a kilobyte. No byte is given out twice.
 */
export function createResultSlab(): (memory: Uint8Array, start: number, end: number) => Uint8Array {
  let slab = new Uint8Array(0)
  let taken = 0
  return (memory, start, end) => {
    const length = end - start
    if (length > sharedBytesMax) return memory.slice(start, end)
    if (taken + length > slab.length) {
      slab = new Uint8Array(slabBytes)
      taken = 0
    }
    const result = slab.subarray(taken, taken + length)
    result.set(memory.subarray(start, end))
    // The next one begins at a multiple of eight, for whoever wants to lay a view of words over it.
    taken += (length + 7) & ~7
    return result
  }
}
