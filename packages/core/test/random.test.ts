import { AssertionError, below, fraction, type Random } from '@stratakv/core'
import { describe, expect, it } from 'vitest'

/** Gives these numbers, and fails when asked for more. */
function scripted(...numbers: readonly number[]): Random & { leftCount(): number } {
  const left = [...numbers]
  return {
    uint32() {
      const next = left.shift()
      if (next === undefined) throw new Error('drawn more often than expected')
      return next
    },
    leftCount: () => left.length,
  }
}

describe('below', () => {
  it('is the remainder of a draw', () => {
    expect(below(scripted(0), 10)).toBe(0)
    expect(below(scripted(27), 10)).toBe(7)
    expect(below(scripted(2 ** 32 - 1), 2 ** 32)).toBe(2 ** 32 - 1)
    expect(below(scripted(2 ** 32 - 1), 1)).toBe(0)
  })

  it('draws again in the tail that would favour small results', () => {
    // 2^32 = 1431655765 * 3 + 1: only the very last number is unfair for a bound of 3.
    expect(below(scripted(2 ** 32 - 2), 3)).toBe(2)
    const random = scripted(2 ** 32 - 1, 2 ** 32 - 1, 4)
    expect(below(random, 3)).toBe(1)
    expect(random.leftCount()).toBe(0)
    // The worst bound: nearly half of all draws are unfair.
    const half = 2 ** 31 + 1
    expect(below(scripted(half, 2 ** 32 - 1, half - 1), half)).toBe(half - 1)
  })

  it('gives each result from equally many draws', () => {
    // The numbers that count are a multiple of the bound; the first beyond them is drawn again.
    for (const bound of [1, 2, 3, 5, 7, 12, 40]) {
      const fair = 2 ** 32 - (2 ** 32 % bound)
      expect(fair % bound).toBe(0)
      expect(below(scripted(fair - 1), bound)).toBe(bound - 1)
      if (fair < 2 ** 32) expect(below(scripted(fair, 0), bound)).toBe(0)
    }
  })

  it('refuses bounds that mean nothing', () => {
    for (const bound of [0, -1, 1.5, Number.NaN, 2 ** 32 + 1]) {
      expect(() => below(scripted(1), bound)).toThrow(AssertionError)
    }
  })
})

describe('fraction', () => {
  it('is in [0, 1)', () => {
    expect(fraction(scripted(0))).toBe(0)
    expect(fraction(scripted(2 ** 31))).toBe(0.5)
    expect(fraction(scripted(2 ** 32 - 1))).toBeLessThan(1)
  })
})
