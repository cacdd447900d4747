import {
  type Checksum,
  type Clock,
  compareBytes,
  type FileSystem,
  GiB,
  type Instant,
  MiB,
  type Random,
  type Timestamp,
  toHex,
} from '@stratakv/core'
import { type ProgressListener, ProgressMeter } from './backup-progress.ts'
import type { Cluster } from './cluster.ts'
import { DataFileWriter, readDataFile } from './data-file.ts'
import {
  BackupDamagedError,
  BackupFolderError,
  BackupResumeError,
  FutureTimestampError,
  SnapshotLostError,
} from './errors.ts'
import {
  type BackupMode,
  type DataFileEntry,
  isDataFileName,
  type KeyRange,
  lockName,
  type Manifest,
  manifestName,
  progressName,
  readManifest,
  writeManifest,
} from './manifest.ts'
import type { Pair } from './pair-sum.ts'

export interface BackupDeps {
  readonly fs: FileSystem
  readonly clock: Clock
  readonly random: Random
  readonly checksum: Checksum
  readonly cluster: Cluster
  readonly onProgress?: ProgressListener
}

export interface BackupOptions {
  /** Empty, new, or of this backup when it was cut off. */
  readonly directory: string
  readonly mode: BackupMode
  readonly range: KeyRange
  /** Transactional only; absent: now. It must not lie behind garbage collection. */
  readonly at?: Timestamp
  /** Version of the software, for the manifest. */
  readonly version: string
  readonly compress: boolean
  /** A data file ends at the first pair beyond this; a cut backup loses at most one file's work. */
  readonly fileBytesMax: number
  /** For how long the timestamp stays protected when nobody renews it: how long a cut backup may wait to be resumed. */
  readonly protectSeconds: number
  readonly signal?: AbortSignal
}

export const defaultBackupOptions = {
  compress: true,
  fileBytesMax: MiB(128),
  protectSeconds: 3600,
} as const satisfies Partial<BackupOptions>

/** Data files are bounded so that a cut costs little; fewer than this many bytes would make more files than data. */
export const fileBytesLimits = { min: MiB(1), max: GiB(4) } as const

/**
 * Takes a backup, or finishes one that was cut off, as of the timestamp with which that one began.
 *
 * Order of what becomes durable: the progress file with the timestamp, before anything is read; each data file, then the progress
 * file that names it; the manifest, and only then the progress file goes. So a crash anywhere leaves a folder
 * that says what it is, and nothing is believed that was not synced.
 *
 * @throws BackupFolderError, BackupResumeError, FutureTimestampError, SnapshotLostError, ScanOrderError, BackupDamagedError, FileLockedError, and what the cluster throws
 */
export async function takeBackup(deps: BackupDeps, options: BackupOptions): Promise<Manifest> {
  const { fs } = deps
  const { directory } = options
  await fs.createDirectory(directory)
  const lock = await fs.lock(`${directory}/${lockName}`)
  try {
    const begun = await findBegun(deps, options)
    const run = new BackupRun(deps, options, begun ?? (await beginning(deps, options)))
    return await run.finish(begun !== undefined)
  } finally {
    await lock.release()
  }
}

/** A backup that was cut off, with the files of it that are sound; `undefined`: the folder is empty. */
async function findBegun(deps: BackupDeps, options: BackupOptions): Promise<Manifest | undefined> {
  const { fs, cluster } = deps
  const { directory, mode, range, at } = options
  const names = (await fs.list(directory)).map(({ name }) => name)
  if (names.includes(manifestName)) throw new BackupFolderError(directory, 'it holds a complete one')
  const begun = await readManifest(fs, directory, progressName)
  if (begun === undefined) {
    // The first progress file may have been cut off before it had its name.
    const other = names.find((name) => name !== lockName && name !== `${progressName}.new`)
    if (other !== undefined) throw new BackupFolderError(directory, `it holds ${other}`)
    return undefined
  }
  const same = (what: string, found: string, asked: string) => {
    if (found !== asked) throw new BackupResumeError(directory, what, found, asked)
  }
  same('cluster', begun.clusterId.toString(), cluster.clusterId.toString())
  same('mode', begun.mode, mode)
  same('range', rangeText(begun.range), rangeText(range))
  if (at !== undefined) same('timestamp', begun.ts.toString(), at.toString())
  return { ...begun, files: await soundFiles(deps, directory, begun.files) }
}

/** The files up to the first that is missing or damaged: what follows is read anew. */
async function soundFiles(
  deps: BackupDeps,
  directory: string,
  files: readonly DataFileEntry[],
): Promise<DataFileEntry[]> {
  const meter = new ProgressMeter(deps, 'verifying')
  const sound: DataFileEntry[] = []
  for (const entry of files) {
    try {
      for await (const _ of readDataFile(deps, directory, entry, sound.length + 1));
    } catch (error) {
      if (!(error instanceof BackupDamagedError)) throw error
      break
    }
    meter.add(entry.sum.count, entry.sum.bytes)
    sound.push(entry)
  }
  return sound
}

