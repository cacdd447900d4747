import type { LogIndex, RegionId } from '@stratakv/core'
import type { LogQueue } from '../format/file-name.ts'
import { examineTail } from './file-tail.ts'
import { ItemList } from './item-list.ts'
import { LogFileScan, type ScannedBatch, type ScanStop } from './log-file-scan.ts'
import { type LogFile, listLog } from './log-folder.ts'
import { RegionSpans } from './region-spans.ts'
import { type LogToolDeps, type LogToolOptions, type LogToolParts, partsOf } from './tool-deps.ts'
import { ToolProgress } from './tool-progress.ts'

/**
 * `error`: something is lost, or recovery refuses the log. `warning`: recovery cuts it off or passes over it, and something may
 * be lost. `info`: as crashes, preallocation and recycling leave it.
 */
export type LogFindingSeverity = 'error' | 'warning' | 'info'

/**
 * `header`: a file's first bytes. `batch`: a damaged batch, with more of the log behind it. `tail`: the end of a queue's last file. `entries`:
 * a batch whose entries are damaged. `passed-over`: a file before a gap in the sequences, or of a sequence that is there twice. `hole`: a region's
 * entries that do not go on where those before them ended.
 */
export type LogFindingCode = 'header' | 'batch' | 'tail' | 'entries' | 'passed-over' | 'hole'

export interface LogFinding {
  readonly severity: LogFindingSeverity
  readonly code: LogFindingCode
  readonly path: string
  /** Where in the file; of a batch its start. */
  readonly offset: number
  /** For people. */
  readonly detail: string
}

/** A region whose entries have a hole. */
export interface LogHole {
  readonly regionId: RegionId
  /** The last index before the hole. */
  readonly lastGoodIndex: LogIndex
  /** The first index behind it. */
  readonly nextIndex: LogIndex
  readonly path: string
  readonly offset: number
}

export interface LogCheckReport {
  readonly fileCount: number
  readonly totalBytes: number
  readonly batchCount: number
  readonly entryCount: number
  /** Regions that the append queue knows of at its end. */
  readonly regionCount: number
  /** In the order of the files. */
  readonly findings: readonly LogFinding[]
  /** Of each region the first hole, by region. */
  readonly holes: readonly LogHole[]
}

/**
 * Reads a whole log and says what is wrong with it: every checksum of every batch, what stands behind the last one of each file, and for each
 * region whether its entries are without holes. Files are opened for reading alone, and nothing is changed: no tail is cut, no lock is taken.
 *
 * Memory: a window or the longest batch of a file, and some 100 bytes a region.
 *
 * @throws RaftLogNotFoundError, FileNotFoundError, FileIoError
 */
export async function checkLog(deps: LogToolDeps, options: LogToolOptions): Promise<LogCheckReport> {
  const parts = partsOf(deps)
  const folder = await listLog(parts.fs, options.paths)
  const check = new LogCheck(parts, new ToolProgress(options, folder.totalBytes))
  for (const file of folder.passedOver) check.findPassedOver(file)
  for (const [place, file] of folder.files.entries()) {
    await check.file(file, folder.files[place + 1]?.queue !== file.queue)
  }
  return check.report(folder.files.length, folder.totalBytes)
}

class LogCheck {
  readonly #deps: LogToolParts
  readonly #progress: ToolProgress
  readonly #list = new ItemList()
  readonly #findings: LogFinding[] = []
  readonly #holes = new Map<RegionId, LogHole>()
  readonly #spans: Record<LogQueue, RegionSpans> = { append: new RegionSpans(), rewrite: new RegionSpans() }
  #batchCount = 0
  #entryCount = 0

  constructor(deps: LogToolParts, progress: ToolProgress) {
    this.#deps = deps
    this.#progress = progress
  }

