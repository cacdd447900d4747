import {
  type ApiVersion,
  ByteQuota,
  type Checksum,
  type Clock,
  type ColumnFamily,
  KiB,
  type Kv,
  type MaybePromise,
  MiB,
  type PlacementDriver,
  type RegionId,
  type Telemetry,
  type WriteAdmission,
} from '@stratakv/core'
import type { KeyHistory, LockInfo } from '@stratakv/mvcc'
import type { WriteCommand } from './command.ts'
import { type CommandCounter, commandCounter } from './command-counter.ts'
import { type ConcurrencyManager, createConcurrencyManager } from './concurrency-manager.ts'
import { executeOptions } from './execution-limits.ts'
import { MaxTsSync } from './max-ts-sync.ts'
import { RangeDeletes } from './range-deletes.ts'
import { RawStore } from './raw.ts'
import type {
  BatchGetRequest,
  DeleteRangeRequest,
  GetRequest,
  KvPair,
  MvccGetByKeyRequest,
  MvccGetByStartTsRequest,
  RequestContext,
  ScanLockRequest,
  ScanRequest,
  UnsafeDestroyRangeRequest,
} from './request.ts'
import { createScheduler, type Scheduler } from './scheduler.ts'
import { TxnReads } from './txn-reads.ts'

export interface StorageDeps {
  readonly kv: Kv
  readonly apiVersion: ApiVersion
  readonly admission: WriteAdmission
  readonly clock: Clock
  readonly checksum: Checksum
  readonly telemetry: Telemetry
  readonly placementDriver: Pick<PlacementDriver, 'timestamps'>
  /** Removes `[start, end)` (logical keys) from this store's engine alone, past Raft. */
  destroyRange(cf: ColumnFamily, start: Uint8Array, end: Uint8Array): Promise<void>
}

export interface StorageOptions {
  /** `storage.max-key-size`: raw keys as sent, transactional keys encoded. */
  readonly maxKeyBytes: number
  /** `storage.scheduler-concurrency`: latch slots, rounded up to a power of two. */
  readonly latchSlotCount: number
  /** `storage.scheduler-pending-write-threshold`: writes in flight beyond it are refused with ServerIsBusy. */
  readonly pendingWriteThresholdBytes: number
  /** Commands in flight, small as they may be. Ours: TiKV counts bytes only. */
  readonly pendingCommandCountMax: number
  /** `raftstore.raft-entry-max-size`. */
  readonly raftEntryMaxBytes: number
  /** Of one list answer, values and keys with 16 bytes a pair. Ours: TiKV answers until gRPC refuses to send. */
  readonly replyBytesMax: number
  /** Of all lists that are being put together at one time; beyond it a read is refused with ServerIsBusy. At least one answer. */
  readonly repliesBytesMax: number
  /** Longest run of one long read on the event loop. Ours: TiKV has a thread pool for them. */
  readonly readSliceMs: number
}

/** TiKV 6.1's, and for what it has not: 64 Ki commands at about 1.5 KiB of bookkeeping each are another 100 MiB; a reply is six times what gRPC sends by default, and eight such may be under way; 5 ms is what TiKV calls a light read. */
export const defaultStorageOptions: StorageOptions = {
  maxKeyBytes: KiB(8),
  latchSlotCount: 524_288,
  pendingWriteThresholdBytes: MiB(100),
  pendingCommandCountMax: 65_536,
  raftEntryMaxBytes: MiB(8),
  replyBytesMax: MiB(64),
  repliesBytesMax: MiB(512),
  readSliceMs: 5,
}

/** What an edge knows of the client behind a write command. */
export interface ExecuteContext extends Omit<RequestContext, 'kv'> {
  /** The client's keys, where TiKV checks them against the API version: of a prewrite and of a pessimistic lock. */
  readonly checkedKeys?: readonly Uint8Array[]
}

/**
 * One store's transactional and raw key-value API, in domain types: what a gRPC edge, or a caller in the same process,
 * talks to. Reads answer synchronously when the Kv does. Calls throw or reject with RegionError (ask elsewhere or again),
 * MvccError (a transaction's business), ApiVersionNotMatchedError, what `errors.ts` names, or the engine's error.
 */
export class Storage {
  readonly raw: RawStore
  readonly concurrency: ConcurrencyManager
  readonly #deps: StorageDeps
  readonly #count: CommandCounter
  readonly #scheduler: Scheduler
  readonly #reads: TxnReads
  readonly #rangeDeletes: RangeDeletes
  readonly #maxTsSync: MaxTsSync

