import { access, mkdir, readdir, readFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { equalBytes, MiB } from '@stratakv/core'
import { EntryRead } from './entry-read.ts'
import { formatKey, formatValue } from './key-space.ts'
import { makeDatabase, type RocksdbDatabase, walRecoveryMode } from './rocksdb-binding.ts'
import type { RocksdbEngineOptions } from './rocksdb-engine-options.ts'
import { corruption, fromRocksdbError } from './rocksdb-errors.ts'
import { syncFolder, WriteAheadLog } from './write-ahead-log.ts'

/** An open database of our format, and the watch over its log. */
export interface OpenedDatabase {
  readonly db: RocksdbDatabase
  readonly log: WriteAheadLog
}

export async function openDatabase(options: RocksdbEngineOptions): Promise<OpenedDatabase> {
  const path = resolve(options.path)
  await createFolder(path)
  await checkManifest(path)
  const db = makeDatabase(path, {
    writeBufferSize: options.memtableBytes ?? MiB(32),
    maxWriteBufferNumber: options.memtableCountMax ?? 5,
    maxBackgroundJobs: options.backgroundJobCountMax ?? 2,
    maxOpenFiles: options.maxOpenFiles ?? 1000,
    blockCache: options.blockCache ?? true,
    // The cache is too small to hold the indexes of a large database as well; `maxOpenFiles` bounds them.
    tableCacheIndexAndFilterBlocks: false,
    walRecoveryMode: walRecoveryMode.pointInTime,
  })
  try {
    await db.ready()
  } catch (thrown) {
    throw fromRocksdbError(path, 'open', thrown)
  }
  try {
    const isNew = await checkFormat(db, path)
    if (isNew) await writeFormat(db)
    // After the first write: it makes that one durable too.
    return { db, log: await WriteAheadLog.watch(path) }
  } catch (thrown) {
    await db.close()
    throw fromRocksdbError(path, 'open', thrown)
  }
}

/** Makes the folder and its missing parents, and their names durable: RocksDB syncs only what is inside. */
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
 * A lost CURRENT RocksDB takes for a new database, and then removes the tables that the new one does not know: with tables or logs
 * there, something else is wrong. A database of LevelDB it would take over, and no LevelDB could read it any more.
 */
export async function checkManifest(path: string): Promise<void> {
  const names = await readdir(path)
  if (!names.includes('CURRENT')) {
    const orphan = names.find((name) => /^\d+\.(?:ldb|sst|log)$/.test(name))
    if (orphan === undefined) return
    throw corruption(join(path, 'CURRENT'), `it is missing, but ${orphan} is there`)
  }
  // RocksDB writes IDENTITY, synced, before CURRENT; LevelDB has no such file.
  if (!names.includes('IDENTITY')) throw corruption(path, 'it holds a database, but not one of RocksDB')
  const current = await readFile(join(path, 'CURRENT'), 'latin1')
  const name = /^(MANIFEST-\d+)\n$/.exec(current)?.[1]
  if (name === undefined) {
    const found = JSON.stringify(current.slice(0, 40))
    throw corruption(join(path, 'CURRENT'), `it holds ${found}, not the name of a manifest`)
  }
  const manifest = join(path, name)
  await access(manifest).catch((cause: unknown) => {
    throw corruption(manifest, 'CURRENT names it, but it is missing', cause)
  })
}

/** Whether the database is empty, and so new. @throws EngineCorruptionError when it is not ours */
export async function checkFormat(db: RocksdbDatabase, path: string): Promise<boolean> {
  const batch = db.read({ capacity: 1, autoDestroy: true })
  const reading = batch.get(formatKey)
  batch.tryFlush()
  const written = await reading
  if (written === null) {
    const [entry] = await new EntryRead(db, {}, 1).entries
    if (entry !== undefined) throw corruption(path, 'it is a RocksDB database, but not one of this engine')
    return true
  }
  if (!equalBytes(written, formatValue)) {
    throw corruption(path, `its format is ${[...written].join(' ')}, and this engine knows ${formatValue.join(' ')}`)
  }
  return false
}

async function writeFormat(db: RocksdbDatabase): Promise<void> {
  const batch = db.write({ capacity: 1 })
  batch.tryPut(formatKey, formatValue)
  await batch.flush()
  batch.destroy()
}
