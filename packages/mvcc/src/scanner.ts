import { type EngineIterator, type EngineReader, isPromise, type MaybePromise } from '@stratakv/core'
import { KeyIsLockedError, type MvccError } from './errors.ts'
import { judgeLock, type ReadView } from './isolation.ts'
import { decodeKey } from './key.ts'
import { decodeLock } from './lock-record.ts'
import { runSteps, type Steps, settle, wait } from './steps.ts'
import { loadValue, type ValueHolder } from './value.ts'

export interface ScanOptions extends ReadView {
  /** Encoded, inclusive; empty or absent is unbounded. */
  readonly lowerBound?: Uint8Array
  /** Encoded, exclusive; empty or absent is unbounded. */
  readonly upperBound?: Uint8Array
  /** `descending` starts below `upperBound`. */
  readonly order: 'ascending' | 'descending'
  /** Values are not needed: `value` is then empty. */
  readonly keysOnly?: boolean
  /** How many entries will be asked for, as a hint for read-ahead. */
  readonly expectedCount?: number
}

/** A visible key, or one that could not be read; then the scan goes on behind it. Keys are raw and belong to the caller. */
export type ScanEntry =
  | { readonly key: Uint8Array; readonly value: Uint8Array; readonly error?: never }
  | { readonly key: Uint8Array; readonly value?: never; readonly error: MvccError }

export interface ScanLimits {
  /** Locked keys count. */
  readonly limitCount: number
}

const noValue = new Uint8Array(0)

/**
 * Walks a range of the lock and write column families side by side. The direction is the subclass: it says which of two
 * keys comes first, and how to find the visible version of one.
 */
export abstract class Scanner {
  protected readonly source: EngineReader
  protected readonly options: ScanOptions
  protected readonly writes: EngineIterator
  /** Absent under RC, which does not look at locks. */
  protected readonly locks: EngineIterator | undefined
  private state: 'new' | 'open' | 'closed' = 'new'

  constructor(source: EngineReader, options: ScanOptions) {
    this.source = source
    this.options = options
    const bounds = {
      ...(options.lowerBound === undefined ? {} : { lowerBound: options.lowerBound }),
      ...(options.upperBound === undefined ? {} : { upperBound: options.upperBound }),
    }
    const hint = options.expectedCount === undefined ? {} : { expectedCount: options.expectedCount }
    this.writes = source.iterate('write', { ...bounds, ...hint })
    // Locks are rare: reading ahead among them would fetch what no scan needs.
    this.locks = options.isolation === 'rc' ? undefined : source.iterate('lock', { ...bounds, expectedCount: 1 })
  }

  /** The next entry; `undefined` at the end, and from then on. @throws what is not about one locked key: WriteConflictError, DefaultNotFoundError, MvccCorruptionError */
  next(): MaybePromise<ScanEntry | undefined> {
    return runSteps(this.step())
  }

  /** Up to `limitCount` further entries. Throws as `next` does, and then nothing is returned. */
  scan(limits: ScanLimits): MaybePromise<ScanEntry[]> {
    return runSteps(this.scanSteps(limits))
  }

  /** Idempotent. */
  close(): void {
    this.state = 'closed'
    this.writes.close()
    this.locks?.close()
  }

  private *scanSteps({ limitCount }: ScanLimits): Steps<ScanEntry[]> {
    const entries: ScanEntry[] = []
    while (entries.length < limitCount) {
      const entry = yield* this.step()
      if (entry === undefined) break
      entries.push(entry)
    }
    return entries
  }

  private *step(): Steps<ScanEntry | undefined> {
    if (this.state === 'closed') return undefined
    if (this.state === 'new') {
      this.state = 'open'
      yield* this.start()
    }
    for (;;) {
      const settled = this.settleWrites()
      if (isPromise(settled)) yield* settle(settled)
      const versions = this.currentKey()
      const locked = this.locks?.valid ? this.locks.key : undefined
      if (versions === undefined && locked === undefined) return undefined
      // Negative: the key has versions and no lock. Zero: both. Positive: a lock and no versions.
      const order = locked === undefined ? -1 : versions === undefined ? 1 : this.compare(versions, locked)
      const key = (order <= 0 ? versions : locked)!
      const entry = order >= 0 ? yield* this.readLocked(key, order === 0) : yield* this.readUnlocked(key)
      if (entry !== undefined) return entry
    }
  }

  private *readLocked(key: Uint8Array, hasVersions: boolean): Steps<ScanEntry | undefined> {
    const locks = this.locks!
    const lock = decodeLock(locks.value)
    const moved = this.nextLock()
    if (isPromise(moved)) yield* settle(moved)
    const verdict = judgeLock(key, lock, this.options)
    if (verdict === 'ignore') return hasVersions ? yield* this.readUnlocked(key) : undefined
    if (hasVersions) this.skip(key)
    if (verdict === 'read-through') {
      if (lock.kind === 'delete') return undefined
      const value = this.options.keysOnly ? noValue : yield* wait(loadValue(this.source, key, lock))
      return { key: decodeKey(key), value }
    }
    if (!(verdict instanceof KeyIsLockedError)) throw verdict
    return { key: decodeKey(key), error: verdict }
  }

  private *readUnlocked(key: Uint8Array): Steps<ScanEntry | undefined> {
    const write = yield* this.visible(key)
    if (write === undefined) return undefined
    if (this.options.keysOnly) return { key: decodeKey(key), value: noValue }
    const value = loadValue(this.source, key, write)
    return { key: decodeKey(key), value: isPromise(value) ? yield* settle(value) : value }
  }

  /** Puts both cursors at the first entry in scan order. */
  protected abstract start(): Steps<void>
  /** Finishes leaving the key read last. Lazy, so that the last entry of a scan costs no step beyond it. */
  protected abstract settleWrites(): MaybePromise<unknown>
  /** The encoded key under the write cursor; `undefined` at the end. Called on a settled cursor only. */
  protected abstract currentKey(): Uint8Array | undefined
  /** In scan order. */
  protected abstract compare(left: Uint8Array, right: Uint8Array): number
  /** From the first version of `key` in scan order: the put that is visible, and the key is marked as done with. */
  protected abstract visible(key: Uint8Array): Steps<ValueHolder | undefined>
  /** Marks `key` as done with. */
  protected abstract skip(key: Uint8Array): void
  protected abstract nextLock(): MaybePromise<boolean>
}
