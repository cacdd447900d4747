import { noTelemetry, type StoreId, type StoreMeta, seededRandom } from '@stratakv/core'
import { createMemoryDisk } from '@stratakv/memory'
import { openPlacementDriver, type PlacementConfig } from '@stratakv/pd-scheduler'
import { describe, expect, it } from 'vitest'
import { RegionAgent } from '../../src/index.ts'
import { baseTickMs, electionTicks, SimulatedCluster } from './simulated-cluster.ts'

const electionMs = 2 * electionTicks * baseTickMs
const text = (word: string) => new TextEncoder().encode(word)

const metaOf = (id: StoreId): StoreMeta => ({
  id,
  address: `127.0.0.1:${20_160 + id}`,
  peerAddress: '',
  statusAddress: '',
  version: '6.1.0',
  gitHash: '',
  state: 'up',
  labels: [],
  startTimestamp: 0,
  deployPath: '',
})

const statsOf = (storeId: StoreId) => ({
  storeId,
  capacityBytes: 2 ** 40,
  availableBytes: 2 ** 39,
  usedBytes: 0,
  regionCount: 0,
  isBusy: false,
  bytesWritten: 0,
  keysWritten: 0,
  bytesRead: 0,
  keysRead: 0,
  intervalStart: 0,
  intervalEnd: 10,
})

/** Three stores and a placement driver, which finds all data on the first. */
async function startCluster(placement: Partial<PlacementConfig> = {}) {
  const cluster = await SimulatedCluster.start(seededRandom(1), { storeCount: 3, voterCount: 1 })
  const { clock } = cluster
  const random = seededRandom(2)
  const pd = await openPlacementDriver(
    { fs: createMemoryDisk({ random }), clock, random, telemetry: noTelemetry() },
    { directory: '/pd', clientUrls: ['http://127.0.0.1:2379'], placement },
  )
  await pd.bootstrap(metaOf(1), cluster.firstRegion)
  const agents: RegionAgent[] = []
  const errors: Error[] = []
  for (const { id, store } of cluster.stores) {
    await pd.putStore(metaOf(id))
    await pd.storeHeartbeat(statsOf(id))
    agents.push(
      new RegionAgent(
        { store, placementDriver: pd, clock, onError: (error) => errors.push(error) },
        {
          heartbeatMs: 1_000,
          peerDownMs: 600_000,
          splitCheckMs: 1_000,
          splitCheckDiffBytes: 1024,
          stalePeers: { checkMs: 5_000, leaderMissingMsMax: 20_000 },
          split: { splitBytes: 8_192, maxBytes: 12_288, splitKeys: 1_000, maxKeys: 1_500, keysMax: 10 },
        },
      ),
    )
  }
  return {
    cluster,
    pd,
    errors,
    async run(ms: number) {
      for (let passed = 0; passed < ms; passed += 5_000) {
        for (const { id } of cluster.stores) await pd.storeHeartbeat(statsOf(id))
        await clock.advance(5_000)
      }
    },
    async close() {
      for (const agent of agents) await agent.close()
      await cluster.close()
      await pd.close()
    },
  }
}

describe('a placement driver and stores on Raft', () => {
  it('gives a region its replicas when stores join', async () => {
    const { cluster, errors, run, close } = await startCluster()
    await run(120_000)
    const { region } = cluster.leaderOf(1)!.peer
    expect(region.peers.map(({ storeId, role }) => `${storeId} ${role}`).sort()).toEqual([
      '1 voter',
      '2 voter',
      '3 voter',
    ])
    for (const { store } of cluster.stores) expect(store.regions.get(1)?.isInitialized).toBe(true)
    expect(errors).toEqual([])
    await close()
  })

  it('cuts a region that has grown too large, and tells of both', async () => {
    const { cluster, pd, errors, run, close } = await startCluster()
    await run(2 * electionMs)
    const { store, peer } = cluster.leaderOf(1)!
    for (let count = 0; count < 40; count++) {
      const key = text(`key-${String(count).padStart(3, '0')}`)
      const write = store.kv.write({ regionId: 1, epoch: peer.region.epoch }, [
        { type: 'put', cf: 'default', key, value: new Uint8Array(500) },
      ])
      await cluster.clock.settle(write, 5_000)
    }
    await run(10_000)
    const routes = await pd.regionsInRange(new Uint8Array(0), new Uint8Array(0), 0)
    expect(routes.length).toBeGreaterThan(1)
    expect(routes.at(-1)!.region.id).toBe(1)
    for (const { leader } of routes) expect(leader).toBeDefined()
    expect(errors).toEqual([])
    await close()
  })
  it('makes one of small neighbours, wherever their peers are, and tells of it', async () => {
    const { cluster, pd, errors, run, close } = await startCluster({ splitMergeIntervalMs: 1 })
    await run(120_000)
    const cut = async (regionId: number, key: string) => {
      const { peer } = cluster.leaderOf(regionId)!
      const [ids] = await pd.askSplit(peer.region, 1)
      const parts = [{ splitKey: text(key), ...ids! }]
      const split = peer.propose({ epoch: peer.region.epoch, body: { type: 'split', parts, rightDerive: true } })
      await cluster.clock.settle(split, 5_000)
    }
    const write = async (regionId: number, key: string) => {
      const { store, peer } = cluster.leaderOf(regionId)!
      const put = { type: 'put', cf: 'default', key: text(key), value: text('1') } as const
      await cluster.clock.settle(store.kv.write({ regionId, epoch: peer.region.epoch }, [put]), 5_000)
    }
    await cut(1, 'm')
    await cluster.clock.advance(500)
    const [first] = await pd.regionsInRange(new Uint8Array(0), text('m'), 1)
    const { id } = first!.region
    expect(id).not.toBe(1)
    await write(id, 'a')
    await write(1, 'z')
    // Their leaders need not be on one store.
    const { peer } = cluster.leaderOf(1)!
    peer.transferLeader(peer.region.peers.find(({ storeId }) => storeId !== peer.meta.storeId)!.id)
    await run(300_000)
    const routes = await pd.regionsInRange(new Uint8Array(0), new Uint8Array(0), 0)
    expect(routes).toHaveLength(1)
    for (const { store, engines } of cluster.stores) {
      expect([...store.regions.values()]).toHaveLength(1)
      for (const key of ['za', 'zz']) expect(await engines.engine.get('default', text(key))).toEqual(text('1'))
    }
    expect(cluster.leaderOf(routes[0]!.region.id)!.peer.region).toEqual(routes[0]!.region)
    expect(errors).toEqual([])
    await close()
  })
  it('takes a peer from its store that was removed while it could hear of nothing', async () => {
    const { cluster, errors, run, close } = await startCluster()
    await run(120_000)
    const { peer } = cluster.leaderOf(1)!
    const away = peer.region.peers.find(({ id }) => id !== peer.meta.id)!
    const others = [1, 2, 3].filter((id) => id !== away.storeId)
    // The placement driver is reached, and no other store.
    cluster.network.cut([away.storeId], others)
    cluster.network.cut(others, [away.storeId])
    const remove = { type: 'change-peers', changes: [{ type: 'remove-node', peer: away }] } as const
    await cluster.clock.settle(peer.propose({ epoch: peer.region.epoch, body: remove }), 5_000)
    expect(cluster.store(away.storeId)!.store.regions.get(1)).toBeDefined()
    await run(60_000)
    expect(cluster.store(away.storeId)!.store.regions.get(1)).toBeUndefined()
    expect(errors).toEqual([])
    await close()
  })
})
