import {
  AssertionError,
  ClosedError,
  isPromise,
  type MaybePromise,
  type MethodBinding,
  type MethodDefinition,
  type RpcCall,
  RpcStatusError,
  rpcStatus,
  StrataError,
  unary,
} from '@stratakv/core'
import type { MessageDefinition } from '@stratakv/proto'
import { ErrorType, type RequestHeader, type ResponseHeader } from '@stratakv/proto/pdpb'
import { NotBootstrappedError, PdBusyError, StoreTombstoneError } from '../errors.ts'
import type { EmbeddedPlacementDriver } from '../placement-driver.ts'

/** How much is checked before a method runs, each level with all before it (TiKV 6.1's PD, server/grpc_service.go). */
export type CallRule =
  /** Members are asked for by those who do not know the cluster yet. */
  'open' | 'same-cluster' | 'bootstrapped'

/** A failure that travels in the header of a reply whose status is OK. */
export class HeaderError extends StrataError {
  readonly code = 'PD_HEADER_ERROR'
  readonly type: ErrorType
  constructor(type: ErrorType, message: string, options?: ErrorOptions) {
    super(message, options)
    this.type = type
  }
}

interface WithRequestHeader {
  header: Pick<RequestHeader, 'clusterId'> | undefined
}

interface WithResponseHeader {
  header: ResponseHeader | undefined
}

/** Binds a unary method of PD: the checks of `rule` come first, every reply has a header, errors go where clients look for them. */
export function bindCall<Req extends WithRequestHeader, Res extends WithResponseHeader>(
  pd: EmbeddedPlacementDriver,
  method: MethodDefinition<Req, Res>,
  reply: MessageDefinition<Res>,
  rule: CallRule,
  handle: (request: Req) => MaybePromise<Omit<Partial<Res>, 'header'>>,
): MethodBinding {
  const succeed = (fields: Omit<Partial<Res>, 'header'>): Res => {
    const message = reply.create(fields as Partial<Res>)
    message.header = responseHeader(pd)
    return message
  }
  const fail = (error: unknown): Res => {
    const message = reply.create()
    message.header = responseHeader(pd, toHeaderError(error))
    return message
  }
  return unary(method, (request, call) => {
    try {
      checkForwarding(pd, call)
      if (rule !== 'open') checkClusterId(pd, request.header)
      if (rule === 'bootstrapped') pd.checkBootstrapped()
      const answer = handle(request)
      return isPromise(answer) ? answer.then(succeed).catch(fail) : succeed(answer)
    } catch (error) {
      return fail(error)
    }
  })
}

export function responseHeader(pd: EmbeddedPlacementDriver, error?: HeaderError): ResponseHeader {
  return { clusterId: pd.id, error: error && { type: error.type, message: error.message } }
}

/** There is no other member to forward to. @throws RpcStatusError in the words that make a client look for the leader again */
export function checkForwarding(pd: EmbeddedPlacementDriver, call: RpcCall): void {
  const host = call.metadata('pd-forwarded-host')
  if (host === undefined || host === '') return
  const wanted = withoutScheme(host)
  if (pd.clientUrls.some((url) => withoutScheme(url) === wanted)) return
  throw new RpcStatusError(rpcStatus.unavailable, `not leader: ${host} is not a member of this cluster`)
}

/** @throws RpcStatusError */
export function checkClusterId(pd: EmbeddedPlacementDriver, header: WithRequestHeader['header']): void {
  const asked = header?.clusterId ?? 0n
  if (asked === pd.id) return
  throw new RpcStatusError(rpcStatus.failedPrecondition, `mismatch cluster id, need ${pd.id} but got ${asked}`)
}

/** The header form of an error that has one. @throws RpcStatusError for every other that was to be expected; a bug stays as it is, for whoever reports those */
export function toHeaderError(error: unknown): HeaderError {
  if (error instanceof HeaderError) return error
  if (error instanceof NotBootstrappedError) return new HeaderError(ErrorType.NOT_BOOTSTRAPPED, error.message)
  if (error instanceof StoreTombstoneError) return new HeaderError(ErrorType.STORE_TOMBSTONE, error.message)
  throw isBug(error) ? error : toStatusError(error)
}

function isBug(error: unknown): boolean {
  return !(error instanceof StrataError) || error instanceof AssertionError
}

export function toStatusError(error: unknown): RpcStatusError {
  if (error instanceof RpcStatusError) return error
  const cause = { cause: error }
  // Clients take these words for "look for another leader", which is right while this one goes down.
  if (error instanceof ClosedError) return new RpcStatusError(rpcStatus.unavailable, 'not leader', cause)
  if (error instanceof PdBusyError) return new RpcStatusError(rpcStatus.resourceExhausted, error.message, cause)
  const status = isBug(error) ? rpcStatus.internal : rpcStatus.unknown
  return new RpcStatusError(status, error instanceof Error ? error.message : String(error), cause)
}

function withoutScheme(url: string): string {
  return url.replace(/^https?:\/\//, '').replace(/\/$/, '')
}
