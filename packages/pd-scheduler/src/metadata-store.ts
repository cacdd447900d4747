import { ClosedError, type File, type FileSystem } from '@stratakv/core'
import { MetadataPoisonedError, PdBusyError, PdLimitError } from './errors.ts'
import {
  changeBytes,
  encodeHeader,
  encodeRecord,
  headerBytes,
  keyBytesMax,
  type MetadataChange,
  recordBytesMax,
  recordHeaderBytes,
  recoverMetadata,
} from './metadata-format.ts'

export type { MetadataChange } from './metadata-format.ts'

/** In the folder of the store. */
export const metadataFileName = 'metadata.log'

export interface MetadataStoreOptions {
  /** Folder of the file; made when missing. The caller holds the lock that keeps other processes out. */
  readonly directory: string
  /**
   * The file is rewritten once its log part is longer than this and than twice its snapshot part, so rewriting costs at
   * most half of what was written in between. Bytes.
   */
  readonly rewriteAfterBytes: number
}

/** Calls of `commit` that may wait for the disk; beyond it {@link PdBusyError}. */
const waitingCommitsMax = 65_536
/** A snapshot is written in records of about this size, so that no long run of encoding blocks the loop. Bytes. */
const snapshotRecordBytes = 1024 * 1024

interface WaitingCommit {
  readonly changes: readonly MetadataChange[]
  readonly sizeBytes: number
  resolve(): void
  reject(error: unknown): void
}

/**
 * A small durable map: one file, a snapshot followed by a log of changes (`FORMAT.md`). Everything is in memory; reads
 * never touch the disk. Commits that arrive while a sync runs share the next one.
 *
 * Invariant: one append is one record, and it is synced before the next begins. So after a crash only the last record can
 * be incomplete, and a commit is there whole or not at all.
 */
export class MetadataStore {
  readonly path: string
  readonly #fs: FileSystem
  readonly #options: MetadataStoreOptions
  readonly #state: Map<string, Uint8Array>
  #file: File
  #sequence: bigint
  #snapshotBytes: number
  #sizeBytes: number
  readonly #waiting: WaitingCommit[] = []
  #writer: Promise<void> | undefined
  #poison: MetadataPoisonedError | undefined
  #closed = false

  private constructor(fs: FileSystem, options: MetadataStoreOptions, path: string, file: File, opened: OpenedMetadata) {
    this.path = path
    this.#fs = fs
    this.#options = options
    this.#file = file
    this.#state = opened.state
    this.#sequence = opened.sequence
    this.#snapshotBytes = opened.snapshotBytes
    this.#sizeBytes = opened.sizeBytes
  }

  /** @throws MetadataCorruptionError, MetadataVersionError, and what the file system throws */
  static async open(fs: FileSystem, options: MetadataStoreOptions): Promise<MetadataStore> {
    const path = `${options.directory}/${metadataFileName}`
    const temporary = temporaryPath(path)
    // A leftover of a rewrite that a crash cut off: the file it was to replace is still in place, or never was.
    if ((await fs.stat(temporary)) !== undefined) await fs.remove(temporary)
    if ((await fs.stat(path)) === undefined) await writeSnapshot(fs, options.directory, path, new Map())
    const file = await fs.open(path, 'write')
    try {
      const bytes = new Uint8Array(await file.sizeBytes())
      const read = await file.readAt(bytes, 0)
      const recovered = recoverMetadata(path, bytes.subarray(0, read))
      if (recovered.soundBytes < read) await file.truncate(recovered.soundBytes)
      // What was read may still be in the page cache only (the last process was killed, not the machine). It is about to
      // be acted on, so it must not vanish in a later power cut.
      await file.sync('all')
      await fs.syncDirectory(options.directory)
      return new MetadataStore(fs, options, path, file, { ...recovered, sizeBytes: recovered.soundBytes })
    } catch (error) {
      await file.close()
      throw error
    }
  }

  /** What is durable now. The bytes belong to the store. */
  get(key: string): Uint8Array | undefined {
    return this.#state.get(key)
  }

