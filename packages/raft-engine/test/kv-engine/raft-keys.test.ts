import { compareBytes, equalBytes } from '@stratakv/core'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  decodeFloor,
  decodeKey,
  encodeFloor,
  entriesEnd,
  entryKey,
  floorKey,
  raftKeysEnd,
  raftKeysStart,
  valueKey,
} from '../../src/kv-engine/raft-keys.ts'

const id = fc.oneof(fc.maxSafeNat(), fc.constantFrom(0, 1, 2 ** 32 - 1, 2 ** 32, Number.MAX_SAFE_INTEGER))
const name = fc.uint8Array({ minLength: 1, maxLength: 12 })

it('come back as they were, between the bounds', () => {
  fc.assert(
    fc.property(id, id, name, (regionId, index, key) => {
      expect(decodeKey(entryKey(regionId, index))).toEqual({ kind: 'entry', regionId, index })
      expect(decodeKey(valueKey(regionId, key))).toEqual({ kind: 'value', regionId, key })
      expect(decodeKey(floorKey(regionId))).toEqual({ kind: 'floor', regionId })
      expect(decodeFloor(encodeFloor(index))).toBe(index)
      for (const encoded of [entryKey(regionId, index), valueKey(regionId, key), floorKey(regionId)]) {
        expect(compareBytes(raftKeysStart, encoded) < 0 && compareBytes(encoded, raftKeysEnd) < 0).toBe(true)
      }
    }),
  )
})

it('order by region, then entries by index, then all else', () => {
  fc.assert(
    fc.property(id, id, id, id, name, (region, otherRegion, index, otherIndex, key) => {
      const sign = (left: number, right: number) => Math.sign(left - right)
      const order = Math.sign(compareBytes(entryKey(region, index), entryKey(otherRegion, otherIndex)))
      expect(order).toBe(region === otherRegion ? sign(index, otherIndex) : sign(region, otherRegion))
      expect(compareBytes(entryKey(region, index), entriesEnd(region))).toBeLessThan(0)
      expect(compareBytes(entriesEnd(region), valueKey(region, key))).toBeLessThanOrEqual(0)
      expect(compareBytes(valueKey(region, key), floorKey(region))).toBeLessThan(0)
    }),
  )
})

it('of any bytes are read as a key that has these bytes, or as foreign', () => {
  const prefixed = fc
    .tuple(fc.constantFrom(1, 2, 3, 0x80, 0x81), fc.uint8Array({ maxLength: 20 }))
    // "R" has a place of its own, and is not one of ours where others lie.
    .chain(([suffix, rest]) => fc.constantFrom([suffix, rest] as const, [suffix, Uint8Array.of(0x52)] as const))
    .map(([suffix, rest]) => Uint8Array.of(1, 2, 0, 0, 0, 0, 0, 0, 0, 7, suffix, ...rest))
  fc.assert(
    fc.property(fc.oneof(prefixed, fc.uint8Array({ maxLength: 24 })), (bytes) => {
      const inBounds = compareBytes(raftKeysStart, bytes) <= 0 && compareBytes(bytes, raftKeysEnd) < 0
      fc.pre(inBounds)
      const key = decodeKey(bytes)
      if (key.kind === 'entry') expect(equalBytes(entryKey(key.regionId, key.index), bytes)).toBe(true)
      if (key.kind === 'floor') expect(equalBytes(floorKey(key.regionId), bytes)).toBe(true)
      if (key.kind === 'value') expect(equalBytes(valueKey(key.regionId, key.key), bytes)).toBe(true)
    }),
  )
})
