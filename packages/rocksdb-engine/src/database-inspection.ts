import { resolve } from 'node:path'
import { EngineCorruptionError } from '@stratakv/core'
import { type Entry, EntryRead } from './entry-read.ts'
import { checkFormat, checkManifest } from './open-database.ts'
import { makeDatabase, type RocksdbDatabase, walRecoveryMode } from './rocksdb-binding.ts'
import { fromRocksdbError } from './rocksdb-errors.ts'

/** Something in a database that is not what was written. */
export interface RocksdbDamage {
  /**
   * `log`: a write-ahead log; opening drops what lies behind the damage. `tables`: a table or the manifest. `format`: the folder holds
   * something else.
   */
  readonly in: 'log' | 'tables' | 'format'
  /** RocksDB's words. */
  readonly detail: string
  /** The log only ends in the middle of a record, as a crash may leave it: nothing acknowledged as synced is lost. */
  readonly isTail: boolean
}

/** What was found, and how much was read to find it. */
export interface RocksdbInspection {
  readonly damage: readonly RocksdbDamage[]
  readonly entryCount: number
  readonly byteCount: number
}

/** Entries of one read. */
const readCount = 1000

/**
 * Reads all of a closed database, which holds every block and log record to its checksum. Changes nothing. Stops at the first damage in
 * the tables, for what comes after it cannot be reached in order.
 *
 * @param onProgress entries read so far, after each 1000
 * @throws RocksdbUnavailableError; FileIoError when the system does not let a file be read
 */
export async function inspectRocksdb(
  folder: string,
  onProgress: (entryCount: number) => void = () => {},
): Promise<RocksdbInspection> {
  const path = resolve(folder)
  const damage: RocksdbDamage[] = []
  try {
    await checkManifest(path)
  } catch (error) {
    if (error instanceof EngineCorruptionError) return { damage: [inTables(error)], entryCount: 0, byteCount: 0 }
    throw fromRocksdbError(path, 'inspect', error)
  }
  const opened = await openAsStrictlyAsItGoes(path)
  damage.push(...opened.damage)
  if (opened.db === undefined) return { damage, entryCount: 0, byteCount: 0 }
  try {
    const read = await readAll(opened.db, path, onProgress)
    return { ...read, damage: [...damage, ...read.damage] }
  } finally {
    await opened.db.close()
  }
}

/** Each of the modes forgives more of a log: what one refuses and the next opens says what is wrong. */
async function openAsStrictlyAsItGoes(
  path: string,
): Promise<{ readonly db?: RocksdbDatabase; readonly damage: RocksdbDamage[] }> {
  const refusals: EngineCorruptionError[] = []
  for (const mode of ['absoluteConsistency', 'tolerateCorruptedTail', 'pointInTime'] as const) {
    try {
      const db = await openReadOnly(path, mode)
      const detail = refusals.at(-1)?.message
      return { db, damage: detail === undefined ? [] : [{ in: 'log', detail, isTail: refusals.length === 1 }] }
    } catch (error) {
      if (!(error instanceof EngineCorruptionError)) throw error
      refusals.push(error)
    }
  }
  return { damage: [inTables(refusals[0]!)] }
}

async function openReadOnly(path: string, mode: keyof typeof walRecoveryMode): Promise<RocksdbDatabase> {
  const db = makeDatabase(path, {
    readOnly: true,
    createIfMissing: false,
    walRecoveryMode: walRecoveryMode[mode],
    tableCacheIndexAndFilterBlocks: false,
    maxOpenFiles: 1000,
  })
  try {
    await db.ready()
  } catch (thrown) {
    throw fromRocksdbError(path, 'inspect', thrown)
  }
  return db
}

async function readAll(
  db: RocksdbDatabase,
  path: string,
  onProgress: (entryCount: number) => void,
): Promise<RocksdbInspection> {
  let [entryCount, byteCount] = [0, 0]
  try {
    await checkFormat(db, path)
  } catch (thrown) {
    const error = fromRocksdbError(path, 'inspect', thrown)
    if (!(error instanceof EngineCorruptionError)) throw error
    return { damage: [{ in: 'format', detail: error.message, isTail: false }], entryCount, byteCount }
  }
  for (let after: Uint8Array | undefined; ; ) {
    let entries: readonly Entry[]
    try {
      entries = await new EntryRead(db, after === undefined ? {} : { gt: after }, readCount).entries
    } catch (thrown) {
      const error = fromRocksdbError(path, 'inspect', thrown)
      if (!(error instanceof EngineCorruptionError)) throw error
      return { damage: [inTables(error)], entryCount, byteCount }
    }
    for (const [key, value] of entries) byteCount += key.length + (value?.length ?? 0)
    entryCount += entries.length
    onProgress(entryCount)
    if (entries.length < readCount) return { damage: [], entryCount, byteCount }
    after = entries.at(-1)![0]
  }
}

function inTables(error: EngineCorruptionError): RocksdbDamage {
  return { in: 'tables', detail: error.message, isTail: false }
}
