import { describe, expect, it } from 'vitest'
import { decodeBatchHeader } from '../../src/format/batch-header.ts'
import { BatchReader, readEntriesBlock } from '../../src/format/batch-reader.ts'
import { checksum, compressor, readBatch } from './batch-items.ts'
import { goldenBatches } from './golden-batches.ts'
import { fromHex } from './hex.ts'
import { crc32, littleEndian, varint } from './naive-batch.ts'

describe.each(goldenBatches)('damage to a batch: $name', ({ bytes }) => {
  it('is seen wherever it is cut off', () => {
    for (let length = 0; length < bytes.length; length++) {
      expect(readBatch(bytes.subarray(0, length)), `${length} bytes`).toMatchObject({ fault: 'short' })
    }
  })

  it('is seen whichever bit flips', () => {
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const flipped = bytes.slice()
      flipped[bit >> 3]! ^= 1 << (bit & 7)
      // A batch without entries is the same whether they are said to be compressed or not.
      const isHarmless = bit === 7 * 8 && bytes[15] === 16
      if (isHarmless) expect(readBatch(flipped)).toEqual(readBatch(bytes))
      else expect(readBatch(flipped), `bit ${bit & 7} of byte ${bit >> 3}`).toHaveProperty('fault')
    }
  })

  it('is seen whichever byte changes to whatever', () => {
    for (let at = 0; at < bytes.length; at++) {
      for (const value of [0, 1, 0x7f, 0x80, 0xff]) {
        if (bytes[at] === value || (at === 7 && value === 1)) continue
        const changed = bytes.slice()
        changed[at] = value
        expect(readBatch(changed), `byte ${at} = ${value}`).toHaveProperty('fault')
      }
    }
  })
})

describe('a batch header', () => {
  const header = (totalBytes: bigint, type: number, footerOffset: bigint) => {
    const bytes = new Uint8Array(16)
    const view = new DataView(bytes.buffer)
    view.setBigUint64(0, (totalBytes << 8n) | BigInt(type))
    view.setBigUint64(8, footerOffset)
    return decodeBatchHeader(bytes, 0)
  }

  it('is not one of zeros, which preallocation leaves behind', () => {
    expect(decodeBatchHeader(new Uint8Array(64), 0)).toMatchObject({ fault: 'length' })
  })

  it.each([
    [21n, 2, 16n, 'compression'],
    [21n, 255, 16n, 'compression'],
    [20n, 0, 16n, 'length'],
    [0n, 1, 16n, 'length'],
    [2n ** 53n, 0, 16n, 'length'],
    [2n ** 56n - 1n, 0, 16n, 'length'],
    [21n, 0, 15n, 'footer-offset'],
    [21n, 0, 0n, 'footer-offset'],
    [21n, 0, 17n, 'footer-offset'],
    [100n, 0, 17n, 'footer-offset'],
    [100n, 0, 20n, 'footer-offset'],
    [100n, 0, 96n, 'footer-offset'],
    [100n, 0, 2n ** 64n - 1n, 'footer-offset'],
    [100n, 0, 2n ** 63n + 16n, 'footer-offset'],
    [100n, 0, 2n ** 56n + 16n, 'footer-offset'],
  ])('of %d bytes, type %d and footer at %d is refused for its %s', (totalBytes, type, footerOffset, fault) => {
    expect(header(totalBytes, type, footerOffset)).toMatchObject({ fault })
  })

  it.each([
    [21n, 0, 16n, 0],
    [21n, 1, 16n, 0],
    [26n, 0, 21n, 1],
    [26n, 1, 21n, 2 ** 31 - 1],
    [2n ** 40n, 0, 2n ** 39n, 2 ** 31 - 1],
    [2n ** 53n - 1n, 0, 16n, 0],
  ])(
    'of %d bytes, type %d and footer at %d leaves room for entries of %d bytes',
    (totalBytes, type, footerOffset, max) => {
      expect(header(totalBytes, type, footerOffset)).toEqual({
        totalBytes: Number(totalBytes),
        compression: type === 0 ? 'none' : 'lz4',
        footerOffset: Number(footerOffset),
        entriesBytesMax: max,
      })
    },
  )

  it('stands anywhere in a buffer, and is short at its end', () => {
    const page = new Uint8Array(100)
    page.set(goldenBatches[0]!.bytes, 42)
    expect(decodeBatchHeader(page, 42)).toMatchObject({ totalBytes: 58 })
    expect(decodeBatchHeader(page, 85)).toMatchObject({ fault: 'short', offset: 15 })
    expect(decodeBatchHeader(page, 100)).toMatchObject({ fault: 'short', offset: 0 })
    expect(decodeBatchHeader(page, 200)).toMatchObject({ fault: 'short', offset: 0 })
  })
})

