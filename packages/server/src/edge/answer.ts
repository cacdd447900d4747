import {
  AssertionError,
  ClosedError,
  EngineCorruptionError,
  EnginePoisonedError,
  FileIoError,
  isPromise,
  type MaybePromise,
  NoSpaceError,
  RegionError,
  RpcStatusError,
  rpcStatus,
  StrataError,
} from '@stratakv/core'
import { DefaultNotFoundError, MvccCorruptionError } from '@stratakv/mvcc'
import * as errorpb from '@stratakv/proto/errorpb'
import { regionErrorToMessage } from './region-error-message.ts'

/** How one command answers when it fails. */
export interface Failures<Res> {
  region(error: errorpb.Error): Res
  /** Anything else that storage threw. */
  command(error: unknown): Res
}

/** Failures of a response with an error text beside the region error; `empty` makes it without either. */
export function textFailures<Res extends { regionError: errorpb.Error | undefined; error: string }>(
  empty: () => Res,
): Failures<Res> {
  return {
    region: (regionError) => ({ ...empty(), regionError }),
    command: (error) => ({ ...empty(), error: error instanceof Error ? error.message : String(error) }),
  }
}

/** Runs a command and turns what it throws into its answer; the gRPC call itself fails only for what is not about data. */
export type Answer = <Res>(failures: Failures<Res>, run: () => MaybePromise<Res>) => MaybePromise<Res>

/** Told about failures that an operator must hear of, although the client has got its answer. */
export type ReportIncident = (error: unknown) => void

export function answering(report: ReportIncident): Answer {
  return <Res>(failures: Failures<Res>, run: () => MaybePromise<Res>) => {
    const onError = (error: unknown): Res => {
      if (error instanceof RegionError) return failures.region(regionErrorToMessage(error))
      // The node is going: client-go matches this text and asks again elsewhere, or later.
      if (error instanceof ClosedError) return failures.region(errorpb.Error.create({ message: 'TiKV is Closing' }))
      if (error instanceof RpcStatusError) throw error
      if (isIncident(error)) report(error)
      // Whether a write that failed half-way is there after a restart, nobody knows: an answer of any kind would be read as
      // "it is not". A call without an answer is what clients take as an undetermined outcome.
      if (error instanceof FileIoError) throw new RpcStatusError(rpcStatus.unknown, error.message, { cause: error })
      return failures.command(error)
    }
    try {
      const result = run()
      return isPromise(result) ? result.catch(onError) : result
    } catch (error) {
      return onError(error)
    }
  }
}

const incidents = [
  AssertionError,
  DefaultNotFoundError,
  EngineCorruptionError,
  EnginePoisonedError,
  FileIoError,
  MvccCorruptionError,
  NoSpaceError,
] as const

/** The disk, the data or we are at fault: no request, however odd, may cause one of these. */
function isIncident(error: unknown): boolean {
  return !(error instanceof StrataError) || incidents.some((kind) => error instanceof kind)
}
