import { copyFile, cp, link, mkdir, readdir, readFile, rename, stat, symlink, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Checksum, KvEngine } from '@stratakv/core'
import { ClassicLevel } from 'classic-level'
import { checkLog, checkTable, type FileFault, markDamagedBlocks } from './file-check.ts'
import { openLevelEngine } from './level-engine.ts'
import { fromLevelError } from './level-errors.ts'
import { syncFolder } from './write-ahead-log.ts'

/** A file whose bytes are not what was written. */
export interface DamagedFile extends FileFault {
  readonly name: string
}

const tablePattern = /^\d+\.(?:ldb|sst)$/
const logPattern = /^(?:\d+\.log|MANIFEST-\d+)$/

/**
 * Reads every file of a closed database and holds it to its checksums. Changes nothing. Which files the database needs is not looked
 * at: opening finds that out.
 *
 * @param onProgress after each file
 * @throws FileIoError when the system does not let a file be read
 */
export async function inspectLevelFiles(
  { checksum }: { readonly checksum: Checksum },
  path: string,
  onProgress: (bytesDone: number, bytesTotal: number) => void = () => {},
): Promise<DamagedFile[]> {
  try {
    return await inspect(checksum, path, onProgress)
  } catch (thrown) {
    throw fromLevelError(path, 'inspect', thrown)
  }
}

async function inspect(
  checksum: Checksum,
  path: string,
  onProgress: (bytesDone: number, bytesTotal: number) => void,
): Promise<DamagedFile[]> {
  const names = (await readdir(path)).filter((name) => tablePattern.test(name) || logPattern.test(name)).sort()
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(path, name))).size))
  const bytesTotal = sizes.reduce((total, size) => total + size, 0)
  let bytesDone = 0
  const damaged: DamagedFile[] = []
  for (const [index, name] of names.entries()) {
    const file = await readFile(join(path, name))
    const fault = tablePattern.test(name) ? checkTable(checksum, file) : checkLog(checksum, file)
    if (fault !== undefined) damaged.push({ name, ...fault })
    bytesDone += sizes[index]!
    onProgress(bytesDone, bytesTotal)
  }
  return damaged
}

/**
 * Opens a closed database for reading without changing it: LevelDB writes when it opens, so it is given a folder of its own with links
 * to the tables, which it never changes, and copies of the rest. `scratch` must not exist; it is made, and left to the caller to remove once the
 * engine is closed.
 *
 * @throws EngineCorruptionError with the path of the database, and what else opening throws
 */
export async function openLevelCopy(path: string, scratch: string): Promise<KvEngine> {
  try {
    await mkdir(scratch, { recursive: true })
    for (const name of await readdir(path)) {
      const [from, to] = [resolve(path, name), join(scratch, name)]
      if (name === 'LOCK' || (await stat(from)).isDirectory()) continue
      if (tablePattern.test(name)) await symlink(from, to).catch(() => copyFile(from, to))
      else await copyFile(from, to)
    }
  } catch (thrown) {
    throw fromLevelError(path, 'copy', thrown)
  }
  return openLevelEngine({ path: scratch })
}

/**
 * Lets LevelDB rebuild a closed database from what is readable: tables, and logs. What is not readable is lost, and LevelDB does not
 * say what it was. Before that the whole folder is kept under `keep`, which must not exist: tables as hard links where the disk
 * has them, for repair replaces files and does not change them.
 *
 * @throws FileIoError, NoSpaceError, EngineCorruptionError; nothing was changed if keeping a copy failed
 */
export async function repairLevelDatabase(
  { checksum }: { readonly checksum: Checksum },
  path: string,
  keep: string,
): Promise<void> {
  try {
    await mkdir(keep)
    for (const name of await readdir(path)) {
      const [from, to] = [join(path, name), join(keep, name)]
      if (tablePattern.test(name)) await link(from, to).catch(() => copyFile(from, to))
      else await cp(from, to, { recursive: true })
    }
    await syncFolder(keep)
    for (const name of (await readdir(path)).filter((file) => tablePattern.test(file))) {
      const table = join(path, name)
      const marked = markDamagedBlocks(checksum, await readFile(table))
      if (marked === undefined) continue
      // A new file under the old name: the old one is kept under its other name.
      await writeFile(`${table}.new`, marked, { flush: true })
      await rename(`${table}.new`, table)
    }
    await ClassicLevel.repair(path)
    await syncFolder(path)
  } catch (thrown) {
    throw fromLevelError(path, 'repair', thrown)
  }
}
