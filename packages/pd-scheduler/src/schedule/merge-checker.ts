import { compareBytes } from '@stratakv/core'
import type { RegionState } from '../region-cache.ts'
import type { ClusterView } from './cluster-view.ts'
import type { OperatorPlan } from './operator-plan.ts'
import { isSettled, storeIds } from './region-health.ts'
import { leaderCandidates } from './store-choice.ts'

/** A region is not merged into one that is larger than this, or it would have to be split again. MiB. */
const targetSizeMiBMax = 500

/** Both halves of a merge. They begin and end together. */
export interface MergePlan {
  readonly source: OperatorPlan
  readonly target: OperatorPlan
}

/** Whether a small region should be swallowed by a neighbour (pd v6.1.0, server/schedule/checker/merge_checker.go). Pure. */
export function checkMerge(state: RegionState, view: ClusterView): MergePlan | undefined {
  const { config } = view
  if (state.approximateSizeMiB === 0 || state.approximateSizeMiB > config.maxMergeRegionSizeMiB) return undefined
  if (state.approximateKeyCount > config.maxMergeRegionKeys) return undefined
  if (!mayMerge(state, view)) return undefined
  const next = neighbour(state, view, 'next')
  const previous = config.enableOneWayMerge ? undefined : neighbour(state, view, 'previous')
  const fits = (target: RegionState | undefined) =>
    target !== undefined && target.approximateSizeMiB <= targetSizeMiBMax && mayMerge(target, view) ? target : undefined
  const target = smaller(fits(next), fits(previous))
  return target && mergePlan(state, target, view)
}

/** Moves the source's peers to the stores of the target's, then merges. */
export function mergePlan(source: RegionState, target: RegionState, view: ClusterView): MergePlan {
  const voters = storeIds(target.region.peers)
  const leaders = leaderCandidates(view, voters)
  const common = { kind: 'merge', reason: 'merge-region', voters, leaders } as const
  return {
    source: { ...common, state: source, last: { type: 'merge-into', target: target.region } },
    target: {
      ...common,
      state: target,
      last: { type: 'merge-from', source: source.region, from: target.region },
    },
  }
}

function mayMerge(state: RegionState, view: ClusterView): boolean {
  const { id } = state.region
  return isSettled(state, view) && view.isHeard(state) && !view.hasOperator(id) && !view.isFreshlySplit(id)
}

function neighbour(
  { region }: RegionState,
  { regions }: ClusterView,
  side: 'next' | 'previous',
): RegionState | undefined {
  if (side === 'previous') return region.startKey.length === 0 ? undefined : regions.previousByKey(region.startKey)
  if (region.endKey.length === 0) return undefined
  const found = regions.byKey(region.endKey)
  return found !== undefined && compareBytes(found.region.startKey, region.endKey) === 0 ? found : undefined
}

function smaller(left: RegionState | undefined, right: RegionState | undefined): RegionState | undefined {
  if (left === undefined || right === undefined) return left ?? right
  return right.approximateSizeMiB < left.approximateSizeMiB ? right : left
}
