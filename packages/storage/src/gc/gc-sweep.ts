import { compareBytes, emptyBytes, type Timestamp } from '@stratakv/core'

/**
 * How far one pass over all keys has come. Pure. A safe point that grows on the way does not begin the pass anew: it goes
 * on with the new one to the last key, and then from the first to where it was when the safe point grew (TiKV
 * `gc_worker/gc_manager.rs`, "rewind"). So each key is looked at once a safe point at most, however often that moves.
 */
export class GcSweep {
  #safePoint: Timestamp
  /** Encoded: all keys of this leg below it are done. Empty: the first one. */
  #position: Uint8Array = emptyBytes
  /** Of this leg, exclusive; empty: the last key. */
  #end: Uint8Array = emptyBytes
  /** A second leg is due, from the first key to here. */
  #rewindEnd: Uint8Array | undefined
  #isDone = false

  constructor(safePoint: Timestamp) {
    this.#safePoint = safePoint
  }

  get safePoint(): Timestamp {
    return this.#safePoint
  }

  get isDone(): boolean {
    return this.#isDone
  }

  /** What is to be done next, encoded; an empty end is unbounded. */
  get rest(): { readonly start: Uint8Array; readonly end: Uint8Array } {
    return { start: this.#position, end: this.#end }
  }

  /** The safe point has grown. Not while a part of `rest` is being dealt with. */
  raise(safePoint: Timestamp): void {
    this.#safePoint = safePoint
    this.#rewindEnd = this.#position.length === 0 ? undefined : this.#position
    this.#end = emptyBytes
  }

  /** All keys of `rest` below `position` are done. */
  moveTo(position: Uint8Array): void {
    if (compareBytes(position, this.#position) > 0) this.#position = position
  }

  /** All keys of `rest` are done. */
  finishLeg(): void {
    if (this.#rewindEnd === undefined) {
      this.#isDone = true
      return
    }
    this.#position = emptyBytes
    this.#end = this.#rewindEnd
    this.#rewindEnd = undefined
  }
}
