import { noTelemetry, unlimitedAdmission } from '@stratakv/core'
import {
  CommittedError,
  createWrite,
  InvalidTxnRequestError,
  InvalidTxnTsoError,
  TxnLockNotFoundError,
} from '@stratakv/mvcc'
import { simulatedClock } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'
import {
  resolveBatchLockCount,
  resolveLockCommand,
  resolveLockLiteCommand,
  resolveWriteBytesMax,
} from '../../src/commands/resolve-lock.ts'
import { createScheduler } from '../../src/scheduler.ts'
import { bytes, wholeRegion } from '../memory-kv.ts'
import { CommandRunner, context, key } from './command-runner.ts'

const resolve = (runner: CommandRunner, txns: readonly (readonly [bigint, bigint])[]) =>
  runner.run(resolveLockCommand({ context, txns: new Map(txns) }))
const nameOf = (index: number) => `k${String(index).padStart(5, '0')}`

describe('resolve lock lite', () => {
  const lite = (runner: CommandRunner, startTs: bigint, commitTs: bigint, names: string[]) =>
    runner.run(resolveLockLiteCommand({ context, keys: names.map(bytes), startTs, commitTs }))

  it('commits or rolls back the keys named', async () => {
    const runner = new CommandRunner()
    for (const name of ['a', 'b', 'c']) await runner.placeLock(name, { startTs: 5n })
    await lite(runner, 5n, 9n, ['a'])
    await lite(runner, 5n, 0n, ['b'])
    expect(await runner.lockedNames()).toEqual(['c'])
    expect([await runner.history('a'), await runner.history('b')]).toEqual([['put@9<5'], ['rollback@5<5']])
  })

  it('passes a busy scheduler', () => {
    const command = resolveLockLiteCommand({ context, keys: [bytes('a')], startTs: 5n, commitTs: 0n })
    expect([command.name, command.exemptFromBusy]).toEqual(['resolve_lock_lite', true])
  })

  it('needs a start, and fails as commit and rollback do', async () => {
    const runner = new CommandRunner()
    await expect(lite(runner, 0n, 9n, ['a'])).rejects.toBeInstanceOf(InvalidTxnRequestError)
    await expect(lite(runner, 5n, 9n, ['a'])).rejects.toBeInstanceOf(TxnLockNotFoundError)
    await runner.placeWrite('a', 9n, createWrite('put', 5n))
    await expect(lite(runner, 5n, 0n, ['a'])).rejects.toBeInstanceOf(CommittedError)
  })
})

