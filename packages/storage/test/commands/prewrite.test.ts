import { KeyNotInRegionError } from '@stratakv/core'
import {
  AlreadyExistError,
  AssertionFailedError,
  createRollback,
  createWrite,
  InvalidTxnRequestError,
  KeyIsLockedError,
  KeyTooLargeError,
  PessimisticLockNotFoundError,
  WriteConflictError,
} from '@stratakv/mvcc'
import { describe, expect, it } from 'vitest'
import { bulkCheckMutationCountMin, type PrewriteRequest, prewriteCommand } from '../../src/commands/prewrite.ts'
import { bytes, wholeRegion } from '../memory-kv.ts'
import { CommandRunner, context, key, prewriteRequest, put } from './command-runner.ts'

const prewrite = (runner: CommandRunner, ...request: Parameters<typeof prewriteRequest>) =>
  runner.run(prewriteCommand(prewriteRequest(...request)))

const written = { locked: [], minCommitTs: 0n, onePhaseCommitTs: 0n }

describe('prewrite', () => {
  it('says what it touches', () => {
    const command = prewriteCommand(prewriteRequest(5n, [put('a', 'xyz'), put('b')]))
    expect(command.name).toBe('prewrite')
    expect(command.kv).toBe(context.kv)
    expect(command.latchKeys).toEqual([key('a'), key('b')])
    expect(command.exemptFromBusy).toBe(false)
    expect(command.writeBytes).toBeGreaterThanOrEqual(key('a').length * 2 + 3)
  })

  it('locks all keys, each with the primary', async () => {
    const runner = new CommandRunner()
    expect(await prewrite(runner, 5n, [put('a'), { kind: 'delete', key: bytes('b') }])).toEqual(written)
    expect(await runner.lockedNames()).toEqual(['a', 'b'])
    expect(runner.lock('b')).toMatchObject({ kind: 'delete', primary: bytes('a'), ttlMs: 3000, txnSize: 0 })
    expect(await prewrite(runner, 5n, [put('a')], { lockTtlMs: 1 })).toEqual(written)
    expect(runner.lock('a')?.ttlMs).toBe(3000)
  })

  it('names every foreign lock, and then writes nothing', async () => {
    const runner = new CommandRunner()
    await prewrite(runner, 5n, [put('b'), put('d')])
    const response = await prewrite(
      runner,
      7n,
      ['a', 'b', 'c', 'd'].map((name) => put(name)),
    )
    expect(response.locked.map(({ lockInfo }) => lockInfo.key)).toEqual([bytes('b'), bytes('d')])
    expect(await runner.lockedNames()).toEqual(['b', 'd'])
  })

  it('ends at any other failure', async () => {
    const runner = new CommandRunner()
    await prewrite(runner, 5n, [put('a')])
    await runner.placeWrite('b', 9n, createWrite('put', 8n, bytes('v')))
    await expect(prewrite(runner, 7n, [put('a'), put('b')])).rejects.toBeInstanceOf(WriteConflictError)
    const insert = { kind: 'insert', key: bytes('b') } as const
    await expect(prewrite(runner, 10n, [insert])).rejects.toBeInstanceOf(AlreadyExistError)
    expect(runner.concurrency.maxTs()).toBe(10n)
    expect(await runner.lockedNames()).toEqual(['a'])
  })

  it('reports a wrong assertion only when nothing else is wrong', async () => {
    const runner = new CommandRunner()
    const wrong = { ...put('a'), assertion: 'exist' } as const
    const strict = { assertionLevel: 'strict' } as const
    await expect(prewrite(runner, 7n, [wrong, put('b')], strict)).rejects.toBeInstanceOf(AssertionFailedError)
    expect(await runner.lockedNames()).toEqual([])
    await runner.placeLock('b', { startTs: 5n })
    expect((await prewrite(runner, 7n, [wrong, put('b')], strict)).locked).toHaveLength(1)
    await runner.placeWrite('c', 9n, createWrite('put', 8n))
    await expect(prewrite(runner, 7n, [wrong, put('c')], strict)).rejects.toBeInstanceOf(WriteConflictError)
  })

  it('refuses keys that are too long in their encoded form', async () => {
    const runner = new CommandRunner()
    runner.maxKeyBytes = 18
    await prewrite(runner, 5n, [put('x'.repeat(15))])
    const attempt = prewrite(runner, 5n, [put('a'), put('x'.repeat(16))])
    await expect(attempt).rejects.toMatchObject({ code: 'MVCC_KEY_TOO_LARGE', keyBytes: 27, limitBytes: 18 })
    await expect(prewrite(runner, 5n, [put('x'.repeat(16))])).rejects.toBeInstanceOf(KeyTooLargeError)
  })

  it('refuses keys of another region', async () => {
    const runner = new CommandRunner([{ ...wholeRegion, startKey: key('b'), endKey: key('d') }])
    await prewrite(runner, 5n, [put('b'), put('c')])
    await expect(prewrite(runner, 5n, [put('c'), put('d')])).rejects.toBeInstanceOf(KeyNotInRegionError)
    await expect(prewrite(runner, 5n, [put('a')])).rejects.toMatchObject({ key: key('a') })
  })
})

