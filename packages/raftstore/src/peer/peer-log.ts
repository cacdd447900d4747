import { assert, isPromise, type LogIndex, type MaybePromise, type Term } from '@stratakv/core'
import {
  type ConfState,
  type Entry,
  entryBytes,
  type HardState,
  limitEntries,
  RaftCompactedError,
  RaftSnapshotUnavailableError,
  type RaftStorage,
  RaftUnavailableError,
  type Snapshot,
} from '@stratakv/raft'
import type { LogPosition } from '../apply/region-state.ts'
import { TermRuns } from './term-runs.ts'

/** Reads entries `[from, to)` that are in the log engine, as many as fit. */
export type ReadEntries = (from: LogIndex, to: LogIndex, bytesMax: number) => MaybePromise<readonly Entry[]>

export interface PeerLogState {
  readonly hardState: HardState
  readonly confState: ConfState
  readonly truncated: LogPosition
  /** What is in the log engine behind `truncated`, whole: read once, when the peer is opened. */
  readonly entries: readonly Entry[]
}

export interface PeerLogDeps {
  readonly read: ReadEntries
  /** Raft wants a snapshot to send: the newest that is ready, or `undefined`, and one is made. */
  readonly snapshot: () => Snapshot | undefined
  /** What was not in memory has been read: who asked may ask again. */
  readonly onFetched: () => void
}

/**
 * A peer's log as Raft reads it: the end of it in memory, all terms, and the rest in the log engine, from where it comes late.
 * Entries are in memory from when they are handed to the log engine, until they are applied and no follower needs them soon.
 */
export class PeerLog implements RaftStorage {
  readonly #deps: PeerLogDeps
  readonly #initial: { readonly hardState: HardState; readonly confState: ConfState }
  #terms: TermRuns
  #truncated: LogIndex
  /** The entries `[cacheFrom, lastIndex]`. */
  #cache: Entry[]
  #cacheFrom: LogIndex
  #cacheBytes = 0
  #lastIndex: LogIndex
  /** For a follower that is behind what is in memory. */
  #fetched: readonly Entry[] = []
  #isFetching = false

  constructor({ hardState, confState, truncated, entries }: PeerLogState, deps: PeerLogDeps) {
    this.#deps = deps
    this.#initial = { hardState, confState }
    this.#truncated = truncated.index
    this.#terms = new TermRuns(truncated.index, truncated.term)
    this.#cacheFrom = truncated.index + 1
    this.#lastIndex = truncated.index
    this.#cache = []
    this.append(entries)
  }

  initialState(): { readonly hardState: HardState; readonly confState: ConfState } {
    return this.#initial
  }

  firstIndex(): LogIndex {
    return this.#truncated + 1
  }

  lastIndex(): LogIndex {
    return this.#lastIndex
  }

  /** Entries in memory. */
  get cachedCount(): number {
    return this.#cache.length
  }

  /** Of the entries in memory. */
  get cachedBytes(): number {
    return this.#cacheBytes
  }

  term(index: LogIndex): Term {
    if (index < this.#truncated) throw new RaftCompactedError(index, this.firstIndex())
    if (index > this.#lastIndex) throw new RaftUnavailableError(index, this.#lastIndex)
    return this.#terms.at(index)
  }

  entries(from: LogIndex, to: LogIndex, bytesMax: number): readonly Entry[] {
    if (from <= this.#truncated) throw new RaftCompactedError(from, this.firstIndex())
    if (to > this.#lastIndex + 1) throw new RaftUnavailableError(to - 1, this.#lastIndex)
    if (from >= this.#cacheFrom)
      return limitEntries(this.#cache.slice(from - this.#cacheFrom, to - this.#cacheFrom), bytesMax)
    const at = from - (this.#fetched[0]?.index ?? Number.POSITIVE_INFINITY)
    if (at >= 0 && at < this.#fetched.length) {
      return limitEntries(this.#fetched.slice(at, at + to - from), bytesMax)
    }
    return this.#fetch(from, Math.min(to, this.#cacheFrom), bytesMax)
  }

  snapshot(): Snapshot {
    const snapshot = this.#deps.snapshot()
    if (snapshot === undefined) throw new RaftSnapshotUnavailableError()
    return snapshot
  }

  /** Entries that are handed to the log engine; what was from the first of them on is replaced. */
  append(entries: readonly Entry[]): void {
    const first = entries[0]
    if (first === undefined) return
    assert(first.index <= this.#lastIndex + 1 && first.index > this.#truncated, 'a log has no holes')
    this.#dropFrom(first.index)
    for (const entry of entries) {
      if (this.#terms.at(this.#lastIndex) !== entry.term) this.#terms.set(entry.index, entry.term)
      this.#cache.push(entry)
      this.#cacheBytes += entryBytes(entry)
      this.#lastIndex = entry.index
    }
  }

  /** The log begins behind `position`. */
  compactTo({ index }: LogPosition): void {
    if (index <= this.#truncated) return
    assert(index <= this.#lastIndex, 'what is compacted is there')
    this.#terms.compactTo(index)
    this.#truncated = index
    this.evictTo(index)
    if ((this.#fetched.at(-1)?.index ?? 0) <= index) this.#fetched = []
  }

  /** The log is empty, and begins behind `position`, where a snapshot ends. */
  restore({ index, term }: LogPosition): void {
    this.#terms = new TermRuns(index, term)
    this.#truncated = index
    this.#lastIndex = index
    this.#cache = []
    this.#cacheFrom = index + 1
    this.#cacheBytes = 0
    this.#fetched = []
  }

  /** Entries up to and with `index` leave memory. Only what is applied may. */
  evictTo(index: LogIndex): void {
    const count = Math.min(index - this.#cacheFrom + 1, this.#cache.length)
    if (count <= 0) return
    for (const entry of this.#cache.splice(0, count)) this.#cacheBytes -= entryBytes(entry)
    this.#cacheFrom += count
  }

  #dropFrom(index: LogIndex): void {
    if (index > this.#lastIndex) return
    this.#fetched = []
    if (index < this.#cacheFrom) {
      // What is replaced is not committed, and what is not applied is in memory.
      assert(this.#cache.length === 0 || index >= this.#cacheFrom, 'entries that are replaced are in memory')
      this.#cacheFrom = index
    }
    for (const entry of this.#cache.splice(index - this.#cacheFrom)) this.#cacheBytes -= entryBytes(entry)
    this.#lastIndex = index - 1
    this.#terms.set(index, this.#terms.at(index - 1))
  }

  #fetch(from: LogIndex, to: LogIndex, bytesMax: number): readonly Entry[] {
    if (!this.#isFetching) {
      const found = this.#deps.read(from, to, bytesMax)
      if (!isPromise(found)) return found
      this.#isFetching = true
      found.then(
        (entries) => {
          this.#isFetching = false
          // It may have been compacted, or replaced, meanwhile.
          const isStill = entries.length > 0 && from > this.#truncated && entries.at(-1)!.index <= this.#lastIndex
          if (!isStill || entries.some(({ index, term }) => this.#terms.at(index) !== term)) return
          this.#fetched = entries
          this.#deps.onFetched()
        },
        () => {
          // The next who asks meets the same error, or none.
          this.#isFetching = false
        },
      )
    }
    throw new RaftUnavailableError(from, this.#lastIndex)
  }
}
