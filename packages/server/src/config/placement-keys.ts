import { duration, flag, fraction, names, whole } from './key-kinds.ts'

const count = (defaultValue: number, doc: string) => whole(defaultValue, { min: 0, max: 1_000_000 }, doc)

/** Of the embedded placement driver: PD's names and defaults, in the sections of PD's own file. */
export const placementKeys = {
  'replication.max-replicas': whole(
    3,
    { min: 1, max: 1000 },
    'Replicas a region is meant to have. With fewer stores it has one on each.',
  ),
  'replication.location-labels': names(
    'Labels of stores, from the widest place to the narrowest: replicas are kept apart by them.',
  ),
  'schedule.max-store-down-time': duration(
    '30m',
    '1s',
    'Silence after which the replicas of a store are made anew on others.',
  ),
  'schedule.leader-schedule-limit': count(4, 'Leaders that are being moved for balance. 0 = no balance of leaders.'),
  'schedule.region-schedule-limit': count(
    2048,
    'Replicas that are being moved for balance. 0 = no balance of regions.',
  ),
  'schedule.replica-schedule-limit': count(64, 'Repairs under way. 0 = none.'),
  'schedule.merge-schedule-limit': count(8, 'Merges under way, two for each. 0 = none.'),
  'schedule.max-snapshot-count': count(64, 'A store that handles as many snapshots is given no replica.'),
  'schedule.max-pending-peer-count': count(64, 'A store with as many replicas that wait for data is given none.'),
  'schedule.max-merge-region-size': count(20, 'MiB up to which a region is merged into its neighbour. 0 = no merges.'),
  'schedule.max-merge-region-keys': whole(
    200_000,
    { min: 0, max: 1_000_000_000 },
    'Keys up to which a region is merged into its neighbour.',
  ),
  'schedule.split-merge-interval': duration('1h', '0s', 'Time after a split in which its parts are not merged.'),
  'schedule.low-space-ratio': fraction(0.8, 'A store whose disk is fuller is given no replica.'),
  'schedule.tolerant-size-ratio': fraction(
    0,
    'Share of the mean by which two stores may differ before anything is moved. 0 chooses.',
  ),
  'schedule.enable-one-way-merge': flag(false, 'Merges regions into the one that follows, only.'),
  'schedule.enable-joint-consensus': flag(true, 'Replaces a replica in one change of membership.'),
  'schedule.enable-remove-down-replica': flag(true, 'Replaces replicas of stores that are down.'),
  'schedule.enable-replace-offline-replica': flag(true, 'Moves replicas away from a store that goes out of service.'),
  'schedule.enable-make-up-replica': flag(true, 'Adds replicas where some are missing.'),
  'schedule.enable-remove-extra-replica': flag(true, 'Removes replicas where there are too many.'),
  'schedule.enable-location-replacement': flag(true, 'Moves replicas to where location-labels keep them apart better.'),
} as const
