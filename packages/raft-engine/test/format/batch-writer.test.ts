import { equalBytes, RaftLogBatchTooLargeError } from '@stratakv/core'
import { createKernels, type Kernels } from '@stratakv/wasm'
import { describe, expect, it } from 'vitest'
import { LogBatchWriter } from '../../src/format/batch-writer.ts'
import { addItems, checksum, type Item, readBatch } from './batch-items.ts'
import { naiveBatch } from './naive-batch.ts'

const KiB = 1024
const MiB = 1024 * KiB

function writerOf(memoryBytesMax: number, compressionThresholdBytes = 0) {
  const made: Kernels[] = []
  const writer = new LogBatchWriter(
    {
      createKernels: () => {
        made.push(createKernels({ memoryBytesMax }))
        return made.at(-1)!
      },
      checksum,
    },
    { compressionThresholdBytes, compressionAcceleration: 1 },
  )
  return { writer, made }
}

const entry = (bytes: number): Item => ({ type: 'entries', regionId: 1, firstIndex: 5, payloads: [noise(bytes)] })

/** Incompressible, and the same every time. */
function noise(length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  let state = 12345
  for (let at = 0; at < length; at++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    bytes[at] = state >>> 24
  }
  return bytes
}

describe('a batch writer', () => {
  it('leaves a batch as it was when an add does not fit into memory', () => {
    const { writer } = writerOf(1 * MiB)
    const items: Item[] = [entry(100), { type: 'put', regionId: 1, key: Uint8Array.of(1), value: noise(50) }]
    writer.begin()
    addItems(writer, items)
    for (const tooLarge of [entry(1 * MiB), { ...items[1]!, value: noise(1 * MiB) } as Item]) {
      expect(() => addItems(writer, [tooLarge])).toThrow(RaftLogBatchTooLargeError)
    }
    try {
      addItems(writer, [entry(1 * MiB)])
    } catch (error) {
      expect(error).toMatchObject({ code: 'RAFT_LOG_BATCH_TOO_LARGE', limitBytes: 1 * MiB })
    }
    expect(writer.entriesBytes).toBe(100)
    expect(writer.itemCount).toBe(2)
    const { offset, totalBytes } = writer.seal()
    expect(writer.bytes(offset, totalBytes)).toEqual(naiveBatch(items))
  })

  it('seals whatever it took, to the last byte of its memory', () => {
    const { writer, made } = writerOf(1 * MiB)
    writer.begin()
    const one = Uint8Array.of(7)
    let count = 0
    try {
      for (; ; count++) writer.addEntries(1, 1 + count, [one])
    } catch (error) {
      expect(error).toBeInstanceOf(RaftLogBatchTooLargeError)
    }
    expect(count).toBeGreaterThan(50_000)
    const { offset, totalBytes, itemCount } = writer.seal()
    expect(itemCount).toBe(count)
    const read = readBatch(writer.bytes(offset, totalBytes))
    expect(read).toHaveLength(count)
    expect(made[0]!.view().length).toBe(1 * MiB)
  })

  it('counts the limit of entries before it copies one', () => {
    const { writer } = writerOf(1 * MiB)
    writer.begin()
    writer.addClean(9)
    const payload = new Uint8Array(64 * MiB)
    const payloads = Array.from({ length: 32 }, () => payload)
    try {
      writer.addEntries(1, 1, payloads)
      expect.unreachable()
    } catch (error) {
      expect(error).toMatchObject({ sizeBytes: 2 ** 31, limitBytes: 2 ** 31 - 1 })
    }
    expect(writer.itemCount).toBe(1)
    expect(writer.memoryBytes).toBeLessThan(1 * MiB)
  })

  it('stores raw what does not get shorter', () => {
    const { writer } = writerOf(8 * MiB, 1)
    const items = [entry(1000)]
    writer.begin()
    addItems(writer, items)
    const sealed = writer.seal()
    expect(sealed.compression).toBe('none')
    expect(writer.bytes(sealed.offset, sealed.totalBytes)).toEqual(naiveBatch(items))
  })

  it('stores raw what it has no memory to compress', () => {
    const { writer } = writerOf(1 * MiB, 1)
    const zeros: Item = { type: 'entries', regionId: 1, firstIndex: 5, payloads: [new Uint8Array(600 * KiB)] }
    writer.begin()
    addItems(writer, [zeros])
    const sealed = writer.seal()
    expect(sealed.compression).toBe('none')
    const [item] = readBatch(writer.bytes(sealed.offset, sealed.totalBytes)) as [typeof zeros]
    expect(equalBytes((item as { payloads: Uint8Array[] }).payloads[0]!, new Uint8Array(600 * KiB))).toBe(true)
  })

  it('compresses from the threshold on', () => {
    const { writer } = writerOf(8 * MiB, 500)
    for (const [bytes, compression] of [
      [499, 'none'],
      [500, 'lz4'],
    ] as const) {
      writer.begin()
      writer.addEntries(1, 1, [new Uint8Array(bytes)])
      expect(writer.seal()).toMatchObject({ compression, entriesBytes: bytes })
    }
    const off = writerOf(8 * MiB, 0).writer
    off.begin()
    off.addEntries(1, 1, [new Uint8Array(100 * KiB)])
    expect(off.seal().compression).toBe('none')
  })

  it('keeps 8 MiB and gives the rest back', () => {
    const { writer, made } = writerOf(64 * MiB)
    for (const [bytes, instances] of [
      [4 * MiB, 1],
      [20 * MiB, 1],
      [1, 2],
      [1, 2],
    ] as const) {
      writer.begin()
      writer.addEntries(1, 1, [new Uint8Array(bytes)])
      expect(made.length).toBe(instances)
      writer.seal()
      writer.reset()
      expect(writer.memoryBytes).toBeLessThanOrEqual(8 * MiB)
      expect(writer.sealedBytes).toBe(0)
    }
  })

  it('keeps sealed batches when memory grows under them', () => {
    const { writer } = writerOf(64 * MiB)
    const first = [entry(1000)]
    writer.begin()
    addItems(writer, first)
    const sealed = writer.seal()
    const before = writer.bytes(sealed.offset, sealed.totalBytes)
    writer.begin()
    writer.addEntries(2, 1, [new Uint8Array(10 * MiB)])
    expect(before.length).toBe(0)
    writer.seal()
    writer.sign(sealed, 2, 3)
    expect(writer.bytes(sealed.offset, sealed.totalBytes)).toEqual(naiveBatch(first, 3))
  })

  it('forgets a batch that was begun and not sealed', () => {
    const { writer } = writerOf(1 * MiB)
    writer.begin()
    addItems(writer, [entry(500)])
    writer.begin()
    writer.addClean(4)
    const sealed = writer.seal()
    expect(writer.bytes(sealed.offset, sealed.totalBytes)).toEqual(naiveBatch([{ type: 'clean', regionId: 4 }]))
  })

  it('adds no item for no entries', () => {
    const { writer } = writerOf(1 * MiB)
    writer.begin()
    writer.addEntries(1, 1, [])
    expect(writer.itemCount).toBe(0)
    expect(() => writer.seal()).toThrow('an item at least')
  })

  it('is not added to out of turn, nor what is no id or index', () => {
    const { writer } = writerOf(1 * MiB)
    expect(() => writer.addClean(1)).toThrow('begun')
    expect(() => writer.seal()).toThrow('begun')
    writer.begin()
    for (const wrong of [-1, 1.5, 2 ** 53, Number.NaN]) {
      expect(() => writer.addClean(wrong)).toThrow('region id')
      expect(() => writer.addCompact(1, wrong)).toThrow('indexes')
      expect(() => writer.addEntries(1, wrong, [new Uint8Array(1)])).toThrow('indexes')
    }
    expect(() => writer.addEntries(1, Number.MAX_SAFE_INTEGER, [new Uint8Array(1), new Uint8Array(1)])).toThrow(
      'indexes',
    )
    writer.addClean(1)
    const { offset, totalBytes } = writer.seal()
    expect(() => writer.bytes(offset, totalBytes + 1)).toThrow('sealed batches')
    expect(() => writer.addClean(1)).toThrow('begun')
  })
})
