import { ClosedError, type PlacementDriver, type Timestamp } from '@stratakv/core'
import { type CallScope, untilAborted } from '../call-scope.ts'
import { CallAbortedError } from '../errors.ts'
import { TimestampUnavailableError } from './errors.ts'

/**
 * A timestamp greater than every one given out before. A placement driver that does not give one is asked again within the
 * scope's budget. @throws BackoffExhaustedError, CallAbortedError, ClosedError
 */
export async function freshTimestamp(
  deps: { readonly placementDriver: PlacementDriver },
  scope: CallScope,
): Promise<Timestamp> {
  for (;;) {
    scope.check()
    try {
      return await untilAborted(scope.signal, deps.placementDriver.timestamps(1))
    } catch (error) {
      if (error instanceof ClosedError || error instanceof CallAbortedError) throw error
      await scope.backoff('pd-rpc', new TimestampUnavailableError(error))
    }
  }
}
