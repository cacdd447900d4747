import type { KeyChange, KvEngine, RegionId } from '@stratakv/core'
import type { ConfChangeCodec, Entry } from '@stratakv/raft'
import {
  type AppliedEntry,
  type ApplyContext,
  type ApplyEffect,
  applyEntry,
  type EngineStep,
} from '../apply/apply-entry.ts'
import type { MergeSource } from '../apply/merge-source.ts'
import type { RegionState } from '../apply/region-state.ts'
import { applyStateKey } from '../keys.ts'
import { encodeApplyState } from '../state-records.ts'

/** Whose entries are applied. */
export interface ApplyTarget {
  /** As of the last entry that was taken up; written by the loop alone. */
  state: RegionState
  /** Another region has taken it over: what is still committed of it says nothing. */
  isMerged: boolean
  /** In order; they are in the engine, and seen by every snapshot that is taken from now on. */
  onApplied(entries: readonly AppliedEntry[]): void
}

interface ApplyTask {
  readonly target: ApplyTarget
  readonly entries: readonly Entry[]
}

/** Effects that a crash may undo: they are there again when the entry is applied again, or do not matter. */
const unsynced: ReadonlySet<ApplyEffect['type']> = new Set(['compact-log', 'compute-hash', 'verify-hash'])

/** A region's replica, where it may be a merge's source. */
export interface MergeCandidate {
  readonly target: ApplyTarget
  readonly entries: MergeSource['entries']
}

export interface ApplyLoopDeps {
  readonly engine: KvEngine
  readonly confChanges: ConfChangeCodec
  readonly onFailed: (error: Error) => void
  readonly targetOf: (regionId: RegionId) => MergeCandidate | undefined
}

export interface ApplyLoopOptions {
  /** Of one write to the engine, about. */
  readonly batchBytesMax: number
}

/**
 * Applies the committed entries of all regions, in one write to the engine after the other. What comes while one is under way shares
 * the next. Each write holds what the entries did and how far they were applied; it is not synced, as the log has the entries until
 * the engine's own log is durable, but where the shape of regions changes. Behind an entry that asks what the data is, a write ends.
 */
export class ApplyLoop {
  readonly #engine: KvEngine
  readonly #context: ApplyContext
  readonly #targetOf: (regionId: RegionId) => MergeCandidate | undefined
  readonly #batchBytesMax: number
  readonly #onFailed: (error: Error) => void
  #queue: ApplyTask[] = []
  #isRunning = false
  #idle: Promise<void> = Promise.resolve()

  constructor({ engine, confChanges, onFailed, targetOf }: ApplyLoopDeps, { batchBytesMax }: ApplyLoopOptions) {
    this.#engine = engine
    this.#targetOf = targetOf
    const sourceOf = (regionId: RegionId) => {
      const source = targetOf(regionId)
      return source && { state: source.target.state, entries: source.entries }
    }
    this.#context = { confChanges, sourceOf }
    this.#onFailed = onFailed
    this.#batchBytesMax = batchBytesMax
  }

  add(task: ApplyTask): void {
    this.#queue.push(task)
    if (this.#isRunning) return
    this.#isRunning = true
    this.#idle = this.#run()
  }

  /** Resolves when nothing is left to do. */
  async drained(): Promise<void> {
    while (this.#isRunning) await this.#idle
  }

  async #run(): Promise<void> {
    try {
      while (this.#queue.length > 0) await this.#runBatch()
    } catch (error) {
      this.#queue = []
      this.#onFailed(error as Error)
    } finally {
      this.#isRunning = false
    }
  }

  async #runBatch(): Promise<void> {
    const steps: EngineStep[] = []
    const done: { readonly target: ApplyTarget; readonly applied: readonly AppliedEntry[] }[] = []
    let bytes = 0
    let mustSync = false
    let taken = 0
    let rest: ApplyTask | undefined
    let isCut = false
    for (const task of this.#queue) {
      if (bytes >= this.#batchBytesMax || isCut) break
      taken++
      const { target, entries } = task
      if (target.isMerged) continue
      const applied: AppliedEntry[] = []
      for (const entry of entries) {
        const result = applyEntry(target.state, entry, this.#context)
        target.state = result.after
        this.#endSource(result.effect)
        for (const step of result.steps) steps.push(step)
        bytes += entry.data.length
        mustSync ||= result.effect !== undefined && !unsynced.has(result.effect.type)
        applied.push(result)
        isCut = result.effect?.type === 'compute-hash'
        if (isCut) break
      }
      rest = entries.length > applied.length ? { target, entries: entries.slice(applied.length) } : undefined
      const { region, progress } = target.state
      const value = encodeApplyState(progress)
      steps.push({ type: 'put', cf: 'raft', key: applyStateKey(region.id), value })
      done.push({ target, applied })
    }
    this.#queue.splice(0, taken, ...(rest === undefined ? [] : [rest]))
    await this.#write(steps, mustSync)
    for (const { target, applied } of done) target.onApplied(applied)
  }

  #endSource(effect: ApplyEffect | undefined): void {
    if (effect?.type !== 'commit-merge') return
    const { target } = this.#targetOf(effect.source.id)!
    target.isMerged = true
    for (const { effect: earlier } of effect.caughtUp) this.#endSource(earlier)
  }

  /** Runs of puts and deletes go as one batch; a range delete stands alone, in its place among them. */
  async #write(steps: readonly EngineStep[], sync: boolean): Promise<void> {
    const pending: Promise<void>[] = []
    let batch: KeyChange[] = []
    for (const step of steps) {
      if (step.type !== 'delete-range') {
        batch.push(step)
        continue
      }
      if (batch.length > 0) pending.push(this.#engine.write(batch, { sync: false }))
      batch = []
      pending.push(this.#engine.deleteRange(step.cf, step.start, step.end, { sync: false }))
    }
    if (batch.length > 0) pending.push(this.#engine.write(batch, { sync }))
    // The engine keeps the order of the calls; all are awaited, so that no failure goes unseen.
    await Promise.all(pending)
  }
}
