import { compareBytes, equalBytes, MaxTimestampNotSyncedError, type Timestamp } from '@stratakv/core'
import {
  AssertionFailedError,
  type AssertionLevel,
  appendTs,
  type CommitKind,
  type CommitTimestamps,
  CommitTsTooLargeError,
  encodeKey,
  KeyIsLockedError,
  type KeyMutation,
  KeyTooLargeError,
  type MutationAssertion,
  type MutationKind,
  type MvccReader,
  MvccTxn,
  PessimisticLockNotFoundError,
  type PrewriteProperties,
  prewriteKey,
  type Steps,
  WriteConflictError,
  wait,
} from '@stratakv/mvcc'
import type { CommandEnv, WriteCommand, WriteResult } from '../command.ts'
import type { KeyGuard } from '../concurrency-manager.ts'
import type { RequestContext } from '../request.ts'
import { txnCommand } from './txn-command.ts'

export interface Mutation {
  readonly kind: MutationKind
  /** Raw. */
  readonly key: Uint8Array
  /** Of a put or insert; absent is empty. */
  readonly value?: Uint8Array
  /** Absent: `none`. */
  readonly assertion?: MutationAssertion
  /**
   * kvrpcpb's `is_pessimistic_lock` of this mutation; absent is false. TiKV 6.1 drops the mutations behind the end of a list
   * of flags that is too short; here they are prewritten as keys that were not locked.
   */
  readonly isPessimisticLock?: boolean
}

/** Keys are raw. Buffers belong to the command until it has answered. */
export interface PrewriteRequest {
  readonly context: RequestContext
  readonly mutations: readonly Mutation[]
  readonly primary: Uint8Array
  readonly startTs: Timestamp
  readonly lockTtlMs: number
  /** Keys in the whole transaction; 0 or absent is unknown. */
  readonly txnSize?: number
  /** 0 or absent: no promise. */
  readonly minCommitTs?: Timestamp
  /** 0 or absent: an optimistic transaction. */
  readonly forUpdateTs?: Timestamp
  readonly skipConstraintCheck?: boolean
  /** Context.is_retry_request. */
  readonly isRetryRequest?: boolean
  /** Absent: `off`. */
  readonly assertionLevel?: AssertionLevel
  /**
   * The client offers async commit; the list (raw keys, empty without the primary) goes into the primary's lock. Absent, or
   * left out by an edge that declines: the answer's `minCommitTs` is 0 and the client commits in two phases.
   */
  readonly asyncCommitSecondaries?: readonly Uint8Array[]
  /** The client offers a one-phase commit. Declined in the same way. */
  readonly tryOnePhase?: boolean
  /** Limit of a calculated commit timestamp; 0 or absent is none. */
  readonly maxCommitTs?: Timestamp
}

export interface PrewriteResponse {
  /** Other transactions' locks, all that were met. Not empty: nothing was written. */
  readonly locked: readonly KeyIsLockedError[]
  /** 0: no async commit. */
  readonly minCommitTs: Timestamp
  /** Not 0: the transaction is committed. */
  readonly onePhaseCommitTs: Timestamp
}

/**
 * From this many mutations on, one look at the write column family between the smallest and the largest key pays:
 * if there is nothing, no key needs its own check. Bulk loads into new ranges are like that. (TiKV `commands/prewrite.rs`)
 */
export const bulkCheckMutationCountMin = 13

/**
 * KvPrewrite, optimistic and pessimistic. Throws every failure but foreign locks: WriteConflictError, AlreadyExistError,
 * PessimisticLockNotFoundError, LockTypeNotMatchError, AssertionFailedError, KeyTooLargeError, InvalidTxnRequestError;
 * MaxTimestampNotSyncedError when it offers to calculate the commit timestamp and max_ts cannot be relied on.
 */