describe('a prewrite that comes after its commit', () => {
  const offers: Partial<PrewriteRequest>[] = [{}, { asyncCommitSecondaries: [] }, { tryOnePhase: true }]

  it.each(offers)('answers what it would have, for a newer commit in its way (%o)', async (offer) => {
    const runner = new CommandRunner()
    await runner.placeWrite('a', 9n, createWrite('put', 5n))
    await runner.placeWrite('a', 15n, createWrite('put', 12n))
    expect(await prewrite(runner, 5n, [put('a'), put('b')], offer)).toEqual({
      locked: [],
      minCommitTs: offer.asyncCommitSecondaries ? 9n : 0n,
      onePhaseCommitTs: offer.tryOnePhase ? 9n : 0n,
    })
    expect(await runner.lockedNames()).toEqual([])
  })

  it('does so for a foreign lock and for a pessimistic lock that is gone', async () => {
    const runner = new CommandRunner()
    await runner.placeWrite('a', 9n, createWrite('put', 5n))
    await runner.placeLock('a', { startTs: 12n })
    const response = { ...written, minCommitTs: 9n }
    expect(await prewrite(runner, 5n, [put('a')], { asyncCommitSecondaries: [] })).toEqual(response)
    const mutation = { ...put('a'), isPessimisticLock: true }
    expect(await prewrite(runner, 5n, [mutation], { forUpdateTs: 6n, asyncCommitSecondaries: [] })).toEqual(response)
  })

  it('fails when the transaction was rolled back instead', async () => {
    const runner = new CommandRunner()
    await runner.placeWrite('a', 5n, createRollback(5n, true))
    await runner.placeWrite('a', 15n, createWrite('put', 12n))
    await expect(prewrite(runner, 5n, [put('a')])).rejects.toMatchObject({ conflictCommitTs: 15n })
    await runner.placeWrite('b', 5n, createRollback(5n, true))
    await expect(prewrite(runner, 5n, [put('b')])).rejects.toMatchObject({ conflictCommitTs: 5n })
  })
})

describe('a large optimistic prewrite', () => {
  const many = Array.from({ length: bulkCheckMutationCountMin }, (_, index) =>
    put(`k${String(index).padStart(2, '0')}`),
  )

  it('looks once whether there is anything', async () => {
    const runner = new CommandRunner()
    let cursors = 0
    const snapshotOf = runner.kv.snapshot.bind(runner.kv)
    runner.kv.snapshot = (kvContext) => {
      const snapshot = snapshotOf(kvContext) as Awaited<ReturnType<typeof snapshotOf>>
      const iterate = snapshot.iterate.bind(snapshot)
      snapshot.iterate = (cf, options) => {
        cursors++
        return iterate(cf, options)
      }
      return snapshot
    }
    expect(await prewrite(runner, 5n, many)).toEqual(written)
    expect(cursors).toBe(1)
    expect((await runner.lockedNames()).length).toBe(many.length)
  })

  it('checks each key when there is', async () => {
    for (const name of ['k00', 'k12']) {
      const runner = new CommandRunner()
      await runner.placeWrite(name, 9n, createWrite('put', 8n))
      await expect(prewrite(runner, 5n, many)).rejects.toBeInstanceOf(WriteConflictError)
    }
  })
})

