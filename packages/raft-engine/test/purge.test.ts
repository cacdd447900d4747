import { KiB, type RaftLogChange, seededRandom } from '@stratakv/core'
import { createMemoryDisk, type MemoryDisk } from '@stratakv/memory'
import { describe, expect, it } from 'vitest'
import { openRaftEngine, type RaftEngine, type RaftEngineListener, type RaftEngineOptions } from '../src/index.ts'
import { clock } from './crash/log-workload.ts'

function open(disk: MemoryDisk, options: Partial<RaftEngineOptions> = {}, listeners: RaftEngineListener[] = []) {
  return openRaftEngine(
    { fileSystem: disk, clock, listeners },
    {
      directory: '/log',
      targetFileSize: KiB(16),
      purgeThreshold: KiB(128),
      batchCompressionThreshold: 0,
      ...options,
    },
  )
}

const newDisk = () => createMemoryDisk({ random: seededRandom(1) })

/** A region's next entry, and its compaction so that `keptCount` stay. */
class Region {
  readonly id: number
  #nextIndex = 1

  constructor(id: number) {
    this.id = id
  }

  next(payloadBytes: number, keptCount: number): RaftLogChange[] {
    const index = this.#nextIndex++
    const entry = new Uint8Array(payloadBytes).fill(index)
    const changes: RaftLogChange[] = [{ type: 'append', regionId: this.id, firstIndex: index, entries: [entry] }]
    if (index % 10 === 0) changes.push({ type: 'compact', regionId: this.id, index: index - keptCount })
    return changes
  }
}

async function diskBytes(disk: MemoryDisk): Promise<number> {
  let total = 0
  for (const { name } of await disk.list('/log')) total += (await disk.stat(`/log/${name}`))?.sizeBytes ?? 0
  return total
}

/** Rounds over all active regions with a purge each; the disk's use after each. */
async function run(
  engine: RaftEngine,
  disk: MemoryDisk,
  regions: readonly Region[],
  roundCount: number,
): Promise<number[]> {
  const used: number[] = []
  for (let round = 0; round < roundCount; round++) {
    await Promise.all(regions.map((region) => engine.write(region.next(64, 5), { sync: false })))
    await engine.purge()
    used.push(await diskBytes(disk))
  }
  return used
}

describe('a region that stops compacting', () => {
  for (const [name, options] of [
    ['with files used again', {}],
    ['in version 1', { formatVersion: 1 }],
  ] as const) {
    it(`cannot make the log grow: 999 active ones and one idle, disk use flat, ${name}`, {
      timeout: 300_000,
    }, async () => {
      const disk = newDisk()
      const engine = await open(disk, { targetFileSize: KiB(128), purgeThreshold: KiB(2048), ...options })
      // Five entries, and then never anything: they lie in the oldest file for good.
      const idle = new Region(1000)
      for (let count = 0; count < 5; count++) await engine.write(idle.next(64, 5), { sync: true })
      const active = Array.from({ length: 999 }, (_, at) => new Region(at + 1))
      const used = await run(engine, disk, active, 150)
      const settled = Math.max(...used.slice(50, 100))
      expect(Math.max(...used.slice(100))).toBeLessThanOrEqual(settled * 1.1)
      // What was written is several times what may stay: the threshold, half as much again of spare files, and the copies.
      expect(settled).toBeLessThan(KiB(2048) * 2)
      expect(engine.stats.appendSpan[1] * KiB(128)).toBeGreaterThan(KiB(2048) * 3)
      expect([engine.firstIndex(1000), engine.lastIndex(1000)]).toEqual([1, 5])
      expect((await engine.entries(1000, 1, 6)).map((entry) => entry[0])).toEqual([1, 2, 3, 4, 5])
      await engine.close()
    })
  }

  it('with many entries is asked to compact nine times and copied at the tenth', async () => {
    const disk = newDisk()
    const engine = await open(disk)
    const heavy = new Region(1)
    const entries = Array.from({ length: 200 }, (_, at) => new Uint8Array(64).fill(at))
    await engine.write([{ type: 'append', regionId: 7, firstIndex: 1, entries }], { sync: true })
    const oldest = engine.stats.appendSpan[0]
    let namedCount = 0
    while (engine.stats.appendSpan[0] === oldest) {
      for (let count = 0; count < 50; count++) await engine.write(heavy.next(600, 5), { sync: false })
      if ((await engine.purge()).includes(7)) namedCount++
      expect(namedCount).toBeLessThan(12)
    }
    expect(namedCount).toBe(10)
    expect(engine.stats.rewriteLiveCount).toBeGreaterThanOrEqual(200)
    expect((await engine.entries(7, 1, 201)).map((entry) => entry[0])).toEqual(entries.map((entry) => entry[0]))
    await engine.close()
  })
})

