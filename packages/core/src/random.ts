import { assert } from './assert.ts'

/** All chance comes from here. */
export interface Random {
  /** Uniform over [0, 2^32). */
  uint32(): number
}

/** Uniform over [0, 1) with 32 bits of resolution. */
export function fraction(random: Random): number {
  return random.uint32() / 2 ** 32
}

/** Uniform over [0, bound); `bound` is a whole number in [1, 2^32]. Rejects the tail that would bias the result. */
export function below(random: Random, bound: number): number {
  assert(Number.isInteger(bound) && bound >= 1 && bound <= 2 ** 32, 'bound must be a whole number in [1, 2^32]')
  const fair = 2 ** 32 - (2 ** 32 % bound)
  for (;;) {
    const drawn = random.uint32()
    if (drawn < fair) return drawn % bound
  }
}
