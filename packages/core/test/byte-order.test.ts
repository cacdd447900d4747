import { compareBytes, concatBytes, emptyBytes, equalBytes, keyInRange, toHex } from '@stratakv/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const someBytes = fc.uint8Array({ maxLength: 6, max: 3 })
const anyBytes = fc.uint8Array({ maxLength: 12 })

describe('compareBytes', () => {
  it('is the order of hex texts', () => {
    fc.assert(
      fc.property(fc.oneof(someBytes, anyBytes), fc.oneof(someBytes, anyBytes), (left, right) => {
        const [leftText, rightText] = [toHex(left), toHex(right)]
        const expected = leftText < rightText ? -1 : leftText > rightText ? 1 : 0
        expect(Math.sign(compareBytes(left, right))).toBe(expected)
        expect(equalBytes(left, right)).toBe(expected === 0)
      }),
    )
  })

  it('takes bytes as unsigned, and a prefix as smaller', () => {
    expect(compareBytes(Uint8Array.of(0x7f), Uint8Array.of(0x80))).toBeLessThan(0)
    expect(compareBytes(Uint8Array.of(1), Uint8Array.of(1, 0))).toBeLessThan(0)
    expect(compareBytes(emptyBytes, Uint8Array.of(0))).toBeLessThan(0)
  })
})

describe('concatBytes', () => {
  it('joins, and shares nothing with its input', () => {
    const first = Uint8Array.of(1, 2)
    const joined = concatBytes(first, emptyBytes, Uint8Array.of(3))
    first.fill(9)
    expect([...joined]).toEqual([1, 2, 3])
    expect(concatBytes().length).toBe(0)
  })
})

describe('keyInRange', () => {
  it('includes the start, not the end, and is unbounded where the end is empty', () => {
    const [one, two, three] = [Uint8Array.of(1), Uint8Array.of(2), Uint8Array.of(3)]
    expect(keyInRange(one, one, three)).toBe(true)
    expect(keyInRange(three, one, three)).toBe(false)
    expect(keyInRange(Uint8Array.of(2, 255), one, three)).toBe(true)
    expect(keyInRange(one, two, emptyBytes)).toBe(false)
    expect(keyInRange(three, two, emptyBytes)).toBe(true)
    expect(keyInRange(emptyBytes, emptyBytes, emptyBytes)).toBe(true)
  })
})

describe('toHex', () => {
  it('is upper case, two digits a byte', () => {
    expect(toHex(Uint8Array.of(0, 0x0f, 0xab, 255))).toBe('000FABFF')
    expect(toHex(emptyBytes)).toBe('')
  })
})
