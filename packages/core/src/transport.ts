import { StrataError } from './errors.ts'
import type { RegionId, StoreId } from './region.ts'

/**
 * How the sending of a snapshot ended.
 * - `taken`: the other store has it whole, and said so
 * - `refused`: its receiver did not want it, or found it damaged
 * - `busy`: one side sends or receives as many as it may
 * - `unreachable`: nobody is there, or the way broke; what was received of it is thrown away
 * - `source-failed`: the chunks could not be made
 * - `closed`: this side was closed
 */
export type SnapshotOutcome = 'taken' | 'refused' | 'busy' | 'unreachable' | 'source-failed' | 'closed'

/** A snapshot's content. */
export interface SnapshotChunks {
  /** From the first chunk, each time: a transport that starts again opens it again. A chunk belongs to the transport once it is given. */
  open(): AsyncIterable<Uint8Array>
}

/** The rest of a snapshot will not come. */
export class SnapshotCutError extends StrataError {
  readonly code = 'CORE_SNAPSHOT_CUT'
  /** Who sent it. */
  readonly storeId: StoreId
  constructor(storeId: StoreId, options?: ErrorOptions) {
    super(`a snapshot from store ${storeId} was cut before its end`, options)
    this.storeId = storeId
  }
}

/** What comes in at one store. Nothing here may throw, and none of it runs inside a call of {@link Transport}. */
export interface TransportReceiver {
  /** The bytes belong to the receiver, who does not write to them. May come twice, late, in another order, or not at all. */
  onMessage(from: StoreId, message: Uint8Array): void
  /**
   * Resolves when the snapshot is here, whole: only then does the sender hear `taken`. Rejects to refuse it. `chunks` are as the sender
   * made them, but perhaps cut elsewhere; iterating throws {@link SnapshotCutError} when the rest will not come, and what came is then void.
   */
  onSnapshot(from: StoreId, header: Uint8Array, chunks: AsyncIterable<Uint8Array>): Promise<void>
  /** Messages to the store are being lost. At most once in {@link unreachableIntervalMs} for a store. */
  onUnreachable(storeId: StoreId): void
}

/** Least time between two {@link TransportReceiver.onUnreachable} about one store, as in TiKV's `raft_client.rs`. */
export const unreachableIntervalMs = 10_000

/** Since the transport was made. */
export interface TransportCounts {
  /** Messages that were put on their way. */
  readonly sentCount: number
  /** Messages that were let go because a buffer was full or nobody was there. */
  readonly droppedCount: number
}

/**
 * Raft messages and snapshots from this store to others, and back. What a message says is opaque here. Losing one is always
 * allowed, as Raft says it again; so a full buffer drops what comes, counts it, and never makes the sender wait.
 */
export interface Transport {
  /** Whom this side speaks for. */
  readonly storeId: StoreId
  /** Once, before the first message is sent or taken. */
  start(receiver: TransportReceiver): void
  /** Never throws. False: dropped, and counted. The bytes are handed over. Messages of a region keep their order on a way that works. */
  send(to: StoreId, regionId: RegionId, message: Uint8Array): boolean
  /** What waits for company leaves now. The end of a turn of the host; without it messages leave by themselves soon. */
  flush(): void
  /** Never rejects. */
  sendSnapshot(to: StoreId, regionId: RegionId, header: Uint8Array, content: SnapshotChunks): Promise<SnapshotOutcome>
  counts(): TransportCounts
  /** Snapshots under way end; what waits is dropped; nothing is received any more. Idempotent. */
  close(): Promise<void>
}