describe('a pessimistic prewrite', () => {
  it('takes over the flagged locks and locks the rest', async () => {
    const runner = new CommandRunner()
    await runner.placeLock('a', {
      startTs: 5n,
      kind: 'pessimistic',
      forUpdateTs: 6n,
      shortValue: undefined,
      ttlMs: 9000,
    })
    const mutations = [{ ...put('a'), isPessimisticLock: true }, put('b')]
    expect(await prewrite(runner, 5n, mutations, { forUpdateTs: 6n })).toEqual(written)
    expect(runner.lock('a')).toMatchObject({ kind: 'put', ttlMs: 9000, forUpdateTs: 6n })
    expect(runner.lock('b')).toMatchObject({ kind: 'put', ttlMs: 3000, forUpdateTs: 6n })
  })

  it('checks unlocked keys on a retry only', async () => {
    const runner = new CommandRunner()
    await runner.placeWrite('b', 9n, createWrite('put', 8n))
    const retry = prewrite(runner, 5n, [put('b')], { forUpdateTs: 6n, isRetryRequest: true })
    await expect(retry).rejects.toBeInstanceOf(WriteConflictError)
    expect(await prewrite(runner, 5n, [put('b')], { forUpdateTs: 6n })).toEqual(written)
  })

  it('fails for a lock that somebody else has taken meanwhile', async () => {
    const runner = new CommandRunner()
    await runner.placeLock('a', { startTs: 7n })
    const attempt = prewrite(runner, 5n, [{ ...put('a'), isPessimisticLock: true }], { forUpdateTs: 6n })
    await expect(attempt).rejects.toBeInstanceOf(PessimisticLockNotFoundError)
    const { locked } = await prewrite(runner, 5n, [put('a')], { forUpdateTs: 6n })
    expect(locked[0]).toBeInstanceOf(KeyIsLockedError)
    expect(locked[0]?.lockInfo.ttlMs).toBe(0)
  })

  it('has no check-not-exists', async () => {
    const runner = new CommandRunner()
    const attempt = prewrite(runner, 5n, [{ kind: 'check-not-exists', key: bytes('a') }], { forUpdateTs: 6n })
    await expect(attempt).rejects.toBeInstanceOf(InvalidTxnRequestError)
  })
})

describe('async commit', () => {
  const secondaries = { asyncCommitSecondaries: [bytes('b'), bytes('c')] }

  it('stores the secondaries with the primary and answers the highest timestamp', async () => {
    const runner = new CommandRunner()
    runner.concurrency.updateMaxTs(20n)
    const response = await prewrite(runner, 5n, [put('b'), put('a')], { ...secondaries, primary: bytes('a') })
    expect(response).toEqual({ ...written, minCommitTs: 21n })
    expect(runner.lock('a')).toMatchObject({ useAsyncCommit: true, secondaries: [bytes('b'), bytes('c')] })
    expect(runner.lock('b')).toMatchObject({ useAsyncCommit: true, secondaries: [], minCommitTs: 21n })
    expect(runner.rounds[0]?.guards).toBe(2)
    expect(runner.concurrency.lockedKeyCount()).toBe(0)
  })

  it('shows readers the locks until the write is applied', async () => {
    const runner = new CommandRunner()
    const command = prewriteCommand(prewriteRequest(5n, [put('a')], secondaries))
    const snapshot = await runner.kv.snapshot(context.kv)
    const env = {
      clock: { now: () => 0, unixMs: () => 0, after: () => ({ cancel() {} }) },
      concurrency: runner.concurrency,
      maxKeyBytes: 100,
    }
    const result = await command.process(snapshot, env)
    const seen: bigint[] = []
    runner.concurrency.checkKey(key('a'), (lock) => seen.push(lock.minCommitTs))
    expect(seen).toEqual([6n])
    for (const guard of result.keyGuards ?? []) guard.release()
    snapshot.release()
  })

  it('lets go of its guards when it fails, and of those it did not need', async () => {
    const runner = new CommandRunner()
    await runner.placeWrite('b', 9n, createWrite('put', 8n))
    await expect(prewrite(runner, 5n, [put('a'), put('b')], secondaries)).rejects.toBeInstanceOf(WriteConflictError)
    expect(runner.concurrency.lockedKeyCount()).toBe(0)
    await runner.placeLock('c', { startTs: 4n })
    expect((await prewrite(runner, 5n, [put('a'), put('c')], secondaries)).locked).toHaveLength(1)
    expect(runner.concurrency.lockedKeyCount()).toBe(0)
  })

  it('takes a key that is named twice', async () => {
    const runner = new CommandRunner()
    expect(await prewrite(runner, 5n, [put('a', '1'), put('a', '2')], secondaries)).toMatchObject({ minCommitTs: 6n })
    expect(runner.concurrency.lockedKeyCount()).toBe(0)
  })

  it('falls back when a read came too late for the limit', async () => {
    const runner = new CommandRunner()
    runner.concurrency.updateMaxTs(20n)
    const response = await prewrite(runner, 5n, [put('a'), put('b')], { ...secondaries, maxCommitTs: 20n })
    expect(response).toEqual(written)
    expect(runner.lock('a')).toMatchObject({ useAsyncCommit: false, secondaries: [] })
    expect(runner.lock('b')).toMatchObject({ useAsyncCommit: false })
  })

  it('falls back when a key has an ordinary lock from an earlier try', async () => {
    const runner = new CommandRunner()
    await prewrite(runner, 5n, [put('b')])
    expect(await prewrite(runner, 5n, [put('a'), put('b'), put('c')], secondaries)).toEqual(written)
    expect(runner.lock('a')?.useAsyncCommit).toBe(true)
    expect(runner.lock('c')?.useAsyncCommit).toBe(false)
  })

  it('answers the same when it is repeated', async () => {
    const runner = new CommandRunner()
    await prewrite(runner, 5n, [put('a'), put('b')], secondaries)
    runner.concurrency.updateMaxTs(50n)
    expect(await prewrite(runner, 5n, [put('a'), put('b')], secondaries)).toEqual({ ...written, minCommitTs: 6n })
  })

  it('that is not offered leaves ordinary locks', async () => {
    const runner = new CommandRunner()
    expect(await prewrite(runner, 5n, [put('a')])).toEqual(written)
    expect(runner.lock('a')?.useAsyncCommit).toBe(false)
    expect(runner.rounds[0]?.guards).toBe(0)
  })
})

