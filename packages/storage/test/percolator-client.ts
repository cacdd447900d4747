import { below, physicalMs, type Timestamp } from '@stratakv/core'
import {
  CommitTsExpiredError,
  CommittedError,
  KeyIsLockedError,
  type LockInfo,
  TxnLockNotFoundError,
  type TxnStatus,
  WriteConflictError,
} from '@stratakv/mvcc'
import type { SeededRandom } from '@stratakv/testkit'
import { commitCommand } from '../src/commands/commit.ts'
import { type Mutation, type PrewriteResponse, prewriteCommand } from '../src/commands/prewrite.ts'
import { resolveLockLiteCommand } from '../src/commands/resolve-lock.ts'
import { batchRollbackCommand } from '../src/commands/rollback.ts'
import { checkSecondaryLocksCommand, checkTxnStatusCommand } from '../src/commands/txn-status.ts'
import type { Storage } from '../src/storage.ts'
import { bytes, text } from './memory-kv.ts'

export const context = { kv: { regionId: 1 } }

export type CommitMode = 'two-phase' | 'async' | 'one-phase'

/** What one transaction did, as its client knows it. */
export interface TxnTrace {
  readonly startTs: Timestamp
  readonly mode: CommitMode
  /** Value of each key read at `startTs`; `undefined`: not there. */
  readonly reads: ReadonlyMap<string, string | undefined>
  readonly writes: ReadonlyMap<string, string | undefined>
  /** `died`: nobody told the client, it may be either. */
  outcome: { type: 'committed'; commitTs: Timestamp; endedAt: Timestamp } | { type: 'aborted' } | { type: 'died' }
}

/** Of one call: many times what contention costs, so that a lock nobody can ever remove fails the test instead of hanging it. */
const attemptCountMax = 20_000
const lockTtlMs = 30

