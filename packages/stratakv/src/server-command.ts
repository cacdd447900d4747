import { readFileSync } from 'node:fs'
import { MiB, StrataError, systemClock } from '@stratakv/core'
import {
  type CheckedConfig,
  type Config,
  ConfigFileError,
  type ConfigKeyName,
  checkConfig,
  type Endpoints,
  type Logger,
  pinoLogger,
  readToml,
  StorageNode,
} from '@stratakv/server'
import { Command } from 'commander'

interface ServerFlags {
  readonly config?: string
  readonly dataDir?: string
  readonly memory?: boolean
  readonly addr?: string
  readonly advertiseAddr?: string
  readonly pdAddr?: string
  readonly advertisePdAddr?: string
  readonly statusAddr?: string
  readonly logLevel?: string
  readonly logFormat?: string
  readonly logFile?: string
}

/** Flags are shorter names of configuration keys; a flag beats the file. */
const keyOfFlag: Record<Exclude<keyof ServerFlags, 'config' | 'memory'>, ConfigKeyName> = {
  dataDir: 'storage.data-dir',
  addr: 'server.addr',
  advertiseAddr: 'server.advertise-addr',
  pdAddr: 'embedded-pd.addr',
  advertisePdAddr: 'embedded-pd.advertise-addr',
  statusAddr: 'server.status-addr',
  logLevel: 'log.level',
  logFormat: 'log.format',
  logFile: 'log.file.filename',
}

/** Standard error, so that standard output can be read by programs. */
const stderrFd = 2

/** `stratakv server`: one node with its placement driver, until a signal. */
export function serverCommand(): Command {
  return new Command('server')
    .description('Run a storage node with an embedded placement driver until Ctrl-C.')
    .option('-C, --config <file>', "TiKV's TOML configuration file; `stratakv config` prints one")
    .option('-s, --data-dir <folder>', 'where everything is kept (default: ./stratakv-data)')
    .option('--memory', 'keep nothing on disk: everything is gone at the end')
    .option('-A, --addr <host:port>', 'where TiKV clients reach the store (default: 127.0.0.1:20160)')
    .option('--advertise-addr <host:port>', 'the store address that clients are told (default: --addr)')
    .option('--pd-addr <host:port>', 'where clients reach the placement driver (default: 127.0.0.1:2379)')
    .option(
      '--advertise-pd-addr <host:port>',
      'the placement driver address that clients are told (default: --pd-addr)',
    )
    .option('--status-addr <host:port>', 'where /status, /metrics and /config are served (default: 127.0.0.1:20180)')
    .option('-L, --log-level <level>', 'debug, info, warn, error or fatal (default: info)')
    .option('--log-format <format>', 'text or json (default: text)')
    .option('-f, --log-file <file>', 'where the log goes (default: standard error)')
    .addHelpText(
      'after',
      '\nExamples:\n  stratakv server                      a node that keeps its data in ./stratakv-data\n  stratakv server --memory             a node for tests\n  stratakv server --addr 0.0.0.0:20160 --advertise-addr db1:20160 --pd-addr 0.0.0.0:2379 --advertise-pd-addr db1:2379\n',
    )
    .action(runServer)
}

async function runServer(flags: ServerFlags): Promise<void> {
  let logger: Logger | undefined
  try {
    const { config, unknownKeys } = configOf(flags)
    logger = openLog(config)
    for (const { key, nearest } of unknownKeys) {
      logger.warn(`configuration key ${key} is unknown and ignored${nearest ? `; did you mean ${nearest}?` : ''}`)
    }
    const stop = stopSignal()
    const node = await StorageNode.open({ config, logger, processMetrics: true })
    let signal: string
    try {
      const endpoints = await node.serve()
      // Whoever started us may have closed its end, as `| head` does: nobody reading the greeting is no reason to stop serving.
      process.stdout.on('error', (error) => logger?.debug('the greeting was not read', { error: String(error) }))
      process.stdout.write(greeting(node.clusterId, endpoints, flags.memory ? undefined : config['storage.data-dir']))
      signal = await stop
    } catch (error) {
      await node.close()
      throw error
    }
    logger.info(`${signal}: shutting down`)
    await node.close()
    logger.info('shut down cleanly')
  } catch (error) {
    // What an operator can mend is one line that says how; anything else is a bug and keeps its stack.
    const text = error instanceof StrataError ? error.message : error instanceof Error ? error.stack : String(error)
    process.stderr.write(`error: ${text}\n`)
    process.exitCode = 1
  }
}

/** @throws LogFileError */
function openLog(config: Config): Logger {
  const path = config['log.file.filename']
  const output =
    path === ''
      ? { fd: stderrFd }
      : {
          path,
          sizeBytesMax: MiB(config['log.file.max-size']),
          daysMax: config['log.file.max-days'],
          backupCountMax: config['log.file.max-backups'],
        }
  return pinoLogger({ clock: systemClock() }, { level: config['log.level'], format: config['log.format'], output })
}

function configOf(flags: ServerFlags): CheckedConfig {
  const values =
    flags.config === undefined ? new Map<string, unknown>() : readToml(flags.config, readConfigFile(flags.config))
  for (const [flag, key] of Object.entries(keyOfFlag)) {
    const value = flags[flag as keyof typeof keyOfFlag]
    if (value !== undefined) values.set(key, value)
  }
  if (flags.memory) values.set('storage.engine', 'memory')
  return checkConfig(values)
}

function readConfigFile(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw new ConfigFileError(path, cause instanceof Error ? cause.message : String(cause), { cause })
  }
}

/** What a shell reports for a process that a signal ended: 128 and the signal's number. */
const exitCodeOf = { SIGINT: 130, SIGTERM: 143 } as const

/** The first signal asks for a clean end; a second one of either kind, for those in a hurry, ends at once: data is safe either way. */
function stopSignal(): Promise<string> {
  return new Promise((resolve) => {
    let isAsked = false
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        if (isAsked) process.exit(exitCodeOf[signal])
        isAsked = true
        resolve(signal)
      })
    }
  })
}

function greeting(clusterId: bigint, endpoints: Endpoints, dataDir: string | undefined): string {
  return `
StrataKV is ready (cluster ${clusterId})

  placement driver   ${endpoints.pd}      give this one to TiKV clients
  store              ${endpoints.store}
  status             ${endpoints.status === undefined ? 'off' : `http://${endpoints.status}/metrics`}
  data               ${dataDir ?? 'in memory'}

  Go:      rawkv.NewClientWithOpts(ctx, []string{"${endpoints.pd}"})
  go-ycsb: go-ycsb load tikv -P workloads/workloada -p tikv.pd=${endpoints.pd} -p tikv.type=raw

Ctrl-C stops it.
`
}
