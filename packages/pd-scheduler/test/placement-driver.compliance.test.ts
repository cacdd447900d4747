import { placementDriverCompliance } from '@stratakv/core/compliance'
import { describe, expect, it } from 'vitest'
import { sampleDriver } from './sample-driver.ts'

placementDriverCompliance(
  { describe, it, expect },
  {
    async create() {
      const sample = await sampleDriver()
      return {
        pd: sample.pd,
        async reopen() {
          await sample.reopen()
          return sample.pd
        },
        dispose: () => sample.pd.close(),
      }
    },
  },
)
