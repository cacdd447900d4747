import { compareBytes, type Region, type Timestamp } from '@stratakv/core'
import * as kvrpcpb from '@stratakv/proto/kvrpcpb'
import { encodeBytes } from '@stratakv/wasm'
import { type ByteRange, keyAfter } from '../bytes.ts'
import type { CallScope } from '../call-scope.ts'
import { txnCommands } from './commands.ts'
import { failureOf } from './key-error.ts'
import { rawBoundary } from './region-boundary.ts'
import type { TxnCallOptions, TxnEnv } from './txn-env.ts'

export interface LockSweepOptions extends TxnCallOptions {
  /** Locks fetched at once; default {@link defaultLockPageCount}. */
  readonly pageCount?: number | undefined
}

/** As client-go's garbage collection. */
export const defaultLockPageCount = 1024

export interface LockSweepReport {
  readonly removedCount: number
  /** Locks of transactions that are kept alive by their clients. */
  readonly aliveCount: number
  /** The start of the oldest of those; a garbage collector that wants to leave them their snapshots stops below it. */
  readonly oldestAliveStartTs: Timestamp | undefined
}

const sweepKind = { name: 'txn_resolve_locks', isWrite: false }

/** Walks the regions of a range for locks up to a timestamp, and removes those whose transactions are over. */
export class LockSweep {
  readonly #env: TxnEnv
  readonly #maxTs: Timestamp
  readonly #options: LockSweepOptions
  #removedCount = 0
  #aliveCount = 0
  #oldestAliveStartTs: Timestamp | undefined

  constructor(env: TxnEnv, maxTs: Timestamp, options: LockSweepOptions) {
    this.#env = env
    this.#maxTs = maxTs
    this.#options = options
  }

  async run({ start, end }: ByteRange): Promise<LockSweepReport> {
    let from: Uint8Array | undefined = start
    while (from !== undefined && (end.length === 0 || compareBytes(from, end) < 0)) {
      const at: Uint8Array = from
      // Each page is a call of its own, with what it may wait.
      from = await this.#env.call(sweepKind, this.#options.signal, (scope) => this.#page(scope, at, end))
    }
    return {
      removedCount: this.#removedCount,
      aliveCount: this.#aliveCount,
      oldestAliveStartTs: this.#oldestAliveStartTs,
    }
  }

  /** Where to go on; `undefined`: nowhere. */
  async #page(scope: CallScope, from: Uint8Array, end: Uint8Array): Promise<Uint8Array | undefined> {
    const limit = this.#options.pageCount ?? defaultLockPageCount
    const { regions, locks } = this.#env
    const region = await regions.locate(scope, encodeBytes(from))
    const until = earlierEnd(region, end)
    const request = kvrpcpb.ScanLockRequest.create({ maxVersion: this.#maxTs, startKey: from, endKey: until, limit })
    const response = await regions.callRegion(scope, txnCommands.scanLock, region, request)
    if (response === 'moved') return from
    if (response.error !== undefined) {
      // A lock in memory that is on its way to the disk: in a moment it is in the list.
      if (response.error.locked === undefined) throw failureOf(response.error, this.#maxTs)
      await scope.backoff('txn-lock-fast', failureOf(response.error, this.#maxTs))
      return from
    }
    const { removed, alive } = await locks.clear(scope, response.locks)
    this.#removedCount += removed
    this.#aliveCount += alive.length
    for (const { lockVersion } of alive) {
      if (this.#oldestAliveStartTs === undefined || lockVersion < this.#oldestAliveStartTs) {
        this.#oldestAliveStartTs = lockVersion
      }
    }
    if (response.locks.length >= limit) return keyAfter(response.locks.at(-1)!.key)
    return until.length === 0 ? undefined : until
  }
}

/** As keys of transactions; empty is unbounded. */
function earlierEnd(region: Region, end: Uint8Array): Uint8Array {
  const regionEnd = rawBoundary(region.endKey)
  if (regionEnd.length === 0) return end
  return end.length === 0 || compareBytes(regionEnd, end) < 0 ? regionEnd : end
}
