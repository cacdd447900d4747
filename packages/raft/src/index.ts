export type {
  ConfChange,
  ConfChangeCodec,
  ConfChangeSingle,
  ConfChangeTransition,
  ConfChangeType,
} from './conf-change.ts'
export type { ConfState, NodeId } from './conf-state.ts'
export type { Entry, EntryType, Proposal } from './entry.ts'
export {
  appendThread,
  applyThread,
  type HardState,
  type LocalMessageType,
  type Message,
  type MessageType,
  type PeerMessageType,
  type Snapshot,
  type StorageMessageType,
} from './message.ts'
export { RaftCompactedError, RaftSnapshotUnavailableError, type RaftStorage, RaftUnavailableError } from './storage.ts'
