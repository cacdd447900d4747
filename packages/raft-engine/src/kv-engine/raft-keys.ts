import { assert, equalBytes, type LogIndex, type RegionId } from '@stratakv/core'

// TiKV's raft database has the first two kinds (components/keys/src/lib.rs), the others are ours. **Do not renumber**: see FORMAT.md.
const prefix = [0x01, 0x02] as const
const entrySuffix = 0x01
const stateSuffix = 0x02
const valueSuffix = 0x80
const floorSuffix = 0x81

/** The one key of a region that TiKV's raft database has a place for: it lies there. "R", as raft-engine's callers name it. */
const stateKey: Uint8Array = Uint8Array.of(0x52)

/** `prefix`, region, suffix. */
const regionKeyBytes = 11
export const entryKeyBytes = 19

/** Everything this store writes lies in `[raftKeysStart, raftKeysEnd)`. */
export const raftKeysStart: Uint8Array = Uint8Array.of(...prefix)
export const raftKeysEnd: Uint8Array = Uint8Array.of(prefix[0], prefix[1] + 1)

/** What a key holds. `foreign` is no key of ours. */
export type RaftKey =
  | { readonly kind: 'entry'; readonly regionId: RegionId; readonly index: LogIndex }
  | { readonly kind: 'value'; readonly regionId: RegionId; readonly key: Uint8Array }
  | { readonly kind: 'floor'; readonly regionId: RegionId }
  | { readonly kind: 'foreign' }

export function entryKey(regionId: RegionId, index: LogIndex): Uint8Array {
  const key = regionKey(regionId, entrySuffix, entryKeyBytes)
  putUint64(key, regionKeyBytes, index)
  return key
}

/** Behind every entry of the region, and before everything else of it. */
export function entriesEnd(regionId: RegionId): Uint8Array {
  return regionKey(regionId, stateSuffix, regionKeyBytes)
}

export function valueKey(regionId: RegionId, key: Uint8Array): Uint8Array {
  if (equalBytes(key, stateKey)) return regionKey(regionId, stateSuffix, regionKeyBytes)
  const encoded = regionKey(regionId, valueSuffix, regionKeyBytes + key.length)
  encoded.set(key, regionKeyBytes)
  return encoded
}

/** Where it is kept that entries below an index are dropped, while they still are there. */
export function floorKey(regionId: RegionId): Uint8Array {
  return regionKey(regionId, floorSuffix, regionKeyBytes)
}

export function encodeFloor(index: LogIndex): Uint8Array {
  const value = new Uint8Array(8)
  putUint64(value, 0, index)
  return value
}

/** `undefined` when it is none. */
export function decodeFloor(value: Uint8Array): LogIndex | undefined {
  return value.length === 8 ? uint64At(value, 0) : undefined
}

export function decodeKey(encoded: Uint8Array): RaftKey {
  const regionId = encoded.length < regionKeyBytes ? undefined : uint64At(encoded, prefix.length)
  if (regionId === undefined) return { kind: 'foreign' }
  switch (encoded[regionKeyBytes - 1]) {
    case entrySuffix: {
      const index = encoded.length === entryKeyBytes ? uint64At(encoded, regionKeyBytes) : undefined
      return index === undefined ? { kind: 'foreign' } : { kind: 'entry', regionId, index }
    }
    case stateSuffix:
      return encoded.length === regionKeyBytes ? { kind: 'value', regionId, key: stateKey } : { kind: 'foreign' }
    case valueSuffix: {
      const key = encoded.slice(regionKeyBytes)
      // That of the state key is never here.
      const isOurs = key.length > 0 && !equalBytes(key, stateKey)
      return isOurs ? { kind: 'value', regionId, key } : { kind: 'foreign' }
    }
    case floorSuffix:
      return encoded.length === regionKeyBytes ? { kind: 'floor', regionId } : { kind: 'foreign' }
    default:
      return { kind: 'foreign' }
  }
}

function regionKey(regionId: RegionId, suffix: number, lengthBytes: number): Uint8Array {
  const key = new Uint8Array(lengthBytes)
  key.set(prefix)
  putUint64(key, prefix.length, regionId)
  key[regionKeyBytes - 1] = suffix
  return key
}

/** Big-endian, so that keys order as the numbers do. In halves: a `bigint` costs ten times as much. */
function putUint64(into: Uint8Array, at: number, value: number): void {
  assert(Number.isSafeInteger(value) && value >= 0, 'ids and indexes are safe integers')
  putUint32(into, at, Math.floor(value / 2 ** 32))
  putUint32(into, at + 4, value >>> 0)
}

function putUint32(into: Uint8Array, at: number, value: number): void {
  into[at] = value >>> 24
  into[at + 1] = value >>> 16
  into[at + 2] = value >>> 8
  into[at + 3] = value
}

/** `undefined` when it is no safe integer. */
function uint64At(bytes: Uint8Array, at: number): number | undefined {
  let value = 0
  for (let index = at; index < at + 8; index++) value = value * 256 + bytes[index]!
  return Number.isSafeInteger(value) ? value : undefined
}
