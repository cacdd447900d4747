import type { LevelDatabase } from './write-queue.ts'

export type LevelSnapshot = ReturnType<LevelDatabase['snapshot']>

/**
 * One state of the database, shared by everybody who asked for a snapshot while nothing changed.
 *
 * A snapshot in LevelDB costs about as much as two point reads, and most are released before the next write begins.
 * So while nothing has been written since it was taken, a version is only a promise: reads go to the database itself.
 * Before the next write begins, `pin` makes the real snapshot, unless nobody is left who needs it.
 *
 * No read can slip in between: `pin` runs on the event loop right before the write is handed to LevelDB, and a read or
 * an iterator that goes on on another thread takes LevelDB's state within the call that starts it.
 */
export class LevelVersion {
  readonly #db: LevelDatabase
  #snapshot: LevelSnapshot | undefined
  #userCount = 0
  /** Nothing will share it any more. */
  #retired = false

  constructor(db: LevelDatabase) {
    this.#db = db
  }

  /** The snapshot if there has to be one; until then a read that starts now sees this version without. */
  get snapshot(): LevelSnapshot | undefined {
    return this.#snapshot
  }

  /** The database is changing already, so the snapshot cannot wait. */
  makeSnapshot(): void {
    this.#snapshot ??= this.#db.snapshot()
  }

  /** The database is about to change. False when nobody needs this version: it then must not be used again. */
  pin(): boolean {
    if (this.#userCount > 0) this.makeSnapshot()
    return this.#userCount > 0
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
    if (this.#userCount > 0 || !this.#retired) return
    // Closing waits for reads in flight by itself, and cannot fail: it only takes the snapshot off a list.
    void this.#snapshot?.close()
    this.#snapshot = undefined
  }
}
