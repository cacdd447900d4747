import { assert, type Clock, type File, type FileSystem, MiB } from '@stratakv/core'
import { decodeFileHeader, encodeFileHeader, type FileHeader } from './format/file-header.ts'
import { type LogQueue, logFileName } from './format/file-name.ts'
import type { RaftEngineListener } from './listener.ts'
import type { FileTable, LogFile } from './log-file.ts'
import type { RaftEngineMetrics } from './metrics.ts'
import type { SanitizedOptions } from './options.ts'
import type { Poison } from './poison.ts'
import { type RecycledFiles, removeDurably } from './recycled-files.ts'

/** Blocks are reserved ahead of the writes in steps of at most this many bytes. */
const allocateBytesMax = MiB(2)

export interface LogPipeDeps {
  readonly fileSystem: FileSystem
  readonly clock: Clock
  readonly files: FileTable
  readonly metrics: RaftEngineMetrics
  readonly listeners: readonly RaftEngineListener[]
  readonly poison: Poison
  /** Where purged files go and new ones come from; undefined where they are not used again. */
  readonly recycled: RecycledFiles | undefined
}

/**
 * The files of one queue, oldest first; batches go to the last, the active one. Every other is exactly as long as its
 * batches, and durable.
 *
 * `append`, `rotate` and `sync` must not overlap; `purgeTo` may overlap them, not itself.
 */
export class LogPipe {
  readonly queue: LogQueue
  readonly #deps: LogPipeDeps
  readonly #options: SanitizedOptions
  readonly #files: LogFile[]
  /** Closed, and not yet removed or kept for use again; oldest first. */
  readonly #retired: LogFile[] = []
  /** Of the active file: as far as it has been allocated, at least. */
  #allocatedBytes: number
  #unsyncedBytes = 0

  /** `files` are the queue's, oldest first, and whose they are; with none, {@link LogPipe.start} makes the first. */
  constructor(queue: LogQueue, deps: LogPipeDeps, options: SanitizedOptions, files: readonly LogFile[]) {
    this.queue = queue
    this.#deps = deps
    this.#options = options
    this.#files = [...files]
    this.#allocatedBytes = files.at(-1)?.endOffset ?? 0
    for (const { seq } of files) this.#tell((listener) => listener.onFileOpened?.(queue, seq))
  }

