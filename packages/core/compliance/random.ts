import { below, fraction, type Random } from '../src/random.ts'
import type { TestApi } from './test-api.ts'

export interface RandomComplianceOptions {
  /** Called once a test. */
  create(): Random | Promise<Random>
  /** `create` gives the same numbers each time. Absent: different ones. Both are tested. */
  readonly repeatable?: boolean
}

/**
 * What every {@link Random} must do. The bounds on fairness lie more than seven standard deviations out: a fair source
 * fails one run in 10^11, a lopsided one fails at once.
 */
export function randomCompliance(t: TestApi, options: RandomComplianceOptions): void {
  const { describe, it, expect } = t
  const drawCount = 32_768

  describe('random compliance', () => {
    it('gives whole numbers in [0, 2^32)', async () => {
      const random = await options.create()
      for (let draw = 0; draw < 10_000; draw++) {
        const drawn = random.uint32()
        if (!Number.isInteger(drawn) || drawn < 0 || drawn >= 2 ** 32) expect(drawn).toBe('a 32-bit number')
      }
    })

    it('sets every bit half of the time', async () => {
      const random = await options.create()
      const setCounts = new Array<number>(32).fill(0)
      for (let draw = 0; draw < drawCount; draw++) {
        const drawn = random.uint32()
        for (let bit = 0; bit < 32; bit++) setCounts[bit]! += (drawn >>> bit) & 1
      }
      // The standard deviation of one count is 90.5.
      for (const [bit, count] of setCounts.entries()) {
        expect([bit, Math.abs(count - drawCount / 2) < 650]).toEqual([bit, true])
      }
    })

    it('does not tell the next number by the last', async () => {
      const random = await options.create()
      // Pairs of top bits: four outcomes, equally frequent.
      const pairCounts = [0, 0, 0, 0]
      let earlier = random.uint32() >>> 31
      for (let draw = 0; draw < drawCount; draw++) {
        const bit = random.uint32() >>> 31
        pairCounts[earlier * 2 + bit]!++
        earlier = bit
      }
      for (const count of pairCounts) expect(Math.abs(count - drawCount / 4) < 650).toBe(true)
    })

    it('repeats itself from a seed, or does not', async () => {
      const [one, other] = [await options.create(), await options.create()]
      const draws = (random: Random) => Array.from({ length: 64 }, () => random.uint32())
      const first = draws(one)
      const second = draws(other)
      if (options.repeatable) expect(second).toEqual(first)
      else expect(first.some((drawn, index) => drawn !== second[index])).toBe(true)
      expect(draws(one).some((drawn, index) => drawn !== first[index])).toBe(true)
    })

    it('serves fractions and bounds', async () => {
      const random = await options.create()
      const counts = new Array<number>(10).fill(0)
      let sum = 0
      for (let draw = 0; draw < drawCount; draw++) {
        counts[below(random, 10)]!++
        sum += fraction(random)
      }
      // Standard deviations: 54 for a count, 0.0016 for the mean.
      for (const count of counts) expect(Math.abs(count - drawCount / 10) < 400).toBe(true)
      expect(Math.abs(sum / drawCount - 0.5) < 0.012).toBe(true)
    })
  })
}
