import { assert } from './assert.ts'
import type { Clock, Instant } from './clock.ts'
import { ClosedError } from './errors.ts'
import type { RegionId, StoreId } from './region.ts'
import {
  type SnapshotChunks,
  SnapshotCutError,
  type SnapshotOutcome,
  type Transport,
  type TransportCounts,
  type TransportReceiver,
  unreachableIntervalMs,
} from './transport.ts'

export interface InProcessTransportDeps {
  readonly clock: Clock
  /** Runs `deliver` later, once, in the order of the calls. Absent: when the running code and what it has promised yields. */
  readonly schedule?: (deliver: () => void) => void
}

export interface InProcessTransportOptions {
  /** Messages that wait for one store; one more is dropped. 8192, as TiKV's `raft-client-queue-size`. */
  readonly queueCountMax?: number
  /** Snapshots that one store sends, and receives, at a time. 32, as TiKV's `concurrent-send-snap-limit`. */
  readonly snapshotCountMax?: number
}

/** The stores of this process, which hand each other their bytes as they are. */
export class InProcessNetwork {
  readonly #deps: InProcessTransportDeps
  readonly #options: Required<InProcessTransportOptions>
  readonly #sides = new Map<StoreId, Side>()

  constructor(deps: InProcessTransportDeps, options: InProcessTransportOptions = {}) {
    this.#deps = deps
    this.#options = { queueCountMax: options.queueCountMax ?? 8192, snapshotCountMax: options.snapshotCountMax ?? 32 }
  }

  /** The store is reached from its `start` to its `close`; then another may take its place. */
  connect(storeId: StoreId): Transport {
    const schedule = this.#deps.schedule ?? ((deliver) => void Promise.resolve().then(deliver))
    return new Side(storeId, this.#sides, this.#deps.clock, schedule, this.#options)
  }
}

class Side implements Transport {
  readonly storeId: StoreId
  readonly #sides: Map<StoreId, Side>
  readonly #clock: Clock
  readonly #schedule: (deliver: () => void) => void
  readonly #options: Required<InProcessTransportOptions>
  readonly #queues = new Map<StoreId, Uint8Array[]>()
  readonly #unreachableAt = new Map<StoreId, Instant>()
  /** Ways to end the snapshots that this side sends or receives. */
  readonly #cuts = new Set<() => void>()
  #receiver: TransportReceiver | undefined
  #isClosed = false
  #sentCount = 0
  #droppedCount = 0
  #sendingCount = 0
  #receivingCount = 0

  constructor(
    storeId: StoreId,
    sides: Map<StoreId, Side>,
    clock: Clock,
    schedule: (deliver: () => void) => void,
    options: Required<InProcessTransportOptions>,
  ) {
    this.storeId = storeId
    this.#sides = sides
    this.#clock = clock
    this.#schedule = schedule
    this.#options = options
  }

