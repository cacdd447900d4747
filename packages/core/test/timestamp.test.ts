import { composeTimestamp, logicalBits, logicalCount, logicalPart, maxTimestamp, physicalMs } from '@stratakv/core'
import fc from 'fast-check'
import { expect, it } from 'vitest'

it('takes apart what it put together', () => {
  fc.assert(
    fc.property(fc.nat({ max: 2 ** 46 - 1 }), fc.nat({ max: logicalCount - 1 }), (physical, logical) => {
      const timestamp = composeTimestamp(physical, logical)
      expect(physicalMs(timestamp)).toBe(physical)
      expect(logicalPart(timestamp)).toBe(logical)
      expect(timestamp <= maxTimestamp).toBe(true)
    }),
  )
})

it('is PD’s layout: milliseconds above 18 logical bits', () => {
  expect(logicalCount).toBe(Number(1n << logicalBits))
  // 2022-06-13T00:00:00Z, the day of TiKV 6.1.0.
  expect(composeTimestamp(1_655_078_400_000, 5)).toBe(433_868_872_089_600_005n)
  expect(composeTimestamp(1, 0)).toBe(262_144n)
})

it('orders by physical time, then by the logical part', () => {
  expect(composeTimestamp(2, 0) > composeTimestamp(1, logicalCount - 1)).toBe(true)
  expect(composeTimestamp(2, 1) > composeTimestamp(2, 0)).toBe(true)
})
