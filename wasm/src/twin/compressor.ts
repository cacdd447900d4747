import { assert, CompressedBlockError, type CompressedBlockFault, type Compressor } from '@stratakv/core'
import {
  assertAcceleration,
  lz4CompressBound,
  lz4DistanceMax,
  lz4LastLiterals,
  lz4LastMatchStart,
  lz4LengthMask,
  lz4MatchBytesMin,
  refuseImplausible,
} from '../lz4-block.ts'

/** As in assembly/layout.ts: the blocks are the kernel's, byte for byte, only while the tables are of one size. */
const tableBits = 12

/** LZ4 in plain TypeScript: no WebAssembly. Holds a table of 16 KiB, so make one and keep it. */
export function createTwinCompressor(): Compressor {
  const table = new Int32Array(1 << tableBits)
  // The next call's first byte on a scale that only rises, so that the table need not be cleared: see assembly/lz4.ts.
  let clock = lz4DistanceMax + 1

  const compressInto = (data: Uint8Array, target: Uint8Array, offset: number, acceleration: number): number => {
    const end = data.length
    let to = offset
    let anchor = 0
    if (end > lz4LastMatchStart) {
      if (clock > 0x7fffffff - end - lz4DistanceMax) {
        table.fill(0)
        clock = lz4DistanceMax + 1
      }
      const bias = clock
      clock += end + lz4DistanceMax
      const searchEnd = end - lz4LastMatchStart
      const matchEnd = end - lz4LastLiterals
      table[hashOf(wordAt(data, 0))] = bias
      let at = 1
      let probes = acceleration << 6
      while (at <= searchEnd) {
        const word = wordAt(data, at)
        const slot = hashOf(word)
        const distance = at + bias - table[slot]!
        table[slot] = at + bias
        if (distance > lz4DistanceMax || wordAt(data, at - distance) !== word) {
          at += probes++ >>> 6
          continue
        }
        while (at > anchor && at > distance && data[at - 1] === data[at - 1 - distance]) at--
        let behind = at + lz4MatchBytesMin
        while (behind < matchEnd && data[behind] === data[behind - distance]) behind++

        const literals = at - anchor
        const matched = behind - at - lz4MatchBytesMin
        target[to++] = (Math.min(literals, lz4LengthMask) << 4) | Math.min(matched, lz4LengthMask)
        to = writeLiterals(data, anchor, literals, target, to)
        target[to++] = distance
        target[to++] = distance >>> 8
        if (matched >= lz4LengthMask) to = writeLength(target, to, matched - lz4LengthMask)
        at = behind
        anchor = at
        probes = acceleration << 6
        if (at <= searchEnd) table[hashOf(wordAt(data, at - 2))] = at - 2 + bias
      }
    }
    const literals = end - anchor
    target[to++] = Math.min(literals, lz4LengthMask) << 4
    return writeLiterals(data, anchor, literals, target, to)
  }

  return {
    compressBound: lz4CompressBound,
    compress(data, acceleration = 1) {
      assertAcceleration(acceleration)
      const target = new Uint8Array(lz4CompressBound(data.length))
      return target.slice(0, compressInto(data, target, 0, acceleration))
    },
    compressInto(data, target, offset, acceleration = 1) {
      assertAcceleration(acceleration)
      const room = offset + lz4CompressBound(data.length)
      assert(offset >= 0 && room <= target.length, 'there is room for the longest block')
      return compressInto(data, target, offset, acceleration)
    },
    decompress,
  }
}

function wordAt(data: Uint8Array, at: number): number {
  return data[at]! | (data[at + 1]! << 8) | (data[at + 2]! << 16) | (data[at + 3]! << 24)
}

function hashOf(word: number): number {
  return Math.imul(word, 0x9e3779b1) >>> (32 - tableBits)
}

/** The part of a length that the token has no room for. */
function writeLength(target: Uint8Array, offset: number, rest: number): number {
  let to = offset
  let left = rest
  for (; left >= 255; left -= 255) target[to++] = 255
  target[to++] = left
  return to
}

/** Literals behind their token, with the bytes of their length that it has no room for. */
function writeLiterals(data: Uint8Array, from: number, count: number, target: Uint8Array, offset: number): number {
  const to = count >= lz4LengthMask ? writeLength(target, offset, count - lz4LengthMask) : offset
  if (count > 64) target.set(data.subarray(from, from + count), to)
  else for (let at = 0; at < count; at++) target[to + at] = data[from + at]!
  return to + count
}

function decompress(block: Uint8Array, rawLength: number): Uint8Array {
  const end = block.length
  refuseImplausible(end, rawLength)
  const refusal = (reason: CompressedBlockFault, offset = end) =>
    new CompressedBlockError(reason, offset, end, rawLength)
  const target = new Uint8Array(rawLength)
  let at = 0
  let to = 0
  /** What a full half of a token continues with. */
  const restOfLength = (): number => {
    let rest = 0
    for (let more = 255; more === 255; rest += more) {
      if (at >= end) throw refusal('truncated')
      more = block[at++]!
    }
    return rest
  }

  while (at < end) {
    const sequence = at
    const token = block[at++]!
    let literals = token >>> 4
    if (literals === lz4LengthMask) literals += restOfLength()
    if (literals > end - at) throw refusal('truncated')
    if (literals > rawLength - to) throw refusal('overlong', sequence)
    if (literals > 64) target.set(block.subarray(at, at + literals), to)
    else for (let copied = 0; copied < literals; copied++) target[to + copied] = block[at + copied]!
    at += literals
    to += literals
    if (at === end) {
      if (to < rawLength) throw refusal('short')
      return target
    }

    if (at + 2 > end) throw refusal('truncated')
    const distance = block[at]! | (block[at + 1]! << 8)
    if (distance === 0 || distance > to) throw refusal('distance', at)
    at += 2
    let matched = (token & lz4LengthMask) + lz4MatchBytesMin
    if (matched === lz4LengthMask + lz4MatchBytesMin) matched += restOfLength()
    if (matched > rawLength - to) throw refusal('overlong', sequence)
    if (distance >= matched && matched > 64) target.copyWithin(to, to - distance, to - distance + matched)
    // Byte by byte, as a match may reach into what it writes.
    else for (let copied = 0; copied < matched; copied++) target[to + copied] = target[to + copied - distance]!
    to += matched
  }
  throw refusal('truncated')
}
