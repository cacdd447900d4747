import { assert } from '@stratakv/core'
import { InvalidCountError } from './errors.ts'

/** Ids of one durable window: a crash skips at most this many, and the disk is touched once for as many. */
export const idWindowCount = 1000
/** Ids one call may ask for. */
export const idCountMax = 1_000_000

/**
 * One id space for stores, regions and peers. Ids are taken from a window whose end is durable; a restart begins behind
 * that end, so none is given out twice.
 */
export class IdAllocator {
  readonly #saveEnd: (end: number) => Promise<void>
  #next: number
  /** Durable, inclusive. */
  #savedEnd: number
  #saving: Promise<void> | undefined

  /**
   * @param savedEnd the last id of the last window that was saved; 0 when none was
   * @param saveEnd makes the end of a window durable
   */
  constructor(savedEnd: number, saveEnd: (end: number) => Promise<void>) {
    this.#next = savedEnd + 1
    this.#savedEnd = savedEnd
    this.#saveEnd = saveEnd
  }

  /** {@link IdAllocator.take} when the window has as many left; `undefined`: a disk has to be waited for, and none was taken. */
  tryTake(count: number): number | undefined {
    if (this.#next + count - 1 > this.#savedEnd) return undefined
    const first = this.#next
    this.#next += count
    return first
  }

  /** The first of `count` consecutive ids. @throws InvalidCountError, and what saving throws: those ids are then skipped */
  async take(count: number): Promise<number> {
    if (!Number.isInteger(count) || count < 1 || count > idCountMax)
      throw new InvalidCountError('id', count, idCountMax)
    // Taken before the first yield: two callers never see the same `#next`.
    const first = this.#next
    const last = first + count - 1
    assert(Number.isSafeInteger(last + idWindowCount), 'the id space is not used up')
    this.#next = last + 1
    while (last > this.#savedEnd) await (this.#saving ?? this.#extend())
    return first
  }

  #extend(): Promise<void> {
    // Covers everybody who is waiting already, in whole windows.
    const end = this.#savedEnd + Math.ceil((this.#next - 1 - this.#savedEnd) / idWindowCount) * idWindowCount
    this.#saving = this.#saveEnd(end).then(
      () => {
        this.#saving = undefined
        this.#savedEnd = end
      },
      (error) => {
        this.#saving = undefined
        throw error
      },
    )
    return this.#saving
  }
}
