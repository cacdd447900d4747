import { assert } from './assert.ts'

/** An amount of memory that many users share. Bookkeeping alone: whoever takes says what it is for, and gives it back. */
export class ByteQuota {
  readonly limitBytes: number
  #usedBytes = 0

  /** @param limitBytes from 0; infinity for a quota that only counts */
  constructor(limitBytes: number) {
    this.limitBytes = limitBytes
  }

  get usedBytes(): number {
    return this.#usedBytes
  }

  get isOver(): boolean {
    return this.#usedBytes >= this.limitBytes
  }

  /** False: it would go past the limit, and nothing was taken. */
  tryTake(sizeBytes: number): boolean {
    if (this.#usedBytes + sizeBytes > this.limitBytes) return false
    this.#usedBytes += sizeBytes
    return true
  }

  /** For what is there already and cannot be refused any more: it may go past the limit, and `isOver` says so. */
  take(sizeBytes: number): void {
    this.#usedBytes += sizeBytes
  }

  giveBack(sizeBytes: number): void {
    this.#usedBytes -= sizeBytes
    assert(this.#usedBytes >= 0, 'more was given back than had been taken')
  }
}
