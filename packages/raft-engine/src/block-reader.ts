import { type Checksum, type Compressor, emptyBytes, type MaybePromise, RaftLogCorruptionError } from '@stratakv/core'
import type { BlockCache } from './block-cache.ts'
import type { BlockPlace } from './entry-rows.ts'
import { readEntriesBlock } from './format/batch-reader.ts'
import type { FileTable } from './log-file.ts'

export interface BlockReaderDeps {
  readonly files: FileTable
  readonly checksum: Checksum
  readonly compressor: Compressor
  readonly cache: BlockCache
}

/** Reads blocks of entries whole, since their checksum is over the whole. */
export class BlockReader {
  readonly #deps: BlockReaderDeps

  constructor(deps: BlockReaderDeps) {
    this.#deps = deps
  }

  /** At once when the block is cached. The bytes are shared: not to be written to. */
  read(place: BlockPlace): MaybePromise<Uint8Array> {
    return this.#deps.cache.get(place.slot, place.offset) ?? this.#load(place)
  }

  /** For what is read once: past the cache, unless the block is there. */
  async readOnce(place: BlockPlace): Promise<Uint8Array> {
    return this.#deps.cache.get(place.slot, place.offset) ?? (await this.#fetch(place))
  }

  async #load(place: BlockPlace): Promise<Uint8Array> {
    const bytes = await this.#fetch(place)
    this.#deps.cache.put(place.slot, place.offset, bytes)
    return bytes
  }

  /** The caller has acquired the file. */
  async #fetch({ slot, offset, storedBytes, isCompressed }: BlockPlace): Promise<Uint8Array> {
    // Entries that are all empty have no block.
    if (storedBytes === 0) return emptyBytes
    const file = this.#deps.files.at(slot)
    const stored = new Uint8Array(storedBytes)
    const readBytes = await file.handle.readAt(stored, offset)
    if (readBytes < storedBytes) {
      throw new RaftLogCorruptionError(file.path, offset, `a block of ${storedBytes} bytes ends after ${readBytes}`)
    }
    const block = readEntriesBlock(stored, isCompressed ? 'lz4' : 'none', this.#deps.checksum, this.#deps.compressor)
    if (!(block instanceof Uint8Array)) throw new RaftLogCorruptionError(file.path, offset, block.detail)
    return block
  }
}
