import type { Clock, KvEngine, LogIndex, RaftLogEngine, RegionId, Timer } from '@stratakv/core'

export interface LogCompactorDeps {
  readonly engine: KvEngine
  readonly logEngine: RaftLogEngine
  readonly clock: Clock
  readonly onFailed: (error: Error) => void
}

/**
 * Drops entries from the log engine that no replica's log has any more. What they did is in the engine, and not synced: so the engine's
 * own log is made durable first, for all regions at once, every now and then.
 */
export class LogCompactor {
  readonly #deps: LogCompactorDeps
  readonly #intervalMs: number
  /** The first index to keep. */
  readonly #due = new Map<RegionId, LogIndex>()
  #timer: Timer | undefined
  #isRunning = false
  #run: Promise<void> = Promise.resolve()
  #isClosed = false

  constructor(deps: LogCompactorDeps, { intervalMs }: { readonly intervalMs: number }) {
    this.#deps = deps
    this.#intervalMs = intervalMs
  }

  /** Entries of the region up to and with `index` were dropped by an entry that is applied. */
  add(regionId: RegionId, index: LogIndex): void {
    if (this.#isClosed) return
    this.#due.set(regionId, Math.max(index + 1, this.#due.get(regionId) ?? 0))
    this.#arm()
  }

  close(): void {
    this.#isClosed = true
    this.#timer?.cancel()
  }

  async drained(): Promise<void> {
    await this.#run
  }

  #arm(): void {
    if (this.#timer !== undefined || this.#isRunning || this.#isClosed) return
    this.#timer = this.#deps.clock.after(this.#intervalMs, () => {
      this.#timer = undefined
      this.#run = this.#compact()
    })
  }

  async #compact(): Promise<void> {
    const due = [...this.#due]
    this.#due.clear()
    this.#isRunning = true
    try {
      await this.#deps.engine.syncWal()
      const changes = due.map(([regionId, index]) => ({ type: 'compact', regionId, index }) as const)
      // Not synced: entries that come back are dropped again.
      await this.#deps.logEngine.write(changes, { sync: false })
    } catch (error) {
      this.#deps.onFailed(error as Error)
    } finally {
      this.#isRunning = false
    }
    if (this.#due.size > 0) this.#arm()
  }
}
