import type { LogIndex, Term } from '@stratakv/core'
import { StrataError } from '@stratakv/core'
import type { ConfState } from './conf-state.ts'
import type { Entry } from './entry.ts'
import type { HardState, Snapshot } from './message.ts'

/**
 * What the core reads of what was stored, synchronously: entries that are not in memory are RaftLogUnavailable until they are.
 * The log is `[firstIndex, lastIndex]`; the term of the entry before it is known.
 */
export interface RaftStorage {
  initialState(): { readonly hardState: HardState; readonly confState: ConfState }
  /** One behind the last entry that was dropped. */
  firstIndex(): LogIndex
  lastIndex(): LogIndex
  /** Of `[firstIndex - 1, lastIndex]`. @throws RaftCompactedError, RaftUnavailableError */
  term(index: LogIndex): Term
  /**
   * `[from, to)`, cut before the entry that would pass `bytesMax`; at least one.
   * @throws RaftCompactedError, RaftUnavailableError
   */
  entries(from: LogIndex, to: LogIndex, bytesMax: number): readonly Entry[]
  /** The newest there is. @throws RaftSnapshotUnavailableError while one is made: the core asks again later */
  snapshot(): Snapshot
}

/** The entries asked for were dropped: only a snapshot has what they did. */
export class RaftCompactedError extends StrataError {
  readonly code = 'RAFT_COMPACTED'
  constructor(index: LogIndex, firstIndex: LogIndex) {
    super(`entry ${index} was dropped, the log begins at ${firstIndex}`)
  }
}

/** The entries asked for are not there, or not in memory. */
export class RaftUnavailableError extends StrataError {
  readonly code = 'RAFT_UNAVAILABLE'
  constructor(index: LogIndex, lastIndex: LogIndex) {
    super(`entry ${index} is not available, the log ends at ${lastIndex}`)
  }
}

/** A snapshot is being made. */
export class RaftSnapshotUnavailableError extends StrataError {
  readonly code = 'RAFT_SNAPSHOT_UNAVAILABLE'
  constructor() {
    super('the snapshot is not ready yet')
  }
}
