import { below, compareBytes } from '@stratakv/core'
import { seededRandom } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'
import { GcSweep } from '../../src/gc/gc-sweep.ts'

const seeds = Array.from({ length: 100 }, (_, index) => 40 + index)

describe('a pass over all keys', () => {
  it.each(seeds)('deals with each key at the highest safe point, whenever that moves, seed %i', (seed) => {
    const random = seededRandom(seed)
    const keys = Array.from({ length: 1 + below(random, 12) }, (_, index) => Uint8Array.of(index + 1))
    const sweep = new GcSweep(1n)
    const doneAt = new Map<Uint8Array, bigint>()
    let visitCount = 0
    let raiseCount = 0
    while (!sweep.isDone) {
      if (below(random, 8) === 0 && raiseCount < 5) {
        raiseCount++
        sweep.raise(sweep.safePoint + 1n)
      }
      const { start, end } = sweep.rest
      const inside = keys.filter(
        (key) => compareBytes(key, start) >= 0 && (end.length === 0 || compareBytes(key, end) < 0),
      )
      const batch = inside.slice(0, 1 + below(random, 3))
      for (const key of batch) doneAt.set(key, sweep.safePoint)
      visitCount += batch.length
      const next = inside[batch.length]
      if (next === undefined) sweep.finishLeg()
      else sweep.moveTo(next)
    }
    expect(keys.map((key) => doneAt.get(key))).toEqual(keys.map(() => sweep.safePoint))
    expect(visitCount).toBeLessThanOrEqual(keys.length * (raiseCount + 1))
  })
})
