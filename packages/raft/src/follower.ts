import { confStateText, idText } from './describe.ts'
import { startElection } from './election.ts'
import { RaftProposalDroppedError } from './errors.ts'
import { switchMembers } from './membership-step.ts'
import { type Message, type MessageType, newMessage, type Snapshot } from './message.ts'
import { type RaftCore, snapshotText } from './raft-core.ts'

/** @throws RaftProposalDroppedError */
export function stepFollower(core: RaftCore, message: Message): void {
  switch (message.type) {
    case 'propose':
      if (!forward(core, message, 'proposal')) throw new RaftProposalDroppedError()
      return
    case 'append':
    case 'heartbeat':
    case 'snapshot':
      core.electionElapsed = 0
      core.leader = message.from
      follow(core, message)
      return
    case 'transfer-leader':
      forward(core, message, 'leader transfer msg')
      return
    case 'forget-leader':
      forgetLeader(core)
      return
    case 'timeout-now':
      core.info(() => {
        return `${core.name} [term ${core.term}] received MsgTimeoutNow from ${idText(message.from)} and starts an election to get leadership.`
      })
      // Without asking first: the leader has said that it is time.
      startElection(core, 'transfer')
      return
    case 'read-index':
      forward(core, message, 'index reading msg')
      return
    case 'read-index-response':
      if (message.entries.length === 1) {
        core.readStates.push({ index: message.index, context: message.entries[0]!.data })
      }
  }
}

/** What a leader says. */
export function follow(core: RaftCore, message: Message): void {
  if (message.type === 'append') appendEntries(core, message)
  else if (message.type === 'heartbeat') {
    core.log.commitTo(message.commit)
    answer(core, 'heartbeat-response', message.from, { context: message.context })
  } else restoreSnapshot(core, message)
}

function forward(core: RaftCore, message: Message, what: string): boolean {
  if (core.leader === 0) {
    core.info(() => `${core.name} no leader at term ${core.term}; dropping ${what}`)
    return false
  }
  const { type, from, entries, context } = message
  // In the name of who asked, who gets the answer. A transfer's sender is whom it is about.
  const term = type === 'transfer-leader' ? core.term : 0
  core.messages.push(newMessage(type, core.leader, from === 0 ? core.id : from, term, { entries, context }))
  return true
}

function forgetLeader(core: RaftCore): void {
  if (core.options.reads === 'lease') {
    core.say('error', () => 'ignoring MsgForgetLeader due to ReadOnlyLeaseBased')
    return
  }
  if (core.leader === 0) return
  core.info(() => `${core.name} forgetting leader ${idText(core.leader)} at term ${core.term}`)
  core.leader = 0
}

function appendEntries(core: RaftCore, { from, index, logTerm, entries, commit }: Message): void {
  const { log } = core
  // An old message: what it brings is committed here.
  if (index < log.committed) {
    answer(core, 'append-response', from, { index: log.committed })
    return
  }
  const last = log.appendSlice({ prevIndex: index, prevTerm: logTerm, entries }, commit)
  if (last !== undefined) {
    answer(core, 'append-response', from, { index: last })
    return
  }
  core.debug(() => {
    return `${core.name} [logterm: ${log.termOrZero(index)}, index: ${index}] rejected MsgApp [logterm: ${logTerm}, index: ${index}] from ${idText(from)}`
  })
  // Where both may be the same: no entry of a later term than the leader has at that place.
  const hint = log.findConflictByTerm(Math.min(index, log.lastIndex), logTerm)
  answer(core, 'append-response', from, { index, reject: true, rejectHint: hint.index, logTerm: hint.term })
}

function restoreSnapshot(core: RaftCore, { from, snapshot }: Message): void {
  if (snapshot === undefined) return
  const { log } = core
  const isRestored = restore(core, snapshot)
  core.info(() => {
    return `${core.name} [commit: ${log.committed}] ${isRestored ? 'restored' : 'ignored'} snapshot ${snapshotText(snapshot)}`
  })
  answer(core, 'append-response', from, { index: isRestored ? log.lastIndex : log.committed })
}

/** False when there is no need of it. */
function restore(core: RaftCore, snapshot: Snapshot): boolean {
  const { log } = core
  const { index, term, confState } = snapshot
  if (index <= log.committed) return false
  const { voters, learners, votersOutgoing } = confState
  // Who becomes a learner is among the outgoing voters.
  if (![...voters, ...learners, ...votersOutgoing].includes(core.id)) {
    core.say('warn', () => {
      return `${core.name} attempted to restore snapshot but it is not in the ConfState ${confStateText(confState)}; should never happen`
    })
    return false
  }
  const describe = (): string =>
    `${core.name} [commit: ${log.committed}, lastindex: ${log.lastIndex}, lastterm: ${log.lastTerm}]`
  if (log.matches(index, term)) {
    core.info(() => `${describe()} fast-forwarded commit to snapshot ${snapshotText(snapshot)}`)
    log.commitTo(index)
    return false
  }
  log.restore(snapshot)
  switchMembers(core, core.changer.restore(confState))
  core.info(() => `${describe()} restored snapshot ${snapshotText(snapshot)}`)
  return true
}

function answer(core: RaftCore, type: MessageType, to: number, fields: Partial<Message>): void {
  core.send(type, to, core.options.reportsCommit ? { ...fields, commit: core.log.committed } : fields)
}
