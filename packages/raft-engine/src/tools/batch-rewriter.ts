import { batchChecksumBytes } from '../format/batch-header.ts'
import { LogBatchWriter } from '../format/batch-writer.ts'
import type { FormatVersion } from '../format/file-header.ts'
import { type LogItem, payloadsOf } from './item-list.ts'
import type { ScannedBatch } from './log-file-scan.ts'
import type { LogToolParts } from './tool-deps.ts'

/** Makes batches of batches: signed for another file, or with other items. */
export class BatchRewriter {
  readonly #raw: LogBatchWriter
  readonly #compressed: LogBatchWriter

  constructor(deps: LogToolParts) {
    const writer = (compressionThresholdBytes: number) =>
      new LogBatchWriter(deps, { compressionThresholdBytes, compressionAcceleration: 1 })
    this.#raw = writer(0)
    this.#compressed = writer(1)
  }

  /** The same batch, signed for another file. */
  resigned({ bytes }: ScannedBatch, from: number, to: number): Uint8Array {
    if (from === to) return bytes
    const copy = bytes.slice()
    const view = new DataView(copy.buffer, copy.length - batchChecksumBytes)
    view.setUint32(0, view.getUint32(0, true) ^ from ^ to, true)
    return copy
  }

  /** A batch of these items, of which those with entries are from the batch with the raw entries `raw`; `undefined` if there are none. */
  assembled(
    items: readonly LogItem[],
    raw: Uint8Array,
    compression: ScannedBatch['header']['compression'],
    version: FormatVersion,
    seq: number,
  ): Uint8Array | undefined {
    if (items.length === 0) return undefined
    const writer = compression === 'lz4' ? this.#compressed : this.#raw
    writer.begin()
    for (const item of items) addItem(writer, item, raw)
    const sealed = writer.seal()
    writer.sign(sealed, version, seq)
    const bytes = writer.bytes(sealed.offset, sealed.totalBytes).slice()
    writer.reset()
    return bytes
  }
}

function addItem(writer: LogBatchWriter, item: LogItem, raw: Uint8Array): void {
  switch (item.type) {
    case 'entries':
      writer.addEntries(item.regionId, item.firstIndex, payloadsOf(item, raw))
      break
    case 'put':
      writer.addPut(item.regionId, item.key, item.value)
      break
    case 'delete':
      writer.addDelete(item.regionId, item.key)
      break
    case 'compact':
      writer.addCompact(item.regionId, item.index)
      break
    case 'clean':
      writer.addClean(item.regionId)
      break
  }
}
