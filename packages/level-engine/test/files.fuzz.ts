import type { FuzzTarget } from '@stratakv/testkit'
import { createTwinChecksum } from '@stratakv/wasm'
import { checkLog, checkTable, type FileFault } from '../src/file-check.ts'
import { SnappyFault, unpackSnappy } from '../src/snappy.ts'

const checksum = createTwinChecksum()
const plainBytesMax = 1 << 16

export const snappyTarget: FuzzTarget<Uint8Array> = {
  name: 'level-engine/snappy',
  refusals: [SnappyFault],
  seeds: () => [
    // "aaaaaaaaab": a literal, a copy that overlaps itself, a literal.
    Uint8Array.of(10, 0x00, 0x61, 0x11, 0x01, 0x00, 0x62),
    Uint8Array.of(3, 0x08, 1, 2, 3),
    Uint8Array.of(9, 0x08, 1, 2, 3, 0x16, 0x03, 0x00),
    Uint8Array.of(0),
  ],
  decode: (input) => unpackSnappy(input, plainBytesMax),
}

export const logCheckTarget: FuzzTarget<FileFault | undefined> = {
  name: 'level-engine/log-check',
  refusals: [],
  seeds: () => [new Uint8Array(7), new Uint8Array(100).fill(1), new Uint8Array(0)],
  decode: (input) => checkLog(checksum, input),
}

export const tableCheckTarget: FuzzTarget<FileFault | undefined> = {
  name: 'level-engine/table-check',
  refusals: [],
  seeds: () => {
    const table = new Uint8Array(60)
    table.set([0x57, 0xfb, 0x80, 0x8b, 0x24, 0x75, 0x47, 0xdb], 52)
    return [table, new Uint8Array(48)]
  },
  decode: (input) => checkTable(checksum, input),
}
