import type { Timestamp } from '@stratakv/core'
import { commitKey, encodeKey, InvalidTxnTsoError, MvccTxn } from '@stratakv/mvcc'
import type { WriteCommand } from '../command.ts'
import type { RequestContext } from '../request.ts'
import { done, txnCommand } from './txn-command.ts'

export interface CommitRequest {
  readonly context: RequestContext
  /** Raw. */
  readonly keys: readonly Uint8Array[]
  readonly startTs: Timestamp
  readonly commitTs: Timestamp
}

export interface CommitResponse {
  readonly commitTs: Timestamp
}

/** KvCommit: all keys or none. Throws InvalidTxnTsoError, CommitTsExpiredError, TxnLockNotFoundError. */
export function commitCommand(request: CommitRequest): WriteCommand<CommitResponse> {
  const { startTs, commitTs } = request
  const keys = request.keys.map(encodeKey)
  return txnCommand({
    name: 'commit',
    context: request.context,
    keys,
    *decide(reader) {
      if (commitTs <= startTs) throw new InvalidTxnTsoError(startTs, commitTs)
      const txn = new MvccTxn(startTs)
      for (const key of keys) yield* commitKey(reader, txn, key, commitTs)
      return done(txn.changes, { commitTs })
    },
  })
}
