import { GiB, KiB } from '@stratakv/core'
import { Command } from 'commander'
import { defaultRestoreOptions, restoreBackup } from './backup/restore-backup.ts'
import { backupTools, outcomeText } from './backup-command.ts'
import { countOf, endpointsOf, pdDefault, runInterruptibly, sizeOf } from './backup-flags.ts'
import { connectCluster, type SecurityFlags, securityOf } from './cluster-connection.ts'

interface RestoreFlags extends SecurityFlags {
  readonly pd: string
  readonly overwrite?: boolean
  readonly compare: boolean
  readonly rateLimit?: string
  readonly concurrency?: string
  readonly journal?: string
  readonly json?: boolean
}

const rateLimits = { min: KiB(1), max: GiB(1024) } as const
const concurrencyMax = 64

/** `stratakv restore FOLDER`. */
export function restoreCommand(): Command {
  return new Command('restore')
    .description(
      'Write a backup into a running cluster (any TiKV), after checking all of it; goes on where it was cut off.',
    )
    .argument('<folder>', 'with a complete backup')
    .option('--pd <host:port,...>', 'where the placement driver is', pdDefault)
    .option('--ca-path <file>', 'certificates of the authorities that sign those of the cluster: TLS')
    .option('--cert-path <file>', 'our own certificate, for a cluster that asks for one')
    .option('--key-path <file>', 'the key of our own certificate')
    .option('--overwrite', 'go on although the range holds data: keys of the backup are written over, others stay')
    .option('--no-compare', 'do not read everything back at the end')
    .option('--rate-limit <size>', 'bytes a second at most, such as 20MiB (default: none)')
    .option('--concurrency <count>', `writes under way at once (default: ${defaultRestoreOptions.concurrency})`)
    .option('--journal <folder>', 'where it is written down how far the restore is (default: the folder of the backup)')
    .option('--json', 'what was restored, as one JSON object on standard output')
    .action(runRestore)
}

function runRestore(directory: string, flags: RestoreFlags): Promise<void> {
  return runInterruptibly(async (signal) => {
    const tools = backupTools()
    await using connection = await connectCluster(tools, endpointsOf(flags.pd), securityOf(flags))
    const manifest = await restoreBackup(
      { ...tools, cluster: connection.cluster },
      {
        ...defaultRestoreOptions,
        directory,
        journalDirectory: flags.journal ?? directory,
        overwrite: flags.overwrite ?? false,
        compare: flags.compare,
        ...(flags.rateLimit === undefined
          ? {}
          : { bytesPerSecondMax: sizeOf('--rate-limit', flags.rateLimit, rateLimits) }),
        ...(flags.concurrency === undefined
          ? {}
          : { concurrency: countOf('--concurrency', flags.concurrency, concurrencyMax) }),
        signal,
      },
    )
    process.stdout.write(outcomeText('restored', directory, manifest, flags.json))
  })
}
