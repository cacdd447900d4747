import { emptyBytes } from '@stratakv/core'

/** A key or a value as callers give it; text stands for its UTF-8 bytes. */
export type Bytes = Uint8Array | string

/** A slab holds many small arrays: one allocation for each would cost more than the copies. */
const slabBytes = 16 * 1024
/** Larger ones get memory of their own, so that no slab is left half empty. */
const ownBytesMin = 2048

/**
 * Copies bytes so that whoever gave them may go on using theirs. Small copies share memory with their neighbours: a slab lives as
 * long as any of them, so what is kept for long and what is not should come from different slabs.
 */
export class ByteSlab {
  readonly #encoder = new TextEncoder()
  #slab = new Uint8Array(0)
  #used = 0

  take(bytes: Bytes): Uint8Array {
    if (typeof bytes === 'string') return this.#takeText(bytes)
    const length = bytes.length
    if (length === 0) return emptyBytes
    if (length >= ownBytesMin) return new Uint8Array(bytes)
    const start = this.#room(length)
    this.#slab.set(bytes, start)
    this.#used = start + length
    return this.#slab.subarray(start, start + length)
  }

  #takeText(text: string): Uint8Array {
    if (text === '') return emptyBytes
    // UTF-8 takes at most three bytes for a UTF-16 unit.
    const longest = text.length * 3
    if (longest >= ownBytesMin) return this.#encoder.encode(text)
    const start = this.#room(longest)
    const { written } = this.#encoder.encodeInto(text, this.#slab.subarray(start))
    this.#used = start + written
    return this.#slab.subarray(start, start + written)
  }

  #room(length: number): number {
    if (this.#used + length > this.#slab.length) {
      this.#slab = new Uint8Array(slabBytes)
      this.#used = 0
    }
    return this.#used
  }
}

/** `[start, end)` in key order; what is left out is unbounded. Or all keys that begin with `prefix`. */
export type KeyRange =
  | { readonly start?: Bytes; readonly end?: Bytes; readonly prefix?: undefined }
  | { readonly prefix: Bytes; readonly start?: undefined; readonly end?: undefined }

/** Empty bounds are unbounded. */
export interface ByteRange {
  readonly start: Uint8Array
  readonly end: Uint8Array
}

export function toByteRange(slab: ByteSlab, range: KeyRange): ByteRange {
  if (range.prefix === undefined) return { start: slab.take(range.start ?? ''), end: slab.take(range.end ?? '') }
  const start = slab.take(range.prefix)
  return { start, end: endOfPrefix(start) }
}

/** The first key that is greater than all that begin with `prefix`; empty when there is none. */
function endOfPrefix(prefix: Uint8Array): Uint8Array {
  let length = prefix.length
  while (length > 0 && prefix[length - 1] === 0xff) length--
  if (length === 0) return emptyBytes
  const end = new Uint8Array(prefix.subarray(0, length))
  end[length - 1]!++
  return end
}

/** The smallest key that is greater than `key`. */
export function keyAfter(key: Uint8Array): Uint8Array {
  const after = new Uint8Array(key.length + 1)
  after.set(key)
  return after
}
