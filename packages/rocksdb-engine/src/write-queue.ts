import {
  assert,
  type ColumnFamily,
  compareBytes,
  EnginePoisonedError,
  type EngineWriteOptions,
  type KeyChange,
  MiB,
  type StrataError,
} from '@stratakv/core'
import { diskEnd, diskKey, diskStart } from './key-space.ts'
import type { RocksdbDatabase, RocksdbWriteBatch } from './rocksdb-binding.ts'
import { fromRocksdbError } from './rocksdb-errors.ts'
import type { WriteAheadLog } from './write-ahead-log.ts'

/** A group takes no further batch once it holds as many changes: handing one to the binding takes about 2 us of the event loop. */
const groupChangeCountMax = 4096

/** Nor once it holds as many bytes. RocksDB too stops joining batches at 1 MiB; a fuller log write only delays the sync. */
const groupBytesMax = MiB(1)

export interface WriteQueueDeps {
  readonly db: RocksdbDatabase
  readonly log: WriteAheadLog
  readonly path: string
  /** Called when RocksDB has the write, before any promise of it settles. */
  afterChange(): void
}

/** A change as the binding takes it; no value is a delete. */
interface EncodedChange {
  readonly key: Uint8Array
  readonly value: Uint8Array | undefined
}

/** Batches that go to RocksDB as one. */
interface Group {
  readonly kind: 'group'
  readonly changes: EncodedChange[]
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
      const value = change.type === 'put' ? change.value : undefined
      group.changes.push({ key, value })
      group.bytes += key.length + (value?.length ?? 0)
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
    if (open !== undefined && open.changes.length < groupChangeCountMax && open.bytes < groupBytesMax) return open
    const group: Group = { kind: 'group', changes: [], waiters: [], bytes: 0, sync: false }
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
        if (this.#poison !== undefined) throw this.#refusal(this.#poison)
        await (item.kind === 'group' ? this.#writeGroup(item) : this.#runRemoval(item))
        for (const waiter of item.waiters) waiter.resolve()
      } catch (thrown) {
        for (const waiter of item.waiters) waiter.reject(thrown)
      }
    }
    this.#running = undefined
  }

  async #writeGroup(group: Group): Promise<void> {
    if (group.changes.length > 0) {
      await this.#change('write', group.changes.length, (batch) => {
        for (const { key, value } of group.changes) {
          if (value === undefined) batch.tryDelete(key)
          else batch.tryPut(key, value)
        }
      })
    }
    if (group.sync) await this.#makeDurable()
  }

  async #runRemoval({ start, end, sync }: RangeRemoval): Promise<void> {
    // RocksDB refuses a range that ends before it starts. A range is one record in the log whatever it holds: a tombstone for all of it.
    if (compareBytes(start, end) < 0) await this.#change('delete range', 1, (batch) => batch.tryDeleteRange(start, end))
    if (sync) await this.#makeDurable()
  }

  async #change(operation: string, count: number, fill: (batch: RocksdbWriteBatch) => void): Promise<void> {
    this.#unsynced = true
    const batch = this.#deps.db.write({ capacity: count })
    try {
      fill(batch)
      await batch.flush()
      this.#deps.log.noteWrite()
    } catch (thrown) {
      throw this.#poisonBy(operation, thrown)
    } finally {
      batch.destroy()
      this.#deps.afterChange()
    }
  }

  async #makeDurable(): Promise<void> {
    if (!this.#unsynced) return
    try {
      await this.#deps.log.makeDurable()
    } catch (thrown) {
      throw this.#poisonBy('sync', thrown)
    }
    this.#unsynced = false
  }

  /**
   * Any failure poisons. RocksDB itself goes on after some, once it believes the cause is gone; but what a failed sync left in
   * the log nobody knows, and RocksDB has not heard of it.
   */
  #poisonBy(operation: string, thrown: unknown): StrataError {
    const error = fromRocksdbError(this.#deps.path, operation, thrown)
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
