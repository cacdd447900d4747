import { type EngineReader, equalBytes, type Region } from '@stratakv/core'
import { dataEndKey, dataKey, logicalKey } from '../keys.ts'
import { snapshotFamilies } from '../snapshot/snapshot-format.ts'

export interface SplitScanOptions {
  /** `coprocessor.region-split-size`: a new region begins after so much. */
  readonly splitBytes: number
  /** `coprocessor.region-max-size`: smaller ones are left alone, and so is what is left at the end. */
  readonly maxBytes: number
  /** `coprocessor.region-split-keys`, `region-max-keys`. */
  readonly splitKeys: number
  readonly maxKeys: number
  /** `coprocessor.batch-split-limit`. */
  readonly keysMax: number
}

export interface SplitScan {
  readonly sizeBytes: number
  readonly keyCount: number
  /** Boundary keys, ascending; none when the region is not too large. */
  readonly splitKeys: readonly Uint8Array[]
}

interface Cut {
  readonly key: Uint8Array
  /** Of what is before it. */
  readonly sizeBytes: number
  readonly keyCount: number
}

/** Entries between two rests, so that a large region does not hold up the loop. */
const sliceCount = 2_000

/**
 * Goes through the region's keys and values and says where it should be cut. Of the families, the one with most keys says where; all count.
 * `rest` is awaited now and then. (TiKV components/raftstore/src/coprocessor/split_check/size.rs, keys.rs.)
 */
export async function scanForSplit(
  engine: EngineReader,
  { startKey, endKey }: Region,
  options: SplitScanOptions,
  rest: () => Promise<void>,
): Promise<SplitScan> {
  let sizeBytes = 0
  let keyCount = 0
  let largest: { readonly cuts: readonly Cut[]; readonly sizeBytes: number; readonly keyCount: number } | undefined
  for (const cf of snapshotFamilies) {
    const cursor = engine.iterate(cf, { lowerBound: dataKey(startKey), upperBound: dataEndKey(endKey) })
    const cuts: Cut[] = []
    let familyBytes = 0
    let familyKeys = 0
    try {
      for (let found = await cursor.seekToFirst(); found; found = await cursor.next()) {
        const last = cuts.at(-1)
        const isFull =
          familyBytes - (last?.sizeBytes ?? 0) >= options.splitBytes ||
          familyKeys - (last?.keyCount ?? 0) >= options.splitKeys
        if (isFull) cuts.push({ key: boundaryOf(logicalKey(cursor.key)), sizeBytes: familyBytes, keyCount: familyKeys })
        familyBytes += cursor.key.length + cursor.value.length
        familyKeys++
        if (familyKeys % sliceCount === 0) await rest()
      }
    } finally {
      cursor.close()
    }
    sizeBytes += familyBytes
    keyCount += familyKeys
    if (familyBytes > (largest?.sizeBytes ?? -1)) largest = { cuts, sizeBytes: familyBytes, keyCount: familyKeys }
  }
  if (largest === undefined || (sizeBytes < options.maxBytes && keyCount < options.maxKeys)) {
    return { sizeBytes, keyCount, splitKeys: [] }
  }
  return { sizeBytes, keyCount, splitKeys: chosen(largest, startKey, options) }
}

function chosen(
  {
    cuts,
    sizeBytes,
    keyCount,
  }: { readonly cuts: readonly Cut[]; readonly sizeBytes: number; readonly keyCount: number },
  startKey: Uint8Array,
  { maxBytes, splitBytes, maxKeys, splitKeys, keysMax }: SplitScanOptions,
): Uint8Array[] {
  const kept = cuts.slice(0, keysMax)
  const last = kept.at(-1)
  // The end of the region need not be a small one.
  const isShort = (tail: number, size: number, max: number): boolean => tail + size < max
  if (
    kept.length > 1 &&
    last !== undefined &&
    isShort(sizeBytes - last.sizeBytes, splitBytes, maxBytes) &&
    isShort(keyCount - last.keyCount, splitKeys, maxKeys)
  ) {
    kept.pop()
  }
  const keys: Uint8Array[] = []
  for (const { key } of kept) if (!equalBytes(key, keys.at(-1) ?? startKey)) keys.push(key)
  return keys
}

/** The key in the middle of a region, by size; `undefined` where there is none that could cut it. */
export async function middleKey(
  engine: EngineReader,
  region: Region,
  rest: () => Promise<void>,
): Promise<Uint8Array | undefined> {
  const none = Number.POSITIVE_INFINITY
  const unlimited = { splitBytes: none, maxBytes: none, splitKeys: none, maxKeys: none, keysMax: 0 }
  const { sizeBytes } = await scanForSplit(engine, region, unlimited, rest)
  const halves = { ...unlimited, splitBytes: Math.max(1, Math.ceil(sizeBytes / 2)), maxBytes: 0, keysMax: 1 }
  return (await scanForSplit(engine, region, halves, rest)).splitKeys[0]
}

const groupBytes = 8
const timestampBytes = 8

/** A transactional key without its timestamp, so that the versions of one key stay together; any other key as it is. */
export function boundaryOf(key: Uint8Array): Uint8Array {
  for (let end = groupBytes + 1; end <= key.length; end += groupBytes + 1) {
    const marker = key[end - 1]!
    if (marker === 0xff) continue
    const padding = 0xff - marker
    if (padding > groupBytes || key.length - end !== timestampBytes) return key
    return key.subarray(end - 1 - padding, end - 1).every((byte) => byte === 0) ? key.subarray(0, end) : key
  }
  return key
}
