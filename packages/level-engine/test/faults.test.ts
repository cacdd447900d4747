import { spawnSync } from 'node:child_process'
import { mkdtemp, open, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import {
  EngineCorruptionError,
  EnginePoisonedError,
  FileLockedError,
  type KeyChange,
  KiB,
  type KvEngine,
  MiB,
  NoSpaceError,
} from '@stratakv/core'
import { inspectLevelFiles, openLevelEngine } from '@stratakv/level-engine'
import { createChecksum, createKernels } from '@stratakv/wasm'
import { ClassicLevel } from 'classic-level'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

let path: string

beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'level-faults-'))
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
  const engine = await openLevelEngine({ path })
  await engine.write(
    Array.from({ length: 2000 }, (_, index) => put(index, noise(index, 100))),
    { sync: true },
  )
  await engine.close()
  // Opening again makes a table of what is in the log.
  await (await openLevelEngine({ path })).close()
  return (await readdir(path)).filter((name) => name.endsWith('.ldb'))
}

describe('a damaged database', () => {
  it('is refused when CURRENT holds nonsense', async () => {
    await writeTables()
    await writeFile(join(path, 'CURRENT'), 'nonsense')
    const error = await caught(() => openLevelEngine({ path }))
    expect(error).toBeInstanceOf(EngineCorruptionError)
    expect((error as EngineCorruptionError).path).toBe(join(path, 'CURRENT'))
    expect(String(error)).toContain('"nonsense"')
    expect(String(error)).toContain('other replicas')
  })

  it('is refused when CURRENT is gone, and not begun anew over its own tables', async () => {
    const tables = await writeTables()
    const current = await readFile(join(path, 'CURRENT'))
    await rm(join(path, 'CURRENT'))
    const error = await caught(() => openLevelEngine({ path }))
    expect(error).toBeInstanceOf(EngineCorruptionError)
    expect(String(error)).toMatch(/CURRENT is corrupted: it is missing, but \d+\.(ldb|log) is there/)
    expect(await readdir(path)).toEqual(expect.arrayContaining(tables))
    await writeFile(join(path, 'CURRENT'), current)
    const engine = await openLevelEngine({ path })
    expect(Uint8Array.from((await engine.get('default', key(7)))!)).toEqual(noise(7, 100))
    await engine.close()
  })

  it('loses what is damaged in a log without a word, as LevelDB has it; an inspection names the place', async () => {
    const engine = await openLevelEngine({ path })
    for (let index = 0; index < 10; index++) await engine.write([put(index, noise(index, 100))], { sync: true })
    await engine.close()
    const log = join(path, (await readdir(path)).find((name) => name.endsWith('.log'))!)
    const bytes = await readFile(log)
    // The record of the format version comes first.
    bytes[200]! ^= 1
    await writeFile(log, bytes)
    const checksum = createChecksum({ kernels: createKernels() })
    expect(await inspectLevelFiles({ checksum }, path)).toMatchObject([{ name: basename(log), isTail: false }])
    const again = await openLevelEngine({ path })
    const found = await again.getMany(
      'default',
      Array.from({ length: 10 }, (_, index) => key(index)),
    )
    expect(found).toContain(undefined)
    await again.close()
  })

  it('is refused when the manifest is missing', async () => {
    await writeTables()
    const manifest = join(path, (await readFile(join(path, 'CURRENT'), 'latin1')).trim())
    await rm(manifest)
    const error = await caught(() => openLevelEngine({ path }))
    expect(error).toBeInstanceOf(EngineCorruptionError)
    expect((error as EngineCorruptionError).path).toBe(manifest)
  })

  it('is refused when the manifest is cut short', async () => {
    await writeTables()
    const manifest = join(path, (await readFile(join(path, 'CURRENT'), 'latin1')).trim())
    await truncate(manifest, 10)
    const error = await caught(() => openLevelEngine({ path }))
    expect(error).toBeInstanceOf(EngineCorruptionError)
  })

  it('is refused when a table is missing', async () => {
    const [table] = await writeTables()
    await rm(join(path, table!))
    const error = await caught(() => openLevelEngine({ path }))
    expect(error).toBeInstanceOf(EngineCorruptionError)
    expect((error as EngineCorruptionError).path).toBe(join(path, table!))
  })

  for (const reads of ['inline', 'threaded'] as const) {
    it(`fails reads of a table without its footer (${reads})`, async () => {
      const [table] = await writeTables()
      const file = await open(join(path, table!), 'r+')
      const { size } = await file.stat()
      await file.write(new Uint8Array(48).fill(0xa5), 0, 48, size - 48)
      await file.close()
      const engine = await openLevelEngine({ path, reads }).catch((error: unknown) => error)
      // The format record is in that table too, so already opening reads it.
      expect(engine).toBeInstanceOf(EngineCorruptionError)
    })

    it(`fails reads of a table with flipped bits in a compressed block (${reads})`, async () => {
      const engine = await openLevelEngine({ path, reads })
      await engine.write(
        Array.from({ length: 5000 }, (_, index) => put(index, new Uint8Array(100).fill(index))),
        { sync: true },
      )
      await engine.close()
      const again = await openLevelEngine({ path, reads })
      const table = (await readdir(path)).find((name) => name.endsWith('.ldb'))!
      const file = await open(join(path, table), 'r+')
      const { size } = await file.stat()
      await file.write(new Uint8Array(size >>> 1).fill(0xff), 0, size >>> 1, size >>> 2)
      await file.close()
      expect(await caught(() => again.get('default', key(2500)))).toBeInstanceOf(EngineCorruptionError)
      expect(await caught(() => again.getMany('default', [key(2500)]))).toBeInstanceOf(EngineCorruptionError)
      const iterator = again.iterate('default')
      const error = await caught(async () => {
        for (let found = await iterator.seekToFirst(); found; ) found = await iterator.next()
      })
      expect(error).toBeInstanceOf(EngineCorruptionError)
      iterator.close()
      await again.close()
    })
  }

  it('is refused when it is a LevelDB database of somebody else', async () => {
    const foreign = new ClassicLevel(path)
    await foreign.put('a', 'b')
    await foreign.close()
    const error = await caught(() => openLevelEngine({ path }))
    expect(error).toBeInstanceOf(EngineCorruptionError)
    expect(String(error)).toContain('not one of this engine')
  })

  it('is refused when its format is newer', async () => {
    await writeTables()
    const raw = new ClassicLevel<Uint8Array, Uint8Array>(path, { keyEncoding: 'view', valueEncoding: 'view' })
    await raw.put(Uint8Array.of(0, 1), Uint8Array.of(2))
    await raw.close()
    expect(String(await caught(() => openLevelEngine({ path })))).toContain('version 2')
  })
})

