import type { Timestamp } from '@stratakv/core'
import * as kvrpcpb from '@stratakv/proto/kvrpcpb'
import { encodeBytes } from '@stratakv/wasm'
import type { CallScope } from '../call-scope.ts'
import { AnswerWatch } from './answer-watch.ts'
import { txnCommands } from './commands.ts'
import { type CommitPlan, cutBatches, leavesLock, planCommit } from './commit-plan.ts'
import type { CommittingTxn } from './committing-txn.ts'
import { ProtocolViolationError, UndeterminedCommitError } from './errors.ts'
import { freshTimestamp } from './fresh-timestamp.ts'
import { failureOf } from './key-error.ts'
import { LockHeartbeat } from './lock-heartbeat.ts'
import type { Mutation } from './mem-buffer.ts'
import { inParallel } from './parallel.ts'
import { type CommitOffer, Prewriter } from './prewriter.ts'
import type { TxnEnv } from './txn-env.ts'

export interface CommitOptions {
  /** Offer async commit: the answer comes after one round of requests. Default true; stores may decline. */
  readonly asyncCommit?: boolean
  /** Offer to commit in one request what lies in one region. Default true; stores may decline. */
  readonly onePhaseCommit?: boolean
}

const requestsAtOnceMax = 16

/**
 * Two-phase commit of one transaction (Percolator): locks on all keys, then the primary decides, then the others follow in the
 * background. Crashing anywhere is safe: whoever meets a lock asks the primary.
 */
export class Committer {
  readonly #env: TxnEnv
  readonly #txn: CommittingTxn
  readonly #plan: CommitPlan
  readonly #options: CommitOptions
  /** Mutations that leave locks, in key order: the primary first. */
  readonly #locking: readonly Mutation[]

  /** `mutations` in key order, at least one. */
  constructor(env: TxnEnv, txn: CommittingTxn, mutations: readonly Mutation[], options: CommitOptions) {
    this.#env = env
    this.#txn = txn
    this.#plan = planCommit(mutations)
    this.#options = options
    this.#locking = mutations.filter(leavesLock)
  }

