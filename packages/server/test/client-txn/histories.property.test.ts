import { forSeeds, snapshotIsolationAnomalies } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'
import { bankTotal, type SimulationOptions, simulate } from './simulation.ts'

const faults: Omit<SimulationOptions, 'takesOffers'> = {
  clientCount: 3,
  txnsPerClient: 12,
  faultChance: 0.08,
  crashChance: 0.1,
}

describe('transactions of several clients, with faults, crashes and splits', () => {
  for (const takesOffers of [true, false]) {
    it(`keep snapshot isolation ${takesOffers ? 'with' : 'without'} async and one-phase commit`, async () => {
      await forSeeds(5, async (seed) => {
        const { history, bankTotals, staleStarts, locksLeft, stats } = await simulate(seed, { ...faults, takesOffers })
        if (process.env.STRATA_STATS) console.log(seed, stats)
        expect(snapshotIsolationAnomalies(history)).toEqual([])
        expect(new Set(bankTotals)).toEqual(new Set([bankTotal]))
        expect(staleStarts).toEqual([])
        expect(locksLeft).toBe(0)
      })
    })
  }
})
