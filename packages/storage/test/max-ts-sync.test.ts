import { EnginePoisonedError, MaxTimestampNotSyncedError, StoreDiskFullError, type Timestamp } from '@stratakv/core'
import { KeyIsLockedError } from '@stratakv/mvcc'
import { settled } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'
import { type PrewriteRequest, prewriteCommand } from '../src/commands/prewrite.ts'
import type { Storage } from '../src/storage.ts'
import { bytes, memoryKv } from './memory-kv.ts'
import { deferred } from './scripted-kv.ts'
import { storageOn } from './storage-fixture.ts'

const context = { kv: { regionId: 1 } }
const key = bytes('k')

function prewrite(storage: Storage, startTs: Timestamp, more: Partial<PrewriteRequest> = {}) {
  const mutations = [{ kind: 'put' as const, key, value: bytes('v') }]
  return storage.execute(
    prewriteCommand({ context, mutations, primary: key, startTs, lockTtlMs: 1, tryOnePhase: true, ...more }),
  )
}

/** A storage as it is before it was told of any region. */
function unsynced(timestamps: () => Promise<Timestamp>, kv = memoryKv()) {
  const fixture = storageOn(undefined, {}, { kv, placementDriver: { timestamps } })
  fixture.storage.concurrency.setMaxTsSynced(1, false)
  return fixture
}

describe('a region that the store has begun to lead', () => {
  it('calculates no commit timestamp until the placement driver has given one, and serves all else meanwhile', async () => {
    const answer = deferred<Timestamp>()
    const { storage } = unsynced(() => answer.promise)
    const leading = storage.beginLeading([1])
    await expect(prewrite(storage, 5n)).rejects.toBeInstanceOf(MaxTimestampNotSyncedError)
    const async = { tryOnePhase: false, asyncCommitSecondaries: [] }
    await expect(prewrite(storage, 5n, async)).rejects.toBeInstanceOf(MaxTimestampNotSyncedError)
    expect(await storage.get({ context, key, version: 5n })).toBeUndefined()
    expect(await prewrite(storage, 5n, { tryOnePhase: false })).toMatchObject({ locked: [], minCommitTs: 0n })
    answer.resolve(40n)
    await leading
    expect(await prewrite(storage, 6n, { mutations: [{ kind: 'put', key: bytes('other') }] })).toMatchObject({
      onePhaseCommitTs: 41n,
    })
  })

  // The reader is gone with the store's memory, the writer is not: without the sync its commit would lie at 6.
  it('commits above what was read before a restart', async () => {
    const kv = memoryKv()
    const before = unsynced(async () => 1n, kv)
    expect(await before.storage.get({ context, key, version: 30n })).toBeUndefined()
    await before.storage.close()
    const after = unsynced(async () => 31n, kv)
    await after.storage.beginLeading([1])
    expect(await prewrite(after.storage, 5n)).toMatchObject({ onePhaseCommitTs: 32n })
    expect(await after.storage.get({ context, key, version: 30n })).toBeUndefined()
  })

  it('asks again when the placement driver fails, and stops when the store is closed', async () => {
    let calls = 0
    const { storage, clock } = unsynced(async () => {
      if (++calls < 3) throw new Error('no leader')
      return 7n
    })
    await storage.beginLeading([1])
    expect(storage.concurrency.isMaxTsSynced(1)).toBe(false)
    await clock.advance(500)
    expect([calls, storage.concurrency.isMaxTsSynced(1)]).toEqual([2, false])
    await storage.beginLeading([2])
    expect([storage.concurrency.isMaxTsSynced(1), storage.concurrency.isMaxTsSynced(2)]).toEqual([true, true])
    const failing = unsynced(() => Promise.reject(new Error('no leader')))
    await failing.storage.beginLeading([1])
    await failing.storage.close()
    expect(failing.clock.pendingTimers()).toEqual([])
  })

  it('is not synced by a timestamp that was asked for before it was lost and won again', async () => {
    const answers = [deferred<Timestamp>(), deferred<Timestamp>()]
    let calls = 0
    const { storage } = unsynced(() => answers[calls++]!.promise)
    const first = storage.beginLeading([1])
    storage.endLeading([1])
    const second = storage.beginLeading([1])
    answers[0]!.resolve(5n)
    await first
    expect(storage.concurrency.isMaxTsSynced(1)).toBe(false)
    answers[1]!.resolve(9n)
    await second
    expect(storage.concurrency.isMaxTsSynced(1)).toBe(true)
    storage.endLeading([1])
    expect(storage.concurrency.isMaxTsSynced(1)).toBe(false)
  })
})

describe('a write in one phase that fails', () => {
  it('without an outcome keeps its lock in front of readers, and the store calculates no further commit timestamp', async () => {
    const inner = memoryKv()
    const kv = { ...inner, write: () => Promise.reject(new EnginePoisonedError('EIO')) }
    const { storage } = storageOn(undefined, {}, { kv })
    await expect(prewrite(storage, 5n)).rejects.toBeInstanceOf(EnginePoisonedError)
    // It may turn out, after a restart, to have been committed at 6.
    expect(() => storage.get({ context, key, version: 6n })).toThrow(KeyIsLockedError)
    expect(await storage.get({ context, key, version: 5n })).toBeUndefined()
    await expect(prewrite(storage, 7n)).rejects.toBeInstanceOf(MaxTimestampNotSyncedError)
    await storage.beginLeading([1])
    await expect(prewrite(storage, 8n)).rejects.toBeInstanceOf(MaxTimestampNotSyncedError)
    expect(storage.concurrency.lockedKeyCount()).toBe(1)
  })

  it('for certain leaves nothing behind', async () => {
    const inner = memoryKv()
    const kv = { ...inner, write: () => Promise.reject(new StoreDiskFullError([2], 'full')) }
    const { storage } = storageOn(undefined, {}, { kv })
    await expect(prewrite(storage, 5n)).rejects.toBeInstanceOf(StoreDiskFullError)
    expect(await storage.get({ context, key, version: 6n })).toBeUndefined()
    await settled()
    expect([storage.concurrency.lockedKeyCount(), storage.concurrency.isMaxTsSynced(1)]).toEqual([0, true])
  })
})
