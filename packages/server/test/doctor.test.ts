import { chmod, cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '@stratakv/core'
import { createNodeFileSystem } from '@stratakv/file-io'
import { openLevelEngine } from '@stratakv/level-engine'
import { appendTs, createLock, createWrite, encodeKey, encodeLock, encodeWrite } from '@stratakv/mvcc'
import { dataKey } from '@stratakv/raftstore'
import {
  DataDirectoryInUseError,
  DataDirectoryTooNewError,
  type DoctorProgress,
  examineDirectory,
  ForeignDataDirectoryError,
  NotThereError,
  StorageNode,
} from '@stratakv/server'
import { createChecksum, createKernels } from '@stratakv/wasm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { bytes } from './support/test-node.ts'

/** A node's folder with raw keys in tables, and transactions in all forms; copied for each test. */
let parent: string
let healthy: string
let dataDir: string

const context = { kv: { regionId: 2 } }
const large = new Uint8Array(400).fill(7)
const txnKey = (name: string) => encodeKey(bytes(name))

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'stratakv-doctor-test-'))
  healthy = join(parent, 'healthy')
  {
    await using node = await StorageNode.open({ dataDir: healthy })
    const pairs = Array.from({ length: 3000 }, (_, index) => ({
      key: bytes(`raw ${String(index).padStart(6, '0')}`),
      value: bytes(`value ${index} `.repeat(20)),
    }))
    await node.storage.raw.batchPut({ context, pairs })
  }
  const engine = await openLevelEngine({ path: join(healthy, 'kv') })
  const put = (cf: 'lock' | 'write' | 'default', key: Uint8Array, value: Uint8Array) =>
    ({ type: 'put', cf, key: dataKey(key), value }) as const
  await engine.write(
    [
      put('write', appendTs(txnKey('a'), 20n), encodeWrite(createWrite('put', 10n, bytes('short')))),
      put('write', appendTs(txnKey('b'), 20n), encodeWrite(createWrite('put', 10n))),
      put('default', appendTs(txnKey('b'), 10n), large),
      put('write', appendTs(txnKey('b'), 40n), encodeWrite(createWrite('delete', 30n))),
      put('lock', txnKey('c'), encodeLock(createLock({ kind: 'put', primary: bytes('c'), startTs: 50n, ttlMs: 1 }))),
      put('default', appendTs(txnKey('c'), 50n), large),
      put('lock', txnKey('d'), encodeLock(createLock({ kind: 'delete', primary: bytes('c'), startTs: 50n, ttlMs: 1 }))),
    ],
    { sync: true },
  )
  await engine.close()
})
afterAll(() => rm(parent, { recursive: true }))
beforeEach(async () => {
  dataDir = join(parent, 'data')
  await cp(healthy, dataDir, { recursive: true })
})
afterEach(() => rm(dataDir, { recursive: true }))

const checksum = createChecksum({ kernels: createKernels() })
const examine = (
  changed: { repair?: boolean; directory?: string; onProgress?: (progress: DoctorProgress) => void } = {},
) =>
  examineDirectory(
    {
      fs: createNodeFileSystem(),
      clock: systemClock(),
      checksum,
      ...(changed.onProgress === undefined ? {} : { onProgress: changed.onProgress }),
    },
    {
      directory: changed.directory ?? dataDir,
      repair: changed.repair ?? false,
      version: '1.2.3',
      scratchParent: parent,
    },
  )
const codes = async (repair = false) => (await examine({ repair })).findings.map(({ code }) => code)

/** Every file with its bytes: what must not change. */
async function content(folder: string): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isFile() && entry.name !== 'LOCK') found.set(path, (await readFile(path)).toString('base64'))
  }
  return found
}

async function flip(path: string, at: (size: number) => number): Promise<void> {
  const file = await readFile(path)
  file[at(file.length)]! ^= 0x10
  await writeFile(path, file)
}

const kvFile = async (pattern: RegExp) => {
  const name = (await readdir(join(dataDir, 'kv'))).find((candidate) => pattern.test(candidate))
  return join(dataDir, 'kv', name!)
}

