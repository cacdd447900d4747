import { AssertionError, emptyBytes, maxTimestamp } from '@stratakv/core'
import { createLock, type Lock } from '@stratakv/mvcc'
import { describe, expect, it } from 'vitest'
import { createConcurrencyManager } from '../src/concurrency-manager.ts'
import { bytes, text } from './memory-kv.ts'

function lockAt(startTs: bigint): Lock {
  return createLock({ kind: 'put', primary: bytes('p'), startTs, ttlMs: 3000 })
}

describe('max_ts', () => {
  it('only grows, and ignores "the newest"', () => {
    const manager = createConcurrencyManager()
    expect(manager.maxTs()).toBe(0n)
    manager.updateMaxTs(10n)
    manager.updateMaxTs(7n)
    expect(manager.maxTs()).toBe(10n)
    manager.updateMaxTs(maxTimestamp)
    expect(manager.maxTs()).toBe(10n)
    manager.updateMaxTs(maxTimestamp - 1n)
    expect(manager.maxTs()).toBe(maxTimestamp - 1n)
  })
})

describe('the memory lock table', () => {
  function found(manager: ReturnType<typeof createConcurrencyManager>, start: string, end: string): string[] {
    const seen: string[] = []
    manager.checkRange(bytes(start), end === '' ? emptyBytes : bytes(end), (lock, key) => {
      seen.push(`${text(key)}@${lock.startTs}`)
    })
    return seen
  }

  it('shows a lock from setLock to release, and a key without a lock never', () => {
    const manager = createConcurrencyManager()
    const guard = manager.lockKey(bytes('k'))
    expect(found(manager, '', '')).toEqual([])
    guard.setLock(lockAt(5n))
    expect(found(manager, '', '')).toEqual(['k@5'])
    guard.setLock(lockAt(6n))
    expect(found(manager, '', '')).toEqual(['k@6'])
    guard.setLock(undefined)
    expect(found(manager, '', '')).toEqual([])
    guard.setLock(lockAt(7n))
    guard.release()
    guard.release()
    expect(found(manager, '', '')).toEqual([])
    expect(manager.lockedKeyCount()).toBe(0)
  })

  it('checks exactly the key asked for', () => {
    const manager = createConcurrencyManager()
    manager.lockKey(bytes('b')).setLock(lockAt(1n))
    const refuse = () => {
      throw new Error('blocked')
    }
    manager.checkKey(bytes('a'), refuse)
    manager.checkKey(bytes('bb'), refuse)
    expect(() => manager.checkKey(bytes('b'), refuse)).toThrow('blocked')
  })

  it('checks a range in key order, the end excluded', () => {
    const manager = createConcurrencyManager()
    for (const [index, key] of ['d', 'a', 'c', 'b'].entries())
      manager.lockKey(bytes(key)).setLock(lockAt(BigInt(index)))
    expect(found(manager, 'b', 'd')).toEqual(['b@3', 'c@2'])
    expect(found(manager, 'c', '')).toEqual(['c@2', 'd@0'])
    expect(found(manager, 'bb', 'c')).toEqual([])
  })

  it('stays in order while keys come and go', () => {
    const manager = createConcurrencyManager()
    const guards = ['e', 'a', 'd', 'b', 'c'].map((key) => {
      const guard = manager.lockKey(bytes(key))
      guard.setLock(lockAt(1n))
      return guard
    })
    guards[2]!.release()
    guards[0]!.release()
    expect(found(manager, '', '')).toEqual(['a@1', 'b@1', 'c@1'])
    expect(manager.lockedKeyCount()).toBe(3)
  })

  it('takes a key twice for a bug, and again after its release', () => {
    const manager = createConcurrencyManager()
    const guard = manager.lockKey(bytes('k'))
    expect(() => manager.lockKey(bytes('k'))).toThrow(AssertionError)
    guard.release()
    manager.lockKey(bytes('k')).release()
    expect(() => guard.setLock(lockAt(1n))).toThrow(AssertionError)
  })
})
