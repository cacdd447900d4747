/**
 * Where everything lies in the linear memory, in bytes. The host learns `scratchStart`, `scratchBytes` and
 * `arenaStart` through the exports of index.ts, so that the layout is stated once. lz4.ts is a module of its own, over
 * the memory of the first or over one of its own, and keeps to the same layout.
 *
 *     0      1 KiB       17 KiB       33 KiB      49 KiB    53 KiB     64 KiB        80 KiB
 *     | empty | CRC-32    | CRC-32C    | CRC-64    | folding  | scratch  | LZ4 matches | arena ...
 *
 * The first KiB stays empty so that no structure has the address 0. What is never touched takes no memory.
 */
export const crc32Tables: usize = 1024
/** Sixteen tables of 256 words of four bytes. */
export const crc32TablesBytes: usize = 16 * 256 * 4
export const crc32cTables: usize = crc32Tables + crc32TablesBytes
export const crc64Tables: usize = crc32cTables + crc32TablesBytes
/** Eight tables of 256 words of eight bytes. */
export const crc64TablesBytes: usize = 8 * 256 * 8
/** What CRC-32C has folded so far of a chunk, between zeros. */
export const foldStart: usize = crc64Tables + crc64TablesBytes
export const foldBytes: usize = 4 * 1024
/** Where the host copies what it wants worked on; it holds a chunk of that at a time. */
export const scratchStart: usize = foldStart + foldBytes
export const scratchBytes: usize = 11 * 1024
/** For each hash of four bytes, where they were seen last. */
export const lz4Table: usize = scratchStart + scratchBytes
/** 4096 words: what fits a first-level cache along with the data. */
export const lz4TableBits: u32 = 12
/** The first byte that belongs to whoever holds the instance. A multiple of 16 KiB. */
export const arenaStart: usize = lz4Table + (4 << lz4TableBits)
