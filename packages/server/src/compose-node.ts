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
  type FileSystem,
  type KvEngine,
  type MemoryLocks,
  noMemoryLocks,
  noTelemetry,
  type PlacementDriver,
  type RaftLogEngine,
  type Random,
  type Region,
  type Rpc,
  type StoreId,
  StrataError,
  systemClock,
  systemRandom,
  type Telemetry,
  type Transport,
  unlimitedAdmission,
  type WriteAdmission,
} from '@stratakv/core'
import { createMemoryDisk, createMemoryRaftLog } from '@stratakv/memory'
import {
  DiskSpaceGate,
  dataEndKey,
  dataKey,
  joinCluster,
  type PeerTransport,
  RaftKv,
  RaftStore,
  RegionAgent,
  type StoreDescription,
  StoreMessages,
} from '@stratakv/raftstore'
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
import { raftStoreOptions, regionAgentOptions } from './raft-options.ts'
import { type ShutdownStep, shutDown } from './shutdown.ts'

/** TiKV's version as clients understand it: they switch features by it. */
export const tikvVersion = '6.1.0'

/** Who a store is, from its first start on. */
export interface NodeIdentity {
  readonly clusterId: ClusterId
  readonly storeId: StoreId
}

/** Where snapshots of regions stand that come from other stores. */
export interface SnapshotPlace {
  readonly fileSystem: FileSystem
  /** Of the node's own; it is made. Its parent must be there. */
  readonly directory: string
}

/**
 * What a node is made of. Only the engine and the placement driver must be given, and the log of an engine that is durable; the rest has
 * a default that is named here.
 */
