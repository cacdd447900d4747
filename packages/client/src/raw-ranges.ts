import { compareBytes, type Region } from '@stratakv/core'
import { tikvMethods } from '@stratakv/proto'
import * as kvrpcpb from '@stratakv/proto/kvrpcpb'
import { type ByteRange, keyAfter } from './bytes.ts'
import type { CallScope } from './call-scope.ts'
import { ownPairs, refuseText } from './raw-answers.ts'
import type { KeyValue, RawChecksum, RawClientOptions } from './raw-options.ts'
import type { RegionCommand, RegionRequests } from './region-requests.ts'
import type { CallKind } from './user-calls.ts'

export interface RawRangesDeps {
  readonly requests: RegionRequests
  /** From a message to what the caller may keep and change. */
  readonly own: (bytes: Uint8Array) => Uint8Array
}

export interface RawScan {
  readonly kind: CallKind
  readonly cf: string
  readonly keyOnly: boolean
  /** Descending. */
  readonly reverse: boolean
  /** Most pairs of one request. */
  readonly pageCount: number
}

export interface RawPage {
  /** In the scan's order; may be none although more follow. */
  readonly pairs: readonly KeyValue[]
  /** What is left of the range; `undefined`: nothing. */
  readonly rest: ByteRange | undefined
}

/** Commands over ranges of raw keys, walked region by region. */
export class RawRanges {
  readonly #deps: RawRangesDeps
  readonly #scan: RegionCommand<kvrpcpb.RawScanRequest, kvrpcpb.RawScanResponse>
  readonly #deleteRange: RegionCommand<kvrpcpb.RawDeleteRangeRequest, kvrpcpb.RawDeleteRangeResponse>
  readonly #checksum: RegionCommand<kvrpcpb.RawChecksumRequest, kvrpcpb.RawChecksumResponse>

  constructor(deps: RawRangesDeps, options: RawClientOptions) {
    this.#deps = deps
    const { timeoutMs, rangeTimeoutMs } = options
    this.#scan = { method: tikvMethods.rawScan, batchName: 'rawScan', timeoutMs }
    this.#deleteRange = { method: tikvMethods.rawDeleteRange, batchName: 'rawDeleteRange', timeoutMs: rangeTimeoutMs }
    // BatchCommands has no place for it.
    this.#checksum = { method: tikvMethods.rawChecksum, timeoutMs: rangeTimeoutMs }
  }

  /** At most `scan.pageCount` pairs from the beginning of `range` (from its end, in reverse), of one region. */
  async page(scope: CallScope, range: ByteRange, scan: RawScan): Promise<RawPage> {
    if (isEmpty(range)) return { pairs: [], rest: undefined }
    for (;;) {
      const region = await (scan.reverse
        ? this.#deps.requests.locateBefore(scope, range.end)
        : this.#deps.requests.locate(scope, range.start))
      const { start, end } = within(region, range)
      const request = kvrpcpb.RawScanRequest.create({
        // In reverse a scan begins at the upper bound, which is called its start.
        startKey: scan.reverse ? end : start,
        endKey: scan.reverse ? start : end,
        limit: scan.pageCount,
        keyOnly: scan.keyOnly,
        reverse: scan.reverse,
        cf: scan.cf,
      })
      const response = await this.#deps.requests.callRegion(scope, this.#scan, region, request)
      if (response === 'moved') continue
      const pairs = ownPairs(scan.kind, response.kvs, this.#deps.own)
      return { pairs, rest: restAfter(region, range, pairs, scan) }
    }
  }

  /** At most `limitCount` pairs from the beginning of `range`. */
  async scanUpTo(scope: CallScope, range: ByteRange, scan: RawScan, limitCount: number): Promise<KeyValue[]> {
    const found: KeyValue[] = []
    let rest: ByteRange | undefined = range
    while (rest !== undefined && found.length < limitCount) {
      const pageCount = Math.min(scan.pageCount, limitCount - found.length)
      const page: RawPage = await this.page(scope, rest, { ...scan, pageCount })
      found.push(...page.pairs)
      rest = page.rest
    }
    return found
  }

  async deleteRange(scope: CallScope, kind: CallKind, range: ByteRange, cf: string): Promise<void> {
    await this.#walk(scope, range, async (region, { start: startKey, end: endKey }) => {
      const request = kvrpcpb.RawDeleteRangeRequest.create({ startKey, endKey, cf })
      const response = await this.#deps.requests.callRegion(scope, this.#deleteRange, region, request)
      if (response === 'moved') return 'moved'
      refuseText(kind, response)
      return 'done'
    })
  }

  async checksum(scope: CallScope, kind: CallKind, range: ByteRange): Promise<RawChecksum> {
    let sum: RawChecksum = { crc64Xor: 0n, pairCount: 0, totalBytes: 0 }
    await this.#walk(scope, range, async (region, { start: startKey, end: endKey }) => {
      const request = kvrpcpb.RawChecksumRequest.create({ ranges: [{ startKey, endKey }] })
      const response = await this.#deps.requests.callRegion(scope, this.#checksum, region, request)
      if (response === 'moved') return 'moved'
      refuseText(kind, response)
      sum = {
        crc64Xor: sum.crc64Xor ^ response.checksum,
        pairCount: sum.pairCount + response.totalKvs,
        totalBytes: sum.totalBytes + response.totalBytes,
      }
      return 'done'
    })
    return sum
  }

  /** Visits the regions of a range in order, each with its part of the range; where a region has moved, it looks again. */
  async #walk(
    scope: CallScope,
    range: ByteRange,
    visit: (region: Region, part: ByteRange) => Promise<'done' | 'moved'>,
  ): Promise<void> {
    let rest: ByteRange | undefined = isEmpty(range) ? undefined : range
    while (rest !== undefined) {
      const region = await this.#deps.requests.locate(scope, rest.start)
      if ((await visit(region, within(region, rest))) === 'done') rest = behind(region, rest)
    }
  }
}

/** Empty bounds are unbounded. */
function isEmpty({ start, end }: ByteRange): boolean {
  return end.length > 0 && compareBytes(start, end) >= 0
}

/** The part of a range that lies in the region. */
function within(region: Region, { start, end }: ByteRange): ByteRange {
  const endsInside = end.length > 0 && (region.endKey.length === 0 || compareBytes(end, region.endKey) <= 0)
  return {
    start: compareBytes(start, region.startKey) >= 0 ? start : region.startKey,
    end: endsInside ? end : region.endKey,
  }
}

function behind(region: Region, range: ByteRange): ByteRange | undefined {
  if (region.endKey.length === 0) return undefined
  const rest = { start: region.endKey, end: range.end }
  return isEmpty(rest) ? undefined : rest
}

function before(region: Region, range: ByteRange): ByteRange | undefined {
  if (compareBytes(region.startKey, range.start) <= 0) return undefined
  return { start: range.start, end: region.startKey }
}

function restAfter(region: Region, range: ByteRange, pairs: readonly KeyValue[], scan: RawScan): ByteRange | undefined {
  if (pairs.length < scan.pageCount) return scan.reverse ? before(region, range) : behind(region, range)
  // The caller may change the key it gets while the scan goes on.
  const lastKey = new Uint8Array(pairs[pairs.length - 1]!.key)
  return scan.reverse ? { start: range.start, end: lastKey } : { start: keyAfter(lastKey), end: range.end }
}
