import {
  type KeyChange,
  KiB,
  type KvContext,
  type KvSnapshot,
  type MaybePromise,
  maxTimestamp,
  type Timestamp,
} from '@stratakv/core'
import {
  cleanupKey,
  commitKey,
  encodeKey,
  InvalidTxnRequestError,
  InvalidTxnTsoError,
  type LockKind,
  lockScanSteps,
  type MvccReader,
  MvccTxn,
  runSteps,
  type Steps,
  TxnLockNotFoundError,
  withReader,
} from '@stratakv/mvcc'
import type { CommandEnv, WriteCommand, WriteResult } from '../command.ts'
import type { RequestContext } from '../request.ts'
import { done, txnCommand } from './txn-command.ts'

/** Locks found, latched and resolved at a time. */
export const resolveBatchLockCount = 256
/** A write ends with the lock that reaches this many bytes: other commands get a turn between two. */
export const resolveWriteBytesMax = KiB(32)

export interface ResolveLockLiteRequest {
  readonly context: RequestContext
  /** Raw: only these. */
  readonly keys: readonly Uint8Array[]
  readonly startTs: Timestamp
  /** 0: roll back. */
  readonly commitTs: Timestamp
}

/** KvResolveLock with keys. Throws as commit and rollback do; then nothing is written. */
export function resolveLockLiteCommand(request: ResolveLockLiteRequest): WriteCommand<void> {
  const { startTs, commitTs } = request
  const keys = request.keys.map(encodeKey)
  return txnCommand({
    name: 'resolve_lock_lite',
    context: request.context,
    keys,
    exemptFromBusy: true,
    *decide(reader) {
      if (startTs === 0n) throw new InvalidTxnRequestError('resolve lock needs a start version')
      const txn = new MvccTxn(startTs)
      for (const key of keys) {
        if (commitTs === 0n) yield* cleanupKey(reader, txn, key, 0n, 'collapsible')
        else yield* commitKey(reader, txn, key, commitTs)
      }
      return done(txn.changes, undefined)
    },
  })
}

export interface ResolveLockRequest {
  readonly context: RequestContext
  /** Start timestamp of each transaction, and its fate: the commit timestamp, or 0 to roll it back. */
  readonly txns: ReadonlyMap<Timestamp, Timestamp>
}

/**
 * KvResolveLock for all locks of some transactions in the region. Goes through the region in rounds: one without latches
 * finds the next `resolveBatchLockCount` locks, the next ones latch those keys and resolve them, each key looked at
 * afresh. Throws as commit and rollback do; what earlier rounds resolved stays resolved. Locks that are in memory only are not found.
 */
export function resolveLockCommand(request: ResolveLockRequest): WriteCommand<void> {
  return new ResolveLock(request)
}

interface FoundLock {
  /** Encoded. */
  readonly key: Uint8Array
  readonly kind: LockKind
  readonly startTs: Timestamp
}

const noKeys: readonly Uint8Array[] = []

class ResolveLock implements WriteCommand<void> {
  readonly name = 'resolve_lock'
  readonly kv: KvContext
  // How many locks there are shows only on the way, and each write is cut short.
  readonly writeBytes = resolveWriteBytesMax
  readonly exemptFromBusy = true
  latchKeys: readonly Uint8Array[] = noKeys
  private readonly txns: ReadonlyMap<Timestamp, Timestamp>
  /** Found and latched, in key order. */
  private found: readonly FoundLock[] = []
  private resolvedCount = 0
  /** Where the search for further locks begins, encoded. */
  private searchFrom: Uint8Array = new Uint8Array(0)
  private searchHasMore = true

  constructor(request: ResolveLockRequest) {
    this.kv = request.context.kv
    this.txns = request.txns
  }

  process(snapshot: KvSnapshot, _env: CommandEnv): MaybePromise<WriteResult<void>> {
    for (const [startTs, commitTs] of this.txns) {
      if (commitTs !== 0n && commitTs <= startTs) throw new InvalidTxnTsoError(startTs, commitTs)
    }
    if (this.resolvedCount === this.found.length) return runSteps(this.search(snapshot))
    return withReader(snapshot, snapshot.locks, (reader) => this.resolve(reader))
  }

  private *search(snapshot: KvSnapshot): Steps<WriteResult<void>> {
    const { locks, hasMore } = yield* lockScanSteps(snapshot, {
      start: this.searchFrom,
      end: snapshot.region.endKey,
      maxTs: maxTimestamp,
      limitCount: resolveBatchLockCount,
      accepts: (lock) => this.txns.has(lock.startTs),
    })
    this.found = locks.map(({ key, lock }) => ({ key, kind: lock.kind, startTs: lock.startTs }))
    this.resolvedCount = 0
    this.searchHasMore = hasMore
    const last = this.found.at(-1)
    if (last === undefined) return done([], undefined)
    // The next key in bytewise order is the last one with a zero behind it.
    this.searchFrom = new Uint8Array(last.key.length + 1)
    this.searchFrom.set(last.key)
    this.latchKeys = this.found.map(({ key }) => key)
    return { changes: [], response: undefined, continue: true }
  }

  private *resolve(reader: MvccReader): Steps<WriteResult<void>> {
    const changes: KeyChange[] = []
    let writeBytes = 0
    while (this.resolvedCount < this.found.length && writeBytes < resolveWriteBytesMax) {
      const lock = this.found[this.resolvedCount++]!
      const txn = new MvccTxn(lock.startTs)
      yield* this.resolveOne(reader, txn, lock)
      changes.push(...txn.changes)
      writeBytes += txn.writeBytes
    }
    if (this.resolvedCount < this.found.length) return { changes, response: undefined, continue: true }
    this.latchKeys = noKeys
    return { changes, response: undefined, continue: this.searchHasMore }
  }

  private *resolveOne(reader: MvccReader, txn: MvccTxn, { key, kind, startTs }: FoundLock): Steps<void> {
    const commitTs = this.txns.get(startTs)!
    if (commitTs === 0n) {
      yield* cleanupKey(reader, txn, key, 0n, 'collapsible')
      return
    }
    try {
      yield* commitKey(reader, txn, key, commitTs)
    } catch (error) {
      // A pessimistic lock left behind by a statement that was tried again: its owner committed without this key.
      if (!(error instanceof TxnLockNotFoundError && kind === 'pessimistic')) throw error
    }
  }
}
