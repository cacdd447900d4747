/**
 * Where everything lies in the linear memory, in bytes. The host learns `scratchStart`, `scratchBytes` and
 * `arenaStart` through the exports of index.ts, so that the layout is stated once.
 *
 *     0      1 KiB       17 KiB       33 KiB      49 KiB     64 KiB
 *     | empty | CRC-32    | CRC-32C    | CRC-64    | scratch  | arena ...
 *
 * The first KiB stays empty so that no structure has the address 0.
 */
export const crc32Tables: usize = 1024
/** Sixteen tables of 256 words of four bytes. */
export const crc32TablesBytes: usize = 16 * 256 * 4
export const crc32cTables: usize = crc32Tables + crc32TablesBytes
export const crc64Tables: usize = crc32cTables + crc32TablesBytes
/** Eight tables of 256 words of eight bytes. */
export const crc64TablesBytes: usize = 8 * 256 * 8
/** Where the host copies what it wants worked on; it holds a chunk of that at a time. */
export const scratchStart: usize = crc64Tables + crc64TablesBytes
export const scratchBytes: usize = 15 * 1024
/** The first byte that belongs to whoever holds the instance. A page boundary. */
export const arenaStart: usize = scratchStart + scratchBytes
