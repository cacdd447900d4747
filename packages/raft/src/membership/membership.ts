import type { ConfState, NodeId } from '../conf-state.ts'
import type { Progress } from '../progress/progress.ts'
import { isJoint, type JointVoters } from '../quorum/joint.ts'

/** Who belongs to the group. Voters and learners have no id in common. */
export interface Membership {
  readonly voters: JointVoters
  readonly learners: ReadonlySet<NodeId>
  /** Voters of the outgoing half that become learners when the joint configuration is left. */
  readonly learnersNext: ReadonlySet<NodeId>
  readonly autoLeave: boolean
}

/** A membership, and what is known of each member. */
export interface Members {
  readonly membership: Membership
  readonly progress: ReadonlyMap<NodeId, Progress>
}

export const noMembership: Membership = {
  voters: { incoming: new Set(), outgoing: new Set() },
  learners: new Set(),
  learnersNext: new Set(),
  autoLeave: false,
}

export function confStateOf({ voters, learners, learnersNext, autoLeave }: Membership): ConfState {
  return {
    voters: ascending(voters.incoming),
    learners: ascending(learners),
    votersOutgoing: isJoint(voters) ? ascending(voters.outgoing) : [],
    learnersNext: ascending(learnersNext),
    autoLeave,
  }
}

export function ascending(ids: Iterable<NodeId>): NodeId[] {
  return [...ids].sort((left, right) => left - right)
}
