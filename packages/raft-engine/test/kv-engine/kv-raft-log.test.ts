import {
  EngineCorruptionError,
  EnginePoisonedError,
  type KvEngine,
  NoSpaceError,
  RaftLogBatchTooLargeError,
  type RaftLogChange,
  RaftLogCorruptionError,
  RaftLogPoisonedError,
  toHex,
} from '@stratakv/core'
import { describeRaftLog, NaiveRaftLog, RaftLogDice } from '@stratakv/core/compliance'
import { createMemoryEngine } from '@stratakv/memory'
import { openKvRaftLog } from '@stratakv/raft-engine/kv-engine'
import { describe, expect, it } from 'vitest'
import { recordingEngine, replayed } from './engine-doubles.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const append = (regionId: number, firstIndex: number, ...entries: string[]): RaftLogChange => ({
  type: 'append',
  regionId,
  firstIndex,
  entries: entries.map(bytes),
})
const many = (regionId: number, firstIndex: number, count: number): RaftLogChange =>
  append(regionId, firstIndex, ...Array.from({ length: count }, (_, at) => `${firstIndex + at}`))
const put = (regionId: number, key: string, value: string): RaftLogChange => ({
  type: 'put',
  regionId,
  key: bytes(key),
  value: bytes(value),
})
const unsynced = { sync: false }

async function keysOf(engine: KvEngine): Promise<string[]> {
  const keys: string[] = []
  const iterator = engine.iterate('raft')
  for (let found = await iterator.seekToFirst(); found; found = await iterator.next())
    keys.push(`${toHex(iterator.key)} ${toHex(iterator.value)}`)
  iterator.close()
  return keys
}

async function caught(call: () => unknown): Promise<unknown> {
  try {
    await call()
  } catch (error) {
    return error
  }
  return undefined
}

it('writes the bytes that FORMAT.md shows', async () => {
  const engine = createMemoryEngine()
  const log = await openKvRaftLog({ engine }, { inlineDropCountMax: 1 })
  await log.write([append(2, 7, 'e'), put(2, 'R', 's'), put(2, 'RR', 't'), append(2 ** 40, 1, 'x')], unsynced)
  expect(await keysOf(engine)).toEqual([
    '01020000000000000002010000000000000007 65',
    '0102000000000000000202 73',
    '01020000000000000002805252 74',
    '01020000010000000000010000000000000001 78',
  ])
})

describe('groups', () => {
  it('are one batch of the engine for the calls of one tick, synced if one asks', async () => {
    const engine = recordingEngine()
    const log = await openKvRaftLog({ engine })
    const written = await Promise.all([
      log.write([append(1, 1, 'a')], unsynced),
      log.write([append(2, 1, 'b')], { sync: true }),
      log.write([put(1, 'R', 'c')], unsynced),
    ])
    expect(engine.operations).toMatchObject([{ type: 'write', sync: true, batch: [{}, {}, {}] }])
    expect(written).toEqual([20, 20, 12])
    await log.close()
  })

  it('show readers what was before until the engine has all of them, and let go of it then', async () => {
    let open = (): void => {}
    let isGated = false
    const engine = recordingEngine(() => (isGated ? new Promise<void>((resolve) => (open = resolve)) : undefined))
    const log = await openKvRaftLog({ engine })
    await log.write([append(1, 1, 'a', 'b', 'c'), put(1, 'k', 'v')], unsynced)
    expect(engine.openSnapshots.size).toBe(0)
    isGated = true
    const running = log.write(
      [append(1, 2, 'B'), { type: 'compact', regionId: 1, index: 2 }, put(1, 'k', 'w')],
      unsynced,
    )
    await Promise.resolve()
    await Promise.resolve()
    // The engine itself shows it already, as it may.
    await Promise.resolve()
    expect(engine.openSnapshots.size).toBe(1)
    expect((await log.entries(1, 1, 4)).map((entry) => String.fromCharCode(...entry))).toEqual(['a', 'b', 'c'])
    expect(log.get(1, bytes('k'))).toEqual(bytes('v'))
    open()
    await running
    expect(engine.openSnapshots.size).toBe(0)
    expect([log.firstIndex(1), log.lastIndex(1), await log.entry(1, 2)]).toEqual([2, 2, bytes('B')])
    isGated = false
    await log.close()
  })
})

