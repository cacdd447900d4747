/**
 * Raft, for one group: what comes in are ticks, messages and proposals; what comes out is what a host has to write, send and
 * apply. Three nodes stand on one state machine, and differ in how the host says that something is durable:
 * {@link SyncNode}, {@link AppendMessagesNode} and {@link ReadyNumbersNode}.
 *
 * @packageDocumentation
 */
export type {
  ConfChange,
  ConfChangeCodec,
  ConfChangeSingle,
  ConfChangeTransition,
  ConfChangeType,
} from './conf-change.ts'
export type { ConfState, NodeId } from './conf-state.ts'
export {
  changesText,
  confChangeText,
  confStateText,
  entryName,
  idText,
  membershipText,
  messageName,
  type ProgressField,
  progressText,
  roleName,
} from './describe.ts'
export type { Entry, EntryType, Proposal } from './entry.ts'
export { entriesBytes, entryBytes, limitEntries } from './entry-bytes.ts'
export { RaftLocalMessageError, RaftPeerNotFoundError, RaftProposalDroppedError } from './errors.ts'
export { MemoryRaftStorage } from './log/memory-storage.ts'
export { type RaftLogger, type RaftLogLevel, silentLogger } from './logger.ts'
export { type ChangerOptions, MembershipChanger, RaftMembershipError } from './membership/changer.ts'
export { confStateOf, type Members, type Membership, noMembership } from './membership/membership.ts'
export {
  appendThread,
  applyThread,
  type HardState,
  type LocalMessageType,
  type Message,
  type MessageType,
  newMessage,
  type PeerMessageType,
  type Snapshot,
  type StorageMessageType,
} from './message.ts'
export { AppendMessagesNode } from './node/append-messages-node.ts'
export { GroupNode, type RaftStatus } from './node/group-node.ts'
export type { Ready, SoftState } from './node/ready.ts'
export { type NumberedReady, ReadyNumbersNode } from './node/ready-numbers-node.ts'
export { SyncNode } from './node/sync-node.ts'
export { Inflights } from './progress/inflights.ts'
export { Progress, type ProgressState } from './progress/progress.ts'
export { isJoint, isVoter, type JointVoters, jointCommitted, jointVote, votersOf } from './quorum/joint.ts'
export { majorityCommitted, majorityOf, majorityVote, type VoteResult, type Voters } from './quorum/majority.ts'
export type { ReadState } from './raft-core.ts'
export type { RaftDeps, RaftOptions } from './raft-options.ts'
export type { RaftRole } from './role.ts'
export { RaftCompactedError, RaftSnapshotUnavailableError, type RaftStorage, RaftUnavailableError } from './storage.ts'
