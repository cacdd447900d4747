import { toHex } from '../src/byte-order.ts'
import { CompressedBlockError, type Compressor } from '../src/compressor.ts'
import { seededRandom } from '../src/seeded-random.ts'
import type { TestApi } from './test-api.ts'

/** How the suite gets what it tests. */
export interface CompressorComplianceOptions {
  /** Called once a test; the suite does not dispose of the result. */
  create(): Compressor | Promise<Compressor>
}

/**
 * What every {@link Compressor} must do: what goes in comes out; blocks keep the format's rules for their end, so that every
 * decoder reads them; blocks of others are read; and whatever a stranger sends is either the bytes it was said to be, or refused.
 */
export function compressorCompliance(t: TestApi, options: CompressorComplianceOptions): void {
  const { describe, it, expect } = t

  describe('compressor compliance', () => {
    it('gives back what it was given, at every length up to 300 bytes', async () => {
      const compressor = await options.create()
      for (const [name, make] of Object.entries(inputs)) {
        for (let length = 0; length <= 300; length++) {
          const data = make(length)
          const block = compressor.compress(data)
          expect([name, length, toHex(compressor.decompress(block, length))]).toEqual([name, length, toHex(data)])
        }
      }
    })

    it('gives back what it was given around what lengths and distances have room for', async () => {
      const compressor = await options.create()
      for (const [name, make] of Object.entries(inputs)) {
        for (const length of [1_000, 4_095, 65_534, 65_535, 65_536, 65_600, 140_000, 300_001]) {
          const data = make(length)
          const raw = compressor.decompress(compressor.compress(data), length)
          expect([name, length, isEqual(raw, data)]).toEqual([name, length, true])
        }
      }
    })

    it('makes blocks within their bound that end as the format wants it', async () => {
      const compressor = await options.create()
      for (const [name, make] of Object.entries(inputs)) {
        for (const length of [0, 1, 4, 5, 11, 12, 13, 14, 17, 31, 64, 270, 271, 5_000, 70_000]) {
          const block = compressor.compress(make(length))
          const withinBound = block.length <= compressor.compressBound(length)
          expect([name, length, withinBound, brokenRule(block, length)]).toEqual([name, length, true, undefined])
        }
      }
    })

    it('shrinks what repeats, and costs little where nothing does', async () => {
      const compressor = await options.create()
      expect(compressor.compress(inputs.text!(8_000)).length < 4_000).toBe(true)
      expect(compressor.compress(inputs.zeros!(8_000)).length < 100).toBe(true)
      expect(compressor.compress(inputs.noise!(8_000)).length < 8_100).toBe(true)
    })

    it('takes every acceleration, and without one the slowest', async () => {
      const compressor = await options.create()
      const data = inputs.text!(20_000)
      for (const acceleration of [1, 2, 7, 64, 1_000, 65_537]) {
        const block = compressor.compress(data, acceleration)
        expect(brokenRule(block, data.length)).toBeUndefined()
        expect(isEqual(compressor.decompress(block, data.length), data)).toBe(true)
      }
      expect(isEqual(compressor.compress(data), compressor.compress(data, 1))).toBe(true)
    })

    it('writes into a part of an array and nowhere else', async () => {
      const compressor = await options.create()
      for (const make of Object.values(inputs)) {
        for (const length of [0, 3, 40, 500, 9_000]) {
          const data = make(length)
          const bound = compressor.compressBound(length)
          const target = new Uint8Array(bound + 20).fill(0xa5)
          const end = compressor.compressInto(data, target, 7)
          expect(isEqual(compressor.decompress(target.subarray(7, end), length), data)).toBe(true)
          const around = [...target.subarray(0, 7), ...target.subarray(7 + bound)]
          expect(around.every((byte) => byte === 0xa5)).toBe(true)
        }
      }
    })

    it('reads a view wherever it starts in its buffer, and leaves it as it was', async () => {
      const compressor = await options.create()
      const data = inputs.text!(400)
      const block = compressor.compress(data)
      for (let start = 0; start < 17; start++) {
        const surroundings = new Uint8Array(start + data.length + 40).fill(0xa5)
        surroundings.set(data, start)
        const before = surroundings.slice()
        const view = surroundings.subarray(start, start + data.length)
        expect(isEqual(compressor.compress(view), block)).toBe(true)
        expect(isEqual(surroundings, before)).toBe(true)
        surroundings.fill(0xa5).set(block, start)
        const blockBefore = surroundings.slice()
        const raw = compressor.decompress(surroundings.subarray(start, start + block.length), data.length)
        expect(isEqual(raw, data)).toBe(true)
        expect(isEqual(surroundings, blockBefore)).toBe(true)
      }
    })

    it('gives results that later calls leave alone', async () => {
      const compressor = await options.create()
      const first = inputs.text!(500)
      const block = compressor.compress(first)
      const blockBefore = block.slice()
      const raw = compressor.decompress(block, first.length)
      compressor.decompress(compressor.compress(inputs.noise!(900)), 900)
      compressor.compress(inputs.zeros!(900))
      expect(isEqual(block, blockBefore)).toBe(true)
      expect(isEqual(raw, first)).toBe(true)
    })

    it('makes the same block of the same bytes, whatever it did before', async () => {
      const compressor = await options.create()
      const data = inputs.text!(3_000)
      const block = compressor.compress(data)
      for (const make of Object.values(inputs)) {
        compressor.compress(make(3_000))
        compressor.compress(make(100_000))
        expect(isEqual(compressor.compress(data), block)).toBe(true)
      }
    })

    it('reads blocks that others have made', async () => {
      const compressor = await options.create()
      for (const [block, raw] of foreign) {
        expect([block, toHex(compressor.decompress(fromHex(block), raw.length / 2))]).toEqual([block, raw])
      }
    })

    it('refuses what is malformed', async () => {
      const compressor = await options.create()
      for (const [block, rawLength] of malformed) {
        const error = thrownBy(() => compressor.decompress(fromHex(block), rawLength))
        const evidence = error instanceof CompressedBlockError && [error.blockLength, error.rawLength]
        expect([block, evidence]).toEqual([block, [block.length / 2, rawLength]])
      }
    })

    it('refuses every beginning of a block, and a wrong length of what is inside', async () => {
      const compressor = await options.create()
      for (const make of Object.values(inputs)) {
        const block = compressor.compress(make(700))
        for (let cut = 0; cut < block.length; cut++) {
          expect(thrownBy(() => compressor.decompress(block.subarray(0, cut), 700))).toBeInstanceOf(
            CompressedBlockError,
          )
        }
        for (const rawLength of [0, 1, 699, 701, 1_000]) {
          expect(thrownBy(() => compressor.decompress(block, rawLength))).toBeInstanceOf(CompressedBlockError)
        }
      }
    })

    it('allocates nothing for a length that a block so short cannot hold', async () => {
      const compressor = await options.create()
      const block = compressor.compress(inputs.zeros!(1_000))
      // With an allocation, the first of these would take longer than the test may.
      for (const rawLength of [2 ** 31 - 1, 2 ** 32 - 1, 2 ** 53 - 1]) {
        expect(thrownBy(() => compressor.decompress(block, rawLength))).toBeInstanceOf(CompressedBlockError)
      }
      expect(isEqual(compressor.decompress(block, 1_000), inputs.zeros!(1_000))).toBe(true)
    })

    it('gives as many bytes as were asked for, or refuses, whatever the block says', async () => {
      const compressor = await options.create()
      const random = seededRandom(4)
      const blocks = Object.values(inputs).map((make) => compressor.compress(make(400)))
      let acceptedCount = 0
      for (let run = 0; run < 4_000; run++) {
        const block = blocks[run % blocks.length]!.slice()
        for (let change = 0; change < 1 + (run % 3); change++) {
          block[random.uint32() % block.length] = random.uint32() & (run % 2 === 0 ? 0xff : 0x0f)
        }
        try {
          expect(compressor.decompress(block, 400).length).toBe(400)
          acceptedCount++
        } catch (error) {
          expect(error).toBeInstanceOf(CompressedBlockError)
        }
      }
      // Most changes fall on literals.
      expect(acceptedCount).toBeGreaterThan(100)
    })
  })
}

