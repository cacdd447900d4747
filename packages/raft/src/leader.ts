import type { ConfChange } from './conf-change.ts'
import { confChangeText, idText, membershipText, messageName, progressText } from './describe.ts'
import type { Proposal } from './entry.ts'
import { RaftProposalDroppedError } from './errors.ts'
import { leavesJoint } from './membership-step.ts'
import type { Message } from './message.ts'
import type { Progress } from './progress/progress.ts'
import { isJoint } from './quorum/joint.ts'
import type { RaftCore } from './raft-core.ts'
import type { PendingRead } from './read-indexes.ts'
import { broadcastAppend, broadcastCommit, broadcastHeartbeat, hearsCommitLater, sendAppend } from './replication.ts'

/** @throws RaftProposalDroppedError */
export function stepLeader(core: RaftCore, message: Message): void {
  switch (message.type) {
    case 'beat':
      broadcastHeartbeat(core)
      return
    case 'check-quorum':
      checkQuorum(core)
      return
    case 'propose':
      propose(core, message.entries)
      return
    case 'read-index':
      readIndex(core, message)
      return
    case 'forget-leader':
      return
  }
  const progress = core.progress(message.from)
  if (progress === undefined) {
    core.debug(() => `${core.name} no progress available for ${idText(message.from)}`)
    return
  }
  switch (message.type) {
    case 'append-response':
      progress.isRecentlyActive = true
      if (core.options.reportsCommit) progress.committed = Math.max(progress.committed, message.commit)
      if (message.reject) appendRefused(core, progress, message)
      else appendTaken(core, progress, message)
      break
    case 'heartbeat-response':
      if (core.options.reportsCommit) progress.committed = Math.max(progress.committed, message.commit)
      heartbeatAnswered(core, progress, message)
      break
    case 'snapshot-status':
      snapshotEnded(core, progress, message)
      break
    case 'unreachable':
      // What was sent ahead is likely lost.
      if (progress.state === 'replicate') progress.becomeProbe()
      core.debug(() => {
        return `${core.name} failed to send message to ${idText(message.from)} because it is unreachable [${progressText(progress)}]`
      })
      break
    case 'transfer-leader':
      transfer(core, progress, message)
  }
}

/** @throws RaftProposalDroppedError */
export function propose(core: RaftCore, proposals: readonly Proposal[]): void {
  // Removed, and leading on for the moment.
  if (core.progress(core.id) === undefined) throw new RaftProposalDroppedError()
  if (core.transferee !== 0) {
    core.debug(() => {
      return `${core.name} [term ${core.term}] transfer leadership to ${idText(core.transferee)} is in progress; dropping proposal`
    })
    throw new RaftProposalDroppedError()
  }
  const lastIndex = core.log.lastIndex
  const { pendingConfIndex } = core
  const checked = proposals.map((proposal, at) => withAllowedChange(core, proposal, lastIndex + 1 + at))
  if (!core.appendProposals(checked)) {
    core.pendingConfIndex = pendingConfIndex
    throw new RaftProposalDroppedError()
  }
  broadcastAppend(core)
}

/** A change of membership that the present one does not allow becomes an empty entry, in its place. */
function withAllowedChange(core: RaftCore, proposal: Proposal, index: number): Proposal {
  if (proposal.type === 'normal') return proposal
  const change = core.confChanges.decode(proposal.type, proposal.data)
  const refusal = core.options.skipsConfChangeChecks ? undefined : refusalOf(core, change)
  if (refusal === undefined) {
    core.pendingConfIndex = index
    return proposal
  }
  core.info(() => {
    return `${core.name} ignoring conf change ${confChangeText(proposal, change)} at config ${membershipText(core.members.membership)}: ${refusal}`
  })
  return { type: 'normal', data: new Uint8Array(0), context: new Uint8Array(0) }
}

function refusalOf({ pendingConfIndex, log, voters }: RaftCore, change: ConfChange): string | undefined {
  if (pendingConfIndex > log.applied) {
    return `possible unapplied conf change at index ${pendingConfIndex} (applied to ${log.applied})`
  }
  const wantsToLeave = leavesJoint(change)
  if (isJoint(voters) && !wantsToLeave) return 'must transition out of joint config first'
  if (!isJoint(voters) && wantsToLeave) return 'not in joint state; refusing empty conf change'
  return undefined
}

function checkQuorum(core: RaftCore): void {
  if (!core.isQuorumActive) {
    core.say('warn', () => `${core.name} stepped down to follower since quorum is not active`)
    core.becomeFollower(core.term, 0)
  }
  for (const [id, progress] of core.members.progress) if (id !== core.id) progress.isRecentlyActive = false
}

function appendRefused(core: RaftCore, progress: Progress, message: Message): void {
  const { type, from, index, rejectHint, logTerm } = message
  core.debug(() => {
    return `${core.name} received ${messageName(type)}(rejected, hint: (index ${rejectHint}, term ${logTerm})) from ${idText(from)} for index ${index}`
  })
  // Both sides skip the terms that the other cannot have: one probe a term at most, not one an entry.
  const hint = logTerm > 0 ? core.log.findConflictByTerm(rejectHint, logTerm).index : rejectHint
  if (!progress.reject(index, hint)) return
  core.debug(() => `${core.name} decreased progress of ${idText(from)} to [${progressText(progress)}]`)
  if (progress.state === 'replicate') progress.becomeProbe()
  sendAppend(core, from, true)
}