  /** Makes the first file where there is none. */
  async start(): Promise<void> {
    if (this.#files.length === 0) await this.#open(1)
    this.#deps.metrics.fileCount(this.queue, this.#files.length)
  }

  get active(): LogFile {
    return this.#files.at(-1)!
  }

  get fileCount(): number {
    return this.#files.length
  }

  get firstSeq(): number {
    return this.#files[0]!.seq
  }

  /** The queue's size as purging reckons: whole files, as the Rust engine does. */
  get sizeBytes(): number {
    return this.#files.length * this.#options.targetFileSize
  }

  get usedBytes(): number {
    return this.#files.reduce((sum, { endOffset }) => sum + endOffset, 0)
  }

  /** Nothing written is in doubt. */
  get isSynced(): boolean {
    return this.#unsyncedBytes === 0
  }

  get isFull(): boolean {
    return this.active.endOffset >= this.#options.targetFileSize
  }

  /**
   * Writes whole batches behind the last. On an error the file is as before, or the engine is poisoned.
   * @param bytes signed for the active file; the caller's again when the promise settles
   */
  async append(bytes: Uint8Array, sync: boolean): Promise<void> {
    const file = this.active
    const offset = file.endOffset
    const wantsSync =
      sync || (this.#options.bytesPerSync > 0 && this.#unsyncedBytes + bytes.length >= this.#options.bytesPerSync)
    const started = this.#deps.clock.now()
    // In one call only when a failed sync can have lost nothing but these bytes, which can then be taken back.
    const isOneCall = wantsSync && this.#unsyncedBytes === 0
    try {
      await this.#allocate(file, offset + bytes.length)
      await file.handle.writeAt([bytes], offset, ...(isOneCall ? (['data'] as const) : []))
    } catch (error) {
      await this.#undo(file, offset, error)
      throw error
    }
    file.endOffset = offset + bytes.length
    this.#allocatedBytes = Math.max(this.#allocatedBytes, file.endOffset)
    if (!isOneCall) this.#unsyncedBytes += bytes.length
    if (isOneCall) this.#deps.metrics.synced(this.#deps.clock.now() - started)
    this.#tell((listener) => listener.onAppended?.(this.queue, file.seq, bytes.length))
    if (wantsSync && !isOneCall) await this.sync()
  }

  /** Makes durable what was written. A failure poisons: see RaftLogPoisonedError. */
  async sync(): Promise<void> {
    if (this.#unsyncedBytes === 0) return
    const started = this.#deps.clock.now()
    try {
      await this.active.handle.sync('data')
    } catch (error) {
      throw this.#deps.poison.set(error)
    }
    this.#unsyncedBytes = 0
    this.#deps.metrics.synced(this.#deps.clock.now() - started)
  }

  /** Ends the active file and begins the next. When that fails for want of space or the like, the old one goes on. */
  async rotate(): Promise<void> {
    const started = this.#deps.clock.now()
    const old = this.active
    try {
      await old.handle.truncate(old.endOffset)
      this.#allocatedBytes = old.endOffset
      await old.handle.sync('all')
      this.#unsyncedBytes = 0
    } catch (error) {
      throw this.#deps.poison.set(error)
    }
    await this.#open(old.seq + 1)
    this.#deps.metrics.rotated(this.#deps.clock.now() - started)
    this.#deps.metrics.fileCount(this.queue, this.#files.length)
  }

  /** The first file that something refers to, or the active one. */
  firstLiveSeq(): number {
    return (this.#files.find(({ liveCount }) => liveCount > 0) ?? this.active).seq
  }

  /**
   * Drops the files below `seq`, all of which nothing refers to. Each removal is durable before the next, so that a crash
   * leaves a run without a gap; for the same reason a removal that fails is tried again, by the next purge, before others.
   */
  async purgeTo(seq: number): Promise<void> {
    assert(seq <= this.active.seq, 'the active file is not purged')
    while (this.#files[0]!.seq < seq) {
      const file = this.#files.shift()!
      assert(file.liveCount === 0, 'a purged file holds nothing that is needed')
      await file.unread()
      this.#deps.files.remove(file)
      this.#retired.push(file)
      await file.handle.close()
    }
    while (this.#retired.length > 0) {
      const file = this.#retired[0]!
      const { recycled, fileSystem } = this.#deps
      if (recycled !== undefined && this.queue === 'append') await recycled.retire(file, this.#files.length)
      else await removeDurably(fileSystem, file)
      this.#retired.shift()
      for (const listener of this.#deps.listeners) listener.onPurged?.(this.queue, file.seq)
    }
    this.#deps.metrics.fileCount(this.queue, this.#files.length)
  }

  /** Leaves the active file as long as its batches, and durable. */
  async close(): Promise<void> {
    try {
      if (!this.#deps.poison.isSet && this.#files.length > 0) {
        await this.active.handle.truncate(this.active.endOffset)
        await this.active.handle.sync('all')
      }
    } finally {
      for (const { handle } of this.#files) await handle.close()
    }
  }

  async #allocate(file: LogFile, neededBytes: number): Promise<void> {
    if (neededBytes <= this.#allocatedBytes || !this.#deps.fileSystem.supports.allocate) return
    const ahead = Math.min(allocateBytesMax, this.#options.targetFileSize - this.#allocatedBytes)
    const end = Math.max(neededBytes, this.#allocatedBytes + ahead)
    const started = this.#deps.clock.now()
    await file.handle.allocate(this.#allocatedBytes, end - this.#allocatedBytes)
    this.#allocatedBytes = end
    this.#deps.metrics.allocated(this.#deps.clock.now() - started)
  }

  /** Takes back what a failed write may have left. */
  async #undo(file: LogFile, offset: number, cause: unknown): Promise<void> {
    try {
      await file.handle.truncate(offset)
      this.#allocatedBytes = offset
      await file.handle.sync('all')
      this.#unsyncedBytes = 0
    } catch (error) {
      throw this.#deps.poison.set(new AggregateError([cause, error], 'a write failed and could not be taken back'))
    }
  }

  /** Makes the file `seq` the active one, once it and its name are durable. */
  async #open(seq: number): Promise<void> {
    const recycled = this.queue === 'append' ? this.#deps.recycled : undefined
    if (recycled === undefined) await this.#openNew(seq, undefined)
    else await recycled.whileNaming(() => this.#openNew(seq, recycled))
  }

  async #openNew(seq: number, recycled: RecycledFiles | undefined): Promise<void> {
    const { fileSystem, files } = this.#deps
    const headerBytes = encodeFileHeader(this.#options.formatVersion)
    const reused = await recycled?.take(seq, headerBytes)
    const directory = reused?.directory ?? (await this.#directoryWithRoom())
    const path = `${directory}/${logFileName(this.queue, seq)}`
    let handle: File | undefined
    try {
      handle = await fileSystem.open(path, reused === undefined ? 'create-new' : 'write')
      if (reused === undefined) await handle.writeAt([headerBytes], 0, 'all')
      await fileSystem.syncDirectory(directory)
    } catch (error) {
      await this.#discard(handle, path, directory, error)
      throw error
    }
    const header = decodeFileHeader(headerBytes) as FileHeader
    const file = files.add({ queue: this.queue, seq, directory, path, handle, header, endOffset: headerBytes.length })
    this.#files.push(file)
    this.#allocatedBytes = Math.max(headerBytes.length, reused?.sizeBytes ?? 0)
    this.#tell((listener) => listener.onFileOpened?.(this.queue, seq))
  }

  /** A file that could not be begun must not be there when the log is opened: the one before it would no longer be the last. */
  async #discard(handle: File | undefined, path: string, directory: string, cause: unknown): Promise<void> {
    const { fileSystem } = this.#deps
    try {
      await handle?.close()
      await removeDurably(fileSystem, { path, directory })
    } catch (error) {
      throw this.#deps.poison.set(new AggregateError([cause, error], 'a file was begun and could not be removed'))
    }
  }

  /** The first folder with room for a whole file; the main one where neither has. */
  async #directoryWithRoom(): Promise<string> {
    const { directory, spillDirectory, targetFileSize } = this.#options
    if (spillDirectory === undefined) return directory
    for (const candidate of [directory, spillDirectory]) {
      if ((await this.#deps.fileSystem.diskSpace(candidate)).availableBytes >= targetFileSize) return candidate
    }
    return directory
  }

  #tell(how: (listener: RaftEngineListener) => void): void {
    for (const listener of this.#deps.listeners) how(listener)
  }
}
