import { lz4Table, lz4TableBits } from './layout'

export { arenaStart } from './layout'

/** Matches shorter than this cost as much as they save. */
const matchBytesMin: u32 = 4
/** The last bytes of a block are literals, and no match begins among the last twelve: decoders may count on both. */
const lastLiterals: u32 = 5
const lastMatchStart: u32 = 12
/** A distance has two bytes. */
const distanceMax: u32 = 65535
/** A length of so many in its half of the token goes on in bytes of its own. */
const lengthMask: u32 = 15

/**
 * Where the next call's first byte stands on a scale that only rises. The table holds places on that scale, and calls
 * are further apart than any distance: so what earlier calls left in the table is simply too far away, and need not
 * be cleared, which would cost as much as compressing half a kilobyte.
 */
let clock: u32 = distanceMax + 1

/** Where the match finder has last seen the four bytes of `word`. */
// @ts-ignore: a decorator of AssemblyScript.
@inline
function slotOf(word: u32): usize {
  // Knuth's multiplicative hash.
  return lz4Table + <usize>(((word * <u32>0x9e3779b1) >>> (32 - lz4TableBits)) << 2)
}

/** The part of a length that the token has no room for. */
// @ts-ignore: a decorator of AssemblyScript.
@inline
function storeLength(target: usize, rest: u32): usize {
  for (; rest >= 255; rest -= 255) store<u8>(target++, 255)
  store<u8>(target++, rest)
  return target
}

/** Of the last call of `lz4CompressHead`: how many of the source's last bytes follow what it wrote. */
export let lz4TailBytes: u32 = 0

/** Compresses to `target`, where there must be room for the longest block; the two must not overlap. Returns the block's length. */
export function lz4Compress(source: usize, length: u32, target: usize, acceleration: u32): u32 {
  const head = lz4CompressHead(source, length, target, acceleration)
  memory.copy(target + head, source + length - lz4TailBytes, lz4TailBytes)
  return head + lz4TailBytes
}

/**
 * The same without the last literals: of bytes that do not compress they are all, and a host that has them already need not
 * have them copied twice. Greedy: the first match found is taken. `acceleration` is how far it steps after a place without a match, and it
 * steps further the longer it finds none.
 */
export function lz4CompressHead(source: usize, length: u32, target: usize, acceleration: u32): u32 {
  const start = target
  const end = source + length
  let anchor = source
  if (length > lastMatchStart) {
    if (clock > u32.MAX_VALUE - length - distanceMax) {
      memory.fill(lz4Table, 0, 4 << lz4TableBits)
      clock = distanceMax + 1
    }
    const bias = clock - <u32>source
    clock += length + distanceMax
    const searchEnd = end - lastMatchStart
    const matchEnd = end - lastLiterals
    store<u32>(slotOf(load<u32>(source)), <u32>source + bias)
    let at = source + 1
    let probes = acceleration << 6
    while (at <= searchEnd) {
      const word = load<u32>(at)
      const slot = slotOf(word)
      const place = <u32>at + bias
      const distance = place - load<u32>(slot)
      store<u32>(slot, place)
      if (distance > distanceMax || load<u32>(at - distance) !== word) {
        at += probes++ >>> 6
        continue
      }

      let from = at - distance
      while (at > anchor && from > source && load<u8>(at - 1) === load<u8>(from - 1)) {
        at--
        from--
      }
      const literals = <u32>(at - anchor)
      const token = target++
      if (literals >= lengthMask) target = storeLength(target, literals - lengthMask)
      // Eight at a time: up to seven bytes more than there are literals, of which the source has twelve, and the room
      // for the longest block as many.
      if (literals > 64) memory.copy(target, anchor, literals)
      else {
        for (let done: u32 = 0; done < literals; done += 8) store<u64>(target + done, load<u64>(anchor + done))
      }
      target += literals
      store<u16>(target, distance)
      target += 2

      let behind = at + matchBytesMin
      from += matchBytesMin
      for (;;) {
        if (behind + 8 > matchEnd) {
          while (behind < matchEnd && load<u8>(behind) === load<u8>(from)) {
            behind++
            from++
          }
          break
        }
        const difference = load<u64>(behind) ^ load<u64>(from)
        if (difference !== 0) {
          behind += <usize>(ctz(difference) >>> 3)
          break
        }
        behind += 8
        from += 8
      }
      const matched = <u32>(behind - at) - matchBytesMin
      store<u8>(token, (min(literals, lengthMask) << 4) | min(matched, lengthMask))
      if (matched >= lengthMask) target = storeLength(target, matched - lengthMask)
      at = behind
      anchor = at
      probes = acceleration << 6
      // One place within the match is remembered: enough for most of what repeats, at a fraction of the cost of all.
      if (at <= searchEnd) store<u32>(slotOf(load<u32>(at - 2)), <u32>at - 2 + bias)
    }
  }
  const literals = <u32>(end - anchor)
  store<u8>(target++, min(literals, lengthMask) << 4)
  if (literals >= lengthMask) target = storeLength(target, literals - lengthMask)
  lz4TailBytes = literals
  return <u32>(target - start)
}

