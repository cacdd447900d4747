import type { Random } from '@stratakv/core'

/** Dice for these tests: mulberry32. The seeded dice of testkit stand above this package and cannot be used here. */
export function dice(seed: number): Random {
  let state = seed | 0
  return {
    uint32() {
      state = (state + 0x6d2b79f5) | 0
      let mixed = Math.imul(state ^ (state >>> 15), state | 1)
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
      return (mixed ^ (mixed >>> 14)) >>> 0
    },
  }
}
