import { toHex } from '../src/byte-order.ts'
import type { Instant } from '../src/clock.ts'
import type { MemoryLock, MemoryLocks } from '../src/memory-locks.ts'
import type { TestApi } from './test-api.ts'

/** What one test works on: an empty table. */
export interface MemoryLocksFixture {
  readonly locks: MemoryLocks
  now(): Instant
  /** Lets `ms` pass and everything happen that falls due. */
  pass(ms: number): Promise<void>
  /** A number of small locks that is certain not to fit. Absent: too many to try. */
  readonly tooManyCount?: number
}

export interface MemoryLocksComplianceOptions {
  /** Called once a test. */
  create(): MemoryLocksFixture | Promise<MemoryLocksFixture>
}

/** What every {@link MemoryLocks} must do, whether it holds locks or not. */
export function memoryLocksCompliance(t: TestApi, options: MemoryLocksComplianceOptions): void {
  const { describe, it, expect } = t
  const all = new Uint8Array(0)

  const holding = (name: string, body: (fixture: MemoryLocksFixture) => Promise<void>) => {
    it(name, async () => {
      const fixture = await options.create()
      if (fixture.locks.supports.holds) {
        await body(fixture)
        return
      }
      // The other answer: nothing is ever taken, and nothing shows.
      expect(fixture.locks.acquire([{ key: key(1), lock: lock(1n) }])).toBe('full')
      expect(shown(fixture.locks)).toEqual([])
    })
  }

  describe('memory locks compliance', () => {
    it('starts empty', async () => {
      const { locks } = await options.create()
      expect(locks.get(key(1))).toBe(undefined)
      expect(locks.scan(all, all, 10)).toEqual([])
    })

    it('takes orders about keys that it does not have', async () => {
      const { locks } = await options.create()
      locks.markDeleted([key(1), key(2)])
      locks.remove([key(1)])
      locks.remove([])
      locks.wake([key(1)])
      locks.wake([])
      expect(locks.get(key(1))).toBe(undefined)
    })

    it('refuses everything when it holds nothing', async () => {
      const { locks, now } = await options.create()
      if (locks.supports.holds) return
      expect(locks.acquire([{ key: key(1), lock: lock(1n) }])).toBe('full')
      expect(locks.get(key(1))).toBe(undefined)
      expect(await locks.wait(key(1), now() + 1_000)).toBe('refused')
    })

    holding('gives back what it was given', async ({ locks }) => {
      expect(locks.acquire([{ key: key(1), lock: lock(10n) }])).toBe('acquired')
      expect(locks.get(key(1))).toEqual(lock(10n))
      expect(locks.get(Uint8Array.of(...key(1), 0))).toBe(undefined)
      expect(locks.get(key(1).subarray(0, 1))).toBe(undefined)
    })

    holding('replaces a lock of the same key', async ({ locks }) => {
      locks.acquire([{ key: key(1), lock: lock(10n) }])
      expect(locks.acquire([{ key: key(1), lock: { ...lock(10n), forUpdateTs: 20n } }])).toBe('acquired')
      expect(locks.get(key(1))?.forUpdateTs).toBe(20n)
      expect(shown(locks)).toEqual(['6B01'])
    })

    holding('does not depend on the buffer it was given', async ({ locks }) => {
      const mine = key(1)
      locks.acquire([{ key: mine, lock: lock(10n) }])
      mine.fill(0)
      expect(locks.get(key(1))?.startTs).toBe(10n)
      expect(shown(locks)).toEqual(['6B01'])
    })

    holding('scans in key order, within bounds and limit', async ({ locks }) => {
      locks.acquire([5, 1, 9, 3, 7].map((at) => ({ key: key(at), lock: lock(BigInt(at)) })))
      const found = (start: Uint8Array, end: Uint8Array, limitCount: number) =>
        locks.scan(start, end, limitCount).map((each) => Number(each.lock.startTs))
      expect(found(all, all, 100)).toEqual([1, 3, 5, 7, 9])
      expect(found(key(3), key(7), 100)).toEqual([3, 5])
      expect(found(key(2), key(8), 2)).toEqual([3, 5])
      expect(found(key(4), all, 100)).toEqual([5, 7, 9])
      expect(found(all, key(5), 100)).toEqual([1, 3])
      expect(found(key(6), key(7), 100)).toEqual([])
      expect(found(all, all, 0)).toEqual([])
      expect(shown(locks)).toEqual(['6B01', '6B03', '6B05', '6B07', '6B09'])
    })

    holding('takes all or none', async ({ locks, tooManyCount }) => {
      if (tooManyCount === undefined) return
      locks.acquire([{ key: key(1), lock: lock(10n) }])
      const many = Array.from({ length: tooManyCount }, (_, index) => ({
        key: Uint8Array.of(0x6c, index >>> 16, index >>> 8, index),
        lock: lock(BigInt(index)),
      }))
      expect(locks.acquire(many)).toBe('full')
      expect(shown(locks)).toEqual(['6B01'])
      expect(locks.acquire([{ key: key(2), lock: lock(11n) }])).toBe('acquired')
    })

    holding('makes room again when locks are removed', async ({ locks, tooManyCount }) => {
      if (tooManyCount === undefined) return
      let takenCount = 0
      const keyAt = (index: number) => Uint8Array.of(0x6c, index >>> 16, index >>> 8, index)
      while (takenCount < tooManyCount) {
        if (locks.acquire([{ key: keyAt(takenCount), lock: lock(1n) }]) === 'full') break
        takenCount++
      }
      expect(takenCount > 0 && takenCount < tooManyCount).toBe(true)
      locks.remove([keyAt(0)])
      expect(locks.acquire([{ key: keyAt(takenCount), lock: lock(1n) }])).toBe('acquired')
      expect(locks.acquire([{ key: keyAt(takenCount + 1), lock: lock(1n) }])).toBe('full')
    })

    holding('hides what is marked deleted, until it is acquired again', async ({ locks }) => {
      locks.acquire([1, 2, 3].map((at) => ({ key: key(at), lock: lock(BigInt(at)) })))
      locks.markDeleted([key(2)])
      expect(locks.get(key(2))).toBe(undefined)
      expect(shown(locks)).toEqual(['6B01', '6B03'])
      // A limit counts what shows.
      expect(locks.scan(all, all, 2).map((each) => toHex(each.key))).toEqual(['6B01', '6B03'])
      expect(locks.acquire([{ key: key(2), lock: lock(9n) }])).toBe('acquired')
      expect(locks.get(key(2))?.startTs).toBe(9n)
      expect(shown(locks)).toEqual(['6B01', '6B02', '6B03'])
    })

    holding('forgets what is removed', async ({ locks }) => {
      locks.acquire([1, 2, 3].map((at) => ({ key: key(at), lock: lock(BigInt(at)) })))
      locks.markDeleted([key(1)])
      locks.remove([key(1), key(3)])
      expect(shown(locks)).toEqual(['6B02'])
    })

    holding('ends a wait when its key is woken, and no other', async ({ locks, now, pass }) => {
      locks.acquire([1, 2].map((at) => ({ key: key(at), lock: lock(BigInt(at)) })))
      const ends = new Map<string, string>()
      const watch = (name: string, at: number) =>
        locks.wait(key(at), now() + 1_000).then((end) => {
          ends.set(name, end)
        })
      const waits = [watch('one', 1), watch('another', 1), watch('other key', 2)]
      await pass(10)
      if (ends.size === 3) {
        // This table has no waiting; it says so at once, each time.
        expect([...ends.values()]).toEqual(['refused', 'refused', 'refused'])
        return
      }
      expect([...ends]).toEqual([])
      locks.remove([key(1)])
      locks.wake([key(1)])
      // How many waiters of one key a wake lets go is the table's own; each of them ends by its deadline.
      await pass(10)
      expect([ends.has('one') || ends.has('another'), ends.has('other key')]).toEqual([true, false])
      await pass(2_000)
      await Promise.all(waits)
      expect(ends.get('other key')).toBe('deadline')
      expect([...ends.values()].includes('woken')).toBe(true)
    })

    holding('ends a wait at its deadline, and not before', async ({ locks, now, pass }) => {
      locks.acquire([{ key: key(1), lock: lock(1n) }])
      let end: string | undefined
      const wait = locks.wait(key(1), now() + 50).then((found) => {
        end = found
      })
      await pass(49)
      if (end === 'refused') return
      expect(end).toBe(undefined)
      await pass(2)
      await wait
      expect(end).toBe('deadline')
      const late = locks.wait(key(1), now() - 1)
      await pass(1)
      expect(await late).toBe('deadline')
      locks.wake([key(1)])
    })
  })
}

function key(at: number): Uint8Array {
  return Uint8Array.of(0x6b, at)
}

function lock(startTs: bigint): MemoryLock {
  return { primary: Uint8Array.of(0x6b, 1), startTs, ttlMs: 3_000, forUpdateTs: startTs, minCommitTs: startTs + 1n }
}

/** All keys that show, in hex. */
function shown(locks: MemoryLocks): string[] {
  const all = new Uint8Array(0)
  return locks.scan(all, all, 1_000).map((each) => toHex(each.key))
}
