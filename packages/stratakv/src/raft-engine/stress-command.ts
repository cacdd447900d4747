import { type FileSystem, StrataError, seededRandom, systemClock, systemRandom } from '@stratakv/core'
import { createNodeFileSystem } from '@stratakv/file-io'
import { openRaftEngine, parseFileName } from '@stratakv/raft-engine'
import {
  checkStressOptions,
  type StressOptions,
  type StressReport,
  type StressSide,
  stressRaftLog,
} from '@stratakv/raft-engine/tools'
import { parseDuration, parseSize } from '@stratakv/server'
import { Command, Option } from 'commander'
import { runInterruptibly } from '../backup-flags.ts'
import { FlagValueError } from '../playground-command.ts'
import { ProgressLine } from '../progress-line.ts'
import { counted, mebibytes } from './log-command.ts'

type StressFlags = Readonly<Record<string, string | boolean | undefined>>

/** There is a log in the folder, and nobody said that it may be written to. */
export class LogInTheWayError extends StrataError {
  readonly code = 'STRATAKV_LOG_IN_THE_WAY'
  readonly folder: string
  constructor(folder: string) {
    super(`${folder} holds a log: take another folder, or --reuse-data to write to it`)
    this.folder = folder
  }
}

/** `stratakv raft-engine stress FOLDER`. */
export function stressCommand(): Command {
  return new Command('stress')
    .description('Write to a log and read from it as fast as the disk takes it, and print how fast that was.')
    .argument('<folder>', 'empty or new; what was written stays there')
    .option('--time <duration>', 'how long', '60s')
    .option('--batches <count>', 'end earlier, after so many batches')
    .option('--regions <count>', 'regions', '5')
    .option('--write-threads <count>', 'writers; each has regions of its own and one batch under way', '1')
    .option('--write-ops-per-thread <count>', 'batches a second of each writer; 0: as many as it can', '0')
    .option('--read-threads <count>', 'readers of the newest entry of some region', '0')
    .option('--read-ops-per-thread <count>', 'reads a second of each reader; 0: as many as it can', '0')
    .option('--entry-size <size>', 'of an entry', '1KiB')
    .option('--write-entry-count <count>', 'entries of a region in a batch', '10')
    .option('--write-region-count <count>', 'regions in a batch', '5')
    .option('--write-without-sync', 'do not wait for the disk')
    .addOption(
      new Option('--payloads <kind>', 'unique: nothing compresses; repeated: the same random entries again and again')
        .choices(['unique', 'repeated'])
        .default('unique'),
    )
    .option('--seed <number>', 'decides what is left to chance (default: drawn)')
    .option('--purge-interval <duration>', '0s: never', '10s')
    .option('--compact-count <count>', 'keep at most so many entries of a region (default: all, until purging asks)')
    .option('--force-compact-factor <part>', "which part of a region's entries goes when purging asks", '0.5')
    .option('--reuse-data', 'the folder may hold a log, which is written on')
    .option('--target-file-size <size>', 'of the engine', '128MiB')
    .option('--purge-threshold <size>', 'of the engine', '10GiB')
    .option('--purge-rewrite-threshold <size>', 'of the engine', '1GiB')
    .option('--purge-rewrite-garbage-ratio <part>', 'of the engine', '0.6')
    .option('--compression-threshold <size>', 'of the engine; 0: no compression', '8KiB')
    .addOption(new Option('--format-version <version>', 'of the engine').choices(['1', '2']).default('2'))
    .option('--no-log-recycle', 'purged files are removed rather than used again')
    .option('--json', 'one JSON object on standard output')
    .action(runStress)
}

function runStress(folder: string, flags: StressFlags): Promise<void> {
  return runInterruptibly(async (signal) => {
    const fileSystem = createNodeFileSystem()
    const clock = systemClock()
    const stress = stressOptionsOf(flags)
    checkStressOptions(stress)
    const engineOptions = engineOptionsOf(flags)
    if (flags.reuseData !== true && (await holdsLog(fileSystem, folder))) throw new LogInTheWayError(folder)
    await fileSystem.createDirectory(folder)
    const engine = await openRaftEngine({ fileSystem, clock }, { directory: folder, ...engineOptions })
    const line = new ProgressLine(process.stderr, clock)
    try {
      const random = flags.seed === undefined ? systemRandom() : seededRandom(numberOf(flags, 'seed'))
      const report = await stressRaftLog(
        { engine, clock, random },
        {
          ...stress,
          signal,
          onProgress: ({ elapsedMs, batchCount }) =>
            line.show(`${(elapsedMs / 1000).toFixed(0)} s: ${counted(batchCount, 'batch', 'batches')}`),
        },
      )
      line.end()
      process.stdout.write(flags.json ? `${JSON.stringify({ folder, ...report })}\n` : stressText(report))
    } finally {
      line.end()
      await engine.close()
    }
  })
}

