import type { ColumnFamily, EngineSnapshot, KeyChange } from './kv-engine.ts'
import type { MaybePromise } from './maybe-promise.ts'
import type { MemoryLocks } from './memory-locks.ts'
import type { PeerId, Region, RegionEpoch, RegionId, StoreId, Term } from './region.ts'

/** Which region a request means, and what its sender believes of it. */
export interface KvContext {
  readonly regionId: RegionId
  /** Absent: not checked (commands of the node itself). */
  readonly epoch?: RegionEpoch
  /** Absent: not checked. */
  readonly peer?: { readonly id: PeerId; readonly storeId: StoreId }
  /** 0 or absent: not checked. */
  readonly term?: Term
}

/** One change proposed to a region. Keys are logical: without the physical data prefix. */
export type Modify =
  | KeyChange
  | { readonly type: 'delete-range'; readonly cf: ColumnFamily; readonly start: Uint8Array; readonly end: Uint8Array }

/**
 * A region's data at one moment, with logical keys. `release` it, always. Reads outside the region's range see
 * nothing: callers check their keys against `region` first.
 */
export interface KvSnapshot extends EngineSnapshot {
  readonly region: Region
  readonly term: Term
  /** The region's pessimistic locks that live in memory only, as of now rather than as of the snapshot. */
  readonly locks: MemoryLocks
}

/**
 * How far a write has come. Each is reported at most once, in this order; a stage may be skipped, never repeated. `applied`, which is
 * when the engine has it, may come after the write's promise has resolved.
 */
export type WriteStage = 'proposed' | 'committed' | 'applied'

/** What transactions stand on: reads and atomic, durable writes of one region. */
export interface Kv {
  /** Linearizable: sees every write that was acknowledged before the call. Throws a RegionError, or rejects with one. */
  snapshot(context: KvContext): MaybePromise<KvSnapshot>
  /**
   * Applies the changes atomically (but a `delete-range` only as KvEngine says) and resolves when a later snapshot sees
   * them and no crash can lose them. Rejects with a RegionError or an engine's error; after a rejection that is not a
   * RegionError the outcome is unknown. `onStage` runs synchronously inside the write path: it must be short and must not throw.
   * Buffers belong to the Kv until the promise settles.
   */
  write(context: KvContext, changes: readonly Modify[], onStage?: (stage: WriteStage) => void): Promise<void>
}
