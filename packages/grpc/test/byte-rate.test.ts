import { simulatedClock } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'
import { ByteRate } from '../src/transport/byte-rate.ts'

describe('ByteRate', () => {
  it('lets as many bytes a second go as it was told, over all who ask', async () => {
    const clock = simulatedClock()
    const rate = new ByteRate(clock, 1000)
    const takenAt: number[] = []
    const take = async () => {
      for (let part = 0; part < 5; part++) {
        await rate.take(100)
        takenAt.push(clock.now())
      }
    }
    await clock.settle(Promise.all([take(), take()]), 10_000)
    expect(takenAt).toHaveLength(10)
    // The first may go at once, and each of the others when what went before is used up.
    expect(takenAt).toEqual([0, 100, 200, 300, 400, 500, 600, 700, 800, 900])
  })

  it('does not save up for a rest', async () => {
    const clock = simulatedClock()
    const rate = new ByteRate(clock, 1000)
    await clock.advance(60_000)
    await rate.take(500)
    const second = rate.take(500).then(() => clock.now())
    expect(await clock.settle(second, 10_000)).toBe(60_500)
  })

  it('has no limit at 0', async () => {
    const clock = simulatedClock()
    const rate = new ByteRate(clock, 0)
    for (let part = 0; part < 100; part++) await rate.take(1e9)
    expect(clock.now()).toBe(0)
  })
})
