import { emptyBytes, type File } from '@stratakv/core'
import type { BatchFault } from '../format/batch-fault.ts'
import { type BatchHeader, batchHeaderBytes, decodeBatchHeader } from '../format/batch-header.ts'
import { BatchReader, readEntriesBlock } from '../format/batch-reader.ts'
import { batchSignature } from '../format/batch-writer.ts'
import { decodeFileHeader, type FileHeader, fileHeaderBytesMax, type HeaderFault } from '../format/file-header.ts'
import type { LogItemVisitor } from '../format/log-items.ts'
import { isPadding, paddingEnd } from '../format/padding.ts'
import type { LogFile } from './log-folder.ts'
import type { LogToolParts } from './tool-deps.ts'

/** So many bytes are read at once; a longer batch alone. */
const windowBytes = 1024 * 1024

/** A batch of a file. `bytes` stay as they are, and keep what was read along with them in memory. */
export interface ScannedBatch {
  readonly offset: number
  readonly header: BatchHeader
  readonly bytes: Uint8Array
}

/** Where a file stops making sense. */
export type ScanStop =
  | { readonly kind: 'end' }
  | { readonly kind: 'header'; readonly offset: 0; readonly fault: HeaderFault }
  | { readonly kind: 'batch'; readonly offset: number; readonly fault: BatchFault }

/** Reads a log file from front to back, without changing it, in memory for its longest batch. */
export class LogFileScan {
  readonly #deps: LogToolParts
  readonly #handle: File
  readonly #reader: BatchReader
  /** Bytes of the file from `#windowAt` on. */
  #window: Uint8Array = emptyBytes
  #windowAt = 0
  #offset = 0
  #stop: ScanStop | undefined
  readonly file: LogFile
  /** The file's length when it was opened. */
  readonly sizeBytes: number
  /** Version 1 when the header is damaged. */
  readonly header: FileHeader

  private constructor(deps: LogToolParts, file: LogFile, handle: File, sizeBytes: number, start: Uint8Array) {
    this.#deps = deps
    this.#handle = handle
    this.#reader = new BatchReader(deps.checksum)
    this.file = file
    this.sizeBytes = sizeBytes
    const header = decodeFileHeader(start)
    if ('fault' in header) {
      this.header = { version: 1, lengthBytes: 0, alignmentBytes: 0 }
      this.#stop = { kind: 'header', offset: 0, fault: header }
    } else {
      this.header = header
      this.#offset = header.lengthBytes
    }
  }

  static async open(deps: LogToolParts, file: LogFile): Promise<LogFileScan> {
    const handle = await deps.fs.open(file.path, 'read')
    try {
      const start = new Uint8Array(fileHeaderBytesMax)
      const length = await handle.readAt(start, 0)
      return new LogFileScan(deps, file, handle, await handle.sizeBytes(), start.subarray(0, length))
    } catch (error) {
      await handle.close()
      throw error
    }
  }

  /** Where the next batch begins, or where the file stopped. */
  get offset(): number {
    return this.#offset
  }

  /** Why there was no further batch; `undefined` before that. */
  get stop(): ScanStop | undefined {
    return this.#stop
  }

  /** What its batches are signed with. */
  get signature(): number {
    return batchSignature(this.header.version, this.file.seq)
  }

  /** The next batch, its items told to the visitor; `undefined` when there is none, see `stop`. */
  async next(visitor: LogItemVisitor): Promise<ScannedBatch | undefined> {
    if (this.#stop !== undefined) return undefined
    const fault = await this.#skipPadding()
    if (fault !== undefined || this.#offset === this.sizeBytes) return this.#end(fault)
    const header = decodeBatchHeader(await this.read(this.#offset, batchHeaderBytes), 0)
    if ('fault' in header) return this.#end(header)
    if (header.totalBytes > this.sizeBytes - this.#offset) {
      const rest = this.sizeBytes - this.#offset
      return this.#end({ fault: 'short', offset: rest, detail: `${rest} bytes of a batch of ${header.totalBytes}` })
    }
    const bytes = await this.read(this.#offset, header.totalBytes)
    const footer = bytes.subarray(header.footerOffset)
    const itemFault = this.#reader.readItems(footer, this.signature, header.entriesBytesMax, visitor)
    if (itemFault !== undefined) return this.#end({ ...itemFault, offset: header.footerOffset + itemFault.offset })
    const batch = { offset: this.#offset, header, bytes }
    this.#offset += header.totalBytes
    return batch
  }

  /** Goes on behind a place that makes no sense. */
  resumeAt(offset: number): void {
    this.#offset = offset
    this.#stop = undefined
  }

  /** The raw entries of a batch that was just read. */
  entriesOf({ bytes, header }: ScannedBatch): Uint8Array | BatchFault {
    if (header.footerOffset === batchHeaderBytes) return emptyBytes
    return readEntriesBlock(
      bytes.subarray(batchHeaderBytes, header.footerOffset),
      header.compression,
      this.#deps.checksum,
      this.#deps.compressor,
    )
  }

  /** `length` bytes at `offset`, fewer at the end of the file. They stay as they are. */
  async read(offset: number, length: number): Promise<Uint8Array> {
    const wanted = Math.min(length, Math.max(this.sizeBytes - offset, 0))
    if (!this.isInWindow(offset, wanted)) {
      const window = new Uint8Array(Math.min(Math.max(wanted, windowBytes), this.sizeBytes - offset))
      this.#window = window.subarray(0, await this.#handle.readAt(window, offset))
      this.#windowAt = offset
    }
    return this.#window.subarray(offset - this.#windowAt, offset - this.#windowAt + wanted)
  }

  /** Whether a read of these bytes costs nothing. */
  isInWindow(offset: number, length: number): boolean {
    return offset >= this.#windowAt && offset + length <= this.#windowAt + this.#window.length
  }

  /** As {@link read}, and the next read is as quick as if this one had not been. */
  async readAside(offset: number, length: number): Promise<Uint8Array> {
    if (this.isInWindow(offset, length)) return this.read(offset, length)
    const bytes = new Uint8Array(Math.min(length, Math.max(this.sizeBytes - offset, 0)))
    return bytes.subarray(0, await this.#handle.readAt(bytes, offset))
  }

  close(): Promise<void> {
    return this.#handle.close()
  }

  /** Moves over padding, if that is what stands where a batch should. */
  async #skipPadding(): Promise<BatchFault | undefined> {
    const end = paddingEnd(this.#offset, this.header.alignmentBytes)
    if (end === undefined || this.#offset === this.sizeBytes) return undefined
    const header = decodeBatchHeader(await this.read(this.#offset, batchHeaderBytes), 0)
    if (!('fault' in header)) return undefined
    if (end > this.sizeBytes) return header
    if (!isPadding(await this.read(this.#offset, end - this.#offset))) return header
    this.#offset = end
    return undefined
  }

  #end(fault: BatchFault | undefined): undefined {
    this.#stop = fault === undefined ? { kind: 'end' } : { kind: 'batch', offset: this.#offset, fault }
  }
}
