import type { BootstrapOutcome, Clock, Region, StoreId, StoreMeta } from '@stratakv/core'
import { checkBootstrap } from './cluster.ts'
import { InvalidStoreError, NotBootstrappedError, StoreNotFoundError, StoreTombstoneError } from './errors.ts'
import type { MetadataChange, MetadataStore } from './metadata-store.ts'
import {
  decodeStore,
  encodeDecimal,
  encodeRegion,
  encodeStore,
  encodeText,
  metadataKeys,
  type PersistedValues,
} from './persisted-values.ts'
import type { RegionCache } from './region-cache.ts'
import { compareVersions, formatVersion, parseVersion, type SemanticVersion } from './semantic-version.ts'
import { StoreBook, type StoreRecord } from './stores.ts'

export interface ClusterRegistryDeps {
  readonly metadata: MetadataStore
  readonly values: PersistedValues
  readonly clock: Clock
  /** Told of the first region; asked which stores are empty. */
  readonly regions: RegionCache
  /** Replicas a region is meant to have. */
  readonly maxReplicas: number
}

/**
 * Whether there is a cluster, at which version, and which stores belong to it: what {@link StoreBook} decides, made durable
 * before it is so. The asynchronous members must not interleave; the caller runs them one at a time.
 */
export class ClusterRegistry {
  readonly stores = new StoreBook()
  readonly #deps: ClusterRegistryDeps
  #bootstrapTimeMs: number | undefined
  #version: SemanticVersion | undefined

  constructor(deps: ClusterRegistryDeps) {
    const { values } = deps
    this.#deps = deps
    this.#bootstrapTimeMs = values.count(metadataKeys.bootstrapTime)
    this.#version = parseVersion(values.text(metadataKeys.clusterVersion) ?? 'none')
    for (const meta of values.decodeAll(metadataKeys.storePrefix, decodeStore)) this.stores.put(meta)
  }

  /** Unix ms; `undefined` until there is a cluster. */
  get bootstrapTimeMs(): number | undefined {
    return this.#bootstrapTimeMs
  }

  get version(): SemanticVersion | undefined {
    return this.#version
  }

  /** @throws NotBootstrappedError */
  checkBootstrapped(): void {
    if (this.#bootstrapTimeMs === undefined) throw new NotBootstrappedError()
  }

  /** @throws StoreNotFoundError, StoreTombstoneError */
  liveStore(id: StoreId): StoreRecord {
    const record = this.stores.get(id)
    if (record === undefined) throw new StoreNotFoundError(id)
    if (record.meta.state === 'tombstone') throw new StoreTombstoneError(id)
    return record
  }

  async bootstrap(store: StoreMeta, region: Region): Promise<BootstrapOutcome> {
    if (this.#bootstrapTimeMs !== undefined) return 'already-bootstrapped'
    checkBootstrap(store, region)
    const meta = this.stores.planPut(store, this.#version)
    const now = this.#deps.clock.unixMs()
    const version = this.stores.lowestVersion(meta)
    await this.#deps.metadata.commit([
      { key: metadataKeys.bootstrapTime, value: encodeDecimal(now) },
      { key: metadataKeys.store(meta.id), value: encodeStore(meta) },
      { key: metadataKeys.region(region.id), value: encodeRegion(region) },
      ...versionChange(version),
    ])
    this.#bootstrapTimeMs = now
    this.#version = version
    this.stores.put(meta)
    this.#deps.regions.restore(region)
    return 'bootstrapped'
  }

  /** The version follows the oldest store upwards, never down: stores that joined already rely on it. */
  async putStore(store: StoreMeta): Promise<void> {
    this.checkBootstrapped()
    const meta = this.stores.planPut(store, this.#version)
    const lowest = this.stores.lowestVersion(meta)
    const raised = lowest !== undefined && (this.#version === undefined || compareVersions(lowest, this.#version) > 0)
    await this.#deps.metadata.commit([
      { key: metadataKeys.store(meta.id), value: encodeStore(meta) },
      ...versionChange(raised ? lowest : undefined),
    ])
    this.stores.put(meta)
    if (raised) this.#version = lowest
  }

  async removeStore(id: StoreId, options: { readonly force: boolean }): Promise<void> {
    this.checkBootstrapped()
    const { meta } = this.liveStore(id)
    const upCount = this.stores.all({ includeTombstones: false }).filter((store) => store.meta.state === 'up').length
    const { maxReplicas } = this.#deps
    if (meta.state === 'up' && !options.force && upCount - 1 < maxReplicas) {
      throw new InvalidStoreError(id, `only ${upCount - 1} stores would be up, a region has ${maxReplicas} replicas`)
    }
    await this.#save({ ...meta, state: 'offline' })
    await this.buryEmptyStores()
  }

  /** Stores on their way out that no region has a peer on any more. */
  emptyOfflineStores(): StoreMeta[] {
    return this.stores
      .all({ includeTombstones: false })
      .map(({ meta }) => meta)
      .filter((meta) => meta.state === 'offline' && this.#deps.regions.load(meta.id).regionCount === 0)
  }

  async buryEmptyStores(): Promise<void> {
    for (const meta of this.emptyOfflineStores()) await this.#save({ ...meta, state: 'tombstone' })
  }

  async #save(meta: StoreMeta): Promise<void> {
    await this.#deps.metadata.commit([{ key: metadataKeys.store(meta.id), value: encodeStore(meta) }])
    this.stores.put(meta)
  }
}

function versionChange(version: SemanticVersion | undefined): MetadataChange[] {
  return version === undefined ? [] : [{ key: metadataKeys.clusterVersion, value: encodeText(formatVersion(version)) }]
}
