import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FileLockedError, type KeyChange } from '@stratakv/core'
import { createNodeFileSystem } from '@stratakv/file-io'
import { describe, expect, it } from 'vitest'
import { openSqliteEngine } from '../src/sqlite-engine.ts'

const fs = createNodeFileSystem()
const change = (key: string): KeyChange => ({
  type: 'put',
  cf: 'default',
  key: Buffer.from(key),
  value: Buffer.from(key),
})

async function inFolder(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'sqlite-engine-'))
  try {
    await body(folder)
  } finally {
    await rm(folder, { recursive: true })
  }
}

describe('SQLite engine', () => {
  it('opens although a killed process has left the library’s lock behind', () =>
    inFolder(async (folder) => {
      await mkdir(join(folder, 'engine.sqlite.lock'))
      const engine = await openSqliteEngine({ fs }, folder)
      await engine.write([change('a')], { sync: true })
      await engine.close()
    }))

  it('is one process’s at a time', () =>
    inFolder(async (folder) => {
      const engine = await openSqliteEngine({ fs }, folder)
      await expect(openSqliteEngine({ fs }, folder)).rejects.toBeInstanceOf(FileLockedError)
      await engine.write([change('a')], { sync: true })
      await engine.close()
    }))

  it('keeps no past that nobody can read', () =>
    inFolder(async (folder) => {
      const engine = await openSqliteEngine({ fs }, folder)
      const snapshot = engine.snapshot()
      for (let round = 0; round < 100; round++) await engine.write([change('a'), change('b')], { sync: false })
      snapshot.release()
      await engine.write([change('a')], { sync: true })
      await engine.close()
      const { Database } = await import('node-sqlite3-wasm')
      const database = new Database(join(folder, 'engine.sqlite'))
      database.exec('pragma locking_mode = exclusive')
      expect(database.get('select count(*) as rows from entry')).toEqual({ rows: 2 })
      database.close()
    }))
})
