import { compareBytes, keyInRange, type LockWaitEnd, type MemoryLocks, toHex } from '@stratakv/core'
import { memoryLocksCompliance } from '@stratakv/core/compliance'
import { describe, expect, it } from 'vitest'

// The suite would be idle if only a table without locks ever ran it: here is the plainest one that holds them.
memoryLocksCompliance(
  { describe, it, expect },
  {
    create() {
      const time = { now: 0 }
      const table = plainLocks(100, () => time.now)
      return {
        locks: table,
        now: () => time.now,
        async pass(ms) {
          time.now += ms
          table.expire()
          await undefined
          await undefined
        },
        tooManyCount: 101,
      }
    },
  },
)

type Entry = ReturnType<MemoryLocks['scan']>[number] & { deleted: boolean }

function plainLocks(countMax: number, now: () => number): MemoryLocks & { expire(): void } {
  const entries = new Map<string, Entry>()
  let waits: { key: string; deadline: number; end: (end: LockWaitEnd) => void }[] = []
  const endWaits = (chosen: (wait: { key: string; deadline: number }) => boolean, end: LockWaitEnd) => {
    const ended = waits.filter(chosen)
    waits = waits.filter((wait) => !ended.includes(wait))
    for (const wait of ended) wait.end(end)
  }
  return {
    supports: { holds: true },
    get(key) {
      const entry = entries.get(toHex(key))
      return entry?.deleted === false ? entry.lock : undefined
    },
    scan: (start, end, limitCount) =>
      [...entries.values()]
        .filter((entry) => !entry.deleted && keyInRange(entry.key, start, end))
        .sort((left, right) => compareBytes(left.key, right.key))
        .slice(0, limitCount)
        .map(({ key, lock }) => ({ key, lock })),
    acquire(locks) {
      const newCount = locks.filter(({ key }) => !entries.has(toHex(key))).length
      if (entries.size + newCount > countMax) return 'full'
      for (const { key, lock } of locks) entries.set(toHex(key), { key: key.slice(), lock, deleted: false })
      return 'acquired'
    },
    markDeleted(keys) {
      for (const key of keys) {
        const entry = entries.get(toHex(key))
        if (entry !== undefined) entry.deleted = true
      }
    },
    remove(keys) {
      for (const key of keys) entries.delete(toHex(key))
    },
    async wait(key, deadline) {
      if (deadline <= now()) return 'deadline'
      return new Promise((end) => waits.push({ key: toHex(key), deadline, end }))
    },
    wake(keys) {
      const woken = new Set(keys.map(toHex))
      endWaits((wait) => woken.has(wait.key), 'woken')
    },
    expire: () => endWaits((wait) => wait.deadline <= now(), 'deadline'),
  }
}
