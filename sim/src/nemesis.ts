import { below, emptyBytes, equalBytes, fraction, type Region, type SeededRandom } from '@stratakv/core'
import type { SimulatedCluster } from './world/simulated-cluster.ts'
import type { StoreMachine } from './world/simulated-store.ts'

/** What goes wrong, one at a time or several; each lasts until all is mended, or for a while of its own. */
type Misfortune = () => void | Promise<void>

/** Does to a cluster what machines, networks, operators and time do to one. */
export class Nemesis {
  readonly #cluster: SimulatedCluster
  readonly #random: SeededRandom
  readonly counts = new Map<string, number>()

  constructor(cluster: SimulatedCluster, random: SeededRandom) {
    this.#cluster = cluster
    this.#random = random
  }

  /** Something goes wrong, time passes, and mostly all is mended again. */
  async round(): Promise<void> {
    await this.#one(this.#misfortunes())()
    await this.#passTime(6000)
    if (this.#below(3) > 0) {
      this.mend()
      await this.#passTime(6000)
    }
  }

  /** Everything works again and every machine is on its way up. What was done stays done. */
  mend(): void {
    const { network, machines } = this.#cluster
    network.heal()
    for (const machine of machines) {
      Object.assign(machine.disk.mood, { syncMs: 0.5, failing: 0 })
      machine.clock.resume()
      machine.start()
    }
  }

