import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  putVarint,
  VarintCursor,
  varintBytes,
  varintOverflow,
  varintTruncated,
  varintUnsafe,
} from '../../src/format/varint.ts'
import { varint } from './naive-batch.ts'

const edges = [0, 7, 14, 21, 28, 31, 32, 35, 42, 49, 53].flatMap((bits) => [2 ** bits - 2, 2 ** bits - 1, 2 ** bits])
const safe = fc.oneof(
  fc.constantFrom(...edges.filter((value) => value >= 0 && Number.isSafeInteger(value))),
  fc.maxSafeNat(),
  fc.tuple(fc.maxSafeNat(), fc.nat(52)).map(([value, bits]) => Math.floor(value / 2 ** bits)),
)

function cursorOver(bytes: readonly number[], end = bytes.length): VarintCursor {
  const cursor = new VarintCursor()
  cursor.reset(Uint8Array.from(bytes), 0, end)
  return cursor
}

describe('varints', () => {
  it('are written as the naive twin writes them, and read back', () => {
    fc.assert(
      fc.property(safe, (value) => {
        const expected = varint(BigInt(value))
        const bytes = new Uint8Array(12).fill(0xee)
        expect(putVarint(bytes, 1, value)).toBe(1 + expected.length)
        expect([...bytes.subarray(1, 1 + expected.length)]).toEqual(expected)
        expect(bytes[1 + expected.length]).toBe(0xee)
        expect(varintBytes(value)).toBe(expected.length)
        const cursor = cursorOver([...expected, 9])
        expect(cursor.next()).toBe(value)
        expect(cursor.next()).toBe(9)
        expect(cursor.next()).toBe(varintTruncated)
      }),
      { numRuns: 2000 },
    )
  })

  it('are truncated wherever they are cut', () => {
    for (const value of [128n, 2n ** 28n, 2n ** 53n - 1n, 2n ** 64n - 1n]) {
      const bytes = varint(value)
      for (let end = 0; end < bytes.length; end++) expect(cursorOver(bytes, end).next()).toBe(varintTruncated)
    }
  })

  it('past 2^53 - 1 are passed over and said to be', () => {
    for (const value of [2n ** 53n, 2n ** 53n + 1n, 2n ** 63n, 2n ** 64n - 1n]) {
      const cursor = cursorOver([...varint(value), 7])
      expect(cursor.next()).toBe(varintUnsafe)
      expect(cursor.next()).toBe(7)
    }
  })

  it('past 64 bits overflow', () => {
    const nine = Array.from({ length: 9 }, () => 0xff)
    expect(cursorOver([...nine, 1]).next()).toBe(varintUnsafe)
    for (const last of [2, 0x7f, 0x80, 0x81, 0xff]) expect(cursorOver([...nine, last, 0]).next()).toBe(varintOverflow)
  })

  it('may be longer than they need to be, up to ten bytes', () => {
    expect(cursorOver([0x85, 0]).next()).toBe(5)
    expect(cursorOver([0x85, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0]).next()).toBe(5)
    expect(cursorOver([0x85, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0]).next()).toBe(varintOverflow)
  })
})
