import {
  assert,
  type Clock,
  ClosedError,
  type Instant,
  isPromise,
  type Kv,
  type KvContext,
  type KvSnapshot,
  type MaybePromise,
  type Modify,
  RaftEntryTooLargeError,
  RegionError,
  ServerIsBusyError,
  type Telemetry,
  type Timer,
  type WriteAdmission,
} from '@stratakv/core'
import type { CommandEnv, WriteCommand, WriteResult } from './command.ts'
import type { ConcurrencyManager, KeyGuard } from './concurrency-manager.ts'
import { CommandCancelledError } from './errors.ts'
import { createLatches, type Latches, type LatchTicket } from './latches.ts'
import { type SchedulerMetrics, type SchedulerStage, schedulerMetrics } from './scheduler-metrics.ts'

export interface SchedulerDeps {
  readonly kv: Kv
  readonly admission: WriteAdmission
  readonly clock: Clock
  readonly concurrency: ConcurrencyManager
  readonly telemetry: Telemetry
}

export interface SchedulerOptions {
  /** `storage.scheduler-concurrency`: latch slots, rounded up to a power of two. */
  readonly latchSlotCount: number
  /** `storage.scheduler-pending-write-threshold`: from here on, commands are refused. The one that crosses the line is still taken. */
  readonly pendingWriteThresholdBytes: number
  /** Commands in flight, those included that pass a busy scheduler; one more is refused. */
  readonly pendingCommandCountMax: number
  /** `storage.max-key-size`. */
  readonly maxKeyBytes: number
  /** `raftstore.raft-entry-max-size`: a larger write is refused here, before it waits to be charged; the Kv has the last word. */
  readonly raftEntryMaxBytes: number
}

export interface ExecuteOptions {
  /** Past it, and not yet handed to the Kv, a command ends with ServerIsBusyError. Absent: 24 hours, as in TiKV. */
  readonly deadline?: Instant
  /** Aborted, and not yet handed to the Kv, a command ends with CommandCancelledError. */
  readonly signal?: AbortSignal
}

/** Runs write commands: those that share a key one after another, all others side by side (TiKV `src/storage/txn/scheduler.rs`). */
export interface Scheduler {
  /**
   * Resolves with the command's response when its changes are applied. When nothing is in the way and the Kv answers at once,
   * `Kv.write` is called within this call.
   * @throws never: it rejects, with ServerIsBusyError, another RegionError, CommandCancelledError, ClosedError, or what the command threw
   */
  execute<R>(command: WriteCommand<R>, options?: ExecuteOptions): Promise<R>
  /** Writes without latches and without a look at the data; admission, limits and charge as for any command. */
  write(name: string, kv: KvContext, changes: readonly Modify[], options?: ExecuteOptions): Promise<void>
  /** Sum of `writeBytes` of the commands in flight. */
  pendingBytes(): number
  pendingCommandCount(): number
  /** Refuses new commands, ends those that were not handed to the Kv with ClosedError, resolves when the rest has settled. Idempotent. */
  close(): Promise<void>
}

const defaultDeadlineMs = 24 * 60 * 60 * 1000

/** A command, or changes that were decided before. */
type Work<R> = Omit<WriteCommand<R>, 'process'> &
  (Pick<WriteCommand<R>, 'process'> | { readonly decided: WriteResult<R> })

/** In line for latches. */
interface Wait {
  readonly since: Instant
  readonly timer: Timer | undefined
  readonly onAbort: (() => void) | undefined
  /** Ends the whole task. */
  readonly fail: (error: unknown) => void
}

/** One command in flight. Ends through `#finish`, exactly once. */
interface Task<R> {
  readonly work: Work<R>
  readonly options: ExecuteOptions
  readonly startedAt: Instant
  readonly resolve: (response: R) => void
  readonly reject: (error: unknown) => void
  latchKeys: readonly Uint8Array[]
  ticket: LatchTicket | undefined
  wait: Wait | undefined
  guards: readonly KeyGuard[]
  done: boolean
}