export interface NodeParts {
  /** Belongs to the node from here on: `close` closes it. */
  readonly engine: KvEngine
  /**
   * The Raft log, as durable as the engine: `openRaftEngine` of `@stratakv/raft-engine`, for example. Belongs to the node, too. One in
   * memory, for an engine that is not durable.
   */
  readonly logEngine?: RaftLogEngine
  /** Makes the way to other stores, once it is known who this one is; belongs to the node then. None: regions have one replica, here. */
  readonly transport?: (self: NodeIdentity) => Transport
  /** How calls of this process reach other stores. Stays the caller's. None: there are no others. */
  readonly rpc?: Rpc
  /** A disk in memory. */
  readonly snapshots?: SnapshotPlace
  /** Stays the caller's. */
  readonly placementDriver: PlacementDriver
  /** The system's. */
  readonly clock?: Clock
  /** Runs the next turn of the regions: soon, not within the call. Default: as a microtask; a server gathers more until its loop comes round. */
  readonly schedule?: (turn: () => void) => void
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
  /** Resolves when the store does nothing any more, because its disk failed. It has to be closed. */
  readonly failed: Promise<Error>
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

/** An engine keeps over a restart what the log in memory would forget: after one, neither could be believed. */
export class LogEngineMissingError extends StrataError {
  readonly code = 'SERVER_LOG_ENGINE_MISSING'
  constructor() {
    super(
      'the engine is durable, so NodeParts.logEngine must be given, and be durable: openRaftEngine of @stratakv/raft-engine makes one',
    )
  }
}

/**
 * Wires the parts into a storage node.
 *
 * @throws LogEngineMissingError, ClusterIdMismatchError, StoreNotEmptyError, StateRecordError, RaftLogLostError, and what the parts
 * throw. The engines are closed then.
 */
export async function composeNode(parts: NodeParts, config: Config): Promise<ComposedNode> {
  const { engine } = parts
  const undo: ShutdownStep[] = [() => engine.close()]
  try {
    if (engine.supports.durable && !parts.logEngine?.supports.durable) throw new LogEngineMissingError()
    const logEngine = parts.logEngine ?? createMemoryRaftLog()
    undo.push(() => logEngine.close())
    return await compose({ ...parts, logEngine }, config, undo)
  } catch (error) {
    // What went wrong is the news, not what could not be closed after it.
    await shutDown(undo.reverse()).catch(() => {})
    throw error
  }
}

async function compose(
  parts: NodeParts & { readonly logEngine: RaftLogEngine },
  config: Config,
  undo: ShutdownStep[],
): Promise<ComposedNode> {
  const { engine, logEngine, placementDriver } = parts
  const memory = memoryShares(config, machineMemoryBytes())
  const clock = parts.clock ?? systemClock()
  const random = parts.random ?? systemRandom()
  const telemetry = parts.telemetry ?? noTelemetry()
  const logger = parts.logger ?? silentLogger()
  const checksum = parts.checksum ?? createChecksum({ kernels: createKernels(), native: findNativeChecksum() })
  const snapshots = parts.snapshots ?? { fileSystem: createMemoryDisk({ random }), directory: '/snap' }
  const agentOptions = regionAgentOptions(config)
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
  const identity = await joinCluster(engine, placementDriver, description)
  const { storeId } = identity
  const transport = parts.transport?.(identity)
  if (transport !== undefined) undo.push(() => transport.close())
  const messages =
    transport &&
    new StoreMessages(transport, {
      onRefused: (from, error) => logger.warn('a message of another store is refused', { from, error: String(error) }),
    })
  const diskSpaceGate = new DiskSpaceGate({ reserveBytes: config['storage.reserve-space'] })
  const raftStore = await RaftStore.open(
    {
      engine,
      logEngine,
      transport: messages ?? noTransport,
      clock,
      random,
      checksum,
      fileSystem: snapshots.fileSystem,
      // On a disk that is nearly full writers wait for the engine, so that it has all that was acknowledged when it meets the end.
      mayAnswerEarly: () => diskSpaceGate.isRoomy,
      ...(parts.schedule === undefined ? {} : { schedule: parts.schedule }),
    },
    raftStoreOptions(config, { storeId, snapshotDirectory: snapshots.directory }),
  )
  undo.push(() => raftStore.close())
  messages?.deliverTo(raftStore)
  const raftKv = new RaftKv(
    { store: raftStore, locks: parts.memoryLocks ?? noMemoryLocks(), diskSpace: diskSpaceGate },
    { raftEntryMaxBytes: config['raftstore.raft-entry-max-size'] },
  )
  const kv = parts.faults?.wrapKv(raftKv, storeId) ?? raftKv
  const storage = new Storage(
    {
      kv,
      clock,
      telemetry,
      placementDriver,
      apiVersion: parts.apiVersion ?? v1(),
      admission: parts.admission ?? unlimitedAdmission(),
      checksum,
      destroyRange: async (cf, start, end) => {
        await raftStore.awaitApplied()
        await engine.deleteRange(cf, dataKey(start), dataEndKey(end), { sync: true })
      },
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
    { clock, placementDriver, store: raftStore, kv: raftKv, engine, diskSpaceGate, diskSpace, logger },
    { storeIntervalMs: config['raftstore.pd-store-heartbeat-tick-interval'] },
  )
  const ledRegions = () =>
    [...raftStore.regions.values()].filter(({ isLeader }) => isLeader).map(({ region }) => region)
  const gcWorker = new GcWorker({
    storage,
    kv,
    clock,
    telemetry,
    placementDriver,
    ledRegions,
    onEvent: (event) => logGcEvent(logger, event),
  })
  const { faults } = parts
  const faultyCalls =
    faults &&
    new FaultyCalls({
      faults,
      clock,
      node: {
        storeId,
        raftEntryMaxBytes: config['raftstore.raft-entry-max-size'],
        regionById: (id) => raftStore.regions.get(id)?.region,
      },
    })
  let ownAddress = description.address
  const client = new EmbeddedClient({
    faultyCalls,
    store: { clock, telemetry, logger, storage, clusterId: identity.clusterId, config },
    placementDriver,
    random,
    others: parts.rpc,
    ownAddress: () => ownAddress,
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
  undo.push(() => storage.close())
  const failed = new Promise<Error>((resolve) => {
    raftStore.watch({
      onFailed: (error) => {
        logger.error('the store does nothing any more, as its disk failed: look at the disk, and start it again', {
          error: String(error),
        })
        resolve(error)
      },
    })
  })
  await raftStore.awaitSoleLeaders()
  // Its first try may fail, and it tries again by itself; after closing nobody asks any more.
  const beginLeading = ({ id }: Region) => storage.beginLeading([id]).catch(() => {})
  raftStore.watch({
    onRoleChange: (region, isLeader) => {
      if (isLeader) beginLeading(region)
      else storage.endLeading([region.id])
    },
    // What was read of the other region, another store may know.
    onMerge: (region, _source, isLeader) => {
      if (!isLeader) return
      storage.endLeading([region.id])
      beginLeading(region)
    },
  })
  // All that lead by now, at once.
  await storage.beginLeading(ledRegions().map(({ id }) => id))
  const agent = new RegionAgent(
    {
      store: raftStore,
      placementDriver,
      clock,
      onError: (error, regionId) =>
        logger.warn('the placement driver was not told', { regionId, error: String(error) }),
    },
    agentOptions,
  )
  undo.push(() => agent.close())
  // Clients find the regions from here on.
  await agent.reportAll()
  undo.push(() => heartbeats.close())
  await heartbeats.start()
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
      () => agent.close(),
      () => heartbeats.close(),
      () => storage.close(),
      async () => transport?.close(),
      () => raftStore.close(),
      () => logEngine.close(),
      () => engine.close(),
    ])
  return {
    clusterId: identity.clusterId,
    storeId,
    storage,
    failed,
    get regions() {
      return [...raftStore.regions.values()].filter(({ isInitialized }) => isInitialized).map(({ region }) => region)
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
    async announce(addresses) {
      await placementDriver.putStore({ ...description, ...addresses, id: storeId })
      ownAddress = addresses.address
    },
    close() {
      closing ??= close()
      return closing
    },
  }
}

/** There is no other store. */
const noTransport: PeerTransport = {
  send() {},
  sendSnapshot(_message, _chunks, done) {
    done(false)
  },
}

/** A memory engine's "disk": its share of the memory, less the keys and values it holds. */
function memoryEngineSpace(engine: KvEngine, capacityBytes: number): () => Promise<DiskSpace> {
  return async () => {
    const sizes = await Promise.all(columnFamilies.map((cf) => engine.approximateSizeBytes(cf, emptyBytes, emptyBytes)))
    const usedBytes = sizes.reduce((sum, size) => sum + size, 0)
    return { capacityBytes, availableBytes: Math.max(0, capacityBytes - usedBytes) }
  }
}
