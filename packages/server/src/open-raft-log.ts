import type { Clock, FileSystem, RaftLogEngine, Telemetry } from '@stratakv/core'
import { openLevelEngine } from '@stratakv/level-engine'
import { copyRaftLogs, openRaftEngine } from '@stratakv/raft-engine'
import { openKvRaftLog } from '@stratakv/raft-engine/kv-engine'
import type { Config } from './config/keys.ts'
import {
  type DataDirectory,
  levelLogFolder,
  type RaftLogFolder,
  raftEngineFolder,
  raftLogFolder,
} from './data-directory/data-directory.ts'
import type { Logger } from './log/logger.ts'
import { raftEngineOptions } from './raft-options.ts'

export interface RaftLogDeps {
  readonly fs: FileSystem
  readonly clock: Clock
  readonly telemetry: Telemetry
  readonly logger: Logger
}

/** Of the log in a LevelDB, which is written and seldom read. */
const levelCacheBytes = 8 * 1024 * 1024

/**
 * Opens the Raft log that the configuration asks for. Where the directory has the other kind, all of it is copied first; the old one goes
 * when the copy is durable and named in the marker, so that a crash leaves one of them whole.
 *
 * @throws what opening and copying them throws
 */
export async function openRaftLog(deps: RaftLogDeps, directory: DataDirectory, config: Config): Promise<RaftLogEngine> {
  const wanted = raftLogFolder(config)
  const other = wanted === raftEngineFolder ? levelLogFolder : raftEngineFolder
  if (directory.parts.includes(other)) await exchange(deps, directory, config, other, wanted)
  else if (directory.parts.includes(wanted)) await removeOwnFolder(deps, directory, other)
  return openFolder(deps, directory, config, wanted)
}

async function exchange(
  deps: RaftLogDeps,
  directory: DataDirectory,
  config: Config,
  from: RaftLogFolder,
  to: RaftLogFolder,
): Promise<void> {
  deps.logger.info('copying the Raft log, as raft-engine.enable has changed', { from, to })
  const source = await openFolder(deps, directory, config, from)
  try {
    const target = await openFolder(deps, directory, config, to)
    try {
      await copyRaftLogs(source, target)
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
  }
  await directory.setParts(directory.parts.map((part) => (part === from ? to : part)))
  await removeOwnFolder(deps, directory, from)
}

function pathOf(directory: DataDirectory, folder: RaftLogFolder): string {
  return folder === raftEngineFolder ? directory.raftEnginePath : directory.levelLogPath
}

async function openFolder(
  { fs, clock, telemetry }: RaftLogDeps,
  directory: DataDirectory,
  config: Config,
  folder: RaftLogFolder,
): Promise<RaftLogEngine> {
  const path = pathOf(directory, folder)
  if (folder === raftEngineFolder) {
    return openRaftEngine({ fileSystem: fs, clock, telemetry }, raftEngineOptions(config, path))
  }
  const engine = await openLevelEngine({ path, blockCacheBytes: levelCacheBytes })
  try {
    return await openKvRaftLog({ engine }, { name: path })
  } catch (error) {
    await engine.close()
    throw error
  }
}

/** What a change of `raft-engine.enable` has left, or a crash behind one. A folder elsewhere is the operator's to remove. */
async function removeOwnFolder(
  { fs, logger }: RaftLogDeps,
  directory: DataDirectory,
  folder: RaftLogFolder,
): Promise<void> {
  const path = pathOf(directory, folder)
  if ((await fs.stat(path)) === undefined) return
  if (path !== `${directory.path}/${folder}`) {
    logger.warn('a Raft log that is not used any more can be removed', { path })
    return
  }
  for (const { name } of await fs.list(path)) await fs.remove(`${path}/${name}`)
  await fs.removeDirectory(path)
  await fs.syncDirectory(directory.path)
}
