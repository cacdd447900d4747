import { type Peer, seededRandom } from '@stratakv/core'
import { describe, expect, it } from 'vitest'
import type { CommandBody } from '../../src/index.ts'
import { baseTickMs, electionTicks, SimulatedCluster } from './simulated-cluster.ts'

const electionMs = 2 * electionTicks * baseTickMs
const text = (word: string) => new TextEncoder().encode(word)
const put = (key: string, value: string) =>
  ({ type: 'put', cf: 'default', key: text(key), value: text(value) }) as const

async function change(cluster: SimulatedCluster, regionId: number, body: CommandBody): Promise<void> {
  const leader = cluster.leaderOf(regionId)!
  await cluster.clock.settle(leader.peer.propose({ epoch: leader.peer.region.epoch, body }), 5_000)
}

async function write(cluster: SimulatedCluster, regionId: number, key: string, value: string): Promise<void> {
  const { store, peer } = cluster.leaderOf(regionId)!
  await cluster.clock.settle(store.kv.write({ regionId, epoch: peer.region.epoch }, [put(key, value)]), 5_000)
}

const valueOn = (cluster: SimulatedCluster, storeId: number, key: string) =>
  cluster.store(storeId)!.engines.engine.get('default', text(`z${key}`))

const learner: Peer = { id: 202, storeId: 2, role: 'learner' }
const voter: Peer = { ...learner, role: 'voter' }

async function startAlone(): Promise<SimulatedCluster> {
  const cluster = await SimulatedCluster.start(seededRandom(1), { storeCount: 3, voterCount: 1 })
  await cluster.clock.advance(electionMs)
  await write(cluster, 1, 'before', '1')
  return cluster
}

describe('a region whose peers change', () => {
  it('gives a new peer all its data by a snapshot', async () => {
    const cluster = await startAlone()
    await change(cluster, 1, { type: 'change-peers', changes: [{ type: 'add-learner-node', peer: learner }] })
    await cluster.clock.advance(electionMs)
    expect(await valueOn(cluster, 2, 'before')).toEqual(text('1'))
    expect(cluster.network.snapshotCount).toBe(1)
    await write(cluster, 1, 'behind', '2')
    await cluster.clock.advance(electionMs)
    expect(await valueOn(cluster, 2, 'behind')).toEqual(text('2'))
    await change(cluster, 1, { type: 'change-peers', changes: [{ type: 'add-node', peer: voter }] })
    await cluster.clock.advance(electionMs)
    expect(cluster.store(2)!.store.regions.get(1)!.region.peers).toEqual([
      { id: 101, storeId: 1, role: 'voter' },
      voter,
    ])
    await cluster.close()
  })

  it('takes no snapshot that was damaged on its way, and the next one', async () => {
    const cluster = await startAlone()
    cluster.network.damagedSnapshotCount = 2
    await change(cluster, 1, { type: 'change-peers', changes: [{ type: 'add-learner-node', peer: learner }] })
    await cluster.clock.advance(20 * electionMs)
    expect(cluster.network.refusals.map((error) => (error as { code?: string }).code)).toEqual([
      'RAFTSTORE_SNAPSHOT_CORRUPTION',
      'RAFTSTORE_SNAPSHOT_CORRUPTION',
    ])
    expect(await valueOn(cluster, 2, 'before')).toEqual(text('1'))
    await cluster.close()
  })

  it('moves to another store by a joint configuration', async () => {
    const cluster = await startAlone()
    await change(cluster, 1, { type: 'change-peers', changes: [{ type: 'add-learner-node', peer: learner }] })
    await cluster.clock.advance(electionMs)
    await change(cluster, 1, {
      type: 'change-peers',
      changes: [
        { type: 'add-node', peer: voter },
        { type: 'add-learner-node', peer: { id: 101, storeId: 1, role: 'learner' } },
      ],
    })
    const roles = cluster.leaderOf(1)!.peer.region.peers.map(({ role }) => role)
    expect(roles).toEqual(['demoting-voter', 'incoming-voter'])
    // It has to know that it is a voter.
    await cluster.clock.advance(10)
    cluster.leaderOf(1)!.peer.node.transferLeader(voter.id)
    await cluster.clock.advance(electionMs)
    expect(cluster.leaderOf(1)!.store.id).toBe(2)
    await change(cluster, 1, { type: 'change-peers', changes: [] })
    await change(cluster, 1, {
      type: 'change-peers',
      changes: [{ type: 'remove-node', peer: { id: 101, storeId: 1, role: 'learner' } }],
    })
    await write(cluster, 1, 'moved', '3')
    await cluster.clock.advance(electionMs)
    expect(cluster.store(1)!.store.regions.get(1)).toBeUndefined()
    expect(await valueOn(cluster, 1, 'before')).toBeUndefined()
    expect(await valueOn(cluster, 2, 'before')).toEqual(text('1'))
    await cluster.close()
  })

  it('tells a peer that missed its removal to go', async () => {
    const cluster = await startAlone()
    for (const storeId of [2, 3]) {
      const peer: Peer = { id: 200 + storeId, storeId, role: 'voter' }
      await change(cluster, 1, { type: 'change-peers', changes: [{ type: 'add-node', peer }] })
      await cluster.clock.advance(electionMs)
    }
    cluster.network.cut([1, 2], [3])
    cluster.network.cut([3], [1, 2])
    await change(cluster, 1, {
      type: 'change-peers',
      changes: [{ type: 'remove-node', peer: { id: 203, storeId: 3, role: 'voter' } }],
    })
    await cluster.clock.advance(electionMs)
    expect(cluster.store(3)!.store.regions.get(1)).toBeDefined()
    cluster.network.heal()
    await cluster.clock.advance(3 * electionMs)
    expect(cluster.store(3)!.store.regions.get(1)).toBeUndefined()
    // It stays away, also behind a restart; a new peer with a greater id may come.
    await cluster.crashStore(3)
    await cluster.startStore(3)
    const again: Peer = { id: 303, storeId: 3, role: 'voter' }
    await change(cluster, 1, { type: 'change-peers', changes: [{ type: 'add-node', peer: again }] })
    await cluster.clock.advance(electionMs)
    expect(await valueOn(cluster, 3, 'before')).toEqual(text('1'))
    await cluster.close()
  })
})

