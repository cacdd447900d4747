import {
  address,
  addresses,
  type ConfigKey,
  duration,
  flag,
  names,
  oneOf,
  optionalPath,
  path,
  size,
  whole,
} from './key-kinds.ts'
import { placementKeys } from './placement-keys.ts'
import { raftKeys } from './raft-keys.ts'

/** What `storage.io-backend` takes. */
export type IoBackend = 'auto' | 'node' | 'native' | 'native-direct' | 'native-uring'

/** Every key there is, in the order of the reference page. TiKV's names and defaults where TiKV has the key. */
export const configKeys = {
  'memory-usage-limit': size(
    '0B',
    { min: '0B' },
    'What the node may take of memory: block cache, writes under way, lists being read, replies that clients do not read, and the data of the memory engine all have a share. 0 = three quarters of the machine or container, as in TiKV.',
  ),

  'log.level': oneOf('info', ['debug', 'info', 'warn', 'error', 'fatal'], 'The least severe message that is logged.'),
  'log.format': oneOf('text', ['text', 'json'], "TiKV's text lines, or its one JSON object a line."),
  'log.file.filename': optionalPath(
    '',
    'Where the log goes. A full file is put aside under the time, as in tikv-2026-11-25T22-28-14.123.log.',
    { whenEmpty: 'standard error' },
  ),
  'log.file.max-size': whole(300, { min: 0, max: 1_048_576 }, 'MiB at which the log file is put aside. 0 = never.'),
  'log.file.max-days': whole(
    0,
    { min: 0, max: 36_500 },
    'Days after which a log file that was put aside is removed. 0 = never.',
  ),
  'log.file.max-backups': whole(
    0,
    { min: 0, max: 1_000_000 },
    'How many log files that were put aside are kept, the newest. 0 = all.',
  ),

  'server.addr': address('127.0.0.1:20160', 'Where the store serves TiKV clients.'),
  'server.advertise-addr': address(
    '',
    'The store address that clients are told, when they cannot reach server.addr as it stands.',
    {
      whenEmpty: 'server.addr',
    },
  ),
  'server.status-addr': address('127.0.0.1:20180', 'Where /status, /metrics and /config are served over HTTP.', {
    whenEmpty: 'no status server',
  }),
  'server.advertise-status-addr': address('', 'The status address that the placement driver is told.', {
    whenEmpty: 'server.status-addr',
  }),
  'server.grpc-concurrent-stream': whole(
    1024,
    { min: 1, max: 65_535 },
    'Calls in flight on one connection; more wait in the client.',
  ),
  'server.grpc-receive-size-max': size(
    '160MiB',
    { min: '1MiB', max: '1GiB' },
    'The largest request that is taken in. TiKV has no limit; ours keeps one client from filling the memory.',
  ),
  'server.batch-in-flight-max': whole(
    8192,
    { min: 128, max: 1_000_000 },
    'Commands of one BatchCommands stream that may be unanswered before the stream is read no further. Ours alone.',
  ),

  'server.raft-client-queue-size': whole(
    8192,
    { min: 1, max: 1_000_000 },
    'Raft messages that wait for one other store; more are dropped, and said again later.',
  ),
  'server.raft-msg-max-batch-size': whole(128, { min: 1, max: 8192 }, 'Raft messages that travel as one.'),
  'server.concurrent-send-snap-limit': whole(
    32,
    { min: 1, max: 1024 },
    'Snapshots of regions that are sent at a time.',
  ),
  'server.concurrent-recv-snap-limit': whole(
    32,
    { min: 1, max: 1024 },
    'Snapshots of regions that are received at a time.',
  ),
  'server.snap-max-write-bytes-per-sec': size(
    '100MiB',
    { min: '0B' },
    'Bytes a second of all snapshots that are sent. 0 = no limit. TiKV bounds what is written to the disk for them.',
  ),

  'storage.data-dir': path('./stratakv-data', 'The folder that holds everything the node must not lose.'),
  'storage.engine': oneOf(
    'level',
    ['level', 'memory'],
    'The key-value engine; memory keeps nothing over a restart. Ours alone.',
  ),
  'storage.io-backend': oneOf<IoBackend>(
    'auto',
    ['auto', 'node', 'native', 'native-direct', 'native-uring'],
    'How files are read and written: node:fs, or Rust on threads of its own, there also past the page cache (native-direct, Linux) or by io_uring (native-uring, Linux). auto is native where its binary is, else node. LevelDB opens its files itself, and the memory engine has none. Ours alone.',
  ),
  'storage.api-version': oneOf(1, [1], 'The key and value format. 2 follows.'),
  'storage.max-key-size': size('8KiB', { min: '1B', max: '64KiB' }, 'The longest key a write may carry.'),
  'storage.scheduler-concurrency': whole(
    524_288,
    { min: 1, max: 16_777_216 },
    'Latch slots; two keys that share one wait for each other.',
  ),
  'storage.scheduler-pending-write-threshold': size(
    '100MiB',
    { min: '1KiB' },
    'Bytes of write commands under way; at the limit new ones get ServerIsBusy.',
  ),
  'storage.reserve-space': size(
    '64MiB',
    { min: '0B' },
    'With fewer free bytes on the disk, new data is refused while reads, deletes and commits go on. TiKV reserves 5 GB; ours is small so that a laptop can run it. 0 = off.',
  ),
  'storage.block-cache.capacity': size(
    '128MiB',
    { min: '1MiB' },
    'Blocks of the level engine kept in memory, uncompressed.',
  ),

  ...raftKeys,

  'gc.enable': flag(
    true,
    'Whether this node moves the safe point, behind which stores drop old versions; it stands back while another does, such as TiDB. TiDB calls it tidb_gc_enable.',
  ),
  'gc.run-interval': duration('10m', '1s', 'How often the safe point is moved. TiDB calls it tidb_gc_run_interval.'),
  'gc.life-time': duration(
    '10m',
    '1s',
    'How long a version can be read after it was superseded, and so how long a snapshot lasts. TiDB calls it tidb_gc_life_time, and takes no less than 10m.',
  ),

  'security.ca-path': optionalPath(
    '',
    "Certificates (PEM) of the authorities that sign clients' certificates; set, every client must show one. TiKV also insists on it for plain TLS; ours does not.",
    { whenEmpty: 'clients are not asked for certificates' },
  ),
  'security.cert-path': optionalPath(
    '',
    "The node's certificate (PEM), shown on all its ports. Replaced files count from the next connection.",
    { whenEmpty: 'cleartext' },
  ),
  'security.key-path': optionalPath('', 'The private key (PEM) of security.cert-path.', { whenEmpty: 'cleartext' }),
  'security.cert-allowed-cn': names(
    'Only clients whose certificate has one of these common names are let in. [] = all that an authority signed for.',
  ),

  'pd.endpoints': addresses(
    'Where placement drivers of the cluster are. [] = the one in this process. Set, this node has none of its own, and embedded-pd.* says nothing.',
  ),
  'embedded-pd.addr': address(
    '127.0.0.1:2379',
    'Where the embedded placement driver serves gRPC and HTTP. Ours alone.',
  ),
  'embedded-pd.advertise-addr': address('', 'The placement driver address that clients are told.', {
    whenEmpty: 'embedded-pd.addr',
  }),

  ...placementKeys,
} as const

export type ConfigKeyName = keyof typeof configKeys
/** Every key with its checked value: bytes for sizes, milliseconds for durations. */
export type Config = { readonly [K in ConfigKeyName]: (typeof configKeys)[K] extends ConfigKey<infer T> ? T : never }
