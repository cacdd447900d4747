import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { noTelemetry } from '@stratakv/core'
import { createMemoryDisk, type MemoryDisk } from '@stratakv/memory'
import { openPlacementDriver } from '@stratakv/pd-scheduler'
import { type LogFields, type Logger, productVersion, StorageNode, silentLogger } from '@stratakv/server'
import { seededRandom, simulatedClock } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'
import { openDataDirectory } from '../src/data-directory/data-directory.ts'
import { decodeMarker, encodeMarker, formatVersion, type Marker, readMarker } from '../src/data-directory/marker.ts'
import { type UpgradeStep, upgradeDirectory, upgradeSteps } from '../src/data-directory/upgrade.ts'
import { bytes } from './support/test-node.ts'

/** Never written again by anything: what directories in the field hold. */
const golden = {
  1: '{"product":"stratakv","format":1,"engine":"level"}\n',
  2: '{"product":"stratakv","format":2,"engine":"level","clusterId":"7301584293846253569","createdBy":"0.1.0","lastOpenedBy":"0.2.0","crc32":"05adbea8"}\n',
  '2, before its first start was done':
    '{"product":"stratakv","format":2,"engine":"level","clusterId":null,"createdBy":"0.1.0","lastOpenedBy":null,"crc32":"0745222b"}\n',
  3: '{"product":"stratakv","format":3,"engine":"level","clusterId":"7301584293846253569","parts":["kv","pd","raft-engine"],"createdBy":"0.1.0","lastOpenedBy":"0.3.0","crc32":"3d5e61dd"}\n',
}
const markers: Record<keyof typeof golden, Marker> = {
  1: { format: 1, engine: 'level', clusterId: undefined, parts: [], createdBy: undefined, lastOpenedBy: undefined },
  2: {
    format: 2,
    engine: 'level',
    clusterId: 7301584293846253569n,
    parts: ['kv', 'pd'],
    createdBy: '0.1.0',
    lastOpenedBy: '0.2.0',
  },
  '2, before its first start was done': {
    format: 2,
    engine: 'level',
    clusterId: undefined,
    parts: [],
    createdBy: '0.1.0',
    lastOpenedBy: undefined,
  },
  3: {
    format: 3,
    engine: 'level',
    clusterId: 7301584293846253569n,
    parts: ['kv', 'pd', 'raft-engine'],
    createdBy: '0.1.0',
    lastOpenedBy: '0.3.0',
  },
}
const parts = ['kv', 'pd', 'raft-engine']
const nodeOf = (format: number) => join(import.meta.dirname, 'testdata', `format-${format}`)

async function put(disk: MemoryDisk, path: string, content: string): Promise<void> {
  const file = await disk.open(path, 'create')
  await file.truncate(0)
  await file.append([bytes(content)])
  await file.sync('all')
  await file.close()
  await disk.syncDirectory(path.slice(0, path.lastIndexOf('/')))
}

async function text(disk: MemoryDisk, path: string): Promise<string> {
  const file = await disk.open(path, 'read')
  const content = new Uint8Array(await file.sizeBytes())
  await file.readAt(content, 0)
  await file.close()
  return new TextDecoder().decode(content)
}

describe('the marker', () => {
  for (const [format, line] of Object.entries(golden)) {
    const marker = markers[format as unknown as keyof typeof golden]
    it(`of format ${format} reads as it always did`, () => {
      expect(decodeMarker(bytes(line))).toEqual({ kind: 'marker', marker })
      if (marker.format > 1) expect(encodeMarker(marker)).toBe(line)
    })
  }

  it('shows each flipped bit and each cut', () => {
    const line = bytes(golden[2])
    for (let bit = 0; bit < line.length * 8; bit++) {
      const flipped = line.slice()
      flipped[bit >> 3]! ^= 1 << (bit & 7)
      expect(decodeMarker(flipped).kind, `bit ${bit}`).toBe('damaged')
    }
    for (let length = 0; length < line.length; length++) {
      expect(decodeMarker(line.subarray(0, length)).kind, `length ${length}`).toBe('damaged')
    }
  })

  it('never reads as another, whatever the bytes', () => {
    const dice = seededRandom(5)
    const line = bytes(golden[2])
    for (let round = 0; round < 20_000; round++) {
      const mutated = line.slice(0, dice.uint32() % (line.length + 1))
      for (let flips = 1 + (dice.uint32() % 4); flips > 0 && mutated.length > 0; flips--) {
        mutated[dice.uint32() % mutated.length] = dice.uint32()
      }
      const reading = decodeMarker(mutated)
      if (reading.kind === 'marker') expect(reading.marker).toEqual(markers[2])
    }
  })
})

