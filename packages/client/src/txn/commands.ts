import { tikvMethods } from '@stratakv/proto'
import type * as kvrpcpb from '@stratakv/proto/kvrpcpb'
import type { RegionCommand } from '../region-requests.ts'

/** One try of a command about few keys (client-go's ReadTimeoutShort). */
const shortTimeoutMs = 30_000
/** One try of a command that may walk a region (client-go's ReadTimeoutMedium). */
const mediumTimeoutMs = 60_000

/** The transactional commands of tikvpb.Tikv that this client sends. */
export const txnCommands = {
  get: { method: tikvMethods.kvGet, batchName: 'get', timeoutMs: shortTimeoutMs } satisfies RegionCommand<
    kvrpcpb.GetRequest,
    kvrpcpb.GetResponse
  >,
  batchGet: { method: tikvMethods.kvBatchGet, batchName: 'batchGet', timeoutMs: mediumTimeoutMs },
  scan: { method: tikvMethods.kvScan, batchName: 'scan', timeoutMs: mediumTimeoutMs },
  prewrite: { method: tikvMethods.kvPrewrite, batchName: 'prewrite', timeoutMs: shortTimeoutMs },
  commit: { method: tikvMethods.kvCommit, batchName: 'commit', timeoutMs: shortTimeoutMs },
  batchRollback: { method: tikvMethods.kvBatchRollback, batchName: 'batchRollback', timeoutMs: shortTimeoutMs },
  pessimisticRollback: {
    method: tikvMethods.kvPessimisticRollback,
    batchName: 'pessimisticRollback',
    timeoutMs: shortTimeoutMs,
  },
  txnHeartBeat: { method: tikvMethods.kvTxnHeartBeat, batchName: 'txnHeartBeat', timeoutMs: shortTimeoutMs },
  checkTxnStatus: { method: tikvMethods.kvCheckTxnStatus, batchName: 'checkTxnStatus', timeoutMs: shortTimeoutMs },
  checkSecondaryLocks: {
    method: tikvMethods.kvCheckSecondaryLocks,
    batchName: 'checkSecondaryLocks',
    timeoutMs: shortTimeoutMs,
  },
  scanLock: { method: tikvMethods.kvScanLock, batchName: 'scanLock', timeoutMs: mediumTimeoutMs },
  resolveLock: { method: tikvMethods.kvResolveLock, batchName: 'resolveLock', timeoutMs: shortTimeoutMs },
} as const
