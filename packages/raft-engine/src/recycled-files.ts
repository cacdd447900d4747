import { type File, type FileSystem, MiB } from '@stratakv/core'
import { logFileName, parseFileName, reservedFileName } from './format/file-name.ts'
import type { LogFile } from './log-file.ts'
import type { RaftEngineMetrics } from './metrics.ts'
import type { SanitizedOptions } from './options.ts'

/** One write of zeros when a file is prepared. */
const zeroBytesMax = MiB(16)

interface SpareFile {
  readonly directory: string
  readonly path: string
  readonly sizeBytes: number
}

/**
 * Purged append files that wait to be used again, oldest first, under their old names. Writing over blocks that a file has
 * already costs the disk less than making new ones (no allocation, no journal of sizes). What such a file held is still in
 * it: the signature of format 2 tells its old batches from new ones.
 *
 * After a crash they are the oldest files of the log, and replayed: an older beginning of the same history changes nothing.
 */
export class RecycledFiles {
  readonly #fileSystem: FileSystem
  readonly #options: SanitizedOptions
  readonly #metrics: RaftEngineMetrics
  #spare: SpareFile[] = []
  /** Older than the spare ones, and to be removed. */
  readonly #leaving: SpareFile[] = []
  /** While a spare file gets its new name. */
  #naming: Promise<void> | undefined

  constructor(fileSystem: FileSystem, options: SanitizedOptions, metrics: RaftEngineMetrics) {
    this.#fileSystem = fileSystem
    this.#options = options
    this.#metrics = metrics
  }

  get count(): number {
    return this.#spare.length
  }

