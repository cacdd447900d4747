import { repairLevelDatabase } from '@stratakv/level-engine'
import {
  engineFolder,
  levelLogFolder,
  placementDriverFolder,
  raftEngineFolder,
} from '../data-directory/data-directory.ts'
import { formatVersion, type Marker, markerName, readMarker, writeMarker } from '../data-directory/marker.ts'
import type { DoctorDeps, DoctorReport } from './doctor.ts'

/** Mends what findings say can be mended, each after a copy of what it changes. Answers what it did. The directory is locked. */
export async function repairDirectory(
  deps: DoctorDeps,
  path: string,
  report: DoctorReport,
  version: string,
): Promise<readonly string[]> {
  const kinds = new Set(report.findings.map(({ repair }) => repair))
  const stamp = new Date(deps.clock.unixMs()).toISOString().replaceAll(':', '-')
  const done: string[] = []
  if (kinds.has('rebuild-engine')) {
    const [engine, keep] = [`${path}/${engineFolder}`, `${path}/${engineFolder}.before-${stamp}`]
    await repairLevelDatabase(deps, engine, keep)
    done.push(`${engine} was rebuilt from what is readable; ${keep} is what it was`)
  }
  if (kinds.has('rewrite-marker')) {
    const kept = await keepMarker(deps, path, stamp)
    await writeMarker(deps.fs, path, await markerFor(deps, path, report, version))
    done.push(`${path}/${markerName} was written anew${kept === undefined ? '' : `; ${kept} is what it was`}`)
  }
  return done
}

/** What can be known of the folder: `kv/` is LevelDB's, and the cluster is the one on which `kv/` and `pd/` agree. */
async function markerFor(deps: DoctorDeps, path: string, report: DoctorReport, version: string): Promise<Marker> {
  const { pd, kv } = report.facts.clusterIds
  const clusterId = pd === kv ? pd : undefined
  const reading = await readMarker(deps.fs, path)
  // The present format may be claimed for a folder whose marker is lost: no upgrade step has changed anything but the marker, and what
  // came with one, the Raft log, is told by its folder. The first step that changes more must let this tell an older folder by its content.
  if (reading?.kind === 'marker') return { ...reading.marker, format: formatVersion, clusterId }
  const parts: string[] = []
  for (const folder of [engineFolder, placementDriverFolder, raftEngineFolder, levelLogFolder]) {
    const at = `${path}/${folder}`
    if ((await deps.fs.stat(at)) !== undefined && (await deps.fs.list(at)).length > 0) parts.push(folder)
  }
  return { format: formatVersion, engine: 'level', clusterId, parts, createdBy: undefined, lastOpenedBy: version }
}

/** Under which name; `undefined`: there was none. */
async function keepMarker({ fs }: DoctorDeps, path: string, stamp: string): Promise<string | undefined> {
  if ((await fs.stat(`${path}/${markerName}`)) === undefined) return undefined
  const kept = `${path}/${markerName}.before-${stamp}`
  // A copy, and not a new name: until the new marker takes the old one's name the folder has one.
  const from = await fs.open(`${path}/${markerName}`, 'read')
  try {
    const bytes = new Uint8Array(await from.sizeBytes())
    await from.readAt(bytes, 0)
    const to = await fs.open(kept, 'create-new')
    try {
      await to.append([bytes])
      await to.sync('all')
    } finally {
      await to.close()
    }
  } finally {
    await from.close()
  }
  return kept
}
