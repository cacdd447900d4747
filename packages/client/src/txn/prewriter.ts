import type { Region, Timestamp } from '@stratakv/core'
import * as kvrpcpb from '@stratakv/proto/kvrpcpb'
import { encodeBytes } from '@stratakv/wasm'
import type { CallScope } from '../call-scope.ts'
import { AnswerWatch } from './answer-watch.ts'
import { txnCommands } from './commands.ts'
import { type CommitPlan, cutBatches, lockTtlMs } from './commit-plan.ts'
import type { CommittingTxn } from './committing-txn.ts'
import { KeyLockedError, UndeterminedCommitError, WriteConflictError } from './errors.ts'
import { failureOf } from './key-error.ts'
import type { Mutation } from './mem-buffer.ts'
import { inParallel } from './parallel.ts'
import type { TxnEnv } from './txn-env.ts'

/** What stores are offered in place of a second phase. */
export interface CommitOffer {
  readonly asyncCommit: boolean
  readonly onePhase: boolean
  /** No commit timestamp below it. */
  readonly minCommitTs: Timestamp
}

export type Prewritten =
  /** `wasOnePhase`: a request that could have committed everything got no answer, and another way was taken then. */
  | { readonly type: 'locked'; readonly wasOnePhase: boolean }
  /** Committed for everybody; locks are still there. */
  | { readonly type: 'async-committed'; readonly commitTs: Timestamp }
  | { readonly type: 'one-phase-committed'; readonly commitTs: Timestamp }

const requestsAtOnceMax = 16

interface Batch {
  readonly region: Region
  /** Positions in the plan's mutations. */
  readonly indexes: readonly number[]
  /** Of this transaction in this region. */
  readonly regionKeyCount: number
}

/** The first phase of a commit: locks on all keys, in as many requests as regions and sizes ask for, all at once. */
export class Prewriter {
  readonly #env: TxnEnv
  readonly #txn: CommittingTxn
  readonly #plan: CommitPlan
  #asyncCommit: boolean
  #onePhase: boolean
  #minCommitTs: Timestamp
  #onePhaseCommitTs: Timestamp = 0n
  /** A one-phase request went out, and its region moved before an answer came. */
  #wasOnePhase = false
  #wasDeclined = false
  #lockedCount = 0
  /** Mutations (positions) that may be locked: a request with them went out and no answer has settled it. */
  readonly #uncertain = new Set<number>()
  #hasFailed = false
  #hasSent = false

  constructor(env: TxnEnv, txn: CommittingTxn, plan: CommitPlan, offer: CommitOffer) {
    this.#env = env
    this.#txn = txn
    this.#plan = plan
    this.#asyncCommit = offer.asyncCommit
    this.#onePhase = offer.onePhase
    // Never below: a lock with min_commit_ts 0 could not be pushed by readers.
    this.#minCommitTs = offer.minCommitTs > txn.startTs ? offer.minCommitTs : txn.startTs + 1n
  }

  /** False: no store has heard of the transaction. */
  get hasSent(): boolean {
    return this.#hasSent
  }

