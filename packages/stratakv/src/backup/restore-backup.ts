import { type Checksum, type Clock, compareBytes, emptyBytes, type FileSystem, MiB, sleep, toHex } from '@stratakv/core'
import { type ProgressListener, ProgressMeter } from './backup-progress.ts'
import type { Cluster } from './cluster.ts'
import { RestoreMismatchError, TargetNotEmptyError } from './errors.ts'
import { FieldReader, type KeyRange, lockName, type Manifest, sumOf } from './manifest.ts'
import type { Pair } from './pair-sum.ts'
import { RateLimit } from './rate-limit.ts'
import { readSealed, writeSealed } from './sealed-json.ts'
import { readPairs, verifyBackup } from './verify-backup.ts'

export interface RestoreDeps {
  readonly fs: FileSystem
  readonly clock: Clock
  readonly checksum: Checksum
  readonly cluster: Cluster
  readonly onProgress?: ProgressListener
}

export interface RestoreOptions {
  /** Of the backup. */
  readonly directory: string
  /** Where it is written down how far the restore is; the backup's own folder unless that is read-only. */
  readonly journalDirectory: string
  /** Go on although the range holds data: keys of the backup are written over, others stay. */
  readonly overwrite: boolean
  /** Read everything back at the end and compare. */
  readonly compare: boolean
  /** Keys and values of one write. */
  readonly batchBytesMax: number
  readonly batchCountMax: number
  /** Writes under way at once. */
  readonly concurrency: number
  /** It is written down how far the restore is after this many bytes: as much may be written twice after a cut. */
  readonly journalBytes: number
  /** Infinity: as fast as it goes. */
  readonly bytesPerSecondMax: number
  readonly signal?: AbortSignal
}

export const defaultRestoreOptions = {
  overwrite: false,
  compare: true,
  batchBytesMax: MiB(1),
  batchCountMax: 1000,
  concurrency: 4,
  journalBytes: MiB(32),
  bytesPerSecondMax: Number.POSITIVE_INFINITY,
} as const satisfies Partial<RestoreOptions>

/**
 * Writes a backup into a cluster: its own, or another one. The whole backup is checked before the first write. A restore that was
 * cut off goes on where it was when it is called again; what it writes twice is the same both times.
 *
 * @throws BackupMissingError, BackupDamagedError, BackupTooNewError, TargetNotEmptyError, RestoreMismatchError, FileLockedError,
 * and what the cluster throws
 */
export async function restoreBackup(deps: RestoreDeps, options: RestoreOptions): Promise<Manifest> {
  const manifest = await verifyBackup(deps, options.directory, options.signal)
  await deps.fs.createDirectory(options.journalDirectory)
  const lock = await deps.fs.lock(`${options.journalDirectory}/${lockName}`)
  try {
    await new RestoreRun(deps, options, manifest).finish()
  } finally {
    await lock.release()
  }
  return manifest
}

class RestoreRun {
  readonly #deps: RestoreDeps
  readonly #options: RestoreOptions
  readonly #manifest: Manifest
  readonly #rate: RateLimit
  readonly #journal: RestoreJournal
  readonly #inFlight = new Set<Promise<void>>()
  #failure: { readonly error: unknown } | undefined

  constructor(deps: RestoreDeps, options: RestoreOptions, manifest: Manifest) {
    this.#deps = deps
    this.#options = options
    this.#manifest = manifest
    this.#rate = new RateLimit(options.bytesPerSecondMax)
    this.#journal = new RestoreJournal(deps.fs, options.journalDirectory, manifest, deps.cluster.clusterId)
  }

