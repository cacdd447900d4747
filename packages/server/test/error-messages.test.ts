import * as core from '@stratakv/core'
import * as mvcc from '@stratakv/mvcc'
import * as errorpb from '@stratakv/proto/errorpb'
import * as kvrpcpb from '@stratakv/proto/kvrpcpb'
import { EmptyKeyError, RawKeyTooLargeError } from '@stratakv/storage'
import { describe, expect, it } from 'vitest'
import { keyErrorToMessage } from '../src/edge/key-error-message.ts'
import { regionErrorToMessage } from '../src/edge/region-error-message.ts'

// What clients branch on is which field is set; some also search the texts. A row changes only together with them.

const text = (string: string) => new TextEncoder().encode(string)
const region: core.Region = {
  id: 2,
  startKey: text('a'),
  endKey: text('m'),
  epoch: { confVer: 3, version: 4 },
  peers: [{ id: 5, storeId: 6, role: 'voter' }],
}
const regionMessage = {
  id: 2,
  startKey: text('a'),
  endKey: text('m'),
  regionEpoch: { confVer: 3, version: 4 },
  peers: [expect.objectContaining({ id: 5, storeId: 6 })],
}

/** The fields of a message that are not at their defaults. */
function filled(message: object, empty: object): Record<string, unknown> {
  const defaults = empty as Record<string, unknown>
  return Object.fromEntries(Object.entries(message).filter(([name, value]) => value !== defaults[name]))
}

const regionErrors: Record<string, [error: core.RegionError, fields: Record<string, unknown>]> = {
  EpochNotMatchError: [
    new core.EpochNotMatchError(2, { confVer: 1, version: 1 }, [region]),
    {
      message: expect.stringContaining('region 2: request carries epoch'),
      epochNotMatch: { currentRegions: [expect.objectContaining(regionMessage)] },
    },
  ],
  KeyNotInRegionError: [
    new core.KeyNotInRegionError(text('z'), region),
    {
      message: expect.stringContaining('key 7A is not in region 2'),
      keyNotInRegion: { key: text('z'), regionId: 2, startKey: text('a'), endKey: text('m') },
    },
  ],
  MaxTimestampNotSyncedError: [
    new core.MaxTimestampNotSyncedError(2),
    { message: 'max timestamp of region 2 is not synced', maxTimestampNotSynced: {} },
  ],
  NotLeaderError: [
    new core.NotLeaderError(2, region.peers[0]),
    {
      message: 'peer is not leader for region 2, leader may be peer 5 on store 6',
      notLeader: { regionId: 2, leader: expect.objectContaining({ id: 5, storeId: 6 }) },
    },
  ],
  'NotLeaderError without a leader': [
    new core.NotLeaderError(2, undefined),
    {
      message: 'peer is not leader for region 2, leader may be none',
      notLeader: { regionId: 2, leader: undefined },
    },
  ],
  PeerMismatchError: [new core.PeerMismatchError(8, 9), { message: 'mismatch peer id 8 != 9' }],
  RaftEntryTooLargeError: [
    new core.RaftEntryTooLargeError(2, 100, 50),
    {
      message: 'raft entry is too large, region 2, entry size 100, limit 50 (raftstore.raft-entry-max-size)',
      raftEntryTooLarge: { regionId: 2, entrySize: 100 },
    },
  ],
  MergingModeError: [
    new core.MergingModeError(7),
    {
      message: 'region 7 is in merging mode: proposal refused',
      proposalInMergingMode: { regionId: 7 },
    },
  ],
  RegionNotFoundError: [
    new core.RegionNotFoundError(7),
    { message: 'region 7 not found', regionNotFound: { regionId: 7 } },
  ],
  ServerIsBusyError: [
    new core.ServerIsBusyError('scheduler is busy'),
    { serverIsBusy: expect.objectContaining({ reason: 'scheduler is busy' }) },
  ],
  StaleCommandError: [new core.StaleCommandError(), { message: 'stale command', staleCommand: {} }],
  StoreDiskFullError: [
    new core.StoreDiskFullError([1], 'no bytes'),
    { message: 'disk full on store 1: no bytes', diskFull: { storeId: [1], reason: 'no bytes' } },
  ],
  StoreNotMatchError: [
    new core.StoreNotMatchError(1, 2),
    {
      message: 'request is for store 1, this is store 2',
      storeNotMatch: { requestStoreId: 1, actualStoreId: 2 },
    },
  ],
}

const key = text('k')
const primary = text('p')
const lock: mvcc.LockInfo = {
  key,
  primary,
  startTs: 10n,
  kind: 'put',
  ttlMs: 3000,
  txnSize: 4,
  forUpdateTs: 11n,
  minCommitTs: 12n,
  useAsyncCommit: true,
  secondaries: [text('s')],
} as mvcc.LockInfo

