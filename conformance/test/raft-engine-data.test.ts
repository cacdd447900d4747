import { describe, expect, it } from 'vitest'
import { dataBytes, dataText, encodeEntry, toHex } from '../src/raft-engine/data.ts'

describe('data by a rule', () => {
  // The same vectors stand in raft-engine-rs/src/data.rs.
  it('is what the Rust program computes', () => {
    expect(toHex(dataBytes({ kind: 'incompressible', seed: 1, length: 11 }))).toBe('72172d5ef098e414fda10e')
    expect(toHex(dataBytes({ kind: 'incompressible', seed: 2 ** 32 - 1, length: 5 }))).toBe('8a1c72eb34')
    expect(new TextDecoder().decode(dataBytes({ kind: 'json', seed: 1, length: 90 }))).toBe(
      '{"id":1580013426,"state":"pending","balance":74333},{"id":3011703609,"state":"pending","ba',
    )
  })

  it('is named in scripts by its rule', () => {
    expect(dataText({ kind: 'json', seed: 7, length: 300 })).toBe('json:7:300')
    expect(dataText({ kind: 'bytes', bytes: Uint8Array.of(0, 255) })).toBe('x:00ff')
  })

  it('becomes an entry with the fields that a node writes', () => {
    expect(toHex(encodeEntry(5, 300, Uint8Array.of(0x61)))).toBe('100518ac02220161')
    expect(encodeEntry(0, 0, new Uint8Array())).toHaveLength(0)
  })
})
