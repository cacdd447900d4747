import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { StrataError } from '@stratakv/core'
import type { FaultOptions } from '@stratakv/server'
import { Command } from 'commander'
import { runCluster } from './cluster-run.ts'
import { type KeyValues, nodeConfig } from './node-flags.ts'
import { runNode, tellingErrors } from './node-run.ts'

interface PlaygroundFlags {
  readonly stores: string
  readonly dir?: string
  readonly memory?: boolean
  readonly processes?: boolean
  readonly basePort?: string
  readonly config?: string
  readonly faults?: boolean
  readonly faultSeed?: string
  readonly fault: readonly string[]
  readonly faultsExposed?: boolean
  readonly logLevel?: string
}

/** A flag has a value that it does not take. */
export class FlagValueError extends StrataError {
  readonly code = 'STRATAKV_FLAG_VALUE'
  readonly flag: string
  readonly got: string
  constructor(flag: string, got: string, takes: string) {
    super(`${flag} takes ${takes}, but is ${JSON.stringify(got)}`)
    this.flag = flag
    this.got = got
  }
}

const portMax = 65_535
const storeCountMax = 100

/** What is decided in seconds, not in minutes: a cluster for trying out is looked at while it happens. Keys of the file win. */
const livelyDefaults: KeyValues = {
  'raftstore.raft-base-tick-interval': '100ms',
  'raftstore.pd-heartbeat-tick-interval': '1s',
  'raftstore.pd-store-heartbeat-tick-interval': '1s',
}

/** `stratakv playground`: a cluster for trying out and for tests, gone at the end unless a folder is named. */
export function playgroundCommand(): Command {
  return new Command('playground')
    .description(
      'Run a cluster for trying out and for tests until Ctrl-C; it is gone afterwards unless --dir keeps it.',
    )
    .option('--stores <count>', 'how many stores; regions have a replica on up to three', '1')
    .option('--processes', 'each store in a process of its own, to be killed, for example')
    .option('--dir <folder>', 'keep everything there (default: a temporary folder, removed at the end)')
    .option('--memory', 'keep nothing on disk')
    .option(
      '--base-port <port>',
      'placement driver at this port, each store and its status port at the two after it; 0 = any free ones (default: 2379, 20160 and 20180 on)',
    )
    .option('-C, --config <file>', "TiKV's TOML configuration file; flags win over it")
    .option('--faults', 'let the cluster fail on purpose: rules come by HTTP, /faults at the status port')
    .option(
      '--fault <rule>',
      'a rule to begin with, such as "KvPrewrite: ServerIsBusy 10%"; may be repeated',
      collect,
      [],
    )
    .option('--fault-seed <number>', 'decides what is left to chance; the same seed, the same faults (default: drawn)')
    .option('--faults-exposed', 'faults although other machines can reach the cluster, and so break it')
    .option('-L, --log-level <level>', 'debug, info, warn or error (default: warn)')
    .addHelpText(
      'after',
      '\nExamples:\n  stratakv playground --memory                          a TiKV that starts at once\n' +
        '  stratakv playground --stores 3                        a cluster of three in this process\n' +
        '  stratakv playground --stores 3 --processes            three to kill, one at a time\n' +
        '  stratakv playground --memory --base-port 0 --faults   one to break: curl -d \'"Raw*: NotLeader 20%"\' http://STATUS/faults\n',
    )
    .action(runPlayground)
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value]
}

function runPlayground(flags: PlaygroundFlags): Promise<void> {
  return tellingErrors(async () => {
    const storeCount = wholeNumber('--stores', flags.stores, 1, storeCountMax)
    if (flags.memory && flags.dir !== undefined) {
      throw new FlagValueError('--dir', flags.dir, 'nothing beside --memory, which keeps nothing')
    }
    const faults = faultOptions(flags)
    const isCluster = storeCount > 1 || flags.processes === true
    if (isCluster && faults !== undefined) {
      throw new FlagValueError(
        '--faults',
        String(flags.stores),
        'one store, in this process: leave --stores and --processes out',
      )
    }
    const runOne = (engine: KeyValues, data: string) =>
      runNode({
        checked: nodeConfig({
          defaults: { 'log.level': 'warn' },
          file: flags.config,
          flags: { 'log.level': flags.logLevel, ...addresses(flags.basePort, 1), ...engine },
        }),
        data,
        ...(faults === undefined ? {} : { faults, faultRules: flags.fault }),
      })
    const run = isCluster ? clusterRun(flags, storeCount) : runOne
    if (flags.memory) return run({ 'storage.engine': 'memory' }, 'in memory')
    if (flags.dir !== undefined) return run({ 'storage.data-dir': flags.dir }, flags.dir)
    const folder = await mkdtemp(join(tmpdir(), 'stratakv-playground-'))
    try {
      await run({ 'storage.data-dir': folder }, `${folder}, removed at the end`)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })
}

function faultOptions({ faults, fault, faultSeed, faultsExposed }: PlaygroundFlags): FaultOptions | undefined {
  if (!faults && fault.length === 0) return undefined
  const seed =
    faultSeed === undefined ? {} : { seed: wholeNumber('--fault-seed', faultSeed, 0, Number.MAX_SAFE_INTEGER) }
  return { ...seed, exposed: faultsExposed ?? false }
}

/** Runs a cluster whose folders are in the one that the engine's keys name. */
function clusterRun(flags: PlaygroundFlags, storeCount: number) {
  return (engine: KeyValues, data: string): Promise<void> => {
    const checked = nodeConfig({
      defaults: { 'log.level': 'warn', ...livelyDefaults },
      file: flags.config,
      flags: { 'log.level': flags.logLevel, ...addresses(flags.basePort, storeCount), ...engine },
    })
    const folder = checked.config['storage.data-dir']
    const stores = Array.from({ length: storeCount }, (_, at) => ({
      address: addressOf(flags.basePort, at, 1, 20160),
      statusAddress: addressOf(flags.basePort, at, 2, 20180),
      dataDir: `${folder}/store-${at + 1}`,
    }))
    const processes = flags.processes === true
    return runCluster({ checked, stores, pdDirectory: `${folder}/pd`, data, processes })
  }
}

/** Of store `at`, from 0: two ports each behind the placement driver's. */
function addressOf(basePort: string | undefined, at: number, offset: 1 | 2, defaultPort: number): string {
  const base = basePort === undefined ? undefined : Number(basePort)
  return `127.0.0.1:${base === undefined ? defaultPort + at : base === 0 ? 0 : base + 2 * at + offset}`
}

function addresses(basePort: string | undefined, storeCount: number): KeyValues {
  if (basePort === undefined) return {}
  const base = wholeNumber('--base-port', basePort, 0, portMax - 2 * storeCount)
  return {
    'embedded-pd.addr': `127.0.0.1:${base}`,
    'server.addr': addressOf(basePort, 0, 1, 20160),
    'server.status-addr': addressOf(basePort, 0, 2, 20180),
  }
}

function wholeNumber(flag: string, got: string, min: number, max: number): number {
  const value = /^\d+$/.test(got) ? Number(got) : Number.NaN
  if (!(value >= min && value <= max)) throw new FlagValueError(flag, got, `a whole number from ${min} to ${max}`)
  return value
}
