import { assert, below, type LogIndex, type Random, type Term } from '@stratakv/core'
import type { ConfChangeCodec } from './conf-change.ts'
import type { NodeId } from './conf-state.ts'
import { idText } from './describe.ts'
import type { Entry, Proposal } from './entry.ts'
import { payloadBytes } from './entry-bytes.ts'
import { RaftLog } from './log/raft-log.ts'
import type { RaftLogLevel } from './logger.ts'
import { MembershipChanger } from './membership/changer.ts'
import { ascending, type Members, noMembership } from './membership/membership.ts'
import { type HardState, type Message, type MessageType, newMessage, type Snapshot } from './message.ts'
import { Inflights } from './progress/inflights.ts'
import { Progress } from './progress/progress.ts'
import { type JointVoters, jointCommitted, jointVote } from './quorum/joint.ts'
import type { VoteResult } from './quorum/majority.ts'
import type { SanitizedRaftOptions } from './raft-options.ts'
import { ReadIndexes } from './read-indexes.ts'
import type { RaftRole } from './role.ts'
import type { RaftStorage } from './storage.ts'

/** A read that may be served once `index` is applied. */
export interface ReadState {
  readonly index: LogIndex
  /** As the reader gave it. */
  readonly context: Uint8Array
}

const noBytes = new Uint8Array(0)

/**
 * All that a node knows, and the small steps of which the rules are made: what messages do is in the files beside it. Not for
 * use outside of this package.
 *
 * Promises (answers to appends and votes, also those of the node to itself) are kept apart from other messages: they must not
 * leave before what they promise is durable.
 */
export class RaftCore {
  readonly id: NodeId
  readonly options: SanitizedRaftOptions
  readonly log: RaftLog
  readonly confChanges: ConfChangeCodec
  readonly #random: Random
  term: Term = 0
  vote: NodeId = 0
  role: RaftRole = 'follower'
  /** 0 when none is known. */
  leader: NodeId = 0
  members: Members
  /** Ascending. */
  memberIds: readonly NodeId[] = []
  /** A leader's: whom it hands over to. */
  transferee: NodeId = 0
  /** A leader's: no change of membership is proposed before what is up to here is applied. */
  pendingConfIndex: LogIndex = 0
  /** A leader's, of entries that are not applied yet. */
  uncommittedBytes = 0
  readonly votes = new Map<NodeId, boolean>()
  reads = new ReadIndexes()
  /** Asked before the leader knew what is committed: before an entry of its own term was. */
  earlyReads: Message[] = []
  electionElapsed = 0
  heartbeatElapsed = 0
  electionTimeout = 0
  /** To be sent at any time. */
  messages: Message[] = []
  /** To be sent when the log and the hard state are as they are now, durably. */
  promises: Message[] = []
  readStates: ReadState[] = []

  constructor(
    options: SanitizedRaftOptions,
    { storage, confChanges, random }: { storage: RaftStorage; confChanges: ConfChangeCodec; random: Random },
  ) {
    const { id, logger, applyingBytesMax } = options
    this.id = id
    this.options = options
    this.confChanges = confChanges
    this.#random = random
    this.log = new RaftLog({ storage, logger, applyingBytesMax })
    this.members = { membership: noMembership, progress: new Map() }
  }

  get voters(): JointVoters {
    return this.members.membership.voters
  }

  get hardState(): HardState {
    return { term: this.term, vote: this.vote, commit: this.log.committed }
  }

  get changer(): MembershipChanger {
    const { inflightCountMax, inflightBytesMax } = this.options
    return new MembershipChanger({ lastIndex: this.log.lastIndex, inflightCountMax, inflightBytesMax })
  }

  progress(id: NodeId): Progress | undefined {
    return this.members.progress.get(id)
  }

  setMembers(members: Members): void {
    this.members = members
    this.memberIds = ascending(members.progress.keys())
  }

  /** Whether it may lead: a member, a voter, and no snapshot on its way into the log. */
  get isPromotable(): boolean {
    const own = this.progress(this.id)
    return own !== undefined && !own.isLearner && this.log.unstable.snapshot === undefined
  }

  // Messages.

  /** In the sender's name and term, where the type has one; a vote's term is the caller's to say. */
  send(type: MessageType, to: NodeId, fields: Partial<Message> = {}): void {
    const message = newMessage(type, to, this.id, this.#termOf(type, fields), fields)
    if (isPromise(type)) this.promises.push(message)
    else {
      assert(to !== this.id, 'a node sends itself only what it promises')
      this.messages.push(message)
    }
  }

  #termOf(type: MessageType, { term }: Partial<Message>): Term {
    switch (type) {
      case 'vote':
      case 'vote-response':
      case 'pre-vote':
      case 'pre-vote-response':
        assert(term !== undefined && term > 0, 'a vote says its term')
        return term
      case 'propose':
      case 'read-index':
        // Forwarded to whoever leads by then.
        return 0
      default:
        return this.term
    }
  }

  // Roles.

  becomeFollower(term: Term, leader: NodeId): void {
    this.reset(term)
    this.leader = leader
    this.role = 'follower'
    this.info(() => `${this.name} became follower at term ${this.term}`)
  }

