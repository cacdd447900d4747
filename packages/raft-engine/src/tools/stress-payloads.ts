import { below, type Random } from '@stratakv/core'

export type StressPayloads = 'unique' | 'repeated'

/** Random bytes to cut entries from: many times what LZ4 looks back, and what a batch holds. */
const poolBytesMin = 4 * 1024 * 1024

/** Makes the entries of a region in a batch. They are not written to again. */
export function stressPayloads(
  random: Random,
  options: { readonly payloads: StressPayloads; readonly entryBytes: number; readonly entryCount: number },
): () => readonly Uint8Array[] {
  const { payloads, entryBytes, entryCount } = options
  const bytes = entryBytes * entryCount
  const isRepeated = payloads === 'repeated'
  const pool = noise(random, isRepeated ? bytes : Math.max(poolBytesMin, 4 * bytes))
  let at = 0
  return () => {
    // One stretch after another, beginning somewhere else each time round, so that no two batches near each other share bytes.
    if (at + bytes > pool.length) at = isRepeated ? 0 : below(random, bytes + 1)
    const stretch = pool.subarray(at, at + bytes)
    at += bytes
    return Array.from({ length: entryCount }, (_, entry) =>
      stretch.subarray(entry * entryBytes, (entry + 1) * entryBytes),
    )
  }
}

function noise(random: Random, lengthBytes: number): Uint8Array {
  const words = Uint32Array.from({ length: Math.ceil(lengthBytes / 4) }, () => random.uint32())
  return new Uint8Array(words.buffer, 0, lengthBytes)
}
