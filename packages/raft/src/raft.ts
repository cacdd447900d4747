import { assert, type LogIndex } from '@stratakv/core'
import { stepCandidate } from './candidate.ts'
import type { ConfChange } from './conf-change.ts'
import type { ConfState } from './conf-state.ts'
import { idText, membershipText, messageName } from './describe.ts'
import { answerCandidate, isForced, startElection, voteText } from './election.ts'
import type { Entry } from './entry.ts'
import { entriesBytes, payloadBytes } from './entry-bytes.ts'
import { RaftProposalDroppedError } from './errors.ts'
import { stepFollower } from './follower.ts'
import { propose, stepLeader } from './leader.ts'
import { applyConfChange, switchMembers } from './membership-step.ts'
import { type Message, newLocalMessage } from './message.ts'
import { votersOf } from './quorum/joint.ts'
import { RaftCore } from './raft-core.ts'
import { type RaftDeps, type RaftOptions, sanitizeRaftOptions } from './raft-options.ts'

/**
 * The consensus state machine of one node of one group. Ticks and messages go in; what comes out is collected in `core`, and
 * given to the host by one of the nodes in `node/`, which differ in how the host tells that something is durable.
 */
export class Raft {
  readonly core: RaftCore

  constructor({ storage, confChanges, random, logger }: RaftDeps, options: RaftOptions) {
    const core = new RaftCore(sanitizeRaftOptions(options, logger), { storage, confChanges, random })
    this.core = core
    const { hardState, confState } = storage.initialState()
    const { log } = core
    switchMembers(core, core.changer.restore(confState))
    const { term, vote, commit } = hardState
    if (term > 0 || vote > 0 || commit > 0) {
      assert(commit >= log.committed && commit <= log.lastIndex, `committed ${commit} is outside of the log`)
      log.commitTo(commit)
      core.term = term
      core.vote = vote
    }
    if (core.options.applied !== undefined && core.options.applied > 0) log.appliedTo(core.options.applied, 0)
    core.becomeFollower(core.term, 0)
    core.info(() => {
      const peers = votersOf(core.voters).map(idText).join(',')
      return `newRaft ${core.name} [peers: [${peers}], term: ${core.term}, commit: ${log.committed}, applied: ${log.applied}, lastindex: ${log.lastIndex}, lastterm: ${log.lastTerm}]`
    })
  }

  /** A unit of the host's time has passed. */
  tick(): void {
    const { core } = this
    core.electionElapsed++
    if (core.role !== 'leader') {
      if (core.electionElapsed < core.electionTimeout || !core.isPromotable) return
      core.electionElapsed = 0
      this.step(newLocalMessage('hup', core.id))
      return
    }
    core.heartbeatElapsed++
    if (core.electionElapsed >= core.options.electionTicks) {
      core.electionElapsed = 0
      if (core.options.checkQuorum) this.step(newLocalMessage('check-quorum', core.id))
      // It has had the time of an election. Proposals are taken again.
      core.transferee = 0
      if (!this.#leads) return
    }
    if (core.heartbeatElapsed < core.options.heartbeatTicks) return
    core.heartbeatElapsed = 0
    this.step(newLocalMessage('beat', core.id))
  }

  get #leads(): boolean {
    return this.core.role === 'leader'
  }

