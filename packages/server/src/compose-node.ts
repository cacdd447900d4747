import { v1 } from '@stratakv/api-v2'
import type { TikvClient } from '@stratakv/client'
import {
  type ApiVersion,
  type Checksum,
  type Clock,
  type ClusterId,
  columnFamilies,
  type DiskSpace,
  emptyBytes,
  type KvEngine,
  type MemoryLocks,
  noMemoryLocks,
  noTelemetry,
  type PlacementDriver,
  type Random,
  type Region,
  type StoreId,
  systemClock,
  systemRandom,
  type Telemetry,
  unlimitedAdmission,
  type WriteAdmission,
} from '@stratakv/core'
import { DiskSpaceGate, dataEndKey, dataKey, LocalKv, openStore, type StoreDescription } from '@stratakv/raftstore'
import { defaultStorageOptions, GcWorker, Storage } from '@stratakv/storage'
import { createChecksum, createKernels, findNativeChecksum } from '@stratakv/wasm'
import type { Config } from './config/keys.ts'
import { FaultyCalls } from './edge/faulty-calls.ts'
import { EmbeddedClient } from './embedded-client.ts'
import type { NodeFaults } from './faults/node-faults.ts'
import { GcCoordinator } from './gc/gc-coordinator.ts'
import { logGcEvent } from './gc/gc-log.ts'
import { Heartbeats } from './heartbeats.ts'
import { type Logger, silentLogger } from './log/logger.ts'
import { machineMemoryBytes } from './machine-memory.ts'
import { type MemoryShares, memoryShares } from './memory-shares.ts'
import { shutDown } from './shutdown.ts'

/** TiKV's version as clients understand it: they switch features by it. */
export const tikvVersion = '6.1.0'

/** What a node is made of. Only the engine and the placement driver must be given; the rest has a default that is named here. */
export interface NodeParts {
  /** Belongs to the node from here on: `close` closes it. */
  readonly engine: KvEngine
  /** Stays the caller's. */
  readonly placementDriver: PlacementDriver
  /** The system's. */
  readonly clock?: Clock
  /** The system's. */
  readonly random?: Random
  /** @internal StorageNode makes them. Absent: nothing fails on purpose. */
  readonly faults?: NodeFaults | undefined
  /** None. */
  readonly telemetry?: Telemetry
  /** Silent. */
  readonly logger?: Logger
  /** V1. */
  readonly apiVersion?: ApiVersion
  /** Unlimited. */
  readonly admission?: WriteAdmission
  /** None. */
  readonly memoryLocks?: MemoryLocks
  /** WASM, and native where that is faster. */
  readonly checksum?: Checksum
  /**
   * Free space of the disk that holds the engine. Absent: a memory engine has its share of memory-usage-limit; of another
   * nothing is reported, and storage.reserve-space does nothing.
   */
  readonly diskSpace?: () => Promise<DiskSpace>
}

/** Raw calls and transactions in this process, without a socket. After `close` they fail with ClosedError. */
export type EmbeddedCalls = Pick<TikvClient, 'raw' | 'txn' | 'begin' | 'snapshot'>

/** A store without sockets: open, registered with its placement driver, reporting to it. */
export interface ComposedNode {
  readonly raw: EmbeddedCalls['raw']
  readonly txn: EmbeddedCalls['txn']
  readonly begin: EmbeddedCalls['begin']
  readonly snapshot: EmbeddedCalls['snapshot']
  readonly clusterId: ClusterId
  readonly storeId: StoreId
  readonly storage: Storage
  /** Those that this store holds now. */
  readonly regions: readonly Region[]
  readonly clock: Clock
  readonly telemetry: Telemetry
  readonly logger: Logger
  readonly config: Config
  readonly memory: MemoryShares
  /** Tells the placement driver where clients reach this store, once that is known. */
  announce(addresses: StoreAddresses): Promise<void>
  /** Lets running commands finish, then closes the engine. Idempotent. */
  close(): Promise<void>
}

/** `host:port` each, as others must dial them. */
export interface StoreAddresses {
  readonly address: string
  /** Empty: there is none. */
  readonly statusAddress: string
}

/**
 * Wires the parts into a storage node.
 *
 * @throws ClusterIdMismatchError, StoreNotEmptyError, ForeignBootstrapError, StateRecordError, and what the parts throw. The engine is closed then.
 */
export async function composeNode(parts: NodeParts, config: Config): Promise<ComposedNode> {
  try {
    return await compose(parts, config)
  } catch (error) {
    await parts.engine.close()
    throw error
  }
}

