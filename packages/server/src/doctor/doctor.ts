import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type Checksum,
  type Clock,
  type ClusterId,
  FileIoError,
  type FileSystem,
  type KvEngine,
  NoSpaceError,
  StrataError,
} from '@stratakv/core'
import { inspectLevelFiles, openLevelCopy } from '@stratakv/level-engine'
import { type PlacementDriverRecords, readPlacementDriverRecords } from '@stratakv/pd-scheduler'
import {
  acceptMarker,
  directoryPath,
  engineFolder,
  freshMarker,
  lockDirectory,
  placementDriverFolder,
} from '../data-directory/data-directory.ts'
import { DamagedMarkerError, ForeignDataDirectoryError } from '../data-directory/errors.ts'
import { formatVersion, type Marker, markerName, readMarker } from '../data-directory/marker.ts'
import { type Finding, FindingList } from './finding.ts'
import { checkRaftLog } from './raft-log-check.ts'
import { RecordCheck, type RecordCounts } from './record-check.ts'
import { repairDirectory } from './repair.ts'
import { checkStoreRecords, compareStoreWithPd, type StoreRecords } from './store-check.ts'

export interface DoctorDeps {
  readonly fs: FileSystem
  readonly clock: Clock
  readonly checksum: Checksum
  /** Told now and then, and not more often than it matters: once a file, or every ten thousand records. */
  readonly onProgress?: (progress: DoctorProgress) => void
}

export interface DoctorProgress {
  readonly phase: 'files' | 'records'
  readonly done: number
  /** Bytes of all files; of records it is not known. */
  readonly total: number | undefined
}

export interface DoctorOptions {
  readonly directory: string
  /** Mend what can be mended, keeping a copy of what is changed, and look again. */
  readonly repair: boolean
  /** Where LevelDB may write while its tables are read, as much as its log holds. Default: the system's folder for temporary files. */
  readonly scratchParent?: string
  /** Version of the software. */
  readonly version: string
}

export interface DoctorReport {
  readonly directory: string
  readonly findings: readonly Finding[]
  /** What `--repair` did, one sentence each. */
  readonly repairs: readonly string[]
  readonly facts: DirectoryFacts
}

/** What the folder is, as far as it could be read. */
export interface DirectoryFacts {
  readonly format: number | undefined
  readonly createdBy: string | undefined
  readonly lastOpenedBy: string | undefined
  /** By marker, `pd/` and `kv/`. */
  readonly clusterIds: Readonly<Record<'marker' | 'pd' | 'kv', ClusterId | undefined>>
  readonly storeId: number | undefined
  readonly regionCount: number | undefined
  readonly records: RecordCounts | undefined
}

/**
 * Looks at the data directory of a node that is not running. Without `repair` nothing in it is changed, but for the file `LOCK`, which
 * is made if it is not there: no node can start meanwhile.
 *
 * @throws what keeps it from looking: DataDirectoryInUseError, DataDirectoryTooNewError, ForeignDataDirectoryError, NotThereError, FileIoError
 */
export async function examineDirectory(deps: DoctorDeps, options: DoctorOptions): Promise<DoctorReport> {
  const path = directoryPath(options.directory)
  await checkOurs(deps.fs, path)
  const lock = await lockDirectory(deps.fs, path)
  try {
    const first = await new Examination(deps, path, options).run()
    if (!options.repair || !first.findings.some(({ repair }) => repair !== undefined)) return first
    const repairs = await repairDirectory(deps, path, first, options.version)
    return { ...(await new Examination(deps, path, options).run()), repairs }
  } finally {
    await lock.release()
  }
}

/** There is no such folder. */
export class NotThereError extends StrataError {
  readonly code = 'DOCTOR_NOT_THERE'
  readonly directory: string
  constructor(directory: string) {
    super(`${directory} does not exist: name the data directory with --data-dir`)
    this.directory = directory
  }
}

/** Before the lock is taken: nothing is to appear in a folder of somebody else. A marker that is damaged or gone may still be ours. */
async function checkOurs(fs: FileSystem, path: string): Promise<void> {
  const status = await fs.stat(path)
  if (status === undefined) throw new NotThereError(path)
  if (status.kind !== 'directory') throw new ForeignDataDirectoryError(path, 'it is a file')
  const reading = await readMarker(fs, path)
  if (reading?.kind === 'too-new' || reading?.kind === 'foreign') acceptMarker(path, reading, freshMarker('level', ''))
  if (reading !== undefined) return
  const names = (await fs.list(path)).map(({ name }) => name)
  if (names.includes(engineFolder) && names.includes(placementDriverFolder)) return
  throw new ForeignDataDirectoryError(path, `it holds neither a ${markerName} file nor kv/ and pd/`)
}

