import {
  ClosedError,
  type DirectoryEntry,
  type DiskSpace,
  type File,
  type FileLock,
  type FileStatus,
  type FileSystem,
  type FileSystemSupports,
  type OpenMode,
} from '@stratakv/core'

/**
 * Every call of the FileSystem and File seams, by the name that a rule or a log gives it. A write that is to be synced
 * is two of them, `write` and then `sync`, on the wrapped file as well: each can fail, and the power can go in between.
 */
export const fileOperations = [
  'open',
  'createDirectory',
  'list',
  'stat',
  'rename',
  'link',
  'remove',
  'removeDirectory',
  'syncDirectory',
  'lock',
  'diskSpace',
  'size',
  'read',
  'write',
  'append',
  'allocate',
  'truncate',
  'sync',
  'close',
] as const

export type FileOperation = (typeof fileOperations)[number]

/** A call on its way to the wrapped file system. */
export interface FileCall {
  readonly operation: FileOperation
  /** For a rename or link, the name that exists. */
  readonly path: string
  /** For a rename or link, the name that is to be. */
  readonly newPath?: string
  /** For calls on an open file, the wrapped one. */
  readonly file?: File
  /** For `read`. */
  readonly target?: Uint8Array
  /** For `write` and `append`. */
  readonly chunks?: readonly Uint8Array[]
  /** For `read` and `write`. */
  readonly offset?: number
}

/** Stands between a caller and a file system: does something before, after or instead of `run`. */
export type Interceptor = <T>(call: FileCall, run: () => Promise<T>) => Promise<T>

/** Passes every call through `intercept`; the wrappers of this package differ only there. */
export class InterceptedFileSystem implements FileSystem {
  readonly inner: FileSystem
  readonly #intercept: Interceptor

  constructor(inner: FileSystem, intercept: Interceptor) {
    this.inner = inner
    this.#intercept = intercept
  }

  get supports(): FileSystemSupports {
    return this.inner.supports
  }

  open(path: string, mode: OpenMode): Promise<File> {
    return this.#intercept({ operation: 'open', path }, async () => {
      return new InterceptedFile(await this.inner.open(path, mode), this.#intercept)
    })
  }

  createDirectory(path: string): Promise<void> {
    return this.#intercept({ operation: 'createDirectory', path }, () => this.inner.createDirectory(path))
  }

  list(path: string): Promise<DirectoryEntry[]> {
    return this.#intercept({ operation: 'list', path }, () => this.inner.list(path))
  }

  stat(path: string): Promise<FileStatus | undefined> {
    return this.#intercept({ operation: 'stat', path }, () => this.inner.stat(path))
  }

  rename(from: string, to: string): Promise<void> {
    return this.#intercept({ operation: 'rename', path: from, newPath: to }, () => this.inner.rename(from, to))
  }

  link(existing: string, path: string): Promise<void> {
    return this.#intercept({ operation: 'link', path: existing, newPath: path }, () => this.inner.link(existing, path))
  }

  remove(path: string): Promise<void> {
    return this.#intercept({ operation: 'remove', path }, () => this.inner.remove(path))
  }

  removeDirectory(path: string): Promise<void> {
    return this.#intercept({ operation: 'removeDirectory', path }, () => this.inner.removeDirectory(path))
  }

  syncDirectory(path: string): Promise<void> {
    return this.#intercept({ operation: 'syncDirectory', path }, () => this.inner.syncDirectory(path))
  }

  lock(path: string): Promise<FileLock> {
    return this.#intercept({ operation: 'lock', path }, () => this.inner.lock(path))
  }

  diskSpace(path: string): Promise<DiskSpace> {
    return this.#intercept({ operation: 'diskSpace', path }, () => this.inner.diskSpace(path))
  }
}

class InterceptedFile implements File {
  readonly #inner: File
  readonly #intercept: Interceptor
  /** Synced writes under way. To the wrapped file each is two calls, and it must not be closed between them. */
  #syncedWriteCount = 0
  #whenSynced: (() => void) | undefined
  #closing = false

  constructor(inner: File, intercept: Interceptor) {
    this.#inner = inner
    this.#intercept = intercept
  }

  get path(): string {
    return this.#inner.path
  }

  sizeBytes(): Promise<number> {
    return this.#around('size', {}, () => this.#inner.sizeBytes())
  }

  readAt(target: Uint8Array, offset: number): Promise<number> {
    return this.#around('read', { target, offset }, () => this.#inner.readAt(target, offset))
  }

  async writeAt(chunks: readonly Uint8Array[], offset: number, sync?: 'data' | 'all'): Promise<void> {
    const write = () => this.#around('write', { chunks, offset }, () => this.#inner.writeAt(chunks, offset))
    if (sync === undefined) return write()
    this.#syncedWriteCount++
    try {
      await write()
      await this.#pass('sync', {}, () => this.#inner.sync(sync))
    } finally {
      this.#syncedWriteCount--
      if (this.#syncedWriteCount === 0) this.#whenSynced?.()
    }
  }

  append(chunks: readonly Uint8Array[]): Promise<number> {
    return this.#around('append', { chunks }, () => this.#inner.append(chunks))
  }

  allocate(offset: number, lengthBytes: number): Promise<void> {
    return this.#around('allocate', {}, () => this.#inner.allocate(offset, lengthBytes))
  }

  truncate(sizeBytes: number): Promise<void> {
    return this.#around('truncate', {}, () => this.#inner.truncate(sizeBytes))
  }

  sync(what: 'data' | 'all'): Promise<void> {
    return this.#around('sync', {}, () => this.#inner.sync(what))
  }

  async close(): Promise<void> {
    this.#closing = true
    if (this.#syncedWriteCount > 0) {
      const earlier = this.#whenSynced
      await new Promise<void>((resolve) => {
        this.#whenSynced = () => {
          earlier?.()
          resolve()
        }
      })
    }
    await this.#pass('close', {}, () => this.#inner.close())
  }

  /** A call as it comes. The wrapped file may still be open when this one no longer is. */
  #around<T>(
    operation: FileOperation,
    details: Pick<FileCall, 'target' | 'chunks' | 'offset'>,
    run: () => Promise<T>,
  ): Promise<T> {
    const closed = this.#closing
    return this.#pass(operation, details, async () => {
      if (closed) throw new ClosedError(`file ${this.path}`)
      return run()
    })
  }

  #pass<T>(
    operation: FileOperation,
    details: Pick<FileCall, 'target' | 'chunks' | 'offset'>,
    run: () => Promise<T>,
  ): Promise<T> {
    return this.#intercept({ operation, path: this.#inner.path, file: this.#inner, ...details }, run)
  }
}