  findPassedOver({ path, queue, seq }: LogFile): void {
    this.#find(
      'warning',
      'passed-over',
      path,
      0,
      `behind ${queue} file ${seq} one is missing, or it is there twice: it is no part of the log`,
    )
  }

  async file(file: LogFile, isLast: boolean): Promise<void> {
    const scan = await LogFileScan.open(this.#deps, file)
    try {
      for (;;) {
        const batch = await scan.next(this.#list)
        if (batch === undefined) {
          const resumesAt = await this.#stopped(scan, isLast)
          if (resumesAt === undefined) break
          scan.resumeAt(resumesAt)
          continue
        }
        this.#batch(scan, batch, isLast && scan.offset === scan.sizeBytes)
        this.#progress.at('read', scan.offset)
      }
      this.#progress.fileDone('read', file.sizeBytes)
    } finally {
      await scan.close()
    }
  }

  report(fileCount: number, totalBytes: number): LogCheckReport {
    return {
      fileCount,
      totalBytes,
      batchCount: this.#batchCount,
      entryCount: this.#entryCount,
      regionCount: this.#spans.append.regionCount,
      findings: this.#findings,
      holes: [...this.#holes.values()].toSorted((left, right) => left.regionId - right.regionId),
    }
  }

  #batch(scan: LogFileScan, batch: ScannedBatch, isVeryLast: boolean): void {
    const { path, queue } = scan.file
    this.#batchCount++
    const raw = scan.entriesOf(batch)
    if ('fault' in raw) {
      // Recovery looks at the entries of the last batch, where a crash may have cut off the write.
      const severity = isVeryLast ? 'warning' : 'error'
      this.#find(severity, 'entries', path, batch.offset, raw.detail)
    }
    const spans = this.#spans[queue]
    for (const item of this.#list.take()) {
      if (item.type === 'entries') {
        this.#entryCount += item.count
        const end = item.ends.at(-1)!
        if (!('fault' in raw) && end > raw.length) {
          this.#find('error', 'entries', path, batch.offset, `an entry ends at ${end} of ${raw.length} bytes`)
        }
        // What was rewritten may have holes: there they mean that what was before is gone.
        if (queue === 'append' && spans.fitOf(item) === 'hole') {
          this.#hole(item.regionId, spans.spanOf(item.regionId)!.last, item.firstIndex, path, batch.offset)
        }
      }
      spans.apply(item)
    }
  }

  #hole(regionId: RegionId, lastGoodIndex: LogIndex, nextIndex: LogIndex, path: string, offset: number): void {
    this.#find('error', 'hole', path, offset, `region ${regionId} goes on at ${nextIndex} behind ${lastGoodIndex}`)
    if (!this.#holes.has(regionId)) this.#holes.set(regionId, { regionId, lastGoodIndex, nextIndex, path, offset })
  }

  /** Where in the file to go on, if there is something behind the place. */
  async #stopped(scan: LogFileScan, isLast: boolean): Promise<number | undefined> {
    const stop: ScanStop = scan.stop!
    const { path } = scan.file
    if (stop.kind === 'end') return undefined
    if (stop.kind === 'header') {
      // A new file whose header did not become durable: nothing can be in it.
      const isNew = isLast && stop.fault.fault === 'short'
      this.#find(isNew ? 'info' : 'error', 'header', path, 0, `${stop.fault.fault}: ${stop.fault.detail}`)
      return undefined
    }
    const { offset, fault } = stop
    const restBytes = scan.sizeBytes - offset
    const text = `${fault.fault}: ${fault.detail}`
    const tail = await examineTail(this.#deps, scan, offset)
    if (tail.kind === 'batches') {
      this.#find('error', 'batch', path, offset, `${text}; the next batch is at ${tail.resumesAt}`)
      return tail.resumesAt
    }
    if (!isLast) {
      this.#find('error', 'batch', path, offset, `${text}; ${restBytes} bytes at the end, with files behind it`)
    } else if (tail.kind === 'unreadable') {
      this.#find('warning', 'tail', path, offset, `${text}; ${restBytes} bytes are no batches: recovery cuts them off`)
    } else {
      const what = tail.kind === 'zeros' ? 'were never written' : 'are of a former life of the file'
      this.#find('info', 'tail', path, offset, `${restBytes} bytes ${what}`)
    }
    return undefined
  }

  #find(severity: LogFindingSeverity, code: LogFindingCode, path: string, offset: number, detail: string): void {
    this.#findings.push({ severity, code, path, offset, detail })
  }
}
