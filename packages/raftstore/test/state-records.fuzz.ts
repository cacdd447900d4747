import { deepStrictEqual } from 'node:assert/strict'
import { assert, type Region } from '@stratakv/core'
import type { FuzzTarget } from '@stratakv/testkit'
import { StateRecordError } from '../src/errors.ts'
import { regionStateKey } from '../src/keys.ts'
import {
  decodePreparedRegion,
  decodeRegionState,
  decodeStoreIdent,
  encodePreparedRegion,
  encodeRegionState,
  encodeStoreIdent,
  type StoreIdentity,
} from '../src/state-records.ts'

const key = regionStateKey(2)
const region: Region = {
  id: 2,
  startKey: Uint8Array.of(1, 2, 3),
  endKey: Uint8Array.of(9),
  epoch: { confVer: 3, version: 7 },
  peers: [
    { id: 3, storeId: 1, role: 'voter' },
    { id: 4, storeId: 2, role: 'learner' },
  ],
}

export const regionStateTarget: FuzzTarget<Region | undefined> = {
  name: 'raftstore/region-state',
  refusals: [StateRecordError],
  seeds: () => [encodeRegionState(region), encodeRegionState({ ...region, peers: region.peers.slice(1) })],
  decode: (input) => decodeRegionState(key, input),
  check(decoded) {
    if (decoded === undefined) return
    checkRegion(decoded)
    deepStrictEqual(decodeRegionState(key, encodeRegionState(decoded)), decoded)
  },
}

export const preparedRegionTarget: FuzzTarget<Region> = {
  name: 'raftstore/prepared-region',
  refusals: [StateRecordError],
  seeds: () => [encodePreparedRegion(region)],
  decode: (input) => decodePreparedRegion(key, input),
  check(decoded) {
    checkRegion(decoded)
    deepStrictEqual(decodePreparedRegion(key, encodePreparedRegion(decoded)), decoded)
  },
}

export const storeIdentTarget: FuzzTarget<StoreIdentity> = {
  name: 'raftstore/store-ident',
  refusals: [StateRecordError],
  seeds: () => [encodeStoreIdent({ clusterId: 2n ** 63n + 5n, storeId: 17 })],
  decode: (input) => decodeStoreIdent(key, input),
  check: (decoded) => deepStrictEqual(decodeStoreIdent(key, encodeStoreIdent(decoded)), decoded),
}

function checkRegion({ id, epoch, peers }: Region): void {
  const ids = [id, epoch.confVer, epoch.version, ...peers.flatMap((peer) => [peer.id, peer.storeId])]
  assert(ids.every(Number.isSafeInteger), 'an id or epoch of a region is no whole number')
}
