import type { ConfChange, ConfChangeSingle, ConfChangeType } from './conf-change.ts'
import type { ConfState, NodeId } from './conf-state.ts'
import type { Entry, EntryType } from './entry.ts'
import type { Membership } from './membership/membership.ts'
import { ascending } from './membership/membership.ts'
import type { MessageType } from './message.ts'
import type { Progress, ProgressState } from './progress/progress.ts'
import { isJoint } from './quorum/joint.ts'
import type { RaftRole } from './role.ts'

/** Names as etcd's log lines and scenario files have them. */
const messageNames: Readonly<Record<MessageType, string>> = {
  hup: 'MsgHup',
  beat: 'MsgBeat',
  propose: 'MsgProp',
  append: 'MsgApp',
  'append-response': 'MsgAppResp',
  vote: 'MsgVote',
  'vote-response': 'MsgVoteResp',
  snapshot: 'MsgSnap',
  heartbeat: 'MsgHeartbeat',
  'heartbeat-response': 'MsgHeartbeatResp',
  unreachable: 'MsgUnreachable',
  'snapshot-status': 'MsgSnapStatus',
  'check-quorum': 'MsgCheckQuorum',
  'transfer-leader': 'MsgTransferLeader',
  'timeout-now': 'MsgTimeoutNow',
  'read-index': 'MsgReadIndex',
  'read-index-response': 'MsgReadIndexResp',
  'pre-vote': 'MsgPreVote',
  'pre-vote-response': 'MsgPreVoteResp',
  'storage-append': 'MsgStorageAppend',
  'storage-append-response': 'MsgStorageAppendResp',
  'storage-apply': 'MsgStorageApply',
  'storage-apply-response': 'MsgStorageApplyResp',
  'forget-leader': 'MsgForgetLeader',
}

const stateNames: Readonly<Record<ProgressState, string>> = {
  probe: 'StateProbe',
  replicate: 'StateReplicate',
  snapshot: 'StateSnapshot',
}

const roleNames: Readonly<Record<RaftRole, string>> = {
  follower: 'StateFollower',
  candidate: 'StateCandidate',
  leader: 'StateLeader',
  'pre-candidate': 'StatePreCandidate',
}

const entryNames: Readonly<Record<EntryType, string>> = {
  normal: 'EntryNormal',
  'conf-change': 'EntryConfChange',
  'conf-change-v2': 'EntryConfChangeV2',
}

const changeNames: Readonly<Record<ConfChangeType, string>> = {
  'add-node': 'ConfChangeAddNode',
  'remove-node': 'ConfChangeRemoveNode',
  'update-node': 'ConfChangeUpdateNode',
  'add-learner-node': 'ConfChangeAddLearnerNode',
}

const transitionNames = {
  auto: 'ConfChangeTransitionAuto',
  implicit: 'ConfChangeTransitionJointImplicit',
  explicit: 'ConfChangeTransitionJointExplicit',
} as const

export function messageName(type: MessageType): string {
  return messageNames[type]
}

export function roleName(role: RaftRole): string {
  return roleNames[role]
}

export function entryName(type: EntryType): string {
  return entryNames[type]
}

/** Node ids are read in hex. */
export function idText(id: NodeId): string {
  return id.toString(16)
}

export type ProgressField =
  | 'state'
  | 'match'
  | 'next'
  | 'isLearner'
  | 'isPaused'
  | 'pendingSnapshot'
  | 'isRecentlyActive'
  | 'inflights'

export function progressText(progress: Readonly<Pick<Progress, ProgressField>>): string {
  const { state, match, next, isLearner, isPaused, pendingSnapshot, isRecentlyActive, inflights } = progress
  let text = `${stateNames[state]} match=${match} next=${next}`
  if (isLearner) text += ' learner'
  if (isPaused) text += ' paused'
  if (pendingSnapshot > 0) text += ` pendingSnap=${pendingSnapshot}`
  if (!isRecentlyActive) text += ' inactive'
  if (inflights.count > 0) text += ` inflight=${inflights.count}${inflights.isFull ? '[full]' : ''}`
  return text
}

export function membershipText({ voters, learners, learnersNext, autoLeave }: Membership): string {
  let text = `voters=${idsText(voters.incoming)}`
  if (isJoint(voters)) text += `&&${idsText(voters.outgoing)}`
  if (learners.size > 0) text += ` learners=${idsText(learners)}`
  if (learnersNext.size > 0) text += ` learners_next=${idsText(learnersNext)}`
  if (autoLeave) text += ' autoleave'
  return text
}

export function confStateText(state: ConfState): string {
  const { voters, votersOutgoing, learners, learnersNext, autoLeave } = state
  const list = (ids: readonly NodeId[]): string => `[${ids.join(' ')}]`
  return `Voters:${list(voters)} VotersOutgoing:${list(votersOutgoing)} Learners:${list(learners)} LearnersNext:${list(learnersNext)} AutoLeave:${autoLeave}`
}

const changeLetters: Readonly<Record<ConfChangeType, string>> = {
  'add-node': 'v',
  'add-learner-node': 'l',
  'remove-node': 'r',
  'update-node': 'u',
}

/** `v1 l2 r3`: a voter more, a learner more, one less. */
export function changesText(changes: readonly ConfChangeSingle[]): string {
  return changes.map(({ type, nodeId }) => `${changeLetters[type]}${nodeId}`).join(' ')
}

/** The change in an entry as etcd prints the message in a log line. An entry without bytes says nothing. */
export function confChangeText({ type, data }: Pick<Entry, 'type' | 'data'>, change: ConfChange): string {
  if (data.length === 0) return ''
  const fields = change.changes.map(({ type: kind, nodeId }) => `type:${changeNames[kind]} node_id:${nodeId}`)
  const context = change.context.length > 0 ? [`context:${JSON.stringify(decoder.decode(change.context))}`] : []
  if (type === 'conf-change') return [...fields, ...context].join(' ')
  const changes = fields.map((field) => `changes:{${field}}`)
  return [`transition:${transitionNames[change.transition]}`, ...changes, ...context].join(' ')
}

const decoder = new TextDecoder()

function idsText(ids: ReadonlySet<NodeId>): string {
  return `(${ascending(ids).join(' ')})`
}
