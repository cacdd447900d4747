import {
  assert,
  type Clock,
  type Counter,
  compareBytes,
  type Gauge,
  KiB,
  type Kv,
  NotLeaderError,
  type PlacementDriver,
  type Region,
  RegionNotFoundError,
  StaleCommandError,
  type Telemetry,
  type Timer,
  type Timestamp,
} from '@stratakv/core'
import { type GarbagePage, type GarbageScan, scanGarbage } from '@stratakv/mvcc'
import { gcKeysCommand } from '../commands/gc-keys.ts'
import { readSnapshot } from '../region-snapshot.ts'
import type { Storage } from '../storage.ts'
import { startTimeSlice, type TimeSlice } from '../time-slice.ts'
import { GcSweep } from './gc-sweep.ts'

export interface GcWorkerDeps {
  readonly storage: Pick<Storage, 'execute'>
  readonly kv: Kv
  readonly clock: Clock
  readonly telemetry: Telemetry
  readonly placementDriver: Pick<PlacementDriver, 'gcSafePoint'>
  /** The regions that this store leads at the moment, in key order. */
  ledRegions(): readonly Region[]
  /** For the log. Called synchronously; must not throw. */
  onEvent(event: GcEvent): void
}

export type GcEvent =
  | { readonly type: 'begun'; readonly safePoint: Timestamp }
  | { readonly type: 'finished'; readonly safePoint: Timestamp; readonly deletedCount: number; readonly tookMs: number }
  /** It goes on from where it was at the next poll. */
  | { readonly type: 'interrupted'; readonly safePoint: Timestamp; readonly error: unknown }
  | { readonly type: 'safe-point-unknown'; readonly error: unknown }

export interface GcWorkerOptions {
  /**
   * Between two looks at the placement driver's safe point; at least {@link safePointAgeMsMax}. A safe point is acted upon one
   * interval after it was first seen: clients may judge their reads for so long by the one that they know.
   */
  readonly pollIntervalMs: number
  /** Keys with garbage that are latched at a time. */
  readonly batchKeyCount: number
  /** A write ends with the record that reaches it: other commands get a turn between two. */
  readonly writeBytesMax: number
  /** Longest run on the event loop. */
  readonly sliceMs: number
}

/** For how long clients may rely on a safe point that they have asked for (TiKV clients' refresh interval). */
export const safePointAgeMsMax = 10_000

/** As TiKV's; the slice as for reads. */
export const defaultGcWorkerOptions: GcWorkerOptions = {
  pollIntervalMs: safePointAgeMsMax,
  batchKeyCount: 512,
  writeBytesMax: KiB(32),
  sliceMs: 5,
}

/** Keys looked at in one snapshot: under a millisecond, and no snapshot holds the engine's compactions up for long. */
const scanKeyCount = 128

/**
 * Drops the versions that nobody can read any more, behind the placement driver's safe point, in the regions that this
 * store leads (TiKV `src/server/gc_worker/gc_manager.rs`, the scan of leaders). Whoever moves the safe point has resolved the
 * locks below it before. The one found at the start counts as dealt with; a pass begins when it grows.
 *
 * A crash loses nothing but the place: each write removes versions that were garbage when they were found and stay so.
 */
export class GcWorker {
  readonly #deps: GcWorkerDeps
  readonly #options: GcWorkerOptions
  readonly #safePoint: Gauge
  readonly #state: Gauge
  readonly #versions: Counter
  readonly #stop = new AbortController()
  /** At the last poll. */
  #seen: Timestamp | undefined
  /** The highest that was known for an interval. */
  #target: Timestamp | undefined
  #sweep: GcSweep | undefined
  #timer: Timer | undefined
  #polling: Promise<void> | undefined
  #sweeping: Promise<void> | undefined

