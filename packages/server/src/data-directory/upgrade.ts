import { assert, type FileSystem } from '@stratakv/core'
import type { Logger } from '../log/logger.ts'
import { formatVersion, type Marker, writeMarker } from './marker.ts'

export interface UpgradeDeps {
  readonly fs: FileSystem
  readonly logger: Logger
}

/** What a step may work on. The directory is locked, and nothing in it is open. */
export interface UpgradeContext extends UpgradeDeps {
  readonly directory: string
}

/**
 * From one format to the next. A step is run again from its beginning when a crash cut it off anywhere, so each part of it must
 * be right both on what the old format left and on its own half-done or finished work; what it wrote must be durable before it returns.
 * Until the marker is replaced, which is done for it and last, the directory is still of the old format for everybody.
 */
export interface UpgradeStep {
  readonly from: number
  /** What it does, for the log: `name the cluster in the marker`. */
  readonly name: string
  /** Resolves to the marker of the next format. */
  run(context: UpgradeContext, marker: Marker): Promise<Marker>
}

/** In order, without a gap, ending at the present format. A step is never changed once it was released. */
export const upgradeSteps: readonly UpgradeStep[] = [
  {
    from: 1,
    name: 'give the marker a checksum and room for the cluster id and versions',
    // Who made it is not known. The cluster id is filled in when kv/ and pd/ are open and agree on it, as in a new directory.
    run: async (_context, marker) => ({ ...marker, clusterId: undefined, createdBy: undefined, format: 2 }),
  },
  {
    from: 2,
    name: 'name the folders that must be there, for the Raft log will be one',
    // The log is made when the node opens: what kv/ holds is its state before the first entry. From then on it is named, too.
    run: async (_context, marker) => ({ ...marker, format: 3 }),
  },
]

/**
 * Takes the directory to the present format, one step after another, each durable before the next begins: a crash is
 * finished by the next start. Resolves to the marker that is in force.
 */
export async function upgradeDirectory(
  deps: UpgradeDeps,
  directory: string,
  marker: Marker,
  steps: readonly UpgradeStep[] = upgradeSteps,
): Promise<Marker> {
  let current = marker
  for (const step of steps) {
    if (step.from < current.format) continue
    assert(step.from === current.format, `no upgrade step begins at format ${current.format}`)
    deps.logger.info('upgrading the data directory: an older version will refuse it from here on', {
      directory,
      from: step.from,
      to: step.from + 1,
      step: step.name,
    })
    const next = await step.run({ ...deps, directory }, current)
    assert(next.format === step.from + 1, 'a step goes one format further')
    await writeMarker(deps.fs, directory, next)
    current = next
  }
  assert(steps !== upgradeSteps || current.format === formatVersion, 'the steps end at the present format')
  return current
}