it('refuses a database that is open already, and leaves it usable', async () => {
  const engine = await openLevelEngine({ path })
  expect(await caught(() => openLevelEngine({ path }))).toBeInstanceOf(FileLockedError)
  await engine.write([put(1, noise(1, 10))], { sync: true })
  await engine.close()
  const again = await openLevelEngine({ path })
  expect((await again.get('default', key(1)))?.length).toBe(10)
  await again.close()
})

describe('a full disk', () => {
  const mounted = spawnSync('mount', ['--version']).status === 0 && process.getuid?.() === 0 && mayMount()
  const whyNot = mounted ? '' : ' (skipped: mounting a small disk needs Linux and root)'

  it.skipIf(!mounted)(`fails the write, poisons the engine and goes on reading${whyNot}`, async () => {
    mount(path, ['-t', 'tmpfs', '-o', 'size=4m', 'none'])
    let engine: KvEngine | undefined
    try {
      engine = await openLevelEngine({ path, memtableBytes: KiB(256), compression: false })
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
      engine = await openLevelEngine({ path, memtableBytes: KiB(256), compression: false })
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
  const probe = join(tmpdir(), `level-mount-probe-${process.pid}`)
  const { status } = spawnSync('sh', [
    '-c',
    'mkdir "$0" && mount -t tmpfs -o size=4k none "$0" && umount "$0"; s=$?; rmdir "$0"; exit $s',
    probe,
  ])
  return status === 0
}
