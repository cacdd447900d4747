import { emptyBytes, equalBytes } from '../src/byte-order.ts'
import { ClosedError } from '../src/errors.ts'
import {
  type RaftLogChange,
  RaftLogCompactedError,
  type RaftLogEngine,
  RaftLogGapError,
  RaftLogUnavailableError,
} from '../src/raft-log-engine.ts'
import { describeRaftLog, NaiveRaftLog, RaftLogDice } from './raft-log-model.ts'
import type { TestApi } from './test-api.ts'

/** An engine under test, empty at first, and what belongs to it. */
export interface RaftLogEngineFixture {
  readonly engine: RaftLogEngine
  /** Opens the same data again; the test closed the engine before. */
  reopen?(): Promise<RaftLogEngine>
  /** Closes what is open and removes the data. */
  dispose(): Promise<void>
}

export interface RaftLogEngineComplianceOptions {
  /** Called once a test. */
  create(): Promise<RaftLogEngineFixture>
}

/** Random histories: their seeds, and how long each is. */
const historySeeds = [1, 2, 3, 5, 8, 13, 21, 34]
const historyStepCount = 200

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0))
const readable = (data: Uint8Array | undefined): string | undefined =>
  data === undefined ? undefined : String.fromCharCode(...data)
const append = (regionId: number, firstIndex: number, ...entries: string[]): RaftLogChange => ({
  type: 'append',
  regionId,
  firstIndex,
  entries: entries.map(bytes),
})
const put = (regionId: number, key: string, value: string): RaftLogChange => ({
  type: 'put',
  regionId,
  key: bytes(key),
  value: bytes(value),
})
const remove = (regionId: number, key: string): RaftLogChange => ({ type: 'delete', regionId, key: bytes(key) })
const compact = (regionId: number, index: number): RaftLogChange => ({ type: 'compact', regionId, index })
const clean = (regionId: number): RaftLogChange => ({ type: 'clean', regionId })
const synced = { sync: true }
const unsynced = { sync: false }