describe('long logs', () => {
  it('are read in parts of one moment, within a limit of bytes', async () => {
    const engine = recordingEngine()
    const log = await openKvRaftLog({ engine })
    await log.write([many(1, 1, 5000)], unsynced)
    const all = await log.entries(1, 1, 5001)
    expect([all.length, all[4999]]).toEqual([5000, bytes('5000')])
    const limited = await log.entries(1, 1000, 5001, { bytesMax: 4001 })
    expect([limited.length, limited.at(-1)]).toEqual([1000, bytes('1999')])
    expect((await log.entries(1, 1, 5001, { bytesMax: 0 })).length).toBe(1)
    expect(engine.openSnapshots.size).toBe(0)
    await log.close()
  })

  it('are dropped behind the write, by one range', async () => {
    const engine = recordingEngine()
    const log = await openKvRaftLog({ engine })
    await log.write([many(1, 1, 9000)], unsynced)
    engine.operations.length = 0
    await log.write([{ type: 'compact', regionId: 1, index: 8000 }], unsynced)
    await log.sync()
    expect(engine.operations.map(({ type }) => type)).toEqual(['write', 'deleteRange', 'write', 'write'])
    expect((await keysOf(engine)).length).toBe(1001)
    await log.close()
  })

  it('that were dropped may begin anew below, in the same write', async () => {
    const engine = recordingEngine()
    const log = await openKvRaftLog({ engine }, { inlineDropCountMax: 3 })
    await log.write([many(1, 10, 20)], unsynced)
    await log.write([{ type: 'clean', regionId: 1 }, append(1, 5, 'a', 'b', 'c', 'd', 'e', 'f', 'g')], unsynced)
    expect([log.firstIndex(1), log.lastIndex(1), await log.entry(1, 11)]).toEqual([5, 11, bytes('g')])
    expect((await keysOf(engine)).length).toBe(7)
    await log.close()
  })
})

describe('opening', () => {
  it('takes a few seeks a region, whatever the length of the logs', async () => {
    const engine = recordingEngine()
    const log = await openKvRaftLog({ engine })
    for (let id = 1; id <= 20; id++)
      await log.write([many(id, 100, 500), put(id, 'R', 's'), put(id, 'k', 'v')], unsynced)
    const before = await describeRaftLog(log)
    Object.assign(engine.counts, { steps: 0, seeks: 0 })
    const again = await openKvRaftLog({ engine })
    expect(engine.counts.seeks).toBeLessThanOrEqual(2 * 20 + 1)
    expect(engine.counts.steps).toBeLessThanOrEqual(4 * 20)
    expect(await describeRaftLog(again)).toEqual(before)
    await log.close()
  })

  it('leaves keys of others alone', async () => {
    const engine = createMemoryEngine()
    // TiKV's apply state, and two that only look like ours.
    const foreign = ['01020000000000000001' + '03', '0102', '0102000000000000000101FF', '0103000000000000000101']
    const fromHex = (hex: string) => Uint8Array.from(hex.match(/../g)!, (byte) => Number.parseInt(byte, 16))
    await engine.write(
      foreign.map((hex) => ({ type: 'put', cf: 'raft', key: fromHex(hex), value: bytes('x') })),
      unsynced,
    )
    const log = await openKvRaftLog({ engine })
    expect(log.regions()).toEqual([])
    await log.write([append(1, 1, 'a'), put(1, 'R', 'b'), { type: 'clean', regionId: 1 }], unsynced)
    expect((await keysOf(engine)).length).toBe(4)
    await log.close()
  })

  for (const inlineDropCountMax of [2, 4096]) {
    it(`finds, wherever the engine's operations end, the state of a whole write (drops of ${inlineDropCountMax})`, async () => {
      for (const seed of [3, 7, 31, 127]) {
        const dice = new RaftLogDice(seed)
        const twin = new NaiveRaftLog()
        const engine = recordingEngine()
        const log = await openKvRaftLog({ engine }, { inlineDropCountMax })
        /** By how many operations of the engine had been done when the write resolved, or while it was dropping behind it. */
        const states: { readonly operationCount: number; readonly state: string[] }[] = []
        for (let step = 0; step < 60; step++) {
          const before = engine.operations.length
          const changes = dice.changes(twin)
          if (!twin.write(changes)) {
            expect(await caught(() => log.write(changes, unsynced))).toBeInstanceOf(Error)
            continue
          }
          await log.write(changes, unsynced)
          // Behind what the write drops.
          await log.sync()
          states.push({ operationCount: before, state: states.at(-1)?.state ?? [] })
          states.push({ operationCount: before + 1, state: twin.describe() })
        }
        for (let count = 0; count <= engine.operations.length; count++) {
          const expected = states.findLast(({ operationCount }) => operationCount <= count)?.state ?? []
          for (const part of ['all', 'half'] as const) {
            const crashed = await replayed(engine.operations.slice(0, count), part)
            const after = await openKvRaftLog({ engine: crashed }, { inlineDropCountMax })
            const where = `seed ${seed}, after ${count} operations, ${part} of the last`
            expect([where, ...(await describeRaftLog(after))]).toEqual([where, ...expected])
            // What opening finished is finished, and nothing of what was dropped is left.
            const keyCount = (await keysOf(crashed)).length
            let liveCount = 0
            for (const id of after.regions()) liveCount += (await after.values(id)).length + lengthOf(after, id)
            expect([where, keyCount]).toEqual([where, liveCount])
            await after.close()
          }
        }
        await log.close()
      }
    })
  }
})

