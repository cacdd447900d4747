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
  type MaybePromise,
} from '@stratakv/core'
import { diskEnd, diskKey, diskStart } from './key-space.ts'
import type { LevelEngineOptions, ReadMode } from './level-engine-options.ts'
import { fromLevelError } from './level-errors.ts'
import { LevelIterator } from './level-iterator.ts'
import { type LevelSnapshot, LevelVersion } from './level-version.ts'
import { openDatabase } from './open-database.ts'
import type { WriteAheadLog } from './write-ahead-log.ts'
import { type LevelDatabase, WriteQueue } from './write-queue.ts'

/**
 * Opens, or makes, the engine in `options.path`.
 *
 * @throws FileLockedError when another process has it open; EngineCorruptionError; NoSpaceError; FileIoError
 */
export async function openLevelEngine(options: LevelEngineOptions): Promise<KvEngine> {
  const { db, log } = await openDatabase(options)
  return new LevelEngine(db, log, options.path, options.reads ?? 'inline')
}

/** A reader that others can close: the engine itself, or a snapshot. */
interface IteratorOwner {
  readonly iterators: Set<LevelIterator>
}

class LevelEngine implements KvEngine, IteratorOwner {
  readonly supports = { durable: true }
  readonly iterators = new Set<LevelIterator>()
  readonly snapshots = new Set<LevelEngineSnapshot>()
  readonly db: LevelDatabase
  readonly path: string
  readonly reads: ReadMode
  readonly #log: WriteAheadLog
  readonly #queue: WriteQueue
  /** What readers get as long as nothing is written after it was taken. */
  #current: LevelVersion | undefined
  /** A native write is in flight. */
  #changing = false
  #closing: Promise<void> | undefined

  constructor(db: LevelDatabase, log: WriteAheadLog, path: string, reads: ReadMode) {
    this.db = db
    this.path = path
    this.reads = reads
    this.#log = log
    this.#queue = new WriteQueue({
      db,
      log,
      path,
      beforeChange: () => this.#beforeChange(),
      afterChange: () => this.#afterChange(),
    })
  }

  get(cf: ColumnFamily, key: Uint8Array): MaybePromise<Uint8Array | undefined> {
    this.#checkOpen()
    const encoded = diskKey(cf, key)
    if (!this.#changing) return read(this, encoded)
    // A write in flight may be there already for a bare read, but not in the version that snapshots share. All readers
    // are given the same one, so that nobody sees a write and then, by another kind of read, does not.
    const version = this.acquireVersion()
    try {
      return read(this, encoded, version)
    } finally {
      version.release()
    }
  }

  getMany(cf: ColumnFamily, keys: readonly Uint8Array[]): MaybePromise<(Uint8Array | undefined)[]> {
    this.#checkOpen()
    // A version, not the bare database: the values are of one moment even while a batch is being written.
    const version = this.acquireVersion()
    return readMany(this, version, cf, keys, () => version.release())
  }

  iterate(cf: ColumnFamily, options: IterateOptions = {}): EngineIterator {
    this.#checkOpen()
    return makeIterator(this, this, this.acquireVersion(), cf, options)
  }

  write(batch: readonly KeyChange[], options: EngineWriteOptions): Promise<void> {
    return this.#whileOpen(() => this.#queue.write(batch, options))
  }

  syncWal(): Promise<void> {
    return this.#whileOpen(() => this.#queue.write([], { sync: true }))
  }

  snapshot(): EngineSnapshot {
    this.#checkOpen()
    const snapshot = new LevelEngineSnapshot(this, this.acquireVersion())
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
    return this.db.approximateSize(first, last)
  }

  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  /** The caller releases it. */
  acquireVersion(): LevelVersion {
    if (this.#current === undefined) {
      this.#current = new LevelVersion(this.db)
      // With a write in flight the database may change between two reads, so the snapshot cannot wait.
      if (this.#changing) this.#current.makeSnapshot()
    }
    this.#current.acquire()
    return this.#current
  }

  #beforeChange(): void {
    this.#changing = true
    if (this.#current?.pin() === false) this.#dropVersion()
  }

  #afterChange(): void {
    this.#changing = false
    this.#dropVersion()
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
    await this.db.close()
  }
}

class LevelEngineSnapshot implements EngineSnapshot, IteratorOwner {
  readonly iterators = new Set<LevelIterator>()
  readonly #engine: LevelEngine
  #version: LevelVersion | undefined

