import { crc32cTables, crc32Tables, crc32TablesBytes, foldBytes, foldStart } from './layout'

/** Table `s` holds the register of each byte followed by `s` zero bytes, as in src/crc-tables.ts. */
function buildTables(tables: usize, polynomial: u32): void {
  for (let byte: u32 = 0; byte < 256; byte++) {
    let register = byte
    for (let bit = 0; bit < 8; bit++) register = register & 1 ? (register >>> 1) ^ polynomial : register >>> 1
    store<u32>(tables + (byte << 2), register)
  }
  const end = tables + crc32TablesBytes
  for (let entry = tables + 1024; entry < end; entry += 4) {
    const previous = load<u32>(entry - 1024)
    store<u32>(entry, (previous >>> 8) ^ load<u32>(tables + ((previous & 0xff) << 2)))
  }
}

export function buildCrc32Tables(): void {
  buildTables(crc32Tables, 0xedb88320)
  buildTables(crc32cTables, 0x82f63b78)
}

/**
 * What eight bytes add to the register when nothing comes behind them, or eight bytes when `tables` is 8 KiB further.
 * Inlined, here and below: the engine does not inline WebAssembly, and the calls cost an eighth of 64 bytes' work.
 */
// @ts-ignore: a decorator of AssemblyScript.
@inline
function look(tables: usize, word: u64): u32 {
  const low = <u32>word
  const high = <u32>(word >>> 32)
  return (
    load<u32>(tables + ((low & 0xff) << 2), 7 * 1024) ^
    load<u32>(tables + ((low >>> 6) & 0x3fc), 6 * 1024) ^
    load<u32>(tables + ((low >>> 14) & 0x3fc), 5 * 1024) ^
    load<u32>(tables + ((low >>> 22) & 0x3fc), 4 * 1024) ^
    load<u32>(tables + ((high & 0xff) << 2), 3 * 1024) ^
    load<u32>(tables + ((high >>> 6) & 0x3fc), 2 * 1024) ^
    load<u32>(tables + ((high >>> 14) & 0x3fc), 1024) ^
    load<u32>(tables + ((high >>> 22) & 0x3fc))
  )
}

/** Sixteen bytes a step, then eight, then one. Takes and returns the register, not the checksum. */
// @ts-ignore: a decorator of AssemblyScript.
@inline
function slice(tables: usize, pointer: usize, end: usize, register: u32): u32 {
  for (; pointer + 16 <= end; pointer += 16) {
    register =
      look(tables + 8 * 1024, load<u64>(pointer) ^ <u64>register) ^ look(tables, load<u64>(pointer, 8))
  }
  if (pointer + 8 <= end) {
    register = look(tables, load<u64>(pointer) ^ <u64>register)
    pointer += 8
  }
  for (; pointer < end; pointer++) {
    register = (register >>> 8) ^ load<u32>(tables + (((register ^ load<u8>(pointer)) & 0xff) << 2))
  }
  return register
}

/**
 * CRC-32 without a table for all but the end. The polynomial has a multiple of five terms,
 * x^300 + x^155 + x^117 + x^89 + 1, the sparsest of so low a degree. So a bit may be cleared when the bits 145, 183,
 * 211 and 300 places later are flipped instead: a word is spent with shifts alone, and its flips wait in `flips0` (for
 * the next word) to `flips4`. Twice as fast as sixteen-byte slicing at 256 bytes, and kind to the cache.
 * (The idea: Russell, "Chorba: A novel CRC32 implementation", 2024, arXiv:2412.16398.)
 * SIMD was tried: its shifts cost as much, and the realigning between lanes ate the rest.
 */
