import { deepStrictEqual } from 'node:assert/strict'
import { assert, concatBytes, type Region, type SeededRandom, type StoreMeta } from '@stratakv/core'
import type { FuzzTarget } from '@stratakv/testkit'
import { crc32 } from '../src/crc32.ts'
import { HttpError, percentDecoded } from '../src/edge/http-routes.ts'
import { MetadataCorruptionError, MetadataValueError, MetadataVersionError } from '../src/errors.ts'
import { decodeEntry, type EtcdKeyValue } from '../src/etcd-kv.ts'
import { decodeService, type ServiceSafePoint } from '../src/gc-safe-points.ts'
import {
  encodeHeader,
  encodeRecord,
  headerBytes,
  type RecoveredMetadata,
  recordHeaderBytes,
  recoverMetadata,
} from '../src/metadata-format.ts'
import type { MetadataStore } from '../src/metadata-store.ts'
import {
  decodeRegion,
  decodeStore,
  encodeRegion,
  encodeStore,
  metadataKeys,
  PersistedValues,
} from '../src/persisted-values.ts'
import { region, storeMeta } from './sample-driver.ts'

const path = 'pd/metadata.log'
const text = (value: string) => new TextEncoder().encode(value)

function records(random: SeededRandom): Uint8Array[] {
  const value = () => Uint8Array.from({ length: random.uint32() % 40 }, () => random.uint32() & 0xff)
  return [
    encodeRecord(1n, [{ key: metadataKeys.clusterId, value: value() }]),
    encodeRecord(2n, [
      { key: metadataKeys.store(1), value: value() },
      { key: metadataKeys.region(2), value: undefined },
    ]),
    encodeRecord(3n, []),
  ]
}

export const metadataFileTarget: FuzzTarget<RecoveredMetadata> = {
  name: 'pd-scheduler/metadata-file',
  refusals: [MetadataCorruptionError, MetadataVersionError],
  seeds: (random) => [
    encodeHeader(0),
    concatBytes(encodeHeader(0), ...records(random)),
    concatBytes(encodeHeader(records(random)[0]!.length), ...records(random)),
  ],
  decode: (input) => recoverMetadata(path, input),
  check({ soundBytes, snapshotBytes }, input) {
    assert(soundBytes >= headerBytes + snapshotBytes && soundBytes <= input.length, 'the sound part has a wrong length')
  },
}

/** Random changes hardly ever pass a checksum: here each input is a record's payload under a sound one. */
export const metadataRecordTarget: FuzzTarget<RecoveredMetadata> = {
  name: 'pd-scheduler/metadata-record',
  refusals: [MetadataCorruptionError],
  seeds: (random) => records(random).map((record) => record.slice(recordHeaderBytes)),
  decode(payload) {
    const record = new Uint8Array(recordHeaderBytes + payload.length)
    const view = new DataView(record.buffer)
    record.set(payload, recordHeaderBytes)
    view.setUint32(4, payload.length, true)
    view.setBigUint64(8, 1n, true)
    view.setUint32(0, crc32(record.subarray(4)), true)
    return recoverMetadata(path, concatBytes(encodeHeader(0), record))
  },
}

/** The values a driver finds, as `PersistedValues` reads them: one entry under each prefix. */
function valuesOf(bytes: Uint8Array): PersistedValues {
  const store: Pick<MetadataStore, 'path' | 'get' | 'entries'> = {
    path,
    get: () => bytes,
    entries: (prefix) => [[`${prefix}1`, bytes]],
  }
  return new PersistedValues(store as MetadataStore)
}

