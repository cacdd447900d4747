import type { LogIndex } from '@stratakv/core'
import type { NodeId } from '../conf-state.ts'

export type VoteResult = 'pending' | 'lost' | 'won'

/** Who counts. A majority of nobody agrees to everything, so that half of a joint configuration can be empty. */
export type Voters = ReadonlySet<NodeId>

export function majorityOf(voterCount: number): number {
  return Math.floor(voterCount / 2) + 1
}

/**
 * The highest index that a majority has, by what each acknowledged; `undefined` is 0. Infinite for no voters.
 * (Raft paper, section 5.3: an entry is committed once it is on a majority of the servers.)
 */
export function majorityCommitted(voters: Voters, acked: (id: NodeId) => LogIndex | undefined): LogIndex {
  if (voters.size === 0) return Number.POSITIVE_INFINITY
  const indexes: LogIndex[] = []
  for (const id of voters) indexes.push(acked(id) ?? 0)
  indexes.sort((left, right) => right - left)
  return indexes[majorityOf(voters.size) - 1]!
}

/** `votes` holds an answer of each that has given one. */
export function majorityVote(voters: Voters, votes: ReadonlyMap<NodeId, boolean>): VoteResult {
  if (voters.size === 0) return 'won'
  let granted = 0
  let missing = 0
  for (const id of voters) {
    const vote = votes.get(id)
    if (vote === undefined) missing++
    else if (vote) granted++
  }
  const needed = majorityOf(voters.size)
  if (granted >= needed) return 'won'
  return granted + missing >= needed ? 'pending' : 'lost'
}
