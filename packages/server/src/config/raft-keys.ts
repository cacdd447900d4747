import { duration, flag, oneOf, optionalPath, size, whole } from './key-kinds.ts'

/** Of replication and of the Raft log. TiKV's names and defaults; where a default is another one, its text says why. */
export const raftKeys = {
  'raftstore.raft-base-tick-interval': duration('1s', '10ms', 'The unit in which Raft counts time.'),
  'raftstore.raft-heartbeat-ticks': whole(2, { min: 1, max: 1000 }, 'Ticks between two heartbeats of a leader.'),
  'raftstore.raft-election-timeout-ticks': whole(
    10,
    { min: 3, max: 10_000 },
    'Ticks without a leader after which a follower campaigns, and up to twice as many. The same on all stores, and more than raft-heartbeat-ticks.',
  ),
  'raftstore.raft-store-max-leader-lease': duration(
    '9s',
    '0s',
    'How long a leader reads without asking others, at most. Never more than an election timeout less a tick is used, whatever is said here.',
  ),
  'raftstore.raft-entry-max-size': size(
    '8MiB',
    { min: '1KiB', max: '64MiB' },
    'Keys and values of one write together.',
  ),
  'raftstore.raft-max-size-per-msg': size(
    '1MiB',
    { min: '1KiB', max: '64MiB' },
    'Entries of one message to a follower.',
  ),
  'raftstore.raft-max-inflight-msgs': whole(
    256,
    { min: 1, max: 16_384 },
    'Messages with entries on their way to one follower of one region.',
  ),
  'raftstore.raft-log-gc-tick-interval': duration(
    '3s',
    '100ms',
    'How often a leader looks which entries no replica needs any more.',
  ),
  'raftstore.raft-log-gc-threshold': whole(
    50,
    { min: 1, max: 1_000_000 },
    'Entries that are left until dropping them is worth a command.',
  ),
  'raftstore.raft-log-gc-count-limit': whole(
    73_728,
    { min: 1, max: 100_000_000 },
    'Entries kept for a follower that is behind; with more it gets a snapshot.',
  ),
  'raftstore.raft-log-gc-size-limit': size('72MiB', { min: '1KiB' }, 'The same in bytes of entries in memory.'),
  'raftstore.raft-log-reserve-max-ticks': whole(
    6,
    { min: 1, max: 1_000_000 },
    'After so many looks entries go though they are fewer than raft-log-gc-threshold.',
  ),
  'raftstore.merge-max-log-gap': whole(
    10,
    { min: 1, max: 1_000_000 },
    'Entries that a replica may lack when its region is to be merged.',
  ),
  'raftstore.merge-check-tick-interval': duration(
    '2s',
    '10ms',
    'How often a merge that is under way is driven on, where something of it was lost.',
  ),
  'raftstore.consistency-check-interval': duration(
    '0s',
    '0s',
    'How often the replicas of one region are compared; a store with other data than the leader stops. 0 = never.',
  ),
  'raftstore.raft-log-compact-sync-interval': duration(
    '2s',
    '0s',
    'How often what was dropped leaves the log; the data engine is synced before.',
  ),
  'raftstore.raft-engine-purge-interval': duration('10s', '10ms', 'How often the Raft log gives back files.'),
  'raftstore.store-io-pool-size': whole(
    1,
    { min: 0, max: 16 },
    'Writes of the Raft log that may be under way. 0, the default of TiKV 6.1, stops the store for each; ours is 1, because one event loop serves everything.',
  ),
  'raftstore.hibernate-regions': flag(
    true,
    'Regions that nobody asks anything count no time and send nothing until somebody does.',
  ),
  'raftstore.max-peer-down-duration': duration('10m', '1s', 'Silence after which a leader reports a replica as down.'),
  'raftstore.max-leader-missing-duration': duration(
    '2h',
    '1s',
    'Without a leader for so long, a replica asks the placement driver whether it still is one.',
  ),
  'raftstore.peer-stale-state-check-interval': duration(
    '5m',
    '10ms',
    'How often replicas are looked at that have no leader, and the leader of a hibernated region is heard; its followers look for another one after twice as long.',
  ),
  'raftstore.split-region-check-tick-interval': duration(
    '10s',
    '10ms',
    'How often regions are looked at for their size.',
  ),
  'raftstore.region-split-check-diff': size(
    '6MiB',
    { min: '1B' },
    'A region in which less was written since the last look is not measured again.',
  ),
  'raftstore.pd-heartbeat-tick-interval': duration(
    '60s',
    '1s',
    'How often each region reports to the placement driver.',
  ),
  'raftstore.pd-store-heartbeat-tick-interval': duration(
    '10s',
    '1s',
    'How often the store reports to the placement driver.',
  ),

  'coprocessor.region-max-size': size('144MiB', { min: '1KiB' }, 'A region that is larger is split.'),
  'coprocessor.region-split-size': size('96MiB', { min: '1KiB' }, 'What the parts of a split have.'),
  'coprocessor.region-max-keys': whole(1_440_000, { min: 2, max: 1_000_000_000 }, 'A region with more keys is split.'),
  'coprocessor.region-split-keys': whole(
    960_000,
    { min: 1, max: 1_000_000_000 },
    'Keys that the parts of a split have.',
  ),
  'coprocessor.batch-split-limit': whole(10, { min: 1, max: 1000 }, 'Parts that one split adds, at most.'),

  'raft-engine.enable': flag(
    true,
    'Keeps the Raft log in Raft Engine. false: in a LevelDB of its own, as TiKV did in a second RocksDB before 6.1. A folder that has the other one is copied at the next start.',
  ),
  'raft-engine.dir': optionalPath('', 'The folder of the Raft log.', { whenEmpty: 'raft-engine in storage.data-dir' }),
  'raft-engine.recovery-mode': oneOf(
    'tolerate-tail-corruption',
    ['tolerate-tail-corruption', 'absolute-consistency', 'tolerate-any-corruption'],
    'What to do about a damaged log at the start: cut off what a crash can have left, refuse everything, or cut each file at its first fault.',
  ),
  'raft-engine.recovery-read-block-size': size(
    '16KiB',
    { min: '512B', max: '1GiB' },
    'What one read of a recovery takes.',
  ),
  'raft-engine.recovery-threads': whole(4, { min: 1, max: 256 }, 'Files read at a time at the start.'),
  'raft-engine.batch-compression-threshold': size(
    '8KiB',
    { min: '0B' },
    'Entries written together are compressed from this size on. 0 = never.',
  ),
  'raft-engine.bytes-per-sync': size(
    '4MiB',
    { min: '0B' },
    'The log is synced when so much was written, even if nobody asked. 0 = never.',
  ),
  'raft-engine.target-file-size': size('128MiB', { min: '1KiB', max: '2GiB' }, 'A file this long gets no more.'),
  'raft-engine.purge-threshold': size(
    '10GiB',
    { min: '1KiB' },
    'The log gives back old files when all of them take more. At least target-file-size.',
  ),
  'raft-engine.format-version': oneOf(
    2,
    [1, 2],
    'Of new files. TiKV 6.1 reads and writes 1; ours is 2, whose files can be used again without another sync.',
  ),
  'raft-engine.enable-log-recycle': flag(
    true,
    'Old files are used again. Off with format-version 1. TiKV 6.1 has no recycling.',
  ),
  'raft-engine.prefill-for-recycle': flag(
    false,
    'Makes files to use at the start, so that the first writes find them.',
  ),
} as const
