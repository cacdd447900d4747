import { type ClusterId, type KvContext, RpcStatusError, rpcStatus } from '@stratakv/core'
import type { IsolationLevel } from '@stratakv/mvcc'
import * as kvrpcpb from '@stratakv/proto/kvrpcpb'
import type { ReadContext, RequestContext } from '@stratakv/storage'

const isolationOf: Record<number, IsolationLevel> = {
  [kvrpcpb.IsolationLevel.SI]: 'si',
  [kvrpcpb.IsolationLevel.RC]: 'rc',
  [kvrpcpb.IsolationLevel.RCCheckTS]: 'rc-check-ts',
}

/** A request without a context names region 0, which does not exist: the client is told so. */
const emptyContext = kvrpcpb.Context.create()

function kvContext(context: kvrpcpb.Context): KvContext {
  const { regionEpoch, peer } = context
  return {
    regionId: context.regionId,
    // An absent epoch is version 0, which no region has: the client is told the current one.
    epoch: { confVer: regionEpoch?.confVer ?? 0, version: regionEpoch?.version ?? 0 },
    peer: { id: peer?.id ?? 0, storeId: peer?.storeId ?? 0 },
    term: context.term,
  }
}

/** What storage is told of a write or raw request. */
export function requestContext(context: kvrpcpb.Context = emptyContext): RequestContext {
  return {
    kv: kvContext(context),
    apiVersion: context.apiVersion,
    maxExecutionDurationMs: context.maxExecutionDurationMs,
  }
}

/** What storage is told of a transactional read. */
export function readContext(context: kvrpcpb.Context = emptyContext): ReadContext {
  return {
    ...requestContext(context),
    isolation: isolationOf[context.isolationLevel] ?? 'si',
    resolvedLocks: context.resolvedLocks,
    committedLocks: context.committedLocks,
  }
}

/**
 * Newer clients name the cluster they mean. TiKV 6.1 has no such field; a later TiKV ends the call with this status.
 *
 * @throws RpcStatusError
 */
export function checkClusterId(context: kvrpcpb.Context | undefined, clusterId: ClusterId): void {
  const named = context?.clusterId ?? 0n
  if (named !== 0n && named !== clusterId) {
    throw new RpcStatusError(
      rpcStatus.invalidArgument,
      `the cluster id of the request does not match the TiKV cluster id: request ${named}, this cluster ${clusterId}`,
    )
  }
}
