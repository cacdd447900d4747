import { type Checksum, type File, MiB } from '@stratakv/core'
import type { BatchFault } from './format/batch-fault.ts'
import { type BatchHeader, batchHeaderBytes, decodeBatchHeader } from './format/batch-header.ts'
import type { FileHeader } from './format/file-header.ts'
import { isPadding, paddingEnd } from './format/padding.ts'

/** The longest single read, when a file is read through. */
const readBytesMax = MiB(1)

/** The batches of one file as far as their headers lead, footers side by side in one buffer. */
export interface BatchScan {
  readonly batches: readonly ScannedBatch[]
  /** What follows the last batch, if the file does not end there. */
  readonly fault: ScanFault | undefined
  readonly fileBytes: number
}

export interface ScannedBatch {
  /** In the file. */
  readonly offset: number
  readonly header: BatchHeader
  /** Item count, items and checksum. */
  readonly footer: Uint8Array
  /** The block of entries was looked at, and its checksum is another. */
  readonly isBlockBad: boolean
}

export interface ScanFault {
  /** Where good batches end. */
  readonly offset: number
  readonly detail: string
}

export interface ScanOptions {
  readonly readBytesMin: number
  /** Looks at the blocks of entries too, for a file whose last writes may be torn. */
  readonly checkBlocks: Checksum | undefined
}

/**
 * Walks a file from batch to batch. It believes the headers, whose bounds are checked and nothing else; footers are for whoever
 * applies them to check.
 */
export async function scanBatches(file: File, header: FileHeader, options: ScanOptions): Promise<BatchScan> {
  const fileBytes = await file.sizeBytes()
  const window = new FileWindow(file, fileBytes, options.readBytesMin)
  const footers = new FooterBuffer()
  const batches: ScannedBatch[] = []
  let offset = header.lengthBytes
  let fault: ScanFault | undefined
  while (offset < fileBytes) {
    const start = startAt(window, offset) ?? (await alignedStart(window, offset, header.alignmentBytes, fileBytes))
    if ('detail' in start) {
      fault = { offset, detail: start.detail }
      break
    }
    const { batch, at } = start
    if (at + batch.totalBytes > fileBytes) {
      fault = { offset, detail: `a batch of ${batch.totalBytes} bytes in a file that ends after ${fileBytes - at}` }
      break
    }
    let isBlockBad = false
    const blockBytes = batch.footerOffset - batchHeaderBytes
    if (options.checkBlocks !== undefined && blockBytes > 0) {
      const place = at + batchHeaderBytes
      const block = window.peek(place, blockBytes) ?? (await window.load(place, blockBytes))
      isBlockBad = !isBlockWhole(block, options.checkBlocks)
    }
    const footerBytes = batch.totalBytes - batch.footerOffset
    const footerAt = at + batch.footerOffset
    // What is at hand is not waited for: a turn of the microtask queue for each of a million batches is a tenth of a second.
    const footer = window.peek(footerAt, footerBytes) ?? (await window.load(footerAt, footerBytes))
    if (footer.length < footerBytes) {
      fault = { offset, detail: 'the file has become shorter' }
      break
    }
    batches.push({ offset: at, header: batch, footer: footers.keep(footer), isBlockBad })
    offset = at + batch.totalBytes
  }
  return { batches, fault, fileBytes }
}

/** The checksum is that of the stored bytes, little-endian behind them. */
function isBlockWhole(block: Uint8Array, checksum: Checksum): boolean {
  const bodyBytes = block.length - 4
  if (bodyBytes <= 0) return false
  const view = new DataView(block.buffer, block.byteOffset + bodyBytes, 4)
  return checksum.crc32(block.subarray(0, bodyBytes)) === view.getUint32(0, true)
}

interface BatchStart {
  readonly at: number
  readonly batch: BatchHeader
}

/** The batch that begins here, when its header is at hand and good. */
function startAt(window: FileWindow, offset: number): BatchStart | undefined {
  const bytes = window.peek(offset, batchHeaderBytes)
  if (bytes === undefined) return undefined
  const header = decodeBatchHeader(bytes, 0)
  return 'fault' in header ? undefined : { at: offset, batch: header }
}

/** The batch that begins here, or behind the padding that begins here. */
async function alignedStart(
  window: FileWindow,
  offset: number,
  alignmentBytes: number,
  fileBytes: number,
): Promise<BatchStart | { readonly detail: string }> {
  const first = await headerAt(window, offset, fileBytes)
  if (!('fault' in first)) return { at: offset, batch: first }
  const at = paddingEnd(offset, alignmentBytes)
  if (at === undefined || at >= fileBytes) return { detail: first.detail }
  if (!isPadding(await window.load(offset, at - offset))) return { detail: first.detail }
  const second = await headerAt(window, at, fileBytes)
  return 'fault' in second ? { detail: second.detail } : { at, batch: second }
}

async function headerAt(window: FileWindow, offset: number, fileBytes: number): Promise<BatchHeader | BatchFault> {
  const bytes = await window.load(offset, Math.min(batchHeaderBytes, fileBytes - offset))
  return decodeBatchHeader(bytes, 0)
}

/** What was read of a file last. Reads that follow each other closely read further ahead each time. */
class FileWindow {
  readonly #file: File
  readonly #fileBytes: number
  readonly #readBytesMin: number
  #readBytes: number
  #bytes = new Uint8Array(0)
  #offset = 0

  constructor(file: File, fileBytes: number, readBytesMin: number) {
    this.#file = file
    this.#fileBytes = fileBytes
    this.#readBytesMin = readBytesMin
    this.#readBytes = readBytesMin
  }

  /** The range, when it is at hand. Good until the next load. */
  peek(offset: number, lengthBytes: number): Uint8Array | undefined {
    const at = offset - this.#offset
    return at >= 0 && at + lengthBytes <= this.#bytes.length ? this.#bytes.subarray(at, at + lengthBytes) : undefined
  }

  /** Good until the next load. All of the range lies in the file; fewer bytes come back when the file has become shorter. */
  async load(offset: number, lengthBytes: number): Promise<Uint8Array> {
    const present = this.peek(offset, lengthBytes)
    if (present !== undefined) return present
    const at = offset - this.#offset
    const isNear = at >= 0 && at <= this.#bytes.length
    this.#readBytes = isNear ? Math.min(readBytesMax, this.#readBytes * 2) : this.#readBytesMin
    const wanted = Math.min(Math.max(lengthBytes, this.#readBytes), this.#fileBytes - offset)
    const bytes = new Uint8Array(wanted)
    const readBytes = await this.#file.readAt(bytes, offset)
    this.#bytes = bytes.subarray(0, readBytes)
    this.#offset = offset
    return this.#bytes.subarray(0, lengthBytes)
  }
}

/** Footers copied one behind the other: there may be a million, and an array each would cost more than its bytes. */
class FooterBuffer {
  #bytes = new Uint8Array(0)
  #used = 0

  keep(footer: Uint8Array): Uint8Array {
    if (this.#used + footer.length > this.#bytes.length) {
      this.#bytes = new Uint8Array(Math.max(MiB(1), footer.length))
      this.#used = 0
    }
    const kept = this.#bytes.subarray(this.#used, this.#used + footer.length)
    kept.set(footer)
    this.#used += footer.length
    return kept
  }
}
