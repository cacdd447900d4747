import { StrataError } from '@stratakv/core'
import { defaultMaxPeerCount } from '../cluster.ts'
import { downAfterMs } from '../stores.ts'

/** What scheduling is told by an operator. PD's keys and defaults; each member names its key. */
export interface PlacementConfig {
  /** `replication.max-replicas`: voters a region is meant to have. */
  readonly maxReplicas: number
  /** `replication.location-labels`: store labels from the widest place to the narrowest; replicas are kept apart by them. */
  readonly locationLabels: readonly string[]
  /** `schedule.max-store-down-time`: silence after which a store's replicas are made anew elsewhere. */
  readonly maxStoreDownTimeMs: number
  /** `schedule.leader-schedule-limit`: running moves of leaders. 0 turns the balance of leaders off. */
  readonly leaderScheduleLimit: number
  /** `schedule.region-schedule-limit`: running moves of replicas for balance. 0 turns it off. */
  readonly regionScheduleLimit: number
  /** `schedule.replica-schedule-limit`: running repairs. 0 turns them off. */
  readonly replicaScheduleLimit: number
  /** `schedule.merge-schedule-limit`: operators of merges, two a merge. 0 turns merging off. */
  readonly mergeScheduleLimit: number
  /** `schedule.max-snapshot-count`: a store that sends, receives and applies as many is given no replica. */
  readonly maxSnapshotCount: number
  /** `schedule.max-pending-peer-count`: a store with as many replicas that wait for data is given none. */
  readonly maxPendingPeerCount: number
  /** `schedule.max-merge-region-size`: a region up to this size is merged into a neighbour. 0 turns merging off. */
  readonly maxMergeRegionSizeMiB: number
  /** `schedule.max-merge-region-keys` */
  readonly maxMergeRegionKeys: number
  /** `schedule.split-merge-interval`: a region that was split, or a placement driver that has started, is left in peace for so long. */
  readonly splitMergeIntervalMs: number
  /** `schedule.low-space-ratio`: a store that is fuller is given no replica. */
  readonly lowSpaceRatio: number
  /** `schedule.tolerant-size-ratio`: two stores may differ by this share of the mean before anything moves. 0 chooses 2%. */
  readonly tolerantSizeRatio: number
  /** `schedule.enable-one-way-merge`: only into the neighbour that follows. */
  readonly enableOneWayMerge: boolean
  /** `schedule.enable-joint-consensus`: replace a replica in one change where all stores can (version 5.0). */
  readonly enableJointConsensus: boolean
  /** `schedule.enable-remove-down-replica` */
  readonly enableRemoveDownReplica: boolean
  /** `schedule.enable-replace-offline-replica` */
  readonly enableReplaceOfflineReplica: boolean
  /** `schedule.enable-make-up-replica` */
  readonly enableMakeUpReplica: boolean
  /** `schedule.enable-remove-extra-replica` */
  readonly enableRemoveExtraReplica: boolean
  /** `schedule.enable-location-replacement` */
  readonly enableLocationReplacement: boolean
  /** `schedule.store-limit`, for every store: large replicas a minute that may come. */
  readonly addPeerPerMinute: number
  /** `schedule.store-limit`, for every store: large replicas a minute that may go. A store that is taken out of service has no limit. */
  readonly removePeerPerMinute: number
}

export const defaultPlacementConfig: PlacementConfig = {
  maxReplicas: defaultMaxPeerCount,
  locationLabels: [],
  maxStoreDownTimeMs: downAfterMs,
  leaderScheduleLimit: 4,
  regionScheduleLimit: 2048,
  replicaScheduleLimit: 64,
  mergeScheduleLimit: 8,
  maxSnapshotCount: 64,
  maxPendingPeerCount: 64,
  maxMergeRegionSizeMiB: 20,
  maxMergeRegionKeys: 200_000,
  splitMergeIntervalMs: 3_600_000,
  lowSpaceRatio: 0.8,
  tolerantSizeRatio: 0,
  enableOneWayMerge: false,
  enableJointConsensus: true,
  enableRemoveDownReplica: true,
  enableReplaceOfflineReplica: true,
  enableMakeUpReplica: true,
  enableRemoveExtraReplica: true,
  enableLocationReplacement: true,
  addPeerPerMinute: 15,
  removePeerPerMinute: 15,
}

/** An option of scheduling is out of its range. */
export class InvalidPlacementConfigError extends StrataError {
  readonly code = 'PD_INVALID_PLACEMENT_CONFIG'
  readonly option: string
  readonly value: unknown
  constructor(option: string, value: unknown, takes: string) {
    super(`${option} takes ${takes}, got ${String(value)}`)
    this.option = option
    this.value = value
  }
}

/** @throws InvalidPlacementConfigError */
export function placementConfig(given: Partial<PlacementConfig> = {}): PlacementConfig {
  const config = { ...defaultPlacementConfig, ...given }
  for (const [option, value] of Object.entries(config)) {
    if (typeof value !== 'number') continue
    if (!(value >= 0)) throw new InvalidPlacementConfigError(option, value, 'a number of 0 or more')
  }
  if (!Number.isInteger(config.maxReplicas) || config.maxReplicas < 1) {
    throw new InvalidPlacementConfigError('maxReplicas', config.maxReplicas, 'a whole number of 1 or more')
  }
  if (config.lowSpaceRatio > 1)
    throw new InvalidPlacementConfigError('lowSpaceRatio', config.lowSpaceRatio, 'a number from 0 to 1')
  return config
}
