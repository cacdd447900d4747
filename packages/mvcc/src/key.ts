import { equalBytes, type Timestamp } from '@stratakv/core'
import { decodeBytes, encodeBytes, encodedLength, MemcomparableError } from '@stratakv/wasm'
import { MvccCorruptionError } from './errors.ts'
import { readUint64Descending, writeUint64Descending } from './uint64.ts'

/** Bytes of the timestamp behind the encoded key in the write and default column families. */
export const timestampBytes = 8

/** The encoded key: what the lock column family holds, latches hash and region boundaries are made of. A new array. */
export function encodeKey(rawKey: Uint8Array): Uint8Array {
  return encodeBytes(rawKey)
}

/** The raw key of a whole encoded key. A new array. @throws MvccCorruptionError */
export function decodeKey(key: Uint8Array): Uint8Array {
  try {
    const { key: rawKey, next } = decodeBytes(key)
    if (next === key.length) return rawKey
  } catch (cause) {
    if (!(cause instanceof MemcomparableError)) throw cause
    throw new MvccCorruptionError('key', key, cause.reason, { cause })
  }
  throw new MvccCorruptionError('key', key, 'bytes behind the encoding')
}

/** True when `key` is the encoding of `rawKey`. */
export function isEncodedFrom(key: Uint8Array, rawKey: Uint8Array): boolean {
  return key.length === encodedLength(rawKey.length) && equalBytes(key, encodeBytes(rawKey))
}

/** `key` with `timestamp` behind it, newest first in bytewise order. A new array. */
export function appendTs(key: Uint8Array, timestamp: Timestamp): Uint8Array {
  const versioned = new Uint8Array(key.length + timestampBytes)
  versioned.set(key)
  writeUint64Descending(versioned, key.length, timestamp)
  return versioned
}

/** The timestamp of a versioned key. @throws MvccCorruptionError */
export function tsOf(versionedKey: Uint8Array): Timestamp {
  if (versionedKey.length < timestampBytes)
    throw new MvccCorruptionError('key', versionedKey, 'no room for a timestamp')
  return readUint64Descending(versionedKey, versionedKey.length - timestampBytes)
}

/** The encoded key of a versioned key: a view. @throws MvccCorruptionError */
export function keyOf(versionedKey: Uint8Array): Uint8Array {
  if (versionedKey.length < timestampBytes)
    throw new MvccCorruptionError('key', versionedKey, 'no room for a timestamp')
  return versionedKey.subarray(0, versionedKey.length - timestampBytes)
}

/** The inverse of {@link appendTs}; `key` is a view. @throws MvccCorruptionError */
export function splitTs(versionedKey: Uint8Array): { readonly key: Uint8Array; readonly timestamp: Timestamp } {
  return { key: keyOf(versionedKey), timestamp: tsOf(versionedKey) }
}

/** True when `versionedKey` is a version of `key`. Compares from the end: neighbours differ there. */
export function isVersionOf(versionedKey: Uint8Array, key: Uint8Array): boolean {
  if (versionedKey.length !== key.length + timestampBytes) return false
  for (let index = key.length - 1; index >= 0; index--) {
    if (versionedKey[index] !== key[index]) return false
  }
  return true
}

/** Greater than every version of `key`, and less than every version of the next key: no encoded key is a prefix of another. */
export function versionsEnd(key: Uint8Array): Uint8Array {
  const end = new Uint8Array(key.length + timestampBytes + 1).fill(0xff)
  end.set(key)
  return end
}

/** True when the version is not newer than the timestamp whose eight descending bytes are `suffix`. */
export function isAtOrBelow(versionedKey: Uint8Array, suffix: Uint8Array): boolean {
  const offset = versionedKey.length - timestampBytes
  for (let index = 0; index < timestampBytes; index++) {
    const difference = versionedKey[offset + index]! - suffix[index]!
    if (difference !== 0) return difference > 0
  }
  return true
}
