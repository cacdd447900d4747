import type { RegionId, StoreId, StoreLabel } from '@stratakv/core'
import type { RegionState, RegionView, StoreLoad } from '../region-cache.ts'
import type { StoreStateName } from '../stores.ts'
import type { PlacementConfig } from './placement-config.ts'

/** A store as decisions see it. */
export interface StoreView {
  readonly id: StoreId
  readonly labels: readonly StoreLabel[]
  readonly state: StoreStateName
  readonly isBusy: boolean
  readonly capacityBytes: number
  readonly availableBytes: number
  /** Sent, received and applied. */
  readonly snapshotCount: number
  readonly load: StoreLoad
}

/** What running operators will still add to a store, or take from it. */
export interface StoreInfluence {
  readonly regionCount: number
  readonly regionSizeMiB: number
  readonly leaderCount: number
  /** Replicas on their way there. */
  readonly arrivingCount: number
}

/** The cluster at one moment: all that a checker or a balancer knows. */
export interface ClusterView {
  readonly config: PlacementConfig
  /** In order of their ids, without tombstones. */
  readonly stores: readonly StoreView[]
  readonly regions: RegionView
  store(id: StoreId): StoreView | undefined
  influence(id: StoreId): StoreInfluence
  /** Nothing is planned for a region that already has an operator. */
  hasOperator(id: RegionId): boolean
  /** Somebody carries out what the region's leader is told. */
  isHeard(state: RegionState): boolean
  /** Whether the store's limit lets a replica of this size come, or go, now. */
  hasRoom(id: StoreId, flow: 'add-peer' | 'remove-peer', sizeMiB: number): boolean
  /** The region came out of a split not long ago. */
  isFreshlySplit(id: RegionId): boolean
}

export const noInfluence: StoreInfluence = { regionCount: 0, regionSizeMiB: 0, leaderCount: 0, arrivingCount: 0 }
