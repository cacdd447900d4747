import { v1 } from '@stratakv/api-v2'
import {
  type Clock,
  InProcessServers,
  inProcessRpc,
  type MethodBinding,
  noMemoryLocks,
  noTelemetry,
  type PlacementDriver,
  type Random,
  type Rpc,
  unary,
  unlimitedAdmission,
} from '@stratakv/core'
import { createMemoryDisk, createMemoryEngine } from '@stratakv/memory'
import { openPlacementDriver } from '@stratakv/pd-scheduler'
import { tikvMethods } from '@stratakv/proto'
import type { PrewriteRequest } from '@stratakv/proto/kvrpcpb'
import { DiskSpaceGate, openStore } from '@stratakv/raftstore'
import { completeConfig, silentLogger } from '@stratakv/server'
import { defaultStorageOptions, Storage } from '@stratakv/storage'
import { createTwinChecksum } from '@stratakv/wasm'
import { tikvService } from '../../src/edge/tikv-service.ts'

import { SplittingKv } from './splitting-kv.ts'

/** One store in memory whose regions split and merge on demand, on any clock, without sockets. */
export interface TestCluster {
  readonly placementDriver: PlacementDriver
  readonly storage: Storage
  readonly kv: SplittingKv
  readonly clusterId: bigint
  readonly methods: readonly MethodBinding[]
  /** A caller of its own. */
  connect(): Rpc
  close(): Promise<void>
}

export const storeAddress = '127.0.0.1:1'

export interface TestClusterOptions {
  /** False: async commit and one-phase commit are declined, as a store without them does. */
  readonly takesOffers: boolean
}

export async function openTestCluster(
  deps: { readonly clock: Clock; readonly random: Random },
  { takesOffers }: TestClusterOptions,
): Promise<TestCluster> {
  const { clock, random } = deps
  const telemetry = noTelemetry()
  const engine = createMemoryEngine()
  const placementDriver = await openPlacementDriver(
    { fs: createMemoryDisk({ random }), clock, random, telemetry },
    { directory: '/pd', clientUrls: [] },
  )
  const { identity, regions } = await openStore(engine, placementDriver, {
    address: storeAddress,
    peerAddress: '',
    statusAddress: '',
    version: '6.1.0',
    gitHash: '',
    state: 'up',
    labels: [],
    startTimestamp: 0,
    deployPath: '',
  })
  const config = completeConfig({ 'storage.engine': 'memory' })
  const kv = new SplittingKv(
    { engine, locks: noMemoryLocks(), diskSpace: new DiskSpaceGate({ reserveBytes: 0 }), placementDriver },
    { storeId: identity.storeId, regions, raftEntryMaxBytes: config['raftstore.raft-entry-max-size'] },
  )
  const storage = new Storage(
    {
      kv,
      placementDriver,
      clock,
      telemetry,
      apiVersion: v1(),
      admission: unlimitedAdmission(),
      checksum: createTwinChecksum(),
      destroyRange: () => Promise.resolve(),
    },
    defaultStorageOptions,
  )
  await storage.beginLeading(regions.map(({ id }) => id))
  kv.onNewRegion = (id) => storage.beginLeading([id])
  const node = { clusterId: identity.clusterId, storage, clock, telemetry, logger: silentLogger(), config }
  const unexpected: unknown[] = []
  const served = tikvService({ node, faultyCalls: undefined, onUnexpectedError: (_, error) => unexpected.push(error) })
  const methods = takesOffers ? served : served.map(declining)
  const servers = new InProcessServers()
  const server = servers.serve(storeAddress, methods)
  return {
    placementDriver,
    storage,
    kv,
    clusterId: identity.clusterId,
    methods,
    connect: () => inProcessRpc({ clock }, servers),
    async close() {
      server.close()
      await storage.close()
      await engine.close()
      await placementDriver.close()
      if (unexpected.length > 0) throw unexpected[0]
    },
  }
}

/** Prewrites come in without what they offer, so the answers' timestamps are 0. */
function declining(binding: MethodBinding): MethodBinding {
  if (binding.style !== 'unary' || binding.method.path !== tikvMethods.kvPrewrite.path) return binding
  return unary(binding.method, (request, call) => {
    const plain = { ...(request as PrewriteRequest), useAsyncCommit: false, secondaries: [], tryOnePc: false }
    return binding.handle(plain, call)
  })
}
