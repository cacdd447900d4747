import { ClosedError, type PlacementDriver, type StoreId } from '@stratakv/core'
import { type CallScope, untilAborted } from './call-scope.ts'
import { CallAbortedError, RouteUnknownError } from './errors.ts'

/** A store as far as the client knows it. Shared by all regions that have a peer on it. */
export interface StoreEntry {
  readonly id: StoreId
  /** `host:port`; absent until asked for, and again after `doubt`. */
  address: string | undefined
}

/** Addresses of stores. As many entries as the cluster has ever had stores in this client's life. */
export class StoreCache {
  readonly #placementDriver: PlacementDriver
  readonly #entries = new Map<StoreId, StoreEntry>()
  readonly #loads = new Map<StoreId, Promise<string | undefined>>()

  constructor(placementDriver: PlacementDriver) {
    this.#placementDriver = placementDriver
  }

  entry(id: StoreId): StoreEntry {
    let entry = this.#entries.get(id)
    if (entry === undefined) {
      entry = { id, address: undefined }
      this.#entries.set(id, entry)
    }
    return entry
  }

  /** The store may have moved: its address is asked for before the next use. */
  doubt(entry: StoreEntry): void {
    entry.address = undefined
  }

  /**
   * Asks the placement driver; callers at the same time share one question. `undefined`: there is no such store (any more).
   * @throws BackoffExhaustedError, CallAbortedError
   */
  async load(scope: CallScope, entry: StoreEntry): Promise<string | undefined> {
    for (;;) {
      scope.check()
      try {
        return await untilAborted(scope.signal, this.#ask(entry))
      } catch (error) {
        if (error instanceof ClosedError || error instanceof CallAbortedError) throw error
        await scope.backoff('pd-rpc', new RouteUnknownError(`address of store ${entry.id}`, { cause: error }))
      }
    }
  }

  #ask(entry: StoreEntry): Promise<string | undefined> {
    const running = this.#loads.get(entry.id)
    if (running !== undefined) return running
    const load = this.#placementDriver
      .store(entry.id)
      .then((store) => {
        entry.address = store === undefined || store.state === 'tombstone' ? undefined : store.address
        return entry.address
      })
      .finally(() => this.#loads.delete(entry.id))
    this.#loads.set(entry.id, load)
    return load
  }
}
