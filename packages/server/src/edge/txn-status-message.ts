import type { TxnStatus } from '@stratakv/mvcc'
import * as kvrpcpb from '@stratakv/proto/kvrpcpb'
import { lockInfoToMessage } from './key-error-message.ts'

const { Action } = kvrpcpb

/** What the primary key says of its transaction, in the fields that clients read (TiKV `commands/check_txn_status.rs`). */
export function txnStatusToMessage(status: TxnStatus): kvrpcpb.CheckTxnStatusResponse {
  const create = kvrpcpb.CheckTxnStatusResponse.create
  switch (status.type) {
    case 'uncommitted':
      return create({
        lockTtl: status.lock.ttlMs,
        lockInfo: lockInfoToMessage(status.lock),
        action: status.minCommitTs === 'pushed' ? Action.MinCommitTSPushed : Action.NoAction,
      })
    case 'committed':
      return create({ commitVersion: status.commitTs })
    case 'rolled-back':
      return create({ action: Action.NoAction })
    case 'expired':
      return create({ action: Action.TTLExpireRollback })
    case 'pessimistic-rolled-back':
      return create({ action: Action.TTLExpirePessimisticRollback })
    case 'lock-not-exist':
      return create({ action: Action.LockNotExistRollback })
    case 'lock-not-exist-do-nothing':
      return create({ action: Action.LockNotExistDoNothing })
  }
}
