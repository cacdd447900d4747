import { Buffer } from 'node:buffer'
import { constants, type Dirent } from 'node:fs'
import { link, mkdir, open, readdir, rename, rm, stat, statfs, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type DirectoryEntry,
  type DiskSpace,
  type File,
  FileIoError,
  type FileLock,
  type FileStatus,
  type FileSystem,
  type FileSystemSupports,
  type OpenMode,
} from '@stratakv/core'
import { errnoOf, typedError } from './errno.ts'
import { lockFile } from './file-lock.ts'
import { NodeFile } from './node-file.ts'

const openFlags: Readonly<Record<OpenMode, number>> = {
  read: constants.O_RDONLY,
  write: constants.O_RDWR,
  create: constants.O_RDWR | constants.O_CREAT,
  'create-new': constants.O_RDWR | constants.O_CREAT | constants.O_EXCL,
}

/**
 * The machine's disk. Calls run on libuv's thread pool, four threads unless `UV_THREADPOOL_SIZE` says otherwise, which
 * zlib, dns and native add-ons share: an fsync can queue behind their work. Stateless but for the locks it holds.
 */
export function createNodeFileSystem(): FileSystem {
  return new NodeFileSystem()
}

class NodeFileSystem implements FileSystem {
  /** Node has no fallocate, so `allocate` only extends. */
  readonly supports: FileSystemSupports = { link: true, allocate: false }

  async open(path: string, mode: OpenMode): Promise<File> {
    return typed(path, 'open', async () => {
      const handle = await open(path, openFlags[mode])
      // Linux opens a folder for reading and only complains at the first read.
      if (mode === 'read' && (await handle.stat()).isDirectory()) {
        await handle.close()
        throw new FileIoError(path, 'open', 'EISDIR')
      }
      return new NodeFile(path, handle, mode !== 'read')
    })
  }

  async createDirectory(path: string): Promise<void> {
    await typed(path, 'createDirectory', () => mkdir(path, { recursive: true }))
  }

  list(path: string): Promise<DirectoryEntry[]> {
    return typed(path, 'list', async () => {
      const found = await readdir(path, { withFileTypes: true })
      const entries = await Promise.all(found.map((entry) => describe(path, entry)))
      // By bytes of the UTF-8 form: JavaScript's own order differs above U+FFFF.
      return entries.sort((left, right) => Buffer.compare(Buffer.from(left.name), Buffer.from(right.name)))
    })
  }

  stat(path: string): Promise<FileStatus | undefined> {
    return typed(path, 'stat', async () => {
      try {
        const found = await stat(path)
        return found.isDirectory() ? { kind: 'directory', sizeBytes: 0 } : { kind: 'file', sizeBytes: found.size }
      } catch (error) {
        // ENOTDIR: a file stands where the path needs a folder, so nothing has the name either.
        if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR') return undefined
        throw error
      }
    })
  }

  rename(from: string, to: string): Promise<void> {
    return typed(from, 'rename', () => this.#blaming('rename', from, to, () => rename(from, to)))
  }

  link(existing: string, path: string): Promise<void> {
    return typed(existing, 'link', () => this.#blaming('link', existing, path, () => link(existing, path)))
  }

  /** Of a call with two names, the system does not say which one it could not take. */
  async #blaming(operation: string, existing: string, path: string, body: () => Promise<void>): Promise<void> {
    try {
      await body()
    } catch (error) {
      const errno = errnoOf(error)
      // What is missing when `existing` is there is the folder of the other.
      const other = errno === 'EEXIST' || (errno === 'ENOENT' && (await this.stat(existing)) !== undefined)
      throw typedError(error, other ? path : existing, operation)
    }
  }

  remove(path: string): Promise<void> {
    return typed(path, 'remove', () => unlink(path))
  }

  removeDirectory(path: string): Promise<void> {
    return typed(path, 'removeDirectory', async () => {
      const found = await this.stat(path)
      if (found === undefined) return
      if (found.kind === 'file') throw new FileIoError(path, 'removeDirectory', 'ENOTDIR')
      await rm(path, { recursive: true, force: true })
    })
  }

  syncDirectory(path: string): Promise<void> {
    return typed(path, 'syncDirectory', async () => {
      // Windows has no such call: NTFS writes names through its own journal.
      if (process.platform === 'win32') return
      const handle = await open(path, constants.O_RDONLY | constants.O_DIRECTORY)
      try {
        await handle.sync()
      } finally {
        await handle.close()
      }
    })
  }

  lock(path: string): Promise<FileLock> {
    return typed(path, 'lock', () => lockFile(path))
  }

  diskSpace(path: string): Promise<DiskSpace> {
    return typed(path, 'diskSpace', async () => {
      const found = await statfs(path)
      // `bavail`, not `bfree`: the blocks kept for root are no use to us.
      return { capacityBytes: found.blocks * found.bsize, availableBytes: found.bavail * found.bsize }
    })
  }
}

async function typed<T>(path: string, operation: string, body: () => Promise<T>): Promise<T> {
  try {
    return await body()
  } catch (error) {
    throw typedError(error, path, operation)
  }
}

/** A link counts as what it leads to; one that leads nowhere, and sockets and devices, as a file. */
async function describe(parent: string, entry: Dirent): Promise<DirectoryEntry> {
  if (!entry.isSymbolicLink()) return { name: entry.name, kind: entry.isDirectory() ? 'directory' : 'file' }
  try {
    const target = await stat(join(parent, entry.name))
    return { name: entry.name, kind: target.isDirectory() ? 'directory' : 'file' }
  } catch (error) {
    if (errnoOf(error) === undefined) throw error
    return { name: entry.name, kind: 'file' }
  }
}