/** Items as given, with a checksum that is right. */
function footerOf(...items: readonly (number | number[])[]): Uint8Array {
  const body = items.flat()
  return Uint8Array.from([...body, ...littleEndian(crc32(body))])
}

describe('items that pass the checksum', () => {
  const calls: string[] = []
  const visitor = {
    entries: (regionId: number, firstIndex: number, count: number, begin: number, ends: Uint32Array) =>
      void calls.push(`entries ${regionId} ${firstIndex} ${begin} ${ends.subarray(0, count).join()}`),
    clean: (regionId: number) => void calls.push(`clean ${regionId}`),
    compact: (regionId: number, index: number) => void calls.push(`compact ${regionId} ${index}`),
    put: (regionId: number, key: Uint8Array, value: Uint8Array) => void calls.push(`put ${regionId} ${key} ${value}`),
    delete: (regionId: number, key: Uint8Array) => void calls.push(`delete ${regionId} ${key}`),
  }
  const read = (footer: Uint8Array, entriesBytesMax = 1000) => {
    calls.length = 0
    return new BatchReader(checksum).readItems(footer, 0, entriesBytesMax, visitor)
  }
  const clean = [5, 2, 1]

  it.each([
    ['item-type', [1, 5, 4]],
    ['item-type', [1, 5, 0]],
    ['command-type', [1, 5, 2, 3, 0]],
    ['command-type', [1, 5, 2, 0]],
    // Passes the Rust engine's check and then means nothing.
    ['key-operation', [1, 5, 3, 0, 1, 0x6b]],
    ['key-operation', [1, 5, 3, 3, 1, 0x6b]],
    ['trailing', [1, clean, 0]],
    ['trailing', [0, 0]],
    ['short', [2, clean]],
    ['short', [1]],
    ['short', [1, 5]],
    ['short', [1, 5, 1]],
    ['short', [1, 5, 1, 2]],
    ['short', [1, 5, 1, 2, 1, 1]],
    ['short', [1, 5, 1, 2, 1, 1, 0x81]],
    ['short', [1, 5, 2]],
    ['short', [1, 5, 2, 2]],
    ['short', [1, 5, 3]],
    ['short', [1, 5, 3, 1]],
    ['short', [1, 5, 3, 1, 2, 0x6b]],
    ['short', [1, 5, 3, 1, 1, 0x6b]],
    ['short', [1, 5, 3, 1, 1, 0x6b, 2, 0]],
    ['short', [1, 5, 3, 1, varint(2n ** 53n - 1n), 0x6b]],
    ['length', [1, 5, 3, 1, varint(2n ** 53n), 0x6b]],
    ['length', [varint(2n ** 64n - 1n), clean]],
    ['length', [1, 5, 1, varint(2n ** 60n), 1, 1]],
    ['region', [1, varint(2n ** 53n), 2, 1]],
    ['region', [1, varint(2n ** 64n - 1n), 2, 1]],
    ['index', [1, 5, 1, 1, varint(2n ** 53n), 1]],
    ['index', [1, 5, 1, 2, varint(2n ** 53n - 1n), 1, 2]],
    ['short', [1, 5, 1, varint(2n ** 52n), 1, 1]],
    ['entry-end', [1, 5, 1, 2, 1, 9, 8]],
    ['entry-end', [2, 5, 1, 1, 1, 9, 6, 1, 1, 1, 8]],
    ['entry-end', [1, 5, 1, 1, 1, varint(1001n)]],
    ['entry-end', [1, 5, 1, 1, 1, varint(2n ** 32n)]],
    ['entry-end', [1, 5, 1, 1, 1, varint(2n ** 63n)]],
    ['varint', [1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2, 2, 1]],
    ['varint', [1, 5, 2, 2, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x81, 0]],
  ] as [string, (number | number[])[]][])('are refused as %s: %j', (fault, items) => {
    // Each behind an item that is fine: nothing of the batch is applied.
    expect(read(footerOf(...items))).toMatchObject({ fault })
    expect(calls).toEqual([])
  })

  it('half way through a batch apply nothing', () => {
    expect(read(footerOf(2, clean, 5, 9))).toMatchObject({ fault: 'item-type', offset: 6 })
    expect(calls).toEqual([])
  })

  it('without any items are a batch', () => {
    expect(read(footerOf(0))).toBeUndefined()
    expect(calls).toEqual([])
  })

  it('name no entries when they count none', () => {
    expect(read(footerOf(2, [5, 1, 0], clean))).toBeUndefined()
    expect(calls).toEqual(['clean 5'])
  })

  it('may compact past every index', () => {
    expect(read(footerOf(2, 5, 2, 2, varint(2n ** 64n - 1n), 6, 2, 2, varint(2n ** 53n - 1n)))).toBeUndefined()
    expect(calls).toEqual([`compact 5 ${Number.MAX_SAFE_INTEGER}`, `compact 6 ${Number.MAX_SAFE_INTEGER}`])
  })

  it('are read when their numbers are longer than they need to be', () => {
    expect(read(footerOf([0x81, 0], [0x85, 0x80, 0], 2, 1))).toBeUndefined()
    expect(calls).toEqual(['clean 5'])
  })

  it('bring more ends than any batch before', () => {
    const reader = new BatchReader(checksum)
    for (const count of [1, 100, 70_000, 3]) {
      const ends = Array.from({ length: count }, (_, at) => varint(BigInt(at))).flat()
      calls.length = 0
      const footer = footerOf(1, 5, 1, varint(BigInt(count)), 1, ends)
      expect(reader.readItems(footer, 0, 1 << 20, visitor)).toBeUndefined()
      expect(calls).toEqual([`entries 5 1 0 ${Array.from({ length: count }, (_, at) => at).join()}`])
    }
  })

  it('are short when there is nothing but a checksum', () => {
    for (let length = 0; length < 5; length++) {
      expect(read(new Uint8Array(length))).toMatchObject({ fault: 'short', offset: length })
    }
  })
})

