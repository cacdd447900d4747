import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { StrataError } from '@stratakv/core'
import type { FaultOptions } from '@stratakv/server'
import { Command } from 'commander'
import { type KeyValues, nodeConfig } from './node-flags.ts'
import { runNode, tellingErrors } from './node-run.ts'

interface PlaygroundFlags {
  readonly stores: string
  readonly dir?: string
  readonly memory?: boolean
  readonly basePort?: string
  readonly config?: string
  readonly faults?: boolean
  readonly faultSeed?: string
  readonly fault: readonly string[]
  readonly faultsExposed?: boolean
  readonly logLevel?: string
}

/** More stores were asked for than this version can run. */
export class TooManyStoresError extends StrataError {
  readonly code = 'STRATAKV_TOO_MANY_STORES'
  readonly storeCount: number
  constructor(storeCount: number) {
    super(
      `--stores ${storeCount}: this version runs one store. A second one has nothing to hold before regions are replicated ` +
        'between stores (Raft), which is not written yet: leave --stores out',
    )
    this.storeCount = storeCount
  }
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

/** Of a base port: the placement driver's own, the store's, and the status port. */
const portCount = 3
const portMax = 65_535

/** `stratakv playground`: a cluster for trying out and for tests, gone at the end unless a folder is named. */
export function playgroundCommand(): Command {
  return new Command('playground')
    .description(
      'Run a cluster for trying out and for tests until Ctrl-C; it is gone afterwards unless --dir keeps it.',
    )
    .option('--stores <count>', 'how many stores; this version runs 1', '1')
    .option('--dir <folder>', 'keep everything there (default: a temporary folder, removed at the end)')
    .option('--memory', 'keep nothing on disk')
    .option(
      '--base-port <port>',
      'placement driver at this port, store and status at the two after it; 0 = any free ones (default: 2379, 20160, 20180)',
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
        '  stratakv playground --memory --base-port 0 --faults   one to break: curl -d \'"Raw*: NotLeader 20%"\' http://STATUS/faults\n',
    )
    .action(runPlayground)
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value]
}

function runPlayground(flags: PlaygroundFlags): Promise<void> {
  return tellingErrors(async () => {
    const storeCount = wholeNumber('--stores', flags.stores, 1, 1000)
    if (storeCount !== 1) throw new TooManyStoresError(storeCount)
    if (flags.memory && flags.dir !== undefined) {
      throw new FlagValueError('--dir', flags.dir, 'nothing beside --memory, which keeps nothing')
    }
    const faults = faultOptions(flags)
    const run = (engine: KeyValues, data: string) =>
      runNode({
        checked: nodeConfig({
          defaults: { 'log.level': 'warn' },
          file: flags.config,
          flags: { 'log.level': flags.logLevel, ...addresses(flags.basePort), ...engine },
        }),
        data,
        ...(faults === undefined ? {} : { faults, faultRules: flags.fault }),
      })
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

function addresses(basePort: string | undefined): KeyValues {
  if (basePort === undefined) return {}
  const base = wholeNumber('--base-port', basePort, 0, portMax - portCount + 1)
  const at = (offset: number) => `127.0.0.1:${base === 0 ? 0 : base + offset}`
  return { 'embedded-pd.addr': at(0), 'server.addr': at(1), 'server.status-addr': at(2) }
}

function wholeNumber(flag: string, got: string, min: number, max: number): number {
  const value = /^\d+$/.test(got) ? Number(got) : Number.NaN
  if (!(value >= min && value <= max)) throw new FlagValueError(flag, got, `a whole number from ${min} to ${max}`)
  return value
}
