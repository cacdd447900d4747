import { below, type Clock, fraction, type SeededRandom, type StoreId } from '@stratakv/core'
import type { PeerMessage, PeerTransport } from '../../src/store/peer-message.ts'

/** Brings messages between stores, as badly as it is told to. */
export class SimulatedNetwork {
  readonly #clock: Clock
  readonly #random: SeededRandom
  readonly #receivers = new Map<StoreId, (message: PeerMessage) => void>()
  readonly #cut = new Set<string>()
  latencyMs = 1
  /** Chances, from 0 to 1. */
  dropping = 0
  doubling = 0
  sentCount = 0

  constructor(clock: Clock, random: SeededRandom) {
    this.#clock = clock
    this.#random = random
  }

  attach(storeId: StoreId, receive: (message: PeerMessage) => void): PeerTransport {
    this.#receivers.set(storeId, receive)
    return { send: (message) => this.#send(storeId, message) }
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
    const copies = fraction(this.#random) < this.doubling ? 2 : 1
    for (let copy = 0; copy < copies; copy++) {
      const delayMs = this.latencyMs * (0.2 + below(this.#random, 300) / 100)
      this.#clock.after(delayMs, () => {
        if (!this.#cut.has(`${from}>${to}`)) this.#receivers.get(to)?.(message)
      })
    }
  }
}
