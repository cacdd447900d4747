import { assert, ClosedError, type File, FileIoError } from '@stratakv/core'
import type { NativeCalls } from './native-calls.ts'

/** As binding.rs counts them; 0 is none. */
const syncKinds = { data: 1, all: 2 } as const

/** One open file of a native file system. */
export class NativeFile implements File {
  readonly path: string
  readonly #calls: NativeCalls
  /** What Rust knows it by. */
  readonly #number: number
  readonly #writable: boolean
  #runningCount = 0
  #closing: Promise<void> | undefined
  #whenIdle: (() => void) | undefined

  constructor(path: string, calls: NativeCalls, number: number, writable: boolean) {
    this.path = path
    this.#calls = calls
    this.#number = number
    this.#writable = writable
  }

  async sizeBytes(): Promise<number> {
    return this.#run('stat', (disk, slot) => disk.size(slot, this.#number))
  }

  async readAt(target: Uint8Array, offset: number): Promise<number> {
    assertOffset(offset)
    return this.#run('read', (disk, slot) => disk.read(slot, this.#number, target, offset))
  }

  async writeAt(chunks: readonly Uint8Array[], offset: number, sync?: 'data' | 'all'): Promise<void> {
    assertOffset(offset)
    const kind = sync === undefined ? 0 : syncKinds[sync]
    // An array of our own: Rust keeps it, and with it the chunks, until the kernel is done with their bytes.
    await this.#change('write', (disk, slot) => disk.write(slot, this.#number, [...chunks], offset, kind))
  }

  async append(chunks: readonly Uint8Array[]): Promise<number> {
    return this.#change('append', (disk, slot) => disk.append(slot, this.#number, [...chunks]))
  }

  async allocate(offset: number, lengthBytes: number): Promise<void> {
    assertOffset(offset)
    assertOffset(offset + lengthBytes)
    await this.#change('allocate', (disk, slot) => disk.allocate(slot, this.#number, offset, lengthBytes))
  }

  async truncate(sizeBytes: number): Promise<void> {
    assertOffset(sizeBytes)
    await this.#change('truncate', (disk, slot) => disk.truncate(slot, this.#number, sizeBytes))
  }

  async sync(what: 'data' | 'all'): Promise<void> {
    await this.#run('sync', (disk, slot) => disk.sync(slot, this.#number, syncKinds[what]))
  }

  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #close(): Promise<void> {
    if (this.#runningCount > 0) {
      await new Promise<void>((resolve) => {
        this.#whenIdle = resolve
      })
    }
    // The file system has closed what was open when it ended.
    if (this.#calls.isStopped) return
    await this.#calls.run(this.path, 'close', (slot) => this.#calls.disk.close(slot, this.#number))
  }

  /** Like `#run`, for what a file opened for reading refuses. */
  async #change(operation: string, begin: (disk: NativeCalls['disk'], slot: number) => void): Promise<number> {
    if (this.#closing === undefined && !this.#writable) throw new FileIoError(this.path, operation, 'EBADF')
    return this.#run(operation, begin)
  }

  /** Runs one call: refused once closed, counted so that `close` can wait for it. */
  async #run(operation: string, begin: (disk: NativeCalls['disk'], slot: number) => void): Promise<number> {
    if (this.#closing !== undefined) throw new ClosedError(`file ${this.path}`)
    this.#runningCount++
    try {
      return await this.#calls.run(this.path, operation, (slot) => begin(this.#calls.disk, slot))
    } finally {
      this.#runningCount--
      if (this.#runningCount === 0) this.#whenIdle?.()
    }
  }
}

function assertOffset(offset: number): void {
  assert(Number.isSafeInteger(offset) && offset >= 0, 'an offset or size is a whole number of bytes, not negative')
}