export function createScheduler(deps: SchedulerDeps, options: SchedulerOptions): Scheduler {
  return new CommandScheduler(deps, options)
}

/** Size that the write path is charged for: of keys, values and names of column families other than default, as TiKV counts. */
export function changesBytes(changes: readonly Modify[]): number {
  let total = 0
  for (const change of changes) {
    total += change.cf === 'default' ? 0 : change.cf.length
    if (change.type === 'delete-range') total += change.start.length + change.end.length
    else total += change.key.length + (change.type === 'put' ? change.value.length : 0)
  }
  return total
}

/**
 * Every step is taken as soon as its input is there: synchronously where it is, in a promise's reaction where it is not.
 * Before each step `#refused` is asked again, because deadline, client and scheduler may have gone meanwhile.
 */
class CommandScheduler implements Scheduler {
  readonly #deps: SchedulerDeps
  readonly #options: SchedulerOptions
  readonly #env: CommandEnv
  readonly #latches: Latches
  readonly #metrics: SchedulerMetrics
  readonly #waits = new Set<Wait>()
  /** Tasks whose next round can start. A queue instead of calls: a thousand commands that wake one another would nest a thousand deep. */
  readonly #ready: (() => void)[] = []
  #draining = false
  #pendingBytes = 0
  #pendingCount = 0
  #closed = false
  readonly #onIdle: (() => void)[] = []

  constructor(deps: SchedulerDeps, options: SchedulerOptions) {
    this.#deps = deps
    this.#options = options
    this.#env = { clock: deps.clock, concurrency: deps.concurrency, maxKeyBytes: options.maxKeyBytes }
    this.#latches = createLatches(options.latchSlotCount)
    this.#metrics = schedulerMetrics(deps.telemetry)
  }

  execute<R>(command: WriteCommand<R>, options: ExecuteOptions = {}): Promise<R> {
    return this.#submit(command, options)
  }

  write(name: string, kv: KvContext, changes: readonly Modify[], options: ExecuteOptions = {}): Promise<void> {
    const writeBytes = changesBytes(changes)
    const decided: WriteResult<void> = { changes, response: undefined }
    return this.#submit({ name, kv, latchKeys: [], writeBytes, exemptFromBusy: false, decided }, options)
  }

  pendingBytes(): number {
    return this.#pendingBytes
  }

  pendingCommandCount(): number {
    return this.#pendingCount
  }

