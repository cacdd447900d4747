import { createRequire } from 'node:module'
import {
  assert,
  ClosedError,
  type ColumnFamily,
  columnFamilies,
  type EngineIterator,
  EnginePoisonedError,
  type EngineReader,
  type EngineSnapshot,
  type EngineWriteOptions,
  type FileLock,
  type FileSystem,
  type IterateOptions,
  type KeyChange,
  type KvEngine,
} from '@stratakv/core'
import type { Database } from 'node-sqlite3-wasm'
import { endOf, SqliteIterator } from './sqlite-iterator.ts'
import { type Statements, schema, sqlOf } from './sqlite-schema.ts'

// A CommonJS module whose names Node cannot see from here: it is required, and typed by its own declarations.
const sqlite = createRequire(import.meta.url)('node-sqlite3-wasm') as typeof import('node-sqlite3-wasm')

/**
 * Opens, or makes, the engine in the folder `directory`. `fs` must be the real disk, where SQLite's own files are.
 *
 * SQLite works on this thread: a synced write blocks it for as long as the disk takes.
 *
 * @throws FileLockedError when another process has it open
 */
export async function openSqliteEngine(deps: { readonly fs: FileSystem }, directory: string): Promise<KvEngine> {
  const { fs } = deps
  await fs.createDirectory(directory)
  const lock = await fs.lock(`${directory}/LOCK`)
  try {
    const path = `${directory}/engine.sqlite`
    // The library locks by making this folder and leaves it behind when the process is killed. Ours is the lock that the
    // kernel takes back, and we hold it: nobody can be using that folder.
    await fs.removeDirectory(`${path}.lock`)
    const database = new sqlite.Database(path)
    // One connection that never lets go: SQLite's write-ahead log then needs no shared memory, which WebAssembly lacks.
    database.exec('pragma locking_mode = exclusive; pragma journal_mode = wal; pragma synchronous = full')
    for (const statement of schema) database.exec(statement)
    // The library syncs its files and leaves their names to us.
    await fs.syncDirectory(directory)
    return new SqliteEngine(database, lock)
  } catch (error) {
    await lock.release()
    throw error
  }
}

/** What a snapshot and an iterator hold so that the rows of their version stay. */
export interface Pin {
  readonly version: number
  release(): void
}

class SqliteEngine implements KvEngine {
  readonly supports = { durable: true }
  readonly #database: Database
  readonly #lock: FileLock
  readonly #statements: Statements
  /** Of the last write. Each write gets the next; a row is there from its `since` on, until before its `until`. */
  #version: number
  /** How many read each version. Versions are pinned when they are the newest, so the first key is the oldest. */
  readonly #pins = new Map<number, number>()
  /** Closed with the engine. */
  readonly #readers = new Set<{ close(): void }>()
  #isOpen = true
  #failure: unknown

  constructor(database: Database, lock: FileLock) {
    this.#database = database
    this.#lock = lock
    const prepared = Object.entries(sqlOf).map(([name, sql]) => [name, database.prepare(sql)])
    this.#statements = Object.fromEntries(prepared) as Statements
    this.#version = Number(database.get('select coalesce(max(since), 0) as version from entry')!.version)
  }

  get(cf: ColumnFamily, key: Uint8Array): Uint8Array | undefined {
    return this.getAt(this.#version, cf, key)
  }

  getMany(cf: ColumnFamily, keys: readonly Uint8Array[]): (Uint8Array | undefined)[] {
    return keys.map((key) => this.get(cf, key))
  }

  iterate(cf: ColumnFamily, options: IterateOptions = {}): EngineIterator {
    const iterator: SqliteIterator = new SqliteIterator(this.#statements, this.pin(), cf, options, () => {
      this.#readers.delete(iterator)
    })
    this.#readers.add(iterator)
    return iterator
  }

