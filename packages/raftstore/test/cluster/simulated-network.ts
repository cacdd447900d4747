import { below, type Clock, fraction, type SeededRandom, type StoreId, sleep } from '@stratakv/core'
import type { PeerMessage, PeerTransport } from '../../src/store/peer-message.ts'
import { decodePeerMessage, encodePeerMessage } from '../../src/wire/peer-message-record.ts'

/** What a store does with what comes in. */
export interface NetworkReceiver {
  receive(message: PeerMessage): void
  receiveSnapshot(message: PeerMessage, chunks: AsyncIterable<Uint8Array>): Promise<void>
}

/** Brings messages between stores, as badly as it is told to. */
export class SimulatedNetwork {
  readonly #clock: Clock
  readonly #random: SeededRandom
  readonly #receivers = new Map<StoreId, NetworkReceiver>()
  readonly #cut = new Set<string>()
  latencyMs = 1
  /** Chances, from 0 to 1. */
  dropping = 0
  doubling = 0
  sentCount = 0
  snapshotCount = 0
  /** Of the snapshots that are sent next, so many have a bit of their last chunk turned. */
  damagedSnapshotCount = 0
  /** Why snapshots were not taken. */
  readonly refusals: Error[] = []

  constructor(clock: Clock, random: SeededRandom) {
    this.#clock = clock
    this.#random = random
  }

  attach(storeId: StoreId, receiver: NetworkReceiver): PeerTransport {
    this.#receivers.set(storeId, receiver)
    return {
      send: (message) => this.#send(storeId, message),
      sendSnapshot: (message, chunks, done) => {
        this.#sendSnapshot(storeId, message, chunks).then(
          () => done(true),
          (error) => {
            this.refusals.push(error as Error)
            done(false)
          },
        )
      },
    }
  }

  detach(storeId: StoreId): void {
    this.#receivers.delete(storeId)
  }

  /** Messages from one side to the other are lost, in that direction. */
  cut(from: readonly StoreId[], to: readonly StoreId[]): void {
    for (const source of from) for (const target of to) this.#cut.add(`${source}>${target}`)
  }

  heal(): void {
    this.#cut.clear()
  }

  #send(from: StoreId, message: PeerMessage): void {
    this.sentCount++
    const to = message.to.storeId
    if (this.#cut.has(`${from}>${to}`) || fraction(this.#random) < this.dropping) return
    // As on a wire: what the receiver changes is its own.
    const bytes = encodePeerMessage(message)
    const copies = fraction(this.#random) < this.doubling ? 2 : 1
    for (let copy = 0; copy < copies; copy++) {
      const delayMs = this.latencyMs * (0.2 + below(this.#random, 300) / 100)
      this.#clock.after(delayMs, () => {
        if (!this.#cut.has(`${from}>${to}`)) this.#receivers.get(to)?.receive(decodePeerMessage(bytes))
      })
    }
  }

  async #sendSnapshot(from: StoreId, message: PeerMessage, chunks: AsyncIterable<Uint8Array>): Promise<void> {
    this.snapshotCount++
    const to = message.to.storeId
    const link = `${from}>${to}`
    const clock = this.#clock
    const [latencyMs, dropping] = [() => this.latencyMs, () => fraction(this.#random) < this.dropping / 4]
    const isDamaged = this.damagedSnapshotCount > 0
    if (isDamaged) this.damagedSnapshotCount--
    const isCut = () => this.#cut.has(link) || this.#receivers.get(to) === undefined
    async function* delayed(): AsyncGenerator<Uint8Array> {
      for await (const chunk of chunks) {
        await sleep(clock, latencyMs())
        if (isCut() || dropping()) throw new Error('the connection is gone')
        yield isDamaged ? chunk.map((byte, at) => (at === chunk.length >> 1 ? byte ^ 1 : byte)) : chunk
      }
    }
    await sleep(clock, this.latencyMs)
    const receiver = this.#receivers.get(to)
    if (receiver === undefined || isCut()) throw new Error('nobody is there')
    await receiver.receiveSnapshot(decodePeerMessage(encodePeerMessage(message)), delayed())
  }
}
