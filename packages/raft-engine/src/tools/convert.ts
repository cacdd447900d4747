import { FileExistsError, RaftLogCorruptionError } from '@stratakv/core'
import { batchSignature } from '../format/batch-writer.ts'
import { encodeFileHeader, type FormatVersion } from '../format/file-header.ts'
import { logFileName } from '../format/file-name.ts'
import { batchPlace, groupMarkOf, incompleteGroupBatches } from './atomic-groups.ts'
import { BatchRewriter } from './batch-rewriter.ts'
import { examineTail } from './file-tail.ts'
import { groupPartOfItem, ItemList } from './item-list.ts'
import { LogDigest, rawOrThrow } from './log-digest.ts'
import { LogFileOutput } from './log-file-output.ts'
import { LogFileScan } from './log-file-scan.ts'
import { folderOf, type LogFile, listLog } from './log-folder.ts'
import { type LogToolDeps, type LogToolOptions, type LogToolParts, partsOf } from './tool-deps.ts'
import { RaftLogConversionError } from './tool-errors.ts'
import { ToolProgress } from './tool-progress.ts'

export interface ConvertOptions extends LogToolOptions {
  /** A folder that does not exist yet. Until everything is in it, it has `.part` behind its name. */
  readonly target: string
  /** 1 for TiKV up to 6.1. */
  readonly version: FormatVersion
}

export interface ConvertReport {
  readonly fileCount: number
  readonly batchCount: number
  readonly bytes: number
  /** Batches that recovery would have passed over: parts of a rewrite that a crash cut off. Left out of version 1 alone. */
  readonly leftOutCount: number
}

/**
 * Copies a log that no engine has open into another folder, in files of the other version, and then reads both and compares them item by item. The
 * source stays as it is. What a crash left behind the last batch is not copied, nor are reserved files; the files of the spill folder come along.
 *
 * Version 1 is for readers that know no atomic groups, such as TiKV 6.1, which would take their marks for a region: they are left out, and so are
 * groups that are not complete.
 *
 * @throws FileExistsError for the target, RaftLogCorruptionError for a source that must be repaired first, RaftLogConversionError, RaftLogNotFoundError, FileNotFoundError,
 * FileIoError, NoSpaceError
 */
export async function convertLog(deps: LogToolDeps, options: ConvertOptions): Promise<ConvertReport> {
  const parts = partsOf(deps)
  const { fs } = parts
  const { target, version } = options
  if ((await fs.stat(target)) !== undefined) throw new FileExistsError(target)
  const { files, totalBytes } = await listLog(fs, options.paths)
  const conversion = new Conversion(parts, version, await incompleteGroupBatches(parts, version === 1 ? files : []))
  const part = `${target}.part`
  await fs.removeDirectory(part)
  await fs.createDirectory(part)
  const copied = new ToolProgress(options, totalBytes)
  let [bytes, batchCount, leftOutCount] = [0, 0, 0]
  for (const [place, file] of files.entries()) {
    const isLast = files[place + 1]?.queue !== file.queue
    const copy = await conversion.copy(file, `${part}/${logFileName(file.queue, file.seq)}`, isLast, copied)
    bytes += copy.bytes
    batchCount += copy.batchCount
    leftOutCount += copy.leftOutCount
  }
  await fs.syncDirectory(part)
  const verified = new ToolProgress(options, totalBytes)
  for (const file of files) {
    const path = `${part}/${logFileName(file.queue, file.seq)}`
    await conversion.verify(file, { ...file, path }, verified)
  }
  await fs.rename(part, target)
  await fs.syncDirectory(folderOf(target))
  return { fileCount: files.length, batchCount, bytes, leftOutCount }
}

class Conversion {
  readonly #deps: LogToolParts
  readonly #version: FormatVersion
  /** Places of batches that are not copied. */
  readonly #leftOut: ReadonlySet<string>
  readonly #rewriter: BatchRewriter
  readonly #list = new ItemList()

