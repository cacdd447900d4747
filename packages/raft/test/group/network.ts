import { below, type Random } from '@stratakv/core'
import type { Message, NodeId } from '@stratakv/raft'

/** Messages under way. They are lost, doubled and overtaken, by chance and where the network is cut. */
export class Network {
  readonly #random: Random
  #messages: Message[] = []
  #cut: ReadonlySet<NodeId> = new Set()
  /** Of 100 messages, so many are lost, and so many come twice. */
  faultPercent = 0

  constructor(random: Random) {
    this.#random = random
  }

  get count(): number {
    return this.#messages.length
  }

  post(message: Message): void {
    // A network that is full loses what comes, but snapshots: their loss is told to who sent them.
    if (this.#messages.length < 400 || message.type === 'snapshot') this.#messages.push(message)
  }

  /** These hear each other and nobody else; the rest too. */
  cut(ids: ReadonlySet<NodeId>): void {
    this.#cut = ids
  }

  heal(): void {
    this.#cut = new Set()
  }

  /** The next that arrives; `undefined` where there is none, or it is lost. */
  next(): { readonly message: Message; readonly isLost: boolean } | undefined {
    if (this.#messages.length === 0) return undefined
    const random = this.#random
    const isInOrder = this.faultPercent === 0 || below(random, 3) > 0
    const at = isInOrder ? 0 : below(random, this.#messages.length)
    const message = this.#messages[at]!
    const isFaulty = below(random, 100) < this.faultPercent
    if (isFaulty && below(random, 2) === 0) return { message, isLost: false }
    this.#messages.splice(at, 1)
    return { message, isLost: isFaulty || this.#cut.has(message.from) !== this.#cut.has(message.to) }
  }
}
