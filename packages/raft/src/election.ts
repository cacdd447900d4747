import { idText, messageName } from './describe.ts'
import type { Message } from './message.ts'
import { votersOf } from './quorum/joint.ts'
import type { RaftCore } from './raft-core.ts'

/** `transfer`: the leader asked for it, so that nobody's lease is in its way. */
export type Campaign = 'pre-election' | 'election' | 'transfer'

/** What says so in a vote's context. */
const transferContext = new TextEncoder().encode('CampaignTransfer')

/** Of the log, read to look for changes of membership. */
const scanPageBytes = 64 * 1024

export function isForced({ context }: Message): boolean {
  return context.length === transferContext.length && context.every((byte, at) => byte === transferContext[at])
}

/** Campaigns if it may. */
export function startElection(core: RaftCore, campaign: Campaign): void {
  if (core.role === 'leader') {
    core.debug(() => `${core.name} ignoring MsgHup because already leader`)
    return
  }
  if (!core.isPromotable) {
    core.say('warn', () => `${core.name} is unpromotable and can not campaign`)
    return
  }
  if (hasUnappliedConfChange(core)) {
    core.say('warn', () => {
      return `${core.name} cannot campaign at term ${core.term} since there are still pending configuration changes to apply`
    })
    return
  }
  core.info(() => `${core.name} is starting a new election at term ${core.term}`)
  askForVotes(core, campaign)
}

export function askForVotes(core: RaftCore, campaign: Campaign): void {
  const isPre = campaign === 'pre-election'
  if (isPre) core.becomePreCandidate()
  else core.becomeCandidate()
  const type = isPre ? 'pre-vote' : 'vote'
  // A pre-vote speaks of the term to come.
  const term = isPre ? core.term + 1 : core.term
  const index = core.log.lastIndex
  const logTerm = core.log.lastTerm
  const context = campaign === 'transfer' ? { context: transferContext } : {}
  for (const id of votersOf(core.voters)) {
    // Its own vote counts once it is durable, as anybody's.
    if (id === core.id) core.send(isPre ? 'pre-vote-response' : 'vote-response', id, { term })
    else {
      core.info(() => {
        return `${core.name} [logterm: ${logTerm}, index: ${index}] sent ${messageName(type)} request to ${idText(id)} at term ${core.term}`
      })
      core.send(type, id, { term, index, logTerm, ...context })
    }
  }
}

/** A candidate asks. (Raft paper, figure 2, RequestVote.) */
export function answerCandidate(core: RaftCore, message: Message): void {
  const { from, type, term, index, logTerm } = message
  const isPre = type === 'pre-vote'
  const mayVote =
    // Again, or for the first time, or not really.
    core.vote === from || (core.vote === 0 && core.leader === 0) || (isPre && term > core.term)
  const answer = isPre ? 'pre-vote-response' : 'vote-response'
  if (!mayVote || !core.log.isUpToDate(index, logTerm)) {
    core.info(() => voteText(core, message, 'rejected'))
    core.send(answer, from, { term: core.term, reject: true })
    return
  }
  core.info(() => voteText(core, message, 'cast'))
  // In the term that was asked for: a pre-candidate's is one behind, and it would ignore an answer from there.
  core.send(answer, from, { term })
  if (isPre) return
  core.electionElapsed = 0
  core.vote = from
}

export function voteText(core: RaftCore, { type, from, logTerm, index }: Message, what: string): string {
  const { log, vote, term } = core
  const verb = what === 'cast' ? `cast ${messageName(type)} for` : `${what} ${messageName(type)} from`
  return `${core.name} [logterm: ${log.lastTerm}, index: ${log.lastIndex}, vote: ${idText(vote)}] ${verb} ${idText(from)} [logterm: ${logTerm}, index: ${index}] at term ${term}`
}

/** Whether a change of membership is committed that this node has not applied: it would campaign by the old one. */
function hasUnappliedConfChange({ log }: RaftCore): boolean {
  if (log.applied >= log.committed) return false
  let isFound = false
  log.scan(log.applied + 1, log.committed + 1, scanPageBytes, ({ type }) => {
    isFound = type !== 'normal'
    return !isFound
  })
  return isFound
}
