import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'

/** How a process ended. */
export interface Exit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/** The process ended before it said that it was ready. */
export class NotReadyError extends Error {
  readonly exit: Exit
  constructor(exit: Exit) {
    super(`the node ended with ${exit.code ?? exit.signal}: ${exit.stderr}`)
    this.exit = exit
  }
}

export interface NodeProcessOptions {
  /** The bundle of the command. */
  readonly command: string
  /** Default `server`. */
  readonly subcommand?: 'server' | 'playground' | 'pd'
  /** After the subcommand. */
  readonly flags: readonly string[]
  /** Put in front of node: strace and its options. It must pass on the exit code. */
  readonly tracer?: readonly string[]
  /** Put in front of node, and becomes it: `ip netns exec NAME`. */
  readonly launcher?: readonly string[]
}

/** Any free ports, and no status server. */
export const anyPorts = ['--addr', '127.0.0.1:0', '--pd-addr', '127.0.0.1:0', '--status-addr', ''] as const

/** A running node. */
export class NodeProcess implements AsyncDisposable {
  readonly #child: ChildProcess
  readonly #output: Output
  readonly #isTraced: boolean
  readonly exited: Promise<Exit>
  /** `host:port`. */
  readonly pd: string
  readonly store: string

  private constructor({ child, exited, output }: Launched, isTraced: boolean) {
    this.#child = child
    this.#output = output
    this.#isTraced = isTraced
    this.exited = exited
    this.pd = /placement driver +(\S+)/.exec(output.stdout)![1]!
    this.store = /store +(\S+)/.exec(output.stdout)?.[1] ?? ''
  }

  /** Resolves when the node has said that it is ready. @throws NotReadyError */
  static start(options: NodeProcessOptions): Promise<NodeProcess> {
    const launched = launch(options)
    const { child, exited, output } = launched
    return new Promise((resolve, reject) => {
      child.stdout!.on('data', () => {
        if (output.stdout.includes('Ctrl-C stops it.')) {
          resolve(new NodeProcess(launched, options.tracer !== undefined))
        }
      })
      // Too late if it was ready: the promise is settled then.
      exited.then((exit) => reject(new NotReadyError(exit)), reject)
    })
  }

  /**
   * Starts a node whose greeting nobody reads, and stops it when its log says that it was not read.
   * `flags` must ask for `--log-level debug`.
   */
  static async runUnread(options: NodeProcessOptions, signal: NodeJS.Signals): Promise<Exit> {
    const { child, exited, output } = launch(options)
    child.stdout!.destroy()
    while (!output.stderr.includes('the greeting was not read')) {
      const isOver = await Promise.race([exited.then(() => true), once(child.stderr!, 'data').then(() => false)])
      if (isOver) return exited
    }
    child.kill(signal)
    return exited
  }

  /** Runs a command that is to end by itself. */
  static run(options: NodeProcessOptions): Promise<Exit> {
    return launch(options).exited
  }

  /** Of the node itself, also when something traces it. */
  get pid(): number {
    const pid = this.#child.pid!
    return this.#isTraced ? Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim()) : pid
  }

  /** What it has printed on standard output so far. */
  get greeting(): string {
    return this.#output.stdout
  }

  get metricsUrl(): string {
    return /status +(\S+)/.exec(this.#output.stdout)![1]!
  }

  /** Resolves when the log has this text. */
  async logged(text: string): Promise<void> {
    while (!this.#output.stderr.includes(text)) await once(this.#child.stderr!, 'data')
  }

  /** Sends a signal; `exited` tells what came of it. */
  signal(signal: NodeJS.Signals): void {
    process.kill(this.pid, signal)
  }

  async stop(signal: NodeJS.Signals): Promise<Exit> {
    this.signal(signal)
    return this.exited
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    this.signal('SIGKILL')
    await this.exited
  }
}

interface Output {
  stdout: string
  stderr: string
}

interface Launched {
  readonly child: ChildProcess
  readonly exited: Promise<Exit>
  readonly output: Output
}

function launch({ command, subcommand = 'server', flags, tracer = [], launcher = [] }: NodeProcessOptions): Launched {
  const [program, ...rest] = [...tracer, ...launcher, process.execPath, command, subcommand, ...flags]
  const child = spawn(program!, rest, { stdio: ['ignore', 'pipe', 'pipe'] })
  const output: Output = { stdout: '', stderr: '' }
  child.stdout.on('data', (chunk) => {
    output.stdout += chunk
  })
  child.stderr.on('data', (chunk) => {
    output.stderr += chunk
  })
  const exited = new Promise<Exit>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve({ code, signal, ...output }))
  })
  return { child, exited, output }
}
