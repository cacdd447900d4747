import type { LogQueue } from './format/file-name.ts'
import type { FileTable } from './log-file.ts'

/** How much of each file and queue something still refers to. An entry and a value count one each, as in the Rust engine. */
export class LiveCounts {
  readonly #files: FileTable
  readonly #live: Record<LogQueue, number> = { append: 0, rewrite: 0 }
  /** What the files of the rewrite queue hold, dead or alive. */
  #rewrittenCount = 0

  constructor(files: FileTable) {
    this.#files = files
  }

  /** `count` more entries or values live in a file. */
  add(slot: number, count: number): void {
    const file = this.#files.at(slot)
    file.liveCount += count
    this.#live[file.queue] += count
    if (file.queue === 'rewrite') this.#rewrittenCount += count
  }

  drop(slot: number, count: number): void {
    const file = this.#files.at(slot)
    file.liveCount -= count
    this.#live[file.queue] -= count
  }

  /** What a file holds that was dead when it was written: as if it had been added and dropped. */
  addDead(queue: LogQueue, count: number): void {
    if (queue === 'rewrite') this.#rewrittenCount += count
  }

  live(queue: LogQueue): number {
    return this.#live[queue]
  }

  isRewritten(slot: number): boolean {
    return this.#files.at(slot).queue === 'rewrite'
  }

  /** The part of the rewrite queue that is dead, 0 to 1. */
  get garbageRatio(): number {
    return this.#rewrittenCount === 0 ? 0 : 1 - this.#live.rewrite / this.#rewrittenCount
  }

  /** The rewrite queue was copied and its old files are gone: what is left lives. */
  rewriteQueueCopied(): void {
    this.#rewrittenCount = this.#live.rewrite
  }
}
