import { systemClock, systemRandom } from '@stratakv/core'
import { createNodeFileSystem } from '@stratakv/file-io'
import { productVersion } from '@stratakv/server'
import { createChecksum, createKernels, findNativeChecksum } from '@stratakv/wasm'
import { Command } from 'commander'
import { type Manifest, sumOf } from './backup/manifest.ts'
import { defaultBackupOptions, fileBytesLimits, takeBackup } from './backup/take-backup.ts'
import { verifyBackup } from './backup/verify-backup.ts'
import {
  endpointsOf,
  pdDefault,
  progressText,
  rangeOf,
  runInterruptibly,
  secondsOf,
  sizeOf,
  timestampOf,
} from './backup-flags.ts'
import { connectCluster, type SecurityFlags, securityOf } from './cluster-connection.ts'
import { ProgressLine } from './progress-line.ts'

interface BackupFlags extends SecurityFlags {
  readonly pd: string
  readonly at?: string
  readonly raw?: boolean
  readonly start?: string
  readonly end?: string
  readonly fileSize?: string
  readonly compress: boolean
  readonly gcTtl?: string
  readonly json?: boolean
}

/** What backup and restore need besides a cluster. */
export function backupTools() {
  const clock = systemClock()
  const line = new ProgressLine(process.stderr, clock)
  return {
    fs: createNodeFileSystem(),
    clock,
    random: systemRandom(),
    checksum: createChecksum({ kernels: createKernels(), native: findNativeChecksum() }),
    onProgress: (progress: Parameters<typeof progressText>[0]) => line.show(progressText(progress), progress.isDone),
  }
}

/** `stratakv backup FOLDER` and `stratakv backup verify FOLDER`. */
export function backupCommand(): Command {
  return new Command('backup')
    .description('Back up a running cluster (any TiKV) as it is at one timestamp; finishes a backup that was cut off.')
    .argument('<folder>', 'empty, new, or with a backup that was cut off')
    .option('--pd <host:port,...>', 'where the placement driver is', pdDefault)
    .option('--ca-path <file>', 'certificates of the authorities that sign those of the cluster: TLS')
    .option('--cert-path <file>', 'our own certificate, for a cluster that asks for one')
    .option('--key-path <file>', 'the key of our own certificate')
    .option(
      '--at <timestamp>',
      'as of when: a timestamp of the cluster, or a time such as 2026-11-25T22:28:14Z (default: now)',
    )
    .option('--raw', 'raw keys, each as it is when it is read: raw data has no timestamps to be consistent at')
    .option('--start <hex>', 'the first key (default: the first there is)')
    .option('--end <hex>', 'the key behind the last (default: none)')
    .option('--file-size <size>', 'a data file ends beyond this; a cut costs at most one file (default: 128MiB)')
    .option('--no-compress', 'store blocks as they are')
    .option('--gc-ttl <duration>', 'how long a backup that was cut off may wait to be finished (default: 1h)')
    .option('--json', 'what was backed up, as one JSON object on standard output')
    .action(runBackup)
    .addCommand(
      new Command('verify')
        .description('Read a backup from its first byte to its last and say whether it is whole. Needs no cluster.')
        .argument('<folder>', 'with a complete backup')
        .option('--json', 'what is in it, as one JSON object on standard output')
        .action(runVerify),
    )
}

function runBackup(directory: string, flags: BackupFlags): Promise<void> {
  return runInterruptibly(async (signal) => {
    const tools = backupTools()
    await using connection = await connectCluster(tools, endpointsOf(flags.pd), securityOf(flags))
    const manifest = await takeBackup(
      { ...tools, cluster: connection.cluster },
      {
        directory,
        mode: flags.raw ? 'raw' : 'txn',
        range: rangeOf(flags.start, flags.end),
        ...(flags.at === undefined ? {} : { at: timestampOf(flags.at) }),
        version: productVersion,
        compress: flags.compress,
        fileBytesMax:
          flags.fileSize === undefined
            ? defaultBackupOptions.fileBytesMax
            : sizeOf('--file-size', flags.fileSize, fileBytesLimits),
        protectSeconds:
          flags.gcTtl === undefined ? defaultBackupOptions.protectSeconds : secondsOf('--gc-ttl', flags.gcTtl),
        signal,
      },
    )
    process.stdout.write(outcomeText('backed up', directory, manifest, flags.json))
  })
}

function runVerify(directory: string, _flags: object, command: Command): Promise<void> {
  return runInterruptibly(async (signal) => {
    const manifest = await verifyBackup(backupTools(), directory, signal)
    // The parent has a flag of the same name, and may have taken it.
    const { json } = command.optsWithGlobals<{ json?: boolean }>()
    process.stdout.write(outcomeText('whole', directory, manifest, json))
  })
}

/** One line for people, or one JSON object. */
export function outcomeText(what: string, directory: string, manifest: Manifest, json: boolean | undefined): string {
  const { mode, ts, clusterId, files, createdBy } = manifest
  const { count, bytes, crc64Xor } = sumOf(manifest)
  if (json) {
    return `${JSON.stringify({ directory, mode, ts: `${ts}`, clusterId: `${clusterId}`, createdBy, files: files.length, count, bytes, crc64Xor: `${crc64Xor}` })}\n`
  }
  const when = mode === 'txn' ? ` as of ${ts}` : ', raw'
  return `${what}: ${directory}, cluster ${clusterId}${when}, ${count} pairs, ${bytes} bytes, checksum ${crc64Xor}\n`
}
