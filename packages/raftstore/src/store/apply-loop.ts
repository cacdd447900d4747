import type { KeyChange, KvEngine, RegionId } from '@stratakv/core'
import type { ConfChangeCodec, Entry } from '@stratakv/raft'
import {
  type AppliedEntry,
  type ApplyContext,
  type ApplyEffect,
  applyEntry,
  type EngineStep,
  isPlainWrite,
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
  /** In order, and perhaps not of all; what they do is known, and will be done, if not before a restart then behind it. */
  onDecided(entries: readonly AppliedEntry[]): void
  /** In order; they are in the engine, and seen by every snapshot that is taken from now on. */
  onApplied(entries: readonly AppliedEntry[]): void
}

interface ApplyTask {
  readonly target: ApplyTarget
  readonly entries: readonly Entry[]
}

/** What a task's entries do, on its way to the engine. */
interface DecidedTask {
  readonly target: ApplyTarget
  /** One at least. */
  readonly decided: readonly AppliedEntry[]
}

/** The next entry of its region must not be seen by who looks at the engine when this one is applied. */
function isLastOfBatch({ effect }: AppliedEntry): boolean {
  return effect?.type === 'compute-hash'
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
  /** Whether to call `onDecided` now: where readers follow writers closely, it is the writers who should wait for the engine. */
  readonly answersEarly: () => boolean
}

export interface ApplyLoopOptions {
  /** Of one write to the engine, about. */
  readonly batchBytesMax: number
}

/**
 * Applies the committed entries of all regions. What an entry does is decided as soon as it comes, so that who waits for it need not wait
 * for the engine; up to one batch ahead of it. The engine gets one write after the other, when `start` is called. Each write holds what the entries did and how far they were applied; it is not synced, as the log has the entries until the
 * engine's own log is durable, but where the shape of regions changes. Behind an entry that asks what the data is, a write ends.
 */
export class ApplyLoop {
  readonly #engine: KvEngine
  readonly #context: ApplyContext
  readonly #targetOf: (regionId: RegionId) => MergeCandidate | undefined
  readonly #answersEarly: () => boolean
  readonly #batchBytesMax: number
  readonly #onFailed: (error: Error) => void
  #queue: ApplyTask[] = []
  #decided: DecidedTask[] = []
  #decidedBytes = 0
  #isFailed = false
  /** Of tasks, since it was made. */
  #decidedCount = 0
  #startedCount = 0
  #appliedCount = 0
  /** Among what is decided and not taken is something that somebody waits for. */
  #isUrgent = false
  #isRunning = false
  #batch: Promise<void> = Promise.resolve()
  #idle: Promise<void> = Promise.resolve()

  constructor(deps: ApplyLoopDeps, { batchBytesMax }: ApplyLoopOptions) {
    const { engine, confChanges, onFailed, targetOf, answersEarly } = deps
    this.#engine = engine
    this.#answersEarly = answersEarly
    this.#targetOf = targetOf
    const sourceOf = (regionId: RegionId) => {
      const source = targetOf(regionId)
      return source && { state: source.target.state, entries: source.entries }
    }
    this.#context = { confChanges, sourceOf }
    this.#onFailed = onFailed
    this.#batchBytesMax = batchBytesMax
  }

  /** Calls `onDecided` before it returns, if at all, unless a batch is waiting already. The engine is written after `start`. */
  add(task: ApplyTask): void {
    if (this.#isFailed) return
    this.#queue.push(task)
    this.#decide()
  }

  /** Whether there is something to do that `start` has not been called for. */
  get isWaiting(): boolean {
    return this.#startedCount < this.#decidedCount && this.#decided.length > 0
  }

  /** Whether it ought to be started soon: a batch is full, or holds more than writes that are answered for. */
  get isUrgent(): boolean {
    return this.#isUrgent || this.#decidedBytes >= this.#batchBytesMax
  }

  /** Writes what is decided by now. */
  start(): void {
    if (!this.isWaiting) return
    this.#startedCount = this.#decidedCount
    if (this.#isRunning) return
    this.#isRunning = true
    this.#idle = this.#run()
  }

  /** Resolves when nothing is left to do. */
  async drained(): Promise<void> {
    while (this.#isRunning || this.isWaiting) {
      this.start()
      await this.#idle
    }
  }

  /** Resolves when the engine has what was decided by now, or the loop has failed. */
  async applied(): Promise<void> {
    this.start()
    const count = this.#decidedCount
    while (this.#appliedCount < count && !this.#isFailed) await this.#batch.catch(() => {})
  }

  async #run(): Promise<void> {
    try {
      while (this.#appliedCount < this.#startedCount && this.#decided.length > 0) {
        this.#batch = this.#runBatch()
        await this.#batch
      }
    } catch (error) {
      this.#fail(error as Error)
    } finally {
      this.#isRunning = false
    }
  }

  #fail(error: Error): void {
    if (this.#isFailed) return
    this.#isFailed = true
    this.#queue = []
    this.#decided = []
    this.#onFailed(error)
  }

  /** Takes tasks up until the next batch is full. */
  #decide(): void {
    try {
      while (this.#queue.length > 0 && this.#decidedBytes < this.#batchBytesMax) this.#decideNext()
    } catch (error) {
      this.#fail(error as Error)
    }
  }

  #decideNext(): void {
    const { target, entries } = this.#queue[0]!
    const isEarly = this.#answersEarly()
    const decided: AppliedEntry[] = []
    for (const entry of target.isMerged ? [] : entries) {
      const result = applyEntry(target.state, entry, this.#context)
      target.state = result.after
      this.#endSource(result.effect)
      this.#decidedBytes += entry.data.length
      this.#isUrgent ||= !isEarly || !isPlainWrite(result)
      decided.push(result)
      if (isLastOfBatch(result) || this.#decidedBytes >= this.#batchBytesMax) break
    }
    if (target.isMerged || decided.length === entries.length) this.#queue.shift()
    else this.#queue[0] = { target, entries: entries.slice(decided.length) }
    if (decided.length === 0) return
    this.#decided.push({ target, decided })
    this.#decidedCount++
    if (isEarly) target.onDecided(decided)
  }

  #takeBatch(): DecidedTask[] {
    const cut = this.#decided.findIndex(({ decided }) => isLastOfBatch(decided.at(-1)!))
    const batch = this.#decided.splice(0, cut < 0 ? this.#decided.length : cut + 1)
    if (this.#decided.length > 0) return batch
    this.#decidedBytes = 0
    this.#isUrgent = false
    return batch
  }

  async #runBatch(): Promise<void> {
    const batch = this.#takeBatch()
    const lastOf = new Map(batch.map((task) => [task.target, task]))
    const steps: EngineStep[] = []
    let mustSync = false
    for (const task of batch) {
      const { target, decided } = task
      for (const { steps: own, effect } of decided) {
        for (const step of own) steps.push(step)
        mustSync ||= effect !== undefined && !unsynced.has(effect.type)
      }
      // Not behind what another task does to it: a merge takes it away.
      if (lastOf.get(target) !== task) continue
      const { region, progress } = decided.at(-1)!.after
      steps.push({ type: 'put', cf: 'raft', key: applyStateKey(region.id), value: encodeApplyState(progress) })
    }
    const written = this.#write(steps, mustSync)
    // There is room for the next batch.
    this.#decide()
    await written
    this.#appliedCount += batch.length
    for (const { target, decided } of batch) target.onApplied(decided)
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
