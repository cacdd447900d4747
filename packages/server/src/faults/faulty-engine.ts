import {
  type ColumnFamily,
  type EngineIterator,
  EnginePoisonedError,
  type EngineReader,
  type EngineSnapshot,
  type EngineWriteOptions,
  FileIoError,
  type IterateOptions,
  type KeyChange,
  type KvEngine,
  type MaybePromise,
  NoSpaceError,
  type StrataError,
} from '@stratakv/core'
import type { DiskFault } from './fault-rule.ts'

/** Asked before every read and write of the engine; `undefined`: it is done. */
export type DecideDisk = (operation: 'read' | 'write') => DiskFault | undefined

/** Where the errors say that the disk failed. */
const path = 'engine'

/** A {@link KvEngine} whose disk fails when `decide` says so. Otherwise it is the engine that it wraps. */
export class FaultyEngine implements KvEngine {
  readonly #engine: KvEngine
  readonly #decide: DecideDisk
  #poison: StrataError | undefined

  constructor(engine: KvEngine, decide: DecideDisk) {
    this.#engine = engine
    this.#decide = decide
  }

  get supports() {
    return this.#engine.supports
  }

  /** The disk is well again, and so is the engine: what a restart would bring. */
  heal(): void {
    this.#poison = undefined
  }

  get(cf: ColumnFamily, key: Uint8Array): MaybePromise<Uint8Array | undefined> {
    failRead(this.#decide)
    return this.#engine.get(cf, key)
  }

  getMany(cf: ColumnFamily, keys: readonly Uint8Array[]): MaybePromise<(Uint8Array | undefined)[]> {
    failRead(this.#decide)
    return this.#engine.getMany(cf, keys)
  }

  iterate(cf: ColumnFamily, options?: IterateOptions): EngineIterator {
    return new FaultyIterator(this.#engine.iterate(cf, options), this.#decide)
  }

  snapshot(): EngineSnapshot {
    return new FaultySnapshot(this.#engine.snapshot(), this.#decide)
  }

  write(batch: readonly KeyChange[], options: EngineWriteOptions): Promise<void> {
    const failure = this.#writeFailure()
    return failure === undefined ? this.#engine.write(batch, options) : Promise.reject(failure)
  }

  deleteRange(cf: ColumnFamily, start: Uint8Array, end: Uint8Array, options: EngineWriteOptions): Promise<void> {
    const failure = this.#writeFailure()
    return failure === undefined ? this.#engine.deleteRange(cf, start, end, options) : Promise.reject(failure)
  }

  syncWal(): Promise<void> {
    return this.#engine.syncWal()
  }

  approximateSizeBytes(cf: ColumnFamily, start: Uint8Array, end: Uint8Array): Promise<number> {
    return this.#engine.approximateSizeBytes(cf, start, end)
  }

  close(): Promise<void> {
    return this.#engine.close()
  }

  /** The first failure poisons, as it does the engines on a disk: what lies behind a torn record could be lost. */
  #writeFailure(): StrataError | undefined {
    if (this.#poison !== undefined) {
      const detail = `${path} takes no more writes since one failed (${this.#poison.message}): remove the fault rule`
      return new EnginePoisonedError(detail, { cause: this.#poison })
    }
    const fault = this.#decide('write')
    if (fault !== undefined)
      this.#poison = fault === 'ENOSPC' ? new NoSpaceError(path) : new FileIoError(path, 'write', fault)
    return this.#poison
  }
}

function failRead(decide: DecideDisk): void {
  const fault = decide('read')
  if (fault !== undefined) throw new FileIoError(path, 'read', fault)
}

class FaultySnapshot implements EngineSnapshot {
  readonly #snapshot: EngineSnapshot
  readonly #decide: DecideDisk

  constructor(snapshot: EngineSnapshot, decide: DecideDisk) {
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

  iterate(...parameters: Parameters<EngineReader['iterate']>): EngineIterator {
    return new FaultyIterator(this.#snapshot.iterate(...parameters), this.#decide)
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
