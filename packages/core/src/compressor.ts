import { StrataError } from './errors.ts'

/** The longest input that the LZ4 block format takes: 0x7E000000 bytes, as in its reference implementation. */
export const compressorRawBytesMax = 0x7e000000

/**
 * LZ4 blocks, bare: no frame, no checksum, and the length of what is inside travels elsewhere. Synchronous, nothing is
 * kept between calls, and inputs are left as they were. Any two implementations read each other's blocks; the blocks that
 * they make may differ.
 */
export interface Compressor {
  /** The longest block that `rawLength` bytes can become. `rawLength` is at most `compressorRawBytesMax`. */
  compressBound(rawLength: number): number
  /**
   * A block in a new array, which the caller owns; its `buffer` may hold other results too. `acceleration`, 1 to 65537, trades size for time: the greater, the
   * fewer places are tried for a match. Default 1. Incompressible bytes become a little longer.
   */
  compress(data: Uint8Array, acceleration?: number): Uint8Array
  /**
   * Writes the block at `offset` of `target` and returns the offset behind it; `compressBound(data.length)` bytes must
   * be there, and what it does not need of them may be overwritten. `data` and `target` must not overlap.
   */
  compressInto(data: Uint8Array, target: Uint8Array, offset: number, acceleration?: number): number
  /**
   * The `rawLength` bytes inside `block`, in a new array, which the caller owns as above. Both may come from a stranger: nothing
   * is allocated for a length that a block so short cannot hold, and a block that is malformed, or that holds more or
   * less, throws `CompressedBlockError`.
   */
  decompress(block: Uint8Array, rawLength: number): Uint8Array
}

/**
 * Why a block is refused. `truncated`: it ends within a sequence or behind a match. `distance`: a match begins before
 * the first byte, or nowhere. `overlong`: it holds more than was said. `short`: it holds less. `unknown`: the
 * implementation does not say.
 */
export type CompressedBlockFault = 'truncated' | 'distance' | 'overlong' | 'short' | 'unknown'

/** The bytes are not a block that holds so many bytes. */
export class CompressedBlockError extends StrataError {
  readonly code = 'CORE_COMPRESSED_BLOCK_MALFORMED'
  readonly reason: CompressedBlockFault
  /**
   * Where in the block: the sequence that is too long, the two bytes of the distance, or the block's length where it
   * ends too early. Nothing when the implementation does not say.
   */
  readonly offset: number | undefined
  readonly blockLength: number
  /** What the block was said to hold. */
  readonly rawLength: number

  constructor(reason: CompressedBlockFault, offset: number | undefined, blockLength: number, rawLength: number) {
    super(
      `malformed block of ${blockLength} bytes for ${rawLength}: ${reason}${offset === undefined ? '' : ` at offset ${offset}`}`,
    )
    this.reason = reason
    this.offset = offset
    this.blockLength = blockLength
    this.rawLength = rawLength
  }
}
