import {
  below,
  type Clock,
  FileIoError,
  KiB,
  NoSpaceError,
  type RaftLogChange,
  RaftLogPoisonedError,
  type Random,
  systemClock,
} from '@stratakv/core'
import { describeRaftLog, NaiveRaftLog, RaftLogDice } from '@stratakv/core/compliance'
import type { MemoryDisk } from '@stratakv/memory'
import { faultyFileSystem, forSeeds, InterceptedFileSystem } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'
import { openRaftEngine } from '../../src/index.ts'
import { anyOptions, LogWorkload, newDisk } from './log-workload.ts'

/** More by hand: STRATA_SEED=1..5000. */
const seedCount = 40
const writeCount = 150

/** By which sometimes the disk is the slower one and sometimes what is done before it, so that groups are split or not. */
function unsteadyClock(random: Random): Clock {
  let now = 0
  return { ...systemClock(), now: () => (now += below(random, 2) * (1 + below(random, 100))) }
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await undefined
}

describe('writes that come while others are written', () => {
  it('are done in the order of their calls, whichever fail', { timeout: 3_600_000 }, async () => {
    await forSeeds(seedCount, async (seed, random) => {
      const options = anyOptions(random.fork('options'))
      const faults = random.fork('faults')
      const disk = newDisk(seed)
      const fileSystem = faultyFileSystem(disk, { random: faults })
      const clock = unsteadyClock(random.fork('clock'))
      const engine = await openRaftEngine({ fileSystem, clock }, options)
      const dice = new RaftLogDice(seed)
      /** As if all writes so far succeeded. */
      const hoped = new NaiveRaftLog()
      const calls: { changes: readonly RaftLogChange[]; done: Promise<PromiseSettledResult<number>> }[] = []
      for (let count = 0; count < writeCount; count++) {
        const changes = dice.changes(hoped)
        hoped.write(changes)
        const settled = Promise.allSettled([engine.write(changes, { sync: dice.below(2) === 0 })])
        calls.push({ changes, done: settled.then(([outcome]) => outcome) })
        if (count % 30 === 10) {
          const errno = below(faults, 2) === 0 ? 'ENOSPC' : 'EIO'
          const on = (['write', 'write', 'sync', 'truncate'] as const)[below(faults, 4)]!
          fileSystem.arm({
            on,
            nth: 1 + below(faults, 3),
            times: 1 + below(faults, 2),
            fault: { type: 'error', errno },
          })
        }
        if (dice.below(3) === 0) await turns(dice.below(12))
        if (dice.below(12) === 0) await calls[dice.below(calls.length)]!.done
        if (dice.below(20) === 0) void engine.purge().catch(() => {})
      }
      const twin = new NaiveRaftLog()
      let inDoubt: NaiveRaftLog | undefined
      for (const { changes, done } of calls) {
        const outcome = await done
        const after = twin.copy()
        const fits = after.write(changes)
        if (outcome.status === 'fulfilled') {
          expect(fits).toBe(true)
          twin.write(changes)
          continue
        }
        const { reason } = outcome
        const isOfDisk = [NoSpaceError, FileIoError, RaftLogPoisonedError].some((kind) => reason instanceof kind)
        if (fits && !isOfDisk) throw reason
        if (reason instanceof RaftLogPoisonedError && fits) {
          inDoubt ??= twin.copy()
          inDoubt.write(changes)
        }
      }
      expect(await describeRaftLog(engine)).toEqual(twin.describe())
      await engine.close().catch(() => {})
      if (inDoubt === undefined) {
        const again = await openRaftEngine({ fileSystem: disk, clock }, options)
        expect(await describeRaftLog(again)).toEqual(twin.describe())
        await again.close()
      }
    })
  })

  it('leave the log as it was behind one of them when the power is cut', { timeout: 3_600_000 }, async () => {
    await forSeeds(seedCount / 2, async (seed, random) => {
      const options = anyOptions(random.fork('options'))
      const cuts = random.fork('cuts')
      const workload = new LogWorkload(seed)
      const disk = newDisk(seed)
      const clones: { disk: MemoryDisk; syncedCount: number; knownCount: number }[] = []
      const cut = (): void => {
        const { syncedCount, states } = workload.written
        clones.push({ disk: disk.clonePowerCut(cuts), syncedCount, knownCount: states.length })
      }
      const fileSystem = new InterceptedFileSystem(disk, async (_call, run) => {
        const result = await run()
        // Some calls take longer than others come in.
        await turns(below(cuts, 30))
        if (below(cuts, 10) === 0) cut()
        return result
      })
      const engine = await openRaftEngine({ fileSystem, clock: unsteadyClock(random.fork('clock')) }, options)
      const running: Promise<void>[] = []
      for (let round = 0; round < 40; round++) {
        running.push(workload.round(engine))
        await turns(below(cuts, 20))
        if (below(cuts, 3) > 0) continue
        await Promise.all(running.splice(0))
        for (const { disk: clone, ...bounds } of clones.splice(0)) await workload.written.check(clone, options, bounds)
      }
      await Promise.all(running)
      await engine.close()
    })
  })
})

