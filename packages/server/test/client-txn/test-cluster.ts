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
import { type RpcServer, startRpcServer } from '@stratakv/grpc'
import { grpcRpc } from '@stratakv/grpc/channel'
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
  /** True: callers come through a socket on this machine, and the clock must be the system's. */
  readonly overGrpc?: boolean
}

export async function openTestCluster(
  deps: { readonly clock: Clock; readonly random: Random },
  { takesOffers, overGrpc = false }: TestClusterOptions,
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
  const onUnexpectedError = (_: string, error: unknown) => unexpected.push(error)
  const served = tikvService({ node, faultyCalls: undefined, onUnexpectedError })
  const methods = takesOffers ? served : served.map(declining)
  const listening = overGrpc ? await listen(methods, clock, onUnexpectedError) : undefined
  if (listening !== undefined) {
    const store = await placementDriver.store(identity.storeId)
    await placementDriver.putStore({ ...store!, address: `127.0.0.1:${listening.port}` })
  }
  const servers = new InProcessServers()
  const server = servers.serve(storeAddress, methods)
  return {
    placementDriver,
    storage,
    kv,
    clusterId: identity.clusterId,
    methods,
    connect: () => (overGrpc ? grpcRpc({ clock, random }) : inProcessRpc({ clock }, servers)),
    async close() {
      server.close()
      await listening?.close(0)
      await storage.close()
      await engine.close()
      await placementDriver.close()
      if (unexpected.length > 0) throw unexpected[0]
    },
  }
}

function listen(
  methods: readonly MethodBinding[],
  clock: Clock,
  onUnexpectedError: (path: string, error: unknown) => void,
): Promise<RpcServer> {
  const limits = { receiveBytesMax: 64 * 1024 ** 2, concurrentStreamsMax: 1024 }
  return startRpcServer({ clock, methods, onUnexpectedError }, { host: '127.0.0.1', port: 0, ...limits })
}

/** Prewrites come in without what they offer, so the answers' timestamps are 0. */
function declining(binding: MethodBinding): MethodBinding {
  if (binding.style !== 'unary' || binding.method.path !== tikvMethods.kvPrewrite.path) return binding
  return unary(binding.method, (request, call) => {
    const plain = { ...(request as PrewriteRequest), useAsyncCommit: false, secondaries: [], tryOnePc: false }
    return binding.handle(plain, call)
  })
}
