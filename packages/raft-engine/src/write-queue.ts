import {
  type Clock,
  GiB,
  type Instant,
  KiB,
  MiB,
  NoSpaceError,
  RaftLogBatchTooLargeError,
  type RaftLogChange,
} from '@stratakv/core'
import { batchHeaderBytes } from './format/batch-header.ts'
import type { LogBatchWriter, SealedBatch } from './format/batch-writer.ts'
import { checkNotReserved } from './group-marks.ts'
import type { RaftEngineListener } from './listener.ts'
import { LogEnds } from './log-ends.ts'
import type { LogFile } from './log-file.ts'
import type { LogPipe } from './log-pipe.ts'
import type { RaftEngineMetrics } from './metrics.ts'
import type { Poison } from './poison.ts'
import type { RegionLogs } from './region-logs.ts'

/**
 * Writes that wait together become one batch of the log, until it has this many bytes of entries: a batch costs 24 bytes and
 * its checksums, and compresses better the longer it is; but whoever reads one entry reads the block of its whole batch.
 */
const mergedEntriesBytesMax = KiB(64)

/** A group takes no further write behind this many bytes: what waits behind it should not wait long. */
const groupBytesMax = MiB(4)

/** Of one write: half of what a batch can take, so that every place in a file has 32 bits. */
export const writeBytesMax = GiB(1)

/**
 * How many turns of the microtask queue the first write of a group waits for others. Callers that wake together (their writes
 * were one group before) write again within a few turns of each other, and should be one group again.
 */
const gatherTurns = 4

export interface WriteQueueDeps {
  readonly clock: Clock
  readonly pipe: LogPipe
  readonly regions: RegionLogs
  readonly writer: LogBatchWriter
  readonly metrics: RaftEngineMetrics
  readonly listeners: readonly RaftEngineListener[]
  readonly poison: Poison
  /** Whether a new file may be had where the active one's disk is full. */
  readonly hasOtherRoom: () => boolean
}

interface Waiter {
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
  readonly waiters: readonly Waiter[]
}

/**
 * Groups the writes that come while the disk is busy: one write to the file and one sync for all of them. Groups go one
 * after another; each is brought into memory before the next begins.
 */
export class WriteQueue {
  readonly #deps: WriteQueueDeps
  #waiting: Waiter[] = []
  #running: Promise<void> | undefined
  /** Of an append's entries, used again each time. */
  readonly #ends: number[] = []

  constructor(deps: WriteQueueDeps) {
    this.#deps = deps
  }

  /** A write without changes that syncs is a sync. */
  write(changes: readonly RaftLogChange[], sync: boolean): Promise<number> {
    const payloadBytes = payloadOf(changes)
    return new Promise((resolve, reject) => {
      this.#deps.poison.check()
      if (payloadBytes > writeBytesMax) throw new RaftLogBatchTooLargeError(payloadBytes, writeBytesMax)
      for (const change of changes) if (change.type === 'put') checkNotReserved(change.key)
      const calledAt = this.#deps.clock.now()
      const effective = changes.some(doesSomething) ? changes : []
      this.#waiting.push({ changes: effective, sync, payloadBytes, calledAt, resolve, reject })
      this.#running ??= this.#run()
    })
  }

