import { chain, type MaybePromise, type Timestamp } from '@stratakv/core'
import { type AssertionLevel, InvalidTxnRequestError, type MutationAssertion, type MutationKind } from '@stratakv/mvcc'
import type * as errorpb from '@stratakv/proto/errorpb'
import * as kvrpcpb from '@stratakv/proto/kvrpcpb'
import {
  batchRollbackCommand,
  checkSecondaryLocksCommand,
  checkTxnStatusCommand,
  cleanupCommand,
  commitCommand,
  type KvPair,
  type Mutation,
  type PrewriteRequest,
  pessimisticRollbackCommand,
  prewriteCommand,
  resolveLockCommand,
  resolveLockLiteCommand,
  type Storage,
  txnHeartbeatCommand,
} from '@stratakv/storage'
import { answering, type Failures, type ReportIncident, textFailures } from './answer.ts'
import { keyErrorToMessage, lockInfoToMessage } from './key-error-message.ts'
import { mvccInfoToMessage } from './mvcc-info-message.ts'
import { readContext, requestContext } from './request-context.ts'
import { txnStatusToMessage } from './txn-status-message.ts'

interface HasRegionError {
  regionError: errorpb.Error | undefined
}

/** A response with one key error beside the region error. */
function keyFailures<Res extends HasRegionError & { error: kvrpcpb.KeyError | undefined }>(
  empty: () => Res,
): Failures<Res> {
  return {
    region: (regionError) => ({ ...empty(), regionError }),
    command: (error) => ({ ...empty(), error: keyErrorToMessage(error) }),
  }
}

/** A response with a list of key errors. */
function keyListFailures<Res extends HasRegionError & { errors: kvrpcpb.KeyError[] }>(empty: () => Res): Failures<Res> {
  return {
    region: (regionError) => ({ ...empty(), regionError }),
    command: (error) => ({ ...empty(), errors: [keyErrorToMessage(error)] }),
  }
}

/** A response of pairs: when the whole call fails, TiKV sets the error and repeats it in one pair, for clients of either age. */
function pairFailures<Res extends HasRegionError & { error: kvrpcpb.KeyError | undefined; pairs: kvrpcpb.KvPair[] }>(
  empty: () => Res,
): Failures<Res> {
  return {
    region: (regionError) => ({ ...empty(), regionError }),
    command: (cause) => {
      const error = keyErrorToMessage(cause)
      return { ...empty(), error, pairs: [kvrpcpb.KvPair.create({ error })] }
    },
  }
}

const getFailures = keyFailures(() => kvrpcpb.GetResponse.create())
const batchGetFailures = pairFailures(() => kvrpcpb.BatchGetResponse.create())
const scanFailures = pairFailures(() => kvrpcpb.ScanResponse.create())
const prewriteFailures = keyListFailures(() => kvrpcpb.PrewriteResponse.create())
const commitFailures = keyFailures(() => kvrpcpb.CommitResponse.create())
const cleanupFailures = keyFailures(() => kvrpcpb.CleanupResponse.create())
const batchRollbackFailures = keyFailures(() => kvrpcpb.BatchRollbackResponse.create())
const pessimisticRollbackFailures = keyListFailures(() => kvrpcpb.PessimisticRollbackResponse.create())
const scanLockFailures = keyFailures(() => kvrpcpb.ScanLockResponse.create())
const resolveLockFailures = keyFailures(() => kvrpcpb.ResolveLockResponse.create())
const checkTxnStatusFailures = keyFailures(() => kvrpcpb.CheckTxnStatusResponse.create())
const checkSecondaryLocksFailures = keyFailures(() => kvrpcpb.CheckSecondaryLocksResponse.create())
const heartBeatFailures = keyFailures(() => kvrpcpb.TxnHeartBeatResponse.create())
const deleteRangeFailures = textFailures(() => kvrpcpb.DeleteRangeResponse.create())
const destroyRangeFailures = textFailures(() => kvrpcpb.UnsafeDestroyRangeResponse.create())
const mvccByKeyFailures = textFailures(() => kvrpcpb.MvccGetByKeyResponse.create())
const mvccByStartTsFailures = textFailures(() => kvrpcpb.MvccGetByStartTsResponse.create())

