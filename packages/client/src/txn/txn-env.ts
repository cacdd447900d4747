import type { Clock, MaybePromise, PlacementDriver, StrataError } from '@stratakv/core'
import type { CallScope } from '../call-scope.ts'
import type { RegionRequests } from '../region-requests.ts'
import type { CallKind } from '../user-calls.ts'
import type { BackgroundTasks } from './background-tasks.ts'
import type { CommitOffers } from './commit-offers.ts'
import type { LockResolver } from './lock-resolver.ts'
import type { SafePointCache } from './safe-point-cache.ts'
import type { TxnBytes } from './txn-bytes.ts'

export interface TxnCallOptions {
  /** Aborting it ends the call with CallAbortedError. */
  readonly signal?: AbortSignal | undefined
}

/** What the transactions and snapshots of one client share. */
export interface TxnEnv {
  readonly regions: RegionRequests
  readonly placementDriver: PlacementDriver
  readonly clock: Clock
  readonly bytes: TxnBytes
  readonly locks: LockResolver
  readonly safePoints: SafePointCache
  readonly offers: CommitOffers
  readonly background: BackgroundTasks
  /** A call of a user: with its budget, a span and a duration. Never throws: what `body` throws is a rejection. */
  call<T>(kind: CallKind, signal: AbortSignal | undefined, body: (scope: CallScope) => MaybePromise<T>): Promise<T>
  /** For what goes on behind the calls of a user: with the budget of one, and without a trace. */
  openScope(signal: AbortSignal | undefined): CallScope
  /** A key of a committed transaction could not be committed and never will be: its lock was lost. Nothing of this client does that. */
  onLostSecondary(error: StrataError): void
}
