import {
  type ApiVersion,
  type Checksum,
  type Clock,
  type ColumnFamily,
  chain,
  compareBytes,
  emptyBytes,
  isPromise,
  type KeyChange,
  type Kv,
  type KvContext,
  type KvSnapshot,
  type MaybePromise,
  StrataError,
  TtlNotEnabledError,
} from '@stratakv/core'
import type { CommandCounter } from './command-counter.ts'
import { walk, withCursor } from './cursor-walk.ts'
import { EmptyKeyError, InvalidRequestRangeError, RawKeyTooLargeError, TtlCountMismatchError } from './errors.ts'
import { executeOptions } from './execution-limits.ts'
import { atomicStoreCommand, compareAndSwapCommand } from './raw-commands.ts'
import type {
  RawBatchDeleteRequest,
  RawBatchGetRequest,
  RawBatchPutRequest,
  RawBatchScanRequest,
  RawChecksumRequest,
  RawChecksumResponse,
  RawCompareAndSwapRequest,
  RawCompareAndSwapResponse,
  RawDeleteRangeRequest,
  RawDeleteRequest,
  RawGetOutcome,
  RawGetRequest,
  RawPair,
  RawPutRequest,
  RawRequest,
  RawScanRequest,
} from './raw-request.ts'
import { closeRanges, type RawScan, scanRawRange } from './raw-scan.ts'
import { checkBoundInRegion, checkKeyInRegion, inOrder, readSnapshot } from './region-snapshot.ts'
import { type ReplyBudget, type ReplyLimits, withReplyBudget } from './reply-budget.ts'
import type { RequestContext } from './request.ts'
import type { Scheduler } from './scheduler.ts'
import { startTimeSlice, type TimeSlice } from './time-slice.ts'

export interface RawStoreDeps {
  readonly kv: Kv
  readonly scheduler: Scheduler
  readonly apiVersion: ApiVersion
  readonly clock: Clock
  readonly checksum: Checksum
  readonly commandCounter: CommandCounter
}

export interface RawStoreOptions extends ReplyLimits {
  /** `storage.max-key-size`. */
  readonly maxKeyBytes: number
  /** Longest run of one read without letting others on. */
  readonly readSliceMs: number
}

/**
 * The raw half of the API: plain keys and values, no transactions. Plain writes do not latch: they are atomic each, but
 * not against a compare-and-swap between its look and its write, unless they say `forCas`. Unlike in TiKV 6.1 they pass
 * the write admission too: an engine that is behind is behind for everybody.
 *
 * Calls throw, or reject with, ApiVersionNotMatchedError, InvalidColumnFamilyError, EmptyKeyError, RawKeyTooLargeError,
 * a RegionError, or an engine's error.
 */
export class RawStore {
  readonly #deps: RawStoreDeps
  readonly #options: RawStoreOptions

  constructor(deps: RawStoreDeps, options: RawStoreOptions) {
    this.#deps = deps
    this.#options = options
  }

  /** `undefined`: not found. */
  get(request: RawGetRequest): MaybePromise<Uint8Array | undefined> {
    const { context, key } = request
    const cf = this.#checkKeys('raw_get', request, [key])
    const stored = this.#deps.apiVersion.encodeRawKey(key)
    return readSnapshot(this.#deps.kv, context.kv, (snapshot) => {
      checkKeyInRegion(stored, snapshot.region)
      return chain(snapshot.get(cf, stored), (found) => this.#decode(found))
    })
  }

