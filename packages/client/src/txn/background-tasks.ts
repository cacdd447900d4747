import type { Clock } from '@stratakv/core'

export interface BackgroundTasksOptions {
  /** Running at the same time. At the limit `start` refuses and the caller does the work itself, before it answers. */
  readonly taskCountMax: number
  /** How long `close` waits for what runs before it aborts it, milliseconds. */
  readonly closeWaitMs: number
}

export const defaultBackgroundTasksOptions: BackgroundTasksOptions = { taskCountMax: 256, closeWaitMs: 5000 }

/**
 * Work that no caller waits for: the second phase for secondary keys, the rollback of what failed, locks that readers stepped over.
 * None of it is needed for correctness, since whoever meets a lock can finish it.
 */
export class BackgroundTasks {
  readonly #clock: Clock
  readonly #options: BackgroundTasksOptions
  /** Each with what aborts it: one signal for all would collect a listener of every call that they make. */
  readonly #running = new Map<Promise<void>, AbortController>()
  #isClosed = false

  constructor(deps: { readonly clock: Clock }, options: BackgroundTasksOptions = defaultBackgroundTasksOptions) {
    this.#clock = deps.clock
    this.#options = options
  }

  /** False: there is no room, or this is closed; nothing was started. What the task throws is nobody's business. */
  start(task: (signal: AbortSignal) => Promise<void>): boolean {
    if (this.#isClosed || this.#running.size >= this.#options.taskCountMax) return false
    const abort = new AbortController()
    const running = task(abort.signal).then(ignore, ignore)
    this.#running.set(running, abort)
    void running.then(() => this.#running.delete(running))
    return true
  }

  /** Resolves when nothing runs any more; tasks that start meanwhile count. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running.keys())
  }

  /** Waits for what runs, within `closeWaitMs`; then aborts it. Idempotent. */
  async close(): Promise<void> {
    const timer = this.#clock.after(this.#options.closeWaitMs, () => this.#stop())
    await this.idle()
    timer.cancel()
    this.#stop()
  }

  #stop(): void {
    this.#isClosed = true
    for (const abort of this.#running.values()) abort.abort()
  }
}

function ignore(): void {}
