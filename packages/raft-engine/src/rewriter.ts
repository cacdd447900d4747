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

  /** Copies a region's entries and values out of append files up to `lastSeq`. */
  async copyAppended(region: RegionLog, lastSeq: number): Promise<void> {
    const plan = this.#plan(region, 'append', lastSeq)
    // From now on the rewrite queue has something of it, whatever becomes of the region meanwhile.
    region.mayHaveRewrites = true
    await this.#deps.syncAppended()
    const parts = partsOf(plan)
    for (const part of parts) this.#apply(region, await this.#writePart(region, part, undefined))
  }

  /**
   * Copies what a region has in rewrite files up to `lastSeq`: as one batch, or as a group of batches that recovery takes as a
   * whole. Answers whether there was anything.
   */
  async copyRewritten(region: RegionLog, lastSeq: number): Promise<boolean> {
    const plan = this.#plan(region, 'rewrite', lastSeq)
    if (plan.rows.length === 0 && plan.values.length === 0) return false
    await this.#deps.syncAppended()
    // Without marks in version 1, a copy that a crash cuts in two would look like a log with a hole.
    const parts = this.#deps.pipe.active.header.version === 1 ? [plan] : partsOf(plan)
    const groupId = this.#nextGroupId
    if (parts.length > 1) this.#nextGroupId++
    const written: WrittenPart[] = []
    for (const [at, part] of parts.entries()) {
      const place = at === 0 ? 'begin' : at === parts.length - 1 ? 'end' : 'middle'
      written.push(await this.#writePart(region, part, parts.length > 1 ? { groupId, place } : undefined))
    }
    region.unpin()
    for (const part of written) this.#apply(region, part)
    const first = written[0]!.file
    if (first !== written.at(-1)!.file && this.#deps.regions.get(region.id) === region) region.pin(first.slot)
    return true
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
    return { region, firstIndex: (region.firstIndex ?? 0) + begin, rows, values }
  }

  async #writePart(
    region: RegionLog,
    plan: CopyPlan,
    group: { readonly groupId: number; readonly place: GroupPart } | undefined,
  ): Promise<WrittenPart> {
    const { clock, files, metrics } = this.#deps
    const started = clock.now()
    const sources = [...new Set(plan.rows.map(({ slot }) => files.at(slot)))]
    const queue = sources[0]?.queue ?? 'append'
    for (const file of sources) file.acquire()
    try {
      const payloads = await this.#read(plan.rows)
      const { sealed, file, offset } = await this.#writeBatch((writer) => {
        if (group !== undefined) {
          const { key, value } = groupMark(group.place)
          writer.addPut(group.groupId, key, value)
        }
        if (payloads.length > 0) writer.addEntries(region.id, plan.firstIndex, payloads)
        for (const { key, value } of plan.values) writer.addPut(region.id, key, value)
      })
      metrics.rewritten(queue, clock.now() - started, sealed.totalBytes)
      let end = 0
      const ends = plan.rows.map(({ entryBytes }) => (end += entryBytes))
      return {
        file,
        block: {
          slot: file.slot,
          offset: offset + batchHeaderBytes,
          storedBytes: sealed.entriesBlockBytes,
          isCompressed: sealed.compression === 'lz4',
        },
        run: { firstIndex: plan.firstIndex, count: plan.rows.length, begin: 0, ends },
        from: plan.rows,
        values: plan.values,
      }
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

  #apply(region: RegionLog, { file, block, run, from, values }: WrittenPart): void {
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

/** The plan cut into batches; the values go with the first, as they may be all there is. */
function partsOf(plan: CopyPlan): CopyPlan[] {
  const parts: CopyPlan[] = []
  let begin = 0
  let bytes = 0
  const cut = (end: number): void => {
    if (end === begin && !(parts.length === 0 && plan.values.length > 0)) return
    parts.push({
      region: plan.region,
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