/** What every `RaftLogEngine` must do, sentence by sentence of the seam. */
export function raftLogEngineCompliance(t: TestApi, options: RaftLogEngineComplianceOptions): void {
  const { describe, it, expect } = t

  const test = (name: string, body: (engine: RaftLogEngine, fixture: RaftLogEngineFixture) => Promise<void>): void =>
    it(name, async () => {
      const fixture = await options.create()
      try {
        await body(fixture.engine, fixture)
      } finally {
        await fixture.dispose()
      }
    })

  /** The error of a call that must fail, whether it throws or rejects. */
  const failure = async (call: () => unknown): Promise<unknown> => {
    try {
      await call()
    } catch (error) {
      return error
    }
    return undefined
  }

  const log = async (engine: RaftLogEngine, regionId: number): Promise<(string | undefined)[]> => {
    const first = engine.firstIndex(regionId)
    if (first === undefined) return []
    return (await engine.entries(regionId, first, engine.lastIndex(regionId)! + 1)).map(readable)
  }
  const values = async (
    engine: RaftLogEngine,
    regionId: number,
    ...range: Parameters<RaftLogEngine['values']> extends [unknown, ...infer Rest] ? Rest : never
  ) => (await engine.values(regionId, ...range)).map(([key, value]) => `${readable(key)}=${readable(value)}`)

  describe('entries', () => {
    test('are read back by index, one and many', async (engine) => {
      await engine.write([append(1, 5, 'five', 'six', 'seven')], unsynced)
      expect([engine.firstIndex(1), engine.lastIndex(1)]).toEqual([5, 7])
      expect(readable(await engine.entry(1, 6))).toBe('six')
      expect(await engine.entry(1, 4)).toBe(undefined)
      expect(await engine.entry(1, 8)).toBe(undefined)
      expect(await engine.entry(2, 6)).toBe(undefined)
      expect((await engine.entries(1, 5, 8)).map(readable)).toEqual(['five', 'six', 'seven'])
      expect((await engine.entries(1, 6, 7)).map(readable)).toEqual(['six'])
      expect(await engine.entries(1, 6, 6)).toEqual([])
      expect(await engine.entries(9, 7, 3)).toEqual([])
    })

    test('may be empty, of any bytes, and long', async (engine) => {
      const long = Uint8Array.from({ length: 300_000 }, (_, at) => (at * 7 + (at >>> 9)) & 255)
      const all = Uint8Array.from({ length: 256 }, (_, at) => at)
      await engine.write(
        [{ type: 'append', regionId: 1, firstIndex: 1, entries: [emptyBytes, all, long, emptyBytes] }],
        unsynced,
      )
      const back = await engine.entries(1, 1, 5)
      expect(back.map(({ length }) => length)).toEqual([0, 256, 300_000, 0])
      expect(equalBytes(back[1]!, all) && equalBytes(back[2]!, long)).toBe(true)
    })

    test('of a region with a large id, next to one with a small id, keep apart', async (engine) => {
      const large = 2 ** 53 - 1
      await engine.write([append(1, 1, 'a'), append(large, 1, 'b'), append(256, 9, 'c')], unsynced)
      expect(engine.regions()).toEqual([1, 256, large])
      expect([await log(engine, 1), await log(engine, large), await log(engine, 256)]).toEqual([['a'], ['b'], ['c']])
    })

    test('stop before the one that would pass bytesMax, but for the first', async (engine) => {
      await engine.write([append(1, 1, 'aaaa', 'bb', 'cc', 'd')], unsynced)
      const upTo = async (bytesMax: number) => (await engine.entries(1, 1, 5, { bytesMax })).map(readable)
      expect(await upTo(0)).toEqual(['aaaa'])
      expect(await upTo(5)).toEqual(['aaaa'])
      expect(await upTo(6)).toEqual(['aaaa', 'bb'])
      expect(await upTo(8)).toEqual(['aaaa', 'bb', 'cc'])
      expect(await upTo(9)).toEqual(['aaaa', 'bb', 'cc', 'd'])
    })

    test('outside the log are an error that says where it is', async (engine) => {
      expect(await failure(() => engine.entries(1, 1, 2))).toBeInstanceOf(RaftLogUnavailableError)
      await engine.write([append(1, 10, 'a', 'b', 'c'), compact(1, 11)], unsynced)
      const below = await failure(() => engine.entries(1, 10, 12))
      expect(below).toBeInstanceOf(RaftLogCompactedError)
      expect((below as RaftLogCompactedError).firstIndex).toBe(11)
      const behind = await failure(() => engine.entries(1, 11, 14))
      expect(behind).toBeInstanceOf(RaftLogUnavailableError)
      expect((behind as RaftLogUnavailableError).lastIndex).toBe(12)
    })

    test('appended inside the log replace its tail, also what lies behind the new end', async (engine) => {
      await engine.write([append(1, 1, 'a1', 'a2', 'a3', 'a4')], unsynced)
      await engine.write([append(1, 2, 'b2')], unsynced)
      expect(await log(engine, 1)).toEqual(['a1', 'b2'])
      await engine.write([append(1, 1, 'c1')], unsynced)
      expect(await log(engine, 1)).toEqual(['c1'])
      await engine.write([append(1, 2, 'd2', 'd3'), append(1, 3, 'e3')], unsynced)
      expect(await log(engine, 1)).toEqual(['c1', 'd2', 'e3'])
    })

    test('that would leave a hole, or go below the first, are refused with all of their write', async (engine) => {
      await engine.write([append(1, 5, 'a', 'b'), put(1, 'k', 'v')], unsynced)
      const gap = await failure(() => engine.write([put(1, 'k', 'w'), append(2, 1, 'x'), append(1, 8, 'c')], unsynced))
      expect(gap).toBeInstanceOf(RaftLogGapError)
      expect((gap as RaftLogGapError).expectedIndex).toBe(7)
      expect(await failure(() => engine.write([append(1, 4, 'c')], unsynced))).toBeInstanceOf(RaftLogCompactedError)
      const inBatch = await failure(() => engine.write([append(3, 1, 'x'), append(3, 3, 'y')], unsynced))
      expect(inBatch).toBeInstanceOf(RaftLogGapError)
      expect(await describeRaftLog(engine)).toEqual(['1 from 5: [61] [62]; 6B=[76]'])
      await engine.write([append(1, 7, 'c')], unsynced)
      expect(await log(engine, 1)).toEqual(['a', 'b', 'c'])
    })

    test('of an empty append change nothing', async (engine) => {
      await engine.write([append(1, 100)], unsynced)
      await engine.write([append(1, 5, 'a'), append(1, 900)], unsynced)
      expect(await log(engine, 1)).toEqual(['a'])
    })
  })

  describe('compaction', () => {
    test('drops the entries below an index, and nothing else', async (engine) => {
      await engine.write([append(1, 1, 'a', 'b', 'c'), put(1, 'k', 'v'), append(2, 1, 'x')], unsynced)
      await engine.write([compact(1, 3)], unsynced)
      expect([engine.firstIndex(1), engine.lastIndex(1)]).toEqual([3, 3])
      expect(await log(engine, 1)).toEqual(['c'])
      expect(await values(engine, 1)).toEqual(['k=v'])
      expect(await log(engine, 2)).toEqual(['x'])
      await engine.write([compact(1, 2), compact(1, 3), compact(7, 3)], unsynced)
      expect(await log(engine, 1)).toEqual(['c'])
    })

    test('behind the end empties the log, which may then go on anywhere', async (engine) => {
      await engine.write([append(1, 5, 'a', 'b')], unsynced)
      await engine.write([compact(1, 9)], unsynced)
      expect([engine.firstIndex(1), engine.lastIndex(1)]).toEqual([undefined, undefined])
      await engine.write([append(1, 100, 'c')], unsynced)
      expect([engine.firstIndex(1), engine.lastIndex(1)]).toEqual([100, 100])
      await engine.write([compact(1, 101), append(1, 3, 'd')], unsynced)
      expect(await log(engine, 1)).toEqual(['d'])
    })
  })

  describe('values', () => {
    test('are put, replaced and deleted, each region for itself', async (engine) => {
      await engine.write([put(1, 'k', '1'), put(2, 'k', '2'), put(1, 'l', '')], unsynced)
      expect(readable(await engine.get(1, bytes('k')))).toBe('1')
      expect(readable(await engine.get(2, bytes('k')))).toBe('2')
      expect(readable(await engine.get(1, bytes('l')))).toBe('')
      expect(await engine.get(3, bytes('k'))).toBe(undefined)
      await engine.write(
        [put(1, 'k', '3'), remove(2, 'k'), remove(2, 'never'), put(1, 'm', '4'), remove(1, 'm')],
        unsynced,
      )
      expect([await values(engine, 1), await values(engine, 2)]).toEqual([['k=3', 'l='], []])
    })

    test('come in byte order within bounds, and backwards', async (engine) => {
      await engine.write(
        [put(1, 'c', '3'), put(1, 'a', '1'), put(1, 'bb', '2'), put(1, 'b', '2'), put(2, 'b', 'x')],
        unsynced,
      )
      expect(await values(engine, 1)).toEqual(['a=1', 'b=2', 'bb=2', 'c=3'])
      expect(await values(engine, 1, { start: bytes('b'), end: bytes('c') })).toEqual(['b=2', 'bb=2'])
      expect(await values(engine, 1, { start: bytes('b'), reverse: true })).toEqual(['c=3', 'bb=2', 'b=2'])
      expect(await values(engine, 1, { end: bytes('b') })).toEqual(['a=1'])
      expect(await values(engine, 1, { start: bytes('x'), end: bytes('a') })).toEqual([])
      expect(await values(engine, 5)).toEqual([])
    })
  })

  describe('regions', () => {
    test('are there from their first change until cleaned, in ascending order', async (engine) => {
      expect(engine.regions()).toEqual([])
      await engine.write([append(20, 1, 'a'), put(3, 'k', 'v')], unsynced)
      expect(engine.regions()).toEqual([3, 20])
      await engine.write([clean(20)], unsynced)
      expect(engine.regions()).toEqual([3])
      expect([engine.firstIndex(20), await engine.entry(20, 1)]).toEqual([undefined, undefined])
      await engine.write([clean(3), clean(4)], unsynced)
      expect(engine.regions()).toEqual([])
      expect(await engine.get(3, bytes('k'))).toBe(undefined)
    })

    test('can be made anew in the write that cleaned them', async (engine) => {
      await engine.write([append(1, 5, 'old'), put(1, 'k', 'old')], unsynced)
      await engine.write([clean(1), append(1, 90, 'new'), put(1, 'l', 'new')], unsynced)
      expect([await log(engine, 1), await values(engine, 1)]).toEqual([['new'], ['l=new']])
      await engine.write([append(1, 91, 'x'), clean(1)], unsynced)
      expect(engine.regions()).toEqual([])
    })
  })

  describe('writes', () => {
    test('of nothing take nothing', async (engine) => {
      expect(await engine.write([], synced)).toBe(0)
      expect((await engine.write([append(1, 1, 'a')], synced)) > 0).toBe(true)
    })

    test('that overlap take effect in the order of the calls', async (engine) => {
      const writes = Array.from({ length: 200 }, (_, index) =>
        engine.write([append(1 + (index % 3), 1 + Math.floor(index / 3), `${index}`), put(9, 'last', `${index}`)], {
          sync: index % 7 === 0,
        }),
      )
      await Promise.all(writes)
      expect(readable(await engine.get(9, bytes('last')))).toBe('199')
      expect(await log(engine, 2)).toEqual(Array.from({ length: 67 }, (_, index) => `${index * 3 + 1}`))
    })

    test('that do not fit fail alone among those that overlap', async (engine) => {
      const outcomes = await Promise.allSettled([
        engine.write([append(1, 1, 'a')], unsynced),
        engine.write([append(1, 3, 'hole')], synced),
        engine.write([append(1, 2, 'b')], synced),
        engine.write([append(1, 9, 'hole')], unsynced),
        engine.write([append(1, 3, 'c')], unsynced),
      ])
      expect(outcomes.map(({ status }) => status)).toEqual([
        'fulfilled',
        'rejected',
        'fulfilled',
        'rejected',
        'fulfilled',
      ])
      expect(await log(engine, 1)).toEqual(['a', 'b', 'c'])
    })

    test('are seen whole or not at all while they run', async (engine) => {
      await engine.write([append(1, 1, '0'), append(2, 1, '0'), put(1, 'k', '0')], unsynced)
      const writes: Promise<number>[] = []
      for (let step = 1; step <= 30; step++) {
        writes.push(
          engine.write(
            [append(1, step + 1, `${step}`), append(2, step + 1, `${step}`), put(1, 'k', `${step}`)],
            unsynced,
          ),
        )
        if (step % 5 === 0) await writes.at(-3)
        const state = [
          engine.lastIndex(1)! - 1,
          engine.lastIndex(2)! - 1,
          Number(readable(await engine.get(1, bytes('k')))),
        ]
        if (step % 5 === 0) expect(state[0]! >= step - 2).toBe(true)
        expect(state[0]).toBe(state[1])
      }
      await Promise.all(writes)
    })

    test('leave what was read before as it was', async (engine) => {
      await engine.write([append(1, 1, 'one', 'two'), put(1, 'k', 'v')], unsynced)
      const entries = await engine.entries(1, 1, 3)
      const value = await engine.get(1, bytes('k'))
      await engine.write([append(1, 1, 'ONE', 'TWO'), put(1, 'k', 'V')], synced)
      await engine.purge()
      expect([...entries.map(readable), readable(value)]).toEqual(['one', 'two', 'v'])
    })
  })

  describe('purge', () => {
    test('changes nothing that can be read, and answers regions that are there', async (engine) => {
      const twin = new NaiveRaftLog()
      const dice = new RaftLogDice(99)
      for (let round = 0; round < 30; round++) {
        const changes = dice.changes(twin)
        if (twin.write(changes)) await engine.write(changes, unsynced)
        else await failure(() => engine.write(changes, unsynced))
        if (round % 10 !== 9) continue
        const named = await engine.purge()
        expect(named.every((id) => engine.regions().includes(id))).toBe(true)
        expect(await describeRaftLog(engine)).toEqual(twin.describe())
      }
      expect(engine.usedBytes() > 0).toBe(true)
    })

    test('may be called while it runs, and while writes do', async (engine) => {
      const writes = Array.from({ length: 50 }, (_, index) =>
        engine.write([append(1, index + 1, 'x')], { sync: index % 9 === 0 }),
      )
      await Promise.all([...writes, engine.purge(), engine.purge()])
      expect([engine.firstIndex(1), engine.lastIndex(1)]).toEqual([1, 50])
    })
  })

  describe('closing', () => {
    test('refuses every call with ClosedError, and is idempotent', async (engine) => {
      await engine.write([append(1, 1, 'a')], unsynced)
      await engine.close()
      await engine.close()
      const calls: (() => unknown)[] = [
        () => engine.write([append(1, 2, 'b')], unsynced),
        () => engine.write([], unsynced),
        () => engine.sync(),
        () => engine.get(1, bytes('k')),
        () => engine.values(1),
        () => engine.entry(1, 1),
        () => engine.entries(1, 1, 2),
        () => engine.firstIndex(1),
        () => engine.lastIndex(1),
        () => engine.regions(),
        () => engine.purge(),
        () => engine.usedBytes(),
      ]
      for (const call of calls) expect(await failure(call)).toBeInstanceOf(ClosedError)
    })

    test('waits for the writes that run', async (engine, fixture) => {
      const settled: string[] = []
      const writes = Array.from({ length: 20 }, (_, index) =>
        engine.write([append(1, index + 1, `${index}`)], unsynced).then(() => settled.push('write')),
      )
      await Promise.all([...writes, engine.close().then(() => settled.push('close'))])
      expect(settled.indexOf('close')).toBe(20)
      if (!engine.supports.durable) return
      const again = await fixture.reopen!()
      expect([again.firstIndex(1), again.lastIndex(1)]).toEqual([1, 20])
      await again.close()
    })

    test('loses nothing, if the engine is durable', async (engine, fixture) => {
      if (!engine.supports.durable) return
      expect(typeof fixture.reopen).toBe('function')
      await engine.write([append(1, 5, 'a', 'b', 'c'), put(1, 'k', 'v'), append(2, 1, 'x')], synced)
      await engine.write([compact(1, 6), append(1, 7, 'C'), clean(2), put(3, 'k', 'w'), remove(1, 'nothing')], unsynced)
      await engine.sync()
      const before = await describeRaftLog(engine)
      await engine.close()
      const again = await fixture.reopen!()
      expect(await describeRaftLog(again)).toEqual(before)
      await again.write([append(1, 8, 'd'), remove(1, 'k')], synced)
      await again.close()
      const third = await fixture.reopen!()
      expect([await log(third, 1), await values(third, 1)]).toEqual([['b', 'C', 'd'], []])
      await third.close()
    })
  })

  describe('random histories', () => {
    for (const seed of historySeeds) {
      test(`answer as the naive twin does (seed ${seed})`, async (first, fixture) => {
        let engine = first
        const twin = new NaiveRaftLog()
        const dice = new RaftLogDice(seed)
        for (let step = 0; step < historyStepCount; step++) {
          const writes: Promise<boolean>[] = []
          const fits: boolean[] = []
          // Several at once and none awaited between: order must hold without the caller's help.
          for (let count = 1 + dice.below(3); count > 0; count--) {
            const changes = dice.changes(twin)
            const write = engine.write(changes, { sync: dice.below(4) === 0 })
            writes.push(
              write.then(
                () => true,
                () => false,
              ),
            )
            fits.push(twin.write(changes))
          }
          const where = `seed ${seed}, step ${step}`
          expect([where, ...(await Promise.all(writes))]).toEqual([where, ...fits])
          const die = dice.below(20)
          if (die === 0) await engine.purge()
          if (die < 3 || step === historyStepCount - 1) {
            expect([where, ...(await describeRaftLog(engine))]).toEqual([where, ...twin.describe()])
          }
          if (die === 19 && fixture.reopen !== undefined && engine.supports.durable) {
            await engine.close()
            engine = await fixture.reopen()
          }
        }
        await engine.close()
      })
    }
  })
}
