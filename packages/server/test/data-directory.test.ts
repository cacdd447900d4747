import { mkdir, mkdtemp, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { EngineCorruptionError } from '@stratakv/core'
import { createMemoryDisk, type MemoryDisk } from '@stratakv/memory'
import { MetadataCorruptionError } from '@stratakv/pd-scheduler'
import * as kvrpcpb from '@stratakv/proto/kvrpcpb'
import {
  DamagedMarkerError,
  DataDirectoryClusterError,
  DataDirectoryIncompleteError,
  DataDirectoryInUseError,
  DataDirectoryTooNewError,
  EngineMismatchError,
  ForeignDataDirectoryError,
  type Logger,
  StorageNode,
  silentLogger,
} from '@stratakv/server'
import { seededRandom } from '@stratakv/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type DataDirectory, openDataDirectory } from '../src/data-directory/data-directory.ts'
import { tikvMethods } from './support/rpc-client.ts'
import { bytes, serveTestNode } from './support/test-node.ts'

const openOn = (disk: MemoryDisk, path: string): Promise<DataDirectory> =>
  openDataDirectory({ fs: disk, logger: silentLogger() }, { path, engine: 'level', version: '1.2.3' })

const newDisk = () => createMemoryDisk({ random: seededRandom(3) })

async function write(disk: MemoryDisk, path: string, content: string): Promise<void> {
  const file = await disk.open(path, 'create')
  await file.truncate(0)
  await file.append([bytes(content)])
  await file.close()
}

const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => {
      throw new Error('nothing was thrown')
    },
    (error: unknown) => error,
  )

describe('openDataDirectory', () => {
  it('makes a folder that survives a power cut, with every folder on the way', async () => {
    for (const path of ['/srv/kv/node', '/node', '/srv/node/']) {
      const disk = newDisk()
      const directory = await openOn(disk, path)
      for (let seed = 1; seed <= 20; seed++) {
        const after = disk.clonePowerCut(seededRandom(seed))
        expect(await after.stat(`${path}/STRATAKV`), `${path}, seed ${seed}`).toBeDefined()
      }
      await directory.release()
    }
  })

  it('completes a start that was cut off anywhere', async () => {
    const disk = newDisk()
    const cuts: MemoryDisk[] = []
    const dice = seededRandom(11)
    disk.onSync(() => {
      for (let cut = 0; cut < 5; cut++) cuts.push(disk.clonePowerCut(dice))
    })
    await (await openOn(disk, '/srv/node')).release()
    expect(cuts.length).toBeGreaterThan(15)
    for (const cut of cuts) {
      const directory = await openOn(cut, '/srv/node')
      expect(await cut.stat('/srv/node/STRATAKV')).toBeDefined()
      await directory.release()
    }
  })

  it('is held by one at a time', async () => {
    const disk = newDisk()
    const first = await openOn(disk, '/node')
    const refusal = await failure(openOn(disk, '/node'))
    expect(refusal).toBeInstanceOf(DataDirectoryInUseError)
    expect(String(refusal)).toContain('/node is in use by')
    expect(String(refusal)).toContain('storage.data-dir')
    await first.release()
    await (await openOn(disk, '/node')).release()
  })

  /** As every format from 2 on ends. */
  const sealed = (fields: string) => `${fields},"crc32":"${crc32(fields).toString(16).padStart(8, '0')}"}\n`

  const refused: Record<string, [marker: string, error: new (...parts: never[]) => Error, says: RegExp]> = {
    'of a newer format': [
      sealed('{"product":"stratakv","format":4,"lastOpenedBy":"9.1.0"'),
      DataDirectoryTooNewError,
      /has format 4, this version reads up to 3: run version 9\.1\.0, which wrote it, or a newer one/,
    ],
    'of a newer format that says no more': [
      sealed('{"product":"stratakv","format":7'),
      DataDirectoryTooNewError,
      /run the version that wrote it or a newer one/,
    ],
    'of a newer format without its checksum': [
      '{"product":"stratakv","format":3,"engine":"level"}',
      DamagedMarkerError,
      /its checksum is missing/,
    ],
    'of another engine': [
      '{"product":"stratakv","format":1,"engine":"lsm"}',
      EngineMismatchError,
      /storage\.engine = "lsm", the configuration says "level"/,
    ],
    'of another product': ['{"product":"tikv","format":1}', ForeignDataDirectoryError, /not of this product/],
    'that is null': ['null', ForeignDataDirectoryError, /not of this product/],
    'that is empty': ['', DamagedMarkerError, /\/node\/STRATAKV is corrupted/],
    'that is cut off': [
      '{"product":"strat',
      DamagedMarkerError,
      /stratakv doctor --repair.*this line will do too: \{"product":"stratakv","format":3,"engine":"level",.*\}$/,
    ],
    'without a format': ['{"product":"stratakv","engine":"level"}', DamagedMarkerError, /Restore the file/],
    'without an engine': ['{"product":"stratakv","format":1}', DamagedMarkerError, /Restore the file/],
  }
  for (const [name, [marker, error, says]] of Object.entries(refused)) {
    it(`refuses a marker ${name}, changes nothing and holds no lock`, async () => {
      const disk = newDisk()
      await (await openOn(disk, '/node')).release()
      await write(disk, '/node/STRATAKV', marker)
      for (let attempt = 0; attempt < 2; attempt++) {
        const refusal = await failure(openOn(disk, '/node'))
        expect(refusal).toBeInstanceOf(error)
        expect(String(refusal)).toMatch(says)
      }
      const file = await disk.open('/node/STRATAKV', 'read')
      expect(await file.sizeBytes()).toBe(marker.length)
      // As the message of a damaged one says: the right line brings the folder back.
      const line = /this line will do too: (.*)$/.exec(String(await failure(openOn(disk, '/node'))))?.[1]
      await write(disk, '/node/STRATAKV', `${line ?? '{"product":"stratakv","format":1,"engine":"level"}'}\n`)
      await (await openOn(disk, '/node')).release()
    })
  }

  it('refuses a folder of somebody else and names what it found', async () => {
    const disk = newDisk()
    await disk.createDirectory('/home')
    await write(disk, '/home/letter.txt', 'dear')
    const refusal = await failure(openOn(disk, '/home'))
    expect(refusal).toBeInstanceOf(ForeignDataDirectoryError)
    expect(String(refusal)).toContain('letter.txt')
    expect(await disk.stat('/home/STRATAKV')).toBeUndefined()
  })
})

