/** What a block is known by: its file's slot and its place in it. Slots are used again, so a file's blocks go with it. */
interface CachedBlock {
  readonly slot: number
  readonly bytes: Uint8Array
}

/**
 * Blocks of entries that reads brought into memory, the one used longest ago first to go. Reads come in runs: a block serves
 * all entries that were written with it.
 */
export class BlockCache {
  readonly #bytesMax: number
  /** In the order of use. */
  readonly #blocks = new Map<number, CachedBlock>()
  #heldBytes = 0

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax
  }

  get heldBytes(): number {
    return this.#heldBytes
  }

  get(slot: number, offset: number): Uint8Array | undefined {
    const key = keyOf(slot, offset)
    const block = this.#blocks.get(key)
    if (block === undefined) return undefined
    this.#blocks.delete(key)
    this.#blocks.set(key, block)
    return block.bytes
  }

  /** A block larger than the cache is not kept. */
  put(slot: number, offset: number, bytes: Uint8Array): void {
    if (bytes.length > this.#bytesMax) return
    const key = keyOf(slot, offset)
    this.#remove(key)
    this.#blocks.set(key, { slot, bytes })
    this.#heldBytes += bytes.length
    for (const oldest of this.#blocks.keys()) {
      if (this.#heldBytes <= this.#bytesMax) break
      this.#remove(oldest)
    }
  }

  /** The file is gone: its slot will be another's. */
  dropFile(slot: number): void {
    for (const [key, block] of this.#blocks) if (block.slot === slot) this.#remove(key)
  }

  clear(): void {
    this.#blocks.clear()
    this.#heldBytes = 0
  }

  #remove(key: number): void {
    const block = this.#blocks.get(key)
    if (block === undefined) return
    this.#blocks.delete(key)
    this.#heldBytes -= block.bytes.length
  }
}

/** Offsets are below 2^32, and slots count open files: the product stays far below 2^53. */
function keyOf(slot: number, offset: number): number {
  return slot * 2 ** 32 + offset
}