describe('a group that fails while the next is assembled behind it', () => {
  const append = (regionId: number, firstIndex: number, count = 1) =>
    ({
      type: 'append',
      regionId,
      firstIndex,
      entries: Array.from({ length: count }, () => new Uint8Array(KiB(1)).fill(firstIndex)),
    }) as const
  const synced = { sync: true }

  /** A log whose first write to the disk waits for `go`, and then fails if it is to. */
  async function held(fails: boolean) {
    const disk = newDisk(1)
    let go = (): void => {}
    const gate = new Promise<void>((resolve) => {
      go = resolve
    })
    let isHeld = false
    const fileSystem = new InterceptedFileSystem(disk, async (call, run) => {
      if (!isHeld || call.operation !== 'write') return run()
      isHeld = false
      await gate
      if (fails) throw new NoSpaceError(call.path)
      return run()
    })
    const engine = await openRaftEngine({ fileSystem, clock: systemClock() }, { directory: '/log' })
    isHeld = true
    return { engine, go }
  }

  it('takes along what only fitted behind it', async () => {
    const { engine, go } = await held(true)
    const first = engine.write([append(1, 1)], synced)
    await turns(20)
    const outcomes = Promise.allSettled([
      first,
      engine.write([append(1, 2)], synced),
      engine.write([append(2, 1)], synced),
    ])
    await turns(20)
    go()
    // An empty log may begin anywhere: what failed is not a gap.
    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled'])
    expect([engine.firstIndex(1), engine.lastIndex(1), engine.lastIndex(2)]).toEqual([2, 2, 1])
    await engine.close()
  })

  it('makes a gap of what would have followed it', async () => {
    const { engine, go } = await held(true)
    const first = engine.write([append(1, 1, 3), append(2, 1)], synced)
    await turns(20)
    const next = engine.write([{ type: 'compact', regionId: 1, index: 3 }, append(1, 4)], synced)
    const last = engine.write([append(1, 5)], synced)
    go()
    const outcomes = await Promise.allSettled([first, next, last])
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled'])
    expect([engine.firstIndex(1), engine.lastIndex(1)]).toEqual([4, 5])
    await engine.close()
  })

  it('and does not decide what does not fit yet', async () => {
    const { engine, go } = await held(true)
    const first = engine.write([append(1, 1, 9), { type: 'compact', regionId: 1, index: 9 }], synced)
    await turns(20)
    // Behind a compaction that will not be.
    const next = engine.write([append(1, 5)], synced)
    await turns(20)
    go()
    expect((await Promise.allSettled([first, next])).map(({ status }) => status)).toEqual(['rejected', 'fulfilled'])
    expect([engine.firstIndex(1), engine.lastIndex(1)]).toEqual([5, 5])
    await engine.close()
  })

  it('when it succeeds, what does not fit behind it is refused', async () => {
    const { engine, go } = await held(false)
    const first = engine.write([append(1, 1, 9), { type: 'compact', regionId: 1, index: 9 }], synced)
    await turns(20)
    const next = engine.write([append(1, 5)], synced)
    const gap = engine.write([append(1, 11)], synced)
    const good = engine.write([append(1, 10)], synced)
    await turns(20)
    go()
    const outcomes = await Promise.allSettled([first, next, gap, good])
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled'])
    expect([engine.firstIndex(1), engine.lastIndex(1)]).toEqual([9, 10])
    await engine.close()
  })
})
