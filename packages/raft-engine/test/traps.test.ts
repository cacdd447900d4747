import { KiB, NoSpaceError, RaftLogGapError, seededRandom } from '@stratakv/core'
import { describeRaftLog } from '@stratakv/core/compliance'
import { createMemoryDisk, type MemoryDisk } from '@stratakv/memory'
import { countingFileSystem, InterceptedFileSystem } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'
import {
  openRaftEngine,
  type RaftEngine,
  RaftEngineOptionError,
  type RaftEngineOptions,
  RaftEngineReservedKeyError,
} from '../src/index.ts'
import { clock } from './crash/log-workload.ts'

/** Ways in which other engines of this format have lost data, each once. */
describe('traps', () => {
  const newDisk = () => createMemoryDisk({ random: seededRandom(3) })
  const small = {
    targetFileSize: KiB(4),
    purgeThreshold: KiB(16),
    purgeRewriteThreshold: KiB(4),
    batchCompressionThreshold: 0,
  }
  const open = (disk: MemoryDisk, options: Partial<RaftEngineOptions> = {}) =>
    openRaftEngine({ fileSystem: disk, clock }, { directory: '/log', ...small, ...options })
  const entry = (fill: number, lengthBytes = 100) => new Uint8Array(lengthBytes).fill(fill)
  const key = Uint8Array.of(82)
  const unsynced = { sync: false }

  /** Another region's writes, compacted as they come, until what was written before is no longer in the append queue. */
  async function purgeAll(engine: RaftEngine, regionId = 99): Promise<void> {
    const { appendSpan } = engine.stats
    for (let index = 1 + (engine.lastIndex(regionId) ?? 0); engine.stats.appendSpan[0] <= appendSpan[1]; index++) {
      await engine.write(
        [
          { type: 'append', regionId, firstIndex: index, entries: [entry(index, 900)] },
          { type: 'compact', regionId, index: Math.max(0, index - 2) },
        ],
        unsynced,
      )
      await engine.purge()
    }
  }

  async function reopened(engine: RaftEngine, disk: MemoryDisk): Promise<RaftEngine> {
    await engine.close()
    return open(disk)
  }

  it('a sync that does nothing: what was written is there after a power cut', async () => {
    const disk = newDisk()
    const counting = countingFileSystem(disk)
    const engine = await openRaftEngine({ fileSystem: counting, clock }, { directory: '/log' })
    await engine.write([{ type: 'append', regionId: 1, firstIndex: 1, entries: [entry(1)] }], unsynced)
    const before = disk.syncs.fileCount
    await engine.sync()
    expect(disk.syncs.fileCount).toBe(before + 1)
    for (let cut = 0; cut < 20; cut++) {
      const after = await open(disk.clonePowerCut())
      expect(after.lastIndex(1)).toBe(1)
      await after.close()
    }
    await engine.close()
  })

  it('a write that does not fit leaves no byte: a hole on the disk would stop every start', async () => {
    const disk = newDisk()
    const engine = await open(disk)
    await engine.write([{ type: 'append', regionId: 1, firstIndex: 5, entries: [entry(1)] }], unsynced)
    const used = engine.usedBytes()
    const hole = engine.write([{ type: 'append', regionId: 1, firstIndex: 9, entries: [entry(1)] }], { sync: true })
    await expect(hole).rejects.toBeInstanceOf(RaftLogGapError)
    expect(engine.usedBytes()).toBe(used)
    await (await reopened(engine, disk)).close()
  })

  it("a caller's mistake that takes others down with it", async () => {
    const disk = newDisk()
    const engine = await open(disk)
    const outcomes = await Promise.allSettled([
      engine.write([{ type: 'append', regionId: 1, firstIndex: 1, entries: [entry(1)] }], unsynced),
      engine.write([{ type: 'compact', regionId: 1, index: -1 }], unsynced),
      engine.write([{ type: 'put', regionId: 1.5, key, value: key }], unsynced),
      engine.write([{ type: 'put', regionId: 1, key: new Uint8Array(0), value: key }], unsynced),
      engine.write([{ type: 'append', regionId: 2, firstIndex: 1, entries: [entry(1)] }], unsynced),
    ])
    expect(outcomes.map(({ status }) => status[0])).toEqual(['f', 'r', 'r', 'r', 'f'])
    expect(engine.regions()).toEqual([1, 2])
    await engine.close()
  })

  it('a deleted value that comes back, once the file that deleted it was purged', async () => {
    const disk = newDisk()
    let engine = await open(disk)
    await engine.write([{ type: 'put', regionId: 1, key, value: entry(7) }], unsynced)
    await purgeAll(engine)
    expect(engine.stats.rewriteLiveCount).toBeGreaterThan(0)
    await engine.write([{ type: 'delete', regionId: 1, key }], unsynced)
    await purgeAll(engine)
    engine = await reopened(engine, disk)
    expect(engine.get(1, key)).toBeUndefined()
    await engine.close()
  })

  it('compacted entries that come back, once the file that compacted them was purged', async () => {
    const disk = newDisk()
    let engine = await open(disk)
    const entries = Array.from({ length: 10 }, (_, at) => entry(at))
    await engine.write([{ type: 'append', regionId: 1, firstIndex: 1, entries }], unsynced)
    await purgeAll(engine)
    await engine.write([{ type: 'compact', regionId: 1, index: 8 }], unsynced)
    await purgeAll(engine)
    engine = await reopened(engine, disk)
    expect([engine.firstIndex(1), engine.lastIndex(1)]).toEqual([8, 10])
    await engine.close()
  })

  it('entries cut off that come back behind a log that was emptied', async () => {
    const disk = newDisk()
    let engine = await open(disk)
    const entries = Array.from({ length: 10 }, (_, at) => entry(at))
    await engine.write([{ type: 'append', regionId: 1, firstIndex: 1, entries }], unsynced)
    await purgeAll(engine)
    await engine.write([{ type: 'append', regionId: 1, firstIndex: 4, entries: [entry(40)] }], unsynced)
    await engine.write([{ type: 'compact', regionId: 1, index: 5 }], unsynced)
    await purgeAll(engine)
    engine = await reopened(engine, disk)
    expect(engine.firstIndex(1)).toBeUndefined()
    await engine.close()
  })

  it('entries cut off that come back, when a compaction emptied the log in the middle of the purge', async () => {
    const disk = newDisk()
    let duringPurge: (() => Promise<unknown>) | undefined
    const fileSystem = new InterceptedFileSystem(disk, async (call, run) => {
      const now = call.operation === 'write' && call.path.endsWith('.rewrite') ? duringPurge : undefined
      if (now !== undefined) duringPurge = undefined
      await now?.()
      return run()
    })
    const engine = await openRaftEngine({ fileSystem, clock }, { directory: '/log', ...small })
    const entries = Array.from({ length: 10 }, (_, at) => entry(at))
    await engine.write([{ type: 'append', regionId: 1, firstIndex: 1, entries }], unsynced)
    await purgeAll(engine)
    // The cut is in a file that will go, the compaction in one that stays.
    await engine.write([{ type: 'append', regionId: 1, firstIndex: 4, entries: [entry(40)] }], unsynced)
    duringPurge = () => engine.write([{ type: 'compact', regionId: 1, index: 5 }], unsynced)
    const cutSeq = engine.stats.appendSpan[1]
    await purgeAll(engine)
    expect(duringPurge).toBeUndefined()
    expect(engine.stats.appendSpan[0]).toBeGreaterThan(cutSeq)
    await engine.close()
    const again = await open(disk)
    expect(again.firstIndex(1)).toBeUndefined()
    await again.close()
  })

  it('a compaction that is forgotten, since a restart met an append over the same entries before it', async () => {
    const disk = newDisk()
    let engine = await open(disk)
    const entries = Array.from({ length: 5 }, (_, at) => entry(at))
    await engine.write([{ type: 'append', regionId: 1, firstIndex: 1, entries }], unsynced)
    await purgeAll(engine)
    await engine.write([{ type: 'append', regionId: 1, firstIndex: 1, entries: entries.slice(0, 3) }], unsynced)
    await engine.write([{ type: 'compact', regionId: 1, index: 2 }], unsynced)
    engine = await reopened(engine, disk)
    await purgeAll(engine)
    engine = await reopened(engine, disk)
    expect([engine.firstIndex(1), engine.lastIndex(1)]).toEqual([2, 3])
    await engine.close()
  })

  it('a region made anew that the cleaning of the old one takes along', async () => {
    const disk = newDisk()
    let engine = await open(disk)
    await engine.write([{ type: 'append', regionId: 1, firstIndex: 1, entries: [entry(1), entry(2)] }], unsynced)
    await engine.write([{ type: 'put', regionId: 1, key, value: entry(1) }], unsynced)
    await purgeAll(engine)
    await engine.write([{ type: 'clean', regionId: 1 }], unsynced)
    await engine.write([{ type: 'append', regionId: 1, firstIndex: 50, entries: [entry(50)] }], unsynced)
    await purgeAll(engine)
    engine = await reopened(engine, disk)
    expect([engine.firstIndex(1), engine.lastIndex(1), engine.get(1, key)]).toEqual([50, 50, undefined])
    await purgeAll(engine)
    engine = await reopened(engine, disk)
    expect([engine.firstIndex(1), engine.lastIndex(1), engine.get(1, key)]).toEqual([50, 50, undefined])
    await engine.close()
  })

  it('copies that outlive the unsynced write they followed from', async () => {
    const disk = newDisk()
    const engine = await open(disk)
    const entries = Array.from({ length: 10 }, (_, at) => entry(at))
    await engine.write([{ type: 'append', regionId: 1, firstIndex: 1, entries }], { sync: true })
    await purgeAll(engine)
    const synced = (await describeRaftLog(engine))[0]
    // Not synced by its writer. The purge that then drops what it replaced has to.
    await engine.write([{ type: 'append', regionId: 1, firstIndex: 3, entries: [entry(33)] }], unsynced)
    const replaced = (await describeRaftLog(engine))[0]
    await purgeAll(engine, 98)
    for (let cut = 0; cut < 20; cut++) {
      const after = await open(disk.clonePowerCut())
      expect([synced, replaced]).toContain((await describeRaftLog(after))[0])
      await after.close()
    }
    await engine.close()
  })

  it("a block that another engine's cache answers for", async () => {
    const [left, right] = [newDisk(), newDisk()]
    const engines = [await open(left), await open(right)]
    for (const [at, engine] of engines.entries()) {
      await engine.write([{ type: 'append', regionId: 1, firstIndex: 1, entries: [entry(at)] }], unsynced)
    }
    const read = async () => Promise.all(engines.map(async (engine) => (await engine.entry(1, 1))![0]))
    expect([await read(), await read()]).toEqual([
      [0, 1],
      [0, 1],
    ])
    for (const engine of engines) await engine.close()
  })

  it("the log's own key in the hands of a user", async () => {
    const engine = await open(newDisk())
    const write = engine.write([{ type: 'put', regionId: 1, key: Uint8Array.of(0x5f, 0x5f, 1), value: key }], unsynced)
    await expect(write).rejects.toBeInstanceOf(RaftEngineReservedKeyError)
    await engine.write([{ type: 'put', regionId: 1, key: Uint8Array.of(0x5f, 0x5f), value: key }], unsynced)
    await engine.close()
  })

  it('files of version 1 used again: their old batches pass for new ones, so it is refused', async () => {
    const refused = open(newDisk(), { formatVersion: 1, enableLogRecycle: true })
    await expect(refused).rejects.toBeInstanceOf(RaftEngineOptionError)
    await expect(refused).rejects.toThrow(/raft-engine\.enable-log-recycle is true; it takes false while/)
    const engine = await open(newDisk(), { formatVersion: 1 })
    await purgeAll(engine)
    expect(engine.stats.recycledFileCount).toBe(0)
    await engine.close()
  })

  it('a full disk is known by its error, and the log goes on in the second folder', async () => {
    const disk = newDisk()
    let isFull = false
    const fileSystem = new InterceptedFileSystem(disk, async (call, run) => {
      if (!isFull || !call.path.startsWith('/log')) return run()
      if (call.operation === 'diskSpace')
        return { capacityBytes: 1000, availableBytes: 0 } as Awaited<ReturnType<typeof run>>
      if (call.operation === 'write' || call.operation === 'allocate') throw new NoSpaceError(call.path)
      return run()
    })
    const options = { directory: '/log', spillDirectory: '/spill', ...small }
    const engine = await openRaftEngine({ fileSystem, clock }, options)
    const append = (index: number) =>
      engine.write([{ type: 'append', regionId: 1, firstIndex: index, entries: [entry(index)] }], { sync: true })
    await append(1)
    isFull = true
    await append(2)
    await append(3)
    expect((await disk.list('/spill')).map(({ name }) => name)).toContain('0000000000000002.raftlog')
    isFull = false
    await engine.close()
    const again = await openRaftEngine({ fileSystem: disk, clock }, options)
    expect((await again.entries(1, 1, 4)).map((bytes) => bytes[0])).toEqual([1, 2, 3])
    await again.close()
    // Without a second folder the error goes to the caller, and nothing is lost by it.
    isFull = true
    await disk.removeDirectory('/log')
    isFull = false
    const single = await openRaftEngine({ fileSystem, clock }, { directory: '/log', ...small })
    isFull = true
    await expect(
      single.write([{ type: 'append', regionId: 1, firstIndex: 1, entries: [entry(1)] }], { sync: true }),
    ).rejects.toBeInstanceOf(NoSpaceError)
    isFull = false
    await single.write([{ type: 'append', regionId: 1, firstIndex: 1, entries: [entry(1)] }], { sync: true })
    await single.close()
  })
})
