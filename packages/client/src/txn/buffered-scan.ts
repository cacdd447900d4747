import { compareBytes, emptyBytes } from '@stratakv/core'
import type { ByteRange } from '../bytes.ts'
import type { KeyValue } from '../raw-options.ts'
import type { MemBuffer, Mutation } from './mem-buffer.ts'
import { checkScanOptions, defaultScanPageCount, type TxnScanOptions } from './snapshot-scan.ts'

/**
 * A scan with the transaction's own writes, as they are when it begins, laid over what is stored; `stored` makes the scan below for
 * the options that it is to have.
 */
export async function* bufferedScan(
  buffer: MemBuffer,
  range: ByteRange,
  options: TxnScanOptions & { readonly reverse: boolean },
  stored: (options: TxnScanOptions) => AsyncGenerator<KeyValue, void, undefined>,
): AsyncGenerator<KeyValue, void, undefined> {
  checkScanOptions(options)
  const own = buffer.range(range.start, range.end)
  if (own.length === 0) {
    yield* stored(options)
    return
  }
  const { limitCount, keyOnly = false, pageCount = defaultScanPageCount, signal, reverse } = options
  if (reverse) own.reverse()
  // Own deletions take away from what is stored, so the limit is counted here, behind the merge.
  let leftCount = limitCount ?? Number.POSITIVE_INFINITY
  if (leftCount === 0) return
  const below = stored({ keyOnly, signal, pageCount: Math.min(pageCount, leftCount + own.length) })
  for await (const pair of mergeOver(own, below, { reverse, keyOnly })) {
    yield pair
    if (--leftCount === 0) return
  }
}

async function* mergeOver(
  own: readonly Mutation[],
  stored: AsyncGenerator<KeyValue, void, undefined>,
  { reverse, keyOnly }: { readonly reverse: boolean; readonly keyOnly: boolean },
): AsyncGenerator<KeyValue, void, undefined> {
  let next = 0
  for await (const pair of stored) {
    for (; next < own.length; next++) {
      const order = compareBytes(own[next]!.key, pair.key)
      if (reverse ? order <= 0 : order >= 0) break
      if (exists(own[next]!)) yield pairOf(own[next]!, keyOnly)
    }
    const covering = own[next]
    if (covering !== undefined && compareBytes(covering.key, pair.key) === 0) {
      next++
      if (exists(covering)) yield pairOf(covering, keyOnly)
    } else yield pair
  }
  for (; next < own.length; next++) if (exists(own[next]!)) yield pairOf(own[next]!, keyOnly)
}

function exists({ kind }: Mutation): boolean {
  return kind === 'put' || kind === 'insert'
}

function pairOf({ key, value }: Mutation, keyOnly: boolean): KeyValue {
  // The commit still needs the buffer's own.
  return { key: key.slice(), value: keyOnly ? emptyBytes : value.slice() }
}
