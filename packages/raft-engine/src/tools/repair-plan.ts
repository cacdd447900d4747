import { RaftLogCorruptionError, type RegionId } from '@stratakv/core'
import type { FormatVersion } from '../format/file-header.ts'
import type { LogQueue } from '../format/file-name.ts'
import type { LogHole } from './check.ts'
import { examineTail } from './file-tail.ts'
import { ItemList, type LogItem } from './item-list.ts'
import { LogFileScan } from './log-file-scan.ts'
import { type LogFile, listLog } from './log-folder.ts'
import { RegionSpans } from './region-spans.ts'
import { assertRepairRule, type RepairRule, verdictOn } from './repair-rule.ts'
import { type LogToolDeps, type LogToolOptions, type LogToolParts, partsOf } from './tool-deps.ts'
import { ToolProgress } from './tool-progress.ts'

/**
 * `empty`: a file without a header that can be read becomes one without batches. `cut`: all from `offset` on. `skip`: what is damaged between two
 * batches. `drop-batch`: a batch whose entries are damaged. `drop-item`: one item of a batch. `drop-existing`: before an item, the entries
 * that its region had.
 */
export type RepairAction = { readonly offset: number; readonly detail: string } & (
  | { readonly kind: 'empty' | 'cut' | 'skip' | 'drop-batch'; readonly lengthBytes: number }
  | { readonly kind: 'drop-item' | 'drop-existing'; readonly item: number; readonly regionId: RegionId }
)

export interface FileRepair {
  readonly file: LogFile
  /** That the file is to have, which is the one it has if it can be told. */
  readonly version: FormatVersion
  /** By offset, and within a batch by item. */
  readonly actions: readonly RepairAction[]
}

export interface RepairPlan {
  /** What changes, in the order of recovery. */
  readonly files: readonly FileRepair[]
  /** Files before a gap in the sequences, or of one that is there twice: they get another name, so that they are no part of the log. */
  readonly setAside: readonly LogFile[]
  /** Holes that no rule fits. A plan with some cannot be applied. */
  readonly unresolved: readonly LogHole[]
}

export interface RepairPlanOptions extends LogToolOptions {
  readonly rules?: readonly RepairRule[]
  /** What to do where a damaged batch has whole ones of its file behind it: `cut` them off as well, as recovery does, or `skip` what is damaged. Default: cut. */
  readonly damage?: 'cut' | 'skip'
}

/**
 * Says what to change in a log so that recovery takes it, and changes nothing.
 *
 * Nothing is planned for what recovery copes with by itself: the tail that preallocation or recycling left.
 *
 * @throws RaftLogRepairRuleError; RaftLogCorruptionError when no file has a header that can be read, as it is when a log was encrypted, or one is of a
 * version that is not known: such files are not for this tool to empty; RaftLogNotFoundError, FileNotFoundError, FileIoError
 */
export async function planRepair(deps: LogToolDeps, options: RepairPlanOptions): Promise<RepairPlan> {
  const rules = options.rules ?? []
  for (const rule of rules) assertRepairRule(rule)
  const parts = partsOf(deps)
  const { files, passedOver, totalBytes } = await listLog(parts.fs, options.paths)
  const planner = new RepairPlanner(parts, rules, options.damage ?? 'cut', new ToolProgress(options, totalBytes))
  for (const [place, file] of files.entries()) {
    await planner.file(file, files[place + 1]?.queue !== file.queue)
  }
  return { ...planner.plan(), setAside: passedOver }
}

class RepairPlanner {
  readonly #deps: LogToolParts
  readonly #rules: readonly RepairRule[]
  readonly #damage: 'cut' | 'skip'
  readonly #progress: ToolProgress
  readonly #list = new ItemList()
  readonly #spans: Record<LogQueue, RegionSpans> = { append: new RegionSpans(), rewrite: new RegionSpans() }
  readonly #files: FileRepair[] = []
  readonly #unresolved: LogHole[] = []
  #readableCount = 0
  /** Of the last header that could be read. */
  #version: FormatVersion = 1
  #unreadable: LogFile | undefined

  constructor(deps: LogToolParts, rules: readonly RepairRule[], damage: 'cut' | 'skip', progress: ToolProgress) {
    this.#deps = deps
    this.#rules = rules
    this.#damage = damage
    this.#progress = progress
  }

