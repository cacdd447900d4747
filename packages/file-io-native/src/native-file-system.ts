import {
  assert,
  type DirectoryEntry,
  type DiskSpace,
  type File,
  type FileLock,
  type FileStatus,
  type FileSystem,
  type FileSystemSupports,
  type OpenMode,
} from '@stratakv/core'
import { createNodeFileSystem } from '@stratakv/file-io'
import { NativeUnavailableError } from './errors.ts'
import { findBinding, type NativeBinding } from './native-binding.ts'
import { NativeCalls } from './native-calls.ts'
import { NativeFile } from './native-file.ts'

/**
 * How bytes travel: `native` through the page cache on threads of its own; `native-direct` past the page cache (O_DIRECT,
 * Linux); `native-uring` through the page cache by io_uring (Linux).
 */
export type NativeBackend = 'native' | 'native-direct' | 'native-uring'

export interface NativeFileSystemOptions {
  /** Default `native`. */
  readonly backend?: NativeBackend
  /** Threads, begun when first needed: as many calls wait for the disk at once. Default 4. */
  readonly threadCount?: number
  /**
   * Of `native-uring`: entries of the submission queue. Default 256. The kernel refuses more than 32,768, and then, as
   * where it grants no ring at all, the threads do the work.
   */
  readonly ringEntryCount?: number
}

/** The machine's disk, by way of Rust. */
export interface NativeFileSystem extends FileSystem, AsyncDisposable {
  /** What is in use, which is `native` where the kernel granted no ring. */
  readonly backend: NativeBackend
  /** Why that is not what was asked for; undefined when it is. */
  readonly fallback: string | undefined
  /** Whether this file bypasses the page cache: with `native-direct`, a disk may still refuse. @throws AssertionError for a file of another file system */
  isDirect(file: File): boolean
  /** Waits for calls that run and ends the threads; files left open are closed. What is called later throws ClosedError. Closing again does nothing. */
  close(): Promise<void>
}

/** @throws NativeUnavailableError when the binary is not there, or cannot do what is asked for */
export function openNativeFileSystem(options: NativeFileSystemOptions = {}): NativeFileSystem {
  const found = findBinding()
  if ('absence' in found) throw new NativeUnavailableError(options.backend ?? 'native', found.absence)
  return new RustFileSystem(found.binding, options)
}

/** Undefined when the binary is not there, or cannot do what is asked for. */
export function findNativeFileSystem(options: NativeFileSystemOptions = {}): NativeFileSystem | undefined {
  try {
    return openNativeFileSystem(options)
  } catch (error) {
    if (error instanceof NativeUnavailableError) return undefined
    throw error
  }
}

const modes: Readonly<Record<OpenMode, number>> = { read: 0, write: 1, create: 2, 'create-new': 3 }

/**
 * Open files and the sync of a folder are Rust's. Names, folders and the lock are file-io's: they are rare, and two
 * processes exclude each other only when both take the lock in the same way.
 */
class RustFileSystem implements NativeFileSystem {
  readonly supports: FileSystemSupports = { link: true, allocate: process.platform === 'linux' }
  readonly backend: NativeBackend
  readonly fallback: string | undefined
  readonly #names = createNodeFileSystem()
  readonly #calls: NativeCalls
  readonly #numbers = new WeakMap<File, number>()

  constructor(binding: NativeBinding, options: NativeFileSystemOptions) {
    const { backend = 'native', threadCount = 4, ringEntryCount = 256 } = options
    assert(Number.isInteger(threadCount) && threadCount >= 1 && threadCount <= 1024, 'threadCount is from 1 to 1024')
    assert(Number.isInteger(ringEntryCount) && ringEntryCount >= 1, 'a ring has entries')
    this.#calls = new NativeCalls(binding, {
      threadCount,
      direct: backend === 'native-direct',
      ...(backend === 'native-uring' ? { ringEntryCount } : {}),
    })
    const { disk } = this.#calls
    if (backend === 'native-direct' && !disk.hasDirect) {
      disk.stop()
      throw new NativeUnavailableError(backend, `O_DIRECT is Linux's alone, and this is ${process.platform}`)
    }
    const lacksRing = backend === 'native-uring' && !disk.hasRing
    this.backend = lacksRing ? 'native' : backend
    this.fallback = lacksRing ? `the kernel grants no io_uring: ${disk.ringRefusal}` : undefined
  }

  async open(path: string, mode: OpenMode): Promise<File> {
    const number = await this.#calls.run(path, 'open', (slot) => this.#calls.disk.open(slot, path, modes[mode]))
    const file = new NativeFile(path, this.#calls, number, mode !== 'read')
    this.#numbers.set(file, number)
    return file
  }

  isDirect(file: File): boolean {
    const number = this.#numbers.get(file)
    assert(number !== undefined, 'a file is asked about where it was opened')
    return this.#calls.disk.isDirect(number)
  }

  async syncDirectory(path: string): Promise<void> {
    await this.#calls.run(path, 'syncDirectory', (slot) => this.#calls.disk.syncDirectory(slot, path))
  }

  createDirectory = (path: string): Promise<void> => this.#names.createDirectory(path)
  list = (path: string): Promise<DirectoryEntry[]> => this.#names.list(path)
  stat = (path: string): Promise<FileStatus | undefined> => this.#names.stat(path)
  rename = (from: string, to: string): Promise<void> => this.#names.rename(from, to)
  link = (existing: string, path: string): Promise<void> => this.#names.link(existing, path)
  remove = (path: string): Promise<void> => this.#names.remove(path)
  removeDirectory = (path: string): Promise<void> => this.#names.removeDirectory(path)
  lock = (path: string): Promise<FileLock> => this.#names.lock(path)
  diskSpace = (path: string): Promise<DiskSpace> => this.#names.diskSpace(path)

  close(): Promise<void> {
    return this.#calls.stop()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }
}
