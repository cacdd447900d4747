import {
  compareBytes,
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
  GiB,
  type OpenMode,
  type Random,
} from '@stratakv/core'
import { DiskFile } from './disk-file.ts'
import { DiskMeter } from './disk-meter.ts'
import { type DiskFolder, DiskNames, type DiskNode } from './disk-names.ts'
import { type FileHost, MemoryFile } from './memory-file.ts'

export interface MemoryDiskDeps {
  /** The dice of power cuts, where the call brings none. */
  readonly random: Random
}

export interface MemoryDiskOptions {
  /** Default 4 GiB: enough for tests, and it stops a runaway one before the machine's memory does. Holes are free. */
  readonly capacityBytes?: number
}

/** A sync as a listener sees it, once `before` it settles anything and once `after`. */
export interface SyncPoint {
  readonly moment: 'before' | 'after'
  /** `file` for File.sync, `directory` for syncDirectory. */
  readonly kind: 'file' | 'directory'
  readonly path: string
  /** Counts both kinds from 1; the same in both moments. */
  readonly order: number
}

/** Syncs that have settled. */
export interface SyncCounts {
  readonly fileCount: number
  readonly directoryCount: number
}

/** A disk in memory that knows what a power cut may take. */
export interface MemoryDisk extends FileSystem {
  readonly syncs: SyncCounts
  /**
   * A new disk as this one may be after a power cut now. What was synced is there. Each unsynced write is there, is not,
   * or is torn at sectors of 512 bytes, in any order; each unsynced change of a name is there or is not, a rename as one.
   * Nothing is locked. This disk and its handles go on unharmed.
   */
  clonePowerCut(random?: Random): MemoryDisk
  /** Calls `listener` synchronously at every sync, where it may clone the disk. Returns the way to stop. */
  onSync(listener: (point: SyncPoint) => void): () => void
}

export function createMemoryDisk(deps: MemoryDiskDeps, options: MemoryDiskOptions = {}): MemoryDisk {
  return new SimulatedDisk(deps, options)
}

/** The folders on the way to a name, the last of which holds it or would. */
interface Place {
  readonly folders: readonly DiskFolder[]
  readonly folder: DiskFolder
  readonly name: string
  readonly node: DiskNode | undefined
}

class SimulatedDisk implements MemoryDisk, FileHost {
  readonly supports: FileSystemSupports = { link: true, allocate: true }
  readonly meter: DiskMeter
  readonly #deps: MemoryDiskDeps
  readonly #options: MemoryDiskOptions
  readonly #names = new DiskNames()
  readonly #locked = new Set<string>()
  readonly #listeners = new Set<(point: SyncPoint) => void>()
  #syncs: SyncCounts = { fileCount: 0, directoryCount: 0 }

  constructor(deps: MemoryDiskDeps, options: MemoryDiskOptions) {
    this.#deps = deps
    this.#options = options
    this.meter = new DiskMeter(options.capacityBytes ?? GiB(4))
  }

  get syncs(): SyncCounts {
    return this.#syncs
  }

  async open(path: string, mode: OpenMode): Promise<File> {
    await undefined
    const { folder, name, node } = this.#place(path, 'open')
    if (node !== undefined && mode === 'create-new') throw new FileExistsError(path)
    if (node?.kind === 'directory') throw new FileIoError(path, 'open', 'EISDIR')
    if (node !== undefined) return new MemoryFile(path, node, this, mode !== 'read')
    if (mode === 'read' || mode === 'write') throw new FileNotFoundError(path)
    const made = new DiskFile(this.meter)
    this.#names.set({ folder, name, node: made })
    return new MemoryFile(path, made, this, true)
  }

