import { assert, type LogIndex, type Term } from '@stratakv/core'
import type { ConfState } from '../conf-state.ts'
import type { Entry } from '../entry.ts'
import { limitEntries } from '../entry-bytes.ts'
import type { HardState, Snapshot } from '../message.ts'
import { RaftCompactedError, type RaftStorage, RaftUnavailableError } from '../storage.ts'

const noConfState: ConfState = { voters: [], learners: [], votersOutgoing: [], learnersNext: [], autoLeave: false }
const noBytes = new Uint8Array(0)

/** A log in memory, for tests and for groups that need no durability. */
export class MemoryRaftStorage implements RaftStorage {
  #hardState: HardState = { term: 0, vote: 0, commit: 0 }
  #snapshot: Snapshot
  /** Of the entry before the first. */
  #prevIndex: LogIndex
  #prevTerm: Term
  #entries: Entry[] = []

  /** Begins behind `snapshot`; with none, a log without entries of a group without members. */
  constructor(snapshot: Snapshot = { index: 0, term: 0, confState: noConfState, data: noBytes }) {
    this.#snapshot = snapshot
    this.#prevIndex = snapshot.index
    this.#prevTerm = snapshot.term
  }

  initialState(): { readonly hardState: HardState; readonly confState: ConfState } {
    return { hardState: this.#hardState, confState: this.#snapshot.confState }
  }

  firstIndex(): LogIndex {
    return this.#prevIndex + 1
  }

  lastIndex(): LogIndex {
    return this.#prevIndex + this.#entries.length
  }

  term(index: LogIndex): Term {
    if (index < this.#prevIndex) throw new RaftCompactedError(index, this.firstIndex())
    if (index === this.#prevIndex) return this.#prevTerm
    const entry = this.#entries[index - this.#prevIndex - 1]
    if (entry === undefined) throw new RaftUnavailableError(index, this.lastIndex())
    return entry.term
  }

  entries(from: LogIndex, to: LogIndex, bytesMax: number): readonly Entry[] {
    if (from <= this.#prevIndex) throw new RaftCompactedError(from, this.firstIndex())
    if (to > this.lastIndex() + 1) throw new RaftUnavailableError(to - 1, this.lastIndex())
    return limitEntries(this.#entries.slice(from - this.#prevIndex - 1, to - this.#prevIndex - 1), bytesMax)
  }

  snapshot(): Snapshot {
    return this.#snapshot
  }

  setHardState(hardState: HardState): void {
    this.#hardState = hardState
  }

  /** Replaces what is from the first of them on. Those that were dropped already are passed over. */
  append(entries: readonly Entry[]): void {
    const kept = entries.filter(({ index }) => index > this.#prevIndex)
    if (kept.length === 0) return
    const at = kept[0]!.index - this.#prevIndex - 1
    assert(at <= this.#entries.length, 'a log has no hole')
    this.#entries = [...this.#entries.slice(0, at), ...kept]
  }

  /** The log begins behind the snapshot, and holds nothing. An older one than there is changes nothing, and answers false. */
  applySnapshot(snapshot: Snapshot): boolean {
    if (snapshot.index <= this.#snapshot.index) return false
    this.#snapshot = snapshot
    this.#prevIndex = snapshot.index
    this.#prevTerm = snapshot.term
    this.#entries = []
    return true
  }

  /** What `snapshot` answers from now on; its index is one of the log's. The entries stay. */
  setSnapshot(index: LogIndex, confState: ConfState, data: Uint8Array): Snapshot {
    this.#snapshot = { index, term: this.term(index), confState, data }
    return this.#snapshot
  }

  /** Drops the entries up to `index`. @throws RaftCompactedError, RaftUnavailableError */
  compact(index: LogIndex): void {
    const term = this.term(index)
    if (index === this.#prevIndex) throw new RaftCompactedError(index, this.firstIndex())
    this.#entries = this.#entries.slice(index - this.#prevIndex)
    this.#prevIndex = index
    this.#prevTerm = term
  }
}
