import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type FileSystem,
  KiB,
  NoSpaceError,
  type RaftLogChange,
  RaftLogCorruptionError,
  type RaftLogEngine,
  seededRandom,
  systemClock,
} from '@stratakv/core'
import { describeRaftLog, NaiveRaftLog, RaftLogDice } from '@stratakv/core/compliance'
import { openLevelEngine } from '@stratakv/level-engine'
import { createMemoryDisk, createMemoryEngine, createMemoryRaftLog, type MemoryDisk } from '@stratakv/memory'
import { openKvRaftLog } from '@stratakv/raft-engine/kv-engine'
import { openRocksdbEngine } from '@stratakv/rocksdb-engine'
import { faultyFileSystem } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'
import {
  copyRaftLogs,
  isUnfinishedCopy,
  openRaftEngine,
  RaftLogNotEmptyError,
  RaftLogSourceChangedError,
  RaftLogUnfinishedCopyError,
} from '../src/index.ts'

const unsynced = { sync: false }
const append = (regionId: number, firstIndex: number, entries: readonly Uint8Array[]): RaftLogChange => ({
  type: 'append',
  regionId,
  firstIndex,
  entries,
})
const putKey = (regionId: number, key: Uint8Array): RaftLogChange => ({ type: 'put', regionId, key, value: key })

const onDisk = (fileSystem: FileSystem) =>
  openRaftEngine(
    { fileSystem, clock: systemClock() },
    { directory: '/log', targetFileSize: KiB(4), purgeThreshold: KiB(16), batchCompressionThreshold: 256 },
  )

