import { ByteQuota } from '@stratakv/core'

export interface UnreadRepliesOptions {
  /** Of all connections together. */
  readonly totalBytesMax: number
  /** Of one connection: a single slow reader cannot use up what all share. */
  readonly connectionBytesMax: number
}

interface Waiting {
  readonly connection: string
  notify(): void
}

/**
 * Replies that were handed to the transport and that the client has not taken yet: it may ask much and read nothing, and what it asked
 * for stays in memory. Over a limit unary calls of that connection are refused before they run, and streams are told to hold
 * back. The reply that crosses a limit is still kept and sent.
 */
export class UnreadReplies {
  readonly #total: ByteQuota
  readonly #connectionBytesMax: number
  readonly #byConnection = new Map<string, number>()
  readonly #waiting = new Set<Waiting>()

  constructor({ totalBytesMax, connectionBytesMax }: UnreadRepliesOptions) {
    this.#total = new ByteQuota(totalBytesMax)
    this.#connectionBytesMax = connectionBytesMax
  }

  get totalBytes(): number {
    return this.#total.usedBytes
  }

  /** `connection`: its `address:port`. */
  isOver(connection: string): boolean {
    // Quiet times, which are nearly all, do not even look the connection up.
    if (this.#total.usedBytes < this.#connectionBytesMax && !this.#total.isOver) return false
    return this.#total.isOver || (this.#byConnection.get(connection) ?? 0) >= this.#connectionBytesMax
  }

  /** A reply went to the transport. */
  sent(connection: string, sizeBytes: number): void {
    this.#total.take(sizeBytes)
    this.#byConnection.set(connection, (this.#byConnection.get(connection) ?? 0) + sizeBytes)
  }

  /** It has left, or its call is over. */
  gone(connection: string, sizeBytes: number): void {
    this.#total.giveBack(sizeBytes)
    const rest = (this.#byConnection.get(connection) ?? 0) - sizeBytes
    if (rest > 0) this.#byConnection.set(connection, rest)
    else this.#byConnection.delete(connection)
    for (const waiting of this.#waiting) {
      if (this.isOver(waiting.connection)) continue
      this.#waiting.delete(waiting)
      waiting.notify()
    }
  }

  /** Notifies once, when the connection is not over any more. To be called while it is. @returns gives up waiting */
  whenUnder(connection: string, notify: () => void): () => void {
    const waiting: Waiting = { connection, notify }
    this.#waiting.add(waiting)
    return () => this.#waiting.delete(waiting)
  }
}