async function writeRecords(
  records: readonly { cf: 'lock' | 'write' | 'default'; key: Uint8Array; value?: Uint8Array }[],
): Promise<void> {
  const engine = await openLevelEngine({ path: join(dataDir, 'kv') })
  await engine.write(
    records.map(({ cf, key, value }) =>
      value === undefined
        ? ({ type: 'delete', cf, key: dataKey(key) } as const)
        : ({ type: 'put', cf, key: dataKey(key), value } as const),
    ),
    { sync: true },
  )
  await engine.close()
}

describe('a healthy directory', () => {
  it('has no findings, is described, and is left as it was to the last byte', async () => {
    const before = await content(dataDir)
    const progress: DoctorProgress[] = []
    const { findings, facts, repairs } = await examine({ onProgress: (step) => progress.push(step) })
    expect(findings).toEqual([])
    expect(repairs).toEqual([])
    expect(facts).toMatchObject({
      format: 3,
      storeId: 1,
      regionCount: 1,
      records: { locks: 2, writes: 3, values: 3002 },
    })
    const { marker, pd, kv } = facts.clusterIds
    expect(marker).toBeTypeOf('bigint')
    expect([pd, kv]).toEqual([marker, marker])
    expect(await content(dataDir)).toEqual(before)
    expect(progress.at(-1)!.done).toBe(progress.at(-1)!.total)
    // With nothing to mend --repair does nothing either.
    await examine({ repair: true })
    expect(await content(dataDir)).toEqual(before)
    // What the doctor wrote elsewhere is gone.
    expect((await readdir(parent)).sort()).toEqual(['data', 'healthy'])
  })

  it('of format 1 is healthy, and said to be old', async () => {
    await rm(dataDir, { recursive: true })
    await cp(join(import.meta.dirname, 'testdata', 'format-1'), dataDir, { recursive: true })
    const { findings } = await examine()
    expect(findings.map(({ severity, code }) => [severity, code])).toEqual([['info', 'FORMAT_OLD']])
  })
})

describe('what cannot be looked at', () => {
  it('is a folder that is not there, or not ours: nothing appears in it', async () => {
    await expect(examine({ directory: join(parent, 'nowhere') })).rejects.toThrow(NotThereError)
    await expect(examine({ directory: parent })).rejects.toThrow(ForeignDataDirectoryError)
    expect((await readdir(parent)).sort()).toEqual(['data', 'healthy'])
    await writeFile(join(dataDir, 'STRATAKV'), '{"product":"other"}')
    await expect(examine()).rejects.toThrow(ForeignDataDirectoryError)
  })

  it('is one in use', async () => {
    await using node = await StorageNode.open({ dataDir })
    await expect(examine()).rejects.toThrow(DataDirectoryInUseError)
    await node.close()
    expect(await codes()).toEqual([])
  })

  it('is one of a newer version', async () => {
    await writeFile(join(dataDir, 'STRATAKV'), '{"product":"stratakv","format":9,"crc32":"NOT"}')
    expect(await codes()).toEqual(['MARKER_DAMAGED'])
    const { crc32 } = await import('node:zlib')
    const fields = '{"product":"stratakv","format":9'
    await writeFile(join(dataDir, 'STRATAKV'), `${fields},"crc32":"${crc32(fields).toString(16).padStart(8, '0')}"}\n`)
    await expect(examine({ repair: true })).rejects.toThrow(DataDirectoryTooNewError)
  })

  it.skipIf(process.getuid?.() === 0)(
    'is a file that may not be read: skipped for root, who may read everything',
    async () => {
      await chmod(await kvFile(/\.ldb$/), 0)
      await expect(examine()).rejects.toThrow(/EACCES/)
    },
  )
})

