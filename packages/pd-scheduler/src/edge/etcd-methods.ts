import {
  assert,
  type MaybePromise,
  type MethodBinding,
  type MethodDefinition,
  RpcStatusError,
  rpcStatus,
  unary,
} from '@stratakv/core'
import { etcdClusterMethods, etcdKvMethods } from '@stratakv/proto'
import {
  type Compare,
  Compare_CompareResult,
  DeleteRangeResponse,
  Member,
  type PutRequest,
  PutResponse,
  type RangeRequest,
  RangeRequest_SortOrder,
  RangeRequest_SortTarget,
  RangeResponse,
  type RequestOp,
  type ResponseHeader,
  type ResponseOp,
} from '@stratakv/proto/etcdserverpb'
import { KeyValue } from '@stratakv/proto/mvccpb'
import { InvalidEtcdRequestError, PdLimitError } from '../errors.ts'
import type { EtcdAnswer, EtcdComparison, EtcdKeyValue, EtcdOperation, EtcdRangeAnswer } from '../etcd-kv.ts'
import type { EmbeddedPlacementDriver } from '../placement-driver.ts'
import { toStatusError } from './pd-call.ts'

/**
 * The slice of etcd that TiKV clients touch on a placement driver's address: the member list at start, and a few keys.
 * What is outside of it (leases, watches, old revisions) is refused by name rather than answered wrongly.
 */
export function etcdBindings(pd: EmbeddedPlacementDriver): MethodBinding[] {
  return [
    bindEtcd(etcdClusterMethods.memberList, () => ({
      header: header(pd, pd.etcd.revision),
      members: [Member.create({ id: pd.memberId, name: pd.name, clientURLs: [...pd.clientUrls] })],
    })),
    bindEtcd(etcdKvMethods.range, (request) => {
      const { range, limitCount } = rangeOperation(request)
      return rangeMessage(pd.etcd.range(range, limitCount), request, header(pd, pd.etcd.revision))
    }),
    bindEtcd(etcdKvMethods.put, async (request) => {
      const outcome = await pd.etcd.transact({ comparisons: [], success: [putOperation(request)], failure: [] })
      return putMessage(outcome.answers[0]!, request.prevKv, header(pd, outcome.revision))
    }),
    bindEtcd(etcdKvMethods.deleteRange, async (request) => {
      const operation: EtcdOperation = { kind: 'delete', range: { key: request.key, rangeEnd: request.rangeEnd } }
      const outcome = await pd.etcd.transact({ comparisons: [], success: [operation], failure: [] })
      return deleteMessage(outcome.answers[0]!, request.prevKv, header(pd, outcome.revision))
    }),
    bindEtcd(etcdKvMethods.txn, async (request) => {
      const outcome = await pd.etcd.transact({
        comparisons: request.compare.map(comparison),
        success: request.success.map(operation),
        failure: request.failure.map(operation),
      })
      const asked = outcome.succeeded ? request.success : request.failure
      return {
        header: header(pd, outcome.revision),
        succeeded: outcome.succeeded,
        responses: outcome.answers.map((answer, index) =>
          responseOp(answer, asked[index]!, header(pd, outcome.revision)),
        ),
      }
    }),
  ]
}

function bindEtcd<Req, Res>(
  method: MethodDefinition<Req, Res>,
  handle: (request: Req) => MaybePromise<Res>,
): MethodBinding {
  return unary(method, async (request) => {
    try {
      return await handle(request)
    } catch (error) {
      if (error instanceof InvalidEtcdRequestError || error instanceof PdLimitError) {
        throw new RpcStatusError(rpcStatus.invalidArgument, error.message, { cause: error })
      }
      throw toStatusError(error)
    }
  })
}

/** One member, one term: there is no election. */
function header(pd: EmbeddedPlacementDriver, revision: number): ResponseHeader {
  return { clusterId: pd.id, memberId: pd.memberId, revision, raftTerm: 1 }
}

function rangeOperation(request: RangeRequest): Extract<EtcdOperation, { kind: 'range' }> {
  refuse(request.revision > 0, 'reading an old revision')
  refuse(request.minModRevision + request.maxModRevision > 0, 'filtering by mod revision')
  refuse(request.minCreateRevision + request.maxCreateRevision > 0, 'filtering by create revision')
  const sorted = request.sortOrder !== RangeRequest_SortOrder.NONE
  refuse(sorted && request.sortTarget !== RangeRequest_SortTarget.KEY, 'sorting by other than the key')
  // The largest keys come last, so the limit has to be applied after turning the order round.
  const limitCount = request.sortOrder === RangeRequest_SortOrder.DESCEND ? 0 : request.limit
  return { kind: 'range', range: { key: request.key, rangeEnd: request.rangeEnd }, limitCount }
}

