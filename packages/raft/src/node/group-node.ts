import type { LogIndex, Term } from '@stratakv/core'
import type { ConfChange } from '../conf-change.ts'
import type { ConfState, NodeId } from '../conf-state.ts'
import type { Proposal } from '../entry.ts'
import { RaftLocalMessageError, RaftPeerNotFoundError } from '../errors.ts'
import type { Membership } from '../membership/membership.ts'
import { appendThread, applyThread, type Message, type MessageType, newLocalMessage } from '../message.ts'
import type { Progress } from '../progress/progress.ts'
import { Raft } from '../raft.ts'
import type { RaftDeps, RaftOptions } from '../raft-options.ts'
import type { RaftRole } from '../role.ts'

/** How a node stands. */
export interface RaftStatus {
  readonly id: NodeId
  readonly term: Term
  readonly vote: NodeId
  readonly role: RaftRole
  readonly leader: NodeId
  readonly transferee: NodeId
  readonly committed: LogIndex
  readonly applied: LogIndex
  readonly firstIndex: LogIndex
  readonly lastIndex: LogIndex
  /** Up to here the log is known to be durable. */
  readonly persisted: LogIndex
  readonly membership: Membership
}

const noBytes = new Uint8Array(0)
const locals: ReadonlySet<MessageType> = new Set<MessageType>([
  'hup',
  'beat',
  'unreachable',
  'snapshot-status',
  'check-quorum',
  'storage-append',
  'storage-append-response',
  'storage-apply',
  'storage-apply-response',
])
const responses: ReadonlySet<MessageType> = new Set<MessageType>([
  'append-response',
  'vote-response',
  'heartbeat-response',
  'unreachable',
  'read-index-response',
  'pre-vote-response',
])

/** What hosts tell a node, however they write its log. */
export abstract class GroupNode {
  protected readonly raft: Raft

  constructor(deps: RaftDeps, options: RaftOptions) {
    this.raft = new Raft(deps, options)
  }

  /** Whether there is something to do; see `ready` of the node. */
  abstract get hasReady(): boolean

  get role(): RaftRole {
    return this.raft.core.role
  }

  get term(): Term {
    return this.raft.core.term
  }

  /** 0 when none is known. */
  get leader(): NodeId {
    return this.raft.core.leader
  }

  get lastIndex(): LogIndex {
    return this.raft.core.log.lastIndex
  }

  tick(): void {
    this.raft.tick()
  }

  /** A message from another node. @throws RaftLocalMessageError, RaftPeerNotFoundError, RaftProposalDroppedError */
  step(message: Message): void {
    const { type, from } = message
    const isOfStorage = from === appendThread || from === applyThread
    if (locals.has(type) && !isOfStorage) throw new RaftLocalMessageError(type)
    if (responses.has(type) && this.raft.core.progress(from) === undefined) throw new RaftPeerNotFoundError()
    this.raft.step(message)
  }

  /** Campaigns without waiting for the timeout. */
  campaign(): void {
    this.#local('hup', {})
  }

  /** @throws RaftProposalDroppedError */
  propose(data: Uint8Array, context: Uint8Array = noBytes): void {
    this.#propose([{ type: 'normal', data, context }])
  }

  /** All of them, one entry each, or none: followers are sent them together. @throws RaftProposalDroppedError */
  proposeAll(entries: readonly Uint8Array[]): void {
    this.#propose(entries.map((data) => ({ type: 'normal', data, context: noBytes })))
  }

  /**
   * What is not allowed is committed as an empty entry in its place. `data` is as the group's codec writes it.
   * @throws RaftProposalDroppedError
   */
  proposeConfChange(type: 'conf-change' | 'conf-change-v2', data: Uint8Array, context: Uint8Array = noBytes): void {
    this.#propose([{ type, data, context }])
  }

  /** To be called when a committed change of membership is applied. @throws RaftMembershipError */
  applyConfChange(change: ConfChange): ConfState {
    return this.raft.applyConfChange(change)
  }

  /** The answer is a read state with this context, once it is known; or there is none, and the reader asks again. */
  readIndex(context: Uint8Array): void {
    const entry = { type: 'normal', term: 0, index: 0, data: context, context: noBytes } as const
    this.#local('read-index', { entries: [entry] })
  }

  /** A leader's: all members hear of it now, not with the next heartbeat. */
  ping(): void {
    if (this.role === 'leader') this.#local('beat', {})
  }

  transferLeader(to: NodeId): void {
    this.raft.step(newLocalMessage('transfer-leader', this.raft.core.id, { from: to }))
  }

  forgetLeader(): void {
    this.#local('forget-leader', {})
  }

  /** Messages to it are likely lost. */
  reportUnreachable(id: NodeId): void {
    this.#local('unreachable', { from: id })
  }

  /** A snapshot has been taken by the node, or has not. */
  reportSnapshot(id: NodeId, isTaken: boolean): void {
    this.#local('snapshot-status', { from: id, reject: !isTaken })
  }

  get status(): RaftStatus {
    const { id, term, vote, role, leader, transferee, log, members } = this.raft.core
    return {
      id,
      term,
      vote,
      role,
      leader,
      transferee,
      committed: log.committed,
      applied: log.applied,
      firstIndex: log.firstIndex,
      lastIndex: log.lastIndex,
      persisted: log.unstable.offset - 1,
      membership: members.membership,
    }
  }

  /** What a leader knows of the members, itself among them; ascending by id. Not to be changed. */
  get progress(): ReadonlyMap<NodeId, Readonly<Progress>> {
    const { memberIds, members } = this.raft.core
    return new Map(memberIds.map((id) => [id, members.progress.get(id)!]))
  }

  /** Ticks without a sign of a leader until it campaigns. To be set by tests alone. */
  set electionTimeout(ticks: number) {
    this.raft.core.electionTimeout = ticks
  }

  #propose(proposals: readonly Proposal[]): void {
    this.#local('propose', { entries: proposals.map((proposal) => ({ ...proposal, term: 0, index: 0 })) })
  }

  #local(type: MessageType, fields: Partial<Message>): void {
    this.raft.step(newLocalMessage(type, this.raft.core.id, fields))
  }
}
