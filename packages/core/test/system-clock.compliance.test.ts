import { sleep, systemClock } from '@stratakv/core'
import { clockCompliance } from '@stratakv/core/compliance'
import { describe, expect, it } from 'vitest'

clockCompliance(
  { describe, it, expect },
  {
    create() {
      const clock = systemClock()
      return { clock, pass: (ms) => sleep(clock, ms) }
    },
  },
)
