import { type Clock, KiB } from '@stratakv/core'
import type { BlockReader } from './block-reader.ts'
import type { BlockPlace } from './entry-rows.ts'
import { batchHeaderBytes } from './format/batch-header.ts'
import type { LogBatchWriter, SealedBatch } from './format/batch-writer.ts'
import type { LogQueue } from './format/file-name.ts'
import { type GroupPart, groupMark } from './group-marks.ts'
import type { FileTable, LogFile } from './log-file.ts'
import type { LogPipe } from './log-pipe.ts'
import type { RaftEngineMetrics } from './metrics.ts'
import type { CopiedFrom, EntryRun, RegionLog, StoredValue } from './region-log.ts'
import type { RegionLogs, RewriteMarks } from './region-logs.ts'

/** A batch of copies is ended behind this many bytes of entries, as the Rust engine does. */
const copyBytesMax = KiB(128)
/** And behind the copies of this many regions, each of which is a few bytes of items at least. */
const copyRegionsMax = 4096
/** The queue is synced behind this many bytes of copies, so that no later sync has much to pay at once. */
const copySyncBytes = KiB(512)
/** Marks a batch holds at most. */
const marksMax = 4096

export interface RewriterDeps {
  readonly clock: Clock
  readonly files: FileTable
  readonly regions: RegionLogs
  readonly blocks: BlockReader
  /** The rewrite queue, and a writer of its own. */
  readonly pipe: LogPipe
  readonly writer: LogBatchWriter
  readonly metrics: RaftEngineMetrics
  /**
   * Makes durable all writes that memory has seen. What is copied, and what is left out, follows from them: a copy that
   * outlives a write it followed from would take the place of what that write had replaced.
   */
  readonly syncAppended: () => Promise<void>
}

/** Entries to copy: where each lies, as it was when the copy was planned. */
interface CopyPlan {
  readonly region: RegionLog
  /** Where it is copied from. */
  readonly queue: LogQueue
  readonly firstIndex: number
  readonly rows: readonly PlannedRow[]
  readonly values: readonly StoredValue[]
}

interface PlannedRow extends CopiedFrom {
  readonly storedBytes: number
  readonly isCompressed: boolean
  readonly entryOffset: number
  readonly entryBytes: number
}

/** A batch of copies on the disk, not yet in memory. */
interface WrittenPart {
  readonly region: RegionLog
  readonly wasRewritten: boolean
  readonly file: LogFile
  readonly block: BlockPlace
  readonly run: EntryRun
  readonly from: readonly CopiedFrom[]
  readonly values: readonly StoredValue[]
}

/**
 * Copies what is still needed into the rewrite queue. A copy is checked against memory when it has been written: what was
 * changed meanwhile stays as it is, and the copy is garbage. Calls must not overlap.
 */
export class Rewriter {
  readonly #deps: RewriterDeps
  #sinceSyncBytes = 0
  #nextGroupId = 1

  constructor(deps: RewriterDeps) {
    this.#deps = deps
  }

