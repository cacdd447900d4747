/**
 * Files whose header states an alignment may hold zeros before a batch, so that it begins at a multiple. We write none; a
 * reader meets them where no batch decodes.
 */

/** Where padding that begins at `offset` ends, or `undefined` if none can begin there: no alignment, or already at a multiple. */
export function paddingEnd(offset: number, alignmentBytes: number): number | undefined {
  if (alignmentBytes === 0) return undefined
  const rest = offset % alignmentBytes
  if (rest === 0) return undefined
  const end = offset - rest + alignmentBytes
  return Number.isSafeInteger(end) ? end : undefined
}

/** Whether bytes between batches are padding. Only the first and the last are looked at, as in the Rust engine. */
export function isPadding(bytes: Uint8Array): boolean {
  return bytes.length > 0 && bytes[0] === 0 && bytes[bytes.length - 1] === 0
}
