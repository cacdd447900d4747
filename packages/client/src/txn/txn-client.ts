import type { Clock, PlacementDriver, Telemetry, Timestamp } from '@stratakv/core'
import { type KeyRange, toByteRange } from '../bytes.ts'
import type { CallScopes } from '../call-scope.ts'
import type { RegionRequests } from '../region-requests.ts'
import { UserCalls } from '../user-calls.ts'
import { BackgroundTasks, type BackgroundTasksOptions, defaultBackgroundTasksOptions } from './background-tasks.ts'
import { CommitOffers } from './commit-offers.ts'
import { TransactionFinishedError } from './errors.ts'
import { freshTimestamp } from './fresh-timestamp.ts'
import { isWorthRestarting } from './key-error.ts'
import { defaultLockResolverOptions, LockResolver, type LockResolverOptions } from './lock-resolver.ts'
import { LockSweep, type LockSweepOptions, type LockSweepReport } from './lock-sweep.ts'
import { SafePointCache } from './safe-point-cache.ts'
import { Snapshot } from './snapshot.ts'
import { type SnapshotOptions, SnapshotReads } from './snapshot-reads.ts'
import { Transaction, type TransactionOptions } from './transaction.ts'
import { TxnBytes } from './txn-bytes.ts'
import type { TxnCallOptions, TxnEnv } from './txn-env.ts'

export interface TxnClientDeps {
  readonly regions: RegionRequests
  readonly placementDriver: PlacementDriver
  readonly scopes: CallScopes
  readonly clock: Clock
  readonly telemetry: Telemetry
  /** The stores are in this process and their messages hold their own bytes: what is returned is a copy. */
  readonly sharesMessages: boolean
}

export interface TxnClientOptions {
  /** What the waits of one call may add up to, milliseconds. For `run`: what the waits between its attempts may add up to. */
  readonly budgetMs: number
  readonly background: BackgroundTasksOptions
  readonly lockResolver: LockResolverOptions
}

export const defaultTxnClientOptions: TxnClientOptions = {
  budgetMs: 40_000,
  background: defaultBackgroundTasksOptions,
  lockResolver: defaultLockResolverOptions,
}

export interface SnapshotAtOptions extends SnapshotOptions, TxnCallOptions {
  /** Default: now, so that everything committed before this call is seen. */
  readonly at?: Timestamp
}

export interface RunOptions extends TransactionOptions, TxnCallOptions {}

const timestampKind = { name: 'txn_timestamp', isWrite: false }

/** Transactions and snapshots over {@link RegionRequests}. */
export class TxnClient {
  readonly #env: TxnEnv
  readonly #calls: UserCalls

  constructor(deps: TxnClientDeps, given: Partial<TxnClientOptions> = {}) {
    const options = { ...defaultTxnClientOptions, ...given }
    const { regions, placementDriver, scopes, clock, telemetry, sharesMessages } = deps
    const lostSecondaries = telemetry.counter({
      name: 'tikv_client_txn_lost_secondaries_total',
      help: 'Keys of committed transactions whose locks were gone before they were committed. Anything but 0 is a bug somewhere.',
    })
    this.#calls = new UserCalls(
      { clock, telemetry, scopes },
      { name: 'tikv_client_txn_cmd_seconds', help: 'Transactional calls as their callers see them.' },
    )
    this.#env = {
      regions,
      placementDriver,
      clock,
      locks: new LockResolver({ regions, placementDriver, telemetry }, options.lockResolver),
      safePoints: new SafePointCache({ placementDriver, clock }),
      offers: new CommitOffers({ clock }),
      background: new BackgroundTasks({ clock }, options.background),
      call: (kind, signal, body) => this.#calls.run(kind, options.budgetMs, signal, body),
      bytes: new TxnBytes({ sharesMessages }),
      openScope: (signal) => scopes.open({ budgetMs: options.budgetMs, signal }),
      onLostSecondary: () => lostSecondaries.add(1),
    }
  }

  /** A timestamp greater than every one given out before, by any client. @throws BackoffExhaustedError, CallAbortedError */
  timestamp({ signal }: TxnCallOptions = {}): Promise<Timestamp> {
    return this.#env.call(timestampKind, signal, (scope) => freshTimestamp(this.#env, scope))
  }

  /** @throws as `timestamp` does; reads below the safe point fail when they are made */
  async snapshot({ at, signal, isolation }: SnapshotAtOptions = {}): Promise<Snapshot> {
    const timestamp = at ?? (await this.timestamp({ signal }))
    return new Snapshot(this.#env, new SnapshotReads(this.#env, timestamp, { isolation }))
  }

  /** The caller commits it, or rolls it back. `signal` is about the beginning alone. @throws as `timestamp` does */
  async begin({ signal, ...options }: RunOptions = {}): Promise<Transaction> {
    const beganAt = this.#env.clock.now()
    const startTs = await this.timestamp({ signal })
    return new Transaction(this.#env, { startTs, beganAt }, options)
  }

  /** As `TikvClient.txn`. */
  async run<T>(work: (txn: Transaction) => Promise<T> | T, options: RunOptions = {}): Promise<T> {
    const waits = this.#env.openScope(options.signal)
    for (;;) {
      await using txn = await this.begin(options)
      try {
        const result = await work(txn)
        if (txn.state === 'active') await txn.commit(options)
        // Its commit was started and not awaited: what has become of it cannot be told.
        if (txn.state === 'committing') throw new TransactionFinishedError(txn.startTs, txn.state)
        return result
      } catch (error) {
        if (txn.state !== 'rolled-back' || !isWorthRestarting(error, txn.startTs)) throw error
        await waits.backoff('txn-lock-fast', error)
      }
    }
  }

  /** As `TikvClient` says. @throws BackoffExhaustedError, CallAbortedError */
  resolveLocksBefore(
    safePoint: Timestamp,
    range: KeyRange = {},
    options: LockSweepOptions = {},
  ): Promise<LockSweepReport> {
    return new LockSweep(this.#env, safePoint, options).run(toByteRange(this.#env.bytes.call, range))
  }

  /** New calls fail with ClosedError; waits for what runs in the background, within its time. Idempotent. */
  async close(): Promise<void> {
    this.#calls.close()
    await this.#env.background.close()
  }
}