/** Faults, as in src/lz4-kernels.ts; the host knows these numbers. */
const truncated: u32 = 1
const distant: u32 = 2
const overlong: u32 = 3
const short: u32 = 4

/** Of the last block that was refused: where, counted from its first byte. */
export let lz4FaultOffset: u32 = 0

/**
 * Decompresses a block of a stranger to the `rawLength` bytes at `target`, which it must not overlap. Reads no byte
 * outside the block and none but those it wrote; writes none outside the target. Returns 0, or a fault, and then what the target
 * holds is of no use.
 */
export function lz4Decompress(source: usize, length: u32, target: usize, rawLength: u32): u32 {
  const end = source + length
  const targetEnd = target + rawLength
  let at = source
  let to = target
  while (at < end) {
    const sequence = at
    const token = <u32>load<u8>(at++)
    let count = <u64>(token >>> 4)
    let distance: u32
    // Most sequences are short and far from both ends: copies of a fixed length that go too far, but stay inside.
    if (count < lengthMask && at + 16 <= end && to + 32 <= targetEnd) {
      store<u64>(to, load<u64>(at))
      store<u64>(to, load<u64>(at, 8), 8)
      at += <usize>count
      to += <usize>count
      distance = <u32>load<u16>(at)
      count = token & lengthMask
      if (count < lengthMask && distance >= 8 && distance <= <u32>(to - target)) {
        const from = to - distance
        store<u64>(to, load<u64>(from))
        store<u64>(to, load<u64>(from, 8), 8)
        store<u16>(to, load<u16>(from, 16), 16)
        at += 2
        to += <usize>count + matchBytesMin
        continue
      }
    } else {
      if (count === lengthMask) {
        let more: u32
        do {
          if (at >= end) return fault(truncated, length)
          more = load<u8>(at++)
          count += more
        } while (more === 255)
      }
      if (count > <u64>(end - at)) return fault(truncated, length)
      if (count > <u64>(targetEnd - to)) return fault(overlong, <u32>(sequence - source))
      memory.copy(to, at, <usize>count)
      at += <usize>count
      to += <usize>count
      if (at === end) return to === targetEnd ? 0 : fault(short, length)
      if (at + 2 > end) return fault(truncated, length)
      distance = <u32>load<u16>(at)
    }

    if (distance === 0 || distance > <u32>(to - target)) return fault(distant, <u32>(at - source))
    at += 2
    count = token & lengthMask
    if (count === lengthMask) {
      let more: u32
      do {
        if (at >= end) return fault(truncated, length)
        more = load<u8>(at++)
        count += more
      } while (more === 255)
    }
    count += matchBytesMin
    if (count > <u64>(targetEnd - to)) return fault(overlong, <u32>(sequence - source))
    const matchEnd = to + <usize>count
    let from = to - distance
    // A match may reach into what it writes. Of a period below eight, some repetitions byte by byte make one of eight or more.
    if (distance < 8) {
      const patternEnd = min(to + 8, matchEnd)
      while (to < patternEnd) store<u8>(to++, load<u8>(from++))
      from = to - <usize>(distance * (8 / distance + u32(8 % distance !== 0)))
    }
    for (; to + 8 <= matchEnd; to += 8) {
      store<u64>(to, load<u64>(from))
      from += 8
    }
    while (to < matchEnd) store<u8>(to++, load<u8>(from++))
  }
  return fault(truncated, length)
}

function fault(kind: u32, offset: u32): u32 {
  lz4FaultOffset = offset
  return kind
}
