import type { ConfigKeyName } from '@stratakv/server'
import { Command } from 'commander'
import { nodeConfig } from './node-flags.ts'
import { runNode, tellingErrors } from './node-run.ts'

interface ServerFlags {
  readonly config?: string
  readonly dataDir?: string
  readonly memory?: boolean
  readonly addr?: string
  readonly advertiseAddr?: string
  readonly pdAddr?: string
  readonly advertisePdAddr?: string
  readonly pdEndpoints?: string
  readonly statusAddr?: string
  readonly logLevel?: string
  readonly logFormat?: string
  readonly logFile?: string
}

/** Flags are shorter names of configuration keys; a flag beats the file. */
const keyOfFlag: Record<Exclude<keyof ServerFlags, 'config' | 'memory' | 'pdEndpoints'>, ConfigKeyName> = {
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

/** `stratakv server`: one node, with its placement driver or with one elsewhere, until a signal. */
export function serverCommand(): Command {
  return new Command('server')
    .description('Run a storage node until Ctrl-C, with an embedded placement driver or one elsewhere.')
    .option('-C, --config <file>', "TiKV's TOML configuration file, - for standard input; `stratakv config` prints one")
    .option('-s, --data-dir <folder>', 'where everything is kept (default: ./stratakv-data)')
    .option('--memory', 'keep nothing on disk: everything is gone at the end')
    .option('-A, --addr <host:port>', 'where TiKV clients reach the store (default: 127.0.0.1:20160)')
    .option('--advertise-addr <host:port>', 'the store address that clients are told (default: --addr)')
    .option('--pd-addr <host:port>', 'where clients reach the placement driver (default: 127.0.0.1:2379)')
    .option(
      '--advertise-pd-addr <host:port>',
      'the placement driver address that clients are told (default: --pd-addr)',
    )
    .option(
      '--pd-endpoints <host:port,...>',
      'placement drivers elsewhere, by `stratakv pd`, another node, or PD: this store joins their cluster',
    )
    .option('--status-addr <host:port>', 'where /status, /metrics and /config are served (default: 127.0.0.1:20180)')
    .option('-L, --log-level <level>', 'debug, info, warn, error or fatal (default: info)')
    .option('--log-format <format>', 'text or json (default: text)')
    .option('-f, --log-file <file>', 'where the log goes (default: standard error)')
    .addHelpText(
      'after',
      '\nExamples:\n  stratakv server                      a node that keeps its data in ./stratakv-data\n  stratakv server --memory             a node for tests\n  stratakv server --addr 0.0.0.0:20160 --advertise-addr db1:20160 --pd-addr 0.0.0.0:2379 --advertise-pd-addr db1:2379\n  stratakv server --data-dir two --addr 127.0.0.1:20161 --status-addr 127.0.0.1:20181 --pd-endpoints 127.0.0.1:2379\n',
    )
    .action(runServer)
}

function runServer(flags: ServerFlags): Promise<void> {
  return tellingErrors(async () => {
    const given = Object.entries(keyOfFlag).map(([flag, key]) => [key, flags[flag as keyof typeof keyOfFlag]])
    const engine = flags.memory ? { 'storage.engine': 'memory' } : {}
    const pd = flags.pdEndpoints === undefined ? {} : { 'pd.endpoints': flags.pdEndpoints.split(',') }
    const checked = nodeConfig({ file: flags.config, flags: { ...Object.fromEntries(given), ...engine, ...pd } })
    await runNode({ checked, data: flags.memory ? 'in memory' : checked.config['storage.data-dir'] })
  })
}
