import type { NodeId } from './conf-state.ts'
import type { EntryType } from './entry.ts'

export type ConfChangeType = 'add-node' | 'remove-node' | 'update-node' | 'add-learner-node'

export interface ConfChangeSingle {
  readonly type: ConfChangeType
  readonly nodeId: NodeId
}

/**
 * `auto`: one change is made at once, several through a joint configuration that is left automatically. `implicit`: always
 * through one, left automatically. `explicit`: always through one, left by an empty change.
 */
export type ConfChangeTransition = 'auto' | 'implicit' | 'explicit'

/** A change of membership. One without changes and with transition `auto` leaves the joint configuration. */
export interface ConfChange {
  readonly transition: ConfChangeTransition
  readonly changes: readonly ConfChangeSingle[]
  /** The caller's own; the core does not look into it. */
  readonly context: Uint8Array
}

/**
 * How changes of membership stand in an entry. The core has to read them when they are proposed and to write the one that
 * leaves a joint configuration; eraftpb and etcd number the types differently, so the bytes are the group's affair.
 */
export interface ConfChangeCodec {
  /** Of an entry of type `conf-change-v2`. The empty change may be no bytes at all. */
  encode(change: ConfChange): Uint8Array
  /** Of either type. @throws when the bytes are damaged */
  decode(type: Exclude<EntryType, 'normal'>, data: Uint8Array): ConfChange
}