describe('resolve lock', () => {
  it('ends the locks of the transactions named and no other', async () => {
    const runner = new CommandRunner()
    for (const [name, startTs] of [
      ['a', 5n],
      ['b', 6n],
      ['c', 7n],
      ['d', 5n],
    ] as const) {
      await runner.placeLock(name, { startTs })
    }
    await resolve(runner, [
      [5n, 9n],
      [6n, 0n],
    ])
    expect(await runner.lockedNames()).toEqual(['c'])
    expect([await runner.history('a'), await runner.history('b')]).toEqual([['put@9<5'], ['rollback@6<6']])
  })

  it('searches without latches and resolves under those of the batch', async () => {
    const runner = new CommandRunner()
    const lockCount = resolveBatchLockCount + 44
    for (let index = 0; index < lockCount; index++) await runner.placeLock(nameOf(index), { startTs: 5n })
    await resolve(runner, [[5n, 0n]])
    expect(runner.rounds.map(({ latched }) => latched)).toEqual([0, resolveBatchLockCount, 0, 44])
    expect(await runner.lockedNames()).toEqual([])
  })

  it('cuts its writes', async () => {
    const runner = new CommandRunner()
    for (let index = 0; index < 200; index++) {
      await runner.placeLock(nameOf(index), { startTs: 5n, shortValue: new Uint8Array(250) })
    }
    await resolve(runner, [[5n, 9n]])
    const writes = runner.rounds.filter(({ writeBytes }) => writeBytes > 0)
    expect(writes.length).toBeGreaterThan(1)
    for (const { writeBytes, latched } of writes) {
      expect(writeBytes).toBeLessThan(resolveWriteBytesMax + 1000)
      expect(latched).toBe(200)
    }
    expect(await runner.lockedNames()).toEqual([])
    expect(await runner.history(nameOf(199))).toEqual(['put@9<5'])
  })

  it('passes over a pessimistic lock that went away between finding and latching, and over no other', async () => {
    for (const kind of ['pessimistic', 'put'] as const) {
      const runner = new CommandRunner()
      await runner.placeLock('a', { startTs: 5n, kind, shortValue: undefined })
      await runner.placeLock('b', { startTs: 5n })
      const command = resolveLockCommand({ context, txns: new Map([[5n, 9n]]) })
      const process = command.process.bind(command)
      let round = 0
      command.process = async (snapshot, env) => {
        if (round++ !== 1) return process(snapshot, env)
        await runner.kv.engine.write([{ type: 'delete', cf: 'lock', key: key('a') }], { sync: false })
        const fresh = await runner.kv.snapshot(context.kv)
        try {
          return await process(fresh, env)
        } finally {
          fresh.release()
        }
      }
      if (kind === 'put') await expect(runner.run(command)).rejects.toBeInstanceOf(TxnLockNotFoundError)
      else await runner.run(command)
      expect(await runner.lockedNames()).toEqual(kind === 'put' ? ['b'] : [])
      expect(await runner.history('a')).toEqual([])
    }
  })

  it('refuses a commit that is not above its start before it looks at anything', async () => {
    const runner = new CommandRunner()
    await expect(resolve(runner, [[5n, 5n]])).rejects.toBeInstanceOf(InvalidTxnTsoError)
  })

  it('with nothing to do ends after one look', async () => {
    const runner = new CommandRunner()
    await runner.placeLock('a', { startTs: 5n })
    await resolve(runner, [[6n, 0n]])
    expect(runner.rounds).toEqual([{ latched: 0, writeBytes: 0, guards: 0 }])
  })

  it('stays in its region', async () => {
    const runner = new CommandRunner([{ ...wholeRegion, startKey: key('b'), endKey: key('d') }])
    for (const name of ['a', 'b', 'c', 'd']) await runner.placeLock(name, { startTs: 5n })
    await resolve(runner, [[5n, 0n]])
    expect(await runner.lockedNames()).toEqual(['a', 'd'])
  })

  it('goes through a region on the scheduler', async () => {
    const runner = new CommandRunner()
    for (let index = 0; index < 600; index++) await runner.placeLock(nameOf(index), { startTs: 5n + BigInt(index % 2) })
    const scheduler = createScheduler(
      {
        kv: runner.kv,
        admission: unlimitedAdmission(),
        clock: simulatedClock(),
        concurrency: runner.concurrency,
        telemetry: noTelemetry(),
      },
      {
        latchSlotCount: 64,
        pendingWriteThresholdBytes: 1,
        pendingCommandCountMax: 10,
        maxKeyBytes: 8192,
        raftEntryMaxBytes: 1 << 20,
      },
    )
    await Promise.all([
      scheduler.execute(resolveLockCommand({ context, txns: new Map([[5n, 9n]]) })),
      scheduler.execute(
        resolveLockCommand({
          context,
          txns: new Map([
            [6n, 0n],
            [5n, 9n],
          ]),
        }),
      ),
    ])
    await scheduler.close()
    expect(await runner.lockedNames()).toEqual([])
    expect([await runner.history(nameOf(598)), await runner.history(nameOf(599))]).toEqual([
      ['put@9<5'],
      ['rollback@6<6'],
    ])
    expect(runner.kv.openSnapshotCount()).toBe(0)
  })
})