export function prewriteCommand(request: PrewriteRequest): WriteCommand<PrewriteResponse> {
  const mutations = request.mutations.map(
    ({ kind, key, value = noValue, assertion = 'none', isPessimisticLock = false }): KeyMutation => ({
      kind,
      key: encodeKey(key),
      value,
      assertion,
      isPessimisticLock: isPessimisticLock && isPessimistic(request),
    }),
  )
  return txnCommand({
    name: 'prewrite',
    context: request.context,
    keys: mutations.map(({ key }) => key),
    extraWriteBytes: mutations.reduce((sum, { value }) => sum + value.length + request.primary.length, 0),
    decide: (reader, env) => new Prewriter(request, mutations, env).decide(reader),
  })
}

const noValue = new Uint8Array(0)

function isPessimistic({ forUpdateTs = 0n }: PrewriteRequest): boolean {
  return forUpdateTs !== 0n
}

/** One round of a prewrite: how the offers to calculate the commit timestamp fare from key to key. */
class Prewriter implements CommitTimestamps {
  private readonly request: PrewriteRequest
  private readonly mutations: readonly KeyMutation[]
  private readonly env: CommandEnv
  private readonly txn: MvccTxn
  private readonly guards: KeyGuard[] = []
  private secondaries: readonly Uint8Array[] | undefined
  private triesOnePhase: boolean
  /** Highest min_commit_ts over the keys; 0 once the offers are off the table. */
  private minCommitTs: Timestamp = 0n

  constructor(request: PrewriteRequest, mutations: readonly KeyMutation[], env: CommandEnv) {
    this.request = request
    this.mutations = mutations
    this.env = env
    this.txn = new MvccTxn(request.startTs)
    this.secondaries = request.asyncCommitSecondaries
    this.triesOnePhase = request.tryOnePhase ?? false
  }

  *decide(reader: MvccReader): Steps<WriteResult<PrewriteResponse>> {
    for (const { key } of this.mutations) {
      if (key.length > this.env.maxKeyBytes) throw new KeyTooLargeError(key.length, this.env.maxKeyBytes)
    }
    this.checkMaxTsSynced()
    try {
      return yield* this.prewriteAll(reader)
    } catch (error) {
      for (const guard of this.guards) guard.release()
      throw error
    }
  }

  maxTs(): Timestamp {
    return this.env.concurrency.maxTs()
  }

  updateMaxTs(timestamp: Timestamp): void {
    this.env.concurrency.updateMaxTs(timestamp)
  }

  guard(key: Uint8Array, lock: Parameters<KeyGuard['setLock']>[0]): void {
    // A request may name a key twice, and the guard of the first must not be taken again.
    let guard = this.guards.find((candidate) => equalBytes(candidate.key, key))
    if (guard === undefined) {
      guard = this.env.concurrency.lockKey(key)
      this.guards.push(guard)
    }
    guard.setLock(lock)
  }

  private *prewriteAll(reader: MvccReader): Steps<WriteResult<PrewriteResponse>> {
    const mode = yield* this.mode(reader)
    const locked: KeyIsLockedError[] = []
    let failedAssertion: AssertionFailedError | undefined
    for (const [index, mutation] of this.mutations.entries()) {
      try {
        yield* this.prewriteOne(reader, this.properties(mode), mutation, this.request.mutations[index]!.key)
      } catch (error) {
        if (needsFateCheck(error, this.request.startTs)) {
          const record = yield* reader.commitRecordSteps(mutation.key, this.request.startTs)
          // The prewrite came late: the transaction is committed, and what stands in the way came after it.
          if (record.type === 'record' && record.write.kind !== 'rollback') return this.committed(record.commitTs)
        }
        if (error instanceof KeyIsLockedError) locked.push(error)
        else if (error instanceof AssertionFailedError) failedAssertion ??= error
        else if (error instanceof CommitTsTooLargeError) this.fallBack()
        else throw error
      }
    }
    if (failedAssertion !== undefined && locked.length === 0) throw failedAssertion
    if (locked.length > 0) return this.nothingWritten({ locked, minCommitTs: 0n, onePhaseCommitTs: 0n })
    return this.prewritten()
  }

