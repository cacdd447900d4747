import type { File, FileSystem } from '@stratakv/core'

/** So many bytes are collected before they are written. */
const flushBytes = 1024 * 1024

/** Writes a file from front to back. What was there under its name is gone. */
export class LogFileOutput {
  readonly #handle: File
  #chunks: Uint8Array[] = []
  #pendingBytes = 0
  #writtenBytes = 0

  private constructor(handle: File) {
    this.#handle = handle
  }

  static async create(fs: FileSystem, path: string): Promise<LogFileOutput> {
    const handle = await fs.open(path, 'create')
    try {
      await handle.truncate(0)
    } catch (error) {
      await handle.close()
      throw error
    }
    return new LogFileOutput(handle)
  }

  get lengthBytes(): number {
    return this.#writtenBytes + this.#pendingBytes
  }

  /** Takes the bytes: nobody changes them any more. */
  async write(bytes: Uint8Array): Promise<void> {
    this.#chunks.push(bytes)
    this.#pendingBytes += bytes.length
    if (this.#pendingBytes >= flushBytes) await this.#flush()
  }

  /** Makes everything durable, except the file's name. */
  async finish(): Promise<void> {
    await this.#flush()
    await this.#handle.sync('all')
    await this.#handle.close()
  }

  /** After a failure. What was written stays. */
  abandon(): Promise<void> {
    return this.#handle.close()
  }

  async #flush(): Promise<void> {
    const chunks = this.#chunks
    const bytes = this.#pendingBytes
    this.#chunks = []
    this.#pendingBytes = 0
    if (bytes === 0) return
    await this.#handle.writeAt(chunks, this.#writtenBytes)
    this.#writtenBytes += bytes
  }
}
