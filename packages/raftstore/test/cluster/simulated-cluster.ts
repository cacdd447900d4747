import {
  noMemoryLocks,
  type Peer as PeerMeta,
  type Region,
  type RegionId,
  type SeededRandom,
  type StoreId,
} from '@stratakv/core'
import { createMemoryDisk, type MemoryDisk } from '@stratakv/memory'
import { type SimulatedClock, simulatedClock } from '@stratakv/testkit'
import { createTwinChecksum } from '@stratakv/wasm'
import { DiskSpaceGate, type Peer, prepareRegions } from '../../src/index.ts'
import { RaftKv } from '../../src/raft-kv.ts'
import { RaftStore } from '../../src/store/raft-store.ts'
import type { RaftStoreOptions } from '../../src/store/raft-store-options.ts'
import { anyStoreOptions, wholeRegion } from '../store-fixture.ts'
import { type CrashableEngines, crashableEngines, newStoredEngines, type StoredEngines } from './crashable-engines.ts'
import { SimulatedNetwork } from './simulated-network.ts'

export const baseTickMs = 100
export const electionTicks = 10

export interface ClusterOptions {
  readonly storeCount: number
  /** Stores on which the first region has a voter. Default: all. */
  readonly voterCount?: number
  readonly diskLatencyMs?: number
  readonly options?: Partial<RaftStoreOptions>
}

export interface ClusterStore {
  readonly id: StoreId
  readonly engines: CrashableEngines
  readonly store: RaftStore
  readonly kv: RaftKv
}

/** Stores on one simulated clock, on disks that lose what was not synced, and on a network that loses what it likes. */
export class SimulatedCluster {
  readonly clock: SimulatedClock = simulatedClock()
  readonly network: SimulatedNetwork
  readonly #random: SeededRandom
  readonly #options: ClusterOptions
  readonly #running = new Map<StoreId, ClusterStore>()
  readonly #stored = new Map<StoreId, StoredEngines>()
  readonly #disks = new Map<StoreId, MemoryDisk>()
  #startCount = 0
  /** Of replicas. */
  mergeCount = 0
  readonly firstRegion: Region

  private constructor(random: SeededRandom, options: ClusterOptions) {
    this.#random = random
    this.#options = options
    this.network = new SimulatedNetwork(this.clock, random.fork('network'))
    const voters = options.voterCount ?? options.storeCount
    this.firstRegion = wholeRegion(
      Array.from({ length: voters }, (_, at): PeerMeta => ({ id: 101 + at, storeId: at + 1, role: 'voter' })),
    )
  }

  static async start(random: SeededRandom, options: ClusterOptions): Promise<SimulatedCluster> {
    const cluster = new SimulatedCluster(random, options)
    const { firstRegion } = cluster
    for (let id = 1; id <= options.storeCount; id++) {
      const stored = newStoredEngines()
      if (firstRegion.peers.some(({ storeId }) => storeId === id)) {
        await prepareRegions(stored.engine, [firstRegion])
      }
      cluster.#stored.set(id, stored)
      cluster.#disks.set(id, createMemoryDisk({ random: random.fork(`disk ${id}`) }))
      await cluster.startStore(id)
    }
    return cluster
  }

  get stores(): ClusterStore[] {
    return [...this.#running.values()]
  }

  store(id: StoreId): ClusterStore | undefined {
    return this.#running.get(id)
  }

  async startStore(id: StoreId, options: Partial<RaftStoreOptions> = {}): Promise<ClusterStore> {
    const random = this.#random.fork(`store ${id}, start ${++this.#startCount}`)
    const engines = await crashableEngines(this.clock, random, this.#stored.get(id)!, this.#options.diskLatencyMs ?? 1)
    const held: { store?: RaftStore } = {}
    const transport = this.network.attach(id, {
      receive: (message) => held.store?.receive(message),
      async receiveSnapshot(message, chunks) {
        if (held.store === undefined) throw new Error('not open yet')
        await held.store.receiveSnapshot(message, chunks)
      },
    })
    const { engine, logEngine } = engines
    const fileSystem = this.#disks.get(id)!
    const store = await this.clock.settle(
      RaftStore.open(
        { engine, logEngine, fileSystem, checksum: createTwinChecksum(), transport, clock: this.clock, random },
        anyStoreOptions({ storeId: id, ...this.#options.options, ...options }),
      ),
      60_000,
    )
    held.store = store
    store.watch({ onMerge: () => this.mergeCount++ })
    const kv = new RaftKv(
      { store, locks: noMemoryLocks(), diskSpace: new DiskSpaceGate({ reserveBytes: 0 }) },
      { raftEntryMaxBytes: 64 * 1024 },
    )
    const running = { id, engines, store, kv }
    this.#running.set(id, running)
    return running
  }

  /** As a power cut stops it. */
  async crashStore(id: StoreId): Promise<void> {
    const running = this.#running.get(id)
    if (running === undefined) return
    this.#running.delete(id)
    this.network.detach(id)
    this.#stored.set(id, await running.engines.crash())
    this.#disks.set(id, this.#disks.get(id)!.clonePowerCut())
    // Its promises are nobody's any more; its timers must not fire on.
    void running.store.close()
  }

  /** The peer of a region that leads it, as far as the stores know. */
  leaderOf(regionId: RegionId): { readonly store: ClusterStore; readonly peer: Peer } | undefined {
    for (const store of this.stores) {
      const peer = store.store.regions.get(regionId)
      if (peer?.isLeader) return { store, peer }
    }
    return undefined
  }

  async close(): Promise<void> {
    for (const { store } of this.stores) await store.close()
  }
}
