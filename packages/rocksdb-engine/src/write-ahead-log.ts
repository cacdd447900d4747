import { fstatSync } from 'node:fs'
import { type FileHandle, open, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Makes RocksDB's write-ahead logs durable: the binding passes RocksDB no write options, so RocksDB itself syncs no log.
 *
 * That can be done from outside because of three things in RocksDB, each of which the trace in `test/durability.test.ts` shows.
 * A write hands its whole record to the system before it returns (`manual_wal_flush` is off). A log is a plain file that only
 * grows; the room that is reserved behind its end does not count in its size. And when a memtable is full, RocksDB goes on in a new log
 * and never returns to the old one, so the newest log is kept open here, and after each write its size tells where the write went: if it
 * grew, there was no switch. That costs one fstat of an open file; after a switch, every log and the folder are synced.
 *
 * A log that is gone was replaced by a table, which RocksDB synced together with the manifest that names it before it removed the
 * log.
 */
export class WriteAheadLog {
  readonly #folder: string
  #newest: FileHandle | undefined
  #sizeBytes = 0
  #switched = false

  private constructor(folder: string) {
    this.#folder = folder
  }

  /** `folder` holds an open database, and nothing is being written to it. */
  static async watch(folder: string): Promise<WriteAheadLog> {
    const log = new WriteAheadLog(folder)
    await log.#syncAll()
    return log
  }

  /** To be called after every write to RocksDB, with nothing else in flight. */
  noteWrite(): void {
    if (this.#newest === undefined) return
    const { size } = fstatSync(this.#newest.fd)
    if (size === this.#sizeBytes) this.#switched = true
    this.#sizeBytes = size
  }

  /** Makes every write noted so far durable; nothing is in flight. */
  async makeDurable(): Promise<void> {
    if (this.#switched) await this.#syncAll()
    else await this.#newest?.datasync()
  }

  async close(): Promise<void> {
    await this.#newest?.close()
    this.#newest = undefined
  }

  /** Every log there is, and the folder: the name of a new log is not durable by itself. */
  async #syncAll(): Promise<void> {
    const numbers = (await readdir(this.#folder))
      .map((name) => /^(\d+)\.log$/.exec(name)?.[1])
      .filter((digits) => digits !== undefined)
      .toSorted((left, right) => Number(left) - Number(right))
    // The log held so far first: it may have lost its name meanwhile, but it is the one with the most at stake.
    await this.#newest?.datasync()
    for (const digits of numbers) {
      // For writing, since Windows flushes no handle that may only read.
      const handle = await openIfThere(join(this.#folder, `${digits}.log`))
      if (handle === undefined) continue
      await this.#newest?.close()
      this.#newest = handle
      await handle.datasync()
    }
    await syncFolder(this.#folder)
    this.#sizeBytes = this.#newest === undefined ? 0 : (await this.#newest.stat()).size
    this.#switched = false
  }
}

/** Makes the names in `folder` durable, where the system has such a call: Windows has none and journals names itself. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r+')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
