import { StrataError } from './errors.ts'

/** What an implementation can do beyond the minimum; the compliance suite checks both answers. */
export interface FileSystemSupports {
  /** `link` makes a second name for a file; else it throws {@link FileIoError} with errno `ENOTSUP`. */
  readonly link: boolean
  /** `allocate` reserves blocks; else it only extends the size. */
  readonly allocate: boolean
}

/** How `open` treats a file that exists, or does not. */
export type OpenMode =
  /** Must exist; writes are refused. */
  | 'read'
  /** Must exist; reads and writes. */
  | 'write'
  /** Created when missing; reads and writes. */
  | 'create'
  /** Must not exist; reads and writes. */
  | 'create-new'

export interface DirectoryEntry {
  readonly name: string
  readonly kind: 'file' | 'directory'
}

export interface FileStatus {
  readonly kind: 'file' | 'directory'
  /** 0 for a directory. */
  readonly sizeBytes: number
}

export interface DiskSpace {
  readonly capacityBytes: number
  readonly availableBytes: number
}

/** Held until `release`, or until the process ends, however it ends. */
export interface FileLock {
  /** Releasing again does nothing. */
  release(): Promise<void>
}

/**
 * A disk. Paths use `/`. No call blocks the caller's thread. Calls may overlap, except where two touch the same
 * name or the same bytes: their order is then undefined.
 *
 * **Durability.** Bytes are certain after `File.sync`, if their write had resolved before the call, and after a
 * `File.writeAt` that was asked to sync. A name (created, renamed, linked, removed; of a file or a folder) is certain after `syncDirectory` of the folder that holds it. Before
 * that, a power cut may keep, lose or, for bytes, tear it, and in any order. A sync that failed settles nothing, and a
 * later one that succeeds does not make up for it: the system may have dropped what it could not write.
 */
export interface FileSystem {
  readonly supports: FileSystemSupports
  /** A folder cannot be opened: FileIoError with errno `EISDIR`. @throws FileNotFoundError, FileExistsError, NoSpaceError, FileIoError */
  open(path: string, mode: OpenMode): Promise<File>
  /** Makes the folder and its missing parents, each of them a new name to sync; an existing folder is fine. @throws FileExistsError when a file has the name */
  createDirectory(path: string): Promise<void>
  /** Entries in byte order of their names. @throws FileNotFoundError */
  list(path: string): Promise<DirectoryEntry[]>
  /** `undefined` when nothing has that name. */
  stat(path: string): Promise<FileStatus | undefined>
  /** Atomic, also across a power cut; an existing file at `to` is replaced. A folder moves with all below it, to a name that is free. @throws FileNotFoundError */
  rename(from: string, to: string): Promise<void>
  /** Gives the file a second name. @throws FileNotFoundError, FileExistsError */
  link(existing: string, path: string): Promise<void>
  /** Removes a file's name; handles that are open stay usable. @throws FileNotFoundError, FileIoError for a folder */
  remove(path: string): Promise<void>
  /** Removes a folder and all below it, one name at a time; a missing one is fine. @throws FileIoError with errno `ENOTDIR` for a file */
  removeDirectory(path: string): Promise<void>
  /** Makes the names in this folder durable; not those in folders below it. @throws FileNotFoundError */
  syncDirectory(path: string): Promise<void>
  /**
   * Takes an exclusive lock named by `path` against this and every other process. A file of that name may appear, and
   * stay; its folder must exist. @throws FileLockedError, which names the holder when known
   */
  lock(path: string): Promise<FileLock>
  diskSpace(path: string): Promise<DiskSpace>
}

/**
 * An open file. Buffers passed in belong to the file until the returned promise settles: the caller neither writes
 * to nor reuses them before. After `close` every call but `close` throws ClosedError. Opened with `read`, what would
 * change the file throws FileIoError with errno `EBADF`.
 */