  /**
   * The commit timestamp; `undefined` when there were only checks.
   *
   * @throws WriteConflictError, TransactionRolledBackError, KeyExistsError, KeyRefusedError, BackoffExhaustedError, CallAbortedError: the
   * transaction has no effect. UndeterminedCommitError: nobody knows.
   */
  async commit(scope: CallScope): Promise<Timestamp | undefined> {
    const prewriter = new Prewriter(this.#env, this.#txn, this.#plan, await this.#offer(scope))
    const heartbeat = new LockHeartbeat(this.#env, this.#txn, this.#plan.primary)
    try {
      const prewritten = await prewriter.run(scope)
      if (this.#locking.length === 0) return undefined
      if (prewritten.type === 'one-phase-committed') return this.#learn(prewritten.commitTs)
      if (prewritten.type === 'async-committed') {
        await this.#commitInBackground(scope, prewritten.commitTs, this.#locking)
        return this.#learn(prewritten.commitTs)
      }
      const { commitTs, rest } = await this.#commitPrimary(scope)
      this.#learn(commitTs)
      await this.#commitInBackground(scope, commitTs, rest)
      if (!prewritten.wasOnePhase) return commitTs
      return await this.#actualCommitTs(scope).catch((error) => {
        // It is committed, at a timestamp that is not known: anything but a failure that had no effect.
        throw new UndeterminedCommitError(this.#txn.startTs, error)
      })
    } catch (error) {
      if (prewriter.hasSent && !(error instanceof UndeterminedCommitError)) await this.#rollBackInBackground()
      throw error
    } finally {
      heartbeat.stop()
    }
  }

  async #offer(scope: CallScope): Promise<CommitOffer> {
    const { asyncCommit = true, onePhaseCommit = true } = this.#options
    const canOffer = this.#plan.fitsAsyncCommit && this.#env.offers.areWelcome
    const offer = { asyncCommit: canOffer && asyncCommit, onePhase: canOffer && onePhaseCommit }
    if (!offer.asyncCommit && !offer.onePhase) return { ...offer, minCommitTs: 0n }
    // What has committed by now must not get a greater timestamp than this transaction, on whatever store it was.
    return { ...offer, minCommitTs: (await freshTimestamp(this.#env, scope)) + 1n }
  }

  /** The decision: after it the transaction is committed. With the primary go its neighbours, as far as they fit. */
  async #commitPrimary(scope: CallScope): Promise<{ commitTs: Timestamp; rest: readonly Mutation[] }> {
    const keys = this.#locking.map(({ key }) => encodeBytes(key))
    const watch = new AnswerWatch(scope)
    let commitTs = await freshTimestamp(this.#env, scope)
    try {
      for (;;) {
        const groups = await this.#env.regions.groupByRegion(scope, keys)
        // In key order, and grouped by first occurrence: the primary is the first of the first.
        const [{ region, indexes }] = groups as [(typeof groups)[0]]
        const [positions] = cutBatches(this.#locking, indexes) as [number[]]
        const batch = positions.map((position) => this.#locking[position]!)
        const request = this.#commitRequest(commitTs, batch)
        const response = await this.#env.regions.callRegion(scope, txnCommands.commit, region, request)
        if (response === 'moved') continue
        watch.answered()
        if (response.error === undefined) {
          const sent = new Set(positions)
          return { commitTs, rest: this.#locking.filter((_, position) => !sent.has(position)) }
        }
        // A reader was promised to see nothing of this transaction up to a later timestamp than ours.
        if (response.error.commitTsExpired === undefined) throw failureOf(response.error, this.#txn.startTs)
        commitTs = await freshTimestamp(this.#env, scope)
      }
    } catch (error) {
      if (watch.mayHaveRun) throw new UndeterminedCommitError(this.#txn.startTs, error)
      throw error
    }
  }

  /** What follows from the decision. When there is no room in the background, the caller waits for it. */
  async #commitInBackground(scope: CallScope, commitTs: Timestamp, rest: readonly Mutation[]): Promise<void> {
    if (rest.length === 0) return
    const work = (inner: CallScope) => this.#commitRest(inner, commitTs, rest)
    if (this.#env.background.start((signal) => work(this.#env.openScope(signal)))) return
    // The transaction is committed whatever happens here.
    await work(scope).catch(() => {})
  }

  async #commitRest(scope: CallScope, commitTs: Timestamp, rest: readonly Mutation[]): Promise<void> {
    await this.#eachBatch(scope, rest, async (part, region, batch) => {
      const request = this.#commitRequest(commitTs, batch)
      const response = await this.#env.regions.callRegion(part, txnCommands.commit, region, request)
      if (response === 'moved') return this.#commitRest(part, commitTs, batch)
      if (response.error !== undefined) this.#env.onLostSecondary(failureOf(response.error, this.#txn.startTs))
    })
  }

  async #rollBackInBackground(): Promise<void> {
    const work = (scope: CallScope) => this.#rollBack(scope, this.#locking)
    if (this.#env.background.start((signal) => work(this.#env.openScope(signal)))) return
    await work(this.#env.openScope(undefined)).catch(() => {})
  }

  async #rollBack(scope: CallScope, mutations: readonly Mutation[]): Promise<void> {
    await this.#eachBatch(scope, mutations, async (part, region, batch) => {
      const request = kvrpcpb.BatchRollbackRequest.create({
        startVersion: this.#txn.startTs,
        keys: batch.map(({ key }) => key),
      })
      const response = await this.#env.regions.callRegion(part, txnCommands.batchRollback, region, request)
      if (response === 'moved') return this.#rollBack(part, batch)
    })
  }

  async #eachBatch(
    scope: CallScope,
    mutations: readonly Mutation[],
    send: (part: CallScope, region: Parameters<TxnEnv['regions']['callRegion']>[2], batch: Mutation[]) => Promise<void>,
  ): Promise<void> {
    if (mutations.length === 0) return
    const groups = await this.#env.regions.groupByRegion(
      scope,
      mutations.map(({ key }) => encodeBytes(key)),
    )
    const batches = groups.flatMap(({ region, indexes }) =>
      cutBatches(mutations, indexes).map((batch) => ({ region, batch: batch.map((index) => mutations[index]!) })),
    )
    await inParallel(batches, requestsAtOnceMax, ({ region, batch }) => send(scope.fork(), region, batch))
  }

  #commitRequest(commitTs: Timestamp, batch: readonly Mutation[]): kvrpcpb.CommitRequest {
    return kvrpcpb.CommitRequest.create({
      startVersion: this.#txn.startTs,
      commitVersion: commitTs,
      keys: batch.map(({ key }) => key),
      primaryKey: this.#plan.primary,
    })
  }

  /** A one-phase request that got no answer may have committed everything before the second phase found nothing left to do. */
  async #actualCommitTs(scope: CallScope): Promise<Timestamp> {
    const response = await this.#env.regions.callKey(
      scope,
      txnCommands.checkTxnStatus,
      encodeBytes(this.#plan.primary),
      kvrpcpb.CheckTxnStatusRequest.create({ primaryKey: this.#plan.primary, lockTs: this.#txn.startTs }),
    )
    if (response.commitVersion === 0n) {
      throw new ProtocolViolationError(`transaction ${this.#txn.startTs} was committed, and its primary denies it`)
    }
    return this.#learn(response.commitVersion)
  }

  #learn(commitTs: Timestamp): Timestamp {
    this.#env.locks.learn(this.#txn.startTs, { type: 'committed', commitTs })
    return commitTs
  }
}