describe('a block of entries', () => {
  const block = (bytes: Uint8Array) => Uint8Array.from([...bytes, ...littleEndian(crc32([...bytes]))])
  const read = (bytes: Uint8Array, compression: 'none' | 'lz4') =>
    readEntriesBlock(block(bytes), compression, checksum, compressor)

  it('decompresses', () => {
    // Forty times "a", as the Rust engine compresses them.
    expect(read(fromHex('28 00 00 00 1F 61 01 00 0F 50 61 61 61 61 61'), 'lz4')).toEqual(new Uint8Array(40).fill(0x61))
  })

  it('is a view when it is not compressed', () => {
    const stored = block(Uint8Array.of(1, 2, 3))
    const raw = readEntriesBlock(stored, 'none', checksum, compressor)
    expect(raw).toEqual(Uint8Array.of(1, 2, 3))
    expect((raw as Uint8Array).buffer).toBe(stored.buffer)
  })

  it.each([1, 2, 3, 4])('of %d bytes is no LZ4', (length) => {
    expect(read(new Uint8Array(length), 'lz4')).toMatchObject({ fault: 'lz4' })
  })

  it.each(['', '00', '00 00 00 00'])('of %j is short', (hex) => {
    expect(readEntriesBlock(fromHex(hex), 'none', checksum, compressor)).toMatchObject({ fault: 'short' })
  })

  it('decompresses to what it says and to nothing else', () => {
    for (const rawLength of ['27', '29', '00', 'FF']) {
      expect(read(fromHex(`${rawLength} 00 00 00 1F 61 01 00 0F 50 61 61 61 61 61`), 'lz4')).toMatchObject({
        fault: 'lz4',
      })
    }
  })

  it('makes nobody allocate what it cannot hold', () => {
    for (const rawLength of ['FF FF FF 7F', '00 00 00 80', 'FF FF FF FF', '00 00 00 7E']) {
      expect(read(fromHex(`${rawLength} 1F 61 01 00 0F 50 61 61 61 61 61`), 'lz4')).toMatchObject({ fault: 'lz4' })
    }
  })
})
