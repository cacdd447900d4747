import { below, NotLeaderError, seededRandom } from '@stratakv/core'
import { forSeeds } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'
import { RegisterClient } from './register-client.ts'
import { baseTickMs, electionTicks, SimulatedCluster } from './simulated-cluster.ts'

/** More by hand: STRATA_SEED=1..2000. */
const seedCount = 3
const electionMs = 2 * electionTicks * baseTickMs

const text = (word: string) => new TextEncoder().encode(word)
const put = (key: string, value: string) =>
  ({ type: 'put', cf: 'default', key: text(key), value: text(value) }) as const

async function electedLeader(cluster: SimulatedCluster) {
  for (let round = 0; round < 20; round++) {
    await cluster.clock.advance(electionMs / 2)
    const leader = cluster.stores.find(({ store }) => store.regions.get(1)?.isLeader)
    if (leader !== undefined) return leader
  }
  throw new Error('nobody was elected')
}

describe('a region on three stores', () => {
  it('takes writes where it is led, and says elsewhere who leads', async () => {
    const cluster = await SimulatedCluster.start(seededRandom(1), { storeCount: 3 })
    const leader = await electedLeader(cluster)
    const context = { regionId: 1, epoch: cluster.firstRegion.epoch }
    const stages: string[] = []
    await cluster.clock.settle(
      leader.kv.write(context, [put('a', '1')], (stage) => stages.push(stage)),
      1000,
    )
    expect(stages).toEqual(['proposed', 'committed'])
    await cluster.clock.settle(leader.store.awaitApplied(), 1000)
    expect(stages).toEqual(['proposed', 'committed', 'applied'])
    const other = cluster.stores.find(({ id }) => id !== leader.id)!
    await expect(other.kv.write(context, [put('b', '1')])).rejects.toMatchObject({
      leader: { storeId: leader.id },
    })
    await expect(other.kv.write(context, [put('b', '1')])).rejects.toBeInstanceOf(NotLeaderError)
    await cluster.clock.advance(1000)
    for (const { engines } of cluster.stores) {
      expect(await engines.engine.get('default', text('za'))).toEqual(text('1'))
    }
    await cluster.close()
  })

  it('loses nothing that was acknowledged, and never reads what is old', { timeout: 3_600_000 }, async () => {
    await forSeeds(seedCount, async (_seed, random) => {
      const faults = random.fork('faults')
      const cluster = await SimulatedCluster.start(random.fork('cluster'), {
        storeCount: 3,
        diskLatencyMs: 1 + below(faults, 20),
        options: { storeIoPoolSize: below(faults, 3) },
      })
      const keys = ['a', 'b', 'c'].map(text)
      const client = new RegisterClient(cluster, random.fork('client'), keys)
      let isOver = false
      const run = client.run(() => isOver)
      let failure: unknown
      run.catch((error: unknown) => {
        failure = error
      })
      for (let round = 0; round < 12 && failure === undefined; round++) {
        const victim = 1 + below(faults, 3)
        const others = [1, 2, 3].filter((id) => id !== victim)
        switch (below(faults, 6)) {
          case 0:
            cluster.network.cut([victim], others)
            cluster.network.cut(others, [victim])
            break
          case 1:
            cluster.network.cut([victim], others)
            break
          case 2:
            await cluster.crashStore(victim)
            break
          case 3:
            cluster.network.dropping = below(faults, 30) / 100
            cluster.network.doubling = below(faults, 30) / 100
            break
          case 4: {
            const leader = cluster.stores.find(({ store }) => store.regions.get(1)?.isLeader)
            leader?.store.regions.get(1)?.node.transferLeader(100 + victim)
            break
          }
        }
        await cluster.clock.advance(below(faults, 2 * electionMs))
        if (below(faults, 2) === 0) {
          cluster.network.heal()
          cluster.network.dropping = 0
          for (const id of [1, 2, 3]) if (cluster.store(id) === undefined) await cluster.startStore(id)
          await cluster.clock.advance(below(faults, 2 * electionMs))
        }
      }
      cluster.network.heal()
      cluster.network.dropping = 0
      for (const id of [1, 2, 3]) if (cluster.store(id) === undefined) await cluster.startStore(id)
      await cluster.clock.advance(4 * electionMs)
      isOver = true
      await cluster.clock.advance(20_000)
      if (failure !== undefined) throw failure
      await run
      expect(client.writeCount).toBeGreaterThan(100)
      expect(client.readCount).toBeGreaterThan(100)
      // All replicas are the same in the end.
      for (const key of keys) {
        const physical = Uint8Array.of(0x7a, ...key)
        const values = await Promise.all(cluster.stores.map(({ engines }) => engines.engine.get('default', physical)))
        expect(values[1]).toEqual(values[0])
        expect(values[2]).toEqual(values[0])
      }
      for (const { store } of cluster.stores) expect(store.failure).toBeUndefined()
      await cluster.close()
    })
  })
})