async function withFolder(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'copy-raft-logs-'))
  try {
    await body(folder)
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** A history that fills `engine`; answers what there is to see then. */
async function fill(engine: RaftLogEngine, seed: number, steps = 120): Promise<string[]> {
  const dice = new RaftLogDice(seed, 12)
  const twin = new NaiveRaftLog()
  for (let step = 0; step < steps; step++) {
    const changes = dice.changes(twin)
    if (twin.write(changes)) await engine.write(changes, unsynced)
  }
  return twin.describe()
}

async function caught(call: () => unknown): Promise<unknown> {
  try {
    await call()
  } catch (error) {
    return error
  }
  return undefined
}

describe('a copy', () => {
  for (const [name, open] of [
    ['LevelDB', (path: string) => openLevelEngine({ path })],
    ['RocksDB', (path: string) => openRocksdbEngine({ path })],
  ] as const) {
    it(`goes from ${name} into Raft Engine and back, entry for entry`, () =>
      withFolder(async (folder) => {
        for (const seed of [1, 2, 3]) {
          const source = await openKvRaftLog({ engine: await open(join(folder, `source-${seed}`)) })
          const state = await fill(source, seed)
          expect(state.length).toBeGreaterThan(3)
          const disk = createMemoryDisk({ random: seededRandom(seed) })
          const middle = await onDisk(disk)
          await copyRaftLogs(source, middle, { bytesPerBatch: 500 })
          await source.close()
          // Durable when it resolves: a power cut takes nothing.
          const afterCut = await onDisk(disk.clonePowerCut())
          expect([seed, ...(await describeRaftLog(afterCut))]).toEqual([seed, ...state])
          expect(await isUnfinishedCopy(afterCut)).toBe(false)
          await afterCut.close()
          const path = join(folder, `target-${seed}`)
          const target = await openKvRaftLog({ engine: await open(path) })
          await copyRaftLogs(middle, target)
          await Promise.all([middle.close(), target.close()])
          const again = await openKvRaftLog({ engine: await open(path) })
          expect([seed, ...(await describeRaftLog(again))]).toEqual([seed, ...state])
          await again.close()
        }
      }))
  }

  it('holds batches to the size asked for, whatever the shape of the logs, and counts', async () => {
    const source = createMemoryRaftLog()
    const entries = (count: number, length: number) => Array.from({ length: count }, () => new Uint8Array(length))
    await source.write(
      [
        append(1, 5, entries(1000, 10)),
        append(2, 1, entries(3, 5000)),
        append(3, 7, entries(2500, 0)),
        putKey(4, new Uint8Array(900).fill(7)),
        putKey(4, new Uint8Array(901).fill(7)),
      ],
      unsynced,
    )
    const batchBytes: number[] = []
    const inner = createMemoryRaftLog()
    const target: RaftLogEngine = {
      ...delegate(inner),
      async write(changes, options) {
        const writtenBytes = await inner.write(changes, options)
        batchBytes.push(writtenBytes)
        return writtenBytes
      },
    }
    const seen: number[] = []
    const progress = await copyRaftLogs(source, target, {
      bytesPerBatch: 1000,
      onProgress: ({ entriesDone }) => seen.push(entriesDone),
    })
    expect(progress).toEqual({
      regionsDone: 4,
      regionsTotal: 4,
      entriesDone: 3503,
      entriesTotal: 3503,
      bytesDone: 10_000 + 15_000 + 2 * 1801,
    })
    expect(Math.max(...batchBytes)).toBeLessThan(1000 + 5000 + 10)
    expect(batchBytes.length).toBeGreaterThan(15)
    expect(seen).toEqual(seen.toSorted((left, right) => left - right))
    expect(await describeRaftLog(inner)).toEqual(await describeRaftLog(source))
  })

  it('refuses a target with regions, and changes nothing there', async () => {
    const [source, target] = [createMemoryRaftLog(), createMemoryRaftLog()]
    await fill(source, 1)
    await target.write([putKey(9, Uint8Array.of(1))], unsynced)
    expect(await caught(() => copyRaftLogs(source, target))).toBeInstanceOf(RaftLogNotEmptyError)
    expect(await describeRaftLog(target)).toEqual(['9; 01=[01]'])
  })

  it('refuses a source that is an unfinished copy', async () => {
    const [source, middle] = [createMemoryRaftLog(), createMemoryRaftLog()]
    await fill(source, 1)
    const stop = new AbortController()
    stop.abort(new Error('stopped'))
    expect(await caught(() => copyRaftLogs(source, middle, { signal: stop.signal }))).toBe(stop.signal.reason)
    expect(await caught(() => copyRaftLogs(middle, createMemoryRaftLog()))).toBeInstanceOf(RaftLogUnfinishedCopyError)
  })

  it('tells that the source changed meanwhile, and is then unfinished', async () => {
    for (const change of [
      append(1, 21, [new Uint8Array(3)]),
      { type: 'compact', regionId: 1, index: 15 },
      { type: 'clean', regionId: 2 },
      putKey(3, Uint8Array.of(1)),
    ] satisfies RaftLogChange[]) {
      const [source, target] = [createMemoryRaftLog(), createMemoryRaftLog()]
      await source.write(
        [append(1, 1, Array(20).fill(new Uint8Array(100))), append(2, 1, Array(5).fill(new Uint8Array(100)))],
        unsynced,
      )
      let changed: Promise<unknown> | undefined
      const onProgress = () => {
        changed ??= source.write([change], unsynced)
      }
      const error = await caught(() => copyRaftLogs(source, target, { bytesPerBatch: 300, onProgress }))
      expect([change.type, error]).toEqual([change.type, expect.any(RaftLogSourceChangedError)])
      await changed
      expect(await isUnfinishedCopy(target)).toBe(true)
    }
  })

  it('passes on what reading the source throws', async () => {
    const source = createMemoryRaftLog()
    await fill(source, 1)
    const damaged: RaftLogEngine = {
      ...delegate(source),
      entries: async () => {
        throw new RaftLogCorruptionError('/log/1', 17, 'checksum')
      },
    }
    const target = createMemoryRaftLog()
    expect(await caught(() => copyRaftLogs(damaged, target))).toBeInstanceOf(RaftLogCorruptionError)
    expect(await isUnfinishedCopy(target)).toBe(true)
  })
})

describe('a copy that is cut short', () => {
  it('by a power cut at any sync is unfinished or complete, and a further one makes it complete', async () => {
    for (const seed of [5, 6, 7]) {
      const source = await openKvRaftLog({ engine: createMemoryEngine() })
      const state = await fill(source, seed, 60)
      const disk = createMemoryDisk({ random: seededRandom(seed) })
      const clones: MemoryDisk[] = []
      const target = await onDisk(disk)
      const stop = disk.onSync(() => clones.push(disk.clonePowerCut()))
      // Between syncs too: after any batch.
      await copyRaftLogs(source, target, { bytesPerBatch: 400, onProgress: () => clones.push(disk.clonePowerCut()) })
      stop()
      await target.close()
      let completeCount = 0
      for (const [turn, clone] of clones.entries()) {
        const where = `seed ${seed}, cut ${turn}`
        const after = await onDisk(clone)
        const isUnfinished = await isUnfinishedCopy(after)
        const found = await describeRaftLog(after)
        if (!isUnfinished && found.length > 0) {
          completeCount++
          expect([where, ...found]).toEqual([where, ...state])
        } else {
          await copyRaftLogs(source, after, { bytesPerBatch: 700 })
          expect([where, ...(await describeRaftLog(after))]).toEqual([where, ...state])
          expect(await isUnfinishedCopy(after)).toBe(false)
        }
        await after.close()
      }
      expect(clones.length).toBeGreaterThan(10)
      expect(completeCount).toBeGreaterThan(0)
    }
  })

  it('by a full disk fails with that, and by a further one is begun anew from a source that went on', async () => {
    const source = await openKvRaftLog({ engine: createMemoryEngine() })
    await fill(source, 11)
    const disk = createMemoryDisk({ random: seededRandom(1) })
    for (const nth of [3, 9, 30]) {
      const faulty = faultyFileSystem(disk, {
        random: seededRandom(nth),
        rules: [{ on: ['append', 'write'], nth, fault: { type: 'error', errno: 'ENOSPC' } }],
      })
      const target = await onDisk(faulty)
      const error = await caught(() => copyRaftLogs(source, target, { bytesPerBatch: 300 }))
      expect(error).toBeInstanceOf(NoSpaceError)
      await target.close()
    }
    await source.write([{ type: 'clean', regionId: 1 }, append(77, 3, [Uint8Array.of(1)])], unsynced)
    const state = await describeRaftLog(source)
    const target = await onDisk(disk)
    expect(await isUnfinishedCopy(target)).toBe(true)
    await copyRaftLogs(source, target)
    expect(await describeRaftLog(target)).toEqual(state)
    await target.close()
  })

  it('out of Raft Engine, when the engine that is written fails, is unfinished there', async () => {
    const disk = createMemoryDisk({ random: seededRandom(1) })
    const source = await onDisk(disk)
    const state = await fill(source, 12)
    const engine = createMemoryEngine()
    let writeCount = 0
    const failing = await openKvRaftLog({
      engine: {
        ...delegate(engine),
        async write(batch, options) {
          if (++writeCount === 8) throw new NoSpaceError('/kv')
          await engine.write(batch, options)
        },
        // It stays: the next one opens it again.
        close: async () => {},
      },
    })
    expect(await caught(() => copyRaftLogs(source, failing, { bytesPerBatch: 300 }))).toBeInstanceOf(NoSpaceError)
    await failing.close()
    const target = await openKvRaftLog({ engine })
    expect(await isUnfinishedCopy(target)).toBe(true)
    await copyRaftLogs(source, target, { bytesPerBatch: 300 })
    expect(await describeRaftLog(target)).toEqual(state)
    await Promise.all([source.close(), target.close()])
  })
})

/** All calls to `inner`, as own properties, so that some can be replaced. */
function delegate<T extends object>(inner: T): T {
  const calls: Record<string, unknown> = {}
  for (let at: object = inner; at !== Object.prototype; at = Object.getPrototypeOf(at)) {
    for (const name of Object.getOwnPropertyNames(at)) {
      if (name === 'constructor' || name in calls) continue
      const value = Reflect.get(inner, name)
      calls[name] = typeof value === 'function' ? value.bind(inner) : value
    }
  }
  return calls as T
}
