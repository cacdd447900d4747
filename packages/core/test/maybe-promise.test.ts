import { chain, isPromise } from '@stratakv/core'
import { describe, expect, it } from 'vitest'

describe('chain', () => {
  it('applies at once what is there', () => {
    let applied = false
    const result = chain(2, (value) => {
      applied = true
      return value * 3
    })
    expect([applied, result]).toEqual([true, 6])
  })

  it('waits for what is not', async () => {
    const result = chain(Promise.resolve(2), (value) => value * 3)
    expect(isPromise(result)).toBe(true)
    expect(await result).toBe(6)
  })

  it('passes on what the next step gives, value or promise', async () => {
    expect(isPromise(chain(1, async (value) => value))).toBe(true)
    expect(await chain(Promise.resolve(1), async (value) => value + 1)).toBe(2)
  })

  it('throws at once where it ran at once, and rejects where it waited', async () => {
    const fail = () => {
      throw new RangeError('no')
    }
    expect(() => chain(1, fail)).toThrow(RangeError)
    await expect(chain(Promise.resolve(1), fail)).rejects.toBeInstanceOf(RangeError)
    let ran = false
    const failed = chain(Promise.reject(new RangeError('earlier')), () => {
      ran = true
    })
    await expect(failed).rejects.toBeInstanceOf(RangeError)
    expect(ran).toBe(false)
  })
})

describe('isPromise', () => {
  it('goes by then', () => {
    for (const value of [0, '', null, undefined, {}, new Uint8Array(1), () => 1]) expect(isPromise(value)).toBe(false)
    expect(isPromise(Promise.resolve())).toBe(true)
    // Not only the platform's own: whatever has a `then` can be awaited.
    class Eventual extends Promise<number> {}
    expect(isPromise(Eventual.resolve(1))).toBe(true)
  })
})
