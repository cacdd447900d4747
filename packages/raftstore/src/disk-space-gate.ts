import { GiB, type Modify } from '@stratakv/core'

export interface DiskSpaceGateOptions {
  /** `storage.reserve-space`: below this many free bytes, new data is refused, so that the store can still end transactions, delete, and compact. 0 switches the gate off. */
  readonly reserveBytes: number
}

/** What a disk of 1 GiB/s fills between two looks at it, a second apart. */
const roomBytesMin = GiB(1)

/**
 * Decides which writes a nearly full disk still takes. Pure: the driver tells it the free space from time to time.
 *
 * What brings new data in (a put to CF default or lock: raw values, prewrites) is refused; what ends transactions or frees
 * space (commit and rollback records, deletes, range deletes) passes.
 */
export class DiskSpaceGate {
  readonly #reserveBytes: number
  #availableBytes = Number.POSITIVE_INFINITY

  constructor(options: DiskSpaceGateOptions) {
    this.#reserveBytes = options.reserveBytes
  }

  /** `availableBytes`: what the file system reports as free for this process. */
  report(availableBytes: number): void {
    this.#availableBytes = availableBytes
  }

  get isLow(): boolean {
    return this.#availableBytes < this.#reserveBytes
  }

  /** Whether the engine will have room for what is acknowledged before it comes there. Not known: it has. */
  get isRoomy(): boolean {
    return this.#availableBytes >= roomBytesMin
  }

  /** Why these changes are refused, or undefined. */
  refusal(changes: readonly Modify[]): string | undefined {
    if (!this.isLow) return undefined
    const bringsData = changes.some(
      (change) => change.type === 'put' && (change.cf === 'default' || change.cf === 'lock'),
    )
    if (!bringsData) return undefined
    return `${this.#availableBytes} bytes are free, fewer than storage.reserve-space (${this.#reserveBytes}): free space on the disk, or delete data`
  }
}
