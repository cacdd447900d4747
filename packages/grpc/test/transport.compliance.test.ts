import { systemRandom } from '@stratakv/core'
import { transportCompliance } from '@stratakv/core/compliance'
import { describe, expect, it } from 'vitest'
import { StoreNetwork } from './store-network.ts'

describe('stores over gRPC on loopback', () => {
  const limits = { queueCountMax: 64, snapshotCountMax: 2 }
  transportCompliance(
    { describe, it, expect },
    {
      ...limits,
      async create() {
        const network = new StoreNetwork(systemRandom(), {
          queueCountMax: limits.queueCountMax,
          sendingCountMax: limits.snapshotCountMax,
        })
        return {
          connect: (storeId) => network.connect(storeId),
          settle: () => network.settle(),
          pass: (ms) => network.clock.advance(ms),
          dispose: () => network.close(),
        }
      },
    },
  )
})
