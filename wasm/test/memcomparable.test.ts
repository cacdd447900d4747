import { compareBytes, concatBytes, equalBytes, toHex } from '@stratakv/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  createKernels,
  type DecodedBytes,
  decodeBytes,
  encodeBytes,
  encodeBytesInto,
  encodedLength,
  MemcomparableError,
} from '../src/index.ts'

/** What both implementations can do, in the form of the TypeScript one. */
interface Codec {
  encode(key: Uint8Array): Uint8Array
  decode(encoded: Uint8Array, offset?: number): DecodedBytes
  compare(left: Uint8Array, right: Uint8Array): number
}

/** The kernels, with source and target against the two ends of the arena: a byte read or written too far would trap. */
function kernelCodec(): Codec {
  const kernels = createKernels({ memoryBytesMax: 2 * 65536 })
  kernels.reserveArena(2 * 65536 - kernels.arenaStart)
  const atEnd = (data: Uint8Array): number => {
    const pointer = kernels.view().length - data.length
    kernels.view().set(data, pointer)
    return pointer
  }
  return {
    encode(key) {
      const target = kernels.arenaStart
      const length = kernels.encodeBytesAt(atEnd(key), key.length, target)
      return kernels.view().slice(target, target + length)
    },
    decode(encoded, offset = 0) {
      const available = encoded.length - offset
      const source = atEnd(encoded) + offset
      const target = kernels.arenaStart
      try {
        const length = kernels.decodeBytesAt(source, available, target)
        return { key: kernels.view().slice(target, target + length), next: offset + encodedLength(length) }
      } catch (error) {
        if (error instanceof MemcomparableError) throw new MemcomparableError(error.offset + offset, error.reason)
        throw error
      }
    },
    compare(left, right) {
      kernels.view().set(left, kernels.arenaStart)
      return kernels.compareAt(kernels.arenaStart, left.length, atEnd(right), right.length)
    },
  }
}

const codecs: readonly (readonly [name: string, create: () => Codec])[] = [
  ['twin', () => ({ encode: encodeBytes, decode: decodeBytes, compare: compareBytes })],
  ['kernel', kernelCodec],
]

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

describe.each(codecs)('memcomparable bytes by %s', (_name, create) => {
  const { encode, decode, compare } = create()

  it.each(golden)('key %j encodes to %s and back', (key, encoded) => {
    expect(toHex(encode(fromHex(key)))).toBe(encoded)
    expect(toHex(decode(fromHex(encoded)).key)).toBe(key)
  })

  it.each(malformed)('refuses %j: %s at %i', (encoded, reason, offset) => {
    const expected = expect.objectContaining({ code: 'WASM_MEMCOMPARABLE_MALFORMED', reason, offset })
    expect(() => decode(fromHex(encoded))).toThrow(MemcomparableError)
    expect(() => decode(fromHex(encoded))).toThrow(expected)
  })

  it('round-trips any key between any neighbours', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 70 }),
        fc.uint8Array({ maxLength: 20 }),
        fc.uint8Array(),
        (key, before, after) => {
          const encoded = encode(key)
          expect(encoded.length).toBe(encodedLength(key.length))
          const decoded = decode(concatBytes(before, encoded, after), before.length)
          expect(decoded.next).toBe(before.length + encoded.length)
          expect(toHex(decoded.key)).toBe(toHex(key))
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
        expect(Math.sign(compare(left, right))).toBe(expected)
        expect(Math.sign(compare(encode(left), encode(right)))).toBe(expected)
        if (expected !== 0) {
          const leftStored = concatBytes(encode(left), leftTimestamp)
          const rightStored = concatBytes(encode(right), rightTimestamp)
          expect(Math.sign(compare(leftStored, rightStored))).toBe(expected)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('decodes only what it would itself encode', () => {
    const byte = fc.oneof(fc.constantFrom(0, 0xf6, 0xf7, 0xf8, 0xfe, 0xff), fc.nat(255))
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 30 }), (bytes) => {
        const encoded = Uint8Array.from(bytes)
        try {
          const { key, next } = decode(encoded)
          expect(next).toBeLessThanOrEqual(encoded.length)
          expect(equalBytes(encode(key), encoded.subarray(0, next))).toBe(true)
        } catch (error) {
          if (!(error instanceof MemcomparableError)) throw error
          expect(error.offset).toBeLessThanOrEqual(encoded.length)
        }
      }),
      { numRuns: 1000 },
    )
  })
})

describe('encodeBytesInto', () => {
  it('writes at its offset and nothing else', () => {
    const target = new Uint8Array(30).fill(0xcc)
    expect(encodeBytesInto(fromHex('6162'), target, 11)).toBe(20)
    expect(toHex(target)).toBe(`${'CC'.repeat(11)}6162000000000000F9${'CC'.repeat(10)}`)
  })

  it('writes nothing into a target that is too small', () => {
    const target = new Uint8Array(17)
    expect(() => encodeBytesInto(new Uint8Array(8).fill(1), target, 0)).toThrow('fits its target')
    expect(() => encodeBytesInto(new Uint8Array(1).fill(1), target, 9)).toThrow('fits its target')
    expect(() => encodeBytesInto(new Uint8Array(1).fill(1), target, -1)).toThrow('fits its target')
    expect(target.every((byte) => byte === 0)).toBe(true)
  })
})
