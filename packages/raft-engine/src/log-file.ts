import { assert, type File } from '@stratakv/core'
import { batchSignature } from './format/batch-writer.ts'
import type { FileHeader } from './format/file-header.ts'
import type { LogQueue } from './format/file-name.ts'

/**
 * One file of a queue, from the moment it has a valid header. The index refers to it by its `slot`, a small number, and
 * counts what it refers to; a file that nothing refers to can go, once all before it have gone.
 */
export class LogFile {
  readonly queue: LogQueue
  readonly seq: number
  /** Its place in the {@link FileTable}. */
  readonly slot: number
  readonly directory: string
  readonly path: string
  readonly handle: File
  readonly header: FileHeader
  /** Behind the last batch: where the next one goes. */
  endOffset: number
  /** Entries and values that live here, and pins of groups that begin here. */
  liveCount = 0
  #readerCount = 0
  #whenUnread: (() => void) | undefined

  constructor(
    fields: Pick<LogFile, 'queue' | 'seq' | 'slot' | 'directory' | 'path' | 'handle' | 'header' | 'endOffset'>,
  ) {
    this.queue = fields.queue
    this.seq = fields.seq
    this.slot = fields.slot
    this.directory = fields.directory
    this.path = fields.path
    this.handle = fields.handle
    this.header = fields.header
    this.endOffset = fields.endOffset
  }

  /** The low half of the sequence in format 2; version 1 is not signed. */
  get signature(): number {
    return batchSignature(this.header.version, this.seq)
  }

  /** Keeps the file's bytes as they are until `release`. */
  acquire(): void {
    this.#readerCount++
  }

  release(): void {
    this.#readerCount--
    assert(this.#readerCount >= 0, 'a file is released as often as it was acquired')
    if (this.#readerCount === 0) this.#whenUnread?.()
  }

  /** Resolves when nobody reads it. To be called when nothing refers to it, so that no reader comes. */
  async unread(): Promise<void> {
    if (this.#readerCount === 0) return
    await new Promise<void>((resolve) => {
      this.#whenUnread = resolve
    })
  }
}

/** The files of both queues by slot. Slots are used again, so that they stay small. */
export class FileTable {
  readonly #files: (LogFile | undefined)[] = []
  readonly #freeSlots: number[] = []
  readonly #onRemoved: (file: LogFile) => void

  /** `onRemoved` is told before the slot can be another's. */
  constructor(onRemoved: (file: LogFile) => void) {
    this.#onRemoved = onRemoved
  }

  /** Makes a file's entry in the table. */
  add(fields: Omit<ConstructorParameters<typeof LogFile>[0], 'slot'>): LogFile {
    const slot = this.#freeSlots.pop() ?? this.#files.length
    const file = new LogFile({ ...fields, slot })
    this.#files[slot] = file
    return file
  }

  at(slot: number): LogFile {
    const file = this.#files[slot]
    assert(file !== undefined, 'the index refers to files that are there')
    return file
  }

  remove(file: LogFile): void {
    assert(file.liveCount === 0, 'a file goes when nothing refers to it')
    this.#onRemoved(file)
    this.#files[file.slot] = undefined
    this.#freeSlots.push(file.slot)
  }
}
