import type { Clock, Instant, MaybePromise, PlacementDriver, Timestamp } from '@stratakv/core'
import { SnapshotTooOldError } from './errors.ts'

/** How old the known safe point may be, as in client-go. Garbage is collected later than that after the safe point moved. */
export const safePointAgeMsMax = 10_000

export interface SafePointCacheDeps {
  readonly placementDriver: PlacementDriver
  readonly clock: Clock
}

/**
 * Stores do not check read timestamps against the safe point, clients do. One look at the placement driver serves all reads for ten
 * seconds; garbage collectors leave at least that between moving the safe point and dropping versions.
 */
export class SafePointCache {
  readonly #deps: SafePointCacheDeps
  #safePoint: Timestamp = 0n
  #freshUntil: Instant = Number.NEGATIVE_INFINITY
  #refreshing: Promise<void> | undefined

  constructor(deps: SafePointCacheDeps) {
    this.#deps = deps
  }

  /** Call it after the read: then what it read was still complete. @throws SnapshotTooOldError, and what the placement driver throws */
  check(readTs: Timestamp): MaybePromise<void> {
    if (this.#deps.clock.now() < this.#freshUntil) return this.#judge(readTs)
    // Many reads meet the stale value in the same turn; one question serves them.
    this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = undefined
    })
    return this.#refreshing.then(() => this.#judge(readTs))
  }

  async #refresh(): Promise<void> {
    const { placementDriver, clock } = this.#deps
    const askedAt = clock.now()
    // 0 moves nothing. The first is for clients and moves before the second, on which stores act; older collectors move the second alone.
    const told = await Promise.all([placementDriver.advanceTxnSafePoint(0n), placementDriver.gcSafePoint()])
    for (const safePoint of told) if (safePoint > this.#safePoint) this.#safePoint = safePoint
    this.#freshUntil = askedAt + safePointAgeMsMax
  }

  #judge(readTs: Timestamp): void {
    if (readTs < this.#safePoint) throw new SnapshotTooOldError(readTs, this.#safePoint)
  }
}