  async file(file: LogFile, isLast: boolean): Promise<void> {
    const actions: RepairAction[] = []
    const scan = await LogFileScan.open(this.#deps, file)
    try {
      if (scan.stop?.kind === 'header') this.#header(scan, isLast, actions)
      else {
        this.#readableCount++
        this.#version = scan.header.version
        await this.#batches(scan, isLast, actions)
      }
      if (actions.length > 0) this.#files.push({ file, version: this.#version, actions })
      this.#progress.fileDone('read', file.sizeBytes)
    } finally {
      await scan.close()
    }
  }

  plan(): Omit<RepairPlan, 'setAside'> {
    if (this.#readableCount === 0 && this.#unreadable !== undefined) {
      throw new RaftLogCorruptionError(this.#unreadable.path, 0, 'no file of the log has a header that can be read')
    }
    return { files: this.#files, unresolved: this.#unresolved }
  }

  #header(scan: LogFileScan, isLast: boolean, actions: RepairAction[]): void {
    const stop = scan.stop!
    if (stop.kind !== 'header') return
    const { fault, detail } = stop.fault
    if (fault === 'version') throw new RaftLogCorruptionError(scan.file.path, 0, detail)
    // A new file whose header did not become durable: recovery writes it again.
    if (isLast && fault === 'short') return
    this.#unreadable ??= scan.file
    actions.push({ kind: 'empty', offset: 0, lengthBytes: scan.sizeBytes, detail: `${fault}: ${detail}` })
  }

  async #batches(scan: LogFileScan, isLast: boolean, actions: RepairAction[]): Promise<void> {
    for (;;) {
      const batch = await scan.next(this.#list)
      const items = this.#list.take()
      if (batch !== undefined) {
        const raw = scan.entriesOf(batch)
        const { offset } = batch
        if ('fault' in raw) {
          actions.push({ kind: 'drop-batch', offset, lengthBytes: batch.header.totalBytes, detail: raw.detail })
        } else {
          for (const [place, item] of items.entries()) this.#item(scan.file, offset, place, item, actions)
        }
        this.#progress.at('read', scan.offset)
        continue
      }
      const stop = scan.stop!
      if (stop.kind !== 'batch') return
      const detail = `${stop.fault.fault}: ${stop.fault.detail}`
      const tail = await examineTail(this.#deps, scan, stop.offset)
      if (tail.kind === 'batches' && this.#damage === 'skip') {
        actions.push({ kind: 'skip', offset: stop.offset, lengthBytes: tail.resumesAt - stop.offset, detail })
        scan.resumeAt(tail.resumesAt)
        continue
      }
      if (isLast && (tail.kind === 'zeros' || tail.kind === 'recycled')) return
      actions.push({ kind: 'cut', offset: stop.offset, lengthBytes: scan.sizeBytes - stop.offset, detail })
      return
    }
  }

  #item(file: LogFile, offset: number, place: number, item: LogItem, actions: RepairAction[]): void {
    const { queue, path } = file
    const spans = this.#spans[queue]
    const { regionId } = item
    const fit = item.type === 'entries' ? spans.fitOf(item) : undefined
    const verdict = verdictOn(this.#rules, queue, item, fit)
    if (verdict === 'drop-incoming') {
      actions.push({ kind: 'drop-item', offset, item: place, regionId, detail: textOf(item, fit) })
      return
    }
    const isHole = fit === 'hole' && queue === 'append'
    if (verdict === 'drop-existing' && spans.spanOf(regionId) !== undefined) {
      actions.push({ kind: 'drop-existing', offset, item: place, regionId, detail: textOf(item, fit) })
      spans.dropEntries(regionId)
    } else if (isHole && verdict === undefined && item.type === 'entries') {
      const lastGoodIndex = spans.spanOf(regionId)!.last
      this.#unresolved.push({ regionId, lastGoodIndex, nextIndex: item.firstIndex, path, offset })
    }
    spans.apply(item)
  }
}

function textOf(item: LogItem, fit: string | undefined): string {
  switch (item.type) {
    case 'entries':
      return `region ${item.regionId}, entries ${item.firstIndex} to ${item.firstIndex + item.count - 1}, ${fit}`
    case 'compact':
      return `region ${item.regionId}, compact to ${item.index}`
    default:
      return `region ${item.regionId}, ${item.type}`
  }
}
