import { describe, expect, it } from 'vitest'
import { isLinearizable, type RegisterOperation } from '../src/check/linearizability.ts'

const read = (invokedAt: number, returnedAt: number, value: string): RegisterOperation => ({
  type: 'read',
  invokedAt,
  returnedAt,
  value,
})
const swap = (
  invokedAt: number,
  returnedAt: number | undefined,
  previous: string,
  value: string,
): RegisterOperation => ({
  type: 'swap',
  invokedAt,
  returnedAt,
  previous,
  value,
})

describe('linearizability of a register', () => {
  it('takes calls that overlap in either order', () => {
    expect(isLinearizable('a', [swap(0, 3, 'a', 'b'), read(1, 2, 'a')])).toBeUndefined()
    expect(isLinearizable('a', [swap(0, 3, 'a', 'b'), read(1, 2, 'b')])).toBeUndefined()
  })

  it('finds a read of what was there before an acknowledged swap', () => {
    expect(isLinearizable('a', [swap(0, 1, 'a', 'b'), read(2, 3, 'a')])).toMatch(
      /1 of 2 operations fit, the value is then b/,
    )
  })

  it('finds a value that goes back between two reads', () => {
    expect(isLinearizable('a', [swap(0, undefined, 'a', 'b'), read(1, 2, 'b'), read(3, 4, 'a')])).toBeDefined()
  })

  it('lets a swap whose answer was lost happen late, or never', () => {
    expect(isLinearizable('a', [swap(0, undefined, 'a', 'b'), read(1, 2, 'a'), read(3, 4, 'b')])).toBeUndefined()
    expect(isLinearizable('a', [swap(0, undefined, 'a', 'b'), read(1, 2, 'a')])).toBeUndefined()
  })

  it('finds two acknowledged swaps from one value', () => {
    expect(isLinearizable('a', [swap(0, 3, 'a', 'b'), swap(1, 2, 'a', 'c')])).toBeDefined()
  })
})