function putOperation(request: PutRequest): EtcdOperation {
  refuse(request.lease !== 0n, 'leases')
  refuse(request.ignoreValue || request.ignoreLease, 'putting without a value or lease')
  return { kind: 'put', key: request.key, value: request.value }
}

function operation({ request }: RequestOp): EtcdOperation {
  switch (request?.case) {
    case 'requestRange':
      return rangeOperation(request.value)
    case 'requestPut':
      return putOperation(request.value)
    case 'requestDeleteRange':
      return { kind: 'delete', range: { key: request.value.key, rangeEnd: request.value.rangeEnd } }
    case 'requestTxn':
      throw new InvalidEtcdRequestError('transactions inside transactions are not supported')
    case undefined:
      throw new InvalidEtcdRequestError('an operation is empty')
  }
}

const results: Record<number, EtcdComparison['result']> = {
  [Compare_CompareResult.EQUAL]: 'equal',
  [Compare_CompareResult.GREATER]: 'greater',
  [Compare_CompareResult.LESS]: 'less',
  [Compare_CompareResult.NOT_EQUAL]: 'not-equal',
}

function comparison(compare: Compare): EtcdComparison {
  refuse(compare.rangeEnd.length > 0, 'comparing a range')
  const result = results[compare.result]
  if (result === undefined) throw new InvalidEtcdRequestError(`unknown comparison ${compare.result}`)
  const target = compare.targetUnion
  switch (target?.case) {
    case 'version':
    case 'createRevision':
    case 'modRevision':
      return { key: compare.key, result, target: { field: target.case, value: target.value } }
    case 'value':
      return { key: compare.key, result, target: { field: 'value', value: target.value } }
    case 'lease':
      throw new InvalidEtcdRequestError('leases are not supported')
    case undefined:
      throw new InvalidEtcdRequestError('a comparison has no target')
  }
}

function responseOp(answer: EtcdAnswer, { request }: RequestOp, answerHeader: ResponseHeader): ResponseOp {
  switch (request?.case) {
    case 'requestRange':
      assert(answer.kind === 'range', 'a range is answered by a range')
      return { response: { case: 'responseRange', value: rangeMessage(answer, request.value, answerHeader) } }
    case 'requestPut':
      return { response: { case: 'responsePut', value: putMessage(answer, request.value.prevKv, answerHeader) } }
    default: {
      const withPrevious = request?.case === 'requestDeleteRange' && request.value.prevKv
      return { response: { case: 'responseDeleteRange', value: deleteMessage(answer, withPrevious, answerHeader) } }
    }
  }
}

function rangeMessage(answer: EtcdRangeAnswer, request: RangeRequest, answerHeader: ResponseHeader): RangeResponse {
  let { entries } = answer
  const { count } = answer
  if (request.sortOrder === RangeRequest_SortOrder.DESCEND) entries = [...entries].reverse()
  if (request.limit > 0) entries = entries.slice(0, request.limit)
  const kvs = request.countOnly ? [] : entries.map((entry) => keyValueMessage(entry, request.keysOnly))
  return RangeResponse.create({ header: answerHeader, kvs, count, more: !request.countOnly && entries.length < count })
}

function putMessage(answer: EtcdAnswer, withPrevious: boolean, answerHeader: ResponseHeader): PutResponse {
  const previous = answer.kind === 'put' && withPrevious ? answer.previous : undefined
  return PutResponse.create({ header: answerHeader, prevKv: previous && keyValueMessage(previous, false) })
}

function deleteMessage(answer: EtcdAnswer, withPrevious: boolean, answerHeader: ResponseHeader): DeleteRangeResponse {
  const previous = answer.kind === 'delete' ? answer.previous : []
  return DeleteRangeResponse.create({
    header: answerHeader,
    deleted: previous.length,
    prevKvs: withPrevious ? previous.map((entry) => keyValueMessage(entry, false)) : [],
  })
}

function keyValueMessage(entry: EtcdKeyValue, keyOnly: boolean): KeyValue {
  return KeyValue.create({
    key: entry.key,
    createRevision: entry.createRevision,
    modRevision: entry.modRevision,
    version: entry.version,
    ...(keyOnly ? {} : { value: entry.value }),
  })
}

function refuse(asked: boolean, what: string): void {
  if (asked) throw new InvalidEtcdRequestError(`not supported: ${what}`)
}
