import type { Clock, RegionId } from '@stratakv/core'
import type { LiveCounts } from './live-counts.ts'
import type { FileTable } from './log-file.ts'
import type { LogPipe } from './log-pipe.ts'
import type { RaftEngineMetrics } from './metrics.ts'
import type { SanitizedOptions } from './options.ts'
import type { Poison } from './poison.ts'
import { heavyEntryCount, type PurgeCandidate, planPurge, purgeMarks } from './purge-plan.ts'
import type { RegionLog } from './region-log.ts'
import type { RegionLogs, RewriteMarks } from './region-logs.ts'
import type { Rewriter } from './rewriter.ts'

export interface PurgerDeps {
  readonly clock: Clock
  readonly files: FileTable
  readonly counts: LiveCounts
  readonly regions: RegionLogs
  readonly append: LogPipe
  readonly rewrite: LogPipe
  readonly rewriter: Rewriter
  readonly metrics: RaftEngineMetrics
  readonly poison: Poison
  /** Makes durable all writes that memory has seen. */
  readonly syncAppended: () => Promise<void>
}

/** Gives old files back, having copied what is still needed of them. */
export class Purger {
  readonly #deps: PurgerDeps
  readonly #options: SanitizedOptions
  #reportCounts: ReadonlyMap<RegionId, number> = new Map()
  #running: Promise<RegionId[]> | undefined

  constructor(deps: PurgerDeps, options: SanitizedOptions) {
    this.#deps = deps
    this.#options = options
  }

  /** The regions that should compact. Nothing when a purge runs already. */
  purge(): Promise<RegionId[]> {
    if (this.#running !== undefined) return Promise.resolve([])
    this.#running = this.#purge().finally(() => {
      this.#running = undefined
    })
    return this.#running
  }

  async idle(): Promise<void> {
    // Its error is that of whoever called it.
    await this.#running?.catch(() => {})
  }

  async #purge(): Promise<RegionId[]> {
    const { clock, metrics, poison } = this.#deps
    poison.check()
    const started = clock.now()
    const named = new Set<RegionId>()
    if (this.#isRewriteQueueDue()) await this.#copyRewriteQueue(named)
    if (this.#isAppendQueueDue()) await this.#purgeAppendQueue(named)
    this.#nameLongLogs(named)
    metrics.purged(clock.now() - started)
    metrics.entryCount('append', this.#deps.counts.live('append'))
    metrics.entryCount('rewrite', this.#deps.counts.live('rewrite'))
    metrics.memoryUsage(this.#deps.regions.memoryBytes)
    // Cleaned since they were named: nobody can compact them.
    return [...named].filter((regionId) => this.#deps.regions.get(regionId) !== undefined)
  }

  #isRewriteQueueDue(): boolean {
    const { rewrite, counts } = this.#deps
    return (
      rewrite.fileCount > 1 &&
      rewrite.sizeBytes > this.#options.purgeRewriteThreshold &&
      counts.garbageRatio > this.#options.purgeRewriteGarbageRatio
    )
  }

  #isAppendQueueDue(): boolean {
    const { append } = this.#deps
    return append.fileCount > 1 && append.sizeBytes > this.#options.purgeThreshold
  }

  /** Copies all that lives in the rewrite queue to new files at its end, and drops the old ones. */
  async #copyRewriteQueue(named: Set<RegionId>): Promise<void> {
    const { rewrite, rewriter, regions, counts } = this.#deps
    await rewrite.rotate()
    const lastOldSeq = rewrite.active.seq - 1
    const rewritten = [...regions.all()].filter(({ mayHaveRewrites }) => mayHaveRewrites)
    for (const { id, rewriteCount } of rewritten) if (rewriteCount > heavyEntryCount) named.add(id)
    await rewriter.copyRewritten(present(rewritten, regions), lastOldSeq)
    await rewriter.sync()
    await this.#purgeTo(rewrite, lastOldSeq + 1)
    if (rewrite.firstSeq > lastOldSeq) counts.rewriteQueueCopied()
  }

  /** Empties the oldest append files and drops them. */
  async #purgeAppendQueue(named: Set<RegionId>): Promise<void> {
    const { append, rewriter, regions } = this.#deps
    // Every write to a file before this one is in memory: groups go one after another, and begin by rotating.
    const barrierSeq = append.active.seq
    await this.#writeMarks(regions.takeMarks())
    const { compactSeq, rewriteSeq } = purgeMarks(append.firstSeq, barrierSeq)
    const plan = planPurge(this.#candidates(), { compactSeq, rewriteSeq }, this.#reportCounts)
    this.#reportCounts = plan.reportCounts
    for (const regionId of plan.report) named.add(regionId)
    const chosen = plan.rewrite.map((regionId) => regions.get(regionId)).filter((region) => region !== undefined)
    await rewriter.copyAppended(present(chosen, regions), rewriteSeq)
    await rewriter.sync()
    const deadSeq = Math.min(barrierSeq, append.firstLiveSeq())
    // Taken while it is known which files go: what makes others dead from here on is left to the next purge, as they are.
    if (deadSeq > append.firstSeq) await this.#writeMarks(regions.takeCompactions())
    await this.#purgeTo(append, deadSeq)
  }

  async #writeMarks(marks: RewriteMarks): Promise<void> {
    try {
      await this.#deps.rewriter.writeMarks(marks)
    } catch (error) {
      this.#deps.regions.giveBack(marks)
      throw error
    }
  }

  /** Drops the oldest files below `seq` that nothing refers to, once the writes that made it so are durable. */
  async #purgeTo(pipe: LogPipe, seq: number): Promise<void> {
    const liveSeq = Math.min(seq, pipe.firstLiveSeq())
    if (liveSeq > pipe.firstSeq) await this.#deps.syncAppended()
    await pipe.purgeTo(liveSeq)
  }

  *#candidates(): Iterable<PurgeCandidate> {
    for (const region of this.#deps.regions.all()) {
      yield {
        regionId: region.id,
        firstSeq: this.#firstAppendSeq(region),
        rewriteCount: region.rewriteCount,
        hasEntriesUpTo: (count, seq) => {
          if (region.rows.count < count) return false
          const file = this.#deps.files.at(region.rows.slot(count - 1))
          return file.queue === 'rewrite' || file.seq <= seq
        },
      }
    }
  }

  #firstAppendSeq(region: RegionLog): number | undefined {
    const { files } = this.#deps
    let first: number | undefined
    if (region.rewriteCount < region.rows.count) first = files.at(region.rows.slot(region.rewriteCount)).seq
    for (const { slot } of region.storedValues()) {
      const { queue, seq } = files.at(slot)
      if (queue === 'append' && (first === undefined || seq < first)) first = seq
    }
    return first
  }

  /** Where memory has a limit, the longest logs are named until what they take makes up for the excess. */
  #nameLongLogs(named: Set<RegionId>): void {
    const { memoryLimit } = this.#options
    if (memoryLimit === undefined) return
    let excessBytes = this.#deps.regions.memoryBytes - memoryLimit
    if (excessBytes <= 0) return
    const longest = [...this.#deps.regions.all()]
      .filter(({ rows }) => rows.count > heavyEntryCount)
      .sort((left, right) => right.rows.count - left.rows.count)
    for (const region of longest) {
      if (excessBytes <= 0) break
      named.add(region.id)
      excessBytes -= region.rows.memoryBytes
    }
  }
}

/** Those that have not been cleaned by the time that their turn comes. */
function* present(chosen: readonly RegionLog[], regions: RegionLogs): Iterable<RegionLog> {
  for (const region of chosen) if (regions.get(region.id) === region) yield region
}
