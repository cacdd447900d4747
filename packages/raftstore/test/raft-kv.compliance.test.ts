import { noMemoryLocks } from '@stratakv/core'
import { kvCompliance } from '@stratakv/core/compliance'
import { createMemoryEngine, createMemoryRaftLog } from '@stratakv/memory'
import { describe, expect, it } from 'vitest'
import { DiskSpaceGate, prepareRegions, RaftKv } from '../src/index.ts'
import { openLoneStore, wholeRegion } from './store-fixture.ts'

const entryMaxBytes = 64 * 1024

describe('RaftKv over a region with one voter', () => {
  kvCompliance(
    { describe, it, expect },
    {
      async create() {
        const [engine, logEngine] = [createMemoryEngine(), createMemoryRaftLog()]
        const region = wholeRegion([{ id: 3, storeId: 1, role: 'voter' }])
        await prepareRegions(engine, [region])
        const store = await openLoneStore(engine, logEngine)
        const kv = new RaftKv(
          { store, locks: noMemoryLocks(), diskSpace: new DiskSpaceGate({ reserveBytes: 0 }) },
          { raftEntryMaxBytes: entryMaxBytes },
        )
        await store.awaitSoleLeaders()
        const dispose = async () => {
          await store.close()
          await logEngine.close()
          await engine.close()
        }
        return { kv, region, entryMaxBytes, dispose }
      },
    },
  )
})
