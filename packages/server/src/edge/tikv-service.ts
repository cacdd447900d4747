import {
  isPromise,
  type MaybePromise,
  type MethodBinding,
  type MethodDefinition,
  streaming,
  unary,
} from '@stratakv/core'
import { tikvMethods } from '@stratakv/proto'
import type { Context } from '@stratakv/proto/kvrpcpb'
import { BatchCommandsEmptyResponse } from '@stratakv/proto/tikvpb'
import type { ComposedNode } from '../compose-node.ts'
import { batchCommands } from './batch-commands.ts'
import { CommandMeter } from './command-meter.ts'
import type { BatchedCommands } from './commands.ts'
import type { FaultyCalls } from './faulty-calls.ts'
import { rawCommands } from './raw-commands.ts'
import { checkClusterId } from './request-context.ts'
import { txnCommands } from './txn-commands.ts'
import { unservedCommands } from './unserved-commands.ts'

/** What of a node the commands need. */
export type ServedStore = Pick<ComposedNode, 'clock' | 'telemetry' | 'logger' | 'storage' | 'clusterId' | 'config'>

export interface TikvServiceDeps {
  readonly node: ServedStore
  /** Absent: as `message`. `call`: a function call of this process is no gRPC message, and is not counted as one. */
  readonly transport?: 'message' | 'call'
  /** Absent: nothing fails on purpose. */
  readonly faultyCalls: FaultyCalls | undefined
  readonly onUnexpectedError: (path: string, error: unknown) => void
}

type Command<Req, Res> = (request: Req) => MaybePromise<Res>