  async createDirectory(path: string): Promise<void> {
    await undefined
    const parts = partsOf(path)
    let folder = this.#names.root
    for (const [index, name] of parts.entries()) {
      const node = folder.entries.get(name)
      if (node?.kind === 'file') {
        throw index === parts.length - 1
          ? new FileExistsError(path)
          : new FileIoError(path, 'createDirectory', 'ENOTDIR')
      }
      const next = node ?? this.#names.newFolder()
      if (node === undefined) this.#names.set({ folder, name, node: next })
      folder = next
    }
  }

  async list(path: string): Promise<DirectoryEntry[]> {
    await undefined
    const encoder = new TextEncoder()
    return [...this.#folder(path, 'list').entries]
      .map(([name, { kind }]) => ({ bytes: encoder.encode(name), name, kind }))
      .sort((left, right) => compareBytes(left.bytes, right.bytes))
      .map(({ name, kind }) => ({ name, kind }))
  }

  async stat(path: string): Promise<FileStatus | undefined> {
    await undefined
    const node = this.#find(path)
    if (node === undefined) return undefined
    return node.kind === 'file' ? { kind: 'file', sizeBytes: node.sizeBytes } : { kind: 'directory', sizeBytes: 0 }
  }

  async rename(from: string, to: string): Promise<void> {
    await undefined
    const source = this.#place(from, 'rename')
    if (source.node === undefined) throw new FileNotFoundError(from)
    const target = this.#place(to, 'rename')
    // Two names of one file, or twice the same name: nothing to do (rename(2) of POSIX).
    if (source.node === target.node) return
    refuseReplacement(source.node, target, from)
    this.#names.move(
      { folder: source.folder, name: source.name, node: undefined },
      { folder: target.folder, name: target.name, node: source.node },
      target.folders.filter((folder) => !source.folders.includes(folder)),
    )
  }

  async link(existing: string, path: string): Promise<void> {
    await undefined
    const { node } = this.#place(existing, 'link')
    if (node === undefined) throw new FileNotFoundError(existing)
    if (node.kind === 'directory') throw new FileIoError(existing, 'link', 'EPERM')
    const target = this.#place(path, 'link')
    if (target.node !== undefined) throw new FileExistsError(path)
    this.#names.set({ folder: target.folder, name: target.name, node })
  }

  async remove(path: string): Promise<void> {
    await undefined
    const { folder, name, node } = this.#place(path, 'remove')
    if (node === undefined) throw new FileNotFoundError(path)
    if (node.kind === 'directory') throw new FileIoError(path, 'remove', 'EISDIR')
    this.#names.set({ folder, name, node: undefined })
  }

