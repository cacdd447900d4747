import { chain, equalBytes, type Histogram, type MaybePromise, type Telemetry, toHex } from '@stratakv/core'
import { tikvMethods } from '@stratakv/proto'
import * as kvrpcpb from '@stratakv/proto/kvrpcpb'
import { type ByteRange, ByteSlab, type Bytes, type KeyRange, toByteRange } from './bytes.ts'
import type { CallScope } from './call-scope.ts'
import { UndeterminedError } from './errors.ts'
import { checkCount, ownPairs, refuseText } from './raw-answers.ts'
import { cutIntoChunks, type RawChunk, runBounded } from './raw-batches.ts'
import {
  type CompareAndSwap,
  type CompareAndSwapResult,
  defaultRawClientOptions,
  type KeyValue,
  type RawCallOptions,
  type RawChecksum,
  type RawClientOptions,
  type RawPair,
  type RawPutOptions,
  type RawScanOptions,
  type RawWriteOptions,
  scanPageCountMax,
} from './raw-options.ts'
import { RawRanges, type RawScan } from './raw-ranges.ts'
import type { RegionCommand, RegionRequests } from './region-requests.ts'
import type { CallKind, UserCalls } from './user-calls.ts'

export interface RawClientDeps {
  readonly requests: RegionRequests
  readonly calls: UserCalls
  readonly telemetry: Telemetry
  /** The server is in this process and its messages hold its own bytes: what is returned is a copy. */
  readonly sharesMessages: boolean
}

const kinds = {
  get: { name: 'raw_get', isWrite: false },
  batchGet: { name: 'raw_batch_get', isWrite: false },
  put: { name: 'raw_put', isWrite: true },
  batchPut: { name: 'raw_batch_put', isWrite: true },
  delete: { name: 'raw_delete', isWrite: true },
  batchDelete: { name: 'raw_batch_delete', isWrite: true },
  deleteRange: { name: 'raw_delete_range', isWrite: true },
  compareAndSwap: { name: 'raw_compare_and_swap', isWrite: true },
  getKeyTtl: { name: 'raw_get_key_ttl', isWrite: false },
  scan: { name: 'raw_scan', isWrite: false },
  reverseScan: { name: 'raw_reverse_scan', isWrite: false },
  batchScan: { name: 'raw_batch_scan', isWrite: false },
  checksum: { name: 'raw_checksum', isWrite: false },
} as const satisfies Record<string, CallKind>

/**
 * Plain keys and values, without transactions. Keys are not empty; text stands for its UTF-8 bytes. A key is either written by
 * this API or by transactions, never by both.
 *
 * **Buffers.** What is passed in is copied before the call returns: the caller may change it at once. What comes out belongs to
 * the caller; arrays may share one ArrayBuffer, so it must not be transferred.
 *
 * **Errors** of every call: BackoffExhaustedError, CallAbortedError, CallRefusedError, RegionRefusedError, ServerError, ClosedError. A write
 * that failed, and of which nobody knows whether it was done, rejects with UndeterminedError, whatever else went wrong.
 */
export class RawClient {
  readonly #deps: RawClientDeps
  readonly #options: RawClientOptions
  /** What lives as long as a call, and what a store in this process may keep: see {@link ByteSlab}. */
  readonly #callBytes = new ByteSlab()
  readonly #writtenBytes = new ByteSlab()
  readonly #resultBytes = new ByteSlab()
  readonly #ranges: RawRanges
  readonly #keyValueBytes: Histogram
  readonly #get: RegionCommand<kvrpcpb.RawGetRequest, kvrpcpb.RawGetResponse>
  readonly #put: RegionCommand<kvrpcpb.RawPutRequest, kvrpcpb.RawPutResponse>
  readonly #delete: RegionCommand<kvrpcpb.RawDeleteRequest, kvrpcpb.RawDeleteResponse>
  readonly #batchGet: RegionCommand<kvrpcpb.RawBatchGetRequest, kvrpcpb.RawBatchGetResponse>
  readonly #batchPut: RegionCommand<kvrpcpb.RawBatchPutRequest, kvrpcpb.RawBatchPutResponse>
  readonly #batchDelete: RegionCommand<kvrpcpb.RawBatchDeleteRequest, kvrpcpb.RawBatchDeleteResponse>
  readonly #compareAndSwap: RegionCommand<kvrpcpb.RawCASRequest, kvrpcpb.RawCASResponse>
  readonly #getKeyTtl: RegionCommand<kvrpcpb.RawGetKeyTTLRequest, kvrpcpb.RawGetKeyTTLResponse>

