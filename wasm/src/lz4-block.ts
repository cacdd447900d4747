import { assert, CompressedBlockError, compressorRawBytesMax } from '@stratakv/core'

/** The shortest match, in bytes. A token's match length counts from here. */
export const lz4MatchBytesMin = 4
/** The last bytes of a block are literals, and no match begins among the last twelve: decoders may count on both. */
export const lz4LastLiterals = 5
export const lz4LastMatchStart = 12
/** How far back a match may begin, in bytes. */
export const lz4DistanceMax = 65535
/** A length of so many in its half of the token goes on in bytes of its own. */
export const lz4LengthMask = 15
/** Accelerations are 1 to this; more changes nothing. */
const accelerationMax = 65537

/** The longest block that `rawLength` bytes can become: when no match is found, a length byte for every 255 literals. */
export function lz4CompressBound(rawLength: number): number {
  assert(
    Number.isInteger(rawLength) && rawLength >= 0 && rawLength <= compressorRawBytesMax,
    'a block holds at most compressorRawBytesMax bytes',
  )
  return rawLength + Math.floor(rawLength / 255) + 16
}

export function assertAcceleration(acceleration: number): void {
  assert(
    Number.isInteger(acceleration) && acceleration >= 1 && acceleration <= accelerationMax,
    'an acceleration is 1 to 65537',
  )
}

/** Throws when no block of `blockLength` bytes holds `rawLength`. To be asked before anything is allocated for it. */
export function refuseImplausible(blockLength: number, rawLength: number): void {
  assert(Number.isInteger(rawLength) && rawLength >= 0, 'a raw length is a whole number')
  // A byte of a block stands for 255 at most: one that lengthens a match.
  if (rawLength > blockLength * 255 || rawLength > compressorRawBytesMax) {
    throw new CompressedBlockError('short', blockLength, blockLength, rawLength)
  }
}
