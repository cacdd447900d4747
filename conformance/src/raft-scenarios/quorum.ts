import { type JointVoters, jointCommitted, jointVote, type NodeId, type VoteResult, votersOf } from '@stratakv/raft'
import type { ScenarioCommand } from '@stratakv/testkit'
import { Arguments, ScenarioCommandError } from './arguments.ts'

const voteNames: Readonly<Record<VoteResult, string>> = {
  pending: 'VotePending',
  lost: 'VoteLost',
  won: 'VoteWon',
}

/** `committed` and `vote`: what majorities, alone or two together, agree on. Both ways round, which must be the same. */
export function runQuorumCommand(command: ScenarioCommand): string {
  const args = new Arguments(command)
  const incoming = args.ids('cfg') ?? []
  // `zero` is a joint configuration whose second half is empty: with it the incoming half decides alone.
  const second = args.text('cfgj') === 'zero' && args.list('cfgj')?.length === 1 ? [] : (args.ids('cfgj') ?? [])
  const voters: JointVoters = { incoming: new Set(incoming), outgoing: new Set(second) }
  const ids = [...new Set([...incoming, ...second])]
  const swapped: JointVoters = { incoming: voters.outgoing, outgoing: voters.incoming }
  if (command.name === 'committed') {
    const acked = acknowledged(ids, args.list('idx') ?? [])
    args.end()
    const index = jointCommitted(voters, (id) => acked.get(id))
    const other = jointCommitted(swapped, (id) => acked.get(id))
    const note = index === other ? '' : `${indexText(other)} <-- via symmetry\n`
    return `${table(votersOf(voters), acked)}${indexText(index)}\n${note}`
  }
  if (command.name !== 'vote') throw new ScenarioCommandError(`there is no command ${command.name}`)
  const votes = votesOf(ids, args.list('votes') ?? [])
  args.end()
  const result = jointVote(voters, votes)
  const other = jointVote(swapped, votes)
  return `${voteNames[result]}\n${result === other ? '' : `${voteNames[other]} <-- via symmetry\n`}`
}

function acknowledged(ids: readonly NodeId[], texts: readonly string[]): Map<NodeId, number> {
  sameCount(ids, texts)
  const acked = new Map<NodeId, number>()
  for (const [at, id] of ids.entries()) if (texts[at] !== '_') acked.set(id, Number(texts[at]))
  return acked
}

function votesOf(ids: readonly NodeId[], texts: readonly string[]): Map<NodeId, boolean> {
  sameCount(ids, texts)
  const votes = new Map<NodeId, boolean>()
  for (const [at, id] of ids.entries()) if (texts[at] !== '_') votes.set(id, texts[at] === 'y')
  return votes
}

function sameCount(ids: readonly NodeId[], texts: readonly string[]): void {
  if (ids.length !== texts.length) {
    throw new ScenarioCommandError(`${ids.length} voters, and words for ${texts.length}`)
  }
}

/** A row a voter, with a bar as long as the number of those that are behind it. */
function table(ids: readonly NodeId[], acked: ReadonlyMap<NodeId, number>): string {
  if (ids.length === 0) return '<empty majority quorum>'
  const rows = ids.map((id) => {
    const index = acked.get(id)
    const bar = ids.filter((other) => (acked.get(other) ?? 0) < (index ?? 0)).length
    const mark =
      index === undefined ? `?${' '.repeat(ids.length)}` : `${'x'.repeat(bar)}>${' '.repeat(ids.length - bar)}`
    return `${mark} ${`${index ?? 0}`.padStart(5)}    (id=${id})\n`
  })
  return `${' '.repeat(ids.length)}    idx\n${rows.join('')}`
}

function indexText(index: number): string {
  return index === Number.POSITIVE_INFINITY ? '∞' : `${index}`
}
