import { ApiVersionNotMatchedError, InvalidColumnFamilyError, TtlNotEnabledError } from '@stratakv/core'
import { describe, expect, it } from 'vitest'
import { v1 } from '../src/v1.ts'

function thrownBy(action: () => unknown): unknown {
  try {
    action()
  } catch (error) {
    return error
  }
  return undefined
}

describe('API V1', () => {
  it('stores golden bytes: keys and values as they came, without a copy', () => {
    const version = v1()
    for (const bytes of [new Uint8Array(), Uint8Array.of(0x72, 0, 0xff), Uint8Array.of(0x7a, 0x61)]) {
      expect(version.encodeRawKey(bytes)).toBe(bytes)
      expect(version.decodeRawKey(bytes)).toBe(bytes)
      expect(version.encodeRawValue(bytes, 0)).toBe(bytes)
      expect(version.decodeRawValue(bytes, 1)?.value).toBe(bytes)
    }
  })

  it('refuses other versions in the words that clients match', () => {
    const texts = [1, 2, 3].map(
      (requestVersion) => (thrownBy(() => v1().checkKeys(requestVersion, 'raw', 'raw_put', [])) as Error).message,
    )
    expect(texts).toEqual([
      'Api version in request does not match with TiKV storage, cmd: raw_put, storage: V1, request: V1ttl',
      'Api version in request does not match with TiKV storage, cmd: raw_put, storage: V1, request: V2',
      'Api version in request does not match with TiKV storage, cmd: raw_put, storage: V1, request: APIVersion(3)',
    ])
    expect(thrownBy(() => v1().checkRanges(2, 'txn', 'kv_scan', []))).toBeInstanceOf(ApiVersionNotMatchedError)
  })

  it('takes any key and any range, also an unbounded one', () => {
    const version = v1()
    version.checkKeys(0, 'txn', 'kv_get', [new Uint8Array(), Uint8Array.of(0xff)])
    version.checkRanges(0, 'raw', 'raw_scan', [{ start: new Uint8Array(), end: new Uint8Array() }])
    expect(thrownBy(() => version.checkKeys(0, 'raw', 'raw_get', [Uint8Array.of(0x74)]))).toBe(undefined)
  })

  it('keeps clients out of the raft column family', () => {
    const error = thrownBy(() => v1().rawColumnFamily('raft'))
    expect(error).toBeInstanceOf(InvalidColumnFamilyError)
    expect((error as Error).message).toBe('invalid cf name: raft')
  })

  it('refuses a time to live in the words that clients match', () => {
    const error = thrownBy(() => v1().encodeRawValue(Uint8Array.of(1), 7))
    expect(error).toBeInstanceOf(TtlNotEnabledError)
    expect((error as Error).message).toBe('ttl is not enabled, but get put request with ttl')
  })
})
