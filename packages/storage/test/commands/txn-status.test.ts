import { maxTimestamp } from '@stratakv/core'
import { createRollback, createWrite, TxnNotFoundError } from '@stratakv/mvcc'
import { describe, expect, it } from 'vitest'
import {
  type CheckTxnStatusRequest,
  checkSecondaryLocksCommand,
  checkTxnStatusCommand,
  txnHeartbeatCommand,
} from '../../src/commands/txn-status.ts'
import { bytes } from '../memory-kv.ts'
import { at, CommandRunner, context } from './command-runner.ts'

const startTs = at(100)

const check = (runner: CommandRunner, question: Partial<CheckTxnStatusRequest> = {}) =>
  runner.run(
    checkTxnStatusCommand({
      context,
      primary: bytes('p'),
      lockTs: startTs,
      callerStartTs: 0n,
      currentTs: 0n,
      rollbackIfNotExist: false,
      forceSyncCommit: false,
      resolvingPessimisticLock: false,
      ...question,
    }),
  )

type Lock = Parameters<CommandRunner['placeLock']>[1]
const alive: Partial<Lock> = { ttlMs: 10 }
const pessimistic: Partial<Lock> = { ...alive, kind: 'pessimistic', forUpdateTs: startTs, shortValue: undefined }
const expiredAt = { currentTs: at(111) }
const rollbackRecord = `rollback@${startTs}<${startTs}`

describe('check txn status, row by row', () => {
  it.each<
    [
      row: string,
      lock: Partial<Lock> | undefined,
      question: Partial<CheckTxnStatusRequest>,
      status: object,
      history: string[],
      lockStays: boolean,
    ]
  >([
    [
      'async commit',
      { ...alive, useAsyncCommit: true },
      expiredAt,
      { type: 'uncommitted', minCommitTs: 'unchanged' },
      [],
      true,
    ],
    [
      'async commit, forced',
      { ...alive, useAsyncCommit: true },
      { ...expiredAt, forceSyncCommit: true },
      { type: 'expired' },
      [rollbackRecord],
      false,
    ],
    ['expired', alive, expiredAt, { type: 'expired' }, [rollbackRecord], false],
    [
      'expired, pessimistic transaction',
      { ...alive, forUpdateTs: startTs },
      expiredAt,
      { type: 'expired' },
      [`${rollbackRecord} protected`],
      false,
    ],
    ['expired pessimistic lock', pessimistic, expiredAt, { type: 'expired' }, [`${rollbackRecord} protected`], false],
    [
      'expired pessimistic lock, resolving one',
      pessimistic,
      { ...expiredAt, resolvingPessimisticLock: true },
      { type: 'pessimistic-rolled-back' },
      [],
      false,
    ],
    ['alive', alive, { currentTs: at(110) }, { type: 'uncommitted', minCommitTs: 'unchanged' }, [], true],
    [
      'alive, pushed',
      { ...alive, minCommitTs: at(100) + 1n },
      { currentTs: at(105), callerStartTs: at(104) },
      { type: 'uncommitted', minCommitTs: 'pushed', lock: { minCommitTs: at(105) } },
      [],
      true,
    ],
    [
      'alive, above the caller already',
      { ...alive, minCommitTs: at(106) },
      { currentTs: at(105), callerStartTs: at(104) },
      { type: 'uncommitted', minCommitTs: 'pushed', lock: { minCommitTs: at(106) } },
      [],
      true,
    ],
    [
      'alive, caller reads the newest',
      alive,
      { currentTs: at(105), callerStartTs: maxTimestamp },
      { type: 'uncommitted', minCommitTs: 'pushed', lock: { minCommitTs: 0n } },
      [],
      true,
    ],
    [
      'nothing',
      undefined,
      { rollbackIfNotExist: true },
      { type: 'lock-not-exist' },
      [`${rollbackRecord} protected`],
      false,
    ],
    [
      'nothing, resolving a pessimistic lock',
      undefined,
      { rollbackIfNotExist: true, resolvingPessimisticLock: true },
      { type: 'lock-not-exist-do-nothing' },
      [],
      false,
    ],
  ])('%s', async (_row, lock, question, status, history, lockStays) => {
    const runner = new CommandRunner()
    if (lock !== undefined) await runner.placeLock('p', { startTs, ...lock })
    expect(await check(runner, question)).toMatchObject(status)
    expect(await runner.history('p')).toEqual(history)
    expect(runner.lock('p') !== undefined).toBe(lockStays)
  })

  it('committed', async () => {
    const runner = new CommandRunner()
    await runner.placeWrite('p', at(105), createWrite('put', startTs))
    expect(await check(runner, { rollbackIfNotExist: true })).toEqual({ type: 'committed', commitTs: at(105) })
  })

  it('rolled back, by its own record or in another', async () => {
    const runner = new CommandRunner()
    await runner.placeWrite('p', startTs, createRollback(startTs, false))
    expect(await check(runner, { rollbackIfNotExist: true })).toEqual({ type: 'rolled-back' })
    await runner.placeWrite('p', startTs, { ...createWrite('put', 5n), hasOverlappedRollback: true, gcFence: 0n })
    expect(await check(runner)).toEqual({ type: 'rolled-back' })
  })

  it('nothing, and nobody asked for a rollback', async () => {
    const runner = new CommandRunner()
    await expect(check(runner)).rejects.toBeInstanceOf(TxnNotFoundError)
    await expect(check(runner)).rejects.toMatchObject({ startTs, key: bytes('p') })
  })

  it('raises max_ts to all it was told, but for the newest', async () => {
    const runner = new CommandRunner()
    await runner.placeLock('p', { startTs })
    await check(runner, { callerStartTs: at(130), currentTs: at(120) })
    expect(runner.concurrency.maxTs()).toBe(at(130))
    await check(runner, { callerStartTs: maxTimestamp, currentTs: at(140) })
    expect(runner.concurrency.maxTs()).toBe(at(140))
  })

  it('writes the push down', async () => {
    const runner = new CommandRunner()
    await runner.placeLock('p', { startTs, minCommitTs: at(100) + 1n })
    await check(runner, { callerStartTs: at(104) })
    expect(runner.lock('p')?.minCommitTs).toBe(at(104) + 1n)
  })
})

