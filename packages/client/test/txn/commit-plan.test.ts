import { describe, expect, it } from 'vitest'
import { batchBytesMax, cutBatches, lockTtlMs, planCommit } from '../../src/txn/commit-plan.ts'
import type { Mutation } from '../../src/txn/mem-buffer.ts'

const none = new Uint8Array(0)
const mutation = (name: string, kind: Mutation['kind'] = 'put', value = none): Mutation => ({
  kind,
  key: new TextEncoder().encode(name),
  value,
})
const named = (key: Uint8Array) => new TextDecoder().decode(key)

describe('a commit', () => {
  it('is decided by the first key that leaves a lock', () => {
    const plan = planCommit([mutation('a', 'check-not-exists'), mutation('b'), mutation('c', 'lock')])
    expect(named(plan.primary)).toBe('b')
    expect(plan.secondaries.map(named)).toEqual(['c'])
    expect(named(planCommit([mutation('a', 'check-not-exists')]).primary)).toBe('a')
  })

  it.each([
    ['few short keys', [mutation('a'), mutation('b')], true],
    ['256 keys', Array.from({ length: 256 }, (_, index) => mutation(String(index))), true],
    ['257 keys', Array.from({ length: 257 }, (_, index) => mutation(String(index))), false],
    ['keys of 4096 bytes', [mutation('k'.repeat(4096))], true],
    ['keys of 4097 bytes', [mutation('k'.repeat(4096)), mutation('l')], false],
    ['a key that is only checked', [mutation('a', 'check-not-exists'), mutation('b')], false],
  ])('asynchronously, of %s: %s', (_, mutations, fits) => {
    expect(planCommit(mutations).fitsAsyncCommit).toBe(fits)
  })

  it('gives locks a time by size, beyond the age of the transaction', () => {
    expect(lockTtlMs(0, 0)).toBe(3000)
    expect(lockTtlMs(batchBytesMax - 1, 0)).toBe(3000)
    expect(lockTtlMs(2 ** 20, 0)).toBe(6000)
    expect(lockTtlMs(4 * 2 ** 20, 250.5)).toBe(12_251)
    expect(lockTtlMs(100 * 2 ** 20, 0)).toBe(20_000)
  })

  it('goes in requests that end with the entry that crosses the line', () => {
    const half = new Uint8Array(batchBytesMax / 2)
    const mutations = [
      mutation('a', 'put', half),
      mutation('b', 'put', half),
      mutation('c'),
      mutation('d', 'put', new Uint8Array(3 * batchBytesMax)),
      mutation('e'),
    ]
    expect(cutBatches(mutations, [0, 1, 2, 3, 4])).toEqual([[0, 1], [2, 3], [4]])
    expect(cutBatches(mutations, [4, 2])).toEqual([[4, 2]])
    expect(cutBatches(mutations, [])).toEqual([])
  })
})
