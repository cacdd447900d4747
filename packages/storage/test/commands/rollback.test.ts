import { CommittedError, createWrite, KeyIsLockedError } from '@stratakv/mvcc'
import { describe, expect, it } from 'vitest'
import { batchRollbackCommand, cleanupCommand, pessimisticRollbackCommand } from '../../src/commands/rollback.ts'
import { bytes } from '../memory-kv.ts'
import { at, CommandRunner, context } from './command-runner.ts'

describe('batch rollback', () => {
  const rollback = (runner: CommandRunner, startTs: bigint, names: string[]) =>
    runner.run(batchRollbackCommand({ context, startTs, keys: names.map(bytes) }))

  it('ends locks and bars keys that were never locked', async () => {
    const runner = new CommandRunner()
    await runner.placeLock('a', { startTs: 5n })
    await runner.placeLock('b', { startTs: 6n })
    await rollback(runner, 5n, ['a', 'b', 'c'])
    expect(await runner.lockedNames()).toEqual(['b'])
    for (const name of ['a', 'b', 'c']) expect(await runner.history(name)).toEqual(['rollback@5<5'])
  })

  it('fails, with nothing written, when a key is committed', async () => {
    const runner = new CommandRunner()
    await runner.placeLock('a', { startTs: 5n })
    await runner.placeWrite('b', 9n, createWrite('put', 5n))
    await expect(rollback(runner, 5n, ['a', 'b'])).rejects.toBeInstanceOf(CommittedError)
    expect(await runner.lockedNames()).toEqual(['a'])
  })

  it('protects the primary of a pessimistic transaction', async () => {
    const runner = new CommandRunner()
    for (const name of ['a', 'b']) await runner.placeLock(name, { startTs: 5n, forUpdateTs: 5n, primary: bytes('a') })
    await rollback(runner, 5n, ['a', 'b'])
    expect([await runner.history('a'), await runner.history('b')]).toEqual([
      ['rollback@5<5 protected'],
      ['rollback@5<5'],
    ])
  })
})

describe('cleanup', () => {
  const cleanup = (runner: CommandRunner, startTs: bigint, currentTs: bigint) =>
    runner.run(cleanupCommand({ context, key: bytes('a'), startTs, currentTs }))

  it('rolls back for good, and raises max_ts', async () => {
    const runner = new CommandRunner()
    await runner.placeLock('a', { startTs: at(100), ttlMs: 10 })
    await expect(cleanup(runner, at(100), at(110))).rejects.toBeInstanceOf(KeyIsLockedError)
    expect(await cleanup(runner, at(100), at(111))).toEqual({ commitTs: 0n })
    expect(await runner.history('a')).toEqual([`rollback@${at(100)}<${at(100)} protected`])
    expect(runner.concurrency.maxTs()).toBe(at(100))
    expect(await cleanup(runner, at(100), 0n)).toEqual({ commitTs: 0n })
  })

  it('tells the commit timestamp of a transaction that made it', async () => {
    const runner = new CommandRunner()
    await runner.placeWrite('a', 9n, createWrite('put', 5n))
    expect(await cleanup(runner, 5n, 0n)).toEqual({ commitTs: 9n })
    expect(await runner.history('a')).toEqual(['put@9<5'])
  })
})

describe('pessimistic rollback', () => {
  it('unlocks what it may, and says nothing of the rest', async () => {
    const runner = new CommandRunner()
    const pessimistic = { kind: 'pessimistic', shortValue: undefined } as const
    await runner.placeLock('a', { ...pessimistic, startTs: 5n, forUpdateTs: 7n })
    await runner.placeLock('b', { ...pessimistic, startTs: 5n, forUpdateTs: 8n })
    await runner.placeLock('c', { startTs: 5n })
    const keys = ['a', 'b', 'c', 'd'].map(bytes)
    await runner.run(pessimisticRollbackCommand({ context, keys, startTs: 5n, forUpdateTs: 7n }))
    expect(await runner.lockedNames()).toEqual(['b', 'c'])
    expect(await runner.history('a')).toEqual([])
  })
})
