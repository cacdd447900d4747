import type { ConfChange } from './conf-change.ts'
import type { ConfState } from './conf-state.ts'
import { membershipText } from './describe.ts'
import { confStateOf, type Members } from './membership/membership.ts'
import { isVoter } from './quorum/joint.ts'
import type { RaftCore } from './raft-core.ts'
import { broadcastAppend, sendAppend } from './replication.ts'

/** What a change does: the empty one leaves a joint configuration, several at once need one. */
export function leavesJoint({ transition, changes }: ConfChange): boolean {
  return transition === 'auto' && changes.length === 0
}

function entersJoint({ transition, changes }: ConfChange): boolean {
  return transition !== 'auto' || changes.length > 1
}

/** A committed change takes effect. @throws RaftMembershipError when it does not fit, and nothing is changed */
export function applyConfChange(core: RaftCore, change: ConfChange): ConfState {
  const { changer, members } = core
  if (leavesJoint(change)) return switchMembers(core, changer.leaveJoint(members))
  if (entersJoint(change)) {
    return switchMembers(core, changer.enterJoint(members, change.changes, change.transition !== 'explicit'))
  }
  return switchMembers(core, changer.simple(members, change.changes))
}

export function switchMembers(core: RaftCore, members: Members): ConfState {
  core.setMembers(members)
  const { membership } = members
  core.info(() => `${core.name} switched to configuration ${membershipText(membership)}`)
  const state = confStateOf(membership)
  if (core.role !== 'leader') return state
  const own = core.progress(core.id)
  if (own === undefined || own.isLearner) {
    // It leads on until another does, without counting itself: who else would tell the others of this change?
    if (core.options.stepsDownOnRemoval) core.becomeFollower(core.term, 0)
    return state
  }
  if (state.voters.length === 0) return state
  // Fewer voters may make a majority of those who have an entry; new ones have none yet.
  if (core.commitCounted()) broadcastAppend(core)
  else for (const id of core.memberIds) if (id !== core.id) sendAppend(core, id, false)
  if (core.transferee !== 0 && !isVoter(membership.voters, core.transferee)) core.transferee = 0
  return state
}
