import { describe, expect, it } from 'vitest'
import { faultsOf } from './judgement.ts'
import { plantedBugs } from './planted-bugs.ts'
import { type SimulationOptions, simulate } from './simulation.ts'

/** Much contention and some crashes: what it takes to find each of the bugs within a few seeds. */
const hostile: SimulationOptions = {
  clientCount: 5,
  txnsPerClient: 10,
  thinkMsMax: 5,
  faultChance: 0.05,
  crashChance: 0.2,
  takesOffers: false,
}
const seedCountMax = 60

/** The histories would prove nothing if bugs went through. */
describe('the judges of histories find', () => {
  for (const [name, plant] of Object.entries(plantedBugs)) {
    it(name, async () => {
      const found: string[] = []
      for (let seed = 1; seed <= seedCountMax && found.length === 0; seed++) {
        found.push(...faultsOf(await simulate(seed, { ...hostile, plant })))
      }
      expect(found).not.toEqual([])
    })
  }
})