export const storeRecordTarget: FuzzTarget<StoreMeta> = {
  name: 'pd-scheduler/store-record',
  refusals: [MetadataValueError],
  seeds: () => [
    encodeStore(storeMeta(1)),
    encodeStore(storeMeta(9, { state: 'offline', labels: [{ key: 'zone', value: 'a' }] })),
  ],
  decode: (input) => valuesOf(input).decodeAll(metadataKeys.storePrefix, decodeStore)[0]!,
  check(meta) {
    assert(['up', 'offline', 'tombstone'].includes(meta.state), `a store is ${meta.state}`)
    const texts = [meta.address, meta.peerAddress, meta.statusAddress, meta.version, meta.gitHash, meta.deployPath]
    assert(
      texts.every((each) => typeof each === 'string'),
      'an address or version of a store is no text',
    )
    assert(Number.isSafeInteger(meta.id) && Number.isSafeInteger(meta.startTimestamp), 'a number of a store is none')
    for (const { key, value } of meta.labels)
      assert(typeof key === 'string' && typeof value === 'string', 'a label is no text')
  },
}

export const regionRecordTarget: FuzzTarget<Region> = {
  name: 'pd-scheduler/region-record',
  refusals: [MetadataValueError],
  seeds: () => [encodeRegion(region(2, ['', ''])), encodeRegion(region(7, ['a', 'b'], { stores: [1, 2, 3] }))],
  decode: (input) => valuesOf(input).decodeAll(metadataKeys.regionPrefix, decodeRegion)[0]!,
  check(decoded) {
    const { id, epoch, peers } = decoded
    const numbers = [id, epoch.confVer, epoch.version, ...peers.flatMap((peer) => [peer.id, peer.storeId])]
    assert(
      numbers.every((each) => Number.isSafeInteger(each) && each >= 0),
      'a number of a region is none',
    )
    for (const { role } of peers) {
      assert(['voter', 'learner', 'incoming-voter', 'demoting-voter'].includes(role), `a peer is a ${role}`)
    }
    deepStrictEqual(valuesOf(encodeRegion(decoded)).decodeAll(metadataKeys.regionPrefix, decodeRegion)[0], decoded)
  },
}

export const decimalTarget: FuzzTarget<unknown> = {
  name: 'pd-scheduler/decimals',
  refusals: [MetadataValueError],
  inputBytesMax: 200,
  seeds: () => ['0', '17', '18446744073709551615', '00000000000000000001'].map(text),
  decode: (input) => ({ decimal: valuesOf(input).decimal('alloc_id') }),
}

export const percentTarget: FuzzTarget<Uint8Array> = {
  name: 'pd-scheduler/http-key',
  refusals: [HttpError],
  inputBytesMax: 300,
  seeds: () => ['a%20b', '%00%ff', 'plain+text', '%'].map(text),
  decode: (input) => percentDecoded(new TextDecoder('latin1').decode(input)),
}

export const etcdEntryTarget: FuzzTarget<EtcdKeyValue> = {
  name: 'pd-scheduler/etcd-entry',
  refusals: [MetadataValueError],
  seeds: () =>
    ['{"value":"00FF","create":2,"mod":3,"version":1}', '{"value":"","create":0,"mod":0,"version":0}'].map(text),
  decode: (input) => valuesOf(input).decodeAll(metadataKeys.etcdPrefix, (json, _) => decodeEntry(json, '61'))[0]!,
  check({ value, createRevision, modRevision, version }) {
    assert(value instanceof Uint8Array, 'a value is no bytes')
    assert([createRevision, modRevision, version].every(Number.isSafeInteger), 'a revision is no number')
  },
}

export const serviceSafePointTarget: FuzzTarget<ServiceSafePoint> = {
  name: 'pd-scheduler/service-safe-point',
  refusals: [MetadataValueError],
  seeds: () => ['{"safePoint":"449000000000000000","expiresAt":"9223372036854775807"}'].map(text),
  decode: (input) => valuesOf(input).decodeAll(metadataKeys.serviceSafePointPrefix, decodeService)[0]!,
  check({ safePoint, expiresAt }) {
    assert(
      typeof safePoint === 'bigint' && safePoint >= 0n && typeof expiresAt === 'bigint',
      'a safe point is no number',
    )
  },
}
