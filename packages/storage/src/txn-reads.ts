import {
  type ApiVersion,
  type Clock,
  chain,
  compareBytes,
  concatBytes,
  emptyBytes,
  isPromise,
  type Kv,
  type KvSnapshot,
  type MaybePromise,
  type Timestamp,
} from '@stratakv/core'
import {
  batchGet,
  decodeKey,
  encodeKey,
  findKeyByStartTs,
  judgeLock,
  type KeyHistory,
  KeyIsLockedError,
  keyHistory,
  type Lock,
  type LockInfo,
  lockInfo,
  MvccError,
  openScanner,
  pointGet,
  type ReadOutcome,
  type ReadView,
  scanLocks,
} from '@stratakv/mvcc'
import type { CommandCounter } from './command-counter.ts'
import type { ConcurrencyManager } from './concurrency-manager.ts'
import { InvalidRequestRangeError } from './errors.ts'
import { checkKeyInRegion, readSnapshot } from './region-snapshot.ts'
import { type ReplyBudget, type ReplyLimits, withReplyBudget } from './reply-budget.ts'
import type {
  BatchGetRequest,
  GetRequest,
  KvPair,
  MvccGetByKeyRequest,
  MvccGetByStartTsRequest,
  ReadContext,
  RequestContext,
  ScanLockRequest,
  ScanRequest,
} from './request.ts'
import { repeat, startTimeSlice, type TimeSlice } from './time-slice.ts'

export interface TxnReadsDeps {
  readonly kv: Kv
  readonly apiVersion: ApiVersion
  readonly clock: Clock
  readonly concurrency: ConcurrencyManager
  readonly commandCounter: CommandCounter
}

export interface TxnReadsOptions extends ReplyLimits {
  readonly readSliceMs: number
}

/** Entries read between two looks at the clock: a page takes well under a millisecond. */
const pageEntryCount = 128

/** Transactional reads. Each raises max_ts, checks the locks in memory, takes its snapshot and reads, in this order: see ConcurrencyManager. */
export class TxnReads {
  readonly #deps: TxnReadsDeps
  readonly #options: TxnReadsOptions

  constructor(deps: TxnReadsDeps, options: TxnReadsOptions) {
    this.#deps = deps
    this.#options = options
  }

