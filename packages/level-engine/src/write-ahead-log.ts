import { fstatSync } from 'node:fs'
import { type FileHandle, open, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Makes LevelDB's log files durable beyond what LevelDB does itself.
 *
 * LevelDB syncs only the log it writes to, and only with a synced write. When a memtable is full it goes on in a new
 * log and closes the old one *without* a sync: until the memtable's table is on disk, earlier unsynced writes live
 * in a file that no later synced write touches. So we watch for the switch. The newest log is kept open here, and
 * after each write its size tells where the write went: logs only grow, a write goes to one log, and LevelDB
 * never returns to an older one. If the size grew, there was no switch. That costs one fstat of an open file.
 *
 * A log that is gone was replaced by a table which LevelDB synced, together with the manifest that names it and the
 * folder, before it removed the log.
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

  /** To be called after every write to LevelDB, with nothing else in flight. */
  noteWrite(): void {
    if (this.#newest === undefined) return
    const { size } = fstatSync(this.#newest.fd)
    if (size === this.#sizeBytes) this.#switched = true
    this.#sizeBytes = size
  }

  /** Instead of {@link noteWrite}, after a call that wrote several times: a growth then proves nothing. */
  noteManyWrites(): void {
    this.#switched = true
  }

  /**
   * Makes every write noted so far durable; nothing is in flight. `newestIsSynced` says that the last of them was
   * synced by LevelDB.
   */
  async makeDurable(newestIsSynced: boolean): Promise<void> {
    if (this.#switched) await this.#syncAll()
    else if (!newestIsSynced) await this.#newest?.datasync()
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