/** Of each kind, as long as wanted. */
const inputs: Readonly<Record<string, (length: number) => Uint8Array>> = {
  zeros: (length) => new Uint8Array(length),
  noise(length) {
    const random = seededRandom(1)
    return Uint8Array.from({ length }, () => random.uint32() & 0xff)
  },
  /** Repeats at a distance that changes. */
  text(length) {
    const random = seededRandom(2)
    let text = ''
    while (text.length < length) text += `{"id":${random.uint32() % 100_000},"name":"user ${random.uint32() % 50}"},`
    return Uint8Array.from({ length }, (_, at) => text.charCodeAt(at))
  },
  /** Periods below and above the width of any copy, one after another. */
  periods: (length) =>
    Uint8Array.from({ length }, (_, at) => {
      const period = 1 + (Math.floor(at / 97) % 41)
      return period * 5 + (at % period)
    }),
  /** A match as far back as a distance reaches, and one farther. */
  distant(length) {
    const random = seededRandom(3)
    const data = Uint8Array.from({ length }, () => random.uint32() & 0xff)
    for (let at = 65_535; at < Math.min(length, 65_560); at++) data[at] = data[at - 65_535]!
    for (let at = 65_570; at < Math.min(length, 65_590); at++) data[at] = data[at - 65_570]!
    return data
  },
}

