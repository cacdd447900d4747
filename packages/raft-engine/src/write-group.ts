import { type Clock, type Instant, KiB, type RaftLogChange } from '@stratakv/core'
import { batchHeaderBytes } from './format/batch-header.ts'
import type { LogBatchWriter, SealedBatch } from './format/batch-writer.ts'
import { LogEnds, type LogRange } from './log-ends.ts'
import type { LogFile } from './log-file.ts'
import type { RaftEngineMetrics } from './metrics.ts'
import type { RegionLogs } from './region-logs.ts'

/**
 * Writes that wait together become one batch of the log, until it has this many bytes of entries: a batch costs 24 bytes and
 * its checksums, and compresses better the longer it is; but whoever reads one entry reads the block of its whole batch.
 */
const mergedEntriesBytesMax = KiB(64)

/** A caller's write. The changes are the group's to read until it is settled. */
export interface Write {
  readonly changes: readonly RaftLogChange[]
  readonly sync: boolean
  /** Of payloads, keys and values. */
  readonly payloadBytes: number
  readonly calledAt: Instant
  readonly resolve: (writtenBytes: number) => void
  readonly reject: (error: unknown) => void
}

/** A batch of the log, and whose it is. */
interface Batch {
  readonly sealed: SealedBatch
  readonly writes: readonly Write[]
}

export interface WriteGroupDeps {
  readonly clock: Clock
  readonly regions: RegionLogs
  /** The group's alone, until it is dropped. */
  readonly writer: LogBatchWriter
  readonly metrics: RaftEngineMetrics
  /** How a region's log is when this group's turn comes. */
  readonly range: (regionId: number) => LogRange | undefined
}

/** Writes that go to the disk together: assembled, written, brought into memory, settled. */
export class WriteGroup {
  readonly #deps: WriteGroupDeps
  readonly #ends: LogEnds
  readonly #writes: Write[] = []
  readonly #batches: Batch[] = []
  /** Of the batch that is being assembled. */
  #members: Write[] = []
  #payloadBytes = 0
  #wantsSync = false
  /** Of an append's entries, used again each time. */
  readonly #entryEnds: number[] = []

  constructor(deps: WriteGroupDeps) {
    this.#deps = deps
    this.#ends = new LogEnds(deps.range)
  }

  get writes(): readonly Write[] {
    return this.#writes
  }

  get payloadBytes(): number {
    return this.#payloadBytes
  }

  /** Whether one of the writes is to be durable when it is answered. */
  get wantsSync(): boolean {
    return this.#wantsSync
  }

  /** Where a region's log ends behind this group. */
  range(regionId: number): LogRange | undefined {
    return this.#ends.range(regionId)
  }

  /** Takes a write's place behind those that were added, or changes nothing. @throws RaftLogGapError, RaftLogCompactedError */
  reserve({ changes }: Write): void {
    this.#ends.advance(changes)
  }

  /** Assembles a write whose place is reserved. When it throws, the group is of no use any more. @throws RaftLogBatchTooLargeError */
  add(write: Write): void {
    const { writer } = this.#deps
    this.#writes.push(write)
    this.#payloadBytes += write.payloadBytes
    this.#wantsSync ||= write.sync
    if (write.changes.length === 0) return
    if (this.#members.length > 0 && writer.entriesBytes + write.payloadBytes > mergedEntriesBytesMax) this.seal()
    if (this.#members.length === 0) writer.begin()
    this.#members.push(write)
    for (const change of write.changes) addChange(writer, change)
  }

  /** Ends the batch that is being assembled, if there is one. */
  seal(): void {
    if (this.#members.length === 0) return
    const { writer, metrics } = this.#deps
    const sealed = writer.seal()
    if (sealed.compression === 'lz4') metrics.compressed(sealed.entriesBlockBytes / sealed.entriesBytes)
    this.#batches.push({ sealed, writes: this.#members })
    this.#members = []
  }

  /** Nothing was added that is written: at most syncs. */
  get isEmpty(): boolean {
    return this.#batches.length === 0
  }

  /** Of all batches. */
  get storedBytes(): number {
    return this.#deps.writer.sealedBytes
  }

  /** All batches as they are written to this file, in the writer's memory. */
  signedFor(file: LogFile): Uint8Array {
    const { writer } = this.#deps
    for (const { sealed } of this.#batches) writer.sign(sealed, file.header.version, file.seq)
    return writer.bytes(this.#batches[0]!.sealed.offset, writer.sealedBytes)
  }

  /** Brings the batches, which lie in `file` from `offset` on, into memory. Synchronous: a reader sees a write whole or not at all. */
  apply(file: LogFile, offset: number): void {
    let at = offset
    for (const { sealed, writes } of this.#batches) {
      this.#applyBatch(sealed, writes, file, at)
      at += sealed.totalBytes
    }
  }

  /** Answers the callers of writes that were applied. */
  resolve(): void {
    for (const write of this.#writes) if (write.changes.length === 0) write.resolve(0)
    const now = this.#deps.clock.now()
    for (const { sealed, writes } of this.#batches) {
      const total = writes.reduce((sum, write) => sum + weightOf(write), 0)
      for (const write of writes) {
        const writtenBytes = Math.max(1, Math.round((sealed.totalBytes * weightOf(write)) / total))
        this.#deps.metrics.writeDone(now - write.calledAt, writtenBytes)
        write.resolve(writtenBytes)
      }
    }
  }

  #applyBatch(sealed: SealedBatch, writes: readonly Write[], file: LogFile, offset: number): void {
    const { regions } = this.#deps
    const block = {
      slot: file.slot,
      offset: offset + batchHeaderBytes,
      storedBytes: sealed.entriesBlockBytes,
      isCompressed: sealed.compression === 'lz4',
    }
    let begin = 0
    for (const { changes } of writes) {
      for (const change of changes) {
        switch (change.type) {
          case 'append': {
            const count = change.entries.length
            if (count === 0) break
            let end = begin
            for (let at = 0; at < count; at++) {
              end += change.entries[at]!.length
              this.#entryEnds[at] = end
            }
            regions
              .region(change.regionId)
              .append(block, { firstIndex: change.firstIndex, count, begin, ends: this.#entryEnds })
            begin = end
            break
          }
          case 'put':
            regions.put(change.regionId, change.key, change.value, file.slot)
            break
          case 'delete':
            regions.delete(change.regionId, change.key.slice())
            break
          case 'compact':
            regions.compact(change.regionId, change.index)
            break
          case 'clean':
            regions.clean(change.regionId)
        }
      }
    }
  }
}

/** A write of commands alone has no payload and takes a few bytes all the same. */
function weightOf({ payloadBytes, changes }: Write): number {
  return payloadBytes + 16 * changes.length
}

function addChange(writer: LogBatchWriter, change: RaftLogChange): void {
  switch (change.type) {
    case 'append':
      if (change.entries.length > 0) writer.addEntries(change.regionId, change.firstIndex, change.entries)
      break
    case 'put':
      writer.addPut(change.regionId, change.key, change.value)
      break
    case 'delete':
      writer.addDelete(change.regionId, change.key)
      break
    case 'compact':
      writer.addCompact(change.regionId, change.index)
      break
    case 'clean':
      writer.addClean(change.regionId)
  }
}