  async removeDirectory(path: string): Promise<void> {
    await undefined
    if (this.#find(path) === undefined) return
    const { folder, name, node } = this.#place(path, 'removeDirectory')
    if (node?.kind === 'file') throw new FileIoError(path, 'removeDirectory', 'ENOTDIR')
    if (node !== undefined) this.#empty(node)
    this.#names.set({ folder, name, node: undefined })
  }

  async syncDirectory(path: string): Promise<void> {
    const mark = this.#names.mark
    await undefined
    const folder = this.#folder(path, 'syncDirectory')
    this.#sync('directory', path, () => this.#names.settle(folder, mark))
  }

  async lock(path: string): Promise<FileLock> {
    await undefined
    const { node } = this.#place(path, 'lock')
    if (node?.kind === 'directory') throw new FileIoError(path, 'lock', 'EISDIR')
    const key = partsOf(path).join('/')
    if (this.#locked.has(key)) throw new FileLockedError(path, 'another user of this memory disk')
    this.#locked.add(key)
    let released = false
    return {
      release: async () => {
        if (released) return
        released = true
        this.#locked.delete(key)
      },
    }
  }

  async diskSpace(path: string): Promise<DiskSpace> {
    await undefined
    if (this.#find(path) === undefined) throw new FileNotFoundError(path)
    return this.meter.space
  }

  clonePowerCut(random: Random = this.#deps.random): MemoryDisk {
    const clone = new SimulatedDisk(this.#deps, this.#options)
    const survivors = this.#names.afterPowerCut(random)
    const files = new Map<DiskFile, DiskFile>()
    const copy = (source: DiskFolder, target: DiskFolder): void => {
      for (const [name, node] of survivors.get(source) ?? source.certain) {
        let twin: DiskNode
        if (node.kind === 'directory') {
          twin = clone.#names.newFolder()
          copy(node, twin)
        } else {
          // Two names of one file stay one file.
          twin = files.get(node) ?? node.afterPowerCut(random, clone.meter)
          files.set(node, twin)
        }
        clone.#names.restore({ folder: target, name, node: twin })
      }
    }
    copy(this.#names.root, clone.#names.root)
    return clone
  }

  onSync(listener: (point: SyncPoint) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  syncing(path: string, settle: () => void): void {
    this.#sync('file', path, settle)
  }

  #sync(kind: SyncPoint['kind'], path: string, settle: () => void): void {
    const order = this.#syncs.fileCount + this.#syncs.directoryCount + 1
    for (const listener of this.#listeners) listener({ moment: 'before', kind, path, order })
    settle()
    this.#syncs = {
      fileCount: this.#syncs.fileCount + (kind === 'file' ? 1 : 0),
      directoryCount: this.#syncs.directoryCount + (kind === 'directory' ? 1 : 0),
    }
    for (const listener of this.#listeners) listener({ moment: 'after', kind, path, order })
  }

  /** Removes what is in a folder, name by name, as a recursive removal does. */
  #empty(folder: DiskFolder): void {
    for (const [name, node] of [...folder.entries]) {
      if (node.kind === 'directory') this.#empty(node)
      this.#names.set({ folder, name, node: undefined })
    }
  }

  /** Undefined when nothing has that name: below a file there is nothing either. */
  #find(path: string): DiskNode | undefined {
    let node: DiskNode | undefined = this.#names.root
    for (const name of partsOf(path)) {
      if (node?.kind !== 'directory') return undefined
      node = node.entries.get(name)
    }
    return node
  }

  #folder(path: string, operation: string): DiskFolder {
    let node: DiskNode = this.#names.root
    for (const name of partsOf(path)) {
      if (node.kind === 'file') throw new FileIoError(path, operation, 'ENOTDIR')
      const next: DiskNode | undefined = node.entries.get(name)
      if (next === undefined) throw new FileNotFoundError(path)
      node = next
    }
    if (node.kind === 'file') throw new FileIoError(path, operation, 'ENOTDIR')
    return node
  }

  #place(path: string, operation: string): Place {
    const parts = partsOf(path)
    const name = parts.pop()
    // The root has no name that could be opened, moved or removed.
    if (name === undefined) throw new FileIoError(path, operation, 'EISDIR')
    const folders = [this.#names.root]
    let folder = this.#names.root
    for (const part of parts) {
      const node = folder.entries.get(part)
      if (node === undefined) throw new FileNotFoundError(path)
      if (node.kind === 'file') throw new FileIoError(path, operation, 'ENOTDIR')
      folders.push(node)
      folder = node
    }
    return { folders, folder, name, node: folder.entries.get(name) }
  }
}

function refuseReplacement(source: DiskNode, target: Place, path: string): void {
  const replaced = target.node
  if (source.kind === 'file') {
    if (replaced?.kind === 'directory') throw new FileIoError(path, 'rename', 'EISDIR')
    return
  }
  if (target.folders.includes(source)) throw new FileIoError(path, 'rename', 'EINVAL')
  if (replaced?.kind === 'file') throw new FileIoError(path, 'rename', 'ENOTDIR')
  if (replaced !== undefined && replaced.entries.size > 0) throw new FileIoError(path, 'rename', 'ENOTEMPTY')
}

/** The names on a path. `.` and doubled slashes mean nothing, `..` goes back; there is no current folder, so `a` is `/a`. */
function partsOf(path: string): string[] {
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return parts
}