function appendTaken(core: RaftCore, progress: Progress, { from, index }: Message): void {
  // A probe that was answered is news even if what it found was known.
  const isNews = progress.acknowledge(index) || (progress.match === index && progress.state === 'probe')
  if (!isNews) return
  const { log } = core
  if (progress.state === 'probe') progress.becomeReplicate()
  else if (progress.state === 'replicate') progress.inflights.freeTo(index)
  else if (progress.match + 1 >= log.firstIndex) {
    core.debug(() => {
      return `${core.name} recovered from needing snapshot, resumed sending replication messages to ${idText(from)} [${progressText(progress)}]`
    })
    // By way of a probe, which looks at the snapshot that was sent.
    progress.becomeProbe()
    progress.becomeReplicate()
  }
  if (core.commitCounted()) {
    answerEarlyReads(core)
    broadcastCommit(core)
  } else if (from !== core.id && progress.canRaiseCommit(log.committed) && !hearsCommitLater(core, progress)) {
    sendAppend(core, from, true)
  }
  // One answer may make room for several appends.
  if (from !== core.id) while (sendAppend(core, from, false));
  if (from === core.transferee && progress.match === log.lastIndex) {
    core.info(() => `${core.name} sent MsgTimeoutNow to ${idText(from)} after received MsgAppResp`)
    core.send('timeout-now', from)
  }
}

function heartbeatAnswered(core: RaftCore, progress: Progress, { from, context }: Message): void {
  progress.isRecentlyActive = true
  progress.isFlowPaused = false
  if (progress.match < core.log.lastIndex || progress.state === 'probe') sendAppend(core, from, true)
  if (core.options.reads !== 'safe') return
  for (const read of core.reads.acknowledge(from, context, core.voters)) answerRead(core, read)
}

function snapshotEnded(core: RaftCore, progress: Progress, { from, reject }: Message): void {
  if (progress.state !== 'snapshot') return
  if (reject) progress.pendingSnapshot = 0
  progress.becomeProbe()
  const how = reject ? 'failed' : 'succeeded'
  core.debug(() => {
    return `${core.name} snapshot ${how}, resumed sending replication messages to ${idText(from)} [${progressText(progress)}]`
  })
  // The follower speaks first: of the snapshot, or in answer to a heartbeat.
  progress.isFlowPaused = true
}

function transfer(core: RaftCore, progress: Progress, { from }: Message): void {
  if (progress.isLearner) {
    core.debug(() => `${core.name} is learner. Ignored transferring leadership`)
    return
  }
  const before = core.transferee
  if (before === from) {
    core.info(() => {
      return `${core.name} [term ${core.term}] transfer leadership to ${idText(from)} is in progress, ignores request to same node ${idText(from)}`
    })
    return
  }
  if (before !== 0) {
    core.transferee = 0
    core.info(() => `${core.name} [term ${core.term}] abort previous transferring leadership to ${idText(before)}`)
  }
  if (from === core.id) {
    core.debug(() => `${core.name} is already leader. Ignored transferring leadership to self`)
    return
  }
  core.info(() => `${core.name} [term ${core.term}] starts to transfer leadership to ${idText(from)}`)
  // It has the time of one election.
  core.electionElapsed = 0
  core.transferee = from
  if (progress.match === core.log.lastIndex) {
    core.send('timeout-now', from)
    core.info(() => {
      return `${core.name} sends MsgTimeoutNow to ${idText(from)} immediately as ${idText(from)} already has up-to-date log`
    })
  } else {
    progress.isFlowPaused = false
    sendAppend(core, from, true)
  }
}

function readIndex(core: RaftCore, request: Message): void {
  // Also alone: a commit index need not survive a crash, and what it said may have been acknowledged.
  if (!core.hasCommittedInTerm) {
    core.earlyReads.push(request)
    return
  }
  const { incoming, outgoing } = core.voters
  if (incoming.size === 1 && outgoing.size === 0) {
    answerRead(core, { request, index: core.log.committed })
    return
  }
  startRead(core, request)
}

function startRead(core: RaftCore, request: Message): void {
  const index = core.log.committed
  if (core.options.reads === 'lease') {
    answerRead(core, { request, index })
    return
  }
  core.reads.add(request, index)
  for (const read of core.reads.acknowledge(core.id, core.reads.context, core.voters)) answerRead(core, read)
  broadcastHeartbeat(core)
}

function answerEarlyReads(core: RaftCore): void {
  if (core.earlyReads.length === 0 || !core.hasCommittedInTerm) return
  const requests = core.earlyReads
  core.earlyReads = []
  for (const request of requests) startRead(core, request)
}

function answerRead(core: RaftCore, { request, index }: PendingRead): void {
  const { from, entries } = request
  if (from === 0 || from === core.id) {
    core.readStates.push({ index, context: entries[0]?.data ?? new Uint8Array(0) })
  } else core.send('read-index-response', from, { index, entries })
}
