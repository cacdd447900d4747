import {
  assert,
  type Counter,
  maxTimestamp,
  type PlacementDriver,
  type Telemetry,
  type Timestamp,
} from '@stratakv/core'
import * as kvrpcpb from '@stratakv/proto/kvrpcpb'
import { encodeBytes } from '@stratakv/wasm'
import type { CallScope } from '../call-scope.ts'
import type { RegionRequests } from '../region-requests.ts'
import { txnCommands } from './commands.ts'
import { freshTimestamp } from './fresh-timestamp.ts'
import { failureOf } from './key-error.ts'
import { LockRemoval } from './lock-removal.ts'
import { inParallel } from './parallel.ts'
import { type AsyncVerdict, SecondaryLocks } from './secondary-locks.ts'
import { type Ending, type Fate, readPrimaryWord, ttlLeftMs } from './txn-fate.ts'

export interface LockResolverDeps {
  readonly regions: RegionRequests
  readonly placementDriver: PlacementDriver
  readonly telemetry: Telemetry
}

export interface LockResolverOptions {
  /** Ended transactions that are remembered; the oldest are forgotten first, and asked for again when met. */
  readonly endingCountMax: number
}

/** client-go's ResolvedCacheSize. */
export const defaultLockResolverOptions: LockResolverOptions = { endingCountMax: 2048 }

/** Requests of one question that are under way at the same time. */
const requestsAtOnceMax = 16

/** What a reader may do about the locks it met. */
export interface ReaderOutcome {
  /** Transactions whose writes it must not see. */
  readonly passable: readonly Timestamp[]
  /** Transactions whose writes it must see, locked or not. */
  readonly readable: readonly Timestamp[]
  /** Locks whose transaction has ended and which should be removed. */
  readonly removable: ReadonlyMap<kvrpcpb.LockInfo, Ending>
  /** A lock that only time will resolve, if any. */
  readonly blocking: kvrpcpb.LockInfo | undefined
}

/**
 * Finds out how transactions that left locks ended, or makes them end when their time to live is over, and removes the locks.
 * What was found of an ended transaction is remembered: it never changes.
 */
export class LockResolver {
  readonly #deps: LockResolverDeps
  readonly #options: LockResolverOptions
  readonly #endings = new Map<Timestamp, Ending>()
  readonly #removal: LockRemoval
  readonly #actions: Counter

