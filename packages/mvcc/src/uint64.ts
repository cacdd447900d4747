/**
 * Timestamps are bigint for arithmetic, but taking one apart with shifts and masks allocates a bigint for every step.
 * A DataView converts in one. This one is scratch space: nothing lives in it between two calls.
 */
const scratch = new DataView(new ArrayBuffer(8))

/** A value in two parts, each a whole number in [0, 2^32). */
export interface Halves {
  high: number
  low: number
}

/** Splits `value` modulo 2^64 into `into`. */
export function split(value: bigint, into: Halves): void {
  scratch.setBigUint64(0, value)
  into.high = scratch.getUint32(0)
  into.low = scratch.getUint32(4)
}

/** The value with these halves; only the low 32 bits of each count. */
export function join(high: number, low: number): bigint {
  scratch.setUint32(0, high)
  scratch.setUint32(4, low)
  return scratch.getBigUint64(0)
}

/** Writes `value` modulo 2^64 big endian at `offset`; eight bytes must fit. */
export function writeUint64(target: Uint8Array, offset: number, value: bigint): void {
  scratch.setBigUint64(0, value)
  for (let index = 0; index < 8; index++) target[offset + index] = scratch.getUint8(index)
}

/** Writes the bitwise complement of `value`, big endian: greater values sort first. */
export function writeUint64Descending(target: Uint8Array, offset: number, value: bigint): void {
  scratch.setBigUint64(0, value)
  for (let index = 0; index < 8; index++) target[offset + index] = ~scratch.getUint8(index)
}

/** Reads eight bytes that the caller knows to be there. */
export function readUint64(source: Uint8Array, offset: number): bigint {
  for (let index = 0; index < 8; index++) scratch.setUint8(index, source[offset + index]!)
  return scratch.getBigUint64(0)
}

/** The inverse of {@link writeUint64Descending}. */
export function readUint64Descending(source: Uint8Array, offset: number): bigint {
  for (let index = 0; index < 8; index++) scratch.setUint8(index, ~source[offset + index]!)
  return scratch.getBigUint64(0)
}