  /** Durable entries whose key begins with `prefix`, in order of their keys' UTF-16 units. */
  entries(prefix: string): [key: string, value: Uint8Array][] {
    return [...this.#state].filter(([key]) => key.startsWith(prefix)).sort(([left], [right]) => (left < right ? -1 : 1))
  }

  /**
   * Makes all changes durable, together; resolves after. Commits become visible and resolve in the order of the calls.
   * Values belong to the store from this call on.
   * @throws PdBusyError, PdLimitError, MetadataPoisonedError, ClosedError
   */
  commit(changes: readonly MetadataChange[]): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#closed) throw new ClosedError('metadata store')
      if (this.#poison !== undefined) throw this.#poison
      if (this.#waiting.length >= waitingCommitsMax) throw new PdBusyError('metadata commits', waitingCommitsMax)
      let sizeBytes = 0
      for (const change of changes) {
        if (change.key.length * 3 > keyBytesMax)
          throw new PdLimitError('metadata key length', keyBytesMax, change.key.length * 3)
        sizeBytes += changeBytes(change)
      }
      const limit = recordBytesMax - recordHeaderBytes
      if (sizeBytes > limit) throw new PdLimitError('bytes in one metadata commit', limit, sizeBytes)
      this.#waiting.push({ changes, sizeBytes, resolve, reject })
      this.#writer ??= this.#write()
    })
  }

  /** Waits for the commits in flight, then closes the file. */
  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    await this.#writer
    await this.#file.close()
  }

  async #write(): Promise<void> {
    // Callers in the same turn get into the first record too.
    await Promise.resolve()
    let group: WaitingCommit[] = []
    try {
      while (this.#waiting.length > 0) {
        group = this.#takeGroup()
        const changes = group.flatMap((commit) => commit.changes)
        const record = encodeRecord(this.#sequence + 1n, changes)
        await this.#file.append([record])
        await this.#file.sync('data')
        this.#sequence += 1n
        this.#sizeBytes += record.length
        for (const { key, value } of changes) {
          if (value === undefined) this.#state.delete(key)
          else this.#state.set(key, value)
        }
        for (const commit of group) commit.resolve()
        group = []
        if (this.#rewriteIsDue()) await this.#rewrite()
      }
    } catch (cause) {
      this.#poison = new MetadataPoisonedError(this.path, { cause })
      for (const commit of [...group, ...this.#waiting.splice(0)]) commit.reject(this.#poison)
    } finally {
      this.#writer = undefined
    }
  }

  #takeGroup(): WaitingCommit[] {
    let sizeBytes = recordHeaderBytes
    let count = 0
    for (const commit of this.#waiting) {
      if (sizeBytes + commit.sizeBytes > recordBytesMax) break
      sizeBytes += commit.sizeBytes
      count++
    }
    return this.#waiting.splice(0, count)
  }

  #rewriteIsDue(): boolean {
    const logBytes = this.#sizeBytes - headerBytes - this.#snapshotBytes
    return logBytes > this.#options.rewriteAfterBytes && logBytes > 2 * this.#snapshotBytes
  }

  async #rewrite(): Promise<void> {
    const written = await writeSnapshot(this.#fs, this.#options.directory, this.path, this.#state)
    // From the rename on, appends to the old handle would go to a file without a name.
    const file = await this.#fs.open(this.path, 'write')
    await this.#file.close()
    this.#file = file
    this.#sequence = written.sequence
    this.#snapshotBytes = written.snapshotBytes
    this.#sizeBytes = headerBytes + written.snapshotBytes
  }
}

interface OpenedMetadata {
  readonly state: Map<string, Uint8Array>
  readonly sequence: bigint
  readonly snapshotBytes: number
  readonly sizeBytes: number
}

function temporaryPath(path: string): string {
  return `${path}.tmp`
}

/**
 * Puts a file with just this state in place of the one at `path`, or makes it. A crash at any point leaves the old file or
 * the new one, each complete: the new one is synced before it gets the name.
 */
async function writeSnapshot(
  fs: FileSystem,
  directory: string,
  path: string,
  state: ReadonlyMap<string, Uint8Array>,
): Promise<{ sequence: bigint; snapshotBytes: number }> {
  const temporary = temporaryPath(path)
  const file = await fs.open(temporary, 'create-new')
  let sequence = 0n
  let end = headerBytes
  try {
    let changes: MetadataChange[] = []
    let pendingBytes = 0
    const flush = async () => {
      sequence += 1n
      const record = encodeRecord(sequence, changes)
      await file.writeAt([record], end)
      end += record.length
      changes = []
      pendingBytes = 0
    }
    for (const [key, value] of state) {
      const change = { key, value }
      const sizeBytes = changeBytes(change)
      if (changes.length > 0 && pendingBytes + sizeBytes > snapshotRecordBytes) await flush()
      changes.push(change)
      pendingBytes += sizeBytes
    }
    if (changes.length > 0) await flush()
    await file.writeAt([encodeHeader(end - headerBytes)], 0)
    await file.sync('all')
  } finally {
    await file.close()
  }
  await fs.rename(temporary, path)
  await fs.syncDirectory(directory)
  return { sequence, snapshotBytes: end - headerBytes }
}
