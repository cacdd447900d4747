import { assert } from './assert.ts'
import type { Random } from './random.ts'

/** Dice that fall the same way for the same seed, on every machine. Not for secrets. */
export interface SeededRandom extends Random {
  readonly seed: number
  /**
   * Dice of their own, decided by this seed and `name` alone. Give each part of a test (disk, network, workload)
   * its own: one more draw in one of them then leaves the others as they were.
   */
  fork(name: string): SeededRandom
}

/**
 * xoshiro128** 1.1 (Blackman and Vigna, https://prng.di.unimi.it/xoshiro128starstar.c), its state filled from `seed` by
 * a 32-bit SplitMix. `seed` is a whole number in [0, 2^53). Period 2^128 - 1.
 */
export function seededRandom(seed: number): SeededRandom {
  assert(Number.isSafeInteger(seed) && seed >= 0, 'a seed is a whole number in [0, 2^53)')
  // Every word of the state hangs on every bit of the seed: the first number drawn comes from one word alone, and tests
  // run many small seeds and draw few numbers from each.
  const low = splitMix32(seed % 2 ** 32)
  const high = splitMix32(Math.floor(seed / 2 ** 32) ^ 0x5bd1e995)
  let s0 = low() ^ high()
  let s1 = low() ^ high()
  let s2 = low() ^ high()
  // The all-zero state would stay so for ever.
  let s3 = (low() ^ high()) | 1
  return {
    seed,
    fork: (name) => seededRandom(hash53(name, seed)),
    uint32() {
      const scrambled = Math.imul(s1, 5)
      const result = Math.imul((scrambled << 7) | (scrambled >>> 25), 9) >>> 0
      const shifted = s1 << 9
      s2 ^= s0
      s3 ^= s1
      s1 ^= s2
      s0 ^= s3
      s2 ^= shifted
      s3 = (s3 << 11) | (s3 >>> 21)
      return result
    },
  }
}

function splitMix32(start: number): () => number {
  let state = start | 0
  return () => {
    state = (state + 0x9e3779b9) | 0
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
    return mixed ^ (mixed >>> 15)
  }
}

/** 53 bits from a name and a seed: two FNV-1a runs over the UTF-16 units, finished by SplitMix so that near names land far apart. */
function hash53(name: string, seed: number): number {
  let low = (0x811c9dc5 ^ (seed % 2 ** 32)) | 0
  let high = (0x01000193 ^ Math.floor(seed / 2 ** 32)) | 0
  for (let index = 0; index < name.length; index++) {
    const unit = name.charCodeAt(index)
    low = Math.imul(low ^ unit, 0x01000193)
    high = Math.imul(high ^ unit, 0x01000193) ^ (low >>> 13)
  }
  const lowMixed = splitMix32(low)() >>> 0
  const highMixed = splitMix32(high)() >>> 0
  return (highMixed % 2 ** 21) * 2 ** 32 + lowMixed
}