describe('a one-phase commit', () => {
  it('is done when it answers', async () => {
    const runner = new CommandRunner()
    await runner.placeLock('b', { startTs: 5n, kind: 'pessimistic', forUpdateTs: 8n, shortValue: undefined })
    const mutations = [put('a', 'x'.repeat(400)), { ...put('b'), isPessimisticLock: true }]
    const response = await prewrite(runner, 5n, mutations, { tryOnePhase: true, forUpdateTs: 8n })
    expect(response).toEqual({ ...written, onePhaseCommitTs: 9n })
    expect(await runner.lockedNames()).toEqual([])
    expect(await runner.history('b')).toEqual(['put@9<5'])
    expect(await runner.read('a', 9n)).toBe('x'.repeat(400))
    expect(await runner.read('a', 8n)).toBeUndefined()
  })

  it('with async commit too answers both', async () => {
    const runner = new CommandRunner()
    const response = await prewrite(runner, 5n, [put('a')], { tryOnePhase: true, asyncCommitSecondaries: [] })
    expect(response).toEqual({ locked: [], minCommitTs: 6n, onePhaseCommitTs: 6n })
    expect(await runner.history('a')).toEqual(['put@6<5'])
  })

  it('falls back to ordinary locks on all keys', async () => {
    const runner = new CommandRunner()
    await prewrite(runner, 5n, [put('c')])
    const response = await prewrite(runner, 5n, [put('a'), put('b'), put('c')], {
      tryOnePhase: true,
      asyncCommitSecondaries: [bytes('b'), bytes('c')],
    })
    expect(response).toEqual(written)
    expect(await runner.lockedNames()).toEqual(['a', 'b', 'c'])
    for (const name of ['a', 'b', 'c']) expect(runner.lock(name)?.useAsyncCommit).toBe(false)
    expect(await runner.history('a')).toEqual([])
  })

  it('falls back when a key is locked already, so that no key is committed without the others', async () => {
    const runner = new CommandRunner()
    await prewrite(runner, 5n, [put('b')], { asyncCommitSecondaries: [] })
    expect(await prewrite(runner, 5n, [put('a'), put('b')], { tryOnePhase: true })).toEqual(written)
    expect(await runner.lockedNames()).toEqual(['a', 'b'])
    expect(await runner.history('a')).toEqual([])
  })

  it('falls back at the limit', async () => {
    const runner = new CommandRunner()
    runner.concurrency.updateMaxTs(20n)
    const response = await prewrite(runner, 5n, [put('a'), put('b')], { tryOnePhase: true, maxCommitTs: 20n })
    expect(response).toEqual(written)
    expect(await runner.lockedNames()).toEqual(['a', 'b'])
  })
})