  /** Says durably in the rewrite queue what has happened in append files that are to go. */
  async writeMarks({ cleaned, compacted, deleted }: RewriteMarks): Promise<void> {
    const adds: ((writer: LogBatchWriter) => void)[] = [
      ...cleaned.map((regionId) => (writer: LogBatchWriter) => writer.addClean(regionId)),
      ...compacted.map(
        ({ regionId, index }) =>
          (writer: LogBatchWriter) =>
            writer.addCompact(regionId, index),
      ),
      ...deleted.map(
        ({ regionId, key }) =>
          (writer: LogBatchWriter) =>
            writer.addDelete(regionId, key),
      ),
    ]
    if (adds.length === 0) return
    await this.#deps.syncAppended()
    for (let at = 0; at < adds.length; at += marksMax) {
      await this.#writeBatch((writer) => {
        for (const add of adds.slice(at, at + marksMax)) add(writer)
      })
    }
    await this.sync()
  }

  /** Copies what regions have in append files up to `lastSeq`. Those with little share batches. */
  async copyAppended(regions: Iterable<RegionLog>, lastSeq: number): Promise<void> {
    const pending = new PendingCopies()
    for (const region of regions) {
      const plan = this.#plan(region, 'append', lastSeq)
      // From now on the rewrite queue has something of it, whatever becomes of the region meanwhile.
      region.mayHaveRewrites = true
      for (const part of partsOf(plan)) {
        if (!pending.hasRoomFor(part)) await this.#copy(pending.take())
        pending.add(part)
      }
    }
    await this.#copy(pending.take())
  }

  /**
   * Copies what regions have in rewrite files up to `lastSeq`: each as part of one batch, or as a group of batches that recovery
   * takes as a whole.
   */
  async copyRewritten(regions: Iterable<RegionLog>, lastSeq: number): Promise<void> {
    const pending = new PendingCopies()
    for (const region of regions) {
      const plan = this.#plan(region, 'rewrite', lastSeq)
      if (plan.rows.length === 0 && plan.values.length === 0) {
        // What it had there is dead: nothing holds the copies before any longer.
        region.unpin()
        continue
      }
      // Without marks in version 1, a copy that a crash cuts in two would look like a log with a hole.
      const parts = this.#deps.pipe.active.header.version === 1 ? [plan] : partsOf(plan)
      if (parts.length > 1) {
        await this.#copy(pending.take())
        await this.#copyGroup(region, parts)
        continue
      }
      if (!pending.hasRoomFor(plan)) await this.#copy(pending.take())
      pending.add(plan)
    }
    await this.#copy(pending.take())
  }

  /** One batch of whole copies, or of parts that need not be there together. */
  async #copy(plans: readonly CopyPlan[]): Promise<void> {
    if (plans.length === 0) return
    const written = await this.#writeParts(plans, undefined)
    for (const part of written) {
      if (part.wasRewritten) part.region.unpin()
      this.#apply(part)
    }
  }

  /** Several batches, in memory when all are on the disk: until then a restart would find none of them. */
  async #copyGroup(region: RegionLog, parts: readonly CopyPlan[]): Promise<void> {
    const groupId = this.#nextGroupId++
    const written: WrittenPart[] = []
    for (const [at, part] of parts.entries()) {
      const place = at === 0 ? 'begin' : at === parts.length - 1 ? 'end' : 'middle'
      written.push(...(await this.#writeParts([part], { groupId, place })))
    }
    region.unpin()
    for (const part of written) this.#apply(part)
    const first = written[0]!.file
    if (first !== written.at(-1)!.file && this.#deps.regions.get(region.id) === region) region.pin(first.slot)
  }

  async sync(): Promise<void> {
    await this.#deps.pipe.sync()
    this.#sinceSyncBytes = 0
  }

  #plan(region: RegionLog, queue: LogQueue, lastSeq: number): CopyPlan {
    const { files } = this.#deps
    const isOld = (slot: number): boolean => files.at(slot).queue === queue && files.at(slot).seq <= lastSeq
    const begin = queue === 'append' ? region.rewriteCount : 0
    const end = queue === 'append' ? region.rows.count : region.rewriteCount
    const rows: PlannedRow[] = []
    for (let row = begin; row < end && isOld(region.rows.slot(row)); row++) {
      rows.push({
        slot: region.rows.slot(row),
        blockOffset: region.rows.blockOffset(row),
        storedBytes: region.rows.storedBytes(row),
        isCompressed: region.rows.isCompressed(row),
        entryOffset: region.rows.entryOffset(row),
        entryBytes: region.rows.entryBytes(row),
      })
    }
    const values = [...region.storedValues()].filter(({ slot }) => isOld(slot))
    return { region, queue, firstIndex: (region.firstIndex ?? 0) + begin, rows, values }
  }

  async #writeParts(
    plans: readonly CopyPlan[],
    group: { readonly groupId: number; readonly place: GroupPart } | undefined,
  ): Promise<WrittenPart[]> {
    const { clock, files, metrics } = this.#deps
    const started = clock.now()
    const sources = [...new Set(plans.flatMap(({ rows }) => rows.map(({ slot }) => files.at(slot))))]
    for (const file of sources) file.acquire()
    try {
      await this.#deps.syncAppended()
      const payloads: Uint8Array[][] = []
      for (const { rows } of plans) payloads.push(await this.#read(rows))
      const { sealed, file, offset } = await this.#writeBatch((writer) => {
        if (group !== undefined) {
          const { key, value } = groupMark(group.place)
          writer.addPut(group.groupId, key, value)
        }
        for (const [at, { region, firstIndex, values }] of plans.entries()) {
          if (payloads[at]!.length > 0) writer.addEntries(region.id, firstIndex, payloads[at]!)
          for (const { key, value } of values) writer.addPut(region.id, key, value)
        }
      })
      metrics.rewritten(plans[0]!.queue, clock.now() - started, sealed.totalBytes)
      const block = {
        slot: file.slot,
        offset: offset + batchHeaderBytes,
        storedBytes: sealed.entriesBlockBytes,
        isCompressed: sealed.compression === 'lz4',
      }
      let end = 0
      return plans.map(({ region, queue, firstIndex, rows, values }) => {
        const begin = end
        const ends = rows.map(({ entryBytes }) => {
          end += entryBytes
          return end
        })
        const run = { firstIndex, count: rows.length, begin, ends }
        return { region, wasRewritten: queue === 'rewrite', file, block, run, from: rows, values }
      })
    } finally {
      for (const file of sources) file.release()
    }
  }

  async #read(rows: readonly PlannedRow[]): Promise<Uint8Array[]> {
    const payloads: Uint8Array[] = []
    let block: Uint8Array | undefined
    let last: PlannedRow | undefined
    for (const row of rows) {
      if (block === undefined || last!.slot !== row.slot || last!.blockOffset !== row.blockOffset) {
        block = await this.#deps.blocks.readOnce({ ...row, offset: row.blockOffset })
      }
      last = row
      payloads.push(block.subarray(row.entryOffset, row.entryOffset + row.entryBytes))
    }
    return payloads
  }

  #apply({ region, file, block, run, from, values }: WrittenPart): void {
    if (this.#deps.regions.get(region.id) !== region) {
      region.countDeadCopies(run.count + values.length)
      return
    }
    region.rewriteEntries(block, run, from)
    for (const value of values) region.rewriteValue(value, file.slot)
  }

  async #writeBatch(
    fill: (writer: LogBatchWriter) => void,
  ): Promise<{ sealed: SealedBatch; file: LogFile; offset: number }> {
    const { pipe, writer } = this.#deps
    if (pipe.isFull) await pipe.rotate()
    try {
      writer.begin()
      fill(writer)
      const sealed = writer.seal()
      const file = pipe.active
      writer.sign(sealed, file.header.version, file.seq)
      const offset = file.endOffset
      await pipe.append(writer.bytes(sealed.offset, sealed.totalBytes), false)
      this.#sinceSyncBytes += sealed.totalBytes
      if (this.#sinceSyncBytes >= copySyncBytes) await this.sync()
      return { sealed, file, offset }
    } finally {
      writer.reset()
    }
  }
}

