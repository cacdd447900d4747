import type { Checksum } from '../src/checksum.ts'
import type { TestApi } from './test-api.ts'

/** How the suite gets what it tests. */
export interface ChecksumComplianceOptions {
  /** Called once a test; the suite does not dispose of the result. */
  create(): Checksum | Promise<Checksum>
}

/**
 * What every {@link Checksum} must do: the published check values, continuation at any cut, and any length and
 * alignment an implementation may treat differently, each against a bit-by-bit computation.
 */
export function checksumCompliance(t: TestApi, options: ChecksumComplianceOptions): void {
  const { describe, it, expect } = t

  describe('checksum compliance', () => {
    it('gives the check values of the CRC catalogue', async () => {
      const checksum = await options.create()
      const digits = Uint8Array.of(0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39)
      expect(checksum.crc32(digits)).toBe(0xcbf43926)
      expect(checksum.crc32c(digits)).toBe(0xe3069283)
      expect(checksum.crc64(digits)).toBe(0x995dc9bbdf1939fan)
    })

    it('gives zero for no bytes, and the seed back when continuing with none', async () => {
      const checksum = await options.create()
      const none = new Uint8Array(0)
      expect(checksum.crc32(none)).toBe(0)
      expect(checksum.crc32c(none)).toBe(0)
      expect(checksum.crc64(none)).toBe(0n)
      expect(checksum.crc32(none, 0xfedcba98)).toBe(0xfedcba98)
      expect(checksum.crc32c(none, 0xfedcba98)).toBe(0xfedcba98)
      expect(checksum.crc64(none, 0xfedcba9876543210n)).toBe(0xfedcba9876543210n)
    })

    it('gives unsigned results', async () => {
      const checksum = await options.create()
      for (let length = 1; length <= 64; length++) {
        const data = pattern(length)
        expect(inRange(checksum.crc32(data), 2 ** 32)).toBe(true)
        expect(inRange(checksum.crc32c(data), 2 ** 32)).toBe(true)
        const wide = checksum.crc64(data)
        expect(wide >= 0n && wide < 1n << 64n).toBe(true)
      }
    })

    it('agrees with the bit-by-bit computation at every length up to 600 bytes', async () => {
      const checksum = await options.create()
      const data = pattern(600)
      for (let length = 0; length <= data.length; length++) {
        const part = data.subarray(0, length)
        expect([length, checksum.crc32(part)]).toEqual([length, Number(bitwise(part, 0xedb88320n, 32))])
      }
      for (let length = 0; length <= data.length; length += length < 80 ? 1 : 13) {
        const part = data.subarray(0, length)
        expect([length, checksum.crc32c(part)]).toEqual([length, Number(bitwise(part, 0x82f63b78n, 32))])
        expect([length, checksum.crc64(part)]).toEqual([length, bitwise(part, 0xc96c5795d7870f42n, 64)])
      }
    })

    it('reads a view wherever it starts in its buffer, and nothing around it', async () => {
      const checksum = await options.create()
      const data = pattern(300)
      const expected = [checksum.crc32(data), checksum.crc32c(data), checksum.crc64(data)]
      for (let start = 0; start < 17; start++) {
        const surroundings = new Uint8Array(start + data.length + 40).fill(0xa5)
        surroundings.set(data, start)
        const view = surroundings.subarray(start, start + data.length)
        expect([checksum.crc32(view), checksum.crc32c(view), checksum.crc64(view)]).toEqual(expected)
      }
    })

    it('continues from an earlier result at any cut', async () => {
      const checksum = await options.create()
      const data = pattern(700)
      const whole = [checksum.crc32(data), checksum.crc32c(data), checksum.crc64(data)]
      for (const cut of [0, 1, 7, 8, 9, 15, 16, 17, 63, 64, 65, 255, 256, 257, 511, 699, 700]) {
        const first = data.subarray(0, cut)
        const rest = data.subarray(cut)
        expect([
          checksum.crc32(rest, checksum.crc32(first)),
          checksum.crc32c(rest, checksum.crc32c(first)),
          checksum.crc64(rest, checksum.crc64(first)),
        ]).toEqual(whole)
      }
    })

    it('gives the same for a large input whole and in pieces', async () => {
      const checksum = await options.create()
      const data = pattern(300_001)
      let crc32 = 0
      let crc32c = 0
      let crc64 = 0n
      for (let at = 0; at < data.length; at += 37_501) {
        const piece = data.subarray(at, at + 37_501)
        crc32 = checksum.crc32(piece, crc32)
        crc32c = checksum.crc32c(piece, crc32c)
        crc64 = checksum.crc64(piece, crc64)
      }
      expect([checksum.crc32(data), checksum.crc32c(data), checksum.crc64(data)]).toEqual([crc32, crc32c, crc64])
    })

    it('leaves its input as it was', async () => {
      const checksum = await options.create()
      const data = pattern(5_000)
      checksum.crc32(data)
      checksum.crc32c(data)
      checksum.crc64(data)
      expect(data).toEqual(pattern(5_000))
    })

    it('notices every single flipped bit of a short record', async () => {
      const checksum = await options.create()
      const data = pattern(48)
      const sound = [checksum.crc32(data), checksum.crc32c(data), checksum.crc64(data)]
      for (let bit = 0; bit < data.length * 8; bit++) {
        data[bit >> 3]! ^= 1 << (bit & 7)
        expect(checksum.crc32(data) === sound[0]).toBe(false)
        expect(checksum.crc32c(data) === sound[1]).toBe(false)
        expect(checksum.crc64(data) === sound[2]).toBe(false)
        data[bit >> 3]! ^= 1 << (bit & 7)
      }
    })
  })
}

/** Bytes without a period that a table or a lane of an implementation could hide behind. */
function pattern(length: number): Uint8Array {
  const data = new Uint8Array(length)
  let state = 0x9e3779b9
  for (let at = 0; at < length; at++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    data[at] = state >>> 24
  }
  return data
}

function inRange(value: number, end: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < end
}

/** The definition of a reflected CRC, as slow as it is plain. */
function bitwise(data: Uint8Array, polynomial: bigint, width: number): bigint {
  const ones = (1n << BigInt(width)) - 1n
  let register = ones
  for (const byte of data) {
    register ^= BigInt(byte)
    for (let bit = 0; bit < 8; bit++) register = register & 1n ? (register >> 1n) ^ polynomial : register >> 1n
  }
  return register ^ ones
}