describe('purging', () => {
  it('copies a region in several batches as one group, and finds it after a restart and a second copy', async () => {
    const disk = newDisk()
    const options = { purgeThreshold: KiB(32), purgeRewriteThreshold: KiB(16), purgeRewriteGarbageRatio: 0 }
    let engine = await open(disk, options)
    const entries = Array.from({ length: 20 }, (_, at) => new Uint8Array(30_000).fill(at))
    for (const [at, entry] of entries.entries()) {
      await engine.write([{ type: 'append', regionId: 1, firstIndex: at + 1, entries: [entry] }], { sync: true })
    }
    const filler = new Region(2)
    for (let round = 0; round < 12; round++) {
      for (let count = 0; count < 20; count++) await engine.write(filler.next(2000, 5), { sync: false })
      await engine.purge()
    }
    const { rewriteSpan, rewriteLiveCount } = engine.stats
    expect(rewriteLiveCount).toBeGreaterThanOrEqual(20)
    expect(rewriteSpan[1]).toBeGreaterThan(5)
    for (let life = 0; life < 3; life++) {
      expect((await engine.entries(1, 1, 21)).map((entry) => [entry.length, entry[0]])).toEqual(
        entries.map((entry) => [30_000, entry[0]]),
      )
      await engine.close()
      engine = await open(disk, options)
    }
    await engine.close()
  })

  it('uses the files it purged again, under new names, and what was in them does not come back', async () => {
    const disk = newDisk()
    const purged: number[] = []
    const opened: number[] = []
    const listener: RaftEngineListener = {
      onPurged: (queue, seq) => queue === 'append' && purged.push(seq),
      onFileOpened: (queue, seq) => queue === 'append' && opened.push(seq),
    }
    let engine = await open(disk, {}, [listener])
    const regions = Array.from({ length: 50 }, (_, at) => new Region(at + 1))
    await run(engine, disk, regions, 80)
    expect(purged.length).toBeGreaterThan(5)
    expect(engine.stats.recycledFileCount).toBeGreaterThan(0)
    expect(opened).toEqual(Array.from({ length: opened.length }, (_, at) => at + 1))
    // Cut off as it is: the last file has old batches behind its own.
    const after = disk.clonePowerCut()
    const indexes = regions.map(({ id }) => [engine.firstIndex(id), engine.lastIndex(id)])
    await engine.sync()
    const synced = disk.clonePowerCut()
    await engine.close()
    engine = await open(synced)
    expect(regions.map(({ id }) => [engine.firstIndex(id), engine.lastIndex(id)])).toEqual(indexes)
    await engine.close()
    await (await open(after)).close()
  })

  it('keeps reserved files over a restart only where they are asked for', async () => {
    const disk = newDisk()
    const reserved = async () => (await disk.list('/log')).filter(({ name }) => name.endsWith('.reserved')).length
    const engine = await open(disk, { prefillForRecycle: true, prefillLimit: KiB(64) })
    // Six were made, and the first file of the log is one of them.
    expect(engine.stats.recycledFileCount).toBe(5)
    await engine.close()
    expect(await reserved()).toBe(5)
    const again = await open(disk, { prefillForRecycle: true, prefillLimit: KiB(64) })
    expect(again.stats.recycledFileCount).toBe(6)
    await again.close()
    expect(await reserved()).toBe(6)
    await (await open(disk, { enableLogRecycle: false })).close()
    expect(await reserved()).toBe(0)
    await (await open(disk, { prefillForRecycle: true, prefillLimit: KiB(64) })).close()
    await (await open(disk)).close()
    expect(await reserved()).toBe(0)
  })

  it('never gives up a file that a reader is in', async () => {
    const disk = newDisk()
    const engine = await open(disk, { readCacheSize: 0 })
    const first = new Region(1)
    for (let count = 0; count < 20; count++) await engine.write(first.next(500, 5), { sync: false })
    const reading = engine.entries(1, engine.firstIndex(1)!, engine.lastIndex(1)! + 1)
    const other = new Region(2)
    const purging: Promise<unknown>[] = []
    for (let round = 0; round < 30; round++) {
      await Promise.all(Array.from({ length: 20 }, () => engine.write(other.next(600, 5), { sync: false })))
      purging.push(engine.write([{ type: 'clean', regionId: 1 }], { sync: false }), engine.purge())
    }
    expect((await reading).map((entry) => entry.length)).toEqual(new Array((await reading).length).fill(500))
    await Promise.all(purging)
    await engine.close()
  })
})
