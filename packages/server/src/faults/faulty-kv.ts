import {
  type ColumnFamily,
  chain,
  type EngineIterator,
  EnginePoisonedError,
  type EngineReader,
  FileIoError,
  type IterateOptions,
  type Kv,
  type KvContext,
  type KvSnapshot,
  type MaybePromise,
  type MemoryLocks,
  type Modify,
  NoSpaceError,
  type Region,
  StoreDiskFullError,
  type StoreId,
  type StrataError,
  type Term,
  type WriteStage,
} from '@stratakv/core'
import type { DiskFault } from './fault-rule.ts'

/** Asked before every read and write of a region's data; `undefined`: it is done. */
export type DecideDisk = (operation: 'read' | 'write') => DiskFault | undefined

/** Where the errors say that the disk failed. */
const path = 'engine'

/**
 * A {@link Kv} over a disk that fails when `decide` says so. Otherwise it is the one that it wraps, which stays well: a real failure
 * of the disk stops a store until it is restarted, one on purpose is over when it is taken back.
 */
export class FaultyKv implements Kv {
  readonly #kv: Kv
  readonly #storeId: StoreId
  readonly #decide: DecideDisk
  #poison: StrataError | undefined

  constructor(kv: Kv, storeId: StoreId, decide: DecideDisk) {
    this.#kv = kv
    this.#storeId = storeId
    this.#decide = decide
  }

  /** The disk is well again: what a restart would bring. */
  heal(): void {
    this.#poison = undefined
  }

  snapshot(context: KvContext): MaybePromise<KvSnapshot> {
    return chain(this.#kv.snapshot(context), (snapshot) => new FaultySnapshot(snapshot, this.#decide))
  }

  write(context: KvContext, changes: readonly Modify[], onStage?: (stage: WriteStage) => void): Promise<void> {
    const failure = this.#writeFailure()
    return failure === undefined ? this.#kv.write(context, changes, onStage) : Promise.reject(failure)
  }

  /** The first failure poisons, as it does a store: what lies behind a torn record could be lost. */
  #writeFailure(): StrataError | undefined {
    const first = this.#poison
    if (first === undefined) {
      const fault = this.#decide('write')
      if (fault === undefined) return undefined
      this.#poison = fault === 'ENOSPC' ? new NoSpaceError(path) : new FileIoError(path, 'write', fault)
    }
    const cause = this.#poison!
    const detail = `${path} takes no more writes since one failed (${cause.message}): remove the fault rule`
    if (cause instanceof NoSpaceError) {
      return new StoreDiskFullError([this.#storeId], first === undefined ? cause.message : detail)
    }
    return first === undefined ? cause : new EnginePoisonedError(detail, { cause })
  }
}

function failRead(decide: DecideDisk): void {
  const fault = decide('read')
  if (fault !== undefined) throw new FileIoError(path, 'read', fault)
}

class FaultySnapshot implements KvSnapshot {
  readonly region: Region
  readonly term: Term
  readonly locks: MemoryLocks
  readonly #snapshot: KvSnapshot
  readonly #decide: DecideDisk

  constructor(snapshot: KvSnapshot, decide: DecideDisk) {
    this.region = snapshot.region
    this.term = snapshot.term
    this.locks = snapshot.locks
    this.#snapshot = snapshot
    this.#decide = decide
  }

  get(...parameters: Parameters<EngineReader['get']>): MaybePromise<Uint8Array | undefined> {
    failRead(this.#decide)
    return this.#snapshot.get(...parameters)
  }

  getMany(...parameters: Parameters<EngineReader['getMany']>): MaybePromise<(Uint8Array | undefined)[]> {
    failRead(this.#decide)
    return this.#snapshot.getMany(...parameters)
  }

  iterate(cf: ColumnFamily, options?: IterateOptions): EngineIterator {
    return new FaultyIterator(this.#snapshot.iterate(cf, options), this.#decide)
  }

  release(): void {
    this.#snapshot.release()
  }
}

/** Seeks are what goes to the disk; steps mostly stay in a block that is there. */
class FaultyIterator implements EngineIterator {
  readonly #iterator: EngineIterator
  readonly #decide: DecideDisk

  constructor(iterator: EngineIterator, decide: DecideDisk) {
    this.#iterator = iterator
    this.#decide = decide
  }

  get valid(): boolean {
    return this.#iterator.valid
  }

  get key(): Uint8Array {
    return this.#iterator.key
  }

  get value(): Uint8Array {
    return this.#iterator.value
  }

  seek(key: Uint8Array): MaybePromise<boolean> {
    failRead(this.#decide)
    return this.#iterator.seek(key)
  }

  seekForPrev(key: Uint8Array): MaybePromise<boolean> {
    failRead(this.#decide)
    return this.#iterator.seekForPrev(key)
  }

  seekToFirst(): MaybePromise<boolean> {
    failRead(this.#decide)
    return this.#iterator.seekToFirst()
  }

  seekToLast(): MaybePromise<boolean> {
    failRead(this.#decide)
    return this.#iterator.seekToLast()
  }

  next(): MaybePromise<boolean> {
    return this.#iterator.next()
  }

  prev(): MaybePromise<boolean> {
    return this.#iterator.prev()
  }

  close(): void {
    this.#iterator.close()
  }
}
