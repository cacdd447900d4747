import type { FileHandle } from 'node:fs/promises'
import { assert, ClosedError, type File, FileIoError } from '@stratakv/core'
import { typedError } from './errno.ts'
import { SizeGate } from './size-gate.ts'

/** Buffers in one writev: IOV_MAX of Linux and macOS. */
const vectorCountMax = 1024
/** Bytes in one read. Node takes less than 2^31 a call; Linux moves at most 2^31 - 4096. */
const readBytesMax = 2 ** 30

/** One open descriptor. */
export class NodeFile implements File {
  readonly path: string
  readonly #handle: FileHandle
  readonly #writable: boolean
  readonly #gate = new SizeGate()
  #runningCount = 0
  #closing: Promise<void> | undefined
  #whenIdle: (() => void) | undefined

  constructor(path: string, handle: FileHandle, writable: boolean) {
    this.path = path
    this.#handle = handle
    this.#writable = writable
  }

  sizeBytes(): Promise<number> {
    return this.#run('stat', () => this.#size())
  }

  readAt(target: Uint8Array, offset: number): Promise<number> {
    return this.#run('read', async () => {
      assertOffset(offset)
      let filled = 0
      // A read may stop early for reasons other than the end of the file (a signal, a size limit): only 0 is the end.
      while (filled < target.length) {
        const length = Math.min(target.length - filled, readBytesMax)
        const { bytesRead } = await this.#handle.read(target, filled, length, offset + filled)
        if (bytesRead === 0) break
        filled += bytesRead
      }
      return filled
    })
  }

  writeAt(chunks: readonly Uint8Array[], offset: number, sync?: 'data' | 'all'): Promise<void> {
    return this.#run('write', async () => {
      assertOffset(offset)
      this.#assertWritable('write')
      await this.#gate.write(() => this.#writeAll(chunks, offset))
      if (sync === undefined) return
      // Within this call, so that a `close` waits for the sync too; outside the gate, so that a resize does not.
      try {
        await this.#sync(sync)
      } catch (error) {
        throw typedError(error, this.path, 'sync')
      }
    })
  }

  append(chunks: readonly Uint8Array[]): Promise<number> {
    return this.#run('append', () => {
      this.#assertWritable('append')
      // The end is asked for each time: another handle may have moved it. A caller that knows the end saves the fstat with `writeAt`.
      return this.#gate.write(async () => {
        const end = await this.#size()
        await this.#writeAll(chunks, end)
        return end
      })
    })
  }

  allocate(offset: number, lengthBytes: number): Promise<void> {
    return this.#run('allocate', () => {
      assertOffset(offset)
      assertOffset(offset + lengthBytes)
      this.#assertWritable('allocate')
      return this.#gate.resize(async () => {
        if ((await this.#size()) < offset + lengthBytes) await this.#handle.truncate(offset + lengthBytes)
      })
    })
  }

  truncate(sizeBytes: number): Promise<void> {
    return this.#run('truncate', () => {
      assertOffset(sizeBytes)
      this.#assertWritable('truncate')
      return this.#gate.resize(() => this.#handle.truncate(sizeBytes))
    })
  }

  sync(what: 'data' | 'all'): Promise<void> {
    return this.#run('sync', () => this.#sync(what))
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
    try {
      await this.#handle.close()
    } catch (error) {
      throw typedError(error, this.path, 'close')
    }
  }

  /** Runs one call: refused once closed, counted so that `close` can wait for it, errors typed. */
  async #run<T>(operation: string, body: () => Promise<T>): Promise<T> {
    if (this.#closing !== undefined) throw new ClosedError(`file ${this.path}`)
    this.#runningCount++
    try {
      return await body()
    } catch (error) {
      throw typedError(error, this.path, operation)
    } finally {
      this.#runningCount--
      if (this.#runningCount === 0) this.#whenIdle?.()
    }
  }

  #sync(what: 'data' | 'all'): Promise<void> {
    return what === 'data' ? this.#handle.datasync() : this.#handle.sync()
  }

  async #size(): Promise<number> {
    return (await this.#handle.stat()).size
  }

  #assertWritable(operation: string): void {
    if (!this.#writable) throw new FileIoError(this.path, operation, 'EBADF')
  }

  async #writeAll(chunks: readonly Uint8Array[], offset: number): Promise<void> {
    let pending = chunks.filter((chunk) => chunk.length > 0)
    let at = offset
    while (pending.length > 0) {
      const batch = pending.length > vectorCountMax ? pending.slice(0, vectorCountMax) : pending
      const written = await this.#writeSome(batch, at)
      // The system took nothing and named no error: going on would never end.
      if (written === 0) throw new FileIoError(this.path, 'write', 'EIO')
      at += written
      pending = withoutPrefix(pending, written)
    }
  }

  async #writeSome(batch: readonly Uint8Array[], offset: number): Promise<number> {
    if (batch.length === 1) {
      const only = batch[0]!
      const { bytesWritten } = await this.#handle.write(only, 0, Math.min(only.length, readBytesMax), offset)
      return bytesWritten
    }
    const { bytesWritten } = await this.#handle.writev(batch, offset)
    return bytesWritten
  }
}

/** The chunks without their first `byteCount` bytes. */
function withoutPrefix(chunks: readonly Uint8Array[], byteCount: number): Uint8Array[] {
  let skipped = byteCount
  let index = 0
  while (index < chunks.length && skipped >= chunks[index]!.length) {
    skipped -= chunks[index]!.length
    index++
  }
  const rest = chunks.slice(index)
  if (skipped > 0) rest[0] = rest[0]!.subarray(skipped)
  return rest
}

function assertOffset(offset: number): void {
  assert(Number.isSafeInteger(offset) && offset >= 0, 'an offset or size is a whole number of bytes, not negative')
}
