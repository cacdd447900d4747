import type { RocksdbDatabase, RocksdbSession } from './rocksdb-binding.ts'

/**
 * One state of the database, shared by every reader between two writes. It is a snapshot of RocksDB from the beginning: reads happen
 * on other threads, some time after the call that asked for them, and what they must not see may be written by then.
 */
export class RocksdbVersion {
  readonly session: RocksdbSession
  #userCount = 0
  /** Nothing will share it any more. */
  #retired = false

  constructor(db: RocksdbDatabase) {
    this.session = db.snapshot()
  }

  acquire(): void {
    this.#userCount++
  }

  release(): void {
    this.#userCount--
    this.#free()
  }

  /** The database has changed: nobody may be given this version from now on. */
  retire(): void {
    this.#retired = true
    this.#free()
  }

  #free(): void {
    // Cannot fail, and is done at once: it takes the snapshot off a list, behind the last read in flight.
    if (this.#userCount === 0 && this.#retired) void this.session.close()
  }
}
