import type { Clock, DiskSpace, KvEngine, PlacementDriver, Timer } from '@stratakv/core'
import type { DiskSpaceGate, RaftKv, RaftStore } from '@stratakv/raftstore'
import type { Logger } from './log/logger.ts'

export interface HeartbeatDeps {
  readonly clock: Clock
  readonly placementDriver: PlacementDriver
  readonly store: RaftStore
  readonly kv: RaftKv
  readonly engine: KvEngine
  readonly diskSpaceGate: DiskSpaceGate
  /** Absent: nothing is known of a disk, and none is reported. */
  readonly diskSpace: (() => Promise<DiskSpace>) | undefined
  readonly logger: Logger
}

export interface HeartbeatOptions {
  readonly storeIntervalMs: number
}

/** How often free space is looked at: a fast disk fills the default reserve in less than this only at over 60 MiB/s. */
const diskIntervalMs = 1000

/** Tells the placement driver about the store, and the disk gate about free space, for as long as the node runs. A store that has failed says nothing more. */
export class Heartbeats {
  readonly #deps: HeartbeatDeps
  readonly #options: HeartbeatOptions
  readonly #timers = new Set<Timer>()
  readonly #running = new Set<Promise<void>>()
  #space: DiskSpace = { capacityBytes: 0, availableBytes: 0 }
  #reportedFlow = { bytesWritten: 0, keysWritten: 0 }
  #intervalStart: number
  #isClosed = false

  constructor(deps: HeartbeatDeps, options: HeartbeatOptions) {
    this.#deps = deps
    this.#options = options
    this.#intervalStart = this.#unixSeconds()
  }

  /** Sends the first round, and goes on by itself. */
  async start(): Promise<void> {
    await this.#lookAtDisk()
    await this.#reportStore()
    this.#repeat('disk space', diskIntervalMs, () => this.#lookAtDisk())
    this.#repeat('store heartbeat', this.#options.storeIntervalMs, () => this.#reportStore())
  }

  async close(): Promise<void> {
    this.#isClosed = true
    for (const timer of this.#timers) timer.cancel()
    await Promise.all(this.#running)
  }

  #repeat(what: string, intervalMs: number, work: () => Promise<void>): void {
    if (this.#isClosed) return
    const timer = this.#deps.clock.after(intervalMs, () => {
      this.#timers.delete(timer)
      // A failed round is told and the next one tried: the placement driver forgives a missed heartbeat.
      const round: Promise<void> = work()
        .catch((error) => this.#deps.logger.warn(`${what} failed`, { error: String(error) }))
        .then(() => {
          this.#running.delete(round)
          this.#repeat(what, intervalMs, work)
        })
      this.#running.add(round)
    })
    this.#timers.add(timer)
  }

  async #lookAtDisk(): Promise<void> {
    const { diskSpace, diskSpaceGate, logger } = this.#deps
    if (diskSpace === undefined) return
    const wasLow = diskSpaceGate.isLow
    this.#space = await diskSpace()
    diskSpaceGate.report(this.#space.availableBytes)
    if (diskSpaceGate.isLow === wasLow) return
    const fields = { availableBytes: this.#space.availableBytes }
    if (wasLow) logger.info('disk space is back above storage.reserve-space: new data is taken again', fields)
    else logger.warn('disk space is below storage.reserve-space: new data is refused', fields)
  }

  async #reportStore(): Promise<void> {
    const { kv, store, placementDriver } = this.#deps
    if (store.failure !== undefined) return
    const { bytesWritten, keysWritten } = kv.flow
    const intervalEnd = this.#unixSeconds()
    await placementDriver.storeHeartbeat({
      storeId: store.storeId,
      capacityBytes: this.#space.capacityBytes,
      availableBytes: this.#space.availableBytes,
      usedBytes: await this.#usedBytes(),
      regionCount: store.regions.size,
      isBusy: false,
      bytesWritten: bytesWritten - this.#reportedFlow.bytesWritten,
      keysWritten: keysWritten - this.#reportedFlow.keysWritten,
      bytesRead: 0,
      keysRead: 0,
      intervalStart: this.#intervalStart,
      intervalEnd,
    })
    this.#reportedFlow = { bytesWritten, keysWritten }
    this.#intervalStart = intervalEnd
  }

  async #usedBytes(): Promise<number> {
    const { engine } = this.#deps
    const all = new Uint8Array(0)
    const sizes = await Promise.all(
      (['default', 'lock', 'write', 'raft'] as const).map((cf) => engine.approximateSizeBytes(cf, all, all)),
    )
    return sizes.reduce((sum, size) => sum + size, 0)
  }

  #unixSeconds(): number {
    return Math.floor(this.#deps.clock.unixMs() / 1000)
  }
}
