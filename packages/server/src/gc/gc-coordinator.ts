import {
  type Clock,
  type Counter,
  composeTimestamp,
  type Histogram,
  type PlacementDriver,
  physicalMs,
  type Telemetry,
  type Timer,
  type Timestamp,
} from '@stratakv/core'
import type { Logger } from '../log/logger.ts'

/** What became of the locks up to a timestamp. */
export interface ResolvedLocks {
  readonly removedCount: number
  /** Start of the oldest transaction whose client still keeps it alive. */
  readonly oldestAliveStartTs: Timestamp | undefined
}

export interface GcCoordinatorDeps {
  readonly clock: Clock
  readonly placementDriver: PlacementDriver
  readonly logger: Logger
  readonly telemetry: Telemetry
  /** Ends the transactions that began at or before `safePoint`, have left locks anywhere, and are not kept alive. */
  resolveLocksBefore(safePoint: Timestamp, options: { readonly signal: AbortSignal }): Promise<ResolvedLocks>
}

export interface GcCoordinatorOptions {
  /** `gc.life-time`: versions that were superseded longer ago are dropped. */
  readonly lifeTimeMs: number
  /** `gc.run-interval` */
  readonly runIntervalMs: number
}

/** What one run came to. */
export type GcRun =
  | { readonly type: 'moved'; readonly safePoint: Timestamp; readonly resolvedLockCount: number }
  /** Nothing is old enough yet, or `heldBy` needs what is. */
  | { readonly type: 'held'; readonly safePoint: Timestamp; readonly heldBy: string }
  /** Somebody else has moved the safe point since the last run: then it is theirs to move. */
  | { readonly type: 'elsewhere'; readonly safePoint: Timestamp }

/**
 * Between moving the transaction safe point and the one that stores collect behind: clients may rely for so long on the one
 * that they know (client-go `GcSafePointCacheInterval`).
 */
export const clientCacheMs = 100_000
/** To the first run after the start, and to the next one after a failure. */
const soonMs = 60_000

/**
 * Moves the safe point, as TiDB's GC worker does in a TiDB cluster; without one, nobody would, and no version would ever be
 * dropped. Two of them do each other no harm, but this one stands back while it sees another at work.
 *
 * The order is what keeps data safe: locks are resolved first, since what a lock is to become may stand in a version that
 * is about to go; then clients are told; then, when all of them know, stores are.
 */
export class GcCoordinator {
  readonly #deps: GcCoordinatorDeps
  readonly #options: GcCoordinatorOptions
  readonly #runs: Counter
  readonly #stages: Histogram
  readonly #stop = new AbortController()
  /** The store's safe point after the last look at it. */
  #known: Timestamp | undefined
  #timer: Timer | undefined
  #running: Promise<void> | undefined