  constructor(deps: LogToolParts, version: FormatVersion, leftOut: ReadonlySet<string>) {
    this.#deps = deps
    this.#version = version
    this.#leftOut = leftOut
    this.#rewriter = new BatchRewriter(deps)
  }

  async copy(file: LogFile, path: string, isLast: boolean, progress: ToolProgress) {
    const scan = await LogFileScan.open(this.#deps, file)
    try {
      const output = await LogFileOutput.create(this.#deps.fs, path)
      try {
        const counts = await this.#copyBatches(scan, output, progress)
        await this.#assertWhole(scan, isLast)
        await output.finish()
        progress.fileDone('write', file.sizeBytes)
        return { ...counts, bytes: output.lengthBytes }
      } catch (error) {
        await output.abandon()
        throw error
      }
    } finally {
      await scan.close()
    }
  }

  async verify(source: LogFile, copy: LogFile, progress: ToolProgress): Promise<void> {
    const [wanted, got] = [await this.#digest(source, progress), await this.#digest(copy)]
    if (wanted !== got) throw new RaftLogConversionError(copy.path, `${got}, not ${wanted}`)
    progress.fileDone('verify', source.sizeBytes)
  }

  async #copyBatches(scan: LogFileScan, output: LogFileOutput, progress: ToolProgress) {
    const { file } = scan
    const signature = batchSignature(this.#version, file.seq)
    let [batchCount, leftOutCount] = [0, 0]
    await output.write(encodeFileHeader(this.#version))
    for (;;) {
      const batch = await scan.next(this.#list)
      const items = this.#list.take()
      if (batch === undefined) return { batchCount, leftOutCount }
      const raw = rawOrThrow(scan.entriesOf(batch), file.path, batch.offset)
      let copy: Uint8Array | undefined
      if (this.#leftOut.has(batchPlace(file, batch.offset))) {
        leftOutCount++
      } else if (this.#version === 1 && groupMarkOf(items) !== undefined) {
        const own = items.filter((item) => groupPartOfItem(item) === undefined)
        copy = this.#rewriter.assembled(own, raw, batch.header.compression, this.#version, file.seq)
      } else {
        copy = this.#rewriter.resigned(batch, scan.signature, signature)
      }
      if (copy !== undefined) {
        batchCount++
        await output.write(copy)
      }
      progress.at('write', scan.offset)
    }
  }

  /** Behind the last batch of a queue there may be what crashes and recycling leave; anywhere else it is damage. */
  async #assertWhole(scan: LogFileScan, isLast: boolean): Promise<void> {
    const stop = scan.stop!
    if (stop.kind === 'end') return
    const isNew = stop.kind === 'header' && stop.fault.fault === 'short'
    if (isLast && isNew) return
    const { path } = scan.file
    const isCut =
      isLast && stop.kind === 'batch' && (await examineTail(this.#deps, scan, stop.offset)).kind !== 'batches'
    if (!isCut) throw new RaftLogCorruptionError(path, stop.offset, `${stop.fault.detail}; repair the log first`)
  }

  async #digest(file: LogFile, progress?: ToolProgress): Promise<string> {
    const isSource = progress !== undefined
    const digest = new LogDigest(this.#deps.checksum)
    const scan = await LogFileScan.open(this.#deps, file)
    try {
      for (;;) {
        const batch = await scan.next(this.#list)
        const items = this.#list.take()
        if (batch === undefined) break
        progress?.at('verify', scan.offset)
        if (isSource && this.#leftOut.has(batchPlace(file, batch.offset))) continue
        digest.addBatch(items, rawOrThrow(scan.entriesOf(batch), file.path, batch.offset))
      }
      if (!isSource && scan.stop!.kind !== 'end') throw new RaftLogConversionError(file.path, 'it cannot be read')
      return digest.value
    } finally {
      await scan.close()
    }
  }
}
