import { compareBytes, emptyBytes, type Region } from '@stratakv/core'
import * as kvrpcpb from '@stratakv/proto/kvrpcpb'
import { encodeBytes } from '@stratakv/wasm'
import { type ByteRange, keyAfter } from '../bytes.ts'
import type { CallScope } from '../call-scope.ts'
import { InvalidArgumentError } from '../errors.ts'
import { type KeyValue, scanPageCountMax } from '../raw-options.ts'
import type { RegionRequests } from '../region-requests.ts'
import { txnCommands } from './commands.ts'
import { keyName } from './key-name.ts'
import { rawBoundary } from './region-boundary.ts'
import type { SnapshotReads } from './snapshot-reads.ts'
import type { TxnCallOptions, TxnEnv } from './txn-env.ts'

export interface TxnScanOptions extends TxnCallOptions {
  /** Pairs in all; absent: no limit. */
  readonly limitCount?: number | undefined
  /** Values come back empty, and are not sent. */
  readonly keyOnly?: boolean | undefined
  /** Pairs fetched at once, 1 to {@link scanPageCountMax}; default {@link defaultScanPageCount}. */
  readonly pageCount?: number | undefined
}

/** As client-go. */
export const defaultScanPageCount = 256

/** @throws InvalidArgumentError */
export function checkScanOptions({ limitCount, pageCount = 1 }: TxnScanOptions): void {
  if (limitCount !== undefined && !(Number.isSafeInteger(limitCount) && limitCount >= 0)) {
    throw new InvalidArgumentError('limitCount', `is a whole number, not ${limitCount}`)
  }
  if (!(Number.isSafeInteger(pageCount) && pageCount >= 1 && pageCount <= scanPageCountMax)) {
    throw new InvalidArgumentError('pageCount', `is a whole number from 1 to ${scanPageCountMax}, not ${pageCount}`)
  }
}

const scanKind = { name: 'txn_scan', isWrite: false }

type DirectedScanOptions = TxnScanOptions & { readonly reverse: boolean }

/** All pairs, as users get them; each page is a call of its own. */
export async function* scanPairs(
  env: TxnEnv,
  reads: SnapshotReads,
  range: ByteRange,
  options: DirectedScanOptions,
): AsyncGenerator<KeyValue, void, undefined> {
  checkScanOptions(options)
  const scan = new SnapshotScan(env.regions, reads, range, options)
  for (;;) {
    const page = await env.call(scanKind, options.signal, async (scope) => {
      const pairs = await scan.nextPage(scope)
      if (pairs !== undefined) await reads.checkSafePoint()
      return pairs
    })
    if (page === undefined) return
    for (const { key, value } of page) yield { key: env.bytes.own(key), value: env.bytes.own(value) }
  }
}

/** Where a scan stands: one request to one region a page. */
export class SnapshotScan {
  readonly #regions: RegionRequests
  readonly #reads: SnapshotReads
  readonly #keyOnly: boolean
  readonly #reverse: boolean
  readonly #pageCount: number
  /** What is left of the range. */
  #start: Uint8Array
  #end: Uint8Array
  #leftCount: number
  #isDone = false

  constructor(regions: RegionRequests, reads: SnapshotReads, { start, end }: ByteRange, options: DirectedScanOptions) {
    this.#regions = regions
    this.#reads = reads
    this.#start = start
    this.#end = end
    this.#keyOnly = options.keyOnly ?? false
    this.#reverse = options.reverse
    this.#leftCount = options.limitCount ?? Number.POSITIVE_INFINITY
    this.#pageCount = options.pageCount ?? defaultScanPageCount
    this.#isDone = end.length > 0 && compareBytes(start, end) >= 0
  }

  /** `undefined`: that was all. Never an empty page. */
  async nextPage(scope: CallScope): Promise<readonly KeyValue[] | undefined> {
    while (!this.#isDone && this.#leftCount > 0) {
      const region = await this.#locate(scope)
      const range = this.#within(region)
      const limit = Math.min(this.#pageCount, this.#leftCount)
      const response = await this.#regions.callRegion(scope, txnCommands.scan, region, this.#request(range, limit))
      if (response === 'moved') continue
      if (response.error !== undefined) {
        await this.#reads.passLocks(scope, [this.#reads.lockOf(response.error)])
        continue
      }
      const { pairs } = response
      const page = await this.#readThroughLocks(scope, pairs)
      this.#advance(range, pairs, limit)
      if (page.length === 0) continue
      this.#leftCount -= page.length
      return page
    }
    return undefined
  }

  #locate(scope: CallScope): Region | Promise<Region> {
    if (!this.#reverse) return this.#regions.locate(scope, encodeBytes(this.#start))
    return this.#regions.locateBefore(scope, this.#end.length === 0 ? emptyBytes : encodeBytes(this.#end))
  }

  /** The part of what is left that the region holds. */
  #within(region: Region): { start: Uint8Array; end: Uint8Array } {
    const regionStart = rawBoundary(region.startKey)
    const regionEnd = rawBoundary(region.endKey)
    const start = compareBytes(regionStart, this.#start) > 0 ? regionStart : this.#start
    const isCut = regionEnd.length > 0 && (this.#end.length === 0 || compareBytes(regionEnd, this.#end) < 0)
    return { start, end: isCut ? regionEnd : this.#end }
  }

  #request(range: { start: Uint8Array; end: Uint8Array }, limit: number): kvrpcpb.ScanRequest {
    return kvrpcpb.ScanRequest.create({
      context: this.#reads.context(),
      // Backwards, the protocol's start is the exclusive upper end.
      startKey: this.#reverse ? range.end : range.start,
      endKey: this.#reverse ? range.start : range.end,
      limit,
      version: this.#reads.timestamp,
      keyOnly: this.#keyOnly,
      reverse: this.#reverse,
    })
  }

  /** Locked keys stand in their places, without a value: those are read one more time, past the locks. */
  async #readThroughLocks(scope: CallScope, pairs: readonly kvrpcpb.KvPair[]): Promise<KeyValue[]> {
    const locks = pairs.flatMap(({ error }) => (error === undefined ? [] : [this.#reads.lockOf(error)]))
    if (locks.length === 0) return pairs.map(({ key, value }) => ({ key, value }))
    await this.#reads.passLocks(scope, locks)
    const found = await this.#reads.batchGet(
      scope,
      locks.map(({ key }) => key),
    )
    const page: KeyValue[] = []
    for (const { error, key, value } of pairs) {
      if (error === undefined) {
        page.push({ key, value })
        continue
      }
      const lockedKey = error.locked!.key
      const read = found.get(keyName(lockedKey))
      if (read !== undefined) page.push({ key: lockedKey, value: this.#keyOnly ? emptyBytes : read })
    }
    return page
  }

  /** Behind the last pair of a full page, else behind the region. */
  #advance(range: { start: Uint8Array; end: Uint8Array }, pairs: readonly kvrpcpb.KvPair[], limit: number): void {
    const last = pairs.length >= limit ? pairs.at(-1) : undefined
    const lastKey = last?.error?.locked?.key ?? last?.key
    if (this.#reverse) {
      this.#end = lastKey ?? range.start
      this.#isDone = this.#end.length === 0 || compareBytes(this.#start, this.#end) >= 0
    } else {
      this.#start = lastKey === undefined ? range.end : keyAfter(lastKey)
      // Without a limit on either side, the last region ends the scan.
      const isAtEnd = lastKey === undefined && range.end.length === 0
      this.#isDone = isAtEnd || (this.#end.length > 0 && compareBytes(this.#start, this.#end) >= 0)
    }
  }
}
