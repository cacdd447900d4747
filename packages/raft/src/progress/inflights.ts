import { assert, type LogIndex } from '@stratakv/core'

/**
 * Appends that were sent and not acknowledged, oldest first: at most `countMax` of them, and none more once `bytesMax` bytes of
 * payload are under way. Costs nothing until it is used.
 */
export class Inflights {
  readonly #countMax: number
  readonly #bytesMax: number
  /** Of each append, in turn: its last index and its bytes. The first `#begin` are gone. */
  #items: number[] = []
  #begin = 0
  #bytes = 0

  constructor(countMax: number, bytesMax: number = Number.POSITIVE_INFINITY) {
    this.#countMax = countMax
    this.#bytesMax = bytesMax
  }

  get count(): number {
    return (this.#items.length - this.#begin) / 2
  }

  get isFull(): boolean {
    return this.count >= this.#countMax || this.#bytes >= this.#bytesMax
  }

  /** Must not be full. `lastIndex` does not fall. */
  add(lastIndex: LogIndex, bytes: number): void {
    assert(!this.isFull, 'nothing is sent past a full window')
    this.#items.push(lastIndex, bytes)
    this.#bytes += bytes
  }

  /** Of all whose entries are acknowledged up to `index`. */
  freeTo(index: LogIndex): void {
    while (this.#begin < this.#items.length && this.#items[this.#begin]! <= index) {
      this.#bytes -= this.#items[this.#begin + 1]!
      this.#begin += 2
    }
    if (this.#begin === this.#items.length) this.clear()
    else if (this.#begin > 512 && this.#begin * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#begin)
      this.#begin = 0
    }
  }

  clear(): void {
    if (this.#items.length > 0) this.#items = []
    this.#begin = 0
    this.#bytes = 0
  }

  copy(): Inflights {
    const copy = new Inflights(this.#countMax, this.#bytesMax)
    copy.#items = this.#items.slice(this.#begin)
    copy.#bytes = this.#bytes
    return copy
  }
}
