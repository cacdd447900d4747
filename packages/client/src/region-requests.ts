import type { MaybePromise, Region } from '@stratakv/core'
import type * as errorpb from '@stratakv/proto/errorpb'
import type { Context } from '@stratakv/proto/kvrpcpb'
import type { CallScope } from './call-scope.ts'
import type { TransportCommand } from './command-transport.ts'

export interface RegionRequest {
  context: Context | undefined
}

export interface RegionResponse {
  regionError: errorpb.Error | undefined
}

/** One command of tikvpb.Tikv that is sent to a region. */
export type RegionCommand<Req extends RegionRequest, Res extends RegionResponse> = TransportCommand<Req, Res>

/** Positions in the list that was grouped, of the keys that one region holds, in the list's order. */
export interface RegionGroup {
  readonly region: Region
  readonly indexes: readonly number[]
}

/** The region is not what the caller thought (split, merged, moved on): look again where the keys are. The wait for it is over. */
export type RegionMoved = 'moved'

/**
 * Requests to regions, wherever they are by now: finds the region and its leader, sends, and deals with what says "elsewhere" or
 * "later" within the scope's budget. What is about the data (key errors, texts) is in the response and the caller's business.
 *
 * What a request's context says about reading and writing (isolation, resolved and committed locks, priority) is kept and never
 * changed in place; where to send it (region, epoch, peer, term, API version) and whether it is a retry are filled in for each try.
 * No context: the defaults.
 *
 * Requests are handed over: their `context` may be set, and what they hold is not changed until the answer has come.
 *
 * @throws BackoffExhaustedError, CallAbortedError, CallRefusedError, RegionRefusedError, ClosedError. With `isUndetermined` on a
 * ClientError: a try of this request may have been executed although no answer came.
 */
export interface RegionRequests {
  /** For a command about one key (boundary form). */
  callKey<Req extends RegionRequest, Res extends RegionResponse>(
    scope: CallScope,
    command: RegionCommand<Req, Res>,
    key: Uint8Array,
    request: Req,
  ): MaybePromise<Res>
  /**
   * For a command about many keys or a range of one region: retries what the same region can still serve. `region` is one that
   * `locate` or `groupByRegion` gave.
   */
  callRegion<Req extends RegionRequest, Res extends RegionResponse>(
    scope: CallScope,
    command: RegionCommand<Req, Res>,
    region: Region,
    request: Req,
  ): MaybePromise<Res | RegionMoved>
  /** The region of a key (boundary form), as far as known. */
  locate(scope: CallScope, key: Uint8Array): MaybePromise<Region>
  /** The region of the last keys before `end` (boundary form); an empty `end` is the end of the key space. For walking backwards. */
  locateBefore(scope: CallScope, end: Uint8Array): MaybePromise<Region>
  /** Groups in order of first occurrence. */
  groupByRegion(scope: CallScope, keys: readonly Uint8Array[]): MaybePromise<readonly RegionGroup[]>
}
