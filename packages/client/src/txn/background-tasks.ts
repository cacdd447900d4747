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
  readonly #running = new Set<Promise<void>>()
  readonly #stopped = new AbortController()

  constructor(deps: { readonly clock: Clock }, options: BackgroundTasksOptions = defaultBackgroundTasksOptions) {
    this.#clock = deps.clock
    this.#options = options
  }

  /** False: there is no room, or this is closed; nothing was started. What the task throws is nobody's business. */
  start(task: (signal: AbortSignal) => Promise<void>): boolean {
    if (this.#stopped.signal.aborted || this.#running.size >= this.#options.taskCountMax) return false
    const running = task(this.#stopped.signal).then(ignore, ignore)
    this.#running.add(running)
    void running.then(() => this.#running.delete(running))
    return true
  }

  /** Resolves when nothing runs any more; tasks that start meanwhile count. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running)
  }

  /** Waits for what runs, within `closeWaitMs`; then aborts it. Idempotent. */
  async close(): Promise<void> {
    const timer = this.#clock.after(this.#options.closeWaitMs, () => this.#stopped.abort())
    await this.idle()
    timer.cancel()
    this.#stopped.abort()
  }
}

function ignore(): void {}
