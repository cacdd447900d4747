import type { LogIndex, Term } from '@stratakv/core'
import type { ConfState, NodeId } from './conf-state.ts'
import type { Entry } from './entry.ts'

/** What must never be forgotten. */
export interface HardState {
  readonly term: Term
  /** 0 when no vote was cast in this term. */
  readonly vote: NodeId
  readonly commit: LogIndex
}

/** The state machine up to and with `index`. */
export interface Snapshot {
  readonly index: LogIndex
  readonly term: Term
  readonly confState: ConfState
  /** The host's own. */
  readonly data: Uint8Array
}

/** Between nodes, and from the host. The wire's numbers are the transport's affair. */
export type PeerMessageType =
  | 'append'
  | 'append-response'
  | 'vote'
  | 'vote-response'
  | 'pre-vote'
  | 'pre-vote-response'
  | 'snapshot'
  | 'heartbeat'
  | 'heartbeat-response'
  | 'propose'
  | 'transfer-leader'
  | 'timeout-now'
  | 'read-index'
  | 'read-index-response'

/** Of a node to its own storage and back: they never leave the process. */
export type StorageMessageType =
  | 'storage-append'
  | 'storage-append-response'
  | 'storage-apply'
  | 'storage-apply-response'

/** Of a node to itself. */
export type LocalMessageType = 'hup' | 'beat' | 'unreachable' | 'snapshot-status' | 'check-quorum' | 'forget-leader'

export type MessageType = PeerMessageType | StorageMessageType | LocalMessageType

/** Addresses of a node's own storage in messages of {@link StorageMessageType}. Negative, so that no node has them. */
export const appendThread: NodeId = -1
export const applyThread: NodeId = -2

export interface Message {
  readonly type: MessageType
  readonly to: NodeId
  readonly from: NodeId
  /** 0 in messages that have none: proposals and what is local. */
  readonly term: Term
  /** Of an append: of the entry before the first. Of a vote: of the candidate's last entry. Of a rejection: of `rejectHint`. */
  readonly logTerm: Term
  readonly index: LogIndex
  readonly entries: readonly Entry[]
  /** The sender's commit index, as far as the receiver may use it. */
  readonly commit: LogIndex
  /** Of the storage messages: who got this term's vote. */
  readonly vote: NodeId
  readonly snapshot: Snapshot | undefined
  readonly reject: boolean
  /** Of a rejected append: where to look next. */
  readonly rejectHint: LogIndex
  /** Of a vote: `transfer` when it was asked for by the leader. Of a read: the reader's own. */
  readonly context: Uint8Array
  /** Of the storage messages: to be delivered when the work is done. */
  readonly responses: readonly Message[]
}

/** A message with every field that is not given empty. */
export function newMessage(
  type: MessageType,
  to: NodeId,
  from: NodeId,
  term: Term,
  fields: Partial<Message> = {},
): Message {
  return {
    type,
    to,
    from,
    term,
    logTerm: fields.logTerm ?? 0,
    index: fields.index ?? 0,
    entries: fields.entries ?? noEntries,
    commit: fields.commit ?? 0,
    vote: fields.vote ?? 0,
    snapshot: fields.snapshot,
    reject: fields.reject ?? false,
    rejectHint: fields.rejectHint ?? 0,
    context: fields.context ?? noBytes,
    responses: fields.responses ?? noResponses,
  }
}

const noEntries: readonly Entry[] = []
const noResponses: readonly Message[] = []

const noBytes = new Uint8Array(0)

/** What a node is told by its host; it has no term. `from` is whom it is about: the node itself, if nobody else. */
export function newLocalMessage(type: MessageType, id: NodeId, fields: Partial<Message> = {}): Message {
  return newMessage(type, id, fields.from ?? id, 0, fields)
}