  private *prewriteOne(
    reader: MvccReader,
    properties: PrewriteProperties,
    mutation: KeyMutation,
    rawKey: Uint8Array,
  ): Steps<void> {
    const stored = this.secondaries === undefined || equalBytes(rawKey, this.request.primary) ? this.secondaries : []
    const minCommitTs = yield* prewriteKey(reader, this.txn, properties, this, mutation, stored)
    if (properties.commitKind.type === 'two-phase') return
    // 0: this key was prewritten before as an ordinary lock, so the transaction has to go on as an ordinary one.
    if (minCommitTs === 0n) this.fallBack()
    else if (minCommitTs > this.minCommitTs) this.minCommitTs = minCommitTs
  }

  private checkMaxTsSynced(): void {
    if (this.secondaries === undefined && !this.triesOnePhase) return
    const { regionId } = this.request.context.kv
    if (!this.env.concurrency.isMaxTsSynced(regionId)) throw new MaxTimestampNotSyncedError(regionId)
  }

  /** From here on plain locks, which the client commits in a second phase. */
  private fallBack(): void {
    this.minCommitTs = 0n
    this.secondaries = undefined
    this.triesOnePhase = false
    this.txn.putDeferred()
  }

  private prewritten(): WriteResult<PrewriteResponse> {
    if (this.triesOnePhase) this.txn.commitDeferred(this.minCommitTs)
    return {
      changes: this.txn.changes,
      response: {
        locked: [],
        minCommitTs: this.secondaries === undefined ? 0n : this.minCommitTs,
        onePhaseCommitTs: this.triesOnePhase ? this.minCommitTs : 0n,
      },
      keyGuards: this.guards,
    }
  }

  private committed(commitTs: Timestamp): WriteResult<PrewriteResponse> {
    return this.nothingWritten({
      locked: [],
      minCommitTs: this.request.asyncCommitSecondaries === undefined ? 0n : commitTs,
      onePhaseCommitTs: this.request.tryOnePhase ? commitTs : 0n,
    })
  }

  private nothingWritten(response: PrewriteResponse): WriteResult<PrewriteResponse> {
    return { changes: [], response, keyGuards: this.guards }
  }

  private *mode(reader: MvccReader): Steps<PrewriteProperties['mode']> {
    const { forUpdateTs = 0n, isRetryRequest = false, skipConstraintCheck = false } = this.request
    if (isPessimistic(this.request)) return { type: 'pessimistic', forUpdateTs, isRetryRequest }
    const skips = skipConstraintCheck || (yield* this.rangeIsNew(reader))
    return { type: 'optimistic', skipsConstraintCheck: skips }
  }

  private *rangeIsNew(reader: MvccReader): Steps<boolean> {
    if (this.mutations.length < bulkCheckMutationCountMin) return false
    let smallest = this.mutations[0]!.key
    let largest = smallest
    for (const { key } of this.mutations) {
      if (compareBytes(key, smallest) < 0) smallest = key
      else if (compareBytes(key, largest) > 0) largest = key
    }
    // A record at timestamp 0, the one excluded, does not exist.
    return !(yield* wait(reader.hasWrites(smallest, appendTs(largest, 0n))))
  }

  private properties(mode: PrewriteProperties['mode']): PrewriteProperties {
    const { startTs, primary, lockTtlMs, txnSize = 0, minCommitTs = 0n, assertionLevel = 'off' } = this.request
    return { startTs, primary, lockTtlMs, txnSize, minCommitTs, mode, assertionLevel, commitKind: this.commitKind() }
  }

  private commitKind(): CommitKind {
    const { maxCommitTs = 0n } = this.request
    if (this.triesOnePhase) return { type: 'one-phase', maxCommitTs }
    return this.secondaries === undefined ? { type: 'two-phase' } : { type: 'async', maxCommitTs }
  }
}

/** True for errors that a prewrite repeated after its transaction's commit can meet. */
function needsFateCheck(error: unknown, startTs: Timestamp): boolean {
  if (error instanceof WriteConflictError) return error.conflictCommitTs > startTs
  return (
    error instanceof PessimisticLockNotFoundError ||
    error instanceof KeyIsLockedError ||
    error instanceof CommitTsTooLargeError
  )
}
