import { assert, type LogIndex, StrataError } from '@stratakv/core'
import type { ConfChangeSingle } from '../conf-change.ts'
import type { ConfState, NodeId } from '../conf-state.ts'
import { Inflights } from '../progress/inflights.ts'
import { Progress } from '../progress/progress.ts'
import { isJoint } from '../quorum/joint.ts'
import { type Members, noMembership } from './membership.ts'

/** A change of membership that the present one does not allow. */
export class RaftMembershipError extends StrataError {
  readonly code = 'RAFT_MEMBERSHIP'
}

export interface ChangerOptions {
  /** Of the log, for new members: they are probed from its end. */
  readonly lastIndex: LogIndex
  readonly inflightCountMax: number
  readonly inflightBytesMax: number
}

/**
 * Changes of membership, as functions: what is given is left as it is. A change that keeps all majorities overlapping (one
 * voter more or less) may be made at once; any other goes through a joint configuration.
 */
export class MembershipChanger {
  readonly #options: ChangerOptions

  constructor(options: ChangerOptions) {
    this.#options = options
  }

  /** @throws RaftMembershipError when more than one voter would change, among others */
  simple(members: Members, changes: readonly ConfChangeSingle[]): Members {
    if (isJoint(members.membership.voters)) {
      throw new RaftMembershipError("can't apply simple config change in joint config")
    }
    const draft = new Draft(members, this.#options)
    draft.apply(changes)
    const before = members.membership.voters.incoming
    const changed = [...before].filter((id) => !draft.incoming.has(id)).length
    const added = [...draft.incoming].filter((id) => !before.has(id)).length
    if (changed + added > 1) throw new RaftMembershipError('more than one voter changed without entering joint config')
    return draft.finish()
  }

  /** @throws RaftMembershipError */
  enterJoint(members: Members, changes: readonly ConfChangeSingle[], autoLeave: boolean): Members {
    if (isJoint(members.membership.voters)) throw new RaftMembershipError('config is already joint')
    if (members.membership.voters.incoming.size === 0) {
      throw new RaftMembershipError("can't make a zero-voter config joint")
    }
    const draft = new Draft(members, this.#options)
    draft.outgoing = new Set(draft.incoming)
    draft.apply(changes)
    draft.autoLeave = autoLeave
    return draft.finish()
  }

  /** @throws RaftMembershipError */
  leaveJoint(members: Members): Members {
    if (!isJoint(members.membership.voters)) throw new RaftMembershipError("can't leave a non-joint config")
    const draft = new Draft(members, this.#options)
    draft.leave()
    return draft.finish()
  }

  /** The members that a stored membership names, from none. @throws RaftMembershipError */
  restore(state: ConfState): Members {
    const add = (nodeId: NodeId): ConfChangeSingle => ({ type: 'add-node', nodeId })
    const learn = (nodeId: NodeId): ConfChangeSingle => ({ type: 'add-learner-node', nodeId })
    const incoming = [...state.voters.map(add), ...[...state.learners, ...state.learnersNext].map(learn)]
    let members: Members = { membership: noMembership, progress: new Map() }
    if (state.votersOutgoing.length === 0) {
      for (const change of incoming) members = this.simple(members, [change])
      return members
    }
    for (const id of state.votersOutgoing) members = this.simple(members, [add(id)])
    const leaving = state.votersOutgoing.map((nodeId): ConfChangeSingle => ({ type: 'remove-node', nodeId }))
    return this.enterJoint(members, [...leaving, ...incoming], state.autoLeave)
  }
}

/** A membership that is being changed. */
class Draft {
  readonly #options: ChangerOptions
  readonly incoming: Set<NodeId>
  outgoing: Set<NodeId>
  autoLeave: boolean
  readonly #learners: Set<NodeId>
  readonly #learnersNext: Set<NodeId>
  readonly #progress: Map<NodeId, Progress>

  constructor({ membership, progress }: Members, options: ChangerOptions) {
    this.#options = options
    this.incoming = new Set(membership.voters.incoming)
    this.outgoing = new Set(membership.voters.outgoing)
    this.autoLeave = membership.autoLeave
    this.#learners = new Set(membership.learners)
    this.#learnersNext = new Set(membership.learnersNext)
    this.#progress = new Map(progress)
  }

  apply(changes: readonly ConfChangeSingle[]): void {
    for (const { type, nodeId } of changes) {
      // Nobody: a change that was taken back keeps its place in the list.
      if (nodeId === 0) continue
      if (type === 'add-node') this.#makeVoter(nodeId)
      else if (type === 'add-learner-node') this.#makeLearner(nodeId)
      else if (type === 'remove-node') this.#remove(nodeId)
    }
    if (this.incoming.size === 0) throw new RaftMembershipError('removed all voters')
  }

  leave(): void {
    for (const id of this.#learnersNext) {
      this.#learners.add(id)
      this.#own(id).isLearner = true
    }
    this.#learnersNext.clear()
    for (const id of this.outgoing) {
      if (!this.incoming.has(id) && !this.#learners.has(id)) this.#progress.delete(id)
    }
    this.outgoing = new Set()
    this.autoLeave = false
  }

  finish(): Members {
    for (const id of [...this.incoming, ...this.outgoing, ...this.#learners, ...this.#learnersNext]) {
      assert(this.#progress.has(id), 'every member has a progress')
    }
    for (const id of this.#learners) assert(!this.incoming.has(id) && !this.outgoing.has(id), 'a learner does not vote')
    for (const id of this.#learnersNext) assert(this.outgoing.has(id), 'who becomes a learner still votes')
    return {
      membership: {
        voters: { incoming: this.incoming, outgoing: this.outgoing },
        learners: this.#learners,
        learnersNext: this.#learnersNext,
        autoLeave: this.autoLeave,
      },
      progress: this.#progress,
    }
  }

  #makeVoter(id: NodeId): void {
    if (!this.#progress.has(id)) this.#addNew(id, false)
    else this.#own(id).isLearner = false
    this.#learners.delete(id)
    this.#learnersNext.delete(id)
    this.incoming.add(id)
  }

  #makeLearner(id: NodeId): void {
    const known = this.#progress.get(id)
    if (known === undefined) {
      this.#addNew(id, true)
      this.#learners.add(id)
      return
    }
    if (known.isLearner) return
    this.#remove(id)
    this.#progress.set(id, known)
    // Who still votes in the outgoing half cannot be a learner yet.
    if (this.outgoing.has(id)) this.#learnersNext.add(id)
    else {
      this.#own(id).isLearner = true
      this.#learners.add(id)
    }
  }

  #remove(id: NodeId): void {
    if (!this.#progress.has(id)) return
    this.incoming.delete(id)
    this.#learners.delete(id)
    this.#learnersNext.delete(id)
    if (!this.outgoing.has(id)) this.#progress.delete(id)
  }

  #addNew(id: NodeId, isLearner: boolean): void {
    const { lastIndex, inflightCountMax, inflightBytesMax } = this.#options
    this.#progress.set(
      id,
      new Progress({
        match: 0,
        next: Math.max(lastIndex, 1),
        isLearner,
        // A new member is given the time of an election to be heard of before it counts as gone.
        isRecentlyActive: true,
        inflights: new Inflights(inflightCountMax, inflightBytesMax),
      }),
    )
  }

  /** A progress that may be changed. */
  #own(id: NodeId): Progress {
    const copy = this.#progress.get(id)!.copy()
    this.#progress.set(id, copy)
    return copy
  }
}
