import type { LogIndex } from '@stratakv/core'
import type { NodeId } from '../conf-state.ts'
import { majorityCommitted, majorityVote, type VoteResult, type Voters } from './majority.ts'

/**
 * Two sets of voters, each of whose majorities has to agree. Outside of a change of membership the second is empty.
 * (Raft dissertation, section 4.3: joint consensus.)
 */
export interface JointVoters {
  readonly incoming: Voters
  readonly outgoing: Voters
}

export function isJoint({ outgoing }: JointVoters): boolean {
  return outgoing.size > 0
}

/** In either half; ascending. */
export function votersOf({ incoming, outgoing }: JointVoters): NodeId[] {
  return [...new Set([...incoming, ...outgoing])].sort((left, right) => left - right)
}

export function isVoter({ incoming, outgoing }: JointVoters, id: NodeId): boolean {
  return incoming.has(id) || outgoing.has(id)
}

export function jointCommitted(voters: JointVoters, acked: (id: NodeId) => LogIndex | undefined): LogIndex {
  return Math.min(majorityCommitted(voters.incoming, acked), majorityCommitted(voters.outgoing, acked))
}

export function jointVote(voters: JointVoters, votes: ReadonlyMap<NodeId, boolean>): VoteResult {
  const incoming = majorityVote(voters.incoming, votes)
  const outgoing = majorityVote(voters.outgoing, votes)
  if (incoming === outgoing) return incoming
  return incoming === 'lost' || outgoing === 'lost' ? 'lost' : 'pending'
}