  get({ context, key, version }: GetRequest): MaybePromise<Uint8Array | undefined> {
    this.#begin('get', context, [key])
    const stored = encodeKey(key)
    const view = readView(version, context)
    this.#deps.concurrency.updateMaxTs(version)
    this.#checkMemoryLock(stored, view)
    return readSnapshot(this.#deps.kv, context.kv, (snapshot) => {
      checkKeyInRegion(stored, snapshot.region)
      return pointGet(snapshot, stored, view)
    })
  }

  batchGet({ context, keys, version }: BatchGetRequest): MaybePromise<readonly KvPair[]> {
    this.#begin('batch_get', context, keys)
    const stored = keys.map(encodeKey)
    const view = readView(version, context)
    this.#deps.concurrency.updateMaxTs(version)
    for (const key of stored) this.#checkMemoryLock(key, view)
    const slice = this.#slice('batch_get', context)
    return this.#readList(context, (snapshot, budget) => {
      const pairs: KvPair[] = []
      const add = (outcome: ReadOutcome, index: number) => {
        if (outcome === undefined) return
        const key = keys[index]!
        const pair: KvPair = outcome instanceof MvccError ? { key, error: outcome } : { key, value: outcome }
        take(budget, pair)
        pairs.push(pair)
      }
      for (const key of stored) checkKeyInRegion(key, snapshot.region)
      let readCount = 0
      const done = repeat(slice, () =>
        chain(batchGet(snapshot, stored.slice(readCount, readCount + pageEntryCount), view), (outcomes) => {
          for (const [at, outcome] of outcomes.entries()) add(outcome, readCount + at)
          readCount += outcomes.length
          return readCount < stored.length
        }),
      )
      return chain(done, () => pairs)
    })
  }

  scan(request: ScanRequest): MaybePromise<readonly KvPair[]> {
    const { context, startKey, endKey, version, reverse = false } = request
    const { apiVersion, concurrency, commandCounter } = this.#deps
    commandCounter('scan')
    const range = boundsOf(startKey, endKey, reverse)
    apiVersion.checkRanges(context.apiVersion ?? 0, 'txn', 'scan', [range])
    const view = readView(version, context)
    concurrency.updateMaxTs(version)
    concurrency.checkRange(range.start, range.end, memoryLockCheck(view))
    return this.#readList(context, (snapshot, budget) => {
      checkRangeInRegion(range, snapshot)
      if (request.limitCount <= 0 || isEmptyRange(range)) return []
      return this.#scanPages(snapshot, range, view, request, budget)
    })
  }

  scanLock({ context, startKey, endKey, maxVersion, limitCount }: ScanLockRequest): MaybePromise<readonly LockInfo[]> {
    const { concurrency, commandCounter } = this.#deps
    // The API version is not checked, as in TiKV: GC goes over whole regions, whatever lives there.
    commandCounter('scan_lock')
    const range = boundsOf(startKey, endKey, false)
    concurrency.updateMaxTs(maxVersion)
    // Every kind of lock counts here, so judgeLock does not serve.
    concurrency.checkRange(range.start, range.end, (lock, key) => {
      if (lock.startTs <= maxVersion) throw new KeyIsLockedError(lockInfo(key, lock))
    })
    if (isEmptyRange(range)) return []
    const slice = this.#slice('scan_lock', context)
    const found: LockInfo[] = []
    return this.#readList(context, (snapshot, budget) => {
      let start = range.start
      const done = repeat(slice, () => {
        const wantedCount = limitCount === 0 ? pageEntryCount : Math.min(pageEntryCount, limitCount - found.length)
        const page = scanLocks(snapshot, { start, end: range.end, maxTs: maxVersion, limitCount: wantedCount })
        return chain(page, ({ locks, hasMore }) => {
          for (const { key, lock } of locks) {
            const info = lockInfo(key, lock)
            budget.take(info.key, info.primary)
            found.push(info)
          }
          const last = locks.at(-1)
          if (!hasMore || last === undefined || found.length === limitCount) return false
          start = concatBytes(last.key, Uint8Array.of(0))
          return true
        })
      })
      return chain(done, () => found)
    })
  }

  mvccGetByKey({ context, key }: MvccGetByKeyRequest): MaybePromise<KeyHistory> {
    this.#deps.commandCounter('mvcc_get_by_key')
    const stored = encodeKey(key)
    return readSnapshot(this.#deps.kv, context.kv, (snapshot) => {
      checkKeyInRegion(stored, snapshot.region)
      return keyHistory(snapshot, stored, snapshot.locks)
    })
  }

  mvccGetByStartTs({
    context,
    startTs,
  }: MvccGetByStartTsRequest): MaybePromise<{ readonly key: Uint8Array; readonly history: KeyHistory } | undefined> {
    this.#deps.commandCounter('mvcc_get_by_start_ts')
    return readSnapshot(this.#deps.kv, context.kv, (snapshot) =>
      chain(findKeyByStartTs(snapshot, startTs), (stored) =>
        stored === undefined
          ? undefined
          : chain(keyHistory(snapshot, stored, snapshot.locks), (history) => ({ key: decodeKey(stored), history })),
      ),
    )
  }

  #readList<T>(
    context: RequestContext,
    read: (snapshot: KvSnapshot, budget: ReplyBudget) => MaybePromise<T>,
  ): MaybePromise<T> {
    return withReplyBudget(this.#options, (budget) =>
      readSnapshot(this.#deps.kv, context.kv, (snapshot) => read(snapshot, budget)),
    )
  }

  #scanPages(
    snapshot: KvSnapshot,
    range: Bounds,
    view: ReadView,
    request: ScanRequest,
    budget: ReplyBudget,
  ): MaybePromise<KvPair[]> {
    const { limitCount, sampleStep = 0 } = request
    const scanner = openScanner(snapshot, {
      ...view,
      lowerBound: range.start,
      upperBound: range.end,
      order: request.reverse ? 'descending' : 'ascending',
      keysOnly: request.keyOnly ?? false,
      expectedCount: limitCount * Math.max(1, sampleStep),
    })
    const slice = this.#slice('scan', request.context)
    const pairs: KvPair[] = []
    let visibleCount = 0
    const readPage = () => {
      // A sampled page may hold one pair of `sampleStep`, and what it reads beyond the limit is dropped.
      const wantedCount = Math.min(pageEntryCount, (limitCount - pairs.length) * Math.max(1, sampleStep))
      return chain(scanner.scan({ limitCount: wantedCount }), (entries) => {
        for (const entry of entries) {
          if (entry.error === undefined && sampleStep > 1 && visibleCount++ % sampleStep !== 0) continue
          take(budget, entry)
          pairs.push(entry)
          if (pairs.length === limitCount) return false
        }
        return entries.length === wantedCount
      })
    }
    let done: MaybePromise<void>
    try {
      done = repeat(slice, readPage)
    } catch (error) {
      scanner.close()
      throw error
    }
    if (isPromise(done)) return done.finally(() => scanner.close()).then(() => pairs)
    scanner.close()
    return pairs
  }

  #begin(command: string, context: RequestContext, keys: readonly Uint8Array[]): void {
    this.#deps.commandCounter(command)
    this.#deps.apiVersion.checkKeys(context.apiVersion ?? 0, 'txn', command, keys)
  }

  #checkMemoryLock(key: Uint8Array, view: ReadView): void {
    this.#deps.concurrency.checkKey(key, memoryLockCheck(view))
  }

  #slice(command: string, context: RequestContext): TimeSlice {
    return startTimeSlice(command, context, this.#deps.clock, this.#options.readSliceMs)
  }
}