  constructor(deps: GcCoordinatorDeps, options: GcCoordinatorOptions) {
    this.#deps = deps
    this.#options = options
    this.#runs = deps.telemetry.counter({
      name: 'tidb_tikvclient_gc_worker_actions_total',
      help: 'Runs of the collection of garbage by what they came to',
      labels: ['type'],
    })
    this.#stages = deps.telemetry.histogram({
      name: 'tidb_tikvclient_gc_seconds',
      help: 'How long the stages of a run take',
      labels: ['stage'],
    })
  }

  /** The first run is due in a minute, or in an interval if that is shorter. */
  start(): void {
    this.#runIn(Math.min(soonMs, this.#options.runIntervalMs))
  }

  /** Gives up a run that is under way; nothing is lost by it. Idempotent. */
  async close(): Promise<void> {
    this.#stop.abort()
    this.#timer?.cancel()
    await this.#running
  }

  /** One run, now. Must not overlap another. @throws what the placement driver or the resolving of locks throws */
  async run(): Promise<GcRun> {
    const { placementDriver } = this.#deps
    const present = await placementDriver.gcSafePoint()
    const isElsewhere = this.#known !== undefined && present > this.#known
    this.#known = present
    if (isElsewhere) return { type: 'elsewhere', safePoint: present }
    const target = safePointAt(await placementDriver.timestamps(1), this.#options.lifeTimeMs)
    if (target <= present) return { type: 'held', safePoint: present, heldBy: 'gc.life-time' }
    const { removedCount, oldestAliveStartTs } = await this.#resolve(target)
    const isKept = oldestAliveStartTs !== undefined && oldestAliveStartTs <= target
    const wanted = isKept ? oldestAliveStartTs - 1n : target
    if (wanted <= present) return { type: 'held', safePoint: present, heldBy: `transaction ${oldestAliveStartTs}` }
    // Under the name that TiDB uses: no service may then begin to hold on to what is below.
    const lowest = await placementDriver.updateServiceSafePoint('gc_worker', wanted, Number.POSITIVE_INFINITY)
    const safePoint = lowest.safePoint < wanted ? lowest.safePoint : wanted
    if (safePoint <= present) return { type: 'held', safePoint: present, heldBy: `service ${lowest.serviceId}` }
    await placementDriver.advanceTxnSafePoint(safePoint)
    await this.#pause(clientCacheMs)
    this.#known = await placementDriver.updateGcSafePoint(safePoint)
    return { type: 'moved', safePoint, resolvedLockCount: removedCount }
  }

  #runIn(delayMs: number): void {
    if (this.#stop.signal.aborted) return
    this.#timer = this.#deps.clock.after(delayMs, () => {
      this.#running = this.#attempt().then((nextMs) => this.#runIn(nextMs))
    })
  }

  /** Answers when to try next. */
  async #attempt(): Promise<number> {
    const { logger } = this.#deps
    const { runIntervalMs } = this.#options
    try {
      const outcome = await this.run()
      this.#runs.add(1, outcome.type)
      this.#tell(outcome)
      return runIntervalMs
    } catch (error) {
      if (this.#stop.signal.aborted) return runIntervalMs
      const nextMs = Math.min(soonMs, runIntervalMs)
      this.#runs.add(1, 'failed')
      logger.warn('garbage collection could not move the safe point', { error: String(error), nextTryMs: nextMs })
      return nextMs
    }
  }

  #tell(outcome: GcRun): void {
    const { logger } = this.#deps
    const safePoint = { safePoint: outcome.safePoint, time: new Date(physicalMs(outcome.safePoint)).toISOString() }
    if (outcome.type === 'moved') {
      logger.info('garbage collection moved the safe point', {
        ...safePoint,
        resolvedLocks: outcome.resolvedLockCount,
      })
    } else if (outcome.type === 'elsewhere') {
      logger.info('garbage collection is left to whoever else moves the safe point', safePoint)
    } else if (outcome.heldBy !== 'gc.life-time') {
      logger.warn('garbage collection is held back', { ...safePoint, by: outcome.heldBy })
    }
  }

  async #resolve(target: Timestamp): Promise<ResolvedLocks> {
    const { clock, resolveLocksBefore } = this.#deps
    const startedAt = clock.now()
    const resolved = await resolveLocksBefore(target, { signal: this.#stop.signal })
    this.#stages.observe((clock.now() - startedAt) / 1000, 'resolve_locks')
    return resolved
  }

  /** @throws the reason of the abort when it is closed meanwhile */
  async #pause(delayMs: number): Promise<void> {
    const { signal } = this.#stop
    signal.throwIfAborted()
    await new Promise<void>((resolve) => {
      const timer = this.#deps.clock.after(delayMs, done)
      function done() {
        timer.cancel()
        signal.removeEventListener('abort', done)
        resolve()
      }
      signal.addEventListener('abort', done)
    })
    signal.throwIfAborted()
  }
}

/** The first timestamp of the millisecond that lies `lifeTimeMs` before `now`; 0 when there was none. */
function safePointAt(now: Timestamp, lifeTimeMs: number): Timestamp {
  return composeTimestamp(Math.max(0, physicalMs(now) - lifeTimeMs), 0)
}
