import type { StoreId } from '@stratakv/core'
import { regionScore } from '../region-score.ts'
import type { ClusterView, StoreView } from './cluster-view.ts'

/** A store that can take no replica, and why. `never`: not before somebody does something about it. */
export interface Unfit {
  readonly reason: 'state' | 'low-space' | 'disconnected' | 'busy' | 'snapshots' | 'pending-peers' | 'store-limit'
  readonly isPassing: boolean
}

/** With few regions and this much free, a small disk is no low one: test clusters. Bytes. */
const ampleSpaceBytes = 8 * 2 ** 30
const fewRegions = 30

/** Why the store should get no replica of that size; `undefined`: it may. PD's store filters. */
export function unfitFor(store: StoreView, sizeMiB: number, view: ClusterView): Unfit | undefined {
  const { config } = view
  if (store.state === 'Offline' || store.state === 'Down' || store.state === 'Tombstone')
    return { reason: 'state', isPassing: false }
  if (isLowOnSpace(store, config.lowSpaceRatio)) return { reason: 'low-space', isPassing: false }
  const passing = (reason: Unfit['reason']): Unfit => ({ reason, isPassing: true })
  if (store.state === 'Disconnected') return passing('disconnected')
  if (store.isBusy) return passing('busy')
  if (store.snapshotCount > config.maxSnapshotCount) return passing('snapshots')
  const waiting = store.load.pendingPeerCount + view.influence(store.id).arrivingCount
  if (config.maxPendingPeerCount > 0 && waiting >= config.maxPendingPeerCount) return passing('pending-peers')
  return view.hasRoom(store.id, 'add-peer', sizeMiB) ? undefined : passing('store-limit')
}

export function isLowOnSpace({ capacityBytes, availableBytes, load }: StoreView, lowSpaceRatio: number): boolean {
  // Nothing is known of a disk that reports no capacity, as in memory.
  if (capacityBytes === 0) return false
  if (load.regionCount < fewRegions && availableBytes > ampleSpaceBytes) return false
  return availableBytes / capacityBytes < 1 - lowSpaceRatio
}

/** May be told to lead. */
export function mayLead(store: StoreView | undefined): store is StoreView {
  return store !== undefined && store.state === 'Up' && !store.isBusy
}

/**
 * How far apart a store is from others, by labels: a difference at a wide place outweighs any number at narrower ones
 * (pd v6.1.0, server/core/store.go, DistinctScore).
 */
export function isolation(store: StoreView, others: readonly StoreView[], locationLabels: readonly string[]): number {
  let score = 0
  for (const other of others) {
    const level = locationLabels.findIndex((key) => labelOf(store, key) !== labelOf(other, key))
    if (level >= 0) score += 100 ** (locationLabels.length - 1 - level)
  }
  return score
}

function labelOf(store: StoreView, key: string): string {
  return store.labels.find((label) => label.key.toLowerCase() === key.toLowerCase())?.value ?? ''
}

/**
 * The best store for a replica beside those on `others`: the furthest apart, then the emptiest. When that one is unfit only for
 * the moment and no other is as far apart, it is better to wait: `undefined`.
 *
 * @param excluded stores that already hold one, or must not
 */
export function bestStore(
  view: ClusterView,
  excluded: ReadonlySet<StoreId>,
  others: readonly StoreId[],
  sizeMiB: number,
): { readonly storeId: StoreId; readonly isolation: number } | undefined {
  const around = storesOf(view, others)
  let best: { store: StoreView; isolation: number; score: number } | undefined
  let widest = 0
  for (const store of view.stores) {
    if (excluded.has(store.id)) continue
    const unfit = unfitFor(store, sizeMiB, view)
    if (unfit !== undefined && !unfit.isPassing) continue
    const apart = isolation(store, around, view.config.locationLabels)
    widest = Math.max(widest, apart)
    if (unfit !== undefined) continue
    const score = storeScore(store, view)
    if (best === undefined || apart > best.isolation || (apart === best.isolation && score < best.score))
      best = { store, isolation: apart, score }
  }
  if (best === undefined || best.isolation < widest) return undefined
  return { storeId: best.store.id, isolation: best.isolation }
}

/** Fullness, pending changes included. */
export function storeScore(store: StoreView, view: ClusterView): number {
  const regionSizeMiB = Math.max(0, store.load.regionSizeMiB + view.influence(store.id).regionSizeMiB)
  return regionScore({ capacityBytes: store.capacityBytes, availableBytes: store.availableBytes, regionSizeMiB })
}

export function storesOf(view: ClusterView, ids: readonly StoreId[]): StoreView[] {
  return ids.map((id) => view.store(id)).filter((store) => store !== undefined)
}

export function leaderCount(view: ClusterView, id: StoreId): number {
  return (view.store(id)?.load.leaderCount ?? 0) + view.influence(id).leaderCount
}

/** Stores that hold a healthy peer and may lead, those with the fewest leaders first. */
export function leaderCandidates(view: ClusterView, ids: readonly StoreId[]): StoreId[] {
  return ids
    .filter((id) => mayLead(view.store(id)))
    .sort((left, right) => leaderCount(view, left) - leaderCount(view, right) || left - right)
}