/** A block, and the bytes inside it. */
const foreign: readonly (readonly [block: string, raw: string])[] = [
  ['00', ''],
  ['1061', '61'],
  [`F000${'41'.repeat(15)}`, '41'.repeat(15)],
  [`F0FF00${'42'.repeat(270)}`, '42'.repeat(270)],
  // Forty times one letter, as a match at distance one.
  ['1F6101000F506161616161', '61'.repeat(40)],
  // At distances of two, three, seven and nine, into what the match itself writes.
  ['266162020050' + '6162616261', `${'6162'.repeat(6)}${'6162616261'}`],
  ['34616263030050' + '6162636162', `${'616263'.repeat(3)}6162${'6162636162'}`],
  ['78' + '61626364656667' + '070050' + '6162636465', `${'61626364656667'.repeat(2)}6162636465${'6162636465'}`],
  ['9F' + '010203040506070809' + '0900' + '00' + '50' + '0102030405', foreignPeriod()],
  // Two matches in a row: a sequence without literals.
  ['4401020304' + '0400' + '04' + '0800' + '50' + '0908070605', `${'01020304'.repeat(5)}0908070605`],
  // Nineteen bytes of match, whose length goes on with zero.
  ['1FAA' + '0100' + '00' + '50' + '0102030405', `${'AA'.repeat(20)}0102030405`],
  // A match of 274 bytes: 4, 15, and 255 with a zero behind.
  ['1FBB' + '0100' + 'FF00' + '50' + '0102030405', `${'BB'.repeat(275)}0102030405`],
]

function foreignPeriod(): string {
  const period = '010203040506070809'
  return `${period}${period.repeat(3).slice(0, 38)}0102030405`
}

/** A block, and how many bytes it is said to hold. */
const malformed: readonly (readonly [block: string, rawLength: number])[] = [
  ['', 0],
  ['', 1],
  // Ends within: a literal, a length, another, the distance, a match's length; and behind a match.
  ['10', 1],
  ['F0', 15],
  ['F0FF', 270],
  ['F0FFFFFFFF', 1200],
  ['1061', 2],
  ['106101', 1],
  ['146101', 9],
  ['1F610100', 40],
  ['1F610100FF', 274],
  ['14610100', 9],
  // A distance of zero, one before the first byte, and one when there is no byte yet.
  ['1461' + '0000' + '50' + '6161616161', 14],
  ['1461' + '0200' + '50' + '6161616161', 14],
  ['04' + '0100' + '50' + '6161616161', 13],
  ['1461' + 'FFFF' + '50' + '6161616161', 14],
  // More literals than said; a match that goes past it; less than said.
  ['3061' + '6161', 2],
  ['1F6101000F506161616161', 39],
  ['1F6101000F506161616161', 34],
  ['1F6101000F506161616161', 10],
  ['1F6101000F506161616161', 41],
  // Lengths that pass 2^32 are no lengths.
  [`F0${'FF'.repeat(300)}`, 40],
  [`1F610100${'FF'.repeat(300)}00`, 40],
  // Bytes behind the end.
  ['106100', 1],
  ['0000', 0],
]

/** What is wrong with a block that is to hold so many bytes. An independent reading of the format. */
function brokenRule(block: Uint8Array, rawLength: number): string | undefined {
  let at = 0
  let produced = 0
  let lastMatchStart: number | undefined
  const length = (half: number): number => {
    let sum = half
    for (let more = half === 15 ? 255 : 0; more === 255; sum += more) more = block[at++]!
    return sum
  }
  for (;;) {
    const token = block[at++]
    if (token === undefined) return 'no last literals'
    const literals = length(token >> 4)
    at += literals
    produced += literals
    if (at > block.length) return 'literals past the end'
    if (at === block.length) {
      if (produced !== rawLength) return `holds ${produced} bytes`
      if (lastMatchStart !== undefined && literals < 5) return 'fewer than five last literals'
      if (lastMatchStart !== undefined && lastMatchStart > rawLength - 12) return 'a match among the last twelve bytes'
      return undefined
    }
    const distance = block[at]! | (block[at + 1]! << 8)
    at += 2
    if (distance === 0 || distance > produced) return `a distance of ${distance} at ${produced}`
    lastMatchStart = produced
    produced += length(token & 15) + 4
  }
}

function isEqual(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, at) => byte === right[at])
}

function fromHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

function thrownBy(run: () => unknown): unknown {
  try {
    run()
  } catch (error) {
    return error
  }
  return undefined
}