class Examination {
  readonly #deps: DoctorDeps
  readonly #path: string
  readonly #options: DoctorOptions
  readonly #findings = new FindingList()

  constructor(deps: DoctorDeps, path: string, options: DoctorOptions) {
    this.#deps = deps
    this.#path = path
    this.#options = options
  }

  async run(): Promise<DoctorReport> {
    const marker = await this.#checkMarker()
    const pd = await this.#checkPlacementDriver()
    const { store, records } = await this.#checkEngine()
    await checkRaftLog(this.#deps, this.#path, marker?.parts ?? [], this.#findings)
    const clusterIds = { marker: marker?.clusterId, pd: pd?.clusterId, kv: store?.identity?.clusterId }
    this.#checkClusterIds(clusterIds)
    if (store !== undefined && pd !== undefined) compareStoreWithPd(store, pd, this.#findings)
    return {
      directory: this.#path,
      findings: this.#findings.all,
      repairs: [],
      facts: {
        format: marker?.format,
        createdBy: marker?.createdBy,
        lastOpenedBy: marker?.lastOpenedBy,
        clusterIds,
        storeId: store?.identity?.storeId,
        regionCount: store?.regions.length,
        records,
      },
    }
  }

  async #checkMarker(): Promise<Marker | undefined> {
    const place = `${this.#path}/${markerName}`
    const reading = await readMarker(this.#deps.fs, this.#path)
    const mendable = { severity: 'error', place, repair: 'rewrite-marker' } as const
    const advice = 'restore the file from a backup, or run this again with --repair, which makes it from kv/ and pd/'
    if (reading === undefined) {
      this.#findings.add({ ...mendable, code: 'MARKER_MISSING', detail: 'it is gone', advice })
      return undefined
    }
    let marker: Marker
    try {
      marker = acceptMarker(this.#path, reading, freshMarker('level', this.#options.version))
    } catch (error) {
      if (!(error instanceof DamagedMarkerError)) throw error
      this.#findings.add({ ...mendable, code: 'MARKER_DAMAGED', detail: error.reason, advice })
      return undefined
    }
    if (marker.format < formatVersion) {
      this.#findings.add({
        severity: 'info',
        code: 'FORMAT_OLD',
        place,
        detail: `it has format ${marker.format}, this version writes ${formatVersion}`,
        advice:
          'nothing: the next start upgrades it. Take a backup first if you may want to go back to the older version',
      })
    }
    return marker
  }

  async #checkPlacementDriver(): Promise<PlacementDriverRecords | undefined> {
    const place = `${this.#path}/${placementDriverFolder}`
    let records: PlacementDriverRecords | undefined
    try {
      records = await readPlacementDriverRecords(this.#deps.fs, place)
    } catch (error) {
      if (!(error instanceof StrataError) || isUnreadable(error)) throw error
      this.#findings.add({
        severity: 'error',
        code: 'PD_DAMAGED',
        place,
        detail: error.message,
        advice: restorePdAdvice,
      })
      return undefined
    }
    if (records === undefined) {
      const detail = 'the metadata of the placement driver is gone'
      this.#findings.add({ severity: 'error', code: 'FOLDER_MISSING', place, detail, advice: restorePdAdvice })
    } else if (records.tornBytes > 0) {
      this.#findings.add({
        severity: 'info',
        code: 'PD_TORN_TAIL',
        place,
        detail: `its last record is cut off (${records.tornBytes} bytes), as a crash leaves it`,
        advice: 'nothing: it was never acknowledged, and the next start removes it',
      })
    }
    return records
  }

  async #checkEngine(): Promise<{ readonly store?: StoreRecords; readonly records?: RecordCounts }> {
    const place = `${this.#path}/${engineFolder}`
    const { fs, checksum, onProgress } = this.#deps
    if ((await fs.stat(place)) === undefined || (await fs.list(place)).length === 0) {
      const detail = 'the key-value engine is gone'
      this.#findings.add({ severity: 'error', code: 'FOLDER_MISSING', place, detail, advice: restoreKvAdvice })
      return {}
    }
    const damaged = await inspectLevelFiles({ checksum }, place, (done, total) =>
      onProgress?.({ phase: 'files', done, total }),
    )
    for (const { name, offset, detail, isTail } of damaged) {
      const at = { place: `${place}/${name}`, detail: `at byte ${offset} ${detail}` }
      if (isTail && name.endsWith('.log')) {
        const advice =
          'after a crash or a power cut nothing: what follows was never acknowledged. Otherwise the disk lost it: restore a backup'
        this.#findings.add({ severity: 'warning', code: 'ENGINE_LOG_TAIL', ...at, advice })
      } else {
        this.#findings.add({
          severity: 'error',
          code: 'ENGINE_FILE_DAMAGED',
          ...at,
          advice: name.endsWith('.log') ? `${logAdvice}, ${restoreKvAdvice}` : restoreKvAdvice,
          repair: 'rebuild-engine',
        })
      }
    }
    return this.#withEngine(place, async (engine) => ({
      store: await checkStoreRecords(engine, this.#findings),
      records: await new RecordCheck(engine, this.#findings, (done) =>
        onProgress?.({ phase: 'records', done, total: undefined }),
      ).run(),
    }))
  }

  /** Opens a copy. What LevelDB has against it, when it is opened or when it is read, is a finding. */
  async #withEngine<T>(place: string, look: (engine: KvEngine) => Promise<T>): Promise<T | Record<string, never>> {
    const scratch = await mkdtemp(join(this.#options.scratchParent ?? tmpdir(), 'stratakv-doctor-'))
    let engine: KvEngine | undefined
    try {
      engine = await openLevelCopy(place, join(scratch, 'kv'))
      return await look(engine)
    } catch (error) {
      // The files could be read just now, so what fails here is their content; but not the making of the copy.
      const isCopying = error instanceof NoSpaceError || (error instanceof FileIoError && error.operation === 'copy')
      if (!(error instanceof StrataError) || isCopying) throw error
      this.#findings.add({
        severity: 'error',
        code: 'ENGINE_CANNOT_OPEN',
        place,
        // The copy's name means nothing to anybody.
        detail: error.message.replaceAll(join(scratch, 'kv'), place),
        advice: restoreKvAdvice,
        repair: 'rebuild-engine',
      })
      return {}
    } finally {
      await engine?.close()
      await rm(scratch, { recursive: true })
    }
  }

  #checkClusterIds(ids: DirectoryFacts['clusterIds']): void {
    const { marker, pd, kv } = ids
    const text = `${markerName} says ${marker ?? 'nothing'}, pd/ ${pd ?? 'nothing'}, kv/ ${kv ?? 'nothing'}`
    const finding = {
      severity: 'error',
      code: 'CLUSTER_MISMATCH',
      place: this.#path,
      detail: `cluster ids: ${text}`,
    } as const
    if (pd !== undefined && kv !== undefined && pd !== kv) {
      const odd = marker === pd ? 'kv/' : marker === kv ? 'pd/' : 'one of them'
      this.#findings.add({ ...finding, advice: `${odd} does not belong here: put back the one that does` })
    } else if (marker !== undefined && pd !== undefined && pd === kv && marker !== pd) {
      const advice =
        'if kv/ and pd/ were exchanged on purpose, run this again with --repair, which writes it down; otherwise put back those that belong here'
      this.#findings.add({ ...finding, advice, repair: 'rewrite-marker' })
    }
  }
}

const restorePdAdvice =
  'put back pd/ from a copy taken after the last clean stop; a new one would give out timestamps and ids a second time. Otherwise restore a backup into a new data directory'
/** A power cut may keep a later page of a log and lose an earlier one. LevelDB starts all the same, without what is damaged. */
const logAdvice =
  'right after a power cut this may be what was never acknowledged, and the next start passes over it. Otherwise'
const restoreKvAdvice =
  'restore a backup into a new data directory. Without one, --repair lets LevelDB rebuild it from what is readable, and keeps a copy: what is not readable is lost, so look at the findings afterwards'

/** The system does not let it be read: no finding about the content, but the end of looking. */
function isUnreadable(error: StrataError): boolean {
  return error.code === 'FS_IO' || error.code === 'FS_NO_SPACE' || error.code === 'FS_LOCKED'
}
