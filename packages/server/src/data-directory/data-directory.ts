import {
  assert,
  type ClusterId,
  type FileLock,
  FileLockedError,
  type FileSystem,
  parentDirectory,
} from '@stratakv/core'
import { readPlacementDriverRecords } from '@stratakv/pd-scheduler'
import type { Config } from '../config/keys.ts'
import type { Logger } from '../log/logger.ts'
import {
  DamagedMarkerError,
  DataDirectoryClusterError,
  DataDirectoryIncompleteError,
  DataDirectoryInUseError,
  DataDirectoryTooNewError,
  EngineMismatchError,
  ForeignDataDirectoryError,
} from './errors.ts'
import {
  encodeMarker,
  formatVersion,
  type Marker,
  type MarkerReading,
  markerName,
  newMarkerName,
  readMarker,
  writeMarker,
} from './marker.ts'
import { upgradeDirectory } from './upgrade.ts'

/*
 * <data-dir>/STRATAKV     what this folder is: the marker
 * <data-dir>/LOCK         held while a node runs
 * <data-dir>/kv/          the key-value engine
 * <data-dir>/pd/          the embedded placement driver
 * <data-dir>/raft-engine/ the Raft log, or
 * <data-dir>/raft/        the Raft log with raft-engine.enable = false
 * <data-dir>/snap/        regions that come in from other stores
 */
export const lockName = 'LOCK'
export const engineFolder = 'kv'
export const placementDriverFolder = 'pd'
export const raftEngineFolder = 'raft-engine'
export const levelLogFolder = 'raft'
const snapshotFolder = 'snap'

export type RaftLogFolder = typeof raftEngineFolder | typeof levelLogFolder

/** The folder that `raft-engine.enable` names. */
export function raftLogFolder(config: Config): RaftLogFolder {
  return config['raft-engine.enable'] ? raftEngineFolder : levelLogFolder
}

export interface DataDirectoryDeps {
  readonly fs: FileSystem
  /** Hears of upgrades. */
  readonly logger: Logger
}

export interface DataDirectoryOptions {
  readonly path: string
  /** `storage.engine`. */
  readonly engine: string
  /** Of this software, for the marker. */
  readonly version: string
  /** `raft-engine.dir`, where it is not in the data directory. */
  readonly raftEnginePath?: string | undefined
  /** Whether the placement driver is another process's: `pd/`, if there is one, is not looked at. */
  readonly isPlacementDriverElsewhere?: boolean
}

export interface DataDirectory {
  readonly path: string
  readonly enginePath: string
  readonly placementDriverPath: string
  readonly raftEnginePath: string
  readonly levelLogPath: string
  readonly snapshotPath: string
  /** Folders that the marker says are there. */
  readonly parts: readonly string[]
  /** Says that these folders are there, and durable, from here on. Durable on return. */
  setParts(parts: readonly string[]): Promise<void>
  /** Says that the whole node is open: from here on the marker names the cluster, its folders and this version. Durable on return. */
  claim(clusterId: ClusterId, parts: readonly string[]): Promise<void>
  release(): Promise<void>
}

/**
 * Makes or recognises a data directory, holds its lock, and brings an older format up to date. The lock is taken before anything
 * is written; the marker is the first thing written, so that a folder without one is either empty or not ours. Marker and
 * folder survive a power cut. A directory that is refused is as it was.
 *
 * @throws DataDirectoryInUseError, DataDirectoryTooNewError, ForeignDataDirectoryError, DamagedMarkerError,
 * EngineMismatchError, DataDirectoryIncompleteError, DataDirectoryClusterError; MetadataCorruptionError and its like
 */
export async function openDataDirectory(
  deps: DataDirectoryDeps,
  options: DataDirectoryOptions,
): Promise<DataDirectory> {
  const { fs } = deps
  const path = directoryPath(options.path)
  const missing = await missingFolders(fs, path)
  await fs.createDirectory(path)
  const lock = await lockDirectory(fs, path)
  let marker: Marker
  try {
    marker = await takeMarker(deps, path, options, missing)
  } catch (error) {
    await lock.release()
    throw error
  }
  const write = async (next: Marker) => {
    if (encodeMarker(next) === encodeMarker(marker)) return
    marker = next
    await writeMarker(fs, path, marker)
  }
  return {
    path,
    enginePath: `${path}/${engineFolder}`,
    placementDriverPath: `${path}/${placementDriverFolder}`,
    raftEnginePath: raftEnginePath(path, options),
    levelLogPath: `${path}/${levelLogFolder}`,
    snapshotPath: `${path}/${snapshotFolder}`,
    get parts() {
      return marker.parts
    },
    setParts: (parts) => write({ ...marker, parts }),
    claim(clusterId, parts) {
      assert(marker.clusterId === undefined || marker.clusterId === clusterId, 'the cluster was looked at before')
      return write({ ...marker, clusterId, parts, lastOpenedBy: options.version })
    },
    release: () => lock.release(),
  }
}

