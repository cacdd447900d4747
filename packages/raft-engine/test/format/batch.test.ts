import { createKernels } from '@stratakv/wasm'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeBatchHeader } from '../../src/format/batch-header.ts'
import { batchSignature, LogBatchWriter } from '../../src/format/batch-writer.ts'
import { addItems, checksum, type Item, readBatch } from './batch-items.ts'
import { goldenBatches } from './golden-batches.ts'
import { naiveBatch } from './naive-batch.ts'

function writerOf(compressionThresholdBytes: number): LogBatchWriter {
  return new LogBatchWriter(
    { createKernels: () => createKernels(), checksum },
    { compressionThresholdBytes, compressionAcceleration: 1 },
  )
}

function written(items: readonly Item[], compressionThresholdBytes = 0): Uint8Array {
  const writer = writerOf(compressionThresholdBytes)
  writer.begin()
  addItems(writer, items)
  const { offset, totalBytes } = writer.seal()
  return writer.bytes(offset, totalBytes).slice()
}

describe.each(goldenBatches)('golden batch: $name', ({ items, bytes, signed, compressionThresholdBytes }) => {
  it('is written', () => {
    expect(written(items, compressionThresholdBytes)).toEqual(bytes)
  })

  it('is read', () => {
    expect(readBatch(bytes)).toEqual(items)
  })

  it('is signed for a file, and for another after it', () => {
    const writer = writerOf(compressionThresholdBytes)
    writer.begin()
    addItems(writer, items)
    const sealed = writer.seal()
    for (const [seq, crc] of Object.entries(signed)) {
      writer.sign(sealed, 2, Number(seq))
      const batch = writer.bytes(sealed.offset, sealed.totalBytes)
      expect(batch.slice(-4)).toEqual(crc)
      expect(readBatch(batch, Number(seq))).toEqual(items)
      expect(readBatch(batch, Number(seq) + 1)).toMatchObject({ fault: 'checksum' })
    }
    writer.sign(sealed, 1, 258)
    expect(writer.bytes(sealed.offset, sealed.totalBytes)).toEqual(bytes)
  })

  it('is what the naive twin makes of it', () => {
    if (bytes[7] === 0) expect(naiveBatch(items)).toEqual(bytes)
  })
})

it('signs with the low half of a sequence', () => {
  expect(batchSignature(2, 2 ** 32)).toBe(0)
  expect(batchSignature(2, 2 ** 40 + 7)).toBe(7)
  expect(batchSignature(2, 2 ** 53 - 1)).toBe(0xffffffff)
  expect(batchSignature(1, 7)).toBe(0)
})

const safe = fc.oneof(fc.nat(300), fc.nat(), fc.maxSafeNat())
const bytes = (maxLength: number) => fc.uint8Array({ maxLength })
const anyItem: fc.Arbitrary<Item> = fc.oneof(
  fc.record({
    type: fc.constant('entries' as const),
    regionId: safe,
    firstIndex: safe.map((index) => Math.min(index, Number.MAX_SAFE_INTEGER - 20)),
    payloads: fc.array(fc.oneof(bytes(8), bytes(100), fc.constant(new Uint8Array(200).fill(7))), { maxLength: 12 }),
  }),
  fc.record({ type: fc.constant('clean' as const), regionId: safe }),
  fc.record({ type: fc.constant('compact' as const), regionId: safe, index: safe }),
  fc.record({ type: fc.constant('put' as const), regionId: safe, key: bytes(20), value: bytes(300) }),
  fc.record({ type: fc.constant('delete' as const), regionId: safe, key: bytes(20) }),
)
const isItem = (item: Item) => item.type !== 'entries' || item.payloads.length > 0
const anyItems = fc
  .array(anyItem, { minLength: 1, maxLength: 12 })
  .map((items) => items.map((item) => item))
  .filter((items) => items.some(isItem))

describe('any batch', () => {
  it('is written as the naive twin writes it, and read back', () => {
    const writer = writerOf(0)
    fc.assert(
      fc.property(anyItems, fc.integer({ min: 1 }), (items, seq) => {
        writer.reset()
        writer.begin()
        addItems(writer, items)
        const sealed = writer.seal()
        writer.sign(sealed, 2, seq)
        const batch = writer.bytes(sealed.offset, sealed.totalBytes)
        expect(batch).toEqual(naiveBatch(items, seq))
        expect(readBatch(batch, seq)).toEqual(items.filter(isItem))
        const header = decodeBatchHeader(batch, 0)
        expect(header).toMatchObject({
          totalBytes: sealed.totalBytes,
          footerOffset: sealed.footerOffset,
          compression: 'none',
          entriesBytesMax: sealed.entriesBytes,
        })
        expect(sealed.itemCount).toBe(items.filter(isItem).length)
      }),
      { numRuns: 500 },
    )
  })

  it('is read back when it is compressed, and never longer for it', () => {
    const [plain, lz4] = [writerOf(0), writerOf(1)]
    fc.assert(
      fc.property(anyItems, (items) => {
        const sealed = [plain, lz4].map((writer) => {
          writer.reset()
          writer.begin()
          addItems(writer, items)
          return writer.seal()
        })
        expect(sealed[1]!.totalBytes).toBeLessThanOrEqual(sealed[0]!.totalBytes)
        expect(readBatch(lz4.bytes(sealed[1]!.offset, sealed[1]!.totalBytes))).toEqual(items.filter(isItem))
      }),
      { numRuns: 500 },
    )
  })

  it('lies behind the one that was sealed before it', () => {
    const writer = writerOf(64)
    fc.assert(
      fc.property(fc.array(anyItems, { minLength: 1, maxLength: 6 }), (batches) => {
        writer.reset()
        const sealed = batches.map((items) => {
          writer.begin()
          addItems(writer, items)
          return writer.seal()
        })
        const group = writer.bytes(sealed[0]!.offset, writer.sealedBytes)
        let at = 0
        for (const [place, items] of batches.entries()) {
          const header = decodeBatchHeader(group, at)
          if ('fault' in header) throw new Error(header.detail)
          expect(header.totalBytes).toBe(sealed[place]!.totalBytes)
          expect(readBatch(group.subarray(at, at + header.totalBytes))).toEqual(items.filter(isItem))
          at += header.totalBytes
        }
        expect(at).toBe(group.length)
      }),
      { numRuns: 200 },
    )
  })
})
