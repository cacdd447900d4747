import { StrataError } from '@stratakv/core'
import { type FuzzFindingError, type FuzzTarget, fuzz, tryInput } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'

class RefusedError extends StrataError {
  readonly code = 'TEST_REFUSED'
}

/** Length-prefixed bytes, with a flaw that the test chooses. */
function target(flaw: 'none' | 'wrong-class' | 'loses-a-byte'): FuzzTarget<Uint8Array> {
  return {
    name: `test/${flaw}`,
    refusals: [RefusedError],
    seeds: () => [Uint8Array.of(3, 1, 2, 3), Uint8Array.of(0)],
    decode(input) {
      const length = input[0]
      if (length === undefined || input.length - 1 < length) {
        throw flaw === 'wrong-class' && length === 0xff
          ? new RangeError('out of bounds')
          : new RefusedError('cut short')
      }
      return input.subarray(1, 1 + length - (flaw === 'loses-a-byte' && length === 7 ? 1 : 0))
    },
    check(decoded, input) {
      if (decoded.length !== input[0]) throw new Error(`${decoded.length} bytes of ${input[0]}`)
    },
  }
}

function finding(run: () => unknown): FuzzFindingError {
  try {
    run()
  } catch (error) {
    return error as FuzzFindingError
  }
  throw new Error('nothing was found')
}

describe('fuzz', () => {
  it('finds nothing in a sound decoder, and reaches both answers', () => {
    const report = fuzz(target('none'), { seed: 1, runCount: 20_000 })
    expect(report.acceptedCount).toBeGreaterThan(1000)
    expect(report.acceptedCount).toBeLessThan(20_000)
    expect(report.outcomeCount).toBe(3) // refused, empty, and some bytes
  })

  it('finds an exception that is no refusal, with the input that causes it', () => {
    const { code, input } = finding(() => fuzz(target('wrong-class'), { seed: 1, runCount: 20_000 }))
    expect(code).toBe('TESTKIT_FUZZ_FINDING')
    expect(input[0]).toBe(0xff)
    expect(() => tryInput(target('wrong-class'), input)).toThrow(/out of bounds/)
  })

  it('finds what is accepted and wrong', () => {
    const { input } = finding(() => fuzz(target('loses-a-byte'), { seed: 1, runCount: 200_000 }))
    expect(input[0]).toBe(7)
  })

  it('tries the same inputs for the same seed', () => {
    const seen = (seed: number) => {
      const inputs: string[] = []
      fuzz(target('none'), { seed, runCount: 50, onInput: (input) => inputs.push(input.join()) })
      return inputs
    }
    expect(seen(5)).toEqual(seen(5))
    expect(seen(5)).not.toEqual(seen(6))
  })
})