  becomePreCandidate(): void {
    assert(this.role !== 'leader', 'a leader does not campaign')
    this.votes.clear()
    this.leader = 0
    this.role = 'pre-candidate'
    this.info(() => `${this.name} became pre-candidate at term ${this.term}`)
  }

  becomeCandidate(): void {
    assert(this.role !== 'leader', 'a leader does not campaign')
    this.reset(this.term + 1)
    this.vote = this.id
    this.role = 'candidate'
    this.info(() => `${this.name} became candidate at term ${this.term}`)
  }

  becomeLeader(): void {
    assert(this.role === 'candidate', 'only a candidate becomes leader')
    this.reset(this.term)
    this.leader = this.id
    this.role = 'leader'
    const own = this.progress(this.id)!
    own.becomeReplicate()
    own.isRecentlyActive = true
    // What is in the log and not committed may hold a change of membership: none is proposed until it is applied.
    this.pendingConfIndex = this.log.lastIndex
    const isTaken = this.appendProposals([{ type: 'normal', data: noBytes, context: noBytes }])
    assert(isTaken, 'an empty entry is always taken')
    this.info(() => `${this.name} became leader at term ${this.term}`)
  }

  reset(term: Term): void {
    if (this.term !== term) {
      this.term = term
      this.vote = 0
    }
    this.leader = 0
    this.electionElapsed = 0
    this.heartbeatElapsed = 0
    this.electionTimeout = this.options.electionTicks + below(this.#random, this.options.electionTicks)
    this.transferee = 0
    this.votes.clear()
    const { inflightCountMax, inflightBytesMax } = this.options
    const { lastIndex } = this.log
    const progress = new Map<NodeId, Progress>()
    for (const [id, { isLearner }] of this.members.progress) {
      const match = id === this.id ? lastIndex : 0
      const inflights = new Inflights(inflightCountMax, inflightBytesMax)
      progress.set(id, new Progress({ match, next: lastIndex + 1, isLearner, isRecentlyActive: false, inflights }))
    }
    this.members = { membership: this.members.membership, progress }
    this.pendingConfIndex = 0
    this.uncommittedBytes = 0
    this.reads = new ReadIndexes()
    this.earlyReads = []
  }

  /** Counts a vote, the first of each, and how it stands. */
  recordVote(id: NodeId, isGranted: boolean): { granted: number; rejected: number; result: VoteResult } {
    if (!this.votes.has(id)) this.votes.set(id, isGranted)
    let granted = 0
    let rejected = 0
    for (const [voter, vote] of this.votes) {
      const progress = this.progress(voter)
      if (progress === undefined || progress.isLearner) continue
      if (vote) granted++
      else rejected++
    }
    return { granted, rejected, result: jointVote(this.voters, this.votes) }
  }

  /** Whether a majority was heard of since the flags were last cleared. */
  get isQuorumActive(): boolean {
    const active = new Map<NodeId, boolean>()
    for (const [id, progress] of this.members.progress) {
      if (!progress.isLearner) active.set(id, progress.isRecentlyActive)
    }
    return jointVote(this.voters, active) === 'won'
  }

  // The log.

  /** A leader's: puts them at the end, and promises itself that they are there. False when too much is uncommitted. */
  appendProposals(proposals: readonly Proposal[]): boolean {
    const bytes = payloadBytes(proposals)
    const { uncommittedBytesMax } = this.options
    // The first is taken whatever its size: else it could never be. So is what has none.
    if (this.uncommittedBytes > 0 && bytes > 0 && this.uncommittedBytes + bytes > uncommittedBytesMax) {
      this.say('warn', () => {
        return `${this.name} appending new entries to log would exceed uncommitted entry size limit; dropping proposal`
      })
      return false
    }
    this.uncommittedBytes += bytes
    const { term } = this
    let index = this.log.lastIndex
    this.log.append(proposals.map(({ type, data, context }): Entry => ({ type, term, index: ++index, data, context })))
    this.send('append-response', this.id, { index })
    return true
  }

  /** A leader's: commits what a majority has of its own term. */
  commitCounted(): boolean {
    const index = jointCommitted(this.voters, (id) => this.progress(id)?.match)
    return this.log.commitCounted(Math.min(index, this.log.lastIndex), this.term)
  }

  /** Whether the leader knows what is committed: not before an entry of its own term is. */
  get hasCommittedInTerm(): boolean {
    return this.log.termOrZero(this.log.committed) === this.term
  }

  /** Payloads of entries that were applied no longer count as uncommitted. */
  releaseUncommitted(bytes: number): void {
    // What was committed before this term was never counted.
    this.uncommittedBytes = Math.max(0, this.uncommittedBytes - bytes)
  }

  // Log lines.

  get name(): string {
    return idText(this.id)
  }

  say(level: RaftLogLevel, text: () => string): void {
    if (this.options.logger.isEnabled(level)) this.options.logger.log(level, text())
  }

  info(text: () => string): void {
    this.say('info', text)
  }

  debug(text: () => string): void {
    this.say('debug', text)
  }
}

function isPromise(type: MessageType): boolean {
  return type === 'append-response' || type === 'vote-response' || type === 'pre-vote-response'
}

/** What a snapshot is known by in log lines. */
export function snapshotText({ index, term }: Snapshot): string {
  return `[index: ${index}, term: ${term}]`
}
