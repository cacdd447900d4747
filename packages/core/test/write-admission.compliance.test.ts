import type { WriteAdmission } from '@stratakv/core'
import { writeAdmissionCompliance } from '@stratakv/core/compliance'
import { describe, expect, it } from 'vitest'

// The suite would be idle if only the open valve ever ran it: here is the plainest one that closes.
writeAdmissionCompliance(
  { describe, it, expect },
  {
    create() {
      const state = { now: 0, closed: false, busy: false }
      let waits: { deadline: number; end: (verdict: 'charged' | 'deadline') => void }[] = []
      const admission: WriteAdmission = {
        admit: () => (state.busy ? 'busy' : 'go'),
        charge(_writeBytes, deadline) {
          if (!state.closed) return 'charged'
          if (deadline <= state.now) return 'deadline'
          return new Promise((end) => waits.push({ deadline, end }))
        },
        refund() {},
      }
      return {
        admission,
        now: () => state.now,
        async pass(ms) {
          state.now += ms
          for (const { deadline, end } of waits) if (deadline <= state.now) end('deadline')
          waits = waits.filter(({ deadline }) => deadline > state.now)
          await undefined
          await undefined
        },
        pressure: {
          raise: () => {
            state.closed = true
          },
          relieve() {
            state.closed = false
            state.busy = false
            for (const { end } of waits.splice(0)) end('charged')
          },
          overload: () => {
            state.busy = true
          },
        },
      }
    },
  },
)