/** @throws FutureTimestampError */
async function beginning({ cluster, clock, random }: BackupDeps, options: BackupOptions): Promise<Manifest> {
  const { mode, range, at, version } = options
  const now = mode === 'raw' ? 0n : await cluster.timestamp()
  const ts = mode === 'raw' ? 0n : (at ?? now)
  if (ts > now) throw new FutureTimestampError(ts, now)
  return {
    id: Array.from({ length: 4 }, () => random.uint32().toString(16).padStart(8, '0')).join(''),
    mode,
    clusterId: cluster.clusterId,
    ts,
    range,
    createdBy: version,
    startedAtMs: clock.unixMs(),
    files: [],
  }
}

function rangeText({ start, end }: KeyRange): string {
  return `[${toHex(start)}, ${toHex(end)})`
}

/** The smallest key greater than `key`. */
function keyAfter(key: Uint8Array): Uint8Array {
  const next = new Uint8Array(key.length + 1)
  next.set(key)
  return next
}

class BackupRun {
  readonly #deps: BackupDeps
  readonly #options: BackupOptions
  readonly #meter: ProgressMeter
  #manifest: Manifest
  #protectedAt: Instant | undefined

  constructor(deps: BackupDeps, options: BackupOptions, manifest: Manifest) {
    this.#deps = deps
    this.#options = options
    this.#manifest = manifest
    this.#meter = new ProgressMeter(deps, 'backing up')
    for (const { sum } of manifest.files) this.#meter.add(sum.count, sum.bytes)
  }

  async finish(isResumed: boolean): Promise<Manifest> {
    const { fs } = this.#deps
    const { directory } = this.#options
    await this.#protect()
    // Also when it is resumed: files that turned out damaged must be forgotten before they are written anew.
    await writeManifest(fs, directory, progressName, this.#manifest)
    if (isResumed) await this.#removeUnlisted()
    await this.#readAll()
    // The last word on whether everything that was read was still protected.
    await this.#protect()
    await writeManifest(fs, directory, manifestName, this.#manifest)
    await fs.remove(`${directory}/${progressName}`)
    await fs.syncDirectory(directory)
    this.#meter.finish()
    await this.#unprotect()
    return this.#manifest
  }

  /** Data files that a cut left behind: half-written, or complete and not yet in the list. */
  async #removeUnlisted(): Promise<void> {
    const { fs } = this.#deps
    const { directory } = this.#options
    const listed = new Set(this.#manifest.files.map(({ name }) => name))
    for (const { name } of await fs.list(directory)) {
      if (isDataFileName(name) && !listed.has(name)) await fs.remove(`${directory}/${name}`)
    }
  }

  async #readAll(): Promise<void> {
    const { cluster } = this.#deps
    const { fileBytesMax, signal } = this.#options
    const { mode, range, ts, files } = this.#manifest
    const last = files.at(-1)
    const start = last === undefined ? range.start : keyAfter(last.lastKey)
    if (range.end.length > 0 && compareBytes(start, range.end) >= 0) return
    let writer: DataFileWriter | undefined
    try {
      for await (const pairs of cluster.scan({ mode, range: { start, end: range.end }, ts })) {
        signal?.throwIfAborted()
        await this.#protectInTime()
        for (const pair of pairs) {
          writer ??= await DataFileWriter.create(
            this.#deps,
            this.#options.directory,
            this.#manifest.files.length + 1,
            this.#options,
          )
          await writer.add(pair)
          if (writer.sizeBytes < fileBytesMax) continue
          await this.#list(await writer.finish())
          writer = undefined
        }
        this.#meter.add(pairs.length, bytesOf(pairs))
      }
      if (writer !== undefined) await this.#list(await writer.finish())
    } catch (error) {
      // Half a file stays: the next run removes it.
      await writer?.close()
      throw error
    }
  }

  /** From here on the file belongs to the backup. */
  async #list(entry: DataFileEntry): Promise<void> {
    const { fs } = this.#deps
    const { directory } = this.#options
    this.#manifest = { ...this.#manifest, files: [...this.#manifest.files, entry] }
    await fs.syncDirectory(directory)
    await writeManifest(fs, directory, progressName, this.#manifest)
  }

  /** A third of the time to live: two renewals may fail or be late. */
  async #protectInTime(): Promise<void> {
    const renewMs = (this.#options.protectSeconds * 1000) / 3
    if (this.#protectedAt !== undefined && this.#deps.clock.now() - this.#protectedAt < renewMs) return
    await this.#protect()
  }

  /** @throws SnapshotLostError */
  async #protect(): Promise<void> {
    const { clock, cluster } = this.#deps
    const { mode, ts } = this.#manifest
    // Raw keys have no versions, and are not collected.
    if (mode === 'raw') return
    const now = clock.now()
    const lowest = await cluster.protect(this.#protectionName, ts, this.#options.protectSeconds)
    if (lowest > ts) throw new SnapshotLostError(ts, lowest)
    this.#protectedAt = now
  }

  async #unprotect(): Promise<void> {
    if (this.#manifest.mode === 'raw') return
    try {
      await this.#deps.cluster.protect(this.#protectionName, this.#manifest.ts, 0)
    } catch {
      // The backup is complete, and the protection ends by itself.
    }
  }

  get #protectionName(): string {
    return `stratakv-backup-${this.#manifest.id}`
  }
}

function bytesOf(pairs: readonly Pair[]): number {
  let bytes = 0
  for (const { key, value } of pairs) bytes += key.length + value.length
  return bytes
}