/** @throws FlagValueError */
function stressOptionsOf(flags: StressFlags): StressOptions {
  return {
    timeMs: durationOf(flags, 'time'),
    ...(flags.batches === undefined ? {} : { batchCountMax: numberOf(flags, 'batches') }),
    regionCount: numberOf(flags, 'regions'),
    writerCount: numberOf(flags, 'writeThreads'),
    writeRate: numberOf(flags, 'writeOpsPerThread'),
    readerCount: numberOf(flags, 'readThreads'),
    readRate: numberOf(flags, 'readOpsPerThread'),
    entryBytes: sizeOf(flags, 'entrySize'),
    entryCount: numberOf(flags, 'writeEntryCount'),
    batchRegionCount: numberOf(flags, 'writeRegionCount'),
    sync: flags.writeWithoutSync !== true,
    payloads: flags.payloads === 'repeated' ? 'repeated' : 'unique',
    purgeIntervalMs: durationOf(flags, 'purgeInterval'),
    ...(flags.compactCount === undefined ? {} : { compactCount: numberOf(flags, 'compactCount') }),
    compactFactor: partOf(flags, 'forceCompactFactor'),
  }
}

/** @throws FlagValueError */
function engineOptionsOf(flags: StressFlags) {
  const isFirstVersion = flags.formatVersion === '1'
  return {
    targetFileSize: sizeOf(flags, 'targetFileSize'),
    purgeThreshold: sizeOf(flags, 'purgeThreshold'),
    purgeRewriteThreshold: sizeOf(flags, 'purgeRewriteThreshold'),
    purgeRewriteGarbageRatio: partOf(flags, 'purgeRewriteGarbageRatio'),
    batchCompressionThreshold: sizeOf(flags, 'compressionThreshold'),
    formatVersion: isFirstVersion ? 1 : 2,
    enableLogRecycle: !isFirstVersion && flags.logRecycle !== false,
  } as const
}

async function holdsLog(fileSystem: FileSystem, folder: string): Promise<boolean> {
  if ((await fileSystem.stat(folder)) === undefined) return false
  return (await fileSystem.list(folder)).some(({ name }) => parseFileName(name) !== undefined)
}

function flagOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}

function parsedOf<T>(flags: StressFlags, name: string, takes: string, parse: (text: string) => T | undefined): T {
  const text = String(flags[name])
  const value = parse(text)
  if (value === undefined) throw new FlagValueError(flagOf(name), text, takes)
  return value
}

function numberOf(flags: StressFlags, name: string): number {
  return parsedOf(flags, name, 'a whole number', (text) => (/^\d{1,10}$/.test(text) ? Number(text) : undefined))
}

function partOf(flags: StressFlags, name: string): number {
  return parsedOf(flags, name, 'a number such as 0.5', (text) =>
    /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined,
  )
}

function sizeOf(flags: StressFlags, name: string): number {
  return parsedOf(flags, name, 'a size such as 64MiB', (text) => (/^\d+$/.test(text) ? Number(text) : parseSize(text)))
}

function durationOf(flags: StressFlags, name: string): number {
  return parsedOf(flags, name, 'a duration such as 10s', parseDuration)
}

/** For people. Ends in a newline. */
export function stressText({ elapsedMs, write, read, payloadBytes, writtenBytes, purge }: StressReport): string {
  const seconds = elapsedMs / 1000
  const lines = [
    `${seconds.toFixed(1)} s`,
    ...sideLines('write', 'batches', write),
    ...(read.latency.count === 0 ? [] : sideLines('read', 'entries', read)),
    `payloads  ${mebibytes(payloadBytes)}, ${mebibytes(payloadBytes / seconds)}/s`,
    `log       ${mebibytes(writtenBytes)}, ${mebibytes(writtenBytes / seconds)}/s`,
    `purge     ${counted(purge.count, 'time')}, the longest ${purge.maxMs.toFixed(1)} ms, ${counted(purge.compactedCount, 'compaction')}`,
  ]
  return `${lines.join('\n')}\n`
}

function sideLines(what: string, unit: string, { latency, perSecond, fairness }: StressSide): string[] {
  const { minUs, avgUs, p50Us, p90Us, p95Us, p99Us, p999Us, maxUs } = latency
  const us = Object.entries({
    min: minUs,
    avg: avgUs,
    p50: p50Us,
    p90: p90Us,
    p95: p95Us,
    p99: p99Us,
    'p99.9': p999Us,
    max: maxUs,
  })
  return [
    `${what.padEnd(9)} ${latency.count} ${unit}, ${perSecond.toFixed(0)}/s, fairness ${fairness.toFixed(2)}`,
    `          us: ${us.map(([name, value]) => `${name} ${value.toFixed(value < 10 ? 1 : 0)}`).join(', ')}`,
  ]
}
