import type { LogIndex, Term } from '@stratakv/core'

export type EntryType = 'normal' | 'conf-change' | 'conf-change-v2'

/** One place in the log. Its bytes belong to the log from the call that hands it over: nobody writes to them again. */
export interface Entry {
  readonly type: EntryType
  readonly term: Term
  readonly index: LogIndex
  /** Of a change of membership: as the group's {@link ConfChangeCodec} writes it. Empty in the entry that opens a leader's term. */
  readonly data: Uint8Array
  /** Small flags that travel with the entry and that the core does not look into. */
  readonly context: Uint8Array
}

/** What a caller proposes: an entry that has no place yet. */
export type Proposal = Pick<Entry, 'type' | 'data' | 'context'>
