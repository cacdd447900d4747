import { type BatchHeader, batchChecksumBytes, batchHeaderBytes, decodeBatchHeader } from '../format/batch-header.ts'
import { BatchReader } from '../format/batch-reader.ts'
import { nothingVisitor } from './item-list.ts'
import type { LogFileScan } from './log-file-scan.ts'
import type { LogToolParts } from './tool-deps.ts'

/** So many bytes are looked through at a time. */
const windowBytes = 1024 * 1024
/** No more than this many times the tail's bytes are read and checksummed in search of a batch: made-up headers could ask for any number. */
const searchFactor = 4
/** What a read of its own counts for, besides its bytes. */
const readCostBytes = 4096

/**
 * What stands where a file stops making sense.
 *
 * `zeros`: nothing was ever written there. `recycled`: batches of the file's former life. `batches`: a batch of this file's
 * own stands further on, so something in between was damaged. `unreadable`: none of these: a write that a crash cut off, or
 * damage at the very end.
 */
export type FileTail =
  | { readonly kind: 'zeros' | 'recycled' | 'unreadable' }
  | { readonly kind: 'batches'; readonly resumesAt: number }

/** Looks at a file from `offset` on, where no batch is. */
export async function examineTail(deps: LogToolParts, scan: LogFileScan, offset: number): Promise<FileTail> {
  const search = new BatchSearch(deps, scan, offset)
  let isZero = true
  for (let at = offset; at < scan.sizeBytes; at += windowBytes) {
    // A header may reach over the end of the window.
    const window = await scan.read(at, windowBytes + batchHeaderBytes)
    const here = Math.min(windowBytes, window.length)
    for (let place = 0; place < here; place++) {
      if (window[place] !== 0) isZero = false
      if (!isPlausible(window, place)) continue
      const header = decodeBatchHeader(window, place)
      if ('fault' in header) continue
      if (await search.isOwnBatch(header, at + place)) return { kind: 'batches', resumesAt: at + place }
    }
  }
  if (isZero) return { kind: 'zeros' }
  return { kind: search.hasFormerBatch ? 'recycled' : 'unreadable' }
}

class BatchSearch {
  readonly #deps: LogToolParts
  readonly #scan: LogFileScan
  readonly #reader: BatchReader
  #budgetBytes: number
  /** A batch was seen that is signed for a lower sequence of the same file. */
  hasFormerBatch = false

  constructor(deps: LogToolParts, scan: LogFileScan, offset: number) {
    this.#deps = deps
    this.#scan = scan
    this.#reader = new BatchReader(deps.checksum)
    this.#budgetBytes = searchFactor * (scan.sizeBytes - offset)
  }

  /** Whether a batch of this file, as it is now, begins at `offset`. */
  async isOwnBatch({ totalBytes, footerOffset, entriesBytesMax }: BatchHeader, offset: number): Promise<boolean> {
    const { sizeBytes, signature: own, header } = this.#scan
    const footerBytes = totalBytes - footerOffset
    if (totalBytes > sizeBytes - offset) return false
    const isNear = this.#scan.isInWindow(offset + footerOffset, footerBytes)
    const costBytes = footerBytes + (isNear ? 0 : readCostBytes)
    if (costBytes > this.#budgetBytes) return false
    this.#budgetBytes -= costBytes
    const footer = await this.#scan.readAside(offset + footerOffset, footerBytes)
    const end = footer.length - batchChecksumBytes
    const stored = new DataView(footer.buffer, footer.byteOffset).getUint32(end, true)
    const signature = (stored ^ this.#deps.checksum.crc32(footer.subarray(0, end))) >>> 0
    const isFormer = header.version === 2 && signature > 0 && signature < own
    if (signature !== own && !isFormer) return false
    if (this.#reader.readItems(footer, signature, entriesBytesMax, nothingVisitor) !== undefined) return false
    if (signature === own) return true
    this.hasFormerBatch = true
    return false
  }
}

/** Whether it is worth a closer look: a batch shorter than 4 GiB, and not one of zeros. Most bytes are not. */
function isPlausible(bytes: Uint8Array, at: number): boolean {
  return (
    bytes[at] === 0 &&
    bytes[at + 1] === 0 &&
    bytes[at + 2] === 0 &&
    bytes[at + 8] === 0 &&
    bytes[at + 9] === 0 &&
    bytes[at + 10] === 0 &&
    bytes[at + 11] === 0 &&
    bytes[at + 7]! <= 1 &&
    (bytes[at + 3]! | bytes[at + 4]! | bytes[at + 5]! | bytes[at + 6]!) !== 0
  )
}