  start(receiver: TransportReceiver): void {
    if (this.#isClosed) throw new ClosedError('in-process transport')
    assert(this.#receiver === undefined, 'a transport is started once')
    assert(!this.#sides.has(this.storeId), 'one transport speaks for a store')
    this.#receiver = receiver
    this.#sides.set(this.storeId, this)
  }

  send(to: StoreId, _regionId: RegionId, message: Uint8Array): boolean {
    let queue = this.#queues.get(to)
    if (this.#isClosed || this.#receiver === undefined || (queue?.length ?? 0) >= this.#options.queueCountMax) {
      this.#droppedCount++
      return false
    }
    if (queue === undefined) {
      queue = []
      this.#queues.set(to, queue)
      this.#schedule(() => this.#deliver(to))
    }
    queue.push(message)
    return true
  }

  /** Delivery is scheduled with the first message that waits. */
  flush(): void {}

  #deliver(to: StoreId): void {
    const queue = this.#queues.get(to)
    this.#queues.delete(to)
    if (queue === undefined) return
    for (const message of queue) {
      // Asked anew each time: a receiver may close either side.
      const side = this.#isClosed ? undefined : this.#sides.get(to)
      const receiver = side === undefined ? undefined : side.#receiver
      if (receiver === undefined) this.#droppedCount++
      else {
        this.#sentCount++
        receiver.onMessage(this.storeId, message)
      }
    }
    if (!this.#sides.has(to)) this.#tellUnreachable(to)
  }

  #tellUnreachable(storeId: StoreId): void {
    const now = this.#clock.now()
    const toldAt = this.#unreachableAt.get(storeId)
    if (this.#isClosed || (toldAt !== undefined && now - toldAt < unreachableIntervalMs)) return
    this.#unreachableAt.set(storeId, now)
    this.#receiver?.onUnreachable(storeId)
  }

  async sendSnapshot(
    to: StoreId,
    _regionId: RegionId,
    header: Uint8Array,
    content: SnapshotChunks,
  ): Promise<SnapshotOutcome> {
    if (this.#isClosed || this.#receiver === undefined) return 'closed'
    // Taken before the first wait, so that two callers cannot both have the last place.
    if (this.#sendingCount >= this.#options.snapshotCountMax) return 'busy'
    this.#sendingCount++
    try {
      await new Promise<void>((resolve) => this.#schedule(resolve))
      if (this.#isClosed) return 'closed'
      const target = this.#sides.get(to)
      if (target === undefined) {
        this.#tellUnreachable(to)
        return 'unreachable'
      }
      if (target.#receivingCount >= this.#options.snapshotCountMax) return 'busy'
      return await this.#handOver(target, header, content)
    } finally {
      this.#sendingCount--
    }
  }

  async #handOver(target: Side, header: Uint8Array, content: SnapshotChunks): Promise<SnapshotOutcome> {
    const from = this.storeId
    let hasSourceFailed = false
    let cut: () => void = () => {}
    const isCut = new Promise<'cut'>((resolve) => {
      cut = () => resolve('cut')
    })
    async function* chunks(): AsyncGenerator<Uint8Array> {
      const source = content.open()[Symbol.asyncIterator]()
      let isAtEnd = false
      try {
        for (;;) {
          const next = await Promise.race([source.next(), isCut])
          if (next === 'cut') throw new SnapshotCutError(from)
          isAtEnd = next.done === true
          if (next.done === true) return
          yield next.value
        }
      } catch (cause) {
        if (cause instanceof SnapshotCutError) throw cause
        isAtEnd = true
        hasSourceFailed = true
        throw new SnapshotCutError(from, { cause })
      } finally {
        // Not waited for: a source that hangs must not hold the receiver.
        if (!isAtEnd) source.return?.().catch(() => {})
      }
    }
    target.#receivingCount++
    for (const side of [this, target]) side.#cuts.add(cut)
    try {
      const taken = target.#receiver!.onSnapshot(from, header, chunks()).then(() => 'taken' as const)
      const outcome = await Promise.race([taken, isCut])
      if (outcome === 'taken') return hasSourceFailed ? 'source-failed' : 'taken'
      taken.catch(() => {})
    } catch {
      // A refusal, unless the way or the source was at fault.
      if (hasSourceFailed) return 'source-failed'
      if (!this.#isClosed && !target.#isClosed) return 'refused'
    } finally {
      target.#receivingCount--
      for (const side of [this, target]) side.#cuts.delete(cut)
    }
    return this.#isClosed ? 'closed' : 'unreachable'
  }

  counts(): TransportCounts {
    return { sentCount: this.#sentCount, droppedCount: this.#droppedCount }
  }

  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    if (this.#sides.get(this.storeId) === this) this.#sides.delete(this.storeId)
    for (const queue of this.#queues.values()) this.#droppedCount += queue.length
    this.#queues.clear()
    for (const cut of [...this.#cuts]) cut()
  }
}
