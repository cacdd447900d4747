/** Faults, as in src/memcomparable.ts; the host knows these numbers. */
const truncated: i32 = 0
const marker: i32 = 1
const padding: i32 = 2

/** A fault as a negative result: the offset of the fault and its kind. */
function fault(offset: u32, kind: i32): i32 {
  return ~((offset << 2) | kind)
}

/** The `count` (0 to 7) bytes at `pointer` as the low bytes of a word. Reads no byte beyond them. */
function partialWord(pointer: usize, count: u32): u64 {
  let word: u64 = 0
  let shift: u64 = 0
  if (count & 4) {
    word = load<u32>(pointer)
    pointer += 4
    shift = 32
  }
  if (count & 2) {
    word |= (<u64>load<u16>(pointer)) << shift
    pointer += 2
    shift += 16
  }
  if (count & 1) word |= (<u64>load<u8>(pointer)) << shift
  return word
}

/** Encodes the key at `source` to `target`, which it must not overlap. Returns the length of the encoding in bytes. */
export function encodeBytes(source: usize, length: u32, target: usize): u32 {
  const start = target
  let left = length
  for (; left >= 8; left -= 8) {
    store<u64>(target, load<u64>(source))
    store<u8>(target, 0xff, 8)
    source += 8
    target += 9
  }
  store<u64>(target, partialWord(source, left))
  store<u8>(target, 0xf7 + left, 8)
  return <u32>(target + 9 - start)
}

/**
 * Decodes the encoding at `source` to `target`, which may be `source` itself. Reads no byte beyond `available`.
 * Returns the key's length, or a fault, and then nothing has been written. `available` must be below 2^29.
 */
export function decodeBytes(source: usize, available: u32, target: usize): i32 {
  let group: u32 = 0
  let mark: u32 = 0
  for (; ; group += 9) {
    if (group + 9 > available) return fault(available, truncated)
    mark = load<u8>(source + group, 8)
    if (mark !== 0xff) break
  }
  if (mark < 0xf7) return fault(group + 8, marker)
  const used = mark - 0xf7
  // The padding: what is left of the last group above its `used` low bytes. `used` is below 8, so the shift is in range.
  const excess = load<u64>(source + group) >>> (used << 3)
  if (excess !== 0) return fault(group + used + (<u32>ctz(excess) >>> 3), padding)

  const last = source + group
  const start = target
  for (; source < last; source += 9) {
    store<u64>(target, load<u64>(source))
    target += 8
  }
  for (let at: u32 = 0; at < used; at++) store<u8>(target + at, load<u8>(source + at))
  return <i32>(target + used - start)
}

/** Orders two byte strings as unsigned bytes, the shorter first when one starts with the other: -1, 0 or 1. */
export function compare(left: usize, leftLength: u32, right: usize, rightLength: u32): i32 {
  const shared = min(leftLength, rightLength)
  let at: u32 = 0
  for (; at + 8 <= shared; at += 8) {
    const leftWord = load<u64>(left + at)
    const rightWord = load<u64>(right + at)
    if (leftWord !== rightWord) return bswap(leftWord) < bswap(rightWord) ? -1 : 1
  }
  for (; at < shared; at++) {
    const leftByte = load<u8>(left + at)
    const rightByte = load<u8>(right + at)
    if (leftByte !== rightByte) return leftByte < rightByte ? -1 : 1
  }
  return i32(leftLength > rightLength) - i32(leftLength < rightLength)
}
