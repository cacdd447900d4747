import { type FileLock, FileLockedError, type FileSystem, StrataError } from '@stratakv/core'

/*
 * <data-dir>/STRATAKV     what this folder is: one line of JSON, replaced atomically
 * <data-dir>/LOCK         held while a node runs
 * <data-dir>/kv/          the key-value engine
 * <data-dir>/pd/          the embedded placement driver
 */
const markerName = 'STRATAKV'
const lockName = 'LOCK'
const product = 'stratakv'
/** Grows when a node of an older version could not read what a newer one wrote. Never goes back. */
const formatVersion = 1
/** Longer than any marker this or a later version would write; what is longer is no marker. */
const markerBytesMax = 4096

function markerOf(engine: string): { product: string; format: number; engine: string } {
  return { product, format: formatVersion, engine }
}

/** Another node has this directory open. */
export class DataDirectoryInUseError extends StrataError {
  readonly code = 'SERVER_DATA_DIRECTORY_IN_USE'
  readonly directory: string
  readonly holder: string | undefined
  constructor(directory: string, holder: string | undefined, options?: ErrorOptions) {
    super(
      `data directory ${directory} is in use by ${holder ?? 'another process'}: stop that node, or give this one its own storage.data-dir`,
      options,
    )
    this.directory = directory
    this.holder = holder
  }
}

/** The directory was written by a newer version. */
export class DataDirectoryTooNewError extends StrataError {
  readonly code = 'SERVER_DATA_DIRECTORY_TOO_NEW'
  readonly directory: string
  readonly found: number
  readonly supported: number
  constructor(directory: string, found: number) {
    super(
      `data directory ${directory} has format ${found}, this version reads up to ${formatVersion}: run the version that wrote it, or a newer one`,
    )
    this.directory = directory
    this.found = found
    this.supported = formatVersion
  }
}

/** The directory holds something, but not a StrataKV node. */
export class ForeignDataDirectoryError extends StrataError {
  readonly code = 'SERVER_FOREIGN_DATA_DIRECTORY'
  readonly directory: string
  constructor(directory: string, detail: string, options?: ErrorOptions) {
    super(
      `${directory} is not a StrataKV data directory: ${detail}. Give storage.data-dir an empty or new folder`,
      options,
    )
    this.directory = directory
  }
}

/** The marker of a directory that may well be ours cannot be read. What else is in there was not looked at. */
export class DamagedMarkerError extends StrataError {
  readonly code = 'SERVER_DAMAGED_MARKER'
  /** The marker file. */
  readonly path: string
  constructor(path: string, engine: string, options?: ErrorOptions) {
    super(
      `${path} is corrupted: it is not the one line that says what the folder is. Restore the file from a backup; if the ` +
        `folder is known to be a node's of this version, write this line into it: ${JSON.stringify(markerOf(engine))}`,
      options,
    )
    this.path = path
  }
}

/** The directory was made for another engine than the configuration asks for. */
export class EngineMismatchError extends StrataError {
  readonly code = 'SERVER_ENGINE_MISMATCH'
  constructor(directory: string, found: string, wanted: string) {
    super(`data directory ${directory} was made with storage.engine = "${found}", the configuration says "${wanted}"`)
  }
}

export interface DataDirectory {
  readonly path: string
  readonly enginePath: string
  readonly placementDriverPath: string
  release(): Promise<void>
}

/**
 * Makes or recognises a data directory and holds its lock. The lock is taken before anything is written; the marker is the
 * first thing written, so that a folder without one is either empty or not ours. Marker and folder survive a power cut.
 *
 * @throws DataDirectoryInUseError, DataDirectoryTooNewError, ForeignDataDirectoryError, DamagedMarkerError, EngineMismatchError
 */
export async function openDataDirectory(fs: FileSystem, folder: string, engine: string): Promise<DataDirectory> {
  const path = folder.replace(/(?<=.)\/+$/, '')
  const missing = await missingFolders(fs, path)
  await fs.createDirectory(path)
  let lock: FileLock
  try {
    lock = await fs.lock(`${path}/${lockName}`)
  } catch (cause) {
    if (cause instanceof FileLockedError) throw new DataDirectoryInUseError(path, cause.holder, { cause })
    throw cause
  }
  try {
    await checkMarker(fs, path, engine, missing)
  } catch (error) {
    await lock.release()
    throw error
  }
  return {
    path,
    enginePath: `${path}/kv`,
    placementDriverPath: `${path}/pd`,
    release: () => lock.release(),
  }
}

async function checkMarker(fs: FileSystem, path: string, engine: string, made: readonly string[]): Promise<void> {
  const source = await readMarker(fs, path)
  if (source === undefined) {
    const others = (await fs.list(path)).filter((entry) => ![lockName, `${markerName}.new`].includes(entry.name))
    if (others.length > 0)
      throw new ForeignDataDirectoryError(path, `it holds ${others[0]!.name} and no ${markerName} file`)
    await writeMarker(fs, path, markerOf(engine))
    // Last, the names on the way to the folder: without them a power cut would take the whole folder. Its own is among them
    // even if it was there before, for the start that made it may have been killed right here.
    for (const folder of new Set([...made, path])) await fs.syncDirectory(parentOf(folder))
    return
  }
  let marker: { product?: unknown; format?: unknown; engine?: unknown } | null
  try {
    marker = JSON.parse(source)
  } catch (cause) {
    throw new DamagedMarkerError(`${path}/${markerName}`, engine, { cause })
  }
  if (marker?.product !== product) {
    throw new ForeignDataDirectoryError(path, `its ${markerName} file is not of this product`)
  }
  if (!Number.isSafeInteger(marker.format) || typeof marker.engine !== 'string') {
    throw new DamagedMarkerError(`${path}/${markerName}`, engine)
  }
  if ((marker.format as number) > formatVersion) throw new DataDirectoryTooNewError(path, marker.format as number)
  if (marker.engine !== engine) throw new EngineMismatchError(path, marker.engine, engine)
}

/** The folders that have to be made for `path`, the outermost first. */
async function missingFolders(fs: FileSystem, path: string): Promise<string[]> {
  const missing: string[] = []
  for (
    let folder = path;
    folder !== parentOf(folder) && (await fs.stat(folder)) === undefined;
    folder = parentOf(folder)
  ) {
    missing.push(folder)
  }
  return missing.reverse()
}

function parentOf(path: string): string {
  const slash = path.lastIndexOf('/')
  return slash < 0 ? '.' : slash === 0 ? '/' : path.slice(0, slash)
}

async function readMarker(fs: FileSystem, path: string): Promise<string | undefined> {
  const markerPath = `${path}/${markerName}`
  if ((await fs.stat(markerPath)) === undefined) return undefined
  const file = await fs.open(markerPath, 'read')
  try {
    const bytes = new Uint8Array(markerBytesMax)
    const length = await file.readAt(bytes, 0)
    return new TextDecoder().decode(bytes.subarray(0, length))
  } finally {
    await file.close()
  }
}

async function writeMarker(fs: FileSystem, path: string, marker: object): Promise<void> {
  const temporary = `${path}/${markerName}.new`
  const file = await fs.open(temporary, 'create')
  try {
    await file.truncate(0)
    await file.append([new TextEncoder().encode(`${JSON.stringify(marker)}\n`)])
    await file.sync('all')
  } finally {
    await file.close()
  }
  await fs.rename(temporary, `${path}/${markerName}`)
  await fs.syncDirectory(path)
}
