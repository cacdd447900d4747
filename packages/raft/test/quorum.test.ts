import { below } from '@stratakv/core'
import { type JointVoters, jointCommitted, jointVote } from '@stratakv/raft'
import { forSeeds } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'

/** More by hand: STRATA_SEED=1..100000. */
const seedCount = 2_000
const ids = [1, 2, 3, 4, 5, 6, 7]

/** By trying every index: the highest that more than half of a half's voters have, in both. */
function naiveCommitted({ incoming, outgoing }: JointVoters, acked: ReadonlyMap<number, number>): number {
  for (let index = 20; index > 0; index--) {
    const holds = (half: ReadonlySet<number>) => {
      const count = [...half].filter((id) => (acked.get(id) ?? 0) >= index).length
      return half.size === 0 || count * 2 > half.size
    }
    if (holds(incoming) && holds(outgoing)) return index
  }
  return 0
}

/** By trying every way in which those who are silent may vote. */
function naiveVote({ incoming, outgoing }: JointVoters, votes: ReadonlyMap<number, boolean>): string {
  const wins = (silentVote: boolean) =>
    [incoming, outgoing].every((half) => {
      const count = [...half].filter((id) => votes.get(id) ?? silentVote).length
      return half.size === 0 || count * 2 > half.size
    })
  if (wins(false)) return 'won'
  return wins(true) ? 'pending' : 'lost'
}

describe('joint majorities', () => {
  it('are what a naive count says', async () => {
    await forSeeds(seedCount, (_seed, random) => {
      const some = () => new Set(ids.filter(() => below(random, 2) === 0))
      const voters = {
        incoming: new Set([1, ...some()]),
        outgoing: below(random, 2) === 0 ? some() : new Set<number>(),
      }
      const acked = new Map<number, number>()
      const votes = new Map<number, boolean>()
      for (const id of ids) {
        if (below(random, 3) > 0) acked.set(id, below(random, 20))
        if (below(random, 3) > 0) votes.set(id, below(random, 2) === 0)
      }
      expect(jointCommitted(voters, (id) => acked.get(id))).toBe(naiveCommitted(voters, acked))
      expect(jointVote(voters, votes)).toBe(naiveVote(voters, votes))
    })
  })
})
