import type { Timestamp } from '@stratakv/core'

/**
 * A transaction as its client saw it. Every write appends the transaction's id to the list under a key, so a list tells which
 * transactions wrote it, and in which order: anomalies then show without anybody knowing when things happened (Kingsbury and Alvaro,
 * "Elle", section 4).
 */
export interface HistoryTxn {
  /** Unique in the history, not 0. */
  readonly id: number
  readonly startTs: Timestamp
  /** `committed`: acknowledged. `aborted`: surely without effect. `unknown`: nobody said. */
  readonly outcome: 'committed' | 'aborted' | 'unknown'
  /** Of a committed one that wrote; a transaction that only read has none. */
  readonly commitTs?: Timestamp
  /** First reads of keys, before any own write to them: ids in order. */
  readonly reads: ReadonlyMap<string, readonly number[]>
  /** How often it appended its id, by key. */
  readonly appends: ReadonlyMap<string, number>
}

/** A whole history, with what stood under each key after everything had come to its end. */
export interface History {
  readonly txns: readonly HistoryTxn[]
  readonly finalLists: ReadonlyMap<string, readonly number[]>
}

/** How a history breaks snapshot isolation; names as in Adya, and in Cerone and Gotsman. */
export type AnomalyType =
  /** A list holds what no transaction wrote, or more of it than was written. */
  | 'garbage-read'
  /** G1a: what an aborted transaction wrote was read. */
  | 'aborted-read'
  /** G1b: of what one transaction wrote to a key, a part was read. */
  | 'intermediate-read'
  /** A transaction that wrote several keys was seen on one of them and not on another (fractured read). */
  | 'partial-read'
  /** Two lists of one key of which neither is the beginning of the other. */
  | 'incompatible-order'
  /** What was acknowledged as committed is not in the final list. */
  | 'lost-write'
  /** Two committed transactions read the same version of a key, and both wrote it. */
  | 'lost-update'
  /** G0: a cycle of writes alone. */
  | 'write-cycle'
  /** G1c: a cycle of writes and reads-from. */
  | 'circular-information-flow'
  /** G-single: a cycle with one anti-dependency. */
  | 'read-skew'
  /** A cycle with several anti-dependencies of which no two are neighbours: snapshot isolation forbids it, unlike write skew. */
  | 'long-fork'
  /** A read differs from the newest commit at or before the start timestamp. */
  | 'wrong-snapshot'
  /** The order in a list is not the order of the commit timestamps. */
  | 'wrong-commit-order'
  /** A commit timestamp at or before its start timestamp, or one timestamp for two transactions that wrote the same key. */
  | 'wrong-timestamp'

export interface Anomaly {
  readonly type: AnomalyType
  /** Of those that take part. */
  readonly txns: readonly number[]
  readonly key?: string
  /** For people. */
  readonly detail: string
}
