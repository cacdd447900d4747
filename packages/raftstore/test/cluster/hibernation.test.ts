import { NotLeaderError, seededRandom } from '@stratakv/core'
import { describe, expect, it } from 'vitest'
import { baseTickMs, electionTicks, SimulatedCluster } from './simulated-cluster.ts'

const electionMs = 2 * electionTicks * baseTickMs
const staleCheckTicks = 100
const regionId = 1
const put = { type: 'put', cf: 'default', key: Uint8Array.of(0x61), value: Uint8Array.of(1) } as const

/** Three stores, whose region sleeps. */
async function startAsleep() {
  const options = { hibernation: { isOn: true, staleCheckTicks } }
  const cluster = await SimulatedCluster.start(seededRandom(1), { storeCount: 3, options })
  await cluster.clock.advance(electionMs)
  await write(cluster)
  await cluster.clock.advance(2 * electionMs)
  expect(sleepers(cluster)).toBe(3)
  return cluster
}

const peersOf = (cluster: SimulatedCluster) => cluster.stores.map(({ store }) => store.regions.get(regionId)!)
const sleepers = (cluster: SimulatedCluster) => peersOf(cluster).filter(({ isAsleep }) => isAsleep).length

async function write(cluster: SimulatedCluster): Promise<void> {
  const { store } = cluster.leaderOf(regionId)!
  await cluster.clock.settle(store.kv.write({ regionId }, [put]), 5_000)
}

describe('a region that nobody asks anything', () => {
  it('says nothing, until it is heard once in a while', async () => {
    const cluster = await startAsleep()
    const { sentCount } = cluster.network
    await cluster.clock.advance((staleCheckTicks * baseTickMs) / 2)
    expect(cluster.network.sentCount).toBe(sentCount)
    const { peer } = cluster.leaderOf(regionId)!
    await cluster.clock.advance(3 * staleCheckTicks * baseTickMs)
    expect(cluster.network.sentCount).toBeGreaterThan(sentCount)
    expect(cluster.leaderOf(regionId)!.peer).toBe(peer)
    await cluster.close()
  })

  it('takes a write at once, and sleeps again', async () => {
    const cluster = await startAsleep()
    const { term } = cluster.leaderOf(regionId)!.peer
    await write(cluster)
    expect(sleepers(cluster)).toBe(0)
    await cluster.clock.advance(2 * electionMs)
    expect(sleepers(cluster)).toBe(3)
    expect(cluster.leaderOf(regionId)!.peer.term).toBe(term)
    await cluster.close()
  })

  it('asks the others before it reads, as its lease has ended', async () => {
    const cluster = await startAsleep()
    const { store, peer } = cluster.leaderOf(regionId)!
    expect(peer.canReadLocally(cluster.clock.now())).toBe(false)
    const snapshot = await cluster.clock.settle(Promise.resolve(store.kv.snapshot({ regionId })), 5_000)
    expect(await snapshot.get('default', put.key)).toEqual(put.value)
    snapshot.release()
    expect(peer.isAsleep).toBe(false)
    await cluster.close()
  })

  it('answers no read from a leader that sleeps on the wrong side of a cut', async () => {
    const cluster = await startAsleep()
    const { store: old } = cluster.leaderOf(regionId)!
    const others = cluster.stores.filter(({ id }) => id !== old.id)
    const ids = others.map(({ id }) => id)
    cluster.network.cut([old.id], ids)
    cluster.network.cut(ids, [old.id])
    for (const { kv } of others) expect(() => kv.snapshot({ regionId })).toThrow(NotLeaderError)
    await cluster.clock.advance(3 * electionMs)
    const next = others.find(({ store }) => store.regions.get(regionId)!.isLeader)!
    expect(next).toBeDefined()
    const value = Uint8Array.of(2)
    await cluster.clock.settle(next.kv.write({ regionId }, [{ ...put, value }]), 5_000)
    const read = Promise.resolve(old.kv.snapshot({ regionId }))
    await expect(cluster.clock.settle(read, 60_000)).rejects.toThrow(NotLeaderError)
    await cluster.close()
  })

  it.each([1, 2])(
    'has a new leader soon when the old one is gone and %i of its stores is asked',
    async (askedCount) => {
      const cluster = await startAsleep()
      await cluster.crashStore(cluster.leaderOf(regionId)!.store.id)
      await cluster.clock.advance(2 * electionMs)
      expect(sleepers(cluster)).toBe(2)
      for (const { kv } of cluster.stores.slice(0, askedCount)) {
        expect(() => kv.snapshot({ regionId })).toThrow(NotLeaderError)
      }
      await cluster.clock.advance(3 * electionMs)
      await write(cluster)
      await cluster.close()
    },
  )

  it('has a new leader when others tell that the store of the old one is away', async () => {
    const cluster = await startAsleep()
    const { id } = cluster.leaderOf(regionId)!.store
    await cluster.crashStore(id)
    for (const { store } of cluster.stores) store.reportUnreachable(id)
    await cluster.clock.advance(2 * electionMs)
    await write(cluster)
    await cluster.close()
  })

  it('has a new leader in the end though nobody asks', async () => {
    const cluster = await startAsleep()
    await cluster.crashStore(cluster.leaderOf(regionId)!.store.id)
    await cluster.clock.advance(2 * staleCheckTicks * baseTickMs + 3 * electionMs)
    await write(cluster)
    await cluster.close()
  })

  it('keeps its leader when a follower starts anew', async () => {
    const cluster = await startAsleep()
    const { store, peer } = cluster.leaderOf(regionId)!
    const { term } = peer
    const other = cluster.stores.find(({ id }) => id !== store.id)!.id
    await cluster.crashStore(other)
    await cluster.startStore(other)
    await cluster.clock.advance(4 * electionMs)
    expect(peer.isLeader).toBe(true)
    expect(peer.term).toBe(term)
    expect(sleepers(cluster)).toBe(3)
    await cluster.close()
  })

  it('does not sleep while a member is away', async () => {
    const cluster = await startAsleep()
    const { store } = cluster.leaderOf(regionId)!
    await cluster.crashStore(cluster.stores.find(({ id }) => id !== store.id)!.id)
    await write(cluster)
    await cluster.clock.advance(4 * electionMs)
    expect(cluster.leaderOf(regionId)!.peer.isAsleep).toBe(false)
    await cluster.close()
  })
})
