import { assert, type PeerId, type Region, type StoreId } from '@stratakv/core'
import type { RegionState } from '../region-cache.ts'
import { isJoint, isVoter, type OperatorStep, peerOn, type StepPeer } from './operator-step.ts'

/** What an operator counts as, in PD's words and for PD's limits. */
export type OperatorKind = 'admin' | 'merge' | 'replica' | 'split' | 'region' | 'leader'

/** What a region is to become, and why. Made by a checker or a balancer; `buildSteps` says how to get there. */
export interface OperatorPlan {
  /** PD's name for the reason: `make-up-replica`. */
  readonly reason: string
  readonly kind: OperatorKind
  readonly state: RegionState
  /** Stores that hold a voter in the end. All other peers go. */
  readonly voters: readonly StoreId[]
  /** Learners that stay. */
  readonly learners?: readonly StoreId[]
  /** Who leads in the end. Absent: the present leader if it stays, or the first of `leaders` that votes already. */
  readonly leader?: StoreId
  /** Candidates for a leader that has to go, best first. */
  readonly leaders: readonly StoreId[]
  /** Taken when the peers are as wanted. */
  readonly last?: OperatorStep
}

/** Stores that lack a peer which the plan wants there, and for which an id is needed. */
export function storesToFill({ state, voters }: OperatorPlan): StoreId[] {
  return voters.filter((storeId) => peerOn(state.region, storeId) === undefined)
}

/**
 * The way from the region as it is to the one that is wanted, such that at no point fewer replicas hold the data than before,
 * but for those that are to go.
 *
 * @param newIds one for each of {@link storesToFill}, in that order
 * @param joint whether several changes may be made as one (TiKV 5.0)
 */
export function buildSteps(plan: OperatorPlan, newIds: readonly PeerId[], joint: boolean): OperatorStep[] {
  const { state, voters, learners = [] } = plan
  const { region } = state
  const leaderStore = state.leader?.storeId ?? 0
  const steps: OperatorStep[] = []
  let lead = leaderStore
  const transfer = (to: StoreId | undefined) => {
    if (to === undefined || to === lead) return
    steps.push({ type: 'transfer-leader', from: lead, to })
    lead = to
  }

  if (isJoint(region)) {
    if (peerOn(region, lead)?.role === 'demoting-voter') transfer(oldVoter(plan))
    steps.push(leaveJoint(region))
  }

  const staying = new Set([...voters, ...learners])
  const isOldVoter = (storeId: StoreId) => {
    const peer = peerOn(region, storeId)
    return peer !== undefined && isVoter(peer)
  }
  const leaving = region.peers.filter(({ storeId }) => !staying.has(storeId))
  const leavingVoters = leaving.filter(isVoter).map(stepPeer)
  for (const peer of leaving) if (!isVoter(peer)) steps.push({ type: 'remove-peer', peer: stepPeer(peer) })

  const fill = storesToFill(plan)
  assert(fill.length === newIds.length, 'every new peer has its id')
  const added = fill.map((storeId, index): StepPeer => ({ id: newIds[index]!, storeId }))
  for (const peer of added) steps.push({ type: 'add-learner', peer })
  const promoted = [
    ...region.peers.filter((peer) => !isVoter(peer) && voters.includes(peer.storeId)).map(stepPeer),
    ...added,
  ]

  const leader = plan.leader ?? (voters.includes(lead) ? lead : (oldVoter(plan) ?? promoted[0]?.storeId))
  if (joint && promoted.length + leavingVoters.length > 1) {
    if (leader !== undefined && isOldVoter(leader)) transfer(leader)
    steps.push({ type: 'enter-joint', promote: promoted, demote: leavingVoters })
    transfer(leader)
    steps.push({ type: 'leave-joint', promote: promoted, demote: leavingVoters })
  } else {
    for (const peer of promoted) steps.push({ type: 'promote-learner', peer })
    transfer(leader)
  }
  for (const peer of leavingVoters) steps.push({ type: 'remove-peer', peer })
  if (plan.last !== undefined) steps.push(plan.last)
  return steps
}

/** The best voter that stays. */
function oldVoter({ state, voters, leaders }: OperatorPlan): StoreId | undefined {
  return leaders.find((storeId) => {
    const peer = peerOn(state.region, storeId)
    return voters.includes(storeId) && peer !== undefined && isVoter(peer)
  })
}

function leaveJoint(region: Region): OperatorStep {
  return {
    type: 'leave-joint',
    promote: region.peers.filter(({ role }) => role === 'incoming-voter').map(stepPeer),
    demote: region.peers.filter(({ role }) => role === 'demoting-voter').map(stepPeer),
  }
}

function stepPeer({ id, storeId }: StepPeer): StepPeer {
  return { id, storeId }
}
