import { FileIoError, NoSpaceError, noMemoryLocks } from '@stratakv/core'
import { createMemoryEngine, createMemoryRaftLog } from '@stratakv/memory'
import { describe, expect, it } from 'vitest'
import { DiskSpaceGate, prepareRegions, RaftKv } from '../src/index.ts'
import { openLoneStore, wholeRegion } from './store-fixture.ts'

/** A store whose log engine can be made to fail. */
async function startStore(fault: () => Error = () => new FileIoError('sync', '/raft', 'EIO')) {
  const [engine, logEngine] = [createMemoryEngine(), createMemoryRaftLog()]
  const state = { isBroken: false }
  const write = logEngine.write.bind(logEngine)
  logEngine.write = async (changes, options) => {
    if (state.isBroken) throw fault()
    return write(changes, options)
  }
  await prepareRegions(engine, [wholeRegion([{ id: 3, storeId: 1, role: 'voter' }])])
  const store = await openLoneStore(engine, logEngine)
  const kv = new RaftKv(
    { store, locks: noMemoryLocks(), diskSpace: new DiskSpaceGate({ reserveBytes: 0 }) },
    { raftEntryMaxBytes: 1024 },
  )
  return { store, kv, state }
}

const change = { type: 'put', cf: 'default', key: Uint8Array.of(1), value: Uint8Array.of(2) } as const

describe('a store whose log fails', () => {
  it('tells what was under way that nobody knows, and takes nothing more', async () => {
    const { store, kv, state } = await startStore()
    await store.awaitSoleLeaders()
    const failures: Error[] = []
    store.watch({ onFailed: (error) => failures.push(error) })
    state.isBroken = true
    await expect(kv.write({ regionId: 1 }, [change])).rejects.toMatchObject({ code: 'RAFTSTORE_WRITE_OUTCOME_UNKNOWN' })
    await expect(kv.write({ regionId: 1 }, [change])).rejects.toMatchObject({ code: 'RAFTSTORE_WRITE_OUTCOME_UNKNOWN' })
    expect(failures).toEqual([expect.any(FileIoError)])
    await store.close()
  })

  it('does not keep those waiting who wait for it to lead', async () => {
    const { store, state } = await startStore()
    state.isBroken = true
    await expect(store.awaitSoleLeaders()).rejects.toMatchObject({ code: 'RAFTSTORE_WRITE_OUTCOME_UNKNOWN' })
    await store.close()
  })
})

describe('a store whose disk is full', () => {
  it('says so to writers, what to do, and goes on reading what only it has', async () => {
    const { store, kv, state } = await startStore(() => new NoSpaceError('/raft'))
    await store.awaitSoleLeaders()
    await kv.write({ regionId: 1 }, [change])
    state.isBroken = true
    for (const _ of ['the write that meets it', 'the next one']) {
      await expect(kv.write({ regionId: 1 }, [change])).rejects.toMatchObject({
        code: 'REGION_DISK_FULL',
        reason: expect.stringContaining('restart after freeing space'),
      })
    }
    const snapshot = await kv.snapshot({ regionId: 1 })
    expect(await snapshot.get('default', change.key)).toEqual(change.value)
    snapshot.release()
    await store.close()
  })
})
