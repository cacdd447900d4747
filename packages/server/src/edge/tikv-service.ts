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
import { rawCommands } from './raw-commands.ts'
import { checkClusterId } from './request-context.ts'
import { txnCommands } from './txn-commands.ts'
import { unservedCommands } from './unserved-commands.ts'

export interface TikvServiceDeps {
  readonly node: ComposedNode
  readonly onUnexpectedError: (path: string, error: unknown) => void
}

type Command<Req, Res> = (request: Req) => MaybePromise<Res>

/** tikvpb.Tikv: every method that docs/compat.md lists as served. What is not bound answers UNIMPLEMENTED. */
export function tikvService(deps: TikvServiceDeps): readonly MethodBinding[] {
  const { clock, telemetry, logger, storage, clusterId, config } = deps.node
  const meter = new CommandMeter({ clock, telemetry })
  const checked = <Req extends { context: Context | undefined }, Res>(
    command: Command<Req, Res>,
  ): Command<Req, Res> => {
    return (request) => {
      checkClusterId(request.context, clusterId)
      return command(request)
    }
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
  ): MethodBinding => unary(method, metered(name, checked(command)))

  const report = (error: unknown) => logger.error('a request met what an operator must know', { error: String(error) })
  const raw = rawCommands(storage.raw, report)
  const txn = txnCommands(storage, report)
  const batched: BatchedCommands = {
    ...unservedCommands,
    get: { run: checked(txn.kvGet) },
    scan: { run: checked(txn.kvScan) },
    prewrite: { run: checked(txn.kvPrewrite) },
    commit: { run: checked(txn.kvCommit) },
    cleanup: { run: checked(txn.kvCleanup) },
    batchGet: { run: checked(txn.kvBatchGet) },
    batchRollback: { run: checked(txn.kvBatchRollback) },
    scanLock: { run: checked(txn.kvScanLock) },
    resolveLock: { run: checked(txn.kvResolveLock) },
    deleteRange: { run: checked(txn.kvDeleteRange) },
    pessimisticRollback: { run: checked(txn.kvPessimisticRollback) },
    checkTxnStatus: { run: checked(txn.kvCheckTxnStatus) },
    checkSecondaryLocks: { run: checked(txn.kvCheckSecondaryLocks) },
    txnHeartBeat: { run: checked(txn.kvTxnHeartBeat) },
    rawGet: { run: checked(raw.rawGet) },
    rawBatchGet: { run: checked(raw.rawBatchGet) },
    rawPut: { run: checked(raw.rawPut) },
    rawBatchPut: { run: checked(raw.rawBatchPut) },
    rawDelete: { run: checked(raw.rawDelete) },
    rawBatchDelete: { run: checked(raw.rawBatchDelete) },
    rawScan: { run: checked(raw.rawScan) },
    rawBatchScan: { run: checked(raw.rawBatchScan) },
    rawDeleteRange: { run: checked(raw.rawDeleteRange) },
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
