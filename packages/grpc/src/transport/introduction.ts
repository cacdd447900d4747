import {
  type MessageCodec,
  type MethodDefinition,
  type RpcCall,
  RpcStatusError,
  rpcStatus,
  type StoreId,
} from '@stratakv/core'

/**
 * Who speaks, and with whom they mean to. Stores tell each other before the first message: a store of TiKV knows neither the method nor the
 * headers, and is not fed what it would misunderstand.
 */
export interface Introduction {
  readonly clusterId: bigint
  readonly from: StoreId
  readonly to: StoreId
}

const textCodec: MessageCodec<Introduction> = {
  encode: ({ clusterId, from, to }) => new TextEncoder().encode(`${clusterId} ${from} ${to}`),
  decode(bytes) {
    const parsed = /^(\d{1,20}) (\d{1,16}) (\d{1,16})$/.exec(new TextDecoder().decode(bytes))
    if (parsed === null) throw new RpcStatusError(rpcStatus.internal, 'malformed introduction of a store')
    return { clusterId: BigInt(parsed[1]!), from: Number(parsed[2]), to: Number(parsed[3]) }
  },
}

/** Ours alone. The answer is the receiver's own introduction. */
export const introduceMethod: MethodDefinition<Introduction, Introduction> = {
  path: '/stratakv.Stores/Introduce',
  kind: 'unary',
  request: textCodec,
  response: textCodec,
}

const clusterHeader = 'stratakv-cluster-id'
const fromHeader = 'stratakv-from-store'
const toHeader = 'stratakv-to-store'

/** The headers of a stream of messages. */
export function introductionHeaders({ clusterId, from, to }: Introduction): Readonly<Record<string, string>> {
  return { [clusterHeader]: String(clusterId), [fromHeader]: String(from), [toHeader]: String(to) }
}

/** Of a stream that comes in. @throws RpcStatusError FAILED_PRECONDITION when there is none: it is not from a store of ours */
export function introductionOf(call: RpcCall): Introduction {
  const [clusterId, from, to] = [clusterHeader, fromHeader, toHeader].map((name) => call.metadata(name) ?? '')
  if (![clusterId, from, to].every((text) => /^\d{1,20}$/.test(text!))) {
    throw new RpcStatusError(
      rpcStatus.failedPrecondition,
      'this is a StrataKV store, and takes Raft messages from StrataKV stores only: its snapshots and its log are not those of TiKV',
    )
  }
  return { clusterId: BigInt(clusterId!), from: Number(from), to: Number(to) }
}

/** @throws RpcStatusError FAILED_PRECONDITION for what must not go on */
export function checkIntroduction(
  own: { readonly clusterId: bigint; readonly storeId: StoreId },
  got: Introduction,
): void {
  const refuse = (why: string): never => {
    throw new RpcStatusError(rpcStatus.failedPrecondition, why)
  }
  if (got.clusterId !== own.clusterId) {
    refuse(
      `cluster ID mismatch: this store is of cluster ${own.clusterId}, store ${got.from} is of cluster ${got.clusterId}`,
    )
  }
  if (got.to !== own.storeId) refuse(`this is store ${own.storeId}, and not store ${got.to}: its address has changed`)
  if (got.from === own.storeId)
    refuse(`two stores call themselves ${own.storeId}: one of them runs on a copy of the other's data`)
}