/** Timestamps a millisecond apart, so that locks grow old by themselves. */
export class TestOracle {
  #ms = 100
  next(): Timestamp {
    return BigInt(++this.#ms) << 18n
  }
  last(): Timestamp {
    return BigInt(this.#ms) << 18n
  }
  /** Makes every lock expired. */
  skip(ms: number): void {
    this.#ms += ms
  }
}

/**
 * A client of the least size that commits in all three ways and resolves what others left behind, as TiKV's clients do. Each
 * request goes to a handful of keys at most, as if they were in different regions. With `dies` it stops at any point for good.
 */
export class PercolatorClient {
  readonly #storage: Storage
  readonly #oracle: TestOracle
  readonly #random: SeededRandom

  constructor(storage: Storage, oracle: TestOracle, random: SeededRandom) {
    this.#storage = storage
    this.#oracle = oracle
    this.#random = random
  }

  async transact(keys: readonly string[], newValue: (startTs: Timestamp) => string, mode: CommitMode, mayDie: boolean) {
    const startTs = this.#oracle.next()
    const reads = new Map<string, string | undefined>()
    for (const key of keys) reads.set(key, await this.read(key, startTs))
    const written = keys.filter(() => below(this.#random, 3) > 0)
    const writes = new Map(written.map((key) => [key, below(this.#random, 5) === 0 ? undefined : newValue(startTs)]))
    const trace: TxnTrace = { startTs, mode, reads, writes, outcome: { type: 'aborted' } }
    if (writes.size > 0) trace.outcome = await this.#commit(trace, mayDie)
    return trace
  }

  async read(key: string, version: Timestamp): Promise<string | undefined> {
    for (let attempt = 0; attempt < attemptCountMax; attempt++) {
      try {
        return text(await this.#storage.get({ context, key: bytes(key), version }))
      } catch (error) {
        if (!(error instanceof KeyIsLockedError)) throw error
        await this.resolve(error.lockInfo, version)
      }
    }
    throw new Error(`the lock on ${key} does not go away`)
  }

  /** Ends the transaction of a lock if it is time. */
  async resolve(lock: LockInfo, callerStartTs: Timestamp): Promise<void> {
    const currentTs = this.#oracle.next()
    const status = await this.#status(lock, callerStartTs, currentTs, false)
    if (status.type !== 'uncommitted') return this.#settle(lock, status)
    if (!status.lock.useAsyncCommit) return
    const isExpired = physicalMs(status.lock.startTs) + status.lock.ttlMs < physicalMs(currentTs)
    if (!isExpired) return
    const fate = await this.#fateOf(status.lock)
    if (fate !== 'not-async')
      return this.#finish([...status.lock.secondaries, lock.primary, lock.key], lock.startTs, fate)
    // It fell back half-way: the primary alone decides.
    await this.#settle(lock, await this.#status(lock, callerStartTs, currentTs, true))
  }

  async #settle({ key, startTs }: LockInfo, status: TxnStatus): Promise<void> {
    if (status.type !== 'uncommitted') {
      await this.#finish([key], startTs, status.type === 'committed' ? status.commitTs : 0n)
    }
  }

  #status(
    lock: LockInfo,
    callerStartTs: Timestamp,
    currentTs: Timestamp,
    forceSyncCommit: boolean,
  ): Promise<TxnStatus> {
    return this.#storage.execute(
      checkTxnStatusCommand({
        context,
        primary: lock.primary,
        lockTs: lock.startTs,
        callerStartTs,
        currentTs,
        rollbackIfNotExist: true,
        forceSyncCommit,
        resolvingPessimisticLock: false,
      }),
    )
  }

  /** The commit timestamp, or 0: rolled back. */
  async #fateOf({ startTs, secondaries, minCommitTs }: LockInfo): Promise<Timestamp | 'not-async'> {
    let commitTs = minCommitTs
    for (const key of secondaries) {
      const found = await this.#storage.execute(checkSecondaryLocksCommand({ context, keys: [key], startTs }))
      if (found.type === 'committed') return found.commitTs
      if (found.type === 'rolled-back') return 0n
      for (const lock of found.locks) {
        if (!lock.useAsyncCommit) return 'not-async'
        if (lock.minCommitTs > commitTs) commitTs = lock.minCommitTs
      }
    }
    return commitTs
  }

  async #finish(keys: readonly Uint8Array[], startTs: Timestamp, commitTs: Timestamp): Promise<void> {
    await this.#storage.execute(resolveLockLiteCommand({ context, keys, startTs, commitTs }))
  }

  async #commit(trace: TxnTrace, mayDie: boolean): Promise<TxnTrace['outcome']> {
    const { startTs, mode } = trace
    const keys = [...trace.writes.keys()].map(bytes)
    const dies = () => mayDie && below(this.#random, 6) === 0
    let calculated: Timestamp | undefined = 0n
    // As clients do that promise more than snapshots: whoever begins after the answer must see the commit.
    const minCommitTs = this.#oracle.next()
    const batches = mode === 'one-phase' || below(this.#random, 2) === 0 ? [keys] : keys.map((key) => [key])
    for (const batch of batches) {
      if (dies()) return { type: 'died' }
      const answer = await this.#prewrite(trace, batch, keys, minCommitTs)
      if (answer === 'conflict') {
        if (dies()) return { type: 'died' }
        await this.#rollBack(keys, startTs)
        return { type: 'aborted' }
      }
      const ts = mode === 'one-phase' ? answer.onePhaseCommitTs : answer.minCommitTs
      if (ts === 0n || calculated === undefined) calculated = undefined
      else if (ts > calculated) calculated = ts
    }
    if (mode === 'one-phase' && calculated !== undefined) return this.#committedAt(calculated)
    const isDecided = mode === 'async' && calculated !== undefined
    const commitTs = isDecided ? calculated! : this.#oracle.next()
    const outcome = this.#committedAt(commitTs)
    for (const key of keys) {
      const mayFail = !isDecided && key === keys[0]
      if (dies()) return mayFail ? { type: 'died' } : outcome
      try {
        await this.#storage.execute(commitCommand({ context, keys: [key], startTs, commitTs }))
      } catch (error) {
        if (!(mayFail && (error instanceof CommitTsExpiredError || error instanceof TxnLockNotFoundError))) throw error
        await this.#rollBack(keys, startTs)
        return { type: 'aborted' }
      }
    }
    return this.#committedAt(commitTs)
  }

  #committedAt(commitTs: Timestamp): TxnTrace['outcome'] {
    return { type: 'committed', commitTs, endedAt: this.#oracle.last() }
  }

  async #prewrite(
    { startTs, mode, writes }: TxnTrace,
    batch: readonly Uint8Array[],
    keys: readonly Uint8Array[],
    minCommitTs: Timestamp,
  ): Promise<PrewriteResponse | 'conflict'> {
    const mutations = batch.map((key): Mutation => {
      const value = writes.get(text(key)!)
      return value === undefined ? { kind: 'delete', key } : { kind: 'put', key, value: bytes(value) }
    })
    const command = () =>
      prewriteCommand({
        context,
        mutations,
        primary: keys[0]!,
        startTs,
        lockTtlMs,
        minCommitTs,
        // Now and then too tight, so that it falls back half-way.
        maxCommitTs: below(this.#random, 4) === 0 ? minCommitTs + 1n : 0n,
        tryOnePhase: mode === 'one-phase',
        ...(mode === 'async' ? { asyncCommitSecondaries: keys.slice(1) } : {}),
      })
    for (let attempt = 0; attempt < attemptCountMax; attempt++) {
      try {
        const answer = await this.#storage.execute(command())
        if (answer.locked.length === 0) return answer
        for (const { lockInfo } of answer.locked) {
          if (lockInfo.startTs === startTs) return 'conflict'
          await this.resolve(lockInfo, startTs)
        }
      } catch (error) {
        if (error instanceof WriteConflictError) return 'conflict'
        throw error
      }
    }
    throw new Error('the locks in the way of a prewrite do not go away')
  }

  async #rollBack(keys: readonly Uint8Array[], startTs: Timestamp): Promise<void> {
    try {
      await this.#storage.execute(batchRollbackCommand({ context, keys, startTs }))
    } catch (error) {
      // Then an earlier try was not in vain: whoever asked is told so by the final history.
      if (!(error instanceof CommittedError)) throw error
    }
  }
}
