import type { Peer, StoreId } from '@stratakv/core'
import type { RegionState } from '../region-cache.ts'
import type { ClusterView } from './cluster-view.ts'
import type { OperatorPlan } from './operator-plan.ts'
import { isJoint, isVoter } from './operator-step.ts'
import { isHealthy, peerTrouble, storeIds } from './region-health.ts'
import { bestStore, isolation, leaderCandidates, storeScore, storesOf } from './store-choice.ts'

/**
 * What a region needs to be whole: `max-replicas` voters on stores that are there, no more and no less, apart from each other
 * by their labels. One thing at a time, the most urgent first. Pure.
 */
export function checkReplicas(state: RegionState, view: ClusterView): OperatorPlan | undefined {
  const { region, leader } = state
  if (leader === undefined) return undefined
  if (isJoint(region)) return leaveJointState(state, view)
  const check = new ReplicaCheck(state, view)
  const leftover = check.leftoverLearner()
  if (leftover === 'wait') return undefined
  return leftover ?? check.trouble() ?? check.count() ?? check.location()
}

function leaveJointState(state: RegionState, view: ClusterView): OperatorPlan {
  const voters = storeIds(state.region.peers.filter(isVoter))
  const learners = storeIds(state.region.peers.filter((peer) => !isVoter(peer)))
  return {
    reason: 'leave-joint-state',
    kind: 'replica',
    state,
    voters,
    learners,
    leaders: leaderCandidates(view, voters),
  }
}

class ReplicaCheck {
  readonly #state: RegionState
  readonly #view: ClusterView
  readonly #voters: readonly Peer[]
  readonly #learners: readonly Peer[]

  constructor(state: RegionState, view: ClusterView) {
    this.#state = state
    this.#view = view
    this.#voters = state.region.peers.filter(({ role }) => role === 'voter')
    this.#learners = state.region.peers.filter(({ role }) => role === 'learner')
  }

  /** What an operator that did not come to its end has left: of use when a voter is missing or in trouble, else too much. `wait`: it is still being filled. */
  leftoverLearner(): OperatorPlan | 'wait' | undefined {
    const { config } = this.#view
    for (const learner of this.#learners) {
      const rest = storeIds(this.#learners.filter((other) => other !== learner))
      const isLost = peerTrouble(this.#state, learner, this.#view) !== undefined
      const inTrouble = this.#voters.find((voter) => this.#mayReplace(voter))
      const isWanted = this.#voters.length < config.maxReplicas || inTrouble !== undefined
      if (isLost || !isWanted)
        return config.enableRemoveExtraReplica || isLost
          ? this.#plan('remove-extra-learner', storeIds(this.#voters), rest)
          : undefined
      if (!isHealthy(this.#state, learner, this.#view)) return 'wait'
      const stay = this.#voters.length < config.maxReplicas ? this.#voters : without(this.#voters, inTrouble!)
      return this.#plan('promote-learner', [...storeIds(stay), learner.storeId], rest)
    }
    return undefined
  }

  /** Peers on stores that are down or on their way out. */
  trouble(): OperatorPlan | undefined {
    const { maxReplicas } = this.#view.config
    for (const kind of ['down', 'offline'] as const) {
      const found = this.#voters.find((voter) => peerTrouble(this.#state, voter, this.#view) === kind)
      if (found === undefined || !this.#mayReplace(found)) continue
      const stay = without(this.#voters, found)
      if (this.#voters.length > maxReplicas && this.#isSafe(stay))
        return this.#plan(`remove-extra-${kind}-replica`, storeIds(stay))
      if (this.#voters.length > maxReplicas) continue
      const target = this.#bestBeside(stay)
      if (target !== undefined) return this.#plan(`replace-${kind}-replica`, [...storeIds(stay), target.storeId])
    }
    return undefined
  }

  count(): OperatorPlan | undefined {
    const { config } = this.#view
    const { maxReplicas } = config
    if (this.#voters.length < maxReplicas && config.enableMakeUpReplica) {
      const target = this.#bestBeside(this.#voters)
      return target && this.#plan('make-up-replica', [...storeIds(this.#voters), target.storeId])
    }
    if (this.#voters.length <= maxReplicas || !config.enableRemoveExtraReplica) return undefined
    const worst = [...this.#voters].sort((left, right) => this.#worth(left) - this.#worth(right) || right.id - left.id)
    for (const candidate of worst) {
      const stay = without(this.#voters, candidate)
      if (!this.#isSafe(stay)) continue
      return this.#plan('remove-extra-replica', storeIds(stay))
    }
    return undefined
  }

  /** Another store that is further apart from the rest than the worst of ours. */
  location(): OperatorPlan | undefined {
    const { config } = this.#view
    if (config.locationLabels.length === 0 || !config.enableLocationReplacement) return undefined
    if (this.#voters.length !== config.maxReplicas) return undefined
    if (!this.#voters.every((voter) => isHealthy(this.#state, voter, this.#view))) return undefined
    let worst: { peer: Peer; apart: number } | undefined
    for (const peer of this.#voters) {
      const apart = this.#apart(peer)
      if (worst === undefined || apart < worst.apart) worst = { peer, apart }
    }
    if (worst === undefined) return undefined
    const stay = without(this.#voters, worst.peer)
    const target = this.#bestBeside(stay)
    if (target === undefined || target.isolation <= worst.apart) return undefined
    return this.#plan('move-to-better-location', [...storeIds(stay), target.storeId])
  }

  #mayReplace(voter: Peer): boolean {
    const { config } = this.#view
    const trouble = peerTrouble(this.#state, voter, this.#view)
    return trouble === 'down'
      ? config.enableRemoveDownReplica
      : trouble === 'offline'
        ? config.enableReplaceOfflineReplica
        : false
  }

  #bestBeside(stay: readonly Peer[]): ReturnType<typeof bestStore> {
    const holders = new Set(storeIds(this.#state.region.peers))
    return bestStore(this.#view, holders, storeIds(stay), this.#state.approximateSizeMiB)
  }

  /** A majority of those that stay is well, so that the region can still commit, the change itself included. */
  #isSafe(stay: readonly Peer[]): boolean {
    const wellCount = stay.filter((peer) => isHealthy(this.#state, peer, this.#view)).length
    return wellCount > stay.length / 2
  }

  /** The least worth keeping has the least: unhealthy before close to others before on a full store. */
  #worth(peer: Peer): number {
    const store = this.#view.store(peer.storeId)
    const fullness = store === undefined ? 1 : storeScore(store, this.#view)
    const health = isHealthy(this.#state, peer, this.#view) ? 1 : 0
    // Isolation is a whole number, so a fraction of fullness only tells equals apart.
    return health * 1e12 + this.#apart(peer) + 1 / (2 + fullness)
  }

  #apart(peer: Peer): number {
    const store = this.#view.store(peer.storeId)
    const others = storesOf(this.#view, storeIds(without(this.#voters, peer)))
    return store === undefined ? 0 : isolation(store, others, this.#view.config.locationLabels)
  }

  #plan(reason: string, voters: readonly StoreId[], learners: readonly StoreId[] = []): OperatorPlan {
    const well = this.#state.region.peers.filter((peer) => isHealthy(this.#state, peer, this.#view))
    return {
      reason,
      kind: 'replica',
      state: this.#state,
      voters,
      learners,
      leaders: leaderCandidates(this.#view, storeIds(well)),
    }
  }
}

function without(peers: readonly Peer[], left: Peer): Peer[] {
  return peers.filter((peer) => peer !== left)
}