describe('check secondary locks', () => {
  const checkSecondaries = (runner: CommandRunner, names: string[]) =>
    runner.run(checkSecondaryLocksCommand({ context, keys: names.map(bytes), startTs }))

  it('gives all locks while all are there', async () => {
    const runner = new CommandRunner()
    for (const name of ['a', 'b']) await runner.placeLock(name, { startTs, useAsyncCommit: true, minCommitTs: 9n })
    const response = await checkSecondaries(runner, ['a', 'b'])
    expect(response).toMatchObject({
      type: 'locked',
      locks: [{ key: bytes('a') }, { key: bytes('b'), minCommitTs: 9n }],
    })
    expect(runner.concurrency.maxTs()).toBe(startTs)
  })

  it('stops at the first key that says more', async () => {
    const runner = new CommandRunner()
    await runner.placeLock('a', { startTs, useAsyncCommit: true })
    await runner.placeWrite('b', at(105), createWrite('put', startTs))
    expect(await checkSecondaries(runner, ['a', 'b', 'c'])).toEqual({ type: 'committed', commitTs: at(105) })
    expect(await runner.history('c')).toEqual([])
    expect(await checkSecondaries(runner, ['a', 'c', 'd'])).toEqual({ type: 'rolled-back' })
    expect(await runner.history('c')).toEqual([`${rollbackRecord} protected`])
    expect(await runner.history('d')).toEqual([])
    expect(await runner.lockedNames()).toEqual(['a'])
  })
})

describe('txn heartbeat', () => {
  const beat = (runner: CommandRunner, adviseLockTtlMs: number) =>
    runner.run(txnHeartbeatCommand({ context, primary: bytes('p'), startTs, adviseLockTtlMs }))

  it('answers the time to live in force', async () => {
    const runner = new CommandRunner()
    await runner.placeLock('p', { startTs, ttlMs: 10 })
    expect(await beat(runner, 5)).toEqual({ lockTtlMs: 10 })
    expect(await beat(runner, 500)).toEqual({ lockTtlMs: 500 })
    expect(runner.lock('p')?.ttlMs).toBe(500)
  })

  it('fails without the lock', async () => {
    await expect(beat(new CommandRunner(), 5)).rejects.toBeInstanceOf(TxnNotFoundError)
  })
})
