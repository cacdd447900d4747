import type { Random } from './random.ts'

/** Drawn from the platform's cryptographic source in blocks of this many 32-bit numbers: one call into it costs more than the numbers do. */
const blockCount = 256

/** The machine's source of chance. One of the two files in which it may be touched. */
export function systemRandom(): Random {
  const block = new Uint32Array(blockCount)
  let next = blockCount
  return {
    uint32() {
      if (next === blockCount) {
        crypto.getRandomValues(block)
        next = 0
      }
      return block[next++]!
    },
  }
}