  /** Append files and spare ones together: half as many again as the purge threshold holds. */
  get capacityCount(): number {
    return capacityOf(this.#options.purgeThreshold, this.#options.targetFileSize)
  }

  /**
   * Keeps a purged file or removes it, and what there is no more room for. The oldest goes first, durably, since after a crash
   * the files that are there must have no gap. `activeCount` append files are in use. May be called again when it fails.
   */
  async retire(file: LogFile, activeCount: number): Promise<void> {
    while (this.#naming !== undefined) await this.#naming
    if (file.header.version === 2 && file.header.alignmentBytes === 0) {
      const isThere = this.#spare.at(-1)?.path === file.path
      if (!isThere) this.#spare.push({ directory: file.directory, path: file.path, sizeBytes: file.endOffset })
      const excessCount = Math.max(0, activeCount + this.#spare.length - this.capacityCount)
      this.#leaving.push(...this.#spare.splice(0, excessCount))
      await this.#removeLeaving()
    } else {
      this.#leaving.push(...this.#spare.splice(0))
      await this.#removeLeaving()
      await removeDurably(this.#fileSystem, file)
    }
    this.#metrics.recycledCount(this.#spare.length)
  }

  async #removeLeaving(): Promise<void> {
    while (this.#leaving.length > 0) {
      await removeDurably(this.#fileSystem, this.#leaving[0]!)
      this.#leaving.shift()
    }
  }

  /**
   * Runs what takes a spare file until its new name is durable. Meanwhile no file goes: if the power was cut, the oldest would
   * still be there by its old name, and a gap behind it.
   */
  async whileNaming<T>(run: () => Promise<T>): Promise<T> {
    const named = run()
    this.#naming = named.then(nothing, nothing)
    try {
      return await named
    } finally {
      this.#naming = undefined
    }
  }

  /**
   * To be called within `whileNaming`. Gives the oldest spare file a header and the name of append file `seq`. The header is durable before the name: a file of
   * that name and length without one would be taken for a damaged log. The folder is not synced yet.
   */
  async take(seq: number, headerBytes: Uint8Array): Promise<SpareFile | undefined> {
    // While an older file is still there, none may change its name: there would be a gap between.
    const spare = this.#leaving.length > 0 ? undefined : this.#spare.shift()
    if (spare === undefined) return undefined
    this.#metrics.recycledCount(this.#spare.length)
    const path = `${spare.directory}/${logFileName('append', seq)}`
    try {
      const file = await this.#fileSystem.open(spare.path, 'write')
      try {
        await file.writeAt([headerBytes], 0, 'all')
      } finally {
        await file.close()
      }
      await this.#fileSystem.rename(spare.path, path)
    } catch (error) {
      this.#spare.unshift(spare)
      throw error
    }
    return { ...spare, path }
  }

  /** When the engine is opened: of the reserved files those stay that are wanted, and what is missing is made. */
  async prefill(
    reservedPaths: readonly { readonly directory: string; readonly path: string }[],
    appendCount: number,
  ): Promise<void> {
    const wantedCount = this.#options.prefillForRecycle
      ? Math.max(
          0,
          Math.min(
            capacityOf(this.#options.prefillLimit, this.#options.targetFileSize),
            this.capacityCount - appendCount,
          ),
        )
      : 0
    let nextSeq = 1
    for (const { directory, path } of reservedPaths) {
      const sizeBytes = (await this.#fileSystem.stat(path))?.sizeBytes ?? 0
      if (this.#spare.length < wantedCount) this.#spare.push({ directory, path, sizeBytes })
      else await this.#fileSystem.remove(path)
      nextSeq = Math.max(nextSeq, 1 + (reservedSeqOf(path) ?? 0))
    }
    while (this.#spare.length < wantedCount) {
      const made = await this.#make(nextSeq++)
      // No space: fewer spare files are only slower.
      if (made === undefined) break
      this.#spare.push(made)
    }
    this.#metrics.recycledCount(this.#spare.length)
  }

  /** Keeps spare files as reserved ones where they are wanted at the next start; else they go. */
  async close(): Promise<void> {
    await this.#removeLeaving()
    const spare = this.#spare
    this.#spare = []
    const takenSeqs = new Set(spare.map(({ path }) => reservedSeqOf(path)))
    let seq = 1
    // The oldest go first: what a crash leaves has no gap.
    for (const { directory, path } of spare) {
      if (reservedSeqOf(path) !== undefined) continue
      while (takenSeqs.has(seq)) seq++
      if (this.#options.prefillForRecycle)
        await this.#fileSystem.rename(path, `${directory}/${reservedFileName(seq++)}`)
      else await this.#fileSystem.remove(path)
      await this.#fileSystem.syncDirectory(directory)
    }
  }

  async #make(seq: number): Promise<SpareFile | undefined> {
    const { directory, targetFileSize } = this.#options
    const path = `${directory}/${reservedFileName(seq)}`
    let file: File | undefined
    try {
      file = await this.#fileSystem.open(path, 'create')
      const zeros = new Uint8Array(Math.min(zeroBytesMax, targetFileSize))
      for (let at = 0; at < targetFileSize; at += zeros.length) {
        await file.writeAt([zeros.subarray(0, Math.min(zeros.length, targetFileSize - at))], at)
      }
      await file.sync('all')
      await file.close()
      return { directory, path, sizeBytes: targetFileSize }
    } catch {
      await file?.close().catch(() => {})
      await this.#fileSystem.remove(path).catch(() => {})
      return undefined
    }
  }
}

function nothing(): void {}

/** Also when it was removed before, and only the sync failed. */
export async function removeDurably(
  fileSystem: FileSystem,
  { path, directory }: { readonly path: string; readonly directory: string },
): Promise<void> {
  if ((await fileSystem.stat(path)) !== undefined) await fileSystem.remove(path)
  await fileSystem.syncDirectory(directory)
}

function reservedSeqOf(path: string): number | undefined {
  const name = parseFileName(path.slice(path.lastIndexOf('/') + 1))
  return name?.kind === 'reserved' ? name.seq : undefined
}

/** Half as many again, as the Rust engine reckons, whose counts are 32 bits. */
function capacityOf(limitBytes: number, fileBytes: number): number {
  return Math.min(2 ** 32 - 1, Math.floor((Math.floor(limitBytes / fileBytes) * 3) / 2))
}
