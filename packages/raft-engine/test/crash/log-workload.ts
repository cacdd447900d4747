import { below, KiB, type Random, seededRandom, systemClock } from '@stratakv/core'
import { describeRaftLog, NaiveRaftLog, RaftLogDice } from '@stratakv/core/compliance'
import { createMemoryDisk, type MemoryDisk } from '@stratakv/memory'
import { openRaftEngine, type RaftEngine, type RaftEngineOptions } from '../../src/index.ts'

export const clock = systemClock()

/** Every kind of file, batch and purge within a few hundred small writes. */
export function anyOptions(random: Random): RaftEngineOptions {
  const formatVersion = below(random, 3) === 0 ? 1 : 2
  const enableLogRecycle = formatVersion === 2 && below(random, 3) > 0
  const targetFileSize = [KiB(1), KiB(2), KiB(6)][below(random, 3)]!
  return {
    directory: '/log',
    formatVersion,
    enableLogRecycle,
    prefillForRecycle: enableLogRecycle && below(random, 3) === 0,
    prefillLimit: targetFileSize * 2,
    targetFileSize,
    purgeThreshold: targetFileSize * (2 + below(random, 3)),
    purgeRewriteThreshold: targetFileSize,
    purgeRewriteGarbageRatio: [0, 0.3, 0.6][below(random, 3)]!,
    batchCompressionThreshold: [0, 64, KiB(8)][below(random, 3)]!,
    bytesPerSync: [0, KiB(1), KiB(8)][below(random, 3)]!,
    readCacheSize: [0, KiB(4)][below(random, 2)]!,
  }
}

/** What the log looked like behind each write, and how much of that can no longer be lost. */
export class WrittenStates {
  /** `states[n]` is the log behind the first `n` writes. */
  readonly states: string[] = ['']
  /** So many writes were synced, by their own doing or a later one's. */
  syncedCount = 0

  /**
   * The log in `disk` has to be that behind some number of writes: `syncedCount` at least, and fewer than `knownCount`.
   * Answers how many. @throws when it is not
   */
  async check(disk: MemoryDisk, options: RaftEngineOptions, bounds: StateBounds): Promise<number> {
    const engine = await openRaftEngine({ fileSystem: disk, clock }, options)
    try {
      const found = (await describeRaftLog(engine)).join('\n')
      const count = this.states.slice(0, bounds.knownCount).lastIndexOf(found)
      if (count >= bounds.syncedCount) return count
      throw new Error(
        `of ${bounds.knownCount - 1} writes, ${bounds.syncedCount} synced; found as behind ${count}:\n${found}\n-- when synced:\n${this.states[bounds.syncedCount]}`,
      )
    } finally {
      await engine.close()
    }
  }
}

/** How many writes were synced when the power was cut, and how many states there were, that of no write included. */
export interface StateBounds {
  readonly syncedCount: number
  readonly knownCount: number
}

/**
 * Random writes, some at a time, with purges among them. `onStep` is called between any two things that happen; it may throw to
 * end the run.
 */
export class LogWorkload {
  readonly written = new WrittenStates()
  #twin = new NaiveRaftLog()
  /** The twin behind each write. */
  readonly #twins = [new NaiveRaftLog()]
  readonly #dice: RaftLogDice

  constructor(seed: number) {
    this.#dice = new RaftLogDice(seed)
  }

  /** One round: some writes at once, perhaps a purge or a sync beside them. Rejections of writes that fit are thrown. */
  async round(engine: RaftEngine): Promise<void> {
    const { written } = this
    const running: Promise<unknown>[] = []
    for (let count = 1 + this.#dice.below(4); count > 0; count--) {
      const changes = this.#dice.changes(this.#twin)
      const sync = this.#dice.below(3) === 0
      const write = engine.write(changes, { sync })
      if (!this.#twin.write(changes)) {
        running.push(write.catch(() => {}))
        continue
      }
      written.states.push(this.#twin.describe().join('\n'))
      this.#twins.push(this.#twin.copy())
      const order = written.states.length - 1
      running.push(
        write.then(() => {
          if (sync) written.syncedCount = Math.max(written.syncedCount, order)
        }),
      )
    }
    if (this.#dice.below(5) === 0) running.push(engine.purge())
    if (this.#dice.below(10) === 0) running.push(engine.sync())
    for (const outcome of await Promise.allSettled(running)) {
      if (outcome.status === 'rejected') throw outcome.reason
    }
  }

  /** After a power cut that left `count` writes: they are all there ever was. */
  goOnBehind(count: number): void {
    this.written.states.length = count + 1
    this.written.syncedCount = count
    this.#twins.length = count + 1
    this.#twin = this.#twins[count]!.copy()
  }
}

export function newDisk(seed: number): MemoryDisk {
  return createMemoryDisk({ random: seededRandom(seed) })
}