const cityKey = { 1: 'raw:city', 2: 'city' }

describe('a directory of an older format', () => {
  const open = (fs: MemoryDisk, logger: Logger = silentLogger()) =>
    openDataDirectory({ fs, logger }, { path: '/srv/node', engine: 'level', version: '1.2.3' })

  async function oldDirectory(): Promise<{ readonly disk: MemoryDisk; readonly clusterId: bigint }> {
    const disk = createMemoryDisk({ random: seededRandom(3) })
    await disk.createDirectory('/srv/node')
    await disk.syncDirectory('/')
    await disk.syncDirectory('/srv')
    await put(disk, '/srv/node/STRATAKV', golden[1])
    await disk.createDirectory('/srv/node/kv')
    await put(disk, '/srv/node/kv/file', 'not looked into')
    const clock = simulatedClock({ unixMs: 1_790_000_000_000 })
    const pd = await openPlacementDriver(
      { fs: disk, clock, random: seededRandom(7), telemetry: noTelemetry() },
      { directory: '/srv/node/pd', clientUrls: ['http://127.0.0.1:2379'] },
    )
    await pd.close()
    await disk.syncDirectory('/srv/node')
    return { disk, clusterId: pd.id }
  }

  it('is upgraded when it is opened, and says so', async () => {
    const { disk, clusterId } = await oldDirectory()
    const said: [string, LogFields | undefined][] = []
    const directory = await open(disk, { ...silentLogger(), info: (message, fields) => said.push([message, fields]) })
    expect(said).toHaveLength(2)
    expect(said[0]).toMatchObject([/an older version will refuse it/, { directory: '/srv/node', from: 1, to: 2 }])
    expect(said[1]).toMatchObject([/an older version will refuse it/, { directory: '/srv/node', from: 2, to: 3 }])
    await directory.claim(clusterId, parts)
    await directory.release()
    expect(await readMarker(disk, '/srv/node')).toEqual({
      kind: 'marker',
      marker: { format: 3, engine: 'level', clusterId, parts, createdBy: undefined, lastOpenedBy: '1.2.3' },
    })
  })

  it('is the old one or the new one after a power cut anywhere, and the next start finishes the work', async () => {
    const { disk, clusterId } = await oldDirectory()
    const cuts: MemoryDisk[] = []
    const dice = seededRandom(12)
    disk.onSync(() => {
      for (let cut = 0; cut < 20; cut++) cuts.push(disk.clonePowerCut(dice))
    })
    const directory = await open(disk)
    await disk.createDirectory('/srv/node/raft-engine')
    await put(disk, '/srv/node/raft-engine/file', 'a log')
    await disk.syncDirectory('/srv/node')
    await directory.claim(clusterId, parts)
    for (let cut = 0; cut < 20; cut++) cuts.push(disk.clonePowerCut(dice))
    await directory.release()
    const seen = new Set<string>()
    for (const cut of cuts) {
      const reading = await readMarker(cut, '/srv/node')
      expect(reading?.kind).toBe('marker')
      seen.add(JSON.stringify(reading, (_, value) => (typeof value === 'bigint' ? `${value}` : value)))
      const again = await open(cut)
      await cut.createDirectory('/srv/node/raft-engine')
      await again.claim(clusterId, parts)
      await again.release()
      expect(await text(cut, '/srv/node/STRATAKV')).toBe(await text(disk, '/srv/node/STRATAKV'))
    }
    // Old, upgraded twice, claimed: each was met.
    expect(seen.size).toBe(4)
  })

  for (const format of [1, 2] as const) {
    it(`as a real node of format ${format} left it opens with its data and its cluster`, () => opensWithItsData(format))
  }

  async function opensWithItsData(format: 1 | 2): Promise<void> {
    const parent = await mkdtemp(join(tmpdir(), 'stratakv-format-'))
    const dataDir = join(parent, 'data')
    await cp(nodeOf(format), dataDir, { recursive: true })
    const left = await readFile(join(dataDir, 'STRATAKV'))
    const before = decodeMarker(left)
    {
      await using node = await StorageNode.open({ dataDir })
      const value = await node.storage.raw.get({ context: { kv: { regionId: 2 } }, key: bytes(cityKey[format]) })
      expect(new TextDecoder().decode(value)).toBe('Ulm')
      await node.storage.raw.put({ context: { kv: { regionId: 2 } }, key: bytes('since'), value: bytes('then') })
      expect(decodeMarker(await readFile(join(dataDir, 'STRATAKV')))).toEqual({
        kind: 'marker',
        marker: {
          format: formatVersion,
          engine: 'level',
          clusterId: node.clusterId,
          parts,
          createdBy: before.kind === 'marker' ? before.marker.createdBy : 'damaged',
          lastOpenedBy: productVersion,
        },
      })
    }
    // The same again with the marker as it was: a start that was cut off right before it replaced the marker.
    await writeFile(join(dataDir, 'STRATAKV'), left)
    {
      await using node = await StorageNode.open({ dataDir })
      const value = await node.storage.raw.get({ context: { kv: { regionId: 2 } }, key: bytes('since') })
      expect(new TextDecoder().decode(value)).toBe('then')
    }
    // From then on its Raft log is a part of it.
    await rm(join(dataDir, 'raft-engine'), { recursive: true })
    await expect(StorageNode.open({ dataDir })).rejects.toThrow(/raft-engine is gone/)
    await rm(parent, { recursive: true })
  }
})

