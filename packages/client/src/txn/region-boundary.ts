import { emptyBytes } from '@stratakv/core'
import { decodeBytes } from '@stratakv/wasm'

/** A region's boundary as the key that transactions know; the empty one stays the end of the key space. @throws MemcomparableError */
export function rawBoundary(boundary: Uint8Array): Uint8Array {
  return boundary.length === 0 ? emptyBytes : decodeBytes(boundary).key
}
