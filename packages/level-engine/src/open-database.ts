import { access, mkdir, readdir, readFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { MiB } from '@stratakv/core'
import { ClassicLevel } from 'classic-level'
import { formatVersion, formatVersionKey } from './key-space.ts'
import type { LevelEngineOptions } from './level-engine-options.ts'
import { corruption, fromLevelError } from './level-errors.ts'
import { syncFolder, WriteAheadLog } from './write-ahead-log.ts'
import type { LevelDatabase } from './write-queue.ts'

/** LevelDB's 2 MiB would need 500 files, and as many opened, for each GiB; one of 8 MiB still compacts in well under a second. */
const tableFileBytes = MiB(8)

/** An open database of our format, and the watch over its log. */
export interface OpenedDatabase {
  readonly db: LevelDatabase
  readonly log: WriteAheadLog
}

export async function openDatabase(options: LevelEngineOptions): Promise<OpenedDatabase> {
  const path = resolve(options.path)
  await createFolder(path)
  await checkManifest(path)
  const db: LevelDatabase = new ClassicLevel<Uint8Array, Uint8Array>(path, {
    keyEncoding: 'view',
    valueEncoding: 'view',
    cacheSize: options.blockCacheBytes ?? MiB(64),
    writeBufferSize: options.memtableBytes ?? MiB(32),
    compression: options.compression ?? true,
    maxOpenFiles: options.maxOpenFiles ?? 1000,
    maxFileSize: tableFileBytes,
  })
  try {
    await db.open()
  } catch (thrown) {
    throw fromLevelError(path, 'open', thrown)
  }
  try {
    await checkFormat(db, path)
    return { db, log: await WriteAheadLog.watch(path) }
  } catch (thrown) {
    await db.close()
    throw fromLevelError(path, 'open', thrown)
  }
}

/** Makes the folder and its missing parents, and their names durable: LevelDB syncs only what is inside. */
async function createFolder(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true })
  if (first === undefined) return
  const top = dirname(first)
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    await syncFolder(folder)
    if (folder === top) return
  }
}

/**
 * LevelDB reports a lost manifest as a plain I/O error, so this one is looked for first. A lost CURRENT it takes for a new
 * database, and then removes the tables that the new one does not know: with tables or logs there, something else is wrong.
 */
async function checkManifest(path: string): Promise<void> {
  let current: string
  try {
    current = await readFile(join(path, 'CURRENT'), 'latin1')
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'ENOENT') throw fromLevelError(path, 'open', thrown)
    const orphan = (await readdir(path)).find((name) => /^\d+\.(?:ldb|sst|log)$/.test(name))
    if (orphan !== undefined) throw corruption(join(path, 'CURRENT'), `it is missing, but ${orphan} is there`, thrown)
    return
  }
  const name = /^(MANIFEST-\d+)\n$/.exec(current)?.[1]
  if (name === undefined)
    throw corruption(
      join(path, 'CURRENT'),
      `it holds ${JSON.stringify(current.slice(0, 40))}, not the name of a manifest`,
    )
  const manifest = join(path, name)
  await access(manifest).catch((cause: unknown) => {
    throw corruption(manifest, 'CURRENT names it, but it is missing', cause)
  })
}

async function checkFormat(db: LevelDatabase, path: string): Promise<void> {
  const written = await db.get(formatVersionKey)
  if (written === undefined) {
    const [entry] = await db.iterator({ limit: 1 }).all()
    if (entry !== undefined) throw corruption(path, 'it is a LevelDB database, but not one of this engine')
    await db.put(formatVersionKey, Uint8Array.of(formatVersion), { sync: true })
  } else if (written.length !== 1 || written[0] !== formatVersion) {
    throw corruption(path, `its format is version ${written.join(' ')}, and this engine knows ${formatVersion}`)
  }
}
