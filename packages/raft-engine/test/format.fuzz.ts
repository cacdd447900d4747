import { deepStrictEqual } from 'node:assert/strict'
import { below, type Random } from '@stratakv/core'
import type { FuzzTarget } from '@stratakv/testkit'
import type { BatchFault } from '../src/format/batch-fault.ts'
import { readEntriesBlock } from '../src/format/batch-reader.ts'
import { decodeFileHeader, encodeFileHeader, type FileHeader, type HeaderFault } from '../src/format/file-header.ts'
import { type LogFileName, logFileName, parseFileName, reservedFileName } from '../src/format/file-name.ts'
import { checksum, compressor, type Item, readBatch } from './format/batch-items.ts'
import { goldenBatches } from './format/golden-batches.ts'
import { naiveBatch } from './format/naive-batch.ts'

/** The format layer answers with a fault; a target refuses by throwing. */
class Refused extends Error {}

function accepted<T extends object>(answer: T | BatchFault | HeaderFault): T {
  if ('fault' in answer) throw new Refused(`${answer.fault}: ${answer.detail}`)
  return answer
}

const some = (random: Random, lengthMax: number) =>
  Uint8Array.from({ length: below(random, lengthMax) }, () => below(random, 256))

function someItems(random: Random): Item[] {
  const regionId = below(random, 300)
  return [
    { type: 'entries', regionId, firstIndex: random.uint32() * 2 ** below(random, 20), payloads: [some(random, 40)] },
    { type: 'put', regionId, key: some(random, 9), value: some(random, 200) },
    { type: 'entries', regionId: 7, firstIndex: 1, payloads: [some(random, 9), new Uint8Array(0), some(random, 300)] },
    { type: 'delete', regionId, key: some(random, 9) },
    { type: 'compact', regionId, index: random.uint32() },
    { type: 'clean', regionId: 2 ** 53 - 1 },
  ]
}

/** Written again, plainly, it must be read as the same. */
function checkItems(items: readonly Item[]): void {
  deepStrictEqual(readBatch(naiveBatch(items)), items)
}

export const batchTarget: FuzzTarget<Item[]> = {
  name: 'raft-engine/batch',
  refusals: [Refused],
  seeds: (random) => [
    ...goldenBatches.map(({ bytes }) => bytes),
    ...Array.from({ length: 8 }, () => naiveBatch(someItems(random).slice(below(random, 6)))),
  ],
  decode: (input) => accepted(readBatch(input)),
  check: checkItems,
}

/** Few damaged batches pass their checksums, so here they are set right: whatever lies behind them is reached. */
export const sealedBatchTarget: FuzzTarget<Item[]> = {
  name: 'raft-engine/batch-with-right-checksums',
  refusals: [Refused],
  seeds: batchTarget.seeds,
  decode(input) {
    const batch = input.slice()
    if (batch.length >= 21) {
      const view = new DataView(batch.buffer)
      const footerOffset = Number(view.getBigUint64(8))
      const end = batch.length - 4
      // The length is set right as well.
      view.setUint32(0, 0)
      view.setUint32(4, (batch.length << 8) | batch[7]!)
      if (footerOffset > 20 && footerOffset <= end) {
        view.setUint32(footerOffset - 4, checksum.crc32(batch.subarray(16, footerOffset - 4)), true)
      }
      if (footerOffset >= 16 && footerOffset <= end) {
        view.setUint32(end, checksum.crc32(batch.subarray(footerOffset, end)), true)
      }
    }
    return accepted(readBatch(batch))
  },
  check: checkItems,
}

/** A block of compressed entries, its checksum left out and then right. */
export const entriesBlockTarget: FuzzTarget<Uint8Array> = {
  name: 'raft-engine/entries-block',
  refusals: [Refused],
  seeds: (random) =>
    [some(random, 100), new Uint8Array(2000), Uint8Array.from([...some(random, 50), ...new Uint8Array(300)])].map(
      (raw) => {
        const block = compressor.compress(raw)
        const stored = new Uint8Array(4 + block.length)
        new DataView(stored.buffer).setUint32(0, raw.length, true)
        stored.set(block, 4)
        return stored
      },
    ),
  decode(input) {
    const stored = new Uint8Array(input.length + 4)
    stored.set(input)
    new DataView(stored.buffer).setUint32(input.length, checksum.crc32(input), true)
    return accepted(readEntriesBlock(stored, 'lz4', checksum, compressor))
  },
  check: (raw, input) => deepStrictEqual(raw.length, new DataView(input.slice().buffer).getUint32(0, true)),
}

export const fileHeaderTarget: FuzzTarget<FileHeader> = {
  name: 'raft-engine/file-header',
  refusals: [Refused],
  seeds: () => [encodeFileHeader(1), encodeFileHeader(2)],
  decode: (input) => accepted(decodeFileHeader(input)),
  check({ version, lengthBytes, alignmentBytes }, input) {
    const header = encodeFileHeader(version)
    if (version === 2) new DataView(header.buffer).setBigUint64(61, BigInt(alignmentBytes))
    deepStrictEqual(header, Uint8Array.from(input.subarray(0, lengthBytes)))
  },
}

export const fileNameTarget: FuzzTarget<LogFileName> = {
  name: 'raft-engine/file-name',
  refusals: [Refused],
  seeds: () =>
    [logFileName('append', 1), logFileName('rewrite', 2 ** 53 - 1), reservedFileName(12), 'LOCK'].map((name) =>
      new TextEncoder().encode(name),
    ),
  decode(input) {
    const parsed = parseFileName(String.fromCharCode(...input))
    if (parsed === undefined) throw new Refused('none of ours')
    return parsed
  },
  check({ kind, seq }, input) {
    const name = kind === 'reserved' ? reservedFileName(seq) : logFileName(kind, seq)
    deepStrictEqual(name, String.fromCharCode(...input))
  },
}
