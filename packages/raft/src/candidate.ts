import { idText, messageName, roleName } from './describe.ts'
import { askForVotes } from './election.ts'
import { RaftProposalDroppedError } from './errors.ts'
import { follow } from './follower.ts'
import type { Message } from './message.ts'
import type { RaftCore } from './raft-core.ts'
import { broadcastAppend } from './replication.ts'

/** Of a candidate and of a pre-candidate. @throws RaftProposalDroppedError */
export function stepCandidate(core: RaftCore, message: Message): void {
  switch (message.type) {
    case 'propose':
      core.info(() => `${core.name} no leader at term ${core.term}; dropping proposal`)
      throw new RaftProposalDroppedError()
    case 'append':
    case 'heartbeat':
    case 'snapshot':
      // Of this term: somebody else was elected.
      core.becomeFollower(message.term, message.from)
      follow(core, message)
      return
    case 'vote-response':
    case 'pre-vote-response':
      if ((message.type === 'vote-response') === (core.role === 'candidate')) voteCounted(core, message)
      return
    case 'timeout-now':
      core.debug(() => {
        return `${core.name} [term ${core.term} state ${roleName(core.role)}] ignored MsgTimeoutNow from ${idText(message.from)}`
      })
  }
}

function voteCounted(core: RaftCore, { type, from, reject }: Message): void {
  const name = messageName(type)
  core.info(() => {
    return `${core.name} received ${name}${reject ? ' rejection' : ''} from ${idText(from)} at term ${core.term}`
  })
  const { granted, rejected, result } = core.recordVote(from, !reject)
  core.info(() => `${core.name} has received ${granted} ${name} votes and ${rejected} vote rejections`)
  if (result === 'lost') core.becomeFollower(core.term, 0)
  else if (result === 'won' && core.role === 'pre-candidate') askForVotes(core, 'election')
  else if (result === 'won') {
    core.becomeLeader()
    broadcastAppend(core)
  }
}
