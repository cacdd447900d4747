import type { Checksum, Clock, KvEngine, SeededRandom, StoreId } from '@stratakv/core'
import { PdClient } from '@stratakv/grpc/pd-client'
import { openRaftEngine } from '@stratakv/raft-engine'
import { type ComposedNode, type Config, composeNode, type Logger, storeMethods } from '@stratakv/server'
import { openLoggedEngine } from './logged-engine.ts'
import { MachineDisk } from './machine-disk.ts'
import type { Host } from './network.ts'
import { ProcessClock, type ProcessClockOptions } from './process-clock.ts'
import type { SimulatedServers } from './simulated-rpc.ts'
import type { StoreLinks } from './store-link.ts'

export const pdAddress = 'pd:2379'

export interface StoreMachineDeps {
  readonly world: Clock
  readonly random: SeededRandom
  readonly servers: SimulatedServers
  readonly links: StoreLinks
  readonly checksum: Checksum
  readonly logger: Logger
  readonly config: Config
}

/** What runs on a machine while its process is up. */
export interface StoreProcess {
  readonly node: ComposedNode
  readonly engine: KvEngine
}

/** One machine: a disk that stays, a clock that is a little off, and a store that comes and goes. */
export class StoreMachine {
  readonly host: Host
  readonly disk: MachineDisk
  readonly #deps: StoreMachineDeps
  readonly #clockOptions: ProcessClockOptions
  #clock: ProcessClock
  #running: StoreProcess | undefined
  #startCount = 0
  #unlink: (() => void)[] = []
  storeId: StoreId | undefined
  /** Why it did not start, or stopped by itself. */
  readonly failures: Error[] = []

  constructor(deps: StoreMachineDeps, at: number, clockOptions: ProcessClockOptions) {
    this.host = `store-${at}`
    this.#deps = deps
    this.#clockOptions = clockOptions
    this.disk = new MachineDisk(deps.world, deps.random.fork('disk'))
    this.#clock = new ProcessClock(deps.world, clockOptions)
    this.#clock.kill()
  }

  get running(): StoreProcess | undefined {
    return this.#running
  }

  get clock(): ProcessClock {
    return this.#clock
  }

  /** Does not wait for it to be up: what it needs may not be there. */
  start(): void {
    if (!this.#clock.isKilled) return
    const clock = new ProcessClock(this.#deps.world, this.#clockOptions)
    this.#clock = clock
    this.#open(clock).catch((error: unknown) => this.#stopped(clock, error as Error))
  }

  async #open(clock: ProcessClock): Promise<void> {
    const { servers, links, checksum, logger, config } = this.#deps
    const random = this.#deps.random.fork(`start ${++this.#startCount}`)
    const fileSystem = this.disk.openedBy(clock)
    const rpc = servers.from(this.host, clock)
    const placementDriver = new PdClient({ rpc, clock, random }, { endpoints: [pdAddress] })
    this.#unlink.push(
      () => void rpc.close(),
      () => placementDriver.close(),
    )
    const engine = await openLoggedEngine({ fileSystem, checksum }, '/db')
    const logEngine = await openRaftEngine(
      { fileSystem, clock },
      { directory: '/raft', targetFileSize: 256 * 1024, purgeThreshold: 1024 * 1024, enableLogRecycle: true },
    )
    const node = await composeNode(
      {
        engine,
        logEngine,
        transport: ({ storeId }) => {
          this.storeId = storeId
          const transport = links.connect(storeId, this.host, clock)
          this.#unlink.push(() => void transport.close())
          return transport
        },
        rpc,
        snapshots: { fileSystem, directory: '/snap' },
        placementDriver,
        clock,
        random,
        checksum,
        logger,
      },
      { ...config, 'server.advertise-addr': this.#address, 'server.addr': this.#address },
    )
    if (clock.isKilled) return
    void node.failed.then((error) => this.#stopped(clock, error))
    const onUnexpectedError = (path: string, error: unknown) => {
      this.failures.push(new Error(`${path} failed unexpectedly`, { cause: error }))
    }
    this.#unlink.push(
      servers.serve(this.#address, { host: this.host, process: clock }, storeMethods(node, onUnexpectedError)),
    )
    await node.announce({ address: this.#address, statusAddress: '' })
    if (clock.isKilled) return
    this.#running = { node, engine }
  }

  get #address(): string {
    return `${this.host}:20160`
  }

  /** As a failed process is: its supervisor sees that it has gone. */
  #stopped(clock: ProcessClock, error: Error): void {
    if (clock !== this.#clock || clock.isKilled) return
    this.failures.push(error)
    this.crash()
  }

  /** The power goes, on this machine. */
  crash(): void {
    if (this.#clock.isKilled) return
    this.#clock.kill()
    this.#running = undefined
    for (const unlink of this.#unlink.splice(0)) unlink()
    this.disk.cutPower()
  }
}
