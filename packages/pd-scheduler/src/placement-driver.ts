import {
  type BootstrapOutcome,
  type Clock,
  ClosedError,
  type ClusterId,
  type Counter,
  type FileLock,
  type FileSystem,
  type PlacementDriver,
  type Random,
  type Region,
  type RegionHeartbeat,
  type RegionHeartbeats,
  type RegionId,
  type RegionOperator,
  type RegionRoute,
  type ServiceSafePoint,
  type SplitIds,
  type StoreId,
  type StoreMeta,
  type StoreStats,
  type Telemetry,
  type Timestamp,
} from '@stratakv/core'
import { createClusterId, createMemberId } from './cluster.ts'
import { ClusterRegistry } from './cluster-registry.ts'
import { createDurableDirectory } from './durable-directory.ts'
import { InvalidCountError, StaleRegionError, UnknownRegionError } from './errors.ts'
import { EtcdKv } from './etcd-kv.ts'
import { GcSafePoints, neverExpires } from './gc-safe-points.ts'
import { IdAllocator } from './id-allocator.ts'
import { Keyspaces } from './keyspaces.ts'
import { MetadataStore } from './metadata-store.ts'
import { decodeRegion, encodeDecimal, metadataKeys, PersistedValues } from './persisted-values.ts'
import {
  type AcceptedReport,
  checkReport,
  type RegionBuckets,
  RegionCache,
  type RegionState,
  type RegionView,
} from './region-cache.ts'
import { RegionSaver } from './region-saver.ts'
import { localHeartbeats } from './schedule/order-streams.ts'
import { type PlacementConfig, placementConfig } from './schedule/placement-config.ts'
import { type ReplicationProgress, replicationProgress } from './schedule/replication.ts'
import { Scheduler } from './schedule/scheduler.ts'
import { compareVersions, formatVersion } from './semantic-version.ts'
import { SerialQueue } from './serial-queue.ts'
import { type StoreRecord, type StoreReport, type StoreStateName, storeStateName } from './stores.ts'
import { defaultTsoOptions, TsoAllocator } from './tso.ts'
import { TsoService } from './tso-service.ts'

export interface PlacementDriverDeps {
  readonly fs: FileSystem
  readonly clock: Clock
  readonly random: Random
  readonly telemetry: Telemetry
}

export interface PlacementDriverOptions {
  /** Folder for its state; made when missing. One process at a time. */
  readonly directory: string
  /** Where clients and stores reach this placement driver, with scheme: `http://127.0.0.1:2379`. What the member list says, so everybody dials these next. */
  readonly clientUrls: readonly string[]
  /** Name in the member list. Default `pd`. */
  readonly name?: string
  /** The metadata file is rewritten once its log part is longer than this (and than twice its snapshot). Default 4 MiB. */
  readonly rewriteAfterBytes?: number
  /** How data is placed; what is absent is as in PD. */
  readonly placement?: Partial<PlacementConfig>
}

/** New regions one split may ask ids for. */
export const splitCountMax = 10_000
/** Slow, durable changes that may wait in line (bootstrap, stores, safe points, etcd writes). */
const waitingChangesMax = 10_000
/** From here on stores make several membership changes as one. */
const jointVersion = { major: 5, minor: 0, patch: 0, preRelease: '' }
const rewriteAfterBytesDefault = 4 * 1024 * 1024

/**
 * Opens the placement driver over `directory`, or makes a new cluster there. Resolves when it can answer everything,
 * timestamps without a wait included.
 * @throws FileLockedError when another process has it open
 * @throws InvalidPlacementConfigError
 * @throws MetadataCorruptionError, MetadataValueError, MetadataVersionError when its file cannot be trusted
 */