  close(): Promise<void> {
    this.#closed = true
    // Over the set itself, not a copy: ending one hands its latches on, and whoever that wakes ends there and leaves the set.
    for (const wait of this.#waits) wait.fail(new ClosedError('scheduler'))
    if (this.#pendingCount === 0) return Promise.resolve()
    return new Promise((resolve) => this.#onIdle.push(resolve))
  }

  #submit<R>(work: Work<R>, options: ExecuteOptions): Promise<R> {
    this.#count(work, 'new')
    this.#metrics.priorities.add(1, work.exemptFromBusy ? 'high' : 'normal')
    if (this.#closed) return Promise.reject(new ClosedError('scheduler'))
    if (options.signal?.aborted) return Promise.reject(new CommandCancelledError(work.name))
    if (this.#isBusyFor(work)) {
      this.#metrics.tooBusy.add(1, work.name)
      return Promise.reject(new ServerIsBusyError('scheduler is busy'))
    }
    this.#pendingBytes += work.writeBytes
    this.#pendingCount++
    this.#showPending()
    return new Promise<R>((resolve, reject) => {
      const startedAt = this.#deps.clock.now()
      const task: Task<R> = {
        work,
        options,
        startedAt,
        resolve,
        reject,
        latchKeys: work.latchKeys,
        ticket: undefined,
        wait: undefined,
        guards: [],
        done: false,
      }
      this.#latch(task)
    })
  }

  #isBusyFor(work: Work<unknown>): boolean {
    if (this.#pendingCount >= this.#options.pendingCommandCountMax) return true
    if (work.exemptFromBusy) return false
    return this.#pendingBytes >= this.#options.pendingWriteThresholdBytes || this.#deps.admission.admit() === 'busy'
  }

  #latch<R>(task: Task<R>): void {
    task.latchKeys = task.work.latchKeys
    task.ticket = this.#latches.acquire(task.latchKeys, () => this.#wake(task))
    if (task.ticket.held) {
      this.#metrics.latchWaitSeconds.observe(0, task.work.name)
      this.#schedule(() => this.#run(task))
      return
    }
    const since = this.#deps.clock.now()
    const { deadline, signal } = task.options
    const fail = (error: unknown) => this.#fail(task, error)
    const onAbort = signal && (() => fail(new CommandCancelledError(task.work.name)))
    if (onAbort) signal.addEventListener('abort', onAbort, { once: true })
    // Without its own timer a command behind a stuck one would be told of its deadline only when the other ends.
    const timer =
      deadline === undefined
        ? undefined
        : this.#deps.clock.after(Math.max(0, deadline - since), () =>
            fail(new ServerIsBusyError('deadline is exceeded')),
          )
    task.wait = { since, timer, onAbort, fail }
    this.#waits.add(task.wait)
  }

  #wake<R>(task: Task<R>): void {
    const { wait } = task
    assert(wait !== undefined, 'a command is woken that does not wait')
    this.#metrics.latchWaitSeconds.observe((this.#deps.clock.now() - wait.since) / 1000, task.work.name)
    this.#endWait(task)
    this.#schedule(() => this.#run(task))
  }

