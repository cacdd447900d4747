import { type ColumnFamily, compareBytes } from '@stratakv/core'

/**
 * The first byte of every key on disk. **Do not renumber**: these bytes are in users' databases (see FORMAT.md).
 * `00` is the engine's own. Letters, so that a key in a dump can be placed.
 */
const columnFamilyBytes: Readonly<Record<ColumnFamily, number>> = { default: 0x64, lock: 0x6c, raft: 0x72, write: 0x77 }

/** Where the engine keeps what tells its format. */
export const formatKey: Uint8Array = Uint8Array.of(0x00, 0x01)

/** "R", then the version, of which there is one. RocksDB reads databases of LevelDB too: this record tells whose it is. */
export const formatValue: Uint8Array = Uint8Array.of(0x52, 0x01)

/** `key` of `cf` as RocksDB knows it; a fresh array. */
export function diskKey(cf: ColumnFamily, key: Uint8Array): Uint8Array {
  const encoded = new Uint8Array(key.length + 1)
  encoded[0] = columnFamilyBytes[cf]
  encoded.set(key, 1)
  return encoded
}

/** The inverse of {@link diskKey}, as a view. A plain `Uint8Array` is made in a third of the time of `Buffer.subarray`. */
export function keyOfDiskKey(encoded: Uint8Array): Uint8Array {
  return new Uint8Array(encoded.buffer, encoded.byteOffset + 1, encoded.length - 1)
}

/** The first disk key at or after `start` in `cf`; an empty or absent `start` is the beginning of `cf`. */
export function diskStart(cf: ColumnFamily, start?: Uint8Array): Uint8Array {
  return start === undefined ? Uint8Array.of(columnFamilyBytes[cf]) : diskKey(cf, start)
}

/** Exclusive; an empty or absent `end` is the end of `cf`. No key equals it then: keys are not empty. */
export function diskEnd(cf: ColumnFamily, end?: Uint8Array): Uint8Array {
  return end === undefined || end.length === 0 ? Uint8Array.of(columnFamilyBytes[cf] + 1) : diskKey(cf, end)
}

export function laterKey(left: Uint8Array, right: Uint8Array): Uint8Array {
  return compareBytes(left, right) >= 0 ? left : right
}
