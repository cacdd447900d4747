import { maxTimestamp, type Timestamp } from '@stratakv/core'
import * as kvrpcpb from '@stratakv/proto/kvrpcpb'
import { encodeBytes } from '@stratakv/wasm'
import type { CallScope } from '../call-scope.ts'
import type { RegionRequests } from '../region-requests.ts'
import { txnCommands } from './commands.ts'
import { failureOf } from './key-error.ts'
import { inParallel } from './parallel.ts'
import type { Ending } from './txn-fate.ts'

/** From this many keys in a region on, all of a transaction's locks there are removed in one go (client-go's bigTxnThreshold). */
export const wholeRegionKeyCountMin = 16n
const requestsAtOnceMax = 16

/** Takes away locks whose transaction's end is known. Doing it twice does no harm. */
export class LockRemoval {
  readonly #regions: RegionRequests

  constructor(regions: RegionRequests) {
    this.#regions = regions
  }

  async remove(scope: CallScope, ended: ReadonlyMap<kvrpcpb.LockInfo, Ending>): Promise<void> {
    const byStart = new Map<Timestamp, { ending: Ending; locks: kvrpcpb.LockInfo[] }>()
    for (const [lock, ending] of ended) {
      const found = byStart.get(lock.lockVersion)
      if (found === undefined) byStart.set(lock.lockVersion, { ending, locks: [lock] })
      else found.locks.push(lock)
    }
    await inParallel([...byStart], requestsAtOnceMax, ([startTs, { ending, locks }]) => {
      // The size of the transaction counts the keys of one region; a large one would be met key by key otherwise.
      const isLarge = locks.some(({ txnSize }) => txnSize >= wholeRegionKeyCountMin)
      const keys = locks.map(({ key }) => key)
      return isLarge
        ? this.#resolveRegions(scope.fork(), startTs, keys, ending)
        : this.resolveKeys(scope.fork(), startTs, keys, ending)
    })
  }

  /** These keys and no others. */
  async resolveKeys(scope: CallScope, startTs: Timestamp, keys: readonly Uint8Array[], ending: Ending): Promise<void> {
    const groups = await this.#regions.groupByRegion(scope, keys.map(encodeBytes))
    await inParallel(groups, requestsAtOnceMax, async ({ region, indexes }) => {
      const part = scope.fork()
      const own = indexes.map((index) => keys[index]!)
      const request = kvrpcpb.ResolveLockRequest.create({
        startVersion: startTs,
        commitVersion: commitVersionOf(ending),
        keys: own,
      })
      const response = await this.#regions.callRegion(part, txnCommands.resolveLock, region, request)
      if (response === 'moved') return this.resolveKeys(part, startTs, own, ending)
      if (response.error !== undefined) throw failureOf(response.error, startTs)
    })
  }

  /** All locks of the transaction in the regions that hold `keys`. */
  async #resolveRegions(
    scope: CallScope,
    startTs: Timestamp,
    keys: readonly Uint8Array[],
    ending: Ending,
  ): Promise<void> {
    const groups = await this.#regions.groupByRegion(scope, keys.map(encodeBytes))
    await inParallel(groups, requestsAtOnceMax, async ({ region, indexes }) => {
      const part = scope.fork()
      const request = kvrpcpb.ResolveLockRequest.create({
        startVersion: startTs,
        commitVersion: commitVersionOf(ending),
      })
      const response = await this.#regions.callRegion(part, txnCommands.resolveLock, region, request)
      if (response === 'moved') {
        const own = indexes.map((index) => keys[index]!)
        return this.#resolveRegions(part, startTs, own, ending)
      }
      if (response.error !== undefined) throw failureOf(response.error, startTs)
    })
  }

  /** A pessimistic lock that is void; its transaction may go on. Locks of a later for_update_ts stay. */
  async dropPessimistic(scope: CallScope, lock: kvrpcpb.LockInfo): Promise<void> {
    const response = await this.#regions.callKey(
      scope,
      txnCommands.pessimisticRollback,
      encodeBytes(lock.key),
      kvrpcpb.PessimisticRollbackRequest.create({
        startVersion: lock.lockVersion,
        forUpdateTs: lock.lockForUpdateTs === 0n ? maxTimestamp : lock.lockForUpdateTs,
        keys: [lock.key],
      }),
    )
    if (response.errors.length > 0) throw failureOf(response.errors[0]!, lock.lockVersion)
  }
}

function commitVersionOf(ending: Ending): Timestamp {
  return ending.type === 'committed' ? ending.commitTs : 0n
}
