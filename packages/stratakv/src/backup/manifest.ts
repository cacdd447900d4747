import { type ClusterId, type FileSystem, type Timestamp, toHex } from '@stratakv/core'
import { BackupDamagedError, BackupMissingError, BackupTooNewError } from './errors.ts'
import { addSums, type PairSum } from './pair-sum.ts'
import { readSealed, writeSealed } from './sealed-json.ts'

/*
 * <folder>/backup.json       the list of what belongs to a complete backup; written last
 * <folder>/progress.json     the same while the backup is being taken
 * <folder>/data-NNNNNN.skb   pairs, in the order of their keys
 * <folder>/LOCK              held while somebody writes here
 */
export const manifestName = 'backup.json'
export const progressName = 'progress.json'
export const lockName = 'LOCK'
const product = 'stratakv-backup'
export const manifestFormat = 1

/** `txn`: as of one timestamp. `raw`: raw keys, each as it was when it was read. */
export type BackupMode = 'txn' | 'raw'

/** Inclusive start, exclusive end; an empty end is unbounded. */
export interface KeyRange {
  readonly start: Uint8Array
  readonly end: Uint8Array
}

export interface DataFileEntry {
  readonly name: string
  readonly sizeBytes: number
  /** Of the whole file, hex. */
  readonly sha256: string
  readonly firstKey: Uint8Array
  readonly lastKey: Uint8Array
  readonly sum: PairSum
}

/** What a backup is: the same while it is taken and when it is complete, but for the files that are still to come. */
export interface Manifest {
  /** Random, hex. */
  readonly id: string
  readonly mode: BackupMode
  readonly clusterId: ClusterId
  /** Of a transactional backup; 0 for a raw one. */
  readonly ts: Timestamp
  readonly range: KeyRange
  /** Version of the software. */
  readonly createdBy: string
  /** Milliseconds since the Unix epoch. */
  readonly startedAtMs: number
  /** In the order of their keys. */
  readonly files: readonly DataFileEntry[]
}

export function dataFileName(fileNumber: number): string {
  return `data-${String(fileNumber).padStart(6, '0')}.skb`
}

export function isDataFileName(name: string): boolean {
  return /^data-\d{6,}\.skb$/.test(name)
}

export function sumOf(manifest: Manifest): PairSum {
  return addSums(manifest.files.map(({ sum }) => sum))
}

export function writeManifest(fs: FileSystem, directory: string, name: string, manifest: Manifest): Promise<void> {
  return writeSealed(fs, directory, name, {
    product,
    format: manifestFormat,
    id: manifest.id,
    mode: manifest.mode,
    clusterId: manifest.clusterId.toString(),
    ts: manifest.ts.toString(),
    start: toHex(manifest.range.start),
    end: toHex(manifest.range.end),
    createdBy: manifest.createdBy,
    startedAtMs: manifest.startedAtMs,
    sum: sumJson(sumOf(manifest)),
    files: manifest.files.map(({ name: file, sizeBytes, sha256, firstKey, lastKey, sum }) => ({
      name: file,
      sizeBytes,
      sha256,
      firstKey: toHex(firstKey),
      lastKey: toHex(lastKey),
      sum: sumJson(sum),
    })),
  })
}

/** `undefined`: there is no such file. @throws BackupDamagedError, BackupTooNewError */
export async function readManifest(fs: FileSystem, directory: string, name: string): Promise<Manifest | undefined> {
  const path = `${directory}/${name}`
  const fields = await readSealed(fs, path)
  return fields === undefined ? undefined : decodeManifest(path, fields)
}

/** The manifest of a complete backup. @throws BackupMissingError, BackupDamagedError, BackupTooNewError */
export async function completeManifest(fs: FileSystem, directory: string): Promise<Manifest> {
  const manifest = await readManifest(fs, directory, manifestName)
  if (manifest !== undefined) return manifest
  throw new BackupMissingError(directory, (await fs.stat(`${directory}/${progressName}`)) !== undefined)
}

/** From what {@link readSealed} gives. @throws BackupDamagedError, BackupTooNewError */
export function decodeManifest(path: string, fields: Record<string, unknown>): Manifest {
  const read = new FieldReader(path, fields)
  if (fields.product !== product) throw new BackupDamagedError(path, 0, 'it is not of a backup')
  const format = read.count('format')
  if (format > manifestFormat) throw new BackupTooNewError(path, format, manifestFormat)
  const mode = read.text('mode')
  if (mode !== 'txn' && mode !== 'raw') throw read.unusable('mode')
  if (!Array.isArray(fields.files)) throw read.unusable('files')
  return {
    id: read.text('id'),
    mode,
    clusterId: read.decimal('clusterId'),
    ts: read.decimal('ts'),
    range: { start: read.hex('start'), end: read.hex('end') },
    createdBy: read.text('createdBy'),
    startedAtMs: read.count('startedAtMs'),
    files: fields.files.map((file: unknown, index) => decodeFile(path, file, index)),
  }
}

function decodeFile(path: string, file: unknown, index: number): DataFileEntry {
  const read = new FieldReader(path, asObject(path, file))
  const name = read.text('name')
  // The name becomes part of a path.
  if (name !== dataFileName(index + 1)) throw read.unusable('name')
  const sum = new FieldReader(path, asObject(path, read.fields.sum))
  return {
    name,
    sizeBytes: read.count('sizeBytes'),
    sha256: read.text('sha256'),
    firstKey: read.hex('firstKey'),
    lastKey: read.hex('lastKey'),
    sum: { count: sum.count('count'), bytes: sum.count('bytes'), crc64Xor: sum.decimal('crc64Xor') },
  }
}

function sumJson({ count, bytes, crc64Xor }: PairSum): object {
  return { count, bytes, crc64Xor: crc64Xor.toString() }
}

function asObject(path: string, value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw new BackupDamagedError(path, 0, 'a list entry is no object')
  return value as Record<string, unknown>
}

/** Fields of an object that has passed its checksum: what is wrong here was written so. */
export class FieldReader {
  readonly #path: string
  readonly fields: Record<string, unknown>

  constructor(path: string, fields: Record<string, unknown>) {
    this.#path = path
    this.fields = fields
  }

  text(name: string): string {
    const value = this.fields[name]
    if (typeof value !== 'string') throw this.unusable(name)
    return value
  }

  count(name: string): number {
    const value = this.fields[name]
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw this.unusable(name)
    return value
  }

  decimal(name: string): bigint {
    const text = this.text(name)
    if (!/^\d{1,20}$/.test(text)) throw this.unusable(name)
    return BigInt(text)
  }

  hex(name: string): Uint8Array {
    const text = this.text(name)
    if (!/^(?:[0-9a-fA-F]{2})*$/.test(text)) throw this.unusable(name)
    return Uint8Array.from(Buffer.from(text, 'hex'))
  }

  unusable(name: string): BackupDamagedError {
    return new BackupDamagedError(this.#path, 0, `its field ${name} makes no sense`)
  }
}
