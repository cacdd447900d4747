import { mkdirSync } from 'node:fs'
import {
  InProcessNetwork,
  type KvEngine,
  type PlacementDriver,
  type RaftLogEngine,
  type Random,
  systemClock,
  type Transport,
} from '@stratakv/core'
import { createNodeFileSystem } from '@stratakv/file-io'
import { openLevelEngine } from '@stratakv/level-engine'
import { openRaftEngine } from '@stratakv/raft-engine'
import { joinCluster, RaftStore, StoreMessages } from '@stratakv/raftstore'
import { completeConfig, raftStoreOptions } from '@stratakv/server'
import { createTwinChecksum } from '@stratakv/wasm'
import { storeAt } from '../placement-driver.ts'

/** A store on disk, with all that a node would give it, and nobody who asks it anything. */
export interface IdleStore {
  readonly store: RaftStore
  readonly openedMs: number
  close(): Promise<void>
}

export interface IdleStoreDeps {
  readonly folder: string
  readonly network: InProcessNetwork
  readonly placementDriver: PlacementDriver
  readonly random: Random
  /** `raftstore.raft-base-tick-interval`. */
  readonly tickMs: number
}

export const clock = systemClock()

export function newNetwork(): InProcessNetwork {
  return new InProcessNetwork({ clock }, { queueCountMax: 1_000_000 })
}

export async function openIdleStore(deps: IdleStoreDeps, address: string): Promise<IdleStore> {
  const { folder, network, placementDriver, random, tickMs } = deps
  mkdirSync(folder, { recursive: true })
  const fileSystem = createNodeFileSystem()
  const begunAt = performance.now()
  const engine: KvEngine = await openLevelEngine({ path: `${folder}/kv` })
  const logEngine: RaftLogEngine = await openRaftEngine({ fileSystem, clock }, { directory: `${folder}/log` })
  const { storeId } = await joinCluster(engine, placementDriver, storeAt(address))
  const transport: Transport = network.connect(storeId)
  const messages = new StoreMessages(transport)
  const store = await RaftStore.open(
    { engine, logEngine, fileSystem, checksum: createTwinChecksum(), transport: messages, clock, random },
    raftStoreOptions(completeConfig({ 'raftstore.raft-base-tick-interval': tickMs }), {
      storeId,
      snapshotDirectory: `${folder}/snapshots`,
    }),
  )
  messages.deliverTo(store)
  const openedMs = performance.now() - begunAt
  return {
    store,
    openedMs,
    async close() {
      await store.close()
      await transport.close()
      await logEngine.close()
      await engine.close()
    },
  }
}
