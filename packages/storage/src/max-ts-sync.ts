import { type Clock, ClosedError, type PlacementDriver, type RegionId, type Timer } from '@stratakv/core'
import type { ConcurrencyManager } from './concurrency-manager.ts'

export interface MaxTsSyncDeps {
  readonly clock: Clock
  readonly placementDriver: Pick<PlacementDriver, 'timestamps'>
  readonly concurrency: ConcurrencyManager
}

/** Between two tries: a placement driver that elects a new leader needs about as long. */
const retryMs = 500

/**
 * Makes max_ts true for the regions that this store has begun to lead. Reads that another store served, or this one
 * before it was restarted, were at timestamps given out before; so a timestamp asked for now is above all of them
 * (TiKV `worker/pd.rs`, UpdateMaxTimestamp). Until it is there, the regions do not count as synced.
 */
export class MaxTsSync {
  readonly #deps: MaxTsSyncDeps
  /** Not synced yet, each with the mark of the `begin` that asked. */
  readonly #pending = new Map<RegionId, symbol>()
  #timer: Timer | undefined
  #isClosed = false

  constructor(deps: MaxTsSyncDeps) {
    this.#deps = deps
  }

  /** Resolves after the first try, whatever came of it; further ones follow until one succeeds. */
  async begin(regionIds: readonly RegionId[]): Promise<void> {
    if (this.#isClosed) throw new ClosedError('storage')
    for (const id of regionIds) this.#pending.set(id, Symbol())
    await this.#sync()
  }

  /** Of regions that are led elsewhere from now on. */
  end(regionIds: readonly RegionId[]): void {
    for (const id of regionIds) {
      this.#pending.delete(id)
      this.#deps.concurrency.setMaxTsSynced(id, false)
    }
  }

  close(): void {
    this.#isClosed = true
    this.#pending.clear()
    this.#timer?.cancel()
  }

  async #sync(): Promise<void> {
    const asked = [...this.#pending]
    if (asked.length === 0) return
    const { placementDriver, concurrency, clock } = this.#deps
    try {
      concurrency.updateMaxTs(await placementDriver.timestamps(1))
    } catch {
      // The placement driver's trouble is reported by those who need more of it than this.
      if (this.#pending.size === 0) return
      this.#timer?.cancel()
      this.#timer = clock.after(retryMs, () => void this.#sync())
      return
    }
    for (const [id, mark] of asked) {
      // Leadership may have been lost, and even won again, while the timestamp was on its way: then it is too old.
      if (this.#pending.get(id) !== mark) continue
      this.#pending.delete(id)
      concurrency.setMaxTsSynced(id, true)
    }
  }
}
