import { compareBytes, equalBytes, toHex } from '@stratakv/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeBytes, encodeBytes, encodeBytesInto, encodedLength, MemcomparableError } from '../src/index.ts'

/** From the format's description and from keys that TiKV stores. */
const golden: readonly (readonly [key: string, encoded: string])[] = [
  ['', '0000000000000000F7'],
  ['61', '6100000000000000F8'],
  ['726B31', '726B310000000000FA'],
  ['72000000' + '6B31', '720000006B310000FD'],
  ['72000000' + '6B657931', '720000006B657931FF0000000000000000F7'],
  ['7200000100000000', '7200000100000000FF0000000000000000F7'],
  ['72323334353637383930', '7232333435363738FF3930000000000000F9'],
  ['FFFFFFFFFFFFFFFF', 'FFFFFFFFFFFFFFFFFF0000000000000000F7'],
]

const malformed: readonly (readonly [encoded: string, reason: string, offset: number])[] = [
  ['', 'truncated', 0],
  ['00000000000000', 'truncated', 7],
  ['0000000000000000', 'truncated', 8],
  ['0102030405060708FF', 'truncated', 9],
  ['0102030405060708FF00000000000000', 'truncated', 16],
  ['0000000000000000F6', 'marker', 8],
  ['000000000000000000', 'marker', 8],
  ['0102030405060708FF0102030405060708F6', 'marker', 17],
  ['0000000000000001F7', 'padding', 7],
  ['0100000000000000F7', 'padding', 0],
  ['6101000000000000F8', 'padding', 1],
  ['0102030405060708FF6100000000000001F8', 'padding', 16],
]

function fromHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

describe('memcomparable bytes', () => {
  it.each(golden)('key %j encodes to %s and back', (key, encoded) => {
    expect(toHex(encodeBytes(fromHex(key)))).toBe(encoded)
    expect(toHex(decodeBytes(fromHex(encoded)).key)).toBe(key)
  })

  it.each(malformed)('refuses %j: %s at %i', (encoded, reason, offset) => {
    const decode = (): unknown => decodeBytes(fromHex(encoded))
    expect(decode).toThrow(MemcomparableError)
    expect(decode).toThrow(expect.objectContaining({ code: 'WASM_MEMCOMPARABLE_MALFORMED', reason, offset }))
  })

  it('round-trips any key between any neighbours', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 70 }),
        fc.nat(20),
        fc.uint8Array({ maxLength: 20 }),
        (key, before, after) => {
          const target = new Uint8Array(before + encodedLength(key.length) + after.length).fill(0xcc)
          const next = encodeBytesInto(key, target, before)
          expect(next).toBe(before + encodedLength(key.length))
          target.set(after, next)
          const decoded = decodeBytes(target, before)
          expect(decoded.next).toBe(next)
          expect(toHex(decoded.key)).toBe(toHex(key))
          expect(target.subarray(0, before).every((byte) => byte === 0xcc)).toBe(true)
        },
      ),
    )
  })

  it('keeps the order of keys, also with a timestamp behind each', () => {
    // Few distinct bytes, so that shared prefixes and lengths around a group are common.
    const key = fc.array(fc.constantFrom(0, 1, 0xfe, 0xff), { maxLength: 20 }).map((bytes) => Uint8Array.from(bytes))
    const timestamp = fc.uint8Array({ minLength: 8, maxLength: 8 })
    fc.assert(
      fc.property(key, key, timestamp, timestamp, (left, right, leftTimestamp, rightTimestamp) => {
        const expected = Math.sign(compareBytes(left, right))
        expect(Math.sign(compareBytes(encodeBytes(left), encodeBytes(right)))).toBe(expected)
        if (expected !== 0) {
          const leftStored = Uint8Array.from([...encodeBytes(left), ...leftTimestamp])
          const rightStored = Uint8Array.from([...encodeBytes(right), ...rightTimestamp])
          expect(Math.sign(compareBytes(leftStored, rightStored))).toBe(expected)
        }
      }),
    )
  })

  it('decodes only what it would itself encode', () => {
    const byte = fc.oneof(fc.constantFrom(0, 0xf6, 0xf7, 0xf8, 0xfe, 0xff), fc.nat(255))
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 30 }), (bytes) => {
        const encoded = Uint8Array.from(bytes)
        try {
          const { key, next } = decodeBytes(encoded)
          expect(next).toBeLessThanOrEqual(encoded.length)
          expect(equalBytes(encodeBytes(key), encoded.subarray(0, next))).toBe(true)
        } catch (error) {
          if (!(error instanceof MemcomparableError)) throw error
          expect(error.offset).toBeLessThanOrEqual(encoded.length)
        }
      }),
      { numRuns: 1000 },
    )
  })

  it('writes nothing into a target that is too small', () => {
    const target = new Uint8Array(17)
    expect(() => encodeBytesInto(new Uint8Array(8).fill(1), target, 0)).toThrow()
    expect(() => encodeBytesInto(new Uint8Array(1).fill(1), target, 9)).toThrow()
    expect(() => encodeBytesInto(new Uint8Array(1).fill(1), target, -1)).toThrow()
    expect(target.every((byte) => byte === 0)).toBe(true)
  })
})
