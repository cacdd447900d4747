import { below, type Random, type StoreId } from '@stratakv/core'
import type { RegionList, RegionState } from '../region-cache.ts'
import type { ClusterView, StoreView } from './cluster-view.ts'
import type { OperatorPlan } from './operator-plan.ts'
import { isSettled, storeIds } from './region-health.ts'
import { isolation, leaderCandidates, leaderCount, mayLead, storesOf, unfitFor } from './store-choice.ts'

/** Regions of one store that are looked at for one that can move. */
const looksMax = 64
const automaticTolerance = 0.02

/**
 * One replica from the store with the most to one with fewer, or nothing when the stores are about even. What running operators
 * will change counts as changed, and a move has to bring the two stores closer by two: so moves come to an end, and none is
 * ever taken back. Pure but for the choice of a region.
 */
export function balanceRegions(view: ClusterView, random: Random): OperatorPlan | undefined {
  const countOf = ({ id, load }: StoreView) => load.regionCount + view.influence(id).regionCount
  const stores = view.stores.filter(({ state }) => state === 'Up').sort((left, right) => countOf(left) - countOf(right))
  const gap = gapToMove(stores.map(countOf), view)
  for (const source of [...stores].reverse()) {
    const targets = stores.filter((store) => countOf(source) - countOf(store) >= gap)
    if (targets.length === 0) return undefined
    for (const list of [view.regions.followersOn(source.id), view.regions.leadersOn(source.id)]) {
      const plan = firstOf(list, view, random, (state) => moveReplica(state, source, targets, view))
      if (plan !== undefined) return plan
    }
  }
  return undefined
}

function moveReplica(
  state: RegionState,
  source: StoreView,
  targets: readonly StoreView[],
  view: ClusterView,
): OperatorPlan | undefined {
  const { region, approximateSizeMiB: sizeMiB } = state
  if (!isSettled(state, view) || !view.hasRoom(source.id, 'remove-peer', sizeMiB)) return undefined
  const stay = storeIds(region.peers).filter((id) => id !== source.id)
  const { locationLabels } = view.config
  const around = storesOf(view, stay)
  const apart = isolation(source, around, locationLabels)
  const target = targets.find(
    (store) =>
      !stay.includes(store.id) &&
      unfitFor(store, sizeMiB, view) === undefined &&
      isolation(store, around, locationLabels) >= apart,
  )
  if (target === undefined) return undefined
  const leaders = leaderCandidates(view, [...stay, target.id])
  return { reason: 'balance-region', kind: 'region', state, voters: [...stay, target.id], leaders }
}

/** One leader from the store that has the most to a follower on one that has fewer. */
export function balanceLeaders(view: ClusterView, random: Random): OperatorPlan | undefined {
  const countOf = ({ id }: StoreView) => leaderCount(view, id)
  const stores = view.stores.filter(mayLead).sort((left, right) => countOf(left) - countOf(right))
  const gap = gapToMove(stores.map(countOf), view)
  for (const source of [...stores].reverse()) {
    const targets = stores.filter((store) => countOf(source) - countOf(store) >= gap).map(({ id }) => id)
    if (targets.length === 0) return undefined
    const plan = firstOf(view.regions.leadersOn(source.id), view, random, (state) => moveLeader(state, targets, view))
    if (plan !== undefined) return plan
  }
  return undefined
}

function moveLeader(state: RegionState, targets: readonly StoreId[], view: ClusterView): OperatorPlan | undefined {
  if (!isSettled(state, view)) return undefined
  const voters = storeIds(state.region.peers)
  const leader = targets.find((id) => voters.includes(id))
  if (leader === undefined) return undefined
  return { reason: 'balance-leader', kind: 'leader', state, voters, leader, leaders: [leader] }
}

/** The difference at which a move is worth it: 2 makes the stores even, more when there are many regions. */
function gapToMove(counts: readonly number[], { config }: ClusterView): number {
  const mean = counts.reduce((sum, count) => sum + count, 0) / Math.max(1, counts.length)
  const tolerance = mean * (config.tolerantSizeRatio || automaticTolerance)
  return Math.max(2, Math.ceil(tolerance))
}

/** Begins anywhere in the list, so that regions that cannot move do not hide the others for ever. */
function firstOf(
  list: RegionList,
  view: ClusterView,
  random: Random,
  plan: (state: RegionState) => OperatorPlan | undefined,
): OperatorPlan | undefined {
  if (list.count === 0) return undefined
  const start = below(random, list.count)
  for (let look = 0; look < Math.min(looksMax, list.count); look++) {
    const state = view.regions.byId(list.at((start + look) % list.count))
    if (state === undefined || view.hasOperator(state.region.id) || !view.isHeard(state)) continue
    const found = plan(state)
    if (found !== undefined) return found
  }
  return undefined
}
