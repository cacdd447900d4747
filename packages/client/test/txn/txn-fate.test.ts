import { composeTimestamp, maxTimestamp } from '@stratakv/core'
import { Action, CheckSecondaryLocksResponse, CheckTxnStatusResponse, LockInfo } from '@stratakv/proto/kvrpcpb'
import { describe, expect, it } from 'vitest'
import { ProtocolViolationError } from '../../src/txn/errors.ts'
import { SecondaryLocks } from '../../src/txn/secondary-locks.ts'
import { isExpired, readPrimaryWord } from '../../src/txn/txn-fate.ts'

const startTs = composeTimestamp(1000, 0)
const at = (ms: number) => composeTimestamp(ms, 0)

describe('what the primary key says', () => {
  const lockInfo = LockInfo.create({ lockVersion: startTs, useAsyncCommit: false })
  const asyncLock = LockInfo.create({ lockVersion: startTs, useAsyncCommit: true })
  const { NoAction, TTLExpireRollback, LockNotExistRollback, MinCommitTSPushed } = Action
  const { TTLExpirePessimisticRollback, LockNotExistDoNothing } = Action
  it.each([
    ['a commit record', { commitVersion: 7n }, { type: 'committed', commitTs: 7n }],
    ['a rollback record', { action: NoAction }, { type: 'rolled-back' }],
    ['a lock whose time is over', { action: TTLExpireRollback }, { type: 'rolled-back' }],
    ['nothing, and made it stay so', { action: LockNotExistRollback }, { type: 'rolled-back' }],
    ['a pessimistic lock whose time is over', { action: TTLExpirePessimisticRollback }, { type: 'lock-void' }],
    ['nothing, for a pessimistic lock', { action: LockNotExistDoNothing }, { type: 'lock-void' }],
    ['a live lock', { lockTtl: 500, lockInfo }, { type: 'alive', ttlLeftMs: 300, isBeyondReader: false }],
    [
      'a live lock behind the reader',
      { lockTtl: 500, lockInfo, action: MinCommitTSPushed },
      { type: 'alive', ttlLeftMs: 300, isBeyondReader: true },
    ],
    ['a live async-commit lock', { lockTtl: 500, lockInfo: asyncLock }, { type: 'alive', ttlLeftMs: 300 }],
    ['an async-commit lock whose time is over', { lockTtl: 100, lockInfo: asyncLock }, { type: 'async-commit' }],
  ])('%s', (_, response, word) => {
    const read = readPrimaryWord(CheckTxnStatusResponse.create(response), startTs, at(1200), { forceSyncCommit: false })
    expect(read).toMatchObject(word)
  })

  it('takes an async-commit lock for an ordinary one when told to', () => {
    const response = CheckTxnStatusResponse.create({ lockTtl: 100, lockInfo: asyncLock })
    const read = readPrimaryWord(response, startTs, at(1200), { forceSyncCommit: true })
    expect(read).toEqual({ type: 'alive', ttlLeftMs: 0, isBeyondReader: false })
  })

  it('reckons time to live as stores do: the last millisecond counts', () => {
    expect(isExpired(startTs, 200, at(1200))).toBe(false)
    expect(isExpired(startTs, 199, at(1200))).toBe(true)
    expect(isExpired(startTs, 3_600_000, maxTimestamp)).toBe(true)
  })
})

describe('what the secondary keys add up to', () => {
  const lock = (minCommitTs: bigint, useAsyncCommit = true) =>
    LockInfo.create({ lockVersion: startTs, useAsyncCommit, minCommitTs })
  const primary = lock(10n)
  const locked = (...locks: LockInfo[]) => CheckSecondaryLocksResponse.create({ locks })
  const committed = (commitTs: bigint) => CheckSecondaryLocksResponse.create({ commitTs })
  const missing = CheckSecondaryLocksResponse.create({})

  it.each([
    ['no secondaries', [], { type: 'committed', commitTs: 10n }],
    ['all locked', [[2, locked(lock(12n), lock(11n))]], { type: 'committed', commitTs: 12n }],
    [
      'all locked, in two regions',
      [
        [1, locked(lock(9n))],
        [1, locked(lock(30n))],
      ],
      { type: 'committed', commitTs: 30n },
    ],
    [
      'one committed',
      [
        [1, locked(lock(12n))],
        [2, committed(15n)],
      ],
      { type: 'committed', commitTs: 15n },
    ],
    [
      'one committed, heard first',
      [
        [2, committed(15n)],
        [1, locked(lock(12n))],
      ],
      { type: 'committed', commitTs: 15n },
    ],
    [
      'one missing',
      [
        [1, locked(lock(12n))],
        [2, missing],
      ],
      { type: 'rolled-back' },
    ],
    [
      'an ordinary lock',
      [
        [1, locked(lock(0n, false))],
        [1, locked(lock(12n))],
      ],
      { type: 'not-async' },
    ],
    [
      'an ordinary lock, and one missing',
      [
        [1, locked(lock(0n, false))],
        [1, missing],
      ],
      { type: 'rolled-back' },
    ],
  ] as const)('%s', (_, answers, verdict) => {
    const found = new SecondaryLocks(primary)
    for (const [askedCount, response] of answers) found.add(askedCount, response)
    expect(found.verdict()).toEqual(verdict)
  })

  it('refuses answers that contradict each other', () => {
    const found = new SecondaryLocks(primary)
    found.add(1, committed(15n))
    expect(() => found.add(1, committed(16n))).toThrow(ProtocolViolationError)
    expect(() => found.add(1, missing)).toThrow(ProtocolViolationError)
    expect(() => new SecondaryLocks(primary).add(1, committed(9n))).toThrow(ProtocolViolationError)
    const foreign = LockInfo.create({ lockVersion: startTs + 1n, useAsyncCommit: true })
    expect(() => new SecondaryLocks(primary).add(1, locked(foreign))).toThrow(ProtocolViolationError)
  })
})
