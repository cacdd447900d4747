import {
  type Checksum,
  type ColumnFamily,
  columnFamilies,
  EngineCorruptionError,
  type EngineIterator,
  EnginePoisonedError,
  type EngineSnapshot,
  type EngineWriteOptions,
  type File,
  type FileSystem,
  type IterateOptions,
  type KeyChange,
  type KvEngine,
  type MaybePromise,
  parentDirectory,
} from '@stratakv/core'
import { createMemoryEngine } from '@stratakv/memory'
import { decodeRecord, type EngineRecord, encodeRecord, recordHeaderBytes } from './engine-record.ts'

export interface LoggedEngineDeps {
  readonly fileSystem: FileSystem
  readonly checksum: Checksum
}

/**
 * The engine of a simulated store: all data in memory, every change in a log on a disk, so that a power cut takes from it what it
 * takes from LevelDB, whose files a simulated disk cannot hold. Opening it reads the log, drops a torn end, and writes the data anew.
 *
 * @throws EngineCorruptionError, and what the disk throws
 */
export async function openLoggedEngine(deps: LoggedEngineDeps, directory: string): Promise<KvEngine> {
  const { fileSystem } = deps
  const path = `${directory}/log`
  const memory = createMemoryEngine()
  await fileSystem.createDirectory(directory)
  await fileSystem.syncDirectory(parentDirectory(directory))
  await replay(deps, path, memory)
  const newPath = `${directory}/log.new`
  if ((await fileSystem.stat(newPath)) !== undefined) await fileSystem.remove(newPath)
  const file = await fileSystem.open(newPath, 'create-new')
  try {
    for (const cf of columnFamilies) {
      const batch = await contentOf(memory, cf)
      if (batch.length > 0) await file.append([encodeRecord({ type: 'write', batch }, deps.checksum)])
    }
    await file.sync('all')
    await fileSystem.rename(newPath, path)
    await fileSystem.syncDirectory(directory)
  } catch (error) {
    await file.close().catch(() => {})
    throw error
  }
  return new LoggedEngine(memory, file, deps.checksum)
}

async function replay({ fileSystem, checksum }: LoggedEngineDeps, path: string, memory: KvEngine): Promise<void> {
  if ((await fileSystem.stat(path)) === undefined) return
  const file = await fileSystem.open(path, 'read')
  const bytes = new Uint8Array(await file.sizeBytes())
  const readBytes = await file.readAt(bytes, 0)
  await file.close()
  if (readBytes !== bytes.length)
    throw new EngineCorruptionError(path, `${readBytes} of ${bytes.length} bytes could be read`)
  for (let at = 0; at + recordHeaderBytes <= bytes.length; ) {
    const decoded = decodeRecord(bytes, at, checksum)
    // The end that a power cut has torn: nobody was told that it is there.
    if (decoded === undefined) return
    await apply(memory, decoded.record)
    at = decoded.end
  }
}

async function contentOf(engine: KvEngine, cf: ColumnFamily): Promise<KeyChange[]> {
  const content: KeyChange[] = []
  const cursor = engine.iterate(cf)
  for (let found = await cursor.seekToFirst(); found; found = await cursor.next()) {
    content.push({ type: 'put', cf, key: cursor.key, value: cursor.value })
  }
  cursor.close()
  return content
}

function apply(engine: KvEngine, record: EngineRecord): Promise<void> {
  if (record.type === 'write') return engine.write(record.batch, { sync: false })
  return engine.deleteRange(record.cf, record.start, record.end, { sync: false })
}

class LoggedEngine implements KvEngine {
  readonly supports = { durable: true }
  readonly #memory: KvEngine
  readonly #file: File
  readonly #checksum: Checksum
  /** Appends go one after another. */
  #tail: Promise<void> = Promise.resolve()
  #poison: Error | undefined
  #closing: Promise<void> | undefined

  constructor(memory: KvEngine, file: File, checksum: Checksum) {
    this.#memory = memory
    this.#file = file
    this.#checksum = checksum
  }

  get(cf: ColumnFamily, key: Uint8Array): MaybePromise<Uint8Array | undefined> {
    return this.#memory.get(cf, key)
  }

  getMany(cf: ColumnFamily, keys: readonly Uint8Array[]): MaybePromise<(Uint8Array | undefined)[]> {
    return this.#memory.getMany(cf, keys)
  }

  iterate(cf: ColumnFamily, options?: IterateOptions): EngineIterator {
    return this.#memory.iterate(cf, options)
  }

  snapshot(): EngineSnapshot {
    return this.#memory.snapshot()
  }

  approximateSizeBytes(cf: ColumnFamily, start: Uint8Array, end: Uint8Array): Promise<number> {
    return this.#memory.approximateSizeBytes(cf, start, end)
  }

  async write(batch: readonly KeyChange[], { sync }: EngineWriteOptions): Promise<void> {
    if (batch.length === 0) return sync ? this.syncWal() : this.#checkOpen()
    return this.#log({ type: 'write', batch }, sync)
  }

  deleteRange(cf: ColumnFamily, start: Uint8Array, end: Uint8Array, { sync }: EngineWriteOptions): Promise<void> {
    return this.#log({ type: 'delete-range', cf, start, end }, sync)
  }

  async syncWal(): Promise<void> {
    this.#checkOpen()
    await this.#sync()
  }

  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #close(): Promise<void> {
    await this.#tail.catch(() => {})
    await this.#memory.close()
    await this.#file.close()
  }

  async #log(record: EngineRecord, sync: boolean): Promise<void> {
    this.#checkOpen()
    // Encoded at once: the buffers are the caller's again when this fails.
    const bytes = encodeRecord(record, this.#checksum)
    const appended = this.#tail.then(async () => {
      this.#checkSound()
      try {
        await this.#file.append([bytes])
      } catch (error) {
        this.#poison = error as Error
        throw error
      }
      await apply(this.#memory, record)
    })
    this.#tail = appended.catch(() => {})
    await appended
    if (sync) await this.#sync()
  }

  async #sync(): Promise<void> {
    this.#checkSound()
    try {
      await this.#file.sync('data')
    } catch (error) {
      this.#poison = error as Error
      throw error
    }
  }

  /** @throws ClosedError */
  #checkOpen(): void {
    this.#memory.get('default', anyKey)
  }

  #checkSound(): void {
    if (this.#poison !== undefined) {
      throw new EnginePoisonedError('an earlier write failed half-way', { cause: this.#poison })
    }
  }
}

const anyKey = Uint8Array.of(0)