  /**
   * @throws WriteConflictError, KeyExistsError, TransactionRolledBackError, KeyRefusedError, UndeterminedCommitError, and what requests
   * throw. After all but UndeterminedCommitError the transaction cannot become committed any more.
   */
  async run(scope: CallScope): Promise<Prewritten> {
    const { mutations } = this.#plan
    try {
      await this.#prewrite(scope, [...mutations.keys()], { isFirst: true })
    } catch (error) {
      const canBeCommitted = this.#asyncCommit || this.#onePhase || this.#wasOnePhase
      const uncertainCount = this.#uncertain.size
      // Only if no key is known to be without a lock can others take the transaction for committed.
      if (canBeCommitted && uncertainCount > 0 && this.#lockedCount + uncertainCount === mutations.length) {
        throw new UndeterminedCommitError(this.#txn.startTs, error)
      }
      throw error
    }
    if (this.#wasDeclined) this.#env.offers.declined()
    if (this.#onePhaseCommitTs !== 0n) return { type: 'one-phase-committed', commitTs: this.#onePhaseCommitTs }
    if (this.#asyncCommit) return { type: 'async-committed', commitTs: this.#minCommitTs }
    return { type: 'locked', wasOnePhase: this.#wasOnePhase }
  }

  async #prewrite(scope: CallScope, indexes: readonly number[], { isFirst }: { isFirst: boolean }): Promise<void> {
    const batches = await this.#batches(scope, indexes)
    // A one-phase commit is one request or it is none.
    if (!isFirst || batches.length > 1) this.#onePhase = false
    await inParallel(batches, requestsAtOnceMax, (batch) => this.#prewriteBatch(scope.fork(), batch))
  }

  async #batches(scope: CallScope, indexes: readonly number[]): Promise<Batch[]> {
    const { mutations } = this.#plan
    const groups = await this.#env.regions.groupByRegion(
      scope,
      indexes.map((index) => encodeBytes(mutations[index]!.key)),
    )
    return groups.flatMap(({ region, indexes: positions }) => {
      const own = positions.map((position) => indexes[position]!)
      return cutBatches(mutations, own).map((batch) => ({ region, indexes: batch, regionKeyCount: own.length }))
    })
  }

  async #prewriteBatch(scope: CallScope, batch: Batch): Promise<void> {
    const outcome = await this.#sendBatch(scope, batch)
    // Outside of what watches the request: its parts answer for themselves.
    if (outcome === 'moved') await this.#prewrite(scope, batch.indexes, { isFirst: false })
  }

  async #sendBatch(scope: CallScope, batch: Batch): Promise<'moved' | 'done'> {
    const { regions } = this.#env
    const watch = new AnswerWatch(scope)
    try {
      while (!this.#hasFailed) {
        const isOnePhase = this.#onePhase
        this.#hasSent = true
        const response = await regions.callRegion(scope, txnCommands.prewrite, batch.region, this.#request(batch))
        if (response === 'moved') {
          if (watch.mayHaveRun) this.#doubt(batch)
          if (watch.mayHaveRun && isOnePhase) this.#wasOnePhase = true
          return 'moved'
        }
        watch.answered()
        for (const index of batch.indexes) this.#uncertain.delete(index)
        if (response.errors.length === 0) {
          this.#locked(batch, response)
          return 'done'
        }
        await this.#clear(scope, response.errors)
      }
      return 'done'
    } catch (error) {
      if (watch.mayHaveRun) this.#doubt(batch)
      this.#hasFailed = true
      throw error
    }
  }

  #doubt({ indexes }: Batch): void {
    for (const index of indexes) this.#uncertain.add(index)
  }

  #locked(batch: Batch, { minCommitTs, onePcCommitTs }: kvrpcpb.PrewriteResponse): void {
    this.#lockedCount += batch.indexes.length
    if (this.#onePhase) {
      this.#onePhase = false
      this.#onePhaseCommitTs = onePcCommitTs
      if (onePcCommitTs !== 0n) return
      this.#wasDeclined = true
    }
    if (!this.#asyncCommit) return
    if (minCommitTs === 0n) {
      this.#asyncCommit = false
      this.#wasDeclined = true
    } else if (minCommitTs > this.#minCommitTs) this.#minCommitTs = minCommitTs
  }

  async #clear(scope: CallScope, errors: readonly kvrpcpb.KeyError[]): Promise<void> {
    const { startTs } = this.#txn
    const locks = errors.map((error) => {
      if (error.locked === undefined) throw failureOf(error, startTs)
      return error.locked
    })
    // Waiting for a younger transaction could mean waiting for each other; the older one gives way, and is run again as the younger.
    const younger = locks.find(({ lockVersion }) => lockVersion > startTs)
    if (younger !== undefined) throw new WriteConflictError(startTs, younger.key, younger.lockVersion, 0n)
    const blocking = await this.#env.locks.clearForWriter(scope, locks)
    if (blocking === undefined) return
    await scope.backoff('txn-lock', new KeyLockedError(blocking.key, blocking.lockVersion))
  }

  #request({ indexes, regionKeyCount }: Batch): kvrpcpb.PrewriteRequest {
    const { mutations, primary, secondaries, bytes } = this.#plan
    const asked = indexes.map((index) => mutations[index]!)
    return kvrpcpb.PrewriteRequest.create({
      mutations: asked.map(mutationToMessage),
      primaryLock: primary,
      startVersion: this.#txn.startTs,
      lockTtl: lockTtlMs(bytes, this.#env.clock.now() - this.#txn.beganAt),
      txnSize: BigInt(regionKeyCount),
      minCommitTs: this.#minCommitTs,
      useAsyncCommit: this.#asyncCommit,
      // The request that holds the primary stores them; it costs nothing to leave them out of the others.
      secondaries: this.#asyncCommit && asked.some(({ key }) => key === primary) ? [...secondaries] : [],
      tryOnePc: this.#onePhase,
    })
  }
}

const ops: Record<Mutation['kind'], kvrpcpb.Op> = {
  put: kvrpcpb.Op.Put,
  insert: kvrpcpb.Op.Insert,
  delete: kvrpcpb.Op.Del,
  lock: kvrpcpb.Op.Lock,
  'check-not-exists': kvrpcpb.Op.CheckNotExists,
}

function mutationToMessage({ kind, key, value }: Mutation): kvrpcpb.Mutation {
  return kvrpcpb.Mutation.create({ op: ops[kind], key, value })
}
