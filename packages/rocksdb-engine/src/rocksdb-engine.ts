import {
  ClosedError,
  type ColumnFamily,
  compareBytes,
  type EngineIterator,
  type EngineSnapshot,
  type EngineWriteOptions,
  type IterateOptions,
  type KeyChange,
  type KvEngine,
} from '@stratakv/core'
import { diskEnd, diskKey, diskStart } from './key-space.ts'
import { openDatabase } from './open-database.ts'
import type { RocksdbDatabase } from './rocksdb-binding.ts'
import type { RocksdbEngineOptions } from './rocksdb-engine-options.ts'
import { fromRocksdbError } from './rocksdb-errors.ts'
import { RocksdbIterator } from './rocksdb-iterator.ts'
import { RocksdbVersion } from './rocksdb-version.ts'
import type { WriteAheadLog } from './write-ahead-log.ts'
import { WriteQueue } from './write-queue.ts'

/**
 * Opens, or makes, the engine in `options.path`.
 *
 * @throws RocksdbUnavailableError; FileLockedError when another process has it open; EngineCorruptionError; NoSpaceError; FileIoError
 */
export async function openRocksdbEngine(options: RocksdbEngineOptions): Promise<KvEngine> {
  const { db, log } = await openDatabase(options)
  return new RocksdbEngine(db, log, options.path)
}

/** A reader that others can close: the engine itself, or a snapshot. */
interface IteratorOwner {
  readonly iterators: Set<RocksdbIterator>
}

class RocksdbEngine implements KvEngine, IteratorOwner {
  readonly supports = { durable: true }
  readonly iterators = new Set<RocksdbIterator>()
  readonly snapshots = new Set<RocksdbEngineSnapshot>()
  readonly path: string
  readonly #db: RocksdbDatabase
  readonly #log: WriteAheadLog
  readonly #queue: WriteQueue
  /** What readers get as long as nothing is written after it was taken. */
  #current: RocksdbVersion | undefined
  #closing: Promise<void> | undefined

  constructor(db: RocksdbDatabase, log: WriteAheadLog, path: string) {
    this.#db = db
    this.path = path
    this.#log = log
    this.#queue = new WriteQueue({ db, log, path, afterChange: () => this.#dropVersion() })
  }

  async get(cf: ColumnFamily, key: Uint8Array): Promise<Uint8Array | undefined> {
    const [value] = await this.getMany(cf, [key])
    return value
  }

  async getMany(cf: ColumnFamily, keys: readonly Uint8Array[]): Promise<(Uint8Array | undefined)[]> {
    this.#checkOpen()
    const version = this.acquireVersion()
    try {
      return await readMany(this.path, version, cf, keys)
    } finally {
      version.release()
    }
  }

  iterate(cf: ColumnFamily, options: IterateOptions = {}): EngineIterator {
    this.#checkOpen()
    return makeIterator(this.path, this, this.acquireVersion(), cf, options)
  }

  write(batch: readonly KeyChange[], options: EngineWriteOptions): Promise<void> {
    return this.#whileOpen(() => this.#queue.write(batch, options))
  }

  syncWal(): Promise<void> {
    return this.#whileOpen(() => this.#queue.write([], { sync: true }))
  }

  snapshot(): EngineSnapshot {
    this.#checkOpen()
    const snapshot = new RocksdbEngineSnapshot(this, this.acquireVersion())
    this.snapshots.add(snapshot)
    return snapshot
  }

  deleteRange(cf: ColumnFamily, start: Uint8Array, end: Uint8Array, options: EngineWriteOptions): Promise<void> {
    return this.#whileOpen(() => this.#queue.removeRange(cf, start, end, options))
  }

  async approximateSizeBytes(cf: ColumnFamily, start: Uint8Array, end: Uint8Array): Promise<number> {
    this.#checkOpen()
    const [first, last] = [diskStart(cf, start), diskEnd(cf, end)]
    if (compareBytes(first, last) >= 0) return 0
    try {
      return await this.#db.approximateSize(first, last)
    } catch (thrown) {
      throw fromRocksdbError(this.path, 'read', thrown)
    }
  }

  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  /** The caller releases it. */
  acquireVersion(): RocksdbVersion {
    this.#current ??= new RocksdbVersion(this.#db)
    this.#current.acquire()
    return this.#current
  }

  #dropVersion(): void {
    this.#current?.retire()
    this.#current = undefined
  }

  #checkOpen(): void {
    if (this.#closing !== undefined) throw new ClosedError('engine')
  }

  /** `run`, with what it or the check throws at once as a rejection: these calls promise. */
  #whileOpen(run: () => Promise<void>): Promise<void> {
    try {
      this.#checkOpen()
      return run()
    } catch (error) {
      return Promise.reject(error)
    }
  }

  async #close(): Promise<void> {
    for (const iterator of [...this.iterators]) iterator.close()
    for (const snapshot of [...this.snapshots]) snapshot.release()
    await this.#queue.drain()
    this.#dropVersion()
    await this.#log.close()
    // Waits for the reads in flight.
    await this.#db.close()
  }
}

class RocksdbEngineSnapshot implements EngineSnapshot, IteratorOwner {
  readonly iterators = new Set<RocksdbIterator>()
  readonly #engine: RocksdbEngine
  #version: RocksdbVersion | undefined

  constructor(engine: RocksdbEngine, version: RocksdbVersion) {
    this.#engine = engine
    this.#version = version
  }

  async get(cf: ColumnFamily, key: Uint8Array): Promise<Uint8Array | undefined> {
    const [value] = await readMany(this.#engine.path, this.#open(), cf, [key])
    return value
  }

  async getMany(cf: ColumnFamily, keys: readonly Uint8Array[]): Promise<(Uint8Array | undefined)[]> {
    return readMany(this.#engine.path, this.#open(), cf, keys)
  }

  iterate(cf: ColumnFamily, options: IterateOptions = {}): EngineIterator {
    const version = this.#open()
    version.acquire()
    return makeIterator(this.#engine.path, this, version, cf, options)
  }

  release(): void {
    if (this.#version === undefined) return
    for (const iterator of [...this.iterators]) iterator.close()
    this.#version.release()
    this.#version = undefined
    this.#engine.snapshots.delete(this)
  }

  #open(): RocksdbVersion {
    if (this.#version === undefined) throw new ClosedError('engine snapshot')
    return this.#version
  }
}

/** The version may be released while this runs: a read in flight keeps its snapshot. */
async function readMany(
  path: string,
  version: RocksdbVersion,
  cf: ColumnFamily,
  keys: readonly Uint8Array[],
): Promise<(Uint8Array | undefined)[]> {
  if (keys.length === 0) return []
  const batch = version.session.read({ capacity: keys.length, autoDestroy: true })
  const values = keys.map((key) => batch.get(diskKey(cf, key)))
  batch.tryFlush()
  try {
    return (await Promise.all(values)).map((value) => value ?? undefined)
  } catch (thrown) {
    throw fromRocksdbError(path, 'read', thrown)
  }
}

function makeIterator(
  path: string,
  owner: IteratorOwner,
  version: RocksdbVersion,
  cf: ColumnFamily,
  options: IterateOptions,
): RocksdbIterator {
  const onClose = (closed: RocksdbIterator) => void owner.iterators.delete(closed)
  const iterator = new RocksdbIterator({ path, version, onClose }, cf, options)
  owner.iterators.add(iterator)
  return iterator
}