  async #passTime(msMax: number): Promise<void> {
    const untilMs = this.#cluster.clock.now() + this.#below(msMax)
    while (this.#cluster.clock.now() < untilMs) {
      this.#order()
      await this.#cluster.clock.advance(50 + this.#below(700))
    }
  }

  #misfortunes(): Misfortune[] {
    const { network, machines, hosts, clock } = this.#cluster
    const leading = this.#leading() ?? this.#one(machines)
    const victim = this.#below(2) === 0 ? leading : this.#one(machines)
    const others = hosts.filter((host) => host !== victim.host)
    return [
      this.#named('one store cut off', () => network.part([victim.host], others)),
      this.#named('one store cut off from stores', () =>
        network.part(
          [victim.host],
          machines.map(({ host }) => host).filter((host) => host !== victim.host),
        ),
      ),
      this.#named('one store not heard', () => network.cut([victim.host], others)),
      this.#named('one store not told', () => network.cut(others, [victim.host])),
      this.#named('network in halves', () => {
        const left = hosts.filter(() => this.#below(2) === 0)
        network.part(
          left,
          hosts.filter((host) => !left.includes(host)),
        )
      }),
      this.#named('bad network', () => {
        Object.assign(network.mood, {
          dropping: fraction(this.#random) * 0.3,
          doubling: fraction(this.#random) * 0.3,
          straggling: fraction(this.#random) * 0.1,
          latencyMs: 0.2 + this.#below(30),
        })
      }),
      this.#named('power cut', () => this.#powerCut(victim)),
      this.#named('power cut', () => this.#powerCut(victim)),
      this.#named('power cut everywhere', () => {
        for (const machine of machines) this.#powerCut(machine)
      }),
      this.#named('process stopped', () => this.#stop(victim)),
      this.#named('leader left alone with some clients', () => this.#leaveAlone(leading)),
      this.#named('leader stopped, alone with some clients', () => this.#stopAlone(leading)),
      this.#named('slow disk', () => {
        victim.disk.mood.syncMs = 20 + this.#below(500)
      }),
      this.#named('slow disks', () => {
        for (const { disk } of machines) disk.mood.syncMs = 1 + this.#below(60)
      }),
      this.#named('failing disk', () => {
        victim.disk.mood.failing = 0.02
      }),
      this.#named('wall clock moved', () => victim.clock.stepWall(this.#below(20_000) - 10_000)),
      this.#named('placement driver restarted', () => this.#cluster.restartPd()),
      this.#named('client cut off', () => {
        const { host } = this.#one(this.#cluster.clients)
        network.part(
          [host],
          hosts.filter((other) => other !== host),
        )
        clock.after(this.#below(3000), () => network.heal())
      }),
    ]
  }

  #named(name: string, run: Misfortune): Misfortune {
    return () => {
      this.#count(name)
      return run()
    }
  }

  /** It comes back by itself. */
  #powerCut(machine: StoreMachine): void {
    machine.crash()
    this.#cluster.clock.after(10 + this.#below(5000), () => machine.start())
  }

  /** It goes on by itself, past its leases. */
  #stop(machine: StoreMachine): void {
    machine.clock.pause()
    this.#cluster.clock.after(500 + this.#below(4000), () => machine.clock.resume())
  }

  /** Some clients reach no other store: what it says to them, nobody gainsays. */
  #leaveAlone({ host }: StoreMachine): void {
    const { network, hosts, clients } = this.#cluster
    const side = [host, ...clients.map((client) => client.host).filter(() => this.#below(2) === 0)]
    network.part(
      side,
      hosts.filter((other) => !side.includes(other)),
    )
  }

  /** It wakes to a lease that may not hold, when the others have long had another leader and clients have written there. */
  async #stopAlone(machine: StoreMachine): Promise<void> {
    this.#leaveAlone(machine)
    machine.clock.pause()
    await this.#cluster.clock.advance(2500 + this.#below(2500))
    machine.clock.resume()
    await this.#cluster.clock.advance(1000)
  }

  #leading(): StoreMachine | undefined {
    const leaders = this.#cluster.pd.regions.scan(emptyBytes, emptyBytes, 0).map(({ leader }) => leader?.storeId)
    return leaders.length === 0 ? undefined : this.#cluster.machineOf(this.#one(leaders) ?? 0)
  }

  /** What a person may ask of the placement driver: it refuses what cannot be. */
  #order(): void {
    const { pd } = this.#cluster
    const regions = pd.regions.scan(emptyBytes, emptyBytes, 0)
    if (regions.length === 0) return
    const { region } = this.#one(regions)
    const stores = this.#cluster.machines.map(({ storeId }) => storeId).filter((id) => id !== undefined)
    const voters = region.peers.filter(({ role }) => role === 'voter').map(({ storeId }) => storeId)
    const { scheduler } = pd
    switch (this.#below(6)) {
      case 0: {
        const leader = this.#one(voters)
        if (scheduler.place(region.id, 'sim', voters, leader)) this.#count('leader transferred')
        break
      }
      case 1: {
        const chosen = [...stores]
        while (chosen.length > 3) chosen.splice(this.#below(chosen.length), 1)
        if (scheduler.place(region.id, 'sim', chosen)) this.#count('replicas placed')
        break
      }
      case 2: {
        if (regions.length < 8 && scheduler.split(region.id, 'use-keys', [this.#splitKey()])) this.#count('split asked')
        break
      }
      case 3: {
        const neighbour = regions.find((other) => other.region.id !== region.id && touches(other.region, region))
        if (neighbour !== undefined && scheduler.merge(region.id, neighbour.region.id)) this.#count('merge asked')
        break
      }
    }
  }

  /** Among the keys of a workload, as regions know them. */
  #splitKey(): Uint8Array {
    const names = ['r/ledger/d', 'r/ledger/h', 'r/ledger/m', 'r/register/2', 'r/register/4']
    return new TextEncoder().encode(this.#one(names))
  }

  #count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1)
  }

  #below(bound: number): number {
    return below(this.#random, bound)
  }

  #one<T>(items: readonly T[]): T {
    return items[this.#below(items.length)]!
  }
}

function touches(left: Region, right: Region): boolean {
  const same = (a: Uint8Array, b: Uint8Array) => a.length > 0 && equalBytes(a, b)
  return same(left.endKey, right.startKey) || same(right.endKey, left.startKey)
}
