import type { Item } from './batch-items.ts'
import { fromHex } from './hex.ts'

/** Batches as the Rust engine, 0.2.0 and 0.4.2, writes them, byte for byte. Footers as in version 1. */
export interface GoldenBatch {
  readonly name: string
  readonly items: readonly Item[]
  readonly bytes: Uint8Array
  /** Of version 2, by file sequence. */
  readonly signed: Readonly<Record<number, Uint8Array>>
  readonly compressionThresholdBytes: number
}

const ascii = (text: string) => new TextEncoder().encode(text)

export const goldenBatches: readonly GoldenBatch[] = [
  {
    name: 'entries, a key and a compaction of one region',
    items: [
      {
        type: 'entries',
        regionId: 2,
        firstIndex: 7,
        payloads: [fromHex('10 05 18 07 22 01 61'), fromHex('10 05 18 08 22 02 62 63')],
      },
      { type: 'put', regionId: 2, key: ascii('R'), value: ascii('xy') },
      { type: 'compact', regionId: 2, index: 7 },
    ],
    bytes: fromHex(`
      00 00 00 00 00 00 3A 00 | 00 00 00 00 00 00 00 23 | 10 05 18 07 22 01 61 10 05 18 08 22 02 62 63 | 95 F9 1D 8C
      03 | 02 01 02 07 07 0F | 02 03 01 01 52 02 78 79 | 02 02 02 07 | 2D 3E A0 BE`),
    signed: { 1: fromHex('2C 3E A0 BE'), 258: fromHex('2F 3F A0 BE') },
    compressionThresholdBytes: 8192,
  },
  {
    name: 'two regions, whose ends run on',
    items: [
      { type: 'entries', regionId: 1, firstIndex: 1, payloads: [fromHex('10 01 18 01 22 01 61')] },
      { type: 'entries', regionId: 300, firstIndex: 9, payloads: [fromHex('10 01 18 09 22 01 7A')] },
    ],
    bytes: fromHex(`
      00 00 00 00 00 00 32 00 | 00 00 00 00 00 00 00 22 | 10 01 18 01 22 01 61 | 10 01 18 09 22 01 7A | 28 58 8F F2
      02 | 01 01 01 01 07 | AC 02 01 01 09 0E | B4 DF CE 3C`),
    signed: { 1: fromHex('B5 DF CE 3C') },
    compressionThresholdBytes: 8192,
  },
  {
    name: 'LZ4',
    items: [
      {
        type: 'entries',
        regionId: 1,
        firstIndex: 1,
        payloads: [Uint8Array.from([...fromHex('10 01 18 01 22 64'), ...new Uint8Array(100).fill(0x61)])],
      },
    ],
    bytes: fromHex(`
      00 00 00 00 00 00 33 01 | 00 00 00 00 00 00 00 29 | 6A 00 00 00 7F 10 01 18 01 22 64 61 01 00 4B 50 61 61 61 61 61
      A6 D0 D9 C9 | 01 | 01 01 01 01 6A | E3 EF FC 4A`),
    signed: { 1: fromHex('E2 EF FC 4A') },
    compressionThresholdBytes: 1,
  },
  {
    name: 'a region that is gone',
    items: [{ type: 'clean', regionId: 300 }],
    bytes: fromHex('00 00 00 00 00 00 19 00 | 00 00 00 00 00 00 00 10 | 01 AC 02 02 01 | 6A FE 4A BA'),
    signed: { 1: fromHex('6B FE 4A BA') },
    compressionThresholdBytes: 8192,
  },
  {
    name: 'a deleted key',
    items: [{ type: 'delete', regionId: 1, key: ascii('k') }],
    bytes: fromHex('00 00 00 00 00 00 1A 00 | 00 00 00 00 00 00 00 10 | 01 01 03 02 01 6B | A7 A9 B4 95'),
    signed: { 1: fromHex('A6 A9 B4 95') },
    compressionThresholdBytes: 8192,
  },
  {
    name: 'an empty entry, without a block of entries',
    items: [{ type: 'entries', regionId: 0, firstIndex: 0, payloads: [new Uint8Array(0)] }],
    bytes: fromHex('00 00 00 00 00 00 1A 00 | 00 00 00 00 00 00 00 10 | 01 00 01 01 00 00 | 54 7F E0 C3'),
    signed: { 1: fromHex('55 7F E0 C3') },
    compressionThresholdBytes: 8192,
  },
]
