import {
  type DirectoryEntry,
  type DiskSpace,
  type File,
  FileExistsError,
  FileIoError,
  type FileLock,
  FileLockedError,
  FileNotFoundError,
  type FileStatus,
  type FileSystem,
  type FileSystemSupports,
  NoSpaceError,
  type OpenMode,
} from '@stratakv/core'

/**
 * Shows the folder `folder` of `inner` as a disk whose root it is: `/a` here is `folder/a` there. Several stores or tenants
 * share a disk without seeing each other, and whoever holds only this cannot name anything outside: a path with `..` is
 * refused. Durability, locks, links and free space are the inner disk's. The folder must exist.
 */
export function scopedDisk(inner: FileSystem, folder: string): FileSystem {
  return new ScopedDisk(inner, folder.replace(/\/+$/, ''))
}

class ScopedDisk implements FileSystem {
  /** Asked of the inner disk each time: what it can do, we can. */
  get supports(): FileSystemSupports {
    return this.#inner.supports
  }
  readonly #inner: FileSystem
  readonly #folder: string

  constructor(inner: FileSystem, folder: string) {
    this.#inner = inner
    this.#folder = folder
  }

  open(path: string, mode: OpenMode): Promise<File> {
    return this.#at(path, 'open', async (inside) => new ScopedFile(await this.#inner.open(inside, mode), path))
  }

  createDirectory(path: string): Promise<void> {
    return this.#at(path, 'createDirectory', (inside) => this.#inner.createDirectory(inside))
  }

  list(path: string): Promise<DirectoryEntry[]> {
    return this.#at(path, 'list', (inside) => this.#inner.list(inside))
  }

  stat(path: string): Promise<FileStatus | undefined> {
    return this.#at(path, 'stat', (inside) => this.#inner.stat(inside))
  }

  rename(from: string, to: string): Promise<void> {
    return this.#at(from, 'rename', (inside) => this.#at(to, 'rename', (target) => this.#inner.rename(inside, target)))
  }

  link(existing: string, path: string): Promise<void> {
    return this.#at(existing, 'link', (inside) => this.#at(path, 'link', (made) => this.#inner.link(inside, made)))
  }

  remove(path: string): Promise<void> {
    return this.#at(path, 'remove', (inside) => this.#inner.remove(inside))
  }

  removeDirectory(path: string): Promise<void> {
    return this.#at(path, 'removeDirectory', (inside) => this.#inner.removeDirectory(inside))
  }

  syncDirectory(path: string): Promise<void> {
    return this.#at(path, 'syncDirectory', (inside) => this.#inner.syncDirectory(inside))
  }

  lock(path: string): Promise<FileLock> {
    return this.#at(path, 'lock', (inside) => this.#inner.lock(inside))
  }

  diskSpace(path: string): Promise<DiskSpace> {
    return this.#at(path, 'diskSpace', (inside) => this.#inner.diskSpace(inside))
  }

  /** Runs `call` with the inner name of `path`; what it throws speaks of the names that our caller knows. */
  async #at<T>(path: string, operation: string, call: (inside: string) => Promise<T>): Promise<T> {
    if (path.split('/').includes('..')) throw new FileIoError(path, operation, 'EACCES')
    try {
      return await call(`${this.#folder}/${path.replace(/^\/+/, '')}`.replace(/\/+$/, ''))
    } catch (error) {
      throw renamed(error, (inside) => this.#outside(inside))
    }
  }

  #outside(inside: string): string {
    return inside.startsWith(this.#folder) ? inside.slice(this.#folder.length) || '/' : inside
  }
}

/** Everything goes through but the names: `path`, and the path in errors. */
class ScopedFile implements File {
  readonly path: string
  readonly #inner: File

  constructor(inner: File, path: string) {
    this.#inner = inner
    this.path = path
  }

  sizeBytes = () => this.#as(this.#inner.sizeBytes())
  readAt = (target: Uint8Array, offset: number) => this.#as(this.#inner.readAt(target, offset))
  writeAt = (chunks: readonly Uint8Array[], offset: number, sync?: 'data' | 'all') =>
    this.#as(this.#inner.writeAt(chunks, offset, sync))
  append = (chunks: readonly Uint8Array[]) => this.#as(this.#inner.append(chunks))
  allocate = (offset: number, lengthBytes: number) => this.#as(this.#inner.allocate(offset, lengthBytes))
  truncate = (sizeBytes: number) => this.#as(this.#inner.truncate(sizeBytes))
  sync = (what: 'data' | 'all') => this.#as(this.#inner.sync(what))
  close = () => this.#as(this.#inner.close())

  async #as<T>(result: Promise<T>): Promise<T> {
    try {
      return await result
    } catch (error) {
      throw renamed(error, () => this.path)
    }
  }
}

/** The same error about another name. ClosedError and strangers name no file and pass as they are. */
function renamed(error: unknown, nameOf: (path: string) => string): unknown {
  const options = { cause: error }
  if (error instanceof FileNotFoundError) return new FileNotFoundError(nameOf(error.path), options)
  if (error instanceof FileExistsError) return new FileExistsError(nameOf(error.path), options)
  if (error instanceof FileLockedError) return new FileLockedError(nameOf(error.path), error.holder, options)
  if (error instanceof NoSpaceError) return new NoSpaceError(nameOf(error.path), options)
  if (error instanceof FileIoError) return new FileIoError(nameOf(error.path), error.operation, error.errno, options)
  return error
}
