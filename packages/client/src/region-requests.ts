import type { MaybePromise, MethodDefinition, Region } from '@stratakv/core'
import type * as errorpb from '@stratakv/proto/errorpb'
import type { Context } from '@stratakv/proto/kvrpcpb'
import type { BatchCommandsRequest_Request_Cmd } from '@stratakv/proto/tikvpb'
import type { CallScope } from './call-scope.ts'

export interface RegionRequest {
  context: Context | undefined
}

export interface RegionResponse {
  regionError: errorpb.Error | undefined
}

/** One command of tikvpb.Tikv that is sent to a region. */
export interface RegionCommand<Req extends RegionRequest, Res extends RegionResponse> {
  readonly method: MethodDefinition<Req, Res>
  /** Its name in BatchCommands; absent: it travels as a call of its own. */
  readonly batchName?: BatchCommandsRequest_Request_Cmd['case']
  /** How long one try may take. */
  readonly timeoutMs: number
}

/** Positions in the list that was grouped, of the keys that one region holds, in the list's order. */
export interface RegionGroup {
  readonly region: Region
  readonly indexes: readonly number[]
}

/** The region is not what the caller thought (split, merged, moved on): look again where the keys are. */
export type RegionMoved = 'moved'

/**
 * Requests to regions, wherever they are by now: finds the region and its leader, sends, and deals with what says "elsewhere" or
 * "later" within the scope's budget. What is about the data (key errors, texts) is in the response and the caller's business.
 *
 * What a request's context says about reading and writing (isolation, resolved and committed locks, priority) is kept and never
 * changed in place; where to send it (region, epoch, peer, term, API version) and whether it is a retry are filled in for each try.
 * No context: the defaults.
 *
 * @throws BackoffExhaustedError, CallAbortedError, and RpcStatusError for what no retry cures. With `isUndetermined` on the error:
 * a try of it may have been executed although no answer came.
 */
export interface RegionRequests {
  /** For a command about one key (boundary form). */
  callKey<Req extends RegionRequest, Res extends RegionResponse>(
    scope: CallScope,
    command: RegionCommand<Req, Res>,
    key: Uint8Array,
    request: Req,
  ): MaybePromise<Res>
  /** For a command about many keys or a range of one region: retries what the same region can still serve. */
  callRegion<Req extends RegionRequest, Res extends RegionResponse>(
    scope: CallScope,
    command: RegionCommand<Req, Res>,
    region: Region,
    request: Req,
  ): MaybePromise<Res | RegionMoved>
  /** The region of a key (boundary form), as far as known. */
  locate(scope: CallScope, key: Uint8Array): MaybePromise<Region>
  /** Groups in order of first occurrence. */
  groupByRegion(scope: CallScope, keys: readonly Uint8Array[]): MaybePromise<readonly RegionGroup[]>
}