  constructor(deps: RawClientDeps, options: Partial<RawClientOptions> = {}) {
    this.#deps = deps
    this.#options = { ...defaultRawClientOptions, ...options }
    const { timeoutMs } = this.#options
    this.#get = { method: tikvMethods.rawGet, batchName: 'rawGet', timeoutMs }
    this.#put = { method: tikvMethods.rawPut, batchName: 'rawPut', timeoutMs }
    this.#delete = { method: tikvMethods.rawDelete, batchName: 'rawDelete', timeoutMs }
    this.#batchGet = { method: tikvMethods.rawBatchGet, batchName: 'rawBatchGet', timeoutMs }
    this.#batchPut = { method: tikvMethods.rawBatchPut, batchName: 'rawBatchPut', timeoutMs }
    this.#batchDelete = { method: tikvMethods.rawBatchDelete, batchName: 'rawBatchDelete', timeoutMs }
    // BatchCommands has no place for these two.
    this.#compareAndSwap = { method: tikvMethods.rawCompareAndSwap, timeoutMs }
    this.#getKeyTtl = { method: tikvMethods.rawGetKeyTTL, timeoutMs }
    this.#ranges = new RawRanges({ requests: deps.requests, own: (bytes) => this.#own(bytes) }, this.#options)
    this.#keyValueBytes = deps.telemetry.histogram({
      name: 'tikv_client_rawkv_kv_size_bytes',
      help: 'Sizes of the keys and values of raw puts.',
      labels: ['type'],
      buckets: sizeBuckets,
    })
  }

  /** `undefined`: not found. */
  get(key: Bytes, options: RawCallOptions = {}): Promise<Uint8Array | undefined> {
    return this.#run(kinds.get, options, (scope) => {
      const keyBytes = this.#callBytes.take(key)
      const request = { context: undefined, key: keyBytes, cf: this.#cf(options) }
      return chain(this.#deps.requests.callKey(scope, this.#get, keyBytes, request), (response) => {
        refuseText(kinds.get, response)
        return response.notFound ? undefined : this.#own(response.value)
      })
    })
  }

  put(key: Bytes, value: Bytes, options: RawPutOptions = {}): Promise<void> {
    return this.#run(kinds.put, options, (scope) => {
      const keyBytes = this.#writtenBytes.take(key)
      const valueBytes = this.#writtenBytes.take(value)
      this.#keyValueBytes.observe(keyBytes.length, 'key')
      this.#keyValueBytes.observe(valueBytes.length, 'value')
      const request: kvrpcpb.RawPutRequest = {
        context: undefined,
        key: keyBytes,
        value: valueBytes,
        cf: this.#cf(options),
        ttl: checkTtl(options.ttlSeconds),
        forCas: this.#isAtomic(options),
      }
      return chain(this.#deps.requests.callKey(scope, this.#put, keyBytes, request), (response) =>
        refuseText(kinds.put, response),
      )
    })
  }

  /** A key that is not there is no error. */
  delete(key: Bytes, options: RawWriteOptions = {}): Promise<void> {
    return this.#run(kinds.delete, options, (scope) => {
      const keyBytes = this.#writtenBytes.take(key)
      const request: kvrpcpb.RawDeleteRequest = {
        context: undefined,
        key: keyBytes,
        cf: this.#cf(options),
        forCas: this.#isAtomic(options),
      }
      return chain(this.#deps.requests.callKey(scope, this.#delete, keyBytes, request), (response) =>
        refuseText(kinds.delete, response),
      )
    })
  }

  /** Values in the order of `keys`; `undefined`: not found. Not a snapshot: keys are read at slightly different times. */
  batchGet(keys: readonly Bytes[], options: RawCallOptions = {}): Promise<(Uint8Array | undefined)[]> {
    return this.#run(kinds.batchGet, options, async (scope) => {
      const keyBytes = keys.map((key) => this.#callBytes.take(key))
      const found = new Array<Uint8Array | undefined>(keys.length).fill(undefined)
      const cf = this.#cf(options)
      await this.#inChunks(scope, keyBytes, keyCountOnly, async (part, { region, indexes }) => {
        const request = { context: undefined, keys: indexes.map((index) => keyBytes[index]!), cf }
        const response = await this.#deps.requests.callRegion(part, this.#batchGet, region, request)
        if (response === 'moved') return 'moved'
        placePairs(
          ownPairs(kinds.batchGet, response.pairs, (bytes) => this.#own(bytes)),
          keyBytes,
          indexes,
          found,
        )
        return undefined
      })
      return found
    })
  }

  /**
   * All pairs, in several requests when they are many or in several regions: each request is done as a whole or not at all, the
   * call is not. Of a key that is given twice, either value may stay.
   */
  batchPut(pairs: readonly RawPair[], options: RawWriteOptions = {}): Promise<void> {
    return this.#run(kinds.batchPut, options, async (scope) => {
      const copies = pairs.map(({ key, value }) => {
        const copy = kvrpcpb.KvPair.create({ key: this.#writtenBytes.take(key), value: this.#writtenBytes.take(value) })
        this.#keyValueBytes.observe(copy.key.length, 'key')
        this.#keyValueBytes.observe(copy.value.length, 'value')
        return copy
      })
      const ttls = pairs.some(({ ttlSeconds }) => ttlSeconds) ? pairs.map((pair) => checkTtl(pair.ttlSeconds)) : []
      const [cf, forCas] = [this.#cf(options), this.#isAtomic(options)]
      const keys = copies.map(({ key }) => key)
      const bytesOf = (index: number) => copies[index]!.key.length + copies[index]!.value.length
      await this.#inChunks(scope, keys, bytesOf, async (part, { region, indexes }) => {
        const request: kvrpcpb.RawBatchPutRequest = {
          context: undefined,
          pairs: indexes.map((index) => copies[index]!),
          ttls: ttls.length === 0 ? [] : indexes.map((index) => ttls[index]!),
          // What a server of before `ttls` reads: exact when all pairs agree, and such a server cannot do more.
          ttl: ttls[indexes[0]!] ?? 0,
          cf,
          forCas,
        }
        const response = await this.#deps.requests.callRegion(part, this.#batchPut, region, request)
        if (response !== 'moved') refuseText(kinds.batchPut, response)
        return response
      })
    })
  }

  /** As `batchPut`. */
  batchDelete(keys: readonly Bytes[], options: RawWriteOptions = {}): Promise<void> {
    return this.#run(kinds.batchDelete, options, async (scope) => {
      const keyBytes = keys.map((key) => this.#writtenBytes.take(key))
      const [cf, forCas] = [this.#cf(options), this.#isAtomic(options)]
      await this.#inChunks(scope, keyBytes, keyCountOnly, async (part, { region, indexes }) => {
        const request = { context: undefined, keys: indexes.map((index) => keyBytes[index]!), cf, forCas }
        const response = await this.#deps.requests.callRegion(part, this.#batchDelete, region, request)
        if (response !== 'moved') refuseText(kinds.batchDelete, response)
        return response
      })
    })
  }

  /**
   * Pairs in ascending order. Pages are fetched as they are needed; leaving the loop ends it. Not a snapshot: what is written
   * behind the cursor meanwhile is seen. Every page has the budget of a call of its own.
   */
  scan(range: KeyRange, options: RawScanOptions = {}): AsyncIterableIterator<KeyValue> {
    return this.#walk(kinds.scan, toByteRange(this.#callBytes, range), options, false)
  }

  /** Pairs of `[start, end)` in descending order; else as `scan`. */
  reverseScan(range: KeyRange, options: RawScanOptions = {}): AsyncIterableIterator<KeyValue> {
    return this.#walk(kinds.reverseScan, toByteRange(this.#callBytes, range), options, true)
  }

  /** The first `limitCount` pairs of each range, in ascending order. */
  batchScan(ranges: readonly KeyRange[], limitCount: number, options: RawScanOptions = {}): Promise<KeyValue[][]> {
    return this.#run(kinds.batchScan, options, async (scope) => {
      checkCount('limitCount', limitCount, Number.MAX_SAFE_INTEGER)
      const scan = this.#scanOf(kinds.batchScan, options, false)
      const results: KeyValue[][] = ranges.map(() => [])
      const byteRanges = ranges.map((range) => toByteRange(this.#callBytes, range))
      await runBounded([...byteRanges.entries()], this.#options.parallelRequestsMax, async ([index, range]) => {
        results[index] = await this.#ranges.scanUpTo(scope.fork(), range, scan, limitCount)
      })
      return results
    })
  }

  /** All keys of the range, region by region: not at one moment. */
  deleteRange(range: KeyRange, options: RawCallOptions = {}): Promise<void> {
    return this.#run(kinds.deleteRange, options, (scope) =>
      this.#ranges.deleteRange(scope, kinds.deleteRange, toByteRange(this.#callBytes, range), this.#cf(options)),
    )
  }

  /** Of column family `default`, region by region: not at one moment. */
  checksum(range: KeyRange, options: Omit<RawCallOptions, 'columnFamily'> = {}): Promise<RawChecksum> {
    return this.#run(kinds.checksum, options, (scope) =>
      this.#ranges.checksum(scope, kinds.checksum, toByteRange(this.#callBytes, range)),
    )
  }

  /**
   * Writes `value` if `previous` is there. Atomic against other compare-and-swaps, and against writes with `atomic`.
   *
   * @throws UndeterminedError also when a try went unanswered and a later one found something else than `previous`: that may be
   * what the first try wrote, or what somebody wrote after it.
   */
  compareAndSwap(key: Bytes, swap: CompareAndSwap, options: RawPutOptions = {}): Promise<CompareAndSwapResult> {
    return this.#run(kinds.compareAndSwap, options, (scope) => {
      const keyBytes = this.#writtenBytes.take(key)
      const request = kvrpcpb.RawCASRequest.create({
        key: keyBytes,
        value: this.#writtenBytes.take(swap.value),
        previousNotExist: swap.previous === undefined,
        previousValue: this.#callBytes.take(swap.previous ?? ''),
        cf: this.#cf(options),
        ttl: checkTtl(options.ttlSeconds),
      })
      return chain(this.#deps.requests.callKey(scope, this.#compareAndSwap, keyBytes, request), (response) => {
        refuseText(kinds.compareAndSwap, response)
        if (!response.succeed && scope.undeterminedCount > 0) {
          throw new UndeterminedError(kinds.compareAndSwap.name, new Error('an earlier try was not answered'))
        }
        const previous = response.previousNotExist ? undefined : this.#own(response.previousValue)
        return { swapped: response.succeed, previous }
      })
    })
  }

  /** Seconds the key has left; 0: for ever; `undefined`: not found. */
  getKeyTtl(key: Bytes, options: RawCallOptions = {}): Promise<number | undefined> {
    return this.#run(kinds.getKeyTtl, options, (scope) => {
      const keyBytes = this.#callBytes.take(key)
      const request = { context: undefined, key: keyBytes, cf: this.#cf(options) }
      return chain(this.#deps.requests.callKey(scope, this.#getKeyTtl, keyBytes, request), (response) => {
        refuseText(kinds.getKeyTtl, response)
        return response.notFound ? undefined : response.ttl
      })
    })
  }

  #run<T>(kind: CallKind, options: RawCallOptions, body: (scope: CallScope) => MaybePromise<T>): Promise<T> {
    return this.#deps.calls.run(kind, this.#options.budgetMs, options.signal, body)
  }

  async *#walk(
    kind: CallKind,
    range: ByteRange,
    options: RawScanOptions,
    reverse: boolean,
  ): AsyncGenerator<KeyValue, undefined> {
    const scan = this.#scanOf(kind, options, reverse)
    let rest = range
    for (;;) {
      const page = await this.#run(kind, options, (scope) => this.#ranges.page(scope, rest, scan))
      yield* page.pairs
      if (page.rest === undefined) return
      rest = page.rest
    }
  }

  #scanOf(kind: CallKind, options: RawScanOptions, reverse: boolean): RawScan {
    const pageCount = options.pageCount ?? this.#options.scanPageCount
    checkCount('pageCount', pageCount, scanPageCountMax, 1)
    return { kind, cf: this.#cf(options), keyOnly: options.keyOnly ?? false, reverse, pageCount }
  }

  /** Sends what belongs to one region in requests of their own; what has moved meanwhile is grouped again. */
  async #inChunks(
    scope: CallScope,
    keys: readonly Uint8Array[],
    bytesOf: (index: number) => number,
    send: (scope: CallScope, chunk: RawChunk) => Promise<unknown>,
    positions: readonly number[] = keys.map((_, index) => index),
  ): Promise<void> {
    const { batchKeyCountMax, batchBytesMax, parallelRequestsMax } = this.#options
    const grouped = await this.#deps.requests.groupByRegion(
      scope,
      positions.map((index) => keys[index]!),
    )
    const groups = grouped.map(({ region, indexes }) => ({ region, indexes: indexes.map((at) => positions[at]!) }))
    const chunks = cutIntoChunks(groups, { countMax: batchKeyCountMax, bytesMax: batchBytesMax }, bytesOf)
    await runBounded(chunks, parallelRequestsMax, async (chunk) => {
      const part = chunks.length === 1 ? scope : scope.fork()
      const outcome = await send(part, chunk)
      if (outcome === 'moved') await this.#inChunks(part, keys, bytesOf, send, chunk.indexes)
    })
  }

  #cf(options: RawCallOptions): string {
    return options.columnFamily ?? this.#options.columnFamily
  }

  #isAtomic(options: RawWriteOptions): boolean {
    return options.atomic ?? this.#options.atomic
  }

  #own(bytes: Uint8Array): Uint8Array {
    return this.#deps.sharesMessages ? this.#resultBytes.take(bytes) : bytes
  }
}

/** Powers of two from 16 bytes to 16 MiB. */
const sizeBuckets = Array.from({ length: 21 }, (_, index) => 16 * 2 ** index)

/** Requests of keys alone are limited by their count. */
const keyCountOnly = () => 0

function checkTtl(ttlSeconds: number | undefined): number {
  if (ttlSeconds === undefined) return 0
  checkCount('ttlSeconds', ttlSeconds, Number.MAX_SAFE_INTEGER)
  return ttlSeconds
}

/** Puts the pairs of an answer where their keys were asked for. The server leaves out what it does not find. */
function placePairs(
  pairs: readonly KeyValue[],
  keys: readonly Uint8Array[],
  indexes: readonly number[],
  values: (Uint8Array | undefined)[],
): void {
  // Stores answer in the order of the keys; who does not is served too, by name.
  let next = 0
  for (const index of indexes) {
    const pair = pairs[next]
    if (pair === undefined || !equalBytes(pair.key, keys[index]!)) continue
    values[index] = pair.value
    next++
  }
  if (next === pairs.length) return
  const byKey = new Map(pairs.map(({ key, value }) => [toHex(key), value]))
  for (const index of indexes) values[index] = byKey.get(toHex(keys[index]!))
}
