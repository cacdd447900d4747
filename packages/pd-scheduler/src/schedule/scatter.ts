import type { StoreId } from '@stratakv/core'
import type { RegionState } from '../region-cache.ts'
import type { ClusterView, StoreView } from './cluster-view.ts'
import type { OperatorPlan } from './operator-plan.ts'
import { isSettled, storeIds } from './region-health.ts'
import { isolation, leaderCandidates, mayLead, storesOf, unfitFor } from './store-choice.ts'

/** Groups whose counts are kept; the one that was used longest ago goes. */
const groupsMax = 1000

interface GroupCounts {
  readonly peers: Map<StoreId, number>
  readonly leaders: Map<StoreId, number>
}

export type ScatterVerdict = OperatorPlan | 'unfit' | 'in-place'

/**
 * Spreads regions that belong together (the parts of one table) over the stores, evenly within their group, however full the
 * stores are for other reasons. Remembers what it gave to whom.
 */
export class Scatter {
  readonly #groups = new Map<string, GroupCounts>()

  /** `unfit`: the region is not whole, or not heard of; `in-place`: it lies well already. */
  plan(state: RegionState, group: string, view: ClusterView): ScatterVerdict {
    if (!isSettled(state, view) || view.hasOperator(state.region.id)) return 'unfit'
    if (!view.isHeard(state)) return 'unfit'
    const counts = this.#group(group)
    let voters = storeIds(state.region.peers)
    for (const storeId of voters) voters = this.#placed(voters, storeId, state, counts, view)
    const leader = leastOf(
      voters.filter((id) => mayLead(view.store(id))),
      counts.leaders,
      state.leader?.storeId,
    )
    for (const storeId of voters) add(counts.peers, storeId)
    if (leader !== undefined) add(counts.leaders, leader)
    const isInPlace = voters.every((id) => storeIds(state.region.peers).includes(id))
    if (isInPlace && (leader === undefined || leader === state.leader?.storeId)) return 'in-place'
    const leaders = leaderCandidates(view, voters)
    return { reason: 'scatter-region', kind: 'admin', state, voters, leaders, ...(leader !== undefined && { leader }) }
  }

  /** `voters` with the peer on `storeId` where the group has the fewest. */
  #placed(
    voters: readonly StoreId[],
    storeId: StoreId,
    state: RegionState,
    counts: GroupCounts,
    view: ClusterView,
  ): StoreId[] {
    const stay = voters.filter((id) => id !== storeId)
    const source = view.store(storeId)
    if (source === undefined) return [...voters]
    const around = storesOf(view, stay)
    const { locationLabels } = view.config
    const apart = isolation(source, around, locationLabels)
    const fits = (store: StoreView) =>
      !voters.includes(store.id) &&
      unfitFor(store, state.approximateSizeMiB, view) === undefined &&
      isolation(store, around, locationLabels) >= apart
    const candidates = [storeId, ...view.stores.filter(fits).map(({ id }) => id)]
    return [...stay, leastOf(candidates, counts.peers, storeId)!]
  }

  #group(name: string): GroupCounts {
    const counts = this.#groups.get(name) ?? { peers: new Map(), leaders: new Map() }
    this.#groups.delete(name)
    this.#groups.set(name, counts)
    const oldest = this.#groups.size > groupsMax ? this.#groups.keys().next().value : undefined
    if (oldest !== undefined) this.#groups.delete(oldest)
    return counts
  }
}

function leastOf(
  ids: readonly StoreId[],
  counts: ReadonlyMap<StoreId, number>,
  preferred: StoreId | undefined,
): StoreId | undefined {
  let least: StoreId | undefined
  const countOf = (id: StoreId) => counts.get(id) ?? 0
  for (const id of ids) {
    if (least === undefined || countOf(id) < countOf(least) || (countOf(id) === countOf(least) && id === preferred))
      least = id
  }
  return least
}

function add(counts: Map<StoreId, number>, id: StoreId): void {
  counts.set(id, (counts.get(id) ?? 0) + 1)
}
