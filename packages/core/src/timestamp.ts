/**
 * A TSO timestamp: physical milliseconds since the Unix epoch shifted left by 18, plus an 18-bit logical counter.
 * It passes 2^53, hence bigint.
 */
export type Timestamp = bigint

/** Width of the logical part, in bits. */
export const logicalBits = 18n
/** Logical values are below this. */
export const logicalCount = 1 << 18
/** Greater than every timestamp that is ever given out; as a read timestamp it means "the newest". */
export const maxTimestamp: Timestamp = 2n ** 64n - 1n

/** `physicalMs` is whole milliseconds since the Unix epoch; `logical` is below {@link logicalCount}. */
export function composeTimestamp(physicalMs: number, logical: number): Timestamp {
  return (BigInt(physicalMs) << logicalBits) + BigInt(logical)
}

/** Milliseconds since the Unix epoch. */
export function physicalMs(timestamp: Timestamp): number {
  return Number(timestamp >> logicalBits)
}

export function logicalPart(timestamp: Timestamp): number {
  return Number(timestamp & ((1n << logicalBits) - 1n))
}
