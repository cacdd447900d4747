import type { FileSystem } from '@stratakv/core'
import { type FileCall, type FileOperation, fileOperations, InterceptedFileSystem } from './intercepted-file-system.ts'

export interface CountingFileSystemOptions {
  /** Entries that the log keeps; the oldest are dropped beyond. Default 100,000. */
  readonly logCountMax?: number
}

/** Something that happened, in the order in which it did. */
export type FileEvent =
  | {
      readonly moment: 'start' | 'done' | 'failed'
      readonly operation: FileOperation
      readonly path: string
      /** Bytes asked for at the start, bytes moved when done; 0 for calls that move none. */
      readonly byteCount: number
    }
  | { readonly moment: 'note'; readonly text: string }

/**
 * A file system that keeps count of what it is asked for. With {@link note} a test writes its own events into the same
 * log, and so sees whether the sync came before the acknowledgement.
 */
export interface CountingFileSystem extends FileSystem {
  readonly inner: FileSystem
  /** Calls that succeeded. */
  readonly counts: Readonly<Record<FileOperation, number>>
  readonly readBytes: number
  readonly writtenBytes: number
  /** Oldest first. */
  readonly log: readonly FileEvent[]
  note(text: string): void
  /** Counts and log start afresh. */
  reset(): void
}

export function countingFileSystem(inner: FileSystem, options: CountingFileSystemOptions = {}): CountingFileSystem {
  return new Counting(inner, options.logCountMax ?? 100_000)
}

class Counting extends InterceptedFileSystem implements CountingFileSystem {
  readonly #logCountMax: number
  #counts = noCounts()
  #readBytes = 0
  #writtenBytes = 0
  #log: FileEvent[] = []

  constructor(inner: FileSystem, logCountMax: number) {
    super(inner, (call, run) => this.#count(call, run))
    this.#logCountMax = logCountMax
  }

  get counts(): Readonly<Record<FileOperation, number>> {
    return this.#counts
  }

  get readBytes(): number {
    return this.#readBytes
  }

  get writtenBytes(): number {
    return this.#writtenBytes
  }

  get log(): readonly FileEvent[] {
    return this.#log
  }

  note(text: string): void {
    this.#add({ moment: 'note', text })
  }

  reset(): void {
    this.#counts = noCounts()
    this.#readBytes = 0
    this.#writtenBytes = 0
    this.#log = []
  }

  async #count<T>(call: FileCall, run: () => Promise<T>): Promise<T> {
    const { operation, path } = call
    const askedFor = askedBytes(call)
    this.#add({ moment: 'start', operation, path, byteCount: askedFor })
    try {
      const result = await run()
      const byteCount = operation === 'read' ? Number(result) : askedFor
      if (operation === 'read') this.#readBytes += byteCount
      if (operation === 'write' || operation === 'append') this.#writtenBytes += byteCount
      this.#counts[operation]++
      this.#add({ moment: 'done', operation, path, byteCount })
      return result
    } catch (error) {
      this.#add({ moment: 'failed', operation, path, byteCount: askedFor })
      throw error
    }
  }

  #add(event: FileEvent): void {
    this.#log.push(event)
    // In halves, so that a full log does not cost a shift a call.
    if (this.#log.length >= 2 * this.#logCountMax) this.#log = this.#log.slice(-this.#logCountMax)
  }
}

function askedBytes({ target, chunks }: FileCall): number {
  if (target !== undefined) return target.length
  let sum = 0
  for (const chunk of chunks ?? []) sum += chunk.length
  return sum
}

function noCounts(): Record<FileOperation, number> {
  return Object.fromEntries(fileOperations.map((operation) => [operation, 0])) as Record<FileOperation, number>
}
