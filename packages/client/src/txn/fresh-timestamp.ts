import { type PlacementDriver, RpcStatusError, type Timestamp } from '@stratakv/core'
import { type CallScope, untilAborted } from '../call-scope.ts'

/**
 * A timestamp greater than every one given out before. A placement driver that cannot be reached is asked again within the
 * scope's budget; what else it throws passes.
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
      if (!(error instanceof RpcStatusError)) throw error
      await scope.backoff('pd-rpc', error)
    }
  }
}
