import {
  assert,
  type ColumnFamily,
  EnginePoisonedError,
  type EngineWriteOptions,
  type KeyChange,
  MiB,
  type StrataError,
} from '@stratakv/core'
import type { ClassicLevel } from 'classic-level'
import { diskEnd, diskKey, diskStart } from './key-space.ts'
import { fromLevelError } from './level-errors.ts'
import type { WriteAheadLog } from './write-ahead-log.ts'

export type LevelDatabase = ClassicLevel<Uint8Array, Uint8Array>

/** A group takes no further batch once it holds as many changes. Encoding one takes about 2 us of the event loop. */
const groupChangeCountMax = 4096

/** Nor once it holds as many bytes. LevelDB too stops joining batches at 1 MiB; a fuller log write only delays the sync. */
const groupBytesMax = MiB(1)

export interface WriteQueueDeps {
  readonly db: LevelDatabase
  readonly log: WriteAheadLog
  readonly path: string
  /** Called right before what readers without a snapshot see may begin to change. */
  beforeChange(): void
  /** Called right after, before any promise of the write settles. */
  afterChange(): void
}

/** Batches that go to LevelDB as one. */
interface Group {
  readonly kind: 'group'
  readonly batch: ReturnType<LevelDatabase['batch']>
  readonly waiters: Waiter[]
  bytes: number
  sync: boolean
}

interface RangeRemoval {
  readonly kind: 'range removal'
  readonly cf: ColumnFamily
  readonly start: Uint8Array
  readonly end: Uint8Array
  readonly sync: boolean
  readonly waiters: Waiter[]
}

interface Waiter {
  resolve(): void
  reject(error: unknown): void
}

/**
 * Group commit. One native call runs at a time; batches that arrive meanwhile join the group that goes next, which is
 * encoded as they come, so that the disk does not wait for the encoding. A group is synced if any of its batches
 * asks for it. Promises settle in the order of the calls.
 *
 * The queue has no length limit of its own: each caller waits for its promise, and how many callers there may be is
 * for write admission to say.
 */
export class WriteQueue {
  readonly #deps: WriteQueueDeps
  readonly #waiting: (Group | RangeRemoval)[] = []
  /** The last one waiting, while it takes batches. */
  #open: Group | undefined
  #running: Promise<void> | undefined
  /** Something was written since all was last made durable. */
  #unsynced = false
  #poison: StrataError | undefined

  constructor(deps: WriteQueueDeps) {
    this.#deps = deps
  }

  write(batch: readonly KeyChange[], options: EngineWriteOptions): Promise<void> {
    // All of the batch is looked at before any of it is encoded: a bad key leaves nothing behind.
    for (const change of batch) assert(change.key.length > 0, 'a key is not empty')
    const group = this.#openGroup()
    for (const change of batch) {
      const key = diskKey(change.cf, change.key)
      group.bytes += key.length
      if (change.type === 'put') {
        group.batch.put(key, change.value)
        group.bytes += change.value.length
      } else {
        group.batch.del(key)
      }
    }
    group.sync ||= options.sync
    return this.#await(group)
  }

  removeRange(cf: ColumnFamily, start: Uint8Array, end: Uint8Array, options: EngineWriteOptions): Promise<void> {
    this.#open = undefined
    const removal: RangeRemoval = {
      kind: 'range removal',
      cf,
      start: diskStart(cf, start),
      end: diskEnd(cf, end),
      sync: options.sync,
      waiters: [],
    }
    this.#waiting.push(removal)
    return this.#await(removal)
  }

  /** Resolves when nothing runs or waits any more. */
  async drain(): Promise<void> {
    while (this.#running !== undefined) await this.#running
  }

  #openGroup(): Group {
    const open = this.#open
    if (open !== undefined && open.batch.length < groupChangeCountMax && open.bytes < groupBytesMax) return open
    const group: Group = { kind: 'group', batch: this.#deps.db.batch(), waiters: [], bytes: 0, sync: false }
    this.#open = group
    this.#waiting.push(group)
    return group
  }

  #await(item: Group | RangeRemoval): Promise<void> {
    const settled = new Promise<void>((resolve, reject) => {
      item.waiters.push({ resolve, reject })
    })
    // It starts in a microtask, so that the batches of one synchronous run share a group even when nothing is in flight.
    this.#running ??= Promise.resolve().then(() => this.#run())
    return settled
  }

  async #run(): Promise<void> {
    for (let item = this.#waiting.shift(); item !== undefined; item = this.#waiting.shift()) {
      if (item === this.#open) this.#open = undefined
      try {
        if (this.#poison !== undefined) {
          if (item.kind === 'group') await item.batch.close()
          throw this.#refusal(this.#poison)
        }
        await (item.kind === 'group' ? this.#writeGroup(item) : this.#runRemoval(item))
        for (const waiter of item.waiters) waiter.resolve()
      } catch (thrown) {
        for (const waiter of item.waiters) waiter.reject(thrown)
      }
    }
    this.#running = undefined
  }

  async #writeGroup(group: Group): Promise<void> {
    if (group.batch.length === 0) {
      await group.batch.close()
    } else {
      await this.#change('write', () => group.batch.write({ sync: group.sync }))
      this.#deps.log.noteWrite()
    }
    if (group.sync) await this.#makeDurable(group.batch.length > 0)
  }

  async #runRemoval(removal: RangeRemoval): Promise<void> {
    // Native, off this thread, in batches of 16 KiB of keys: an eighth of the time of reading the keys and writing deletes from here.
    await this.#change('delete range', () => this.#deps.db.clear({ gte: removal.start, lt: removal.end }))
    this.#deps.log.noteManyWrites()
    if (removal.sync) await this.#makeDurable(false)
  }

  async #change(operation: string, run: () => Promise<void>): Promise<void> {
    this.#unsynced = true
    this.#deps.beforeChange()
    try {
      await run()
    } catch (thrown) {
      throw this.#poisonBy(operation, thrown)
    } finally {
      this.#deps.afterChange()
    }
  }

  async #makeDurable(newestIsSynced: boolean): Promise<void> {
    if (!this.#unsynced) return
    try {
      await this.#deps.log.makeDurable(newestIsSynced)
    } catch (thrown) {
      throw this.#poisonBy('sync', thrown)
    }
    this.#unsynced = false
  }

  /**
   * Any failure poisons. LevelDB itself only goes on refusing after a failed sync or flush; after a failed append it
   * would accept the next write *behind* a torn record, where recovery may throw it away.
   */
  #poisonBy(operation: string, thrown: unknown): StrataError {
    const error = fromLevelError(this.#deps.path, operation, thrown)
    this.#poison = error
    return error
  }

  #refusal(cause: StrataError): EnginePoisonedError {
    const advice = cause.code === 'FS_NO_SPACE' ? 'restart after freeing space' : 'restart once its cause is removed'
    return new EnginePoisonedError(
      `${this.#deps.path} takes no more writes since one failed (${cause.message}): ${advice}`,
      { cause },
    )
  }
}
