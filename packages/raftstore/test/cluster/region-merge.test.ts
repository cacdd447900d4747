import { MergingModeError, type Region, type RegionId, RegionNotFoundError, seededRandom } from '@stratakv/core'
import { describe, expect, it } from 'vitest'
import { StalePeers } from '../../src/agent/stale-peers.ts'
import type { CommandBody } from '../../src/index.ts'
import { regionStateKey } from '../../src/keys.ts'
import { decodeRegionRecord } from '../../src/state-records.ts'
import { baseTickMs, type ClusterOptions, electionTicks, SimulatedCluster } from './simulated-cluster.ts'

const electionMs = 2 * electionTicks * baseTickMs
const text = (word: string) => new TextEncoder().encode(word)
const source = 1
const target = 2

/** Region 1 has what is before `m`, and region 2 the rest, on the first three stores. */
async function startSplit(options: Partial<ClusterOptions> = {}): Promise<SimulatedCluster> {
  const cluster = await SimulatedCluster.start(seededRandom(1), { storeCount: 3, voterCount: 3, ...options })
  await cluster.clock.advance(electionMs)
  await lead(cluster, source, 1)
  const parts = [{ splitKey: text('m'), regionId: target, peerIds: [201, 202, 203] }]
  await change(cluster, source, { type: 'split', parts, rightDerive: false })
  await cluster.clock.advance(electionMs)
  await lead(cluster, target, 1)
  await write(cluster, source, 'a', '1')
  await write(cluster, target, 'z', '2')
  await cluster.clock.advance(electionMs)
  return cluster
}

async function lead(cluster: SimulatedCluster, regionId: RegionId, storeId: number): Promise<void> {
  const { peer } = cluster.leaderOf(regionId)!
  const wanted = peer.region.peers.find((member) => member.storeId === storeId)!
  if (peer.meta.id !== wanted.id) peer.transferLeader(wanted.id)
  await cluster.clock.advance(electionMs)
}

async function change(cluster: SimulatedCluster, regionId: RegionId, body: CommandBody): Promise<void> {
  const { peer } = cluster.leaderOf(regionId)!
  await cluster.clock.settle(peer.propose({ epoch: peer.region.epoch, body }), 5_000)
}

async function write(cluster: SimulatedCluster, regionId: RegionId, key: string, value: string): Promise<void> {
  const { store, peer } = cluster.leaderOf(regionId)!
  const put = { type: 'put', cf: 'default', key: text(key), value: text(value) } as const
  await cluster.clock.settle(store.kv.write({ regionId, epoch: peer.region.epoch }, [put]), 5_000)
}

async function merge(cluster: SimulatedCluster): Promise<void> {
  const { store } = cluster.leaderOf(source)!
  await cluster.clock.settle(store.store.mergeInto(source, cluster.leaderOf(target)!.peer.region), 5_000)
}

const regionOn = (cluster: SimulatedCluster, storeId: number, regionId: RegionId): Region | undefined =>
  cluster.store(storeId)!.store.regions.get(regionId)?.region

const valueOn = (cluster: SimulatedCluster, storeId: number, key: string) =>
  cluster.store(storeId)!.engines.engine.get('default', text(`z${key}`))

async function expectMerged(cluster: SimulatedCluster): Promise<void> {
  for (const { id, store, engines } of cluster.stores) {
    expect(store.failure).toBeUndefined()
    expect(regionOn(cluster, id, source)).toBeUndefined()
    expect(regionOn(cluster, id, target)).toMatchObject({ startKey: text(''), endKey: text('') })
    expect(await valueOn(cluster, id, 'a')).toEqual(text('1'))
    expect(await valueOn(cluster, id, 'z')).toEqual(text('2'))
    const record = await engines.engine.get('raft', regionStateKey(source))
    expect(decodeRegionRecord(regionStateKey(source), record!)).toMatchObject({
      state: 'tombstone',
      merge: { target: { id: target } },
    })
    expect(engines.logEngine.lastIndex(source)).toBeUndefined()
  }
}

