import { emptyBytes, type Region } from '@stratakv/core'
import { describe, expect, it } from 'vitest'
import { StateRecordError } from '../src/errors.ts'
import { applyStateKey, isRegionStateKey, regionStateKey } from '../src/keys.ts'
import {
  decodeRegionState,
  decodeStoreIdent,
  encodeInitialApplyState,
  encodeRegionState,
  encodeStoreIdent,
} from '../src/state-records.ts'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const region: Region = {
  id: 2,
  startKey: emptyBytes,
  endKey: emptyBytes,
  epoch: { confVer: 1, version: 1 },
  peers: [{ id: 3, storeId: 1, role: 'voter' }],
}

describe('state records', () => {
  it('have the keys of TiKV 6.1', () => {
    expect(hex(regionStateKey(2))).toBe('0103000000000000000201')
    expect(hex(applyStateKey(0x0102030405))).toBe('0102000000010203040503')
    expect(isRegionStateKey(regionStateKey(9))).toBe(true)
    expect(isRegionStateKey(applyStateKey(9))).toBe(false)
  })

  it('have the bytes of TiKV 6.1', () => {
    // StoreIdent { cluster_id = 1: 7, store_id = 2: 1 }; protobuf leaves zero fields out.
    expect(hex(encodeStoreIdent({ clusterId: 7n, storeId: 1 }))).toBe('08071001')
    // RegionLocalState { region = 2: { id = 1, region_epoch = 4 { 1, 1 }, peers = 5 { id = 1: 3, store_id = 2: 1 } } }
    expect(hex(encodeRegionState(region))).toBe('120e0802220408011001' + '2a0408031001')
    // RaftApplyState { applied_index = 1: 5, truncated_state = 2 { 5, 5 }, commit_index = 4: 5, commit_term = 5: 5 }
    expect(hex(encodeInitialApplyState())).toBe('0805' + '120408051005' + '2005' + '2805')
  })

  it('come back as they were', () => {
    const identity = { clusterId: 2n ** 63n + 5n, storeId: 17 }
    expect(decodeStoreIdent(emptyBytes, encodeStoreIdent(identity))).toEqual(identity)
    expect(decodeRegionState(emptyBytes, encodeRegionState(region))).toEqual(region)
  })

  it('name the key when they are damaged', () => {
    const key = regionStateKey(2)
    for (const damaged of [Uint8Array.of(0x12, 0xff), Uint8Array.of(0x08, 0x01), emptyBytes]) {
      expect(() => decodeRegionState(key, damaged)).toThrow(StateRecordError)
      expect(() => decodeRegionState(key, damaged)).toThrow(/0103000000000000000201/)
    }
    expect(() => decodeStoreIdent(key, emptyBytes)).toThrow(StateRecordError)
  })
})
