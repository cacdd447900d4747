import { compareBytes, maxTimestamp, toHex } from '@stratakv/core'
import { seededRandom } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'
import {
  appendTs,
  decodeKey,
  encodeKey,
  isEncodedFrom,
  isVersionOf,
  keyOf,
  MvccCorruptionError,
  splitTs,
  tsOf,
  versionsEnd,
} from '../src/index.ts'
import { bytes } from './support/percolator-store.ts'

describe('stored keys', () => {
  it('are the bytes that TiKV stores', () => {
    expect(toHex(encodeKey(bytes('')))).toBe('0000000000000000F7')
    expect(toHex(encodeKey(bytes('abc')))).toBe('6162630000000000FA')
    expect(toHex(encodeKey(bytes('abcdefgh')))).toBe('6162636465666768FF0000000000000000F7')
    expect(toHex(appendTs(encodeKey(bytes('abc')), 5n))).toBe('6162630000000000FAFFFFFFFFFFFFFFFA')
    expect(toHex(appendTs(new Uint8Array(0), 0n))).toBe('FFFFFFFFFFFFFFFF')
    expect(toHex(appendTs(new Uint8Array(0), maxTimestamp))).toBe('0000000000000000')
    expect(toHex(appendTs(new Uint8Array(0), 0x0102030405060708n))).toBe('FEFDFCFBFAF9F8F7')
  })

  it('come back, and sort by key and then from new to old', () => {
    const random = seededRandom(7)
    for (let round = 0; round < 500; round++) {
      const [left, right] = [randomKey(random), randomKey(random)]
      const [older, newer] = [timestamp(random), timestamp(random)].sort((a, b) => (a < b ? -1 : 1)) as [bigint, bigint]
      expect(decodeKey(encodeKey(left))).toEqual(left)
      expect(isEncodedFrom(encodeKey(left), left)).toBe(true)
      expect(isEncodedFrom(encodeKey(left), right)).toBe(compareBytes(left, right) === 0)
      const stored = appendTs(encodeKey(left), newer)
      expect(splitTs(stored)).toEqual({ key: encodeKey(left), timestamp: newer })
      expect(isVersionOf(stored, encodeKey(left))).toBe(true)
      expect(isVersionOf(stored, encodeKey(right))).toBe(compareBytes(left, right) === 0)
      if (older !== newer) expect(compareBytes(stored, appendTs(encodeKey(left), older))).toBeLessThan(0)
      expect(compareBytes(encodeKey(left), stored)).toBeLessThan(0)
      expect(compareBytes(stored, versionsEnd(encodeKey(left)))).toBeLessThan(0)
      if (compareBytes(left, right) < 0) {
        expect(compareBytes(versionsEnd(encodeKey(left)), encodeKey(right))).toBeLessThan(0)
      }
    }
  })

  it('that do not parse are corruption, not a crash', () => {
    const malformed = [
      '',
      '61',
      '616263000000000AFA',
      '6162630000000000F0',
      '6162630000000000FA00',
      '61626364656667FFFF',
    ]
    for (const hex of malformed) {
      expect(() => decodeKey(Uint8Array.from(Buffer.from(hex, 'hex'))), hex).toThrow(MvccCorruptionError)
    }
    expect(() => tsOf(new Uint8Array(7))).toThrow(MvccCorruptionError)
    expect(() => keyOf(new Uint8Array(7))).toThrow(MvccCorruptionError)
  })
})

function randomKey(random: { uint32(): number }): Uint8Array {
  // Few letters and lengths around the group size, so that prefixes and equal keys come up.
  return Uint8Array.from({ length: random.uint32() % 20 }, () => [0, 1, 0x61, 0xff][random.uint32() % 4]!)
}

function timestamp(random: { uint32(): number }): bigint {
  return (BigInt(random.uint32()) << 32n) | BigInt(random.uint32())
}