export async function openPlacementDriver(
  deps: PlacementDriverDeps,
  options: PlacementDriverOptions,
): Promise<EmbeddedPlacementDriver> {
  const { fs, clock, random } = deps
  const { directory, rewriteAfterBytes = rewriteAfterBytesDefault } = options
  await createDurableDirectory(fs, directory)
  const lock = await fs.lock(`${directory}/LOCK`)
  let metadata: MetadataStore | undefined
  try {
    metadata = await MetadataStore.open(fs, { directory, rewriteAfterBytes })
    if (metadata.get(metadataKeys.clusterId) === undefined && metadata.entries('').length === 0) {
      // All in one commit: whoever later finds one of these without the others knows that something was lost.
      await metadata.commit([
        { key: metadataKeys.clusterId, value: encodeDecimal(createClusterId(clock.unixMs(), random)) },
        { key: metadataKeys.memberId, value: encodeDecimal(createMemberId(random)) },
        { key: metadataKeys.idWindowEnd, value: encodeDecimal(0) },
        { key: metadataKeys.tsoWindowEnd, value: encodeDecimal(0) },
      ])
    }
    const driver = new EmbeddedPlacementDriver(deps, options, metadata, lock)
    await driver.timestamps(1)
    return driver
  } catch (error) {
    await metadata?.close()
    await lock.release()
    throw error
  }
}

/**
 * The placement driver inside this process. As {@link PlacementDriver} it serves a store or client in the same process; the
 * other members are what the gRPC and HTTP edges need on top.
 *
 * What it answers is durable first, save region reports and store reports, which are repeated by those who send them.
 */
export class EmbeddedPlacementDriver implements PlacementDriver {
  readonly name: string
  /** What {@link PlacementDriver.clusterId} resolves to. */
  readonly id: ClusterId
  /** Never 0. */
  readonly memberId: bigint
  /** Unix ms. */
  readonly startedAtMs: number
  readonly placement: PlacementConfig
  readonly regions: RegionView
  /** What is done to keep regions whole and stores even, and where orders go. */
  readonly scheduler: Scheduler
  readonly etcd: EtcdKv
  readonly gc: GcSafePoints
  readonly keyspaces: Keyspaces
  readonly #clock: Clock
  readonly #metadata: MetadataStore
  readonly #lock: FileLock
  readonly #tso: TsoService
  readonly #ids: IdAllocator
  readonly #cluster: ClusterRegistry
  readonly #regions = new RegionCache()
  readonly #saver: RegionSaver
  readonly #queue = new SerialQueue('placement driver changes', waitingChangesMax)
  readonly #heartbeats: Counter
  #clientUrls: readonly string[]
  #closing: Promise<void> | undefined

