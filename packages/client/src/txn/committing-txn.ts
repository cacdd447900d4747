import type { Instant, Timestamp } from '@stratakv/core'

/** What the steps of a commit need to know of the transaction. */
export interface CommittingTxn {
  readonly startTs: Timestamp
  /** When `startTs` was asked for. */
  readonly beganAt: Instant
}
