import type { Instant, LogIndex } from '@stratakv/core'

export interface PendingRead {
  readonly askedAt: Instant
  readonly settle: (error?: Error) => void
}

/** Reads that wait for Raft to say up to where, and then, or at once, for that to be applied. Several that come together share one question. */
export class PendingReads {
  #next = 1
  /** Under way, by what they carry. */
  readonly #asked = new Map<number, PendingRead[]>()
  /** Not asked yet. */
  #waiting: PendingRead[] = []
  /** Answered: by ascending index. */
  #answered: { readonly index: LogIndex; readonly reads: readonly PendingRead[] }[] = []

  get isEmpty(): boolean {
    return this.#asked.size === 0 && this.#waiting.length === 0 && this.#answered.length === 0
  }

  /** Whether some know up to where, and that is not applied. */
  get waitsForApply(): boolean {
    return this.#answered.length > 0
  }

  get hasQuestion(): boolean {
    return this.#waiting.length > 0
  }

  add(read: PendingRead): void {
    this.#waiting.push(read)
  }

  /** What is to be asked of Raft, for all that wait. */
  takeQuestion(): Uint8Array {
    const id = this.#next++
    this.#asked.set(id, this.#waiting)
    this.#waiting = []
    const context = new Uint8Array(8)
    new DataView(context.buffer).setFloat64(0, id)
    return context
  }

  /** Raft has answered. Returns when the oldest of those who asked this question did. */
  answer(context: Uint8Array, index: LogIndex): Instant | undefined {
    if (context.length !== 8) return undefined
    const id = new DataView(context.buffer, context.byteOffset).getFloat64(0)
    const reads = this.#asked.get(id)
    if (reads === undefined) return undefined
    this.#asked.delete(id)
    this.#insert(index, reads)
    return reads[0]?.askedAt
  }

  /** One that need not ask: up to where is known, and is not applied yet. */
  addAnswered(index: LogIndex, read: PendingRead): void {
    this.#insert(index, [read])
  }

  #insert(index: LogIndex, reads: readonly PendingRead[]): void {
    let at = this.#answered.length
    while (at > 0 && this.#answered[at - 1]!.index > index) at--
    this.#answered.splice(at, 0, { index, reads })
  }

  /** Entries up to and with `index` are applied. */
  applied(index: LogIndex): void {
    while (this.#answered.length > 0 && this.#answered[0]!.index <= index) {
      for (const read of this.#answered.shift()!.reads) read.settle()
    }
  }

  /** Whoever asked asks again, elsewhere. */
  failAll(error: Error): void {
    const all = [...[...this.#asked.values()].flat(), ...this.#waiting, ...this.#answered.flatMap(({ reads }) => reads)]
    this.#asked.clear()
    this.#waiting = []
    this.#answered = []
    for (const read of all) read.settle(error)
  }
}
