import type { Clock, DiskSpace, KvEngine, PlacementDriver, StoreId, Timer } from '@stratakv/core'
import { type DiskSpaceGate, dataEndKey, dataKey, type LocalKv } from '@stratakv/raftstore'
import type { Logger } from './log/logger.ts'

export interface HeartbeatDeps {
  readonly clock: Clock
  readonly placementDriver: PlacementDriver
  readonly kv: LocalKv
  readonly engine: KvEngine
  readonly diskSpaceGate: DiskSpaceGate
  /** Absent: nothing is known of a disk, and none is reported. */
  readonly diskSpace: (() => Promise<DiskSpace>) | undefined
  readonly logger: Logger
}

export interface HeartbeatOptions {
  readonly storeId: StoreId
  readonly storeIntervalMs: number
  readonly regionIntervalMs: number
}

/** How often free space is looked at: a fast disk fills the default reserve in less than this only at over 60 MiB/s. */
const diskIntervalMs = 1000

/** Tells the placement driver about the store and its regions, and the disk gate about free space, for as long as the node runs. */
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

  /** Sends the first round, so that clients find the regions from then on, and goes on by itself. */
  async start(): Promise<void> {
    await this.#lookAtDisk()
    await this.#reportStore()
    await this.#reportRegions()
    this.#repeat('disk space', diskIntervalMs, () => this.#lookAtDisk())
    this.#repeat('store heartbeat', this.#options.storeIntervalMs, () => this.#reportStore())
    this.#repeat('region heartbeat', this.#options.regionIntervalMs, () => this.#reportRegions())
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
    const { kv, placementDriver } = this.#deps
    const { bytesWritten, keysWritten } = kv.flow
    const intervalEnd = this.#unixSeconds()
    await placementDriver.storeHeartbeat({
      storeId: this.#options.storeId,
      capacityBytes: this.#space.capacityBytes,
      availableBytes: this.#space.availableBytes,
      usedBytes: await this.#usedBytes(),
      regionCount: kv.regions.length,
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

  async #reportRegions(): Promise<void> {
    const { kv, engine, placementDriver } = this.#deps
    for (const region of kv.regions) {
      const [start, end] = [dataKey(region.startKey), dataEndKey(region.endKey)]
      const sizes = await Promise.all(
        (['default', 'lock', 'write'] as const).map((cf) => engine.approximateSizeBytes(cf, start, end)),
      )
      await placementDriver.regionHeartbeat({
        region,
        leader: region.peers.find((peer) => peer.storeId === this.#options.storeId)!,
        term: kv.term,
        bytesWritten: 0,
        keysWritten: 0,
        bytesRead: 0,
        keysRead: 0,
        approximateSizeBytes: sizes.reduce((sum, size) => sum + size, 0),
        approximateKeyCount: 0,
      })
    }
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
