import {
  type Checksum,
  compareBytes,
  type File,
  FileNotFoundError,
  type FileSystem,
  keyInRange,
  type LogIndex,
  parentDirectory,
  type Region,
  type RegionId,
  type Term,
} from '@stratakv/core'
import { decodeChunk, SnapshotChecker, type SnapshotChunk, SnapshotCorruptionError } from './snapshot-format.ts'

/** Which snapshot. */
export interface SnapshotName {
  readonly regionId: RegionId
  readonly term: Term
  readonly index: LogIndex
}

const lengthBytes = 4

/**
 * Snapshots that came in, one file each: a run of chunks, each behind its length (u32le). A file has its name only when it is whole and
 * durable, so that the peer that takes it on can do so again after a crash.
 */
export class SnapshotSpool {
  readonly #fileSystem: FileSystem
  readonly #directory: string
  readonly #checksum: Checksum
  #incoming = 0

  private constructor(fileSystem: FileSystem, directory: string, checksum: Checksum) {
    this.#fileSystem = fileSystem
    this.#directory = directory
    this.#checksum = checksum
  }

  /** Makes the folder, and drops what was on its way when the store stopped. */
  static async open(fileSystem: FileSystem, directory: string, checksum: Checksum): Promise<SnapshotSpool> {
    await fileSystem.createDirectory(directory)
    // Its own name, too, has to survive a power cut, and with it what is in it.
    await fileSystem.syncDirectory(parentDirectory(directory))
    for (const { name } of await fileSystem.list(directory)) {
      if (name.endsWith('.incoming')) await fileSystem.remove(`${directory}/${name}`)
    }
    return new SnapshotSpool(fileSystem, directory, checksum)
  }

  /** Takes a snapshot of `region` in. It is there, whole, when this resolves. @throws SnapshotCorruptionError, NoSpaceError, FileIoError */
  async receive(name: SnapshotName, region: Region, chunks: AsyncIterable<Uint8Array>): Promise<void> {
    const temporary = `${this.#directory}/${++this.#incoming}.incoming`
    const file = await this.#fileSystem.open(temporary, 'create-new')
    try {
      const checker = checkerOf(region)
      let offset = 0
      for await (const chunk of chunks) {
        checker.next(decodeChunk(chunk, this.#checksum))
        const length = new Uint8Array(lengthBytes)
        new DataView(length.buffer).setUint32(0, chunk.length, true)
        await file.writeAt([length, chunk], offset)
        offset += lengthBytes + chunk.length
      }
      if (!checker.isComplete) throw new SnapshotCorruptionError('it was cut off')
      await file.sync('all')
    } catch (error) {
      await file.close()
      await this.#fileSystem.remove(temporary).catch(() => {})
      throw error
    }
    await file.close()
    await this.#fileSystem.rename(temporary, this.#pathOf(name))
    await this.#fileSystem.syncDirectory(this.#directory)
  }

  async has(name: SnapshotName): Promise<boolean> {
    return (await this.#fileSystem.stat(this.#pathOf(name))) !== undefined
  }

  /** The chunks with data. @throws SnapshotCorruptionError, FileNotFoundError */
  async *read(name: SnapshotName, region: Region): AsyncGenerator<SnapshotChunk & { readonly type: 'data' }> {
    const file = await this.#fileSystem.open(this.#pathOf(name), 'read')
    try {
      const checker = checkerOf(region)
      for (let offset = 0; !checker.isComplete; ) {
        const length = new DataView((await readExactly(file, offset, lengthBytes)).buffer).getUint32(0, true)
        const size = await file.sizeBytes()
        if (offset + lengthBytes + length > size)
          throw new SnapshotCorruptionError('its file ends in the middle of a chunk')
        const chunk = decodeChunk(await readExactly(file, offset + lengthBytes, length), this.#checksum)
        checker.next(chunk)
        if (chunk.type === 'data') yield chunk
        offset += lengthBytes + length
      }
    } finally {
      await file.close()
    }
  }

  /** One that is not there is no error: it may be asked for twice at a time. */
  async remove(name: SnapshotName): Promise<void> {
    try {
      await this.#fileSystem.remove(this.#pathOf(name))
    } catch (error) {
      if (!(error instanceof FileNotFoundError)) throw error
    }
  }

  /** Nobody waits for any. */
  async removeAll(): Promise<void> {
    for (const { name } of await this.#fileSystem.list(this.#directory)) {
      if (name.endsWith('.snapshot')) await this.#fileSystem.remove(`${this.#directory}/${name}`)
    }
  }

  #pathOf({ regionId, term, index }: SnapshotName): string {
    return `${this.#directory}/region-${regionId}-${term}-${index}.snapshot`
  }
}

function checkerOf({ startKey, endKey }: Region): SnapshotChecker {
  return new SnapshotChecker((key) => keyInRange(key, startKey, endKey), compareBytes)
}

async function readExactly(file: File, offset: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length)
  const count = await file.readAt(bytes, offset)
  if (count < length) throw new SnapshotCorruptionError('its file ends too early')
  return bytes
}
