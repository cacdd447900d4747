import { describe, expect, it } from 'vitest'
import { runSeed } from '../src/run-seed.ts'

describe('a seed', () => {
  it('makes the same happen twice, message for message', async () => {
    const first = await runSeed(7, { roundCount: 1 })
    const second = await runSeed(7, { roundCount: 1 })
    expect(first.violations).toEqual([])
    expect(second).toEqual(first)
    expect(first.messageCount).toBeGreaterThan(1000)
  })
})
