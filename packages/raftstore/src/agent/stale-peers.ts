import type { Clock, Instant, PlacementDriver, RegionId, Timer } from '@stratakv/core'
import type { RaftStore } from '../store/raft-store.ts'

export interface StalePeersDeps {
  readonly store: RaftStore
  readonly placementDriver: Pick<PlacementDriver, 'regionById'>
  readonly clock: Clock
  readonly onError: (error: Error, regionId: RegionId) => void
}

export interface StalePeersOptions {
  /** `raftstore.peer-stale-state-check-interval`. */
  readonly checkMs: number
  /** `raftstore.max-leader-missing-duration`: without a leader for so long, a peer asks whether it is still one. */
  readonly leaderMissingMsMax: number
}

/**
 * Looks for peers that have missed that they were removed: those who could tell them may be gone too. A peer that has had no leader for
 * long is taken from the store when the placement driver knows its region without it, by a newer epoch than its own. Of a region that the
 * placement driver does not know, the other members are asked: where it was merged, that is remembered.
 */
export class StalePeers {
  readonly #deps: StalePeersDeps
  readonly #options: StalePeersOptions
  /** Since when a region's peer was seen without a leader at every look. */
  #leaderless = new Map<RegionId, Instant>()
  #timer: Timer | undefined
  #run: Promise<void> = Promise.resolve()
  #isClosed = false

  constructor(deps: StalePeersDeps, options: StalePeersOptions) {
    this.#deps = deps
    this.#options = options
    this.#arm()
  }

  /** Nothing is asked from now on; what runs is waited for. */
  async close(): Promise<void> {
    this.#isClosed = true
    this.#timer?.cancel()
    await this.#run
  }

  #arm(): void {
    if (this.#isClosed) return
    this.#timer = this.#deps.clock.after(this.#options.checkMs, () => {
      this.#run = this.#check().then(() => this.#arm())
    })
  }

  async #check(): Promise<void> {
    const { store, clock, onError } = this.#deps
    const now = clock.now()
    const leaderless = [...store.regions.values()].filter((peer) => !peer.hearsLeader(this.#options.checkMs))
    this.#leaderless = new Map(leaderless.map(({ regionId }) => [regionId, this.#leaderless.get(regionId) ?? now]))
    for (const [regionId, since] of this.#leaderless) {
      if (now - since < this.#options.leaderMissingMsMax) continue
      try {
        await this.#ask(regionId)
      } catch (error) {
        if (!this.#isClosed) onError(error as Error, regionId)
      }
    }
  }

  async #ask(regionId: RegionId): Promise<void> {
    const { store, placementDriver } = this.#deps
    const route = await placementDriver.regionById(regionId)
    if (this.#isClosed) return
    if (route !== undefined) store.removeIfStale(route.region)
    // It may be new, or merged: that is not the placement driver's to say.
    else store.regions.get(regionId)?.askMembers()
  }
}