describe('a broken marker', () => {
  const damage: Record<string, (path: string) => Promise<unknown>> = {
    truncated: async (path) => writeFile(path, (await readFile(path)).subarray(0, 30)),
    'with a flipped bit': (path) => flip(path, () => 60),
    empty: (path) => writeFile(path, ''),
    gone: (path) => rm(path),
  }
  for (const [name, inflict] of Object.entries(damage)) {
    it(`that is ${name} is found, and made again from kv/ and pd/`, async () => {
      const marker = join(dataDir, 'STRATAKV')
      const { clusterIds } = (await examine()).facts
      await inflict(marker)
      const broken = await readFile(marker).catch(() => undefined)
      const { findings } = await examine()
      expect(findings).toMatchObject([{ severity: 'error', repair: 'rewrite-marker', place: marker }])
      expect(findings[0]!.advice).toContain('--repair')
      const mended = await examine({ repair: true })
      expect(mended.findings).toEqual([])
      expect(mended.facts.clusterIds).toEqual(clusterIds)
      const kept = (await readdir(dataDir)).find((file) => file.startsWith('STRATAKV.before-'))
      if (broken === undefined) expect(kept).toBeUndefined()
      else expect(await readFile(join(dataDir, kept!))).toEqual(broken)
      await (await StorageNode.open({ dataDir })).close()
    })
  }
})

describe('folders that do not belong together', () => {
  async function otherNode(): Promise<string> {
    const other = join(parent, 'other')
    await (await StorageNode.open({ dataDir: other })).close()
    return other
  }

  it('are named: kv/ of another cluster', async () => {
    const other = await otherNode()
    await rm(join(dataDir, 'kv'), { recursive: true })
    await rename(join(other, 'kv'), join(dataDir, 'kv'))
    const { findings } = await examine()
    expect(findings).toMatchObject([
      { code: 'CLUSTER_MISMATCH', advice: expect.stringContaining('kv/ does not belong') },
    ])
    expect(findings[0]).not.toHaveProperty('repair')
    await rm(other, { recursive: true })
  })

  it('are written down by --repair when all were exchanged', async () => {
    const other = await otherNode()
    for (const folder of ['kv', 'pd', 'raft-engine']) {
      await rm(join(dataDir, folder), { recursive: true })
      await rename(join(other, folder), join(dataDir, folder))
    }
    expect(await codes()).toEqual(['CLUSTER_MISMATCH'])
    await expect(StorageNode.open({ dataDir })).rejects.toThrow(/is that of cluster/)
    expect(await codes(true)).toEqual([])
    await (await StorageNode.open({ dataDir })).close()
    await rm(other, { recursive: true })
  })

  it('are missed when they are gone', async () => {
    for (const folder of ['kv', 'pd']) {
      await rename(join(dataDir, folder), join(parent, 'aside'))
      const { findings } = await examine()
      expect(findings).toMatchObject([{ code: 'FOLDER_MISSING', place: join(dataDir, folder) }])
      await rename(join(parent, 'aside'), join(dataDir, folder))
    }
  })
})

describe('a broken placement driver', () => {
  it('is named with the byte, and left alone', async () => {
    await flip(join(dataDir, 'pd', 'metadata.log'), () => 40)
    const before = await content(dataDir)
    const { findings } = await examine({ repair: true })
    expect(findings).toMatchObject([{ code: 'PD_DAMAGED', detail: expect.stringMatching(/damaged at byte \d+/) }])
    expect(await content(dataDir)).toEqual(before)
  })

  it('whose last record is cut off by a crash is healthy', async () => {
    const path = join(dataDir, 'pd', 'metadata.log')
    await writeFile(path, Buffer.concat([await readFile(path), Buffer.from([1, 2, 3])]))
    expect(await codes()).toEqual(['PD_TORN_TAIL'])
  })
})