  constructor(deps: LockResolverDeps, options: LockResolverOptions = defaultLockResolverOptions) {
    this.#deps = deps
    this.#options = options
    this.#removal = new LockRemoval(deps.regions)
    this.#actions = deps.telemetry.counter({
      name: 'tikv_client_lock_resolver_actions_total',
      help: 'What the lock resolver was asked for and found, by kind.',
      labels: ['type'],
    })
  }

  /** For a read at `readTs`. Removes nothing: what is found lets the reader step over the locks at once. */
  async lookForReader(scope: CallScope, readTs: Timestamp, locks: readonly kvrpcpb.LockInfo[]): Promise<ReaderOutcome> {
    const passable: Timestamp[] = []
    const readable: Timestamp[] = []
    const removable = new Map<kvrpcpb.LockInfo, Ending>()
    let blocking: kvrpcpb.LockInfo | undefined
    for (const ofOne of byTransaction(locks)) {
      const lock = ofOne[0]!
      const fate = await this.fate(scope, lock, readTs)
      if (fate.type === 'committed' || fate.type === 'rolled-back') {
        const isVisible = fate.type === 'committed' && fate.commitTs <= readTs
        if (isVisible) readable.push(lock.lockVersion)
        else passable.push(lock.lockVersion)
        for (const ended of ofOne) removable.set(ended, fate)
      } else if (fate.type === 'alive' && fate.isBeyondReader) passable.push(lock.lockVersion)
      else blocking = lock
    }
    return { passable, readable, removable, blocking }
  }

  /** For a writer: removes what can be removed. The answer is a lock that only time will resolve, or nothing. */
  async clearForWriter(scope: CallScope, locks: readonly kvrpcpb.LockInfo[]): Promise<kvrpcpb.LockInfo | undefined> {
    const { removed, alive } = await this.clear(scope, locks)
    this.#actions.add(removed, 'removed')
    return alive[0]
  }

  /** Removes the locks of transactions that have ended or whose time is over. */
  async clear(
    scope: CallScope,
    locks: readonly kvrpcpb.LockInfo[],
  ): Promise<{ readonly removed: number; readonly alive: readonly kvrpcpb.LockInfo[] }> {
    const alive: kvrpcpb.LockInfo[] = []
    const ended = new Map<kvrpcpb.LockInfo, Ending>()
    for (const ofOne of byTransaction(locks)) {
      let shared: Fate | undefined
      for (const lock of ofOne) {
        const isPessimistic = lock.lockType === kvrpcpb.Op.PessimisticLock
        // Ordinary locks share their transaction's fate; a pessimistic one may be void while the transaction goes on.
        const fate: Fate = (isPessimistic ? undefined : shared) ?? (await this.fate(scope, lock, 0n))
        if (!isPessimistic) shared = fate
        if (fate.type === 'alive') alive.push(lock)
        else if (isPessimistic) await this.#removal.dropPessimistic(scope, lock)
        else {
          assert(fate.type !== 'lock-void', 'only pessimistic locks are asked about as such')
          ended.set(lock, fate)
        }
      }
    }
    await this.remove(scope, ended)
    return { removed: locks.length - alive.length, alive }
  }

  /** Brings keys to the end that their transaction has come to. */
  remove(scope: CallScope, ended: ReadonlyMap<kvrpcpb.LockInfo, Ending>): Promise<void> {
    return this.#removal.remove(scope, ended)
  }

  /** `callerStartTs` 0: a writer, for which nothing is to be pushed. */
  async fate(scope: CallScope, lock: kvrpcpb.LockInfo, callerStartTs: Timestamp): Promise<Fate> {
    const known = this.#endings.get(lock.lockVersion)
    if (known !== undefined) return known
    this.#actions.add(1, 'query_txn_status')
    let forceSyncCommit = false
    let rollbackIfNotExist = false
    // Each round answers, or changes one of the two flags, which never change back.
    for (;;) {
      // A store reports 0 where the lock stands in the way of a pessimistic transaction that must not wait for it.
      const currentTs = lock.lockTtl === 0 ? maxTimestamp : await freshTimestamp(this.#deps, scope)
      const response = await this.#deps.regions.callKey(
        scope,
        txnCommands.checkTxnStatus,
        encodeBytes(lock.primaryLock),
        kvrpcpb.CheckTxnStatusRequest.create({
          primaryKey: lock.primaryLock,
          lockTs: lock.lockVersion,
          callerStartTs,
          currentTs,
          rollbackIfNotExist,
          forceSyncCommit,
          resolvingPessimisticLock: lock.lockType === kvrpcpb.Op.PessimisticLock,
        }),
      )
      if (response.error?.txnNotFound !== undefined) {
        // Keys are prewritten in any order: the primary's lock may be on its way for as long as this lock lives.
        const leftMs = ttlLeftMs(lock.lockVersion, lock.lockTtl, currentTs)
        if (leftMs >= 0) return { type: 'alive', ttlLeftMs: leftMs, isBeyondReader: false }
        rollbackIfNotExist = true
        continue
      }
      if (response.error !== undefined) throw failureOf(response.error, lock.lockVersion)
      const word = readPrimaryWord(response, lock.lockVersion, currentTs, { forceSyncCommit })
      if (word.type !== 'async-commit') return this.#keep(lock.lockVersion, word)
      const verdict = await this.#askSecondaries(scope, word.primaryLock)
      if (verdict.type !== 'not-async') {
        await this.#finishAsyncCommit(scope, word.primaryLock, verdict)
        return this.#keep(lock.lockVersion, verdict)
      }
      forceSyncCommit = true
    }
  }

  /** Tells what another part of this client has found, or done. */
  learn(startTs: Timestamp, ending: Ending): void {
    this.#keep(startTs, ending)
  }

  async #askSecondaries(scope: CallScope, primaryLock: kvrpcpb.LockInfo): Promise<AsyncVerdict> {
    this.#actions.add(1, 'query_secondaries')
    const found = new SecondaryLocks(primaryLock)
    await this.#askKeys(scope, primaryLock, primaryLock.secondaries, found)
    return found.verdict()
  }

  async #askKeys(
    scope: CallScope,
    primaryLock: kvrpcpb.LockInfo,
    keys: readonly Uint8Array[],
    found: SecondaryLocks,
  ): Promise<void> {
    if (keys.length === 0) return
    const { regions } = this.#deps
    const groups = await regions.groupByRegion(scope, keys.map(encodeBytes))
    await inParallel(groups, requestsAtOnceMax, async ({ region, indexes }) => {
      const asked = indexes.map((index) => keys[index]!)
      const part = scope.fork()
      const response = await regions.callRegion(
        part,
        txnCommands.checkSecondaryLocks,
        region,
        kvrpcpb.CheckSecondaryLocksRequest.create({ keys: asked, startVersion: primaryLock.lockVersion }),
      )
      if (response === 'moved') return this.#askKeys(part, primaryLock, asked, found)
      if (response.error !== undefined) throw failureOf(response.error, primaryLock.lockVersion)
      found.add(asked.length, response)
    })
  }

  /** All keys at once: each of them alone would have to be asked about again by whoever meets it. */
  #finishAsyncCommit(scope: CallScope, primaryLock: kvrpcpb.LockInfo, ending: Ending): Promise<void> {
    const keys = [primaryLock.primaryLock, ...primaryLock.secondaries]
    return this.#removal.resolveKeys(scope, primaryLock.lockVersion, keys, ending)
  }

  #keep<F extends Fate>(startTs: Timestamp, fate: F): F {
    if (fate.type !== 'committed' && fate.type !== 'rolled-back') return fate
    if (this.#endings.size >= this.#options.endingCountMax && !this.#endings.has(startTs)) {
      const [oldest] = this.#endings.keys()
      this.#endings.delete(oldest!)
    }
    this.#endings.set(startTs, fate)
    return fate
  }
}

function byTransaction(locks: readonly kvrpcpb.LockInfo[]): Iterable<readonly kvrpcpb.LockInfo[]> {
  const found = new Map<Timestamp, kvrpcpb.LockInfo[]>()
  for (const lock of locks) {
    const ofOne = found.get(lock.lockVersion)
    if (ofOne === undefined) found.set(lock.lockVersion, [lock])
    else ofOne.push(lock)
  }
  return found.values()
}
