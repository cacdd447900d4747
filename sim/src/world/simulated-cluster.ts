import { createClient, type TikvClient } from '@stratakv/client'
import { type Checksum, fraction, noTelemetry, type SeededRandom, type StoreId } from '@stratakv/core'
import { PdClient } from '@stratakv/grpc/pd-client'
import { type EmbeddedPlacementDriver, openPlacementDriver, type PlacementConfig } from '@stratakv/pd-scheduler'
import { pdServices } from '@stratakv/pd-scheduler/edge'
import { type Config, completeConfig, type Logger } from '@stratakv/server'
import { type SimulatedClock, simulatedClock } from '@stratakv/testkit'
import { createChecksum, createKernels } from '@stratakv/wasm'
import { MachineDisk } from './machine-disk.ts'
import { type Host, Network } from './network.ts'
import { ProcessClock } from './process-clock.ts'
import { SimulatedServers } from './simulated-rpc.ts'
import { pdAddress, StoreMachine } from './simulated-store.ts'
import { StoreLinks } from './store-link.ts'
import { WireWatch } from './wire-watch.ts'

export interface SimulatedClusterOptions {
  readonly storeCount: number
  readonly config: Partial<Config>
  readonly placement: Partial<PlacementConfig>
  /** Machines' clocks run this much faster or slower, at most: 0.01 is one percent. */
  readonly driftMax: number
  readonly logger: Logger
}

/** A client as a process of its own. */
export interface ClientProcess {
  readonly host: Host
  readonly clock: ProcessClock
  readonly client: TikvClient
}

/** Stores, a placement driver and clients on one clock, each a machine of its own on one network. Production code, but for clock, disk and wires. */
export class SimulatedCluster {
  readonly clock: SimulatedClock = simulatedClock()
  readonly checksum: Checksum = createChecksum({ kernels: createKernels() })
  readonly network: Network
  readonly servers: SimulatedServers
  readonly links: StoreLinks
  readonly wire = new WireWatch(this.checksum)
  readonly machines: readonly StoreMachine[]
  readonly clients: ClientProcess[] = []
  readonly #random: SeededRandom
  readonly #options: SimulatedClusterOptions
  readonly #pdDisk: MachineDisk
  #pd: { readonly clock: ProcessClock; readonly driver: EmbeddedPlacementDriver; readonly stop: () => void } | undefined
  #pdStartCount = 0

  constructor(random: SeededRandom, options: SimulatedClusterOptions) {
    this.#random = random
    this.#options = options
    this.network = new Network(this.clock, random.fork('network'))
    this.servers = new SimulatedServers(this.network)
    this.links = new StoreLinks(this.network, (from, to, message) => this.wire.see(from, to, message))
    this.#pdDisk = new MachineDisk(this.clock, random.fork('pd disk'))
    const config = completeConfig(options.config)
    const deps = { ...this, world: this.clock, logger: options.logger, config }
    this.machines = Array.from({ length: options.storeCount }, (_, at) => {
      const own = random.fork(`store ${at + 1}`)
      return new StoreMachine({ ...deps, random: own }, at + 1, this.#clockOf(own.fork('clock')))
    })
  }

  /** The placement driver; it is always started first. */
  get pd(): EmbeddedPlacementDriver {
    return this.#pd!.driver
  }

  get hosts(): Host[] {
    return [...this.machines.map(({ host }) => host), ...this.clients.map(({ host }) => host), 'pd']
  }

  async startPd(): Promise<void> {
    const clock = new ProcessClock(this.clock, { rate: 1, wallOffsetMs: 0 })
    const deps = {
      fs: this.#pdDisk.openedBy(clock),
      clock,
      random: this.#random.fork(`pd ${++this.#pdStartCount}`),
      telemetry: noTelemetry(),
    }
    const options = { directory: '/pd', clientUrls: [`http://${pdAddress}`], placement: this.#options.placement }
    const driver = await this.clock.settle(openPlacementDriver(deps, options), 60_000)
    const stop = this.servers.serve(pdAddress, { host: 'pd', process: clock }, pdServices(driver, deps))
    this.#pd = { clock, driver, stop }
  }

  /** The power goes at the placement driver, and comes back. */
  async restartPd(): Promise<void> {
    const pd = this.#pd!
    pd.clock.kill()
    pd.stop()
    this.#pdDisk.cutPower()
    await this.startPd()
  }

  addClient(): ClientProcess {
    const host = `client-${this.clients.length + 1}`
    const random = this.#random.fork(host)
    const clock = new ProcessClock(this.clock, this.#clockOf(random.fork('clock')))
    const rpc = this.servers.from(host, clock)
    const deps = { rpc, clock, random, telemetry: noTelemetry() }
    const placementDriver = new PdClient(deps, { endpoints: [pdAddress] })
    const process = { host, clock, client: createClient({ ...deps, placementDriver }) }
    this.clients.push(process)
    return process
  }

  machineOf(storeId: StoreId): StoreMachine | undefined {
    return this.machines.find((machine) => machine.storeId === storeId)
  }

  #clockOf(random: SeededRandom): { rate: number; wallOffsetMs: number } {
    const spread = () => fraction(random) * 2 - 1
    return { rate: 1 + spread() * this.#options.driftMax, wallOffsetMs: Math.round(spread() * 5000) }
  }

  /** All processes are gone; nothing of them runs on. */
  end(): void {
    for (const machine of this.machines) machine.crash()
    for (const { clock } of this.clients) clock.kill()
    this.#pd?.clock.kill()
    this.#pd?.stop()
  }
}
