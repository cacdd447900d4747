import type { RegionId } from '@stratakv/core'
import type { PeerMessage } from './peer-message.ts'

/** Of other regions than these, the leaders are elected a timeout later. */
const countMax = 20

/**
 * What candidates of new regions ask before this store has come to the split that makes them: the store that leads the region that was split
 * is there first. Without it the new region would be without a leader for an election timeout. (TiKV components/raftstore/src/store/fsm/store.rs, pending_msgs.)
 */
export class EarlyVotes {
  /** Oldest first. */
  readonly #asked = new Map<RegionId, PeerMessage>()

  /** Keeps the last that is asked for a region; what is no such question is passed over. */
  keep(message: PeerMessage): void {
    const { type } = message.message
    if (type !== 'vote' && type !== 'pre-vote') return
    this.#asked.delete(message.regionId)
    this.#asked.set(message.regionId, message)
    if (this.#asked.size > countMax) this.#asked.delete(this.#asked.keys().next().value!)
  }

  /** What was asked of the region that is here now. */
  take(regionId: RegionId): PeerMessage | undefined {
    const message = this.#asked.get(regionId)
    this.#asked.delete(regionId)
    return message
  }
}