  /** @throws RaftProposalDroppedError */
  step(message: Message): void {
    const { core } = this
    if (message.term > core.term && !this.#meetsHigherTerm(message)) return
    if (message.term < core.term && message.term > 0) {
      this.#answerLowerTerm(message)
      return
    }
    switch (message.type) {
      case 'hup':
        startElection(core, core.options.preVote ? 'pre-election' : 'election')
        return
      case 'storage-append-response':
        if (message.index > 0) core.log.unstable.stableTo(message.index, message.logTerm)
        if (message.snapshot !== undefined) this.appliedSnapshot(message.snapshot.index)
        return
      case 'storage-apply-response':
        if (message.entries.length > 0) this.appliedEntries(message.entries)
        return
      case 'vote':
      case 'pre-vote':
        answerCandidate(core, message)
        return
    }
    if (core.role === 'leader') stepLeader(core, message)
    else if (core.role === 'follower') stepFollower(core, message)
    else stepCandidate(core, message)
  }

  /** Entries that were handed out have been applied: all up to the last of them. */
  appliedEntries(entries: readonly Entry[]): void {
    this.appliedTo(entries.at(-1)!.index, entriesBytes(entries), payloadBytes(entries))
  }

  /** The same by sizes. */
  appliedTo(index: LogIndex, bytes: number, payload: number): void {
    this.#applied(index, bytes)
    this.core.releaseUncommitted(payload)
  }

  /** The snapshot that came in is durable, and applied. */
  appliedSnapshot(index: LogIndex): void {
    this.core.log.unstable.stableSnapshotTo(index)
    this.#applied(index, 0)
  }

  /** A change of membership takes effect, which is when it is applied. @throws RaftMembershipError */
  applyConfChange(change: ConfChange): ConfState {
    return applyConfChange(this.core, change)
  }

  #applied(upTo: LogIndex, bytes: number): void {
    const { core } = this
    const index = Math.max(upTo, core.log.applied)
    core.log.appliedTo(index, bytes)
    const { membership } = core.members
    if (!membership.autoLeave || index < core.pendingConfIndex || core.role !== 'leader') return
    try {
      // No bytes say the empty change, which leaves. It takes no room, and so is never refused for want of it.
      propose(core, [{ type: 'conf-change-v2', data: new Uint8Array(0), context: new Uint8Array(0) }])
      core.info(() => {
        return `initiating automatic transition out of joint configuration ${membershipText(membership)}`
      })
    } catch (error) {
      if (!(error instanceof RaftProposalDroppedError)) throw error
      core.debug(() => {
        return `not initiating automatic transition out of joint configuration ${membershipText(membership)}: ${error.message}`
      })
    }
  }

  /** Takes on the term, where the message means that it has begun. False when the message is to be ignored. */
  #meetsHigherTerm(message: Message): boolean {
    const { core } = this
    const { type, term, from, reject } = message
    const isCandidacy = type === 'vote' || type === 'pre-vote'
    const { electionElapsed, options } = core
    const isLeased = options.checkQuorum && core.leader !== 0 && electionElapsed < options.electionTicks
    if (isCandidacy && isLeased && !isForced(message)) {
      // A node that was cut off comes back with a higher term. The others are well, and do not let it disturb them.
      core.info(() => {
        const left = options.electionTicks - electionElapsed
        return `${voteText(core, message, 'ignored')}: lease is not expired (remaining ticks: ${left})`
      })
      return false
    }
    // Of a term that may never begin.
    if (type === 'pre-vote' || (type === 'pre-vote-response' && !reject)) return true
    core.info(() => {
      return `${core.name} [term: ${core.term}] received a ${messageName(type)} message with higher term from ${idText(from)} [term: ${term}]`
    })
    const isLeaders = type === 'append' || type === 'heartbeat' || type === 'snapshot'
    core.becomeFollower(term, isLeaders ? from : 0)
    return true
  }

  #answerLowerTerm(message: Message): void {
    const { core } = this
    const { type, term, from, index, snapshot } = message
    const { checkQuorum, preVote } = core.options
    if ((checkQuorum || preVote) && (type === 'heartbeat' || type === 'append')) {
      // A leader that does not know of this term, which this node's own candidacies do not tell it: so that it steps down.
      core.send('append-response', from)
    } else if (type === 'pre-vote') {
      core.info(() => voteText(core, message, 'rejected'))
      core.send('pre-vote-response', from, { term: core.term, reject: true })
    } else if (type === 'storage-append-response') {
      // Entries of a lower term may have been replaced since, by ones that are not durable; a snapshot is what it is.
      if (index > 0) {
        core.info(() => {
          return `${core.name} [term: ${core.term}] ignored entry appends from a ${messageName(type)} message with lower term [term: ${term}]`
        })
      }
      if (snapshot !== undefined) this.appliedSnapshot(snapshot.index)
    } else {
      core.info(() => {
        return `${core.name} [term: ${core.term}] ignored a ${messageName(type)} message with lower term from ${idText(from)} [term: ${term}]`
      })
    }
  }
}