  snapshot(): EngineSnapshot {
    const snapshot: SqliteSnapshot = new SqliteSnapshot(this, this.#statements, this.pin(), () => {
      this.#readers.delete(snapshot)
    })
    this.#readers.add(snapshot)
    return snapshot
  }

  async write(batch: readonly KeyChange[], options: EngineWriteOptions): Promise<void> {
    for (const change of batch) assert(change.key.length > 0, 'a key is not empty')
    this.#commit(options, (version) => {
      for (const change of batch) {
        const cf = columnFamilies.indexOf(change.cf)
        this.#statements.end.run([version, cf, change.key])
        if (change.type === 'put') this.#statements.put.run([cf, change.key, version, change.value])
      }
    })
  }

  async deleteRange(cf: ColumnFamily, start: Uint8Array, end: Uint8Array, options: EngineWriteOptions): Promise<void> {
    this.#commit(options, (version) => {
      const family = columnFamilies.indexOf(cf)
      this.#statements.endRange.run([version, family, start, ...endOf(family, end)])
    })
  }

  async syncWal(): Promise<void> {
    this.#checkOpen()
    // A commit that changes nothing writes nothing and syncs nothing; this one rewrites a row of its own.
    this.#commit({ sync: true }, (version) => this.#statements.mark.run([version]))
  }

  async approximateSizeBytes(cf: ColumnFamily, start: Uint8Array, end: Uint8Array): Promise<number> {
    this.#checkOpen()
    const family = columnFamilies.indexOf(cf)
    return Number(this.#statements.size.get([family, start, ...endOf(family, end)])!.bytes)
  }

  async close(): Promise<void> {
    if (!this.#isOpen) return
    for (const reader of this.#readers) reader.close()
    this.#isOpen = false
    for (const statement of Object.values(this.#statements)) statement.finalize()
    this.#database.close()
    await this.#lock.release()
  }

  getAt(version: number, cf: ColumnFamily, key: Uint8Array): Uint8Array | undefined {
    this.#checkOpen()
    const row = this.#statements.get.get([columnFamilies.indexOf(cf), key, version, version])
    return row === null ? undefined : (row.value as Uint8Array)
  }

  pin(): Pin {
    this.#checkOpen()
    const version = this.#version
    this.#pins.set(version, (this.#pins.get(version) ?? 0) + 1)
    return {
      version,
      release: () => {
        const left = this.#pins.get(version)! - 1
        if (left === 0) this.#pins.delete(version)
        else this.#pins.set(version, left)
      },
    }
  }

  /** One transaction, within this call: writes happen in the order of the calls because nothing is awaited in between. */
  #commit({ sync }: EngineWriteOptions, change: (version: number) => void): void {
    this.#checkOpen()
    if (this.#failure !== undefined) {
      throw new EnginePoisonedError('an earlier write failed: open the engine again', { cause: this.#failure })
    }
    const version = this.#version + 1
    try {
      // Unsynced, the log keeps its order, so that a crash loses the newest transactions whole.
      this.#database.exec(`pragma synchronous = ${sync ? 'full' : 'normal'}`)
      this.#database.exec('begin')
      change(version)
      const [oldest = version] = this.#pins.keys()
      this.#statements.prune.run([oldest])
      this.#database.exec('commit')
    } catch (cause) {
      // How much of it reached the log, only the next opening can tell.
      this.#failure = cause
      if (this.#database.inTransaction) this.#database.exec('rollback')
      throw new EnginePoisonedError('a write failed: open the engine again', { cause })
    }
    this.#version = version
  }

  #checkOpen(): void {
    if (!this.#isOpen) throw new ClosedError('engine')
  }
}

class SqliteSnapshot implements EngineReader, EngineSnapshot {
  readonly #engine: SqliteEngine
  readonly #statements: Statements
  readonly #pin: Pin
  readonly #onRelease: () => void
  readonly #iterators = new Set<SqliteIterator>()
  #isOpen = true

  constructor(engine: SqliteEngine, statements: Statements, pin: Pin, onRelease: () => void) {
    this.#engine = engine
    this.#statements = statements
    this.#pin = pin
    this.#onRelease = onRelease
  }

  get(cf: ColumnFamily, key: Uint8Array): Uint8Array | undefined {
    if (!this.#isOpen) throw new ClosedError('engine snapshot')
    return this.#engine.getAt(this.#pin.version, cf, key)
  }

  getMany(cf: ColumnFamily, keys: readonly Uint8Array[]): (Uint8Array | undefined)[] {
    return keys.map((key) => this.get(cf, key))
  }

  iterate(cf: ColumnFamily, options: IterateOptions = {}): EngineIterator {
    if (!this.#isOpen) throw new ClosedError('engine snapshot')
    // The snapshot's pin holds the rows, and outlives the iterator.
    const pin = { version: this.#pin.version, release() {} }
    const iterator: SqliteIterator = new SqliteIterator(this.#statements, pin, cf, options, () => {
      this.#iterators.delete(iterator)
    })
    this.#iterators.add(iterator)
    return iterator
  }

  release(): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    for (const iterator of this.#iterators) iterator.close()
    this.#pin.release()
    this.#onRelease()
  }

  close(): void {
    this.release()
  }
}