/** Plans that will be one batch. */
class PendingCopies {
  #plans: CopyPlan[] = []
  #bytes = 0

  hasRoomFor(plan: CopyPlan): boolean {
    return (
      this.#plans.length === 0 || (this.#bytes + sizeOf(plan) <= copyBytesMax && this.#plans.length < copyRegionsMax)
    )
  }

  add(plan: CopyPlan): void {
    if (plan.rows.length === 0 && plan.values.length === 0) return
    this.#plans.push(plan)
    this.#bytes += sizeOf(plan)
  }

  take(): readonly CopyPlan[] {
    const plans = this.#plans
    this.#plans = []
    this.#bytes = 0
    return plans
  }
}

function sizeOf({ rows, values }: CopyPlan): number {
  const entriesBytes = rows.reduce((sum, { entryBytes }) => sum + entryBytes, 0)
  return values.reduce((sum, { key, value }) => sum + key.length + value.length, entriesBytes)
}

/** The plan cut into batches; the values go with the first, as they may be all there is. */
function partsOf(plan: CopyPlan): CopyPlan[] {
  const parts: CopyPlan[] = []
  let begin = 0
  let bytes = 0
  const cut = (end: number): void => {
    if (end === begin && !(parts.length === 0 && plan.values.length > 0)) return
    parts.push({
      region: plan.region,
      queue: plan.queue,
      firstIndex: plan.firstIndex + begin,
      rows: plan.rows.slice(begin, end),
      values: parts.length === 0 ? plan.values : [],
    })
    begin = end
    bytes = 0
  }
  for (const [at, row] of plan.rows.entries()) {
    if (bytes > 0 && bytes + row.entryBytes > copyBytesMax) cut(at)
    bytes += row.entryBytes
  }
  cut(plan.rows.length)
  return parts
}
