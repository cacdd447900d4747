import { seededRandom } from '@stratakv/core'
import { describe, expect, it } from 'vitest'
import { InconsistentReplicaError } from '../../src/index.ts'
import { SimulatedCluster } from './simulated-cluster.ts'

const text = (word: string) => new TextEncoder().encode(word)
const intervalMs = 500

async function startChecked(): Promise<SimulatedCluster> {
  const cluster = await SimulatedCluster.start(seededRandom(1), {
    storeCount: 3,
    options: { consistencyCheckMs: intervalMs },
  })
  await cluster.clock.advance(3000)
  return cluster
}

async function write(cluster: SimulatedCluster, key: string, value: string): Promise<void> {
  const { store } = cluster.leaderOf(1)!
  const put = { type: 'put', cf: 'write', key: text(key), value: text(value) } as const
  await cluster.clock.settle(store.kv.write({ regionId: 1 }, [put]), 5_000)
}

describe('the replicas of a region', () => {
  it('are found equal, between writes and however many wait to be applied together', async () => {
    const cluster = await startChecked()
    for (let at = 0; at < 200; at++) {
      await write(cluster, `key ${at % 7}`, `value ${at}`)
      await cluster.clock.advance(at % 10 === 0 ? intervalMs : 1)
    }
    await cluster.clock.advance(2 * intervalMs)
    for (const { store } of cluster.stores) {
      expect(store.failure).toBeUndefined()
      expect(store.agreedReplicaCount).toBeGreaterThan(10)
    }
    await cluster.close()
  })

  it('are found to differ in one value, and the store that has the other one stops', async () => {
    const cluster = await startChecked()
    await write(cluster, 'key', 'right')
    await cluster.clock.advance(2 * intervalMs)
    const leader = cluster.leaderOf(1)!.store
    const other = cluster.stores.find(({ id }) => id !== leader.id)!
    const changed = { type: 'put', cf: 'write', key: text('zkey'), value: text('wrong') } as const
    await cluster.clock.settle(other.engines.engine.write([changed], { sync: true }), 1_000)
    await cluster.clock.advance(3 * intervalMs)
    expect(other.store.failure).toBeInstanceOf(InconsistentReplicaError)
    expect(other.store.failure).toMatchObject({ code: 'RAFTSTORE_INCONSISTENT_REPLICA', regionId: 1 })
    for (const { id, store } of cluster.stores) if (id !== other.id) expect(store.failure).toBeUndefined()
    // The two that agree go on.
    await write(cluster, 'key', 'next')
    await cluster.close()
  })

  it('that were away, or came by a snapshot, are compared once they are there', async () => {
    const cluster = await startChecked()
    const leader = cluster.leaderOf(1)!.store
    const away = cluster.stores.find(({ id }) => id !== leader.id)!.id
    await cluster.crashStore(away)
    for (let at = 0; at < 80; at++) await write(cluster, `key ${at}`, 'x'.repeat(1000))
    const { peer } = cluster.leaderOf(1)!
    const { index, term } = peer.progress.applied
    const compact = { epoch: peer.region.epoch, body: { type: 'compact-log', index: index - 1, term } } as const
    await cluster.clock.settle(peer.propose(compact), 5_000)
    await cluster.startStore(away)
    await cluster.clock.advance(10 * intervalMs)
    expect(cluster.network.snapshotCount).toBeGreaterThan(0)
    const { store } = cluster.store(away)!
    expect(store.failure).toBeUndefined()
    expect(store.agreedReplicaCount).toBeGreaterThan(2)
    await cluster.close()
  })
})
