import {
  type ApiVersion,
  type ColumnFamily,
  chain,
  compareBytes,
  emptyBytes,
  type KvSnapshot,
  type MaybePromise,
  type RequestRange,
} from '@stratakv/core'
import { walk, withCursor } from './cursor-walk.ts'
import { InvalidKeyRangesError } from './errors.ts'
import type { RawPair } from './raw-request.ts'
import { checkBoundInRegion } from './region-snapshot.ts'
import type { ReplyBudget } from './reply-budget.ts'
import type { TimeSlice } from './time-slice.ts'

/** How to scan, and where the pairs go. One serves all ranges of a batch scan. */
export interface RawScan {
  readonly apiVersion: ApiVersion
  readonly cf: ColumnFamily
  /** Of each range. */
  readonly limitCount: number
  readonly keyOnly: boolean
  readonly reverse: boolean
  readonly nowUnixSeconds: number
  readonly slice: TimeSlice
  readonly budget: ReplyBudget
}

/** Forward `[start, end)` ascending, reverse `[end, start)` descending, within the region. Dead values do not count. */
export function scanRawRange(
  snapshot: KvSnapshot,
  { start, end }: RequestRange,
  scan: RawScan,
): MaybePromise<readonly RawPair[]> {
  const { apiVersion, cf, reverse, keyOnly, limitCount } = scan
  // In reverse an empty start is the open end of the key space, else it is the first key of all.
  const first = start.length === 0 && reverse ? emptyBytes : apiVersion.encodeRawKey(start)
  const last = end.length === 0 ? emptyBytes : apiVersion.encodeRawKey(end)
  if (first.length !== 0 || !reverse) checkBoundInRegion(first, snapshot.region)
  const [lowerBound, upperBound] = reverse ? [last, first] : [first, last]
  if (upperBound.length !== 0 && compareBytes(lowerBound, upperBound) >= 0) return []
  const pairs: RawPair[] = []
  const visit = (storedKey: Uint8Array, storedValue: Uint8Array): boolean => {
    const decoded = apiVersion.decodeRawValue(storedValue, scan.nowUnixSeconds)
    if (decoded === undefined) return true
    const pair = { key: apiVersion.decodeRawKey(storedKey), value: keyOnly ? emptyBytes : decoded.value }
    scan.budget.take(pair.key, pair.value)
    pairs.push(pair)
    return pairs.length < limitCount
  }
  const cursor = snapshot.iterate(cf, {
    lowerBound,
    upperBound,
    expectedCount: limitCount,
    // Whether a value is alive stands in the value.
    keysOnly: keyOnly && !apiVersion.hasTtl,
  })
  return withCursor(cursor, () =>
    chain(walk(cursor, reverse ? 'descending' : 'ascending', scan.slice, visit), () => pairs),
  )
}

/**
 * The ranges of a batch scan with their open ends closed: an empty end takes the next range's start.
 * @throws InvalidKeyRangesError when one is empty or upside down
 */
export function closeRanges(ranges: readonly RequestRange[], reverse: boolean): readonly RequestRange[] {
  return ranges.map(({ start, end: given }, index) => {
    const end = given.length === 0 ? (ranges[index + 1]?.start ?? emptyBytes) : given
    if (end.length !== 0) {
      const order = compareBytes(start, end)
      if (reverse ? order <= 0 : order >= 0) throw new InvalidKeyRangesError()
    }
    return { start, end }
  })
}
