import { assert, type LogIndex, type Term } from '@stratakv/core'
import type { Entry } from '../entry.ts'
import { entriesBytes, limitEntries } from '../entry-bytes.ts'
import type { RaftLogger } from '../logger.ts'
import type { Snapshot } from '../message.ts'
import { RaftCompactedError, type RaftStorage, RaftUnavailableError } from '../storage.ts'
import { UnstableLog } from './unstable.ts'

/** Entries that follow on `prevIndex`, in one run, as an append brings them. */
export interface LogSlice {
  readonly prevIndex: LogIndex
  readonly prevTerm: Term
  readonly entries: readonly Entry[]
}

export interface RaftLogOptions {
  readonly storage: RaftStorage
  readonly logger: RaftLogger
  /** Of committed entries that are handed out and not applied, in encoded bytes; one entry goes through always. */
  readonly applyingBytesMax: number
}

/**
 * A node's log: what is in storage, and its unstable end. `applied <= applying <= committed <= lastIndex`; entries up to
 * `applying` were handed out to be applied.
 */
export class RaftLog {
  readonly unstable: UnstableLog
  readonly #storage: RaftStorage
  readonly #logger: RaftLogger
  readonly #applyingBytesMax: number
  #committed: LogIndex
  #applying: LogIndex
  #applied: LogIndex
  #applyingBytes = 0
  #isApplyingPaused = false

  constructor({ storage, logger, applyingBytesMax }: RaftLogOptions) {
    const before = storage.firstIndex() - 1
    this.#storage = storage
    this.#logger = logger
    this.#applyingBytesMax = applyingBytesMax
    this.#committed = before
    this.#applying = before
    this.#applied = before
    this.unstable = new UnstableLog(storage.lastIndex() + 1, logger)
  }

  get committed(): LogIndex {
    return this.#committed
  }

  get applying(): LogIndex {
    return this.#applying
  }

  get applied(): LogIndex {
    return this.#applied
  }

  get firstIndex(): LogIndex {
    return this.unstable.firstIndex ?? this.#storage.firstIndex()
  }

  get lastIndex(): LogIndex {
    return this.unstable.lastIndex ?? this.#storage.lastIndex()
  }

  get lastTerm(): Term {
    return this.term(this.lastIndex)
  }

  /** Of `[firstIndex - 1, lastIndex]`. @throws RaftCompactedError, RaftUnavailableError */
  term(index: LogIndex): Term {
    const unstable = this.unstable.term(index)
    if (unstable !== undefined) return unstable
    if (index + 1 < this.firstIndex) throw new RaftCompactedError(index, this.firstIndex)
    if (index > this.lastIndex) throw new RaftUnavailableError(index, this.lastIndex)
    return this.#storage.term(index)
  }

  /** 0, which no entry has, where it is not known. */
  termOrZero(index: LogIndex): Term {
    try {
      return this.term(index)
    } catch (error) {
      if (error instanceof RaftCompactedError || error instanceof RaftUnavailableError) return 0
      throw error
    }
  }

  matches(index: LogIndex, term: Term): boolean {
    if (index + 1 < this.firstIndex || index > this.lastIndex) return false
    return this.termOrZero(index) === term
  }

  /** Whether a log that ends so has all that this one has: the last term decides, then the length. (Raft paper, section 5.4.1.) */
  isUpToDate(index: LogIndex, term: Term): boolean {
    const { lastTerm } = this
    return term > lastTerm || (term === lastTerm && index >= this.lastIndex)
  }

  /** From `index` to the end; none behind it. @throws RaftCompactedError */
  entriesFrom(index: LogIndex, bytesMax: number): readonly Entry[] {
    const { lastIndex } = this
    return index > lastIndex ? [] : this.slice(index, lastIndex + 1, bytesMax)
  }

  /** `[from, to)`, cut before the entry that would pass `bytesMax`; at least one. @throws RaftCompactedError, RaftUnavailableError */
  slice(from: LogIndex, to: LogIndex, bytesMax: number): readonly Entry[] {
    if (from >= to) return []
    if (from < this.firstIndex) throw new RaftCompactedError(from, this.firstIndex)
    assert(to <= this.lastIndex + 1, 'what is read is there')
    const { offset } = this.unstable
    if (from >= offset) return limitEntries(this.unstable.slice(from, to), bytesMax)
    const stableTo = Math.min(to, offset)
    const stable = this.#storage.entries(from, stableTo, bytesMax)
    if (to <= offset || stable.length < stableTo - from) return stable
    const stableBytes = entriesBytes(stable)
    if (stableBytes >= bytesMax) return stable
    const unstable = limitEntries(this.unstable.slice(offset, to), bytesMax - stableBytes)
    if (unstable.length === 1 && stableBytes + entriesBytes(unstable) > bytesMax) return stable
    return [...stable, ...unstable]
  }

  /** Calls `visit` for each of `[from, to)` until it answers false; reads no more than `pageBytes` at a time. */
  scan(from: LogIndex, to: LogIndex, pageBytes: number, visit: (entry: Entry) => boolean): void {
    for (let at = from; at < to; ) {
      const page = this.slice(at, to, pageBytes)
      for (const entry of page) if (!visit(entry)) return
      at += page.length
    }
  }