  constructor(deps: GcWorkerDeps, options: GcWorkerOptions = defaultGcWorkerOptions) {
    assert(options.pollIntervalMs >= safePointAgeMsMax, 'a safe point would be acted upon before clients know it')
    assert(options.batchKeyCount > 0 && options.writeBytesMax > 0, 'a batch of garbage has no room')
    this.#deps = deps
    this.#options = options
    const { telemetry } = deps
    this.#safePoint = telemetry.gauge({ name: 'tikv_gcworker_autogc_safe_point', help: 'Safe point of the last pass' })
    this.#state = telemetry.gauge({
      name: 'tikv_gcworker_autogc_status',
      help: '1 for what the collector of garbage is doing',
      labels: ['state'],
    })
    this.#versions = telemetry.counter({
      name: 'tikv_gcworker_gc_keys',
      help: 'Versions that passes looked at, and those that they removed',
      labels: ['cf', 'tag'],
    })
  }

  /** Takes note of the present safe point, and goes on by itself. Once. */
  start(): void {
    assert(this.#polling === undefined, 'a GC worker is started twice')
    this.#showState('idle')
    this.#poll()
  }

  /** Resolves when the write in flight is over. Idempotent. */
  async close(): Promise<void> {
    this.#stop.abort()
    this.#timer?.cancel()
    await this.#polling
    await this.#sweeping
  }

  #poll(): void {
    this.#polling = this.#look().then(() => {
      if (!this.#stop.signal.aborted)
        this.#timer = this.#deps.clock.after(this.#options.pollIntervalMs, () => this.#poll())
    })
  }

  async #look(): Promise<void> {
    const known = this.#seen
    try {
      const safePoint = await this.#deps.placementDriver.gcSafePoint()
      // TiKV ends the process when it goes back. What is in use stays in use; nothing is collected for it.
      if (known === undefined || safePoint > known) this.#seen = safePoint
    } catch (error) {
      this.#deps.onEvent({ type: 'safe-point-unknown', error })
    }
    if (this.#stop.signal.aborted || known === undefined) return
    this.#begin(known)
    if (this.#sweep !== undefined) this.#sweeping ??= this.#run(this.#sweep)
  }

  /** @param safePoint known for an interval */
  #begin(safePoint: Timestamp): void {
    if (this.#target !== undefined && safePoint <= this.#target) return
    // The first one is the baseline: dealt with in an earlier life, or by the pass that the next growth brings.
    const isBaseline = this.#target === undefined
    this.#target = safePoint
    if (isBaseline) return
    this.#sweep ??= new GcSweep(safePoint)
  }

  async #run(sweep: GcSweep): Promise<void> {
    const { clock, onEvent } = this.#deps
    const startedAt = clock.now()
    const slice = startTimeSlice('gc', { signal: this.#stop.signal }, clock, this.#options.sliceMs)
    let deletedCount = 0
    this.#showState('working')
    onEvent({ type: 'begun', safePoint: sweep.safePoint })
    try {
      while (!sweep.isDone) {
        // Between two batches only: what is being dealt with for the old one does not count for the new one.
        if (this.#target !== undefined && this.#target > sweep.safePoint) sweep.raise(this.#target)
        deletedCount += await this.#step(sweep, slice)
      }
      this.#sweep = undefined
      this.#safePoint.set(Number(sweep.safePoint))
      onEvent({ type: 'finished', safePoint: sweep.safePoint, deletedCount, tookMs: clock.now() - startedAt })
    } catch (error) {
      if (!this.#stop.signal.aborted) onEvent({ type: 'interrupted', safePoint: sweep.safePoint, error })
    } finally {
      this.#sweeping = undefined
      this.#showState('idle')
    }
  }

  /** Deals with one batch of keys, or finds that a leg is over. Answers how many versions it removed. */
  async #step(sweep: GcSweep, slice: TimeSlice): Promise<number> {
    const { start, end } = sweep.rest
    const region = this.#deps.ledRegions().find((candidate) => isBefore(start, candidate.endKey))
    if (region === undefined || !isBefore(region.startKey, end)) {
      sweep.finishLeg()
      return 0
    }
    const from = compareBytes(region.startKey, start) > 0 ? region.startKey : start
    const until = isBefore(region.endKey, end) && region.endKey.length > 0 ? region.endKey : end
    const { safePoint } = sweep
    try {
      const { keys, next } = await this.#garbage(region, { start: from, end: until, safePoint }, slice)
      const deletedCount = await this.#remove(region, keys, safePoint, slice)
      this.#advance(sweep, next ?? until)
      return deletedCount
    } catch (error) {
      if (!isElsewhere(error)) throw error
      this.#advance(sweep, region.endKey)
      return 0
    }
  }

  #advance(sweep: GcSweep, position: Uint8Array): void {
    if (position.length === 0) sweep.finishLeg()
    else sweep.moveTo(position)
  }

  /** A batch of keys, and where the search for the next one starts. */
  async #garbage(
    region: Region,
    range: { readonly start: Uint8Array; readonly end: Uint8Array; readonly safePoint: Timestamp },
    slice: TimeSlice,
  ): Promise<GarbagePage> {
    const keys: Uint8Array[] = []
    let next: Uint8Array | undefined = range.start
    while (next !== undefined && keys.length < this.#options.batchKeyCount) {
      const keyCountMax = Math.min(scanKeyCount, this.#options.batchKeyCount - keys.length)
      const scan: GarbageScan = { ...range, start: next, keyCountMax }
      const page: GarbagePage = await readSnapshot(this.#deps.kv, { regionId: region.id }, (snapshot) =>
        scanGarbage(snapshot, scan),
      )
      keys.push(...page.keys)
      next = page.next
      if (slice.spent()) await slice.pause()
    }
    return { keys, next }
  }

  async #remove(region: Region, keys: readonly Uint8Array[], safePoint: Timestamp, slice: TimeSlice): Promise<number> {
    const { writeBytesMax, sliceMs } = this.#options
    let total = 0
    for (let done = 0; done < keys.length; ) {
      const command = gcKeysCommand({ regionId: region.id, keys: keys.slice(done), safePoint, writeBytesMax, sliceMs })
      const outcome = await this.#deps.storage.execute(command, { signal: this.#stop.signal })
      done += outcome.completedCount
      total += outcome.deletedCount
      this.#versions.add(outcome.foundCount, 'write', 'found')
      this.#versions.add(outcome.deletedCount, 'write', 'deleted')
      if (slice.spent()) await slice.pause()
    }
    return total
  }

  #showState(state: 'idle' | 'working'): void {
    for (const each of ['idle', 'working']) this.#state.set(each === state ? 1 : 0, each)
  }
}

/** True when `key` is below `end`, which is unbounded when empty. */
function isBefore(key: Uint8Array, end: Uint8Array): boolean {
  return end.length === 0 || compareBytes(key, end) < 0
}

/** The region is another store's business by now, and so is its garbage. */
function isElsewhere(error: unknown): boolean {
  return error instanceof NotLeaderError || error instanceof RegionNotFoundError || error instanceof StaleCommandError
}