function pairToMessage(pair: KvPair): kvrpcpb.KvPair {
  // The key of a pair that failed stands in its error alone.
  if (pair.error !== undefined) return kvrpcpb.KvPair.create({ error: keyErrorToMessage(pair.error) })
  return kvrpcpb.KvPair.create({ key: pair.key, value: pair.value })
}

/** The transactional commands of tikvpb.Tikv: messages in, messages out. */
export function txnCommands(storage: Storage, report: ReportIncident) {
  const answer = answering(report)
  return {
    kvGet: (request: kvrpcpb.GetRequest): MaybePromise<kvrpcpb.GetResponse> =>
      answer(getFailures, () =>
        chain(
          storage.get({ context: readContext(request.context), key: request.key, version: request.version }),
          (value) =>
            value === undefined
              ? kvrpcpb.GetResponse.create({ notFound: true })
              : kvrpcpb.GetResponse.create({ value }),
        ),
      ),

    kvBatchGet: (request: kvrpcpb.BatchGetRequest): MaybePromise<kvrpcpb.BatchGetResponse> =>
      answer(batchGetFailures, () =>
        chain(
          storage.batchGet({ context: readContext(request.context), keys: request.keys, version: request.version }),
          (pairs) => kvrpcpb.BatchGetResponse.create({ pairs: pairs.map(pairToMessage) }),
        ),
      ),

    kvScan: (request: kvrpcpb.ScanRequest): MaybePromise<kvrpcpb.ScanResponse> =>
      answer(scanFailures, () =>
        chain(
          storage.scan({
            context: readContext(request.context),
            startKey: request.startKey,
            endKey: request.endKey,
            limitCount: request.limit,
            version: request.version,
            keyOnly: request.keyOnly,
            reverse: request.reverse,
            sampleStep: request.sampleStep,
          }),
          (pairs) => kvrpcpb.ScanResponse.create({ pairs: pairs.map(pairToMessage) }),
        ),
      ),

    kvPrewrite: (request: kvrpcpb.PrewriteRequest): MaybePromise<kvrpcpb.PrewriteResponse> =>
      answer(prewriteFailures, async () => {
        const { locked, minCommitTs, onePhaseCommitTs } = await storage.execute(
          prewriteCommand(prewriteRequest(request)),
          { ...requestContext(request.context), checkedKeys: request.mutations.map(({ key }) => key) },
        )
        return kvrpcpb.PrewriteResponse.create({
          errors: locked.map(keyErrorToMessage),
          minCommitTs,
          onePcCommitTs: onePhaseCommitTs,
        })
      }),

    kvCommit: (request: kvrpcpb.CommitRequest): MaybePromise<kvrpcpb.CommitResponse> =>
      answer(commitFailures, async () => {
        const context = requestContext(request.context)
        const { commitTs } = await storage.execute(
          commitCommand({
            context,
            keys: request.keys,
            startTs: request.startVersion,
            commitTs: request.commitVersion,
          }),
          context,
        )
        return kvrpcpb.CommitResponse.create({ commitVersion: commitTs })
      }),

    kvCleanup: (request: kvrpcpb.CleanupRequest): MaybePromise<kvrpcpb.CleanupResponse> =>
      answer(cleanupFailures, async () => {
        const context = requestContext(request.context)
        const { commitTs } = await storage.execute(
          cleanupCommand({ context, key: request.key, startTs: request.startVersion, currentTs: request.currentTs }),
          context,
        )
        return kvrpcpb.CleanupResponse.create({ commitVersion: commitTs })
      }),

    kvBatchRollback: (request: kvrpcpb.BatchRollbackRequest): MaybePromise<kvrpcpb.BatchRollbackResponse> =>
      answer(batchRollbackFailures, async () => {
        const context = requestContext(request.context)
        await storage.execute(
          batchRollbackCommand({ context, keys: request.keys, startTs: request.startVersion }),
          context,
        )
        return kvrpcpb.BatchRollbackResponse.create()
      }),

    kvPessimisticRollback: (
      request: kvrpcpb.PessimisticRollbackRequest,
    ): MaybePromise<kvrpcpb.PessimisticRollbackResponse> =>
      answer(pessimisticRollbackFailures, async () => {
        const context = requestContext(request.context)
        const { keys, startVersion: startTs, forUpdateTs } = request
        await storage.execute(pessimisticRollbackCommand({ context, keys, startTs, forUpdateTs }), context)
        return kvrpcpb.PessimisticRollbackResponse.create()
      }),

    kvScanLock: (request: kvrpcpb.ScanLockRequest): MaybePromise<kvrpcpb.ScanLockResponse> =>
      answer(scanLockFailures, () =>
        chain(
          storage.scanLock({
            context: requestContext(request.context),
            maxVersion: request.maxVersion,
            startKey: request.startKey,
            endKey: request.endKey,
            limitCount: request.limit,
          }),
          (locks) => kvrpcpb.ScanLockResponse.create({ locks: locks.map(lockInfoToMessage) }),
        ),
      ),

    kvResolveLock: (request: kvrpcpb.ResolveLockRequest): MaybePromise<kvrpcpb.ResolveLockResponse> =>
      answer(resolveLockFailures, async () => {
        const context = requestContext(request.context)
        const command =
          request.keys.length > 0
            ? resolveLockLiteCommand({
                context,
                keys: request.keys,
                startTs: request.startVersion,
                commitTs: request.commitVersion,
              })
            : resolveLockCommand({ context, txns: resolvedTxns(request) })
        await storage.execute(command, context)
        return kvrpcpb.ResolveLockResponse.create()
      }),

    kvCheckTxnStatus: (request: kvrpcpb.CheckTxnStatusRequest): MaybePromise<kvrpcpb.CheckTxnStatusResponse> =>
      answer(checkTxnStatusFailures, async () => {
        const context = requestContext(request.context)
        const status = await storage.execute(
          checkTxnStatusCommand({
            context,
            primary: request.primaryKey,
            lockTs: request.lockTs,
            callerStartTs: request.callerStartTs,
            currentTs: request.currentTs,
            rollbackIfNotExist: request.rollbackIfNotExist,
            forceSyncCommit: request.forceSyncCommit,
            resolvingPessimisticLock: request.resolvingPessimisticLock,
          }),
          context,
        )
        return txnStatusToMessage(status)
      }),

    kvCheckSecondaryLocks: (
      request: kvrpcpb.CheckSecondaryLocksRequest,
    ): MaybePromise<kvrpcpb.CheckSecondaryLocksResponse> =>
      answer(checkSecondaryLocksFailures, async () => {
        const context = requestContext(request.context)
        const found = await storage.execute(
          checkSecondaryLocksCommand({ context, keys: request.keys, startTs: request.startVersion }),
          context,
        )
        if (found.type === 'locked') {
          return kvrpcpb.CheckSecondaryLocksResponse.create({ locks: found.locks.map(lockInfoToMessage) })
        }
        return kvrpcpb.CheckSecondaryLocksResponse.create(
          found.type === 'committed' ? { commitTs: found.commitTs } : {},
        )
      }),

    kvTxnHeartBeat: (request: kvrpcpb.TxnHeartBeatRequest): MaybePromise<kvrpcpb.TxnHeartBeatResponse> =>
      answer(heartBeatFailures, async () => {
        const context = requestContext(request.context)
        const { lockTtlMs } = await storage.execute(
          txnHeartbeatCommand({
            context,
            primary: request.primaryLock,
            startTs: request.startVersion,
            adviseLockTtlMs: request.adviseLockTtl,
          }),
          context,
        )
        return kvrpcpb.TxnHeartBeatResponse.create({ lockTtl: lockTtlMs })
      }),

    kvDeleteRange: (request: kvrpcpb.DeleteRangeRequest): MaybePromise<kvrpcpb.DeleteRangeResponse> =>
      answer(deleteRangeFailures, async () => {
        const { startKey, endKey, notifyOnly } = request
        await storage.deleteRange({ context: requestContext(request.context), startKey, endKey, notifyOnly })
        return kvrpcpb.DeleteRangeResponse.create()
      }),

    unsafeDestroyRange: (
      request: kvrpcpb.UnsafeDestroyRangeRequest,
    ): MaybePromise<kvrpcpb.UnsafeDestroyRangeResponse> =>
      answer(destroyRangeFailures, async () => {
        await storage.unsafeDestroyRange({ startKey: request.startKey, endKey: request.endKey })
        return kvrpcpb.UnsafeDestroyRangeResponse.create()
      }),

    mvccGetByKey: (request: kvrpcpb.MvccGetByKeyRequest): MaybePromise<kvrpcpb.MvccGetByKeyResponse> =>
      answer(mvccByKeyFailures, () =>
        chain(storage.mvccGetByKey({ context: requestContext(request.context), key: request.key }), (history) =>
          kvrpcpb.MvccGetByKeyResponse.create({ info: mvccInfoToMessage(history) }),
        ),
      ),

    mvccGetByStartTs: (request: kvrpcpb.MvccGetByStartTsRequest): MaybePromise<kvrpcpb.MvccGetByStartTsResponse> =>
      answer(mvccByStartTsFailures, () =>
        chain(
          storage.mvccGetByStartTs({ context: requestContext(request.context), startTs: request.startTs }),
          (found) =>
            found === undefined
              ? kvrpcpb.MvccGetByStartTsResponse.create()
              : kvrpcpb.MvccGetByStartTsResponse.create({ key: found.key, info: mvccInfoToMessage(found.history) }),
        ),
      ),
  }
}