  /** Use {@link openPlacementDriver}. */
  constructor(deps: PlacementDriverDeps, options: PlacementDriverOptions, metadata: MetadataStore, lock: FileLock) {
    const { clock, telemetry } = deps
    this.#clock = clock
    this.#metadata = metadata
    this.#lock = lock
    this.#clientUrls = [...options.clientUrls]
    this.name = options.name ?? 'pd'
    this.regions = this.#regions
    this.placement = placementConfig(options.placement)
    this.startedAtMs = clock.unixMs()
    const values = new PersistedValues(metadata)
    this.id = values.required(metadataKeys.clusterId, values.decimal(metadataKeys.clusterId))
    this.memberId = values.required(metadataKeys.memberId, values.decimal(metadataKeys.memberId))
    const savedIdEnd = values.required(metadataKeys.idWindowEnd, values.count(metadataKeys.idWindowEnd))
    const savedTsoEnd = values.required(metadataKeys.tsoWindowEnd, values.count(metadataKeys.tsoWindowEnd))
    this.#ids = new IdAllocator(savedIdEnd, (end) =>
      metadata.commit([{ key: metadataKeys.idWindowEnd, value: encodeDecimal(end) }]),
    )
    this.#tso = new TsoService(new TsoAllocator(defaultTsoOptions, savedTsoEnd, clock.unixMs(), clock.now()), {
      clock,
      telemetry,
      saveWindow: (endMs) => metadata.commit([{ key: metadataKeys.tsoWindowEnd, value: encodeDecimal(endMs) }]),
    })
    this.#saver = new RegionSaver(metadata, clock)
    this.etcd = new EtcdKv(metadata, values, this.#queue)
    this.gc = new GcSafePoints({
      metadata,
      values,
      etcd: this.etcd,
      queue: this.#queue,
      unixMs: () => this.#tso.unixMs(),
    })
    const { maxReplicas } = this.placement
    this.#cluster = new ClusterRegistry({ metadata, values, clock, regions: this.#regions, maxReplicas })
    this.scheduler = new Scheduler(
      {
        ...deps,
        regions: this.#regions,
        stores: {
          all: () => this.storeRecords({ includeTombstones: false }),
          get: (id) => this.storeRecord(id),
          stateName: (record) => this.storeStateName(record),
        },
        ids: this.#ids,
        canJoin: () => this.#cluster.version !== undefined && compareVersions(this.#cluster.version, jointVersion) >= 0,
      },
      this.placement,
    )
    this.keyspaces = new Keyspaces(Math.floor((this.bootstrapTimeMs ?? this.startedAtMs) / 1000))
    for (const region of values.decodeAll(metadataKeys.regionPrefix, decodeRegion)) this.#regions.restore(region)
    this.#heartbeats = telemetry.counter({
      name: 'pd_scheduler_region_heartbeat',
      help: 'Region reports by the store of the leader and outcome.',
      labels: ['store', 'type', 'status'],
    })
  }

  /** How far regions are from having their replicas. Looks at every region. */
  replication(): ReplicationProgress {
    return replicationProgress(
      this.regions,
      this.storeRecords({ includeTombstones: false }),
      this.placement.maxReplicas,
    )
  }

  get clientUrls(): readonly string[] {
    return this.#clientUrls
  }

  /** Replaces what the member list says, for a server that learns its port when it listens. */
  announce(clientUrls: readonly string[]): void {
    this.#clientUrls = [...clientUrls]
  }

  /** The lowest version among the stores that have joined; it never goes back. `0.0.0` before the first. */
  get clusterVersion(): string {
    const { version } = this.#cluster
    return version === undefined ? '0.0.0' : formatVersion(version)
  }

  /** Unix ms; `undefined` until the cluster is bootstrapped. */
  get bootstrapTimeMs(): number | undefined {
    return this.#cluster.bootstrapTimeMs
  }

  get bootstrapped(): boolean {
    return this.#cluster.bootstrapTimeMs !== undefined
  }

  async clusterId(): Promise<ClusterId> {
    this.#checkOpen()
    return this.id
  }

  async isBootstrapped(): Promise<boolean> {
    this.#checkOpen()
    return this.bootstrapped
  }

  /** @throws InvalidBootstrapError, InvalidStoreError */
  bootstrap(store: StoreMeta, region: Region): Promise<BootstrapOutcome> {
    return this.#change(() => this.#cluster.bootstrap(store, region))
  }

  /** @throws InvalidCountError */
  async allocateIds(count: number): Promise<number> {
    this.#checkOpen()
    return this.#ids.take(count)
  }

  /** @throws NotBootstrappedError, InvalidStoreError, DuplicateStoreAddressError, StoreTombstoneError */
  putStore(store: StoreMeta): Promise<void> {
    return this.#change(() => this.#cluster.putStore(store))
  }

  /**
   * Takes a store out of service: offline until no region has a peer there any more, then tombstone. Resolves once that
   * is durable; a store that is on its way out already stays on it.
   * @param options.force also when fewer stores than a region has replicas would be left
   * @throws NotBootstrappedError, StoreNotFoundError, StoreTombstoneError, InvalidStoreError
   */
  removeStore(id: StoreId, options: { readonly force: boolean }): Promise<void> {
    return this.#change(() => this.#cluster.removeStore(id, options))
  }

  async store(id: StoreId): Promise<StoreMeta | undefined> {
    this.#checkOpen()
    return this.#cluster.stores.get(id)?.meta
  }

  async stores(options: { readonly includeTombstones: boolean }): Promise<readonly StoreMeta[]> {
    this.#checkOpen()
    return this.storeRecords(options).map(({ meta }) => meta)
  }

  storeRecord(id: StoreId): StoreRecord | undefined {
    return this.#cluster.stores.get(id)
  }

  /** In order of their ids. */
  storeRecords(options: { readonly includeTombstones: boolean }): readonly StoreRecord[] {
    return this.#cluster.stores.all(options)
  }

  storeStateName(record: StoreRecord): StoreStateName {
    return storeStateName(record, this.#clock.unixMs(), this.startedAtMs, this.placement.maxStoreDownTimeMs)
  }

  storeHeartbeat(stats: StoreStats): Promise<void> {
    return this.reportStore(stats)
  }

  /** @throws NotBootstrappedError, StoreNotFoundError, StoreTombstoneError */
  async reportStore(report: StoreReport): Promise<void> {
    this.#checkOpen()
    this.checkBootstrapped()
    this.#cluster.liveStore(report.storeId)
    this.#cluster.stores.report(report, this.#clock.unixMs())
    // Any store's report will do: one that is gone for good sends none itself.
    if (this.#cluster.emptyOfflineStores().length > 0) await this.#change(() => this.#cluster.buryEmptyStores())
  }

  async regionHeartbeat(heartbeat: RegionHeartbeat): Promise<void> {
    this.reportRegion(heartbeat)
  }

  openRegionHeartbeats(storeId: StoreId, onOperator: (operator: RegionOperator) => void): RegionHeartbeats {
    this.#checkOpen()
    return localHeartbeats(this.scheduler.streams, storeId, onOperator, (heartbeat) => this.regionHeartbeat(heartbeat))
  }

  /**
   * Takes a leader's report of its region; saved some seconds later.
   * @throws NotBootstrappedError, InvalidRegionError, StoreNotFoundError, StoreTombstoneError, StaleRegionError
   */
  reportRegion(report: RegionHeartbeat): AcceptedReport {
    this.#checkOpen()
    this.checkBootstrapped()
    const storeId = report.leader.storeId.toString()
    try {
      checkReport(report)
      this.#cluster.liveStore(report.leader.storeId)
      const accepted = this.#regions.report(report)
      if (accepted.worthSaving) this.#saver.save(report.region)
      for (const { region } of accepted.removed) this.#saver.remove(region.id)
      this.scheduler.reported(accepted)
      this.#heartbeats.add(1, storeId, 'report', 'ok')
      return accepted
    } catch (error) {
      this.#heartbeats.add(1, storeId, 'report', error instanceof StaleRegionError ? 'stale' : 'err')
      throw error
    }
  }

  /** @returns false when the region is unknown or has newer buckets */
  reportBuckets(regionId: RegionId, buckets: RegionBuckets): boolean {
    return this.#regions.reportBuckets(regionId, buckets)
  }

  async regionByKey(key: Uint8Array): Promise<RegionRoute | undefined> {
    this.#checkOpen()
    return route(this.regions.byKey(key))
  }

  async regionBefore(key: Uint8Array): Promise<RegionRoute | undefined> {
    this.#checkOpen()
    return route(this.regions.previousByKey(key))
  }

  async regionById(id: RegionId): Promise<RegionRoute | undefined> {
    this.#checkOpen()
    return route(this.regions.byId(id))
  }

  async regionsInRange(start: Uint8Array, end: Uint8Array, limitCount: number): Promise<readonly RegionRoute[]> {
    this.#checkOpen()
    return this.regions.scan(start, end, limitCount).map(({ region, leader }) => ({ region, leader }))
  }

  /**
   * Ids for `count` new regions cut from `region`, each with as many peers.
   * @throws NotBootstrappedError, InvalidCountError
   * @throws UnknownRegionError, StaleRegionError when what is known of the region differs from what the caller believes
   */
  async askSplit(region: Region, count: number): Promise<SplitIds[]> {
    this.#checkOpen()
    this.checkBootstrapped()
    if (!Number.isInteger(count) || count < 1 || count > splitCountMax) {
      throw new InvalidCountError('split', count, splitCountMax)
    }
    const known = this.regions.byKey(region.startKey)?.region
    if (known === undefined) throw new UnknownRegionError(region.id)
    if (region.epoch.version < known.epoch.version || region.epoch.confVer < known.epoch.confVer) {
      throw new StaleRegionError(
        region.id,
        region.epoch,
        known.id,
        known.epoch,
        'a split was asked for an older form of it',
      )
    }
    const idsEach = 1 + region.peers.length
    const first = await this.#ids.take(count * idsEach)
    const given = Array.from({ length: count }, (_, index): SplitIds => {
      const regionId = first + index * idsEach
      return { regionId, peerIds: region.peers.map((_, peer) => regionId + 1 + peer) }
    })
    this.scheduler.splitAsked([region.id, ...given.map(({ regionId }) => regionId)])
    return given
  }

  timestamps(count: number): Promise<Timestamp> {
    return this.#tso.take(count)
  }

  /**
   * The last of `count` timestamps, when no disk and no clock has to be waited for: almost always. `undefined`: call
   * {@link EmbeddedPlacementDriver.timestamps}.
   * @throws InvalidCountError, ClosedError
   */
  tryTimestamps(count: number): Timestamp | undefined {
    return this.#tso.tryTake(count)
  }

  async advanceTxnSafePoint(target: Timestamp): Promise<Timestamp> {
    this.#checkOpen()
    if (target > this.gc.txnSafePoint) await this.gc.advanceTxnSafePoint(target)
    return this.gc.txnSafePoint
  }

  async gcSafePoint(): Promise<Timestamp> {
    this.#checkOpen()
    return this.gc.gcSafePoint
  }

  async updateGcSafePoint(safePoint: Timestamp): Promise<Timestamp> {
    this.#checkOpen()
    return this.gc.updateGcSafePoint(safePoint)
  }

  /** @throws InvalidServiceError, PdLimitError */
  async updateServiceSafePoint(serviceId: string, safePoint: Timestamp, ttlSeconds: number): Promise<ServiceSafePoint> {
    this.#checkOpen()
    const { lowest, ttlSeconds: left } = await this.gc.updateService(
      serviceId,
      safePoint,
      ttlSeconds === Number.POSITIVE_INFINITY ? neverExpires : BigInt(Math.ceil(ttlSeconds)),
    )
    const ttlLeft = left === neverExpires ? Number.POSITIVE_INFINITY : Number(left)
    return { serviceId: lowest.serviceId, safePoint: lowest.safePoint, ttlSeconds: ttlLeft }
  }

  /** @throws NotBootstrappedError */
  checkBootstrapped(): void {
    this.#cluster.checkBootstrapped()
  }

  /** Saves what is still to be saved, closes the file, gives up the directory. Calls in flight end first; later ones throw ClosedError. */
  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #close(): Promise<void> {
    this.scheduler.close()
    await this.#tso.close()
    await this.#queue.idle()
    try {
      await this.#saver.flush()
    } finally {
      await this.#metadata.close()
      await this.#lock.release()
    }
  }

  #checkOpen(): void {
    if (this.#closing !== undefined) throw new ClosedError('placement driver')
  }

  /** One change at a time: what the job checks is still so when its commit is durable. */
  async #change<T>(job: () => Promise<T>): Promise<T> {
    this.#checkOpen()
    return this.#queue.run(job)
  }
}

function route(state: RegionState | undefined): RegionRoute | undefined {
  return state && { region: state.region, leader: state.leader }
}
