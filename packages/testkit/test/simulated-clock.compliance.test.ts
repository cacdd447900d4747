import { clockCompliance } from '@stratakv/core/compliance'
import { simulatedClock } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'

clockCompliance(
  { describe, it, expect },
  {
    create() {
      const clock = simulatedClock()
      return { clock, pass: (ms) => clock.advance(ms) }
    },
  },
)
