import { below, FileIoError, NoSpaceError, RaftLogPoisonedError } from '@stratakv/core'
import { describeRaftLog, NaiveRaftLog, RaftLogDice } from '@stratakv/core/compliance'
import { type FileOperation, faultyFileSystem, forSeeds } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'
import { openRaftEngine } from '../../src/index.ts'
import { anyOptions, clock, newDisk } from './log-workload.ts'

/** More by hand: STRATA_SEED=1..5000. */
const seedCount = 80
const writeCount = 60

const failing: readonly FileOperation[] = [
  'write',
  'sync',
  'allocate',
  'truncate',
  'open',
  'rename',
  'remove',
  'syncDirectory',
  'close',
]

const isTyped = (error: unknown): boolean =>
  error instanceof NoSpaceError || error instanceof FileIoError || error instanceof RaftLogPoisonedError

describe('a disk that fails at any call', () => {
  it('leaves the log readable, the error typed, and what was acknowledged there', { timeout: 3_600_000 }, async () => {
    await forSeeds(seedCount, async (seed, random) => {
      const options = anyOptions(random.fork('options'))
      const faults = random.fork('faults')
      const disk = newDisk(seed)
      const fileSystem = faultyFileSystem(disk, { random: faults })
      const engine = await openRaftEngine({ fileSystem, clock }, options)
      const dice = new RaftLogDice(seed)
      const twin = new NaiveRaftLog()
      const operation = failing[below(faults, failing.length)]!
      const armed = fileSystem.arm({
        on: operation,
        nth: 1 + below(faults, 40),
        times: 1 + below(faults, 3),
        fault: { type: 'error', errno: below(faults, 2) === 0 ? 'ENOSPC' : 'EIO' },
      })
      /** Of the first write that left the log's end in doubt: it may be there when the log is opened again. */
      let inDoubt: NaiveRaftLog | undefined
      for (let count = 0; count < writeCount; count++) {
        const changes = dice.changes(twin)
        const after = twin.copy()
        const fits = after.write(changes)
        try {
          await engine.write(changes, { sync: dice.below(2) === 0 })
          twin.write(changes)
        } catch (error) {
          if (fits && !isTyped(error)) throw error
          if (fits && inDoubt === undefined && error instanceof RaftLogPoisonedError) inDoubt = after
        }
        if (dice.below(6) === 0) {
          await engine.purge().catch((error: unknown) => {
            if (!isTyped(error)) throw error
          })
        }
        if (armed.firedCount > 0 || count % 20 === 0) {
          expect([operation, ...(await describeRaftLog(engine))]).toEqual([operation, ...twin.describe()])
        }
      }
      await engine.close().catch((error: unknown) => {
        if (!isTyped(error)) throw error
      })
      armed.disarm()
      const again = await openRaftEngine({ fileSystem: disk, clock }, options)
      const found = await describeRaftLog(again)
      const possible = [twin, ...(inDoubt === undefined ? [] : [inDoubt])].map((state) => state.describe())
      if (!possible.some((state) => state.join('\n') === found.join('\n')))
        expect([operation, ...found]).toEqual([operation, ...twin.describe()])
      await again.close()
    })
  })

  it('fails those of a group that do not fit on the disk, and no others', async () => {
    await forSeeds(20, async (seed, random) => {
      const disk = newDisk(seed)
      const fileSystem = faultyFileSystem(disk, { random })
      const options = { directory: '/log', batchCompressionThreshold: 0 }
      const engine = await openRaftEngine({ fileSystem, clock }, options)
      // The group's write fails, then the second of those that are tried by themselves.
      fileSystem.arm({ on: 'write', nth: 1, times: 1, fault: { type: 'error', errno: 'ENOSPC' } })
      const second = 1 + below(random, 5)
      fileSystem.arm({ on: 'write', nth: second, times: 1, fault: { type: 'error', errno: 'ENOSPC' } })
      const outcomes = await Promise.allSettled(
        Array.from({ length: 5 }, (_, at) =>
          engine.write([{ type: 'append', regionId: at + 1, firstIndex: 1, entries: [new Uint8Array(100)] }], {
            sync: true,
          }),
        ),
      )
      expect(outcomes.map(({ status }) => status)).toEqual(
        Array.from({ length: 5 }, (_, at) => (at + 1 === second ? 'rejected' : 'fulfilled')),
      )
      const rejected = outcomes.find((outcome) => outcome.status === 'rejected')
      expect((rejected as PromiseRejectedResult).reason).toBeInstanceOf(NoSpaceError)
      const regions = [1, 2, 3, 4, 5].filter((id) => id !== second)
      expect(engine.regions()).toEqual(regions)
      await engine.close()
      const again = await openRaftEngine({ fileSystem: disk, clock }, options)
      expect(again.regions()).toEqual(regions)
      await again.close()
    })
  })
})