  /** In the order of `keys`; what is missing is left out. @throws ReplyTooLargeError, ServerIsBusyError when lists under way fill the memory */
  batchGet(request: RawBatchGetRequest): MaybePromise<readonly RawPair[]> {
    const { context, keys } = request
    const cf = this.#checkKeys('raw_batch_get', request, keys)
    const stored = keys.map((key) => this.#deps.apiVersion.encodeRawKey(key))
    return this.#readList(context, (snapshot, budget) => {
      for (const key of stored) checkKeyInRegion(key, snapshot.region)
      return chain(snapshot.getMany(cf, stored), (found) => {
        const pairs: RawPair[] = []
        for (const [index, key] of keys.entries()) {
          const value = this.#decode(found[index])
          if (value === undefined) continue
          budget.take(key, value)
          pairs.push({ key, value })
        }
        return pairs
      })
    })
  }

  /**
   * Many single gets, as they come in one BatchCommands message: those of one region and column family share a snapshot.
   * Outcomes are in the order of `requests`. A request of the wrong API version fails all of them, as in TiKV.
   */
  batchGetCommand(requests: readonly RawGetRequest[]): MaybePromise<readonly RawGetOutcome[]> {
    const groups = new Map<string, { kv: KvContext; cf: ColumnFamily; indexes: number[] }>()
    for (const [index, request] of requests.entries()) {
      const cf = this.#checkKeys('raw_batch_get_command', request, [request.key])
      const name = groupName(request.context.kv, cf)
      const group = groups.get(name)
      if (group === undefined) groups.set(name, { kv: request.context.kv, cf, indexes: [index] })
      else group.indexes.push(index)
    }
    const outcomes = new Array<RawGetOutcome>(requests.length).fill({})
    const read = inOrder([...groups.values()], (group) =>
      this.#getGroup(requests, group.kv, group.cf, group.indexes, outcomes),
    )
    return chain(read, () => outcomes)
  }

  put(request: RawPutRequest): Promise<void> {
    const { key, value } = request
    return this.#store('raw_put', request, request.forCas, [key], (cf) => [
      this.#putChange(cf, key, value, request.ttlSeconds),
    ])
  }

  /** All pairs or none. @throws TtlCountMismatchError */
  batchPut(request: RawBatchPutRequest): Promise<void> {
    const { pairs, ttlsSeconds = [] } = request
    const keys = pairs.map((pair) => pair.key)
    return this.#store('raw_batch_put', request, request.forCas, keys, (cf) => {
      if (ttlsSeconds.length > 1 && ttlsSeconds.length !== pairs.length) {
        throw new TtlCountMismatchError(ttlsSeconds.length, pairs.length)
      }
      const ttlOf = (index: number) => (ttlsSeconds.length > 1 ? ttlsSeconds[index] : ttlsSeconds[0])
      return pairs.map(({ key, value }, index) => this.#putChange(cf, key, value, ttlOf(index)))
    })
  }

  delete(request: RawDeleteRequest): Promise<void> {
    return this.#store('raw_delete', request, request.forCas, [request.key], (cf) => [
      this.#deleteChange(cf, request.key),
    ])
  }

  /** All keys or none. */
  batchDelete(request: RawBatchDeleteRequest): Promise<void> {
    const { keys } = request
    return this.#store('raw_batch_delete', request, request.forCas, keys, (cf) =>
      keys.map((key) => this.#deleteChange(cf, key)),
    )
  }

  /** Pairs within the region; fewer than the limit means that the range, or the region, ends there. @throws ReplyTooLargeError */
  scan(request: RawScanRequest): MaybePromise<readonly RawPair[]> {
    const { context, startKey: start, endKey: end, limitCount } = request
    this.#count('raw_scan')
    this.#deps.apiVersion.checkRanges(context.apiVersion ?? 0, 'raw', 'raw_scan', [{ start, end }])
    const scan = this.#startScan('raw_scan', request, limitCount)
    if (limitCount <= 0) return []
    return this.#readList(context, (snapshot, budget) => scanRawRange(snapshot, { start, end }, { ...scan, budget }))
  }

  /** The pairs of all ranges one after another. @throws InvalidKeyRangesError, ReplyTooLargeError */
  batchScan(request: RawBatchScanRequest): MaybePromise<readonly RawPair[]> {
    const { context, ranges, eachLimitCount, reverse = false } = request
    this.#count('raw_batch_scan')
    this.#deps.apiVersion.checkRanges(context.apiVersion ?? 0, 'raw', 'raw_batch_scan', ranges)
    const scan = this.#startScan('raw_batch_scan', request, eachLimitCount)
    const closed = closeRanges(ranges, reverse)
    if (eachLimitCount <= 0) return []
    return this.#readList(context, (snapshot, budget) => {
      const all: RawPair[] = []
      const scanned = inOrder(closed, (range) =>
        chain(scanRawRange(snapshot, range, { ...scan, budget }), (pairs) => {
          for (const pair of pairs) all.push(pair)
        }),
      )
      return chain(scanned, () => all)
    })
  }

  /** @throws InvalidRequestRangeError when the range is upside down */
  async deleteRange(request: RawDeleteRangeRequest): Promise<void> {
    const { context, startKey: start, endKey: end } = request
    const { apiVersion, kv, scheduler, clock } = this.#deps
    this.#count('raw_delete_range')
    apiVersion.checkRanges(context.apiVersion ?? 0, 'raw', 'raw_delete_range', [{ start, end }])
    const cf = apiVersion.rawColumnFamily(request.cf ?? '')
    const limits = executeOptions(context, clock)
    const first = apiVersion.encodeRawKey(start)
    const region = await readSnapshot(kv, context.kv, (snapshot) => snapshot.region)
    // An open end stays within the region: the range is written as it was when the region was looked at, and if the
    // region has changed since, its epoch fails the write.
    const last = end.length === 0 ? region.endKey : apiVersion.encodeRawKey(end)
    checkBoundInRegion(first, region)
    if (last.length !== 0) {
      checkBoundInRegion(last, region)
      const order = compareBytes(first, last)
      if (order > 0) throw new InvalidRequestRangeError(first, last, region.startKey, region.endKey)
      if (order === 0) return
    }
    const pinned = { ...context.kv, epoch: context.kv.epoch ?? region.epoch }
    await scheduler.write('raw_delete_range', pinned, [{ type: 'delete-range', cf, start: first, end: last }], limits)
  }

  /** Atomic against other compare-and-swaps and against writes that say `forCas`. @throws TtlNotEnabledError */
  async compareAndSwap(request: RawCompareAndSwapRequest): Promise<RawCompareAndSwapResponse> {
    const { context, key, previousValue } = request
    const { apiVersion, scheduler, clock } = this.#deps
    const cf = this.#checkWrite('raw_compare_and_swap', request, [key])
    const value = apiVersion.encodeRawValue(request.value, this.#expiresAt(request.ttlSeconds))
    const command = compareAndSwapCommand({
      kv: context.kv,
      cf,
      key: apiVersion.encodeRawKey(key),
      value,
      previousValue,
      decode: (stored) => this.#decode(stored),
    })
    return scheduler.execute(command, executeOptions(context, clock))
  }

  /** Seconds left to live, 0 for ever; `undefined`: not found. @throws TtlNotEnabledError (a TiKV 6.1 without ttl panics here) */
  getKeyTtl(request: RawGetRequest): MaybePromise<number | undefined> {
    const { context, key } = request
    const { apiVersion, kv } = this.#deps
    const cf = this.#checkKeys('raw_get_key_ttl', request, [key])
    if (!apiVersion.hasTtl) throw new TtlNotEnabledError()
    const stored = apiVersion.encodeRawKey(key)
    return readSnapshot(kv, context.kv, (snapshot) => {
      checkKeyInRegion(stored, snapshot.region)
      return chain(snapshot.get(cf, stored), (found) => {
        const now = this.#unixSeconds()
        const decoded = found && apiVersion.decodeRawValue(found, now)
        if (decoded === undefined) return undefined
        return decoded.expiresAtUnixSeconds === 0 ? 0 : decoded.expiresAtUnixSeconds - now
      })
    })
  }

  /** Over what is stored, expired values included until they are collected. */
  checksum(request: RawChecksumRequest): MaybePromise<RawChecksumResponse> {
    const { context, ranges } = request
    const { apiVersion, kv, checksum } = this.#deps
    this.#count('raw_checksum')
    apiVersion.checkRanges(context.apiVersion ?? 0, 'raw', 'raw_checksum', ranges)
    const slice = this.#slice('raw_checksum', context)
    let xor = 0n
    let totalKvCount = 0
    let totalBytes = 0
    const add = (key: Uint8Array, value: Uint8Array) => {
      xor ^= checksum.crc64(value, checksum.crc64(key))
      totalKvCount++
      totalBytes += key.length + value.length
      return true
    }
    return readSnapshot(kv, context.kv, (snapshot) => {
      const summed = inOrder(ranges, ({ start, end }) => {
        const lowerBound = apiVersion.encodeRawKey(start)
        const upperBound = end.length === 0 ? emptyBytes : apiVersion.encodeRawKey(end)
        if (upperBound.length !== 0 && compareBytes(lowerBound, upperBound) >= 0) return
        const cursor = snapshot.iterate('default', { lowerBound, upperBound })
        return withCursor(cursor, () => walk(cursor, 'ascending', slice, add))
      })
      return chain(summed, () => ({ checksum: xor, totalKvCount, totalBytes }))
    })
  }

  #getGroup(
    requests: readonly RawGetRequest[],
    kv: KvContext,
    cf: ColumnFamily,
    indexes: readonly number[],
    outcomes: RawGetOutcome[],
  ): MaybePromise<void> {
    const fail = (error: unknown): void => {
      if (!(error instanceof StrataError)) throw error
      for (const index of indexes) outcomes[index] = { error }
    }
    const read = (snapshot: KvSnapshot): MaybePromise<void> => {
      const inside: number[] = []
      const stored: Uint8Array[] = []
      for (const index of indexes) {
        const key = this.#deps.apiVersion.encodeRawKey(requests[index]!.key)
        try {
          checkKeyInRegion(key, snapshot.region)
        } catch (error) {
          outcomes[index] = { error: error as StrataError }
          continue
        }
        inside.push(index)
        stored.push(key)
      }
      return chain(snapshot.getMany(cf, stored), (found) => {
        for (const [at, index] of inside.entries()) {
          const value = this.#decode(found[at])
          if (value !== undefined) outcomes[index] = { value }
        }
      })
    }
    try {
      const done = readSnapshot(this.#deps.kv, kv, read)
      return isPromise(done) ? done.catch(fail) : done
    } catch (error) {
      return fail(error)
    }
  }

  #readList<T>(
    context: RequestContext,
    read: (snapshot: KvSnapshot, budget: ReplyBudget) => MaybePromise<T>,
  ): MaybePromise<T> {
    return withReplyBudget(this.#options, (budget) =>
      readSnapshot(this.#deps.kv, context.kv, (snapshot) => read(snapshot, budget)),
    )
  }

  #startScan(
    command: string,
    request: Pick<RawScanRequest, 'context' | 'cf' | 'keyOnly' | 'reverse'>,
    limitCount: number,
  ): Omit<RawScan, 'budget'> {
    const { apiVersion } = this.#deps
    return {
      apiVersion,
      cf: apiVersion.rawColumnFamily(request.cf ?? ''),
      limitCount,
      keyOnly: request.keyOnly ?? false,
      reverse: request.reverse ?? false,
      nowUnixSeconds: this.#unixSeconds(),
      slice: this.#slice(command, request.context),
    }
  }

  /** Checks, and then writes what `decide` says: with latches if it must be atomic against compare-and-swap. */
  #store(
    command: string,
    request: RawRequest,
    forCas: boolean | undefined,
    keys: readonly Uint8Array[],
    decide: (cf: ColumnFamily) => readonly KeyChange[],
  ): Promise<void> {
    const { context } = request
    try {
      const changes = decide(this.#checkWrite(forCas ? 'raw_atomic_store' : command, request, keys))
      if (changes.length === 0) return Promise.resolve()
      const limits = executeOptions(context, this.#deps.clock)
      return forCas
        ? this.#deps.scheduler.execute(atomicStoreCommand(context.kv, changes), limits)
        : this.#deps.scheduler.write(command, context.kv, changes, limits)
    } catch (error) {
      return Promise.reject(error)
    }
  }

  /** Counts the call and answers its column family. */
  #checkKeys(command: string, { context, cf = '' }: RawRequest, keys: readonly Uint8Array[]): ColumnFamily {
    this.#count(command)
    this.#deps.apiVersion.checkKeys(context.apiVersion ?? 0, 'raw', command, keys)
    for (const key of keys) if (key.length === 0) throw new EmptyKeyError(command)
    return this.#deps.apiVersion.rawColumnFamily(cf)
  }

  #checkWrite(command: string, request: RawRequest, keys: readonly Uint8Array[]): ColumnFamily {
    const cf = this.#checkKeys(command, request, keys)
    const { maxKeyBytes } = this.#options
    for (const key of keys) if (key.length > maxKeyBytes) throw new RawKeyTooLargeError(key.length, maxKeyBytes)
    return cf
  }

  #putChange(cf: ColumnFamily, key: Uint8Array, value: Uint8Array, ttlSeconds: number | undefined): KeyChange {
    const { apiVersion } = this.#deps
    const stored = apiVersion.encodeRawValue(value, this.#expiresAt(ttlSeconds))
    return { type: 'put', cf, key: apiVersion.encodeRawKey(key), value: stored }
  }

  #deleteChange(cf: ColumnFamily, key: Uint8Array): KeyChange {
    return { type: 'delete', cf, key: this.#deps.apiVersion.encodeRawKey(key) }
  }

  /** The client's value; `undefined` when there is none alive. */
  #decode(stored: Uint8Array | undefined): Uint8Array | undefined {
    if (stored === undefined) return undefined
    const { apiVersion } = this.#deps
    return apiVersion.decodeRawValue(stored, apiVersion.hasTtl ? this.#unixSeconds() : 0)?.value
  }

  #expiresAt(ttlSeconds = 0): number {
    return ttlSeconds === 0 ? 0 : this.#unixSeconds() + ttlSeconds
  }

  #unixSeconds(): number {
    return Math.floor(this.#deps.clock.unixMs() / 1000)
  }

  #slice(command: string, context: RequestContext): TimeSlice {
    return startTimeSlice(command, context, this.#deps.clock, this.#options.readSliceMs)
  }

  #count(command: string): void {
    this.#deps.commandCounter(command)
  }
}

/** Equal for gets that may be answered from one snapshot. */
function groupName({ regionId, epoch, peer, term = 0 }: KvContext, cf: ColumnFamily): string {
  return `${regionId} ${epoch?.version} ${epoch?.confVer} ${peer?.id} ${peer?.storeId} ${term} ${cf}`
}