  constructor(deps: StorageDeps, options: StorageOptions = defaultStorageOptions) {
    this.#deps = deps
    const count = commandCounter(deps.telemetry)
    const concurrency = createConcurrencyManager()
    const scheduler = createScheduler({ ...deps, concurrency }, options)
    this.#count = count
    this.#scheduler = scheduler
    this.concurrency = concurrency
    const limits = { ...options, quota: new ByteQuota(options.repliesBytesMax) }
    this.raw = new RawStore({ ...deps, scheduler, commandCounter: count }, limits)
    this.#reads = new TxnReads({ ...deps, concurrency, commandCounter: count }, limits)
    this.#rangeDeletes = new RangeDeletes({ ...deps, scheduler, commandCounter: count })
    this.#maxTsSync = new MaxTsSync({ ...deps, concurrency })
  }

  /**
   * To be told that this store serves regions from now on. Until the placement driver has given a timestamp, prewrites
   * that offer async commit or one phase are refused with MaxTimestampNotSyncedError; all else is served at once.
   * Resolves after the first try; others follow by themselves.
   * @throws ClosedError
   */
  beginLeading(regionIds: readonly RegionId[]): Promise<void> {
    return this.#maxTsSync.begin(regionIds)
  }

  /** To be told of regions that another store leads from now on. */
  endLeading(regionIds: readonly RegionId[]): void {
    this.#maxTsSync.end(regionIds)
  }

  /** `undefined`: not found. @throws KeyIsLockedError, WriteConflictError (RCCheckTS) */
  get(request: GetRequest): MaybePromise<Uint8Array | undefined> {
    return this.#reads.get(request)
  }

  /** In the order of `keys`; what is missing is left out, what is locked is an entry with an error. @throws KeyIsLockedError for a lock in memory, ReplyTooLargeError */
  batchGet(request: BatchGetRequest): MaybePromise<readonly KvPair[]> {
    return this.#reads.batchGet(request)
  }

  /** @throws InvalidRequestRangeError, ReplyTooLargeError, KeyIsLockedError for a lock in memory, WriteConflictError (RCCheckTS) */
  scan(request: ScanRequest): MaybePromise<readonly KvPair[]> {
    return this.#reads.scan(request)
  }

  /** Locks on disk with a start timestamp up to `maxVersion`, in key order. @throws KeyIsLockedError for a lock in memory, ReplyTooLargeError */
  scanLock(request: ScanLockRequest): MaybePromise<readonly LockInfo[]> {
    return this.#reads.scanLock(request)
  }

  /** All that is stored about one key. */
  mvccGetByKey(request: MvccGetByKeyRequest): MaybePromise<KeyHistory> {
    return this.#reads.mvccGetByKey(request)
  }

  /** The first key of the region that the transaction wrote; reads the region's whole write column family. */
  mvccGetByStartTs(
    request: MvccGetByStartTsRequest,
  ): MaybePromise<{ readonly key: Uint8Array; readonly history: KeyHistory } | undefined> {
    return this.#reads.mvccGetByStartTs(request)
  }

  /** Runs a write command to its end: admission, latches, snapshot, decision, charge, write. */
  execute<R>(command: WriteCommand<R>, context: ExecuteContext = {}): Promise<R> {
    this.#count(command.name)
    if (context.checkedKeys !== undefined) {
      try {
        this.#deps.apiVersion.checkKeys(context.apiVersion ?? 0, 'txn', command.name, context.checkedKeys)
      } catch (error) {
        return Promise.reject(error)
      }
    }
    return this.#scheduler.execute(command, executeOptions(context, this.#deps.clock))
  }

  /** @throws InvalidRequestRangeError */
  deleteRange(request: DeleteRangeRequest): Promise<void> {
    return this.#rangeDeletes.deleteRange(request)
  }

  /** @throws UnboundedDestroyRangeError, InvalidRequestRangeError */
  unsafeDestroyRange(request: UnsafeDestroyRangeRequest): Promise<void> {
    return this.#rangeDeletes.unsafeDestroyRange(request)
  }

  /** Sum of the estimated bytes of the writes in flight. */
  pendingWriteBytes(): number {
    return this.#scheduler.pendingBytes()
  }

  /** Refuses writes from now on, and resolves when those that were handed to the Kv have settled. Idempotent. The Kv stays open: it is the caller's. */
  close(): Promise<void> {
    this.#maxTsSync.close()
    return this.#scheduler.close()
  }
}