const mvccErrors: Record<string, [error: Error, fields: Record<string, unknown>]> = {
  KeyIsLockedError: [
    new mvcc.KeyIsLockedError(lock),
    {
      locked: expect.objectContaining({
        key,
        primaryLock: primary,
        lockVersion: 10n,
        lockTtl: 3000,
        txnSize: 4n,
        lockType: kvrpcpb.Op.Put,
        lockForUpdateTs: 11n,
        minCommitTs: 12n,
        useAsyncCommit: true,
        secondaries: [text('s')],
      }),
    },
  ],
  WriteConflictError: [
    new mvcc.WriteConflictError(10n, 11n, 12n, key, primary),
    {
      conflict: expect.objectContaining({ startTs: 10n, conflictTs: 11n, conflictCommitTs: 12n, key, primary }),
      retryable:
        'Error(Txn(Error(Mvcc(Error(WriteConflict { start_ts: TimeStamp(10), conflict_start_ts: TimeStamp(11), conflict_commit_ts: TimeStamp(12), key: [107], primary: [112] })))))',
    },
  ],
  AlreadyExistError: [new mvcc.AlreadyExistError(key), { alreadyExist: { key } }],
  TxnLockNotFoundError: [
    new mvcc.TxnLockNotFoundError(10n, 11n, key),
    {
      retryable:
        'Error(Txn(Error(Mvcc(Error(TxnLockNotFound { start_ts: TimeStamp(10), commit_ts: TimeStamp(11), key: [107] })))))',
    },
  ],
  TxnNotFoundError: [new mvcc.TxnNotFoundError(10n, primary), { txnNotFound: { startTs: 10n, primaryKey: primary } }],
  CommitTsExpiredError: [
    new mvcc.CommitTsExpiredError(10n, 11n, key, 13n),
    { commitTsExpired: { startTs: 10n, attemptedCommitTs: 11n, key, minCommitTs: 13n } },
  ],
  CommitTsTooLargeError: [new mvcc.CommitTsTooLargeError(10n, 13n, 12n), { commitTsTooLarge: { commitTs: 13n } }],
  AssertionFailedError: [
    new mvcc.AssertionFailedError(10n, key, 'not-exist', 5n, 6n),
    {
      assertionFailed: expect.objectContaining({
        startTs: 10n,
        key,
        assertion: kvrpcpb.Assertion.NotExist,
        existingStartTs: 5n,
        existingCommitTs: 6n,
      }),
    },
  ],
  PessimisticLockNotFoundError: [
    new mvcc.PessimisticLockNotFoundError(10n, key),
    { abort: 'Error(Txn(Error(Mvcc(Error(PessimisticLockNotFound { start_ts: TimeStamp(10), key: [107] })))))' },
  ],
  LockTypeNotMatchError: [
    new mvcc.LockTypeNotMatchError(10n, key, true),
    {
      abort:
        'Error(Txn(Error(Mvcc(Error(LockTypeNotMatch { start_ts: TimeStamp(10), key: [107], pessimistic: true })))))',
    },
  ],
  CommittedError: [
    new mvcc.CommittedError(10n, 11n, key),
    {
      abort:
        'Error(Txn(Error(Mvcc(Error(Committed { start_ts: TimeStamp(10), commit_ts: TimeStamp(11), key: [107] })))))',
    },
  ],
  DefaultNotFoundError: [
    new mvcc.DefaultNotFoundError(key, 10n),
    { abort: expect.stringContaining('DefaultNotFound { key: [107]') },
  ],
  InvalidTxnTsoError: [
    new mvcc.InvalidTxnTsoError(11n, 10n),
    { abort: expect.stringContaining('InvalidTxnTso { start_ts: TimeStamp(11), commit_ts: TimeStamp(10) }') },
  ],
  KeyTooLargeError: [
    new mvcc.KeyTooLargeError(9, 8),
    { abort: expect.stringContaining('KeyTooLarge { size: 9, limit: 8 }') },
  ],
  InvalidTxnRequestError: [
    new mvcc.InvalidTxnRequestError('why'),
    { abort: 'Error(Txn(Error(Mvcc(Error(Other(why))))))' },
  ],
}

const otherErrors: Record<string, [error: unknown, abort: string]> = {
  'an error of storage': [
    new RawKeyTooLargeError(9, 8),
    'Error(KeyTooLarge { max key size exceeded, size: 9, limit: 8 })',
  ],
  'an error with a plain code': [
    new EmptyKeyError('raw_put'),
    'Error(STORAGE_EMPTY_KEY { raw_put needs a key that is not empty })',
  ],
  'a bug': [new TypeError('x is not a function'), 'Error(Other(x is not a function))'],
  'no error at all': ['a string', 'Error(Other(a string))'],
}

/** The concrete error classes of a package below a base class. */
function classesBelow(exported: object, base: abstract new (...parts: never[]) => Error): string[] {
  return Object.entries(exported)
    .filter(([, value]) => typeof value === 'function' && value.prototype instanceof base)
    .map(([name]) => name)
}

describe('region errors', () => {
  for (const [name, [error, fields]] of Object.entries(regionErrors)) {
    it(`${name} sets ${Object.keys(fields).join(' and ')}, and nothing else`, () => {
      const message = regionErrorToMessage(error)
      expect(filled(message, errorpb.Error.create())).toEqual(fields)
      // It can be put on the wire and says the same there.
      expect(errorpb.Error.decode(errorpb.Error.encode(message))).toEqual(message)
    })
  }

  it('are all in the table', () => {
    const names = classesBelow(core, core.RegionError)
    expect(names.length).toBeGreaterThan(8)
    expect(names.filter((name) => !(name in regionErrors))).toEqual([])
  })
})

describe('key errors', () => {
  for (const [name, [error, fields]] of Object.entries(mvccErrors)) {
    it(`${name} sets ${Object.keys(fields).join(' and ')}, and nothing else`, () => {
      const message = keyErrorToMessage(error)
      expect(filled(message, kvrpcpb.KeyError.create())).toEqual(fields)
      expect(kvrpcpb.KeyError.decode(kvrpcpb.KeyError.encode(message))).toEqual(message)
    })
  }

  for (const [name, [error, abort]] of Object.entries(otherErrors)) {
    it(`${name} is an abort with its text`, () => {
      expect(filled(keyErrorToMessage(error), kvrpcpb.KeyError.create())).toEqual({ abort })
    })
  }

  it('are all in the table', () => {
    const names = classesBelow(mvcc, mvcc.MvccError)
    expect(names.length).toBeGreaterThan(10)
    expect(names.filter((name) => !(name in mvccErrors))).toEqual([])
  })
})
