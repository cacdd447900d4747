import type { Timestamp } from '@stratakv/core'
import { CommitTsExpiredError, TxnLockNotFoundError } from '../errors.ts'
import { decodeKey } from '../key.ts'
import type { MvccTxn } from '../mvcc-txn.ts'
import type { MvccReader } from '../reader.ts'
import { type Steps, wait } from '../steps.ts'
import { createWrite, withOverlappedRollback, writeKindOf } from '../write-record.ts'

/**
 * Commits one key: the lock becomes a write record. Doing it again changes nothing.
 * @throws CommitTsExpiredError, TxnLockNotFoundError
 */
export function* commitKey(
  reader: MvccReader,
  txn: MvccTxn,
  key: Uint8Array,
  commitTs: Timestamp,
): Steps<'committed' | 'already-committed'> {
  const { startTs } = txn
  const lock = yield* wait(reader.loadLock(key))
  if (lock === undefined || lock.startTs !== startTs) {
    const record = yield* reader.commitRecordSteps(key, startTs)
    if (record.type === 'record' && record.write.kind !== 'rollback') return 'already-committed'
    throw new TxnLockNotFoundError(startTs, commitTs, decodeKey(key))
  }
  if (commitTs < lock.minCommitTs) {
    throw new CommitTsExpiredError(startTs, commitTs, decodeKey(key), lock.minCommitTs)
  }
  const write = createWrite(writeKindOf(lock.kind), startTs, lock.shortValue)
  // No fence here: the record is new, so GC cannot have dealt with it.
  txn.putWrite(key, commitTs, lock.rollbackTs.includes(commitTs) ? withOverlappedRollback(write, undefined) : write)
  txn.unlock(key)
  return 'committed'
}
