import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { forSeeds } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'
import { faultsOf } from './judgement.ts'
import { drawOptions, simulate, simulateOverGrpc } from './simulation.ts'

/** Seeds that found something once, with what it was; they are run first, for ever. */
const keptSeeds = readFileSync(join(import.meta.dirname, 'kept-seeds.txt'), 'utf8')
  .split('\n')
  .filter((line) => /^\d/.test(line))
  .map((line) => Number.parseInt(line, 10))

async function checkSeed(seed: number, takesOffers: boolean): Promise<void> {
  const faults = faultsOf(await simulate(seed, drawOptions(seed, { takesOffers })))
  expect(faults, `seed ${seed}`).toEqual([])
}

/** `STRATA_SEED=1..5000` runs these seeds instead of a handful. */
describe.each([
  { takesOffers: true, name: 'with async and one-phase commit' },
  { takesOffers: false, name: 'in two phases' },
])('transactions of several clients, $name', ({ takesOffers }) => {
  it('keep snapshot isolation through faults, crashes and splits', { timeout: 6 * 3_600_000 }, async () => {
    await forSeeds(6, (seed) => checkSeed(seed, takesOffers))
  })

  it('keep it for the seeds that broke it once', async () => {
    for (const seed of keptSeeds) await checkSeed(seed, takesOffers)
  })
})

it('transactions over gRPC keep snapshot isolation while connections break', async () => {
  await forSeeds(2, async (seed) => {
    const options = { clientCount: 4, txnsPerClient: 12, thinkMsMax: 5, faultChance: 0.2, crashChance: 0 }
    const faults = faultsOf(await simulateOverGrpc(seed, { ...options, takesOffers: seed % 2 === 0 }))
    expect(faults, `seed ${seed}`).toEqual([])
  })
})
