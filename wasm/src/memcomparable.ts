import { assert } from '@stratakv/core'
import { MemcomparableError, type MemcomparableFault } from './errors.ts'

/** Key bytes in a group. */
const groupBytes = 8
/** A group and the marker byte behind it. */
const encodedGroupBytes = 9
/** Marker of a full group that another group follows. A final group's marker is this minus its padding bytes. */
const fullMarker = 0xff

/** Length in bytes of the encoding of a key of `keyLength` bytes: nine for each started group, the last one always present. */
export function encodedLength(keyLength: number): number {
  return (Math.floor(keyLength / groupBytes) + 1) * encodedGroupBytes
}

/**
 * The encoding of `key` in a new array that the caller owns. Encodings sort bytewise as their keys do, and none is a
 * prefix of another. Most of the cost is the array, and V8 keeps one of over 64 bytes (a key of over 55) outside its
 * heap, at ten times the price: where that matters, encode into a buffer you reuse.
 */
export function encodeBytes(key: Uint8Array): Uint8Array {
  const target = new Uint8Array(encodedLength(key.length))
  write(key, target, 0)
  return target
}

/**
 * Writes the encoding of `key` at `offset` of `target` and returns the offset behind it. `key` and `target` must not
 * overlap, and the encoding must fit: that is asserted before anything is written.
 */
export function encodeBytesInto(key: Uint8Array, target: Uint8Array, offset: number): number {
  assert(offset >= 0 && offset + encodedLength(key.length) <= target.length, 'the encoding fits its target')
  const next = write(key, target, offset)
  const marker = next - 1
  for (let at = marker - (groupBytes - (key.length % groupBytes)); at < marker; at++) target[at] = 0
  return next
}

/** All of the encoding but its padding, which it takes to be zero already. */
function write(key: Uint8Array, target: Uint8Array, offset: number): number {
  const length = key.length
  const fullBytes = length - (length % groupBytes)
  // Byte by byte: for keys of tens of bytes a call of TypedArray.prototype.set costs more than the whole encoding.
  let at = 0
  let to = offset
  for (; at < fullBytes; at += groupBytes) {
    target[to] = key[at]!
    target[to + 1] = key[at + 1]!
    target[to + 2] = key[at + 2]!
    target[to + 3] = key[at + 3]!
    target[to + 4] = key[at + 4]!
    target[to + 5] = key[at + 5]!
    target[to + 6] = key[at + 6]!
    target[to + 7] = key[at + 7]!
    target[to + 8] = fullMarker
    to += encodedGroupBytes
  }
  const padding = groupBytes - (length - at)
  while (at < length) target[to++] = key[at++]!
  to += padding
  target[to] = fullMarker - padding
  return to + 1
}

/** What `decodeBytes` found. */
export interface DecodedBytes {
  /** A new array; the caller owns it. */
  readonly key: Uint8Array
  /** Offset of the first byte behind the encoding: a timestamp, another encoding, or the end. */
  readonly next: number
}

/**
 * Decodes the encoding that starts at `offset`; bytes behind it are not looked at. Throws `MemcomparableError` when it
 * is cut short, has an impossible marker, or is padded with anything but zeros.
 */
export function decodeBytes(encoded: Uint8Array, offset = 0): DecodedBytes {
  assert(offset >= 0, 'an offset is not negative')
  // First pass: find the final group, so that the key is allocated once and only for sound input.
  let group = offset
  let marker = 0
  for (; ; group += encodedGroupBytes) {
    if (group + encodedGroupBytes > encoded.length) throw malformed(encoded.length, 'truncated')
    marker = encoded[group + groupBytes]!
    if (marker !== fullMarker) break
  }
  if (marker < fullMarker - groupBytes) throw malformed(group + groupBytes, 'marker')
  const padding = fullMarker - marker
  for (let at = group + groupBytes - padding; at < group + groupBytes; at++) {
    if (encoded[at] !== 0) throw malformed(at, 'padding')
  }

  const length = ((group - offset) / encodedGroupBytes) * groupBytes + groupBytes - padding
  const key = new Uint8Array(length)
  let from = offset
  let to = 0
  while (to < length) {
    const groupEnd = Math.min(to + groupBytes, length)
    while (to < groupEnd) key[to++] = encoded[from++]!
    from++
  }
  return { key, next: group + encodedGroupBytes }
}

function malformed(offset: number, reason: MemcomparableFault): MemcomparableError {
  return new MemcomparableError(offset, reason)
}