  async finish(): Promise<void> {
    const written = await this.#journal.read()
    if (written === undefined) {
      if (!this.#options.overwrite) await this.#checkEmpty()
      // Before the first write: with it in place, data in the range is known to be ours.
      await this.#journal.write(emptyBytes)
    }
    await this.#writeAll(written ?? emptyBytes)
    try {
      if (this.#options.compare) await this.#compare()
    } catch (error) {
      // What the journal says is there is not: whoever restores again begins anew.
      if (error instanceof RestoreMismatchError) await this.#journal.remove()
      throw error
    }
    await this.#journal.remove()
  }

  async #checkEmpty(): Promise<void> {
    for await (const [pair] of this.#scanTarget()) {
      if (pair !== undefined) throw new TargetNotEmptyError(pair.key)
    }
  }

  /** @param from keys up to this one are there */
  async #writeAll(from: Uint8Array): Promise<void> {
    const { directory } = this.#options
    const meter = new ProgressMeter(this.#deps, 'restoring', sumOf(this.#manifest).bytes)
    let batch: Pair[] = []
    let batchBytes = 0
    let unjournaledBytes = 0
    for await (const pairs of readPairs(this.#deps, directory, this.#manifest, from)) {
      this.#options.signal?.throwIfAborted()
      for (const pair of pairs) {
        if (compareBytes(pair.key, from) <= 0 && from.length > 0) continue
        batch.push(pair)
        batchBytes += pair.key.length + pair.value.length
        if (batchBytes < this.#options.batchBytesMax && batch.length < this.#options.batchCountMax) continue
        await this.#submit(batch, batchBytes)
        meter.add(batch.length, batchBytes)
        unjournaledBytes += batchBytes
        const lastKey = pair.key
        batch = []
        batchBytes = 0
        if (unjournaledBytes < this.#options.journalBytes) continue
        // The journal may only name what is there: writes overlap, so all of them first.
        await this.#drain()
        await this.#journal.write(lastKey)
        unjournaledBytes = 0
      }
    }
    if (batch.length > 0) {
      await this.#submit(batch, batchBytes)
      meter.add(batch.length, batchBytes)
    }
    await this.#drain()
    const lastKey = this.#manifest.files.at(-1)?.lastKey
    if (lastKey !== undefined) await this.#journal.write(lastKey)
    meter.finish()
  }

  /** Waits for the pace and for room, then lets the write run. */
  async #submit(batch: readonly Pair[], bytes: number): Promise<void> {
    const { clock, cluster } = this.#deps
    const waitMs = this.#rate.take(bytes, clock.now())
    if (waitMs > 0) await sleep(clock, waitMs)
    while (this.#inFlight.size >= this.#options.concurrency) await Promise.race(this.#inFlight)
    this.#throwFailure()
    const write = cluster.write(this.#manifest.mode, batch).then(
      () => void this.#inFlight.delete(write),
      (error: unknown) => {
        this.#inFlight.delete(write)
        this.#failure ??= { error }
      },
    )
    this.#inFlight.add(write)
  }

  async #drain(): Promise<void> {
    await Promise.all(this.#inFlight)
    this.#throwFailure()
  }

  #throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure.error
  }

  /** Walks the backup and the cluster side by side. */
  async #compare(): Promise<void> {
    const meter = new ProgressMeter(this.#deps, 'comparing', sumOf(this.#manifest).bytes)
    const actual = pairsOf(this.#scanTarget())
    try {
      let found = await actual.next()
      for await (const pairs of readPairs(this.#deps, this.#options.directory, this.#manifest)) {
        this.#options.signal?.throwIfAborted()
        for (const expected of pairs) {
          while (!found.done && compareBytes(found.value.key, expected.key) < 0) {
            if (!this.#options.overwrite) throw new RestoreMismatchError(found.value.key, 'extra')
            found = await actual.next()
          }
          if (found.done || compareBytes(found.value.key, expected.key) > 0) {
            throw new RestoreMismatchError(expected.key, 'missing')
          }
          if (compareBytes(found.value.value, expected.value) !== 0) {
            throw new RestoreMismatchError(expected.key, 'different')
          }
          meter.add(1, expected.key.length + expected.value.length)
          found = await actual.next()
        }
      }
      if (!found.done && !this.#options.overwrite) throw new RestoreMismatchError(found.value.key, 'extra')
    } finally {
      await actual.return()
    }
    meter.finish()
  }

  async *#scanTarget(): AsyncGenerator<readonly Pair[], void, void> {
    const { cluster } = this.#deps
    const { mode } = this.#manifest
    const range: KeyRange = this.#manifest.range
    yield* cluster.scan({ mode, range, ts: mode === 'raw' ? 0n : await cluster.timestamp() })
  }
}

async function* pairsOf(batches: AsyncIterable<readonly Pair[]>): AsyncGenerator<Pair, void, void> {
  for await (const batch of batches) yield* batch
}

/** How far a restore of one backup into one cluster is. */
class RestoreJournal {
  readonly #fs: FileSystem
  readonly #directory: string
  readonly #name: string
  readonly #path: string
  readonly #backupId: string

  constructor(fs: FileSystem, directory: string, manifest: Manifest, clusterId: bigint) {
    this.#fs = fs
    this.#directory = directory
    this.#name = `restore-${clusterId}-${manifest.id.slice(0, 8)}.json`
    this.#path = `${directory}/${this.#name}`
    this.#backupId = manifest.id
  }

  /** Keys up to the answer are there; `undefined`: none was begun. @throws BackupDamagedError */
  async read(): Promise<Uint8Array | undefined> {
    const fields = await readSealed(this.#fs, this.#path)
    if (fields === undefined) return undefined
    const reader = new FieldReader(this.#path, fields)
    if (reader.text('backup') !== this.#backupId) throw reader.unusable('backup')
    return reader.hex('written')
  }

  /** Durable on return. */
  write(written: Uint8Array): Promise<void> {
    return writeSealed(this.#fs, this.#directory, this.#name, { backup: this.#backupId, written: toHex(written) })
  }

  async remove(): Promise<void> {
    await this.#fs.remove(this.#path)
    await this.#fs.syncDirectory(this.#directory)
  }
}