describe('upgrade steps', () => {
  it('lead to the present format without a gap', () => {
    expect(upgradeSteps.map(({ from }) => from)).toEqual(Array.from({ length: formatVersion - 1 }, (_, at) => at + 1))
  })

  it('are each done, in order, whatever cut them off: a chain that moves files', async () => {
    const move =
      (from: string, to: string): UpgradeStep['run'] =>
      async ({ fs, directory }, marker) => {
        // Right on what the old format left, and on its own work: the second run finds the file moved.
        if ((await fs.stat(`${directory}/${from}`)) !== undefined)
          await fs.rename(`${directory}/${from}`, `${directory}/${to}`)
        await fs.syncDirectory(directory)
        return { ...marker, format: marker.format + 1 }
      }
    const steps: UpgradeStep[] = [
      { from: 1, name: 'not for this directory', run: () => Promise.reject(new Error('it is past that')) },
      { from: 2, name: 'a to b', run: move('a', 'b') },
      { from: 3, name: 'b to c', run: move('b', 'c') },
    ]
    const disk = createMemoryDisk({ random: seededRandom(4) })
    await disk.createDirectory('/node')
    await disk.syncDirectory('/')
    await put(disk, '/node/STRATAKV', golden[2])
    await put(disk, '/node/a', 'content')
    const cuts: MemoryDisk[] = []
    const dice = seededRandom(13)
    disk.onSync(() => {
      for (let cut = 0; cut < 20; cut++) cuts.push(disk.clonePowerCut(dice))
    })
    const upgrade = (fs: MemoryDisk, marker: Marker) =>
      upgradeDirectory({ fs, logger: silentLogger() }, '/node', marker, steps)
    expect(await upgrade(disk, markers[2])).toEqual({ ...markers[2], format: 4 })
    expect(await text(disk, '/node/c')).toBe('content')
    const formats = new Set<number>()
    for (const cut of cuts) {
      const reading = (await readMarker(cut, '/node'))!
      // Formats 3 and 4 are of a version that is not written yet, but their number is to be read.
      const format = reading.kind === 'marker' ? reading.marker.format : reading.kind === 'too-new' ? reading.format : 0
      formats.add(format)
      expect(await upgrade(cut, { ...markers[2], format })).toEqual({ ...markers[2], format: 4 })
      expect(await text(cut, '/node/c')).toBe('content')
    }
    expect([...formats].sort()).toEqual([2, 3, 4])
  })
})
