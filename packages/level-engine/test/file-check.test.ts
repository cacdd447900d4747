import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openLevelEngine } from '@stratakv/level-engine'
import { createChecksum, createKernels } from '@stratakv/wasm'
import { beforeAll, describe, expect, it } from 'vitest'
import { checkLog, checkTable, markDamagedBlocks } from '../src/file-check.ts'
import { SnappyFault, unpackSnappy } from '../src/snappy.ts'

const checksum = createChecksum({ kernels: createKernels() })
let table: Uint8Array
let log: Uint8Array

const bytes = (text: string) => new TextEncoder().encode(text)

beforeAll(async () => {
  const path = await mkdtemp(join(tmpdir(), 'level-check-'))
  const fill = async (count: number) => {
    const engine = await openLevelEngine({ path })
    for (let index = 0; index < count; index++) {
      const value = bytes(`value ${index} `.repeat(5))
      await engine.write([{ type: 'put', cf: 'default', key: bytes(`key ${index}`), value }], { sync: false })
    }
    await engine.close()
  }
  // The second opening makes a table of the first one's log, and leaves a log of its own.
  await fill(400)
  await fill(600)
  const names = await readdir(path)
  table = new Uint8Array(await readFile(join(path, names.find((name) => name.endsWith('.ldb'))!)))
  log = new Uint8Array(await readFile(join(path, names.find((name) => name.endsWith('.log'))!)))
  await rm(path, { recursive: true })
})

describe('a table', () => {
  it('of LevelDB passes', () => {
    expect(checkTable(checksum, table)).toBeUndefined()
    expect(markDamagedBlocks(checksum, table)).toBeUndefined()
  })

  it('shows a flipped bit anywhere but in the padding of its footer', () => {
    for (let at = 0; at < table.length; at += 7) {
      const flipped = table.slice()
      flipped[at]! ^= 1 << (at % 8)
      const fault = checkTable(checksum, flipped)
      if (fault === undefined) expect(at, 'the footer is padded').toBeGreaterThan(table.length - 48)
      else expect(fault.offset).toBeLessThanOrEqual(at)
    }
  })

  it('shows each cut', () => {
    for (let length = 0; length < table.length; length += 31) {
      expect(checkTable(checksum, table.subarray(0, length)), `length ${length}`).toBeDefined()
    }
  })
})

describe('a log', () => {
  it('of LevelDB passes, and one that a crash cut off too', () => {
    expect(checkLog(checksum, log)).toBeUndefined()
    for (let length = 0; length < log.length; length += 97) {
      expect(checkLog(checksum, log.subarray(0, length)), `length ${length}`).toBeUndefined()
    }
  })

  it('tells damage with something sound behind it from a torn tail', () => {
    expect(log.length).toBeGreaterThan(32 * 1024)
    const flipped = log.slice()
    flipped[100]! ^= 1
    expect(checkLog(checksum, flipped)).toMatchObject({ isTail: false, detail: expect.stringContaining('checksum') })
    const torn = log.slice()
    torn[log.length - 3]! ^= 1
    expect(checkLog(checksum, torn)).toMatchObject({ isTail: true })
  })
})

describe('unpackSnappy', () => {
  it('knows literals, and copies that overlap what they write', () => {
    const packed = Uint8Array.of(10, 0x00, 0x61, 0x11, 0x01, 0x00, 0x62)
    expect(new TextDecoder().decode(unpackSnappy(packed, 100))).toBe('aaaaaaaaab')
  })

  it('refuses what is cut off, too long, or copies from nowhere', () => {
    const refused = [
      [],
      [10],
      [10, 0x00],
      [4, 0x0c, 1, 2],
      [200, 1, 0x00, 0x61],
      [5, 0x11, 0x01],
      [2, 0x00, 0x61],
      [1, 0x04, 0x61, 0x62],
    ]
    for (const packed of refused) {
      expect(() => unpackSnappy(Uint8Array.from(packed), 100), String(packed)).toThrow(SnappyFault)
    }
  })
})