  /**
   * A follower's append: if the log has the entry that they follow on, takes what it lacks and answers the last index of the
   * slice; else `undefined`. Entries that differ are replaced with all behind them, none of which is committed.
   * (Raft paper, figure 2, AppendEntries.)
   */
  appendSlice({ prevIndex, prevTerm, entries }: LogSlice, leaderCommit: LogIndex): LogIndex | undefined {
    if (!this.matches(prevIndex, prevTerm)) return undefined
    const last = prevIndex + entries.length
    const conflict = this.#findConflict(entries)
    if (conflict !== undefined) {
      assert(conflict > this.#committed, `entry ${conflict} conflicts with committed entry ${this.#committed}`)
      this.append(entries.slice(conflict - prevIndex - 1))
    }
    this.commitTo(Math.min(leaderCommit, last))
    return last
  }

  /** Replaces what is from the first of them on. */
  append(entries: readonly Entry[]): void {
    if (entries.length === 0) return
    assert(entries[0]!.index > this.#committed, 'what is committed is not replaced')
    this.unstable.append(entries)
  }

  /**
   * The last entry at or below `index` whose term is at most `term`: where a log that has `term` there may begin to be the
   * same. Term 0 where this log no longer knows.
   */
  findConflictByTerm(index: LogIndex, term: Term): { readonly index: LogIndex; readonly term: Term } {
    for (let at = index; at > 0; at--) {
      const own = this.termOrZero(at)
      if (own === 0) return { index: at, term: 0 }
      if (own <= term) return { index: at, term: own }
    }
    return { index: 0, term: 0 }
  }

  /** The commit index never falls. */
  commitTo(index: LogIndex): void {
    if (index <= this.#committed) return
    assert(index <= this.lastIndex, `entry ${index} is committed, and the log ends at ${this.lastIndex}: was it lost?`)
    this.#committed = index
  }

  /** Commits up to `index` if that is an entry of `term`. (Raft paper, section 5.4.2: only those of the leader's own are counted.) */
  commitCounted(index: LogIndex, term: Term): boolean {
    if (index <= this.#committed || !this.matches(index, term)) return false
    this.commitTo(index)
    return true
  }

  /** Entries up to `index`, of so many encoded bytes, have been applied. */
  appliedTo(index: LogIndex, bytes: number): void {
    assert(index >= this.#applied && index <= this.#committed, 'what is applied is committed, in order')
    this.#applied = index
    this.#applying = Math.max(this.#applying, index)
    this.#applyingBytes = Math.max(0, this.#applyingBytes - bytes)
    this.#isApplyingPaused = this.#applyingBytes >= this.#applyingBytesMax
  }

  /** Entries up to `index` were handed out to be applied. */
  acceptApplying(index: LogIndex, bytes: number, mayBeUnstable: boolean): void {
    assert(index <= this.#committed, 'what is applied is committed')
    this.#applying = index
    this.#applyingBytes += bytes
    // Also when not all fitted: the next may be larger than the rest of the room.
    this.#isApplyingPaused = this.#applyingBytes >= this.#applyingBytesMax || index < this.#maxAppliable(mayBeUnstable)
  }

  hasNextCommitted(mayBeUnstable: boolean): boolean {
    if (this.#isApplyingPaused || this.unstable.snapshot !== undefined) return false
    return this.#applying < this.#maxAppliable(mayBeUnstable)
  }

  /** Committed entries to apply next. With `mayBeUnstable`, also such as are not durable here yet. */
  nextCommitted(mayBeUnstable: boolean): readonly Entry[] {
    if (!this.hasNextCommitted(mayBeUnstable)) return []
    const bytesMax = this.#applyingBytesMax - this.#applyingBytes
    return this.slice(this.#applying + 1, this.#maxAppliable(mayBeUnstable) + 1, bytesMax)
  }

  /** The log is the snapshot's, which is committed. */
  restore(snapshot: Snapshot): void {
    if (this.#logger.isEnabled('info')) {
      this.#logger.log(
        'info',
        `log [${this.describe()}] starts to restore snapshot [index: ${snapshot.index}, term: ${snapshot.term}]`,
      )
    }
    this.#committed = snapshot.index
    this.unstable.restore(snapshot)
  }

  /** @throws RaftSnapshotUnavailableError */
  snapshot(): Snapshot {
    return this.unstable.snapshot ?? this.#storage.snapshot()
  }

  describe(): string {
    const { offset, offsetInProgress, entryCount } = this.unstable
    return `committed=${this.#committed}, applied=${this.#applied}, applying=${this.#applying}, unstable.offset=${offset}, unstable.offsetInProgress=${offsetInProgress}, len(unstable.Entries)=${entryCount}`
  }

  #maxAppliable(mayBeUnstable: boolean): LogIndex {
    return mayBeUnstable ? this.#committed : Math.min(this.#committed, this.unstable.offset - 1)
  }

  /** The first that the log does not have, or has otherwise. */
  #findConflict(entries: readonly Entry[]): LogIndex | undefined {
    for (const { index, term } of entries) {
      if (this.matches(index, term)) continue
      if (index <= this.lastIndex && this.#logger.isEnabled('info')) {
        const existing = this.termOrZero(index)
        this.#logger.log(
          'info',
          `found conflict at index ${index} [existing term: ${existing}, conflicting term: ${term}]`,
        )
      }
      return index
    }
    return undefined
  }
}