describe('a region that is split', () => {
  it('is two regions on every replica, of which the leader of the first leads both', async () => {
    const cluster = await SimulatedCluster.start(seededRandom(1), { storeCount: 3 })
    await cluster.clock.advance(2 * electionMs)
    await write(cluster, 1, 'a', '1')
    await write(cluster, 1, 'x', '1')
    const before = cluster.leaderOf(1)!.peer.region
    const parts = [{ splitKey: text('m'), regionId: 2, peerIds: [301, 302, 303] }]
    await change(cluster, 1, { type: 'split', parts, rightDerive: true })
    await cluster.clock.advance(electionMs)
    for (const { store } of cluster.stores) {
      expect(store.regions.at(text('a'))!.regionId).toBe(2)
      expect(store.regions.at(text('x'))!.regionId).toBe(1)
    }
    expect(cluster.leaderOf(2)!.store.id).toBe(cluster.leaderOf(1)!.store.id)
    await write(cluster, 2, 'b', '2')
    await write(cluster, 1, 'y', '2')
    const { kv } = cluster.leaderOf(1)!.store
    await expect(kv.write({ regionId: 1, epoch: before.epoch }, [put('z', '1')])).rejects.toMatchObject({
      code: 'REGION_EPOCH_NOT_MATCH',
    })
    await cluster.close()
  })

  it('has its leaders soon, though the others come to the split later', async () => {
    const cluster = await SimulatedCluster.start(seededRandom(1), { storeCount: 3 })
    await cluster.clock.advance(2 * electionMs)
    const leader = cluster.leaderOf(1)!.store
    // A split is synced before it is there.
    for (const { id, engines } of cluster.stores) if (id !== leader.id) engines.kvDisk.latencyMs = 100
    const parts = [
      { splitKey: text('h'), regionId: 2, peerIds: [301, 302, 303] },
      { splitKey: text('m'), regionId: 3, peerIds: [401, 402, 403] },
    ]
    await change(cluster, 1, { type: 'split', parts, rightDerive: true })
    await cluster.clock.advance(10)
    expect(cluster.stores.map(({ store }) => store.regions.get(2) !== undefined)).toEqual(
      cluster.stores.map(({ id }) => id === leader.id),
    )
    await cluster.clock.advance((electionTicks * baseTickMs) / 2)
    for (const regionId of [2, 3]) expect(cluster.leaderOf(regionId)?.store.id).toBe(leader.id)
    await write(cluster, 2, 'b', '2')
    await cluster.close()
  })
})

describe('a follower that was away for longer than the log reaches back', () => {
  it('is brought up by a snapshot, whatever of it is cut off', async () => {
    const cluster = await SimulatedCluster.start(seededRandom(1), {
      storeCount: 3,
      options: { logGc: { intervalMs: 100, threshold: 5, countMax: 20, bytesMax: 1024 * 1024, reserveRoundsMax: 2 } },
    })
    await cluster.clock.advance(2 * electionMs)
    const away = [1, 2, 3].find((id) => id !== cluster.leaderOf(1)!.store.id)!
    await cluster.crashStore(away)
    for (let count = 0; count < 100; count++) await write(cluster, 1, `k${count}`, 'v'.repeat(100))
    await cluster.clock.advance(electionMs)
    await cluster.startStore(away)
    await cluster.clock.advance(20)
    cluster.network.dropping = 0.4
    await cluster.clock.advance(electionMs)
    cluster.network.dropping = 0
    await cluster.clock.advance(4 * electionMs)
    expect(cluster.network.snapshotCount).toBeGreaterThan(0)
    for (let count = 0; count < 100; count++) {
      expect(await valueOn(cluster, away, `k${count}`)).toEqual(text('v'.repeat(100)))
    }
    await cluster.close()
  })
})