  #endWait<R>(task: Task<R>): void {
    const { wait } = task
    if (wait === undefined) return
    wait.timer?.cancel()
    if (wait.onAbort) task.options.signal?.removeEventListener('abort', wait.onAbort)
    this.#waits.delete(wait)
    task.wait = undefined
  }

  /** Runs `step` now, or as soon as the steps that are running now have returned, still in this tick. */
  #schedule(step: () => void): void {
    this.#ready.push(step)
    if (this.#draining) return
    this.#draining = true
    for (let at = 0; at < this.#ready.length; at++) this.#ready[at]!()
    this.#ready.length = 0
    this.#draining = false
  }

  #run<R>(task: Task<R>): void {
    const { work } = task
    if (this.#refused(task)) return
    if ('decided' in work) {
      this.#decided(task, work.decided)
      return
    }
    this.#step(
      () => this.#deps.kv.snapshot(work.kv),
      (snapshot) => {
        this.#count(work, 'snapshot_ok')
        this.#process(task, snapshot, () => work.process(snapshot, this.#env))
      },
      (error) => {
        this.#count(work, 'snapshot_err')
        this.#fail(task, error)
      },
    )
  }

  #process<R>(task: Task<R>, snapshot: KvSnapshot, process: () => MaybePromise<WriteResult<R>>): void {
    if (this.#refused(task)) {
      snapshot.release()
      return
    }
    this.#count(task.work, 'process')
    this.#step(
      process,
      (result) => {
        snapshot.release()
        this.#decided(task, result)
      },
      (error) => {
        snapshot.release()
        this.#fail(task, error)
      },
    )
  }

  #decided<R>(task: Task<R>, result: WriteResult<R>): void {
    task.guards = result.keyGuards ?? []
    if (result.changes.length === 0) {
      this.#settled(task, result)
      return
    }
    if (this.#refused(task)) return
    const writeBytes = changesBytes(result.changes)
    const { raftEntryMaxBytes } = this.#options
    if (writeBytes > raftEntryMaxBytes) {
      this.#fail(task, new RaftEntryTooLargeError(task.work.kv.regionId, writeBytes, raftEntryMaxBytes))
      return
    }
    const deadline = task.options.deadline ?? task.startedAt + defaultDeadlineMs
    this.#step(
      () => this.#deps.admission.charge(writeBytes, deadline),
      (verdict) => {
        if (verdict === 'deadline') this.#fail(task, new ServerIsBusyError('deadline is exceeded'))
        else this.#write(task, result, writeBytes)
      },
      (error) => this.#fail(task, error),
    )
  }

  #write<R>(task: Task<R>, result: WriteResult<R>, chargedBytes: number): void {
    if (this.#refused(task)) {
      this.#deps.admission.refund(chargedBytes)
      return
    }
    this.#count(task.work, 'write')
    this.#metrics.keysWritten.observe(result.changes.length, task.work.name)
    this.#step(
      () => this.#deps.kv.write(task.work.kv, result.changes),
      () => {
        this.#count(task.work, 'write_finish')
        this.#settled(task, result)
      },
      (error) => {
        this.#deps.admission.refund(chargedBytes)
        if (!(error instanceof RegionError)) this.#keepGuards(task)
        this.#fail(task, error)
      },
    )
  }

  /** One round is over, its changes applied. */
  #settled<R>(task: Task<R>, result: WriteResult<R>): void {
    if (!result.continue) {
      task.resolve(result.response)
      this.#finish(task)
      return
    }
    this.#releaseGuards(task)
    if (task.work.latchKeys === task.latchKeys) {
      this.#schedule(() => this.#run(task))
      return
    }
    task.ticket?.release()
    this.#latch(task)
  }

  #fail<R>(task: Task<R>, error: unknown): void {
    this.#count(task.work, 'error')
    task.reject(error)
    this.#finish(task)
  }

  /** Gives back all that the task holds: guards before latches, so that the next in line finds no lock of ours in memory. */
  #finish<R>(task: Task<R>): void {
    assert(!task.done, 'a command finishes twice')
    task.done = true
    this.#endWait(task)
    this.#releaseGuards(task)
    this.#pendingBytes -= task.work.writeBytes
    this.#pendingCount--
    this.#showPending()
    this.#metrics.commandSeconds.observe((this.#deps.clock.now() - task.startedAt) / 1000, task.work.name)
    task.ticket?.release()
    if (this.#closed && this.#pendingCount === 0) for (const tell of this.#onIdle.splice(0)) tell()
  }

  /** The Kv cannot tell whether the write took place. */
  #keepGuards<R>(task: Task<R>): void {
    this.#deps.concurrency.keepLocked(task.guards)
    task.guards = []
  }

  #releaseGuards<R>(task: Task<R>): void {
    for (const guard of task.guards) guard.release()
    task.guards = []
  }

  /** Ends the task when its deadline, its client or the scheduler is gone. */
  #refused<R>(task: Task<R>): boolean {
    const { deadline, signal } = task.options
    if (this.#closed) this.#fail(task, new ClosedError('scheduler'))
    else if (signal?.aborted) this.#fail(task, new CommandCancelledError(task.work.name))
    else if (deadline !== undefined && this.#deps.clock.now() >= deadline) {
      this.#fail(task, new ServerIsBusyError('deadline is exceeded'))
    } else return false
    return true
  }

  /** `next` with the value of `attempt`, at once if it is there; `failed` with what it throws or rejects with. Neither may throw. */
  #step<T>(attempt: () => MaybePromise<T>, next: (value: T) => void, failed: (error: unknown) => void): void {
    let value: MaybePromise<T>
    try {
      value = attempt()
    } catch (error) {
      failed(error)
      return
    }
    if (isPromise(value)) value.then(next, failed)
    else next(value)
  }

  #count(work: Work<unknown>, stage: SchedulerStage): void {
    this.#metrics.stages.add(1, work.name, stage)
  }

  #showPending(): void {
    this.#metrics.commandCount.set(this.#pendingCount)
    this.#metrics.writingBytes.set(this.#pendingBytes)
  }
}
