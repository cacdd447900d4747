import { assert, ClosedError, concatBytes, type File, FileIoError } from '@stratakv/core'
import type { DiskFile } from './disk-file.ts'
import type { DiskMeter } from './disk-meter.ts'

/** What a handle needs of its disk. */
export interface FileHost {
  readonly meter: DiskMeter
  /** Runs `settle` as one counted sync that listeners hear of. */
  syncing(path: string, settle: () => void): void
}

/**
 * A handle. Each call takes effect one microtask after it was made, in the order of the calls: a caller that reuses
 * a buffer too early, or syncs before its write has resolved, meets what a real disk would do to it.
 */
export class MemoryFile implements File {
  readonly path: string
  readonly #file: DiskFile
  readonly #host: FileHost
  readonly #writable: boolean
  #closed = false

  constructor(path: string, file: DiskFile, host: FileHost, writable: boolean) {
    this.path = path
    this.#file = file
    this.#host = host
    this.#writable = writable
    file.use()
  }

  async sizeBytes(): Promise<number> {
    await this.#begin()
    return this.#file.sizeBytes
  }

  async readAt(target: Uint8Array, offset: number): Promise<number> {
    assertOffset(offset)
    await this.#begin()
    return this.#file.read(target, offset)
  }

  async writeAt(chunks: readonly Uint8Array[], offset: number, sync?: 'data' | 'all'): Promise<void> {
    assertOffset(offset)
    await this.#begin('write')
    this.#write(chunks, offset)
    if (sync === undefined) return
    // In the same step, and yet a power cut between the two is there to be had: a listener hears of the sync before it settles anything.
    const mark = this.#file.mark
    this.#host.syncing(this.path, () => this.#file.settle(mark, sync))
  }

  async append(chunks: readonly Uint8Array[]): Promise<number> {
    await this.#begin('append')
    const offset = this.#file.sizeBytes
    this.#write(chunks, offset)
    return offset
  }

  async allocate(offset: number, lengthBytes: number): Promise<void> {
    assertOffset(offset)
    assertOffset(offset + lengthBytes)
    await this.#begin('allocate')
    this.#host.meter.assertRoom(this.#file.pagesForReserve(offset + lengthBytes), this.path)
    this.#file.reserve(offset + lengthBytes)
  }

  async truncate(sizeBytes: number): Promise<void> {
    assertOffset(sizeBytes)
    await this.#begin('truncate')
    this.#file.resize(sizeBytes)
  }

  async sync(what: 'data' | 'all'): Promise<void> {
    // Taken before the yield: a write that has not resolved by now is not covered.
    const mark = this.#file.mark
    await this.#begin()
    this.#host.syncing(this.path, () => this.#file.settle(mark, what))
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    // Calls made before have their turn before this one.
    await undefined
    this.#file.release()
  }

  /** The head of every call: checks at once, then yields. `change` names a call that changes the file. */
  async #begin(change?: string): Promise<void> {
    if (this.#closed) throw new ClosedError(`file ${this.path}`)
    if (change !== undefined && !this.#writable) throw new FileIoError(this.path, change, 'EBADF')
  }

  #write(chunks: readonly Uint8Array[], offset: number): void {
    const data = concatBytes(...chunks)
    this.#host.meter.assertRoom(this.#file.pagesForWrite(offset, data.length), this.path)
    this.#file.write(data, offset)
  }
}

function assertOffset(offset: number): void {
  assert(Number.isSafeInteger(offset) && offset >= 0, 'an offset or size is a whole number of bytes, not negative')
}
