import { noMemoryLocks, seededRandom, systemClock } from '@stratakv/core'
import { kvCompliance } from '@stratakv/core/compliance'
import { createMemoryDisk, createMemoryEngine, createMemoryRaftLog } from '@stratakv/memory'
import { createTwinChecksum } from '@stratakv/wasm'
import { describe, expect, it } from 'vitest'
import { DiskSpaceGate, RaftKv, RaftStore } from '../src/index.ts'
import { anyStoreOptions, prepareRegion, wholeRegion } from './store-fixture.ts'

const entryMaxBytes = 64 * 1024

describe('RaftKv over a region with one voter', () => {
  kvCompliance(
    { describe, it, expect },
    {
      async create() {
        const [engine, logEngine] = [createMemoryEngine(), createMemoryRaftLog()]
        const region = wholeRegion([{ id: 3, storeId: 1, role: 'voter' }])
        await prepareRegion(engine, region)
        const store = await RaftStore.open(
          {
            engine,
            logEngine,
            fileSystem: createMemoryDisk({ random: seededRandom(1) }),
            checksum: createTwinChecksum(),
            transport: { send() {}, sendSnapshot() {} },
            clock: systemClock(),
            random: seededRandom(1),
          },
          anyStoreOptions({ storeId: 1 }),
        )
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
