import { emptyBytes, noMemoryLocks, type Region } from '@stratakv/core'
import { kvCompliance } from '@stratakv/core/compliance'
import { createMemoryEngine } from '@stratakv/memory'
import { DiskSpaceGate, LocalKv } from '@stratakv/raftstore'
import { describe, expect, it } from 'vitest'

const entryMaxBytes = 64 * 1024

const regions: Record<string, Region> = {
  'the whole key space': {
    id: 2,
    startKey: emptyBytes,
    endKey: emptyBytes,
    epoch: { confVer: 1, version: 1 },
    peers: [{ id: 3, storeId: 1, role: 'voter' }],
  },
  'a range': {
    id: 7,
    startKey: Uint8Array.of(0x61),
    endKey: Uint8Array.of(0x7b),
    epoch: { confVer: 3, version: 9 },
    peers: [{ id: 8, storeId: 1, role: 'voter' }],
  },
}

for (const [name, region] of Object.entries(regions)) {
  describe(`LocalKv over ${name}`, () => {
    kvCompliance(
      { describe, it, expect },
      {
        async create() {
          const engine = createMemoryEngine()
          const kv = new LocalKv(
            { engine, locks: noMemoryLocks(), diskSpace: new DiskSpaceGate({ reserveBytes: 0 }) },
            { storeId: 1, regions: [region], raftEntryMaxBytes: entryMaxBytes },
          )
          return { kv, region, entryMaxBytes, dispose: () => engine.close() }
        },
      },
    )
  })
}
