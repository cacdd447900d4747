import { assert, type RegionId } from '@stratakv/core'

/*
 * The physical key layout of a store, as TiKV 6.1 has it (components/keys/src/lib.rs). Bytes on disk: never renumber.
 *
 *   01 01                      store ident                  CF default
 *   01 02                      region prepared for bootstrap CF default
 *   01 02 <region u64be> 03    raft apply state             CF raft
 *   01 03 <region u64be> 01    region local state           CF raft
 *   01 03 <region u64be> 7f    epoch last restored          CF raft, ours alone
 *   7a ('z') <logical key>     data                         CF default, lock, write
 */
const localPrefix = 0x01
const regionRaftPrefix = 0x02
const regionMetaPrefix = 0x03
const regionStateSuffix = 0x01
const applyStateSuffix = 0x03
const restoredEpochSuffix = 0x7f
const dataPrefix = 0x7a

/** Where the store's identity lives, in CF default. */
export const storeIdentKey: Uint8Array = Uint8Array.of(localPrefix, 0x01)
/** Present only between preparing the first region and hearing that the placement driver took it. In CF default. */
export const prepareBootstrapKey: Uint8Array = Uint8Array.of(localPrefix, 0x02)
/** First key that holds data, in any data column family. */
export const dataMinKey: Uint8Array = Uint8Array.of(dataPrefix)
/** Exclusive upper bound of all data keys. */
export const dataMaxKey: Uint8Array = Uint8Array.of(dataPrefix + 1)
/** Bounds of all region states in CF raft: `[start, end)`. */
export const regionStatesStart: Uint8Array = Uint8Array.of(localPrefix, regionMetaPrefix)
export const regionStatesEnd: Uint8Array = Uint8Array.of(localPrefix, regionMetaPrefix + 1)

/** Length of a local key that names a region: two prefix bytes, the id, one suffix byte. */
const regionKeyLength = 11

function regionKey(kind: number, regionId: RegionId, suffix: number): Uint8Array {
  const key = new Uint8Array(regionKeyLength)
  key[0] = localPrefix
  key[1] = kind
  new DataView(key.buffer).setBigUint64(2, BigInt(regionId))
  key[regionKeyLength - 1] = suffix
  return key
}

/** Where a region's range, epoch, peers and peer state live, in CF raft. */
export const regionStateKey = (regionId: RegionId): Uint8Array =>
  regionKey(regionMetaPrefix, regionId, regionStateSuffix)
/** Where the epoch of the last snapshot that a region was restored from lives, in CF raft. Our own; TiKV has nothing like it. */
export const restoredEpochKey = (regionId: RegionId): Uint8Array =>
  regionKey(regionMetaPrefix, regionId, restoredEpochSuffix)
/** Where a region's applied index and truncated log position live, in CF raft. */
export const applyStateKey = (regionId: RegionId): Uint8Array => regionKey(regionRaftPrefix, regionId, applyStateSuffix)

/** True for the keys made by {@link regionStateKey}: the range between the bounds also holds other kinds. */
export function isRegionStateKey(key: Uint8Array): boolean {
  return (
    key.length === regionKeyLength &&
    key[0] === localPrefix &&
    key[1] === regionMetaPrefix &&
    key[regionKeyLength - 1] === regionStateSuffix
  )
}

/** The physical form of a logical key. */
export function dataKey(logical: Uint8Array): Uint8Array {
  const key = new Uint8Array(logical.length + 1)
  key[0] = dataPrefix
  key.set(logical, 1)
  return key
}

/** The physical form of an exclusive upper bound, where empty means unbounded. */
export function dataEndKey(logicalEnd: Uint8Array): Uint8Array {
  return logicalEnd.length === 0 ? dataMaxKey : dataKey(logicalEnd)
}

/** The logical key inside a physical one: a view. */
export function logicalKey(physical: Uint8Array): Uint8Array {
  assert(physical[0] === dataPrefix, 'data keys begin with z')
  return physical.subarray(1)
}