describe('a broken engine', () => {
  it('is named by the table that a flipped byte is in, wherever it is; --repair keeps a copy and the rest', async () => {
    for (const part of [0.01, 0.4, 0.99]) {
      const table = await kvFile(/\.ldb$/)
      const whole = await readFile(table)
      await flip(table, (size) => Math.floor(size * part))
      const { findings } = await examine()
      expect(findings[0], String(part)).toMatchObject({ code: 'ENGINE_FILE_DAMAGED', place: table })
      await writeFile(table, whole)
    }
    const table = await kvFile(/\.ldb$/)
    await flip(table, (size) => size >> 1)
    const broken = await readFile(table)
    const { repairs, findings, facts } = await examine({ repair: true })
    expect(repairs).toMatchObject([expect.stringContaining('was rebuilt from what is readable')])
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
    // A block of the raw keys is lost, and nothing else.
    expect(facts.records!.values).toBeLessThan(3002)
    expect(facts.records!.values).toBeGreaterThan(2000)
    const kept = (await readdir(dataDir)).find((name) => name.startsWith('kv.before-'))!
    const copies = await Promise.all(
      (await readdir(join(dataDir, kept))).map((name) => readFile(join(dataDir, kept, name))),
    )
    expect(copies.some((copy) => copy.equals(broken))).toBe(true)
    await (await StorageNode.open({ dataDir })).close()
  })

  it('is named by the log that a flipped byte is in, though LevelDB would drop the rest without a word', async () => {
    const log = await kvFile(/\.log$/)
    await flip(log, () => 20)
    const { findings } = await examine()
    expect(findings.find(({ place }) => place === log)).toMatchObject({ detail: expect.stringContaining('at byte 0') })
  })

  it('without its manifest, its CURRENT or a table is named and can be rebuilt', async () => {
    for (const pattern of [/^MANIFEST/, /^CURRENT$/]) {
      await rm(await kvFile(pattern))
      const { findings } = await examine()
      expect(findings[0], String(pattern)).toMatchObject({ code: 'ENGINE_CANNOT_OPEN', repair: 'rebuild-engine' })
      expect(findings[0]!.detail).toContain(join(dataDir, 'kv'))
      const mended = await examine({ repair: true })
      expect(mended.findings).toEqual([])
      expect(mended.facts.records).toEqual({ locks: 2, writes: 3, values: 3002 })
    }
    const table = await kvFile(/\.ldb$/)
    await rename(table, join(parent, 'aside.ldb'))
    expect(await codes()).toContain('ENGINE_CANNOT_OPEN')
    await rm(join(parent, 'aside.ldb'))
  })
})

describe('broken records', () => {
  it('are named by family and key', async () => {
    await writeRecords([
      { cf: 'lock', key: txnKey('x'), value: bytes('?') },
      { cf: 'write', key: appendTs(txnKey('y'), 9n), value: bytes('?') },
      { cf: 'write', key: bytes('no key'), value: encodeWrite(createWrite('delete', 1n)) },
    ])
    expect((await codes()).sort()).toEqual(['KEY_DAMAGED', 'LOCK_DAMAGED', 'WRITE_DAMAGED'])
  })

  it('that name a value which is not there are errors; a value that nothing names, and a lock without a primary, are not', async () => {
    await writeRecords([
      { cf: 'default', key: appendTs(txnKey('b'), 10n) },
      { cf: 'default', key: appendTs(txnKey('c'), 50n) },
      { cf: 'default', key: appendTs(txnKey('lonely'), 5n), value: large },
      {
        cf: 'lock',
        key: txnKey('stray'),
        value: encodeLock(createLock({ kind: 'delete', primary: bytes('nobody'), startTs: 3n, ttlMs: 1 })),
      },
    ])
    const { findings } = await examine()
    expect(findings.map(({ severity, code }) => `${severity} ${code}`)).toEqual([
      'error VALUE_MISSING',
      'error VALUE_MISSING',
      'info LOCK_WITHOUT_PRIMARY',
      'info VALUE_ORPHANED',
    ])
    expect(findings[0]!.detail).toContain('written at 10')
  })

  it('in numbers are counted, not listed', async () => {
    await writeRecords(
      Array.from({ length: 100 }, (_, index) => ({ cf: 'lock' as const, key: txnKey(`x${index}`), value: bytes('?') })),
    )
    const { findings } = await examine()
    expect(findings).toHaveLength(21)
    expect(findings.at(-1)!.detail).toBe('and 80 more of the same')
  })
})
