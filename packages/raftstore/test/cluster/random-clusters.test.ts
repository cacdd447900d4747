import { below } from '@stratakv/core'
import { forSeeds } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'
import { ClusterChaos } from './cluster-chaos.ts'
import { RegisterClient } from './register-client.ts'
import { baseTickMs, electionTicks, SimulatedCluster } from './simulated-cluster.ts'

/** More by hand: STRATA_SEED=1..2000. */
const seedCount = 2
const roundCount = 25
const electionMs = 2 * electionTicks * baseTickMs
const keys = ['a', 'c', 'e', 'g', 'i'].map((key) => new TextEncoder().encode(key))

describe('clusters in which everything goes wrong', () => {
  it('lose no write, read nothing old, and agree in the end', { timeout: 3_600_000 }, async () => {
    await forSeeds(seedCount, async (_seed, random) => {
      const dice = random.fork('options')
      // On three stores all regions have the same ones, and merge often; on four their peers move.
      const storeIds = [1, 2, 3, 4].slice(0, 3 + below(dice, 2))
      const cluster = await SimulatedCluster.start(random.fork('cluster'), {
        storeCount: storeIds.length,
        voterCount: 3,
        diskLatencyMs: 1 + below(dice, 10),
        options: {
          storeIoPoolSize: below(dice, 3),
          // Replicas that lag far behind are what merges have to mind.
          merge: { checkMs: 100, logGapMax: 500, entryBytesMax: 1024 * 1024 },
          hibernation: { isOn: below(dice, 2) === 0, staleCheckTicks: 2 * electionTicks },
          logGc: {
            intervalMs: 200,
            threshold: 10,
            // Who was away gets a snapshot, or the log.
            countMax: below(dice, 2) === 0 ? 60 : 5_000,
            bytesMax: 1024 * 1024,
            reserveRoundsMax: 3,
          },
        },
      })
      const chaos = new ClusterChaos(cluster, random.fork('chaos'), storeIds)
      const client = new RegisterClient(cluster, random.fork('client'), keys)
      let isOver = false
      let failure: unknown
      const run = client.run(() => isOver)
      run.catch((error: unknown) => {
        failure = error
      })
      await cluster.clock.advance(2 * electionMs)
      for (let round = 0; round < roundCount && failure === undefined; round++) await chaos.round()
      await chaos.mend()
      isOver = true
      await cluster.clock.advance(10 * electionMs)
      if (failure !== undefined) throw failure
      await run
      await chaos.checkReplicas()
      const regions = cluster.stores.flatMap(({ store }) => [...store.regions.values()])
      for (const { region, isLeader } of regions) {
        if (!isLeader) continue
        const data = await Promise.all(
          region.peers.map(({ storeId }) => chaos.dataOf(storeId, region.startKey, region.endKey)),
        )
        expect(new Set(data).size).toBe(1)
      }
      expect(client.readCount).toBeGreaterThan(0)
      await cluster.close()
    })
  })
})