  /** Resolves when nothing waits or runs. */
  async idle(): Promise<void> {
    while (this.#running !== undefined) await this.#running
  }

  async #run(): Promise<void> {
    for (let turn = 0; turn < gatherTurns; turn++) await undefined
    while (this.#waiting.length > 0) {
      await this.#runGroup(this.#takeGroup())
      if (this.#waiting.length === 0) break
      // Those who were just answered may write again.
      for (let turn = 0; turn < gatherTurns; turn++) await undefined
    }
    this.#running = undefined
    // A write may have come since the last look, and found us running.
    if (this.#waiting.length > 0) this.#running = this.#run()
  }

  #takeGroup(): Waiter[] {
    let takenBytes = 0
    let count = 0
    while (count < this.#waiting.length && takenBytes < groupBytesMax)
      takenBytes += this.#waiting[count++]!.payloadBytes
    return this.#waiting.splice(0, count)
  }

  /** Settles every waiter. */
  async #runGroup(waiters: readonly Waiter[]): Promise<void> {
    const started = this.#deps.clock.now()
    const fitting = this.#fitting(waiters)
    if (fitting.length === 0) return
    this.#deps.metrics.groupStarted(started - fitting[0]!.calledAt)
    try {
      await this.#writeGroup(fitting)
    } catch (error) {
      if (fitting.length > 1 && !this.#deps.poison.isSet) {
        // The file is as it was. One of them may be what does not fit on the disk: each is tried by itself.
        for (const waiter of fitting) await this.#runGroup([waiter])
        return
      }
      for (const waiter of fitting) waiter.reject(error)
    }
    this.#deps.metrics.groupWritten(this.#deps.clock.now() - started)
  }

  /** Those whose changes fit behind each other; the others are told so. */
  #fitting(waiters: readonly Waiter[]): readonly Waiter[] {
    const ends = new LogEnds((regionId) => this.#deps.regions.range(regionId))
    return waiters.filter((waiter) => {
      try {
        this.#deps.poison.check()
        ends.advance(waiter.changes)
        return true
      } catch (error) {
        waiter.reject(error)
        return false
      }
    })
  }

  async #writeGroup(waiters: readonly Waiter[]): Promise<void> {
    const { pipe, writer } = this.#deps
    const sync = waiters.some((waiter) => waiter.sync)
    const batches = this.#seal(waiters)
    try {
      if (batches.length === 0) {
        if (sync) await pipe.sync()
      } else {
        if (pipe.isFull) await pipe.rotate()
        try {
          await this.#append(batches, sync)
        } catch (error) {
          if (!(error instanceof NoSpaceError) || this.#deps.poison.isSet || !this.#deps.hasOtherRoom()) throw error
          await pipe.rotate()
          await this.#append(batches, sync)
        }
      }
    } finally {
      writer.reset()
    }
    this.#applyAll(batches)
    for (const waiter of waiters) if (waiter.changes.length === 0) waiter.resolve(0)
    for (const batch of batches) this.#resolve(batch)
  }

  /** Assembles the writes' batches, one behind the other. */
  #seal(waiters: readonly Waiter[]): Batch[] {
    const { writer } = this.#deps
    const batches: Batch[] = []
    let members: Waiter[] = []
    const seal = (): void => {
      if (members.length === 0) return
      const sealed = writer.seal()
      if (sealed.compression === 'lz4') this.#deps.metrics.compressed(sealed.entriesBlockBytes / sealed.entriesBytes)
      batches.push({ sealed, waiters: members })
      members = []
    }
    for (const waiter of waiters) {
      if (waiter.changes.length === 0) continue
      if (members.length > 0 && writer.entriesBytes + waiter.payloadBytes > mergedEntriesBytesMax) seal()
      if (members.length === 0) writer.begin()
      members.push(waiter)
      for (const change of waiter.changes) addChange(writer, change)
    }
    seal()
    return batches
  }

  async #append(batches: readonly Batch[], sync: boolean): Promise<void> {
    const { pipe, writer } = this.#deps
    const file = pipe.active
    let totalBytes = 0
    for (const { sealed } of batches) {
      writer.sign(sealed, file.header.version, file.seq)
      totalBytes += sealed.totalBytes
    }
    await pipe.append(writer.bytes(batches[0]!.sealed.offset, totalBytes), sync)
  }

  /** Synchronous: a reader sees a write whole or not at all. */
  #applyAll(batches: readonly Batch[]): void {
    const { pipe, clock, metrics, listeners, poison } = this.#deps
    const started = clock.now()
    const file = pipe.active
    let offset = file.endOffset - batches.reduce((sum, { sealed }) => sum + sealed.totalBytes, 0)
    try {
      for (const { sealed, waiters } of batches) {
        this.#apply(sealed, waiters, file, offset)
        offset += sealed.totalBytes
      }
    } catch (error) {
      // A bug, and memory no longer says what the file does.
      throw poison.set(error)
    }
    metrics.groupApplied(clock.now() - started)
    for (const listener of listeners) listener.onApplied?.(pipe.queue, file.seq)
  }

  #apply(sealed: SealedBatch, waiters: readonly Waiter[], file: LogFile, offset: number): void {
    const { regions } = this.#deps
    const block = {
      slot: file.slot,
      offset: offset + batchHeaderBytes,
      storedBytes: sealed.entriesBlockBytes,
      isCompressed: sealed.compression === 'lz4',
    }
    let begin = 0
    for (const { changes } of waiters) {
      for (const change of changes) {
        switch (change.type) {
          case 'append': {
            const count = change.entries.length
            if (count === 0) break
            let end = begin
            for (let at = 0; at < count; at++) {
              end += change.entries[at]!.length
              this.#ends[at] = end
            }
            regions
              .region(change.regionId)
              .append(block, { firstIndex: change.firstIndex, count, begin, ends: this.#ends })
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

  #resolve({ sealed, waiters }: Batch): void {
    const now = this.#deps.clock.now()
    // A write of commands alone has no payload and takes a few bytes all the same.
    const weight = (waiter: Waiter): number => waiter.payloadBytes + 16 * waiter.changes.length
    const total = waiters.reduce((sum, waiter) => sum + weight(waiter), 0)
    for (const waiter of waiters) {
      const writtenBytes = Math.max(1, Math.round((sealed.totalBytes * weight(waiter)) / total))
      this.#deps.metrics.writeDone(now - waiter.calledAt, writtenBytes)
      waiter.resolve(writtenBytes)
    }
  }
}

function doesSomething(change: RaftLogChange): boolean {
  return change.type !== 'append' || change.entries.length > 0
}

export function addChange(writer: LogBatchWriter, change: RaftLogChange): void {
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

function payloadOf(changes: readonly RaftLogChange[]): number {
  let bytes = 0
  for (const change of changes) {
    if (change.type === 'append') for (const entry of change.entries) bytes += entry.length
    else if (change.type === 'put') bytes += change.key.length + change.value.length
  }
  return bytes
}