function lengthOf(
  log: { firstIndex(id: number): number | undefined; lastIndex(id: number): number | undefined },
  id: number,
) {
  const first = log.firstIndex(id)
  return first === undefined ? 0 : log.lastIndex(id)! - first + 1
}

describe('faults', () => {
  it('of a write poison, and readers go on with what was before it', async () => {
    let failure: Error | undefined
    const engine = recordingEngine(() => {
      if (failure !== undefined) throw failure
    })
    const log = await openKvRaftLog({ engine })
    await log.write([append(1, 1, 'a', 'b')], unsynced)
    failure = new NoSpaceError('/disk')
    const outcomes = await Promise.allSettled([
      log.write([append(1, 2, 'B', 'C')], unsynced),
      log.write([append(1, 4, 'D')], { sync: true }),
    ])
    expect(outcomes.map((outcome) => outcome.status === 'rejected' && outcome.reason)).toEqual([failure, failure])
    failure = undefined
    const refused = await caught(() => log.write([append(1, 3, 'c')], unsynced))
    expect(refused).toBeInstanceOf(RaftLogPoisonedError)
    expect((refused as Error).cause).toBeInstanceOf(NoSpaceError)
    expect(await describeRaftLog(log)).toEqual(['1 from 1: [61] [62];'])
    await log.close()
    expect(engine.openSnapshots.size).toBe(0)
  })

  it('of the drop behind a write leave the write done, and poison the next', async () => {
    const engine = recordingEngine((operation) => {
      if (operation.type === 'deleteRange') throw new NoSpaceError('/disk')
    })
    const log = await openKvRaftLog({ engine }, { inlineDropCountMax: 2 })
    await log.write([many(1, 1, 10)], unsynced)
    await log.write([{ type: 'compact', regionId: 1, index: 9 }], unsynced)
    expect([log.firstIndex(1), await log.entry(1, 9)]).toEqual([9, bytes('9')])
    expect(await caught(() => log.write([many(1, 11, 1)], unsynced))).toBeInstanceOf(RaftLogPoisonedError)
    await log.close()
  })

  it('of the engine are told as the log says it', async () => {
    const engine = createMemoryEngine()
    const log = await openKvRaftLog({ engine: { ...recordingEngine(undefined, engine) } }, { name: '/logs' })
    await log.write([append(1, 1, 'a', 'b', 'c')], unsynced)
    await engine.deleteRange(
      'raft',
      Uint8Array.of(1, 2, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 2),
      Uint8Array.of(1, 2, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 3),
      unsynced,
    )
    const missing = await caught(() => log.entries(1, 1, 4))
    expect(missing).toBeInstanceOf(RaftLogCorruptionError)
    expect(String(missing)).toContain('/logs is corrupted: region 1: entry 2 is missing')
    expect(await log.entry(1, 3)).toEqual(bytes('c'))
    await log.close()

    const failing = recordingEngine()
    const unreadable = await openKvRaftLog({ engine: failing })
    await unreadable.write([append(1, 1, 'a')], unsynced)
    failing.getMany = async () => {
      throw new EngineCorruptionError('/db/7.ldb', 'block checksum')
    }
    const corrupted = await caught(() => unreadable.entry(1, 1))
    expect(corrupted).toBeInstanceOf(RaftLogCorruptionError)
    expect((corrupted as RaftLogCorruptionError).path).toBe('/db/7.ldb')
    failing.write = async () => {
      throw new EnginePoisonedError('an earlier write failed')
    }
    const refused = await caught(() => unreadable.write([append(1, 2, 'b')], unsynced))
    expect(refused).toBeInstanceOf(RaftLogPoisonedError)
    await unreadable.close()
  })

  it('refuses a write over the limit, whole, and goes on', async () => {
    const log = await openKvRaftLog({ engine: createMemoryEngine() })
    const entry = new Uint8Array(1024 * 1024)
    const tooLarge: RaftLogChange = { type: 'append', regionId: 1, firstIndex: 1, entries: Array(512).fill(entry) }
    expect(await caught(() => log.write([put(1, 'k', 'v'), tooLarge], unsynced))).toBeInstanceOf(
      RaftLogBatchTooLargeError,
    )
    expect(log.regions()).toEqual([])
    expect(await log.write([append(1, 1, 'a')], unsynced)).toBe(20)
    await log.close()
  })
})
