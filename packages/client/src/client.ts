import type { Clock, PlacementDriver, Random, Rpc, Telemetry, Timestamp } from '@stratakv/core'
import { type BatchTransportOptions, batchTransport, defaultBatchTransportOptions } from './batch-transport.ts'
import type { KeyRange } from './bytes.ts'
import { CallScopes } from './call-scope.ts'
import { directTransport } from './command-transport.ts'
import { RawClient } from './raw-client.ts'
import type { RawClientOptions } from './raw-options.ts'
import { defaultRegionCacheOptions, type RegionCacheOptions } from './region-cache.ts'
import { RegionDispatcher } from './region-dispatcher.ts'
import type { LockSweepOptions, LockSweepReport } from './txn/lock-sweep.ts'
import type { Snapshot } from './txn/snapshot.ts'
import type { Transaction } from './txn/transaction.ts'
import { type RunOptions, type SnapshotAtOptions, TxnClient, type TxnClientOptions } from './txn/txn-client.ts'
import type { TxnCallOptions } from './txn/txn-env.ts'
import { UserCalls } from './user-calls.ts'

export interface ClientDeps {
  /** Calls to stores. Stays its owner's: closing the client does not close it. */
  readonly rpc: Rpc
  readonly placementDriver: PlacementDriver
  readonly clock: Clock
  readonly random: Random
  readonly telemetry: Telemetry
}

export interface ClientOptions {
  readonly raw?: Partial<RawClientOptions>
  readonly txn?: Partial<TxnClientOptions>
  readonly regionCache?: Partial<RegionCacheOptions>
  /** Of no effect where batching does not pay. */
  readonly batch?: Partial<BatchTransportOptions>
  /** What requests say about their origin (`Context.request_source`), for the server's metrics. */
  readonly requestSource?: string
}

/** A client of one cluster. One for a whole program is right: it shares what it learns among its calls. */
export interface TikvClient extends AsyncDisposable {
  readonly raw: RawClient
  /**
   * Runs `work` in a transaction and commits it, unless `work` has done so or rolled it back. When another transaction was in the
   * way and this one surely has no effect, all of it runs again on a new one: `work` must bear that. Gives what `work` gave.
   *
   * @throws what `work` throws, after a rollback; and as `Transaction.commit` does. What is undetermined is not run again.
   */
  txn<T>(work: (txn: Transaction) => Promise<T> | T, options?: RunOptions): Promise<T>
  /** A transaction that the caller commits or rolls back. `signal` is about its beginning alone. */
  begin(options?: RunOptions): Promise<Transaction>
  /** All keys as they are now, or were at an earlier timestamp. */
  snapshot(options?: SnapshotAtOptions): Promise<Snapshot>
  /** A timestamp greater than every one given out before, to any client. */
  timestamp(options?: TxnCallOptions): Promise<Timestamp>
  /**
   * Ends the transactions that began at or before `safePoint` and have left locks in the range: committed ones get their commit, the
   * others are rolled back once their time to live is over. What garbage collection needs before it drops versions.
   */
  resolveLocksBefore(safePoint: Timestamp, range?: KeyRange, options?: LockSweepOptions): Promise<LockSweepReport>
  /** New calls fail with ClosedError; running ones end, the second phases of commits within `txn.background.closeWaitMs`. Idempotent. */
  close(): Promise<void>
}

/** Makes a client. Nothing is asked or connected before the first call. */
export function createClient(deps: ClientDeps, options: ClientOptions = {}): TikvClient {
  const { rpc, telemetry } = deps
  const transport = rpc.supports.batchingPays
    ? batchTransport(deps, { ...defaultBatchTransportOptions, ...options.batch })
    : directTransport(rpc)
  const scopes = new CallScopes(deps)
  const requests = new RegionDispatcher(
    { ...deps, transport },
    {
      cache: { ...defaultRegionCacheOptions, ...options.regionCache },
      requestSource: options.requestSource ?? '',
    },
  )
  const calls = new UserCalls(
    { ...deps, scopes },
    { name: 'tikv_client_rawkv_cmd_seconds', help: 'Raw calls as their callers see them.' },
  )
  const sharesMessages = !rpc.supports.batchingPays
  const txn = new TxnClient({ ...deps, regions: requests, scopes, sharesMessages }, options.txn)
  const close = async () => {
    calls.close()
    await txn.close()
    transport.close()
  }
  return {
    raw: new RawClient({ requests, calls, telemetry, sharesMessages }, options.raw),
    txn: (work, runOptions) => txn.run(work, runOptions),
    begin: (runOptions) => txn.begin(runOptions),
    snapshot: (snapshotOptions) => txn.snapshot(snapshotOptions),
    timestamp: (callOptions) => txn.timestamp(callOptions),
    resolveLocksBefore: (safePoint, range, sweepOptions) => txn.resolveLocksBefore(safePoint, range, sweepOptions),
    close,
    [Symbol.asyncDispose]: close,
  }
}
