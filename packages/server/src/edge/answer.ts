import { ClosedError, isPromise, type MaybePromise, RegionError, RpcStatusError } from '@stratakv/core'
import * as errorpb from '@stratakv/proto/errorpb'
import { regionErrorToMessage } from './region-error-message.ts'

/** How one command answers when it fails. */
export interface Failures<Res> {
  region(error: errorpb.Error): Res
  /** Anything else that storage threw. */
  command(error: unknown): Res
}

/** Runs a command and turns what it throws into its answer; the gRPC call itself fails only for what is not about data. */
export function answer<Res>(failures: Failures<Res>, run: () => MaybePromise<Res>): MaybePromise<Res> {
  const onError = (error: unknown): Res => {
    if (error instanceof RegionError) return failures.region(regionErrorToMessage(error))
    // The node is going: client-go matches this text and asks again elsewhere, or later.
    if (error instanceof ClosedError) return failures.region(errorpb.Error.create({ message: 'TiKV is Closing' }))
    if (error instanceof RpcStatusError) throw error
    return failures.command(error)
  }
  try {
    const result = run()
    return isPromise(result) ? result.catch(onError) : result
  } catch (error) {
    return onError(error)
  }
}
