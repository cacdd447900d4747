import type { Telemetry } from '@stratakv/core'
import { telemetryCompliance } from '@stratakv/core/compliance'
import { describe, expect, it } from 'vitest'

// The suite would be idle if only the one that drops everything ever ran it: here is the plainest one that keeps.
telemetryCompliance(
  { describe, it, expect },
  {
    create() {
      const values = new Map<string, number>()
      const slot = (name: string, labels: readonly string[]) => JSON.stringify([name, ...labels])
      const raise = (name: string, labels: readonly string[], amount: number) =>
        values.set(slot(name, labels), (values.get(slot(name, labels)) ?? 0) + amount)
      const telemetry: Telemetry = {
        counter: ({ name }) => ({ add: (amount, ...labels) => void (amount > 0 && raise(name, labels, amount)) }),
        gauge: ({ name }) => ({ set: (value, ...labels) => void values.set(slot(name, labels), value) }),
        histogram: ({ name }) => ({ observe: (_value, ...labels) => void raise(name, labels, 1) }),
        span: () => ({ end() {} }),
      }
      return { telemetry, read: (name, ...labels) => values.get(slot(name, labels)) }
    },
  },
)
