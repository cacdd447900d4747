import { type Clock, NoSpaceError, type RaftLogEngine, type RegionId, type Timer } from '@stratakv/core'

export interface LogPurgerDeps {
  readonly logEngine: RaftLogEngine
  readonly clock: Clock
  /** These regions keep old files from going: what their replicas have should be dropped. */
  readonly onHeldBack: (regions: readonly RegionId[]) => void
  readonly onFailed: (error: Error) => void
}

/** Has the log engine give back space, every now and then. */
export class LogPurger {
  readonly #deps: LogPurgerDeps
  readonly #intervalMs: number
  #timer: Timer | undefined
  #run: Promise<void> = Promise.resolve()
  #isClosed = false

  constructor(deps: LogPurgerDeps, { intervalMs }: { readonly intervalMs: number }) {
    this.#deps = deps
    this.#intervalMs = intervalMs
  }

  start(): void {
    if (this.#isClosed) return
    this.#timer = this.#deps.clock.after(this.#intervalMs, () => {
      this.#run = this.#purge().then(() => this.start())
    })
  }

  close(): void {
    this.#isClosed = true
    this.#timer?.cancel()
  }

  async drained(): Promise<void> {
    await this.#run
  }

  async #purge(): Promise<void> {
    try {
      const heldBack = await this.#deps.logEngine.purge()
      if (!this.#isClosed && heldBack.length > 0) this.#deps.onHeldBack(heldBack)
    } catch (error) {
      // A full disk has no room to move things together; writers will say so too, and there may be room the next time.
      if (!this.#isClosed && !(error instanceof NoSpaceError)) this.#deps.onFailed(error as Error)
    }
  }
}
