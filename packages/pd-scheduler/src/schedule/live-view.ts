import type { Clock, Instant, RegionId, StoreId } from '@stratakv/core'
import type { RegionState, RegionView } from '../region-cache.ts'
import type { StoreRecord, StoreStateName } from '../stores.ts'
import { type ClusterView, noInfluence, type StoreInfluence, type StoreView } from './cluster-view.ts'
import type { OperatorBook } from './operator-book.ts'
import type { OperatorKind } from './operator-plan.ts'
import type { OrderStreams } from './order-streams.ts'
import type { PlacementConfig } from './placement-config.ts'
import type { StoreFlow, StoreLimits } from './store-limit.ts'

/** What is known of stores, for {@link LiveView}. */
export interface StoreDirectory {
  /** In order of their ids, without tombstones. */
  all(): readonly StoreRecord[]
  get(id: StoreId): StoreRecord | undefined
  stateName(record: StoreRecord): StoreStateName
}

export interface LiveViewDeps {
  readonly clock: Clock
  readonly stores: StoreDirectory
  readonly regions: RegionView
  readonly book: OperatorBook
  readonly limits: StoreLimits
  readonly streams: OrderStreams
}

/** Regions whose split is remembered at most; the oldest is forgotten first. */
const splitsMax = 100_000

/** {@link ClusterView} of the cluster as it is. What costs to make is made once, until {@link LiveView.refresh}. */
export class LiveView implements ClusterView {
  readonly config: PlacementConfig
  readonly #deps: LiveViewDeps
  /** Regions for which a plan waits for its ids. */
  readonly #reserved = new Map<RegionId, OperatorKind>()
  readonly #splitAt = new Map<RegionId, Instant>()
  #stores: readonly StoreView[] | undefined
  #influences: ReadonlyMap<StoreId, StoreInfluence> | undefined

  constructor(deps: LiveViewDeps, config: PlacementConfig) {
    this.#deps = deps
    this.config = config
  }

  get regions(): RegionView {
    return this.#deps.regions
  }

  get stores(): readonly StoreView[] {
    this.#stores ??= this.#deps.stores.all().map((record) => this.#viewOf(record))
    return this.#stores
  }

  /** To be called when something has changed. */
  refresh(): void {
    this.#stores = undefined
    this.#influences = undefined
  }

  store(id: StoreId): StoreView | undefined {
    const record = this.#deps.stores.get(id)
    return record === undefined || record.meta.state === 'tombstone' ? undefined : this.#viewOf(record)
  }

  influence(id: StoreId): StoreInfluence {
    this.#influences ??= this.#deps.book.influences()
    return this.#influences.get(id) ?? noInfluence
  }

  hasOperator(id: RegionId): boolean {
    return this.#deps.book.running(id) !== undefined || this.#reserved.has(id)
  }

  isHeard({ leader }: RegionState): boolean {
    return leader !== undefined && this.#deps.streams.listens(leader.storeId)
  }

  hasRoom(id: StoreId, flow: StoreFlow, sizeMiB: number): boolean {
    return this.#deps.limits.hasRoom(id, flow, sizeMiB, this.#deps.clock.now())
  }

  isFreshlySplit(id: RegionId): boolean {
    const at = this.#splitAt.get(id)
    if (at === undefined) return false
    if (this.#deps.clock.now() - at < this.config.splitMergeIntervalMs) return true
    this.#splitAt.delete(id)
    return false
  }

  noteSplit(ids: readonly RegionId[]): void {
    for (const id of ids) {
      this.#splitAt.delete(id)
      this.#splitAt.set(id, this.#deps.clock.now())
      const oldest = this.#splitAt.size > splitsMax ? this.#splitAt.keys().next().value : undefined
      if (oldest !== undefined) this.#splitAt.delete(oldest)
    }
  }

  reserve(id: RegionId, kind: OperatorKind): void {
    this.#reserved.set(id, kind)
  }

  /** Operators that run or are about to. */
  countOf(kind: OperatorKind): number {
    let count = this.#deps.book.countOf(kind)
    for (const reserved of this.#reserved.values()) if (reserved === kind) count++
    return count
  }

  get reservedCount(): number {
    return this.#reserved.size
  }

  release(id: RegionId): void {
    this.#reserved.delete(id)
  }

  #viewOf(record: StoreRecord): StoreView {
    const { meta, report, lastHeartbeatMs } = record
    const state = this.#deps.stores.stateName(record)
    // Sooner than its silence shows: a store whose leaders no longer report gets nothing until it is heard of again.
    const isGone = state === 'Up' && this.#deps.streams.fellSilentAfter(meta.id, lastHeartbeatMs)
    return {
      id: meta.id,
      labels: meta.labels,
      state: isGone ? 'Disconnected' : state,
      isBusy: report?.isBusy ?? false,
      capacityBytes: report?.capacityBytes ?? 0,
      availableBytes: report?.availableBytes ?? 0,
      snapshotCount: Math.max(
        report?.sendingSnapshotCount ?? 0,
        report?.receivingSnapshotCount ?? 0,
        report?.applyingSnapshotCount ?? 0,
      ),
      load: this.#deps.regions.load(meta.id),
    }
  }
}
