import type { Clock, Histogram, Random, Telemetry } from '@stratakv/core'
import { type BackoffKind, backoffCurves, backoffMs } from './backoff-curve.ts'
import { BackoffExhaustedError, type BackoffStep, CallAbortedError } from './errors.ts'

/** One user call, with all its tries: its cancellation and what it may still wait. */
export interface CallScope {
  readonly signal: AbortSignal | undefined
  readonly telemetry: Telemetry
  /** Tries so far that may have been executed although no answer came. */
  readonly undeterminedCount: number
  /** Waits before the next try. @throws BackoffExhaustedError naming what was met, CallAbortedError */
  backoff(kind: BackoffKind, cause: Error): Promise<void>
  /** @throws CallAbortedError when the caller has given up */
  check(): void
  noteUndetermined(): void
  /**
   * For one of several parts that run side by side: its waits start with what is used so far, then count for themselves; its
   * undetermined tries count here too.
   */
  fork(): CallScope
}

export interface CallScopesDeps {
  readonly clock: Clock
  readonly random: Random
  readonly telemetry: Telemetry
}

export interface CallScopeOptions {
  /** All waits of one call together, milliseconds; at the limit the call fails. */
  readonly budgetMs: number
  readonly signal?: AbortSignal | undefined
}

/** Waits of one call that its BackoffExhaustedError tells one by one; of older ones only the counts are kept. */
const historyMax = 16

/** Node alone warns of an eleventh listener; asked for at run time, because the client also runs where there is no Node. */
const nodeEvents = globalThis.process?.getBuiltinModule?.('node:events')

/** Makes scopes. One per client: what all calls share is set up once. */
export class CallScopes {
  readonly deps: CallScopesDeps
  readonly backoffSeconds: Histogram

  constructor(deps: CallScopesDeps) {
    this.deps = deps
    this.backoffSeconds = deps.telemetry.histogram({
      name: 'tikv_client_backoff_seconds',
      help: 'Waits between two tries, by reason.',
      labels: ['type'],
    })
  }

  open(options: CallScopeOptions): CallScope {
    // One signal for a hundred calls is no leak: each call takes its listener away when it ends.
    if (options.signal !== undefined) nodeEvents?.setMaxListeners(0, options.signal)
    return new Call(this, options.budgetMs, options.signal, undefined, undefined)
  }
}

/** What a call has waited so far. Most calls never wait: made when the first one does. */
interface Waits {
  usedMs: number
  readonly counts: Map<BackoffKind, number>
  readonly history: BackoffStep[]
}

class Call implements CallScope {
  readonly signal: AbortSignal | undefined
  undeterminedCount = 0
  readonly #scopes: CallScopes
  readonly #budgetMs: number
  readonly #parent: Call | undefined
  #waits: Waits | undefined

  constructor(
    scopes: CallScopes,
    budgetMs: number,
    signal: AbortSignal | undefined,
    parent: Call | undefined,
    waits: Waits | undefined,
  ) {
    this.#scopes = scopes
    this.#parent = parent
    this.#budgetMs = budgetMs
    this.signal = signal
    this.#waits = waits
  }

  get telemetry(): Telemetry {
    return this.#scopes.deps.telemetry
  }

  check(): void {
    if (this.signal?.aborted) throw new CallAbortedError(this.signal.reason)
  }

  noteUndetermined(): void {
    this.undeterminedCount++
    this.#parent?.noteUndetermined()
  }

  fork(): CallScope {
    const waits = this.#waits
    const copy = waits && { usedMs: waits.usedMs, counts: new Map(waits.counts), history: [...waits.history] }
    return new Call(this.#scopes, this.#budgetMs, this.signal, this, copy)
  }

  async backoff(kind: BackoffKind, cause: Error): Promise<void> {
    this.check()
    this.#waits ??= { usedMs: 0, counts: new Map(), history: [] }
    const waits = this.#waits
    const leftMs = this.#budgetMs - waits.usedMs
    if (leftMs <= 0) throw new BackoffExhaustedError(this.#budgetMs, waits.counts, waits.history, cause)
    const count = waits.counts.get(kind) ?? 0
    const { random } = this.#scopes.deps
    const waitMs = Math.min(leftMs, backoffMs(backoffCurves[kind], count, random))
    waits.usedMs += waitMs
    waits.counts.set(kind, count + 1)
    waits.history.push({ kind, waitMs, cause })
    if (waits.history.length > historyMax) waits.history.shift()
    this.#scopes.backoffSeconds.observe(waitMs / 1000, kind)
    await this.#wait(waitMs)
    this.check()
  }

  /** Ends early when the caller gives up. */
  #wait(waitMs: number): Promise<void> {
    const { clock } = this.#scopes.deps
    const { signal } = this
    return new Promise((resolve) => {
      const done = () => {
        timer.cancel()
        signal?.removeEventListener('abort', done)
        resolve()
      }
      const timer = clock.after(waitMs, done)
      signal?.addEventListener('abort', done)
    })
  }
}

/** `promise`, or a rejection with CallAbortedError as soon as the caller gives up. What `promise` stands for goes on. */
export function untilAborted<T>(signal: AbortSignal | undefined, promise: Promise<T>): Promise<T> {
  if (signal === undefined) return promise
  return new Promise((resolve, reject) => {
    const abort = () => reject(new CallAbortedError(signal.reason))
    if (signal.aborted) abort()
    else signal.addEventListener('abort', abort)
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}