describe('a node on a real folder', () => {
  let parent: string
  let dataDir: string
  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'stratakv-server-'))
    dataDir = join(parent, 'data')
  })
  afterEach(() => rm(parent, { recursive: true }))

  const key = bytes('k')

  function contextOf() {
    // The only region there is: bootstrap gives the store the first id and the region the next.
    return { kv: { regionId: 2 } } satisfies Parameters<StorageNode['storage']['raw']['get']>[0]['context']
  }

  async function put(node: StorageNode, value: string): Promise<void> {
    await node.storage.raw.put({ context: contextOf(), key, value: bytes(value) })
  }

  async function get(node: StorageNode): Promise<string> {
    const value = await node.storage.raw.get({ context: contextOf(), key })
    return new TextDecoder().decode(value)
  }

  async function nodeWith(folder: string, value: string): Promise<void> {
    await using node = await StorageNode.open({ dataDir: folder })
    await put(node, value)
  }

  /** Opening fails twice in the same way (nothing stays locked), and after `repair` everything is there. */
  async function refuses(error: new (...parts: never[]) => Error, says: RegExp, repair: () => Promise<unknown>) {
    for (let attempt = 0; attempt < 2; attempt++) {
      const refusal = await failure(StorageNode.open({ dataDir }))
      expect(refusal).toBeInstanceOf(error)
      expect(String(refusal)).toMatch(says)
    }
    await repair()
    await using node = await StorageNode.open({ dataDir })
    expect(await get(node)).toBe('safe')
    await put(node, 'new')
  }

  it('keeps what was acknowledged over a restart', async () => {
    await nodeWith(dataDir, 'safe')
    await using node = await StorageNode.open({ dataDir })
    expect(await get(node)).toBe('safe')
  })

  it('is refused to a second node in the same process', async () => {
    await using first = await StorageNode.open({ dataDir })
    await put(first, 'safe')
    expect(await failure(StorageNode.open({ dataDir }))).toBeInstanceOf(DataDirectoryInUseError)
    expect(await get(first)).toBe('safe')
  })

  it('is refused when kv/ stands beside the pd/ of another cluster', async () => {
    const other = join(parent, 'other')
    await nodeWith(dataDir, 'safe')
    await nodeWith(other, 'theirs')
    await rename(join(dataDir, 'pd'), join(parent, 'pd'))
    await rename(join(other, 'pd'), join(dataDir, 'pd'))
    await refuses(
      DataDirectoryClusterError,
      /is that of cluster \d+, but its pd\/ belongs to cluster \d+/,
      async () => {
        await rm(join(dataDir, 'pd'), { recursive: true })
        await rename(join(parent, 'pd'), join(dataDir, 'pd'))
      },
    )
  })

  it('is refused when pd/ is gone', async () => {
    await nodeWith(dataDir, 'safe')
    await rename(join(dataDir, 'pd'), join(parent, 'pd'))
    await refuses(DataDirectoryIncompleteError, /has held cluster \d+, but .*\/pd is gone/, async () => {
      await rename(join(parent, 'pd'), join(dataDir, 'pd'))
    })
  })

  it('is refused when kv/ is gone, with what to do if that was meant', async () => {
    await nodeWith(dataDir, 'safe')
    await rename(join(dataDir, 'kv'), join(parent, 'kv'))
    await refuses(DataDirectoryIncompleteError, /\/kv is gone.*begin in an empty directory/, async () => {
      await rename(join(parent, 'kv'), join(dataDir, 'kv'))
    })
  })

  it("is refused when the placement driver's file is damaged in the middle, naming file and place", async () => {
    await nodeWith(dataDir, 'safe')
    const path = join(dataDir, 'pd', 'metadata.log')
    const whole = await readFile(path)
    const damaged = Buffer.from(whole)
    damaged[40]! ^= 0xff
    await writeFile(path, damaged)
    await refuses(MetadataCorruptionError, /pd\/metadata\.log is damaged at byte \d+.*Restore the file/s, () =>
      writeFile(path, whole),
    )
  })

  it('is refused when the manifest of the engine is damaged, naming it and what to do', async () => {
    await nodeWith(dataDir, 'safe')
    const folder = join(dataDir, 'kv')
    const manifest = join(folder, (await readdir(folder)).find((name) => name.startsWith('MANIFEST'))!)
    const whole = await readFile(manifest)
    await writeFile(
      manifest,
      whole.map((byte, index) => (index > 10 ? byte ^ 0x55 : byte)),
    )
    await refuses(EngineCorruptionError, /data\/kv.* is corrupted.*restore a backup/s, () => writeFile(manifest, whole))
  })

  it('is refused when a table of the engine is lost, naming it', async () => {
    await nodeWith(dataDir, 'safe')
    // The next start makes a table of the log.
    await (await StorageNode.open({ dataDir })).close()
    const folder = join(dataDir, 'kv')
    const table = (await readdir(folder)).find((name) => name.endsWith('.ldb'))!
    await rename(join(folder, table), join(parent, table))
    await refuses(EngineCorruptionError, new RegExp(`${table} is corrupted`), () =>
      rename(join(parent, table), join(folder, table)),
    )
  })

  it('serves what it can when a table is damaged under it: the answer and the log name the file and what to do', async () => {
    await nodeWith(dataDir, 'safe')
    const pairs = Array.from({ length: 3000 }, (_, index) => ({
      key: bytes(`key ${String(index).padStart(6, '0')}`),
      value: bytes(`value ${index} `.repeat(20)),
    }))
    {
      await using node = await StorageNode.open({ dataDir })
      await node.storage.raw.batchPut({ context: contextOf(), pairs })
    }
    // The next start makes a table of the log, of many blocks.
    await (await StorageNode.open({ dataDir })).close()
    const logged: string[] = []
    const logger: Logger = {
      ...silentLogger(),
      error: (text, fields) => logged.push(`${text} ${JSON.stringify(fields)}`),
    }
    await using served = await serveTestNode({}, { dataDir, logger })
    const folder = join(dataDir, 'kv')
    const tables = (await readdir(folder)).filter((name) => name.endsWith('.ldb'))
    for (const name of tables) {
      const file = await open(join(folder, name), 'r+')
      const { size } = await file.stat()
      // A stretch in the middle; the index and the filter are at the end.
      await file.write(new Uint8Array(size >> 2).fill(0xff), 0, size >> 2, size >> 1)
      await file.close()
    }
    const outcomes = await Promise.all(
      pairs.map(({ key }) =>
        served.store.call(tikvMethods.rawGet, kvrpcpb.RawGetRequest.create({ context: served.route.context, key })),
      ),
    )
    const failed = outcomes.filter(({ error }) => error !== '')
    const intact = outcomes.filter(
      ({ error, value }, index) => error === '' && Buffer.compare(value, pairs[index]!.value) === 0,
    )
    expect(failed.length).toBeGreaterThan(0)
    expect(intact.length).toBeGreaterThan(0)
    // No third outcome: a wrong value, or a key that is suddenly not there.
    expect(failed.length + intact.length).toBe(pairs.length)
    for (const { error } of failed) expect(error).toMatch(/data\/kv\S* is corrupted: .*restore a backup/)
    expect(logged).toHaveLength(failed.length)
    expect(logged[0]).toMatch(/a request met what an operator must know .*is corrupted/)
  })

  it('is refused when a folder stands where a file belongs', async () => {
    await mkdir(join(dataDir, 'STRATAKV'), { recursive: true })
    const refusal = await failure(StorageNode.open({ dataDir }))
    expect(String(refusal)).toContain('STRATAKV')
  })

  it('fails at once when the path leads through a file', async () => {
    await (await open(join(parent, 'file'), 'w')).close()
    const refusal = await failure(StorageNode.open({ dataDir: join(parent, 'file', 'data') }))
    expect(String(refusal)).toContain(join(parent, 'file'))
    expect(refusal).not.toBeInstanceOf(TypeError)
  })
})