/** tikvpb.Tikv: every method that docs/compat.md lists as served. What is not bound answers UNIMPLEMENTED. */
export function tikvService(deps: TikvServiceDeps): readonly MethodBinding[] {
  const { clock, telemetry, logger, storage, clusterId, config } = deps.node
  const meter = new CommandMeter({ clock, telemetry })
  const served = <Req extends { context: Context | undefined }, Res>(
    method: MethodDefinition<Req, Res>,
    command: Command<Req, Res>,
  ): Command<Req, Res> => {
    const checked = (request: Req) => {
      checkClusterId(request.context, clusterId)
      return command(request)
    }
    return deps.faultyCalls === undefined ? checked : deps.faultyCalls.command(method, checked)
  }
  const metered = <Req, Res>(name: string, command: Command<Req, Res>): Command<Req, Res> => {
    return (request) => {
      const startedAt = clock.now()
      const finish = (response: Res): Res => {
        meter.observe(name, startedAt)
        return response
      }
      const failed = (error: unknown): never => {
        meter.fail(name)
        throw error
      }
      try {
        const answer = command(request)
        return isPromise(answer) ? answer.then(finish, failed) : finish(answer)
      } catch (error) {
        return failed(error)
      }
    }
  }
  const bind = <Req extends { context: Context | undefined }, Res>(
    method: MethodDefinition<Req, Res>,
    name: string,
    command: Command<Req, Res>,
  ): MethodBinding => {
    const handler = served(method, command)
    return unary(method, deps.transport === 'call' ? handler : metered(name, handler))
  }

  const report = (error: unknown) => logger.error('a request met what an operator must know', { error: String(error) })
  const raw = rawCommands(storage.raw, report)
  const txn = txnCommands(storage, report)
  const batched: BatchedCommands = {
    ...unservedCommands,
    get: { run: served(tikvMethods.kvGet, txn.kvGet) },
    scan: { run: served(tikvMethods.kvScan, txn.kvScan) },
    prewrite: { run: served(tikvMethods.kvPrewrite, txn.kvPrewrite) },
    commit: { run: served(tikvMethods.kvCommit, txn.kvCommit) },
    cleanup: { run: served(tikvMethods.kvCleanup, txn.kvCleanup) },
    batchGet: { run: served(tikvMethods.kvBatchGet, txn.kvBatchGet) },
    batchRollback: { run: served(tikvMethods.kvBatchRollback, txn.kvBatchRollback) },
    scanLock: { run: served(tikvMethods.kvScanLock, txn.kvScanLock) },
    resolveLock: { run: served(tikvMethods.kvResolveLock, txn.kvResolveLock) },
    deleteRange: { run: served(tikvMethods.kvDeleteRange, txn.kvDeleteRange) },
    pessimisticRollback: { run: served(tikvMethods.kvPessimisticRollback, txn.kvPessimisticRollback) },
    checkTxnStatus: { run: served(tikvMethods.kvCheckTxnStatus, txn.kvCheckTxnStatus) },
    checkSecondaryLocks: { run: served(tikvMethods.kvCheckSecondaryLocks, txn.kvCheckSecondaryLocks) },
    txnHeartBeat: { run: served(tikvMethods.kvTxnHeartBeat, txn.kvTxnHeartBeat) },
    rawGet: { run: served(tikvMethods.rawGet, raw.rawGet) },
    rawBatchGet: { run: served(tikvMethods.rawBatchGet, raw.rawBatchGet) },
    rawPut: { run: served(tikvMethods.rawPut, raw.rawPut) },
    rawBatchPut: { run: served(tikvMethods.rawBatchPut, raw.rawBatchPut) },
    rawDelete: { run: served(tikvMethods.rawDelete, raw.rawDelete) },
    rawBatchDelete: { run: served(tikvMethods.rawBatchDelete, raw.rawBatchDelete) },
    rawScan: { run: served(tikvMethods.rawScan, raw.rawScan) },
    rawBatchScan: { run: served(tikvMethods.rawBatchScan, raw.rawBatchScan) },
    rawDeleteRange: { run: served(tikvMethods.rawDeleteRange, raw.rawDeleteRange) },
    empty: { run: ({ testId }: { testId: number }) => BatchCommandsEmptyResponse.create({ testId }) },
  }
  const batchSize = (name: string, help: string) => telemetry.histogram({ name, help, buckets: batchBuckets })
  return [
    bind(tikvMethods.kvGet, 'get', txn.kvGet),
    bind(tikvMethods.kvScan, 'scan', txn.kvScan),
    bind(tikvMethods.kvPrewrite, 'prewrite', txn.kvPrewrite),
    bind(tikvMethods.kvCommit, 'commit', txn.kvCommit),
    bind(tikvMethods.kvCleanup, 'cleanup', txn.kvCleanup),
    bind(tikvMethods.kvBatchGet, 'batchGet', txn.kvBatchGet),
    bind(tikvMethods.kvBatchRollback, 'batchRollback', txn.kvBatchRollback),
    bind(tikvMethods.kvScanLock, 'scanLock', txn.kvScanLock),
    bind(tikvMethods.kvResolveLock, 'resolveLock', txn.kvResolveLock),
    bind(tikvMethods.kvDeleteRange, 'deleteRange', txn.kvDeleteRange),
    bind(tikvMethods.kvPessimisticRollback, 'pessimisticRollback', txn.kvPessimisticRollback),
    bind(tikvMethods.kvCheckTxnStatus, 'checkTxnStatus', txn.kvCheckTxnStatus),
    bind(tikvMethods.kvCheckSecondaryLocks, 'checkSecondaryLocks', txn.kvCheckSecondaryLocks),
    bind(tikvMethods.kvTxnHeartBeat, 'txnHeartBeat', txn.kvTxnHeartBeat),
    bind(tikvMethods.rawGet, 'rawGet', raw.rawGet),
    bind(tikvMethods.rawBatchGet, 'rawBatchGet', raw.rawBatchGet),
    bind(tikvMethods.rawPut, 'rawPut', raw.rawPut),
    bind(tikvMethods.rawBatchPut, 'rawBatchPut', raw.rawBatchPut),
    bind(tikvMethods.rawDelete, 'rawDelete', raw.rawDelete),
    bind(tikvMethods.rawBatchDelete, 'rawBatchDelete', raw.rawBatchDelete),
    bind(tikvMethods.rawScan, 'rawScan', raw.rawScan),
    bind(tikvMethods.rawBatchScan, 'rawBatchScan', raw.rawBatchScan),
    bind(tikvMethods.rawDeleteRange, 'rawDeleteRange', raw.rawDeleteRange),
    bind(tikvMethods.rawCompareAndSwap, 'rawCompareAndSwap', raw.rawCompareAndSwap),
    bind(tikvMethods.rawGetKeyTTL, 'rawGetKeyTTL', raw.rawGetKeyTTL),
    bind(tikvMethods.rawChecksum, 'rawChecksum', raw.rawChecksum),
    bind(tikvMethods.unsafeDestroyRange, 'unsafeDestroyRange', txn.unsafeDestroyRange),
    bind(tikvMethods.mvccGetByKey, 'mvccGetByKey', txn.mvccGetByKey),
    bind(tikvMethods.mvccGetByStartTs, 'mvccGetByStartTs', txn.mvccGetByStartTs),
    streaming(
      tikvMethods.batchCommands,
      batchCommands(
        {
          commands: batched,
          meter,
          clock,
          requestBatchSize: batchSize(
            'tikv_server_grpc_req_batch_size',
            'Commands in one BatchCommands request message.',
          ),
          responseBatchSize: batchSize(
            'tikv_server_grpc_resp_batch_size',
            'Answers in one BatchCommands response message.',
          ),
          onUnexpectedError: deps.onUnexpectedError,
        },
        { inFlightMax: config['server.batch-in-flight-max'] },
      ),
    ),
  ]
}

const batchBuckets = Array.from({ length: 10 }, (_, power) => 2 ** power)