/** The regions were merged after the source's replica on store 4, which missed that, was removed. */
async function startMergedWithout4(role: 'voter' | 'learner' = 'voter'): Promise<SimulatedCluster> {
  const cluster = await startSplit({ storeCount: 4 })
  const peer = { id: 104, storeId: 4, role }
  const add = role === 'voter' ? 'add-node' : 'add-learner-node'
  await change(cluster, source, { type: 'change-peers', changes: [{ type: add, peer }] })
  await cluster.clock.advance(electionMs)
  expect(await valueOn(cluster, 4, 'a')).toEqual(text('1'))
  cluster.network.cut([1, 2, 3], [4])
  cluster.network.cut([4], [1, 2, 3])
  await change(cluster, source, { type: 'change-peers', changes: [{ type: 'remove-node', peer }] })
  await cluster.clock.advance(electionMs)
  await merge(cluster)
  await cluster.clock.advance(electionMs)
  expect(regionOn(cluster, 1, source)).toBeUndefined()
  expect(regionOn(cluster, 4, source)).toBeDefined()
  cluster.network.heal()
  return cluster
}

describe('two neighbouring regions', () => {
  it('become one, with the data of both', async () => {
    const cluster = await startSplit()
    const before = [cluster.leaderOf(source)!.peer.region.epoch, cluster.leaderOf(target)!.peer.region.epoch]
    await merge(cluster)
    await cluster.clock.advance(electionMs)
    await expectMerged(cluster)
    expect(cluster.mergeCount).toBe(3)
    const { epoch } = cluster.leaderOf(target)!.peer.region
    expect(epoch).toEqual({
      confVer: before[1]!.confVer,
      version: Math.max(before[0]!.version + 1, before[1]!.version) + 1,
    })
    await write(cluster, target, 'b', '3')
    await cluster.clock.advance(electionMs)
    expect(await valueOn(cluster, 2, 'b')).toEqual(text('3'))
    await cluster.close()
  })

  it('become one where their leaders are on different stores', async () => {
    const cluster = await startSplit()
    await lead(cluster, target, 2)
    await merge(cluster)
    await cluster.clock.advance(electionMs)
    await expectMerged(cluster)
    await cluster.close()
  })

  it('become one after all stores have stopped in the middle', async () => {
    const cluster = await startSplit()
    // The target has no majority: it can take nothing over.
    await lead(cluster, target, 3)
    cluster.network.cut([3], [1, 2])
    cluster.network.cut([1, 2], [3])
    await merge(cluster)
    for (const id of [1, 2, 3]) await cluster.crashStore(id)
    cluster.network.heal()
    for (const id of [1, 2, 3]) await cluster.startStore(id)
    expect(cluster.store(1)!.store.regions.get(source)!.merging).toMatchObject({ target: { id: target } })
    await cluster.clock.advance(3 * electionMs)
    await expectMerged(cluster)
    await cluster.close()
  })

  it('give a replica of the source that lags what it lacks', async () => {
    const cluster = await startSplit()
    cluster.network.cut([1, 2], [3])
    cluster.network.cut([3], [1, 2])
    await write(cluster, source, 'b', '3')
    await merge(cluster)
    await cluster.clock.advance(electionMs)
    expect(regionOn(cluster, 1, source)).toBeUndefined()
    expect(regionOn(cluster, 3, source)).toBeDefined()
    expect(await valueOn(cluster, 3, 'b')).toBeUndefined()
    cluster.network.heal()
    await cluster.clock.advance(2 * electionMs)
    await expectMerged(cluster)
    expect(await valueOn(cluster, 3, 'b')).toEqual(text('3'))
    await cluster.close()
  })

  it('let a snapshot of the target take the place of a source that lags', async () => {
    const cluster = await startSplit()
    cluster.network.cut([1, 2], [3])
    cluster.network.cut([3], [1, 2])
    await merge(cluster)
    await cluster.clock.advance(electionMs)
    await write(cluster, target, 'b', '3')
    const { store, peer } = cluster.leaderOf(target)!
    await cluster.clock.settle(store.store.awaitApplied(), electionMs)
    const { index, term } = peer.progress.applied
    await change(cluster, target, { type: 'compact-log', index: index - 1, term })
    await cluster.crashStore(3)
    await cluster.startStore(3)
    cluster.network.heal()
    await cluster.clock.advance(8 * electionMs)
    expect(cluster.network.snapshotCount).toBeGreaterThan(0)
    expect(await valueOn(cluster, 3, 'b')).toEqual(text('3'))
    await expectMerged(cluster)
    await cluster.close()
  })

  it('stay two where the target has changed before it could take the other over', async () => {
    const cluster = await startSplit()
    const { store, peer } = cluster.leaderOf(source)!
    const parts = [{ splitKey: text('p'), regionId: 3, peerIds: [301, 302, 303] }]
    const old = cluster.leaderOf(target)!.peer.region
    const split = change(cluster, target, { type: 'split', parts, rightDerive: false })
    await store.store.mergeInto(source, old).catch(() => {})
    await split
    await cluster.clock.advance(2 * electionMs)
    expect(peer.merging).toBeUndefined()
    expect(peer.isLeader).toBe(true)
    await write(cluster, source, 'b', '3')
    await cluster.clock.advance(electionMs)
    for (const { id } of cluster.stores) {
      expect(await valueOn(cluster, id, 'b')).toEqual(text('3'))
      expect(regionOn(cluster, id, source)!.endKey).toEqual(text('m'))
    }
    await cluster.close()
  })

  it('refuse reads and writes of the source meanwhile', async () => {
    const cluster = await startSplit()
    await lead(cluster, target, 3)
    cluster.network.cut([3], [1, 2])
    cluster.network.cut([1, 2], [3])
    await merge(cluster)
    const { kv } = cluster.store(1)!
    const put = { type: 'put', cf: 'default', key: text('a'), value: text('9') } as const
    await expect(kv.write({ regionId: source }, [put])).rejects.toThrow(MergingModeError)
    expect(() => kv.snapshot({ regionId: source })).toThrow(MergingModeError)
    cluster.network.heal()
    await cluster.clock.advance(2 * electionMs)
    await expectMerged(cluster)
    expect(() => kv.snapshot({ regionId: source })).toThrow(RegionNotFoundError)
    await cluster.close()
  })

  it('let no lease of the source outlive what others have committed, though its own disk is behind', async () => {
    const cluster = await startSplit()
    await lead(cluster, target, 3)
    await write(cluster, source, 'a', '1')
    const slow = cluster.store(1)!
    // The merge is committed by the two others; here its entry does not come out of Raft before it is on the disk.
    slow.engines.logDisk.latencyMs = 400
    slow.store.mergeInto(source, cluster.leaderOf(target)!.peer.region).catch(() => {})
    while (regionOn(cluster, 3, source) !== undefined) await cluster.clock.advance(1)
    expect(slow.store.regions.get(source)).toMatchObject({ isLeader: true })
    expect(slow.store.regions.get(source)!.canReadLocally(cluster.clock.now())).toBe(false)
    slow.engines.logDisk.latencyMs = 1
    await cluster.clock.advance(electionMs)
    await expectMerged(cluster)
    await cluster.close()
  })

  it('leave nothing where a replica of the source was removed before, and missed both', async () => {
    const cluster = await startMergedWithout4()
    await cluster.clock.advance(4 * electionMs)
    expect(regionOn(cluster, 4, source)).toBeUndefined()
    expect(await valueOn(cluster, 4, 'a')).toBeUndefined()
    await cluster.close()
  })

  it('leave no learner of the source either, which asks nobody for a vote', async () => {
    const cluster = await startMergedWithout4('learner')
    await cluster.clock.advance(4 * electionMs)
    expect(regionOn(cluster, 4, source)).toBeDefined()
    const errors: Error[] = []
    const { store } = cluster.store(4)!
    // What one says of a region that was merged.
    const placementDriver = { regionById: async () => undefined }
    const { clock } = cluster
    const stalePeers = new StalePeers(
      { store, placementDriver, clock, onError: (error) => errors.push(error) },
      { checkMs: electionMs, leaderMissingMsMax: 3 * electionMs },
    )
    await clock.advance(8 * electionMs)
    expect(regionOn(cluster, 4, source)).toBeUndefined()
    expect(await valueOn(cluster, 4, 'a')).toBeUndefined()
    expect(errors).toEqual([])
    await stalePeers.close()
    await cluster.close()
  })

  it('come as one to where such a replica still is', async () => {
    const cluster = await startMergedWithout4()
    await cluster.crashStore(4)
    // It hears that its region was merged, and does not come to ending it.
    await cluster.startStore(4, { merge: { checkMs: 1e9, logGapMax: 10, entryBytesMax: 64 * 1024 } })
    const { store } = cluster.leaderOf(target)!
    await cluster.clock.advance(4 * electionMs)
    expect(cluster.store(4)!.store.regions.get(source)?.knownMergedInto).toMatchObject({ id: target })
    const learner = { id: 204, storeId: 4, role: 'learner' } as const
    await change(cluster, target, { type: 'change-peers', changes: [{ type: 'add-learner-node', peer: learner }] })
    await cluster.clock.advance(4 * electionMs)
    expect(store.store.failure).toBeUndefined()
    expect(regionOn(cluster, 4, source)).toBeUndefined()
    expect(await valueOn(cluster, 4, 'a')).toEqual(text('1'))
    expect(await valueOn(cluster, 4, 'z')).toEqual(text('2'))
    await cluster.close()
  })
})