/** Encoded: inclusive start, exclusive end, empty is unbounded. */
interface Bounds {
  readonly start: Uint8Array
  readonly end: Uint8Array
}

/** A reverse scan names its upper bound first. */
function boundsOf(startKey: Uint8Array, endKey: Uint8Array, reverse: boolean): Bounds {
  const [lower, upper] = reverse ? [endKey, startKey] : [startKey, endKey]
  return {
    start: lower.length === 0 ? emptyBytes : encodeKey(lower),
    end: upper.length === 0 ? emptyBytes : encodeKey(upper),
  }
}

function isEmptyRange({ start, end }: Bounds): boolean {
  return end.length !== 0 && compareBytes(start, end) >= 0
}

/** A bound that is given must lie within the region: a client that reaches beyond it has an old map. An open one ends with the region. */
function checkRangeInRegion({ start, end }: Bounds, { region }: KvSnapshot): void {
  const below = start.length !== 0 && compareBytes(start, region.startKey) < 0
  const above = end.length !== 0 && region.endKey.length !== 0 && compareBytes(end, region.endKey) > 0
  if (below || above) throw new InvalidRequestRangeError(start, end, region.startKey, region.endKey)
}

function readView(readTs: Timestamp, { isolation = 'si', resolvedLocks, committedLocks }: ReadContext): ReadView {
  return {
    readTs,
    isolation,
    ...(resolvedLocks?.length ? { resolvedLocks: new Set(resolvedLocks) } : {}),
    ...(committedLocks?.length ? { committedLocks: new Set(committedLocks) } : {}),
  }
}

/** What blocks on disk blocks in memory. Reading through a lock needs its value on disk, so here such a lock blocks too. */
function memoryLockCheck(view: ReadView): (lock: Lock, key: Uint8Array) => void {
  const { committedLocks: _, ...memoryView } = view
  return (lock, key) => {
    const verdict = judgeLock(key, lock, memoryView)
    if (verdict instanceof MvccError) throw verdict
  }
}

function take(budget: ReplyBudget, pair: KvPair): void {
  budget.take(pair.key, pair.value ?? emptyBytes)
}