export function crc32(pointer: usize, length: u32, seed: u32): u32 {
  const end = pointer + length
  let register = ~seed
  if (length >= foldBytesMin) {
    let flips0: u64 = register
    let flips1: u64 = 0
    let flips2: u64 = 0
    let flips3: u64 = 0
    let flips4: u64 = 0
    const last = end - foldBytesMin
    do {
      const first = load<u64>(pointer) ^ flips0
      const second = load<u64>(pointer, 8) ^ flips1
      pointer += 16
      flips0 = flips2 ^ (first << 17) ^ (first << 55)
      flips1 = flips3 ^ (first >>> 47) ^ (first >>> 9) ^ (first << 19) ^ (second << 17) ^ (second << 55)
      flips2 = flips4 ^ (first >>> 45) ^ (first << 44) ^ (second >>> 47) ^ (second >>> 9) ^ (second << 19)
      flips3 = (first >>> 20) ^ (second >>> 45) ^ (second << 44)
      flips4 = second >>> 20
    } while (pointer <= last)
    register =
      look(crc32Tables + 8 * 1024, load<u64>(pointer) ^ flips0) ^ look(crc32Tables, load<u64>(pointer, 8) ^ flips1)
    register =
      look(crc32Tables + 8 * 1024, load<u64>(pointer, 16) ^ flips2 ^ <u64>register) ^
      look(crc32Tables, load<u64>(pointer, 24) ^ flips3)
    register = look(crc32Tables, load<u64>(pointer, 32) ^ flips4 ^ <u64>register)
    pointer += 40
  }
  return ~slice(crc32Tables, pointer, end, register)
}

/** Sixteen to spend and forty behind them. From here on folding wins; shorter inputs are all end. */
const foldBytesMin: u32 = 56

/** The farthest of the distances below, in whole steps: so much is left to slicing, and as many zeros stand around what is folded. */
const foldTailBytes: usize = 144
const foldedStart: usize = foldStart + foldTailBytes
/** What is folded at a time. */
const foldedBytesMax: usize = (foldBytes - 3 * foldTailBytes) & ~15
/** From here on folding wins. */
const crc32cFoldBytesMin: usize = 256

/** One function for both uses, so that the module stays small. */
function slice32c(pointer: usize, end: usize, register: u32): u32 {
  return slice(crc32cTables, pointer, end, register)
}

/** What the bytes folded so far add to the sixteen that stand 139 behind `base`: offsets from zero on cost nothing. */
// @ts-ignore: a decorator of AssemblyScript.
@inline
function flips(base: usize): v128 {
  return v128.xor(
    v128.xor(v128.xor(v128.load(base), v128.load(base, 13)), v128.xor(v128.load(base, 27), v128.load(base, 39))),
    v128.xor(v128.xor(v128.load(base, 40), v128.load(base, 57)), v128.load(base, 70)),
  )
}

/**
 * Castagnoli's polynomial has multiples of eight terms whose exponents are all multiples of eight; fewer terms there are none at
 * so low a degree, as the number is even like that of its own. This one is, in bytes,
 * x^139 + x^70 + x^57 + x^40 + x^39 + x^27 + x^13 + 1: a byte may be cleared when it is flipped into those 69, 82, 99, 100,
 * 112, 126 and 139 places later. Whole bytes, so nothing is shifted, and seven unaligned loads do for sixteen of them. It is
 * done from behind: what was cleared is kept, and each step gathers what the steps before owe it.
 * A load that spans two of the latest stores waits until both are in the cache, so the nearest distance counts as much as the
 * degree, which is what is left to slicing: of the multiples found, one with 47 as its nearest is slower throughout, one of
 * degree 159 with 85 gains a tenth from 64 KiB on and loses at 512 bytes.
 */
export function crc32c(pointer: usize, length: u32, seed: u32): u32 {
  const end = pointer + length
  let register = ~seed
  while (pointer + crc32cFoldBytesMin <= end) {
    const take = min((end - pointer - foldTailBytes) & ~15, foldedBytesMax)
    const first = v128.replace_lane<u32>(i32x4.splat(0), 0, register)
    v128.store(foldedStart, v128.xor(v128.load(pointer), first))
    const shift = pointer - foldedStart
    let base = foldedStart + 16 - 139
    const baseEnd = base + take - 16
    for (; base < baseEnd; base += 16) {
      v128.store(base, v128.xor(v128.load(base + shift, 139), flips(base)), 139)
    }
    // Where the rest's own flips would be read from, and behind that the rest itself.
    memory.fill(base + 139, 0, foldTailBytes)
    const tailEnd = base + foldTailBytes
    for (; base < tailEnd; base += 16) {
      v128.store(base, v128.xor(v128.load(base + shift, 139), flips(base)), 139 + foldTailBytes)
    }
    register = slice32c(tailEnd + 139, tailEnd + 139 + foldTailBytes, 0)
    pointer += take + foldTailBytes
  }
  return ~slice32c(pointer, end, register)
}
