import { ConfigValueError } from './errors.ts'
import { formatDuration, formatSize, parseDuration, parseSize } from './quantities.ts'

/** One configuration key: how a value is checked, shown and explained. */
export interface ConfigKey<T> {
  readonly default: T
  /** One sentence for the operator; says so when our default differs from TiKV's, and why. */
  readonly doc: string
  /** @throws ConfigValueError naming `key` */
  parse(key: string, value: unknown): T
  /** The form in which the file and `/config` show it. */
  show(value: T): unknown
}

/** What `storage.io-backend` takes. */
export type IoBackend = 'auto' | 'node' | 'native' | 'native-direct' | 'native-uring'

function path(defaultValue: string, doc: string): ConfigKey<string> {
  return {
    default: defaultValue,
    doc,
    parse(key, value) {
      if (typeof value !== 'string' || value === '') throw new ConfigValueError(key, value, 'the path of a folder')
      return value
    },
    show: (value) => value,
  }
}

/** A file; empty means what `whenEmpty` says. */
function optionalPath(
  defaultValue: string,
  doc: string,
  { whenEmpty }: { readonly whenEmpty: string },
): ConfigKey<string> {
  return {
    default: defaultValue,
    doc: `${doc} "" = ${whenEmpty}.`,
    parse(key, value) {
      if (typeof value !== 'string')
        throw new ConfigValueError(key, value, `the path of a file, or "" for ${whenEmpty}`)
      return value
    },
    show: (value) => value,
  }
}

/** `host:port`; empty is allowed where `optional` says what that means. */
function address(defaultValue: string, doc: string, optional?: { readonly whenEmpty: string }): ConfigKey<string> {
  const takes = `an address such as "127.0.0.1:20160"${optional ? `, or "" for ${optional.whenEmpty}` : ''}`
  return {
    default: defaultValue,
    doc,
    parse(key, value) {
      if (value === '' && optional !== undefined) return ''
      if (typeof value !== 'string' || parseAddress(value) === undefined) throw new ConfigValueError(key, value, takes)
      return value
    },
    show: (value) => value,
  }
}

function oneOf<T extends string | number>(defaultValue: T, choices: readonly T[], doc: string): ConfigKey<T> {
  return {
    default: defaultValue,
    doc,
    parse(key, value) {
      const chosen = choices.find((choice) => choice === value)
      if (chosen === undefined)
        throw new ConfigValueError(key, value, choices.map((choice) => JSON.stringify(choice)).join(' or '))
      return chosen
    },
    show: (value) => value,
  }
}

function flag(defaultValue: boolean, doc: string): ConfigKey<boolean> {
  return {
    default: defaultValue,
    doc,
    parse(key, value) {
      if (typeof value !== 'boolean') throw new ConfigValueError(key, value, 'true or false')
      return value
    },
    show: (value) => value,
  }
}

function whole(
  defaultValue: number,
  range: { readonly min: number; readonly max: number },
  doc: string,
): ConfigKey<number> {
  return {
    default: defaultValue,
    doc,
    parse(key, value) {
      if (typeof value !== 'number' || !Number.isInteger(value) || value < range.min || value > range.max) {
        throw new ConfigValueError(key, value, `a whole number from ${range.min} to ${range.max}`)
      }
      return value
    },
    show: (value) => value,
  }
}

/** Bytes inside, `"8MiB"` outside. */
function size(
  defaultText: string,
  range: { readonly min: string; readonly max?: string },
  doc: string,
): ConfigKey<number> {
  const min = parseSize(range.min)!
  const max = range.max === undefined ? Number.MAX_SAFE_INTEGER : parseSize(range.max)!
  const takes = `a size such as "${defaultText}", at least ${range.min}${range.max === undefined ? '' : ` and at most ${range.max}`}`
  return {
    default: parseSize(defaultText)!,
    doc,
    parse(key, value) {
      const bytes = typeof value === 'number' ? value : typeof value === 'string' ? parseSize(value) : undefined
      if (bytes === undefined || !Number.isSafeInteger(bytes) || bytes < min || bytes > max) {
        throw new ConfigValueError(key, value, takes)
      }
      return bytes
    },
    show: formatSize,
  }
}

/** Milliseconds inside, `"10s"` outside. */
function duration(defaultText: string, min: string, doc: string): ConfigKey<number> {
  const minMs = parseDuration(min)!
  return {
    default: parseDuration(defaultText)!,
    doc,
    parse(key, value) {
      const durationMs = typeof value === 'string' ? parseDuration(value) : undefined
      if (durationMs === undefined || durationMs < minMs) {
        throw new ConfigValueError(key, value, `a duration such as "${defaultText}", at least ${min}`)
      }
      return durationMs
    },
    show: formatDuration,
  }
}

function names(doc: string): ConfigKey<readonly string[]> {
  return {
    default: [],
    doc,
    parse(key, value) {
      if (!Array.isArray(value) || value.some((name) => typeof name !== 'string' || name === '')) {
        throw new ConfigValueError(key, value, 'a list of names such as ["client", "tidb"]')
      }
      return value
    },
    show: (value) => value,
  }
}

export interface HostPort {
  readonly host: string
  readonly port: number
}

/** `host:port` or `[v6]:port`, or undefined. */
export function parseAddress(value: string): HostPort | undefined {
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([^\s:[\]/]+)):(\d{1,5})$/.exec(value)
  if (match === null) return undefined
  const port = Number(match[3])
  return port > 65_535 ? undefined : { host: match[1] ?? match[2]!, port }
}

/** Only this machine reaches it. A name other than `localhost` may mean anything, so it counts as reachable. */
export function isLoopback(address: string): boolean {
  const host = parseAddress(address)?.host
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host ?? '')
}

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

  'raftstore.raft-entry-max-size': size(
    '8MiB',
    { min: '1KiB', max: '64MiB' },
    'Keys and values of one write together.',
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

  'embedded-pd.addr': address(
    '127.0.0.1:2379',
    'Where the embedded placement driver serves gRPC and HTTP. Ours alone.',
  ),
  'embedded-pd.advertise-addr': address('', 'The placement driver address that clients are told.', {
    whenEmpty: 'embedded-pd.addr',
  }),
} as const

export type ConfigKeyName = keyof typeof configKeys
/** Every key with its checked value: bytes for sizes, milliseconds for durations. */
export type Config = { readonly [K in ConfigKeyName]: (typeof configKeys)[K] extends ConfigKey<infer T> ? T : never }
