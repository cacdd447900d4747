import type { BatchFault } from './batch-fault.ts'

export const batchHeaderBytes = 16
/** Behind the entries, if there are any, and at the end of every batch. */
export const batchChecksumBytes = 4
/** Entries of one batch, raw: offsets in them are u32, and the Rust engine stops at 2 GiB less one byte. */
export const batchEntriesBytesMax = 2 ** 31 - 1
/** The shortest footer counts no items. */
const footerBytesMin = 1 + batchChecksumBytes

export type BatchCompression = 'none' | 'lz4'

/** Compression types as they are on disk; never renumbered. */
export const compressionTypes: Readonly<Record<BatchCompression, number>> = { none: 0, lz4: 1 }

export interface BatchHeader {
  /** The whole batch, header and checksums included. */
  readonly totalBytes: number
  readonly compression: BatchCompression
  /** Where the footer begins, from the start of the batch. Between the header and it lie the stored entries with their checksum, or nothing. */
  readonly footerOffset: number
  /** No entry ends behind so many bytes of the raw entries. */
  readonly entriesBytesMax: number
}

/**
 * The header at `at` of `bytes`. It has no checksum of its own: what it says is plausible, and true only when the footer
 * that it points to is as well.
 */
export function decodeBatchHeader(bytes: Uint8Array, at: number): BatchHeader | BatchFault {
  const available = bytes.length - at
  if (available < batchHeaderBytes) {
    return { fault: 'short', offset: Math.max(available, 0), detail: `${available} bytes of a header of 16` }
  }
  const totalBytes = number56(bytes, at)
  const type = bytes[at + 7]!
  if (type > 1) return { fault: 'compression', offset: 7, detail: `compression type ${type}` }
  if (!(totalBytes >= batchHeaderBytes + footerBytesMin && totalBytes <= Number.MAX_SAFE_INTEGER)) {
    return { fault: 'length', offset: 0, detail: `a batch of ${totalBytes} bytes` }
  }
  const footerOffset = bytes[at + 8]! * 2 ** 56 + number56(bytes, at + 9)
  const entriesBytes = footerOffset - batchHeaderBytes
  const isPossible = entriesBytes === 0 || entriesBytes > batchChecksumBytes
  if (!(isPossible && footerOffset >= batchHeaderBytes && footerOffset <= totalBytes - footerBytesMin)) {
    return { fault: 'footer-offset', offset: 8, detail: `footer at ${footerOffset} of ${totalBytes} bytes` }
  }
  const compression = type === compressionTypes.lz4 ? 'lz4' : 'none'
  return {
    totalBytes,
    compression,
    footerOffset,
    entriesBytesMax:
      compression === 'lz4' && entriesBytes > 0
        ? batchEntriesBytesMax
        : Math.min(Math.max(entriesBytes - batchChecksumBytes, 0), batchEntriesBytesMax),
  }
}

/** Seven bytes, big-endian; rounded when past 2^53. */
function number56(bytes: Uint8Array, at: number): number {
  const high = (bytes[at]! << 16) | (bytes[at + 1]! << 8) | bytes[at + 2]!
  const low = ((bytes[at + 3]! << 24) | (bytes[at + 4]! << 16) | (bytes[at + 5]! << 8) | bytes[at + 6]!) >>> 0
  return high * 2 ** 32 + low
}
