import { type ConfigKeyName, PlacementDriverNode } from '@stratakv/server'
import { Command } from 'commander'
import { nodeConfig } from './node-flags.ts'
import { greet, openLog, stopSignal, tellingErrors, warnOfUnknownKeys } from './node-run.ts'

interface PdFlags {
  readonly config?: string
  readonly dataDir?: string
  readonly memory?: boolean
  readonly addr?: string
  readonly advertiseAddr?: string
  readonly logLevel?: string
}

const keyOfFlag: Record<Exclude<keyof PdFlags, 'config' | 'memory'>, ConfigKeyName> = {
  dataDir: 'storage.data-dir',
  addr: 'embedded-pd.addr',
  advertiseAddr: 'embedded-pd.advertise-addr',
  logLevel: 'log.level',
}

/** `stratakv pd`: a placement driver without a store, until a signal. */
export function pdCommand(): Command {
  return new Command('pd')
    .description('Run a placement driver without a store until Ctrl-C; stores find it by `server --pd-endpoints`.')
    .option('-C, --config <file>', 'TOML configuration file; replication.* and schedule.* count here')
    .option('-s, --data-dir <folder>', 'where its metadata is kept, in pd/ (default: ./stratakv-data)')
    .option('--memory', 'keep nothing on disk')
    .option('-A, --addr <host:port>', 'where clients and stores reach it (default: 127.0.0.1:2379)')
    .option('--advertise-addr <host:port>', 'the address that clients are told (default: --addr)')
    .option('-L, --log-level <level>', 'debug, info, warn, error or fatal (default: info)')
    .action(runPd)
}

function runPd(flags: PdFlags): Promise<void> {
  return tellingErrors(async () => {
    const given = Object.entries(keyOfFlag).map(([flag, key]) => [key, flags[flag as keyof typeof keyOfFlag]])
    const engine = flags.memory ? { 'storage.engine': 'memory' } : {}
    const { config, unknownKeys } = nodeConfig({
      file: flags.config,
      flags: { ...Object.fromEntries(given), ...engine },
    })
    const logger = openLog(config)
    warnOfUnknownKeys(unknownKeys, logger)
    const stop = stopSignal()
    await using pd = await PlacementDriverNode.open({ directory: `${config['storage.data-dir']}/pd`, config, logger })
    const address = await pd.serve()
    greet(
      `\nStrataKV's placement driver is ready (cluster ${pd.placementDriver.id})\n\n  placement driver   ${address}      stratakv server --pd-endpoints ${address}\n\nCtrl-C stops it.\n`,
      logger,
    )
    logger.info(`${await stop}: shutting down`)
  })
}
