import type { RaftLogChange, RaftLogEngine } from '@stratakv/core'

export interface LogWriterOptions {
  /**
   * `raftstore.store-io-pool-size`: writes that may be under way at once. What comes meanwhile shares the next one. 0: one, and the
   * store stands still until it is done.
   */
  readonly poolSize: number
}

export interface LogWriterEvents {
  /** A write is done, and there may be room for the next. */
  readonly onWritten: () => void
  /** The log engine has failed: nothing of what is under way is durable, as far as anybody knows. */
  readonly onFailed: (error: Error) => void
}

interface Batch {
  readonly changes: RaftLogChange[]
  readonly durable: (() => void)[]
  isWritten: boolean
}

/** What all regions have to say to the log, in one write a turn; and who is told, in the same order, that it is durable. */
export class LogWriter {
  readonly #engine: RaftLogEngine
  readonly #poolSize: number
  readonly #events: LogWriterEvents
  #next: Batch = emptyBatch()
  /** Oldest first. */
  readonly #underWay: Batch[] = []
  #waiting: (() => void)[] = []
  #hasFailed = false

  constructor(engine: RaftLogEngine, { poolSize }: LogWriterOptions, events: LogWriterEvents) {
    this.#engine = engine
    this.#poolSize = poolSize
    this.#events = events
  }

  /** Whether the store has to wait. */
  get isStalled(): boolean {
    return this.#poolSize === 0 && this.#underWay.length > 0
  }

  /** Resolves when all that was added is durable; at once after a failure. */
  async drained(): Promise<void> {
    this.flush()
    while (!this.#hasFailed && (this.#underWay.length > 0 || this.#next.durable.length > 0)) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
      this.flush()
    }
  }

  /** Buffers belong to the writer until `durable` is called. */
  add(changes: readonly RaftLogChange[], durable: () => void): void {
    for (const change of changes) this.#next.changes.push(change)
    this.#next.durable.push(durable)
  }

  /** Starts a write with what was added, if one more may be under way. */
  flush(): void {
    if (this.#next.durable.length === 0 || this.#hasFailed) return
    if (this.#underWay.length >= Math.max(1, this.#poolSize)) return
    const batch = this.#next
    this.#next = emptyBatch()
    this.#underWay.push(batch)
    this.#engine.write(batch.changes, { sync: true }).then(
      () => {
        batch.isWritten = true
        this.#report()
      },
      (error: Error) => {
        if (this.#hasFailed) return
        this.#hasFailed = true
        for (const resolve of this.#waiting.splice(0)) resolve()
        this.#events.onFailed(error)
      },
    )
  }

  /** What is durable is so in the order in which it was added. */
  #report(): void {
    while (!this.#hasFailed && this.#underWay[0]?.isWritten) {
      for (const durable of this.#underWay.shift()!.durable) durable()
    }
    for (const resolve of this.#waiting.splice(0)) resolve()
    this.#events.onWritten()
  }
}

function emptyBatch(): Batch {
  return { changes: [], durable: [], isWritten: false }
}
