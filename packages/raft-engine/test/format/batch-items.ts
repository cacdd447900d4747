import type { Checksum, Compressor } from '@stratakv/core'
import { createTwinChecksum, createTwinCompressor } from '@stratakv/wasm'
import type { BatchFault } from '../../src/format/batch-fault.ts'
import { decodeBatchHeader } from '../../src/format/batch-header.ts'
import { BatchReader, readEntriesBlock } from '../../src/format/batch-reader.ts'
import type { LogBatchWriter } from '../../src/format/batch-writer.ts'
import type { LogItemVisitor } from '../../src/format/log-items.ts'

/** What a batch holds, as objects. */
export type Item =
  | { type: 'entries'; regionId: number; firstIndex: number; payloads: Uint8Array[] }
  | { type: 'clean'; regionId: number }
  | { type: 'compact'; regionId: number; index: number }
  | { type: 'put'; regionId: number; key: Uint8Array; value: Uint8Array }
  | { type: 'delete'; regionId: number; key: Uint8Array }

export const checksum: Checksum = createTwinChecksum()
export const compressor: Compressor = createTwinCompressor()

export function addItems(writer: LogBatchWriter, items: readonly Item[]): void {
  for (const item of items) {
    switch (item.type) {
      case 'entries':
        writer.addEntries(item.regionId, item.firstIndex, item.payloads)
        break
      case 'clean':
        writer.addClean(item.regionId)
        break
      case 'compact':
        writer.addCompact(item.regionId, item.index)
        break
      case 'put':
        writer.addPut(item.regionId, item.key, item.value)
        break
      case 'delete':
        writer.addDelete(item.regionId, item.key)
        break
    }
  }
}

/** Keeps the items, with spans of the entries instead of their payloads. */
class Collector implements LogItemVisitor {
  readonly items: Item[] = []
  readonly spans: { item: Item & { type: 'entries' }; begin: number; ends: number[] }[] = []

  entries(regionId: number, firstIndex: number, count: number, begin: number, ends: Uint32Array): void {
    const item = { type: 'entries' as const, regionId, firstIndex, payloads: [] }
    this.items.push(item)
    this.spans.push({ item, begin, ends: [...ends.subarray(0, count)] })
  }
  clean(regionId: number): void {
    this.items.push({ type: 'clean', regionId })
  }
  compact(regionId: number, index: number): void {
    this.items.push({ type: 'compact', regionId, index })
  }
  put(regionId: number, key: Uint8Array, value: Uint8Array): void {
    this.items.push({ type: 'put', regionId, key: key.slice(), value: value.slice() })
  }
  delete(regionId: number, key: Uint8Array): void {
    this.items.push({ type: 'delete', regionId, key: key.slice() })
  }
}

/** Reads a whole batch, of which nothing follows, as recovery and then a reader of its entries would. */
export function readBatch(batch: Uint8Array, signature = 0): Item[] | BatchFault {
  const header = decodeBatchHeader(batch, 0)
  if ('fault' in header) return header
  if (header.totalBytes > batch.length) {
    return { fault: 'short', offset: batch.length, detail: `${batch.length} bytes of ${header.totalBytes}` }
  }
  const footer = batch.subarray(header.footerOffset, header.totalBytes)
  const collector = new Collector()
  const fault = new BatchReader(checksum).readItems(footer, signature, header.entriesBytesMax, collector)
  if (fault !== undefined) {
    if (collector.items.length > 0) throw new Error(`half applied before ${fault.detail}`)
    return fault
  }
  let raw: Uint8Array | BatchFault = new Uint8Array(0)
  if (header.footerOffset > 16) {
    raw = readEntriesBlock(batch.subarray(16, header.footerOffset), header.compression, checksum, compressor)
    if ('fault' in raw) return raw
  }
  for (const { item, begin, ends } of collector.spans) {
    let at = begin
    for (const end of ends) {
      if (end > raw.length) return { fault: 'entry-end', offset: end, detail: `behind ${raw.length} bytes` }
      item.payloads.push(raw.slice(at, end))
      at = end
    }
  }
  return collector.items
}