function raftEnginePath(path: string, options: DataDirectoryOptions): string {
  return options.raftEnginePath || `${path}/${raftEngineFolder}`
}

/** `path` without a slash at its end. */
export function directoryPath(path: string): string {
  return path.replace(/(?<=.)\/+$/, '')
}

/** @throws DataDirectoryInUseError */
export async function lockDirectory(fs: FileSystem, path: string): Promise<FileLock> {
  try {
    return await fs.lock(`${path}/${lockName}`)
  } catch (cause) {
    if (cause instanceof FileLockedError) throw new DataDirectoryInUseError(path, cause.holder, { cause })
    throw cause
  }
}

/** The marker of the present format that is in force: made, upgraded or found. */
async function takeMarker(
  deps: DataDirectoryDeps,
  path: string,
  options: DataDirectoryOptions,
  made: readonly string[],
): Promise<Marker> {
  const { fs } = deps
  const { engine, version } = options
  const reading = await readMarker(fs, path)
  if (reading === undefined) {
    const others = (await fs.list(path)).filter((entry) => ![lockName, newMarkerName].includes(entry.name))
    if (others.length > 0)
      throw new ForeignDataDirectoryError(path, `it holds ${others[0]!.name} and no ${markerName} file`)
    const marker = freshMarker(engine, version)
    await writeMarker(fs, path, marker)
    // Last, the names on the way to the folder: without them a power cut would take the whole folder. Its own is among them
    // even if it was there before, for the start that made it may have been killed right here.
    for (const folder of new Set([...made, path])) await fs.syncDirectory(parentDirectory(folder))
    return marker
  }
  const marker = acceptMarker(path, reading, freshMarker(engine, version))
  if (marker.engine !== engine) throw new EngineMismatchError(path, marker.engine, engine)
  if (marker.clusterId !== undefined) await checkParts(fs, path, options, { ...marker, clusterId: marker.clusterId })
  return upgradeDirectory(deps, path, marker)
}

/**
 * That the folders are there which the marker names, and `pd/` of the cluster: before any is opened, for opening changes them.
 *
 * @throws DataDirectoryIncompleteError, DataDirectoryClusterError, and what reading the placement driver's file throws
 */
async function checkParts(
  fs: FileSystem,
  path: string,
  options: DataDirectoryOptions,
  { parts, clusterId }: { readonly parts: readonly string[]; readonly clusterId: ClusterId },
): Promise<void> {
  const isPdHere = !options.isPlacementDriverElsewhere
  for (const part of parts) {
    if (part === placementDriverFolder && !isPdHere) continue
    const folder = part === raftEngineFolder ? raftEnginePath(path, options) : `${path}/${part}`
    // Each of them would be taken for a new beginning where it is absent or empty.
    if (await isEmptyOrMissing(fs, folder)) throw new DataDirectoryIncompleteError(path, folder, clusterId)
  }
  if (!isPdHere || !parts.includes(placementDriverFolder)) return
  const records = await readPlacementDriverRecords(fs, `${path}/${placementDriverFolder}`)
  // Without its file there is only a folder: what was in it is gone.
  if (records === undefined) throw new DataDirectoryIncompleteError(path, `${path}/${placementDriverFolder}`, clusterId)
  if (records.clusterId !== clusterId) throw new DataDirectoryClusterError(path, clusterId, records.clusterId)
}

/**
 * @param instead what a damaged marker may be replaced with
 * @throws DataDirectoryTooNewError, ForeignDataDirectoryError, DamagedMarkerError
 */
export function acceptMarker(path: string, reading: MarkerReading, instead: Marker): Marker {
  switch (reading.kind) {
    case 'marker':
      return reading.marker
    case 'too-new':
      throw new DataDirectoryTooNewError(path, reading.format, formatVersion, reading.lastOpenedBy)
    case 'foreign':
      throw new ForeignDataDirectoryError(path, `its ${markerName} file is not of this product`)
    case 'damaged':
      throw new DamagedMarkerError(`${path}/${markerName}`, reading.reason, encodeMarker(instead).trimEnd())
  }
}

export function freshMarker(engine: string, version: string): Marker {
  return {
    format: formatVersion,
    engine,
    clusterId: undefined,
    parts: [],
    createdBy: version,
    lastOpenedBy: undefined,
  }
}

async function isEmptyOrMissing(fs: FileSystem, path: string): Promise<boolean> {
  return (await fs.stat(path)) === undefined || (await fs.list(path)).length === 0
}

/** The folders that have to be made for `path`, the outermost first. */
async function missingFolders(fs: FileSystem, path: string): Promise<string[]> {
  const missing: string[] = []
  for (
    let folder = path;
    folder !== parentDirectory(folder) && (await fs.stat(folder)) === undefined;
    folder = parentDirectory(folder)
  ) {
    missing.push(folder)
  }
  return missing.reverse()
}