  constructor(engine: LevelEngine, version: LevelVersion) {
    this.#engine = engine
    this.#version = version
  }

  get(cf: ColumnFamily, key: Uint8Array): MaybePromise<Uint8Array | undefined> {
    return read(this.#engine, diskKey(cf, key), this.#open())
  }

  getMany(cf: ColumnFamily, keys: readonly Uint8Array[]): MaybePromise<(Uint8Array | undefined)[]> {
    return readMany(this.#engine, this.#open(), cf, keys, () => {})
  }

  iterate(cf: ColumnFamily, options: IterateOptions = {}): EngineIterator {
    const version = this.#open()
    version.acquire()
    return makeIterator(this.#engine, this, version, cf, options)
  }

  release(): void {
    if (this.#version === undefined) return
    for (const iterator of [...this.iterators]) iterator.close()
    this.#version.release()
    this.#version = undefined
    this.#engine.snapshots.delete(this)
  }

  #open(): LevelVersion {
    if (this.#version === undefined) throw new ClosedError('engine snapshot')
    return this.#version
  }
}

/** What a read needs to know of the engine. */
type Source = Pick<LevelEngine, 'db' | 'path' | 'reads'>

/** May be called with a version that is released right after: a read in flight keeps its snapshot. */
function read(source: Source, encoded: Uint8Array, version?: LevelVersion): MaybePromise<Uint8Array | undefined> {
  return source.reads === 'inline' ? readNow(source, encoded, version) : readThreaded(source, encoded, version)
}

function readNow(source: Source, encoded: Uint8Array, version?: LevelVersion): Uint8Array | undefined {
  const snapshot = version?.snapshot
  try {
    // With no options at all abstract-level takes a shorter way.
    return snapshot === undefined ? source.db.getSync(encoded) : source.db.getSync(encoded, viewsOf(snapshot))
  } catch (thrown) {
    throw fromLevelError(source.path, 'read', thrown)
  }
}

/** Without a snapshot, classic-level takes one within the call, so what starts later is not seen on the other thread either. */
async function readThreaded(
  source: Source,
  encoded: Uint8Array,
  version?: LevelVersion,
): Promise<Uint8Array | undefined> {
  try {
    return await source.db.get(encoded, viewsOf(version?.snapshot))
  } catch (thrown) {
    throw fromLevelError(source.path, 'read', thrown)
  }
}

/** `done` is called when the version is not needed any more. */
function readMany(
  source: Source,
  version: LevelVersion,
  cf: ColumnFamily,
  keys: readonly Uint8Array[],
  done: () => void,
): MaybePromise<(Uint8Array | undefined)[]> {
  if (source.reads === 'threaded') return readManyThreaded(source, version, cf, keys).finally(done)
  try {
    return keys.map((key) => readNow(source, diskKey(cf, key), version))
  } finally {
    done()
  }
}

async function readManyThreaded(
  source: Source,
  version: LevelVersion,
  cf: ColumnFamily,
  keys: readonly Uint8Array[],
): Promise<(Uint8Array | undefined)[]> {
  const encoded = keys.map((key) => diskKey(cf, key))
  try {
    return await source.db.getMany(encoded, viewsOf(version.snapshot))
  } catch (thrown) {
    throw fromLevelError(source.path, 'read', thrown)
  }
}

interface ViewOptions {
  readonly snapshot?: LevelSnapshot
  readonly keyEncoding: 'view'
  readonly valueEncoding: 'view'
}

/** Names the encodings too: given as LevelDB's own they spare abstract-level a copy of the options for each read. */
function viewsOf(snapshot: LevelSnapshot | undefined): ViewOptions {
  const encodings = { keyEncoding: 'view', valueEncoding: 'view' } as const
  return snapshot === undefined ? encodings : { snapshot, ...encodings }
}

function makeIterator(
  source: Source,
  owner: IteratorOwner,
  version: LevelVersion,
  cf: ColumnFamily,
  options: IterateOptions,
): LevelIterator {
  const deps = {
    db: source.db,
    path: source.path,
    reads: source.reads,
    version,
    onClose: (closed: LevelIterator) => void owner.iterators.delete(closed),
  }
  const iterator = new LevelIterator(deps, cf, options)
  owner.iterators.add(iterator)
  return iterator
}
