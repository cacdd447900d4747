import { spawnSync } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  EngineCorruptionError,
  EnginePoisonedError,
  FileIoError,
  FileLockedError,
  type KeyChange,
  KiB,
  type KvEngine,
  MiB,
  NoSpaceError,
} from '@stratakv/core'
import { inspectRocksdb, openRocksdbEngine } from '@stratakv/rocksdb-engine'
import { ClassicLevel } from 'classic-level'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeDatabase } from '../src/rocksdb-binding.ts'
import { fromRocksdbError } from '../src/rocksdb-errors.ts'

let path: string

beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'rocksdb-faults-'))
})

afterEach(() => rm(path, { recursive: true }))

const key = (index: number): Uint8Array => new TextEncoder().encode(`key ${String(index).padStart(6, '0')}`)
const put = (index: number, value: Uint8Array): KeyChange => ({ type: 'put', cf: 'default', key: key(index), value })

/** A value no compression makes smaller. */
function noise(index: number, length: number): Uint8Array {
  let state = index + 1
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state >>> 24
  })
}

async function caught(call: () => unknown): Promise<unknown> {
  try {
    await call()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}

/** A closed database whose data is in tables. */
async function writeTables(): Promise<string[]> {
  const engine = await openRocksdbEngine({ path })
  await engine.write(
    Array.from({ length: 2000 }, (_, index) => put(index, noise(index, 100))),
    { sync: true },
  )
  await engine.close()
  // Opening again makes a table of what is in the log.
  await (await openRocksdbEngine({ path })).close()
  return (await readdir(path)).filter((name) => name.endsWith('.sst'))
}

/** The log that holds something. */
async function writeLog(count: number): Promise<string> {
  const engine = await openRocksdbEngine({ path })
  for (let index = 0; index < count; index++) await engine.write([put(index, noise(index, 100))], { sync: true })
  await engine.close()
  for (const name of (await readdir(path)).filter((file) => file.endsWith('.log'))) {
    if ((await readFile(join(path, name))).length > 0) return join(path, name)
  }
  throw new Error('no log holds anything')
}

describe('a damaged database', () => {
  it('is refused when CURRENT holds nonsense', async () => {
    await writeTables()
    await writeFile(join(path, 'CURRENT'), 'nonsense')
    const error = await caught(() => openRocksdbEngine({ path }))
    expect(error).toBeInstanceOf(EngineCorruptionError)
    expect((error as EngineCorruptionError).path).toBe(join(path, 'CURRENT'))
    expect(String(error)).toContain('"nonsense"')
    expect(String(error)).toContain('other replicas')
    expect((await inspectRocksdb(path)).damage).toMatchObject([{ in: 'tables' }])
  })

  it('is refused when CURRENT is gone, and not begun anew over its own tables', async () => {
    const tables = await writeTables()
    const current = await readFile(join(path, 'CURRENT'))
    await rm(join(path, 'CURRENT'))
    const error = await caught(() => openRocksdbEngine({ path }))
    expect(error).toBeInstanceOf(EngineCorruptionError)
    expect(String(error)).toMatch(/CURRENT is corrupted: it is missing, but \d+\.(sst|log) is there/)
    expect(await readdir(path)).toEqual(expect.arrayContaining(tables))
    await writeFile(join(path, 'CURRENT'), current)
    const engine = await openRocksdbEngine({ path })
    expect(Uint8Array.from((await engine.get('default', key(7)))!)).toEqual(noise(7, 100))
    await engine.close()
  })

  for (const [what, damage] of [
    ['missing', (manifest: string) => rm(manifest)],
    ['cut short', (manifest: string) => truncate(manifest, 10)],
  ] as const) {
    it(`is refused when the manifest is ${what}`, async () => {
      await writeTables()
      const manifest = join(path, (await readFile(join(path, 'CURRENT'), 'latin1')).trim())
      await damage(manifest)
      const error = await caught(() => openRocksdbEngine({ path }))
      expect(error).toBeInstanceOf(EngineCorruptionError)
      expect((error as EngineCorruptionError).path).toBe(manifest)
    })
  }

  for (const [what, damage] of [
    ['missing', (table: string) => rm(table)],
    ['cut short', (table: string) => truncate(table, 5000)],
  ] as const) {
    it(`is refused when a table is ${what}`, async () => {
      const [table] = await writeTables()
      await damage(join(path, table!))
      const error = await caught(() => openRocksdbEngine({ path }))
      expect(error).toBeInstanceOf(EngineCorruptionError)
      expect((error as EngineCorruptionError).path).toBe(join(path, table!))
      expect((await inspectRocksdb(path)).damage).toMatchObject([{ in: 'tables', isTail: false }])
    })
  }

  it('fails each kind of read of a block with one flipped bit, and an inspection names the table', async () => {
    const [table] = await writeTables()
    const bytes = await readFile(join(path, table!))
    const at = bytes.indexOf(noise(1500, 100).subarray(20, 60))
    expect(at).toBeGreaterThan(0)
    bytes[at]! ^= 1
    await writeFile(join(path, table!), bytes)
    const engine = await openRocksdbEngine({ path })
    for (const read of [
      () => engine.get('default', key(1500)),
      () => engine.getMany('default', [key(1), key(1500)]),
      () => engine.iterate('default').seek(key(1500)),
      async () => {
        const iterator = engine.iterate('default')
        for (let found = await iterator.seekToFirst(); found; ) found = await iterator.next()
      },
    ]) {
      const error = await caught(read)
      expect(error).toBeInstanceOf(EngineCorruptionError)
      expect((error as EngineCorruptionError).path).toBe(join(path, table!))
      expect(String(error)).toContain('checksum mismatch')
    }
    // The rest can be read, and written.
    expect((await engine.get('default', key(1)))?.length).toBe(100)
    await engine.write([put(5000, noise(1, 10))], { sync: true })
    await engine.close()
    const { damage, entryCount } = await inspectRocksdb(path)
    expect(damage).toMatchObject([{ in: 'tables', isTail: false }])
    expect(damage[0]!.detail).toContain(table)
    expect(entryCount).toBeGreaterThan(100)
  })

  it('loses what lies behind damage in a log without a word, as RocksDB has it; an inspection tells', async () => {
    const log = await writeLog(10)
    const bytes = await readFile(log)
    const at = bytes.indexOf(noise(5, 100).subarray(20, 60))
    bytes[at]! ^= 1
    await writeFile(log, bytes)
    expect((await inspectRocksdb(path)).damage).toMatchObject([{ in: 'log', isTail: false }])
    const again = await openRocksdbEngine({ path })
    const found = await again.getMany(
      'default',
      Array.from({ length: 10 }, (_, index) => key(index)),
    )
    expect(found.map((value) => value !== undefined)).toEqual([...Array(5).fill(true), ...Array(5).fill(false)])
    await again.close()
    expect((await inspectRocksdb(path)).damage).toEqual([])
  })

  it('opens without a torn last record, and an inspection says that it is only the tail', async () => {
    const log = await writeLog(10)
    await truncate(log, (await readFile(log)).length - 20)
    const inspection = await inspectRocksdb(path)
    expect(inspection.damage).toMatchObject([{ in: 'log', isTail: true }])
    // Nine, and the record of the format.
    expect(inspection.entryCount).toBe(10)
  })

  it('is refused when it is a RocksDB database of somebody else', async () => {
    await writeRaw(Uint8Array.of(0x61))
    const error = await caught(() => openRocksdbEngine({ path }))
    expect(error).toBeInstanceOf(EngineCorruptionError)
    expect(String(error)).toContain('not one of this engine')
    expect((await inspectRocksdb(path)).damage).toMatchObject([{ in: 'format' }])
  })

  it('is refused when its format is newer', async () => {
    await writeTables()
    await writeRaw(Uint8Array.of(0, 1), Uint8Array.of(0x52, 2))
    expect(String(await caught(() => openRocksdbEngine({ path })))).toContain('its format is 82 2')
  })

  it('is refused when it is of LevelDB, which RocksDB would take over, and stays readable there', async () => {
    const level = new ClassicLevel(path)
    await level.put('a', 'b', { sync: true })
    await level.close()
    const before = await readdir(path)
    const error = await caught(() => openRocksdbEngine({ path }))
    expect(error).toBeInstanceOf(EngineCorruptionError)
    expect(String(error)).toContain('not one of RocksDB')
    expect(await readdir(path)).toEqual(before)
    await level.open()
    expect(await level.get('a')).toBe('b')
    await level.close()
  })

  it('is not changed by an inspection, which reads all of a sound one', async () => {
    await writeTables()
    const before = await contents()
    const progress: number[] = []
    const { damage, entryCount, byteCount } = await inspectRocksdb(path, (count) => progress.push(count))
    expect({ damage, entryCount, progress }).toEqual({ damage: [], entryCount: 2001, progress: [1000, 2000, 2001] })
    expect(byteCount).toBe(2000 * (1 + 10 + 100) + 4)
    expect(await contents()).toEqual(before)
  })

  async function contents(): Promise<Record<string, string>> {
    const names = await readdir(path)
    return Object.fromEntries(
      await Promise.all(names.map(async (name) => [name, await readFile(join(path, name), 'latin1')])),
    )
  }

  async function writeRaw(rawKey: Uint8Array, value: Uint8Array = rawKey): Promise<void> {
    const db = makeDatabase(path, {})
    await db.ready()
    const batch = db.write({ capacity: 1 })
    batch.tryPut(rawKey, value)
    await batch.flush()
    batch.destroy()
    await db.close()
  }
})

it('refuses a database that is open already, and leaves it usable', async () => {
  const engine = await openRocksdbEngine({ path })
  expect(await caught(() => openRocksdbEngine({ path }))).toBeInstanceOf(FileLockedError)
  await engine.write([put(1, noise(1, 10))], { sync: true })
  await engine.close()
  const again = await openRocksdbEngine({ path })
  expect((await again.get('default', key(1)))?.length).toBe(10)
  await again.close()
})

it('tells the errors that RocksDB folds into one errno apart', () => {
  const native = (code: string, text: string) =>
    fromRocksdbError(
      '/db',
      'read',
      new Error('Batch was not applied', { cause: Object.assign(new Error(text), { code }) }),
    )
  expect(native('EIO', 'While pread offset 0 len 8170: /db/000008.sst: Input/output error')).toBeInstanceOf(FileIoError)
  expect(native('EIO', 'While lock file: /db/LOCK: Resource temporarily unavailable')).toBeInstanceOf(FileLockedError)
  expect(native('ENOSPC', 'While appending to file: /db/000009.log: No space left on device')).toBeInstanceOf(
    NoSpaceError,
  )
  expect(native('EIO', 'While appending to file: /db/000009.log: Disk quota exceeded')).toBeInstanceOf(NoSpaceError)
  expect(native('ENOENT', 'While open a file for random read: /db/000008.sst: No such file')).toMatchObject({
    code: 'ENGINE_CORRUPTION',
    path: '/db/000008.sst',
  })
  expect(native('EIO', 'block checksum mismatch: stored = 1, computed = 2 in /db/000008.sst')).toBeInstanceOf(
    EngineCorruptionError,
  )
  expect(
    fromRocksdbError('/db', 'sync', Object.assign(new Error('EIO: i/o error'), { code: 'EIO', syscall: 'fdatasync' })),
  ).toBeInstanceOf(FileIoError)
})

describe('a full disk', () => {
  const mounted = spawnSync('mount', ['--version']).status === 0 && process.getuid?.() === 0 && mayMount()
  const whyNot = mounted ? '' : ' (skipped: mounting a small disk needs Linux and root)'

  it.skipIf(!mounted)(`fails the write, poisons the engine and goes on reading${whyNot}`, async () => {
    mount(path, ['-t', 'tmpfs', '-o', 'size=4m', 'none'])
    let engine: KvEngine | undefined
    try {
      engine = await openRocksdbEngine({ path, memtableBytes: KiB(256) })
      let acknowledged = 0
      const error = await caught(async () => {
        for (;;) {
          await engine!.write([put(acknowledged, noise(acknowledged, KiB(4)))], { sync: acknowledged % 4 === 0 })
          acknowledged++
        }
      })
      expect(error).toBeInstanceOf(NoSpaceError)
      expect(acknowledged).toBeGreaterThan(100)
      const refused = await caught(() => engine!.write([put(0, noise(0, 1))], { sync: false }))
      expect(refused).toBeInstanceOf(EnginePoisonedError)
      expect(String(refused)).toContain('restart after freeing space')
      expect(await caught(() => engine!.deleteRange('default', key(0), key(9), { sync: false }))).toBeInstanceOf(
        EnginePoisonedError,
      )
      expect(await countIntact(engine, acknowledged)).toBe(acknowledged)
      await engine.close()

      mount(path, ['-o', `remount,size=${MiB(64)}`])
      engine = await openRocksdbEngine({ path, memtableBytes: KiB(256) })
      // Nothing but the process ended, so even what was acknowledged without a sync is there.
      expect(await countIntact(engine, acknowledged)).toBe(acknowledged)
      await engine.write([put(acknowledged, noise(acknowledged, KiB(4)))], { sync: true })
      expect(await countIntact(engine, acknowledged + 1)).toBe(acknowledged + 1)
    } finally {
      await engine?.close()
      spawnSync('umount', [path])
    }
  })

  async function countIntact(engine: KvEngine, count: number): Promise<number> {
    let intact = 0
    for (let index = 0; index < count; index++) {
      const value = await engine.get('default', key(index))
      if (value !== undefined && Buffer.compare(value, noise(index, KiB(4))) === 0) intact++
    }
    return intact
  }
})

function mount(folder: string, options: string[]): void {
  const { status, stderr } = spawnSync('mount', [...options, folder], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`mount failed: ${stderr}`)
}

/** Containers often run as root without the right to mount. */
function mayMount(): boolean {
  const probe = join(tmpdir(), `rocksdb-mount-probe-${process.pid}`)
  const { status } = spawnSync('sh', [
    '-c',
    'mkdir "$0" && mount -t tmpfs -o size=4k none "$0" && umount "$0"; s=$?; rmdir "$0"; exit $s',
    probe,
  ])
  return status === 0
}
