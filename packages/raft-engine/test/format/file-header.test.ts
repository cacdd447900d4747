import { describe, expect, it } from 'vitest'
import {
  decodeFileHeader,
  encodeFileHeader,
  type FormatVersion,
  fileHeaderBytes,
  fileHeaderBytesMax,
} from '../../src/format/file-header.ts'
import { fromHex } from './hex.ts'

const magicHex = `
  52 41 46 54 2D 4C 4F 47 2D 46 49 4C 45 2D 48 45
  41 44 45 52 2D 39 39 38 36 41 42 33 45 34 37 46
  33 32 30 42 33 39 34 43 38 45 38 34 39 31 36 45
  42 30 45 44 35
`
const golden: Record<FormatVersion, Uint8Array> = {
  1: fromHex(`${magicHex} 00 00 00 00 00 00 00 01`),
  2: fromHex(`${magicHex} 00 00 00 00 00 00 00 02 00 00 00 00 00 00 00 00`),
}
const versions = [1, 2] as const

describe.each(versions)('version %d', (version) => {
  it('writes its golden bytes and reads them back', () => {
    expect(encodeFileHeader(version)).toEqual(golden[version])
    const lengthBytes = version === 1 ? 61 : 69
    expect(fileHeaderBytes(version)).toBe(lengthBytes)
    expect(decodeFileHeader(golden[version])).toEqual({ version, lengthBytes, alignmentBytes: 0 })
  })

  it('looks at nothing behind the header', () => {
    const file = new Uint8Array(200).fill(0xee)
    file.set(golden[version])
    expect(decodeFileHeader(file)).toEqual(decodeFileHeader(golden[version]))
  })

  it('calls every cut short', () => {
    for (let length = 0; length < golden[version].length; length++) {
      expect(decodeFileHeader(golden[version].subarray(0, length)), `${length} bytes`).toMatchObject({ fault: 'short' })
    }
  })

  it('sees every flipped bit but those of the alignment', () => {
    for (let bit = 0; bit < 61 * 8; bit++) {
      const flipped = golden[version].slice()
      flipped[bit >> 3]! ^= 1 << (bit & 7)
      expect(decodeFileHeader(flipped), `bit ${bit}`).toMatchObject({ fault: bit < 53 * 8 ? 'magic' : 'version' })
    }
  })
})

it('needs the longest header to tell', () => {
  expect(fileHeaderBytesMax).toBe(69)
})

it.each([0n, 3n, 256n, 2n ** 32n + 1n, 2n ** 64n - 1n])('knows no version %d', (version) => {
  const header = golden[2].slice()
  new DataView(header.buffer).setBigUint64(53, version)
  expect(decodeFileHeader(header)).toEqual({ fault: 'version', detail: `format version ${version}` })
})

it.each([1n, 16n, 4096n, 2n ** 40n])('reads an alignment of %d', (alignment) => {
  const header = golden[2].slice()
  new DataView(header.buffer).setBigUint64(61, alignment)
  expect(decodeFileHeader(header)).toEqual({ version: 2, lengthBytes: 69, alignmentBytes: Number(alignment) })
})

it('refuses an alignment that is no safe integer', () => {
  const header = golden[2].slice()
  new DataView(header.buffer).setBigUint64(61, 2n ** 53n)
  expect(decodeFileHeader(header)).toEqual({ fault: 'alignment', detail: 'alignment 9007199254740992' })
})

it('reads from the middle of a buffer', () => {
  const page = new Uint8Array(300)
  page.set(golden[2], 100)
  expect(decodeFileHeader(page.subarray(100))).toMatchObject({ version: 2 })
})
