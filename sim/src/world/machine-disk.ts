import {
  below,
  type Clock,
  FileIoError,
  type FileSystem,
  fraction,
  NoSpaceError,
  type SeededRandom,
  sleep,
} from '@stratakv/core'
import { createMemoryDisk, type MemoryDisk } from '@stratakv/memory'
import { type FileCall, type FileOperation, InterceptedFileSystem } from '@stratakv/testkit'
import type { ProcessClock } from './process-clock.ts'

/** How the disk of one machine behaves just now. */
export interface DiskMood {
  /** What a sync takes, on average. */
  syncMs: number
  /** Chance that a write or sync fails with EIO or ENOSPC. */
  failing: number
}

const changing: ReadonlySet<FileOperation> = new Set(['write', 'append', 'allocate', 'sync', 'syncDirectory', 'rename'])
const syncing: ReadonlySet<FileOperation> = new Set(['sync', 'syncDirectory'])

/** The disk of one machine. It outlives the processes that use it, as a power cut leaves it. */
export class MachineDisk {
  readonly #world: Clock
  readonly #random: SeededRandom
  #disk: MemoryDisk
  readonly mood: DiskMood = { syncMs: 0.5, failing: 0 }

  constructor(world: Clock, random: SeededRandom) {
    this.#world = world
    this.#random = random
    this.#disk = createMemoryDisk({ random: random.fork('disk') })
  }

  /** As one process sees it. A killed process has no answer to its last calls, which may have been carried out. */
  openedBy(clock: ProcessClock): FileSystem {
    const disk = this.#disk
    return new InterceptedFileSystem(disk, async (call, run) => {
      if (clock.isKilled) return new Promise(() => {})
      const isFailing =
        this.mood.failing > 0 && changing.has(call.operation) && fraction(this.#random) < this.mood.failing
      if (syncing.has(call.operation)) await sleep(this.#world, this.mood.syncMs * (0.5 + fraction(this.#random)))
      if (clock.isKilled) return new Promise(() => {})
      if (isFailing) throw this.#failure(call)
      const result = await run()
      if (syncing.has(call.operation)) await sleep(clock, 0)
      return clock.isKilled ? new Promise(() => {}) : result
    })
  }

  /** The power goes: what was not synced is kept, lost or torn. The process must have been killed. */
  cutPower(): void {
    this.#disk = this.#disk.clonePowerCut(this.#random)
  }

  #failure(call: FileCall): Error {
    // A full disk refuses what needs room; it does not fail a sync.
    if (!syncing.has(call.operation) && below(this.#random, 3) === 0) return new NoSpaceError(call.path)
    return new FileIoError(call.path, call.operation, 'EIO')
  }
}
