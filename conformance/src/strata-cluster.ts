import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Clock, sleep, systemClock } from '@stratakv/core'
import { type ChildProgram, ProgramFailedError } from './child-program.ts'
import { freePorts } from './free-ports.ts'
import { commandPath, LastLines, startMsMax, startReady, stopMsMax } from './ready-program.ts'

const pollMs = 50

/** One of the cluster's processes, on ports and a folder that it keeps over restarts. */
class ClusterProcess {
  readonly name: string
  readonly #args: readonly string[]
  #program: ChildProgram | undefined

  constructor(name: string, args: readonly string[]) {
    this.name = name
    this.#args = args
  }

  async start(clock: Clock): Promise<void> {
    this.#program = await startReady(this.name, [commandPath(), ...this.#args], new LastLines(), clock)
  }

  /** @returns what it ended with */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<string> {
    const end = await this.#program?.stop(signal, stopMsMax)
    return String(end?.signal ?? end?.code ?? 'not started')
  }
}

/** Of PD's answer. */
interface RegionAnswer {
  readonly peers: readonly { readonly role_name: string }[]
  readonly pending_peers?: readonly unknown[]
  readonly leader: { readonly store_id: number }
}

export interface StrataClusterOptions {
  readonly storeCount: number
  /** Lines of TOML for every store. */
  readonly config?: string
}

/** A placement driver and stores, a process each, as an operator would run them. */
export class StrataCluster {
  readonly pdAddress: string
  readonly folder: string
  readonly stores: readonly ClusterProcess[]
  readonly #storeAddresses: readonly string[]
  readonly #pd: ClusterProcess
  readonly #clock: Clock

  private constructor(folder: string, ports: readonly number[], clock: Clock) {
    this.folder = folder
    this.#clock = clock
    const [pd, ...stores] = ports.map((port) => `127.0.0.1:${port}`)
    this.pdAddress = pd!
    this.#storeAddresses = stores
    const config = ['--config', configOf(folder)]
    this.#pd = new ClusterProcess('pd', ['pd', '--addr', pd!, '--data-dir', join(folder, 'pd'), ...config])
    this.stores = stores.map(
      (address, at) =>
        new ClusterProcess(`store ${at + 1}`, [
          'server',
          ...['--addr', address, '--status-addr', '', '--pd-endpoints', pd!],
          ...['--data-dir', join(folder, `store-${at + 1}`), ...config],
        ]),
    )
  }

  /** Resolves when the first region has a voter on every store. */
  static async start(options: StrataClusterOptions, clock: Clock = systemClock()): Promise<StrataCluster> {
    const folder = await mkdtemp(join(tmpdir(), 'stratakv-cluster-'))
    const cluster = new StrataCluster(folder, await freePorts(1 + options.storeCount), clock)
    try {
      await writeFile(configOf(folder), options.config ?? '')
      await cluster.#pd.start(clock)
      for (const store of cluster.stores) await store.start(clock)
      const deadline = clock.now() + startMsMax
      while (voterCount(await cluster.#firstRegion()) < options.storeCount) {
        if (clock.now() > deadline) throw new Error(`no ${options.storeCount} replicas within ${startMsMax / 1000} s`)
        await sleep(clock, pollMs)
      }
      return cluster
    } catch (error) {
      await cluster.remove()
      throw error
    }
  }

  /** Which of `stores` leads the first region, as the placement driver has last heard. */
  async leader(): Promise<ClusterProcess> {
    const { leader } = await this.#firstRegion()
    const { store } = (await this.#ask(`store/${leader.store_id}`)) as { store: { address: string } }
    const at = this.#storeAddresses.indexOf(store.address)
    if (at < 0) throw new Error(`store ${leader.store_id} at ${store.address} is none of this cluster`)
    return this.stores[at]!
  }

  restart(store: ClusterProcess): Promise<void> {
    return store.start(this.#clock)
  }

  /** Ends all of them cleanly. @throws when one does not manage it */
  async stop(): Promise<void> {
    for (const one of [...this.stores, this.#pd]) {
      const end = await one.end('SIGTERM')
      if (end !== '0') throw new ProgramFailedError(one.name, `unclean end (${end})`)
    }
  }

  /** Ends what still runs, and deletes the data. */
  async remove(): Promise<void> {
    for (const one of [...this.stores, this.#pd]) await one.end('SIGKILL').catch(() => {})
    await rm(this.folder, { recursive: true, force: true })
  }

  async #firstRegion(): Promise<RegionAnswer> {
    const { regions } = (await this.#ask('regions')) as { regions: readonly RegionAnswer[] }
    return regions[0]!
  }

  async #ask(path: string): Promise<unknown> {
    const answer = await fetch(`http://${this.pdAddress}/pd/api/v1/${path}`)
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return answer.json()
  }
}

/** Of those that have caught up: before that the loss of one can be the loss of a majority. */
function voterCount({ peers, pending_peers = [] }: RegionAnswer): number {
  return peers.filter(({ role_name }) => role_name === 'Voter').length - pending_peers.length
}

function configOf(folder: string): string {
  return join(folder, 'stores.toml')
}
