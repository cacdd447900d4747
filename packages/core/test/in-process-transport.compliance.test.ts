import { InProcessNetwork } from '@stratakv/core'
import { transportCompliance } from '@stratakv/core/compliance'
import { simulatedClock } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'

const queueCountMax = 64
const snapshotCountMax = 4

transportCompliance(
  { describe, it, expect },
  {
    queueCountMax,
    snapshotCountMax,
    async create() {
      const clock = simulatedClock()
      const network = new InProcessNetwork({ clock }, { queueCountMax, snapshotCountMax })
      return {
        connect: async (storeId) => network.connect(storeId),
        settle: () => clock.advance(0),
        pass: (ms) => clock.advance(ms),
        dispose: async () => clock.assertIdle(),
      }
    },
  },
)
