import { below, type Clock, type KvContext, type Region, RegionError, type SeededRandom, sleep } from '@stratakv/core'
import type { SimulatedCluster } from './simulated-cluster.ts'

/** What it knows of one key that it alone writes, ever larger numbers. */
interface Register {
  readonly key: Uint8Array
  /** Acknowledged: no read may see less from then on. */
  acked: number
  /** The last that was tried. */
  tried: number
  /** The largest that any finished read has seen: no read that begins later may see less. */
  seen: number
}

/**
 * Writes to registers of its own, one write at a time, and reads them: a read sees what was acknowledged before it began, nothing that
 * was never written, and never less than a read before it did. For a register with one writer at a time, that is linearizability.
 */
export class RegisterClient {
  readonly #cluster: SimulatedCluster
  readonly #clock: Clock
  readonly #random: SeededRandom
  readonly #registers: Register[]
  writeCount = 0
  readCount = 0
  unknownCount = 0

  constructor(cluster: SimulatedCluster, random: SeededRandom, keys: readonly Uint8Array[]) {
    this.#cluster = cluster
    this.#clock = cluster.clock
    this.#random = random
    this.#registers = keys.map((key) => ({ key, acked: 0, tried: 0, seen: 0 }))
  }

  /** Until `isOver` says so. */
  async run(isOver: () => boolean): Promise<void> {
    const writers = this.#registers.map((register) => this.#write(register, isOver))
    const readers = this.#registers.map((register) => this.#read(register, isOver))
    await Promise.all([...writers, ...readers])
  }

  async #write(register: Register, isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      const value = ++register.tried
      const bytes = new Uint8Array(8)
      new DataView(bytes.buffer).setFloat64(0, value)
      const changes = [{ type: 'put', cf: 'default', key: register.key, value: bytes }] as const
      // One attempt at one store: what was refused was not done, what is unknown may come later, and then the next is larger.
      const isDone = await this.#attempt(register.key, (kv, context) => kv.write(context, changes))
      if (isDone) {
        register.acked = Math.max(register.acked, value)
        this.writeCount++
      }
      await sleep(this.#clock, 1 + below(this.#random, 40))
    }
  }

  async #read(register: Register, isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      const atLeast = Math.max(register.acked, register.seen)
      let found = -1
      const isDone = await this.#attempt(register.key, async (kv, context) => {
        const snapshot = await kv.snapshot(context)
        const value = await snapshot.get('default', register.key)
        found = value === undefined ? 0 : new DataView(value.buffer, value.byteOffset).getFloat64(0)
        snapshot.release()
      })
      if (isDone) {
        this.readCount++
        if (found < atLeast) throw new Error(`a read saw ${found} where ${atLeast} was written`)
        if (found > register.tried)
          throw new Error(`a read saw ${found}, and ${register.tried} was the last to be written`)
        register.seen = Math.max(register.seen, found)
      }
      await sleep(this.#clock, 1 + below(this.#random, 20))
    }
  }

  /** At any store that believes to lead the key's region. False when it was refused, or nobody knows. */
  async #attempt(
    key: Uint8Array,
    call: (kv: SimulatedCluster['stores'][number]['kv'], context: KvContext) => Promise<void>,
  ): Promise<boolean> {
    const stores = this.#cluster.stores
    const first = below(this.#random, Math.max(1, stores.length))
    for (let step = 0; step < stores.length; step++) {
      const { store, kv } = stores[(first + step) % stores.length]!
      const region: Region | undefined = store.regions.at(key)?.region
      if (region === undefined) continue
      try {
        const outcome = await Promise.race([
          call(kv, { regionId: region.id, epoch: region.epoch }).then(() => 'done' as const),
          sleep(this.#clock, 5_000).then(() => 'late' as const),
        ])
        if (outcome === 'done') return true
        this.unknownCount++
        return false
      } catch (error) {
        if (error instanceof RegionError) continue
        this.unknownCount++
        return false
      }
    }
    return false
  }
}
