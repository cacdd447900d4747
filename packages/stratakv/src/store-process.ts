import { type ChildProcess, spawn } from 'node:child_process'
import { StrataError } from '@stratakv/core'
import { type Config, configToml } from '@stratakv/server'
import type { ClusterStoreRun } from './cluster-run.ts'

/** A store that a cluster runs in a process of its own has ended before it was ready. */
export class StoreProcessError extends StrataError {
  readonly code = 'STRATAKV_STORE_PROCESS'
  constructor(dataDir: string, how: string) {
    super(`the process of the store in ${dataDir} ended with ${how} before it was ready; what it said is above`)
  }
}

export interface StoreProcessOptions extends ClusterStoreRun {
  readonly pdAddress: string
  readonly config: Config
}

/** `stratakv server` in a child process, whose log goes where ours does. */
export class StoreProcess {
  readonly id: number
  readonly address: string
  readonly status: string | undefined
  readonly #child: ChildProcess
  readonly #exited: Promise<void>

  private constructor(child: ChildProcess, exited: Promise<void>, greeting: string) {
    this.#child = child
    this.#exited = exited
    this.id = child.pid!
    this.address = /store +(\S+)/.exec(greeting)![1]!
    this.status = /status +https?:\/\/([^/\s]+)/.exec(greeting)?.[1]
  }

  /** Resolves when it says that it is ready. @throws StoreProcessError */
  static start({ address, statusAddress, dataDir, pdAddress, config }: StoreProcessOptions): Promise<StoreProcess> {
    const toml = configToml({
      ...config,
      'server.addr': address,
      'server.status-addr': statusAddress,
      'storage.data-dir': dataDir,
      'pd.endpoints': [pdAddress],
    })
    // In a group of its own: Ctrl-C is for us, and we tell it. Should we be gone, it hears that the channel is, and ends.
    const child = spawn(process.execPath, [process.argv[1]!, 'server', '--config', '-'], {
      stdio: ['pipe', 'pipe', 'inherit', 'ipc'],
      detached: true,
    })
    child.stdin!.end(toml)
    const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    return new Promise((resolve, reject) => {
      let greeting = ''
      child.stdout!.setEncoding('utf8').on('data', (text: string) => {
        greeting += text
        if (greeting.includes('Ctrl-C stops it.')) resolve(new StoreProcess(child, exited, greeting))
      })
      child.once('error', reject)
      // Too late if it was ready: the promise is settled then.
      child.once('exit', (code, signal) => reject(new StoreProcessError(dataDir, `${code ?? signal}`)))
    })
  }

  /** Asks it to end, and waits for it. One that has been killed meanwhile is gone already. */
  async stop(): Promise<void> {
    this.#child.kill('SIGTERM')
    await this.#exited
  }
}
