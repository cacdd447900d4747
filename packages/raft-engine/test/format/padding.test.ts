import { expect, it } from 'vitest'
import { isPadding, paddingEnd } from '../../src/format/padding.ts'

it('ends at the next multiple of the alignment', () => {
  expect(paddingEnd(69, 16)).toBe(80)
  expect(paddingEnd(79, 16)).toBe(80)
  expect(paddingEnd(81, 16)).toBe(96)
  expect(paddingEnd(69, 4096)).toBe(4096)
  expect(paddingEnd(2 ** 40 + 1, 4096)).toBe(2 ** 40 + 4096)
})

it('does not begin at a multiple, nor where nothing is aligned', () => {
  expect(paddingEnd(80, 16)).toBeUndefined()
  expect(paddingEnd(69, 0)).toBeUndefined()
  expect(paddingEnd(69, 1)).toBeUndefined()
  expect(paddingEnd(2 ** 53 - 2, 2 ** 52)).toBeUndefined()
})

it('begins and ends with a zero', () => {
  expect(isPadding(Uint8Array.of(0))).toBe(true)
  expect(isPadding(Uint8Array.of(0, 0, 0))).toBe(true)
  expect(isPadding(Uint8Array.of(0, 9, 0))).toBe(true)
  expect(isPadding(Uint8Array.of(1, 0))).toBe(false)
  expect(isPadding(Uint8Array.of(0, 1))).toBe(false)
  expect(isPadding(new Uint8Array(0))).toBe(false)
})
