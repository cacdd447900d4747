import { emptyBytes, noMemoryLocks, type Region } from '@stratakv/core'
import { kvCompliance } from '@stratakv/core/compliance'
import { createMemoryEngine } from '@stratakv/memory'
import { DiskSpaceGate, LocalKv } from '@stratakv/raftstore'
import { describe, expect, it } from 'vitest'
import { FaultyKv } from '../../src/faults/faulty-kv.ts'

const entryMaxBytes = 64 * 1024
const region: Region = {
  id: 2,
  startKey: emptyBytes,
  endKey: emptyBytes,
  epoch: { confVer: 1, version: 1 },
  peers: [{ id: 3, storeId: 1, role: 'voter' }],
}

describe('a Kv whose disk may fail, and does not', () => {
  kvCompliance(
    { describe, it, expect },
    {
      async create() {
        const engine = createMemoryEngine()
        const local = new LocalKv(
          { engine, locks: noMemoryLocks(), diskSpace: new DiskSpaceGate({ reserveBytes: 0 }) },
          { storeId: 1, regions: [region], raftEntryMaxBytes: entryMaxBytes },
        )
        const kv = new FaultyKv(local, 1, () => undefined)
        return { kv, region, entryMaxBytes, dispose: () => engine.close() }
      },
    },
  )
})
