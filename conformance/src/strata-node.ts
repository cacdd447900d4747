import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Clock, systemClock } from '@stratakv/core'
import { type ChildProgram, type ProgramEnd, ProgramFailedError } from './child-program.ts'
import { freePorts } from './free-ports.ts'
import { commandPath, LastLines, startReady, stopMsMax } from './ready-program.ts'

export interface StrataNodeOptions {
  /** Where the temporary data folder is made. Default: the system's temporary folder. */
  readonly parentDir?: string
  /** Arguments for Node itself, for example `--cpu-prof`. */
  readonly nodeArgs?: readonly string[]
  /** Further arguments for the command. */
  readonly serverArgs?: readonly string[]
  /** What goes wrong on purpose, a line each: the node is then a playground. */
  readonly faultRules?: readonly string[]
}

/** A StrataKV node as users run it: the built command, a process of its own, a data folder and ports that it keeps over restarts. */
export class StrataNode {
  /** The placement driver, which is the address that clients are given. */
  readonly pdAddress: string
  readonly storeAddress: string
  readonly statusAddress: string
  readonly dataDir: string
  private readonly folder: string
  private readonly options: StrataNodeOptions
  private readonly log = new LastLines()
  private process: ChildProgram | undefined

  private constructor(folder: string, ports: readonly number[], options: StrataNodeOptions) {
    this.folder = folder
    this.dataDir = join(folder, 'data')
    this.options = options
    const [pd, store, status] = ports.map((port) => `127.0.0.1:${port}`)
    this.pdAddress = pd!
    this.storeAddress = store!
    this.statusAddress = status!
  }

  /** Starts a node on an empty data folder. */
  static async start(options: StrataNodeOptions = {}): Promise<StrataNode> {
    const folder = await mkdtemp(join(options.parentDir ?? tmpdir(), 'stratakv-'))
    const node = new StrataNode(folder, await freePorts(3), options)
    try {
      await node.writeAddresses()
      await node.restart()
    } catch (error) {
      await node.remove()
      throw error
    }
    return node
  }

  /** The last lines that the node printed. */
  get lastLines(): readonly string[] {
    return this.log.all
  }

  get pid(): number {
    return this.process?.pid ?? 0
  }

  /** Starts the process again on the same folder and ports. Resolves when the node says that it serves. */
  async restart(clock: Clock = systemClock()): Promise<void> {
    const args = [...(this.options.nodeArgs ?? []), ...this.arguments()]
    this.process = await startReady('stratakv server', args, this.log, clock)
  }

  /** The end that a power button would give the process: nothing is flushed. */
  async kill(): Promise<ProgramEnd> {
    return this.process!.stop('SIGKILL', stopMsMax)
  }

  /** A clean end; throws when the node does not manage one. The data folder stays. */
  async stop(): Promise<void> {
    const end = await this.process!.stop('SIGTERM', stopMsMax)
    if (end.code !== 0) {
      throw new ProgramFailedError('stratakv server', `unclean end (${end.signal ?? end.code})\n${this.log.text}`)
    }
  }

  /** Ends the process if it still runs, and deletes the data. */
  async remove(): Promise<void> {
    await this.process?.stop('SIGKILL', stopMsMax).catch(() => {})
    await rm(this.folder, { recursive: true, force: true })
  }

  private get configPath(): string {
    return join(this.folder, 'node.toml')
  }

  private async writeAddresses(): Promise<void> {
    const server = `addr = "${this.storeAddress}"\nstatus-addr = "${this.statusAddress}"\n`
    await writeFile(this.configPath, `[server]\n${server}[embedded-pd]\naddr = "${this.pdAddress}"\n`)
  }

  private arguments(): string[] {
    const { faultRules, serverArgs = [] } = this.options
    const command = faultRules === undefined ? ['server', '--data-dir'] : ['playground', '--dir']
    // The same seed in every run: a failure is then the client's or the node's, not the dice's.
    const faults = (faultRules ?? []).flatMap((rule) => ['--fault', rule, '--fault-seed', '7'])
    return [commandPath(), ...command, this.dataDir, '--config', this.configPath, ...faults, ...serverArgs]
  }
}
