import { forSeeds } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'
import type { NodeKind } from './host.ts'
import { Simulation } from './simulation.ts'

/** More by hand: STRATA_SEED=1..5000. */
const seedCount = 60
const stepCount = 1200

describe('a group to which everything happens', () => {
  for (const kind of ['sync', 'messages', 'numbers'] satisfies NodeKind[]) {
    it(`keeps its promises, of ${kind} nodes`, async () => {
      let applied = 0
      await forSeeds(seedCount, (_seed, random) => {
        const simulation = new Simulation(kind, random)
        for (let step = 0; step < stepCount; step++) simulation.step()
        simulation.settle()
        applied += simulation.appliedMax
      })
      // A group that does nothing breaks no promise.
      expect(applied).toBeGreaterThan(0)
    })
  }
})
