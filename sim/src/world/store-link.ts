import {
  assert,
  type SnapshotChunks,
  SnapshotCutError,
  type SnapshotOutcome,
  type StoreId,
  sleep,
  type Transport,
  type TransportCounts,
  type TransportReceiver,
  unreachableIntervalMs,
} from '@stratakv/core'
import type { Host, Network } from './network.ts'
import type { ProcessClock } from './process-clock.ts'

/** Snapshots that a store sends at a time. */
const snapshotCountMax = 8

/** Sees every message between stores that is put on its way. */
export type MessageWatch = (from: StoreId, to: StoreId, message: Uint8Array) => void

/** The stores that can be reached over a {@link Network}. */
export class StoreLinks {
  readonly #network: Network
  readonly #links = new Map<StoreId, StoreLink>()
  readonly #watch: MessageWatch
  snapshotCount = 0

  constructor(network: Network, watch: MessageWatch = () => {}) {
    this.#network = network
    this.#watch = watch
  }

  /** The store's side of it, until it is closed or its process is killed. */
  connect(storeId: StoreId, host: Host, process: ProcessClock): Transport {
    return new StoreLink({
      storeId,
      host,
      process,
      network: this.#network,
      peers: this.#links,
      owner: this,
      watch: this.#watch,
    })
  }
}

interface StoreLinkDeps {
  readonly storeId: StoreId
  readonly host: Host
  readonly process: ProcessClock
  readonly network: Network
  readonly peers: Map<StoreId, StoreLink>
  readonly owner: StoreLinks
  readonly watch: MessageWatch
}

class StoreLink implements Transport {
  readonly storeId: StoreId
  readonly #deps: StoreLinkDeps
  #receiver: TransportReceiver | undefined
  #isClosed = false
  #sendingCount = 0
  readonly #unreachableAt = new Map<StoreId, number>()
  readonly #cuts = new Set<() => void>()
  #counts: TransportCounts = { sentCount: 0, droppedCount: 0 }

  constructor(deps: StoreLinkDeps) {
    this.storeId = deps.storeId
    this.#deps = deps
  }

  get #isUp(): boolean {
    return this.#receiver !== undefined && !this.#isClosed && !this.#deps.process.isKilled
  }

  start(receiver: TransportReceiver): void {
    assert(this.#receiver === undefined, 'a transport is started once')
    this.#receiver = receiver
    this.#deps.peers.set(this.storeId, this)
  }

  send(to: StoreId, _regionId: number, message: Uint8Array): boolean {
    if (!this.#isUp) return false
    const { network, process, peers, host, watch } = this.#deps
    const target = peers.get(to)
    watch(this.storeId, to, message)
    // A connection that is not there is noticed; what the network loses on it is not.
    if (target === undefined || !target.#isUp) {
      this.#counts = { ...this.#counts, droppedCount: this.#counts.droppedCount + 1 }
      process.after(0, () => this.#tellUnreachable(to))
      return true
    }
    this.#counts = { ...this.#counts, sentCount: this.#counts.sentCount + 1 }
    for (const delayMs of network.fate(host, target.#deps.host)) {
      // As on a wire: what the receiver does to the bytes is its own.
      const bytes = message.slice()
      network.clock.after(delayMs, () => target.#deps.process.after(0, () => target.#receive(this.storeId, bytes)))
    }
    return true
  }

  flush(): void {}

  async sendSnapshot(
    to: StoreId,
    _regionId: number,
    header: Uint8Array,
    content: SnapshotChunks,
  ): Promise<SnapshotOutcome> {
    if (!this.#isUp) return 'closed'
    if (this.#sendingCount >= snapshotCountMax) return 'busy'
    this.#sendingCount++
    try {
      await sleep(this.#deps.process, this.#deps.network.delayMs())
      const target = this.#deps.peers.get(to)
      if (target === undefined || !target.#isUp || this.#deps.network.isCut(this.#deps.host, target.#deps.host)) {
        this.#tellUnreachable(to)
        return 'unreachable'
      }
      this.#deps.owner.snapshotCount++
      return await this.#handOver(target, header, content)
    } finally {
      this.#sendingCount--
    }
  }

  async #handOver(target: StoreLink, header: Uint8Array, content: SnapshotChunks): Promise<SnapshotOutcome> {
    const { network, host, process } = this.#deps
    let hasSourceFailed = false
    const isBroken = () => !this.#isUp || !target.#isUp || network.isCut(host, target.#deps.host)
    const self = this
    async function* chunks(): AsyncGenerator<Uint8Array> {
      try {
        for await (const chunk of content.open()) {
          await sleep(network.clock, network.delayMs())
          if (isBroken()) throw new SnapshotCutError(self.storeId)
          yield chunk.slice()
        }
      } catch (cause) {
        if (cause instanceof SnapshotCutError) throw cause
        hasSourceFailed = true
        throw new SnapshotCutError(self.storeId, { cause })
      }
    }
    let cut: () => void = () => {}
    const isCut = new Promise<SnapshotOutcome>((resolve) => {
      cut = () => resolve(this.#isClosed ? 'closed' : 'unreachable')
    })
    for (const side of [this, target]) side.#cuts.add(cut)
    try {
      await target.#deps.process.running()
      const taking = target.#receiver!.onSnapshot(this.storeId, header.slice(), chunks()).then(
        (): SnapshotOutcome => 'taken',
        (error: unknown): SnapshotOutcome => {
          if (hasSourceFailed) return 'source-failed'
          return error instanceof SnapshotCutError ? 'unreachable' : 'refused'
        },
      )
      const outcome = await Promise.race([taking, isCut])
      await process.running()
      return outcome
    } finally {
      for (const side of [this, target]) side.#cuts.delete(cut)
    }
  }

  counts(): TransportCounts {
    return this.#counts
  }

  async close(): Promise<void> {
    this.#isClosed = true
    if (this.#deps.peers.get(this.storeId) === this) this.#deps.peers.delete(this.storeId)
    for (const cut of this.#cuts) cut()
  }

  #receive(from: StoreId, bytes: Uint8Array): void {
    if (this.#isUp) this.#receiver!.onMessage(from, bytes)
  }

  #tellUnreachable(storeId: StoreId): void {
    if (!this.#isUp) return
    const now = this.#deps.process.now()
    const toldAt = this.#unreachableAt.get(storeId)
    if (toldAt !== undefined && now - toldAt < unreachableIntervalMs) return
    this.#unreachableAt.set(storeId, now)
    this.#receiver!.onUnreachable(storeId)
  }
}