export interface File {
  readonly path: string
  sizeBytes(): Promise<number>
  /** Fills `target` from `offset`; the number of bytes read is less than `target.length` only at the end of the file, and 0 behind it. */
  readAt(target: Uint8Array, offset: number): Promise<number>
  /**
   * Writes the chunks one after another from `offset`; all of them, or it throws and any prefix may be there. A gap reads as zeros.
   *
   * With `sync` it is the write and then `sync(sync)`, and resolves when both are done: one call, so that a backend can do
   * the two in one go. It syncs also when there is nothing to write. When it throws, the bytes may be there or not, as
   * after a sync that failed. @throws NoSpaceError, FileIoError, of which `operation` says which of the two failed
   */
  writeAt(chunks: readonly Uint8Array[], offset: number, sync?: 'data' | 'all'): Promise<void>
  /** Writes at the end. Returns the offset at which the first byte landed. Appends to one file must not overlap. @throws NoSpaceError, FileIoError */
  append(chunks: readonly Uint8Array[]): Promise<number>
  /** Makes the file at least `offset + lengthBytes` long, with zeros, with its blocks reserved where supported. Changes no byte that is there. @throws NoSpaceError, FileIoError */
  allocate(offset: number, lengthBytes: number): Promise<void>
  /** Cuts or extends (with zeros). */
  truncate(sizeBytes: number): Promise<void>
  /**
   * `data` also makes durable whatever size is needed to read the data back (fdatasync), not a truncate or allocate
   * that came after the last write; `all` (fsync) does.
   */
  sync(what: 'data' | 'all'): Promise<void>
  /** Waits for calls that are running; syncs nothing. Closing again does nothing. */
  close(): Promise<void>
}

export class FileNotFoundError extends StrataError {
  readonly code = 'FS_NOT_FOUND'
  readonly path: string
  constructor(path: string, options?: ErrorOptions) {
    super(`no such file or directory: ${path}`, options)
    this.path = path
  }
}

export class FileExistsError extends StrataError {
  readonly code = 'FS_EXISTS'
  readonly path: string
  constructor(path: string, options?: ErrorOptions) {
    super(`already exists: ${path}`, options)
    this.path = path
  }
}

export class FileLockedError extends StrataError {
  readonly code = 'FS_LOCKED'
  readonly path: string
  /** E.g. `process 4711`; undefined when it cannot be known. */
  readonly holder: string | undefined
  constructor(path: string, holder: string | undefined, options?: ErrorOptions) {
    super(`${path} is locked by ${holder ?? 'another process'}`, options)
    this.path = path
    this.holder = holder
  }
}

/** The disk is full (ENOSPC, EDQUOT). */
export class NoSpaceError extends StrataError {
  readonly code = 'FS_NO_SPACE'
  readonly path: string
  constructor(path: string, options?: ErrorOptions) {
    super(`no space left on the disk that holds ${path}`, options)
    this.path = path
  }
}

/** Any other failure of the disk. */
export class FileIoError extends StrataError {
  readonly code = 'FS_IO'
  readonly path: string
  readonly operation: string
  /** The system's name for it, e.g. `EIO`. */
  readonly errno: string
  constructor(path: string, operation: string, errno: string, options?: ErrorOptions) {
    super(`${operation} of ${path} failed: ${errno}`, options)
    this.path = path
    this.operation = operation
    this.errno = errno
  }
}

/**
 * The typed error for what the system calls `errno`, when `operation` on `path` failed with it.
 *
 * @example
 * throw fileError('ENOSPC', '/data/log', 'write') // a NoSpaceError
 */
export function fileError(errno: string, path: string, operation: string, options?: ErrorOptions): StrataError {
  switch (errno) {
    case 'ENOENT':
      return new FileNotFoundError(path, options)
    case 'EEXIST':
      return new FileExistsError(path, options)
    case 'ENOSPC':
    case 'EDQUOT':
      return new NoSpaceError(path, options)
    default:
      return new FileIoError(path, operation, errno, options)
  }
}

/** Of a path: what has to be synced for its name to be durable. `.` for a name without a folder. */
export function parentDirectory(path: string): string {
  const slash = path.lastIndexOf('/')
  return slash < 0 ? '.' : slash === 0 ? '/' : path.slice(0, slash)
}