async function compose(parts: NodeParts, config: Config): Promise<ComposedNode> {
  const { engine, placementDriver } = parts
  const memory = memoryShares(config, machineMemoryBytes())
  const clock = parts.clock ?? systemClock()
  const telemetry = parts.telemetry ?? noTelemetry()
  const logger = parts.logger ?? silentLogger()
  const description: StoreDescription = {
    address: config['server.advertise-addr'] || config['server.addr'],
    peerAddress: '',
    statusAddress: config['server.advertise-status-addr'] || config['server.status-addr'],
    version: tikvVersion,
    gitHash: '',
    state: 'up',
    labels: [],
    startTimestamp: Math.floor(clock.unixMs() / 1000),
    deployPath: '',
  }
  const { identity, regions } = await openStore(engine, placementDriver, description)
  const diskSpaceGate = new DiskSpaceGate({ reserveBytes: config['storage.reserve-space'] })
  const kv = new LocalKv(
    { engine, locks: parts.memoryLocks ?? noMemoryLocks(), diskSpace: diskSpaceGate },
    { storeId: identity.storeId, regions, raftEntryMaxBytes: config['raftstore.raft-entry-max-size'] },
  )
  const storage = new Storage(
    {
      kv,
      clock,
      telemetry,
      placementDriver,
      apiVersion: parts.apiVersion ?? v1(),
      admission: parts.admission ?? unlimitedAdmission(),
      checksum: parts.checksum ?? createChecksum({ kernels: createKernels(), native: findNativeChecksum() }),
      destroyRange: (cf, start, end) => engine.deleteRange(cf, dataKey(start), dataEndKey(end), { sync: true }),
    },
    {
      ...defaultStorageOptions,
      maxKeyBytes: config['storage.max-key-size'],
      latchSlotCount: config['storage.scheduler-concurrency'],
      pendingWriteThresholdBytes: config['storage.scheduler-pending-write-threshold'],
      raftEntryMaxBytes: config['raftstore.raft-entry-max-size'],
      repliesBytesMax: memory.listsBytesMax,
    },
  )
  const isMemoryEngine = config['storage.engine'] === 'memory'
  const diskSpace =
    parts.diskSpace ?? (isMemoryEngine ? memoryEngineSpace(engine, memory.memoryEngineBytesMax) : undefined)
  const heartbeats = new Heartbeats(
    { clock, placementDriver, kv, engine, diskSpaceGate, diskSpace, logger },
    {
      storeId: identity.storeId,
      storeIntervalMs: config['raftstore.pd-store-heartbeat-tick-interval'],
      regionIntervalMs: config['raftstore.pd-heartbeat-tick-interval'],
    },
  )
  const gcWorker = new GcWorker({
    storage,
    kv,
    clock,
    telemetry,
    placementDriver,
    ledRegions: () => kv.regions,
    onEvent: (event) => logGcEvent(logger, event),
  })
  const { faults } = parts
  const faultyCalls =
    faults &&
    new FaultyCalls({
      faults,
      clock,
      node: {
        storeId: identity.storeId,
        raftEntryMaxBytes: config['raftstore.raft-entry-max-size'],
        regionById: (id) => kv.regions.find((region) => region.id === id),
      },
    })
  const client = new EmbeddedClient({
    faultyCalls,
    store: { clock, telemetry, logger, storage, clusterId: identity.clusterId, config },
    placementDriver,
    random: parts.random ?? systemRandom(),
  })
  const gcCoordinator = new GcCoordinator(
    {
      clock,
      placementDriver,
      logger,
      telemetry,
      resolveLocksBefore: (safePoint, options) => client.get().resolveLocksBefore(safePoint, {}, options),
    },
    { lifeTimeMs: config['gc.life-time'], runIntervalMs: config['gc.run-interval'] },
  )
  try {
    await storage.beginLeading(regions.map(({ id }) => id))
    await heartbeats.start()
  } catch (error) {
    await storage.close()
    throw error
  }
  gcWorker.start()
  if (config['gc.enable']) gcCoordinator.start()
  let closing: Promise<void> | undefined
  const close = () =>
    shutDown([
      // First: what is frozen or late on purpose would hold up everything after it.
      async () => {
        faults?.close()
        faultyCalls?.close()
      },
      () => gcCoordinator.close(),
      () => client.close(),
      () => gcWorker.close(),
      () => heartbeats.close(),
      () => storage.close(),
      () => engine.close(),
    ])
  return {
    clusterId: identity.clusterId,
    storeId: identity.storeId,
    storage,
    get regions() {
      return kv.regions
    },
    clock,
    telemetry,
    logger,
    config,
    memory,
    get raw() {
      return client.get().raw
    },
    txn: (work, options) => client.get().txn(work, options),
    begin: (options) => client.get().begin(options),
    snapshot: (options) => client.get().snapshot(options),
    announce: (addresses) => placementDriver.putStore({ ...description, ...addresses, id: identity.storeId }),
    close() {
      closing ??= close()
      return closing
    },
  }
}

/** A memory engine's "disk": its share of the memory, less the keys and values it holds. */
function memoryEngineSpace(engine: KvEngine, capacityBytes: number): () => Promise<DiskSpace> {
  return async () => {
    const sizes = await Promise.all(columnFamilies.map((cf) => engine.approximateSizeBytes(cf, emptyBytes, emptyBytes)))
    const usedBytes = sizes.reduce((sum, size) => sum + size, 0)
    return { capacityBytes, availableBytes: Math.max(0, capacityBytes - usedBytes) }
  }
}