const mutationKinds: Partial<Record<kvrpcpb.Op, MutationKind>> = {
  [kvrpcpb.Op.Put]: 'put',
  [kvrpcpb.Op.Del]: 'delete',
  [kvrpcpb.Op.Lock]: 'lock',
  [kvrpcpb.Op.Insert]: 'insert',
  [kvrpcpb.Op.CheckNotExists]: 'check-not-exists',
}
const assertions: Partial<Record<kvrpcpb.Assertion, MutationAssertion>> = {
  [kvrpcpb.Assertion.Exist]: 'exist',
  [kvrpcpb.Assertion.NotExist]: 'not-exist',
}
const assertionLevels: Partial<Record<kvrpcpb.AssertionLevel, AssertionLevel>> = {
  [kvrpcpb.AssertionLevel.Fast]: 'fast',
  [kvrpcpb.AssertionLevel.Strict]: 'strict',
}

function prewriteRequest(request: kvrpcpb.PrewriteRequest): PrewriteRequest {
  return {
    context: requestContext(request.context),
    mutations: request.mutations.map((mutation, index) =>
      mutationOf(mutation, request.pessimisticActions[index] === pessimisticCheck),
    ),
    primary: request.primaryLock,
    startTs: request.startVersion,
    lockTtlMs: request.lockTtl,
    txnSize: Number(request.txnSize),
    minCommitTs: request.minCommitTs,
    forUpdateTs: request.forUpdateTs,
    skipConstraintCheck: request.skipConstraintCheck,
    isRetryRequest: request.context?.isRetryRequest ?? false,
    assertionLevel: assertionLevels[request.assertionLevel] ?? 'off',
    tryOnePhase: request.tryOnePc,
    maxCommitTs: request.maxCommitTs,
    // A list alone is no offer: some clients fill it in whatever they want.
    ...(request.useAsyncCommit ? { asyncCommitSecondaries: request.secondaries } : {}),
  }
}

/** In TiKV 6.1 this field is a list of booleans, `is_pessimistic_lock`, on the same number: 1 is true. */
const pessimisticCheck = kvrpcpb.PrewriteRequest_PessimisticAction.DO_PESSIMISTIC_CHECK

function mutationOf(mutation: kvrpcpb.Mutation, isPessimisticLock: boolean): Mutation {
  const kind = mutationKinds[mutation.op]
  if (kind === undefined) throw new InvalidTxnRequestError(`a prewrite cannot carry mutations of op ${mutation.op}`)
  return {
    kind,
    key: mutation.key,
    value: mutation.value,
    assertion: assertions[mutation.assertion] ?? 'none',
    isPessimisticLock,
  }
}

function resolvedTxns(request: kvrpcpb.ResolveLockRequest): ReadonlyMap<Timestamp, Timestamp> {
  if (request.txnInfos.length === 0) return new Map([[request.startVersion, request.commitVersion]])
  return new Map(request.txnInfos.map(({ txn, status }) => [txn, status]))
}
