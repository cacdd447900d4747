import type { Clock, LogIndex, RaftLogChange, Random } from '@stratakv/core'
import type { ConfChangeCodec, Entry, Snapshot } from '@stratakv/raft'
import type { AppliedEntry } from '../apply/apply-entry.ts'
import type { PeerMessage } from '../store/peer-message.ts'
import type { ReadEntries } from './peer-log.ts'

export interface PeerDeps {
  readonly clock: Clock
  readonly random: Random
  readonly confChanges: ConfChangeCodec
  readonly readEntries: ReadEntries
  /** There may be work: `collect` is to be called. Never within the constructor. */
  readonly onWork: () => void
  /** Entries are in the engine: `applied` is to be called with them. */
  readonly onApplied: (entries: readonly AppliedEntry[]) => void
  /** A reader waits for entries that are decided, and not in the engine. */
  readonly onReaderWaits: () => void
  /** To be sent behind what Raft says in this turn. */
  readonly tell: (message: PeerMessage) => void
  readonly onRoleChange: (isLeader: boolean) => void
  /** Of the region as it is applied here, at `atLeast` or later; `undefined` while it is made. */
  readonly wantSnapshot: (atLeast: LogIndex) => Snapshot | undefined
}

/** What a peer has for its store, in this turn. */
export interface PeerWork {
  /** To be written to the log; when it and all before are durable, `persisted` is to be called. */
  readonly changes: readonly RaftLogChange[]
  readonly messages: readonly PeerMessage[]
  /** To be sent when it is durable. */
  readonly persistedMessages: readonly PeerMessage[]
  readonly committedEntries: readonly Entry[]
  /** Takes the place of all that was here; there are no entries then. When it is applied, durably, `restored` is to be called. */
  readonly snapshot: Snapshot | undefined
  readonly number: number
}
